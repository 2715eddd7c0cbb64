"""Sets of points as lists of boxes: exact, and cheap while the boxes are few."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from termsgate.core.space import touches, with_axis

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from termsgate.core.space import BoxMask, Layer

Region: TypeAlias = "tuple[BoxMask, ...]"
"""Boxes with a point each; they may share points."""


def met(first: BoxMask, second: BoxMask) -> BoxMask:
    """What two boxes share; one of its axes is empty where they share nothing."""
    return (
        first[0] & second[0],
        first[1] & second[1],
        first[2] & second[2],
        first[3] & second[3],
    )


def inside(region: Iterable[BoxMask], other: Sequence[BoxMask]) -> Region:
    """The points of a region that lie in another."""
    return tuple(met(one, two) for one in region for two in other if touches(one, two))


def outside(region: Iterable[BoxMask], other: Iterable[BoxMask]) -> Region:
    """The points of a region that do not lie in another."""
    left = tuple(region)
    for box in other:
        left = tuple(part for one in left for part in _cut(one, box))
    return left


def _cut(box: BoxMask, out: BoxMask) -> Iterable[BoxMask]:
    """A box without another, as boxes that share no point."""
    if not touches(box, out):
        return (box,)
    parts: list[BoxMask] = []
    for axis, mask in enumerate(out):
        beyond = box[axis] & ~mask
        if beyond:
            parts.append(with_axis(box, axis, beyond))
            box = with_axis(box, axis, box[axis] & mask)
    return parts


def shares(region: Iterable[BoxMask], other: Sequence[BoxMask]) -> bool:
    """Whether two regions have a point in common."""
    return any(touches(one, two) for one in region for two in other)


def lies_in(box: BoxMask, region: Sequence[BoxMask]) -> bool:
    """Whether every point of a box lies in a region; one that has none lies anywhere."""
    return not all(box) or not outside((box,), region)


def lowest(region: Iterable[BoxMask]) -> BoxMask:
    """The first point of a region in vocabulary order: the first axis varies slowest (10.1)."""
    return min((a & -a, b & -b, c & -c, d & -d) for a, b, c, d in region)


def sure_region(layers: Iterable[Layer]) -> Region:
    """The points that layers surely cover (semantics 1.5)."""
    return tuple(
        part
        for layer in layers
        if not layer.perhaps and all(layer.sure)
        for part in outside((layer.sure,), (carve.possible for carve in layer.carved))
    )


def possible_region(layers: Iterable[Layer]) -> Region:
    """The points that layers possibly cover (semantics 1.5)."""
    return tuple(
        part
        for layer in layers
        if all(layer.possible)
        for part in outside((layer.possible,), (carve.sure for carve in layer.carved))
    )


def widened(region: Iterable[BoxMask], whole: BoxMask, axes: frozenset[int]) -> Region:
    """A region made wide on every axis but these (10.19)."""
    found: list[BoxMask] = []
    for box in region:
        a, b, c, d = (mask if axis in axes else whole[axis] for axis, mask in enumerate(box))
        found.append((a, b, c, d))
    return tuple(found)
