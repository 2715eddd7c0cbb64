"""`termsgate drift`: a newly captured text against the fixture in force."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

from termsgate.cli.exits import Exit, Refusal
from termsgate.cli.project import files_of, sound
from termsgate.cli.terminal import look, say_aside, waiting
from termsgate.core.docket import Docket, verified_in, wants_evidence
from termsgate.core.inforce import in_force
from termsgate.core.problem import Problem
from termsgate.core.unproven import unproven
from termsgate.reading.archive import Archives, NotAtHand
from termsgate.reading.drift.at_hand import Missing, old_text, read_text
from termsgate.reading.drift.course import course
from termsgate.reading.drift.dates import Printed, printed
from termsgate.reading.drift.draft import Drafting
from termsgate.reading.drift.examine import Standard, examine
from termsgate.reading.drift.sentences import Text
from termsgate.reading.evidence import check_quotes
from termsgate.reading.texts import Sources
from termsgate.reporting import drift as report

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from termsgate.core.drift import Course, Drift, Unproven
    from termsgate.core.model import Archive, Project, Vendor, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What was found: the drift of the text, and the course that led to it in an archive."""

    drift: Drift | None
    text: Text | None
    old: Text | None
    course: Course | None = None


def run(asked: argparse.Namespace) -> Exit:
    """Say what drifted: 0 nothing, 1 something, 65 where the text cannot be judged."""
    _check_usage(asked)
    today = datetime.now(UTC).date()
    project = sound(asked.root)
    vendor = _vendor(project, asked.vendor)
    on = asked.as_of or today
    version = _version(vendor, asked.document, on)
    standard = Standard(
        vendor=vendor, version=version, others=_others(project, vendor, version, on)
    )
    found = _found(asked, standard)
    if found.drift is not None and found.drift.drifted:
        with waiting("judging"):
            verdicts = _unproven(asked, project, standard, found.drift, on)
        found = replace(found, drift=replace(found.drift, unproven=verdicts))
    print(_said(found, asked.format))
    if asked.write:
        sys.stdout.flush()
        _write(asked, standard, found, today)
    return _code(found)


def _code(found: _Found) -> Exit:
    if found.drift is None:
        return Exit.NOTHING_TO_SAY
    if found.drift.refused:
        return Exit.PROBLEMS
    return Exit.FELL_SHORT if found.drift.drifted else Exit.NOTHING_TO_SAY


def _said(found: _Found, form: str) -> str:
    if found.course is not None:
        return _course_said(found.course, found.drift, form)
    if found.drift is None:  # pragma: no cover - without a course there is one
        raise AssertionError(found)
    if form == "text":
        return report.drift_text(found.drift, look())
    say = {"json": report.drift_json, "markdown": report.drift_markdown}[form]
    return say(found.drift)


def _course_said(course: Course, final: Drift | None, form: str) -> str:
    if form == "text":
        return report.course_text(course, final, look())
    say = {"json": report.course_json, "markdown": report.course_markdown}[form]
    return say(course, final)


def _check_usage(asked: argparse.Namespace) -> None:
    """Either a text or an archive; a day only for what is written."""
    if (asked.text is None) == (asked.from_archive is None):
        what = "name a text, or an archive with `--from-archive`"
        raise Refusal(Exit.USAGE, f"termsgate drift: {what}", "  help: one of them, and not both")
    if asked.effective is not None and not asked.write:
        what = "`--effective` is the day of the fixture that `--write` drafts"
        raise Refusal(Exit.USAGE, f"termsgate drift: {what}", "  help: add `--write`, or leave it")


# --- what is asked about --------------------------------------------------------------------------


def _vendor(project: Project, name: str) -> Vendor:
    vendors = {each.id: each for each in project.vendors}
    if name not in vendors:
        raise _unknown("there is no vendor", name, vendors)
    return vendors[name]


def _version(vendor: Vendor, named: str | None, on: date) -> Version:
    """The version in force of the document named, or of the only one there is."""
    ids = [each.id for each in vendor.documents]
    if named is not None and named not in ids:
        raise _unknown(f"`{vendor.id}` has no document", named, ids)
    there = {
        each.id: version
        for each in vendor.documents
        if named in (None, each.id) and (version := in_force(vendor, each, on)) is not None
    }
    if not there:
        what = f"`{named}` of `{vendor.id}`" if named else f"any document of `{vendor.id}`"
        raise Refusal(
            Exit.NOTHING_FOUND,
            f"termsgate: there is no fixture of {what} in force on {on}",
            "  help: record one, or ask about another day with `--as-of`",
        )
    if len(there) > 1:
        names = ", ".join(f"`{name}`" for name in sorted(there))
        raise Refusal(
            Exit.USAGE,
            f"termsgate drift: `{vendor.id}` has several documents: {names}",
            "  help: name the one that the text is of with `--document`",
        )
    return next(iter(there.values()))


def _others(
    project: Project, vendor: Vendor, version: Version, on: date
) -> tuple[tuple[Vendor, Version], ...]:
    """The version in force of every other document, by which another one's text is recognised."""
    found = (
        (each, in_force(each, document, on))
        for each in project.vendors
        for document in each.documents
        if (each.id, document.id) != (vendor.id, version.document)
    )
    return tuple((each, other) for each, other in found if other is not None)


