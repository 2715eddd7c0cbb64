"""A difference as text for a terminal, as Markdown for a pull request, and as JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from termsgate.reporting.folding import folded
from termsgate.reporting.look import OF_A_WORD, PLAIN, Look
from termsgate.reporting.markdown import code, prose
from termsgate.reporting.saying import (
    actors,
    called,
    clause,
    counted,
    is_settled,
    label,
    meant,
    said,
    scope,
    sections,
    standing,
    title,
    turn,
    where,
)
from termsgate.reporting.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termsgate.core.difference import (
        ChangeEntry,
        ClauseChangeEntry,
        DefinitionChangeEntry,
        DifferenceEntry,
        DocumentChangeEntry,
        MovedEntry,
        TurnEntry,
        WordEntry,
    )

_TURNS: Final = (("worse", "for the worse"), ("better", "for the better"), ("other", "otherwise"))
_MOST_ROWS: Final = 60
"""A pull request's comment has room for this many of a kind; JSON has them all."""


def to_json(entry: DifferenceEntry) -> str:
    """The difference as JSON."""
    return json.dumps(entry, indent=2, ensure_ascii=False)


# --- text ----------------------------------------------------------------------------------------


def to_text(entry: DifferenceEntry, look: Look = PLAIN, *, full: bool = False) -> str:
    """The difference as a person reads it; `full` lists every use, conditions and all."""
    first, *rest = [title(entry), *_seen_as(entry)]
    lines = [look.paint(each, "strong") for each in _lines(first, look)]
    lines += [look.paint(each, "faint") for one in rest for each in _lines(one, look)]
    for heading, found in _sections(entry, full=full):
        lines += [look.paint(each, "strong") for each in _lines(heading, look)]
        lines += [each for text, by in found for each in _painted(text, by, look)]
    if not entry["differs"]:
        lines.append(look.paint("no difference in meaning", "good"))
    return "\n".join(lines)


def _lines(text: str, look: Look) -> list[str]:
    """A heading: on one line, which other programs look for, unless a screen is narrow."""
    return look.fit([printable_lines(text)], 4)


def _painted(text: str, by: int, look: Look) -> list[str]:
    lines = _wrapped(text, by, look.width)
    if text in _OF_A_TURN:
        return [look.paint(line, _OF_A_TURN[text]) for line in lines]
    return look.marked(lines, _VERDICTS if by == _TURN else _SIDES)


_TURN: Final = 4
"""How far a verdict that turned is indented."""
_OF_A_TURN: Final = {"for the worse:": "bad", "for the better:": "good", "otherwise:": "doubt"}
_VERDICTS: Final = tuple(
    (re.compile(rf"(?<![\w.-]){word}(?=(?:, waived)?\s+(?:->|\())"), style)
    for word, style in OF_A_WORD.items()
)
_SIDES: Final = ((re.compile(r"(?<=      )(?:before|after):"), "faint"),)


def printable_lines(line: str) -> str:
    """A line without control characters; its indent stays."""
    bare = line.lstrip(" ")
    return " " * (len(line) - len(bare)) + printable(bare)


def _wrapped(text: str, by: int, width: int) -> list[str]:
    return folded(printable(text), width, " " * by, " " * (by + 4))


def _seen_as(entry: DifferenceEntry) -> Iterator[str]:
    if entry["check"]:
        yield f"as the check {entry['check']} uses it"
    if entry["document"]:
        yield f"{entry['document']} alone; every other document as on the first day"


Indented = list[tuple[str, int]]
"""Lines, each with how far it is indented."""


def _sections(entry: DifferenceEntry, *, full: bool) -> Iterator[tuple[str, Indented]]:
    """The headings that have anything below them."""
    found = (
        ("documents:", [(_document(each), 2) for each in entry["documents"]]),
        (f"verdicts that turned: {len(entry['verdicts'])}", list(_turns(entry))),
        *_uses(entry, full=full),
        *_facts(entry, full=full),
        *_clauses(entry),
        *_definitions(entry),
        ("notes:", [(each, 2) for each in entry["notes"]]),
    )
    yield from ((heading, lines) for heading, lines in found if lines)


