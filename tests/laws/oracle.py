"""The naive evaluator: the policy language read aloud, one point and one reading at a time.

It imports no part of the engine. Scopes are sets of tuples, everything is enumerated, nothing is
skipped because it cannot matter: that is its whole worth. Each function names its sentence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain, product
from typing import TYPE_CHECKING, Final, Literal

from termsgate.core.model import (
    AXES,
    Absence,
    Bound,
    Box,
    CarveOut,
    Choice,
    ChoiceKind,
    Clause,
    Closed,
    Condition,
    Context,
    Demand,
    Document,
    DocumentKind,
    Every,
    FactStatement,
    Firmness,
    Forbid,
    May,
    Narrowing,
    Part,
    Precedence,
    RecordedReading,
    Require,
    Requirement,
    Scope,
    Some,
    Stance,
    Target,
    Vendor,
    Version,
    WhenStated,
)
from termsgate.core.values import (
    Denied,
    Duration,
    Listed,
    Money,
    Text,
    Unit,
    Unspecified,
    Value,
    Word,
    YesNo,
)
from termsgate.core.verdict import Criterion, Ruling
from termsgate.core.vocabulary import (
    Denial,
    FactDefinition,
    FactType,
    Hierarchy,
    Vocabulary,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date
    from typing import Protocol

    class Use(Protocol):
        """What we know of our use, what we did, and how questions were settled."""

        @property
        def context(self) -> Context:
            """What we know of our use."""
            ...

        @property
        def choices(self) -> tuple[Choice, ...]:
            """What we did."""
            ...

        @property
        def readings(self) -> tuple[RecordedReading, ...]:
            """How persons settled questions."""
            ...


MOST_ANSWERS: Final = 4096
ANOTHER: Final = "another, which nothing names"

Leaves = frozenset[str]
Point = tuple[str, ...]
Points = frozenset[Point]
Pairs = frozenset[tuple[str, str]]
World = dict[str, str | bool]
Role = Literal["clause", "requirement", "subject"]


# --- 1 Points ---------------------------------------------------------------------------------


def below(axis: Hierarchy, name: str) -> frozenset[str]:
    """The term and everything in it (1.2)."""
    children = [term.id for term in axis.terms if name in term.parents]
    return frozenset({name}).union(*(below(axis, child) for child in children))


def surely(axis: Hierarchy, name: str) -> Leaves:
    """Every term below without children, and "other <term>" for every one that has some (1.2)."""
    inner = {parent for term in axis.terms for parent in term.parents}
    reach = below(axis, name)
    others = {f"other {term}" for term in reach & inner}
    return frozenset((reach - inner) | (frozenset() if axis.closed else others))


def possibly(axis: Hierarchy, name: str) -> Leaves:
    """One disputable step: what it includes, one `may-include` edge, what that includes (1.3)."""
    reach = below(axis, name)
    steps = [target for term in axis.terms if term.id in reach for target in term.may_include]
    return surely(axis, name).union(*(surely(axis, target) for target in steps))


@dataclass(frozen=True, kw_only=True)
class Words:
    """The four axes with every term spelled out as leaves."""

    vocabulary: Vocabulary
    sure: Mapping[str, Mapping[str, Leaves]]
    possible: Mapping[str, Mapping[str, Leaves]]
    whole: Mapping[str, Leaves]
    roots: Mapping[str, str]


def spell_out(vocabulary: Vocabulary) -> Words:
    """Write down the leaves of every term of every axis."""
    axes = {name: vocabulary.axis(name) for name in AXES}
    sure = {n: {t.id: surely(axis, t.id) for t in axis.terms} for n, axis in axes.items()}
    possible = {n: {t.id: possibly(axis, t.id) for t in axis.terms} for n, axis in axes.items()}
    whole = {n: frozenset[str]().union(*sure[n].values()) for n in axes}
    roots = {n: next(t.id for t in axis.terms if not t.parents) for n, axis in axes.items()}
    return Words(vocabulary=vocabulary, sure=sure, possible=possible, whole=whole, roots=roots)


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What recorded readings settled for one clause, as leaves per axis (4.7, 10.26)."""

    covered: Mapping[str, Leaves] = field(default_factory=dict)
    denied: Mapping[str, Leaves] = field(default_factory=dict)

    @property
    def turned(self) -> Settled:
        """What it means for an exception: what the clause covers, the exception does not."""
        return Settled(covered=self.denied, denied=self.covered)


@dataclass(frozen=True, kw_only=True)
class Span:
    """The leaves of one axis that a box covers."""

    sure: Leaves
    possible: Leaves


@dataclass(frozen=True, kw_only=True)
class Cover:
    """The points a scope surely covers, and those it possibly covers (1.5)."""

    sure: Points
    possible: Points


NOTHING: Final = Cover(sure=frozenset(), possible=frozenset())


def settle(axis: str, span: Span, settled: Settled) -> Span:
    """What was possible becomes sure or falls away where a reading says so (4.7)."""
    doubtful = span.possible - span.sure
    return Span(
        sure=span.sure | (doubtful & settled.covered.get(axis, frozenset())),
        possible=span.possible - (doubtful & settled.denied.get(axis, frozenset())),
    )


def span_of(words: Words, axis: str, terms: Iterable[str]) -> Span:
    """The leaves these terms surely and possibly cover."""
    names = tuple(terms)
    return Span(
        sure=frozenset[str]().union(*(words.sure[axis][name] for name in names)),
        possible=frozenset[str]().union(*(words.possible[axis][name] for name in names)),
    )


def left_out(words: Words, axis: str, role: Role) -> Span:
    """What an axis left out means (1.6, 10.3)."""
    whole = Span(sure=words.whole[axis], possible=words.whole[axis])
    if role == "subject" or axis in {"action", "data"}:
        return whole
    if axis == "by":
        return span_of(words, "by", ["vendor"])
    identifiable = span_of(words, "state", ["identifiable"])
    return replace(identifiable, possible=words.whole["state"])


Spans = dict[str, Span]


def spans_of(words: Words, box: Box, role: Role, settled: Settled) -> Spans:
    """The spans of a box, axis by axis."""
    spans = {}
    for axis in AXES:
        named: tuple[str, ...] | None = getattr(box, axis)
        plain = left_out(words, axis, role) if named is None else span_of(words, axis, named)
        spans[axis] = settle(axis, plain, settled)
    return spans


def spans_of_perhaps(
    words: Words, box: Box, own: Spans, settled: Settled, behind: Collection[CarveOut]
) -> Spans:
    """A box of `perhaps`: an axis it does not name is the part's own (1.5).

    On an axis it names, what the part's own terms do not surely cover is in doubt; they do not
    cover what their definition takes out.
    """
    spans = dict(own)
    for exception in behind:
        axis = str(exception.of)
        out = spans_of(words, exception.box, "subject", Settled())[axis].possible
        own = {**own, axis: replace(own[axis], sure=own[axis].sure - out)}
    for axis in AXES:
        named: tuple[str, ...] | None = getattr(box, axis)
        if named is not None:
            reach = span_of(words, axis, named).possible
            doubtful = Span(sure=reach & own[axis].sure, possible=reach)
            spans[axis] = settle(axis, doubtful, settled)
    return spans


def settled_points(box: Box, spans: Spans, settled: Settled) -> Points:
    """The points of a perhaps box that a reading covered, no other axis being in doubt (10.26)."""
    return frozenset(
        point
        for point in sure_points(spans)
        if any(
            getattr(box, axis) is not None and leaf in settled.covered.get(axis, ())
            for axis, leaf in zip(AXES, point, strict=True)
        )
    )


def leaves_behind(box: Box, exception: CarveOut) -> bool:
    """A perhaps box naming an axis leaves behind the exception its term brought along (10.2)."""
    return exception.of is not None and getattr(box, exception.of) is not None


def sure_points(spans: Spans) -> Points:
    """Every combination of leaves that are sure."""
    return frozenset(product(*(sorted(spans[axis].sure) for axis in AXES)))


def possible_points(spans: Spans) -> Points:
    """Every combination of leaves that are possible."""
    return frozenset(product(*(sorted(spans[axis].possible) for axis in AXES)))


def sure_under_exceptions(points: Points, exceptions: Collection[Spans]) -> Points:
    """Surely covered is what the exceptions do not even possibly take out (1.5)."""
    return frozenset(p for p in points if not any(possibly_in(p, e) for e in exceptions))


def possible_under_exceptions(points: Points, exceptions: Collection[Spans]) -> Points:
    """Possibly covered is what the exceptions do not surely take out (1.5)."""
    return frozenset(p for p in points if not any(surely_in(p, e) for e in exceptions))


def possibly_in(point: Point, spans: Spans) -> bool:
    """Whether the box possibly covers the point."""
    return all(leaf in spans[axis].possible for axis, leaf in zip(AXES, point, strict=True))


def surely_in(point: Point, spans: Spans) -> bool:
    """Whether the box surely covers the point."""
    return all(leaf in spans[axis].sure for axis, leaf in zip(AXES, point, strict=True))


def cover_of_part(
    words: Words, part: Part, role: Role, settled: Settled, exceptions: Collection[CarveOut]
) -> Cover:
    """What one box with its exceptions and its `perhaps` covers (1.5)."""
    own = spans_of(words, part.box, role, settled)
    covers = [under_exceptions(words, sure_points(own), own, exceptions, settled)]
    for box in part.perhaps:
        behind = [e for e in exceptions if leaves_behind(box, e)]
        kept = [e for e in exceptions if e not in behind]
        spans = spans_of_perhaps(words, box, own, settled, behind)
        sure = settled_points(box, spans, settled)
        covers.append(under_exceptions(words, sure, spans, kept, settled))
    return union(covers)


