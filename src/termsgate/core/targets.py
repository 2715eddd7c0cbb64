"""Whom a clause means that says it overrides others, or stands alongside them (semantics 3.3 a)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termsgate.core.model import Clause, Target


def lies_below(section: str, label: str) -> bool:
    """Whether a section label is the one named or lies below it (10.11)."""
    return section == label or section.startswith((f"{label}.", f"{label}("))


def names(target: Target, clause: Clause) -> bool:
    """Whether an override or `alongside` means this clause."""
    if target.document is not None and target.document != clause.document:
        return False
    if target.clause is not None:
        return target.clause == clause.id
    return target.section is None or lies_below(clause.section, target.section)


def names_document(targets: Iterable[Target], document: str) -> bool:
    """Whether one of these means a whole document, or everything."""
    return any(
        target.clause is None and target.section is None and target.document in (None, document)
        for target in targets
    )
