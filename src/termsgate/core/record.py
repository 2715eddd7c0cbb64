"""The record of a run: versioned plain data, the only thing a report reads.

Its keys are published in `data/schemas/record.schema.json` and outlive every change of the model.
Everything is a string, a number, a boolean, a list or a mapping: it crosses process borders as
it is and becomes JSON as it is. Nothing in it depends on a clock or on where the project lies.
"""

from __future__ import annotations

from typing import Final, Literal, NotRequired, TypedDict

from termsgate.core.stated import TermsEntry

FORMAT: Final = "termsgate-record"
VERSION: Final = 1


class PlaceEntry(TypedDict):
    """Where something is written: a path relative to the project, line and column from 1."""

    path: str
    line: int
    column: int


class InputEntry(TypedDict):
    """A file that was read."""

    path: str
    sha256: str


class AnswerEntry(TypedDict):
    """An answer to a question, and the verdict that follows."""

    text: str
    verdict: str


class QuestionEntry(TypedDict):
    """What the terms leave open; `about` names clauses or documents, `how` where to answer it."""

    kind: str
    text: str
    answers: list[AnswerEntry]
    about: list[str]
    how: str


class KeyEntry(TypedDict):
    """What a verdict is found by."""

    check: str
    vendor: str
    requirement: str


class LeftOutEntry(TypedDict):
    """How many verdicts the user left out, by which option, and what was said with it."""

    by: str
    said: str
    verdicts: int


class ShardEntry(TypedDict):
    """Which part of a run it is; `partial` says that of its own verdicts some were left out."""

    number: int
    of: int
    partial: bool


class GoneEntry(TypedDict):
    """A check, vendor, requirement or single matter of the baseline that is there no more."""

    kind: str
    name: str
    verdicts: int


class BaselineEntry(TypedDict):
    """The earlier record a run was compared with, and what came of it (semantics 7.4)."""

    path: str
    today: str
    through: int
    fixed: list[KeyEntry]
    gone: list[GoneEntry]
    updated: bool


class WitnessEntry(TypedDict):
    """One use that shows the verdict."""

    action: str
    data: str
    by: str
    state: str


class AbsentEntry(TypedDict):
    """A document not at hand, or the unread part of one (semantics 4.4)."""

    document: str
    matters: bool
    unread: bool
    assumed: bool
    why: str


class ReadingEntry(PlaceEntry):
    """A recorded reading that counted (semantics 4.7)."""

    document: str
    clause: str
    term: str | None
    covered: bool | None
    stance: str | None
    over: str | None
    because: str
    by: str
    on: str


class ClaimEntry(PlaceEntry):
    """A clause of a document that never governs, about the same use (semantics 3.6).

    `prefix` and `suffix` are the words around the quote, where the fixture gives them.
    """

    document: str
    version: str
    clause: str
    section: str
    quote: str
    prefix: NotRequired[str]
    suffix: NotRequired[str]
    says: str


class ReferenceEntry(TypedDict):
    """A law, standard or page that a requirement rests on."""

    title: str
    url: str


class PolicyEntry(PlaceEntry):
    """A policy without its requirements; `titles` by language, where it has several."""

    policy: str
    title: str
    titles: NotRequired[dict[str, str]]
    owner: str


class RequirementEntry(PlaceEntry):
    """A requirement without its machinery; `titles` and `asks` by language, where there are."""

    requirement: str
    policy: str
    title: str
    titles: NotRequired[dict[str, str]]
    asks: NotRequired[dict[str, str]]
    level: str
    severity: str
    why: str
    ask: str
    references: list[ReferenceEntry]


class ArchiveEntry(TypedDict):
    """A public archive that holds the words of a version."""

    collection: str
    path: str
    commit: str


class VersionEntry(PlaceEntry):
    """One version of a document on record; `review` is how far its reading got."""

    effective: str
    withdrawn: str | None
    url: str
    language: NotRequired[str]
    captured: NotRequired[str]
    archive: NotRequired[ArchiveEntry]
    review: str | None


