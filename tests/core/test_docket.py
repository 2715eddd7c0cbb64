"""What a run has to judge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from termsgate.core.baseline import Baseline
from termsgate.core.decided import decided
from termsgate.core.docket import Docket, Matter, verified_in, wants_evidence
from termsgate.core.evaluate import Terms, Use, evaluate
from termsgate.core.evidence import QuoteFinding, QuoteStatus
from termsgate.core.model import (
    NOWHERE,
    Check,
    ChoiceKind,
    Context,
    Example,
    Place,
    Reaction,
    RecordedReading,
    Review,
    ReviewStatus,
    Stance,
    Vendor,
    Version,
)
from termsgate.core.shards import Shard
from termsgate.core.values import Duration, Unit
from tests.core.test_entries import project
from tests.core.test_gate import WAIVER, requirement
from tests.making import START, allows, bars, box, forbid, having, on
from tests.making import vendor as made_vendor

if TYPE_CHECKING:
    from termsgate.core.model import Clause, Project, Requirement, Waiver
    from termsgate.core.record import VerdictEntry

TODAY: Final = date(2026, 9, 1)
WRITTEN: Final = Place(path="checks/calls.yaml", line=1, column=1)
CHECK: Final = Check(id="calls", title="", place=WRITTEN)


def docket(of: Project | None = None, **asked: str) -> Docket:
    """A docket of the project with one check."""
    return Docket(project=of or project(CHECK), today=TODAY, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("vendors", "asked", "expected"),
    [
        (("*",), "*", ["zoom", "jitsi"]),
        (("zoom",), "*", ["zoom"]),
        (("z*", "nobody"), "*", ["zoom"]),
        (("*",), "ji*", ["jitsi"]),
        (("zoom",), "jitsi", []),
    ],
)
def test_a_check_names_vendors_by_id_or_glob(
    vendors: tuple[str, ...], asked: str, expected: list[str]
) -> None:
    """Of those, the run asks for some."""
    check = replace(CHECK, vendors=vendors)

    found = docket(project(check), vendor=asked).vendors_of(check)

    assert [each.id for each in found] == expected


@pytest.mark.parametrize(
    ("policies", "expected"),
    [(("*",), ["exit.notice", "ai-training.calls"]), (("exit",), ["exit.notice"]), (("no",), [])],
)
def test_a_check_names_policies_by_id_or_glob(
    policies: tuple[str, ...], expected: list[str]
) -> None:
    """Their requirements stand in the order of the files."""
    check = replace(CHECK, policies=policies)

    found = docket(project(check)).requirements_under(check)

    assert [each.id for each in found] == expected


def test_the_size_is_that_of_the_whole_project() -> None:
    """Whatever the run asks for."""
    assert (docket().size, docket(vendor="zoom").size) == (4, 4)


@pytest.mark.parametrize(("asked", "expected"), [("*", True), ("z*", True), ("nobody", False)])
def test_a_docket_knows_whether_anything_is_left(asked: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """A run that judges nothing is no pass."""
    assert docket(vendor=asked).selects is expected


def test_of_a_part_of_a_run_only_its_vendors_are_judged() -> None:
    """Each falls to one part; together they are the whole."""
    parts = [
        Docket(project=project(CHECK), today=TODAY, shard=Shard(number=number, of=2))
        for number in (1, 2)
    ]

    found = [[each.id for each in part.vendors_of(CHECK)] for part in parts]

    assert sorted(name for names in found for name in names) == ["jitsi", "zoom"]
    assert [part.share for part in parts] == [2 * len(names) for names in found]
    assert [part.size for part in parts] == [4, 4]
    assert [part.is_here("zoom") for part in parts] == ["zoom" in names for names in found]


def test_a_verdict_is_found_by_the_names_of_its_test() -> None:
    """Below the file of its check."""
    found = docket().keys_of("checks/calls.yaml", ["zoom", "exit.notice"])

    assert found == [("calls", "zoom", "exit.notice")]


def test_the_name_of_a_vendor_alone_means_all_its_verdicts() -> None:
    """Where one test gives them all."""
    found = docket().keys_of("checks/calls.yaml", ["zoom"])

    assert ("calls", "zoom", "exit.notice") in found
    assert {key[:2] for key in found} == {("calls", "zoom")}


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("checks/calls.yaml", []),
        ("checks/calls.yaml", ["zoom", "exit.notice", "more"]),
        ("checks/test_own.py", ["test_own", "x"]),
        ("fixtures/zoom/vendor.yaml", ["zoom", "exit.notice"]),
    ],
)
def test_other_tests_give_no_verdict(path: str, names: list[str]) -> None:
    """A vendor's file gives verdicts only where there is no check."""
    vendor = Vendor(id="zoom", place=Place(path="fixtures/zoom/vendor.yaml", line=1, column=1))
    of = replace(project(CHECK), vendors=(vendor,))

    assert docket(of).keys_of(path, names) == []


