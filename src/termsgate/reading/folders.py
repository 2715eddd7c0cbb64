"""The folders of a project: which files there are, and which should not be there."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termsgate.core.model import InputFile, Place
from termsgate.core.problem import Problem, Weight
from termsgate.reading.decode import written

if TYPE_CHECKING:
    from collections.abc import Iterator

POLICIES: Final = "policies"
FIXTURES: Final = "fixtures"
CHECKS: Final = "checks"
VENDOR: Final = "vendor.yaml"
VOCABULARY: Final = "vocabulary.yaml"
TEXTS: Final = (".md", ".txt", ".html", ".pdf")
"""The endings of captured texts."""
_QUIET: Final = ("README.md", "conftest.py", "__pycache__", "__init__.py")


Entries = tuple["os.DirEntry[str]", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorFolder:
    """One vendor's files, by path; `texts` are captured texts whose names are no version's."""

    path: str
    vendor: str
    versions: tuple[str, ...]
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """The files of a project, by path relative to it; of vendors the names of their folders."""

    policies: tuple[str, ...]
    vocabulary: str | None
    vendors: tuple[str, ...]
    checks: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Disk:
    """The project on disk: gives bytes, remembers what it gave, reports what it could not."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    inputs: list[InputFile] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    noted: set[str] = field(default_factory=set)

    def wrong(
        self, path: str, name: str, message: str, advice: str, weight: Weight = Weight.ERROR
    ) -> None:
        """Report a problem of a file or folder as a whole."""
        place = Place(path=legible(path), line=1, column=1)
        self.problems.append(
            Problem(place=place, message=message, code=f"store/{name}", help=advice, weight=weight)
        )

    def bytes_of(self, path: str) -> bytes | None:
        """The bytes of a file, and its digest among the inputs."""
        try:
            data = _read(self._on_disk(path))
        except OSError as error:
            self.wrong(path, "unreadable", *_cannot_read(error))
            return None
        self.record(path, data)
        return data

    def _on_disk(self, path: str) -> str:
        """The name of a file. A `Path` for each of thousands takes longer than to open it."""
        return f"{self.root}/{path}"

    def record(self, path: str, data: bytes) -> None:
        """Keep the digest of what was read."""
        digest = hashlib.sha256(data).hexdigest()
        self.inputs.append(InputFile(path=legible(path), sha256=digest))

    def note(self, path: str) -> None:
        """Keep the digest of a file, once, if it is there.

        What cannot be read is reported by whoever needs it.
        """
        file = self._on_disk(path)
        with suppress(OSError):
            if path not in self.noted and os.path.isfile(file):  # noqa: PTH113 - a name, no path
                self.noted.add(path)
                self.record(path, _read(file))

    def entries(self, path: str) -> Entries:
        """What a folder holds, sorted, without what leads out of the project or never ends."""
        try:
            with os.scandir(self._on_disk(path)) as found:
                listed = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            self.wrong(path, "unreadable", *_cannot_read(error))
            self.closed.add(path)
            return ()
        return tuple(
            entry
            for entry in listed
            if not _is_quiet(entry.name)
            and self._stays_inside(f"{path}/{entry.name}", entry)
            and self._ends(f"{path}/{entry.name}", entry)
        )

    def is_bare(self, path: str) -> bool:
        """Whether a folder holds nothing at all, not even a README."""
        return not any((self.root / path).iterdir())

    def _ends(self, path: str, entry: os.DirEntry[str]) -> bool:
        """Whether it is a file or a folder: whoever reads a pipe waits for somebody to write."""
        if entry.is_file() or entry.is_dir():
            return True
        self.wrong(path, "unreadable", "this is neither a file nor a folder", "remove it")
        return False

    def _stays_inside(self, path: str, entry: os.DirEntry[str]) -> bool:
        if not entry.is_symlink():
            return True
        try:
            target = Path(entry.path).resolve(strict=True)
        except (OSError, RuntimeError):
            self.wrong(path, "broken-link", "a link that leads nowhere", "remove it")
            return False
        if target.is_relative_to(self.root.resolve()):
            return True
        self.wrong(path, "outside", "a link that leads out of the project", "copy the file here")
        return False