class ProblemEntry(PlaceEntry):
    """What is wrong with a file; a `smell` lets the run go on."""

    message: str
    code: str
    help: str
    weight: str


class WaivedVersionEntry(TypedDict):
    """A version of a document that a waiver was given for."""

    document: str
    version: str


class ChangeEntry(TypedDict):
    """What a waiver was given for and what is there now.

    Of a document, the days its versions took effect; without one, what decides the verdict.
    """

    document: str | None
    given: str
    now: str


class WarningEntry(PlaceEntry):
    """Something on record that somebody must look after (7.3.4, 7.3.6), and what to do."""

    kind: str
    vendor: str
    text: str
    help: str


ChoiceEntry = TypedDict(
    "ChoiceEntry",
    {
        "path": str,
        "line": int,
        "column": int,
        "kind": str,
        "action": list[str] | None,
        "data": list[str] | None,
        "by": list[str] | None,
        "state": list[str] | None,
        "on": str,
        "proof": str,
        "chosen-by": str,
        "because": str,
    },
)
"""A recorded choice that counted (semantics 2.4); an axis left out is the whole axis."""

ClauseEntry = TypedDict(
    "ClauseEntry",
    {
        "path": str,
        "line": int,
        "column": int,
        "document": str,
        "version": str,
        "clause": str,
        "section": str,
        "quote": str,
        "prefix": NotRequired[str],
        "suffix": NotRequired[str],
        "says": str,
        "part": str,
        "criterion": str | None,
        "defeated-by": list[str],
        "facts": list[str],
        "second-half": bool,
    },
)
"""A clause that decided, with what it did: meets, fails, open, defeated (semantics 4.6)."""

WaiverEntry = TypedDict(
    "WaiverEntry",
    {
        "path": str,
        "line": int,
        "column": int,
        "vendor": str,
        "requirement": str,
        "reason": str,
        "approved-by": str,
        "approved-on": str,
        "expires": str,
        "ticket": str,
        "versions": list[WaivedVersionEntry],
        "decided": str,
    },
)
WaiverUse = TypedDict(
    "WaiverUse",
    {
        "standing": str,
        "days-left": int,
        "changes": list[ChangeEntry],
        "path": str,
        "line": int,
        "column": int,
        "vendor": str,
        "requirement": str,
        "reason": str,
        "approved-by": str,
        "approved-on": str,
        "expires": str,
        "ticket": str,
        "versions": list[WaivedVersionEntry],
        "decided": str,
    },
)
"""A waiver that names a verdict, and how it stands to it.

It covers, is changed (given for other terms), expired, not begun or not needed.

`days-left` are those after the day of the run; fewer than none if it has expired.
"""


class TurnEntry(TypedDict):
    """What a verdict turns to on a later day, and what the gate would make of it then (7.8).

    `uncovered` says that the waiver which covers it before was given for other terms.
    """

    on: str
    verdict: str
    outcome: str
    worse: bool
    uncovered: bool
    because: list[ClauseEntry]


VerdictEntry = TypedDict(
    "VerdictEntry",
    {
        "check": str,
        "vendor": str,
        "requirement": str,
        "verdict": str,
        "outcome": str,
        "before": str | None,
        "level": str,
        "severity": str,
        "as-of": str,
        "because": list[ClauseEntry],
        "witness": WitnessEntry | None,
        "questions": list[QuestionEntry],
        "waiver": WaiverUse | None,
        "absent-documents": list[AbsentEntry],
        "claims": list[ClaimEntry],
        "readings": list[ReadingEntry],
        "choices": list[ChoiceEntry],
        "decided": str | None,
        "notes": list[str],
        "ask": str,
        "coming": list[TurnEntry],
    },
)


class DebtEntry(TypedDict):
    """One thing that is wrong with a review, and the check that misses it; none where all do."""

    kind: str
    text: str
    help: str
    check: str | None
    outcome: str


