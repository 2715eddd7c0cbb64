"""One requirement before one standing: parts, open conditions, the word (semantics 4 to 6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from termsgate.core.conditions import MOST_COMBINATIONS, Guard, combinations, count
from termsgate.core.halves import whole_layers
from termsgate.core.judge import is_stated, judge_fact, judge_use, meets, nothing_known_of
from termsgate.core.model import Every, Forbid, Narrowing, Require, Some
from termsgate.core.once import once
from termsgate.core.scene import Scene, is_empty, is_there, joined, layers_of, missing_is_there
from termsgate.core.space import touches, union_box
from termsgate.core.standing import NO_ONE, Present
from termsgate.core.verdict import Ruling
from termsgate.core.vocabulary import is_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from termsgate.core.conditions import Answers, Dimension
    from termsgate.core.field import Field
    from termsgate.core.model import Demand, Requirement, Scope, WhenStated
    from termsgate.core.space import BoxMask, Layer
    from termsgate.core.standing import Half, Missing, Ranked, Standing, Statement
    from termsgate.core.vocabulary import Vocabulary


# --- the tree of a requirement (6) ---------------------------------------------------------------


Rival = TypeVar("Rival", bound="Half | Statement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One use requirement or bound, with all that the compounds around it add (10.25).

    `layers` is the scope it is judged on, compiled; `hull` the smallest box around it; `empty`
    says that it has no point; `own` are boxes that tell the terms it is written in apart.
    """

    demand: Forbid | Require
    layers: tuple[Layer, ...]
    hull: BoxMask
    empty: bool
    own: tuple[BoxMask, ...] = ()
    narrowings: tuple[Narrowing, ...] = ()
    whens: tuple[WhenStated, ...] = ()

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
        own=_own_boxes(demand, vocabulary),
        narrowings=narrowings,
        whens=whens,
    )


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


def _own_boxes(demand: Forbid | Require, vocabulary: Vocabulary) -> tuple[BoxMask, ...]:
    """Boxes that make a grid tell the requirement's own terms apart."""
    whole = whole_layers(vocabulary)[0].sure
    found: list[BoxMask] = []
    for place, terms in enumerate(own_terms(demand)):
        for term in terms:
            box = list(whole)
            box[place] = vocabulary.axes[place].sure[term]
            a, b, c, d = box
            found.append((a, b, c, d))
    return tuple(found)


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


# --- one leaf ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A leaf's verdict, and the fields it was read from (one for each subject of a bound)."""

    leaf: Leaf
    ruling: Ruling
    fields: tuple[Field, ...] = ()
    unstated: str = ""


def judge_leaf(leaf: Leaf, scene: Scene, extra: tuple[BoxMask, ...] = ()) -> Outcome:
    """Judge one leaf under one set of answers (semantics 4, 5, 6.2, 6.3)."""
    if leaf.empty:
        return Outcome(leaf=leaf, ruling=Ruling.NOT_APPLICABLE)
    demand = leaf.demand
    field = judge_use(demand, scene, leaf.layers, extra) if isinstance(demand, Forbid) else None
    for when in leaf.whens:
        if not is_stated(when, demand, scene, leaf.layers, field):
            neutral = nothing_known_of(when.fact, scene) and not when.otherwise_silent
            ruling = Ruling.NOT_APPLICABLE if neutral else Ruling.SILENT
            return Outcome(leaf=leaf, ruling=ruling, unstated=when.fact)
    if isinstance(demand, Require):
        subjects = demand.subjects or (None,)
        fields = tuple(judge_fact(demand, scene, leaf.layers, one) for one in subjects)
    else:
        fields = (field,) if field is not None else ()
    ruling = combine((one.ruling for one in fields), every=True)
    return Outcome(leaf=leaf, ruling=ruling, fields=fields)


# --- what could touch a leaf ---------------------------------------------------------------------


