"""What each part of us costs by itself: reading, compiling, judging."""

from __future__ import annotations

import json
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.process import run

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.contest import Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """CPU time by part, medians: seconds for the project, microseconds a vendor or a verdict.

    `yaml` is what the C loader of PyYAML alone takes for the same files.
    """

    size: Size
    yaml: float
    reading: float
    compiling: float
    ruling: float
    evaluating: float
    megabytes: float


def parts(project: Path, size: Size, rounds: int) -> Parts:
    """What each part costs on the project that uses the whole language."""
    arguments = ("-m", "benchmarks.measure", str(project))
    told = [run(arguments, project).told.splitlines()[-1] for _ in range(rounds)]
    found: list[dict[str, float]] = [json.loads(one) for one in told]
    spent = {name: median(each[name] for each in found) for name in found[0]}
    return Parts(
        size=size,
        yaml=spent["yaml"],
        reading=spent["reading"],
        compiling=spent["compiling"] / size.vendors * 1e6,
        ruling=spent["ruling"] / size.verdicts * 1e6,
        evaluating=spent["evaluating"] / size.verdicts * 1e6,
        megabytes=spent["memory"],
    )