def _unknown(what: str, name: str, known: Iterable[str]) -> Refusal:
    names = sorted(known)
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"the nearest is `{near[0]}`" if near else f"there are: {', '.join(names) or 'none'}"
    return Refusal(Exit.NOTHING_FOUND, f"termsgate: {what} called `{name}`", f"  help: {hint}")


# --- what was found -------------------------------------------------------------------------------


def _found(asked: argparse.Namespace, standard: Standard) -> _Found:
    folder = asked.from_archive or asked.archive
    if folder is None:
        return _of_text(asked, standard, None)
    with Archives(folder) as archives:
        if asked.from_archive is not None:
            return _of_archive(asked, standard, archives)
        return _of_text(asked, standard, archives)


def _of_text(asked: argparse.Namespace, standard: Standard, archives: Archives | None) -> _Found:
    new = read_text(asked.text)
    if not isinstance(new, Text):
        raise _unreadable(new)
    if asked.texts is not None and not asked.texts.is_dir():
        raise _unreadable(Missing(why=f"there is no folder `{asked.texts}`", help="name one"))
    sources = Sources(root=asked.root, texts=asked.texts, archives=archives)
    old = old_text(standard.vendor, standard.version, sources)
    if isinstance(old, (NotAtHand, Problem, Missing)):
        raise _unreadable(old)
    whole = replace(standard, old=old)
    with waiting("comparing the texts"):
        drift = examine(whole, new, whole=asked.whole)
    return _Found(drift=drift, text=new, old=old)


def _of_archive(asked: argparse.Namespace, standard: Standard, archives: Archives) -> _Found:
    vendor, version, others = standard.vendor, standard.version, standard.others
    with waiting("reading every recorded version") as steps:
        walked = course(vendor, version, others, archives, whole=asked.whole, told=steps)
    if isinstance(walked, NotAtHand):
        raise _unreadable(walked)
    latest = walked.course.latest
    return _Found(
        drift=latest.drift if latest else None,
        text=walked.newest,
        old=walked.old,
        course=walked.course,
    )


def _unreadable(what: NotAtHand | Missing | Problem) -> Refusal:
    if isinstance(what, Problem):
        return Refusal(Exit.PROBLEMS, *str(what).split("\n"))
    return Refusal(Exit.NOTHING_FOUND, f"termsgate: {what.why}", f"  help: {what.help}")


def _unproven(
    asked: argparse.Namespace, project: Project, standard: Standard, drift: Drift, on: date
) -> tuple[Unproven, ...]:
    archive = asked.archive or asked.from_archive
    wanted = wants_evidence(project)
    found = check_quotes(project, asked.root, asked.texts, archive) if wanted else ()
    docket = Docket(
        project=project,
        today=on,
        asked=on,
        verified=verified_in(found),
    )
    return unproven(docket, standard.vendor, standard.version, drift)


# --- the draft ------------------------------------------------------------------------------------


def _write(asked: argparse.Namespace, standard: Standard, found: _Found, today: date) -> None:
    """Write the next version's fixture, never over a file; nothing where nothing drifted."""
    drift, text = found.drift, found.text
    if drift is None or text is None or not drift.drifted:
        say_aside("termsgate: nothing was written, because nothing drifted")
        return
    version = standard.version
    dates = printed(text.sentences, text.lexicon)
    effective = asked.effective or _day_of(dates, version)
    old = asked.root / version.place.path
    file = old.with_name(f"{effective}.yaml")
    drafting = Drafting(
        version=version,
        written=old.read_text(encoding="utf-8"),
        drift=drift,
        new=text,
        old=found.old,
        effective=effective,
        today=today,
        published=dates.updated if dates.updated != effective else None,
        archive=_archive(version, found),
    )
    draft = drafting.draft()
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(draft.text)
    except FileExistsError:
        raise Refusal(
            Exit.PROBLEMS,
            f"termsgate: `{file}` is there already, and nothing was written",
            "  help: move it away, or give the draft another day with `--effective`",
        ) from None
    places = "1 place" if draft.open == 1 else f"{draft.open} places"
    say_aside(f"termsgate: `{file}` was drafted; a person has to look at {places} of it")
    _check_draft(asked.root, file)


def _day_of(dates: Printed, version: Version) -> date:
    """The day the text says it is in force from; it must be later than the fixture's."""
    for day in (dates.effective, dates.updated):
        if day is not None and day > version.effective:
            return day
    said = f"it is dated {dates.latest}" if dates.latest else "it prints no date"
    raise Refusal(
        Exit.USAGE,
        f"termsgate drift: the text does not say from when it is in force: {said}, and the "
        f"fixture is of {version.effective}",
        "  help: say so with `--effective`; nothing was written",
    )


def _archive(version: Version, found: _Found) -> Archive | None:
    """Where the archive has the text that was judged."""
    latest = found.course.latest if found.course else None
    if latest is None or version.source.archive is None:
        return None
    return replace(version.source.archive, commit=latest.commit)


def _check_draft(root: Path, file: Path) -> None:
    """What `termsgate lint` has against the draft, if anything, is said at once."""
    name = file.relative_to(root).as_posix()
    found = [str(each) for each in files_of(root).problems if each.place.path == name]
    if found:
        say_aside("\n".join(found))
