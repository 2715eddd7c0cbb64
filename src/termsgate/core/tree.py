"""The parts of a requirement, and what a compound makes of theirs (semantics 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termsgate.core.model import Every, Forbid, Narrowing, Require, Some
from termsgate.core.scene import is_empty, joined, layers_of
from termsgate.core.space import union_box
from termsgate.core.verdict import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from termsgate.core.model import Demand, Requirement, Scope, WhenStated
    from termsgate.core.space import BoxMask, Layer
    from termsgate.core.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One use requirement or bound, with all that the compounds around it add (10.25).

    `layers` is the scope it is judged on, compiled; `hull` the smallest box around it; `empty`
    says that it has no point. `is_use` says that it is about uses; `facts` are those it bounds or
    waits for.
    """

    demand: Forbid | Require
    layers: tuple[Layer, ...]
    hull: BoxMask
    empty: bool
    narrowings: tuple[Narrowing, ...] = ()
    whens: tuple[WhenStated, ...] = ()

    is_use: bool = True
    facts: tuple[str, ...] = ()

    @property
    def boxes(self) -> tuple[BoxMask, ...]:
        """The boxes of its scope."""
        return tuple(layer.sure for layer in self.layers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Knot:
    """A compound: the worst of its parts, or the best of those not silent (semantics 6.1)."""

    parts: tuple[Leaf | Knot, ...]
    every: bool


def _tree(
    demand: Demand,
    vocabulary: Vocabulary,
    narrowings: tuple[Narrowing, ...] = (),
    whens: tuple[WhenStated, ...] = (),
) -> Leaf | Knot:
    narrowings = (*narrowings, *joined(demand.narrowing, Narrowing()))
    if demand.when_stated is not None:
        whens = (*whens, demand.when_stated)
    if isinstance(demand, Every | Some):
        return Knot(
            parts=tuple(_tree(part, vocabulary, narrowings, whens) for part in demand.parts),
            every=isinstance(demand, Every),
        )
    layers = layers_of(demand, vocabulary)
    hull = union_box(layer.sure for layer in layers)
    return Leaf(
        demand=demand,
        layers=layers,
        hull=hull,
        empty=is_empty(layers),
        narrowings=narrowings,
        whens=whens,
        is_use=isinstance(demand, Forbid),
        facts=_facts(demand, whens),
    )


def _facts(demand: Forbid | Require, whens: tuple[WhenStated, ...]) -> tuple[str, ...]:
    """The facts that a part waits for, and the one it bounds."""
    waits = tuple(when.fact for when in whens)
    return (*waits, demand.fact) if isinstance(demand, Require) else waits


def own_scope(demand: Forbid | Require) -> Scope | None:
    """The scope a requirement writes, if it does."""
    return demand.scope if isinstance(demand, Forbid) else demand.of


def own_terms(demand: Forbid | Require) -> tuple[tuple[str, ...], ...]:
    """The requirement's own terms on each axis."""
    scope = own_scope(demand)
    found: list[dict[str, None]] = [{}, {}, {}, {}]
    for part in scope.parts if scope is not None else ():
        box = part.box
        for place, terms in enumerate((box.action, box.data, box.by, box.state)):
            found[place].update(dict.fromkeys(terms or ()))
    if isinstance(demand, Forbid):
        found[2].setdefault("vendor")
        found[3].setdefault("identifiable")
    return tuple(tuple(terms) for terms in found)


def tree_of(requirement: Requirement, vocabulary: Vocabulary) -> Leaf | Knot:
    """A requirement's parts, compiled once for a vocabulary."""
    kept = vocabulary.memory.get(id(requirement))
    if kept is not None and kept[0] is requirement:
        return kept[1]  # type: ignore[return-value]
    tree = _tree(requirement.demand, vocabulary)
    vocabulary.memory[id(requirement)] = (requirement, tree)
    return tree


def leaves_of(tree: Leaf | Knot) -> Iterator[Leaf]:
    """The parts that are judged by themselves."""
    if isinstance(tree, Leaf):
        yield tree
    else:
        for part in tree.parts:
            yield from leaves_of(part)


def combine(rulings: Iterable[Ruling], *, every: bool) -> Ruling:
    """What a compound says (semantics 6.1, 10.24)."""
    applicable = [one for one in rulings if one is not Ruling.NOT_APPLICABLE]
    if not applicable:
        return Ruling.NOT_APPLICABLE
    if every:
        return min(applicable)
    return max((one for one in applicable if one is not Ruling.SILENT), default=Ruling.SILENT)


def roll_up(tree: Leaf | Knot, rulings: Mapping[int, Ruling]) -> Ruling:
    """The verdict of a tree whose leaves, by identity, have these."""
    if isinstance(tree, Leaf):
        return rulings[id(tree)]
    return combine((roll_up(part, rulings) for part in tree.parts), every=tree.every)
