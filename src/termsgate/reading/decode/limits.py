"""What a waiver is limited to: a version of a document, or what decided the verdict (7.3.1)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from termsgate.reading.yamltree import Scalar

if TYPE_CHECKING:
    from datetime import date

    from termsgate.core.model import Waiver
    from termsgate.reading.decode.page import Fields, Page

_HASH: Final = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)
_GLOB: Final = frozenset("*?[")


def limited(page: Page, fields: Fields, waiver: Waiver) -> Waiver:
    """The waiver with its limits; a limit is about one thing, and a glob would name several."""
    names = {"vendor": waiver.vendor, "requirement": waiver.requirement}
    for key, named in (("version", ("vendor",)), ("decided", ("vendor", "requirement"))):
        for name in named if key in fields else ():
            if _GLOB & set(names[name]):
                message = f"`{name}: {names[name]}` names several, and `{key}` is about one"
                advice = f"name the {name} in full, or leave `{key}` out"
                page.wrong(fields.entries[name].value, "not-one", message, advice)
    versions = _versions(page, fields, waiver.vendor)
    return replace(waiver, versions=versions, decided=_decided(page, fields))


def _versions(page: Page, fields: Fields, vendor: str) -> tuple[tuple[str, date], ...]:
    """The versions a waiver was given for, by document; none where it holds for all."""
    node = fields.node("version")
    table = None if node is None else page.table(node, "a version")
    if node is not None and table is not None and not table.entries:
        page.wrong(node, "empty", "`version` without a document", "name one, or leave it out")
    found: list[tuple[str, date]] = []
    for name, entry in (table.entries if table else {}).items():
        day = page.day(entry.value)
        if not page.is_faulty(entry.value):
            key = Scalar(name, name, entry.line, entry.column)
            page.mention("waived-version", key, name, day.isoformat(), of=vendor)
        found.append((name, day))
    return tuple(found)


def _decided(page: Page, fields: Fields) -> str:
    """The hash of what decided the verdict a waiver was given for; empty where left out."""
    text = fields.text("decided")
    if text and not _HASH.fullmatch(text):
        message = f"`{text}` is no hash of what decided a verdict"
        advice = "copy it from the failure it is given for: `sha256:` and 64 digits from 0 to f"
        page.wrong(fields.entries["decided"].value, "bad-digest", message, advice)
    return text
