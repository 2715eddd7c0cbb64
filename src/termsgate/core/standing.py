"""What stands between us and a vendor on one day: clauses in force, and what nobody has read.

Built once for a vendor, a use and a day; every requirement is then judged on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from termsgate.core.model import (
    Absence,
    Choice,
    Clause,
    Closed,
    Condition,
    Context,
    DocumentKind,
    Precedence,
    RecordedReading,
    Stance,
    Version,
)
from termsgate.core.once import once
from termsgate.core.regions import sure_region
from termsgate.core.space import (
    BoxMask,
    Layer,
    touches,
    union_box,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from termsgate.core.conditions import Guard, Knowledge
    from termsgate.core.model import (
        Document,
        FactStatement,
        Vendor,
    )
    from termsgate.core.regions import Region
    from termsgate.core.vocabulary import Vocabulary

ClauseKey = tuple[str, str]
"""Document and clause id."""


class Read(StrEnum):
    """What an unread document is supposed to say, to see what would follow."""

    NOTHING = "nothing"
    PERMITS = "permits"
    FORBIDS = "forbids"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppose:
    """An answer tried out for a question that a file, not a check, would record.

    About one clause: `closed`, `consent_from`, or whether its `fact` meets the bound. About a
    document: what it is supposed to say (`read`). About a precedence, by its place in the
    standing: whether it `holds` where that is open. Exactly one of these is set.
    """

    document: str = ""
    clause: str = ""
    closed: Closed | None = None
    consent_from: tuple[str, ...] | None = None
    fact: str = ""
    meets: bool = False
    read: Read | None = None
    precedence: int = -1
    holds: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Our use of a vendor: what we know of it, what we chose, what counsel settled."""

    context: Context = field(default_factory=Context)
    choices: tuple[Choice, ...] = ()
    readings: tuple[RecordedReading, ...] = ()
    supposing: tuple[Suppose, ...] = ()


def plain_boxes(layers: Iterable[Layer]) -> tuple[BoxMask, ...]:
    """The boxes that layers surely cover, every point of them."""
    return tuple(layer.sure for layer in layers if not layer.perhaps and not layer.carved)


class Pull(NamedTuple):
    """What the readings of a clause do: some meets a need, some fails it."""

    meets: bool
    fails: bool


@dataclass(frozen=True, kw_only=True)
class Half:
    """A clause as the engine sees it; a closed list is two (semantics 2.5).

    `pulls` remembers, for a need and whose consent, what its readings do.
    `stances` is what the words admit, firmness included. `permission` and `ban` say that it is
    plain (3.3 d). `guards` are the conditions still open. `verified` is about its quote (3.7).
    """

    clause: Clause
    version: Version
    document: Document
    layers: tuple[Layer, ...]
    stances: frozenset[Stance]
    second: bool = False
    guards: tuple[Guard, ...] = ()
    verified: bool = False
    pulls: dict[tuple[Stance, tuple[str, ...]], Pull] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @once
    def key(self) -> ClauseKey:
        """Document and id of the clause."""
        return self.clause.document, self.clause.id

    @once
    def cited(self) -> str:
        """The clause as reports name it."""
        return f"{self.clause.document}.{self.clause.id}"

    @once
    def plain(self) -> bool:
        """A plain ban or a plain permission, as written (semantics 3.3 d)."""
        return not self.second and self.stances in PLAIN

    @once
    def conditional(self) -> bool:
        """Whether an exception of it carries a condition still open."""
        return any(carve.applies for layer in self.layers for carve in layer.carved)

    @once
    def around(self) -> tuple[BoxMask, ...]:
        """Boxes outside which it covers nothing."""
        return tuple(layer.possible for layer in self.layers)

    @once
    def outline(self) -> BoxMask:
        """The smallest box outside which it covers nothing."""
        return self.layers[0].possible if len(self.layers) == 1 else union_box(self.around)

    @once
    def plainly(self) -> tuple[BoxMask, ...]:
        """Boxes it surely covers, every point of them."""
        return plain_boxes(self.layers)

    @once
    def surely(self) -> Region:
        """The points it surely covers."""
        return sure_region(self.layers)

    @once
    def hull(self) -> BoxMask:
        """The smallest box around what it surely covers."""
        return union_box(self.surely)

    def reaches(self, boxes: Iterable[BoxMask]) -> bool:
        """Whether it may cover a point of these boxes (exceptions not counted)."""
        return any(touches(own, box) for box in boxes for own in self.around)


NEVER: Final = Condition(key="opted-out", values=())
"""A condition that holds under no answer."""

