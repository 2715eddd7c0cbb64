"""What a version is owed (7.6, 7.7)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from termsgate.core.gate import Outcome
from termsgate.core.model import (
    Check,
    Condition,
    Context,
    Document,
    DocumentKind,
    Review,
    ReviewStatus,
    Vendor,
    Version,
)
from termsgate.core.review import Debt, Lack, Signed, audit, is_asked, last_day, relied_on
from termsgate.core.reviewed import review_entry
from termsgate.core.signoff import version_digest
from termsgate.core.values import Duration, Unit
from termsgate.reading.store import builtin_vocabulary

if TYPE_CHECKING:
    from termsgate.core.review import Audit

TODAY = date(2024, 3, 1)
YEAR = Duration(amount=1, unit=Unit.YEARS)
PLAIN = Check(id="plain", title="")
YEARLY = Check(id="yearly", title="", review_max_age=YEAR)


FOR_ENTERPRISE = Document(
    id="terms",
    kind=DocumentKind.CONTRACT,
    applies=(Condition(key="plan", values=("enterprise",)),),
)


def version(review: Review | None) -> Version:
    """A version that says nothing."""
    return Version(document="terms", effective=date(2020, 1, 1), review=review)


def reviewed(on: date, status: ReviewStatus = ReviewStatus.APPROVED, sha256: str = "") -> Review:
    """A review by counsel."""
    return Review(by=("counsel",), on=on, status=status, sha256=sha256)


def found(review: Review | None, *checks: Check, strict: bool = False) -> Audit:
    """What is found on the first of March."""
    return audit("acme", version(review), checks, TODAY, strict=strict)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "last"),
    [
        ("2024-01-31", 1, Unit.DAYS, "2024-02-01"),
        ("2024-01-31", 2, Unit.WEEKS, "2024-02-14"),
        ("2024-01-31", 1, Unit.MONTHS, "2024-02-29"),
        ("2023-01-31", 1, Unit.MONTHS, "2023-02-28"),
        ("2023-12-15", 1, Unit.MONTHS, "2024-01-15"),
        ("2023-01-15", 11, Unit.MONTHS, "2023-12-15"),
        ("2023-01-15", 12, Unit.MONTHS, "2024-01-15"),
        ("2024-02-29", 1, Unit.YEARS, "2025-02-28"),
        ("2024-02-29", 4, Unit.YEARS, "2028-02-29"),
        ("2024-01-01", 999999, Unit.YEARS, "9999-12-31"),
        ("2024-01-01", 999999, Unit.MONTHS, "9999-12-31"),
        ("9999-01-01", 999999, Unit.DAYS, "9999-12-31"),
    ],
)
def test_the_last_day_of_a_review(start: str, amount: int, unit: Unit, last: str) -> None:
    """By the calendar, and never beyond it."""
    age = Duration(amount=amount, unit=unit)

    assert last_day(date.fromisoformat(start), age) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("review", "checks", "lacks"),
    [
        (None, (), []),
        (None, (PLAIN,), []),
        (None, (YEARLY,), ["missing"]),
        (reviewed(date(2023, 3, 1)), (YEARLY,), ["due soon"]),
        (reviewed(date(2023, 2, 28)), (PLAIN, YEARLY), ["overdue"]),
        (reviewed(date(2023, 3, 30)), (YEARLY,), ["due soon"]),
        (reviewed(date(2023, 3, 31)), (YEARLY,), []),
        (reviewed(date(2023, 4, 1)), (YEARLY,), []),
        (reviewed(TODAY, ReviewStatus.DRAFT), (), []),
        (reviewed(TODAY, ReviewStatus.DRAFT), (PLAIN, YEARLY), ["draft", "draft"]),
        (reviewed(TODAY, ReviewStatus.DISPUTED), (PLAIN,), ["disputed"]),
        (reviewed(TODAY, sha256="0" * 64), (), ["edited"]),
        (reviewed(date(2020, 1, 1), sha256="0" * 64), (YEARLY,), ["edited", "overdue"]),
    ],
)
def test_what_is_owed(review: Review | None, checks: tuple[Check, ...], lacks: list[str]) -> None:
    """To each check that relies on the version, and to everybody where it was edited."""
    assert [debt.lack.value for debt in found(review, *checks).debts] == lacks


@pytest.mark.parametrize(
    ("review", "lacks"), [(None, []), (reviewed(TODAY), ["unsigned"])], ids=["none", "unsigned"]
)
def test_a_strict_run_asks_for_a_signature_where_there_is_a_review(
    review: Review | None, lacks: list[str]
) -> None:
    """That nobody reviewed a version is for a check to mind."""
    assert [debt.lack.value for debt in found(review, strict=True).debts] == lacks


@pytest.mark.parametrize(
    ("review", "debt"),
    [
        (
            reviewed(TODAY, ReviewStatus.DRAFT),
            Debt(lack=Lack.DRAFT, outcome=Outcome.FAIL, check="yearly"),
        ),
        (None, Debt(lack=Lack.MISSING, outcome=Outcome.FAIL, check="yearly")),
        (
            reviewed(date(2023, 2, 28)),
            Debt(lack=Lack.OVERDUE, outcome=Outcome.FAIL, check="yearly", due=date(2024, 2, 28)),
        ),
        (
            reviewed(date(2023, 3, 1)),
            Debt(lack=Lack.DUE_SOON, outcome=Outcome.WARN, check="yearly", due=TODAY),
        ),
    ],
)
def test_a_debt_says_to_whom_and_since_when(review: Review | None, debt: Debt) -> None:
    """And what it does to the run (7.6)."""
    assert found(review, YEARLY).debts == (debt,)


def test_what_is_owed_of_the_text_fails_the_run() -> None:
    """It is owed to every check (7.7)."""
    edited = found(reviewed(TODAY, sha256="0" * 64)).debts
    unsigned = found(reviewed(TODAY), strict=True).debts

    assert (edited, unsigned) == (
        (Debt(lack=Lack.EDITED, outcome=Outcome.FAIL),),
        (Debt(lack=Lack.UNSIGNED, outcome=Outcome.FAIL),),
    )


def test_a_version_is_signed_as_long_as_it_says_what_was_signed() -> None:
    """The audit says whose version it is, how it is signed, and the digest of the text (7.7)."""
    digest = version_digest(version(None))

    audits = [
        found(review)
        for review in (reviewed(TODAY, sha256=digest), reviewed(TODAY, sha256="0"), reviewed(TODAY))
    ]

    assert [(each.vendor, each.signed, each.digest) for each in audits] == [
        ("acme", Signed.YES, digest),
        ("acme", Signed.VOID, digest),
        ("acme", Signed.NO, ""),
    ]


SIGNED_BY_TWO = Review(
    by=("ada", "bob"), on=TODAY, status=ReviewStatus.REVIEWED, sha256="0123456789abcdef"
)
SIGN = "compare it with the terms, and sign it: `termsgate sign <made> --by WHO`"
SIGN_AGAIN = "compare it with the terms, and sign it again: `termsgate sign <made> --by WHO`"


@pytest.mark.parametrize(
    ("review", "kind", "text", "advice"),
    [
        (
            reviewed(TODAY, ReviewStatus.DRAFT),
            "draft",
            "its review is a draft, and the check `yearly` relies on it",
            SIGN,
        ),
        (
            reviewed(TODAY, ReviewStatus.DISPUTED),
            "disputed",
            "its review is disputed, and the check `yearly` relies on it",
            "settle what is disputed, and sign it: `termsgate sign <made> --by WHO`",
        ),
        (
            None,
            "missing",
            "nobody has reviewed it, and the check `yearly` asks for a review",
            SIGN,
        ),
        (
            reviewed(date(2023, 2, 28)),
            "overdue",
            (
                "it was reviewed on 2023-02-28, and by the check `yearly` that held to the end of "
                "2024-02-28, 2 days ago"
            ),
            SIGN,
        ),
        (
            reviewed(date(2022, 3, 2)),
            "overdue",
            (
                "it was reviewed on 2022-03-02, and by the check `yearly` that held to the end of "
                "2023-03-02, 365 days ago"
            ),
            SIGN,
        ),
        (
            reviewed(date(2023, 3, 1)),
            "due soon",
            (
                "it was reviewed on 2023-03-01, and by the check `yearly` that held to the end of "
                "2024-03-01: its last day"
            ),
            SIGN,
        ),
        (
            reviewed(date(2023, 3, 2)),
            "due soon",
            (
                "it was reviewed on 2023-03-02, and by the check `yearly` that held to the end of "
                "2024-03-02: 1 day left"
            ),
            SIGN,
        ),
        (
            reviewed(date(2023, 3, 3)),
            "due soon",
            (
                "it was reviewed on 2023-03-03, and by the check `yearly` that held to the end of "
                "2024-03-03: 2 days left"
            ),
            SIGN,
        ),
    ],
)
def test_what_a_check_misses_is_told_in_a_sentence(
    review: Review | None, kind: str, text: str, advice: str
) -> None:
    """What was found before what was wanted, and what to do (7.6)."""
    (debt,) = review_entry(found(review, YEARLY), TODAY)["findings"]

    assert (debt["kind"], debt["text"], debt["help"], debt["check"]) == (
        kind,
        text,
        advice,
        "yearly",
    )


@pytest.mark.parametrize(
    ("review", "strict", "text", "advice"),
    [
        (
            SIGNED_BY_TWO,
            False,
            (
                "it was edited after ada and bob signed it on 2024-03-01: the text has sha256 "
                f"{version_digest(version(None))[:12]}…, and 0123456789ab… was signed"
            ),
            (
                "see what changed, compare it with the terms, and sign it again: "
                "`termsgate sign <made> --by WHO`"
            ),
        ),
        (
            reviewed(TODAY),
            True,
            "counsel signed it on 2024-03-01 without a sha256: nobody would notice an edit",
            SIGN_AGAIN,
        ),
        (
            Review(by=(), on=TODAY, status=ReviewStatus.REVIEWED),
            True,
            "somebody signed it on 2024-03-01 without a sha256: nobody would notice an edit",
            SIGN_AGAIN,
        ),
    ],
)
def test_what_is_owed_of_the_text_is_told_in_a_sentence(
    review: Review,
    strict: bool,  # noqa: FBT001 - a table
    text: str,
    advice: str,
) -> None:
    """By whom it was signed, and when (7.7); it is owed to no check alone."""
    (debt,) = review_entry(found(review, strict=strict), TODAY)["findings"]

    assert (debt["text"], debt["help"], debt["check"], debt["outcome"]) == (
        text,
        advice,
        None,
        "fail",
    )


def test_an_entry_says_when_the_review_of_the_soonest_check_is_due() -> None:
    """And the worst of what is owed."""
    month = Check(id="m", title="", review_max_age=Duration(amount=1, unit=Unit.MONTHS))

    entry = review_entry(found(reviewed(date(2023, 3, 1)), YEARLY, month), TODAY)

    assert (entry["due"], entry["outcome"], entry["status"], entry["by"], entry["on"]) == (
        "2023-04-01",
        "fail",
        "approved",
        ["counsel"],
        "2023-03-01",
    )


def test_an_audit_is_as_bad_as_the_worst_of_it() -> None:
    """What ends soon is a warning; what has ended fails."""
    month = Check(id="m", title="", review_max_age=Duration(amount=1, unit=Unit.MONTHS))
    review = reviewed(date(2024, 1, 1))
    two = Check(id="two", title="", review_max_age=Duration(amount=2, unit=Unit.MONTHS))

    outcomes = [found(review, *checks).outcome for checks in ([], [two], [two, month])]

    assert outcomes == [Outcome.PASS, Outcome.WARN, Outcome.FAIL]


def test_the_entry_of_a_version_without_a_review_stands_at_the_top_of_its_file() -> None:
    """And what it was not given is null, not left out."""
    entry = review_entry(found(None, YEARLY), TODAY)

    assert (entry["status"], entry["by"], entry["on"], entry["due"], entry["signed"]) == (
        None,
        [],
        None,
        None,
        Signed.NO.value,
    )


@pytest.mark.parametrize(
    ("documents", "context", "names"),
    [
        ([Document(id="terms", kind=DocumentKind.CONTRACT)], Context(), ["terms"]),
        ([Document(id="terms", kind=DocumentKind.STATEMENT)], Context(), []),
        (
            [Document(id="terms", kind=DocumentKind.CONTRACT)],
            Context(agreements=(("terms", False),)),
            [],
        ),
        (
            [Document(id="terms", kind=DocumentKind.CONTRACT, assume_absent=True)],
            Context(),
            [],
        ),
        ([Document(id="other", kind=DocumentKind.CONTRACT)], Context(), []),
        (
            [
                Document(id="other", kind=DocumentKind.CONTRACT),
                Document(id="absent", kind=DocumentKind.CONTRACT, assume_absent=True),
                Document(id="terms", kind=DocumentKind.CONTRACT),
            ],
            Context(),
            ["terms"],
        ),
        ([FOR_ENTERPRISE], Context(), ["terms"]),
        ([FOR_ENTERPRISE], Context(known=(("plan", ("enterprise",)),)), ["terms"]),
        ([FOR_ENTERPRISE], Context(known=(("plan", ("free",)),)), []),
    ],
)
def test_who_relies_on_what(documents: list[Document], context: Context, names: list[str]) -> None:
    """A version in force of a document that may be part of the agreement and can decide."""
    absent = Version(document="absent", effective=date(2020, 1, 1))
    vendor = Vendor(id="acme", documents=tuple(documents), versions=(version(None), absent))
    check = Check(id="c", title="", context=context)

    relied = relied_on(check, vendor, builtin_vocabulary(), TODAY)

    assert [each.document for each in relied] == names


def test_only_checks_that_could_miss_something_are_looked_at() -> None:
    """The rest costs nothing."""
    fine = Vendor(id="acme", versions=(version(reviewed(TODAY)), version(None)))
    draft = Vendor(id="acme", versions=(version(reviewed(TODAY, ReviewStatus.DRAFT)),))

    assert [is_asked(PLAIN, fine), is_asked(PLAIN, draft), is_asked(YEARLY, fine)] == [
        False,
        True,
        True,
    ]
