"""The verdicts that need no grid: clauses, or facts, that all pull the same way (semantics 4.1).

Exact where it answers, silent where it does not. Where nothing is open and nothing missing
touches a requirement: no clause near it is silent; clauses that only meet the need, and plain
boxes of which surely cover it, are met; clauses that only fail it, one of which surely covers
some of it, are violated. The same holds for facts. Everything else is for the grid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termsgate.core.facts import Effect, effect, holds_for
from termsgate.core.field import ALL_AXES
from termsgate.core.govern import NEITHER, has_cycle, precedents
from termsgate.core.judge import is_about, named_axes
from termsgate.core.model import Firmness, Forbid, Narrowing
from termsgate.core.scene import is_there, missing_is_there, states
from termsgate.core.stances import NOTHING_RECORDED, stances_here
from termsgate.core.tree import Leaf, combine
from termsgate.core.verdict import Ruling
from termsgate.core.vocabulary import is_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termsgate.core.model import Require, WhenStated
    from termsgate.core.space import BoxMask, Layer
    from termsgate.core.standing import Half, Standing, Statement
    from termsgate.core.tree import Knot

MOST_AT_ONCE = 12
"""More that touch a requirement than this are left to the grid, which bounds what is open."""


Sight = tuple["Leaf", tuple["Half | Statement", ...]]
"""A part, and the clauses or facts that touch it."""

Seen = tuple[Ruling, tuple[Sight, ...]]
"""A verdict seen at once, with the parts it rests on."""


def at_once(tree: Leaf | Knot, standing: Standing) -> Seen | None:
    """The verdict of a requirement, if it can be seen without a grid."""
    if not standing.is_settled:
        return None
    if not isinstance(tree, Leaf):
        return _of_parts(tree, standing)
    if tree.empty:
        return Ruling.NOT_APPLICABLE, ()
    demand = tree.demand
    if isinstance(demand, Forbid):
        return _use(tree, demand, standing)
    if not all(_is_surely_stated(when, tree, demand, standing) for when in tree.whens):
        return None
    return _fact(tree, demand, standing)


def _of_parts(tree: Knot, standing: Standing) -> Seen | None:
    found: list[Seen] = []
    for part in tree.parts:
        one = at_once(part, standing)
        if one is None:
            return None
        found.append(one)
    whole = combine((ruling for ruling, _ in found), every=tree.every)
    deciding = (sights for ruling, sights in found if ruling is whole)
    return whole, tuple(sight for sights in deciding for sight in sights)


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
    if not halves:
        return None if leaf.whens else (Ruling.SILENT, ())
    if len(halves) > MOST_AT_ONCE or any(half.guards or half.conditional for half in halves):
        return None
    left = free = halves
    pull = _pull(halves, demand)
    if pull is None or leaf.whens:
        left, free = _undefeated(halves, leaf, standing)
        pull = _pull(left, demand)
    if pull is None or not all(_states(when, free, leaf) for when in leaf.whens):
        return None
    sure = [box for half in left for box in half.plainly]
    ruling = _by_boxes(leaf.layers, sure, ALL_AXES, meets=pull)
    return None if ruling is None else (ruling, ((leaf, tuple(halves)),))


def _undefeated(
    halves: list[Half], leaf: Leaf, standing: Standing
) -> tuple[list[Half], list[Half]]:
    """The clauses over which none prevails that surely covers the whole, and over which none does.

    Semantics 3.4; no clause at all where some may prevail over one another in a circle.
    """
    whole = {
        place
        for place, half in enumerate(halves)
        if all(any(_lies_in(box, own, ALL_AXES) for own in half.plainly) for box in leaf.boxes)
    }
    rules = precedents(standing, standing.always_ranked)
    over, perhaps = [], []
    for place, first in enumerate(halves):
        for other, second in enumerate(halves):
            relation = rules.relation(first, second) if place != other else NEITHER
            if relation.first is not None:
                over.append((place, other))
            elif not relation.settled and first.plain:
                perhaps.append((place, other))
    if not whole or has_cycle(len(halves), (*over, *perhaps)):
        return [], []
    beaten = {other for place, other in over if place in whole}
    touched = {other for _, other in (*over, *perhaps)}
    left = [half for place, half in enumerate(halves) if place not in beaten]
    return left, [half for place, half in enumerate(halves) if place not in touched]


def _states(when: WhenStated, free: list[Half], leaf: Leaf) -> bool:
    """Whether a clause that surely governs some of it states the fact (semantics 6.2)."""
    return when.narrowing == Narrowing() and any(
        states(half.clause, when.fact)
        and any(_shares(own, box, ALL_AXES) for own in half.plainly for box in leaf.boxes)
        for half in free
    )


def _is_surely_stated(when: WhenStated, leaf: Leaf, demand: Require, standing: Standing) -> bool:
    """Whether a clause without conditions states the fact where a bound is judged."""
    if when.narrowing != Narrowing():
        return False
    named = ALL_AXES if demand.of is None else named_axes(demand.of)
    return any(
        not (one.guards or one.conditional)
        and one.fact.firmness is not Firmness.DISCRETION
        and is_there(one.clause, one.document, leaf.narrowings)
        and any(_shares(own, box, named) for own in one.plainly if all(own) for box in leaf.boxes)
        for fact, stated in standing.by_fact.items()
        if is_below(fact, when.fact)
        for one in stated
    )


def _pull(halves: Iterable[Half], demand: Forbid) -> bool | None:
    """Whether all these clauses meet the need, or all fail it; nothing where they differ."""
    found: bool | None = None
    key = demand.need, demand.consent_from
    for half in halves:
        if key not in half.pulls:
            stances = stances_here(half, demand, NOTHING_RECORDED)
            meets = {stance >= demand.need for stance in stances}
            half.pulls[key] = meets.pop() if len(meets) == 1 else None
        one = half.pulls[key]
        if one is None or (found is not None and one is not found):
            return None
        found = one
    return found


def _by_boxes(
    scope: tuple[Layer, ...], sure: list[BoxMask], axes: frozenset[int], *, meets: bool
) -> Ruling | None:
    """Met where one box surely covers each of the scope, violated where one surely touches one."""
    if meets:
        covered = all(any(_lies_in(layer.sure, box, axes) for box in sure) for layer in scope)
        return Ruling.MET if covered else None
    plain = [layer.sure for layer in scope if not layer.carved]
    touched = any(_shares(own, box, axes) for own in plain for box in sure)
    return Ruling.VIOLATED if touched else None


def _lies_in(inner: BoxMask, outer: BoxMask, axes: frozenset[int]) -> bool:
    return not any(inner[axis] & ~outer[axis] for axis in axes)


def _shares(first: BoxMask, second: BoxMask, axes: frozenset[int]) -> bool:
    return all(first[axis] & second[axis] for axis in axes)


# --- facts ---------------------------------------------------------------------------------------


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


def _fact(leaf: Leaf, demand: Require, standing: Standing) -> Seen | None:
    if demand.subjects or any(is_about(one, demand.fact) for one in standing.missing):
        return None
    effects: set[Effect] = set()
    sure: list[BoxMask] = []
    facts: list[Statement] = []
    for stated, found in _counted(leaf, demand, standing):
        if stated.guards or stated.conditional:
            return None
        if found is not None:
            effects.add(found)
            facts.append(stated)
            # A scope that has no point on one axis has none at all.
            sure.extend(box for box in stated.plainly if all(box))
    if not effects:
        return Ruling.SILENT, ()
    if len(effects) > 1 or len(sure) > MOST_AT_ONCE or Effect.UNSURE in effects:
        return None
    meets = Effect.MEETS in effects
    ruling: Ruling | None
    if demand.of is not None:
        ruling = _by_boxes(leaf.layers, sure, named_axes(demand.of), meets=meets)
    else:
        # Wherever one is stated it does the same; somewhere one surely is.
        ruling = (Ruling.MET if meets else Ruling.VIOLATED) if sure else None
    return None if ruling is None else (ruling, ((leaf, tuple(facts)),))
