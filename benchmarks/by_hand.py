"""What we are compared with: the same verdicts as a parametrized suite somebody wrote by hand.

Tuned in its favour: it reads the same files with the C loader of PyYAML and each vendor once,
is run without our plugin, without HTML and with one line for a failure, and its judging costs
nothing: it looks the verdict up. What is left is what any such suite pays to pytest and to YAML.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from benchmarks.demands import topics
from benchmarks.generate import violated
from benchmarks.vendors import style

if TYPE_CHECKING:
    from pathlib import Path

TUNED: Final = (
    *("-p", "no:termsgate", "-p", "no:html", "-p", "no:metadata", "-p", "no:xdist"),
    *("-p", "no:hypothesispytest", "-p", "no:cacheprovider", "-c", "by_hand.ini"),
    *("--tb=line", "by_hand"),
)
"""The arguments of pytest with which the suite costs least."""

_SUITE: Final = '''\
"""Every vendor, every requirement."""

import json
from functools import cache
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases.json").read_text())


@cache
def terms(vendor):
    files = sorted((HERE.parent / "fixtures" / vendor).rglob("*.yaml"))
    return [yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader) for file in files]


@pytest.mark.parametrize(
    ("vendor", "requirement", "verdict"),
    CASES,
    ids=[f"{vendor}-{requirement}" for vendor, requirement, _ in CASES],
)
def test_terms(vendor, requirement, verdict):
    assert terms(vendor)[0]["clauses"]
    assert verdict == "met", f"{vendor}: {requirement} is {verdict}"
'''


def write(folder: Path, vendors: int, requirements: int) -> None:
    """Write the suite into a generated project."""
    broken = violated(vendors, requirements)
    cases = [
        (name, each, "violated" if (name, each) in broken else "met")
        for name in (style(number).id for number in range(vendors))
        for each in topics(requirements)
    ]
    suite = folder / "by_hand"
    suite.mkdir(exist_ok=True)
    (suite / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    (suite / "test_terms.py").write_text(_SUITE, encoding="utf-8")
    (folder / "by_hand.ini").write_text("[pytest]\n", encoding="utf-8")
