"""--terms-baseline, --terms-update-baseline and --terms-audit, in real runs (semantics 7.4)."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from termsgate.running.exits import RunExit
from tests.plugin.conftest import BREACH, Suite

DAY = ("--terms-today", "2023-04-01")
BASE = ("--terms-baseline", "baseline.json")
UPDATE = (*BASE, "--terms-update-baseline")
CALLS = "policies/ai-training.yaml"
TERMS = "document: terms\neffective: 2020-01-01\nclauses:\n"
SAFE = "  - {id: ban, section: '1', bars: {action: any, data: customer-content}}\n"
SILENT = "  - {id: ban, section: '1', bars: {action: sell, data: customer-content}}\n"


def add_vendor(suite: Suite, name: str, clauses: str = SAFE) -> None:
    """One more vendor in the check."""
    suite.write(
        f"fixtures/{name}/vendor.yaml",
        f"vendor: {name}\nname: {name}\ndocuments: [{{id: terms, kind: contract}}]\n",
    )
    suite.write(f"fixtures/{name}/terms/2020-01-01.yaml", TERMS + clauses)
    change(suite, "checks/calls.yaml", "zoom,", f"{name}, zoom,")


def change(suite: Suite, name: str, old: str, new: str) -> None:
    """Edit a file, and notice if there was nothing to edit."""
    text = (suite.path / name).read_text("utf-8")
    assert old in text
    suite.write(name, text.replace(old, new))


def baseline(suite: Suite, name: str = "baseline.json") -> dict[str, Any]:
    """The record that is the baseline."""
    found: dict[str, Any] = json.loads((suite.path / name).read_text("utf-8"))
    return found


@pytest.fixture
def based(suite: Suite) -> Suite:
    """The project with a baseline of a run in which one verdict failed."""
    result = suite.run(*DAY, *UPDATE)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    return suite


# --- what is let through ----------------------------------------------------------------------


def test_what_was_there_before_is_let_through(based: Suite) -> None:
    """The verdict is the same; the test is an expected failure, counted and listed."""
    result = based.run(*DAY, *BASE, "-rx")

    entry = based.verdicts()["zoom", "ai-training.calls"]
    assert (entry["verdict"], entry["outcome"], entry["before"]) == (
        "violated",
        "baseline",
        "violated",
    )
    assert result.ret == pytest.ExitCode.OK
    result.assert_outcomes(passed=6, skipped=3, xfailed=1)
    result.stdout.fnmatch_lines(
        [
            "baseline: baseline.json of 2023-04-01",
            "  let through: 1",
            "    calls zoom",
            "      violated: ai-training.calls",
            f"XFAIL {BREACH} - violated, as the baseline of 2023-04-01 knows",
        ]
    )


def test_workers_compare_with_the_same_baseline(based: Suite) -> None:
    """pytest-xdist: the same bytes."""
    pytest.importorskip("xdist")
    based.run(*DAY, *BASE, "--terms-json", "one.json")

    result = based.run(*DAY, *BASE, "--terms-json", "two.json", "-n", "2")

    assert result.ret == pytest.ExitCode.OK
    assert (based.path / "one.json").read_bytes() == (based.path / "two.json").read_bytes()


def test_a_policy_is_tightened_and_three_vendors_turn(suite: Suite) -> None:
    """All three fail, although one that failed before goes on being let through."""
    for name in ("meet", "teams", "webex"):
        add_vendor(suite, name, SILENT)
    change(suite, CALLS, "    why:", "    when-silent: warn\n    why:")
    suite.run(*DAY, *UPDATE)
    assert suite.run(*DAY, *BASE).ret == pytest.ExitCode.OK
    change(suite, CALLS, "when-silent: warn", "when-silent: fail")

    result = suite.run(*DAY, *BASE)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    failed = {v for (v, _), each in suite.verdicts().items() if each["outcome"] == "fail"}
    assert failed == {"meet", "teams", "webex"}
    assert suite.record()["baseline"]["through"] == 1
    result.stdout.fnmatch_lines(["    in the baseline it was silent", "  new or worse: 3"])


def test_a_new_version_of_the_terms_that_is_worse_fails(based: Suite) -> None:
    """Silence was known; a breach is news."""
    add_vendor(based, "meet", SILENT)
    based.run(*DAY, *UPDATE)
    based.write(
        "fixtures/meet/terms/2023-02-02.yaml",
        "document: terms\neffective: 2023-02-02\nclauses:\n"
        "  - {id: licence, section: '1', allows: {action: train-ai, data: customer-content}}\n",
    )

    result = based.run(*DAY, *BASE)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["    in the baseline it was silent"])
    assert based.verdicts()["meet", "ai-training.calls"]["outcome"] == "fail"


# --- writing it -------------------------------------------------------------------------------


def test_a_run_that_writes_the_baseline_is_no_pass(based: Suite) -> None:
    """What fails goes on failing once more: to accept it is to keep the file."""
    assert baseline(based)["verdicts"] == based.record()["verdicts"]
    assert baseline(based)["baseline"] is None


def test_a_fixed_finding_leaves_the_baseline_when_it_is_rewritten(based: Suite) -> None:
    """And is told until then."""
    later = ("--terms-today", "2023-09-01")
    result = based.run(*later, *BASE)
    result.stdout.fnmatch_lines(["  fixed since: 1", "    calls zoom ai-training.calls"])

    based.run(*later, *UPDATE)

    assert not [each for each in baseline(based)["verdicts"] if each["outcome"] == "fail"]
    assert based.run(*DAY, *BASE).ret == pytest.ExitCode.TESTS_FAILED


def test_a_run_does_not_write_over_its_baseline(based: Suite) -> None:
    """Or it would know tomorrow what it found today; the record lies beside it."""
    there = ("--terms-baseline", "reports/record.json")
    based.run(*DAY, *there, "--terms-update-baseline")
    before = (based.path / "reports/record.json").read_bytes()
    change(based, "fixtures/jitsi/terms/2020-01-01.yaml", "bars:", "allows:")

    results = [based.run(*DAY, *there) for _ in range(2)]

    assert [each.ret for each in results] == [pytest.ExitCode.TESTS_FAILED] * 2
    assert (based.path / "reports/record.json").read_bytes() == before
    assert baseline(based, "reports/record.now.json")["baseline"]["path"] == "reports/record.json"
    results[0].stdout.fnmatch_lines(["record: reports/record.now.json"])


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["-k", "zoom"], "this run was asked for 3 of 6 verdicts"),
        (["--terms-vendor", "zoom"], "this run was asked for 3 of 6 verdicts"),
        (["-x"], "this run was asked for 1 of 6 verdicts"),
    ],
)
def test_a_partial_run_never_becomes_the_baseline(
    based: Suite, options: list[str], reason: str
) -> None:
    """What it did not look at would be lost."""
    before = (based.path / "baseline.json").read_bytes()
    change(based, "fixtures/jitsi/terms/2020-01-01.yaml", "bars:", "allows:")

    result = based.run(*DAY, *UPDATE, *options, "checks")

    assert result.ret == RunExit.UNWRITTEN
    assert (based.path / "baseline.json").read_bytes() == before
    assert based.record()["baseline"]["updated"] is False
    result.stdout.fnmatch_lines([f"the baseline was not rewritten: {reason}"])


def test_a_baseline_that_somebody_else_writes_meanwhile_is_not_overwritten(based: Suite) -> None:
    """Two updates at once: the second says so."""
    based.write(
        "conftest.py",
        "from pathlib import Path\n"
        "def pytest_collection_finish(): Path('baseline.json').write_text('theirs')\n",
    )

    result = based.run(*DAY, *UPDATE)

    assert result.ret == RunExit.UNWRITTEN
    assert (based.path / "baseline.json").read_text("utf-8") == "theirs"
    result.stdout.fnmatch_lines(
        ["the baseline was not rewritten: somebody else wrote it during this run"]
    )


@pytest.mark.parametrize("target", ["baseline.json", "record.json"])
def test_a_full_disk_leaves_the_old_file(
    based: Suite, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    """The disk is full while it is written: red, with the reason, and no half of it."""
    before = (based.path / "baseline.json").read_bytes()
    real = os.fsync

    def full(handle: int) -> None:
        if Path(f"/proc/self/fd/{handle}").readlink().name.startswith(f".{target}."):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)

    result = based.run(*("--terms-today", "2023-09-01"), *UPDATE)

    assert result.ret == RunExit.UNWRITTEN
    result.stdout.fnmatch_lines([f"*{target}` cannot be written: No space left on device"])
    if target == "baseline.json":
        assert (based.path / target).read_bytes() == before
    assert not [*based.path.glob(".*.json.*"), *(based.path / "reports").glob(".*.json.*")]


# --- what disappeared -------------------------------------------------------------------------


def test_a_vendor_that_disappears_is_an_event(based: Suite) -> None:
    """It fails the run until the baseline is rewritten, which lists it in the record."""
    change(based, "checks/calls.yaml", "[zoom, jitsi]", "[zoom]")
    shutil.rmtree(based.path / "fixtures/jitsi")
    gone = [{"kind": "vendor", "name": "jitsi", "verdicts": 3}]

    result = based.run(*DAY, *BASE)
    updated = based.run(*DAY, *UPDATE)

    assert (result.ret, updated.ret) == (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.OK)
    result.stdout.fnmatch_lines(
        [
            "  gone: 1",
            "    the vendor `jitsi` (3 verdicts)",
            "3 verdicts of the baseline are not asked for any more: *--terms-update-baseline",
        ]
    )
    assert baseline(based)["baseline"]["gone"] == gone
    assert based.run(*DAY, *BASE).ret == pytest.ExitCode.OK


def test_a_requirement_that_disappears_is_an_event_even_in_a_partial_run(based: Suite) -> None:
    """It is not asked for any more, whatever this run selects."""
    change(based, "policies/exit.yaml", "  - id: marketing", "  - id: advertising")

    result = based.run(*DAY, *BASE, "--terms-vendor", "jitsi")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["    the requirement `exit.marketing` (2 verdicts)"])


# --- what is no baseline ----------------------------------------------------------------------


def edited(text: str) -> str:
    """The record, with a breach taken out by hand."""
    return text.replace('"verdict": "violated"', '"verdict": "met"')


@pytest.mark.parametrize("update", [[], ["--terms-update-baseline"]])
def test_a_record_edited_by_hand_is_refused(based: Suite, update: list[str]) -> None:
    """One problem, exit code 4, and nothing is judged or written; an update is no way around."""
    text = edited((based.path / "baseline.json").read_text("utf-8"))
    based.write("baseline.json", text)
    (based.path / "reports/record.json").unlink()

    result = based.run(*DAY, *BASE, *update)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        [
            "ERROR: 1 problem in your files",
            "baseline.json:1:1: the record was edited after a run wrote it [[]record/edited]",
            "  help: *--terms-json`",
        ]
    )
    assert not (based.path / "reports/record.json").exists()
    assert (based.path / "baseline.json").read_text("utf-8") == text


def test_a_baseline_that_is_not_there_is_refused(suite: Suite) -> None:
    """Together with whatever else is wrong."""
    suite.add("policies/exit.yaml", "nonsense: 1\n")

    result = suite.run(*DAY, *BASE)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ["ERROR: 2 problems in your files", "*nonsense*", "baseline.json:1:1: there is no such *"]
    )


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["-k", "zoom"], "partial"),
        (["--terms-vendor", "zoom"], "partial"),
        (["--terms-audit"], "audit"),
    ],
)
def test_the_record_of_such_a_run_is_no_baseline(
    suite: Suite, options: list[str], code: str
) -> None:
    """It says of itself that it is not the whole."""
    suite.run(*DAY, *options)

    result = suite.run(*DAY, "--terms-baseline", "reports/record.json")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"reports/record.json:1:1: *[[]baseline/{code}]"])


@pytest.mark.parametrize("options", [[], [*BASE, "--terms-audit"]])
def test_an_update_without_a_baseline_is_wrong_usage(suite: Suite, options: list[str]) -> None:
    """There must be a place for it, and a run that is weighed as the gate does."""
    result = suite.run(*options, "--terms-update-baseline")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --terms-update-baseline: *", "  help: *"])


# --- --terms-audit ----------------------------------------------------------------------------

WAIVER = """\
waivers:
  - vendor: zoom
    requirement: ai-training.calls
    reason: Accepted for the pilot.
    approved-by: cfo@example.org
    approved-on: 2023-01-01
    expires: 2023-06-30
