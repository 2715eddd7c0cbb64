"""Annotations of GitHub: what the runner is told, and what it must never be told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from termsgate.reporting.github import MOST, SHOWN, commands, place_of, problem_commands
from tests.recorded import (
    check,
    clause,
    everything,
    looking_ahead,
    met,
    record,
    requirement,
    review,
    used,
    vendor,
    verdict,
    waiver,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from termsgate.core.record import PlaceEntry, ProblemEntry, Record, VerdictEntry

HOSTILE = (
    "::error::x",
    "quote\n::add-mask::secret",
    "quote\r\n::set-env name=PATH::/tmp",
    "\u2028::warning::x\x85::warning::y",
    "##[add-mask]secret",
    "100%0A::error::x",
    "a,b:c=d::e",
    "\x1b[31mred\u202e",
    "\ud800",
)


def smell(**said: object) -> ProblemEntry:
    """A smell of a file."""
    entry: ProblemEntry = {
        "path": "fixtures/zoom/vendor.yaml",
        "line": 3,
        "column": 1,
        "message": "nothing reads this file",
        "code": "store/stray-file",
        "help": "move it",
        "weight": "smell",
    }
    return entry | said  # type: ignore[return-value]


def failures(amount: int, outcome: str = "fail") -> list[VerdictEntry]:
    """So many verdicts of one outcome, each of another check."""
    return [verdict(check=f"calls-{each:02}", outcome=outcome) for each in range(amount)]


def obeyed(text: str) -> list[tuple[str, dict[str, str], str]]:
    """What the runner makes of the lines: blanks before a command are nothing to it."""
    found = []
    for line in re.split(r"\r\n|\n|\r", text):
        command = re.match(r"\s*::([a-z-]+)(?: (.*?))?::(.*)$", line)
        if command:
            pairs = [pair.split("=", 1) for pair in (command[2] or "").split(",") if pair]
            said = {name: _unescaped(value, of_property=True) for name, value in pairs}
            found.append((command[1], said, _unescaped(command[3])))
        else:
            assert line == "" or "##[" not in line
    return found


def _unescaped(text: str, *, of_property: bool = False) -> str:
    marks = {"%0D": "\r", "%0A": "\n"} | ({"%3A": ":", "%2C": ","} if of_property else {})
    for mark, letter in (marks | {"%25": "%"}).items():
        text = text.replace(mark, letter)
    return text


def test_a_run_is_annotated(golden: Callable[[str, str], str]) -> None:
    """Errors, warnings, a waiver that is not needed and a smell, each with its place."""
    found = commands(
        record(
            everything() | {"outcome": "warn"},
            verdict(requirement="ai-training.other"),
            requirements=[requirement(), requirement(requirement="ai-training.other")],
            checks=[check(waivers=[waiver(vendor="nobody", line=99)])],
            problems=[smell()],
            expected=3,
        )
    )

    assert found == golden("annotations.txt", found)


def test_where_nothing_fails_or_warns_nothing_is_said() -> None:
    """What is met, waived or skipped is no annotation."""
    covered = verdict(outcome="waived", waiver=used("covers"))

    assert commands(record(met(), covered)) == ""


@pytest.mark.parametrize("word", HOSTILE)
def test_no_word_of_a_record_is_a_command(word: str) -> None:
    """Whatever stands in a quote, a title, a path, a reason or a message."""
    told = commands(
        record(
            verdict(because=[clause(quote=word, says=word, path=word)], ask=word, notes=[word]),
            requirements=[requirement(title=word, why=word)],
            checks=[check(waivers=[waiver(reason=word, vendor=word, path=word)])],
            problems=[smell(message=word, help=word, code=word, path=word)],
        )
    )

    assert [name for name, _, _ in obeyed(told)] == ["error", "warning", "warning"]
    assert len(told.splitlines()) == 3
    assert told.encode("utf-8")


def test_what_is_escaped_comes_back_as_it_was() -> None:
    """A reader sees the words of the terms."""
    told = commands(record(verdict(because=[clause(quote="we may use 100%, or: ::all::")])))

    ((_, said, message),) = obeyed(told)
    assert "“we may use 100%, or: ::all::”" in message
    assert said["title"] == "zoom: violated: No AI training on calls without consent"


def test_the_path_begins_at_the_repository() -> None:
    """A project in a folder of the repository has its paths from there."""
    ((_, said, _),) = obeyed(commands(record(verdict()), prefix="./legal/terms/"))

    assert said["file"] == "legal/terms/fixtures/zoom/terms-of-service/2023-03-31.yaml"


@pytest.mark.parametrize(("outcome", "level"), [("fail", "error"), ("warn", "warning")])
def test_as_many_are_told_as_github_shows(outcome: str, level: str) -> None:
    """Ten are shown whole; of eleven the tenth says that there are two more."""
    ten, eleven = (
        obeyed(commands(record(*failures(amount, outcome)))) for amount in (SHOWN, SHOWN + 1)
    )

    assert [name for name, _, _ in ten] == [level] * 10
    assert [name for name, _, _ in eleven] == [level] * 10
    assert "title" in ten[-1][1]
    assert eleven[-1][1] == {"title": "2 more"}


def test_the_most_severe_come_first() -> None:
    """They are the ones that must not be lost among the others."""
    low = [verdict(check=f"a-{each:02}", severity="low") for each in range(10)]
    told = commands(record(*low, verdict(check="z"), verdict(check="y", verdict="silent")))

    assert [message.splitlines()[1].split(", ")[1] for _, _, message in obeyed(told)[:3]] == [
        "z",
        "y",
        "a-00",
    ]


def test_a_run_that_is_not_whole_is_an_error() -> None:
    """Even if nothing that was given fails; and it comes before all else."""
    told = obeyed(commands(record(met(), expected=3)))

    assert told == [
        (
            "error",
            {"title": "verdicts are missing"},
            "1 verdicts were given and 3 were expected: the run is not whole",
        )
    ]


def test_a_message_that_nobody_would_read_is_cut() -> None:
    """And says so."""
    ((_, _, message),) = obeyed(commands(record(verdict(notes=["word " * 2000]))))

    assert len(message) <= MOST + 6
    assert message.endswith(" [...]")


def test_problems_of_files_are_annotated() -> None:
    """What stops a run is an error, a smell a warning, each at its place and no more than shown."""
    wrong = [smell(weight="error", line=each) for each in range(1, 13)]
    told = obeyed(problem_commands([smell(message="::error::x"), *wrong], prefix="legal"))

    assert [name for name, _, _ in told] == [*["error"] * 10, "warning"]
    assert told[9][1] == {"title": "3 more"}
    assert told[-1] == (
        "warning",
        {
            "file": "legal/fixtures/zoom/vendor.yaml",
            "line": "3",
            "col": "1",
            "title": "store/stray-file",
        },
        "::error::x\nhelp: move it",
    )


# --- where --------------------------------------------------------------------------------------


def versions(*days: tuple[str, str | None]) -> list[dict[str, object]]:
    """Versions of a document by their first and last days."""
    return [
        {
            "effective": first,
            "withdrawn": last,
            "url": "",
            "review": None,
            "path": f"fixtures/zoom/{first}.yaml",
            "line": 1,
            "column": 1,
        }
        for first, last in days
    ]


def with_terms(*days: tuple[str, str | None], kind: str = "contract") -> Record:
    """A record with one document of the vendor."""
    document = {
        "document": "terms",
        "kind": kind,
        "title": "",
        "url": "",
        "at-hand": True,
        "versions": versions(*days),
    }
    return record(verdict(), vendors=[vendor(documents=[document])])


def at(place: PlaceEntry | None) -> str:
    """A place as one writes it."""
    return f"{place['path']}:{place['line']}" if place else ""


def test_a_breach_is_at_the_clause_that_falls_short() -> None:
    """Not at one that meets or was defeated."""
    entry = verdict(
        because=[clause(part="defeated", line=1), clause(part="meets", line=2), clause(line=3)]
    )

    assert at(place_of(entry, record(entry))).endswith(":3")


def test_doubt_is_at_the_first_clause_that_decides() -> None:
    """Where none falls short."""
    entry = verdict(because=[clause(part="defeated", line=1), clause(part="open", line=2)])

    assert at(place_of(entry, record(entry))).endswith(":2")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([("2023-01-01", None), ("2023-03-31", None), ("2023-08-07", None)], "2023-03-31"),
        ([("2023-04-01", "2023-04-01")], "2023-04-01"),
    ],
)
def test_silence_is_at_the_terms_in_force(
    days: list[tuple[str, str | None]], expected: str
) -> None:
    """The version of the day asked about, to its last day."""
    found = place_of(verdict(because=[]), with_terms(*days))

    assert at(found) == f"fixtures/zoom/{expected}.yaml:1"


@pytest.mark.parametrize("days", [[], [("2024-01-01", None)], [("2023-01-01", "2023-03-31")]])
def test_without_terms_in_force_the_place_is_the_check(days: list[tuple[str, str | None]]) -> None:
    """It names the vendor."""
    assert at(place_of(verdict(because=[]), with_terms(*days))) == "checks/calls.yaml:1"


def test_without_a_check_the_place_is_the_requirement() -> None:
    """Where nobody wrote a check there is one that stands in no file."""
    found = record(verdict(because=[]), checks=[check(path="<made>")])

    assert at(place_of(verdict(because=[]), found)) == "policies/ai-training.yaml:4"


def test_a_built_in_policy_is_no_place() -> None:
    """It is a file of the package, which no repository of a user holds."""
    found = record(
        verdict(because=[]),
        checks=[check(path="<made>")],
        requirements=[requirement(path="termsgate:ai-training")],
    )

    assert place_of(verdict(because=[]), found) is None
    assert "file=" not in commands(found)


def test_what_is_owed_gone_and_coming_is_annotated() -> None:
    """At the review and at the clause that will decide; the run's own account has no place."""
    lost = {
        "path": "baseline.json",
        "today": "2026-11-20",
        "through": 0,
        "fixed": [],
        "gone": [{"kind": "vendor", "name": "teams", "verdicts": 1}],
        "updated": False,
    }
    owed = review(findings=[{**review()["findings"][0], "outcome": "fail"}])
    told = commands(looking_ahead() | {"baseline": lost})  # type: ignore[arg-type]

    assert "::error title=gone from the baseline::the vendor `teams` (1 verdict) of the" in told
    assert ",title=zoom%3A ai-training.calls turns on 2023-08-11::on 2023-08-11 this turns" in told
    assert "::warning file=fixtures/zoom/terms/2023-03-31.yaml,line=4,col=9,title=zoom%3A" in told
    assert "::error file=fixtures/zoom/terms/2023-03-31.yaml,line=4,col=9,title=zoom%3A" in (
        commands(record(met(), reviews=[owed]))
    )
    assert "gone from" not in commands(record(met(), baseline={**lost, "updated": True}))
