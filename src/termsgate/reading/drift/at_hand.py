"""Texts that are at hand: the one that was newly captured, and the one a fixture was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termsgate.core.evidence import TextStatus
from termsgate.core.model import Place
from termsgate.core.problem import Problem
from termsgate.reading import readable, texts
from termsgate.reading.archive import TOO_MANY_BYTES, NotAtHand
from termsgate.reading.drift.sentences import taken_apart
from termsgate.reading.folders import TEXTS, legible

if TYPE_CHECKING:
    from pathlib import Path

    from termsgate.core.model import Vendor, Version
    from termsgate.reading.drift.sentences import Text

_ENDINGS = (*TEXTS, ".htm", ".pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A text that is not there."""

    why: str
    help: str


def read_text(file: Path) -> Text | Problem | Missing:
    """A text by its path, or why it is none."""
    name = legible(str(file))
    if file.is_dir():
        return Missing(why=f"`{name}` is a folder", help="name the text in it")
    try:
        with file.open("rb") as opened:
            data = opened.read(TOO_MANY_BYTES)
    except OSError as error:
        why = f"`{name}` cannot be read: {(error.strerror or '').lower()}"
        return Missing(why=why, help="save the page you captured, and name it here")
    if not file.name.lower().endswith(_ENDINGS):
        message = f"`{file.suffix or file.name}` is no ending of a text"
        advice = f"save it as one of {', '.join(dict.fromkeys(_ENDINGS))}"
        return _problem(name, "text/wrong-ending", message, advice)
    return decoded(data, name, file.suffix)


def decoded(data: bytes, name: str, ending: str) -> Text | Problem | Missing:
    """A text from its bytes."""
    plain = len(data) < TOO_MANY_BYTES and b"\0" not in data and not data.startswith(b"%PDF-")
    if plain and ending.lower() != ".pdf":
        try:
            return taken_apart(data.decode("utf-8-sig"), name)
        except UnicodeDecodeError:
            pass
    return _apart(readable.read(data, name, ending), name)


def _apart(read: texts.Text, name: str) -> Text | Problem | Missing:
    if read.captured is not None:
        source = read.captured.source or read.captured.text
        return taken_apart(source, name)
    if read.status is TextStatus.MISSING:
        return Missing(why=read.note, help=read.help)
    return _problem(read.name or name, read.code, read.note, read.help)


def _problem(path: str, code: str, message: str, advice: str) -> Problem:
    place = Place(path=path, line=1, column=1)
    return Problem(place=place, message=message, code=code, help=advice)


def old_text(
    vendor: Vendor, version: Version, sources: texts.Sources
) -> Text | NotAtHand | Problem | Missing | None:
    """The text that a version was read from; none where nobody said where it is.

    It is looked for where `termsgate verify` looks for it.
    """
    found = texts.text_of(vendor, version, sources)
    if found.status is TextStatus.MISSING:
        asked = sources.archives is not None and version.source.archive is not None
        return NotAtHand(why=found.note, help=found.help) if asked else None
    return _apart(found, found.name)
