"""The record as JUnit XML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from termsgate.reporting.junit import MOST, junit
from tests.official import JENKINS, wrong_in
from tests.recorded import record, review, verdict
from tests.reporting.conftest import HOSTILE, RECORDS, hostile, whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from termsgate.core.record import Record


def cases(found: Record) -> list[ET.Element]:
    """The tests."""
    return list(ET.fromstring(junit(found).encode()).iter("testcase"))  # noqa: S314 - ours


def test_a_run_is_told(golden: Callable[[str, str], str]) -> None:
    """A suite for each check that gave a verdict, and one for the reviews."""
    found = junit(whole())

    assert found == golden("junit.xml", found)


def test_every_file_fits_the_schema_of_jenkins(shared: Path, any_record: Record) -> None:
    """Whatever is in the record."""
    wrong = wrong_in(shared, JENKINS)

    assert wrong(junit(any_record)) == []


def test_no_two_tests_have_one_name(any_record: Record) -> None:
    """GitLab would keep the first."""
    names = [(each.get("classname"), each.get("name")) for each in cases(any_record)]

    assert len(set(names)) == len(names)


def test_the_counts_are_those_of_the_tests(any_record: Record) -> None:
    """Every suite says how its tests ended."""
    for suite in ET.fromstring(junit(any_record).encode()):  # noqa: S314 - ours
        found = {kind: len(suite.findall(f"testcase/{kind}")) for kind in ("failure", "error")}
        assert suite.get("tests") == str(len(suite))
        assert (suite.get("failures"), suite.get("errors")) == (
            str(found["failure"]),
            str(found["error"]),
        )
        assert suite.get("skipped") == str(len(suite.findall("testcase/skipped")))


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("pass", []),
        ("fail", ["failure"]),
        ("warn", ["system-out"]),
        ("waived", ["skipped"]),
        ("baseline", ["skipped"]),
        ("skip", ["skipped"]),
    ],
)
def test_the_gate_decides_how_a_test_ends(outcome: str, expected: list[str]) -> None:
    """A warning is a test that passed and says so."""
    (case,) = cases(record(verdict(outcome=outcome)))

    assert [each.tag for each in case] == expected


def test_a_missing_verdict_is_an_error() -> None:
    """It has not passed."""
    found = {each.get("name"): [one.tag for one in each] for each in cases(RECORDS["broken"])}

    assert found == {"zoom ai-training.calls": [], "zoom ai-training.chat": ["error"]}


def test_a_review_that_fails_is_a_failure() -> None:
    """With what to do about it."""
    (case,) = cases(record(reviews=[review(outcome="fail")]))

    (failure,) = case
    assert (failure.tag, failure.text) == ("failure", "<b>due\nhelp: sign it")


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_terms_are_text(words: str) -> None:
    """No markup, no attachment, no control character, and no more than anybody reads."""
    for case in cases(hostile(words)):
        for part in case:
            said = f"{part.get('message') or ''}{part.text or ''}"
            assert len(part) == 0
            assert "[[" not in said
            assert all(char.isprintable() or char == "\n" for char in said)
            assert len(part.text or "") <= MOST


def test_the_same_record_gives_the_same_bytes(any_record: Record) -> None:
    """A second run changes nothing."""
    assert junit(any_record) == junit(json.loads(json.dumps(any_record)))