def under_exceptions(
    words: Words, sure: Points, spans: Spans, exceptions: Collection[CarveOut], settled: Settled
) -> Cover:
    """What exceptions leave: of the sure and of the possible (1.5).

    One that takes out only perhaps takes nothing out surely.
    """
    out = [(e.perhaps, spans_of(words, e.box, "subject", settled.turned)) for e in exceptions]
    surely_out = [each for perhaps, each in out if not perhaps]
    return Cover(
        sure=sure_under_exceptions(sure, [each for _, each in out]),
        possible=possible_under_exceptions(possible_points(spans), surely_out),
    )


def union(covers: Collection[Cover]) -> Cover:
    """What any of them covers (10.2)."""
    return Cover(
        sure=frozenset[Point]().union(*(cover.sure for cover in covers)),
        possible=frozenset[Point]().union(*(cover.possible for cover in covers)),
    )


def cover_of(
    words: Words, scope: Scope, role: Role, world: World | None, settled: Settled | None = None
) -> Cover:
    """The union of the parts (10.2). Without a world, exceptions with conditions take nothing."""
    covers = []
    for part in scope.parts:
        holding = [e for e in part.excepting if all_hold(words, e.applies, world)]
        covers.append(cover_of_part(words, part, role, settled or Settled(), holding))
    return union(covers)


def required_points(words: Words, scope: Scope, role: Role, world: World | None) -> Points:
    """The points a requirement speaks about: it has only a sure scope (1.5)."""
    points: set[Point] = set()
    for part in scope.parts:
        spans = spans_of(words, part.box, role, Settled())
        out = [
            spans_of(words, e.box, "subject", Settled())
            for e in part.excepting
            if all_hold(words, e.applies, world)
        ]
        points |= possible_under_exceptions(sure_points(spans), out)
    return frozenset(points)


# --- 3.2, 4.5 Conditions -----------------------------------------------------------------------


def lies_in(axis: Hierarchy, inner: str, outer: str) -> bool:
    """Whether the table puts one inside the other; what nothing names lies in the whole (3.2)."""
    known = {term.id: term for term in axis.terms}
    if inner == ANOTHER:
        return outer in known and not known[outer].parents
    return inner == outer or (outer in known and inner in below(axis, outer))


def one_holds(words: Words, condition: Condition, world: World, value: str) -> bool:
    """Whether our use is this value (3.2, 10.10)."""
    if condition.key in {"feature", "agreement"}:
        return world.get(f"{condition.key}:{value}") is True
    if condition.key == "opted-out":
        return world["opted-out"] is (value == "true")
    ours = world[condition.key]
    if condition.key == "region":
        return lies_in(words.vocabulary.region, str(ours), value)
    return ours == value


def holds(words: Words, condition: Condition, world: World) -> bool:
    """Whether one of the values is ours or, negated, none of them (3.2)."""
    some = any(one_holds(words, condition, world, value) for value in condition.values)
    return some is not condition.negated


def all_hold(words: Words, conditions: Iterable[Condition], world: World | None) -> bool:
    """All conditions must hold (3.2). Where no world is given, only no condition does."""
    if world is None:
        return not tuple(conditions)
    return all(holds(words, condition, world) for condition in conditions)


def conditions_of_scope(scope: Scope | None) -> Iterator[Condition]:
    """The conditions its exceptions carry."""
    for part in scope.parts if scope else ():
        for exception in part.excepting:
            yield from exception.applies


def conditions_of_clause(clause: Clause) -> Iterator[Condition]:
    """The conditions of a clause, of its exceptions and of what it states."""
    yield from clause.applies
    yield from conditions_of_scope(clause.scope)
    for statement in clause.states:
        yield from conditions_of_scope(statement.of)


def conditions_of_demand(demand: Demand) -> Iterator[Condition]:
    """The conditions that exceptions of a requirement carry (10.18)."""
    match demand:
        case Forbid():
            yield from conditions_of_scope(demand.scope)
        case Require():
            yield from conditions_of_scope(demand.of)
        case Every() | Some():
            for part in demand.parts:
                yield from conditions_of_demand(part)


def conditions_of_document(document: Document) -> Iterator[Condition]:
    """The conditions of a whole document, and of what its rank and absence are about."""
    yield from document.applies
    yield from conditions_of_scope(document.absence.about if document.absence else None)
    for precedence in document.precedence:
        yield from conditions_of_scope(precedence.about)


def conditions_of_version(version: Version) -> Iterator[Condition]:
    """The conditions in what a version says about precedence and about its unread parts."""
    for precedence in version.precedence:
        yield from conditions_of_scope(precedence.about)
    for absence in version.unread:
        yield from conditions_of_scope(absence.about)


def conditions_asked(matter: Matter) -> Iterator[Condition]:
    """Those of the requirement, and of documents and clauses that touch it (4.5, 10.18)."""
    yield from matter.requirement.applies
    yield from conditions_of_demand(matter.requirement.demand)
    for document in matter.vendor.documents:
        version = version_in_force(matter, document)
        clauses = clauses_that_touch(matter, document, version) if version else []
        if bears(matter, document, version) and could_stand(matter, document):
            yield from conditions_of_document(document)
        if version is not None:
            yield from conditions_of_version(version)
        for clause in clauses:
            yield from conditions_of_clause(anyhow(matter, as_asked(matter, clause)))


def conditions_named(matter: Matter) -> Iterator[Condition]:
    """Every condition that stands anywhere."""
    yield from matter.requirement.applies
    yield from conditions_of_demand(matter.requirement.demand)
    for document in matter.vendor.documents:
        yield from conditions_of_document(document)
    for version in matter.vendor.versions:
        yield from conditions_of_version(version)
        for clause in version.clauses:
            yield from conditions_of_clause(clause)


def bears(matter: Matter, document: Document, version: Version | None) -> bool:
    """Whether a document has a say: a rank, a clause or gap that touches, one it replaces (4.5)."""
    replaced = [d for d in matter.vendor.documents if d.id in document.replaces]
    return has_own_say(matter, document, version) or any(
        has_own_say(matter, other, version_in_force(matter, other)) for other in replaced
    )


def has_own_say(matter: Matter, document: Document, version: Version | None) -> bool:
    """Whether something of it can count: a rank, or a clause or gap that touches."""
    if version is None:
        gaps: tuple[Absence, ...] = (document.absence or Absence(),)
        ranks = document.precedence or document.replaces
    else:
        gaps, ranks = version.unread, (*document.precedence, *version.precedence)
    governs = document.kind is not DocumentKind.STATEMENT
    missed = governs and any(lacks(matter, document, gap) for gap in gaps)
    touching = version is not None and clauses_that_touch(matter, document, version)
    return bool(ranks or missed or touching)


def clauses_that_touch(matter: Matter, document: Document, version: Version) -> list[Clause]:
    """The clauses of a version that can count for the requirement, under whatever conditions."""
    if document.id not in matter.touching:
        matter.touching[document.id] = [
            clause
            for clause in version.clauses
            if counts_at_all(matter, document, clause)
            and could_apply(matter, document, version, clause)
            and touches(matter, version, clause, matter.requirement.demand)
        ]
    return matter.touching[document.id]


def could_apply(matter: Matter, document: Document, version: Version, clause: Clause) -> bool:
    """Whether all its conditions hold under some answer to them; else it asks nothing (10.18)."""
    return any(
        could_belong(matter, document, world)
        and clause_applies(matter, document, version, clause, world)
        for world in worlds_of(matter, (*clause.applies, *document.applies))
    )


def could_stand(matter: Matter, document: Document) -> bool:
    """Whether a document is part of the agreement, and applies, under some answer."""
    return any(stands(matter, document, world) for world in worlds_of(matter, document.applies))


def single_parts(demand: Demand, outer: Outer) -> Iterator[tuple[Forbid | Require, Outer]]:
    """The parts judged by themselves, with what the compounds around them say."""
    match demand:
        case Every() | Some():
            for part in demand.parts:
                yield from single_parts(part, outer.inside(demand))
        case _:
            yield demand, outer


def touches(matter: Matter, version: Version, clause: Clause, demand: Demand) -> bool:
    """Whether a clause that is there possibly covers a point of the scope, or states a fact asked.

    (4.5, 6.3)
    """
    halves = list(halves_of(matter, version, anyhow(matter, clause), None))
    document = document_named(matter.vendor, version.document)
    voice = Voice(clause=clause, version=version, document=document, cover=NOTHING)
    stated = {statement.fact for statement in clause.states}
    for part, outer in single_parts(demand, Outer()):
        if not narrowed_in(voice, outer.narrowings_of(part)):
            continue
        names = {when.fact for when in outer.conditions_of(part)}
        if isinstance(part, Require):
            names.add(part.fact)
        else:
            points = required_points(matter.words, part.scope, "requirement", None)
            if any(half.cover.possible & points for half in halves):
                return True
        if any(is_at_or_below(fact, name) for fact in stated for name in names):
            return True
    return False


