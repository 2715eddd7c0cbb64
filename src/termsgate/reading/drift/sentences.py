"""A captured text as sentences, each with what it takes to know it again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from termsgate.reading.captured import Captured
from termsgate.reading.drift.blocks import Block, Kind, blocks
from termsgate.reading.drift.lexicon import Lexicon, language_of, lexicon
from termsgate.reading.drift.markup import page_blocks
from termsgate.reading.drift.plain import letters, plain, unnumbered
from termsgate.reading.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_END: Final = re.compile(r"([.!?][\"')\]]*)\s+(?=[\"'(\[]?[^\W_a-z])")
_SHORT: Final = re.compile(
    r"(?:\b(?:[A-Za-z]|inc|ltd|llc|corp|co|no|nos|art|arts|sec|e\.g|i\.e|cf|etc|vs|mr|mrs|ms|dr|st|"
    r"u\.s|u\.k|e\.u|p\.o|approx|dept|blvd|ave|fig|al|resp|jr|sr|m|mme|mlle|env|p|pp|vol|n°|jan|feb|"
    r"mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|no)|^\(?(?:\d+|[ivxlc]+))\.$",
    re.IGNORECASE,
)
_LONGEST: Final = 12
"""More letters than this are no abbreviation."""

_TARGET: Final = re.compile(r"\]\(<?[^()\s]*(?:\([^()\s]*\)[^()\s]*)*>?(?:[ ]+\"[^\"\n]*\")?\)")
_NUMBER: Final = re.compile(r"(\A|\n[ ]*\n)[ ]{0,3}\d{1,3}[.)][ ]+(?=\S)")
_STOP: Final = re.compile(r"[.!?;:][\"')\]]*$")
_WORD: Final = re.compile(r"[^\W_]+(?:['.\-][^\W_]+)*")
MENU: Final = 8
"""More words than this are no label of a menu, and no heading."""

_FEWEST: Final = 3
"""Fewer words than this say nothing: "We sell it." does."""

_TELLING: Final = 5
"""A word of fewer letters has no capital in a title."""


class Sentence(NamedTuple):
    """A sentence of a text: as it reads, as it is recognised, and where it stands.

    `key` is without white space and final punctuation, `letters` without any punctuation and
    capitals. `whole` says that it is a sentence and not a label; `kind` is its
    block's, or that of a heading for the title that a paragraph starts with.
    """

    text: str
    key: str
    letters: str
    kind: Kind
    whole: bool
    line: int
    block: int


@lru_cache(maxsize=100_000)
def _said(text: str) -> str:
    return unnumbered(plain(text))


@lru_cache(maxsize=100_000)
def _parts(kind: Kind, said: str) -> tuple[tuple[str, str, str, Kind, bool], ...]:
    """The sentences of a block; paragraphs that say the same are read once."""
    parts = list(_split(said))
    kinds = [_kind(kind, part, at, parts) for at, part in enumerate(parts)]
    return tuple(
        (part, _key(part), bare, each, is_whole(part, each))
        for part, each in zip(parts, kinds, strict=True)
        if (bare := letters(part))
    )


def _kind(kind: Kind, text: str, at: int, parts: list[str]) -> Kind:
    """What a part of a block is: a paragraph starts with its title, or is one, or is a menu."""
    loose = kind is Kind.PARAGRAPH and not _STOP.search(text)
    if _is_title(text, at, parts) or (loose and _is_capitalised(_WORD.findall(text))):
        return Kind.HEADING
    return kind


def _is_title(text: str, at: int, parts: list[str]) -> bool:
    """Whether a paragraph starts with these words as its title."""
    words = _WORD.findall(text)
    long = [word for word in words if len(word) >= _TELLING]
    return (
        at == 0 < len(parts) - 1
        and len(words) <= MENU
        and all(not word[0].islower() for word in long)
    )


def _key(text: str) -> str:
    return text.replace(" ", "").rstrip(".;:,")


def _split(text: str) -> Iterator[str]:
    start = 0
    for found in _END.finditer(text):
        head = text[start : found.start() + 1]
        if found[1].startswith(".") and _SHORT.search(head[-_LONGEST:]):
            continue
        yield text[start : found.end(1)].strip()
        start = found.end()
    yield text[start:].strip()


def is_whole(text: str, kind: Kind) -> bool:
    """Whether words are a sentence, and not a heading, a label or a line of a menu."""
    words = _WORD.findall(text)
    count, ends = len(words), bool(_STOP.search(text))
    if kind in (Kind.HEADING, Kind.LINKS):
        return count > MENU and ends
    return count > MENU or (count >= _FEWEST and ends)


def _is_capitalised(words: list[str]) -> bool:
    """Whether the words are written As in a Title; a sentence in capitals alone is none."""
    long = [word for word in words if len(word) >= _TELLING - 1]
    return all(word[0].isupper() for word in long) and any(not word.isupper() for word in long)


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return _WORD.findall(text.lower())


@dataclass(frozen=True, kw_only=True)
class Text:
    """A captured text, taken apart."""

    name: str
    raw: str
    sentences: tuple[Sentence, ...]

    @cached_property
    def captured(self) -> Captured:
        """The text as a reader sees it, in which quotes are looked for."""
        return visible(self.raw) if is_page(self.name) else Captured(self.raw)

    @cached_property
    def words(self) -> list[str]:
        """All its words, in small letters."""
        return self.flowing.lower().split()

    @cached_property
    def language(self) -> str:
        """The language it is written in; empty where no one can tell."""
        return language_of(self.words)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words to look for in it."""
        return lexicon(self.language)

    @cached_property
    def blocks(self) -> Mapping[int, tuple[Sentence, ...]]:
        """The sentences of each block."""
        of_block = groupby(self.sentences, key=lambda each: each.block)
        return {number: tuple(found) for number, found in of_block}

    @cached_property
    def starts(self) -> list[int]:
        """Where in the stream each sentence starts."""
        return list(accumulate((len(each.letters) for each in self.sentences), initial=0))

    @cached_property
    def stream(self) -> str:
        """Its letters in a row, the words of menus among them."""
        return "".join(each.letters for each in self.sentences)

    @cached_property
    def flowing(self) -> str:
        """Its sentences with a space between them."""
        return " ".join(each.text for each in self.sentences)


def taken_apart(raw: str, name: str) -> Text:
    """A captured text: a page by the ending of its name, or Markdown or plain text."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    found = page_blocks(text) if is_page(name) else blocks(_without_noise(text))
    return Text(name=name, raw=text, sentences=tuple(_sentences(found)))


def is_page(name: str) -> bool:
    """Whether a text is an HTML page, by the ending of its name; an archive's has a commit."""
    return name.partition("@")[0].lower().endswith((".html", ".htm"))


def _without_noise(text: str) -> str:
    """The text as it is but for link targets and the numbers of its lists.

    They are no words, and without them a paragraph that says the same is read once.
    """
    return _NUMBER.sub(r"\1", _TARGET.sub("](#)", text))


def _sentences(found: list[Block]) -> Iterator[Sentence]:
    for number, block in enumerate(found):
        for text, key, bare, kind, whole in _parts(block.kind, _said(block.text)):
            yield Sentence(text, key, bare, kind, whole, block.line, number)
