"""Terms, requirements and uses in few words, for tests that must read like a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from termsgate.core.model import (
    Bound,
    Box,
    Choice,
    ChoiceKind,
    Clause,
    Condition,
    Context,
    Demand,
    Document,
    DocumentKind,
    FactStatement,
    Forbid,
    Level,
    Part,
    Precedence,
    Reaction,
    RecordedReading,
    Require,
    Requirement,
    Scope,
    Severity,
    Stance,
    Vendor,
    Verb,
    Version,
)
from termsgate.core.values import Duration, Unit

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from termsgate.core.values import Value
    from termsgate.core.vocabulary import Hierarchy

DAY: Final = date(2024, 1, 10)
START: Final = date(2020, 1, 1)

Names = str | list[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What we know of our use, what we did, and how questions were settled."""

    context: Context = field(default_factory=Context)
    choices: tuple[Choice, ...] = ()
    readings: tuple[RecordedReading, ...] = ()


def names(given: Names) -> tuple[str, ...] | None:
    """One name, several, or an axis left out."""
    return (given,) if isinstance(given, str) else None if given is None else tuple(given)


def box(action: Names = None, data: Names = None, by: Names = None, state: Names = None) -> Box:
    """Terms per axis."""
    return Box(action=names(action), data=names(data), by=names(by), state=names(state))


def scope(*boxes: Box, perhaps: Box | None = None) -> Scope:
    """A union of boxes."""
    doubtful = (perhaps,) if perhaps else ()
    return Scope(parts=tuple(Part(box=each, perhaps=doubtful) for each in boxes))


def allows(what: Box, *stances: Stance, perhaps: Box | None = None, name: str = "") -> Clause:
    """A clause that allows a use; free where no stance is given."""
    return Clause(
        id=name or "permission",
        document="terms",
        verb=Verb.ALLOWS,
        scope=scope(what, perhaps=perhaps),
        stances=stances or (Stance.FREE,),
    )


def bars(what: Box, *, name: str = "", perhaps: Box | None = None) -> Clause:
    """A clause that bars a use."""
    return Clause(
        id=name or "ban",
        document="terms",
        verb=Verb.BARS,
        scope=scope(what, perhaps=perhaps),
        stances=(Stance.BARRED,),
    )


def states(fact: str, value: Value, *, of: Box | None = None, name: str = "") -> Clause:
    """A clause that states one fact and nothing else."""
    statement = FactStatement(fact=fact, value=value, of=scope(of) if of else None)
    return Clause(id=name or "statement", document="terms", states=(statement,))


def days(amount: int) -> Duration:
    """So many days."""
    return Duration(amount=amount, unit=Unit.DAYS)


def on(key: str, *values: str, negated: bool = False) -> Condition:
    """One condition."""
    return Condition(key=key, values=values, negated=negated)


def knowing(**known: str) -> Situation:
    """A use of which we know these things."""
    return Situation(context=Context(known=tuple((key, (v,)) for key, v in known.items())))


def having(kind: ChoiceKind, what: Box) -> Situation:
    """A use for which we recorded one choice."""
    return Situation(choices=(Choice(kind=kind, vendor="vendor", box=what, on=START),))


def vendor(*clauses: Clause, documents: tuple[Document, ...] = ()) -> Vendor:
    """A vendor whose clauses stand in the documents they name, in force since long ago."""
    listed = documents or (Document(id="terms", kind=DocumentKind.CONTRACT),)
    versions = tuple(
        Version(
            document=document.id,
            effective=START,
            clauses=tuple(c for c in clauses if c.document == document.id),
        )
        for document in listed
        if document.absence is None
    )
    return Vendor(id="vendor", documents=listed, versions=versions)


def prevailing(document: str, over: str) -> Precedence:
    """One document prevails over another."""
    return Precedence(document=document, over=(over,))


def requirement(demand: Demand, *applies: Condition, evidence: bool = False) -> Requirement:
    """A requirement around a demand."""
    return Requirement(
        id="policy.requirement",
        policy="policy",
        title="A requirement",
        level=Level.MUST,
        severity=Severity.HIGH,
        demand=demand,
        when_silent=Reaction.FAIL,
        when_unclear=Reaction.FAIL,
        applies=applies,
        evidence_required=evidence,
    )


def forbid(what: Box, need: Stance = Stance.BARRED, *, whose: Names = None) -> Requirement:
    """Forbid a use below a stance."""
    return requirement(Forbid(scope=scope(what), need=need, consent_from=names(whose) or ()))


def require(fact: str, bound: Bound, value: Value, *, of: Box | None = None) -> Requirement:
    """Bound a fact."""
    of_what = scope(of) if of else None
    return requirement(Require(fact=fact, bound=bound, values=(value,), of=of_what))


def only(axis: Hierarchy, kept: AbstractSet[str]) -> Hierarchy:
    """The axis with few of its terms and all that they lie in."""
    inside = {each.id for each in axis.terms if axis.included[each.id] & kept}
    terms = (each for each in axis.terms if each.id in inside)
    reached = {each.id: tuple(n for n in each.may_include if n in inside) for each in axis.terms}
    return replace(axis, terms=tuple(replace(t, may_include=reached[t.id]) for t in terms))
