"""Sets of uses as bit sets: terms become masks of leaves, boxes become cells of a grid.

Nothing here knows stances or documents. A *mask* is a set of leaves of one axis; a *box mask*
is four of them, one an axis, and stands for their product. A grid groups the leaves that
nothing at hand tells apart, so that a union of boxes over it is one small integer.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from termsgate.core.model import AXES, Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termsgate.core.model import CarveOut, Condition, Part, Scope
    from termsgate.core.vocabulary import Vocabulary

BoxMask = tuple[int, int, int, int]
NO_CARVES: Final = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carved:
    """An exception: where it surely and where it possibly takes something out."""

    sure: BoxMask
    possible: BoxMask
    applies: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One box of a scope: what it surely and what it possibly covers.

    `perhaps` says that all of it is only possible (semantics 1.5): then `sure` is what is not in
    doubt, axis by axis, and `named` are the axes the box names itself, on which a recorded
    reading can settle it (semantics 4.7).
    """

    sure: BoxMask
    possible: BoxMask
    carved: tuple[Carved, ...] = NO_CARVES
    perhaps: bool = False
    named: frozenset[int] = frozenset()


def clause_defaults(vocabulary: Vocabulary) -> tuple[tuple[int, int], ...]:
    """Left out: by is vendor; state is identifiable, possibly every state (semantics 1.6, 10.3)."""
    action, data, by, state = vocabulary.axes
    return (
        (action.everything, action.everything),
        (data.everything, data.everything),
        (by.sure["vendor"], by.possible["vendor"]),
        (state.sure["identifiable"], state.everything),
    )


def whole_defaults(vocabulary: Vocabulary) -> tuple[tuple[int, int], ...]:
    """Left out is the whole axis (semantics 1.6)."""
    return tuple((axis.everything, axis.everything) for axis in vocabulary.axes)


def _terms(box: Box) -> tuple[tuple[str, ...] | None, ...]:
    return (box.action, box.data, box.by, box.state)


def box_masks(
    box: Box, vocabulary: Vocabulary, defaults: Sequence[tuple[int, int]]
) -> tuple[BoxMask, BoxMask]:
    """What the terms of a box surely and possibly cover."""
    sure, possible = [], []
    for axis, terms, default in zip(vocabulary.axes, _terms(box), defaults, strict=True):
        sure.append(default[0] if terms is None else axis.surely(terms))
        possible.append(default[1] if terms is None else axis.possibly(terms))
    (a, b, c, d), (e, f, g, h) = sure, possible
    return (a, b, c, d), (e, f, g, h)


def _carve(carve: CarveOut, vocabulary: Vocabulary) -> Carved:
    sure, possible = box_masks(carve.box, vocabulary, whole_defaults(vocabulary))
    if carve.perhaps:
        sure = (0, 0, 0, 0)
    return Carved(sure=sure, possible=possible, applies=carve.applies)


def _named(box: Box) -> frozenset[int]:
    return frozenset(place for place, terms in enumerate(_terms(box)) if terms is not None)


def _part_layers(
    part: Part, vocabulary: Vocabulary, defaults: Sequence[tuple[int, int]]
) -> Iterator[Layer]:
    sure, possible = box_masks(part.box, vocabulary, defaults)
    carved = tuple(_carve(carve, vocabulary) for carve in part.excepting)
    yield Layer(sure=sure, possible=possible, carved=carved)
    own = list(zip(sure, possible, strict=True))
    for box in part.perhaps:
        named = _named(box)
        reach = box_masks(box, vocabulary, own)[1]
        certain = list(sure)
        kept: list[Carved] = []
        for carve, done in zip(part.excepting, carved, strict=True):
            place = AXES.index(carve.of) if carve.of is not None else None
            if place is None or place not in named:
                kept.append(done)
            else:
                certain[place] &= ~done.possible[place]
        # On an axis it names, what the part itself surely covers is not in doubt (10.26); what the
        # definition of its own term takes out there, it does not cover.
        first, second, third, fourth = (
            mask & done for mask, done in zip(reach, certain, strict=True)
        )
        yield Layer(
            sure=(first, second, third, fourth),
            possible=reach,
            carved=tuple(kept),
            perhaps=True,
            named=named,
        )


