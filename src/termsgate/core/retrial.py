"""What a verdict comes to under an answer, judged again only where the answer matters (4.6).

An answer about a clause changes what that clause covers, or what it does, or over whom it
prevails: nothing else, and nothing where the clause does not apply. So it is tried out on the
fields that are there. Where an answer may change more, nothing is said here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from termsgate.core.case import waiting
from termsgate.core.field import Points, Tally, about, of_one_mind, tallied, weighed, weighed_by
from termsgate.core.govern import Contender, Governing
from termsgate.core.judge import contender_of, contender_stating, counted, reached
from termsgate.core.model import Forbid, Require
from termsgate.core.once import once
from termsgate.core.ranking import places_by
from termsgate.core.space import cells, union, union_box
from termsgate.core.stances import choice_cells
from termsgate.core.touching import near_of, stating_of
from termsgate.core.tree import combine, roll_up
from termsgate.core.varying import remade
from termsgate.core.verdict import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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

    @once
    def _reach(self) -> dict[ClauseKey, int]:
        """Where each clause possibly applies."""
        return {key: self._present(places) for key, places in self.places.items()}

    def _present(self, places: int) -> int:
        return union(self.field.contenders[place].present for place in cells(places))

    # --- how many say what ------------------------------------------------------------------------

    @once
    def governing(self) -> Voices:
        """What those do that possibly govern, before anybody answers."""
        return Voices.of(self.field.contenders, self.before.where, self.scope)

    @once
    def applying(self) -> Voices:
        """What those do that possibly apply."""
        contenders = self.field.contenders
        return Voices.of(contenders, [one.present for one in contenders], self.scope)

    # --- who prevails -----------------------------------------------------------------------------

    def decided(self, upper: ClauseKey, lower: ClauseKey) -> Ruling:
        """The verdict where one clause prevails over another by a recorded reading (4.7)."""
        where = self._reach.get(upper, 0) & self._reach.get(lower, 0) & self.scope
        if not where or self.is_agreed:
            return self.field.ruling
        over, under = self.places[upper], self.places[lower]
        mutually = (lower, upper) in self.contest.precedents.recorded
        if not mutually and self._is_simple(over, under, where):
            return self._beaten(over, under, where)
        found = self.contest.decided(over, under, mutually=mutually).governing(where)
        total = tallied(self.field.contenders, found)
        return self._worst(where, weighed(total, where, self._always))

    def _is_simple(self, over: int, under: int, where: int) -> bool:
        """Whether one put over another beats that one and changes nothing else."""
        return (
            _is_one(over)
            and _is_one(under)
            and not self._circular & where
            and not self.contest.leading_to(over.bit_length() - 1) & under
        )

    @once
    def _circular(self) -> int:
        """The cells in which some prevail over one another in a circle."""
        return self.contest.circular(self.scope)

    def _beaten(self, over: int, under: int, where: int) -> Ruling:
        """The verdict where one is beaten by another over whom it does not prevail."""
        place = under.bit_length() - 1
        loser, winner = self.field.contenders[place], self.field.contenders[over.bit_length() - 1]
        gone = Voice.of(loser, self.before.where[place] & where & winner.always)
        total = self.governing.changed(gone, SILENCE)
        return self._worst(where, weighed(total, where, self._always))

    # --- what a clause covers, and what it does ---------------------------------------------------

    def changed(self, touched: frozenset[ClauseKey], new: tuple[Contender, ...]) -> Ruling:
        """The verdict where some clauses cover, or do, something else."""
        gone = self.standing(touched)
        if self._is_apart(gone, new):
            return self._replaced(gone, new)
        contenders = [*self.field.contenders, *new]
        for place in cells(gone):
            contenders[place] = _absent(contenders[place])
        where = self._present(gone) | reached(new)
        scope = reached(contenders) if self._is_of_everything else self.scope
        if self._is_of_everything and not scope:
            return Ruling.SILENT  # nothing is stated any more (semantics 5.2)
        covered = self._covered(union(one.always for one in contenders))
        agreed = of_one_mind(contenders, scope)
        if agreed is not None:
            return self._worst(-1, weighed(agreed, scope, covered))
        contest = self.contest.changed(tuple(contenders))
        found = self._governing(contest, gone, where & scope)
        return self._worst(
            where & scope, weighed(tallied(contenders, found), where & scope, covered)
        )

    def _governing(self, contest: Contest, gone: int, where: int) -> Governing:
        """Who possibly governs with some gone and others there; most others as before."""
        before, count = self.before.where, len(contest.contenders)
        new = range(len(before), count)
        turning = any(contest.leading_to(place) >> place & 1 for place in new)
        if turning or self._circular & where:
            return contest.governing(where)
        touched = gone | (1 << count) - (1 << len(before))
        return Governing(
            where=tuple(
                contest.unbeaten(place, where)
                if contest.over(place) & touched or touched >> place & 1
                else before[place] & where
                for place in range(count)
            )
        )

    def _is_apart(self, gone: int, new: tuple[Contender, ...]) -> bool:
        """Whether one is to be replaced by one, both of whom stand in no relation to others."""
        contest = self.contest
        return (
            _is_one(gone)
            and len(new) == 1
            and not contest.over(gone.bit_length() - 1)
            and not contest.stronger & gone
            and not self._circular
            and contest.is_apart(new[0])
        )

    def _replaced(self, gone: int, new: tuple[Contender, ...]) -> Ruling:
        """The verdict where one is replaced by another, and nobody prevails over either."""
        (old,), (one,) = [self.field.contenders[place] for place in cells(gone)], new
        scope = self.scope
        if self._is_of_everything:
            scope = self.applying.present.changed(old.present, one.present)
        before, after = Voice.of(old, old.present), Voice.of(one, one.present & scope)
        covered = self.applying.always.changed(old.always, one.always)
        if not scope:
            return Ruling.SILENT  # nothing is stated any more (semantics 5.2)
        total = self.applying.changed(before, after)
        if total.is_of_one_kind:
            return self._worst(-1, weighed(total, scope, self._covered(covered)))
        total = self.governing.changed(before, after)
        where = (old.present | one.present) & scope
        return self._worst(where, weighed(total, where, self._covered(covered)))

    @once
    def _always(self) -> int:
        """Where nobody is silent before anybody answers."""
        return self._covered(self.applying.always.once)

    def _covered(self, always: int) -> int:
        """Where nobody is silent, if those who apply in every reading are there."""
        return -1 if self._is_of_everything else always

    # --- the verdict ------------------------------------------------------------------------------

    def _worst(self, where: int, after: Points) -> Ruling:
        """The worst over all points: as it was, but for some that are judged again."""
        for ruling in (Ruling.VIOLATED, Ruling.UNCLEAR, Ruling.SILENT, Ruling.MET):
            if after[ruling] or self.before.cells_of(ruling) & ~where:
                return ruling
        return Ruling.NOT_APPLICABLE


def _is_one(places: int) -> bool:
    """Whether it is one place and no more."""
    return bool(places) and not places & (places - 1)


class Voice(NamedTuple):
    """What one does where it applies, or governs, as sets of cells."""

    meets: int = 0
    fails: int = 0
    unsure: int = 0

    @classmethod
    def of(cls, one: Contender, here: int) -> Voice:
        """What it does in these cells."""
        return cls(one.meets & here, one.fails & here, one.unsure & here)


SILENCE: Final = Voice()


class Often(NamedTuple):
    """The cells that lie in some of many sets, and those that lie in more than one."""

    once: int
    twice: int

    @classmethod
    def of(cls, sets: Iterable[int]) -> Often:
        """What these sets cover."""
        once = twice = 0
        for one in sets:
            twice |= once & one
            once |= one
        return cls(once, twice)

    def changed(self, less: int, more: int) -> int:
        """The cells that lie in some with one of the sets gone, and another there."""
        return self.once & ~(less & ~self.twice) | more


@dataclass(frozen=True, slots=True)
class Voices:
    """What many do, how often: each can be taken out, and another put in."""

    meets: Often
    fails: Often
    unsure: Often
    present: Often
    always: Often
    scope: int

    @classmethod
    def of(cls, contenders: Sequence[Contender], where: Sequence[int], scope: int) -> Voices:
        """What contenders do, each in cells of its own."""
        said = [Voice.of(one, here & scope) for one, here in zip(contenders, where, strict=True)]
        return cls(
            Often.of(one.meets for one in said),
            Often.of(one.fails for one in said),
            Often.of(one.unsure for one in said),
            Often.of(where),
            Often.of(one.always for one in contenders),
            scope,
        )

    def changed(self, less: Voice, more: Voice) -> Tally:
        """What they do with one of them gone, and another there."""
        return Tally(
            meets=self.meets.changed(less.meets, more.meets),
            fails=self.fails.changed(less.fails, more.fails),
            unsure=self.unsure.changed(less.unsure, more.unsure),
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
    def _judged(self) -> frozenset[ClauseKey]:
        """The clauses it is judged by: a use by what is said of it, a bound by what is stated."""
        if isinstance(self.outcome.leaf.demand, Forbid):
            return frozenset(one.key for one in self.scene.halves)
        return self._stating

    @once
    def _stating(self) -> frozenset[ClauseKey]:
        """The clauses that state a fact it is about, or waits for."""
        return frozenset(one.key for one in self.scene.statements)

    @property
    def _waits_for_who_governs(self) -> bool:
        """Whether a clause that governs must state something first (semantics 6.2)."""
        leaf = self.outcome.leaf
        return bool(leaf.whens) and isinstance(leaf.demand, Forbid)

    def decided(self, upper: ClauseKey, lower: ClauseKey) -> Ruling | None:
        """Its verdict where one clause prevails over another by a recorded reading."""
        if self.outcome.leaf.empty or not self._judged.issuperset((upper, lower)):
            return self.outcome.ruling
        if self._waits_for_who_governs or not self._is_ready:
            return None
        return _together([one.decided(upper, lower) for one in self.grounds])

    def changed(self, new: Remade) -> Ruling | None:
        """Its verdict where some clauses cover, or do, something else."""
        leaf = self.outcome.leaf
        outlines = ((union_box(half.around), half) for half in new.halves)
        halves = near_of(leaf, outlines) if isinstance(leaf.demand, Forbid) else ()
        stated = stating_of(leaf, new.statements)
        before = (self._judged | self._stating) & new.touched
        if leaf.empty or not (halves or stated or before):
            return self.outcome.ruling
        rivals: tuple[Rival, ...] = (*halves, *stated)
        if not self._is_ready or any(one.guards or one.conditional for one in rivals):
            return None
        judged = halves if isinstance(leaf.demand, Forbid) else stated
        if self._waits_for_who_governs and (judged or self._judged & new.touched):
            return None
        waits = self._waits(new.touched, halves, stated)
        if waits is not None:
            return waits.ruling
        if not all(self._tells(one) for one in judged):
            return None
        return _together(list(self._rulings(new, halves, stated)))

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


def _together(rulings: list[Ruling]) -> Ruling:
    """What a part comes to on all its fields."""
    return rulings[0] if len(rulings) == 1 else combine(rulings, every=True)


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
        new = remade(self.case.standing, answer) if self.parts else None
        return None if new is None else self._told(part.changed(new) for part in self.parts)

    def decided(self, upper: ClauseKey, lower: ClauseKey) -> Ruling | None:
        """The verdict had a person recorded that one clause prevails over another."""
        return self._told(part.decided(upper, lower) for part in self.parts)

    def _told(self, rulings: Iterable[Ruling | None]) -> Ruling | None:
        """What the parts come to together; nothing where one of them cannot say."""
        if len(self.parts) == 1:
            return next(iter(rulings))
        found: dict[int, Ruling] = {}
        for part, ruling in zip(self.parts, rulings, strict=True):
            if ruling is None:
                return None
            found[id(part.outcome.leaf)] = ruling
        return roll_up(self.case.tree, found) if found else None
