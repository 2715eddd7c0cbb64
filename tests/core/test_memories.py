"""What is worked out once is kept: who asks again is given the same, and not an equal one."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core import stances
from termsgate.core.evaluate import Terms, Use
from termsgate.core.govern import Precedents, Relation, precedents
from termsgate.core.plainly import word
from termsgate.core.tree import tree_of
from termsgate.core.verdict import Criterion
from tests.core.test_sentences import (
    BOTH_SAY,
    DPA,
    NOTICE,
    OVER_NOTICE,
    TOS,
    TRAIN,
    USER,
    VOCABULARY,
    R,
    listing,
    over,
)
from tests.making import DAY, allows, bars, box, prevailing, vendor

if TYPE_CHECKING:
    from termsgate.core.model import Forbid, Vendor
    from termsgate.core.stances import Recorded
    from termsgate.core.standing import Half, Pull

TERMS: Final = Terms(vendor=BOTH_SAY, vocabulary=VOCABULARY)


def test_what_stands_for_a_use_is_built_once() -> None:
    """And anew for another use, or another day."""
    one, other = Use(), Use()

    assert TERMS.standing(one, DAY) is TERMS.standing(one, DAY)
    assert TERMS.standing(one, DAY) is not TERMS.standing(other, DAY)
    assert TERMS.standing(one, DAY) is not TERMS.standing(one, DAY.replace(day=11))


def test_the_clauses_of_a_vendor_are_listed_once() -> None:
    """For the book of cases, or found to have no room in it."""
    use = Use()
    version = replace(BOTH_SAY.versions[0], clauses=())
    empty = Terms(vendor=replace(BOTH_SAY, versions=(version,)), vocabulary=VOCABULARY)

    assert empty.roll(use, DAY) is not None
    assert empty.roll(use, DAY) is empty.roll(use, DAY)
    assert empty.roll(use, DAY) is not empty.roll(Use(), DAY)


def test_the_parts_of_a_requirement_are_compiled_once() -> None:
    """For each vocabulary."""
    again, words = replace(R), replace(VOCABULARY)

    assert tree_of(R, VOCABULARY) is tree_of(R, VOCABULARY)
    assert tree_of(R, VOCABULARY) is not tree_of(again, VOCABULARY)
    assert tree_of(R, VOCABULARY) is not tree_of(R, words)


def test_what_a_clause_does_to_a_need_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """For each need, and for whose consent counts."""
    seen: list[str] = []
    pull = stances._pull  # noqa: SLF001 - how often it is asked

    def counted(half: Half, demand: Forbid, chosen: Recorded) -> Pull:
        seen.append(half.clause.id)
        return pull(half, demand, chosen)

    monkeypatch.setattr(stances, "_pull", counted)
    standing = Terms(vendor=BOTH_SAY, vocabulary=VOCABULARY).standing(Use(), DAY)
    for _ in range(2):
        word(R, standing)
        word(USER, standing)

    assert sorted(seen) == ["ban", "ban", "permission", "permission"]


# --- how two clauses stand to each other ----------------------------------------------------------


def rules_of(terms: Vendor, use: Use | None = None) -> Precedents:
    """How the clauses of a vendor stand to each other."""
    standing = Terms(vendor=terms, vocabulary=VOCABULARY).standing(use or Use(), DAY)
    return precedents(standing, standing.always_ranked)


def test_how_clauses_stand_is_kept_with_what_stands() -> None:
    """For the precedences that hold."""
    standing = TERMS.standing(Use(), DAY)
    held = standing.always_ranked

    assert precedents(standing, held) is precedents(standing, held)
    assert precedents(standing, held | {7}) is not precedents(standing, held)


SPECIFIC: Final = vendor(bars(box("train-ai", "chat")), allows(TRAIN))
INCORPORATED: Final = vendor(
    bars(box("train-ai", "chat")),
    replace(allows(TRAIN), document="notice"),
    documents=(TOS, replace(NOTICE, incorporated_by=("terms",))),
)
RANKED: Final = vendor(
    bars(TRAIN),
    replace(allows(TRAIN), document="notice"),
    documents=(replace(TOS, precedence=(OVER_NOTICE,)), NOTICE),
)


@pytest.mark.parametrize(
    ("terms", "use", "relation"),
    [
        (BOTH_SAY, Use(), Relation(settled=False)),
        (SPECIFIC, Use(), Relation(first=Criterion.SPECIFIC)),
        (INCORPORATED, Use(), Relation(first=Criterion.SPECIFIC)),
        (RANKED, Use(), Relation(first=Criterion.DOCUMENT)),
        (vendor(listing("yes")), Use(), Relation(first=Criterion.LISTED)),
        (
            BOTH_SAY,
            Use(readings=over("ban", "permission").readings),
            Relation(first=Criterion.RECORDED),
        ),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_how_two_clauses_stand_is_the_same_from_both_sides(
    terms: Vendor,
    use: Use,
    relation: Relation,
    turned: bool,  # noqa: FBT001 - who is asked first
) -> None:
    """Whoever is asked about first; and it is worked out once."""
    rules = rules_of(terms, use)
    first, second = rules.standing.halves
    pairs = [(first, second, relation), (second, first, relation.mirrored())]

    for one, other, said in pairs[::-1] if turned else pairs:
        assert rules.relation(one, other) == said
        assert rules.relation(one, other) is rules.relation(one, other)
    assert relation.mirrored() == Relation(
        first=relation.second, second=relation.first, settled=relation.settled
    )


def test_documents_are_one_text_from_both_sides() -> None:
    """10.13: the same, or one takes the other in, directly or through others."""
    inner = replace(NOTICE, incorporated_by=("dpa",))
    taken = vendor(documents=(TOS, replace(DPA, incorporated_by=("terms",)), inner))
    order = rules_of(taken).order

    assert all(order.are_one_text(*pair) for pair in permutations(("terms", "dpa", "notice"), 2))
    assert not any(order.are_one_text(*pair) for pair in permutations(("terms", "else"), 2))


def test_who_stands_above_a_document_is_known_through_any_chain() -> None:
    """3.3 b: transitive; nobody stands above one of which nothing is said."""
    chain = (prevailing("dpa", "terms"), OVER_NOTICE)
    order = rules_of(vendor(documents=(replace(TOS, precedence=chain), NOTICE, DPA))).order

    assert [sorted(order.above(each)) for each in ("notice", "terms", "dpa", "else")] == [
        ["dpa", "terms"],
        ["dpa"],
        [],
        [],
    ]
