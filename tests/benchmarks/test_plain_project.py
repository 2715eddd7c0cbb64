"""The project that every engine can judge."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from benchmarks.generate import ON
from benchmarks.peers.asking import asked
from benchmarks.plain import files, write
from termsgate.core.evaluate import Terms, Use, rule
from termsgate.core.verdict import Ruling
from termsgate.reading.store import load

if TYPE_CHECKING:
    from termsgate.core.model import Project

VENDORS = 20
REQUIREMENTS = 60


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """What is read from its folder."""
    folder = tmp_path_factory.mktemp("plain")
    write(folder, VENDORS, REQUIREMENTS)
    loaded = load(folder)
    assert loaded.problems == ()
    assert loaded.project is not None
    return loaded.project


def test_the_same_numbers_give_the_same_bytes() -> None:
    """However often they are drawn."""
    assert dict(files(5, 20)) == dict(files(5, 20))


def test_more_vendors_leave_those_there_were_as_they_are() -> None:
    """Growth is in one thing at a time."""
    assert dict(files(5, 20)).items() <= dict(files(15, 20)).items()


def test_every_verdict_is_one_that_every_engine_knows(project: Project) -> None:
    """Met, violated and silent all occur; nothing is unclear, and most is met."""
    found: Counter[Ruling] = Counter()
    for vendor in project.vendors:
        terms = Terms(vendor=vendor, vocabulary=project.vocabulary)
        found.update(
            rule(requirement, terms, Use(context=project.checks[0].context), date.fromisoformat(ON))
            for policy in project.policies
            for requirement in policy.requirements
        )

    assert set(found) == {Ruling.MET, Ruling.VIOLATED, Ruling.SILENT}
    assert 0.85 < found[Ruling.MET] / found.total() < 0.95


def test_each_engine_is_asked_what_the_policies_require(project: Project) -> None:
    """Under the same names, in whatever order."""
    ours = {one.id for policy in project.policies for one in policy.requirements}

    assert {each.id for each in asked(REQUIREMENTS)} == ours


def test_a_vendor_has_about_twelve_clauses(project: Project) -> None:
    """As the measured claims say."""
    clauses = sum(len(one.clauses) for vendor in project.vendors for one in vendor.versions)

    assert 11 <= clauses / VENDORS <= 14
