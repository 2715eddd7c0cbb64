"""The section that a fixture gives is held against the headings that the text has itself.

Two kinds are known: numbers ("10.4", "Section 10", "§ 10", "Article 10") and titles. Nothing is
concluded from a number that an archive may have given: lists are numbered anew when a page is
captured, so that they count only where every number printed agrees with them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from termsgate.core.evidence import SectionStatus
from termsgate.reading.captured import Mark
from termsgate.reading.plain import plain
from termsgate.reading.visible import RUN_IN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termsgate.reading.captured import Captured

Number = tuple[str, ...]

_WORD: Final = r"(?:section|sect?\.|article|art\.|clause|paragraph|paragraphe|§§?|no\.?)"
_NUMBERED: Final = re.compile(
    rf"(?:{_WORD}\s*)?(\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}(?:\s?\([a-z]{{1,4}}\)){{0,2}})"
    rf"(?:\s?[.):\u2013-]*)(?=\s|$|[A-Z])",
    re.IGNORECASE,
)
_KEYED: Final = re.compile(rf"{_WORD}\s*\d", re.IGNORECASE)
_PART: Final = re.compile(r"\d+|[a-z]{1,4}", re.IGNORECASE)
_TITLE_LENGTH: Final = 120
"""A heading is no longer; a paragraph that starts with `Section 10` may be."""
_LINE: Final = re.compile(r"^(?P<indent>[ \t]*)(?P<text>\S.*?)[ \t]*$", re.MULTILINE)
_ITEM: Final = re.compile(r"(?:(?P<number>\d{1,3})[.)]|[-*+\u2022])[ \t]+")
_HASHES: Final = re.compile(r"(#{1,6})[ \t]+")
_BOLD: Final = re.compile(r"[*_]{2,}(?=[^\s*_])(?P<title>.{1,300}?)[*_]{2,}")
_LEAD: Final = re.compile(r"[^\W\d_a-z][^.:;]{2,80}:(?=\s)")
"""What a list item says first, up to a colon."""
_UNDERLINE: Final = re.compile(r"\n[ \t]*(={3,}|-{3,})[ \t]*(?=\n|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a text: where it stands, how deep it is, and what it says.

    `number` is printed in it; `counted` is its place in the lists of the text.
    """

    start: int
    level: int
    title: str
    number: Number = ()
    counted: Number = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings of a text, in its order."""

    headings: tuple[Heading, ...]
    lines: tuple[int, ...]

    @classmethod
    def of(cls, captured: Captured) -> Outline:
        """The headings of a captured text."""
        marks = captured.marks
        if marks is None:
            marks = tuple(_marks(captured.text))
        found = [_heading(captured.text, mark) for mark in marks]
        found += _keyed(captured.text) if not any(one.number for one in found) else []
        found.sort(key=lambda one: one.start)
        made = tuple(found) if _lists_agree(found) else tuple(map(_uncounted, found))
        return cls(made, tuple(captured.line(one.start) for one in made))

    def standing(self, section: str, place: int) -> tuple[SectionStatus, str]:
        """Whether a place stands under a section; if it stands elsewhere, where and what is there.

        A section that the text does not show says nothing.
        """
        if not section.strip():
            return SectionStatus.UNKNOWN, ""
        number = number_of(section)
        reaches, whole = self._shown(number) if number else (self._titled(section), True)
        if any(start <= place < stop for start, stop in reaches):
            return SectionStatus.CONFIRMED if whole else SectionStatus.UNKNOWN, ""
        if not reaches:
            return SectionStatus.UNKNOWN, ""
        where = ", ".join(str(self._line(start)) for start, _ in reaches[:3])
        under = self._around(place)
        stands = f"the quote stands under `{under}`" if under else "the quote stands before it"
        return SectionStatus.ELSEWHERE, f"section `{section}` is on line {where}, and {stands}"

    # --- by number --------------------------------------------------------------------------------

    def _shown(self, number: Number) -> tuple[list[tuple[int, int]], bool]:
        """Where a section of this number reaches, or the one it lies in if only that is shown."""
        for length in range(len(number), 0, -1):
            reaches = self._numbered(number[:length])
            if reaches:
                return reaches, length == len(number)
        return [], False

    def _numbered(self, number: Number) -> list[tuple[int, int]]:
        """Where a section of this number reaches: to the next that does not lie in it."""
        for way in ("number", "counted"):
            listed = [(one.start, getattr(one, way)) for one in self.headings if getattr(one, way)]
            found = [
                (start, _end(listed[at + 1 :], number))
                for at, (start, other) in enumerate(listed)
                if _lies_in(other, number) and not (at and _lies_in(listed[at - 1][1], number))
            ]
            if found:
                return found
        return []

    # --- by title ---------------------------------------------------------------------------------

    def _titled(self, section: str) -> list[tuple[int, int]]:
        """Where a section of this title reaches: the last of its titles, under the others."""
        sought = _key(section)
        return [
            (one.start, self._reach(at))
            for at, one in enumerate(self.headings)
            if any(_names(sought, path) for path in self._paths(at))
        ]

    def _paths(self, at: int) -> Iterator[str]:
        """The ways to name a heading: alone, or after any of those it stands under."""
        own = _key(self.headings[at].title)
        above = [_key(one.title) for one in self._above(at)]
        yield own
        for first in range(len(above)):
            yield " ".join((above[first], own))
            yield " ".join((*above[first:], own))

    def _above(self, at: int) -> list[Heading]:
        """The headings that a heading stands under, the highest first."""
        found: list[Heading] = []
        level = self.headings[at].level
        for one in reversed(self.headings[:at]):
            if one.level < level:
                found.insert(0, one)
                level = one.level
        return found

    def _reach(self, at: int) -> int:
        level = self.headings[at].level
        rest = (one.start for one in self.headings[at + 1 :] if one.level <= level)
        return next(rest, _ENDLESS)

    # --- saying it --------------------------------------------------------------------------------

    def _around(self, place: int) -> str:
        """The heading right before a place, by its number or its title."""
        at = bisect_right([one.start for one in self.headings], place) - 1
        if at < 0:
            return ""
        one = self.headings[at]
        return ".".join(one.number or one.counted) or _shown(one.title)

    def _line(self, start: int) -> int:
        at = bisect_right([one.start for one in self.headings], start) - 1
        return self.lines[at]


_ENDLESS: Final = 1 << 62


def number_of(section: str) -> Number:
    """The parts of a section's number: `10.4` and `Section 10(d)` have two; a title has none."""
    found = _NUMBERED.fullmatch(section.strip())
    return _parts(found[1]) if found else ()


