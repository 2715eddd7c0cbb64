"""Who possibly governs where some prevail over one another in a circle (semantics 3.4, 3.5)."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from termsgate.core.govern import possibly_on_top, undefeated

if TYPE_CHECKING:
    from collections.abc import Iterable

SIZE = 5
PLACES = range(SIZE)
pairs_of_places = st.sets(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES)).filter(lambda p: p[0] != p[1])
)


def by_every_reading(pairs: Iterable[tuple[int, int]], fixed: tuple[bool, ...]) -> set[int]:
    """Those that govern in some reading, found by going through them all."""
    listed = list(pairs)
    found: set[int] = set()
    for taken in product((False, True), repeat=SIZE):
        applying = frozenset(n for n in PLACES if taken[n] or fixed[n])
        found |= undefeated(applying, listed)
    return found


@given(pairs_of_places, st.tuples(*[st.booleans()] * SIZE))
def test_only_the_readings_of_a_circle_matter(
    pairs: set[tuple[int, int]], fixed: tuple[bool, ...]
) -> None:
    """The same as going through every reading of all that is open."""
    under = tuple(sum(1 << b for a, b in pairs if a == place) for place in PLACES)

    found = possibly_on_top(under, fixed)

    assert {place for place in PLACES if found >> place & 1} == by_every_reading(pairs, fixed)
