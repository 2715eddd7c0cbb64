"""Random terms, requirements and uses, small enough to enumerate and rich enough to disagree on.

A case is made from one number and nothing else, so that a failing one can be made again.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any, Final, TypeVar

from termsgate.core.model import (
    AXES,
    CONDITION_KEYS,
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
    Verb,
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
from termsgate.core.vocabulary import (
    Denial,
    FactDefinition,
    FactType,
    Hierarchy,
    Term,
    Vocabulary,
)
from tests.making import Situation, requirement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")

VOCABULARIES: Final = 48
VENDOR: Final = "acme"
EARLY, FIRST, SECOND, LATE = (
    date(2023, 12, 20),
    date(2024, 1, 1),
    date(2024, 2, 1),
    date(2024, 2, 20),
)
DAYS: Final = (EARLY, date(2024, 1, 10), date(2024, 1, 20), SECOND, LATE)
ANSWERS: Final[dict[str, tuple[str, ...]]] = {
    "service": ("calls", "chat"),
    "plan": ("free", "pro"),
    "region": ("europe", "eu", "us"),
    "sector": ("schools",),
    "feature": ("summaries", "notes"),
    "customers": ("consumers",),
    "agreement": ("nda", "msa"),
    "content": ("public", "private"),
    "opted-out": ("true", "false"),
}
WHOSE: Final = ("account-admin", "user", "everyone-affected")
CURRENCIES: Final = ("EUR", "USD")

FACTS: Final = (
    FactDefinition(
        id="notice",
        type=FactType.DURATION,
        words=("term", "ever", "loose"),
        order=("term", "ever"),
        endless=("ever",),
        usual=("material",),
        subjects=("material", "minor"),
    ),
    FactDefinition(id="deletion", type=FactType.DURATION, denial=Denial.NEVER),
    FactDefinition(id="licence.given", type=FactType.YES_NO),
    FactDefinition(
        id="licence.length",
        type=FactType.DURATION,
        words=("term", "ever"),
        order=("term", "ever"),
        endless=("ever",),
    ),
    FactDefinition(id="owner", type=FactType.CHOICE, values=("customer", "vendor", "shared")),
    FactDefinition(id="channel", type=FactType.LIST, values=("email", "posting", "letter")),
    FactDefinition(id="cap", type=FactType.MONEY, denial=Denial.UNLIMITED, words=("fees",)),
    FactDefinition(id="law", type=FactType.TEXT),
)
FACT_WEIGHTS: Final = (5, 2, 1, 2, 2, 4, 2, 1)
BY_ID: Final = {fact.id: fact for fact in FACTS}
FAMILIES: Final = ("notice", "licence", "licence.length", "deletion", "owner")


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything one verdict is asked about."""

    seed: int = -1
    vocabulary: Vocabulary
    requirement: Requirement
    vendor: Vendor
    use: Situation = field(default_factory=Situation)
    on: date = DAYS[1]
    verified: frozenset[tuple[str, date, str]] = frozenset()


# --- vocabularies ------------------------------------------------------------------------------


def chance(rng: Random, share: float) -> bool:
    """Whether it happens this time."""
    return rng.random() < share


def some_of(rng: Random, words: Sequence[T], most: int = 2) -> tuple[T, ...]:
    """One or a few of these, in their order."""
    count = 1 if chance(rng, 0.7) else min(most, len(words))
    chosen = set(rng.sample(range(len(words)), count))
    return tuple(word for place, word in enumerate(words) if place in chosen)


def random_axis(rng: Random, name: str, root: str, letters: str) -> Hierarchy:
    """A rooted graph of a few terms, some with two parents, some with a disputable reach."""
    terms = [Term(id=root)]
    for letter in letters[: rng.randint(2, len(letters))]:
        above = [term.id for term in terms]
        # Two parents may be one above the other: that is allowed and changes nothing.
        parents = {rng.choice(above)} | ({rng.choice(above)} if chance(rng, 0.25) else set())
        terms.append(Term(id=letter, parents=tuple(sorted(parents))))
    return Hierarchy(name=name, terms=tuple(with_reach(rng, terms)))


def with_reach(rng: Random, terms: list[Term]) -> Iterator[Term]:
    """Give some terms a `may-include`."""
    for term in terms:
        others = [t.id for t in terms[1:] if t is not term]
        if term.parents and others and chance(rng, 0.35):
            yield replace(term, may_include=(rng.choice(others),))
        else:
            yield term


