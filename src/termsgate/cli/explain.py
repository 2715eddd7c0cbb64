"""`termsgate explain`: one verdict, as a person would write it down."""

from __future__ import annotations

from datetime import UTC, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

from termsgate.cli.exits import Exit, Refusal
from termsgate.cli.project import sound
from termsgate.cli.terminal import look, waiting
from termsgate.core.docket import Docket, Matter, verified_in, wants_evidence
from termsgate.core.gate import Outcome
from termsgate.reading.evidence import check_quotes
from termsgate.reporting.json import answer
from termsgate.reporting.text import verdict_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from termsgate.core.evidence import QuoteFinding
    from termsgate.core.model import Check, Project, Requirement, Vendor
    from termsgate.core.record import RequirementEntry, VerdictEntry


def run(asked: argparse.Namespace) -> Exit:
    """Judge one matter and say why; 1 if the verdict fails the run."""
    docket = _docket(asked)
    matter = _matter(docket, asked.check, asked.vendor, asked.requirement)
    with waiting("judging"):
        entry = docket.judge(matter)
    requirement = docket.requirements[entry["requirement"]]
    if asked.format == "json":
        print(_json(entry, requirement))
    else:
        print(verdict_text(entry, requirement, look()))
    failed = entry["outcome"] == Outcome.FAIL.value
    return Exit.FELL_SHORT if failed else Exit.NOTHING_TO_SAY


def _docket(asked: argparse.Namespace) -> Docket:
    project = sound(asked.root)
    found = _findings(project, asked) if wants_evidence(project) else ()
    return Docket(
        project=project,
        today=asked.today or datetime.now(UTC).date(),
        asked=asked.as_of,
        verified=verified_in(found),
    )


def _findings(project: Project, asked: argparse.Namespace) -> tuple[QuoteFinding, ...]:
    """What was found of the quotes; read only where a requirement counts nothing else."""
    with waiting("looking up the quotes"):
        return check_quotes(project, asked.root, archive=asked.archive)


def _json(entry: VerdictEntry, requirement: RequirementEntry) -> str:
    return answer("explanation", {"requirement": requirement, "verdict": entry})


def _matter(docket: Docket, check: str, vendor: str, requirement: str) -> Matter:
    """What is asked about, by its three names."""
    checks: dict[str, Check] = {each.id: each for each in docket.project.checks}
    if check not in checks:
        raise _unknown("there is no check", check, checks)
    vendors: dict[str, Vendor] = {each.id: each for each in docket.vendors_of(checks[check])}
    if vendor not in vendors:
        raise _unknown(f"`{check}` names no vendor", vendor, vendors)
    under = docket.requirements_under(checks[check])
    requirements: dict[str, Requirement] = {each.id: each for each in under}
    if requirement not in requirements:
        raise _unknown(f"`{check}` has no requirement", requirement, requirements)
    return Matter(
        check=checks[check],
        vendor=vendors[vendor],
        requirement=requirements[requirement],
    )


def _unknown(what: str, name: str, known: Iterable[str]) -> Refusal:
    """The name that was not found, and the nearest that would be."""
    names = sorted(known)
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"the nearest is `{near[0]}`" if near else f"there are: {', '.join(names) or 'none'}"
    return Refusal(Exit.NOTHING_FOUND, f"termsgate: {what} called `{name}`", f"  help: {hint}")
