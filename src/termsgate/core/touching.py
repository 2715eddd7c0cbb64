"""What of a standing could touch a part of a requirement, and what of it applies (3.2, 4.5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from termsgate.core.judge import meets
from termsgate.core.model import Forbid, Require
from termsgate.core.scene import Scene, is_there, missing_is_there
from termsgate.core.space import at_most, touches, union_box
from termsgate.core.standing import NO_ONE, Present
from termsgate.core.vocabulary import is_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from termsgate.core.conditions import Guard
    from termsgate.core.space import BoxMask, Layer
    from termsgate.core.standing import Half, Missing, Ranked, Standing, Statement
    from termsgate.core.tree import Leaf


def _reaches(around: Iterable[BoxMask], layers: tuple[Layer, ...]) -> bool:
    return any(touches(own, layer.sure) for layer in layers for own in around)


def names_one(missing: Missing, facts: Iterable[str]) -> bool:
    """Whether a document not at hand is about one of these facts, or about more or less of it."""
    return any(
        is_below(fact, name) or is_below(name, fact)
        for fact in facts
        for name in missing.absence.facts
    )


def near_of(leaf: Leaf, outlines: Iterable[tuple[BoxMask, Half]]) -> tuple[Half, ...]:
    """The clauses that could cover a point of a leaf."""
    a, b, c, d = leaf.hull
    near = [half for (e, f, g, h), half in outlines if a & e and b & f and c & g and d & h]
    if len(leaf.layers) > 1:
        near = [half for half in near if _reaches(half.around, leaf.layers)]
    if leaf.narrowings:
        near = [half for half in near if is_there(half.clause, half.document, leaf.narrowings)]
    # A clause that its exceptions leave nothing of this asks nothing (semantics 4.5).
    return tuple(
        half for half in near if not (half.guards or half.conditional) or _is_left(leaf, half)
    )


def _is_left(leaf: Leaf, half: Half) -> bool:
    """Whether the exceptions that hold in any case leave a clause a point of a leaf."""
    return meets(leaf.layers, at_most(half.layers))


def stating_of(leaf: Leaf, statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The facts that count for a leaf, or for its `when-stated`."""
    names = {when.fact for when in leaf.whens}
    if isinstance(leaf.demand, Require):
        names.add(leaf.demand.fact)
    if not names:
        return ()
    return tuple(
        one
        for one in statements
        if any(is_below(one.fact.fact, name) for name in names)
        and is_there(one.clause, one.document, leaf.narrowings)
    )


def _missing(leaf: Leaf, missing: Iterable[Missing]) -> tuple[Missing, ...]:
    """The documents not at hand that are about a leaf."""
    demand = leaf.demand
    return tuple(
        one
        for one in missing
        if missing_is_there(one, leaf.narrowings)
        and (
            one.reaches(leaf.boxes) and (not one.guards or meets(leaf.layers, one.layers))
            if isinstance(demand, Forbid)
            else names_one(one, (demand.fact,))
        )
    )


def _unread(leaf: Leaf, missing: Iterable[Missing]) -> tuple[Missing, ...]:
    """What is missing about the facts of a leaf's `when-stated` (semantics 6.2)."""
    names = {when.fact for when in leaf.whens}
    return tuple(one for one in missing if names_one(one, names)) if names else ()


def scene_of(leaf: Leaf, standing: Standing, *, evidence: bool) -> Scene:
    """All that could touch a leaf, before any open question is answered."""
    use = isinstance(leaf.demand, Forbid)
    return Scene(
        standing=standing,
        halves=near_of(leaf, standing.outlines) if use else (),
        statements=stating_of(leaf, standing.statements) if standing.statements else (),
        missing=_missing(leaf, standing.missing) if standing.missing else (),
        unread=_unread(leaf, standing.missing) if leaf.whens else (),
        ranked=tuple(sorted(standing.always_ranked)),
        contracts=contracts_at_hand(standing, {}) if leaf.whens else (),
        optional=_optional(leaf, standing) if standing.assumed_absent else NO_ONE,
        evidence=evidence,
    )


