"""The fewest boxes that cover a set exactly."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termsgate.core import cover as covering
from termsgate.core.cover import Box, Coordinates, cover

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (3, 3, 2)
PLACES = tuple(product(*map(range, SIZES)))

sets_of_places = st.sets(st.sampled_from(PLACES))


def inside(boxes: tuple[Box, ...]) -> set[Coordinates]:
    """Every place of these boxes."""
    return {place for box in boxes for place in product(*map(sorted, box))}


def parts(size: int) -> list[frozenset[int]]:
    """Every set of values of an axis but the empty one."""
    return [
        frozenset(chosen) for n in range(1, size + 1) for chosen in combinations(range(size), n)
    ]


def boxes_in(wanted: set[Coordinates]) -> Iterator[frozenset[Coordinates]]:
    """Every box inside a set, as its places."""
    for box in product(*map(parts, SIZES)):
        places = frozenset(product(*box))
        if places <= wanted:
            yield places


def fewest(wanted: set[Coordinates]) -> int:
    """How few boxes cover a set, found by trying them all."""
    found = list(boxes_in(wanted))
    largest = [one for one in found if not any(one < other for other in found)]
    return next(
        n
        for n in range(len(wanted) + 1)
        if any(frozenset().union(*chosen) == wanted for chosen in combinations(largest, n))
    )


@given(sets_of_places)
def test_boxes_cover_a_set_exactly_and_are_the_fewest(wanted: set[Coordinates]) -> None:
    """They hold every place of it and no other, and no fewer would do (11.3)."""
    found = cover(SIZES, wanted)

    assert inside(found.boxes) == wanted
    assert (len(found.boxes), found.fewest) == (fewest(wanted), True)


@given(sets_of_places)
def test_where_there_is_too_much_greed_covers_exactly_too(wanted: set[Coordinates]) -> None:
    """And says that fewer might do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(covering, "MOST_BOXES", 0)
        found = cover(SIZES, wanted)

    assert inside(found.boxes) == wanted
    assert found.fewest is not bool(wanted)


@given(sets_of_places)
def test_a_search_that_is_cut_short_covers_exactly(wanted: set[Coordinates]) -> None:
    """With what was found until then."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(covering, "MOST_STEPS", 0)
        found = cover(SIZES, wanted)

    assert inside(found.boxes) == wanted


def test_the_order_of_the_places_changes_nothing() -> None:
    """The same set gives the same boxes."""
    wanted = [place for place in PLACES if sum(place) % 2]

    assert cover(SIZES, wanted) == cover(SIZES, wanted[::-1])


# --- larger sets ---------------------------------------------------------------------------------

ROUND: tuple[Coordinates, ...] = tuple(
    (a, b) for a in range(6) for b in range(6) if a != b and (a + 1) % 6 != b
)
"""A ring of places: no box is needed alone, and greed may take one too many."""


def test_the_search_finds_fewer_than_greed_where_there_are_fewer() -> None:
    """In no more than the places of one row and as many as they must be."""
    found = cover((6, 6), ROUND)

    assert inside(found.boxes) == set(ROUND)
    assert found.fewest
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(covering, "MOST_STEPS", 0)
        assert len(found.boxes) <= len(cover((6, 6), ROUND).boxes)


@given(
    st.sets(st.tuples(*[st.integers(0, 5)] * 2), min_size=8),
    st.integers(0, 40),
)
def test_whatever_the_bounds_the_cover_is_exact(wanted: set[Coordinates], most: int) -> None:
    """With few boxes, many, or none looked at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(covering, "MOST_BOXES", most)
        patch.setattr(covering, "MOST_STEPS", most)

        assert inside(cover((6, 6), wanted).boxes) == wanted


@given(sets_of_places, st.integers(0, 8))
def test_whatever_the_bounds_on_three_axes_the_cover_is_exact(
    wanted: set[Coordinates], most: int
) -> None:
    """Too many boxes of the inner axes are too many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(covering, "MOST_BOXES", most)

        assert inside(cover(SIZES, wanted).boxes) == wanted
