"""One use requirement, or one bound on a fact, against what applies (semantics 4 to 6)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from termsgate.core.facts import Effect, effect, holds_for
from termsgate.core.field import ALL_AXES, Field, about, weigh, with_missing
from termsgate.core.govern import Contender
from termsgate.core.halves import whole_layers
from termsgate.core.model import Firmness, Forbid, Narrowing, Require
from termsgate.core.scene import Scene, is_there, joined, states
from termsgate.core.space import (
    Grid,
    grid,
    masks_of,
    union_box,
)
from termsgate.core.stances import Recorded, choice_cells, pull_of
from termsgate.core.vocabulary import is_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termsgate.core.model import Scope, WhenStated
    from termsgate.core.space import BoxMask, Layer
    from termsgate.core.standing import Half, Missing, Statement, Suppose


# --- a use requirement (4.1) ---------------------------------------------------------------------


def contender_of(
    half: Half, demand: Forbid, field: Grid, choices: list[tuple[int, Recorded]], *, evidence: bool
) -> Contender:
    """A half over a grid, and what it does there for a need (semantics 2.2 to 2.6)."""
    sure, present = field.sure(half.layers), field.possible(half.layers)
    meets = fails = 0
    for here, chosen in choices:
        pull = pull_of(half, demand, chosen)
        meets |= here if pull.meets else 0
        fails |= here if pull.fails else 0
    if evidence and not half.verified:
        # A promise nobody can find in the text is not there (semantics 3.7, 10.16).
        return Contender(
            rival=half, sure=sure, present=present & fails, always=sure & ~meets, fails=fails
        )
    return Contender(rival=half, sure=sure, present=present, always=sure, meets=meets, fails=fails)


def judge_use(demand: Forbid, scene: Scene, own: tuple[Layer, ...]) -> Field:
    """Judge a use requirement under one set of answers (semantics 4.1, 4.4).

    `own` is its scope.
    """
    standing = scene.standing
    field = grid(union_box(layer.sure for layer in own), _use_masks(own, scene))
    scope = field.sure(own)
    choices = choice_cells(standing, field)
    contenders = tuple(
        contender_of(half, demand, field, choices, evidence=scene.evidence) for half in scene.halves
    )
    first = weigh(Field(demand=demand, scene=scene, grid=field, scope=scope, contenders=contenders))
    return with_missing(first, scene.missing) if scene.missing else first


def _use_masks(own: tuple[Layer, ...], scene: Scene) -> Iterator[BoxMask]:
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


# --- a bound on a fact (5) -----------------------------------------------------------------------


def named_axes(scope: Scope) -> frozenset[int]:
    """The axes a scope names, in its boxes or in their exceptions (10.19)."""
    boxes = (box for part in scope.parts for box in (part.box, *(c.box for c in part.excepting)))
    return frozenset(
        place
        for box in boxes
        for place, terms in enumerate((box.action, box.data, box.by, box.state))
        if terms is not None
    )


def _supposed_effect(stated: Statement, supposing: Iterable[Suppose]) -> Effect | None:
    for case in supposing:
        if case.fact == stated.fact.fact and (case.document, case.clause) == stated.key:
            return Effect.MEETS if case.meets else Effect.FAILS
    return None


def counted(
    demand: Require,
    subject: str | None,
    statements: Iterable[Statement],
    scene: Scene,
    supposing: tuple[Suppose, ...],
) -> Iterator[tuple[Statement, Effect]]:
    """The statements that count for a bound, and what each does (semantics 5.2)."""
    vocabulary = scene.standing.vocabulary
    definition = vocabulary.facts[demand.fact]
    for stated in statements:
        if stated.fact.fact != demand.fact or not holds_for(stated.fact, subject, definition):
            continue
        found = _supposed_effect(stated, supposing) or effect(stated.fact, demand, vocabulary)
        if found is Effect.MEETS and scene.evidence and not stated.verified:
            continue
        if found is not None:
            yield stated, found


def judge_fact(demand: Require, scene: Scene, own: tuple[Layer, ...], subject: str | None) -> Field:
    """Judge a bound on a fact, for one subject or none (semantics 5.2, 5.3, 5.5)."""
    standing = scene.standing
    vocabulary = standing.vocabulary
    found = list(counted(demand, subject, scene.statements, scene, standing.use.supposing))
    masks = [mask for stated, _ in found for mask in masks_of(stated.layers)]
    masks += [mask for _, layers in about(scene) for mask in masks_of(layers)]
    field = grid(whole_layers(vocabulary)[0].sure, (*masks, *masks_of(own)))
    everywhere = demand.of is None
    axes = ALL_AXES if demand.of is None else named_axes(demand.of)
    contenders = tuple(contender_stating(stated, does, field, axes) for stated, does in found)
    first = Field(
        demand=demand,
        scene=scene,
        grid=field,
        scope=reached(contenders) if everywhere else field.sure(own),
        contenders=contenders,
        axes=axes,
    )
    nothing = everywhere and not first.scope
    first = _nothing_stated(first) if nothing else weigh(first)
    missing = [one for one in scene.missing if is_about(one, demand.fact)]
    return with_missing(first, missing, fact=True) if missing else first


def is_about(missing: Missing, fact: str) -> bool:
    """Whether a document not at hand is about a fact, by name (semantics 5.5)."""
    return any(is_below(fact, name) for name in missing.absence.facts)


def _nothing_stated(first: Field) -> Field:
    """Nothing stated is silent (semantics 5.2): one cell stands for all."""
    return replace(first, scope=1, violated=0, unclear=0, silent=1, met=0)


def reached(contenders: Iterable[Contender]) -> int:
    """All cells for which something is possibly stated."""
    found = 0
    for contender in contenders:
        found |= contender.present
    return found


def contender_stating(
    stated: Statement, found: Effect, field: Grid, axes: frozenset[int]
) -> Contender:
    """A fact over a grid, at points of these axes (semantics 5.3, 10.19)."""
    sure = field.smear(field.sure(stated.layers), axes)
    present = field.smear(field.possible(stated.layers), axes)
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
    when: WhenStated,
    demand: Forbid | Require,
    scene: Scene,
    own: tuple[Layer, ...],
    field: Field | None = None,
) -> bool:
    """Whether a governing clause states the fact, for this requirement (semantics 6.2, 10.25).

    `own` is the scope the requirement is judged on, `field` what came of a use requirement.
    """
    narrowings = joined(when.narrowing, Narrowing())
    if not isinstance(demand, Forbid):
        return _some_reaches(when.fact, scene.statements, own, narrowings)
    if field is None or narrowings or scene.evidence:
        # That nobody verified a clause does not excuse the vendor from what it states.
        scene = replace(_narrowed(scene, narrowings), evidence=False)
        field = judge_use(demand, scene, own)
    return _stated_for_use(when, field, own)


def _narrowed(scene: Scene, narrowings: tuple[Narrowing, ...]) -> Scene:
    if not narrowings:
        return scene
    return replace(
        scene,
        halves=tuple(h for h in scene.halves if is_there(h.clause, h.document, narrowings)),
        statements=tuple(s for s in scene.statements if is_there(s.clause, s.document, narrowings)),
    )


def _stated_for_use(when: WhenStated, field: Field, own: tuple[Layer, ...]) -> bool:
    for contender, where in zip(field.contenders, field.where, strict=True):
        if where & field.scope and states(contender.rival.clause, when.fact):
            return True
    verbless = tuple(one for one in field.scene.statements if one.clause.scope is None)
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
    return bool(scene.contracts) and not any(
        any(is_below(name, fact) or is_below(fact, name) for name in one.absence.facts)
        for one in scene.unread
    )
