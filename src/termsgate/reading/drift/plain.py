"""A piece of a captured text without its markup and typography: what it says.

Does for a paragraph what `reading.evidence.normalised` does for a text, without remembering where
each letter came from, and so at a tenth of the price; link targets and tracking ids go with it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

_LETTERS: Final = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
        # What turns text around would show a reader another text than is compared.
        **dict.fromkeys("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e", ""),
        **dict.fromkeys("\u2066\u2067\u2068\u2069", ""),
        "\u2026": "...",
        "\ufb01": "fi",
        "\ufb02": "fl",
    }
)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_INLINE: Final = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|em|i|kbd|mark|q|s|small|span|strong|sub|sup|u|var|wbr)\b"
    r"[^<>]*>",
    re.IGNORECASE,
)
_IMAGE: Final = re.compile(r"!\[[^\[\]]*\]\([^()\s]*(?:\s\"[^\"]*\")?\)")
_LINK: Final = re.compile(
    r"\[((?:[^\[\]]|\\[\[\]])*)\]\(<?[^()\s]*(?:\([^()\s]*\)[^()\s]*)*>?(?:\s+\"[^\"]*\")?\)"
)
_ADDRESS: Final = re.compile(r"(https?://[^\s?#()\[\]]+)[?#][^\s()\[\]]*")
_EMPHASIS: Final = re.compile(r"\*+|(?<![^\W_])_+|_+(?![^\W_])|~~")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_HYPHENATED: Final = re.compile(r"(?<=[a-zà-ÿ])-\n\s*(?=[a-zà-ÿ])")
_SPACE: Final = re.compile(r"\s+")
_LABEL: Final = re.compile(
    r"""^(?:
        [\-*+•·▪◦‣\u2013\u2014>|#]+\s+
      | (?:article|section|clause|§)\s*\d+(?:\.\d+)*\s*[.:)\-\u2013\u2014]?\s+(?=\S)
      | \(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.)]\)?\s+
      | \d{1,3}(?:\.\d{1,3})+\.?\s+
      | \d{1,3}\s+(?=[^\W\d_a-z])
    )+""",
    re.VERBOSE | re.IGNORECASE,
)


def plain(text: str) -> str:
    """The words of a paragraph, with plain quotation marks and dashes and single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if "<" in text:
        text = _TAG.sub(" ", _INLINE.sub("", _COMMENT.sub(" ", text)))
    if "[" in text:
        text = _LINK.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub(" ", text)))
    if "&" in text:
        text = html.unescape(text)
    if "://" in text:
        text = _ADDRESS.sub(r"\1", text)
    text = _HYPHENATED.sub("", text.replace("\u00ad", ""))
    text = _ESCAPED.sub(r"\1", _EMPHASIS.sub("", text))
    return _SPACE.sub(" ", text.translate(_LETTERS)).strip()


def unnumbered(text: str) -> str:
    """A paragraph without the bullet or number that it starts with."""
    return _LABEL.sub("", text)


_INNER: Final = re.compile(r"(?<=\d)[.,:](?=\d)|[%$€£+<>=]")
_OTHERS: Final = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """Letters and digits alone, without capitals: what is left when typography is gone.

    What stands between the digits of a number stays, and so do signs that count as words.
    """
    marked = _INNER.sub(lambda at: f"q{ord(at[0])}q", text)
    return _OTHERS.sub("", marked).lower()