def test_without_a_check_verdicts_stand_below_the_vendor() -> None:
    """The check that nobody wrote has no file of its own."""
    vendor = Vendor(id="zoom", place=Place(path="fixtures/zoom/vendor.yaml", line=1, column=1))
    of = replace(project(Check(id="default", title="")), vendors=(vendor,))

    found = docket(of).keys_of("fixtures/zoom/vendor.yaml", ["zoom", "exit.notice"])

    assert found == [("default", "zoom", "exit.notice")]


def test_a_matter_is_judged_on_the_day_its_check_asks_about() -> None:
    """The waiver is counted on the day of the run."""
    check = replace(CHECK, as_of=date(2026, 8, 1), waivers=(WAIVER,))
    of = docket(project(check))
    matter = Matter(check=check, vendor=Vendor(id="zoom"), requirement=requirement())

    found = of.judge(matter)

    assert (matter.key, found["as-of"]) == (("calls", "zoom", "ai-training.calls"), "2026-08-01")
    assert (found["verdict"], found["outcome"]) == ("silent", "waived")


@pytest.mark.parametrize("required", [True, False])
def test_evidence_is_wanted_where_a_requirement_asks_for_it(required: bool) -> None:  # noqa: FBT001 - a table
    """Else no captured text need be read (semantics 3.7)."""
    of = project()
    asking = replace(requirement(), evidence_required=required)
    policy = replace(of.policies[0], requirements=(asking,))

    assert wants_evidence(replace(of, policies=(policy,))) is required


def test_quotes_that_were_found_are_verified() -> None:
    """As they stand or but for typography; lost, ambiguous and unchecked ones are not."""
    day = date(2023, 8, 7)
    findings = [
        QuoteFinding(vendor="zoom", document="terms", effective=day, clause=each, status=each)
        for each in QuoteStatus
    ]

    assert verified_in(findings) == {
        "zoom": frozenset({("terms", day, "found"), ("terms", day, "found-normalised")})
    }


def test_an_audit_leaves_waivers_and_the_baseline_aside() -> None:
    """The verdict is weighed as if there were none; the waiver is still named."""
    check = replace(CHECK, waivers=(replace(WAIVER, requirement="*"),))
    of = project(check)
    matters = [
        Matter(check=check, vendor=of.vendors[0], requirement=each)
        for each in Docket(project=of, today=TODAY).requirements_under(check)
    ]
    plain = Docket(project=of, today=TODAY)
    waived = next(each for each in matters if plain.judge(each)["outcome"] == "waived")
    known = Baseline(path="b.json", today="2026-08-31", past={waived.key: plain.judge(waived)})

    found = Docket(project=of, today=TODAY, baseline=known, audit=True).judge(waived)

    assert (found["outcome"] in {"fail", "warn"}, found["before"]) == (True, None)
    assert found["waiver"] is not None


