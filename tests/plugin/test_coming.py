"""Terms on record that take effect later are judged today (7.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.plugin.conftest import Suite

NEXT = "fixtures/jitsi/terms/2024-03-11.yaml"
LICENCE = """\
document: terms
effective: 2024-03-11
clauses:
  - id: licence
    section: "3"
    says: Calls may be used to train models.
    allows: {action: train-ai, data: customer-content}
"""
FRIDAY = ("--terms-today", "2024-03-08")
CALLS = "ai-training.calls"


def coming(suite: Suite) -> list[dict[str, Any]]:
    """What the verdict on calls by jitsi turns to."""
    found: list[dict[str, Any]] = suite.verdicts()[("jitsi", CALLS)]["coming"]
    return found


def test_a_new_version_that_takes_effect_next_monday_warns_today(suite: Suite) -> None:
    """The verdict of today stays, the run passes, and everybody is told."""
    suite.write(NEXT, LICENCE)

    result = suite.run(*FRIDAY, "checks")

    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(
        [
            "coming:",
            "  calls jitsi",
            "    on 2024-03-11 this turns to violated, and will fail the run:",
            f"        {CALLS}",
            "    on 2024-03-11 this turns to silent, and will be a warning: exit.marketing",
        ]
    )
    entry = suite.verdicts()[("jitsi", CALLS)]
    assert (entry["verdict"], entry["outcome"]) == ("met", "pass")
    assert [(e["on"], e["verdict"], e["outcome"], e["worse"]) for e in entry["coming"]] == [
        ("2024-03-11", "violated", "fail", True)
    ]
    assert entry["coming"][0]["because"][0]["path"] == NEXT


def test_on_monday_it_fails(suite: Suite) -> None:
    """What was announced has come."""
    suite.write(NEXT, LICENCE)

    result = suite.run("--terms-today", "2024-03-11", "checks")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert coming(suite) == []
    result.stdout.no_fnmatch_line("coming:")


def test_the_past_has_nothing_to_come(suite: Suite) -> None:
    """As of a day before the run, later versions are history and no announcement."""
    result = suite.run("--terms-today", "2024-03-08", "--terms-as-of", "2023-04-01", "checks")

    result.stdout.no_fnmatch_line("coming:")
    assert {len(each["coming"]) for each in suite.record()["verdicts"]} == {0}


def test_what_turns_for_the_better_is_on_record_and_no_warning(suite: Suite) -> None:
    """The failure says until when."""
    day = ("--terms-today", "2023-08-07")

    result = suite.run(*day, "checks/calls.yaml::zoom::ai-training.calls")

    result.assert_outcomes(failed=1)
    result.stdout.no_fnmatch_line("coming:*calls zoom*")
    result.stdout.fnmatch_lines(
        [
            "coming:",
            "  on 2023-08-11 this turns to met: it will pass",
        ]
    )
    assert suite.verdicts()[("zoom", CALLS)]["coming"][0]["worse"] is False


@pytest.mark.parametrize(("expires", "outcome"), [("2024-03-10", "fail"), ("2024-03-11", "waived")])
def test_a_waiver_counts_on_the_day_itself(suite: Suite, expires: str, outcome: str) -> None:
    """One that has run out by then accepts nothing."""
    suite.write(NEXT, LICENCE)
    suite.add(
        "checks/calls.yaml",
        "waivers:\n  - {vendor: jitsi, requirement: ai-training.calls, reason: Pilot.,\n"
        f"     approved-by: cfo, approved-on: 2024-03-01, expires: {expires}}}\n",
    )

    suite.run(*FRIDAY, "checks")

    assert [each["outcome"] for each in coming(suite)] == [outcome]


@pytest.mark.parametrize(
    ("file", "text", "day", "verdict"),
    [
        (
            "fixtures/jitsi/vendor.yaml",
            "known-versions: {terms: [2024-03-20]}\n",
            "2024-03-20",
            "silent",
        ),
        ("fixtures/jitsi/terms/2020-01-01.yaml", "withdrawn: 2024-03-20\n", "2024-03-21", "silent"),
        ("fixtures/jitsi/terms/2020-01-01.yaml", "    until: 2024-03-20\n", "2024-03-21", "silent"),
        ("fixtures/jitsi/terms/2020-01-01.yaml", "    from: 2024-03-20\n", "2024-03-20", "met"),
    ],
)
def test_terms_change_by_more_than_a_new_version(
    suite: Suite, file: str, text: str, day: str, verdict: str
) -> None:
    """A version that is known and not recorded, a withdrawal, a clause's end or beginning."""
    suite.add(file, text)

    suite.run(*FRIDAY, "checks")

    assert [(each["on"], each["verdict"]) for each in coming(suite)] == [(day, verdict)]


def test_each_day_is_held_against_the_one_before(suite: Suite) -> None:
    """Worse on one day and mended on another: both are told, and the first is a warning."""
    suite.write(NEXT, LICENCE)
    ban = (suite.path / "fixtures/jitsi/terms/2020-01-01.yaml").read_text("utf-8")
    suite.write("fixtures/jitsi/terms/2024-04-01.yaml", ban.replace("2020-01-01", "2024-04-01"))

    suite.run(*FRIDAY, "checks")

    assert [(each["on"], each["verdict"], each["worse"]) for each in coming(suite)] == [
        ("2024-03-11", "violated", True),
        ("2024-04-01", "met", False),
    ]


def test_a_vendor_without_later_terms_is_judged_once(
    suite: Suite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It costs nothing where nothing is announced."""
    asked: list[object] = []
    monkeypatch.setattr("termsgate.core.docket.rule", lambda *given: asked.append(given))

    suite.run(*FRIDAY, "checks")

    assert (asked, suite.record()["given"]) == ([], 6)


AGAIN = LICENCE.replace("Calls may be", "Calls and chats may be").replace('"3"', '"4"')
LATER = "fixtures/jitsi/terms/2024-04-01.yaml"


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        ("", []),
        (", version: {terms: 2024-03-11}", [("2024-04-01", "violated", "fail", False, True)]),
    ],
)
def test_a_waiver_given_for_other_terms_is_announced(
    suite: Suite, limit: str, told: list[tuple[object, ...]]
) -> None:
    """The verdict stays what it is, and nobody will have accepted it of the new terms (7.3.1)."""
    suite.write(NEXT, LICENCE)
    suite.write(LATER, AGAIN.replace("2024-03-11", "2024-04-01"))
    suite.add(
        "checks/calls.yaml",
        "waivers:\n  - {vendor: jitsi, requirement: ai-training.calls, reason: Pilot.,\n"
        f"     approved-by: cfo, approved-on: 2024-03-01, expires: 2024-06-30{limit}}}\n",
    )

    result = suite.run("--terms-today", "2024-03-12", "checks")

    turns = [tuple(each[key] for key in TURN) for each in coming(suite)]
    assert turns == told
    warned = "*on 2024-04-01 this is violated, and the waiver was given for other*"
    if told:
        result.stdout.fnmatch_lines([warned])
    else:
        result.stdout.no_fnmatch_line(warned)


TURN = ("on", "verdict", "outcome", "worse", "uncovered")
