"""What stands around a text: menus, language pickers, banners, the marks of an error page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termsgate.reading.drift.blocks import Kind
from termsgate.reading.drift.dates import is_date_line, is_unread
from termsgate.reading.drift.sentences import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termsgate.reading.drift.lexicon import Lexicon
    from termsgate.reading.drift.sentences import Sentence, Text

_BANNER: Final = 45
"""A paragraph of more words than this is no cookie banner."""

_AROUND: Final = (Kind.LINKS, Kind.MARGIN)
_FEW: Final = 4
"""A label of fewer words is a heading or a line of a menu, whatever it is about."""

WEIGHTY: Final = frozenset({"ai", "training", "licence"})
"""Subjects that nobody puts on the margin of a page without meaning it."""


def is_noise(sentence: Sentence, text: Text, lexicon: Lexicon) -> bool:
    """Whether a sentence of a text is no part of what a vendor agrees to, or its date alone.

    A date that cannot be read is a passage like any other. A label counts where it says something:
    an item of a list that touches a subject.
    """
    words = sentence.text
    if is_unread(sentence, lexicon):
        return False
    if is_date_line(sentence, lexicon) or (sentence.kind is Kind.LINKS and not sentence.whole):
        return True
    if lexicon.labels.fullmatch(words) or _is_languages(words, lexicon):
        return True
    block = text.blocks[sentence.block]
    if sentence.whole and sentence.kind not in _AROUND and not _is_banner(block, lexicon):
        return False
    about = lexicon.about(words)
    if sentence.whole:
        return not WEIGHTY & set(about)
    return sentence.kind is Kind.HEADING or len(words_of(words)) < _FEW or not about


def _is_banner(block: Sequence[Sentence], lexicon: Lexicon) -> bool:
    """Whether a short paragraph asks for leave to set cookies."""
    count = sum(len(words_of(each.text)) for each in block)
    return count <= _BANNER and any(lexicon.banners.search(each.text) for each in block)


def _is_languages(text: str, lexicon: Lexicon) -> bool:
    """Whether most of a line are names of languages."""
    words = words_of(text)
    named = sum(word in lexicon.languages for word in words)
    return text.lower().strip() in lexicon.languages or 2 * named > len(words)
