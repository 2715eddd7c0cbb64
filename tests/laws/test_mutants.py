"""The random cases would notice a mistake: each rule, changed, changes some verdict.

A comparison finds only what its cases can tell apart. So each rule of the naive evaluator is
broken in turn, and some case must see it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pytest

from termsgate.core.model import DocumentKind, Every, May, Stance
from termsgate.core.values import Unit
from termsgate.core.verdict import Ruling
from tests.laws import oracle
from tests.laws.cases import case, features
from tests.laws.comparing import naively

if TYPE_CHECKING:
    from collections.abc import Collection

    from termsgate.core.model import Part, Scope
    from termsgate.core.values import Duration

MOST: Final = 6_000
Change = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One rule broken: what is patched, with what, and the feature a case needs to see it."""

    name: str
    patched: str
    change: Change
    needs: str = ""


def never(*_: object) -> bool:
    """No."""
    return False


def always(*_: object) -> bool:
    """Yes."""
    return True


def same_name(_vendor: object, outer: str, inner: str) -> bool:
    """A document incorporates only itself."""
    return outer == inner


def nothing(*_: object) -> tuple[()]:
    """None at all."""
    return ()


REAL_PART = oracle.cover_of_part
REAL_COMBINE = oracle.combine
REAL_FAMILY = oracle.bounds_in_hours
REAL_RANKS = oracle.ways_to_rank
REAL_COUNTS = oracle.counts_at_all
REAL_MISSING = oracle.missing_in
REAL_HOLDS = oracle.one_holds


def without_perhaps(words: oracle.Words, part: Part, *rest: Any) -> oracle.Cover:  # noqa: ANN401
    """Boxes under `perhaps` are not read."""
    return REAL_PART(words, replace(part, perhaps=()), *rest)


def swapped_sure(points: oracle.Points, exceptions: Collection[oracle.Spans]) -> oracle.Points:
    """A sure exception is needed to take out of the sure scope."""
    return frozenset(p for p in points if not any(oracle.surely_in(p, e) for e in exceptions))


def swapped_possible(points: oracle.Points, exceptions: Collection[oracle.Spans]) -> oracle.Points:
    """A possible exception is enough to take out of the possible scope."""
    return frozenset(p for p in points if not any(oracle.possibly_in(p, e) for e in exceptions))


def reinstating(
    _matter: oracle.Matter, applying: Collection[oracle.Voice], relation: oracle.Relation
) -> tuple[oracle.Voice, ...]:
    """Only a clause that governs itself defeats another."""
    standing = list(applying)
    for _round in applying:
        standing = [
            d
            for d in applying
            if not any(
                (c, d) in relation and (d, c) not in relation for c in standing if c is not d
            )
        ]
    return tuple(standing)


def without_cycles(
    _: oracle.Matter, applying: Collection[oracle.Voice], relation: oracle.Relation
) -> tuple[oracle.Voice, ...]:
    """Clauses on a cycle defeat one another."""
    reach = {c: oracle.reached_from(c, applying, relation) for c in applying}
    return tuple(d for d in applying if not any(d in reach[c] for c in applying))


def silent_or_met_is_unclear(outcomes: Collection[Ruling]) -> Ruling:
    """Silent in one reading and met in another is not silent."""
    several = len(set(outcomes)) > 1
    return Ruling.UNCLEAR if several else REAL_COMBINE(outcomes)


def short_weeks(duration: Duration) -> tuple[int, int]:
    """Business days are days."""
    low, high = REAL_FAMILY(duration)
    return (low, low) if duration.unit is Unit.BUSINESS_DAYS else (low, high)


def sure_ranks(*given: Any) -> list[list[oracle.Rank | None]]:  # noqa: ANN401
    """A rank that may hold holds."""
    return [ways[:1] for ways in REAL_RANKS(*given)]


def without_chains(held: Any) -> oracle.Pairs:  # noqa: ANN401
    """Precedence is not transitive."""
    return frozenset((rank.document, name) for rank in held for name in rank.over)


def counting_statements(matter: oracle.Matter, document: Any, clause: Any) -> bool:  # noqa: ANN401
    """A blog post governs."""
    contract = replace(document, kind=DocumentKind.CONTRACT)
    return REAL_COUNTS(matter, contract, clause)


def counting_customers(matter: oracle.Matter, document: Any, clause: Any) -> bool:  # noqa: ANN401
    """What binds the customer binds the vendor."""
    free = replace(clause, binds_customer=False, statement=False)
    return REAL_COUNTS(matter, document, free)


def same_actions(_: oracle.Words, scope: Scope) -> Scope:
    """The second half of a closed list bars only what is listed."""
    return scope


def missing_either(*given: Any) -> Any:  # noqa: ANN401
    """What is missing may do anything."""
    for missing in REAL_MISSING(*given):
        yield replace(missing, absence=replace(missing.absence, may=May.EITHER))


def same_region(*given: Any) -> bool:  # noqa: ANN401
    """A region lies in itself only."""
    words, condition, world, value = given
    plain = condition.key != "region"
    return REAL_HOLDS(words, condition, world, value) if plain else world["region"] == value


def best_of_all(demand: Any, rulings: list[Ruling]) -> Ruling:  # noqa: ANN401
    """`any` takes the best, silent or not."""
    best = not isinstance(demand, Every)
    return (max if best else min)(rulings, default=Ruling.NOT_APPLICABLE)


