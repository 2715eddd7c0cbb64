"""The record as a statement of in-toto."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from termsgate.reporting.intoto import PREDICATE, STATEMENT, statement
from termsgate.reporting.json import to_text
from tests.recorded import met, record, review, verdict
from tests.reporting.conftest import RECORDS, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from termsgate.core.record import Record

LISTS = ("passedTests", "warnedTests", "failedTests")


def told(found: Record) -> dict[str, Any]:
    """The statement."""
    stated: dict[str, Any] = json.loads(statement(found))
    return stated


def test_a_run_is_stated(golden: Callable[[str, str], str]) -> None:
    """Of the terms, by the policies and checks."""
    digest = hashlib.sha256(to_text(whole()).encode()).hexdigest()
    found = statement(whole(), prefix="legal").replace(digest, "d" * 64)

    assert found == golden("statement.json", found)


def test_every_statement_is_one(any_record: Record) -> None:
    """Of the first version; each subject has a digest and a name of its own."""
    found = told(any_record)

    assert (found["_type"], found["predicateType"]) == (STATEMENT, PREDICATE)
    assert found["subject"]
    names = [each["name"] for each in found["subject"]]
    assert len(set(names)) == len(names)
    for each in (*found["subject"], *found["predicate"]["configuration"]):
        assert len(each["digest"]["sha256"]) == 64
    assert found["predicate"]["result"] in {"PASSED", "WARNED", "FAILED"}


def test_the_subject_is_the_terms_and_their_captured_text() -> None:
    """The policies and checks are what they were held against."""
    found = told(whole())

    assert [each["name"] for each in found["subject"]] == [
        "fixtures/zoom/terms-of-service/2023-03-31.md",
        "fixtures/zoom/terms-of-service/2023-03-31.yaml",
    ]
    assert [each["name"] for each in found["predicate"]["configuration"]] == [
        "checks/calls.yaml",
        "policies/ai-training.yaml",
        "record.json",
    ]


def test_the_record_is_named_by_its_digest() -> None:
    """Of the bytes that a run writes."""
    *_, itself = told(whole())["predicate"]["configuration"]

    assert itself["digest"]["sha256"] == hashlib.sha256(to_text(whole()).encode()).hexdigest()
    assert itself["annotations"]["expected"] == 7


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        (["pass"], "PASSED"),
        (["pass", "skip"], "PASSED"),
        (["pass", "warn"], "WARNED"),
        (["waived"], "WARNED"),
        (["baseline"], "WARNED"),
        (["waived", "fail"], "FAILED"),
        ([], "FAILED"),
    ],
)
def test_the_worst_is_the_result(outcomes: list[str], expected: str) -> None:
    """What was let through has not passed; a run without a verdict has not either."""
    verdicts = [verdict(check=str(number), outcome=one) for number, one in enumerate(outcomes)]

    assert told(record(*verdicts))["predicate"]["result"] == expected


def test_a_run_that_is_not_whole_has_failed() -> None:
    """The missing verdicts are among the failed tests."""
    found = told(RECORDS["broken"])["predicate"]

    assert found["result"] == "FAILED"
    assert found["failedTests"] == ["calls::zoom::ai-training.chat"]


def test_a_review_that_fails_fails() -> None:
    """It is a test of its own."""
    found = told(record(met(), reviews=[review(outcome="fail")]))["predicate"]

    assert found["result"] == "FAILED"
    assert found["failedTests"] == ["review::zoom::terms::2023-03-31"]


def test_every_verdict_is_in_one_list(any_record: Record) -> None:
    """But for those that do not apply."""
    predicate = told(any_record)["predicate"]
    found = [name for each in LISTS for name in predicate[each]]
    applied = [each for each in any_record["verdicts"] if each["outcome"] != "skip"]

    assert len(set(found)) == len(found)
    assert len(found) == len(applied) + len(any_record["missing"]) + len(any_record["reviews"])


def test_the_same_record_gives_the_same_bytes(any_record: Record) -> None:
    """A second run changes nothing."""
    assert statement(any_record) == statement(json.loads(json.dumps(any_record)))
