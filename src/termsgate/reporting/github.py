"""The record as annotations of GitHub Actions: what fails and warns, at the lines it is about.

An annotation is a command to the runner, and every word of a record may come from a vendor: what
is not escaped here is obeyed. GitHub shows ten errors and ten warnings of a step and drops the
rest, so that the tenth says how many more there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from termsgate.core.explain import headline, turned
from termsgate.core.record import (
    coming_warnings,
    idle_waivers,
    review_failures,
    review_warnings,
)
from termsgate.reporting.text import SEVEREST, failure_text, gone_line, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termsgate.core.record import (
        DebtEntry,
        DocumentEntry,
        PlaceEntry,
        ProblemEntry,
        Record,
        RequirementEntry,
        ReviewEntry,
        TurnEntry,
        VendorEntry,
        VerdictEntry,
        VersionEntry,
        WaiverEntry,
        WarningEntry,
    )

SHOWN: Final = 10
"""How many errors, and how many warnings, GitHub shows of one step."""

MOST: Final = 4000
"""More letters than this of a message are not read in an annotation."""

_WEIGHTS: Final = ("critical", "high", "medium", "low")
_KINDS: Final = ("contract", "notice", "statement")
_PACK: Final = "termsgate:"
_SMELL: Final = "smell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One command: `level` is error or warning; without a place it is about the run."""

    level: str
    title: str
    message: str
    place: PlaceEntry | None = None

    def command(self, prefix: str = "") -> str:
        """The line that the runner obeys; `prefix` stands before the path of the place."""
        said = {"title": self.title}
        if self.place is not None:
            path = str(PurePosixPath(prefix) / self.place["path"])
            at = {"line": str(self.place["line"]), "col": str(self.place["column"])}
            said = {"file": path, **at, **said}
        properties = ",".join(f"{name}={_property(value)}" for name, value in said.items())
        return f"::{self.level} {properties}::{_data(_cut(self.message))}"


def commands(record: Record, *, prefix: str = "") -> str:
    """The commands that annotate a run, errors first; nothing where nothing fails or warns.

    The paths of a record start at the project; `prefix` leads there from the repository's root.
    """
    found = (*_shown("error", _errors(record)), *_shown("warning", _warnings(record)))
    return "".join(f"{each.command(prefix)}\n" for each in found)


def problem_commands(problems: Iterable[ProblemEntry], *, prefix: str = "") -> str:
    """The commands that annotate files: what stops a run as errors, smells as warnings."""
    found = list(problems)
    wrong = [_fault(each, "error") for each in found if each["weight"] != _SMELL]
    smells = [_fault(each, "warning") for each in found if each["weight"] == _SMELL]
    shown = (*_shown("error", wrong), *_shown("warning", smells))
    return "".join(f"{each.command(prefix)}\n" for each in shown)


def _shown(level: str, found: Sequence[Annotation]) -> Sequence[Annotation]:
    """As many as are shown; of more than that the tenth says how many."""
    if len(found) <= SHOWN:
        return found
    left = len(found) - SHOWN + 1
    message = f"{left} more {level}s: the summary and the log have them all"
    more = Annotation(level=level, title=f"{left} more", message=message)
    return (*found[: SHOWN - 1], more)


# --- what is annotated ------------------------------------------------------------------------


def _errors(record: Record) -> list[Annotation]:
    """A run that is not whole, what is not asked for any more, then what fails."""
    return [
        *_shortfall(record),
        *_disappeared(record),
        *_verdicts(record, "fail", "error"),
        *(_owed(*each, "error") for each in review_failures(record)),
    ]


def _shortfall(record: Record) -> Iterator[Annotation]:
    given, expected = record["given"], record["expected"]
    if given != expected:
        message = f"{given} verdicts were given and {expected} were expected: the run is not whole"
        yield Annotation(level="error", title="verdicts are missing", message=message)


def _disappeared(record: Record) -> Iterator[Annotation]:
    """What the baseline has and the project does not, unless that is how it was meant."""
    baseline = record["baseline"]
    for each in baseline["gone"] if baseline is not None and not baseline["updated"] else ():
        message = f"{gone_line(each)} of the baseline is not asked for any more"
        yield Annotation(level="error", title="gone from the baseline", message=message)


def _warnings(record: Record) -> list[Annotation]:
    """The verdicts that warn or will turn, then reviews, waivers, readings, smells of files."""
    return [
        *_verdicts(record, "warn", "warning"),
        *(_ahead(*each, record) for each in coming_warnings(record)),
        *(_owed(*each, "warning") for each in review_warnings(record)),
        *map(_idle, idle_waivers(record)),
        *(_noted(each) for each in record["warnings"] if each["kind"] != NEEDLESS),
        *(_fault(each, "warning") for each in record["problems"]),
    ]


