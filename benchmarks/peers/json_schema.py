"""JSON Schema, by jsonschema-rs: two schemas a requirement, each compiled once and used again.

    python -m benchmarks.peers.json_schema FOLDER VERDICTS

A schema says yes or no, and there are three verdicts: one schema holds where something the
vendor says is against the requirement, the other where all of it is met.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.peers.asked import Bounded
from benchmarks.peers.reading import tell, vendors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from benchmarks.peers.asked import Asked, Forbidden, Named

FILE: Final = "requirements.schemas.json"

Schema = dict[str, Any]


# --- what is written once -------------------------------------------------------------------------


def write(folder: Path, asked: Iterable[Asked]) -> None:
    """Write the schemas of all requirements."""
    schemas = {each.id: _schemas(each) for each in asked}
    (folder / FILE).write_text(json.dumps(schemas), encoding="utf-8")


def _schemas(asked: Asked) -> dict[str, Schema]:
    fails, meets = _bounded(asked) if isinstance(asked, Bounded) else _forbidden(asked)
    return {"violated": fails, "met": meets}


def _forbidden(asked: Forbidden) -> tuple[Schema, Schema]:
    touched = _says(asked.failing, asked.action.part, asked.touched)
    covered = [
        {"anyOf": [_says(asked.meeting, asked.action.whole, each.whole), _closed(asked, each)]}
        for each in asked.data
    ]
    return touched, {"allOf": covered}


def _says(stances: Sequence[str], action: Sequence[str], data: Sequence[str]) -> Schema:
    """Some clause with one of the stances names one of the actions and one of the data."""
    box = _box({"contains": {"enum": action}}, data)
    switches = [each for each in stances if each not in {"free", "barred"}]
    ways: list[Schema] = []
    if switches:
        ways.append(_has("allows", box, {"with": {"enum": switches}}))
    if "free" in stances:
        ways.append(_has("allows", box) | {"not": {"required": ["with"]}})
    if "barred" in stances:
        ways.append(_has("bars", box))
    return {"contains": {"anyOf": ways}}


def _closed(asked: Forbidden, data: Named) -> Schema:
    """Some closed list about the data leaves the action out."""
    box = _box({"not": {"contains": {"enum": asked.action.part}}}, data.whole)
    return {"contains": _has("allows", box, {"closed": {"const": True}})}


def _box(action: Schema, data: Sequence[str]) -> Schema:
    return {"properties": {"action": action, "data": {"contains": {"enum": data}}}}


def _has(verb: str, box: Schema, more: Schema | None = None) -> Schema:
    held = {verb: box, **(more or {})}
    return {"properties": held, "required": list(held)}


def _bounded(asked: Bounded) -> tuple[Schema, Schema]:
    bounds: dict[str, Schema] = {
        "at-least": {"minimum": asked.value},
        "at-most": {"maximum": asked.value},
        "is": {"const": asked.value},
        "is-not": {"not": {"const": asked.value}},
    }
    meets = bounds[asked.bound]
    return _states(asked.fact, {"not": meets}), _states(asked.fact, meets)


def _states(fact: str, value: Schema) -> Schema:
    states = {"properties": {fact: value}, "required": [fact]}
    return {"contains": {"properties": {"states": states}, "required": ["states"]}}


# --- what is measured -----------------------------------------------------------------------------


def judged(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Every verdict: vendor, requirement, word."""
    from jsonschema_rs import validator_for  # noqa: PLC0415 - writing needs none

    schemas = json.loads((folder / FILE).read_text(encoding="utf-8"))
    compiled = [
        (id_, validator_for(each["violated"]).is_valid, validator_for(each["met"]).is_valid)
        for id_, each in schemas.items()
    ]
    for vendor, clauses in vendors(folder):
        for id_, fails, meets in compiled:
            word = "violated" if fails(clauses) else "met" if meets(clauses) else "silent"
            yield vendor, id_, word


if __name__ == "__main__":
    tell(Path(sys.argv[2]), judged(Path(sys.argv[1])))
