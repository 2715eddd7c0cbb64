"""The verdicts that rest on words which are not there any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termsgate.core.docket import Docket, Matter
from termsgate.core.drift import Unproven
from termsgate.core.evaluate import Terms, Use, evaluate
from termsgate.core.gate import reaction
from termsgate.core.verdict import Criterion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.drift import Drift
    from termsgate.core.model import Vendor, Version
    from termsgate.core.verdict import Verdict


def unproven(
    docket: Docket, vendor: Vendor, version: Version, drift: Drift
) -> tuple[Unproven, ...]:
    """Each verdict on the docket's day that a clause decided whose quote is lost or changed.

    After them come those with a deciding clause whose quote stands in a sentence that is another.
    """
    lost = {each.clause for each in drift.quotes}
    reread = {name for each in drift.passages for name in each.clauses} - lost
    if not lost and not reread:
        return ()
    found = [
        _unproven(matter, verdict, version, lost, reread)
        for matter, verdict in _verdicts(docket, vendor)
    ]
    return tuple(sorted((each for each in found if each), key=lambda each: each.reread))


def _unproven(
    matter: Matter, verdict: Verdict, version: Version, lost: set[str], reread: set[str]
) -> Unproven | None:
    gone = _deciding(verdict, version, lost)
    clauses = gone or _deciding(verdict, version, reread)
    if not clauses:
        return None
    return Unproven(
        check=matter.check.id,
        requirement=matter.requirement.id,
        ruling=verdict.ruling.word,
        outcome=reaction(verdict.ruling, matter.requirement).value,
        clauses=clauses,
        reread=not gone,
    )


def _verdicts(docket: Docket, vendor: Vendor) -> Iterator[tuple[Matter, Verdict]]:
    """Every verdict on the vendor, on the day that the docket asks about."""
    terms = Terms(
        vendor=vendor,
        vocabulary=docket.project.vocabulary,
        verified=docket.verified.get(vendor.id, frozenset()),
    )
    for check in docket.project.checks:
        if vendor.id not in {each.id for each in docket.vendors_of(check)}:
            continue
        use = Use(
            context=check.context,
            choices=tuple(each for each in check.choices if each.vendor == vendor.id),
            readings=tuple(each for each in check.readings if each.vendor == vendor.id),
        )
        for requirement in docket.requirements_under(check):
            matter = Matter(check=check, vendor=vendor, requirement=requirement)
            yield matter, evaluate(requirement, terms, use, docket.day)


def _deciding(verdict: Verdict, version: Version, names: set[str]) -> tuple[str, ...]:
    """The clauses among the names that decided, and the words on precedence that did."""
    found = [
        each.clause.id
        for each in verdict.because
        if each.clause.document == version.document
        and each.effective == version.effective
        and each.clause.id in names
    ]
    found += [
        name
        for at, precedence in enumerate(version.precedence, 1)
        if (name := f"precedence.{at}") in names and _decided_by(verdict, precedence.over)
    ]
    return tuple(dict.fromkeys(found))


def _decided_by(verdict: Verdict, over: tuple[str, ...]) -> bool:
    """Whether a clause of one of the documents gave way because another document prevails."""
    return any(
        each.criterion is Criterion.DOCUMENT and each.clause.document in over
        for each in verdict.because
    )
