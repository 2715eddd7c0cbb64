"""What a portion is made of, as a key: equal keys, equal portions.

A key is a hash of all that could change what is found: every byte in the vendor's folder, the
policies, checks and vocabulary, the day and the options of the run, and the release of termsgate
and Python. What cannot be said in a key has none, and is worked out anew each time.
"""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import termsgate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from hashlib import _Hash as Hash

    from termsgate.core.model import InputFile
    from termsgate.running.settings import Settings

_FORM: Final = "1"
"""Another number for another form of portions."""


def of_run(
    shared: Iterable[InputFile],
    settings: Settings,
    baseline: str | None,
    *,
    partial: bool = False,
) -> str:
    """What all portions of a run have in common; `baseline` is the hash of its bytes.

    Quotes that are held against the clones of archives have no key: what these hold may change.
    """
    if settings.archive is not None:
        return ""
    said = (
        _FORM,
        of_release(),
        *(f"{each.path} {each.sha256}" for each in shared),
        f"today {settings.today}",
        f"asked {settings.asked}",
        f"vendor {settings.vendor}",
        f"shard {settings.shard}",
        f"strict {settings.strict}",
        f"audit {settings.audit}",
        f"history {settings.history}",
        f"baseline {baseline}",
        f"partial {partial}",
    )
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


@cache
def of_release() -> str:
    """The release of termsgate and of Python, and the state of every file of the package."""
    folder = Path(termsgate.__file__).parent
    states = sorted(_states(str(folder)))
    packs = folder.parents[1] / "policies"
    states += sorted(_states(str(packs))) if packs.is_dir() else []
    pdf = find_spec("pypdf") is not None
    said = f"{termsgate.__version__} {sys.version} {pdf} {states}"
    return hashlib.sha256(said.encode()).hexdigest()


def _states(folder: str) -> Iterator[tuple[str, int, int]]:
    """Size and time of each file; there are hundreds."""
    with os.scandir(folder) as found:
        for each in found:
            if not each.is_dir(follow_symlinks=False):
                state = each.stat()
                yield each.name, state.st_size, state.st_mtime_ns
            elif each.name != "__pycache__":
                yield from _states(each.path)


def of_vendor(run: str, root: Path, name: str) -> str:
    """The key of the portion of the vendor in a folder; nothing where it has none.

    A link can lead elsewhere tomorrow, and what cannot be read is a problem, so neither has one.
    """
    if not run:
        return ""
    found = hashlib.sha256(run.encode())
    try:
        of_files(found, root / "fixtures" / name, name)
    except OSError:
        return ""
    return found.hexdigest()


class NoKeyError(OSError):
    """There is something that is no plain file or folder."""


def of_files(found: Hash, folder: Path, name: str) -> None:
    """Take in every name and every byte below a folder, in the order of the names."""
    for path, data in _files(str(folder), name):
        found.update(f"\0{path}\0{len(data)}\0".encode(errors="surrogateescape"))
        found.update(data)


def _files(folder: str, name: str) -> Iterator[tuple[str, bytes]]:
    if os.path.islink(folder):  # noqa: PTH114 - there are thousands
        raise NoKeyError
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda each: each.name)
    for entry in entries:
        inner = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield inner, b""
            yield from _files(entry.path, inner)
        elif entry.is_file(follow_symlinks=False):
            with open(entry.path, "rb", buffering=0) as file:  # noqa: PTH123 - likewise
                yield inner, file.read()
        else:
            raise NoKeyError
