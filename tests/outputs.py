"""What a command prints as JSON, held against the schema that is published for it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from termsgate.cli.scaffold import schemas


def fitting(printed: str) -> dict[str, Any]:
    """The one object that was printed, which fits the schema that its format names."""
    said: dict[str, Any] = json.loads(printed)
    wrong = sorted(error.json_path for error in _validator(said["format"]).iter_errors(said))
    assert wrong == []
    return said


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = json.loads(schemas()[name.removeprefix("termsgate-")].read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())
