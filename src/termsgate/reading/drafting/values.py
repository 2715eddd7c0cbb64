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
    numbers = list(_numbers(rules, folded))
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


def _adjoins(folded: str, end: int, start: int) -> bool:
    """Nothing but a repetition of the number and `full` or `calendar` stands between."""
    between = folded[end:start]
    return end <= start and re.fullmatch(r"[\s'\"()\u2019-]*(?:\(\s*\d{1,5}\s*\))?[\s'\"()-]*(?:(?:full|calendar|consecutive|prior|further|additional)\W+)?", between) is not None  # noqa: E501


def _numbers(rules: Rules, folded: str) -> Iterator[tuple[int, int, int]]:
    words = sorted(rules.numbers, key=len, reverse=True)
    pattern = "|".join(rf"{re.escape(word)}" for word in words).replace(r"\ ", r"[\s-]")
    found = [(each.start(), each.end(), int(each[1])) for each in _DIGITS.finditer(folded)]
    for each in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", folded):
        found.append((*each.span(), rules.numbers[each[0].replace("-", " ")]))
    return iter(sorted(found))


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
    months = "|".join(rules.months)
    found = []
    for each in re.finditer(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)", folded):
        found.append((each.start(), *(int(part) for part in each.groups())))
    for each in re.finditer(rf"({months})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", folded):
        found.append((each.start(), int(each[3]), rules.months.index(each[1]) + 1, int(each[2])))
    for each in re.finditer(rf"(\d{{1,2}})(?:st|nd|rd|th|er)?\s+({months}),?\s+(\d{{4}})", folded):
        found.append((each.start(), int(each[3]), rules.months.index(each[2]) + 1, int(each[1])))
    for at, year, month, day in sorted(found):
        try:
            yield at, date(year, month, day)
        except ValueError:
            continue
