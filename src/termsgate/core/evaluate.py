"""One requirement against one vendor on one day: the verdict (semantics 4 to 6).

`rule` gives the word, `evaluate` the whole verdict. Both are pure and total.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from termsgate.core.account import Account
from termsgate.core.agreement import stand
from termsgate.core.case import Case
from termsgate.core.casebook import Roll, roll_of
from termsgate.core.likewise import in_full, verdict_from, whole, word_from
from termsgate.core.plainly import word
from termsgate.core.standing import Standing, Use
from termsgate.core.verdict import Verdict

if TYPE_CHECKING:
    from datetime import date

    from termsgate.core.model import Requirement, Vendor
    from termsgate.core.verdict import Ruling
    from termsgate.core.vocabulary import Vocabulary

__all__ = ["Terms", "Use", "briefly", "evaluate", "in_full", "rule"]


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
    _rolls: dict[tuple[int, date], tuple[Use, Roll | None]] = field(
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

    def roll(self, use: Use, on: date) -> Roll | None:
        """Their clauses by tenor, for the book of like cases; nothing where that has no room."""
        kept = self._rolls.get((id(use), on))
        if kept is not None and kept[0] is use:
            return kept[1]
        vendor, vocabulary = self.vendor, self.vocabulary
        roll = roll_of(vendor, vocabulary, use, on, lambda: self.standing(use, on))
        self._rolls[id(use), on] = (use, roll)
        return roll


def rule(requirement: Requirement, terms: Terms, use: Use, on: date) -> Ruling:
    """Give the verdict's word alone: what the terms say on a day, for a use (semantics 4)."""
    roll = None if requirement.evidence_required else terms.roll(use, on)
    if roll is None:
        return word(requirement, terms.standing(use, on))
    return word_from(roll, requirement, lambda: terms.standing(use, on))


def evaluate(requirement: Requirement, terms: Terms, use: Use, on: date) -> Verdict:
    """Judge one requirement on a day, for a use, and say why (semantics 4)."""
    roll = None if requirement.evidence_required else terms.roll(use, on)
    if roll is None:
        return whole(requirement, terms.standing(use, on))
    return verdict_from(roll, requirement, lambda: terms.standing(use, on))


def briefly(requirement: Requirement, terms: Terms, use: Use, on: date) -> Verdict:
    """The verdict with the clauses that decide it and without its questions.

    What would follow from each answer takes far longer to work out than all the rest.
    """
    case = Case(requirement=requirement, standing=terms.standing(use, on))
    account = Account(case=case)
    return Verdict(ruling=case.ruling, because=account.deciding, place=requirement.place)
