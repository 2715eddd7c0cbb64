"""The letter: what to ask a vendor for, as plain text that one can send."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from termsgate.reporting.page.book import in_force, urgency
from termsgate.reporting.page.todo import is_ours, section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termsgate.core.record import ClauseEntry, QuestionEntry, VerdictEntry
    from termsgate.reporting.page.book import Book

_IN_ORDER: Final = frozenset({"met", "not-applicable"})
_MOST_QUOTES: Final = 3
_QUOTED: Final = 400
"""More letters than this of a quote are for the record, not for a letter."""
_LONGEST: Final = 1200
"""Nor is anything else that is longer than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What must be asked for, and the same with what only warns; both plain text."""

    needed: str
    whole: str


def letter(book: Book, vendor: str, verdicts: list[VerdictEntry]) -> Letter | None:
    """The letter to a vendor; none where there is nothing to ask for."""
    failing, warning = (_wanted(verdicts, outcome) for outcome in ("fail", "warn"))
    if not failing and not warning:
        return None
    whole = _text(book, vendor, failing, warning)
    return Letter(needed=_text(book, vendor, failing, ()) if failing else whole, whole=whole)


def _wanted(verdicts: list[VerdictEntry], outcome: str) -> list[VerdictEntry]:
    """Each requirement once, in the check where it is most urgent."""
    found = [
        each
        for each in sorted(verdicts, key=urgency)
        if each["outcome"] == outcome and each["verdict"] not in _IN_ORDER
    ]
    return list({each["requirement"]: each for each in reversed(found)}.values())[::-1]


def _text(
    book: Book,
    vendor: str,
    failing: Iterable[VerdictEntry],
    warning: Iterable[VerdictEntry],
) -> str:
    needed, welcome = list(failing), list(warning)
    asked = {each["requirement"] for each in needed}
    welcome = [each for each in welcome if each["requirement"] not in asked]
    return "\n\n".join(
        [
            book.words.say("letter.subject", vendor=_line(book.vendor(vendor))),
            book.words.say("letter.greeting", vendor=_line(book.vendor(vendor))),
            _opening(book, vendor, [*needed, *welcome]),
            *_list(book, "letter.needed", needed, 1),
            *_list(book, "letter.welcome", welcome, len(needed) + 1),
            *_open(book, vendor, [*needed, *welcome]),
            book.words.say("letter.closing"),
        ]
    )


def _opening(book: Book, vendor: str, verdicts: list[VerdictEntry]) -> str:
    days = sorted({each["as-of"] for each in verdicts})
    read = (
        (document, in_force(document, days[-1]))
        for document in book.vendors[vendor]["documents"]
        if document["kind"] != "statement"
    )
    named = "; ".join(
        book.words.say(
            "letter.document",
            document=_line(document["title"] or document["document"]),
            day=book.words.day(version["effective"]),
        )
        for document, version in read
        if version is not None
    )
    day = ", ".join(map(book.words.day, days))
    key = "letter.opening" if named else "letter.opening-bare"
    return book.words.say(key, day=day, documents=named)


def _list(book: Book, key: str, verdicts: list[VerdictEntry], first: int) -> Iterator[str]:
    if verdicts:
        yield book.words.say(key)
    for number, verdict in enumerate(verdicts, first):
        yield "\n   ".join(
            [f"{number}. {_line(book.title(verdict['requirement']))}", *_lines(book, verdict)]
        )


def _lines(book: Book, verdict: VerdictEntry) -> Iterator[str]:
    """What we ask for, and which of their words it is about."""
    ask = book.ask(verdict)
    yield _line(ask) if ask else book.words.say(f"letter.no-ask.{verdict['verdict']}")
    fails = [each for each in verdict["because"] if each["part"] in {"fails", "open"}]
    cited = dict.fromkeys(_cited(book, verdict["vendor"], clause) for clause in fails)
    yield from list(cited)[:_MOST_QUOTES]


def _cited(book: Book, vendor: str, clause: ClauseEntry) -> str:
    """Where their words stand; a clause that decides by two of its halves is cited once."""
    where = _line(section(book, vendor, clause))
    quote = _line(clause["quote"])
    if not quote:
        return book.words.say("letter.section", section=where)
    return book.words.say("letter.quote", section=where, quote=_cut(quote))


def _open(book: Book, vendor: str, verdicts: list[VerdictEntry]) -> Iterator[str]:
    """The questions that the vendor can answer, each once."""
    asked = dict.fromkeys(
        _question(book, vendor, question)
        for verdict in verdicts
        for question in verdict["questions"]
        if not is_ours(question["kind"])
    )
    if asked:
        yield book.words.say("letter.questions")
        yield "\n".join(f"- {each}" for each in asked)


def _question(book: Book, vendor: str, question: QuestionEntry) -> str:
    """A question in the words of the vendor: titles of documents, and no ids of ours."""
    text = _CLAUSE.sub("", book.sentences.say(question["text"]))
    for document in book.vendors[vendor]["documents"]:
        if document["title"]:
            name = re.escape(document["document"])
            title = document["title"].replace("\\", "")
            text = re.sub(rf"(?<![\w-]){name}(?![\w-])", title, text)
    return _line(text[:1].upper() + text[1:])


_CLAUSE: Final = re.compile(r" \([a-z][a-z0-9-]*\)")


def _line(text: str) -> str:
    """On one line; a letter has no room for what somebody hid in a quote."""
    if not text.isprintable():
        text = "".join(each if each.isprintable() else " " for each in text)
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST].rstrip()} …"


def _cut(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rstrip()} …"
