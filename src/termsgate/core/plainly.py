"""The word of a verdict, by the shortest way there is: seen at once, or else from the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termsgate.core.atonce import Seen, at_once
from termsgate.core.case import Case
from termsgate.core.tree import tree_of

if TYPE_CHECKING:
    from termsgate.core.model import Requirement
    from termsgate.core.standing import Standing
    from termsgate.core.verdict import Ruling


def word(requirement: Requirement, standing: Standing) -> Ruling:
    """The word of a verdict, seen at once or worked out on the grid."""
    found = seen(requirement, standing)
    if found is not None:
        return found.ruling
    return Case(requirement=requirement, standing=standing).ruling


def seen(requirement: Requirement, standing: Standing) -> Seen | None:
    """What can be seen of a requirement without a grid."""
    if requirement.applies or requirement.evidence_required:
        return None
    return at_once(tree_of(requirement, standing.vocabulary), standing)
