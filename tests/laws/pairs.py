"""Two sets of terms, and what the naive evaluator makes of every use of both.

A pair is made from one number; its second side is the first with a clause changed, or the same
documents drawn anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Final

from termsgate.core.agreement import stand
from termsgate.core.diff import TwoTerms
from termsgate.core.model import (
    Bound,
    Box,
    Firmness,
    Forbid,
    Part,
    Require,
    Scope,
    Stance,
    Vendor,
)
from termsgate.core.values import Denied
from tests.laws import oracle
from tests.laws.cases import Case, Maker, changed_clause
from tests.laws.comparing import matter_of, use_of
from tests.making import requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.diff import Difference
    from termsgate.core.meaning import Label
    from termsgate.core.space import BoxMask
    from termsgate.core.vocabulary import Hierarchy, Vocabulary

MOST_WORLDS: Final = 12
ASKED: Final = frozenset({Stance.OPT_OUT, Stance.OPT_IN, Stance.EXPLICIT_OPT_IN})

Said = frozenset[tuple[str, tuple[str, ...]]]
"""What is said of a use: words, each with whose consent."""

Told = dict[tuple[int, oracle.Point], tuple[Said, Said]]
"""For each world, by its number, and each point, what is said before and after."""


@dataclass(frozen=True, kw_only=True)
class TwoCases:
    """The same question before two sets of terms."""

    before: Case
    after: Case

    @property
    def mirrored(self) -> TwoCases:
        """The other way round."""
        return TwoCases(before=self.after, after=self.before)


def pair(seed: int) -> TwoCases:
    """The pair of that number."""
    maker = Maker(seed)
    first = maker.case()
    if seed % 3 == 0:
        other: Vendor = replace(
            maker.vendor(), services=first.vendor.services, plans=first.vendor.plans
        )
    else:
        other = changed_clause(maker, first.vendor)
    return TwoCases(before=first, after=replace(first, vendor=other))


def of_everything(case: Case) -> oracle.Matter:
    """The case with a requirement that every clause touches."""
    words = case.vocabulary
    whole = Box(
        action=(words.action.root,), data=(words.data.root,), by=("anyone",), state=("any",)
    )
    demand = Forbid(scope=Scope(parts=(Part(box=whole),)))
    return matter_of(replace(case, requirement=requirement(demand)))


def of_fact(case: Case, fact: str) -> oracle.Matter:
    """The case with a requirement that every clause touches which states the fact."""
    demand = Require(fact=fact, bound=Bound.IS, values=(Denied(),))
    return matter_of(replace(case, requirement=requirement(demand)))


# --- worlds --------------------------------------------------------------------------------------


def answer(
    world: oracle.World, dimension: tuple[str, str], tried: tuple[str, ...], regions: Hierarchy
) -> str:
    """A world's answer as one of those that the engine tries.

    What only a document without a clause names is to the engine another answer, or the region
    around it.
    """
    key, name = dimension
    found = world[f"{key}:{name}" if name else key]
    if isinstance(found, bool):
        return "true" if found else "false"
    if key != "region":
        return found if found in tried else ""
    around = [one for one in tried if found in oracle.below(regions, one)]
    return min(around or [regions.root], key=lambda one: len(oracle.below(regions, one)))


# --- what the naive evaluator says ----------------------------------------------------------------


class AsWritten(oracle.Need):
    """Every stance as the words have it: what we chose is left aside."""

    def stances(self, voice: oracle.Voice, point: oracle.Point) -> frozenset[Stance]:
        """The stances the words admit, wherever that is."""
        del point
        return voice.stances

    def drops(self, voice: oracle.Voice, stance: Stance | None) -> bool:
        """Nothing is dropped."""
        del voice, stance
        return False


def stance_at(standing: oracle.Standing, point: oracle.Point) -> Said:
    """What the readings of a point give."""
    need = AsWritten(matter=standing.matter)
    here = [voice for voice in standing.voices if point in voice.cover.possible]
    found: set[tuple[str, tuple[str, ...]]] = set()
    for reading in oracle.readings_at(standing, here, point, need):
        if not reading.governing:
            found.add(("silent", ()))
        for voice in reading.governing:
            stance = reading.stances[voice]
            whose = tuple(sorted(voice.clause.consent_from)) if stance in ASKED else ()
            found.add((stance.word, whose))
    return frozenset(found)


def value_at(standing: oracle.Standing, fact: str, point: oracle.Point) -> frozenset[object]:
    """What the readings of a point give for a fact: whole statements, or silence."""
    need = AsWritten(matter=standing.matter)
    here = [
        voice
        for voice in standing.facts
        if voice.statement is not None
        and voice.statement.fact == fact
        and voice.statement.firmness is not Firmness.DISCRETION
        and point in voice.cover.possible
    ]
    found: set[object] = set()
    for reading in oracle.readings_at(standing, here, point, need):
        if not reading.governing:
            found.add("silent")
        for voice in reading.governing:
            assert voice.statement is not None
            stated = voice.statement
            found.add(
                (
                    stated.value,
                    stated.firmness,
                    frozenset(stated.subjects),
                    frozenset(stated.excepting),
                    stated.starting,
                )
            )
    return frozenset(found)


def every_point(words: oracle.Words) -> list[oracle.Point]:
    """Every use there is."""
    return list(product(*(sorted(words.whole[axis]) for axis in ("action", "data", "by", "state"))))


def naively_different(two: TwoCases, all_: list[oracle.World]) -> Told:
    """Every use whose stance differs, in each world."""
    before, after = of_everything(two.before), of_everything(two.after)
    found: Told = {}
    for number, world in enumerate(all_):
        then, now = oracle.standing_in(before, world), oracle.standing_in(after, world)
        for point in every_point(before.words):
            said = stance_at(then, point), stance_at(now, point)
            if said[0] != said[1]:
                found[number, point] = said
    return found


# --- what the engine says -------------------------------------------------------------------------


def two_terms(two: TwoCases) -> TwoTerms:
    """Both sides, as the engine takes them."""
    before, after = (
        stand(one.vendor, one.vocabulary, use_of(one), one.on) for one in (two.before, two.after)
    )
    return TwoTerms(before=before, after=after)


def points_in(words: Vocabulary, box: BoxMask) -> Iterator[oracle.Point]:
    """The points of a box."""
    labels = [
        [leaf.label for place, leaf in enumerate(axis.leaves) if mask >> place & 1]
        for axis, mask in zip(words.axes, box, strict=True)
    ]
    a, b, c, d = labels
    return product(a, b, c, d)


def plain(labels: frozenset[Label]) -> Said:
    """Labels as words, each with whose consent."""
    return frozenset((label.word, label.whose) for label in labels)


def holds(change: Difference, world: oracle.World, regions: Hierarchy) -> bool:
    """Whether the conditions of a difference hold in a world."""
    return all(
        answer(world, each.dimension, each.asked, regions) in each.answers for each in change.where
    )


def told_different(
    two: TwoCases, changes: tuple[Difference, ...], all_: list[oracle.World]
) -> Told:
    """Every use that the boxes say differs, in each world, with what they say of it."""
    words = two.before.vocabulary
    return {
        (number, point): (plain(change.before), plain(change.after))
        for change in changes
        for number, world in enumerate(all_)
        if holds(change, world, words.region)
        for point in points_in(words, change.box)
    }


def disagree(two: TwoCases) -> bool:
    """Whether the naive evaluator and the boxes tell different uses apart."""
    all_ = oracle.worlds(of_everything(two.before), of_everything(two.after))
    told = told_different(two, two_terms(two).use_changes, all_)
    return told != naively_different(two, all_)


def is_small(two: TwoCases) -> bool:
    """Whether every world of the pair can be gone through."""
    all_ = oracle.worlds(of_everything(two.before), of_everything(two.after))
    return len(all_) <= MOST_WORLDS
