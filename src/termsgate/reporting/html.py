"""The record as markup for a page of pytest-html: cells, explanations and the matrix on top.

Every word that comes from a file is escaped here, once: the page runs what looks like markup.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from termsgate.core.explain import WEIGHT, Passage, Point, ahead, explain, where
from termsgate.reporting.text import LEGEND, LETTER, counts, day_line, on_record, warned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from termsgate.core.record import ClauseEntry, Record, RequirementEntry, VerdictEntry

COLUMNS: Final = (
    ("vendor", "Vendor"),
    ("requirement", "Requirement"),
    ("verdict", "Verdict"),
    ("level", "Level"),
    ("section", "Document and section"),
)
"""The columns that are ours: the name pytest-html sorts by, and the heading."""

MOST_CELLS: Final = 6000
"""With more cells than this a matrix is no picture any more, and slow to open."""

_LOOKS: Final = "Outlined: fails the run. Dashed: a warning. In italics: let through."

_WIDE: Final = 12
"""With more vendors than this they go down the page and the requirements across."""

STYLE: Final = """<style>
#results-table td:not(.col-result), #results-table th, .tg { color: #222; }
.tg-matrix td, .tg-matrix th { color: #222; }
.tg-matrices { display: flex; flex-wrap: wrap; gap: 0 32px; align-items: flex-start; }
.tg-matrix { border-collapse: collapse; margin: 8px 0 16px; color: #222; }
.tg-matrix caption { text-align: left; font-weight: bold; padding: 4px 0; }
.tg-matrix th, .tg-matrix td { border: 1px solid #ccc; padding: 3px 7px; font-weight: normal; }
.tg-matrix th { text-align: left; background: #f6f6f6; }
.tg-matrix th.tg-tall { writing-mode: vertical-rl; }
.tg-matrix td { text-align: center; }
.tg-met { background: #d9f2d9; } .tg-violated { background: #f8c9c4; }
.tg-unclear { background: #fde9b8; } .tg-silent { background: #e3e3f5; }
.tg-not-applicable { background: #f4f4f4; }
.tg-fail { font-weight: bold; outline: 2px solid #b3261e; outline-offset: -2px; }
.tg-warn { outline: 2px dashed #8a6d00; outline-offset: -2px; }
.tg-waived, .tg-baseline { font-style: italic; }
.tg h4 { margin: 8px 0 2px; } .tg ul { margin: 0; padding-left: 18px; }
.tg { font-family: Helvetica, Arial, sans-serif; white-space: normal; max-width: 75em; }
.tg q { font-style: italic; } .tg q::before, .tg q::after { content: none; }
</style>"""


# --- the table ------------------------------------------------------------------------------


def heading_cells() -> list[str]:
    """The headings of our columns."""
    return [
        f'<th class="sortable" data-column-type="{name}">{escape(title)}</th>'
        for name, title in COLUMNS
    ]


def cells(verdict: VerdictEntry, requirement: RequirementEntry) -> list[str]:
    """Our columns of one verdict."""
    said = (
        verdict["vendor"],
        f"{verdict['requirement']}: {requirement['title']}",
        _weighed(verdict),
        f"{verdict['level']}, {verdict['severity']}",
        "; ".join(_sections(verdict["because"])),
    )
    return [cell(name, text) for (name, _), text in zip(COLUMNS, said, strict=True)]


def empty_cells() -> list[str]:
    """Our columns of a test that is no verdict."""
    return [cell(name, "") for name, _ in COLUMNS]


def cell(name: str, text: str) -> str:
    """One cell, its text escaped and on one line (the page finds sort keys line by line)."""
    return f'<td class="col-{name}">{said(" ".join(text.split()))}</td>'


def said(text: str) -> str:
    """Text as markup; half a character, which no page can hold, is shown as its number."""
    return escape(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def _weighed(verdict: VerdictEntry) -> str:
    """The word of the verdict, and what the gate made of it where that is no matter of course."""
    if verdict["outcome"] in {"pass", "skip"}:
        return verdict["verdict"]
    return f"{verdict['verdict']} ({WEIGHT[verdict['outcome']]})"


def _sections(clauses: Iterable[ClauseEntry]) -> list[str]:
    """The documents and sections that decided, each once."""
    deciding = [where(each) for each in clauses if each["part"] != "defeated"]
    return list(dict.fromkeys(deciding))


def explanation(verdict: VerdictEntry, requirement: RequirementEntry) -> str:
    """Everything that decided a verdict, as one line of markup (the page styles its lines)."""
    passages = "".join(map(_passage, explain(verdict, requirement)))
    return f'<div class="tg">{passages}</div>'


def _passage(passage: Passage) -> str:
    points = "".join(map(_point, passage.points))
    return f"<h4>{_line(passage.heading)}</h4><ul>{points}</ul>"


def _point(point: Point) -> str:
    more = "".join(f"<li>{_line(each)}</li>" for each in point.more)
    below = f"<ul>{more}</ul>" if more else ""
    return f"<li>{_line(point.text)}{below}</li>"


def _line(text: str) -> str:
    return said(" ".join(text.split()))


# --- the top of the page ----------------------------------------------------------------------


def overview(record: Record) -> str:
    """The day asked about, the counts and, while it is a picture, the matrix of each check."""
    told = (day_line(record), *counts(record), _LOOKS)
    lines = "".join(f"<p>{said(line)}</p>" for line in told)
    lines += "".join(map(_passage, ahead(record)))
    matrices = "".join(_matrices(record))
    above = f'<div class="tg">{lines}{_warnings(record)}</div>'
    return f'{STYLE}{above}<div class="tg-matrices">{matrices}</div>'


def _warnings(record: Record) -> str:
    """Every warning: in the table they stand among the tests that passed."""
    points = [
        *(
            Point(text=f"{check} {vendor}, {word}: {names}")
            for check, vendor, word, names in warned(record)
        ),
        *(Point(text=on_record(each), more=(each["help"],)) for each in record["warnings"]),
    ]
    return _passage(Passage(heading="warnings", points=tuple(points))) if points else ""


def _matrices(record: Record) -> Iterator[str]:
    if len(record["verdicts"]) > MOST_CELLS:
        yield "<p>There are too many verdicts for a matrix; the record has them all.</p>"
        return
    titles = {check["check"]: check["title"] or check["check"] for check in record["checks"]}
    for check, title in titles.items():
        found = [each for each in record["verdicts"] if each["check"] == check]
        if found:
            yield f"<div>{_matrix(title, found)}</div>"


def _matrix(title: str, verdicts: list[VerdictEntry]) -> str:
    """Vendors against requirements; whichever are fewer go across."""
    vendors = sorted({each["vendor"] for each in verdicts})
    requirements = sorted({each["requirement"] for each in verdicts})
    found = {(each["vendor"], each["requirement"]): each for each in verdicts}
    if len(vendors) > _WIDE:
        return _many(title, vendors, requirements, found)
    head = "".join(f'<th scope="col">{said(vendor)}</th>' for vendor in vendors)
    rows = (
        _matrix_row(each, [_word(found.get((vendor, each))) for vendor in vendors])
        for each in requirements
    )
    return _table(title, head, rows)


def _many(
    title: str,
    vendors: list[str],
    requirements: list[str],
    found: Mapping[tuple[str, str], VerdictEntry],
) -> str:
    """A matrix of letters, for many vendors."""
    head = "".join(f'<th scope="col" class="tg-tall">{said(each)}</th>' for each in requirements)
    rows = (
        _matrix_row(vendor, [_letter(found.get((vendor, each))) for each in requirements])
        for vendor in vendors
    )
    return f"{_table(title, head, rows)}<p>{said(LEGEND)}</p>"


def _table(title: str, head: str, rows: Iterable[str]) -> str:
    return (
        f'<table class="tg-matrix"><caption>{said(title)}</caption>'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _matrix_row(name: str, columns: list[str]) -> str:
    return f'<tr><th scope="row">{said(name)}</th>{"".join(columns)}</tr>'


def _word(verdict: VerdictEntry | None) -> str:
    return _matrix_cell(verdict, verdict["verdict"] if verdict else "")


def _letter(verdict: VerdictEntry | None) -> str:
    return _matrix_cell(verdict, LETTER[verdict["verdict"]] if verdict else "")


def _matrix_cell(verdict: VerdictEntry | None, text: str) -> str:
    if verdict is None:
        return "<td></td>"
    look = f"tg-{verdict['verdict']} tg-{verdict['outcome']}"
    return f'<td class="{said(look)}" title="{said(_weighed(verdict))}">{said(text)}</td>'
