"""A record is read back: strictly, for whoever reports a run that is over or holds one against it.

A record that was edited by hand, cut off or written by another version is refused with the place
of everything that is wrong with it: a report of it would say what no run has found.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn, cast

from termsgate.core.model import Place
from termsgate.core.problem import Problem
from termsgate.core.record import FORMAT, VERSION, Record, key
from termsgate.reading.schema import brief, misfits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.reading.schema import Steps

_AGAIN: Final = "take it as the run wrote it, or run the suite again with `--terms-json`"
_ENOUGH: Final = 100
_SEAL: Final = b'\n"seal": "'
_decoder: Final = json.JSONDecoder()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRecord:
    """A record free of problems, or none, and every problem."""

    record: Record | None = None
    problems: tuple[Problem, ...] = ()


class _NoRecordError(Exception):
    """What was read is no JSON that a record could be."""

    def __init__(self, at: int, name: str, message: str) -> None:
        super().__init__(message)
        self.at = at
        self.name = name
        self.message = message


def decode(data: bytes, path: str) -> ReadRecord:
    """The record that a file holds; `path` is what its problems call it."""
    text = data.decode("utf-8", "replace")
    try:
        value = _json(data)
    except _NoRecordError as error:
        return ReadRecord(problems=(_fault(text, path, error.at, error.name, error.message),))
    problems = tuple(
        _fault(text, path, _offset(text, steps), name, message)
        for steps, name, message in _found(value, data)
    )
    return ReadRecord(problems=problems) if problems else ReadRecord(record=_unsealed(value))


def _unsealed(value: object) -> Record:
    """The record as the run made it, before its text was sealed."""
    said = cast("dict[str, object]", value)
    return cast("Record", {name: each for name, each in said.items() if name != "seal"})


def _fault(text: str, path: str, at: int, name: str, message: str) -> Problem:
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    place = Place(path=path, line=line, column=column)
    return Problem(place=place, message=message, code=f"record/{name}", help=_AGAIN)


# --- JSON ---------------------------------------------------------------------------------------


def _json(data: bytes) -> object:
    """The value, as strictly as JSON is defined: no name twice, no number that is none."""
    try:
        return json.loads(
            data.decode("utf-8"), object_pairs_hook=_named_once, parse_constant=_refuse
        )
    except UnicodeDecodeError as error:
        message = "the file is not written in UTF-8"
        raise _NoRecordError(len(data[: error.start].decode()), "encoding", message) from error
    except json.JSONDecodeError as error:
        message = f"this is no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise _NoRecordError(error.pos, "syntax", message) from error
    except RecursionError:
        raise _NoRecordError(0, "too-deep", "lists lie inside lists without end") from None
    except ValueError:
        raise _NoRecordError(0, "syntax", "a number has more digits than any place") from None


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        (name, _), *_ = Counter(name for name, _ in pairs).most_common(1)
        raise _NoRecordError(0, "duplicate-key", f"{brief(name)} is written twice in one entry")
    return made


def _refuse(word: str) -> NoReturn:
    raise _NoRecordError(0, "syntax", f"this is no JSON: `{word}` is no number")


def _offset(text: str, steps: Steps) -> int:
    """Where in the text the value lies that the steps lead to."""
    at = _past_blanks(text, 0)
    for step in steps:
        at = _item(text, at, step) if isinstance(step, int) else _member(text, at, step)
    return at


def _member(text: str, at: int, name: str) -> int:
    """Where a member's value begins, in the object that begins here."""
    while True:
        found, end = _decoder.raw_decode(text, _past_blanks(text, at + 1))
        at = _past_blanks(text, _past_blanks(text, end) + 1)
        if found == name:
            return at
        at = _past_blanks(text, _decoder.raw_decode(text, at)[1])


def _item(text: str, at: int, index: int) -> int:
    """Where an item begins, in the list that begins here."""
    at = _past_blanks(text, at + 1)
    for _ in range(index):
        at = _past_blanks(text, _past_blanks(text, _decoder.raw_decode(text, at)[1]) + 1)
    return at


