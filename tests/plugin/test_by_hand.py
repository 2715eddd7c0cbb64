"""Checks that people write in Python: the fixtures `terms` and `verdict_of`."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from tests.plugin.conftest import Suite

MET: Final = """\
def test_training(verdict_of):
    assert verdict_of("zoom", "ai-training.calls").is_met
"""
ALL: Final = """\
def test_all(terms):
    assert [each for each in terms if each.is_violated] == []
"""


def by_hand(suite: Suite, text: str, *options: str) -> pytest.RunResult:
    """Run one check in Python, and nothing else."""
    suite.write("checks/test_own.py", text)
    return suite.run("checks/test_own.py", *options)


def test_a_check_in_python_is_an_ordinary_test(suite: Suite) -> None:
    """It passes, and a run of nothing else ends with 0 and gives no verdict of its own."""
    result = by_hand(suite, MET)

    assert (result.ret, result.parseoutcomes()) == (0, {"passed": 1})
    assert suite.record()["given"] == 0


def test_it_runs_beside_the_verdicts_and_takes_none_away(suite: Suite) -> None:
    """A run of everything gives every verdict, and the test besides."""
    suite.write("checks/test_own.py", MET)

    suite.run()

    record = suite.record()
    assert (record["given"], record["partial"], record["left-out"]) == (
        record["expected"],
        False,
        [],
    )


def test_a_failure_tells_the_verdict(suite: Suite) -> None:
    """The words of the clause, what to ask for, and the command that says more."""
    result = by_hand(suite, MET, "--terms-as-of", "2023-04-01")

    assert result.ret == 1
    result.stdout.fnmatch_lines(
        [
            "*where False = <calls zoom ai-training.calls: violated>.is_met",
            "*- <calls zoom ai-training.calls: violated> -*",
            "ai-training.calls: No AI training on calls without consent",
            "*“machine learning, artificial intelligence”*",
            "more: termsgate explain calls zoom ai-training.calls --as-of 2023-04-01",
        ]
    )


def test_a_failure_over_many_says_how_many_more_there_are(suite: Suite) -> None:
    """Three are told whole."""
    text = "def test_none(terms):\n    assert not list(terms.verdicts(vendor='zoom')) * 2\n"
    suite.add("policies/exit.yaml", TWO_MORE)

    result = by_hand(suite, text)

    assert result.ret == 1
    result.stdout.fnmatch_lines(["and 1 more that are not met"])


TWO_MORE: Final = """\
  - {id: sale, title: No sale, level: may, severity: low, forbid: {action: sell, data: chat}}
  - {id: ads, title: No ads, level: may, severity: low, forbid: {action: targeted-ads, data: chat}}
"""


def test_terms_are_those_of_the_day_asked_about(suite: Suite) -> None:
    """`--terms-as-of` reaches them."""
    assert by_hand(suite, ALL).ret == 0
    assert by_hand(suite, ALL, "--terms-as-of", "2023-04-01").ret == 1


WAIVED: Final = """\
def test_waived(terms, verdict_of):
    found = verdict_of("zoom", "ai-training.calls")
    assert (found.word, found.outcome, found.is_waived) == ("violated", "fail", True)
"""


def test_waivers_are_left_aside_and_told(suite: Suite) -> None:
    """What a waiver covers is still a failure here; the test decides what it makes of it."""
    suite.add("checks/calls.yaml", "as-of: 2023-04-01\nwaivers:\n" + WAIVER)

    assert by_hand(suite, WAIVED, "--terms-today", "2023-05-01").ret == 0


WAIVER: Final = """\
  - vendor: zoom
    requirement: ai-training.calls
    reason: Accepted for the pilot.
    approved-by: cfo@example.org
    approved-on: 2023-01-01
    expires: 2023-06-30
"""


def test_the_worst_of_several_checks_counts(suite: Suite) -> None:
    """Unless the check is named."""
    suite.write("checks/then.yaml", THEN)
    text = (
        "def test_worst(verdict_of):\n"
        "    of = 'zoom', 'ai-training.calls'\n"
        "    found = [verdict_of(*of), verdict_of(*of, 'calls'), verdict_of(*of, check='then')]\n"
        "    assert [each.word for each in found] == ['violated', 'met', 'violated']\n"
    )

    assert by_hand(suite, text).ret == 0


THEN: Final = """\
check: then
title: As it was
owner: procurement@example.org
vendors: [zoom]
policies: ["*"]
as-of: 2023-04-01
"""


def test_a_vendor_that_was_left_out_skips_the_test(suite: Suite) -> None:
    """It was not asked for, and the reason says so; of no verdict at all a run is not green."""
    result = by_hand(suite, MET, "--terms-vendor", "jitsi", "-rs")

    assert (result.ret, result.parseoutcomes()) == (5, {"skipped": 1})
    result.stdout.fnmatch_lines(["*`zoom` was not asked for (--terms-vendor)*"])


def test_a_name_that_is_not_there_is_told_with_the_nearest(suite: Suite) -> None:
    """A mistyped requirement never passes."""
    result = by_hand(suite, MET.replace("ai-training.calls", "ai-training.call"))

    assert result.ret == 1
    result.stdout.fnmatch_lines(
        ["*no requirement called `ai-training.call` is judged: the nearest is `ai-training.calls`"]
    )


@pytest.mark.parametrize("today", ["2023-04-01", "2023-09-01"])
def test_it_works_in_several_processes(suite: Suite, today: str) -> None:
    """Each process judges for itself, on the day of the run."""
    text = MET + f"\n\ndef test_today(terms):\n    assert str(terms.today) == '{today}'\n"

    result = by_hand(suite, text, "-n", "1", "--terms-today", today, "--terms-as-of", "2023-09-01")

    assert (result.ret, result.parseoutcomes()["passed"]) == (0, 2)


def test_it_works_outside_of_the_three_folders(suite: Suite) -> None:
    """The project is opened for it; no record is written."""
    suite.write("tests/test_own.py", MET)

    result = suite.run("tests")

    assert (result.ret, (suite.path / "reports/record.json").exists()) == (0, False)


def test_outside_a_problem_in_a_file_fails_the_test_and_says_where(suite: Suite) -> None:
    """As every run does."""
    suite.write("tests/test_own.py", MET)
    suite.write("checks/calls.yaml", "check: [\n")

    result = suite.run("tests")

    assert result.ret == 1
    result.stdout.fnmatch_lines(["checks/calls.yaml:2:1: *"])


def test_in_another_project_the_names_are_free(pytester: pytest.Pytester) -> None:
    """Without `terms_root` there are no such fixtures."""
    pytester.makepyfile(MET)

    result = pytester.runpytest_inprocess("-p", "no:hypothesispytest")

    result.stdout.fnmatch_lines(["*fixture 'verdict_of' not found"])


def test_the_fixtures_wait_with_their_imports() -> None:
    """A run of other tests in the project does not pay for what judges."""
    script = (
        "import sys, termsgate.plugin.byhand as _;"
        "heavy = {'termsgate.api', 'termsgate.core.docket', 'termsgate.reading.store', 'yaml'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )

    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)  # noqa: S603 - ours
