"""A project in which every key of every file is written, judged without plugin, run and report.

Refactoring the model must not change a byte of a record: the golden file holds it. Read what
`--update-golden` changes before you commit it.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.docket import Docket, Matter
from termsgate.core.entries import record_of
from termsgate.core.review import audit
from termsgate.core.reviewed import review_entry
from termsgate.reading.store import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from termsgate.core.model import Project
    from termsgate.core.record import Record, ReviewEntry, VerdictEntry

TODAY: Final = date(2024, 3, 1)


@pytest.fixture(scope="module")
def project(root: Path) -> Project:
    """The project with every key."""
    found = load(root / "tests" / "examples" / "positive" / "every-key").project
    assert found is not None
    return found


def judged(docket: Docket) -> Iterator[VerdictEntry]:
    """Every verdict that the project asks for."""
    for check in docket.project.checks:
        for vendor in docket.vendors_of(check):
            for requirement in docket.requirements_under(check):
                yield docket.judge(Matter(check=check, vendor=vendor, requirement=requirement))


def reviewed(docket: Docket) -> Iterator[ReviewEntry]:
    """The review of every version that owes one."""
    for vendor in docket.project.vendors:
        for version in vendor.versions:
            if docket.owes_review(version):
                checks = docket.relied_on.get(version.place.path, ())
                found = audit(vendor.id, version, checks, TODAY, strict=False)
                yield review_entry(found, TODAY)


def run(project: Project, asked: date | None = None) -> Record:
    """What a run makes of it."""
    docket = Docket(project=project, today=TODAY, asked=asked)
    return record_of(
        project,
        judged(docket),
        today=TODAY,
        asked=asked,
        expected=docket.size,
        partial=False,
        reviews=reviewed(docket),
    )


def test_the_record_of_every_key_is_what_it_was(
    project: Project, golden: Callable[[str, str], str]
) -> None:
    """Each word, place and order in it, but for the digests of the files and the vocabulary."""
    record = {k: v for k, v in run(project).items() if k not in {"inputs", "terms"}}

    found = json.dumps(record, indent=1, ensure_ascii=False) + "\n"

    assert found == golden("every-key.json", found)


def test_asked_as_of_its_own_day_a_record_is_the_same(project: Project) -> None:
    """The day of the options and the day of the check are one and the same."""
    assert run(project, date(2024, 2, 2)) == run(project)


@pytest.mark.parametrize(
    ("today", "asked", "day"),
    [(TODAY, None, TODAY), (TODAY, date(2023, 1, 1), date(2023, 1, 1))],
)
def test_the_day_is_that_of_the_options_else_of_the_run(
    project: Project, today: date, asked: date | None, day: date
) -> None:
    """Where no check has one of its own."""
    assert Docket(project=project, today=today, asked=asked).day == day


@pytest.mark.parametrize(
    ("vendor", "idle"),
    [("*", []), ("acme", []), ("a*, nobody", ["nobody"]), ("zoom,ji*", ["zoom", "ji*"])],
)
def test_a_glob_that_no_vendor_of_a_check_matches_is_idle(
    project: Project, vendor: str, idle: list[str]
) -> None:
    """A slip of the pen must not make a run green."""
    assert Docket(project=project, today=TODAY, vendor=vendor).idle_globs == idle


def test_the_examples_of_a_requirement_are_judged_by_themselves(project: Project) -> None:
    """Their terms, what is known of their use, and their choices."""
    docket = Docket(project=project, today=TODAY)
    asked = project.policies[0].requirements[0]

    found = {each.name: docket.judge_example(asked, each).ruling.word for each in asked.examples}

    assert found == {"nothing": "silent", "a lot": "violated"}


def test_what_is_relied_on_is_found_by_its_file(project: Project) -> None:
    """And by the checks that ask for its review (7.6)."""
    docket = Docket(project=project, today=TODAY)

    found = {path: [each.id for each in checks] for path, checks in docket.relied_on.items()}

    assert found == {
        "fixtures/acme/privacy/2024-02-01.yaml": ["calls"],
        "fixtures/acme/terms/2024-01-01.yaml": ["calls"],
    }


def test_a_requirement_is_told_once_for_all_its_verdicts(project: Project) -> None:
    """As the record has it."""
    docket = Docket(project=project, today=TODAY)

    assert list(docket.requirements.values()) == run(project)["requirements"]
    assert list(docket.requirements) == [
        each["requirement"] for each in run(project)["requirements"]
    ]
