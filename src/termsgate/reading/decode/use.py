"""Our use of a service: what we know of it (`context`) and what we chose (`choices`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termsgate.core.model import AXES, CONDITION_KEYS, Choice, ChoiceKind, Context
from termsgate.reading.decode import scopes
from termsgate.reading.decode.page import NO_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from termsgate.reading.decode.page import Fields, Page
    from termsgate.reading.yamltree import Node

_SWITCHES: Final = ("feature", "agreement")
_KINDS: Final = tuple(kind.value for kind in ChoiceKind)
_CHOICE: Final = (*AXES, "on", "proof", "chosen-by", "because")


def context(page: Page, node: Node) -> Context:
    """What is known of our use; what is left out is asked (semantics 4.5)."""
    fields = page.fields(node, "a context", CONDITION_KEYS, ())
    plain = (key for key in CONDITION_KEYS if key not in (*_SWITCHES, "opted-out"))
    return Context(
        known=tuple(
            (key, scopes.answers(page, key, entry.value))
            for key in plain
            if (entry := fields.entries.get(key))
        ),
        features=_switches(page, fields, "feature"),
        agreements=_switches(page, fields, "agreement"),
        opted_out=fields.truth("opted-out") if "opted-out" in fields else None,
    )


def _switches(page: Page, fields: Fields, key: str) -> tuple[tuple[str, bool], ...]:
    node = fields.node(key)
    table = None if node is None else page.table(node, f"each {key}")
    found = []
    for name, entry in (table.entries if table else {}).items():
        scopes.check_name(page, name, entry)
        found.append((name, page.truth(entry.value)))
    return tuple(found)


def choices(
    page: Page, node: Node, *, vendor: str = "", on: date | None = None
) -> tuple[Choice, ...]:
    """What we chose (semantics 2.4); where vendor and day are given, each choice is of these."""
    fields = page.fields(node, "choices", _KINDS, ())
    return tuple(
        choice
        for kind in ChoiceKind
        for member in fields.members(kind.value)
        for choice in _choice(page, kind, member, vendor, on)
    )


def _choice(
    page: Page, kind: ChoiceKind, node: Node, vendor: str, on: date | None
) -> Iterator[Choice]:
    keys = _CHOICE if vendor else ("vendor", *_CHOICE)
    needs = ("action",) if vendor else ("vendor", "action", "on")
    fields = page.fields(node, "a choice", keys, needs)
    named = fields.node("vendor")
    name = vendor if named is None else page.name(named)
    if named is not None and name:
        page.mention("vendor", named, name)
    yield Choice(
        kind=kind,
        vendor=name,
        box=scopes.simple_box(page, fields),
        on=fields.day("on") or on or NO_DAY,
        proof=fields.text("proof"),
        chosen_by=fields.text("chosen-by"),
        because=fields.text("because"),
        place=page.place(fields.at),
    )
