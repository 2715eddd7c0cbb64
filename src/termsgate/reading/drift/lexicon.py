"""What a passage is about, and what of a page is no text: the words that tell it, as data."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, cast

from termsgate.reading import yamltree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LANGUAGES: Final = ("en", "fr")
"""Those that have a lexicon."""

_WORD: Final = r"[\w'&.-]*"
_BETWEEN: Final = r"(?:[^\w.!?]+[\w'\u2019&.\-]+){0,6}?"
_GAP: Final = r"[^\w.!?]{1,4}"
_FEW: Final = 25
"""A text of fewer words tells no language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A subject: a passage is about it where its words stand outside its traps.

    There are no traps in a sentence that holds what `unless` matches.
    """

    id: str
    title: str
    words: re.Pattern[str]
    traps: re.Pattern[str] | None
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The words of one language."""

    language: str
    subjects: tuple[Subject, ...]
    languages: frozenset[str]
    labels: re.Pattern[str]
    banners: re.Pattern[str]
    walls: Mapping[str, re.Pattern[str]]
    cut: re.Pattern[str]
    updated: tuple[str, ...]
    effective: tuple[str, ...]
    months: tuple[str, ...]

    def about(self, sentence: str) -> tuple[str, ...]:
        """The subjects that a sentence touches, in the order of the lexicon."""
        return _about(self.language, sentence)


@lru_cache(maxsize=50_000)
def _about(language: str, sentence: str) -> tuple[str, ...]:
    return tuple(each.id for each in lexicon(language).subjects if _is_about(each, sentence))


def _is_about(subject: Subject, sentence: str) -> bool:
    if not subject.words.search(sentence):
        return False
    if subject.traps is None or (subject.unless and subject.unless.search(sentence)):
        return True
    return bool(subject.words.search(subject.traps.sub(" · ", sentence)))


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language; of English for one that has none."""
    known = language if language in LANGUAGES else "en"
    said = _file(f"{known}.yaml")
    around = said["furniture"]
    return Lexicon(
        language=known,
        subjects=tuple(_subject(ident, each) for ident, each in said["subjects"].items()),
        languages=frozenset(around["languages"]),
        labels=_whole(around["labels"]),
        banners=_any(around["banners"]),
        walls={name: _any(patterns) for name, patterns in said["walls"].items()},
        cut=_whole(said["cut"]),
        updated=tuple(said["dates"]["updated"]),
        effective=tuple(said["dates"]["effective"]),
        months=tuple(said["months"]),
    )


def _subject(ident: str, said: Mapping[str, Any]) -> Subject:
    return Subject(
        id=ident,
        title=said["title"],
        words=_any(said["words"]),
        traps=_any(said["traps"]) if said["traps"] else None,
        unless=_any(said["unless"]) if "unless" in said else None,
    )


def titles(language: str) -> Mapping[str, str]:
    """The subjects of a language, by id."""
    return {each.id: each.title for each in lexicon(language).subjects}


@cache
def _file(name: str) -> dict[str, Any]:
    data = (resources.files("termsgate.data") / "lexicon" / name).read_bytes()
    tree, problems = yamltree.read(data, name)
    if tree is None:  # pragma: no cover - the package's own file is tested
        raise AssertionError(problems)
    return cast("dict[str, Any]", yamltree.plain(tree))


# --- which language -------------------------------------------------------------------------------


def language_of(words: Iterable[str]) -> str:
    """The language that most small words of a text are of; empty where no one can tell."""
    counted = Counter(words)
    total = sum(counted.values())
    score = {
        language: sum(counted[word] for word in small) / max(total, 1)
        for language, small in _file("languages.yaml").items()
    }
    best, second = sorted(score.values(), reverse=True)[:2]
    if total < _FEW or best < 0.08 or best < 1.25 * second:  # noqa: PLR2004 - shares of all words
        return ""
    return max(score, key=score.__getitem__)


# --- patterns -------------------------------------------------------------------------------------


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(expression, patterns)), re.IGNORECASE)


def _whole(patterns: Iterable[str]) -> re.Pattern[str]:
    """A pattern that a label must fit from its first word to its last."""
    return re.compile(rf"\W*(?:{'|'.join(map(expression, patterns))})\W*", re.IGNORECASE)


def expression(pattern: str) -> str:
    """The regular expression of a pattern of words; en.yaml says how one is written."""
    made, between = "", ""
    for word in pattern.split(" "):
        if word == "...":
            made += _BETWEEN
            continue
        one = _alternatives(word.removesuffix("?"))
        if word.endswith("?") and made:
            made += f"(?:{between}{one})?"
        elif word.endswith("?"):
            made += f"(?:{one}{_GAP})?"
            continue
        else:
            made += f"{between}{one}"
        between = _GAP
    return rf"(?<!\w){made}(?!\w)"


def _alternatives(word: str) -> str:
    words = [_literal(each) for each in word.split("|")]
    return words[0] if len(words) == 1 else f"(?:{'|'.join(words)})"


def _literal(word: str) -> str:
    """A word; in small letters whatever its capitals, in capitals as it is."""
    tail = _WORD if word.endswith("*") else ""
    letters = re.escape(word.removesuffix("*"))
    cased = word != word.lower()
    return f"(?-i:{letters}){tail}" if cased else f"{letters}{tail}"
