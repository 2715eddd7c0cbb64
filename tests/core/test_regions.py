"""Regions of boxes hold the points they should, point by point."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from termsgate.core.regions import (
    Region,
    inside,
    lies_in,
    lowest,
    outside,
    possible_region,
    shares,
    sure_region,
    widened,
)
from termsgate.core.space import Carved, Layer

if TYPE_CHECKING:
    from termsgate.core.space import BoxMask

MASKS = st.integers(0, 7)
BOXES = st.tuples(MASKS, MASKS, MASKS, MASKS)
FULL = st.lists(BOXES.filter(all), max_size=3).map(tuple)
WHOLE = (7, 7, 7, 7)
Point = tuple[int, int, int, int]


def points(region: Region) -> set[Point]:
    """Every point of a region, as one bit for each axis."""
    bits = (1, 2, 4)
    return {
        (a, b, c, d)
        for a, b, c, d in product(bits, repeat=4)
        if any(one[0] & a and one[1] & b and one[2] & c and one[3] & d for one in region)
    }


@given(FULL, FULL)
def test_two_regions_share_and_leave_what_their_points_do(one: Region, other: Region) -> None:
    """Intersection, difference, and whether there is any."""
    assert points(inside(one, other)) == points(one) & points(other)
    assert points(outside(one, other)) == points(one) - points(other)
    assert shares(one, other) == bool(points(one) & points(other))


@given(BOXES, FULL)
def test_a_box_lies_in_a_region_with_all_its_points(box: BoxMask, region: Region) -> None:
    """One without a point lies anywhere."""
    assert lies_in(box, region) == (points((box,)) <= points(region))


@given(FULL.filter(bool))
def test_the_lowest_point_is_the_first_in_vocabulary_order(region: Region) -> None:
    """The first axis varies slowest (10.1)."""
    assert lowest(region) == min(points(region))


@given(FULL, st.frozensets(st.integers(0, 3)))
def test_a_widened_region_says_the_same_on_its_axes(region: Region, axes: frozenset[int]) -> None:
    """And nothing on the others (10.19)."""
    spots = {tuple(one[axis] for axis in sorted(axes)) for one in points(region)}

    wide = points(widened(region, WHOLE, axes))

    assert wide == {one for one in points((WHOLE,)) if _spot(one, axes) in spots}


def _spot(point: Point, axes: frozenset[int]) -> tuple[int, ...]:
    return tuple(point[axis] for axis in sorted(axes))


@given(BOXES, BOXES, BOXES, BOXES, st.booleans())
def test_a_scope_covers_what_its_exceptions_leave(
    sure: BoxMask,
    more: BoxMask,
    carve: BoxMask,
    perhaps_carve: BoxMask,
    perhaps: bool,  # noqa: FBT001
) -> None:
    """Surely without what may be carved out, possibly without what surely is (1.5)."""
    possible = _joined(sure, more)
    carved = Carved(sure=carve, possible=_joined(carve, perhaps_carve))
    layer = Layer(sure=sure, possible=possible, carved=(carved,), perhaps=perhaps)

    assert points(possible_region([layer])) == points((possible,)) - points((carve,))
    left = points((sure,)) - points((carved.possible,))
    assert points(sure_region([layer])) == (set() if perhaps else left)


def _joined(one: BoxMask, other: BoxMask) -> BoxMask:
    a, b, c, d = (mine | theirs for mine, theirs in zip(one, other, strict=True))
    return a, b, c, d
