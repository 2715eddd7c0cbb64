"""What became of the quotes of a fixture in a newly captured text."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from termsgate.core.drift import Anchor, QuoteDrift
from termsgate.core.evidence import QuoteStatus, anchors
from termsgate.reading.drift.compare import Index
from termsgate.reading.drift.plain import letters, plain
from termsgate.reading.drift.words import bare_words, stretch, word_diff

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termsgate.core.model import Quote, Version
    from termsgate.reading.drift.sentences import Sentence, Text

NEAR: Final = 0.5
"""A sentence that holds less than this of a quote's words is not the sentence it stood in."""

_LOOKED_AT: Final = 8


class Near(NamedTuple):
    """A sentence near a quote, the share of the quote's words in it, and where they stand."""

    sentence: Sentence
    share: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A quote of a fixture, and whose it is."""

    owner: str
    section: str
    quote: Quote

    @property
    def whole(self) -> str:
        """The quote with what stands around it."""
        return self.quote.prefix + self.quote.exact + self.quote.suffix


@lru_cache(maxsize=10_000)
def _plain(words: str) -> str:
    return plain(words)


@lru_cache(maxsize=10_000)
def _letters(words: str) -> str:
    return letters(plain(words))


def quoted_in(version: Version) -> tuple[Quoted, ...]:
    """Every quote of a version: those of its clauses, and those on precedence."""
    return tuple(
        Quoted(owner=each.name, section=each.section, quote=each.quote) for each in anchors(version)
    )


@dataclass(frozen=True, kw_only=True)
class Searched:
    """A text in which quotes are looked for."""

    text: Text

    def status(self, quoted: Quoted) -> tuple[QuoteStatus, str]:
        """What `termsgate verify` says of a quote.

        It is asked only where the answer is not plain: it remembers where each letter of the text
        came from, which takes longer than all else here.
        """
        count, found = self.text.captured.text.count(quoted.whole), QuoteStatus.FOUND
        if not count:
            count, found = (
                self.text.flowing.count(_plain(quoted.whole)),
                QuoteStatus.FOUND_NORMALISED,
            )
        if count == 1:
            return found, ""
        if count:
            return QuoteStatus.AMBIGUOUS, f"the words stand there {count} times"
        if _letters(quoted.whole) not in self.text.stream:
            return QuoteStatus.LOST, ""
        status, _, note = self.text.captured.find(quoted.quote)
        return status, note

    def holding(self, quoted: Quoted) -> Iterator[int]:
        """The sentences that a quote stands in, or starts in."""
        wanted = _letters(quoted.quote.exact)
        at = self.text.stream.find(wanted) if wanted else -1
        while at >= 0:
            yield bisect_right(self.text.starts, at) - 1
            at = self.text.stream.find(wanted, at + 1)

    @cached_property
    def _index(self) -> Index:
        sentences = enumerate(self.text.sentences)
        return Index({at: Counter(set(bare_words(each.text))) for at, each in sentences})

    def nearest(self, quoted: Quoted, became: Sequence[Sentence]) -> Near | None:
        """What the sentence of a quote became, or the sentence that holds most of its words.

        What it became is known where the old text is; another sentence is nearer than that only
        where it holds all the words. Of several sentences it became, the likest is taken.
        """
        words = bare_words(plain(quoted.quote.exact))
        near = (self.text.sentences[at] for at in self._index.nearest(words, _LOOKED_AT))
        best = _likest(words, near)
        if became and (best is None or best.share < 1.0):
            return _likest(words, became)
        return best if best is not None and best.share >= NEAR else None


def _likest(words: tuple[str, ...], sentences: Iterable[Sentence]) -> Near | None:
    found = (Near(each, *stretch(words, each.text)) for each in sentences)
    return max(found, key=lambda one: one.share, default=None)


def quote_drift(quoted: Quoted, status: QuoteStatus, note: str, near: Near | None) -> QuoteDrift:
    """What to say of a quote that does not stand there once.

    It is changed where a sentence holds half of its words; else it is lost, also where what its
    sentence became is known.
    """
    near = near and _to_its_end(quoted.quote.exact, near)
    holds = near is not None and near.share >= NEAR
    anchor = Anchor.CHANGED if holds else Anchor.LOST
    if status is QuoteStatus.AMBIGUOUS:
        anchor = Anchor.AMBIGUOUS
    return QuoteDrift(
        clause=quoted.owner,
        section=quoted.section,
        quote=quoted.quote.exact,
        anchor=anchor,
        note=note if anchor is Anchor.AMBIGUOUS else "",
        nearest=near.sentence.text if near else "",
        line=near.sentence.line if near else None,
        edits=word_diff(plain(quoted.quote.exact), near.words) if near and holds else (),
    )


def _to_its_end(quote: str, near: Near) -> Near:
    """The words near a quote, up to the end of their sentence where the quote goes to its end."""
    ends = quote.rstrip().endswith(".") and not near.words.endswith(".")
    rest = near.sentence.text.partition(near.words)[2] if ends else ""
    return near._replace(words=near.words + rest) if len(rest.split()) <= _LOOKED_AT else near