def contracts_at_hand(standing: Standing, agreed: Mapping[str, str]) -> tuple[str, ...]:
    """The contracts that have been read and are part of the agreement under these answers."""
    assumed = {document.id for document in standing.assumed_absent}
    return tuple(
        name
        for name in standing.contracts
        if agreed.get(name, "false" if name in assumed else "true") == "true"
    )


def _optional(leaf: Leaf, standing: Standing) -> Present:
    """What of the documents assumed absent could touch a leaf."""
    outlines = ((union_box(half.around), half) for half in standing.optional.halves)
    return Present(
        halves=near_of(leaf, outlines) if isinstance(leaf.demand, Forbid) else (),
        statements=stating_of(leaf, standing.optional.statements),
        missing=_missing(leaf, standing.optional.missing),
        unread=_unread(leaf, standing.optional.missing),
    )


def guards_in(scene: Scene) -> Iterator[tuple[Guard, ...]]:
    """Every list of open conditions in a scene."""
    optional = scene.optional
    rivals: tuple[Half | Statement, ...] = (
        *scene.halves,
        *scene.statements,
        *optional.halves,
        *optional.statements,
    )
    for one in rivals:
        if one.guards:
            yield one.guards
        if one.conditional:
            yield from (carve.applies for layer in one.layers for carve in layer.carved)
    for missing in (*scene.missing, *scene.unread, *optional.missing, *optional.unread):
        if missing.guards:
            yield missing.guards
    yield from (one.guards for one in scene.standing.precedence if one.guards)


Rival = TypeVar("Rival", bound="Half | Statement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One set of answers: the lists of conditions that hold under it.

    `agreed` are answers about documents of the agreement: "no" drops one, "yes" brings in one
    that was assumed absent (10.8).
    """

    held: frozenset[tuple[Guard, ...]]
    agreed: Mapping[str, str]

    def counts(self, one: Half | Statement | Missing | Ranked) -> bool:
        """Whether something that may apply does."""
        agreed = self.agreed.get(one.document.id) != "false"
        return agreed and (not one.guards or one.guards in self.held)

    def brings(self, one: Half | Statement | Missing | Ranked) -> bool:
        """Whether something assumed absent is there, and applies."""
        return self.agreed.get(one.document.id) == "true" and self.counts(one)

    def layers(self, one: Half | Statement) -> tuple[Layer, ...]:
        """A scope with those exceptions whose conditions hold."""
        return tuple(
            replace(
                layer,
                carved=tuple(
                    replace(carve, applies=())
                    for carve in layer.carved
                    if not carve.applies or carve.applies in self.held
                ),
            )
            for layer in one.layers
        )

    def rivals(self, given: Iterable[Rival], optional: Iterable[Rival]) -> tuple[Rival, ...]:
        """The clauses, or facts, that apply."""
        applying = (*filter(self.counts, given), *filter(self.brings, optional))
        return tuple(
            replace(one, layers=self.layers(one)) if one.conditional else one for one in applying
        )

    def gaps(self, given: Iterable[Missing], optional: Iterable[Missing]) -> tuple[Missing, ...]:
        """The documents not at hand that apply."""
        return (*filter(self.counts, given), *filter(self.brings, optional))

    def ranked(self, scene: Scene) -> tuple[int, ...]:
        """The precedences stated by documents that apply."""
        return tuple(
            place
            for place, one in enumerate(scene.standing.precedence)
            if (self.brings(one) if one.optional else self.counts(one))
        )

    def scene(self, scene: Scene) -> Scene:
        """What of a scene applies."""
        optional = scene.optional
        return replace(
            scene,
            halves=self.rivals(scene.halves, optional.halves),
            statements=self.rivals(scene.statements, optional.statements),
            missing=self.gaps(scene.missing, optional.missing),
            unread=self.gaps(scene.unread, optional.unread),
            ranked=self.ranked(scene),
            contracts=contracts_at_hand(scene.standing, self.agreed),
        )
