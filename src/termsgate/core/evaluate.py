"""One requirement against one vendor on one day: the verdict (semantics 4 to 6).

`rule` gives the word, `evaluate` the whole verdict. Both are pure and total.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from termsgate.core.account import Account
from termsgate.core.agreement import stand
from termsgate.core.atonce import at_once
from termsgate.core.case import Case, tree_of
from termsgate.core.questions import Inquiry
from termsgate.core.standing import Standing, Use
from termsgate.core.verdict import Ruling, Verdict

if TYPE_CHECKING:
    from datetime import date

    from termsgate.core.model import Requirement, Vendor
    from termsgate.core.vocabulary import Vocabulary

__all__ = ["Terms", "Use", "evaluate", "rule"]


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
    if not requirement.applies and not requirement.evidence_required:
        found = at_once(tree_of(requirement, terms.vocabulary), standing)
        if found is not None:
            return found
    return Case(requirement=requirement, standing=standing).ruling


def evaluate(requirement: Requirement, terms: Terms, use: Use, on: date) -> Verdict:
    """Judge one requirement on a day, for a use, and say why (semantics 4)."""
    case = Case(requirement=requirement, standing=terms.standing(use, on))
    account = Account(case=case)
    wanting = case.ruling in (Ruling.VIOLATED, Ruling.UNCLEAR, Ruling.SILENT)
    return Verdict(
        ruling=case.ruling,
        because=account.deciding,
        witness=account.witness if wanting else None,
        questions=Inquiry(account=account).questions,
        absent=account.absent,
        claims=account.claims,
        readings=case.standing.readings,
        notes=account.notes,
        place=requirement.place,
    )
