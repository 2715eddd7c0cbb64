"""Values of the model as entries of the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.bearing import Bearing
from termsgate.core.entries import (
    check_entry,
    policy_entry,
    problem_entry,
    record_of,
    requirement_entry,
    shard_entry,
    vendor_entry,
    verdict_entry,
)
from termsgate.core.gate import Change, Decision, Outcome, Standing
from termsgate.core.model import (
    Absence,
    Archive,
    Box,
    Check,
    Choice,
    ChoiceKind,
    Clause,
    Document,
    DocumentKind,
    InputFile,
    Place,
    Policy,
    Project,
    Quote,
    RecordedReading,
    Reference,
    Review,
    ReviewStatus,
    Source,
    Stance,
    Vendor,
    Version,
)
from termsgate.core.problem import Problem
from termsgate.core.shards import Shard
from termsgate.core.verdict import (
    AbsentDocument,
    Answer,
    Claim,
    Criterion,
    Deciding,
    Part,
    Question,
    QuestionKind,
    Ruling,
    Verdict,
    Witness,
)
from termsgate.reading.store import builtin_vocabulary
from tests.core.test_gate import WAIVER, requirement
from tests.core.test_history import project as in_time

if TYPE_CHECKING:
    from termsgate.core.entries import Written
    from termsgate.core.record import VerdictEntry

DAY: Final = date(2023, 8, 7)
PLACE: Final = Place(path="fixtures/zoom/terms/2023-08-07.yaml", line=12, column=5)
CLAUSE: Final = Clause(
    id="licence",
    document="terms",
    place=PLACE,
    section="10.4",
    says="They may.",
    quote=Quote(exact="we may"),
)
READING: Final = RecordedReading(
    vendor="zoom",
    document="terms",
    clause="licence",
    because="counsel says so",
    by="counsel@example.org",
    on=DAY,
    place=PLACE,
)


def entry(
    verdict: Verdict, decision: Decision | None = None, bears: Bearing | None = None
) -> VerdictEntry:
    """The entry of a verdict on zoom."""
    return verdict_entry(
        verdict,
        decision or Decision(outcome=Outcome.FAIL),
        requirement(),
        check="calls",
        vendor="zoom",
        on=DAY,
        bears=bears or Bearing(),
    )


def test_a_bare_verdict_has_every_key() -> None:
    """What there is nothing of is empty, and never left out."""
    assert entry(Verdict(ruling=Ruling.NOT_APPLICABLE), Decision(outcome=Outcome.SKIP)) == {
        "check": "calls",
        "vendor": "zoom",
        "requirement": "ai-training.calls",
        "verdict": "not-applicable",
        "outcome": "skip",
        "before": None,
        "level": "must",
        "severity": "high",
        "as-of": "2023-08-07",
        "because": [],
        "witness": None,
        "questions": [],
        "waiver": None,
        "absent-documents": [],
        "claims": [],
        "readings": [],
        "choices": [],
        "decided": None,
        "notes": [],
        "ask": "",
        "coming": [],
    }


def test_a_clause_that_decides_several_verdicts_is_written_once() -> None:
    """A record of a portfolio is full of them; without a place to keep it, each has its own."""
    verdict = Verdict(
        ruling=Ruling.MET, because=(Deciding(clause=CLAUSE, effective=DAY, part=Part.MEETS),)
    )
    kept: Written = {}

    one, two, three = (
        verdict_entry(
            verdict,
            Decision(outcome=Outcome.PASS),
            requirement(),
            check="calls",
            vendor="zoom",
            on=DAY,
            written=written,
        )["because"][0]
        for written in (kept, kept, None)
    )

    assert one is two
    assert three is not two
    assert three == two


def test_a_deciding_clause_keeps_its_place_and_words() -> None:
    """And what it did, and by what criterion another prevails over it."""
    deciding = Deciding(
        clause=CLAUSE,
        effective=DAY,
        part=Part.DEFEATED,
        criterion=Criterion.EXPRESS,
        defeated_by=("terms.ban",),
        facts=("retention: 30 days",),
        second_half=True,
    )

    found = entry(Verdict(ruling=Ruling.MET, because=(deciding,)))["because"]

    assert found == [
        {
            "path": "fixtures/zoom/terms/2023-08-07.yaml",
            "line": 12,
            "column": 5,
            "document": "terms",
            "version": "2023-08-07",
            "clause": "licence",
            "section": "10.4",
            "quote": "we may",
            "says": "They may.",
            "part": "defeated",
            "criterion": "says so",
            "defeated-by": ["terms.ban"],
            "facts": ["retention: 30 days"],
            "second-half": True,
        }
    ]


def test_a_clause_without_a_quote_has_an_empty_one() -> None:
    """Nothing is made up."""
    claim = Claim(clause=replace(CLAUSE, quote=None), effective=DAY)

    found = entry(Verdict(ruling=Ruling.MET, claims=(claim,)))["claims"]

    assert [each["quote"] for each in found] == [""]


def test_the_words_around_a_quote_are_told_where_there_are_any() -> None:
    """Each for itself."""
    quotes = (Quote(exact="we may", prefix="So "), Quote(exact="we may", suffix=" not"))
    claims = tuple(Claim(clause=replace(CLAUSE, quote=each), effective=DAY) for each in quotes)

    found = entry(Verdict(ruling=Ruling.MET, claims=claims))["claims"]

    assert [(each.get("prefix"), each.get("suffix")) for each in found] == [
        ("So ", None),
        (None, " not"),
    ]


def test_what_is_open_is_told() -> None:
    """The witness, the question with its answers, the document that is missing, the notes."""
    verdict = Verdict(
        ruling=Ruling.UNCLEAR,
        witness=Witness(action="train-ai", data="audio", by="vendor", state="identifiable"),
        questions=(
            Question(
                kind=QuestionKind.CONDITION,
                text="which plan?",
                answers=(Answer(text="free", ruling=Ruling.VIOLATED),),
                about=("terms.licence",),
                how="say it in the check",
            ),
        ),
        absent=(AbsentDocument(document="dpa", matters=True, why="it may loosen"),),
        notes=("the review is disputed",),
    )

    found = entry(verdict)

    assert found["witness"] == {
        "action": "train-ai",
        "data": "audio",
        "by": "vendor",
        "state": "identifiable",
    }
    assert found["questions"] == [
        {
            "kind": "condition",
            "text": "which plan?",
            "answers": [{"text": "free", "verdict": "violated"}],
            "about": ["terms.licence"],
            "how": "say it in the check",
        }
    ]
    assert found["absent-documents"] == [
        {
            "document": "dpa",
            "matters": True,
            "unread": False,
            "assumed": False,
            "why": "it may loosen",
        }
    ]
    assert found["notes"] == ["the review is disputed"]


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (replace(READING, term="train-ai", covered=True), ("train-ai", True, None, None)),
        (replace(READING, stance=Stance.FREE), (None, None, "free", None)),
        (replace(READING, over=("dpa", "ban")), (None, None, None, "dpa.ban")),
    ],
)
def test_a_reading_says_what_it_settles(
    reading: RecordedReading, expected: tuple[object, ...]
) -> None:
    """A term, a stance (the lowest is one too) or which clause prevails."""
    (found,) = entry(Verdict(ruling=Ruling.MET), bears=Bearing(readings=(reading,)))["readings"]

    assert (found["term"], found["covered"], found["stance"], found["over"]) == expected


def test_a_reading_says_of_what_by_whom_when_and_why() -> None:
    """And where it is written."""
    said = replace(READING, term="train-ai", covered=False)

    assert entry(Verdict(ruling=Ruling.MET), bears=Bearing(readings=(said,)))["readings"] == [
        {
            "path": "fixtures/zoom/terms/2023-08-07.yaml",
            "line": 12,
            "column": 5,
            "document": "terms",
            "clause": "licence",
            "term": "train-ai",
            "covered": False,
            "stance": None,
            "over": None,
            "because": "counsel says so",
            "by": "counsel@example.org",
            "on": "2023-08-07",
        }
    ]


def test_a_choice_says_of_which_uses_it_is() -> None:
    """Axis by axis."""
    of = Box(action=("sell",), data=("chat", "files"), by=("partner",), state=("aggregated",))
    choice = Choice(kind=ChoiceKind.REFUSED, vendor="zoom", box=of, on=DAY, place=PLACE)

    (found,) = entry(Verdict(ruling=Ruling.MET), bears=Bearing(choices=(choice,)))["choices"]

    assert (found["action"], found["data"], found["by"], found["state"]) == (
        ["sell"],
        ["chat", "files"],
        ["partner"],
        ["aggregated"],
    )


def test_a_choice_says_who_when_and_why() -> None:
    """An axis left out is the whole axis: it is null, and not an empty list."""
    choice = Choice(
        kind=ChoiceKind.OPTED_OUT,
        vendor="zoom",
        box=Box(action=("train-ai",)),
        on=DAY,
        proof="4711",
        chosen_by="it@example.org",
        because="nobody asked us",
        place=PLACE,
    )

    assert entry(Verdict(ruling=Ruling.MET), bears=Bearing(choices=(choice,)))["choices"] == [
        {
            "path": "fixtures/zoom/terms/2023-08-07.yaml",
            "line": 12,
            "column": 5,
            "kind": "opted-out",
            "action": ["train-ai"],
            "data": None,
            "by": None,
            "state": None,
            "on": "2023-08-07",
            "proof": "4711",
            "chosen-by": "it@example.org",
            "because": "nobody asked us",
        }
    ]


def test_a_waiver_stands_with_its_use() -> None:
    """So that a report can say when it ended, by whom it was granted, and what has changed."""
    decision = Decision(
        outcome=Outcome.FAIL,
        waiver=replace(WAIVER, versions=(("terms", DAY),), decided="sha256:0"),
        standing=Standing.CHANGED,
        days_left=9,
        changes=(Change(document="terms", given="2023-08-07", now=""),),
    )

    assert entry(Verdict(ruling=Ruling.VIOLATED), decision)["waiver"] == {
        "standing": "changed",
        "days-left": 9,
        "changes": [{"document": "terms", "given": "2023-08-07", "now": ""}],
        "path": "checks/calls.yaml",
        "line": 7,
        "column": 5,
        "vendor": "zoom",
        "requirement": "ai-training.calls",
        "reason": "accepted for the pilot",
        "approved-by": "cfo@example.org",
        "approved-on": "2026-06-30",
        "expires": "2026-12-31",
        "ticket": "",
        "versions": [{"document": "terms", "version": "2023-08-07"}],
        "decided": "sha256:0",
    }


# --- what the verdicts are about ----------------------------------------------------------------


def test_a_vendor_is_told_with_its_documents_and_their_versions() -> None:
    """In the order of its file, versions by day; what is not at hand is told too."""
    vendor = Vendor(
        id="zoom",
        name="Zoom",
        documents=(
            Document(id="terms", kind=DocumentKind.CONTRACT, title="Terms"),
            Document(id="dpa", kind=DocumentKind.CONTRACT, absence=Absence()),
        ),
        versions=(
            Version(document="terms", effective=DAY, source=Source(url="https://example.org")),
            Version(
                document="terms",
                effective=date(2023, 1, 1),
                withdrawn=DAY,
                review=Review(by=("a",), on=DAY, status=ReviewStatus.DISPUTED),
            ),
        ),
    )

    found = vendor_entry(vendor)["documents"]

    assert [(each["document"], each["at-hand"]) for each in found] == [
        ("terms", True),
        ("dpa", False),
    ]
    assert [
        (each["effective"], each["withdrawn"], each["review"], each["url"])
        for each in found[0]["versions"]
    ] == [
        ("2023-01-01", "2023-08-07", "disputed", ""),
        ("2023-08-07", None, None, "https://example.org"),
    ]


def test_a_version_says_where_its_words_were_taken_from() -> None:
    """Its language, the day of the capture and the archive, where they are on record."""
    source = Source(
        captured=datetime(2023, 8, 7, 18, 49, tzinfo=UTC),
        archive=Archive(collection="a/b", path="c.md", commit="d"),
    )
    version = Version(document="terms", effective=DAY, language="en", source=source)
    vendor = Vendor(
        id="zoom",
        name="Zoom",
        documents=(Document(id="terms", kind=DocumentKind.CONTRACT),),
        versions=(version, Version(document="terms", effective=date(2023, 1, 1))),
    )

    bare, found = vendor_entry(vendor)["documents"][0]["versions"]

    assert (found["language"], found["captured"]) == ("en", "2023-08-07")
    assert found["archive"] == {"collection": "a/b", "path": "c.md", "commit": "d"}
    assert {"language", "captured", "archive"}.isdisjoint(bare)


def test_titles_and_asks_are_told_in_every_language_they_have() -> None:
    """And nothing where they have one."""
    several = replace(
        requirement(), titles=(("en", "A"), ("fr", "B")), asks=(("fr", "C"), ("en", "D"))
    )
    policy = Policy(id="p", title="P", titles=(("de", "Q"),))

    assert requirement_entry(several)["titles"] == {"en": "A", "fr": "B"}
    assert requirement_entry(several)["asks"] == {"fr": "C", "en": "D"}
    assert policy_entry(policy)["titles"] == {"de": "Q"}
    assert "titles" not in policy_entry(replace(policy, titles=()))


def test_a_requirement_is_told_without_its_machinery() -> None:
    """Its references are."""
    weighed = replace(requirement(), references=(Reference(title="GDPR"),), place=PLACE)

    assert requirement_entry(weighed)["references"] == [{"title": "GDPR", "url": ""}]


@pytest.mark.parametrize(
    ("own", "asked", "expected"),
    [
        (None, None, "2026-11-21"),
        (date(2023, 1, 1), None, "2023-01-01"),
        (date(2023, 1, 1), DAY, "2023-08-07"),
    ],
)
def test_a_check_asks_about_a_day(own: date | None, asked: date | None, expected: str) -> None:
    """The run's, else its own, else the day of the run."""
    check = Check(id="calls", title="Calls", as_of=own, waivers=(WAIVER,))

    found = check_entry(check, date(2026, 11, 21), asked)

    assert (found["as-of"], len(found["waivers"])) == (expected, 1)


