"""One requirement against one vendor on one day: the verdict (semantics 4 to 6).

`rule` gives the word, `evaluate` the whole verdict. Both are pure and total.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from termsgate.core.conditions import MOST_COMBINATIONS, Guard, combinations, count
from termsgate.core.judge import (
    Field,
    Scene,
    boxes_of,
    is_stated,
    is_there,
    joined,
    judge_fact,
    judge_use,
    missing_is_there,
    nothing_known_of,
)
from termsgate.core.model import Every, Forbid, Narrowing, Require, Some
from termsgate.core.standing import Half, Standing, Use, stand
from termsgate.core.verdict import Ruling
from termsgate.core.vocabulary import is_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from termsgate.core.conditions import Answers, Dimension
    from termsgate.core.model import Demand, Requirement, Vendor, WhenStated
    from termsgate.core.space import BoxMask, Layer
    from termsgate.core.standing import Missing, Statement
    from termsgate.core.vocabulary import Vocabulary


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A vendor's terms with the vocabulary they are written in.

    `verified` names the clauses (document, effective date, id) whose quotes were found (3.7).
    """

    vendor: Vendor
    vocabulary: Vocabulary
    verified: frozenset[tuple[str, date, str]] = frozenset()
    _standings: dict[tuple[int, date], tuple[Use, Standing]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def standing(self, use: Use, on: date) -> Standing:
        """What stands on a day for a use of theirs; built once."""
        kept = self._standings.get((id(use), on))
        if kept is not None and kept[0] is use:
            return kept[1]
        standing = stand(self.vendor, self.vocabulary, use, on, self.verified)
        self._standings[id(use), on] = (use, standing)
        return standing


# --- the tree of a requirement (6) ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One use requirement or bound, with all that the compounds around it add (10.25)."""

    demand: Forbid | Require
    narrowings: tuple[Narrowing, ...] = ()
    whens: tuple[WhenStated, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Knot:
    """A compound: the worst of its parts, or the best of those not silent (semantics 6.1)."""

    parts: tuple[Leaf | Knot, ...]
    every: bool


def _tree(
    demand: Demand, narrowings: tuple[Narrowing, ...], whens: tuple[WhenStated, ...]
) -> Leaf | Knot:
    narrowings = (*narrowings, *joined(demand.narrowing, Narrowing()))
    if demand.when_stated is not None:
        whens = (*whens, demand.when_stated)
    if isinstance(demand, Every | Some):
        return Knot(
            parts=tuple(_tree(part, narrowings, whens) for part in demand.parts),
            every=isinstance(demand, Every),
        )
    return Leaf(demand=demand, narrowings=narrowings, whens=whens)


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


# --- one leaf -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A leaf's verdict, and the fields it was read from (one for each subject of a bound)."""

    leaf: Leaf
    ruling: Ruling
    fields: tuple[Field, ...] = ()
    unstated: str = ""


def judge_leaf(leaf: Leaf, scene: Scene, extra: Iterable[BoxMask] = ()) -> Outcome:
    """Judge one leaf under one set of answers (semantics 4, 5, 6.2, 6.3)."""
    for when in leaf.whens:
        if not is_stated(when, leaf.demand, scene, leaf.narrowings):
            neutral = nothing_known_of(when.fact, scene) and not when.otherwise_silent
            ruling = Ruling.NOT_APPLICABLE if neutral else Ruling.SILENT
            return Outcome(leaf=leaf, ruling=ruling, unstated=when.fact)
    fields = tuple(_fields(leaf, scene, extra))
    return Outcome(
        leaf=leaf, ruling=combine((one.ruling for one in fields), every=True), fields=fields
    )


def _fields(leaf: Leaf, scene: Scene, extra: Iterable[BoxMask]) -> Iterator[Field]:
    demand = leaf.demand
    if isinstance(demand, Forbid):
        yield judge_use(demand, scene, leaf.narrowings, extra)
    else:
        for subject in demand.subjects or (None,):
            yield judge_fact(demand, scene, leaf.narrowings, subject)


# --- conditions (4.5) ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Case:
    """One requirement before one standing, with everything that is asked once for all parts."""

    requirement: Requirement
    standing: Standing

    @cached_property
    def tree(self) -> Leaf | Knot:
        """The requirement's parts."""
        memory = self.standing.vocabulary.memory
        kept = memory.get(id(self.requirement))
        if kept is not None and kept[0] is self.requirement:
            return kept[1]  # type: ignore[return-value]
        tree = _tree(self.requirement.demand, (), ())
        memory[id(self.requirement)] = (self.requirement, tree)
        return tree

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """The parts that are judged by themselves."""
        return tuple(leaves_of(self.tree))

    @cached_property
    def applies(self) -> bool | None:
        """Whether the requirement applies; nothing where that is open."""
        return self.standing.knowledge.verdict_on(self.requirement.applies)

    @cached_property
    def guards(self) -> tuple[Guard, ...]:
        """Every condition that is asked: of what could touch the requirement, and its own."""
        own = () if self.applies else self.requirement.applies
        touching = (guard for leaf in self.leaves for guard in _touching(leaf, self.standing))
        return tuple(dict.fromkeys((*own, *touching)))

    @cached_property
    def asked(self) -> dict[Dimension, tuple[str, ...]]:
        """The open questions about our use, with the answers worth trying."""
        return self.standing.knowledge.candidates(self.guards)

    def scene(self, answers: Answers) -> Scene:
        """What applies under these answers."""
        return _scene(self.standing, answers, evidence=self.requirement.evidence_required)

    def outcomes(self, answers: Answers, extra: Iterable[BoxMask] = ()) -> tuple[Outcome, ...]:
        """Every leaf's verdict under these answers."""
        scene = self.scene(answers)
        return tuple(judge_leaf(leaf, scene, extra) for leaf in self.leaves)

    def ruling_under(self, answers: Answers) -> Ruling:
        """The verdict under these answers."""
        if self.applies is None and not self.standing.knowledge.passes(
            self.requirement.applies, answers
        ):
            return Ruling.NOT_APPLICABLE
        found = self.outcomes(answers)
        return roll_up(self.tree, {id(one.leaf): one.ruling for one in found})

    @cached_property
    def by_answers(self) -> tuple[tuple[Answers, Ruling], ...]:
        """The verdict under every combination of answers (semantics 4.5)."""
        return tuple((answers, self.ruling_under(answers)) for answers in combinations(self.asked))

    @cached_property
    def too_many(self) -> bool:
        """Whether there are more combinations than are tried (10.18)."""
        return count(self.asked) > MOST_COMBINATIONS

    @cached_property
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


def _carve_guards(layers: Iterable[Layer]) -> Iterator[Guard]:
    for layer in layers:
        for carve in layer.carved:
            yield from carve.applies


def _touching(leaf: Leaf, standing: Standing) -> Iterator[Guard]:
    """The open conditions of what could touch a leaf."""
    boxes = boxes_of(leaf.demand, standing.vocabulary)
    for half in standing.halves:
        if (half.guards or half.conditional) and half.reaches(boxes):
            if is_there(half.clause, half.document, leaf.narrowings):
                yield from half.guards
                yield from _carve_guards(half.layers)
    facts = {when.fact for when in leaf.whens}
    if isinstance(leaf.demand, Require):
        facts.add(leaf.demand.fact)
    yield from _stating(facts, leaf, standing)
    for one in standing.missing:
        if (one.guards and missing_is_there(one, leaf.narrowings)) and (
            one.reaches(boxes) or _names_one(one, facts)
        ):
            yield from one.guards


def _names_one(missing: Missing, facts: Iterable[str]) -> bool:
    return any(
        is_below(fact, name) or is_below(name, fact)
        for fact in facts
        for name in missing.absence.facts
    )


def _stating(facts: set[str], leaf: Leaf, standing: Standing) -> Iterator[Guard]:
    for stated in standing.statements:
        if any(is_below(stated.fact.fact, fact) for fact in facts) and is_there(
            stated.clause, stated.document, leaf.narrowings
        ):
            yield from stated.guards
            yield from _carve_guards(stated.layers)


def _scene(standing: Standing, answers: Answers, *, evidence: bool) -> Scene:
    if not answers:
        key = ("scene", evidence)
        kept = standing.memory.get(key)
        if not isinstance(kept, Scene):
            kept = _make_scene(standing, answers, evidence=evidence)
            standing.memory[key] = kept
        return kept
    return _make_scene(standing, answers, evidence=evidence)


def _make_scene(standing: Standing, answers: Answers, *, evidence: bool) -> Scene:
    """Keep what applies; whatever still asks a question nobody put is not touched by it."""
    known = standing.knowledge

    def holds(guards: tuple[Guard, ...]) -> bool:
        if not guards:
            return True
        if not known.candidates(guards).keys() <= answers.keys():
            return False
        return known.passes(guards, answers)

    def active(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
        return tuple(
            replace(layer, carved=tuple(carve for carve in layer.carved if holds(carve.applies)))
            for layer in layers
        )

    return Scene(
        standing=standing,
        halves=tuple(
            replace(half, layers=active(half.layers)) if half.conditional else half
            for half in standing.halves
            if holds(half.guards)
        ),
        statements=tuple(
            replace(one, layers=active(one.layers))
            for one in standing.statements
            if holds(one.guards)
        ),
        missing=tuple(one for one in standing.missing if holds(one.guards)),
        evidence=evidence,
    )


# --- the public face ------------------------------------------------------------------------------------


def rule(requirement: Requirement, terms: Terms, use: Use, on: date) -> Ruling:
    """Give the verdict's word alone: what the terms say on a day, for a use (semantics 4)."""
    return Case(requirement=requirement, standing=terms.standing(use, on)).ruling
