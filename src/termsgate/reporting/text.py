"""The record as plain text: the words of a failure, and what a terminal shows at the end."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from termsgate.core.explain import WILL, days_left, explain, explain_failure, turning
from termsgate.core.record import coming_warnings, review_warnings
from termsgate.reporting.folding import columns, folded
from termsgate.reporting.look import OF_A_WORD, PLAIN, WIDTH, Look, style_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termsgate.core.explain import Passage, Point
    from termsgate.core.record import (
        BaselineEntry,
        GoneEntry,
        ProblemEntry,
        Record,
        RequirementEntry,
        ReviewEntry,
        TurnEntry,
        VerdictEntry,
        WaiverUse,
        WarningEntry,
    )

LETTER: Final = {
    "met": "m",
    "violated": "V",
    "unclear": "?",
    "silent": "s",
    "not-applicable": "-",
}
"""The one letter a matrix has room for."""

LEGEND: Final = "  ".join(f"{letter} {word}" for word, letter in LETTER.items())
OUTCOMES: Final = ("fail", "warn", "waived", "baseline", "pass", "skip")
SEVEREST: Final = ("violated", "unclear", "silent", "met", "not-applicable")
MOST_ROWS: Final = 24
"""With more vendors than this a matrix no longer fits a screen, and the counts say more."""


# --- one verdict -----------------------------------------------------------------------------


def verdict_text(verdict: VerdictEntry, requirement: RequirementEntry, look: Look = PLAIN) -> str:
    """A verdict as a person would write it down, whole."""
    return _written(verdict, requirement, explain(verdict, requirement), look)


def failure_text(verdict: VerdictEntry, requirement: RequirementEntry, look: Look = PLAIN) -> str:
    """A verdict as a failure shows it, and the command that says the rest."""
    asked = f"{verdict['check']} {verdict['vendor']} {verdict['requirement']}"
    more = f"more: termsgate explain {asked} --as-of {verdict['as-of']}"
    return f"{_written(verdict, requirement, explain_failure(verdict), look)}\n{more}"


def _written(
    verdict: VerdictEntry,
    requirement: RequirementEntry,
    passages: Iterable[Passage],
    look: Look,
) -> str:
    title = f"{verdict['requirement']}: {requirement['title']}".rstrip(": ")
    about = f"{verdict['vendor']}, {verdict['check']}, as of {verdict['as-of']}"
    heads = [look.paint(line, "strong") for line in _heading(title, look)]
    abouts = [look.paint(line, "faint") for line in _heading(about, look)]
    return "\n".join([*heads, *abouts, *passages_text(passages, look)])


def _heading(text: str, look: Look) -> list[str]:
    """On one line, which logs and other programs look for; on more where a screen is narrow."""
    return _wrapped(text, 0, look.width) if look.width < WIDTH else [printable(text)]


def passages_text(passages: Iterable[Passage], look: Look = PLAIN) -> Iterator[str]:
    """Headings with their points indented below."""
    for passage in passages:
        yield look.paint(f"{passage.heading}:", "strong")
        for point in passage.points:
            lines = _wrapped(point.text, 2, look.width)
            yield from _first(passage, point, lines, look)
            for text in point.more:
                style = style_of(text)
                for line in _wrapped(text, 4, look.width):
                    yield look.paint(line, style)


def _first(passage: Passage, point: Point, lines: list[str], look: Look) -> Iterator[str]:
    """The lines of a point; of the verdict its word stands out."""
    word = point.text.partition(":")[0]
    if passage.heading != "verdict" or word not in OF_A_WORD:
        yield from lines
        return
    first, *rest = lines
    yield first.replace(word, look.paint(word, OF_A_WORD[word]), 1)
    yield from rest


def _wrapped(text: str, by: int, width: int) -> list[str]:
    """One line, or several where it is longer than a reader follows."""
    blank = " " * by
    plain = printable(text)
    if columns(plain) + by <= width:
        return [blank + plain]
    return _hanging(plain, blank, width)


def problem_text(problem: ProblemEntry, look: Look = PLAIN) -> str:
    """What is wrong with a file: the place and the code, then the help."""
    place = f"{problem['path']}:{problem['line']}:{problem['column']}"
    style = "bad" if problem["weight"] == "error" else "doubt"
    said = placed(f"{place}: {problem['message']} [{problem['code']}]", look, style)
    return "\n".join([*said, *look.fit([f"  help: {problem['help']}"], 4)])


def placed(line: str, look: Look, style: str) -> list[str]:
    """A line that begins with a place, which editors open, and ends with a code in a style."""
    return look.marked(look.fit([line], 4), ((_PLACE, "strong"), (_CODE, style)))


_PLACE: Final = re.compile(r"^\S+:\d+:\d+(?=:\s)")
_CODE: Final = re.compile(r"\[[a-z-]+/[a-z-]+\]$")


def _hanging(text: str, blank: str, width: int) -> list[str]:
    return folded(text, width, blank, f"{blank}    ")


def printable(text: str) -> str:
    """The text on one line and without control characters, which could rewrite a terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))


