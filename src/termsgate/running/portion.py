"""A portion of a run: all that it finds about one vendor, as plain data and lines of the record.

No portion needs another, so that a large project is never in memory whole, several processes can
share the work, and what has not changed since the last run need not be worked out again. What
belongs to no vendor, or to several, is put together in `termsgate.running.whole`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypedDict, cast

from termsgate.core.docket import Docket, Matter, verified_in, wants_evidence
from termsgate.core.entries import day_of, problem_entry, vendor_entry
from termsgate.core.evidence import QuoteStatus
from termsgate.core.gate import Outcome
from termsgate.core.history import history_of
from termsgate.core.model import Project
from termsgate.core.problem import Weight
from termsgate.core.quotes import place_of_quote, quote_entry, recorded
from termsgate.core.record import is_needless
from termsgate.core.review import audit
from termsgate.core.reviewed import review_entry
from termsgate.core.stating import clauses_of, words_of_clauses
from termsgate.core.upkeep import warnings_of_uses
from termsgate.reading.evidence import check_quotes
from termsgate.reading.lint import by_owner, known_of, of_vendor
from termsgate.reading.store import expanded, in_order, read_vendor
from termsgate.reporting.json import compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from termsgate.core.baseline import Baseline
    from termsgate.core.evidence import QuoteFinding
    from termsgate.core.model import Check, Requirement, Vendor
    from termsgate.core.problem import Problem
    from termsgate.core.record import (
        ProblemEntry,
        QuoteEntry,
        Record,
        ReviewEntry,
        VerdictEntry,
        WarningEntry,
    )
    from termsgate.reading.decode.page import Mention
    from termsgate.reading.store import Frame, ReadVendor
    from termsgate.running.settings import Settings

VENDORS: Final = "vendors"
REVIEWS: Final = "reviews"
QUOTES: Final = "quotes"
CLAUSES: Final = "terms.clauses"
HISTORY: Final = "history"

_QUIET: Final = frozenset({Outcome.PASS.value, Outcome.SKIP.value})


class Head(TypedDict):
    """What is told of a vendor at once; the lines of the record lie behind it.

    `notable` are the verdicts that are told one by one, `debts` the reviews that owe something,
    `lost` the quotes that fail, `quotes` how many there are of each status. `needless` counts the
    verdicts whose own waiver fails a strict run. `used` are words with their axes.
    """

    vendor: str
    place: tuple[str, int, int]
    features: list[str]
    agreements: list[str]
    inputs: list[tuple[str, str]]
    problems: list[ProblemEntry]
    used: list[tuple[str, str]]
    warnings: list[WarningEntry]
    words: dict[str, int]
    outcomes: dict[str, int]
    notable: list[VerdictEntry]
    needless: int
    debts: list[ReviewEntry]
    lost: list[QuoteEntry]
    quotes: dict[str, int]
    astray: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """The head, and by the name of its list the lines of the record; verdicts by their check.

    Of a vendor whose files are wrong there is nothing but the problems.
    """

    head: Head
    lines: Mapping[str, bytes] = field(default_factory=dict)


def of_check(check: str) -> str:
    """The name of the list that holds the verdicts of one check."""
    return f"verdicts of {check}"


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What every portion of one run is worked out with.

    `partial` says that the run gives only some of the verdicts that fall to it.
    """

    frame: Frame
    settings: Settings
    baseline: Baseline | None = None
    partial: bool = False
    _under: dict[str, list[Requirement]] = field(default_factory=dict)

    @cached_property
    def _owned(self) -> Mapping[str, Sequence[Mention]]:
        """What the checks say of clauses and versions, by the vendor."""
        return by_owner(self.frame.mentions)

    def portion(self, name: str) -> Portion:
        """All that is found about the vendor in a folder.

        Where anything is wrong with its files, or with those that all share, nothing is judged.
        """
        read = read_vendor(self.frame, name)
        problems = self.problems(read)
        told = [problem_entry(each) for each in problems]
        wrong = self.frame.is_faulty or any(each.weight is Weight.ERROR for each in problems)
        if read.vendor is None or wrong:
            return Portion(head=head_of(read.vendor, name, told))
        docket, found = self._docket(read.vendor)
        return _Finding(bench=self, read=read, docket=docket, found=found).portion(told)

    def problems(self, read: ReadVendor) -> tuple[Problem, ...]:
        """What is wrong with a vendor, and with what the checks say of it."""
        if read.vendor is None:
            return in_order(read.problems)
        own = by_owner(read.mentions).get(read.vendor.id, [])
        mentions = (*self._owned.get(read.vendor.id, ()), *own)
        across = of_vendor(read.vendor, self.frame.vocabulary, mentions)
        return in_order([*read.problems, *across])

    def _docket(self, vendor: Vendor) -> tuple[Docket, tuple[QuoteFinding, ...]]:
        """A project of one vendor ready to be judged, and what became of its quotes."""
        frame, settings = self.frame, self.settings
        project = Project(
            vocabulary=frame.vocabulary,
            policies=frame.policies + frame.packs,
            vendors=(vendor,),
            checks=expanded(frame, [vendor.id]),
        )
        here = settings.shard is None or settings.shard.holds(vendor.id)
        found = check_quotes(project, settings.root, archive=settings.archive) if here else ()
        docket = Docket(
            project=project,
            today=settings.today,
            asked=settings.asked,
            vendor=settings.vendor,
            verified=verified_in(found) if wants_evidence(project) else {},
            baseline=self.baseline,
            audit=settings.audit,
            shard=settings.shard,
            _under=self._under,
        )
        return docket, found


