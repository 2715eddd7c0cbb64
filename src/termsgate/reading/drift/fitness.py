"""Whether a text is the document at all, and all of it, before anything is said about its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from termsgate.core.drift import Refused, Unfit
from termsgate.reading.drift.furniture import is_noise
from termsgate.reading.drift.lexicon import LANGUAGES, lexicon
from termsgate.reading.drift.quotes import Searched, quoted_in
from termsgate.reading.drift.sentences import words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from termsgate.core.model import Vendor, Version
    from termsgate.reading.drift.compare import Comparison
    from termsgate.reading.drift.quotes import Quoted
    from termsgate.reading.drift.sentences import Sentence, Text

EMPTY: Final = 25
"""So few words are no document."""

SHORT: Final = 250
"""A text of more words than this is no error page, whatever it says."""

_FEW_QUOTES: Final = 0.15
"""Where more of the quotes stand than this, it is the document, whatever became of it."""

_FEW_SENTENCES: Final = 0.1
_TAIL: Final = 0.12
"""So much of the old words must be missing at one end for a text to be called cut off."""

_STRAY: Final = 0.02
_KEPT: Final = 0.9
"""So much of a text that was cut off stands in the old one."""

_WHOLE: Final = re.compile(r"[.!?:;)\]\"'\u201d\u2019»*_|]\s*$")
_CAPTURE: Final = "capture the page again"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A captured text and what it may be: this document of this vendor, or another's."""

    vendor: Vendor
    version: Version
    others: Sequence[tuple[Vendor, Version]]
    new: Searched
    old: Text | None
    comparison: Comparison | None
    quotes: Sequence[Quoted]
    found: int

    @property
    def share_found(self) -> float:
        """How many of the quotes stand there; all, where there are none."""
        return self.found / len(self.quotes) if self.quotes else 1.0

    @property
    def share_kept(self) -> float | None:
        """How much of the old text stands there, where it is at hand."""
        if self.old is None or self.comparison is None:
            return None
        kept = sum(len(self.old.sentences[at].letters) for at in self.comparison.kept)
        return kept / max(len(self.old.stream), 1)

    @property
    def is_known(self) -> bool:
        """Whether enough of it is there for the text to be this document."""
        kept = self.share_kept
        if self.quotes and self.share_found > _FEW_QUOTES:
            return True
        return kept is not None and kept > _FEW_SENTENCES

    def refused(self, *, whole: bool) -> Refused | None:
        """Why it cannot be judged; a text that is said to be `whole` has only to hold words."""
        found = self._empty()
        if found is not None or whole:
            return found
        found = self._wall()
        if found is None and not self.is_known:
            found = self._foreign()
        return found or self._cut()

    # --- no document ------------------------------------------------------------------------------

    def _empty(self) -> Refused | None:
        count = len(self.new.text.words)
        if count >= EMPTY or self._is_as_short():
            return None
        says = "the text holds no words" if not count else f"the text holds {count} words alone"
        if count:
            wall = self._wall()
            if wall is not None:
                return wall
        return Refused(why=Unfit.EMPTY, says=says, help=_CAPTURE)

    def _is_as_short(self) -> bool:
        """Whether a text is as short as the old one, or holds what is quoted of it."""
        whole = bool(self.quotes) and self.share_found > 1 / 2
        return whole or (
            self.old is not None and 2 * len(self.new.text.words) > len(self.old.words)
        )

    def _wall(self) -> Refused | None:
        """An error page or a login page stands there instead."""
        words = self.new.text.words
        if len(words) > SHORT or self._is_as_short():
            return None
        text = self.new.text.flowing
        for language in dict.fromkeys((self.new.text.language, *LANGUAGES)):
            for name, pattern in lexicon(language).walls.items():
                at = pattern.search(text)
                if at is not None:
                    says = (
                        f"the text is an {name}" if name[0] in "aeiou" else f"the text is a {name}"
                    )
                    return Refused(why=Unfit(name), says=f"{says}: `{at[0]}`", help=_CAPTURE)
        return None

    # --- another document -------------------------------------------------------------------------

    def _foreign(self) -> Refused | None:
        language = self._other_language()
        if language is not None:
            return language
        twin = self._twin()
        if twin is not None:
            return twin
        return self._stranger()

    def _other_language(self) -> Refused | None:
        wanted = (self.old.language if self.old else "") or self.version.language[:2].lower()
        is_in = self.new.text.language
        if not wanted or not is_in or wanted == is_in:
            return None
        return Refused(
            why=Unfit.ANOTHER_LANGUAGE,
            says=f"the text is in `{is_in}`, and the fixture was read from one in `{wanted}`",
            help=f"capture the page in `{wanted}`",
        )

    def _twin(self) -> Refused | None:
        """It is another document that this project has a fixture of."""
        best, of = self.found, None
        for vendor, version in self.others:
            quotes = quoted_in(version)
            count = sum(self.new.status(each)[0].is_verified for each in quotes)
            if count > max(best, 1) and count > _FEW_QUOTES * len(quotes):
                best, of = count, (vendor, version)
        if of is None:
            return None
        vendor, version = of
        mine = vendor.id == self.vendor.id
        return Refused(
            why=Unfit.ANOTHER_DOCUMENT if mine else Unfit.ANOTHER_VENDOR,
            says=f"{best} quotes of `{vendor.id}`, `{version.document}` stand in the text, "
            f"and {self.found} of {len(self.quotes)} quotes of this document",
            help=f"hold it against that one: `termsgate drift {vendor.id} ... "
            f"--document {version.document}`",
        )

    def _stranger(self) -> Refused | None:
        """Nothing of it is known: neither a quote, nor the vendor's name."""
        names = set(_names(self.vendor))
        words = re.findall(r"[^\W_]+", self.new.text.flowing.lower())
        named = sum(word in names for word in words)
        if named >= 2 or (not self.quotes and self.old is None):  # noqa: PLR2004 - once is a mention
            return self._other_kind()
        return Refused(
            why=Unfit.ANOTHER_VENDOR,
            says=f"{self.found} of {len(self.quotes)} quotes stand in the text, and it does not "
            f"speak of `{self.vendor.id}`",
            help="capture the vendor's own page; or, if it is: `--whole`",
        )

    def _other_kind(self) -> Refused | None:
        """The same vendor's text under the title of another document of theirs."""
        head = " ".join(each.text.lower() for each in self.new.text.sentences[:6])
        own = _title_words(self.version.document)
        if own & set(words_of(head)):
            return None
        for document in self.vendor.documents:
            title = _title_words(document.id)
            if document.id != self.version.document and title and title <= set(words_of(head)):
                return Refused(
                    why=Unfit.ANOTHER_DOCUMENT,
                    says=f"the text starts like `{document.id}`, and {self.found} of "
                    f"{len(self.quotes)} quotes of this document stand in it",
                    help="name its document with `--document`; or, if it is this one: `--whole`",
                )
        return None

    # --- not all of it ----------------------------------------------------------------------------

    def _cut(self) -> Refused | None:
        if self.old is None or self.comparison is None:
            return self._cut_by_look()
        return self._cut_from(self.old, self.comparison)

    def _cut_from(self, old: Text, comparison: Comparison) -> Refused | None:
        """One end of the old text is missing, and what there is is the old text."""
        strange = sum(len(each.letters) for each in self._unknown(comparison))
        if strange > (1 - _KEPT) * len(self.new.text.stream):
            return None
        sizes = [len(each.letters) for each in old.sentences]
        there = comparison.kept | {at for at, _ in comparison.changed}
        start, end = _ends(sizes, there)
        before, after, whole = sum(sizes[:start]), sum(sizes[end:]), max(sum(sizes), 1)
        most = max(before, after)
        least = _TAIL / 4 if self._breaks_off or self._asks_for_more() else _TAIL
        missing = sum(size for at, size in enumerate(sizes) if at not in there)
        if most <= least * whole or most < missing / 2:
            return None
        at = old.sentences[end - 1] if after >= before else old.sentences[start]
        where = "stops after" if after >= before else "starts with"
        return Refused(
            why=Unfit.TRUNCATED,
            says=f"the text {where} `{_short(at.text)}` (line {at.line} of the old one): "
            f"{100 * most // whole} percent of the old text is missing there",
            help=f"{_CAPTURE}; if the vendor took the rest away: `--whole`",
        )

    def _unknown(self, comparison: Comparison) -> Iterator[Sentence]:
        """What there is of a new text that the old one has not, but for menus and the like."""
        text = self.new.text
        for each in (text.sentences[at] for at in comparison.new):
            if not is_noise(each, text, text.lexicon):
                yield each

    def _cut_by_look(self) -> Refused | None:
        """With no old text: it breaks off, and the quotes of its later sections are lost."""
        text = self.new.text
        if not text.sentences or not self.quotes or self.share_found == 1.0:
            return None
        if not self._breaks_off and not self._asks_for_more():
            return None
        order = [self.new.status(each)[0].is_verified for each in self._in_order()]
        last = max((at for at, there in enumerate(order) if there), default=-1)
        lost = len(order) - 1 - last
        if lost < 2 or lost < len(order) - sum(order):  # noqa: PLR2004 - one may be a change
            return None
        return Refused(
            why=Unfit.TRUNCATED,
            says=f"the text breaks off after `{_short(text.sentences[-1].text[-60:])}`, and the "
            f"last {lost} quotes are missing",
            help=f"{_CAPTURE}; if the vendor took the rest away: `--whole`",
        )

    def _in_order(self) -> list[Quoted]:
        """The quotes in the order of their sections, where these are numbers."""
        clauses = [each for each in self.quotes if not each.owner.startswith("precedence.")]
        if all(re.match(r"\d", each.section) for each in clauses):
            return sorted(clauses, key=lambda each: _numbers(each.section))
        return clauses

    @property
    def _breaks_off(self) -> bool:
        """Whether the last sentence has no end."""
        last = self.new.text.sentences[-1:]
        return any(each.whole and not _WHOLE.search(each.text) for each in last)

    def _asks_for_more(self) -> bool:
        last = self.new.text.sentences[-3:]
        return any(self.new.text.lexicon.cut.fullmatch(each.text) for each in last)


def _ends(sizes: Sequence[int], kept: Collection[int]) -> tuple[int, int]:
    """Where what was kept of a text starts and ends.

    A few words stand in many places, a title above all; they are passed over.
    """
    stray = _STRAY * sum(sizes[at] for at in kept)
    places = sorted(kept)
    return _first_of_many(sizes, places, stray), _first_of_many(sizes, places[::-1], stray) + 1


def _first_of_many(sizes: Sequence[int], places: Sequence[int], stray: float) -> int:
    passed = accumulate(sizes[at] for at in places)
    found = (at for at, size in zip(places, passed, strict=True) if size > stray)
    return next(found, len(sizes) - 1)


def _numbers(section: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", section)]


def _names(vendor: Vendor) -> Iterator[str]:
    """The words a vendor goes by: its id, and the first word of its name."""
    yield vendor.id
    yield from vendor.id.split("-")[:1]
    yield from words_of(vendor.name)[:1]


def _title_words(document: str) -> set[str]:
    """The words of a document's id that say what it is."""
    return {word for word in document.split("-") if len(word) > 3}  # noqa: PLR2004 - `of`, `and`


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - what a line holds
