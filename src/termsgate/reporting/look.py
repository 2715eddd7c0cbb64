"""How text looks: how wide it is, and whether it has colours. Nothing is told by a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

WIDTH: Final = 100
"""No line is longer than a reader follows, however wide the terminal is."""

NARROWEST: Final = 40

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
    """A width, and whether there are colours."""

    width: int = WIDTH
    colours: bool = False

    def paint(self, text: str, style: str | None) -> str:
        """The text in a style of its own, if there are colours and it has one."""
        if style is None or not self.colours or not text:
            return text
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m"


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
