"""One requirement against one vendor on one day: the verdict (semantics 4 to 6).

`rule` gives the word, `evaluate` the whole verdict. Both are pure and total.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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
from termsgate.core.agreement import stand
from termsgate.core.atonce import Seen, at_once
from termsgate.core.case import Case
from termsgate.core.questions import Inquiry
from termsgate.core.standing import Standing, Use
from termsgate.core.telling import Told, tell
from termsgate.core.tree import tree_of
from termsgate.core.verdict import Ruling, Verdict

if TYPE_CHECKING:
    from datetime import date

    from termsgate.core.model import Requirement, Vendor
    from termsgate.core.vocabulary import Vocabulary

__all__ = ["Terms", "Use", "briefly", "evaluate", "rule"]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A vendor's terms with the vocabulary they are written in.

    `verified` names the clauses (document, effective date, id) whose quotes were found (3.7).
    """

    vendor: Vendor
    vocabulary: Vocabulary
    verified: frozenset[tuple[str, date, str]] = frozenset()
    _standings: dict[tuple[int, date], tuple[Use, Standing]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def standing(self, use: Use, on: date) -> Standing:
        """What stands on a day for a use of theirs; built once."""
        kept = self._standings.get((id(use), on))
        if kept is not None and kept[0] is use:
            return kept[1]
        standing = stand(self.vendor, self.vocabulary, use, on, self.verified)
        self._standings[id(use), on] = (use, standing)
        return standing


def rule(requirement: Requirement, terms: Terms, use: Use, on: date) -> Ruling:
    """Give the verdict's word alone: what the terms say on a day, for a use (semantics 4)."""
    standing = terms.standing(use, on)
    seen = _seen(requirement, standing)
    if seen is not None:
        return seen.ruling
    return Case(requirement=requirement, standing=standing).ruling


def _seen(requirement: Requirement, standing: Standing) -> Seen | None:
    if requirement.applies or requirement.evidence_required:
        return None
    return at_once(tree_of(requirement, standing.vocabulary), standing)


def evaluate(requirement: Requirement, terms: Terms, use: Use, on: date) -> Verdict:
    """Judge one requirement on a day, for a use, and say why (semantics 4)."""
    standing = terms.standing(use, on)
    case = Case(requirement=requirement, standing=standing, telling=True)
    seen = _seen(requirement, standing)
    told = tell(seen) if seen is not None else None
    return in_full(case) if seen is None or told is None else _at_once(case, seen, told)


def briefly(requirement: Requirement, terms: Terms, use: Use, on: date) -> Verdict:
    """The verdict with the clauses that decide it and without its questions.

    What would follow from each answer takes far longer to work out than all the rest.
    """
    case = Case(requirement=requirement, standing=terms.standing(use, on), telling=True)
    account = Account(case=case)
    return Verdict(ruling=case.ruling, because=account.deciding, place=requirement.place)


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


def _at_once(case: Case, seen: Seen, told: Told) -> Verdict:
    """A verdict that was seen without a grid; nothing touches it but what decided."""
    standing = case.standing
    because = in_order(told.because)
    return Verdict(
        ruling=seen.ruling,
        because=because,
        witness=told.witness,
        absent=assumed(standing),
        claims=claims_about(case),
        readings=readings_on(case),
        notes=(*notes_on(because, standing), *unstated(seen.unstated)),
        place=case.requirement.place,
    )
