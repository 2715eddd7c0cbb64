"""A draft is written as the file of a version, as a person would lay it out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termsgate.reading.drafting.fixture import DraftClause

_PLAIN: Final = re.compile(
    r"[A-Za-z][A-Za-z0-9_.]*(?:-[A-Za-z0-9_.]+)*(?: [A-Za-z][A-Za-z0-9_.-]*)*"
)
_DURATION: Final = re.compile(r"\d{1,5} [a-z]+(?: [a-z]+)?|\d{4}-\d{2}-\d{2}")
_NOT_TEXT: Final = ("true", "false", "null")


def as_yaml(head: dict[str, Any], clauses: Iterable[DraftClause], comment: str) -> str:
    """The text of a fixture, every clause under the reason for it."""
    lines = [*(f"# {line}" for line in comment.splitlines())]
    lines += [f"{key}: {flow(value)}" for key, value in head.items()]
    made = list(clauses)
    lines.append("clauses:" if made else "clauses: []")
    for clause in made:
        lines += _clause_lines(clause)
    return "\n".join(lines) + "\n"


def _clause_lines(clause: DraftClause) -> list[str]:
    reason = f"{clause.confidence / 100:.2f} by {', '.join(clause.rules)}; line {clause.line}"
    lines = ["", f"  # {reason}", *(f"  # {_commented(note)}" for note in clause.notes)]
    for count, (key, value) in enumerate(clause.keys.items()):
        lines.append(f"  {'- ' if not count else '  '}{key}: {_value(key, value)}")
    return lines


def _commented(note: str) -> str:
    return " ".join(note.split())


def _value(key: str, value: Any) -> str:  # noqa: ANN401 - what YAML can hold
    """Quotes and sections are always in quotation marks, as in the fixtures we keep."""
    if key in {"quote", "section"} and isinstance(value, str):
        return _quoted(value)
    return flow(value)


def flow(value: Any) -> str:  # noqa: ANN401
    """A value on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    written = str(value)
    bare = _PLAIN.fullmatch(written) or _DURATION.fullmatch(written)
    return written if bare and written not in _NOT_TEXT else _quoted(written)


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def as_json(head: dict[str, Any], clauses: Iterable[DraftClause]) -> str:
    """The same as JSON: the fixture, and beside it why each clause was proposed."""
    made = list(clauses)
    proposals = [
        {
            "clause": clause.keys["id"],
            "confidence": clause.confidence / 100,
            "rules": list(clause.rules),
            "line": clause.line,
            "notes": list(clause.notes),
        }
        for clause in made
    ]
    said = {
        "format": "termsgate-draft",
        "version": 1,
        "fixture": {**head, "clauses": [clause.keys for clause in made]},
        "proposals": proposals,
    }
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"
