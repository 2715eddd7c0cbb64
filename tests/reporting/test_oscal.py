"""The record as OSCAL assessment results."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from markdown_it import MarkdownIt

from termsgate.reporting.oscal import assessment_results
from tests.official import OSCAL, wrong_in
from tests.recorded import met, record, used, verdict
from tests.reporting.conftest import HOSTILE, RECORDS, hostile, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from termsgate.core.record import Record, VerdictEntry


def told(found: Record, **options: str) -> dict[str, Any]:
    """The assessment results."""
    document: dict[str, Any] = json.loads(assessment_results(found, **options))
    inside: dict[str, Any] = document["assessment-results"]
    return inside


def only(found: VerdictEntry, kind: str) -> dict[str, Any]:
    """The one entry of a kind that a record with one verdict has."""
    (result,) = told(record(found))["results"]
    (entry,) = result[kind]
    return dict(entry)


def values(value: object, name: str) -> Iterator[Any]:
    """Everything under a name, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == name:
                yield inner
            yield from values(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from values(inner, name)


def test_a_run_is_told(golden: Callable[[str, str], str]) -> None:
    """A result for each check, with observations, risks and findings."""
    found = assessment_results(whole(), prefix="legal")

    assert found == golden("oscal.json", found)


def test_every_file_fits_the_official_schema(shared: Path, any_record: Record) -> None:
    """Whatever is in the record."""
    wrong = wrong_in(shared, OSCAL)

    assert wrong(assessment_results(any_record)) == []


def test_every_id_is_made_from_what_it_names(any_record: Record) -> None:
    """Of version 5, none twice, and every reference leads to one."""
    found = told(any_record)
    ids = list(values(found, "uuid"))
    named = {*values(found, "observation-uuid"), *values(found, "risk-uuid")}
    named |= {*values(found, "subject-uuid"), found["import-ap"]["href"].removeprefix("#")}

    assert {UUID(each).version for each in ids} == {5}
    assert len(set(ids)) == len(ids)
    assert named <= set(ids)


def test_another_record_is_another_document() -> None:
    """Its id says what it was made from: the day, the files and the verdicts."""
    first = told(record(met()))["uuid"]

    assert first != told(record(verdict()))["uuid"]
    assert first != told(record(met(), today="2026-11-22"))["uuid"]
    assert first != told(record(met(), inputs=[{"path": "a", "sha256": "1" * 64}]))["uuid"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("met", ("satisfied", "pass")),
        ("violated", ("not-satisfied", "fail")),
        ("unclear", ("not-satisfied", "unclear")),
        ("silent", ("not-satisfied", "silent")),
    ],
)
def test_a_verdict_is_a_finding(word: str, expected: tuple[str, str]) -> None:
    """Doubt and silence are neither a pass nor a breach."""
    status = only(verdict(verdict=word), "findings")["target"]["status"]

    assert (status["state"], status["reason"]) == expected


def test_what_does_not_apply_is_not_reviewed() -> None:
    """No finding, and no control."""
    (result,) = told(record(met(verdict="not-applicable", outcome="skip")))["results"]

    assert "findings" not in result
    assert result["reviewed-controls"]["control-selections"] == [
        {"description": "No requirement was reviewed."}
    ]


def test_an_accepted_risk_has_an_end() -> None:
    """And says who accepted it."""
    risk = only(verdict(outcome="waived", waiver=used("covers")), "risks")

    assert (risk["status"], risk["deadline"]) == ("deviation-approved", "2026-12-12T23:59:59Z")
    assert [each["lifecycle"] for each in risk["remediations"]] == ["recommendation", "completed"]


@pytest.mark.parametrize("outcome", ["fail", "warn", "baseline"])
def test_every_other_risk_is_open(outcome: str) -> None:
    """Also one that the baseline knows."""
    assert only(verdict(outcome=outcome), "risks")["status"] == "open"


def test_the_files_are_named_with_their_digests() -> None:
    """By the sha256 of what was judged."""
    _, first, *_ = told(whole(), prefix="legal")["back-matter"]["resources"]

    assert first["rlinks"] == [
        {
            "href": "legal/checks/calls.yaml",
            "hashes": [{"algorithm": "SHA-256", "value": "1" * 64}],
        }
    ]


def test_a_run_that_is_not_whole_says_so() -> None:
    """Nobody takes its findings for all there are."""
    (result,) = told(RECORDS["broken"])["results"]

    assert "The run failed: the run was interrupted" in result["description"]


def test_a_run_of_a_part_says_so() -> None:
    """Nobody takes it for the whole."""
    (result,) = told(record(met(), partial=True))["results"]

    assert result["description"].endswith("The run judged only some of the project's verdicts.")


@pytest.mark.parametrize(
    "words", [*HOSTILE, "# x", "1. x", "2) x", "- x", "> x", "+ x", "---", "===", "***", "~~~"]
)
def test_words_of_terms_are_text(words: str) -> None:
    """Titles and descriptions are Markdown: nothing in them may be a link, an image or HTML."""
    found = told(hostile(words))
    texts = [text for name in ("title", "description") for text in values(found, name)]
    tokens = [each for text in texts for each in MarkdownIt("commonmark").parse(text)]
    inside = [inner for each in tokens for inner in each.children or [each]]

    assert not {each.type for each in inside} & {
        "hr",
        "ordered_list_open",
        "blockquote_open",
        "code_inline",
        "em_open",
        "link_open",
        "image",
        "html_inline",
        "html_block",
        "fence",
        "heading_open",
    }


def test_the_same_record_gives_the_same_bytes(any_record: Record) -> None:
    """A second run changes nothing."""
    again = json.loads(json.dumps(any_record))

    assert assessment_results(any_record) == assessment_results(again)
