"""What a run has to judge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.baseline import Baseline
from termsgate.core.docket import Docket, Matter, verified_in, wants_evidence
from termsgate.core.evidence import QuoteFinding, QuoteStatus
from termsgate.core.model import NOWHERE, Check, Place, Vendor
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


def test_an_audit_leaves_waivers_and_the_baseline_aside() -> None:
    """The verdict is weighed as if there were none; the waiver is still named."""
    check = replace(CHECK, waivers=(replace(WAIVER, requirement="*"),))
    of = project(check)
    matters = [
        Matter(check=check, vendor=of.vendors[0], requirement=each)
        for each in Docket(project=of, today=TODAY).requirements_under(check)
    ]
    plain = Docket(project=of, today=TODAY)
    waived = next(each for each in matters if plain.judge(each)["outcome"] == "waived")
    known = Baseline(path="b.json", today="2026-08-31", past={waived.key: plain.judge(waived)})

    found = Docket(project=of, today=TODAY, baseline=known, audit=True).judge(waived)

    assert (found["outcome"] in {"fail", "warn"}, found["before"]) == (True, None)
    assert found["waiver"] is not None


def test_a_docket_lets_through_what_its_baseline_knows() -> None:
    """The outcome is another, the verdict the same (semantics 7.1)."""
    of = project(CHECK)
    plain = Docket(project=of, today=TODAY)
    matters = [
        Matter(check=CHECK, vendor=vendor, requirement=each)
        for vendor in of.vendors
        for each in plain.requirements_under(CHECK)
    ]
    failed = next(each for each in matters if plain.judge(each)["outcome"] == "fail")
    known = Baseline(path="b.json", today="2026-08-31", past={failed.key: plain.judge(failed)})

    found = Docket(project=of, today=TODAY, baseline=known).judge(failed)

    assert (found["outcome"], found["before"]) == ("baseline", plain.judge(failed)["verdict"])


def test_a_verdict_has_the_file_of_its_check() -> None:
    """Of the check nobody wrote, the file of its vendor."""
    default = replace(CHECK, place=NOWHERE)
    of = project(default)

    assert docket().home(("calls", "zoom", "exit.notice")) == "checks/calls.yaml"
    assert docket(of).home(("calls", "zoom", "exit.notice")) == of.vendors[0].place.path
