"""What is required, as every engine is told it: which words of a clause speak of which use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

STANCES: Final = ("free", "opt-out", "opt-in", "barred")
"""What a clause of the plain project says of a use, the more protective the later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A word of a requirement: which words cover it whole, and which speak of a part of it."""

    word: str
    whole: tuple[str, ...]
    part: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbidden:
    """A use is forbidden below a stance."""

    id: str
    action: Named
    data: tuple[Named, ...]
    need: int

    @property
    def touched(self) -> list[str]:
        """Every word that speaks of any of the data."""
        return sorted({word for each in self.data for word in each.part})

    @property
    def failing(self) -> tuple[str, ...]:
        """The stances that are not protective enough."""
        return STANCES[: self.need]

    @property
    def meeting(self) -> tuple[str, ...]:
        """The stances that are."""
        return STANCES[self.need :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """A fact is bounded: a number of days from below or above, a value to be or not to be."""

    id: str
    fact: str
    bound: str
    value: int | bool | str


Asked = Forbidden | Bounded
