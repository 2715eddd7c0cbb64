"""`termsgate export`: a record in another format, for those who read no JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from termsgate.cli.exits import Exit, Refusal
from termsgate.reading.record import decode
from termsgate.reporting.github import commands
from termsgate.reporting.markdown import summary

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from termsgate.core.record import Record

_WRITERS: Final[dict[str, Callable[[Record, str], str]]] = {
    "github": lambda record, prefix: commands(record, prefix=prefix),
    "markdown": lambda record, _: summary(record),
}


def run(asked: argparse.Namespace) -> Exit:
    """Print the record in the format asked for; 65 if it is none, 66 if it is not there."""
    sys.stdout.write(_WRITERS[asked.to](_record(asked.record), asked.prefix))
    return Exit.NOTHING_TO_SAY


def _record(path: Path) -> Record:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refusal(
            Exit.NOTHING_FOUND,
            f"termsgate: `{path}` cannot be read: {(error.strerror or '').lower()}",
            "  help: a run of the suite writes it where `--terms-json` says",
        ) from None
    read = decode(data, str(path))
    if read.record is None:
        raise Refusal(Exit.PROBLEMS, *map(str, read.problems))
    return read.record