def as_asked(matter: Matter, clause: Clause) -> Clause:
    """The clause without what nobody asks about: other facts and, for facts alone, its verb."""
    parts = list(single_parts(matter.requirement.demand, Outer()))
    names = {part.fact for part, _ in parts if isinstance(part, Require)}
    names |= {when.fact for part, outer in parts for when in outer.conditions_of(part)}
    states = tuple(s for s in clause.states if any(is_at_or_below(s.fact, n) for n in names))
    verb = any(isinstance(part, Forbid) for part, _ in parts) or any(not s.of for s in states)
    return replace(clause, scope=clause.scope if verb else None, states=states)


def lacks(matter: Matter, document: Document, absence: Absence) -> bool:
    """Whether what is missing is about a point of the scope, or names a fact asked about (4.5)."""
    everything = Scope(parts=(Part(box=Box()),))
    about = cover_of(matter.words, absence.about or everything, "subject", None)
    missing = Missing(document=document, absence=absence, about=about, unread=False)
    for part, outer in single_parts(matter.requirement.demand, Outer()):
        if any(missing_touches(missing, when.fact) for when in outer.conditions_of(part)):
            return True
        if not missing_in_narrow(missing, outer.narrowings_of(part)):
            continue
        if isinstance(part, Require):
            if missing_touches(missing, part.fact):
                return True
        elif about.possible & required_points(matter.words, part.scope, "requirement", None):
            return True
    return False


def anyhow(matter: Matter, clause: Clause) -> Clause:
    """The clause with no exception whose conditions hold, or fail, whatever is answered (10.18).

    One whose conditions hold anyhow carries none, one whose conditions never hold is none.
    """
    states = [replace(s, of=freed_scope(matter, s.of) if s.of else None) for s in clause.states]
    scope = freed_scope(matter, clause.scope) if clause.scope else None
    return replace(clause, scope=scope, states=tuple(states))


def freed_scope(matter: Matter, scope: Scope) -> Scope:
    """A scope with such exceptions."""
    parts = [replace(part, excepting=tuple(freed(matter, part.excepting))) for part in scope.parts]
    return Scope(parts=tuple(parts))


def freed(matter: Matter, exceptions: Iterable[CarveOut]) -> Iterator[CarveOut]:
    """The exceptions that may hold, without conditions that hold under every answer to them."""
    for one in exceptions:
        answers = worlds_of(matter, one.applies)
        holding = [all_hold(matter.words, one.applies, world) for world in answers]
        if any(holding):
            yield replace(one, applies=()) if all(holding) else one


def answers_to(matter: Matter, key: str, named: frozenset[str]) -> Iterator[str]:
    """The values one key may have: known, listed, or named and "another" (4.5, 10.18)."""
    known = dict(matter.use.context.known)
    listed = {
        "service": matter.vendor.services,
        "plan": matter.vendor.plans,
        **matter.words.vocabulary.answers,
    }
    closed = listed.get(key)
    if key in known:
        yield from known[key]
        if key == "region":
            yield from (n for n in named if n not in known[key] and within(matter, n, known[key]))
    elif closed is not None:
        yield from closed
    else:
        yield from named
        yield ANOTHER


def within(matter: Matter, region: str, known: tuple[str, ...]) -> bool:
    """Whether a region that the terms name lies inside ours (10.10)."""
    return any(lies_in(matter.words.vocabulary.region, region, ours) for ours in known)


def dimensions(
    matter: Matter, conditions: Iterable[Condition]
) -> dict[str, tuple[str | bool, ...]]:
    """Every open or known dimension that a condition names, with its possible answers (4.5)."""
    named: dict[str, set[str]] = {}
    for condition in conditions:
        if not decided(matter, condition):
            named.setdefault(condition.key, set()).update(condition.values)
    found: dict[str, tuple[str | bool, ...]] = {}
    for key, values in sorted(named.items()):
        if key in {"feature", "agreement"}:
            found |= {f"{key}:{value}": (True, False) for value in sorted(values)}
        elif key == "opted-out":
            out = matter.use.context.opted_out
            found[key] = (True, False) if out is None else (out,)
        else:
            found[key] = tuple(dict.fromkeys(answers_to(matter, key, frozenset(values))))
    return found | known_switches(matter)


def known_switches(matter: Matter) -> dict[str, tuple[str | bool, ...]]:
    """The features and agreements of which we know."""
    context = matter.use.context
    found: dict[str, tuple[str | bool, ...]] = {}
    found |= {f"feature:{name}": (on,) for name, on in context.features}
    found |= {f"agreement:{name}": (signed,) for name, signed in context.agreements}
    return found


def decided(matter: Matter, condition: Condition) -> bool:
    """Whether one of several names is known to be on or signed: then the others are not asked."""
    known = known_switches(matter)
    return any(known.get(f"{condition.key}:{value}") == (True,) for value in condition.values)


def worlds(*matters: Matter) -> list[World]:
    """Every combination of possible answers to what any of them asks (4.5).

    What is named and not asked is answered somehow, for it cannot matter, but whether a document
    was agreed: unasked, it is part of the agreement (10.8).
    """
    named = dimensions(matters[0], chain.from_iterable(map(conditions_named, matters)))
    asked = dimensions(matters[0], chain.from_iterable(map(conditions_asked, matters)))
    somehow = {key: answers[:1] for key, answers in named.items()}
    agreed = {f"agreement:{d.id}" for m in matters for d in m.vendor.documents}
    return combinations(
        {k: v for k, v in somehow.items() if k not in agreed} | ours(matters) | asked
    )


def ours(matters: Iterable[Matter]) -> dict[str, tuple[bool, ...]]:
    """The documents that are part of the agreement where nobody asks (10.8)."""
    documents = (each for matter in matters for each in matter.vendor.documents)
    return {f"agreement:{each.id}": (True,) for each in documents if not each.assume_absent}


def worlds_of(matter: Matter, conditions: Iterable[Condition]) -> list[World]:
    """Every combination of possible answers to these conditions."""
    return combinations(dimensions(matter, conditions))


def combinations(open_ones: Mapping[str, tuple[str | bool, ...]]) -> list[World]:
    """One world for each combination of answers."""
    return [dict(zip(open_ones, combo, strict=True)) for combo in product(*open_ones.values())]


# --- 3.1 What is in force ----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What one verdict is asked about; `touching` remembers what does not depend on the answers."""

    requirement: Requirement
    vendor: Vendor
    words: Words
    use: Use
    on: date
    verified: frozenset[tuple[str, date, str]]
    defeats: Counter[Criterion]
    touching: dict[str, list[Clause]] = field(default_factory=dict)


def latest_recorded(matter: Matter, document: str, on: date) -> Version | None:
    """The last version that took effect by that day, were no later one known (3.1)."""
    started = [v for v in matter.vendor.versions if v.document == document and v.effective <= on]
    return max(started, key=lambda v: v.effective, default=None)


def superseded(matter: Matter, version: Version, on: date) -> bool:
    """Whether a later version is known and not recorded (3.1)."""
    return any(
        document == version.document and version.effective < known <= on
        for document, known in matter.vendor.known_versions
    )


def version_on(matter: Matter, document: str, on: date) -> Version | None:
    """The version in force on a day: to the day before the next one's, or to `withdrawn` (3.1)."""
    version = latest_recorded(matter, document, on)
    if version is None or superseded(matter, version, on):
        return None
    return None if withdrawn(version, on) else version


def withdrawn(version: Version, on: date) -> bool:
    """Whether the last day in force is past (10.8)."""
    return version.withdrawn is not None and version.withdrawn < on


def version_in_force(matter: Matter, document: Document) -> Version | None:
    """The version of a document that counts on the day asked about (3.1)."""
    return None if document.absence else version_on(matter, document.id, matter.on)


def ended(matter: Matter, document: Document) -> bool:
    """Whether the document was withdrawn and nothing later is known (10.8)."""
    version = latest_recorded(matter, document.id, matter.on)
    return (
        version is not None
        and document.absence is None
        and not superseded(matter, version, matter.on)
        and withdrawn(version, matter.on)
    )


def counts_at_all(matter: Matter, document: Document, clause: Clause) -> bool:
    """Statements and what binds the customer never count, nor what is not yet or no more in force.

    (2.7, 3.1, 3.6)
    """
    begun = clause.begins is None or clause.begins <= matter.on
    over = clause.ends is not None and clause.ends < matter.on
    kept = not clause.binds_customer and not clause.statement
    return begun and not over and kept and document.kind is not DocumentKind.STATEMENT


# --- 4.7 Recorded readings ---------------------------------------------------------------------


def readings_of(matter: Matter, version: Version, clause: Clause) -> Iterator[RecordedReading]:
    """Those recorded for the version in force, whenever in its time (4.7, 10.26)."""
    for reading in matter.use.readings:
        ours = (reading.vendor, reading.document, reading.clause)
        then = version_on(matter, version.document, reading.on)
        same = then is not None and then.effective == version.effective
        if ours == (matter.vendor.id, version.document, clause.id) and same:
            yield reading


def settled_for(matter: Matter, version: Version, clause: Clause) -> Settled:
    """The leaves that readings of terms settle, axis by axis (10.26)."""
    covered: dict[str, Leaves] = {}
    denied: dict[str, Leaves] = {}
    for reading in readings_of(matter, version, clause):
        if reading.term is not None and reading.axis is not None:
            side = covered if reading.covered else denied
            leaves = matter.words.sure[reading.axis][reading.term]
            side[reading.axis] = side.get(reading.axis, frozenset()) | leaves
    return Settled(covered=less(covered, denied), denied=less(denied, covered))


def less(said: Mapping[str, Leaves], against: Mapping[str, Leaves]) -> Mapping[str, Leaves]:
    """What readings say where none says the contrary (10.26)."""
    return {axis: leaves - against.get(axis, frozenset()) for axis, leaves in said.items()}