class ReviewEntry(PlaceEntry):
    """The review of a version as it was tested: `signed` is yes, no or void (7.6, 7.7)."""

    vendor: str
    document: str
    version: str
    status: str | None
    by: list[str]
    on: str | None
    signed: str
    due: str | None
    outcome: str
    findings: list[DebtEntry]


DocumentEntry = TypedDict(
    "DocumentEntry",
    {
        "document": str,
        "kind": str,
        "title": str,
        "url": str,
        "at-hand": bool,
        "versions": list[VersionEntry],
    },
)


class VendorEntry(TypedDict):
    """A vendor and the documents of its agreement."""

    vendor: str
    name: str
    url: str
    documents: list[DocumentEntry]


CheckEntry = TypedDict(
    "CheckEntry",
    {
        "check": str,
        "title": str,
        "owner": str,
        "as-of": str,
        "waivers": list[WaiverEntry],
        "path": str,
        "line": int,
        "column": int,
    },
)


class HistoryEventEntry(TypedDict):
    """What changes on a day of a history, and what it is about.

    `takes-effect`, `withdrawn` and `not-recorded` are about a document; `begins` and `ends` about
    `document.clause`; `opted-out`, `refused` and `consented` are our own choices, by action.
    """

    event: str
    subject: str


class HistoryDocumentEntry(TypedDict):
    """A document on a day of a history: the version in force, or none that is at hand.

    `new` says that this version takes effect on that very day.
    """

    document: str
    version: str | None
    withdrawn: bool
    new: bool


class HistoryDayEntry(TypedDict):
    """A day on which something about the terms changes; `coming` if it is after the run's."""

    day: str
    coming: bool
    events: list[HistoryEventEntry]
    documents: list[HistoryDocumentEntry]


class HistoryRowEntry(TypedDict):
    """The verdicts on one matter, one for each day of the history, in their order."""

    check: str
    requirement: str
    verdicts: list[str]


class HistoryEntry(TypedDict):
    """Every verdict over every version of a vendor's terms (policy language 11.7)."""

    vendor: str
    days: list[HistoryDayEntry]
    verdicts: list[HistoryRowEntry]


QuoteEntry = TypedDict(
    "QuoteEntry",
    {
        "path": str,
        "line": int,
        "column": int,
        "vendor": str,
        "document": str,
        "version": str,
        "clause": str,
        "status": str,
        "quote": str,
        "text": str,
        "text-line": int | None,
        "text-page": int | None,
        "sentence": str,
        "normalised": list[str],
        "section": str,
        "section-status": str,
        "section-note": str,
        "note": str,
        "help": str,
    },
)
"""What became of a quote: its place in the files, and where it stands in which captured text.

A rule of precedence has a quote too: its `clause` is `precedence.` and its number. `normalised`
is what had to be evened out.
"""

TextEntry = TypedDict(
    "TextEntry",
    {
        "path": str,
        "vendor": str,
        "document": str,
        "version": str,
        "status": str,
        "text": str,
        "sha256": str,
        "text-sha256": str,
        "code": str,
        "note": str,
        "help": str,
        "warning": str,
    },
)
"""What became of the captured text of a version; no part of a record."""

Record = TypedDict(
    "Record",
    {
        "format": Literal["termsgate-record"],
        "version": Literal[1],
        "today": str,
        "as-of": str | None,
        "expected": int,
        "given": int,
        "partial": bool,
        "left-out": list[LeftOutEntry],
        "missing": list[KeyEntry],
        "interrupted": bool,
        "audit": bool,
        "baseline": BaselineEntry | None,
        "inputs": list[InputEntry],
        "checks": list[CheckEntry],
        "vendors": list[VendorEntry],
        "policies": NotRequired[list[PolicyEntry]],
        "requirements": list[RequirementEntry],
        "verdicts": list[VerdictEntry],
        "reviews": list[ReviewEntry],
        "warnings": list[WarningEntry],
        "problems": list[ProblemEntry],
        "quotes": NotRequired[list[QuoteEntry]],
        "terms": NotRequired[TermsEntry],
        "shard": NotRequired[ShardEntry],
        "history": NotRequired[list[HistoryEntry]],
        "seal": NotRequired[str],
    },
)
"""Everything a run found. `as-of` is the day all verdicts are asked as of, or none if they differ.

`partial` says that only some of the project's verdicts were asked for; with those of `left-out`,
`expected` makes up all of them. `missing` are those expected and not given. `reviews` are those
that the run tested, `quotes` those that it held against a text. `terms` are the policies and the
terms in force themselves, whatever was found; `history` is there where it was asked for. The `seal`
is only in the file: a hash over all that stands before it, by which an edit is noticed.
"""


