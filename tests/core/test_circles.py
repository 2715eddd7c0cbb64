"""Who possibly governs where some prevail over one another in a circle (semantics 3.4, 3.5)."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from hypothesis import example, given
from hypothesis import strategies as st

from termsgate.core.govern import has_cycle, possibly_on_top, undefeated

if TYPE_CHECKING:
    from collections.abc import Iterable

SIZE = 5
PLACES = range(SIZE)
pairs_of_places = st.sets(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES)).filter(lambda p: p[0] != p[1])
)


def below(start: int, pairs: Iterable[tuple[int, int]]) -> set[int]:
    """All that one prevails over, through any chain."""
    listed = list(pairs)
    ahead = {b for a, b in listed if a == start}
    while not ahead >= (further := {b for a, b in listed if a in ahead}):
        ahead |= further
    return ahead


def on_top(applying: frozenset[int], pairs: Iterable[tuple[int, int]]) -> set[int]:
    """Those over whom none prevails without being prevailed over in turn (3.4)."""
    among = [(a, b) for a, b in pairs if a in applying and b in applying]
    reach = {one: below(one, among) for one in applying}
    return {
        one
        for one in applying
        if all(other in reach[one] for other in reach if one in reach[other])
    }


def by_every_reading(pairs: Iterable[tuple[int, int]], fixed: tuple[bool, ...]) -> set[int]:
    """Those that govern in some reading, found by going through them all."""
    listed = list(pairs)
    found: set[int] = set()
    for taken in product((False, True), repeat=SIZE):
        applying = frozenset(n for n in PLACES if taken[n] or fixed[n])
        found |= on_top(applying, listed)
    return found


LONG_WAY_BACK: Final = [(0, 1), (0, 2), (1, 3), (3, 0), (4, 2)]
"""Whom the first prevails over leads back to it, through one of two."""


@example(set(LONG_WAY_BACK))
@given(pairs_of_places)
def test_those_govern_over_whom_none_prevails(pairs: set[tuple[int, int]]) -> None:
    """Directly or through a chain, without being prevailed over in turn."""
    applying = frozenset(PLACES)

    assert undefeated(applying, list(pairs)) == on_top(applying, pairs)


@example([])
@example([(0, 1), (0, 1)])
@example([(0, 1), (2, 1), (1, 3)])
@example([(0, 1), (1, 2), (2, 1)])
@example(LONG_WAY_BACK)
@given(st.lists(st.sampled_from(sorted(product(PLACES, PLACES)))))
def test_a_circle_is_found_where_there_is_one(pairs: list[tuple[int, int]]) -> None:
    """However often it is said who prevails over whom."""
    apart = [(a, b) for a, b in pairs if a != b]

    assert has_cycle(SIZE, apart) is has_circle(set(apart))


@example(set(LONG_WAY_BACK), (False,) * SIZE)
@given(pairs_of_places, st.tuples(*[st.booleans()] * SIZE))
def test_only_the_readings_of_a_circle_matter(
    pairs: set[tuple[int, int]], fixed: tuple[bool, ...]
) -> None:
    """The same as going through every reading of all that is open."""
    under = tuple(sum(1 << b for a, b in pairs if a == place) for place in PLACES)

    found = possibly_on_top(under, fixed)

    assert {place for place in PLACES if found >> place & 1} == by_every_reading(pairs, fixed)


def has_circle(pairs: set[tuple[int, int]]) -> bool:
    """Whether following who prevails over whom leads back."""
    return any(start in below(start, pairs) for start in PLACES)