def test_a_docket_lets_through_what_its_baseline_knows() -> None:
    """The outcome is another, the verdict the same (semantics 7.1)."""
    of = project(CHECK)
    plain = Docket(project=of, today=TODAY)
    matters = [
        Matter(check=CHECK, vendor=vendor, requirement=each)
        for vendor in of.vendors
        for each in plain.requirements_under(CHECK)
    ]
    failed = next(each for each in matters if plain.judge(each)["outcome"] == "fail")
    known = Baseline(path="b.json", today="2026-08-31", past={failed.key: plain.judge(failed)})

    found = Docket(project=of, today=TODAY, baseline=known).judge(failed)

    assert (found["outcome"], found["before"]) == ("baseline", plain.judge(failed)["verdict"])


def test_a_verdict_has_the_file_of_its_check() -> None:
    """Of the check nobody wrote, the file of its vendor."""
    default = replace(CHECK, place=NOWHERE)
    of = project(default)

    assert docket().home(("calls", "zoom", "exit.notice")) == "checks/calls.yaml"
    assert docket(of).home(("calls", "zoom", "exit.notice")) == of.vendors[0].place.path


# --- what a verdict rests on --------------------------------------------------------------------

BAN: Final = bars(box("train-ai", "chat"))
PERMISSION: Final = allows(box("train-ai", "chat"))
NEEDS_BAN: Final = forbid(box("train-ai", "chat"), Stance.OPT_IN)
NEXT_WEEK: Final = date(2026, 9, 8)


def changing(*clauses: Clause) -> Vendor:
    """A vendor whose terms bar the use, and from next week on say something else."""
    plain = made_vendor(BAN)
    later = Version(document="terms", effective=NEXT_WEEK, clauses=clauses)
    return replace(plain, id="zoom", versions=(*plain.versions, later))


def judging(
    check: Check,
    vendor: Vendor,
    asked: Requirement = NEEDS_BAN,
    **more: Any,  # noqa: ANN401 - any key of a docket
) -> VerdictEntry:
    """What a docket says of one vendor under one requirement."""
    of = Docket(project=replace(project(check), vendors=(vendor,)), today=TODAY, **more)
    return of.judge(Matter(check=check, vendor=vendor, requirement=asked))


def test_what_a_verdict_turns_to_is_told_with_its_day() -> None:
    """Semantics 7.8: a version that is recorded and not yet in force."""
    (turn,) = judging(CHECK, changing(PERMISSION))["coming"]

    told = {key: value for key, value in turn.items() if key != "because"}
    assert told == {
        "on": "2026-09-08",
        "verdict": "violated",
        "outcome": "fail",
        "worse": True,
        "uncovered": False,
    }
    assert [each["clause"] for each in turn["because"]] == ["permission"]


@pytest.mark.parametrize(
    ("expires", "outcome"), [(NEXT_WEEK, "waived"), (date(2026, 9, 7), "fail")]
)
def test_a_waiver_is_counted_on_the_day_of_the_turn(expires: date, outcome: str) -> None:
    """One that has run out by then accepts nothing (7.8)."""
    waived = replace(WAIVER, requirement="*", expires=expires)

    (turn,) = judging(replace(CHECK, waivers=(waived,)), changing(PERMISSION))["coming"]

    assert turn["outcome"] == outcome


def test_a_verdict_that_turns_and_turns_back_is_told_twice() -> None:
    """Each turn against what was there the day before."""
    vendor = changing(PERMISSION)
    last = Version(document="terms", effective=date(2026, 10, 1), clauses=(BAN,))

    found = judging(CHECK, replace(vendor, versions=(*vendor.versions, last)))["coming"]

    assert [(each["on"], each["verdict"], each["worse"]) for each in found] == [
        ("2026-09-08", "violated", True),
        ("2026-10-01", "met", False),
    ]


@pytest.mark.parametrize(
    ("as_of", "clause", "turns"),
    [
        (None, PERMISSION, 1),
        (TODAY, PERMISSION, 1),
        (date(2026, 8, 31), PERMISSION, 0),
        (NEXT_WEEK, PERMISSION, 0),
        (None, BAN, 0),
    ],
)
def test_only_what_is_ahead_is_coming(as_of: date | None, clause: Clause, turns: int) -> None:
    """A check on the past has nothing to come, nor has a verdict that stays."""
    found = judging(replace(CHECK, as_of=as_of), changing(clause))["coming"]

    assert len(found) == turns