def random_parties(rng: Random) -> Hierarchy:
    """Who uses data in the end."""
    reach = ("affiliate",) if chance(rng, 0.5) else ()
    terms = [
        Term(id="anyone"),
        Term(id="vendor", parents=("anyone",), may_include=reach),
        Term(id="affiliate", parents=("anyone",)),
    ]
    if chance(rng, 0.4):
        terms.append(Term(id="partner", parents=("anyone",), may_include=("affiliate",)))
    return Hierarchy(name="by", terms=tuple(terms))


def random_states(rng: Random) -> Hierarchy:
    """The states of data; there is no other (1.2)."""
    reach = ("identifiable",) if chance(rng, 0.4) else ()
    terms = [
        Term(id="any"),
        Term(id="identifiable", parents=("any",)),
        Term(id="de-identified", parents=("any",), may_include=reach),
    ]
    if chance(rng, 0.3):
        terms.append(Term(id="aggregated", parents=("any",)))
    return Hierarchy(name="state", terms=tuple(terms), closed=True)


REGIONS: Final = Hierarchy(
    name="region",
    terms=(
        Term(id="world"),
        Term(id="europe", parents=("world",)),
        Term(id="eu", parents=("europe",)),
        Term(id="us", parents=("world",)),
    ),
)
EXCEPTIONS: Final = Hierarchy(
    name="exceptions",
    terms=(
        Term(id="any"),
        Term(id="law", parents=("any",)),
        Term(id="dispute", parents=("law",)),
        Term(id="security", parents=("any",)),
    ),
)


@cache
def vocabulary(number: int) -> Vocabulary:
    """One of the small vocabularies."""
    rng = Random(number)
    return Vocabulary(
        action=random_axis(rng, "action", "any", "pqrs"),
        data=random_axis(rng, "data", "all", "uvwx"),
        by=random_parties(rng),
        state=random_states(rng),
        region=REGIONS,
        exceptions=EXCEPTIONS,
        facts=BY_ID,
        answers={"content": ("public", "private", "flagged")},
    )


# --- the maker ---------------------------------------------------------------------------------


