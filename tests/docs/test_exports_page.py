"""The page on the formats for machines."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from docs.generate_exports import EXPORTS, PAGE, written
from termsgate.cli import FORMATS
from termsgate.reporting.gitlab import SEVERITIES
from termsgate.reporting.sarif import sarif
from tests.docs.samples import samples
from tests.recorded import record, requirement, verdict

TEXT = PAGE.read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The rows of the table that begins with this column."""
    pattern = rf"^\| {re.escape(heading)} \|.*?\n\|[-|]+\n((?:\|.*\n)+)"
    table = re.search(pattern, TEXT, re.MULTILINE)
    assert table is not None
    lines = table[1].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_page_shows_what_is_printed() -> None:
    """Each excerpt is of a record of this repository; docs/generate_exports.py copies it anew."""
    assert written(TEXT) == TEXT


def test_the_page_names_every_format() -> None:
    """In the order of who reads them; each has an excerpt, is told with another or has a page."""
    assert sorted(re.findall(r"^\| \[`([a-z-]+)`\]", TEXT, re.MULTILINE)) == sorted(FORMATS)
    assert {*EXPORTS, "markdown", "html"} == {*FORMATS}


def test_the_severities_of_gitlab_are_those_of_the_page() -> None:
    """Of every outcome that is told."""
    told = {row[0]: row[2].split(", ") for row in rows("outcome")}

    assert {name: told[name] for name in SEVERITIES} == {
        name: list(words.values()) for name, words in SEVERITIES.items()
    }


@pytest.mark.parametrize("row", rows("outcome"), ids=lambda row: row[0])
def test_the_kinds_of_sarif_are_those_of_the_page(row: list[str]) -> None:
    """And the levels, where the outcome alone decides."""
    outcome, said, *_ = row
    word = "not-applicable" if outcome == "skip" else "violated"
    found = sarif(record(verdict(verdict=word, outcome=outcome)), everything=True)

    kind, level = said.split(", ")[:2]
    assert kind == "as below" or f'"kind": "{kind}"' in found
    assert level == "by level" or f'"level": "{level}"' in found


def test_the_severities_of_sarif_are_those_of_the_page() -> None:
    """The numbers by which GitHub shows a word."""
    for severity, number, _ in rows("severity"):
        found = sarif(record(verdict(), requirements=[requirement(severity=severity)]))
        assert f'"security-severity": "{number}"' in found


def parsed(language: str) -> list[Any]:
    """The samples of YAML on the page."""
    return [yaml.safe_load(each.text) for each in samples(PAGE) if each.language == language]


def test_the_workflows_use_formats_that_there_are() -> None:
    """Each is YAML, and names what `--to` takes."""
    assert len(parsed("yml")) == 2
    assert set(re.findall(r"--to ([a-z-]+)", TEXT)) <= {*FORMATS}
