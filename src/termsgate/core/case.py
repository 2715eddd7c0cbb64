"""One requirement before one standing: parts, open conditions, the word (semantics 4 to 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termsgate.core.conditions import MOST_COMBINATIONS, Guard, combinations, count
from termsgate.core.judge import is_stated, judge_fact, judge_use, nothing_known_of
from termsgate.core.model import Forbid, Require
from termsgate.core.once import once
from termsgate.core.touching import Answered, guards_in, scene_of
from termsgate.core.tree import Knot, Leaf, combine, leaves_of, roll_up, tree_of
from termsgate.core.verdict import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termsgate.core.conditions import Answers, Dimension
    from termsgate.core.field import Field
    from termsgate.core.model import Requirement
    from termsgate.core.scene import Scene
    from termsgate.core.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A leaf's verdict, and the fields it was read from (one for each subject of a bound)."""

    leaf: Leaf
    ruling: Ruling
    fields: tuple[Field, ...] = ()
    unstated: str = ""


def judge_leaf(leaf: Leaf, scene: Scene) -> Outcome:
    """Judge one leaf under one set of answers (semantics 4, 5, 6.2, 6.3)."""
    if leaf.empty:
        return Outcome(leaf=leaf, ruling=Ruling.NOT_APPLICABLE)
    demand = leaf.demand
    field = judge_use(demand, scene, leaf.layers) if isinstance(demand, Forbid) else None
    waits = waiting(leaf, scene, field)
    if waits is not None:
        return waits
    if isinstance(demand, Require):
        subjects = demand.subjects or (None,)
        fields = tuple(judge_fact(demand, scene, leaf.layers, one) for one in subjects)
    else:
        fields = (field,) if field is not None else ()
    ruling = combine((one.ruling for one in fields), every=True)
    return Outcome(leaf=leaf, ruling=ruling, fields=fields)


def waiting(leaf: Leaf, scene: Scene, field: Field | None) -> Outcome | None:
    """What a leaf comes to where nobody states a fact it waits for (semantics 6.2)."""
    for when in leaf.whens:
        if not is_stated(when, leaf.demand, scene, leaf.layers, field):
            neutral = nothing_known_of(when.fact, scene) and not when.otherwise_silent
            ruling = Ruling.NOT_APPLICABLE if neutral else Ruling.SILENT
            return Outcome(leaf=leaf, ruling=ruling, unstated=when.fact)
    return None


@dataclass(frozen=True, kw_only=True)
class Case:
    """One requirement before one standing, with everything that is asked once for all parts."""

    requirement: Requirement
    standing: Standing

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
            dict.fromkeys((*own, *(found for scene in self.scenes for found in guards_in(scene))))
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
            judge_leaf(leaf, scene) for leaf, scene in zip(self.leaves, scenes, strict=True)
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
