"""Which clause governs: precedence, and who may govern where (semantics 3.3 to 3.5).

A *rival* is a half of a clause, or a fact a clause states. Readings need not be enumerated:
`possibly governs`, for each class of rival, says all that a verdict needs (4.1), and without a
precedence cycle it is a few operations on bit sets. Where rivals prevail over one another in a
circle, or a precedence holds only about a subject, each region of cells is worked out by itself.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final

from termsgate.core.once import once
from termsgate.core.space import cells, grid, masks_of, union_box
from termsgate.core.standing import Half, Statement
from termsgate.core.verdict import Criterion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termsgate.core.model import Clause, Target
    from termsgate.core.space import BoxMask, Layer
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


def _single(layers: tuple[Layer, ...]) -> BoxMask | None:
    """The box of a sure scope that is one plain box, else nothing."""
    sure = [layer for layer in layers if not layer.perhaps]
    return sure[0].sure if len(sure) == 1 and not sure[0].carved else None


def _lies_inside(inner: BoxMask, outer: BoxMask) -> bool:
    return not (
        inner[0] & ~outer[0] or inner[1] & ~outer[1] or inner[2] & ~outer[2] or inner[3] & ~outer[3]
    )


def _compare(first: tuple[Layer, ...], second: tuple[Layer, ...]) -> tuple[bool, bool, bool]:
    """Whether the first sure scope is not empty, lies inside the second, and the other way."""
    one, other = _single(first), _single(second)
    if one is not None and other is not None:
        return all(one), _lies_inside(one, other), _lies_inside(other, one)
    layers = [layer for layer in (*first, *second) if not layer.perhaps]
    field = grid(union_box(layer.sure for layer in layers), masks_of(layers))
    left, right = field.sure(first), field.sure(second)
    return bool(left), not left & ~right, not right & ~left


def _conditions(half: Half) -> frozenset[object]:
    return frozenset((*half.clause.applies, *half.document.applies))


def more_specific(first: Half, second: Half) -> bool:
    """Whether the first is specific where the second is general (semantics 3.3 c)."""
    some, inside, around = _compare(first.layers, second.layers)
    if not some or not inside:
        return False
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A rival over a grid, as sets of cells.

    `sure` and `present`: where it surely and where it possibly applies. `always`: where it applies
    in every reading. `meets`, `fails` and `unsure`: where some reading of it does each.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Contenders over one grid, and how they stand to each other."""

    contenders: tuple[Contender, ...]
    precedents: Precedents

    def edges(self) -> Iterator[tuple[int, int, int, Criterion]]:
        """Who prevails over whom, in which cells, and why.

        Of two about whom nothing is said, one prevails only if its document does, or if it lies
        inside the other: where it plainly reaches beyond, how they stand is not looked up.
        """
        contenders, rules = self.contenders, self.precedents
        bare = [rules.is_bare(one.rival) for one in contenders]
        keys = [one.rival.key for one in contenders]
        for second, weaker in enumerate(contenders):
            present, vague, key = weaker.present, weaker.vague(), keys[second]
            is_fact, not_sure = isinstance(weaker.rival, Statement), ~weaker.sure
            above = rules.order.above(key[0]) if bare[second] else None
            for first, stronger in enumerate(contenders):
                here = stronger.present & present
                if not here or first == second:
                    continue
                express = vague and stronger.sure & vague if stronger.plain else 0
                beyond = is_fact or stronger.sure & not_sure
                bares = above is not None and bare[first] and keys[first][0] not in above
                if bares and beyond and not express and keys[first] != key:
                    continue
                relation = rules.relation(stronger.rival, weaker.rival)
                if relation.first is not None:
                    yield first, second, here, relation.first
                elif express and not relation.settled:
                    yield first, second, express, Criterion.PLAIN

    def governing(
        self, scope: int, edges: list[tuple[int, int, int, Criterion]] | None = None
    ) -> Governing:
        """Where each possibly governs (semantics 3.4, 3.5); `edges` if they are known."""
        edges = list(self.edges()) if edges is None else edges
        pairs = [(first, second) for first, second, _, _ in edges]
        circular = circles(edges) if has_cycle(len(self.contenders), pairs) else 0
        where = [contender.present & scope for contender in self.contenders]
        for first, second, here, _ in edges:
            where[second] &= ~(here & self.contenders[first].always)
        if not circular & scope:
            return Governing(where=tuple(where))
        inside = self._by_region(scope & circular, edges)
        return Governing(
            where=tuple(
                here & ~circular | there for here, there in zip(where, inside.where, strict=True)
            ),
            bound=inside.bound,
        )

    def _by_region(self, scope: int, edges: list[tuple[int, int, int, Criterion]]) -> Governing:
        """Where each possibly governs in cells where some prevail in a circle."""
        where = [0] * len(self.contenders)
        bound = 0
        for region in self.regions(scope):
            pairs = [(first, second) for first, second, here, _ in edges if here & region]
            here = [place for place, c in enumerate(self.contenders) if c.present & region]
            fixed = [bool(self.contenders[place].always & region) for place in here]
            if len(here) - sum(fixed) > MOST_OPEN:
                bound |= region
                continue
            local = {place: number for number, place in enumerate(here)}
            under = [0] * len(here)
            for first, second in pairs:
                under[local[first]] |= 1 << local[second]
            for number in cells(possibly_on_top(tuple(under), tuple(fixed))):
                where[here[number]] |= region
        return Governing(where=tuple(where), bound=bound)

    def regions(self, scope: int) -> list[int]:
        """Sets of cells inside which nothing changes."""
        found = [scope] if scope else []
        for contender in self.contenders:
            for mask in (contender.present, contender.sure, contender.always):
                found = [
                    part for region in found for part in (region & mask, region & ~mask) if part
                ]
        return found

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
    below = {place: _below(over, place) for place in applying}
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
    reach = [_below(over, place) for place in over]
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
    reached = _below(inner, place) | 1 << place
    others = applying & ~reached
    return not any(_below(inner, one) >> place & 1 for one in cells(others))


def _below(over: dict[int, int], start: int) -> int:
    """All that one prevails over through a chain, as a bit set."""
    found, queue = 0, over[start]
    while queue:
        low = queue & -queue
        found |= low
        queue = (queue | over[low.bit_length() - 1]) & ~found
    return found


def circles(edges: Iterable[tuple[int, int, int, Criterion]]) -> int:
    """The cells in which some prevail over one another in a circle.

    What remains once every edge is dropped that nothing leads to, or that leads nowhere.
    """
    left = {(first, second): here for first, second, here, _ in edges}
    while True:
        into: dict[int, int] = {}
        out_of: dict[int, int] = {}
        for (first, second), here in left.items():
            out_of[first] = out_of.get(first, 0) | here
            into[second] = into.get(second, 0) | here
        kept = {
            (first, second): still
            for (first, second), here in left.items()
            if (still := here & into.get(first, 0) & out_of.get(second, 0))
        }
        if kept == left:
            return union(kept.values())
        left = kept


def union(sets: Iterable[int]) -> int:
    """The cells of all these sets."""
    found = 0
    for one in sets:
        found |= one
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
