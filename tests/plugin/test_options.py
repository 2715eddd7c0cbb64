"""One test or more for each option and its ini key."""

from __future__ import annotations

import json

import pytest

from termsgate.running.exits import RunExit
from tests.plugin.conftest import BREACH, FILES, Suite

ZOOM = ("zoom", "ai-training.calls")
WAIVER = """\
waivers:
  - vendor: zoom
    requirement: {requirement}
    reason: Accepted for the pilot.
    approved-by: cfo@example.org
    approved-on: 2023-01-01
    expires: 2023-06-30
"""


# --- --terms-as-of ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2023-04-01", "violated"), ("2023-08-11", "met"), ("2022-01-01", "silent")],
)
def test_the_terms_of_a_day_are_judged(suite: Suite, day: str, expected: str) -> None:
    """--terms-as-of overrides what the checks say."""
    suite.add("checks/calls.yaml", "as-of: 2023-05-05\n")

    suite.run("--terms-as-of", day)

    assert (suite.verdicts()[ZOOM]["verdict"], suite.record()["as-of"]) == (expected, day)


def test_a_check_asks_about_its_own_day(suite: Suite) -> None:
    """Where the run asks about none."""
    suite.add("checks/calls.yaml", "as-of: 2023-05-05\n")

    result = suite.run("--terms-today", "2024-01-01")

    assert suite.verdicts()[ZOOM]["verdict"] == "violated"
    result.stdout.fnmatch_lines(["*terms as of 2023-05-05, run on 2024-01-01*"])


def test_the_day_of_the_run_is_asked_about_else(suite: Suite) -> None:
    """A check without a day asks about the day of the run."""
    suite.run("--terms-today", "2023-04-01")

    assert (suite.verdicts()[ZOOM]["verdict"], suite.record()["as-of"]) == (
        "violated",
        "2023-04-01",
    )


# --- --terms-today ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2022-12-31", "failed"),
        ("2023-01-01", "xfailed"),
        ("2023-06-30", "xfailed"),
        ("2023-07-01", "failed"),
    ],
)
def test_waivers_are_counted_on_the_day_of_the_run(suite: Suite, today: str, expected: str) -> None:
    """A waived failure is an expected one, to the end of the waiver's last day."""
    suite.add("checks/calls.yaml", WAIVER.format(requirement="ai-training.calls"))

    result = suite.run("--terms-today", today, "--terms-as-of", "2023-04-01", BREACH)

    result.assert_outcomes(**{expected: 1})


def test_a_waived_verdict_is_the_same_verdict(suite: Suite) -> None:
    """Only the outcome is another; the summary says who accepted it and how long."""
    suite.add("checks/calls.yaml", WAIVER.format(requirement="ai-training.calls"))

    result = suite.run("--terms-today", "2023-06-01", "-rx")

    entry = suite.verdicts()[ZOOM]
    assert (entry["verdict"], entry["outcome"], result.ret) == ("violated", "waived", 0)
    result.stdout.fnmatch_lines(
        [
            "waivers:",
            "  calls zoom ai-training.calls: violated, waived by cfo@example.org until",
            "      2023-06-30 (29 days left): *",
        ]
    )
    result.stdout.fnmatch_lines([f"XFAIL {BREACH}*violated, waived by cfo@example.org*"])


def test_an_expired_waiver_says_when_and_by_whom(suite: Suite) -> None:
    """The failure names it."""
    suite.add("checks/calls.yaml", WAIVER.format(requirement="ai-training.calls"))

    result = suite.run("--terms-today", "2023-07-01", BREACH)

    result.stdout.fnmatch_lines(
        [
            "  no longer accepted: the waiver expired with the end of 2023-06-30 (UTC)",
            "    waived by cfo@example.org on 2023-01-01: Accepted for the pilot.",
        ]
    )


# --- --terms-vendor ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("glob", "given"), [("zoom", 3), ("*i*", 3), ("[jz]*", 6), ("jitsi, z*", 6)]
)
def test_some_vendors_are_judged(suite: Suite, glob: str, given: int) -> None:
    """The record says that it is part of the whole."""
    suite.run("--terms-vendor", glob)

    record = suite.record()
    assert (record["given"], record["expected"], record["partial"]) == (given, given, given != 6)


