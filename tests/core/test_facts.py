"""What can be compared with what, and what comes of it (semantics 5.4, 10.22)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from termsgate.core.facts import at_least, bounds, same
from termsgate.core.values import Duration, Listed, Money, Text, Unit, Word, YesNo
from termsgate.core.vocabulary import FactDefinition, FactType

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
        (Word(word="perpetual"), Word(word="agreement-term"), True),
        (Word(word="agreement-term"), Word(word="perpetual"), False),
        (Word(word="agreement-term"), Word(word="agreement-term"), True),
        (Word(word="while-stored"), Word(word="agreement-term"), None),
        (Word(word="perpetual"), span(99, Unit.YEARS), True),
        (span(99, Unit.YEARS), Word(word="perpetual"), False),
        (Word(word="while-stored"), span(1, Unit.DAYS), None),
        (span(1, Unit.DAYS), Word(word="while-stored"), None),
        (Money(amount=Decimal(10), currency="USD"), Money(amount=Decimal(9), currency="USD"), True),
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
