"""How many rivals stand to one another, looked up at once, is how every two of them stand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise as pairwise_of
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.evaluate import Terms, Use
from termsgate.core.govern import precedents
from termsgate.core.model import Document, DocumentKind, Target
from termsgate.core.ranking import Inclusion, Rank, Ranking, Speakers, places_by
from tests.core.test_sentences import VOCABULARY
from tests.laws.cases import case
from tests.laws.comparing import terms_of, use_of
from tests.laws.effort import cases
from tests.making import DAY, allows, bars, box, prevailing, vendor

if TYPE_CHECKING:
    from termsgate.core.govern import Precedents, Rival
    from termsgate.core.model import Precedence, Vendor
    from termsgate.core.standing import Standing

CASES = cases(1200, least=300)


def pairwise(rival: Rival, others: tuple[Rival, ...], rules: Precedents) -> Rank:
    """The same, asked of each of the others by itself."""
    above = below = open_ = 0
    for place, other in enumerate(others):
        relation = rules.relation(rival, other)
        above |= bool(relation.second) << place
        below |= bool(relation.first) << place
        open_ |= (not relation.settled) << place
    return Rank(above, below, open_)


def standing_of(seed: int) -> Standing:
    """What stands in a random case."""
    made = case(seed)
    return terms_of(made).standing(use_of(made), made.on)


@pytest.mark.parametrize("start", range(0, CASES, 300))
def test_looked_up_at_once_is_what_every_pair_says(start: int) -> None:
    """Semantics 3.3, with what readings say (4.7): of members and of others."""
    related = 0
    for seed in range(start, start + 300):
        standing = standing_of(seed)
        rivals: tuple[Rival, ...] = (*standing.halves, *standing.statements)
        optional = standing.optional
        others: tuple[Rival, ...] = (*optional.halves, *optional.statements)
        rules = precedents(standing, frozenset(range(len(standing.precedence))))
        ranking = Ranking(rivals=rivals, precedents=rules)
        for rival in (*rivals, *others):
            found = ranking.rank(rival)
            assert found == pairwise(rival, rivals, rules), (seed, rival.key)
            related += bool(found.above or found.below)
    assert related > 300


TRAIN, CHAT, AUDIO = (box("train-ai", data) for data in ("customer-content", "chat", "audio"))
NAMES: Final = ("a", "b", "c", "d")


def agreement(*orders: Precedence, within: dict[str, str] | None = None) -> Vendor:
    """Four documents with two clauses each; some take others in."""
    taken = within or {}
    documents = tuple(
        Document(
            id=name,
            kind=DocumentKind.CONTRACT,
            precedence=orders if name == "a" else (),
            incorporated_by=(taken[name],) if name in taken else (),
        )
        for name in NAMES
    )
    clauses = (
        replace(one, id=f"{one.id}-{name}", document=name)
        for name in NAMES
        for one in (bars(CHAT), allows(TRAIN))
    )
    return vendor(*clauses, documents=documents)


def speaking(*over: Target) -> Vendor:
    """Clauses of one document, one of which prevails over others by its words."""
    upper = replace(bars(TRAIN, name="upper"), overrides=over)
    return vendor(
        upper,
        *(allows(what, name=name) for name, what in zip("xyz", (TRAIN, CHAT, AUDIO), strict=True)),
    )


@pytest.mark.parametrize(
    "terms",
    [
        agreement(*(prevailing(one, other) for one, other in pairwise_of(NAMES))),
        agreement(prevailing("a", "c"), prevailing("b", "c"), prevailing("c", "d")),
        agreement(prevailing("a", "b"), prevailing("a", "c"), prevailing("a", "d")),
        agreement(within={"b": "a", "c": "b"}),
        agreement(prevailing("d", "a"), within={"b": "a", "c": "a"}),
        speaking(Target(clause="x"), Target(clause="y")),
        speaking(Target(clause="z"), Target(document="terms")),
    ],
)
def test_long_chains_and_many_words_are_looked_up_alike(terms: Vendor) -> None:
    """Several documents above and below one, one text of many, several clauses that are named."""
    standing = Terms(vendor=terms, vocabulary=VOCABULARY).standing(Use(), DAY)
    rivals = standing.halves
    rules = precedents(standing, frozenset(range(len(standing.precedence))))
    ranking = Ranking(rivals=rivals, precedents=rules)

    found = [ranking.rank(rival) for rival in rivals]

    assert found == [pairwise(rival, rivals, rules) for rival in rivals]
    assert any(one.above for one in found)


def test_places_go_by_what_they_have() -> None:
    """Each key with the places that have it."""
    assert places_by("abca") == {"a": 0b1001, "b": 0b10, "c": 0b100}


def test_whose_leaves_lie_in_one_another() -> None:
    """Around is whoever has them all, inside whoever has no other; nobody else is in either."""
    masks = Inclusion.of({0: 0b0011, 1: 0b0001, 3: 0b0110, 4: 0b0011})

    assert masks.around[0b0001] == 0b10011
    assert masks.around[0b0011] == 0b10001
    assert masks.around[0b1000] == 0
    assert masks.inside[0b0011] == 0b10011
    assert masks.inside[0b0111] == 0b11011
    assert masks.inside[0b1000] == 0
    assert (masks.around[0b0011], masks.inside[0b0011]) == (0b10001, 0b10011)


def test_a_clause_is_named_by_its_id_its_section_or_its_document() -> None:
    """Whoever names it in any of these ways does."""
    speakers = Speakers.of(
        [
            (Target(document="terms", clause="one"),),
            (Target(clause="one"), Target(document="terms", section="2")),
            (Target(document="other"),),
            (Target(document="terms", section="1"),),
            (),
            (Target(),),
            (Target(document="other", clause="one"),),
        ]
    )
    one = replace(bars(box("train"), name="one"), document="terms", section="1.2")

    assert speakers.naming(one) == 0b0101011