def legible(path: str) -> str:
    """The path as text that every report can hold, whatever bytes the disk has."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


def _read(file: str) -> bytes:
    with open(file, "rb", buffering=0) as found:  # noqa: PTH123 - likewise
        return found.read()


def _cannot_read(error: OSError) -> tuple[str, str]:
    reason = (error.strerror or "the disk refuses").lower()
    return f"this cannot be read: {reason}", "check that it exists and that you may read it"


def _is_quiet(name: str) -> bool:
    return name in _QUIET or name.startswith((".", "test_"))


def walk(disk: Disk) -> Folders:
    """The files of the project but for those of vendors; whatever does not belong is reported."""
    present = {name for name in (POLICIES, FIXTURES, CHECKS) if (disk.root / name).is_dir()}
    if not present:
        message = "there is no `policies`, `fixtures` or `checks` folder here"
        disk.wrong(".", "no-project", message, "run it where they are, or make them")
    elif FIXTURES not in present:
        disk.wrong(FIXTURES, "missing-folder", "there is no such folder", "add a vendor's terms")
    elif not present & {POLICIES, CHECKS}:
        disk.wrong(POLICIES, "missing-folder", "there is no such folder", "add what you require")
    policies = _flat(disk, POLICIES) if POLICIES in present else ()
    own_words = f"{POLICIES}/{VOCABULARY}"
    return Folders(
        policies=tuple(path for path in policies if path != own_words),
        vocabulary=own_words if own_words in policies else None,
        vendors=_vendors(disk) if FIXTURES in present else (),
        checks=_flat(disk, CHECKS) if CHECKS in present else (),
    )


def _flat(disk: Disk, folder: str) -> tuple[str, ...]:
    """The YAML files of a folder without folders in it."""
    found = []
    entries = disk.entries(folder)
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.is_dir():
            message = f"a folder inside `{folder}`, where files are wanted"
            disk.wrong(path, "stray-folder", message, f"move its files into `{folder}`")
        elif _is_yaml(disk, path):
            found.append(path)
    if not found and folder not in disk.closed and (folder != CHECKS or disk.is_bare(folder)):
        disk.wrong(folder, "empty-folder", "the folder holds no `.yaml` file", _ADD_OR_REMOVE)
    return tuple(found)


_ADD_OR_REMOVE: Final = "add one, or remove the folder"


def _is_yaml(disk: Disk, path: str, texts: tuple[str, ...] = ()) -> bool:
    """Whether it is a file of ours; a near miss is an error, anything else a smell."""
    if path.endswith(".yaml"):
        return True
    ending = Path(path).suffix
    if ending.lower() in (".yml", ".yaml"):
        advice = "rename it to end in `.yaml`; nobody would notice that it is not read"
        disk.wrong(path, "wrong-ending", f"the file ends in `{ending}`", advice)
    elif ending not in texts:
        advice = "move it elsewhere, or say in a README.md what it is"
        disk.wrong(path, "stray-file", "nothing reads this file", advice, Weight.SMELL)
    return False


def _vendors(disk: Disk) -> tuple[str, ...]:
    """The folders of vendors, and nothing else beside them."""
    entries = disk.entries(FIXTURES)
    folders = [entry for entry in entries if entry.is_dir()]
    for entry in entries:
        if not entry.is_dir() and _is_yaml(disk, f"{FIXTURES}/{entry.name}"):
            message = "a file beside the vendors' folders"
            advice = "put it into `fixtures/<vendor>/<document>/`"
            disk.wrong(f"{FIXTURES}/{entry.name}", "stray-file", message, advice)
    if not folders and FIXTURES not in disk.closed:
        disk.wrong(FIXTURES, "empty-folder", "the folder holds no vendor", _ADD_OR_REMOVE)
    return tuple(entry.name for entry in folders)


def vendor_folder(disk: Disk, name: str) -> VendorFolder | None:
    """The files of one vendor; whatever does not belong is reported."""
    folder = f"{FIXTURES}/{name}"
    if not written.is_id(name):
        message = f"`{legible(name)}` is not an id, and so no vendor's folder"
        disk.wrong(folder, "bad-id", message, "ids are small letters, digits and hyphens")
    versions: list[str] = []
    texts: list[str] = []
    has_vendor = False
    for entry in disk.entries(folder):
        path = f"{folder}/{entry.name}"
        if entry.is_dir():
            inside = disk.entries(path)
            versions.extend(_document(disk, path, inside))
            texts.extend(_lone_texts(path, inside))
        elif entry.name == VENDOR:
            has_vendor = True
        elif _is_yaml(disk, path):
            advice = "put it into the folder of its document"
            disk.wrong(path, "stray-file", "a file beside `vendor.yaml`", advice)
    if not has_vendor and folder not in disk.closed:
        message = f"a vendor's folder without `{VENDOR}`"
        disk.wrong(folder, "no-vendor", message, f"add `{folder}/{VENDOR}`")
    if not has_vendor:
        return None
    return VendorFolder(
        path=folder, vendor=f"{folder}/{VENDOR}", versions=tuple(versions), texts=tuple(texts)
    )


def _document(disk: Disk, folder: str, entries: Entries) -> tuple[str, ...]:
    """The versions in a document's folder."""
    found = []
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.is_dir():
            message = "a folder inside a document's, where versions are wanted"
            disk.wrong(path, "stray-folder", message, "move its files up")
        elif _is_yaml(disk, path, TEXTS):
            found.append(path)
        elif entry.is_symlink():
            _check_linked_text(disk, path, entry)
    if not found and folder not in disk.closed:
        disk.wrong(folder, "empty-folder", "the folder holds no version", _ADD_OR_REMOVE)
    return tuple(found)


def _check_linked_text(disk: Disk, path: str, entry: os.DirEntry[str]) -> None:
    """Report a captured text that lies elsewhere: whoever changes it there changes the evidence."""
    target = Path(entry.path).resolve()
    if target.parent != Path(entry.path).parent.resolve():
        message = "a text that leads out of the folder of its document"
        disk.wrong(path, "outside", message, "copy the text here")


def _lone_texts(folder: str, entries: Entries) -> Iterator[str]:
    """Captured texts that no version has the name of."""
    names = {one.name.removesuffix(".yaml") for one in entries if one.name.endswith(".yaml")}
    for one in entries:
        stem, ending = os.path.splitext(one.name)  # noqa: PTH122 - a name, no path
        if ending in TEXTS and stem not in names:
            yield f"{folder}/{one.name}"
