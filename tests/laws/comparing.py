"""The engine beside the naive evaluator, on the same case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termsgate.core import evaluate as engine
from tests.laws import oracle
from tests.laws.cases import said, shrunk

if TYPE_CHECKING:
    from collections import Counter

    from termsgate.core.verdict import Criterion, Ruling, Verdict
    from tests.laws.cases import Case


def naively(case: Case, defeats: Counter[Criterion] | None = None) -> Ruling:
    """What the naive evaluator says."""
    return oracle.rule(
        case.requirement,
        case.vendor,
        case.vocabulary,
        case.use,
        case.on,
        case.verified,
        defeats=defeats,
    )


def terms_of(case: Case) -> engine.Terms:
    """The terms, as the engine takes them."""
    return engine.Terms(vendor=case.vendor, vocabulary=case.vocabulary, verified=case.verified)


def use_of(case: Case) -> engine.Use:
    """The use, as the engine takes it."""
    return engine.Use(
        context=case.use.context, choices=case.use.choices, readings=case.use.readings
    )


def quickly(case: Case) -> Ruling:
    """The word the engine says."""
    return engine.rule(case.requirement, terms_of(case), use_of(case), case.on)


def wholly(case: Case) -> Verdict:
    """The whole verdict of the engine."""
    return engine.evaluate(case.requirement, terms_of(case), use_of(case), case.on)


def differ(case: Case) -> bool:
    """Whether the two disagree."""
    return naively(case) is not quickly(case)


def disagreement(case: Case) -> str:
    """The case in few words, made as small as it gets."""
    small = shrunk(case, differ)
    return (
        f"case {case.seed}: the naive evaluator says {naively(small).word}, "
        f"the engine says {quickly(small).word}\n{said(small)}"
    )
