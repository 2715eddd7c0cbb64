"""What the terms at hand say of each use, and where two sets of terms differ in that (11.1, 11.2).

The *stance* of a use is the set of what its readings give: the stances of the clauses that
possibly govern it, and silence where in some reading none does. A fact is looked at in the same
way: the values that possibly govern, and that nothing is stated. What our choices make of a
stance is left aside: it is no difference between terms.

Both sides are laid over one grid. A cell in which the same clauses stand to each other in the
same way on both sides is not looked at further: whoever governs there, it is the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from termsgate.core.account import in_words
from termsgate.core.conditions import (
    MOST_COMBINATIONS,
    combinations,
    count,
    dimensions_of,
    flat,
)
from termsgate.core.field import Field, holdings
from termsgate.core.govern import Contender, Contest, precedents, union
from termsgate.core.model import Firmness, Forbid, Scope
from termsgate.core.once import once
from termsgate.core.scene import Scene
from termsgate.core.space import at_most, grid, masks_of, scope_layers, whole_defaults
from termsgate.core.stances import ASKED_OR_TOLD
from termsgate.core.standing import Half, Statement
from termsgate.core.touching import Answered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from termsgate.core.conditions import Answers, Dimension, Guard
    from termsgate.core.govern import Rival
    from termsgate.core.space import BoxMask, Grid, Layer
    from termsgate.core.standing import Ranked, Standing
    from termsgate.core.verdict import Criterion

SILENT_RANK: Final = 100
OPEN_RANK: Final = 101


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """One thing that a reading may give: a stance and whose consent, or a value of a fact."""

    rank: int
    word: str
    whose: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    excepting: tuple[str, ...] = ()
    starting: str = ""


SILENT: Final = Label(SILENT_RANK, "silent")
TOO_MUCH_OPEN: Final = Label(OPEN_RANK, "too much is open to say")
UNCLEAR: Final = Label(OPEN_RANK + 1, "unclear")
DEPENDS: Final = Label(OPEN_RANK + 2, "depends on our use")

Labels = frozenset[Label]


def labels_of(rival: Rival) -> Labels:
    """What a clause, or a fact it states, may say where it governs."""
    if isinstance(rival, Statement):
        stated = rival.fact
        return frozenset(
            {
                Label(
                    0,
                    in_words(stated),
                    of=tuple(sorted(stated.subjects)),
                    excepting=tuple(sorted(stated.excepting)),
                    starting=stated.starting or "",
                )
            }
        )
    whose = tuple(sorted(rival.clause.consent_from))
    return frozenset(
        Label(stance.value, stance.word, whose if stance in ASKED_OR_TOLD else ())
        for stance in rival.stances
    )


# --- one topic: all uses, or one fact ------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Side:
    """One set of terms about one topic: every clause, or every statement of one fact."""

    standing: Standing
    given: tuple[Rival, ...]
    optional: tuple[Rival, ...]

    @once
    def _known(self) -> dict[int, tuple[int, int]]:
        return {}

    def spread(self, rival: Rival, cells: Grid) -> tuple[int, int]:
        """The cells of the comparison's one grid that it surely and possibly covers."""
        own = any(rival is one for one in self._own.get(id(rival), ()))
        if not own:
            return cells.sure(rival.layers), cells.possible(rival.layers)
        if id(rival) not in self._known:
            self._known[id(rival)] = cells.sure(rival.layers), cells.possible(rival.layers)
        return self._known[id(rival)]

    @once
    def _own(self) -> dict[int, tuple[Rival, ...]]:
        return {id(rival): (rival,) for rival in self.rivals}

    @once
    def rivals(self) -> tuple[Rival, ...]:
        """All that may have a say, under whatever answers."""
        return (*self.given, *self.optional)

    @once
    def about(self) -> tuple[tuple[Ranked, tuple[Layer, ...] | None], ...]:
        """The precedences with the compiled subject of each."""
        whole = whole_defaults(self.standing.vocabulary)
        return tuple(
            (
                one,
                None
                if one.rule.about is None
                else scope_layers(one.rule.about, self.standing.vocabulary, whole),
            )
            for one in self.standing.precedence
        )

    def scene(self, answered: Answered) -> Scene:
        """What applies under some answers."""
        halves = [one for one in self.given if isinstance(one, Half)]
        facts = [one for one in self.given if isinstance(one, Statement)]
        more = [one for one in self.optional if isinstance(one, Half)]
        others = [one for one in self.optional if isinstance(one, Statement)]
        bare = Scene(standing=self.standing, halves=(), statements=(), missing=())
        return replace(
            bare,
            halves=answered.rivals(halves, more),
            statements=answered.rivals(facts, others),
            ranked=answered.ranked(bare),
        )