def _parts(written: str) -> Number:
    return tuple(part.lower().lstrip("0") or "0" for part in _PART.findall(written))


def _lies_in(inner: Number, outer: Number) -> bool:
    return len(inner) >= len(outer) and all(map(_alike, inner, outer))


def _alike(one: str, other: str) -> bool:
    """Whether two parts count the same: the fifth item of a list may be printed as (e) or (v)."""
    return one == other or bool(_counts(one) & _counts(other))


def _counts(part: str) -> frozenset[int]:
    if part.isdigit():
        return frozenset({int(part)})
    letter = {ord(part) - ord("a") + 1} if len(part) == 1 else set()
    roman = {_ROMAN[part]} if part in _ROMAN else set()
    return frozenset(letter | roman)


_ROMAN: Final = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
    "xiii": 13,
    "xiv": 14,
    "xv": 15,
}


def _end(following: Sequence[tuple[int, Number]], number: Number) -> int:
    return next((start for start, other in following if not _lies_in(other, number)), _ENDLESS)


# --- whether lists can be trusted -----------------------------------------------------------------


def _lists_agree(headings: Iterable[Heading]) -> bool:
    """Whether every number printed agrees with the list it stands in.

    Where nothing is printed, what the archive wrote is all there is.
    """
    counted: Number = ()
    for one in headings:
        counted = one.counted or counted
        if one.number and one.counted and not _lies_in(one.number, one.counted[:1]):
            return False
        if one.number and counted and not _alike(one.number[0], counted[0]):
            return False
    return True


