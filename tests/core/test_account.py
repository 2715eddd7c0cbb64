"""What a whole verdict tells besides its word (semantics 4.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from termsgate.core.account import in_order, in_words
from termsgate.core.case import Case
from termsgate.core.evaluate import Terms, Use, evaluate, in_full
from termsgate.core.model import (
    Absence,
    Bound,
    ChoiceKind,
    Clause,
    Closed,
    Context,
    Document,
    DocumentKind,
    Every,
    FactStatement,
    Firmness,
    Forbid,
    May,
    RecordedReading,
    Require,
    Requirement,
    Review,
    ReviewStatus,
    Stance,
    Target,
    Vendor,
    WhenStated,
)
from termsgate.core.values import (
    Denied,
    Listed,
    Money,
    Text,
    Unspecified,
    Word,
    YesNo,
)
from termsgate.core.verdict import (
    AbsentDocument,
    Criterion,
    Deciding,
    QuestionKind,
    Ruling,
    Verdict,
)
from termsgate.core.verdict import Part as Told
from termsgate.reading.store import builtin_vocabulary
from tests.making import (
    DAY,
    allows,
    bars,
    box,
    days,
    forbid,
    having,
    on,
    requirement,
    scope,
    states,
    vendor,
)

if TYPE_CHECKING:
    from termsgate.core.values import Value

WORDS = builtin_vocabulary()
CALLS = box("train-ai", ["audio", "video", "chat"])


def told(vendor_: Vendor, use: Use | None = None) -> Verdict:
    """The whole verdict on training with calls, which needs our consent."""
    terms = Terms(vendor=vendor_, vocabulary=WORDS)
    return evaluate(forbid(CALLS, Stance.OPT_IN), terms, use or Use(), DAY)


def vague(number: int, *over: str) -> Clause:
    """A clause that only possibly allows training, and says that it prevails over others."""
    overrides = tuple(Target(document="terms", clause=name) for name in over)
    return replace(
        allows(box("improve-services", "customer-content"), name=f"vague-{number}"),
        id=f"vague-{number}",
        document="terms",
        overrides=overrides,
    )


def circle(size: int) -> Vendor:
    """Clauses of which the first two prevail over each other."""
    ban = replace(bars(CALLS, name="ban"), firmness=bars(CALLS).firmness)
    first, second = vague(0, "vague-1"), vague(1, "vague-0", "ban")
    return vendor(ban, first, second, *(vague(number) for number in range(2, size)))


def test_the_bound_of_twelve_is_told_and_asked() -> None:
    """10.15: thirteen clauses open on a circle are unclear, and the verdict says so."""
    verdict = told(circle(13))

    assert verdict.ruling is Ruling.UNCLEAR
    assert verdict.notes == (
        "more than twelve clauses are open on a precedence circle: the verdict is unclear",
    )
    assert QuestionKind.BOUND_REACHED in {question.kind for question in verdict.questions}
    assert [one.part for one in verdict.because] == [Told.OPEN] * 14
    assert all(one.defeated_by == () for one in verdict.because)


def test_twelve_are_within_the_bound() -> None:
    """10.15: with twelve open clauses every reading is tried, and nothing is said of a bound."""
    verdict = told(circle(12))

    assert not verdict.notes


@pytest.mark.parametrize("together", [True, False])
def test_too_many_combinations_are_told(together: bool) -> None:  # noqa: FBT001 - two examples
    """10.18: past 4,096 combinations of answers the verdict is unclear and says why.

    It is told under the first of them.
    """
    features = [on("feature", f"feature-{number}") for number in range(13)]
    ban = bars(CALLS)
    clauses = (
        [replace(ban, applies=tuple(features))]
        if together
        else [
            replace(ban, id=f"ban-{number}", applies=(feature,))
            for number, feature in enumerate(features)
        ]
    )
    without = replace(allows(CALLS), applies=(replace(features[0], negated=True),))
    verdict = told(vendor(*clauses, without))

    assert verdict.ruling is Ruling.UNCLEAR
    assert {one.part for one in verdict.because} == {Told.MEETS}
    assert verdict.notes == (
        "too many combinations of open conditions to try: the verdict is unclear",
    )


@pytest.mark.parametrize("status", [ReviewStatus.DRAFT, ReviewStatus.DISPUTED])
def test_a_reading_nobody_stands_behind_is_told(status: ReviewStatus) -> None:
    """3.6: a version in draft or disputed counts, and the verdict says which it is."""
    terms = vendor(bars(CALLS))
    review = Review(by=("a@example.org",), on=date(2024, 1, 1), status=status)
    versions = tuple(replace(version, review=review) for version in terms.versions)
    verdict = told(replace(terms, versions=versions))

    assert verdict.ruling is Ruling.MET
    assert any(status.value in note for note in verdict.notes)


def test_a_reading_of_another_version_is_told() -> None:
    """4.7: a recorded reading of an older version does nothing and is reported."""
    terms = vendor(bars(CALLS))
    (version,) = terms.versions
    later = replace(version, effective=date(2024, 1, 5))
    reading = RecordedReading(
        vendor=terms.id,
        document=version.document,
        clause=version.clauses[0].id,
        stance=Stance.BARRED,
        because="so counsel says",
        by="counsel@example.org",
        on=date(2023, 1, 1),
    )
    verdict = told(replace(terms, versions=(version, later)), Use(readings=(reading,)))

    assert verdict.notes == (
        (
            "the reading of terms.ban recorded on 2023-01-01 is for another version "
            "and waits to be confirmed"
        ),
    )


TERMS = Document(id="terms", kind=DocumentKind.CONTRACT)
ADDENDUM = Document(id="dpa", kind=DocumentKind.CONTRACT, absence=Absence(may=May.TIGHTEN))
THIRTY = Require(fact="change-notice", bound=Bound.AT_LEAST, values=(days(30),))
OF_CHAT = replace(THIRTY, of=scope(box(data="chat")))
ASKED = forbid(CALLS, Stance.OPT_IN)
EVERYWHERE = (Target(),)


def in_words_of(asked: Requirement, vendor_: Vendor) -> tuple[Verdict, Verdict]:
    """The whole verdict, and the same worked out on the grid."""
    terms, use = Terms(vendor=vendor_, vocabulary=WORDS), Use()
    case = Case(requirement=asked, standing=terms.standing(use, DAY), telling=True)
    return evaluate(asked, terms, use, DAY), in_full(case)


@pytest.mark.parametrize("negated", [True, False])
def test_a_document_is_named_whichever_answer_brings_it(negated: bool) -> None:  # noqa: FBT001 - two examples
    """4.4: the report names every document not at hand that the requirement touches."""
    europe = on("region", "europe", negated=negated)
    terms = vendor(allows(CALLS), documents=(TERMS, replace(ADDENDUM, applies=(europe,))))

    verdict = told(terms)

    assert verdict.ruling is Ruling.VIOLATED
    assert [one.document for one in verdict.absent] == ["dpa"]


@pytest.mark.parametrize("every", [True, False])
def test_a_part_that_waits_for_a_fact_is_told(every: bool) -> None:  # noqa: FBT001 - two examples
    """6.2: of several parts, too, that nobody states it."""
    waiting = replace(THIRTY, when_stated=WhenStated(fact="licence"))
    asked = requirement(Every(parts=(waiting, ASKED.demand))) if every else requirement(waiting)

    at_once, on_the_grid = in_words_of(asked, vendor(bars(CALLS)))

    assert at_once == on_the_grid
    assert any("states `licence`" in note for note in at_once.notes)


def test_bans_that_prevail_over_each_other_both_decide() -> None:
    """3.4: neither prevails without being prevailed over in turn."""
    first = replace(bars(CALLS, name="first"), overrides=EVERYWHERE)
    second = replace(bars(CALLS, name="second"), overrides=EVERYWHERE)

    at_once, on_the_grid = in_words_of(ASKED, vendor(first, second))

    assert at_once == on_the_grid
    assert [(one.clause.id, one.part.value) for one in at_once.because] == [
        ("first", "meets"),
        ("second", "meets"),
    ]


@pytest.mark.parametrize(
    ("asked", "clauses"),
    [
        (requirement(THIRTY), (states("change-notice", days(14)),)),
        (requirement(THIRTY), (states("change-notice", days(30)),)),
        (requirement(THIRTY), ()),
        (requirement(OF_CHAT), (states("change-notice", days(14), of=box(data="chat")),)),
        (requirement(OF_CHAT), (states("change-notice", days(30), of=box(data="files")),)),
        (requirement(OF_CHAT), (states("change-notice", days(30)),)),
        (ASKED, (allows(CALLS),)),
        (ASKED, (allows(box("train-ai", "chat")), bars(CALLS))),
        (ASKED, (bars(box("train-ai", "chat")),)),
        (ASKED, (bars(CALLS), allows(box("improve-services", "customer-content")))),
        (ASKED, (replace(allows(CALLS), overrides=EVERYWHERE), bars(CALLS))),
        (requirement(Every(parts=(ASKED.demand, THIRTY))), (bars(CALLS),)),
        (requirement(Every(parts=(THIRTY, ASKED.demand))), (allows(CALLS),)),
    ],
)
def test_what_is_seen_at_once_is_told_as_on_the_grid(
    asked: Requirement, clauses: tuple[Clause, ...]
) -> None:
    """4.6: the clauses, the use that shows it, the notes."""
    at_once, on_the_grid = in_words_of(asked, vendor(*clauses))

    assert at_once == on_the_grid


def test_a_use_that_shows_a_verdict_is_told_in_the_words_of_the_requirement() -> None:
    """4.6: of two it names, the first in the order of the vocabulary that shows the verdict."""
    calls = forbid(box("train-ai", ["chat", "audio"]), Stance.OPT_IN).demand
    assert isinstance(calls, Forbid)
    questioned = replace(allows(CALLS), applies=(on("plan", "free"),))

    words = [
        in_words_of(requirement(calls), vendor(clause))[0] for clause in (allows(CALLS), questioned)
    ]

    assert [each.witness and each.witness.data for each in words] == ["audio", "audio"]


# --- in words ------------------------------------------------------------------------------------


def test_a_requirement_that_does_not_apply_says_where_it_does() -> None:
    """4.2: nothing decided, and no use shows anything."""
    asked = replace(ASKED, applies=(on("region", "us", "eu"), on("plan", "free", negated=True)))
    use = Use(context=Context(known=(("plan", ("free",)),)))

    verdict = evaluate(asked, Terms(vendor=vendor(allows(CALLS)), vocabulary=WORDS), use, DAY)

    assert verdict.ruling is Ruling.NOT_APPLICABLE
    assert (verdict.because, verdict.witness) == ((), None)
    assert verdict.notes == ("it applies where region is us or eu and plan is not free",)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (days(30), "30 days"),
        (Money(amount=Decimal(500), currency="EUR"), "500 EUR"),
        (Word(word="perpetual"), "perpetual"),
        (Listed(words=("email", "form")), "email, form"),
        (Text(text="Laws of France"), "Laws of France"),
        (YesNo(yes=True), "true"),
        (YesNo(yes=False), "false"),
        (Denied(), "none"),
        (Unspecified(), "unspecified"),
        (Unspecified(hint=days(60)), "unspecified (60 days)"),
    ],
)
def test_a_value_is_told_as_files_write_it(value: Value, words: str) -> None:
    """And what is no promise, as what it is."""
    told_ = [in_words(FactStatement(fact="x", value=value, firmness=each)) for each in Firmness]

    assert told_ == [words, *(f"{words} ({each.value})" for each in list(Firmness)[1:])]


def test_facts_that_prevail_and_are_prevailed_over_are_told() -> None:
    """4.6: each with what it states, and the criterion."""
    upper = replace(states("change-notice", days(30), name="upper"), overrides=EVERYWHERE)
    lower = states("change-notice", days(14), name="lower")

    verdict, _ = in_words_of(requirement(THIRTY), vendor(lower, upper))

    assert [
        (one.clause.id, one.part, one.facts, one.criterion, one.defeated_by)
        for one in verdict.because
    ] == [
        ("upper", Told.MEETS, ("change-notice: 30 days",), None, ()),
        ("lower", Told.DEFEATED, ("change-notice: 14 days",), Criterion.EXPRESS, ("terms.upper",)),
    ]


def test_a_clause_that_decides_by_several_facts_is_told_once() -> None:
    """With all of them; where it does another thing elsewhere, the first stands."""
    one = Deciding(clause=bars(CALLS), effective=DAY, part=Told.MEETS, facts=("a",))
    more = replace(one, facts=("b", "a"))
    other = replace(one, part=Told.OPEN, facts=("c",))
    elsewhere = replace(one, clause=bars(CALLS, name="elsewhere"), part=Told.FAILS)

    found = in_order([one, more, one, other, elsewhere])

    assert found == (elsewhere, replace(one, facts=("a", "b")))


@pytest.mark.parametrize(
    ("absence", "words"),
    [
        (Absence(may=May.TIGHTEN), "it may only tighten what the terms at hand say"),
        (Absence(may=May.LOOSEN), "it may only loosen what the terms at hand say"),
        (Absence(because="it is secret"), "it may say anything about this: it is secret"),
    ],
)
def test_a_document_not_at_hand_is_told_with_what_it_may_do(absence: Absence, words: str) -> None:
    """4.4."""
    addendum = replace(ADDENDUM, absence=absence)

    (found,) = told(vendor(bars(CALLS), documents=(TERMS, addendum))).absent

    assert found == AbsentDocument(
        document="dpa", matters=absence.may is not May.TIGHTEN, why=words
    )


def test_a_document_that_is_assumed_to_be_absent_is_told() -> None:
    """4.4: the report says that it was assumed."""
    addendum = replace(ADDENDUM, assume_absent=True)

    (found,) = told(vendor(allows(CALLS), documents=(TERMS, addendum))).absent

    assert found == AbsentDocument(
        document="dpa",
        matters=False,
        assumed=True,
        why="assumed absent: nobody has said that it was agreed",
    )


@pytest.mark.parametrize("clauses", [(allows(CALLS),), (allows(CALLS), bars(CALLS))])
def test_documents_that_are_assumed_to_be_absent_are_told_by_name(
    clauses: tuple[Clause, ...],
) -> None:
    """Whatever their order in the file, and however the verdict was found."""
    assumed = tuple(
        replace(ADDENDUM, id=name, assume_absent=True) for name in ("order", "dpa", "msa")
    )

    verdict = told(vendor(*clauses, documents=(TERMS, *assumed)))

    assert [one.document for one in verdict.absent] == ["dpa", "msa", "order"]


def test_a_document_that_may_state_a_fact_is_told() -> None:
    """6.2: a requirement that waits for it is silent, not neutral."""
    waiting = replace(THIRTY, when_stated=WhenStated(fact="licence"))
    addendum = replace(ADDENDUM, absence=Absence(facts=("licence",)))

    verdict, _ = in_words_of(requirement(waiting), vendor(documents=(TERMS, addendum)))

    assert verdict.ruling is Ruling.SILENT
    assert verdict.absent == (
        AbsentDocument(
            document="dpa", matters=True, why="it may state what no clause at hand does"
        ),
    )


def test_the_unread_part_of_a_document_that_may_state_a_fact_is_told() -> None:
    """6.2: as what it is, a part."""
    waiting = replace(THIRTY, when_stated=WhenStated(fact="licence"))
    terms = vendor()
    unread = tuple(replace(each, unread=(Absence(facts=("licence",)),)) for each in terms.versions)

    verdict, _ = in_words_of(requirement(waiting), replace(terms, versions=unread))

    assert [(one.document, one.unread) for one in verdict.absent] == [("terms", True)]


def test_so_many_combinations_are_tried() -> None:
    """10.18: 4,096 are, and one answer tells what the verdict would be."""
    features = [on("feature", f"feature-{number}") for number in range(12)]

    verdict = told(vendor(replace(bars(CALLS), applies=tuple(features))))

    assert (verdict.ruling, verdict.notes) == (Ruling.UNCLEAR, ())


# --- on the grid ---------------------------------------------------------------------------------

DPA = Document(id="dpa", kind=DocumentKind.CONTRACT)
CHAT, AUDIO = box("train-ai", "chat"), box("train-ai", "audio")


def on_the_grid(vendor_: Vendor, use: Use | None = None, asked: Requirement = ASKED) -> Verdict:
    """The whole verdict, worked out on the grid whether or not it can be seen at once."""
    standing = Terms(vendor=vendor_, vocabulary=WORDS).standing(use or Use(), DAY)
    return in_full(Case(requirement=asked, standing=standing, telling=True))


def parts(verdict: Verdict) -> list[tuple[str, str]]:
    """What each clause that decided did."""
    return [(one.clause.id, one.part.value) for one in verdict.because]


@pytest.mark.parametrize(("free", "enterprise"), [("free", "pro"), ("pro", "free")])
def test_a_verdict_is_told_under_the_worst_answer(free: str, enterprise: str) -> None:
    """4.6: what falls short is shown, and what decides under the other answers is named, too."""
    permission = replace(allows(CHAT), applies=(on("plan", free),))
    ban = replace(bars(CALLS), applies=(on("plan", enterprise),))
    elsewhere = replace(ASKED, applies=(on("region", "us"),))

    for asked in (ASKED, elsewhere):
        verdict = on_the_grid(vendor(permission, ban), asked=asked)

        assert verdict.ruling is Ruling.UNCLEAR
        assert verdict.witness is not None
        assert verdict.witness.data == "chat"
        assert parts(verdict) == [("permission", "fails"), ("ban", "meets")]


def test_a_clause_does_what_it_does_where_the_verdict_shows() -> None:
    """4.6: elsewhere we objected, and it does no harm."""
    use = Use(choices=having(ChoiceKind.OPTED_OUT, CHAT).choices)

    verdict = on_the_grid(vendor(allows(CALLS, Stance.OPT_OUT)), use)

    assert (verdict.ruling, parts(verdict)) == (Ruling.VIOLATED, [("permission", "fails")])


def test_a_clause_that_can_be_read_either_way_anywhere_is_open() -> None:
    """4.6: although it surely meets the need at another point that shows the verdict."""
    use = Use(choices=having(ChoiceKind.REFUSED, CHAT).choices)
    terms = vendor(
        allows(CALLS, Stance.OPT_IN, name="asks"),
        replace(allows(CHAT, name="chat"), document="dpa"),
        documents=(TERMS, DPA),
    )

    verdict = on_the_grid(terms, use, forbid(CALLS))

    assert verdict.ruling is Ruling.UNCLEAR
    assert parts(verdict) == [("chat", "fails"), ("asks", "open")]


def test_only_who_prevails_where_the_verdict_shows_is_named() -> None:
    """4.6: another prevails over the same clause where all is well."""
    terms = vendor(
        bars(CALLS), allows(AUDIO, Stance.OPT_IN, name="asks"), allows(CHAT, name="chat")
    )

    verdict = on_the_grid(terms)

    assert parts(verdict) == [("chat", "fails"), ("ban", "defeated")]
    assert verdict.because[1].defeated_by == ("terms.chat",)


def test_a_closed_list_decides_by_what_it_does_not_name() -> None:
    """2.5: it counts as a ban, whether that governs or is prevailed over."""
    listed = replace(
        allows(box("provide-service", "customer-content"), name="only"), closed=Closed.YES
    )
    over = replace(allows(CALLS), overrides=EVERYWHERE)

    met, violated = on_the_grid(vendor(listed)), on_the_grid(vendor(listed, over))

    assert [(one.clause.id, one.part.value, one.second_half) for one in met.because] == [
        ("only", "meets", True)
    ]
    assert [(one.clause.id, one.part.value, one.second_half) for one in violated.because] == [
        ("permission", "fails", False),
        ("only", "defeated", True),
    ]


def test_the_use_that_is_shown_is_the_first_in_the_order_of_the_vocabulary() -> None:
    """4.6: of those that the requirement does not name by themselves."""
    asked = forbid(box("train-ai", "customer-content"), Stance.OPT_IN)

    verdict = on_the_grid(
        vendor(allows(box("train-ai", ["transcript", "chat", "files"]))), asked=asked
    )

    assert verdict.witness is not None
    assert verdict.witness.data == "chat"


@pytest.mark.parametrize("negated", [True, False])
def test_a_requirement_that_does_not_apply_names_no_document(negated: bool) -> None:  # noqa: FBT001 - two examples
    """4.2: it touches none, whichever answer brings them."""
    europe = on("region", "europe", negated=negated)
    terms = vendor(allows(CALLS), documents=(TERMS, replace(ADDENDUM, applies=(europe,))))
    free = Use(context=Context(known=(("plan", ("free",)),)))

    verdict = on_the_grid(terms, free, replace(ASKED, applies=(on("plan", "pro"),)))

    assert (verdict.ruling, verdict.absent) == (Ruling.NOT_APPLICABLE, ())


# --- our choices and readings --------------------------------------------------------------------


def test_each_choice_that_a_clause_leaves_to_us_is_told() -> None:
    """2.4: with its proof if there is one; one about other uses is not."""
    (chosen,) = having(ChoiceKind.OPTED_OUT, CALLS).choices
    choices = (
        replace(chosen, box=box("marketing"), proof="4710"),
        replace(chosen, proof="4711"),
        replace(chosen, kind=ChoiceKind.REFUSED),
        replace(chosen, on=date(2021, 1, 1)),
    )
    clause = allows(CALLS, Stance.OPT_OUT)

    verdict = on_the_grid(vendor(clause), Use(choices=choices))

    assert verdict.notes == (
        "we opted out on 2020-01-01, which terms.permission leaves to us (4711)",
        "we opted out on 2021-01-01, which terms.permission leaves to us",
    )


ONLY = allows(box("provide-service", None), name="only")


@pytest.mark.parametrize(
    ("clause", "asked", "bears"),
    [
        (allows(CHAT, name="only"), ASKED, True),
        (ONLY, ASKED, False),
        (replace(ONLY, closed=Closed.YES), ASKED, True),
        (replace(ONLY, closed=Closed.PERHAPS), ASKED, True),
        (allows(box("train-ai", "files"), name="only"), ASKED, False),
        (replace(ONLY, scope=scope(box("train-ai"))), forbid(box("ai-feature")), False),
        (states("change-notice", days(30), name="only"), requirement(THIRTY), True),
        (states("retention", days(30), name="only"), requirement(THIRTY), False),
    ],
)
def test_a_reading_is_told_with_what_its_clause_could_bear_on(
    clause: Clause,
    asked: Requirement,
    bears: bool,  # noqa: FBT001 - a table
) -> None:
    """4.7: a closed list bears on every action, for it bars those that it does not name."""
    reading = RecordedReading(
        vendor="vendor",
        document="terms",
        clause="only",
        stance=Stance.FREE,
        because="so counsel says",
        by="counsel@example.org",
        on=DAY,
    )

    verdict = on_the_grid(vendor(clause), Use(readings=(reading,)), asked)

    assert verdict.readings == ((reading,) if bears else ())
