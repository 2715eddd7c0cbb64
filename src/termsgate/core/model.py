"""What the files say, decoded: policies, vendors, versions of documents, clauses, checks.

Every value is frozen and carries the place it was read from. Terms of the vocabulary are
canonical here (no other spelling, no defined term of a document): the decoder resolved them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime

    from termsgate.core.values import Duration, Value
    from termsgate.core.vocabulary import Vocabulary

AXES: Final = ("action", "data", "by", "state")
CONDITION_KEYS: Final = (
    "service",
    "plan",
    "region",
    "sector",
    "feature",
    "customers",
    "agreement",
    "content",
    "opted-out",
)
"""The dimensions of use that terms may depend on (semantics 3.2), in the order they are asked."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Where a value was read: a path relative to the project, line and column from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        """Say it the way editors make clickable."""
        return f"{self.path}:{self.line}:{self.column}"


NOWHERE: Final = Place(path="<made>", line=1, column=1)


class Stance(IntEnum):
    """What a clause permits, more protective as it rises (semantics 2.1)."""

    FREE = 0
    NOTICE = 1
    OPT_OUT = 2
    OPT_IN = 3
    EXPLICIT_OPT_IN = 4
    BARRED = 5

    @property
    def word(self) -> str:
        """The word a file writes for it."""
        return self.name.lower().replace("_", "-")


class Firmness(StrEnum):
    """How firmly a clause is promised (semantics 2.2); all but promise open a protective stance."""

    PROMISE = "promise"
    EFFORT = "effort"
    PRACTICE = "practice"
    DISCRETION = "discretion"


class DocumentKind(StrEnum):
    """What a document is (semantics 3.6); a statement never governs."""

    CONTRACT = "contract"
    NOTICE = "notice"
    STATEMENT = "statement"


class Level(StrEnum):
    """How much a requirement matters to the run (semantics 7.2)."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Severity(StrEnum):
    """How bad a breach would be."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Reaction(StrEnum):
    """What the gate does about a verdict (semantics 7.2)."""

    FAIL = "fail"
    WARN = "warn"
    PASS = "pass"  # noqa: S105 - a word of the format, no secret


class ReviewStatus(StrEnum):
    """How far the reading of a version got."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    DISPUTED = "disputed"


# --- scopes --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One key of `applies`: the value of our use is (or, negated, is not) one of these.

    For `feature` and `agreement` the values are names, any of which is on or signed; for
    `opted-out` the one value is `true` or `false`. All conditions of a clause must hold.
    """

    key: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Terms per axis; `None` is an axis left out (semantics 1.6 says what that means where)."""

    action: tuple[str, ...] | None = None
    data: tuple[str, ...] | None = None
    by: tuple[str, ...] | None = None
    state: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarveOut:
    """One exception: a box (an axis left out is the whole axis), where the conditions hold.

    `of` is the axis whose defined term brought it along, else `None`. `perhaps` says that it
    takes this out only perhaps: the `perhaps` of a defined term that stands in an exception.
    """

    box: Box
    applies: tuple[Condition, ...] = ()
    of: str | None = None
    perhaps: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One box of a scope with its exceptions, and what it covers only perhaps (semantics 1.5).

    In a box of `perhaps` an axis left out is this part's own.
    """

    box: Box
    excepting: tuple[CarveOut, ...] = ()
    perhaps: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A union of parts (semantics 1.4). Exceptions of the whole stand in each part."""

    parts: tuple[Part, ...]


# --- what a version of a document says -----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The anchor in the captured text (W3C text-quote selector)."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class Verb(StrEnum):
    """What a clause does to the uses it covers."""

    ALLOWS = "allows"
    BARS = "bars"


