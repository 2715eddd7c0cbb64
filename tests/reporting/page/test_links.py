"""Which addresses a reader may follow, and how they lead to the words."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termsgate.reporting.page.links import safe, to_archive, to_row, to_table, to_words

PAGE = "https://example.org/terms"


@pytest.mark.parametrize(
    "url", ["https://example.org/a?b=c#d", "http://example.org", "HTTPS://x.org"]
)
def test_an_address_of_the_web_is_linked(url: str) -> None:
    """As it is written."""
    assert safe(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//example.org",
        "https://",
        "https://example.org/\u202egro.live",
        "https://exa\\mple.org",
        "https://example.org/a b",
        "vbscript:x",
    ],
)
def test_nothing_else_becomes_a_link(url: str) -> None:
    """Neither a script nor a file, nor an address that reads otherwise than it is."""
    assert safe(url) == ""


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "fragment"),
    [
        ("machine learning", "", "", "machine%20learning"),
        ("a, b & c-d", "", "", "a%2C%20b%20%26%20c%2Dd"),
        ("will not", "Zoom ", " train-ai", "Zoom-,will%20not,-train%2Dai"),
        ("“naïve”", "", "", "%E2%80%9Cna%C3%AFve%E2%80%9D"),
        ("two\n  lines", "", "", "two%20lines"),
        (
            " ".join(f"w{n:02}" for n in range(40)),
            "",
            "",
            "w00%20w01%20w02%20w03%20w04,w35%20w36%20w37%20w38%20w39",
        ),
    ],
)
def test_a_link_leads_to_the_words(exact: str, prefix: str, suffix: str, fragment: str) -> None:
    """`#:~:text=[prefix-,]start[,end][,-suffix]`; commas, hyphens and ampersands are encoded."""
    assert to_words(PAGE, exact, prefix, suffix) == f"{PAGE}#:~:text={fragment}"


def test_an_address_with_a_place_of_its_own_keeps_it() -> None:
    """The directive follows the fragment that is there."""
    assert to_words(f"{PAGE}#s4", "words") == f"{PAGE}#s4:~:text=words"


@pytest.mark.parametrize("exact", ["", "  ", "from ... to", "from […] to", "a … b"])
def test_words_that_no_page_has_are_not_looked_for(exact: str) -> None:
    """A quote with a gap in it leads to the page."""
    assert to_words(PAGE, exact) == PAGE


@given(st.text())
def test_whatever_a_quote_holds_the_address_stays_one(exact: str) -> None:
    """Nothing in it is markup, a blank or a second directive."""
    link = to_words(PAGE, exact)

    assert safe(link) == link
    assert not set(link) & set("<>\"' \n")


def test_a_clause_leads_to_its_archive() -> None:
    """To the commit that holds the words."""
    kept = {
        "collection": "OpenTermsArchive/contrib-versions",
        "path": "Zoom/Terms of Service.md",
        "commit": "99ab",
    }

    assert to_archive(kept) == (  # type: ignore[arg-type]
        "https://github.com/OpenTermsArchive/contrib-versions/blob/99ab/Zoom/Terms%20of%20Service.md"
    )


@pytest.mark.parametrize(
    "collection", ["somewhere", "a/b/c", "../x/y", "a b/c", "javascript:alert(1)"]
)
def test_an_archive_that_is_no_repository_is_not_linked(collection: str) -> None:
    """It is named in the record."""
    assert to_archive({"collection": collection, "path": "a", "commit": "b"}) == ""
    assert to_archive(None) == ""


@pytest.mark.parametrize("name", ["calls", "a b", "?x=1", "#", '"><b>', "\ud800"])
def test_a_link_within_the_page_holds_any_name(name: str) -> None:
    """And gives it back."""
    link = to_row(name, "zoom", "a.b")

    assert not set(link[1:]) & set('#? <>"')
    assert unquote(link) == f"#{name.encode('utf-8', 'replace').decode()}/zoom/a.b"


def test_filters_stand_behind_a_question_mark() -> None:
    """What is empty filters nothing."""
    assert (
        to_table(vendor="zoom", gate="", verdict="met,silent") == "#?vendor=zoom&verdict=met,silent"
    )
