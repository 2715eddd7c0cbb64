"""With other plugins and options of pytest, and in projects that are not ours."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from termsgate.running.exits import RunExit
from tests.plugin.conftest import BREACH, OUTSIDE

if TYPE_CHECKING:
    from tests.plugin.conftest import Suite

AS_OF = ("--terms-as-of", "2023-04-01")


def test_a_project_that_has_not_asked_is_left_alone(pytester: pytest.Pytester) -> None:
    """No terms_root: nothing is read, collected, said or written."""
    pytester.makepyfile("def test_one(): pass")
    for folder in ("policies", "fixtures", "checks"):
        pytester.mkdir(folder).joinpath("x.yaml").write_text("not: [ours", encoding="utf-8")

    result = pytester.runpytest_inprocess(*OUTSIDE)

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*terms as of*")
    assert not (pytester.path / "reports").exists()


def test_other_tests_of_our_project_do_not_wait_for_us(suite: Suite) -> None:
    """A run of another folder reads nothing: a problem in a policy is none of its business."""
    suite.write("tests/test_one.py", "def test_one(): pass")
    suite.add("policies/exit.yaml", "nonsense: 1\n")

    result = suite.run("tests")

    result.assert_outcomes(passed=1)
    assert not (suite.path / "reports").exists()


def test_a_python_test_may_carry_our_marks(suite: Suite) -> None:
    """Levels and severities are known in every run of our project."""
    marked = "import pytest\n@pytest.mark.must\n@pytest.mark.critical\ndef test_one(): pass\n"
    suite.write("tests/test_one.py", marked)

    result = suite.run("tests", "--strict-markers", "-m", "must")

    result.assert_outcomes(passed=1)


def test_workers_give_the_same_record(suite: Suite) -> None:
    """pytest-xdist: verdicts travel with the reports, and the controller writes."""
    pytest.importorskip("xdist")
    suite.run(*AS_OF, "--terms-json", "one.json")

    result = suite.run(*AS_OF, "--terms-json", "two.json", "-n", "2", "-rf")

    assert (suite.path / "one.json").read_bytes() == (suite.path / "two.json").read_bytes()
    result.assert_outcomes(failed=1, passed=6, skipped=3)
    result.stdout.fnmatch_lines([f"FAILED {BREACH} - violated: No*", "*"])


def test_a_worker_that_dies_fails_the_run(suite: Suite) -> None:
    """What it did not give is missed (semantics 7.5)."""
    pytest.importorskip("xdist")
    suite.write("checks/test_dies.py", "import os\ndef test_dies(): os._exit(1)\n")

    result = suite.run(
        "-n", "1", "--max-worker-restart", "0", "--terms-as-of", "2023-09-01", "checks"
    )

    assert result.ret != 0
    assert suite.record()["expected"] == 6


def test_a_verdict_that_somebody_drops_fails_the_run(suite: Suite) -> None:
    """Fewer verdicts than expected: not a pass, though no test failed."""
    suite.write(
        "conftest.py",
        "def pytest_collection_modifyitems(items):\n"
        "    items[:] = [each for each in items if 'zoom' not in each.nodeid]\n",
    )

    result = suite.run("--terms-as-of", "2023-09-01", "checks")

    assert result.ret == RunExit.NOT_WHOLE
    result.stdout.fnmatch_lines(["3 verdicts were given and 6 were expected"])


def test_without_pytest_html_there_is_no_page(suite: Suite) -> None:
    """-p no:html: the record is written all the same."""
    result = suite.run("-p", "no:html", *AS_OF)

    result.assert_outcomes(failed=1, passed=6, skipped=3)
    found = sorted(path.name for path in (suite.path / "reports").iterdir())
    assert found == ["record.json", "report.html"]


def test_a_run_can_stop_at_the_first_failure(suite: Suite) -> None:
    """-x: the record says how much was left out for it."""
    result = suite.run("-x", *AS_OF, "checks")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(failed=1, passed=2, skipped=1)
    record = suite.record()
    assert (record["given"], record["expected"], record["partial"]) == (4, 4, True)
    assert record["left-out"] == [{"by": "-x", "said": "", "verdicts": 2}]


def test_the_last_failures_can_be_run_alone(suite: Suite) -> None:
    """--lf: the record says that it is part of the whole."""
    suite.run(*AS_OF)

    result = suite.run("--lf", *AS_OF)

    result.assert_outcomes(failed=1)
    record = suite.record()
    assert (record["given"], record["expected"], record["partial"]) == (1, 1, True)


def test_collecting_alone_judges_and_writes_nothing(suite: Suite) -> None:
    """--collect-only."""
    suite.run("--collect-only")

    assert not (suite.path / "reports").exists()


@pytest.mark.parametrize(
    "options", [["-p", "no:cacheprovider"], ["-p", "no:terminal"], ["-p", "no:logging"]]
)
def test_parts_of_pytest_can_be_left_out(suite: Suite, options: list[str]) -> None:
    """We need none of them."""
    result = suite.run(*options, *AS_OF)

    assert (result.ret, suite.record()["given"]) == (pytest.ExitCode.TESTS_FAILED, 6)


@pytest.mark.parametrize("options", [["--setup-show"], ["-p", "watcher"], ["-p", "wrapper"]])
def test_whoever_watches_a_test_sees_it(suite: Suite, options: list[str]) -> None:
    """By pytest's own steps, by ours with a listener, and by ours inside a wrapper."""
    suite.pytester.syspathinsert()
    suite.write(
        "watcher.py",
        "seen = []\n"
        "def pytest_runtest_logreport(report): seen.append((report.nodeid, report.when))\n"
        "def pytest_unconfigure():\n"
        "    assert len(seen) == 30, len(seen)\n"
        "    assert len(set(seen)) == 30\n",
    )
    suite.write(
        "wrapper.py",
        "import pytest\n"
        "seen = []\n"
        "@pytest.hookimpl(wrapper=True)\n"
        "def pytest_runtest_protocol(item):\n"
        "    seen.append(item.nodeid)\n"
        "    return (yield)\n"
        "def pytest_unconfigure():\n"
        "    assert len(seen) == 10, len(seen)\n",
    )

    result = suite.run(*options, *AS_OF)

    result.assert_outcomes(failed=1, passed=6, skipped=3)
    assert suite.record()["given"] == 6


