"""A parametrized pytest suite as somebody would write it by hand, and as somebody would tune it.

Plain, it reads YAML with PyYAML's own loader and shows tracebacks as pytest does. Tuned, it reads
with the C loader and shows one line for a failure. Both read each vendor once, load no plugin
that they do not need, and keep nothing between runs.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from benchmarks.peers.asked import Bounded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from benchmarks.peers.asked import Asked

PLAIN: Final = ("-c", "by_hand.ini", "-p", "no:cacheprovider", "-q", "by_hand")
TUNED: Final = (*PLAIN, "--tb=line")
"""The arguments of pytest; that no plugin is loaded by itself is in the environment."""

ENVIRONMENT: Final = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}

CONFTEST: Final = '''\
"""What was judged is written down, so that it can be compared."""

import os
from pathlib import Path

VERDICTS = []


def pytest_sessionfinish():
    Path(os.environ["VERDICTS"]).write_text("".join(VERDICTS))
'''

SUITE: Final = '''\
"""Every vendor, every requirement."""

import json
import os
from functools import cache
from pathlib import Path

import pytest
import yaml
from conftest import VERDICTS

HERE = Path(__file__).parent
FIXTURES = HERE.parent / "fixtures"
LOADER = yaml.CSafeLoader if os.environ.get("TUNED") else yaml.SafeLoader
REQUIREMENTS = json.loads((HERE / "requirements.json").read_text())
VENDORS = sorted(folder.name for folder in FIXTURES.iterdir())


@cache
def terms(vendor):
    """What the vendor says of uses, as (stance, actions, data, closed), and its facts."""
    uses, facts = [], {}
    for file in sorted((FIXTURES / vendor).glob("terms-of-service/*.yaml")):
        for clause in yaml.load(file.read_bytes(), Loader=LOADER)["clauses"]:
            facts.update((fact, days(value)) for fact, value in clause.get("states", {}).items())
            box = clause.get("allows") or clause.get("bars")
            if box:
                stance = "barred" if "bars" in clause else clause.get("with", "free")
                closed = clause.get("closed", False)
                uses.append((stance, set(box["action"]), set(box["data"]), closed))
    return uses, facts


def days(value):
    if isinstance(value, str) and value.endswith(" days"):
        return int(value.removesuffix(" days"))
    return value


def judge(requirement, vendor):
    uses, facts = terms(vendor)
    if "fact" in requirement:
        return bounded(requirement, facts.get(requirement["fact"]))
    return forbidden(requirement, uses)


def bounded(requirement, value):
    if value is None:
        return "silent"
    bound = requirement["value"]
    kept = {
        "at-least": lambda: value >= bound,
        "at-most": lambda: value <= bound,
        "is": lambda: value == bound,
        "is-not": lambda: value != bound,
    }[requirement["bound"]]
    return "met" if kept() else "violated"


def forbidden(requirement, uses):
    part, whole = requirement["part"], requirement["whole"]
    for stance, actions, data, _ in uses:
        if stance in requirement["failing"] and actions & part and data & requirement["touched"]:
            return "violated"
    for wanted in requirement["data"]:
        if not any(
            (stance in requirement["meeting"] and actions & whole and data & wanted)
            or (closed and data & wanted and not actions & part)
            for stance, actions, data, closed in uses
        ):
            return "silent"
    return "met"


for each in REQUIREMENTS:
    for key in ("part", "whole", "touched", "failing", "meeting"):
        if key in each:
            each[key] = set(each[key])
    each["data"] = [set(words) for words in each.get("data", ())]


CASES = [(vendor, requirement) for vendor in VENDORS for requirement in REQUIREMENTS]
IDS = [f"{vendor}-{requirement['id']}" for vendor, requirement in CASES]


@pytest.mark.parametrize(("vendor", "requirement"), CASES, ids=IDS)
def test_terms(vendor, requirement):
    verdict = judge(requirement, vendor)
    VERDICTS.append(f"{vendor} {requirement['id']} {verdict}\\n")
    assert verdict == "met", f"{vendor}: {requirement['id']} is {verdict}"
'''


def write(folder: Path, asked: Iterable[Asked]) -> None:
    """Write the suite into the plain project."""
    suite = folder / "by_hand"
    suite.mkdir(exist_ok=True)
    data = json.dumps([written(each) for each in asked])
    (suite / "requirements.json").write_text(data, encoding="utf-8")
    (suite / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (suite / "test_terms.py").write_text(SUITE, encoding="utf-8")
    (folder / "by_hand.ini").write_text("[pytest]\n", encoding="utf-8")


def written(asked: Asked) -> dict[str, object]:
    """A requirement as the suite holds it."""
    if isinstance(asked, Bounded):
        return asdict(asked)
    return {
        "id": asked.id,
        "whole": asked.action.whole,
        "part": asked.action.part,
        "touched": asked.touched,
        "data": [each.whole for each in asked.data],
        "failing": asked.failing,
        "meeting": asked.meeting,
    }
