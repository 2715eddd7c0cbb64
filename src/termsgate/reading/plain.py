"""The words of a text without what changes and means nothing: markup, typography, white space.

A captured page and a quote of it are rarely the same bytes: one has links and bold letters, the
other was typed. Both are evened out the same way, and each letter left knows where it came from.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from termsgate.core.evidence import Retouch

if TYPE_CHECKING:
    from collections.abc import Iterator

NORMALISER: Final = 2
"""The version of what `plain` does: a digest over plain words names it.

It grows with every change after which some text has other plain words.
"""
BREAK: Final = "\x01"
"""A hyphen at the end of a line: perhaps the word's own, perhaps only there for the line."""
NONE: Final[frozenset[Retouch]] = frozenset()


@dataclass(frozen=True, slots=True)
class Plain:
    """Plain words; `origins` has for each letter its place in the text it was made from."""

    marked: str
    origins: list[int] = field(repr=False)

    @property
    def text(self) -> str:
        """The words, with every hyphen taken for the word's own."""
        return self.marked.replace(BREAK, "-")


def normalised(text: str) -> tuple[str, list[int]]:
    """The plain words of a text, and for each letter its place in it."""
    made = plain(text)
    return made.text, made.origins


def plain(text: str, leave: frozenset[Retouch] = NONE) -> Plain:
    """The words without markup, with plain quotation marks, dashes and single spaces.

    What is in `leave` is not evened out.
    """
    pieces: list[str] = []
    origins: list[int] = []
    for made, start, stop in _pieces(text, leave):
        pieces.append(made)
        if len(made) == stop - start:
            origins.extend(range(start, stop))
        else:
            origins.extend([start] * len(made))
    return _closed_up("".join(pieces), origins, leave)


# --- letter by letter ---------------------------------------------------------------------------

