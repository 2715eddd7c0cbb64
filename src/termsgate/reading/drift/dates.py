"""The date that a text says it was updated, or is in force from."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from termsgate.reading.drift.sentences import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termsgate.reading.drift.lexicon import Lexicon
    from termsgate.reading.drift.sentences import Sentence

_ISO: Final = r"(?P<iso>\d{4}-\d{2}-\d{2})"
_FIRST: Final = 25
_LAST: Final = 12
"""A date stands among so many of the first or last sentences of a text, or it is another date."""

_BESIDE: Final = 4
"""A line of more words than this beside its date says more than the date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What a text prints: when it was updated, and from when it is in force."""

    updated: date | None = None
    effective: date | None = None

    @property
    def latest(self) -> date | None:
        """The date that tells one version from the next."""
        return self.updated or self.effective


def printed(sentences: Sequence[Sentence], lexicon: Lexicon) -> Printed:
    """The dates that stand at the start or the end of a text, after words that say what they are.

    The first of each counts.
    """
    near = [*sentences[:_FIRST], *sentences[max(_FIRST, len(sentences) - _LAST) :]]
    # A page may break the line between the words and the date.
    joined = [each.text for each in near]
    joined += [f"{one} {other}" for one, other in itertools.pairwise(joined)]
    other = _cued(lexicon.effective, lexicon.months)
    return Printed(
        updated=_first([other.sub(" ", each) for each in joined], lexicon, lexicon.updated),
        effective=_first(joined, lexicon, lexicon.effective),
    )


def is_date_line(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a sentence says nothing but a date, in few words and on no subject of ours."""
    rest, dates = _dated(lexicon).subn(" ", sentence.text)
    return bool(dates) and len(words_of(rest)) <= _BESIDE and not lexicon.about(rest)


def is_unread(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a sentence prints its date so that two readers would read it in two ways."""
    cues = (*lexicon.updated, *lexicon.effective)
    text = sentence.text
    return bool(_dated(lexicon).search(text)) and _after(text, lexicon, cues) is None


def _dated(lexicon: Lexicon) -> re.Pattern[str]:
    return _cued((*lexicon.updated, *lexicon.effective), lexicon.months)


def _first(texts: list[str], lexicon: Lexicon, cues: tuple[str, ...]) -> date | None:
    found = (_after(text, lexicon, cues) for text in texts)
    return next((each for each in found if each is not None), None)


def _after(text: str, lexicon: Lexicon, cues: tuple[str, ...]) -> date | None:
    """The date after such words, where it can be read."""
    for at in _cued(cues, lexicon.months).finditer(text):
        day = _read(at, lexicon)
        if day is not None:
            return day
    return None


@lru_cache
def _cued(cues: tuple[str, ...], months: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(each) for each in sorted(cues, key=len, reverse=True))
    between = r"[^\w]{0,6}(?:(?:on|as of|as at|the|le|du|au|from|date|since|:)[^\w]{1,3}){0,3}"
    return re.compile(rf"(?<!\w)(?:{words})(?!\w){between}{_day(months).pattern}", re.IGNORECASE)


@lru_cache
def _day(months: tuple[str, ...]) -> re.Pattern[str]:
    """A date as a text prints it; of the numbers alone the first must say which is the day."""
    names = "|".join(f"{each}|{each[:4]}\\.?|{each[:3]}\\.?" for each in months)
    return re.compile(
        rf"(?:{_ISO}"
        rf"|(?P<m1>{names})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})"
        rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er)?(?:\s+of)?\s+(?P<m2>{names}),?\s+(?P<y2>\d{{4}})"
        rf"|(?P<a>\d{{1,2}})[/.](?P<b>\d{{1,2}})[/.](?P<y3>\d{{4}}))(?!\w)",
        re.IGNORECASE,
    )


def _read(at: re.Match[str], lexicon: Lexicon) -> date | None:
    try:
        if at["iso"]:
            return date.fromisoformat(at["iso"])
        if at["a"]:
            return _numbers(int(at["a"]), int(at["b"]), int(at["y3"]), lexicon)
        day, month, year = (at["d1"] or at["d2"], at["m1"] or at["m2"], at["y1"] or at["y2"])
        return date(int(year), _month(month, lexicon.months), int(day))
    except ValueError:
        return None


def _numbers(one: int, other: int, year: int, lexicon: Lexicon) -> date | None:
    """A date of numbers; in English the day may stand second, and is not guessed."""
    if lexicon.language == "fr" or one > 12:  # noqa: PLR2004 - no month has that number
        return date(year, other, one)
    return date(year, one, other) if other > 12 or one == other else None  # noqa: PLR2004


def _month(name: str, months: tuple[str, ...]) -> int:
    start = name.lower().rstrip(".")
    return next(at for at, month in enumerate(months, 1) if month.startswith(start))
