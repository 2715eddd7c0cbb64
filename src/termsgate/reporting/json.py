"""The record as JSON text: keys in published order, one entry a line, the same bytes always."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from termsgate.core.record import Record


def to_text(record: Record) -> str:
    """The record as JSON, with one line for each entry of a list so that two records compare well.

    The last line is the seal: a hash over the text before it. It keeps nobody out who wants in; it
    tells a file that somebody edited from one that a run wrote. Whoever opens files writes it to a
    temporary file and renames that.
    """
    return b"".join(pieces(record, {})).decode()


Lines: TypeAlias = "Mapping[str, Callable[[], Iterable[bytes]]]"
"""By the name of a list, `terms.clauses` for one in an object: its entries as text, in pieces.

A piece is one line or several with `,` and the end of a line between them.
"""


def pieces(record: Record, lines: Lines) -> Iterator[bytes]:
    """The same in pieces, with entries that need never be in memory all at once.

    Where `lines` has a list, what the record has in its place is passed over.
    """
    sealed = hashlib.sha256()
    for piece in _unsealed(record, lines):
        sealed.update(piece)
        yield piece
    yield f'"seal": "{sealed.hexdigest()}"\n}}\n'.encode()


def with_lines(record: Record, lines: Lines) -> Record:
    """The record with the entries that `lines` has in the place of what it has itself."""
    found: dict[str, Any] = {**record}
    for name, pieces_of in lines.items():
        entries = [entry for piece in pieces_of() for entry in entries_in(piece)]
        outer, _, inner = name.partition(".")
        if inner:
            found[outer] = {**found[outer], inner: entries}
        elif name in found:
            found[name] = entries
    return cast("Record", found)


def entries_in(lines: bytes) -> list[Any]:
    """The entries that lines of a record hold."""
    found: list[Any] = json.loads(b"[%b]" % lines)
    return found


def _unsealed(record: Record, lines: Lines) -> Iterator[bytes]:
    yield b"{\n"
    for name, value in record.items():
        if name != "seal":
            yield f"{compact(name)}: ".encode()
            yield from _member(name, value, lines)
            yield b",\n"


def _member(name: str, value: object, lines: Lines) -> Iterator[bytes]:
    if name in lines:
        yield from _listed(lines[name]())
    elif isinstance(value, dict) and any(f"{name}.{each}" in lines for each in value):
        yield b"{\n"
        for number, (inner, each) in enumerate(value.items()):
            yield b",\n" if number else b""
            yield f"{compact(inner)}: ".encode()
            yield from _member(f"{name}.{inner}", each, lines)
        yield b"\n}"
    else:
        yield _value(value).encode()


def _listed(found: Iterable[bytes]) -> Iterator[bytes]:
    """A list of entries that are text already."""
    begun = False
    for piece in found:
        if piece:
            yield b",\n" if begun else b"[\n"
            yield piece
            begun = True
    yield b"\n]" if begun else b"[]"


def _value(value: object) -> str:
    """A list with a line for each entry, also one among several of an object of lists."""
    if isinstance(value, dict) and all(isinstance(each, list) for each in value.values()):
        lists = ",\n".join(f"{compact(name)}: {_value(each)}" for name, each in value.items())
        return f"{{\n{lists}\n}}"
    if not isinstance(value, list) or not value:
        return compact(value)
    entries = ",\n".join(map(compact, value))
    return f"[\n{entries}\n]"


def answer(kind: str, said: Mapping[str, object]) -> str:
    """What a command answers a program, with the name of the format and its version before it.

    The form of each kind is published in `data/schemas`.
    """
    head = {"format": f"termsgate-{kind}", "version": 1}
    return json.dumps({**head, **said}, indent=2, ensure_ascii=False)


def laid_out(value: object, depth: int) -> str:
    """JSON text of another format: one line for each entry down to so many levels, then compact."""
    return f"{_laid_out(value, depth, '')}\n"


def _laid_out(value: object, depth: int, margin: str) -> str:
    if not depth or not value or not isinstance(value, dict | list):
        return compact(value)
    inner = f"{margin}  "
    if isinstance(value, dict):
        pairs = ((f"{compact(name)}: ", entry) for name, entry in value.items())
    else:
        pairs = (("", entry) for entry in value)
    lines = (f"{inner}{name}{_laid_out(entry, depth - 1, inner)}" for name, entry in pairs)
    first, last = "{}" if isinstance(value, dict) else "[]"
    return "\n".join([first, ",\n".join(lines), f"{margin}{last}"])


_encoder = json.JSONEncoder(ensure_ascii=False, check_circular=False)


def compact(value: object) -> str:
    """JSON text on one line, which can be written as UTF-8 whatever is in it."""
    # A lone surrogate cannot be written as UTF-8; the escape says the same.
    text = _encoder.encode(value)
    return text if text.isascii() else _without_surrogates(text)


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
