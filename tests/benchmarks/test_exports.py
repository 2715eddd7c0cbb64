"""What is measured of the formats for machines."""

from __future__ import annotations

from benchmarks.exports import WRITERS, record, rows
from termsgate.cli import FORMATS
from termsgate.reporting.json import to_text


def test_every_format_is_measured() -> None:
    """Reading the record first; each format has something to say of a generated project."""
    found = list(rows(to_text(record(3, 20)).encode()))

    assert {name.partition(" ")[0] for name in WRITERS} == {*FORMATS}
    assert [name.strip("`") for name, _, _ in found[1:]] == list(WRITERS)
    assert all(seconds >= 0 for _, _, seconds in found)
