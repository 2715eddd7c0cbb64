"""What of waivers, readings and choices somebody must look after (policy language 7.3.4, 7.3.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.model import (
    Box,
    Check,
    Choice,
    ChoiceKind,
    Document,
    DocumentKind,
    Place,
    Project,
    RecordedReading,
    Vendor,
    Version,
)
from termsgate.core.upkeep import warnings_of
from termsgate.reading.store import builtin_vocabulary
from tests.recorded import check, choice, met, record, used, verdict, waiver

if TYPE_CHECKING:
    from termsgate.core.record import Record, VerdictEntry

READING: Final = RecordedReading(
    vendor="zoom",
    document="terms",
    clause="licence",
    term="train-ai",
    axis="action",
    covered=False,
    because="counsel says so",
    by="counsel@example.org",
    on=date(2023, 2, 1),
    place=Place(path="checks/calls.yaml", line=20, column=5),
)
CHOICE: Final = Choice(
    kind=ChoiceKind.OPTED_OUT,
    vendor="zoom",
    box=Box(action=("train-ai",)),
    on=date(2023, 2, 1),
    chosen_by="it@example.org",
    place=Place(path="checks/calls.yaml", line=25, column=5),
)
VENDOR: Final = Vendor(
    id="zoom",
    documents=(Document(id="terms", kind=DocumentKind.CONTRACT),),
    versions=(Version(document="terms", effective=date(2023, 1, 1)),),
)


def project(
    readings: tuple[RecordedReading, ...] = (),
    choices: tuple[Choice, ...] = (),
    vendor: Vendor = VENDOR,
) -> Project:
    """One check of one vendor."""
    asked = Check(id="calls", title="", readings=readings, choices=choices)
    return Project(vocabulary=builtin_vocabulary(), policies=(), vendors=(vendor,), checks=(asked,))


def said(of: Record, about: Project | None = None) -> list[tuple[str, str]]:
    """The kind and text of each warning."""
    return [(each["kind"], each["text"]) for each in warnings_of(about or project(), of)]


# --- waivers (7.3.4) ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expires", "text"),
    [
        ("2026-12-22", None),
        (
            "2026-12-21",
            (
                "expires in 30 days, with the end of 2026-12-21 (UTC): the waiver of zoom "
                "ai-training.calls; from 2026-12-22 on it covers nothing"
            ),
        ),
        (
            "2026-11-22",
            (
                "expires in 1 day, with the end of 2026-11-22 (UTC): the waiver of zoom "
                "ai-training.calls; from 2026-11-23 on it covers nothing"
            ),
        ),
        (
            "2026-11-21",
            (
                "expires today, with the end of 2026-11-21 (UTC): the waiver of zoom "
                "ai-training.calls; from 2026-11-22 on it covers nothing"
            ),
        ),
    ],
)
def test_the_end_of_a_waiver_is_announced(expires: str, text: str | None) -> None:
    """For thirty days."""
    waived = verdict(outcome="waived", waiver=used("covers", expires=expires))

    assert said(record(waived)) == ([("waiver-expiring", text)] if text else [])


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        (
            used("expired", expires="2026-11-20"),
            [
                (
                    "waiver-expired",
                    "expired with 2026-11-20 (UTC): the waiver of zoom ai-training.calls",
                )
            ],
        ),
        (
            used("changed"),
            [("waiver-changed", "given for other terms: the waiver of zoom ai-training.calls")],
        ),
        (used("not begun"), []),
        (
            used("not needed"),
            [("waiver-needless", "not needed any more: zoom ai-training.calls")],
        ),
    ],
)
def test_a_waiver_that_does_not_cover_is_a_warning(
    use: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    """So that it is seen where its verdict only warns; one to come is in order."""
    entry = verdict(waiver=use)

    assert said(record(entry, checks=[check(waivers=[waiver()])])) == expected


def test_a_waiver_of_many_verdicts_is_named_once() -> None:
    """It has one end."""
    many: list[VerdictEntry] = [
        verdict(requirement=name, outcome="waived", waiver=used("covers")) for name in "abc"
    ]

    assert len(said(record(*many))) == 1


def test_warnings_stand_in_the_order_of_the_files() -> None:
    """By path and line."""
    two = [
        verdict(requirement=f"exit.{line}", waiver=used("expired", line=line)) for line in (9, 7)
    ]

    assert [each["line"] for each in warnings_of(project(), record(*two))] == [7, 9]


# --- readings (4.7, 7.3.6) ----------------------------------------------------------------------

LATER: Final = replace(
    VENDOR,
    versions=(*VENDOR.versions, Version(document="terms", effective=date(2023, 3, 1))),
)
COUNTED: Final = {
    "path": "checks/calls.yaml",
    "line": 20,
    "column": 5,
    "document": "terms",
    "clause": "licence",
}


def test_a_reading_that_answers_no_open_question_is_a_warning() -> None:
    """Whose it is and from when, so that somebody can be asked."""
    assert said(record(met()), project((READING,))) == [
        (
            "reading-idle",
            (
                "answers no open question: the reading of zoom terms.licence "
                "(counsel@example.org, 2023-02-01)"
            ),
        )
    ]


def test_a_reading_that_counts_once_is_in_order() -> None:
    """For one verdict of its check."""
    given = [met(), met(requirement="exit.a", readings=[COUNTED])]

    assert said(record(*given), project((READING,))) == []


def test_a_reading_of_another_version_is_a_warning() -> None:
    """It waits to be confirmed; part of a run says so too."""
    found = said(record(met(), partial=True), project((READING,), vendor=LATER))

    assert found == [
        (
            "reading-stale",
            (
                "for a version not in force on 2023-04-01: the reading of zoom terms.licence "
                "(counsel@example.org, 2023-02-01)"
            ),
        )
    ]


# --- choices (2.4, 7.3.6) -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen_by", "who"), [("it@example.org", "it@example.org, 2023-02-01"), ("", "2023-02-01")]
)
def test_a_choice_that_touches_nothing_is_a_warning(chosen_by: str, who: str) -> None:
    """Of no use that any clause asks about."""
    chosen = replace(CHOICE, chosen_by=chosen_by)

    assert said(record(met()), project(choices=(chosen,))) == [
        ("choice-idle", f"touches nothing: the choice opted-out of zoom train-ai ({who})")
    ]


def test_a_choice_that_counts_is_in_order() -> None:
    """For one verdict of its check."""
    given = [met(), met(requirement="exit.a", choices=[choice()])]

    assert said(record(*given), project(choices=(CHOICE,))) == []


def test_a_choice_of_the_day_asked_about_is_looked_at() -> None:
    """And all its actions are named."""
    chosen = replace(CHOICE, on=date(2023, 4, 1), box=Box(action=("train-ai", "marketing")))

    assert said(record(met()), project(choices=(chosen,))) == [
        (
            "choice-idle",
            (
                "touches nothing: the choice opted-out of zoom train-ai, marketing "
                "(it@example.org, 2023-04-01)"
            ),
        )
    ]


@pytest.mark.parametrize("day", ["2023-04-02", "2024-01-01"])
def test_a_choice_of_a_later_day_is_no_matter(day: str) -> None:
    """On the day asked about, 1 April 2023, nobody had made it."""
    later = replace(CHOICE, on=date.fromisoformat(day))

    assert said(record(met()), project(choices=(later,))) == []


@pytest.mark.parametrize(
    "given",
    [record(met(), partial=True), record(), record(met(vendor="jitsi")), record(met(check="a"))],
)
def test_what_was_not_asked_about_is_not_idle(given: Record) -> None:
    """Part of a run, or verdicts on others, say nothing about a reading or a choice."""
    assert said(given, project((READING,), (CHOICE,))) == []


@pytest.mark.parametrize(
    ("partial", "kinds"), [(False, ["reading-idle", "choice-idle"]), (True, [])]
)
def test_to_a_part_of_a_run_vendors_fall_whole(partial: bool, kinds: list[str]) -> None:  # noqa: FBT001 - two examples
    """So that it can say what of them is idle, unless it was asked about only some of it."""
    shard = {"number": 1, "of": 2, "partial": partial}

    found = said(record(met(), partial=True, shard=shard), project((READING,), (CHOICE,)))

    assert [kind for kind, _ in found] == kinds


# --- what a warning says ------------------------------------------------------------------------

ASK_AGAIN: Final = "`cfo@example.org` approved it; ask again, or have the terms changed"
NEEDLESS: Final = [check(waivers=[waiver()])]


@pytest.mark.parametrize(
    ("about", "of", "kind", "line", "advice"),
    [
        (project(), record(verdict(waiver=used("covers"))), "waiver-expiring", 7, ASK_AGAIN),
        (project(), record(verdict(waiver=used("expired"))), "waiver-expired", 7, ASK_AGAIN),
        (
            project(),
            record(verdict(waiver=used("changed"))),
            "waiver-changed",
            7,
            "look at what changed, then limit it to what is there now, or delete it",
        ),
        (
            project(),
            record(met(waiver=used("not needed")), checks=NEEDLESS),
            "waiver-needless",
            7,
            "delete it",
        ),
        (
            project((READING,), vendor=LATER),
            record(met()),
            "reading-stale",
            20,
            "read the clause again, and record the reading with its new day",
        ),
        (project((READING,)), record(met()), "reading-idle", 20, "delete it"),
        (
            project(choices=(CHOICE,)),
            record(met()),
            "choice-idle",
            25,
            "see whether it is of the right uses, or delete it",
        ),
    ],
)
def test_a_warning_says_where_about_whom_and_what_to_do(
    about: Project, of: Record, kind: str, line: int, advice: str
) -> None:
    """Policy language 7.3.4: it stands at the words that need looking after."""
    (one,) = warnings_of(about, of)

    assert {key: value for key, value in one.items() if key != "text"} == {
        "path": "checks/calls.yaml",
        "line": line,
        "column": 5,
        "kind": kind,
        "vendor": "zoom",
        "help": advice,
    }
