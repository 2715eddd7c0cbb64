"""The reviewers' page that a run writes beside its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from termsgate.running.exits import RunExit

if TYPE_CHECKING:
    from tests.plugin.conftest import Suite

AS_OF = ("--terms-as-of", "2023-04-01")


def report_of(suite: Suite, name: str = "reports/report.html") -> str:
    """The page, as text."""
    return (suite.path / name).read_text("utf-8")


def test_the_page_is_written_without_being_asked_for(suite: Suite) -> None:
    """And the run says where."""
    result = suite.run(*AS_OF)

    assert "The gate is closed: 1 of 6 verdicts fails the run." in report_of(suite)
    result.stdout.fnmatch_lines(["report: reports/report.html"])


def test_the_page_needs_no_other_plugin(suite: Suite) -> None:
    """It is made from the record, not by pytest-html."""
    suite.run(*AS_OF, "-p", "no:html")

    assert "The gate is closed" in report_of(suite)


def test_the_page_goes_where_it_is_wanted(suite: Suite) -> None:
    """By the option, or by the ini key beside the ini file."""
    suite.write(
        "pytest.ini", "[pytest]\nterms_root = .\nterms_html = ini/a.html\nterms_lang = fr\n"
    )

    suite.run(*AS_OF)
    suite.run(*AS_OF, "--terms-html=mine.html", "--terms-lang", "en")

    assert '<html lang="fr">' in report_of(suite, "ini/a.html")
    assert '<html lang="en">' in report_of(suite, "mine.html")
    assert not (suite.path / "reports/report.html").exists()


def test_a_language_without_words_is_wrong_usage(suite: Suite) -> None:
    """With those there are."""
    result = suite.run(*AS_OF, "--terms-lang", "tlh")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ["ERROR: --terms-lang: there are no words in `tlh`", "  help: write `en` or `fr`"]
    )


def test_a_page_that_cannot_be_written_fails_the_run(suite: Suite) -> None:
    """The record is there all the same."""
    suite.write("blocked", "")

    result = suite.run(*AS_OF, "--terms-html=blocked/report.html")

    assert result.ret == RunExit.UNWRITTEN
    result.stdout.fnmatch_lines(["*blocked/report.html` cannot be written: *"])
    assert suite.record()["given"] == 6


def test_the_page_does_not_go_into_the_file_of_the_record(suite: Suite) -> None:
    """One of the two would be lost."""
    result = suite.run(*AS_OF, "--terms-html=reports/record.json")

    assert result.ret == pytest.ExitCode.USAGE_ERROR


@pytest.mark.parametrize("most", [1, 2000])
def test_the_other_page_leads_here(
    suite: Suite, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Crowded or not, by a path that holds wherever the two are copied to together."""
    monkeypatch.setattr("termsgate.plugin.page.MOST_ROWS", most)

    suite.run(*AS_OF, "--html", "out/engineers.html")

    assert 'href="../reports/report.html"' in report_of(suite, "out/engineers.html")
