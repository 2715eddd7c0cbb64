"""A project is written with all that the ways to its verdicts need.

    python -m benchmarks.prepare FOLDER plain|whole|texts --vendors 1000 --requirements 20

Plain, it has the requirements of every peer in their own language beside it. Whole, `expected.txt`
says what each verdict is; with texts, each version has a captured text beside it as well.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import generate, plain
from benchmarks.demands import topics
from benchmarks.peers import by_hand, cedar, json_schema, rego
from benchmarks.peers.asking import asked
from benchmarks.vendors import style

EXPECTED = "expected.txt"


def whole(folder: Path, vendors: int, requirements: int, *, texts: bool = False) -> None:
    """Write the project that uses the whole language."""
    generate.write(folder, vendors, requirements, texts=texts)
    broken = generate.violated(vendors, requirements)
    with (folder / EXPECTED).open("w", encoding="utf-8") as out:
        for name in (style(number).id for number in range(vendors)):
            for each in topics(requirements):
                word = "violated" if (name, each) in broken else "met"
                out.write(f"{name} {each} {word}\n")


def equal(folder: Path, vendors: int, requirements: int) -> None:
    """Write the project that every engine can judge, and what each is asked."""
    plain.write(folder, vendors, requirements)
    wanted = list(asked(requirements))
    for peer in (by_hand, json_schema, cedar, rego):
        peer.write(folder, wanted)


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description="write a project and what its judges need")
    parser.add_argument("folder", type=Path)
    parser.add_argument("kind", choices=("plain", "whole", "texts"))
    parser.add_argument("--vendors", type=int, default=100)
    parser.add_argument("--requirements", type=int, default=20)
    told = parser.parse_args()
    if told.kind == "plain":
        equal(told.folder, told.vendors, told.requirements)
    else:
        whole(told.folder, told.vendors, told.requirements, texts=told.kind == "texts")


if __name__ == "__main__":
    main()
