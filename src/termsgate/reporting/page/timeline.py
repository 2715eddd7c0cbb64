"""How the verdicts on a vendor turned as its terms did: a row for each requirement that did."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from termsgate.reporting.page.book import WORDS
from termsgate.reporting.text import LETTER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termsgate.core.record import HistoryDayEntry, HistoryEntry
    from termsgate.reporting.page.book import Book

COLUMN: Final = 34
"""How wide one day is drawn, in units of the picture."""

ROW: Final = 20
"""How high one requirement is drawn."""

HEAD: Final = 74
"""Room for the dates, written upwards."""

MOST_ROWS: Final = 60
"""With more rows it is no picture any more; the worst are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A verdict that held for a while."""

    x: int
    width: int
    word: str
    letter: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """The verdicts on one requirement, and in which checks they are these."""

    y: int
    title: str
    checks: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A day on which the terms change, and what does."""

    x: int
    day: str
    iso: str
    coming: bool
    events: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A picture: days across, requirements that turned down. `asked` is where we ask about."""

    width: int
    height: int
    ticks: tuple[Tick, ...]
    tracks: tuple[Track, ...]
    asked: tuple[int, ...]
    still: int
    more: int


def timeline(book: Book, history: HistoryEntry, asked: Iterable[str]) -> Timeline | None:
    """The picture of a history; none where nothing ever turned or nothing is on record."""
    days = history["days"]
    if not days:
        return None
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for row in history["verdicts"]:
        if row["requirement"] in book.requirements:
            turns = row["requirement"], tuple(row["verdicts"])
            found.setdefault(turns, []).append(row["check"])
    turning = [(name, turns, c) for (name, turns), c in found.items() if len(set(turns)) > 1]
    turning.sort(key=lambda row: (WORDS.index(row[1][-1]), row[0]))
    shown = turning[:MOST_ROWS]
    every = {row["check"] for row in history["verdicts"]}
    return Timeline(
        width=len(days) * COLUMN,
        height=HEAD + len(shown) * ROW + 4,
        ticks=tuple(_tick(book, each, place) for place, each in enumerate(days)),
        tracks=tuple(
            Track(
                y=HEAD + place * ROW,
                title=book.title(name),
                checks="" if set(checks) == every else ", ".join(map(book.check, checks)),
                spans=tuple(_spans(book, turns, days)),
            )
            for place, (name, turns, checks) in enumerate(shown)
        ),
        asked=tuple(sorted({_place(days, day) for day in asked} - {-1})),
        still=len(found) - len(turning),
        more=len(turning) - len(shown),
    )


def _place(days: list[HistoryDayEntry], day: str) -> int:
    """Where in the picture the day lies that is asked about; -1 before the first."""
    begun = sum(each["day"] <= day for each in days)
    return begun * COLUMN - COLUMN // 2 if begun else -1


def _spans(book: Book, turns: tuple[str, ...], days: list[HistoryDayEntry]) -> Iterator[Span]:
    at = 0
    for word, same in groupby(turns):
        length = len(list(same))
        since = book.words.day(days[at]["day"])
        said = book.words.say(
            "timeline.since", verdict=book.words.say(f"verdict.{word}"), day=since
        )
        yield Span(x=at * COLUMN, width=length * COLUMN, word=word, letter=LETTER[word], said=said)
        at += length


def _tick(book: Book, day: HistoryDayEntry, place: int) -> Tick:
    events = (
        book.words.say(f"event.{each['event']}", subject=each["subject"]) for each in day["events"]
    )
    return Tick(
        x=place * COLUMN,
        day=book.words.day(day["day"]),
        iso=day["day"],
        coming=day["coming"],
        events="; ".join(events),
    )
