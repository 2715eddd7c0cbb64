"""The outcome of one requirement, point by point, documents not at hand included (4.1 to 4.4).

A *field* is the grid a requirement was judged on and, as sets of its cells, where it is violated,
unclear, silent and met, with the contenders that decided.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from termsgate.core.govern import Contender, Contest, Governing, precedents
from termsgate.core.model import Forbid, May, Require
from termsgate.core.once import once
from termsgate.core.space import (
    Grid,
    scope_layers,
    union,
    whole_defaults,
)
from termsgate.core.verdict import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termsgate.core.scene import Scene
    from termsgate.core.space import Layer
    from termsgate.core.standing import Missing


ALL_AXES: Final = frozenset(range(4))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadow:
    """A document not at hand over a grid: where it reaches, and what it turned to unclear."""

    missing: Missing
    reach: int
    turned: int


@dataclass(frozen=True, kw_only=True)
class Field:
    """The outcome of one use requirement or bound, as sets of cells.

    `axes` are those its points are of: all four, or those that a bound's `of` names. `bound` is
    where too much was open; it is part of `unclear`. `governs` is what is known of who governs,
    if the verdict needed it; `contests` how the contenders were found to stand to each other.
    """

    demand: Forbid | Require
    scene: Scene
    grid: Grid
    scope: int
    contenders: tuple[Contender, ...] = ()
    axes: frozenset[int] = ALL_AXES
    violated: int = 0
    unclear: int = 0
    silent: int = 0
    met: int = 0
    governs: tuple[int, ...] | None = None
    shadows: tuple[Shadow, ...] = ()
    bound: int = 0
    contests: dict[frozenset[int], Contest] = dataclasses.field(
        default_factory=dict, repr=False, compare=False
    )

    def contest(self, held: frozenset[int]) -> Contest:
        """How the contenders stand to each other where these precedences hold."""
        found = self.contests.get(held)
        if found is None:
            rules = precedents(self.scene.standing, held)
            found = self.contests[held] = Contest(contenders=self.contenders, precedents=rules)
        return found

    @once
    def where(self) -> tuple[int, ...]:
        """For each contender, in their order, where it possibly governs."""
        if self.governs is not None:
            return self.governs
        return _contest(self).governs or ()

    @once
    def held(self) -> tuple[frozenset[int], ...]:
        """The sets of precedences that can hold together somewhere in the scope."""
        return tuple(held for held, _ in holdings(self, self.scope))

    @property
    def ruling(self) -> Ruling:
        """The worst over all points (semantics 4.2)."""
        for cells_, ruling in (
            (self.violated, Ruling.VIOLATED),
            (self.unclear, Ruling.UNCLEAR),
            (self.silent, Ruling.SILENT),
            (self.met, Ruling.MET),
        ):
            if cells_:
                return ruling
        return Ruling.NOT_APPLICABLE

    def cells_of(self, ruling: Ruling) -> int:
        """Where the verdict is this one."""
        return (self.violated, self.unclear, self.silent, self.met, 0)[ruling]


def about(scene: Scene) -> list[tuple[int, tuple[Layer, ...]]]:
    """The precedences that hold only about a subject, with what they are about."""
    standing = scene.standing
    whole = whole_defaults(standing.vocabulary)
    return [
        (place, scope_layers(subject, standing.vocabulary, whole))
        for place in scene.ranked
        if (subject := standing.precedence[place].rule.about) is not None
    ]


def holdings(field: Field, scope: int) -> list[tuple[frozenset[int], int]]:
    """Which precedences hold together, and where that can be read so (10.12).

    At points of fewer axes a precedence is sure only if it holds all over the others.
    """
    scene, grid = field.scene, field.grid
    subjects = about(scene)
    always = frozenset(scene.ranked) - {place for place, _ in subjects}
    found = [(always, scope)] if scope else []
    supposed = {case.precedence: case.holds for case in scene.standing.use.supposing}
    for place, layers in subjects:
        sure, possible = grid.sure(layers), grid.possible(layers)
        if field.axes != ALL_AXES:
            sure = grid.everything & ~grid.smear(grid.everything & ~sure, field.axes)
            possible = grid.smear(possible, field.axes)
        if place in supposed:
            sure = possible = possible if supposed[place] else sure
        parted: list[tuple[frozenset[int], int]] = []
        for held, where in found:
            parted.append((held | {place}, where & possible))
            parted.append((held, where & ~sure))
        found = [(held, where) for held, where in parted if where]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Sets of cells in which some reading has a governing contender of each kind.

    `governs` says where each contender possibly governs; nothing where that was not needed.
    """

    meets: int
    fails: int
    unsure: int
    bound: int = 0
    governs: tuple[int, ...] | None = None

    @property
    def is_of_one_kind(self) -> bool:
        """Whether there is but one kind of them."""
        return bool(self.meets) + bool(self.fails) + bool(self.unsure) < 2  # noqa: PLR2004


