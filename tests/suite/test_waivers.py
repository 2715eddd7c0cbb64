"""What the repository's own checks accept for a while: one finding each, and why."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pytest

# pytester forgets what a run imported, and libyaml's bindings cannot be imported twice.
import termsgate.plugin.suite  # noqa: F401 - imported to stay
from termsgate.core.docket import Docket, Matter
from termsgate.core.evaluate import Terms, Use, rule
from termsgate.core.gate import Case, Decision, Outcome, Standing, decide
from termsgate.core.model import Level, Reaction
from termsgate.core.record import idle_waivers, key
from termsgate.reading.store import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from termsgate.core.docket import Key
    from termsgate.core.model import Project, Waiver
    from termsgate.core.record import Record

TODAY: Final = date(2026, 11, 21)
"""The day on which the waivers were approved: the fixtures were last reviewed on it."""

APRIL_2023: Final = "2023-04-01"
"""A day on which the terms of 31 March 2023 were in force."""

LONGEST_TERM: Final = timedelta(days=366)
SHORTEST_REASON: Final = 12
HISTORICAL: Final = frozenset(
    ("video-calls", "zoom", requirement)
    for requirement in ("ai-training.calls-need-consent", "ai-training.telemetry")
)
"""What the licence of 10.4 and the telemetry of 10.2 broke in April 2023."""


@pytest.fixture(scope="module")
def project(root: Path) -> Project:
    """The repository's own project, which loads without a problem or a smell."""
    loaded = load(root)
    assert loaded.project is not None, loaded.problems
    assert not loaded.problems
    return loaded.project


@pytest.fixture(scope="module")
def cases(project: Project) -> list[tuple[Matter, Case]]:
    """Every verdict as of the day of the waivers, before the gate."""
    vocabulary = project.vocabulary
    terms = {each.id: Terms(vendor=each, vocabulary=vocabulary) for each in project.vendors}
    docket = Docket(project=project, today=TODAY)
    return [(each, case(each, terms[each.vendor.id], TODAY)) for each in matters(docket)]


def case(matter: Matter, terms: Terms, day: date) -> Case:
    """The word of one verdict, ready for the gate."""
    check, vendor = matter.check, matter.vendor.id
    use = Use(
        context=check.context,
        choices=tuple(each for each in check.choices if each.vendor == vendor),
        readings=tuple(each for each in check.readings if each.vendor == vendor),
    )
    ruling = rule(matter.requirement, terms, use, day)
    return Case(vendor=vendor, requirement=matter.requirement, ruling=ruling, on=day)


def matters(docket: Docket) -> Iterator[Matter]:
    """Everything that the checks ask."""
    for check in docket.project.checks:
        for vendor in docket.vendors_of(check):
            for requirement in docket.requirements_under(check):
                yield Matter(check=check, vendor=vendor, requirement=requirement)


def waivers(project: Project) -> list[tuple[Key, Waiver]]:
    """Every waiver, by the check, vendor and requirement it names."""
    return [
        ((check.id, waiver.vendor, waiver.requirement), waiver)
        for check in project.checks
        for waiver in check.waivers
    ]


def decisions(cases: list[tuple[Matter, Case]], today: date) -> dict[Key, Decision]:
    """What the gate decides about each verdict on the day of a run."""
    return {matter.key: decide(case, matter.check.waivers, today) for matter, case in cases}


def failed(decisions: dict[Key, Decision]) -> set[Key]:
    """The verdicts that fail the run."""
    return {key for key, each in decisions.items() if each.outcome is Outcome.FAIL}


# --- how a waiver is written ---------------------------------------------------------------------


def test_each_waiver_names_one_finding(project: Project) -> None:
    """A vendor and a requirement that its check asks, in full: a glob would match neither."""
    asked = {matter.key for matter in matters(Docket(project=project, today=TODAY))}
    named = [named for named, _ in waivers(project)]

    assert named
    assert set(named) <= asked
    assert len(set(named)) == len(named)


def test_each_waiver_has_a_first_and_a_last_day(project: Project) -> None:
    """It holds on the day of the review, and a year later it has ended."""
    terms = {named: (waiver.approved_on, waiver.expires) for named, waiver in waivers(project)}

    assert {
        named: (first, last)
        for named, (first, last) in terms.items()
        if not first <= TODAY < last <= first + LONGEST_TERM
    } == {}


