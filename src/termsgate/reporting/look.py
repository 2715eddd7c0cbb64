"""How text looks: how wide it is, and whether it has colours. Nothing is told by a colour alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from termsgate.reporting.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH: Final = 100
"""No line is longer than a reader follows, however wide the terminal is."""

_CODES: Final = {
    "strong": "1",
    "faint": "2",
    "bad": "1;31",
    "good": "32",
    "doubt": "33",
    "quote": "36",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A width, and whether there are colours.

    `screen` is how wide the terminal is where there is one: a table may take all of it.
    """

    width: int = WIDTH
    colours: bool = False
    screen: int | None = None

    def paint(self, text: str, style: str | None) -> str:
        """The text in a style of its own, if there are colours and it has one."""
        if style is None or not self.colours or not text:
            return text
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m"

    def marked(self, lines: Sequence[str], marks: Marks) -> list[str]:
        """Lines in which what matches is in a style of its own, also over the end of a line."""
        if not self.colours:
            return list(lines)
        text = "\n".join(lines)
        for pattern, style in marks:
            text = self._over(text, pattern, style)
        return text.split("\n")

    def _over(self, text: str, pattern: str | re.Pattern[str], style: str) -> str:
        """A text with each match in a style, line by line and without the indents."""

        def painted(line: re.Match[str]) -> str:
            return self.paint(line[0], style)

        return re.sub(pattern, lambda found: re.sub(_UNINDENTED, painted, found[0]), text)

    def fit(self, lines: Iterable[str], by: int) -> list[str]:
        """Lines as they are for a file or a pipe; on a screen folded, further ones indented."""
        if self.screen is None:
            return list(lines)
        return [one for line in lines for one in self.folded(line, by)]

    def folded(self, line: str, by: int) -> list[str]:
        """A line with its own indent, in as many as it takes; further ones are indented by more."""
        bare = line.lstrip(" ")
        margin = " " * (len(line) - len(bare))
        return folded(bare, self.width, margin, f"{margin}{' ' * by}") or [line]


_UNINDENTED: Final = r"(?m)\S.*$"

Marks: TypeAlias = "tuple[tuple[str | re.Pattern[str], str], ...]"
"""What is looked for in lines, and the style of it. What is seldom wanted need not be compiled."""

PLAIN: Final = Look()
"""What a file and a pipe get: the same bytes wherever it is run."""

OF_A_WORD: Final = {
    "met": "good",
    "violated": "bad",
    "unclear": "doubt",
    "silent": "doubt",
    "not-applicable": "faint",
}
"""The style of each word of a verdict."""

_OF_A_LINE: Final = {
    "meets the requirement": "good",
    "falls short of the requirement": "bad",
    "can be read either way": "doubt",
}


def style_of(text: str) -> str | None:
    """The style of a line below a point: quotes, and what a clause did."""
    return "quote" if text.startswith("“") else _OF_A_LINE.get(text)
