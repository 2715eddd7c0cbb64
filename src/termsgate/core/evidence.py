"""What was found of the quotes in the captured texts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from termsgate.core.model import NOWHERE, Place, Quote

if TYPE_CHECKING:
    from datetime import date

    from termsgate.core.model import Version


class QuoteStatus(StrEnum):
    """Whether the words are there; found once, as they stand or but for typography, is verified.

    A text that is `rejected` is there and proves nothing: it is not the one that was captured, or
    nobody can read it. Of a quote that is `unchecked` nothing is known.
    """

    FOUND = "found"
    FOUND_NORMALISED = "found-normalised"
    LOST = "lost"
    AMBIGUOUS = "ambiguous"
    REJECTED = "rejected"
    UNCHECKED = "unchecked"

    @property
    def is_verified(self) -> bool:
        """Whether the clause may count where evidence is required (semantics 3.7)."""
        return self in (QuoteStatus.FOUND, QuoteStatus.FOUND_NORMALISED)


class TextStatus(StrEnum):
    """Whether a captured text can be held against: read, not there, or there and no evidence."""

    READ = "read"
    REJECTED = "rejected"
    MISSING = "missing"


class Retouch(StrEnum):
    """What has to be evened out for a quote and a text to be the same words."""

    WHITE_SPACE = "white space"
    QUOTATION_MARKS = "quotation marks"
    DASHES = "dashes"
    HYPHENATION = "hyphenation"
    MARKUP = "markup"
    LINKS = "links"
    LETTERS = "letters"


class SectionStatus(StrEnum):
    """Whether the quote stands under the section that the fixture gives.

    An archive may renumber lists, so that `elsewhere` is a warning. Where the text shows no such
    section, it is `unknown`.
    """

    CONFIRMED = "confirmed"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteFinding:
    """What became of one quote: `line` is where it stands in the text, `note` says why it does not.

    `place` is the clause's. `text` is what was searched: a file, or a path in an archive. `needed`
    is what normalising the quote needed, `sentence` the one around it, `page` set for a PDF.
    """

    vendor: str
    document: str
    effective: date
    clause: str
    status: QuoteStatus
    line: int | None = None
    note: str = ""
    help: str = ""
    place: Place = NOWHERE
    words: str = ""
    text: str = ""
    page: int | None = None
    sentence: str = ""
    needed: tuple[Retouch, ...] = ()
    section: str = ""
    standing: SectionStatus = SectionStatus.UNKNOWN
    remark: str = ""
    """What is to be said of the section: only where the quote stands elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFinding:
    """What became of the captured text of one version; `place` is the version's.

    `code` names the fault of one that is missing or rejected, `warning` what is odd about one
    that was read.
    """

    vendor: str
    document: str
    effective: date
    status: TextStatus
    text: str = ""
    sha256: str = ""
    text_sha256: str = ""
    code: str = ""
    note: str = ""
    help: str = ""
    warning: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What became of every captured text that is quoted, and of every quote."""

    texts: tuple[TextFinding, ...] = ()
    quotes: tuple[QuoteFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A quote of a version, by whatever stands on it: a clause, or a rule of precedence."""

    name: str
    quote: Quote
    section: str
    place: Place


def anchors(version: Version) -> tuple[Anchor, ...]:
    """Every quote of a version; those of `precedence` are named by their number, from 1."""
    clauses = tuple(
        Anchor(name=one.id, quote=one.quote, section=one.section, place=one.place)
        for one in version.clauses
        if one.quote is not None
    )
    rules = tuple(
        Anchor(name=f"precedence.{number}", quote=one.quote, section=one.section, place=one.place)
        for number, one in enumerate(version.precedence, start=1)
        if one.quote is not None
    )
    return clauses + rules
