"""Why a verdict is what it is: deciding clauses, witness, documents not at hand, claims (4.6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from termsgate.core.conditions import combinations
from termsgate.core.conditions import told as conditions_told
from termsgate.core.govern import Contest, precedents
from termsgate.core.hope import hopeful
from termsgate.core.model import (
    AXES,
    ChoiceKind,
    Closed,
    Forbid,
    May,
    Require,
    ReviewStatus,
    Stance,
)
from termsgate.core.once import once
from termsgate.core.space import cells, clause_defaults, scope_layers, touches, with_axis
from termsgate.core.stances import CONSENTS
from termsgate.core.standing import Statement
from termsgate.core.tree import Knot, Leaf, combine, own_scope, own_terms
from termsgate.core.values import Denied, Duration, Listed, Money, Text, Unspecified, Word, YesNo
from termsgate.core.verdict import (
    AbsentDocument,
    Claim,
    Deciding,
    Part,
    Ruling,
    Witness,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from termsgate.core.case import Case, Outcome
    from termsgate.core.conditions import Answers
    from termsgate.core.field import Field, Shadow
    from termsgate.core.govern import Contender
    from termsgate.core.model import Clause, FactStatement, RecordedReading
    from termsgate.core.space import BoxMask
    from termsgate.core.standing import Half, Missing, Standing
    from termsgate.core.values import Value
    from termsgate.core.verdict import Criterion
    from termsgate.core.vocabulary import Vocabulary


PARTS: Final = {Part.FAILS: 0, Part.OPEN: 1, Part.MEETS: 2, Part.DEFEATED: 3}
"""The order in which clauses are told."""

MOST_TOLD: Final = 64
"""How many combinations of answers are looked through for documents to name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One outcome of one part that the verdict rests on, and the cells that show it.

    `cell` is the first of them in vocabulary order.
    """

    outcome: Outcome
    field: Field
    shown: int

    @property
    def cell(self) -> int:
        """The first cell that shows the verdict."""
        return self.shown & -self.shown


@dataclass(frozen=True, kw_only=True)
class Account:
    """The full story of one case under the answers that show its verdict best."""

    case: Case

    @once
    def answers(self) -> Answers:
        """The answers whose verdict is the worst, else the first; none where nothing is asked."""
        if self.case.too_many:
            return next(combinations(self.case.asked))
        applicable = [
            (ruling, place)
            for place, (_, ruling) in enumerate(self.case.by_answers)
            if ruling is not Ruling.NOT_APPLICABLE
        ]
        return self.case.by_answers[min(applicable)[1] if applicable else 0][0]

    @once
    def contrasts(self) -> tuple[Answers, ...]:
        """The first answers that lead to each other verdict, where the answers disagree."""
        first: dict[Ruling, Answers] = {}
        for answers, ruling in () if self.case.too_many else self.case.by_answers:
            first.setdefault(ruling, answers)
        return tuple(
            answers
            for ruling, answers in sorted(first.items())
            if ruling is not Ruling.NOT_APPLICABLE and answers != self.answers
        )

    @once
    def outcomes(self) -> tuple[Outcome, ...]:
        """What each part came to under those answers."""
        if self.case.ruling is Ruling.NOT_APPLICABLE and self.case.applies is False:
            return ()
        return self.case.outcomes(self.answers)

    @once
    def views(self) -> tuple[View, ...]:
        """The parts the verdict rests on."""
        return self._views(self.outcomes)

    def _views(self, outcomes: tuple[Outcome, ...]) -> tuple[View, ...]:
        rulings = {id(one.leaf): one.ruling for one in outcomes}
        if not rulings:
            return ()
        leaves = {id(leaf) for leaf in _deciding(self.case.tree, rulings)[1]}
        return tuple(
            View(outcome=one, field=field, shown=field.cells_of(one.ruling))
            for one in outcomes
            if id(one.leaf) in leaves
            for field in one.fields
            if field.cells_of(one.ruling)
        )

    @once
    def hopeful(self) -> tuple[View, ...]:
        """The silent parts that could be met, under the first answers that leave them so (10.28).

        Where answers disagree the verdict is unclear, and what is shown is under one of them.
        """
        for outcomes in self._asked_under():
            helping = hopeful(self.case.tree, outcomes)
            if helping:
                views = self._views(outcomes)
                return tuple(view for view in views if id(view.outcome.leaf) in helping)
        return ()

    def _asked_under(self) -> Iterator[tuple[Outcome, ...]]:
        """What each part came to under the answers shown, then, if silent, under the others."""
        yield self.outcomes
        if self.case.ruling is Ruling.SILENT:
            yield from (self.case.outcomes(each) for each in self.case.apart[:MOST_TOLD])

    # -- clauses ----------------------------------------------------------------------------------

    @once
    def deciding(self) -> tuple[Deciding, ...]:
        """The clauses that decided, then those they defeated, each once, in document order."""
        views = [self.views, *(self._views(self.case.outcomes(a)) for a in self.contrasts)]
        return in_order(one for group in views for view in group for one in _deciding_clauses(view))

    @once
    def witness(self) -> Witness | None:
        """One use that shows the verdict (semantics 4.6)."""
        for view in self.views:
            found = witness_of(view, self.case)
            if found is not None:
                return found
        return None

    # -- documents --------------------------------------------------------------------------------

    @once
    def absent(self) -> tuple[AbsentDocument, ...]:
        """Every document not at hand that the requirement touches, and what it did (4.4)."""
        found: dict[tuple[str, bool], AbsentDocument] = {}
        for outcome in self._told_outcomes():
            for field in outcome.fields:
                for shadow in field.shadows:
                    if shadow.reach:
                        _remember(found, _absent(shadow))
        for outcome, scene in zip(self.outcomes, self.case.scenes, strict=False):
            if outcome.unstated:
                for missing in scene.unread:
                    _remember(found, _unread(missing))
        found |= {(one.document, False): one for one in assumed(self.case.standing)}
        return tuple(found[key] for key in sorted(found))

    def _told_outcomes(self) -> Iterator[Outcome]:
        """Every part under the answers shown, and under the others, which may name documents."""
        yield from self.outcomes
        if self.outcomes and not self.case.too_many:
            for answers in self.case.apart[:MOST_TOLD]:
                if answers != self.answers:
                    yield from self.case.outcomes(answers)

    @once
    def claims(self) -> tuple[Claim, ...]:
        """What documents that never govern say about the same use (semantics 3.6)."""
        return claims_about(self.case)

    @once
    def notes(self) -> tuple[str, ...]:
        """Sentences the report must show."""
        return tuple(dict.fromkeys(self._notes()))

    def _notes(self) -> Iterator[str]:
        if self.case.applies is False:
            yield f"it applies where {conditions_told(self.case.requirement.applies)}"
        yield from choices_on(self.deciding, self.case)
        yield from notes_on(self.deciding, self.case.standing)
        if self.case.too_many:
            yield "too many combinations of open conditions to try: the verdict is unclear"
        if any(view.field.bound for view in self.views):
            yield "more than twelve clauses are open on a precedence circle: the verdict is unclear"
        yield from unstated(one.unstated for one in self.outcomes if one.unstated)


def _remember(found: dict[tuple[str, bool], AbsentDocument], one: AbsentDocument) -> None:
    key = one.document, one.unread
    if key not in found or one.matters:
        found[key] = one


def _deciding(tree: Leaf | Knot, rulings: dict[int, Ruling]) -> tuple[Ruling, list[Leaf]]:
    """The verdict of a tree and the leaves it rests on (semantics 6.1)."""
    if isinstance(tree, Leaf):
        return rulings[id(tree)], [tree]
    parts = [_deciding(part, rulings) for part in tree.parts]
    whole = combine((ruling for ruling, _ in parts), every=tree.every)
    return whole, [leaf for ruling, leaves in parts if ruling is whole for leaf in leaves]


# --- clauses -------------------------------------------------------------------------------------


def _deciding_clauses(view: View) -> Iterator[Deciding]:
    """Those that govern where the verdict shows, and those over which one prevails there.

    Where too much is open to say who governs, all are open (10.15).
    """
    field, shown = view.field, view.shown
    over: dict[int, list[tuple[Half | Statement, Criterion]]] | None = None
    for place, (contender, where) in enumerate(zip(field.contenders, field.where, strict=True)):
        if where & shown:
            yield _governs(contender, where & shown)
        elif contender.present & shown & field.bound:
            yield told(contender.rival, Part.OPEN)
        elif contender.present & shown:
            over = _prevailing(view) if over is None else over
            yield defeated(contender.rival, over[place])


def _prevailing(view: View) -> dict[int, list[tuple[Half | Statement, Criterion]]]:
    """For each contender over whom others prevail where the verdict shows: who, and why."""
    contenders = view.field.contenders
    found: dict[int, list[tuple[Half | Statement, Criterion]]] = {}
    for held in view.field.held:
        for first, second, where, criterion in contest_of(view.field, held).edges():
            if where & view.shown:
                found.setdefault(second, []).append((contenders[first].rival, criterion))
    return found


def _part(contender: Contender, where: int) -> Part:
    """What a clause does where it surely applies; open where it nowhere surely does."""
    here = where & contender.always
    meets, fails = bool(contender.meets & here), bool(contender.fails & here)
    if contender.unsure & where or meets == fails:
        return Part.OPEN
    return Part.MEETS if meets else Part.FAILS


def _governs(contender: Contender, where: int) -> Deciding:
    return told(contender.rival, _part(contender, where))


def told(rival: Half | Statement, part: Part) -> Deciding:
    """A clause that governs, and what it does."""
    return Deciding(
        clause=rival.clause,
        effective=rival.version.effective,
        part=part,
        facts=_facts(rival),
        second_half=rival.second,
    )


def in_order(deciding: Iterable[Deciding]) -> tuple[Deciding, ...]:
    """What fails first, then what is open, what meets and what was defeated; by place.

    A clause that decides by several of the facts it states is told once, with all of them.
    """
    found: dict[tuple[object, ...], Deciding] = {}
    for one in deciding:
        key = one.clause.document, one.clause.id, one.second_half
        first = found.setdefault(key, one)
        if first is not one and one.part is first.part and one.facts != first.facts:
            facts = tuple(dict.fromkeys((*first.facts, *one.facts)))
            found[key] = replace(first, facts=facts)
    return tuple(
        sorted(
            found.values(),
            key=lambda one: (PARTS[one.part], one.clause.place.path, one.clause.place.line),
        )
    )


def claims_about(case: Case) -> tuple[Claim, ...]:
    """What documents that never govern say about the same use (semantics 3.6)."""
    if not case.standing.claims:
        return ()
    boxes = [
        layer.sure
        for leaf in case.leaves
        if isinstance(leaf.demand, Forbid)
        for layer in leaf.layers
    ]
    found = {
        half.key: Claim(clause=half.clause, effective=half.version.effective)
        for half in case.standing.claims
        if not half.second and half.reaches(boxes)
    }
    return tuple(found[key] for key in sorted(found))


def assumed(standing: Standing) -> tuple[AbsentDocument, ...]:
    """The optional documents nobody has said were agreed (semantics 4.4)."""
    return tuple(
        AbsentDocument(
            document=document.id,
            matters=False,
            assumed=True,
            why="assumed absent: nobody has said that it was agreed",
        )
        for document in sorted(standing.assumed_absent, key=lambda document: document.id)
    )


def readings_on(case: Case) -> tuple[RecordedReading, ...]:
    """The readings of clauses that could bear on the requirement as written (semantics 4.7)."""
    return tuple(one for one in case.standing.readings if _could_bear(one, case))


def _could_bear(reading: RecordedReading, case: Case) -> bool:
    version = case.standing.versions.get(reading.document)
    clauses = version.clauses if version is not None else ()
    clause = next((one for one in clauses if one.id == reading.clause), None)
    return clause is not None and any(_could_touch(clause, leaf, case) for leaf in case.leaves)


def _could_touch(clause: Clause, leaf: Leaf, case: Case) -> bool:
    """Whether it states a fact the part asks for, or may cover a use the part is about."""
    asked = [when.fact for when in leaf.whens]
    if isinstance(leaf.demand, Require):
        asked.append(leaf.demand.fact)
    stated = [one.fact for one in clause.states]
    if any(fact == name or fact.startswith(f"{name}.") for fact in stated for name in asked):
        return True
    if clause.scope is None or not isinstance(leaf.demand, Forbid):
        return False
    vocabulary = case.standing.vocabulary
    layers = scope_layers(clause.scope, vocabulary, clause_defaults(vocabulary))
    # A closed list bars every action that it does not name.
    rest = 0 if clause.closed is Closed.NO else vocabulary.axes[0].everything
    possible = [(layer.possible[0] | rest, *layer.possible[1:]) for layer in layers]
    return any(touches(own, layer.sure) for own in possible for layer in leaf.layers)


_CHOSE: Final = {
    ChoiceKind.OPTED_OUT: ("opted out", frozenset({Stance.OPT_OUT})),
    ChoiceKind.REFUSED: ("refused consent", CONSENTS),
    ChoiceKind.CONSENTED: ("consented", CONSENTS),
}
"""Our choices in words, and the stances that leave them to us."""


def choices_on(deciding: Iterable[Deciding], case: Case) -> Iterator[str]:
    """What we chose where a clause that decided leaves us the choice (semantics 2.4)."""
    boxes = [layer.sure for leaf in case.leaves for layer in leaf.layers]
    told = {(one.clause.document, one.clause.id) for one in deciding if one.part != Part.DEFEATED}
    halves = [half for half in case.standing.halves if half.key in told]
    for chosen in case.standing.chosen:
        choice = chosen.choice
        words, stances = _CHOSE[choice.kind]
        proof = f" ({choice.proof})" if choice.proof else ""
        if not any(touches(chosen.sure, box) for box in boxes):
            continue
        for half in halves:
            if half.stances & stances and half.reaches([chosen.sure]):
                yield f"we {words} on {choice.on}, which {'.'.join(half.key)} leaves to us{proof}"


def notes_on(deciding: Iterable[Deciding], standing: Standing) -> tuple[str, ...]:
    """What a reader of the verdict must know of reviews and of readings that do not hold."""
    found: list[str] = []
    for one in deciding:
        version = standing.versions.get(one.clause.document)
        review = version.review if version is not None else None
        if review and review.status in (ReviewStatus.DRAFT, ReviewStatus.DISPUTED):
            found.append(f"the reading of {one.clause.document} is {review.status.value}")
    found.extend(
        f"the reading of {reading.document}.{reading.clause} recorded on {reading.on} "
        "is for another version and waits to be confirmed"
        for reading in standing.idle_readings
    )
    return tuple(dict.fromkeys(found))


def unstated(facts: Iterable[str]) -> tuple[str, ...]:
    """That a requirement, or a part, waits for facts that nobody states (semantics 6.2)."""
    told = (f"no clause at hand that governs here states `{fact}`" for fact in facts)
    return tuple(dict.fromkeys(told))


def _facts(rival: Half | Statement) -> tuple[str, ...]:
    if isinstance(rival, Statement):
        stated = rival.fact
        return (f"{stated.fact}: {in_words(stated)}",)
    return ()


def defeated(rival: Half | Statement, over: list[tuple[Half | Statement, Criterion]]) -> Deciding:
    """A clause over which others prevail, and by which criterion the first of them does."""
    return Deciding(
        clause=rival.clause,
        effective=rival.version.effective,
        part=Part.DEFEATED,
        criterion=over[0][1],
        defeated_by=tuple(dict.fromkeys(".".join(first.key) for first, _ in over)),
        facts=_facts(rival),
        second_half=rival.second,
    )


def contest_of(field: Field, held: frozenset[int]) -> Contest:
    """How the contenders of a field stand to each other."""
    return Contest(contenders=field.contenders, precedents=precedents(field.scene.standing, held))


def in_words(stated: FactStatement) -> str:
    """A stated value as the file writes it."""
    text = value_in_words(stated.value)
    return text if stated.firmness.value == "promise" else f"{text} ({stated.firmness.value})"


def value_in_words(value: Value) -> str:
    """A value as the file writes it."""
    match value:
        case Duration():
            return f"{value.amount} {value.unit.value}"
        case Money():
            return f"{value.amount} {value.currency}"
        case Word():
            return value.word
        case Listed():
            return ", ".join(value.words)
        case Text():
            return value.text
        case YesNo():
            return "true" if value.yes else "false"
        case Denied():
            return "none"
        case Unspecified():
            hint = f" ({value_in_words(value.hint)})" if value.hint is not None else ""
            return f"unspecified{hint}"


# --- the witness ---------------------------------------------------------------------------------


def witness_of(view: View, case: Case) -> Witness | None:
    """The first use that shows the verdict, in the requirement's own terms where they all do."""
    demand = view.outcome.leaf.demand
    if own_scope(demand) is None or not view.shown:
        return None
    field = view.field
    a, b, c, d = (mask & -mask for mask in field.grid.cell(next(cells(view.shown))))
    return told_use(
        (a, b, c, d),
        demand,
        case.standing.vocabulary,
        lambda box: not field.grid.box(box) & ~view.shown,
    )


