"""Which files of the cache are believed: those that nobody but this user could have written."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_OTHERS_MAY_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
_OURS_ALONE: Final = 0o700


def is_ours(file: IO[bytes]) -> bool:
    """Whether it is a plain file of this user that nobody else may write to."""
    said = os.fstat(file.fileno())
    plain = stat.S_ISREG(said.st_mode) and not said.st_mode & _OTHERS_MAY_WRITE
    return plain and said.st_uid == os.geteuid()


def folder(path: Path) -> Path | None:
    """A folder for the cache, made if need be; nothing where there can be none."""
    with suppress(OSError):
        path.mkdir(mode=_OURS_ALONE, parents=True, exist_ok=True)
        said = path.stat()
        if said.st_uid == os.geteuid():
            return path
    return None
