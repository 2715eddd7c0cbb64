"""A file is replaced whole or not at all, whoever reads or writes it meanwhile."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_READABLE = 0o644


def replace(target: Path, text: str | Iterable[bytes], *, mode: int = _READABLE) -> None:
    """The file holds the text, letter by letter, and at no time half of it.

    A text in pieces is written as they come, in UTF-8 already.

    Its folder is there; of a link, what it leads to is named. Any error leaves the old file.
    """
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines([text.encode()] if isinstance(text, str) else text)
            file.flush()
            # Else a machine that goes down can leave the new name with no text behind it.
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def replace_text(path: Path, text: str) -> None:
    """The same for a file that is there: who may read it stays the same."""
    target = path.resolve()
    replace(target, text, mode=target.stat().st_mode)


def digest(file: Path) -> str | None:
    """The hash of a file's bytes; nothing where there is no file that can be read."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return None
