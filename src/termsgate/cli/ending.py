"""How a run without pytest ends, as a terminal shows it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termsgate.core.explain import headline
from termsgate.core.record import review_failures
from termsgate.reporting.text import Totals, day_line, failure_text, review_text, summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from termsgate.core.record import Record
    from termsgate.reporting.look import Look
    from termsgate.running.closing import Closing

_IN_FULL: Final = 20
"""So many failures are told whole; of more, a line each is what a person can read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What there is to say: of verdicts the record need hold only those that are told by name."""

    record: Record
    closing: Closing
    words: Mapping[str, int]
    outcomes: Mapping[str, int]
    look: Look
    quiet: bool = False

    def failures(self) -> Iterator[str]:
        """Each verdict and each review that fails, whole where there are few."""
        requirements = {each["requirement"]: each for each in self.record["requirements"]}
        failed = [each for each in self.record["verdicts"] if each["outcome"] == "fail"]
        for number, entry in enumerate(failed):
            about = requirements[entry["requirement"]]
            if self.quiet or number >= _IN_FULL:
                name = f"{entry['check']} {entry['vendor']} {entry['requirement']}"
                yield f"{self.look.paint('fail', 'bad')}: {name}: {headline(entry, about)}"
            else:
                yield from (failure_text(entry, about), "")
        owing = {each["path"]: each for each, _ in review_failures(self.record)}
        yield from map(review_text, owing.values())

    def counts(self, *, matrix: bool) -> Iterator[str]:
        """The day, the counts, and all that was let through."""
        yield self.look.paint(day_line(self.record), "strong")
        totals = Totals(words=self.words, outcomes=self.outcomes)
        shown = matrix and not self.quiet
        yield from summary(self.record, self.look.width, matrix=shown, totals=totals)

    def reports(self) -> Iterator[str]:
        """Where the reports lie, and what is wrong with the run as a whole."""
        if not self.closing.unwritten:
            yield from self.closing.where(Path.cwd())
        for fault in self.closing.faults:
            yield self.look.paint(fault.replace("--terms-", "--"), "bad")