def test_each_waiver_gives_a_reason_of_its_own(project: Project) -> None:
    """What is open or breached, and why that may be borne: no reason serves twice in a check."""
    reasons = [(named[0], waiver.reason) for named, waiver in waivers(project)]

    assert [reason for _, reason in reasons if len(reason.split()) < SHORTEST_REASON] == []
    assert len(set(reasons)) == len(reasons)


def test_each_waiver_is_approved_by_the_owner_of_its_check(project: Project) -> None:
    """Who answers for the check answers for what it lets through, and nobody else is named."""
    owners = {check.id: check.owner for check in project.checks}

    assert {
        named: waiver.approved_by
        for named, waiver in waivers(project)
        if waiver.approved_by != owners[named[0]]
    } == {}


# --- what the waivers do -------------------------------------------------------------------------


def test_what_fails_without_waivers_is_what_they_name(
    project: Project, cases: list[tuple[Matter, Case]]
) -> None:
    """Each failed verdict has its waiver, and no waiver is about a warning."""
    unwaived = {matter.key: decide(case, (), TODAY) for matter, case in cases}

    assert failed(unwaived) == {named for named, _ in waivers(project)}


def test_each_waiver_covers_its_finding_and_nothing_else_fails(
    project: Project, cases: list[tuple[Matter, Case]]
) -> None:
    """No waiver is stale, and no failure is left."""
    today = decisions(cases, TODAY)
    standings = {key: each.standing for key, each in today.items() if each.waiver}

    assert standings == {named: Standing.COVERS for named, _ in waivers(project)}
    assert failed(today) == set()


def test_the_day_after_the_last_all_fails_again(
    project: Project, cases: list[tuple[Matter, Case]]
) -> None:
    """What was accepted for a while comes back (semantics 7.3)."""
    last = max(waiver.expires for _, waiver in waivers(project))

    after = decisions(cases, last + timedelta(days=1))

    assert failed(after) == {named for named, _ in waivers(project)}


# --- what no waiver is needed for, because it would hide more ------------------------------------


def test_no_requirement_lets_silence_or_doubt_pass(project: Project) -> None:
    """What the terms do not settle fails or warns; only what may be wished for passes."""
    assert {
        requirement.id
        for policy in project.policies
        for requirement in policy.requirements
        if requirement.level is not Level.MAY
        and Reaction.PASS in {requirement.when_silent, requirement.when_unclear}
    } == set()


def test_no_policy_says_that_silence_passes(root: Path) -> None:
    """Not even where that is the default: the words are in no file."""
    policies = sorted((root / "policies").glob("*.yaml"))

    assert policies
    assert {
        policy.name
        for policy in policies
        if re.search(r"when-silent\W+pass\b", policy.read_text(encoding="utf-8"))
    } == set()


# --- the run itself ------------------------------------------------------------------------------


def run(pytester: pytest.Pytester, root: Path, *options: str) -> tuple[pytest.RunResult, Record]:
    """A real run of the checks on the day of the waivers, and its record."""
    result = pytester.runpytest_inprocess(
        f"--config-file={root / 'pyproject.toml'}",
        f"--rootdir={root}",
        "--terms-json=record.json",
        f"--terms-today={TODAY}",
        *("-q", "-p", "no:html", "-p", "no:cacheprovider"),
        *options,
        str(root / "checks"),
    )
    record: Record = json.loads((pytester.path / "record.json").read_text(encoding="utf-8"))
    return result, record


def with_outcome(record: Record, outcome: Outcome) -> set[Key]:
    """The verdicts of a record that the gate treated so."""
    return {key(entry) for entry in record["verdicts"] if entry["outcome"] == outcome}


def test_a_strict_run_is_green_and_shows_what_was_waived(
    pytester: pytest.Pytester, root: Path, project: Project
) -> None:
    """Each waived verdict is an expected failure; a stale waiver would fail the run."""
    result, record = run(pytester, root, "--terms-strict")

    assert result.ret is pytest.ExitCode.OK
    assert result.parseoutcomes()["xfailed"] == len(waivers(project))
    assert with_outcome(record, Outcome.WAIVED) == {named for named, _ in waivers(project)}
    assert idle_waivers(record) == []


def test_a_run_as_of_april_2023_is_red(pytester: pytest.Pytester, root: Path) -> None:
    """No waiver covers what was found of a day before it was approved (semantics 7.3)."""
    result, record = run(pytester, root, f"--terms-as-of={APRIL_2023}")

    assert result.ret is pytest.ExitCode.TESTS_FAILED
    assert with_outcome(record, Outcome.FAIL) >= HISTORICAL
    assert with_outcome(record, Outcome.WAIVED) == set()