# --- a run ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many verdicts of each word, and how many of each outcome."""

    words: Mapping[str, int]
    outcomes: Mapping[str, int]


def totals_of(record: Record) -> Totals:
    """The totals of a record that holds every verdict."""
    return Totals(
        words=Counter(each["verdict"] for each in record["verdicts"]),
        outcomes=Counter(each["outcome"] for each in record["verdicts"]),
    )


SUMMED: Final = (
    (re.compile(r"^(?:warnings|coming|reviews|waivers|baseline[^:\n]*):", re.MULTILINE), "strong"),
    (re.compile(r"(?<=[:,]\s)\d[\d,]* (?:fail|violated)\b"), "bad"),
    (re.compile(r"(?<=[:,]\s)\d[\d,]* (?:warn|unclear|silent)\b"), "doubt"),
    (re.compile(r"(?<=[:,]\s)\d[\d,]* (?:pass|met)\b"), "good"),
)
"""What stands out in a summary."""


def summary(
    record: Record, width: int, *, matrix: bool = True, totals: Totals | None = None
) -> list[str]:
    """What a run shows at its end: the matrix, the counts, and everything that was let through.

    Of a record that lacks the verdicts there is nothing to say of, the totals are given.
    """
    return [
        *(_matrix(record, width) if matrix else ()),
        *counts(record, totals),
        *_listed("warnings:", _warnings(record, width)),
        *_listed("coming:", _coming(record, width)),
        *_listed("reviews:", _reviews(record)),
        *_listed("waivers:", _waivers(record, width)),
        *_listed(_baseline_heading(record), _baseline(record, width)),
    ]


def counts(record: Record, totals: Totals | None = None) -> list[str]:
    """How many verdicts of each word, and what the gate made of them."""
    given = record["given"]
    found = totals or totals_of(record)
    noun = "verdict" if given == 1 else "verdicts"
    lines = [
        f"{given} {noun}: {_counted(found.words, LETTER)}",
        f"at the gate: {_counted(found.outcomes, OUTCOMES)}",
    ]
    if given != record["expected"]:
        lines.append(f"{record['expected']} were expected: the run is not whole")
    if not record["expected"]:
        lines = ["no verdict was asked for"]
    elif not given:
        lines = [f"no verdict was given, and {record['expected']} expected"]
    return [*lines, *_left_out(record), *_audit(record)]


def _left_out(record: Record) -> Iterator[str]:
    """What the user left out: a partial run says so wherever it is counted (semantics 7.5)."""
    if not record["left-out"]:
        return
    total = record["expected"] + sum(each["verdicts"] for each in record["left-out"])
    parts = ", ".join(
        f"{each['verdicts']} by {' '.join(filter(None, (each['by'], printable(each['said']))))}"
        for each in record["left-out"]
    )
    yield f"partial: {record['expected']} of {total} verdicts were asked for; left out: {parts}"


def _audit(record: Record) -> Iterator[str]:
    if record["audit"]:
        yield "audit: waivers and the baseline are left aside"


def _counted(found: Mapping[str, int], order: Iterable[str]) -> str:
    return ", ".join(f"{found[word]} {word}" for word in order if found.get(word))


def day_line(record: Record) -> str:
    """The day that was asked about, and the day of the run where it is another."""
    if record["as-of"] == record["today"]:
        return f"terms as of {record['today']}"
    asked = record["as-of"] or "the day of each check"
    return f"terms as of {asked}, run on {record['today']}"