def _document(each: DocumentChangeEntry) -> str:
    then, now = (each["before"] or "not at hand", each["after"] or "not at hand")
    quiet = " (a statement, which governs nothing)" if each["kind"] == "statement" else ""
    return f"{each['document']}: {then} -> {now}{quiet}"


def _turns(entry: DifferenceEntry) -> Iterator[tuple[str, int]]:
    for kind, heading in _TURNS:
        found = [each for each in entry["verdicts"] if each["turn"] == kind]
        if found:
            yield f"{heading}:", 2
        for name, alike in _alike(found).items():
            checks = ", ".join(each["check"] for each in alike)
            yield f"{name} [{checks}]", 4
            yield f"by {_decided(alike[0], entry)}", 8


def _alike(turns: Iterable[TurnEntry]) -> dict[str, list[TurnEntry]]:
    """The verdicts of several checks that turn in the same way, told once."""
    found: dict[str, list[TurnEntry]] = {}
    for each in turns:
        words = f"{_verdict(each['before'])} -> {_verdict(each['after'])}"
        told = f"{each['requirement']}: {words} ({each['level']}, {each['severity']})"
        found.setdefault(told, []).append(each)
    return found


def _verdict(word: WordEntry) -> str:
    """The word, and what the gate makes of it where that is no plain consequence."""
    waiver = word["waiver"]
    waived = waiver is not None and waiver["standing"] == "covers"
    return f"{word['verdict']}, waived" if waived else word["verdict"]


def _decided(each: TurnEntry, entry: DifferenceEntry) -> str:
    """The clauses that decide now or decided, those that are not what they were before all."""
    changed = {(one["document"], one["clause"]): one["change"] for one in entry["clauses"]}
    told: dict[str, bool] = {}
    for word in (each["after"], each["before"]):
        for one in word["because"]:
            if one["part"] != "defeated":
                change = changed.get((one["document"], one["clause"]))
                name = called(one["document"], one["section"], one["clause"])
                told.setdefault(f"{name}, {change}" if change else name, change is not None)
    did = [name for name, new in told.items() if new] or list(told)
    more = f"; and {len(did) - _FEW} more" if len(did) > _FEW else ""
    return f"{'; '.join(did[:_FEW])}{more}" if did else "no clause"


_FEW: Final = 4
_MOST_LINES: Final = 12


def _uses(entry: DifferenceEntry, *, full: bool) -> Iterator[tuple[str, Indented]]:
    if full:
        lines = [line for each in entry["uses"] for line in _change(each)]
        yield f"uses whose stance changed, in {counted(len(entry['uses']), 'box', 'boxes')}:", lines
        return
    settled = [each for each in entry["uses-in-short"] if is_settled(each)]
    yield "uses whose stance changed:", [line for each in settled for line in _change(each)]
    rest = [each for each in entry["uses-in-short"] if not is_settled(each)]
    heading = "also" if settled else "uses whose stance changed"
    more = " (--full lists them)" if len(rest) > _MOST_LINES else ""
    what = "unclear or depending on our use before or after"
    yield f"{heading}, {what}{more}:", _unsettled(rest)


def _unsettled(rest: Sequence[ChangeEntry]) -> Indented:
    """A line for each box, or where there are many how many of each turn."""
    if len(rest) > _MOST_LINES:
        return list(_counts(rest))
    return [(f"{scope(each)}: {turn(each)}", 2) for each in rest]


def _counts(changes: Iterable[ChangeEntry]) -> Iterator[tuple[str, int]]:
    """How many boxes of each turn, and which actions they are about."""
    boxes: Counter[str] = Counter()
    actions: dict[str, dict[str, None]] = {}
    for each in changes:
        boxes[turn(each)] += 1
        actions.setdefault(turn(each), {}).update(dict.fromkeys(each["action"]["terms"]))
    for words, number in boxes.items():
        few = list(actions[words])[:_FEW]
        more = f" and {len(actions[words]) - len(few)} more" if len(actions[words]) > _FEW else ""
        yield f"{words}: {', '.join(few)}{more} ({counted(number, 'box', 'boxes')})", 2


