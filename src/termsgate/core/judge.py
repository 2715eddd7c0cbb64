"""One use requirement, or one bound on a fact, against the clauses that apply (semantics 4, 5).

A *field* is the outcome: the grid the requirement was judged on and, as sets of its cells, where
it is violated, unclear, silent and met, with the contenders that decided.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from termsgate.core.facts import Effect, effect, holds_for
from termsgate.core.govern import Contender, Contest, Precedents, precedents
from termsgate.core.model import ChoiceKind, Firmness, Forbid, May, Narrowing, Require, Stance
from termsgate.core.space import (
    Grid,
    cells,
    clause_defaults,
    grid,
    masks_of,
    scope_layers,
    union_box,
    whole_defaults,
)
from termsgate.core.standing import (
    NO_ONE,
    Half,
    Missing,
    Present,
    Standing,
    Statement,
    whole_layers,
)
from termsgate.core.verdict import Ruling
from termsgate.core.vocabulary import is_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termsgate.core.model import Clause, Document, Scope, WhenStated
    from termsgate.core.space import BoxMask, Layer
    from termsgate.core.vocabulary import Vocabulary

CONSENTS = frozenset({Stance.OPT_IN, Stance.EXPLICIT_OPT_IN})
ASKED_OR_TOLD = CONSENTS | {Stance.OPT_OUT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What applies under one set of answers: nothing in it is open any more.

    `ranked` are the places of the precedences that hold, those about a subject among them.
    """

    standing: Standing
    halves: tuple[Half, ...]
    statements: tuple[Statement, ...]
    missing: tuple[Missing, ...]
    ranked: tuple[int, ...] = ()
    optional: Present = NO_ONE
    evidence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadow:
    """A document not at hand over a grid: where it reaches, and what it turned to unclear."""

    missing: Missing
    reach: int
    turned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """The outcome of one use requirement or bound, as sets of cells.

    `where` says, for each contender, where it possibly governs. `bound` is where too much was
    open; it is part of `unclear`.
    """

    demand: Forbid | Require
    scene: Scene
    grid: Grid
    scope: int
    violated: int
    unclear: int
    silent: int
    met: int
    contenders: tuple[Contender, ...] = ()
    where: tuple[int, ...] = ()
    shadows: tuple[Shadow, ...] = ()
    bound: int = 0
    held: tuple[frozenset[int], ...] = ()

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


# --- which clauses are there for a requirement (6.3) ---------------------------------------------


def joined(outer: Narrowing, inner: Narrowing) -> tuple[Narrowing, ...]:
    """Both narrowings, without those that narrow nothing."""
    return tuple(one for one in (outer, inner) if one != Narrowing())


def states(clause: Clause, fact: str) -> bool:
    """Whether a clause states a fact or one below it; a discretion states nothing (10.25)."""
    return any(
        is_below(stated.fact, fact) and stated.firmness is not Firmness.DISCRETION
        for stated in clause.states
    )


def is_there(clause: Clause, document: Document, narrowings: Iterable[Narrowing]) -> bool:
    """Whether a clause is there for a narrowed requirement (semantics 6.3)."""
    return all(
        (one.kind is None or document.kind is one.kind)
        and (one.stating is None or states(clause, one.stating))
        for one in narrowings
    )


def missing_is_there(missing: Missing, narrowings: Iterable[Narrowing]) -> bool:
    """Whether a document not at hand could hold such a clause."""
    return all(one.kind is None or missing.document.kind is one.kind for one in narrowings)


# --- scopes of requirements ----------------------------------------------------------------------


def layers_of(demand: Forbid | Require, vocabulary: Vocabulary) -> tuple[Layer, ...]:
    """The scope a requirement is judged on; for a bound without `of`, every use.

    We say what we mean: an exception takes out just what its terms surely cover (1.5, 10.2).
    """
    if isinstance(demand, Forbid):
        return _meant(scope_layers(demand.scope, vocabulary, clause_defaults(vocabulary)))
    if demand.of is not None:
        return _meant(scope_layers(demand.of, vocabulary, whole_defaults(vocabulary)))
    return whole_layers(vocabulary)


