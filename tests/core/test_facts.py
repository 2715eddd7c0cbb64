"""What can be compared with what, and what comes of it (semantics 5.4, 10.22)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.facts import Effect, at_least, bounds, effect, exact, holds_for, same
from termsgate.core.model import Bound, FactStatement, Firmness, Require
from termsgate.core.values import (
    Denied,
    Duration,
    Listed,
    Money,
    Text,
    Unit,
    Unspecified,
    Word,
    YesNo,
)
from termsgate.core.vocabulary import FactDefinition, FactType
from termsgate.reading.store import builtin_vocabulary

if TYPE_CHECKING:
    from termsgate.core.values import Value

LICENCE = FactDefinition(
    id="licence.duration",
    type=FactType.DURATION,
    words=("while-stored", "agreement-term", "perpetual"),
    order=("agreement-term", "perpetual"),
    endless=("perpetual",),
)


def span(amount: int, unit: Unit) -> Duration:
    """So much of a unit."""
    return Duration(amount=amount, unit=unit)


@pytest.mark.parametrize(
    ("duration", "days"),
    [
        (span(48, Unit.HOURS), (2, 2)),
        (span(30, Unit.DAYS), (30, 30)),
        (span(2, Unit.WEEKS), (14, 14)),
        (span(10, Unit.BUSINESS_DAYS), (10, 27)),
        (span(3, Unit.MONTHS), (84, 93)),
        (span(13, Unit.MONTHS), (365 + 28, 366 + 31)),
        (span(2, Unit.YEARS), (730, 732)),
    ],
)
def test_every_unit_has_bounds_in_days(duration: Duration, days: tuple[int, int]) -> None:
    """5.4: n business days are n to 2n + 7 calendar days, a month 28 to 31, a year 365 to 366."""
    assert bounds(duration) == (days[0] * 24, days[1] * 24)


@pytest.mark.parametrize(
    ("value", "wanted", "expected"),
    [
        (span(3, Unit.MONTHS), span(3, Unit.MONTHS), True),
        (span(1, Unit.YEARS), span(12, Unit.MONTHS), True),
        (span(1, Unit.MONTHS), span(30, Unit.DAYS), None),
        (span(2, Unit.MONTHS), span(30, Unit.DAYS), True),
        (span(20, Unit.DAYS), span(1, Unit.MONTHS), False),
        (span(30, Unit.BUSINESS_DAYS), span(30, Unit.DAYS), True),
        (span(31, Unit.DAYS), span(1, Unit.MONTHS), True),
        (span(28, Unit.DAYS), span(1, Unit.MONTHS), None),
        (span(27, Unit.DAYS), span(1, Unit.MONTHS), False),
        (span(3, Unit.MONTHS), span(4, Unit.MONTHS), False),
        (span(5, Unit.BUSINESS_DAYS), span(6, Unit.BUSINESS_DAYS), False),
        (span(5, Unit.BUSINESS_DAYS), span(18, Unit.DAYS), False),
        (span(5, Unit.BUSINESS_DAYS), span(17, Unit.DAYS), None),
        (span(30, Unit.HOURS), span(1, Unit.DAYS), True),
        (Word(word="perpetual"), Word(word="agreement-term"), True),
        (Word(word="agreement-term"), Word(word="perpetual"), False),
        (Word(word="agreement-term"), Word(word="agreement-term"), True),
        (Word(word="while-stored"), Word(word="agreement-term"), None),
        (Word(word="perpetual"), span(99, Unit.YEARS), True),
        (span(99, Unit.YEARS), Word(word="perpetual"), False),
        (Word(word="while-stored"), span(1, Unit.DAYS), None),
        (span(1, Unit.DAYS), Word(word="while-stored"), None),
        (Money(amount=Decimal(10), currency="USD"), Money(amount=Decimal(9), currency="USD"), True),
        (Money(amount=Decimal(9), currency="USD"), Money(amount=Decimal(9), currency="USD"), True),
        (Money(amount=Decimal(8), currency="USD"), Money(amount=Decimal(9), currency="USD"), False),
        (Money(amount=Decimal(10), currency="USD"), Money(amount=Decimal(9), currency="EUR"), None),
        (YesNo(yes=True), span(1, Unit.DAYS), None),
    ],
)
def test_at_least(value: Duration, wanted: Duration, expected: bool | None) -> None:  # noqa: FBT001
    """10.22: exact within a family, by bounds across; words only in the vocabulary's order."""
    assert at_least(value, wanted, LICENCE) is expected


