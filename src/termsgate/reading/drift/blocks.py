"""A captured text as blocks: paragraphs, headings, list items, cells of tables.

Markdown and plain text are told apart by nothing: what marks a block in one means none in the
other. HTML has a module of its own and ends in the same blocks.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(Enum):
    """What a block is."""

    PARAGRAPH = auto()
    ITEM = auto()
    HEADING = auto()
    LINKS = auto()
    """Nothing but links: a menu, a language picker, a line of related pages."""
    MARGIN = auto()
    """What stands in the margin of a page: its foot, a banner."""


class Block(NamedTuple):
    """A block as it was written, and the line it starts on."""

    kind: Kind
    text: str
    line: int


_ITEM: Final = re.compile(r"\s*(?:[-*+•·▪◦‣]\s+|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s+)")
_HEADING: Final = re.compile(r"\s*#{1,6}\s+\S")
_RULE: Final = re.compile(r"\s*(?:[-=*_]\s?){3,}\s*")
_BOLD: Final = re.compile(r"\s*(?:\d{1,3}[.)]\s+)?(?:\*\*|__)[^*_]+(?:\*\*|__)\s*:?\s*")
_CELLS: Final = re.compile(r"\s*\|.*\|\s*")
_CELL_RULE: Final = re.compile(r"[\s|:\-]+")
_ONLY_LINKS: Final = re.compile(
    r"(?:[\s|·•*,/>«»\-]|\\[|>\-]|\d+\.\s|!?\[[^\[\]]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*"
    r"(?:\s+\"[^\"]*\")?\))+"
)
_NUMBERED: Final = re.compile(
    r"\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]?|§\s*\d+|Article\s+\d+)\s+[^\W\d_a-z]"
)
_MENU_LINES: Final = 3
_LABEL_WORDS: Final = 4
_ENDS: Final = re.compile(r"[.!?:;]['\"\u201d\u2019)\]*_]*\s*$")


def blocks(text: str) -> list[Block]:
    """The blocks of Markdown or of plain text, in the order of the text."""
    found: list[Block] = []
    held: list[str] = []
    start = 1
    for number, line in enumerate(text.split("\n"), 1):
        if held and (not line.strip() or _starts(line, held[-1])):
            found.extend(_made(held, start))
            held = []
        if _RULE.fullmatch(line) and line.strip():
            found.extend(_ruled(held, start, line))
            held = []
        elif line.strip():
            start = start if held else number
            held.append(line)
    found.extend(_made(held, start))
    return found


def _starts(line: str, before: str) -> bool:
    """Whether a line starts a block although none ended."""
    if _ITEM.match(line):
        return _is_marked(line) or bool(_ENDS.search(before)) or bool(_ITEM.match(before))
    if _HEADING.match(line) or _HEADING.match(before) or _CELLS.fullmatch(line):
        return True
    if before.endswith("  ") or _BOLD.fullmatch(before) or _CELLS.fullmatch(before):
        return True
    return bool(_NUMBERED.match(line)) and bool(_ENDS.search(before))


def _is_marked(line: str) -> bool:
    """Whether an item has a bullet; a number may have come to the start of a line by chance."""
    return line.lstrip()[0] in "-*+•·▪◦‣"


def _ruled(held: list[str], start: int, line: str) -> Iterator[Block]:
    """What a line of dashes leaves: what stands right before it was a heading."""
    if held and line.strip()[0] in "-=":
        yield Block(Kind.HEADING, "\n".join(held), start)
    else:
        yield from _made(held, start)


def _made(held: list[str], start: int) -> Iterator[Block]:
    if not held:
        return
    text = "\n".join(held)
    if _CELLS.fullmatch(held[0]):
        yield from _row(text, start)
    elif "](" in text and _ONLY_LINKS.fullmatch(text):
        yield Block(Kind.LINKS, text, start)
    elif _HEADING.match(text) or _BOLD.fullmatch(text):
        yield Block(Kind.HEADING, text.lstrip().lstrip("#"), start)
    elif _ITEM.match(text):
        yield Block(Kind.ITEM, text, start)
    elif len(held) >= _MENU_LINES and all(map(_is_label, held)):
        for number, line in enumerate(held, start):
            yield Block(Kind.PARAGRAPH, line, number)
    else:
        yield Block(Kind.PARAGRAPH, text, start)


def _is_label(line: str) -> bool:
    return len(line.split()) <= _LABEL_WORDS and not _ENDS.search(line)


def _row(text: str, line: int) -> Iterator[Block]:
    """The cells of a row of a table; the line below its head says nothing."""
    if _CELL_RULE.fullmatch(text):
        return
    for cell in text.strip().strip("|").split("|"):
        if cell.strip():
            kind = Kind.LINKS if "](" in cell and _ONLY_LINKS.fullmatch(cell) else Kind.ITEM
            yield Block(kind, cell.strip(), line)
