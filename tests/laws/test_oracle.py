"""The engine says what the naive evaluator says, on random terms, requirements and uses."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from benchmarks.generate import write
from termsgate.core.case import Case as Judged
from termsgate.core.evaluate import Terms, Use, evaluate, in_full, rule
from termsgate.core.verdict import Criterion, Ruling
from termsgate.reading.store import load
from tests.laws.cases import case, features
from tests.laws.comparing import differ, disagreement, naively, on_the_grid, quickly, wholly

if TYPE_CHECKING:
    from pathlib import Path

CASES: Final = 20_000
AT_ONCE: Final = 5_000
"""So many of them are tried each time; the rest where there is time."""

CHUNK: Final = 500
SAMPLE: Final = 3_000
LEAST: Final = 0.02


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(start, marks=pytest.mark.slow if start >= AT_ONCE else ())
        for start in range(0, CASES, CHUNK)
    ],
)
def test_the_engine_agrees_with_the_naive_evaluator(start: int) -> None:
    """Sections 1 to 6 and 10, read by two evaluators that share no code."""
    different = [made for made in map(case, range(start, start + CHUNK)) if differ(made)]

    assert not different, disagreement(different[0])


@pytest.mark.parametrize("start", range(0, 2_000, 500))
def test_the_whole_verdict_has_the_word_of_the_quick_one(start: int) -> None:
    """What explains a verdict never changes it."""
    made = [case(seed) for seed in range(start, start + 500)]

    different = [m.seed for m in made if wholly(m).ruling is not quickly(m)]

    assert different == []


@pytest.mark.parametrize("start", range(0, 2_000, 500))
def test_what_is_seen_at_once_is_what_the_grid_tells(start: int) -> None:
    """Clauses, witness, questions, documents and notes are the same on either way."""
    made = [case(seed) for seed in range(start, start + 500)]

    different = [m.seed for m in made if wholly(m) != on_the_grid(m)]

    assert different == []


def test_a_project_like_those_people_have_is_told_alike(tmp_path: Path) -> None:
    """Random terms are seldom plain; these are, and each verdict is compared whole."""
    write(tmp_path, 25, 20)
    project = load(tmp_path).project
    assert project is not None
    (check,) = project.checks
    use, day = Use(context=check.context), check.as_of or date(2024, 6, 1)

    told = 0
    for vendor in project.vendors:
        terms = Terms(vendor=vendor, vocabulary=project.vocabulary)
        for requirement in (one for policy in project.policies for one in policy.requirements):
            standing = terms.standing(use, day)
            case_ = Judged(requirement=requirement, standing=standing)
            assert evaluate(requirement, terms, use, day) == in_full(case_)
            told += rule(requirement, terms, use, day) is case_.ruling

    assert told == len(project.vendors) * 20


@pytest.fixture(scope="module", name="shares")
def shares_of_random_cases() -> tuple[Counter[Ruling], Counter[Criterion]]:
    """How often each verdict is given, and in how many cases each criterion defeats a clause."""
    rulings: Counter[Ruling] = Counter()
    criteria: Counter[Criterion] = Counter()
    for seed in range(SAMPLE):
        defeats: Counter[Criterion] = Counter()
        rulings[naively(case(seed), defeats)] += 1
        criteria.update(set(defeats))
    return rulings, criteria


@pytest.mark.parametrize("ruling", Ruling)
def test_every_verdict_has_its_share_of_the_cases(
    ruling: Ruling, shares: tuple[Counter[Ruling], Counter[Criterion]]
) -> None:
    """Agreement on a verdict that is never given would say nothing."""
    assert shares[0][ruling] >= LEAST * SAMPLE


@pytest.mark.parametrize("criterion", Criterion)
def test_every_criterion_defeats_a_clause_in_its_share_of_the_cases(
    criterion: Criterion, shares: tuple[Counter[Ruling], Counter[Criterion]]
) -> None:
    """Semantics 3.3: each criterion decides something."""
    assert shares[1][criterion] >= LEAST * SAMPLE


def test_every_feature_has_its_share_of_the_cases() -> None:
    """Whatever a file can say is said often enough to be compared."""
    seen = Counter(name for seed in range(SAMPLE) for name in features(case(seed)))

    rare = {name: count for name, count in seen.items() if count < LEAST * SAMPLE}

    assert rare == {}
