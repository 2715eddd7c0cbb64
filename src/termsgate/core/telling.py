"""What decided a verdict that was seen at once, told without a grid (semantics 4.6).

Exact where it answers: it says what the grid would. It does not answer where something is open,
for then there is a question to ask, nor where the grid alone knows which uses to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termsgate.core.account import defeated, told, told_use
from termsgate.core.model import Forbid, Require
from termsgate.core.regions import inside, lies_in, lowest, met, shares
from termsgate.core.verdict import Part, Ruling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.atonce import Seen
    from termsgate.core.regions import Region
    from termsgate.core.space import BoxMask
    from termsgate.core.verdict import Deciding, Witness
    from termsgate.core.weighed import Weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The clauses that decided, and a use that shows the verdict unless it is met."""

    because: tuple[Deciding, ...] = ()
    witness: Witness | None = None


def tell(seen: Seen) -> Told | None:
    """Why a verdict is what was seen at once, or nothing where the grid must tell."""
    if seen.ruling is Ruling.UNCLEAR or not all(map(_can_tell, seen.sights)):
        return None
    because = tuple(one for sight in seen.sights for one in _deciding(sight))
    return Told(because=because, witness=_witness(seen))


def _can_tell(sight: Weighed) -> bool:
    """Whether nothing about a part is to be asked, and who prevails over whom is plain."""
    if sight.governs is None:
        return False
    if sight.ruling is Ruling.MET:
        return True
    demand = sight.leaf.demand
    narrow = isinstance(demand, Require) and demand.of is not None
    asked = sight.ruling is Ruling.SILENT and any(
        shares(region, sight.shown) for region in sight.present
    )
    return not (narrow or asked)


def _deciding(sight: Weighed) -> Iterator[Deciding]:
    """The clauses that govern where the verdict shows, and those over which one prevails there."""
    shown = sight.shown
    for place, rival in enumerate(sight.rivals):
        here = inside(sight.governs[place], shown) if sight.governs else ()
        if here:
            yield told(rival, _part(sight, place, here))
        elif shares(sight.present[place], shown):
            over = [e for e in sight.edges if e.second == place and shares(e.where, shown)]
            names = [sight.rivals[edge.first].cited for edge in over]
            yield defeated(rival, over[0].criterion, names)


def _part(sight: Weighed, place: int, here: Region) -> Part:
    """What a clause does where it surely applies; open where it nowhere surely does."""
    meets, fails = sight.pulls[place]
    if meets == fails or not shares(here, sight.sure[place]):
        return Part.OPEN
    return Part.MEETS if meets else Part.FAILS


def _witness(seen: Seen) -> Witness | None:
    """The first use in vocabulary order that shows the verdict, as the grid would tell it."""
    if seen.ruling not in (Ruling.VIOLATED, Ruling.SILENT):
        return None
    uses = (sight for sight in seen.sights if isinstance(sight.leaf.demand, Forbid))
    first = next(uses, None)
    return None if first is None else _use_of(first)


def _use_of(sight: Weighed) -> Witness:
    leaf, shown = sight.leaf, sight.shown

    def shows(box: BoxMask) -> bool:
        return lies_in(met(box, leaf.hull), shown)

    return told_use(lowest(shown), leaf.demand, sight.standing.vocabulary, shows)
