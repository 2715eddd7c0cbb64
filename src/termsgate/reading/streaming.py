"""A record read line by line, so that one of any size is never in memory whole.

A run writes its record with a line for each entry of a list. This reads just that layout; whatever
else a file holds is refused, where `reading.record` would say what is wrong with it.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Final

from termsgate.core.model import Place
from termsgate.core.problem import Problem
from termsgate.core.record import FORMAT, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MEMBER: Final = re.compile(rb'"([a-z-]+)": (.*)\n', re.DOTALL)
_SEAL: Final = re.compile(rb'"seal": "([0-9a-f]{64})"\n')
_AGAIN: Final = "take it as the run wrote it, or make it again with `termsgate check`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where the entries of a list begin and end in the file, how many there are, and their hash."""

    start: int
    end: int
    count: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Streamed:
    """A record whose seal holds: what is no list, and where each list is found.

    A list in an object goes by both names: `terms.clauses`.
    """

    path: Path
    head: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, Span] = field(default_factory=dict)

    def lines(self, name: str) -> Iterator[bytes]:
        """The entries of a list, each as the text it has in the file."""
        span = self.lists.get(name)
        if span is None or not span.count:
            return
        with self.path.open("rb") as file:
            file.seek(span.start)
            while file.tell() < span.end:
                yield _bare(file.readline())

    def entries(self, name: str) -> Iterator[Any]:
        """The entries of a list."""
        return map(json.loads, self.lines(name))


class NotOursError(Exception):
    """The file is no record as a run writes it; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(str(problem))
        self.problem = problem


def streamed(path: Path, name: str) -> Streamed:
    """The record that a file holds; `name` is what a problem calls the file.

    Raises:
        NotOursError: if it was edited, cut off, or is something else.
        OSError: if it cannot be read.
    """
    with path.open("rb") as file:
        reader = _Reader(file)
        try:
            record = reader.read(path)
        except _LayoutError as error:
            place = Place(path=name, line=reader.line, column=1)
            code, message = error.args
            problem = Problem(place=place, message=message, code=f"record/{code}", help=_AGAIN)
            raise NotOursError(problem) from None
    return record


class _LayoutError(Exception):
    """A code, and what is wrong on the line that was read last."""


class _Reader:
    """Goes over a file once."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sealed = hashlib.sha256()
        self.line = 0

    def read(self, path: Path) -> Streamed:
        """Everything, up to the seal."""
        record = Streamed(path=path)
        if self._next() != b"{\n":
            raise _LayoutError("no-record", "this is no record of a run")
        while True:
            before = self._sealed.hexdigest()
            line = self._next()
            seal = _SEAL.fullmatch(line)
            if seal is not None:
                self._end(seal[1], before)
                break
            self._member(line, "", record)
        _check(record)
        return record

    def _next(self) -> bytes:
        line = self._file.readline()
        self.line += 1
        self._sealed.update(line)
        return line

    def _member(self, line: bytes, outer: str, record: Streamed) -> None:
        """A name with its value: on this line, or a list or an object on those that follow."""
        found = _MEMBER.fullmatch(line)
        if found is None:
            raise _LayoutError("syntax", "the record is cut off or laid out otherwise")
        name = f"{outer}{found[1].decode()}"
        if found[2] == b"[":
            record.lists[name] = self._span()
        elif found[2] == b"{" and not outer:
            self._object(name, record)
        else:
            record.head[name] = self._value(_bare(found[2]))

    def _object(self, name: str, record: Streamed) -> None:
        while (line := self._next()) not in {b"},\n", b"}\n"}:
            self._member(line, f"{name}.", record)

    def _span(self) -> Span:
        start, count, digest = self._file.tell(), 0, hashlib.sha256()
        end = start
        while (line := self._next()) not in {b"],\n", b"]\n"}:
            if not line.startswith((b"{", b'"')):
                raise _LayoutError("syntax", "the record is cut off or laid out otherwise")
            digest.update(line)
            count += 1
            end = self._file.tell()
        return Span(start=start, end=end, count=count, sha256=digest.hexdigest())

    def _value(self, text: bytes) -> object:
        try:
            return json.loads(text)
        except ValueError:
            raise _LayoutError("syntax", "this is no JSON") from None

    def _end(self, seal: bytes, before: str) -> None:
        """The seal is of the text before it, and nothing but the end follows."""
        if seal.decode() != before or self._file.read(3) != b"}\n":
            raise _LayoutError("edited", "the record was edited after a run wrote it")


def _bare(line: bytes) -> bytes:
    return line.removesuffix(b"\n").removesuffix(b",")


def _check(record: Streamed) -> None:
    if record.head.get("format") != FORMAT:
        raise _LayoutError("no-record", "this is no record of a run")
    version = record.head.get("version")
    if version != VERSION:
        message = f"the record is of version `{version}`, and version {VERSION} is read here"
        raise _LayoutError("wrong-version", message)
