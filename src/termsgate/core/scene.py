"""What applies to a requirement under one set of answers, and what it is narrowed to (6.3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from termsgate.core.halves import whole_layers
from termsgate.core.model import Firmness, Forbid, Narrowing, Require
from termsgate.core.space import (
    clause_defaults,
    grid,
    masks_of,
    scope_layers,
    union_box,
    whole_defaults,
)
from termsgate.core.standing import NO_ONE, Half, Missing, Present, Standing, Statement
from termsgate.core.vocabulary import is_below

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termsgate.core.model import Clause, Document
    from termsgate.core.space import Layer
    from termsgate.core.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What applies under one set of answers: nothing in it is open any more.

    `unread` is what is missing about the facts of a `when-stated`, whatever the requirement is
    narrowed to. `ranked` are the places of the precedences that hold, those about a subject
    among them. `contracts` are those at hand.
    """

    standing: Standing
    halves: tuple[Half, ...]
    statements: tuple[Statement, ...]
    missing: tuple[Missing, ...]
    unread: tuple[Missing, ...] = ()
    ranked: tuple[int, ...] = ()
    contracts: tuple[str, ...] = ()
    optional: Present = NO_ONE
    evidence: bool = False


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
