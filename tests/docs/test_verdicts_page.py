"""The page on verdicts in the docs."""

from __future__ import annotations

import re
from inspect import getsource

from termsgate.core import explain
from termsgate.core.verdict import Ruling
from tests.docs.samples import ROOT

PAGE = (ROOT / "docs" / "verdicts.md").read_text(encoding="utf-8")


def test_every_heading_of_an_explanation_is_told() -> None:
    """A reader finds on the page what stands in the text of a failure, and nothing else."""
    headings = set(re.findall(r'_passage\("([^"]+)"', getsource(explain)))

    assert set(re.findall(r"^- \*\*([a-z, ]+)\*\*", PAGE, re.MULTILINE)) == headings


def test_every_word_of_a_verdict_is_told() -> None:
    """Each has its row, and no other word has."""
    rows = re.findall(r"^\| ([a-z-]+) \| `.` \|", PAGE, re.MULTILINE)

    assert sorted(rows) == sorted(ruling.word for ruling in Ruling)
