"""The worked examples of semantics 9, in the order and the words of the table.

Both the engine and the naive evaluator must give the verdict the table gives.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.evaluate import Terms, Use, evaluate
from termsgate.core.evaluate import rule as rule_fast
from termsgate.core.model import (
    Absence,
    Bound,
    ChoiceKind,
    Clause,
    Closed,
    Document,
    DocumentKind,
    Firmness,
    May,
    RecordedReading,
    Requirement,
    Stance,
    Target,
    Vendor,
)
from termsgate.core.values import Unspecified
from termsgate.core.verdict import QuestionKind, Ruling, Verdict
from termsgate.reading.store import builtin_vocabulary
from tests.laws import oracle
from tests.making import (
    DAY,
    START,
    Situation,
    allows,
    bars,
    box,
    days,
    forbid,
    having,
    knowing,
    on,
    prevailing,
    require,
    states,
    vendor,
)

if TYPE_CHECKING:
    from termsgate.core.model import Box
    from termsgate.core.vocabulary import Vocabulary

VOCABULARY: Final[Vocabulary] = builtin_vocabulary()
AV: Final = ["audio", "video", "chat"]
TRAIN_AV: Final = box("train-ai", AV)
TRAIN_CONTENT: Final = box("train-ai", "customer-content")
R: Final = forbid(TRAIN_AV, Stance.OPT_IN)

TOS: Final = Document(id="terms", kind=DocumentKind.CONTRACT)
DPA: Final = Document(
    id="dpa", kind=DocumentKind.CONTRACT, precedence=(prevailing("dpa", "terms"),)
)
BLOG: Final = Document(id="blog", kind=DocumentKind.STATEMENT)

LICENSED: Final = box(
    ["provide-service", "develop-products", "marketing", "analytics", "train-ai"],
    "customer-content",
)
LICENCE: Final = replace(allows(LICENSED, name="content-licence"), section="10.4")
SUBLICENSABLE: Final = replace(
    allows(LICENSED, name="content-licence", perhaps=box(by="third-party")), section="10.4"
)
SERVICE_DATA: Final = replace(
    allows(box("any", "service-data"), name="service-data"), section="10.2"
)
CONSENT: Final = replace(
    allows(box("train-ai", AV, "vendor"), Stance.OPT_IN, name="consent-to-train"),
    section="10.4",
    overrides=(Target(document="terms", clause="content-licence"),),
)
ZOOM_MARCH: Final = (LICENCE, SERVICE_DATA)
ZOOM_AUGUST: Final = (LICENCE, SERVICE_DATA, CONSENT)
NO_TRAINING_ON_CALLS: Final = bars(
    box(
        "train-ai", [*AV, "screen-share", "files", "communications-like"], ["vendor", "third-party"]
    )
)
CHILDREN: Final = [t.id for t in VOCABULARY.data.terms if "customer-content" in t.parents]
ENTERPRISE_BAN: Final = replace(bars(TRAIN_CONTENT), applies=(on("plan", "enterprise"),))
FREE_PLAN: Final = replace(allows(TRAIN_CONTENT), applies=(on("plan", "free"),))
OPT_OUT: Final = allows(TRAIN_CONTENT, Stance.OPT_OUT, name="opt-out")
IMPROVE: Final = allows(box("improve-services", "customer-content"), name="improving")
NOTICE: Final = require("change-notice", Bound.AT_LEAST, days(30))
ALL: Final = Target()
NOTHING_KNOWN: Final = Situation()


@dataclass(frozen=True, kw_only=True)
class Worked:
    """One row of the table; `asks` is the question it names, with the verdicts of its answers."""

    number: str
    terms: Vendor
    requirement: Requirement
    ruling: Ruling
    use: Situation = NOTHING_KNOWN
    day: date = DAY
    asks: QuestionKind | None = None
    answers: frozenset[Ruling] = frozenset()


def notice(*amounts: int) -> Vendor:
    """A vendor with a clause for each notice before a change."""
    clauses = [states("change-notice", days(n), name=f"notice-{n}") for n in amounts]
    return vendor(*clauses)


def in_dpa(clause: Clause) -> Clause:
    """The same clause in the data processing addendum."""
    return replace(clause, document="dpa")


def missing_dpa(may: May) -> Document:
    """An addendum that prevails and that nobody has."""
    return replace(DPA, absence=Absence(may=may))


def reading(term: str, *, covered: bool) -> Situation:
    """A person settled what improving the services includes."""
    settled = RecordedReading(
        vendor="vendor",
        document="terms",
        clause="improving",
        because="Counsel reads it so.",
        by="counsel@example.org",
        on=START,
        axis="action",
        term=term,
        covered=covered,
    )
    return Situation(readings=(settled,))


def contradicted(term: str) -> Situation:
    """Two people settled it, and not alike."""
    said = (reading(term, covered=True), reading(term, covered=False))
    return Situation(readings=tuple(one for each in said for one in each.readings))


def row(  # noqa: PLR0913 - the columns of a table
    number: str,
    terms: Vendor,
    asked: Requirement,
    ruling: Ruling,
    *,
    use: Situation = NOTHING_KNOWN,
    asks: QuestionKind | None = None,
    answers: tuple[Ruling, ...] = (),
    day: date = DAY,
) -> Worked:
    """One row of the table."""
    return Worked(
        number=number,
        terms=terms,
        requirement=asked,
        ruling=ruling,
        use=use,
        day=day,
        asks=asks,
        answers=frozenset(answers),
    )


def r_by(by: str | list[str]) -> Requirement:
    """R for other parties than the vendor."""
    return forbid(box("train-ai", AV, by), Stance.OPT_IN)


VIOLATED, UNCLEAR, SILENT, MET = (
    Ruling.VIOLATED,
    Ruling.UNCLEAR,
    Ruling.SILENT,
    Ruling.MET,
)

ROWS: Final = (
    row("1", vendor(), R, SILENT),
    row("2", vendor(bars(TRAIN_AV)), R, MET),
    row("3", vendor(bars(box("any", "customer-content"))), R, MET),
    row("4", vendor(bars(box("train-ai", ["audio", "video"]))), R, SILENT),
    row("5", vendor(allows(box("train-ai", "chat"))), R, VIOLATED),
    row("6", vendor(allows(box("any", "customer-content"))), R, VIOLATED),
    row("7", vendor(*ZOOM_MARCH), R, VIOLATED),
    row("8", vendor(*ZOOM_AUGUST), R, MET),
    row(
        "9",
        vendor(SUBLICENSABLE, SERVICE_DATA, CONSENT),
        r_by("third-party"),
        UNCLEAR,
        asks=QuestionKind.COVERAGE,
        answers=(VIOLATED, SILENT),
    ),
    row(
        "10",
        vendor(*ZOOM_AUGUST),
        forbid(TRAIN_AV),
        UNCLEAR,
        asks=QuestionKind.CONSENT,
        answers=(VIOLATED, MET),
    ),
    row(
        "11",
        vendor(*ZOOM_AUGUST),
        forbid(TRAIN_AV),
        MET,
        use=having(ChoiceKind.REFUSED, box("train-ai")),
    ),
    row("12", vendor(*ZOOM_AUGUST), forbid(TRAIN_CONTENT, Stance.OPT_IN), VIOLATED),
    row("13, by anyone", vendor(NO_TRAINING_ON_CALLS), r_by("anyone"), SILENT),
    row("13, by those named", vendor(NO_TRAINING_ON_CALLS), r_by(["vendor", "third-party"]), MET),
    row(
        "14",
        vendor(NO_TRAINING_ON_CALLS),
        forbid(box("train-ai", "service-data"), Stance.OPT_OUT),
        SILENT,
    ),
    row("15", vendor(OPT_OUT), R, VIOLATED),
    row("16", vendor(OPT_OUT), R, MET, use=having(ChoiceKind.OPTED_OUT, box("train-ai"))),
    row(
        "17",
        vendor(bars(TRAIN_AV), allows(TRAIN_AV)),
        R,
        UNCLEAR,
        asks=QuestionKind.CONFLICT,
        answers=(MET, VIOLATED),
    ),
    row("18", vendor(in_dpa(bars(TRAIN_AV)), allows(TRAIN_AV), documents=(TOS, DPA)), R, MET),
    row(
        "19",
        vendor(replace(bars(TRAIN_AV), document="blog"), allows(TRAIN_AV), documents=(TOS, BLOG)),
        R,
        VIOLATED,
    ),
    row("20", vendor(bars(TRAIN_CONTENT), allows(box("train-ai", "chat"))), R, VIOLATED),
    row(
        "21",
        vendor(bars(box("train-ai", "all-data")), SERVICE_DATA),
        forbid(box("train-ai", "telemetry"), Stance.OPT_IN),
        UNCLEAR,
        asks=QuestionKind.CONFLICT,
    ),
    row(
        "22",
        vendor(ENTERPRISE_BAN),
        R,
        UNCLEAR,
        asks=QuestionKind.CONDITION,
        answers=(MET, SILENT),
    ),
    row(
        "23",
        vendor(ENTERPRISE_BAN, FREE_PLAN),
        R,
        UNCLEAR,
        asks=QuestionKind.CONDITION,
        answers=(MET, VIOLATED, SILENT),
    ),
    row("24", vendor(ENTERPRISE_BAN, FREE_PLAN), R, VIOLATED, use=knowing(plan="free")),
    row(
        "25",
        vendor(IMPROVE),
        R,
        UNCLEAR,
        asks=QuestionKind.COVERAGE,
        answers=(VIOLATED, SILENT),
    ),
    row("26", vendor(IMPROVE), R, SILENT, use=reading("train-ai", covered=False)),
    row(
        "27",
        vendor(replace(allows(box("provide-service", "customer-content")), closed=Closed.YES)),
        R,
        MET,
    ),
    row(
        "28",
        vendor(replace(bars(TRAIN_AV), applies=(on("agreement", "dpa"),))),
        R,
        UNCLEAR,
        asks=QuestionKind.CONDITION,
        answers=(MET, SILENT),
    ),
    row(
        "29",
        vendor(replace(bars(TRAIN_AV), begins=date(2024, 1, 10))),
        R,
        SILENT,
        day=date(2024, 1, 5),
    ),
    row(
        "30",
        vendor(bars(box("train-ai", CHILDREN))),
        forbid(TRAIN_CONTENT, Stance.OPT_IN),
        SILENT,
    ),
    row(
        "31",
        vendor(bars(box("train-ai", "audio"))),
        forbid(box("train-ai", "voiceprint"), Stance.OPT_IN),
        MET,
    ),
    row(
        "32",
        vendor(replace(bars(TRAIN_AV), applies=(on("region", "us", negated=True),))),
        R,
        UNCLEAR,
        asks=QuestionKind.CONDITION,
        answers=(MET, SILENT),
    ),
    row(
        "33",
        vendor(bars(TRAIN_AV), documents=(TOS, missing_dpa(May.EITHER))),
        R,
        UNCLEAR,
        asks=QuestionKind.DOCUMENT,
    ),
    row("34", vendor(allows(TRAIN_AV), documents=(TOS, missing_dpa(May.LOOSEN))), R, VIOLATED),
    row("35", notice(14), NOTICE, VIOLATED),
    row("36, unspecified", vendor(states("change-notice", Unspecified())), NOTICE, UNCLEAR),
    row(
        "36, an effort",
        vendor(
            replace(
                states("change-notice", days(30)),
                states=(
                    replace(states("change-notice", days(30)).states[0], firmness=Firmness.EFFORT),
                ),
            )
        ),
        NOTICE,
        UNCLEAR,
    ),
    row("37, told apart", notice(14, 30), NOTICE, UNCLEAR),
    row("37, both enough", notice(30, 60), NOTICE, MET),
    row("38", vendor(OPT_OUT, replace(IMPROVE, overrides=(ALL,))), R, VIOLATED),
    row(
        "39",
        vendor(
            bars(TRAIN_CONTENT),
            replace(bars(box("any", "ai-output"), name="output"), overrides=(ALL,)),
        ),
        R,
        MET,
    ),
    row(
        "40",
        vendor(bars(box("improve-services", AV))),
        R,
        SILENT,
        asks=QuestionKind.COVERAGE,
        answers=(MET, SILENT),
    ),
    row(
        "41",
        vendor(bars(TRAIN_CONTENT)),
        forbid(box("train-ai", AV, state="de-identified"), Stance.OPT_IN),
        SILENT,
        asks=QuestionKind.COVERAGE,
        answers=(MET, SILENT),
    ),
    row(
        "42",
        vendor(replace(bars(TRAIN_CONTENT), firmness=Firmness.PRACTICE)),
        R,
        UNCLEAR,
        asks=QuestionKind.STANCE,
        answers=(MET, VIOLATED),
    ),
    row("43", vendor(IMPROVE, bars(TRAIN_CONTENT)), R, MET),
    row(
        "44",
        vendor(states("deletion-after-termination", days(30), of=box(data="personal-data"))),
        require(
            "deletion-after-termination",
            Bound.AT_MOST,
            days(90),
            of=box(data="customer-content"),
        ),
        SILENT,
    ),
    row(
        "45",
        vendor(LICENCE, SERVICE_DATA, replace(CONSENT, consent_from=("account-admin",))),
        forbid(TRAIN_AV, Stance.OPT_IN, whose="user"),
        VIOLATED,
    ),
    row(
        "46",
        vendor(
            allows(box("any", "customer-content")),
            replace(OPT_OUT, alongside=(ALL,)),
        ),
        R,
        UNCLEAR,
        use=having(ChoiceKind.OPTED_OUT, box("train-ai")),
    ),
)

every_row = pytest.mark.parametrize("worked", [pytest.param(w, id=w.number) for w in ROWS])


def verdict_of(worked: Worked) -> Verdict:
    """What the engine says about a row."""
    use = Use(context=worked.use.context, choices=worked.use.choices, readings=worked.use.readings)
    return evaluate(
        worked.requirement, Terms(vendor=worked.terms, vocabulary=VOCABULARY), use, worked.day
    )


def test_readings_that_contradict_each_other_settle_nothing() -> None:
    """Whichever stands first (10.26)."""
    one = row("25", vendor(IMPROVE), R, UNCLEAR, use=contradicted("train-ai"))
    back = Situation(readings=one.use.readings[::-1])
    other = row("25", vendor(IMPROVE), R, UNCLEAR, use=back)

    assert [verdict_of(each).ruling for each in (one, other)] == [UNCLEAR, UNCLEAR]


def test_the_table_is_whole() -> None:
    """All 46 rows of semantics 9 are here, beside examples of other sentences (`10.26`)."""
    numbers = {int(worked.number.split(",")[0]) for worked in ROWS if "." not in worked.number}

    assert numbers == set(range(1, 47))


@every_row
def test_the_naive_evaluator_agrees_with_the_table(worked: Worked) -> None:
    """Semantics 9."""
    ruling = oracle.rule(worked.requirement, worked.terms, VOCABULARY, worked.use, worked.day)

    assert ruling is worked.ruling


@every_row
def test_the_engine_agrees_with_the_table(worked: Worked) -> None:
    """Semantics 9."""
    assert verdict_of(worked).ruling is worked.ruling


@every_row
def test_the_word_alone_is_the_same(worked: Worked) -> None:
    """The fast way to the word gives the word of the whole verdict."""
    use = Use(context=worked.use.context, choices=worked.use.choices, readings=worked.use.readings)
    terms = Terms(vendor=worked.terms, vocabulary=VOCABULARY)

    assert rule_fast(worked.requirement, terms, use, worked.day) is worked.ruling


@pytest.mark.parametrize(
    "worked", [pytest.param(w, id=w.number) for w in ROWS if w.asks is not None]
)
def test_the_question_of_the_table_is_asked(worked: Worked) -> None:
    """Semantics 4.6: what the terms leave open is a question with the verdict of each answer."""
    asked = [q for q in verdict_of(worked).questions if q.kind is worked.asks]

    answers = [frozenset(answer.ruling for answer in q.answers) for q in asked]

    assert asked
    assert not worked.answers or worked.answers in answers


@pytest.mark.parametrize(
    "worked",
    [pytest.param(w, id=w.number) for w in ROWS if w.ruling in {Ruling.VIOLATED, Ruling.UNCLEAR}],
)
def test_violated_and_unclear_say_what_decided_them(worked: Worked) -> None:
    """Semantics 4.6: something decided it, or something is asked."""
    verdict = verdict_of(worked)

    assert verdict.because or verdict.questions


def test_a_claim_is_shown_beside_what_the_agreement_says() -> None:
    """Example 19: the report shows the claim of the blog post."""
    worked = next(w for w in ROWS if w.number == "19")

    claims = [claim.clause.document for claim in verdict_of(worked).claims]

    assert claims == ["blog"]


def test_what_nobody_has_read_is_no_more_general_than_what_is_at_hand() -> None:
    """Semantics 4.4: (c) never applies to it, and so a permission in it would be a conflict."""
    notice = Document(
        id="notice",
        kind=DocumentKind.NOTICE,
        incorporated_by=("terms",),
        absence=Absence(may=May.EITHER),
    )
    terms = vendor(bars(TRAIN_CONTENT), documents=(TOS, notice))
    asked = row("4.4", terms, forbid(TRAIN_CONTENT, Stance.OPT_IN), UNCLEAR)

    (question,) = verdict_of(asked).questions

    assert {answer.text: answer.ruling for answer in question.answers} == {
        "nothing": MET,
        "it permits it": UNCLEAR,
        "it forbids it": MET,
    }


def test_what_does_not_apply_says_where_it_would() -> None:
    """Semantics 4.2: not-applicable is no answer to a reader who does not see why."""
    asked = replace(R, applies=(on("sector", "health", "education"), on("region", "us")))
    use = knowing(sector="health", region="eu")

    verdict = verdict_of(row("4.2", vendor(bars(TRAIN_AV)), asked, Ruling.NOT_APPLICABLE, use=use))

    assert verdict.notes == ("it applies where sector is health or education and region is us",)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (R, True),
        (forbid(box("improve-services", "chat")), True),
        (forbid(box("train-ai", "service-data"), Stance.OPT_IN), False),
        (forbid(box("marketing", "customer-content")), False),
        (NOTICE, False),
        (require("deletion-after-termination", Bound.AT_MOST, days(90)), True),
    ],
)
def test_a_reading_is_told_where_it_could_count(asked: Requirement, told: bool) -> None:  # noqa: FBT001 - a table
    """Semantics 4.7: as the clause was written, for what falls away by it counted too."""
    clause = replace(
        IMPROVE, states=states("deletion-after-termination", days(30), name="x").states
    )
    worked = row("4.7", vendor(clause), asked, SILENT, use=reading("train-ai", covered=False))

    assert bool(verdict_of(worked).readings) is told


@pytest.mark.parametrize(
    ("number", "note"),
    [
        ("16", "we opted out on 2020-01-01, which terms.opt-out leaves to us"),
        ("11", "we refused consent on 2020-01-01, which terms.consent-to-train leaves to us"),
    ],
)
def test_a_choice_that_counted_is_told(number: str, note: str) -> None:
    """Semantics 2.4: else a clause that allows the use would seem to meet the requirement."""
    worked = next(w for w in ROWS if w.number == number)

    assert verdict_of(worked).notes == (note,)


@pytest.mark.parametrize(
    ("what", "clause"),
    [(box("marketing"), OPT_OUT), (TRAIN_CONTENT, bars(TRAIN_CONTENT))],
)
def test_a_choice_that_did_not_count_is_not_told(what: Box, clause: Clause) -> None:
    """Another use, or a clause that leaves no choice."""
    use = having(ChoiceKind.OPTED_OUT, what)

    assert verdict_of(row("2.4", vendor(clause), R, MET, use=use)).notes == ()


def test_a_document_not_at_hand_is_named() -> None:
    """Example 34: the verdict stays, and the report names the document (4.4)."""
    worked = next(w for w in ROWS if w.number == "34")

    absent = [(a.document, a.matters) for a in verdict_of(worked).absent]

    assert absent == [("dpa", False)]
