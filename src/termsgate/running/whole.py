"""The portions of a run become its record, and what its end is told from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

from termsgate.core.baseline import compared
from termsgate.core.docket import Docket
from termsgate.core.entries import record_of, shard_entry
from termsgate.core.ledger import Ledger, accounted
from termsgate.core.model import InputFile, Place, Project, Vendor
from termsgate.core.problem import Problem, Weight
from termsgate.core.stating import demands_of, words_of, words_of_demands
from termsgate.core.upkeep import named_once, warnings_of_waivers
from termsgate.reading.lint import Known, of_frame
from termsgate.reading.packs import builtin_packs
from termsgate.reading.store import expanded, in_order
from termsgate.reporting.json import entries_in, with_lines
from termsgate.reporting.text import MOST_ROWS
from termsgate.running.portion import (
    CLAUSES,
    HISTORY,
    QUOTES,
    REVIEWS,
    VENDORS,
    of_check,
    words_used,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termsgate.core.baseline import Baseline
    from termsgate.core.record import BaselineEntry, ProblemEntry, Record, VerdictEntry
    from termsgate.reading.store import Frame
    from termsgate.reporting.json import Lines
    from termsgate.running.portion import Head
    from termsgate.running.settings import Settings
    from termsgate.running.shelf import Shelf


@dataclass(frozen=True, kw_only=True)
class Outline:
    """What a run is to give, known from the names of vendors alone."""

    frame: Frame
    settings: Settings

    @cached_property
    def docket(self) -> Docket:
        """Every vendor by its name, to be counted and not to be judged."""
        vendors = tuple(Vendor(id=name) for name in sorted(self.frame.vendors))
        return Docket(
            project=self.project(vendors),
            today=self.settings.today,
            asked=self.settings.asked,
            vendor=self.settings.vendor,
            shard=self.settings.shard,
        )

    def project(self, vendors: tuple[Vendor, ...] = ()) -> Project:
        """The project with these vendors in place of its own."""
        frame = self.frame
        return Project(
            vocabulary=frame.vocabulary,
            policies=frame.policies + frame.packs,
            vendors=vendors,
            checks=expanded(frame, sorted(frame.vendors)),
        )

    @cached_property
    def vendors(self) -> Mapping[str, list[str]]:
        """By check, in the order of the record, the vendors that it judges in this run."""
        docket = self.docket
        checks = sorted(docket.project.checks, key=lambda each: each.id)
        return {each.id: [vendor.id for vendor in docket.vendors_of(each)] for each in checks}

    @cached_property
    def expected(self) -> int:
        """How many verdicts the run is to give."""
        checks = {each.id: each for each in self.docket.project.checks}
        return sum(
            len(names) * len(self.docket.requirements_under(checks[check]))
            for check, names in self.vendors.items()
        )

    @cached_property
    def size(self) -> int:
        """How many the project asks for, whatever the run selects."""
        docket = self.docket
        return sum(
            len(each.vendors) * len(docket.requirements_under(each))
            for each in docket.project.checks
        )

    @cached_property
    def share(self) -> int:
        """How many of them fall to the shard of the run; all, if it has none."""
        docket = self.docket
        return sum(
            sum(map(docket.is_here, each.vendors)) * len(docket.requirements_under(each))
            for each in docket.project.checks
        )

    @property
    def is_partial(self) -> bool:
        """Whether the run gives only some of the verdicts that fall to it."""
        return self.expected != self.share


def problems_of(outline: Outline, heads: Sequence[Head]) -> tuple[Problem, ...]:
    """Everything that is wrong with the files, of every vendor and of what they share."""
    frame = outline.frame
    own = [_problem(each) for head in heads for each in head["problems"]]
    known = [_known(head) for head in heads if head["place"][0]]
    checks = expanded(frame, sorted(each.id for each in known))
    project = replace(outline.project(), checks=checks)
    found = of_frame(project, known, frame.mentions, builtin_packs(), own, None)
    return in_order([*frame.problems, *found])


def _known(head: Head) -> Known:
    path, line, column = head["place"]
    return Known(
        id=head["vendor"],
        place=Place(path=path, line=line, column=column),
        features=frozenset(head["features"]),
        agreements=frozenset(head["agreements"]),
    )


def _problem(entry: ProblemEntry) -> Problem:
    return Problem(
        place=Place(path=entry["path"], line=entry["line"], column=entry["column"]),
        message=entry["message"],
        code=entry["code"],
        help=entry["help"],
        weight=Weight(entry["weight"]),
    )


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A run that is over. `heads` are by vendor; the lines lie on the shelf."""

    outline: Outline
    heads: Mapping[str, Head]
    shelf: Shelf
    problems: tuple[Problem, ...]
    baseline: Baseline | None = None

    @cached_property
    def record(self) -> Record:
        """The record; its long lists hold no more than what is told one by one.

        `lines` has all of them. Of a small run, and of one that is held against a baseline, every
        verdict is there.
        """
        settings, outline = self.outline.settings, self.outline
        plain = record_of(
            replace(outline.project(), inputs=self._inputs()),
            self._verdicts(),
            today=settings.today,
            asked=settings.asked,
            expected=outline.expected,
            partial=outline.expected != outline.size,
            shard=shard_entry(settings.shard, partial=outline.is_partial),
            problems=self.problems,
            reviews=(each for head in self.heads.values() for each in head["debts"]),
        )
        plain["given"] = sum(self.words.values())
        record = accounted(plain, Ledger(audit=settings.audit, baseline=self._compared()))
        record["left-out"] = self._left_out()  # type: ignore[typeddict-item]
        record["terms"] = self._terms()  # type: ignore[typeddict-item]
        warnings = [one for head in self.heads.values() for one in head["warnings"]]
        record["warnings"] = named_once([*warnings_of_waivers(record), *warnings])
        if any(count for status, count in self.quotes.items() if status != "unchecked"):
            record["quotes"] = []
        return {**record, "history": []} if settings.history else record

    @property
    def is_small(self) -> bool:
        """Whether a matrix of all verdicts would fit a screen."""
        return sum(map(len, self.outline.vendors.values())) <= MOST_ROWS

    @cached_property
    def words(self) -> Counter[str]:
        """How many verdicts of each word."""
        return _together(head["words"] for head in self.heads.values())

    @cached_property
    def outcomes(self) -> Counter[str]:
        """What the gate made of how many."""
        return _together(head["outcomes"] for head in self.heads.values())

    @cached_property
    def quotes(self) -> Counter[str]:
        """How many quotes of each status."""
        return _together(head["quotes"] for head in self.heads.values())

    def with_all(self, record: Record) -> Record:
        """The record with every entry of every list, for the reports that are made of it."""
        return with_lines(record, self.lines())

    def lines(self) -> Lines:
        """Every entry of the long lists, in the order of the record."""
        by_name = sorted(self.heads)
        by_path = sorted(self.heads, key=lambda name: f"{name}/")
        found = {
            "verdicts": self._verdict_lines,
            VENDORS: lambda: self._of(by_name, VENDORS),
            REVIEWS: lambda: self._of(by_path, REVIEWS),
            QUOTES: lambda: self._of(by_name, QUOTES),
            CLAUSES: lambda: self._of(by_name, CLAUSES),
            HISTORY: lambda: self._of(by_name, HISTORY),
        }
        return cast("Lines", found)

    def _of(self, names: Iterable[str], of: str) -> Iterator[bytes]:
        return (self.shelf.lines(name, of) for name in names)

    def _verdict_lines(self) -> Iterator[bytes]:
        for check, names in self.outline.vendors.items():
            yield from self._of(sorted(names), of_check(check))

    def _verdicts(self) -> Iterator[VerdictEntry]:
        if self.baseline is None and not self.is_small:
            for head in self.heads.values():
                yield from head["notable"]
            return
        for lines in self._verdict_lines():
            yield from entries_in(lines)

    def _inputs(self) -> tuple[InputFile, ...]:
        found = [
            InputFile(path=path, sha256=sha256)
            for head in self.heads.values()
            for path, sha256 in head["inputs"]
        ]
        return (*self.outline.frame.inputs, *found)

    def _compared(self) -> BaselineEntry | None:
        if self.baseline is None:
            return None
        whole, updated = self.outline.docket.whole, self.outline.settings.update
        return compared(self.baseline, self._verdicts(), whole, updated=updated)

    def _left_out(self) -> list[object]:
        """What the other shards are left, and what `--terms-vendor` left out of this one."""
        outline, settings = self.outline, self.outline.settings
        found = (
            ("--terms-shard", str(settings.shard), outline.size - outline.share),
            ("--terms-vendor", settings.vendor, outline.share - outline.expected),
        )
        return [{"by": by, "said": said, "verdicts": left} for by, said, left in found if left]

    def _terms(self) -> dict[str, object]:
        frame = self.outline.frame
        demands = demands_of(frame.policies + frame.packs)
        used = frozenset[tuple[str, str]]().union(*map(words_used, self.heads.values()))
        words = words_of(words_of_demands(demands) | used, frame.vocabulary)
        return {"clauses": [], "demands": demands, "words": words}


def _together(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in counts:
        found.update(each)
    return found