def _reaches(around: Iterable[BoxMask], layers: tuple[Layer, ...]) -> bool:
    return any(touches(own, layer.sure) for layer in layers for own in around)


def _names_one(missing: Missing, facts: Iterable[str]) -> bool:
    return any(
        is_below(fact, name) or is_below(name, fact)
        for fact in facts
        for name in missing.absence.facts
    )


def _near(leaf: Leaf, outlines: Iterable[tuple[BoxMask, Half]]) -> tuple[Half, ...]:
    """The clauses that could cover a point of a leaf."""
    a, b, c, d = leaf.hull
    near = [half for (e, f, g, h), half in outlines if a & e and b & f and c & g and d & h]
    if len(leaf.layers) > 1:
        near = [half for half in near if _reaches(half.around, leaf.layers)]
    if leaf.narrowings:
        near = [half for half in near if is_there(half.clause, half.document, leaf.narrowings)]
    # A clause that its exceptions leave nothing of this asks nothing (semantics 4.5).
    return tuple(half for half in near if not half.guards or _is_left(leaf, half))


def _is_left(leaf: Leaf, half: Half) -> bool:
    """Whether the exceptions that hold in any case leave a clause a point of a leaf."""
    always = tuple(
        replace(layer, carved=tuple(carve for carve in layer.carved if not carve.applies))
        for layer in half.layers
    )
    return meets(leaf.layers, always)


def _stating(leaf: Leaf, statements: Iterable[Statement]) -> tuple[Statement, ...]:
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
            one.reaches(layer.sure for layer in leaf.layers)
            if isinstance(demand, Forbid)
            else _names_one(one, (demand.fact,))
        )
    )


def _unread(leaf: Leaf, missing: Iterable[Missing]) -> tuple[Missing, ...]:
    """What is missing about the facts of a leaf's `when-stated` (semantics 6.2)."""
    names = {when.fact for when in leaf.whens}
    return tuple(one for one in missing if _names_one(one, names)) if names else ()


def scene_of(leaf: Leaf, standing: Standing, *, evidence: bool) -> Scene:
    """All that could touch a leaf, before any open question is answered."""
    use = isinstance(leaf.demand, Forbid)
    return Scene(
        standing=standing,
        halves=_near(leaf, standing.outlines) if use else (),
        statements=_stating(leaf, standing.statements) if standing.statements else (),
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
        halves=_near(leaf, outlines) if isinstance(leaf.demand, Forbid) else (),
        statements=_stating(leaf, standing.optional.statements),
        missing=_missing(leaf, standing.optional.missing),
        unread=_unread(leaf, standing.optional.missing),
    )


def _guards_in(scene: Scene) -> Iterator[tuple[Guard, ...]]:
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
    if rivals:
        yield from (one.guards for one in scene.standing.precedence if one.guards)


