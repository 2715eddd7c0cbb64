"""Like cases are decided alike: from the book, a verdict is what it is when judged afresh."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.evaluate import Terms, evaluate, rule
from termsgate.core.likewise import whole
from termsgate.core.model import Place, Quote, Review, ReviewStatus, Version
from termsgate.core.plainly import word
from termsgate.core.questions import Inquiry
from termsgate.core.varying import varied
from tests.laws.cases import case
from tests.laws.comparing import terms_of, use_of
from tests.laws.effort import cases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from termsgate.core.model import Clause, Requirement, Target, Vendor
    from tests.laws.cases import Case

CASES: Final = cases(120, least=40)
CHUNK: Final = 40


# --- the like of a vendor -------------------------------------------------------------------------


def placed(vendor: Vendor, step: int = 2, folder: str = "") -> Vendor:
    """The vendor in files, its clauses one below the other."""

    def in_file(version: Version) -> Version:
        path = f"{folder}{version.document}/{version.effective}.yaml"
        clauses = tuple(
            replace(one, place=Place(path=path, line=3 + step * number, column=3))
            for number, one in enumerate(version.clauses)
        )
        return replace(version, place=Place(path=path, line=1, column=1), clauses=clauses)

    return replace(vendor, versions=tuple(map(in_file, vendor.versions)))


def with_clauses(
    vendor: Vendor, change: Callable[[tuple[Clause, ...]], tuple[Clause, ...]]
) -> Vendor:
    """The vendor with other clauses in each version."""
    versions = (replace(one, clauses=change(one.clauses)) for one in vendor.versions)
    return replace(vendor, versions=tuple(versions))


def renamed(vendor: Vendor, random: Random) -> Vendor:
    """The vendor with other names for its clauses, and other words of ours about them."""
    old = sorted({clause.id for version in vendor.versions for clause in version.clauses})
    new = [f"z{number}" for number in range(len(old))]
    random.shuffle(new)
    name = dict(zip(old, new, strict=True))

    def meant(target: Target) -> Target:
        known = target.clause is not None and target.clause in name
        return replace(target, clause=name[target.clause or ""]) if known else target

    def called(clause: Clause) -> Clause:
        return replace(
            clause,
            id=name[clause.id],
            says=f"Words {random.random()}",
            quote=Quote(exact=f"quote {random.random()}"),
            overrides=tuple(map(meant, clause.overrides)),
            alongside=tuple(map(meant, clause.alongside)),
        )

    return with_clauses(vendor, lambda clauses: tuple(map(called, clauses)))


def fewer(vendor: Vendor, random: Random) -> Vendor:
    """The vendor without some of its clauses."""
    return with_clauses(vendor, lambda all_: tuple(one for one in all_ if random.random() < 0.8))


def shuffled(vendor: Vendor, random: Random) -> Vendor:
    """The vendor with its clauses in another order."""
    return with_clauses(vendor, lambda all_: tuple(random.sample(all_, len(all_))))


def reviewed(vendor: Vendor, random: Random) -> Vendor:
    """The vendor as somebody reviewed it."""
    review = Review(by=("a",), on=date(2024, 1, 1), status=random.choice(list(ReviewStatus)))
    versions = tuple(replace(one, review=review) for one in vendor.versions)
    return replace(vendor, versions=versions)


def likes_of(vendor: Vendor, random: Random) -> Iterator[Vendor]:
    """A vendor, and others that are like it in what matters, or nearly so."""
    yield placed(vendor)
    yield placed(renamed(vendor, random), 3)
    yield placed(fewer(vendor, random), 5)
    yield placed(reviewed(fewer(renamed(vendor, random), random), random), 1)
    yield placed(shuffled(vendor, random))
    yield placed(renamed(vendor, random), 7, folder=random.choice("ab"))


def is_known(requirement: Requirement, terms: Terms, made: Case) -> bool:
    """Whether the book has a verdict for a requirement; none without a roll."""
    roll = terms.roll(replace(use_of(made), choices=(), readings=()), made.on)
    if roll is None:
        return False
    asked = roll.asked(requirement)
    return tuple(roll.situations[asked.number]) in asked.headnotes


# --- the laws -------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", range(0, CASES, CHUNK))
def test_a_verdict_from_the_book_is_what_it_is_when_judged_afresh(start: int) -> None:
    """Names, lines, words and reviews are told as they are, and decide nothing."""
    told: Counter[bool] = Counter()
    before: dict[int, Requirement] = {}
    for made in map(case, range(start, start + CHUNK)):
        use = replace(use_of(made), choices=(), readings=())
        asked = {made.requirement.id: made.requirement}
        asked["another"] = before.get(id(made.vocabulary), made.requirement)
        before[id(made.vocabulary)] = made.requirement
        for vendor in likes_of(made.vendor, Random(made.seed)):
            terms = Terms(vendor=vendor, vocabulary=made.vocabulary, verified=made.verified)
            fresh = replace(terms, _standings={}, _rolls={}).standing(use, made.on)
            for requirement in asked.values():
                told[is_known(requirement, terms, made)] += 1
                afresh = whole(requirement, fresh)
                assert evaluate(requirement, terms, use, made.on) == afresh, made.seed
                assert rule(requirement, terms, use, made.on) is afresh.ruling, made.seed

    assert told[True] > told.total() / 4


@pytest.mark.parametrize("start", range(0, cases(200, least=50), 50))
def test_an_answer_leads_where_it_leads_when_all_is_built_anew(
    start: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an answer leaves as it was is taken over; nothing comes out otherwise for it."""
    tried = 0
    under = Inquiry.under

    def beside(self: Inquiry, answer: object) -> object:
        nonlocal tried
        found = under(self, answer)  # type: ignore[arg-type]
        standing = varied(self.case.standing, answer)  # type: ignore[arg-type]
        anew = Terms(
            vendor=standing.vendor, vocabulary=standing.vocabulary, verified=standing.verified
        ).standing(standing.use, standing.on)
        tried += 1
        assert found is word(self.case.requirement, anew)
        return found

    monkeypatch.setattr(Inquiry, "under", beside)
    for made in map(case, range(start, start + 50)):
        whole(made.requirement, terms_of(made).standing(use_of(made), made.on))

    assert tried


@pytest.mark.parametrize("start", range(0, cases(600, least=200), 200))
def test_an_answer_is_tried_on_its_field_as_from_the_clauses(
    start: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is asked otherwise, and nothing follows otherwise from an answer (4.6)."""
    made = list(map(case, range(start, start + 200)))
    on_the_field = [_questions(one) for one in made]

    monkeypatch.setattr("termsgate.core.retrial.Retrial.parts", ())

    assert on_the_field == [_questions(one) for one in made]


def _questions(made: Case) -> object:
    return whole(made.requirement, terms_of(made).standing(use_of(made), made.on)).questions
