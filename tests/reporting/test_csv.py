"""The record as a table for spreadsheets."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from termsgate.reporting.csv import COLUMNS, MARK, MOST, cell, table
from tests.recorded import record, verdict
from tests.reporting.conftest import HOSTILE, hostile, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from termsgate.core.record import Record


def rows(found: Record) -> list[dict[str, str]]:
    """The rows as a spreadsheet reads them."""
    text = table(found)
    assert text.startswith(MARK)
    return list(csv.DictReader(StringIO(text.removeprefix(MARK), newline=""), strict=True))


def test_a_run_is_told(golden: Callable[[str, str], str]) -> None:
    """One row a verdict, all of them; how lines end is another test's."""
    found = table(whole()).replace("\r\n", "\n")

    assert found == golden("verdicts.csv", found)


def test_each_verdict_is_a_row(any_record: Record) -> None:
    """With every column, in the order of the record."""
    found = rows(any_record)

    assert len(found) == len(any_record["verdicts"])
    assert all(tuple(each) == COLUMNS for each in found)
    assert [each["requirement"] for each in found] == [
        each["requirement"] for each in any_record["verdicts"]
    ]


def test_lines_end_as_the_standard_has_them() -> None:
    """A break within a cell is another thing."""
    head, *_ = table(record(verdict(), verdict(check="b", verdict="silent"))).split("\r\n")

    assert head == MARK + ",".join(COLUMNS)


@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u00a0=1",
        "\x00=1",
        "\u200b=1",
        "＝1",  # noqa: RUF001 - wide letters start a formula in some spreadsheets
        "|cmd",
        "%0a",
    ],
)
def test_no_cell_is_a_formula(words: str) -> None:
    """An apostrophe says that it is text."""
    assert cell(words).startswith("'")


@pytest.mark.parametrize("words", ["", "met", "1+1", "a=b", "«=»"])
def test_other_words_stay_as_they_are(words: str) -> None:
    """Nothing is put before what no spreadsheet runs."""
    assert cell(words) == words


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_terms_are_text(words: str) -> None:
    """In no cell a formula, a control character, or more than a cell takes."""
    for row in rows(hostile(words)):
        for said in row.values():
            assert not said.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert all(char.isprintable() or char == "\n" for char in said)
            assert len(said) <= MOST


def test_the_same_record_gives_the_same_bytes(any_record: Record) -> None:
    """A second run changes nothing."""
    assert table(any_record) == table(json.loads(json.dumps(any_record)))
