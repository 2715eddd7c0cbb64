"""What a verdict alone costs: on ordinary terms, and on such as are hard to judge.

Nothing is read or written while it is measured, and pytest is not there. Each process measures
once, so that nothing is remembered from one to the next.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks import adversarial, generate
from benchmarks.contest import PATIENCE, Figure
from benchmarks.process import TooLongError, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

TYPICAL: Final = "ordinary terms"
_TYPICAL_VENDORS: Final = 100
REQUIREMENTS: Final = 20


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


def judged(folder: Path, rounds: int) -> list[Judged]:
    """What verdicts cost on ordinary terms, and on each kind of hard ones."""
    sizes = dict(_written(folder))
    spent: dict[str, list[tuple[float, float | None]]] = {name: [] for name in sizes}
    for turn in range(rounds):
        names = list(sizes)[::-1] if turn % 2 else list(sizes)
        for name in names:
            if turn and spent[name][-1][1] is None:
                continue  # it took too long already
            spent[name].append(_once(folder / name.replace(" ", "-"), sizes[name]))
    what = {case.name: case.what for case in adversarial.CASES}
    what[TYPICAL] = f"{_TYPICAL_VENDORS} vendors that use the whole language"
    ordinary = spent[TYPICAL]
    return [_told(name, what[name], sizes[name], spent[name], ordinary) for name in sizes]


def _written(folder: Path) -> Iterator[tuple[str, int]]:
    """Write every project; its name, and how many verdicts it has."""
    generate.write(folder / TYPICAL.replace(" ", "-"), _TYPICAL_VENDORS, REQUIREMENTS)
    yield TYPICAL, _TYPICAL_VENDORS * REQUIREMENTS
    for case in adversarial.CASES:
        adversarial.write(folder / case.name.replace(" ", "-"), case, case.vendors, REQUIREMENTS)
        yield case.name, case.vendors * REQUIREMENTS


def _once(project: Path, verdicts: int) -> tuple[float, float | None]:
    """Microseconds a verdict, for the word and the whole; none where it took too long."""
    arguments = ("-m", "benchmarks.measure", str(project))
    try:
        told = run(arguments, project, seconds=PATIENCE).told
    except TooLongError as late:
        told = late.told
    found = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    word = (found[0]["compiling"] + found[0]["ruling"]) / verdicts * 1e6
    whole = found[1]["evaluating"] / verdicts * 1e6 if len(found) > 1 else None
    return word, whole


def _told(
    name: str,
    what: str,
    verdicts: int,
    spent: Sequence[tuple[float, float | None]],
    ordinary: Sequence[tuple[float, float | None]],
) -> Judged:
    words = Figure.of(word for word, _ in spent)
    wholes = [whole for _, whole in spent if whole is not None]
    usual = [whole for _, whole in ordinary if whole is not None]
    whole = Figure.of(wholes) if wholes else None
    return Judged(
        name=name,
        what=what,
        verdicts=verdicts,
        word=words,
        whole=whole,
        word_ratio=words.middle / Figure.of(word for word, _ in ordinary).middle,
        whole_ratio=whole.middle / Figure.of(usual).middle if whole and usual else None,
        whole_at_least=None if whole else PATIENCE / verdicts * 1e6,
    )
