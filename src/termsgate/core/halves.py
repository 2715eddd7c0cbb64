"""Clauses as the engine sees them: closed lists in two, what is known settled (2.5, 3.2, 4.7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from termsgate.core.conditions import Unless
from termsgate.core.model import (
    AXES,
    Clause,
    Closed,
    Firmness,
    RecordedReading,
    Stance,
    Version,
)
from termsgate.core.once import once
from termsgate.core.space import (
    BoxMask,
    Carved,
    Layer,
    at_most,
    clause_defaults,
    grid,
    masks_of,
    scope_layers,
    settle,
    union_box,
    whole_defaults,
)
from termsgate.core.standing import NEVER, Chosen, Half, Statement, Suppose, Use

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
    readings: tuple[RecordedReading, ...],
    vocabulary: Vocabulary,
    *,
    second: bool,
) -> tuple[Layer, ...]:
    if not readings:
        return half_layers
    said = {True: [0] * len(AXES), False: [0] * len(AXES)}
    for reading in readings:
        if reading.term is None or reading.axis is None or (second and reading.axis == "action"):
            continue
        place = AXES.index(reading.axis)
        said[bool(reading.covered)][place] |= vocabulary.axes[place].sure[reading.term]
    for place, (covered, denied) in enumerate(zip(said[True], said[False], strict=True)):
        # Readings that contradict each other settle nothing where they do (10.26).
        for yes, leaves in ((True, covered & ~denied), (False, denied & ~covered)):
            if leaves:
                half_layers = settle(half_layers, place, leaves, covered=yes)
    return half_layers


def _fixed(
    clause: Clause, stances: tuple[Stance, ...], readings: tuple[RecordedReading, ...]
) -> frozenset[Stance]:
    """What the words admit, or what a recorded reading chose among it (semantics 2.2, 4.7)."""
    written = _admitted(clause, stances)
    if not readings:
        return written
    chosen = {reading.stance for reading in readings if reading.stance in written}
    return frozenset(chosen) & written if len(chosen) == 1 else written


def _supposed(clause: Clause, supposing: Iterable[Suppose]) -> Clause:
    for case in supposing:
        if (case.document, case.clause) == (clause.document, clause.id):
            if case.closed is not None:
                clause = replace(clause, closed=case.closed)
            if case.consent_from is not None:
                clause = replace(clause, consent_from=case.consent_from)
    return clause


@dataclass(frozen=True, kw_only=True)
class Maker:
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
        """All that must hold: of the document, the clause, and what would replace it (3.2)."""
        if document.id not in self.replacers:
            return (*document.applies, *applies)
        replaced = tuple(
            Unless(other.applies, other.id)
            for other in self.replacers[document.id]
            if self.known.verdict_on(other.applies, other.id) is not False
        )
        return (*document.applies, *applies, *replaced)

    def read_on(self, clause: Clause) -> tuple[RecordedReading, ...]:
        """The recorded readings of a clause (semantics 4.7)."""
        if not self.readings:
            return ()
        key = (clause.document, clause.id)
        return tuple(r for r in self.readings if (r.document, r.clause) == key)

    def open_guards(
        self, guards: tuple[Guard, ...], document: Document
    ) -> tuple[Guard, ...] | None:
        """The guards still open, of something in a document; none if they fail for certain.

        That another document takes its place is not certain: an answer may drop that one (10.8).
        """
        own = tuple(guard for guard in guards if not isinstance(guard, Unless))
        if self.known.verdict_on(own, document.id) is False:
            return None
        return () if self.known.verdict_on(guards) else guards

    def _guards_of(
        self, clause: Clause, document: Document, layers: tuple[Layer, ...]
    ) -> tuple[Guard, ...] | None:
        """The guards of a clause still open, `layers` being all that it is about."""
        guards = self.guards(document, clause.applies)
        return self.open_guards(self._opted_out(guards, layers), document) if guards else ()

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

    def _is_verified(self, clause: Clause, version: Version, document: Document) -> bool:
        """Whether the quote of a clause was found (semantics 3.7)."""
        names = self.verified
        return bool(names) and (document.id, version.effective, clause.id) in names

    @once
    def _defaults(self) -> tuple[tuple[int, int], ...]:
        return clause_defaults(self.vocabulary)

    def halves(self, clause: Clause, version: Version, document: Document) -> Iterator[Half]:
        """A clause with a verb: one half, or two where its list is closed (semantics 2.5)."""
        scope = clause.scope
        if scope is None:
            return
        clause = _supposed(clause, self.use.supposing)
        readings = self.read_on(clause)
        raw = scope_layers(scope, self.vocabulary, self._defaults)
        layers = self._as_read(raw, clause)
        guards = self._guards_of(clause, document, layers)
        if guards is None:
            return
        first = Half(
            clause=clause,
            version=version,
            document=document,
            layers=layers,
            stances=_fixed(clause, clause.stances, readings),
            guards=guards,
            verified=self._is_verified(clause, version, document),
        )
        yield first
        if clause.closed is not Closed.NO:
            perhaps = clause.closed is Closed.PERHAPS
            other = tuple(_second_layers(raw, self.vocabulary, perhaps=perhaps))
            settled = _settled(other, readings, self.vocabulary, second=True)
            yield replace(
                first,
                layers=self.active(settled),
                stances=_fixed(clause, (Stance.BARRED,), readings),
                second=True,
            )

    def statements(
        self, clause: Clause, version: Version, document: Document
    ) -> Iterator[Statement]:
        """The facts a clause states, each with its scope (semantics 5.1)."""
        if not clause.states:
            return
        own = self._verb_layers(clause)
        stated = [(fact, self._fact_layers(fact, clause, own)) for fact in clause.states]
        about = tuple(layer for _, layers in stated for layer in layers) if own is None else own
        guards = self._guards_of(clause, document, about)
        if guards is None:
            return
        for fact, layers in stated:
            yield Statement(
                fact=fact,
                clause=clause,
                version=version,
                document=document,
                layers=layers,
                guards=guards,
                verified=self._is_verified(clause, version, document),
            )

    def _verb_layers(self, clause: Clause) -> tuple[Layer, ...] | None:
        """All that a clause is about by its verb, recorded readings counted."""
        if clause.scope is None:
            return None
        layers = scope_layers(clause.scope, self.vocabulary, self._defaults)
        return self._as_read(layers, clause)

    def _as_read(self, layers: tuple[Layer, ...], clause: Clause) -> tuple[Layer, ...]:
        """What recorded readings of a clause, and what we know, leave open of a scope of it."""
        readings = self.read_on(clause)
        return self.active(_settled(layers, readings, self.vocabulary, second=False))

    def _fact_layers(
        self, fact: FactStatement, clause: Clause, own: tuple[Layer, ...] | None
    ) -> tuple[Layer, ...]:
        """The scope of a fact: what it names, else the clause's own, else everything (5.1)."""
        if fact.of is not None:
            whole = whole_defaults(self.vocabulary)
            return self._as_read(scope_layers(fact.of, self.vocabulary, whole), clause)
        return whole_layers(self.vocabulary) if own is None else own


def whole_layers(vocabulary: Vocabulary) -> tuple[Layer, ...]:
    """Every use."""
    action, data, by, state = (axis.everything for axis in vocabulary.axes)
    everything = (action, data, by, state)
    return (Layer(sure=everything, possible=everything),)


def covers(boxes: list[BoxMask], layers: tuple[Layer, ...]) -> bool:
    """Whether a union of boxes covers all that layers possibly cover, whatever is answered.

    What its exceptions leave nothing of is not covered: nobody opted out of it.
    """
    layers = at_most(layers)
    within = union_box(layer.possible for layer in layers)
    cells = grid(within, (*boxes, *masks_of(layers)))
    found = 0
    for box in boxes:
        found |= cells.box(box)
    reach = cells.possible(layers)
    return bool(reach) and not reach & ~found
