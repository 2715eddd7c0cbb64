"""Every verdict is accounted for, and what goes wrong is red (semantics 7.5). Real runs."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from termsgate.running.exits import RunExit
from tests.plugin.conftest import BREACH, OUTSIDE, Suite

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = ("--terms-today", "2023-04-01")
LATER = ("--terms-today", "2023-09-01")
OK = pytest.ExitCode.OK


def left_out(record: dict[str, Any]) -> list[tuple[str, str, int]]:
    """Who left out how many."""
    return [(each["by"], each["said"], each["verdicts"]) for each in record["left-out"]]


def adds_up(record: dict[str, Any]) -> bool:
    """Whether expected and left out make up the whole of six verdicts."""
    counts = [record["expected"], *(each["verdicts"] for each in record["left-out"])]
    return sum(map(int, counts)) == 6


def start(suite: Suite, *options: str) -> subprocess.Popen[str]:
    """A run in a process of its own."""
    command = [sys.executable, "-m", "pytest", *OUTSIDE, "-p", "no:cacheprovider", *options]
    return subprocess.Popen(  # noqa: S603 - our own words only
        command, cwd=suite.path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def files(suite: Suite) -> list[str]:
    """What runs left in the folder of reports."""
    return sorted(each.name for each in (suite.path / "reports").iterdir())


# --- who left out what ------------------------------------------------------------------------

PLUGIN = """\
def pytest_collection_modifyitems(config, items):
    config.hook.pytest_deselected(items=items[1:])
    del items[1:]
"""


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], []),
        (["-k", "zoom"], [("-k", "zoom", 3)]),
        (["-m", "must"], [("-m", "must", 2)]),
        (
            ["-m", "must", "-k", "zoom or school"],
            [("-k", "zoom or school", 2), ("-m", "must", 1)],
        ),
        (["--deselect", "checks/calls.yaml::zoom"], [("--deselect", "", 3)]),
        (
            ["--deselect", BREACH, "-k", "zoom", "-m", "must"],
            [("--deselect", "", 1), ("-k", "zoom", 3), ("-m", "must", 1)],
        ),
        (["--terms-vendor", "z*"], [("--terms-vendor", "z*", 3)]),
        (["--terms-vendor", "z*", "-m", "must"], [("--terms-vendor", "z*", 3), ("-m", "must", 1)]),
        ([BREACH], [("the arguments", "", 5)]),
        (["policies"], [("the arguments", "", 6)]),
        (["checks/calls.yaml::zoom"], [("the arguments", "", 3)]),
        (["--ignore", "checks/calls.yaml"], [("--ignore", "", 6)]),
        (["--ignore-glob", "*/calls.yaml"], [("--ignore-glob", "", 6)]),
        (["-x"], [("-x", "", 2)]),
        (["--maxfail", "1", "-n", "0"], [("-x", "", 2)]),
        (["--stepwise"], [("--stepwise", "", 2)]),
    ],
)
def test_the_record_says_what_the_user_left_out_and_how(
    suite: Suite, options: list[str], expected: list[tuple[str, str, int]]
) -> None:
    """With what is expected it makes up the whole; a partial run says so in the summary too."""
    pytest.importorskip("xdist")
    result = suite.run(*DAY, *options)

    record = suite.record()
    assert left_out(record) == expected
    assert (adds_up(record), record["partial"]) == (True, bool(expected))
    told = [line for line in result.outlines if line.startswith("partial: ")]
    assert len(told) == bool(expected)


def test_what_failed_before_can_be_run_alone(suite: Suite) -> None:
    """--lf leaves out whole files, and tests of the others."""
    suite.write(
        "checks/other.yaml", "check: other\ntitle: Another\nvendors: [jitsi]\npolicies: [exit]\n"
    )
    suite.run(*DAY)

    suite.run(*DAY, "--lf")

    assert left_out(suite.record()) == [("--lf", "", 7)]


def test_a_plugin_may_deselect_and_is_named(suite: Suite) -> None:
    """No option explains it."""
    suite.write("conftest.py", PLUGIN)

    suite.run(*DAY, "checks")

    assert left_out(suite.record()) == [("a plugin", "", 5)]


@pytest.mark.parametrize("options", [["-k", "zoom"], ["-m", "must"], ["--terms-vendor", "zoom"]])
def test_workers_give_the_same_account(suite: Suite, options: list[str]) -> None:
    """pytest-xdist: each worker leaves out for itself, and one record says it once."""
    pytest.importorskip("xdist")
    suite.run(*DAY, *options, "--terms-json", "one.json")

    suite.run(*DAY, *options, "--terms-json", "two.json", "-n", "2")

    assert (suite.path / "one.json").read_bytes() == (suite.path / "two.json").read_bytes()


def test_a_check_without_a_file_is_accounted_for(suite: Suite) -> None:
    """Its verdicts are those of the vendors' folders."""
    suite.remove("checks/calls.yaml")
    (suite.path / "checks").rmdir()

    suite.run(*DAY, "fixtures/zoom", "policies")

    assert left_out(suite.record()) == [("the arguments", "", 3)]


