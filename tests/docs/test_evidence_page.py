"""The page about evidence names everything that a text can be told."""

from __future__ import annotations

import re

from termsgate.core.evidence import QuoteStatus, Retouch
from tests.docs.samples import ROOT

PAGE = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
READING = ROOT / "src" / "termsgate" / "reading"
SOURCE = "".join((READING / name).read_text("utf-8") for name in ("texts.py", "readable.py"))


def test_every_code_of_a_text_has_a_row() -> None:
    """And no row is of a code that there is not."""
    rows = re.findall(r"^\| `(text/[a-z-]+)` \|", PAGE, re.MULTILINE)

    assert set(rows) == set(re.findall(r'"(text/[a-z-]+)"', SOURCE))
    assert len(rows) == len(set(rows))


def test_every_status_of_a_quote_has_a_row() -> None:
    """In the words of the record."""
    rows = re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE)

    assert set(rows) >= {each.value for each in QuoteStatus}


def test_everything_that_is_evened_out_has_a_row() -> None:
    """By the name that a finding gives it."""
    assert all(re.search(rf"^\| {each.value} \|", PAGE, re.MULTILINE) for each in Retouch)
