"""The three kinds of tests: examples of policies, quotes of fixtures, verdicts of checks."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pytest
from _pytest._code.code import ReprFileLocation, TerminalRepr

from termsgate.core.explain import explain, headline
from termsgate.core.gate import Decision, Outcome
from termsgate.core.entries import verdict_entry
from termsgate.core.model import Check, Policy, Vendor, Version
from termsgate.plugin.docket import EVERYTHING, Matter, quoted
from termsgate.reporting.text import passages_text, verdict_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from _pytest._io import TerminalWriter

    from termsgate.core.model import Clause, Example, Requirement
    from termsgate.core.record import VerdictEntry
    from termsgate.plugin.docket import Docket
    from termsgate.plugin.marks import Marks


class FellShort(Exception):  # noqa: N818 - it is no error of anybody's program
    """A test of ours failed: the first line in short, and the whole text."""

    def __init__(self, short: str, text: str) -> None:
        super().__init__(short)
        self.short = short
        self.text = text


class Said(TerminalRepr):
    """The text of a failure, with the line that pytest's short summary shows. No traceback."""

    def __init__(self, short: str, text: str, path: str, line: int) -> None:
        self.text = text
        self.reprcrash = ReprFileLocation(path, line, short)

    def __str__(self) -> str:
        return self.text

    def toterminal(self, tw: TerminalWriter) -> None:
        """Every line in one write; a line at a time would cost more than the verdict did."""
        tw.line(self.text)


