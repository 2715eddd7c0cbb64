"""What became of a document: a newly captured text against the fixture in force, as values.

Nothing here reads a text. Whoever did says what it found in these words, and reports show it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Unfit(StrEnum):
    """Why a text cannot be held against a fixture: it is not that document, or not all of it."""

    EMPTY = "empty"
    ERROR_PAGE = "error page"
    LOGIN_PAGE = "login page"
    ANOTHER_LANGUAGE = "another language"
    ANOTHER_VENDOR = "another vendor"
    ANOTHER_DOCUMENT = "another document"
    TRUNCATED = "truncated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A text that is not judged: why, in a word and in a sentence, and what to do about it."""

    why: Unfit
    says: str
    help: str


class Step(StrEnum):
    """What a word diff does with some words."""

    KEPT = "kept"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Some words in a row, and what became of them."""

    step: Step
    words: str


class Anchor(StrEnum):
    """What became of a quote that does not stand in the new text exactly once."""

    LOST = "lost"
    CHANGED = "changed"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteDrift:
    """A quote that cannot be found as it was; `nearest` is the sentence most like it, if any is.

    `clause` is its id, or `precedence.N` for the Nth entry of `precedence`. `line` is where the
    nearest sentence stands in the new text, `edits` lead from the quote to the words there.
    """

    clause: str
    section: str
    quote: str
    anchor: Anchor
    note: str = ""
    nearest: str = ""
    line: int | None = None
    edits: tuple[Edit, ...] = ()


class Fate(StrEnum):
    """What became of a passage."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageDrift:
    """A sentence that is new, changed or gone.

    `about` are the subjects it touches, in the order of the lexicon; `clauses` those whose quote
    stands in it before or after; `line` is its place in the new text, or in the old where it is
    gone.
    """

    fate: Fate
    before: str = ""
    after: str = ""
    line: int | None = None
    about: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()

    @property
    def text(self) -> str:
        """The sentence as it stands, or as it stood."""
        return self.after or self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """The same small change in several sentences, such as a name."""

    edits: tuple[Edit, ...]
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The date a text says it was updated, or is in force from, before and now."""

    before: date | None = None
    now: date | None = None

    @property
    def changed(self) -> bool:
        """Whether both are known and are not the same."""
        return self.before is not None and self.now is not None and self.before != self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Unproven:
    """A verdict that rests on words that are not there any more, with the clauses that lost them.

    `ruling` and `outcome` are what they were; `reread` says that no words were lost, and that the
    sentences around them are others.
    """

    check: str
    requirement: str
    ruling: str
    outcome: str
    clauses: tuple[str, ...]
    reread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """What a newly captured text shows of a version of a document.

    `against` names the old text where one was at hand; without it new and gone passages cannot be
    told, and `compared` is false. `slight` passages differ in capitals or punctuation alone.
    `later` says that the text is dated after the fixture. `notes` are sentences to be shown.
    """

    vendor: str
    document: str
    effective: date
    text: str
    against: str = ""
    language: str = ""
    refused: Refused | None = None
    stands: int = 0
    quotes: tuple[QuoteDrift, ...] = ()
    passages: tuple[PassageDrift, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    slight: int = 0
    dates: Dates = field(default_factory=Dates)
    later: bool = False
    unproven: tuple[Unproven, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def compared(self) -> bool:
        """Whether the old text was at hand."""
        return bool(self.against)

    @property
    def drifted(self) -> bool:
        """Whether the words or the date are others; capitals and punctuation alone are not."""
        changed = self.dates.changed or self.later
        return not self.refused and bool(self.quotes or self.passages or changed)

    @property
    def touching(self) -> tuple[PassageDrift, ...]:
        """The passages that touch a subject of the lexicon, or the sentence of a quote."""
        return tuple(each for each in self.passages if each.about or each.clauses)

    @property
    def others(self) -> tuple[PassageDrift, ...]:
        """The passages that touch none."""
        return tuple(each for each in self.passages if not each.about and not each.clauses)

    @property
    def words_without_date(self) -> bool:
        """Whether words changed under the same printed date."""
        same = self.dates.now is not None and self.dates.now == self.dates.before
        return same and bool(self.passages)

    @property
    def date_without_words(self) -> bool:
        """Whether the printed date changed and no word did."""
        return self.dates.changed and self.compared and not self.passages and not self.quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One recorded version of a document in an archive, and what it shows.

    `fresh` says that it shows something other than the version recorded before it.
    """

    commit: str
    on: date
    drift: Drift
    fresh: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Every version recorded since the fixture's, in the order in which they were recorded."""

    since: str
    recorded: tuple[Recorded, ...] = ()

    @property
    def first(self) -> Recorded | None:
        """The version with which drift begins, and lasts from then on.

        A text that cannot be judged neither begins it nor ends it.
        """
        found = None
        for each in self.recorded:
            if each.drift.refused:
                continue
            if not each.drift.drifted:
                found = None
            elif found is None:
                found = each
        return found

    @property
    def latest(self) -> Recorded | None:
        """The newest version that could be judged, or the newest at all."""
        judged = [each for each in self.recorded if not each.drift.refused]
        return next(reversed(judged or self.recorded), None)
