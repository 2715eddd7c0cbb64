"""Which clause governs: precedence, and who may govern where (semantics 3.3 to 3.5).

A *rival* is a half of a clause, or a fact a clause states. Readings need not be enumerated:
`possibly governs`, for each class of rival, says all that a verdict needs (4.1), and without a
precedence cycle it is a few operations on bit sets. Where rivals prevail over one another in a
circle, or a precedence holds only about a subject, each region of cells is worked out by itself.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import permutations, product
from operator import or_
from typing import TYPE_CHECKING, Final, NamedTuple

from termsgate.core.once import once
from termsgate.core.ranking import Rank, Ranking, places_by
from termsgate.core.regions import outside
from termsgate.core.rings import Reach, crowded, parted, rings, turning
from termsgate.core.space import cells, union
from termsgate.core.standing import Half, Statement
from termsgate.core.targets import names, names_document
from termsgate.core.verdict import Criterion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termsgate.core.regions import Region
    from termsgate.core.space import BoxMask
    from termsgate.core.standing import Missing, Standing

MOST_OPEN: Final = 12
"""More open at one point than this is unclear (semantics 3.5, 10.15)."""

Rival = Half | Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How two rivals stand to each other: who prevails, and by which criterion.

    `settled` says that a criterion decided, if only that neither prevails; (d) is looked at where
    none did.
    """

    first: Criterion | None = None
    second: Criterion | None = None
    settled: bool = True

    def mirrored(self) -> Relation:
        """The same seen from the other side."""
        return Relation(first=self.second, second=self.first, settled=self.settled)


NONE: Final[frozenset[str]] = frozenset()

UNSETTLED: Final = Relation(settled=False)
NEITHER: Final = Relation()


# --- who names whom (3.3 a) ----------------------------------------------------------------------


def _says_over(first: Rival, second: Rival) -> bool:
    listed = second.second and first.clause.document in second.clause.except_as_in
    return listed or any(names(target, second.clause) for target in first.clause.overrides)


def _stands_alongside(first: Rival, second: Rival) -> bool:
    return any(names(target, second.clause) for target in first.clause.alongside) or any(
        names(target, first.clause) for target in second.clause.alongside
    )


# --- documents (3.3 b) ---------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Order:
    """The order of the agreement's documents, transitive (semantics 3.3 b, 10.12).

    `held` are the places, in the standing's list, of the precedences that hold.
    """

    standing: Standing
    held: frozenset[int]

    @once
    def _below(self) -> dict[str, frozenset[str]]:
        """For each document, all that it prevails over."""
        direct: dict[str, set[str]] = {}
        for place in self.held:
            rule = self.standing.precedence[place].rule
            direct.setdefault(rule.document, set()).update(rule.over)
        return {upper: _reachable(direct, upper) for upper in direct}

    def above(self, lower: str) -> frozenset[str]:
        """All documents that prevail over one."""
        return self._above.get(lower, NONE)

    @once
    def _above(self) -> dict[str, frozenset[str]]:
        """For each document, all that prevail over it."""
        found: dict[str, set[str]] = {}
        for upper, below in self._below.items():
            for lower in below:
                found.setdefault(lower, set()).add(upper)
        return {lower: frozenset(uppers) for lower, uppers in found.items()}

    def prevails(self, upper: str, lower: str) -> bool:
        """Whether one document prevails over another."""
        return lower in self._below.get(upper, ())

    @once
    def _incorporated(self) -> dict[str, frozenset[str]]:
        """For each document, all that it takes in, directly or through others (10.13)."""
        direct: dict[str, set[str]] = {}
        for document in self.standing.vendor.documents:
            for outer in document.incorporated_by:
                direct.setdefault(outer, set()).add(document.id)
        return {outer: _reachable(direct, outer) for outer in direct}

    def are_one_text(self, first: str, second: str) -> bool:
        """Whether two documents are the same, or one incorporates the other (semantics 3.3 c)."""
        return (
            first == second
            or second in self._incorporated.get(first, ())
            or first in self._incorporated.get(second, ())
        )


def _reachable(edges: dict[str, set[str]], start: str) -> frozenset[str]:
    found: set[str] = set()
    queue = deque(edges.get(start, ()))
    while queue:
        name = queue.popleft()
        if name not in found:
            found.add(name)
            queue.extend(edges.get(name, ()))
    return frozenset(found)


