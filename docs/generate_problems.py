"""docs/problems.md is written from the example projects that are wrong, code by code."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from termsgate.core.problem import Problem, Weight
from termsgate.reading.folders import Disk
from termsgate.reading.store import load
from termsgate.reading.yamltree import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "tests" / "examples"
PAGE = ROOT / "docs" / "problems.md"
MOST = 3
"""So many examples of a code are shown."""

HEAD = """\
# Problems

<!-- Written by docs/generate_problems.py from tests/examples. -->

A *problem* is something wrong with a file of yours. It is no verdict about a vendor. An error ends
the run with [exit code](exit-codes.md) 4 before anything is judged, and all problems are told at
once. A *smell* is something that a run passes over. The command `termsgate lint` tells both,
without judging anything.

Each problem is told in two lines: where it is, what is wrong and its code, then what to do.

```text
path:line:column: message [code]
  help: what to do
```

A code is an area and a name. Below is every code that a file can be told, with examples.
"""

AREAS = {
    "yaml": "The file cannot be read as YAML ([how YAML is read](files.md#how-yaml-is-read)).",
    "store": "Files and folders are not where they belong ([layout](files.md)).",
    "policy": "A policy does not fit ([a policy](files.md#a-policy)).",
    "vendor": "A `vendor.yaml` does not fit ([a vendor](files.md#a-vendor)).",
    "version": "A version does not fit ([a version](files.md#a-version-of-a-document)).",
    "check": "A check does not fit ([a check](files.md#a-check)).",
    "vocabulary": "Words of your own do not fit ([words of your own](files.md#words-of-your-own)).",
}

LINE = re.compile(
    r"^(?P<told>\S.* \[(?P<code>[a-z]+/[a-z-]+)\])\n(?P<help>  help: .*)$", re.MULTILINE
)

A_PROJECT = {
    "policies/exit.yaml": (
        "policy: exit\ntitle: Leaving\nrequirements:\n"
        "  - {id: export, title: We get our data back, level: must,\n"
        "     require: {fact: export-right, is: true}}\n"
    ),
    "fixtures/acme/vendor.yaml": (
        "vendor: acme\nname: Acme Inc.\ndocuments: [{id: terms, kind: contract}]\n"
    ),
    "fixtures/acme/terms/2024-01-01.yaml": "document: terms\neffective: 2024-01-01\nclauses: []\n",
    "checks/calls.yaml": (
        "check: calls\ntitle: Video calls\nwaivers:\n"
        "  - {vendor: acme, requirement: exit.export, reason: For the pilot.,\n"
        "     approved-by: cfo@example.org, approved-on: 2026-01-01, expires: 2026-06-30}\n"
    ),
}


class Told(NamedTuple):
    """A problem as a user sees it."""

    code: str
    smell: bool
    text: str


def told() -> list[Told]:
    """Every problem of every example, in the order of their names."""
    return [*_written("negative"), *_written("positive"), *_staged()]


def _written(folder: str) -> Iterator[Told]:
    """What the example projects must be told; those that are sound are told smells only."""
    for file in sorted((EXAMPLES / folder).glob("*/expected.txt")):
        for found in LINE.finditer(file.read_text(encoding="utf-8")):
            text = f"{found['told']}\n{found['help']}"
            yield Told(code=found["code"], smell=folder == "positive", text=text)


def _staged() -> Iterator[Told]:
    """What a folder of examples cannot well hold: links, huge files, and the day of the run."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        for path, text in A_PROJECT.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        yield from _as_told(load(root, today=date(2026, 7, 1)).problems)
        (root / "policies" / "away.yaml").symlink_to(root / "nowhere.yaml")
        (root / "policies" / "elsewhere.yaml").symlink_to(root.parent)
        (root / "policies" / "huge.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
        yield from _as_told(load(root).problems)
        disk = Disk(root=root)
        disk.bytes_of("policies/gone.yaml")
        yield from _as_told(disk.problems)


def _as_told(problems: Iterable[Problem]) -> Iterator[Told]:
    for one in problems:
        yield Told(code=one.code, smell=one.weight is Weight.SMELL, text=str(one))


# --- the page -----------------------------------------------------------------------------------


def written() -> str:
    """The page as the examples have it now."""
    codes = by_code(told())
    sections = (_area(area, codes) for area in AREAS)
    return "\n".join([HEAD, *sections])


def by_code(found: Iterable[Told]) -> dict[str, list[Told]]:
    """The problems of each code, each told once."""
    codes: dict[str, list[Told]] = {}
    for one in dict.fromkeys(found):
        codes.setdefault(one.code, []).append(one)
    return codes


def _area(area: str, codes: Mapping[str, list[Told]]) -> str:
    mine = {code: codes[code] for code in sorted(codes) if code.startswith(f"{area}/")}
    return "\n".join([f"## {area}\n\n{AREAS[area]}\n", *map(_code, mine, mine.values())])


def _code(code: str, found: list[Told]) -> str:
    smells = {one.smell for one in found}
    smell = {(True,): "A smell.\n\n", (False, True): "Sometimes a smell.\n\n"}
    told_as = smell.get(tuple(sorted(smells)), "")
    shown = "\n".join(one.text for one in _different(found)[:MOST])
    return f"### {code}\n\n{told_as}```text\n{shown}\n```\n"


def _different(found: Iterable[Told]) -> list[Told]:
    """The first of each advice: what differs only in names says little more."""
    first = {one.text.partition("\n")[2]: one for one in reversed(list(found))}
    return list(reversed(first.values()))


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
    print(f"written: {PAGE.relative_to(ROOT)}")