class Maker:
    """Makes one case; what it decided first (terms, conditions, facts) recurs in all its parts."""

    def __init__(self, seed: int) -> None:
        """Decide what the case is mostly about."""
        self.seed = seed
        self.rng = Random(seed)
        self.words = vocabulary(self.rng.randrange(VOCABULARIES))
        self.on = self.rng.choices(DAYS, weights=[1, 6, 8, 2, 4])[0]
        self.keys = self.rng.sample(CONDITION_KEYS, self.rng.choice([1, 1, 2]))
        self.focus = {name: self.any_term(name) for name in AXES}
        self.fact = self.rng.choices([fact.id for fact in FACTS], FACT_WEIGHTS)[0]
        self.about_facts = self.chance(0.3)
        self.ids = ["one", "two", "three", "four", "five"][: self.rng.choice([1, 2, 2, 3, 3, 4])]
        self.scopes: list[Scope] = []
        self.documents = ["tos", "dpa", "notice"][: self.rng.choice([1, 1, 2, 2, 3, 3])]

    def chance(self, share: float) -> bool:
        """Whether it happens this time."""
        return chance(self.rng, share)

    # scopes

    def any_term(self, axis: str) -> str:
        """Any term of an axis."""
        return self.rng.choice(self.words.axis(axis).terms).id

    def term(self, axis: str) -> str:
        """A term: what the case is about, what it lies in, or any."""
        near = [self.focus[axis], *self.words.axis(axis).by_id[self.focus[axis]].parents]
        vague = [t.id for t in self.words.axis(axis).terms if self.focus[axis] in t.may_include]
        if vague and self.chance(0.3):
            return self.rng.choice(vague)
        return self.rng.choice(near) if self.chance(0.75) else self.any_term(axis)

    def terms(self, axis: str) -> tuple[str, ...]:
        """One or two terms."""
        count = 1 if self.chance(0.75) else 2
        return tuple(dict.fromkeys(self.term(axis) for _ in range(count)))

    def maybe(self, axis: str, share: float) -> tuple[str, ...] | None:
        """Terms of an axis, or the axis left out."""
        return self.terms(axis) if self.chance(share) else None

    def box(self, by: float = 0.35, state: float = 0.3) -> Box:
        """A box that names action and data."""
        return Box(
            action=self.terms("action"),
            data=self.terms("data"),
            by=self.maybe("by", by),
            state=self.maybe("state", state),
        )

    def loose_box(self) -> Box:
        """A box that names one or two axes."""
        named = self.rng.sample(AXES, self.rng.choice([1, 1, 2]))
        return Box(**{axis: self.terms(axis) for axis in named})

    def carve_out(self, share: float) -> CarveOut:
        """An exception; some carry conditions, some came with a defined term."""
        of = self.rng.choice(AXES) if self.chance(0.3) else None
        box = self.loose_box()
        if of is not None and getattr(box, of) is None:
            box = replace(box, **{of: self.terms(of)})
        applies = self.conditions(share, but=("opted-out",))
        return CarveOut(box=box, applies=applies, of=of)

    def part(
        self, box: Box, except_share: float, perhaps_share: float, conditional: float = 0
    ) -> Part:
        """A box with its exceptions and what it covers perhaps."""
        out = (self.carve_out(conditional),) if self.chance(except_share) else ()
        perhaps = (self.loose_box(),) if self.chance(perhaps_share) else ()
        return Part(box=box, excepting=out, perhaps=perhaps)

    def clause_scope(self) -> Scope:
        """What a clause covers, sometimes the same as another."""
        if self.scopes and self.chance(0.2):
            return self.rng.choice(self.scopes)
        self.scopes.append(self.new_scope())
        return self.scopes[-1]

    def new_scope(self) -> Scope:
        """One or two boxes."""
        count = 1 if self.chance(0.9) else 2
        return Scope(parts=tuple(self.part(self.box(), 0.2, 0.25, 0.5) for _ in range(count)))

    def demand_scope(self) -> Scope:
        """What a requirement is about: mostly few points."""
        count = 1 if self.chance(0.92) else 2
        boxes = [self.box(by=0.35, state=0.25) for _ in range(count)]
        return Scope(parts=tuple(self.part(box, 0.1, 0) for box in boxes))

    def subject(self) -> Scope:
        """A scope in which an axis left out is the whole axis."""
        return Scope(parts=(self.part(self.loose_box(), 0.12, 0),))

    # conditions

    def conditions(
        self, share: float, but: tuple[str, ...] = (), at: str = ""
    ) -> tuple[Condition, ...]:
        """Conditions in the few dimensions this case has; `at` is the document they stand in."""
        keys = [key for key in self.keys if key not in but and self.chance(share)]
        return tuple(self.condition(key, at) for key in keys)

    def condition(self, key: str, at: str) -> Condition:
        """One condition; a document may depend on whether it was signed itself."""
        words = ANSWERS[key]
        if key == "agreement" and at == "dpa":
            words = ("nda", "dpa")
        if key == "region" and self.chance(0.1):
            words = (*words, "world")
        values = (self.rng.choice(words),) if key == "opted-out" else some_of(self.rng, words)
        return Condition(key=key, values=values, negated=self.chance(0.25))

    def context(self) -> Context:
        """What we know of our use."""
        known = tuple(
            (key, some_of(self.rng, (*ANSWERS[key], "else")))
            for key in self.keys
            if key not in {"feature", "agreement", "opted-out"} and self.chance(0.4)
        )
        return Context(
            known=tuple((key, self.known(key, values)) for key, values in known),
            features=self.switches("feature"),
            agreements=self.switches("agreement"),
            opted_out=self.chance(0.5) if self.chance(0.1) else None,
        )

    def known(self, key: str, values: tuple[str, ...]) -> tuple[str, ...]:
        """Answers that exist: a region of the table, a kind of content."""
        usable = tuple(v for v in values if key not in {"region", "content"} or v != "else")
        return usable or ANSWERS[key][:1]

    def switches(self, key: str) -> tuple[tuple[str, bool], ...]:
        """Which features are on, which agreements are signed."""
        share = 0.3 if key in self.keys else 0.06
        names = (*ANSWERS[key], "dpa") if key == "agreement" else ANSWERS[key]
        return tuple((name, self.chance(0.5)) for name in names if self.chance(share))

    # facts

    def duration(self) -> Duration:
        """A length of time near the others."""
        unit = self.rng.choices(list(Unit), weights=[1, 5, 2, 1, 3, 1])[0]
        near = {
            Unit.HOURS: (48, 720, 1440),
            Unit.DAYS: (0, 14, 28, 30, 31, 60, 365, 366),
            Unit.BUSINESS_DAYS: (5, 10, 20),
            Unit.WEEKS: (2, 4),
            Unit.MONTHS: (0, 1, 2, 12, 13),
            Unit.YEARS: (1, 2),
        }
        return Duration(amount=self.rng.choice(near[unit]), unit=unit)

    def plain_value(self, fact: FactDefinition) -> Value:
        """A value of the fact's type."""
        if fact.words and self.chance(0.25):
            return Word(word=self.rng.choice(fact.words))
        made: dict[FactType, Callable[[], Value]] = {
            FactType.DURATION: self.duration,
            FactType.YES_NO: lambda: YesNo(yes=self.chance(0.5)),
            FactType.CHOICE: lambda: Word(word=self.rng.choice(fact.values)),
            FactType.LIST: lambda: Listed(words=some_of(self.rng, fact.values)),
            FactType.MONEY: self.sum,
            FactType.TEXT: lambda: Text(text=self.rng.choice(["Ireland", "California"])),
        }
        return made[fact.type]()

    def sum(self) -> Money:
        """A sum of money."""
        amount = Decimal(self.rng.choice([100, 500, 1000]))
        return Money(amount=amount, currency=self.rng.choices(CURRENCIES, weights=[4, 1])[0])

    def value(self, fact: FactDefinition) -> Value:
        """A value a clause states: a plain one, a denial, or none given."""
        roll = self.rng.random()
        if roll < 0.1:
            return Denied()
        if roll < 0.18:
            return Unspecified()
        return self.plain_value(fact)

    def statement(self) -> FactStatement:
        """A fact a clause states, mostly the one the case is about."""
        name = self.fact if self.chance(0.75) else self.rng.choice([fact.id for fact in FACTS])
        fact = BY_ID[name]
        return FactStatement(
            fact=name,
            value=self.value(fact),
            of=self.subject() if self.chance(0.3) else None,
            subjects=some_of(self.rng, fact.subjects) if fact.subjects and self.chance(0.3) else (),
            excepting=self.excepted(0.2),
            firmness=self.firmness(0.15),
        )

    def excepted(self, share: float) -> tuple[str, ...]:
        """Exceptions of the vocabulary."""
        return some_of(self.rng, ("law", "dispute", "security")) if self.chance(share) else ()

    def firmness(self, share: float) -> Firmness:
        """How firmly it is promised."""
        soft = (Firmness.EFFORT, Firmness.PRACTICE, Firmness.DISCRETION)
        return self.rng.choice(soft) if self.chance(share) else Firmness.PROMISE

    # clauses

    def stances(self) -> tuple[Stance, ...]:
        """What the words of a permission admit."""
        if self.chance(0.5):
            return (Stance.FREE,)
        between = (Stance.NOTICE, Stance.OPT_OUT, Stance.OPT_IN, Stance.EXPLICIT_OPT_IN)
        return tuple(sorted(self.rng.sample(between, 2 if self.chance(0.2) else 1)))

    def targets(self, share: float) -> tuple[Target, ...]:
        """What a clause overrides or stands alongside."""
        if not self.chance(share):
            return ()
        document = self.rng.choice(self.documents)
        return (
            self.rng.choice(
                [
                    Target(),
                    Target(document=document),
                    Target(document=document, clause=self.rng.choice(self.ids)),
                    Target(document=document, section=self.rng.choice(["1", "1.2", "2"])),
                ]
            ),
        )

    def clause(self, name: str, document: str) -> Clause:
        """One clause; the verb, where it has one, and facts, where it states some."""
        states = self.states()
        bare = Clause(
            id=name,
            document=document,
            section=self.rng.choice(["1", "1.2", "2", "12"]),
            firmness=self.firmness(0.12),
            overrides=self.targets(0.15),
            alongside=self.targets(0.06),
            binds_customer=self.chance(0.03),
            statement=self.chance(0.03),
            begins=self.rng.choice(DAYS) if self.chance(0.06) else None,
            ends=self.rng.choice(DAYS) if self.chance(0.06) else None,
            applies=self.conditions(0.2, at=document),
            states=states,
        )
        return bare if states and self.chance(0.4) else self.with_verb(bare)

    def states(self) -> tuple[FactStatement, ...]:
        """The facts a clause states."""
        if not self.chance(0.75 if self.about_facts else 0.15):
            return ()
        found = [self.statement() for _ in range(1 if self.chance(0.85) else 2)]
        return tuple({statement.fact: statement for statement in found}.values())

    def with_verb(self, bare: Clause) -> Clause:
        """The clause with what it allows or bars."""
        scope = self.clause_scope()
        if self.chance(0.45):
            return replace(bare, verb=Verb.BARS, scope=scope, stances=(Stance.BARRED,))
        closed = self.rng.choices(list(Closed), weights=[70, 22, 8])[0]
        return replace(
            bare,
            verb=Verb.ALLOWS,
            scope=scope,
            stances=self.stances(),
            consent_from=some_of(self.rng, WHOSE) if self.chance(0.3) else (),
            closed=closed,
            except_as_in=self.excepted_documents(bare.document) if closed is not Closed.NO else (),
        )

    def excepted_documents(self, own: str) -> tuple[str, ...]:
        """The documents whose clauses prevail over the second half, mostly another one."""
        others = [name for name in self.documents if name != own or self.chance(0.2)]
        return (self.rng.choice(others),) if others and self.chance(0.6) else ()

    # documents

    def precedence(self, document: str) -> tuple[Precedence, ...]:
        """That a document prevails over another, perhaps only about a subject."""
        others = [name for name in self.documents if name != document]
        if not others or not self.chance(0.4):
            return ()
        about = self.subject() if self.chance(0.5) else None
        return (Precedence(document=document, over=(self.rng.choice(others),), about=about),)

    def absence(self) -> Absence:
        """What nobody has read."""
        facts = (self.rng.choice(FAMILIES),) if self.chance(0.5) else ()
        return Absence(
            about=self.subject() if self.chance(0.4) else None,
            facts=(*facts, self.fact) if self.chance(0.3) else facts,
            may=self.rng.choice(list(May)),
        )

    def document(self, name: str, place: int) -> Document:
        """One document of the agreement."""
        kinds = [DocumentKind.CONTRACT, DocumentKind.CONTRACT, DocumentKind.NOTICE]
        kind = kinds[place] if self.chance(0.93) else self.rng.choice(list(DocumentKind))
        others = tuple(other for other in self.documents if other != name)
        absent = place > 0 and self.chance(0.3)
        return Document(
            id=name,
            kind=kind,
            precedence=self.precedence(name) if kind is not DocumentKind.STATEMENT else (),
            incorporated_by=others[:1] if others and self.chance(0.25) else (),
            replaces=others[:1] if place > 0 and self.chance(0.08) else (),
            applies=self.conditions(0.1, at=name),
            absence=self.absence() if absent else None,
            assume_absent=absent and self.chance(0.2),
        )

    def version(self, document: str, effective: date, clauses: tuple[Clause, ...]) -> Version:
        """One version of a document."""
        return Version(
            document=document,
            effective=effective,
            clauses=clauses,
            precedence=self.precedence(document) if self.chance(0.3) else (),
            unread=(self.absence(),) if self.chance(0.06) else (),
            withdrawn=self.rng.choice(DAYS[1:]) if self.chance(0.05) else None,
        )

    def versions(self, documents: Sequence[Document]) -> Iterator[Version]:
        """The versions of the documents at hand, with all clauses."""
        at_hand = [d.id for d in documents if d.absence is None]
        homes = {name: self.rng.choice(at_hand) for name in self.ids}
        for document in at_hand:
            inside = [name for name in self.ids if homes[name] == document]
            dates = [FIRST, SECOND] if self.chance(0.15) else [FIRST]
            for effective in dates:
                clauses = tuple(self.clause(name, document) for name in inside)
                yield self.version(document, effective, clauses)

    def vendor(self) -> Vendor:
        """Who they are, and what each version of their agreement says."""
        documents = tuple(self.document(n, place) for place, n in enumerate(self.documents))
        known = (self.rng.choice(self.documents), self.rng.choice(DAYS))
        return Vendor(
            id=VENDOR,
            services=ANSWERS["service"] if self.chance(0.3) else None,
            plans=(*ANSWERS["plan"], "team") if self.chance(0.3) else None,
            documents=documents,
            known_versions=(known,) if self.chance(0.05) else (),
            versions=tuple(self.versions(documents)),
        )

    # what we require

    def forbid(self) -> Forbid:
        """A use requirement."""
        need = self.rng.choices(list(Stance)[1:], weights=[1, 2, 4, 1, 3])[0]
        return Forbid(
            scope=self.demand_scope(),
            need=need,
            consent_from=some_of(self.rng, WHOSE) if self.chance(0.15) else (),
            narrowing=self.narrowing(0.08),
            when_stated=self.when_stated(0.08),
        )

    def require(self) -> Require:
        """A bound on a fact."""
        fact = BY_ID[self.fact]
        bound = self.rng.choice(bounds_for(fact))
        several = bound in {Bound.ONE_OF, Bound.NONE_OF, Bound.INCLUDES} and self.chance(0.5)
        return Require(
            fact=fact.id,
            bound=bound,
            values=tuple(self.wanted(fact, bound) for _ in range(2 if several else 1)),
            of=self.subject() if self.chance(0.35) else None,
            subjects=some_of(self.rng, fact.subjects) if fact.subjects and self.chance(0.5) else (),
            excused=self.rng.choice([("any",), ("law",), ("dispute", "security")])
            if self.chance(0.35)
            else (),
            narrowing=self.narrowing(0.1),
            when_stated=self.when_stated(0.1),
        )

    def wanted(self, fact: FactDefinition, bound: Bound) -> Value:
        """The value a bound names; what a list includes are words."""
        if bound in {Bound.INCLUDES, Bound.NONE_OF} and fact.type is FactType.LIST:
            return Word(word=self.rng.choice(fact.values))
        return self.plain_value(fact)

    def narrowing(self, share: float) -> Narrowing:
        """Only such clauses count."""
        if not self.chance(share):
            return Narrowing()
        if self.chance(0.5):
            return Narrowing(stating=self.family())
        return Narrowing(kind=self.rng.choice([DocumentKind.CONTRACT, DocumentKind.NOTICE]))

    def family(self) -> str:
        """A fact or what lies above it."""
        return self.fact if self.chance(0.5) else self.rng.choice(FAMILIES)

    def when_stated(self, share: float) -> WhenStated | None:
        """It applies only where a fact is stated."""
        if not self.chance(share):
            return None
        return WhenStated(
            fact=self.family(),
            narrowing=self.narrowing(0.3),
            otherwise_silent=self.chance(0.3),
        )

    def demand(self, depth: int = 0) -> Demand:
        """A use, a bound, or several of them."""
        if depth < 2 and self.chance(0.16):
            kind: type[Every | Some] = Every if self.chance(0.5) else Some
            parts = tuple(self.demand(depth + 1) for _ in range(self.rng.choice([1, 2, 2, 3])))
            return kind(
                parts=parts, narrowing=self.narrowing(0.1), when_stated=self.when_stated(0.12)
            )
        facts = self.chance(0.8 if self.about_facts else 0.03)
        return self.require() if facts else self.forbid()

    # our side

    def choices(self) -> tuple[Choice, ...]:
        """What we did."""
        if not self.chance(0.3):
            return ()
        return tuple(
            Choice(
                kind=self.rng.choice(list(ChoiceKind)),
                vendor=VENDOR if self.chance(0.95) else "other",
                box=Box(action=(self.term("action"),), data=self.maybe("data", 0.4)),
                on=self.rng.choice(DAYS[:3]),
            )
            for _ in range(self.rng.choice([1, 1, 2]))
        )

    def reading(self, vendor: Vendor) -> RecordedReading | None:
        """How a person settled a question, or thought there was one."""
        clauses = [clause for version in vendor.versions for clause in version.clauses]
        if not clauses:
            return None
        clause, other = self.rng.choice(clauses), self.rng.choice(clauses)
        bare = RecordedReading(
            vendor=VENDOR if self.chance(0.95) else "other",
            document=clause.document,
            clause=clause.id,
            because="",
            by="",
            on=self.rng.choices(DAYS, weights=[1, 8, 3, 2, 2])[0],
        )
        roll = self.rng.random()
        if roll < 0.4:
            axis = self.rng.choice(AXES)
            return replace(bare, axis=axis, term=self.term(axis), covered=self.chance(0.5))
        if roll < 0.55 and clause.stances:
            return replace(bare, stance=self.rng.choice(list(Stance)))
        if (other.document, other.id) == (clause.document, clause.id):
            return None
        return replace(bare, over=(other.document, other.id))

    def readings(self, vendor: Vendor) -> tuple[RecordedReading, ...]:
        """The recorded readings of the check."""
        count = self.rng.choices([0, 1, 2], weights=[52, 32, 16])[0]
        found = [self.reading(vendor) for _ in range(count)]
        return tuple(reading for reading in found if reading is not None)

    def case(self) -> Case:
        """The whole case."""
        vendor = self.vendor()
        evidence = self.chance(0.1)
        demand = self.demand()
        return Case(
            seed=self.seed,
            vocabulary=self.words,
            requirement=requirement(demand, *self.conditions(0.12, at="dpa"), evidence=evidence),
            vendor=vendor,
            use=Situation(
                context=self.context(), choices=self.choices(), readings=self.readings(vendor)
            ),
            on=self.on,
            verified=frozenset(
                (version.document, version.effective, clause.id)
                for version in vendor.versions
                for clause in version.clauses
                if evidence and self.chance(0.5)
            ),
        )