"""


def test_an_audit_shows_everything(based: Suite) -> None:
    """Waivers and the baseline are left aside; the waiver is still named."""
    based.add("checks/calls.yaml", WAIVER)
    assert based.run(*DAY, *BASE).ret == pytest.ExitCode.OK

    result = based.run(*DAY, *BASE, "--terms-audit")

    record = based.record()
    assert (result.ret, record["audit"], record["baseline"]) == (1, True, None)
    result.assert_outcomes(failed=1, passed=6, skipped=3)
    result.stdout.fnmatch_lines(
        ["    waived by cfo@example.org on *", "audit: waivers and the baseline are left aside"]
    )


def test_a_baseline_does_not_prolong_a_waiver(based: Suite) -> None:
    """A waiver that expires fails, though the breach was there before."""
    based.add("checks/calls.yaml", WAIVER)
    late = ("--terms-today", "2023-07-01", "--terms-as-of", "2023-04-01")

    result = based.run(*late, *BASE)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        ["  no longer accepted: the waiver expired with the end of 2023-06-30 (UTC)"]
    )


# --- ini keys ---------------------------------------------------------------------------------


def test_the_baseline_may_stand_in_the_ini_file(based: Suite) -> None:
    """Beside which its path starts."""
    based.write("pytest.ini", "[pytest]\nterms_root = .\nterms_baseline = baseline.json\n")

    assert based.run(*DAY).ret == pytest.ExitCode.OK
