"""How a run ends, whoever started it; docs/exit-codes.md is the table."""

from __future__ import annotations

import enum


class RunExit(enum.IntEnum):
    """The codes of a run that was not cut off; below ten they are pytest's own."""

    PASSED = 0
    FAILED = 1
    OUR_BUG = 3
    NOTHING_EVALUATED = 5
    WARNED = 10
    NOT_WHOLE = 11
    UNWRITTEN = 12
