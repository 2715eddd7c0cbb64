"""The three kinds of tests, their ids, marks and outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest

from tests.plugin.conftest import BREACH

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.plugin.conftest import Suite

Nodes: TypeAlias = "Callable[[pytest.RunResult], list[str]]"

ALL = [
    "checks/calls.yaml::zoom::ai-training.calls",
    "checks/calls.yaml::zoom::exit.marketing",
    "checks/calls.yaml::zoom::exit.school",
    "checks/calls.yaml::jitsi::ai-training.calls",
    "checks/calls.yaml::jitsi::exit.marketing",
    "checks/calls.yaml::jitsi::exit.school",
    "fixtures/zoom/terms/2023-03-31.yaml::licence::quote",
    "fixtures/zoom/terms/2023-08-11.yaml::ban::quote",
    "policies/ai-training.yaml::calls::a plain ban",
    "policies/ai-training.yaml::calls::a broad licence",
]


def test_every_test_has_its_id(suite: Suite, nodes: Nodes) -> None:
    """File, vendor and requirement; file, clause and quote; file, requirement and example."""
    found = nodes(suite.run("--collect-only", "-q"))

    assert sorted(found) == sorted(ALL)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["checks"], 6),
        (["checks/calls.yaml::zoom"], 3),
        ([BREACH], 1),
        (["fixtures/zoom"], 2),
        (["fixtures/zoom/terms/2023-08-11.yaml"], 1),
        (["fixtures/zoom/terms/2023-08-11.yaml::ban::quote"], 1),
        (["policies/ai-training.yaml::calls::a plain ban"], 1),
        (["-m", "must and critical"], 4),
        (["-m", "zoom and should"], 1),
        (["-m", "calls"], 6),
        (["-m", "ai-training"], 4),
        (["-k", "zoom"], 5),
        (["-k", "jitsi and marketing"], 1),
        (["--deselect", BREACH], 9),
        (["--ignore", "fixtures/zoom"], 8),
    ],
)
def test_people_select_by_path_mark_and_word(
    suite: Suite, nodes: Nodes, arguments: list[str], expected: int
) -> None:
    """As with any other test."""
    found = nodes(suite.run("--collect-only", "-q", "--strict-markers", *arguments))

    assert len(found) == expected


def test_a_verdict_is_no_mark(suite: Suite, nodes: Nodes) -> None:
    """What is not known before the run cannot be selected by."""
    found = nodes(suite.run("--collect-only", "-q", "-m", "met or violated or silent"))

    assert found == []


def test_each_verdict_has_its_outcome(suite: Suite) -> None:
    """Met passes, a breach fails, silence of a `should` passes, not-applicable is skipped."""
    result = suite.run("-v", "--terms-as-of", "2023-04-01", "checks")

    result.stdout.fnmatch_lines_random(
        [
            "checks/calls.yaml::zoom::ai-training.calls FAILED*",
            "checks/calls.yaml::zoom::exit.marketing PASSED*",
            "checks/calls.yaml::zoom::exit.school SKIPPED*not applicable*",
            "checks/calls.yaml::jitsi::ai-training.calls PASSED*",
        ]
    )
    result.assert_outcomes(failed=1, passed=3, skipped=2)


def test_what_does_not_apply_says_where_it_would(suite: Suite) -> None:
    """The conditions of the requirement are the reason."""
    policy = (suite.path / "policies/exit.yaml").read_text("utf-8")
    suite.write(
        "policies/exit.yaml",
        policy.replace("sector: education", "sector: [education, health], region: {not: us}"),
    )

    result = suite.run("checks", "-rs")

    result.stdout.fnmatch_lines(
        ["SKIPPED*(it applies where region is not us and sector is education or health)"]
    )


def test_a_failure_is_told_without_a_traceback(suite: Suite) -> None:
    """The words of the verdict, and no line of ours."""
    result = suite.run("--terms-as-of", "2023-04-01", "checks")

    result.stdout.fnmatch_lines(
        [
            "ai-training.calls: No AI training on calls without consent",
            "zoom, calls, as of 2023-04-01",
            "  violated: *",
            "  fixtures/zoom/terms/2023-03-31.yaml:4: terms 10.4 (licence)*",
            "    “machine learning, artificial intelligence”",
            "ask the vendor:",
            "  Add that calls are not used to train models.",
            "more: termsgate explain calls zoom ai-training.calls --as-of 2023-04-01",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*.py:*")


def test_the_short_summary_says_what_fell_short(suite: Suite) -> None:
    """In the words of the requirement."""
    result = suite.run("--terms-as-of", "2023-04-01", "checks", "--verbosity=0", "-rf")

    result.stdout.fnmatch_lines([f"FAILED {BREACH} - violated: No*"])


def test_an_example_that_gets_another_verdict_fails(suite: Suite) -> None:
    """The requirement does not mean what its author thinks."""
    policy = suite.path / "policies/ai-training.yaml"
    suite.write(
        "policies/ai-training.yaml",
        policy.read_text("utf-8").replace("verdict: met", "verdict: silent"),
    )

    result = suite.run("policies")

    result.stdout.fnmatch_lines(
        [
            "ai-training.calls, example `a plain ban`",
            "`met` was found and `silent` was expected",
        ]
    )
    result.assert_outcomes(failed=1, passed=1)


def test_a_quote_without_a_captured_text_is_skipped_and_counted(suite: Suite) -> None:
    """Nothing is known of it, and the run says so."""
    result = suite.run("-v", "fixtures")

    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(["quotes: 1 found, 1 unchecked"])


def test_a_quote_that_the_text_does_not_hold_fails(suite: Suite) -> None:
    """The place and the words are shown."""
    suite.write("fixtures/zoom/terms/2023-08-11.md", "Something else altogether.\n")

    result = suite.run("fixtures")

    result.stdout.fnmatch_lines(
        [
            "fixtures/zoom/terms/2023-08-11.yaml:4:5: the quote of `ban` is lost*",
            "  “does not use any of your audio, video, chat”",
        ]
    )
    result.assert_outcomes(failed=1, skipped=1)


def test_python_checks_are_collected_as_usual(suite: Suite) -> None:
    """What YAML cannot say."""
    suite.write(
        "checks/test_own.py", "def test_one(): assert 1 == 2\ndef test_two(tmp_path): pass\n"
    )

    result = suite.run("checks", "--terms-as-of", "2023-09-01")

    result.stdout.fnmatch_lines(["E*assert 1 == 2"])
    result.assert_outcomes(failed=1, passed=5, skipped=2)


def test_fixtures_of_python_checks_are_torn_down_before_ours_run_on(suite: Suite) -> None:
    """A module's fixture ends with its module, though our tests come next."""
    text = """
import pytest

@pytest.fixture(scope="{scope}")
def thing():
    yield 1
    print("the {scope} ends")

def test_{scope}(thing): pass
"""
    suite.write("checks/a_test.py", text.format(scope="module"))
    suite.write("checks/b_test.py", text.format(scope="session"))
    suite.write("tests/c_test.py", text.format(scope="module"))

    result = suite.run("-s", "--terms-as-of", "2023-09-01")

    result.assert_outcomes(passed=10, skipped=3)
    result.stdout.fnmatch_lines(["*the module ends*", "*the module ends*", "*the session ends*"])


