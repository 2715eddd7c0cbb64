"""What a verdict comes to once a person has said which of two clauses prevails (semantics 4.7).

Such a reading changes how the two stand to each other, and nothing else: no scope, no stance, no
condition. So it is tried out on the field that is there, where both of them apply.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termsgate.core.account import contest_of
from termsgate.core.field import about, tallied, weighed_by
from termsgate.core.once import once
from termsgate.core.verdict import Criterion, Ruling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.case import Case
    from termsgate.core.field import Field
    from termsgate.core.govern import Contest
    from termsgate.core.standing import ClauseKey

Edge = tuple[int, int, int, Criterion]


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """The clauses of a field between which somebody may decide."""

    field: Field

    @once
    def contest(self) -> Contest:
        """How they stand to each other before anybody does."""
        return contest_of(self.field, frozenset(self.field.scene.ranked))

    @once
    def edges(self) -> tuple[Edge, ...]:
        """Who prevails over whom before anybody does."""
        return tuple(self.contest.edges())

    @once
    def places(self) -> dict[ClauseKey, tuple[int, ...]]:
        """Where the halves of each clause, or its facts, stand among the contenders."""
        found: dict[ClauseKey, tuple[int, ...]] = {}
        for place, one in enumerate(self.field.contenders):
            found[one.rival.key] = (*found.get(one.rival.key, ()), place)
        return found

    def ruling(self, upper: ClauseKey, lower: ClauseKey) -> Ruling:
        """The verdict where one clause prevails over the other by a recorded reading."""
        decided = list(self._decided(upper, lower))
        where = 0
        for _, _, here, _ in decided:
            where |= here & self.field.scope
        edges = [one for one in self._others(upper, lower) if one[2] & where]
        found = self.contest.governing(where, [*edges, *decided])
        total = tallied(self.field.contenders, found)
        return _worst(self.field, where, weighed_by(self.field, total, where))

    def _decided(self, upper: ClauseKey, lower: ClauseKey) -> Iterator[Edge]:
        contenders, recorded = self.field.contenders, self.contest.precedents.recorded
        for first in self.places[upper]:
            for second in self.places[lower]:
                here = contenders[first].present & contenders[second].present
                if here:
                    yield first, second, here, Criterion.RECORDED
                    if (lower, upper) in recorded:
                        yield second, first, here, Criterion.RECORDED

    def _others(self, upper: ClauseKey, lower: ClauseKey) -> Iterator[Edge]:
        """How all but these two stand to each other."""
        two = {*self.places[upper]}, {*self.places[lower]}
        for edge in self.edges:
            first, second, _, _ = edge
            between = (first in two[0] and second in two[1]) or (
                first in two[1] and second in two[0]
            )
            if not between:
                yield edge


def _worst(before: Field, where: int, after: Field) -> Ruling:
    """The worst over all points: as it was, but for those where both apply."""
    return min(
        ruling
        for ruling in (Ruling.VIOLATED, Ruling.UNCLEAR, Ruling.SILENT, Ruling.MET)
        if before.cells_of(ruling) & ~where or after.cells_of(ruling)
    )


def dispute_in(case: Case, field: Field) -> Dispute | None:
    """What can be decided on a field, if the whole verdict can be read from it alone."""
    whole = len(case.leaves) == 1 and len(case.settled[0].fields) == 1
    waits = case.guards or case.applies is not True or case.leaves[0].whens
    if not whole or waits or field.scene.missing or about(field.scene):
        return None
    return Dispute(field=field)