def test_what_decided_is_told_where_it_could_be_waived() -> None:
    """As a hash (7.3.2); a verdict that passes needs none."""
    failing, passing = made_vendor(PERMISSION), made_vendor(BAN)
    use, terms = Use(), Terms(vendor=failing, vocabulary=project().vocabulary)

    found = [judging(CHECK, each)["decided"] for each in (failing, passing)]

    assert found == [decided(evaluate(NEEDS_BAN, terms, use, TODAY)), None]


@pytest.mark.parametrize(
    ("day", "standing", "now"),
    [(START, "covers", []), (date(2021, 1, 1), "changed", ["2020-01-01"])],
)
def test_a_waiver_limited_to_a_version_is_held_against_the_one_in_force(
    day: date, standing: str, now: list[str]
) -> None:
    """Semantics 7.3.1."""
    limited = replace(WAIVER, vendor="*", requirement="*", versions=(("terms", day),))

    use = judging(replace(CHECK, waivers=(limited,)), made_vendor(PERMISSION))["waiver"]

    assert use is not None
    assert (use["standing"], [each["now"] for each in use["changes"]]) == (standing, now)


def test_quotes_that_were_found_count_for_their_vendor() -> None:
    """Semantics 3.7: without its quote a promise is not there."""
    asked = replace(NEEDS_BAN, evidence_required=True)
    found = frozenset({("terms", START, "ban")})

    words = [
        judging(CHECK, made_vendor(BAN), asked, verified=verified)["verdict"]
        for verified in ({"vendor": found}, {"other": found}, {})
    ]

    assert words == ["met", "silent", "silent"]


def test_a_check_s_choices_and_readings_are_those_of_the_vendor() -> None:
    """What was settled with another vendor says nothing here."""
    opt_out = allows(box("train-ai", "chat"), Stance.OPT_OUT, name="opt-out")
    ours = having(ChoiceKind.OPTED_OUT, box("train-ai")).choices[0]
    vague = allows(box("improve-services", "chat"), name="vague")
    reading = RecordedReading(
        vendor="vendor",
        document="terms",
        clause="vague",
        because="",
        by="counsel",
        on=START,
        axis="action",
        term="train-ai",
        covered=False,
    )

    words = [
        judging(replace(CHECK, **said), made_vendor(clause))["verdict"]
        for clause, said in (
            (opt_out, {"choices": (ours,)}),
            (opt_out, {"choices": (replace(ours, vendor="other"),)}),
            (vague, {"readings": (reading,)}),
            (vague, {"readings": (replace(reading, vendor="other"),)}),
        )
    ]

    assert words == ["met", "violated", "silent", "unclear"]


def test_a_check_s_context_is_what_is_known() -> None:
    """Semantics 4.5."""
    vendor = made_vendor(replace(BAN, applies=(on("plan", "free"),)))
    known = Context(known=(("plan", ("free",)),))

    words = [
        judging(replace(CHECK, context=each), vendor)["verdict"] for each in (Context(), known)
    ]

    assert words == ["unclear", "met"]


def test_an_example_has_a_context_and_choices_of_its_own() -> None:
    """And is judged on the day of the run."""
    opt_out = replace(
        allows(box("train-ai", "chat"), Stance.OPT_OUT), applies=(on("plan", "free"),)
    )
    context = Context(known=(("plan", ("free",)),))
    choices = having(ChoiceKind.OPTED_OUT, box("train-ai")).choices
    example = Example(name="e", vendor=made_vendor(opt_out), verdict="met", context=context)

    found = [
        docket().judge_example(NEEDS_BAN, each).ruling.word
        for each in (
            replace(example, choices=choices),
            example,
            replace(example, choices=choices, context=Context()),
        )
    ]

    assert found == ["met", "violated", "unclear"]


