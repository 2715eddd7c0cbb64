"""Clauses, facts and what they are called (semantics 2, 3, 5)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from termsgate.core.model import (
    Absence,
    Closed,
    FactStatement,
    Firmness,
    May,
    Precedence,
    Quote,
    Scope,
    Stance,
    Target,
    Verb,
)
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
from termsgate.reading.decode import written
from tests.reading.decoding import decoded_clause, decoded_vendor, decoded_version

if TYPE_CHECKING:
    from termsgate.core.values import Value

USE = "allows: {action: use, data: chat}"
DAYS = Duration(amount=30, unit=Unit.DAYS)


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        (USE, (Stance.FREE,)),
        (f"{USE}\nwith: opt-in", (Stance.OPT_IN,)),
        (f"{USE}\nwith: [opt-in, opt-out]", (Stance.OPT_OUT, Stance.OPT_IN)),
        ("bars: {action: use, data: chat}", (Stance.BARRED,)),
        ("states: {audit-right: true}", ()),
    ],
)
def test_a_clause_takes_the_stances_its_words_admit(text: str, stances: tuple[Stance]) -> None:
    """Before firmness, in their order (semantics 2.1, 2.2)."""
    assert decoded_clause(text).stances == stances


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("", Closed.NO),
        ("closed: false", Closed.NO),
        ("closed: true", Closed.YES),
        ("closed: perhaps", Closed.PERHAPS),
    ],
)
def test_a_list_is_closed_open_or_perhaps_closed(text: str, closed: Closed) -> None:
    """Semantics 2.5."""
    assert decoded_clause(f"{USE}\n{text}").closed is closed


def test_a_clause_keeps_what_it_says() -> None:
    """Every qualifier has its field."""
    clause = decoded_clause(
        f"{USE}\nsection: 10.10\nsays: It may.\nquote: it may\nfirmness: effort\n"
        "consent-from: [user, account-admin]\nbinds: customer\nstatement: true\n"
        "from: 2024-01-02\nuntil: 2024-01-03\nclosed: true\nexcept-as-in: privacy"
    )

    assert (clause.section, clause.says, clause.quote, clause.firmness, clause.verb) == (
        "10.10",
        "It may.",
        Quote(exact="it may"),
        Firmness.EFFORT,
        Verb.ALLOWS,
    )
    assert (clause.consent_from, clause.binds_customer, clause.statement) == (
        ("user", "account-admin"),
        True,
        True,
    )
    assert (clause.begins, clause.ends, clause.except_as_in) == (
        date(2024, 1, 2),
        date(2024, 1, 3),
        ("privacy",),
    )


def test_a_whole_number_is_a_section() -> None:
    """`section: 10` keeps its digits."""
    assert decoded_clause(f"{USE}\nsection: 10").section == "10"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("licence2", Target(document="terms", clause="licence2")),
        ("privacy.sharing", Target(document="privacy", clause="sharing")),
        ("privacy", Target(document="privacy")),
        ("all", Target()),
        ('{section: "10"}', Target(document="terms", section="10")),
        ("{section: 3, document: privacy}", Target(document="privacy", section="3")),
    ],
)
def test_a_clause_overrides_clauses_sections_documents_or_all(text: str, target: Target) -> None:
    """And stands alongside the same (semantics 3.3 a)."""
    version = decoded_version(
        "clauses:\n"
        f"  - {{id: one, {USE}, overrides: {text}, alongside: [{text}]}}\n"
        f"  - {{id: licence2, {USE}}}\n"
    )

    assert (version.clauses[0].overrides, version.clauses[0].alongside) == ((target,), (target,))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("change-notice: 30 days", DAYS),
        ("change-notice: 1 day", Duration(amount=1, unit=Unit.DAYS)),
        ("change-notice: 10 business days", Duration(amount=10, unit=Unit.BUSINESS_DAYS)),
        ("change-notice: 72 hours", Duration(amount=72, unit=Unit.HOURS)),
        ("change-notice: 2 weeks", Duration(amount=2, unit=Unit.WEEKS)),
        ("change-notice: 6 months", Duration(amount=6, unit=Unit.MONTHS)),
        ("change-notice: 1 year", Duration(amount=1, unit=Unit.YEARS)),
        ("change-notice: none", Denied()),
        ("change-notice: unspecified", Unspecified()),
        ("change-notice: {unspecified: 30 days}", Unspecified(hint=DAYS)),
        ("licence.duration: perpetual", Word(word="perpetual")),
        ("liability-cap: 100 USD", Money(amount=Decimal(100), currency="USD")),
        ("liability-cap: 99.50 EUR", Money(amount=Decimal("99.50"), currency="EUR")),
        ("liability-cap: fees-paid", Word(word="fees-paid")),
        ("audit-right: true", YesNo(yes=True)),
        ("audit-right: false", YesNo(yes=False)),
        ("content-ownership: customer", Word(word="customer")),
        ("opt-out.channel: [email, form]", Listed(words=("email", "form"))),
        ("opt-out.channel: email", Listed(words=("email",))),
        ("data-location: [Norway, NO]", Listed(words=("Norway", "NO"))),
        ("governing-law: California law", Text(text="California law")),
    ],
)
def test_a_fact_has_the_value_its_type_gives_it(text: str, value: Value) -> None:
    """Semantics 5.1."""
    (stated,) = decoded_clause(f"states:\n  {text}").states

    assert stated.value == value


def test_the_long_form_qualifies_a_fact_and_states_when_it_starts() -> None:
    """`from` is a fact of its own where the vocabulary has one."""
    clause = decoded_clause(
        "states: {change-notice: {value: 30 days, for: [material], from: posting,"
        " firmness: effort, except: [security, dispute], of: {data: chat}}}"
    )
    scope = clause.states[0].of

    assert isinstance(scope, Scope)
    assert [
        (one.fact, one.value, one.of, one.subjects, one.excepting, one.starting, one.firmness)
        for one in clause.states
    ] == [
        (
            "change-notice",
            DAYS,
            scope,
            ("material",),
            ("security", "dispute"),
            "posting",
            Firmness.EFFORT,
        ),
        (
            "change-notice.from",
            Word(word="posting"),
            scope,
            ("material",),
            (),
            None,
            Firmness.EFFORT,
        ),
    ]


def test_a_fact_starts_at_a_word_where_the_vocabulary_has_no_fact_for_it() -> None:
    """The word is kept."""
    (stated,) = decoded_clause("states: {retention: {value: 30 days, from: upload}}").states

    assert stated.starting == "upload"


def test_a_fact_is_as_firm_as_its_clause() -> None:
    """Unless it says so itself."""
    clause = decoded_clause(
        "states: {audit-right: true, arbitration: {value: true, firmness: promise}}\n"
        "firmness: practice"
    )

    assert [one.firmness for one in clause.states] == [Firmness.PRACTICE, Firmness.PROMISE]


def test_a_fact_stands_where_its_key_stands() -> None:
    """Line and column of the name of the fact."""
    clause = decoded_clause("states:\n  audit-right: true")

    assert isinstance(clause.states[0], FactStatement)
    assert str(clause.states[0].place) == "x.yaml:7:7"


# --- the version and the vendor ---------------------------------------------------------------


def test_a_version_keeps_where_it_was_taken_from() -> None:
    """Times are in UTC; a date is its first moment."""
    version = decoded_version(
        "source: {captured: 2024-01-01T10:00:00+01:00, snapshot: {file: a.md}}\nclauses: []\n"
    )

    assert version.source.captured == datetime(2024, 1, 1, 9, tzinfo=UTC)
    assert version.source.snapshot is not None
    assert written.moment("2024-01-01") == datetime(2024, 1, 1, tzinfo=UTC)
    assert written.moment("0001-01-01T00:00:00+10:00") is None


def test_precedence_may_be_about_a_subject() -> None:
    """And it is this document's where it names none."""
    version = decoded_version(
        "precedence:\n  - {over: [privacy], about: {data: chat}, section: 3}\n"
        "  - {document: privacy, over: [terms]}\nclauses: []\n"
    )

    assert [(one.document, one.over, one.about is None) for one in version.precedence] == [
        ("terms", ("privacy",), False),
        ("privacy", ("terms",), True),
    ]


