"""The versions of a document that an archive recorded since the fixture's, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from termsgate.core.drift import Course, Recorded
from termsgate.core.problem import Problem
from termsgate.reading.archive import NotAtHand
from termsgate.reading.drift.at_hand import Missing, decoded
from termsgate.reading.drift.examine import Standard, examine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from termsgate.core.drift import Drift
    from termsgate.core.model import Archive, Vendor, Version
    from termsgate.reading import archive as archives
    from termsgate.reading.drift.sentences import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """A course, the text that the fixture was read from, and the newest that could be judged."""

    course: Course
    old: Text
    newest: Text


def course(
    vendor: Vendor,
    version: Version,
    others: Sequence[tuple[Vendor, Version]],
    read: archives.Archives,
    *,
    whole: bool = False,
    told: Callable[[int, int], object] | None = None,
) -> Walked | NotAtHand:
    """What each version recorded since the fixture's shows.

    All are held against the text that the fixture was read from, so that what a vendor changed
    and changed back is seen to be back. Who waits is told after each how many are done.
    """
    source = version.source.archive
    if source is None:
        return NotAtHand(
            why=f"{version.place}: the fixture names no archive",
            help="add `source.archive` to it: `collection`, `path` and `commit`",
        )
    clone = read.clone(source.collection)
    if isinstance(clone, NotAtHand):
        return clone
    old = _text(clone, source.commit, source)
    if isinstance(old, NotAtHand):
        return old
    standard = Standard(vendor=vendor, version=version, old=old, others=others)
    since = _since(clone, source)
    if isinstance(since, NotAtHand):
        return since
    recorded, newest = [], old
    before: Drift | None = None
    for each, text in _texts(clone, since, source):
        drift = examine(standard, text, whole=whole)
        fresh = _shows(drift) != (_shows(before) if before is not None else _NOTHING)
        recorded.append(Recorded(commit=each.commit, on=each.at.date(), drift=drift, fresh=fresh))
        before = drift
        newest = newest if drift.refused else text
        if told is not None:
            told(len(recorded), len(since))
    return Walked(
        course=Course(since=source.commit, recorded=tuple(recorded)), old=old, newest=newest
    )


_NOTHING: tuple[object, ...] = (None, (), (), None)


def _shows(drift: Drift) -> tuple[object, ...]:
    """What a version shows, as far as it tells it from the next."""
    moved = drift.dates.now if drift.dates.changed else None
    passages = tuple((each.fate, each.before, each.after) for each in drift.passages)
    why = drift.refused.why if drift.refused else None
    return why, tuple((each.clause, each.anchor) for each in drift.quotes), passages, moved


def _since(clone: archives.Clone, source: Archive) -> Sequence[archives.Recorded] | NotAtHand:
    """The commits after the fixture's that changed the text, the oldest first."""
    versions = clone.versions_of(source.path)
    if isinstance(versions, NotAtHand):
        return versions
    for at, each in enumerate(versions):
        if each.commit.startswith(source.commit):
            return versions[at + 1 :]
    # The commit did not touch the text: what is after the last one with the same words counts.
    own = clone.read(source.commit, source.path)
    same = [at for at, each in enumerate(versions) if clone.read(each.commit, source.path) == own]
    return versions[max(same, default=-1) + 1 :]


def _texts(
    clone: archives.Clone, since: Sequence[archives.Recorded], source: Archive
) -> Iterator[tuple[archives.Recorded, Text]]:
    """The recorded texts that are there and can be read."""
    for each in since:
        text = _text(clone, each.commit, source)
        if not isinstance(text, NotAtHand):
            yield each, text


def _text(clone: archives.Clone, commit: str, source: Archive) -> Text | NotAtHand:
    data = clone.read(commit, source.path)
    if isinstance(data, NotAtHand):
        return data
    found = decoded(data, f"{source.path}@{commit[:12]}", PurePath(source.path).suffix)
    if isinstance(found, Problem):
        return NotAtHand(why=f"`{found.place.path}`: {found.message}", help=found.help)
    return NotAtHand(why=found.why, help=found.help) if isinstance(found, Missing) else found