def test_what_nobody_left_out_and_nobody_collected_is_missed(suite: Suite) -> None:
    """A conftest that hides a check is no option of anybody's: red, and told by name."""
    suite.write("checks/conftest.py", "collect_ignore = ['calls.yaml']\n")

    result = suite.run(*LATER)

    assert result.ret == RunExit.NOT_WHOLE
    assert len(suite.record()["missing"]) == 6
    result.stdout.fnmatch_lines(["0 verdicts were given and 6 were expected"])


# --- nothing evaluated is never green ---------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["-k", "plain"], "no verdict was given: all were left out"),
        (["-k", "school"], "no verdict was given: no requirement applies"),
        (["fixtures/zoom/terms/2023-03-31.yaml"], "nothing was examined: every test was skipped"),
        (["--terms-vendor", "nobody"], "no verdict was given: `nobody` matches no vendor of a*"),
    ],
)
def test_a_run_that_judges_nothing_is_no_pass(suite: Suite, options: list[str], told: str) -> None:
    """Though every test passed or was skipped."""
    result = suite.run(*LATER, *options)

    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    result.stdout.fnmatch_lines([told])


@pytest.mark.parametrize("argument", ["policies", "fixtures"])
def test_examples_and_quotes_alone_are_something(suite: Suite, argument: str) -> None:
    """Whoever asks for them by their folder asks for no verdict."""
    assert suite.run(*LATER, argument).ret == OK


# --- warnings ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "code"), [(DAY, 1), (LATER, RunExit.WARNED)])
def test_warnings_can_have_a_code_of_their_own(suite: Suite, day: Sequence[str], code: int) -> None:
    """Where nothing failed, which would be graver."""
    result = suite.run(*day, "--terms-warnings-as-failures")

    assert result.ret == code
    told = [line for line in result.outlines if line.endswith("(--terms-warnings-as-failures)")]
    assert told == (["1 verdict warns (--terms-warnings-as-failures)"] if code == 10 else [])


def test_a_warning_that_was_there_before_is_let_through(suite: Suite) -> None:
    """It is shown as a warning all the same; from the ini file, like from the command line."""
    suite.write(
        "pytest.ini",
        "[pytest]\nterms_root = .\nterms_baseline = b.json\nterms_warnings_as_failures = true\n",
    )
    suite.run(*DAY, "--terms-update-baseline")

    known = suite.run(*DAY)
    suite.write(
        "fixtures/zoom/terms/2023-03-31.yaml",
        "document: terms\neffective: 2023-03-31\nclauses:\n"
        "  - {id: licence, section: '1', allows: {action: any, data: customer-content}}\n",
    )
    worse = suite.run(*DAY)

    assert (known.ret, worse.ret) == (OK, RunExit.WARNED)
    known.stdout.fnmatch_lines(["warnings:", "  calls zoom", "    silent: exit.marketing"])


