"""What the formats for machines share."""

from __future__ import annotations

import pytest

from termsgate.reporting.findings import (
    cut,
    decisive,
    is_finding,
    is_web,
    repository_path,
    shortfalls,
    urgency,
    uri,
)
from tests.recorded import clause, met, record, verdict


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("fail", True),
        ("warn", True),
        ("waived", True),
        ("baseline", True),
        ("pass", False),
        ("skip", False),
    ],
)
def test_what_was_let_through_is_a_finding_all_the_same(outcome: str, *, expected: bool) -> None:
    """What passes and what does not apply is none."""
    assert is_finding(verdict(outcome=outcome)) is expected


def test_what_fails_comes_first() -> None:
    """Then the most severe, then the clearest."""
    given = [
        verdict(outcome="warn"),
        verdict(outcome="fail", severity="low"),
        verdict(outcome="fail", severity="high", verdict="silent"),
        verdict(outcome="fail", severity="high"),
    ]

    assert sorted(given, key=urgency) == given[::-1]


@pytest.mark.parametrize(
    ("path", "prefix", "expected"),
    [
        ("fixtures/a.yaml", "", "fixtures/a.yaml"),
        ("fixtures/a.yaml", ".", "fixtures/a.yaml"),
        ("fixtures/a.yaml", "./legal/.", "legal/fixtures/a.yaml"),
        ("fixtures/a b/ü%.yaml", "", "fixtures/a%20b/%C3%BC%25.yaml"),
        ("a:b/c.yaml", "", "a%3Ab/c.yaml"),
        ("half \ud800.yaml", "", "half%20%5Cud800.yaml"),
    ],
)
def test_a_path_is_a_reference_from_the_repository(path: str, prefix: str, expected: str) -> None:
    """In the letters of a URI, and never with a scheme."""
    assert uri(path, prefix) == expected


def test_a_path_can_be_told_as_it_is() -> None:
    """For those who want no URI."""
    assert repository_path("fixtures/a b.yaml", "./legal") == "legal/fixtures/a b.yaml"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b#c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://[broken", False),
        ("https://example.org/ü", False),
        ("https://example.org/\n", False),
        ("", False),
    ],
)
def test_a_link_leads_to_the_web_or_is_none(url: str, *, expected: bool) -> None:
    """Nothing else is anybody's to open."""
    assert is_web(url) is expected


def test_what_falls_short_decides_before_the_rest() -> None:
    """What was defeated decided nothing."""
    found = verdict(because=[clause(part="defeated"), clause(part="meets", line=1), clause(line=2)])

    assert [each["line"] for each in decisive(found)] == [2, 1]


@pytest.mark.parametrize(
    ("text", "expected"), [("short", "short"), ("x" * 21, "x" * 14 + " [...]")]
)
def test_what_is_cut_says_so(text: str, expected: str) -> None:
    """And is no longer than allowed."""
    assert cut(text, 20) == expected


def test_a_run_that_lost_verdicts_falls_short() -> None:
    """Whatever the others were."""
    assert shortfalls(record(met(), expected=2)) == [
        "1 verdicts were given and 2 were expected: the run is not whole"
    ]


def test_a_whole_run_falls_short_of_nothing() -> None:
    """What fails is another matter."""
    assert shortfalls(record(verdict())) == []
