"""How many rivals stand to one another, all at once: sets of rivals instead of pairs (3.3).

`govern` says of two rivals who prevails. Asked of every two of many, that takes the square of
their number; here each criterion is looked up in an index instead, so that whom one rival
prevails over is a few operations on bit sets. A *set of rivals* has a bit for each of them, at its
place among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from termsgate.core.once import once
from termsgate.core.space import cells, union
from termsgate.core.standing import Half
from termsgate.core.targets import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from termsgate.core.govern import Precedents, Rival
    from termsgate.core.model import Clause, Target
    from termsgate.core.standing import ClauseKey

Key = TypeVar("Key")


class Rank(NamedTuple):
    """How one rival stands to all others, as sets of rivals.

    `above` prevail over it, it prevails over those `below`; with those `open` no criterion settled
    anything, so that (d) is looked at.
    """

    above: int = 0
    below: int = 0
    open: int = 0


def places_by(keys: Iterable[Key]) -> dict[Key, int]:
    """Who has each key, as a set of places."""
    found: dict[Key, int] = {}
    for place, key in enumerate(keys):
        found[key] = found.get(key, 0) | 1 << place
    return found


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who names whom, by what is named."""

    clauses: Mapping[tuple[str | None, str], int]
    others: Mapping[Target, int]

    @classmethod
    def of(cls, said: Iterable[tuple[Target, ...]]) -> Speakers:
        """What each of them says, in the order of their places."""
        clauses: dict[tuple[str | None, str], int] = {}
        others: dict[Target, int] = {}
        for place, targets in enumerate(said):
            for one in targets:
                if one.clause is None:
                    others[one] = others.get(one, 0) | 1 << place
                else:
                    key = one.document, one.clause
                    clauses[key] = clauses.get(key, 0) | 1 << place
        return cls(clauses, others)

    def naming(self, clause: Clause) -> int:
        """Those who name a clause."""
        found = self.clauses.get((clause.document, clause.id), 0)
        found |= self.clauses.get((None, clause.id), 0)
        for target, members in self.others.items():
            if names(target, clause):
                found |= members
        return found


class Around(dict[int, int]):
    """For a set of leaves, who has them all; worked out when it is first asked for."""

    def __init__(self, everyone: int, leaves: Mapping[int, int]) -> None:
        """Remember who has each leaf."""
        super().__init__()
        self.everyone, self.leaves = everyone, leaves

    def __missing__(self, mask: int) -> int:
        """Those with all of these leaves."""
        found = self.everyone
        for leaf in cells(mask):
            found &= self.leaves.get(leaf, 0)
        self[mask] = found
        return found


class Inside(dict[int, int]):
    """For a set of leaves, who has no other; worked out when it is first asked for."""

    def __init__(self, alike: Mapping[int, int], leaves: Mapping[int, int]) -> None:
        """Remember who has each set of leaves, and each leaf."""
        super().__init__()
        self.alike = alike
        self.leaves = tuple((1 << leaf, members) for leaf, members in leaves.items())
        self.everyone = union(alike.values())

    def __missing__(self, mask: int) -> int:
        """Those with no leaf but these: of few leaves every part is looked up."""
        few = 1 << mask.bit_count() <= len(self.leaves)
        found = self[mask] = self._parts(mask) if few else self._others(mask)
        return found

    def _parts(self, mask: int) -> int:
        """Those who have just a part of these, or all."""
        found, part = 0, mask
        while part:
            found |= self.alike.get(part, 0)
            part = part - 1 & mask
        return found

    def _others(self, mask: int) -> int:
        """All but those who have another leaf."""
        return self.everyone & ~union(own for leaf, own in self.leaves if not mask & leaf)