def side_of_uses(standing: Standing) -> Side:
    """Everything the terms say of uses."""
    return Side(standing=standing, given=standing.halves, optional=standing.optional.halves)


def side_of_fact(standing: Standing, fact: str) -> Side:
    """Everything the terms state of one fact; a discretion states nothing (10.25)."""
    return Side(
        standing=standing,
        given=tuple(_stating(standing.statements, fact)),
        optional=tuple(_stating(standing.optional.statements, fact)),
    )


def _stating(statements: Iterable[Statement], fact: str) -> Iterator[Statement]:
    return (
        one
        for one in statements
        if one.fact.fact == fact and one.fact.firmness is not Firmness.DISCRETION
    )


# --- where the sides may differ ------------------------------------------------------------------


def _likeness(rival: Rival) -> object:
    """What a clause is for the question who governs and with which stance, whatever it is called.

    Equal likenesses are interchangeable but for how they stand to others, which is compared.
    """
    return (
        rival.clause.document,
        labels_of(rival),
        rival.layers,
        frozenset(rival.guards),
        frozenset((*rival.clause.applies, *rival.document.applies)),
        rival.second,
    )


def paired_alike(before: Side, after: Side) -> tuple[list[tuple[Rival, Rival]], list[Rival]]:
    """The clauses that are alike on both sides, and those that have no like on the other."""
    waiting: dict[object, list[Rival]] = {}
    for rival in before.rivals:
        waiting.setdefault((_likeness(rival), rival in before.given), []).append(rival)
    pairs: list[tuple[Rival, Rival]] = []
    alone: list[Rival] = []
    for rival in after.rivals:
        found = waiting.get((_likeness(rival), rival in after.given))
        if found:
            pairs.append((found.pop(0), rival))
        else:
            alone.append(rival)
    return pairs, [*alone, *(rival for left in waiting.values() for rival in left)]


def _ranking(side: Side) -> frozenset[object]:
    return frozenset(
        (one.rule.document, frozenset(one.rule.over), layers, frozenset(one.guards), one.optional)
        for one, layers in side.about
    )


def _same_rules(before: Side, after: Side) -> bool:
    """Whether both sides state the same order of documents."""
    return _ranking(before) == _ranking(after)


def where_they_may_differ(before: Side, after: Side, field: Grid) -> int:
    """Cells outside which the same clauses stand in the same way on both sides.

    Where both state the same order of documents, that order ranks alike clauses alike; what else
    decides between two clauses is compared.
    """
    if not _same_rules(before, after):
        return field.everything
    pairs, alone = paired_alike(before, after)
    found = union(field.possible(at_most(rival.layers)) for rival in alone)
    reach = [field.possible(at_most(one.layers)) for one, _ in pairs]
    then = precedents(before.standing, frozenset())
    now = precedents(after.standing, frozenset())
    for place, (first, first_now) in enumerate(pairs):
        for other, (second, second_now) in enumerate(pairs[:place]):
            meet = reach[place] & reach[other] & ~found
            if meet and then.relation(first, second) != now.relation(first_now, second_now):
                found |= meet
    return found


# --- the questions that are open in some cells ---------------------------------------------------


