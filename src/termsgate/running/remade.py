"""The last page that was made of a record: of the same record the same page is not made again.

A page is made of its record, a language and the release alone. It lies in the folder of the cache
under a key of these three, with the hash of its bytes.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termsgate.running.fingerprint import of_release
from termsgate.running.trust import is_ours

if TYPE_CHECKING:
    from collections.abc import Callable

FILE: Final = "page"
_MAGIC: Final = b"termsgate page 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remade:
    """Where the last page lies."""

    folder: Path

    def page(self, seal: str, language: str, made: Callable[[], str]) -> str:
        """The page of the record with this seal: as it lies there, or made now and kept."""
        key = hashlib.sha256(f"{of_release()} {language} {seal}".encode()).hexdigest()
        found = self._found(key.encode())
        if found is None:
            found = made()
            self._keep(key.encode(), found.encode())
        return found

    def _found(self, key: bytes) -> str | None:
        try:
            with (self.folder / FILE).open("rb") as file:
                head, _, data = file.read().partition(b"\n") if is_ours(file) else (b"", b"", b"")
        except OSError:
            return None
        return data.decode() if head == _head(key, data) else None

    def _keep(self, key: bytes, data: bytes) -> None:
        """Let the next run find it; where there is no room, that one makes it again."""
        name = ""
        try:
            handle, name = tempfile.mkstemp(prefix=".page.", dir=self.folder)
            with os.fdopen(handle, "wb") as file:
                file.writelines([_head(key, data), b"\n", data])
            Path(name).replace(self.folder / FILE)
        except OSError:
            with suppress(OSError):
                Path(name).unlink(missing_ok=True)


def _head(key: bytes, data: bytes) -> bytes:
    return b" ".join([_MAGIC, key, hashlib.sha256(data).hexdigest().encode()])
