"""The ways to the verdicts on one project are measured beside one another, round by round.

What else the machine does changes from one minute to the next. So every few processes the
yardstick is run again, and what a way took is divided by what the yardstick took just before and
just after it. Every other round goes through the ways backwards.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from benchmarks.process import Cost, TooLongError, run
from benchmarks.ways import TUNED, Kept, Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

BETWEEN: Final = 4
"""So many ways are measured between one run of the yardstick and the next; twice as many where it
has as many verdicts as `LONG`, since then it takes longer than they do."""

LONG: Final = 10_000

PATIENCE: Final = 100
"""CPU seconds after which a process is ended."""

CACHES: Final = (".user_cache", ".pytest_cache")
"""What a run may keep for the next, in the project's folder; the first stands for the user's."""


class UnequalError(SystemExit):
    """Two ways gave other verdicts: nothing is told of what either took."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What several runs showed: the least and the middle."""

    least: float
    middle: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Figure:
        """The figure of some values."""
        found = list(values)
        return cls(least=min(found), middle=median(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one way cost at one size; `ratio` is of CPU time, to the yardstick."""

    way: str
    runs: int
    cpu: Figure
    wall: Figure
    megabytes: Figure
    ratio: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many vendors are judged by how many requirements."""

    vendors: int
    requirements: int

    @property
    def verdicts(self) -> int:
        """How many there are."""
        return self.vendors * self.requirements

    def __str__(self) -> str:
        return f"{self.vendors:,} x {self.requirements}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """What every way cost at one size, and why some were left out."""

    size: Size
    measured: tuple[Measured, ...]
    left_out: dict[str, str]

    def of(self, way: str) -> Measured | None:
        """What a way cost, if it was measured."""
        return next((each for each in self.measured if each.way == way), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Where ways are measured: the project, where the yardstick runs, and what is expected."""

    size: Size
    project: Path
    yardstick: Path
    expected: Path | None = None
    patience: int = PATIENCE


def contest(
    field: Field, ways: Sequence[Way], rounds: int, earlier: Contest | None = None
) -> Contest:
    """What every way costs that can be measured here.

    A way that took too long at an `earlier` size is not tried at this one.

    Raises:
        UnequalError: the verdicts of two ways differ, or are not as many as there are.
    """
    match = _Match(field, ways, earlier)
    for turn in range(rounds):
        match.round(backwards=turn % 2 == 1)
    return match.result()


class _Match:
    """What was measured so far."""

    def __init__(self, field: Field, ways: Sequence[Way], earlier: Contest | None) -> None:
        self._field = field
        self._ways = ways
        self._yards: list[Cost] = []
        self._spent: dict[str, list[tuple[Cost, float]]] = {}
        self._first: tuple[str, Path, str] | None = None
        self._kept: tuple[str, ...] = ()
        found = ((way.name, _reason(way, field, earlier)) for way in ways)
        self._left_out = {name: reason for name, reason in found if reason}

    def round(self, *, backwards: bool) -> None:
        """Measure every way once, the yardstick between them."""
        entered = [way for way in self._ways if way != TUNED and way.name not in self._left_out]
        if not self._yards:
            self._yards.append(self._run(TUNED))
        between = BETWEEN * 2 if self._field.size.verdicts >= LONG else BETWEEN
        for several in _parts(entered[::-1] if backwards else entered, between):
            costs = [(way.name, self._tried(way)) for way in several]
            self._yards.append(self._run(TUNED))
            beside = (self._yards[-2].cpu + self._yards[-1].cpu) / 2
            for name, cost in costs:
                if cost is not None:
                    self._spent.setdefault(name, []).append((cost, cost.cpu / beside))

    def result(self) -> Contest:
        """Everything that was measured, in the order of the ways."""
        spent = self._spent | {TUNED.name: [(cost, 1.0) for cost in self._yards]}
        names = [way.name for way in self._ways if spent.get(way.name)]
        return Contest(
            size=self._field.size,
            measured=tuple(_measured(name, spent[name]) for name in names),
            left_out=self._left_out,
        )

    def _tried(self, way: Way) -> Cost | None:
        """What a way cost; nothing where it took too long, and then it is not tried again."""
        if way.name in self._left_out:
            return None
        try:
            return self._run(way)
        except TooLongError:
            self._left_out[way.name] = f"took more than {self._field.patience} s of CPU"
            self._spent.pop(way.name, None)
            return None

    def _run(self, way: Way) -> Cost:
        folder = self._field.yardstick if way == TUNED else self._field.project
        self._prepare(way, folder)
        cost = _process(way, folder, self._field.patience)
        if way != TUNED:
            self._kept = way.arguments
        self._compare(way, folder)
        return cost

    def _prepare(self, way: Way, folder: Path) -> None:
        """See that what is kept from an earlier run is there, and nothing else is."""
        if way.kept is Kept.NOTHING or self._kept != way.arguments:
            _forget(folder)
            self._kept = ()
        if way.kept is not Kept.NOTHING and not self._kept:
            _process(way, folder, self._field.patience)
        if way.kept is Kept.ALL_BUT_ONE:
            _edit(folder)
        if way.told and way.kept is not Kept.CACHE:
            (folder / way.told).unlink(missing_ok=True)

    def _compare(self, way: Way, folder: Path) -> None:
        """See that the verdicts are those that the ways before gave."""
        if not way.told:
            return
        lines = folder / f"sorted-{len(self._yards) % 2}.txt"
        number, digest = _words(folder / way.told, lines)
        if number != self._field.size.verdicts:
            raise UnequalError(
                f"{way.name} gave {number} verdicts where {self._field.size.verdicts} are due"
            )
        if folder != self._field.project:
            return  # the yardstick judges a project of its own, where it was compared before
        if self._first is None:
            self._first = self._standard(way, lines)
        name, file, wanted = self._first
        if digest != wanted:
            raise UnequalError(_difference(name, file, way.name, lines))

    def _standard(self, way: Way, lines: Path) -> tuple[str, Path, str]:
        """What the verdicts have to be: as expected, or else as the first way gives them."""
        kept = self._field.project / "first.txt"
        if self._field.expected is None:
            shutil.copy(lines, kept)
            return way.name, kept, _words(kept, lines)[1]
        return "what was written into the terms", kept, _words(self._field.expected, kept)[1]


# --- one process ----------------------------------------------------------------------------------


def _process(way: Way, folder: Path, patience: int) -> Cost:
    environment = {"XDG_CACHE_HOME": str(folder / CACHES[0]), **way.environment}
    limit = 0 if way == TUNED else patience  # without the yardstick there is nothing to tell
    return run(way.arguments, folder, environment=environment, fine=(0, 1), seconds=limit)


def _forget(folder: Path) -> None:
    for name in CACHES:
        shutil.rmtree(folder / name, ignore_errors=True)


def _edit(folder: Path) -> None:
    """Change the terms of one vendor, and nothing that they say."""
    version = next((folder / "fixtures").glob("*/terms-of-service/*.yaml"))
    with version.open("a", encoding="utf-8") as file:
        file.write("# read once more\n")


def _words(file: Path, lines: Path) -> tuple[int, str]:
    """How many verdicts a file tells, and their hash; the sorted lines are written."""
    arguments = ("-m", "benchmarks.words", str(file), str(lines))
    number, digest = run(arguments, file.parent).told.split()
    return int(number), digest


def _difference(first: str, one: Path, second: str, other: Path) -> str:
    """The first few verdicts that two ways gave otherwise."""
    told = one.read_text(encoding="utf-8").splitlines()
    also = set(other.read_text(encoding="utf-8").splitlines())
    lines = [each for each in told if each not in also]
    return "\n".join(
        (f"{second} gives {len(lines)} verdicts that are not those of {first}:", *lines[:10])
    )


def _parts(ways: Sequence[Way], most: int) -> Iterator[Sequence[Way]]:
    for at in range(0, len(ways), most):
        yield ways[at : at + most]


def _reason(way: Way, field: Field, earlier: Contest | None) -> str:
    """Why a way is not tried; empty where it is."""
    if missing := way.missing(field.project):
        return missing
    before = None if earlier is None else earlier.of(way.name)
    if earlier is None or way == TUNED:
        return ""
    if before is None:
        return earlier.left_out.get(way.name, "")
    expected = before.cpu.middle * field.size.verdicts / earlier.size.verdicts
    told = f"would take some {expected:.0f} s of CPU, of {field.patience}"
    return told if expected > field.patience else ""


def _measured(name: str, spent: Sequence[tuple[Cost, float]]) -> Measured:
    costs = [cost for cost, _ in spent]
    return Measured(
        way=name,
        runs=len(spent),
        cpu=Figure.of(cost.cpu for cost in costs),
        wall=Figure.of(cost.wall for cost in costs),
        megabytes=Figure.of(cost.megabytes for cost in costs),
        ratio=Figure.of(ratio for _, ratio in spent),
    )
