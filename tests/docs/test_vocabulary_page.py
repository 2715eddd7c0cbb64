"""The vocabulary's page in the docs."""

from typing import Any

import yaml

from docs.generate_vocabulary import PAGE, SOURCE, written


def test_the_page_is_what_the_vocabulary_says() -> None:
    """docs/vocabulary.md is up to date; if not: `python docs/generate_vocabulary.py`."""
    page = PAGE.read_text(encoding="utf-8")

    assert page == written()


def test_every_word_has_one_row_in_its_section() -> None:
    """No term is lost on the way to the page, whichever parents it has."""
    vocabulary: dict[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    words = [word for terms in vocabulary.values() if isinstance(terms, dict) for word in terms]

    rows = [line for line in written().splitlines() if line.startswith(("| `", "| &emsp;"))]
    shown = [row.removeprefix("| ").replace("&emsp;", "").split("`")[1] for row in rows]

    assert sorted(shown) == sorted(words)
