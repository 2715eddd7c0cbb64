"""What to do: what fails first, what is to be answered, what runs out, what was left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from termsgate.core.record import coming_warnings, review_failures, review_warnings
from termsgate.reporting.page.book import WORDS, urgency
from termsgate.reporting.page.links import to_row, to_table
from termsgate.reporting.text import LETTER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.record import (
        ClaimEntry,
        DebtEntry,
        ReviewEntry,
        VerdictEntry,
        WaiverUse,
    )
    from termsgate.reporting.page.book import Book

MOST: Final = 40
"""So many entries of one kind, or of one vendor; the table has them all."""

MOST_VENDORS: Final = 20
"""So many vendors under one heading, the worst first."""

ROOM: Final = 160
"""So many entries of all vendors together: with many vendors each has few."""

_OURS: Final = frozenset({"condition", "consent", "exception", "bound-reached"})
"""Questions about our use or our choice: no vendor can answer them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A verdict to go to, by what it is called."""

    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A requirement of a vendor that wants something done, in one check or several."""

    title: str
    word: str
    letter: str
    said: str
    weight: str
    sections: str
    ask: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """What a vendor is to be asked about under one heading; `more` stand only in the table."""

    vendor: str
    said: str
    href: str
    matters: tuple[Matter, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """An answer, and how many verdicts become what."""

    answer: str
    turns: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, what follows from each answer, and the verdicts it is open in."""

    vendor: str
    text: str
    who: str
    settles: str
    answers: tuple[Follows, ...]
    how: str
    links: tuple[Link, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A waiver that names a verdict."""

    title: str
    href: str
    vendor: str
    standing: str
    state: str
    expires: str
    left: int
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """Something on record to be looked after, what to do, and where it is written."""

    text: str
    help: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """A verdict that will be another, when, and what the gate would make of it."""

    day: str
    vendor: str
    title: str
    href: str
    word: str
    letter: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What came of the baseline."""

    said: tuple[str, ...]
    fixed: tuple[Link, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """Everything under the heading; `rest` are vendors that found no room."""

    failing: tuple[Pile, ...]
    failing_rest: int
    questions: tuple[Asked, ...]
    questions_rest: int
    waivers: tuple[Accepted, ...]
    warning: tuple[Pile, ...]
    warning_rest: int
    coming: tuple[Turning, ...]
    owed: tuple[Noted, ...]
    noted: tuple[Noted, ...]
    missing: tuple[str, ...]
    baseline: Compared | None


def todo(book: Book) -> Todo:
    """What a record says that somebody should do."""
    failing, failing_rest = _piles(book, "fail")
    warning, warning_rest = _piles(book, "warn")
    questions, more = _questions(book)
    return Todo(
        failing=failing,
        failing_rest=failing_rest,
        questions=tuple(questions),
        questions_rest=more,
        waivers=tuple(_waivers(book))[:MOST_VENDORS],
        warning=warning,
        warning_rest=warning_rest,
        coming=tuple(_coming(book))[:MOST],
        owed=tuple(_owed(review_failures(book.record)))[:MOST],
        noted=tuple(_noted(book)),
        missing=tuple(_missing(book))[:MOST_VENDORS],
        baseline=_compared(book),
    )


# --- verdicts -----------------------------------------------------------------------------------


def _piles(book: Book, outcome: str) -> tuple[tuple[Pile, ...], int]:
    """The verdicts of one outcome by vendor, most violated musts first; and how many are left."""
    found = {
        vendor: sorted((each for each in all_of if each["outcome"] == outcome), key=urgency)
        for vendor, all_of in book.by_vendor.items()
    }
    order = sorted((vendor for vendor in found if found[vendor]), key=lambda v: _worst(found[v]))
    shown = order[:MOST_VENDORS]
    room = min(MOST, ROOM // max(1, len(shown)))
    piles = tuple(_pile(book, vendor, found[vendor], outcome, room) for vendor in shown)
    return piles, len(order) - len(shown)


def _worst(verdicts: list[VerdictEntry]) -> tuple[int, int]:
    grave = sum(each["verdict"] == "violated" and each["level"] == "must" for each in verdicts)
    return -grave, -len(verdicts)


def _pile(book: Book, vendor: str, verdicts: list[VerdictEntry], outcome: str, room: int) -> Pile:
    """What is the same in several checks stands once."""
    together: dict[tuple[str, str], list[VerdictEntry]] = defaultdict(list)
    for each in verdicts:
        together[each["requirement"], each["verdict"]].append(each)
    shown = list(together.values())[:room]
    counts = Counter(each["verdict"] for each in verdicts)
    said = ", ".join(book.words.count(f"counted.{w}", counts[w]) for w in WORDS if counts[w])
    return Pile(
        vendor=book.vendor(vendor),
        said=said,
        href=to_table(vendor=vendor, gate=outcome),
        matters=tuple(_matter(book, each) for each in shown),
        more=len(together) - len(shown),
    )


def _matter(book: Book, same: list[VerdictEntry]) -> Matter:
    first = same[0]
    deciding = (each for each in first["because"] if each["part"] != "defeated")
    named = dict.fromkeys(section(book, first["vendor"], each) for each in deciding)
    return Matter(
        title=book.title(first["requirement"]),
        word=first["verdict"],
        letter=LETTER[first["verdict"]],
        said=book.words.say(f"verdict.{first['verdict']}"),
        weight=weight(book, first),
        sections="; ".join(list(named)[:_FEW]),
        ask=book.ask(first),
        links=tuple(Link(title=book.check(each["check"]), href=row_of(each)) for each in same),
    )


_FEW: Final = 3


def section(book: Book, vendor: str, clause: ClaimEntry) -> str:
    """A section as a person cites it, the document by its title."""
    title = book.document(vendor, clause["document"])
    return f"{title}, {clause['section']}" if clause["section"] else title


def weight(book: Book, verdict: VerdictEntry) -> str:
    """The level and the severity, in the reader's words."""
    level, severity = f"level.{verdict['level']}", f"severity.{verdict['severity']}"
    return f"{book.words.say(level)}, {book.words.say(severity)}"


def row_of(verdict: VerdictEntry) -> str:
    """Where a verdict stands."""
    return to_row(verdict["check"], verdict["vendor"], verdict["requirement"])


# --- questions ----------------------------------------------------------------------------------


def is_ours(kind: str) -> bool:
    """Whether nobody but us can answer questions of this kind."""
    return kind in _OURS


def _questions(book: Book) -> tuple[list[Asked], int]:
    """Each question once for a vendor, the one that most depends on first; and how many more."""
    found: dict[tuple[str, str], list[tuple[VerdictEntry, int]]] = defaultdict(list)
    for verdict in book.record["verdicts"]:
        for place, question in enumerate(verdict["questions"]):
            found[verdict["vendor"], question["text"]].append((verdict, place))
    order = sorted(found.values(), key=_pressing)
    return [_asked(book, each) for each in order[:MOST]], max(0, len(order) - MOST)


def _pressing(open_in: list[tuple[VerdictEntry, int]]) -> tuple[int, int]:
    fails = sum(verdict["outcome"] == "fail" for verdict, _ in open_in)
    return -fails, -len(open_in)


def _asked(book: Book, open_in: list[tuple[VerdictEntry, int]]) -> Asked:
    verdict, place = open_in[0]
    question = verdict["questions"][place]
    fails = sum(each["outcome"] == "fail" for each, _ in open_in)
    settles = book.words.count("todo.open-in", len(open_in))
    if fails:
        settles = f"{settles}, {book.words.count('todo.of-which-fail', fails)}"
    return Asked(
        vendor=book.vendor(verdict["vendor"]),
        text=sentence(book.sentences.say(question["text"])),
        who=book.words.say("todo.ours" if is_ours(question["kind"]) else "todo.theirs"),
        settles=settles,
        answers=tuple(_follows(book, open_in)),
        how=book.sentences.say(question["how"]),
        links=tuple(_link(book, each) for each, _ in open_in[:_LINKS]),
        more=max(0, len(open_in) - _LINKS),
    )


_LINKS: Final = 12


def _link(book: Book, verdict: VerdictEntry) -> Link:
    return Link(title=book.title(verdict["requirement"]), href=row_of(verdict))


def sentence(text: str) -> str:
    """What the engine says, begun as a sentence is."""
    return text[:1].upper() + text[1:]


def _follows(book: Book, open_in: list[tuple[VerdictEntry, int]]) -> Iterator[Follows]:
    """What each answer makes of the verdicts; answers may differ from one verdict to another."""
    turns: dict[str, Counter[str]] = {}
    for verdict, place in open_in:
        for answer in verdict["questions"][place]["answers"]:
            turns.setdefault(answer["text"], Counter())[answer["verdict"]] += 1
    for text, counts in turns.items():
        told = tuple(
            (word, LETTER[word], book.words.count(f"counted.{word}", counts[word]))
            for word in WORDS
            if counts[word]
        )
        yield Follows(answer=book.sentences.say(text), turns=told)


# --- waivers, warnings, baseline ----------------------------------------------------------------


def _waivers(book: Book) -> list[Accepted]:
    """The waivers that name a verdict, the one that runs out first on top."""
    uses = ((each, each["waiver"]) for each in book.record["verdicts"])
    found = [(verdict, use) for verdict, use in uses if use is not None]
    found.sort(key=lambda pair: pair[1]["days-left"])
    return [_accepted(book, verdict, use) for verdict, use in found]


def _accepted(book: Book, verdict: VerdictEntry, use: WaiverUse) -> Accepted:
    return Accepted(
        title=book.title(verdict["requirement"]),
        href=row_of(verdict),
        vendor=book.vendor(verdict["vendor"]),
        standing=use["standing"],
        state=book.words.say(f"standing.{use['standing'].replace(' ', '-')}"),
        expires=book.words.day(use["expires"]),
        left=use["days-left"],
        reason=use["reason"],
        by=use["approved-by"],
    )


def _coming(book: Book) -> Iterator[Turning]:
    """What turns for the worse on a day to come, the nearest first (semantics 7.8)."""
    words = book.words
    for verdict, turn in sorted(coming_warnings(book.record), key=lambda pair: pair[1]["on"]):
        said = (
            f"{words.say('verdict.' + turn['verdict'])}, {words.say('outcome.' + turn['outcome'])}"
        )
        yield Turning(
            day=words.day(turn["on"]),
            vendor=book.vendor(verdict["vendor"]),
            title=book.title(verdict["requirement"]),
            href=row_of(verdict),
            word=turn["verdict"],
            letter=LETTER[turn["verdict"]],
            said=f"{said}, {words.say('todo.uncovered')}" if turn["uncovered"] else said,
        )


def _owed(debts: list[tuple[ReviewEntry, DebtEntry]]) -> Iterator[Noted]:
    """What reviews of versions lack."""
    for entry, debt in debts:
        place = f"{entry['path']}:{entry['line']}"
        yield Noted(text=debt["text"], help=debt["help"], place=place)


def _noted(book: Book) -> Iterator[Noted]:
    """Reviews that are owed, warnings about what is on record, then smells of files."""
    record = book.record
    yield from _owed(review_warnings(record))
    for each in record["warnings"]:
        yield Noted(text=each["text"], help=each["help"], place=f"{each['path']}:{each['line']}")
    for one in record["problems"]:
        yield Noted(text=one["message"], help=one["help"], place=f"{one['path']}:{one['line']}")


def _missing(book: Book) -> Iterator[str]:
    for each in book.record["missing"]:
        requirement = each["requirement"]
        title = book.title(requirement) if requirement in book.requirements else requirement
        yield f"{each['check']}, {each['vendor']}: {title}"


def _compared(book: Book) -> Compared | None:
    baseline, words = book.record["baseline"], book.words
    if baseline is None:
        return None
    said = [
        words.say("baseline.of", path=baseline["path"], day=words.day(baseline["today"])),
        words.count("baseline.through", baseline["through"]),
    ]
    if baseline["updated"]:
        said.append(words.say("baseline.updated"))
    known = book.requirements
    return Compared(
        said=tuple(said),
        fixed=tuple(
            Link(
                title=f"{each['vendor']}: {book.title(each['requirement'])}",
                href=to_row(each["check"], each["vendor"], each["requirement"]),
            )
            for each in baseline["fixed"][:MOST]
            if each["requirement"] in known
        ),
        gone=tuple(
            words.count(f"baseline.gone.{each['kind']}", each["verdicts"], name=each["name"])
            if f"baseline.gone.{each['kind']}.one" in words.catalogue
            else each["name"]
            for each in baseline["gone"][:MOST]
        ),
    )
