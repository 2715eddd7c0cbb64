"""Quotes are held against captured texts and archives in a run of the suite."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.reading.gitarchive import GitArchive

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugin.conftest import Suite

VERSION = "fixtures/zoom/terms/2023-03-31.yaml"
TEXT = "We use it for machine learning, artificial intelligence and all.\n"


def recorded(suite: Suite) -> list[dict[str, Any]]:
    """What the record says of quotes."""
    record = json.loads((suite.path / "reports/record.json").read_text("utf-8"))
    found: list[dict[str, Any]] = record["quotes"]
    return found


@pytest.fixture
def archives(suite: Suite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of archives that holds the text which is not in the project."""
    folder = tmp_path_factory.mktemp("archives")
    archive = GitArchive(folder / "owner" / "name")
    commit = archive.record("Zoom/Terms.md", TEXT, day=1)
    archive.record("Zoom/Terms.md", "rewritten", day=2)
    named = f"{{collection: owner/name, path: Zoom/Terms.md, commit: {commit}}}"
    suite.add(VERSION, f"source: {{archive: {named}}}\n")
    return folder


def test_an_archive_is_read_at_the_commit_that_is_named(suite: Suite, archives: Path) -> None:
    """With `--terms-archive`, and no word of it without."""
    suite.run("fixtures", f"--terms-archive={archives}").assert_outcomes(passed=2)
    suite.run("fixtures").assert_outcomes(passed=1, skipped=1)


def test_the_ini_file_can_name_it(suite: Suite, archives: Path) -> None:
    """Seen from there."""
    suite.write("pytest.ini", f"[pytest]\nterms_root = .\nterms_archive = {archives}\n")

    suite.run("fixtures").assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("folder", "why"),
    [("none", "there is no folder of archives"), ("owner/name", "no clone of `owner/name`")],
)
def test_an_archive_that_is_not_there_is_said_and_not_failed(
    suite: Suite, archives: Path, folder: str, why: str
) -> None:
    """Unless the run is strict."""
    named = f"--terms-archive={archives / folder}"

    result = suite.run("fixtures", named, "-rs")
    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines([f"*{why}*"])
    suite.run("fixtures", named, "--terms-strict").assert_outcomes(passed=1, failed=1)


def test_what_was_found_is_in_the_record(suite: Suite) -> None:
    """The place in both files; what nobody could check is left out."""
    suite.run("fixtures")

    (found,) = recorded(suite)
    assert (found["vendor"], found["document"], found["version"], found["clause"]) == (
        "zoom",
        "terms",
        "2023-08-11",
        "ban",
    )
    assert (found["status"], found["text"], found["text-line"]) == (
        "found",
        "fixtures/zoom/terms/2023-08-11.md",
        1,
    )


def test_the_record_keeps_a_dozen_words_of_a_text(suite: Suite) -> None:
    """It travels further than the text may."""
    words = " ".join(f"word{number}" for number in range(40))
    text = f"{words} does not use any of your audio, video, chat {words}"
    suite.write("fixtures/zoom/terms/2023-08-11.md", text)

    suite.run("fixtures")

    (found,) = recorded(suite)
    kept = "does not use any of your audio, video, chat word0 word1 word2"
    assert found["sentence"] == f"… {kept} …"


def test_a_text_that_is_no_evidence_fails(suite: Suite) -> None:
    """Whatever it holds, no promise is proven by it."""
    (suite.path / "fixtures/zoom/terms/2023-08-11.md").write_bytes("any".encode("utf-16"))

    result = suite.run("fixtures")

    result.assert_outcomes(failed=1, skipped=1)
    result.stdout.fnmatch_lines(
        [
            "*2023-08-11.yaml:4:5: the quote of `ban` is rejected: the text is in UTF-16*",
            "  help: convert it to UTF-8*",
            "quotes: 1 rejected, 1 unchecked",
        ]
    )


def test_a_section_that_stands_elsewhere_is_a_warning(suite: Suite) -> None:
    """The test passes, and the summary says so."""
    words = "does not use any of your audio, video, chat"
    text = f"**10.1 One**. It {words}.\n\n**10.2 Two**. More.\n"
    suite.write("fixtures/zoom/terms/2023-08-11.md", text)

    result = suite.run("fixtures")

    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(
        ["warning: 1 quote stands under another heading than the section given; *"]
    )


def test_a_rule_of_precedence_is_a_test_too(suite: Suite) -> None:
    """By its number."""
    suite.add("fixtures/zoom/vendor.yaml", "  - {id: order, kind: contract, at-hand: false}\n")
    rule = "precedence: [{over: [order], section: '1', quote: It does}]\n"
    suite.add("fixtures/zoom/terms/2023-08-11.yaml", rule)

    node = "fixtures/zoom/terms/2023-08-11.yaml::precedence.1::quote"
    suite.run(node).assert_outcomes(passed=1)


def test_two_processes_find_the_same(suite: Suite) -> None:
    """What is found crosses from one to the other."""
    suite.run("fixtures")
    alone = recorded(suite)

    suite.run("fixtures", "-p", "xdist", "-n2")

    assert recorded(suite) == alone