def stances_as_written(
    matter: Matter, version: Version, clause: Clause, said: tuple[Stance, ...]
) -> frozenset[Stance]:
    """The stances the words admit, unless a reading settled which of them (2.2, 4.7)."""
    admitted = frozenset(said) | with_firmness(clause.firmness)
    settled = [
        stance
        for stance in admitted
        if any(reading.stance is stance for reading in readings_of(matter, version, clause))
    ]
    return frozenset(settled) if len(settled) == 1 else admitted


def with_firmness(firmness: Firmness) -> frozenset[Stance]:
    """All but a promise add free (2.2, 10.4)."""
    return frozenset() if firmness is Firmness.PROMISE else frozenset({Stance.FREE})


# --- 2.5 The clauses as they count -------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, eq=False)
class Voice:
    """A clause as it counts: one half of a closed list, or one fact it states."""

    clause: Clause
    version: Version
    document: Document
    cover: Cover
    stances: frozenset[Stance] = frozenset()
    second: bool = False
    statement: FactStatement | None = None

    @property
    def conditions(self) -> frozenset[tuple[str, frozenset[str], bool]]:
        """The conditions of the clause and of its document (3.2)."""
        every = self.clause.applies + self.document.applies
        return frozenset((c.key, frozenset(c.values), c.negated) for c in every)


def document_named(vendor: Vendor, name: str) -> Document:
    """The document of that id."""
    return next(document for document in vendor.documents if document.id == name)


def halves_of(
    matter: Matter, version: Version, clause: Clause, world: World | None
) -> Iterator[Voice]:
    """A clause with a verb is one voice; a closed list is two (2.5)."""
    if clause.scope is None:
        return
    settled = settled_for(matter, version, clause)
    first = Voice(
        clause=clause,
        version=version,
        document=document_named(matter.vendor, version.document),
        cover=cover_of(matter.words, clause.scope, "clause", world, settled),
        stances=stances_as_written(matter, version, clause, clause.stances),
    )
    yield first
    if clause.closed is not Closed.NO:
        rest = everything_else(matter.words, clause.scope)
        cover = cover_of(matter.words, rest, "clause", world, of_no_action(settled))
        if clause.closed is Closed.PERHAPS:
            cover = replace(cover, sure=frozenset())
        stances = stances_as_written(matter, version, clause, (Stance.BARRED,))
        yield replace(first, cover=cover, stances=stances, second=True)


def of_no_action(settled: Settled) -> Settled:
    """A reading of an action never touches the second half of a closed list (10.26)."""
    return Settled(
        covered={axis: leaves for axis, leaves in settled.covered.items() if axis != "action"},
        denied={axis: leaves for axis, leaves in settled.denied.items() if axis != "action"},
    )


def everything_else(words: Words, scope: Scope) -> Scope:
    """Any action on the same data by the same parties in the same states (2.5, 10.27)."""
    parts = [
        replace(part, box=replace(part.box, action=(words.roots["action"],)), perhaps=())
        for part in scope.parts
    ]
    return Scope(parts=tuple(parts))


def facts_of(matter: Matter, version: Version, clause: Clause, world: World) -> Iterator[Voice]:
    """What a clause states, with its scope (5.1); what is left to a discretion states nothing."""
    settled = settled_for(matter, version, clause)
    everything = Scope(parts=(Part(box=Box()),))
    for statement in clause.states:
        if statement.firmness is Firmness.DISCRETION:
            continue
        if statement.of is not None or clause.scope is None:
            scope: Scope = statement.of or everything
            cover = cover_of(matter.words, scope, "subject", world, settled)
        else:
            cover = cover_of(matter.words, clause.scope, "clause", world, settled)
        yield Voice(
            clause=clause,
            version=version,
            document=document_named(matter.vendor, version.document),
            cover=cover,
            statement=statement,
        )


# --- what stands in one world ------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Rank:
    """One document over others (3.3 b), perhaps only about a subject."""

    document: str
    over: tuple[str, ...]
    about: Cover | None


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What nobody has read (4.4): a document not at hand, or the unread part of one that is."""

    document: Document
    absence: Absence
    about: Cover
    unread: bool


@dataclass(frozen=True, kw_only=True)
class Standing:
    """All that counts in one world."""

    matter: Matter
    world: World
    voices: tuple[Voice, ...]
    facts: tuple[Voice, ...]
    ranks: tuple[Rank, ...]
    missing: tuple[Missing, ...]
    contract_at_hand: bool


def belongs(matter: Matter, document: Document, world: World) -> bool:
    """Whether a document is part of the agreement at all (10.8)."""
    refused = world.get(f"agreement:{document.id}") is False
    return not (refused or assumed_absent(document, world) or ended(matter, document))


def could_belong(matter: Matter, document: Document, world: World) -> bool:
    """Whether it is part, or would be if we answered that we agreed on it (10.8)."""
    refused = world.get(f"agreement:{document.id}") is False
    return not (refused or ended(matter, document))


def stands(matter: Matter, document: Document, world: World) -> bool:
    """Whether a document is part of the agreement and its conditions hold (3.2)."""
    return belongs(matter, document, world) and all_hold(matter.words, document.applies, world)


def assumed_absent(document: Document, world: World) -> bool:
    """Counted as absent until a check says otherwise (4.4)."""
    return document.assume_absent and world.get(f"agreement:{document.id}") is not True


def replaced(matter: Matter, world: World) -> frozenset[str]:
    """The documents whose clauses do not count, another having taken their place (10.9)."""
    return frozenset(
        name
        for document in matter.vendor.documents
        if document.replaces
        and version_in_force(matter, document)
        and stands(matter, document, world)
        for name in document.replaces
    )


def clause_applies(
    matter: Matter, document: Document, version: Version, clause: Clause, world: World
) -> bool:
    """Whether all conditions hold, its own and its document's (3.2).

    `opted-out` is known where our recorded opt-outs cover all that the clause is about (10.10).
    """
    reach = all_about(matter, version, anyhow(matter, clause))
    covered = all(recorded(matter, ChoiceKind.OPTED_OUT, point) for point in reach)
    if matter.use.context.opted_out is None and reach and covered:
        world = {**world, "opted-out": True}
    return all_hold(matter.words, (*clause.applies, *document.applies), world)


def all_about(matter: Matter, version: Version, clause: Clause) -> Points:
    """All that its verb possibly covers or, having none, what it states, whatever is answered."""
    if clause.scope is not None:
        return next(halves_of(matter, version, clause, None)).cover.possible
    everything = Scope(parts=(Part(box=Box()),))
    abouts = [statement.of or everything for statement in clause.states]
    settled = settled_for(matter, version, clause)
    covers = [cover_of(matter.words, about, "subject", None, settled) for about in abouts]
    return union(covers).possible


def missing_in(
    matter: Matter, document: Document, version: Version | None, world: World
) -> Iterator[Missing]:
    """What is missing of one document; a statement is never missed (4.4, 10.8)."""
    if document.kind is DocumentKind.STATEMENT:
        return
    if version is not None:
        absences: tuple[Absence, ...] = version.unread
    elif assumed_absent(document, world):
        absences = ()
    else:
        absences = (document.absence or Absence(),)
    for absence in absences:
        everything = Scope(parts=(Part(box=Box()),))
        about = cover_of(matter.words, absence.about or everything, "subject", world)
        yield Missing(document=document, absence=absence, about=about, unread=version is not None)


def ranks_in(
    matter: Matter, document: Document, version: Version | None, world: World
) -> Iterator[Rank]:
    """What the agreement states about precedence, in vendor.yaml or in this version (3.3 b)."""
    stated: tuple[Precedence, ...] = document.precedence + (version.precedence if version else ())
    for precedence in stated:
        about = precedence.about
        cover = cover_of(matter.words, about, "subject", world) if about else None
        yield Rank(document=precedence.document, over=precedence.over, about=cover)
    if version is None and document.replaces:
        yield Rank(document=document.id, over=document.replaces, about=None)


def standing_in(matter: Matter, world: World) -> Standing:
    """All clauses that apply, all facts, ranks and gaps in one world (3.1, 3.2)."""
    gone = replaced(matter, world)
    found = [
        document_in(matter, document, world, gone=document.id in gone)
        for document in matter.vendor.documents
        if belongs(matter, document, world)
    ]
    return Standing(
        matter=matter,
        world=world,
        voices=tuple(voice for one in found for voice in one.voices),
        facts=tuple(fact for one in found for fact in one.facts),
        ranks=tuple(rank for one in found for rank in one.ranks),
        missing=tuple(missing for one in found for missing in one.missing),
        contract_at_hand=any(one.contract_at_hand for one in found),
    )


def document_in(matter: Matter, document: Document, world: World, *, gone: bool) -> Standing:
    """What one document brings; one that is replaced brings nothing (10.9)."""
    version = version_in_force(matter, document)
    has_a_say = bears(matter, document, version)
    applies = has_a_say and all_hold(matter.words, document.applies, world)
    there = applies and (version is not None or not assumed_absent(document, world))
    voices, facts = voices_in(matter, document, None if gone else version, world)
    return Standing(
        matter=matter,
        world=world,
        voices=voices,
        facts=facts,
        ranks=tuple(ranks_in(matter, document, version, world)) if there and not gone else (),
        missing=tuple(missing_in(matter, document, version, world)) if there and not gone else (),
        contract_at_hand=version is not None and document.kind is DocumentKind.CONTRACT,
    )


def voices_in(
    matter: Matter, document: Document, version: Version | None, world: World
) -> tuple[tuple[Voice, ...], tuple[Voice, ...]]:
    """The clauses of a document that apply, as they count: what they permit, what they state."""
    voices: list[Voice] = []
    facts: list[Voice] = []
    if version is not None:
        for clause in clauses_that_touch(matter, document, version):
            halves = tuple(halves_of(matter, version, clause, world))
            if clause_applies(matter, document, version, clause, world):
                voices += halves
                facts += facts_of(matter, version, clause, world)
    return tuple(voices), tuple(facts)


# --- 3.3 Which prevails ------------------------------------------------------------------------


def is_at_or_below(inner: str, outer: str) -> bool:
    """Whether a fact or section is the one named or lies below it, by dots."""
    return inner == outer or inner.startswith((outer + ".", outer + "("))


def means(target: Target, voice: Voice) -> bool:
    """Whether a clause is what `overrides` or `alongside` names (10.11)."""
    if target.document is None:
        return True
    if target.document != voice.document.id:
        return False
    if target.clause is not None:
        return target.clause == voice.clause.id
    return target.section is None or is_at_or_below(voice.clause.section, target.section)


def means_document(target: Target, document: str) -> bool:
    """Whether a whole document, or all, is what a clause names."""
    whole = target.clause is None and target.section is None
    return target.document is None or (target.document == document and whole)


def by_list(c: Voice, d: Voice) -> bool:
    """The listed half of a closed list prevails over its other half (2.5, 10.7)."""
    return c.clause is d.clause and d.second and not c.second


def by_recorded_reading(matter: Matter, c: Voice, d: Voice) -> bool:
    """A person decided the conflict (4.7)."""
    return any(
        reading.over == (d.document.id, d.clause.id)
        for reading in readings_of(matter, c.version, c.clause)
    )


def alongside(c: Voice, d: Voice) -> bool:
    """One of the two says that it stands beside the other (3.3 a)."""
    return any(means(t, d) for t in c.clause.alongside) or any(
        means(t, c) for t in d.clause.alongside
    )


def by_express_words(c: Voice, d: Voice) -> bool:
    """C says so, or d is the second half of a list that excepts c's document (3.3 a, 10.7)."""
    return says_so(c, d) or excepted_as_in(c, d)