def _uncounted(heading: Heading) -> Heading:
    return Heading(
        start=heading.start, level=heading.level, title=heading.title, number=heading.number
    )


# --- the headings of a text -----------------------------------------------------------------------


def _heading(text: str, mark: Mark) -> Heading:
    """A heading, from the place it stands in."""
    words = plain(text[mark.start : mark.stop]).text.strip()
    printed = _NUMBERED.match(words)
    number = _parts(printed[1]) if printed else ()
    title = words[printed.end() :].strip() if printed else words
    return Heading(
        start=mark.start,
        level=mark.level,
        title=title.rstrip(".:"),
        number=number,
        counted=tuple(map(str, mark.numbers)),
    )


def _marks(text: str) -> Iterator[Mark]:
    """What looks like a heading in Markdown, or in a plain text that is numbered."""
    lists: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start, words = line.start("text"), line["text"]
        item = _ITEM.match(words)
        if item is not None:
            lists = _entered(lists, len(line["indent"]), item["number"])
            start += item.end()
            words = words[item.end() :]
        yield from _mark(text, start, words, lists if item else [])


def _entered(
    lists: list[tuple[int, int]], indent: int, number: str | None
) -> list[tuple[int, int]]:
    """The lists that are open after an item: their indents, and how far each has got.

    Items are counted and not read: an archive numbers on over what stands between them.
    """
    outer = [one for one in lists if one[0] < indent]
    so_far = next((count for depth, count in lists if depth == indent), 0)
    if number is None:
        return [*outer, (indent, so_far)]
    return [*outer, (indent, 1 if int(number) == 1 else so_far + 1)]


def _mark(text: str, start: int, words: str, lists: list[tuple[int, int]]) -> Iterator[Mark]:
    stop = start + len(words)
    numbers = tuple(count for _, count in lists if count)
    depth = RUN_IN + len(lists)
    hashes = _HASHES.match(words)
    under = _UNDERLINE.match(text, stop)
    lead = _BOLD.match(words) or (_LEAD.match(words) if lists else None)
    if hashes:
        yield Mark(start=start + hashes.end(), stop=stop, level=len(hashes[1]), numbers=numbers)
    elif under and len(words) <= _TITLE_LENGTH:
        level = 1 if under[1].startswith("=") else 2
        yield Mark(start=start, stop=stop, level=level, numbers=numbers)
    elif lead:
        yield Mark(start=start, stop=start + lead.end(), level=depth, numbers=numbers)
    elif numbers and len(words) <= _TITLE_LENGTH and words[-1] not in ".,;:":
        yield Mark(start=start, stop=stop, level=depth, numbers=numbers)
    elif _is_numbered_line(words):
        yield Mark(start=start, stop=stop, level=RUN_IN)


def _is_numbered_line(words: str) -> bool:
    """Whether a line starts with a number of several parts, or is short and names its kind."""
    found = _NUMBERED.match(words)
    if not found:
        return False
    several = len(_parts(found[1])) > 1 and "." in found[1]
    return several or (len(words) <= _TITLE_LENGTH and bool(_KEYED.match(words)))


def _keyed(text: str) -> list[Heading]:
    """The numbers at the beginning of paragraphs, in a page whose headings have none."""
    return [
        _heading(text, Mark(start=line.start("text"), stop=line.end("text"), level=RUN_IN))
        for line in _LINE.finditer(text)
        if _is_numbered_line(line["text"])
    ]


def _names(sought: str, path: str) -> bool:
    """Whether it is the whole name, or enough of its beginning."""
    enough = sought.count(" ") >= _ENOUGH_WORDS - 1
    return sought == path or (enough and path.startswith(f"{sought} "))


_ENOUGH_WORDS: Final = 3


def _key(title: str) -> str:
    """A title to compare: its words in small letters."""
    return " ".join(re.findall(r"\w+", title.casefold()))


def _shown(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:59]}…"  # noqa: PLR2004 - enough to find it