def scope_layers(
    scope: Scope, vocabulary: Vocabulary, defaults: Sequence[tuple[int, int]]
) -> tuple[Layer, ...]:
    """Compile a scope (semantics 1.4, 1.5, 10.2)."""
    return tuple(
        layer for part in scope.parts for layer in _part_layers(part, vocabulary, defaults)
    )


def at_most(layers: Iterable[Layer]) -> tuple[Layer, ...]:
    """What layers cover where no exception holds that depends on an answer."""
    return tuple(
        replace(layer, carved=tuple(carve for carve in layer.carved if not carve.applies))
        for layer in layers
    )


# --- what a recorded reading of a term does (semantics 4.7, 10.26) -------------------------------


def with_axis(box: BoxMask, axis: int, mask: int) -> BoxMask:
    """A box with another extent on one axis."""
    changed = list(box)
    changed[axis] = mask
    a, b, c, d = changed
    return a, b, c, d


def _settle_carve(carve: Carved, axis: int, term: int, *, covered: bool) -> Carved:
    sure, possible = carve.sure[axis], carve.possible[axis]
    if covered:
        return replace(carve, possible=with_axis(carve.possible, axis, possible & ~(term & ~sure)))
    return replace(carve, sure=with_axis(carve.sure, axis, sure | (possible & term)))


def _settle_layer(layer: Layer, axis: int, term: int, *, covered: bool) -> Iterator[Layer]:
    carved = tuple(_settle_carve(carve, axis, term, covered=covered) for carve in layer.carved)
    sure, possible = layer.sure[axis], layer.possible[axis]
    if not covered:
        left = possible & ~(term & ~sure)
        yield replace(layer, carved=carved, possible=with_axis(layer.possible, axis, left))
    elif layer.perhaps and axis in layer.named:
        inside = possible & term
        yield replace(
            layer, carved=carved, possible=with_axis(layer.possible, axis, possible & ~term)
        )
        yield Layer(
            sure=with_axis(layer.sure, axis, inside),
            possible=with_axis(layer.possible, axis, inside),
            carved=carved,
        )
    else:
        yield replace(
            layer, carved=carved, sure=with_axis(layer.sure, axis, sure | (possible & term))
        )


def settle(layers: tuple[Layer, ...], axis: int, term: int, *, covered: bool) -> tuple[Layer, ...]:
    """Settle one term on one axis: the possible becomes sure there, or falls away."""
    return tuple(
        done for layer in layers for done in _settle_layer(layer, axis, term, covered=covered)
    )


# --- the grid ------------------------------------------------------------------------------------


def touches(first: BoxMask, second: BoxMask) -> bool:
    """Whether two boxes share a point."""
    return bool(
        first[0] & second[0]
        and first[1] & second[1]
        and first[2] & second[2]
        and first[3] & second[3]
    )


def masks_of(layers: Iterable[Layer]) -> Iterator[BoxMask]:
    """Every box mask that tells points apart."""
    for layer in layers:
        yield layer.sure
        yield layer.possible
        for carve in layer.carved:
            yield carve.sure
            yield carve.possible


