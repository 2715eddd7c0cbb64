"""What a baseline lets through (semantics 7.4): laws first, then the table they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termsgate.core.baseline import RULING, Baseline, baseline_of, compared, gone, lets_through
from termsgate.core.record import key
from tests.recorded import TODAY, met, record, turn, used, verdict

if TYPE_CHECKING:
    from termsgate.core.docket import Key
    from termsgate.core.record import VerdictEntry

WORDS = st.sampled_from([*RULING])
OUTCOMES = st.sampled_from(["pass", "warn", "fail", "skip", "waived", "baseline"])
LEVELS = ["may", "should", "must"]
STANDINGS = st.sampled_from(["covers", "expired", "not begun", "not needed"])


@st.composite
def entries(draw: st.DrawFn, /, **said: st.SearchStrategy[object]) -> VerdictEntry:
    """Any verdict on one of a few matters, and any outcome."""
    parts: dict[str, st.SearchStrategy[object]] = {
        "check": st.sampled_from(["calls", "class"]),
        "vendor": st.sampled_from(["zoom", "jitsi"]),
        "requirement": st.sampled_from(["ai.calls", "exit.export"]),
        "verdict": WORDS,
        "outcome": OUTCOMES,
        "level": st.sampled_from(LEVELS),
        "waiver": st.none() | STANDINGS.map(used),
        **said,
    }
    return verdict(**{name: draw(strategy) for name, strategy in parts.items()})


RUNS = st.lists(entries(), unique_by=key, max_size=8)
FAILING = st.lists(entries(outcome=st.just("fail")), unique_by=key, max_size=8)


def against(*verdicts: VerdictEntry) -> Baseline:
    """A baseline of these verdicts."""
    return baseline_of(record(*verdicts), "reports/record.json")


def keys(*verdicts: VerdictEntry) -> frozenset[Key]:
    """What they are found by."""
    return frozenset(map(key, verdicts))


# --- laws ---------------------------------------------------------------------------------------


@given(RUNS)
def test_a_baseline_of_the_run_itself_lets_everything_through(run: list[VerdictEntry]) -> None:
    """Nothing fails, nothing is fixed and nothing is gone."""
    baseline = against(*run)

    weighed = [baseline.weighed(each) for each in run]

    said = compared(baseline, weighed, keys(*run), updated=False)
    assert not any(each["outcome"] == "fail" for each in weighed)
    assert (said["fixed"], said["gone"]) == ([], [])


@given(entries(waiver=st.none()), WORDS)
def test_an_improvement_never_fails(past: VerdictEntry, word: str) -> None:
    """Where the verdict is better and the requirement weighs the same, waivers apart."""
    now = verdict(**{**past, "verdict": word, "outcome": "fail"})

    if RULING[word] > RULING[past["verdict"]] and past["outcome"] != "waived":
        assert against(past).weighed(now)["outcome"] == "baseline"


@given(RUNS, entries(outcome=st.just("fail")))
def test_what_is_worse_always_fails(run: list[VerdictEntry], now: VerdictEntry) -> None:
    """Or new: whatever the outcome was."""
    past = against(*run).before(now)

    if past is None or RULING[now["verdict"]] < RULING[past["verdict"]]:
        assert against(*run).weighed(now)["outcome"] == "fail"


@given(RUNS, RUNS, st.randoms())
def test_the_order_of_verdicts_does_not_matter(
    then: list[VerdictEntry], now: list[VerdictEntry], random: st.DataObject
) -> None:
    """Neither then nor now."""
    other_then, other_now = list(then), list(now)
    random.shuffle(other_then)  # type: ignore[attr-defined]
    random.shuffle(other_now)  # type: ignore[attr-defined]

    one, two = against(*then), against(*other_then)

    assert [one.weighed(each) for each in now] == [two.weighed(each) for each in now]
    assert compared(one, now, keys(*now), updated=False) == compared(
        two, other_now, keys(*now), updated=False
    )


@given(RUNS, RUNS)
def test_a_baseline_changes_no_verdict_and_only_failures(
    then: list[VerdictEntry], now: list[VerdictEntry]
) -> None:
    """It never makes a failure, and says what was before (semantics 7.1)."""
    baseline = against(*then)

    for each in now:
        weighed = baseline.weighed(each)
        past = baseline.before(each)
        changed = {name for name in each if weighed[name] != each[name]}  # type: ignore[literal-required]
        assert changed <= {"outcome", "before"}
        assert weighed["before"] == (past["verdict"] if past else None)
        assert weighed["outcome"] in ({each["outcome"]} | ({"baseline"} & _through(each)))


def _through(entry: VerdictEntry) -> set[str]:
    return {"baseline"} if entry["outcome"] == "fail" else set()


@given(FAILING, RUNS)
def test_every_lost_verdict_is_told_once(then: list[VerdictEntry], now: list[VerdictEntry]) -> None:
    """What disappeared adds up, whatever it is told under."""
    whole = keys(*now)

    told = gone(against(*then), whole)

    assert sum(each["verdicts"] for each in told) == len(keys(*then) - whole)


# --- what is let through ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("past", "now", "through"),
    [
        ({}, {}, True),
        ({"outcome": "baseline"}, {}, True),
        ({}, {"verdict": "unclear"}, True),
        ({"verdict": "silent"}, {"verdict": "violated"}, False),
        ({"verdict": "met", "outcome": "pass"}, {}, False),
        ({"verdict": "not-applicable", "outcome": "skip"}, {}, False),
        ({"outcome": "warn", "level": "should"}, {}, False),
        ({"outcome": "warn", "verdict": "unclear"}, {"verdict": "unclear"}, False),
        ({"outcome": "warn", "level": "should"}, {"verdict": "silent"}, False),
        ({"outcome": "warn", "level": "must"}, {"verdict": "silent"}, True),
        ({"outcome": "warn", "level": "should"}, {"verdict": "silent", "level": "may"}, True),
        ({"outcome": "waived", "waiver": used("covers")}, {}, False),
        ({"outcome": "waived", "waiver": used("covers")}, {"verdict": "silent"}, False),
        ({}, {"waiver": used("expired")}, False),
        ({"waiver": used("expired")}, {"waiver": used("expired")}, True),
        ({"waiver": used("covers")}, {"waiver": used("expired")}, False),
        ({}, {"waiver": used("not begun")}, True),
    ],
)
def test_only_what_is_new_or_worse_fails(
    past: dict[str, object],
    now: dict[str, object],
    through: bool,  # noqa: FBT001 - a table
) -> None:
    """Worse: a worse verdict, a stricter level, or an acceptance that has ended since."""
    assert lets_through(verdict(**past), verdict(**now)) is through


@pytest.mark.parametrize(
    ("past", "known"),
    [
        ({"outcome": "warn"}, True),
        ({"outcome": "fail"}, True),
        ({"outcome": "warn", "verdict": "silent"}, False),
        ({"outcome": "pass", "verdict": "met"}, False),
        ({"vendor": "jitsi", "outcome": "warn"}, False),
    ],
)
def test_a_warning_is_new_or_worse_likewise(past: dict[str, object], known: bool) -> None:  # noqa: FBT001 - a table
    """For runs in which warnings count as failures."""
    assert against(verdict(**past)).has_warned(verdict(outcome="warn")) is known


@pytest.mark.parametrize(
    ("past", "known"),
    [
        ({"coming": [turn(verdict="violated")]}, True),
        ({"coming": [turn(verdict="unclear")]}, True),
        ({"coming": [turn(verdict="silent")]}, False),
        ({"coming": [turn(verdict="met"), turn(verdict="violated")]}, True),
        ({"coming": []}, False),
        ({"vendor": "jitsi", "coming": [turn(verdict="violated")]}, False),
    ],
)
def test_a_turn_was_announced_by_one_to_nothing_better(
    past: dict[str, object],
    known: bool,  # noqa: FBT001 - a table
) -> None:
    """Semantics 7.8: known is what the earlier run saw coming on the same matter."""
    baseline = against(met(**past))

    assert baseline.has_announced(met(), turn(verdict="unclear")) is known


# --- what has changed ---------------------------------------------------------------------------


def test_a_finding_that_is_none_any_more_is_fixed() -> None:
    """Of the matters judged again; a waived one was accepted, which is no finding either."""
    then = [verdict(), verdict(vendor="jitsi"), verdict(vendor="meet"), met(vendor="teams")]
    now = [met(), verdict(vendor="jitsi", outcome="waived"), met(vendor="teams")]

    found = compared(against(*then), now, keys(*then), updated=False)

    assert [each["vendor"] for each in found["fixed"]] == ["jitsi", "zoom"]


@pytest.mark.parametrize("updated", [True, False])
def test_a_run_says_what_its_baseline_was_and_did(updated: bool) -> None:  # noqa: FBT001 - a table
    """Where it lies, of which day, how much it let through, what was fixed and what is gone."""
    then = [verdict(), verdict(vendor="jitsi"), verdict(vendor="meet")]
    now = [verdict(outcome="baseline"), met(vendor="jitsi"), met(requirement="exit.new")]

    found = compared(against(*then), now, keys(*now), updated=updated)

    assert found == {
        "path": "reports/record.json",
        "today": TODAY,
        "through": 1,
        "fixed": [{"check": "calls", "vendor": "jitsi", "requirement": "ai-training.calls"}],
        "gone": [{"kind": "vendor", "name": "meet", "verdicts": 1}],
        "updated": updated,
    }


def test_what_is_gone_is_told_by_what_explains_it() -> None:
    """The check if it is gone, else the vendor, else the requirement, else the matter itself."""
    there = [verdict(), verdict(vendor="jitsi", requirement="exit.export"), verdict(check="class")]
    lost = [
        verdict(check="old"),
        verdict(check="old", vendor="nobody"),
        verdict(vendor="nobody"),
        verdict(requirement="exit.gone"),
        verdict(vendor="jitsi"),
    ]

    found = list(gone(against(*there, *lost), keys(*there)))

    assert found == [
        {"kind": "check", "name": "old", "verdicts": 2},
        {"kind": "matter", "name": "calls jitsi ai-training.calls", "verdicts": 1},
        {"kind": "requirement", "name": "exit.gone", "verdicts": 1},
        {"kind": "vendor", "name": "nobody", "verdicts": 1},
    ]


def test_of_an_empty_project_everything_is_gone() -> None:
    """Told by check."""
    found = list(gone(against(verdict()), frozenset()))

    assert found == [{"kind": "check", "name": "calls", "verdicts": 1}]
