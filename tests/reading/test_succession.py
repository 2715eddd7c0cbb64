"""A version starts from the one before it; a document is added to its vendor's list."""

from __future__ import annotations

from datetime import date

import pytest

from termsgate.reading.signing import UneditableError
from termsgate.reading.succession import succeeding, with_document

DAY = date(2024, 1, 1)
ENTRY = {"id": "dpa", "kind": "contract"}
LINE = "{id: dpa, kind: contract}"


def test_a_version_keeps_what_it_says() -> None:
    """The day is another one, and what is put in stands below it."""
    text = "document: terms\neffective: 2023-01-01\nclauses: []\n"

    made = succeeding(text, DAY, {"review": "review: {status: draft}"})

    assert made == (
        "document: terms\neffective: 2024-01-01\nreview: {status: draft}\nclauses: []\n"
    )


def test_what_was_true_of_one_version_is_left_out() -> None:
    """Wherever it stands, also at the end of a file without a last line end."""
    text = (
        "# Read whole.\nreview:\n  by: [a]\n  # so\n  on: 2023-01-02\n"
        "clauses: []\neffective: 2023-01-01\ndocument: terms\npublished: 2023-01-01"
    )

    assert succeeding(text, DAY, {}) == ("clauses: []\neffective: 2024-01-01\ndocument: terms\n")


@pytest.mark.parametrize(
    "text",
    [
        "{document: terms, effective: 2023-01-01, clauses: []}\n",
        "document: terms\n? effective\n: 2023-01-01\nclauses: []\npublished:\n  2023-01-01\n",
        "- a\n",
    ],
)
def test_a_version_that_is_written_otherwise_is_left_alone(text: str) -> None:
    """In brackets, or with the day on a line of its own below a mark."""
    with pytest.raises(UneditableError):
        succeeding(text, DAY, {"source": "source: {url: x}", "language": "language: [en"})


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("documents:\n  - id: a\n", "documents:\n  - id: a\n  - {id: dpa, kind: contract}\n"),
        ("documents:\n- id: a", "documents:\n- id: a\n- {id: dpa, kind: contract}\n"),
        (
            "documents:\r\n  - id: a\r\n# end\r\nname: A\r\n",
            "documents:\r\n  - id: a\r\n  - {id: dpa, kind: contract}\r\n# end\r\nname: A\r\n",
        ),
    ],
)
def test_a_document_stands_after_the_last(text: str, made: str) -> None:
    """Indented as that one, with the line ends of the file."""
    assert with_document(text, LINE, ENTRY) == made


@pytest.mark.parametrize("text", ["documents: [{id: a}]\n", "documents:\n  a: b\n"])
def test_a_list_that_is_written_otherwise_is_left_alone(text: str) -> None:
    """In brackets, or where it is none."""
    with pytest.raises(UneditableError):
        with_document(text, LINE, ENTRY)
