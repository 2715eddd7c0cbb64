"""A word diff: what was taken out and put in, and where in a sentence some words stand."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from termsgate.core.drift import Edit, Step

_PIECE: Final = re.compile(r"\S+")
_TOKEN: Final = re.compile(r"[^\W_]+(?:['.\-/@&][^\W_]+)*|[^\w\s]|_")
_SMALL: Final = 3
_AROUND: Final = 3
"""So many words are shown in place of those that a stretch lacks at one end."""


@lru_cache(maxsize=20_000)
def word_diff(before: str, after: str) -> tuple[Edit, ...]:
    """The edits that lead from some words to others; a mark of punctuation is a word."""
    one, other = _Tokens(before), _Tokens(after)
    matcher = SequenceMatcher(None, one.words, other.words, autojunk=False)
    found: list[Edit] = []
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            found.append(Edit(step=Step.KEPT, words=one.stretch(start, end)))
            continue
        if start < end:
            found.append(Edit(step=Step.OUT, words=one.stretch(start, end)))
        if first < last:
            found.append(Edit(step=Step.IN, words=other.stretch(first, last)))
    return tuple(found)


class _Tokens:
    """Words and marks of punctuation, and the text they were found in."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found = list(_TOKEN.finditer(text))
        self.words = [each[0] for each in self._found]

    def stretch(self, start: int, end: int) -> str:
        """What is written from one word up to before another."""
        return self._text[self._found[start].start() : self._found[end - 1].end()]


@lru_cache(maxsize=50_000)
def stretch(words: tuple[str, ...], sentence: str) -> tuple[float, str]:
    """How much of some words stands in a sentence in their order, and the stretch they stand in."""
    found = list(_PIECE.finditer(sentence))
    pieces = [_bare(each[0]) for each in found]
    matcher = SequenceMatcher(None, words, pieces, autojunk=False)
    matches = [each for each in matcher.get_matching_blocks() if each.size]
    weights = [_weight(word) for word in words]
    whole, best, span = max(sum(weights), 1.0), 0.0, (0, 0)
    for first in range(len(matches)):
        common = 0.0
        for last in range(first, len(matches)):
            at = matches[last]
            common += sum(weights[at.a : at.a + at.size])
            start, end = matches[first].b, at.b + at.size
            share = common / whole * min(1.0, 3 * len(words) / (end - start))
            if share > best:
                lead, tail = matches[first].a, len(words) - at.a - at.size
                best, span = share, (start - min(lead, _AROUND), end + min(tail, _AROUND))
    if not best:
        return 0.0, ""
    first, last = max(span[0], 0), min(span[1], len(found)) - 1
    return best, sentence[found[first].start() : found[last].end()]


def _weight(word: str) -> float:
    """How much it tells that a word is there; small words stand everywhere."""
    return 1.0 if len(word) > _SMALL else 0.25


def bare_words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: without capitals and punctuation."""
    return tuple(word for each in _PIECE.findall(text) if (word := _bare(each)))


def _bare(word: str) -> str:
    return word.strip(".,;:!?\"'()[]").lower()
