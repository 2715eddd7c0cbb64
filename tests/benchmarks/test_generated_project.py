"""The project that the benchmarks measure."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.generate import ON, files, violated, write
from termsgate.core.evaluate import Terms, Use, rule
from termsgate.core.verdict import Ruling
from termsgate.reading.store import load

if TYPE_CHECKING:
    from termsgate.core.model import Project

ROOT = Path(__file__).resolve().parents[2]
VENDORS = 20
REQUIREMENTS = 80


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """What is read from a generated folder."""
    folder = tmp_path_factory.mktemp("generated")
    write(folder, VENDORS, REQUIREMENTS)
    loaded = load(folder)
    assert loaded.project is not None, loaded.problems
    return loaded.project


@pytest.fixture(scope="module")
def verdicts(project: Project) -> dict[tuple[str, str], Ruling]:
    """The word of every verdict, by vendor and `policy.requirement`."""
    use, day = Use(context=project.checks[0].context), date.fromisoformat(ON)
    judged = [Terms(vendor=vendor, vocabulary=project.vocabulary) for vendor in project.vendors]
    return {
        (terms.vendor.id, requirement.id): rule(requirement, terms, use, day)
        for terms in judged
        for policy in project.policies
        for requirement in policy.requirements
    }


def test_a_generated_project_has_no_problem(tmp_path: Path) -> None:
    """Neither an error nor a smell: what is measured is what a careful user would have."""
    write(tmp_path, VENDORS, REQUIREMENTS)

    assert load(tmp_path).problems == ()


def test_the_same_numbers_give_the_same_bytes(tmp_path: Path) -> None:
    """In another process too, whatever its hash seed: times of two days can be compared."""
    wanted = {path: text.encode() for path, text in files(3, 20)}

    with_seeds = [_written_by_another_process(tmp_path / seed, seed) for seed in ("1", "2")]

    assert with_seeds == [wanted, wanted]


def _written_by_another_process(folder: Path, hash_seed: str) -> dict[str, bytes]:
    subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-m", "benchmarks.generate", str(folder), "--vendors", "3"],
        check=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
    )
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_more_vendors_leave_those_there_were_as_they_are() -> None:
    """Only so does the table show growth in one thing at a time."""
    few, many = dict(files(5, 20)), dict(files(15, 20))

    assert few.items() <= many.items()


def test_a_vendor_has_about_twelve_clauses(project: Project) -> None:
    """As the measured claims say."""
    clauses = sum(len(one.clauses) for vendor in project.vendors for one in vendor.versions)

    assert 11 <= clauses / VENDORS <= 14


def test_no_verdict_is_missing(verdicts: dict[tuple[str, str], Ruling]) -> None:
    """Every vendor is judged by every requirement."""
    assert len(verdicts) == VENDORS * REQUIREMENTS


def test_what_was_to_be_violated_is_violated_and_the_rest_is_met(
    verdicts: dict[tuple[str, str], Ruling],
) -> None:
    """The engine finds just the failings that were written into the terms."""
    meant = violated(VENDORS, REQUIREMENTS)

    expected = {each: Ruling.VIOLATED if each in meant else Ruling.MET for each in verdicts}

    assert verdicts == expected


@pytest.mark.parametrize("requirements", [20, 40, 80])
def test_a_tenth_of_the_verdicts_is_violated(requirements: int) -> None:
    """One vendor of ten falls short in each topic, whichever requirement asks about it."""
    share = len(violated(100, requirements)) / (100 * requirements)

    assert share == pytest.approx(0.1)


def test_every_quote_stands_in_the_captured_text_beside_its_version(tmp_path: Path) -> None:
    """With texts a run can verify every clause."""
    write(tmp_path, 3, 20, texts=True)
    project = load(tmp_path).project
    assert project is not None

    lost = [
        clause.id
        for vendor in project.vendors
        for version in vendor.versions
        for clause in version.clauses
        if clause.quote is None
        or clause.quote.exact
        not in (tmp_path / version.place.path).with_suffix(".md").read_text(encoding="utf-8")
    ]

    assert lost == []
