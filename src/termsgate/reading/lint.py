"""What no file shows alone: names that nothing bears, files nobody selects, empty rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from termsgate.core.model import (
    NOWHERE,
    Bound,
    DocumentKind,
    Every,
    Forbid,
    Place,
    Require,
)
from termsgate.core.problem import Problem, Weight
from termsgate.core.values import Duration, Money, Word
from termsgate.core.vocabulary import FactType
from termsgate.reading.circles import circles
from termsgate.reading.decode import written
from termsgate.reading.decode.page import nearest
from termsgate.reading.packs import PACK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from termsgate.core.model import (
        Box,
        CarveOut,
        Check,
        Clause,
        Condition,
        Demand,
        Part,
        Policy,
        Project,
        Scope,
        Target,
        Vendor,
        Version,
    )
    from termsgate.core.vocabulary import Vocabulary
    from termsgate.reading.decode.page import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Finds:
    """What lint found."""

    problems: list[Problem] = field(default_factory=list)

    def error(self, place: Place, code: str, message: str, advice: str) -> None:
        """Report what stops a run."""
        self.problems.append(Problem(place=place, message=message, code=code, help=advice))

    def smell(self, place: Place, code: str, message: str, advice: str) -> None:
        """Report what a run passes over."""
        self.problems.append(
            Problem(place=place, message=message, code=code, help=advice, weight=Weight.SMELL)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the rest of a project must know of a vendor to be judged without it.

    `features` and `agreements` are all that its terms depend on, its documents among the latter.
    """

    id: str
    place: Place
    features: frozenset[str] = frozenset()
    agreements: frozenset[str] = frozenset()


def across(
    project: Project, mentions: Sequence[Mention], packs: Sequence[str], today: date | None
) -> list[Problem]:
    """Every problem that needs more than one value to be seen."""
    owned = by_owner(mentions)
    found = [
        problem
        for vendor in project.vendors
        for problem in of_vendor(vendor, project.vocabulary, owned.get(vendor.id, ()))
    ]
    known = [known_of(vendor) for vendor in project.vendors]
    return of_frame(project, known, mentions, packs, found, today)


def of_vendor(
    vendor: Vendor, vocabulary: Vocabulary, mentions: Iterable[Mention]
) -> Iterator[Problem]:
    """What is wrong with one vendor, and with what is said of it anywhere: its mentions."""
    finds = Finds()
    for mention in mentions:
        if mention.kind == "waived-version":
            _version_named(finds, mention, vendor)
        else:
            _clause_named(finds, mention, vendor)
    _vendor(finds, vendor, vocabulary)
    return iter(finds.problems)