def _change(each: ChangeEntry) -> Iterator[tuple[str, int]]:
    head = " ".join(filter(None, (_head(each), where(each["where"]))))
    yield f"{head}: {turn(each)} {sections(each)}".rstrip(), 2
    before, after = actors(each)
    yield from ((f"before: {text}", 6) for text in before)
    yield from ((f"after: {text}", 6) for text in after)


def _head(each: ChangeEntry) -> str:
    if each["fact"] is None:
        return scope(each)
    return " ".join(filter(None, (each["fact"], scope(each))))


def _facts(entry: DifferenceEntry, *, full: bool) -> Iterator[tuple[str, Indented]]:
    settled = [each for each in entry["facts"] if full or is_settled(each)]
    rest = [each for each in entry["facts"] if not full and not is_settled(each)]
    yield "facts that changed:", list(_together(settled))
    names = dict.fromkeys(f"{each['fact']}" for each in rest)
    heading = "also" if settled else "facts that changed"
    yield (
        f"{heading}, unclear before or after (--full lists them):",
        ([(", ".join(names), 2)] if names else []),
    )


def _together(changes: Iterable[ChangeEntry]) -> Iterator[tuple[str, int]]:
    """Facts that change alike are told together: same scope, same conditions, same clauses."""
    found: dict[tuple[object, ...], list[ChangeEntry]] = {}
    for each in changes:
        before, after = (
            tuple((one["document"], one["clause"], one["part"]) for one in side)
            for side in (each["clauses-before"], each["clauses-after"])
        )
        found.setdefault((scope(each), where(each["where"]), before, after), []).append(each)
    for alike in found.values():
        yield from _change(alike[0]) if len(alike) == 1 else _several(alike)


def _several(alike: Sequence[ChangeEntry]) -> Iterator[tuple[str, int]]:
    first = alike[0]
    head = " ".join(filter(None, (scope(first), where(first["where"]), sections(first))))
    yield f"{head or 'of everything'}:", 2
    yield from ((f"{each['fact']}: {turn(each)}", 4) for each in alike)
    for word, side in (("before", first["clauses-before"]), ("after", first["clauses-after"])):
        yield from ((f"{word}: {clause(one)}{standing(one)}", 6) for one in side)


_CHANGES: Final = ("new", "gone", "changed")


def _clauses(entry: DifferenceEntry) -> Iterator[tuple[str, Indented]]:
    bearing = [each for each in entry["clauses"] if each["bears"]]
    idle = [each for each in entry["clauses"] if not each["bears"]]
    yield "clauses that did it:", list(_listed(bearing))
    yield "clauses that changed without changing any of this:", list(_listed(idle))
    moved: dict[str, list[str]] = {}
    for each in entry["moved"]:
        moved.setdefault(each["document"], []).append(_moved(each))
    yield (
        "moved or renumbered, which is no change:",
        [(f"{document}: {', '.join(told)}", 2) for document, told in moved.items()],
    )


def _listed(clauses: Sequence[ClauseChangeEntry]) -> Iterator[tuple[str, int]]:
    """The clauses of each document by what happened to them."""
    for document in dict.fromkeys(each["document"] for each in clauses):
        for change in _CHANGES:
            found = [
                called("", each["section"], each["clause"])
                for each in clauses
                if (each["document"], each["change"]) == (document, change)
            ]
            if found:
                yield f"{change} in {document}: {', '.join(found)}", 2


def _definitions(entry: DifferenceEntry) -> Iterator[tuple[str, Indented]]:
    """The defined terms by which clauses mean something else; then those that change nothing."""
    found = entry.get("definitions", [])
    sections = {each["clause"]: each["section"] for each in entry["clauses"]}
    bearing = [line for each in found if each["bears"] for line in _definition(each, sections)]
    idle = [line for each in found if not each["bears"] for line in _definition(each, sections)]
    yield "defined terms behind it:", bearing
    yield "defined terms that changed without changing any of this:", idle


