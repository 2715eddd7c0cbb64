"""`termsgate export`: a record in another format, for those who read no JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from termsgate.cli.exits import Exit, Refusal
from termsgate.cli.terminal import waiting
from termsgate.reading.record import decode
from termsgate.reporting.csv import table
from termsgate.reporting.github import commands
from termsgate.reporting.gitlab import code_quality
from termsgate.reporting.intoto import statement
from termsgate.reporting.junit import junit
from termsgate.reporting.markdown import comment, summary
from termsgate.reporting.odrl import linked_data
from termsgate.reporting.oscal import assessment_results
from termsgate.reporting.page.words import LANGUAGES
from termsgate.reporting.sarif import sarif

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from termsgate.core.record import Record

_PAGE: Final = "html"
"""The format that has words of its own, in a language."""
_WRITERS: Final[dict[str, Callable[[Record, str], str | None]]] = {
    "comment": lambda record, _: comment(record),
    "csv": lambda record, _: table(record),
    "github": lambda record, prefix: commands(record, prefix=prefix),
    "gitlab": lambda record, prefix: code_quality(record, prefix=prefix),
    "in-toto": lambda record, prefix: statement(record, prefix=prefix),
    "junit": lambda record, _: junit(record),
    "markdown": lambda record, _: summary(record),
    "odrl": lambda record, prefix: linked_data(record, prefix=prefix),
    "oscal": lambda record, prefix: assessment_results(record, prefix=prefix),
    "sarif": lambda record, prefix: sarif(record, prefix=prefix),
}
_EVERYTHING: Final = "sarif"
"""The format that leaves out what passes, unless `--all` asks for it."""


def run(asked: argparse.Namespace) -> Exit:
    """Print the record in the format asked for; 65 if it is none, 66 if it is not there."""
    if asked.all and asked.to != _EVERYTHING:
        raise Refusal(
            Exit.USAGE,
            f"termsgate: `--all` says nothing with `--to {asked.to}`",
            f"  help: leave it out: only `--to {_EVERYTHING}` has findings alone without it",
        )
    if asked.lang and asked.to != _PAGE:
        raise Refusal(
            Exit.USAGE,
            f"termsgate: `--lang` says nothing with `--to {asked.to}`",
            f"  help: leave it out: only `--to {_PAGE}` has words in several languages",
        )
    with waiting("reading the record"):
        record = _record(asked.record)
    with waiting("writing"):
        text = _written(asked, record)
    if text is None:
        raise Refusal(
            Exit.NOTHING_FOUND,
            f"termsgate: `{asked.record}` does not hold the terms themselves",
            "  help: it was written by an earlier version: run the suite again",
        )
    _print(text)
    return Exit.NOTHING_TO_SAY


def _written(asked: argparse.Namespace, record: Record) -> str | None:
    """The text of the format; nothing where the record lacks what it needs."""
    if asked.to == _PAGE:
        # Brings a library that no other format needs.
        from termsgate.reporting.page.making import page  # noqa: PLC0415

        return page(record, asked.lang or LANGUAGES[0])
    if asked.all:
        return sarif(record, prefix=asked.prefix, everything=True)
    return _WRITERS[asked.to](record, asked.prefix)


def _print(text: str) -> None:
    """Write UTF-8, whatever the terminal speaks: most formats are nothing else by definition."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", newline="")
    sys.stdout.write(text)


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
