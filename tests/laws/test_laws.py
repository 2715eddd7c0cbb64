"""The laws of semantics 8. Each holds for the engine and for the naive evaluator alike.

Laws about waivers, the gate and `diff` stand beside their code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from termsgate.core.model import (
    AXES,
    Absence,
    Box,
    CarveOut,
    Choice,
    ChoiceKind,
    Clause,
    Condition,
    Context,
    Document,
    DocumentKind,
    Forbid,
    May,
    Part,
    Precedence,
    RecordedReading,
    Scope,
    Stance,
    Target,
    Vendor,
    Verb,
    Version,
)
from termsgate.core.verdict import QuestionKind, Ruling
from termsgate.core.vocabulary import Term
from tests.laws import oracle
from tests.laws.cases import DAYS, VENDOR, VOCABULARIES, Case, case, vocabulary, walk
from tests.laws.comparing import matter_of, naively, quickly, wholly
from tests.laws.effort import cases
from tests.laws.strategies import (
    ALONGSIDE_ALL,
    any_clause,
    bans,
    boxes,
    cases_of,
    clauses_of,
    permissions,
    with_clauses,
)
from tests.making import START, allows, bars, box, forbid, vendor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.vocabulary import Hierarchy

Rule = Callable[[Case], Ruling]
SEEDS: Final = range(cases(400))
ASKED: Final = range(cases(1_500, least=150))
DEFINITE: Final = frozenset({Ruling.VIOLATED, Ruling.SILENT, Ruling.MET})

either = pytest.mark.parametrize("rule", [quickly, naively], ids=["engine", "naive"])


def changed(value: Any, kind: type[Any], change: Callable[[Any], Any]) -> Any:  # noqa: ANN401
    """A value with every inner value of one kind changed, the innermost first."""
    if isinstance(value, tuple):
        return tuple(changed(inner, kind, change) for inner in value)
    if type(value) in REBUILT:
        fields = {name: getattr(value, name) for name in value.__dataclass_fields__}
        value = replace(value, **{n: changed(v, kind, change) for n, v in fields.items()})
    return change(value) if isinstance(value, kind) else value


REBUILT: Final = frozenset(
    {Vendor, Version, Document, Clause, Scope, Part, CarveOut, Precedence, Absence, Forbid}
)


def with_vendor(made: Case, kind: type[Any], change: Callable[[Any], Any]) -> Case:
    """The case with something changed in all that the vendor's documents say."""
    return replace(made, vendor=changed(made.vendor, kind, change))


def forbids_alone() -> Iterator[Case]:
    """Random cases of one plain use requirement."""
    for made in map(case, range(len(SEEDS) * 4)):
        demand = made.requirement.demand
        if isinstance(demand, Forbid) and demand.when_stated is None:
            yield made


def without_conditions(made: Case) -> Case:
    """The case with everything known: no condition is left."""
    for kind in (Clause, CarveOut, Document):
        made = with_vendor(made, kind, lambda value: replace(value, applies=()))
    demand = changed(made.requirement.demand, CarveOut, lambda c: replace(c, applies=()))
    return replace(made, requirement=replace(made.requirement, applies=(), demand=demand))


# --- Order and repetition of clauses change nothing. Renaming ids changes nothing. --------------


@either
def test_the_order_of_clauses_changes_nothing(rule: Rule) -> None:
    """Order [...] of clauses change[s] nothing."""
    rng = Random(0)

    def shuffled(version: Version) -> Version:
        return replace(version, clauses=tuple(rng.sample(version.clauses, len(version.clauses))))

    for made in map(case, SEEDS):
        assert rule(with_vendor(made, Version, shuffled)) is rule(made), made.seed


@either
def test_the_repetition_of_clauses_changes_nothing(rule: Rule) -> None:
    """[...] and repetition of clauses change nothing."""
    for made in map(case, SEEDS):
        twice = with_vendor(made, Version, lambda v: replace(v, clauses=v.clauses * 2))

        assert rule(twice) is rule(made), made.seed


@either
def test_renaming_ids_changes_nothing(rule: Rule) -> None:
    """Renaming ids changes nothing."""

    def renamed_target(target: Target) -> Target:
        return replace(target, clause=target.clause and f"new-{target.clause}")

    def renamed(clause: Clause) -> Clause:
        return replace(
            clause,
            id=f"new-{clause.id}",
            overrides=tuple(map(renamed_target, clause.overrides)),
            alongside=tuple(map(renamed_target, clause.alongside)),
        )

    def renamed_reading(reading: RecordedReading) -> RecordedReading:
        over = reading.over and (reading.over[0], f"new-{reading.over[1]}")
        return replace(reading, clause=f"new-{reading.clause}", over=over)

    for made in map(case, SEEDS):
        new = replace(
            with_vendor(made, Clause, renamed),
            use=replace(made.use, readings=tuple(map(renamed_reading, made.use.readings))),
            verified=frozenset((d, e, f"new-{c}") for d, e, c in made.verified),
        )

        assert rule(new) is rule(made), made.seed


