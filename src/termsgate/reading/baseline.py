"""An earlier record is read back, to be a baseline: whole and unedited, or not at all.

Whoever compares with half a record finds half as much.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from termsgate.core.baseline import Baseline, baseline_of
from termsgate.core.model import Place
from termsgate.core.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from termsgate.core.record import Record
    from termsgate.reading.record import ReadRecord

_WHOLE: Final = "name the record of a whole run, or write one with `--terms-update-baseline`"
_NAMED: Final = "look whether the path is right, or write it with `--terms-update-baseline`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a file held: a baseline or problems, and the hash of its bytes if it is there."""

    baseline: Baseline | None = None
    problems: tuple[Problem, ...] = ()
    sha256: str | None = None


def read_baseline(file: Path, path: str, *, needed: bool = True) -> Found:
    """The baseline that a file holds; `path` is what it is called in messages and in the record.

    One that is not there is a problem only where it is needed.
    """
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        missing = _problem(path, "missing", "there is no such file", _NAMED)
        return Found(problems=(missing,) if needed else ())
    except OSError as error:
        message = f"the baseline cannot be read: {(error.strerror or str(error)).lower()}"
        advice = "make it a file that can be read"
        return Found(problems=(_problem(path, "unreadable", message, advice),))
    # Records are read with jsonschema, which takes longer to import than a small run.
    from termsgate.reading.record import decode  # noqa: PLC0415

    return _judged(decode(data, path), path, hashlib.sha256(data).hexdigest())


def _judged(read: ReadRecord, path: str, sha256: str) -> Found:
    if read.record is None:
        return Found(problems=read.problems)
    problems = _halves(read.record, path)
    if problems:
        return Found(problems=problems)
    return Found(baseline=baseline_of(read.record, path), sha256=sha256)


def _problem(path: str, name: str, message: str, advice: str) -> Problem:
    place = Place(path=path, line=1, column=1)
    return Problem(place=place, message=message, code=f"baseline/{name}", help=advice)


def _halves(record: Record, path: str) -> tuple[Problem, ...]:
    """Why a record is not one of a whole run: of every verdict, weighed as the gate does."""
    left = sum(each["verdicts"] for each in record["left-out"])
    total = record["expected"] + left
    reasons: tuple[tuple[bool, str, Callable[[], str]], ...] = (
        (
            record["interrupted"] or record["given"] != record["expected"],
            "not-whole",
            lambda: (
                f"the run of this record gave {record['given']} of {record['expected']} verdicts"
            ),
        ),
        (
            record["partial"],
            "partial",
            lambda: (
                f"the run of this record was asked for {record['expected']} of {total} verdicts"
            ),
        ),
        (
            record["audit"],
            "audit",
            lambda: "the run of this record left waivers and the baseline aside",
        ),
    )
    return tuple(
        _problem(path, name, message(), _WHOLE) for holds, name, message in reasons if holds
    )