def head_of(vendor: Vendor | None, name: str, problems: list[ProblemEntry]) -> Head:
    """The head of a vendor of which nothing but problems is known; its folder names one unread."""
    known = known_of(vendor) if vendor is not None else None
    place = (known.place.path, known.place.line, known.place.column) if known else ("", 0, 0)
    return {
        "vendor": known.id if known else name,
        "place": place,
        "features": sorted(known.features) if known else [],
        "agreements": sorted(known.agreements) if known else [],
        "inputs": [],
        "problems": problems,
        "used": [],
        "warnings": [],
        "words": {},
        "outcomes": {},
        "notable": [],
        "needless": 0,
        "debts": [],
        "lost": [],
        "quotes": {},
        "astray": 0,
    }


@dataclass(frozen=True, kw_only=True)
class _Finding:
    """One vendor being judged."""

    bench: Bench
    read: ReadVendor
    docket: Docket
    found: tuple[QuoteFinding, ...]

    def portion(self, problems: list[ProblemEntry]) -> Portion:
        """What was found, told and as lines."""
        verdicts = {check.id: self._judged(check) for check in self.docket.project.checks}
        given = [entry for entries in verdicts.values() for entry in entries]
        reviews, quotes = self._reviews(), [quote_entry(each) for each in self.found]
        head = head_of(self._vendor, self._vendor.id, problems)
        clauses = clauses_of(self._vendor, self._days())
        head["inputs"] = [(each.path, each.sha256) for each in self.read.inputs]
        head["used"] = sorted(words_of_clauses(clauses))
        head["warnings"] = list(warnings_of_uses(self.docket.project, self._so_far(given)))
        head["words"] = dict(Counter(each["verdict"] for each in given))
        head["outcomes"] = dict(Counter(each["outcome"] for each in given))
        head["notable"] = [each for each in given if _is_notable(each)]
        head["needless"] = sum(map(is_needless, given)) if self._strict else 0
        head["debts"] = [each for each in reviews if each["findings"]]
        head["lost"] = [each for each in quotes if self._is_lost(each)]
        head["quotes"] = dict(Counter(each["status"] for each in quotes))
        head["astray"] = sum(each["section-status"] == "elsewhere" for each in quotes)
        kept = sorted(quotes, key=place_of_quote)
        lines = {
            **{of_check(check): _lines(entries) for check, entries in verdicts.items()},
            VENDORS: _lines([vendor_entry(self._vendor)]),
            REVIEWS: _lines(reviews),
            QUOTES: _lines(recorded(each) for each in kept if each["status"] != _UNCHECKED),
            CLAUSES: _lines(clauses),
            HISTORY: _lines(history_of(self.docket) if self.bench.settings.history else ()),
        }
        return Portion(head=head, lines={name: text for name, text in lines.items() if text})

    @property
    def _vendor(self) -> Vendor:
        return self.docket.project.vendors[0]

    @property
    def _strict(self) -> bool:
        return self.bench.settings.strict

    def _days(self) -> frozenset[date]:
        today, asked = self.docket.today, self.docket.asked
        return frozenset(day_of(each, today, asked) for each in self.docket.project.checks)

    def _judged(self, check: Check) -> list[VerdictEntry]:
        """The verdicts of a check in the order of the record; none if it does not name them."""
        requirements = self.docket.requirements_under(check)
        return [
            self.docket.judge(Matter(check=check, vendor=vendor, requirement=requirement))
            for vendor in self.docket.vendors_of(check)
            for requirement in sorted(requirements, key=lambda each: each.id)
        ]

    def _so_far(self, given: list[VerdictEntry]) -> Record:
        """As much of a record as is asked about the readings and choices of one vendor."""
        return cast("Record", {"verdicts": given, "partial": self.bench.partial})

    def _reviews(self) -> list[ReviewEntry]:
        """What each version is owed, in the order of the files (7.6, 7.7)."""
        today, docket = self.docket.today, self.docket
        found = [
            audit(
                self._vendor.id,
                version,
                docket.relied_on.get(version.place.path, ()),
                today,
                strict=self._strict,
            )
            for version in self._vendor.versions
            if docket.is_here(self._vendor.id) and docket.owes_review(version)
        ]
        entries = [review_entry(each, today) for each in found]
        return sorted(entries, key=lambda each: (each["path"], each["line"]))

    def _is_lost(self, quote: QuoteEntry) -> bool:
        """Whether a quote fails the run: not found, or with a strict run not even looked for."""
        status = QuoteStatus(quote["status"])
        if status is QuoteStatus.UNCHECKED:
            return self._strict
        return not status.is_verified


_UNCHECKED: Final = QuoteStatus.UNCHECKED.value


def _is_notable(entry: VerdictEntry) -> bool:
    """Whether the end of a run tells of it by name."""
    return entry["outcome"] not in _QUIET or bool(entry["waiver"] or entry["coming"])


def _lines(entries: Iterable[object]) -> bytes:
    return ",\n".join(map(compact, entries)).encode()
