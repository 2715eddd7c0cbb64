"""What decided a verdict of met that was seen at once, told without a grid (semantics 4.6).

Exact where it answers: it says what the grid would. It answers where each clause that touches a
part covers a plain box, and either none prevails over it there or one does wherever it applies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termsgate.core.account import defeated, told
from termsgate.core.govern import NEITHER, has_cycle, precedents
from termsgate.core.space import touches
from termsgate.core.standing import Half
from termsgate.core.verdict import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termsgate.core.atonce import Sight
    from termsgate.core.govern import Precedents
    from termsgate.core.space import BoxMask
    from termsgate.core.standing import Standing, Statement
    from termsgate.core.tree import Leaf
    from termsgate.core.verdict import Criterion, Deciding

Defeat = tuple[int, int, "Criterion"]
"""Who prevails over whom, by their places, and why."""


def tell(sights: Iterable[Sight], standing: Standing) -> tuple[Deciding, ...] | None:
    """The clauses that decided, or nothing where the grid must tell."""
    found: list[Deciding] = []
    for leaf, rivals in sights:
        if not _are_plain(leaf, rivals):
            return None
        here = [rival for rival in rivals if _touches(rival, leaf)]
        rules = precedents(standing, standing.always_ranked)
        defeats = _defeats(leaf, here, rules)
        if defeats is None:
            return None
        found.extend(_told(leaf, here, defeats))
    return tuple(found)


def _are_plain(leaf: Leaf, rivals: tuple[Half | Statement, ...]) -> bool:
    """Whether the part and all that touches it are boxes without exceptions."""
    return not any(layer.carved for layer in leaf.layers) and all(
        len(rival.layers) == 1 and rival.plainly for rival in rivals
    )


def _touches(rival: Half | Statement, leaf: Leaf) -> bool:
    possible = rival.layers[0].possible
    return not isinstance(rival, Half) or any(touches(possible, box) for box in leaf.boxes)


def _is_vague(half: Half, leaf: Leaf) -> bool:
    """Whether a clause covers some of a part only possibly."""
    layer = half.layers[0]
    return any(
        touches(layer.possible, box)
        and any(box[axis] & layer.possible[axis] & ~layer.sure[axis] for axis in range(len(box)))
        for box in leaf.boxes
    )


def _defeats(leaf: Leaf, rivals: list[Half | Statement], rules: Precedents) -> list[Defeat] | None:
    """Who prevails over whom on the part; nothing where that differs within it."""
    found: list[Defeat] = []
    for other, second in enumerate(rivals):
        for place, first in enumerate(rivals):
            relation = rules.relation(first, second) if place != other else NEITHER
            if not relation.settled and _may_be_express(first, second, leaf):
                return None
            if relation.first is not None and _meet(leaf, first, second):
                if not _covers(leaf, first, second):
                    return None
                found.append((place, other, relation.first))
    pairs = [(place, other) for place, other, _ in found]
    return None if has_cycle(len(rivals), pairs) else found


def _may_be_express(first: Half | Statement, second: Half | Statement, leaf: Leaf) -> bool:
    """Whether the express may prevail over the vague somewhere (semantics 3.3 d)."""
    if not (isinstance(first, Half) and isinstance(second, Half)):
        return False
    return first.plain and _is_vague(second, leaf)


def _within(box: BoxMask, rival: Half | Statement) -> BoxMask | None:
    """What of a box a rival possibly covers."""
    own = rival.layers[0].possible
    a, b, c, d = (mine & theirs for mine, theirs in zip(box, own, strict=True))
    return (a, b, c, d) if a and b and c and d else None


def _meet(leaf: Leaf, first: Half | Statement, second: Half | Statement) -> bool:
    inside = (_within(box, second) for box in leaf.boxes)
    return any(one is not None and touches(one, first.layers[0].possible) for one in inside)


def _covers(leaf: Leaf, first: Half | Statement, second: Half | Statement) -> bool:
    """Whether one surely applies wherever the other may, on the whole part."""
    sure = first.layers[0].sure
    inside = (_within(box, second) for box in leaf.boxes)
    return not any(
        one is not None and any(mine & ~own for mine, own in zip(one, sure, strict=True))
        for one in inside
    )


def _told(leaf: Leaf, rivals: list[Half | Statement], defeats: list[Defeat]) -> Iterator[Deciding]:
    for other, rival in enumerate(rivals):
        over = [(rivals[place], why) for place, beaten, why in defeats if beaten == other]
        if over:
            yield defeated(rival, over)
        else:
            sure = not isinstance(rival, Half) or any(
                touches(own, box) for own in rival.plainly for box in leaf.boxes
            )
            yield told(rival, Part.MEETS if sure else Part.OPEN)
