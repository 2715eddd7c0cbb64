r"""The record as Markdown, for the summary of a step or the text of a merge request.

The matrix comes first, then what fails, warns and was let through. Every word that comes from a
file is escaped here: as Markdown, so that it stays on its line and in its cell, and as HTML, which
Markdown would pass on. What does not fit any more is counted and left to the record.
"""

from __future__ import annotations

import re
from datetime import date
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

from termsgate.core.explain import explain_failure, headline, turned
from termsgate.core.record import (
    coming_warnings,
    idle_waivers,
    review_failures,
    review_warnings,
)
from termsgate.reporting.text import (
    LEGEND,
    LETTER,
    SEVEREST,
    counts,
    day_line,
    gone_line,
    printable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termsgate.core.explain import Passage
    from termsgate.core.record import (
        DebtEntry,
        KeyEntry,
        ProblemEntry,
        Record,
        RequirementEntry,
        ReviewEntry,
        TurnEntry,
        VerdictEntry,
        WaiverEntry,
        WarningEntry,
    )

MOST_BYTES: Final = 1_000_000
"""GitHub drops the whole summary of a step from 1,048,576 bytes on."""

MOST_OF_A_COMMENT: Final = 65_000
"""GitHub refuses a comment of more than 65,536 letters; no letter is less than a byte."""

COMMENT_MARK: Final = "<!-- termsgate -->"
"""The first line of a comment, by which a script finds the one to write anew."""

_NOTE: Final = 300
"""Room that is kept for the line that says what was left out."""

_WIDE: Final = 12
"""With more vendors than this they go down the page and the requirements across."""

_MARKS: Final = {"fail": "**{}**", "warn": "{}!", "waived": "_{}_", "baseline": "({})"}
_SIGNS: Final = "Bold fails the run, ! warns, italic is waived, in brackets is in the baseline."
_PUNCTUATION: Final = re.compile(r"([!#$&*+.:<=>@\[\\\]^_`{|}~-])")
_ENDS_CODE: Final = re.compile(r"[`|\\]")


def summary(record: Record, *, most: int = MOST_BYTES) -> str:
    """The record in Markdown, in no more bytes than `most`."""
    written = _Page(most)
    written.add([f"## {_title(record)}", *_sentences(record)], "the counts")
    for name, lines in _matrices(record):
        written.add(lines, f"the matrix of {code(name)}")
    for heading, entries in _sections(record):
        written.add_list(heading, entries)
    return written.text()


def comment(record: Record) -> str:
    """The same for a comment on a pull request: what does not fit is counted at its end."""
    mark = f"{COMMENT_MARK}\n\n"
    return mark + summary(record, most=MOST_OF_A_COMMENT - len(mark))


class _Page:
    """Blocks one below the other while there is room."""

    def __init__(self, most: int) -> None:
        """An empty page of so many bytes."""
        self._room = most - _NOTE
        self._lines: list[str] = []
        self._missing: list[str] = []

    def add(self, lines: Sequence[str], name: str) -> bool:
        """Put a block on the page if all of it fits; else its name is told at the end."""
        fits = self._fits(lines)
        if not fits:
            self._missing.append(name)
        return fits

    def add_list(self, heading: str, entries: Sequence[str]) -> None:
        """Put as many entries below a heading as fit."""
        if not entries or not self.add([f"### {heading}"], heading.lower()):
            return
        shown = next((n for n, each in enumerate(entries) if not self._fits([each])), len(entries))
        if shown < len(entries):
            self._missing.append(f"{len(entries) - shown} of {len(entries)} under {heading}")

    def text(self) -> str:
        """The page, with what is missing on it named at its end; only a few names are kept."""
        if self._missing:
            few = ", ".join(self._missing[:_FEW])
            more = f" and {len(self._missing) - _FEW} parts" if len(self._missing) > _FEW else ""
            self._lines.append(f"There was no room for {few}{more}; the record has everything.")
        return "\n\n".join(self._lines) + "\n"

    def _fits(self, lines: Sequence[str]) -> bool:
        size = sum(len(line.encode()) + 2 for line in lines)
        if size > self._room:
            return False
        self._room -= size
        self._lines += lines
        return True


_FEW: Final = 3


# --- the top ----------------------------------------------------------------------------------


def _title(record: Record) -> str:
    failed = [
        *_counted(sum(each["outcome"] == "fail" for each in record["verdicts"]), "verdict"),
        *_counted(sum(each["outcome"] == "fail" for each in record["reviews"]), "review"),
    ]
    if failed:
        return f"termsgate: {' and '.join(failed)} failed"
    if record["given"] != record["expected"]:
        return "termsgate: verdicts are missing"
    if _gone(record):
        return "termsgate: something is gone from the baseline"
    return "termsgate: no verdict failed" if record["given"] else "termsgate: no verdict was given"


def _counted(number: int, noun: str) -> Iterator[str]:
    if number:
        yield f"{number} {noun}{'' if number == 1 else 's'}"


def _gone(record: Record) -> list[str]:
    """What the baseline has and the project does not, unless that is how it was meant."""
    baseline = record["baseline"]
    if baseline is None or baseline["updated"]:
        return []
    return [f"- {prose(gone_line(each))}" for each in baseline["gone"]]


def _sentences(record: Record) -> list[str]:
    """The day, and the counts."""
    return [prose(day_line(record)), *map(prose, counts(record))]


# --- the matrix -------------------------------------------------------------------------------


def _matrices(record: Record) -> Iterator[tuple[str, list[str]]]:
    """A matrix for each check that gave a verdict, and what its signs mean below the last."""
    for check, found in groupby(record["verdicts"], key=lambda each: each["check"]):
        title = next(each["title"] for each in record["checks"] if each["check"] == check)
        head = f"**{prose(title)}** ({code(check)})" if _line(title) else code(check)
        yield check, [head, _table(list(found))]
    if record["verdicts"]:
        yield "signs", [f"{prose(LEGEND)}  \n{_SIGNS}"]


def _table(verdicts: list[VerdictEntry]) -> str:
    """Vendors against requirements; whichever are fewer go across."""
    vendors = sorted({each["vendor"] for each in verdicts})
    requirements = sorted({each["requirement"] for each in verdicts})
    signs = {(each["vendor"], each["requirement"]): _sign(each) for each in verdicts}
    if len(vendors) > _WIDE:
        rows = [(each, [signs.get((each, one), "") for one in requirements]) for each in vendors]
        return _rows(requirements, rows)
    rows = [(each, [signs.get((one, each), "") for one in vendors]) for each in requirements]
    return _rows(vendors, rows)


def _rows(columns: list[str], rows: Iterable[tuple[str, list[str]]]) -> str:
    head = ["", *map(code, columns)]
    lines = [head, ["---", *([":-:"] * len(columns))]]
    lines += [[code(name), *cells] for name, cells in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _sign(verdict: VerdictEntry) -> str:
    sign = prose(LETTER[verdict["verdict"]])
    return _MARKS.get(verdict["outcome"], "{}").format(sign)


# --- what was found ---------------------------------------------------------------------------


def _sections(record: Record) -> Iterator[tuple[str, list[str]]]:
    yield "Gone from the baseline", _gone(record)
    yield "Missing", [f"- {prose(_named(each))}" for each in record["missing"]]
    yield "Fails the run", _told(record, "fail")
    yield "Reviews that fail the run", [_owed(*each) for each in review_failures(record)]
    yield "Warnings", _told(record, "warn")
    yield "Coming", [_coming(*each) for each in coming_warnings(record)]
    yield "Reviews that are owed", [_owed(*each) for each in review_warnings(record)]
    yield "Waived", _told(record, "waived")
    yield "In the baseline", _told(record, "baseline")
    yield "Waivers that are not needed any more", [_idle(each) for each in idle_waivers(record)]
    others = (each for each in record["warnings"] if each["kind"] != "waiver-needless")
    yield "To be looked after", [_noted(each) for each in others]
    yield "Smells of files", [_smell(each) for each in record["problems"]]


def _told(record: Record, outcome: str) -> list[str]:
    """The verdicts of one outcome, the clearest first."""
    requirements = {each["requirement"]: each for each in record["requirements"]}
    found = [each for each in record["verdicts"] if each["outcome"] == outcome]
    found.sort(key=lambda each: SEVEREST.index(each["verdict"]))
    return [_verdict(each, requirements[each["requirement"]], record) for each in found]


def _verdict(verdict: VerdictEntry, requirement: RequirementEntry, record: Record) -> str:
    """A verdict with everything that decided it, folded up below its headline."""
    head = f"{verdict['vendor']}, {verdict['requirement']}: {headline(verdict, requirement)}"
    about = f"{verdict['check']}, as of {verdict['as-of']}{_days_left(verdict, record['today'])}"
    passages = "\n".join(_passages(explain_failure(verdict)))
    # Up to the blank line Markdown passes everything on as HTML, whatever marks are in it.
    return (
        f"<details><summary>{escape(_line(head))} <em>({escape(about)})</em></summary>\n\n"
        f"{passages}\n\n</details>"
    )


def _days_left(verdict: VerdictEntry, today: str) -> str:
    """How long a waiver that covers the verdict still holds."""
    waiver = verdict["waiver"]
    if waiver is None or waiver["standing"] != "covers":
        return ""
    left = (date.fromisoformat(waiver["expires"]) - date.fromisoformat(today)).days
    return f", {left} day{'' if left == 1 else 's'} left" if left else ", last day"


def _passages(passages: Iterable[Passage]) -> Iterator[str]:
    for passage in passages:
        yield f"- **{prose(passage.heading)}**"
        for point in passage.points:
            yield f"  - {prose(point.text)}"
            yield from (f"    - {prose(line)}" for line in point.more)


def _smell(problem: ProblemEntry) -> str:
    place = code(f"{problem['path']}:{problem['line']}")
    return f"- {place}: {prose(problem['message'])} ({code(problem['code'])})"


def _coming(verdict: VerdictEntry, turn: TurnEntry) -> str:
    return f"- {prose(_named(verdict))}: {prose(turned(turn))}"


def _named(matter: KeyEntry | VerdictEntry) -> str:
    return f"{matter['check']} {matter['vendor']} {matter['requirement']}"


def _owed(review: ReviewEntry, debt: DebtEntry) -> str:
    place = code(f"{review['path']}:{review['line']}")
    return f"- {place}: {prose(debt['text'])}; {prose(debt['help'])}"


def _noted(warning: WarningEntry) -> str:
    place = code(f"{warning['path']}:{warning['line']}")
    return f"- {place}: {prose(warning['text'])}; {prose(warning['help'])}"


def _idle(waiver: WaiverEntry) -> str:
    place = code(f"{waiver['path']}:{waiver['line']}")
    return f"- {place}: {prose(waiver['vendor'])} {prose(waiver['requirement'])}"


# --- escaping ---------------------------------------------------------------------------------


def prose(text: str) -> str:
    """Words of a file as Markdown shows them: on one line, no mark of it a mark of ours."""
    return _PUNCTUATION.sub(r"\\\1", _line(text))


def code(text: str) -> str:
    """A name or a place of a file as code, whatever it is made of; also in a cell of a table."""
    plain = _line(text)
    if _ENDS_CODE.search(plain):
        return f"<code>{prose(text)}</code>"
    return f"`{plain}`" if plain else ""


def _line(text: str) -> str:
    """On one line, without control characters and halves of characters."""
    return printable(text).strip()
