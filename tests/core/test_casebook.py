"""A situation that was judged once is not judged again, and what it hangs on is in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core import casebook, likewise
from termsgate.core.casebook import casebook_of
from termsgate.core.evaluate import Terms, Use, evaluate, rule
from termsgate.core.likewise import whole
from termsgate.core.model import (
    Absence,
    Bound,
    Choice,
    ChoiceKind,
    Clause,
    Closed,
    Condition,
    Context,
    Document,
    DocumentKind,
    Place,
    Precedence,
    RecordedReading,
    Review,
    ReviewStatus,
    Stance,
    Target,
    Vendor,
)
from termsgate.core.values import Money
from termsgate.core.verdict import Ruling
from termsgate.reading.store import builtin_vocabulary
from tests.making import DAY, START, allows, bars, box, days, forbid, require, scope, states
from tests.making import vendor as vendor_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.model import Requirement
    from termsgate.core.verdict import Verdict
    from termsgate.core.vocabulary import Vocabulary

TRAINING: Final = box("train-ai", "audio")
NO_TRAINING: Final = forbid(TRAINING)
NOTICE: Final = require("change-notice", Bound.AT_LEAST, days(30))
BAN: Final = bars(TRAINING)
TERMS: Final = Document(id="terms", kind=DocumentKind.CONTRACT)
NOTHING: Final = Use()


@pytest.fixture(name="words")
def fresh_vocabulary() -> Vocabulary:
    """A vocabulary in whose words nothing was judged yet."""
    known = builtin_vocabulary()
    return replace(known)


@pytest.fixture(name="judged")
def how_often(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the requirements that were judged, one for each time."""
    found: list[str] = []

    def judging(requirement: Requirement, standing: object) -> Verdict:
        found.append(requirement.id)
        return whole(requirement, standing)  # type: ignore[arg-type]

    monkeypatch.setattr(likewise, "whole", judging)
    return found


def in_files(vendor: Vendor, *, name: str = "vendor", folder: str = "") -> Vendor:
    """The vendor as it was read from files of its own."""

    def lines(clauses: tuple[Clause, ...], path: str) -> Iterator[Clause]:
        for number, clause in enumerate(clauses):
            yield replace(clause, place=Place(path=path, line=5 + 3 * number, column=5))

    versions = []
    for version in vendor.versions:
        path = f"fixtures/{name}/{folder}{version.document}.yaml"
        place = Place(path=path, line=1, column=1)
        versions.append(replace(version, place=place, clauses=tuple(lines(version.clauses, path))))
    return replace(vendor, id=name, versions=tuple(versions))


def terms(words: Vocabulary, *clauses: Clause, name: str = "vendor") -> Terms:
    """The terms of a vendor with these clauses in one document."""
    return Terms(vendor=in_files(vendor_of(*clauses), name=name), vocabulary=words)


def of(vendor: Vendor, words: Vocabulary) -> Terms:
    """The terms of a vendor, in files."""
    return Terms(vendor=in_files(vendor, name=vendor.id), vocabulary=words)


def ask(given: Terms, requirement: Requirement = NO_TRAINING, use: Use = NOTHING) -> Verdict:
    """The verdict, which is the one that is given when nothing is remembered."""
    found = evaluate(requirement, given, use, DAY)
    fresh = Terms(vendor=given.vendor, vocabulary=given.vocabulary, verified=given.verified)
    assert found == whole(requirement, fresh.standing(use, DAY))
    assert rule(requirement, given, use, DAY) is found.ruling
    return found


# --- what is alike --------------------------------------------------------------------------------


def test_two_vendors_that_say_the_same_are_judged_once(
    words: Vocabulary, judged: list[str]
) -> None:
    """Each is told of its own clause."""
    first = ask(terms(words, BAN, name="first"))
    second = ask(terms(words, replace(BAN, id="never", section="7", says="No."), name="second"))

    assert len(judged) == 1
    assert [one.because[0].clause.id for one in (first, second)] == ["ban", "never"]


def test_a_clause_that_cannot_bear_is_no_part_of_it(words: Vocabulary, judged: list[str]) -> None:
    """What a vendor says of something else changes nothing."""
    ask(terms(words, BAN))
    ask(terms(words, states("change-notice", days(1)), BAN, bars(box("sell", "chat"), name="b")))

    assert len(judged) == 1