def _asked(side: Side) -> Iterator[tuple[tuple[Guard, ...], Rival | None]]:
    """Every list of open conditions, with the clause it is of; those of a rank are of none."""
    for rival in side.rivals:
        if rival.guards:
            yield rival.guards, rival
        for layer in rival.layers:
            for carve in layer.carved:
                if carve.applies:
                    yield carve.applies, rival
    for one in side.standing.precedence:
        if one.guards:
            yield one.guards, None


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Cells in which the same questions are open, and the lists of conditions that ask them."""

    cells: int
    asked: Mapping[Dimension, tuple[str, ...]]
    guards: frozenset[tuple[Guard, ...]]


def areas(before: Side, after: Side, field: Grid, within: int) -> list[Area]:
    """The cells within, parted by the questions that are open in them."""
    lists: dict[tuple[Guard, ...], int] = {}
    for side in (before, after):
        for guards, rival in _asked(side):
            reach = within if rival is None else field.possible(at_most(rival.layers)) & within
            lists[guards] = lists.get(guards, 0) | reach
    known = before.standing.knowledge
    asked = known.candidates([guard for guards in lists for guard in guards])
    for side in (before, after):
        _reach_of_documents(side, field, within, asked, lists)
    parts: list[tuple[int, frozenset[tuple[Guard, ...]]]] = [(within, frozenset())]
    for guards, reach in lists.items():
        parts = [
            (cells, held)
            for whole, had in parts
            for cells, held in ((whole & reach, had | {guards}), (whole & ~reach, had))
            if cells
        ]
    return [
        Area(cells=cells, asked=_questions(guards, asked), guards=guards) for cells, guards in parts
    ]


def _reach_of_documents(
    side: Side,
    field: Grid,
    within: int,
    asked: Mapping[Dimension, tuple[str, ...]],
    lists: dict[tuple[Guard, ...], int],
) -> None:
    """Whether a document was agreed is open wherever it has a say (10.8)."""
    for key, name in asked:
        if key != "agreement" or name not in side.standing.document_ids:
            continue
        own = [one for one in side.rivals if one.document.id == name]
        reach = union(field.possible(at_most(one.layers)) for one in own) & within
        if any(one.document.id == name for one in side.standing.precedence):
            reach = within
        for guards in [each for each in lists if ("agreement", name) in _dimensions(each)]:
            lists[guards] |= reach


def _dimensions(guards: Iterable[Guard]) -> set[Dimension]:
    return {each for condition in flat(guards) for each in dimensions_of(condition)}


def _questions(
    guards: frozenset[tuple[Guard, ...]],
    asked: Mapping[Dimension, tuple[str, ...]],
) -> dict[Dimension, tuple[str, ...]]:
    """The questions of some lists, in the order of asking, each with every answer tried at all.

    Known answers stay: an answer that nothing distinguishes here makes no difference here.
    """
    wanted = {each for one in guards for each in _dimensions(one)}
    return {dimension: answers for dimension, answers in asked.items() if dimension in wanted}


# --- who governs, and what that says -------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class View:
    """One side over some cells, under one set of answers.

    `governs` says for each contender where it possibly governs; `said` for each thing a reading
    may give where one gives it.
    """

    contenders: tuple[Contender, ...]
    governs: tuple[int, ...]
    edges: tuple[tuple[int, int, int, Criterion], ...]
    said: Mapping[Label, int]


_ANY_USE: Final = Forbid(scope=Scope(parts=()))


def view(side: Side, answered: Answered, field: Grid, within: int) -> View:
    """Who possibly governs, and what is said (semantics 3.4, 3.5, 10.15)."""
    scene = side.scene(answered)
    contenders = tuple(_contenders(side, scene, field, within))
    judged = Field(demand=_ANY_USE, scene=scene, grid=field, scope=within)
    governs = [0] * len(contenders)
    edges: dict[tuple[int, int, Criterion], int] = {}
    bound = 0
    for held, where in holdings(judged, within):
        contest = Contest(contenders=contenders, precedents=precedents(scene.standing, held))
        found_edges = list(contest.edges())
        found = contest.governing(where, found_edges)
        bound |= found.bound
        governs = [had | now for had, now in zip(governs, found.where, strict=True)]
        for first, second, here, why in found_edges:
            edges[first, second, why] = edges.get((first, second, why), 0) | here & where
    said: dict[Label, int] = {}
    for contender, here in zip(contenders, governs, strict=True):
        for label in labels_of(contender.rival):
            said[label] = said.get(label, 0) | here & ~bound
    covered = union(contender.always for contender in contenders)
    said[SILENT] = within & ~covered & ~bound
    said[TOO_MUCH_OPEN] = bound
    return View(
        contenders=contenders,
        governs=tuple(governs),
        edges=tuple((first, second, here, why) for (first, second, why), here in edges.items()),
        said={label: here for label, here in said.items() if here},
    )


def _contenders(side: Side, scene: Scene, field: Grid, within: int) -> Iterator[Contender]:
    rivals: tuple[Rival, ...] = (*scene.halves, *scene.statements)
    for rival in rivals:
        sure, present = side.spread(rival, field)
        if present & within:
            sure &= within
            yield Contender(rival=rival, sure=sure, present=present & within, always=sure)


# --- the differences -----------------------------------------------------------------------------

Pair = tuple[Labels, Labels]
"""What is said of a use before and after."""


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Cells of one area under one set of answers, with both views of them."""

    area: Area
    answers: Answers
    cells: int
    before: View
    after: View


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Both sides over one grid: for each pair of what is said, where it is said.

    `differing` has only pairs that differ. `in_short` has the cells of all of them, by one word
    before and one after, whatever is answered. `untold` are cells in which too many combinations of
    answers are open to compare.
    """

    grid: Grid
    differing: Mapping[Pair, tuple[Spot, ...]]
    in_short: Mapping[tuple[Label, Label], int] = field(default_factory=dict)
    untold: int = 0


def compare(before: Side, after: Side) -> Comparison:
    """Where the two sides differ in what they say, exactly (11.1, 11.2)."""
    vocabulary = before.standing.vocabulary
    cells_ = grid(tuple_of(axis.everything for axis in vocabulary.axes), _masks(before, after))
    within = where_they_may_differ(before, after, cells_)
    found: dict[Pair, list[Spot]] = {}
    short: dict[tuple[Label, Label], int] = {}
    untold = 0
    for area in areas(before, after, cells_, within) if within else ():
        if count(area.asked) > MOST_COMBINATIONS:
            untold |= area.cells
            continue
        spots = _spots(before, after, cells_, area)
        told = [(spot, list(_parted(spot))) for spot in spots]
        for spot, parts in told:
            for pair, cells in parts:
                if pair[0] != pair[1]:
                    found.setdefault(pair, []).append(replace(spot, cells=cells))
        for words, cells in _in_short(area, [parts for _, parts in told]):
            short[words] = short.get(words, 0) | cells
    return Comparison(
        grid=cells_,
        differing={pair: tuple(spots) for pair, spots in found.items()},
        in_short=short,
        untold=untold,
    )


def _in_short(
    area: Area, told: list[list[tuple[Pair, int]]]
) -> Iterator[tuple[tuple[Label, Label], int]]:
    """The cells that differ under some answers, by one word for each side (11.3)."""
    parts: dict[frozenset[Pair], int] = {frozenset(): area.cells}
    once = {tuple(sorted(((p, c) for p, c in each), key=_by_words)): each for each in told}
    for each in once.values():
        narrower: dict[frozenset[Pair], int] = {}
        for had, whole in parts.items():
            for pair, cells in each:
                if whole & cells:
                    key = had | {pair}
                    narrower[key] = narrower.get(key, 0) | whole & cells
        parts = narrower
    for pairs, cells in parts.items():
        if any(then != now for then, now in pairs):
            first = _word(frozenset(then for then, _ in pairs))
            yield (first, _word(frozenset(now for _, now in pairs))), cells


def _by_words(part: tuple[Pair, int]) -> tuple[object, ...]:
    (then, now), cells = part
    return tuple(sorted(then)), tuple(sorted(now)), cells


def _word(said: frozenset[Labels]) -> Label:
    """One word for what is said: a stance, or that it is unclear, or that it depends."""
    if len(said) > 1:
        return DEPENDS
    (labels,) = said
    if len(labels) > 1 or TOO_MUCH_OPEN in labels:
        return UNCLEAR
    return next(iter(labels))


def tuple_of(masks: Iterable[int]) -> BoxMask:
    """Four masks as the box they make."""
    a, b, c, d = masks
    return a, b, c, d


def _masks(before: Side, after: Side) -> Iterator[BoxMask]:
    for side in (before, after):
        for rival in side.rivals:
            yield from masks_of(rival.layers)
        for _, layers in side.about:
            if layers is not None:
                yield from masks_of(layers)


def _spots(before: Side, after: Side, field: Grid, area: Area) -> Iterator[Spot]:
    """The area under every set of answers; those under which the same applies are seen once."""
    known = before.standing.knowledge
    seen: dict[object, tuple[View, View]] = {}
    for answers in combinations(area.asked):
        held = frozenset(guards for guards in area.guards if known.passes(guards, answers))
        agreed = {name: value for (key, name), value in answers.items() if key == "agreement"}
        key = held, tuple(agreed.items())
        if key not in seen:
            answered = Answered(held=held, agreed=agreed)
            seen[key] = (
                view(before, answered, field, area.cells),
                view(after, answered, field, area.cells),
            )
        first, second = seen[key]
        yield Spot(area=area, answers=answers, cells=area.cells, before=first, after=second)


def _parted(spot: Spot) -> Iterator[tuple[Pair, int]]:
    """The cells parted by what is said of them on both sides."""
    parts: dict[Pair, int] = {(frozenset(), frozenset()): spot.cells}
    for label in sorted({*spot.before.said, *spot.after.said}):
        then, now = spot.before.said.get(label, 0), spot.after.said.get(label, 0)
        one, none = frozenset({label}), frozenset[Label]()
        parts = {
            (first | some, last | more): cells
            for (first, last), whole in parts.items()
            for some, where in ((one, whole & then), (none, whole & ~then))
            for more, cells in ((one, where & now), (none, where & ~now))
            if cells
        }
    yield from parts.items()
