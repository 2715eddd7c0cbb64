"""A page in HTML is read as a reader sees it: no script, no style, nothing hidden, no comment."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
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
"""The level of a bold beginning of a paragraph, below every heading."""
_HIDING: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCK: Final = "\n\n"


def visible(page: str) -> Captured:
    """The words of a page that a reader sees; each letter knows its place in the page."""
    reader = _Reader(page)
    reader.feed(page)
    reader.close()
    return Captured(
        text="".join(reader.pieces),
        source=page,
        origins=reader.origins,
        marks=tuple(reader.marks),
    )


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


class _Reader(HTMLParser):
    """Reads one page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self._starts = [0, *(found.end() for found in re.finditer("\n", page))]
        self.pieces: list[str] = []
        self.origins: list[int] = []
        self.marks: list[Mark] = []
        self._hidden: _Hidden | None = None
        self._lists: list[_List] = []
        self._heading: _Opened | None = None
        self._as_is = 0

    # --- what the parser finds --------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element, or pass over one that is not seen."""
        if self._hidden is not None and not self._leaves_hidden(tag):
            return
        if tag not in _VOID and (tag in _UNSEEN or _is_hidden(tag, dict(attrs))):
            self._hidden = _Hidden(tag)
            return
        if tag not in _INLINE:
            self._part()
        self._enter(tag, dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take `<br/>` for `<br>`; on anything else HTML ignores the slash."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
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
            self._part()

    def handle_data(self, data: str) -> None:
        """Keep words; white space counts as one space, as on the screen."""
        if self._hidden is not None:
            return
        at = self._at()
        if self._as_is:
            self._keep(data, at)
            return
        for found in re.finditer(r"[ \t\r\n\f]+|[^ \t\r\n\f]+", data):
            if not found[0].isspace() or found[0][0] not in " \t\r\n\f":
                self._keep(found[0], at + found.start())
            elif self.pieces and not self.pieces[-1].endswith((" ", "\n")):
                self._keep(" ", at + found.start())

    def handle_entityref(self, name: str) -> None:
        """Keep what a named character stands for."""
        self._character(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Keep what a numbered character stands for."""
        self._character(f"&#{name};")

    # --- what is kept -----------------------------------------------------------------------------

    def _character(self, written: str) -> None:
        if self._hidden is None:
            self._keep(html.unescape(written), self._at(), spread=False)

    def _keep(self, words: str, at: int, *, spread: bool = True) -> None:
        self.pieces.append(words)
        self.origins.extend(range(at, at + len(words)) if spread else [at] * len(words))

    def _at(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def _part(self) -> None:
        """End a block: what follows stands in a paragraph of its own."""
        if self._heading is not None and self._heading.level == RUN_IN:
            self._close_heading()
        if self.pieces and self.pieces[-1] != _BLOCK:
            self._keep(_BLOCK, self._at(), spread=False)

    # --- headings and lists -----------------------------------------------------------------------

    def _enter(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag in ("ul", "ol"):
            self._lists.append(_List(tag == "ol", _first(attributes) - 1))
        elif tag == "li" and self._lists:
            self._lists[-1].number += 1
        elif tag == "pre":
            self._as_is += 1
        elif tag in _HEADINGS:
            self._heading = _Opened(tag, len(self.origins), _HEADINGS[tag], self._numbers())
        elif tag in _BOLD and self._heading is None and self._starts_a_block():
            self._heading = _Opened(tag, len(self.origins), RUN_IN, self._numbers())

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


def _is_hidden(tag: str, attributes: dict[str, str | None]) -> bool:
    closed = tag == "dialog" and "open" not in attributes
    return closed or "hidden" in attributes or bool(_HIDING.search(attributes.get("style") or ""))


def _first(attributes: dict[str, str | None]) -> int:
    """The number that a list starts with."""
    written = attributes.get("start") or ""
    return int(written) if re.fullmatch(r"\d{1,4}", written, re.ASCII) else 1