def _listed(heading: str, lines: Sequence[str]) -> list[str]:
    return [heading, *(f"  {line}" for line in lines)] if lines else []


def _with(record: Record, outcome: str) -> list[VerdictEntry]:
    return [each for each in record["verdicts"] if each["outcome"] == outcome]


def _named(verdict: VerdictEntry) -> str:
    return f"{verdict['check']} {verdict['vendor']} {verdict['requirement']}"


def _warnings(record: Record, width: int) -> list[str]:
    """Every warning of a run: of its verdicts, then of what is on record beside them."""
    return [*_together(_with(record, "warn"), width), *map(on_record, record["warnings"])]


def warned(record: Record) -> Iterator[tuple[str, str, str, str]]:
    """The verdicts that warn: check, vendor, word and the requirements; there may be hundreds."""
    return _by_word(_with(record, "warn"))


def _by_word(verdicts: Iterable[VerdictEntry]) -> Iterator[tuple[str, str, str, str]]:
    for (check, vendor), found in groupby(verdicts, key=_about):
        words = sorted(found, key=lambda each: SEVEREST.index(each["verdict"]))
        for word, same in groupby(words, key=lambda each: each["verdict"]):
            yield check, vendor, word, ", ".join(each["requirement"] for each in same)


def on_record(warning: WarningEntry) -> str:
    """What is to be looked after, and where it is written."""
    return f"{printable(warning['text'])} ({warning['path']}:{warning['line']})"


def _together(verdicts: Iterable[VerdictEntry], width: int) -> list[str]:
    """Those of each vendor under one verdict together: there may be hundreds."""
    lines: list[str] = []
    for (check, vendor), words in groupby(_by_word(verdicts), key=lambda each: each[:2]):
        lines.append(f"{check} {vendor}")
        for _, _, word, names in words:
            lines += _hanging(f"{word}: {names}", "  ", width - 2)
    return lines


def _coming(record: Record, width: int) -> list[str]:
    """What turns for the worse, each vendor's by the day and the verdict."""
    lines: list[str] = []
    turns = sorted(coming_warnings(record), key=lambda each: (_about(each[0]), _ahead(each[1])))
    for (check, vendor), found in groupby(turns, key=lambda each: _about(each[0])):
        lines.append(f"{check} {vendor}")
        for (day, what, outcome), same in groupby(found, key=lambda each: _turned(each[1])):
            names = ", ".join(each["requirement"] for each, _ in same)
            said = f"on {day} {what}, and {WILL[outcome]}: {names}"
            lines += _hanging(said, "  ", width - 2)
    return lines


def _ahead(turn: TurnEntry) -> tuple[str, int, str, str]:
    """The next day first, and of its verdicts the severest."""
    return turn["on"], SEVEREST.index(turn["verdict"]), turning(turn), turn["outcome"]


def _turned(turn: TurnEntry) -> tuple[str, str, str]:
    return turn["on"], turning(turn), turn["outcome"]


def _reviews(record: Record) -> list[str]:
    """What reviews are owed and fails nothing yet."""
    return [
        f"{entry['path']}:{entry['line']}: {printable(debt['text'])}"
        for entry, debt in review_warnings(record)
    ]


def review_text(review: ReviewEntry) -> str:
    """What is wrong with a review, and what to do about each thing."""
    place = f"{review['path']}:{review['line']}:{review['column']}"
    return "\n".join(
        line
        for debt in review["findings"]
        for line in (f"{place}: {printable(debt['text'])}", f"  help: {printable(debt['help'])}")
    )


def _about(verdict: VerdictEntry) -> tuple[str, str]:
    return verdict["check"], verdict["vendor"]


def _waivers(record: Record, width: int) -> list[str]:
    """Each waived verdict with the days that are left."""
    covered = [_covered(each) for each in _with(record, "waived")]
    return [line for each in covered for line in _hanging(each, "", width - 2)]


def _covered(verdict: VerdictEntry) -> str:
    waiver = verdict["waiver"]
    return f"{_named(verdict)}: {waived(verdict, waiver)}" if waiver else _named(verdict)