def key(entry: VerdictEntry) -> tuple[str, str, str]:
    """What a verdict is sorted and found by: its check, vendor and requirement."""
    return entry["check"], entry["vendor"], entry["requirement"]


def coming_warnings(record: Record) -> list[tuple[VerdictEntry, TurnEntry]]:
    """What turns for the worse, or is covered no more, and would not pass the gate then (7.8).

    In the order of verdicts.
    """
    return [
        (entry, turn)
        for entry in record["verdicts"]
        for turn in entry["coming"]
        if (turn["worse"] or turn["uncovered"]) and turn["outcome"] in {"fail", "warn"}
    ]


def review_warnings(record: Record) -> list[tuple[ReviewEntry, DebtEntry]]:
    """What reviews are owed and fails nothing (7.6), in the order of the files."""
    return _debts(record, "warn")


def review_failures(record: Record) -> list[tuple[ReviewEntry, DebtEntry]]:
    """What reviews are owed and fails the run (7.6, 7.7), in the order of the files."""
    return _debts(record, "fail")


def _debts(record: Record, outcome: str) -> list[tuple[ReviewEntry, DebtEntry]]:
    return [
        (entry, debt)
        for entry in record["reviews"]
        for debt in entry["findings"]
        if debt["outcome"] == outcome
    ]


def idle_waivers(record: Record) -> list[WaiverEntry]:
    """The waivers that no verdict needed any more (semantics 7.3), in the order of the files.

    One that has not begun yet is not idle, and one that names several verdicts is needed while
    one of them needs it. Of a run that is partial, or that ended early, only waivers whose verdicts
    were given are judged, and of one part of a run only those that name one vendor: another part
    may need the others.
    """
    uses = [entry["waiver"] for entry in record["verdicts"] if entry["waiver"] is not None]
    needed = {_where(use) for use in uses if use["standing"] != "not needed"}
    named = {_where(use) for use in uses}
    written = {_where(waiver): waiver for check in record["checks"] for waiver in check["waivers"]}
    return [
        waiver
        for where, waiver in sorted(written.items())
        if where not in needed and (where in named or _names_nothing(waiver, record))
        if not _is_shared(waiver, record)
    ]


def _is_shared(waiver: WaiverEntry, record: Record) -> bool:
    """Whether a part of a run may not say whether a waiver is needed."""
    return "shard" in record and any(mark in waiver["vendor"] for mark in "*?[")


def is_needless(entry: VerdictEntry) -> bool:
    """Whether a waiver names just this verdict and is not needed (semantics 7.3.6)."""
    waiver = entry["waiver"]
    if waiver is None or waiver["standing"] != "not needed":
        return False
    return (waiver["vendor"], waiver["requirement"]) == (entry["vendor"], entry["requirement"])


def _names_nothing(waiver: WaiverEntry, record: Record) -> bool:
    """Whether every verdict was given and the waiver, being in its term, bore on none."""
    whole = not record["partial"] and record["given"] == record["expected"]
    return whole and waiver["approved-on"] <= record["today"]


def _where(waiver: WaiverEntry | WaiverUse) -> tuple[str, int, int]:
    return waiver["path"], waiver["line"], waiver["column"]
