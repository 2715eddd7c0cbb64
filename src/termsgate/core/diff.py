"""How two sets of terms of one vendor differ in meaning (policy language 11).

A use is in the difference if and only if its stance differs; the uses are put into the fewest
boxes that say it, and each box names the clauses that govern there before and after.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Final

from termsgate.core.conditions import ANOTHER, YES_NO_KEYS
from termsgate.core.cover import cover
from termsgate.core.defining import defined_otherwise
from termsgate.core.difference import FORMAT, VERSION
from termsgate.core.entries import quoted_entry
from termsgate.core.inforce import in_force, is_withdrawn
from termsgate.core.meaning import (
    SILENT_RANK,
    compare,
    labels_of,
    side_of_fact,
    side_of_uses,
    tuple_of,
)
from termsgate.core.naming import Names, names_of
from termsgate.core.once import once
from termsgate.core.pairing import Change, Text, paired
from termsgate.core.space import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from termsgate.core.conditions import Dimension
    from termsgate.core.difference import (
        ActorEntry,
        ChangeEntry,
        ClauseChangeEntry,
        DifferenceEntry,
        DocumentChangeEntry,
        MovedEntry,
        NamesEntry,
        SaidEntry,
        SideEntry,
        TextEntry,
        TurnEntry,
        WhereEntry,
    )
    from termsgate.core.govern import Rival
    from termsgate.core.meaning import Comparison, Label, Labels, Pair, Spot, View
    from termsgate.core.model import Vendor
    from termsgate.core.pairing import Paired
    from termsgate.core.space import BoxMask
    from termsgate.core.standing import ClauseKey, Standing
    from termsgate.core.vocabulary import Hierarchy


# --- boxes ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A condition a difference depends on: the answers under which it is there."""

    dimension: Dimension
    answers: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A box of uses about which the same is said before, and the same after.

    `spots` are what it was read from. `fewest` says that no fewer boxes say all that is said
    before and after in the same way, under conditions on the same things.
    """

    box: BoxMask
    where: tuple[Where, ...]
    before: Labels
    after: Labels
    spots: tuple[Spot, ...]
    fewest: bool


def differences(found: Comparison) -> tuple[Difference, ...]:
    """Every difference in the fewest boxes (11.3), in the order of their words and uses."""
    made = [
        each
        for pair, spots in found.differing.items()
        for part in _by_conditions(spots)
        for each in _boxes(found, pair, part)
    ]
    return tuple(sorted(made, key=_order))


def in_short(found: Comparison) -> tuple[Difference, ...]:
    """The same uses in the fewest boxes of one word before and one after (11.3).

    Whose clauses those are is told of the settled ones only.
    """
    spots = tuple(spot for each in found.differing.values() for spot in each)
    made: list[Difference] = []
    for (then, now), where in found.in_short.items():
        settled = max(then.rank, now.rank) <= SILENT_RANK
        slim = _Slim(found, (where,))
        places = [slim.coordinates(place) for place in cells(where & slim.kept)]
        covered = cover([len(groups) for groups in found.grid.groups], places)
        for box in covered.boxes:
            masks = slim.widened(box)
            made.append(
                Difference(
                    box=masks,
                    where=(),
                    before=frozenset({then}),
                    after=frozenset({now}),
                    spots=tuple(_inside(found, masks, (), spots)) if settled else (),
                    fewest=covered.fewest,
                )
            )
    return tuple(sorted(made, key=_by_word))


def _by_word(one: Difference) -> tuple[object, ...]:
    """The settled first; what is unclear on both sides last."""
    (then,), (now,) = one.before, one.after
    unsettled = (then.rank > SILENT_RANK) + (now.rank > SILENT_RANK)
    return unsettled, *_order(one)


def _order(one: Difference) -> tuple[object, ...]:
    """The settled first, then by what was and is said, then by the first use."""
    first = tuple(mask & -mask for mask in one.box)
    said = tuple(sorted(one.before)), tuple(sorted(one.after))
    unsettled = (len(one.before) > 1) + (len(one.after) > 1)
    return unsettled, *said, first, tuple((each.dimension, each.answers) for each in one.where)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """The spots of one pair that depend on the same questions."""

    questions: tuple[Dimension, ...]
    spots: tuple[Spot, ...]


def _by_conditions(spots: Iterable[Spot]) -> Iterator[_Part]:
    by_area: dict[int, list[Spot]] = {}
    for spot in spots:
        by_area.setdefault(spot.area.cells, []).append(spot)
    parts: dict[tuple[Dimension, ...], list[Spot]] = {}
    for inside in by_area.values():
        parts.setdefault(_that_matter(inside), []).extend(inside)
    for questions in sorted(parts):
        yield _Part(questions=questions, spots=tuple(parts[questions]))


def _that_matter(spots: list[Spot]) -> tuple[Dimension, ...]:
    """The questions of an area whose answers make a difference to where these are."""
    asked = spots[0].area.asked
    where = {tuple(spot.answers.items()): spot.cells for spot in spots}
    found = []
    for dimension, answers in asked.items():
        others = [[(key, one) for one in asked[key]] for key in asked if key != dimension]
        for rest in product(*others):
            told = dict(rest)
            seen = set()
            for answer in answers:
                key = tuple((name, {**told, dimension: answer}[name]) for name in asked)
                seen.add(where.get(key, 0))
            if len(seen) > 1:
                found.append(dimension)
                break
    return tuple(found)


def _boxes(found: Comparison, pair: Pair, part: _Part) -> Iterator[Difference]:
    """The fewest boxes over the uses and the questions that matter."""
    asked = {key: values for spot in part.spots for key, values in spot.area.asked.items()}
    answers = [asked[key] for key in part.questions]
    under: dict[tuple[int, ...], int] = {}
    for spot in part.spots:
        told = tuple(asked[key].index(spot.answers[key]) for key in part.questions)
        under[told] = under.get(told, 0) | spot.cells
    slim = _Slim(found, tuple(under.values()))
    places = [
        (*slim.coordinates(place), *told)
        for told, where in under.items()
        for place in cells(where & slim.kept)
    ]
    sizes = [*(len(groups) for groups in found.grid.groups), *map(len, answers)]
    covered = cover(sizes, places)
    for box in covered.boxes:
        masks = slim.widened(box[:4])
        where = tuple(
            Where(dimension=key, answers=tuple(values[at] for at in sorted(told)), asked=values)
            for key, values, told in zip(part.questions, answers, box[4:], strict=True)
            if len(told) < len(values)
        )
        yield Difference(
            box=masks,
            where=where,
            before=pair[0],
            after=pair[1],
            spots=tuple(_inside(found, masks, where, part.spots)),
            fewest=covered.fewest,
        )


def _inside(
    found: Comparison, masks: BoxMask, where: tuple[Where, ...], spots: Iterable[Spot]
) -> Iterator[Spot]:
    """The spots of a box, cut to it."""
    within = found.grid.box(masks)
    for spot in spots:
        if spot.cells & within and all(
            spot.answers[each.dimension] in each.answers for each in where
        ):
            yield replace(spot, cells=spot.cells & within)


class _Slim:
    """A grid of which only one group is kept of those that these sets do not tell apart."""

    def __init__(self, found: Comparison, sets: tuple[int, ...]) -> None:
        """Compare the slices of the sets, axis by axis."""
        self.grid = found.grid
        groups = self.grid.groups
        whole = [sum(each) for each in groups]
        self.alike: list[dict[int, tuple[int, ...]]] = []
        self.kept = self.grid.everything
        stride = 1
        strides = []
        for axis in (3, 2, 1, 0):
            strides.append(stride)
            stride *= len(groups[axis])
        strides.reverse()
        for axis in range(4):
            same: dict[tuple[int, ...], list[int]] = {}
            for place, group in enumerate(groups[axis]):
                slab = self.grid.box(tuple_of([*whole[:axis], group, *whole[axis + 1 :]]))
                key = tuple((one & slab) >> (place * strides[axis]) for one in sets)
                if any(key):
                    same.setdefault(key, []).append(place)
            self.alike.append({places[0]: tuple(places) for places in same.values()})
            first = sum(groups[axis][place] for place in self.alike[axis])
            self.kept &= self.grid.box(tuple_of([*whole[:axis], first, *whole[axis + 1 :]]))

    def coordinates(self, place: int) -> tuple[int, ...]:
        """Where a cell lies, axis by axis."""
        found: list[int] = []
        for groups in reversed(self.grid.groups):
            place, inner = divmod(place, len(groups))
            found.append(inner)
        return tuple(reversed(found))

    def widened(self, box: Sequence[frozenset[int]]) -> BoxMask:
        """The leaves that some kept groups stand for."""
        return tuple_of(
            sum(groups[place] for first in kept for place in alike[first])
            for groups, alike, kept in zip(self.grid.groups, self.alike, box, strict=True)
        )


# --- two sets of terms ---------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class TwoTerms:
    """Two sets of terms of one vendor, laid side by side."""

    before: Standing
    after: Standing

    @once
    def _named(self) -> dict[tuple[str, int], Names]:
        return {}

    def named(self, axis: Hierarchy, leaves: int) -> Names:
        """Words for leaves of an axis, worked out once."""
        key = axis.name, leaves
        if key not in self._named:
            self._named[key] = names_of(axis, leaves)
        return self._named[key]

    @once
    def pairs(self) -> tuple[Paired, ...]:
        """Every clause of either side with its like (11.4)."""
        return paired(Text(standing=self.before), Text(standing=self.after))

    @once
    def _standings(self) -> tuple[Mapping[ClauseKey, Paired], Mapping[ClauseKey, Paired]]:
        old = {(p.before.document, p.before.id): p for p in self.pairs if p.before}
        new = {(p.after.document, p.after.id): p for p in self.pairs if p.after}
        return old, new

    @once
    def uses(self) -> Comparison:
        """Where the stance of a use differs (11.1)."""
        return compare(side_of_uses(self.before), side_of_uses(self.after))

    @once
    def use_changes(self) -> tuple[Difference, ...]:
        """The same in the fewest boxes."""
        return differences(self.uses)

    @once
    def uses_in_short(self) -> tuple[Difference, ...]:
        """The same for reading: one word before and one after."""
        return in_short(self.uses)

    @once
    def facts(self) -> Mapping[str, Comparison]:
        """Where what is stated of a fact differs (11.2), by fact."""
        return {
            fact: compare(side_of_fact(self.before, fact), side_of_fact(self.after, fact))
            for fact in sorted(_stated(self.before) | _stated(self.after))
        }

    @once
    def fact_changes(self) -> tuple[tuple[str, Difference], ...]:
        """The same in the fewest boxes."""
        return tuple(
            (fact, change) for fact, found in self.facts.items() for change in differences(found)
        )

    def paired_with(self, rival: Rival, *, now: bool) -> Paired:
        """A clause of one side, with its like on the other."""
        return self._standings[now][rival.key]


def _stated(standing: Standing) -> set[str]:
    statements = (*standing.statements, *standing.optional.statements)
    return {one.fact.fact for one in statements}


# --- who did it ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Deed:
    """What a clause does in a box, over all its spots."""

    rival: Rival
    governs: bool = False
    over: list[tuple[Rival, str]] | None = None


def _deeds(spots: Iterable[tuple[View, int]]) -> dict[tuple[ClauseKey, bool], _Deed]:
    """The clauses that are there in a box: those that govern, and those over which others do."""
    found: dict[tuple[ClauseKey, bool], _Deed] = {}
    for seen, within in spots:
        for place, contender in enumerate(seen.contenders):
            if not contender.present & within:
                continue
            rival = contender.rival
            deed = found.setdefault((rival.key, rival.second), _Deed(rival=rival))
            deed.governs = deed.governs or bool(seen.governs[place] & within)
            if not deed.governs and deed.over is None:
                over = [
                    (seen.contenders[first].rival, why.value)
                    for first, second, here, why in seen.edges
                    if second == place and here & within
                ]
                deed.over = over or None
    return found


@dataclass(frozen=True, kw_only=True)
class Actors:
    """The clauses of a difference, before and after."""

    terms: TwoTerms
    change: Difference

    @once
    def _sides(self) -> tuple[dict[tuple[ClauseKey, bool], _Deed], ...]:
        spots = self.change.spots
        return (
            _deeds((spot.before, spot.cells) for spot in spots),
            _deeds((spot.after, spot.cells) for spot in spots),
        )

    def entries(self, *, now: bool) -> list[ActorEntry]:
        """Those that govern, and those that are defeated here and govern on the other side."""
        mine, theirs = self._sides[now], self._sides[not now]
        elsewhere = {
            (self._like(deed.rival, now=not now), second)
            for (_, second), deed in theirs.items()
            if deed.governs
        }
        found = []
        for (key, second), deed in mine.items():
            if deed.governs or (key, second) in elsewhere:
                found.append(self._entry(deed, now=now))
        return found

    def _like(self, rival: Rival, *, now: bool) -> ClauseKey | None:
        """What a clause of one side is called on the other."""
        pair = self.terms.paired_with(rival, now=now)
        like = pair.before if now else pair.after
        return (like.document, like.id) if like else None

    def _entry(self, deed: _Deed, *, now: bool) -> ActorEntry:
        rival = deed.rival
        over = [] if deed.governs else deed.over or []
        return {
            "document": rival.clause.document,
            "clause": rival.clause.id,
            "section": rival.clause.section,
            "part": "governs" if deed.governs else "defeated",
            "standing": self.terms.paired_with(rival, now=now).change.value,
            "is": [said(label) for label in sorted(labels_of(rival))],
            "criterion": over[0][1] if over else None,
            "defeated-by": list(dict.fromkeys(".".join(first.key) for first, _ in over)),
        }


# --- as plain data -------------------------------------------------------------------------------


def said(label: Label) -> SaidEntry:
    """What a reading gives, as the reports write it."""
    return {
        "is": label.word,
        "consent-from": list(label.whose),
        "for": list(label.of),
        "except": list(label.excepting),
        "from": label.starting,
    }


def change_entry(terms: TwoTerms, change: Difference, fact: str | None = None) -> ChangeEntry:
    """A difference in words of the vocabulary, with the clauses that govern before and after."""
    axes = terms.before.vocabulary.axes
    action, data, by, state = (
        _names(terms.named(axis, mask)) for axis, mask in zip(axes, change.box, strict=True)
    )
    actors = Actors(terms=terms, change=change)
    return {
        "fact": fact,
        "action": action,
        "data": data,
        "by": by,
        "state": state,
        "where": [_where(each) for each in change.where],
        "before": [said(label) for label in sorted(change.before)],
        "after": [said(label) for label in sorted(change.after)],
        "clauses-before": actors.entries(now=False),
        "clauses-after": actors.entries(now=True),
    }


def _names(names: Names) -> NamesEntry:
    return {"terms": list(names.terms), "but": list(names.but)}


def _where(where: Where) -> WhereEntry:
    """The shorter of: is one of these, is none of those."""
    key, name = where.dimension
    if key in YES_NO_KEYS or key == "opted-out":
        negated = "true" not in where.answers
        return {"key": key, "name": name, "values": ["true"], "negated": negated}
    others = [one for one in where.asked if one not in where.answers]
    negated = ANOTHER in where.answers
    values = others if negated else list(where.answers)
    return {"key": key, "name": name, "values": values, "negated": negated}


def difference_entry(
    terms: TwoTerms,
    *,
    before: SideEntry,
    after: SideEntry,
    verdicts: Sequence[TurnEntry],
    check: str | None = None,
    document: str | None = None,
) -> DifferenceEntry:
    """The whole difference as plain data."""
    uses = [change_entry(terms, change) for change in terms.use_changes]
    short = [change_entry(terms, change) for change in terms.uses_in_short]
    facts = [change_entry(terms, change, fact) for fact, change in terms.fact_changes]
    documents = list(_documents(terms))
    bearing = {
        (each["document"], each["clause"], side)
        for change in (*uses, *short, *facts)
        for side in ("clauses-before", "clauses-after")
        for each in change[side]
    }
    clauses = [_clause(pair, bearing) for pair in terms.pairs if pair.change not in _SAME]
    fewest = all(each.fewest for each in terms.use_changes) and all(
        each.fewest for _, each in terms.fact_changes
    )
    vendor = terms.after.vendor
    return {
        "format": FORMAT,
        "version": VERSION,
        "vendor": vendor.id,
        "name": vendor.name,
        "check": check,
        "document": document,
        "before": before,
        "after": after,
        "differs": bool(uses or facts or verdicts or any(_untold(terms))),
        "fewest": fewest,
        "documents": documents,
        "uses-in-short": short,
        "uses": uses,
        "facts": facts,
        "verdicts": list(verdicts),
        "clauses": sorted(clauses, key=lambda each: (each["document"], each["clause"])),
        "definitions": list(defined_otherwise(terms.before, terms.after, bearing)),
        "texts": list(_texts(terms, bearing)),
        "moved": [_moved(pair) for pair in terms.pairs if pair.change is Change.MOVED],
        "notes": list(_notes(terms)),
    }


_SAME: Final = frozenset({Change.SAME, Change.MOVED})


def _texts(terms: TwoTerms, bearing: set[tuple[str, str, str]]) -> Iterator[TextEntry]:
    """The words of every clause that a difference names, side by side."""
    sides = (("before", terms.before), ("after", terms.after))
    for side, standing in sides:
        for version in standing.versions.values():
            for clause in version.clauses:
                if (clause.document, clause.id, f"clauses-{side}") in bearing:
                    yield {"side": side, **quoted_entry(clause, version.effective)}


def _clause(pair: Paired, bearing: set[tuple[str, str, str]]) -> ClauseChangeEntry:
    shown = pair.shown
    sides = (("clauses-before", pair.before), ("clauses-after", pair.after))
    return {
        "document": shown.document,
        "clause": shown.id,
        "section": shown.section,
        "says": shown.says,
        "change": pair.change.value,
        "what": list(pair.what),
        "bears": any(one and (one.document, one.id, side) in bearing for side, one in sides),
    }


def _moved(pair: Paired) -> MovedEntry:
    shown, before = pair.shown, pair.before
    return {
        "document": shown.document,
        "clause": shown.id,
        "before": before.section if before else "",
        "after": shown.section,
    }


def _documents(terms: TwoTerms) -> Iterator[DocumentChangeEntry]:
    """The documents of which another version is in force, or none any more."""
    before, after = terms.before, terms.after
    then = {
        each.id: _version(before.vendor, each.id, before.on) for each in before.vendor.documents
    }
    for document in after.vendor.documents:
        first = then.get(document.id)
        last = _version(after.vendor, document.id, after.on)
        if first != last:
            yield {
                "document": document.id,
                "kind": document.kind.value,
                "before": first,
                "after": last,
            }


def _version(vendor: Vendor, name: str, on: date) -> str | None:
    document = next(each for each in vendor.documents if each.id == name)
    if is_withdrawn(vendor, document, on):
        return None
    version = in_force(vendor, document, on)
    return version.effective.isoformat() if version else None


def _untold(terms: TwoTerms) -> Iterator[str]:
    """The topics in which something could not be compared."""
    if terms.uses.untold:
        yield "uses"
    yield from (fact for fact, found in terms.facts.items() if found.untold)


def _notes(terms: TwoTerms) -> Iterator[str]:
    for topic in _untold(terms):
        yield (
            f"of {topic} something was not compared: more combinations of answers are open "
            "there than are tried; a check that says more of our use closes them"
        )
