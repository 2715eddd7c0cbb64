"""A set of leaves in the fewest words of the vocabulary (policy language 11.3).

Where a whole group is meant, the group is named; where all but a little of it is, the group and
what is taken out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.vocabulary import Hierarchy


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Words that stand for a set of leaves: all of `terms` but what is in `but`."""

    terms: tuple[str, ...]
    but: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As a person would write it: `customer-content but chat`."""
        taken = f" but {', '.join(self.but)}" if self.but else ""
        return f"{', '.join(self.terms)}{taken}"


def names_of(axis: Hierarchy, leaves: int) -> Names:
    """The words for a set of leaves, in vocabulary order; they say it exactly."""
    terms: list[str] = []
    but: list[str] = []
    left = leaves
    wholes = list(_wholes(axis, leaves))
    offers = list(_offers(axis, leaves, wholes))
    while left:
        name, taken, covered = max(
            offers, key=lambda offer: (offer[2] & left).bit_count() / (1 + 2 * len(offer[1]))
        )
        terms.append(name)
        but.extend(each for each in taken if each not in but)
        left &= ~covered
    return Names(terms=_sorted(axis, terms), but=_sorted(axis, but))


def _wholes(axis: Hierarchy, leaves: int) -> Iterator[tuple[str, int]]:
    """Every word all of whose leaves are in the set, the widest first; then single leaves."""
    inside = [
        (term.id, mask)
        for term in axis.terms
        if (mask := axis.sure[term.id]) and not mask & ~leaves
    ]
    yield from sorted(inside, key=lambda each: -each[1].bit_count())
    for place, leaf in enumerate(axis.leaves):
        if leaf.other and leaves >> place & 1:
            yield leaf.label, 1 << place


def _offers(
    axis: Hierarchy, leaves: int, wholes: list[tuple[str, int]]
) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Words with what must be taken out of them, and the leaves they then stand for."""
    for name, mask in wholes:
        yield name, (), mask
    outside = list(_wholes(axis, axis.everything & ~leaves))
    for term in axis.terms:
        mask = axis.sure[term.id]
        if mask & leaves and mask & ~leaves:
            taken = _plainly(outside, mask & ~leaves)
            if taken is not None:
                yield term.id, taken, mask & leaves


def _plainly(wholes: list[tuple[str, int]], leaves: int) -> tuple[str, ...] | None:
    """The words for leaves, none of them saying anything else."""
    found: list[str] = []
    left = leaves
    inside = [(name, mask) for name, mask in wholes if not mask & ~leaves]
    while left:
        name, mask = max(inside, key=lambda each: (each[1] & left).bit_count())
        found.append(name)
        left &= ~mask
    return tuple(found)


def _sorted(axis: Hierarchy, names: list[str]) -> tuple[str, ...]:
    order = {term.id: place for place, term in enumerate(axis.terms)}
    return tuple(sorted(names, key=lambda name: (order.get(name, len(order)), name)))