def _contest(field: Field) -> Tally:
    """Who possibly governs, whichever precedences hold (semantics 3.4, 3.5)."""
    contenders = field.contenders
    governs, bound = [0] * len(contenders), 0
    for held, where in holdings(field, field.scope):
        result = field.contest(held).governing(where)
        bound |= result.bound
        for place, here in enumerate(result.where):
            governs[place] |= here
    return tallied(contenders, Governing(where=tuple(governs), bound=bound))


def tallied(contenders: Iterable[Contender], found: Governing) -> Tally:
    """What those who possibly govern do there."""
    meets = fails = unsure = 0
    for contender, here in zip(contenders, found.where, strict=True):
        meets |= here & contender.meets
        fails |= here & contender.fails
        unsure |= here & contender.unsure
    return Tally(meets=meets, fails=fails, unsure=unsure, bound=found.bound, governs=found.where)


def of_one_mind(contenders: Iterable[Contender], scope: int) -> Tally | None:
    """Where all that apply do the same, it does not matter who governs: somebody does."""
    meets = fails = unsure = 0
    for contender in contenders:
        here = contender.present & scope
        meets |= here & contender.meets
        fails |= here & contender.fails
        unsure |= here & contender.unsure
    total = Tally(meets=meets, fails=fails, unsure=unsure)
    return total if total.is_of_one_kind else None


def weigh(field: Field) -> Field:
    """The verdict at every point, from who possibly governs there (semantics 4.1, 10.15).

    A point where something meets the need and something fails it, in whatever readings, is
    unclear; so is one where only failing clauses govern and in some reading none does.
    """
    agreed = of_one_mind(field.contenders, field.scope)
    return weighed_by(field, agreed or _contest(field), field.scope)


def weighed_by(field: Field, total: Tally, scope: int) -> Field:
    """The verdict at some points, from a tally of who governs there."""
    covered = union(contender.always for contender in field.contenders)
    found = weighed(total, scope, scope if is_of_everything(field.demand) else covered)
    return replace(
        field,
        violated=found.violated,
        unclear=found.unclear,
        silent=found.silent,
        met=found.met,
        governs=total.governs,
        bound=total.bound & scope,
    )


class Points(NamedTuple):
    """The points of each verdict, as sets of cells."""

    violated: int
    unclear: int
    silent: int
    met: int


def weighed(total: Tally, scope: int, covered: int) -> Points:
    """The verdict at each point of a scope; where it is covered, something surely applies."""
    meets, fails = total.meets & scope, total.fails & scope
    unclear = scope & ((meets & fails) | total.unsure | total.bound | (fails & ~covered))
    violated = fails & ~unclear
    met = meets & covered & ~unclear
    return Points(violated, unclear, scope & ~(violated | unclear | met), met)


def is_of_everything(demand: Forbid | Require) -> bool:
    """Whether it bounds a fact whatever it is stated of: nobody is silent then (5.2)."""
    return isinstance(demand, Require) and demand.of is None


# --- documents not at hand (4.4) -----------------------------------------------------------------


def with_missing(first: Field, missing: Iterable[Missing], *, fact: bool = False) -> Field:
    """Take back what a document not at hand could change (semantics 4.4, 10.17).

    For a fact, violated stays violated (semantics 5.5).
    """
    shadows = [_shadow(first, one, fact=fact) for one in missing]
    turned = 0
    for shadow in shadows:
        turned |= shadow.turned
    return replace(
        first,
        violated=first.violated & ~turned,
        unclear=first.unclear | turned,
        met=first.met & ~turned,
        shadows=tuple(shadows),
    )


def _shadow(first: Field, missing: Missing, *, fact: bool) -> Shadow:
    reach = first.scope if fact else first.grid.possible(missing.layers) & first.scope
    may = missing.absence.may
    turned = 0
    if may is not May.TIGHTEN:
        turned |= _loosened(first, missing, first.met & reach)
    if may is not May.LOOSEN and not fact:
        turned |= _tightened(first, missing, first.violated & reach)
    return Shadow(missing=missing, reach=reach, turned=turned)


def _loosened(first: Field, missing: Missing, met: int) -> int:
    """Where met is taken back: in some reading no governing clause prevails over it."""
    turned = 0
    for held, where in holdings(first, met):
        contest = first.contest(held)
        rules = contest.precedents
        above = frozenset(
            place
            for place, contender in enumerate(first.contenders)
            if rules.over_missing(contender.rival, missing)
        )
        if not above:
            turned |= where
            continue
        edges = list(contest.edges())
        for region in contest.regions(where):
            readings = contest.readings(region, edges)
            # A reading in which nothing governs says nothing here (10.19): met is not its doing.
            if readings is None or any(one and not one & above for one in readings):
                turned |= region
    return turned


def _tightened(first: Field, missing: Missing, violated: int) -> int:
    """Where violated is taken back: it prevails over every clause that may govern."""
    turned = 0
    for held, where in holdings(first, violated):
        rules = precedents(first.scene.standing, held)
        left = where
        for contender, governs in zip(first.contenders, first.where, strict=True):
            if not rules.under_missing(contender.rival, missing):
                left &= ~governs
        turned |= left
    return turned