def waived(verdict: VerdictEntry, waiver: WaiverUse) -> str:
    """What was accepted, by whom, how long and why, on one line."""
    return printable(
        f"{verdict['verdict']}, waived by {waiver['approved-by']} "
        f"until {waiver['expires']} ({days_left(waiver)}): {waiver['reason']}"
    )


# --- against the baseline -------------------------------------------------------------------


def _baseline_heading(record: Record) -> str:
    baseline = record["baseline"]
    if baseline is None:
        return ""
    rewritten = ", rewritten by this run" if baseline["updated"] else ""
    return f"baseline: {printable(baseline['path'])} of {baseline['today']}{rewritten}"


def _baseline(record: Record, width: int) -> list[str]:
    """What the baseline lets through, what is new or worse, and what it has that is not there."""
    baseline = record["baseline"]
    if baseline is None:
        return []
    failed = _with(record, "fail")
    sections = (
        ("let through", _together(_with(record, "baseline"), width - 2), baseline["through"]),
        ("new or worse", _together(failed, width - 2), len(failed)),
        ("fixed since", _fixed(baseline), len(baseline["fixed"])),
        ("gone", [gone_line(each) for each in baseline["gone"]], len(baseline["gone"])),
    )
    return [
        line
        for name, lines, count in sections
        if count or name == "let through"
        for line in (f"{name}: {count}", *(f"  {each}" for each in lines))
    ]


def _fixed(baseline: BaselineEntry) -> list[str]:
    return [f"{each['check']} {each['vendor']} {each['requirement']}" for each in baseline["fixed"]]


def gone_line(entry: GoneEntry) -> str:
    """What the baseline has and the project does not ask for any more."""
    noun = "verdict" if entry["verdicts"] == 1 else "verdicts"
    return f"the {entry['kind']} `{printable(entry['name'])}` ({entry['verdicts']} {noun})"


# --- the matrix ------------------------------------------------------------------------------


def _matrix(record: Record, width: int) -> list[str]:
    """Vendors down, requirements across and grouped by policy; nothing where it would not fit."""
    rows = {(each["check"], each["vendor"]) for each in record["verdicts"]}
    if not rows or len(rows) > MOST_ROWS:
        return []
    checks = groupby(record["verdicts"], key=lambda each: each["check"])
    lines = [line for name, found in checks for line in _of_check(name, list(found), width)]
    return [*lines, LEGEND]


def _of_check(name: str, verdicts: list[VerdictEntry], width: int) -> Iterator[str]:
    """One check: a block of columns for as many policies as the width takes, then the next."""
    vendors = sorted({each["vendor"] for each in verdicts})
    letters = {(each["vendor"], each["requirement"]): LETTER[each["verdict"]] for each in verdicts}
    first = max(map(len, [name, *(f"  {vendor}" for vendor in vendors)]))
    for block in _blocks(_columns(verdicts), width - first):
        yield _row(name, first, [(column.policy, column.width) for column in block])
        for vendor in vendors:
            cells = [(column.letters(vendor, letters), column.width) for column in block]
            yield _row(f"  {vendor}", first, cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A policy with its requirements in their order: one letter each."""

    policy: str
    requirements: tuple[str, ...]

    @property
    def width(self) -> int:
        return max(len(self.policy), len(self.requirements))

    def letters(self, vendor: str, found: Mapping[tuple[str, str], str]) -> str:
        return "".join(found.get((vendor, each), " ") for each in self.requirements)


def _columns(verdicts: list[VerdictEntry]) -> list[_Column]:
    names = sorted({each["requirement"] for each in verdicts})
    groups = groupby(names, key=lambda name: name.partition(".")[0])
    return [_Column(policy=policy, requirements=tuple(found)) for policy, found in groups]


def _blocks(columns: list[_Column], room: int) -> Iterator[list[_Column]]:
    """The columns in groups that fit the room; one that is wider than all of it stands alone."""
    block: list[_Column] = []
    for column in columns:
        if block and sum(each.width + 2 for each in [*block, column]) > room:
            yield block
            block = []
        block.append(column)
    yield block


def _row(head: str, first: int, cells: list[tuple[str, int]]) -> str:
    columns = "".join(f"  {text:<{size}}" for text, size in cells)
    return f"{head:<{first}}{columns}".rstrip()
