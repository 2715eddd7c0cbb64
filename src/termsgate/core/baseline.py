"""A baseline: an earlier record, so that a run fails only on what is new or worse (semantics 7.4).

Pure comparison: who reads the earlier record, and who writes the next one, is no matter here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from termsgate.core.gate import Outcome, Standing
from termsgate.core.ledger import key_entry
from termsgate.core.model import Level
from termsgate.core.record import key
from termsgate.core.verdict import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from termsgate.core.docket import Key
    from termsgate.core.record import BaselineEntry, GoneEntry, Record, TurnEntry, VerdictEntry

RULING: Final = {each.word: each for each in Ruling}
FAILED: Final = frozenset({Outcome.FAIL.value, Outcome.BASELINE.value})
"""The outcomes of findings: what fails, and what failed before and was let through."""

_TOLD: Final = FAILED | {Outcome.WARN.value}
_PLAIN: Final = frozenset({Outcome.PASS.value, Outcome.WARN.value, Outcome.SKIP.value})
_WEIGHT: Final = {level.value: weight for weight, level in enumerate(reversed(Level))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """An earlier record: where it lies, the day of its run, and its verdicts by their key."""

    path: str
    today: str
    past: Mapping[Key, VerdictEntry]

    def before(self, entry: VerdictEntry) -> VerdictEntry | None:
        """The earlier verdict on the same matter, if there was one."""
        return self.past.get(key(entry))

    def weighed(self, entry: VerdictEntry) -> VerdictEntry:
        """The verdict with what it was before; a failure that is not new or worse is let through.

        The verdict itself stays what it is (semantics 7.1).
        """
        past = self.before(entry)
        if past is None:
            return entry
        through = entry["outcome"] == Outcome.FAIL.value and lets_through(past, entry)
        outcome = Outcome.BASELINE.value if through else entry["outcome"]
        return {**entry, "outcome": outcome, "before": past["verdict"]}

    def has_warned(self, entry: VerdictEntry) -> bool:
        """Whether a warning is neither new nor worse."""
        past = self.before(entry)
        return past is not None and past["outcome"] in _TOLD and not is_worse(past, entry)

    def has_announced(self, entry: VerdictEntry, turn: TurnEntry) -> bool:
        """Whether it was known that the verdict turns, and to nothing better (semantics 7.8)."""
        past = self.before(entry)
        known = past["coming"] if past is not None else []
        return any(RULING[each["verdict"]] <= RULING[turn["verdict"]] for each in known)


def baseline_of(record: Record, path: str) -> Baseline:
    """An earlier record as a baseline."""
    past = {key(each): each for each in record["verdicts"]}
    return Baseline(path=path, today=record["today"], past=past)


def lets_through(past: VerdictEntry, entry: VerdictEntry) -> bool:
    """Whether a failure is neither new nor worse than the earlier verdict.

    It failed then, too; or the terms have got better since and the requirement weighs no more. A
    waiver that has expired since was an acceptance with an end, and a baseline does not prolong it.
    """
    if is_worse(past, entry) or (_expired(entry) and not _expired(past)):
        return False
    return past["outcome"] in FAILED or (past["outcome"] in _PLAIN and _is_better(past, entry))


def is_worse(past: VerdictEntry, entry: VerdictEntry) -> bool:
    """Whether the verdict is worse than the earlier one (semantics 4.2)."""
    return RULING[entry["verdict"]] < RULING[past["verdict"]]


def _is_better(past: VerdictEntry, entry: VerdictEntry) -> bool:
    """Whether the verdict is better than the earlier one, under a level that is no stricter."""
    better = RULING[entry["verdict"]] > RULING[past["verdict"]]
    return better and _WEIGHT[entry["level"]] <= _WEIGHT[past["level"]]


def _expired(entry: VerdictEntry) -> bool:
    waiver = entry["waiver"]
    return waiver is not None and waiver["standing"] == Standing.EXPIRED.value


# --- a run against its baseline -----------------------------------------------------------------


def compared(
    baseline: Baseline, verdicts: Iterable[VerdictEntry], whole: AbstractSet[Key], *, updated: bool
) -> BaselineEntry:
    """What a run says about its baseline; `whole` is every matter of the project today.

    `updated` says that the run takes the baseline's place.
    """
    given = {key(each): each for each in verdicts}
    return {
        "path": baseline.path,
        "today": baseline.today,
        "through": sum(each["outcome"] == Outcome.BASELINE.value for each in given.values()),
        "fixed": [key_entry(each) for each in sorted(_fixed(baseline, given))],
        "gone": list(gone(baseline, whole)),
        "updated": updated,
    }


def _fixed(baseline: Baseline, given: Mapping[Key, VerdictEntry]) -> Iterator[Key]:
    """The findings that are none any more, of the matters that were judged again."""
    for name, past in baseline.past.items():
        now = given.get(name)
        if now is not None and past["outcome"] in FAILED and now["outcome"] not in FAILED:
            yield name


def gone(baseline: Baseline, whole: AbstractSet[Key]) -> Iterator[GoneEntry]:
    """What was judged then and is not there to be judged now: an event, not an improvement.

    Each lost verdict is told once: under its check if that is gone, else its vendor, else its
    requirement; where all three are there, the check does not put them together any more.
    """
    there = _Names(*(frozenset(names) for names in zip(*whole, strict=True)))
    lost = Counter(_kind(name, there) for name in baseline.past if name not in whole)
    for (kind, name), verdicts in sorted(lost.items()):
        yield {"kind": kind, "name": name, "verdicts": verdicts}


class _Names(NamedTuple):
    """Who and what is there today."""

    checks: frozenset[str] = frozenset()
    vendors: frozenset[str] = frozenset()
    requirements: frozenset[str] = frozenset()


def _kind(name: Key, there: _Names) -> tuple[str, str]:
    check, vendor, requirement = name
    if check not in there.checks:
        return "check", check
    if vendor not in there.vendors:
        return "vendor", vendor
    if requirement not in there.requirements:
        return "requirement", requirement
    return "matter", " ".join(name)
