"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from termsgate.reading.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Iterable


def replace_file(path: Path, text: str | Iterable[bytes]) -> None:
    """The file holds the text, and at no time half of it, whoever else writes it.

    What a link leads to is replaced, not the link. A device or a pipe is written to: there is
    nothing to replace, and a root who asks for `/dev/full` would lose it.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as device:
            device.writelines([text.encode()] if isinstance(text, str) else text)
        return
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    replace(target, text)


def refused(path: Path) -> str:
    """Why a file cannot be written there, found out before there is anything to lose; or nothing.

    The folder is made where there is none. A device is taken at its word.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.is_file():
            path.open("ab").close()
        elif not path.exists():
            tempfile.TemporaryFile(dir=path.parent).close()
    except OSError as error:
        return (error.strerror or "the disk refuses").lower()
    return ""


def shown(path: Path, base: Path) -> str:
    """The path as seen from where the user stands."""
    return str(path.relative_to(base)) if path.is_relative_to(base) else str(path)


def in_repository(root: Path) -> str:
    """The project as seen from the root of the repository that it lies in, if it lies in one."""
    whole = root.resolve()
    found = next((each for each in (whole, *whole.parents) if (each / ".git").exists()), whole)
    return whole.relative_to(found).as_posix()
