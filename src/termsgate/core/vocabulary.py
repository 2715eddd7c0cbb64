"""The vocabulary: four axes of terms, fact types, regions and exceptions (semantics 1.1 to 1.4).

A set of leaves of an axis is one integer used as a bit set. Bit 0 is the first leaf in
vocabulary order: terms without children in the order of the file, then the implicit leaf
"other <term>" of each inner term, in the same order (the states have none: 1.2).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from termsgate.core.once import once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Match(StrEnum):
    """How well a term of the W3C Data Privacy Vocabulary fits ours."""

    EXACT = "exact"
    CLOSE = "close"
    BROAD = "broad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Equivalent:
    """IRIs of the Data Privacy Vocabulary for a term, and how well they match."""

    iris: tuple[str, ...]
    match: Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word of the vocabulary: what it lies in, what it may include, how else it is spelled."""

    id: str
    meaning: str = ""
    parents: tuple[str, ...] = ()
    may_include: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    equivalent: Equivalent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """The finest thing an axis tells apart: a childless term, or the rest of an inner one."""

    term: str
    other: bool = False

    @property
    def label(self) -> str:
        """The words a report uses."""
        return f"other {self.term}" if self.other else self.term


@dataclass(frozen=True, kw_only=True)
class Hierarchy:
    """Terms that lie inside one another: a rooted directed acyclic graph (semantics 1.2).

    `closed` says that inner terms have no implicit leaf (the states).
    """

    name: str
    terms: tuple[Term, ...]
    closed: bool = False

    @once
    def by_id(self) -> Mapping[str, Term]:
        """Each term by its id."""
        return MappingProxyType({term.id: term for term in self.terms})

    @once
    def spellings(self) -> Mapping[str, str]:
        """The canonical id for every id and every other spelling."""
        known = {word: term.id for term in self.terms for word in term.also}
        return MappingProxyType(known | {term.id: term.id for term in self.terms})

    @once
    def root(self) -> str:
        """The term everything lies in."""
        return next(term.id for term in self.terms if not term.parents)

    @once
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """The terms that name each term as a parent."""
        found: dict[str, list[str]] = {term.id: [] for term in self.terms}
        for term in self.terms:
            for parent in term.parents:
                found[parent].append(term.id)
        return MappingProxyType({parent: tuple(names) for parent, names in found.items()})

    @once
    def included(self) -> Mapping[str, frozenset[str]]:
        """Each term with all it includes, itself among them."""
        done: dict[str, frozenset[str]] = {}

        def visit(name: str) -> frozenset[str]:
            if name not in done:
                below = (visit(child) for child in self.children[name])
                done[name] = frozenset({name}).union(*below)
            return done[name]

        for term in self.terms:
            visit(term.id)
        return MappingProxyType(done)

    @once
    def leaves(self) -> tuple[Leaf, ...]:
        """All leaves in vocabulary order."""
        named = [Leaf(term=term.id) for term in self.terms if not self.children[term.id]]
        inner = [Leaf(term=term.id, other=True) for term in self.terms if self.children[term.id]]
        return tuple(named if self.closed else named + inner)

    @once
    def sure(self) -> Mapping[str, int]:
        """The leaves each term surely covers, as a bit set."""
        bit = {leaf.term: 1 << place for place, leaf in enumerate(self.leaves)}
        return MappingProxyType(
            {name: sum(bit.get(part, 0) for part in parts) for name, parts in self.included.items()}
        )

    @once
    def possible(self) -> Mapping[str, int]:
        """The leaves each term possibly covers: one disputable step (semantics 1.3)."""
        return MappingProxyType({term.id: self._reach(term.id) for term in self.terms})

    def _reach(self, name: str) -> int:
        reach = self.sure[name]
        for part in self.included[name]:
            for target in self.by_id[part].may_include:
                reach |= self.sure[target]
        return reach

    @once
    def everything(self) -> int:
        """All leaves, as a bit set."""
        return (1 << len(self.leaves)) - 1

    def surely(self, names: Iterable[str]) -> int:
        """The leaves these terms surely cover."""
        found = 0
        for name in names:
            found |= self.sure[name]
        return found

    def possibly(self, names: Iterable[str]) -> int:
        """The leaves these terms possibly cover."""
        found = 0
        for name in names:
            found |= self.possible[name]
        return found

    def lies_in(self, inner: str, outer: str) -> bool:
        """Whether `outer` includes `inner`; a word the table does not know lies in itself only."""
        return inner == outer or inner in self.included.get(outer, frozenset())


class FactType(StrEnum):
    """What kind of value a fact takes (semantics 5.1)."""

    DURATION = "duration"
    YES_NO = "yes-no"
    CHOICE = "choice"
    LIST = "list"
    MONEY = "money"
    TEXT = "text"


class Denial(StrEnum):
    """What `none` counts as in a bound (semantics 5.2).

    Zero: there is none of it. Never: the fact is a deadline and there is no deadline at all.
    Unlimited: larger than every sum.
    """

    ZERO = "zero"
    NEVER = "never"
    UNLIMITED = "unlimited"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactDefinition:
    """What a fact means and which values it takes.

    `values` are the words of a choice or list (empty: any word); `words` may stand in place of a
    number; `order` lists the words that can be compared, shortest first; `endless` those longer
    than every number; `usual` the subjects that are meant where a requirement names none (5.3).
    """

    id: str
    type: FactType
    meaning: str = ""
    denial: Denial = Denial.ZERO
    values: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    endless: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    equivalent: Equivalent | None = None


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """Every word a file may use."""

    action: Hierarchy
    data: Hierarchy
    by: Hierarchy
    state: Hierarchy
    region: Hierarchy
    exceptions: Hierarchy
    facts: Mapping[str, FactDefinition]
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @once
    def axes(self) -> tuple[Hierarchy, Hierarchy, Hierarchy, Hierarchy]:
        """The four axes of a use, in their order (semantics 1.1)."""
        return (self.action, self.data, self.by, self.state)

    @once
    def memory(self) -> dict[int, tuple[object, object]]:
        """What was compiled against this vocabulary, by the identity of what it was made from.

        The source is kept beside the result, so that no identity is ever used twice.
        """
        return {}

    def axis(self, name: str) -> Hierarchy:
        """The axis of that name."""
        return self._by_name[name]

    @once
    def _by_name(self) -> Mapping[str, Hierarchy]:
        return {axis.name: axis for axis in self.axes}

    def facts_below(self, name: str) -> Iterator[str]:
        """The fact itself and those below it (`licence` is `licence.*`; semantics 6.2)."""
        return (fact for fact in self.facts if is_below(fact, name))


def is_below(fact: str, name: str) -> bool:
    """Whether a fact is the one named or lies below it, by dots."""
    return fact == name or fact.startswith(f"{name}.")