def by_owner(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    """The names of clauses and versions, by the vendor they are to be found with."""
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.kind in _OF_VENDORS:
            found.setdefault(mention.of or _owner(mention.place), []).append(mention)
    return found


def known_of(vendor: Vendor) -> Known:
    """What the rest of a project must know of a vendor."""
    asked = list(_depended_on(vendor))
    documents = {one.id for one in vendor.documents}
    return Known(
        id=vendor.id,
        place=vendor.place,
        features=frozenset(_values(asked, "feature")),
        agreements=frozenset(documents.union(_values(asked, "agreement"))),
    )


def of_frame(
    project: Project,
    known: Sequence[Known],
    mentions: Iterable[Mention],
    packs: Sequence[str],
    found: Iterable[Problem],
    today: date | None,
) -> list[Problem]:
    """The same of all that is no vendor's; `project` need hold none, `found` is what they have."""
    finds = Finds(problems=list(found))
    _names(finds, project, [each.id for each in known], mentions, packs)
    _unselected(finds, project, known)
    for policy in project.policies:
        _policy(finds, policy, project.vocabulary)
    for check in project.checks:
        _context(finds, project, check, known)
    if today is not None:
        _expired(finds, project.checks, today)
    return finds.problems


def selected(globs: Iterable[str], ids: Sequence[str]) -> tuple[str, ...]:
    """The ids that the globs name, in the order of the ids."""
    globs = tuple(globs)
    return tuple(one for one in ids if any(fnmatchcase(one, glob) for glob in globs))


# --- names that must be borne by something ------------------------------------------------------


_OF_VENDORS: Final = frozenset({"clause", "section", "waived-version"})


def _names(
    finds: Finds,
    project: Project,
    vendors: Sequence[str],
    mentions: Iterable[Mention],
    packs: Sequence[str],
) -> None:
    own = [policy.id for policy in project.policies if not policy.place.path.startswith(PACK)]
    requirements = [one.id for policy in project.policies for one in policy.requirements]
    unread = any(policy.place == NOWHERE for policy in project.policies)
    for mention in mentions:
        if mention.kind in {"vendor", "vendor-glob"}:
            _named(finds, mention, "vendor", vendors)
        elif mention.kind == "policy-glob":
            _policy_named(finds, mention, own, packs)
        elif mention.kind == "requirement-glob" and not unread:
            _named(finds, mention, "requirement", requirements)


def _owner(place: Place) -> str:
    """The vendor in whose folder a file lies."""
    return place.path.split("/")[1]


def _named(finds: Finds, mention: Mention, what: str, known: Sequence[str]) -> None:
    name = mention.name[0]
    if selected((name,), known):
        return
    message = f"`{name}` names no {what}"
    advice = nearest(name, known, "there are") if known else f"there is no {what} here"
    finds.error(mention.place, f"check/unknown-{what}", message, advice)


def _policy_named(finds: Finds, mention: Mention, own: Sequence[str], packs: Sequence[str]) -> None:
    """A built-in pack goes by its whole name, even where another check has it read already."""
    name = mention.name[0]
    if name.startswith(PACK):
        _named(finds, mention, "policy", [PACK + each for each in packs])
    elif name in packs and name not in own:
        message = f"`{name}` names no policy"
        finds.error(mention.place, "check/unknown-policy", message, f"did you mean `{PACK}{name}`?")
    else:
        _named(finds, mention, "policy", own)


def _clause_named(finds: Finds, mention: Mention, vendor: Vendor) -> None:
    """A clause must stand in some version of its document; a section in one too."""
    document, name = mention.name
    versions = [one for one in vendor.versions if one.document == document]
    if NOWHERE in (vendor.place, *(one.place for one in versions)):
        return
    area = "version" if not mention.of else "check"
    if mention.kind == "section":
        if not any(is_within(one.section, name) for ver in versions for one in ver.clauses):
            message = f"no clause of `{document}` stands in section `{name}`"
            advice = "check the number; a clause says where it stands with `section`"
            finds.error(mention.place, "version/names-nothing", message, advice)
        return
    known = sorted({clause.id for version in versions for clause in version.clauses})
    if name not in known:
        message = f"`{document}.{name}` names no clause"
        advice = nearest(name, known, "it has") if known else f"`{document}` has no clause"
        finds.error(mention.place, f"{area}/names-nothing", message, advice)


def _version_named(finds: Finds, mention: Mention, vendor: Vendor) -> None:
    """A waiver is limited to a version that is on record (semantics 7.3.1)."""
    if vendor.place == NOWHERE:
        return
    name, day = mention.name
    documents = [document.id for document in vendor.documents]
    days = sorted({str(one.effective) for one in vendor.versions if one.document == name})
    if name not in documents:
        message = f"`{vendor.id}` has no document `{name}`"
        advice = nearest(name, documents, "it has") if documents else "it has none"
        finds.error(mention.place, "check/unknown-document", message, advice)
    elif day not in days:
        message = f"no version of `{name}` has taken effect on {day}"
        advice = nearest(day, days, "there are") if days else "none is on record"
        finds.error(mention.place, "check/unknown-version", message, advice)


def is_within(section: str, outer: str) -> bool:
    """Whether a section is the one named or lies below it (`10.4` in `10`)."""
    return section == outer or section.startswith((f"{outer}.", f"{outer}("))


def _unselected(finds: Finds, project: Project, known: Iterable[Known]) -> None:
    """What no check selects would pass by omission."""
    vendors = {name for check in project.checks for name in check.vendors}
    policies = {name for check in project.checks for name in check.policies}
    for vendor in known:
        if vendor.id not in vendors and vendor.place != NOWHERE:
            message = f"no check selects the vendor `{vendor.id}`"
            finds.error(vendor.place, "vendor/unselected", message, _SELECT)
    for policy in project.policies:
        if policy.id not in policies and policy.place != NOWHERE:
            message = f"no check selects the policy `{policy.id}`"
            finds.error(policy.place, "policy/unselected", message, _SELECT)
    for check in project.checks:
        faulty = any(problem.place.path == check.place.path for problem in finds.problems)
        if check.place != NOWHERE and not faulty and not (check.vendors and check.policies):
            message = f"the check `{check.id}` selects nothing"
            finds.error(check.place, "check/selects-nothing", message, _ADD)


_ADD: Final = "there must be a vendor in `fixtures` and a policy in `policies`, or a built-in pack"
_SELECT: Final = "name it in a check, or remove it; it would pass by omission"


def _expired(finds: Finds, checks: Iterable[Check], today: date) -> None:
    for waiver in (one for check in checks for one in check.waivers):
        if waiver.expires < today:
            whose = f"`{waiver.requirement}` for `{waiver.vendor}`"
            message = f"the waiver of {whose} expired on {waiver.expires}"
            advice = f"`{waiver.approved_by}` approved it; ask again, or remove it"
            finds.smell(waiver.place, "check/waiver-expired", message, advice)


# --- vendors ------------------------------------------------------------------------------------


def _vendor(finds: Finds, vendor: Vendor, vocabulary: Vocabulary) -> None:
    _documents(finds, vendor)
    _document_circle(finds, vendor)
    _clause_circles(finds, vendor)
    for document in vendor.documents:
        _closed_lists(finds, vendor, document.applies, document.place)
    for clause in (clause for version in vendor.versions for clause in version.clauses):
        _clause(finds, vendor, clause, vocabulary)


def _documents(finds: Finds, vendor: Vendor) -> None:
    recorded = {version.document for version in vendor.versions}
    for document in vendor.documents:
        if document.absence is not None and document.id in recorded:
            message = f"`{document.id}` is not at hand, and versions of it are recorded"
            finds.error(document.place, "vendor/at-hand", message, "remove `at-hand: false`")
        governs = document.kind is not DocumentKind.STATEMENT
        if document.absence is None and document.id not in recorded and governs:
            message = f"`{document.id}` is at hand, and no version of it is recorded"
            advice = "add `at-hand: false`, or a version; until then it counts as not at hand"
            finds.smell(document.place, "vendor/no-version", message, advice)
    dates = {(version.document, version.effective) for version in vendor.versions}
    for document_id, day in vendor.known_versions:
        if (document_id, day) in dates:
            message = f"`{document_id}` of {day} is known and recorded"
            advice = "take it out of `known-versions`, which are those not recorded"
            finds.error(vendor.place, "vendor/recorded", message, advice)


def _clause(finds: Finds, vendor: Vendor, clause: Clause, vocabulary: Vocabulary) -> None:
    _closed_lists(finds, vendor, _conditions(clause), clause.place)
    if clause.scope is not None and covers_nothing(clause.scope, vocabulary):
        message = f"the exceptions of `{clause.id}` take out all that it covers"
        finds.smell(clause.place, "version/covers-nothing", message, "check its `except`")
    for target in (*clause.overrides, *clause.alongside):
        if target.clause == clause.id and target.document == clause.document:
            message = f"`{clause.id}` names itself"
            finds.error(clause.place, "version/names-itself", message, "name other clauses")


def _conditions(clause: Clause) -> tuple[Condition, ...]:
    parts = clause.scope.parts if clause.scope else ()
    carved = (one for part in parts for carve in part.excepting for one in carve.applies)
    return (*clause.applies, *carved)


def _closed_lists(
    finds: Finds, vendor: Vendor, conditions: Iterable[Condition], place: Place
) -> None:
    """A value that the vendor's closed list lacks is a problem of the file (semantics 4.5)."""
    lists = {"service": vendor.services, "plan": vendor.plans}
    for condition in conditions:
        known = lists.get(condition.key)
        for value in condition.values if known is not None else ():
            if known is not None and value not in known:
                message = f"`{value}` is no {condition.key} that `vendor.yaml` lists"
                advice = nearest(value, known, "it lists")
                finds.error(place, f"version/unknown-{condition.key}", message, advice)


# --- what we know of our use --------------------------------------------------------------------


def _context(finds: Finds, project: Project, check: Check, known: Iterable[Known]) -> None:
    """A feature or agreement that no terms depend on is known for nothing: a slip, perhaps."""
    selected_here = frozenset(check.vendors)
    chosen = [each for each in known if each.id in selected_here]
    asked = [
        condition
        for policy in project.policies
        for requirement in (policy.requirements if policy.id in check.policies else ())
        for condition in requirement.applies
    ]
    for key, switches, others in (
        ("feature", check.context.features, [each.features for each in chosen]),
        ("agreement", check.context.agreements, [each.agreements for each in chosen]),
    ):
        named = set[str]().union(*others, _values(asked, key))
        for name, _ in switches:
            if name not in named and written.is_id(name):
                message = f"no terms that `{check.id}` looks at depend on the {key} `{name}`"
                advice = nearest(name, sorted(named), "they name") if named else "remove it"
                finds.smell(check.place, f"check/unknown-{key}", message, advice)


def _depended_on(vendor: Vendor) -> Iterator[Condition]:
    """Every condition of a vendor's terms."""
    for document in vendor.documents:
        yield from document.applies
    for clause in (clause for version in vendor.versions for clause in version.clauses):
        yield from _conditions(clause)


def _values(conditions: Iterable[Condition], key: str) -> Iterator[str]:
    return (value for each in conditions if each.key == key for value in each.values)


# --- circles of precedence ----------------------------------------------------------------------


def _document_circle(finds: Finds, vendor: Vendor) -> None:
    over: dict[str, set[str]] = {}
    places: dict[str, Place] = {}
    listed = [one for document in vendor.documents for one in document.precedence]
    in_texts = [one for version in vendor.versions for one in version.precedence]
    for precedence in listed + in_texts:
        others = set(precedence.over) - {precedence.document}
        over.setdefault(precedence.document, set()).update(others)
        places.setdefault(precedence.document, precedence.place)
    for circle in circles(over):
        message = f"documents prevail over one another in a circle: {_chain(circle)}"
        advice = "clauses of all of them then govern; check the words on precedence"
        finds.smell(places[circle[0]], "vendor/precedence-circle", message, advice)


def _clause_circles(finds: Finds, vendor: Vendor) -> None:
    """Clauses that each say they prevail over the next, in versions in force together."""
    seen: set[frozenset[str]] = set()
    for day in dict.fromkeys(version.effective for version in vendor.versions):
        present = {
            f"{clause.document}.{clause.id}": clause
            for other in _beside(vendor, day)
            for clause in other.clauses
            if clause.overrides
        }
        for circle in circles(_overriding(present)):
            if frozenset(circle) not in seen:
                seen.add(frozenset(circle))
                message = f"clauses prevail over one another in a circle: {_chain(circle)}"
                advice = "all of them then govern; check each `overrides`"
                place = present[circle[0]].place
                finds.smell(place, "version/precedence-circle", message, advice)


def _beside(vendor: Vendor, day: date) -> Iterator[Version]:
    """The version of each document that is in force on a day."""
    latest: dict[str, Version] = {}
    for other in vendor.versions:
        if other.effective <= day:
            latest[other.document] = other
    return iter(latest.values())


def _overriding(present: Mapping[str, Clause]) -> dict[str, set[str]]:
    return {
        name: {other for target in clause.overrides for other in _meant(target, present)} - {name}
        for name, clause in present.items()
    }


def _meant(target: Target, present: Mapping[str, Clause]) -> Collection[str]:
    """The clauses that a target means; one that names a clause is not held against all of them."""
    if target.document is None or target.clause is None or target.section is not None:
        return [name for name, clause in present.items() if _hits(target, clause)]
    name = f"{target.document}.{target.clause}"
    return (name,) if name in present else ()


def _hits(target: Target, clause: Clause) -> bool:
    if target.document is None:
        return True
    if target.document != clause.document:
        return False
    if target.section is not None:
        return is_within(clause.section, target.section)
    return target.clause in (None, clause.id)


def _chain(circle: tuple[str, ...]) -> str:
    return " over ".join(f"`{name}`" for name in (*circle, circle[0]))


# --- scopes that are empty ----------------------------------------------------------------------


def covers_nothing(scope: Scope, vocabulary: Vocabulary) -> bool:
    """Whether exceptions without conditions take out everything; exact where each alone does."""
    return bool(scope.parts) and all(_is_emptied(part, vocabulary) for part in scope.parts)


_ASSUMED: Final = {"by": ("vendor",), "state": ("identifiable",)}
"""What an axis left out of a clause or requirement is (semantics 1.6)."""


def _is_emptied(part: Part, vocabulary: Vocabulary) -> bool:
    if part.perhaps or not part.excepting:
        return False
    firm = [carve for carve in part.excepting if not carve.applies and not carve.perhaps]
    if any(_axes_missed(carve, part.box, vocabulary) == set() for carve in firm):
        return True
    for axis in vocabulary.axes:
        alone = [one for one in firm if _axes_missed(one, part.box, vocabulary) <= {axis.name}]
        taken = axis.surely(term for one in alone for term in getattr(one.box, axis.name) or ())
        if alone and not _covered(part.box, axis.name, vocabulary) & ~taken:
            return True
    return False


def _axes_missed(carve: CarveOut, box: Box, vocabulary: Vocabulary) -> set[str]:
    """The axes on which the exception leaves something of the box."""
    return {
        axis.name
        for axis in vocabulary.axes
        if (terms := getattr(carve.box, axis.name)) is not None
        and _covered(box, axis.name, vocabulary) & ~axis.surely(terms)
    }


def _covered(box: Box, axis: str, vocabulary: Vocabulary) -> int:
    hierarchy = vocabulary.axis(axis)
    terms = getattr(box, axis) or _ASSUMED.get(axis)
    return hierarchy.everything if terms is None else hierarchy.surely(terms)


# --- requirements that bite nobody --------------------------------------------------------------


def _policy(finds: Finds, policy: Policy, vocabulary: Vocabulary) -> None:
    for requirement in policy.requirements:
        reason = why_unbreakable(requirement.demand, vocabulary)
        if reason:
            message = f"nobody can break `{requirement.id}`"
            finds.error(requirement.place, "policy/unbreakable", message, reason)


def why_unbreakable(demand: Demand, vocabulary: Vocabulary) -> str:
    """Why no terms there could be would violate it, or nothing where some would."""
    if isinstance(demand, Forbid):
        emptied = covers_nothing(demand.scope, vocabulary)
        return "its exceptions take out all that it forbids" if emptied else ""
    if isinstance(demand, Require):
        return _why_met_by_all(demand, vocabulary)
    reasons = [why_unbreakable(part, vocabulary) for part in demand.parts]
    if isinstance(demand, Every):
        return "no part of it can be broken" if reasons and all(reasons) else ""
    return "one of its parts cannot be broken, and one is enough" if any(reasons) else ""


def _why_met_by_all(demand: Require, vocabulary: Vocabulary) -> str:
    fact = vocabulary.facts.get(demand.fact)
    if fact is None or not demand.values:
        return ""
    first = demand.values[0]
    words = {value.word for value in demand.values if isinstance(value, Word)}
    if demand.bound is Bound.AT_LEAST and isinstance(first, (Duration, Money)) and not first.amount:
        return "nothing is less than zero"
    if demand.bound is Bound.AT_MOST and words & set(fact.endless):
        return "nothing is longer than that"
    if demand.bound is Bound.ONE_OF and fact.type is FactType.CHOICE and words >= set(fact.values):
        return "every value there is stands in its list"
    return ""
