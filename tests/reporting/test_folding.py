"""Lines that fit a screen."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termsgate.reporting.folding import NARROWEST, columns, folded, padded, shortened

WORDS = st.text("abc-/ ", max_size=200)
ANY = st.text(st.sampled_from("ab 漢字、。é\u0301\u200d🙂-「"), max_size=120)
INDENTS = st.sampled_from(["", "  ", "        "])


@given(WORDS, st.integers(NARROWEST, 100), INDENTS, INDENTS)
def test_plain_words_are_folded_as_the_standard_library_does(
    text: str, width: int, first: str, rest: str
) -> None:
    """It has been read by many."""
    assert folded(text, width, first, rest) == textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


@given(ANY, st.integers(1, 100), INDENTS, INDENTS)
def test_no_line_is_wider_than_it_may_be(text: str, width: int, first: str, rest: str) -> None:
    """But for what cannot be divided, which stands alone in its line."""
    for line in folded(text, width, first, rest):
        bare = line.strip()
        fits = columns(line) <= max(width, NARROWEST)
        assert fits or " " not in bare


@given(ANY, st.integers(NARROWEST, 100))
def test_no_letter_is_lost(text: str, width: int) -> None:
    """Only blanks are, at the end of a line."""
    assert "".join("".join(folded(text, width)).split()) == "".join(text.split())


def test_wide_letters_count_for_two() -> None:
    """So that twenty of them fill a line of forty, and a full stop is not left alone."""
    assert folded("漢" * 40 + "。漢", 40) == ["漢" * 20, "漢" * 19, "漢。漢"]


def test_a_line_may_end_between_wide_letters_and_at_blanks() -> None:
    """A word in other letters stays whole."""
    text = "本服务条款 does not mention https://example.org/terms 训练模型、也没有例外。"

    assert folded(text, 40) == [
        "本服务条款 does not mention",
        "https://example.org/terms 训练模型、也没",
        "有例外。",
    ]


@pytest.mark.parametrize(
    ("text", "size"), [("abc", 3), ("e\u0301", 1), ("漢", 2), ("🙂", 2), ("a\u200db", 2), ("", 0)]
)
def test_columns_are_what_a_terminal_shows(text: str, size: int) -> None:
    """An accent that stands alone takes none."""
    assert columns(text) == size


@pytest.mark.parametrize(
    ("text", "size", "found"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("漢字漢", 5, "漢字…"), ("漢字漢", 4, "漢…")],
)
def test_what_is_too_long_ends_with_an_ellipsis(text: str, size: int, found: str) -> None:
    """Within its columns."""
    assert shortened(text, size) == found
    assert columns(padded(found, size)) == size
