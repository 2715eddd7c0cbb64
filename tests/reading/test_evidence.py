"""Quotes are held against the captured text (semantics 3.7)."""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.evidence import QuoteStatus, SectionStatus, TextStatus
from termsgate.core.model import Quote
from termsgate.reading.captured import Captured
from termsgate.reading.evidence import check_evidence, check_quotes
from termsgate.reading.plain import NORMALISER
from termsgate.reading.store import load
from tests.reading.gitarchive import GitArchive
from tests.reading.pdfs import pdf

if TYPE_CHECKING:
    from pathlib import Path

    from termsgate.core.evidence import Evidence, QuoteFinding

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
        "the words stand there 4 times, on line 1, 2, 3 and elsewhere"
    )


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
    assert _only(tmp_path) == (("rejected", note) if changed else ("found", ""))


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


def test_a_text_that_cannot_be_read_is_rejected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is there, and proves nothing."""
    _project(tmp_path)
    text = tmp_path / "fixtures/acme/terms/2024-01-01.md"
    text.write_text("a few words")
    loaded = load(tmp_path)
    assert loaded.project is not None

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(text), "open", refuse)
    (found,) = check_evidence(loaded.project, tmp_path).texts

    assert (found.status, found.code) == (TextStatus.REJECTED, "text/unreadable")
    assert found.note == "the text cannot be read: permission denied"


# --- what is no evidence ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "code", "said"),
    [
        ("md", "a few words".encode("utf-16"), "text/encoding", "UTF-16"),
        ("md", "a few words".encode("utf-16-le"), "text/encoding", "UTF-16"),
        ("md", "a few words".encode("utf-16-be"), "text/encoding", "UTF-16"),
        ("md", "a few words\n\xe9t\xe9".encode("latin-1"), "text/encoding", "0xe9 on line 2"),
        ("html", "a few words \x93x\x94".encode("latin-1"), "text/encoding", "0x93 on line 1"),
        ("txt", b"a few words\0\x01\x02\x03", "text/binary", "zero byte"),
        ("md", b"%PDF-1.4 a few words", "text/binary", "PDF"),
        ("pdf", b"a few words", "text/pdf", "no PDF"),
        ("md", b"", "text/empty", "no words"),
        ("html", b"<script>a few words</script>", "text/empty", "no words"),
        ("md", b"a few words" + b" " * 5_000_000, "text/too-large", "5 MB"),
        ("md", b"a few words" + b"\0" * 50_000_000, "text/too-large", "5 MB"),
    ],
)
def test_what_cannot_be_read_as_a_text_is_rejected(
    tmp_path: Path, name: str, data: bytes, code: str, said: str
) -> None:
    """With a reason; though the words may be in it, no quote of it is verified."""
    _project(tmp_path)
    (tmp_path / f"fixtures/acme/terms/2024-01-01.{name}").write_bytes(data)

    found = _evidence(tmp_path)

    assert [one.status for one in found.quotes] == [QuoteStatus.REJECTED]
    assert [one.code for one in found.texts] == [code]
    assert said in found.texts[0].note
    assert found.texts[0].help


def test_a_mark_of_the_byte_order_does_not_matter(tmp_path: Path) -> None:
    """It is UTF-8 all the same."""
    _project(tmp_path)
    text = tmp_path / "fixtures/acme/terms/2024-01-01.md"
    text.write_bytes(b"\xef\xbb\xbfa few words")

    assert _only(tmp_path)[0] == "found"


def test_a_link_out_of_the_folder_is_a_problem(tmp_path: Path) -> None:
    """Also within the project: whoever changes the text there changes the evidence here."""
    _project(tmp_path)
    (tmp_path / "policies/words.md").write_text("a few words")
    (tmp_path / "fixtures/acme/terms/2024-01-01.md").symlink_to("../../../policies/words.md")

    assert [(one.code, one.message) for one in load(tmp_path).problems][:1] == [
        ("store/outside", "a text that leads out of the folder of its document")
    ]


@pytest.mark.parametrize("target", ["../../../words.md", "/etc/hostname", "nowhere.md"])
def test_a_link_that_comes_later_is_rejected(tmp_path: Path, target: str) -> None:
    """The text is looked at again when it is opened."""
    _project(tmp_path)
    (tmp_path / "words.md").write_text("a few words")
    project = load(tmp_path).project
    assert project is not None
    (tmp_path / "fixtures/acme/terms/2024-01-01.md").symlink_to(target)

    found = check_evidence(project, tmp_path)

    assert found.quotes[0].status is QuoteStatus.REJECTED
    assert found.texts[0].code == ("text/unreadable" if target == "nowhere.md" else "text/outside")


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    """Two versions may have the same text."""
    _project(tmp_path)
    (tmp_path / "fixtures/acme/terms/2024-01-01.md").symlink_to("2023-01-01.md")
    (tmp_path / "fixtures/acme/terms/2023-01-01.md").write_text("a few words")

    assert _only(tmp_path)[0] == "found"


def test_a_name_that_no_disk_can_hold_is_not_there(tmp_path: Path) -> None:
    """It is no error of ours."""
    _project(tmp_path, f"{{snapshot: {{file: {'x' * 400}.md}}}}")

    assert _only(tmp_path)[0] == "unchecked"


def test_a_folder_for_a_text_is_rejected(tmp_path: Path) -> None:
    """It holds no words."""
    _project(tmp_path)
    project = load(tmp_path).project
    assert project is not None
    (tmp_path / "fixtures/acme/terms/2024-01-01.md").mkdir()

    assert check_evidence(project, tmp_path).texts[0].code == "text/unreadable"


# --- digests ----------------------------------------------------------------------------------


def _snapshot(root: Path, text: str, *keys: str) -> Path:
    _project(root, f"{{snapshot: {{file: page.md, {', '.join(keys)}}}}}")
    (root / "fixtures/acme/terms/page.md").write_text(text)
    return root


WORDS: Final = f"text-sha256: {hashlib.sha256(b'a few words').hexdigest()}"
BYTES: Final = f"sha256: {hashlib.sha256(b'a few words').hexdigest()}"
NOW: Final = f"normaliser: {NORMALISER}"


@pytest.mark.parametrize(
    ("text", "keys", "status", "warning"),
    [
        ("a few words", (BYTES, WORDS, NOW), "found", ""),
        ("a **few** words\n", (WORDS, NOW), "found-normalised", ""),
        ("a few words\n", (BYTES, WORDS, NOW), "found", "its bytes are not those captured"),
        ("a few words more", (WORDS, NOW), "rejected", ""),
        ("a few words more", (BYTES, WORDS, NOW), "rejected", ""),
        ("a few words more", (WORDS, "normaliser: 1"), "found", "was not compared"),
        ("a few words more", (BYTES, WORDS, "normaliser: 1"), "rejected", ""),
    ],
)
def test_the_digest_of_the_words_outlives_their_dress(
    tmp_path: Path, text: str, keys: tuple[str, ...], status: str, warning: str
) -> None:
    """The bytes prove the page, the words survive its markup; another normaliser's are no proof."""
    found = _evidence(_snapshot(tmp_path, text, *keys))

    assert found.quotes[0].status == status
    assert warning in found.texts[0].warning
    assert bool(warning) == bool(found.texts[0].warning)


