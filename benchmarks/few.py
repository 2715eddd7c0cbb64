"""Choose the cases of tests/laws/test_few.py: those that show most features together.

    python benchmarks/few.py > tests/laws/few.txt

Run from the root of the repository. Of the first 6,000 random cases, the next is always the one
with most pairs of features under a verdict that no earlier one showed.
"""

from __future__ import annotations

import sys
from heapq import heapify, heappop, heappush
from itertools import combinations
from pathlib import Path
from textwrap import fill

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.laws.cases import case, features
from tests.laws.comparing import naively

CASES = 6_000
CHOSEN = 600

Shown = frozenset[tuple[str, str, str]]


def shown_by(seed: int) -> Shown:
    """Each pair of features of a case, with its verdict."""
    made = case(seed)
    word = naively(made).word
    return frozenset((one, two, word) for one, two in combinations(sorted(features(made)), 2))


def chosen(shown: list[Shown]) -> list[int]:
    """The cases that together show most, the most telling first."""
    waiting = [(-len(each), seed) for seed, each in enumerate(shown)]
    heapify(waiting)
    seen: set[tuple[str, str, str]] = set()
    found: list[int] = []
    while waiting and len(found) < CHOSEN:
        _, seed = heappop(waiting)
        new = len(shown[seed] - seen)
        if new and waiting and -new > waiting[0][0]:
            heappush(waiting, (-new, seed))
        elif new:
            seen |= shown[seed]
            found.append(seed)
    return found


if __name__ == "__main__":
    print(fill(" ".join(map(str, chosen([shown_by(seed) for seed in range(CASES)]))), 100))
