"""A vendor's part: its agreement, how its verdicts turned, and the letter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termsgate.reporting.page.book import OUTCOMES, WORDS, in_force
from termsgate.reporting.page.letter import Letter, letter
from termsgate.reporting.page.links import safe, to_archive, to_table
from termsgate.reporting.page.timeline import Timeline, timeline
from termsgate.reporting.text import LETTER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.record import DocumentEntry, VerdictEntry
    from termsgate.reporting.page.book import Book


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document of the agreement, and the version that was in force."""

    title: str
    kind: str
    said: str
    review: str
    source: str
    archive: str
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many verdicts of a word or outcome, and where they are."""

    key: str
    letter: str
    said: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Everything about one vendor but its verdicts, which are in the table."""

    id: str
    name: str
    url: str
    words: tuple[Count, ...]
    outcomes: tuple[Count, ...]
    days: tuple[str, ...]
    papers: tuple[Paper, ...]
    timeline: Timeline | None
    letter: Letter | None


def parts(book: Book) -> Iterator[Part]:
    """A part for each vendor that was judged."""
    history = {each["vendor"]: each for each in book.record.get("history", [])}
    for vendor, verdicts in book.by_vendor.items():
        entry = book.vendors[vendor]
        days = sorted({each["as-of"] for each in verdicts})
        past = history.get(vendor)
        yield Part(
            id=vendor,
            name=book.vendor(vendor),
            url=safe(entry["url"]),
            words=tuple(_counts(book, vendor, verdicts, "verdict", WORDS)),
            outcomes=tuple(_counts(book, vendor, verdicts, "outcome", OUTCOMES[:4])),
            days=tuple(map(book.words.day, days)),
            papers=tuple(_paper(book, each, days[-1]) for each in entry["documents"]),
            timeline=timeline(book, past, days) if past else None,
            letter=letter(book, vendor, verdicts),
        )


def worst(book: Book) -> list[str]:
    """The vendors, those with most that fails first."""

    def fails(vendor: str) -> int:
        return sum(each["outcome"] == "fail" for each in book.by_vendor[vendor])

    return sorted(book.by_vendor, key=fails, reverse=True)


def _counts(
    book: Book, vendor: str, verdicts: list[VerdictEntry], what: str, order: tuple[str, ...]
) -> Iterator[Count]:
    found = Counter(str(each[what]) for each in verdicts)  # type: ignore[literal-required]
    name = "verdict" if what == "verdict" else "gate"
    for key in order:
        if found[key]:
            yield Count(
                key=key,
                letter=LETTER.get(key, ""),
                said=book.words.count(f"counted.{key}", found[key]),
                href=to_table(vendor=vendor, **{name: key}),
            )


def _paper(book: Book, document: DocumentEntry, day: str) -> Paper:
    version = in_force(document, day)
    words = book.words
    if version is not None:
        said = words.say("paper.in-force", day=words.day(version["effective"]))
    elif not document["at-hand"]:
        said = words.say("paper.not-at-hand")
    elif document["versions"]:
        said = words.say("paper.none-in-force", day=words.day(day))
    else:
        said = words.say("paper.not-recorded")
    review = version["review"] if version else None
    return Paper(
        title=document["title"] or document["document"],
        kind=words.say(f"kind.{document['kind']}"),
        said=said,
        review=words.say(f"review.{review}") if review else "",
        source=safe((version["url"] if version else "") or document["url"]),
        archive=to_archive(version.get("archive")) if version else "",
        others=max(0, len(document["versions"]) - (version is not None)),
    )