def test_a_run_that_judges_nothing_says_so(suite: Suite) -> None:
    """No vendor of that name: nothing was evaluated, which is exit code 5 and no pass."""
    result = suite.run("--terms-vendor", "nobody")

    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    result.stdout.fnmatch_lines(["no verdict was given: `nobody` matches no vendor of a check"])


def test_a_run_that_is_asked_for_no_verdict_says_so(suite: Suite) -> None:
    """A word that no id has deselects them all."""
    result = suite.run("-k", "nobody")

    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    result.stdout.fnmatch_lines(["no verdict was asked for"])


def test_a_vendor_among_several_that_is_nobody_fails_the_run(suite: Suite) -> None:
    """A name that was mistyped judges nothing, and would pass unnoticed beside one that does."""
    result = suite.run("--terms-vendor", "zoom,jitsy", "--terms-as-of", "2023-09-01")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["--terms-vendor: `jitsy` matches no vendor of a check"])


# --- --terms-json -----------------------------------------------------------------------------


def test_the_record_goes_where_it_is_wanted(suite: Suite) -> None:
    """Seen from where the user stands; folders are made."""
    suite.run("--terms-json", "out/of/the/way.json")

    found = json.loads((suite.path / "out/of/the/way.json").read_text("utf-8"))
    assert (found["format"], found["version"], found["given"]) == ("termsgate-record", 1, 6)
    assert not (suite.path / "reports/record.json").exists()


def test_a_record_that_cannot_be_written_fails_the_run(suite: Suite) -> None:
    """A report that is silently missing would pass for one that has nothing to say."""
    suite.write("file", "")

    result = suite.run("--terms-json", "file/record.json", "--terms-as-of", "2023-09-01")

    assert result.ret == RunExit.UNWRITTEN
    result.stdout.fnmatch_lines(["*file/record.json` cannot be written: *"])


def test_two_runs_write_the_same_bytes(suite: Suite) -> None:
    """No clock, no random id, no path of the machine."""
    found = []
    for name in ("one", "two"):
        suite.run("--terms-json", f"{name}.json", "--terms-today", "2023-09-01")
        found.append((suite.path / f"{name}.json").read_bytes())

    assert found[0] == found[1]
    assert str(suite.path).encode() not in found[0]


def test_no_half_written_record_stays_behind(suite: Suite) -> None:
    """The temporary file has become the record."""
    suite.run("--terms-as-of", "2023-09-01")

    assert sorted(path.name for path in (suite.path / "reports").iterdir()) == [
        "pytest.html",
        "record.json",
        "report.html",
    ]


# --- --terms-strict ---------------------------------------------------------------------------


def test_a_strict_run_wants_every_quote_checked(suite: Suite) -> None:
    """Without a captured text it fails."""
    result = suite.run("--terms-strict", "fixtures")

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*2023-03-31.yaml:4:5: the quote of `licence` is unchecked*"])


@pytest.mark.parametrize(("options", "ret"), [([], 0), (["--terms-strict"], 1)])
def test_a_strict_run_wants_no_waiver_that_nothing_needs(
    suite: Suite, options: list[str], ret: int
) -> None:
    """The test it names fails as an unexpected pass; a lenient run reports it."""
    suite.add("checks/calls.yaml", WAIVER.format(requirement="ai-training.calls"))

    result = suite.run(
        "--terms-today", "2023-06-01", "--terms-as-of", "2023-09-01", "checks", *options
    )

    assert result.ret == ret
    result.stdout.fnmatch_lines(
        ["  not needed any more: zoom ai-training.calls (checks/calls.yaml:8)"]
    )
    if options:
        result.stdout.fnmatch_lines(["[[]XPASS(strict)[]] waived, and the waiver is not needed*"])