# --- our own bugs -----------------------------------------------------------------------------

CRASH = """\
import termsgate.core.docket as docket
judge = docket.evaluate
def broken(requirement, *rest):
    if requirement.id == "ai-training.calls":
        raise ZeroDivisionError
    return judge(requirement, *rest)
docket.evaluate = broken
def pytest_unconfigure():
    docket.evaluate = judge
"""
WAIVER = """\
waivers:
  - {vendor: "*", requirement: "*.*", reason: pilot, approved-by: cfo@example.org,
     approved-on: 2023-01-01, expires: 2023-12-31}
"""


@pytest.mark.parametrize("options", [[], ["-x"], ["-n", "1"]])
def test_a_crash_of_ours_is_never_swallowed(suite: Suite, options: list[str]) -> None:
    """Neither by a waiver nor by an option; it is told as ours, and what it lost as missing."""
    pytest.importorskip("xdist")
    suite.write("conftest.py", CRASH)
    suite.add("checks/calls.yaml", WAIVER)

    result = suite.run(*DAY, *options, "checks")

    assert result.ret == pytest.ExitCode.INTERNAL_ERROR
    missing = [each["requirement"] for each in suite.record()["missing"]]
    assert set(missing) == {"ai-training.calls"}
    result.stdout.fnmatch_lines(["* ended in an error: a bug of termsgate and not of your files"])


# --- workers ----------------------------------------------------------------------------------

KILLED = """\
import os, signal
import termsgate.core.docket as docket
judge = docket.evaluate
def killed(requirement, terms, *rest):
    if terms.vendor.id == "zoom" and "PYTEST_XDIST_WORKER" in os.environ:
        os.kill(os.getpid(), signal.SIGKILL)
    return judge(requirement, terms, *rest)
docket.evaluate = killed
def pytest_unconfigure():
    docket.evaluate = judge
"""


@pytest.mark.parametrize("options", [["-n", "1", "--max-worker-restart", "0"], ["-n", "2"]])
def test_a_worker_that_is_killed_while_it_judges_is_red(suite: Suite, options: list[str]) -> None:
    """What it did not give is missing by name; whether xdist starts another or not."""
    pytest.importorskip("xdist")
    suite.write("conftest.py", KILLED)

    result = suite.run(*LATER, *options, "checks")

    record = suite.record()
    assert result.ret == RunExit.NOT_WHOLE
    assert record["given"] < record["expected"] == 6
    assert {each["vendor"] for each in record["missing"]} >= {"zoom"}
    result.stdout.fnmatch_lines(["* verdicts were given and 6 were expected", "a worker died: *"])


# --- reports that cannot be written -----------------------------------------------------------


def test_a_full_disk_fails_the_run(suite: Suite) -> None:
    """/dev/full is one, and is still there afterwards."""
    if not Path("/dev/full").is_char_device():
        pytest.skip("this machine has no /dev/full")

    result = suite.run(*LATER, "--terms-json=/dev/full")

    assert result.ret == RunExit.UNWRITTEN
    result.stdout.fnmatch_lines(["`/dev/full` cannot be written: No space left on device"])
    assert Path("/dev/full").is_char_device()


