"""A captured text is found and read: beside its version, in a folder of texts, in an archive."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from termsgate.core.evidence import TextStatus
from termsgate.reading.folders import TEXTS, legible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.model import Snapshot, Vendor, Version
    from termsgate.reading.archive import Archives
    from termsgate.reading.captured import Captured

# Most versions have no text at hand, and what reads one takes a while to import.
# ruff: noqa: PLC0415


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where captured texts may lie: the project, a folder of texts, a folder of archives."""

    root: Path
    texts: Path | None = None
    archives: Archives | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
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
    return missing("text/not-at-hand", note, advice)


def missing(code: str, note: str, advice: str, name: str = "") -> Text:
    """A text that is not there, and why."""
    return Text(status=TextStatus.MISSING, name=name, code=code, note=note, help=advice)


def rejected(name: str, code: str, note: str, advice: str) -> Text:
    """A text that proves nothing, and why."""
    return Text(status=TextStatus.REJECTED, name=name, code=code, note=note, help=advice)


# --- in an archive ------------------------------------------------------------------------------


def _archived(version: Version, archives: Archives | None) -> Text | None:
    archive = version.source.archive
    if archive is None or archives is None:
        return None
    from termsgate.reading.archive import NotAtHand
    from termsgate.reading.readable import read

    name = f"{archive.collection}:{archive.path}@{archive.commit[:12]}"
    found = archives.read(archive.collection, archive.path, archive.commit)
    if isinstance(found, NotAtHand):
        return missing("text/not-in-archive", found.why, found.help, name)
    return read(found, name, Path(archive.path).suffix)


# --- on disk ------------------------------------------------------------------------------------


def _beside(version: Version, root: Path) -> Text | None:
    """The copy that the version names, or the text that has its name."""
    folder = f"{root}/{version.place.path}".rpartition("/")[0]
    snapshot = version.source.snapshot
    names = [snapshot.file] if snapshot and snapshot.file else []
    names += [f"{version.effective}{ending}" for ending in TEXTS]
    for name in names:
        # A `Path` only where there is a file: mostly there is none.
        if os.path.lexists(f"{folder}/{name}"):
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
    from termsgate.reading.readable import from_disk

    return from_disk(file, folder, name, snapshot)