def test_a_problem_keeps_its_place_and_weight() -> None:
    """As lint tells it."""
    problem = Problem(place=PLACE, message="no", code="a/b", help="yes")

    assert problem_entry(problem) == {
        "path": "fixtures/zoom/terms/2023-08-07.yaml",
        "line": 12,
        "column": 5,
        "message": "no",
        "code": "a/b",
        "help": "yes",
        "weight": "error",
    }


# --- a run --------------------------------------------------------------------------------------


def project(*checks: Check) -> Project:
    """Two policies and their inputs, in no order."""
    one, two = requirement(), replace(requirement(), id="exit.notice", policy="exit")
    return Project(
        vocabulary=builtin_vocabulary(),
        policies=(
            Policy(id="exit", title="", requirements=(two,)),
            Policy(id="ai-training", title="", requirements=(one,)),
        ),
        vendors=(Vendor(id="zoom"), Vendor(id="jitsi")),
        checks=checks or (Check(id="calls", title=""),),
        inputs=(InputFile(path="b", sha256="2"), InputFile(path="a", sha256="1")),
    )


def test_a_record_is_sorted() -> None:
    """Whatever the order in which workers gave their verdicts."""
    given = [
        entry(Verdict(ruling=Ruling.MET)) | {"vendor": vendor, "requirement": name}
        for vendor in ("zoom", "jitsi")
        for name in ("exit.notice", "ai-training.calls")
    ]

    one, two = (
        record_of(project(), verdicts, today=DAY, asked=None, expected=4, partial=False)
        for verdicts in (given, given[::-1])
    )

    assert one == two
    assert [(each["vendor"], each["requirement"]) for each in one["verdicts"]] == [
        ("jitsi", "ai-training.calls"),
        ("jitsi", "exit.notice"),
        ("zoom", "ai-training.calls"),
        ("zoom", "exit.notice"),
    ]
    assert one["inputs"] == [{"path": "a", "sha256": "1"}, {"path": "b", "sha256": "2"}]
    assert [each["vendor"] for each in one["vendors"]] == ["jitsi", "zoom"]
    assert [each["requirement"] for each in one["requirements"]] == [
        "ai-training.calls",
        "exit.notice",
    ]