_QUOTES: Final = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc\u2039\u203a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
}
_DASHES: Final = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212", "-")
_LIGATURES: Final = {"\u0153": "oe", "\u0152": "OE", "\u00e6": "ae", "\u00c6": "AE"}
_INLINE: Final = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|var|wbr)\b",
    re.IGNORECASE,
)
"""Tags that stand inside a word; any other parts two."""
_COMMENT: Final = ("<!--", "-->")
_LINE: Final = r"[^\S\n]"
_PLAIN: Final = r"""[A-Za-z0-9,.()"'?;:$/@{}]"""
_TOKEN: Final = re.compile(
    rf"""
      (?P<words> {_PLAIN}+ (?: \ {_PLAIN}+ )* (?![\u0300-\u036f]) )
    | (?P<rule> ^{_LINE}* (?=\S) [-=*_|:\ \t]{{3,}} $ )
    | (?P<bullet> ^{_LINE}*
        (?: (?:\#{{1,6}} | > | [-+]) [\ \t]+ | > | [\u2022\u25e6\u25aa\u2023] )++ )
    | (?P<broken> (?<=[^\W\d_]) [-\u2010] {_LINE}*\n\s* (?=[^\W\d_]) )
    | (?P<soft> \u00ad (?: {_LINE}*\n\s* )? )
    | (?P<open> [\u00ab\u2039] \s* )
    | (?P<close> \s* [\u00bb\u203a] )
    | (?P<space> {_LINE}+ | (?: {_LINE}*\n )+ )
    | (?P<auto> <(?:https?://|mailto:)[^<>\s]+> )
    | (?P<tag> </?[A-Za-z][^<>]*+> )
    | (?P<entity> &(?:\#[0-9]{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}}); )
    | (?P<link> !?\[
        | \] (?: \( (?: [^()\s] | \([^()\s]*\) )*+ (?:\s+"[^"\n]*")? \) | \[[^\[\]\n]*\] )? )
    | \\(?P<escaped> [!-/:-@\[-`{{-~] )
    | (?P<mark> [*_\u2022\u25e6\u25aa\u2023]+ | ~~ | `+ | \| )
    | (?P<dash> --+ | [-\u2010-\u2015\u2043\u2212] )
    | (?P<letters> (?: [^\W_] | [\u0300-\u036f] )+ )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_OF: Final = {
    "rule": Retouch.MARKUP,
    "bullet": Retouch.MARKUP,
    "tag": Retouch.MARKUP,
    "entity": Retouch.MARKUP,
    "auto": Retouch.LINKS,
    "link": Retouch.LINKS,
    "escaped": Retouch.MARKUP,
    "mark": Retouch.MARKUP,
    "broken": Retouch.HYPHENATION,
    "soft": Retouch.LETTERS,
    "open": Retouch.QUOTATION_MARKS,
    "close": Retouch.QUOTATION_MARKS,
    "dash": Retouch.DASHES,
    "space": Retouch.WHITE_SPACE,
    "letters": Retouch.LETTERS,
}


_ALWAYS: Final = {
    **dict.fromkeys(("space", "rule"), " "),
    **dict.fromkeys(("bullet", "soft", "link"), ""),
    "dash": "-",
    "broken": BREAK,
}
"""What some pieces become, whatever they hold."""


def _pieces(text: str, leave: frozenset[Retouch]) -> Iterator[tuple[str, int, int]]:
    """What each piece of a text becomes, with its start and its end."""
    at, size, comments = 0, len(text), Retouch.MARKUP not in leave
    while at < size:
        if comments and text.startswith(_COMMENT[0], at):
            stop = text.find(_COMMENT[1], at)
            # One that never ends is none, and neither is any after it.
            comments = stop >= 0
            at = stop + len(_COMMENT[1]) if comments else at
            continue
        token = _TOKEN.match(text, at)
        if token is None:  # pragma: no cover - `other` takes whatever comes
            raise AssertionError(at)
        kind, stop = token.lastgroup or "other", token.end()
        if kind == "word" or _OF.get(kind) in leave:
            yield token[0], at, stop
        elif kind == "letters":
            yield from _letters(token[0], at)
        else:
            made = _made(kind, token[0], text, at, leave)
            if made:
                yield made, at, stop
        at = stop


def _made(kind: str, piece: str, text: str, at: int, leave: frozenset[Retouch]) -> str:
    """What a piece becomes; nothing where it is no part of the words."""
    if kind in _ALWAYS:
        return _ALWAYS[kind]
    match kind:
        case "open" | "close":
            return _QUOTES[piece.strip()]
        case "tag":
            return "" if _INLINE.match(piece) else " "
        case "mark":
            return _mark(piece, text, at)
        case "escaped":
            return _mark(piece[1], text, at) if piece[1] in "*_[]`|" else piece[1]
        case "entity":
            return "".join(_letter(one, leave) for one in html.unescape(piece))
        case "auto":
            return piece[1:-1]
        case _:
            return _letter(piece, leave)


def _mark(piece: str, text: str, at: int) -> str:
    """A mark of emphasis is nothing, but for a back-quote that was typed for an apostrophe."""
    if piece == "|":
        return " "
    if piece != "`" or at == 0:
        return ""
    around = text[at - 1] + text[at + 1 : at + 2]
    return "'" if len(around) == 2 and around.isalpha() else ""  # noqa: PLR2004 - both sides


def _letters(piece: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Letters beyond the plainest, composed, without ligatures."""
    if unicodedata.is_normalized("NFKC", piece) and not any(one in piece for one in _LIGATURES):
        yield piece, at, at + len(piece)
        return
    for cluster in re.finditer(r".[\u0300-\u036f]*", piece, re.DOTALL):
        made = "".join(
            _LIGATURES.get(one, one) for one in unicodedata.normalize("NFKC", cluster[0])
        )
        yield made, at + cluster.start(), at + cluster.end()


def _letter(one: str, leave: frozenset[Retouch]) -> str:
    """Any other letter or sign, plain."""
    if one in _QUOTES:
        return one if Retouch.QUOTATION_MARKS in leave else _QUOTES[one]
    if one in _DASHES:
        return one if Retouch.DASHES in leave else _DASHES[one]
    if one.isspace():
        return one if Retouch.WHITE_SPACE in leave else " "
    if one.isascii() or Retouch.LETTERS in leave:
        return one
    # Signs that nobody sees: joiners, marks of direction, the mark of the byte order.
    if unicodedata.category(one) == "Cf":
        return ""
    return _composed(one)


def _composed(letters: str) -> str:
    """The letters in one form, whatever they were written with."""
    made = unicodedata.normalize("NFKC", letters)
    return "".join(_LIGATURES.get(one, one) for one in made)


# --- what stands between the words --------------------------------------------------------------

_BEFORE_MARKS: Final = r"\ +(?=[;:!?%])"
"""French sets a space before these, of one kind or another."""
_AROUND_DASHES: Final = rf"\ +(?=[-{BREAK}])|(?<=[-{BREAK}])\ +"
_REPEATED: Final = r"(?<=\ )\ +"


def _closed_up(words: str, origins: list[int], leave: frozenset[Retouch]) -> Plain:
    """Single spaces between words, and none where typesetters differ."""
    kept: list[str] = []
    places: list[int] = []
    at = 0
    for gap in _gaps(leave).finditer(words):
        kept.append(words[at : gap.start()])
        places.extend(origins[at : gap.start()])
        at = gap.end()
    return Plain("".join((*kept, words[at:])), places + origins[at:])


def _gaps(leave: frozenset[Retouch]) -> re.Pattern[str]:
    parts = [
        *([] if Retouch.WHITE_SPACE in leave else [_BEFORE_MARKS]),
        *([] if Retouch.DASHES in leave else [_AROUND_DASHES]),
        *([] if Retouch.WHITE_SPACE in leave else [_REPEATED]),
    ]
    return re.compile("|".join(parts) or r"(?!)", re.VERBOSE)