def _meant(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    return tuple(
        replace(layer, carved=tuple(replace(c, possible=c.sure) for c in layer.carved))
        for layer in layers
    )


def is_empty(layers: tuple[Layer, ...]) -> bool:
    """Whether a scope has no point."""
    field = grid(union_box(layer.sure for layer in layers), masks_of(layers))
    return not field.sure(layers)


# --- stances (2.4, 2.6, 10.6) --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which kinds of choice are recorded for a point."""

    opted_out: bool = False
    refused: bool = False
    consented: bool = False


def _recorded(stance: Stance, chosen: Chosen) -> Stance:
    if stance is Stance.OPT_OUT and chosen.opted_out:
        return Stance.BARRED
    if stance in CONSENTS and chosen.refused:
        return Stance.BARRED
    return stance


def _whose(stance: Stance, clause: Clause, wanted: tuple[str, ...]) -> frozenset[Stance]:
    """Consent open only to others counts as notice (semantics 2.6, 10.6)."""
    if not wanted or stance not in ASKED_OR_TOLD:
        return frozenset({stance})
    given = clause.consent_from
    if not given:
        return frozenset({stance, Stance.NOTICE})
    if "everyone-affected" in given or set(given) & set(wanted):
        return frozenset({stance})
    return frozenset({Stance.NOTICE})


def _unrecorded(stance: Stance, need: Stance, chosen: Chosen) -> frozenset[Stance]:
    if stance in CONSENTS and stance < need and not chosen.consented:
        return frozenset({stance, Stance.BARRED})
    return frozenset({stance})


def stances_here(half: Half, demand: Forbid, chosen: Chosen) -> frozenset[Stance]:
    """The stances a clause may have at a point, our choices and whose consent considered."""
    found: set[Stance] = set()
    for written in half.stances:
        for stance in _whose(_recorded(written, chosen), half.clause, demand.consent_from):
            found |= _unrecorded(stance, demand.need, chosen)
    return frozenset(found)


def _choice_cells(standing: Standing, field: Grid) -> list[tuple[int, Chosen]]:
    """The grid, cut by what is recorded for each cell."""
    by_kind = dict.fromkeys(ChoiceKind, 0)
    for chosen in standing.chosen:
        by_kind[chosen.choice.kind] |= field.box(chosen.sure)
    parts = [(field.everything, Chosen())]
    if any(by_kind.values()):
        parts = list(_cut(field.everything, by_kind))
    return parts


def _cut(everything: int, by_kind: dict[ChoiceKind, int]) -> Iterator[tuple[int, Chosen]]:
    out, refused, consented = (by_kind[kind] for kind in ChoiceKind)
    for a in (False, True):
        for b in (False, True):
            for c in (False, True):
                here = (out if a else everything & ~out) & (refused if b else everything & ~refused)
                here &= consented if c else everything & ~consented
                if here:
                    yield here, Chosen(opted_out=a, refused=b, consented=c)


# --- a use requirement (4.1) ---------------------------------------------------------------------


def _contender(
    half: Half, demand: Forbid, field: Grid, choices: list[tuple[int, Chosen]], *, evidence: bool
) -> Contender:
    sure, present = field.sure(half.layers), field.possible(half.layers)
    meets = fails = 0
    for here, chosen in choices:
        stances = stances_here(half, demand, chosen)
        if any(stance >= demand.need for stance in stances):
            meets |= here
        if any(stance < demand.need for stance in stances):
            fails |= here
    if evidence and not half.verified:
        # A promise nobody can find in the text is not there (semantics 3.7, 10.16).
        return Contender(
            rival=half, sure=sure, present=present & fails, always=sure & ~meets, fails=fails
        )
    return Contender(rival=half, sure=sure, present=present, always=sure, meets=meets, fails=fails)


def about(scene: Scene) -> list[tuple[int, tuple[Layer, ...]]]:
    """The precedences that hold only about a subject, with what they are about."""
    standing = scene.standing
    whole = whole_defaults(standing.vocabulary)
    return [
        (place, scope_layers(subject, standing.vocabulary, whole))
        for place in scene.ranked
        if (subject := standing.precedence[place].rule.about) is not None
    ]


def holdings(scene: Scene, field: Grid, scope: int) -> list[tuple[frozenset[int], int]]:
    """Which precedences hold together, and where that can be read so (10.12)."""
    subjects = about(scene)
    always = frozenset(scene.ranked) - {place for place, _ in subjects}
    found = [(always, scope)] if scope else []
    supposed = {case.precedence: case.holds for case in scene.standing.use.supposing}
    for place, layers in subjects:
        sure, possible = field.sure(layers), field.possible(layers)
        if place in supposed:
            sure = possible = possible if supposed[place] else sure
        parted: list[tuple[frozenset[int], int]] = []
        for held, where in found:
            parted.append((held | {place}, where & possible))
            parted.append((held, where & ~sure))
        found = [(held, where) for held, where in parted if where]
    return found


@dataclass(slots=True)
class _Tally:
    """Sets of cells in which some reading has a governing contender of each kind."""

    meets: int = 0
    fails: int = 0
    unsure: int = 0
    bound: int = 0


def _tally(
    contenders: tuple[Contender, ...], rules: Precedents, where: int, governs: list[int]
) -> _Tally:
    result = Contest(contenders=contenders, precedents=rules).governing(where)
    tally = _Tally(bound=result.bound)
    for place, (contender, here) in enumerate(zip(contenders, result.where, strict=True)):
        governs[place] |= here
        tally.meets |= here & contender.meets
        tally.fails |= here & contender.fails
        tally.unsure |= here & contender.unsure
    return tally


def _weigh(
    demand: Forbid | Require,
    field: Grid,
    scope: int,
    contenders: tuple[Contender, ...],
    scene: Scene,
    *,
    silence_counts: bool,
) -> Field:
    """The verdict at every point, from who possibly governs there (semantics 4.1).

    A point where something meets the need and something fails it, in whatever readings, is
    unclear; so is one where only failing clauses govern and in some reading none does.
    """
    readings = holdings(scene, field, scope)
    governs = [0] * len(contenders)
    total = _Tally()
    for held, where in readings:
        one = _tally(contenders, precedents(scene.standing, held), where, governs)
        total.meets |= one.meets
        total.fails |= one.fails
        total.unsure |= one.unsure
        total.bound |= one.bound
    covered = 0
    for contender in contenders:
        covered |= contender.always
    if not silence_counts:
        covered = scope
    meets, fails = total.meets & scope, total.fails & scope
    unclear = scope & ((meets & fails) | total.unsure | total.bound | (fails & ~covered))
    violated = fails & ~unclear
    met = meets & covered & ~unclear
    return Field(
        demand=demand,
        scene=scene,
        grid=field,
        scope=scope,
        violated=violated,
        unclear=unclear,
        silent=scope & ~(violated | unclear | met),
        met=met,
        contenders=contenders,
        where=tuple(governs),
        bound=total.bound & scope,
        held=tuple(held for held, _ in readings),
    )


def judge_use(
    demand: Forbid, scene: Scene, own: tuple[Layer, ...], extra: tuple[BoxMask, ...] = ()
) -> Field:
    """Judge a use requirement under one set of answers (semantics 4.1, 4.4).

    `own` is its scope; `extra` are boxes the grid must tell apart besides those it needs.
    """
    standing = scene.standing
    field = grid(union_box(layer.sure for layer in own), _use_masks(own, scene, extra))
    scope = field.sure(own)
    choices = _choice_cells(standing, field)
    contenders = tuple(
        _contender(half, demand, field, choices, evidence=scene.evidence) for half in scene.halves
    )
    first = _weigh(demand, field, scope, contenders, scene, silence_counts=True)
    return with_missing(first, scene.missing) if scene.missing else first


def _use_masks(
    own: tuple[Layer, ...], scene: Scene, extra: tuple[BoxMask, ...]
) -> Iterator[BoxMask]:
    standing = scene.standing
    yield from masks_of(own)
    for half in scene.halves:
        yield from masks_of(half.layers)
    for one in scene.missing:
        yield from masks_of(one.layers)
    for _, layers in about(scene):
        yield from masks_of(layers)
    for chosen in standing.chosen:
        yield chosen.sure
    yield from extra


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
    for held, where in holdings(first.scene, first.grid, met):
        rules = precedents(first.scene.standing, held)
        above = frozenset(
            place
            for place, contender in enumerate(first.contenders)
            if rules.over_missing(contender.rival, missing)
        )
        if not above:
            turned |= where
            continue
        contest = Contest(contenders=first.contenders, precedents=rules)
        edges = list(contest.edges())
        for region in contest.regions(where):
            readings = contest.readings(region, edges)
            if readings is None or any(not governing & above for governing in readings):
                turned |= region
    return turned


def _tightened(first: Field, missing: Missing, violated: int) -> int:
    """Where violated is taken back: it prevails over every clause that may govern."""
    turned = 0
    for held, where in holdings(first.scene, first.grid, violated):
        rules = precedents(first.scene.standing, held)
        left = where
        for contender, governs in zip(first.contenders, first.where, strict=True):
            if not rules.under_missing(contender.rival, missing):
                left &= ~governs
        turned |= left
    return turned


# --- a bound on a fact (5) -----------------------------------------------------------------------


def _named_axes(scope: Scope) -> frozenset[int]:
    return frozenset(
        place
        for part in scope.parts
        for place, terms in enumerate((part.box.action, part.box.data, part.box.by, part.box.state))
        if terms is not None
    )


def smear(field: Grid, bits: int, axes: frozenset[int]) -> int:
    """A set of cells, made wide on every axis but these (10.19)."""
    for axis in range(4):
        if axis not in axes and len(field.groups[axis]) > 1:
            bits = _smear_axis(field, bits, axis)
    return bits


def _smear_axis(field: Grid, bits: int, axis: int) -> int:
    stride = 1
    for inner in range(axis + 1, 4):
        stride *= len(field.groups[inner])
    count = len(field.groups[axis])
    found = 0
    for place in cells(bits):
        found |= 1 << (place - (place // stride % count) * stride)
    wide = 0
    for step in range(count):
        wide |= found << (step * stride)
    return wide


def _supposed_effect(stated: Statement, scene: Scene) -> Effect | None:
    for case in scene.standing.use.supposing:
        if case.fact == stated.fact.fact and (case.document, case.clause) == stated.key:
            return Effect.MEETS if case.meets else Effect.FAILS
    return None


def _counted(
    demand: Require, scene: Scene, subject: str | None
) -> Iterator[tuple[Statement, Effect]]:
    vocabulary = scene.standing.vocabulary
    definition = vocabulary.facts[demand.fact]
    for stated in scene.statements:
        if stated.fact.fact != demand.fact or not holds_for(stated.fact, subject, definition):
            continue
        found = _supposed_effect(stated, scene) or effect(stated.fact, demand, vocabulary)
        if found is Effect.MEETS and scene.evidence and not stated.verified:
            continue
        if found is not None:
            yield stated, found


def judge_fact(demand: Require, scene: Scene, own: tuple[Layer, ...], subject: str | None) -> Field:
    """Judge a bound on a fact, for one subject or none (semantics 5.2, 5.3, 5.5)."""
    standing = scene.standing
    vocabulary = standing.vocabulary
    counted = list(_counted(demand, scene, subject))
    masks = [mask for stated, _ in counted for mask in masks_of(stated.layers)]
    masks += [mask for _, layers in about(scene) for mask in masks_of(layers)]
    field = grid(whole_layers(vocabulary)[0].sure, (*masks, *masks_of(own)))
    axes = frozenset(range(4)) if demand.of is None else _named_axes(demand.of)
    contenders = tuple(_stated(stated, found, field, axes) for stated, found in counted)
    everywhere = demand.of is None
    scope = _reached(contenders) if everywhere else field.sure(own)
    first = _weigh(demand, field, scope, contenders, scene, silence_counts=not everywhere)
    if everywhere and not scope:
        first = _nothing_stated(first)
    missing = [one for one in scene.missing if _is_about(one, demand.fact)]
    return with_missing(first, missing, fact=True) if missing else first


def _is_about(missing: Missing, fact: str) -> bool:
    return any(is_below(fact, name) for name in missing.absence.facts)


def _nothing_stated(first: Field) -> Field:
    """Nothing stated is silent (semantics 5.2): one cell stands for all."""
    return replace(first, scope=1, violated=0, unclear=0, silent=1, met=0)


def _reached(contenders: Iterable[Contender]) -> int:
    found = 0
    for contender in contenders:
        found |= contender.present
    return found


def _stated(stated: Statement, found: Effect, field: Grid, axes: frozenset[int]) -> Contender:
    sure = smear(field, field.sure(stated.layers), axes)
    present = smear(field, field.possible(stated.layers), axes)
    return Contender(
        rival=stated,
        sure=sure,
        present=present,
        always=sure,
        meets=present if found is Effect.MEETS else 0,
        fails=present if found is Effect.FAILS else 0,
        unsure=present if found is Effect.UNSURE else 0,
    )


# --- when stated (6.2) ---------------------------------------------------------------------------


def is_stated(
    when: WhenStated, demand: Forbid | Require, scene: Scene, own: tuple[Layer, ...]
) -> bool:
    """Whether a governing clause states the fact, for this requirement (semantics 6.2, 10.25).

    `own` is the scope the requirement is judged on.
    """
    narrowings = joined(when.narrowing, Narrowing())
    if isinstance(demand, Forbid):
        return _stated_for_use(when, demand, _narrowed(scene, narrowings), own)
    return _some_reaches(when.fact, scene.statements, own, narrowings)


def _narrowed(scene: Scene, narrowings: tuple[Narrowing, ...]) -> Scene:
    if not narrowings:
        return scene
    return replace(
        scene,
        halves=tuple(h for h in scene.halves if is_there(h.clause, h.document, narrowings)),
        statements=tuple(s for s in scene.statements if is_there(s.clause, s.document, narrowings)),
    )


def _stated_for_use(when: WhenStated, demand: Forbid, scene: Scene, own: tuple[Layer, ...]) -> bool:
    field = judge_use(demand, scene, own)
    for contender, where in zip(field.contenders, field.where, strict=True):
        if where & field.scope and states(contender.rival.clause, when.fact):
            return True
    verbless = tuple(one for one in scene.statements if one.clause.scope is None)
    return _some_reaches(when.fact, verbless, own, ())


def _some_reaches(
    fact: str,
    statements: Iterable[Statement],
    scope: tuple[Layer, ...],
    narrowings: tuple[Narrowing, ...],
) -> bool:
    """Whether a clause that is there states the fact for a point of the scope.

    Where several do, one of them governs: among those that state one fact somebody always does.
    """
    return any(
        is_below(one.fact.fact, fact)
        and one.fact.firmness is not Firmness.DISCRETION
        and is_there(one.clause, one.document, narrowings)
        and meets(scope, one.layers)
        for one in statements
    )


def meets(scope: tuple[Layer, ...], layers: tuple[Layer, ...]) -> bool:
    """Whether a point that the scope surely has is possibly covered by these layers."""
    field = grid(union_box(layer.sure for layer in scope), masks_of((*scope, *layers)))
    return bool(field.sure(scope) & field.possible(layers))


def nothing_known_of(fact: str, scene: Scene) -> bool:
    """Whether nothing absent or unread is about the fact, and a contract is at hand (6.2)."""
    return scene.standing.contract_at_hand and not any(
        any(is_below(name, fact) or is_below(fact, name) for name in one.absence.facts)
        for one in scene.missing
    )
