"""What a stated fact does to a bound on it (semantics 5.2 to 5.4)."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from termsgate.core.model import Bound, Firmness
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
from termsgate.core.vocabulary import Denial, FactType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termsgate.core.model import FactStatement, Require
    from termsgate.core.values import Value
    from termsgate.core.vocabulary import FactDefinition, Hierarchy, Vocabulary


class Effect(Enum):
    """What a fact does to a bound."""

    MEETS = "meets"
    FAILS = "fails"
    UNSURE = "unsure"


HOURS_A_DAY: Final = 24
MONTHS_A_YEAR: Final = 12
DAYS_OF: Final = {Unit.MONTHS: (28, 31), Unit.YEARS: (365, 366)}


# --- lengths of time (5.4) -----------------------------------------------------------------------


def bounds(duration: Duration) -> tuple[int, int]:
    """The fewest and the most hours a duration can be (semantics 5.4, 10.22)."""
    amount = duration.amount
    match duration.unit:
        case Unit.HOURS:
            return amount, amount
        case Unit.DAYS:
            days = (amount, amount)
        case Unit.WEEKS:
            days = (7 * amount, 7 * amount)
        case Unit.BUSINESS_DAYS:
            days = (amount, 2 * amount + 7)
        case Unit.MONTHS:
            years, months = divmod(amount, MONTHS_A_YEAR)
            days = (365 * years + 28 * months, 366 * years + 31 * months)
        case Unit.YEARS:
            days = (365 * amount, 366 * amount)
    return days[0] * HOURS_A_DAY, days[1] * HOURS_A_DAY


def exact(duration: Duration) -> tuple[str, int]:
    """The family of a unit and the number within it (10.22)."""
    amount = duration.amount
    match duration.unit:
        case Unit.MONTHS:
            return "months", amount
        case Unit.YEARS:
            return "months", amount * MONTHS_A_YEAR
        case Unit.BUSINESS_DAYS:
            return "business days", amount
        case _:
            return "hours", bounds(duration)[0]


def _at_least_time(value: Duration, wanted: Duration) -> bool | None:
    (family, number), (other, bound) = exact(value), exact(wanted)
    if family == other:
        return number >= bound
    low, high = bounds(value)
    wanted_low, wanted_high = bounds(wanted)
    if low >= wanted_high:
        return True
    return False if high < wanted_low else None


def _same_time(value: Duration, wanted: Duration) -> bool | None:
    (family, number), (other, bound) = exact(value), exact(wanted)
    if family == other:
        return number == bound
    low, high = bounds(value)
    wanted_low, wanted_high = bounds(wanted)
    if high < wanted_low or wanted_high < low:
        return False
    return True if low == high == wanted_low == wanted_high else None


# --- order ---------------------------------------------------------------------------------------


def _at_least_word(value: Word, wanted: Word, fact: FactDefinition) -> bool | None:
    if value.word == wanted.word:
        return True
    order = fact.order
    if value.word in order and wanted.word in order:
        return order.index(value.word) > order.index(wanted.word)
    return None


def at_least(value: Value, wanted: Value, fact: FactDefinition) -> bool | None:
    """Whether a value is at least as large as another; nothing where they cannot be compared."""
    match value, wanted:
        case Duration(), Duration():
            return _at_least_time(value, wanted)
        case Money(), Money():
            return value.amount >= wanted.amount if value.currency == wanted.currency else None
        case Word(), Word():
            return _at_least_word(value, wanted, fact)
        case Word(), (Duration() | Money()):
            return True if value.word in fact.endless else None
        case ((Duration() | Money()), Word()):
            return False if wanted.word in fact.endless else None
        case _:
            return None


def same(value: Value, wanted: Value, fact: FactDefinition) -> bool | None:
    """Whether two values are the same; nothing where the units leave it open."""
    match value, wanted:
        case Duration(), Duration():
            return _same_time(value, wanted)
        case Word(), (Duration() | Money()):
            return False if value.word in fact.endless else None
        case ((Duration() | Money()), Word()):
            return False if wanted.word in fact.endless else None
        case Money(), Money() if value.currency != wanted.currency:
            return None
        case Listed(), Listed():
            return set(value.words) == set(wanted.words)
        case Text(), Text():
            return value.text.casefold().split() == wanted.text.casefold().split()
        case _:
            return value == wanted


# --- the bound -----------------------------------------------------------------------------------


def _any(found: Iterable[bool | None]) -> bool | None:
    """True if one is, nothing if one is open, else false."""
    answers = set(found)
    if True in answers:
        return True
    return None if None in answers else False


def _not(found: bool | None) -> bool | None:  # noqa: FBT001 - one truth value in, one out
    return None if found is None else not found


def _words(values: Iterable[Value]) -> set[str]:
    found: set[str] = set()
    for value in values:
        if isinstance(value, Listed):
            found.update(value.words)
        elif isinstance(value, Word):
            found.add(value.word)
    return found


def _matches(value: Value, wanted: tuple[Value, ...], fact: FactDefinition) -> bool | None:
    """Whether a value is one of several; a list is, if it shares a word with them."""
    if isinstance(value, Listed):
        return bool(set(value.words) & _words(wanted))
    return _any(same(value, one, fact) for one in wanted)


def _denied(require: Require, fact: FactDefinition) -> bool:
    """What a denial does to a bound (semantics 5.2, 10.19, 10.20)."""
    match require.bound:
        case Bound.AT_LEAST:
            return fact.denial is Denial.UNLIMITED
        case Bound.AT_MOST:
            return fact.denial is Denial.ZERO
        case Bound.IS | Bound.ONE_OF:
            return Denied() in require.values
        case Bound.IS_NOT | Bound.NONE_OF:
            return Denied() not in require.values
        case Bound.INCLUDES:
            return False


def _satisfies(value: Value, require: Require, fact: FactDefinition) -> bool | None:
    wanted = tuple(_plain(one, fact) for one in require.values)
    match require.bound:
        case Bound.AT_LEAST:
            return at_least(value, wanted[0], fact)
        case Bound.AT_MOST:
            return at_least(wanted[0], value, fact)
        case Bound.IS:
            return same(value, wanted[0], fact)
        case Bound.IS_NOT:
            return _not(same(value, wanted[0], fact))
        case Bound.ONE_OF:
            return _matches(value, wanted, fact)
        case Bound.NONE_OF:
            return _not(_matches(value, wanted, fact))
        case Bound.INCLUDES:
            return _words(wanted) <= _words([value])


def _plain(value: Value, fact: FactDefinition) -> Value:
    """`none` is "no" for a yes-no fact (10.19)."""
    if isinstance(value, Denied) and fact.type is FactType.YES_NO:
        return YesNo(yes=False)
    return value


def is_excused(exceptions: Iterable[str], excused: tuple[str, ...], table: Hierarchy) -> bool:
    """Whether every exception lies in one that is tolerated (semantics 5.3)."""
    return all(
        any(table.lies_in(exception, allowed) for allowed in excused) for exception in exceptions
    )


def effect(stated: FactStatement, require: Require, vocabulary: Vocabulary) -> Effect | None:
    """What a stated fact does to a bound; nothing where it states nothing (semantics 5.2, 5.3)."""
    if stated.firmness is Firmness.DISCRETION:
        return None
    if stated.firmness is not Firmness.PROMISE or isinstance(stated.value, Unspecified):
        return Effect.UNSURE
    fact = vocabulary.facts[stated.fact]
    value = _plain(stated.value, fact)
    if isinstance(value, Denied):
        found: bool | None = _denied(require, fact)
    else:
        found = _satisfies(value, require, fact)
    if found is None:
        return Effect.UNSURE
    if not found:
        return Effect.FAILS
    tolerated = is_excused(stated.excepting, require.excused, vocabulary.exceptions)
    return Effect.MEETS if tolerated else Effect.UNSURE


def holds_for(stated: FactStatement, subject: str | None, fact: FactDefinition) -> bool:
    """Whether a fact counts for a subject the requirement names, or names none (semantics 5.3)."""
    if not stated.subjects:
        return True
    if subject is None:
        return any(name in fact.usual for name in stated.subjects)
    return subject in stated.subjects