class Closed(StrEnum):
    """Whether the listed uses are the only ones (semantics 2.5)."""

    NO = "no"
    YES = "yes"
    PERHAPS = "perhaps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a clause overrides or stands alongside.

    A clause (document and clause), a section and what lies below it (document and section),
    a document (document alone) or everything (nothing set).
    """

    document: str | None = None
    clause: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactStatement:
    """A fact a clause states (semantics 5.1).

    `of` left out is the scope of the clause's verb, else everything; `subjects` is `for`.
    """

    fact: str
    value: Value
    of: Scope | None = None
    subjects: tuple[str, ...] = ()
    excepting: tuple[str, ...] = ()
    starting: str | None = None
    firmness: Firmness = Firmness.PROMISE
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause of one version: a verb with a scope, facts, or both.

    `stances` is what the words admit before firmness (semantics 2.2): one stance, or several
    where `with` is a list; `(BARRED,)` for `bars`. `scope` and `verb` are both set or both not.
    `firmness` holds for the verb and is what `states` takes where it says none of its own.
    `supposed` says that it stands for what nobody has read (semantics 4.4).
    """

    id: str
    document: str
    place: Place = NOWHERE
    section: str = ""
    says: str = ""
    quote: Quote | None = None
    verb: Verb | None = None
    scope: Scope | None = None
    stances: tuple[Stance, ...] = ()
    firmness: Firmness = Firmness.PROMISE
    consent_from: tuple[str, ...] = ()
    closed: Closed = Closed.NO
    except_as_in: tuple[str, ...] = ()
    overrides: tuple[Target, ...] = ()
    alongside: tuple[Target, ...] = ()
    binds_customer: bool = False
    statement: bool = False
    begins: date | None = None
    ends: date | None = None
    applies: tuple[Condition, ...] = ()
    states: tuple[FactStatement, ...] = ()
    supposed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A term that a document defines on one axis; clauses hold what it means, resolved.

    `clauses` are those that use it, also through another defined term. No verdict reads this: it
    is kept so that a difference can say which words changed.
    """

    name: str
    axis: str
    scope: Scope
    section: str = ""
    says: str = ""
    quote: Quote | None = None
    clauses: tuple[str, ...] = ()
    place: Place = NOWHERE


class May(StrEnum):
    """What a document we do not have could do to a verdict (semantics 4.4)."""

    TIGHTEN = "tighten"
    LOOSEN = "loosen"
    EITHER = "either"


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """What nobody has read: a document not at hand, or the unread part of one that is.

    `about` left out is every use; `facts` are names, each standing for itself and all below it.
    """

    about: Scope | None = None
    facts: tuple[str, ...] = ()
    may: May = May.EITHER
    because: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedence:
    """`document` prevails over each of `over` (semantics 3.3 b), perhaps only `about` a subject."""

    document: str
    over: tuple[str, ...]
    about: Scope | None = None
    section: str = ""
    quote: Quote | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who read a version, when, and how it stands; `sha256` is over the clauses."""

    by: tuple[str, ...]
    on: date
    status: ReviewStatus
    sha256: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A public archive that holds the captured words."""

    collection: str
    path: str
    commit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A copy of the captured text beside the fixture, with the digests of its bytes and words.

    The digest of the words goes with the version of the `normaliser` that made them plain.
    """

    file: str
    sha256: str = ""
    text_sha256: str = ""
    normaliser: int = 0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the words were taken from."""

    url: str = ""
    captured: datetime | None = None
    archive: Archive | None = None
    snapshot: Snapshot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What one version of one document says, in force from `effective` (semantics 3.1)."""

    document: str
    effective: date
    clauses: tuple[Clause, ...] = ()
    definitions: tuple[Definition, ...] = ()
    precedence: tuple[Precedence, ...] = ()
    unread: tuple[Absence, ...] = ()
    published: date | None = None
    withdrawn: date | None = None
    language: str = ""
    source: Source = field(default_factory=Source)
    review: Review | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of a vendor's agreement, as vendor.yaml lists it.

    `absence` is set for `at-hand: false`. `assume_absent` is `assume: absent` (semantics 4.4).
    """

    id: str
    kind: DocumentKind
    title: str = ""
    url: str = ""
    precedence: tuple[Precedence, ...] = ()
    incorporated_by: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    applies: tuple[Condition, ...] = ()
    absence: Absence | None = None
    assume_absent: bool = False
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """Who they are, what makes up their agreement, and what each version of it says.

    `services` and `plans` close the list of answers where set (semantics 4.5).
    """

    id: str
    name: str = ""
    url: str = ""
    services: tuple[str, ...] | None = None
    plans: tuple[str, ...] | None = None
    documents: tuple[Document, ...] = ()
    known_versions: tuple[tuple[str, date], ...] = ()
    versions: tuple[Version, ...] = ()
    place: Place = NOWHERE


# --- what we require -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Only clauses that state the fact, or that stand in such a document, count (6.3)."""

    stating: str | None = None
    kind: DocumentKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhenStated:
    """A requirement applies only where a governing clause states the fact (semantics 6.2)."""

    fact: str
    narrowing: Narrowing = Narrowing()
    otherwise_silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbid:
    """A use requirement: these uses need at least this stance (semantics 2.3)."""

    scope: Scope
    need: Stance = Stance.BARRED
    consent_from: tuple[str, ...] = ()
    narrowing: Narrowing = Narrowing()
    when_stated: WhenStated | None = None
    place: Place = NOWHERE


