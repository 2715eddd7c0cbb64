"""The record as a table for spreadsheets, one row a verdict.

It begins with a byte order mark, without which Excel takes UTF-8 for something else. A spreadsheet
takes a cell that begins with `=` and a few other letters for a formula and runs it, whoever wrote
it: such a cell gets an apostrophe in front, which a spreadsheet takes for "this is text".
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final

from termsgate.core.explain import where
from termsgate.reporting.findings import Index, cut, decisive, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termsgate.core.record import Record, VerdictEntry

MOST: Final = 32_000
"""Excel takes 32,767 letters in a cell and drops the rest."""

MARK: Final = "\ufeff"

_FORMULA: Final = tuple("=+-@\t\r\n|%＝＋－＠")  # noqa: RUF001 - wide ones start a formula too
COLUMNS: Final = (
    "check",
    "vendor",
    "vendor name",
    "policy",
    "requirement",
    "title",
    "level",
    "severity",
    "as of",
    "verdict",
    "outcome",
    "in the baseline",
    "decided by",
    "quotes",
    "places",
    "for example",
    "open questions",
    "documents that could change it",
    "turns to",
    "waiver",
    "waived until",
    "approved by",
    "reason",
    "ask",
)


def table(record: Record) -> str:
    """The rows, with lines that end as RFC 4180 has them."""
    written = StringIO(newline="")
    written.write(MARK)
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    index = Index(record=record)
    rows.writerows(map(cell, _row(each, index)) for each in record["verdicts"])
    return written.getvalue()


def cell(text: str) -> str:
    """The text as a cell that no spreadsheet runs; several lines stay several."""
    said = "\n".join(plain(line) for line in text.split("\n")).strip()
    safe = f"'{said}" if said.startswith(_FORMULA) else said
    return cut(safe, MOST)


def _row(verdict: VerdictEntry, index: Index) -> Iterable[str]:
    requirement = index.requirement(verdict)
    clauses = decisive(verdict)
    return (
        verdict["check"],
        verdict["vendor"],
        index.vendor_name(verdict),
        requirement["policy"],
        verdict["requirement"],
        requirement["title"],
        verdict["level"],
        verdict["severity"],
        verdict["as-of"],
        verdict["verdict"],
        verdict["outcome"],
        verdict["before"] or "",
        _lines(f"{where(each)} ({each['clause']}, {each['version']})" for each in clauses),
        _lines(f"“{each['quote']}”" for each in clauses if each["quote"]),
        _lines(f"{each['path']}:{each['line']}" for each in clauses),
        " ".join(verdict["witness"].values()) if verdict["witness"] else "",  # type: ignore[arg-type]
        _lines(each["text"] for each in verdict["questions"]),
        _lines(each["document"] for each in verdict["absent-documents"] if each["matters"]),
        _lines(f"{each['verdict']} on {each['on']}" for each in verdict["coming"]),
        *_waiver(verdict),
        verdict["ask"],
    )


def _lines(texts: Iterable[str]) -> str:
    """Several in one cell, each on a line of its own."""
    return "\n".join(map(plain, texts))


def _waiver(verdict: VerdictEntry) -> tuple[str, str, str, str]:
    waiver = verdict["waiver"]
    if waiver is None:
        return "", "", "", ""
    return waiver["standing"], waiver["expires"], waiver["approved-by"], waiver["reason"]
