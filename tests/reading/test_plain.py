"""The words of a text without markup and typography, each letter knowing where it came from."""

from __future__ import annotations

import time

import pytest

from termsgate.core.evidence import QuoteStatus, Retouch
from termsgate.core.model import Quote
from termsgate.reading.captured import Captured
from termsgate.reading.plain import NORMALISER, normalised, plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("one\n  two\ttwo", "one two two"),
        ("\u201cyou\u2019re\u201d in", '"you\'re" in'),
        ("don`t use `code`", "don't use code"),
        ("a \u2014 b\u2014c -- d - e \u2013 f", "a-b-c-d-e-f"),
        ("2020\u20132021, opt\u2011in", "2020-2021, opt-in"),
        ("a hyphen-\nation, an opt-\n  in", "a hyphen-ation, an opt-in"),
        ("soft\u00adly, soft\u00ad\nly", "softly, softly"),
        ("**our** _data_, ***all*** of ~~it~~", "our data, all of it"),
        ("snake_case, snake\\_case", "snakecase, snakecase"),
        ("# Use #1\n\n> of\n> > data", "Use #1 of data"),
        ("Use\n===\n\nOf\n---\n\n* * *\nit", "Use Of it"),
        ("- one\n- two\n  + three\n* four", "one two three four"),
        ("| a | b |\n|:--|---|\n| c | d |", " a b c d "),
        ("see [the **x** policy](https://a.b/c_(d)?e=1 'no' )", None),
        ('see [the **x** policy](https://a.b/c_(d)?e=1 "t") now', "see the x policy now"),
        ("see [the policy][1] now, [sic] (so)", "see the policy now, sic (so)"),
        ("see <https://a.b/c> and ![pic](x.png)", "see https://a.b/c and pic"),
        ("<p>we <b>may</b> use</p><p>it</p>", " we may use it "),
        ("a<!-- no -->b <!-- never ends", "ab <!-never ends"),
        ("a &amp; b&nbsp;c &#8217;s &nosuch; &rsquo;", "a & b c 's &nosuch; '"),
        ("a < b, b > c", "a < b, b > c"),
        ("a \\* b \\[c\\]", "a b c"),
        ("zero\u200bwidth\ufeff \u202ause\u202c", "zerowidth use"),
        # French
        ("\u00ab\u00a0donn\u00e9es\u00a0\u00bb\u202f; oui\u2009!", '"données"; oui!'),
        ("\u2039 l\u2019\u0153uvre \u203a : 30\u00a0%", "'l'oeuvre': 30%"),
        ("cafe\u0301, A\u0300 la \ufb01n, \ufb02ot", "café, À la fin, flot"),
        ("L'entra\u00eenement d'IA\u2026", "L'entraînement d'IA..."),
        ("\u00bd \u2122 \u2116 \uff21", "1\u20442 TM No A"),
    ],
)
def test_words_without_their_dress(text: str, words: str | None) -> None:
    """English and French; what is not known as dress stays."""
    made = plain(text)

    assert words is None or made.text == words
    assert len(made.marked) == len(made.origins)


@pytest.mark.parametrize("text", ["", " ", "**", "<", "&", "\\", "[", "](", "<!--", "\x00", "\x01"])
def test_odd_ends_are_no_trouble(text: str) -> None:
    """Every letter comes from some place of the text."""
    made = plain(text)

    assert all(0 <= at < len(text) for at in made.origins)


def test_each_letter_knows_where_it_came_from() -> None:
    """Also behind markup, and where one letter became two."""
    text = "a  **b**\n[c](d) &amp; \u201ce\u201d \u0153f"
    words, origins = normalised(text)

    assert words == 'a b c & "e" oef'
    assert [text[at] for at in origins if text[at].isalpha()] == [*"abce", "\u0153", "\u0153", "f"]


def test_the_words_of_this_normaliser_are_known() -> None:
    """Whoever changes what this gives raises `NORMALISER`: digests in fixtures name it."""
    text = (
        "# 1. \u00ab\u00a0Donn\u00e9es\u00a0\u00bb\n\n* We **may** [use](x) it \u2014 "
        "hyphen-\nated\u00ad, snake_case &amp; \ufb01n\u202f;\n<p>end</p>"
    )

    assert (NORMALISER, Captured(text).digest) == (
        2,
        "a656d580afde9d2ca127eef3a0f6cc131b4ecaceefaa4a1eef1579024fdcb894",
    )


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 30_000,
        "[" * 50_000,
        "[a" * 30_000,
        "](" * 30_000,
        "](a" * 30_000,
        '](a "' * 20_000,
        "<a " * 30_000,
        "- " * 30_000,
        "\n> " * 30_000,
        " " * 100_000 + "x",
        "-" * 100_000 + "x",
        "\u00ab " * 30_000,
        "e\u0301" * 30_000,
        "a-\n" * 30_000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    """However it was made: the time grows with the length and no faster."""
    begun = time.process_time()

    plain(text)

    assert time.process_time() - begun < 5


# --- what was needed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quote", "needed"),
    [
        ("we  may", "we may", [Retouch.WHITE_SPACE]),
        ("we\nmay", "we may", [Retouch.WHITE_SPACE]),
        ("\u201cmay\u201d use", '"may" use', [Retouch.QUOTATION_MARKS]),
        ("\u201cwe\u201d **may**", "\u201cwe\u201d may", [Retouch.MARKUP]),
        ("a \u2014 b", "a - b", [Retouch.DASHES]),
        ("hyphen-\nation", "hyphenation", [Retouch.HYPHENATION]),
        ("an opt-\nin choice", "an opt-in choice", [Retouch.HYPHENATION]),
        ("we <b>may</b> use", "we may use", [Retouch.MARKUP]),
        ("the [policy](https://a.b) says", "the policy says", [Retouch.LINKS]),
        ("the [policy](https://a.b?utm=1) says", "[policy](https://a.b) says", [Retouch.LINKS]),
        ("cafe\u0301 noir", "caf\u00e9 noir", [Retouch.LETTERS]),
        ("la \ufb01n", "la fin", [Retouch.LETTERS]),
        ("a &mdash; b", "a - b", [Retouch.DASHES, Retouch.MARKUP]),
        ("we \\*may\\* use", "we may use", [Retouch.MARKUP]),
        ("we may use", "we **may** use", [Retouch.MARKUP]),
        ("we may - use", "we may \u2013 use", [Retouch.DASHES]),
        (
            "nos \u00ab\u00a0donn\u00e9es\u00a0\u00bb,  **ici**",
            'nos "donn\u00e9es", ici',
            [Retouch.WHITE_SPACE, Retouch.QUOTATION_MARKS, Retouch.MARKUP],
        ),
    ],
)
def test_what_a_quote_needed_is_said(text: str, quote: str, needed: list[Retouch]) -> None:
    """What it would not have been found without; the dress that both wear is not named."""
    found = Captured(text).passage(Quote(exact=quote))

    assert (found.status, list(found.needed)) == (QuoteStatus.FOUND_NORMALISED, needed)
