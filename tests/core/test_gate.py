"""What the gate makes of a verdict (semantics 7.2, 7.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termsgate.core.gate import Case, Change, Decision, Outcome, Standing, decide, names
from termsgate.core.model import (
    Box,
    Forbid,
    Level,
    Part,
    Place,
    Reaction,
    Requirement,
    Scope,
    Severity,
    Waiver,
)
from termsgate.core.verdict import Ruling

if TYPE_CHECKING:
    from collections.abc import Sequence

APPROVED: Final = date(2026, 6, 30)
EXPIRES: Final = date(2026, 12, 31)
WITHIN: Final = date(2026, 9, 1)
DAY: Final = timedelta(days=1)

WAIVER: Final = Waiver(
    vendor="zoom",
    requirement="ai-training.calls",
    reason="accepted for the pilot",
    approved_by="cfo@example.org",
    approved_on=APPROVED,
    expires=EXPIRES,
    place=Place(path="checks/calls.yaml", line=7, column=5),
)


def requirement(
    level: Level = Level.MUST,
    silent: Reaction = Reaction.FAIL,
    unclear: Reaction = Reaction.FAIL,
) -> Requirement:
    """A requirement that weighs as much as the example says."""
    return Requirement(
        id="ai-training.calls",
        policy="ai-training",
        title="No training on calls",
        level=level,
        severity=Severity.HIGH,
        demand=Forbid(scope=Scope(parts=(Part(box=Box(action=("train-ai",))),))),
        when_silent=silent,
        when_unclear=unclear,
    )


def case(ruling: Ruling, weighed: Requirement | None = None, on: date = WITHIN) -> Case:
    """A verdict on zoom."""
    return Case(vendor="zoom", requirement=weighed or requirement(), ruling=ruling, on=on)


def outcome(ruling: Ruling, waivers: Sequence[Waiver] = (), today: date = WITHIN) -> Outcome:
    """What the gate makes of a verdict under a requirement that must be met."""
    return decide(case(ruling), waivers, today).outcome


# --- levels (7.2) -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "expected"),
    [(Level.MUST, Outcome.FAIL), (Level.SHOULD, Outcome.WARN), (Level.MAY, Outcome.PASS)],
)
def test_the_level_decides_about_a_breach(level: Level, expected: Outcome) -> None:
    """`must` fails the run, `should` warns, `may` informs."""
    found = decide(case(Ruling.VIOLATED, requirement(level)), [], WITHIN)

    assert found == Decision(outcome=expected)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("ruling", [Ruling.SILENT, Ruling.UNCLEAR])
@pytest.mark.parametrize("reaction", Reaction)
def test_silence_and_doubt_have_reactions_of_their_own(
    level: Level, ruling: Ruling, reaction: Reaction
) -> None:
    """`when-silent` and `when-unclear` each say fail, warn or pass, whatever the level."""
    other = Reaction.PASS if reaction is Reaction.FAIL else Reaction.FAIL
    silent, unclear = (reaction, other) if ruling is Ruling.SILENT else (other, reaction)

    found = decide(case(ruling, requirement(level, silent, unclear)), [], WITHIN)

    assert found.outcome == Outcome(reaction)


@pytest.mark.parametrize(
    ("ruling", "expected"),
    [(Ruling.MET, Outcome.PASS), (Ruling.NOT_APPLICABLE, Outcome.SKIP)],
)
def test_what_is_met_passes_and_what_does_not_apply_is_skipped(
    ruling: Ruling, expected: Outcome
) -> None:
    """Neither depends on the level."""
    assert outcome(ruling) == expected


# --- waivers (7.3) ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (APPROVED - DAY, Outcome.FAIL),
        (APPROVED, Outcome.WAIVED),
        (EXPIRES, Outcome.WAIVED),
        (EXPIRES + DAY, Outcome.FAIL),
    ],
)
def test_a_waiver_holds_from_its_first_day_to_the_end_of_its_last(
    today: date, expected: Outcome
) -> None:
    """Both days belong to it; the day that counts is the day of the run."""
    found = decide(case(Ruling.VIOLATED, on=APPROVED), [WAIVER], today)

    assert found.outcome == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (APPROVED - DAY, Outcome.FAIL),
        (APPROVED, Outcome.WAIVED),
        (EXPIRES + 365 * DAY, Outcome.WAIVED),
    ],
)
def test_a_waiver_covers_no_verdict_about_a_day_before_it(on: date, expected: Outcome) -> None:
    """What was accepted in June says nothing of the terms of May; later days are no matter."""
    found = decide(case(Ruling.VIOLATED, on=on), [WAIVER], WITHIN)

    assert found.outcome == expected


def test_an_expired_waiver_fails_and_is_named() -> None:
    """The decision carries it, so that the failure can say when and by whom."""
    found = decide(case(Ruling.VIOLATED), [WAIVER], EXPIRES + DAY)

    assert found == Decision(
        outcome=Outcome.FAIL, waiver=WAIVER, standing=Standing.EXPIRED, days_left=-1
    )


@pytest.mark.parametrize("today", [WITHIN, EXPIRES + DAY])
@pytest.mark.parametrize("ruling", [Ruling.MET, Ruling.NOT_APPLICABLE])
def test_a_waiver_that_nothing_needs_is_named(ruling: Ruling, today: date) -> None:
    """Expired or not, it should be deleted."""
    found = decide(case(ruling), [WAIVER], today)

    assert (found.waiver, found.standing) == (WAIVER, Standing.NOT_NEEDED)


def test_a_waiver_that_has_not_begun_is_not_called_unneeded() -> None:
    """It may be needed when its day comes."""
    found = decide(case(Ruling.MET), [WAIVER], APPROVED - DAY)

    assert found.standing is Standing.NOT_BEGUN


def test_a_warning_can_be_waived_too() -> None:
    """An accepted finding is no warning any more."""
    found = decide(case(Ruling.VIOLATED, requirement(Level.SHOULD)), [WAIVER], WITHIN)

    assert found.outcome is Outcome.WAIVED


def test_a_renewed_waiver_counts_whatever_stands_first() -> None:
    """Of several that name a verdict, one that holds is taken."""
    renewed = replace(WAIVER, approved_on=EXPIRES + DAY, expires=EXPIRES + 90 * DAY)
    late = case(Ruling.VIOLATED, on=EXPIRES + DAY)

    found = {decide(late, each, EXPIRES + DAY).waiver for each in ([WAIVER, renewed], [renewed])}

    assert found == {renewed}


@pytest.mark.parametrize(("today", "left"), [(EXPIRES - 30 * DAY, 30), (EXPIRES, 0)])
def test_the_days_left_are_those_after_today(today: date, left: int) -> None:
    """None on the last day (7.3.4)."""
    assert decide(case(Ruling.VIOLATED), [WAIVER], today).days_left == left


# --- limited waivers (7.3.1, 7.3.3) -----------------------------------------------------------

HASH: Final = "sha256:" + "0" * 64
OTHER: Final = "sha256:" + "1" * 64
OF_A_VERSION: Final = replace(WAIVER, versions=(("terms", APPROVED),))
OF_CLAUSES: Final = replace(WAIVER, decided=HASH)


def limits(versions: dict[str, date], decided: str = HASH) -> Case:
    """A breach, with what a waiver can be limited to."""
    return replace(case(Ruling.VIOLATED), versions=versions, decided=decided)


@pytest.mark.parametrize(
    ("waiver", "judged", "changes"),
    [
        (OF_A_VERSION, limits({"terms": APPROVED}), ()),
        (
            OF_A_VERSION,
            limits({"terms": WITHIN}),
            (Change(document="terms", given="2026-06-30", now="2026-09-01"),),
        ),
        (OF_A_VERSION, limits({}), (Change(document="terms", given="2026-06-30", now=""),)),
        (OF_CLAUSES, limits({}), ()),
        (OF_CLAUSES, limits({}, OTHER), (Change(document=None, given=HASH, now=OTHER),)),
        (WAIVER, limits({}, OTHER), ()),
    ],
)
def test_a_limited_waiver_covers_what_it_was_given_for(
    waiver: Waiver, judged: Case, changes: tuple[Change, ...]
) -> None:
    """If the terms change, it no longer covers, and the decision says what changed."""
    found = decide(judged, [waiver], WITHIN)

    expected = (Outcome.FAIL, Standing.CHANGED) if changes else (Outcome.WAIVED, Standing.COVERS)
    assert ((found.outcome, found.standing), found.changes) == (expected, changes)


@pytest.mark.parametrize(
    ("today", "standing"),
    [(APPROVED - DAY, Standing.NOT_BEGUN), (EXPIRES + DAY, Standing.EXPIRED)],
)
def test_out_of_its_term_a_waiver_is_not_said_to_be_for_other_terms(
    today: date, standing: Standing
) -> None:
    """When it held comes first; there are no changes to tell."""
    found = decide(limits({}, OTHER), [OF_CLAUSES], today)

    assert (found.standing, found.changes) == (standing, ())


@pytest.mark.parametrize(
    ("waivers", "standing"),
    [
        ((OF_CLAUSES, WAIVER), Standing.COVERS),
        ((OF_CLAUSES, replace(WAIVER, expires=WITHIN - DAY)), Standing.CHANGED),
        (
            (replace(WAIVER, expires=WITHIN - DAY), replace(WAIVER, approved_on=WITHIN + DAY)),
            Standing.EXPIRED,
        ),
    ],
)
def test_of_several_the_nearest_to_covering_is_named(
    waivers: tuple[Waiver, ...], standing: Standing
) -> None:
    """One that covers, one given for other terms, an expired one, one to come (7.3.3)."""
    assert decide(limits({}, OTHER), waivers, WITHIN).standing is standing


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"expires": EXPIRES - DAY}, {"expires": EXPIRES}),
        ({"approved_on": APPROVED - DAY}, {"approved_on": APPROVED}),
        ({"reason": "b"}, {"reason": "a"}),
    ],
)
def test_of_several_that_cover_the_latest_is_named(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    """The one that ends last, then the one approved last; the order of the file is no matter."""
    early, late = replace(WAIVER, **one), replace(WAIVER, **other)
    named = [
        decide(case(Ruling.VIOLATED), written, WITHIN).waiver
        for written in ([early, late], [late, early])
    ]

    assert named == [late, late]


def test_a_limited_waiver_that_nothing_needs_is_needless() -> None:
    """Whatever the terms are now: a verdict that passes is not weighed against it."""
    assert decide(case(Ruling.MET), [OF_CLAUSES], WITHIN).standing is Standing.NOT_NEEDED


@pytest.mark.parametrize(
    ("vendor", "wanted", "expected"),
    [
        ("zoom", "ai-training.calls", True),
        ("*", "ai-training.*", True),
        ("zo?m", "*.calls", True),
        ("Zoom", "ai-training.calls", False),
        ("zoo", "ai-training.calls", False),
        ("zoom", "ai-training", False),
        ("zoom", "calls", False),
    ],
)
def test_a_waiver_names_by_globs_over_whole_ids(vendor: str, wanted: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """Part of an id is not the id, and capital letters are other letters."""
    waiver = replace(WAIVER, vendor=vendor, requirement=wanted)

    assert names(waiver, "zoom", "ai-training.calls") is expected


# --- laws -------------------------------------------------------------------------------------

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
waivers = st.builds(
    lambda first, length, vendor, wanted, decided: replace(
        WAIVER,
        decided=decided,
        approved_on=first,
        expires=first + length * DAY,
        vendor=vendor,
        requirement=wanted,
    ),
    days,
    st.integers(0, 200),
    st.sampled_from(["zoom", "*", "jitsi"]),
    st.sampled_from(["ai-training.calls", "ai-training.*", "exit.*"]),
    st.sampled_from(["", HASH, OTHER]),
)
requirements = st.builds(
    requirement, st.sampled_from(Level), st.sampled_from(Reaction), st.sampled_from(Reaction)
)
cases = st.builds(
    lambda ruling, weighed, on, decided: replace(case(ruling, weighed, on), decided=decided),
    st.sampled_from(Ruling),
    requirements,
    days,
    st.sampled_from([HASH, OTHER]),
)


@given(cases, st.lists(waivers, max_size=4), days)
def test_a_waiver_only_ever_accepts(judged: Case, written: list[Waiver], today: date) -> None:
    """It changes no verdict (the ruling is an input and comes out nowhere) and fails nothing."""
    plain = decide(judged, [], today).outcome
    found = decide(judged, written, today).outcome

    assert found == plain or (plain in {Outcome.FAIL, Outcome.WARN} and found is Outcome.WAIVED)


@given(cases, st.lists(waivers, max_size=4), days)
def test_an_expired_waiver_equals_none(judged: Case, written: list[Waiver], today: date) -> None:
    """Taking out all that have expired changes no outcome (law of semantics 8)."""
    holding = [each for each in written if today <= each.expires]

    assert decide(judged, written, today).outcome == decide(judged, holding, today).outcome


@given(cases, st.lists(waivers, max_size=4), days)
def test_the_order_of_waivers_is_no_matter(
    judged: Case, written: list[Waiver], today: date
) -> None:
    """Neither for the outcome nor for the waiver that is named."""
    assert decide(judged, written, today) == decide(judged, written[::-1], today)


@given(cases, st.lists(waivers, min_size=1, max_size=4), days)
def test_a_named_waiver_is_one_that_names_the_verdict(
    judged: Case, written: list[Waiver], today: date
) -> None:
    """And accepted means that one of them held on both days."""
    found = decide(judged, written, today)

    if found.outcome is Outcome.WAIVED:
        assert found.waiver is not None
        assert names(found.waiver, judged.vendor, judged.requirement.id)
        assert found.waiver.approved_on <= min(today, judged.on)
        assert today <= found.waiver.expires
        assert found.waiver.decided in {"", judged.decided}
