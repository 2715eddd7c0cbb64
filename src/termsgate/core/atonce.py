"""The verdicts that need no grid: a few clauses, or facts, with nothing open beside them (4.1).

Exact where it answers, silent where it does not. Where no condition is open, no choice recorded
and nothing missing touches a requirement, who governs where is a matter of boxes (`weighed`).
Everything else is for the grid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from termsgate.core.facts import Effect, effect, holds_for
from termsgate.core.field import ALL_AXES
from termsgate.core.judge import is_about, named_axes
from termsgate.core.model import Firmness, Forbid, Narrowing
from termsgate.core.regions import possible_region, shares, sure_region
from termsgate.core.scene import is_there, missing_is_there, states
from termsgate.core.stances import NOTHING_RECORDED, pull_of
from termsgate.core.standing import Pull
from termsgate.core.touching import contracts_at_hand, names_one
from termsgate.core.tree import Leaf, combine
from termsgate.core.verdict import Ruling
from termsgate.core.vocabulary import is_below
from termsgate.core.weighed import Weighed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termsgate.core.model import Require, WhenStated
    from termsgate.core.standing import Half, Standing, Statement
    from termsgate.core.tree import Knot

MOST_AT_ONCE = 12
"""More that touch a requirement than this are left to the grid, which bounds what is open."""


class Seen(NamedTuple):
    """A verdict seen at once, with the parts it rests on.

    `unstated` are facts that would have to be stated for some part to apply, and are not.
    """

    ruling: Ruling
    sights: tuple[Weighed, ...] = ()
    unstated: tuple[str, ...] = ()


def at_once(tree: Leaf | Knot, standing: Standing) -> Seen | None:
    """The verdict of a requirement, if it can be seen without a grid."""
    if not standing.is_settled:
        return None
    if not isinstance(tree, Leaf):
        return _of_parts(tree, standing)
    if tree.empty:
        return Seen(Ruling.NOT_APPLICABLE)
    if any(when.narrowing != Narrowing() for when in tree.whens):
        return None
    if isinstance(tree.demand, Forbid):
        return _use(tree, tree.demand, standing)
    return _bound(tree, tree.demand, standing)


def _of_parts(tree: Knot, standing: Standing) -> Seen | None:
    found: list[Seen] = []
    for part in tree.parts:
        one = at_once(part, standing)
        if one is None:
            return None
        found.append(one)
    whole = combine((one.ruling for one in found), every=tree.every)
    return Seen(
        whole,
        tuple(sight for one in found if one.ruling is whole for sight in one.sights),
        tuple(fact for one in found for fact in one.unstated),
    )


def _seen(sight: Weighed) -> Seen | None:
    ruling = sight.ruling
    return None if ruling is None else Seen(ruling, (sight,))


# --- uses ----------------------------------------------------------------------------------------


def near(leaf: Leaf, standing: Standing) -> list[Half]:
    """The clauses that may touch the box around a leaf and are there for it."""
    a, b, c, d = leaf.hull
    found = [
        half for (e, f, g, h), half in standing.outlines if a & e and b & f and c & g and d & h
    ]
    if leaf.narrowings:
        found = [half for half in found if is_there(half.clause, half.document, leaf.narrowings)]
    return found


def _use(leaf: Leaf, demand: Forbid, standing: Standing) -> Seen | None:
    boxes = leaf.boxes
    for one in standing.missing:
        if one.reaches(boxes) and missing_is_there(one, leaf.narrowings):
            return None
    halves = near(leaf, standing)
    if len(halves) > MOST_AT_ONCE or any(half.guards or half.conditional for half in halves):
        return None
    pulls = [pull_of(half, demand, NOTHING_RECORDED) for half in halves]
    sight = Weighed(leaf=leaf, standing=standing, rivals=tuple(halves), pulls=tuple(pulls))
    return _without_use(sight) if leaf.whens else _seen(sight)


# --- facts ---------------------------------------------------------------------------------------


def _bound(leaf: Leaf, demand: Require, standing: Standing) -> Seen | None:
    if demand.subjects or any(is_about(one, demand.fact) for one in standing.missing):
        return None
    if any(one.guards or one.conditional for one in standing.by_fact.get(demand.fact, ())):
        return None
    unstated = _unstated(leaf, standing.statements, standing)
    if unstated is None:
        return None
    if unstated:
        return _neutral(unstated[0], standing)
    rivals: list[Statement] = []
    pulls: list[Pull] = []
    for stated, found in _counted(leaf, demand, standing):
        if found is Effect.UNSURE:
            return None
        if found is not None:
            rivals.append(stated)
            pulls.append(_EFFECT[found])
    if not rivals:
        return Seen(Ruling.SILENT, (Weighed(leaf=leaf, standing=standing),))
    if len(rivals) > MOST_AT_ONCE:
        return None
    axes = ALL_AXES if demand.of is None else named_axes(demand.of)
    return _seen(
        Weighed(
            leaf=leaf,
            standing=standing,
            rivals=tuple(rivals),
            pulls=tuple(pulls),
            axes=axes,
            everywhere=demand.of is None,
        )
    )


_EFFECT = {Effect.MEETS: Pull(True, False), Effect.FAILS: Pull(False, True)}  # noqa: FBT003


def _counted(
    leaf: Leaf, demand: Require, standing: Standing
) -> Iterator[tuple[Statement, Effect | None]]:
    vocabulary = standing.vocabulary
    definition = vocabulary.facts[demand.fact]
    for stated in standing.by_fact.get(demand.fact, ()):
        if holds_for(stated.fact, None, definition) and is_there(
            stated.clause, stated.document, leaf.narrowings
        ):
            yield stated, effect(stated.fact, demand, vocabulary)


# --- when stated (6.2) ---------------------------------------------------------------------------


def _without_use(sight: Weighed) -> Seen | None:
    """What a use requirement says that waits for a fact: a clause that governs must state it."""
    leaf, standing = sight.leaf, sight.standing
    governs = sight.governs
    if governs is None:
        return None
    verbless = [one for one in standing.statements if one.clause.scope is None]
    unstated = _unstated(leaf, verbless, standing)
    if unstated is None:
        return None
    clauses = [half.clause for half, region in zip(sight.rivals, governs, strict=True) if region]
    for when in unstated:
        if not any(states(clause, when.fact) for clause in clauses):
            return _neutral(when, standing)
    return _seen(sight)


def _unstated(
    leaf: Leaf, statements: Iterable[Statement], standing: Standing
) -> list[WhenStated] | None:
    """The facts a part waits for that none of these surely states; nothing where that is open."""
    found: list[WhenStated] = []
    for when in leaf.whens:
        stating = [
            one
            for fact, stated in standing.by_fact.items()
            if is_below(fact, when.fact)
            for one in stated
        ]
        if any(one.guards or one.conditional for one in stating):
            return None
        among = {id(one) for one in statements}
        if not any(id(one) in among and _states(one, leaf) for one in stating):
            found.append(when)
    return found


def _states(one: Statement, leaf: Leaf) -> bool:
    """Whether a clause that is there states its fact for a point of a part."""
    return (
        one.fact.firmness is not Firmness.DISCRETION
        and is_there(one.clause, one.document, leaf.narrowings)
        and shares(sure_region(leaf.layers), possible_region(one.layers))
    )


def _neutral(when: WhenStated, standing: Standing) -> Seen | None:
    """What a part says whose fact nobody states, if no document not at hand may state it."""
    if any(names_one(one, (when.fact,)) for one in standing.missing):
        return None
    neutral = bool(contracts_at_hand(standing, {})) and not when.otherwise_silent
    ruling = Ruling.NOT_APPLICABLE if neutral else Ruling.SILENT
    return Seen(ruling, unstated=(when.fact,))
