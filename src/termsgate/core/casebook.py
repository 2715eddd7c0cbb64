"""Like cases are decided alike: a situation that was judged once is not judged again.

What a verdict depends on is the requirement, the clauses that can bear on it, and the setting
around them. Two vendors whose clauses have the same tenor there, in the same setting, get the
same verdict, told of their own clauses. A number stands for each tenor and each setting, so that
a situation is a few integers.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, TypeVar

from termsgate.core.model import DocumentKind, ReviewStatus
from termsgate.core.setting import Sheet, clauses_in, is_plain, setting_said, sheets_of
from termsgate.core.tenor import Sieve, Tenor, named_by, said, tenor_of
from termsgate.core.tree import leaves_of, tree_of
from termsgate.core.verdict import Deciding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from termsgate.core.model import Clause, Requirement, Vendor
    from termsgate.core.standing import Standing, Use
    from termsgate.core.tenor import Said
    from termsgate.core.tree import Leaf
    from termsgate.core.verdict import AbsentDocument, Criterion, Part, Ruling, Verdict, Witness
    from termsgate.core.vocabulary import Vocabulary

Situation: TypeAlias = "tuple[int, ...]"
"""The setting, then the tenor of each clause that can bear, in the order of the agreement."""

MOST_KEPT: Final = 1024
"""So many situations are kept for one requirement; with more, it starts afresh."""

MOST_SAID: Final = 16384
"""So many tenors, and settings, are known by what they say."""

Kept = TypeVar("Kept")


def kept(situations: dict[Situation, Kept]) -> dict[Situation, Kept]:
    """Where a situation is to be entered; what is full starts afresh."""
    if len(situations) >= MOST_KEPT:
        situations.clear()
    return situations


class Noted(NamedTuple):
    """A clause that decided, by its place among those that can bear, and what it did.

    `deed` numbers what it did, or is negative where that names other clauses.
    """

    place: int
    deed: int
    part: Part
    criterion: Criterion | None
    over: tuple[int, ...]
    facts: tuple[str, ...]
    second: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Headnote:
    """What a case decided, of whatever clauses; `notes` are those that name none of them."""

    ruling: Ruling
    because: tuple[Noted, ...]
    witness: Witness | None
    absent: tuple[AbsentDocument, ...]
    notes: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Asked:
    """A requirement in the book, with the situations in which it was judged."""

    requirement: Requirement
    number: int
    leaves: tuple[Leaf, ...]
    rulings: dict[Situation, Ruling] = field(default_factory=dict)
    headnotes: dict[Situation, Headnote] = field(default_factory=dict)


# --- the book -------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class Casebook:
    """What was judged in the words of one vocabulary.

    A number is given once and never again, so that nothing is mistaken for what was forgotten.
    """

    tenors: dict[Said, Tenor] = field(default_factory=dict)
    numbers: dict[Said, int] = field(default_factory=dict)
    deeds: dict[tuple[Part, tuple[str, ...], bool], int] = field(default_factory=dict)
    requirements: list[Asked] = field(default_factory=list)
    by_identity: dict[int, Asked] = field(default_factory=dict)
    given: int = 0

    def asked(self, requirement: Requirement, vocabulary: Vocabulary) -> Asked:
        """A requirement in the book, entered when it is first asked for."""
        found = self.by_identity.get(id(requirement))
        if found is None:
            found = Asked(
                requirement=requirement,
                number=len(self.requirements),
                leaves=tuple(leaves_of(tree_of(requirement, vocabulary))),
            )
            # INVARIANT: the book keeps the requirement, so that its identity is never used twice.
            self.by_identity[id(requirement)] = found
            self.requirements.append(found)
        return found

    def number_of(self, content: Said) -> int:
        """The number of what is said around clauses."""
        found = self.numbers.get(content)
        if found is None:
            if len(self.numbers) >= MOST_SAID:
                self.numbers.clear()
            found = self.numbers[content] = self._next()
        return found

    def enter(self, content: Said, standing: Standing, clause: Clause) -> Tenor:
        """What nobody said before, as it came out in the standing of a clause that says it."""
        if len(self.tenors) >= MOST_SAID:
            self.tenors.clear()
        halves, statements = standing.by_clause.get(id(clause), ((), ()))
        found = self.tenors[content] = tenor_of(self._next(), halves, statements)
        return found

    def deed(self, part: Part, facts: tuple[str, ...], *, second: bool) -> int:
        """The number of what a clause did, where that names no other clause."""
        return self.deeds.setdefault((part, facts, second), len(self.deeds))

    def try_on(self, tenors: Sequence[Tenor], sieve: Sieve) -> None:
        """Find for tenors the requirements they can bear on, of those they were not tried on."""
        count = len(self.requirements)
        for asked in self.requirements[min(tenor.tried for tenor in tenors) :]:
            for tenor in sieve.bearing(asked.leaves):
                if tenor.tried <= asked.number:
                    tenor.bears.append(asked.number)
        for tenor in tenors:
            tenor.tried = count

    def _next(self) -> int:
        self.given += 1
        return self.given


def casebook_of(vocabulary: Vocabulary) -> Casebook:
    """The book of a vocabulary."""
    _, found = vocabulary.memory.get(id(Casebook), (None, None))
    if not isinstance(found, Casebook):
        found = Casebook()
        vocabulary.memory[id(Casebook)] = (Casebook, found)
    return found


# --- a vendor in the book -------------------------------------------------------------------------


@dataclass(slots=True)
class Item:
    """A clause that can govern, with the day its version took effect.

    `told` is how it is told, by the number of what it did.
    """

    clause: Clause
    effective: date
    told: dict[int, Deciding] = field(default_factory=dict)

    @property
    def cited(self) -> str:
        """Its document and its id."""
        return f"{self.clause.document}.{self.clause.id}"


@dataclass(slots=True, kw_only=True)
class Roll:
    """The clauses of a vendor on a day by their tenors, and for each requirement those that bear.

    `claims` says that a clause that never governs says something, `notes` that a review is no
    approval: then a verdict is told with the standing at hand.
    """

    book: Casebook
    vocabulary: Vocabulary
    setting: int
    items: list[Item]
    tenors: list[Tenor]
    claims: bool
    notes: bool
    situations: list[list[int]] = field(default_factory=list)
    bearing: list[list[Item]] = field(default_factory=list)
    sieve: Sieve | None = None

    def asked(self, requirement: Requirement) -> Asked:
        """A requirement, with those who can bear on it sorted out."""
        found = self.book.asked(requirement, self.vocabulary)
        if found.number >= len(self.situations):
            self._extend()
        return found

    def _extend(self) -> None:
        """Take in the requirements that were entered in the book since."""
        first, count = len(self.situations), len(self.book.requirements)
        self.situations += [[self.setting] for _ in range(first, count)]
        self.bearing += [[] for _ in range(first, count)]
        late = [tenor for tenor in self.tenors if tenor.tried < count]
        if late:
            self.book.try_on(late, self._sieve_of(late))
        for item, tenor in zip(self.items, self.tenors, strict=True):
            bears = tenor.bears
            if bears and bears[-1] >= first:
                for number in bears[bisect_left(bears, first) :] if first else bears:
                    self.situations[number].append(tenor.number)
                    self.bearing[number].append(item)

    def _sieve_of(self, tenors: list[Tenor]) -> Sieve:
        """What sorts some tenors; where it is all of them, put together once."""
        if len(tenors) < len(self.tenors):
            return Sieve.of(tenors)
        if self.sieve is None:
            self.sieve = Sieve.of(tenors)
        return self.sieve


def roll_of(
    vendor: Vendor, vocabulary: Vocabulary, use: Use, on: date, stand: Callable[[], Standing]
) -> Roll | None:
    """The clauses of a vendor by tenor; nothing where more than clauses and setting bear."""
    sheets = sheets_of(vendor, use, on)
    placed = list(clauses_in(sheets, on))
    if not (is_plain(vendor, use, sheets) and _have_names_of_their_own(placed, vendor)):
        return None
    if not _stand_in_their_order(placed):
        return None
    book = casebook_of(vocabulary)
    setting = book.number_of(setting_said(vendor, use, sheets))
    return Roll(
        book=book,
        vocabulary=vocabulary,
        setting=setting,
        items=[Item(clause, sheet.version.effective) for sheet, clause in placed if sheet.version],
        tenors=_tenors(book, setting, placed, stand),
        claims=_makes_claims(sheets),
        notes=_has_notes(sheets),
    )


def _tenors(
    book: Casebook, setting: int, placed: list[tuple[Sheet, Clause]], stand: Callable[[], Standing]
) -> list[Tenor]:
    """The tenor of each clause: what it says, in its document of its setting."""
    named = named_by([clause for _, clause in placed])
    found: list[Tenor] = []
    for sheet, clause in placed:
        content = said(clause, sheet.document.id, setting, named)
        tenor = book.tenors.get(content)
        found.append(book.enter(content, stand(), clause) if tenor is None else tenor)
    return found


def _have_names_of_their_own(placed: list[tuple[Sheet, Clause]], vendor: Vendor) -> bool:
    """Whether no two documents, and no two clauses of one, have one name."""
    documents = {document.id for document in vendor.documents}
    names = {(clause.document, clause.id) for _, clause in placed}
    cited = {f"{document}.{clause}" for document, clause in names}
    return len(documents) == len(vendor.documents) and len(names) == len(cited) == len(placed)


def _stand_in_their_order(placed: Iterable[tuple[Sheet, Clause]]) -> bool:
    """Whether each document is one file, and its clauses follow each other there line by line.

    Clauses are told in the order of files and lines, which no tenor knows.
    """
    last: dict[str, tuple[str, int]] = {}
    for sheet, clause in placed:
        place, path = clause.place, sheet.version.place.path if sheet.version else ""
        _, line = last.get(clause.document, (path, 0))
        if place.path != path or place.line <= line:
            return False
        last[clause.document] = path, place.line
    return len({path for path, _ in last.values()}) == len(last)


def _makes_claims(sheets: Iterable[Sheet]) -> bool:
    """Whether a clause that never governs says something (semantics 2.7, 3.6)."""
    return any(
        sheet.document.kind is DocumentKind.STATEMENT
        or any(clause.statement for clause in sheet.version.clauses)
        for sheet in sheets
        if sheet.version is not None
    )


def _has_notes(sheets: Iterable[Sheet]) -> bool:
    """Whether a review is no approval, which a reader must know (semantics 3.6)."""
    reviews = (sheet.version.review for sheet in sheets if sheet.version is not None)
    return any(
        review.status in (ReviewStatus.DRAFT, ReviewStatus.DISPUTED) for review in reviews if review
    )


# --- what was decided, without names and with them ------------------------------------------------


def noted(verdict: Verdict, own: tuple[str, ...], items: list[Item], book: Casebook) -> Headnote:
    """A verdict told by the places of its clauses; `own` are the notes that name them."""
    places = {id(item.clause): place for place, item in enumerate(items)}
    cited = {item.cited: place for place, item in enumerate(items)}
    return Headnote(
        ruling=verdict.ruling,
        because=tuple(_noted(one, places[id(one.clause)], cited, book) for one in verdict.because),
        witness=verdict.witness,
        absent=verdict.absent,
        notes=tuple(one for one in verdict.notes if one not in own),
    )


def _noted(one: Deciding, place: int, cited: dict[str, int], book: Casebook) -> Noted:
    names_others = bool(one.criterion or one.defeated_by)
    return Noted(
        place=place,
        deed=-1 if names_others else book.deed(one.part, one.facts, second=one.second_half),
        part=one.part,
        criterion=one.criterion,
        over=tuple(cited[name] for name in one.defeated_by),
        facts=one.facts,
        second=one.second_half,
    )


def told_of(headnote: Headnote, items: list[Item]) -> tuple[Deciding, ...]:
    """The clauses of one vendor that decide as a headnote says."""
    return tuple(
        [items[one.place].told.get(one.deed) or _told(one, items) for one in headnote.because]
    )


def _told(one: Noted, items: list[Item]) -> Deciding:
    item = items[one.place]
    found = Deciding(
        clause=item.clause,
        effective=item.effective,
        part=one.part,
        criterion=one.criterion,
        defeated_by=tuple([items[place].cited for place in one.over]),
        facts=one.facts,
        second_half=one.second,
    )
    if one.deed >= 0:
        item.told[one.deed] = found
    return found
