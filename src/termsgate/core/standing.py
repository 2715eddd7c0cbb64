"""What stands between us and a vendor on one day: clauses in force, and what nobody has read.

Built once for a vendor, a use and a day; every requirement is then judged on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

from termsgate.core.conditions import Unless, knowledge
from termsgate.core.model import (
    AXES,
    Absence,
    Box,
    Choice,
    Clause,
    Closed,
    Condition,
    Context,
    DocumentKind,
    Firmness,
    Part,
    Precedence,
    RecordedReading,
    Scope,
    Stance,
    Verb,
    Version,
)
from termsgate.core.space import (
    BoxMask,
    Carved,
    Layer,
    box_masks,
    clause_defaults,
    grid,
    masks_of,
    scope_layers,
    settle,
    touches,
    union_box,
    whole_defaults,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from termsgate.core.conditions import Guard, Knowledge
    from termsgate.core.model import (
        Document,
        FactStatement,
        Vendor,
    )
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


@dataclass(frozen=True, kw_only=True)
class Half:
    """A clause as the engine sees it; a closed list is two (semantics 2.5).

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
    place: int = 0

    @property
    def key(self) -> ClauseKey:
        """Document and id of the clause."""
        return self.clause.document, self.clause.id

    @cached_property
    def plain(self) -> bool:
        """A plain ban or a plain permission, as written (semantics 3.3 d)."""
        return not self.second and self.stances in PLAIN

    @cached_property
    def conditional(self) -> bool:
        """Whether an exception of it carries a condition still open."""
        return any(carve.applies for layer in self.layers for carve in layer.carved)

    @cached_property
    def around(self) -> tuple[BoxMask, ...]:
        """Boxes outside which it covers nothing."""
        return tuple(layer.possible for layer in self.layers)

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

    @property
    def key(self) -> ClauseKey:
        """Document and id of the clause."""
        return self.clause.document, self.clause.id

    @cached_property
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
    """A precedence with the conditions of the document that states it, where they are open."""

    rule: Precedence
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Clauses, facts and gaps of some documents."""

    halves: tuple[Half, ...] = ()
    statements: tuple[Statement, ...] = ()
    missing: tuple[Missing, ...] = ()


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

    @cached_property
    def document_ids(self) -> frozenset[str]:
        """The documents that are part of the agreement, or may be."""
        return frozenset(document.id for document in (*self.documents, *self.assumed_absent))

    @cached_property
    def outlines(self) -> tuple[tuple[BoxMask, Half], ...]:
        """Each half with the smallest box around it."""
        return tuple((union_box(half.around), half) for half in self.halves)

    @cached_property
    def memory(self) -> dict[object, object]:
        """What was worked out once for this standing; a value, so it never goes stale."""
        return {}

    @cached_property
    def contract_at_hand(self) -> bool:
        """Whether a contract of the agreement has been read (semantics 6.2)."""
        return any(
            document.kind is DocumentKind.CONTRACT and document.id in self.versions
            for document in self.documents
        )


# --- versions in force (semantics 3.1) -----------------------------------------------------------


def in_force(vendor: Vendor, document: Document, on: date) -> Version | None:
    """The version of a document in force on a day; none where it is not at hand."""
    if document.absence is not None:
        return None
    recorded = [v for v in vendor.versions if v.document == document.id and v.effective <= on]
    latest = max(recorded, key=lambda version: version.effective, default=None)
    known = [day for name, day in vendor.known_versions if name == document.id and day <= on]
    if latest is not None and known and max(known) > latest.effective:
        return None
    return latest


def is_withdrawn(vendor: Vendor, document: Document, on: date) -> bool:
    """Whether the version in force ended without another (semantics 3.1, 10.8)."""
    version = in_force(vendor, document, on)
    return version is not None and version.withdrawn is not None and on > version.withdrawn


def _belongs(vendor: Vendor, document: Document, context: Context, on: date) -> bool:
    """Whether a document may be part of the agreement (semantics 4.4, 10.8)."""
    agreed = dict(context.agreements).get(document.id)
    return agreed is not False and not is_withdrawn(vendor, document, on)


def _is_assumed_absent(document: Document, context: Context) -> bool:
    return document.assume_absent and document.id not in dict(context.agreements)


# --- clauses -------------------------------------------------------------------------------------


def _admitted(clause: Clause, stances: Iterable[Stance]) -> frozenset[Stance]:
    """Firmness other than promise adds free to a protective stance (semantics 2.2)."""
    found = frozenset(stances)
    if clause.firmness is not Firmness.PROMISE and found != {Stance.FREE}:
        found |= {Stance.FREE}
    return found


def _second_layers(
    layers: tuple[Layer, ...], vocabulary: Vocabulary, *, perhaps: bool
) -> Iterator[Layer]:
    whole = vocabulary.action.everything
    for layer in layers:
        if not layer.perhaps:
            yield replace(
                layer,
                sure=(whole, *layer.sure[1:]),
                possible=(whole, *layer.possible[1:]),
                perhaps=perhaps,
            )


def _settled(
    half_layers: tuple[Layer, ...],
    readings: Iterable[RecordedReading],
    vocabulary: Vocabulary,
    *,
    second: bool,
) -> tuple[Layer, ...]:
    for reading in readings:
        if reading.term is not None and reading.axis is not None:
            if second and reading.axis == "action":
                continue
            place = AXES.index(reading.axis)
            term = vocabulary.axes[place].sure[reading.term]
            half_layers = settle(half_layers, place, term, covered=bool(reading.covered))
    return half_layers


def _fixed(clause: Clause, readings: Iterable[RecordedReading]) -> frozenset[Stance]:
    written = _admitted(clause, clause.stances)
    for reading in readings:
        if reading.stance is not None and reading.stance in written:
            return frozenset({reading.stance})
    return written


def _supposed(clause: Clause, supposing: Iterable[Suppose]) -> Clause:
    for case in supposing:
        if (case.document, case.clause) == (clause.document, clause.id):
            if case.closed is not None:
                clause = replace(clause, closed=case.closed)
            if case.consent_from is not None:
                clause = replace(clause, consent_from=case.consent_from)
    return clause


@dataclass(frozen=True, kw_only=True)
class _Maker:
    """What is needed to turn one version's clauses into halves and statements."""

    vendor: Vendor
    vocabulary: Vocabulary
    use: Use
    on: date
    known: Knowledge
    verified: frozenset[tuple[str, date, str]]
    documents: tuple[Document, ...]
    optional: tuple[Document, ...]
    replacers: Mapping[str, tuple[Document, ...]]
    readings: tuple[RecordedReading, ...]
    idle: tuple[RecordedReading, ...]
    chosen: tuple[Chosen, ...]

    def guards(self, document: Document, applies: tuple[Guard, ...]) -> tuple[Guard, ...]:
        replaced = tuple(Unless(other.applies) for other in self.replacers.get(document.id, ()))
        return (*document.applies, *applies, *replaced)

    def read_on(self, clause: Clause) -> tuple[RecordedReading, ...]:
        key = (clause.document, clause.id)
        return tuple(r for r in self.readings if (r.document, r.clause) == key)

    def open_guards(
        self, guards: tuple[Guard, ...], layers: tuple[Layer, ...]
    ) -> tuple[Guard, ...] | None:
        """The guards still open; none if they fail for certain."""
        guards = self._opted_out(guards, layers)
        settled = self.known.verdict_on(guards)
        if settled is False:
            return None
        return () if settled else guards

    def _opted_out(self, guards: tuple[Guard, ...], layers: tuple[Layer, ...]) -> tuple[Guard, ...]:
        """Our recorded opt-outs settle `opted-out` where they cover all of a clause (10.10)."""
        if ("opted-out", "") in self.known.values or not self._all_opted_out(layers):
            return guards
        kept: list[Guard] = []
        for guard in guards:
            if isinstance(guard, Unless) or guard.key != "opted-out":
                kept.append(guard)
            elif ("true" in guard.values) == guard.negated:
                kept.append(NEVER)
        return tuple(kept)

    def _all_opted_out(self, layers: tuple[Layer, ...]) -> bool:
        boxes = [c.sure for c in self.chosen if c.choice.kind.value == "opted-out"]
        return bool(boxes) and covers(boxes, layers)

    def active(self, layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
        """Exceptions whose conditions are settled lose them, or fall away (10.2)."""
        return tuple(
            replace(layer, carved=tuple(self._carves(layer))) if layer.carved else layer
            for layer in layers
        )

    def _carves(self, layer: Layer) -> Iterator[Carved]:
        for carve in layer.carved:
            settled = self.known.verdict_on(carve.applies)
            if settled is None:
                yield carve
            elif settled:
                yield replace(carve, applies=())

    def halves(self, clause: Clause, version: Version, document: Document) -> Iterator[Half]:
        if clause.scope is None:
            return
        clause = _supposed(clause, self.use.supposing)
        readings = self.read_on(clause)
        scope = clause.scope or Scope(parts=())
        raw = scope_layers(scope, self.vocabulary, clause_defaults(self.vocabulary))
        layers = self.active(_settled(raw, readings, self.vocabulary, second=False))
        guards = self.open_guards(self.guards(document, clause.applies), layers)
        if guards is None:
            return
        verified = (document.id, version.effective, clause.id) in self.verified
        first = Half(
            clause=clause,
            version=version,
            document=document,
            layers=layers,
            stances=_fixed(clause, readings),
            guards=guards,
            verified=verified,
        )
        yield first
        if clause.closed is not Closed.NO:
            perhaps = clause.closed is Closed.PERHAPS
            other = tuple(_second_layers(raw, self.vocabulary, perhaps=perhaps))
            settled = _settled(other, readings, self.vocabulary, second=True)
            yield replace(
                first,
                layers=self.active(settled),
                stances=_admitted(clause, (Stance.BARRED,)),
                second=True,
            )

    def statements(
        self, clause: Clause, version: Version, document: Document
    ) -> Iterator[Statement]:
        for fact in clause.states:
            layers = self._fact_layers(fact, clause)
            guards = self.open_guards(self.guards(document, clause.applies), layers)
            if guards is None:
                continue
            yield Statement(
                fact=fact,
                clause=clause,
                version=version,
                document=document,
                layers=layers,
                guards=guards,
                verified=(document.id, version.effective, clause.id) in self.verified,
            )

    def _fact_layers(self, fact: FactStatement, clause: Clause) -> tuple[Layer, ...]:
        vocabulary = self.vocabulary
        if fact.of is not None:
            layers = scope_layers(fact.of, vocabulary, whole_defaults(vocabulary))
        elif clause.scope is not None:
            layers = scope_layers(clause.scope, vocabulary, clause_defaults(vocabulary))
            layers = _settled(layers, self.read_on(clause), vocabulary, second=False)
        else:
            layers = whole_layers(vocabulary)
        return self.active(layers)


def whole_layers(vocabulary: Vocabulary) -> tuple[Layer, ...]:
    """Every use."""
    action, data, by, state = (axis.everything for axis in vocabulary.axes)
    everything = (action, data, by, state)
    return (Layer(sure=everything, possible=everything),)


def covers(boxes: list[BoxMask], layers: tuple[Layer, ...]) -> bool:
    """Whether a union of boxes covers all that layers possibly cover."""
    within = union_box(layer.possible for layer in layers)
    cells = grid(within, (*boxes, *masks_of(layers)))
    found = 0
    for box in boxes:
        found |= cells.box(box)
    return not cells.possible(layers) & ~found


# --- the whole -----------------------------------------------------------------------------------


def _missing(document: Document, version: Version | None, maker: _Maker) -> Iterator[Missing]:
    """What of a document that governs nobody has read (semantics 3.1, 4.4)."""
    if document.kind is DocumentKind.STATEMENT:
        return
    guards = maker.guards(document, ())
    if version is None:
        yield from _lacking(document, document.absence or Absence(), guards, maker, unread=False)
    else:
        for absence in version.unread:
            yield from _lacking(document, absence, guards, maker, unread=True)


def _lacking(
    document: Document,
    absence: Absence,
    guards: tuple[Guard, ...],
    maker: _Maker,
    *,
    unread: bool,
) -> Iterator[Missing]:
    if supposed_read(maker.use, document) is not None:
        return
    vocabulary = maker.vocabulary
    layers = (
        whole_layers(vocabulary)
        if absence.about is None
        else maker.active(scope_layers(absence.about, vocabulary, whole_defaults(vocabulary)))
    )
    still = maker.open_guards(guards, layers)
    if still is not None:
        yield Missing(
            document=document, absence=absence, layers=layers, guards=still, unread=unread
        )


def supposed_read(use: Use, document: Document) -> Read | None:
    """What a document is supposed to say, if anything is."""
    return next(
        (case.read for case in use.supposing if case.read and case.document == document.id), None
    )


def _imagined(document: Document, version: Version | None, maker: _Maker) -> Iterator[Half]:
    """The clause an unread document is supposed to have (semantics 4.6: what would follow)."""
    said = supposed_read(maker.use, document)
    if said is None or said is Read.NOTHING:
        return
    absences = version.unread if version is not None else (document.absence or Absence(),)
    everything = Scope(parts=(Part(box=Box(state=("any",), by=("anyone",))),))
    for place, absence in enumerate(absences):
        clause = Clause(
            id=f"unread-{place}",
            document=document.id,
            verb=Verb.ALLOWS if said is Read.PERMITS else Verb.BARS,
            scope=absence.about or everything,
            stances=(Stance.FREE if said is Read.PERMITS else Stance.BARRED,),
            place=absence.place,
        )
        imagined = Version(document=document.id, effective=maker.on, clauses=(clause,))
        yield from maker.halves(clause, version or imagined, document)


def _replacers(
    vendor: Vendor, documents: Iterable[Document], on: date
) -> dict[str, tuple[Document, ...]]:
    """For each document, those at hand that replace it (10.9)."""
    found: dict[str, tuple[Document, ...]] = {}
    for document in documents:
        if in_force(vendor, document, on) is not None:
            for name in document.replaces:
                found[name] = (*found.get(name, ()), document)
    return found


def _holding(
    vendor: Vendor, readings: Iterable[RecordedReading], on: date
) -> tuple[tuple[RecordedReading, ...], tuple[RecordedReading, ...]]:
    """The readings that hold for the versions in force, and those that do not (semantics 4.7)."""
    documents = {document.id: document for document in vendor.documents}
    holding: list[RecordedReading] = []
    idle: list[RecordedReading] = []
    for reading in readings:
        if reading.vendor != vendor.id:
            continue
        document = documents.get(reading.document)
        then = in_force(vendor, document, reading.on) if document else None
        same = document is not None and then is not None and then is in_force(vendor, document, on)
        (holding if same else idle).append(reading)
    return tuple(holding), tuple(idle)


def _chosen(vendor: Vendor, use: Use, vocabulary: Vocabulary, on: date) -> tuple[Chosen, ...]:
    whole = whole_defaults(vocabulary)
    return tuple(
        Chosen(choice=choice, sure=box_masks(choice.box, vocabulary, whole)[0])
        for choice in use.choices
        if choice.vendor == vendor.id and choice.on <= on
    )


def _is_live(clause: Clause, on: date) -> bool:
    return (clause.begins is None or clause.begins <= on) and (
        clause.ends is None or on <= clause.ends
    )


def stand(
    vendor: Vendor,
    vocabulary: Vocabulary,
    use: Use,
    on: date,
    verified: frozenset[tuple[str, date, str]] = frozenset(),
) -> Standing:
    """Build what stands on a day (semantics 3.1, 3.2, 3.6)."""
    return _build(_maker(vendor, vocabulary, use, on, verified), _Kept())


def restand(old: Standing, use: Use, touched: frozenset[ClauseKey]) -> Standing:
    """The same standing for another use, where only these clauses can come out otherwise."""
    kept = _Kept()
    for half in old.halves:
        if half.key not in touched:
            kept.halves.setdefault(half.key, []).append(half)
    for stated in old.statements:
        if stated.key not in touched:
            kept.statements.setdefault(stated.key, []).append(stated)
    kept.done.update(key for key in old.clauses if key not in touched)
    maker = _maker(old.vendor, old.vocabulary, use, old.on, old.verified)
    return replace(_build(maker, kept), origin=old)


@dataclass(slots=True)
class _Kept:
    """What an earlier standing made of clauses that come out the same."""

    halves: dict[ClauseKey, list[Half]] = field(default_factory=dict)
    statements: dict[ClauseKey, list[Statement]] = field(default_factory=dict)
    done: set[ClauseKey] = field(default_factory=set)


@dataclass(slots=True)
class _Made:
    """Clauses as they are turned into what the engine sees."""

    halves: list[Half] = field(default_factory=list)
    claims: list[Half] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    clauses: list[ClauseKey] = field(default_factory=list)


def _maker(
    vendor: Vendor,
    vocabulary: Vocabulary,
    use: Use,
    on: date,
    verified: frozenset[tuple[str, date, str]],
) -> _Maker:
    part = [d for d in vendor.documents if _belongs(vendor, d, use.context, on)]
    documents = tuple(d for d in part if not _is_assumed_absent(d, use.context))
    holding, idle = _holding(vendor, use.readings, on)
    return _Maker(
        vendor=vendor,
        vocabulary=vocabulary,
        use=use,
        on=on,
        known=knowledge(use.context, vendor, vocabulary),
        verified=verified,
        documents=documents,
        optional=tuple(d for d in part if _is_assumed_absent(d, use.context)),
        replacers=_replacers(vendor, documents, on),
        readings=holding,
        idle=idle,
        chosen=_chosen(vendor, use, vocabulary, on),
    )


def _take(maker: _Maker, document: Document, version: Version, kept: _Kept, made: _Made) -> None:
    """Take in the clauses of one version that are live and bind the vendor."""
    for clause in version.clauses:
        if clause.binds_customer or not _is_live(clause, maker.on):
            continue
        if document.kind is DocumentKind.STATEMENT or clause.statement:
            made.claims.extend(maker.halves(clause, version, document))
            continue
        key = clause.document, clause.id
        made.clauses.append(key)
        if key in kept.done:
            made.halves.extend(kept.halves.get(key, ()))
            made.statements.extend(kept.statements.get(key, ()))
        else:
            made.halves.extend(maker.halves(clause, version, document))
            made.statements.extend(maker.statements(clause, version, document))


def _gather(
    maker: _Maker, documents: Iterable[Document], versions: Mapping[str, Version], kept: _Kept
) -> _Made:
    """Take in some documents, those not at hand among them."""
    made = _Made()
    for document in documents:
        version = versions.get(document.id)
        made.missing.extend(_missing(document, version, maker))
        made.halves.extend(_imagined(document, version, maker))
        if version is not None:
            _take(maker, document, version, kept, made)
    return made


def _build(maker: _Maker, kept: _Kept) -> Standing:
    vendor, on, documents = maker.vendor, maker.on, maker.documents
    everyone = (*documents, *maker.optional)
    versions = {d.id: v for d in everyone if (v := in_force(vendor, d, on)) is not None}
    made = _gather(maker, documents, versions, kept)
    optional = _gather(maker, maker.optional, versions, kept)
    return Standing(
        vendor=vendor,
        vocabulary=maker.vocabulary,
        on=on,
        use=maker.use,
        knowledge=maker.known,
        halves=tuple(made.halves),
        statements=tuple(made.statements),
        missing=tuple(made.missing),
        claims=tuple(made.claims),
        chosen=maker.chosen,
        documents=documents,
        precedence=tuple(_ranked(maker, everyone, versions)),
        optional=Present(
            halves=tuple(optional.halves),
            statements=tuple(optional.statements),
            missing=tuple(optional.missing),
        ),
        verified=maker.verified,
        assumed_absent=maker.optional,
        readings=maker.readings,
        idle_readings=maker.idle,
        versions=versions,
        clauses=(*made.clauses, *optional.clauses),
    )


def _ranked(
    maker: _Maker, documents: Iterable[Document], versions: Mapping[str, Version]
) -> Iterator[Ranked]:
    """What the agreement says of its own order, where what says it applies (3.3 b, 10.12)."""
    for document in documents:
        guards = maker.guards(document, ())
        settled = maker.known.verdict_on(guards)
        if settled is not False:
            for rule in _precedence(document, versions.get(document.id)):
                yield Ranked(rule=rule, guards=() if settled else guards)


def _precedence(document: Document, version: Version | None) -> Iterator[Precedence]:
    yield from document.precedence
    if document.replaces and version is None:
        yield Precedence(document=document.id, over=document.replaces, place=document.place)
    if version is not None:
        yield from version.precedence
