"""Conditions of use: what we know, what is open, and the answers worth trying (3.2, 4.5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Final

from termsgate.core.model import CONDITION_KEYS, Condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from termsgate.core.model import Context, Vendor
    from termsgate.core.vocabulary import Hierarchy, Vocabulary

ANOTHER: Final = ""
"""The answer that stands for everything nothing names (10.18)."""

YES_NO_KEYS: Final = ("feature", "agreement")
MOST_COMBINATIONS: Final = 4096

Dimension = tuple[str, str]
"""What one question is about: a condition key, and the name of the feature or agreement."""

Answers = dict[Dimension, str]


@dataclass(frozen=True, slots=True)
class Unless:
    """Conditions that must not all hold: those of a document that replaces this one (10.9).

    They do not matter where an answer says that `document` was not agreed at all (10.8).
    """

    conditions: tuple[Condition, ...]
    document: str

    def is_dropped(self, answers: Mapping[Dimension, str]) -> bool:
        """Whether the replacing document is no part of the agreement under these answers."""
        return answers.get(("agreement", self.document)) == "false"


Guard = Condition | Unless


def told(conditions: Iterable[Condition]) -> str:
    """What must hold, in words: `region is eu and sector is health or education`."""
    return " and ".join(
        f"{each.key} {'is not' if each.negated else 'is'} {' or '.join(each.values)}"
        for each in conditions
    )


def dimensions_of(condition: Condition) -> tuple[Dimension, ...]:
    """The questions a condition asks."""
    if condition.key in YES_NO_KEYS:
        return tuple((condition.key, name) for name in condition.values)
    return ((condition.key, ""),)


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """What is settled about our use: a few possible values for each question that is not open."""

    regions: Hierarchy
    values: Mapping[Dimension, tuple[str, ...]] = field(default_factory=dict)
    closed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def lies_in(self, key: str, value: str, wanted: str) -> bool:
        """Whether an answer is among what a condition names; regions nest (semantics 3.2)."""
        return value == wanted or (
            key == "region" and value != ANOTHER and self.regions.lies_in(value, wanted)
        )

    def holds(self, condition: Condition, answers: Mapping[Dimension, str]) -> bool:
        """Whether a condition holds where every question it asks is answered."""
        key = condition.key
        if key in YES_NO_KEYS:
            found = any(answers.get((key, name)) == "true" for name in condition.values)
        else:
            value = answers[key, ""]
            found = any(self.lies_in(key, value, wanted) for wanted in condition.values)
        return found != condition.negated

    def passes(self, guards: Iterable[Guard], answers: Mapping[Dimension, str]) -> bool:
        """Whether all conditions hold and no replacing document's do."""
        return all(
            guard.is_dropped(answers)
            or not all(self.holds(condition, answers) for condition in guard.conditions)
            if isinstance(guard, Unless)
            else self.holds(guard, answers)
            for guard in guards
        )

    def _candidates(self, dimension: Dimension, named: set[str]) -> tuple[str, ...]:
        key, _ = dimension
        known = self.values.get(dimension)
        if key == "region":
            return self._regions(known or (self.regions.root,), named)
        if known is not None:
            return known
        if key in YES_NO_KEYS or key == "opted-out":
            return ("true", "false")
        if key in self.closed:
            return self.closed[key]
        return (*sorted(named), ANOTHER)

    def _regions(self, known: tuple[str, ...], named: set[str]) -> tuple[str, ...]:
        """A region we know, and the named ones inside it, which stay open (10.10)."""
        inside = sorted(
            name
            for name in named
            if any(self.regions.lies_in(name, outer) and name != outer for outer in known)
            and name not in known
        )
        return (*inside, *known)

    def _asked_by(self, condition: Condition) -> tuple[Dimension, ...]:
        """The questions a condition asks; where one of several is known to hold, no other."""
        found = dimensions_of(condition)
        known = tuple(each for each in found if self.values.get(each) == ("true",))
        return known if condition.key in YES_NO_KEYS and known else found

    def candidates(self, guards: Iterable[Guard]) -> dict[Dimension, tuple[str, ...]]:
        """Every question these guards ask with the answers worth trying, in the order of asking."""
        named: dict[Dimension, set[str]] = {}
        for condition in flat(guards):
            for dimension in self._asked_by(condition):
                named.setdefault(dimension, set()).update(
                    condition.values if condition.key not in YES_NO_KEYS else ()
                )
        order = sorted(named, key=lambda item: (CONDITION_KEYS.index(item[0]), item[1]))
        return {dimension: self._candidates(dimension, named[dimension]) for dimension in order}

    def verdict_on(self, guards: tuple[Guard, ...], document: str = "") -> bool | None:
        """True or false where what we know settles the guards, else nothing.

        Nothing of `document` applies under an answer that it was not agreed (10.8).
        """
        if not guards:
            return True
        asked = self.candidates(guards)
        if count(asked) > MOST_COMBINATIONS:
            return None
        agreed = "agreement", document
        found = {
            answers.get(agreed) != "false" and self.passes(guards, answers)
            for answers in combinations(asked)
        }
        return found.pop() if len(found) == 1 else None


def flat(guards: Iterable[Guard]) -> Iterator[Condition]:
    """The conditions inside guards."""
    for guard in guards:
        if isinstance(guard, Unless):
            yield from guard.conditions
        else:
            yield guard


def count(asked: Mapping[Dimension, tuple[str, ...]]) -> int:
    """How many combinations of answers there are."""
    found = 1
    for answers in asked.values():
        found *= len(answers)
    return found


def combinations(asked: Mapping[Dimension, tuple[str, ...]]) -> Iterator[Answers]:
    """Every combination of answers."""
    for answers in product(*asked.values()):
        yield dict(zip(asked, answers, strict=True))


def knowledge(context: Context, vendor: Vendor, vocabulary: Vocabulary) -> Knowledge:
    """What the check and the vendor's closed lists settle (semantics 4.5)."""
    values: dict[Dimension, tuple[str, ...]] = {(key, ""): known for key, known in context.known}
    for key, names in (("feature", context.features), ("agreement", context.agreements)):
        for name, yes in names:
            values[key, name] = ("true",) if yes else ("false",)
    if context.opted_out is not None:
        values["opted-out", ""] = ("true",) if context.opted_out else ("false",)
    closed = dict(vocabulary.answers)
    listed = {"service": vendor.services, "plan": vendor.plans}
    closed |= {key: names for key, names in listed.items() if names is not None}
    return Knowledge(regions=vocabulary.region, values=values, closed=closed)
