"""How much the laws try: everything, or little and fast where mutants of the engine wait.

`HYPOTHESIS_PROFILE=few` (tests/conftest.py) is what `tox run -e mutants` sets.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

FEW: Final = os.environ.get("HYPOTHESIS_PROFILE") == "few"


def cases(whole: int, *, least: int = 1) -> int:
    """How many of the whole number of cases are tried."""
    return max(least, whole // 20) if FEW else whole


def chosen() -> tuple[int, ...]:
    """The cases that show most features together: `benchmarks/few.py` chose them."""
    told = (Path(__file__).parent / "few.txt").read_text("utf-8")
    return tuple(map(int, told.split()))
