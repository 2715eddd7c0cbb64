"""What stands on top: what was asked about, what was checked, and what the gate says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termsgate.core.record import review_failures
from termsgate.reporting.page.book import OUTCOMES, WORDS, in_force
from termsgate.reporting.page.links import to_table
from termsgate.reporting.text import LETTER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.reporting.page.book import Book


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A line of what was checked: its name, what is said, and more that may be unfolded."""

    name: str
    said: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many verdicts of one word, or of one outcome."""

    key: str
    letter: str
    name: str
    n: str
    said: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """The head of a page. `tone` is how the gate's sentence looks: bad, mixed or good."""

    title: str
    sentence: str
    tone: str
    more: tuple[str, ...]
    facts: tuple[Fact, ...]
    words: tuple[Tally, ...]
    outcomes: tuple[Tally, ...]


def top(book: Book) -> Top:
    """The head of the page of a record."""
    tone, sentence = gate(book)
    return Top(
        title=_title(book),
        sentence=sentence,
        tone=tone,
        more=tuple(_more(book)),
        facts=tuple(_facts(book)),
        words=_tallies(book, "verdict", WORDS),
        outcomes=_tallies(book, "outcome", OUTCOMES),
    )


def _title(book: Book) -> str:
    """The title of the one check there is, else what all have in common."""
    given = {each["check"] for each in book.record["verdicts"]}
    return book.check(given.pop()) if len(given) == 1 else book.words.say("title")


def gate(book: Book) -> tuple[str, str]:
    """The gate's result in one sentence, and how it looks."""
    record, words = book.record, book.words
    found = Counter(each["outcome"] for each in record["verdicts"])
    total = record["given"]
    if record["interrupted"] or total != record["expected"]:
        return "bad", words.say("gate.not-whole", given=total, expected=record["expected"])
    if not total:
        return "bad", words.say("gate.nothing")
    if found["fail"]:
        return "bad", words.count("gate.fails", found["fail"], total=total)
    owed = len(review_failures(record))
    if owed:
        return "bad", words.count("gate.owed", owed)
    if found["warn"]:
        return "mixed", words.count("gate.warns", found["warn"], total=total)
    return "good", words.say("gate.open")


def _more(book: Book) -> Iterator[str]:
    """What the one sentence must not hide."""
    record, words = book.record, book.words
    found = Counter(each["outcome"] for each in record["verdicts"])
    if found["fail"] and record["given"] != record["expected"]:
        yield words.count("gate.fails", found["fail"], total=record["given"])
    owed = len(review_failures(record))
    if found["fail"] and owed:
        yield words.count("gate.owed-too", owed)
    if found["waived"]:
        yield words.count("gate.waived", found["waived"])
    if record["baseline"] is not None:
        yield words.count("gate.baseline", found["baseline"])
    if record["audit"]:
        yield words.say("gate.audit")


# --- what was checked ---------------------------------------------------------------------------


def _facts(book: Book) -> Iterator[Fact]:
    words, record = book.words, book.record
    yield Fact(name=words.say("fact.asked"), said=_asked(book))
    yield Fact(name=words.say("fact.run"), said=words.day(record["today"]))
    yield _named(book, "checks", [book.check(each) for each in _given(book, "check")])
    yield _named(book, "vendors", [book.vendor(each) for each in _given(book, "vendor")])
    judged = {book.requirements[each]["policy"] for each in _given(book, "requirement")}
    yield _named(book, "policies", [book.policy(each) for each in sorted(judged)])
    yield _named(book, "versions", list(_versions(book)))
    yield Fact(name=words.say("fact.extent"), said=" ".join(_extent(book)))


def _asked(book: Book) -> str:
    days = sorted({each["as-of"] for each in book.record["verdicts"]})
    if not days and book.record["as-of"]:
        days = [book.record["as-of"]]
    return ", ".join(map(book.words.day, days)) or book.words.say("nothing")


def _given(book: Book, name: str) -> list[str]:
    """The checks, vendors or requirements that verdicts are about."""
    found = {str(each[name]) for each in book.record["verdicts"]}  # type: ignore[literal-required]
    return sorted(found)


_FEW = 4


def _named(book: Book, kind: str, names: list[str]) -> Fact:
    """All names while there are few; else how many, and the names to be unfolded."""
    name = book.words.say(f"fact.{kind}")
    if len(names) <= _FEW and kind != "versions":
        return Fact(name=name, said=", ".join(names) or book.words.say("nothing"))
    said = book.words.count(f"fact.{kind}", len(names))
    return Fact(name=name, said=said, more=tuple(names))


def _versions(book: Book) -> Iterator[str]:
    """Every version that was in force on a day asked about."""
    pairs = {(each["vendor"], each["as-of"]) for each in book.record["verdicts"]}
    seen: set[tuple[str, str, str]] = set()
    for vendor, day in sorted(pairs):
        for document in book.vendors[vendor]["documents"]:
            version = in_force(document, day)
            key = (vendor, document["document"], version["effective"] if version else "")
            if version is None or key in seen:
                continue
            seen.add(key)
            name = document["title"] or document["document"]
            since = book.words.day(version["effective"])
            yield book.words.say(
                "fact.version", vendor=book.vendor(vendor), document=name, day=since
            )


def _extent(book: Book) -> Iterator[str]:
    """Whether all of the project was asked for, and what was left out by whom."""
    record, words = book.record, book.words
    left = sum(each["verdicts"] for each in record["left-out"])
    if record["partial"]:
        total = record["expected"] + left
        yield words.say("extent.partial", expected=record["expected"], total=total)
    else:
        yield words.count("extent.whole", record["expected"])
    for each in record["left-out"]:
        by = " ".join(filter(None, (each["by"], each["said"])))
        yield words.say("extent.left-out", n=each["verdicts"], by=by)


# --- counts -------------------------------------------------------------------------------------


def _tallies(book: Book, what: str, order: tuple[str, ...]) -> tuple[Tally, ...]:
    found = Counter(str(each[what]) for each in book.record["verdicts"])  # type: ignore[literal-required]
    return tuple(
        Tally(
            key=key,
            letter=LETTER.get(key, ""),
            name=book.words.say(f"{what}.{key}"),
            n=book.words.number(found[key]),
            said=book.words.count(f"counted.{key}", found[key]),
            href=to_table(**{"verdict" if what == "verdict" else "gate": key}),
        )
        for key in order
        if found[key]
    )
