"""A verdict becomes sentences: what decided it, what is open, and what to ask for (semantics 4.6).

The words are for a person who reads contracts. They come from the record alone, so that every
report says the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from termsgate.core.record import coming_warnings, key, review_warnings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termsgate.core.record import (
        AbsentEntry,
        ChangeEntry,
        ChoiceEntry,
        ClaimEntry,
        ClauseEntry,
        QuestionEntry,
        ReadingEntry,
        Record,
        RequirementEntry,
        TurnEntry,
        VerdictEntry,
        WaiverUse,
        WitnessEntry,
    )

SAYING: Final = {
    "met": "the terms give what is required",
    "violated": "the terms do not give what is required",
    "unclear": "the terms leave open whether they give what is required",
    "silent": "the terms do not say, or not for all of it",
    "not-applicable": "the requirement does not concern this use",
}
"""What each word of a verdict means."""

WEIGHT: Final = {
    "pass": "passes",
    "warn": "a warning",
    "fail": "fails the run",
    "skip": "skipped",
    "waived": "accepted for a while",
    "baseline": "there before",
}
"""What each outcome at the gate means."""

WILL: Final = {
    **WEIGHT,
    "fail": "will fail the run",
    "warn": "will be a warning",
    "pass": "will pass",
    "skip": "will be skipped",
    "waived": "will be accepted",
}
"""The same, of a day to come."""

_PART: Final = {
    "meets": "meets the requirement",
    "fails": "falls short of the requirement",
    "open": "can be read either way",
}
_IN_ORDER: Final = frozenset({"met", "not-applicable"})
_UNSETTLED: Final = frozenset({"silent", "unclear"})
_ALWAYS: Final = "0001-01-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing said, and what is said about it."""

    text: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Points under one heading."""

    heading: str
    points: tuple[Point, ...]


def headline(verdict: VerdictEntry, requirement: RequirementEntry) -> str:
    """One line: the word of the verdict and what was required."""
    return f"{verdict['verdict']}: {requirement['title'] or requirement['requirement']}"


def explain(verdict: VerdictEntry, requirement: RequirementEntry) -> tuple[Passage, ...]:
    """Everything the record knows about why a verdict is what it is, in the order of interest."""
    return _said(
        _passage("verdict", [_opening(verdict)]),
        *decided(verdict),
        _passage("did not decide", map(_defeated, _parts(verdict, defeated=True))),
        _passage("coming", map(_turn, verdict["coming"])),
        _passage("waiver", _waivers(verdict)),
        _passage("to waive no more than this", _hash(verdict)),
        _passage("why it matters", _sentences(requirement["why"])),
        _passage("ask the vendor", _asks(verdict)),
    )


def explain_failure(verdict: VerdictEntry) -> tuple[Passage, ...]:
    """What a person needs who meets a verdict among many: why, what is open, what to do."""
    return _said(
        _passage("verdict", [_opening(verdict)]),
        *decided(verdict),
        _passage("coming", (Point(text=turned(each)) for each in verdict["coming"])),
        _passage("waiver", _waivers(verdict)),
        _passage("to waive no more than this", _hash(verdict)),
        _passage("ask the vendor", _asks(verdict)),
    )


def decided(verdict: VerdictEntry) -> tuple[Passage, ...]:
    """What decided a verdict, and what is open."""
    return _said(
        _passage("decided by", map(_clause, _parts(verdict, defeated=False))),
        _passage("open questions", map(_question, verdict["questions"])),
        _passage("documents not at hand", _absences(verdict)),
        _passage("said elsewhere, without binding", map(_claim, verdict["claims"])),
        _passage("readings on record", map(_reading, verdict["readings"])),
        _passage("choices on record", map(_choice, verdict["choices"])),
        _passage("to be noted", (Point(text=note) for note in verdict["notes"])),
    )


def _parts(verdict: VerdictEntry, *, defeated: bool) -> list[ClauseEntry]:
    return [each for each in verdict["because"] if (each["part"] == "defeated") is defeated]


def _waivers(verdict: VerdictEntry) -> list[Point]:
    return [_waiver(verdict["waiver"])] if verdict["waiver"] else []


def _hash(verdict: VerdictEntry) -> list[Point]:
    """What a waiver can be limited to, as its file writes it (7.3.1)."""
    return _sentences(f"decided: {verdict['decided']}" if verdict["decided"] else "")


def _said(*passages: Passage) -> tuple[Passage, ...]:
    return tuple(passage for passage in passages if passage.points)


def _passage(heading: str, points: Iterable[Point]) -> Passage:
    return Passage(heading=heading, points=tuple(points))


def _sentences(text: str) -> list[Point]:
    return [Point(text=text)] if text else []


def _asks(verdict: VerdictEntry) -> list[Point]:
    """What to ask for; nothing where there is nothing to mend."""
    return [] if verdict["verdict"] in _IN_ORDER else _sentences(verdict["ask"])


def _opening(verdict: VerdictEntry) -> Point:
    """The word, what it means, and what the gate makes of it."""
    text = f"{verdict['verdict']}: {SAYING[verdict['verdict']]}"
    gate = f"{verdict['level']}, {verdict['severity']}: {WEIGHT[verdict['outcome']]}"
    witness = verdict["witness"]
    before = verdict["before"]
    return Point(
        text=text,
        more=(
            gate,
            *([f"in the baseline it was {before}"] if before else ()),
            *([_witness(witness)] if witness else ()),
        ),
    )


def _witness(witness: WitnessEntry) -> str:
    return (
        f"for example: {witness['action']} on {witness['data']} "
        f"by {witness['by']}, {witness['state']}"
    )


def where(clause: ClaimEntry) -> str:
    """The document and section of a clause, as a person would cite it."""
    return f"{clause['document']} {clause['section']}".rstrip()


def _cited(clause: ClaimEntry) -> str:
    since = "" if clause["version"] == _ALWAYS else f", in force since {clause['version']}"
    place = f"{clause['path']}:{clause['line']}"
    return f"{place}: {where(clause)} ({clause['clause']}){since}"


def _words(clause: ClaimEntry) -> tuple[str, ...]:
    """What a clause says in our words, then in theirs."""
    says = (clause["says"],) if clause["says"] else ()
    return (*says, f"“{clause['quote']}”") if clause["quote"] else says


def _clause(clause: ClauseEntry) -> Point:
    facts = tuple(f"states {fact}" for fact in clause["facts"])
    half = ("counted as the ban that its closed list implies",) if clause["second-half"] else ()
    part = _PART[clause["part"]]
    return Point(text=_cited(clause), more=(*_words(clause), *facts, *half, part))


def _defeated(clause: ClauseEntry) -> Point:
    by = ", ".join(clause["defeated-by"]) or "another clause"
    verb = "prevail" if len(clause["defeated-by"]) > 1 else "prevails"
    reason = f" ({clause['criterion']})" if clause["criterion"] else ""
    return Point(text=_cited(clause), more=(*_words(clause), f"{verb} over it{reason}: {by}"))


def _claim(claim: ClaimEntry) -> Point:
    return Point(text=_cited(claim), more=_words(claim))


def _question(question: QuestionEntry) -> Point:
    answers = tuple(f"{each['text']}: {each['verdict']}" for each in question["answers"])
    about = (f"about {', '.join(question['about'])}",) if question["about"] else ()
    how = (f"to answer it: {question['how']}",) if question["how"] else ()
    return Point(text=question["text"], more=(*answers, *about, *how))


def _absences(verdict: VerdictEntry) -> list[Point]:
    return [_absent(each, verdict["verdict"]) for each in verdict["absent-documents"]]


def _absent(document: AbsentEntry, word: str) -> Point:
    """A document by name, why it may matter, and whether it does (semantics 4.4)."""
    part = " (the part nobody has read)" if document["unread"] else ""
    assumed = "assumed to be no part of the agreement" if document["assumed"] else ""
    reason = document["why"] or assumed
    more = (*filter(None, [reason]), _bearing(document, word))
    return Point(text=f"{document['document']}{part}", more=more)


def _bearing(document: AbsentEntry, word: str) -> str:
    """What the verdict owes to a document; silence and doubt may end where it is read."""
    if document["matters"]:
        return "it could change the verdict"
    if document["assumed"]:
        return f"the verdict is {word} without it"
    if word in _UNSETTLED:
        return f"the verdict is {word} without it; who reads it may find more"
    return "it changes nothing here"


def _turn(turn: TurnEntry) -> Point:
    """What a verdict turns to, and the clauses that will decide."""
    deciding = (each for each in turn["because"] if each["part"] != "defeated")
    return Point(text=turned(turn), more=tuple(map(_cited, deciding)))


def turned(turn: TurnEntry) -> str:
    """What a verdict turns to, and what the gate will make of it."""
    return f"on {turn['on']} {turning(turn)}: it {WILL[turn['outcome']]}"


def turning(turn: TurnEntry) -> str:
    """What happens to a verdict on a later day."""
    if turn["uncovered"] and not turn["worse"]:
        return f"this is {turn['verdict']}, and the waiver was given for other terms"
    return f"this turns to {turn['verdict']}"


def ahead(record: Record) -> tuple[Passage, ...]:
    """What a run warns of that has not happened yet: verdicts that turn, reviews that are owed."""
    turns = (
        Point(text=f"{' '.join(key(entry))}: {turned(turn)}")
        for entry, turn in coming_warnings(record)
    )
    debts = (
        Point(text=f"{entry['path']}:{entry['line']}: {debt['text']}", more=(debt["help"],))
        for entry, debt in review_warnings(record)
    )
    return _said(
        Passage(heading="coming", points=tuple(turns)),
        Passage(heading="reviews", points=tuple(debts)),
    )


def _reading(reading: ReadingEntry) -> Point:
    clause = f"{reading['document']}.{reading['clause']}"
    text = f"{reading['path']}:{reading['line']}: {clause} {_read_as(reading)}"
    return Point(text=text, more=(f"{reading['because']} ({reading['by']}, {reading['on']})",))


def _read_as(reading: ReadingEntry) -> str:
    if reading["term"] is not None:
        verb = "covers" if reading["covered"] else "does not cover"
        return f"{verb} {reading['term']}"
    if reading["stance"] is not None:
        return f"is {reading['stance']}"
    return f"prevails over {reading['over']}"


def _choice(choice: ChoiceEntry) -> Point:
    axes = (choice["action"], choice["data"], choice["by"], choice["state"])
    scope = "; ".join(", ".join(axis) for axis in axes if axis)
    text = f"{choice['path']}:{choice['line']}: {choice['kind']}: {scope}, from {choice['on']} on"
    who = f"chosen by {choice['chosen-by']}" if choice["chosen-by"] else "nobody says who chose it"
    proof = f" ({choice['proof']})" if choice["proof"] else ""
    why = f": {choice['because']}" if choice["because"] else ""
    return Point(text=text, more=(f"{who}{proof}{why}",))


_STANDING: Final = {
    "covers": "accepted until the end of {expires} (UTC), {left}",
    "changed": "not covered: the waiver was given for other terms",
    "expired": "no longer accepted: the waiver expired with the end of {expires} (UTC)",
    "not begun": "not covered: the waiver holds from {approved-on} on",
    "not needed": "needless: the run accepts this verdict without the waiver",
}


def days_left(use: WaiverUse) -> str:
    """How long a waiver still holds, in words; none are left on its last day (7.3.4)."""
    left = use["days-left"]
    return f"{left} day{'' if left == 1 else 's'} left" if left else "last day"


def _waiver(use: WaiverUse) -> Point:
    text = _STANDING[use["standing"]].format_map({**use, "left": days_left(use)})
    ticket = f" ({use['ticket']})" if use["ticket"] else ""
    said = f"waived by {use['approved-by']} on {use['approved-on']}{ticket}: {use['reason']}"
    changes = tuple(map(_change, use["changes"]))
    return Point(text=text, more=(*changes, said, f"{use['path']}:{use['line']}"))


def _change(change: ChangeEntry) -> str:
    """What a waiver was given for, and what is there now."""
    if change["document"] is None:
        return f"what decides is not what decided when it was given: {change['given']}"
    now = f"the version of {change['now']} is in force" if change["now"] else "none is in force"
    return f"given for {change['document']} of {change['given']}; {now}"
