"""How a run ends where pytest has no code of its own; docs/exit-codes.md is the table."""

from __future__ import annotations

import enum


class RunExit(enum.IntEnum):
    """Codes beside pytest's 0 to 6, and below those of the command."""

    WARNED = 10
    NOT_WHOLE = 11
    UNWRITTEN = 12
