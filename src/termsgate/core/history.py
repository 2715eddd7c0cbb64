"""Every verdict over every version of a vendor's terms (policy language 11.7).

A *day* of a history is one on which anything about the terms in force changes; between two of
them no verdict changes (section 8).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from termsgate.core.docket import Matter
from termsgate.core.inforce import in_force, is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termsgate.core.docket import Docket
    from termsgate.core.model import Check, Document, Vendor
    from termsgate.core.record import (
        HistoryDayEntry,
        HistoryDocumentEntry,
        HistoryEntry,
        HistoryEventEntry,
        HistoryRowEntry,
    )

_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Event:
    """What changes on a day: a word for it, and what it is about.

    `subject` is a document, `document.clause`, or for a choice the actions chosen about.
    """

    day: date
    kind: str
    subject: str


def events_of(vendor: Vendor, checks: Iterable[Check] = ()) -> tuple[Event, ...]:
    """All that changes about the terms in force, and what we chose ourselves, in order (11.7).

    Before the first version on record there is nothing to tell.
    """
    found = {*_of_documents(vendor), *_of_clauses(vendor), *_of_choices(vendor, checks)}
    first = min((version.effective for version in vendor.versions), default=date.max)
    return tuple(sorted(event for event in found if event.day >= first))


def _of_documents(vendor: Vendor) -> Iterator[Event]:
    for version in vendor.versions:
        yield Event(day=version.effective, kind="takes-effect", subject=version.document)
        if version.withdrawn is not None and version.withdrawn < date.max:
            day = version.withdrawn + _A_DAY
            if _is_in_force_on(vendor, version.document, version.effective, day):
                yield Event(day=day, kind="withdrawn", subject=version.document)
    recorded = {(version.document, version.effective) for version in vendor.versions}
    for document, day in vendor.known_versions:
        if (document, day) not in recorded:
            yield Event(day=day, kind="not-recorded", subject=document)


def _of_clauses(vendor: Vendor) -> Iterator[Event]:
    """Clauses that begin or end while their version is in force."""
    for version in vendor.versions:
        for clause in version.clauses:
            name = f"{clause.document}.{clause.id}"
            ends = clause.ends
            last = ends + _A_DAY if ends is not None and ends < date.max else None
            for day, kind in ((clause.begins, "begins"), (last, "ends")):
                if day is not None and _is_in_force_on(
                    vendor, version.document, version.effective, day
                ):
                    yield Event(day=day, kind=kind, subject=name)


def _of_choices(vendor: Vendor, checks: Iterable[Check]) -> Iterator[Event]:
    """What we chose counts from its day on (semantics 2.4), so a verdict may turn on it."""
    for check in checks:
        for choice in check.choices:
            if choice.vendor == vendor.id:
                about = ", ".join(choice.box.action or ("any",))
                yield Event(day=choice.on, kind=choice.kind.value, subject=about)


def _is_in_force_on(vendor: Vendor, document: str, effective: date, day: date) -> bool:
    listed = next((each for each in vendor.documents if each.id == document), None)
    version = None if listed is None else in_force(vendor, listed, day)
    return version is not None and version.effective == effective


# --- as plain data -------------------------------------------------------------------------------


def history_entry(docket: Docket, vendor: Vendor, checks: Iterable[Check]) -> HistoryEntry:
    """A vendor's history under these checks; a day after the day of the run is coming."""
    checks = tuple(checks)
    events = events_of(vendor, checks)
    days = sorted({event.day for event in events})
    return {
        "vendor": vendor.id,
        "days": [_day(vendor, day, events, docket.today) for day in days],
        "verdicts": [row for check in checks if days for row in _rows(docket, vendor, check, days)],
    }


def history_of(docket: Docket) -> list[HistoryEntry]:
    """The history of every vendor that the run asks for, under every check that names it."""
    by_vendor: dict[str, list[Check]] = {}
    for check in sorted(docket.project.checks, key=lambda each: each.id):
        for vendor in docket.vendors_of(check):
            by_vendor.setdefault(vendor.id, []).append(check)
    vendors = {vendor.id: vendor for vendor in docket.project.vendors}
    return [history_entry(docket, vendors[name], by_vendor[name]) for name in sorted(by_vendor)]


def _day(vendor: Vendor, day: date, events: Iterable[Event], today: date) -> HistoryDayEntry:
    changes: list[HistoryEventEntry] = [
        {"event": event.kind, "subject": event.subject} for event in events if event.day == day
    ]
    documents = [
        _document(vendor, document, day)
        for document in vendor.documents
        if any(version.document == document.id for version in vendor.versions)
    ]
    return {
        "day": day.isoformat(),
        "coming": day > today,
        "events": changes,
        "documents": documents,
    }


def _document(vendor: Vendor, document: Document, day: date) -> HistoryDocumentEntry:
    withdrawn = is_withdrawn(vendor, document, day)
    version = None if withdrawn else in_force(vendor, document, day)
    return {
        "document": document.id,
        "version": version.effective.isoformat() if version else None,
        "withdrawn": withdrawn,
        "new": version is not None and version.effective == day,
    }


def _rows(
    docket: Docket, vendor: Vendor, check: Check, days: Sequence[date]
) -> Iterator[HistoryRowEntry]:
    for requirement in sorted(docket.requirements_under(check), key=lambda each: each.id):
        matter = Matter(check=check, vendor=vendor, requirement=requirement)
        yield {
            "check": check.id,
            "requirement": requirement.id,
            "verdicts": [docket.word(matter, day).word for day in days],
        }
