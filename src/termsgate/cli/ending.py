"""How a run without pytest ends, as a terminal shows it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termsgate.core.explain import headline
from termsgate.core.record import review_failures
from termsgate.reporting.text import SUMMED, Totals, day_line, failure_text, review_text, summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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
                yield from failing(f"{name}: {headline(entry, about)}", self.look)
            else:
                yield from (failure_text(entry, about, self.look), "")
        owing = {each["path"]: each for each, _ in review_failures(self.record)}
        yield from fitting(map(review_text, owing.values()), self.look)

    def counts(self, *, matrix: bool) -> Iterator[str]:
        """The day, the counts, and all that was let through."""
        day = self.look.fit([day_line(self.record)], 4)
        yield from (self.look.paint(line, "strong") for line in day)
        totals = Totals(words=self.words, outcomes=self.outcomes)
        shown = matrix and not self.quiet
        lines = summary(self.record, self.look.width, matrix=shown, totals=totals)
        yield from self.look.marked(self.look.fit(lines, 4), SUMMED)

    def reports(self) -> Iterator[str]:
        """Where the reports lie, and what is wrong with the run as a whole."""
        if not self.closing.unwritten:
            yield from self.look.fit(self.closing.where(Path.cwd()), 4)
        faults = (fault.replace("--terms-", "--") for fault in self.closing.faults)
        yield from (self.look.paint(line, "bad") for line in fitting(faults, self.look))


def failing(text: str, look: Look) -> list[str]:
    """Something that fails, in a line where there is room for it."""
    first, *rest = look.fit([f"fail: {text}"], 4)
    return [first.replace("fail", look.paint("fail", "bad"), 1), *rest]


def fitting(texts: Iterable[str], look: Look) -> list[str]:
    """Texts of several lines, as wide as there is room."""
    return look.fit((line for text in texts for line in text.split("\n")), 4)
