"""The fewest boxes that cover a set exactly (policy language 11.3).

A set of places in a grid of a few axes is given as a set of coordinates; a *box* is a set of
values on each axis, and stands for their product. Boxes may overlap. What comes out is the
fewest where that can be found within the bounds below, and else what greed finds: it covers
exactly all the same. Nothing here knows what the axes mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Coordinates = tuple[int, ...]
Box = tuple[frozenset[int], ...]

MOST_BOXES: Final = 1500
"""With more largest boxes than this, greed chooses among those it grows itself."""

MOST_STEPS: Final = 5_000
"""After so many steps the search for fewer boxes ends with the best found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Boxes whose union is the set; `fewest` says that no fewer would do."""

    boxes: tuple[Box, ...]
    fewest: bool


def cover(sizes: Sequence[int], places: Iterable[Coordinates]) -> Cover:
    """Cover these places of a grid with axes of these sizes."""
    wanted = frozenset(places)
    if not wanted:
        return Cover(boxes=(), fewest=True)
    merged, groups = _merged(sizes, wanted)
    found = _largest(merged, len(sizes))
    boxes = _unfolded(found, merged) if found is not None else None
    chosen, fewest = _fewest(boxes, merged) if boxes else (_greedy(merged, groups), False)
    wide = (tuple(_widened(box, groups)) for box in chosen)
    return Cover(boxes=tuple(sorted(wide, key=_order)), fewest=fewest)


def _order(box: Box) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(sorted(values)) for values in box)


# --- values that nothing tells apart -------------------------------------------------------------

Groups = list[list[tuple[int, ...]]]
"""For each axis, the values that stand together."""


def _merged(
    sizes: Sequence[int], wanted: frozenset[Coordinates]
) -> tuple[frozenset[Coordinates], Groups]:
    """The same set over fewer values: those with the same slice become one.

    A value with an empty slice is in no box and is left out.
    """
    groups: Groups = []
    renamed: list[dict[int, int]] = []
    for axis in range(len(sizes)):
        slices: dict[int, set[Coordinates]] = {}
        for place in wanted:
            slices.setdefault(place[axis], set()).add(place[:axis] + place[axis + 1 :])
        alike: dict[frozenset[Coordinates], list[int]] = {}
        for value in sorted(slices):
            alike.setdefault(frozenset(slices[value]), []).append(value)
        groups.append([tuple(values) for values in alike.values()])
        renamed.append({v: at for at, values in enumerate(alike.values()) for v in values})
    return frozenset(
        tuple(renamed[axis][value] for axis, value in enumerate(place)) for place in wanted
    ), groups


def _widened(box: Box, groups: Groups) -> Iterator[frozenset[int]]:
    for axis, values in enumerate(box):
        yield frozenset(each for value in values for each in groups[axis][value])


# --- the largest boxes ---------------------------------------------------------------------------


def _largest(wanted: frozenset[Coordinates], axes: int) -> list[Box] | None:
    """Every box inside a set that is not empty and that no other contains, if not too many."""
    if axes == 1:
        return [(frozenset(place[0] for place in wanted),)]
    slices: dict[int, frozenset[Coordinates]] = {}
    for value in sorted({place[0] for place in wanted}):
        slices[value] = frozenset(place[1:] for place in wanted if place[0] == value)
    found: dict[Box, None] = {}
    common = _intersections(list(slices.values()))
    if common is None:
        return None
    for inner in common:
        boxes = _largest(inner, axes - 1)
        if boxes is None:
            return None
        for box in boxes:
            points = set(product(*box))
            values = frozenset(value for value, slice_ in slices.items() if points <= slice_)
            found[values, *box] = None
        if len(found) > MOST_BOXES:
            return None
    return [box for box in found if not any(_inside(box, other) for other in found)]


def _inside(box: Box, other: Box) -> bool:
    return box != other and all(mine <= theirs for mine, theirs in zip(box, other, strict=True))


def _intersections(
    slices: list[frozenset[Coordinates]],
) -> list[frozenset[Coordinates]] | None:
    """Every set that some of the slices have in common, but the empty one."""
    found: dict[frozenset[Coordinates], None] = {}
    for one in slices:
        for other in [one, *(one & known for known in found)]:
            if other:
                found[other] = None
        if len(found) > MOST_BOXES:
            return None
    return list(found)


# --- the fewest ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Spread:
    """A box with the places it covers, as a bit set."""

    box: Box
    bits: int


def _unfolded(boxes: list[Box], wanted: frozenset[Coordinates]) -> list[_Spread]:
    """The boxes as bit sets over the places, the widest first."""
    at = {place: number for number, place in enumerate(sorted(wanted))}
    spread = [_Spread(box, sum(1 << at[place] for place in product(*box))) for box in boxes]
    return sorted(spread, key=lambda each: (-each.bits.bit_count(), _order(each.box)))


def _fewest(boxes: list[_Spread], wanted: frozenset[Coordinates]) -> tuple[list[Box], bool]:
    """The fewest of these that cover all, those that nothing can replace taken first."""
    everything = (1 << len(wanted)) - 1
    needed = _needed(boxes, everything)
    left = everything & ~_union(needed)
    useful = _useful(boxes, left)
    search = _Search(over=_over(useful, left), best=_by_greed(useful, left))
    search.descend(left, [])
    chosen = needed + search.best
    return [each.box for each in chosen], search.steps <= MOST_STEPS


def _useful(boxes: list[_Spread], left: int) -> list[_Spread]:
    """The boxes that cover something left, but those of which another covers as much or more."""
    found: list[_Spread] = []
    for each in sorted(boxes, key=lambda one: -(one.bits & left).bit_count()):
        here = each.bits & left
        if here and not any(not here & ~other.bits for other in found):
            found.append(each)
    return found


def _over(boxes: list[_Spread], left: int) -> list[tuple[int, list[_Spread]]]:
    """For each place left the boxes over it, the place with the fewest first."""
    found: list[tuple[int, list[_Spread]]] = []
    while left:
        place = left & -left
        left ^= place
        found.append((place, [each for each in boxes if each.bits & place]))
    return sorted(found, key=lambda each: (len(each[1]), each[0]))


def _needed(boxes: list[_Spread], everything: int) -> list[_Spread]:
    """The boxes that alone cover some place."""
    once = more = 0
    for each in boxes:
        more |= once & each.bits
        once |= each.bits
    alone = everything & once & ~more
    return [each for each in boxes if each.bits & alone]


def _union(boxes: Iterable[_Spread]) -> int:
    found = 0
    for each in boxes:
        found |= each.bits
    return found


def _by_greed(boxes: list[_Spread], left: int) -> list[_Spread]:
    found: list[_Spread] = []
    while left:
        best = max(boxes, key=lambda each: (each.bits & left).bit_count())
        found.append(best)
        left &= ~best.bits
    return found


@dataclass(slots=True)
class _Search:
    """Looks for fewer boxes than the best found so far, place by place."""

    over: list[tuple[int, list[_Spread]]]
    best: list[_Spread]
    steps: int = 0

    def descend(self, left: int, taken: list[_Spread], start: int = 0) -> None:
        """Cover what is left, starting with the place that the fewest boxes cover."""
        self.steps += 1
        if not left:
            if len(taken) < len(self.best):
                self.best = list(taken)
            return
        if self.steps > MOST_STEPS or len(taken) + 1 >= len(self.best):
            return
        at = next(at for at in range(start, len(self.over)) if self.over[at][0] & left)
        if len(taken) + 2 >= len(self.best):
            # One more box must do: only one that covers all that is left helps.
            boxes = [each for each in self.over[at][1] if not left & ~each.bits][:1]
        else:
            boxes = self.over[at][1]
        for each in boxes:
            self.descend(left & ~each.bits, [*taken, each], at + 1)


# --- greed, where there is too much --------------------------------------------------------------


def _greedy(wanted: frozenset[Coordinates], groups: Groups) -> list[Box]:
    """Grow a box around the first place that none covers yet, until all are covered."""
    found: list[Box] = []
    left = set(wanted)
    while left:
        box = _grown(min(left), wanted, groups)
        found.append(box)
        left.difference_update(product(*box))
    return found


def _grown(place: Coordinates, wanted: frozenset[Coordinates], groups: Groups) -> Box:
    """A largest box around a place: axis by axis, every value that fits."""
    box = [frozenset({value}) for value in place]
    for axis in sorted(range(len(place)), key=lambda axis: -len(groups[axis])):
        for value in range(len(groups[axis])):
            wider = [*box[:axis], box[axis] | {value}, *box[axis + 1 :]]
            added = [*box[:axis], frozenset({value}), *box[axis + 1 :]]
            if all(each in wanted for each in product(*added)):
                box = wider
    return tuple(box)