def changed_clause(maker: Maker, vendor: Vendor) -> Vendor:
    """The same vendor with one clause otherwise, or gone, in every version that has it."""
    ids = sorted({(c.document, c.id) for v in vendor.versions for c in v.clauses})
    if not ids:
        return vendor
    document, name = maker.rng.choice(ids)
    roll = maker.rng.random()
    anew = maker.clause(name, document)

    def drawn(clause: Clause) -> Clause | None:
        if roll < 0.3:
            # What it says stays; only what it prevails over is another.
            return replace(clause, overrides=() if clause.overrides else (Target(),))
        return None if roll < 0.45 else anew

    def changed(version: Version) -> Version:
        kept = [drawn(c) if (c.document, c.id) == (document, name) else c for c in version.clauses]
        return replace(version, clauses=tuple(c for c in kept if c is not None))

    return replace(vendor, versions=tuple(map(changed, vendor.versions)))


def bounds_for(fact: FactDefinition) -> tuple[Bound, ...]:
    """The bounds that make sense for a fact's type."""
    alike = (Bound.IS, Bound.IS_NOT, Bound.ONE_OF, Bound.NONE_OF)
    match fact.type:
        case FactType.DURATION | FactType.MONEY:
            return (*([Bound.AT_LEAST, Bound.AT_MOST] * 3), *alike)
        case FactType.LIST:
            return (Bound.INCLUDES, Bound.INCLUDES, Bound.NONE_OF, Bound.IS, Bound.IS_NOT)
        case FactType.YES_NO:
            return (Bound.IS, Bound.IS_NOT)
        case _:
            return alike