# --- the specific over the general (3.3 c) -------------------------------------------------------


def _lies_in(inner: Region, outer: Region) -> bool:
    """Whether every point of a region lies in another."""
    if len(outer) == 1:
        return all(_lies_inside(box, outer[0]) for box in inner)
    return not outside(inner, outer)


def _lies_inside(inner: BoxMask, outer: BoxMask) -> bool:
    return not (
        inner[0] & ~outer[0] or inner[1] & ~outer[1] or inner[2] & ~outer[2] or inner[3] & ~outer[3]
    )


def _conditions(half: Half) -> frozenset[object]:
    return frozenset((*half.clause.applies, *half.document.applies))


def more_specific(first: Half, second: Half) -> bool:
    """Whether the first is specific where the second is general (semantics 3.3 c)."""
    if not first.surely or not _lies_in(first.surely, second.surely):
        return False
    around = _lies_in(second.surely, first.surely)
    return not around or _conditions(first) > _conditions(second)


# --- a pair of rivals ----------------------------------------------------------------------------


def _both(first: Criterion | None, second: Criterion | None) -> Relation | None:
    return Relation(first=first, second=second) if first or second else None


@dataclass(frozen=True, kw_only=True)
class Precedents:
    """Every relation between rivals of one standing, each worked out once."""

    standing: Standing
    order: Order
    known: dict[tuple[int, int], tuple[object, object, Relation]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @once
    def recorded(self) -> frozenset[tuple[tuple[str, str], tuple[str, str]]]:
        """The clauses that a reading puts over others, each with the one below (4.7)."""
        return frozenset(
            ((r.document, r.clause), r.over) for r in self.standing.readings if r.over is not None
        )

    def is_bare(self, rival: Rival) -> bool:
        """Whether no words and no reading say how it stands to others (semantics 3.3 a, 4.7)."""
        clause = rival.clause
        words = clause.overrides or clause.alongside or (rival.second and clause.except_as_in)
        return not words and rival.key not in self._recorded_of

    @once
    def _recorded_of(self) -> frozenset[tuple[str, str]]:
        """The clauses that a reading puts over others, or under them (semantics 4.7)."""
        return frozenset(key for pair in self.recorded for key in pair)

    def relation(self, first: Rival, second: Rival) -> Relation:
        """How two rivals stand, the express over the vague (d) left aside."""
        found = self.known.get((id(first), id(second)))
        if found is None:
            relation = self._relation(first, second)
            # INVARIANT: the rivals are kept beside the answer, so no id is ever used twice.
            self.known[id(first), id(second)] = (first, second, relation)
            self.known[id(second), id(first)] = (second, first, relation.mirrored())
            return relation
        return found[2]

    def _relation(self, first: Rival, second: Rival) -> Relation:
        if first.key == second.key:
            return _same_clause(first, second)
        return (
            self._by_reading(first, second)
            or _by_words(first, second)
            or self._by_document(first, second)
            or self._by_scope(first, second)
            or UNSETTLED
        )

    def _by_reading(self, first: Rival, second: Rival) -> Relation | None:
        recorded = self.recorded
        return _both(
            Criterion.RECORDED if (first.key, second.key) in recorded else None,
            Criterion.RECORDED if (second.key, first.key) in recorded else None,
        )

    def _by_document(self, first: Rival, second: Rival) -> Relation | None:
        upper, lower = first.clause.document, second.clause.document
        if upper == lower:
            return None
        return _both(
            Criterion.DOCUMENT if self.order.prevails(upper, lower) else None,
            Criterion.DOCUMENT if self.order.prevails(lower, upper) else None,
        )

    def _by_scope(self, first: Rival, second: Rival) -> Relation | None:
        if not (isinstance(first, Half) and isinstance(second, Half)):
            return NEITHER  # facts know (a) and (b) only (semantics 5.3)
        if first.clause.supposed or second.clause.supposed:
            return NEITHER  # and so does what nobody has read (semantics 4.4)
        if not self.order.are_one_text(first.clause.document, second.clause.document):
            return None
        return _both(
            Criterion.SPECIFIC if more_specific(first, second) else None,
            Criterion.SPECIFIC if more_specific(second, first) else None,
        )

    def over_missing(self, rival: Rival, missing: Missing) -> bool:
        """Whether a clause prevails over a document not at hand by (a) or (b) (semantics 4.4)."""
        document = missing.document.id
        if rival.clause.document == document:
            return False
        if names_document(rival.clause.alongside, document):
            return False
        says = names_document(rival.clause.overrides, document)
        if says or self._excepted(rival, document):
            return says
        return self.order.prevails(rival.clause.document, document)

    def under_missing(self, rival: Rival, missing: Missing) -> bool:
        """Whether a document not at hand prevails over a clause (semantics 4.4, 10.17)."""
        document = missing.document.id
        if rival.clause.document == document:
            return False
        if names_document(rival.clause.alongside, document):
            return False
        if self._excepted(rival, document):
            return True
        if names_document(rival.clause.overrides, document):
            return False
        return self.order.prevails(document, rival.clause.document)

    @staticmethod
    def _excepted(rival: Rival, document: str) -> bool:
        return rival.second and document in rival.clause.except_as_in


def _same_clause(first: Rival, second: Rival) -> Relation:
    """The listed half of a closed list prevails over the other half (semantics 2.5, 10.7)."""
    if first.second == second.second:
        return NEITHER
    if second.second:
        return Relation(first=Criterion.LISTED)
    return Relation(second=Criterion.LISTED)


def _by_words(first: Rival, second: Rival) -> Relation | None:
    if _stands_alongside(first, second):
        return NEITHER
    return _both(
        Criterion.EXPRESS if _says_over(first, second) else None,
        Criterion.EXPRESS if _says_over(second, first) else None,
    )


def precedents(standing: Standing, held: frozenset[int]) -> Precedents:
    """The relations of a standing where these precedences hold."""
    key = ("precedents", held)
    found = standing.memory.get(key)
    if not isinstance(found, Precedents):
        order, known, origin = Order(standing=standing, held=held), {}, standing.origin
        if origin is not None:
            # A varied standing shares the clauses it did not touch, and so how they stand.
            known = precedents(origin, held).known
            if origin.precedence is standing.precedence:
                order = precedents(origin, held).order
        found = Precedents(standing=standing, order=order, known=known)
        standing.memory[key] = found
    return found


# --- who may govern ------------------------------------------------------------------------------


class Contender(NamedTuple):
    """A rival over a grid, as sets of cells.

    `sure` and `present`: where it surely and where it possibly applies. `always`: where it applies
    in every reading, which lies in `sure`. `meets`, `fails` and `unsure`: where some reading of it
    does each.
    """

    rival: Rival
    sure: int
    present: int
    always: int
    meets: int = 0
    fails: int = 0
    unsure: int = 0

    @property
    def plain(self) -> bool:
        """Whether it is a plain ban or a plain permission (semantics 3.3 d)."""
        return isinstance(self.rival, Half) and self.rival.plain

    def vague(self) -> int:
        """Where it applies only possibly."""
        return self.present & ~self.sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Governing:
    """Where each contender possibly governs, in the order of the contenders.

    `bound` are the cells where too much was open to say (10.15).
    """

    where: tuple[int, ...]
    bound: int = 0


def _plainly(stronger: Contender, weaker: Contender) -> int:
    """Where a plain one prevails as the express over the vague, if nothing else decides (3.3 d)."""
    return stronger.present & stronger.sure & weaker.vague()


@dataclass(frozen=True, kw_only=True)
class Contest:
    """Contenders over one grid, and how they stand to each other."""

    contenders: tuple[Contender, ...]
    precedents: Precedents

    @once
    def _ranking(self) -> Ranking:
        rivals = tuple(one.rival for one in self.contenders)
        return Ranking(rivals=rivals, precedents=self.precedents)

    @once
    def _ranks(self) -> tuple[Rank, ...]:
        """How each contender stands to the others, whatever the cells."""
        return tuple(self._ranking.rank(one.rival) for one in self.contenders)

    @once
    def above(self) -> tuple[int, ...]:
        """For each contender, those that prevail over it wherever both apply."""
        return tuple(rank.above for rank in self._ranks)

    @once
    def plainer(self) -> tuple[int, ...]:
        """For each, the plain ones that prevail where it applies only possibly (3.3 d)."""
        return tuple(map(self._plainer_than, self.contenders, self._ranks))

    def _plainer_than(self, one: Contender, rank: Rank) -> int:
        """The plain ones that surely apply somewhere where one applies only possibly."""
        near, vague = rank.open & self._plain, one.vague()
        return near & self._surely.meeting(vague) if near and vague else 0

    @once
    def _plain(self) -> int:
        return places_by(one.plain for one in self.contenders).get(True, 0)

    @once
    def _present(self) -> Reach:
        return Reach([one.present for one in self.contenders])

    @once
    def _surely(self) -> Reach:
        """Where each applies and does so surely; what nobody verified may not apply (3.7)."""
        return Reach([one.sure & one.present for one in self.contenders])

    @once
    def _always(self) -> Reach:
        return Reach([one.always for one in self.contenders])

    # --- other ways to stand ----------------------------------------------------------------------

    def decided(self, upper: int, lower: int, *, mutually: bool) -> Contest:
        """The same where a reading puts some over others; `mutually`: one says the reverse too."""
        above, plainer = list(self.above), list(self.plainer)
        for place in cells(lower):
            above[place] |= upper
            plainer[place] &= ~upper
        for place in cells(upper):
            above[place] = above[place] | lower if mutually else above[place] & ~lower
            plainer[place] &= ~lower
        found = self._standing(self.contenders, above, plainer)
        found.__dict__["_always"] = self._always
        return found

    def changed(self, contenders: tuple[Contender, ...]) -> Contest:
        """The same with others at the end; those here before may apply nowhere any more."""
        count = len(self.contenders)
        above, plainer = list(self.above), list(self.plainer)
        for place in range(count, len(contenders)):
            one = contenders[place]
            rank = self._ranking.rank(one.rival)
            above.append(rank.above)
            plainer.append(self._plainer_than(one, rank))
            for other in cells(rank.below):
                above[other] |= 1 << place
            for other in cells(rank.open) if one.plain else ():
                plainer[other] |= bool(_plainly(one, contenders[other])) << place
        for first, second in permutations(range(count, len(contenders)), 2):
            stronger, weaker = contenders[first], contenders[second]
            relation = self.precedents.relation(stronger.rival, weaker.rival)
            above[second] |= bool(relation.first) << first
            if stronger.plain and not relation.settled:
                plainer[second] |= bool(_plainly(stronger, weaker)) << first
        return self._standing(contenders, above, plainer)

    def _standing(
        self, contenders: tuple[Contender, ...], above: list[int], plainer: list[int]
    ) -> Contest:
        """Contenders that stand to each other as these sets say."""
        found = Contest(contenders=contenders, precedents=self.precedents)
        found.__dict__.update(above=tuple(above), plainer=tuple(plainer))
        return found

    # --- who prevails over whom -------------------------------------------------------------------

    def edges(self) -> Iterator[tuple[int, int, int, Criterion]]:
        """Who prevails over whom, in which cells, and why."""
        for second in range(len(self.contenders)):
            for first in cells(self.over(second)):
                here = self._where(first, second)
                if here:
                    yield first, second, here, self.criterion(first, second)

    def over_in(self, place: int, scope: int) -> Iterator[int]:
        """Those that prevail over a contender in some of these cells, in their order."""
        weaker, vague = self.contenders[place], self.contenders[place].vague() & scope
        found = self.above[place] & self._present.meeting(weaker.present & scope)
        return cells(found | (self.plainer[place] & self._surely.meeting(vague)))

    def criterion(self, first: int, second: int) -> Criterion:
        """Why one contender prevails over another."""
        rivals = self.contenders[first].rival, self.contenders[second].rival
        return self.precedents.relation(*rivals).first or Criterion.PLAIN

    def _where(self, first: int, second: int) -> int:
        """The cells in which one contender prevails over another."""
        stronger, weaker = self.contenders[first], self.contenders[second]
        if self.above[second] >> first & 1:
            return stronger.present & weaker.present
        return _plainly(stronger, weaker)

    @once
    def stronger(self) -> int:
        """Those that prevail over anybody."""
        return union(self._over)

    def is_apart(self, one: Contender) -> bool:
        """Whether somebody new would stand in no relation to anybody."""
        rank = self._ranking.rank(one.rival)
        return not (rank.above or rank.below or (rank.open and (one.plain or one.vague())))

    def over(self, place: int) -> int:
        """Those that prevail over a contender anywhere."""
        return self._over[place]

    @once
    def _over(self) -> tuple[int, ...]:
        return tuple(map(or_, self.above, self.plainer))

    def _beaten(self, place: int, without: int = 0) -> int:
        """Where others than these prevail over a contender in every reading."""
        found = self._always.of(self.above[place] & ~without)
        plainer = self.plainer[place] & ~without
        if plainer:
            found |= self._always.of(plainer) & self.contenders[place].vague()
        return found

    # --- who governs ------------------------------------------------------------------------------

    def governing(self, scope: int) -> Governing:
        """Where each possibly governs (semantics 3.4, 3.5).

        Where none prevails over another in a circle, that is wherever it applies and nobody over
        it applies in every reading; the same holds in a circle for those that lie on none.
        """
        where = [self.unbeaten(place, scope) for place in range(len(self.contenders))]
        circles = self._rings(
            place for place, one in enumerate(self.contenders) if one.present & scope
        )
        circular = self._circular(circles, scope)
        if not circular:
            return Governing(where=tuple(where))
        bound = crowded((one.present & ~one.always for one in self.contenders), MOST_OPEN, circular)
        for ring in circles:
            for place, here in self._in_ring(ring, circular & ~bound).items():
                where[place] = where[place] & ~circular | here
        return Governing(where=tuple(here & ~bound for here in where), bound=bound)

    def unbeaten(self, place: int, scope: int) -> int:
        """Where one applies and nobody over it applies in every reading."""
        here = self.contenders[place].present & scope
        return here & ~self._beaten(place) if here and self.over(place) else here

    def circular(self, scope: int) -> int:
        """The cells in which some prevail over one another in a circle."""
        return self._circular(self._rings(range(len(self.contenders))), scope)

    def leading_to(self, place: int) -> int:
        """Those that prevail over one through any chain, were there cells for it."""
        found = self._chains.get(place)
        if found is None:
            found = self._chains[place] = _chain(self._over, place)
        return found

    @once
    def _chains(self) -> dict[int, int]:
        """The chains that were followed so far."""
        return {}

    def _rings(self, there: Iterable[int]) -> list[int]:
        """Those of some that prevail over one another in a circle, were there cells for it."""
        over = {place: found for place in there if (found := self.over(place))}
        return list(rings(over)) if over else []

    def _circular(self, circles: Iterable[int], scope: int) -> int:
        """The cells in which some prevail over one another in a circle."""
        found = 0
        for ring in circles:
            present = {place: self.contenders[place].present & scope for place in cells(ring)}
            found |= union(turning(present, partial(self._leading, ring)).values())
        return found

    def _leading(self, ring: int, place: int, left: Mapping[int, int]) -> int:
        """Where some that are left of a ring prevail over one of it."""
        found = 0
        for first in cells(self.over(place) & ring):
            if first in left:
                found |= left[first] & self._where(first, place)
        return found

    def _in_ring(self, ring: int, scope: int) -> dict[int, int]:
        """Where those of a ring possibly govern, region by region."""
        places = list(cells(ring))
        outside = {place: self._beaten(place, without=ring) for place in places}
        masks = [*outside.values()]
        for place in places:
            one = self.contenders[place]
            masks += one.present, one.sure, one.always
        found = dict.fromkeys(places, 0)
        for region in parted(scope, masks):
            here = [place for place in places if self.contenders[place].present & region]
            beaten = [place for place in here if outside[place] & region]
            for place in self._on_top(here, beaten, region):
                found[place] |= region
        return found

    def _on_top(self, here: list[int], beaten: list[int], region: int) -> Iterator[int]:
        """Those of a ring that govern in some reading; somebody outside prevails over the beaten.

        Whoever it is, it applies in every reading, and none of the ring prevails over it.
        """
        local = {place: 1 << number for number, place in enumerate(here)}
        under = dict.fromkeys(here, 0)
        for second in here:
            for first in cells(self.over(second)):
                if first in local and self._where(first, second) & region:
                    under[first] |= local[second]
        over = sum(local[place] for place in beaten)
        fixed = tuple(bool(self.contenders[place].always & region) for place in here)
        on_top = possibly_on_top((*under.values(), over), (*fixed, True))
        return (place for place, bit in local.items() if on_top & bit)

    # --- every reading ----------------------------------------------------------------------------

    def regions(self, scope: int) -> list[int]:
        """Sets of cells inside which nothing changes."""
        masks = [m for one in self.contenders for m in (one.present, one.sure, one.always)]
        return parted(scope, masks)

    def readings(
        self, region: int, edges: list[tuple[int, int, int, Criterion]]
    ) -> set[frozenset[int]] | None:
        """The sets of contenders that govern, one for each reading; none past the bound."""
        here = [place for place, c in enumerate(self.contenders) if c.present & region]
        fixed = frozenset(place for place in here if self.contenders[place].always & region)
        open_ = [place for place in here if place not in fixed]
        if len(open_) > MOST_OPEN:
            return None
        pairs = [(first, second) for first, second, where, _ in edges if where & region]
        found: set[frozenset[int]] = set()
        for taken in product((False, True), repeat=len(open_)):
            applying = fixed.union(place for place, yes in zip(open_, taken, strict=True) if yes)
            found.add(undefeated(applying, pairs))
        return found


def undefeated(applying: frozenset[int], pairs: list[tuple[int, int]]) -> frozenset[int]:
    """Those over whom none prevails, through any chain, without being prevailed over in turn.

    Semantics 3.4; a defeated one still defeats.
    """
    over = dict.fromkeys(applying, 0)
    for first, second in pairs:
        if first in applying and second in applying:
            over[first] |= 1 << second
    below = {place: _chain(over, place) for place in applying}
    beaten = 0
    for place, reached in below.items():
        for other in cells(reached):
            if not below[other] >> place & 1:
                beaten |= 1 << other
    return frozenset(place for place in applying if not beaten >> place & 1)


@lru_cache(maxsize=4096)
def possibly_on_top(under: tuple[int, ...], fixed: tuple[bool, ...]) -> int:
    """Those that govern in some reading, as a bit set; `under` is whom each prevails over.

    Whether an open one applies matters to another only if both lie on one circle: any other can
    but defeat. So only the readings of the circle are gone through (semantics 3.4, 3.5).
    """
    over = dict(enumerate(under))
    reach = [_chain(over, place) for place in over]
    always = sum(1 << place for place, yes in enumerate(fixed) if yes)
    found = 0
    for place in over:
        circle = sum(1 << other for other in cells(reach[place]) if reach[other] >> place & 1) & ~(
            1 << place
        )
        open_ = list(cells(circle & ~always))
        for taken in product((False, True), repeat=len(open_)):
            applying = always | 1 << place
            applying |= sum(1 << other for other, yes in zip(open_, taken, strict=True) if yes)
            if _is_on_top(place, applying, over):
                found |= 1 << place
                break
    return found


def _is_on_top(place: int, applying: int, over: dict[int, int]) -> bool:
    """Whether one governs among those that apply: it prevails back over all that prevail."""
    inner = {one: over[one] & applying for one in cells(applying)}
    reached = _chain(inner, place) | 1 << place
    others = applying & ~reached
    return not any(_chain(inner, one) >> place & 1 for one in cells(others))


def _chain(over: Mapping[int, int] | Sequence[int], start: int) -> int:
    """All that one leads to through a chain, as a bit set."""
    found, queue = 0, over[start]
    while queue:
        low = queue & -queue
        found |= low
        queue = (queue | over[low.bit_length() - 1]) & ~found
    return found


def has_cycle(count: int, pairs: Iterable[tuple[int, int]]) -> bool:
    """Whether some of so many prevail over one another in a circle."""
    weaker: list[set[int]] = [set() for _ in range(count)]
    above = [0] * count
    for first, second in pairs:
        if second not in weaker[first]:
            weaker[first].add(second)
            above[second] += 1
    free = [place for place in range(count) if not above[place]]
    done = 0
    while free:
        done += 1
        for second in weaker[free.pop()]:
            above[second] -= 1
            if not above[second]:
                free.append(second)
    return done < count
