"""Each answer of docs/faq.md is short, and leads to a page that shows it."""

from __future__ import annotations

import re
from typing import Final

import pytest

from tests.docs.samples import ROOT

PAGE: Final = (ROOT / "docs" / "faq.md").read_text(encoding="utf-8")
QUESTIONS: Final = re.findall(r"^### (.+)\n\n((?:(?!#).*\n?)+)", PAGE, re.MULTILINE)
MOST_WORDS: Final = 75


@pytest.mark.parametrize(("question", "answer"), QUESTIONS, ids=[each[0] for each in QUESTIONS])
def test_an_answer_is_short_and_shows_where_it_comes_from(question: str, answer: str) -> None:
    """A question ends as one; its answer has a link (`test_links.py` follows it) and few words."""
    words = re.sub(r"\]\([^)]*\)", "]", answer).split()

    assert question.endswith("?")
    assert re.search(r"\]\([^)]+\)", answer)
    assert len(words) <= MOST_WORDS


def test_those_who_ask_are_there() -> None:
    """Reviewer, counsel, engineer and vendor each have a part."""
    assert re.findall(r"^## (.+)$", PAGE, re.MULTILINE) == [
        "You review vendors",
        "You are counsel",
        "You run it",
        "You are the vendor",
    ]
    assert len(QUESTIONS) == PAGE.count("\n### ")
