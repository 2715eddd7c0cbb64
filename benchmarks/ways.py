"""The ways to the verdicts that are measured: ours, other people's, and the floor under all.

To measure one more is to add a row. What it needs and is not there leaves it out of the table
with that for a reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from benchmarks.peers import by_hand
from benchmarks.process import run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Kept(StrEnum):
    """What is there from an earlier run when a way is measured."""

    NOTHING = "nothing"
    CACHE = "cache"
    ALL_BUT_ONE = "all but one"
    """The cache of a run before, since when the terms of one vendor were edited."""


class Whose(StrEnum):
    """Whose way it is."""

    OURS = "ours"
    PEER = "peer"
    FLOOR = "floor"


class Told(StrEnum):
    """Where in the project's folder the verdicts are found afterwards."""

    RECORD = "reports/record.json"
    LINES = "verdicts.txt"
    NOWHERE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something that has to be there: a module, or a word in what a program says of itself."""

    name: str
    program: str = ""

    def missing(self, folder: Path) -> str:
        """Why a way that needs this cannot be measured; empty where it can."""
        if self.program:
            there = self.name in _help(self.program, folder)
            return "" if there else f"there is no `{self.program} {self.name}`"
        there = find_spec(self.name) is not None
        return "" if there else f"`{self.name}` is not installed: pip install --group benchmark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How somebody gets at the verdicts: what is run in the project's folder, with what kept."""

    name: str
    what: str
    arguments: tuple[str, ...]
    whose: Whose = Whose.OURS
    kept: Kept = Kept.NOTHING
    told: Told = Told.RECORD
    needs: tuple[Need, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    def missing(self, folder: Path) -> str:
        """Why it cannot be measured here; empty where it can."""
        return next(filter(None, (need.missing(folder) for need in self.needs)), "")


LINES: Final = Told.LINES.value

_helps: dict[str, list[str]] = {}


def _help(program: str, folder: Path) -> list[str]:
    """The words with which a program says what it can do; asked once."""
    if program not in _helps:
        told = run((*PROGRAMS[program], "--help"), folder, fine=range(128)).told
        _helps[program] = told.replace("=", " ").replace(",", " ").split()
    return _helps[program]


# --- ours -----------------------------------------------------------------------------------------

PYTEST: Final = (
    *("-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:xdist.looponfail"),
    *(
        "-p",
        "no:hypothesispytest",
    ),
)
"""Our plugin and what it brings; what only the developers of termsgate have stays out."""

TERMSGATE: Final = ("-c", "import sys; from termsgate.cli import main; sys.exit(main())")

NO_HTML: Final = ("-p", "no:html", "-p", "no:metadata")
CHECKS: Final = (*PYTEST, "checks", *NO_HTML)
VENDORS: Final = (*CHECKS, "--terms-items=vendor")
CHECK: Final = (*TERMSGATE, "check")
PROGRAMS: Final = {"pytest": PYTEST, "termsgate": TERMSGATE, "termsgate check": CHECK}

KEEPS: Final = Need(program="pytest", name="--terms-no-cache")
ITEMS: Final = Need(program="pytest", name="--terms-items")
COMMAND: Final = Need(program="termsgate", name="check")
REMEMBERS: Final = Need(program="termsgate check", name="--no-cache")

OURS: Final = (
    Way(
        name="`pytest checks`, cold",
        what="an item a verdict, the record and our page",
        arguments=CHECKS,
    ),
    Way(
        name="`pytest checks`, warm",
        what="the same again, nothing changed",
        arguments=CHECKS,
        kept=Kept.CACHE,
        needs=(KEEPS,),
    ),
    Way(
        name="`pytest checks --terms-items vendor`, cold",
        what="an item a vendor, the record and our page",
        arguments=VENDORS,
        needs=(ITEMS,),
    ),
    Way(
        name="`pytest checks --terms-items vendor`, warm",
        what="the same again, nothing changed",
        arguments=VENDORS,
        kept=Kept.CACHE,
        needs=(ITEMS, KEEPS),
    ),
    Way(
        name="`termsgate check`, cold",
        what="the same gate without pytest, the record",
        arguments=CHECK,
        needs=(COMMAND,),
    ),
    Way(
        name="`termsgate check`, one vendor edited",
        what="the same again after an edit",
        arguments=CHECK,
        kept=Kept.ALL_BUT_ONE,
        needs=(COMMAND, REMEMBERS),
    ),
    Way(
        name="`termsgate check`, warm",
        what="the same again, nothing changed",
        arguments=CHECK,
        kept=Kept.CACHE,
        needs=(COMMAND, REMEMBERS),
    ),
)

# --- other people's -------------------------------------------------------------------------------

TUNED: Final = Way(
    name="pytest by hand, tuned",
    what="a parametrized suite, the C loader, `--tb=line`",
    arguments=("-m", "pytest", *by_hand.TUNED),
    environment=by_hand.ENVIRONMENT | {"VERDICTS": LINES, "TUNED": "1"},
    whose=Whose.PEER,
    told=Told.LINES,
)
"""What everything else is measured against."""

PEERS: Final = (
    TUNED,
    Way(
        name="pytest by hand, plain",
        what="the same suite, PyYAML's own loader, tracebacks as they come",
        arguments=("-m", "pytest", *by_hand.PLAIN),
        environment=by_hand.ENVIRONMENT | {"VERDICTS": LINES},
        whose=Whose.PEER,
        told=Told.LINES,
    ),
    Way(
        name="jsonschema-rs",
        what="two compiled schemas a requirement",
        arguments=("-m", "benchmarks.peers.json_schema", ".", LINES),
        whose=Whose.PEER,
        told=Told.LINES,
        needs=(Need(name="jsonschema_rs"),),
    ),
    Way(
        name="cedarpy",
        what="policies and entities parsed once, a batch a requirement",
        arguments=("-m", "benchmarks.peers.cedar", ".", LINES),
        whose=Whose.PEER,
        told=Told.LINES,
        needs=(Need(name="cedarpy"),),
    ),
    Way(
        name="regopy",
        what="a bundle built once, a query a vendor",
        arguments=("-m", "benchmarks.peers.rego", ".", LINES),
        whose=Whose.PEER,
        told=Told.LINES,
        needs=(Need(name="regopy"),),
    ),
)

FLOOR: Final = (
    Way(
        name="reading alone",
        what="every vendor's clauses read by the C loader of PyYAML, nothing judged",
        arguments=("-m", "benchmarks.peers.reading", "."),
        whose=Whose.FLOOR,
        told=Told.NOWHERE,
    ),
)

EQUAL: Final = (*OURS, *PEERS, *FLOOR)
"""All ways to the verdicts on the plain project, which must be the same on each."""

WHOLE: Final = (
    *OURS,
    Way(
        name="`pytest checks` with pytest-html, cold",
        what="an item a verdict, and both pages",
        arguments=(*PYTEST, "checks"),
    ),
)
"""Our ways to the verdicts on a project that uses the whole language."""

TEXTS: Final = (
    Way(
        name="`pytest`, cold",
        what="an item a verdict, an example of a policy, and a quote in its text",
        arguments=(*PYTEST, *NO_HTML),
    ),
    *OURS[4:],
)
"""The same with a captured text beside every version: what looks for each quote in it."""
