"""A third opinion where the languages overlap: Cedar, on firm bans and free permissions.

Cedar decides one request: a matching forbid denies, else a matching permit allows, else it is
denied by nothing. That is what our terms say where bans stand in a document that prevails over
the one with the permissions (3.3 b): denied by a forbid is met, allowed is violated, denied by
nothing is silent. Inclusion is Cedar's own, over entities with parents; nothing of ours is used
but the list of points.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any, Final

import pytest

from termsgate.core.model import (
    AXES,
    Box,
    Clause,
    Document,
    DocumentKind,
    Precedence,
    Stance,
    Vendor,
    Verb,
    Version,
)
from termsgate.core.verdict import Ruling
from tests.laws.cases import VOCABULARIES, Case, vocabulary
from tests.laws.comparing import naively, quickly
from tests.making import START, forbid, scope

if TYPE_CHECKING:
    from termsgate.core.vocabulary import Hierarchy, Vocabulary

cedarpy = pytest.importorskip("cedarpy")

SEEDS: Final = range(200)
BANS, PERMISSIONS = "addendum", "terms"


@dataclass(frozen=True, kw_only=True)
class Flat:
    """Bans, permissions and what is asked: a box each."""

    words: Vocabulary
    bans: tuple[Box, ...]
    permissions: tuple[Box, ...]
    asked: Box


def without_doubt(axis: Hierarchy) -> Hierarchy:
    """The axis without `may-include`: Cedar knows no perhaps."""
    return replace(axis, terms=tuple(replace(term, may_include=()) for term in axis.terms))


def flat(seed: int) -> Flat:
    """Random boxes that name every axis."""
    rng = Random(seed)
    known = vocabulary(rng.randrange(VOCABULARIES))
    words = replace(
        known,
        action=without_doubt(known.action),
        data=without_doubt(known.data),
        by=without_doubt(known.by),
        state=without_doubt(known.state),
    )

    def some_box() -> Box:
        named = {a: (rng.choice(words.axis(a).terms).id,) for a in AXES}
        return Box(**named)

    bans = tuple(some_box() for _ in range(rng.randrange(4)))
    permissions = tuple(some_box() for _ in range(rng.randrange(4)))
    return Flat(words=words, bans=bans, permissions=permissions, asked=some_box())


# --- our side ----------------------------------------------------------------------------------


def clause(place: int, document: str, box: Box) -> Clause:
    """A plain ban in the addendum, or a plain permission in the terms."""
    ban = document == BANS
    return Clause(
        id=f"clause-{place}",
        document=document,
        verb=Verb.BARS if ban else Verb.ALLOWS,
        scope=scope(box),
        stances=(Stance.BARRED if ban else Stance.FREE,),
    )


def version(document: str, boxes: tuple[Box, ...]) -> Version:
    """One document with a clause for each box."""
    clauses = tuple(clause(place, document, box) for place, box in enumerate(boxes))
    return Version(document=document, effective=START, clauses=clauses)


def case_of(terms: Flat) -> Case:
    """The boxes as an agreement whose addendum prevails."""
    prevails = Precedence(document=BANS, over=(PERMISSIONS,))
    addendum = Document(id=BANS, kind=DocumentKind.CONTRACT, precedence=(prevails,))
    base = Document(id=PERMISSIONS, kind=DocumentKind.CONTRACT)
    versions = (version(BANS, terms.bans), version(PERMISSIONS, terms.permissions))
    return Case(
        vocabulary=terms.words,
        requirement=forbid(terms.asked),
        vendor=Vendor(id="vendor", documents=(addendum, base), versions=versions),
    )


# --- Cedar's side ------------------------------------------------------------------------------


def entity(axis: str, name: str) -> dict[str, str]:
    """The Cedar entity of a term or of the rest of one."""
    return {"type": "Term", "id": f"{axis}/{name}"}


def entities(words: Vocabulary) -> list[dict[str, Any]]:
    """Every term with its parents, and "other <term>" inside its term."""
    found = []
    for axis in words.axes:
        lies_in = {term.id: term.parents for term in axis.terms}
        lies_in |= {leaf.label: (leaf.term,) for leaf in axis.leaves if leaf.other}
        for name, parents in lies_in.items():
            above = [entity(axis.name, parent) for parent in parents]
            found.append({"uid": entity(axis.name, name), "attrs": {}, "parents": above})
    return found


def policy(effect: str, box: Box) -> str:
    """A box as a Cedar policy."""
    tests = [
        f'context.{axis} in Term::"{axis}/{name}"' for axis in AXES for name in names(box, axis)
    ]
    return f"{effect}(principal, action, resource) when {{ {' && '.join(tests)} }};"


def names(box: Box, axis: str) -> tuple[str, ...]:
    """The one term a flat box names on an axis."""
    named: tuple[str, ...] = getattr(box, axis)
    return named


def requests(terms: Flat) -> list[dict[str, Any]]:
    """One request for every point of what is asked."""
    leaves = []
    for axis in AXES:
        hierarchy = terms.words.axis(axis)
        inside = {part for name in names(terms.asked, axis) for part in hierarchy.included[name]}
        leaves.append([leaf.label for leaf in hierarchy.leaves if leaf.term in inside])
    return [
        {
            "principal": 'Party::"vendor"',
            "action": 'Action::"use"',
            "resource": 'Thing::"data"',
            "context": {a: {"__entity": entity(a, n)} for a, n in zip(AXES, point, strict=True)},
        }
        for point in product(*leaves)
    ]


def cedar_ruling(terms: Flat) -> Ruling:
    """The worst of what Cedar decides at the points."""
    policies = [policy("forbid", box) for box in terms.bans]
    policies += [policy("permit", box) for box in terms.permissions]
    results = cedarpy.is_authorized_batch(
        requests(terms), "\n".join(policies), entities(terms.words)
    )
    assert not any(result.diagnostics.errors for result in results)
    return min(decided(result) for result in results)


def decided(result: Any) -> Ruling:  # noqa: ANN401 - cedarpy has no types
    """Allowed is violated, denied by a forbid is met, denied by nothing is silent."""
    if result.allowed:
        return Ruling.VIOLATED
    return Ruling.MET if result.diagnostics.reasons else Ruling.SILENT


@pytest.mark.parametrize(("name", "rule"), [("engine", quickly), ("naive", naively)])
def test_cedar_agrees_on_bans_that_prevail(name: str, rule: Any) -> None:  # noqa: ANN401
    """Semantics 3.3 (b) and 4.1 on firm bans over free permissions, as Cedar has it."""
    flats = {seed: flat(seed) for seed in SEEDS}

    different = [s for s, terms in flats.items() if cedar_ruling(terms) is not rule(case_of(terms))]

    assert different == [], name


def test_cedar_gives_every_verdict() -> None:
    """The comparison with Cedar sees met, violated and silent."""
    seen = {cedar_ruling(flat(seed)) for seed in SEEDS}

    assert seen == {Ruling.MET, Ruling.VIOLATED, Ruling.SILENT}
