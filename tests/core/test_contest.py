"""Who possibly governs, by sets of rivals, is who governs in some reading (semantics 3.4, 3.5)."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import pytest

from termsgate.core.govern import MOST_OPEN, Contender, Contest
from termsgate.core.space import cells
from tests.core.test_ranking import standing_of
from tests.laws.effort import cases

if TYPE_CHECKING:
    from termsgate.core.govern import Rival

CELLS = 12
EVERYWHERE = (1 << CELLS) - 1
CASES = cases(600, least=200)


def some(rng: Random, within: int) -> int:
    """Some of these cells."""
    return within & (rng.getrandbits(CELLS) | rng.getrandbits(CELLS))


def contest(seed: int, most: int = 9) -> Contest:
    """Rivals of a random case, anywhere on a grid, standing to each other in any way.

    How they stand is drawn as well: what a case says seldom makes a circle.
    """
    rng = Random(f"contest {seed}")
    standing = standing_of(seed)
    rivals: list[Rival] = [*standing.halves, *standing.statements]
    rivals = [rng.choice(rivals) for _ in range(rng.randint(2, most))] if rivals else []
    contenders = []
    for rival in rivals:
        present = some(rng, EVERYWHERE)
        sure = some(rng, present)
        contenders.append(Contender(rival=rival, sure=sure, present=present, always=sure))
    found = Contest(contenders=tuple(contenders), precedents=None)  # type: ignore[arg-type]
    count = len(contenders)
    dense = rng.choice((0.1, 0.25, 0.4))
    above = [
        sum(1 << n for n in range(count) if n != place and rng.random() < dense)
        for place in range(count)
    ]
    plainer = [
        sum(1 << n for n in range(count) if n != place and rng.random() < dense / 2) & ~over
        for place, over in enumerate(above)
    ]
    found.__dict__.update(above=tuple(above), plainer=tuple(plainer))
    return found


def edges(of: Contest) -> list[tuple[int, int, int]]:
    """Who prevails over whom and where, pair by pair."""
    found = []
    for second, weaker in enumerate(of.contenders):
        for first, stronger in enumerate(of.contenders):
            both = stronger.present & weaker.present
            if of.above[second] >> first & 1:
                found.append((first, second, both))
            elif of.plainer[second] >> first & 1:
                found.append((first, second, both & stronger.sure & ~weaker.sure))
    return found


@pytest.mark.parametrize("start", range(0, CASES, 100))
def test_who_governs_is_who_governs_in_some_reading(start: int) -> None:
    """Each reading is gone through, region by region."""
    seen: Counter[bool] = Counter()
    for seed in range(start, start + 100):
        made = contest(seed)
        scope = some(Random(seed), EVERYWHERE)
        pairs = [(*edge, None) for edge in edges(made)]
        found = made.governing(scope)

        where = [0] * len(made.contenders)
        for region in made.regions(scope):
            readings = made.readings(region, pairs)  # type: ignore[arg-type]
            assert readings is not None
            for place in frozenset().union(*readings):
                where[place] |= region
        assert list(found.where) == where, seed
        assert not found.bound
        seen[bool(made.circular(scope))] += 1
    assert min(seen.values()) > 10


def crowd(seed: int) -> Contest:
    """More than twelve who nearly all apply only possibly, nearly everywhere, in some circle."""
    rng = Random(f"crowd {seed}")
    rival = next(half for one in range(99) for half in standing_of(one).halves)
    count = rng.randint(13, 15)
    contenders = []
    for _ in range(count):
        present = EVERYWHERE & ~(1 << rng.randrange(CELLS))
        sure = present & (1 << rng.randrange(CELLS)) * rng.randint(0, 1)
        contenders.append(Contender(rival=rival, sure=sure, present=present, always=sure))
    found = Contest(contenders=tuple(contenders), precedents=None)  # type: ignore[arg-type]
    ring = rng.sample(range(count), 2)
    above = [0] * count
    above[ring[0]], above[ring[1]] = 1 << ring[1], 1 << ring[0]
    found.__dict__.update(above=tuple(above), plainer=(0,) * count)
    return found


def test_too_much_open_in_a_circle_is_said_of_the_cells_where_it_is() -> None:
    """Only there, and nobody governs where it is said (10.15)."""
    bound = free = 0
    for made in map(crowd, range(30)):
        found = made.governing(EVERYWHERE)

        crowded = 0
        for cell in range(CELLS):
            open_ = [c for c in made.contenders if (c.present & ~c.always) >> cell & 1]
            if len(open_) > MOST_OPEN:
                crowded |= 1 << cell
        assert found.bound == crowded & made.circular(EVERYWHERE)
        assert not any(where & found.bound for where in found.where)
        bound += bool(found.bound)
        free += found.bound != EVERYWHERE
    assert bound == 30
    assert free > 10


def test_a_reading_turns_the_two_it_names_and_nobody_else() -> None:
    """Semantics 4.7: who was over it no longer is, unless another reading says so too."""
    for seed in range(60):
        made = contest(seed)
        count = len(made.contenders)
        if count < 2:
            continue
        decided = made.decided(1, 2, mutually=False)
        both = made.decided(1, 2, mutually=True)

        assert decided.over(1) == (made.above[1] | made.plainer[1] | 1)
        assert decided.above[1] & 1
        assert not decided.over(0) & 2
        assert both.above[0] & 2
        assert both.above[1] & 1
        for place in range(2, count):
            assert decided.over(place) == made.over(place) == both.over(place)


def test_whom_a_chain_leads_to_is_followed_to_its_end() -> None:
    """And no further; one on a circle leads to itself."""
    for seed in range(60):
        made = contest(seed)
        for place in range(len(made.contenders)):
            expected: set[int] = set()
            queue = set(cells(made.over(place)))
            while queue:
                one = queue.pop()
                if one not in expected:
                    expected.add(one)
                    queue |= set(cells(made.over(one)))
            assert set(cells(made.leading_to(place))) == expected
