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
    offers = list(_offers(axis, leaves, list(_wholes(axis, leaves))))
    alone = [[offer] for offer in offers if not leaves & ~offer[2]]
    chosen = min([_pruned(_by_greed(offers, leaves), leaves), *alone], key=_length)
    terms = [name for name, _, _ in chosen]
    but = dict.fromkeys(each for _, taken, _ in chosen for each in taken)
    return Names(terms=_sorted(axis, terms), but=_sorted(axis, list(but)))


Offer = tuple[str, tuple[str, ...], int]
"""A word, what must be taken out of it, and the leaves it then stands for."""


def _length(offers: list[Offer]) -> tuple[int, int]:
    taken = {each for _, but, _ in offers for each in but}
    return len(offers) + len(taken), len(taken)


def _by_greed(offers: list[Offer], leaves: int) -> list[Offer]:
    """Words one after the other, each saying the most for its length."""
    found: list[Offer] = []
    left = leaves
    while left:
        best = max(
            offers, key=lambda offer: (offer[2] & left).bit_count() / (1 + 2 * len(offer[1]))
        )
        found.append(best)
        left &= ~best[2]
    return found


def _pruned(offers: list[Offer], leaves: int) -> list[Offer]:
    """Without the words that the others make needless."""
    kept = list(offers)
    for one in offers:
        rest = [each for each in kept if each is not one]
        covered = 0
        for each in rest:
            covered |= each[2]
        if not leaves & ~covered:
            kept = rest
    return kept


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


def _offers(axis: Hierarchy, leaves: int, wholes: list[tuple[str, int]]) -> Iterator[Offer]:
    """Words with what must be taken out of them, and the leaves they then stand for."""
    for name, mask in wholes:
        yield name, (), mask
    outside = list(_wholes(axis, axis.everything & ~leaves))
    for term in axis.terms:
        mask = axis.sure[term.id]
        if mask & leaves and mask & ~leaves:
            yield term.id, _plainly(outside, mask & ~leaves), mask & leaves


def _plainly(wholes: list[tuple[str, int]], leaves: int) -> tuple[str, ...]:
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
