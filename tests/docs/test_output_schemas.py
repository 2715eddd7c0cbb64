"""What a command prints and a record share, their schemas share too."""

from __future__ import annotations

import pytest

from docs import generate_schemas


@pytest.mark.parametrize("name", generate_schemas.outputs())
def test_a_schema_of_an_output_has_the_parts_of_the_record(name: str) -> None:
    """They are the same to the letter; if not: `python docs/generate_schemas.py`."""
    file = generate_schemas.OUTPUTS / f"{name}{generate_schemas.ENDING}"

    assert file.read_text(encoding="utf-8") == generate_schemas.written(name)


def test_every_part_of_the_record_in_a_difference_is_the_records() -> None:
    """Those of scopes; of clauses and waivers it has fewer keys."""
    schemas = (generate_schemas.SCHEMAS / f"{name}.schema.json" for name in _BOTH)
    difference, record = (generate_schemas.read(each)["$defs"] for each in schemas)

    assert all(difference[part] == record[part] for part in _PARTS)


_BOTH = ("difference", "record")
_PARTS = ("box", "condition", "exception", "part", "day")