def _past_blanks(text: str, at: int) -> int:
    while text[at : at + 1] in {" ", "\t", "\n", "\r"}:
        at += 1
    return at


# --- what it says -------------------------------------------------------------------------------

_Found = tuple["Steps", str, str]


def _found(value: object, data: bytes) -> list[_Found]:
    """What is wrong with a value: its kind, then its form, then what does not hold together.

    The seal comes last: what an edit broke says more than that there was one. Where it holds, one
    run wrote all of it, and its form is seen from the beginning of each list: to hold every
    verdict of twenty thousand against the schema would take longer than any report of them.
    """
    strange = list(_strange(value))
    if strange:
        return strange
    record = cast("Record", value)
    edits = list(_edits(data))
    if not edits and not list(misfits("record", _beginning(record))):
        return list(_loose_ends(record))
    return list(misfits("record", value)) or list(_loose_ends(record)) or edits


def _beginning(value: Any) -> Any:  # noqa: ANN401 - what a file says is any JSON
    """A record with the first of every list of it, and of those of its terms."""
    if isinstance(value, list):
        return value[:_ENOUGH]
    if isinstance(value, dict):
        return {name: _beginning(each) for name, each in value.items()}
    return value


def _strange(value: object) -> Iterator[_Found]:
    """A file that is something else, of which nothing more need be said."""
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        yield (), "no-record", "this is no record of a run"
    elif value.get("version") != VERSION or isinstance(value["version"], bool):
        found = f"the record is of version {brief(value.get('version'))}"
        yield (), "wrong-version", f"{found}, and version {VERSION} is read here"


def _loose_ends(record: Record) -> Iterator[_Found]:
    """Names that nothing has, a verdict given twice, and a wrong count of verdicts."""
    verdicts = record["verdicts"]
    if record["given"] != len(verdicts):
        message = f"{record['given']} verdicts are said to be given, and {len(verdicts)} are"
        yield ("given",), "miscounted", message
    seen: set[tuple[str, str, str]] = set()
    for index, verdict in enumerate(verdicts):
        if key(verdict) in seen:
            message = f"a second verdict of {brief(' '.join(key(verdict)))}"
            yield ("verdicts", index), "repeated", message
        seen.add(key(verdict))
    yield from _unknown_names(record)
    yield from _lame_histories(record)


def _lame_histories(record: Record) -> Iterator[_Found]:
    """Rows of a history that do not have a verdict for each of its days."""
    for at, history in enumerate(record.get("history", ())):
        days = len(history["days"])
        for index, row in enumerate(history["verdicts"]):
            given = len(row["verdicts"])
            if given != days:
                message = f"{given} verdicts are given for {days} days of a history"
                yield ("history", at, "verdicts", index, "verdicts"), "miscounted", message


def _edits(data: bytes) -> Iterator[_Found]:
    """The seal is that of the text before it, and nothing stands behind it.

    Line ends that a checkout made are no edit.
    """
    lines = data.replace(b"\r\n", b"\n")
    text, _, rest = lines.rpartition(_SEAL)
    seal = hashlib.sha256(text + b"\n").hexdigest()
    if rest != f'{seal}"\n}}\n'.encode():
        yield (), "edited", "the record was edited after a run wrote it"


def _unknown_names(record: Record) -> Iterator[_Found]:
    known = {
        "check": {each["check"] for each in record["checks"]},
        "vendor": {each["vendor"] for each in record["vendors"]},
        "requirement": {each["requirement"] for each in record["requirements"]},
    }
    for index, verdict in enumerate(record["verdicts"]):
        for kind, name in zip(known, key(verdict), strict=True):
            if name not in known[kind]:
                message = f"the record lists no {kind} {brief(name)}, which this verdict is about"
                yield ("verdicts", index, kind), "unknown-name", message
