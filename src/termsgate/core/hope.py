"""Which parts of a silent verdict could be met, were all that is open settled (4.1, 10.28)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termsgate.core.tree import Leaf, combine
from termsgate.core.verdict import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from termsgate.core.case import Outcome
    from termsgate.core.field import Field
    from termsgate.core.tree import Knot


def hopeful(tree: Leaf | Knot, outcomes: Iterable[Outcome]) -> frozenset[int]:
    """The leaves, by identity, of which a question may help to make a silent verdict met.

    A part of `all` helps only where each of the others is met or could be.
    """
    found = tuple(outcomes)
    best = {id(one.leaf): _best(one) for one in found}
    silent = {id(one.leaf) for one in found if one.ruling is Ruling.SILENT}
    return frozenset(id(leaf) for leaf in _helping(tree, best) if id(leaf) in silent)


def _best(outcome: Outcome) -> Ruling:
    """The verdict of a part where every doubt is settled in its favour."""
    if outcome.ruling is not Ruling.SILENT or not outcome.fields:
        return outcome.ruling
    silent = (field for field in outcome.fields if field.ruling is Ruling.SILENT)
    return Ruling.MET if all(map(_could_be_met, silent)) else Ruling.SILENT


def _could_be_met(field: Field) -> bool:
    """Whether some clause possibly governs each point that is silent."""
    left = field.silent
    for where in field.where:
        left &= ~where
    return not left


def _helping(tree: Leaf | Knot, best: Mapping[int, Ruling]) -> Iterator[Leaf]:
    """The leaves below that could be met, unless something beside them keeps the whole silent."""
    if _at_best(tree, best) is Ruling.SILENT:
        return
    if isinstance(tree, Leaf):
        yield tree
        return
    for part in tree.parts:
        yield from _helping(part, best)


def _at_best(tree: Leaf | Knot, best: Mapping[int, Ruling]) -> Ruling:
    if isinstance(tree, Leaf):
        return best[id(tree)]
    return combine((_at_best(part, best) for part in tree.parts), every=tree.every)
