"""What a version is owed: a review that is there, young enough, and of this text (7.6, 7.7).

It is about how we read the terms and never changes a verdict.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from termsgate.core.conditions import knowledge
from termsgate.core.gate import Outcome
from termsgate.core.inforce import belongs, in_force, is_assumed_absent
from termsgate.core.model import DocumentKind, ReviewStatus
from termsgate.core.signoff import version_digest
from termsgate.core.values import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termsgate.core.model import Check, Review, Vendor, Version
    from termsgate.core.values import Duration
    from termsgate.core.vocabulary import Vocabulary

SOON: Final = 30
"""So many days before a review runs out the run says so."""

_UNFINISHED: Final = (ReviewStatus.DRAFT, ReviewStatus.DISPUTED)


class Lack(StrEnum):
    """What is wrong with the review of a version."""

    EDITED = "edited"
    UNSIGNED = "unsigned"
    DRAFT = "draft"
    DISPUTED = "disputed"
    MISSING = "missing"
    OVERDUE = "overdue"
    DUE_SOON = "due soon"


class Signed(StrEnum):
    """How the digest of a review stands to the text."""

    YES = "yes"
    NO = "no"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """One thing that is owed, what it does to the run, and to which check; to none: to all."""

    lack: Lack
    outcome: Outcome
    check: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What was found of the review of one version; `digest` is of the text as it is, if signed."""

    vendor: str
    version: Version
    digest: str
    signed: Signed
    debts: tuple[Debt, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The worst of what is owed."""
        found = {debt.outcome for debt in self.debts}
        worst = (each for each in (Outcome.FAIL, Outcome.WARN) if each in found)
        return next(worst, Outcome.PASS)

    @property
    def due(self) -> date | None:
        """The last day of the review, of the check that asks soonest."""
        return min((debt.due for debt in self.debts if debt.due), default=None)


def audit(
    vendor: str, version: Version, checks: Iterable[Check], today: date, *, strict: bool
) -> Audit:
    """What a version is owed by the checks that rely on it, on the day of the run (7.6, 7.7)."""
    review = version.review
    digest = version_digest(version) if review is not None and review.sha256 else ""
    signed = _signed(review, digest)
    of_the_text = _of_the_text(signed, strict=strict) if review is not None else ()
    return Audit(
        vendor=vendor,
        version=version,
        digest=digest,
        signed=signed,
        debts=(*of_the_text, *_of_age(review, checks, today)),
    )


def _signed(review: Review | None, digest: str) -> Signed:
    if review is None or not review.sha256:
        return Signed.NO
    return Signed.YES if review.sha256 == digest else Signed.VOID


def _of_the_text(signed: Signed, *, strict: bool) -> Iterator[Debt]:
    """An edit after the sign-off voids it; that nothing was signed matters to a strict run."""
    if signed is Signed.VOID:
        yield Debt(lack=Lack.EDITED, outcome=Outcome.FAIL)
    elif signed is Signed.NO and strict:
        yield Debt(lack=Lack.UNSIGNED, outcome=Outcome.FAIL)


def _of_age(review: Review | None, checks: Iterable[Check], today: date) -> Iterator[Debt]:
    for check in checks:
        found = _owed_to(check, review, today)
        if found is not None:
            yield found


def _owed_to(check: Check, review: Review | None, today: date) -> Debt | None:
    """What one check that relies on a version misses of its review (7.6)."""
    outcome = Outcome(check.when_unreviewed)
    age = check.review_max_age
    if review is not None and review.status in _UNFINISHED:
        return Debt(lack=Lack(review.status), outcome=outcome, check=check.id)
    if age is None:
        return None
    if review is None:
        return Debt(lack=Lack.MISSING, outcome=outcome, check=check.id)
    last = last_day(review.on, age)
    if last < today:
        return Debt(lack=Lack.OVERDUE, outcome=outcome, check=check.id, due=last)
    if last - today < timedelta(days=SOON):
        return Debt(lack=Lack.DUE_SOON, outcome=Outcome.WARN, check=check.id, due=last)
    return None


# --- how long a review holds --------------------------------------------------------------------


def last_day(start: date, age: Duration) -> date:
    """The last day on which a review is not too old: its day, so much later (7.6)."""
    try:
        return _later(start, age)
    except (OverflowError, ValueError):
        return date.max


def _later(start: date, age: Duration) -> date:
    if age.unit is Unit.DAYS:
        return start + timedelta(days=age.amount)
    if age.unit is Unit.WEEKS:
        return start + timedelta(weeks=age.amount)
    months = age.amount * (12 if age.unit is Unit.YEARS else 1)
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


# --- who relies on what -------------------------------------------------------------------------


def is_asked(check: Check, vendor: Vendor) -> bool:
    """Whether a check could miss anything of a vendor's reviews, before anybody looks closely."""
    return check.review_max_age is not None or any(
        version.review is not None and version.review.status in _UNFINISHED
        for version in vendor.versions
    )


def relied_on(check: Check, vendor: Vendor, vocabulary: Vocabulary, on: date) -> Iterator[Version]:
    """The versions that a check's verdicts about a vendor rest on (7.6; semantics 3.1, 3.6)."""
    known = knowledge(check.context, vendor, vocabulary)
    for document in vendor.documents:
        version = in_force(vendor, document, on)
        if version is None or document.kind is DocumentKind.STATEMENT:
            continue
        agreed = belongs(vendor, document, check.context, on)
        if not agreed or is_assumed_absent(document, check.context):
            continue
        if known.verdict_on(document.applies) is not False:
            yield version
