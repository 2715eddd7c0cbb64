"""What we do about a verdict (semantics 7): levels, silence and waivers. It changes no verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from termsgate.core.model import Level, Reaction
from termsgate.core.verdict import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
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
    CHANGED = "changed"
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
    """One verdict before the gate: of which vendor and requirement, and asked as of which day.

    `decided` is the hash of what decided it, `versions` the days that the versions in force took
    effect: what a waiver may be limited to (7.3.1).
    """

    vendor: str
    requirement: Requirement
    ruling: Ruling
    on: date
    decided: str = ""
    versions: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a waiver was given for and what is there now.

    Of a document, the days its versions took effect; without one, what decides the verdict.
    """

    document: str | None
    given: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The outcome of a verdict, and the waiver that bears on it.

    `days_left` are the days after the day of the run that the waiver still holds, fewer than none
    if it has expired (7.3.4). `changes` say why one that was limited does not cover.
    """

    outcome: Outcome
    waiver: Waiver | None = None
    standing: Standing | None = None
    days_left: int = 0
    changes: tuple[Change, ...] = ()


def decide(case: Case, waivers: Iterable[Waiver], today: date) -> Decision:
    """The outcome of a verdict on the day of the run (semantics 7.2, 7.3)."""
    outcome = reaction(case.ruling, case.requirement)
    named = [waiver for waiver in waivers if names(waiver, case.vendor, case.requirement.id)]
    if not named:
        return Decision(outcome=outcome)
    waiver = min(named, key=lambda each: _preference(each, case, today))
    standing = _standing(waiver, case, today, needed=outcome in ACCEPTABLE)
    if standing is Standing.COVERS:
        outcome = Outcome.WAIVED
    return Decision(
        outcome=outcome,
        waiver=waiver,
        standing=standing,
        days_left=(waiver.expires - today).days,
        changes=tuple(_changes(waiver, case)) if standing is Standing.CHANGED else (),
    )


def reaction(ruling: Ruling, requirement: Requirement) -> Outcome:
    """The outcome of a verdict where nothing is waived (semantics 7.2)."""
    if ruling is Ruling.MET:
        return Outcome.PASS
    if ruling is Ruling.NOT_APPLICABLE:
        return Outcome.SKIP
    if ruling is Ruling.SILENT:
        return _OUTCOME[requirement.when_silent]
    if ruling is Ruling.UNCLEAR:
        return _OUTCOME[requirement.when_unclear]
    return _OUTCOME[REACTION[requirement.level]]


_OUTCOME: Final = {reaction: Outcome(reaction.value) for reaction in Reaction}


def names(waiver: Waiver, vendor: str, requirement: str) -> bool:
    """Whether a waiver is about this vendor and this requirement; both may be globs."""
    return fnmatchcase(vendor, waiver.vendor) and fnmatchcase(requirement, waiver.requirement)


ACCEPTABLE: Final = frozenset({Outcome.FAIL, Outcome.WARN})
"""The outcomes that a waiver can turn into an accepted one."""

_BY_USE: Final = (Standing.COVERS, Standing.CHANGED, Standing.EXPIRED, Standing.NOT_BEGUN)


def _preference(waiver: Waiver, case: Case, today: date) -> tuple[int, int, int, str]:
    """Those that cover come first (7.3.3), then the latest; the rest makes the order total."""
    rank = _BY_USE.index(_term(waiver, case, today))
    return rank, -waiver.expires.toordinal(), -waiver.approved_on.toordinal(), repr(waiver)


def _standing(waiver: Waiver, case: Case, today: date, *, needed: bool) -> Standing:
    standing = _term(waiver, case, today)
    if needed or standing is Standing.NOT_BEGUN:
        return standing
    return Standing.NOT_NEEDED


def _term(waiver: Waiver, case: Case, today: date) -> Standing:
    """Where the day of the run and the day asked about lie in the waiver's term.

    Both its first and its last day belong to it.
    """
    if today < waiver.approved_on or case.on < waiver.approved_on:
        return Standing.NOT_BEGUN
    if waiver.expires < today:
        return Standing.EXPIRED
    return Standing.CHANGED if any(_changes(waiver, case)) else Standing.COVERS


def _changes(waiver: Waiver, case: Case) -> Iterator[Change]:
    """In what the terms are not those that a limited waiver was given for (7.3.1)."""
    for document, day in waiver.versions:
        now = case.versions.get(document)
        if now != day:
            yield Change(document=document, given=str(day), now=str(now or ""))
    if waiver.decided and waiver.decided != case.decided:
        yield Change(document=None, given=waiver.decided, now=case.decided)
