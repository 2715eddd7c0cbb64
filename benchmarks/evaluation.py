"""What a verdict alone costs: on ordinary terms, and on such as are hard to judge.

Nothing is read or written while it is measured, and pytest is not there. Each process measures
once, so that nothing is remembered from one to the next.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks import adversarial, generate
from benchmarks.contest import Figure
from benchmarks.process import TooLongError, run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

TYPICAL: Final = "ordinary terms"
VENDORS: Final = 100
REQUIREMENTS: Final = 20
BEFORE: Final = ("vocabulary", "yaml", "reading", "compiling", "ruling")
"""What a process does before it asks for whole verdicts."""

_WHAT: Final = {case.name: case.what for case in adversarial.CASES} | {
    TYPICAL: f"{VENDORS} vendors that use the whole language"
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a verdict of one project costs, in microseconds; `None`: it did not come to its end.

    `word` is the word alone, with all that is compiled for it; `whole` the verdict with what
    decided it, its witness and its questions. The ratios are to ordinary terms.
    """

    name: str
    what: str
    verdicts: int
    word: Figure | None
    whole: Figure | None
    word_ratio: float | None
    whole_ratio: float | None
    whole_at_least: float | None = None
    """Where the whole verdicts did not come to an end: more than so many microseconds each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Once:
    """What one process showed."""

    word: float | None
    whole: float | None
    at_least: float | None


def judged(folder: Path, rounds: int, patience: int) -> list[Judged]:
    """What verdicts cost on ordinary terms, and on each kind of hard ones."""
    sizes = dict(_written(folder))
    spent: dict[str, list[_Once]] = {name: [] for name in sizes}
    for turn in range(rounds):
        for name in list(sizes)[::-1] if turn % 2 else sizes:
            if any(each.whole is None for each in spent[name]):
                continue  # it took too long already
            spent[name].append(_once(_folder(folder, name), sizes[name], patience))
    ordinary = spent[TYPICAL]
    return [_told(name, sizes[name], spent[name], ordinary) for name in sizes]


def _written(folder: Path) -> Iterator[tuple[str, int]]:
    """Write every project; its name, and how many verdicts it has."""
    generate.write(_folder(folder, TYPICAL), VENDORS, REQUIREMENTS)
    yield TYPICAL, VENDORS * REQUIREMENTS
    for case in adversarial.CASES:
        adversarial.write(_folder(folder, case.name), case, case.vendors, REQUIREMENTS)
        yield case.name, case.vendors * REQUIREMENTS


def _folder(folder: Path, name: str) -> Path:
    return folder / name.replace(" ", "-")


def _once(project: Path, verdicts: int, patience: int) -> _Once:
    """Microseconds a verdict, for the word and the whole; none where it took too long."""
    arguments = ("-m", "benchmarks.measure", str(project))
    try:
        told = run(arguments, project, seconds=patience).told
    except TooLongError as late:
        told = late.told
    found = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    each = 1e6 / verdicts
    if not found:
        return _Once(word=None, whole=None, at_least=None)
    before = sum(found[0][part] for part in BEFORE)
    return _Once(
        word=(found[0]["compiling"] + found[0]["ruling"]) * each,
        whole=found[1]["evaluating"] * each if len(found) > 1 else None,
        at_least=(patience - before) * each,
    )


def _told(name: str, verdicts: int, spent: Sequence[_Once], ordinary: Sequence[_Once]) -> Judged:
    word = _figure(each.word for each in spent)
    whole = _figure(each.whole for each in spent)
    return Judged(
        name=name,
        what=_WHAT[name],
        verdicts=verdicts,
        word=word,
        whole=whole,
        word_ratio=_ratio(word, _figure(each.word for each in ordinary)),
        whole_ratio=_ratio(whole, _figure(each.whole for each in ordinary)),
        whole_at_least=None if whole else spent[-1].at_least,
    )


def _figure(values: Iterable[float | None]) -> Figure | None:
    found = [each for each in values if each is not None]
    return Figure.of(found) if found else None


def _ratio(one: Figure | None, ordinary: Figure | None) -> float | None:
    return one.middle / ordinary.middle if one and ordinary else None
