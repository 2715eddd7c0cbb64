"""`termsgate merge`: the records of all parts of a run become the record of the whole."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from termsgate.cli.ending import Ending
from termsgate.cli.exits import Exit, Refusal
from termsgate.cli.terminal import look, waiting
from termsgate.core.record import review_failures
from termsgate.reading.streaming import NotOursError, Streamed, streamed
from termsgate.reporting.json import pieces
from termsgate.running.closing import Closing, Reach
from termsgate.running.exits import RunExit
from termsgate.running.merging import Merged, MergeError, refuse_what_is_no_run
from termsgate.running.settings import Settings, Wishes, WrongUsageError, settled
from termsgate.running.tally import quote_lines

if TYPE_CHECKING:
    import argparse

    from termsgate.core.record import Record

_FOUND = frozenset({"found", "found-normalised"})


def run(asked: argparse.Namespace) -> int:
    """Print how the whole run ends; its record is written."""
    with waiting("reading the records"):
        merged = Merged(parts=tuple(_parts(asked.records)))
    closing = Closing(_settings(asked, merged), None, None)
    lines = merged.lines()
    with waiting("writing the record"):
        record = closing.write(
            merged.record, merged.record["expected"], lambda record: pieces(record, lines)
        )
        if any((asked.html, asked.sarif, asked.markdown)):
            closing.write_others(merged.with_all(record))
    code = closing.exit(_status(merged, record), record, _reach(merged))
    how = look()
    ending = Ending(
        record=record,
        closing=closing,
        words=merged.words,
        outcomes=merged.outcomes,
        look=how,
        quiet=asked.quiet,
    )
    said = (
        *ending.failures(),
        *ending.counts(matrix=merged.is_small),
        *how.fit(quote_lines(merged.quotes, 0), 4),
        *ending.reports(),
    )
    sys.stdout.write("".join(f"{line}\n" for line in said))
    return code


def _parts(files: list[Path]) -> list[Streamed]:
    """The records, if they are all parts of one run; else every reason why not."""
    found: list[Streamed] = []
    problems: list[str] = []
    for file in files:
        try:
            found.append(streamed(file, str(file)))
        except NotOursError as error:
            problems.append(str(error.problem))
        except OSError as error:
            reason = (error.strerror or "the disk refuses").lower()
            help_ = "  help: name the record that `termsgate check --shard` wrote"
            raise Refusal(
                Exit.NOTHING_FOUND, f"termsgate: `{file}` cannot be read: {reason}", help_
            ) from None
    if problems:
        raise Refusal(Exit.PROBLEMS, *problems)
    try:
        refuse_what_is_no_run(found)
    except MergeError as error:
        raise Refusal(Exit.PROBLEMS, *map(str, error.problems)) from None
    return sorted(found, key=lambda each: int(each.head["shard"]["number"]))


def _settings(asked: argparse.Namespace, merged: Merged) -> Settings:
    """Where the reports go. Nothing of the project is read."""
    here = Path.cwd()
    files = {
        "json": asked.json,
        "html": asked.html,
        "sarif": asked.sarif,
        "markdown": asked.markdown,
    }
    switches = {"strict": asked.strict, "warnings-as-failures": asked.warnings_as_failures}
    wishes = Wishes(
        words={"lang": asked.lang} if asked.lang else {},
        files={name: here / path for name, path in files.items() if path is not None},
        switches=frozenset(name for name, on in switches.items() if on),
        before="--",
    )
    try:
        return settled(here, wishes, date.fromisoformat(merged.record["today"]))
    except WrongUsageError as error:
        raise Refusal(Exit.USAGE, f"termsgate merge: {error}") from None


def _status(merged: Merged, record: Record) -> int:
    """Whether anything fails; the examples of policies are every part's own."""
    lost = any(count for status, count in merged.quotes.items() if status not in _FOUND)
    failed = merged.outcomes["fail"] or lost or review_failures(record)
    return RunExit.FAILED if failed else RunExit.PASSED


def _reach(merged: Merged) -> Reach:
    return Reach(judged=any(merged.words[word] for word in merged.words if word != _NO_VERDICT))


_NO_VERDICT = "not-applicable"
