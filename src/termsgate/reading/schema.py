"""The published JSON Schemas: what editors show, and a second opinion on the shape of a file.

The decoder alone decides what a file means; a test keeps both of one mind. The schema is asked
where somebody asks for it (`lint`): importing jsonschema and validating cost more than reading.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import jsonschema
from jsonschema.exceptions import best_match

from termsgate.core.model import Place
from termsgate.core.problem import Problem
from termsgate.reading.decode import written
from termsgate.reading.decode.page import close, described, listed
from termsgate.reading.yamltree import Items, Table, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

    from termsgate.reading.yamltree import Entry, Node

KINDS: Final = ("policy", "vendor", "version", "check", "vocabulary")
_ANNOTATIONS: Final = frozenset({"title", "description", "$schema", "$id"})
_TYPES: Final = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a set of keys",
}


def text(kind: str) -> str:
    """The published schema of a kind of file, as it is shipped."""
    file = resources.files("termsgate.data").joinpath(f"schemas/{kind}.schema.json")
    return file.read_text(encoding="utf-8")


def faults(kind: str, node: Node, path: str) -> tuple[Problem, ...]:
    """What the schema has against a file, each fault at the line and column it is about."""
    value: Any = plain(node)
    found = {
        problem: None
        for error in _validator(kind).iter_errors(value)
        for problem in _problems(error, node, path, kind)
    }
    return tuple(sorted(found, key=lambda one: (one.place, one.code, one.message)))


Steps: TypeAlias = "tuple[str | int, ...]"
"""The way to a value: keys and, counted from 0, places in lists."""


def misfits(
    kind: str,
    value: Any,  # noqa: ANN401 - any JSON
) -> Iterator[tuple[Steps, str, str]]:
    """What the schema has against plain data: the way to it, a name for the fault, and a message.

    For files that programs write, where no line means anything to a person.
    """
    for error in sorted(_validator(kind).iter_errors(value), key=_way):
        yield from _misfit(_meant(error))


def _way(error: ValidationError) -> tuple[str, ...]:
    """An order for errors; a way may hold words and numbers, which do not compare."""
    return tuple(f"{step:>9}" for step in error.absolute_path)


def _meant(error: ValidationError) -> ValidationError:
    """The error in the branch that was meant: of something or nothing, that of something."""
    branches = [one for one in error.context or () if one.validator_value != "null"]
    return best_match(branches) or error


def _misfit(error: ValidationError) -> Iterator[tuple[Steps, str, str]]:
    steps = tuple(error.absolute_path)
    where = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in steps)[1:]
    subject = f"`{where}`" if where else "the file"
    if error.validator == "additionalProperties":
        for name in sorted(_unknown(error)):
            yield (*steps, name), "unknown-key", f"{subject} has an unknown key {brief(name)}"
    elif error.validator == "required":
        yield steps, "missing-key", f"in {subject} {_missing(str(error.message))[1]}"
    else:
        yield steps, "wrong-form", f"{subject} is {brief(error.instance)}, {_wanted(error)}"


def _unknown(error: ValidationError) -> set[str]:
    instance: Any = error.instance
    schema: Any = error.schema
    return set(instance) - set(schema["properties"])


def brief(value: object) -> str:
    """A value as JSON writes it, cut where it is long; on one line and in plain letters."""
    text = json.dumps(value)
    return f"`{text}`" if len(text) <= _BRIEF else f"`{text[:_BRIEF]}...`"


_BRIEF: Final = 60


def _wanted(error: ValidationError) -> str:
    limit: Any = error.validator_value
    if error.validator == "type":
        names = [limit] if isinstance(limit, str) else limit
        return f"where {' or '.join(_TYPES[name] for name in names)} is wanted"
    if error.validator in ("enum", "const"):
        words = [_shown(one) for one in (limit if isinstance(limit, list) else [limit])]
        return f"where {listed(words)} is wanted"
    if error.validator == "format":
        return "which is no date of the calendar"
    return "which does not have the form it needs"


# --- the schema as a validator wants it ---------------------------------------------------------


@cache
def _validator(kind: str) -> Validator:
    schema = json.loads(text(kind))
    definitions = schema.pop("$defs")
    bare = _Inliner(definitions).inlined(schema)
    checker = jsonschema.FormatChecker(formats=())
    checker.checks("date")(lambda value: _is_written(written.day, value))
    checker.checks("date-time")(lambda value: _is_written(written.moment, value))
    return jsonschema.Draft202012Validator(bare, format_checker=checker)


def _is_written(reader: Any, value: object) -> bool:  # noqa: ANN401 - one of two readers
    return not isinstance(value, str) or reader(value) is not None


class _Inliner:
    """Puts definitions where they are referred to; only those that contain themselves stay."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._definitions = definitions
        self._open: list[str] = []
        self._kept: dict[str, Any] = {}

    def inlined(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The whole schema, three times as fast to validate with."""
        made = self._one(schema)
        return {**made, "$defs": self._kept} if self._kept else dict(made)

    def _one(self, part: Any) -> Any:  # noqa: ANN401 - a schema is any JSON
        if isinstance(part, list):
            return [self._one(one) for one in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            inner = self._referred(part["$ref"].rsplit("/", 1)[1])
            rest = {key: self._one(one) for key, one in part.items() if key != "$ref"}
            return {**inner, **{key: one for key, one in rest.items() if key not in _ANNOTATIONS}}
        return {
            key: _ended(one) if key == "pattern" and isinstance(one, str) else self._one(one)
            for key, one in part.items()
            if key not in _ANNOTATIONS or not isinstance(one, str)
        }

    def _referred(self, name: str) -> dict[str, Any]:
        if name in self._open:
            self._kept[name] = {}
            return {"$ref": f"#/$defs/{name}"}
        self._open.append(name)
        made: dict[str, Any] = self._one(self._definitions[name])
        self._open.pop()
        if name in self._kept:
            self._kept[name] = made
        return made


def _ended(pattern: str) -> str:
    """In ECMAScript `$` is the end of the text, in Python also the place before a line break."""
    return f"{pattern[:-1]}\\Z" if pattern.endswith("$") else pattern


# --- its errors in our words --------------------------------------------------------------------


def _problems(error: ValidationError, root: Node, path: str, kind: str) -> Iterator[Problem]:
    found = best_match(error.context) if error.context and _is_choice(error) else error
    chosen = found or error
    spot, key = _at(root, chosen.absolute_path)
    for at, (name, message, advice) in _worded(chosen, spot, key):
        place = Place(path=path, line=at.line, column=at.column)
        yield Problem(place=place, message=message, code=f"{kind}/{name}", help=advice)


def _is_choice(error: ValidationError) -> bool:
    """Whether one branch is what the user meant: not where the branches are only about keys."""
    branches = error.validator_value if isinstance(error.validator_value, list) else ()
    return not all(set(branch) <= {"required", "properties"} for branch in branches)


def _at(root: Node, path: Any) -> tuple[Node, str]:  # noqa: ANN401
    node, key = root, ""
    for step in path:
        if isinstance(node, Table):
            node, key = node.entries[step].value, str(step)
        else:
            assert isinstance(node, Items)  # noqa: S101 - the path leads through what was read
            node = node.items[step]
    return node, key


_Worded = tuple[str, str, str]


def _worded(error: ValidationError, node: Node, key: str) -> Iterator[tuple[Node | Entry, _Worded]]:
    if error.validator == "additionalProperties" and isinstance(node, Table):
        yield from _unknown_keys(error, node)
    elif error.validator in ("required", "dependentRequired"):
        yield node, _missing(str(error.message))
    elif error.validator == "type":
        yield node, _wrong_type(error.validator_value, node)
    elif error.validator in ("enum", "const"):
        yield node, _bad_word(error.validator_value, node)
    elif error.validator == "format":
        yield node, ("bad-date", f"{described(node)} is not a date of the calendar", _DATE)
    else:
        subject = f"`{key}`" if key else "the file"
        message = f"{subject} does not have the form it needs"
        yield node, ("wrong-form", message, "the documentation of this key shows its forms")


def _wrong_type(wanted: Any, node: Node) -> _Worded:  # noqa: ANN401 - one type or a list
    names = [wanted] if isinstance(wanted, str) else wanted
    words = " or ".join(_TYPES[name] for name in names)
    message = f"{described(node)} stands here, where {words} is wanted"
    return "wrong-type", message, f"write {words}"


def _bad_word(known: Any, node: Node) -> _Worded:  # noqa: ANN401 - one value or a list
    words = [_shown(one) for one in (known if isinstance(known, list) else [known])]
    message = f"{described(node)} is none of the words this key takes"
    return "bad-word", message, f"write {listed(words)}"


_DATE: Final = "write it as year, month, day: `2023-08-07`"


def _unknown_keys(error: ValidationError, node: Table) -> Iterator[tuple[Entry, _Worded]]:
    known = tuple(error.schema["properties"]) if isinstance(error.schema, dict) else ()
    for key, entry in node.entries.items():
        if key not in known:
            near = close(key, known)
            advice = f"did you mean `{near}`?" if near else f"it takes {listed(known)}"
            yield entry, ("unknown-key", f"unknown key `{key}`", advice)


def _missing(message: str) -> _Worded:
    name = re.search(r"'([^']+)'", message)
    key = name[1] if name else "a key"
    return "missing-key", f"`{key}` is missing", f"add `{key}`"


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
