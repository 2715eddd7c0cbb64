"""The record as JSON text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NotRequired, cast, get_origin, get_type_hints

import pytest
from jsonschema import Draft202012Validator

from termsgate.core import record as types
from termsgate.core import stated
from termsgate.core.record import Record
from termsgate.reporting.json import to_text
from tests.recorded import (
    check,
    everything,
    met,
    record,
    review,
    turn,
    verdict,
    waiver,
    warning,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def whole() -> Record:
    """A record with something in every place."""
    return record(
        met(coming=[turn()]),
        everything(),
        reviews=[review()],
        checks=[check(waivers=[waiver()])],
        warnings=[warning()],
        inputs=[{"path": "policies/a.yaml", "sha256": "0" * 64}],
    )


@pytest.fixture(scope="module")
def published(root: Path) -> dict[str, dict[str, object]]:
    """The published schema of the record."""
    path = root / "src/termsgate/data/schemas/record.schema.json"
    content: dict[str, dict[str, object]] = json.loads(path.read_text("utf-8"))
    return content


@pytest.fixture(scope="module")
def schema(published: dict[str, dict[str, object]]) -> Draft202012Validator:
    """What checks a record against it."""
    Draft202012Validator.check_schema(published)
    return Draft202012Validator(published)


def test_a_record_is_told_in_its_published_form(golden: Callable[[str, str], str]) -> None:
    """One entry a line, so that two records compare well."""
    found = to_text(whole())

    assert found == golden("record.json", found)


def test_the_terms_have_a_line_for_each_clause() -> None:
    """So that two records compare well in what the files state, too."""
    clauses = [{"clause": "ban"}, {"clause": "licence"}]
    terms = {"clauses": clauses, "demands": [], "words": []}

    text = to_text(record() | {"terms": terms})  # type: ignore[arg-type]

    assert '"terms": {\n"clauses": [\n{"clause": "ban"},\n{"clause": "licence"}\n],' in text
    assert json.loads(text)["terms"] == terms


def test_a_record_fits_its_schema(schema: Draft202012Validator) -> None:
    """What is written is what is published."""
    assert list(schema.iter_errors(json.loads(to_text(whole())))) == []


TYPES = {
    "absent": types.AbsentEntry,
    "archive": types.ArchiveEntry,
    "answer": types.AnswerEntry,
    "change": types.ChangeEntry,
    "baseline": types.BaselineEntry,
    "check": types.CheckEntry,
    "choice": types.ChoiceEntry,
    "claim": types.ClaimEntry,
    "clause": types.ClauseEntry,
    "debt": types.DebtEntry,
    "document": types.DocumentEntry,
    "gone": types.GoneEntry,
    "history": types.HistoryEntry,
    "history-day": types.HistoryDayEntry,
    "history-document": types.HistoryDocumentEntry,
    "history-event": types.HistoryEventEntry,
    "history-row": types.HistoryRowEntry,
    "input": types.InputEntry,
    "key": types.KeyEntry,
    "left-out": types.LeftOutEntry,
    "policy": types.PolicyEntry,
    "problem": types.ProblemEntry,
    "question": types.QuestionEntry,
    "quote": types.QuoteEntry,
    "reading": types.ReadingEntry,
    "reference": types.ReferenceEntry,
    "requirement": types.RequirementEntry,
    "review": types.ReviewEntry,
    "turn": types.TurnEntry,
    "vendor": types.VendorEntry,
    "verdict": types.VerdictEntry,
    "version": types.VersionEntry,
    "waived-version": types.WaivedVersionEntry,
    "waiver": types.WaiverEntry,
    "waiver-use": types.WaiverUse,
    "warning": types.WarningEntry,
    "witness": types.WitnessEntry,
    "box": stated.BoxEntry,
    "condition": stated.ConditionEntry,
    "demand": stated.DemandEntry,
    "demanded": stated.DemandedEntry,
    "exception": stated.ExceptionEntry,
    "fact": stated.FactEntry,
    "part": stated.PartEntry,
    "stated": stated.StatedEntry,
    "terms": stated.TermsEntry,
    "word": stated.WordEntry,
}


def needed(kind: type) -> set[str]:
    """The keys of a type that no entry lacks."""
    names = {**vars(types), **vars(stated)}
    hints = get_type_hints(kind, names, include_extras=True)
    return {name for name, hint in hints.items() if get_origin(hint) is not NotRequired}


@pytest.mark.parametrize("name", TYPES)
def test_the_schema_knows_every_key_of_the_types(
    published: dict[str, dict[str, object]], name: str
) -> None:
    """Neither has a key that the other lacks."""
    definition = cast("dict[str, dict[str, object]]", published["$defs"][name])

    assert set(definition["properties"]) == set(TYPES[name].__annotations__)
    assert set(definition["required"]) == needed(TYPES[name])


def test_the_schema_defines_what_the_types_do(published: dict[str, dict[str, object]]) -> None:
    """Every definition but that of a day is a type."""
    assert set(published["$defs"]) == {"day", *TYPES}
    assert set(published["properties"]) == set(Record.__annotations__)


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "satisfied"},
        {"outcome": "failed"},
        {"as-of": "yesterday"},
        {"witness": "train-ai"},
        {"nonsense": 1},
    ],
)
def test_the_schema_refuses_what_is_no_record(
    schema: Draft202012Validator, wrong: dict[str, object]
) -> None:
    """A word, day or key that the format does not have."""
    assert not schema.is_valid(record(verdict(**wrong)))


def test_what_is_written_is_what_was_there() -> None:
    """Quotes, line breaks and other languages come back as they were."""
    entry = verdict(notes=['a "quote"\nand 日本', "\u2028 <script>"])

    assert json.loads(to_text(record(entry)))["verdicts"] == [entry]


def test_half_a_character_does_not_stop_a_report() -> None:
    """A lone surrogate has no UTF-8; its escape says the same."""
    text = to_text(record(verdict(notes=["\ud800"])))

    assert json.loads(text.encode("utf-8"))["verdicts"][0]["notes"] == ["\ud800"]


def test_the_same_record_gives_the_same_bytes() -> None:
    """Nothing depends on the order in which anything was made."""
    assert to_text(whole()) == to_text(whole())
