"""A vendor's history as a table for a terminal, as Markdown, and as JSON.

Days go across and requirements down; where the terminal is too narrow for all days they go down
it in blocks. A day that is still coming is marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from termsgate.reporting.folding import columns, padded, shortened
from termsgate.reporting.json import answer
from termsgate.reporting.look import OF_A_WORD, PLAIN, Look
from termsgate.reporting.markdown import code, prose
from termsgate.reporting.text import LEGEND, LETTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termsgate.core.record import (
        HistoryDayEntry,
        HistoryEntry,
        HistoryRowEntry,
    )

COMING: Final = "coming"
_TOLD: Final = {
    "takes-effect": "takes effect: {}",
    "withdrawn": "ends without another: {}",
    "not-recorded": "known but not recorded, so not at hand: {}",
    "begins": "begins to count: {}",
    "ends": "counts no more: {}",
    "opted-out": "we opted out: {}",
    "refused": "we refused: {}",
    "consented": "we consented: {}",
}
_COLUMN: Final = 3
_SAME: Final = "."
_COMING: Final = ((re.compile(rf"\({COMING}\)"), "doubt"),)


def to_json(entry: HistoryEntry) -> str:
    """The history as JSON, with a format and a version."""
    return answer("history", entry)


# --- text ----------------------------------------------------------------------------------------


def to_text(entry: HistoryEntry, look: Look = PLAIN, *, turned: bool = True) -> str:
    """The table; with `turned`, only of the verdicts that ever turn."""
    title = look.fit([f"{entry['vendor']}: {_span(entry)}"], 4)
    lines = [*(look.paint(line, "strong") for line in title), *_days(entry, look)]
    rows = _rows(entry, turned=turned)
    for check, found in groupby(rows, key=lambda row: row["check"]):
        lines += ["", *_Table(check=check, days=entry["days"], look=look).lines(list(found))]
    return "\n".join([*lines, "", *_closing(entry, rows, look, turned=turned)])


def printable_line(line: str) -> str:
    """A line without control characters; its blanks stay."""
    return "".join(char if char.isprintable() else " " for char in line)


def _span(entry: HistoryEntry) -> str:
    days = [each["day"] for each in entry["days"]]
    return f"{days[0]} to {days[-1]}, {len(days)} day{'' if len(days) == 1 else 's'} of change"


def _days(entry: HistoryEntry, look: Look) -> Iterator[str]:
    """Every day with its number and what changes on it."""
    size = len(str(len(entry["days"])))
    for number, day in enumerate(entry["days"], start=1):
        coming = f" ({COMING})" if day["coming"] else ""
        line = f"  {number:>{size}}  {day['day']}{coming}  {'; '.join(_events(day))}"
        yield from look.marked(look.fit([printable_line(line)], size + 2), _COMING)


def _events(day: HistoryDayEntry) -> list[str]:
    """What changes on a day, the things that change alike together."""
    found: dict[str, list[str]] = {}
    for each in day["events"]:
        found.setdefault(each["event"], []).append(each["subject"])
    return [_TOLD[kind].format(", ".join(subjects)) for kind, subjects in found.items()]


def _rows(entry: HistoryEntry, *, turned: bool) -> list[HistoryRowEntry]:
    return [row for row in entry["verdicts"] if not turned or len(set(row["verdicts"])) > 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """One check: a block of days for as many as the width takes, then the next."""

    check: str
    days: Sequence[HistoryDayEntry]
    look: Look

    def lines(self, rows: list[HistoryRowEntry]) -> Iterator[str]:
        """Every block; from the second on, only what turns in it."""
        width = self.look.screen or self.look.width
        first = max(columns(self.check), *(columns(_name(row)) + 4 for row in rows))
        first = min(first, max(width // 2, width - _COLUMN * len(self.days)))
        size = max(1, (width - first) // _COLUMN)
        for start in range(0, len(self.days), size):
            block = range(start, min(start + size, len(self.days)))
            yield from self._block(rows, block, first)

    def _block(self, rows: list[HistoryRowEntry], block: range, first: int) -> Iterator[str]:
        shown = [row for row in rows if not block.start or _turns_in(row["verdicts"], block)]
        if block.start:
            yield ""
        head = _line(self.check, [str(at + 1) for at in block], first)
        yield self.look.paint(head, "strong")
        if any(self.days[at]["coming"] for at in block):
            yield _line("", ["+" if self.days[at]["coming"] else "" for at in block], first)
        for policy, found in groupby(shown, key=_policy):
            yield f"  {policy}"
            for row in found:
                yield from self._row(row, block, first)
        if len(shown) < len(rows):
            verb = "does" if len(rows) - len(shown) == 1 else "do"
            yield f"  {len(rows) - len(shown)} more {verb} not turn here"

    def _row(self, row: HistoryRowEntry, block: range, first: int) -> Iterator[str]:
        """A name beside its letters, or above them where it is too long for that."""
        verdicts, name = row["verdicts"], printable_line(f"    {_name(row)}")
        beside = columns(name) <= first
        if not beside:
            yield name
        cells = (
            self._cell(verdicts[at], _letter(verdicts, at, first=at == block.start)) for at in block
        )
        yield f"{padded(name if beside else '', first)}{''.join(cells)}"

    def _cell(self, verdict: str, letter: str) -> str:
        cell = f"{letter:>{_COLUMN}}"
        return cell if letter == _SAME else self.look.paint(cell, OF_A_WORD[verdict])


def _policy(row: HistoryRowEntry) -> str:
    return row["requirement"].partition(".")[0]


def _name(row: HistoryRowEntry) -> str:
    """The requirement below its policy."""
    return row["requirement"].partition(".")[2]


def _turns_in(verdicts: Sequence[str], block: range) -> bool:
    """Whether a verdict turns on one of these days."""
    return any(at and verdicts[at] != verdicts[at - 1] for at in block)


def _letter(verdicts: Sequence[str], at: int, *, first: bool = False) -> str:
    """The verdict of a day; a dot where it is what it was on the day before it in the table."""
    same = not first and at > 0 and verdicts[at] == verdicts[at - 1]
    return _SAME if same else LETTER[verdicts[at]]


def _line(head: str, cells: Sequence[str], first: int) -> str:
    shown = padded(shortened(printable_line(head), first), first)
    return f"{shown}{''.join(f'{cell:>{_COLUMN}}' for cell in cells)}".rstrip()


def _closing(
    entry: HistoryEntry, rows: Sequence[HistoryRowEntry], look: Look = PLAIN, *, turned: bool
) -> Iterator[str]:
    if rows:
        coming = "  + coming" if any(day["coming"] for day in entry["days"]) else ""
        yield from look.fit([f"{LEGEND}  . as before{coming}"], 0)
    steady = len(entry["verdicts"]) - len(rows)
    if turned and steady:
        noun = "verdict" if steady == 1 else "verdicts"
        yield f"{steady} {noun} never turned (--all shows them)"
    if not entry["verdicts"]:
        yield "no check names this vendor"


# --- Markdown ------------------------------------------------------------------------------------


def to_markdown(entry: HistoryEntry, *, turned: bool = True) -> str:
    """The history for a page; every word of a file is escaped."""
    lines = [f"### {prose(entry['vendor'])}: {prose(_span(entry))}", _day_list(entry)]
    rows = _rows(entry, turned=turned)
    for check, found in groupby(rows, key=lambda row: row["check"]):
        lines += [f"**{prose(check)}**", _markdown_table(list(found), entry["days"])]
    lines += [prose(line) for line in _closing(entry, rows, turned=turned)]
    return "\n\n".join(lines) + "\n"


def _day_list(entry: HistoryEntry) -> str:
    return "\n".join(
        f"{number}. {day['day']}{f' ({COMING})' if day['coming'] else ''}: "
        f"{prose('; '.join(_events(day)))}"
        for number, day in enumerate(entry["days"], start=1)
    )


def _markdown_table(rows: Sequence[HistoryRowEntry], days: Sequence[HistoryDayEntry]) -> str:
    head = ["", *(f"{at}{'+' if day['coming'] else ''}" for at, day in enumerate(days, start=1))]
    lines = [head, ["---", *([":-:"] * len(days))]]
    for row in rows:
        letters = [prose(_letter(row["verdicts"], at)) for at in range(len(days))]
        lines.append([code(row["requirement"]), *letters])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
