"""What was accepted, for how long and of which terms: real runs from one day to the next (7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

import termsgate.core.docket
from tests.plugin.conftest import BREACH, Suite

if TYPE_CHECKING:
    from collections.abc import Callable

    from termsgate.core.verdict import Verdict

ACME: Final = ("acme", "ai-training.calls")
VENDOR: Final = """\
vendor: acme
name: Acme
url: https://example.org/acme
documents:
  - {id: terms, kind: contract}
"""
LICENCE: Final = """\
document: terms
effective: {effective}
clauses:
  - id: licence
    section: "4"
    says: Acme may train models on content.
    quote: {quote}
    allows: {{action: [provide-service, train-ai], data: customer-content}}
"""
WAIVER: Final = """\
  - vendor: acme
    requirement: ai-training.calls
    reason: Accepted for the pilot.
    approved-by: cfo@example.org
    approved-on: 2026-06-01
    expires: 2026-06-30
"""
CHECK: Final = """\
check: calls
title: Calls across the company
owner: procurement@example.org
vendors: [acme, jitsi]
policies: [ai-training]
"""


@pytest.fixture
def acme(suite: Suite) -> Suite:
    """The project with a vendor that a pull request adds, and that violates."""
    for name in ("policies/exit.yaml", "checks/calls.yaml"):
        suite.remove(name)
    for name in ("vendor.yaml", *(f"terms/2023-{day}" for day in ENDINGS)):
        suite.remove(f"fixtures/zoom/{name}")
    for name in ("zoom/terms", "zoom"):
        (suite.path / "fixtures" / name).rmdir()
    suite.write("fixtures/acme/vendor.yaml", VENDOR)
    terms(suite, "2026-01-01")
    suite.write("checks/calls.yaml", CHECK)
    return suite


ENDINGS: Final = ("03-31.yaml", "08-11.yaml", "08-11.md")


def terms(suite: Suite, effective: str, quote: str = "machine learning") -> None:
    """A version of the terms that breaks the requirement."""
    name = f"fixtures/acme/terms/{effective}.yaml"
    suite.write(name, LICENCE.format(effective=effective, quote=quote))


def waive(suite: Suite, *limits: str) -> None:
    """Accept the breach in the check, as a second commit of the pull request would."""
    lines = "".join(f"    {limit}\n" for limit in limits)
    suite.write("checks/calls.yaml", f"{CHECK}waivers:\n{WAIVER}{lines}")


def run(suite: Suite, today: str, *options: str) -> pytest.RunResult:
    """The checks on a day."""
    return suite.run("--terms-today", today, *options, "checks")


# --- from one day to the next -------------------------------------------------------------------


def test_a_vendor_that_violates_fails_the_pull_request(acme: Suite) -> None:
    """The failure ends with what a waiver can be limited to."""
    result = run(acme, "2026-06-01")

    assert (result.ret, acme.verdicts()[ACME]["outcome"]) == (1, "fail")
    result.stdout.fnmatch_lines(
        ["to waive no more than this:", f"  decided: {acme.verdicts()[ACME]['decided']}"]
    )


def test_with_a_waiver_it_passes_and_says_how_long(acme: Suite) -> None:
    """Wherever the verdict is shown: in the summary, in the short one and in the record."""
    waive(acme)

    result = run(acme, "2026-06-01", "-rx")

    entry = acme.verdicts()[ACME]
    assert (result.ret, entry["verdict"], entry["outcome"]) == (0, "violated", "waived")
    assert entry["waiver"]["days-left"] == 29
    result.stdout.fnmatch_lines(
        [
            "waivers:",
            ("  calls acme ai-training.calls: violated, waived by cfo@example.org until"),
            "      2026-06-30 (29 days left): Accepted for the pilot.",
            "XFAIL *(29 days left): Accepted for the pilot.",
        ]
    )


def test_its_end_is_announced_for_thirty_days(acme: Suite) -> None:
    """A run that is green says from which day on it will not be."""
    waive(acme)

    result = run(acme, "2026-06-18")

    assert result.ret == 0
    assert [each["kind"] for each in acme.record()["warnings"]] == ["waiver-expiring"]
    result.stdout.fnmatch_lines(
        [
            "warnings:",
            (
                "  expires in 12 days, with the end of 2026-06-30 (UTC): the waiver of acme "
                "ai-training.calls; from 2026-07-01 on it covers nothing (checks/calls.yaml:7)"
            ),
        ]
    )


@pytest.mark.parametrize(("today", "ret"), [("2026-06-30", 0), ("2026-07-01", 1)])
def test_overnight_the_run_turns_red(acme: Suite, today: str, ret: int) -> None:
    """With no file changed; the last day still belongs to the waiver."""
    waive(acme)

    assert run(acme, today).ret == ret


def test_the_failure_of_the_next_day_says_who_waived_it(acme: Suite) -> None:
    """And when that ended."""
    waive(acme)

    result = run(acme, "2026-07-01")

    result.stdout.fnmatch_lines(
        [
            "  no longer accepted: the waiver expired with the end of 2026-06-30 (UTC)",
            "    waived by cfo@example.org on 2026-06-01: Accepted for the pilot.",
            "    checks/calls.yaml:7",
            "*expired with 2026-06-30 (UTC): the waiver of acme ai-training.calls*",
        ]
    )


# --- the terms change ---------------------------------------------------------------------------


def limit_to_what_decided(suite: Suite) -> None:
    """Copy the hash from the failure into the waiver."""
    run(suite, "2026-06-01")
    waive(suite, f"decided: {suite.verdicts()[ACME]['decided']}")


def test_a_limited_waiver_holds_while_the_clauses_are_the_same(acme: Suite) -> None:
    """A new version that repeats the clause changes nothing, nor do our words about it."""
    limit_to_what_decided(acme)
    terms(acme, "2026-06-10")
    path = acme.path / "fixtures/acme/terms/2026-06-10.yaml"
    path.write_text(path.read_text("utf-8").replace("Acme may train", "They may train"), "utf-8")

    assert (run(acme, "2026-06-09").ret, run(acme, "2026-06-10").ret) == (0, 0)


def test_a_limited_waiver_no_longer_covers_other_clauses(acme: Suite) -> None:
    """From the day the new version takes effect; the failure says why, and what decides now."""
    limit_to_what_decided(acme)
    given = acme.verdicts()[ACME]["decided"]
    terms(acme, "2026-06-10", "machine learning and the sale of what was learnt")

    before, after = run(acme, "2026-06-09"), run(acme, "2026-06-10")

    entry = acme.verdicts()[ACME]
    assert (before.ret, after.ret, entry["waiver"]["standing"]) == (0, 1, "changed")
    assert entry["waiver"]["changes"] == [
        {"document": None, "given": given, "now": entry["decided"]}
    ]
    after.stdout.fnmatch_lines(
        [
            "  not covered: the waiver was given for other terms",
            "    what decides is not what decided when it was given:",
            f"        {given}",
            f"  decided: {entry['decided']}",
            "warnings:",
            "  given for other terms: the waiver of acme ai-training.calls (checks/calls.yaml:7)",
        ]
    )


def test_a_waiver_of_a_version_ends_with_it(acme: Suite) -> None:
    """Even if the next repeats the clause."""
    waive(acme, "version: {terms: 2026-01-01}")
    terms(acme, "2026-06-10")

    before, after = run(acme, "2026-06-09"), run(acme, "2026-06-10")

    assert (before.ret, after.ret) == (0, 1)
    after.stdout.fnmatch_lines(
        ["    given for terms of 2026-01-01; the version of 2026-06-10 is in force"]
    )


# --- needless, and never for a crash ------------------------------------------------------------


def test_a_waiver_that_nothing_needs_is_not_shown_as_waived(acme: Suite) -> None:
    """The verdict passes by itself: it is a pass, and the waiver a warning."""
    waiver = WAIVER.replace("acme", "jitsi")
    acme.write("checks/calls.yaml", f"{CHECK}waivers:\n{waiver}")

    result = run(acme, "2026-06-01", "--terms-vendor", "jitsi")

    entry = acme.verdicts()["jitsi", "ai-training.calls"]
    assert (entry["outcome"], entry["waiver"]["standing"]) == ("pass", "not needed")
    assert result.parseoutcomes() == {"passed": 1}
    result.stdout.no_fnmatch_line("waivers:")
    result.stdout.fnmatch_lines(["  not needed any more: jitsi ai-training.calls *"])


@pytest.fixture
def crash(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Verdict]:
    """An engine with a bug."""

    def stumble(*_: object) -> Verdict:
        raise ZeroDivisionError

    monkeypatch.setattr(termsgate.core.docket, "evaluate", stumble)
    return stumble


@pytest.mark.usefixtures("crash")
@pytest.mark.parametrize("options", [(), ("--terms-strict",), ("--runxfail",)])
def test_a_waiver_never_swallows_a_crash_of_ours(acme: Suite, options: tuple[str, ...]) -> None:
    """It fails with its traceback, and the record lacks the verdict (7.3.5)."""
    waive(acme)

    result = run(acme, "2026-06-01", *options)

    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*ZeroDivisionError*"])
    assert (result.ret, acme.record()["given"]) == (pytest.ExitCode.INTERNAL_ERROR, 0)


def test_whoever_runs_expected_failures_sees_the_failure(acme: Suite) -> None:
    """--runxfail shows what is accepted as if it were not, without a traceback."""
    waive(acme)

    result = run(acme, "2026-06-01", "--runxfail")

    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["  accepted until the end of 2026-06-30 (UTC), 29 days left"])
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*xfail.Exception*")


def test_a_waiver_for_another_requirement_covers_nothing(suite: Suite) -> None:
    """The breach fails as it would without."""
    text = WAIVER.replace("acme", "zoom").replace("ai-training.calls", "exit.marketing")
    suite.add("checks/calls.yaml", f"waivers:\n{text}")

    result = suite.run("--terms-today", "2026-06-01", "--terms-as-of", "2023-04-01", BREACH)

    result.assert_outcomes(failed=1)


# --- readings and choices -----------------------------------------------------------------------

IMPROVING: Final = """\
document: terms
effective: {effective}
clauses:
  - id: improving
    section: "4"
    says: Acme may improve its services with content, unless one objects.
    allows: {{action: improve-services, data: customer-content}}
    with: opt-out