# --- A clause that possibly covers no point of the scope is irrelevant. --------------------------


@either
def test_a_clause_beside_the_scope_is_irrelevant(rule: Rule) -> None:
    """A clause that possibly covers no point of the scope is irrelevant."""
    seen = 0
    for made in forbids_alone():
        matter = matter_of(made)

        def kept(version: Version, made: Case = made, matter: oracle.Matter = matter) -> Version:
            touching = [
                c
                for c in version.clauses
                if oracle.touches(matter, version, c, made.requirement.demand)
            ]
            return replace(version, clauses=tuple(touching))

        less = with_vendor(made, Version, kept)
        seen += less != made

        assert rule(less) is rule(made), made.seed
    assert seen > cases(50)


# --- A wider requirement, or a stricter need, is never better (fixed context). --------------------


@either
def test_a_wider_requirement_is_never_better(rule: Rule) -> None:
    """A wider requirement [...] is never better (fixed context)."""
    for made in map(without_conditions, forbids_alone()):
        demand = made.requirement.demand
        assert isinstance(demand, Forbid)
        more = Part(box=Box(action=("p",), data=("u",), by=("anyone",)))
        wide = replace(demand, scope=Scope(parts=(*demand.scope.parts, more)))
        wider = replace(made, requirement=replace(made.requirement, demand=wide))

        assert rule(wider) <= rule(made), made.seed


@either
def test_a_stricter_need_is_never_better(rule: Rule) -> None:
    """[...] or a stricter need, is never better (fixed context)."""
    for made in map(without_conditions, forbids_alone()):
        demand = made.requirement.demand
        if isinstance(demand, Forbid) and demand.need < Stance.BARRED:
            strict = replace(demand, need=Stance(demand.need + 1))
            stricter = replace(made, requirement=replace(made.requirement, demand=strict))

            assert rule(stricter) <= rule(made), made.seed


# --- With firm bans only [...] -------------------------------------------------------------------


@either
@given(made=cases_of(bans))
def test_firm_bans_alone_are_never_violated_or_unclear(rule: Rule, made: Case) -> None:
    """With firm bans only, no open condition, every document at hand: not violated or unclear."""
    assert rule(made) not in {Ruling.VIOLATED, Ruling.UNCLEAR}


@either
@given(made=cases_of(bans), data=st.data())
def test_widening_a_firm_ban_never_worsens(rule: Rule, made: Case, data: st.DataObject) -> None:
    """[...] widening such a ban never worsens."""
    clauses = clauses_of(made)
    assume(clauses)
    scope = clauses[0].scope
    assert scope is not None
    more = Part(box=data.draw(boxes(made.vocabulary)))
    wide = replace(clauses[0], scope=Scope(parts=(*scope.parts, more)))

    assert rule(with_clauses(made, (wide, *clauses[1:]))) >= rule(made)


@either
@given(
    made=cases_of(
        lambda words: permissions(words, (Stance.FREE, Stance.NOTICE, Stance.OPT_OUT)),
        needs=(Stance.OPT_IN, Stance.EXPLICIT_OPT_IN, Stance.BARRED),
    )
)
def test_a_free_clause_where_nothing_meets_the_need_violates(rule: Rule, made: Case) -> None:
    """A free clause that surely governs where nothing that meets the need possibly does."""
    demand = made.requirement.demand
    assert isinstance(demand, Forbid)
    free = Clause(
        id="free",
        document="tos",
        verb=Verb.ALLOWS,
        scope=demand.scope,
        stances=(Stance.FREE,),
        overrides=(Target(),),
    )

    assert rule(with_clauses(made, (*clauses_of(made), free))) is Ruling.VIOLATED


# --- Splitting a leaf into children changes nothing. ---------------------------------------------


def split(axis: Hierarchy) -> Hierarchy:
    """The axis with its first leaf split into two children, and the rest of it."""
    leaf = axis.leaves[0].term
    parts = (Term(id="half", parents=(leaf,)), Term(id="other-half", parents=(leaf,)))
    return replace(axis, terms=(*axis.terms, *parts))


