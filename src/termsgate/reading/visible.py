"""A page in HTML is read as a reader sees it: no script, no style, nothing hidden, no comment."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Final

from termsgate.reading.captured import Captured, Mark

_UNSEEN: Final = frozenset(
    ("audio", "canvas", "iframe", "math", "noscript", "object", "script", "select")
).union(("style", "svg", "template", "textarea", "title", "video"))
_VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source")
).union(("track", "wbr"))
_INLINE: Final = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em")
).union(
    ("font", "i", "img", "input", "ins", "kbd", "label", "mark", "q", "s", "samp", "small"),
    ("span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
)
_ENDS_ITSELF: Final = frozenset(("dd", "dt", "li", "option", "p", "td", "th", "tr"))
"""Elements whose end may be left out: the next of the kind ends them."""
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_BOLD: Final = frozenset(("b", "strong"))
RUN_IN: Final = 7
"""The level of a bold beginning of a paragraph, below every heading; in a list it is deeper."""
_HIDING: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCK: Final = "\n\n"
_SPACED: Final = re.compile(r"(?P<space>[ \t\r\n\f]+)|[^ \t\r\n\f]+")


_RAW: Final = {
    tag: re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE)
    for tag in ("iframe", "noscript", "script", "style", "textarea", "title")
}
"""Elements that hold no elements: they end at their own end and nowhere before."""
_TOKEN: Final = re.compile(
    r"""
      (?P<words> [^<&]+ )
    | <!--(?P<comment>)
    | <(?P<slash>/?)(?P<tag>[A-Za-z][^\s/>]*)
    | (?P<other> <[!?/] )
    | (?P<character> &(?:
        \#[0-9]{1,7}(?![0-9]) | \#[xX][0-9a-fA-F]{1,6}(?![0-9a-fA-F]) |
        [A-Za-z][A-Za-z0-9]{0,40} );? )
    | (?P<letter> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


def visible(page: str) -> Captured:
    """The words of a page that a reader sees; each letter knows its place in the page."""
    reader = _Reader()
    _read(page, reader)
    return Captured(
        text="".join(reader.pieces),
        source=page,
        origins=reader.origins,
        marks=tuple(reader.marks),
    )


def _read(page: str, reader: _Reader) -> None:
    """Hand the page to the reader, piece by piece.

    What is opened and never closed swallows the rest, as in a browser: nothing is read twice, and
    the time grows with the length of the page and no faster.
    """
    at = 0
    while at < len(page):
        token = _TOKEN.match(page, at)
        if token is None:  # pragma: no cover - `letter` takes whatever comes
            raise AssertionError(at)
        stop = token.end()
        if token["tag"] is not None:
            stop = _read_tag(page, token, reader)
        elif token["comment"] is not None:
            stop = _after(page, "-->", stop)
        elif token["other"] is not None:
            stop = _after(page, ">", stop)
        elif token["character"] is not None:
            reader.character(token[0], at)
        else:
            reader.words(token[0], at)
        at = stop


def _read_tag(page: str, token: re.Match[str], reader: _Reader) -> int:
    """Enter or leave an element, and say where reading goes on."""
    tag = token["tag"].lower()
    stop = _end_of_tag(page, token.end())
    if stop > len(page):
        return stop
    if token["slash"]:
        reader.leave(tag, token.start())
        return stop
    attributes = {
        found[1].lower(): found[2] or found[3] or found[4] or ""
        for found in _ATTRIBUTE.finditer(page, token.end(), stop - 1)
    }
    reader.enter(tag, attributes, token.start())
    if tag in _RAW:
        end = _RAW[tag].search(page, stop)
        return end.start() if end else len(page)
    return stop


def _end_of_tag(page: str, at: int) -> int:
    """Behind the `>` that closes a tag: one in the value of an attribute does not."""
    while (found := _CLOSE.search(page, at)) is not None:
        if found[0] == ">":
            return found.end()
        at = _after(page, found[0][-1], found.end())
    return len(page) + 1


_CLOSE: Final = re.compile(r""">|=\s*["']""")


def _after(page: str, end: str, at: int) -> int:
    """Behind the end of something, or behind the page."""
    found = page.find(end, at)
    return found + len(end) if found >= 0 else len(page) + 1


@dataclass(slots=True)
class _Hidden:
    """An element that is not seen, with all that is in it; `depth` counts those of its name."""

    tag: str
    depth: int = 1


@dataclass(slots=True)
class _List:
    """A list that is open: how it is numbered, and how far it got."""

    ordered: bool
    number: int = 0


@dataclass(slots=True)
class _Opened:
    """A heading that is open: where it starts."""

    tag: str
    start: int
    level: int
    numbers: tuple[int, ...] = field(default=())


class _Reader:
    """Keeps what a reader sees of one page."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.origins: list[int] = []
        self.marks: list[Mark] = []
        self._hidden: _Hidden | None = None
        self._lists: list[_List] = []
        self._heading: _Opened | None = None
        self._as_is = 0

    def enter(self, tag: str, attributes: dict[str, str], at: int) -> None:
        """Enter an element, or pass over one that is not seen."""
        if self._hidden is not None and not self._leaves_hidden(tag):
            return
        if tag not in _VOID and (tag in _UNSEEN or _is_hidden(tag, attributes)):
            self._hidden = _Hidden(tag)
            return
        if tag not in _INLINE:
            self._part(at)
        self._enter(tag, attributes)

    def leave(self, tag: str, at: int) -> None:
        """Leave an element."""
        if self._hidden is not None:
            if tag == self._hidden.tag:
                self._hidden.depth -= 1
                self._hidden = self._hidden if self._hidden.depth else None
            return
        if self._heading is not None and tag == self._heading.tag:
            self._close_heading()
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        self._as_is -= tag == "pre" and self._as_is > 0
        if tag not in _INLINE:
            self._part(at)

    def words(self, data: str, at: int) -> None:
        """Keep words; white space counts as one space, as on the screen."""
        if self._hidden is not None:
            return
        if self._as_is:
            self._keep(data, at)
            return
        for found in _SPACED.finditer(data):
            if found["space"] is None:
                self._keep(found[0], at + found.start())
            elif self.pieces and not self.pieces[-1].endswith((" ", "\n")):
                self._keep(" ", at + found.start())

    def character(self, written: str, at: int) -> None:
        """Keep what it stands for; one that stands for nothing stays as it is written."""
        if self._hidden is None:
            self._keep(html.unescape(written), at, spread=False)

    # --- what is kept -----------------------------------------------------------------------------

    def _keep(self, words: str, at: int, *, spread: bool = True) -> None:
        self.pieces.append(words)
        self.origins.extend(range(at, at + len(words)) if spread else [at] * len(words))

    def _part(self, at: int) -> None:
        """End a block: what follows stands in a paragraph of its own."""
        if self._heading is not None and self._heading.level >= RUN_IN:
            self._close_heading()
        if self.pieces and self.pieces[-1] != _BLOCK:
            self._keep(_BLOCK, at, spread=False)

    # --- headings and lists -----------------------------------------------------------------------

    def _enter(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("ul", "ol"):
            self._lists.append(_List(tag == "ol", _first(attributes) - 1))
        elif tag == "li" and self._lists:
            self._lists[-1].number += 1
        elif tag == "pre":
            self._as_is += 1
        elif tag in _HEADINGS:
            self._heading = _Opened(tag, len(self.origins), _HEADINGS[tag], self._numbers())
        elif tag in _BOLD and self._heading is None and self._starts_a_block():
            level = RUN_IN + len(self._lists)
            self._heading = _Opened(tag, len(self.origins), level, self._numbers())

    def _numbers(self) -> tuple[int, ...]:
        return tuple(one.number for one in self._lists if one.ordered)

    def _starts_a_block(self) -> bool:
        return not self.pieces or self.pieces[-1] == _BLOCK

    def _close_heading(self) -> None:
        if (opened := self._heading) is not None and len(self.origins) > opened.start:
            self.marks.append(
                Mark(
                    start=opened.start,
                    stop=len(self.origins),
                    level=opened.level,
                    numbers=opened.numbers,
                )
            )
        self._heading = None

    # --- what is not seen -------------------------------------------------------------------------

    def _leaves_hidden(self, tag: str) -> bool:
        """Whether this start ends the hidden element: one whose end was left out."""
        if self._hidden is None or tag != self._hidden.tag:
            return False
        if tag in _ENDS_ITSELF and self._hidden.depth == 1:
            self._hidden = None
            return True
        self._hidden.depth += 1
        return False


def _is_hidden(tag: str, attributes: dict[str, str]) -> bool:
    closed = tag == "dialog" and "open" not in attributes
    return closed or "hidden" in attributes or bool(_HIDING.search(attributes.get("style", "")))


def _first(attributes: dict[str, str]) -> int:
    """The number that a list starts with."""
    written = attributes.get("start", "")
    return int(written) if re.fullmatch(r"\d{1,4}", written, re.ASCII) else 1
