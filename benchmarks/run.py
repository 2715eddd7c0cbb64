"""The measured claims: one command, one table.

    python -m benchmarks.run [--quick] [--repeat 5] [--json FILE] [--markdown FILE]

Everything is CPU time (a busy neighbour stretches it less than time on the wall), the median of
several processes that each measure once. What the columns are: docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict, dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from benchmarks import by_hand, generate

if TYPE_CHECKING:
    import resource
    from collections.abc import Iterable, Sequence

HERE: Final = Path(__file__).resolve().parent.parent
SIZES: Final = ((10, 20), (100, 20), (100, 40), (100, 80), (1000, 20))
QUICK: Final = ((10, 20), (20, 20), (10, 40))
LARGE: Final = 10_000
"""So many verdicts are measured by a third of the processes: their noise is the smaller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one size costs. Times are CPU, medians; `None` was not measured.

    `yaml` is what the C loader of PyYAML takes for the same files. The last five are whole runs
    of pytest: `verdicts` of checks/ alone, `everything` with a captured text for every quote.
    """

    vendors: int
    requirements: int
    yaml_seconds: float
    reading_seconds: float
    compiling_us_a_vendor: float
    ruling_us_a_verdict: float
    evaluating_us_a_verdict: float
    memory_read_mb: float
    memory_mb: float
    pytest_verdicts_seconds: float | None
    pytest_plain_seconds: float | None
    pytest_everything_seconds: float | None
    pytest_memory_mb: float | None
    by_hand_seconds: float

    @property
    def verdicts(self) -> int:
        """How many there are."""
        return self.vendors * self.requirements


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a child process cost."""

    seconds: float
    megabytes: float
    told: str


# --- processes ----------------------------------------------------------------------------------


def run(arguments: Sequence[str], folder: Path, fine: Iterable[int] = (0,)) -> Spent:
    """What one process of this Python costs; one that ends otherwise than it should ends us."""
    with TemporaryDirectory() as aside:
        out = Path(aside) / "out"
        with out.open("wb") as file:
            process = subprocess.Popen(  # noqa: S603 - our own scripts, and pytest
                [sys.executable, *arguments],
                cwd=folder,
                env=_environment(),
                stdout=file,
                stderr=subprocess.STDOUT,
            )
            _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        told = out.read_text(encoding="utf-8", errors="replace")
    if process.returncode not in fine:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}:\n{told[-4000:]}")
    return _spent(used, told)


def _spent(used: resource.struct_rusage, told: str) -> Spent:
    return Spent(seconds=used.ru_utime + used.ru_stime, megabytes=used.ru_maxrss / 1024, told=told)


def _environment() -> dict[str, str]:
    """Ours, with what we import from, wherever the process starts; its files are compiled."""
    here = [str(HERE / "src"), str(HERE)]
    path = os.pathsep.join(filter(None, [*here, os.environ.get("PYTHONPATH", "")]))
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": path, "PYTHONHASHSEED": "0"}


def _pytest(arguments: Sequence[str], folder: Path, repeat: int) -> tuple[float, float]:
    """The median CPU seconds of a run that ends green or red, and its memory."""
    told = [run(["-m", "pytest", *arguments], folder, fine=(0, 1)) for _ in range(repeat)]
    return median(one.seconds for one in told), max(one.megabytes for one in told)


@cache
def has_plugin() -> bool:
    """Whether pytest would load a plugin of ours that does anything."""
    named = metadata.entry_points(group="pytest11", name="termsgate")
    return any(hasattr(one.load(), "pytest_configure") for one in named)


# --- one size -----------------------------------------------------------------------------------


def row(vendors: int, requirements: int, repeat: int) -> Row:
    """Measure one size."""
    with TemporaryDirectory() as aside:
        folder = Path(aside)
        generate.write(folder, vendors, requirements)
        engine = _engine(folder, repeat)
        verdicts, memory = _ours(["checks"], folder, repeat)
        plain, _ = _ours(["checks", "-p", "no:html"], folder, repeat)
        by_hand.write(folder, vendors, requirements)
        hand, _ = _pytest(by_hand.TUNED, folder, repeat)
        generate.write(folder, vendors, requirements, texts=True)
        everything, _ = _ours([], folder, repeat)
    return Row(
        vendors=vendors,
        requirements=requirements,
        yaml_seconds=engine["yaml"],
        reading_seconds=engine["reading"],
        compiling_us_a_vendor=engine["compiling"] / vendors * 1e6,
        ruling_us_a_verdict=engine["ruling"] / (vendors * requirements) * 1e6,
        evaluating_us_a_verdict=engine["evaluating"] / (vendors * requirements) * 1e6,
        memory_read_mb=engine["memory_read"],
        memory_mb=engine["memory"],
        pytest_verdicts_seconds=verdicts,
        pytest_plain_seconds=plain,
        pytest_everything_seconds=everything,
        pytest_memory_mb=memory,
        by_hand_seconds=hand,
    )


