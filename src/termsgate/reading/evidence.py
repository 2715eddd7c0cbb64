"""Quotes are held against the captured text: each must stand in it exactly once (semantics 3.7)."""

from __future__ import annotations

import hashlib
import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from termsgate.core.evidence import QuoteFinding, QuoteStatus
from termsgate.reading.folders import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from termsgate.core.model import Project, Quote, Vendor, Version

NORMALISER: Final = 1
"""The version of what `normalised` does; a digest over normalised text must name it."""

_NO_TEXT: Final = "no captured text is at hand"


def check_quotes(
    project: Project, root: Path, texts: Path | None = None
) -> tuple[QuoteFinding, ...]:
    """What became of every quote of every clause.

    The text lies beside the version, or in a folder of texts where one is given, as
    `<vendor>--<document>--<date>` or `<vendor>/<document>/<date>`.
    """
    return tuple(
        finding
        for vendor in project.vendors
        for version in vendor.versions
        for finding in _findings(vendor, version, root, texts)
    )


def _findings(
    vendor: Vendor, version: Version, root: Path, texts: Path | None
) -> Iterator[QuoteFinding]:
    quoted = [(clause, clause.quote) for clause in version.clauses if clause.quote is not None]
    text = _text(vendor, version, root, texts) if quoted else None
    for clause, quote in quoted:
        status, line, note = _judged(quote, text)
        yield QuoteFinding(
            vendor=vendor.id,
            document=version.document,
            effective=version.effective,
            clause=clause.id,
            status=status,
            line=line,
            note=note,
            place=clause.place,
        )


def _judged(quote: Quote, text: Captured | str | None) -> tuple[QuoteStatus, int | None, str]:
    if text is None:
        return QuoteStatus.UNCHECKED, None, _NO_TEXT
    if isinstance(text, str):
        return QuoteStatus.LOST, None, text
    return text.find(quote)


# --- the captured text --------------------------------------------------------------------------


def _text(
    vendor: Vendor, version: Version, root: Path, texts: Path | None
) -> Captured | str | None:
    """The text, or why it cannot count as the one captured, or nothing."""
    snapshot = version.source.snapshot
    file = _file(vendor, version, root, texts)
    if file is None:
        return None
    try:
        data = file.read_bytes()
    except OSError:
        return None
    if snapshot and snapshot.sha256 and hashlib.sha256(data).hexdigest() != snapshot.sha256:
        return f"`{file.name}` is not the text that was captured: its sha256 differs"
    return Captured(data.decode("utf-8", "replace"))


def _file(vendor: Vendor, version: Version, root: Path, texts: Path | None) -> Path | None:
    beside = (root / version.place.path).parent
    snapshot = version.source.snapshot
    if snapshot and (beside / snapshot.file).is_file():
        return beside / snapshot.file
    own = _first(beside, [version.effective.isoformat()])
    if own is not None or texts is None:
        return own
    stem = f"{vendor.id}--{version.document}--"
    dates = [version.effective, *([version.published] if version.published else [])]
    names = [
        name
        for day in dates
        for name in (f"{stem}*rec-{day}", f"{stem}{day}", f"{vendor.id}/{version.document}/{day}")
    ]
    return _first(texts, names)


def _first(folder: Path, names: list[str]) -> Path | None:
    found = (
        file
        for name in names
        for ending in TEXTS
        for file in sorted(folder.glob(f"{name}{ending}"))
        if file.is_file()
    )
    return next(found, None)


