"""The days on which anything about a vendor's terms in force changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from termsgate.core.docket import Docket
from termsgate.core.history import events_of, history_of
from termsgate.core.model import (
    Box,
    Check,
    Choice,
    ChoiceKind,
    Clause,
    Document,
    DocumentKind,
    Policy,
    Project,
    Stance,
    Vendor,
    Version,
)
from termsgate.reading.store import builtin_vocabulary
from tests.making import allows, bars, box, forbid

ONE, TWO, THREE = date(2024, 1, 1), date(2024, 6, 1), date(2025, 1, 1)
TERMS = Document(id="terms", kind=DocumentKind.CONTRACT)


def vendor(*versions: Version, known: tuple[tuple[str, date], ...] = ()) -> Vendor:
    """A vendor with one contract."""
    return Vendor(id="acme", documents=(TERMS,), versions=versions, known_versions=known)


def days(of: Vendor, *checks: Check) -> list[tuple[date, str]]:
    """Each day with what changes on it."""
    return [(event.day, event.kind) for event in events_of(of, checks)]


def test_each_version_has_its_day() -> None:
    """In order, however they are listed."""
    found = days(
        vendor(Version(document="terms", effective=TWO), Version(document="terms", effective=ONE))
    )

    assert found == [(ONE, "takes-effect"), (TWO, "takes-effect")]


def test_a_document_that_ends_has_the_day_after_its_last() -> None:
    """It is no part of the agreement from then on (10.8)."""
    found = days(vendor(Version(document="terms", effective=ONE, withdrawn=date(2024, 5, 31))))

    assert found == [(ONE, "takes-effect"), (TWO, "withdrawn")]


def test_an_end_that_comes_too_late_changes_nothing() -> None:
    """Another version had taken its place."""
    first = Version(document="terms", effective=ONE, withdrawn=THREE)

    found = days(vendor(first, Version(document="terms", effective=TWO)))

    assert found == [(ONE, "takes-effect"), (TWO, "takes-effect")]


def test_a_version_that_is_known_and_not_recorded_has_its_day() -> None:
    """From it the document is not at hand (3.1); one before the first is left out."""
    known = (("terms", date(2023, 1, 1)), ("terms", ONE), ("terms", TWO))

    found = days(vendor(Version(document="terms", effective=ONE), known=known))

    assert found == [(ONE, "takes-effect"), (TWO, "not-recorded")]


def test_a_clause_that_begins_or_ends_within_its_version_has_its_days() -> None:
    """From its first day to the day after its last."""
    clause = Clause(id="a", document="terms", begins=TWO, ends=date(2024, 12, 31))
    late = replace(clause, id="b", begins=date(2030, 1, 1), ends=None)
    version = Version(document="terms", effective=ONE, clauses=(clause, late))

    found = days(vendor(version, Version(document="terms", effective=date(2026, 1, 1))))

    assert found == [
        (ONE, "takes-effect"),
        (TWO, "begins"),
        (THREE, "ends"),
        (date(2026, 1, 1), "takes-effect"),
    ]


def test_our_own_choices_have_their_days() -> None:
    """A verdict may turn on them (2.4); a choice about another vendor has none."""
    choice = Choice(kind=ChoiceKind.OPTED_OUT, vendor="acme", box=Box(action=("train-ai",)), on=TWO)
    check = Check(id="a", title="", choices=(choice, replace(choice, vendor="other", on=THREE)))

    found = days(vendor(Version(document="terms", effective=ONE)), check)

    assert found == [(ONE, "takes-effect"), (TWO, "opted-out")]


def test_each_event_says_what_it_is_about() -> None:
    """A document, a clause by its document, the actions chosen about; of no action, any."""
    clause = Clause(id="a", document="terms", begins=TWO)
    version = Version(document="terms", effective=ONE, clauses=(clause,))
    choices = tuple(
        Choice(kind=ChoiceKind.OPTED_OUT, vendor="acme", box=Box(action=actions), on=TWO)
        for actions in (("train-ai", "profile"), None)
    )
    of = vendor(version, known=(("terms", THREE),))

    found = events_of(of, [Check(id="a", title="", choices=choices)])

    assert [(each.day, each.kind, each.subject) for each in found] == [
        (ONE, "takes-effect", "terms"),
        (TWO, "begins", "terms.a"),
        (TWO, "opted-out", "any"),
        (TWO, "opted-out", "train-ai, profile"),
        (THREE, "not-recorded", "terms"),
    ]


def test_without_a_version_there_is_nothing_to_tell() -> None:
    """Whatever we chose, and whatever is known of and not recorded."""
    choice = Choice(kind=ChoiceKind.OPTED_OUT, vendor="acme", box=Box(), on=TWO)

    assert days(vendor(known=(("terms", ONE),)), Check(id="a", title="", choices=(choice,))) == []


def test_a_version_of_a_document_that_is_no_part_of_the_agreement_never_ends() -> None:
    """It never was in force."""
    other = Version(document="other", effective=ONE, withdrawn=date(2024, 5, 31))

    assert days(vendor(other)) == [(ONE, "takes-effect")]


def test_the_last_day_of_the_calendar_has_no_day_after() -> None:
    """Nothing is told of it, and nothing breaks."""
    clause = Clause(id="a", document="terms", ends=date.max)
    version = Version(document="terms", effective=ONE, withdrawn=date.max, clauses=(clause,))

    found = days(vendor(version))

    assert found == [(ONE, "takes-effect")]


TRAIN = box("train-ai", "chat")


def project() -> Project:
    """Two vendors, two policies, and a check of one of each besides a check of all."""
    first = Version(document="terms", effective=ONE, clauses=(bars(TRAIN),))
    later = Version(document="terms", effective=TWO, clauses=(allows(TRAIN),))
    ended = Version(document="terms", effective=ONE, clauses=(bars(TRAIN),), withdrawn=ONE)
    asked = forbid(TRAIN, Stance.OPT_IN)
    policies = tuple(
        Policy(id=name, title="", requirements=(replace(asked, id=f"{name}.calls", policy=name),))
        for name in ("zeal", "care")
    )
    return Project(
        vocabulary=builtin_vocabulary(),
        policies=policies,
        vendors=(replace(vendor(ended), id="other"), vendor(first, later)),
        checks=(
            Check(id="whole", title=""),
            Check(id="acme", title="", vendors=("acme",), policies=("care",)),
        ),
    )


def test_a_history_tells_each_day_and_the_verdicts_of_every_check() -> None:
    """By the names of vendors, checks and requirements; a day to come is said to be one."""
    told = history_of(Docket(project=project(), today=date(2024, 3, 1)))

    words = {
        each["vendor"]: [
            (row["check"], row["requirement"], row["verdicts"]) for row in each["verdicts"]
        ]
        for each in told
    }
    assert list(words.items()) == [
        (
            "acme",
            [
                ("acme", "care.calls", ["met", "violated"]),
                ("whole", "care.calls", ["met", "violated"]),
                ("whole", "zeal.calls", ["met", "violated"]),
            ],
        ),
        (
            "other",
            [
                ("whole", "care.calls", ["met", "silent"]),
                ("whole", "zeal.calls", ["met", "silent"]),
            ],
        ),
    ]
    acme, other = told
    assert [(day["day"], day["coming"]) for day in acme["days"]] == [
        ("2024-01-01", False),
        ("2024-06-01", True),
    ]
    assert [
        [tuple(each.values()) for each in day["documents"]]
        for day in (*acme["days"], *other["days"])
    ] == [
        [("terms", "2024-01-01", False, True)],
        [("terms", "2024-06-01", False, True)],
        [("terms", "2024-01-01", False, True)],
        [("terms", None, True, False)],
    ]
    assert all(
        set(each) == {"document", "version", "withdrawn", "new"}
        for day in acme["days"]
        for each in day["documents"]
    )
    assert other["days"][1]["events"] == [{"event": "withdrawn", "subject": "terms"}]


def test_a_history_tells_what_we_chose() -> None:
    """A day of its own, with the verdicts of that day (2.4)."""
    permission = allows(TRAIN, Stance.OPT_OUT)
    of = vendor(Version(document="terms", effective=ONE, clauses=(permission,)))
    choice = Choice(kind=ChoiceKind.OPTED_OUT, vendor="acme", box=Box(action=("train-ai",)), on=TWO)
    check = Check(id="a", title="", policies=("care",), choices=(choice,))

    (told,) = history_of(
        Docket(project=replace(project(), vendors=(of,), checks=(check,)), today=TWO)
    )

    assert [(day["day"], day["events"]) for day in told["days"]][1:] == [
        ("2024-06-01", [{"event": "opted-out", "subject": "train-ai"}])
    ]
    assert [row["verdicts"] for row in told["verdicts"]] == [["violated", "met"]]


def test_a_day_of_the_run_itself_is_not_coming() -> None:
    """What is in force today is no announcement; only vendors under a check are told."""
    of = replace(project(), checks=(Check(id="acme", title="", vendors=("acme",)),))

    (told,) = history_of(Docket(project=of, today=TWO))

    assert [(day["day"], day["coming"]) for day in told["days"]] == [
        ("2024-01-01", False),
        ("2024-06-01", False),
    ]
