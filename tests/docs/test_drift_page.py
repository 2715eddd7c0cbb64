"""The page of drift: its table, against what was written down by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.drift import PAGE, Compared, compared, expectations, must, page
from termsgate.reading.drift.lexicon import titles
from termsgate.reading.store import load
from tests.docs.samples import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAIRS = expectations()


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[Compared]:
    """What each pair reports."""
    texts = shared / "terms"
    if not texts.is_dir():
        pytest.skip(f"the captured texts are not in `{shared}`")
    project = load(ROOT).project
    assert project is not None
    return [compared(pair, project, texts) for pair in PAIRS]


@pytest.mark.parametrize("at", range(len(PAIRS)), ids=[pair["pair"] for pair in PAIRS])
def test_a_pair_reports_what_it_must(rows: list[Compared], at: int) -> None:
    """What a person wrote down who read the texts; if not, the texts are to be read again."""
    assert rows[at].misses == ()


def test_the_table_of_the_page_is_what_is_reported(rows: list[Compared]) -> None:
    """The page is up to date; if not: `python -m benchmarks.drift --docs`."""
    text = PAGE.read_text(encoding="utf-8")

    assert text == page(text, rows)


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["pair"] for pair in PAIRS])
def test_the_page_says_what_each_pair_must_report(pair: dict[str, Any]) -> None:
    """Also where the texts are not at hand."""
    row = f"| {pair['pair']} | {must(pair)} |"

    assert row in PAGE.read_text(encoding="utf-8")


def test_the_expectations_quote_a_dozen_words_at_most() -> None:
    """The texts are not ours to copy."""
    text = (ROOT / "benchmarks" / "data" / "drift.yaml").read_text(encoding="utf-8")
    quoted = re.findall(r'"([^"\n]*)"', text)

    assert max(len(each.split()) for each in quoted) <= 12


def test_the_page_counts_the_subjects() -> None:
    """It says how many there are."""
    assert len(titles("en")) == 21
    assert "twenty-one subjects" in PAGE.read_text(encoding="utf-8")