def test_a_record_has_one_day_only_if_its_checks_share_it() -> None:
    """Else each verdict has its own."""
    differing = project(Check(id="a", title=""), Check(id="b", title="", as_of=date(2020, 1, 1)))

    found = record_of(differing, [], today=DAY, asked=None, expected=0, partial=False)
    asked = record_of(differing, [], today=DAY, asked=DAY, expected=0, partial=False)

    assert (found["as-of"], asked["as-of"]) == (None, "2023-08-07")
    assert [[check["as-of"] for check in each["checks"]] for each in (found, asked)] == [
        ["2023-08-07", "2020-01-01"],
        ["2023-08-07", "2023-08-07"],
    ]


def test_a_record_has_its_problems_in_the_order_of_the_files() -> None:
    """Those of one place by their codes."""
    later = replace(PLACE, line=40)
    problems = [
        Problem(place=place, message="no", code=code, help="yes")
        for place, code in ((later, "a/a"), (PLACE, "z/z"), (PLACE, "b/b"))
    ]

    found = record_of(
        project(), [], today=DAY, asked=None, expected=0, partial=False, problems=problems
    )

    assert [(each["line"], each["code"]) for each in found["problems"]] == [
        (12, "b/b"),
        (12, "z/z"),
        (40, "a/a"),
    ]


@pytest.mark.parametrize(
    ("shard", "expected"),
    [(None, None), (Shard(number=2, of=3), {"number": 2, "of": 3, "partial": True})],
)
def test_a_record_of_a_part_of_a_run_says_which(
    shard: Shard | None, expected: dict[str, object] | None
) -> None:
    """One of a whole run says nothing of it."""
    entry = shard_entry(shard, partial=True)

    found = record_of(project(), [], today=DAY, asked=None, expected=0, partial=True, shard=entry)

    assert (entry, found.get("shard")) == (expected, expected)


@pytest.mark.parametrize(
    ("today", "asked", "clauses"),
    [
        (date(2024, 1, 1), None, ["ban", "ban"]),
        (date(2024, 6, 1), None, ["permission"]),
        (date(2024, 1, 1), date(2024, 6, 1), ["permission"]),
        (date(2023, 12, 31), None, []),
    ],
)
def test_a_record_has_the_terms_of_its_days(
    today: date, asked: date | None, clauses: list[str]
) -> None:
    """Of today where nothing else is asked."""
    found = record_of(in_time(), [], today=today, asked=asked, expected=0, partial=False)

    assert [each["clause"] for each in found["terms"]["clauses"]] == clauses
