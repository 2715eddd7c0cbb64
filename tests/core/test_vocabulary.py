"""What the terms of an axis cover (semantics 1.2, 1.3)."""

from __future__ import annotations

from typing import Final

import pytest

from termsgate.core.vocabulary import Hierarchy, Term, is_below
from termsgate.reading.store import builtin_vocabulary

AXIS: Final = Hierarchy(
    name="data",
    terms=(
        Term(id="all"),
        Term(id="calls", parents=("all",), also=("meetings",)),
        Term(id="audio", parents=("calls",)),
        Term(id="chat", parents=("calls", "text"), may_include=("files",)),
        Term(id="text", parents=("all",)),
        Term(id="files", parents=("all",)),
    ),
)


def test_leaves_are_terms_without_children_and_the_rest_of_the_others() -> None:
    """1.2: in the order of the file; of an axis that is closed, nothing is left over."""
    closed = Hierarchy(name="state", terms=AXIS.terms, closed=True)

    assert [leaf.label for leaf in AXIS.leaves] == [
        "audio",
        "chat",
        "files",
        "other all",
        "other calls",
        "other text",
    ]
    assert [leaf.label for leaf in closed.leaves] == ["audio", "chat", "files"]
    assert (AXIS.everything, closed.everything) == (0b111111, 0b111)


@pytest.mark.parametrize(
    ("terms", "sure", "possible"),
    [
        (["audio"], 0b000001, 0b000001),
        (["chat"], 0b000010, 0b000110),
        (["calls"], 0b010011, 0b010111),
        (["text"], 0b100010, 0b100110),
        (["audio", "chat"], 0b000011, 0b000111),
        (["all"], 0b111111, 0b111111),
        ([], 0, 0),
    ],
)
def test_a_term_covers_what_lies_in_it(terms: list[str], sure: int, possible: int) -> None:
    """1.3: surely all below it, possibly one disputable step more; of several, together."""
    assert (AXIS.surely(terms), AXIS.possibly(terms)) == (sure, possible)


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("chat", "chat", True),
        ("chat", "calls", True),
        ("chat", "text", True),
        ("audio", "all", True),
        ("calls", "chat", False),
        ("unknown", "unknown", True),
        ("chat", "unknown", False),
        ("unknown", "all", False),
    ],
)
def test_what_lies_in_what(inner: str, outer: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """A word the table does not know lies in itself only."""
    assert AXIS.lies_in(inner, outer) is expected


def test_a_term_is_known_by_its_spellings() -> None:
    """And what everything lies in is the root."""
    assert AXIS.spellings["meetings"] == AXIS.spellings["calls"] == "calls"
    assert (AXIS.root, AXIS.children["calls"]) == ("all", ("audio", "chat"))


def test_an_axis_and_the_facts_below_another_are_found_by_name() -> None:
    """6.2: `licence` is `licence.*`."""
    words = builtin_vocabulary()

    assert [words.axis(each.name) for each in words.axes] == list(words.axes)
    assert set(words.facts_below("licence")) == {
        each for each in words.facts if each == "licence" or each.startswith("licence.")
    }
    assert (is_below("licence.granted", "licence"), is_below("licences", "licence")) == (
        True,
        False,
    )
