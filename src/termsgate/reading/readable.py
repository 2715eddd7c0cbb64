"""A captured text out of its bytes: whether it can be read, and whether it is the one meant."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termsgate.core.evidence import TextStatus
from termsgate.reading.archive import TOO_MANY_BYTES
from termsgate.reading.captured import Captured
from termsgate.reading.pdf import NoReader, Unreadable, pages_of
from termsgate.reading.plain import NORMALISER
from termsgate.reading.texts import Text, missing, rejected
from termsgate.reading.visible import visible

if TYPE_CHECKING:
    from termsgate.core.model import Snapshot

_CONVERT: Final = "convert it to UTF-8 and capture it anew, digest and all"


def from_disk(file: Path, folder: Path, name: str, snapshot: Snapshot | None) -> Text:
    """A file of a folder, read if it is no larger than a text and lies there indeed."""
    try:
        if not file.resolve(strict=True).is_relative_to(folder.resolve()):
            advice = "copy the text here: what lies elsewhere may change"
            return rejected(name, "text/outside", "the text leads out of its folder", advice)
        if not file.is_file():
            return rejected(name, "text/unreadable", "the text is no file", "put a file there")
        with file.open("rb") as opened:
            data = opened.read(TOO_MANY_BYTES)
    except (OSError, RuntimeError) as error:
        reason = (getattr(error, "strerror", None) or "the disk refuses").lower()
        advice = "check that it leads somewhere and that you may read it"
        return rejected(name, "text/unreadable", f"the text cannot be read: {reason}", advice)
    return _held_against(snapshot, read(data, name, file.suffix))


def _held_against(snapshot: Snapshot | None, text: Text) -> Text:
    """The text, if its digests are those of the snapshot.

    Where the bytes differ and the words do not, the words are what was captured.
    """
    if snapshot is None or text.status is not TextStatus.READ:
        return text
    same_bytes = snapshot.sha256 in ("", text.sha256)
    comparable = bool(snapshot.text_sha256) and snapshot.normaliser == NORMALISER
    same_words = comparable and text.text_sha256 == snapshot.text_sha256
    if same_words and not same_bytes:
        return _with_warning(text, "its bytes are not those captured, and its words are")
    if not same_bytes or (comparable and not same_words):
        which = "sha256" if not same_bytes else "text-sha256"
        note = f"`{Path(text.name).name}` is not the text that was captured: its {which} differs"
        advice = "restore the text, or read the new one and record it as a new version"
        return rejected(text.name, "text/digest", note, advice)
    if snapshot.text_sha256 and not comparable:
        by = f"normaliser {snapshot.normaliser}, and this is {NORMALISER}"
        return _with_warning(text, f"its text-sha256 was not compared: it was made by {by}")
    return text


def _with_warning(text: Text, warning: str) -> Text:
    return Text(
        status=text.status,
        name=text.name,
        captured=text.captured,
        sha256=text.sha256,
        text_sha256=text.text_sha256,
        warning=warning,
    )


# --- what bytes say -----------------------------------------------------------------------------


def read(data: bytes, name: str, ending: str) -> Text:
    """A text out of its bytes; the ending of its name says how they are to be read."""
    if len(data) >= TOO_MANY_BYTES:
        megabytes = (TOO_MANY_BYTES - 1) // 1_000_000
        note = f"the text is larger than {megabytes} MB"
        advice = "capture the terms alone, without pictures and without what lies around them"
        return rejected(name, "text/too-large", note, advice)
    digest = hashlib.sha256(data).hexdigest()
    if ending.lower() == ".pdf":
        return _pdf(data, name, digest)
    fault = _fault(data)
    if fault is not None:
        return rejected(name, *fault)
    words = data.decode("utf-8-sig")
    captured = visible(words) if ending.lower() in (".html", ".htm") else Captured(words)
    return _read(captured, name, digest)


def _read(captured: Captured, name: str, digest: str) -> Text:
    if not captured.plain.text.strip():
        return rejected(name, "text/empty", "the text holds no words", "capture it anew")
    return Text(
        status=TextStatus.READ,
        name=name,
        captured=captured,
        sha256=digest,
        text_sha256=captured.digest,
    )


def _fault(data: bytes) -> tuple[str, str, str] | None:
    """Why bytes are no text in UTF-8: the code, what is wrong, and what to do."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _alternates(data):
        return "text/encoding", "the text is in UTF-16, where UTF-8 is wanted", _CONVERT
    if data.startswith(b"%PDF-"):
        advice = "name it `.pdf`, or capture its words"
        return "text/binary", "the text is a PDF by its first bytes, and not by its name", advice
    if b"\0" in data:
        advice = "capture the words: as `.md`, `.txt`, `.html` or `.pdf`"
        return "text/binary", "the text is binary: it holds a zero byte", advice
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"the byte 0x{data[error.start]:02x} on line {line}"
        note = f"the text is not in UTF-8: {byte} does not fit; perhaps it is Latin-1"
        return "text/encoding", note, _CONVERT
    return None


def _alternates(data: bytes) -> bool:
    """Whether every other byte is zero, as in UTF-16 of a western language."""
    head = data[:2000]
    return any(2 * head[first::2].count(0) > len(head[first::2]) > 1 for first in (0, 1))


def _pdf(data: bytes, name: str, digest: str) -> Text:
    if not data.startswith(b"%PDF-"):
        advice = "capture it anew, or name it by what it is"
        return rejected(name, "text/pdf", "the text is no PDF by its first bytes", advice)
    try:
        pages = pages_of(data)
    except NoReader:
        note = "the text is a PDF, and nothing that reads one is installed"
        return missing("text/no-pdf-reader", note, "run `pip install termsgate[pdf]`", name)
    except Unreadable as error:
        note = f"the PDF cannot be read: {error}"
        return rejected(name, "text/pdf", note, "open it and save it anew, or capture its words")
    starts = [0]
    for page in pages[:-1]:
        starts.append(starts[-1] + len(page) + 1)
    return _read(Captured("\f".join(pages), pages=tuple(starts)), name, digest)