def test_the_digests_of_a_text_are_told(tmp_path: Path) -> None:
    """As a snapshot has them."""
    found = _evidence(_snapshot(tmp_path, "a few words"))

    assert f"sha256: {found.texts[0].sha256}" == BYTES
    assert f"text-sha256: {found.texts[0].text_sha256}" == WORDS


# --- in an archive ----------------------------------------------------------------------------


def _archived(tmp_path: Path, text: str | bytes = "a few words") -> tuple[Path, Path]:
    """A project that names a commit, and the folder of archives."""
    archive = GitArchive(tmp_path / "archives/owner/name")
    commit = archive.record("Acme/Terms of Service.md", text, day=1)
    archive.record("Acme/Terms of Service.md", "other words", day=2)
    named = f"{{collection: owner/name, path: Acme/Terms of Service.md, commit: {commit}}}"
    return _project(tmp_path / "project", f"{{archive: {named}}}"), tmp_path / "archives"


def test_a_quote_is_held_against_the_very_commit(tmp_path: Path) -> None:
    """Not against what the archive holds today."""
    root, archives = _archived(tmp_path)

    (found,) = _evidence(root, archives).quotes

    assert found.status is QuoteStatus.FOUND
    assert found.text.startswith("owner/name:Acme/Terms of Service.md@")


def test_the_archive_goes_before_a_copy(tmp_path: Path) -> None:
    """Nobody can change what it holds."""
    root, archives = _archived(tmp_path)
    (root / "fixtures/acme/terms/2024-01-01.md").write_text("other words")

    assert _evidence(root, archives).quotes[0].status is QuoteStatus.FOUND
    assert _evidence(root).quotes[0].status is QuoteStatus.LOST


def test_a_copy_that_is_not_the_one_captured_is_rejected_all_the_same(tmp_path: Path) -> None:
    """Whatever the archive says."""
    root, archives = _archived(tmp_path)
    file = root / "fixtures/acme/terms/2024-01-01.yaml"
    snapshot = f"commit: {'0' * 64}}}, snapshot: {{file: 2024-01-01.md, {BYTES}}}"
    file.write_text(re.sub(r"commit: \w+}", snapshot, file.read_text()))
    (root / "fixtures/acme/terms/2024-01-01.md").write_text("a few words, edited")

    assert _evidence(root, archives).texts[0].code == "text/digest"


