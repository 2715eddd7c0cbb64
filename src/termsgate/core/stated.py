"""What the files state, as plain data in the record: clauses, what is demanded, and the words.

A verdict names what decided it; this is all of it, for those who want the terms and the policies
themselves in a format of their own. An axis left out is null; the words are those of the
vocabulary, and `words` says what each is in the W3C Data Privacy Vocabulary.
"""

from __future__ import annotations

from typing import Literal, TypedDict


class BoxEntry(TypedDict):
    """Words per axis."""

    action: list[str] | None
    data: list[str] | None
    by: list[str] | None
    state: list[str] | None


class ConditionEntry(TypedDict):
    """What of our use must be, or (negated) must not be, one of these."""

    key: str
    values: list[str]
    negated: bool


class ExceptionEntry(TypedDict):
    """What is taken out of a scope, where the conditions hold; perhaps only perhaps."""

    box: BoxEntry
    applies: list[ConditionEntry]
    perhaps: bool


PartEntry = TypedDict(
    "PartEntry",
    {"box": BoxEntry, "except": list[ExceptionEntry], "perhaps": list[BoxEntry]},
)
"""One box of a scope, less its exceptions, and what it covers only perhaps."""

FactEntry = TypedDict(
    "FactEntry",
    {
        "fact": str,
        "value": str,
        "of": list[PartEntry] | None,
        "for": list[str],
        "except": list[str],
        "from": str | None,
        "firmness": str,
    },
)
"""A fact that a clause states, its value as one would say it."""

StatedEntry = TypedDict(
    "StatedEntry",
    {
        "path": str,
        "line": int,
        "column": int,
        "vendor": str,
        "document": str,
        "version": str,
        "clause": str,
        "section": str,
        "says": str,
        "quote": str,
        "verb": str | None,
        "scope": list[PartEntry],
        "stances": list[str],
        "firmness": str,
        "consent-from": list[str],
        "closed": str,
        "overrides": list[str],
        "binds-customer": bool,
        "statement": bool,
        "from": str | None,
        "until": str | None,
        "applies": list[ConditionEntry],
        "states": list[FactEntry],
    },
)
"""A clause as its file states it."""

DemandEntry = TypedDict(
    "DemandEntry",
    {
        "kind": Literal["forbid", "require", "all", "any"],
        "scope": list[PartEntry],
        "need": str | None,
        "consent-from": list[str],
        "fact": str | None,
        "bound": str | None,
        "values": list[str],
        "when-stated": str | None,
        "parts": list["DemandEntry"],
    },
)
"""What a requirement demands: that uses be forbidden, that a fact be bounded, or of several."""


class DemandedEntry(TypedDict):
    """A requirement with what it demands, and where it applies."""

    requirement: str
    applies: list[ConditionEntry]
    demand: DemandEntry


class WordEntry(TypedDict):
    """A word that is used, or lies above one that is; `iris` are of other vocabularies."""

    axis: str
    word: str
    means: str
    parents: list[str]
    iris: list[str]
    match: str | None


class TermsEntry(TypedDict):
    """What the policies demand, and what the terms state that were in force when asked about."""

    clauses: list[StatedEntry]
    demands: list[DemandedEntry]
    words: list[WordEntry]
