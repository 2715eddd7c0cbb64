"""What is asked where a verdict is open: each kind of question, whole (semantics 4.6)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.evaluate import Terms, Use, evaluate
from termsgate.core.model import Every, Firmness, May, Stance, Target
from termsgate.core.values import Unspecified
from tests.core.test_sentences import (
    BOTH,
    BOTH_SAY,
    FREE,
    IF_DPA,
    IF_OPTED_OUT,
    ON_EVENTS,
    SUMMARY,
    THIRTY,
    TRAIN,
    USER,
    VAGUE,
    VOCABULARY,
    R,
    barring,
    by_whom,
    listing,
    missing,
    notice,
    permitting,
    ranked,
    unread_terms,
    where,
    with_consent_of,
)
from tests.making import DAY, allows, bars, box, forbid, on, requirement, scope, states, vendor

if TYPE_CHECKING:
    from termsgate.core.model import Clause, Requirement, Vendor

Asking = tuple[str, str, str, str, str]
IN_CONTEXT: Final = "write it in the check's `context`"
READING: Final = "record a reading in the check: clause "
AS_FIXTURE: Final = "record the document as a fixture, or say in vendor.yaml what it may do"
TOLERATED: Final = "ask the vendor, or write in the requirement what is tolerated (`except-ok`)"
PERHAPS_BY_AFFILIATES: Final = replace(
    allows(TRAIN, name="by"), section="10.4", scope=scope(TRAIN, perhaps=box(by="affiliate"))
)


def asking(kind: str, text: str, answers: str, how: str, about: str) -> Asking:
    """One question, with each answer and the verdict it leads to."""
    return kind, text, answers, how, about


def notice_but_for(*exceptions: str) -> Clause:
    """A notice of thirty days with exceptions."""
    clause = notice(30)
    return replace(clause, states=(replace(clause.states[0], excepting=exceptions),))


def asked_of(terms: Vendor, asked: Requirement) -> list[Asking]:
    """The questions of a verdict."""
    verdict = evaluate(asked, Terms(vendor=terms, vocabulary=VOCABULARY), Use(), DAY)
    return [
        asking(
            each.kind.value,
            each.text,
            "; ".join(f"{answer.text}: {answer.ruling.word}" for answer in each.answers),
            each.how,
            " ".join(each.about),
        )
        for each in verdict.questions
    ]


QUESTIONS: Final = (
    # 4.5: the answers that a condition names, and another.
    (
        where(FREE),
        R,
        [asking("condition", "which plan?", "free: met; another: silent", IN_CONTEXT, "plan")],
    ),
    (
        barring(applies=(on("plan", "free", "pro"),)),
        R,
        [
            asking(
                "condition",
                "which plan?",
                "free: met; pro: met; another: silent",
                IN_CONTEXT,
                "plan",
            )
        ],
    ),
    (
        where(SUMMARY),
        R,
        [
            asking(
                "condition",
                "is the feature summary on?",
                "yes: met; no: silent",
                IN_CONTEXT,
                "feature:summary",
            )
        ],
    ),
    (
        barring(applies=(IF_DPA,)),
        R,
        [
            asking(
                "condition",
                "is the agreement dpa signed?",
                "yes: met; no: silent",
                IN_CONTEXT,
                "agreement:dpa",
            )
        ],
    ),
    (
        IF_OPTED_OUT,
        BOTH,
        [
            asking(
                "condition", "have we opted out?", "yes: met; no: silent", IN_CONTEXT, "opted-out"
            )
        ],
    ),
    # 1.5: whether a clause covers what it covers only perhaps.
    (
        vendor(VAGUE),
        R,
        [
            asking(
                "coverage",
                "does terms (vague) cover train-ai?",
                "yes: violated; no: silent",
                READING + "terms.vague, term train-ai, covered true or false",
                "terms.vague",
            )
        ],
    ),
    (
        vendor(PERHAPS_BY_AFFILIATES),
        by_whom("affiliate"),
        [
            asking(
                "coverage",
                "does section 10.4 of terms (by) cover affiliate?",
                "yes: violated; no: silent",
                READING + "terms.by, term affiliate, covered true or false",
                "terms.by",
            )
        ],
    ),
    # 2.5: whether a list is closed.
    (
        vendor(listing("perhaps")),
        R,
        [
            asking(
                "coverage",
                "are the uses listed in terms (only) the only ones?",
                "yes: met; no: silent",
                "settle `closed` in the fixture",
                "terms.only",
            )
        ],
    ),
    # 2.2: which of several stances.
    (
        vendor(allows(TRAIN, Stance.OPT_IN, Stance.FREE)),
        R,
        [
            asking(
                "stance",
                "what does terms (permission) leave us?",
                "free: violated; opt-in: met",
                READING + "terms.permission, stance",
                "terms.permission",
            )
        ],
    ),
    (
        barring(firmness=Firmness.PRACTICE),
        R,
        [
            asking(
                "stance",
                "is terms (ban) a promise, or only practice?",
                "free: violated; barred: met",
                READING + "terms.ban, stance",
                "terms.ban",
            )
        ],
    ),
    # 2.6: whose consent, and whether it is given.
    (
        with_consent_of(),
        USER,
        [
            asking(
                "whose-consent",
                "whose consent does terms (permission) mean?",
                "user: met; account-admin only: violated",
                "write `consent-from` on the clause, if the terms say it",
                "terms.permission",
            )
        ],
    ),
    (
        vendor(allows(TRAIN, Stance.OPT_IN)),
        forbid(TRAIN),
        [
            asking(
                "consent",
                "do we consent to what terms (permission) asks us?",
                "we refused: met; we consented: violated",
                "record it in the check's `choices`",
                "terms.permission",
            )
        ],
    ),
    # 3.3: which of two clauses prevails, or whether a rank holds here.
    (
        BOTH_SAY,
        R,
        [
            asking(
                "conflict",
                "which prevails: terms (ban) or terms (permission)?",
                "terms (ban): met; terms (permission): violated",
                READING + "terms.ban, over terms.permission",
                "terms.ban terms.permission",
            )
        ],
    ),
    (
        ranked(replace(ON_EVENTS, over=("notice", "dpa"))),
        R,
        [
            asking(
                "conflict",
                "which prevails: terms (ban) or notice (permission)?",
                "terms (ban): met; notice (permission): violated",
                READING + "terms.ban, over notice.permission",
                "terms.ban notice.permission",
            ),
            asking(
                "precedence",
                "does terms prevail over notice, dpa here?",
                "yes: met; no: unclear",
                "say in the fixture more exactly what the precedence is about",
                "terms notice dpa",
            ),
        ],
    ),
    # 4.4: what a document says that is not at hand, if it may.
    (
        barring(missing(May.EITHER)),
        R,
        [
            asking(
                "document",
                "what does dpa say about this?",
                "nothing: met; it permits it: unclear; it forbids it: met",
                AS_FIXTURE,
                "dpa",
            )
        ],
    ),
    (
        barring(missing(May.LOOSEN)),
        R,
        [
            asking(
                "document",
                "what does dpa say about this?",
                "nothing: met; it permits it: unclear",
                AS_FIXTURE,
                "dpa",
            )
        ],
    ),
    (
        permitting(missing(May.TIGHTEN, "terms")),
        R,
        [
            asking(
                "document",
                "what does dpa say about this?",
                "nothing: violated; it forbids it: met",
                AS_FIXTURE,
                "dpa",
            )
        ],
    ),
    (
        unread_terms(bars(TRAIN), Target(document="other")),
        R,
        [
            asking(
                "document",
                "what does the unread part of terms say about this?",
                "nothing: met; it permits it: unclear; it forbids it: met",
                AS_FIXTURE,
                "terms",
            )
        ],
    ),
    # 5.2: what a fact is, and whether an exception is tolerable.
    (
        vendor(states("change-notice", Unspecified())),
        THIRTY,
        [
            asking(
                "fact",
                "what does terms (statement) promise as `change-notice`?",
                "at-least 30 days: met; not at-least 30 days: violated",
                TOLERATED,
                "terms.statement",
            )
        ],
    ),
    (
        vendor(notice_but_for("law", "security")),
        THIRTY,
        [
            asking(
                "exception",
                "is the exception for law, security in terms (n30) tolerable?",
                "at-least 30 days: met; not at-least 30 days: violated",
                TOLERATED,
                "terms.n30",
            )
        ],
    ),
    # Several questions at once.
    (
        vendor(replace(VAGUE, applies=(FREE,))),
        R,
        [
            asking(
                "condition", "which plan?", "free: unclear; another: silent", IN_CONTEXT, "plan"
            ),
            asking(
                "coverage",
                "does terms (vague) cover train-ai?",
                "yes: unclear; no: silent",
                READING + "terms.vague, term train-ai, covered true or false",
                "terms.vague",
            ),
        ],
    ),
)


@pytest.mark.parametrize(("terms", "asked", "questions"), QUESTIONS)
def test_what_is_open_is_asked(terms: Vendor, asked: Requirement, questions: list[Asking]) -> None:
    """The words, each answer with its verdict, how to settle it, and what it is about."""
    assert asked_of(terms, asked) == questions


def test_questions_about_our_use_stand_in_their_order() -> None:
    """3.2: service before plan, and features by their names."""
    open_ = (on("feature", "b"), on("feature", "a"), on("plan", "free"), on("service", "chat"))

    found = asked_of(barring(applies=open_), R)

    assert [text for _, text, *_ in found] == [
        "which service?",
        "which plan?",
        "is the feature a on?",
        "is the feature b on?",
    ]


@pytest.mark.parametrize(("amount", "prevails"), [(30, "met"), (14, "violated")])
def test_what_would_follow_is_worked_out_with_everything_else(amount: int, prevails: str) -> None:
    """4.6, 6.1: the facts that other parts rest on stay."""
    both = requirement(Every(parts=(R.demand, THIRTY.demand)))
    terms = vendor(bars(TRAIN), allows(TRAIN), notice(amount))
    ruling = evaluate(both, Terms(vendor=terms, vocabulary=VOCABULARY), Use(), DAY).ruling

    answers = [answers for kind, _, answers, *_ in asked_of(terms, both) if kind == "conflict"]

    assert ruling.word == ("unclear" if prevails == "met" else "violated")
    assert answers == (
        [f"terms (ban): {prevails}; terms (permission): violated"] if prevails == "met" else []
    )