"""
READ: Final = """\
readings:
  - vendor: acme
    clause: terms.improving
    term: train-ai
    covered: true
    because: Section 4 names models.
    by: counsel@example.org
    on: 2026-06-02
"""
CHOSEN: Final = """\
choices:
  opted-out:
    - vendor: acme
      action: {action}
      on: 2026-06-03
      proof: ticket 4711
      chosen-by: it@example.org
      because: Nobody asked the callers.
"""


def improving(suite: Suite, effective: str = "2026-01-01") -> None:
    """Terms of which somebody must say how they are read, and what we chose."""
    suite.write(f"fixtures/acme/terms/{effective}.yaml", IMPROVING.format(effective=effective))


def test_what_is_on_record_is_told_with_who_when_and_why(acme: Suite) -> None:
    """In the record, beside the verdict that it decides."""
    improving(acme)
    acme.add("checks/calls.yaml", READ + CHOSEN.format(action="train-ai"))

    result = run(acme, "2026-06-05")

    entry = acme.verdicts()[ACME]
    assert (result.ret, entry["verdict"], acme.record()["warnings"]) == (0, "met", [])
    assert [(each["by"], each["on"], each["because"]) for each in entry["readings"]] == [
        ("counsel@example.org", "2026-06-02", "Section 4 names models.")
    ]
    assert [
        (each["chosen-by"], each["on"], each["because"], each["proof"]) for each in entry["choices"]
    ] == [("it@example.org", "2026-06-03", "Nobody asked the callers.", "ticket 4711")]
    assert acme.verdicts()["jitsi", "ai-training.calls"]["choices"] == []


def test_a_failure_tells_what_is_on_record(acme: Suite) -> None:
    """A reading can be what makes it one."""
    improving(acme)
    acme.add("checks/calls.yaml", READ)

    result = run(acme, "2026-06-05")

    result.stdout.fnmatch_lines(
        [
            "readings on record:",
            "  checks/calls.yaml:7: terms.improving covers train-ai",
            "    Section 4 names models. (counsel@example.org, 2026-06-02)",
        ]
    )


def test_a_reading_of_an_older_version_is_reported(acme: Suite) -> None:
    """Until somebody looks again (4.7)."""
    for day in ("2026-01-01", "2026-06-10"):
        improving(acme, day)
    acme.add("checks/calls.yaml", READ)

    result = run(acme, "2026-06-10")

    assert acme.verdicts()[ACME]["verdict"] == "unclear"
    result.stdout.fnmatch_lines(
        [
            (
                "  for a version not in force on 2026-06-10: the reading of acme terms.improving "
                "(counsel@example.org, 2026-06-02) (checks/calls.yaml:7)"
            )
        ]
    )


def test_what_answers_no_question_and_touches_nothing_is_reported(acme: Suite) -> None:
    """The clause is express, and nobody asks about marketing."""
    text = LICENCE.replace("id: licence", "id: improving")
    acme.write(
        "fixtures/acme/terms/2026-01-01.yaml",
        text.format(effective="2026-01-01", quote="machine learning"),
    )
    acme.add("checks/calls.yaml", READ + CHOSEN.format(action="marketing"))

    result = run(acme, "2026-06-05")

    assert [each["kind"] for each in acme.record()["warnings"]] == ["reading-idle", "choice-idle"]
    result.stdout.fnmatch_lines(
        [
            "  answers no open question: the reading of acme terms.improving *",
            "  touches nothing: the choice opted-out of acme marketing (it@example.org, *",
        ]
    )


# --- levels -------------------------------------------------------------------------------------


WISH: Final = """\
policy: exit
title: Leaving
requirements:
  - id: training
    title: No training
    level: should
    forbid: {action: train-ai, data: customer-content}
"""


@pytest.mark.parametrize("options", [(), ("-q",), ("-n", "2")])
def test_a_warning_is_not_lost_among_the_passes(suite: Suite, options: tuple[str, ...]) -> None:
    """Its test passes; the summary names it, also where the run is quiet or spread."""
    suite.write("policies/exit.yaml", WISH)

    result = suite.run("--terms-as-of", "2023-04-01", "-k", "exit.training", *options, "checks")

    assert suite.verdicts()["zoom", "exit.training"]["outcome"] == "warn"
    result.assert_outcomes(passed=2, deselected=0 if "-n" in options else 2)
    result.stdout.fnmatch_lines(["warnings:", "  calls zoom", "    violated: exit.training"])
    assert "calls zoom, violated: exit.training" in (suite.path / "reports/pytest.html").read_text(
        "utf-8"
    )