def test_a_glob_that_is_needed_once_is_needed(suite: Suite) -> None:
    """The verdicts it does not need are no reason to fail."""
    text = WAIVER.format(requirement='"*.*"')
    suite.add("checks/calls.yaml", text)

    result = suite.run("--terms-today", "2023-06-01", "--terms-strict", "checks")

    assert result.ret == 0
    result.stdout.no_fnmatch_line("*not needed any more*")


def test_a_glob_that_nothing_needs_fails_a_strict_run(suite: Suite) -> None:
    """No test stands for it: the run itself fails."""
    suite.add("checks/calls.yaml", WAIVER.format(requirement='"ai-training.*"'))

    result = suite.run(
        "--terms-today", "2023-06-01", "--terms-as-of", "2023-09-01", "--terms-strict", "checks"
    )

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["1 waiver not needed any more (--terms-strict)"])


# --- ini keys ---------------------------------------------------------------------------------


def test_every_option_has_an_ini_key(suite: Suite) -> None:
    """Of the same name; the command line prevails."""
    suite.write(
        "pytest.ini",
        "[pytest]\nterms_root = .\nterms_as_of = 2023-04-01\nterms_today = 2024-02-02\n"
        "terms_vendor = zoom\nterms_json = written.json\nterms_strict = true\n",
    )

    suite.run("--terms-as-of", "2023-09-01")

    found = json.loads((suite.path / "written.json").read_text("utf-8"))
    assert (found["as-of"], found["today"], found["given"]) == ("2023-09-01", "2024-02-02", 3)


def test_the_project_may_lie_below_the_ini_file(suite: Suite) -> None:
    """terms_root is seen from the ini file; places are seen from the project."""
    for name in FILES:
        if name != "pytest.ini":
            (suite.path / "terms" / name).parent.mkdir(parents=True, exist_ok=True)
            (suite.path / name).rename(suite.path / "terms" / name)
    suite.write("pytest.ini", "[pytest]\nterms_root = terms\n")

    result = suite.run("-v", "--terms-as-of", "2023-04-01", "terms")

    result.stdout.fnmatch_lines([f"terms/{BREACH} FAILED*"])
    record = json.loads((suite.path / "terms/reports/record.json").read_text("utf-8"))
    assert {each["path"].split("/")[0] for each in record["inputs"]} == {
        "policies",
        "fixtures",
        "checks",
    }


def test_a_root_that_is_not_there_is_wrong_usage(suite: Suite) -> None:
    """Else nothing would be collected, and nobody would say why."""
    suite.write("pytest.ini", "[pytest]\nterms_root = terns\ntestpaths = policies checks\n")

    result = suite.run()

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: terms_root: `terns` is no folder", "  help: *"])


# --- --terms-history --------------------------------------------------------------------------


def test_the_history_is_in_the_record_where_it_is_asked_for(suite: Suite) -> None:
    """Every verdict over every version; a day after the run's is coming."""
    suite.run("--terms-history", "--terms-today", "2023-05-01")

    (zoom,) = (each for each in suite.record()["history"] if each["vendor"] == "zoom")
    days = {day["day"]: day["coming"] for day in zoom["days"]}
    (row,) = (each for each in zoom["verdicts"] if each["requirement"] == ZOOM[1])
    assert set(days.values()) == {False, True}
    assert [days[day] for day in sorted(days)] == sorted(days.values())
    assert {"violated", "met"} <= set(row["verdicts"])
    assert len(row["verdicts"]) == len(days)


def test_the_history_may_be_asked_for_in_the_ini_file(suite: Suite) -> None:
    """By a key of the same name."""
    suite.add("pytest.ini", "terms_history = true\n")

    suite.run()

    assert suite.record()["history"]


def test_the_history_is_left_out_else(suite: Suite) -> None:
    """It takes its time, and records are kept."""
    suite.run()

    assert "history" not in suite.record()


def test_the_history_is_of_the_vendors_that_are_asked_for(suite: Suite) -> None:
    """Of no others."""
    suite.run("--terms-history", "--terms-vendor", "zoom")

    assert [each["vendor"] for each in suite.record()["history"]] == ["zoom"]
