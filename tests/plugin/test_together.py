"""--terms-items vendor: one test for all verdicts about a vendor in a check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from termsgate.core.docket import Docket
from tests.running.test_check import CASES, DAY, as_it_is, in_words, needless, waived, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.plugin.conftest import Suite

TOGETHER: Final = ("--terms-items=vendor", "--terms-today", DAY)
RED: Final = (*TOGETHER, "--terms-as-of=2023-04-01")


@pytest.mark.parametrize(("arrange", "options"), CASES[1::2], ids=in_words)
def test_the_record_is_the_same(
    suite: Suite, arrange: Callable[[Suite], None], options: tuple[str, ...]
) -> None:
    """To the byte, with the same exit code."""
    arrange(suite)
    said = [f"--terms-{each}" for each in options]
    apart = suite.run("--terms-today", DAY, *said)
    expected = written(suite)

    together = suite.run(*TOGETHER, *said)

    assert (together.ret, written(suite)) == (apart.ret, expected)


def test_a_vendor_is_a_test(suite: Suite, nodes: Callable[[pytest.RunResult], list[str]]) -> None:
    """Examples, quotes and reviews stay tests of their own."""
    result = suite.run(*TOGETHER, "--collect-only", "-q", "checks")

    assert nodes(result) == ["checks/calls.yaml::jitsi", "checks/calls.yaml::zoom"]


def test_its_failure_lists_the_verdicts_that_fail(suite: Suite) -> None:
    """Each whole, under a line that names them."""
    result = suite.run(*RED, "checks")

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "1 of 3 verdicts: ai-training.calls",
            "ai-training.calls: No AI training on calls without consent",
            "more: termsgate explain calls zoom ai-training.calls --as-of 2023-04-01",
            "FAILED checks/calls.yaml::zoom - 1 of 3 verdicts: ai-training.calls",
        ]
    )


def test_what_was_accepted_does_not_look_like_a_pass(suite: Suite) -> None:
    """It is an expected failure, with its name; with --runxfail a failure."""
    waived(suite)

    result = suite.run(*TOGETHER, "-rx", "checks")
    refused = suite.run(*TOGETHER, "--runxfail", "checks")

    result.assert_outcomes(passed=1, xfailed=1)
    result.stdout.fnmatch_lines(
        ["XFAIL checks/calls.yaml::zoom - accepted by a waiver or the baseline: ai-training.calls"]
    )
    refused.assert_outcomes(passed=1, failed=1)


def test_a_strict_run_fails_for_a_waiver_that_is_not_needed(suite: Suite) -> None:
    """As with one test for each."""
    needless(suite)

    suite.run(*TOGETHER, "--terms-strict", "checks").assert_outcomes(passed=1, failed=1)


def test_what_does_not_apply_at_all_is_skipped(suite: Suite) -> None:
    """Where a single requirement applies, it is not."""
    suite.remove("policies/ai-training.yaml")
    suite.write(
        "policies/exit.yaml",
        "policy: exit\ntitle: Exit\nrequirements:\n"
        "  - {id: school, title: School, level: must, applies: {sector: education},\n"
        "     forbid: {action: train-ai, data: customer-content}}\n",
    )

    suite.run(*TOGETHER, "checks").assert_outcomes(skipped=2)


@pytest.mark.parametrize("options", [("-k", "jitsi"), ("--deselect", "checks/calls.yaml::zoom")])
def test_what_is_left_out_is_accounted_for(suite: Suite, options: tuple[str, ...]) -> None:
    """All verdicts of the vendor, by the option that did it."""
    suite.run(*TOGETHER, "checks", *options)

    record = suite.record()
    assert (record["expected"], record["given"], record["partial"]) == (3, 3, True)
    assert [(each["by"], each["verdicts"]) for each in record["left-out"]] == [(options[0], 3)]


def test_a_vendor_can_be_named(suite: Suite) -> None:
    """By its id, as a file is."""
    suite.run(*TOGETHER, "checks/calls.yaml::zoom").assert_outcomes(passed=1)

    assert [each["by"] for each in suite.record()["left-out"]] == ["the arguments"]


def test_after_the_first_failure_the_rest_is_accounted_for(suite: Suite) -> None:
    """With -x the other vendor is left out, and nothing is missing."""
    suite.run(*RED, "-x", "checks/calls.yaml::zoom", "checks/calls.yaml::jitsi")

    record = suite.record()
    assert (record["given"], record["missing"]) == (3, [])
    assert record["left-out"] == [{"by": "-x", "said": "", "verdicts": 3}]


def test_a_crash_takes_its_vendor_along_and_no_other(
    suite: Suite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 3; what it should have given is missing, also with -x."""
    real = Docket.judge

    def broken(self: Docket, matter: Any) -> Any:  # noqa: ANN401 - whatever it takes and gives
        if matter.vendor.id == "zoom" and matter.requirement.id == "exit.marketing":
            raise ZeroDivisionError
        return real(self, matter)

    monkeypatch.setattr(Docket, "judge", broken)

    result = suite.run(*TOGETHER, "checks")
    last = suite.run(*TOGETHER, "-x", "checks")

    assert (result.ret, last.ret) == (3, 3)
    assert {each["vendor"] for each in suite.record()["missing"]} == {"zoom"}


def test_processes_share_vendors(suite: Suite) -> None:
    """With pytest-xdist: the same record."""
    pytest.importorskip("xdist")
    suite.run(*RED)
    expected = written(suite)

    result = suite.run(*RED, "-n", "2")

    assert (result.ret, written(suite)) == (1, expected)
    result.stdout.fnmatch_lines(["FAILED checks/calls.yaml::zoom - 1 of 3 verdicts: *"])


def test_the_page_of_pytest_explains_every_verdict(suite: Suite) -> None:
    """Below the row of the vendor."""
    suite.run(*RED, "--html=page.html", "--self-contained-html")

    page = (suite.path / "page.html").read_text("utf-8")
    assert "checks/calls.yaml::zoom" in page
    assert "machine learning, artificial intelligence" in page


def test_the_ini_file_knows_it(suite: Suite) -> None:
    """As every option that may be a habit."""
    suite.add("pytest.ini", "terms_items = vendor\n")
    as_it_is(suite)

    suite.run("--terms-today", DAY, "checks").assert_outcomes(passed=2)


def test_another_word_is_wrong_usage(suite: Suite) -> None:
    """With what there is."""
    result = suite.run("--terms-items=requirement")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        [
            "ERROR: --terms-items: no test is made of `requirement`",
            "*help: write `verdict` or `vendor`",
        ]
    )
