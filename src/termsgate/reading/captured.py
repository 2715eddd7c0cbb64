"""A captured text is searched for a quote: as it stands, then without what means nothing."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from termsgate.core.evidence import QuoteStatus, Retouch
from termsgate.reading.plain import BREAK, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termsgate.core.model import Quote
    from termsgate.reading.plain import Plain

MOST_WORDS: Final = 40
"""So many words of a sentence are shown."""
_SHOWN_PLACES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where a quote stands in a text, from `start` up to `stop`, or why it does not."""

    status: QuoteStatus
    start: int = 0
    stop: int = 0
    needed: tuple[Retouch, ...] = ()
    note: str = ""
    help: str = ""

    @property
    def found(self) -> bool:
        """Whether it stands there exactly once."""
        return self.status.is_verified


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A heading, or what looks like one: where it stands and how deep (1 is the highest).

    `numbers` is its place in lists, outermost first: the second item of the first is (1, 2).
    """

    start: int
    stop: int
    level: int
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Captured:
    """A captured text as a reader sees it.

    Where it was made from a page with markup, `origins` has for each letter its place in `source`,
    and `marks` the page's headings. `pages` are the places where the pages of a PDF start.
    """

    text: str
    source: str = ""
    origins: Sequence[int] | None = None
    marks: tuple[Mark, ...] | None = None
    pages: tuple[int, ...] = ()

    def find(self, quote: Quote) -> tuple[QuoteStatus, int | None, str]:
        """Whether the quote stands there exactly once, its line, and else why not."""
        found = self.passage(quote)
        line = self.line(found.start) if found.found else None
        return found.status, line, found.note

    def passage(self, quote: Quote) -> Passage:
        """Where the quote stands, if it stands there exactly once."""
        whole = quote.prefix + quote.exact + quote.suffix
        places = _places(self.text, whole)
        if len(places) == 1:
            start = places[0] + len(quote.prefix)
            return Passage(status=QuoteStatus.FOUND, start=start, stop=start + len(quote.exact))
        if places:
            return self._several([place + len(quote.prefix) for place in places])
        return self._passage_in_plain_words(quote)

    def line(self, place: int) -> int:
        """The line of a place, in the file that was captured."""
        at = self.origins[place] if self.origins is not None else place
        return bisect_right(self._line_starts, at)

    def page(self, place: int) -> int | None:
        """The page of a place, in a text that has pages."""
        return bisect_right(self.pages, place) if self.pages else None

    @cached_property
    def plain(self) -> Plain:
        """The words alone."""
        return plain(self.text)

    @cached_property
    def digest(self) -> str:
        """The sha256 of the plain words."""
        return hashlib.sha256(self._words.strip().encode()).hexdigest()

    @cached_property
    def _words(self) -> str:
        return self.plain.text

    @cached_property
    def _line_starts(self) -> list[int]:
        source = self.text if self.origins is None else self.source
        return [0, *(found.end() for found in re.finditer("\n", source))]

    # --- in plain words -------------------------------------------------------------------------

    def _passage_in_plain_words(self, quote: Quote) -> Passage:
        sought = _Sought.of(quote)
        if sought is None:
            advice = "quote a few words of the text"
            return Passage(status=QuoteStatus.LOST, note="the quote has no words", help=advice)
        spans = [(at, at + len(sought.whole)) for at in _places(self._words, sought.whole)]
        spans = spans or list(self._across_lines(sought))
        origins = self.plain.origins
        if len(spans) > 1:
            return self._several([origins[start + sought.before] for start, _ in spans])
        if not spans:
            advice = "quote it anew, or record that the words are gone in a new version"
            note = "the words do not stand in the captured text"
            return Passage(status=QuoteStatus.LOST, note=note, help=advice)
        start, stop = sought.exact(*spans[0])
        return Passage(
            status=QuoteStatus.FOUND_NORMALISED,
            start=origins[start],
            stop=origins[stop - 1] + 1,
            needed=self._needed(quote, *spans[0]),
        )

    def _across_lines(self, sought: _Sought) -> Iterator[tuple[int, int]]:
        """The places where lines end within a word, and the hyphen is perhaps not the word's."""
        if BREAK in self.plain.marked:
            for found in sought.pattern.finditer(self.plain.marked):
                yield found.start(1), found.end(1)

    def _needed(self, quote: Quote, start: int, stop: int) -> tuple[Retouch, ...]:
        """What the quote would not have been found without."""
        origins = self.plain.origins
        theirs = self.text[origins[start] : origins[stop - 1] + 1]
        ours = (quote.prefix + quote.exact + quote.suffix).strip()
        return tuple(one for one in Retouch if not _same(theirs, ours, frozenset({one})))

    def _several(self, places: list[int]) -> Passage:
        lines = ", ".join(str(self.line(place)) for place in places[:_SHOWN_PLACES])
        more = " and elsewhere" if len(places) > _SHOWN_PLACES else ""
        note = f"the words stand there {len(places)} times, on line {lines}{more}"
        advice = "add a `prefix` or `suffix` that only one of them has"
        return Passage(status=QuoteStatus.AMBIGUOUS, note=note, help=advice)

    # --- what stands around a place ---------------------------------------------------------------

    def sentence(self, start: int, stop: int, most: int = MOST_WORDS) -> str:
        """The sentence around a passage, in plain words, no longer than so many of them."""
        first, last = self._block(start, stop)
        origins = self.plain.origins
        place, end = bisect_left(origins, start), bisect_left(origins, stop)
        low = max(bisect_left(origins, first), place - _WINDOW)
        high = min(bisect_left(origins, last), end + _WINDOW)
        words = self._words[low:high]
        inside = place - low, end - low
        begin = max((at for at in _ends(words) if at <= inside[0]), default=0)
        end = min((at for at in _ends(words) if at >= inside[1]), default=len(words))
        return _shortened(words[begin:end], inside[0] - begin, inside[1] - begin, most)

    def _block(self, start: int, stop: int) -> tuple[int, int]:
        """The paragraph or list item around a passage."""
        before = bisect_right(self._block_starts, start) - 1
        after = bisect_left(self._block_ends, stop)
        return self._block_starts[before], self._block_ends[after]

    @cached_property
    def _block_starts(self) -> list[int]:
        return [0, *(found.end() for found in _BORDER.finditer(self.text))]

    @cached_property
    def _block_ends(self) -> list[int]:
        return [*(found.start() for found in _BORDER.finditer(self.text)), len(self.text)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sought:
    """A quote in plain words: `whole` has what stands around the exact words, `before` of it."""

    whole: str
    before: int
    after: int

    @classmethod
    def of(cls, quote: Quote) -> _Sought | None:
        """The quote in plain words, if it has any."""
        made = plain(quote.prefix + quote.exact + quote.suffix)
        first, last = len(quote.prefix), len(quote.prefix) + len(quote.exact)
        exact = [at for at, origin in enumerate(made.origins) if first <= origin < last]
        inner = [at for at in exact if made.marked[at] != " "]
        if not inner:
            return None
        left = len(made.text) - len(made.text.lstrip())
        whole = made.text.strip()
        return cls(whole=whole, before=inner[0] - left, after=len(whole) - (inner[-1] + 1 - left))

    def exact(self, start: int, stop: int) -> tuple[int, int]:
        """Where the exact words stand in a place of the whole."""
        return start + self.before, max(stop - self.after, start + self.before + 1)

    @property
    def pattern(self) -> re.Pattern[str]:
        """The whole, with a line's end allowed within any word and at any of its hyphens."""
        parts = []
        for one, following in zip(self.whole, f"{self.whole[1:]} ", strict=True):
            inside = one.isalpha() and following.isalpha()
            hyphen = one == "-"
            parts.append(f"[-{BREAK}]" if hyphen else re.escape(one) + f"{BREAK}?" * inside)
        return re.compile(f"(?=({''.join(parts)}))")


def _same(theirs: str, ours: str, leave: frozenset[Retouch]) -> bool:
    """Whether two texts have the same words if these differences count."""
    left, right = (plain(one, leave).marked.strip() for one in (theirs, ours))
    if Retouch.HYPHENATION in leave:
        return left == right
    return _unbroken(left) == _unbroken(right)


def _unbroken(words: str) -> str:
    return words.replace(BREAK, "").replace("-", "")


def _places(text: str, words: str) -> list[int]:
    """Every place of the words, one that overlaps with the last too."""
    found = []
    at = text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


# --- sentences ------------------------------------------------------------------------------------

_BORDER: Final = re.compile(r"\n[^\S\n]*\n|\n(?=[^\S\n]*(?:[-*+#>|]|\d{1,3}[.)])\s)|\f")
"""What parts blocks: an empty line, a list item, a heading, a page."""
_WINDOW: Final = 2000
"""So many letters on each side of a passage are looked at for where its sentence ends."""
_LONGEST: Final = 12
"""No abbreviation is longer."""
_END: Final = re.compile(r"(?<![A-Z])[.!?]+[\"')]*\ (?=[\"'(]?[^\Wa-z_])")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|inc|ltd|corp|co|no|nos|art|arts|sec|cf|vs|p\. ex|al|approx|env|cie|"
    r"m|mm|mme|dr|mr|mrs|ms|st|u\.s|l|r|d))\.$",
    re.IGNORECASE,
)


def _ends(words: str) -> Iterator[int]:
    """Where sentences end, but for the full stop of an abbreviation."""
    for found in _END.finditer(words):
        stop = found.start() + 1
        if not _ABBREVIATED.search(words[max(stop - _LONGEST, 0) : stop]):
            yield found.end()


def _shortened(words: str, start: int, stop: int, most: int) -> str:
    """The words around a passage in it, so many at most, with dots where some were left out."""
    parts = [found.span() for found in re.finditer(r"\S+", words)]
    if not parts:
        return ""
    first = next((at for at, part in enumerate(parts) if part[1] > start), 0)
    last = max((at for at, part in enumerate(parts) if part[0] < stop), default=first)
    spare = max(most - (last - first + 1), 0)
    low = max(first - spare // 2, 0)
    high = min(max(low + most, last + 1), len(parts))
    low = max(min(low, high - most), 0) if high == len(parts) else low
    return (
        f"{'… ' * (low > 0)}{words[parts[low][0] : parts[high - 1][1]]}{' …' * (high < len(parts))}"
    )