def test_a_defeated_clause_names_its_own_defeater(words: Vocabulary, judged: list[str]) -> None:
    """What is told of others is told in their names."""
    general = allows(box("train-ai", "customer-content"))

    ask(terms(words, BAN, general))
    found = ask(terms(words, replace(BAN, id="never"), general))

    assert len(judged) == 1
    assert found.because[1].defeated_by == ("terms.never",)


def test_a_verdict_that_asks_something_is_judged_each_time(
    words: Vocabulary, judged: list[str]
) -> None:
    """Questions are asked in the names of clauses."""
    perhaps = bars(box("train-ai", "chat"), perhaps=box(data="audio"))

    first = ask(terms(words, perhaps))
    second = ask(terms(words, replace(perhaps, id="other")))

    assert len(judged) == 2
    assert [one.questions[0].about for one in (first, second)] == [("terms.ban",), ("terms.other",)]


def test_a_vendor_is_told_with_its_own_claims_and_reviews(
    words: Vocabulary, judged: list[str]
) -> None:
    """They are no part of what decides."""
    ask(terms(words, BAN))
    draft = vendor_of(BAN, replace(allows(TRAINING, name="short"), statement=True))
    review = Review(by=("a",), on=START, status=ReviewStatus.DRAFT)
    versions = (replace(draft.versions[0], review=review),)
    found = ask(of(replace(draft, versions=versions), words))

    assert len(judged) == 1
    assert [one.clause.id for one in found.claims] == ["short"]
    assert found.notes == ("the reading of terms is draft",)


# --- what is not ----------------------------------------------------------------------------------

WIDER: Final = bars(box("train-ai", ["audio", "video"]))


@pytest.mark.parametrize(
    "other",
    [
        WIDER,
        replace(BAN, stances=(Stance.OPT_IN,)),
        replace(BAN, applies=(Condition(key="plan", values=("free",)),)),
        bars(TRAINING, perhaps=box(data="video")),
        replace(BAN, binds_customer=True),
        replace(BAN, ends=date(2021, 1, 1)),
    ],
)
def test_a_clause_that_says_something_else_is_judged_by_itself(
    words: Vocabulary, judged: list[str], other: Clause
) -> None:
    """Whatever a sentence reads is part of what is alike."""
    ask(terms(words, BAN))
    ask(terms(words, other))

    assert len(judged) == 2


def test_whom_a_clause_overrides_is_known_by_its_name(words: Vocabulary) -> None:
    """A name counts where another clause uses it."""
    permission = allows(TRAINING)
    over = replace(BAN, overrides=(Target(document="terms", clause="permission"),))
    other = replace(BAN, overrides=(Target(document="terms", clause="else"),))

    found = [ask(terms(words, one, permission)).ruling for one in (over, other, BAN)]

    assert found == [Ruling.MET, Ruling.UNCLEAR, Ruling.UNCLEAR]


def test_a_section_counts_where_somebody_names_it(words: Vocabulary) -> None:
    """Elsewhere it is only where the words stand."""
    over = replace(BAN, overrides=(Target(document="terms", section="3"),))

    found = [
        ask(terms(words, over, replace(allows(TRAINING), section=section))).ruling
        for section in ("3.1", "4")
    ]

    assert found == [Ruling.MET, Ruling.UNCLEAR]


def test_which_document_prevails_is_part_of_it(words: Vocabulary) -> None:
    """So are its being at hand, and what may be in one that is not."""
    both = (BAN, replace(allows(TRAINING), document="more"))
    more = Document(id="more", kind=DocumentKind.CONTRACT)
    over = replace(more, precedence=(Precedence(document="more", over=("terms",)),))
    gone = replace(more, absence=Absence())

    found = [
        ask(of(vendor_of(*both, documents=(TERMS, one)), words)).ruling
        for one in (more, over, gone)
    ]

    assert found == [Ruling.UNCLEAR, Ruling.VIOLATED, Ruling.UNCLEAR]


def test_what_we_know_of_our_use_is_part_of_it(words: Vocabulary) -> None:
    """The plan we are on decides whether a clause is there."""
    business = replace(BAN, applies=(Condition(key="plan", values=("business",)),))
    given = terms(words, business)

    found = [
        ask(given, use=Use(context=Context(known=(("plan", (plan,)),)))).ruling
        for plan in ("business", "free")
    ]

    assert found == [Ruling.MET, Ruling.SILENT]


