"""Addresses a reader may follow: only of the web, and to the very words where that can be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from termsgate.core.record import ArchiveEntry

_WEB: Final = re.compile(r"https?://[^\s\x00-\x20\x7f\\]+", re.IGNORECASE)
_LONG: Final = 120
"""A quote longer than this is named by its first and last words: it may run over paragraphs."""
_ENDS: Final = 5
_CUT: Final = re.compile(r"\.\.\.|…|\[")
"""What stands for words left out; the page at the address does not have it."""


def safe(url: str) -> str:
    """The address if it is one of the web; nothing else may become a link."""
    plain = url.strip()
    return plain if _WEB.fullmatch(plain) and plain.isprintable() else ""


def to_words(url: str, exact: str, prefix: str = "", suffix: str = "") -> str:
    """The address with a text fragment that leads to the quote (WICG, `#:~:text=`)."""
    address = safe(url)
    if not address or not exact.strip() or _CUT.search(exact):
        return address
    before = f"{_encoded(prefix)}-," if prefix.strip() else ""
    after = f",-{_encoded(suffix)}" if suffix.strip() else ""
    joint = "" if "#" in address else "#"
    return f"{address}{joint}:~:text={before}{_span(exact)}{after}"


def _span(exact: str) -> str:
    """All words of a quote, or its first and last where there are many."""
    words = exact.split()
    if len(exact) <= _LONG or len(words) <= 2 * _ENDS:
        return _encoded(exact)
    return f"{_encoded(' '.join(words[:_ENDS]))},{_encoded(' '.join(words[-_ENDS:]))}"


def _encoded(text: str) -> str:
    """Percent-encoded; `-`, `,` and `&` have a meaning of their own in a text fragment."""
    plain = " ".join(text.split()).encode("utf-8", "replace")
    return quote(plain, safe="").replace("-", "%2D")


def to_archive(archive: ArchiveEntry | None) -> str:
    """Where a public archive shows the words of a version; nothing if it is no repository."""
    if archive is None or not re.fullmatch(r"[\w.-]+/[\w.-]+", archive["collection"], re.ASCII):
        return ""
    path = quote(archive["path"].encode("utf-8", "replace"), safe="/")
    commit = quote(archive["commit"], safe="")
    return f"https://github.com/{archive['collection']}/blob/{commit}/{path}"


def to_row(check: str, vendor: str, requirement: str) -> str:
    """The part of an address that leads to a verdict, in this run and every later one."""
    name = f"{check}/{vendor}/{requirement}".encode("utf-8", "replace")
    return f"#{quote(name, safe='/')}"


def to_table(**filters: str) -> str:
    """The part of an address that shows the verdicts a filter leaves."""
    said = "&".join(
        f"{name}={quote(value.encode('utf-8', 'replace'), safe=',')}"
        for name, value in filters.items()
        if value
    )
    return f"#?{said}"
