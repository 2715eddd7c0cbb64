"""Which waivers nothing needs any more (semantics 7.3)."""

from __future__ import annotations

import pytest

from termsgate.core.record import idle_waivers, is_needless
from tests.recorded import check, met, record, used, verdict, waiver

CHECKS = {"checks": [check(waivers=[waiver()])]}


@pytest.mark.parametrize(
    ("standing", "idle"),
    [("not needed", True), ("covers", False), ("expired", False), ("not begun", False)],
)
def test_a_waiver_is_idle_if_its_verdict_does_without(standing: str, idle: bool) -> None:  # noqa: FBT001 - a table
    """Expired or not begun, it is spoken of elsewhere."""
    found = idle_waivers(record(verdict(waiver=used(standing)), **CHECKS))

    assert bool(found) is idle


def test_a_glob_is_needed_while_one_verdict_needs_it() -> None:
    """The others it names are no matter."""
    both = [met(waiver=used("not needed")), verdict(vendor="jitsi", waiver=used("covers"))]

    assert idle_waivers(record(*both, **CHECKS)) == []


def test_a_waiver_that_names_no_verdict_is_idle() -> None:
    """Once it has begun, and where every verdict was asked for."""
    assert idle_waivers(record(met(), **CHECKS)) == [waiver()]


def test_a_waiver_has_begun_on_the_day_it_was_approved() -> None:
    """The day is part of its term."""
    begun = waiver(**{"approved-on": record()["today"]})

    assert idle_waivers(record(met(), checks=[check(waivers=[begun])])) == [begun]


@pytest.mark.parametrize(
    "said",
    [
        {"partial": True},
        {"expected": 2},
        {"checks": [check(waivers=[waiver(**{"approved-on": "2026-11-22"})])]},
    ],
)
def test_a_waiver_that_was_not_asked_about_is_not_idle(said: dict[str, object]) -> None:
    """Part of a run, one that ended early, or a day before it begins, says nothing about it."""
    assert idle_waivers(record(met(), **(CHECKS | said))) == []


def test_idle_waivers_stand_in_the_order_of_the_files() -> None:
    """By path and line."""
    written = [waiver(line=9), waiver(line=7), waiver(path="checks/a.yaml", line=20)]

    found = idle_waivers(record(met(), checks=[check(waivers=written)]))

    assert [(each["path"], each["line"]) for each in found] == [
        ("checks/a.yaml", 20),
        ("checks/calls.yaml", 7),
        ("checks/calls.yaml", 9),
    ]


@pytest.mark.parametrize(("vendor", "idle"), [("zoom", True), ("z*", False), ("zoo[m]", False)])
def test_a_part_of_a_run_says_nothing_of_a_waiver_of_several_vendors(
    vendor: str,
    idle: bool,  # noqa: FBT001 - a table
) -> None:
    """Another part may need it (7.3.6)."""
    entry = verdict(waiver=used("not needed", vendor=vendor))
    shard = {"number": 1, "of": 2, "partial": False}

    checks = [check(waivers=[waiver(vendor=vendor)])]

    found = idle_waivers(record(entry, checks=checks, shard=shard))

    assert bool(found) is idle


@pytest.mark.parametrize(
    ("standing", "said", "needless"),
    [
        ("not needed", {}, True),
        ("covers", {}, False),
        ("expired", {}, False),
        ("not needed", {"vendor": "*"}, False),
        ("not needed", {"requirement": "ai-training.*"}, False),
    ],
)
def test_a_waiver_is_needless_if_it_names_just_a_verdict_that_does_without(
    standing: str,
    said: dict[str, str],
    needless: bool,  # noqa: FBT001 - a table
) -> None:
    """7.3.6: of one of several, another verdict may need it."""
    assert is_needless(met(waiver=used(standing, **said))) is needless


def test_a_verdict_without_a_waiver_has_none_to_spare() -> None:
    """Met or not."""
    assert [is_needless(each) for each in (met(), verdict())] == [False, False]