def says_so(c: Voice, d: Voice) -> bool:
    """Notwithstanding (3.3 a)."""
    return any(means(target, d) for target in c.clause.overrides)


def excepted_as_in(c: Voice, d: Voice) -> bool:
    """`except-as-in` lets that document's clauses prevail over the second half (2.5)."""
    return d.second and c.document.id in d.clause.except_as_in


def by_document(c: Voice, d: Voice, pairs: Pairs) -> bool:
    """C's document prevails over d's (3.3 b)."""
    return c.document.id != d.document.id and (c.document.id, d.document.id) in pairs


def incorporates(vendor: Vendor, outer: str, inner: str) -> bool:
    """Whether one document incorporates another, through others too (10.13)."""
    found: set[str] = set()
    ahead = {inner}
    while ahead:
        found |= ahead
        ahead = {
            name
            for document in vendor.documents
            if document.id in ahead
            for name in document.incorporated_by
        } - found
    return outer in found


def near(matter: Matter, c: Voice, d: Voice) -> bool:
    """Within one document, or one incorporates the other (3.3 c)."""
    one, other = c.document.id, d.document.id
    return incorporates(matter.vendor, one, other) or incorporates(matter.vendor, other, one)


def by_specificity(matter: Matter, c: Voice, d: Voice) -> bool:
    """The specific over the general (3.3 c)."""
    return (
        bool(c.cover.sure)
        and near(matter, c, d)
        and (c.cover.sure < d.cover.sure or more_conditional(c, d))
    )


def more_conditional(c: Voice, d: Voice) -> bool:
    """Equal scopes, and strictly more conditions (3.3 c)."""
    return c.cover.sure == d.cover.sure and c.conditions > d.conditions


def by_plainness(c: Voice, d: Voice, point: Point) -> bool:
    """The express over the vague (3.3 d)."""
    return is_plain(c) and point in c.cover.sure and point not in d.cover.sure


def is_plain(voice: Voice) -> bool:
    """A plain ban or a plain permission, as written (10.14)."""
    plain = voice.stances in ({Stance.BARRED}, {Stance.FREE})
    return plain and not voice.second


def deciding_criterion(
    matter: Matter, c: Voice, d: Voice, point: Point, pairs: Pairs
) -> tuple[Criterion | None, bool, bool]:
    """The first criterion that decides between two, and for whom (3.3)."""
    if c.clause is d.clause:
        return Criterion.LISTED, by_list(c, d), by_list(d, c)
    found = by_recorded_reading(matter, c, d), by_recorded_reading(matter, d, c)
    if any(found):
        return Criterion.RECORDED, *found
    if alongside(c, d):
        return None, False, False
    for criterion, both in criteria(matter, c, d, point, pairs):
        if any(both):
            return criterion, *both
    return None, False, False


def criteria(
    matter: Matter, c: Voice, d: Voice, point: Point, pairs: Pairs
) -> Iterator[tuple[Criterion, tuple[bool, bool]]]:
    """The criteria (a) to (d) in their order; facts know only (a) and (b) (3.3, 5.3)."""
    yield Criterion.EXPRESS, (by_express_words(c, d), by_express_words(d, c))
    yield Criterion.DOCUMENT, (by_document(c, d, pairs), by_document(d, c, pairs))
    if c.statement is None:
        yield Criterion.SPECIFIC, (by_specificity(matter, c, d), by_specificity(matter, d, c))
        yield Criterion.PLAIN, (by_plainness(c, d, point), by_plainness(d, c, point))


Relation = dict[tuple[Voice, Voice], Criterion]


def relation_at(matter: Matter, voices: Collection[Voice], point: Point, pairs: Pairs) -> Relation:
    """Who prevails over whom at a point, and why."""
    found: Relation = {}
    for c, d in product(voices, voices):
        criterion, prevails, _ = deciding_criterion(matter, c, d, point, pairs)
        if c is not d and prevails and criterion is not None:
            found[c, d] = criterion
    return found


def reached_from(c: Voice, applying: Collection[Voice], relation: Relation) -> set[Voice]:
    """All that c prevails over, directly or through a chain of applying clauses (3.4)."""
    found: set[Voice] = set()
    ahead = {c}
    while ahead:
        ahead = {d for a in ahead for d in applying if (a, d) in relation} - found
        found |= ahead
    return found


def governing(matter: Matter, applying: Collection[Voice], relation: Relation) -> tuple[Voice, ...]:
    """Those over which none prevails without their prevailing back (3.4)."""
    reach = {c: reached_from(c, applying, relation) for c in applying}
    found = []
    for d in applying:
        above = [c for c in applying if d in reach[c] and c not in reach[d]]
        if not above:
            found.append(d)
        else:
            matter.defeats.update({relation[c, d] for c in above if (c, d) in relation})
    return tuple(found)


# --- 3.5 Readings ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One way to read everything that is open at a point: who governs, with which stance."""

    governing: tuple[Voice, ...]
    stances: Mapping[Voice, Stance]
    pairs: Pairs


def chains(held: Iterable[Rank]) -> Pairs:
    """Which document prevails over which, through others too (3.3 b)."""
    pairs = {(rank.document, name) for rank in held for name in rank.over}
    while True:
        longer = {(a, d) for a, b in pairs for c, d in pairs if b == c} - pairs
        if not longer:
            return frozenset(pairs)
        pairs |= longer


def ways_to_rank(ranks: Iterable[Rank], point: Point) -> list[list[Rank | None]]:
    """Each rank holds, does not, or may hold at a point (10.12)."""
    ways: list[list[Rank | None]] = []
    for rank in ranks:
        if rank.about is None or point in rank.about.sure:
            ways.append([rank])
        elif point in rank.about.possible:
            ways.append([rank, None])
    return ways


Option = tuple[Voice, Stance | None]
"""A voice with one stance (`None` for a fact, which has none)."""


def ways_to_take(voice: Voice, point: Point, stances: Iterable[Stance]) -> list[Option | None]:
    """A voice with each of its stances and, where it covers only possibly, none of it (3.5)."""
    ways: list[Option | None] = [(voice, stance) for stance in sorted(stances)]
    if voice.statement is not None:
        ways = [(voice, None)]
    return ways if point in voice.cover.sure else [*ways, None]


def readings_at(
    standing: Standing, voices: Collection[Voice], point: Point, need: Need
) -> Iterator[Reading]:
    """Every combination of what is open, however many (3.5, 10.15)."""
    matter = standing.matter
    here = [voice for voice in voices if point in voice.cover.possible]
    takes = [ways_to_take(voice, point, need.stances(voice, point)) for voice in here]
    for ranks in product(*ways_to_rank(standing.ranks, point)):
        pairs = chains(rank for rank in ranks if rank is not None)
        relation = relation_at(matter, here, point, pairs)
        for taken in product(*takes):
            stances = dict(t for t in taken if t is not None and not need.drops(*t))
            yield Reading(
                governing=governing(matter, tuple(stances), relation),
                stances={v: s for v, s in stances.items() if s is not None},
                pairs=pairs,
            )


