"""What a sign-off is given for (7.7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from termsgate.core.model import (
    Absence,
    Clause,
    FactStatement,
    Place,
    Precedence,
    Quote,
    Review,
    ReviewStatus,
    Source,
    Stance,
    Version,
)
from termsgate.core.signoff import clause_digest, version_digest
from termsgate.core.values import (
    Denied,
    Duration,
    Listed,
    Money,
    Text,
    Unit,
    Unspecified,
    Word,
    YesNo,
)
from termsgate.reading.store import load
from tests.making import allows, bars, box

if TYPE_CHECKING:
    from pathlib import Path

    from termsgate.core.values import Value

START = date(2024, 1, 1)
BAN = bars(box("train-ai", ["audio", "video"]), name="ban")
LICENCE = allows(box("any", "customer-content"), Stance.OPT_OUT, name="licence")
VERSION = Version(document="terms", effective=START, clauses=(LICENCE, BAN))
ELSEWHERE = Place(path="fixtures/x.yaml", line=7, column=3)


def test_the_digest_of_a_version_is_what_it_always_was(root: Path) -> None:
    """A change here voids every sign-off there is: then `FORM` must change, and the docs say so."""
    project = load(root / "tests" / "examples" / "positive" / "every-key").project
    assert project is not None

    found = {each.document: version_digest(each) for each in project.vendors[0].versions}

    assert found == {
        "privacy": "71e38378722d40efd44ec9033f634a7a8e9060b883f8b337b651554eaef063ac",
        "terms": "6214804325636453c973270520af4734bf6e0c7d84ebd9fdcc4508df1ca05af7",
    }


@pytest.mark.parametrize(
    "other",
    [
        replace(VERSION, clauses=(BAN, LICENCE)),
        replace(VERSION, clauses=(replace(BAN, place=ELSEWHERE), LICENCE)),
        replace(VERSION, place=ELSEWHERE, language="en", published=START),
        replace(VERSION, source=Source(url="https://example.org")),
        replace(VERSION, review=Review(by=("x",), on=START, status=ReviewStatus.DRAFT)),
    ],
)
def test_what_no_verdict_turns_on_is_not_in_it(other: Version) -> None:
    """The order of clauses, where things stand in the file, where the words come from."""
    assert version_digest(other) == version_digest(VERSION)


@pytest.mark.parametrize(
    "other",
    [
        replace(VERSION, clauses=(LICENCE,)),
        replace(VERSION, clauses=(LICENCE, replace(BAN, says="It will not."))),
        replace(VERSION, clauses=(LICENCE, replace(BAN, section="3"))),
        replace(VERSION, clauses=(LICENCE, replace(BAN, quote=Quote(exact="will not")))),
        replace(VERSION, clauses=(replace(LICENCE, stances=(Stance.OPT_IN,)), BAN)),
        replace(VERSION, clauses=(LICENCE, replace(BAN, ends=START))),
        replace(VERSION, effective=date(2024, 1, 2)),
        replace(VERSION, withdrawn=date(2024, 1, 2)),
        replace(VERSION, document="other"),
        replace(VERSION, unread=(Absence(),)),
        replace(VERSION, precedence=(Precedence(document="terms", over=("x",)),)),
    ],
)
def test_what_a_verdict_could_turn_on_is_in_it(other: Version) -> None:
    """Each word of a clause, precedence, what nobody has read, and the days in force."""
    assert version_digest(other) != version_digest(VERSION)


def stating(value: Value) -> Clause:
    """A clause that states a fact."""
    return Clause(id="c", document="terms", states=(FactStatement(fact="f", value=value),))


def test_no_two_values_of_a_fact_have_the_same_digest() -> None:
    """A word, a text, a denial and a promise without a number are four things."""
    values: list[Any] = [
        Denied(),
        Unspecified(),
        Unspecified(hint=Duration(amount=30, unit=Unit.DAYS)),
        Duration(amount=30, unit=Unit.DAYS),
        Duration(amount=30, unit=Unit.WEEKS),
        Money(amount=Decimal(30), currency="USD"),
        Word(word="none"),
        Text(text="none"),
        Listed(words=("none",)),
        YesNo(yes=True),
        YesNo(yes=False),
    ]

    assert len({clause_digest(stating(value)) for value in values}) == len(values)


def test_a_sum_is_the_same_however_many_noughts_it_is_written_with() -> None:
    """`100 USD` and `100.00 USD`."""
    plain, long = (Money(amount=Decimal(text), currency="USD") for text in ("100", "100.00"))

    assert clause_digest(stating(plain)) == clause_digest(stating(long))


def test_words_in_any_script_are_signed() -> None:
    """What a clause says is hashed in whatever letters it is written."""
    abroad = replace(BAN, says="Zoom \u8a13\u7df4 \u2013 na\u00efve.")

    assert clause_digest(abroad) != clause_digest(BAN)