MUTANTS: Final = (
    Mutant("1.3 no may-include", "possibly", oracle.surely),
    Mutant("1.5 no perhaps", "cover_of_part", without_perhaps),
    Mutant("1.5 sure exceptions swapped", "sure_under_exceptions", swapped_sure),
    Mutant("1.5 possible exceptions swapped", "possible_under_exceptions", swapped_possible),
    Mutant("2.2 firmness ignored", "with_firmness", lambda *_: frozenset()),
    Mutant("2.4 choices ignored", "after_choices", lambda _m, stance, _p: stance),
    Mutant("2.4 nobody asks for consent", "after_asking", lambda _m, stance, *_: {stance}),
    Mutant("2.5 no closed-list precedence", "by_list", never),
    Mutant("2.5 no except-as-in", "excepted_as_in", never, "Clause.except_as_in"),
    Mutant("2.5 second half of the same actions", "everything_else", same_actions),
    Mutant("2.6 anybody's consent", "after_whose", lambda stance, *_: {stance}),
    Mutant("2.7 the customer's duties count", "counts_at_all", counting_customers),
    Mutant("3.1 nothing is withdrawn", "withdrawn", never, "Version.withdrawn"),
    Mutant(
        "3.1 no version is known and not recorded", "superseded", never, "Vendor.known_versions"
    ),
    Mutant("3.2 regions do not nest", "one_holds", same_region, "condition region"),
    Mutant("3.3a no overriding", "says_so", never),
    Mutant("3.3a nothing stands alongside", "alongside", never, "Clause.alongside"),
    Mutant("3.3b no document prevails", "by_document", never),
    Mutant("3.3b no chains of documents", "chains", without_chains, "three documents"),
    Mutant(
        "3.3b about a subject, possibly, is surely", "ways_to_rank", sure_ranks, "Precedence.about"
    ),
    Mutant("3.3c the specific does not prevail", "by_specificity", never),
    Mutant("3.3c conditions do not make specific", "more_conditional", never),
    Mutant(
        "3.3c nothing is incorporated",
        "incorporates",
        lambda _v, a, b: a == b,
        "Document.incorporated_by",
    ),
    Mutant("3.3d the express does not prevail", "by_plainness", never),
    Mutant("3.3d everything is plain", "is_plain", always),
    Mutant("3.4 reinstatement", "governing", reinstating, "Clause.overrides"),
    Mutant("3.4 no cycles", "governing", without_cycles),
    Mutant("3.6 statements govern", "counts_at_all", counting_statements),
    Mutant("3.7 everything is verified", "unverified", never),
    Mutant("4.1 silent or met is unclear", "combine", silent_or_met_is_unclear),
    Mutant("4.4 nothing is missing", "missing_in", nothing),
    Mutant("4.4 what is missing may do either", "missing_in", missing_either),
    Mutant("4.4 nothing takes back violated", "tightens", never),
    Mutant("4.4 nothing prevails over what is missing", "over_missing", never),
    Mutant("4.4 nothing is assumed absent", "assumed_absent", never, "Document.assume_absent"),
    Mutant("4.7 readings of terms ignored", "settle", lambda _a, span, _s: span),
    Mutant("4.7 conflicts stay undecided", "by_recorded_reading", never, "RecordedReading.over"),
    Mutant("4.7 all readings ignored", "readings_of", nothing),
    Mutant("5.2 none of a deadline is met", "of_denial", lambda *_: Ruling.MET),
    Mutant("5.3 every exception is tolerated", "tolerated", always),
    Mutant("5.3 every subject counts", "counts_for", always),
    Mutant("5.4 business days are days", "bounds_in_hours", short_weeks, "Duration"),
    Mutant("5.5 nothing missing is about a fact", "missing_states", never),
    Mutant("6.1 any takes the best", "together", best_of_all),
    Mutant("6.2 never not-applicable", "not_stated", lambda *_: Ruling.SILENT),
    Mutant("6.3 nothing is narrowed", "narrowed_in", always),
    Mutant("10.2 no exception is left behind", "leaves_behind", never, "CarveOut.of"),
    Mutant("10.6 opt-out counts as barred", "after_choices", lambda _m, s, _p: barred(s)),
    Mutant("10.9 nothing is replaced", "replaced", lambda *_: frozenset(), "Document.replaces"),
)


def barred(stance: Stance) -> Stance:
    """An opt-out that needs nobody to object."""
    return Stance.BARRED if stance is Stance.OPT_OUT else stance


@cache
def shown_by(seed: int) -> frozenset[str]:
    """What a case exercises."""
    return features(case(seed))


@cache
def true_ruling(seed: int) -> Ruling:
    """What the evaluator says unbroken."""
    return naively(case(seed))


@pytest.mark.slow
@pytest.mark.parametrize("mutant", [pytest.param(m, id=m.name) for m in MUTANTS])
def test_a_broken_rule_is_noticed(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some random case tells the broken rule from the right one."""
    seeds = (s for s in range(MOST) if not mutant.needs or mutant.needs in shown_by(s))

    def broken(seed: int) -> Ruling:
        with monkeypatch.context() as patch:
            patch.setattr(oracle, mutant.patched, mutant.change)
            return naively(case(seed))

    assert any(true_ruling(seed) is not broken(seed) for seed in seeds)
