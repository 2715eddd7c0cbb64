"""What a verdict comes to under an answer, judged again only where the answer matters (4.6).

An answer about a clause changes what that clause covers, or what it does, or over whom it
prevails: nothing else, and nothing where the clause does not apply. So it is tried out on the
fields that are there. Where an answer may change more, nothing is said here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from termsgate.core.case import waiting
from termsgate.core.field import about, of_one_mind, tallied, weighed_by
from termsgate.core.govern import Contender, union
from termsgate.core.judge import contender_of, contender_stating, counted, reached
from termsgate.core.model import Forbid, Require
from termsgate.core.once import once
from termsgate.core.ranking import places_by
from termsgate.core.space import cells, union_box
from termsgate.core.stances import choice_cells
from termsgate.core.touching import near_of, stating_of
from termsgate.core.tree import combine, roll_up
from termsgate.core.varying import remade
from termsgate.core.verdict import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termsgate.core.case import Case, Outcome
    from termsgate.core.field import Field
    from termsgate.core.govern import Contest, Rival
    from termsgate.core.scene import Scene
    from termsgate.core.stances import Recorded
    from termsgate.core.standing import ClauseKey, Half, Statement
    from termsgate.core.varying import Remade, Tried


# --- one field ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A field of a case on which answers are tried, with nothing missing about it."""

    field: Field

    @once
    def contest(self) -> Contest:
        """How those on it stand to each other before anybody answers."""
        return self.field.contest(frozenset(self.field.scene.ranked))

    @once
    def scope(self) -> int:
        """The cells it is about."""
        field = self.field
        return reached(field.contenders) if self._is_of_everything else field.scope

    @property
    def _is_of_everything(self) -> bool:
        demand = self.field.demand
        return isinstance(demand, Require) and demand.of is None

    @once
    def choices(self) -> list[tuple[int, Recorded]]:
        """Its cells, by what we chose about them."""
        return choice_cells(self.field.scene.standing, self.field.grid)

    @once
    def is_agreed(self) -> bool:
        """Whether all that apply do the same, whoever governs."""
        return of_one_mind(self.field.contenders, self.scope) is not None

    @once
    def before(self) -> Field:
        """The verdict at each point before anybody answers, from who governs there."""
        if not self.is_agreed:
            return self.field
        found = self.contest.governing(self.scope)
        return weighed_by(self.field, tallied(self.field.contenders, found), self.scope)

    @once
    def places(self) -> dict[ClauseKey, int]:
        """Where the halves of each clause, or its facts, stand among the contenders."""
        return places_by(one.rival.key for one in self.field.contenders)

    def standing(self, keys: Iterable[ClauseKey]) -> int:
        """The places of some clauses."""
        found = 0
        for key in keys:
            found |= self.places.get(key, 0)
        return found

    def _present(self, places: int) -> int:
        return union(self.field.contenders[place].present for place in cells(places))

    # --- who prevails -----------------------------------------------------------------------------

    def decided(self, upper: ClauseKey, lower: ClauseKey) -> Ruling:
        """The verdict where one clause prevails over another by a recorded reading (4.7)."""
        over, under = self.standing([upper]), self.standing([lower])
        where = self._present(over) & self._present(under) & self.scope
        if not where or self.is_agreed:
            return self.field.ruling
        mutually = (lower, upper) in self.contest.precedents.recorded
        contest = self.contest.decided(over, under, mutually=mutually)
        return self._judged_in(where, contest, self.field)

    # --- what a clause covers, and what it does ---------------------------------------------------

    def changed(self, touched: frozenset[ClauseKey], new: tuple[Contender, ...]) -> Ruling:
        """The verdict where some clauses cover, or do, something else."""
        gone = self.standing(touched)
        contenders = [*self.field.contenders, *new]
        for place in cells(gone):
            contenders[place] = _absent(contenders[place])
        field = replace(self.field, contenders=tuple(contenders), contests={})
        where = self._present(gone) | reached(new)
        scope = reached(contenders) if self._is_of_everything else self.scope
        if self._is_of_everything and not scope:
            return Ruling.SILENT  # nothing is stated any more (semantics 5.2)
        agreed = of_one_mind(field.contenders, scope)
        if agreed is not None:
            return weighed_by(field, agreed, scope).ruling
        contest = self.contest.changed(field.contenders)
        return self._judged_in(where & scope, contest, field)

    def _judged_in(self, where: int, contest: Contest, field: Field) -> Ruling:
        """The worst over all points: as it was, but for some that are judged again."""
        found = contest.governing(where)
        after = weighed_by(field, tallied(contest.contenders, found), where)
        return min(
            (
                ruling
                for ruling in (Ruling.VIOLATED, Ruling.UNCLEAR, Ruling.SILENT, Ruling.MET)
                if self.before.cells_of(ruling) & ~where or after.cells_of(ruling)
            ),
            default=Ruling.NOT_APPLICABLE,
        )


def _absent(one: Contender) -> Contender:
    """Somebody who applies nowhere."""
    return Contender(rival=one.rival, sure=0, present=0, always=0)


