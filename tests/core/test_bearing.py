"""Which recorded readings and choices count for a verdict (policy language 7.3.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.bearing import Bearing, Varied, bearing
from termsgate.core.evaluate import Terms, evaluate
from termsgate.core.model import (
    Box,
    Choice,
    ChoiceKind,
    Clause,
    Document,
    DocumentKind,
    Forbid,
    Level,
    Part,
    Reaction,
    RecordedReading,
    Requirement,
    Scope,
    Severity,
    Stance,
    Vendor,
    Verb,
    Version,
)
from termsgate.core.standing import Use
from termsgate.reading.store import builtin_vocabulary

if TYPE_CHECKING:
    from termsgate.core.verdict import Verdict

DAY: Final = date(2023, 9, 1)


def _scope(action: str, data: str) -> Scope:
    return Scope(parts=(Part(box=Box(action=(action,), data=(data,))),))


def _terms(*clauses: Clause) -> Terms:
    version = Version(document="terms", effective=date(2023, 1, 1), clauses=clauses)
    contract = Document(id="terms", kind=DocumentKind.CONTRACT)
    vendor = Vendor(id="zoom", documents=(contract,), versions=(version,))
    return Terms(vendor=vendor, vocabulary=builtin_vocabulary())


IMPROVE: Final = Clause(
    id="improve",
    document="terms",
    verb=Verb.ALLOWS,
    scope=_scope("improve-services", "customer-content"),
    stances=(Stance.FREE,),
)
OPT_OUT: Final = replace(
    IMPROVE,
    id="switch",
    scope=_scope("train-ai", "customer-content"),
    stances=(Stance.OPT_OUT,),
)
TRAINING: Final = Requirement(
    id="ai-training.content",
    policy="ai-training",
    title="No training",
    level=Level.MUST,
    severity=Severity.HIGH,
    demand=Forbid(scope=_scope("train-ai", "customer-content"), need=Stance.OPT_IN),
    when_silent=Reaction.FAIL,
    when_unclear=Reaction.FAIL,
)
READING: Final = RecordedReading(
    vendor="zoom",
    document="terms",
    clause="improve",
    axis="action",
    term="train-ai",
    covered=True,
    because="it says so",
    by="counsel@example.org",
    on=date(2023, 2, 1),
)
ELSEWHERE: Final = replace(READING, term="marketing", covered=False)
CHOICE: Final = Choice(
    kind=ChoiceKind.OPTED_OUT,
    vendor="zoom",
    box=Box(action=("train-ai",)),
    on=date(2023, 2, 1),
)
IDLE: Final = replace(CHOICE, box=Box(action=("marketing",)))


def counts(terms: Terms, use: Use) -> Bearing:
    """What counts for the verdict on training."""

    def judge(other: Use) -> Verdict:
        return evaluate(TRAINING, terms, other, DAY)

    return bearing(Varied(use=use), judge(use), judge)


@pytest.mark.parametrize(
    ("written", "counting"),
    [
        ((READING,), (READING,)),
        ((ELSEWHERE,), ()),
        ((ELSEWHERE, READING), (READING,)),
        ((READING, replace(READING, by="dpo@example.org")), None),
        ((replace(READING, on=date(2022, 1, 1)),), ()),
    ],
)
def test_a_reading_counts_if_the_verdict_is_another_without_it(
    written: tuple[RecordedReading, ...], counting: tuple[RecordedReading, ...] | None
) -> None:
    """Two that say the same both count; one of a version not in force does nothing."""
    found = counts(_terms(IMPROVE), Use(readings=written))

    assert found == Bearing(readings=written if counting is None else counting)


@pytest.mark.parametrize(
    ("written", "counting"),
    [
        ((CHOICE,), (CHOICE,)),
        ((IDLE,), ()),
        ((IDLE, CHOICE), (CHOICE,)),
        ((replace(CHOICE, kind=ChoiceKind.REFUSED),), ()),
        ((replace(CHOICE, on=date(2023, 9, 2)),), ()),
    ],
)
def test_a_choice_counts_if_the_verdict_is_another_without_it(
    written: tuple[Choice, ...], counting: tuple[Choice, ...]
) -> None:
    """One of other uses, of a kind the clause does not ask for, or of a later day does not."""
    found = counts(_terms(OPT_OUT), Use(choices=written))

    assert found == Bearing(choices=counting)


def test_nothing_is_judged_twice_where_nothing_is_on_record() -> None:
    """Which is the rule."""

    def never(_: Use) -> Verdict:
        raise AssertionError

    verdict = evaluate(TRAINING, _terms(IMPROVE), Use(), DAY)

    assert bearing(Varied(use=Use()), verdict, never) == Bearing()
