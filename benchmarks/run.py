"""The measured claims: one command, one table.

    python -m benchmarks.run [--quick] [--vendors 10,100,300,1000,3000] [--requirements 20]
                             [--rounds 3] [--only equal,whole,texts,evaluation,parts]
                             [--ways WORD] [--patience 100] [--with FILE]
                             [--json FILE] [--markdown FILE] [--page docs/benchmarks.md]

What is measured, and how, is told in docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from benchmarks import earlier, telling
from benchmarks.contest import PATIENCE, Contest, Field, Size, contest
from benchmarks.evaluation import judged
from benchmarks.parts import parts
from benchmarks.prepare import EXPECTED
from benchmarks.process import HERE, run
from benchmarks.telling import Results
from benchmarks.ways import EQUAL, TEXTS, TUNED, WHOLE, Way

if TYPE_CHECKING:
    from collections.abc import Sequence

SECTIONS: Final = ("equal", "whole", "texts", "evaluation", "parts")
VENDORS: Final = "10,100,300,1000,3000"
QUICK: Final = "10,20"
MANY: Final = 30_000
"""From so many verdicts on a size is measured in one round: its noise is the smaller."""


def results(asked: argparse.Namespace) -> Results:
    """Everything that is asked for, and of an earlier run what is not."""
    found = _measured(asked)
    if asked.earlier is None:
        return found
    before = earlier.results(asked.earlier)
    found = replace(
        found,
        equal=earlier.joined(before.equal, found.equal, EQUAL),
        whole=earlier.joined(before.whole, found.whole, WHOLE),
        texts=earlier.joined(before.texts, found.texts, TEXTS),
    )
    return replace(
        before, machine=found.machine, **{name: getattr(found, name) for name in asked.only}
    )


def _measured(asked: argparse.Namespace) -> Results:
    numbers = [int(each) for each in asked.vendors.split(",")]
    sizes = [Size(vendors=each, requirements=asked.requirements) for each in numbers]
    shown = [each for each in sizes if each.verdicts <= telling.HEADLINE] or sizes[:1]
    ends = list(dict.fromkeys([shown[0], shown[-1]]))
    with TemporaryDirectory() as aside:
        folder = Path(aside)
        _compiled(folder)
        return Results(
            machine=machine(),
            equal=_equal(folder, sizes, asked) if "equal" in asked.only else (),
            whole=_whole(folder, "whole", ends, asked) if "whole" in asked.only else (),
            texts=_whole(folder, "texts", ends[-1:], asked) if "texts" in asked.only else (),
            evaluation=_evaluation(folder, asked) if "evaluation" in asked.only else (),
            parts=_parts(folder, shown, asked) if "parts" in asked.only else (),
        )


def _equal(folder: Path, sizes: Sequence[Size], asked: argparse.Namespace) -> tuple[Contest, ...]:
    """Every way on the project that every engine can judge."""
    known = () if asked.earlier is None else earlier.results(asked.earlier).equal
    found: list[Contest] = []
    for size in sizes:
        plain = _written(folder, "plain", size)
        field = Field(size=size, project=plain, yardstick=plain, patience=asked.patience)
        before = max(
            (each for each in (*known, *found) if each.size.verdicts < size.verdicts),
            key=lambda each: each.size.verdicts,
            default=None,
        )
        found.append(contest(field, _ways(EQUAL, asked), _rounds(size, asked), before))
        _say(f"equal verdicts, {size}: done")
    return tuple(found)


def _whole(
    folder: Path, kind: str, sizes: Sequence[Size], asked: argparse.Namespace
) -> tuple[Contest, ...]:
    """Our ways on a project that uses the whole language, beside the same yardstick."""
    ways = _ways(WHOLE if kind == "whole" else TEXTS, asked)
    found = []
    for size in sizes:
        whole = _written(folder, kind, size)
        field = Field(
            size=size,
            project=whole,
            yardstick=_written(folder, "plain", size),
            expected=whole / EXPECTED,
            patience=asked.patience,
        )
        found.append(contest(field, ways, _rounds(size, asked)))
        _say(f"the whole language, {kind}, {size}: done")
    return tuple(found)


def _ways(ways: Sequence[Way], asked: argparse.Namespace) -> list[Way]:
    """Those that are asked for, and the yardstick where it has a row."""
    return [way for way in ways if way == TUNED or asked.ways in way.name]


def _evaluation(folder: Path, asked: argparse.Namespace) -> tuple[Any, ...]:
    found = judged(folder / "evaluation", asked.rounds, asked.patience)
    _say("evaluation: done")
    return tuple(found)


def _parts(folder: Path, sizes: Sequence[Size], asked: argparse.Namespace) -> tuple[Any, ...]:
    found = [parts(_written(folder, "whole", size), size, _rounds(size, asked)) for size in sizes]
    _say("our parts: done")
    return tuple(found)


def _compiled(folder: Path) -> None:
    """Compile what is not: otherwise the first that is measured would do it for all."""
    run(("-m", "compileall", "-q", *(str(HERE / each) for each in ("src", "benchmarks"))), folder)


def _written(folder: Path, kind: str, size: Size) -> Path:
    """The project of a kind and size; written once, by a process of its own."""
    project = folder / f"{kind}-{size.vendors}"
    if not project.exists():
        arguments = ("-m", "benchmarks.prepare", str(project), kind)
        numbers = (f"--vendors={size.vendors}", f"--requirements={size.requirements}")
        run((*arguments, *numbers), folder)
    return project


def _rounds(size: Size, asked: argparse.Namespace) -> int:
    return 1 if size.verdicts >= MANY else int(asked.rounds)


def _say(told: str) -> None:
    print(told, file=sys.stderr, flush=True)


# --- the machine ----------------------------------------------------------------------------------


def machine() -> dict[str, Any]:
    """On what this was measured, how fast that is, and how busy: a loop of a million steps."""
    names = ("pytest", "PyYAML", "jsonschema-rs", "cedarpy", "regopy")
    busy = os.getloadavg()[1]
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "processors": os.cpu_count(),
        **{name.lower(): _version(name) for name in names},
        "loop_seconds": round(median(_loop() for _ in range(5)), 4),
        "waiting_for_a_processor": round(busy, 1),
    }


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"


def _loop() -> float:
    start, total = process_time(), 0
    for each in range(1_000_000):
        total += each & 7
    return process_time() - start


# --- the command ----------------------------------------------------------------------------------


def _sections(told: str) -> list[str]:
    found = [each for each in told.split(",") if each]
    if wrong := sorted({*found} - {*SECTIONS}):
        raise argparse.ArgumentTypeError(f"{', '.join(wrong)}: none of {', '.join(SECTIONS)}")
    return found


def main() -> None:
    """Measure, print the tables, and write them where they are wanted."""
    parser = argparse.ArgumentParser(description="measure what verdicts cost, us and others")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it runs")
    parser.add_argument("--vendors", default=VENDORS, help="how many, with commas between sizes")
    parser.add_argument("--requirements", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3, help="processes a way and size")
    parser.add_argument("--only", type=_sections, default=list(SECTIONS), metavar="SECTIONS")
    parser.add_argument("--ways", default="", metavar="WORD", help="those with this in their name")
    parser.add_argument(
        "--patience",
        type=int,
        default=PATIENCE,
        help="CPU seconds after which a process is ended, and a way not tried at the next size",
    )
    parser.add_argument(
        "--with",
        type=Path,
        metavar="FILE",
        dest="earlier",
        help="an earlier --json: what is not measured now is taken from it",
    )
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--markdown", type=Path, metavar="FILE")
    parser.add_argument("--page", type=Path, metavar="FILE", help="a page with marks for them")
    asked = parser.parse_args()
    if asked.quick:
        asked.vendors, asked.rounds = QUICK, 1
    found = results(asked)
    told = telling.as_markdown(found)
    print(telling.as_text(found), end="")
    if asked.json:
        asked.json.write_text(found.as_json(), encoding="utf-8")
    if asked.markdown:
        asked.markdown.write_text(told, encoding="utf-8")
    if asked.page:
        page = asked.page.read_text(encoding="utf-8")
        asked.page.write_text(telling.into(page, told), encoding="utf-8")


if __name__ == "__main__":
    main()
