"""A quote's place in a text: the passage, the line, the sentence around it."""

from __future__ import annotations

import pytest

from termsgate.core.model import Quote
from termsgate.reading.captured import Captured

TEXT = """\
# Terms

**10.4 Licence.** You grant us a licence, e.g. for support. We will not use audio, video or \
chat to train models without your consent. See Art. 6 for more!

* First item, with words
* Second item. Has two sentences
  over two lines.

Nous n\u2019utilisons pas vos \u00ab\u00a0donn\u00e9es\u00a0\u00bb. Les clients (p. ex. les \
\u00e9coles) peuvent s\u2019opposer\u202f! Fin.
"""


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        ("grant us a licence", "You grant us a licence, e.g. for support."),
        (
            "to train models",
            "We will not use audio, video or chat to train models without your consent.",
        ),
        ("for more", "See Art. 6 for more!"),
        ("with words", "First item, with words"),
        ("two lines", "Has two sentences over two lines."),
        ("vos donn\u00e9es", None),
        ("vos \u00ab donn\u00e9es", 'Nous n\'utilisons pas vos "donn\u00e9es".'),
        ("\u00e9coles) peuvent", "Les clients (p. ex. les \u00e9coles) peuvent s'opposer!"),
    ],
)
def test_the_sentence_around_a_quote(quote: str, sentence: str | None) -> None:
    """In plain words; an abbreviation does not end it, a list item does."""
    text = Captured(TEXT)
    found = text.passage(Quote(exact=quote))

    if sentence is None:
        assert not found.found
    else:
        assert sentence in text.sentence(found.start, found.stop)


def test_a_long_sentence_is_shown_around_the_quote() -> None:
    """With dots where words were left out."""
    text = Captured(" ".join(f"w{number}" for number in range(200)))
    found = text.passage(Quote(exact="w100 w101"))

    assert text.sentence(found.start, found.stop, 6) == "\u2026 w98 w99 w100 w101 w102 w103 \u2026"


def test_a_quote_longer_than_what_is_shown_is_shown_whole() -> None:
    """It is what was looked for."""
    text = Captured("one two three four five six")
    found = text.passage(Quote(exact="two three four five"))

    assert text.sentence(found.start, found.stop, 2) == "\u2026 two three four five \u2026"


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        (Quote(exact="may use", prefix="we "), "may **use"),
        (Quote(exact="may use", prefix="we"), None),
        (Quote(exact="may  use", prefix="we ", suffix=" it"), "may **use**"),
        (Quote(exact="'may'", prefix="they ", suffix=" not"), "\u2018may\u2019"),
        (Quote(exact="**may**", prefix="we ", suffix=" use"), "may"),
    ],
)
def test_the_exact_words_are_told_from_what_stands_around(
    quote: Quote, passage: str | None
) -> None:
    """Wherever markup stands."""
    text = Captured("so we may **use** it; they \u2018may\u2019 not")
    found = text.passage(quote)

    assert (text.text[found.start : found.stop].strip("*") if found.found else None) == (
        passage.strip("*") if passage else None
    )


def test_several_places_are_named_by_their_lines() -> None:
    """Also where they are alike only in plain words; the help says what to add."""
    found = Captured("we  may\nor we\nmay").passage(Quote(exact="we may"))

    assert found.note == "the words stand there 2 times, on line 1, 2"
    assert found.help == "add a `prefix` or `suffix` that only one of them has"


def test_a_text_that_ends_lines_in_words_is_searched_both_ways() -> None:
    """The hyphen may be the line's or the word's, in one quote."""
    text = Captured("a long-\nterm agree-\nment of two-\nyear terms")

    found = text.passage(Quote(exact="long-term agreement of two-year"))

    assert text.line(found.start) == 1
    assert text.text[found.start : found.stop] == "long-\nterm agree-\nment of two-\nyear"


def test_words_that_differ_are_lost() -> None:
    """Evening out goes no further than dress: case, letters and order are the words'."""
    text = Captured("We may use recover data, 30 days")

    for words in ("we may", "We may not use", "may We use", "re-cover", "3 0 days", "us\u00e9"):
        assert not text.passage(Quote(exact=words)).found, words


def test_a_text_without_words_has_no_sentence() -> None:
    """And that is no trouble."""
    assert Captured(" ").sentence(0, 0) == ""
