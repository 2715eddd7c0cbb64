"""Which verdicts turn from one set of terms to another, and two sides made ready to compare."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from termsgate.core.agreement import stand
from termsgate.core.diff import TwoTerms, difference_entry
from termsgate.core.docket import Docket, Matter
from termsgate.core.inforce import in_force, is_withdrawn
from termsgate.core.once import once
from termsgate.core.standing import Use
from termsgate.core.verdict import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from termsgate.core.difference import DifferenceEntry, SideEntry, TurnEntry, WordEntry
    from termsgate.core.docket import Verified
    from termsgate.core.model import Check, Clause, Project, Requirement, Vendor, Version
    from termsgate.core.record import VerdictEntry
    from termsgate.core.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSide:
    """One side: a vendor's terms as recorded, perhaps with one version in place of another.

    `file` is where that version was read; it is the day on which it takes effect that counts.
    """

    vendor: Vendor
    on: date
    file: str | None = None

    def entry(self) -> SideEntry:
        """The side as the reports name it."""
        return {"day": self.on.isoformat(), "file": self.file}


def with_version(vendor: Vendor, version: Version) -> Vendor:
    """The vendor with this version in place of the one of the same document and day."""
    name = version.document, version.effective
    kept = [one for one in vendor.versions if (one.document, one.effective) != name]
    known = tuple(one for one in vendor.known_versions if one != name)
    dated = sorted([*kept, version], key=lambda one: (one.document, one.effective))
    return replace(vendor, versions=tuple(dated), known_versions=known)


def with_others_as_of(vendor: Vendor, document: str, on: date) -> Vendor:
    """The vendor with every other document as it stood on a day, however late it is asked.

    So that what differs is the work of one document alone (11.6).
    """
    others = {each.id: each for each in vendor.documents if each.id != document}
    standing = {name: in_force(vendor, each, on) for name, each in others.items()}
    gone = {name for name, each in others.items() if is_withdrawn(vendor, each, on)}
    versions = [one for one in vendor.versions if one.document == document]
    versions += [_lasting(one, on, withdrawn=name in gone) for name, one in standing.items() if one]
    return replace(
        vendor,
        versions=tuple(sorted(versions, key=lambda one: (one.document, one.effective))),
        known_versions=tuple(one for one in vendor.known_versions if one[0] == document),
    )


def _lasting(version: Version, on: date, *, withdrawn: bool) -> Version:
    """A version with the clauses that are live on a day, for good."""
    clauses = tuple(
        replace(one, begins=None, ends=None) for one in version.clauses if _is_live(one, on)
    )
    return replace(version, clauses=clauses, withdrawn=version.withdrawn if withdrawn else None)


def _is_live(clause: Clause, on: date) -> bool:
    return (clause.begins is None or clause.begins <= on) and (
        clause.ends is None or on <= clause.ends
    )


@dataclass(frozen=True, kw_only=True)
class TwoSides:
    """Two sets of terms of one vendor in a project, judged under its checks.

    With `check` uses are seen as that check's use of the vendor is, and only its verdicts are
    compared; without, nothing is known of our use, and every check that names the vendor counts.
    """

    project: Project
    before: OneSide
    after: OneSide
    today: date
    check: Check | None = None
    document: str | None = None
    verified: Verified

    @once
    def terms(self) -> TwoTerms:
        """The two sets of terms."""
        return TwoTerms(before=self._standing(self.before), after=self._standing(self.after))

    def _standing(self, side: OneSide) -> Standing:
        """What stands on one side; what we chose is left aside (11.1)."""
        check = self.check
        use = Use() if check is None else Use(context=check.context, readings=check.readings)
        return stand(side.vendor, self.project.vocabulary, use, side.on)

    @once
    def checks(self) -> tuple[Check, ...]:
        """The checks under which verdicts are compared."""
        name = self.after.vendor.id
        asked = self.project.checks if self.check is None else (self.check,)
        return tuple(sorted((one for one in asked if name in one.vendors), key=lambda c: c.id))

    def _docket(self, side: OneSide) -> Docket:
        """What judges a side; its vendor comes with each matter."""
        return Docket(project=self.project, today=self.today, asked=side.on, verified=self.verified)

    def turned(self) -> Iterator[TurnEntry]:
        """Every verdict that is another one on the other side (11.5)."""
        before, after = self._docket(self.before), self._docket(self.after)
        for check in self.checks:
            for requirement in sorted(before.requirements_under(check), key=lambda one: one.id):
                first = Matter(check=check, vendor=self.before.vendor, requirement=requirement)
                last = replace(first, vendor=self.after.vendor)
                then, now = before.word(first, self.before.on), after.word(last, self.after.on)
                if then is not now:
                    yield _turn(
                        requirement, before.in_brief(first), after.in_brief(last), then, now
                    )

    def entry(self) -> DifferenceEntry:
        """The whole difference as plain data."""
        return difference_entry(
            self.terms,
            before=self.before.entry(),
            after=self.after.entry(),
            verdicts=sorted(self.turned(), key=_by_weight),
            check=self.check.id if self.check else None,
            document=self.document,
        )


def _turn(
    requirement: Requirement,
    before: VerdictEntry,
    after: VerdictEntry,
    then: Ruling,
    now: Ruling,
) -> TurnEntry:
    return {
        "check": before["check"],
        "requirement": requirement.id,
        "title": requirement.title,
        "level": requirement.level.value,
        "severity": requirement.severity.value,
        "turn": _direction(then, now),
        "before": _word(before),
        "after": _word(after),
    }


def _direction(then: Ruling, now: Ruling) -> str:
    if Ruling.NOT_APPLICABLE in (then, now):
        return "other"
    return "better" if now > then else "worse"


def _word(entry: VerdictEntry) -> WordEntry:
    return {
        "verdict": entry["verdict"],
        "outcome": entry["outcome"],
        "as-of": entry["as-of"],
        "waiver": entry["waiver"],
        "because": entry["because"],
    }


_LEVELS = ("must", "should", "may")
_SEVERITIES = ("critical", "high", "medium", "low")
_TURNS = ("worse", "better", "other")


def _by_weight(turn: TurnEntry) -> tuple[object, ...]:
    """For the worse first, then by level and severity."""
    return (
        _TURNS.index(turn["turn"]),
        turn["check"],
        _LEVELS.index(turn["level"]),
        _SEVERITIES.index(turn["severity"]),
        turn["requirement"],
    )


def at_hand(sides: Iterable[OneSide]) -> bool:
    """Whether any version is in force on any of the sides."""
    return any(
        in_force(side.vendor, each, side.on) is not None
        and not is_withdrawn(side.vendor, each, side.on)
        for side in sides
        for each in side.vendor.documents
    )