def combine(outcomes: Collection[Ruling]) -> Ruling:
    """All equal: that. Only silent and met: silent. Else unclear (4.1)."""
    if len(set(outcomes)) == 1:
        return next(iter(outcomes))
    if set(outcomes) == {Ruling.SILENT, Ruling.MET}:
        return Ruling.SILENT
    return Ruling.UNCLEAR


# --- 2.4, 2.6 Stances at a point ---------------------------------------------------------------


def recorded(matter: Matter, kind: ChoiceKind, point: Point) -> bool:
    """Whether we made such a choice about the point, from its day on (2.4, 10.5)."""
    return any(
        choice.kind is kind
        and choice.vendor == matter.vendor.id
        and choice.on <= matter.on
        and surely_in(point, spans_of(matter.words, choice.box, "subject", Settled()))
        for choice in matter.use.choices
    )


def after_choices(matter: Matter, stance: Stance, point: Point) -> Stance:
    """What we did counts (2.4)."""
    if stance is Stance.OPT_OUT and recorded(matter, ChoiceKind.OPTED_OUT, point):
        return Stance.BARRED
    asks = stance in {Stance.OPT_IN, Stance.EXPLICIT_OPT_IN}
    if asks and recorded(matter, ChoiceKind.REFUSED, point):
        return Stance.BARRED
    return stance


def after_whose(stance: Stance, asked: tuple[str, ...], has: tuple[str, ...]) -> set[Stance]:
    """Consent or objection open only to others counts as notice (2.6, 10.6)."""
    if not asked or stance not in {Stance.OPT_OUT, Stance.OPT_IN, Stance.EXPLICIT_OPT_IN}:
        return {stance}
    if not has:
        return {stance, Stance.NOTICE}
    shared = "everyone-affected" in has or set(asked) & set(has)
    return {stance} if shared else {Stance.NOTICE}


def after_asking(matter: Matter, stance: Stance, need: Stance, point: Point) -> set[Stance]:
    """Do we consent? Open between the stance and barred where nothing is recorded (2.4)."""
    asks = stance in {Stance.OPT_IN, Stance.EXPLICIT_OPT_IN} and stance < need
    if asks and not recorded(matter, ChoiceKind.CONSENTED, point):
        return {stance, Stance.BARRED}
    return {stance}


def stances_at(matter: Matter, voice: Voice, forbid: Forbid, point: Point) -> frozenset[Stance]:
    """The stances a clause admits at a point: recorded, whose consent, then unasked (10.6)."""
    found: set[Stance] = set()
    for written in voice.stances:
        chosen = after_choices(matter, written, point)
        for stance in after_whose(chosen, forbid.consent_from, voice.clause.consent_from):
            found |= after_asking(matter, stance, forbid.need, point)
    return frozenset(found)


def unverified(matter: Matter, voice: Voice) -> bool:
    """Whether evidence is required and this quote was not verified (3.7)."""
    name = (voice.document.id, voice.version.effective, voice.clause.id)
    return matter.requirement.evidence_required and name not in matter.verified


@dataclass(frozen=True, kw_only=True)
class Need:
    """What a requirement needs of a voice. Without a demand it asks only who governs."""

    matter: Matter
    demand: Forbid | Require | None = None

    def stances(self, voice: Voice, point: Point) -> frozenset[Stance]:
        """The stances to tell apart at a point."""
        if isinstance(self.demand, Forbid):
            return stances_at(self.matter, voice, self.demand, point)
        return frozenset({Stance.FREE})

    def drops(self, voice: Voice, stance: Stance | None) -> bool:
        """An unverified clause that meets the need is not there at all (10.16)."""
        if self.demand is None or not unverified(self.matter, voice):
            return False
        if isinstance(self.demand, Forbid):
            return stance is not None and stance >= self.demand.need
        return fact_ruling(self.matter, self.demand, voice) is Ruling.MET


# --- 4 Verdict of a use requirement ------------------------------------------------------------


def reading_ruling(reading: Reading, need: Stance) -> Ruling:
    """Met, violated, silent or unclear, as one reading gives it at a point (4.1)."""
    meets = any(reading.stances[voice] >= need for voice in reading.governing)
    fails = any(reading.stances[voice] < need for voice in reading.governing)
    if meets and fails:
        return Ruling.UNCLEAR
    if meets or fails:
        return Ruling.MET if meets else Ruling.VIOLATED
    return Ruling.SILENT


def point_ruling(
    standing: Standing,
    forbid: Forbid,
    voices: Collection[Voice],
    missing: Collection[Missing],
    point: Point,
) -> Ruling:
    """All readings equal: that is the verdict at the point, before what is not at hand (4.1)."""
    need = Need(matter=standing.matter, demand=forbid)
    here = [voice for voice in voices if point in voice.cover.possible]
    readings = list(readings_at(standing, here, point, need))
    ruling = combine([reading_ruling(reading, forbid.need) for reading in readings])
    touching = [m for m in missing if point in m.about.possible]
    if ruling is Ruling.MET and any(loosens(m, readings) for m in touching):
        return Ruling.UNCLEAR
    if ruling is Ruling.VIOLATED and any(tightens(m, readings) for m in touching):
        return Ruling.UNCLEAR
    return ruling


def loosens(missing: Missing, readings: Collection[Reading]) -> bool:
    """Whether it may take back met: in some reading nothing prevails over it (4.4)."""
    safe = all(any(over_missing(v, missing, r) for v in r.governing) for r in readings)
    return missing.absence.may is not May.TIGHTEN and not safe


def tightens(missing: Missing, readings: Collection[Reading]) -> bool:
    """Whether it may take back violated: it prevails over every clause that governs (10.17).

    Where its rank is itself open, that it prevails in one reading of the rank is enough.
    """
    ranked = {reading.pairs for reading in readings}
    over_all = any(
        all(under_missing(v, missing, r) for r in readings if r.pairs == pairs for v in r.governing)
        for pairs in ranked
    )
    return missing.absence.may is not May.LOOSEN and over_all


def beside_missing(voice: Voice, missing: Missing) -> bool:
    """Neither prevails: `alongside`, or the unread part of the same document (10.17)."""
    stands = any(means_document(t, missing.document.id) for t in voice.clause.alongside)
    return stands or voice.document.id == missing.document.id


def over_missing(voice: Voice, missing: Missing, reading: Reading) -> bool:
    """Whether a clause prevails over what is missing by (a) or (b) (4.4)."""
    if beside_missing(voice, missing):
        return False
    if overrides_missing(voice, missing):
        return True
    if voice.second and missing.document.id in voice.clause.except_as_in:
        return False
    return (voice.document.id, missing.document.id) in reading.pairs


def under_missing(voice: Voice, missing: Missing, reading: Reading) -> bool:
    """Whether what is missing prevails over a clause, by (b) or `except-as-in` (10.17)."""
    if beside_missing(voice, missing) or overrides_missing(voice, missing):
        return False
    if voice.second and missing.document.id in voice.clause.except_as_in:
        return True
    return (missing.document.id, voice.document.id) in reading.pairs


def overrides_missing(voice: Voice, missing: Missing) -> bool:
    """Whether a clause says that it prevails over the whole of that document (3.3 a)."""
    return any(means_document(t, missing.document.id) for t in voice.clause.overrides)


def judge_forbid(standing: Standing, forbid: Forbid, outer: Outer) -> Ruling:
    """Over the points of the scope the worst stands (4.2)."""
    words = standing.matter.words
    points = required_points(words, forbid.scope, "requirement", standing.world)
    if not points:
        return Ruling.NOT_APPLICABLE
    narrowings = outer.narrowings_of(forbid)
    for when in outer.conditions_of(forbid):
        looking = (*narrowings, when.narrowing)
        if not stated_for_use(standing, when, looking, points):
            return not_stated(standing, when)
    voices = [v for v in standing.voices if narrowed_in(v, narrowings)]
    missing = [m for m in standing.missing if missing_in_narrow(m, narrowings)]
    return min(point_ruling(standing, forbid, voices, missing, p) for p in points)


# --- 5 Facts -----------------------------------------------------------------------------------

DAY_HOURS: Final = 24
HOURS: Final = {Unit.HOURS: 1, Unit.DAYS: DAY_HOURS, Unit.WEEKS: 7 * DAY_HOURS}
MONTHS: Final = {Unit.MONTHS: 1, Unit.YEARS: 12}


def family(duration: Duration) -> str:
    """Units that convert exactly into one another (10.22)."""
    if duration.unit in HOURS:
        return "hours"
    return "months" if duration.unit in MONTHS else "business days"


def bounds_in_hours(duration: Duration) -> tuple[int, int]:
    """The shortest and longest it can be (5.4)."""
    n = duration.amount
    if duration.unit in HOURS:
        return n * HOURS[duration.unit], n * HOURS[duration.unit]
    if duration.unit is Unit.BUSINESS_DAYS:
        return n * DAY_HOURS, (2 * n + 7) * DAY_HOURS
    years, months = divmod(n * MONTHS[duration.unit], 12)
    return (365 * years + 28 * months) * DAY_HOURS, (366 * years + 31 * months) * DAY_HOURS


def number(duration: Duration) -> int:
    """Its size in the smallest unit of its family (10.22)."""
    return duration.amount * {**HOURS, **MONTHS, Unit.BUSINESS_DAYS: 1}[duration.unit]


Signs = frozenset[int]
"""The ways a value can lie to another: -1 shorter, 0 equal, 1 longer."""

ANY_SIGN: Final[Signs] = frozenset({-1, 0, 1})
UNLIKE: Final[Signs] = frozenset({-1, 1})


def sign(a: int, b: int) -> int:
    """Below, equal or above."""
    return (a > b) - (a < b)


