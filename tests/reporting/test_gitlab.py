"""The record as a code quality report of GitLab."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from termsgate.reporting.gitlab import code_quality
from tests.recorded import met, record, review, used, verdict
from tests.reporting.conftest import HOSTILE, RECORDS, hostile, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from termsgate.core.record import Record

SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def entries(found: Record, **options: str) -> list[dict[str, Any]]:
    """What GitLab reads."""
    told: list[dict[str, Any]] = json.loads(code_quality(found, **options))
    return told


def test_a_run_is_told(golden: Callable[[str, str], str]) -> None:
    """What fails, warns and was let through, then what reviews are owed."""
    found = code_quality(whole(), prefix="legal")

    assert found == golden("code-quality.json", found)


def test_every_entry_is_one_that_gitlab_shows(any_record: Record) -> None:
    """All keys, a word of its own for the severity, and no fingerprint twice."""
    found = entries(any_record, prefix="legal/.")

    assert not code_quality(any_record).startswith("\ufeff")
    for each in found:
        assert set(each) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert each["description"]
        assert each["severity"] in SEVERITIES
        assert each["location"]["path"].startswith("legal/")
        assert each["location"]["lines"]["begin"] >= 1
    assert len({each["fingerprint"] for each in found}) == len(found)


@pytest.mark.parametrize(
    ("outcome", "severity", "expected"),
    [
        ("fail", "critical", "blocker"),
        ("fail", "low", "minor"),
        ("warn", "critical", "major"),
        ("warn", "low", "info"),
        ("waived", "critical", "info"),
        ("baseline", "critical", "info"),
    ],
)
def test_what_the_gate_says_and_the_severity_make_the_word(
    outcome: str, severity: str, expected: str
) -> None:
    """What was let through is information."""
    (found,) = entries(record(verdict(outcome=outcome, severity=severity, waiver=used("covers"))))

    assert found["severity"] == expected


def test_what_passes_is_not_told() -> None:
    """A report of nothing is an empty list."""
    assert code_quality(record(met())) == "[]\n"


def test_a_run_that_is_not_whole_is_no_empty_report() -> None:
    """It would look like one that found nothing."""
    found = entries(RECORDS["broken"])

    assert [(each["severity"], each["check_name"]) for each in found] == [
        ("blocker", "termsgate.not-whole")
    ] * 2


def test_a_review_that_fails_is_told() -> None:
    """At its version."""
    owed = review(findings=[{**review()["findings"][0], "outcome": "fail"}], outcome="fail")

    (found,) = entries(record(met(), reviews=[owed]))

    assert (found["severity"], found["location"]["lines"]["begin"]) == ("major", 4)


@pytest.mark.parametrize("words", HOSTILE)
def test_words_stay_on_their_line(words: str) -> None:
    """Without control characters, and no more of them than anybody reads."""
    for each in entries(hostile(words)):
        assert each["description"].isprintable()
        assert len(each["description"]) <= 1000


def test_the_same_record_gives_the_same_bytes(any_record: Record) -> None:
    """A second run changes nothing."""
    assert code_quality(any_record) == code_quality(json.loads(json.dumps(any_record)))