@pytest.mark.parametrize("copy", [False, True])
def test_without_a_clone_a_copy_counts(tmp_path: Path, copy: bool) -> None:  # noqa: FBT001
    """And without either, the quote is unchecked, and it is said what is missing."""
    root, archives = _archived(tmp_path)
    shutil.rmtree(archives / "owner/name")
    if copy:
        (root / "fixtures/acme/terms/2024-01-01.md").write_text("a few words")

    (found,) = _evidence(root, archives).quotes

    assert found.status is (QuoteStatus.FOUND if copy else QuoteStatus.UNCHECKED)
    assert copy or found.note == "there is no clone of `owner/name`"


def test_without_a_folder_of_archives_it_is_said_which_clone_would_help(tmp_path: Path) -> None:
    """By the option that names it."""
    root, _ = _archived(tmp_path)

    (found,) = _evidence(root).texts

    assert found.help == (
        "name a folder that holds a clone of `owner/name`: "
        "`--archive DIR`, in a run of pytest `--terms-archive=DIR`"
    )


def test_a_text_in_an_archive_may_be_no_text(tmp_path: Path) -> None:
    """It is rejected as it would be on disk."""
    root, archives = _archived(tmp_path, "a few words".encode("utf-16"))

    assert _evidence(root, archives).texts[0].code == "text/encoding"


# --- a PDF ------------------------------------------------------------------------------------


def test_a_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    """The finding says the page."""
    _project(tmp_path)
    file = tmp_path / "fixtures/acme/terms/2024-01-01.pdf"
    file.write_bytes(pdf(["The first page.", "Here are a few words."]))

    (found,) = _evidence(tmp_path).quotes

    assert (found.status, found.page, found.sentence) == (
        QuoteStatus.FOUND,
        2,
        "Here are a few words.",
    )


def test_without_a_reader_a_pdf_is_unchecked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says which extra to install."""
    _project(tmp_path)
    (tmp_path / "fixtures/acme/terms/2024-01-01.pdf").write_bytes(pdf(["a few words"]))
    monkeypatch.setitem(sys.modules, "pypdf", None)

    found = _evidence(tmp_path)

    assert found.quotes[0].status is QuoteStatus.UNCHECKED
    assert found.texts[0].code == "text/no-pdf-reader"
    assert found.texts[0].help == "run `pip install termsgate[pdf]`"


@pytest.mark.parametrize("kept", [20, 200, 400])
def test_a_pdf_that_is_cut_off_is_rejected_or_read(tmp_path: Path, kept: int) -> None:
    """Never with an error of ours, and never as one that holds what it has not."""
    _project(tmp_path)
    whole = pdf(["nothing of it"])
    (tmp_path / "fixtures/acme/terms/2024-01-01.pdf").write_bytes(whole[:kept])

    found = _evidence(tmp_path)

    assert found.texts[0].code in ("text/pdf", "text/empty")


def test_a_pdf_of_too_many_pages_is_rejected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would take too long."""
    _project(tmp_path)
    (tmp_path / "fixtures/acme/terms/2024-01-01.pdf").write_bytes(pdf(["a few words", "x"]))
    monkeypatch.setattr("termsgate.reading.pdf.MOST_PAGES", 1)

    assert _evidence(tmp_path).texts[0].note == (
        "the PDF cannot be read: it has 2 pages, and 1 are read"
    )


# --- precedence, sections ---------------------------------------------------------------------


def test_a_rule_of_precedence_is_quoted_too(tmp_path: Path) -> None:
    """By its number."""
    _project(tmp_path)
    file = tmp_path / "fixtures/acme/terms/2024-01-01.yaml"
    rule = "precedence: [{over: [order], section: '2', quote: shall prevail}]\n"
    file.write_text(file.read_text().replace("clauses:", f"{rule}clauses:"))
    vendor = tmp_path / "fixtures/acme/vendor.yaml"
    order = "{id: order, kind: contract, at-hand: false}"
    vendor.write_text(vendor.read_text().replace("contract}]", f"contract}}, {order}]"))
    (tmp_path / "fixtures/acme/terms/2024-01-01.md").write_text("a few words shall prevail")

    found = _evidence(tmp_path).quotes

    assert [(one.clause, one.status.value) for one in found] == [
        ("a", "found"),
        ("precedence.1", "found"),
    ]


def test_a_section_that_stands_elsewhere_is_said(tmp_path: Path) -> None:
    """It is a warning: the quote is verified."""
    _project(tmp_path)
    file = tmp_path / "fixtures/acme/terms/2024-01-01.yaml"
    file.write_text(file.read_text().replace("{id: a,", "{id: a, section: '1.1',"))
    text = "**1.1 Use**. We use it.\n\n**1.2 Sale**. We say a few words.\n"
    (tmp_path / "fixtures/acme/terms/2024-01-01.md").write_text(text)

    (found,) = _evidence(tmp_path).quotes

    assert found.status.is_verified
    assert (found.standing, found.remark) == (
        SectionStatus.ELSEWHERE,
        "section `1.1` is on line 1, and the quote stands under `1.2`",
    )


def _evidence(root: Path, archive: Path | None = None) -> Evidence:
    loaded = load(root)
    assert loaded.project is not None, loaded.problems
    return check_evidence(loaded.project, root, archive=archive)
