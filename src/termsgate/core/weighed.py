"""Who governs where, of a few clauses with nothing open: the sentences on boxes (3.3 to 4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from termsgate.core.field import ALL_AXES
from termsgate.core.govern import has_cycle, precedents
from termsgate.core.halves import whole_layers
from termsgate.core.once import once
from termsgate.core.regions import (
    Region,
    inside,
    lies_in,
    outside,
    possible_region,
    shares,
    sure_region,
    widened,
)
from termsgate.core.standing import Half, Pull
from termsgate.core.verdict import Criterion, Ruling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.space import Layer
    from termsgate.core.standing import Standing, Statement
    from termsgate.core.tree import Leaf


class Edge(NamedTuple):
    """A rival prevails over another, by their places, somewhere and for a reason (3.3)."""

    first: int
    second: int
    where: Region
    criterion: Criterion


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """The rivals that touch a part of a requirement, and what each does where it governs.

    Each says on `axes` only where it applies; with `everywhere` the part is about every point for
    which something is stated, and silent nowhere (5.2).
    """

    leaf: Leaf
    standing: Standing
    rivals: tuple[Half | Statement, ...] = ()
    pulls: tuple[Pull, ...] = ()
    axes: frozenset[int] = ALL_AXES
    everywhere: bool = False

    # --- where each applies -----------------------------------------------------------------------

    @once
    def scope(self) -> Region:
        """The points that the part is about."""
        if self.everywhere:
            return tuple(box for region in self.present for box in region)
        return sure_region(self.leaf.layers)

    @once
    def present(self) -> tuple[Region, ...]:
        """Where each rival possibly applies."""
        found = (self._wide(possible_region(rival.layers)) for rival in self.rivals)
        if self.everywhere:
            return tuple(found)
        return tuple(inside(region, self.scope) for region in found)

    @once
    def sure(self) -> tuple[Region, ...]:
        """Where each rival surely applies."""
        found = (self._wide(sure_region(rival.layers)) for rival in self.rivals)
        return tuple(inside(region, self.scope) for region in found)

    def _wide(self, region: Region) -> Region:
        if self.axes == ALL_AXES:
            return region
        whole = whole_layers(self.standing.vocabulary)[0].sure
        return widened(region, whole, self.axes)

    # --- who governs ------------------------------------------------------------------------------

    @once
    def edges(self) -> tuple[Edge, ...]:
        """Who prevails over whom, where, and why."""
        return tuple(self._edges()) if len(self.rivals) > 1 else ()

    def _edges(self) -> Iterator[Edge]:
        rules = precedents(self.standing, self.standing.always_ranked)
        for second, weaker in enumerate(self.rivals):
            for first, stronger in enumerate(self.rivals):
                if first == second:
                    continue
                relation = rules.relation(stronger, weaker)
                criterion = relation.first
                if criterion is not None:
                    where = inside(self.present[first], self.present[second])
                elif not relation.settled and isinstance(stronger, Half) and stronger.plain:
                    vague = outside(self.present[second], self.sure[second])
                    where, criterion = inside(self.sure[first], vague), Criterion.PLAIN
                else:
                    continue
                if where:
                    yield Edge(first, second, where, criterion)

    @once
    def governs(self) -> tuple[Region, ...] | None:
        """Where each possibly governs; nothing where they prevail in a circle (3.4)."""
        edges = self.edges
        if has_cycle(len(self.rivals), ((edge.first, edge.second) for edge in edges)):
            return None
        found = list(self.present)
        for edge in edges:
            beaten = inside(edge.where, self.sure[edge.first])
            found[edge.second] = outside(found[edge.second], beaten)
        return tuple(found)

    # --- the verdict ------------------------------------------------------------------------------

    @once
    def ruling(self) -> Ruling | None:
        """The worst over all points (4.2, 10.15); nothing where the grid must say."""
        plainly = self._plainly()
        return self._worst() if plainly is None else plainly

    def _plainly(self) -> Ruling | None:
        """The verdict where all rivals pull one way and plain boxes show it, without a region."""
        if not self.rivals:
            return Ruling.SILENT
        meets, fails = self.pulls[0]
        if meets == fails or any(pull != self.pulls[0] for pull in self.pulls):
            return None
        plain = [box for rival in self.rivals for box in rival.plainly if all(box)]
        if self.everywhere:
            shows = bool(plain)
        elif self.axes != ALL_AXES:
            return None
        elif meets:
            shows = all(any(_over(own, layer) for own in plain) for layer in self.leaf.layers)
        else:
            scope = [layer.sure for layer in self.leaf.layers if not layer.carved]
            shows = shares(plain, scope)
        return (Ruling.MET if meets else Ruling.VIOLATED) if shows else None

    def _worst(self) -> Ruling | None:
        governs = self.present if self._is_of_one_mind else self.governs
        if governs is None:
            return None
        failing = [region for region, pull in zip(governs, self.pulls, strict=True) if pull.fails]
        if not any(failing):
            return Ruling.MET if self._is_covered else Ruling.SILENT
        return Ruling.VIOLATED if self._violated(governs) else Ruling.UNCLEAR

    @property
    def _is_of_one_mind(self) -> bool:
        """Where all that apply do the same, it does not matter who governs: somebody does."""
        pulls = {pull for pull, here in zip(self.pulls, self.present, strict=True) if here}
        return len(pulls) < 2 and Pull(meets=True, fails=True) not in pulls  # noqa: PLR2004

    @property
    def _is_covered(self) -> bool:
        """Whether somebody surely speaks at every point; nothing stated is silence (5.2)."""
        if self.everywhere:
            return any(self.present)
        return all(lies_in(box, self._covered) for box in self.scope)

    @once
    def _covered(self) -> Region:
        return tuple(box for region in self.sure for box in region)

    def _violated(self, governs: tuple[Region, ...]) -> Region:
        """Where something that fails the need governs, nothing that meets it may, and one must."""
        pulled = list(zip(governs, self.pulls, strict=True))
        failing = tuple(box for region, pull in pulled if pull.fails for box in region)
        meeting = [box for region, pull in pulled if pull.meets for box in region]
        left = outside(failing, meeting)
        return left if self.everywhere else inside(left, self._covered)

    @once
    def shown(self) -> Region:
        """Where the verdict is the one of the whole: met, violated or silent."""
        if self.ruling is Ruling.VIOLATED and self.governs is not None:
            return self._violated(self.governs)
        if self.ruling is Ruling.SILENT:
            return outside(self.scope, self._covered)
        return self.scope


def _over(box: tuple[int, int, int, int], layer: Layer) -> bool:
    """Whether a box lies over all of a layer."""
    sure = layer.sure
    return not (sure[0] & ~box[0] or sure[1] & ~box[1] or sure[2] & ~box[2] or sure[3] & ~box[3])
