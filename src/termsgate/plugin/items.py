"""The kinds of tests: examples of policies, quotes and reviews of fixtures, verdicts of checks."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pytest
from _pytest._code.code import ReprFileLocation, TerminalRepr

from termsgate.core.conditions import told
from termsgate.core.docket import Matter
from termsgate.core.entries import verdict_entry
from termsgate.core.evidence import QuoteStatus, anchors
from termsgate.core.explain import decided, headline
from termsgate.core.gate import Decision, Outcome
from termsgate.core.model import Check, Policy, Vendor, Version
from termsgate.core.quotes import quote_entry
from termsgate.core.record import is_needless
from termsgate.core.review import audit
from termsgate.core.reviewed import review_entry
from termsgate.plugin.marks import Marks
from termsgate.reporting.quotes import quote_text
from termsgate.reporting.text import (
    failure_text,
    passages_text,
    printable,
    review_text,
    waived,
)
from termsgate.running.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pluggy
    from _pytest._code.code import TracebackStyle
    from _pytest._io import TerminalWriter

    from termsgate.core.docket import Key
    from termsgate.core.evidence import Anchor
    from termsgate.core.model import Example, Requirement
    from termsgate.core.record import QuoteEntry, ReviewEntry, VerdictEntry

DESK: Final = pytest.StashKey[Desk]()
MARKS: Final = pytest.StashKey[Marks]()

Finding: TypeAlias = (
    "tuple[str, VerdictEntry | list[VerdictEntry] | ReviewEntry | QuoteEntry | str]"
)
"""What a report carries to whoever writes the record: what kind of test, and what it found.

A `crash` is a test of ours that ended in an error: what it should have found is missing.
"""


def carried(report: pytest.TestReport) -> tuple[str | None, Any]:
    """What a report carries, if it is of a test of ours."""
    kind, found = getattr(report, "termsgate", (None, None))
    return kind, found


class FellShort(Exception):  # noqa: N818 - it is no error of anybody's program
    """A test of ours failed: the first line in short, and the whole text."""

    def __init__(self, short: str, text: str) -> None:
        """Keep both."""
        super().__init__(short)
        self.short = short
        self.text = text


class Said(TerminalRepr):
    """The text of a failure, with the line that pytest's short summary shows. No traceback."""

    def __init__(self, short: str, text: str, path: str, line: int) -> None:
        """Say it at a place."""
        self.text = text
        self.reprcrash = ReprFileLocation(path, line, printable(short))

    def __str__(self) -> str:
        return self.text

    def toterminal(self, tw: TerminalWriter) -> None:
        """Every line in one write: a line at a time would cost more than the verdict did."""
        tw.line(self.text)


def has_crashed(call: pytest.CallInfo[None]) -> bool:
    """Whether a test of ours ended in anything but what tests of ours end in."""
    ways = (FellShort, pytest.skip.Exception, pytest.xfail.Exception)
    return call.excinfo is not None and not isinstance(call.excinfo.value, ways)


