"""What was found of reviews becomes entries of the record, and sentences (7.6, 7.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termsgate.core.review import Lack

if TYPE_CHECKING:
    from datetime import date

    from termsgate.core.model import Review
    from termsgate.core.record import DebtEntry, ReviewEntry
    from termsgate.core.review import Audit, Debt

_SHORT: Final = 12
"""So many digits of a digest tell it apart for a person."""


def review_entry(audit: Audit, today: date) -> ReviewEntry:
    """The review of one version, and everything it is owed."""
    version, review = audit.version, audit.version.review
    place = review.place if review is not None else version.place
    return {
        "vendor": audit.vendor,
        "document": version.document,
        "version": version.effective.isoformat(),
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "status": review.status.value if review is not None else None,
        "by": list(review.by) if review is not None else [],
        "on": review.on.isoformat() if review is not None else None,
        "signed": audit.signed.value,
        "due": audit.due.isoformat() if audit.due is not None else None,
        "outcome": audit.outcome.value,
        "findings": [_debt(each, audit, today) for each in audit.debts],
    }


def _debt(debt: Debt, audit: Audit, today: date) -> DebtEntry:
    return {
        "kind": debt.lack.value,
        "text": _sentence(debt, audit, today),
        "help": _advice(debt, audit),
        "check": debt.check or None,
        "outcome": debt.outcome.value,
    }


def _sentence(debt: Debt, audit: Audit, today: date) -> str:
    """What is owed, in words: what was found before what was wanted."""
    review = audit.version.review
    if review is None:
        return f"nobody has reviewed it, and the check `{debt.check}` asks for a review"
    if debt.due is not None:
        return _aged(debt.lack, review, debt.check, debt.due, today)
    told = {
        Lack.EDITED: f"it was edited after {_signature(review)}: the text has sha256 "
        f"{audit.digest[:_SHORT]}…, and {review.sha256[:_SHORT]}… was signed",
        Lack.UNSIGNED: f"{_signature(review)} without a sha256: nobody would notice an edit",
        Lack.DRAFT: f"its review is a draft, and the check `{debt.check}` relies on it",
        Lack.DISPUTED: f"its review is disputed, and the check `{debt.check}` relies on it",
    }
    return told[debt.lack]


def _aged(lack: Lack, review: Review, check: str, due: date, today: date) -> str:
    said = f"it was reviewed on {review.on}, and by the check `{check}` that held"
    if lack is Lack.OVERDUE:
        return f"{said} to the end of {due}, {_days((today - due).days)} ago"
    left = (due - today).days
    return f"{said} to the end of {due}: {'its last day' if not left else _days(left) + ' left'}"


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _signature(review: Review) -> str:
    return f"{' and '.join(review.by) or 'somebody'} signed it on {review.on}"


_FIRST: Final = {
    Lack.EDITED: "see what changed, compare it with the terms, and sign it again",
    Lack.UNSIGNED: "compare it with the terms, and sign it again",
    Lack.DISPUTED: "settle what is disputed, and sign it",
}


def _advice(debt: Debt, audit: Audit) -> str:
    first = _FIRST.get(debt.lack, "compare it with the terms, and sign it")
    return f"{first}: `termsgate sign {audit.version.place.path} --by WHO`"