def _verdicts(record: Record, outcome: str, level: str) -> list[Annotation]:
    requirements = {each["requirement"]: each for each in record["requirements"]}
    found = [each for each in record["verdicts"] if each["outcome"] == outcome]
    return [
        _verdict(each, requirements[each["requirement"]], record, level)
        for each in sorted(found, key=_urgency)
    ]


def _urgency(verdict: VerdictEntry) -> tuple[int, int]:
    """The most severe first, and of those the clearest; the order of the record is kept else."""
    return _WEIGHTS.index(verdict["severity"]), SEVEREST.index(verdict["verdict"])


def _verdict(
    verdict: VerdictEntry, requirement: RequirementEntry, record: Record, level: str
) -> Annotation:
    return Annotation(
        level=level,
        title=f"{verdict['vendor']}: {headline(verdict, requirement)}",
        message=failure_text(verdict, requirement),
        place=place_of(verdict, record),
    )


def _ahead(verdict: VerdictEntry, turn: TurnEntry, record: Record) -> Annotation:
    """A verdict that turns, at the clause that will decide."""
    decides = (each for each in turn["because"] if each["part"] != "defeated")
    return Annotation(
        level="warning",
        title=f"{verdict['vendor']}: {verdict['requirement']} turns on {turn['on']}",
        message=turned(turn),
        place=next(decides, None) or place_of(verdict, record),
    )


def _owed(review: ReviewEntry, debt: DebtEntry, level: str) -> Annotation:
    return Annotation(
        level=level,
        title=f"{review['vendor']}: review {debt['kind']}",
        message=f"{debt['text']}\nhelp: {debt['help']}",
        place=review,
    )


NEEDLESS: Final = "waiver-needless"
"""A kind of warning that is told by itself."""


def _noted(warning: WarningEntry) -> Annotation:
    return Annotation(
        level="warning",
        title="to be looked after",
        message=f"{warning['text']}\nhelp: {warning['help']}",
        place=warning,
    )


def _idle(waiver: WaiverEntry) -> Annotation:
    about = f"{waiver['vendor']} {waiver['requirement']}"
    return Annotation(
        level="warning",
        title="a waiver is not needed any more",
        message=f"the waiver of {about} is not needed any more: remove it",
        place=waiver,
    )


def _fault(problem: ProblemEntry, level: str) -> Annotation:
    return Annotation(
        level=level,
        title=problem["code"],
        message=f"{problem['message']}\nhelp: {problem['help']}",
        place=problem,
    )


# --- where ------------------------------------------------------------------------------------


def place_of(verdict: VerdictEntry, record: Record) -> PlaceEntry | None:
    """The line that a reader wants to see: the clause that decided; where none did, the terms.

    Where no terms were in force it is the check, and where nobody wrote a check the requirement.
    """
    return next(_places(verdict, record), None)


def _places(verdict: VerdictEntry, record: Record) -> Iterator[PlaceEntry]:
    decided = [each for each in verdict["because"] if each["part"] != "defeated"]
    yield from (each for each in decided if each["part"] == "fails")
    yield from decided
    for vendor in record["vendors"]:
        if vendor["vendor"] == verdict["vendor"]:
            yield from in_force(vendor, verdict["as-of"])
    for check in record["checks"]:
        if check["check"] == verdict["check"] and not is_made(check):
            yield check
    for requirement in record["requirements"]:
        if requirement["requirement"] == verdict["requirement"] and not is_made(requirement):
            yield requirement


def in_force(vendor: VendorEntry, day: str) -> list[VersionEntry]:
    """The version of each document that was in force on a day, contracts first."""
    documents = sorted(vendor["documents"], key=lambda each: _KINDS.index(each["kind"]))
    found = (_latest(document, day) for document in documents)
    return [each for each in found if each is not None]


def _latest(document: DocumentEntry, day: str) -> VersionEntry | None:
    begun = [each for each in document["versions"] if each["effective"] <= day]
    last = max(begun, key=lambda each: each["effective"], default=None)
    ended = last is not None and last["withdrawn"] is not None and last["withdrawn"] < day
    return None if ended else last


def is_made(entry: PlaceEntry) -> bool:
    """Whether it stands in no file of the project: a check nobody wrote, a built-in policy."""
    return entry["path"].startswith(("<", _PACK))


# --- escaping ---------------------------------------------------------------------------------


def _cut(message: str) -> str:
    """As much as is read, with a mark where there is more; no control characters."""
    lines = [printable(line) if line.strip() else "" for line in message.splitlines()]
    text = "\n".join(lines)
    return text if len(text) <= MOST else f"{text[:MOST].rstrip()} [...]"


def _data(text: str) -> str:
    """What may stand after the second `::` of a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """What may stand as the value of a property."""
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")
