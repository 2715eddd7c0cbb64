"""A verdict: what the terms say about one requirement, and everything that decided it (4.6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from termsgate.core.model import Clause, Place, RecordedReading


class Ruling(IntEnum):
    """The word of a verdict; the lower, the worse (semantics 4.2)."""

    VIOLATED = 0
    UNCLEAR = 1
    SILENT = 2
    MET = 3
    NOT_APPLICABLE = 4

    @property
    def word(self) -> str:
        """The word files and reports write for it."""
        return _WORDS[self]


_WORDS: Final = {each: each.name.lower().replace("_", "-") for each in Ruling}


class Criterion(StrEnum):
    """Why one clause prevails over another (semantics 2.5, 3.3 and 4.7)."""

    RECORDED = "recorded reading"
    EXPRESS = "says so"
    DOCUMENT = "its document prevails"
    SPECIFIC = "the specific over the general"
    PLAIN = "the express over the vague"
    LISTED = "listed in a closed list"


class Part(StrEnum):
    """What a clause did for a verdict."""

    MEETS = "meets"
    FAILS = "fails"
    OPEN = "open"
    DEFEATED = "defeated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """A clause that decided, with the version it stands in.

    `part` is what it did. A defeated clause names its defeaters and the criterion; `facts` are
    the facts of it that counted, as the file writes them; `second_half` says that it counted as
    the ban a closed list implies (semantics 2.5).
    """

    clause: Clause
    effective: date
    part: Part
    criterion: Criterion | None = None
    defeated_by: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    second_half: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One use that shows the verdict, in words of the vocabulary (`other chat` for the rest)."""

    action: str
    data: str
    by: str
    state: str


class QuestionKind(StrEnum):
    """What a question is about; each kind is answered in its own place."""

    COVERAGE = "coverage"
    STANCE = "stance"
    CONSENT = "consent"
    WHOSE_CONSENT = "whose-consent"
    CONFLICT = "conflict"
    PRECEDENCE = "precedence"
    CONDITION = "condition"
    DOCUMENT = "document"
    FACT = "fact"
    EXCEPTION = "exception"
    BOUND_REACHED = "bound-reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One possible answer and the verdict that follows from it."""

    text: str
    ruling: Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the terms leave open, in words, with what follows from each answer.

    `about` names the clauses (`document.clause`) or documents it is about; `how` says where a
    person records the answer.
    """

    kind: QuestionKind
    text: str
    answers: tuple[Answer, ...]
    about: tuple[str, ...] = ()
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsentDocument:
    """A document not at hand, or the unread part of one, that the requirement touches (4.4).

    `matters` says whether it changed the verdict; `assumed` that it was assumed absent; `why`
    says in words what it may do, or why it may not.
    """

    document: str
    matters: bool
    unread: bool = False
    assumed: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a document that never governs says about the same use (semantics 3.6)."""

    clause: Clause
    effective: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the terms of one vendor say about one requirement on one day.

    `notes` are sentences the report must show: a disputed review, a bound reached, a stale reading.
    """

    ruling: Ruling
    because: tuple[Deciding, ...] = ()
    witness: Witness | None = None
    questions: tuple[Question, ...] = ()
    absent: tuple[AbsentDocument, ...] = ()
    claims: tuple[Claim, ...] = ()
    readings: tuple[RecordedReading, ...] = ()
    notes: tuple[str, ...] = ()
    place: Place | None = None