@either
def test_splitting_a_leaf_changes_nothing(rule: Rule) -> None:
    """Splitting a leaf into children changes nothing."""
    for made in map(case, SEEDS):
        words = made.vocabulary
        finer = replace(words, action=split(words.action), data=split(words.data))

        assert rule(replace(made, vocabulary=finer)) is rule(made), made.seed


# --- Without precedence, adding a clause [...] ---------------------------------------------------

MOVES: Final = {
    Ruling.SILENT: frozenset(Ruling),
    Ruling.MET: frozenset({Ruling.MET, Ruling.UNCLEAR}),
    Ruling.VIOLATED: frozenset({Ruling.VIOLATED, Ruling.UNCLEAR}),
    Ruling.UNCLEAR: frozenset(Ruling),
}


@either
@given(made=cases_of(any_clause))
def test_adding_a_clause_without_precedence_moves_as_it_may(rule: Rule, made: Case) -> None:
    """Without precedence: silent to anything; met and violated stay or become unclear."""
    level = tuple(replace(c, alongside=ALONGSIDE_ALL) for c in clauses_of(made))
    assume(level)
    before = rule(with_clauses(made, level[:-1]))

    assert rule(with_clauses(made, level)) in MOVES[before]


# --- Answering a question never yields a verdict outside the answers listed. ----------------------


def knowing_plan(made: Case, plan: str) -> Case:
    """The case with the plan known."""
    context = replace(made.use.context, known=(("plan", (plan,)),))
    return replace(made, use=replace(made.use, context=context))


def test_answering_a_condition_stays_within_the_answers() -> None:
    """Answering a question never yields a verdict outside the answers listed (conditions)."""
    asked = 0
    for made in map(case, ASKED):
        said = walk((made.vendor, made.requirement))
        keys = {value.key for value in said if isinstance(value, Condition)}
        if keys != {"plan"}:
            continue
        bare = replace(made, use=replace(made.use, context=Context()))
        verdict = wholly(bare)
        listed = [q.answers for q in verdict.questions if q.kind is QuestionKind.CONDITION]
        open_ones = {answer.ruling for answers in listed for answer in answers}
        asked += bool(listed)
        for plan in made.vendor.plans or ("free", "pro", "unheard-of"):
            answered = quickly(knowing_plan(bare, plan))

            assert answered in open_ones | {verdict.ruling, Ruling.NOT_APPLICABLE}, made.seed
            assert not listed or answered in open_ones | {Ruling.NOT_APPLICABLE}, made.seed
    assert asked >= cases(10)


@pytest.mark.parametrize("kind", [ChoiceKind.REFUSED, ChoiceKind.CONSENTED])
def test_answering_about_consent_stays_within_the_answers(kind: ChoiceKind) -> None:
    """Answering a question never yields a verdict outside the answers listed (consent)."""
    asked = 0
    for made in map(case, ASKED):
        bare = replace(made, use=replace(made.use, choices=()))
        questions = wholly(bare).questions
        if [q.kind for q in questions] != [QuestionKind.CONSENT]:
            continue
        asked += 1
        choice = Choice(kind=kind, vendor=VENDOR, box=Box(), on=START)
        answered = quickly(replace(bare, use=replace(bare.use, choices=(choice,))))

        assert answered in {answer.ruling for answer in questions[0].answers}, made.seed
    assert asked >= cases(5)


def test_answering_about_coverage_stays_within_the_answers() -> None:
    """Answering a question never yields a verdict outside the answers listed (coverage)."""
    improving = allows(box("p", "u"), name="improving")
    asked = 0
    for number in range(VOCABULARIES):
        made = case_of_vocabulary(number, improving)
        questions = wholly(made).questions
        if [q.kind for q in questions] != [QuestionKind.COVERAGE]:
            continue
        asked += 1
        for covered in (True, False):
            reading = RecordedReading(
                vendor="vendor",
                document="terms",
                clause="improving",
                because="",
                by="",
                on=START,
                axis="action",
                term="q",
                covered=covered,
            )
            answered = quickly(replace(made, use=replace(made.use, readings=(reading,))))

            assert answered in {answer.ruling for answer in questions[0].answers}
    assert asked


def case_of_vocabulary(number: int, clause: Clause) -> Case:
    """A requirement about the term q beside one clause about the term p."""
    return Case(
        vocabulary=vocabulary(number),
        requirement=forbid(box("q", "u"), Stance.OPT_IN),
        vendor=vendor(clause),
    )


# --- Removing the possible part of every scope [...] ---------------------------------------------


