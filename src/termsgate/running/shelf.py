"""Portions in one file: written once from beginning to end, then read in whatever order.

The file of a run is the cache of the next one. Each portion lies under its key, which says what it
was made of, and with the hash of its bytes. A file that is damaged, cut off, written by another
release or by somebody else is as good as none: what it holds is worked out again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from sys import intern
from typing import IO, TYPE_CHECKING, Final, cast

from termsgate.running.trust import is_ours

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from termsgate.running.portion import Head, Portion

_MAGIC: Final = b"termsgate portions 1\n"
_NUMBER: Final = 20
"""So many digits at the end of the file say where its index begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    """Where a portion lies, what it was made of and the hash of its bytes."""

    key: str
    start: int
    size: int
    sha256: str


def packed(portion: Portion) -> bytes:
    """A portion as bytes: one line of JSON, then its lines as they are."""
    sizes = {name: len(lines) for name, lines in portion.lines.items()}
    told = _encoder.encode({"head": portion.head, "sizes": sizes})
    return b"".join([told.encode(), b"\n", *portion.lines.values()])


_SHORT: Final = 50
"""Longer words are said once or twice; ids, days, paths and words of the format come again."""


def _shared(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of JSON. What is told of thousands of vendors is told in a few words."""
    return {
        intern(name): intern(said) if type(said) is str and len(said) < _SHORT else said
        for name, said in pairs
    }


_decoder: Final = json.JSONDecoder(object_pairs_hook=_shared)
_encoder: Final = json.JSONEncoder(separators=(",", ":"), check_circular=False)


class Shelf:
    """A file of portions that are being put there, and can be read at once."""

    def __init__(
        self, file: IO[bytes], slots: Mapping[str, _Slot] | None = None, *, name: str = ""
    ) -> None:
        """Go on from an index, or begin anew; with a name it can stay."""
        self._file = file
        self._name = name
        self._slots = dict(slots or {})
        self._ends = 0
        self._lines: dict[str, dict[str, tuple[int, int]]] = {}
        if slots is None:
            self._ends = file.write(_MAGIC)

    @classmethod
    def new(cls, folder: Path | None) -> Shelf:
        """An empty one, in a folder if it is to stay; else it is gone when it is closed."""
        if folder is None:
            return cls(tempfile.TemporaryFile())
        handle, name = tempfile.mkstemp(prefix=".portions.", dir=folder)
        return cls(os.fdopen(handle, "w+b"), name=name)

    @property
    def size(self) -> int:
        """How many portions there are."""
        return len(self._slots)

    def put(self, name: str, key: str, data: bytes) -> Head:
        """Put a packed portion there, under its key; what is told of it comes back."""
        self._file.seek(self._ends)
        self._file.write(data)
        digest = hashlib.sha256(data).hexdigest()
        self._slots[name] = _Slot(key=key, start=self._ends, size=len(data), sha256=digest)
        self._ends += len(data)
        return self._told(name, data)

    def key(self, name: str) -> str:
        """What a portion was made of; nothing if it is not there."""
        slot = self._slots.get(name)
        return slot.key if slot else ""

    def told(self, name: str, key: str) -> Head | None:
        """What is told of a portion that was made of just this, if its bytes are sound."""
        slot = self._slots.get(name)
        if slot is None or not key or slot.key != key:
            return None
        data = self._read(slot.start, slot.size)
        if hashlib.sha256(data).hexdigest() != slot.sha256:
            return None
        return self._told(name, data)

    def packed(self, name: str) -> bytes:
        """A portion as it was put there."""
        slot = self._slots[name]
        return self._read(slot.start, slot.size)

    def _told(self, name: str, data: bytes) -> Head:
        """What is told of a portion; where its lines lie is remembered."""
        line, _, _ = data.partition(b"\n")
        told = _decoder.decode(line.decode())
        at = self._slots[name].start + len(line) + 1
        found = self._lines[name] = {}
        for each, size in told["sizes"].items():
            found[each] = at, size
            at += size
        return cast("Head", told["head"])

    def lines(self, name: str, of: str) -> bytes:
        """The lines of one list of a portion; nothing if it has none."""
        start, size = self._lines[name].get(of, (0, 0))
        return self._read(start, size) if size else b""

    def _read(self, start: int, size: int) -> bytes:
        self._file.flush()
        return os.pread(self._file.fileno(), size, start)

    # --- to stay ------------------------------------------------------------------------------

    def keep(self, path: Path) -> None:
        """Let the next run find it: whole, under this name, in place of the last one.

        Where that cannot be, the next run does without.
        """
        index = json.dumps({name: _row(slot) for name, slot in self._slots.items()})
        self._file.seek(self._ends)
        self._file.write(b"\n".join([index.encode(), str(self._ends).zfill(_NUMBER).encode()]))
        self._file.flush()
        with suppress(OSError):
            os.replace(self._name, path)  # noqa: PTH105 - a name, not a path
            self._name = ""

    def close(self) -> None:
        """Let go of the file; one that was not kept is gone."""
        self._file.close()
        if self._name:
            with suppress(OSError):
                os.unlink(self._name)  # noqa: PTH108 - likewise


def _row(slot: _Slot) -> list[str | int]:
    return [slot.key, slot.start, slot.size, slot.sha256]


def opened(path: Path) -> Shelf | None:
    """The portions of an earlier run, if they can be trusted."""
    try:
        file = path.open("rb")
    except OSError:
        return None
    slots = _index(file) if is_ours(file) else None
    if slots is None:
        file.close()
        return None
    return Shelf(file, slots)


def _index(file: IO[bytes]) -> dict[str, _Slot] | None:
    """Where each portion lies; nothing if the file does not say so in the one way that we write."""
    size = os.fstat(file.fileno()).st_size
    try:
        if file.read(len(_MAGIC)) != _MAGIC:
            return None
        start = int(os.pread(file.fileno(), _NUMBER, size - _NUMBER))
        rows = json.loads(os.pread(file.fileno(), size - _NUMBER - start, start))
        return {name: _slot(row, start) for name, row in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def _slot(row: object, end: int) -> _Slot:
    """An entry of the index, or a `ValueError`."""
    match row:
        case [str(key), int(start), int(size), str(sha256)] if 0 <= start <= start + size <= end:
            return _Slot(key=key, start=start, size=size, sha256=sha256)
        case _:
            raise ValueError(row)
