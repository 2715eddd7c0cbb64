"""Who prevails over one another in a circle (semantics 3.4), found on sets of places.

What is looked through are `above`: for each place, the set of those that prevail over it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termsgate.core.space import cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence


def rings(above: Mapping[int, int]) -> Iterator[int]:
    """The sets of places that lead to one another; those that lead nowhere may be left out.

    Depth first: what is on the path and leads back into it becomes one with all between.
    """
    unseen = sum(1 << place for place in above)
    while unseen:
        path = [(0, unseen & -unseen)]
        on_path = 0
        while path:
            members, ahead = path[-1]
            start = ahead & unseen
            if start:
                first = start & -start
                unseen ^= first
                on_path |= first
                path.append((first, above[first.bit_length() - 1]))
            elif ahead & on_path & ~members:
                path.pop()
                before, further = path[-1]
                path[-1] = before | members, further | ahead
            else:
                path.pop()
                on_path &= ~members
                if members & (members - 1):
                    yield members


def turning(
    present: Mapping[int, int], leading: Callable[[int, Mapping[int, int]], int]
) -> dict[int, int]:
    """Where each place of a ring has one before it, and that one has, and so on without end.

    `leading` says where some of those that are left prevail over a place.
    """
    left = {place: here for place, here in present.items() if here}
    changing = True
    while changing:
        changing = False
        for place, here in list(left.items()):
            still = here & leading(place, left)
            if still != here:
                changing = True
                left[place] = still
                if not still:
                    del left[place]
    return left


def crowded(masks: Iterable[int], most: int, within: int) -> int:
    """The cells that lie in more than so many of the masks."""
    at_least = [within, *[0] * (most + 1)]
    for mask in masks:
        if mask & within:
            for count in range(most, -1, -1):
                at_least[count + 1] |= at_least[count] & mask
    return at_least[-1]


def parted(scope: int, masks: Sequence[int]) -> list[int]:
    """Sets of cells that lie wholly inside each mask or outside it."""
    found = [scope] if scope else []
    for mask in dict.fromkeys(masks):
        found = [part for region in found for part in (region & mask, region & ~mask) if part]
    return found


class Reach:
    """Sets of cells by place, of which many are joined at a time: alike ones once."""

    __slots__ = ("alike", "masks")

    def __init__(self, masks: Sequence[int]) -> None:
        """Put together the places whose sets are the same."""
        self.masks = masks
        self.alike: dict[int, int] = {}
        for place, mask in enumerate(masks):
            if mask:
                self.alike[mask] = self.alike.get(mask, 0) | 1 << place

    def of(self, members: int) -> int:
        """The cells of any of these places."""
        found = 0
        if members.bit_count() < len(self.alike):
            for place in cells(members):
                found |= self.masks[place]
        else:
            for mask, places in self.alike.items():
                if places & members:
                    found |= mask
        return found

    def meeting(self, mask: int) -> int:
        """The places that have one of these cells."""
        found = 0
        for own, places in self.alike.items():
            if own & mask:
                found |= places
        return found