def compare_durations(a: Duration, b: Duration) -> Signs:
    """Exactly within a family, else as far as the bounds tell (5.4, 10.22)."""
    if family(a) == family(b):
        return frozenset({sign(number(a), number(b))})
    (low_a, high_a), (low_b, high_b) = bounds_in_hours(a), bounds_in_hours(b)
    found = set()
    if low_a < high_b:
        found.add(-1)
    if high_a > low_b:
        found.add(1)
    if low_a <= high_b and low_b <= high_a:
        found.add(0)
    return frozenset(found)


def compare_words(a: str, b: str, fact: FactDefinition) -> Signs:
    """As the vocabulary orders them; other words equal only themselves (10.22)."""
    if a == b:
        return frozenset({0})
    if a in fact.order and b in fact.order:
        return frozenset({sign(fact.order.index(a), fact.order.index(b))})
    return UNLIKE


def compare(a: Value, b: Value, fact: FactDefinition) -> Signs:
    """How a stated value can lie to a required one."""
    match a, b:
        case Duration(), Duration():
            return compare_durations(a, b)
        case Word(), Word():
            return compare_words(a.word, b.word, fact)
        case (Word(), Duration() | Money()) | (Duration() | Money(), Word()):
            return compare_word_and_number(a, b, fact)
        case Money(), Money():
            return compare_money(a, b)
        case Listed(), Listed():
            return frozenset({0}) if set(a.words) == set(b.words) else UNLIKE
        case _:
            return frozenset({0}) if a == b else UNLIKE


def compare_word_and_number(a: Value, b: Value, fact: FactDefinition) -> Signs:
    """An endless word is longer than every number; another cannot be compared (5.4, 10.22)."""
    if isinstance(a, Word):
        return frozenset({1}) if a.word in fact.endless else ANY_SIGN
    return frozenset({-1}) if isinstance(b, Word) and b.word in fact.endless else ANY_SIGN


def compare_money(a: Money, b: Money) -> Signs:
    """Sums in one currency; in two they cannot be compared."""
    if a.currency != b.currency:
        return ANY_SIGN
    return frozenset({(a.amount > b.amount) - (a.amount < b.amount)})


def settled_by(signs: Signs, wanted: Signs) -> Ruling:
    """Met where every possible comparison is wanted, violated where none is (5.4)."""
    if signs <= wanted:
        return Ruling.MET
    return Ruling.UNCLEAR if signs & wanted else Ruling.VIOLATED


def opposite(ruling: Ruling) -> Ruling:
    """What the denial of a bound gives."""
    turned = {Ruling.MET: Ruling.VIOLATED, Ruling.VIOLATED: Ruling.MET}
    return turned.get(ruling, ruling)


def words_in(value: Value) -> tuple[str, ...]:
    """The words a list, a word or a text names."""
    match value:
        case Listed():
            return value.words
        case Word():
            return (value.word,)
        case Text():
            return (value.text,)
        case _:
            return ()


def one_of(value: Value, wanted: Collection[Value], fact: FactDefinition) -> Ruling:
    """Whether the value is one of these."""
    each = {settled_by(compare(value, other, fact), frozenset({0})) for other in wanted}
    if Ruling.MET in each:
        return Ruling.MET
    return Ruling.UNCLEAR if Ruling.UNCLEAR in each else Ruling.VIOLATED


def none_of(value: Value, wanted: Collection[Value], fact: FactDefinition) -> Ruling:
    """Whether the value is none of these; a list must name none of them."""
    if isinstance(value, Listed):
        named = {word for other in wanted for word in words_in(other)}
        return Ruling.VIOLATED if named & set(value.words) else Ruling.MET
    return opposite(one_of(value, wanted, fact))


def includes(value: Value, wanted: Collection[Value]) -> Ruling:
    """Whether a list names all of these."""
    named = {word for other in wanted for word in words_in(other)}
    return Ruling.MET if named <= set(words_in(value)) else Ruling.VIOLATED


def of_denial(bound: Bound, fact: FactDefinition) -> Ruling:
    """What `none` means for a bound (5.2, 10.19, 10.20)."""
    match bound:
        case Bound.AT_LEAST:
            met = fact.denial is Denial.UNLIMITED
        case Bound.AT_MOST:
            met = fact.denial is Denial.ZERO
        case Bound.IS_NOT | Bound.NONE_OF:
            met = True
        case _:
            met = False
    return Ruling.MET if met else Ruling.VIOLATED


def bounded(value: Value, require: Require, fact: FactDefinition) -> Ruling:
    """Whether a value a clause states satisfies the bound (5.2)."""
    if isinstance(value, Unspecified):
        return Ruling.UNCLEAR
    if isinstance(value, Denied) and fact.type is FactType.YES_NO:
        value = YesNo(yes=False)
    if isinstance(value, Denied):
        return of_denial(require.bound, fact)
    return of_value(value, require, fact)


def of_value(value: Value, require: Require, fact: FactDefinition) -> Ruling:
    """Whether a value, one being given, satisfies the bound (5.2)."""
    first = require.values[0]
    match require.bound:
        case Bound.AT_LEAST:
            return settled_by(compare(value, first, fact), frozenset({0, 1}))
        case Bound.AT_MOST:
            return settled_by(compare(value, first, fact), frozenset({0, -1}))
        case Bound.IS | Bound.ONE_OF:
            return one_of(value, require.values, fact)
        case Bound.IS_NOT:
            return opposite(one_of(value, require.values, fact))
        case Bound.NONE_OF:
            return none_of(value, require.values, fact)
        case Bound.INCLUDES:
            return includes(value, require.values)


def tolerated(matter: Matter, exception: str, excused: Iterable[str]) -> bool:
    """Whether the requirement tolerates an exception or what it lies in (5.3)."""
    table = matter.words.vocabulary.exceptions
    return any(ok == "any" or lies_in(table, exception, ok) for ok in excused)


def fact_ruling(matter: Matter, require: Require, fact: Voice) -> Ruling:
    """What one stated fact means for the bound (5.2, 5.3)."""
    statement = fact.statement
    if statement is None or statement.firmness is not Firmness.PROMISE:
        return Ruling.UNCLEAR
    definition = matter.words.vocabulary.facts[require.fact]
    ruling = bounded(statement.value, require, definition)
    excused = all(tolerated(matter, e, require.excused) for e in statement.excepting)
    return Ruling.UNCLEAR if ruling is Ruling.MET and not excused else ruling


Axes = tuple[int, ...]


def project(points: Points, axes: Axes) -> Points:
    """The points with only these axes left."""
    return frozenset(tuple(point[axis] for axis in axes) for point in points)


def axes_named(scope: Scope) -> Axes:
    """The axes that a scope names anywhere (5.2)."""
    boxes = [part.box for part in scope.parts]
    boxes += [e.box for part in scope.parts for e in part.excepting]
    return tuple(
        place
        for place, axis in enumerate(AXES)
        if any(getattr(box, axis) is not None for box in boxes)
    )


def project_cover(cover: Cover, axes: Axes) -> Cover:
    """A fact covers such a point if its scope meets it anywhere on the other axes (10.19)."""
    return Cover(sure=project(cover.sure, axes), possible=project(cover.possible, axes))


def project_rank(about: Cover, axes: Axes, every: Points) -> Cover:
    """A rank holds at such a point if it does everywhere on the other axes (10.12)."""
    return Cover(
        sure=project(every, axes) - project(every - about.sure, axes),
        possible=project(about.possible, axes),
    )


def project_standing(standing: Standing, axes: Axes) -> Standing:
    """The facts and ranks as they lie on the axes that a bound names."""
    facts = [replace(f, cover=project_cover(f.cover, axes)) for f in standing.facts]
    whole = standing.matter.words.whole
    every = frozenset(product(*(sorted(whole[axis]) for axis in AXES)))
    ranks = [
        replace(r, about=project_rank(r.about, axes, every) if r.about else None)
        for r in standing.ranks
    ]
    return replace(standing, facts=tuple(facts), ranks=tuple(ranks))