def _engine(folder: Path, repeat: int) -> dict[str, float]:
    """The median of each measure over several processes."""
    told = [run(["-m", "benchmarks.measure", str(folder)], folder).told for _ in range(repeat)]
    found: list[dict[str, float]] = [json.loads(one) for one in told]
    return {name: median(each[name] for each in found) for name in found[0]}


def _ours(
    arguments: Sequence[str], folder: Path, repeat: int
) -> tuple[float, float] | tuple[None, None]:
    return _pytest(arguments, folder, repeat) if has_plugin() else (None, None)


# --- the machine --------------------------------------------------------------------------------


def machine(repeat: int) -> dict[str, Any]:
    """On what this was measured, and how fast that is: a loop of a million steps, in seconds."""
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "processors": os.cpu_count(),
        "pytest": metadata.version("pytest"),
        "pyyaml": metadata.version("PyYAML"),
        "loop_seconds": median(_loop() for _ in range(max(3, repeat))),
    }


def _loop() -> float:
    start, total = process_time(), 0
    for number in range(1_000_000):
        total += number & 7
    return process_time() - start


# --- the table ----------------------------------------------------------------------------------


def markdown(rows: Sequence[Row], on: dict[str, Any]) -> str:
    """The results as two tables: the engine, and whole runs of pytest."""
    told = ", ".join(f"{key.replace('_', ' ')} {_number(value)}" for key, value in on.items())
    return "\n\n".join(
        (
            f"Measured with: {told}.",
            _table(_ENGINE, [_engine_cells(one) for one in rows]),
            _table(_PYTEST, [_pytest_cells(one) for one in rows]),
        )
    )


_ENGINE: Final = (
    "vendors x requirements",
    "reading, s",
    "of the bare C loader",
    "compiling, us a vendor",
    "ruling, us a verdict",
    "evaluating, us a verdict",
    "memory, MB",
)
_PYTEST: Final = (
    "vendors x requirements",
    "`pytest checks`, s",
    "without HTML, s",
    "whole `pytest` with texts, s",
    "memory, MB",
    "by hand, s",
    "without HTML : by hand",
)


def _engine_cells(one: Row) -> tuple[object, ...]:
    return (
        f"{one.vendors} x {one.requirements}",
        one.reading_seconds,
        f"{one.reading_seconds / one.yaml_seconds:.1f} x",
        round(one.compiling_us_a_vendor),
        one.ruling_us_a_verdict,
        one.evaluating_us_a_verdict,
        round(one.memory_mb),
    )


def _pytest_cells(one: Row) -> tuple[object, ...]:
    plain = one.pytest_plain_seconds
    return (
        f"{one.vendors} x {one.requirements}",
        one.pytest_verdicts_seconds,
        plain,
        one.pytest_everything_seconds,
        None if one.pytest_memory_mb is None else round(one.pytest_memory_mb),
        one.by_hand_seconds,
        None if plain is None else f"{plain / one.by_hand_seconds:.2f}",
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---:"] * len(head), *([_number(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _number(value: object) -> str:
    """A cell: three digits of a measure are more than its noise allows."""
    if value is None:
        return "not measured"
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def main() -> None:
    """Measure every size, and print or write what was found."""
    parser = argparse.ArgumentParser(description="measure reading, judging and whole pytest runs")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it runs")
    parser.add_argument("--repeat", type=int, default=3, help="processes a measure")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--markdown", type=Path, metavar="FILE")
    asked = parser.parse_args()
    rows = []
    for vendors, requirements in QUICK if asked.quick else SIZES:
        repeat = asked.repeat if vendors * requirements < LARGE else max(1, asked.repeat // 3)
        rows.append(row(vendors, requirements, repeat))
        print(json.dumps(asdict(rows[-1])), file=sys.stderr, flush=True)
    on = machine(asked.repeat)
    table = markdown(rows, on)
    print(table)
    if asked.markdown:
        asked.markdown.write_text(table + "\n", encoding="utf-8")
    if asked.json:
        told = {"machine": on, "rows": [asdict(one) for one in rows]}
        asked.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
