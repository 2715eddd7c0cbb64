"""What was found of quotes and texts, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from termsgate.core.evidence import QuoteFinding, TextFinding
    from termsgate.core.record import QuoteEntry, TextEntry

FEW_WORDS: Final = 12
"""So many words of a vendor's text a record keeps; it travels further than the text may."""


def quote_entry(finding: QuoteFinding) -> QuoteEntry:
    """What became of a quote, with the sentence around it."""
    return {
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "vendor": finding.vendor,
        "document": finding.document,
        "version": finding.effective.isoformat(),
        "clause": finding.clause,
        "status": finding.status.value,
        "quote": finding.words,
        "text": finding.text,
        "text-line": finding.line,
        "text-page": finding.page,
        "sentence": finding.sentence,
        "normalised": [each.value for each in finding.needed],
        "section": finding.section,
        "section-status": finding.standing.value,
        "section-note": finding.remark,
        "note": finding.note,
        "help": finding.help,
    }


def place_of_quote(entry: QuoteEntry) -> tuple[str, str, str, str]:
    """What a quote is found and sorted by: its vendor, document, version and clause."""
    return entry["vendor"], entry["document"], entry["version"], entry["clause"]


def recorded(entry: QuoteEntry) -> QuoteEntry:
    """The same with no more than a few words of the sentence."""
    words = entry["sentence"].split()
    at = _start(words, entry["quote"])
    kept = " ".join(words[at : at + FEW_WORDS])
    before, after = "… " * (at > 0), " …" * (at + FEW_WORDS < len(words))
    return {**entry, "sentence": f"{before}{kept}{after}"}


def _start(words: list[str], quote: str) -> int:
    """Where the few words start: with the quote as far as it can be told, and not too late."""
    first = quote.split()[:1]
    starts = (at for at, word in enumerate(words) if [word] == first)
    return max(min(next(starts, 0), len(words) - FEW_WORDS), 0)


def text_entry(finding: TextFinding) -> TextEntry:
    """What became of the captured text of a version."""
    return {
        "path": finding.place.path,
        "vendor": finding.vendor,
        "document": finding.document,
        "version": finding.effective.isoformat(),
        "status": finding.status.value,
        "text": finding.text,
        "sha256": finding.sha256,
        "text-sha256": finding.text_sha256,
        "code": finding.code,
        "note": finding.note,
        "help": finding.help,
        "warning": finding.warning,
    }
