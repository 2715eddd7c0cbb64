"""The page that pytest-html writes for us."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.plugin.conftest import Suite

AS_OF = ("--terms-as-of", "2023-04-01")


def page_of(suite: Suite, name: str = "reports/pytest.html") -> str:
    """The page, as text."""
    return (suite.path / name).read_text("utf-8")


def rows_of(page: str) -> dict[str, list[dict[str, Any]]]:
    """The rows that the page's script draws."""
    blob = re.search(r'data-jsonblob="([^"]*)"', page)
    assert blob is not None
    rows: dict[str, list[dict[str, Any]]] = json.loads(html.unescape(blob[1]))["tests"]
    return rows


def test_the_page_is_written_without_being_asked_for(suite: Suite) -> None:
    """One file that needs no other."""
    suite.run(*AS_OF)

    page = page_of(suite)
    assert "<style" in page
    assert 'rel="stylesheet"' not in page


def test_a_page_asked_for_goes_where_it_is_wanted(suite: Suite) -> None:
    """--html stays pytest-html's; our columns are there all the same."""
    suite.run(*AS_OF, "--html", "mine.html")

    assert not (suite.path / "reports/pytest.html").exists()
    assert 'data-column-type="requirement"' in page_of(suite, "mine.html")


@pytest.mark.parametrize(
    ("blocked", "option", "told"),
    [
        ("reports", [], "`reports/pytest.html` cannot be written: file exists"),
        ("reports/pytest.html/x", [], "`reports/pytest.html` cannot be written: is a directory"),
        ("out", ["--html", "out/a.html"], "`out/a.html` cannot be written: file exists"),
    ],
)
def test_a_page_that_cannot_be_written_is_told_before_the_run(
    suite: Suite, blocked: str, option: list[str], told: str
) -> None:
    """As wrong usage: pytest-html would end in a traceback, and with it the verdicts."""
    suite.write(blocked, "")

    result = suite.run(*AS_OF, *option)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: {told}", "  help: *"])
    assert "Traceback" not in result.stdout.str() + result.stderr.str()


def test_a_row_has_our_columns_and_its_explanation(suite: Suite) -> None:
    """Vendor, requirement, verdict, level, document and section; quote and ask below."""
    suite.run(*AS_OF)

    (row,) = rows_of(page_of(suite))["checks/calls.yaml::zoom::ai-training.calls"]
    assert row["vendor"] == "zoom"
    assert row["requirement"] == "ai-training.calls: No AI training on calls without consent"
    assert row["verdict"] == "violated (fails the run)"
    assert row["level"] == "must, critical"
    assert row["section"] == "terms 10.4"
    assert "“machine learning, artificial intelligence”" in row["log"]
    assert "Add that calls are not used to train models." in row["log"]


def test_every_test_has_its_row(suite: Suite) -> None:
    """Passed, failed and skipped; examples and quotes too."""
    suite.run(*AS_OF)

    assert len(rows_of(page_of(suite))) == 10


def test_the_matrix_stands_on_top(suite: Suite) -> None:
    """With the day asked about and the counts."""
    suite.run(*AS_OF)

    page = page_of(suite)
    assert page.index("tg-matrix") < page.index('id="results-table"')
    assert "terms as of 2023-04-01, run on " in page
    assert "6 verdicts: 2 met, 1 violated, 1 silent, 2 not-applicable" in page


HOSTILE = "<img src=x onerror=alert(1)>"


def test_no_word_of_a_file_becomes_markup(suite: Suite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Titles, quotes, names of examples, parameters of Python tests, the environment."""
    monkeypatch.setenv("BUILD_TAG", HOSTILE)
    monkeypatch.setenv("GIT_BRANCH", HOSTILE)
    monkeypatch.setenv("JENKINS_URL", HOSTILE)
    for name in (
        "policies/ai-training.yaml",
        "fixtures/zoom/terms/2023-03-31.yaml",
        "checks/calls.yaml",
    ):
        text = (suite.path / name).read_text("utf-8")
        for word in ("on calls", "machine", "a plain ban", "Zoom may", "across", "not used"):
            text = text.replace(word, f"{word} {HOSTILE}")
        suite.write(name, text)
    suite.write(
        "checks/test_own.py",
        f"import pytest\n@pytest.mark.parametrize('x', ['{HOSTILE}'])\n"
        "def test_own(x, record_property): assert x == 1\n",
    )

    suite.run(*AS_OF)

    page = page_of(suite)
    rows = [row for rows in rows_of(page).values() for row in rows]
    shown = [
        *[cell for row in rows for cell in row["resultsTableRow"]],
        *[row["log"] for row in rows],
    ]
    assert len(rows) == 11
    assert not any("<img" in each for each in shown)
    assert any("&lt;img" in each for each in shown)
    assert "<img src=x" not in page
    environment = json.loads(html.unescape(re.findall(r'data-jsonblob="([^"]*)"', page)[0]))
    assert "<img" not in json.dumps(environment["environment"])


@pytest.mark.parametrize("options", [[], ["-n", "2"]])
def test_a_crowded_page_lists_failures_alone(
    suite: Suite, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    """And says so: a page of thousands of rows takes seconds to open."""
    if options:
        pytest.importorskip("xdist")
    monkeypatch.setattr("termsgate.plugin.page.MOST_ROWS", 5)

    suite.run(*AS_OF, *options)

    page = page_of(suite)
    assert list(rows_of(page)) == ["checks/calls.yaml::zoom::ai-training.calls"]
    assert "only failures are listed, the first 5 of them" in page


def test_a_crowded_page_has_an_end(suite: Suite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of failures are in the record."""
    monkeypatch.setattr("termsgate.plugin.page.MOST_ROWS", 1)
    text = (suite.path / "checks/calls.yaml").read_text("utf-8")
    suite.write("checks/other.yaml", text.replace("check: calls", "check: other"))

    suite.run(*AS_OF)

    assert len(rows_of(page_of(suite))) == 1
