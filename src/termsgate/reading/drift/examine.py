"""A newly captured text is held against a version of a document: what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from termsgate.core.drift import Dates, Drift, Fate, PassageDrift, Repeated, Step
from termsgate.core.evidence import QuoteStatus
from termsgate.reading.drift.compare import Comparison, compare
from termsgate.reading.drift.dates import Printed, printed
from termsgate.reading.drift.fitness import Candidate
from termsgate.reading.drift.furniture import is_noise
from termsgate.reading.drift.quotes import Searched, quote_drift, quoted_in
from termsgate.reading.drift.words import word_diff

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from termsgate.core.drift import Edit, QuoteDrift
    from termsgate.core.model import Vendor, Version
    from termsgate.reading.drift.quotes import Quoted
    from termsgate.reading.drift.sentences import Sentence, Text

_SMALL: Final = 4
"""A change of more words than this is told once for each sentence, however often it was made."""

_BESIDE: Final = 2
_ANEW: Final = 0.5


@dataclass(frozen=True, kw_only=True)
class Standard:
    """What texts are held against: a version, and the old text where it is at hand.

    `others` are the versions in force of all other documents that the project knows.
    """

    vendor: Vendor
    version: Version
    old: Text | None = None
    others: Sequence[tuple[Vendor, Version]] = field(default=())

    @cached_property
    def quotes(self) -> tuple[Quoted, ...]:
        """Every quote of the version."""
        return quoted_in(self.version)

    @cached_property
    def searched(self) -> Searched | None:
        """The old text, to look for quotes in."""
        return None if self.old is None else Searched(text=self.old)

    @cached_property
    def never_stood(self) -> Mapping[str, str]:
        """The quotes that did not stand in the old text once, and why; no drift made them so."""
        if self.searched is None:
            return {}
        found = {each.owner: self.searched.status(each) for each in self.quotes}
        return {
            owner: note or "lost"
            for owner, (status, note) in found.items()
            if not status.is_verified
        }

    @cached_property
    def held_by(self) -> Mapping[int, tuple[str, ...]]:
        """The quotes that stand in each sentence of the old text."""
        return _held_by(self.searched, self.quotes) if self.searched else {}

    @cached_property
    def homes(self) -> Mapping[str, int]:
        """The sentence of the old text that each quote stands in."""
        return {owner: at for at, owners in self.held_by.items() for owner in owners}

    @cached_property
    def printed(self) -> Printed:
        """The dates of the old text."""
        return printed(self.old.sentences, self.old.lexicon) if self.old else Printed()


def examine(standard: Standard, new: Text, *, whole: bool = False) -> Drift:
    """What a newly captured text shows; the verdicts that rest on it are no part of this."""
    return _Examination(standard=standard, new=new).drift(whole=whole)


@dataclass(frozen=True, kw_only=True)
class _Examination:
    """One text being held against the standard."""

    standard: Standard
    new: Text

    def drift(self, *, whole: bool) -> Drift:
        standard, version = self.standard, self.standard.version
        refused = self._candidate.refused(whole=whole)
        about = {
            "vendor": standard.vendor.id,
            "document": version.document,
            "effective": version.effective,
            "text": self.new.name,
            "against": standard.old.name if standard.old else "",
            "language": self.new.language,
        }
        if refused is not None:
            return Drift(**about, refused=refused, stands=self._stands)  # type: ignore[arg-type]
        passages = tuple(self._passages())
        return Drift(
            **about,  # type: ignore[arg-type]
            stands=self._stands,
            quotes=tuple(self._quotes()),
            passages=passages,
            repeated=tuple(_repeated(passages)),
            slight=sum(self._says(self._new[at], self.new) for _, at in self._slight),
            dates=self._dates,
            later=self._is_later,
            notes=tuple(self._notes()),
        )

    # --- what is there ----------------------------------------------------------------------------

    @property
    def _new(self) -> tuple[Sentence, ...]:
        return self.new.sentences

    @property
    def _old(self) -> tuple[Sentence, ...]:
        return self.standard.old.sentences if self.standard.old else ()

    @cached_property
    def _searched(self) -> Searched:
        return Searched(text=self.new)

    @cached_property
    def _statuses(self) -> Mapping[str, tuple[QuoteStatus, str]]:
        return {each.owner: self._searched.status(each) for each in self.standard.quotes}

    @cached_property
    def _stands(self) -> int:
        return sum(status.is_verified for status, _ in self._statuses.values())

    @cached_property
    def _comparison(self) -> Comparison | None:
        return compare(self._old, self._new) if self.standard.old else None

    @property
    def _slight(self) -> tuple[tuple[int, int], ...]:
        return self._comparison.slight if self._comparison else ()

    @cached_property
    def _candidate(self) -> Candidate:
        standing = (QuoteStatus.FOUND, QuoteStatus.FOUND_NORMALISED, QuoteStatus.AMBIGUOUS)
        return Candidate(
            vendor=self.standard.vendor,
            version=self.standard.version,
            others=self.standard.others,
            new=self._searched,
            old=self.standard.old,
            comparison=self._comparison,
            quotes=self.standard.quotes,
            found=sum(status in standing for status, _ in self._statuses.values()),
        )

    # --- quotes -----------------------------------------------------------------------------------

    def _quotes(self) -> Iterator[QuoteDrift]:
        for quoted in self.standard.quotes:
            status, note = self._statuses[quoted.owner]
            if status.is_verified or quoted.owner in self.standard.never_stood:
                continue
            near = None
            if status is QuoteStatus.LOST:
                near = self._searched.nearest(quoted, self._became(quoted))
            yield quote_drift(quoted, status, note, near)

    def _became(self, quoted: Quoted) -> list[Sentence]:
        """The sentence that the one of a quote became, and the new ones right beside it."""
        home = self.standard.homes.get(quoted.owner)
        at = self._pairs.get(home) if home is not None else None
        if at is None or self._comparison is None:
            return []
        near = [each for each in self._comparison.new if abs(each - at) <= _BESIDE]
        beside = [each for each in near if self._new[each].block == self._new[at].block]
        return [self._new[each] for each in (at, *beside)]

    @cached_property
    def _pairs(self) -> Mapping[int, int]:
        return dict(self._comparison.changed) if self._comparison else {}

    # --- passages ---------------------------------------------------------------------------------

    def _passages(self) -> Iterator[PassageDrift]:
        """What is new and changed in the order of the new text, then what is gone."""
        if self._comparison is None:
            return
        pairs = {other: one for one, other in self._comparison.changed}
        gone = [*self._comparison.gone]
        for at in sorted((*pairs, *self._comparison.new)):
            before = at in pairs and self._says(self._old[pairs[at]], self.standard.old)
            after = self._says(self._new[at], self.new)
            if not after:
                gone += [pairs[at]] if before else []
            elif not before:
                yield self._passage(Fate.NEW, None, at)
            else:
                yield self._passage(Fate.CHANGED, pairs[at], at)
        for at in sorted(gone):
            if self._says(self._old[at], self.standard.old):
                yield self._passage(Fate.GONE, at, None)

    def _says(self, sentence: Sentence, text: Text | None) -> bool:
        """Whether a sentence is one that a vendor could be held to."""
        return text is not None and not is_noise(sentence, text, self.new.lexicon)

    def _passage(self, fate: Fate, one: int | None, other: int | None) -> PassageDrift:
        before = self._old[one].text if one is not None else ""
        after = self._new[other].text if other is not None else ""
        touched = {*self.new.lexicon.about(before), *self.new.lexicon.about(after)}
        held = (self.standard.held_by.get(one, ()) if one is not None else ()) + (
            self._held_by.get(other, ()) if other is not None else ()
        )
        line = self._new[other].line if other is not None else self._old[one or 0].line
        return PassageDrift(
            fate=fate,
            before=before,
            after=after,
            line=line,
            about=tuple(each.id for each in self.new.lexicon.subjects if each.id in touched),
            clauses=tuple(dict.fromkeys(held)),
            edits=word_diff(before, after) if before and after else (),
        )

    @cached_property
    def _held_by(self) -> Mapping[int, tuple[str, ...]]:
        return _held_by(self._searched, self.standard.quotes)

    # --- dates ------------------------------------------------------------------------------------

    @cached_property
    def _dates(self) -> Dates:
        now = printed(self._new, self.new.lexicon)
        return Dates(before=self.standard.printed.latest, now=now.latest)

    @property
    def _is_later(self) -> bool:
        """With no old text, the fixture's own days are what the date is held against."""
        version, now = self.standard.version, self._dates.now
        if self.standard.old is not None or now is None:
            return False
        return now > max(version.effective, version.published or version.effective)

    # --- notes ------------------------------------------------------------------------------------

    def _notes(self) -> Iterator[str]:
        if self.standard.old is None:
            yield (
                "the text that the fixture was read from is not at hand, so that new and changed "
                "passages cannot be told: put it beside that, or use `--texts` or `--archive`"
            )
        for owner, why in self.standard.never_stood.items():
            if not self._statuses[owner][0].is_verified:
                yield f"`{owner}`: its quote does not stand once in the old text either ({why})"
        kept = self._candidate.share_kept
        if kept is not None and kept < _ANEW:
            left = round(100 * kept)
            yield f"{left} percent of the old text is left: the document was rewritten"
        if self.new.language and self.new.language != self.new.lexicon.language:
            yield f"there is no lexicon for `{self.new.language}`: the English one was used"


def _held_by(searched: Searched, quotes: Sequence[Quoted]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for each in quotes:
        for at in searched.holding(each):
            found[at] = (*found.get(at, ()), each.owner)
    return found


def _repeated(passages: Sequence[PassageDrift]) -> Iterator[Repeated]:
    """Small changes that were made in more than one sentence."""
    made = Counter(
        edits for each in passages if each.fate is Fate.CHANGED if (edits := _small(each.edits))
    )
    for edits, times in made.most_common():
        if times > 1:
            yield Repeated(edits=edits, times=times)


def _small(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    made = tuple(each for each in edits if each.step is not Step.KEPT)
    return made if sum(len(each.words.split()) for each in made) <= _SMALL else ()
