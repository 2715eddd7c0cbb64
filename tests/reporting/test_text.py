"""What a terminal shows of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from termsgate.reporting.text import (
    counts,
    day_line,
    failure_text,
    printable,
    review_text,
    summary,
    verdict_text,
)
from tests.recorded import (
    check,
    clause,
    everything,
    looking_ahead,
    met,
    record,
    requirement,
    used,
    verdict,
    waiver,
    warning,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from termsgate.core.record import VerdictEntry


def test_a_verdict_is_told_whole(golden: Callable[[str, str], str]) -> None:
    """Requirement, verdict, clauses, questions, documents, claims, readings, notes, waiver, ask."""
    found = verdict_text(everything(), requirement())

    assert f"{found}\n" == golden("verdict.txt", f"{found}\n")


def test_a_failure_is_told_without_what_did_not_decide(
    golden: Callable[[str, str], str],
) -> None:
    """It ends with the command that says the rest."""
    found = failure_text(everything(), requirement())

    assert f"{found}\n" == golden("failure.txt", f"{found}\n")


@pytest.mark.parametrize(
    "needed",
    [
        "violated",
        "fixtures/zoom/terms-of-service/2023-03-31.yaml:12",
        "terms-of-service 10.4",
        "“machine learning, artificial intelligence”",
        "train-ai on audio by vendor, identifiable",
        "Add that calls are not used to train models.",
    ],
)
def test_a_failure_names_what_a_reader_needs(needed: str) -> None:
    """The verdict, file and line, section, quote, an example and what to ask for."""
    assert needed in failure_text(verdict(), requirement())


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        (
            "expired",
            "no longer accepted: the waiver expired with the end of 2026-12-12 (UTC)",
        ),
        ("changed", "not covered: the waiver was given for other terms"),
        ("not begun", "not covered: the waiver holds from 2026-06-30 on"),
        ("not needed", "needless: the run accepts this verdict without the waiver"),
        ("covers", "accepted until the end of 2026-12-12 (UTC), 21 days left"),
    ],
)
def test_a_waiver_says_how_it_stands(standing: str, sentence: str) -> None:
    """And when and by whom the verdict was waived."""
    found = failure_text(verdict(waiver=used(standing)), requirement())

    assert f"  {sentence}\n    waived by cfo@example.org on 2026-06-30 (4711): " in found


def test_words_cannot_move_the_cursor() -> None:
    """A quote with control characters could rewrite what stands above it."""
    hostile = clause(quote="\x1b[2Jmet\rmet\nFAILED\u202e")

    found = failure_text(verdict(because=[hostile]), requirement())

    assert not set("\x1b\r\u202e") & set(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("two\n  lines", "two lines"),
        ("tab\tand\x00nul", "tab and nul"),
        ("naïve “quotes” 日本", "naïve “quotes” 日本"),
    ],
)
def test_printable_keeps_what_can_be_seen(text: str, expected: str) -> None:
    """Everything on one line; letters of any language stay."""
    assert printable(text) == expected


# --- the end of a run ---------------------------------------------------------------------------


def small() -> list[VerdictEntry]:
    """Two vendors under two policies, one verdict of each word."""
    return [
        met(vendor="jitsi"),
        verdict(
            vendor="jitsi",
            requirement="exit.notice",
            verdict="silent",
            outcome="warn",
            level="should",
        ),
        met(vendor="jitsi", requirement="exit.export", verdict="not-applicable", outcome="skip"),
        verdict(),
        verdict(requirement="exit.export", verdict="unclear", outcome="warn", level="should"),
        verdict(requirement="exit.notice", outcome="waived", waiver=used("covers")),
    ]


def test_a_run_ends_with_matrix_counts_warnings_and_waivers(
    golden: Callable[[str, str], str],
) -> None:
    """Everything that was let through is named."""
    found = "\n".join(summary(record(*small(), checks=[check(waivers=[waiver()])]), 80))

    assert f"{found}\n" == golden("summary.txt", f"{found}\n")


def test_the_matrix_can_be_left_out() -> None:
    """A quiet run shows the counts alone."""
    found = summary(record(*small()), 80, matrix=False)

    assert found[0].startswith("6 verdicts: ")


def test_a_narrow_terminal_gets_the_policies_in_blocks() -> None:
    """No line of the matrix is longer than the terminal is wide."""
    wide = [met(requirement=f"policy-{name}.r{n}") for name in "abcdef" for n in range(10)]

    lines = summary(record(*wide), 40)
    matrix = lines[: lines.index("m met  V violated  ? unclear  s silent  - not-applicable")]

    assert max(map(len, matrix)) <= 40
    assert sum(line.startswith("calls") for line in matrix) == 3
    assert "".join(matrix).count("m" * 10) == 6


def test_a_missing_verdict_leaves_a_blank_and_moves_nothing() -> None:
    """Letters of the same requirement stand below one another, also in a partial run."""
    verdicts = [
        met(vendor="a", requirement="p.two"),
        met(vendor="b", requirement="p.one"),
        met(vendor="b", requirement="p.two"),
    ]

    assert summary(record(*verdicts), 80)[1:3] == [
        "  a     m",
        "  b    mm",
    ]


def test_many_vendors_are_counted_and_not_drawn() -> None:
    """A matrix that does not fit a screen says less than the counts."""
    many = [met(vendor=f"vendor-{n:03}") for n in range(200)]

    assert summary(record(*many), 80) == ["200 verdicts: 200 met", "at the gate: 200 pass"]


def test_fewer_verdicts_than_expected_are_told() -> None:
    """A run that is not whole says so (semantics 7.5)."""
    assert counts(record(met(), expected=3))[-1] == "3 were expected: the run is not whole"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("2023-04-01", "terms as of 2023-04-01, run on 2026-11-21"),
        ("2026-11-21", "terms as of 2026-11-21"),
        (None, "terms as of the day of each check, run on 2026-11-21"),
    ],
)
def test_the_day_asked_about_is_shown(asked: str | None, expected: str) -> None:
    """And the day of the run where it is another."""
    assert day_line(record(met(), **{"as-of": asked})) == expected


@pytest.mark.parametrize(
    ("expires", "left"),
    [("2026-11-21", "last day"), ("2026-11-22", "1 day left"), ("2026-12-21", "30 days left")],
)
def test_a_waiver_shows_the_days_that_are_left(expires: str, left: str) -> None:
    """Counted on the day of the run."""
    waived = verdict(outcome="waived", waiver=used("covers", expires=expires))

    assert f"({left})" in summary(record(waived), 80)[-1]


def test_what_is_to_be_looked_after_stands_among_the_warnings() -> None:
    """After those of verdicts, with its place."""
    warns = verdict(outcome="warn", level="should")

    found = summary(record(warns, warnings=[warning()]), 80)

    assert found[-4:] == [
        "warnings:",
        "  calls zoom",
        "    violated: ai-training.calls",
        "  expires in 21 days: the waiver of zoom ai-training.calls (checks/calls.yaml:7)",
    ]


def test_a_partial_run_says_who_left_out_what() -> None:
    """With what was said with the option, where it tells more."""
    left_out = [
        {"by": "-k", "said": "zoom or jitsi", "verdicts": 2},
        {"by": "-x", "said": "", "verdicts": 1},
    ]

    found = counts(record(verdict(), partial=True, **{"left-out": left_out}))

    assert found[-1] == (
        "partial: 1 of 4 verdicts were asked for; left out: 2 by -k zoom or jitsi, 1 by -x"
    )


def test_an_audit_says_so() -> None:
    """Whoever reads it must not take it for a run at the gate."""
    found = counts(record(verdict(), audit=True))

    assert found[-1] == "audit: waivers and the baseline are left aside"


def test_a_run_says_what_became_of_its_baseline() -> None:
    """What it lets through, what is new or worse, what is fixed and what is gone."""
    baseline = {
        "path": "baseline.json",
        "today": "2026-11-20",
        "through": 1,
        "fixed": [{"check": "calls", "vendor": "meet", "requirement": "exit.export"}],
        "gone": [{"kind": "vendor", "name": "teams", "verdicts": 1}],
        "updated": True,
    }
    through = verdict(vendor="jitsi", outcome="baseline")

    found = summary(record(through, verdict(), baseline=baseline), 100, matrix=False)

    assert found[2:] == [
        "baseline: baseline.json of 2026-11-20, rewritten by this run",
        "  let through: 1",
        "    calls jitsi",
        "      violated: ai-training.calls",
        "  new or worse: 1",
        "    calls zoom",
        "      violated: ai-training.calls",
        "  fixed since: 1",
        "    calls meet exit.export",
        "  gone: 1",
        "    the vendor `teams` (1 verdict)",
    ]


def test_the_summary_says_what_is_to_come() -> None:
    """By the day, the severest first; a turn for the better and one that passes are no warning."""
    lines = summary(looking_ahead(), 80)

    start = lines.index("coming:")
    assert lines[start : start + 8] == [
        "coming:",
        "  calls zoom",
        "    on 2023-08-11 this turns to violated, and will fail the run:",
        "        ai-training.calls, exit.a",
        "    on 2023-08-11 this turns to silent, and will be a warning: exit.b",
        "    on 2023-09-01 this turns to unclear, and will fail the run: exit.b",
        "reviews:",
        "  fixtures/zoom/terms/2023-03-31.yaml:4: <b>due",
    ]


def test_a_review_is_told_with_what_to_do() -> None:
    """Every finding with its place and its advice."""
    (review,) = looking_ahead()["reviews"]

    assert review_text(review) == (
        "fixtures/zoom/terms/2023-03-31.yaml:4:9: <b>due\n  help: sign it"
    )
