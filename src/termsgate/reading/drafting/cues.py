"""Cues: words that tell something, in a notation that a reader of terms can check and change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_GAPS: Final = {"..": 4, "...": 15, "....": 40}
"""The notation for some words between, and how many there may be."""

_BETWEEN: Final = r"\W{1,8}"
"""What parts two words; bounded, so that no text takes long."""

_NEVER: Final = re.compile(r"(?!)")
_FAMILY: Final = re.compile(r"<([a-z-]+)>")
_STEP: Final = re.compile(r"\([^()]*\)\??|\S+")


class Span(NamedTuple):
    """Where a cue was found in a sentence."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """Any of several cues."""

    pattern: re.Pattern[str] = _NEVER

    def first(self, folded: str) -> Span | None:
        """Where the first of them stands."""
        found = self.pattern.search(folded)
        return Span(*found.span()) if found else None

    def all(self, folded: str) -> Iterator[Span]:
        """Where they stand, one after the other."""
        return (Span(*found.span()) for found in self.pattern.finditer(folded))

    def stand_in(self, folded: str) -> bool:
        """Whether any of them does."""
        return self.pattern.search(folded) is not None


def compiled(cues: Iterable[str], families: Mapping[str, str]) -> Cues:
    """The cues as one pattern; `families` are the patterns of the names in angle brackets."""
    parts = [_pattern(cue, families) for cue in cues]
    if not parts:
        return Cues()
    return Cues(pattern=re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)"))


def families(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The pattern of each family; a family may name those before it."""
    found: dict[str, str] = {}
    for name, cues in words.items():
        parts = sorted((_pattern(cue, found) for cue in cues), key=lambda one: (-len(one), one))
        found[name] = f"(?:{'|'.join(parts)})"
    return found


def _pattern(cue: str, families: Mapping[str, str]) -> str:
    made, gap = "", ""
    for token in _STEP.findall(cue):
        if token in _GAPS:
            gap = rf"(?:{_BETWEEN}\w+){{0,{_GAPS[token]}}}?"
            continue
        optional = token.endswith("?")
        word = _token(token.removesuffix("?"), families)
        step = f"{gap}{_BETWEEN}" if made else ""
        made += f"(?:{step}{word})?" if optional and made else f"{step}{word}"
        gap = ""
    return made


def _token(token: str, families: Mapping[str, str]) -> str:
    """One place of a cue: a word, one of several, a beginning, a family; words in parentheses."""
    within = token.removeprefix("(").removesuffix(")") if token.startswith("(") else token
    choices = [
        _BETWEEN.join(_choice(word, families) for word in choice.split())
        for choice in within.split("|")
    ]
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


def _choice(choice: str, families: Mapping[str, str]) -> str:
    name = _FAMILY.fullmatch(choice)
    if name:
        return families[name[1]]
    words = _BETWEEN.join(re.escape(part) for part in choice.split("'"))
    return words.replace(re.escape("*"), r"\w*")
