"""The verdicts that need no grid: one box, and clauses that all do the same (semantics 4.1).

Exact where it answers, silent where it does not: a requirement of one plain box, nothing open and
nothing missing that touches it. Then no clause near it is silent; clauses that only meet the need,
one of which surely covers the box, is met; clauses that only fail it, one of which surely covers
some of it, is violated. Everything else is for the grid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termsgate.core.model import Forbid, Stance
from termsgate.core.scene import is_there
from termsgate.core.space import touches
from termsgate.core.stances import CONSENTS
from termsgate.core.verdict import Ruling

if TYPE_CHECKING:
    from termsgate.core.case import Leaf
    from termsgate.core.space import BoxMask
    from termsgate.core.standing import Half, Standing


def at_once(leaf: Leaf, standing: Standing) -> Ruling | None:
    """The verdict of a part, if it can be seen without a grid."""
    demand = leaf.demand
    if not isinstance(demand, Forbid) or not leaf.is_plain or standing.chosen:
        return None
    a, b, c, d = box = leaf.hull
    near = [half for (e, f, g, h), half in standing.outlines if a & e and b & f and c & g and d & h]
    if leaf.narrowings:
        near = [half for half in near if is_there(half.clause, half.document, leaf.narrowings)]
    if any(half.guards or half.conditional for half in near):
        return None
    if any(missing.reaches((box,)) for missing in standing.missing):
        return None
    return _agreed(near, demand.need, box)


def _agreed(near: list[Half], need: Stance, box: BoxMask) -> Ruling | None:
    meets = fails = False
    for half in near:
        for stance in half.stances:
            if stance >= need:
                meets = True
            else:
                fails = True
                # Whether we consent is not known: it may come out either way (2.4).
                meets = meets or stance in CONSENTS
    if meets and fails:
        return None
    if meets:
        return Ruling.MET if any(_covers(half, box) for half in near) else None
    if fails:
        return Ruling.VIOLATED if any(_reaches(half, box) for half in near) else None
    return Ruling.SILENT


def _covers(half: Half, box: BoxMask) -> bool:
    """Whether one plain box of a clause surely covers all of it."""
    a, b, c, d = box
    return any(not (a & ~e or b & ~f or c & ~g or d & ~h) for e, f, g, h in half.plainly)


def _reaches(half: Half, box: BoxMask) -> bool:
    """Whether one plain box of a clause surely covers some of it."""
    return any(touches(own, box) for own in half.plainly)
