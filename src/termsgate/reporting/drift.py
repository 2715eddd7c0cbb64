"""What drift shows, for a person, a program and a pull request."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final, TypeVar

from termsgate.core.drift import Anchor, Drift, Fate, Step
from termsgate.reporting.folding import folded
from termsgate.reporting.json import answer
from termsgate.reporting.look import PLAIN, Look
from termsgate.reporting.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from termsgate.core.drift import (
        Course,
        Edit,
        PassageDrift,
        QuoteDrift,
        Recorded,
        Refused,
        Repeated,
        Unproven,
    )

_Item = TypeVar("_Item")

AROUND: Final = 8
"""So many kept words are shown on either side of a change."""

CLOSING: Final = ".,;:!?)]'\""
SHORT: Final = 5
"""So many of the other passages are shown."""

_LONG: Final = 240
_TITLES: Final = (
    ("verdicts no longer proven", False),
    ("verdicts to read again, because the sentence around a quote changed", True),
)


# --- text -----------------------------------------------------------------------------------------


def drift_text(drift: Drift, look: Look = PLAIN) -> str:
    """What a newly captured text shows, for a terminal."""
    return "\n".join(_painted(_lines(drift, look), look))


def course_text(course: Course, final: Drift | None, look: Look = PLAIN) -> str:
    """What the recorded versions show, and then what the newest of them does."""
    lines = [*_course_lines(course, look)]
    if final is not None and final.drifted:
        title = look.paint("the newest that could be judged:", "strong")
        lines += ["", title, "", *_lines(final, look)]
    return "\n".join(_painted(lines, look))


def _painted(lines: Iterable[str], look: Look) -> list[str]:
    return look.marked(list(lines), _MARKS)


_OUT: Final = r"\[-(?:(?!-\]|\n\n).)*-\]"
_IN: Final = r"\{\+(?:(?!\+\}|\n\n).)*\+\}"
_MARKS: Final = (
    (re.compile(_OUT, re.DOTALL), "bad"),
    (re.compile(_IN, re.DOTALL), "good"),
    (re.compile(r"^    (?:quoted|reads|nearest):", re.MULTILINE), "faint"),
)
"""What is out and what is in, and what stands before them."""


def _styled(text: str, style: str | None, look: Look) -> list[str]:
    """A line for itself, folded where a screen is too narrow."""
    return [look.paint(line, style) for line in look.fit([text], 4)]


def _lines(drift: Drift, look: Look) -> Iterator[str]:
    title = f"{drift.vendor}, {drift.document} of {drift.effective}, against {drift.text}"
    yield from _styled(printable(title), "strong", look)
    if drift.refused:
        yield from _refused(drift.refused, look)
        return
    yield from _styled(headline(drift), "bad" if drift.drifted else "good", look)
    yield from _dates(drift, look)
    yield from _section("quotes lost or changed", drift.quotes, _quote, look)
    for title, reread in _TITLES:
        verdicts = [each for each in drift.unproven if each.reread is reread]
        yield from _section(title, _by_requirement(verdicts), _unproven, look, len(verdicts))
    yield from _section("the same change in several passages", drift.repeated, _repetition, look)
    yield from _section("passages on what we look for", drift.touching, _passage, look)
    yield from _others(drift, look)
    if drift.slight:
        yield ""
        differ = "differs" if drift.slight == 1 else "differ"
        said = f"{_count(drift.slight, 'passage')} {differ} in capitals or punctuation alone"
        yield from look.fit([said], 4)
    for note in drift.notes:
        yield ""
        yield from _wrapped(f"note: {note}", 0, look)


def headline(drift: Drift) -> str:
    """The drift in a sentence."""
    total = drift.stands + len(drift.quotes)
    if not drift.drifted:
        told = "no drift" if drift.compared else "no drift in what is quoted"
        return f"{told}: {drift.stands} of {_count(total, 'quote')} stand"
    fates = Counter(each.fate for each in drift.passages)
    counts = ", ".join(f"{fates[fate]} {fate.value}" for fate in Fate if fates[fate])
    passages = f"; passages: {counts}" if counts else ""
    return f"drift: {drift.stands} of {_count(total, 'quote')} stand{passages}"


def _refused(refused: Refused, look: Look) -> Iterator[str]:
    said = _wrapped(f"not judged, {refused.why.value}: {refused.says}", 0, look)
    yield from (look.paint(line, "bad") for line in said)
    yield from _wrapped(f"help: {refused.help}", 2, look)


def _dates(drift: Drift, look: Look) -> Iterator[str]:
    said = dates_said(drift)
    if said:
        yield from _styled(said, "doubt" if drift.words_without_date else None, look)


def dates_said(drift: Drift) -> str:
    """What is to be said of the printed dates."""
    before, now = drift.dates.before, drift.dates.now
    if drift.words_without_date:
        return f"words changed and the printed date did not: {now}"
    if drift.date_without_words:
        return f"the printed date changed and no word did: {before} -> {now}"
    if drift.dates.changed:
        return f"printed date: {before} -> {now}"
    if drift.later:
        return f"the text is dated {now}, after the fixture"
    return ""


def _section(
    title: str,
    items: Sequence[_Item],
    write: Callable[[_Item, Look], Iterable[str]],
    look: Look,
    count: int | None = None,
) -> Iterator[str]:
    if not items:
        return
    yield ""
    yield from _styled(f"{title} ({len(items) if count is None else count}):", "strong", look)
    for each in items:
        yield from write(each, look)


def _quote(quote: QuoteDrift, look: Look) -> Iterator[str]:
    section = f" ({quote.section})" if quote.section else ""
    yield from look.fit([f"  {quote.clause}{printable(section)}: {_anchor(quote)}"], 2)
    yield from _wrapped(f"quoted: {quote.quote}", 4, look)
    if quote.edits:
        yield from _wrapped(f"reads:  {inline(quote.edits)}", 4, look)
    if quote.nearest and not quote.edits:
        yield from _wrapped(f"nearest: {_shortened(quote.nearest)}", 4, look)


def _anchor(quote: QuoteDrift) -> str:
    where = f", line {quote.line}" if quote.line else ""
    if quote.anchor is Anchor.AMBIGUOUS:
        return f"ambiguous: {quote.note}"
    return f"{quote.anchor.value}{where}"


def _unproven(group: tuple[str, list[Unproven]], look: Look) -> Iterator[str]:
    requirement, verdicts = group
    yield from _wrapped(f"{requirement}: was {_rulings(verdicts)}", 2, look)
    yield from _wrapped(f"rests on {', '.join(_clauses(verdicts))}", 4, look)


def _rulings(verdicts: Sequence[Unproven]) -> str:
    """What the verdicts were, each with the checks it was of."""
    found: dict[str, list[str]] = {}
    for each in verdicts:
        found.setdefault(each.ruling, []).append(each.check)
    return ", ".join(f"{ruling} ({', '.join(checks)})" for ruling, checks in found.items())


def _clauses(verdicts: Sequence[Unproven]) -> list[str]:
    return list(dict.fromkeys(name for each in verdicts for name in each.clauses))


def _by_requirement(verdicts: Sequence[Unproven]) -> list[tuple[str, list[Unproven]]]:
    found: dict[str, list[Unproven]] = {}
    for each in verdicts:
        found.setdefault(each.requirement, []).append(each)
    return list(found.items())


def _repetition(repeated: Repeated, look: Look) -> Iterator[str]:
    yield from look.fit([f"  {inline(repeated.edits)}: {repeated.times} times"], 2)


def _passage(passage: PassageDrift, look: Look) -> Iterator[str]:
    about = f" [{', '.join(passage.about)}]" if passage.about else ""
    of_old = " of the old text" if passage.fate is Fate.GONE else ""
    yield from look.fit([f"  {passage.fate.value}, line {passage.line}{of_old}{about}"], 2)
    yield from _wrapped(said(passage), 4, look)
    if passage.clauses:
        yield from _wrapped(f"quoted for {', '.join(passage.clauses)}", 4, look)


def said(passage: PassageDrift) -> str:
    """A passage, with what was changed in it."""
    return inline(passage.edits) if passage.edits else printable(_shortened(passage.text))


def _others(drift: Drift, look: Look) -> Iterator[str]:
    if not drift.others:
        return
    yield ""
    yield look.paint(f"other passages ({len(drift.others)}):", "strong")
    for each in drift.others[:SHORT]:
        text = textwrap.shorten(said(each), look.width - 12, placeholder=" ...")
        yield f"  {each.fate.value}: {text}"
    if len(drift.others) > SHORT:
        yield f"  and {len(drift.others) - SHORT} more"


def inline(edits: Sequence[Edit]) -> str:
    """A word diff in a line: what is out, what is in, and a little of what was kept."""
    return _run_on(edits, {Step.OUT: "[-{}-]", Step.IN: "{{+{}+}}", Step.KEPT: "{}"}, printable)


def _run_on(edits: Sequence[Edit], forms: Mapping[Step, str], write: Callable[[str], str]) -> str:
    """The pieces of a word diff one after the other, with no space before a mark."""
    line = ""
    for at, each in enumerate(edits):
        words = write(each.words)
        if each.step is Step.KEPT:
            words = _kept(words, first=at == 0, last=at == len(edits) - 1)
        attached = not line or (each.words[0] in CLOSING and each.step is Step.KEPT)
        line += ("" if attached else " ") + forms[each.step].format(words)
    return line


def _kept(words: str, *, first: bool, last: bool) -> str:
    pieces = words.split()
    if len(pieces) <= 2 * AROUND:
        return words
    head = [] if first else pieces[:AROUND]
    tail = [] if last else pieces[-AROUND:]
    return " ".join([*head, "...", *tail])


def _shortened(text: str) -> str:
    return text if len(text) <= _LONG else textwrap.shorten(text, _LONG, placeholder=" ...")


def _wrapped(text: str, by: int, look: Look) -> list[str]:
    indent = " " * by
    return folded(printable(text), look.width, indent, indent)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


# --- the course of an archive ---------------------------------------------------------------------


def _course_lines(course: Course, look: Look) -> Iterator[str]:
    count = _count(len(course.recorded), "version")
    yield from _styled(f"{count} recorded since {course.since[:12]}", "strong", look)
    first = course.first
    if first is None:
        yield look.paint("no drift", "good")
    else:
        said = f"drift begins with the version of {first.on} ({first.commit[:12]})"
        yield from _styled(said, "bad", look)
    fresh = [each for each in course.recorded if each.fresh]
    if fresh:
        yield ""
        title = "versions that show something other than the one before:"
        yield from _styled(title, "strong", look)
    for each in fresh:
        yield from look.fit([f"  {each.on} {each.commit[:12]}  {_version(each)}"], 4)


def _version(recorded: Recorded) -> str:
    drift = recorded.drift
    if drift.refused:
        return f"not judged, {drift.refused.why.value}"
    dates = dates_said(drift)
    return headline(drift) + (f"; {dates}" if dates else "")


# --- JSON -----------------------------------------------------------------------------------------


def drift_json(drift: Drift) -> str:
    """What a newly captured text shows, for a program."""
    return answer("drift", drift_entry(drift))


def course_json(course: Course, final: Drift | None) -> str:
    """What the recorded versions show; the newest that could be judged stands there whole."""
    first = course.first
    recorded = [
        {
            "commit": each.commit,
            "recorded": each.on.isoformat(),
            "fresh": each.fresh,
            "drift": each.drift.drifted,
            "refused": each.drift.refused.why.value if each.drift.refused else None,
            "quotes": [quote.clause for quote in each.drift.quotes],
            "passages": {
                fate.value: sum(one.fate is fate for one in each.drift.passages) for fate in Fate
            },
            "dated": _day(each.drift.dates.now),
        }
        for each in course.recorded
    ]
    said = {
        "since": course.since,
        "begins": first.commit if first else None,
        "recorded": recorded,
        "newest": drift_entry(final) if final is not None else None,
    }
    return answer("drift-course", said)


def drift_entry(drift: Drift) -> dict[str, Any]:
    """What a newly captured text shows, as plain data."""
    refused = drift.refused
    return {
        "vendor": drift.vendor,
        "document": drift.document,
        "effective": drift.effective.isoformat(),
        "text": drift.text,
        "against": drift.against or None,
        "language": drift.language or None,
        "refused": _plain(refused) if refused else None,
        "drift": drift.drifted,
        "stands": drift.stands,
        "quotes": [_quote_entry(each) for each in drift.quotes],
        "unproven": [_plain(each) for each in drift.unproven],
        "passages": [_passage_entry(each) for each in drift.passages],
        "repeated": [{"times": each.times, "edits": _edits(each.edits)} for each in drift.repeated],
        "slight": drift.slight,
        "dates": {
            "before": _day(drift.dates.before),
            "now": _day(drift.dates.now),
            "words-without-date": drift.words_without_date,
            "date-without-words": drift.date_without_words,
            "later": drift.later,
        },
        "notes": list(drift.notes),
    }


def _quote_entry(quote: QuoteDrift) -> dict[str, Any]:
    entry = _plain(quote)
    entry["edits"] = _edits(quote.edits)
    return entry


def _passage_entry(passage: PassageDrift) -> dict[str, Any]:
    entry = _plain(passage)
    entry["edits"] = _edits(passage.edits)
    return entry


def _edits(edits: Sequence[Edit]) -> list[dict[str, str]]:
    return [{each.step.value: each.words} for each in edits]


def _plain(value: QuoteDrift | PassageDrift | Unproven | Refused) -> dict[str, Any]:
    named = {each.name: getattr(value, each.name) for each in fields(value)}
    return {name: list(one) if isinstance(one, tuple) else one for name, one in named.items()}


def _day(day: Any) -> str | None:  # noqa: ANN401 - a date or nothing
    return day.isoformat() if day is not None else None


# --- Markdown -------------------------------------------------------------------------------------


def drift_markdown(drift: Drift) -> str:
    """What a newly captured text shows, for a comment on a pull request."""
    return "\n".join(_marked(drift))


def course_markdown(course: Course, final: Drift | None) -> str:
    """The same of the recorded versions of an archive."""
    lines = [f"## Drift since {course.since[:12]}", ""]
    first = course.first
    lines.append(
        f"It begins with the version of **{first.on}** (`{first.commit[:12]}`)."
        if first
        else "No drift."
    )
    fresh = [each for each in course.recorded if each.fresh]
    if fresh:
        lines += ["", "| recorded | commit | what it shows |", "|---|---|---|"]
        lines += [
            f"| {each.on} | `{each.commit[:12]}` | {_cell(_version(each))} |" for each in fresh
        ]
    if final is not None and final.drifted:
        lines += ["", *_marked(final)]
    return "\n".join(lines)


def _marked(drift: Drift) -> Iterator[str]:
    yield f"## {drift.vendor}, {drift.document} of {drift.effective}"
    yield ""
    if drift.refused:
        yield f"**Not judged, {drift.refused.why.value}:** {_escaped(drift.refused.says)}"
        yield ""
        yield f"Help: {_escaped(drift.refused.help)}"
        return
    dates = dates_said(drift)
    yield f"**{headline(drift).capitalize()}.**" + (f" {dates.capitalize()}." if dates else "")
    if drift.quotes:
        yield ""
        yield "### Quotes lost or changed"
        yield ""
        for quote in drift.quotes:
            yield f"- `{quote.clause}` ({quote.anchor.value}): {_quote_marked(quote)}"
    for title, reread in _TITLES:
        yield from _verdicts_marked(
            title, [each for each in drift.unproven if each.reread is reread]
        )
    for title, passages in (
        ("Passages on what we look for", drift.touching),
        ("Other passages", drift.others),
    ):
        if passages:
            yield ""
            yield f"<details><summary>{title} ({len(passages)})</summary>"
            yield ""
            for passage in passages:
                about = f" *{', '.join(passage.about)}*" if passage.about else ""
                yield f"- {passage.fate.value}{about}: {_passage_marked(passage)}"
            yield ""
            yield "</details>"
    for note in drift.notes:
        yield ""
        yield f"Note: {_escaped(note)}"


def _verdicts_marked(title: str, verdicts: Sequence[Unproven]) -> Iterator[str]:
    if not verdicts:
        return
    yield ""
    yield f"### {title[0].upper()}{title[1:]} ({len(verdicts)})"
    yield ""
    yield "| requirement | was | rests on |"
    yield "|---|---|---|"
    for requirement, group in _by_requirement(verdicts):
        names = ", ".join(f"`{name}`" for name in _clauses(group))
        yield f"| {requirement} | {_rulings(group)} | {names} |"


def _quote_marked(quote: QuoteDrift) -> str:
    if quote.edits:
        return _edits_marked(quote.edits)
    nearest = f"; nearest: {_escaped(_shortened(quote.nearest))}" if quote.nearest else ""
    return f"~~{_escaped(quote.quote)}~~{nearest}"


def _passage_marked(passage: PassageDrift) -> str:
    if passage.edits:
        return _edits_marked(passage.edits)
    return _escaped(_shortened(passage.text))


def _edits_marked(edits: Sequence[Edit]) -> str:
    return _run_on(edits, {Step.OUT: "~~{}~~", Step.IN: "**{}**", Step.KEPT: "{}"}, _escaped)


def _cell(text: str) -> str:
    return _escaped(text).replace("|", "\\|")


def _escaped(text: str) -> str:
    """Words that Markdown is not to read anything into; a vendor's text is a stranger's."""
    made = printable(text)
    for mark in "\\`*_[]<>#~":
        made = made.replace(mark, f"\\{mark}")
    return made.replace("&", "&amp;").replace("@", "&#64;")
