"""What a clause says, without its place and its words: clauses of one tenor decide alike.

A tenor is all of a clause that the sentences on uses and facts read (semantics 1 to 6), as it was
decoded. What they never read is not in it: the quote, the section, our words for it, the line. A
name counts only where another clause calls it by that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from termsgate.core.scene import is_there
from termsgate.core.values import Money, Unspecified
from termsgate.core.vocabulary import is_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from termsgate.core.model import Clause, FactStatement, Scope, Target
    from termsgate.core.space import BoxMask
    from termsgate.core.standing import Half, Statement
    from termsgate.core.tree import Leaf
    from termsgate.core.values import Value

Said: TypeAlias = "tuple[object, ...]"
"""What was said as a plain value: equal where the same was said."""


# --- what is said ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What clauses are called by others: their ids, and whether sections are."""

    ids: frozenset[str] = frozenset()
    sections: bool = False


NOBODY = Named()


def named_by(clauses: Iterable[Clause]) -> Named:
    """What clauses that override others, or stand alongside, call them (semantics 3.3 a)."""
    targets: list[Target] = []
    for clause in clauses:
        if clause.overrides or clause.alongside:
            targets += (*clause.overrides, *clause.alongside)
    if not targets:
        return NOBODY
    return Named(
        ids=frozenset(one.clause for one in targets if one.clause is not None),
        sections=any(one.section is not None for one in targets),
    )


def said(clause: Clause, document: str, setting: int, named: Named) -> Said:
    """All of a clause that a verdict can depend on, in its document of its setting."""
    return (
        setting,
        document,
        clause.id if clause.id in named.ids else None,
        clause.section if named.sections else None,
        clause.verb,
        clause.stances,
        clause.firmness,
        clause.consent_from,
        clause.closed,
        clause.except_as_in,
        clause.overrides,
        clause.alongside,
        clause.applies,
        clause.supposed,
        covered(clause.scope),
        tuple([_stated(one) for one in clause.states]),
    )


def covered(scope: Scope | None) -> Said | None:
    """A scope as a plain value."""
    if scope is None:
        return None
    return tuple(
        [
            (box.action, box.data, box.by, box.state, part.excepting, part.perhaps)
            for part in scope.parts
            for box in (part.box,)
        ]
    )


def _stated(fact: FactStatement) -> Said:
    return (
        fact.fact,
        _exactly(fact.value),
        covered(fact.of),
        fact.subjects,
        fact.excepting,
        fact.starting,
        fact.firmness,
    )


def _exactly(value: Value) -> object:
    """A value; with a sum go its figures, for 1.0 and 1.00 are one sum and told differently."""
    return (value, repr(value)) if isinstance(value, Money | Unspecified) else value


# --- what it can bear on --------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class Tenor:
    """What clauses say alike, by its number.

    `halves` and `statements` are those of the first clause that said it. `bears` are the numbers
    of the requirements it can bear on, of the first `tried` that were asked for.
    """

    number: int
    halves: Sequence[Half]
    statements: Sequence[Statement]
    outlines: tuple[BoxMask, ...]
    bears: list[int] = field(default_factory=list)
    tried: int = 0

    def is_there(self, leaf: Leaf) -> bool:
        """Whether its clauses are there for a part, as that is narrowed (6.3)."""
        half = self.halves[0]
        return is_there(half.clause, half.document, leaf.narrowings)


@dataclass(frozen=True, slots=True)
class Sieve:
    """Tenors, sorted to see at once which of them a part of a requirement reads.

    That is a use which a tenor may cover, or a fact which it states.
    """

    outlines: list[tuple[int, int, int, int, Tenor]]
    stating: dict[str, list[Tenor]]

    @classmethod
    def of(cls, tenors: Iterable[Tenor]) -> Sieve:
        """Each tenor by the boxes around its halves, and by the facts it states."""
        each = {tenor.number: tenor for tenor in tenors}.values()
        stating: dict[str, list[Tenor]] = {}
        for tenor in each:
            for fact in {one.fact.fact for one in tenor.statements}:
                stating.setdefault(fact, []).append(tenor)
        outlines = [(*outline, tenor) for tenor in each for outline in tenor.outlines]
        return cls(outlines, stating)

    def bearing(self, leaves: Iterable[Leaf]) -> Iterable[Tenor]:
        """Those that could bear on a requirement of these parts, each once."""
        found: dict[int, Tenor] = {}
        for leaf in leaves:
            for tenor in self._near(leaf) if leaf.is_use else ():
                found[tenor.number] = tenor
            for fact, stating in self.stating.items() if leaf.facts else ():
                if any(is_below(fact, one) for one in leaf.facts):
                    found |= {tenor.number: tenor for tenor in stating}
        return found.values()

    def _near(self, leaf: Leaf) -> list[Tenor]:
        """Those that may cover a use of a part."""
        a, b, c, d = leaf.hull
        near = [t for e, f, g, h, t in self.outlines if a & e and b & f and c & g and d & h]
        return [tenor for tenor in near if tenor.is_there(leaf)] if leaf.narrowings else near


def tenor_of(number: int, halves: Sequence[Half], statements: Sequence[Statement]) -> Tenor:
    """What a clause says, by its halves and the facts it states."""
    return Tenor(
        number=number,
        halves=halves,
        statements=statements,
        outlines=tuple([half.outline for half in halves]),
    )