def test_a_page_that_cannot_be_written_fails_the_run(suite: Suite) -> None:
    """pytest-html's: told as ours is, without a traceback, and with the record in its place."""
    if not Path("/dev/full").is_char_device():
        pytest.skip("this machine has no /dev/full")

    result = suite.run(*LATER, "--html=/dev/full", "--self-contained-html")

    assert result.ret == RunExit.UNWRITTEN
    assert suite.record()["given"] == 6
    result.stdout.fnmatch_lines(["*terms as of*", "`*` cannot be written: No space left on device"])
    assert "Traceback" not in result.stdout.str() + result.stderr.str()


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
def test_no_half_of_a_record_is_ever_there(
    suite: Suite, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """Whatever happens while it is written, the old one stays whole and nothing lies beside it."""
    suite.run(*DAY, "-p", "no:html")
    before = (suite.path / "reports/record.json").read_bytes()

    def fails(_: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fails)
    result = suite.run(*LATER, "-p", "no:html")

    assert result.ret == RunExit.UNWRITTEN
    assert files(suite) == ["record.json", "report.html"]
    assert (suite.path / "reports/record.json").read_bytes() == before


# --- interrupted ------------------------------------------------------------------------------

INTERRUPT = """\
import os, signal
import pytest
seen = []
@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report):
    seen.append(report.nodeid)
    if report.when == "call" and len(set(seen)) == 2:
        os.kill(os.getpid(), signal.SIGINT)
"""


def test_an_interrupted_run_says_so(suite: Suite) -> None:
    """Ctrl-C in the middle: exit code 2, a whole file about half a run, and no baseline."""
    suite.write("conftest.py", INTERRUPT)

    with start(suite, *LATER, "checks") as run:
        told, _ = run.communicate(timeout=60)

    record = suite.record()
    assert run.returncode == pytest.ExitCode.INTERRUPTED
    assert (record["interrupted"], record["expected"], record["partial"]) == (True, 6, False)
    assert record["given"] + len(record["missing"]) == 6
    assert record["missing"]
    assert "the run was interrupted: " in told
    suite.remove("conftest.py")
    assert suite.run("--terms-baseline", "reports/record.json").ret == 4


def test_an_interrupted_run_never_becomes_the_baseline(suite: Suite) -> None:
    """The old one stays."""
    options = ("--terms-baseline", "b.json", "--terms-update-baseline")
    suite.run(*DAY, *options)
    before = (suite.path / "b.json").read_bytes()
    suite.write("conftest.py", INTERRUPT)

    with start(suite, *LATER, *options, "checks") as run:
        told, _ = run.communicate(timeout=60)

    assert run.returncode == pytest.ExitCode.INTERRUPTED
    assert (suite.path / "b.json").read_bytes() == before
    assert "the baseline was not rewritten: " in told


# --- two at once ------------------------------------------------------------------------------


def test_two_runs_at_once_in_one_folder_leave_one_whole_record(suite: Suite) -> None:
    """Each writes aside and puts its record in place; the last is there, whole."""
    runs = [start(suite, *LATER, "-p", "no:html") for _ in range(2)]

    codes = []
    for run in runs:
        with run:
            run.communicate(timeout=60)
        codes.append(run.returncode)

    assert codes == [OK, OK]
    assert files(suite) == ["record.json", "report.html"]
    assert suite.run(*LATER, "--terms-baseline", "reports/record.json").ret == OK


def test_a_record_is_whole_whenever_somebody_looks(suite: Suite) -> None:
    """Read over and over while runs write it."""
    suite.run(*LATER)
    path = suite.path / "reports/record.json"

    with start(suite, *LATER) as run:
        looks = 0
        while run.poll() is None:
            json.loads(path.read_text("utf-8"))
            looks += 1
        run.communicate(timeout=60)

    assert looks > 0


# --- two people -------------------------------------------------------------------------------


def test_two_people_add_the_same_vendor(suite: Suite) -> None:
    """Two folders say they are the same one: a problem, before anything is judged."""
    for name in ("meet", "google-meet"):
        suite.write(
            f"fixtures/{name}/vendor.yaml",
            "vendor: meet\nname: Meet\ndocuments: [{id: terms, kind: contract}]\n",
        )
        suite.write(
            f"fixtures/{name}/terms/2020-01-01.yaml",
            "document: terms\neffective: 2020-01-01\nclauses: []\n",
        )

    result = suite.run(*LATER)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["fixtures/google-meet/vendor.yaml:1:*meet*", "  help: *"])
