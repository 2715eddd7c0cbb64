"""What every engine's own script begins and ends with: the clauses read, the verdicts written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


Clauses = list[dict[str, Any]]


def vendors(folder: Path) -> Iterator[tuple[str, Clauses]]:
    """Each vendor with its clauses, read by the C loader of PyYAML; days are numbers."""
    for path in sorted((folder / "fixtures").glob("*/terms-of-service/*.yaml")):
        clauses = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)["clauses"]
        for clause in clauses:
            for fact, value in clause.get("states", {}).items():
                clause["states"][fact] = days(value)
        yield path.parent.parent.name, clauses


def days(value: object) -> Any:  # noqa: ANN401 - whatever stands in a file
    """A number of days as a number; everything else as it is."""
    if isinstance(value, str) and value.endswith(" days"):
        return int(value.removesuffix(" days"))
    return value


def stance(clause: Mapping[str, Any]) -> str:
    """What a clause about a use says of it."""
    return "barred" if "bars" in clause else str(clause.get("with", "free"))


def tell(file: Path, verdicts: Iterable[tuple[str, str, str]]) -> None:
    """Write vendor, requirement and verdict, a line each, as they come."""
    with file.open("w", encoding="utf-8") as out:
        out.writelines(f"{vendor} {requirement} {word}\n" for vendor, requirement, word in verdicts)


def main() -> None:
    """Read all there is, and judge nothing."""
    for _ in vendors(Path(sys.argv[1])):
        pass


if __name__ == "__main__":
    main()
