"""A review is written into a file, and nothing else in it changes (7.7)."""

from __future__ import annotations

from datetime import date

import pytest

from termsgate.core.model import Review, ReviewStatus
from termsgate.reading.signing import UneditableError, signed

DIGEST = "ab" * 32
REVIEW = Review(
    by=("counsel@example.org", "Zoë, EU"),
    on=date(2026, 11, 21),
    status=ReviewStatus.APPROVED,
    sha256=DIGEST,
)
FLOW = (
    'review: {by: [counsel@example.org, "Zoë, EU"], on: 2026-11-21, status: approved, '
    f"sha256: {DIGEST}}}"
)
HEAD = "document: terms\neffective: 2024-01-01"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            f"{HEAD} # é😀\nsource:\n  url: x\n  # captured later\n\n# what\nclauses: []\n",
            f"{HEAD} # é😀\nsource:\n  url: x\n  # captured later\n{FLOW}\n\n# what\nclauses: []\n",
        ),
        (f"clauses: []\n{HEAD}", f"clauses: []\n{HEAD}\n{FLOW}"),
        (
            f"{HEAD}\nlanguage: |\n  en\nclauses: []\n",
            f"{HEAD}\nlanguage: |\n  en\n{FLOW}\nclauses: []\n",
        ),
        (
            "  document: terms\r\n  effective: 2024-01-01\r\n  clauses: []\r\n",
            f"  document: terms\r\n  effective: 2024-01-01\r\n  {FLOW}\r\n  clauses: []\r\n",
        ),
        (
            "{document: terms, effective: 2024-01-01, clauses: []}",
            f"{{document: terms, effective: 2024-01-01, {FLOW}, clauses: []}}",
        ),
        (
            "? document\n: terms\n? effective\n: 2024-01-01\n? clauses\n: []\n",
            f"? document\n: terms\n? effective\n: 2024-01-01\n{FLOW}\n? clauses\n: []\n",
        ),
    ],
    ids=["comments", "at the end", "folded", "indented", "in brackets", "explicit keys"],
)
def test_a_review_that_was_not_there_gets_a_line(before: str, after: str) -> None:
    """Below what the version says of itself, with the comments where they were."""
    assert signed(before, REVIEW) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("review: {by: [x], on: 2023-01-01, status: draft} # c", f"{FLOW} # c"),
        (
            "review: {sha256: '1', by: me, on: 2023-01-01,\n   status: draft, # x\n  }",
            (
                f'review: {{sha256: {DIGEST}, by: [counsel@example.org, "Zoë, EU"], '
                "on: 2026-11-21,\n   status: approved, # x\n  }"
            ),
        ),
        (
            (
                "review:\n  # who\n  by:   # us\n    - a\n    - b\n  on: 2023-01-01 # d\n  # e\n"
                "  status: draft  # st"
            ),
            (
                "review:\n  # who\n  by:   # us\n    - counsel@example.org\n"
                '    - "Zoë, EU"\n  on: 2026-11-21 # d\n  # e\n'
                f"  status: approved  # st\n  sha256: {DIGEST}"
            ),
        ),
        (
            'review:\n  by:\n  - a\n  status: draft\n  on: "2023-01-01"',
            (
                "review:\n  by:\n  - counsel@example.org\n"
                f'  - "Zoë, EU"\n  status: approved\n  on: 2026-11-21\n  sha256: {DIGEST}'
            ),
        ),
        (
            f"review:\n  by: '-'\n  on: 2026-11-21\n  status: approved # ok\n  sha256: {DIGEST}",
            (
                'review:\n  by: [counsel@example.org, "Zoë, EU"]\n  on: 2026-11-21\n'
                f"  status: approved # ok\n  sha256: {DIGEST}"
            ),
        ),
    ],
    ids=["in brackets", "over lines", "a list", "a list at the margin", "a dash"],
)
def test_a_review_that_was_there_keeps_its_form(before: str, after: str) -> None:
    """Each value is replaced where it stands, and what is missing is added behind."""
    rest = "\n\n# what\nclauses: []\n"

    assert signed(f"{HEAD}\n{before}{rest}", REVIEW) == f"{HEAD}\n{after}{rest}"


@pytest.mark.parametrize("name", ["true", "null", "12", "a: b", "#x", 'say "x"', "a\\b", "ends "])
def test_a_name_that_yaml_reads_otherwise_is_quoted(name: str) -> None:
    """Whatever somebody is called."""
    text = f"{HEAD}\nclauses: []\n"

    after = signed(text, Review(by=(name,), on=REVIEW.on, status=REVIEW.status, sha256=DIGEST))

    assert after.replace("\n\n", "\n").count("\n") == text.count("\n") + 1


@pytest.mark.parametrize(
    "review",
    ["review: {}\n", "review:\n  by: me\n  on: 2023-01-01\n  status: >-\n    draft\n"],
)
def test_what_cannot_be_edited_is_refused(review: str) -> None:
    """Rather than a file that says something else."""
    with pytest.raises(UneditableError):
        signed(f"{HEAD}\n{review}clauses: []\n", REVIEW)


def test_a_list_of_several_lines_can_be_the_first_thing_in_a_file() -> None:
    """Clauses before the rest: their ends are found too."""
    before = f"clauses:\n- id: a\n  says: x\n- {{id: b, says: y}}\n{HEAD}\n"

    assert signed(before, REVIEW) == f"{before.rstrip()}\n{FLOW}\n"


def test_one_name_that_still_signs_stays_as_it_was() -> None:
    """A name without brackets is a list of one."""
    review = Review(by=("me",), on=REVIEW.on, status=REVIEW.status, sha256=DIGEST)
    before = f"{HEAD}\nreview:\n  by: me\n  on: 2023-01-01\n  status: approved\nclauses: []\n"

    after = signed(before, review)

    assert "  by: me\n  on: 2026-11-21\n" in after
