"""Two texts of one document, sentence by sentence: which are the same, changed, new and gone.

What is the same is found first, wherever it stands, so that moving a clause changes nothing; the
little that is left is paired by the words it shares.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from termsgate.reading.drift.sentences import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termsgate.reading.drift.sentences import Sentence

LIKE: Final = 0.5
"""Sentences that share less than this of their words are two sentences."""

_INSIDE: Final = 0.75
"""So much of a sentence must stand in a longer one for it to be the same sentence, grown."""

_NEAREST: Final = 6
"""So many candidates of a sentence are looked at closely."""

_PREFIX: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What two texts do not share, by place: pairs of changed ones, gone ones, new ones.

    `slight` pairs differ in capitals or punctuation alone; `kept` is how many of the old are there.
    """

    changed: tuple[tuple[int, int], ...] = ()
    gone: tuple[int, ...] = ()
    new: tuple[int, ...] = ()
    slight: tuple[tuple[int, int], ...] = ()
    kept: frozenset[int] = frozenset()


def compare(old: Sequence[Sentence], new: Sequence[Sentence]) -> Comparison:
    """Hold the sentences of two texts against each other."""
    rest_old, rest_new = _same(old, new, "key", range(len(old)), range(len(new)))
    bare_old, bare_new = _same(old, new, "letters", rest_old, rest_new)
    slight = _paired_by_letters(old, new, set(rest_old) - set(bare_old), rest_new)
    left_old, left_new = _cut_otherwise(old, new, bare_old, bare_new)
    pairs = _pairs(old, new, left_old, left_new)
    paired_old, paired_new = {one for one, _ in pairs}, {other for _, other in pairs}
    return Comparison(
        changed=tuple(sorted(pairs, key=lambda pair: pair[1])),
        gone=tuple(each for each in left_old if each not in paired_old),
        new=tuple(each for each in left_new if each not in paired_new),
        slight=slight,
        kept=frozenset(range(len(old))) - frozenset(left_old),
    )


def _same(
    old: Sequence[Sentence],
    new: Sequence[Sentence],
    by: str,
    of_old: Iterable[int],
    of_new: Iterable[int],
) -> tuple[list[int], list[int]]:
    """Those of each side that the other lacks; what stands there twice must twice be there."""
    keys_old = [(at, getattr(old[at], by)) for at in of_old]
    keys_new = [(at, getattr(new[at], by)) for at in of_new]
    return _lacking(keys_old, keys_new), _lacking(keys_new, keys_old)


def _lacking(ours: list[tuple[int, str]], theirs: list[tuple[int, str]]) -> list[int]:
    there = Counter(key for _, key in theirs)
    found = []
    for at, key in ours:
        if there[key] > 0:
            there[key] -= 1
        else:
            found.append(at)
    return found


def _paired_by_letters(
    old: Sequence[Sentence],
    new: Sequence[Sentence],
    of_old: Iterable[int],
    of_new: Iterable[int],
) -> tuple[tuple[int, int], ...]:
    there = defaultdict(list)
    for at in of_new:
        there[new[at].letters].append(at)
    return tuple(
        (at, there[old[at].letters].pop(0)) for at in sorted(of_old) if there[old[at].letters]
    )


# --- the same words, cut into sentences otherwise -------------------------------------------------


def _cut_otherwise(
    old: Sequence[Sentence], new: Sequence[Sentence], of_old: list[int], of_new: list[int]
) -> tuple[list[int], list[int]]:
    """What is left when runs of sentences that say the same in a row are taken out."""
    starts = defaultdict(list)
    for at in of_new:
        starts[new[at].letters[:_PREFIX]].append(at)
    free_old, free_new = set(of_old), set(of_new)
    for at in of_old:
        for other in starts.get(old[at].letters[:_PREFIX], ()):
            if at in free_old and other in free_new:
                ends = _run(old, new, (at, other), free_old, free_new)
                free_old -= set(range(at, ends[0]))
                free_new -= set(range(other, ends[1]))
    return sorted(free_old), sorted(free_new)


def _run(
    old: Sequence[Sentence],
    new: Sequence[Sentence],
    start: tuple[int, int],
    free_old: set[int],
    free_new: set[int],
) -> tuple[int, int]:
    """Where two runs that start here say the same and both end; the start where they do not."""
    i, j = start
    ours, theirs = "", ""
    while True:
        if len(ours) <= len(theirs):
            if i not in free_old:
                return start
            ours, i = ours + old[i].letters, i + 1
        else:
            if j not in free_new:
                return start
            theirs, j = theirs + new[j].letters, j + 1
        if not ours.startswith(theirs) and not theirs.startswith(ours):
            return start
        if ours == theirs:
            return i, j


# --- changed sentences ----------------------------------------------------------------------------


def _pairs(
    old: Sequence[Sentence], new: Sequence[Sentence], of_old: list[int], of_new: list[int]
) -> list[tuple[int, int]]:
    """The sentences that are each other's nearest, the likest first."""
    bags_old = {at: Counter(words_of(old[at].text)) for at in of_old}
    bags_new = {at: Counter(words_of(new[at].text)) for at in of_new}
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    found = []
    for _, one, other in sorted(_likely(bags_old, bags_new), reverse=True):
        if one not in taken_old and other not in taken_new:
            found.append((one, other))
            taken_old.add(one)
            taken_new.add(other)
    return found


def _likely(
    ours: dict[int, Counter[str]], theirs: dict[int, Counter[str]]
) -> Iterator[tuple[float, int, int]]:
    """How like two sentences are, for those that may be one."""
    index = Index(theirs)
    for at, bag in ours.items():
        for other in index.nearest(bag, _NEAREST):
            likeness = _likeness(bag, theirs[other])
            if likeness >= LIKE:
                yield likeness, at, other


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words in common; of the shorter alone where it stands in the longer."""
    common = sum((one & other).values())
    fewer, more = sorted((sum(one.values()), sum(other.values())))
    share = 2 * common / max(fewer + more, 1)
    if fewer >= 8 and common >= _INSIDE * fewer:  # noqa: PLR2004 - less is a turn of phrase
        return max(share, LIKE)
    return share


class Index:
    """Finds the bags that share the rarest words with one."""

    def __init__(self, bags: dict[int, Counter[str]]) -> None:
        """Remember which word stands where."""
        self._where: dict[str, list[int]] = defaultdict(list)
        for at, bag in bags.items():
            for word in bag:
                self._where[word].append(at)
        self._size = len(bags)

    def nearest(self, words: Iterable[str], most: int) -> list[int]:
        """The places of the nearest, the likest first."""
        weights: dict[int, float] = defaultdict(float)
        for word in words:
            where = self._where.get(word, ())
            if where:
                weight = math.log(1 + self._size / len(where))
                for at in where:
                    weights[at] += weight
        return sorted(weights, key=lambda at: (-weights[at], at))[:most]
