"""What a command prints shares parts with the record; its JSON Schema gets them from the record's.

A schema has to stand alone, for whoever saves one gets no other. Run this after a change of the
record's, or of what a schema of an output refers to.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMAS = Path(__file__).resolve().parent.parent / "src" / "termsgate" / "data" / "schemas"
OUTPUTS = SCHEMAS / "outputs"
ENDING = ".schema.json"

Schema: TypeAlias = dict[str, Any]


def outputs() -> list[str]:
    """What commands print, by the names of its schemas."""
    return sorted(each.name.removesuffix(ENDING) for each in OUTPUTS.iterdir())


def written(name: str) -> str:
    """The schema of an output with every part that it shares with the record."""
    own = read(OUTPUTS / f"{name}{ENDING}")
    record = read(SCHEMAS / f"record{ENDING}")["$defs"]
    parts = dict(
        _reached({key: value for key, value in own.items() if key != "$defs"}, own, record)
    )
    made = {**own, "$defs": {part: parts[part] for part in sorted(parts)}}
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def read(path: Path) -> Schema:
    """A schema as it is published."""
    found: Schema = json.loads(path.read_text(encoding="utf-8"))
    return found


def _reached(start: object, own: Schema, record: Schema) -> Iterator[tuple[str, object]]:
    """The parts that a schema refers to, and those that they do: the record's before its own."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for name in _referred(waiting.pop()):
            if name not in seen:
                seen.add(name)
                part = record[name] if name in record else own["$defs"][name]
                waiting.append(part)
                yield name, part


def _referred(value: object) -> Iterator[str]:
    """The names of the parts that stand anywhere in a schema."""
    if isinstance(value, dict):
        if "$ref" in value:
            yield str(value["$ref"]).rpartition("/")[2]
        for each in value.values():
            yield from _referred(each)
    elif isinstance(value, list):
        for each in value:
            yield from _referred(each)


if __name__ == "__main__":
    for output in outputs():
        (OUTPUTS / f"{output}{ENDING}").write_text(written(output), encoding="utf-8")
        print(f"written: {output}")
