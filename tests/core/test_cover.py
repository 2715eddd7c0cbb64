"""The fewest boxes that cover a set exactly."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Final

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


def values_of(box: Box) -> list[list[int]]:
    """The values of a box on each axis, in their order."""
    return [sorted(values) for values in box]


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
    """They hold every place of it and no other, in order, and no fewer would do (11.3)."""
    found = cover(SIZES, wanted)

    assert inside(found.boxes) == wanted
    assert (len(found.boxes), found.fewest) == (fewest(wanted), True)
    assert list(found.boxes) == sorted(found.boxes, key=values_of)


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


def drawn(*rows: str) -> tuple[tuple[int, int], list[Coordinates]]:
    """The sizes of a picture, and its places."""
    places: list[Coordinates] = [
        (a, b) for a, row in enumerate(rows) for b, cell in enumerate(row) if cell == "x"
    ]
    return (len(rows), len(rows[0])), places


HARD: Final = (
    # What two rows have in common is a box that neither row is.
    (3, ("x.x.", ".xx.", "x...", ".x..")),
    # Greed takes one too many.
    (5, (".xx.xx", ".xxx.x", "xx..xx", "x.xx.x", "..x.xx", "xx.x..")),
    (6, ("....xx", "x.x..x", "..xxx.", "xxxx..", ".xx.xx", "...x.x")),
)


@pytest.mark.parametrize(("count", "picture"), HARD)
def test_where_greed_would_err_the_fewest_are_found(count: int, picture: tuple[str, ...]) -> None:
    """As many as somebody found by trying them all."""
    sizes, wanted = drawn(*picture)
    found = cover(sizes, wanted)

    assert inside(found.boxes) == set(wanted)
    assert (len(found.boxes), found.fewest) == (count, True)


@pytest.mark.parametrize(("count", "picture"), HARD)
def test_a_search_that_was_cut_short_does_not_call_the_cover_the_fewest(
    count: int, picture: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless it is, however few steps were taken."""
    sizes, wanted = drawn(*picture)
    said = []
    for most in range(40):
        monkeypatch.setattr(covering, "MOST_STEPS", most)
        found = cover(sizes, wanted)
        said.append(found.fewest)
        assert len(found.boxes) == count or not found.fewest

    assert said == sorted(said)
    assert not said[0]


STAIRS: Final = ("xxxx", "xxx.", "xx..", "x...")
"""No box of the stairs can be done without; greed finds them all, and one step tells."""


@pytest.mark.parametrize(("most", "is_fewest"), [(0, False), (1, True)])
def test_where_none_can_be_done_without_one_step_is_enough(
    most: int,
    is_fewest: bool,  # noqa: FBT001 - a table
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """There is nothing left to choose among."""
    monkeypatch.setattr(covering, "MOST_STEPS", most)
    found = cover(*drawn(*STAIRS))

    assert (len(found.boxes), found.fewest) == (4, is_fewest)


@pytest.mark.parametrize(("most", "is_fewest"), [(3, False), (4, True)])
def test_up_to_the_bound_all_largest_boxes_are_looked_at(
    most: int,
    is_fewest: bool,  # noqa: FBT001 - a table
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And with one more of them greed chooses."""
    monkeypatch.setattr(covering, "MOST_BOXES", most)

    assert cover(*drawn(*STAIRS)).fewest is is_fewest


@pytest.mark.parametrize("picture", [picture for _, picture in HARD])
def test_greed_grows_each_box_as_far_as_it_goes(
    picture: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No value could be added to it on any axis."""
    monkeypatch.setattr(covering, "MOST_BOXES", 0)
    sizes, wanted = drawn(*picture)

    for rows, columns in cover(sizes, wanted).boxes:
        wider = [(rows | {row}, columns) for row in range(sizes[0]) if row not in rows]
        wider += [(rows, columns | {one}) for one in range(sizes[1]) if one not in columns]
        assert not any(set(product(*each)) <= set(wanted) for each in wider)
