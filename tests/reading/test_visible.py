"""A page in HTML is read as a reader sees it."""

from __future__ import annotations

import time

import pytest

from termsgate.core.model import Quote
from termsgate.reading.visible import visible


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>we <b>may</b>\n   <i>use</i></p>", "we may use"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<ul><li>one<li>two</ul>", "one\n\ntwo"),
        ("one<br>two<br/>three", "one\n\ntwo\n\nthree"),
        ("a&amp;b &eacute;t&#233; &nosuch; x&y", "a&b \u00e9t\u00e9 &nosuch; x&y"),
        ("&nbsp;a\u00a0b", "\u00a0a\u00a0b"),
        ("seen<script>no</script><style>no</style><!-- no -->", "seen"),
        ("<head><title>no</title></head>seen", "seen"),
        ("seen<noscript>no</noscript><template>no</template>", "seen"),
        ("seen<div hidden>no<div>no</div>no</div>yes", "seenyes"),
        ('seen<p style="color:red; DISPLAY : none">no</p>', "seen"),
        ('seen<span style="visibility:hidden">no</span>', "seen"),
        ("<dialog>no</dialog><dialog open>seen</dialog>", "seen"),
        ("<ul><li hidden>no<li>seen</ul>", "seen"),
        ("<p hidden>no<p>seen", "seen"),
        ("<p hidden>no<b>no</b>&amp;</p>seen", "seen"),
        ("<img hidden>seen", "seen"),
        ("<select><option>no</select>seen", "seen"),
        ("<pre>a   b\n  c</pre>", "a   b\n  c"),
        ("<script>no", ""),
        ("seen<p", "seen"),
        ("seen<!-- no", "seen"),
        ("seen<!doctype x>seen<?x?>seen</ x>", "seenseenseen"),
        ('<a title="a > b" href=x>seen</a>', "seen"),
        ("<a title='a > b' hidden>no</a>seen", "seen"),
        ("1 < 2 & 3", "1 < 2 & 3"),
        ("&#99999999; &notin; &#x41;&#65", "&#99999999; \u2209 AA"),
        ("<SCRIPT>if (a</b) {}</SCRIPT >seen", "seen"),
        ("</p></div>seen</b>", "seen"),
        ("<details><summary>one</summary>two</details>", "one\n\ntwo"),
    ],
)
def test_what_a_reader_sees(page: str, words: str) -> None:
    """Words and blocks; no code, no comment, nothing hidden."""
    made = visible(page)

    assert made.text.strip("\n") == words.strip("\n")
    assert made.origins is not None
    assert len(made.text) == len(made.origins)


def test_a_quote_of_a_page_has_its_line_in_the_file() -> None:
    """Whatever was left out before it."""
    page = visible("<!--\n\n-->\n<script>\nx\n</script><p>we\n<b>may</b>\nuse</p>")

    assert page.find(Quote(exact="may use"))[:2] == ("found", 7)


def test_headings_keep_their_level_and_their_number() -> None:
    """As the page gives them."""
    lists = '<ol start="4"><li>x<li><b>C</b> d<ol><li><h4>E</h4></ol></ol>'
    page = visible(f"<h1>A</h1><h2></h2><h3>B</h3>{lists}<p><b>F</p>")

    found = [(page.text[one.start : one.stop], one.level, one.numbers) for one in page.marks or ()]
    assert found == [("A", 1, ()), ("B", 3, ()), ("C", 8, (5,)), ("E", 4, (5, 1)), ("F", 7, ())]


@pytest.mark.parametrize(
    "piece",
    [
        "<a",
        "<a ",
        '<a "',
        "<a b='",
        "&",
        "<!",
        "<!--",
        "</",
        "<b>",
        "<p hidden>",
        "<ol>",
        "<title>",
    ],
)
def test_no_page_takes_long(piece: str) -> None:
    """However it was made."""
    begun = time.process_time()

    visible(piece * 50_000)

    assert time.process_time() - begun < 5