@pytest.mark.parametrize(
    ("value", "wanted", "expected"),
    [
        (span(12, Unit.MONTHS), span(1, Unit.YEARS), True),
        (span(1, Unit.MONTHS), span(30, Unit.DAYS), None),
        (span(1, Unit.MONTHS), span(60, Unit.DAYS), False),
        (span(24, Unit.HOURS), span(1, Unit.DAYS), True),
        (span(25, Unit.HOURS), span(1, Unit.DAYS), False),
        (span(27, Unit.DAYS), span(1, Unit.MONTHS), False),
        (span(28, Unit.DAYS), span(1, Unit.MONTHS), None),
        (span(31, Unit.DAYS), span(1, Unit.MONTHS), None),
        (span(32, Unit.DAYS), span(1, Unit.MONTHS), False),
        (span(0, Unit.MONTHS), span(0, Unit.DAYS), True),
        (span(3, Unit.DAYS), span(0, Unit.MONTHS), False),
        (Money(amount=Decimal(1), currency="USD"), Money(amount=Decimal(1), currency="USD"), True),
        (Money(amount=Decimal(1), currency="USD"), Money(amount=Decimal(2), currency="USD"), False),
        (Listed(words=("a", "b")), Listed(words=("b", "c")), False),
        (span(1, Unit.DAYS), Word(word="while-stored"), None),
        (Word(word="perpetual"), span(99, Unit.YEARS), False),
        (span(99, Unit.YEARS), Word(word="perpetual"), False),
        (Word(word="while-stored"), span(1, Unit.DAYS), None),
        (Word(word="while-stored"), Word(word="perpetual"), False),
        (Money(amount=Decimal(1), currency="USD"), Money(amount=Decimal(1), currency="EUR"), None),
        (Listed(words=("a", "b")), Listed(words=("b", "a")), True),
        (Text(text="Laws of  California"), Text(text="laws of california"), True),
        (YesNo(yes=True), YesNo(yes=False), False),
    ],
)
def test_same(value: Duration, wanted: Duration, expected: bool | None) -> None:  # noqa: FBT001
    """5.2 and 5.4: what the units leave open is neither the same nor different."""
    assert same(value, wanted, LICENCE) is expected


@pytest.mark.parametrize(
    ("duration", "family"),
    [
        (span(3, Unit.HOURS), ("hours", 3)),
        (span(2, Unit.DAYS), ("hours", 48)),
        (span(1, Unit.WEEKS), ("hours", 168)),
        (span(5, Unit.BUSINESS_DAYS), ("business days", 5)),
        (span(7, Unit.MONTHS), ("months", 7)),
        (span(2, Unit.YEARS), ("months", 24)),
    ],
)
def test_a_unit_is_exact_within_its_family(duration: Duration, family: tuple[str, int]) -> None:
    """10.22: hours, days, weeks; business days; months and years."""
    assert exact(duration) == family


# --- what a stated fact does to a bound (5.2, 5.3) -----------------------------------------------

WORDS: Final = builtin_vocabulary()
MEETS, FAILS, UNSURE = Effect.MEETS, Effect.FAILS, Effect.UNSURE
MONTH: Final = span(30, Unit.DAYS)
NOTICE: Final = FactStatement(fact="change-notice", value=MONTH)
ASKED: Final = Require(fact="change-notice", bound=Bound.AT_LEAST, values=(MONTH,))


