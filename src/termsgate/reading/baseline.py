"""An earlier record is read back, to be a baseline: whole and unedited, or not at all.

Whoever compares with half a record finds half as much. So the first thing that is wrong is told,
and there is no second best.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from termsgate.core.baseline import Baseline, baseline_of
from termsgate.core.model import Place
from termsgate.core.problem import Problem
from termsgate.core.record import FORMAT, VERSION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from termsgate.core.record import Record

_SEAL: Final = b'\n"seal": "'
_ANEW: Final = "take it away and write it anew with `--terms-update-baseline`"
_BACK: Final = f"get it back as the run wrote it, or {_ANEW}"
_WHOLE: Final = "name the record of a whole run, or write one with `--terms-update-baseline`"

Said: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a file held: a baseline or a problem, and the hash of its bytes if it is there."""

    baseline: Baseline | None = None
    problem: Problem | None = None
    sha256: str | None = None


class _Refused(Exception):  # noqa: N818 - it is about the file
    """Why a file is no baseline."""

    def __init__(
        self, name: str, message: str, advice: str, line: int = 1, column: int = 1
    ) -> None:
        super().__init__(message)
        self.name = name
        self.message = message
        self.advice = advice
        self.line = line
        self.column = column


def read_baseline(file: Path, path: str, *, needed: bool = True) -> Found:
    """The baseline that a file holds; `path` is what it is called in messages and in the record.

    One that is not there is a problem only where it is needed.
    """
    try:
        data = _bytes(file)
        if data is None and not needed:
            return Found()
        record = _record(data)
    except _Refused as refused:
        return Found(problem=_problem(refused, path))
    return Found(baseline=baseline_of(record, path), sha256=digest(file))


def digest(file: Path) -> str | None:
    """The hash of a file's bytes; nothing where there is no file that can be read."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return None


def _problem(refused: _Refused, path: str) -> Problem:
    return Problem(
        place=Place(path=path, line=refused.line, column=refused.column),
        message=refused.message,
        code=f"baseline/{refused.name}",
        help=refused.advice,
    )


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"the baseline cannot be read: {reason}"
        raise _Refused("unreadable", message, "make it a file that can be read") from None


def _record(data: bytes | None) -> Record:
    """A record, if there is nothing against it; what is told first is what explains the rest."""
    if data is None:
        advice = "look whether the path is right, or write it with `--terms-update-baseline`"
        raise _Refused("missing", "there is no such file", advice)
    data = data.replace(b"\r\n", b"\n")
    said = _json(data)
    _as_ours(said)
    _unedited(said, data)
    _fitting(said)
    _as_whole(said)
    return cast("Record", said)


def _json(data: bytes) -> Said:
    try:
        said = json.loads(data.decode("utf-8"))
    except json.JSONDecodeError as error:
        message = f"the file is no JSON: {error.msg.lower()}"
        raise _Refused("no-json", message, _BACK, error.lineno, error.colno) from None
    except (UnicodeDecodeError, RecursionError):
        raise _Refused("no-json", "the file is no JSON", _BACK) from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        advice = "name a record that a run wrote: `reports/record.json`"
        raise _Refused("foreign", f"the file does not say that it is a `{FORMAT}`", advice)
    return said


def _as_ours(said: Said) -> None:
    """It is of the version that this tool writes."""
    version = said.get("version")
    if version != VERSION:
        message = f"the record is of version `{version}`, where version {VERSION} is read"
        raise _Refused("other-version", message, _ANEW)
    if "seal" not in said:
        message = "the record has no seal: an older termsgate wrote it, or no run at all"
        raise _Refused("no-seal", message, _ANEW)


def _unedited(said: Said, data: bytes) -> None:
    """The seal is that of the text before it, and nothing stands behind it."""
    text, mark, rest = data.rpartition(_SEAL)
    seal = hashlib.sha256(text + b"\n").hexdigest()
    if not mark or said["seal"] != seal or rest != f'{seal}"\n}}\n'.encode():
        raise _Refused("edited", "the record was edited after a run wrote it", _BACK)


def _fitting(said: Said) -> None:
    """It has the published form; asked last, for importing what checks it takes its time."""
    from termsgate.reading.schema import record_fault  # noqa: PLC0415 - jsonschema is slow to import

    fault = record_fault(said)
    if fault is not None:
        raise _Refused("bad-record", f"the record does not have its published form: {fault}", _ANEW)


def _as_whole(said: Said) -> None:
    """Every verdict of its project was asked for and given, and weighed as the gate does."""
    left = sum(each["verdicts"] for each in said["left-out"])
    total = said["expected"] + left
    reasons: tuple[tuple[bool, str, Callable[[], str]], ...] = (
        (
            said["interrupted"] or said["given"] != said["expected"],
            "not-whole",
            lambda: f"the run of this record gave {said['given']} of {said['expected']} verdicts",
        ),
        (
            said["partial"],
            "partial",
            lambda: f"the run of this record was asked for {said['expected']} of {total} verdicts",
        ),
        (
            said["audit"],
            "audit",
            lambda: "the run of this record left waivers and the baseline aside",
        ),
    )
    for holds, name, message in reasons:
        if holds:
            raise _Refused(name, message(), _WHOLE)
