"""What the recorded terms will say later: the days on which they change, and what turns (7.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from termsgate.core.verdict import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.gate import Outcome
    from termsgate.core.model import Vendor, Version
    from termsgate.core.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A verdict that will be another one, or that a waiver will cover no more, and from which day.

    `outcome` is what the gate would make of it; `worse` that it falls short of the one before;
    `uncovered` that the waiver which covers it today was given for other terms.
    """

    on: date
    verdict: Verdict
    outcome: Outcome
    worse: bool
    uncovered: bool = False


def is_worse(new: Ruling, old: Ruling) -> bool:
    """Whether a verdict falls short of another; that nothing is asked any more never does."""
    return new < old and new is not Ruling.MET


def days_ahead(vendor: Vendor, after: date) -> tuple[date, ...]:
    """The days after this one on which the recorded terms change, in their order (7.8)."""
    return tuple(sorted({day for day in _days(vendor) if day > after}))


def _days(vendor: Vendor) -> Iterator[date]:
    for _, day in vendor.known_versions:
        yield day
    for version in vendor.versions:
        yield from _days_of(version)


def _days_of(version: Version) -> Iterator[date]:
    yield version.effective
    yield from _after(version.withdrawn)
    for clause in version.clauses:
        if clause.begins is not None:
            yield clause.begins
        yield from _after(clause.ends)


def _after(last: date | None) -> Iterator[date]:
    """The day after a last day; the calendar itself has a last one."""
    if last is not None and last < date.max:
        yield last + timedelta(days=1)
