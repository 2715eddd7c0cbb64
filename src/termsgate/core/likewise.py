"""The verdict on a requirement: from the book of like cases, or judged, and then entered there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termsgate.core.account import (
    Account,
    assumed,
    claims_about,
    in_order,
    notes_on,
    readings_on,
    unstated,
)
from termsgate.core.case import Case
from termsgate.core.casebook import kept, noted, told_of
from termsgate.core.plainly import seen, word
from termsgate.core.questions import Inquiry
from termsgate.core.telling import tell
from termsgate.core.verdict import Ruling, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from termsgate.core.casebook import Asked, Headnote, Roll
    from termsgate.core.model import Requirement
    from termsgate.core.standing import Standing


# --- the word -------------------------------------------------------------------------------------


def word_from(roll: Roll, requirement: Requirement, stand: Callable[[], Standing]) -> Ruling:
    """The word of a verdict, judged where no like case was."""
    asked = roll.asked(requirement)
    situation = tuple(roll.situations[asked.number])
    found = asked.rulings.get(situation)
    if found is None:
        found = kept(asked.rulings)[situation] = word(requirement, stand())
    return found


# --- the whole verdict ----------------------------------------------------------------------------


def verdict_from(roll: Roll, requirement: Requirement, stand: Callable[[], Standing]) -> Verdict:
    """The whole verdict, judged where no like case was.

    One that asks a question is judged each time: questions are asked in the names of clauses.
    """
    asked = roll.asked(requirement)
    situation = tuple(roll.situations[asked.number])
    found = asked.headnotes.get(situation)
    if found is not None:
        return _retold(found, roll, asked, stand)
    verdict = whole(requirement, stand())
    if not verdict.questions:
        own = notes_on(verdict.because, stand())
        headnote = noted(verdict, own, roll.bearing[asked.number], roll.book)
        kept(asked.headnotes)[situation] = headnote
    return verdict


def _retold(headnote: Headnote, roll: Roll, asked: Asked, stand: Callable[[], Standing]) -> Verdict:
    """A verdict on record, told of the clauses of another vendor."""
    because = told_of(headnote, roll.bearing[asked.number])
    requirement, notes = asked.requirement, headnote.notes
    if roll.notes:
        notes = (*notes_on(because, stand()), *notes)
    return Verdict(
        ruling=headnote.ruling,
        because=because,
        witness=headnote.witness,
        absent=headnote.absent,
        claims=claims_about(Case(requirement=requirement, standing=stand())) if roll.claims else (),
        notes=notes,
        place=requirement.place,
    )


def whole(requirement: Requirement, standing: Standing) -> Verdict:
    """The whole verdict, told at once or worked out on the grid."""
    found = seen(requirement, standing)
    told = None if found is None else tell(found)
    if found is None or told is None:
        return in_full(Case(requirement=requirement, standing=standing))
    case = Case(requirement=requirement, standing=standing)
    because = in_order(told.because)
    return Verdict(
        ruling=found.ruling,
        because=because,
        witness=told.witness,
        absent=assumed(standing),
        claims=claims_about(case),
        readings=readings_on(case),
        notes=(*notes_on(because, standing), *unstated(found.unstated)),
        place=requirement.place,
    )


def in_full(case: Case) -> Verdict:
    """The verdict of a case, worked out on the grid whether or not it can be seen at once."""
    account = Account(case=case)
    wanting = case.ruling in (Ruling.VIOLATED, Ruling.UNCLEAR, Ruling.SILENT)
    return Verdict(
        ruling=case.ruling,
        because=account.deciding,
        witness=account.witness if wanting else None,
        questions=Inquiry(account=account).questions,
        absent=account.absent,
        claims=account.claims,
        readings=readings_on(case),
        notes=account.notes,
        place=case.requirement.place,
    )