class Bound(StrEnum):
    """How a requirement bounds a fact (semantics 5.2)."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    IS = "is"
    IS_NOT = "is-not"
    ONE_OF = "one-of"
    NONE_OF = "none-of"
    INCLUDES = "includes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Require:
    """A bound on a fact (semantics 5.2); `values` has one member but for one-of, none-of, includes.

    `excused` are the exceptions tolerated (`except-ok`; `any` tolerates all); `subjects` is `for`.
    """

    fact: str
    bound: Bound
    values: tuple[Value, ...]
    of: Scope | None = None
    subjects: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    narrowing: Narrowing = Narrowing()
    when_stated: WhenStated | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """`all:` the worst of the parts (semantics 6.1)."""

    parts: tuple[Demand, ...]
    narrowing: Narrowing = Narrowing()
    when_stated: WhenStated | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Some:
    """`any:` the best of the parts that are not silent (semantics 6.1)."""

    parts: tuple[Demand, ...]
    narrowing: Narrowing = Narrowing()
    when_stated: WhenStated | None = None
    place: Place = NOWHERE


Demand = Forbid | Require | Every | Some


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A law, standard or page a requirement rests on."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A test of the requirement itself: terms made up for it, and the verdict they must get.

    `vendor` holds the example's clauses as a vendor of one version in force on every day.
    `verdict` is the word of the expected verdict.
    """

    name: str
    vendor: Vendor
    verdict: str
    context: Context
    choices: tuple[Choice, ...] = ()
    place: Place = NOWHERE


Tongues: TypeAlias = "tuple[tuple[str, str], ...]"
"""The same text in several languages, by their codes; the first is the one it was thought in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing we require. `id` is compound: `policy.requirement`."""

    id: str
    policy: str
    title: str
    level: Level
    severity: Severity
    demand: Demand
    when_silent: Reaction
    when_unclear: Reaction
    applies: tuple[Condition, ...] = ()
    evidence_required: bool = False
    why: str = ""
    ask: str = ""
    references: tuple[Reference, ...] = ()
    examples: tuple[Example, ...] = ()
    titles: Tongues = ()
    asks: Tongues = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A file of requirements with one owner."""

    id: str
    title: str
    titles: Tongues = ()
    owner: str = ""
    requirements: tuple[Requirement, ...] = ()
    place: Place = NOWHERE


# --- who is checked, for which use ---------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What we know of our use; what is not here is asked (semantics 4.5).

    `known` maps a condition key to the value it has, or to the few it may have; `features` and
    `agreements` map a name to on or off, signed or not.
    """

    known: tuple[tuple[str, tuple[str, ...]], ...] = ()
    features: tuple[tuple[str, bool], ...] = ()
    agreements: tuple[tuple[str, bool], ...] = ()
    opted_out: bool | None = None


class ChoiceKind(StrEnum):
    """What we did (semantics 2.4)."""

    OPTED_OUT = "opted-out"
    REFUSED = "refused"
    CONSENTED = "consented"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A choice we made with one vendor, from its day on; an axis left out is the whole axis."""

    kind: ChoiceKind
    vendor: str
    box: Box
    on: date
    proof: str = ""
    chosen_by: str = ""
    because: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedReading:
    """How a person settled a question the words leave open (semantics 4.7).

    Exactly one of `term` (with `covered`), `stance` and `over` is set.
    """

    vendor: str
    document: str
    clause: str
    because: str
    by: str
    on: date
    axis: str | None = None
    term: str | None = None
    covered: bool | None = None
    stance: Stance | None = None
    over: tuple[str, str] | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A failure accepted for a while (semantics 7.3). `vendor` and `requirement` may be globs.

    It may be limited to versions of documents, and to what decided the verdict (7.3.1).
    """

    vendor: str
    requirement: str
    reason: str
    approved_by: str
    approved_on: date
    expires: date
    ticket: str = ""
    versions: tuple[tuple[str, date], ...] = ()
    decided: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Which vendors, for which use, under which policies.

    `as_of` left out is the day of the run. `review_max_age` is how old a review may be, and
    `when_unreviewed` what becomes of the run where one is too old, missing or no approval (7.6).
    """

    id: str
    title: str
    owner: str = ""
    vendors: tuple[str, ...] = ("*",)
    policies: tuple[str, ...] = ("*",)
    as_of: date | None = None
    context: Context = field(default_factory=Context)
    choices: tuple[Choice, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    readings: tuple[RecordedReading, ...] = ()
    review_max_age: Duration | None = None
    when_unreviewed: Reaction = Reaction.FAIL
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file that was read: its path relative to the project and the sha256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Everything that was read, whole and free of problems."""

    vocabulary: Vocabulary
    policies: tuple[Policy, ...]
    vendors: tuple[Vendor, ...]
    checks: tuple[Check, ...]
    inputs: tuple[InputFile, ...] = ()
