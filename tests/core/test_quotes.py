"""What was found of quotes, as plain data."""

from __future__ import annotations

from datetime import date

import pytest

from termsgate.core.evidence import (
    QuoteFinding,
    QuoteStatus,
    Retouch,
    SectionStatus,
    TextFinding,
    TextStatus,
)
from termsgate.core.ledger import Ledger, accounted
from termsgate.core.model import Place
from termsgate.core.quotes import place_of_quote, quote_entry, recorded, text_entry
from termsgate.reading.record import decode
from termsgate.reporting.json import to_text
from tests.recorded import record, verdict

FOUND = QuoteFinding(
    vendor="zoom",
    document="terms",
    effective=date(2023, 8, 7),
    clause="ban",
    status=QuoteStatus.FOUND_NORMALISED,
    line=7,
    page=2,
    words="does not train",
    text="fixtures/zoom/terms/2023-08-07.pdf",
    sentence="Zoom does not train.",
    needed=(Retouch.MARKUP, Retouch.WHITE_SPACE),
    section="10.4",
    standing=SectionStatus.CONFIRMED,
)


def test_a_record_with_quotes_is_read_back() -> None:
    """They are part of its published form."""
    made = accounted(record(verdict()), Ledger(quotes=[quote_entry(FOUND)]))

    read_back = decode(to_text(made).encode("utf-8"), "record.json")

    assert read_back.problems == ()
    assert read_back.record is not None
    assert read_back.record["quotes"] == [quote_entry(FOUND)]


def test_a_quote_is_found_by_its_clause_and_version() -> None:
    """There is one of each clause."""
    assert place_of_quote(quote_entry(FOUND)) == ("zoom", "terms", "2023-08-07", "ban")


def test_a_text_is_told_with_its_version() -> None:
    """And with everything that was found of it."""
    place = Place(path="fixtures/zoom/terms/2023-08-07.yaml", line=3, column=1)
    found = TextFinding(
        vendor="zoom",
        document="terms",
        effective=date(2023, 8, 7),
        place=place,
        status=TextStatus.READ,
        text="fixtures/zoom/terms/2023-08-07.pdf",
        sha256="ab",
        text_sha256="cd",
        code="a",
        note="b",
        help="c",
        warning="d",
    )

    assert text_entry(found) == {
        "path": "fixtures/zoom/terms/2023-08-07.yaml",
        "vendor": "zoom",
        "document": "terms",
        "version": "2023-08-07",
        "status": TextStatus.READ.value,
        "text": "fixtures/zoom/terms/2023-08-07.pdf",
        "sha256": "ab",
        "text-sha256": "cd",
        "code": "a",
        "note": "b",
        "help": "c",
        "warning": "d",
    }


def test_a_record_without_quotes_has_no_word_of_them() -> None:
    """As those had that were written before there were any."""
    assert "quotes" not in accounted(record(verdict()), Ledger())


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("Zoom does not train.", "Zoom does not train."),
        (f"{'a ' * 20}does not train on it", f"\u2026{' a' * 7} does not train on it"),
        (f"{'a ' * 20}does not train {'b ' * 20}", f"\u2026 does not train{' b' * 9} \u2026"),
        (f"{'a ' * 20}do not train", f"{'a ' * 12}\u2026"),
        (f"a does not train{' b' * 9}", f"\u2026 does not train{' b' * 9}"),
        (f"a does not train{' b' * 8}", f"a does not train{' b' * 8}"),
    ],
)
def test_a_record_keeps_a_dozen_words(sentence: str, kept: str) -> None:
    """From where the quote starts, as far as it can be told."""
    entry = {**quote_entry(FOUND), "sentence": sentence}

    assert recorded(entry)["sentence"] == kept  # type: ignore[arg-type]
