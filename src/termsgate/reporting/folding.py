"""Lines that fit a screen, counted in its columns: a Chinese letter takes two, an accent none."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NARROWEST: Final = 40
"""A screen that is narrower is treated as if it were so wide."""

_BLANKS: Final = re.compile(r"(\s+)")
_NOTHING: Final = frozenset({"Mn", "Me", "Cf"})
"""The categories of what stands on another letter, or is not seen at all."""
_CLOSING: Final = frozenset({"Pe", "Pf", "Po"})
"""The categories of what ends a word, and so begins no line."""


def columns(text: str) -> int:
    """How many columns of a screen the text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


@cache
def _columns(char: str) -> int:
    if unicodedata.category(char) in _NOTHING:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def padded(text: str, size: int) -> str:
    """The text with blanks up to so many columns."""
    return text + " " * (size - columns(text))


def shortened(text: str, size: int) -> str:
    """The text, cut with an ellipsis where it takes more columns than that."""
    if columns(text) <= size:
        return text
    kept, room = "", size - 1
    for char in text:
        room -= _columns(char)
        if room < 0:
            break
        kept += char
    return f"{kept}…"


def folded(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """The text in lines of so many columns; `first` and `rest` stand before its lines.

    A word that is longer than a line, such as the address of a page, stays whole: it is to be
    clicked and copied. Scripts that leave no blanks between words are divided between letters.
    """
    lines: list[str] = []
    room = max(width, NARROWEST)
    pieces = list(chain.from_iterable(map(_pieces, _BLANKS.split(text))))
    while pieces:
        indent = rest if lines else first
        taken = _line(pieces, room - columns(indent), later=bool(lines))
        if taken:
            lines.append(indent + taken)
    return lines


def _line(pieces: list[str], room: int, *, later: bool) -> str:
    """Take as many pieces as fit, without the blanks at the edges of a line; at least one."""
    if later and pieces[0].isspace():
        del pieces[0]
    count = _fitting(pieces, room)
    taken = pieces[:count]
    del pieces[:count]
    return "".join(taken).rstrip()


def _fitting(pieces: Sequence[str], room: int) -> int:
    """How many pieces stand in a line; one that fits no line stands alone."""
    for count, piece in enumerate(pieces):
        room -= columns(piece)
        if room < 0:
            return max(count, 1)
    return len(pieces)


def _pieces(word: str) -> Iterator[str]:
    """A word, or what it may be divided into: before and after a letter that takes two columns."""
    if not word or word.isascii():
        yield from filter(None, [word])
        return
    piece = ""
    for char in word:
        wide = _columns(char) > 1 or (piece != "" and _columns(piece[-1]) > 1)
        closing = unicodedata.category(char) in _CLOSING or _columns(char) == 0
        if piece and wide and not closing:
            yield piece
            piece = ""
        piece += char
    yield piece
