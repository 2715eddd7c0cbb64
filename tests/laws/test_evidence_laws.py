"""A quote that was cut out of a text is found again, whatever its dress became since."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from termsgate.core.evidence import QuoteStatus
from termsgate.core.model import Quote
from termsgate.reading.captured import Captured
from termsgate.reading.headings import Outline
from termsgate.reading.plain import plain
from termsgate.reading.readable import read
from termsgate.reading.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS: Final = st.sampled_from(
    [
        "we",
        "may",
        "use",
        "your",
        "data",
        "to",
        "train",
        "models",
        "customer",
        "content",
        "audio",
        "vidéo",
        "données",
        "élèves",
        "l'été",
        "n'utilise",
        "pas",
        "opt-in",
        "long-term",
        "30",
        "days",
        "(i)",
        "10.4",
        "œuvre",
        "Nous",
        "façon",
        "accord.",
        "Licence,",
        "déjà;",
        '"Services"',
        '"contenu"',
        "à",
        "où",
    ]
)
TEXTS: Final = st.lists(WORDS, min_size=12, max_size=60)
ANY: Final = st.text(max_size=300)

DRESSED: Final[dict[str, Callable[[str], str]]] = {
    "spaces": lambda text: text.replace(" ", " \u00a0 "),
    "lines": lambda text: text.replace(" ", "\n"),
    "quotation marks": lambda text: text.replace("'", "\u2019").replace('"', "\u201d"),
    "dashes": lambda text: text.replace("-", "\u2011"),
    "bold": lambda text: text.replace("data", "**data**").replace("pas", "<b>pas</b>"),
    "links": lambda text: text.replace("content", "[content](https://a.example/x_y?utm=1)"),
    "accents": lambda text: unicodedata.normalize("NFD", text),
    "ligatures": lambda text: text.replace("œ", "oe"),
    "entities": lambda text: text.replace("é", "&eacute;").replace("'", "&rsquo;"),
    "soft hyphens": lambda text: text.replace("models", "mod\u00adels"),
    "line ends": lambda text: text.replace("models", "mod-\nels").replace("-term", "-\nterm"),
    "french spaces": lambda text: text.replace("à;", "à\u202f;"),
    "escapes": lambda text: text.replace("(i)", "\\(i\\)"),
}


@st.composite
def cut(draw: st.DrawFn) -> tuple[str, str]:
    """A text of words, and a few of them that stand in it once."""
    words = draw(TEXTS)
    first = draw(st.integers(0, len(words) - 6))
    text = " ".join(words)
    quote = " ".join(words[first : first + draw(st.integers(4, 6))])
    assume(text.count(quote) == 1)
    return text, quote


@given(cut())
def test_a_quote_cut_out_of_a_text_is_found(made: tuple[str, str]) -> None:
    """As it stands, exactly where it was cut."""
    text, quote = made
    found = Captured(text).passage(Quote(exact=quote))

    assume(found.status is not QuoteStatus.AMBIGUOUS)
    assert text[found.start : found.stop] == quote
    assert found.status is QuoteStatus.FOUND


@given(cut(), st.sampled_from(sorted(DRESSED)), st.sampled_from(sorted(DRESSED)))
@settings(max_examples=300)
def test_a_quote_is_found_in_any_dress(made: tuple[str, str], one: str, other: str) -> None:
    """Two kinds of it at once, and what it needed is said."""
    text, quote = made
    dressed = DRESSED[other](DRESSED[one](text))
    found = Captured(dressed).passage(Quote(exact=quote))

    assume(found.status is not QuoteStatus.AMBIGUOUS)
    assert found.found, dressed
    assert (found.status is QuoteStatus.FOUND) == (not found.needed)


@given(cut(), st.integers(0, 5), st.sampled_from(["md", "html"]))
def test_a_quote_is_on_the_line_it_stands_on(
    made: tuple[str, str], above: int, ending: str
) -> None:
    """However many lines of other things stand above it."""
    text, quote = made
    assume(Captured(text).passage(Quote(exact=quote)).found)
    head = "<!-- x\n-->\n" * above if ending == "html" else "* zz\n\n" * above
    found = read(f"{head}{text}".encode(), "t", f".{ending}").captured
    assert found is not None

    passage = found.passage(Quote(exact=quote))

    assert found.line(passage.start) == 2 * above + 1


@given(cut())
def test_a_word_more_or_less_is_not_the_quote(made: tuple[str, str]) -> None:
    """What differs in words is lost: nothing is found by resemblance."""
    text, quote = made
    words = quote.split()
    changed = " ".join([*words[:2], "never", *words[2:]])

    assert Captured(text).passage(Quote(exact=changed)).status is QuoteStatus.LOST


@given(ANY)
def test_each_plain_letter_has_a_place(text: str) -> None:
    """In the text, in its order, whatever the text."""
    made = plain(text)

    assert len(made.marked) == len(made.origins)
    assert made.origins == sorted(made.origins)
    assert all(0 <= at < len(text) for at in made.origins)


@given(ANY)
def test_each_letter_of_a_page_has_a_place(page: str) -> None:
    """In the page, in its order, whatever the page."""
    made = visible(page)

    assert made.origins is not None
    assert len(made.text) == len(made.origins)
    assert list(made.origins) == sorted(made.origins)


@given(st.binary(max_size=300), st.sampled_from([".md", ".txt", ".html"]), st.text(min_size=1))
def test_no_bytes_are_an_error_of_ours(data: bytes, ending: str, quote: str) -> None:
    """A text or a reason, a passage or a reason."""
    found = read(data, "x", ending)

    assert bool(found.note) == (found.captured is None)
    if found.captured is not None:
        passage = found.captured.passage(Quote(exact=quote))
        assert passage.found == (not passage.note)
        found.captured.sentence(passage.start, passage.stop)
        Outline.of(found.captured).standing(quote, passage.start)