# --- one part -------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a case, with what applies to it and the fields it was judged on."""

    outcome: Outcome
    scene: Scene

    @once
    def grounds(self) -> tuple[Ground, ...]:
        """Its fields, one for each subject of a bound."""
        return tuple(Ground(field=field) for field in self.outcome.fields)

    @property
    def _subjects(self) -> tuple[str | None, ...]:
        demand = self.outcome.leaf.demand
        return demand.subjects if isinstance(demand, Require) and demand.subjects else (None,)

    @once
    def _is_ready(self) -> bool:
        """Whether it was judged, and on clauses alone: nothing is missing, no rank in doubt."""
        return bool(self.outcome.fields) and not (self.scene.missing or about(self.scene))

    @once
    def _keys(self) -> frozenset[ClauseKey]:
        """The clauses that apply to it."""
        halves = frozenset(one.key for one in self.scene.halves)
        return halves.union(one.key for one in self.scene.statements)

    @property
    def _waits_for_who_governs(self) -> bool:
        """Whether a clause that governs must state something first (semantics 6.2)."""
        leaf = self.outcome.leaf
        return bool(leaf.whens) and isinstance(leaf.demand, Forbid)

    def decided(self, upper: ClauseKey, lower: ClauseKey) -> Ruling | None:
        """Its verdict where one clause prevails over another by a recorded reading."""
        if self.outcome.leaf.empty or not self._keys.issuperset((upper, lower)):
            return self.outcome.ruling
        if self._waits_for_who_governs or not self._is_ready:
            return None
        return combine((one.decided(upper, lower) for one in self.grounds), every=True)

    def changed(self, new: Remade) -> Ruling | None:
        """Its verdict where some clauses cover, or do, something else."""
        leaf = self.outcome.leaf
        outlines = ((union_box(half.around), half) for half in new.halves)
        halves = near_of(leaf, outlines) if isinstance(leaf.demand, Forbid) else ()
        stated = stating_of(leaf, new.statements)
        if leaf.empty or not (halves or stated or self._keys & new.touched):
            return self.outcome.ruling
        rivals: tuple[Rival, ...] = (*halves, *stated)
        if not self._is_ready or any(one.guards or one.conditional for one in rivals):
            return None
        before = any(half.key in new.touched for half in self.scene.halves)
        if self._waits_for_who_governs and (before or halves):
            return None
        waits = self._waits(new.touched, halves, stated)
        if waits is not None:
            return waits.ruling
        if not all(self._tells(one) for one in rivals):
            return None
        return combine(self._rulings(new, halves, stated), every=True)

    def _waits(
        self, touched: frozenset[ClauseKey], halves: tuple[Half, ...], stated: tuple[Statement, ...]
    ) -> Outcome | None:
        """What it comes to where nobody states what it waits for any more."""
        leaf, old = self.outcome.leaf, self.scene
        if not leaf.whens:
            return None
        scene = replace(
            old,
            halves=(*(one for one in old.halves if one.key not in touched), *halves),
            statements=(*(one for one in old.statements if one.key not in touched), *stated),
        )
        field = None
        if isinstance(leaf.demand, Forbid):
            (ground,) = self.grounds
            field = replace(ground.field, scene=scene, governs=ground.field.where)
        return waiting(leaf, scene, field)

    def _tells(self, rival: Rival) -> bool:
        """Whether every grid of it tells apart what a clause covers."""
        return all(ground.field.grid.tells(rival.layers) for ground in self.grounds)

    def _rulings(
        self, new: Remade, halves: tuple[Half, ...], stated: tuple[Statement, ...]
    ) -> Iterator[Ruling]:
        demand, scene = self.outcome.leaf.demand, self.scene
        for ground, subject in zip(self.grounds, self._subjects, strict=True):
            field = ground.field
            if isinstance(demand, Forbid):
                contenders = tuple(
                    contender_of(one, demand, field.grid, ground.choices, evidence=scene.evidence)
                    for one in halves
                )
            else:
                contenders = tuple(
                    contender_stating(one, does, field.grid, field.axes)
                    for one, does in counted(demand, subject, stated, scene, new.supposing)
                )
            yield ground.changed(new.touched, contenders)


# --- the whole case -------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Retrial:
    """A case on which answers are tried."""

    case: Case

    @once
    def parts(self) -> tuple[Part, ...]:
        """Its parts; none where a condition is open: an answer is then judged under each of its."""
        case = self.case
        if case.guards or case.applies is not True:
            return ()
        return tuple(
            Part(outcome=outcome, scene=scene)
            for outcome, scene in zip(case.settled, case.scenes, strict=True)
        )

    def ruling(self, answer: Tried) -> Ruling | None:
        """The verdict had a person recorded an answer; nothing where it may change more."""
        if not self.parts:
            return None
        found: dict[int, Ruling] = {}
        for part, ruling in zip(self.parts, self._rulings(answer), strict=False):
            if ruling is None:
                return None
            found[id(part.outcome.leaf)] = ruling
        return roll_up(self.case.tree, found) if len(found) == len(self.parts) else None

    def _rulings(self, answer: Tried) -> Iterator[Ruling | None]:
        decision = decision_in(answer)
        if decision is not None:
            yield from (part.decided(*decision) for part in self.parts)
            return
        new = remade(self.case.standing, answer)
        if new is not None:
            yield from (part.changed(new) for part in self.parts)


def decision_in(answer: Tried) -> tuple[ClauseKey, ClauseKey] | None:
    """The clause that an answer puts over another, and the other, if that is all it says."""
    if len(answer.readings) != 1 or answer.choices or answer.supposing:
        return None
    (reading,) = answer.readings
    return None if reading.over is None else ((reading.document, reading.clause), reading.over)
