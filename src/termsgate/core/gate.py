"""What we do about a verdict (semantics 7): levels, silence and waivers. It changes no verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from termsgate.core.model import Level, Reaction
from termsgate.core.verdict import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from termsgate.core.model import Requirement, Waiver


class Outcome(StrEnum):
    """What a verdict does to the run."""

    PASS = "pass"  # noqa: S105 - a word of the format, no secret
    WARN = "warn"
    FAIL = "fail"
    SKIP = "skip"
    WAIVED = "waived"
    BASELINE = "baseline"


class Standing(StrEnum):
    """How a waiver stands to a verdict it names (semantics 7.3)."""

    COVERS = "covers"
    EXPIRED = "expired"
    NOT_BEGUN = "not begun"
    NOT_NEEDED = "not needed"


REACTION: Final = {
    Level.MUST: Reaction.FAIL,
    Level.SHOULD: Reaction.WARN,
    Level.MAY: Reaction.PASS,
}
"""What a level does about a breach, and about silence and doubt unless told (semantics 7.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One verdict before the gate: of which vendor and requirement, and asked as of which day."""

    vendor: str
    requirement: Requirement
    ruling: Ruling
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The outcome of a verdict, and the waiver that bears on it."""

    outcome: Outcome
    waiver: Waiver | None = None
    standing: Standing | None = None


def decide(case: Case, waivers: Iterable[Waiver], today: date) -> Decision:
    """The outcome of a verdict on the day of the run (semantics 7.2, 7.3)."""
    outcome = reaction(case.ruling, case.requirement)
    named = [waiver for waiver in waivers if names(waiver, case.vendor, case.requirement.id)]
    if not named:
        return Decision(outcome=outcome)
    waiver = min(named, key=lambda each: _preference(each, case.on, today))
    standing = _standing(waiver, case.on, today, needed=outcome in _ACCEPTABLE)
    if standing is Standing.COVERS:
        outcome = Outcome.WAIVED
    return Decision(outcome=outcome, waiver=waiver, standing=standing)


def reaction(ruling: Ruling, requirement: Requirement) -> Outcome:
    """The outcome of a verdict where nothing is waived (semantics 7.2)."""
    weighed = {
        Ruling.NOT_APPLICABLE: Outcome.SKIP,
        Ruling.MET: Outcome.PASS,
        Ruling.SILENT: Outcome(requirement.when_silent),
        Ruling.UNCLEAR: Outcome(requirement.when_unclear),
        Ruling.VIOLATED: Outcome(REACTION[requirement.level]),
    }
    return weighed[ruling]


def names(waiver: Waiver, vendor: str, requirement: str) -> bool:
    """Whether a waiver is about this vendor and this requirement; both may be globs."""
    return fnmatchcase(vendor, waiver.vendor) and fnmatchcase(requirement, waiver.requirement)


_ACCEPTABLE: Final = frozenset({Outcome.FAIL, Outcome.WARN})
_BY_USE: Final = (Standing.COVERS, Standing.EXPIRED, Standing.NOT_BEGUN)


def _preference(waiver: Waiver, on: date, today: date) -> tuple[int, int, int, str]:
    """Those that hold come first, then the latest; the rest only makes the order total."""
    rank = _BY_USE.index(_term(waiver, on, today))
    return rank, -waiver.expires.toordinal(), -waiver.approved_on.toordinal(), repr(waiver)


def _standing(waiver: Waiver, on: date, today: date, *, needed: bool) -> Standing:
    standing = _term(waiver, on, today)
    if needed or standing is Standing.NOT_BEGUN:
        return standing
    return Standing.NOT_NEEDED


def _term(waiver: Waiver, on: date, today: date) -> Standing:
    """Where the day of the run and the day asked about lie in the waiver's term.

    Both its first and its last day belong to it.
    """
    if today < waiver.approved_on or on < waiver.approved_on:
        return Standing.NOT_BEGUN
    return Standing.EXPIRED if waiver.expires < today else Standing.COVERS
