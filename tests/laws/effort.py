"""How much the laws try: everything, or little and fast where mutants of the engine wait.

`HYPOTHESIS_PROFILE=few` (tests/conftest.py) is what `tox run -e mutants` sets.
"""

from __future__ import annotations

import os
from typing import Final

FEW: Final = os.environ.get("HYPOTHESIS_PROFILE") == "few"


def cases(whole: int, *, least: int = 1) -> int:
    """How many of the whole number of cases are tried."""
    return max(least, whole // 20) if FEW else whole
