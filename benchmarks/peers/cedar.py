"""Cedar, by cedarpy: a policy permits where a requirement is met, another forbids where it fails.

    python -m benchmarks.peers.cedar FOLDER VERDICTS

A vendor is an entity whose attributes are what it says. Policies and entities are parsed once,
and a batch asks for the verdicts of a requirement with its own policies alone, which takes half
of what one batch against all of them does. Cedar denies what nothing permits: denied without a
policy that says so is silent.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.peers.asked import Bounded
from benchmarks.peers.reading import Clauses, stance, tell, vendors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from benchmarks.peers.asked import Asked, Forbidden, Named

FILE: Final = "requirements.cedar.json"


# --- what is written once -------------------------------------------------------------------------


def write(folder: Path, asked: Iterable[Asked]) -> None:
    """Write the policies of all requirements."""
    policies = {each.id: _policies(each) for each in asked}
    (folder / FILE).write_text(json.dumps(policies), encoding="utf-8")


def _policies(asked: Asked) -> str:
    fails, meets = _bounded(asked) if isinstance(asked, Bounded) else _forbidden(asked)
    scope = f'(principal, action == Action::"{asked.id}", resource)'
    return f"permit{scope} when {{ {meets} }};\nforbid{scope} when {{ {fails} }};\n"


def _forbidden(asked: Forbidden) -> tuple[str, str]:
    touched = " || ".join(
        _says(each, action, asked.touched) for each in asked.failing for action in asked.action.part
    )
    listed = f"resource.listed.containsAny({_set(asked.action.part)})"
    covered = " && ".join(
        f"({met} || (resource.closed.containsAny({_set(data.whole)}) && !{listed}))"
        for data in asked.data
        for met in [_met(asked, data)]
    )
    return touched, covered


def _met(asked: Forbidden, data: Named) -> str:
    """Something covers the use whole with a stance that meets the need."""
    return " || ".join(
        _says(each, action, data.whole) for each in asked.meeting for action in asked.action.whole
    )


def _says(said: str, action: str, data: Iterable[str]) -> str:
    """The attribute is asked for first: few are there, and a set is looked into only then."""
    name = f'"{said}|{action}"'
    return f"(resource has {name} && resource[{name}].containsAny({_set(data)}))"


def _set(words: Iterable[str]) -> str:
    return json.dumps(list(words))


def _bounded(asked: Bounded) -> tuple[str, str]:
    fact, value = f'resource.facts["{asked.fact}"]', json.dumps(asked.value)
    meets = {"at-least": ">=", "at-most": "<=", "is": "==", "is-not": "!="}[asked.bound]
    stated = f'resource.facts has "{asked.fact}"'
    return f"{stated} && !({fact} {meets} {value})", f"{stated} && {fact} {meets} {value}"


# --- what is measured -----------------------------------------------------------------------------


def entity(vendor: str, clauses: Clauses) -> dict[str, Any]:
    """A vendor as Cedar knows it: data by stance and action, its closed list, its facts."""
    said: dict[str, Any] = {"closed": [], "listed": [], "facts": {}}
    for clause in clauses:
        said["facts"] |= clause.get("states", {})
        box = clause.get("allows") or clause.get("bars") or {"action": [], "data": []}
        for action in box["action"]:
            said.setdefault(f"{stance(clause)}|{action}", []).extend(box["data"])
        if clause.get("closed"):
            said["closed"] += box["data"]
            said["listed"] += box["action"]
    return {"uid": {"type": "Vendor", "id": vendor}, "attrs": said, "parents": []}


def judged(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Every verdict: vendor, requirement, word."""
    from cedarpy import (  # noqa: PLC0415 - writing needs none
        Entities,
        PolicySet,
        is_authorized_batch,
    )

    policies = json.loads((folder / FILE).read_text(encoding="utf-8"))
    made = [entity(vendor, clauses) for vendor, clauses in vendors(folder)]
    names = [one["uid"]["id"] for one in made]
    entities = Entities.from_json_str(json.dumps(made))
    for id_, text in policies.items():
        requests = [
            {
                "principal": 'Company::"us"',
                "action": f'Action::"{id_}"',
                "resource": f'Vendor::"{vendor}"',
            }
            for vendor in names
        ]
        answers = is_authorized_batch(requests, PolicySet.from_str(text), entities)
        for vendor, answer in zip(names, answers, strict=True):
            if answer.diagnostics.errors:
                raise SystemExit(f"{vendor} {id_}: {answer.diagnostics.errors}")
            refused = "violated" if answer.diagnostics.reasons else "silent"
            yield vendor, id_, "met" if answer.allowed else refused


if __name__ == "__main__":
    tell(Path(sys.argv[2]), judged(Path(sys.argv[1])))