# --- conditions (4.5) ----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Case:
    """One requirement before one standing, with everything that is asked once for all parts.

    `telling` says that uses will be shown, so that the requirement's own terms are told apart.
    """

    requirement: Requirement
    standing: Standing
    telling: bool = False

    @once
    def tree(self) -> Leaf | Knot:
        """The requirement's parts."""
        return tree_of(self.requirement, self.standing.vocabulary)

    @once
    def leaves(self) -> tuple[Leaf, ...]:
        """The parts that are judged by themselves."""
        return tuple(leaves_of(self.tree))

    @once
    def applies(self) -> bool | None:
        """Whether the requirement applies; nothing where that is open."""
        return self.standing.knowledge.verdict_on(self.requirement.applies)

    @once
    def scenes(self) -> tuple[Scene, ...]:
        """All that could touch each leaf."""
        evidence = self.requirement.evidence_required
        return tuple(scene_of(leaf, self.standing, evidence=evidence) for leaf in self.leaves)

    @once
    def guards(self) -> tuple[tuple[Guard, ...], ...]:
        """The lists of conditions that are open, the requirement's own first."""
        own = () if self.applies or not self.requirement.applies else (self.requirement.applies,)
        return tuple(
            dict.fromkeys((*own, *(found for scene in self.scenes for found in _guards_in(scene))))
        )

    @once
    def asked(self) -> dict[Dimension, tuple[str, ...]]:
        """The open questions about our use, with the answers worth trying."""
        flat = [guard for guards in self.guards for guard in guards]
        return self.standing.knowledge.candidates(flat)

    def held(self, answers: Answers) -> frozenset[tuple[Guard, ...]]:
        """The lists of conditions that hold under these answers."""
        known = self.standing.knowledge
        return frozenset(guards for guards in self.guards if known.passes(guards, answers))

    def outcomes(self, answers: Answers) -> tuple[Outcome, ...]:
        """Every leaf's verdict under these answers."""
        if not self.guards:
            return self.settled
        one = Answered(held=self.held(answers), agreed=dict(self.agreed(answers)))
        return self._judged(one.scene(scene) for scene in self.scenes)

    @once
    def settled(self) -> tuple[Outcome, ...]:
        """Every leaf's verdict where nothing is open."""
        return self._judged(self.scenes)

    def _judged(self, scenes: Iterable[Scene]) -> tuple[Outcome, ...]:
        return tuple(
            judge_leaf(leaf, scene, leaf.own if self.telling else ())
            for leaf, scene in zip(self.leaves, scenes, strict=True)
        )

    def agreed(self, answers: Answers) -> tuple[tuple[str, str], ...]:
        """What these answers say of documents of the agreement by name (10.8)."""
        names = self.standing.document_ids
        return tuple(
            (name, value)
            for (key, name), value in answers.items()
            if key == "agreement" and name in names
        )

    def ruling_under(self, answers: Answers) -> Ruling:
        """The verdict under these answers."""
        if self.applies is None and not self.standing.knowledge.passes(
            self.requirement.applies, answers
        ):
            return Ruling.NOT_APPLICABLE
        found = self.outcomes(answers)
        if len(found) == 1:
            return found[0].ruling
        return roll_up(self.tree, {id(one.leaf): one.ruling for one in found})

    @once
    def by_answers(self) -> tuple[tuple[Answers, Ruling], ...]:
        """The verdict under every combination of answers (semantics 4.5).

        Answers under which the same conditions hold are judged once.
        """
        if not self.guards:
            return (({}, self.ruling),)
        known: dict[object, Ruling] = {}
        found: list[tuple[Answers, Ruling]] = []
        for answers in combinations(self.asked):
            key = self.held(answers), self.agreed(answers)
            if key not in known:
                known[key] = self.ruling_under(answers)
            found.append((answers, known[key]))
        return tuple(found)

    @once
    def apart(self) -> tuple[Answers, ...]:
        """One combination of answers for each set of conditions that can hold together."""
        first: dict[object, Answers] = {}
        for answers, _ in self.by_answers:
            first.setdefault((self.held(answers), self.agreed(answers)), answers)
        return tuple(first.values())

    @once
    def too_many(self) -> bool:
        """Whether there are more combinations than are tried (10.18)."""
        return count(self.asked) > MOST_COMBINATIONS

    @once
    def ruling(self) -> Ruling:
        """The verdict (semantics 4.5)."""
        if self.applies is False:
            return Ruling.NOT_APPLICABLE
        if not self.guards:
            return self.ruling_under({})
        if self.too_many:
            return Ruling.UNCLEAR
        return together(ruling for _, ruling in self.by_answers)


def together(rulings: Iterable[Ruling]) -> Ruling:
    """The verdict where several answers are open: theirs if they agree, else unclear (4.5)."""
    found = set(rulings) - {Ruling.NOT_APPLICABLE}
    if not found:
        return Ruling.NOT_APPLICABLE
    return found.pop() if len(found) == 1 else Ruling.UNCLEAR


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
