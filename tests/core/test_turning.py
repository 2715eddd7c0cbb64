"""Two sides made ready to compare: a version in place of another, one document alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from termsgate.core.inforce import in_force, is_withdrawn
from termsgate.core.model import Clause, Document, DocumentKind, Vendor, Version
from termsgate.core.turning import (
    OneSide,
    TwoSides,
    at_hand,
    with_others_as_of,
    with_version,
)
from tests.core.test_history import TRAIN, project
from tests.making import allows, bars

ONE, TWO, LATE = date(2024, 1, 1), date(2024, 6, 1), date(2025, 1, 1)
TERMS, POLICY = (Document(id=name, kind=DocumentKind.CONTRACT) for name in ("terms", "policy"))
VENDOR = Vendor(
    id="acme",
    documents=(TERMS, POLICY),
    versions=tuple(
        Version(document=d, effective=e) for d in ("policy", "terms") for e in (ONE, TWO)
    ),
)


def test_a_version_takes_the_place_of_the_one_of_its_day() -> None:
    """And there are as many as before."""
    clause = Clause(id="a", document="terms")
    version = Version(document="terms", effective=TWO, clauses=(clause,))

    found = with_version(VENDOR, version)

    assert in_force(found, TERMS, LATE) is version
    assert len(found.versions) == len(VENDOR.versions)


def test_a_version_of_a_day_known_and_not_recorded_is_then_at_hand() -> None:
    """It is recorded now."""
    vendor = replace(VENDOR, known_versions=(("terms", LATE),))
    version = Version(document="terms", effective=LATE)

    assert in_force(with_version(vendor, version), TERMS, LATE) is version


def test_every_other_document_stays_as_on_the_day() -> None:
    """However late it is asked."""
    found = with_others_as_of(VENDOR, "terms", ONE)

    versions = [in_force(found, each, LATE) for each in (TERMS, POLICY)]
    assert [each and each.effective for each in versions] == [TWO, ONE]


def test_what_ends_later_has_not_ended() -> None:
    """Neither a document nor a clause; one that has ended stays so."""
    clauses = (
        Clause(id="ended", document="policy", ends=date(2023, 12, 31)),
        Clause(id="live", document="policy", ends=TWO),
        Clause(id="later", document="policy", begins=TWO),
    )
    policy = Version(document="policy", effective=ONE, clauses=clauses, withdrawn=TWO)
    vendor = replace(VENDOR, versions=(policy,))

    found = with_others_as_of(vendor, "terms", ONE)
    gone = with_others_as_of(vendor, "terms", LATE)

    version = in_force(found, POLICY, LATE)
    assert version is not None
    assert [(each.id, each.ends) for each in version.clauses] == [("live", None)]
    assert [is_withdrawn(each, POLICY, LATE) for each in (found, gone)] == [False, True]


def test_what_nobody_has_read_later_is_not_missed() -> None:
    """A later version that is known and not recorded belongs to the later day."""
    vendor = replace(VENDOR, known_versions=(("policy", LATE), ("terms", LATE)))

    found = with_others_as_of(vendor, "terms", ONE)

    assert (in_force(found, TERMS, LATE), in_force(found, POLICY, LATE) is None) == (None, False)


def test_what_is_known_of_the_day_itself_is_missed() -> None:
    """A version that nobody recorded took its place on that day (3.1)."""
    policy = Version(document="policy", effective=date(2023, 1, 1))
    vendor = replace(VENDOR, versions=(policy,), known_versions=(("policy", ONE),))

    found = with_others_as_of(vendor, "terms", ONE)

    assert in_force(found, POLICY, LATE) is None


def test_something_is_at_hand_or_nothing_is() -> None:
    """Of either side."""
    early = OneSide(vendor=VENDOR, on=date(2020, 1, 1))

    assert [at_hand((early, each)) for each in (early, OneSide(vendor=VENDOR, on=ONE))] == [
        False,
        True,
    ]


def test_verdicts_turn_by_check_and_requirement() -> None:
    """11.5: in the order of their names, each with its words before and after."""
    of = project()
    checks = tuple(replace(each, vendors=("acme", "other")) for each in of.checks)
    acme = next(each for each in of.vendors if each.id == "acme")
    before, after = (
        replace(acme, versions=(Version(document="terms", effective=ONE, clauses=(clause,)),))
        for clause in (bars(TRAIN), allows(TRAIN))
    )
    sides = TwoSides(
        project=replace(of, checks=checks),
        before=OneSide(vendor=before, on=ONE),
        after=OneSide(vendor=after, on=TWO),
        today=TWO,
        verified={},
    )

    found = [
        (each["check"], each["requirement"], each["before"]["verdict"], each["after"]["verdict"])
        for each in sides.turned()
    ]

    assert found == [
        ("acme", "care.calls", "met", "violated"),
        ("whole", "care.calls", "met", "violated"),
        ("whole", "zeal.calls", "met", "violated"),
    ]
