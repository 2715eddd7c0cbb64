"""What decided a verdict, as a hash that a waiver can be limited to (policy language 7.3.2).

The hash stands in files of users: what goes into it may grow, and may not change. A value is
told by its name and by what it says beyond the default, so that a new key changes no old hash.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from json import JSONEncoder
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from termsgate.core.model import Clause
from termsgate.core.verdict import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.verdict import Deciding, Question, Verdict

Told: TypeAlias = "str | int | bool | list[Told] | dict[str, Told] | None"

_UNTOLD: Final = frozenset({"place"})
_UNTOLD_OF_A_CLAUSE: Final = frozenset({"place", "id", "says", "supposed"})
"""Where a clause stands, what it is called here, and our words about it (7.3.2)."""


Known: TypeAlias = "dict[int, tuple[Clause, str]]"
"""Clauses that were told before, by identity; kept here, so that none of them is another."""


def decided(verdict: Verdict, known: Known | None = None) -> str:
    """The hash of what decided a verdict."""
    remembered: Known = {} if known is None else known
    told = {
        "verdict": verdict.ruling.word,
        "clauses": sorted(_clauses(verdict, remembered)),
        "questions": sorted(map(_question, verdict.questions)),
        "documents": sorted(each.document for each in verdict.absent if each.matters),
    }
    return f"sha256:{sha256(_bytes(told)).hexdigest()}"


def _clauses(verdict: Verdict, known: Known) -> Iterator[str]:
    return (_clause(each, known) for each in verdict.because if each.part is not Part.DEFEATED)


def _clause(deciding: Deciding, known: Known) -> str:
    """A clause and what it did."""
    clause = deciding.clause
    if id(clause) not in known:
        # Hashed by itself, so that a clause that decides often is written out once.
        known[id(clause)] = clause, sha256(_bytes(told(clause))).hexdigest()
    half = ["second half"] if deciding.second_half else []
    return _text([known[id(clause)][1], deciding.part.value, *half])


def _question(question: Question) -> str:
    """What a question is about, and what its answers lead to; its words name ids."""
    answers: list[Told] = [*sorted(each.ruling.word for each in question.answers)]
    return _text([question.kind.value, answers])


def told(value: object) -> Told:
    """A value as plain data that says the same in every version of the tool."""
    if value is None or type(value) in _PLAIN:
        return value  # type: ignore[return-value]
    match value:
        case tuple() | list():
            return [told(each) for each in value]
        case Enum():
            return value.name.lower()
        case str() | int():
            return value
        case date() | Decimal():
            return str(value)
        case _ if is_dataclass(value):
            return _named(value)
        case _:
            raise TypeError(value)


_PLAIN: Final = frozenset({str, int, bool})


def _named(value: object) -> dict[str, Told]:
    """A value of the model: its name, and each key that says more than the default."""
    kind = type(value)
    if kind not in _FORMS:
        _FORMS[kind] = _form(kind)
    name, keys = _FORMS[kind]
    found: dict[str, Told] = {"is": name}
    for key, default in keys:
        said = getattr(value, key)
        if said is not default and said != default:
            found[key] = told(said)
    return found


_Form: TypeAlias = "tuple[str, tuple[tuple[str, object], ...]]"
_FORMS: Final[dict[type, _Form]] = {}
"""The forms of the kinds of value that were told so far."""


def _form(kind: type) -> _Form:
    """What a kind of value is called, and its keys with their defaults, if they have one.

    Where there is none, what stands for it equals no value.
    """
    untold = _UNTOLD_OF_A_CLAUSE if issubclass(kind, Clause) else _UNTOLD
    keys = tuple((key.name, key.default) for key in fields(kind) if key.name not in untold)
    return kind.__name__.lower(), keys


def _bytes(value: Told | dict[str, Any]) -> bytes:
    return _text(value).encode("ascii")


def _text(value: Told | dict[str, Any]) -> str:
    return _WRITER.encode(value)


_WRITER: Final = JSONEncoder(sort_keys=True, separators=(",", ":"))