def _definition(
    each: DefinitionChangeEntry, sections: Mapping[str, str]
) -> Iterator[tuple[str, int]]:
    users = ", ".join(called("", sections.get(name, ""), name) for name in each["clauses"])
    used = f", used by {users}" if users else ", which no clause uses"
    section = f" ({each['section']})" if label(each["section"]) else ""
    yield f"{each['change']} in {each['document']}: {each['term']}{section}{used}", 2
    if each["before"] and each["after"]:
        yield f"before: {meant(each['before'])}", 6
        yield f"after: {meant(each['after'])}", 6


def _moved(each: MovedEntry) -> str:
    there = (label(each["before"]), label(each["after"]))
    return f"{each['clause']} {there[0]} -> {there[1]}" if all(there) else each["clause"]


# --- Markdown ------------------------------------------------------------------------------------


def to_markdown(entry: DifferenceEntry, *, full: bool = False) -> str:
    """The difference for a pull request; every word of a file is escaped."""
    lines = [f"### {prose(title(entry))}", *(prose(each) for each in _seen_as(entry))]
    if not entry["differs"]:
        lines.append("No difference in meaning.")
    lines += [block for block in _blocks(entry, full=full) if block]
    return "\n\n".join(lines) + "\n"


def _blocks(entry: DifferenceEntry, *, full: bool) -> Iterator[str]:
    yield _list([_document(each) for each in entry["documents"]])
    yield _verdict_table(entry["verdicts"])
    uses = entry["uses"] if full else [e for e in entry["uses-in-short"] if is_settled(e)]
    facts = [each for each in entry["facts"] if full or is_settled(each)]
    yield _change_table("Uses whose stance changed", uses)
    if not full:
        rest = [each for each in entry["uses-in-short"] if not is_settled(each)]
        yield _folded("Unclear or depending on our use, before or after", _unsettled(rest))
    yield _change_table("Facts that changed", facts)
    for heading, lines in (*_clauses(entry), *_definitions(entry)):
        yield _folded(f"{heading[:1].upper()}{heading[1:-1]}", lines)
    yield _list(entry["notes"])


def _list(texts: Sequence[str]) -> str:
    return "\n".join(f"- {prose(text)}" for text in texts)


def _folded(heading: str, lines: Indented) -> str:
    if not lines:
        return ""
    told = "\n".join(f"- {prose(text)}" for text, _ in lines[:_MOST_ROWS])
    return f"<details><summary>{heading}</summary>\n\n{told}{_and_more(lines)}\n\n</details>"


def _and_more(found: Sequence[object]) -> str:
    left = len(found) - _MOST_ROWS
    return f"\n\n{left} more are in the JSON form." if left > 0 else ""


def _verdict_table(turns: Sequence[TurnEntry]) -> str:
    if not turns:
        return ""
    rows = ["| verdict | before | after | level |", "| --- | --- | --- | --- |"]
    alike = list(_alike(turns).values())
    for same in alike[:_MOST_ROWS]:
        each = same[0]
        name = f"{code(each['requirement'])} ({', '.join(code(one['check']) for one in same)})"
        now = _verdict(each["after"])
        bold = f"**{prose(now)}**" if each["turn"] == "worse" else prose(now)
        rows.append(
            f"| {name} | {prose(_verdict(each['before']))} | {bold} "
            f"| {prose(each['level'])}, {prose(each['severity'])} |"
        )
    return "**Verdicts that turned**\n\n" + "\n".join(rows) + _and_more(alike)


def _change_table(heading: str, changes: Sequence[ChangeEntry]) -> str:
    if not changes:
        return ""
    rows = ["| what | before | after | by |", "| --- | --- | --- | --- |"]
    for each in changes[:_MOST_ROWS]:
        what = " ".join(filter(None, (_head(each), where(each["where"]))))
        before, after = actors(each)
        told = [*(f"before: {one}" for one in before), *(f"after: {one}" for one in after)]
        rows.append(
            f"| {prose(what)} | {prose(said(each['before']))} | {prose(said(each['after']))} "
            f"| {'<br>'.join(map(prose, told))} |"
        )
    return f"**{heading}**\n\n" + "\n".join(rows) + _and_more(changes)
