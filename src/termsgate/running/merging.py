"""The records of all parts of a run become the record of the whole, line by line (semantics 7.5).

Parts are of one project, one day and the same options, and every part is there just once: else
nothing is put together. What only the whole can tell is worked out anew: whether a waiver that
names several vendors is needed, and whether the run is partial.
"""

from __future__ import annotations

import heapq
import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, cast

from termsgate.core.model import Place
from termsgate.core.problem import Problem
from termsgate.core.upkeep import named_once, warnings_of_waivers
from termsgate.reporting.json import with_lines
from termsgate.reporting.text import MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from termsgate.core.record import Record, VerdictEntry, WarningEntry
    from termsgate.reading.streaming import Streamed
    from termsgate.reporting.json import Lines

_SAME: Final = (
    ("today", "was made on another day"),
    ("as-of", "was asked about another day"),
    ("audit", "was made with `--audit`, or the others were"),
    ("inputs", "was made of other files"),
    ("checks", "was made of other checks"),
    ("vendors", "was made of other vendors"),
    ("policies", "was made of other policies"),
    ("requirements", "was made of other requirements"),
    ("problems", "was made of other files"),
    ("terms.clauses", "was made of other terms"),
    ("terms.demands", "was made of other policies"),
    ("terms.words", "was made with another vocabulary"),
)
"""What all parts say alike, and what is to be said of one that does not."""

_HELP: Final = "make all parts of one state of the project, on one day and with the same options"
_OF_WAIVERS: Final = "waiver-"
_BEGINS: Final = re.compile(
    rb'\{"check": "([^"\\]+)", "vendor": "([^"\\]+)", "requirement": "([^"\\]+)", '
    rb'"verdict": "([^"\\]+)", "outcome": "([^"\\]+)"'
)
_QUIET: Final = frozenset({"pass", "skip"})