def spelled_out(axis: Hierarchy, terms: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """The terms with all that they may include, so that an exception keeps the whole of its own."""
    if terms is None:
        return None
    steps = [t for n in terms for i in axis.included[n] for t in axis.by_id[i].may_include]
    return tuple(dict.fromkeys((*terms, *steps)))


def plain(made: Case) -> Case:
    """The case with the possible part of every scope removed."""
    words = made.vocabulary

    def whole(exception: CarveOut) -> CarveOut:
        named = {a: spelled_out(words.axis(a), getattr(exception.box, a)) for a in AXES}
        return replace(exception, box=Box(**named))

    def sure(part: Part) -> Part:
        state = part.box.state or ("identifiable",)
        return replace(part, box=replace(part.box, state=state), perhaps=())

    made = with_vendor(with_vendor(made, CarveOut, whole), Part, sure)
    literal = replace(
        words,
        action=unreaching(words.action),
        data=unreaching(words.data),
        by=unreaching(words.by),
        state=unreaching(words.state),
    )
    return replace(made, vocabulary=literal)


def unreaching(axis: Hierarchy) -> Hierarchy:
    """The axis without any `may-include`."""
    return replace(axis, terms=tuple(replace(term, may_include=()) for term in axis.terms))


@either
@given(made=cases_of(any_clause))
def test_without_the_possible_a_definite_verdict_is_no_other_definite_one(
    rule: Rule, made: Case
) -> None:
    """Removing the possible part of every scope never turns a definite verdict into another."""
    before, after = rule(made), rule(plain(made))

    assert before is after or not {before, after} <= DEFINITE


# --- The fast path agrees with the enumeration of readings wherever it is definite. ---------------


def fast_path(readings: list[oracle.Reading], need: Stance, *, covered: bool) -> Ruling | None:
    """The verdict of the fast path of 4.1 where it is definite."""
    stances = [reading.stances[voice] for reading in readings for voice in reading.governing]
    meets, fails = any(s >= need for s in stances), any(s < need for s in stances)
    if not meets and not fails:
        return Ruling.SILENT
    if covered and meets is not fails:
        return Ruling.MET if meets else Ruling.VIOLATED
    return None


def test_the_fast_path_agrees_with_the_enumeration() -> None:
    """The fast path agrees with the enumeration of readings wherever it is definite (4.1)."""
    definite = 0
    for made in forbids_alone():
        demand = made.requirement.demand
        if not isinstance(demand, Forbid) or made.requirement.evidence_required:
            continue
        for standing in oracle.standings_of(matter_of(made)):
            need = oracle.Need(matter=standing.matter, demand=demand)
            points = oracle.required_points(
                standing.matter.words, demand.scope, "requirement", standing.world
            )
            for point in points:
                readings = list(oracle.readings_at(standing, standing.voices, point, need))
                covered = any(point in voice.cover.sure for voice in standing.voices)
                quick = fast_path(readings, demand.need, covered=covered)
                slow = oracle.combine([oracle.reading_ruling(r, demand.need) for r in readings])
                definite += quick is not None

                assert quick in {slow, None}, made.seed
    assert definite > cases(500)


def test_what_is_definite_is_given_though_too_much_is_open() -> None:
    """10.15: thirteen open clauses are met where each of their stances is, else unclear."""
    words = case(0).vocabulary
    sure = bars(box("any", "all"), name="sure")
    many = [
        replace(allows(box("any", "all"), Stance.OPT_IN, Stance.EXPLICIT_OPT_IN), id=f"open-{n}")
        for n in range(13)
    ]
    met = Case(
        vocabulary=words,
        requirement=forbid(box("any", "all"), Stance.OPT_IN),
        vendor=vendor(sure, *many),
    )
    unclear = replace(met, requirement=forbid(box("any", "all"), Stance.EXPLICIT_OPT_IN))

    assert (quickly(met), quickly(unclear)) == (Ruling.MET, Ruling.UNCLEAR)


def test_too_many_combinations_of_answers_are_unclear() -> None:
    """10.18: where more than 4,096 combinations would have to be tried, the verdict is unclear."""
    words = case(0).vocabulary
    clauses = [
        replace(
            bars(box("any", "all"), name=f"ban-{n}"),
            applies=(Condition(key="feature", values=(f"feature-{n}",)),),
        )
        for n in range(13)
    ]
    made = Case(vocabulary=words, requirement=forbid(box("any", "all")), vendor=vendor(*clauses))

    assert quickly(made) is Ruling.UNCLEAR


# --- Verdicts are constant between effective dates [...] -----------------------------------------


def turning_days(made: Case) -> list[date]:
    """The days on which something begins or is over."""
    day = timedelta(days=1)
    vendor_ = made.vendor
    found = {known for _, known in vendor_.known_versions}
    found |= {choice.on for choice in made.use.choices}
    for version in vendor_.versions:
        found.add(version.effective)
        found |= {version.withdrawn + day} if version.withdrawn else set()
        found |= {c.begins for c in version.clauses if c.begins}
        found |= {c.ends + day for c in version.clauses if c.ends}
    return sorted(found | {DAYS[0], DAYS[-1] + day})


@either
def test_verdicts_are_constant_between_dates(rule: Rule) -> None:
    """Verdicts are constant between effective dates."""
    for made in map(case, SEEDS):
        for begins, next_one in pairwise(turning_days(made)):
            first = replace(made, on=begins)
            last = replace(made, on=next_one - timedelta(days=1))

            assert rule(first) is rule(last), made.seed


@either
def test_no_clause_that_is_not_yet_in_force_matters(rule: Rule) -> None:
    """[...] and no clause that is not yet in force matters."""
    for made in map(case, SEEDS):
        begun = [v for v in made.vendor.versions if v.effective <= made.on]
        versions = tuple(
            replace(v, clauses=tuple(c for c in v.clauses if not c.begins or c.begins <= made.on))
            for v in begun
        )

        assert rule(replace(made, vendor=replace(made.vendor, versions=versions))) is rule(made)


# --- A document not at hand changes a point only from met to unclear or violated to unclear. ------


@either
@given(
    made=cases_of(any_clause),
    may=st.sampled_from(May),
    prevails=st.booleans(),
)
def test_a_document_not_at_hand_only_makes_unclear(
    rule: Rule, made: Case, may: May, *, prevails: bool
) -> None:
    """A document not at hand changes a point only from met or violated to unclear."""
    point = at_one_point(made)
    over = (Precedence(document="dpa", over=("tos",)),) if prevails else ()
    missing = Document(
        id="dpa", kind=DocumentKind.CONTRACT, absence=Absence(may=may), precedence=over
    )
    documents = (*point.vendor.documents, missing)
    before = rule(point)
    after = rule(replace(point, vendor=replace(point.vendor, documents=documents)))
    taken_back = before in {Ruling.MET, Ruling.VIOLATED} and after is Ruling.UNCLEAR

    assert before is after or taken_back


def at_one_point(made: Case) -> Case:
    """The case with a requirement of one point: terms that are leaves."""
    named = {
        axis: next(leaf.term for leaf in made.vocabulary.axis(axis).leaves if not leaf.other)
        for axis in ("action", "data")
    }
    demand = made.requirement.demand
    assert isinstance(demand, Forbid)
    one = replace(demand, scope=Scope(parts=(Part(box=box(**named)),)))
    return replace(made, requirement=replace(made.requirement, demand=one))


# --- violated and unclear have a witness [...] ---------------------------------------------------


def at(made: Case, there: Box) -> Case:
    """The case with its requirement asked about one box only."""
    demand = made.requirement.demand
    assert isinstance(demand, Forbid)
    one = replace(demand, scope=Scope(parts=(Part(box=there),)))
    return replace(made, requirement=replace(made.requirement, demand=one))


def excepts(made: Case) -> bool:
    """Whether the requirement has exceptions."""
    return any(isinstance(value, CarveOut) for value in walk(made.requirement))


def test_the_witness_checks_out() -> None:
    """Violated and unclear have a witness and the witness checks out."""
    checked = 0
    for made in forbids_alone():
        verdict = wholly(made)
        if verdict.ruling not in {Ruling.VIOLATED, Ruling.UNCLEAR}:
            continue
        witness = verdict.witness
        assert witness is not None, made.seed
        words = {axis: getattr(witness, axis) for axis in AXES}
        if excepts(made) or any(word.startswith("other ") for word in words.values()):
            continue
        checked += 1

        assert quickly(at(made, box(**words))) is verdict.ruling, made.seed
    assert checked > cases(50)


def test_met_covers_every_point() -> None:
    """Met covers every point."""
    covered = 0
    for made in map(without_conditions, forbids_alone()):
        demand = made.requirement.demand
        if not isinstance(demand, Forbid) or quickly(made) is not Ruling.MET:
            continue
        matter = matter_of(made)
        points = oracle.required_points(matter.words, demand.scope, "requirement", {})
        for point in points:
            if any(leaf.startswith("other ") for leaf in point):
                continue
            there = box(**dict(zip(AXES, point, strict=True)))
            covered += 1

            assert quickly(at(made, there)) is Ruling.MET, made.seed
    assert covered > cases(50)


def test_a_second_run_gives_the_same() -> None:
    """A second run gives the same bytes: every part of the verdict, in the same order."""
    for made in map(case, SEEDS):
        assert repr(wholly(made)) == repr(wholly(case(made.seed))), made.seed