def test_several_globs_have_commas_between_them() -> None:
    """Of `--terms-vendor`."""
    found = docket(vendor="zoom,jit*").vendors_of(CHECK)

    assert [each.id for each in found] == ["zoom", "jitsi"]


# --- which versions owe a review (7.6) ----------------------------------------------------------

DRAFT: Final = Review(by=("counsel",), on=START, status=ReviewStatus.DRAFT)


@pytest.mark.parametrize(
    ("review", "max_age", "asked", "relied", "owes"),
    [
        (DRAFT, None, None, True, True),
        (DRAFT, None, date(2019, 1, 1), False, True),
        (None, None, None, False, False),
        (None, Duration(amount=1, unit=Unit.YEARS), None, True, True),
        (None, Duration(amount=1, unit=Unit.YEARS), date(2019, 1, 1), False, False),
    ],
)
def test_a_version_owes_a_review_that_it_has_or_that_is_asked_for(
    review: Review | None,
    max_age: Duration | None,
    asked: date | None,
    relied: bool,  # noqa: FBT001 - a table
    owes: bool,  # noqa: FBT001 - a table
) -> None:
    """On the day asked about: before it took effect nothing rests on it."""
    plain = made_vendor(BAN)
    (version,) = (replace(each, review=review) for each in plain.versions)
    check = replace(CHECK, review_max_age=max_age)
    of = replace(project(check), vendors=(replace(plain, versions=(version,)),))

    found = Docket(project=of, today=TODAY, asked=asked)

    assert (version.place.path in found.relied_on, found.owes_review(version)) == (relied, owes)


@pytest.mark.parametrize("waivers", [(), (replace(WAIVER, vendor="*", requirement="*"),)])
@pytest.mark.parametrize("as_of", [None, date(2026, 8, 1)])
def test_in_brief_a_verdict_is_the_same_without_its_questions(
    waivers: tuple[Waiver, ...], as_of: date | None
) -> None:
    """The word, what decided, what the gate makes of it, and the day."""
    check = replace(CHECK, waivers=waivers, as_of=as_of)
    vendor = made_vendor(replace(PERMISSION, applies=(on("plan", "free"),)))
    of = Docket(project=replace(project(check), vendors=(vendor,)), today=TODAY)
    matter = Matter(check=check, vendor=vendor, requirement=NEEDS_BAN)

    brief, whole = of.in_brief(matter), of.judge(matter)

    assert whole["questions"]
    assert brief["questions"] == []
    same = ("check", "vendor", "requirement", "verdict", "outcome", "because", "as-of", "level")
    assert {key: brief[key] for key in same} == {key: whole[key] for key in same}  # type: ignore[literal-required]
    assert (brief["waiver"] is None) == (waivers == ())


def test_a_waiver_for_what_decided_needs_the_whole_verdict() -> None:
    """Its questions are part of what the waiver was given for (7.3.2)."""
    check = replace(
        CHECK, waivers=(replace(WAIVER, vendor="*", requirement="*", decided="0" * 64),)
    )
    vendor = made_vendor(PERMISSION)
    of = Docket(project=replace(project(check), vendors=(vendor,)), today=TODAY)
    matter = Matter(check=check, vendor=vendor, requirement=NEEDS_BAN)

    assert of.in_brief(matter) == of.judge(matter)


# --- several vendors, one docket ----------------------------------------------------------------


