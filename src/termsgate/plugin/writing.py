"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path


def replace_file(path: Path, text: str) -> None:
    """The file holds the text, and at no time half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


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
