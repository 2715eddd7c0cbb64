"""The official schemas of other people's formats, which the tests hold our reports against.

They lie in the shared folder and not in the repository: it is not ours to give them on.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft4Validator, Draft7Validator, FormatChecker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SARIF = "sarif-schema-2.1.0.json"
OSCAL = "oscal_assessment-results_schema-1.1.3.json"
JENKINS = "jenkins-junit-10.xsd"


def wrong_in(shared: Path, name: str) -> Callable[[str], list[str]]:
    """What a schema has against the text of a report; skips where the schema is not there."""
    file = shared / "schemas" / name
    if not file.is_file():
        pytest.skip(f"the official schema `{file}` is not here (set TERMSGATE_SHARED)")
    return _of_xml(file) if file.suffix == ".xsd" else _of_json(file)


def _of_json(file: Path) -> Callable[[str], list[str]]:
    # Python has no classes of letters by their script; these are what OSCAL's patterns mean.
    text = file.read_text("utf-8").replace(r"\\p{L}", r"[^\\W\\d_]").replace(r"\\p{N}", r"\\d")
    schema = json.loads(text)
    kind = Draft4Validator if "draft-04" in schema["$schema"] else Draft7Validator
    validator = kind(schema, format_checker=FormatChecker())

    def wrong(report: str) -> list[str]:
        found = validator.iter_errors(json.loads(report))
        return [f"{each.json_path}: {each.message[:200]}" for each in found]

    return wrong


def _of_xml(file: Path) -> Callable[[str], list[str]]:
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed")
    schema = etree.XMLSchema(etree.parse(file))

    def wrong(report: str) -> list[str]:
        schema.validate(etree.fromstring(report.encode()))
        return [f"{each.line}: {each.message}" for each in schema.error_log]

    return wrong