def test_a_sum_is_told_with_its_own_figures(words: Vocabulary) -> None:
    """Sums that are equal may be written otherwise."""
    capped = require("liability-cap", Bound.AT_LEAST, Money(amount=Decimal(1), currency="EUR"))

    found = [
        ask(
            terms(words, states("liability-cap", Money(amount=Decimal(sum_), currency="EUR"))),
            capped,
        )
        for sum_ in ("2.0", "2.00")
    ]

    assert [one.because[0].facts[0] for one in found] == [
        "liability-cap: 2.0 EUR",
        "liability-cap: 2.00 EUR",
    ]


def test_clauses_are_told_in_the_order_of_their_files(words: Vocabulary) -> None:
    """The order of the files is part of what is alike."""
    both = (BAN, replace(WIDER, document="more", id="wide"))
    documents = (TERMS, Document(id="more", kind=DocumentKind.CONTRACT))
    plain = vendor_of(*both, documents=documents)
    moved = in_files(plain)
    last = replace(moved.versions[1], place=Place(path="z.yaml", line=1, column=1))
    clause = replace(last.clauses[0], place=Place(path="z.yaml", line=5, column=5))
    turned = replace(moved, versions=(moved.versions[0], replace(last, clauses=(clause,))))

    found = [ask(Terms(vendor=one, vocabulary=words)) for one in (in_files(plain), turned)]

    assert [[one.clause.id for one in each.because] for each in found] == [
        ["wide", "ban"],
        ["ban", "wide"],
    ]


# --- what has no room in the book -----------------------------------------------------------------

READING: Final = RecordedReading(
    vendor="vendor", document="terms", clause="ban", because="b", by="c", on=DAY, stance=Stance.FREE
)
CHOICE: Final = Choice(kind=ChoiceKind.REFUSED, vendor="vendor", box=TRAINING, on=START)


@pytest.mark.parametrize("use", [Use(readings=(READING,)), Use(choices=(CHOICE,))])
def test_what_is_on_record_for_one_vendor_is_not_shared(words: Vocabulary, use: Use) -> None:
    """A choice or a reading is about this vendor alone; another's does not matter."""
    assert terms(words, BAN).roll(use, DAY) is None
    assert terms(words, BAN, name="other").roll(use, DAY) is not None


def test_a_document_assumed_absent_that_was_read_is_not_shared(words: Vocabulary) -> None:
    """An answer may bring its clauses in."""
    optional = Document(id="terms", kind=DocumentKind.CONTRACT, assume_absent=True)

    assert of(vendor_of(BAN, documents=(optional,)), words).roll(NOTHING, DAY) is None


@pytest.mark.parametrize(
    "clauses",
    [(BAN, BAN), (replace(BAN, id="a.b"), replace(BAN, id="b", document="terms.a"))],
)
def test_clauses_that_cannot_be_told_apart_are_not_shared(
    words: Vocabulary, clauses: tuple[Clause, ...]
) -> None:
    """Neither two of one name, nor two that are cited alike."""
    documents = (TERMS, Document(id="terms.a", kind=DocumentKind.CONTRACT))

    assert of(vendor_of(*clauses, documents=documents), words).roll(NOTHING, DAY) is None


def test_clauses_that_do_not_follow_each_other_are_not_shared(words: Vocabulary) -> None:
    """They are told in an order that no tenor knows."""
    made = Terms(vendor=vendor_of(BAN, replace(BAN, id="other")), vocabulary=words)

    assert made.roll(NOTHING, DAY) is None
    assert ask(made).ruling is Ruling.MET


def test_two_documents_in_one_file_are_not_shared(words: Vocabulary) -> None:
    """Then the order of their clauses is not that of the documents."""
    documents = (TERMS, Document(id="more", kind=DocumentKind.CONTRACT))
    both = vendor_of(BAN, replace(BAN, document="more"), documents=documents)

    assert Terms(vendor=both, vocabulary=words).roll(NOTHING, DAY) is None


