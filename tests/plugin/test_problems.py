"""A problem in a file ends the run before it begins: it is no verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.plugin.conftest import Suite


def test_all_problems_are_told_at_once_and_no_report_is_written(suite: Suite) -> None:
    """With place, message, code and help, each at the start of a line; exit code 4."""
    suite.add("policies/exit.yaml", "nonsense: 1\n")
    suite.add("fixtures/zoom/vendor.yaml", "name: Zoom again\n")

    result = suite.run()

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        [
            "ERROR: 2 problems in your files",
            "fixtures/zoom/vendor.yaml:6:1: the key `name` stands here a second time [[]*/*]",
            "  help: *",
            "policies/exit.yaml:16:1: *nonsense* [[]*/*]",
            "  help: *",
        ]
    )
    assert "Traceback" not in result.stdout.str() + result.stderr.str()
    assert list(suite.path.glob("reports/*")) == []


def test_no_worker_is_started_for_a_project_with_problems(suite: Suite) -> None:
    """With pytest-xdist they are told once."""
    pytest.importorskip("xdist")
    suite.add("policies/exit.yaml", "nonsense: 1\n")

    result = suite.run("-n", "2")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert result.stderr.str().count("policies/exit.yaml:16:1") == 1


def test_a_smell_does_not_end_a_run(suite: Suite) -> None:
    """It is kept in the record, for `termsgate lint` to tell."""
    suite.add("fixtures/zoom/terms/2023-08-11.yaml", "definitions: {Nobody: {data: audio}}\n")

    suite.run("--terms-as-of", "2023-09-01")

    assert [each["weight"] for each in suite.record()["problems"]] == ["smell"]


@pytest.mark.parametrize("option", ["--terms-as-of", "--terms-today"])
@pytest.mark.parametrize(
    "text", ["2023-13-01", "yesterday", "20230801", "2023-W05-1", "08/01/2023"]
)
def test_a_day_that_is_none_is_wrong_usage(suite: Suite, option: str, text: str) -> None:
    """There is one spelling, the one of the files."""
    result = suite.run(option, text)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        [f"ERROR: {option}: `{text}` is not a day of the calendar", "  help: *"]
    )
