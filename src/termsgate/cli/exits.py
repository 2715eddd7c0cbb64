"""How the command ends."""

from __future__ import annotations

import enum


class Exit(enum.IntEnum):
    """The exit codes; docs/exit-codes.md is the table, and no number is ever reused."""

    NOTHING_TO_SAY = 0
    FELL_SHORT = 1
    USAGE = 64
    PROBLEMS = 65
    NOTHING_FOUND = 66
    OUR_BUG = 70
    STOPPED = 130


class Refusal(Exception):  # noqa: N818 - nothing went wrong with us
    """There is nothing to do, and this is why."""

    def __init__(self, code: Exit, *lines: str) -> None:
        """Keep the code and what is said on standard error."""
        super().__init__(*lines)
        self.code = code
        self.lines = lines
