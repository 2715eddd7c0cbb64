"""The laws of a difference (policy language 8 and 11), on random pairs of terms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest

from termsgate.core import meaning
from termsgate.core.diff import TwoTerms, differences
from termsgate.core.model import Narrowing, Version, WhenStated
from termsgate.core.pairing import Change
from termsgate.core.space import at_most, union
from tests.laws import oracle
from tests.laws.cases import Case, case, walk
from tests.laws.comparing import quickly
from tests.laws.pairs import (
    MOST_WORLDS,
    TwoCases,
    disagree,
    every_point,
    is_small,
    naively_different,
    of_everything,
    of_fact,
    pair,
    plain,
    points_in,
    told_different,
    two_terms,
    value_at,
)
from tests.laws.test_laws import with_vendor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from termsgate.core.diff import Difference
    from termsgate.core.model import Clause, Target

SEEDS: Final = range(100)
MOST: Final = 400


def small_pairs() -> Iterator[TwoCases]:
    """Random pairs of which every world can be gone through."""
    return filter(is_small, map(pair, SEEDS))


# --- A use is in the diff if and only if its stance differs. -------------------------------------


def test_a_use_is_in_the_difference_if_and_only_if_its_stance_differs() -> None:
    """In every world the boxes hold just those uses, with what is said before and after (11.1)."""
    seen = 0
    for two in small_pairs():
        all_ = oracle.worlds(of_everything(two.before), of_everything(two.after))
        naive = naively_different(two, all_)
        seen += bool(naive)

        assert told_different(two, two_terms(two).use_changes, all_) == naive, two.before.seed
    assert seen > 30


def test_in_short_are_the_uses_that_differ_under_some_answer() -> None:
    """And no others; one word is the word of every answer (11.3)."""
    for two in small_pairs():
        terms, words = two_terms(two), two.before.vocabulary
        all_ = oracle.worlds(of_everything(two.before), of_everything(two.after))
        exact = {point for _, point in told_different(two, terms.use_changes, all_)}
        short = {p for one in terms.uses_in_short for p in points_in(words, one.box)}

        assert short == exact, two.before.seed


def test_a_fact_is_in_the_difference_where_what_is_stated_differs() -> None:
    """Wherever, in some world, the readings give other values or other silence (11.2)."""
    seen = 0
    for two in map(pair, SEEDS):
        terms = two_terms(two)
        for fact in terms.facts:
            before, after = of_fact(two.before, fact), of_fact(two.after, fact)
            all_ = oracle.worlds(before, after)
            if len(all_) > MOST_WORLDS:
                continue
            naive = set(_naively_stated(before, after, fact, all_))
            told = {
                point
                for one in differences(terms.facts[fact])
                for point in points_in(two.before.vocabulary, one.box)
            }
            seen += bool(naive)

            assert told == naive, (two.before.seed, fact)
    assert seen > 10


def _naively_stated(
    before: oracle.Matter, after: oracle.Matter, fact: str, all_: list[oracle.World]
) -> Iterator[oracle.Point]:
    """The points at which another value of a fact is given, in some world."""
    for world in all_:
        then, now = oracle.standing_in(before, world), oracle.standing_in(after, world)
        for point in every_point(before.words):
            if value_at(then, fact, point) != value_at(now, fact, point):
                yield point


# --- diff(a, a) is empty; diff(a, b) mirrors diff(b, a). -----------------------------------------


def test_the_same_terms_do_not_differ() -> None:
    """Not in a use, not in a fact, not in a clause."""
    for made in map(case, SEEDS):
        terms = two_terms(TwoCases(before=made, after=made))

        assert (terms.use_changes, terms.fact_changes) == ((), ()), made.seed
        assert {one.change for one in terms.pairs} <= {Change.SAME}, made.seed


def test_a_difference_is_mirrored() -> None:
    """What was said before is said after, use by use and answer by answer."""
    for two in map(pair, SEEDS):
        forth, back = two_terms(two), two_terms(two.mirrored)

        assert _told(back.use_changes) == {
            (box, where, after, before) for box, where, before, after in _told(forth.use_changes)
        }, two.before.seed
        assert {fact for fact, _ in forth.fact_changes} == {fact for fact, _ in back.fact_changes}


def _told(changes: tuple[Difference, ...]) -> set[tuple[object, ...]]:
    """What the boxes say, without who did it."""
    return {(one.box, frozenset(one.where), plain(one.before), plain(one.after)) for one in changes}


# --- Moved, renumbered and renamed clauses are no change. ----------------------------------------


def renamed_target(target: Target) -> Target:
    """An override that names the clause, or the section, by its new name."""
    return replace(
        target,
        clause=target.clause and f"new-{target.clause}",
        section=target.section and f"9{target.section}",
    )


def renamed(clause: Clause) -> Clause:
    """The clause under another id, in another section."""
    return replace(
        clause,
        id=f"new-{clause.id}",
        section=f"9{clause.section}",
        overrides=tuple(map(renamed_target, clause.overrides)),
        alongside=tuple(map(renamed_target, clause.alongside)),
    )


def reordered(version: Version) -> Version:
    """The version with its clauses the other way round, each under another name."""
    return replace(version, clauses=tuple(map(renamed, version.clauses[::-1])))


def test_moving_renumbering_and_renaming_clauses_is_no_difference() -> None:
    """What a clause is called and where it stands is no part of what it means (11.4)."""
    for made in map(case, SEEDS):
        before = replace(made, use=replace(made.use, readings=()))
        two = TwoCases(before=before, after=with_vendor(before, Version, reordered))
        terms = two_terms(two)

        assert (terms.use_changes, terms.fact_changes) == ((), ()), made.seed
        changes = {one.change for one in terms.pairs if one.shown.section}
        assert changes <= {Change.MOVED}, made.seed


# --- A verdict turns only where something differs. -----------------------------------------------


def settles(made: Case) -> bool:
    """Whether stances and facts alone decide the verdict: nothing is narrowed, nothing missing."""
    vendor = made.vendor
    at_hand = all(
        one.absence is None and any(v.document == one.id for v in vendor.versions)
        for one in vendor.documents
    )
    whole = not any(version.unread or version.withdrawn for version in vendor.versions)
    narrowed = any(
        isinstance(value, WhenStated) or (isinstance(value, Narrowing) and value != Narrowing())
        for value in walk(made.requirement.demand)
    )
    plain = not made.requirement.evidence_required and not narrowed
    return plain and at_hand and whole and not vendor.known_versions


def test_a_verdict_turns_only_where_a_use_or_a_fact_differs() -> None:
    """Where nothing is narrowed and nothing missing (11.5)."""
    turned = 0
    for two in map(pair, range(len(SEEDS) * 4)):
        if settles(two.before) and settles(two.after):
            then, now = quickly(two.before), quickly(two.after)
            if then is not now:
                turned += 1
                terms = two_terms(two)

                assert terms.use_changes or terms.fact_changes, two.before.seed
    assert turned > 10


# --- mutants: a broken rule is noticed -----------------------------------------------------------

REAL_LABELS = meaning.labels_of
REAL_VIEW = meaning.view


def nobodys_consent(rival: Any) -> Any:  # noqa: ANN401 - a clause or a fact
    """Whose consent is left out."""
    return frozenset(replace(label, whose=()) for label in REAL_LABELS(rival))


def silent_where_nothing_is(*given: Any) -> Any:  # noqa: ANN401 - as `view`
    """That what covers a use only possibly may be read as not covering it is left out."""
    seen = REAL_VIEW(*given)
    present = union(one.present for one in seen.contenders)
    said = {
        label: here & ~present if label == meaning.SILENT else here
        for label, here in seen.said.items()
    }
    return replace(seen, said=said)


def only_lone_clauses(before: Any, after: Any, field: Any) -> int:  # noqa: ANN401
    """How clauses stand to each other is not compared."""
    alone = meaning.paired_alike(before, after)[1]
    return union(field.possible(at_most(one.layers)) for one in alone)


def everyone_governs(*given: Any) -> Any:  # noqa: ANN401 - as `view`
    """Nobody is defeated."""
    seen = REAL_VIEW(*given)
    said: dict[meaning.Label, int] = {}
    for contender in seen.contenders:
        for label in meaning.labels_of(contender.rival):
            said[label] = said.get(label, 0) | contender.present
    silent = seen.said.get(meaning.SILENT, 0)
    return replace(seen, said={**said, meaning.SILENT: silent})


def no_questions(*_: Any) -> Iterator[Any]:  # noqa: ANN401
    """No condition is asked about."""
    return iter(())


@pytest.mark.parametrize(
    ("patched", "change"),
    [
        pytest.param("labels_of", nobodys_consent, id="whose consent"),
        pytest.param("view", silent_where_nothing_is, id="silence"),
        pytest.param("view", everyone_governs, id="who governs"),
        pytest.param("where_they_may_differ", only_lone_clauses, id="how clauses stand"),
        pytest.param("_asked", no_questions, id="conditions"),
    ],
)
def test_a_broken_difference_is_noticed(
    patched: str, change: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some pair tells the broken rule from the right one."""
    monkeypatch.setattr(meaning, patched, change)

    assert any(disagree(two) for two in map(pair, range(MOST)) if is_small(two))


def test_two_terms_are_compared_once() -> None:
    """What was worked out is kept: the boxes of one comparison are the same objects."""
    terms = two_terms(pair(0))

    assert isinstance(terms, TwoTerms)
    assert terms.use_changes is terms.use_changes
