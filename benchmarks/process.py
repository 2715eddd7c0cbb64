"""One process is started, waited for, and what it cost is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HERE: Final = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a process cost: CPU seconds of its own and of the system, seconds, most memory held."""

    cpu: float
    wall: float
    megabytes: float
    told: str = ""


class TooLongError(Exception):
    """The process took more CPU time than it was given; `told` is what it had printed by then."""

    def __init__(self, told: str) -> None:
        """What it had printed says how far it came."""
        super().__init__(told)
        self.told = told


def run(
    arguments: Sequence[str],
    folder: Path,
    *,
    environment: Mapping[str, str] | None = None,
    fine: Iterable[int] = (0,),
    seconds: int = 0,
) -> Cost:
    """What one process of this Python costs; one that ends otherwise than it should ends us.

    Children of the process that it waited for are counted in.

    Raises:
        TooLongError: it took more than `seconds` of CPU time.
    """
    with TemporaryDirectory() as aside:
        out = Path(aside) / "out"
        launched = subprocess.run(  # noqa: S603 - our own scripts, and pytest
            [
                *(sys.executable, "-I", "-S", str(HERE / "benchmarks" / "launch.py")),
                *(str(out), str(seconds), sys.executable, *arguments),
            ],
            cwd=folder,
            env=_environment(environment or {}),
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        told = out.read_text(encoding="utf-8", errors="replace")
    cpu, wall, megabytes, code = launched.stdout.split()
    if seconds and -int(code) in {signal.SIGXCPU, signal.SIGKILL}:
        raise TooLongError(told)
    if int(code) not in fine:
        raise SystemExit(f"{' '.join(arguments)} ended with {code}:\n{told[-4000:]}")
    return Cost(cpu=float(cpu), wall=float(wall), megabytes=float(megabytes), told=told)


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """Ours, with what we import from, wherever the process starts; its files are compiled."""
    here = [str(HERE / "src"), str(HERE)]
    path = os.pathsep.join(filter(None, [*here, os.environ.get("PYTHONPATH", "")]))
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in {"PYTHONDONTWRITEBYTECODE", "CI"} and not key.startswith("PYTEST")
    }
    return kept | {"PYTHONPATH": path, "PYTHONHASHSEED": "0", **more}