def usd(amount: int) -> Money:
    """So many dollars."""
    return Money(amount=Decimal(amount), currency="USD")


@pytest.mark.parametrize(
    ("fact", "stated", "bound", "wanted", "expected"),
    [
        # A denial violates a lower bound, and an upper one where the fact is a deadline.
        ("change-notice", Denied(), Bound.AT_LEAST, (MONTH,), FAILS),
        ("change-notice", Denied(), Bound.AT_MOST, (MONTH,), MEETS),
        ("retention", Denied(), Bound.AT_LEAST, (MONTH,), FAILS),
        ("retention", Denied(), Bound.AT_MOST, (MONTH,), FAILS),
        # 10.20: an unlimited sum is larger than every number.
        ("liability-cap", Denied(), Bound.AT_LEAST, (usd(100),), MEETS),
        ("liability-cap", Denied(), Bound.AT_MOST, (usd(100),), FAILS),
        # 10.19: what is not one of them, or is, by a denial.
        ("change-notice", Denied(), Bound.IS, (MONTH,), FAILS),
        ("change-notice", Denied(), Bound.IS, (Denied(),), MEETS),
        ("change-notice", Denied(), Bound.ONE_OF, (MONTH, Denied()), MEETS),
        ("change-notice", Denied(), Bound.IS_NOT, (MONTH,), MEETS),
        ("change-notice", Denied(), Bound.NONE_OF, (MONTH, Denied()), FAILS),
        ("opt-out.channel", Denied(), Bound.INCLUDES, (Listed(words=("email",)),), FAILS),
        # 10.19: `none` is "no" for a yes-no fact.
        ("class-action-waiver", Denied(), Bound.IS, (YesNo(yes=False),), MEETS),
        ("class-action-waiver", YesNo(yes=False), Bound.IS, (Denied(),), MEETS),
        ("class-action-waiver", YesNo(yes=True), Bound.IS, (Denied(),), FAILS),
        ("class-action-waiver", Denied(), Bound.IS_NOT, (YesNo(yes=True),), MEETS),
        # Bounds of numbers.
        ("retention", MONTH, Bound.AT_MOST, (MONTH,), MEETS),
        ("retention", span(31, Unit.DAYS), Bound.AT_MOST, (MONTH,), FAILS),
        ("retention", span(29, Unit.DAYS), Bound.AT_LEAST, (MONTH,), FAILS),
        ("retention", Word(word="indefinite"), Bound.AT_MOST, (MONTH,), FAILS),
        ("retention", Word(word="as-long-as-needed"), Bound.AT_MOST, (MONTH,), UNSURE),
        ("retention", span(1, Unit.MONTHS), Bound.AT_MOST, (MONTH,), UNSURE),
        # Words and lists.
        ("licence.duration", Word(word="perpetual"), Bound.IS, (Word(word="perpetual"),), MEETS),
        ("licence.duration", Word(word="perpetual"), Bound.IS_NOT, (Word(word="ip-term"),), MEETS),
        ("licence.duration", Word(word="ip-term"), Bound.IS_NOT, (Word(word="ip-term"),), FAILS),
        ("retention", span(1, Unit.MONTHS), Bound.IS_NOT, (MONTH,), UNSURE),
        ("retention", MONTH, Bound.ONE_OF, (span(1, Unit.DAYS), MONTH), MEETS),
        ("retention", span(1, Unit.MONTHS), Bound.ONE_OF, (span(1, Unit.DAYS), MONTH), UNSURE),
        ("retention", span(2, Unit.DAYS), Bound.ONE_OF, (span(1, Unit.DAYS), MONTH), FAILS),
        ("retention", span(1, Unit.MONTHS), Bound.NONE_OF, (span(1, Unit.DAYS), MONTH), UNSURE),
        ("retention", MONTH, Bound.NONE_OF, (span(1, Unit.DAYS), MONTH), FAILS),
        (
            "opt-out.channel",
            Listed(words=("email", "form")),
            Bound.INCLUDES,
            (Listed(words=("email",)),),
            MEETS,
        ),
        (
            "opt-out.channel",
            Listed(words=("email",)),
            Bound.INCLUDES,
            (Listed(words=("email",)),),
            MEETS,
        ),
        (
            "opt-out.channel",
            Listed(words=("form",)),
            Bound.INCLUDES,
            (Listed(words=("email", "form")),),
            FAILS,
        ),
        (
            "opt-out.channel",
            Listed(words=("email", "form")),
            Bound.ONE_OF,
            (Word(word="email"), Word(word="letter")),
            MEETS,
        ),
        (
            "opt-out.channel",
            Listed(words=("form",)),
            Bound.ONE_OF,
            (Listed(words=("email", "letter")),),
            FAILS,
        ),
        ("opt-out.channel", Listed(words=("form",)), Bound.NONE_OF, (Word(word="form"),), FAILS),
        # Reasonable notice is unclear, whatever number it hints at.
        ("change-notice", Unspecified(), Bound.AT_LEAST, (MONTH,), UNSURE),
        ("change-notice", Unspecified(hint=span(60, Unit.DAYS)), Bound.AT_LEAST, (MONTH,), UNSURE),
    ],
)
def test_what_a_fact_does_to_a_bound(
    fact: str, stated: Value, bound: Bound, wanted: tuple[Value, ...], expected: Effect
) -> None:
    """Semantics 5.2, 5.4."""
    asked = Require(fact=fact, bound=bound, values=wanted)

    assert effect(FactStatement(fact=fact, value=stated), asked, WORDS) is expected