def test_what_is_unread_may_be_facts_alone() -> None:
    """Then it is about no use."""
    version = decoded_version("unread: [{about: {facts: [licence]}}, {}]\nclauses: []\n")

    assert [(one.about, one.facts) for one in version.unread] == [
        (Scope(parts=()), ("licence",)),
        (None, ()),
    ]


def test_a_document_not_at_hand_says_what_it_may_do() -> None:
    """Semantics 4.4."""
    vendor = decoded_vendor(
        "documents:\n"
        "  - {id: terms, kind: contract}\n"
        "  - {id: dpa, kind: contract, at-hand: false, may: tighten, because: so,"
        " prevails-over: [terms], about: {data: chat, facts: [licence]}, assume: absent}\n"
        "known-versions: {terms: [2023-01-01]}\n"
    )
    terms, dpa = vendor.documents

    assert (terms.absence, terms.precedence, terms.assume_absent) == (None, (), False)
    assert isinstance(dpa.absence, Absence)
    assert (dpa.absence.may, dpa.absence.because, dpa.absence.facts) == (
        May.TIGHTEN,
        "so",
        ("licence",),
    )
    assert dpa.assume_absent
    assert [type(one) for one in dpa.precedence] == [Precedence]
    assert vendor.known_versions == (("terms", date(2023, 1, 1)),)


def test_lists_of_services_and_plans_are_closed_only_where_they_are_written() -> None:
    """`None` leaves the answers open (semantics 4.5)."""
    vendor = decoded_vendor("plans: [free]\ndocuments: []\n")

    assert (vendor.services, vendor.plans) == (None, ("free",))