class TermsTest(pytest.Item):
    """A test of ours: cheap to make, cheap to run, and its failure is told without a traceback."""

    finding: Finding | None = None
    line = 1

    @property
    def desk(self) -> Desk:
        """What is judged in this run, and how."""
        return self.config.stash[DESK]

    @property
    def file(self) -> TermsFile:
        """The file that the thing tested is written in."""
        group = self.parent
        file = group if group is None or isinstance(group, TermsFile) else group.parent
        if not isinstance(file, TermsFile):
            raise TypeError(file)
        return file

    @property
    def ihook(self) -> pluggy.HookRelay:
        """The hooks for this file, looked up once for all its tests."""
        return self.file.hooks

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the thing tested is written, and its name below that file."""
        return self.path, self.line - 1, self.nodeid.partition("::")[2].replace("::", " ")

    @cached_property
    def location(self) -> tuple[str, int | None, str]:
        """The same, with the path as ids have it."""
        path, _, names = self.nodeid.partition("::")
        return path, self.line - 1, names.replace("::", " ")

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: TracebackStyle | None = None,
    ) -> str | TerminalRepr:
        """The text that came with the failure; anything else is a fault of ours, shown whole."""
        failure = excinfo.value
        if isinstance(failure, FellShort):
            return Said(failure.short, failure.text, str(self.path), self.line)
        return super().repr_failure(excinfo, style or "short")


def skip(reason: str) -> BaseException:
    """The reason a test was not run, told at the place of the test."""
    return pytest.skip.Exception(reason, _use_item_location=True)


# --- checks ------------------------------------------------------------------------------------


class JudgingTest(TermsTest):
    """A test that gives verdicts."""

    @property
    def matters(self) -> tuple[Matter, ...]:
        """What it judges."""
        raise NotImplementedError

    @property
    def keys(self) -> tuple[Key, ...]:
        """What its verdicts are found by."""
        return tuple(each.key for each in self.matters)


class VerdictTest(JudgingTest):
    """One verdict, and what the gate makes of it."""

    matter: Matter

    @property
    def matters(self) -> tuple[Matter, ...]:
        """The one thing it judges."""
        return (self.matter,)

    def runtest(self) -> None:
        """Judge, and pass, fail, skip or accept as the gate says (semantics 7.2, 7.3)."""
        entry = self.desk.judge(self.matter)
        self.finding = "verdict", entry
        _ENDING.get(entry["outcome"], _pass)(self, entry)


def _pass(test: VerdictTest, entry: VerdictEntry) -> None:
    """A waiver that names just this verdict and is not needed fails a strict run."""
    if test.desk.settings.strict and is_needless(entry):
        _fail(test, entry, "[XPASS(strict)] waived, and the waiver is not needed any more")


def _skip(test: VerdictTest, entry: VerdictEntry) -> None:
    _pass(test, entry)
    conditions = told(test.matter.requirement.applies)
    scope = f" (it applies where {conditions})" if conditions else ""
    raise skip(f"not applicable: the requirement does not concern this use{scope}")


def _accept(test: VerdictTest, entry: VerdictEntry) -> None:
    """Told only once the verdict is there: an error of ours on the way to it fails (7.3.5).

    With --runxfail pytest wants to see what is accepted as if it were not.
    """
    waiver = entry["waiver"]
    if waiver is None or test.config.option.runxfail:
        _fail(test, entry)
    else:
        raise pytest.xfail.Exception(waived(entry, waiver))


def _known(test: VerdictTest, entry: VerdictEntry) -> None:
    baseline = test.desk.baseline
    day = f" of {baseline.today}" if baseline else ""
    raise pytest.xfail.Exception(f"{entry['verdict']}, as the baseline{day} knows")


def _fail(test: VerdictTest, entry: VerdictEntry, short: str = "") -> None:
    requirement = test.desk.docket.requirements[entry["requirement"]]
    text = failure_text(entry, requirement)
    raise FellShort(short or headline(entry, requirement), f"{short}\n{text}" if short else text)


_ENDING: Final = {
    Outcome.SKIP.value: _skip,
    Outcome.WAIVED.value: _accept,
    Outcome.BASELINE.value: _known,
    Outcome.FAIL.value: _fail,
}


class VendorTest(JudgingTest):
    """All verdicts about one vendor in one check (`--terms-items vendor`).

    It fails if one of them does, and tells those that do.
    """

    check: Check
    vendor: Vendor

    @cached_property
    def matters(self) -> tuple[Matter, ...]:
        """A matter for each requirement."""
        requirements = self.desk.docket.requirements_under(self.check)
        return tuple(
            Matter(check=self.check, vendor=self.vendor, requirement=each) for each in requirements
        )

    def runtest(self) -> None:
        """Judge all of them, then say how it went."""
        entries = [self.desk.judge(each) for each in self.matters]
        self.finding = "verdicts", entries
        failing = [each for each in entries if self._fails(each)]
        if failing:
            self._fail(failing, len(entries))
        outcomes = {each["outcome"] for each in entries}
        if outcomes <= {Outcome.SKIP.value}:
            raise skip("not applicable: no requirement concerns this use")
        accepted = [each for each in entries if each["outcome"] in _ACCEPTED]
        if accepted:
            names = ", ".join(each["requirement"] for each in accepted)
            raise pytest.xfail.Exception(f"accepted by a waiver or the baseline: {names}")

    def _fails(self, entry: VerdictEntry) -> bool:
        if entry["outcome"] == Outcome.WAIVED.value:
            return bool(self.config.option.runxfail)
        needless = self.desk.settings.strict and is_needless(entry)
        return entry["outcome"] == Outcome.FAIL.value or needless

    def _fail(self, failing: list[VerdictEntry], every: int) -> None:
        requirements = self.desk.docket.requirements
        names = ", ".join(each["requirement"] for each in failing)
        short = f"{len(failing)} of {every} verdicts: {names}"
        texts = [failure_text(each, requirements[each["requirement"]]) for each in failing]
        raise FellShort(short, "\n\n".join([short, *texts]))


_ACCEPTED: Final = frozenset({Outcome.WAIVED.value, Outcome.BASELINE.value})


class CheckVendor(pytest.Collector):
    """The verdicts of one vendor in one check."""

    check: Check
    vendor: Vendor

    def collect(self) -> Iterator[VerdictTest]:
        """One test for each requirement."""
        marks = self.config.stash[MARKS]
        for requirement in self.config.stash[DESK].docket.requirements_under(self.check):
            test = VerdictTest.from_parent(self, name=requirement.id)
            test.matter = Matter(check=self.check, vendor=self.vendor, requirement=requirement)
            test.own_markers = marks.of_requirement(requirement)
            test.line = self.check.place.line
            yield test


# --- policies ----------------------------------------------------------------------------------


class ExampleTest(TermsTest):
    """One example of a requirement: terms made up, and the verdict they must get."""

    requirement: Requirement
    example: Example

    def runtest(self) -> None:
        """Judge the made-up terms: the requirement means what its author thinks it means."""
        verdict = self.desk.docket.judge_example(self.requirement, self.example)
        self.finding = "example", verdict.ruling.word
        if verdict.ruling.word == self.example.verdict:
            return
        short = f"`{verdict.ruling.word}` was found and `{self.example.verdict}` was expected"
        entry = verdict_entry(
            verdict,
            Decision(outcome=Outcome.FAIL),
            self.requirement,
            check="example",
            vendor=self.example.vendor.id,
            on=self.desk.docket.day,
        )
        why = passages_text(decided(entry))
        title = f"{self.requirement.id}, example `{printable(self.example.name)}`"
        raise FellShort(short, "\n".join([title, short, *why]))


class RequirementExamples(pytest.Collector):
    """The examples of one requirement."""

    requirement: Requirement

    def collect(self) -> Iterator[ExampleTest]:
        """One test for each example."""
        for example in self.requirement.examples:
            test = ExampleTest.from_parent(self, name=plain_name(example.name))
            test.requirement = self.requirement
            test.example = example
            test.line = example.place.line
            yield test


def plain_name(name: str) -> str:
    """The words of a name that an id can carry: markup and separators in one break other tools."""
    return re.sub(r"[^\w .,;:()'+=!?%€$§-]|:(?=:)", "_", name).strip() or "_"


# --- fixtures ----------------------------------------------------------------------------------


class QuoteTest(TermsTest):
    """One quote: does the captured text hold these words?"""

    vendor: str
    version: Version
    anchor: Anchor

    def runtest(self) -> None:
        """Look what was found of the quote.

        Without a captured text nothing is known, which only a strict run does not put up with.
        """
        place = self.vendor, self.version.document, self.version.effective, self.anchor.name
        found = self.desk.findings[place]
        self.finding = "quote", quote_entry(found)
        if found.status.is_verified:
            return
        if found.status is QuoteStatus.UNCHECKED and not self.desk.settings.strict:
            raise skip(f"{found.note} ({found.help})")
        raise FellShort(f"the quote is {found.status}", quote_text(quote_entry(found)))


class AnchoredQuote(pytest.Collector):
    """What is verified of one clause, or of one rule of precedence."""

    vendor: str
    version: Version
    anchor: Anchor

    def collect(self) -> Iterator[QuoteTest]:
        """Its quote."""
        test = QuoteTest.from_parent(self, name="quote")
        test.vendor, test.version, test.anchor = self.vendor, self.version, self.anchor
        test.line = self.anchor.place.line
        yield test


class ReviewTest(TermsTest):
    """The review of one version: there, young enough, and of this text."""

    vendor: str
    version: Version

    def runtest(self) -> None:
        """Look at the review with the eyes of every check that relies on it (7.6, 7.7)."""
        desk = self.desk
        checks = desk.docket.relied_on.get(self.version.place.path, ())
        today, strict = desk.settings.today, desk.settings.strict
        found = audit(self.vendor, self.version, checks, today, strict=strict)
        entry = review_entry(found, today)
        self.finding = "review", entry
        if found.outcome is Outcome.FAIL:
            owed = next(each for each in entry["findings"] if each["outcome"] == entry["outcome"])
            raise FellShort(f"review {owed['kind']}: {owed['text']}", review_text(entry))


# --- files -------------------------------------------------------------------------------------


class TermsFile(pytest.File):
    """A file of ours, read before anything was collected."""

    @cached_property
    def hooks(self) -> pluggy.HookRelay:
        """The hooks that are called for the tests of this file."""
        return self.ihook

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """What the file says, as tests."""
        desk = self.config.stash[DESK]
        docket = desk.docket
        match desk.said_in(self.path):
            case Check() as check:
                yield from self._verdicts(check, docket.vendors_of(check))
            case Policy() as policy:
                yield from self._examples(policy)
            case Version() as version if docket.is_here(_vendor_of(self.path)):
                yield from self._reviews(version)
                yield from self._quotes(version)
            case Vendor() as vendor if docket.default is not None:
                yield from self._verdicts(docket.default, docket.asked_for([vendor]))
            case _:
                pass

    def _together(self, check: Check, vendor: Vendor) -> VendorTest:
        test = VendorTest.from_parent(self, name=vendor.id)
        test.check, test.vendor = check, vendor
        test.own_markers = self.config.stash[MARKS].of_vendor(check, vendor)
        test.line = check.place.line
        return test

    def _verdicts(
        self, check: Check, vendors: Iterable[Vendor]
    ) -> Iterator[CheckVendor | VendorTest]:
        marks = self.config.stash[MARKS]
        for vendor in vendors:
            if self.config.stash[DESK].settings.together:
                yield self._together(check, vendor)
                continue
            group = CheckVendor.from_parent(self, name=vendor.id)
            group.check, group.vendor = check, vendor
            group.own_markers = marks.of_vendor(check, vendor)
            yield group

    def _examples(self, policy: Policy) -> Iterator[RequirementExamples]:
        marks = self.config.stash[MARKS]
        for requirement in policy.requirements:
            if requirement.examples:
                group = RequirementExamples.from_parent(self, name=requirement.id.partition(".")[2])
                group.requirement = requirement
                group.own_markers = marks.of_requirement(requirement)
                yield group

    def _reviews(self, version: Version) -> Iterator[ReviewTest]:
        if self.config.stash[DESK].docket.owes_review(version):
            test = ReviewTest.from_parent(self, name="review")
            test.vendor, test.version = _vendor_of(self.path), version
            test.line = (version.review or version).place.line
            yield test

    def _quotes(self, version: Version) -> Iterator[AnchoredQuote]:
        for anchor in anchors(version):
            group = AnchoredQuote.from_parent(self, name=anchor.name)
            group.vendor, group.version, group.anchor = _vendor_of(self.path), version, anchor
            yield group


def _vendor_of(path: Path) -> str:
    """The vendor whose folder holds a version; reading made sure that the names agree."""
    return path.parent.parent.name
