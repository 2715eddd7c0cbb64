"""What a sign-off is given for: the content of a version as a sha256 (7.7).

The digest is over the decoded values in canonical JSON, so that formatting, comments, the order
of keys and of clauses, and the names of defined terms make no difference, and every word of a
clause does. A test holds the digest of one version: whoever changes that voids every sign-off.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from termsgate.core.model import Place, Stance
from termsgate.core.values import (
    Denied,
    Duration,
    Listed,
    Money,
    Text,
    Unspecified,
    Word,
    YesNo,
)

if TYPE_CHECKING:
    from termsgate.core.model import Clause, Version

FORM: Final = "termsgate-signoff-1"
"""What is hashed along, so that another way to count can never be taken for this one."""

_TAGGED: Final = {
    Denied: "denied",
    Duration: "duration",
    Listed: "list",
    Money: "money",
    Text: "text",
    Unspecified: "unspecified",
    Word: "word",
    YesNo: "yes-no",
}
"""Values whose kind is a part of what they say: the word `none` is no denial."""


def clause_digest(clause: Clause) -> str:
    """The sha256 of what one clause says, wherever it stands in its file."""
    return _digest({"form": FORM, "clause": _plain(clause)})


def version_digest(version: Version) -> str:
    """The sha256 of all that a version says and a verdict could turn on.

    That is its clauses in any order, with their definitions resolved, what it says of precedence,
    what of it nobody has read, and its days in force. Who read it, and where, is not in it.
    """
    said = {
        "form": FORM,
        "document": version.document,
        "effective": version.effective.isoformat(),
        "withdrawn": _plain(version.withdrawn),
        "clauses": {each.id: clause_digest(each) for each in version.clauses},
        "precedence": _plain(version.precedence),
        "unread": _plain(version.unread),
    }
    return _digest(said)


def _digest(said: object) -> str:
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _plain(value: Any) -> Any:  # noqa: ANN401 - anything a clause is made of
    """A value of the model as JSON has it, without its place and what is only assumed."""
    match value:
        case Stance():
            return value.word
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case Decimal():
            return str(value.normalize())
        case tuple():
            return [_plain(each) for each in value]
        case _ if is_dataclass(value):
            return _keys(value)
        case _:
            return value


def _keys(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any value of the model
    """What a value says by key. What is as if left out is left out, so that new keys may come."""
    kind: Any = type(value)
    said: dict[str, Any] = {"is": _TAGGED[kind]} if kind in _TAGGED else {}
    for name, key, default in _attributes(kind):
        found = getattr(value, name)
        if not isinstance(found, Place) and found != default:
            said[key] = _plain(found)
    return said


@cache
def _attributes(kind: Any) -> tuple[tuple[str, str, object], ...]:  # noqa: ANN401 - a class
    """The attributes of a kind of value: its name, its key, and what stands for left out."""
    return tuple((each.name, each.name.replace("_", "-"), _default(each)) for each in fields(kind))


def _default(field: Field[Any]) -> object:
    return field.default if field.default_factory is MISSING else field.default_factory()
