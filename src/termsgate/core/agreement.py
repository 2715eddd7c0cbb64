"""Build what stands between us and a vendor on one day, for one use (semantics 3)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from termsgate.core.conditions import knowledge
from termsgate.core.halves import Maker, whole_layers
from termsgate.core.inforce import belongs, in_force, is_assumed_absent, is_withdrawn
from termsgate.core.model import (
    Absence,
    Box,
    Clause,
    DocumentKind,
    Part,
    Precedence,
    RecordedReading,
    Scope,
    Stance,
    Verb,
    Version,
)
from termsgate.core.space import (
    box_masks,
    scope_layers,
    whole_defaults,
)
from termsgate.core.standing import (
    Chosen,
    ClauseKey,
    Half,
    Missing,
    Present,
    Ranked,
    Read,
    Standing,
    Statement,
    Use,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from termsgate.core.conditions import Guard
    from termsgate.core.model import (
        Document,
        Vendor,
    )
    from termsgate.core.vocabulary import Vocabulary


def _missing(document: Document, version: Version | None, maker: Maker) -> Iterator[Missing]:
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
    maker: Maker,
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
    still = maker.open_guards(guards, document)
    if still is not None:
        yield Missing(
            document=document, absence=absence, layers=layers, guards=still, unread=unread
        )


def supposed_read(use: Use, document: Document) -> Read | None:
    """What a document is supposed to say, if anything is."""
    return next(
        (case.read for case in use.supposing if case.read and case.document == document.id), None
    )


def _imagined(document: Document, version: Version | None, maker: Maker) -> Iterator[Half]:
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
            supposed=True,
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


def readings_holding(
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
        then = None
        if document is not None and not is_withdrawn(vendor, document, reading.on):
            then = in_force(vendor, document, reading.on)
        same = document is not None and then is not None and then is in_force(vendor, document, on)
        (holding if same else idle).append(reading)
    return tuple(holding), tuple(idle)


def chosen_by(vendor: Vendor, use: Use, vocabulary: Vocabulary, on: date) -> tuple[Chosen, ...]:
    """What we have chosen by a day, with the boxes it surely covers (semantics 2.4)."""
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
    return _build(maker_of(vendor, vocabulary, use, on, verified), _Kept())


def restand(old: Standing, use: Use, touched: frozenset[ClauseKey]) -> Standing:
    """The same standing for another use, where only these clauses can come out otherwise."""
    kept = _Kept()
    for half in (*old.halves, *old.optional.halves):
        if half.key not in touched:
            kept.halves.setdefault(half.key, []).append(half)
    for stated in (*old.statements, *old.optional.statements):
        if stated.key not in touched:
            kept.statements.setdefault(stated.key, []).append(stated)
    kept.done.update(key for key in old.clauses if key not in touched)
    maker = maker_of(old.vendor, old.vocabulary, use, old.on, old.verified)
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


def maker_of(
    vendor: Vendor,
    vocabulary: Vocabulary,
    use: Use,
    on: date,
    verified: frozenset[tuple[str, date, str]],
) -> Maker:
    """What turns the clauses of a vendor into what the engine sees."""
    part = [d for d in vendor.documents if belongs(vendor, d, use.context, on)]
    documents = tuple(d for d in part if not is_assumed_absent(d, use.context))
    holding, idle = readings_holding(vendor, use.readings, on)
    return Maker(
        vendor=vendor,
        vocabulary=vocabulary,
        use=use,
        on=on,
        known=knowledge(use.context, vendor, vocabulary),
        verified=verified,
        documents=documents,
        optional=tuple(d for d in part if is_assumed_absent(d, use.context)),
        replacers=_replacers(vendor, documents, on),
        readings=holding,
        idle=idle,
        chosen=chosen_by(vendor, use, vocabulary, on),
    )


def _take(maker: Maker, document: Document, version: Version, kept: _Kept, made: _Made) -> None:
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
    maker: Maker, documents: Iterable[Document], versions: Mapping[str, Version], kept: _Kept
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


def _build(maker: Maker, kept: _Kept) -> Standing:
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
        precedence=tuple(_ranked(maker, versions)),
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


def _ranked(maker: Maker, versions: Mapping[str, Version]) -> Iterator[Ranked]:
    """What the agreement says of its own order, where what says it applies (3.3 b, 10.12)."""
    for document in (*maker.documents, *maker.optional):
        guards = maker.open_guards(maker.guards(document, ()), document)
        if guards is not None:
            for rule in _precedence(document, versions.get(document.id)):
                yield Ranked(
                    rule=rule,
                    document=document,
                    optional=document in maker.optional,
                    guards=guards,
                )


def _precedence(document: Document, version: Version | None) -> Iterator[Precedence]:
    yield from document.precedence
    if document.replaces and version is None:
        yield Precedence(document=document.id, over=document.replaces, place=document.place)
    if version is not None:
        yield from version.precedence
