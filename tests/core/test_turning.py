"""Two sides made ready to compare: a version in place of another, one document alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from termsgate.core.inforce import in_force, is_withdrawn
from termsgate.core.model import (
    Check,
    Choice,
    ChoiceKind,
    Clause,
    Context,
    Document,
    DocumentKind,
    Level,
    RecordedReading,
    Severity,
    Stance,
    Vendor,
    Version,
)
from termsgate.core.standing import Use
from termsgate.core.turning import (
    OneSide,
    TwoSides,
    at_hand,
    with_others_as_of,
    with_version,
)
from tests.core.test_history import TRAIN, project
from tests.core.test_sentences import THIRTY, notice
from tests.making import allows, bars, forbid

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


def test_what_else_nobody_has_read_is_still_not_at_hand() -> None:
    """A version put in place says nothing of another document, or of a later day."""
    later = date(2025, 6, 1)
    vendor = replace(VENDOR, known_versions=(("policy", LATE), ("terms", LATE), ("terms", later)))

    found = with_version(vendor, Version(document="terms", effective=LATE))

    assert in_force(found, POLICY, LATE) is None
    assert in_force(found, TERMS, LATE) is not None
    assert in_force(found, TERMS, later) is None


def test_every_other_document_stays_as_on_the_day() -> None:
    """However late it is asked."""
    found = with_others_as_of(VENDOR, "terms", ONE)

    versions = [in_force(found, each, LATE) for each in (TERMS, POLICY)]
    assert [each and each.effective for each in versions] == [TWO, ONE]


def test_what_ends_later_has_not_ended() -> None:
    """Neither a document nor a clause; one that has ended stays so."""
    clauses = (
        Clause(id="ended", document="policy", ends=date(2023, 12, 31)),
        Clause(id="last", document="policy", ends=ONE),
        Clause(id="live", document="policy", ends=TWO),
        Clause(id="first", document="policy", begins=ONE),
        Clause(id="later", document="policy", begins=TWO),
    )
    policy = Version(document="policy", effective=ONE, clauses=clauses, withdrawn=TWO)
    vendor = replace(VENDOR, versions=(policy,))

    found = with_others_as_of(vendor, "terms", ONE)
    gone = with_others_as_of(vendor, "terms", LATE)

    version = in_force(found, POLICY, LATE)
    assert version is not None
    assert [(each.id, each.begins, each.ends) for each in version.clauses] == [
        ("last", None, None),
        ("live", None, None),
        ("first", None, None),
    ]
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


def sides(**said: Any) -> TwoSides:  # noqa: ANN401 - any key
    """A ban before and a permission after, in a project of two checks."""
    of = project()
    checks = tuple(replace(each, vendors=("acme", "other")) for each in of.checks)
    acme = next(each for each in of.vendors if each.id == "acme")
    before, after = (
        replace(acme, versions=(Version(document="terms", effective=ONE, clauses=(clause,)),))
        for clause in (bars(TRAIN), allows(TRAIN))
    )
    given = {"project": replace(of, checks=checks), **said}
    return TwoSides(
        before=OneSide(vendor=before, on=ONE),
        after=OneSide(vendor=after, on=TWO),
        today=TWO,
        verified={},
        **given,
    )


def test_verdicts_turn_by_check_and_requirement() -> None:
    """11.5: in the order of their names, each with its words before and after."""
    found = [
        (each["check"], each["requirement"], each["before"]["verdict"], each["after"]["verdict"])
        for each in sides().turned()
    ]

    assert found == [
        ("acme", "care.calls", "met", "violated"),
        ("whole", "care.calls", "met", "violated"),
        ("whole", "zeal.calls", "met", "violated"),
    ]


READ: Final = RecordedReading(
    vendor="acme", document="terms", clause="ban", because="", by="counsel", on=ONE
)
PRO: Final = Context(known=(("plan", ("pro",)),))
OUT: Final = Choice(kind=ChoiceKind.OPTED_OUT, vendor="acme", box=TRAIN, on=ONE)


def test_under_a_check_uses_are_seen_as_its_own() -> None:
    """11.1: with what we know and how questions were settled; what we chose is left aside."""
    check = Check(id="whole", title="", context=PRO, readings=(READ,), choices=(OUT,))

    found = sides(check=check).terms, sides().terms

    assert [(each.before.use, each.after.use) for each in found] == [
        (Use(context=PRO, readings=(READ,)),) * 2,
        (Use(),) * 2,
    ]


def test_under_a_check_only_its_verdicts_turn() -> None:
    """And the whole says under which, and of which document alone."""
    check = Check(id="acme", title="", vendors=("acme",), policies=("care",))
    alone = sides(check=check, document="terms").entry()
    whole = sides().entry()

    assert (alone["check"], alone["document"]) == ("acme", "terms")
    assert [(each["check"], each["requirement"]) for each in alone["verdicts"]] == [
        ("acme", "care.calls")
    ]
    assert (whole["check"], whole["document"]) == (None, None)


def test_the_gravest_turn_is_told_first() -> None:
    """11.5: for the worse before the better, then by level and severity, then by name."""
    of = project()
    asked = forbid(TRAIN, Stance.OPT_IN)
    worse = [
        replace(asked, id="a", level=Level.SHOULD),
        replace(asked, id="b", severity=Severity.LOW),
        replace(asked, id="c"),
    ]
    better = replace(asked, id="0", demand=THIRTY.demand)
    policy = replace(of.policies[0], requirements=(better, *worse))
    given = sides(
        project=replace(
            of, policies=(policy,), checks=(Check(id="all", title="", vendors=("acme",)),)
        )
    )
    days_given = (notice(14), bars(TRAIN)), (notice(30), allows(TRAIN))
    before, after = (
        replace(
            side,
            vendor=replace(
                side.vendor,
                versions=(Version(document="terms", effective=ONE, clauses=clauses),),
            ),
        )
        for side, clauses in zip((given.before, given.after), days_given, strict=True)
    )

    found = replace(given, before=before, after=after).entry()["verdicts"]

    assert [(each["requirement"], each["turn"]) for each in found] == [
        ("c", "worse"),
        ("b", "worse"),
        ("a", "worse"),
        ("0", "better"),
    ]
