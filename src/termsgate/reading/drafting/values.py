"""Numbers, units, sums and days, as terms print them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.reading.drafting.rules import Rules

_DIGITS = re.compile(r"(?<![\w.,])(\d{1,5})(?![\w.,]*\d)")


def durations(rules: Rules, folded: str) -> Iterator[tuple[int, int, str]]:
    """Every length of time in a sentence: where it starts and ends, and as a fixture writes it.

    `thirty (30) calendar days` is one of them, and so is `30 days`.
    """
    numbers = _numbers(rules, folded)
    taken = -1
    for unit, start, end in _units(rules, folded):
        before = [each for each in numbers if taken <= each[0] and _adjoins(folded, each[1], start)]
        if before:
            first, amount = before[-1][0], before[-1][2]
            taken = end
            yield first, end, written(amount, unit)


def written(amount: int, unit: str) -> str:
    """A duration in a fixture's words: `1 month`, `30 business days`."""
    return f"{amount} {unit.removesuffix('s') if amount == 1 else unit}"


_AGAIN = r"(?:\(\s*\d{1,5}\s*\))?"
_KIND = r"(?:(?:full|calendar|consecutive|rolling|prior|further|additional)\W+)?"
_BETWEEN = re.compile(rf"[\s'\"()\u2019-]*{_AGAIN}[\s'\"()-]*{_KIND}")


def _adjoins(folded: str, end: int, start: int) -> bool:
    """Nothing but a repetition of the number and `full` or `calendar` stands between."""
    return end <= start and _BETWEEN.fullmatch(folded[end:start]) is not None


def _numbers(rules: Rules, folded: str) -> list[tuple[int, int, int]]:
    words = sorted(rules.numbers, key=len, reverse=True)
    pattern = "|".join(re.escape(word) for word in words).replace(r"\ ", r"[\s-]")
    figures = [(each.start(), each.end(), int(each[1])) for each in _DIGITS.finditer(folded)]
    spelled = [
        (each.start(), each.end(), rules.numbers[each[0].replace("-", " ")])
        for each in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", folded)
    ]
    return sorted([*figures, *spelled])


def _units(rules: Rules, folded: str) -> Iterator[tuple[str, int, int]]:
    found = [(span, name) for name, cues in rules.units for span in cues.all(folded)]
    taken = -1
    for span, name in sorted(found, key=lambda one: (one[0].start, -one[0].end)):
        if span.start >= taken:
            taken = span.end
            yield name, span.start, span.end


def money(rules: Rules, folded: str) -> str:
    """The first sum in a sentence, as `10 USD`; empty where there is none."""
    for currency, cues in rules.money:
        span = cues.first(folded)
        if span:
            near = [each for each in _numbers(rules, folded) if abs(each[0] - span.start) < 25]  # noqa: PLR2004
            if near:
                return f"{near[0][2]} {currency}"
    return ""


def days(rules: Rules, folded: str) -> Iterator[tuple[int, date]]:
    """Every day that a text names, and where."""
    found = sorted(
        (each.start(), *(_number(rules, each[part]) for part in ("year", "month", "day")))
        for pattern in _day_patterns(rules)
        for each in pattern.finditer(folded)
    )
    for at, year, month, day in found:
        try:
            yield at, date(year, month, day)
        except ValueError:
            continue


def _day_patterns(rules: Rules) -> tuple[re.Pattern[str], ...]:
    months, year = "|".join(rules.months), r"(?P<year>\d{4})(?!\d)"
    day = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er)?"
    return (
        re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)"),
        re.compile(rf"(?P<month>{months})\s+{day},?\s+{year}"),
        re.compile(rf"{day}\s+(?P<month>{months}),?\s+{year}"),
    )


def _number(rules: Rules, written: str) -> int:
    """A number, or the number of the month of that name."""
    return int(written) if written.isdigit() else rules.months.index(written) + 1