def told_use(
    point: BoxMask,
    demand: Forbid | Require,
    vocabulary: Vocabulary,
    shows: Callable[[BoxMask], bool],
) -> Witness:
    """A point in words: on each axis the requirement's own term, if all of that shows the same."""
    terms = own_terms(demand)
    labels: list[str] = []
    for place in range(len(AXES)):
        label, point = _lift(point, place, terms[place], vocabulary, shows)
        labels.append(label)
    action, data, by, state = labels
    return Witness(action=action, data=data, by=by, state=state)


def _lift(
    point: BoxMask,
    place: int,
    terms: tuple[str, ...],
    vocabulary: Vocabulary,
    shows: Callable[[BoxMask], bool],
) -> tuple[str, BoxMask]:
    """The word for one axis, and the point made as wide as the word."""
    axis = vocabulary.axes[place]
    if not terms:
        return axis.root, with_axis(point, place, axis.everything)
    leaf = point[place]
    for term in terms:
        if axis.sure[term] & leaf:
            wide = with_axis(point, place, axis.sure[term])
            if shows(wide):
                return term, wide
    return axis.leaves[leaf.bit_length() - 1].label, point


# --- documents not at hand -----------------------------------------------------------------------


def _absent(shadow: Shadow) -> AbsentDocument:
    missing = shadow.missing
    return AbsentDocument(
        document=missing.document.id,
        matters=bool(shadow.turned),
        unread=missing.unread,
        why=_why(shadow),
    )


def _unread(missing: Missing) -> AbsentDocument:
    """A document that may state what no clause at hand does (semantics 6.2)."""
    return AbsentDocument(
        document=missing.document.id,
        matters=True,
        unread=missing.unread,
        why="it may state what no clause at hand does",
    )


def _why(shadow: Shadow) -> str:
    absence = shadow.missing.absence
    may = {
        May.TIGHTEN: "it may only tighten what the terms at hand say",
        May.LOOSEN: "it may only loosen what the terms at hand say",
        May.EITHER: "it may say anything about this",
    }[absence.may]
    because = f": {absence.because}" if absence.because else ""
    return f"{may}{because}"