class Inclusion(NamedTuple):
    """Sets of leaves of one axis, each of somebody, and whose lie in one another."""

    around: Around
    inside: Inside

    @classmethod
    def of(cls, masks: Mapping[int, int]) -> Inclusion:
        """The leaves of each, by their places."""
        alike: dict[int, int] = {}
        for place, mask in masks.items():
            alike[mask] = alike.get(mask, 0) | 1 << place
        leaves: dict[int, int] = {}
        everyone = union(alike.values())
        for mask, members in alike.items():
            for leaf in cells(mask):
                leaves[leaf] = leaves.get(leaf, 0) | members
        return cls(Around(everyone, leaves), Inside(alike, leaves))


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """Rivals, and how any rival stands to each of them where some precedences hold."""

    rivals: tuple[Rival, ...]
    precedents: Precedents

    def rank(self, rival: Rival) -> Rank:
        """How a rival, one of these or another, stands to each of them; criterion by criterion."""
        settled = self._by_key.get(rival.key, 0)
        above, below = self._halves_over(rival, settled), self._halves_under(rival, settled)
        if self._speaks or not self.precedents.is_bare(rival):
            for up, down, neither in self._expressly(rival):
                above |= up & ~settled
                below |= down & ~settled
                settled |= up | down | neither
        document = rival.clause.document
        up, down = self._by_document(document)
        above |= up & ~settled
        below |= down & ~settled
        settled |= up | down
        if not isinstance(rival, Half) or rival.clause.supposed:
            return Rank(above, below)  # they know (a) and (b) only (semantics 4.4, 5.3)
        left = self._read & ~settled
        up, down = self._by_scope(rival, left & self._one_text(document))
        return Rank(above | up, below | down, left & ~(up | down))

    # --- one clause (2.5) -------------------------------------------------------------------------

    @once
    def _by_key(self) -> Mapping[ClauseKey, int]:
        return places_by(one.key for one in self.rivals)

    @once
    def _second(self) -> int:
        """The other halves of closed lists."""
        return places_by(one.second for one in self.rivals).get(True, 0)

    def _halves_over(self, rival: Rival, same: int) -> int:
        """The listed half of a closed list prevails over the other half (10.7)."""
        return same & ~self._second if rival.second else 0

    def _halves_under(self, rival: Rival, same: int) -> int:
        """The other half of a closed list gives way to the listed one."""
        return 0 if rival.second else same & self._second

    # --- what readings and words say (3.3 a, 4.7) -------------------------------------------------

    def _expressly(self, rival: Rival) -> Iterable[tuple[int, int, int]]:
        """Who prevails by a reading, and then by words: over it, under it, and neither."""
        recorded = self.precedents.recorded
        if recorded:
            up = self._of_keys(upper for upper, lower in recorded if lower == rival.key)
            yield up, self._of_keys(lower for upper, lower in recorded if upper == rival.key), 0
        yield 0, 0, self._beside(rival.clause)
        yield self._over(rival), self._under(rival), 0

    @once
    def _speaks(self) -> bool:
        """Whether words or a reading say of one of these how it stands to others."""
        return not all(map(self.precedents.is_bare, self.rivals))

    def _of_keys(self, keys: Iterable[ClauseKey]) -> int:
        found = 0
        for key in keys:
            found |= self._by_key.get(key, 0)
        return found

    def _beside(self, clause: Clause) -> int:
        """Those it says it stands alongside, and those that say so of it."""
        return self._alongside.naming(clause) | self._meant(clause.alongside)

    def _over(self, rival: Rival) -> int:
        """Those that say they prevail over a rival."""
        found = self._overriding.naming(rival.clause)
        for document in rival.clause.except_as_in if rival.second else ():
            found |= self._by_document_id.get(document, 0)
        return found

    def _under(self, rival: Rival) -> int:
        """Those that a rival says it prevails over, or that say so themselves."""
        clause = rival.clause
        return self._meant(clause.overrides) | self._yielding.get(clause.document, 0)

    @once
    def _overriding(self) -> Speakers:
        return Speakers.of([one.clause.overrides for one in self.rivals])

    @once
    def _alongside(self) -> Speakers:
        return Speakers.of([one.clause.alongside for one in self.rivals])

    @once
    def _yielding(self) -> Mapping[str, int]:
        """For each document, the other halves that say its clauses are excepted."""
        found: dict[str, int] = {}
        for place in cells(self._second):
            for document in self.rivals[place].clause.except_as_in:
                found[document] = found.get(document, 0) | 1 << place
        return found

    def _meant(self, targets: Iterable[Target]) -> int:
        """The rivals that one of these means."""
        found = 0
        for target in targets:
            found |= self._meant_by(target)
        return found

    def _meant_by(self, target: Target) -> int:
        document, everyone = target.document, (1 << len(self.rivals)) - 1
        among = everyone if document is None else self._by_document_id.get(document, 0)
        if target.clause is not None:
            return among & self._by_id.get(target.clause, 0)
        if target.section is None:
            return among
        return sum(1 << at for at in cells(among) if names(target, self.rivals[at].clause))

    @once
    def _by_id(self) -> Mapping[str, int]:
        return places_by(one.clause.id for one in self.rivals)

    # --- documents (3.3 b) ------------------------------------------------------------------------

    @once
    def _by_document_id(self) -> Mapping[str, int]:
        return places_by(one.clause.document for one in self.rivals)

    def _by_document(self, document: str) -> tuple[int, int]:
        """Those whose documents prevail over one, and those whose documents give way to it."""
        found = self._documents.get(document)
        if found is None:
            found = self._documents[document] = self._ranked(document)
        return found

    @once
    def _documents(self) -> dict[str, tuple[int, int]]:
        """What was worked out for documents so far."""
        return {}

    def _ranked(self, own: str) -> tuple[int, int]:
        up = down = 0
        order = self.precedents.order
        for other, members in self._by_document_id.items():
            if other != own and order.prevails(other, own):
                up |= members
            if other != own and order.prevails(own, other):
                down |= members
        return up, down

    # --- the specific over the general (3.3 c) ----------------------------------------------------

    @once
    def _read(self) -> int:
        """The halves of clauses that somebody has read."""
        whose = (isinstance(one, Half) and not one.clause.supposed for one in self.rivals)
        return places_by(whose).get(True, 0)

    def _one_text(self, document: str) -> int:
        """Those of a document, and of any that is one text with it."""
        found = self._texts.get(document)
        if found is None:
            found = 0
            for other, members in self._by_document_id.items():
                if self.precedents.order.are_one_text(document, other):
                    found |= members
            self._texts[document] = found
        return found

    @once
    def _texts(self) -> dict[str, int]:
        """What was worked out for documents so far."""
        return {}

    @once
    def _hulls(self) -> tuple[Inclusion, ...]:
        """The boxes around what each half surely covers, axis by axis; who covers none is in none.

        Of a half that is one plain box the hull is all that it covers.
        """
        hulls = {
            place: one.hull
            for place, one in enumerate(self.rivals)
            if isinstance(one, Half) and one.surely
        }
        return tuple(
            Inclusion.of({place: hull[axis] for place, hull in hulls.items()}) for axis in range(4)
        )

    def _by_scope(self, half: Half, among: int) -> tuple[int, int]:
        """Of some, those that are more specific than a half, and those less specific."""
        if not among or not half.surely:
            return 0, 0
        action, data, by, state = self._hulls
        a, b, c, d = half.hull
        around = among & data.around[b] & action.around[a]
        if around:
            around &= by.around[c] & state.around[d]
        inside = among & data.inside[b] & action.inside[a]
        if inside:
            inside &= by.inside[c] & state.inside[d]
        near = around | inside
        if not near:
            return 0, 0
        alike = around & inside
        exact = self._plain if len(half.surely) == 1 else 0
        doubtful = near & ~exact | alike & self._conditioned(half)
        up, down = inside & ~alike & ~doubtful, around & ~alike & ~doubtful
        for place in cells(doubtful):
            relation = self.precedents.relation(half, self.rivals[place])
            down |= bool(relation.first) << place
            up |= bool(relation.second) << place
        return up, down

    @once
    def _plain(self) -> int:
        """The halves whose sure scope is one box."""
        return places_by(isinstance(one, Half) and len(one.surely) == 1 for one in self.rivals).get(
            True, 0
        )

    def _conditioned(self, half: Half) -> int:
        """Those whose conditions may tell a half apart from what covers the same (3.3 c)."""
        own = half.clause.applies or half.document.applies
        return self._read if own else self._waiting

    @once
    def _waiting(self) -> int:
        """Those that hold on some condition."""
        return places_by(
            bool(one.clause.applies or one.document.applies) for one in self.rivals
        ).get(True, 0)
