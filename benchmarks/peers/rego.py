"""Rego, by regopy: one module, built once into a bundle, that gives all verdicts of a vendor.

    python -m benchmarks.peers.rego FOLDER VERDICTS

The requirements are data of the module; what the vendor says is its input.
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

    from benchmarks.peers.asked import Asked

FILE: Final = "requirements.rego.json"

MODULE: Final = """\
package terms

import rego.v1

verdicts[id] := verdict(asked) if some id, asked in data.asked

verdict(asked) := "violated" if {
    fails(asked)
} else := "met" if {
    meets(asked)
} else := "silent"

fails(asked) if {
    some clause in input.clauses
    asked.failing[clause.stance]
    some action in clause.action
    asked.part[action]
    some word in clause.data
    asked.touched[word]
}

fails(asked) if {
    value := input.facts[asked.fact]
    not keeps(asked.bound, value, asked.value)
}

meets(asked) if {
    asked.data
    every words in asked.data { covered(asked, words) }
}

meets(asked) if keeps(asked.bound, input.facts[asked.fact], asked.value)

covered(asked, words) if {
    some clause in input.clauses
    asked.meeting[clause.stance]
    some action in clause.action
    asked.whole[action]
    some word in clause.data
    words[word]
}

covered(asked, words) if {
    some clause in input.clauses
    clause.closed
    some word in clause.data
    words[word]
    not listed(clause, asked)
}

listed(clause, asked) if {
    some action in clause.action
    asked.part[action]
}

keeps("at-least", value, bound) if value >= bound
keeps("at-most", value, bound) if value <= bound
keeps("is", value, bound) if value == bound
keeps("is-not", value, bound) if value != bound
"""


# --- what is written once -------------------------------------------------------------------------


def write(folder: Path, asked: Iterable[Asked]) -> None:
    """Write the requirements as the module reads them."""
    data = {"asked": {each.id: _data(each) for each in asked}}
    (folder / FILE).write_text(json.dumps(data), encoding="utf-8")


def _data(asked: Asked) -> dict[str, Any]:
    if isinstance(asked, Bounded):
        return {"fact": asked.fact, "bound": asked.bound, "value": asked.value}
    return {
        "whole": _set(asked.action.whole),
        "part": _set(asked.action.part),
        "touched": _set(asked.touched),
        "data": [_set(each.whole) for each in asked.data],
        "failing": _set(asked.failing),
        "meeting": _set(asked.meeting),
    }


def _set(words: Iterable[str]) -> dict[str, bool]:
    """Words as keys: looking one up is cheaper than looking through a list."""
    return dict.fromkeys(words, True)


# --- what is measured -----------------------------------------------------------------------------


def said(clauses: Clauses) -> dict[str, Any]:
    """What a vendor says, as the module asks for it."""
    facts: dict[str, Any] = {}
    uses = []
    for clause in clauses:
        facts |= clause.get("states", {})
        box = clause.get("allows") or clause.get("bars")
        if box is not None:
            uses.append(box | {"stance": stance(clause), "closed": "closed" in clause})
    return {"clauses": uses, "facts": facts}


def judged(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Every verdict: vendor, requirement, word."""
    from regopy import Interpreter  # noqa: PLC0415 - writing needs none

    data = json.loads((folder / FILE).read_text(encoding="utf-8"))
    building = Interpreter()
    building.add_data(data)
    building.add_module("terms.rego", MODULE)
    bundle = building.build("verdicts = data.terms.verdicts")
    asking = Interpreter()
    for vendor, clauses in vendors(folder):
        asking.set_input(said(clauses))
        verdicts = asking.query_bundle(bundle)[0]["verdicts"]
        for id_ in data["asked"]:
            yield vendor, id_, verdicts[id_]


if __name__ == "__main__":
    tell(Path(sys.argv[2]), judged(Path(sys.argv[1])))
