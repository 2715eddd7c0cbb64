"""The matrix of vendors and requirements, grouped by policy, each cell a link to its verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from termsgate.reporting.page.book import WORDS
from termsgate.reporting.page.links import to_row, to_table
from termsgate.reporting.text import LETTER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.record import VerdictEntry
    from termsgate.reporting.page.book import Book

MOST_CELLS: Final = 6000
"""With more cells than this a matrix is no picture any more; the vendors are counted instead."""

WIDE: Final = 6
"""With more vendors than this they go down the page and the requirements across."""

MOST_LINES: Final = 100
"""So many vendors are counted, the worst first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One verdict as a letter; `looks` is its word and its outcome."""

    letter: str
    looks: str
    said: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of cells under a name, or by policy; `name` is short, `title` whole."""

    name: str
    title: str
    cells: tuple[Cell | None, ...] = ()
    groups: tuple[tuple[Cell | None, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The requirements of one policy."""

    policy: str
    title: str
    names: tuple[str, ...]
    titles: tuple[str, ...]
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """One check: with few vendors `groups` hold the lines, else `lines` are across all groups."""

    check: str
    title: str
    day: str
    vendors: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How a vendor fares, where there is no room for its cells."""

    vendor: str
    href: str
    fails: int
    warns: int
    words: tuple[int, ...]


def matrices(book: Book) -> tuple[Matrix, ...]:
    """A matrix for each check; none where they would be no picture."""
    verdicts = book.record["verdicts"]
    if len(verdicts) > MOST_CELLS:
        return ()
    checks = groupby(verdicts, key=lambda each: each["check"])
    return tuple(_matrix(book, check, list(found)) for check, found in checks)


def counted(book: Book) -> tuple[Counted, ...]:
    """The vendors with what was found of each, those that fail most first."""
    lines = [_counted(book, vendor, found) for vendor, found in book.by_vendor.items()]
    return tuple(sorted(lines, key=lambda line: (-line.fails, -line.warns)))


def _counted(book: Book, vendor: str, found: list[VerdictEntry]) -> Counted:
    words = Counter(each["verdict"] for each in found)
    outcomes = Counter(each["outcome"] for each in found)
    return Counted(
        vendor=book.vendor(vendor),
        href=to_table(vendor=vendor),
        fails=outcomes["fail"],
        warns=outcomes["warn"],
        words=tuple(words[word] for word in WORDS),
    )


def _matrix(book: Book, check: str, verdicts: list[VerdictEntry]) -> Matrix:
    vendors = sorted({each["vendor"] for each in verdicts})
    found = {(each["vendor"], each["requirement"]): each for each in verdicts}
    names = sorted({each["requirement"] for each in verdicts})
    wide = len(vendors) > WIDE
    groups = tuple(
        _group(book, policy, tuple(members), () if wide else tuple(vendors), found)
        for policy, members in groupby(names, key=lambda name: book.requirements[name]["policy"])
    )
    return Matrix(
        check=check,
        title=book.check(check),
        day=book.words.day(book.checks[check]["as-of"]),
        vendors=tuple((each, book.vendor(each)) for each in vendors),
        groups=groups,
        lines=tuple(_across(book, vendors, groups, found)) if wide else (),
    )


_Found = dict[tuple[str, str], "VerdictEntry"]


def _group(
    book: Book,
    policy: str,
    names: tuple[str, ...],
    vendors: tuple[str, ...],
    found: _Found,
) -> Group:
    lines = (
        Line(
            name=_short(name),
            title=book.title(name),
            cells=tuple(_cell(book, found.get((vendor, name))) for vendor in vendors),
        )
        for name in names
    )
    return Group(
        policy=policy,
        title=book.policy(policy),
        names=names,
        titles=tuple(map(book.title, names)),
        lines=tuple(lines) if vendors else (),
    )


def _across(
    book: Book, vendors: list[str], groups: tuple[Group, ...], found: _Found
) -> Iterator[Line]:
    for vendor in vendors:
        cells = (
            tuple(_cell(book, found.get((vendor, name))) for name in group.names)
            for group in groups
        )
        yield Line(name=vendor, title=book.vendor(vendor), groups=tuple(cells))


def _short(requirement: str) -> str:
    """The id without its policy, which stands above."""
    return requirement.partition(".")[2] or requirement


def _cell(book: Book, verdict: VerdictEntry | None) -> Cell | None:
    if verdict is None:
        return None
    word, outcome = verdict["verdict"], verdict["outcome"]
    said = book.words.say(f"verdict.{word}")
    if outcome not in {"pass", "skip"}:
        said = f"{said}, {book.words.say(f'outcome.{outcome}')}"
    return Cell(
        letter=LETTER[word],
        looks=f"{word} {outcome}",
        said=said,
        href=to_row(verdict["check"], verdict["vendor"], verdict["requirement"]),
    )