@dataclass(frozen=True)
class Captured:
    """A captured text, searched as it stands and then without typography and markup."""

    text: str

    def find(self, quote: Quote) -> tuple[QuoteStatus, int | None, str]:
        """Whether the quote stands there exactly once, its line, and else why not."""
        whole = quote.prefix + quote.exact + quote.suffix
        places = _places(self.text, whole)
        if len(places) == 1:
            return QuoteStatus.FOUND, self._line(places[0] + len(quote.prefix)), ""
        if places:
            return QuoteStatus.AMBIGUOUS, None, self._several(places)
        return self._find_normalised(quote)

    def _find_normalised(self, quote: Quote) -> tuple[QuoteStatus, int | None, str]:
        text, origins = self._plain
        before = len(normalised(quote.prefix)[0].lstrip()) if quote.prefix.strip() else 0
        whole = normalised(quote.prefix + quote.exact + quote.suffix)[0].strip()
        places = _places(text, whole) if whole else []
        at = [origins[place + min(before, len(whole) - 1)] for place in places]
        if len(places) == 1:
            return QuoteStatus.FOUND_NORMALISED, self._line(at[0]), ""
        if places:
            return QuoteStatus.AMBIGUOUS, None, self._several(at)
        return QuoteStatus.LOST, None, "the words do not stand in the captured text"

    @cached_property
    def _plain(self) -> tuple[str, list[int]]:
        return normalised(self.text)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def _line(self, offset: int) -> int:
        return bisect_right(self._line_starts, offset)

    def _several(self, offsets: list[int]) -> str:
        lines = ", ".join(str(self._line(offset)) for offset in offsets[:3])
        more = " and elsewhere" if len(offsets) > 3 else ""  # noqa: PLR2004 - three are enough
        advice = "add a `prefix` or `suffix`"
        return f"the words stand there {len(offsets)} times, on line {lines}{more}; {advice}"


def _places(text: str, words: str) -> list[int]:
    return [found.start() for found in re.finditer(f"(?={re.escape(words)})", text)]


# --- normalising --------------------------------------------------------------------------------

_LETTERS: Final = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    "\u2026": "...",
    "\ufb01": "fi",
    "\ufb02": "fl",
}
_INLINE: Final = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|em|i|kbd|mark|q|s|small|span|strong|sub|sup|u|var|wbr)\b",
    re.IGNORECASE,
)
"""Tags that stand inside a word; any other parts two."""
_TOKEN: Final = re.compile(
    r"""
      (?P<comment> <!--.*?--> )
    | (?P<tag> </?[A-Za-z][^<>]*> )
    | (?P<entity> &(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31}); )
    | (?P<link> !?\[(?P<words>[^\[\]]*)\]\([^()\s]*(?:\s"[^"]*")?\) )
    | \\(?P<escaped> [!-/:-@\[-`{-~] )
    | (?P<mark> \*+ | (?<![^\W_])_+ | _+(?![^\W_]) | ^\#{1,6}\s | ^>\s? )
    | (?P<space> \s+ )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


def normalised(text: str) -> tuple[str, list[int]]:
    """The words without markup, with plain quotation marks, dashes and single spaces.

    The list gives the place in the text that each character came from.
    """
    letters: list[str] = []
    origins: list[int] = []
    for made, origin in _plain_letters(text, 0):
        for letter in made:
            if letter != " " or (letters and letters[-1] != " "):
                letters.append(letter)
                origins.append(origin)
    return "".join(letters), origins


def _plain_letters(text: str, start: int) -> Iterator[tuple[str, int]]:
    for token in _TOKEN.finditer(text):
        kind, at = token.lastgroup, start + token.start()
        if token["link"] is not None:
            yield from _plain_letters(token["words"], start + token.start("words"))
        elif kind == "other":
            letter = token["other"]
            yield _LETTERS.get(letter, letter), at
        elif kind == "space" or (kind == "tag" and not _INLINE.match(token["tag"])):
            yield " ", at
        elif kind == "escaped":
            yield _LETTERS.get(token["escaped"], token["escaped"]), at
        elif kind == "entity":
            yield from ((made, at) for made in _entity(token["entity"]))


def _entity(written: str) -> str:
    """What an entity stands for, in plain letters."""
    meant = html.unescape(written)
    return "".join(" " if one.isspace() else _LETTERS.get(one, one) for one in meant)
