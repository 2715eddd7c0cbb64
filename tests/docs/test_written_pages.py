"""The pages that scripts write are up to date."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import yaml

from docs import generate_formats, generate_policies
from tests.docs.samples import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_the_tables_of_keys_are_what_the_schemas_say() -> None:
    """docs/files.md is up to date; if not: `python docs/generate_formats.py`."""
    page = generate_formats.PAGE.read_text(encoding="utf-8")

    assert page == generate_formats.written(page)


def test_every_key_of_every_schema_has_a_row() -> None:
    """No key is lost on the way to the page."""
    page = generate_formats.PAGE.read_text(encoding="utf-8")
    keys = {key for schema in generate_formats.schemas().values() for key in _keys(schema)}

    cells = (row.partition("`")[2].partition("`")[0] for row in page.split("\n| "))
    told = {cell.rpartition(".")[2] for cell in cells}

    assert keys - told == {"not"}


def test_the_pages_of_requirements_are_what_the_policies_say() -> None:
    """docs/policies is up to date; if not: `python docs/generate_policies.py`."""
    folder = generate_policies.FOLDER
    found = {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in folder.rglob("*.md")
    }

    assert found == generate_policies.written()


def test_a_page_shows_a_rule_and_examples_as_the_file_has_them() -> None:
    """What is cut out of a policy is its own lines, to the last one of each key."""
    page = generate_policies.written()["licence-and-ownership/limited-licence.md"]
    file = (ROOT / "policies" / "licence-and-ownership.yaml").read_text(encoding="utf-8")
    rule = page.partition("```yaml\n")[2].partition("```")[0]

    assert all(line.strip() in file for line in rule.splitlines())
    assert rule.startswith("all:\n")
    assert rule.endswith("in: contract\n")


@pytest.mark.parametrize(
    "needed",
    [
        *("## Why", "## The rule", "## What to ask the vendor for", "## Examples"),
        *("**met**: ", "**violated**: ", "## References"),
    ],
)
def test_every_requirement_says_what_a_reader_needs(needed: str) -> None:
    """Why it is there, what breaks it and what does not, what to ask for, and on what it rests."""
    pages = {name: page for name, page in generate_policies.written().items() if "/" in name}

    assert [name for name, page in pages.items() if f"\n{needed}" not in page] == []


def test_a_page_explains_the_words_of_its_rule() -> None:
    """In the vocabulary's own sentences, each word once."""
    page = generate_policies.written()["exit/deletion.md"]
    terms = yaml.safe_load(generate_policies.VOCABULARY.read_text(encoding="utf-8"))
    said = {
        term["is"] for part in terms.values() if isinstance(part, dict) for term in part.values()
    }

    words = dict(re.findall(r"^- `(.+?)`: (.+)$", page, re.MULTILINE))
    assert list(words) == ["deletion-after-termination", "customer-content", "law", "backup"]
    assert set(words.values()) <= said


def _keys(schema: object) -> Iterator[str]:
    """The keys a schema knows, wherever it names them."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield from (key for key, value in schema["properties"].items() if value is not False)
        for value in schema.values():
            yield from _keys(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _keys(value)


def test_the_schemas_say_something_of_every_key() -> None:
    """A row without a meaning helps nobody."""
    text = json.dumps(generate_formats.schemas())

    assert '"description": ""' not in text
    assert "|  | text" not in generate_formats.PAGE.read_text(encoding="utf-8")