class MergeError(Exception):
    """The records are no whole run: `problems` has every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep every problem."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def refuse_what_is_no_run(parts: Sequence[Streamed]) -> None:
    """Make sure that the records are all parts of one run.

    Raises:
        MergeError: with every reason why they are not.
    """
    problems = [*_not_parts(parts)] or [*_not_all(parts), *_not_alike(parts)]
    if problems:
        raise MergeError(problems)


def _not_parts(parts: Iterable[Streamed]) -> Iterator[Problem]:
    for each in parts:
        if "shard" not in each.head:
            advice = "make each part with `--shard 1/2`, `--shard 2/2` and so on"
            yield _problem(each, "no-part", "this is the record of no part of a run", advice)


def _not_all(parts: Sequence[Streamed]) -> Iterator[Problem]:
    of = parts[0].head["shard"]["of"]
    seen: dict[int, Streamed] = {}
    for each in parts:
        shard = each.head["shard"]
        name = f"{shard['number']}/{shard['of']}"
        if shard["of"] != of:
            message = f"this is part {name}, and `{parts[0].path}` is one of {of}"
            yield _problem(each, "other-parts", message, _HELP)
        elif shard["number"] in seen:
            message = f"this is part {name}, and so is `{seen[shard['number']].path}`"
            yield _problem(each, "twice", message, "name each part once")
        seen.setdefault(shard["number"], each)
    missing = [f"{number}/{of}" for number in range(1, of + 1) if number not in seen]
    if missing:
        noun = "part" if len(missing) == 1 else "parts"
        message = f"{noun} {', '.join(missing)} of the run {'is' if len(missing) == 1 else 'are'} "
        advice = "name the records of all parts; a part that was lost must be made again"
        yield _problem(parts[0], "missing", f"{message}missing", advice)


def _not_alike(parts: Sequence[Streamed]) -> Iterator[Problem]:
    first, *others = parts
    for each in others:
        for name, what in _SAME:
            if _value(each, name) != _value(first, name):
                file = _first_difference(first, each) if name == "inputs" else ""
                message = f"this {what} than `{first.path}`{file}"
                yield _problem(each, "unlike", message, _HELP)
                break


def _value(part: Streamed, name: str) -> object:
    span = part.lists.get(name)
    return (span.count, span.sha256) if span else part.head.get(name)


def _first_difference(one: Streamed, other: Streamed) -> str:
    """The first file that the two read differently."""
    ours, theirs = (
        {each["path"]: each["sha256"] for each in part.entries("inputs")} for part in (one, other)
    )
    paths = sorted(ours.keys() | theirs.keys())
    found = next((path for path in paths if ours.get(path) != theirs.get(path)), "")
    return f": `{found}`" if found else ""


def _problem(part: Streamed, name: str, message: str, advice: str) -> Problem:
    place = Place(path=str(part.path), line=1, column=1)
    return Problem(place=place, message=message, code=f"merge/{name}", help=advice)


@dataclass(frozen=True, kw_only=True)
class Merged:
    """All parts of one run, in whatever order."""

    parts: tuple[Streamed, ...]

    @property
    def words(self) -> Counter[str]:
        """How many verdicts of each word."""
        return self._read[0]

    @property
    def outcomes(self) -> Counter[str]:
        """What the gate made of how many."""
        return self._read[1]

    @cached_property
    def quotes(self) -> Counter[str]:
        """How many quotes of each status, of those that were looked for."""
        return Counter(each["status"] for each in self._all("quotes"))

    def with_all(self, record: Record) -> Record:
        """The record with every entry of every list, for the reports that are made of it."""
        return with_lines(record, self.lines())

    @cached_property
    def _read(self) -> tuple[Counter[str], Counter[str], list[VerdictEntry]]:
        """The totals, and the verdicts that are told one by one: in a small run all."""
        told: list[VerdictEntry] = []
        words, outcomes = Counter[str](), Counter[str]()
        for line in chain.from_iterable(part.lines("verdicts") for part in self.parts):
            word, outcome = _words_of(line)
            words[word] += 1
            outcomes[outcome] += 1
            if self.is_small or _is_notable(line, outcome):
                told.append(json.loads(line))
        return words, outcomes, told

    @cached_property
    def is_small(self) -> bool:
        """Whether a matrix of all verdicts would fit a screen."""
        rows = set()
        for line in chain.from_iterable(self._lists("verdicts")):
            rows.add(_key(line)[:2])
            if len(rows) > MOST_ROWS:
                return False
        return True

    @cached_property
    def record(self) -> Record:
        """The record of the whole; its long lists hold only what is told one by one."""
        heads = [part.head for part in self.parts]
        found: dict[str, Any] = {**heads[0]}
        del found["shard"]
        shards = [head["shard"] for head in heads]
        found["expected"] = sum(head["expected"] for head in heads)
        found["given"] = sum(head["given"] for head in heads)
        found["partial"] = any(shard["partial"] for shard in shards)
        found["interrupted"] = any(head["interrupted"] for head in heads)
        found["left-out"] = self._left_out()
        found["missing"] = sorted(self._all("missing"), key=itemgetter(*_KEY))
        found["baseline"] = self._baseline()
        for name in ("checks", "policies", "requirements", "vendors", "problems"):
            found[name] = list(self.parts[0].entries(name)) or heads[0].get(name, [])
        found["verdicts"] = sorted(self._read[2], key=itemgetter(*_KEY))
        found["reviews"] = sorted(self._all("reviews"), key=itemgetter("path", "line"))
        return self._with_lists(found)

    def _with_lists(self, found: dict[str, Any]) -> Record:
        """The same with what is worked out of the rest, in the order of a record."""
        record = cast("Record", found)
        held = (each for each in self._all("warnings") if not _is_of_a_waiver(each))
        found["warnings"] = named_once([*warnings_of_waivers(record), *held])
        found["inputs"] = found["terms"] = []
        found["terms"] = {"clauses": [], "demands": [], "words": []}
        if any("quotes" in part.lists for part in self.parts):
            found["quotes"] = []
        if any("history" in {*part.lists, *part.head} for part in self.parts):
            found["history"] = []
        ordered = {name: found[name] for name in _ORDER if name in found}
        return cast("Record", ordered)

    def lines(self) -> Lines:
        """Every entry of every long list, in the order of the record."""
        first = self.parts[0]
        same = {
            name: _giving(first, name)
            for name in ("inputs", "vendors", "terms.clauses", "terms.demands", "terms.words")
        }
        return {
            **same,
            "verdicts": lambda: heapq.merge(*self._lists("verdicts"), key=_key),
            "reviews": lambda: heapq.merge(*self._lists("reviews"), key=_place),
            "quotes": lambda: heapq.merge(*self._lists("quotes"), key=_quote),
            "history": lambda: heapq.merge(*self._lists("history"), key=_vendor),
        }

    def _lists(self, name: str) -> list[Iterator[bytes]]:
        return [part.lines(name) for part in self.parts]

    def _all(self, name: str) -> Iterator[Any]:
        return chain.from_iterable(part.entries(name) for part in self.parts)

    def _left_out(self) -> list[dict[str, Any]]:
        """What options left out of all parts; that others had their share is no such thing."""
        counted: Counter[tuple[str, str]] = Counter()
        for each in self._all("left-out"):
            if each["by"] != "--terms-shard":
                counted[each["by"], each["said"]] += each["verdicts"]
        return [
            {"by": by, "said": said, "verdicts": left}
            for (by, said), left in sorted(counted.items())
        ]

    def _baseline(self) -> dict[str, Any] | None:
        """What the baseline let through anywhere, and what of it is fixed."""
        found = [part.head["baseline"] for part in self.parts]
        if any(each is None for each in found):
            return None
        fixed = sorted((one for each in found for one in each["fixed"]), key=itemgetter(*_KEY))
        return {**found[0], "through": sum(each["through"] for each in found), "fixed": fixed}


_KEY: Final = ("check", "vendor", "requirement")
_ORDER: Final = (
    *("format", "version", "today", "as-of", "expected", "given", "partial", "left-out"),
    *("missing", "interrupted", "audit", "baseline", "inputs", "checks", "vendors", "policies"),
    *("requirements", "verdicts", "reviews", "warnings", "problems", "terms", "quotes", "history"),
)
"""The order in which a run writes its record."""


def _giving(part: Streamed, name: str) -> Callable[[], Iterable[bytes]]:
    return lambda: part.lines(name)


def _is_of_a_waiver(warning: WarningEntry) -> bool:
    return warning["kind"].startswith(_OF_WAIVERS)


def _words_of(line: bytes) -> tuple[str, str]:
    """The verdict and its outcome, from the beginning of its line."""
    found = _BEGINS.match(line)
    if found is None:
        entry = json.loads(line)
        return entry["verdict"], entry["outcome"]
    return found[4].decode(), found[5].decode()


def _is_notable(line: bytes, outcome: str) -> bool:
    """Whether the end of a run tells of it by name."""
    return outcome not in _QUIET or b'"waiver": null' not in line or b'"coming": []' not in line


def _key(line: bytes) -> tuple[str, ...]:
    found = _BEGINS.match(line)
    if found is None:
        return _said(line, *_KEY)
    return tuple(word.decode() for word in found.group(1, 2, 3))


def _place(line: bytes) -> tuple[str, ...]:
    return _said(line, "path", "line")


def _quote(line: bytes) -> tuple[str, ...]:
    return _said(line, "vendor", "document", "version", "clause")


def _vendor(line: bytes) -> tuple[str, ...]:
    return _said(line, "vendor")


def _said(line: bytes, *names: str) -> tuple[str, ...]:
    entry = json.loads(line)
    return tuple(entry[name] for name in names)
