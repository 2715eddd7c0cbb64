"""A captured text is found and read: beside its version, in a folder of texts, in an archive."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termsgate.core.evidence import TextStatus
from termsgate.core.frozen import frozen
from termsgate.reading.archive import TOO_MANY_BYTES, NotAtHand
from termsgate.reading.captured import Captured
from termsgate.reading.folders import TEXTS, legible
from termsgate.reading.pdf import NoReader, Unreadable, pages_of
from termsgate.reading.plain import NORMALISER
from termsgate.reading.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.model import Snapshot, Vendor, Version
    from termsgate.reading.archive import Archives

_CONVERT: Final = "convert it to UTF-8 and capture it anew, digest and all"


@frozen
class Sources:
    """Where captured texts may lie: the project, a folder of texts, a folder of archives."""

    root: Path
    texts: Path | None = None
    archives: Archives | None = None


@frozen
class Text:
    """A captured text, or why there is none that proves anything.

    `name` says where it was found. `warning` is what is to be said of a text that was read.
    """

    status: TextStatus
    name: str = ""
    captured: Captured | None = None
    sha256: str = ""
    text_sha256: str = ""
    code: str = ""
    note: str = ""
    help: str = ""
    warning: str = ""


def text_of(vendor: Vendor, version: Version, sources: Sources) -> Text:
    """The text that a version was read in.

    Where an archive is at hand, the commit that the version names is what counts: nobody can
    change it. A copy that has another digest than its own is rejected all the same.
    """
    beside = _beside(version, sources.root)
    if beside is not None and beside.status is TextStatus.REJECTED:
        return beside
    archived = _archived(version, sources.archives)
    if archived is not None and archived.status is not TextStatus.MISSING:
        return archived
    found = beside or _among_texts(vendor, version, sources)
    return found or archived or _nothing(version, sources)


def _nothing(version: Version, sources: Sources) -> Text:
    archive = version.source.archive
    advice = "put the text beside the version, as `.md`, `.txt`, `.html` or `.pdf`"
    if archive is not None and sources.archives is None:
        options = "`--archive DIR`, in a run of pytest `--terms-archive=DIR`"
        advice = f"name a folder that holds a clone of `{archive.collection}`: {options}"
    note = "no captured text is at hand"
    return _missing("text/not-at-hand", note, advice)


def _missing(code: str, note: str, advice: str, name: str = "") -> Text:
    return Text(status=TextStatus.MISSING, name=name, code=code, note=note, help=advice)


def _rejected(name: str, code: str, note: str, advice: str) -> Text:
    return Text(status=TextStatus.REJECTED, name=name, code=code, note=note, help=advice)


# --- in an archive ------------------------------------------------------------------------------


def _archived(version: Version, archives: Archives | None) -> Text | None:
    archive = version.source.archive
    if archive is None or archives is None:
        return None
    name = f"{archive.collection}:{archive.path}@{archive.commit[:12]}"
    found = archives.read(archive.collection, archive.path, archive.commit)
    if isinstance(found, NotAtHand):
        return _missing("text/not-in-archive", found.why, found.help, name)
    return read(found, name, Path(archive.path).suffix)


# --- on disk ------------------------------------------------------------------------------------


def _beside(version: Version, root: Path) -> Text | None:
    """The copy that the version names, or the text that has its name."""
    folder = os.path.dirname(os.path.join(root, version.place.path))  # noqa: PTH118, PTH120
    snapshot = version.source.snapshot
    names = [snapshot.file] if snapshot and snapshot.file else []
    names += [f"{version.effective}{ending}" for ending in TEXTS]
    for name in names:
        # A `Path` only where there is a file: mostly there is none.
        if os.path.lexists(os.path.join(folder, name)):  # noqa: PTH118
            file = Path(folder, name)
            shown = legible(file.relative_to(root).as_posix())
            return _from_disk(file, file.parent, shown, snapshot)
    return None


def _among_texts(vendor: Vendor, version: Version, sources: Sources) -> Text | None:
    """The text in a folder of texts, by the names of vendor, document and day."""
    if sources.texts is None:
        return None
    stem = f"{vendor.id}--{version.document}--"
    days = [version.effective, *([version.published] if version.published else [])]
    names = (
        name
        for day in days
        for name in (f"{stem}*rec-{day}", f"{stem}{day}", f"{vendor.id}/{version.document}/{day}")
    )
    file = next(_files(sources.texts, names), None)
    if file is None:
        return None
    return _from_disk(file, sources.texts, file.name, version.source.snapshot)


def _files(folder: Path, names: Iterator[str]) -> Iterator[Path]:
    for name in names:
        for ending in TEXTS:
            yield from (file for file in sorted(folder.glob(f"{name}{ending}")) if file.is_file())


def _from_disk(file: Path, folder: Path, name: str, snapshot: Snapshot | None) -> Text:
    """A file of a folder, read if it is no larger than a text and lies there indeed."""
    try:
        if not file.resolve(strict=True).is_relative_to(folder.resolve()):
            advice = "copy the text here: what lies elsewhere may change"
            return _rejected(name, "text/outside", "the text leads out of its folder", advice)
        if not file.is_file():
            return _rejected(name, "text/unreadable", "the text is no file", "put a file there")
        with file.open("rb") as opened:
            data = opened.read(TOO_MANY_BYTES)
    except (OSError, RuntimeError) as error:
        reason = (getattr(error, "strerror", None) or "the disk refuses").lower()
        advice = "check that it leads somewhere and that you may read it"
        return _rejected(name, "text/unreadable", f"the text cannot be read: {reason}", advice)
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
        return _rejected(text.name, "text/digest", note, advice)
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
        return _rejected(name, "text/too-large", note, advice)
    digest = hashlib.sha256(data).hexdigest()
    if ending.lower() == ".pdf":
        return _pdf(data, name, digest)
    fault = _fault(data)
    if fault is not None:
        return _rejected(name, *fault)
    words = data.decode("utf-8-sig")
    captured = visible(words) if ending.lower() in (".html", ".htm") else Captured(words)
    return _read(captured, name, digest)


def _read(captured: Captured, name: str, digest: str) -> Text:
    if not captured.plain.text.strip():
        return _rejected(name, "text/empty", "the text holds no words", "capture it anew")
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
        return _rejected(name, "text/pdf", "the text is no PDF by its first bytes", advice)
    try:
        pages = pages_of(data)
    except NoReader:
        note = "the text is a PDF, and nothing that reads one is installed"
        return _missing("text/no-pdf-reader", note, "run `pip install termsgate[pdf]`", name)
    except Unreadable as error:
        note = f"the PDF cannot be read: {error}"
        return _rejected(name, "text/pdf", note, "open it and save it anew, or capture its words")
    starts = [0]
    for page in pages[:-1]:
        starts.append(starts[-1] + len(page) + 1)
    return _read(Captured("\f".join(pages), pages=tuple(starts)), name, digest)
