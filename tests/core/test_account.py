"""What a whole verdict tells besides its word (semantics 4.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from termsgate.core.evaluate import Terms, Use, evaluate
from termsgate.core.model import (
    Clause,
    RecordedReading,
    Review,
    ReviewStatus,
    Stance,
    Target,
    Vendor,
)
from termsgate.core.verdict import QuestionKind, Ruling, Verdict
from termsgate.reading.store import builtin_vocabulary
from tests.making import DAY, allows, bars, box, forbid, on, vendor

WORDS = builtin_vocabulary()
CALLS = box("train-ai", ["audio", "video", "chat"])


def told(vendor_: Vendor, use: Use | None = None) -> Verdict:
    """The whole verdict on training with calls, which needs our consent."""
    terms = Terms(vendor=vendor_, vocabulary=WORDS)
    return evaluate(forbid(CALLS, Stance.OPT_IN), terms, use or Use(), DAY)


def vague(number: int, *over: str) -> Clause:
    """A clause that only possibly allows training, and says that it prevails over others."""
    overrides = tuple(Target(document="terms", clause=name) for name in over)
    return replace(
        allows(box("improve-services", "customer-content"), name=f"vague-{number}"),
        id=f"vague-{number}",
        document="terms",
        overrides=overrides,
    )


def circle(size: int) -> Vendor:
    """Clauses of which the first two prevail over each other."""
    ban = replace(bars(CALLS, name="ban"), firmness=bars(CALLS).firmness)
    first, second = vague(0, "vague-1"), vague(1, "vague-0", "ban")
    return vendor(ban, first, second, *(vague(number) for number in range(2, size)))


def test_the_bound_of_twelve_is_told_and_asked() -> None:
    """10.15: thirteen clauses open on a circle are unclear, and the verdict says so."""
    verdict = told(circle(13))

    assert verdict.ruling is Ruling.UNCLEAR
    assert any("more than twelve" in note for note in verdict.notes)
    assert QuestionKind.BOUND_REACHED in {question.kind for question in verdict.questions}


def test_twelve_are_within_the_bound() -> None:
    """10.15: with twelve open clauses every reading is tried, and nothing is said of a bound."""
    verdict = told(circle(12))

    assert not verdict.notes


@pytest.mark.parametrize("together", [True, False])
def test_too_many_combinations_are_told(together: bool) -> None:  # noqa: FBT001 - two examples
    """10.18: past 4,096 combinations of answers the verdict is unclear and says why."""
    features = [on("feature", f"feature-{number}") for number in range(13)]
    ban = bars(CALLS)
    clauses = (
        [replace(ban, applies=tuple(features))]
        if together
        else [
            replace(ban, id=f"ban-{number}", applies=(feature,))
            for number, feature in enumerate(features)
        ]
    )
    verdict = told(vendor(*clauses))

    assert verdict.ruling is Ruling.UNCLEAR
    assert any("too many combinations" in note for note in verdict.notes)


@pytest.mark.parametrize("status", [ReviewStatus.DRAFT, ReviewStatus.DISPUTED])
def test_a_reading_nobody_stands_behind_is_told(status: ReviewStatus) -> None:
    """3.6: a version in draft or disputed counts, and the verdict says which it is."""
    terms = vendor(bars(CALLS))
    review = Review(by=("a@example.org",), on=date(2024, 1, 1), status=status)
    versions = tuple(replace(version, review=review) for version in terms.versions)
    verdict = told(replace(terms, versions=versions))

    assert verdict.ruling is Ruling.MET
    assert any(status.value in note for note in verdict.notes)


def test_a_reading_of_another_version_is_told() -> None:
    """4.7: a recorded reading of an older version does nothing and is reported."""
    terms = vendor(bars(CALLS))
    (version,) = terms.versions
    later = replace(version, effective=date(2024, 1, 5))
    reading = RecordedReading(
        vendor=terms.id,
        document=version.document,
        clause=version.clauses[0].id,
        stance=Stance.BARRED,
        because="so counsel says",
        by="counsel@example.org",
        on=date(2023, 1, 1),
    )
    verdict = told(replace(terms, versions=(version, later)), Use(readings=(reading,)))

    assert any("another version" in note for note in verdict.notes)