def counts_for(fact: Voice, subject: str | None) -> bool:
    """Whether a fact holds for the subject; without `for` it holds for every one (5.3, 10.21)."""
    subjects = fact.statement.subjects if fact.statement else ()
    return not subjects or subject in subjects


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A bound with all that bears on it; `points` is `None` where it names no scope."""

    standing: Standing
    require: Require
    facts: tuple[Voice, ...]
    missing: tuple[Missing, ...]
    points: Points | None


def fact_point(asked: Asked, facts: Collection[Voice], point: Point) -> Ruling | None:
    """The bound at one point; `None` where, no scope being asked about, nothing is said (10.19)."""
    standing, require = asked.standing, asked.require
    need = Need(matter=standing.matter, demand=require)
    here = [fact for fact in facts if point in fact.cover.possible]
    readings = list(readings_at(standing, here, point, need))
    outcomes = [fact_reading(standing.matter, require, reading) for reading in readings]
    if require.of is None:
        outcomes = [outcome for outcome in outcomes if outcome is not Ruling.SILENT]
    if not outcomes:
        return None
    ruling = combine(outcomes)
    if ruling is Ruling.MET and any(loosens_fact(m, readings) for m in asked.missing):
        return Ruling.UNCLEAR
    return ruling


def fact_reading(matter: Matter, require: Require, reading: Reading) -> Ruling:
    """Governing facts that the bound tells apart are unclear (5.3)."""
    outcomes = {fact_ruling(matter, require, fact) for fact in reading.governing}
    if not outcomes:
        return Ruling.SILENT
    return outcomes.pop() if len(outcomes) == 1 else Ruling.UNCLEAR


def loosens_fact(missing: Missing, readings: Collection[Reading]) -> bool:
    """Whether it may take back met; a reading in which nothing governs says nothing (10.23)."""
    return loosens(missing, [reading for reading in readings if reading.governing])


def judge_subject(asked: Asked, subject: str | None) -> Ruling:
    """The bound for one subject: the worst of its points (5.2, 5.3)."""
    counted = [fact for fact in asked.facts if counts_for(fact, subject)]
    reach = frozenset[Point]().union(*(fact.cover.possible for fact in counted))
    points = reach if asked.points is None else asked.points
    said = [fact_point(asked, counted, point) for point in points]
    return min((ruling for ruling in said if ruling is not None), default=Ruling.SILENT)


def judge_require(standing: Standing, require: Require, outer: Outer) -> Ruling:
    """A bound on a fact, for each subject it is meant for (5.2, 5.3)."""
    points: Points | None = None
    if require.of is not None:
        axes = axes_named(require.of)
        whole = required_points(standing.matter.words, require.of, "subject", standing.world)
        points = project(whole, axes)
        standing = project_standing(standing, axes)
        if not points:
            return Ruling.NOT_APPLICABLE
    narrowings = outer.narrowings_of(require)
    for when in outer.conditions_of(require):
        looking = (*narrowings, when.narrowing)
        if not stated_for_bound(standing, when, looking, points):
            return not_stated(standing, when)
    asked = asked_of(standing, require, narrowings, points)
    usual = standing.matter.words.vocabulary.facts[require.fact].usual
    subjects = require.subjects or usual or (None,)
    return min(judge_subject(asked, subject) for subject in subjects)


def asked_of(
    standing: Standing,
    require: Require,
    narrowings: Narrowings,
    points: Points | None,
) -> Asked:
    """The statements of that fact, and what is missing about it, that the narrowings leave."""
    facts = [fact for fact in standing.facts if states_exactly(fact, require.fact)]
    missing = [m for m in standing.missing if missing_states(m, require.fact)]
    return Asked(
        standing=standing,
        require=require,
        facts=tuple(f for f in facts if narrowed_in(f, narrowings)),
        missing=tuple(m for m in missing if missing_in_narrow(m, narrowings)),
        points=points,
    )


def states_exactly(fact: Voice, name: str) -> bool:
    """Whether this is a statement of that very fact."""
    return fact.statement is not None and fact.statement.fact == name


# --- 6 Compound requirements -------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Outer:
    """What the compounds around a part say, which holds for it too (10.25)."""

    narrowings: Narrowings = ()
    conditions: tuple[WhenStated, ...] = ()

    def narrowings_of(self, demand: Demand) -> Narrowings:
        """The narrowings around a part and its own."""
        return (*self.narrowings, demand.narrowing)

    def conditions_of(self, demand: Demand) -> tuple[WhenStated, ...]:
        """The `when-stated` around a part and its own."""
        own = (demand.when_stated,) if demand.when_stated else ()
        return (*self.conditions, *own)

    def inside(self, demand: Demand) -> Outer:
        """What holds for the parts of this compound."""
        return Outer(narrowings=self.narrowings_of(demand), conditions=self.conditions_of(demand))


def states_below(clause: Clause, name: str) -> bool:
    """Whether a clause states the fact or one below it (6.2); a discretion states nothing."""
    return any(
        is_at_or_below(statement.fact, name) and statement.firmness is not Firmness.DISCRETION
        for statement in clause.states
    )


Narrowings = tuple[Narrowing, ...]


def narrowed_in(voice: Voice, narrowings: Narrowings) -> bool:
    """Whether a clause is among those a narrowed requirement looks at (6.3)."""
    return all(
        n.kind in {None, voice.document.kind}
        and (n.stating is None or states_below(voice.clause, n.stating))
        for n in narrowings
    )


def missing_states(missing: Missing, name: str) -> bool:
    """Whether `about` names the fact; a name stands for itself and all below it (5.5)."""
    return any(is_at_or_below(name, fact) for fact in missing.absence.facts)


def missing_touches(missing: Missing, name: str) -> bool:
    """Whether `about` names the fact, one above it or one below it (6.2)."""
    below_it = any(is_at_or_below(fact, name) for fact in missing.absence.facts)
    return below_it or missing_states(missing, name)


def missing_in_narrow(missing: Missing, narrowings: Narrowings) -> bool:
    """Whether what is missing stands in such a document (6.3). What it states nobody knows."""
    return all(n.kind in {None, missing.document.kind} for n in narrowings)


def not_stated(standing: Standing, when: WhenStated) -> Ruling:
    """Not applicable only where a contract is at hand and nothing missing is about it (6.2)."""
    unseen = any(missing_touches(missing, when.fact) for missing in standing.missing)
    if when.otherwise_silent or unseen or not standing.contract_at_hand:
        return Ruling.SILENT
    return Ruling.NOT_APPLICABLE


def ever_governs(
    standing: Standing, voices: Collection[Voice], points: Points, sought: Collection[Voice]
) -> bool:
    """Whether one of those sought governs at one of the points in some reading (6.2)."""
    need = Need(matter=standing.matter)
    return any(
        voice in sought
        for point in points
        for reading in readings_at(standing, voices, point, need)
        for voice in reading.governing
    )


def stated_for_use(
    standing: Standing, when: WhenStated, looking: Narrowings, points: Points
) -> bool:
    """Whether a clause that states the fact possibly governs a point of the use (10.25)."""
    voices = [v for v in standing.voices if narrowed_in(v, looking)]
    sought = [v for v in voices if states_below(v.clause, when.fact)]
    if ever_governs(standing, voices, points, sought):
        return True
    return any(
        fact.clause.verb is None and fact.cover.possible & points
        for fact in facts_below(standing, when, looking)
    )


def facts_below(standing: Standing, when: WhenStated, looking: Narrowings) -> list[Voice]:
    """The statements of the fact, or of one below it, among the clauses looked at (6.2)."""
    return [
        fact
        for fact in standing.facts
        if fact.statement is not None
        and is_at_or_below(fact.statement.fact, when.fact)
        and narrowed_in(fact, looking)
    ]


def stated_for_bound(
    standing: Standing, when: WhenStated, looking: Narrowings, asked: Points | None
) -> bool:
    """Whether a clause states it and possibly governs where the bound is judged (10.25)."""
    facts = facts_below(standing, when, looking)
    for name in {fact.statement.fact for fact in facts if fact.statement}:
        same = [fact for fact in facts if states_exactly(fact, name)]
        reach = frozenset[Point]().union(*(fact.cover.possible for fact in same))
        if ever_governs(standing, same, reach if asked is None else reach & asked, same):
            return True
    return False


def judge(standing: Standing, demand: Demand, outer: Outer) -> Ruling:
    """A use, a bound, the worst of all parts, or the best of any that says something (6.1)."""
    if isinstance(demand, Forbid):
        return judge_forbid(standing, demand, outer)
    if isinstance(demand, Require):
        return judge_require(standing, demand, outer)
    inner = outer.inside(demand)
    rulings = [judge(standing, part, inner) for part in demand.parts]
    return together(demand, [r for r in rulings if r is not Ruling.NOT_APPLICABLE])


def together(demand: Every | Some, rulings: list[Ruling]) -> Ruling:
    """The worst of `all`, the best of `any` that is not silent (6.1, 10.24)."""
    if not rulings:
        return Ruling.NOT_APPLICABLE
    if isinstance(demand, Every):
        return min(rulings)
    return max((r for r in rulings if r is not Ruling.SILENT), default=Ruling.SILENT)


# --- the whole ---------------------------------------------------------------------------------


def rule_in(matter: Matter, world: World) -> Ruling:
    """The verdict for one answer to everything open; where it does not apply, none (4.2)."""
    if not all_hold(matter.words, matter.requirement.applies, world):
        return Ruling.NOT_APPLICABLE
    return judge(standing_in(matter, world), matter.requirement.demand, Outer())


def rule_of(matter: Matter) -> Ruling:
    """One verdict for all answers, or unclear (4.5, 10.18)."""
    answers = worlds(matter)
    if len(answers) > MOST_ANSWERS:
        return Ruling.UNCLEAR
    rulings = {rule_in(matter, world) for world in answers} - {Ruling.NOT_APPLICABLE}
    if not rulings:
        return Ruling.NOT_APPLICABLE
    return rulings.pop() if len(rulings) == 1 else Ruling.UNCLEAR


def standings_of(matter: Matter) -> list[Standing]:
    """All that counts, in each world."""
    return [standing_in(matter, world) for world in worlds(matter)]


def rule(  # noqa: PLR0913 - the arguments are those a verdict has
    requirement: Requirement,
    vendor: Vendor,
    vocabulary: Vocabulary,
    use: Use,
    on: date,
    verified: frozenset[tuple[str, date, str]] = frozenset(),
    *,
    defeats: Counter[Criterion] | None = None,
) -> Ruling:
    """What the terms of one vendor say about one requirement on one day.

    `defeats` counts, where given, by which criterion clauses were defeated.
    """
    matter = Matter(
        requirement=requirement,
        vendor=vendor,
        words=spell_out(vocabulary),
        use=use,
        on=on,
        verified=verified,
        defeats=Counter() if defeats is None else defeats,
    )
    return rule_of(matter)
