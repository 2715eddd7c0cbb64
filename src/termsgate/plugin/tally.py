"""Which verdicts were to be given and which were."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from termsgate.core.record import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termsgate.core.docket import Key
    from termsgate.core.record import ReviewEntry, VerdictEntry


@dataclass(slots=True)
class Tally:
    """The account of a run while it is open."""

    expected: set[Key] = field(default_factory=set)
    given: dict[Key, VerdictEntry] = field(default_factory=dict)
    quotes: Counter[str] = field(default_factory=Counter)
    reviews: dict[str, ReviewEntry] = field(default_factory=dict)

    def expect(self, matters: Iterable[Key]) -> None:
        """These are to be judged."""
        self.expected.update(matters)

    def excuse(self, matters: Iterable[Key]) -> None:
        """These were left out because the user said so."""
        self.expected.difference_update(matters)

    def take(self, entry: VerdictEntry) -> None:
        """A verdict was given; one that was tried again replaces the first."""
        self.given[key(entry)] = entry

    def quote_lines(self) -> Iterator[str]:
        """How many quotes were found in the captured texts, and how many nobody could check."""
        if self.quotes:
            counted = (f"{self.quotes[status]} {status}" for status in sorted(self.quotes))
            yield f"quotes: {', '.join(counted)}"