def test_a_requirement_that_counts_found_quotes_is_judged_each_time(words: Vocabulary) -> None:
    """Which quotes were found is no part of what a clause says."""
    strict = replace(NO_TRAINING, evidence_required=True)
    verified = frozenset({("terms", START, "ban")})

    found = [
        ask(replace(terms(words, BAN), verified=one), strict).ruling
        for one in (verified, frozenset[tuple[str, date, str]]())
    ]

    assert found == [Ruling.MET, Ruling.SILENT]


# --- how much is kept -----------------------------------------------------------------------------


def test_a_book_that_is_full_starts_afresh(
    words: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No number is given twice, so what was forgotten is taken for nothing else."""
    monkeypatch.setattr(casebook, "MOST_KEPT", 1)
    monkeypatch.setattr(casebook, "MOST_SAID", 1)
    said = (BAN, WIDER, allows(TRAINING), BAN)
    more = Document(id="more", kind=DocumentKind.CONTRACT)

    found = [
        ask(of(vendor_of(one, documents=documents), words)).ruling
        for documents in ((TERMS,), (TERMS, more))
        for one in said
    ]

    assert found == [Ruling.MET, Ruling.MET, Ruling.VIOLATED, Ruling.MET] * 2


def test_a_requirement_asked_for_later_is_taken_in(words: Vocabulary) -> None:
    """The clauses of a vendor are sorted for each requirement when it is first asked."""
    given = terms(words, BAN, states("change-notice", days(30)))

    assert [ask(given).ruling, ask(given, NOTICE).ruling] == [Ruling.MET, Ruling.MET]


def test_many_requirements_are_taken_in_one_by_one(words: Vocabulary, judged: list[str]) -> None:
    """None of them is judged twice, whatever was asked for since."""
    given = terms(
        words, BAN, states("change-notice", days(30)), bars(box("sell", "chat"), name="b")
    )
    asked = [
        replace(one, id=f"policy.r{number}")
        for number, one in enumerate((NO_TRAINING, NOTICE, forbid(box("sell", "chat")), NOTICE))
    ]

    found = [ask(given, one).ruling for one in (*asked, *asked)]

    assert found == [Ruling.MET] * 8
    assert judged == [one.id for one in asked]


def test_no_more_is_kept_than_so_many(words: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of situations, of tenors, and of settings."""
    monkeypatch.setattr(casebook, "MOST_KEPT", 2)
    monkeypatch.setattr(casebook, "MOST_SAID", 2)
    book = casebook_of(words)
    more = Document(id="more", kind=DocumentKind.CONTRACT)
    settings = ((TERMS,), (TERMS, more), (more, TERMS))

    for documents in settings:
        for one in (BAN, WIDER, allows(TRAINING)):
            ask(of(vendor_of(one, documents=documents), words))
            (asked,) = book.requirements
            assert max(len(asked.rulings), len(asked.headnotes)) <= 2
            assert max(len(book.tenors), len(book.numbers)) <= 2


# --- what a clause did is told apart --------------------------------------------------------------

GENERAL: Final = allows(box("train-ai", ["audio", "chat"]))
ON_AUDIO, ON_CHAT = (bars(box("train-ai", each), name=each) for each in ("audio", "chat"))
LISTED: Final = replace(
    allows(box("provide-service", "customer-content"), Stance.OPT_IN, name="only"),
    closed=Closed.YES,
)
TWO_FACTS: Final = replace(
    states("change-notice", days(45)),
    states=(*states("change-notice", days(45)).states, *states("retention", days(45)).states),
)


@pytest.mark.parametrize(
    ("clauses", "asked"),
    [
        # It meets one bound, and fails another.
        ((TWO_FACTS,), (NOTICE, require("change-notice", Bound.AT_LEAST, days(60)))),
        # It counts for one fact, and for another.
        ((TWO_FACTS,), (NOTICE, require("retention", Bound.AT_MOST, days(60)))),
        # One half of it counts, and the other.
        (
            (LISTED,),
            (forbid(box("provide-service", "audio"), Stance.OPT_IN), NO_TRAINING),
        ),
        # It gives way to one clause, and to another.
        (
            (ON_AUDIO, ON_CHAT, GENERAL),
            (NO_TRAINING, forbid(box("train-ai", "chat"))),
        ),
    ],
)
def test_what_a_clause_did_is_told_of_each_requirement(
    words: Vocabulary, clauses: tuple[Clause, ...], asked: tuple[Requirement, ...]
) -> None:
    """From the book as when it is judged afresh."""
    for name in ("first", "second"):
        given = terms(words, *clauses, name=name)
        told = [ask(given, one).because for one in (*asked, *asked)]

        assert told[:2] == told[2:]
        assert told[0] != told[1]


def test_what_a_clause_did_is_told_once(words: Vocabulary) -> None:
    """Whoever asks again is given the same words."""
    ask(terms(words, BAN, name="first"))
    given = terms(words, BAN, name="second")

    assert ask(given).because[0] is ask(given).because[0]


def test_a_like_vendor_needs_no_standing(words: Vocabulary) -> None:
    """What its clauses say is known, and so is the verdict."""
    ask(terms(words, BAN, name="first"))
    given = terms(words, BAN, name="second")

    found = evaluate(NO_TRAINING, given, NOTHING, DAY)

    assert rule(NO_TRAINING, given, NOTHING, DAY) is found.ruling is Ruling.MET
    assert not given._standings  # noqa: SLF001 - nothing was built


def test_a_word_is_worked_out_once(words: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    """For all vendors that say the same."""
    rule(NO_TRAINING, terms(words, BAN, name="first"), NOTHING, DAY)
    monkeypatch.delattr(likewise, "word")

    assert rule(NO_TRAINING, terms(words, BAN, name="second"), NOTHING, DAY) is Ruling.MET


# --- what tells two vendors apart -----------------------------------------------------------------

NOTE: Final = Document(id="note", kind=DocumentKind.NOTICE)
OF_NOTE: Final = replace(allows(TRAINING), document="note")
OVER_PERMISSION: Final = replace(BAN, overrides=(Target(document="terms", clause="permission"),))
OVER_ANOTHER: Final = replace(
    bars(box("sell", "audio"), name="sale"), overrides=(Target(document="terms", clause="another"),)
)
OVER_NOTE: Final = Precedence(document="terms", over=("note",))
GAP: Final = Document(id="gap", kind=DocumentKind.CONTRACT, absence=Absence(facts=("retention",)))


def ranked(rule_: Precedence) -> Vendor:
    """A ban and a permission in two documents, and a rank that the terms state."""
    both = vendor_of(BAN, OF_NOTE, documents=(TERMS, NOTE))
    first, second = both.versions
    return replace(both, versions=(replace(first, precedence=(rule_,)), second))


def unread(about: str) -> Vendor:
    """A ban in terms of which nobody read what they say of some data."""
    barring = vendor_of(BAN)
    gap = Absence(about=scope(box(data=about)))
    return replace(barring, versions=(replace(barring.versions[0], unread=(gap,)),))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Which document a clause stands in, where a rank makes it matter.
        (
            vendor_of(BAN, OF_NOTE, documents=(replace(TERMS, precedence=(OVER_NOTE,)), NOTE)),
            vendor_of(
                BAN,
                allows(TRAINING),
                documents=(replace(TERMS, precedence=(OVER_NOTE,)), NOTE),
            ),
        ),
        # What a rank is about, and whether a version states one.
        (
            ranked(replace(OVER_NOTE, about=scope(box(data="audio")))),
            ranked(replace(OVER_NOTE, about=scope(box(data="chat")))),
        ),
        (ranked(OVER_NOTE), ranked(replace(OVER_NOTE, over=("terms",)))),
        # What nobody has read.
        (unread("audio"), unread("chat")),
        # What stands in a document after one that is not at hand.
        (
            vendor_of(BAN, documents=(GAP, TERMS)),
            vendor_of(allows(TRAINING), documents=(GAP, TERMS)),
        ),
        # The name of a clause that another one uses, whoever else names one.
        (
            vendor_of(OVER_PERMISSION, allows(TRAINING), OVER_ANOTHER),
            vendor_of(OVER_PERMISSION, allows(TRAINING, name="else"), OVER_ANOTHER),
        ),
    ],
)
def test_two_vendors_are_not_alike_where_a_sentence_tells_them_apart(
    words: Vocabulary, one: Vendor, other: Vendor
) -> None:
    """Neither is given the verdict of the other, whoever is asked first."""
    found = {ask(of(each, words)).ruling for each in (one, other)}
    again = {ask(of(each, replace(words))).ruling for each in (other, one)}

    assert len(found) == 2
    assert again == found