def _split(whole: int, masks: Iterable[int]) -> tuple[int, ...]:
    groups = [whole] if whole else []
    for mask in masks:
        if not whole & mask or not whole & ~mask:
            continue
        parted: list[int] = []
        for group in groups:
            inside, outside = group & mask, group & ~mask
            if inside:
                parted.append(inside)
            if outside:
                parted.append(outside)
        groups = parted
    groups.sort(key=lambda group: group & -group)
    return tuple(groups)


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells: one group of leaves per axis; the first axis varies slowest (10.1).

    `within` is the box it is made of. `known` remembers what boxes cover, by their part inside: few
    differ there, however many there are.
    """

    groups: tuple[tuple[int, ...], ...]
    within: BoxMask
    known: dict[BoxMask, int] = field(default_factory=dict, repr=False, compare=False)

    @property
    def size(self) -> int:
        """How many cells there are."""
        first, second, third, fourth = self.groups
        return len(first) * len(second) * len(third) * len(fourth)

    @property
    def everything(self) -> int:
        """All cells."""
        return (1 << self.size) - 1

    def box(self, masks: BoxMask) -> int:
        """The cells a box covers; each group lies wholly inside a mask or outside it."""
        a, b, c, d = self.within
        inside = (a & masks[0], b & masks[1], c & masks[2], d & masks[3])
        found = self.known.get(inside)
        if found is None:
            found = self.known[inside] = self._box(inside)
        return found

    def _box(self, masks: BoxMask) -> int:
        cells, block = 1, 1
        for axis in (3, 2, 1, 0):
            groups, mask = self.groups[axis], masks[axis]
            spread = 0
            for place, group in enumerate(groups):
                if group & mask:
                    spread |= cells << (place * block)
            if not spread:
                return 0
            cells, block = spread, block * len(groups)
        return cells

    def tells(self, layers: Iterable[Layer]) -> bool:
        """Whether no cell lies partly inside any of the boxes that layers are made of."""
        return not any(
            0 != group & mask != group
            for masks in masks_of(layers)
            for groups, mask in zip(self.groups, masks, strict=True)
            for group in groups
        )

    def sure(self, layers: Iterable[Layer]) -> int:
        """The cells that layers surely cover (semantics 1.5)."""
        found = 0
        for layer in layers:
            if not layer.perhaps:
                cells = self.box(layer.sure)
                for carve in layer.carved:
                    cells &= ~self.box(carve.possible)
                found |= cells
        return found

    def possible(self, layers: Iterable[Layer]) -> int:
        """The cells that layers possibly cover (semantics 1.5)."""
        found = 0
        for layer in layers:
            cells = self.box(layer.possible)
            for carve in layer.carved:
                cells &= ~self.box(carve.sure)
            found |= cells
        return found

    def smear(self, bits: int, axes: frozenset[int]) -> int:
        """A set of cells, made wide on every axis but these (10.19)."""
        for axis in range(4):
            if axis not in axes and len(self.groups[axis]) > 1:
                bits = self._smear_axis(bits, axis)
        return bits

    def _smear_axis(self, bits: int, axis: int) -> int:
        stride = 1
        for inner in range(axis + 1, 4):
            stride *= len(self.groups[inner])
        count = len(self.groups[axis])
        found = 0
        for place in cells(bits):
            found |= 1 << (place - (place // stride % count) * stride)
        wide = 0
        for step in range(count):
            wide |= found << (step * stride)
        return wide

    def cell(self, place: int) -> BoxMask:
        """The groups of leaves that make up a cell."""
        found: list[int] = []
        for groups in reversed(self.groups):
            place, inner = divmod(place, len(groups))
            found.append(groups[inner])
        d, c, b, a = found
        return a, b, c, d


def grid(within: BoxMask, masks: Iterable[BoxMask]) -> Grid:
    """Group the leaves of a box so that each mask covers a group wholly or not at all."""
    first, second, third, fourth = within
    columns: tuple[set[int], ...] = (set(), set(), set(), set())
    a, b, c, d = (column.add for column in columns)
    for mask in masks:
        a(mask[0] & first)
        b(mask[1] & second)
        c(mask[2] & third)
        d(mask[3] & fourth)
    return Grid(tuple(map(_split, within, columns)), within)


def union_box(boxes: Iterable[BoxMask]) -> BoxMask:
    """The smallest box around all of these."""
    a = b = c = d = 0
    for box in boxes:
        a |= box[0]
        b |= box[1]
        c |= box[2]
        d |= box[3]
    return a, b, c, d


def union(sets: Iterable[int]) -> int:
    """All that is in any of these sets."""
    found = 0
    for one in sets:
        found |= one
    return found


def cells(bits: int) -> Iterator[int]:
    """The places of the cells in a set, lowest first."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
