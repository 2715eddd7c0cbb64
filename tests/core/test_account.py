"""What a whole verdict tells besides its word (semantics 4.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from termsgate.core.case import Case
from termsgate.core.evaluate import Terms, Use, evaluate, in_full
from termsgate.core.model import (
    Absence,
    Bound,
    Clause,
    Document,
    DocumentKind,
    Every,
    Forbid,
    May,
    RecordedReading,
    Require,
    Requirement,
    Review,
    ReviewStatus,
    Stance,
    Target,
    Vendor,
    WhenStated,
)
from termsgate.core.verdict import QuestionKind, Ruling, Verdict
from termsgate.reading.store import builtin_vocabulary
from tests.making import (
    DAY,
    allows,
    bars,
    box,
    days,
    forbid,
    on,
    requirement,
    scope,
    states,
    vendor,
)

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


TERMS = Document(id="terms", kind=DocumentKind.CONTRACT)
ADDENDUM = Document(id="dpa", kind=DocumentKind.CONTRACT, absence=Absence(may=May.TIGHTEN))
THIRTY = Require(fact="change-notice", bound=Bound.AT_LEAST, values=(days(30),))
OF_CHAT = replace(THIRTY, of=scope(box(data="chat")))
ASKED = forbid(CALLS, Stance.OPT_IN)
EVERYWHERE = (Target(),)


def in_words(asked: Requirement, vendor_: Vendor) -> tuple[Verdict, Verdict]:
    """The whole verdict, and the same worked out on the grid."""
    terms, use = Terms(vendor=vendor_, vocabulary=WORDS), Use()
    case = Case(requirement=asked, standing=terms.standing(use, DAY), telling=True)
    return evaluate(asked, terms, use, DAY), in_full(case)


@pytest.mark.parametrize("negated", [True, False])
def test_a_document_is_named_whichever_answer_brings_it(negated: bool) -> None:  # noqa: FBT001 - two examples
    """4.4: the report names every document not at hand that the requirement touches."""
    europe = on("region", "europe", negated=negated)
    terms = vendor(allows(CALLS), documents=(TERMS, replace(ADDENDUM, applies=(europe,))))

    verdict = told(terms)

    assert verdict.ruling is Ruling.VIOLATED
    assert [one.document for one in verdict.absent] == ["dpa"]


@pytest.mark.parametrize("every", [True, False])
def test_a_part_that_waits_for_a_fact_is_told(every: bool) -> None:  # noqa: FBT001 - two examples
    """6.2: of several parts, too, that nobody states it."""
    waiting = replace(THIRTY, when_stated=WhenStated(fact="licence"))
    asked = requirement(Every(parts=(waiting, ASKED.demand))) if every else requirement(waiting)

    at_once, on_the_grid = in_words(asked, vendor(bars(CALLS)))

    assert at_once == on_the_grid
    assert any("states `licence`" in note for note in at_once.notes)


def test_bans_that_prevail_over_each_other_both_decide() -> None:
    """3.4: neither prevails without being prevailed over in turn."""
    first = replace(bars(CALLS, name="first"), overrides=EVERYWHERE)
    second = replace(bars(CALLS, name="second"), overrides=EVERYWHERE)

    at_once, on_the_grid = in_words(ASKED, vendor(first, second))

    assert at_once == on_the_grid
    assert [(one.clause.id, one.part.value) for one in at_once.because] == [
        ("first", "meets"),
        ("second", "meets"),
    ]


@pytest.mark.parametrize(
    ("asked", "clauses"),
    [
        (requirement(THIRTY), (states("change-notice", days(14)),)),
        (requirement(THIRTY), (states("change-notice", days(30)),)),
        (requirement(THIRTY), ()),
        (requirement(OF_CHAT), (states("change-notice", days(14), of=box(data="chat")),)),
        (requirement(OF_CHAT), (states("change-notice", days(30), of=box(data="files")),)),
        (requirement(OF_CHAT), (states("change-notice", days(30)),)),
        (ASKED, (allows(CALLS),)),
        (ASKED, (allows(box("train-ai", "chat")), bars(CALLS))),
        (ASKED, (bars(box("train-ai", "chat")),)),
        (ASKED, (bars(CALLS), allows(box("improve-services", "customer-content")))),
        (ASKED, (replace(allows(CALLS), overrides=EVERYWHERE), bars(CALLS))),
        (requirement(Every(parts=(ASKED.demand, THIRTY))), (bars(CALLS),)),
        (requirement(Every(parts=(THIRTY, ASKED.demand))), (allows(CALLS),)),
    ],
)
def test_what_is_seen_at_once_is_told_as_on_the_grid(
    asked: Requirement, clauses: tuple[Clause, ...]
) -> None:
    """4.6: the clauses, the use that shows it, the notes."""
    at_once, on_the_grid = in_words(asked, vendor(*clauses))

    assert at_once == on_the_grid


def test_a_use_that_shows_a_verdict_is_told_in_the_words_of_the_requirement() -> None:
    """4.6: of two it names, the first in the order of the vocabulary that shows the verdict."""
    calls = forbid(box("train-ai", ["chat", "audio"]), Stance.OPT_IN).demand
    assert isinstance(calls, Forbid)
    questioned = replace(allows(CALLS), applies=(on("plan", "free"),))

    words = [
        in_words(requirement(calls), vendor(clause))[0] for clause in (allows(CALLS), questioned)
    ]

    assert [each.witness and each.witness.data for each in words] == ["audio", "audio"]
