"""What a run has to judge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.docket import Docket, Matter, verified_in, wants_evidence
from termsgate.core.evidence import QuoteFinding, QuoteStatus
from termsgate.core.model import Check, Place, Vendor
from tests.core.test_entries import project
from tests.core.test_gate import WAIVER, requirement

if TYPE_CHECKING:
    from termsgate.core.model import Project

TODAY: Final = date(2026, 9, 1)
WRITTEN: Final = Place(path="checks/calls.yaml", line=1, column=1)
CHECK: Final = Check(id="calls", title="", place=WRITTEN)


def docket(of: Project | None = None, **asked: str) -> Docket:
    """A docket of the project with one check."""
    return Docket(project=of or project(CHECK), today=TODAY, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("vendors", "asked", "expected"),
    [
        (("*",), "*", ["zoom", "jitsi"]),
        (("zoom",), "*", ["zoom"]),
        (("z*", "nobody"), "*", ["zoom"]),
        (("*",), "ji*", ["jitsi"]),
        (("zoom",), "jitsi", []),
    ],
)
def test_a_check_names_vendors_by_id_or_glob(
    vendors: tuple[str, ...], asked: str, expected: list[str]
) -> None:
    """Of those, the run asks for some."""
    check = replace(CHECK, vendors=vendors)

    found = docket(project(check), vendor=asked).vendors_of(check)

    assert [each.id for each in found] == expected


@pytest.mark.parametrize(
    ("policies", "expected"),
    [(("*",), ["exit.notice", "ai-training.calls"]), (("exit",), ["exit.notice"]), (("no",), [])],
)
def test_a_check_names_policies_by_id_or_glob(
    policies: tuple[str, ...], expected: list[str]
) -> None:
    """Their requirements stand in the order of the files."""
    check = replace(CHECK, policies=policies)

    found = docket(project(check)).requirements_under(check)

    assert [each.id for each in found] == expected


def test_the_size_is_that_of_the_whole_project() -> None:
    """Whatever the run asks for."""
    assert (docket().size, docket(vendor="zoom").size) == (4, 4)


@pytest.mark.parametrize(("asked", "expected"), [("*", True), ("z*", True), ("nobody", False)])
def test_a_docket_knows_whether_anything_is_left(asked: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """A run that judges nothing is no pass."""
    assert docket(vendor=asked).selects is expected


def test_a_verdict_is_found_by_the_names_of_its_test() -> None:
    """Below the file of its check."""
    found = docket().key_of("checks/calls.yaml", ["zoom", "exit.notice"])

    assert found == ("calls", "zoom", "exit.notice")


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("checks/calls.yaml", ["zoom"]),
        ("checks/test_own.py", ["test_own", "x"]),
        ("fixtures/zoom/vendor.yaml", ["zoom", "exit.notice"]),
    ],
)
def test_other_tests_give_no_verdict(path: str, names: list[str]) -> None:
    """A vendor's file gives verdicts only where there is no check."""
    vendor = Vendor(id="zoom", place=Place(path="fixtures/zoom/vendor.yaml", line=1, column=1))
    of = replace(project(CHECK), vendors=(vendor,))

    assert docket(of).key_of(path, names) is None


def test_without_a_check_verdicts_stand_below_the_vendor() -> None:
    """The check that nobody wrote has no file of its own."""
    vendor = Vendor(id="zoom", place=Place(path="fixtures/zoom/vendor.yaml", line=1, column=1))
    of = replace(project(Check(id="default", title="")), vendors=(vendor,))

    found = docket(of).key_of("fixtures/zoom/vendor.yaml", ["zoom", "exit.notice"])

    assert found == ("default", "zoom", "exit.notice")


def test_a_matter_is_judged_on_the_day_its_check_asks_about() -> None:
    """The waiver is counted on the day of the run."""
    check = replace(CHECK, as_of=date(2026, 8, 1), waivers=(WAIVER,))
    of = docket(project(check))
    matter = Matter(check=check, vendor=Vendor(id="zoom"), requirement=requirement())

    found = of.judge(matter)

    assert (matter.key, found["as-of"]) == (("calls", "zoom", "ai-training.calls"), "2026-08-01")
    assert (found["verdict"], found["outcome"]) == ("silent", "waived")


@pytest.mark.parametrize("required", [True, False])
def test_evidence_is_wanted_where_a_requirement_asks_for_it(required: bool) -> None:  # noqa: FBT001 - a table
    """Else no captured text need be read (semantics 3.7)."""
    of = project()
    asking = replace(requirement(), evidence_required=required)
    policy = replace(of.policies[0], requirements=(asking,))

    assert wants_evidence(replace(of, policies=(policy,))) is required


def test_quotes_that_were_found_are_verified() -> None:
    """As they stand or but for typography; lost, ambiguous and unchecked ones are not."""
    day = date(2023, 8, 7)
    findings = [
        QuoteFinding(vendor="zoom", document="terms", effective=day, clause=each, status=each)
        for each in QuoteStatus
    ]

    assert verified_in(findings) == {
        "zoom": frozenset({("terms", day, "found"), ("terms", day, "found-normalised")})
    }
