"""The reports that a run writes beside the record, and pytest's own for Jenkins and GitLab."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from termsgate.reporting.markdown import summary
from termsgate.reporting.sarif import sarif
from termsgate.running.exits import RunExit
from termsgate.running.writing import in_repository
from tests.official import JENKINS, SARIF, wrong_in
from tests.reporting.conftest import HOSTILE

if TYPE_CHECKING:
    from termsgate.core.record import Record
    from tests.plugin.conftest import Suite


def recorded(suite: Suite) -> Record:
    """The record as reports read it."""
    found: Record = json.loads((suite.path / "reports/record.json").read_text("utf-8"))
    del found["seal"]
    return found


# --- --terms-sarif and --terms-markdown ---------------------------------------------------------


def test_a_run_writes_what_export_would(suite: Suite) -> None:
    """From the record, and says where."""
    result = suite.run("--terms-sarif=out/terms.sarif", "--terms-markdown=out/terms.md")

    found = recorded(suite)
    prefix = in_repository(suite.path)
    assert (suite.path / "out/terms.sarif").read_text("utf-8") == sarif(found, prefix=prefix)
    assert (suite.path / "out/terms.md").read_text("utf-8") == summary(found)
    result.stdout.fnmatch_lines(["*sarif: out/terms.sarif", "*markdown: out/terms.md"])


def test_the_ini_file_can_ask_for_them(suite: Suite) -> None:
    """The paths start beside it."""
    suite.add("pytest.ini", "terms_sarif = a.sarif\nterms_markdown = b.md\n")

    suite.run()

    assert (suite.path / "a.sarif").is_file()
    assert (suite.path / "b.md").is_file()


def test_nobody_asked_and_nothing_is_written(suite: Suite) -> None:
    """But the record and the page."""
    suite.run()

    assert {each.suffix for each in (suite.path / "reports").iterdir()} == {".json", ".html"}


def test_the_file_fits_the_official_schema(suite: Suite, shared: Path) -> None:
    """Of a real run."""
    wrong = wrong_in(shared, SARIF)

    suite.run("--terms-sarif=terms.sarif")

    assert wrong((suite.path / "terms.sarif").read_text("utf-8")) == []


def test_a_report_that_cannot_be_written_ends_the_run_with_its_code(suite: Suite) -> None:
    """The record is there all the same."""
    (suite.path / "taken").mkdir()

    result = suite.run("--terms-sarif=taken")

    assert result.ret == RunExit.UNWRITTEN
    result.stdout.fnmatch_lines(["*`*taken` cannot be written: *"])
    assert (suite.path / "reports/record.json").is_file()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            ("--terms-sarif=x", "--terms-markdown=x"),
            "--terms-markdown: `x` is the file of --terms-sarif too",
        ),
        (
            ("--terms-sarif=reports/record.json",),
            "--terms-sarif: `record.json` is the file of --terms-json too",
        ),
        (
            ("--terms-baseline=b.json", "--terms-markdown=b.json"),
            "--terms-markdown: `b.json` is the file of --terms-baseline too",
        ),
    ],
)
def test_no_two_reports_share_a_file(suite: Suite, options: tuple[str, ...], told: str) -> None:
    """Wrong usage, before anything is judged."""
    result = suite.run(*options)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"*{told}*"])
    assert not (suite.path / "reports").exists()


def test_paths_start_at_the_repository(tmp_path: Path) -> None:
    """Where the project lies in one; code scanning knows files by these names."""
    project = tmp_path / "legal" / "terms"
    project.mkdir(parents=True)

    (tmp_path / ".git").mkdir()

    assert in_repository(project) == "legal/terms"
    assert in_repository(tmp_path) == "."


def test_a_project_in_no_repository_starts_at_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nothing above it to start at."""
    monkeypatch.setattr(Path, "exists", lambda _: False)

    assert in_repository(tmp_path) == "."


# --- pytest's own JUnit XML ---------------------------------------------------------------------


def cases(suite: Suite) -> list[ET.Element]:
    """The tests that pytest wrote down."""
    return list(ET.parse(suite.path / "junit.xml").iter("testcase"))  # noqa: S314 - ours


@pytest.mark.parametrize("words", HOSTILE[:-1])
def test_what_pytest_writes_fits_jenkins_and_gitlab(suite: Suite, shared: Path, words: str) -> None:
    """Whatever terms say: the schema holds, no name comes twice, and no letter is a control."""
    wrong = wrong_in(shared, JENKINS)
    readable = (each for each in words if each.isprintable() or each in {"\t", "\r", "\n"})
    said = json.dumps("".join(readable), ensure_ascii=False)
    suite.write(
        "fixtures/zoom/terms/2023-08-11.yaml",
        "document: terms\neffective: 2023-08-11\nclauses:\n"
        "  - id: licence\n    section: '1'\n"
        f"    says: {said}\n    quote: {said}\n"
        "    allows: {action: any, data: customer-content}\n",
    )

    suite.run("--junit-xml=junit.xml")

    found = cases(suite)
    names = [(each.get("classname"), each.get("name")) for each in found]
    assert len(found) == 10
    assert wrong((suite.path / "junit.xml").read_text("utf-8")) == []
    assert len(set(names)) == len(names)


def test_what_pytest_writes_says_how_verdicts_ended(suite: Suite) -> None:
    """A failure with its words, a skip with its reason, a waiver as a skip."""
    suite.add(
        "checks/calls.yaml",
        "waivers:\n  - vendor: zoom\n    requirement: exit.marketing\n"
        "    reason: Accepted.\n    approved-by: cfo@example.org\n"
        "    approved-on: 2023-01-01\n    expires: 2023-06-30\n",
    )

    suite.run("--junit-xml=junit.xml", "--terms-today=2023-04-01")

    ended = {
        (each.get("classname"), each.get("name")): [one.tag for one in each]
        for each in cases(suite)
    }
    assert ended["checks.calls.yaml.zoom", "ai-training.calls"] == ["failure"]
    assert ended["checks.calls.yaml.zoom", "exit.school"] == ["skipped"]
    assert ended["checks.calls.yaml.jitsi", "ai-training.calls"] == []