def test_what_is_of_one_vendor_is_not_of_another() -> None:
    """Neither its waivers nor what we chose, however many are judged together."""
    opt_out = allows(box("train-ai", "chat"), Stance.OPT_OUT, name="opt-out")
    names = ("acme", "zoom", "jitsi")
    vendors = tuple(replace(made_vendor(opt_out), id=name) for name in names)
    ours = having(ChoiceKind.OPTED_OUT, box("train-ai")).choices[0]
    check = replace(
        CHECK,
        waivers=(replace(WAIVER, requirement="*"),),
        choices=(replace(ours, vendor="jitsi"),),
    )
    of = Docket(project=replace(project(check), vendors=vendors), today=TODAY)

    found = [of.judge(Matter(check=check, vendor=each, requirement=NEEDS_BAN)) for each in vendors]

    assert [(each["verdict"], each["outcome"]) for each in found] == [
        ("violated", "fail"),
        ("violated", "waived"),
        ("met", "pass"),
    ]
    assert [len(each["choices"]) for each in found] == [0, 0, 1]


def test_what_is_of_one_check_is_not_of_another() -> None:
    """Nor of a vendor under it."""
    opt_out = allows(box("train-ai", "chat"), Stance.OPT_OUT, name="opt-out")
    ours = having(ChoiceKind.OPTED_OUT, box("train-ai")).choices
    vendor = made_vendor(opt_out)
    checks = (replace(CHECK, id="a", choices=ours), replace(CHECK, id="b"))
    of = Docket(project=replace(project(*checks), vendors=(vendor,)), today=TODAY)

    found = [
        of.judge(Matter(check=check, vendor=vendor, requirement=NEEDS_BAN)) for check in checks
    ]

    assert [each["verdict"] for each in found] == ["met", "violated"]


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [(NEEDS_BAN, "fail"), (replace(NEEDS_BAN, when_silent=Reaction.PASS), "pass")],
)
def test_an_audit_says_what_a_verdict_would_be_without_its_waiver(
    asked: Requirement, outcome: str
) -> None:
    """By its word: what is silent may pass."""
    waived = replace(WAIVER, vendor="*", requirement="*")

    found = judging(replace(CHECK, waivers=(waived,)), made_vendor(), asked, audit=True)

    assert (found["verdict"], found["outcome"]) == ("silent", outcome)


# --- what a waiver covers no more (7.8) ---------------------------------------------------------

NEXT_YEAR: Final = date(2027, 2, 1)
LONG: Final = replace(WAIVER, requirement="*", expires=date(2027, 12, 31))


def twice(first: Clause, last: Clause) -> Vendor:
    """A vendor whose terms come in a new version next week and in another next year."""
    later = Version(document="terms", effective=NEXT_YEAR, clauses=(last,))
    vendor = changing(first)
    versions = (replace(vendor.versions[0], clauses=(PERMISSION,)), *vendor.versions[1:], later)
    return replace(vendor, versions=versions)


@pytest.mark.parametrize(
    ("versions", "last", "turns"),
    [
        ((), PERMISSION, []),
        ((), BAN, [("2027-02-01", "met", False)]),
        ((("terms", START),), PERMISSION, [("2026-09-08", "violated", True)]),
        (
            (("terms", START),),
            BAN,
            [("2026-09-08", "violated", True), ("2027-02-01", "met", False)],
        ),
        ((("terms", NEXT_WEEK),), PERMISSION, []),
        ((("terms", NEXT_WEEK),), BAN, [("2027-02-01", "met", False)]),
    ],
)
def test_a_waiver_that_was_given_for_other_terms_covers_no_more(
    versions: tuple[tuple[str, date], ...], last: Clause, turns: list[tuple[str, str, bool]]
) -> None:
    """A new version ends it, though the verdict stays; what it did not cover it does not end."""
    check = replace(CHECK, waivers=(replace(LONG, versions=versions),))

    found = judging(check, twice(PERMISSION, last))["coming"]

    assert [(each["on"], each["verdict"], each["uncovered"]) for each in found] == turns


def test_what_was_covered_by_nothing_is_not_uncovered() -> None:
    """A verdict that turns while its waiver is for terms that never were."""
    check = replace(CHECK, waivers=(replace(LONG, versions=(("terms", NEXT_YEAR),)),))

    (turn,) = judging(check, changing(PERMISSION))["coming"]

    assert (turn["verdict"], turn["outcome"], turn["uncovered"]) == ("violated", "fail", False)
