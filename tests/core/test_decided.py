"""The hash that a waiver can be limited to (policy language 7.3.2)."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.decided import Known, decided, told
from termsgate.core.model import (
    Box,
    Clause,
    Closed,
    Condition,
    FactStatement,
    Firmness,
    Part,
    Place,
    Quote,
    Scope,
    Stance,
    Target,
    Verb,
)
from termsgate.core.values import Duration, Money, Unit
from termsgate.core.verdict import (
    AbsentDocument,
    Answer,
    Claim,
    Deciding,
    Question,
    QuestionKind,
    Ruling,
    Verdict,
    Witness,
)
from termsgate.core.verdict import Part as Did

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY: Final = date(2023, 3, 31)
NOTICE: Final = FactStatement(fact="change-notice", value=Duration(amount=30, unit=Unit.DAYS))
CLAUSE: Final = Clause(
    id="licence",
    document="terms",
    place=Place(path="fixtures/zoom/terms/2023-03-31.yaml", line=4, column=5),
    section="10.4",
    says="Zoom may train models on content.",
    quote=Quote(exact="machine learning"),
    verb=Verb.ALLOWS,
    scope=Scope(parts=(Part(box=Box(action=("train-ai",), data=("audio",))),)),
    stances=(Stance.FREE,),
    states=(NOTICE,),
)
FAILS: Final = Deciding(clause=CLAUSE, effective=DAY, part=Did.FAILS)
QUESTION: Final = Question(
    kind=QuestionKind.COVERAGE,
    text="does 10.4 cover it?",
    answers=(Answer(text="yes", ruling=Ruling.VIOLATED), Answer(text="no", ruling=Ruling.MET)),
)
BREACH: Final = Verdict(
    ruling=Ruling.VIOLATED,
    because=(FAILS,),
    questions=(QUESTION,),
    absent=(AbsentDocument(document="dpa", matters=True),),
)


def of(clause: Clause) -> str:
    """The hash of a breach that this clause decides."""
    return decided(replace(BREACH, because=(replace(FAILS, clause=clause),)))


def test_the_hash_is_the_same_in_every_version() -> None:
    """It stands in files of users: if this fails, their waivers cover no more."""
    assert decided(BREACH) == (
        "sha256:39e4dacd5111ddf60ac8fd1e5df2640d1c11c408f51db63a10c4b72f94c976a0"
    )


def test_the_hash_of_a_second_half_is_the_same_in_every_version() -> None:
    """Semantics 2.5: that a use is on no closed list is another reason than a ban."""
    second = replace(BREACH, because=(replace(FAILS, second_half=True),))

    assert decided(second) == (
        "sha256:d899c1e9559698e1418d6f2e0be38623e2acca02ac7e5e2a5f53e9602d2cfb5a"
    )


def test_a_clause_that_was_told_before_is_told_the_same() -> None:
    """Remembered by identity; another one that is like it is told for itself."""
    known: Known = {}
    found = [decided(BREACH, known), decided(BREACH, known), of(replace(CLAUSE))]

    assert found == [decided(BREACH)] * 3


# --- what it is about ---------------------------------------------------------------------------

OTHERWISE: Final[Mapping[str, object]] = {
    "document": "privacy",
    "section": "10.5",
    "quote": Quote(exact="machine learning", suffix=" and training"),
    "verb": Verb.BARS,
    "scope": Scope(parts=(Part(box=Box(action=("train-ai",), data=("audio", "video"))),)),
    "stances": (Stance.OPT_OUT,),
    "firmness": Firmness.EFFORT,
    "consent_from": ("user",),
    "closed": Closed.YES,
    "except_as_in": ("privacy",),
    "overrides": (Target(document="terms", clause="ban"),),
    "alongside": (Target(document="terms"),),
    "binds_customer": True,
    "statement": True,
    "begins": DAY,
    "ends": DAY,
    "applies": (Condition(key="plan", values=("free",)),),
    "states": (replace(NOTICE, value=Duration(amount=14, unit=Unit.DAYS)),),
}
OURS: Final[Mapping[str, object]] = {
    "id": "content-licence",
    "place": Place(path="fixtures/zoom/terms/2023-08-07.yaml", line=9, column=3),
    "says": "In other words.",
    "supposed": True,
}


@pytest.mark.parametrize("key", OTHERWISE)
def test_another_clause_is_another_hash(key: str) -> None:
    """Its document, section, quote and everything that its meaning consists of."""
    changed: Clause = replace(CLAUSE, **{key: OTHERWISE[key]})  # type: ignore[arg-type]

    assert of(changed) != of(CLAUSE)


@pytest.mark.parametrize("key", OURS)
def test_what_is_ours_is_no_matter(key: str) -> None:
    """What a clause is called, where it is written down, and our words about it."""
    changed: Clause = replace(CLAUSE, **{key: OURS[key]})  # type: ignore[arg-type]

    assert of(changed) == of(CLAUSE)


def test_every_key_of_a_clause_is_decided_about() -> None:
    """A new one is told, unless somebody says here that it is ours."""
    assert {each.name for each in fields(Clause)} == {*OTHERWISE, *OURS}


def test_a_new_version_that_repeats_the_clause_is_no_change() -> None:
    """The terms say what they said."""
    later = replace(FAILS, effective=date(2024, 1, 1))

    assert decided(replace(BREACH, because=(later,))) == decided(BREACH)


# --- the verdict --------------------------------------------------------------------------------

BAN: Final = replace(FAILS, clause=replace(CLAUSE, id="ban", section="3"))


@pytest.mark.parametrize(
    "other",
    [
        replace(BREACH, ruling=Ruling.UNCLEAR),
        replace(BREACH, because=()),
        replace(BREACH, because=(FAILS, BAN)),
        replace(BREACH, because=(replace(FAILS, part=Did.OPEN),)),
        replace(BREACH, because=(replace(FAILS, second_half=True),)),
        replace(BREACH, questions=()),
        replace(BREACH, questions=(replace(QUESTION, kind=QuestionKind.CONSENT),)),
        replace(BREACH, questions=(replace(QUESTION, answers=QUESTION.answers[:1]),)),
        replace(BREACH, absent=()),
        replace(BREACH, absent=(AbsentDocument(document="baa", matters=True),)),
    ],
)
def test_what_decides_otherwise_has_another_hash(other: Verdict) -> None:
    """The word, the clauses and what they do, the open questions, the documents that matter."""
    assert decided(other) != decided(BREACH)


@pytest.mark.parametrize(
    "same",
    [
        replace(BREACH, because=(FAILS, replace(BAN, part=Did.DEFEATED))),
        replace(BREACH, questions=(replace(QUESTION, text="and so?", about=("terms.a",)),)),
        replace(BREACH, questions=(replace(QUESTION, answers=QUESTION.answers[::-1]),)),
        replace(BREACH, absent=(*BREACH.absent, AbsentDocument(document="baa", matters=False))),
        replace(BREACH, witness=Witness(action="a", data="d", by="b", state="s")),
        replace(BREACH, claims=(Claim(clause=CLAUSE, effective=DAY),), notes=("so",)),
    ],
)
def test_what_did_not_decide_is_no_matter(same: Verdict) -> None:
    """What gave way, what is said elsewhere, and the words in which a question is put."""
    assert decided(same) == decided(BREACH)


def test_the_order_of_clauses_is_no_matter() -> None:
    """They are told in the order of files, which may change."""
    one, other = ((FAILS, BAN), (BAN, FAILS))

    assert decided(replace(BREACH, because=one)) == decided(replace(BREACH, because=other))


def test_a_quote_may_hold_anything() -> None:
    """Half a character, too, has its hash."""
    odd = replace(CLAUSE, quote=Quote(exact="\ud800"))

    assert of(odd) != of(replace(CLAUSE, quote=Quote(exact="?")))


def test_a_sum_is_told_as_it_is_written() -> None:
    """With its currency; where no default says so already."""
    assert told(Money(amount=Decimal(500), currency="EUR")) == {
        "is": "money",
        "amount": "500",
        "currency": "EUR",
    }


def test_only_values_of_the_model_are_told() -> None:
    """Anything else would be told by where it lies in memory."""
    with pytest.raises(TypeError):
        told(object())
