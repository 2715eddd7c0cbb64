"""Which verdicts were to be given, which were, and who left out the rest (semantics 7.5)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from termsgate.core.quotes import place_of_quote, recorded
from termsgate.core.record import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from termsgate.core.docket import Key
    from termsgate.core.record import QuoteEntry, ReviewEntry, VerdictEntry

Quoted: TypeAlias = tuple[str, str, str, str]
"""What a quote is found by: its vendor, document, version and clause."""


@dataclass(slots=True)
class Tally:
    """The account of a run while it is open.

    `excused` says of each verdict that the user left out by which option; `crashed` are tests of
    ours that ended in an error, `dead` the workers that did. `looked` counts tests in Python that
    looked at verdicts.
    """

    expected: set[Key] = field(default_factory=set)
    excused: dict[Key, str] = field(default_factory=dict)
    given: dict[Key, VerdictEntry] = field(default_factory=dict)
    crashed: list[str] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)
    found: dict[Quoted, QuoteEntry] = field(default_factory=dict)
    reviews: dict[str, ReviewEntry] = field(default_factory=dict)
    examples: int = 0
    looked: int = 0
    failures: int = 0

    def expect(self, matters: Iterable[Key]) -> None:
        """These are to be judged."""
        self.expected.update(matters)

    def excuse(self, matter: Key, option: str) -> None:
        """This one was left out because the user said so, by this option."""
        self.expected.discard(matter)
        self.excused[matter] = option

    def take(self, entry: VerdictEntry) -> None:
        """A verdict was given; one that was tried again replaces the first."""
        self.given[key(entry)] = entry

    def take_quote(self, entry: QuoteEntry) -> None:
        """A quote was looked for; one that was tried again replaces the first."""
        self.found[place_of_quote(entry)] = entry

    @property
    def quotes(self) -> list[QuoteEntry]:
        """What was found of the quotes, in their order; one that nobody could check is not here."""
        listed = (self.found[place] for place in sorted(self.found))
        return [recorded(each) for each in listed if each["status"] != "unchecked"]

    @property
    def missing(self) -> list[Key]:
        """What was expected and not given."""
        return sorted(self.expected - self.given.keys())

    @property
    def judged(self) -> bool:
        """Whether any verdict applied: what does not apply says nothing about anybody."""
        return any(entry["verdict"] != "not-applicable" for entry in self.given.values())

    @property
    def tested(self) -> bool:
        """Whether anything at all was looked at: a verdict, an example, a quote, or by hand."""
        return self.judged or bool(self.examples or self.quotes or self.looked)

    def quote_lines(self) -> Iterator[str]:
        """How many quotes were found in the captured texts, and how many nobody could check."""
        counted = Counter(each["status"] for each in self.found.values())
        astray = sum(each["section-status"] == "elsewhere" for each in self.found.values())
        return quote_lines(counted, astray)


def quote_lines(counted: Mapping[str, int], astray: int) -> Iterator[str]:
    """The same from how many there are of each status, and under another heading."""
    if not counted:
        return
    yield f"quotes: {', '.join(f'{counted[status]} {status}' for status in sorted(counted))}"
    if astray:
        noun = "quote stands" if astray == 1 else "quotes stand"
        what = f"{astray} {noun} under another heading than the section given"
        yield f"warning: {what}; `termsgate verify` says where"
