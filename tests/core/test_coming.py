"""What the recorded terms will say later (policy language 7.8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from termsgate.core.coming import days_ahead, is_worse
from termsgate.core.model import Document, DocumentKind, Vendor, Version
from termsgate.core.verdict import Ruling
from tests.making import bars, box

TODAY: Final = date(2023, 8, 1)
BAN: Final = bars(box("train-ai", "chat"))
TERMS: Final = Document(id="terms", kind=DocumentKind.CONTRACT)


def of(version: Version, *known: date) -> Vendor:
    """A vendor of one version, beside versions that are known and not recorded."""
    names = tuple(("terms", day) for day in known)
    return Vendor(id="acme", documents=(TERMS,), versions=(version,), known_versions=names)


VERSION: Final = Version(document="terms", effective=date(2023, 1, 1))


@pytest.mark.parametrize(
    ("vendor", "days"),
    [
        (of(VERSION), []),
        (of(replace(VERSION, effective=date(2023, 8, 2))), ["2023-08-02"]),
        (of(replace(VERSION, effective=TODAY)), []),
        (of(VERSION, date(2023, 9, 1), date(2023, 8, 15)), ["2023-08-15", "2023-09-01"]),
        (of(replace(VERSION, withdrawn=date(2023, 8, 31))), ["2023-09-01"]),
        (of(replace(VERSION, withdrawn=TODAY)), ["2023-08-02"]),
        (of(replace(VERSION, withdrawn=date.max)), []),
        (of(replace(VERSION, clauses=(replace(BAN, begins=date(2023, 8, 11)),))), ["2023-08-11"]),
        (of(replace(VERSION, clauses=(replace(BAN, ends=date(2023, 8, 11)),))), ["2023-08-12"]),
    ],
)
def test_the_terms_change_where_something_begins_or_is_over(
    vendor: Vendor, days: list[str]
) -> None:
    """A version, a known one, a clause: on its first day, and on the day after its last."""
    assert days_ahead(vendor, TODAY) == tuple(map(date.fromisoformat, days))


@pytest.mark.parametrize(
    ("new", "old", "worse"),
    [
        (Ruling.VIOLATED, Ruling.MET, True),
        (Ruling.SILENT, Ruling.MET, True),
        (Ruling.SILENT, Ruling.NOT_APPLICABLE, True),
        (Ruling.MET, Ruling.NOT_APPLICABLE, False),
        (Ruling.MET, Ruling.VIOLATED, False),
        (Ruling.UNCLEAR, Ruling.UNCLEAR, False),
        (Ruling.UNCLEAR, Ruling.VIOLATED, False),
    ],
)
def test_a_verdict_is_worse_that_falls_short_of_another(
    new: Ruling,
    old: Ruling,
    worse: bool,  # noqa: FBT001 - a table
) -> None:
    """What is met from then on never is, though nothing was asked before."""
    assert is_worse(new, old) is worse
