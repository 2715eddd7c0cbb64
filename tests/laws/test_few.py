"""The comparison of test_oracle.py, small and fast: mutants of the engine wait for it.

The naive evaluator has spoken before a mutant is switched on: its rulings are worked out when
this file is collected, and what is remembered on the way is forgotten again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.laws.cases import case, vocabulary
from tests.laws.comparing import naively, on_the_grid, quickly, wholly
from tests.laws.effort import FEW, chosen

if TYPE_CHECKING:
    from termsgate.core.verdict import Ruling

if not FEW:
    pytest.skip("test_oracle.py compares more", allow_module_level=True)

CHOSEN: Final = chosen()
CASES: Final = (*CHOSEN, *range(300))
CHUNK: Final = 100


def rulings_beforehand() -> dict[int, Ruling]:
    """What the naive evaluator says of each case."""
    found = {seed: naively(case(seed)) for seed in CASES}
    vocabulary.cache_clear()
    return found


BEFOREHAND: Final = rulings_beforehand()


@pytest.mark.parametrize("start", range(0, len(CASES), CHUNK))
def test_the_engine_says_what_was_said_beforehand(start: int) -> None:
    """Sections 1 to 6 and 10."""
    seeds = CASES[start : start + CHUNK]

    different = (seed for seed in seeds if quickly(case(seed)) is not BEFOREHAND[seed])

    assert next(different, None) is None


@pytest.mark.parametrize("start", [0, len(CHOSEN)])
def test_the_whole_verdict_is_the_same_at_once_and_on_the_grid(start: int) -> None:
    """And its word is the naive evaluator's."""
    seeds = CASES[start : start + CHUNK]
    told = ((seed, wholly(made), on_the_grid(made)) for seed in seeds for made in [case(seed)])

    different = (s for s, once, grid in told if once != grid or once.ruling is not BEFOREHAND[s])

    assert next(different, None) is None
