"""Circles of those that prevail over one another, on sets of places (semantics 3.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from termsgate.core.rings import Reach, crowded, parted, rings, turning

if TYPE_CHECKING:
    from collections.abc import Mapping

SIZE = 6
PLACES = range(SIZE)
above_each = st.lists(st.integers(0, (1 << SIZE) - 1), min_size=SIZE, max_size=SIZE).map(
    lambda rows: [row & ~(1 << place) for place, row in enumerate(rows)]
)
masks = st.lists(st.integers(0, 255), max_size=12)


def ahead(above: list[int], place: int) -> set[int]:
    """Every place that one leads to."""
    found: set[int] = set()
    queue = [place]
    while queue:
        row = above[queue.pop()]
        new = {other for other in PLACES if row >> other & 1} - found
        found |= new
        queue += new
    return found


@given(above_each)
def test_a_ring_is_all_that_lead_to_one_another(above: list[int]) -> None:
    """Each place lies in the ring of those it leads to that lead to it, if it leads to itself."""
    expected = set()
    for place in PLACES:
        reached = ahead(above, place)
        if place in reached:
            expected.add(sum(1 << other for other in reached if place in ahead(above, other)))

    assert set(rings({place: row for place, row in enumerate(above) if row})) == expected
    assert len(list(rings(dict(enumerate(above))))) == len(expected)


@given(st.lists(above_each, min_size=1, max_size=3))
def test_who_turns_in_a_circle_is_found_cell_by_cell(graphs: list[list[int]]) -> None:
    """Cell by cell, a circle or what follows from one is left, and nothing where there is none."""

    def leading(place: int, left: Mapping[int, int]) -> int:
        found = 0
        for cell, above in enumerate(graphs):
            for first, here in left.items():
                if above[place] >> first & 1:
                    found |= here & 1 << cell
        return found

    left = turning(dict.fromkeys(PLACES, (1 << len(graphs)) - 1), leading)

    for cell, above in enumerate(graphs):
        turns = {place for place in PLACES if place in ahead(above, place)}
        follow = {place for place in PLACES if turns & (ahead(above, place) | {place})}
        assert {place for place, here in left.items() if here >> cell & 1} == follow


@given(masks, st.integers(0, 4), st.integers(0, 255))
def test_crowded_cells_lie_in_more_masks_than_allowed(
    given_: list[int], most: int, within: int
) -> None:
    """Counted one by one."""
    expected = sum(
        1 << cell
        for cell in range(8)
        if within >> cell & 1 and sum(mask >> cell & 1 for mask in given_) > most
    )

    assert crowded(given_, most, within) == expected


@given(masks, st.integers(0, 255))
def test_parts_lie_wholly_inside_each_mask_or_outside(given_: list[int], scope: int) -> None:
    """They share no cell, leave none out, and no two have the same masks."""
    found = parted(scope, given_)

    assert sum(found) == scope
    assert all(part & mask in (0, part) for part in found for mask in given_)
    kinds = {tuple(bool(part & mask) for mask in given_) for part in found}
    assert len(kinds) == len(found)


@given(masks, st.integers(0, 4095), st.integers(0, 255))
def test_sets_of_cells_are_joined_by_place(given_: list[int], members: int, cells: int) -> None:
    """Joined for many places as for few; and who has one of some cells."""
    reach = Reach(given_)

    joined = 0
    for place, mask in enumerate(given_):
        if members >> place & 1:
            joined |= mask
    among = members & (1 << len(given_)) - 1
    assert reach.of(among) == joined
    assert reach.meeting(cells) == sum(1 << p for p, mask in enumerate(given_) if mask & cells)
