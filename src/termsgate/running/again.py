"""A run that was made already: nothing it depends on has changed, and what it wrote is there.

Then its words and its end are the same, and so nothing need be read or judged. What it depends on
is every byte of the project, the day, the options and the release; what it wrote is known by hash.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termsgate.running.fingerprint import of_files, of_release
from termsgate.running.settings import FOLDERS
from termsgate.running.trust import is_ours

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE: Final = "last-run"
_MAGIC: Final = "termsgate run 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a run ended: what it said, and the hash of each file it wrote."""

    code: int
    said: str
    wrote: Mapping[str, str]


def key_of(root: Path, said: Iterable[str], files: Iterable[Path]) -> str:
    """What a run depends on: the project, what was asked, and files beside the project.

    Nothing where there is a link, or something that cannot be read.
    """
    found = hashlib.sha256(of_release().encode())
    for word in said:
        found.update(f"\0{word}".encode(errors="surrogateescape"))
    try:
        for folder in FOLDERS:
            if (root / folder).is_dir():
                of_files(found, root / folder, folder)
        for file in files:
            found.update(f"\0{file}\0".encode(errors="surrogateescape"))
            found.update(file.read_bytes() if file.exists() else b"")
    except OSError:
        return ""
    return found.hexdigest()


def remembered(cache: Path, key: str) -> Run | None:
    """The run that depended on just this, if everything it wrote is there as it was."""
    try:
        with (cache / FILE).open("rb") as file:
            told = json.loads(file.read()) if is_ours(file) else {}
        if told["magic"] != _MAGIC or not key or told["key"] != key:
            return None
        run = Run(code=int(told["code"]), said=str(told["said"]), wrote=dict(told["wrote"]))
        same = all(_digest(Path(path)) == sha256 for path, sha256 in run.wrote.items())
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return run if same else None


def remember(cache: Path, key: str, code: int, said: str, wrote: Iterable[Path]) -> None:
    """Let the next run know, if there is a disk to write on."""
    import tempfile  # noqa: PLC0415 - where nothing has changed nothing is written

    with suppress(OSError):
        told = {
            "magic": _MAGIC,
            "key": key,
            "code": code,
            "said": said,
            "wrote": {str(path): _digest(path) for path in wrote},
        }
        handle, name = tempfile.mkstemp(prefix=".run.", dir=cache)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(told, file)
        Path(name).replace(cache / FILE)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
