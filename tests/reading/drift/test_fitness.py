"""What is not the document, and how that is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from termsgate.core.model import Clause, Document, DocumentKind, Quote, Version
from termsgate.reading.drift.examine import Standard, examine
from termsgate.reading.drift.sentences import taken_apart
from tests.reading.drift import making

NOTICE = """\
# Harbour Privacy Notice

This notice of Harbour says what Harbour does with names and addresses. We collect them when you
register. We hold them for a year. You may ask Harbour for a copy of them by post at any time.
"""


def _standard(documents: tuple[str, ...] = ("terms",), *, quoted: bool = True) -> Standard:
    """The terms of Harbour, of which the old text is not at hand."""
    known = making.standard("tuned/harbour.md")
    version = known.version if quoted else replace(known.version, clauses=())
    kinds = tuple(Document(id=name, kind=DocumentKind.CONTRACT) for name in documents)
    return Standard(vendor=replace(known.vendor, documents=kinds), version=version)


def _why(standard: Standard, text: str, *, whole: bool = False) -> str | None:
    refused = examine(standard, taken_apart(text, "new.md"), whole=whole).refused
    return refused.why.value if refused else None


def test_the_title_of_another_document_of_the_vendor_is_seen() -> None:
    """Also where nobody recorded that document."""
    assert _why(_standard(("terms", "privacy-notice")), NOTICE) == "another document"


def test_a_text_of_the_vendor_under_no_known_title_is_judged() -> None:
    """It may be the document, rewritten."""
    assert _why(_standard(), NOTICE) is None
    assert _why(_standard(("terms", "data-addendum")), NOTICE) is None


def test_a_text_under_its_own_title_is_judged() -> None:
    """Whatever else is in it."""
    text = NOTICE.replace("Privacy Notice", "Terms and Privacy Notice")

    assert _why(_standard(("terms", "privacy-notice")), text) is None


def test_without_quotes_and_old_text_nothing_is_foreign() -> None:
    """There is nothing to know it by."""
    assert _why(_standard(quoted=False), NOTICE.replace("Harbour", "Meadow")) is None


def test_a_recorded_document_of_the_vendor_is_recognised_by_its_quotes() -> None:
    """And the help says which it is."""
    clauses = tuple(
        Clause(id=f"c{at}", document="notice", quote=Quote(exact=words))
        for at, words in enumerate(["what Harbour does with names", "We hold them for a year"])
    )
    notice = Version(document="notice", effective=date(2024, 1, 1), clauses=clauses)
    known = _standard()
    standard = replace(known, others=((known.vendor, notice),))
    refused = examine(standard, taken_apart(NOTICE, "new.md")).refused

    assert refused is not None
    assert (refused.why, "--document notice" in refused.help) == ("another document", True)


def test_another_vendors_recorded_document_is_recognised() -> None:
    """By more of its quotes than of ours."""
    other = making.standard("held_back/meadow.md")
    standard = replace(_standard(), others=((other.vendor, other.version),))

    assert _why(standard, making.written("held_back/meadow.md")) == "another vendor"


@pytest.mark.parametrize("end", ["\n\nRead more\n", "\n\nContinue reading\n", " and then the"])
def test_a_text_that_breaks_off_is_seen_without_the_old_one(end: str) -> None:
    """It asks for more, or ends in a sentence; and all that came later is lost."""
    text = making.written("tuned/harbour.md")

    assert _why(_standard(), text[: text.index("3.  **SUB")].rstrip() + end) == "truncated"


def test_a_text_that_ends_well_is_judged() -> None:
    """Even if the vendor took its end away: nobody can tell without the old text."""
    text = making.written("tuned/harbour.md")

    assert _why(_standard(), text[: text.index("3.  **SUB")]) is None


def test_one_quote_lost_at_the_end_is_no_cut() -> None:
    """It may have been changed."""
    text = making.written("tuned/harbour.md").rstrip()

    assert _why(_standard(), text[: -len("before it takes effect.")]) is None


def test_sections_that_are_no_numbers_keep_the_order_of_the_fixture() -> None:
    """As most fixtures of pages without numbers have them."""
    known = _standard()
    clauses = tuple(replace(each, section="What we keep") for each in known.version.clauses)
    standard = replace(known, version=replace(known.version, clauses=clauses))
    text = making.written("tuned/harbour.md")

    assert _why(standard, text[: text.index("3.  **SUB")].rstrip() + " and the") == "truncated"


def test_a_text_cut_off_below_a_menu_is_cut_off() -> None:
    """What is around a text is no text of its own."""
    name = "tuned/quill.txt"
    menu = "\n".join(f"Page {at} of the menu\n" for at in range(60))
    text = making.written(name)
    drift = making.drift(name, menu + "\n" + text[: len(text) // 2])

    assert drift.refused is not None
    assert drift.refused.why == "truncated"


def test_a_whole_text_has_only_to_hold_words() -> None:
    """Who says it is whole is believed."""
    assert _why(_standard(), NOTICE.replace("Harbour", "Meadow"), whole=True) is None
    assert _why(_standard(), "", whole=True) == "empty"


def test_an_unknown_language_is_compared_and_said() -> None:
    """There is no lexicon for it, and a note says so."""
    german = (
        "Wir verwenden die Daten nicht für die Werbung. Das Recht von Irland ist anzuwenden. "
        "Die Gerichte in Dublin sind für die Klagen zuständig. Der Vertrag endet mit dem Jahr. "
        "Wir löschen die Daten mit dem Ende des Vertrags und nicht vor dem Ende des Monats."
    )
    known = _standard(quoted=False)
    standard = replace(known, old=taken_apart(german, "old.md"))
    drift = examine(standard, taken_apart(german.replace("Dublin", "Cork"), "new.md"))

    assert [each.fate for each in drift.passages] == ["changed"]
    assert "there is no lexicon for `de`: the English one was used" in drift.notes


def test_another_document_is_not_taken_for_its_few_words_in_common() -> None:
    """One quote of it stands here too, and more of ours."""
    clauses = tuple(
        Clause(id=f"c{at}", document="notice", quote=Quote(exact=words))
        for at, words in enumerate(["This notice of Harbour", "a line that is nowhere"])
    )
    notice = Version(document="notice", effective=date(2024, 1, 1), clauses=clauses)
    known = _standard()

    assert _why(replace(known, others=((known.vendor, notice),)), NOTICE) is None


def test_the_last_quote_alone_is_no_tail() -> None:
    """A text that asks for more and lacks one quote may have been changed there."""
    known = _standard()
    clauses = tuple(
        Clause(id=f"c{at}", document="terms", section=f"{at}", quote=Quote(exact=words))
        for at, words in enumerate(["Harbour provides video rooms", "words that are gone"], 1)
    )
    standard = replace(known, version=replace(known.version, clauses=clauses))

    assert _why(standard, making.written("tuned/harbour.md") + "\n\nRead more\n") is None


def test_a_quote_that_stands_now_and_did_not_before_is_said_to_nobody() -> None:
    """The fixture may have been read from a better text."""
    known = making.standard("tuned/harbour.md")
    text = making.written("tuned/harbour.md")
    worse = taken_apart(text.replace("The laws of Ireland apply.", ""), "old.md")
    clauses = (Clause(id="law", document="terms", quote=Quote(exact="The laws of Ireland apply")),)
    standard = replace(known, old=worse, version=replace(known.version, clauses=clauses))
    drift = examine(standard, taken_apart(text, "new.md"))

    assert (drift.quotes, drift.notes) == ((), ())
