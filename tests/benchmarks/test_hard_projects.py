"""The projects that are hard to judge."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from benchmarks.adversarial import CASES, Case, files, write
from benchmarks.generate import ON
from termsgate.core.evaluate import Terms, Use, rule
from termsgate.reading.store import load

if TYPE_CHECKING:
    from pathlib import Path

QUICK = [each for each in CASES if each.name not in {"2,000 clauses", "deep precedence"}]
"""Those that are read in a moment."""


def by_name(case: Case) -> str:
    """What a case is called."""
    return case.name


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_the_same_numbers_give_the_same_bytes(case: Case) -> None:
    """However often they are drawn."""
    assert dict(files(case, 2, 20)) == dict(files(case, 2, 20))


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_more_vendors_leave_those_there_were_as_they_are(case: Case) -> None:
    """Growth is in one thing at a time."""
    assert dict(files(case, 1, 20)).items() <= dict(files(case, 2, 20)).items()


@pytest.mark.parametrize("case", QUICK, ids=by_name)
def test_nothing_is_wrong_with_the_files(case: Case, tmp_path: Path) -> None:
    """Neither an error nor a smell: they are hard, not broken."""
    write(tmp_path, case, 1, 20)

    assert load(tmp_path).problems == ()


@pytest.mark.parametrize("case", QUICK, ids=by_name)
def test_every_verdict_comes(case: Case, tmp_path: Path) -> None:
    """Evaluation is total: nothing that can be written makes it raise."""
    write(tmp_path, case, 1, 5)
    project = load(tmp_path).project
    assert project is not None
    (vendor,) = project.vendors
    terms = Terms(vendor=vendor, vocabulary=project.vocabulary)
    use = Use(context=project.checks[0].context)

    found = [
        rule(requirement, terms, use, date.fromisoformat(ON))
        for policy in project.policies
        for requirement in policy.requirements
    ]

    assert len(found) == 5


def test_there_are_two_thousand_clauses_in_one_vendor(tmp_path: Path) -> None:
    """And five hundred words in the wide vocabulary, as the issue wants."""
    (many,) = (each for each in CASES if each.name == "2,000 clauses")
    (wide,) = (each for each in CASES if each.name == "wide vocabulary")
    write(tmp_path, many, 1, 1)
    project = load(tmp_path).project
    assert project is not None

    assert [len(one.clauses) for one in project.vendors[0].versions] == [2_000]
    assert len(wide.data) == 500
