"""The terms and policies of a project become plain data, whatever a run makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from termsgate.core.account import value_in_words
from termsgate.core.inforce import versions_on
from termsgate.core.model import Every, Forbid, Require, Some

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from termsgate.core.model import (
        Box,
        CarveOut,
        Clause,
        Condition,
        Demand,
        FactStatement,
        Part,
        Place,
        Policy,
        Project,
        Requirement,
        Scope,
        Target,
        Vendor,
        Version,
    )
    from termsgate.core.record import PlaceEntry
    from termsgate.core.stated import (
        BoxEntry,
        ConditionEntry,
        DemandedEntry,
        DemandEntry,
        ExceptionEntry,
        FactEntry,
        PartEntry,
        StatedEntry,
        TermsEntry,
        WordEntry,
    )
    from termsgate.core.vocabulary import Hierarchy, Term, Vocabulary


def terms_of(project: Project, days: Iterable[date]) -> TermsEntry:
    """The policies of a project, and the terms in force on the days that are asked about."""
    asked = frozenset(days)
    vendors = sorted(project.vendors, key=lambda each: each.id)
    clauses = [clause for vendor in vendors for clause in clauses_of(vendor, asked)]
    demands = demands_of(project.policies)
    used = words_of_clauses(clauses) | words_of_demands(demands)
    return {"clauses": clauses, "demands": demands, "words": words_of(used, project.vocabulary)}


def clauses_of(vendor: Vendor, days: frozenset[date]) -> list[StatedEntry]:
    """The clauses of a vendor that are in force on one of the days."""
    return [
        _clause(clause, vendor, version.effective)
        for version in _in_force(vendor, days)
        for clause in version.clauses
        if not clause.supposed
    ]


def demands_of(policies: Iterable[Policy]) -> list[DemandedEntry]:
    """Everything that policies require, by id."""
    found = [each for policy in policies for each in policy.requirements]
    return [_demanded(each) for each in sorted(found, key=lambda each: each.id)]


def _in_force(vendor: Vendor, days: frozenset[date]) -> list[Version]:
    """The versions in force on one of the days, by document and day."""
    there = {pair for day in days for pair in versions_on(vendor, day).items()}
    found = [each for each in vendor.versions if (each.document, each.effective) in there]
    return sorted(found, key=lambda each: (each.document, each.effective))


# --- clauses ------------------------------------------------------------------------------------


def _clause(clause: Clause, vendor: Vendor, effective: date) -> StatedEntry:
    return {
        **_place(clause.place),
        "vendor": vendor.id,
        "document": clause.document,
        "version": effective.isoformat(),
        "clause": clause.id,
        "section": clause.section,
        "says": clause.says,
        "quote": clause.quote.exact if clause.quote else "",
        "verb": str(clause.verb) if clause.verb else None,
        "scope": _scope(clause.scope),
        "stances": [each.word for each in clause.stances],
        "firmness": str(clause.firmness),
        "consent-from": list(clause.consent_from),
        "closed": str(clause.closed),
        "overrides": [_target(each) for each in clause.overrides],
        "binds-customer": clause.binds_customer,
        "statement": clause.statement,
        "from": _day(clause.begins),
        "until": _day(clause.ends),
        "applies": _conditions(clause.applies),
        "states": [_fact(each) for each in clause.states],
    }


def _place(place: Place) -> PlaceEntry:
    return {"path": place.path, "line": place.line, "column": place.column}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _target(target: Target) -> str:
    """What is overridden, as a person would write it."""
    section = f"section {target.section}" if target.section else None
    return ".".join(filter(None, (target.document, target.clause or section))) or "all"


def _conditions(conditions: Iterable[Condition]) -> list[ConditionEntry]:
    return [
        {"key": each.key, "values": list(each.values), "negated": each.negated}
        for each in conditions
    ]


def _scope(scope: Scope | None) -> list[PartEntry]:
    return [part_entry(each) for each in scope.parts] if scope else []


def part_entry(part: Part) -> PartEntry:
    """A box of a scope as plain data."""
    return {
        "box": _box(part.box),
        "except": [_exception(each) for each in part.excepting],
        "perhaps": [_box(each) for each in part.perhaps],
    }


def _box(box: Box) -> BoxEntry:
    return {
        "action": _listed(box.action),
        "data": _listed(box.data),
        "by": _listed(box.by),
        "state": _listed(box.state),
    }


def _listed(words: tuple[str, ...] | None) -> list[str] | None:
    return None if words is None else list(words)


def _exception(carved: CarveOut) -> ExceptionEntry:
    applies = _conditions(carved.applies)
    return {"box": _box(carved.box), "applies": applies, "perhaps": carved.perhaps}


def _fact(statement: FactStatement) -> FactEntry:
    return {
        "fact": statement.fact,
        "value": value_in_words(statement.value),
        "of": _scope(statement.of) if statement.of else None,
        "for": list(statement.subjects),
        "except": list(statement.excepting),
        "from": statement.starting,
        "firmness": str(statement.firmness),
    }


# --- demands ------------------------------------------------------------------------------------


def _demanded(requirement: Requirement) -> DemandedEntry:
    return {
        "requirement": requirement.id,
        "applies": _conditions(requirement.applies),
        "demand": _demand(requirement.demand),
    }


def _demand(demand: Demand) -> DemandEntry:
    found: DemandEntry = {
        "kind": "forbid",
        "scope": [],
        "need": None,
        "consent-from": [],
        "fact": None,
        "bound": None,
        "values": [],
        "when-stated": demand.when_stated.fact if demand.when_stated else None,
        "parts": [],
    }
    match demand:
        case Forbid(scope=scope, need=need, consent_from=whose):
            return {**found, "scope": _scope(scope), "need": need.word, "consent-from": list(whose)}
        case Require():
            values = [value_in_words(each) for each in demand.values]
            about = {"fact": demand.fact, "bound": demand.bound.value, "values": values}
            return {**found, "kind": "require", "scope": _scope(demand.of), **about}  # type: ignore[typeddict-item]
        case Every(parts=parts):
            return {**found, "kind": "all", "parts": [_demand(each) for each in parts]}
        case Some(parts=parts):
            return {**found, "kind": "any", "parts": [_demand(each) for each in parts]}


# --- words --------------------------------------------------------------------------------------


MEANT: Final = {"action": (), "data": (), "by": ("vendor",), "state": ("identifiable",)}
"""What is meant where a clause or requirement says nothing else (semantics 1.6)."""


Used: TypeAlias = frozenset[tuple[str, str]]
"""Words that are used, each with its axis."""


def words_of_clauses(clauses: Iterable[StatedEntry]) -> Used:
    """The words that clauses use."""
    return _used(box for each in clauses for box in _boxes_of_clause(each))


def words_of_demands(demands: Iterable[DemandedEntry]) -> Used:
    """The words that demands use."""
    return _used(box for each in demands for box in _boxes_of_demand(each["demand"]))


def _used(boxes: Iterable[BoxEntry]) -> Used:
    return frozenset(
        (axis, word)
        for box in boxes
        for axis in MEANT
        for word in box[axis] or ()  # type: ignore[literal-required]
    )


def words_of(used: Used, vocabulary: Vocabulary) -> list[WordEntry]:
    """These words, with all that lies above them, in the order of the vocabulary."""
    named = {axis: set(words) for axis, words in MEANT.items()}
    for axis, word in used:
        named[axis].add(word)
    return [
        _word(axis, term)
        for axis in vocabulary.axes
        for term in axis.terms
        if any(axis.lies_in(word, term.id) for word in named[axis.name])
    ]


def _boxes_of_clause(clause: StatedEntry) -> Iterator[BoxEntry]:
    yield from _boxes(clause["scope"])
    for fact in clause["states"]:
        yield from _boxes(fact["of"] or ())


def _boxes_of_demand(demand: DemandEntry) -> Iterator[BoxEntry]:
    yield from _boxes(demand["scope"])
    for part in demand["parts"]:
        yield from _boxes_of_demand(part)


def _boxes(parts: Iterable[PartEntry]) -> Iterator[BoxEntry]:
    for part in parts:
        yield part["box"]
        yield from (each["box"] for each in part["except"])
        yield from part["perhaps"]


def _word(axis: Hierarchy, term: Term) -> WordEntry:
    same = term.equivalent
    return {
        "axis": axis.name,
        "word": term.id,
        "means": term.meaning,
        "parents": list(term.parents),
        "iris": list(same.iris) if same else [],
        "match": same.match.value if same else None,
    }
