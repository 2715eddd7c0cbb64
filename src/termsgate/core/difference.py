"""A difference between two sets of terms as versioned plain data: all that its reports read.

Its keys are published in `data/schemas/difference.schema.json`. Nothing in it depends on a clock
or on where the project lies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NotRequired, TypedDict

from termsgate.core.record import ClauseEntry, WaiverUse

if TYPE_CHECKING:
    from termsgate.core.stated import PartEntry

FORMAT: Final = "termsgate-difference"
VERSION: Final = 1


class NamesEntry(TypedDict):
    """Words of one axis: all of `terms` but what is in `but`."""

    terms: list[str]
    but: list[str]


class WhereEntry(TypedDict):
    """A condition under which something differs; `name` is of a feature or an agreement."""

    key: str
    name: str
    values: list[str]
    negated: bool


SaidEntry = TypedDict(
    "SaidEntry",
    {"is": str, "consent-from": list[str], "for": list[str], "except": list[str], "from": str},
)
"""One thing that a reading gives: a stance and whose consent, or a fact's value as qualified."""

ActorEntry = TypedDict(
    "ActorEntry",
    {
        "document": str,
        "clause": str,
        "section": str,
        "part": str,
        "standing": str,
        "is": list[SaidEntry],
        "criterion": str | None,
        "defeated-by": list[str],
    },
)
"""A clause that governs, or that is defeated and governs on the other side.

`standing` compares it with the other side: same, moved, changed, new or gone. What it says is
among the texts of its side.
"""


class TextEntry(TypedDict):
    """The words of a clause that is named above, on one side."""

    side: str
    path: str
    line: int
    column: int
    document: str
    version: str
    clause: str
    section: str
    quote: str
    prefix: NotRequired[str]
    suffix: NotRequired[str]
    says: str


ChangeEntry = TypedDict(
    "ChangeEntry",
    {
        "fact": str | None,
        "action": NamesEntry,
        "data": NamesEntry,
        "by": NamesEntry,
        "state": NamesEntry,
        "where": list[WhereEntry],
        "before": list[SaidEntry],
        "after": list[SaidEntry],
        "clauses-before": list[ActorEntry],
        "clauses-after": list[ActorEntry],
    },
)
"""A box of uses about which something else is said, of their stance or of one fact."""

WordEntry = TypedDict(
    "WordEntry",
    {
        "verdict": str,
        "outcome": str,
        "as-of": str,
        "waiver": WaiverUse | None,
        "because": list[ClauseEntry],
    },
)
"""A verdict on one side, and what the gate makes of it."""


class TurnEntry(TypedDict):
    """A verdict that turned, for the better or the worse (semantics 4.2)."""

    check: str
    requirement: str
    title: str
    level: str
    severity: str
    turn: str
    before: WordEntry
    after: WordEntry


class MovedEntry(TypedDict):
    """A clause that says the same in another section."""

    document: str
    clause: str
    before: str
    after: str


class ClauseChangeEntry(TypedDict):
    """A clause that is new, gone, or says something else; `bears` if a use or a fact shows it."""

    document: str
    clause: str
    section: str
    says: str
    change: str
    what: list[str]
    bears: bool


class DefinitionEntry(TypedDict):
    """What a defined term means on one side, in the words of the vocabulary on its axis."""

    path: str
    line: int
    column: int
    section: str
    quote: str
    says: str
    axis: str
    means: list[PartEntry]


class DefinitionChangeEntry(TypedDict):
    """A defined term that is new, gone, or means something else, and the clauses that use it.

    `bears` if a use or a fact that differs is governed by one of those clauses.
    """

    document: str
    term: str
    section: str
    change: str
    before: DefinitionEntry | None
    after: DefinitionEntry | None
    clauses: list[str]
    bears: bool


class DocumentChangeEntry(TypedDict):
    """A document whose version in force is another; none is one that is not at hand."""

    document: str
    kind: str
    before: str | None
    after: str | None


class SideEntry(TypedDict):
    """What one side is: the terms in force on a day, perhaps with one version read from a file."""

    day: str
    file: str | None


DifferenceEntry = TypedDict(
    "DifferenceEntry",
    {
        "format": Literal["termsgate-difference"],
        "version": Literal[1],
        "vendor": str,
        "name": str,
        "check": str | None,
        "document": str | None,
        "before": SideEntry,
        "after": SideEntry,
        "differs": bool,
        "fewest": bool,
        "documents": list[DocumentChangeEntry],
        "verdicts": list[TurnEntry],
        "uses-in-short": list[ChangeEntry],
        "uses": list[ChangeEntry],
        "facts": list[ChangeEntry],
        "clauses": list[ClauseChangeEntry],
        "definitions": NotRequired[list[DefinitionChangeEntry]],
        "texts": list[TextEntry],
        "moved": list[MovedEntry],
        "notes": list[str],
    },
)
"""How two sets of terms of one vendor differ in meaning (policy language 11).

`uses` is exact, conditions and all. `uses-in-short` are the same uses for reading: one word before
and one after, `unclear` and `depends on our use` among them.
"""