class TermsTest(pytest.Item):
    """A test of ours: cheap to make, cheap to run, and its failure is told without a traceback."""

    entry: Any = None
    """What travels with the report to whoever writes the record: plain data."""

    line = 1

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the thing tested is written."""
        return self.path, self.line - 1, self.nodeid.partition("::")[2].replace("::", " ")

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None
    ) -> str | TerminalRepr:
        """The text that came with the failure; anything else is a fault of ours, and shown whole."""
        failure = excinfo.value
        if isinstance(failure, FellShort):
            return Said(failure.short, failure.text, str(self.path), self.line)
        return super().repr_failure(excinfo, style)


def skip(reason: str) -> pytest.skip.Exception:
    """The reason a test was not run, told at the place of the test."""
    return pytest.skip.Exception(reason, _use_item_location=True)


# --- checks ------------------------------------------------------------------------------------


class VerdictTest(TermsTest):
    """One verdict, and what the gate makes of it."""

    def __init__(self, *, matter: Matter, docket: Docket, marks: list[pytest.Mark], **of: Any) -> None:
        super().__init__(**of)
        self.matter = matter
        self.docket = docket
        self.own_markers = marks
        self.line = matter.check.place.line

    def runtest(self) -> None:
        """Judge, and pass, fail, skip or accept as the gate says (semantics 7.2, 7.3)."""
        self.entry = entry = self.docket.judge(self.matter)
        _ENDING.get(entry["outcome"], _pass)(self, entry)


def _pass(test: VerdictTest, entry: VerdictEntry) -> None:
    """A waiver that names just this verdict and is not needed fails a strict run."""
    waiver = entry["waiver"]
    if waiver is None or waiver["standing"] != "not needed" or not test.docket.settings.strict:
        return
    if (waiver["vendor"], waiver["requirement"]) == (entry["vendor"], entry["requirement"]):
        _fail(test, entry, "[XPASS(strict)] waived, and the waiver is not needed any more")


def _skip(test: VerdictTest, entry: VerdictEntry) -> None:
    _pass(test, entry)
    note = entry["notes"][0] if entry["notes"] else "the requirement does not concern this use"
    raise skip(f"not applicable: {note}")


def _accept(_: VerdictTest, entry: VerdictEntry) -> None:
    waiver = entry["waiver"]
    if waiver is not None:
        raise pytest.xfail.Exception(
            f"{entry['verdict']}, waived by {waiver['approved-by']} "
            f"until {waiver['expires']}: {waiver['reason']}"
        )


def _fail(test: VerdictTest, entry: VerdictEntry, short: str = "") -> None:
    requirement = test.docket.requirements[entry["requirement"]]
    text = verdict_text(entry, requirement)
    raise FellShort(short or headline(entry, requirement), f"{short}\n{text}" if short else text)


_ENDING: Final = {
    Outcome.SKIP.value: _skip,
    Outcome.WAIVED.value: _accept,
    Outcome.FAIL.value: _fail,
}


class CheckVendor(pytest.Collector):
    """The verdicts of one vendor in one check."""

    def __init__(self, *, check: Check, vendor: Vendor, docket: Docket, marks: Marks, **of: Any) -> None:
        super().__init__(**of)
        self.check = check
        self.vendor = vendor
        self.docket = docket
        self.marks = marks
        self.own_markers = marks.of_vendor(check, vendor)

    def collect(self) -> Iterator[VerdictTest]:
        """One test for each requirement."""
        for requirement in self.docket.requirements_under(self.check):
            matter = Matter(check=self.check, vendor=self.vendor, requirement=requirement)
            yield VerdictTest.from_parent(
                self,
                name=requirement.id,
                matter=matter,
                docket=self.docket,
                marks=self.marks.of_requirement(requirement),
            )


# --- policies ----------------------------------------------------------------------------------


class ExampleTest(TermsTest):
    """One example of a requirement: terms made up, and the verdict they must get."""

    def __init__(self, *, requirement: Requirement, example: Example, docket: Docket, **of: Any) -> None:
        super().__init__(**of)
        self.requirement = requirement
        self.example = example
        self.docket = docket
        self.line = example.place.line

    def runtest(self) -> None:
        """Judge the example; the requirement means what it says if the verdict is the expected one."""
        verdict = self.docket.judge_example(self.requirement, self.example)
        if verdict.ruling.word == self.example.verdict:
            return
        short = f"`{verdict.ruling.word}` was found and `{self.example.verdict}` was expected"
        entry = verdict_entry(
            verdict,
            Decision(outcome=Outcome.FAIL),
            self.requirement,
            check="example",
            vendor=self.example.vendor.id,
            on=self.docket.day,
        )
        why = passages_text(explain(entry, self.docket.requirements[self.requirement.id]))
        raise FellShort(short, "\n".join([f"{self.requirement.id}: {self.example.name}", short, *why]))


class RequirementExamples(pytest.Collector):
    """The examples of one requirement."""

    def __init__(self, *, requirement: Requirement, docket: Docket, marks: Marks, **of: Any) -> None:
        super().__init__(**of)
        self.requirement = requirement
        self.docket = docket
        self.own_markers = marks.of_requirement(requirement)

    def collect(self) -> Iterator[ExampleTest]:
        """One test for each example."""
        for example in self.requirement.examples:
            yield ExampleTest.from_parent(
                self,
                name=plain_name(example.name),
                requirement=self.requirement,
                example=example,
                docket=self.docket,
            )


def plain_name(name: str) -> str:
    """The words of a name that an id can carry; markup and separators in an id break other tools."""
    return re.sub(r"[^\w .,;()'+=!?%€$§-]|:(?=:)", "_", name).strip() or "_"


# --- fixtures ----------------------------------------------------------------------------------


class QuoteTest(TermsTest):
    """One quote: does the captured text hold these words?"""

    def __init__(self, *, clause: Clause, version: Version, vendor: str, docket: Docket, **of: Any) -> None:
        super().__init__(**of)
        self.clause = clause
        self.place = vendor, version.document, version.effective, clause.id
        self.docket = docket
        self.line = clause.place.line

    def runtest(self) -> None:
        """Found is found; without a captured text nothing is known, and a strict run wants to know."""
        finding = self.docket.findings[self.place]
        self.entry = status = str(finding.status)
        if status == "unchecked" and not self.docket.settings.strict:
            raise skip(finding.note or "no captured text is at hand")
        if status in {"unchecked", "lost", "ambiguous"}:
            raise FellShort(f"quote {status}", self._text(status, finding.note))

    def _text(self, status: str, note: str) -> str:
        quote = self.clause.quote.exact if self.clause.quote else ""
        place = f"{self.clause.place.path}:{self.clause.place.line}"
        return f"{place}: the quote of `{self.clause.id}` is {status}: {note}\n  “{quote}”"


class ClauseQuote(pytest.Collector):
    """What is verified of one clause."""

    def __init__(self, *, clause: Clause, version: Version, vendor: str, docket: Docket, **of: Any) -> None:
        super().__init__(**of)
        self.test = partial(
            QuoteTest.from_parent, clause=clause, version=version, vendor=vendor, docket=docket
        )

    def collect(self) -> Iterator[QuoteTest]:
        """Its quote."""
        yield self.test(self, name="quote")


# --- files and folders -------------------------------------------------------------------------


class TermsFile(pytest.File):
    """A file of ours, read before anything is collected."""

    def __init__(self, *, docket: Docket, marks: Marks, **of: Any) -> None:
        super().__init__(**of)
        self.docket = docket
        self.marks = marks

    def collect(self) -> Iterator[pytest.Collector]:
        """What the file says, as tests."""
        said = self.docket.by_path.get(self.path.relative_to(self.docket.settings.root).as_posix())
        match said:
            case Check():
                yield from self._verdicts(said, self.docket.vendors_of(said))
            case Policy():
                yield from self._examples(said)
            case Version():
                yield from self._quotes(said)
            case Vendor() if EVERYTHING in self.docket.checks:
                yield from self._verdicts(EVERYTHING, [said])

    def _verdicts(self, check: Check, vendors: Iterable[Vendor]) -> Iterator[CheckVendor]:
        for vendor in vendors:
            yield CheckVendor.from_parent(
                self,
                name=vendor.id,
                check=check,
                vendor=vendor,
                docket=self.docket,
                marks=self.marks,
            )

    def _examples(self, policy: Policy) -> Iterator[RequirementExamples]:
        for requirement in policy.requirements:
            if requirement.examples:
                yield RequirementExamples.from_parent(
                    self,
                    name=requirement.id.partition(".")[2],
                    requirement=requirement,
                    docket=self.docket,
                    marks=self.marks,
                )

    def _quotes(self, version: Version) -> Iterator[ClauseQuote]:
        for clause in quoted(version):
            yield ClauseQuote.from_parent(
                self,
                name=clause.id,
                clause=clause,
                version=version,
                vendor=self.path.parent.parent.name,
                docket=self.docket,
            )