@pytest.mark.parametrize(
    ("firmness", "expected"),
    [
        (Firmness.PROMISE, MEETS),
        (Firmness.EFFORT, UNSURE),
        (Firmness.PRACTICE, UNSURE),
        (Firmness.DISCRETION, None),
    ],
)
def test_a_fact_is_as_firm_as_it_is_promised(firmness: Firmness, expected: Effect | None) -> None:
    """10.4: an effort and a practice are unclear, a discretion states nothing."""
    assert effect(replace(NOTICE, firmness=firmness), ASKED, WORDS) is expected


@pytest.mark.parametrize(
    ("exceptions", "excused", "expected"),
    [
        ((), (), MEETS),
        (("law",), (), UNSURE),
        (("law",), ("law",), MEETS),
        (("dispute",), ("law",), MEETS),
        (("law",), ("dispute",), UNSURE),
        (("law", "security"), ("law",), UNSURE),
        (("law", "security"), ("security", "law"), MEETS),
        (("other", "abuse"), ("any",), MEETS),
    ],
)
def test_an_exception_that_is_not_tolerated_makes_met_unclear(
    exceptions: tuple[str, ...], excused: tuple[str, ...], expected: Effect
) -> None:
    """Semantics 5.3: exceptions lie inside one another."""
    found = effect(replace(NOTICE, excepting=exceptions), replace(ASKED, excused=excused), WORDS)

    assert found is expected


def test_what_is_not_tolerated_leaves_violated() -> None:
    """10.19."""
    short = replace(NOTICE, value=span(1, Unit.DAYS), excepting=("law",))

    assert effect(short, ASKED, WORDS) is FAILS


@pytest.mark.parametrize(
    ("subjects", "subject", "expected"),
    [
        ((), None, True),
        ((), "adverse", True),
        (("material",), "material", True),
        (("material", "adverse"), "adverse", True),
        (("material",), "adverse", False),
        (("material",), None, True),
        (("adverse",), None, False),
        (("adverse", "material"), None, True),
    ],
)
def test_a_fact_holds_for_its_subjects(
    subjects: tuple[str, ...],
    subject: str | None,
    expected: bool,  # noqa: FBT001 - a table
) -> None:
    """5.3: where the requirement names none, for those that the vocabulary calls the usual case."""
    usual = replace(LICENCE, usual=("material",))

    assert holds_for(replace(NOTICE, subjects=subjects), subject, usual) is expected