def case(seed: int) -> Case:
    """The case of that number."""
    return Maker(seed).case()


# --- what a case exercises ---------------------------------------------------------------------


def walk(value: object) -> Iterator[object]:
    """Every value inside a value, itself first."""
    yield value
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            if not isinstance(getattr(value, each.name), Vocabulary):
                yield from walk(getattr(value, each.name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from walk(inner)


def shown(kind: str, value: object) -> Iterator[str]:
    """The names of the features that a value's fields switch on."""
    if not is_dataclass(value) or isinstance(value, type):
        return
    for each in fields(value):
        held = getattr(value, each.name)
        default = each.default if each.default_factory is MISSING else each.default_factory()
        if each.name in FEATURES.get(kind, ()) and held != default:
            yield f"{kind}.{each.name}"
            if isinstance(held, StrEnum):
                yield f"{kind}.{each.name}={held}"


FEATURES: Final = {
    kind: tuple(names.split())
    for kind, names in {
        "Clause": "firmness consent_from closed except_as_in overrides alongside binds_customer "
        "statement begins ends applies",
        "CarveOut": "applies of",
        "Part": "excepting perhaps",
        "Document": "incorporated_by replaces applies absence assume_absent",
        "Version": "unread withdrawn precedence",
        "Vendor": "services plans known_versions",
        "Precedence": "about",
        "Absence": "about facts",
        "Forbid": "consent_from",
        "Require": "bound of subjects excused",
        "Narrowing": "stating kind",
        "WhenStated": "narrowing otherwise_silent",
        "FactStatement": "of subjects excepting firmness",
        "Requirement": "applies evidence_required",
        "Context": "known features agreements opted_out",
        "RecordedReading": "term stance over",
    }.items()
}
KINDS: Final = (
    *("Every", "Some", "WhenStated", "Choice"),
    *("Denied", "Unspecified", "Word", "Money", "Text", "YesNo", "Listed", "Duration"),
)


def features(made: Case) -> frozenset[str]:
    """The names of everything this case exercises."""
    found: set[str] = set()
    for value in walk(made):
        kind = type(value).__name__
        if kind in KINDS:
            found.add(kind)
        if isinstance(value, Condition):
            found |= {f"condition {value.key}", *(["negated"] if value.negated else [])}
        if isinstance(value, Clause) and len(value.stances) > 1:
            found.add("open stance")
        if isinstance(value, Vendor) and len(value.documents) > 2:
            found.add("three documents")
        found.update(shown(kind, value))
    return frozenset(found)


# --- saying and shrinking a case ---------------------------------------------------------------


def said(value: object) -> str:
    """A value in few words: what is left out is as it would be by itself."""
    if isinstance(value, Vocabulary):
        trees = [(a.name, [(t.id, t.parents, t.may_include) for t in a.terms]) for a in value.axes]
        return "; ".join(f"{name}: {terms}" for name, terms in trees)
    if is_dataclass(value) and not isinstance(value, type):
        inner = ", ".join(f"{n}={said(v)}" for n, v in told(value))
        return f"{type(value).__name__}({inner})"
    if isinstance(value, tuple):
        return "[" + ", ".join(said(each) for each in value) + "]"
    return getattr(value, "name", None) or str(value)


BORING: Final = frozenset({"place", "because", "proof", "title", "level", "severity", "policy"})


def told(value: Any) -> Iterator[tuple[str, object]]:  # noqa: ANN401 - any dataclass
    """The fields of a dataclass that are not as they would be by themselves."""
    for each in fields(value):
        held = getattr(value, each.name)
        default = each.default if each.default_factory is MISSING else each.default_factory()
        if held != default and each.name not in BORING:
            yield each.name, held


def smaller(value: Any) -> Iterator[Any]:  # noqa: ANN401 - any value
    """The same value with one thing less in it, the largest things first."""
    if isinstance(value, tuple):
        for place in range(len(value)):
            yield value[:place] + value[place + 1 :]
        for place, inner in enumerate(value):
            for less in smaller(inner):
                yield (*value[:place], less, *value[place + 1 :])
    elif is_dataclass(value) and not isinstance(value, type | Vocabulary | FactDefinition):
        for name, held in told(value):
            each = next(f for f in fields(value) if f.name == name)
            default = each.default if each.default_factory is MISSING else each.default_factory()
            if default is not MISSING and name != "seed":
                yield replace(value, **{name: default})
            for less in smaller(held):
                yield replace(value, **{name: less})


def shrunk(made: Case, fails: Callable[[Case], bool]) -> Case:
    """The smallest case found that still fails, one thing taken away at a time."""
    for candidate in smaller(made):
        if sound(candidate) and fails(candidate):
            return shrunk(candidate, fails)
    return made


def sound(made: Case) -> bool:
    """Whether a shrunk case is still one a file could say."""
    clauses = tuple(c for v in made.vendor.versions for c in v.clauses)
    names = {d.id for d in made.vendor.documents}
    scopes = [value for value in walk(made) if isinstance(value, Scope)]
    demands = [value for value in walk(made) if isinstance(value, Require)]
    whole = all(bool(c.verb) == bool(c.scope) == bool(c.stances) for c in clauses)
    boxes = [value for value in walk((made.requirement, clauses)) if isinstance(value, Box)]
    context = made.use.context
    return (
        whole
        and all(len(pair) == 2 for pair in (*context.known, *context.features))
        and all(len(pair) == 2 for pair in context.agreements)
        and all(values for _, values in context.known)
        and names >= {v.document for v in made.vendor.versions}
        and all(scope.parts for scope in scopes)
        and all(require.values for require in demands)
        and all(() not in (b.action, b.data, b.by, b.state) for b in boxes)
        and all(c.values for c in walk(made) if isinstance(c, Condition))
        and all((r.term is None) == (r.covered is None) for r in made.use.readings)
        and all(e.parts for e in walk(made) if isinstance(e, Every | Some))
    )
