"""What of waivers, readings and choices somebody must look after (policy language 7.3.4, 7.3.6).

Each is a warning of the run. None of it changes a verdict or an outcome.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from termsgate.core.agreement import readings_holding
from termsgate.core.record import idle_waivers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termsgate.core.model import Check, Choice, Place, Project, RecordedReading, Vendor
    from termsgate.core.record import PlaceEntry, Record, WaiverEntry, WaiverUse, WarningEntry

ANNOUNCED: Final = 30
"""With so many days left, or fewer, the end of a waiver is announced."""

_A_DAY: Final = timedelta(days=1)


class Concern(StrEnum):
    """What is wrong with something on record."""

    EXPIRING = "waiver-expiring"
    EXPIRED = "waiver-expired"
    CHANGED = "waiver-changed"
    NEEDLESS = "waiver-needless"
    STALE = "reading-stale"
    IDLE_READING = "reading-idle"
    IDLE_CHOICE = "choice-idle"


def warnings_of(project: Project, record: Record) -> list[WarningEntry]:
    """All there is to look after, in the order of the files; each thing is named once."""
    return named_once([*warnings_of_waivers(record), *warnings_of_uses(project, record)])


def warnings_of_uses(project: Project, record: Record) -> Iterator[WarningEntry]:
    """What to look after of readings and choices; each is of one vendor."""
    for check in project.checks:
        if check.readings or check.choices:
            yield from _of_readings(check, project, record)
            yield from _of_choices(check, record)


def named_once(found: Iterable[WarningEntry]) -> list[WarningEntry]:
    """Each thing once, in the order of the files."""
    once = {(each["path"], each["line"], each["column"], each["kind"]): each for each in found}
    return [once[key] for key in sorted(once)]


# --- waivers ------------------------------------------------------------------------------------


def warnings_of_waivers(record: Record) -> Iterator[WarningEntry]:
    """What to look after of waivers; one may be of many vendors."""
    for entry in record["verdicts"]:
        use = entry["waiver"]
        told = _standing(use) if use else None
        if use and told:
            yield _warning(*told, use["vendor"], _of(use))
    for waiver in idle_waivers(record):
        what = f"not needed any more: {waiver['vendor']} {waiver['requirement']}"
        yield _warning(Concern.NEEDLESS, what, "delete it", waiver["vendor"], _of(waiver))


def _standing(use: WaiverUse) -> tuple[Concern, str, str] | None:
    """What is to be said of a waiver that bears on a verdict, and what to do."""
    whose = f"the waiver of {use['vendor']} {use['requirement']}"
    renew = f"`{use['approved-by']}` approved it; ask again, or have the terms changed"
    match use["standing"]:
        case "covers" if use["days-left"] <= ANNOUNCED:
            back = date.fromisoformat(use["expires"]) + _A_DAY
            what = f"{_ends(use)}: {whose}; from {back} on it covers nothing"
            return Concern.EXPIRING, what, renew
        case "expired":
            return Concern.EXPIRED, f"expired with {use['expires']} (UTC): {whose}", renew
        case "changed":
            advice = "look at what changed, then limit it to what is there now, or delete it"
            return Concern.CHANGED, f"given for other terms: {whose}", advice
        case _:
            return None


def _of(waiver: WaiverEntry | WaiverUse) -> tuple[str, int, int]:
    return waiver["path"], waiver["line"], waiver["column"]


def _ends(use: WaiverUse) -> str:
    left = use["days-left"]
    when = f"in {left} day{'' if left == 1 else 's'}" if left else "today"
    return f"expires {when}, with the end of {use['expires']} (UTC)"


def _warning(
    concern: Concern, text: str, advice: str, vendor: str, spot: tuple[str, int, int]
) -> WarningEntry:
    path, line, column = spot
    return {
        "path": path,
        "line": line,
        "column": column,
        "kind": concern.value,
        "vendor": vendor,
        "text": text,
        "help": advice,
    }


# --- readings and choices -----------------------------------------------------------------------


def _of_readings(check: Check, project: Project, record: Record) -> Iterator[WarningEntry]:
    """The readings of versions not in force, and those that answer no open question (4.7)."""
    counted = {_where(each) for entry in record["verdicts"] for each in entry["readings"]}
    for vendor, on in _judged(check, project, record):
        holding, stale = readings_holding(vendor, check.readings, on)
        for one in stale:
            what = f"for a version not in force on {on}: {_reading(one)}"
            advice = "read the clause again, and record the reading with its new day"
            yield _warning(Concern.STALE, what, advice, one.vendor, _spot(one.place))
        for one in () if _is_partial(record) else holding:
            if _spot(one.place) not in counted:
                what = f"answers no open question: {_reading(one)}"
                yield _warning(
                    Concern.IDLE_READING, what, "delete it", one.vendor, _spot(one.place)
                )


def _of_choices(check: Check, record: Record) -> Iterator[WarningEntry]:
    """The choices that touch nothing; those of a later day may yet."""
    counted = {_where(each) for entry in record["verdicts"] for each in entry["choices"]}
    days = _days(check, record)
    for one in () if _is_partial(record) else check.choices:
        day = days.get(one.vendor)
        if day is not None and one.on <= day and _spot(one.place) not in counted:
            what = f"touches nothing: {_choice(one)}"
            advice = "see whether it is of the right uses, or delete it"
            yield _warning(Concern.IDLE_CHOICE, what, advice, one.vendor, _spot(one.place))


def _is_partial(record: Record) -> bool:
    """Whether of the vendors that were judged some verdicts were left out.

    To a shard its vendors fall whole.
    """
    return record["shard"]["partial"] if "shard" in record else record["partial"]


def _judged(check: Check, project: Project, record: Record) -> Iterator[tuple[Vendor, date]]:
    """The vendors that verdicts of a check were given about, with the day asked about."""
    days = _days(check, record)
    return ((each, days[each.id]) for each in project.vendors if each.id in days)


def _days(check: Check, record: Record) -> dict[str, date]:
    return {
        each["vendor"]: date.fromisoformat(each["as-of"])
        for each in record["verdicts"]
        if each["check"] == check.id
    }


def _reading(one: RecordedReading) -> str:
    return f"the reading of {one.vendor} {one.document}.{one.clause} ({one.by}, {one.on})"


def _choice(one: Choice) -> str:
    actions = ", ".join(one.box.action or ())
    who = f"{one.chosen_by}, " if one.chosen_by else ""
    return f"the choice {one.kind.value} of {one.vendor} {actions} ({who}{one.on})"


def _spot(place: Place) -> tuple[str, int, int]:
    return place.path, place.line, place.column


def _where(entry: PlaceEntry) -> tuple[str, int, int]:
    return entry["path"], entry["line"], entry["column"]