PLAIN: Final = (frozenset({Stance.BARRED}), frozenset({Stance.FREE}))


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A fact as a clause in force states it, with the scope it holds for (semantics 5.1)."""

    fact: FactStatement
    clause: Clause
    version: Version
    document: Document
    layers: tuple[Layer, ...]
    guards: tuple[Guard, ...] = ()
    verified: bool = False

    second = False

    @once
    def key(self) -> ClauseKey:
        """Document and id of the clause."""
        return self.clause.document, self.clause.id

    @once
    def cited(self) -> str:
        """The clause as reports name it."""
        return f"{self.clause.document}.{self.clause.id}"

    @once
    def plainly(self) -> tuple[BoxMask, ...]:
        """Boxes it surely holds for, every point of them."""
        return plain_boxes(self.layers)

    @once
    def conditional(self) -> bool:
        """Whether an exception of its scope carries a condition still open."""
        return any(carve.applies for layer in self.layers for carve in layer.carved)


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A document not at hand, or the unread part of one (semantics 4.4)."""

    document: Document
    absence: Absence
    layers: tuple[Layer, ...]
    guards: tuple[Guard, ...] = ()
    unread: bool = False

    def reaches(self, boxes: Iterable[BoxMask]) -> bool:
        """Whether it is about a point of these boxes."""
        return any(touches(layer.possible, box) for box in boxes for layer in self.layers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A precedence, the document that states it, and the conditions of that which are open.

    `optional` says that the document is assumed absent.
    """

    rule: Precedence
    document: Document
    optional: bool = False
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Clauses, facts and gaps of some documents."""

    halves: tuple[Half, ...] = ()
    statements: tuple[Statement, ...] = ()
    missing: tuple[Missing, ...] = ()
    unread: tuple[Missing, ...] = ()


NO_ONE: Final = Present()


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The boxes a recorded choice surely covers (10.5)."""

    choice: Choice
    sure: BoxMask


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The agreement on one day, for one use.

    `optional` are documents assumed absent, which count where somebody answers that they were
    agreed. `clauses` are those that count, whether or not their conditions hold; `origin` is the
    standing this one was varied from.
    """

    vendor: Vendor
    vocabulary: Vocabulary
    on: date
    use: Use
    knowledge: Knowledge
    halves: tuple[Half, ...]
    statements: tuple[Statement, ...]
    missing: tuple[Missing, ...]
    claims: tuple[Half, ...]
    chosen: tuple[Chosen, ...]
    documents: tuple[Document, ...]
    precedence: tuple[Ranked, ...]
    optional: Present = NO_ONE
    verified: frozenset[tuple[str, date, str]] = frozenset()
    assumed_absent: tuple[Document, ...] = ()
    readings: tuple[RecordedReading, ...] = ()
    idle_readings: tuple[RecordedReading, ...] = ()
    versions: Mapping[str, Version] = field(default_factory=dict)
    clauses: tuple[ClauseKey, ...] = ()
    origin: Standing | None = None

    @once
    def document_ids(self) -> frozenset[str]:
        """The documents that are part of the agreement, or may be."""
        return frozenset(document.id for document in (*self.documents, *self.assumed_absent))

    @once
    def outlines(self) -> tuple[tuple[BoxMask, Half], ...]:
        """Each half with the smallest box around it."""
        return tuple((half.outline, half) for half in self.halves)

    @once
    def by_clause(self) -> Mapping[int, tuple[list[Half], list[Statement]]]:
        """The halves of each clause and the facts it states, by the identity of the clause."""
        found: dict[int, tuple[list[Half], list[Statement]]] = {}
        for half in self.halves:
            found.setdefault(id(half.clause), ([], []))[0].append(half)
        for stated in self.statements:
            found.setdefault(id(stated.clause), ([], []))[1].append(stated)
        return found

    @once
    def by_fact(self) -> Mapping[str, tuple[Statement, ...]]:
        """The facts that are stated, by name."""
        found: dict[str, list[Statement]] = {}
        for stated in self.statements:
            found.setdefault(stated.fact.fact, []).append(stated)
        return {fact: tuple(stated) for fact, stated in found.items()}

    @once
    def is_ambiguous(self) -> bool:
        """Whether one name stands for two clauses."""
        return len(set(self.clauses)) < len(self.clauses)

    @once
    def always_ranked(self) -> frozenset[int]:
        """The places of the precedences of documents that are not only assumed."""
        return frozenset(place for place, one in enumerate(self.precedence) if not one.optional)

    @once
    def is_settled(self) -> bool:
        """Whether nothing outside the clauses near a requirement can bear on it.

        No choice is recorded, no answer is tried out, nothing optional asks a question, and every
        precedence holds everywhere.
        """
        optional = self.optional
        rivals: tuple[Half | Statement, ...] = (*optional.halves, *optional.statements)
        return not (
            self.chosen
            or self.use.supposing
            or any(one.guards or one.conditional for one in rivals)
            or any(one.guards for one in optional.missing)
            or any(one.guards or one.rule.about is not None for one in self.precedence)
        )

    @once
    def memory(self) -> dict[object, object]:
        """What was worked out once for this standing; a value, so it never goes stale."""
        return {}

    @once
    def contracts(self) -> tuple[str, ...]:
        """The contracts that have been read, those assumed absent among them (semantics 6.2)."""
        return tuple(
            document.id
            for document in (*self.documents, *self.assumed_absent)
            if document.kind is DocumentKind.CONTRACT and document.id in self.versions
        )
