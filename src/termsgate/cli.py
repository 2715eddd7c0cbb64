"""Knows how we are run from a shell: the command `termsgate`."""

import argparse
import enum
import sys
from collections.abc import Sequence
from typing import NoReturn

from termsgate import __version__


class Exit(enum.IntEnum):
    """How the command ends; docs/exit-codes.md is the table, and no number is ever reused."""

    NOTHING_TO_SAY = 0
    FELL_SHORT = 1
    USAGE = 64
    PROBLEMS = 65
    NOTHING_FOUND = 66
    OUR_BUG = 70


class _Parser(argparse.ArgumentParser):
    """A parser whose errors end with our own code for usage."""

    def error(self, message: str) -> NoReturn:
        """The message is printed below the usage, and the command ends."""
        self.print_usage(sys.stderr)
        self.exit(Exit.USAGE, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of the command that the arguments ask for."""
    parser = _Parser(prog="termsgate", description="Judge what vendors' terms say.")
    parser.add_argument("--version", action="version", version=f"termsgate {__version__}")
    parser.parse_args(arguments)
    parser.error("no command was given")
