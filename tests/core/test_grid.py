"""A grid of boxes: which cells a box covers, and whether it tells a box apart (10.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from termsgate.core.space import Carved, Layer, cells, grid, touches

if TYPE_CHECKING:
    from termsgate.core.space import BoxMask

masks = st.integers(0, 15)
boxes = st.tuples(masks, masks, st.integers(0, 3), st.integers(0, 1))
WHOLE = (15, 15, 3, 1)


@given(boxes, st.lists(boxes, max_size=4))
def test_cells_of_a_box_are_those_it_touches(within: BoxMask, of: list[BoxMask]) -> None:
    """However often it is asked, and whatever of it lies outside the grid."""
    a, b, c, d = within
    made = grid((a, b, c, d), of)

    for box in (*of, *of, WHOLE):
        covered = made.box(box)
        for cell in cells(made.everything):
            group = made.cell(cell)
            assert bool(covered >> cell & 1) == touches(group, box)
    assert made.within == within


@given(st.lists(boxes, max_size=4), boxes)
def test_a_grid_tells_what_no_cell_lies_partly_in(of: list[BoxMask], asked: BoxMask) -> None:
    """Axis by axis, of the sure and the possible, and of exceptions."""
    made = grid(WHOLE, of)
    partly = any(
        0 != group & mask != group
        for groups, mask in zip(made.groups, asked, strict=True)
        for group in groups
    )
    carved = Carved(sure=WHOLE, possible=asked)

    assert made.tells([Layer(sure=WHOLE, possible=asked)]) == (not partly)
    assert made.tells([Layer(sure=asked, possible=WHOLE)]) == (not partly)
    assert made.tells([Layer(sure=WHOLE, possible=WHOLE, carved=(carved,))]) == (not partly)
    assert made.tells(Layer(sure=one, possible=one) for one in of)
