"""Texts that are at hand: the one that was newly captured, and the one a fixture was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from termsgate.core.model import Place
from termsgate.core.problem import Problem
from termsgate.reading.archive import Archives, NotAtHand
from termsgate.reading.drift.sentences import taken_apart
from termsgate.reading.folders import TEXTS, legible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from termsgate.core.model import Vendor, Version
    from termsgate.reading.drift.sentences import Text

TOO_MANY_BYTES: Final = 10_000_000
"""No terms are so long."""

_SURROGATES: Final = "save it as UTF-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A text that is not there."""

    why: str
    help: str


def read_text(file: Path) -> Text | Problem | Missing:
    """A text by its path, or why it is none."""
    name = legible(str(file))
    if file.is_dir():
        advice = "name the text in it"
        return Missing(why=f"`{name}` is a folder", help=advice)
    try:
        size = file.stat().st_size
        data = file.read_bytes() if size <= TOO_MANY_BYTES else b""
    except OSError as error:
        why = f"`{name}` cannot be read: {(error.strerror or '').lower()}"
        return Missing(why=why, help="save the page you captured, and name it here")
    if size > TOO_MANY_BYTES:
        message = f"a text of {size:,} bytes is no text of terms"
        advice = f"keep what the vendor wrote, at most {TOO_MANY_BYTES:,} bytes"
        return _problem(name, "too-long", message, advice)
    if not file.name.lower().endswith((*TEXTS, ".htm")):
        message = f"`{file.suffix or file.name}` is no ending of a text"
        return _problem(name, "wrong-ending", message, f"save it as one of {', '.join(TEXTS)}")
    return decoded(data, name)


def decoded(data: bytes, name: str) -> Text | Problem:
    """A text from its bytes."""
    if b"\0" in data:
        utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        what = "the text is in UTF-16" if utf16 else "the file is binary, and no text"
        advice = _SURROGATES if utf16 else "save the page as text, Markdown or HTML"
        return _problem(name, "not-utf-8" if utf16 else "binary", what, advice)
    try:
        return taken_apart(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"byte {data[error.start]:#04x} is not UTF-8"
        return _problem(name, "not-utf-8", message, _SURROGATES, line)


def _problem(path: str, name: str, message: str, advice: str, line: int = 1) -> Problem:
    place = Place(path=path, line=line, column=1)
    return Problem(place=place, message=message, code=f"text/{name}", help=advice)


# --- the text that a fixture was read from --------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where old texts may lie: beside the fixtures, in a folder of texts, in clones of archives."""

    root: Path
    texts: Path | None = None
    archives: Archives | None = None


def old_text(vendor: Vendor, version: Version, places: Places) -> Text | NotAtHand | Problem | None:
    """The text that a version was read from; why it is not at hand, where an archive has it not."""
    for file in _files(vendor, version, places):
        if file.is_file():
            found = read_text(file)
            return found if not isinstance(found, Missing) else None
    archive = version.source.archive
    if archive is None or places.archives is None:
        return None
    data = places.archives.read(archive.collection, archive.path, archive.commit)
    if isinstance(data, NotAtHand):
        return data
    return decoded(data, f"{archive.path}@{archive.commit[:12]}")


def _files(vendor: Vendor, version: Version, places: Places) -> Iterator[Path]:
    beside = (places.root / version.place.path).parent
    if version.source.snapshot:
        yield beside / version.source.snapshot.file
    yield from (beside / f"{version.effective}{ending}" for ending in TEXTS)
    if places.texts is None:
        return
    stem = f"{vendor.id}--{version.document}--"
    for day in filter(None, (version.effective, version.published)):
        for ending in TEXTS:
            yield from sorted(places.texts.glob(f"{stem}*rec-{day}{ending}"))
            yield places.texts / f"{stem}{day}{ending}"
            yield places.texts / vendor.id / version.document / f"{day}{ending}"
