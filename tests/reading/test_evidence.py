"""Quotes are held against the captured text (semantics 3.7)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from termsgate.core.evidence import QuoteStatus
from termsgate.core.model import Quote
from termsgate.reading.evidence import Captured, check_quotes, normalised
from termsgate.reading.store import load

if TYPE_CHECKING:
    from pathlib import Path

    from termsgate.core.evidence import QuoteFinding

FOUND, NORMALISED = QuoteStatus.FOUND, QuoteStatus.FOUND_NORMALISED
LOST, AMBIGUOUS = QuoteStatus.LOST, QuoteStatus.AMBIGUOUS


@pytest.mark.parametrize(
    ("text", "quote", "status", "line"),
    [
        ("one\ntwo words\n", Quote(exact="two words"), FOUND, 2),
        ("one\ntwo words\n", Quote(exact="three words"), LOST, None),
        ("one\none\n", Quote(exact="one"), AMBIGUOUS, None),
        ("one a\none b\n", Quote(exact="one", suffix=" b"), FOUND, 2),
        ("a one\nb one\n", Quote(exact="one", prefix="b "), FOUND, 2),
        ("b\none\n", Quote(exact="one", prefix="b\n"), FOUND, 2),
        ("aaa\n", Quote(exact="aa"), AMBIGUOUS, None),
        ("will not\n  use\n", Quote(exact="will not use"), NORMALISED, 1),
        ("x\nyou\u2019re \u201cin\u201d\n", Quote(exact='you\'re "in"'), NORMALISED, 2),
        ("a \u2014 b\u2026\n", Quote(exact="a - b..."), NORMALISED, 1),
        ("a\u00a0b\u200bc\n", Quote(exact="a bc"), NORMALISED, 1),
        ("it is **our** _data_\n", Quote(exact="it is our data"), NORMALISED, 1),
        ("snake_case words\n", Quote(exact="snake_case  words"), NORMALISED, 1),
        (
            "see [the policy](https://x.example/a_b) now\n",
            Quote(exact="the policy now"),
            NORMALISED,
            1,
        ),
        ("see [a **bold** link](x)\n", Quote(exact="a bold link"), NORMALISED, 1),
        ("a \\- b\\_c\n", Quote(exact="a - b_c"), NORMALISED, 1),
        ("<p>we <b>may</b> use</p>\n", Quote(exact="we may use"), NORMALISED, 1),
        ("<p>one</p><p>two</p>\n", Quote(exact="one two"), NORMALISED, 1),
        ("a<!-- no -->b &amp; c &#8217;s\n", Quote(exact="ab & c 's"), NORMALISED, 1),
        ("a&nbsp;b &nosuch; c\n", Quote(exact="a b &nosuch; c"), NORMALISED, 1),
        ("# Use\n> of data\n", Quote(exact="Use of data"), NORMALISED, 1),
        ("x  y\nx  y\n", Quote(exact="x y"), AMBIGUOUS, None),
        ("a  b\nc  d e\n", Quote(exact="d", prefix="b c ", suffix=" e"), NORMALISED, 2),
        ("anything", Quote(exact="**"), LOST, None),
    ],
)
def test_a_quote_stands_there_exactly_once(
    text: str, quote: Quote, status: QuoteStatus, line: int | None
) -> None:
    """As it stands, or but for typography and markup; else it is lost or ambiguous."""
    found = Captured(text).find(quote)

    assert found[:2] == (status, line)
    assert bool(found[2]) != status.is_verified


def test_an_ambiguous_quote_says_where() -> None:
    """The first three lines, and that there are more."""
    assert Captured("x\nx\nx\nx\n").find(Quote(exact="x"))[2] == (
        "the words stand there 4 times, on line 1, 2, 3 and elsewhere; add a `prefix` or `suffix`"
    )


def test_normalising_twice_changes_nothing_more() -> None:
    """And each letter knows where it came from."""
    text = "a  **b**\n[c](d) &amp; \u201ce\u201d"
    once, origins = normalised(text)

    assert once == 'a b c & "e"'
    assert normalised(once)[0] == once
    assert [text[at] for at in origins if text[at].isalpha()] == ["a", "b", "c", "e"]


# --- where the text lies ----------------------------------------------------------------------


def _project(root: Path, source: str = "{}", published: str = "") -> Path:
    for name, text in {
        "policies/p.yaml": "policy: p\ntitle: P\nrequirements: [{id: r, title: R, level: must,"
        " forbid: {action: use, data: chat}}]\n",
        "fixtures/acme/vendor.yaml": "vendor: acme\nname: A\n"
        "documents: [{id: terms, kind: contract}]\n",
        "fixtures/acme/terms/2024-01-01.yaml": "document: terms\neffective: 2024-01-01\n"
        f"{published}source: {source}\nclauses:\n"
        "  - {id: a, quote: a few words, states: {audit-right: true}}\n"
        "  - {id: b, states: {audit-right: true}}\n",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def _findings(root: Path, texts: Path | None = None) -> tuple[QuoteFinding, ...]:
    loaded = load(root)
    assert loaded.project is not None, loaded.problems
    return check_quotes(loaded.project, root, texts)


def _only(root: Path, texts: Path | None = None) -> tuple[str, str]:
    (finding,) = _findings(root, texts)
    return str(finding.status), finding.note


def test_a_clause_without_a_quote_has_no_finding(tmp_path: Path) -> None:
    """There is nothing to look for; without a text a quote is unchecked."""
    (finding,) = _findings(_project(tmp_path))

    assert (finding.vendor, finding.document, finding.clause, str(finding.effective)) == (
        "acme",
        "terms",
        "a",
        "2024-01-01",
    )
    assert (finding.status, finding.line, finding.note) == (
        QuoteStatus.UNCHECKED,
        None,
        "no captured text is at hand",
    )


@pytest.mark.parametrize("ending", [".md", ".txt", ".html"])
def test_a_text_lies_beside_its_version(tmp_path: Path, ending: str) -> None:
    """With the same name."""
    _project(tmp_path)
    (tmp_path / f"fixtures/acme/terms/2024-01-01{ending}").write_text("a few words")

    assert _only(tmp_path) == ("found", "")


def test_a_snapshot_is_looked_at_first(tmp_path: Path) -> None:
    """It is what the fixture says was captured."""
    _project(tmp_path, "{snapshot: {file: page.html}}")
    (tmp_path / "fixtures/acme/terms/page.html").write_text("a few words")
    (tmp_path / "fixtures/acme/terms/2024-01-01.md").write_text("other words")

    assert _only(tmp_path) == ("found", "")


@pytest.mark.parametrize("changed", [False, True])
def test_the_digest_of_the_snapshot_is_checked(tmp_path: Path, changed: bool) -> None:  # noqa: FBT001
    """A text that is not the one captured proves nothing."""
    digest = hashlib.sha256(b"a few words").hexdigest()
    _project(tmp_path, f"{{snapshot: {{file: page.md, sha256: {digest}}}}}")
    text = "a few words!" if changed else "a few words"
    (tmp_path / "fixtures/acme/terms/page.md").write_text(text)

    note = "`page.md` is not the text that was captured: its sha256 differs"
    assert _only(tmp_path) == (("lost", note) if changed else ("found", ""))


@pytest.mark.parametrize(
    "name",
    [
        "acme--terms--2024-01-01.md",
        "acme--terms--rec-2024-01-01.txt",
        "acme--terms--2023-12-01.rec-2024-01-01.md",
        "acme--terms--2023-12-24.md",
        "acme/terms/2024-01-01.html",
    ],
)
def test_a_folder_of_texts_is_looked_through(tmp_path: Path, name: str) -> None:
    """By the day it took effect or was recorded, else by the day it was published."""
    _project(tmp_path / "project", published="published: 2023-12-24\n")
    texts = tmp_path / "texts"
    (texts / name).parent.mkdir(parents=True)
    (texts / name).write_text("a few words")

    assert _only(tmp_path / "project", texts) == ("found", "")


def test_a_folder_without_the_text_leaves_the_quote_unchecked(tmp_path: Path) -> None:
    """Another version's text is no evidence."""
    _project(tmp_path / "project")
    (tmp_path / "acme--terms--2023-01-01.md").write_text("a few words")

    assert _only(tmp_path / "project", tmp_path)[0] == "unchecked"


def test_a_text_that_cannot_be_read_is_not_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is unchecked, not lost."""
    _project(tmp_path)
    text = tmp_path / "fixtures/acme/terms/2024-01-01.md"
    text.write_text("a few words")
    loaded = load(tmp_path)
    assert loaded.project is not None

    def refuse(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(type(text), "read_bytes", refuse)

    assert check_quotes(loaded.project, tmp_path)[0].status is QuoteStatus.UNCHECKED