def test_markup_in_a_name_does_not_reach_an_id(suite: Suite, nodes: Nodes) -> None:
    """Ids are shown by tools that run markup, and two colons divide them."""
    policy = suite.path / "policies/ai-training.yaml"
    hostile = policy.read_text("utf-8").replace("a plain ban", "'<b onclick=x()>a|b</b>'")
    suite.write("policies/ai-training.yaml", hostile)

    found = nodes(suite.run("--collect-only", "-q", "policies"))

    assert found[0] == "policies/ai-training.yaml::calls::_b onclick=x()_a_b__b_"


def test_a_vendor_called_like_a_mark_of_pytest_is_judged_all_the_same(suite: Suite) -> None:
    """`skip` is a name, not an order."""
    vendor = (suite.path / "fixtures/zoom/vendor.yaml").read_text("utf-8")
    suite.write("fixtures/skip/vendor.yaml", vendor.replace("vendor: zoom", "vendor: skip"))
    terms = (suite.path / "fixtures/zoom/terms/2023-03-31.yaml").read_text("utf-8")
    suite.write("fixtures/skip/terms/2023-03-31.yaml", terms)
    check = (suite.path / "checks/calls.yaml").read_text("utf-8")
    suite.write("checks/calls.yaml", check.replace("[zoom, jitsi]", "[zoom, jitsi, skip]"))

    result = suite.run("checks/calls.yaml::skip::ai-training.calls", "--setup-show")

    result.assert_outcomes(failed=1)


def test_without_a_check_every_vendor_is_judged_under_every_policy(suite: Suite) -> None:
    """The tests stand below the vendor's own file."""
    suite.remove("checks/calls.yaml")
    (suite.path / "checks").rmdir()

    result = suite.run("-v", "--terms-as-of", "2023-04-01", "fixtures")

    result.stdout.fnmatch_lines(
        ["fixtures/zoom/vendor.yaml::zoom::ai-training.calls FAILED*"], consecutive=False
    )
    assert suite.record()["given"] == 6


def test_a_project_behind_a_link_is_the_same_project(suite: Suite, nodes: Nodes) -> None:
    """Files are known by what they are, not by the way they were reached."""
    link = suite.path.with_name("link")
    link.symlink_to(suite.path)

    found = nodes(suite.run("--collect-only", "-q", "--rootdir", str(link), str(link)))

    assert len(found) == len(ALL)