def test_junit_tells_every_verdict_once(suite: Suite) -> None:
    """With the verdict in the message of the failure, and no traceback."""
    suite.run(*AS_OF, "--junit-xml", "junit.xml", "checks")

    cases = ET.parse(suite.path / "junit.xml").getroot().findall(".//testcase")  # noqa: S314 - ours
    failures = [failure for case in cases for failure in case.findall("failure")]
    assert len(cases) == 6
    assert [failure.get("message") for failure in failures] == [
        "violated: No AI training on calls without consent"
    ]
    assert "Traceback" not in (failures[0].text or "")
    assert not any(case.findall("properties") for case in cases)


@pytest.mark.parametrize(
    ("options", "shown", "hidden"),
    [
        (["-q"], "6 verdicts: *", "calls  ai-training*"),
        (["-qq"], "*", "6 verdicts: *"),
        ([], "calls    ai-training  exit", "nothing"),
    ],
)
def test_a_quiet_run_says_less(suite: Suite, options: list[str], shown: str, hidden: str) -> None:
    """-q leaves the matrix out, -qq the whole summary."""
    result = suite.run(*options, *AS_OF)

    result.stdout.fnmatch_lines([shown])
    result.stdout.no_fnmatch_line(hidden)


def test_a_fault_of_ours_is_told_as_one(suite: Suite, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in the engine is told with a traceback and a code of its own; it is no verdict."""
    monkeypatch.setattr("termsgate.core.docket.evaluate", lambda *_: 1 / 0)

    result = suite.run(*AS_OF, BREACH)

    assert result.ret == pytest.ExitCode.INTERNAL_ERROR
    result.stdout.fnmatch_lines(
        [
            "*ZeroDivisionError*",
            "no verdict was given, and 1 expected",
            "1 test ended in an error: a bug of termsgate and not of your files",
        ]
    )


def test_evidence_is_looked_for_where_it_is_required(suite: Suite) -> None:
    """A promise whose quote is lost does not count (semantics 3.7)."""
    policy = (suite.path / "policies/ai-training.yaml").read_text("utf-8")
    suite.write(
        "policies/ai-training.yaml", policy.replace("    why:", "    evidence: required\n    why:")
    )
    suite.run("--terms-as-of", "2023-09-01")
    found = suite.verdicts()[("zoom", "ai-training.calls")]["verdict"]
    suite.write("fixtures/zoom/terms/2023-08-11.md", "Something else.\n")

    suite.run("--terms-as-of", "2023-09-01")

    lost = suite.verdicts()[("zoom", "ai-training.calls")]["verdict"]
    assert (found, lost) == ("met", "silent")
