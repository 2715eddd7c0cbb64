"""What a verdict comes to once a person has said which of two clauses prevails (semantics 4.7).

Such a reading changes how the two stand to each other, and nothing else: no scope, no stance, no
condition. So it is tried out on the field that is there, where both of them apply.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termsgate.core.field import about, tallied, weighed_by
from termsgate.core.govern import union
from termsgate.core.once import once
from termsgate.core.ranking import places_by
from termsgate.core.space import cells
from termsgate.core.verdict import Ruling

if TYPE_CHECKING:
    from termsgate.core.case import Case
    from termsgate.core.field import Field
    from termsgate.core.govern import Contest
    from termsgate.core.standing import ClauseKey


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """The clauses of a field between which somebody may decide."""

    field: Field

    @once
    def contest(self) -> Contest:
        """How they stand to each other before anybody does."""
        return self.field.contest(frozenset(self.field.scene.ranked))

    @once
    def places(self) -> dict[ClauseKey, int]:
        """Where the halves of each clause, or its facts, stand among the contenders."""
        return places_by(one.rival.key for one in self.field.contenders)

    def ruling(self, upper: ClauseKey, lower: ClauseKey) -> Ruling:
        """The verdict where one clause prevails over the other by a recorded reading."""
        over, under = self.places[upper], self.places[lower]
        where = self._present(over) & self._present(under) & self.field.scope
        mutually = (lower, upper) in self.contest.precedents.recorded
        found = self.contest.decided(over, under, mutually=mutually).governing(where)
        total = tallied(self.field.contenders, found)
        return _worst(self.field, where, weighed_by(self.field, total, where))

    def _present(self, places: int) -> int:
        return union(self.field.contenders[place].present for place in cells(places))


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
