"""The engine beside the naive evaluator, on the same case."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from termsgate.core.case import Case as Judged
from termsgate.core.evaluate import Terms, Use, evaluate, in_full, rule
from tests.laws import oracle
from tests.laws.cases import said, shrunk

if TYPE_CHECKING:
    from termsgate.core.verdict import Criterion, Ruling, Verdict
    from tests.laws.cases import Case


def matter_of(case: Case) -> oracle.Matter:
    """The case, as the naive evaluator takes it."""
    return oracle.Matter(
        requirement=case.requirement,
        vendor=case.vendor,
        words=oracle.spell_out(case.vocabulary),
        use=case.use,
        on=case.on,
        verified=case.verified,
        defeats=Counter(),
    )


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


def terms_of(case: Case) -> Terms:
    """The terms, as the engine takes them."""
    return Terms(vendor=case.vendor, vocabulary=case.vocabulary, verified=case.verified)


def use_of(case: Case) -> Use:
    """The use, as the engine takes it."""
    return Use(context=case.use.context, choices=case.use.choices, readings=case.use.readings)


def quickly(case: Case) -> Ruling:
    """The word the engine says."""
    return rule(case.requirement, terms_of(case), use_of(case), case.on)


def wholly(case: Case) -> Verdict:
    """The whole verdict of the engine."""
    return evaluate(case.requirement, terms_of(case), use_of(case), case.on)


def on_the_grid(case: Case) -> Verdict:
    """The whole verdict, worked out on the grid even where it can be seen at once."""
    standing = terms_of(case).standing(use_of(case), case.on)
    return in_full(Judged(requirement=case.requirement, standing=standing))


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
