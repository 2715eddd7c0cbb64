"""What became of the quotes of a fixture in a newly captured text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from termsgate.core.drift import Anchor, QuoteDrift
from termsgate.core.evidence import QuoteStatus
from termsgate.reading.drift.compare import Index
from termsgate.reading.drift.plain import letters, plain
from termsgate.reading.drift.words import bare_words, stretch, word_diff
from termsgate.reading.evidence import Captured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.model import Quote, Version
    from termsgate.reading.drift.sentences import Sentence, Text

NEAR: Final = 0.5
"""A sentence that holds less than this of a quote's words is not the sentence it stood in."""

_LOOKED_AT: Final = 8


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


def quoted_in(version: Version) -> tuple[Quoted, ...]:
    """Every quote of a version: those of its clauses, and those on precedence."""
    of_clauses = [
        Quoted(owner=each.id, section=each.section, quote=each.quote)
        for each in version.clauses
        if each.quote is not None
    ]
    of_precedence = [
        Quoted(owner=f"precedence.{at}", section=each.section, quote=each.quote)
        for at, each in enumerate(version.precedence, 1)
        if each.quote is not None
    ]
    return (*of_clauses, *of_precedence)


@dataclass(frozen=True, kw_only=True)
class Searched:
    """A text in which quotes are looked for."""

    text: Text

    @cached_property
    def _captured(self) -> Captured:
        return Captured(self.text.raw)

    def status(self, quoted: Quoted) -> tuple[QuoteStatus, str]:
        """What `termsgate verify` says of a quote.

        It is asked only where the answer is not plain: it remembers where each letter of the text
        came from, which takes longer than all else here.
        """
        if self.text.raw.count(quoted.whole) == 1:
            return QuoteStatus.FOUND, ""
        if self.text.flowing.count(plain(quoted.whole)) == 1:
            return QuoteStatus.FOUND_NORMALISED, ""
        if letters(plain(quoted.whole)) not in self.text.stream:
            return QuoteStatus.LOST, ""
        status, _, note = self._captured.find(quoted.quote)
        return status, note

    def holding(self, quoted: Quoted) -> Iterator[int]:
        """The sentences that a quote stands in, or starts in."""
        wanted = letters(plain(quoted.quote.exact))
        for at, each in enumerate(self.text.sentences):
            if wanted and wanted in each.letters:
                yield at

    @cached_property
    def _index(self) -> Index:
        sentences = enumerate(self.text.sentences)
        return Index({at: Counter(set(bare_words(each.text))) for at, each in sentences})

    def nearest(self, quoted: Quoted, expected: Sentence | None) -> tuple[Sentence, str] | None:
        """The sentence most like a quote, and the stretch of it that is.

        Where the sentence it stood in became another, that one is taken first.
        """
        words = bare_words(plain(quoted.quote.exact))
        if not words:
            return None
        near = [self.text.sentences[at] for at in self._index.nearest(words, _LOOKED_AT)]
        ranked = [
            (stretch(words, each.text)[0] + (0.15 if each is expected else 0.0), -at, each)
            for at, each in enumerate([*([expected] if expected else []), *near])
        ]
        best = max(ranked, default=None, key=lambda one: one[:2])
        if best is None or best[0] < NEAR:
            return None
        return best[2], stretch(words, best[2].text)[1]


def quote_drift(
    quoted: Quoted, status: QuoteStatus, note: str, near: tuple[Sentence, str] | None
) -> QuoteDrift:
    """What to say of a quote that does not stand there once."""
    if status is QuoteStatus.AMBIGUOUS:
        anchor = Anchor.AMBIGUOUS
    else:
        anchor = Anchor.CHANGED if near else Anchor.LOST
        note = ""
    return QuoteDrift(
        clause=quoted.owner,
        section=quoted.section,
        quote=quoted.quote.exact,
        anchor=anchor,
        note=note,
        nearest=near[0].text if near else "",
        line=near[0].line if near else None,
        edits=word_diff(plain(quoted.quote.exact), near[1]) if near else (),
    )
