"""Entries of a record in few words, for tests of what reports make of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from termsgate.core.record import FORMAT, VERSION

if TYPE_CHECKING:
    from termsgate.core.record import (
        AbsentEntry,
        CheckEntry,
        ChoiceEntry,
        ClauseEntry,
        QuestionEntry,
        Record,
        RequirementEntry,
        ReviewEntry,
        TurnEntry,
        VendorEntry,
        VerdictEntry,
        WaiverEntry,
        WaiverUse,
        WarningEntry,
    )

TODAY: Final = "2026-11-21"
DECIDED: Final = f"sha256:{'5a' * 32}"


def clause(**said: object) -> ClauseEntry:
    """A clause that falls short, unless told otherwise."""
    entry: ClauseEntry = {
        "path": "fixtures/zoom/terms-of-service/2023-03-31.yaml",
        "line": 12,
        "column": 5,
        "document": "terms-of-service",
        "version": "2023-03-31",
        "clause": "content-licence",
        "section": "10.4",
        "quote": "machine learning, artificial intelligence",
        "says": "Zoom may train models on content.",
        "part": "fails",
        "criterion": None,
        "defeated-by": [],
        "facts": [],
        "second-half": False,
    }
    return entry | said  # type: ignore[return-value]


def question(**said: object) -> QuestionEntry:
    """A question with two answers."""
    entry: QuestionEntry = {
        "kind": "coverage",
        "text": "does improving include training?",
        "answers": [{"text": "yes", "verdict": "violated"}, {"text": "no", "verdict": "silent"}],
        "about": ["terms-of-service.content-licence"],
        "how": "record a reading in the check",
    }
    return entry | said  # type: ignore[return-value]


def waiver(**said: object) -> WaiverEntry:
    """A waiver of three weeks more."""
    entry: WaiverEntry = {
        "path": "checks/calls.yaml",
        "line": 7,
        "column": 5,
        "vendor": "zoom",
        "requirement": "ai-training.calls",
        "reason": "Accepted for the pilot.",
        "approved-by": "cfo@example.org",
        "approved-on": "2026-06-30",
        "expires": "2026-12-12",
        "ticket": "4711",
        "versions": [],
        "decided": "",
    }
    return entry | said  # type: ignore[return-value]


def used(standing: str, **said: object) -> WaiverUse:
    """A waiver and how it stands to a verdict."""
    granted = waiver(**said)
    left = date.fromisoformat(granted["expires"]) - date.fromisoformat(TODAY)
    entry: WaiverUse = {"standing": standing, "days-left": left.days, "changes": [], **granted}
    return entry


def choice(**said: object) -> ChoiceEntry:
    """A choice with everything on record."""
    entry: ChoiceEntry = {
        "path": "checks/calls.yaml",
        "line": 25,
        "column": 5,
        "kind": "opted-out",
        "action": ["train-ai"],
        "data": ["audio"],
        "by": None,
        "state": None,
        "on": "2026-08-09",
        "proof": "4711",
        "chosen-by": "it@example.org",
        "because": "nobody asked us",
    }
    return entry | said  # type: ignore[return-value]


def warning(**said: object) -> WarningEntry:
    """A waiver that ends soon."""
    entry: WarningEntry = {
        "path": "checks/calls.yaml",
        "line": 7,
        "column": 5,
        "kind": "waiver-expiring",
        "vendor": "zoom",
        "text": "expires in 21 days: the waiver of zoom ai-training.calls",
        "help": "ask again",
    }
    return entry | said  # type: ignore[return-value]


def verdict(**said: object) -> VerdictEntry:
    """A breach that fails the run, unless told otherwise."""
    entry: VerdictEntry = {
        "check": "calls",
        "vendor": "zoom",
        "requirement": "ai-training.calls",
        "verdict": "violated",
        "outcome": "fail",
        "before": None,
        "level": "must",
        "severity": "critical",
        "as-of": "2023-04-01",
        "because": [clause()],
        "witness": {
            "action": "train-ai",
            "data": "audio",
            "by": "vendor",
            "state": "identifiable",
        },
        "questions": [],
        "waiver": None,
        "absent-documents": [],
        "claims": [],
        "readings": [],
        "choices": [],
        "decided": DECIDED,
        "notes": [],
        "ask": "Add that calls are not used to train models.",
        "coming": [],
    }
    return entry | said  # type: ignore[return-value]


def met(**said: object) -> VerdictEntry:
    """A verdict there is nothing to say about."""
    plain: dict[str, object] = {
        "verdict": "met",
        "outcome": "pass",
        "because": [],
        "witness": None,
        "decided": None,
    }
    return verdict(**(plain | said))


def requirement(**said: object) -> RequirementEntry:
    """What the record says of the requirement."""
    entry: RequirementEntry = {
        "requirement": "ai-training.calls",
        "policy": "ai-training",
        "title": "No AI training on calls without consent",
        "level": "must",
        "severity": "critical",
        "why": "A call cannot be taken back out of a model.",
        "ask": "Add that calls are not used to train models.",
        "references": [],
        "path": "policies/ai-training.yaml",
        "line": 4,
        "column": 5,
    }
    return entry | said  # type: ignore[return-value]


def check(**said: object) -> CheckEntry:
    """A check without waivers."""
    entry: CheckEntry = {
        "check": "calls",
        "title": "Calls across the company",
        "owner": "procurement@example.org",
        "as-of": "2023-04-01",
        "waivers": [],
        "path": "checks/calls.yaml",
        "line": 1,
        "column": 1,
    }
    return entry | said  # type: ignore[return-value]


def vendor(**said: object) -> VendorEntry:
    """A vendor of one document."""
    entry: VendorEntry = {
        "vendor": "zoom",
        "name": "Zoom",
        "url": "https://example.org",
        "documents": [],
    }
    return entry | said  # type: ignore[return-value]


def record(*verdicts: VerdictEntry, **said: object) -> Record:
    """A whole run that gave these verdicts."""
    entry: Record = {
        "format": FORMAT,
        "version": VERSION,
        "today": TODAY,
        "as-of": "2023-04-01",
        "expected": len(verdicts),
        "given": len(verdicts),
        "partial": False,
        "left-out": [],
        "missing": [],
        "interrupted": False,
        "audit": False,
        "baseline": None,
        "inputs": [],
        "checks": [check()],
        "vendors": [vendor()],
        "requirements": [requirement()],
        "verdicts": list(verdicts),
        "reviews": [],
        "warnings": [],
        "problems": [],
    }
    return entry | said  # type: ignore[return-value]


def absent(**said: object) -> AbsentEntry:
    """A document not at hand."""
    entry: AbsentEntry = {
        "document": "education-agreement",
        "matters": False,
        "unread": False,
        "assumed": False,
        "why": "",
    }
    return entry | said  # type: ignore[return-value]


def everything() -> VerdictEntry:
    """A verdict with something in every place."""
    return verdict(
        verdict="unclear",
        because=[
            clause(part="open"),
            clause(
                clause="retention",
                section="",
                quote="",
                says="Recordings are deleted after thirty days.",
                part="meets",
                facts=["retention: 30 days"],
            ),
            clause(
                clause="only",
                says="Content is used to provide the service and for nothing else.",
                part="meets",
                **{"second-half": True},
            ),
            clause(
                clause="old-ban",
                part="defeated",
                criterion="says so",
                **{"defeated-by": ["terms-of-service.content-licence", "blog.x"]},
            ),
        ],
        questions=[question()],
        waiver=used(
            "changed",
            changes=[{"document": "terms-of-service", "given": "2023-03-31", "now": "2023-08-07"}],
            versions=[{"document": "terms-of-service", "version": "2023-03-31"}],
        ),
        choices=[choice()],
        readings=[
            {
                "path": "checks/calls.yaml",
                "line": 20,
                "column": 5,
                "document": "terms-of-service",
                "clause": "content-licence",
                "term": "train-ai",
                "covered": False,
                "stance": None,
                "over": None,
                "because": "Counsel reads it so.",
                "by": "counsel@example.org",
                "on": "2026-08-09",
            }
        ],
        claims=[
            {
                "path": "fixtures/zoom/blog/2023-08-07.yaml",
                "line": 9,
                "column": 5,
                "document": "blog",
                "version": "2023-08-07",
                "clause": "we-never",
                "section": "",
                "quote": "we never train on calls",
                "says": "",
            }
        ],
        notes=["the review of terms-of-service is disputed"],
        **{
            "absent-documents": [
                absent(matters=True, why="it may loosen what the terms say"),
                absent(document="terms-of-service", unread=True),
                absent(document="master-agreement", assumed=True),
            ]
        },
    )


def turn(**said: object) -> TurnEntry:
    """A turn for the worse that will fail the run."""
    entry: TurnEntry = {
        "on": "2023-08-11",
        "verdict": "violated",
        "outcome": "fail",
        "worse": True,
        "uncovered": False,
        "because": [clause()],
    }
    return entry | said  # type: ignore[return-value]


def review(**said: object) -> ReviewEntry:
    """A review that ends soon."""
    entry: ReviewEntry = {
        "path": "fixtures/zoom/terms/2023-03-31.yaml",
        "line": 4,
        "column": 9,
        "vendor": "zoom",
        "document": "terms",
        "version": "2023-03-31",
        "status": "approved",
        "by": ["counsel@example.org"],
        "on": "2022-12-01",
        "signed": "no",
        "due": "2026-12-01",
        "outcome": "warn",
        "findings": [
            {
                "kind": "due soon",
                "text": "<b>due",
                "help": "sign it",
                "check": "calls",
                "outcome": "warn",
            }
        ],
    }
    return entry | said  # type: ignore[return-value]


def looking_ahead() -> Record:
    """A run in which something is to come, for the worse and for the better."""
    silent = turn(verdict="silent", outcome="warn")
    later = turn(on="2023-09-01", verdict="unclear")
    better = turn(verdict="met", outcome="pass", worse=False)
    accepted = turn(outcome="waived")
    return record(
        met(coming=[turn(), better]),
        met(requirement="exit.a", coming=[turn(), accepted]),
        met(requirement="exit.b", coming=[silent, later]),
        reviews=[review()],
    )
