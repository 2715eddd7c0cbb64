"""Sentences of the policy language that the worked examples do not reach, each with examples.

Like the table of semantics 9: the naive evaluator and the engine must both give the verdict.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from termsgate.core.evaluate import Terms, Use, evaluate, rule
from termsgate.core.inforce import in_force, versions_on
from termsgate.core.model import (
    Absence,
    Bound,
    CarveOut,
    ChoiceKind,
    Closed,
    Context,
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
    Scope,
    Some,
    Stance,
    Target,
    Version,
    WhenStated,
)
from termsgate.core.values import Word, YesNo
from termsgate.core.verdict import Ruling
from termsgate.reading.store import builtin_vocabulary
from tests.laws import oracle
from tests.making import (
    DAY,
    START,
    Situation,
    allows,
    bars,
    box,
    days,
    forbid,
    having,
    on,
    only,
    prevailing,
    requirement,
    scope,
    states,
    vendor,
)

if TYPE_CHECKING:
    from termsgate.core.model import Box, Clause, Condition, Requirement, Vendor
    from termsgate.core.vocabulary import Vocabulary

ACTIONS: Final = frozenset(
    {"any", "use", "train-ai", "improve-services", "provide-service", "marketing"}
)
DATA: Final = frozenset({"all-data", "customer-content", "chat", "files", "audio", "screen-share"})


def few_words() -> Vocabulary:
    """The built-in vocabulary with few words for uses: the naive evaluator looks at every point."""
    whole = builtin_vocabulary()
    return replace(whole, action=only(whole.action, ACTIONS), data=only(whole.data, DATA))


VOCABULARY: Final[Vocabulary] = few_words()
TRAIN: Final = box("train-ai", "customer-content")
R: Final = forbid(TRAIN, Stance.OPT_IN)
TOS: Final = Document(id="terms", kind=DocumentKind.CONTRACT)
VIOLATED, UNCLEAR, SILENT, MET, NOT_APPLICABLE = Ruling


def missing(may: May, *over: str, about: Absence | None = None) -> Document:
    """An addendum that nobody has and that prevails over these documents."""
    return Document(
        id="dpa",
        kind=DocumentKind.CONTRACT,
        precedence=(Precedence(document="dpa", over=over),) if over else (),
        absence=replace(about or Absence(), may=may),
    )


def said(
    ruling: Ruling, terms: Vendor, asked: Requirement = R, use: Situation | None = None
) -> object:
    """One example."""
    return pytest.param(terms, asked, use or Situation(), ruling)


def permitting(*documents: Document, **said: Any) -> Vendor:  # noqa: ANN401 - any key of a clause
    """A vendor that permits the use, beside other documents."""
    return vendor(replace(allows(TRAIN), **said), documents=(TOS, *documents))


def barring(*documents: Document, **said: Any) -> Vendor:  # noqa: ANN401 - any key of a clause
    """A vendor that bars the use, beside other documents."""
    return vendor(replace(bars(TRAIN), **said), documents=(TOS, *documents))


DPA_NAMED: Final = (Target(document="dpa"),)
OTHER_NAMED: Final = (Target(document="other"),)
NOTICE: Final = Document(id="notice", kind=DocumentKind.NOTICE)
ABOUT_CHAT: Final = Absence(about=scope(box(data="chat")))
CHAT: Final = forbid(box("train-ai", "chat"), Stance.OPT_IN)
AUDIO: Final = forbid(box("train-ai", "audio"), Stance.OPT_IN)

NOT_AT_HAND: Final = (
    # 4.4: violated becomes unclear only if it may tighten and prevails over what decides.
    said(UNCLEAR, permitting(missing(May.TIGHTEN, "terms"))),
    said(UNCLEAR, permitting(missing(May.EITHER, "terms"))),
    said(VIOLATED, permitting(missing(May.LOOSEN, "terms"))),
    said(VIOLATED, permitting(missing(May.TIGHTEN))),
    said(VIOLATED, permitting(missing(May.TIGHTEN, "notice"), NOTICE)),
    # 10.17: over every clause that governs.
    said(
        VIOLATED,
        vendor(
            allows(TRAIN),
            replace(allows(TRAIN, name="too"), document="notice"),
            documents=(TOS, NOTICE, missing(May.TIGHTEN, "terms")),
        ),
    ),
    said(
        UNCLEAR,
        vendor(
            allows(TRAIN),
            replace(allows(TRAIN, name="too"), document="notice"),
            documents=(TOS, NOTICE, missing(May.TIGHTEN, "terms", "notice")),
        ),
    ),
    # 10.17: by (a), a clause that overrides it is not prevailed over by it.
    said(VIOLATED, permitting(missing(May.TIGHTEN, "terms"), overrides=DPA_NAMED)),
    said(VIOLATED, permitting(missing(May.TIGHTEN, "terms"), overrides=(Target(),))),
    said(UNCLEAR, permitting(missing(May.TIGHTEN, "terms"), overrides=OTHER_NAMED)),
    # 3.3 a: alongside, neither, whatever else would decide.
    said(VIOLATED, permitting(missing(May.TIGHTEN, "terms"), alongside=DPA_NAMED)),
    said(UNCLEAR, permitting(missing(May.TIGHTEN, "terms"), alongside=OTHER_NAMED)),
    # 4.4: met becomes unclear where it may loosen, unless something prevails over it.
    said(UNCLEAR, barring(missing(May.LOOSEN))),
    said(UNCLEAR, barring(missing(May.EITHER))),
    said(MET, barring(missing(May.TIGHTEN))),
    said(MET, barring(missing(May.LOOSEN), overrides=DPA_NAMED)),
    said(UNCLEAR, barring(missing(May.LOOSEN), overrides=OTHER_NAMED)),
    said(UNCLEAR, barring(missing(May.LOOSEN), overrides=DPA_NAMED, alongside=DPA_NAMED)),
    said(MET, barring(missing(May.LOOSEN), overrides=DPA_NAMED, alongside=OTHER_NAMED)),
    said(MET, barring(replace(missing(May.LOOSEN), precedence=(prevailing("terms", "dpa"),)))),
    # 4.4: what it is not about is not touched.
    said(UNCLEAR, barring(missing(May.LOOSEN, about=ABOUT_CHAT)), CHAT),
    said(MET, barring(missing(May.LOOSEN, about=ABOUT_CHAT)), AUDIO),
    said(UNCLEAR, permitting(missing(May.TIGHTEN, "terms", about=ABOUT_CHAT)), CHAT),
    said(VIOLATED, permitting(missing(May.TIGHTEN, "terms", about=ABOUT_CHAT)), AUDIO),
    # 4.4: silent stays silent.
    said(SILENT, vendor(documents=(TOS, missing(May.EITHER, "terms")))),
    # 10.9: not at hand, it prevails over what it replaces by (b).
    said(UNCLEAR, permitting(replace(missing(May.TIGHTEN), replaces=("terms",)))),
)


def unread_terms(clause: Clause, overridden: Target) -> Vendor:
    """A clause that overrides something, in terms of which somebody read a part."""
    terms = vendor(replace(clause, overrides=(overridden,)))
    read = replace(terms.versions[0], unread=(Absence(),))
    return replace(terms, versions=(read,))


def listing(closed: str, *excepted: str) -> Clause:
    """Only providing the service is permitted."""
    only = allows(box("provide-service", "customer-content"), name="only")
    return replace(only, closed=Closed(closed), except_as_in=excepted)


CLOSED: Final = (
    # 10.7: `except-as-in` lets a document's clauses prevail over the second half.
    said(MET, vendor(listing("yes"))),
    said(SILENT, vendor(listing("perhaps"))),
    said(MET, vendor(listing("yes"), documents=(TOS, missing(May.TIGHTEN)))),
    said(UNCLEAR, vendor(listing("yes", "dpa"), documents=(TOS, missing(May.EITHER)))),
    said(
        VIOLATED,
        vendor(
            listing("yes", "notice"),
            replace(allows(TRAIN), document="notice"),
            documents=(TOS, NOTICE),
        ),
    ),
    said(
        UNCLEAR,
        vendor(listing("yes"), replace(allows(TRAIN), document="notice"), documents=(TOS, NOTICE)),
    ),
)


def opted_out_of(*boxes: Box) -> Situation:
    """We opted out of each of these."""
    made = [having(ChoiceKind.OPTED_OUT, each).choices[0] for each in boxes]
    return Situation(choices=tuple(made))


IF_OPTED_OUT: Final = vendor(
    replace(bars(box("train-ai", ["chat", "files"])), applies=(on("opted-out", "true"),))
)
BOTH: Final = forbid(box("train-ai", ["chat", "files"]), Stance.OPT_IN)
OPTED_OUT: Final = (
    # 10.10: true for a clause all of whose possible scope our recorded opt-outs cover.
    said(UNCLEAR, IF_OPTED_OUT, BOTH),
    said(MET, IF_OPTED_OUT, BOTH, opted_out_of(box("train-ai"))),
    said(MET, IF_OPTED_OUT, BOTH, opted_out_of(box("train-ai", "chat"), box("train-ai", "files"))),
    said(UNCLEAR, IF_OPTED_OUT, BOTH, opted_out_of(box("train-ai", "chat"))),
    said(UNCLEAR, IF_OPTED_OUT, BOTH, opted_out_of(box("train-ai", "files"))),
    said(UNCLEAR, IF_OPTED_OUT, BOTH, opted_out_of(box("marketing"))),
    said(
        UNCLEAR,
        IF_OPTED_OUT,
        BOTH,
        opted_out_of(box("train-ai", "files"), box("train-ai", "screen-share")),
    ),
)


# --- conditions (3.2, 4.5, 10.10) ----------------------------------------------------------------


def where(*conditions: Condition) -> Vendor:
    """A vendor that bars the use under conditions."""
    return barring(applies=conditions)


EUROPE: Final = on("region", "europe")
NOT_US: Final = on("region", "us", negated=True)
SUMMARY: Final = on("feature", "summary")
FREE: Final = on("plan", "free")


def closed_to(*plans: str) -> Vendor:
    """The same on the free plan, where there are only these plans."""
    return replace(where(FREE), plans=plans)


def told(**known: tuple[str, ...]) -> Situation:
    """A use of which we know that each is one of these."""
    return Situation(context=Context(known=tuple(known.items())))


def with_feature(*, on_: bool) -> Situation:
    """Summaries are on or off."""
    return Situation(context=Context(features=(("summary", on_),)))


CONDITIONS: Final = (
    # 4.5: the verdict is taken for each possible answer, another among them unless closed.
    said(UNCLEAR, where(FREE)),
    said(MET, where(FREE), use=told(plan=("free",))),
    said(SILENT, where(FREE), use=told(plan=("pro",))),
    said(UNCLEAR, where(FREE), use=told(plan=("free", "pro"))),
    said(MET, closed_to("free")),
    said(UNCLEAR, closed_to("free", "pro")),
    said(SILENT, closed_to("pro")),
    # All must hold.
    said(UNCLEAR, where(FREE, SUMMARY), use=told(plan=("free",))),
    said(SILENT, where(FREE, SUMMARY), use=told(plan=("pro",))),
    said(SILENT, where(FREE, SUMMARY), use=with_feature(on_=False)),
    # Features are on or off.
    said(UNCLEAR, where(SUMMARY)),
    said(MET, where(SUMMARY), use=with_feature(on_=True)),
    said(SILENT, where(SUMMARY), use=with_feature(on_=False)),
    said(MET, where(on("feature", "summary", negated=True)), use=with_feature(on_=False)),
    said(MET, where(on("feature", "summary", "other")), use=with_feature(on_=True)),
    said(UNCLEAR, where(on("feature", "summary", "other")), use=with_feature(on_=False)),
    # 10.10: regions nest; those inside ours stay open.
    said(MET, where(EUROPE), use=told(region=("eu",))),
    said(SILENT, where(EUROPE), use=told(region=("us",))),
    said(UNCLEAR, where(on("region", "eu")), use=told(region=("europe",))),
    said(MET, where(NOT_US), use=told(region=("eu",))),
    said(SILENT, where(NOT_US), use=told(region=("us-ca",))),
    said(UNCLEAR, where(NOT_US)),
    # 10.10: `opted-out` is what the context says.
    said(MET, IF_OPTED_OUT, BOTH, Situation(context=Context(opted_out=True))),
    said(SILENT, IF_OPTED_OUT, BOTH, Situation(context=Context(opted_out=False))),
    # 4.2: a requirement that does not apply.
    said(NOT_APPLICABLE, where(), replace(R, applies=(EUROPE,)), told(region=("us",))),
    said(MET, where(), replace(R, applies=(EUROPE,)), told(region=("eu",))),
    said(MET, where(), replace(R, applies=(EUROPE,))),
    # 3.2: a document's conditions are its clauses'.
    said(
        MET,
        vendor(bars(TRAIN), documents=(replace(TOS, applies=(EUROPE,)),)),
        use=told(region=("eu",)),
    ),
    said(
        SILENT,
        vendor(bars(TRAIN), documents=(replace(TOS, applies=(EUROPE,)),)),
        use=told(region=("us",)),
    ),
)

# --- which clause governs (3.3, 3.4) -------------------------------------------------------------

ALLOWED: Final = replace(allows(TRAIN), document="notice")
DPA: Final = Document(id="dpa", kind=DocumentKind.CONTRACT)


def ranked(*rules: Precedence) -> Vendor:
    """A ban in the terms, a permission in a notice, and precedences that the terms state."""
    first = replace(TOS, precedence=rules)
    return vendor(bars(TRAIN), ALLOWED, documents=(first, NOTICE, DPA))


def names_each_other(first: Clause, second: Clause, **said: Any) -> Vendor:  # noqa: ANN401 - any key
    """Two clauses of one document, the first of which says something of the second."""
    return vendor(replace(first, **said), second)


TO_BAN: Final = (Target(document="terms", clause="ban"),)
TO_PERMISSION: Final = (Target(document="terms", clause="permission"),)
OVER_NOTICE: Final = prevailing("terms", "notice")
ON_CHAT: Final = replace(OVER_NOTICE, about=scope(box(data="chat")))
ON_EVENTS: Final = replace(OVER_NOTICE, about=scope(box("improve-services")))
SECTION: Final = (Target(document="terms", section="10"),)


def in_section(section: str) -> Vendor:
    """A ban that overrides section 10, and a permission in some section."""
    return vendor(
        replace(bars(TRAIN), overrides=SECTION),
        replace(allows(TRAIN), section=section),
    )


GOVERNING: Final = (
    # 3.3 a.
    said(UNCLEAR, vendor(bars(TRAIN), allows(TRAIN))),
    said(MET, names_each_other(bars(TRAIN), allows(TRAIN), overrides=TO_PERMISSION)),
    said(MET, names_each_other(bars(TRAIN), allows(TRAIN), overrides=(Target(),))),
    said(UNCLEAR, names_each_other(bars(TRAIN), allows(TRAIN), overrides=TO_BAN)),
    said(VIOLATED, names_each_other(allows(TRAIN), bars(TRAIN), overrides=TO_BAN)),
    # 10.11: where both say so, both govern; a section names what lies below it.
    said(
        UNCLEAR,
        vendor(
            replace(bars(TRAIN), overrides=TO_PERMISSION),
            replace(allows(TRAIN), overrides=TO_BAN),
        ),
    ),
    said(MET, in_section("10")),
    said(MET, in_section("10.4")),
    said(MET, in_section("10(a)")),
    said(UNCLEAR, in_section("101")),
    said(UNCLEAR, in_section("1")),
    # 3.3 a: alongside, neither, whatever else would decide.
    said(
        UNCLEAR,
        names_each_other(
            bars(TRAIN), allows(TRAIN), overrides=TO_PERMISSION, alongside=TO_PERMISSION
        ),
    ),
    said(
        UNCLEAR,
        vendor(replace(bars(box("train-ai", "chat")), alongside=(Target(),)), allows(TRAIN)),
        CHAT,
    ),
    said(
        UNCLEAR,
        vendor(bars(box("train-ai", "chat")), replace(allows(TRAIN), alongside=(Target(),))),
        CHAT,
    ),
    # 3.3 b: transitive.
    said(UNCLEAR, ranked()),
    said(MET, ranked(OVER_NOTICE)),
    said(VIOLATED, ranked(prevailing("notice", "terms"))),
    said(MET, ranked(prevailing("terms", "dpa"), prevailing("dpa", "notice"))),
    said(UNCLEAR, ranked(prevailing("terms", "dpa"))),
    said(UNCLEAR, ranked(OVER_NOTICE, prevailing("notice", "terms"))),
    # 10.12: only about a subject.
    said(MET, ranked(ON_CHAT), CHAT),
    said(UNCLEAR, ranked(ON_CHAT), AUDIO),
    said(UNCLEAR, ranked(ON_CHAT)),
    said(UNCLEAR, ranked(ON_EVENTS)),
    said(
        MET,
        ranked(
            replace(prevailing("terms", "dpa"), about=scope(box(data="chat"))),
            prevailing("dpa", "notice"),
        ),
        CHAT,
    ),
    # 10.12: a precedence counts where the document that states it applies.
    said(
        UNCLEAR,
        vendor(
            bars(TRAIN),
            ALLOWED,
            documents=(TOS, NOTICE, replace(DPA, precedence=(OVER_NOTICE,), applies=(EUROPE,))),
        ),
    ),
    said(
        MET,
        vendor(
            bars(TRAIN),
            ALLOWED,
            documents=(TOS, NOTICE, replace(DPA, precedence=(OVER_NOTICE,), applies=(EUROPE,))),
        ),
        use=told(region=("eu",)),
    ),
    # 3.3 c: the specific over the general, within one document or one text.
    said(MET, vendor(bars(box("train-ai", "chat")), allows(TRAIN)), CHAT),
    said(VIOLATED, vendor(bars(TRAIN), allows(box("train-ai", "chat"))), CHAT),
    said(
        MET, vendor(replace(bars(TRAIN), applies=(FREE,)), allows(TRAIN)), use=told(plan=("free",))
    ),
    said(
        UNCLEAR,
        vendor(
            replace(bars(TRAIN), applies=(FREE,)),
            replace(allows(TRAIN), applies=(on("service", "chat"),)),
        ),
        use=told(plan=("free",), service=("chat",)),
    ),
    said(
        UNCLEAR,
        vendor(
            replace(bars(box("train-ai", "chat")), document="notice"),
            allows(TRAIN),
            documents=(TOS, NOTICE),
        ),
        CHAT,
    ),
    said(
        MET,
        vendor(
            replace(bars(box("train-ai", "chat")), document="notice"),
            allows(TRAIN),
            documents=(TOS, replace(NOTICE, incorporated_by=("terms",))),
        ),
        CHAT,
    ),
    said(
        MET,
        vendor(
            bars(box("train-ai", "chat")),
            ALLOWED,
            documents=(TOS, replace(NOTICE, incorporated_by=("terms",))),
        ),
        CHAT,
    ),
    # 10.13: incorporation is transitive.
    said(
        MET,
        vendor(
            bars(box("train-ai", "chat")),
            ALLOWED,
            documents=(
                TOS,
                replace(DPA, incorporated_by=("terms",)),
                replace(NOTICE, incorporated_by=("dpa",)),
            ),
        ),
        CHAT,
    ),
    # 3.3 d: the express over the vague.
    said(MET, vendor(bars(TRAIN), allows(box("improve-services", "customer-content")))),
    said(
        UNCLEAR,
        vendor(
            replace(bars(TRAIN), firmness=Firmness.PRACTICE),
            allows(box("improve-services", "customer-content")),
        ),
    ),
    # 3.4: a defeated clause still defeats; nothing is reinstated.
    said(
        VIOLATED,
        vendor(
            replace(allows(TRAIN, name="a"), overrides=(Target(document="terms", clause="b"),)),
            replace(bars(TRAIN, name="b"), overrides=(Target(document="terms", clause="c"),)),
            allows(TRAIN, name="c"),
        ),
    ),
    said(
        MET,
        vendor(
            replace(bars(TRAIN, name="a"), overrides=(Target(document="terms", clause="b"),)),
            replace(allows(TRAIN, name="b"), overrides=(Target(document="terms", clause="c"),)),
            bars(TRAIN, name="c"),
        ),
    ),
    # 3.4: clauses on a circle all govern; one above the circle defeats it.
    said(
        UNCLEAR,
        vendor(
            replace(allows(TRAIN, name="a"), overrides=(Target(document="terms", clause="b"),)),
            replace(bars(TRAIN, name="b"), overrides=(Target(document="terms", clause="c"),)),
            replace(bars(TRAIN, name="c"), overrides=(Target(document="terms", clause="a"),)),
        ),
    ),
    said(
        MET,
        vendor(
            replace(allows(TRAIN, name="a"), overrides=(Target(document="terms", clause="b"),)),
            replace(allows(TRAIN, name="b"), overrides=(Target(document="terms", clause="a"),)),
            replace(bars(TRAIN, name="c"), overrides=(Target(document="terms", clause="a"),)),
        ),
    ),
    # 3.1, 10.9: what replaces a document takes its clauses away.
    said(
        VIOLATED,
        vendor(bars(TRAIN), ALLOWED, documents=(TOS, replace(NOTICE, replaces=("terms",)))),
    ),
    said(
        UNCLEAR,
        vendor(
            bars(TRAIN),
            ALLOWED,
            documents=(TOS, replace(NOTICE, replaces=("terms",), applies=(EUROPE,))),
        ),
    ),
    # 2.7, 3.6: what binds the customer, an annotation, a statement.
    said(SILENT, barring(binds_customer=True)),
    said(SILENT, barring(statement=True)),
    said(SILENT, vendor(bars(TRAIN), documents=(replace(TOS, kind=DocumentKind.STATEMENT),))),
    # 10.8: first and last day of a clause.
    said(MET, barring(begins=DAY)),
    said(SILENT, barring(begins=date(2024, 1, 11))),
    said(MET, barring(ends=DAY)),
    said(SILENT, barring(ends=date(2024, 1, 9))),
)

# --- what a requirement is narrowed to (6) -------------------------------------------------------

LICENCE: Final = FactStatement(fact="licence.granted", value=YesNo(yes=True))
GRANT: Final = replace(
    allows(box("provide-service", "customer-content"), name="grant"), states=(LICENCE,)
)
NO_TRAINING: Final = R.demand
DURATION: Final = Require(
    fact="licence.duration", bound=Bound.IS_NOT, values=(Word(word="perpetual"),)
)
FOR_EVER: Final = states("licence.duration", Word(word="perpetual"), name="for-ever")


def if_stated(demand: Any, **said: Any) -> Requirement:  # noqa: ANN401 - a demand, and any key
    """A requirement that applies where a licence is stated."""
    return requirement(replace(demand, when_stated=WhenStated(fact="licence", **said)))


def narrowed(demand: Any, **said: Any) -> Requirement:  # noqa: ANN401 - a demand, and any key
    """A requirement for which only some clauses are there."""
    return requirement(replace(demand, narrowing=Narrowing(**said)))


ALL_OF: Final = Every(parts=(NO_TRAINING, DURATION))
ANY_OF: Final = Some(parts=(NO_TRAINING, DURATION))
OF_NOTICES: Final = Narrowing(kind=DocumentKind.NOTICE)
USES_GRANT: Final = forbid(box("provide-service", "customer-content"), Stance.OPT_IN).demand
UNREAD_LICENCE: Final = Absence(facts=("licence",))
UNREAD_NOTICES: Final = Absence(facts=("change-notice",))

NARROWED: Final = (
    # 6.1.
    said(SILENT, vendor(bars(TRAIN)), requirement(ALL_OF)),
    said(MET, vendor(bars(TRAIN)), requirement(ANY_OF)),
    said(VIOLATED, vendor(bars(TRAIN), FOR_EVER), requirement(ALL_OF)),
    said(MET, vendor(bars(TRAIN), FOR_EVER), requirement(ANY_OF)),
    said(SILENT, vendor(), requirement(ANY_OF)),
    said(VIOLATED, vendor(FOR_EVER), requirement(ANY_OF)),
    # 6.2.
    said(NOT_APPLICABLE, vendor(bars(TRAIN)), if_stated(NO_TRAINING)),
    said(SILENT, vendor(bars(TRAIN)), if_stated(NO_TRAINING, otherwise_silent=True)),
    said(VIOLATED, vendor(GRANT), if_stated(USES_GRANT)),
    said(NOT_APPLICABLE, vendor(GRANT), if_stated(NO_TRAINING)),
    said(MET, vendor(GRANT, states("licence.duration", Word(word="ip-term"))), if_stated(DURATION)),
    said(SILENT, vendor(GRANT), if_stated(DURATION)),
    said(NOT_APPLICABLE, vendor(), if_stated(DURATION)),
    said(NOT_APPLICABLE, vendor(states("retention", days(1))), if_stated(DURATION)),
    # Nothing absent or unread is about it, and a contract is at hand; else silent.
    said(
        SILENT,
        vendor(documents=(TOS, missing(May.EITHER, about=UNREAD_LICENCE))),
        if_stated(DURATION),
    ),
    said(
        NOT_APPLICABLE,
        vendor(documents=(TOS, missing(May.EITHER, about=UNREAD_NOTICES))),
        if_stated(DURATION),
    ),
    said(SILENT, vendor(documents=(NOTICE,)), if_stated(DURATION)),
    # 10.25: a discretion states nothing.
    said(
        NOT_APPLICABLE,
        vendor(replace(GRANT, states=(replace(LICENCE, firmness=Firmness.DISCRETION),))),
        if_stated(USES_GRANT),
    ),
    # 6.2: in a document of a kind, or with another fact.
    said(NOT_APPLICABLE, vendor(GRANT), if_stated(USES_GRANT, narrowing=OF_NOTICES)),
    said(
        VIOLATED,
        vendor(replace(GRANT, document="notice"), documents=(TOS, NOTICE)),
        if_stated(USES_GRANT, narrowing=OF_NOTICES),
    ),
    # 6.3: the others, bans among them, are not there for it.
    said(SILENT, vendor(bars(TRAIN)), narrowed(NO_TRAINING, kind=DocumentKind.NOTICE)),
    said(MET, vendor(bars(TRAIN)), narrowed(NO_TRAINING, kind=DocumentKind.CONTRACT)),
    said(SILENT, vendor(bars(TRAIN)), narrowed(NO_TRAINING, stating="licence")),
    said(
        MET,
        vendor(replace(bars(TRAIN), states=(LICENCE,))),
        narrowed(NO_TRAINING, stating="licence"),
    ),
    said(
        VIOLATED,
        vendor(
            replace(allows(TRAIN), states=(LICENCE,)), replace(bars(TRAIN), overrides=(Target(),))
        ),
        narrowed(NO_TRAINING, stating="licence"),
    ),
    said(SILENT, vendor(FOR_EVER), narrowed(DURATION, stating="retention")),
    said(VIOLATED, vendor(FOR_EVER), narrowed(DURATION, stating="licence")),
    said(SILENT, vendor(FOR_EVER), narrowed(DURATION, kind=DocumentKind.NOTICE)),
)


def over(clause: str, other: str) -> Situation:
    """Counsel reads one clause as prevailing over another."""
    said_so = RecordedReading(
        vendor="vendor",
        document="terms",
        clause=clause,
        because="",
        by="counsel",
        on=START,
        over=("terms", other),
    )
    return Situation(readings=(said_so,))


BOTH_SAY: Final = vendor(bars(TRAIN), allows(TRAIN))
OTHER_WAY: Final = vendor(allows(TRAIN), bars(TRAIN))
EXCEPT_AS_IN: Final = replace(
    allows(box("provide-service", "customer-content"), name="only"),
    closed=Closed.YES,
    except_as_in=("dpa",),
)

RECORDED: Final = (
    # 4.7: the conflict is decided, whichever stands first.
    said(MET, BOTH_SAY, use=over("ban", "permission")),
    said(VIOLATED, BOTH_SAY, use=over("permission", "ban")),
    said(MET, OTHER_WAY, use=over("ban", "permission")),
    said(VIOLATED, OTHER_WAY, use=over("permission", "ban")),
    said(UNCLEAR, BOTH_SAY, use=over("ban", "other")),
    # 10.7: the listed half comes first, whatever else would decide.
    said(VIOLATED, vendor(EXCEPT_AS_IN), forbid(box("provide-service", "customer-content"))),
    # 4.4: a second half does not prevail over a document it names as an exception.
    said(
        MET,
        vendor(
            replace(EXCEPT_AS_IN, overrides=(Target(document="dpa"),)),
            documents=(TOS, missing(May.LOOSEN)),
        ),
    ),
    said(
        UNCLEAR,
        vendor(
            EXCEPT_AS_IN,
            documents=(TOS, replace(missing(May.LOOSEN), precedence=(prevailing("terms", "dpa"),))),
        ),
    ),
    said(
        MET,
        vendor(
            replace(EXCEPT_AS_IN, except_as_in=("other",)),
            documents=(TOS, replace(missing(May.LOOSEN), precedence=(prevailing("terms", "dpa"),))),
        ),
    ),
    # 10.17: over the unread part of its own document a clause neither prevails nor gives way.
    said(UNCLEAR, unread_terms(bars(TRAIN), Target(document="terms"))),
    said(VIOLATED, unread_terms(allows(TRAIN), Target(document="other"))),
)

# --- whose consent, and what we chose (2.4, 2.6) -------------------------------------------------


def with_consent_of(*given: str) -> Vendor:
    """The use is allowed with the consent of these."""
    return vendor(replace(allows(TRAIN, Stance.OPT_IN), consent_from=given))


USER: Final = forbid(TRAIN, Stance.OPT_IN, whose="user")
OPT_OUT: Final = vendor(allows(box("train-ai", ["chat", "files"]), Stance.OPT_OUT))

CONSENT: Final = (
    # 2.6, 10.6: consent open only to others counts as notice.
    said(MET, with_consent_of("user"), USER),
    said(MET, with_consent_of("user", "account-admin"), USER),
    said(MET, with_consent_of("everyone-affected"), USER),
    said(VIOLATED, with_consent_of("account-admin"), USER),
    said(UNCLEAR, with_consent_of(), USER),
    # 10.5: several choices of one kind count together.
    said(VIOLATED, OPT_OUT, BOTH),
    said(VIOLATED, OPT_OUT, BOTH, opted_out_of(box("train-ai", "chat"))),
    said(MET, OPT_OUT, BOTH, opted_out_of(box("train-ai", "chat"), box("train-ai", "files"))),
    said(MET, OPT_OUT, BOTH, opted_out_of(box("train-ai", "files"), box("train-ai", "chat"))),
    # 2.4: one that meets the need as it stands asks nothing.
    said(MET, vendor(allows(TRAIN, Stance.OPT_IN)), R),
    said(UNCLEAR, vendor(allows(TRAIN, Stance.OPT_IN)), forbid(TRAIN)),
    said(UNCLEAR, vendor(allows(TRAIN, Stance.OPT_IN)), forbid(TRAIN, Stance.EXPLICIT_OPT_IN)),
)

# --- facts, and what nobody has read of them (5.2, 5.3, 5.5) --------------------------------------

NOTICE_OF: Final = Require(fact="change-notice", bound=Bound.AT_LEAST, values=(days(30),))
THIRTY: Final = requirement(NOTICE_OF)
FOR_MATERIAL: Final = requirement(replace(NOTICE_OF, subjects=("material",)))
FOR_BOTH: Final = requirement(replace(NOTICE_OF, subjects=("material", "adverse")))
OF_CHAT: Final = requirement(replace(NOTICE_OF, of=scope(box(data="chat"))))


def notice(amount: int, *subjects: str, **of: Box) -> Clause:
    """A notice of so many days, perhaps for some changes only."""
    said_so = states("change-notice", days(amount), name=f"n{amount}", **of)
    return replace(said_so, states=(replace(said_so.states[0], subjects=subjects),))


def beside(clause: Clause, may: May, fact: str, *over: str) -> Vendor:
    """A clause, and a document not at hand that is about a fact."""
    return vendor(clause, documents=(TOS, missing(may, *over, about=Absence(facts=(fact,)))))


FACTS: Final = (
    # 5.5: counts only if `about` names it; met becomes unclear, violated stays.
    said(UNCLEAR, beside(notice(30), May.EITHER, "change-notice"), THIRTY),
    said(UNCLEAR, beside(notice(30), May.LOOSEN, "change-notice"), THIRTY),
    said(MET, beside(notice(30), May.LOOSEN, "retention"), THIRTY),
    said(VIOLATED, beside(notice(14), May.EITHER, "change-notice", "terms"), THIRTY),
    # 10.23: one that may only tighten does not take back met, nor one that is prevailed over.
    said(MET, beside(notice(30), May.TIGHTEN, "change-notice"), THIRTY),
    said(
        MET,
        beside(replace(notice(30), overrides=(Target(),)), May.LOOSEN, "change-notice"),
        THIRTY,
    ),
    said(SILENT, vendor(documents=(TOS, missing(May.EITHER))), THIRTY),
    # 5.3, 10.21: subjects.
    said(MET, vendor(notice(30, "material")), FOR_MATERIAL),
    said(SILENT, vendor(notice(30, "adverse")), FOR_MATERIAL),
    said(VIOLATED, vendor(notice(30, "material"), notice(14, "adverse")), FOR_BOTH),
    said(MET, vendor(notice(30, "material"), notice(14, "adverse")), FOR_MATERIAL),
    said(MET, vendor(notice(30)), FOR_BOTH),
    said(SILENT, vendor(notice(30, "material")), FOR_BOTH),
    # 5.2: other facts say nothing; what no fact covers is silent.
    said(SILENT, vendor(states("retention", days(30))), THIRTY),
    said(MET, vendor(states("retention", days(1)), notice(30)), THIRTY),
    said(MET, vendor(notice(30, of=box(data="chat"))), OF_CHAT),
    said(SILENT, vendor(notice(30, of=box(data="files"))), OF_CHAT),
    said(VIOLATED, vendor(notice(14, of=box(data="customer-content"))), OF_CHAT),
    # 6.3: a document not at hand is there where it is of the kind.
    said(
        MET,
        barring(replace(missing(May.LOOSEN), kind=DocumentKind.NOTICE)),
        requirement(replace(R.demand, narrowing=Narrowing(kind=DocumentKind.CONTRACT))),
    ),
    said(
        UNCLEAR,
        barring(missing(May.LOOSEN)),
        requirement(replace(R.demand, narrowing=Narrowing(kind=DocumentKind.CONTRACT))),
    ),
    # 10.16: an unverified promise is not there; a permission counts.
    said(SILENT, barring(), replace(R, evidence_required=True)),
    said(VIOLATED, permitting(), replace(R, evidence_required=True)),
    said(
        VIOLATED,
        vendor(replace(bars(TRAIN), overrides=(Target(),)), allows(TRAIN)),
        replace(R, evidence_required=True),
    ),
    said(SILENT, vendor(notice(30)), replace(THIRTY, evidence_required=True)),
    said(VIOLATED, vendor(notice(14)), replace(THIRTY, evidence_required=True)),
)

# --- the conditions of a whole clause (10.10, 10.18), and what its facts are of (10.26) -----------


def counting_if(out: str, clause: Clause, *facts: Clause) -> Clause:
    """A clause that counts if we have, or have not, opted out, and what it states."""
    stated = tuple(one for fact in facts for one in fact.states)
    return replace(clause, applies=(on("opted-out", out),), states=stated)


def but_for(clause: Clause, *out: CarveOut) -> Clause:
    """The clause with exceptions."""
    assert clause.scope is not None
    (part,) = clause.scope.parts
    return replace(clause, scope=Scope(parts=(replace(part, excepting=out),)))


def retention(amount: int, data: str) -> Clause:
    """A number of days for which data of a kind is kept."""
    return states("retention", days(amount), of=box(data=data))


ALL_DATA: Final = box(data="all-data")
BANNED: Final = bars(box("train-ai", ["chat", "files"]))
ONE_WAY: Final = vendor(counting_if("true", BANNED, notice(30, of=ALL_DATA)))
OTHERWISE: Final = vendor(notice(30), counting_if("false", BANNED, notice(14, of=ALL_DATA)))
NO_VERB: Final = vendor(
    counting_if("true", notice(30), notice(30, of=box(data="chat")), retention(30, "files"))
)
ALL_EXCEPTED: Final = vendor(
    counting_if("true", but_for(BANNED, CarveOut(box=ALL_DATA)), notice(30, of=ALL_DATA))
)
LESS_FILES: Final = vendor(
    counting_if("true", but_for(BANNED, CarveOut(box=box(data="files"), applies=(FREE,))))
)
UNLESS_OUT: Final = replace(missing(May.LOOSEN), applies=(on("opted-out", "false"),))
CHAT_CHOSEN: Final = opted_out_of(box("train-ai", "chat"))
SIGNED: Final = replace(bars(TRAIN, name="signed"), applies=(on("agreement", "dpa"),))
IF_SIGNED: Final = CarveOut(box=box(data="files"), applies=(on("agreement", "dpa"),))
FREE_AND_SIGNED: Final = replace(IF_SIGNED, applies=(*IF_SIGNED.applies, FREE))
ON_PRO: Final = told(plan=("pro",))
BUT_FREE: Final = CarveOut(box=ALL_DATA, applies=(FREE,))


def beside_ban(clause: Clause) -> Vendor:
    """A ban in an addendum, and a clause beside it that may ask whether that was signed."""
    both = (replace(one, document="dpa") for one in (bars(TRAIN), clause))
    return vendor(*both, documents=(TOS, DPA))


OF_TRAINING: Final = requirement(replace(NOTICE_OF, of=scope(box("train-ai"))))
OF_IMPROVING: Final = vendor(notice(30, of=box("improve-services")))
SHORTER: Final = vendor(replace(notice(14, of=box("improve-services")), id="n30"))


def read_as(term: str, *, covered: bool) -> Situation:
    """Counsel read what improving includes."""
    (reading,) = over("n30", "").readings
    return Situation(
        readings=(replace(reading, over=None, axis="action", term=term, covered=covered),)
    )


def in_notice(clause: Clause) -> Vendor:
    """A ban in an addendum, and a clause in a notice that may ask whether that was signed."""
    both = (replace(bars(TRAIN), document="dpa"), replace(clause, document="notice"))
    return vendor(*both, documents=(TOS, DPA, NOTICE_DOCUMENT))


def beside_gap(gap: Document) -> Vendor:
    """A ban in the terms, and a document nobody has that counts if the terms were agreed."""
    return barring(replace(gap, id="annex", applies=(on("agreement", "terms"),)))


def replaced_ban(*conditions: Condition) -> Vendor:
    """A permission, in terms that replace an addendum with a ban under conditions."""
    ban = replace(bars(TRAIN), document="dpa", applies=conditions)
    return vendor(allows(TRAIN), ban, documents=(replace(TOS, replaces=("dpa",)), DPA))


NOTICE_DOCUMENT: Final = Document(id="notice", kind=DocumentKind.NOTICE)
WITHOUT_NOTICE: Final = Situation(context=Context(agreements=(("notice", False),)))
NDA: Final = Situation(context=Context(agreements=(("nda", True),)))
IN_CONTRACT: Final = requirement(replace(R.demand, narrowing=Narrowing(kind=DocumentKind.CONTRACT)))
ABOUT_MEETINGS: Final = Absence(about=scope(box(action="marketing")))


OF_A_WHOLE_CLAUSE: Final = (
    # 10.10: our opt-outs settle `opted-out` for what a clause states too, whatever that is of.
    said(UNCLEAR, ONE_WAY, THIRTY),
    said(MET, ONE_WAY, THIRTY, opted_out_of(box("train-ai"))),
    said(UNCLEAR, ONE_WAY, THIRTY, CHAT_CHOSEN),
    said(UNCLEAR, OTHERWISE, THIRTY),
    said(MET, OTHERWISE, THIRTY, opted_out_of(box("train-ai"))),
    said(UNCLEAR, OTHERWISE, THIRTY, CHAT_CHOSEN),
    # 10.10: without a verb, they must cover all that its facts are of.
    said(MET, NO_VERB, OF_CHAT, opted_out_of(box("any", "chat"), box("any", "files"))),
    said(UNCLEAR, NO_VERB, OF_CHAT, opted_out_of(box("any", "chat"))),
    said(UNCLEAR, NO_VERB, OF_CHAT, opted_out_of(box("train-ai"))),
    # 10.10: a scope without a point settles nothing.
    said(UNCLEAR, ALL_EXCEPTED, THIRTY, opted_out_of(box("any"))),
    # 10.10: whatever is answered: an exception that an answer may lift takes nothing out.
    said(UNCLEAR, LESS_FILES, CHAT, CHAT_CHOSEN),
    said(MET, LESS_FILES, CHAT, replace(told(plan=("free",)), choices=CHAT_CHOSEN.choices)),
    said(UNCLEAR, LESS_FILES, CHAT, replace(told(plan=("pro",)), choices=CHAT_CHOSEN.choices)),
    # 10.10: of a document not at hand it is what the context says, else asked.
    said(UNCLEAR, barring(UNLESS_OUT), use=opted_out_of(box("any"))),
    said(MET, barring(UNLESS_OUT), use=Situation(context=Context(opted_out=True))),
    # 10.18: so does a clause that cannot apply, and an exception that cannot.
    said(UNCLEAR, beside_ban(replace(SIGNED, applies=(*SIGNED.applies, FREE)))),
    said(MET, beside_ban(replace(SIGNED, applies=(*SIGNED.applies, FREE))), use=ON_PRO),
    said(UNCLEAR, beside_ban(but_for(bars(TRAIN), FREE_AND_SIGNED))),
    said(MET, beside_ban(but_for(bars(TRAIN), FREE_AND_SIGNED)), use=ON_PRO),
    # 10.18: so does a clause of a document that is no part of the agreement, or is narrowed out.
    said(MET, in_notice(SIGNED), use=WITHOUT_NOTICE),
    said(UNCLEAR, beside_ban(SIGNED), IN_CONTRACT),
    said(MET, in_notice(SIGNED), IN_CONTRACT),
    said(UNCLEAR, in_notice(SIGNED)),
    # 10.18: a document not at hand asks where it could matter.
    said(UNCLEAR, beside_gap(missing(May.TIGHTEN, about=ABOUT_CHAT))),
    said(MET, beside_gap(missing(May.TIGHTEN, about=ABOUT_MEETINGS))),
    # 10.9, 10.18: a clause that cannot apply asks nothing, though its document is replaced.
    said(VIOLATED, replaced_ban(on("plan", "free")), use=ON_PRO),
    said(UNCLEAR, replaced_ban(on("agreement", "terms"))),
    said(VIOLATED, replaced_ban(on("agreement", "terms"), on("plan", "free")), use=ON_PRO),
    # 10.18: where one of several agreements is known to be there, the others are not asked.
    said(UNCLEAR, beside_ban(replace(SIGNED, applies=(on("agreement", "nda", "dpa"),)))),
    said(MET, beside_ban(replace(SIGNED, applies=(on("agreement", "nda", "dpa"),))), use=NDA),
    # 10.26: a recorded reading settles what a clause's facts are of, too.
    said(SILENT, OF_IMPROVING, OF_TRAINING),
    said(MET, OF_IMPROVING, OF_TRAINING, read_as("train-ai", covered=True)),
    said(UNCLEAR, SHORTER, OF_TRAINING),
    said(VIOLATED, SHORTER, OF_TRAINING, read_as("train-ai", covered=True)),
    said(SILENT, SHORTER, OF_TRAINING, read_as("train-ai", covered=False)),
    said(UNCLEAR, SHORTER, OF_TRAINING, read_as("marketing", covered=True)),
    # 10.18: a clause of which exceptions leave nothing asks nothing, whatever it names.
    said(UNCLEAR, beside_ban(SIGNED)),
    said(MET, beside_ban(but_for(SIGNED, CarveOut(box=ALL_DATA)))),
    said(MET, beside_ban(but_for(bars(TRAIN), CarveOut(box=ALL_DATA), IF_SIGNED))),
    said(UNCLEAR, beside_ban(but_for(bars(TRAIN), IF_SIGNED))),
    said(UNCLEAR, beside_ban(but_for(SIGNED, BUT_FREE))),
    said(MET, beside_ban(but_for(SIGNED, BUT_FREE)), use=told(plan=("free",))),
    said(UNCLEAR, beside_ban(but_for(SIGNED, BUT_FREE)), use=told(plan=("pro",))),
)

# --- a requirement about no use at all (4.2, 10.24) ----------------------------------------------

NOTHING: Final = Part(box=TRAIN, excepting=(CarveOut(box=box(data="customer-content")),))
NO_USE: Final = requirement(Forbid(scope=Scope(parts=(NOTHING,)), need=Stance.OPT_IN))

EMPTY: Final = (
    said(NOT_APPLICABLE, vendor(allows(TRAIN)), NO_USE),
    said(MET, vendor(bars(TRAIN)), requirement(Every(parts=(NO_USE.demand, NO_TRAINING)))),
    said(NOT_APPLICABLE, vendor(), requirement(Some(parts=(NO_USE.demand, NO_USE.demand)))),
)

# --- what covers what (1.5, 3.3) -----------------------------------------------------------------

BUT_CHAT: Final = (CarveOut(box=box(data="chat")),)
PERHAPS_BUT_CHAT: Final = (CarveOut(box=box(data="chat"), perhaps=True),)
VAGUE: Final = allows(box("improve-services", "customer-content"), name="vague")
VAGUE_NAMED: Final = (Target(document="terms", clause="vague"),)


def excepting(clause: Clause, carves: tuple[CarveOut, ...]) -> Clause:
    """A clause on training with exceptions."""
    return replace(clause, scope=Scope(parts=(Part(box=TRAIN, excepting=carves),)))


def by_whom(*actors: str) -> Requirement:
    """No training by these, without our consent."""
    return forbid(box("train-ai", "customer-content", by=list(actors)), Stance.OPT_IN)


NOT_OF_CHAT: Final = requirement(
    Forbid(scope=Scope(parts=(Part(box=TRAIN, excepting=BUT_CHAT),)), need=Stance.OPT_IN)
)

COVERING: Final = (
    # 1.5: what is excepted perhaps is covered perhaps.
    said(MET, vendor(excepting(bars(TRAIN), PERHAPS_BUT_CHAT)), AUDIO),
    said(SILENT, vendor(excepting(bars(TRAIN), PERHAPS_BUT_CHAT)), CHAT),
    said(SILENT, vendor(excepting(bars(TRAIN), BUT_CHAT)), CHAT),
    said(UNCLEAR, vendor(excepting(allows(TRAIN), PERHAPS_BUT_CHAT)), CHAT),
    # A requirement's own exceptions are not what it is about.
    said(SILENT, vendor(allows(box("train-ai", "chat"))), NOT_OF_CHAT),
    said(VIOLATED, vendor(allows(box("train-ai", "files"))), NOT_OF_CHAT),
    said(MET, vendor(excepting(bars(TRAIN), BUT_CHAT)), NOT_OF_CHAT),
    # Every axis counts.
    said(SILENT, vendor(bars(box("train-ai", "chat"))), R),
    said(SILENT, vendor(bars(box("marketing", "customer-content"))), R),
    said(
        SILENT,
        vendor(bars(box("train-ai", "customer-content", by="vendor", state="any"))),
        by_whom("vendor", "affiliate"),
    ),
    said(
        MET,
        vendor(bars(box("train-ai", "customer-content", by=["vendor", "affiliate"]))),
        by_whom("vendor", "affiliate"),
    ),
    said(
        SILENT,
        vendor(bars(box("train-ai", "customer-content", state="identifiable"))),
        forbid(box("train-ai", "customer-content", state="any"), Stance.OPT_IN),
    ),
    # 3.3 d: the plain over what is only possible, unless one says that they stand side by side.
    said(MET, vendor(bars(TRAIN), VAGUE)),
    said(UNCLEAR, vendor(replace(bars(TRAIN), alongside=VAGUE_NAMED), VAGUE)),
    said(UNCLEAR, vendor(VAGUE)),
    # 3.4: two that say the same and prevail over each other.
    said(
        MET,
        vendor(
            replace(bars(TRAIN), overrides=(Target(),)),
            replace(bars(TRAIN, name="too"), overrides=(Target(),)),
        ),
    ),
    # 5.2: a fact that is stated for a part of all uses is stated.
    said(
        MET,
        vendor(
            replace(
                states("change-notice", days(30)),
                states=(
                    FactStatement(
                        fact="change-notice",
                        value=days(30),
                        of=Scope(parts=(Part(box=TRAIN, excepting=BUT_CHAT),)),
                    ),
                ),
            )
        ),
        requirement(Require(fact="change-notice", bound=Bound.AT_LEAST, values=(days(30),))),
    ),
)

# --- documents that are perhaps no part of the agreement (4.4, 10.8) -----------------------------

ASSUMED: Final = Document(id="dpa", kind=DocumentKind.CONTRACT, assume_absent=True)
IF_DPA: Final = on("agreement", "dpa")
NOT_DPA: Final = on("agreement", "dpa", negated=True)
DPA_BARS: Final = replace(bars(TRAIN, name="dpa"), document="dpa")
DPA_ALLOWS: Final = replace(allows(TRAIN, name="dpa"), document="dpa", overrides=(Target(),))


def agreed(*, dpa: bool) -> Situation:
    """We agreed on the addendum, or did not."""
    return Situation(context=Context(agreements=(("dpa", dpa),)))


def ranked_by(addendum: Document) -> Vendor:
    """A ban in the terms, a permission in a notice, and an addendum that ranks them."""
    ranking = replace(addendum, precedence=(prevailing("terms", "notice"),))
    return vendor(bars(TRAIN), ALLOWED, documents=(TOS, NOTICE, ranking))


def with_addendum(*clauses: Clause, addendum: Document = ASSUMED) -> Vendor:
    """Terms and an addendum."""
    return vendor(*clauses, documents=(TOS, addendum))


UNREAD_DPA: Final = replace(missing(May.LOOSEN), assume_absent=True)

ABSENT: Final = (
    # 4.4: one that is assumed to be absent counts where we agreed on it, or answer that we did.
    said(SILENT, with_addendum(DPA_BARS)),
    said(MET, with_addendum(DPA_BARS), use=agreed(dpa=True)),
    said(SILENT, with_addendum(DPA_BARS), use=agreed(dpa=False)),
    said(MET, with_addendum(bars(TRAIN), addendum=UNREAD_DPA)),
    said(
        UNCLEAR,
        with_addendum(bars(TRAIN), addendum=UNREAD_DPA),
        use=agreed(dpa=True),
    ),
    said(UNCLEAR, with_addendum(DPA_BARS, replace(bars(TRAIN), applies=(IF_DPA,)))),
    said(MET, with_addendum(DPA_BARS, replace(bars(TRAIN), applies=(NOT_DPA,)))),
    said(UNCLEAR, with_addendum(DPA_ALLOWS, replace(bars(TRAIN), applies=(NOT_DPA,)))),
    said(VIOLATED, with_addendum(DPA_ALLOWS, bars(TRAIN)), use=agreed(dpa=True)),
    said(MET, with_addendum(DPA_ALLOWS, bars(TRAIN))),
    said(
        UNCLEAR,
        with_addendum(
            bars(TRAIN, name="other"),
            replace(bars(TRAIN), applies=(IF_DPA,)),
            addendum=UNREAD_DPA,
        ),
    ),
    # 10.8: "no" drops a document.
    said(MET, with_addendum(DPA_BARS, addendum=DPA)),
    said(SILENT, with_addendum(DPA_BARS, addendum=DPA), use=agreed(dpa=False)),
    said(
        UNCLEAR, with_addendum(DPA_BARS, replace(allows(TRAIN), applies=(NOT_DPA,)), addendum=DPA)
    ),
    said(
        MET,
        with_addendum(
            bars(TRAIN), replace(allows(TRAIN, name="dpa"), document="dpa"), addendum=DPA
        ),
        use=agreed(dpa=False),
    ),
    # What it says of the rank of others counts with it.
    said(UNCLEAR, ranked_by(ASSUMED)),
    said(MET, ranked_by(ASSUMED), use=agreed(dpa=True)),
    said(MET, ranked_by(DPA)),
    said(UNCLEAR, ranked_by(DPA), use=agreed(dpa=False)),
    # 6.2: a contract that is assumed to be absent is not at hand.
    said(SILENT, vendor(documents=(NOTICE, ASSUMED)), if_stated(DURATION)),
    said(
        NOT_APPLICABLE,
        vendor(documents=(NOTICE, ASSUMED)),
        if_stated(DURATION),
        agreed(dpa=True),
    ),
    said(NOT_APPLICABLE, vendor(documents=(NOTICE, DPA)), if_stated(DURATION)),
    said(SILENT, vendor(documents=(NOTICE, DPA)), if_stated(DURATION), agreed(dpa=False)),
)

# --- a perhaps beside what a term's definition takes out (10.2) ----------------------------------

LEFT_BEHIND: Final = replace(
    allows(box("train-ai", "files")),
    scope=Scope(
        parts=(
            Part(
                box=box("train-ai", "files"),
                excepting=(CarveOut(box=box(data="chat"), of="data"),),
                perhaps=(box(data="chat"),),
            ),
        )
    ),
)


def covering(clause: str, **terms: bool) -> Situation:
    """Counsel reads a clause as covering some data, and as not covering other data."""
    read = (
        RecordedReading(
            vendor="vendor",
            document="terms",
            clause=clause,
            because="",
            by="counsel",
            on=START,
            axis="data",
            term=term,
            covered=covered,
        )
        for term, covered in terms.items()
    )
    return Situation(readings=tuple(read))


PERHAPS_BOTH: Final = vendor(allows(box("train-ai", "audio"), perhaps=box(data=["chat", "files"])))

DEFINED: Final = (
    # 4.7: readings of several terms count together.
    said(UNCLEAR, PERHAPS_BOTH, BOTH),
    said(UNCLEAR, PERHAPS_BOTH, BOTH, covering("permission", chat=False)),
    said(UNCLEAR, PERHAPS_BOTH, BOTH, covering("permission", files=False)),
    said(SILENT, PERHAPS_BOTH, BOTH, covering("permission", chat=False, files=False)),
    said(VIOLATED, PERHAPS_BOTH, BOTH, covering("permission", chat=False, files=True)),
    said(VIOLATED, PERHAPS_BOTH, BOTH, covering("permission", chat=True, files=False)),
    said(UNCLEAR, vendor(LEFT_BEHIND), CHAT),
    said(
        SILENT,
        vendor(
            replace(
                LEFT_BEHIND,
                scope=Scope(
                    parts=(replace(LEFT_BEHIND.scope.parts[0], excepting=BUT_CHAT),)  # type: ignore[union-attr]
                ),
            )
        ),
        CHAT,
    ),
)

# --- ranks about a subject, beside a document not at hand (4.4, 10.12) ---------------------------


def about(term: str, rule: Precedence, **more: str) -> Precedence:
    """A rank that holds only about some data."""
    return replace(rule, about=scope(box(data=term, **more)))


def with_ranks(clause: Clause, absent: Document, *rules: Precedence) -> Vendor:
    """One clause in terms that rank documents, beside one that is not at hand."""
    return vendor(clause, documents=(replace(TOS, precedence=rules), NOTICE, absent))


def not_at_hand(name: str, may: May, term: str) -> Document:
    """One that prevails over the terms and is about some data."""
    absence = replace(Absence(about=scope(box(data=term))), may=may)
    ranks = (Precedence(document=name, over=("terms",)),)
    return Document(id=name, kind=DocumentKind.CONTRACT, absence=absence, precedence=ranks)


CHAT_AND_AUDIO: Final = forbid(box("train-ai", ["chat", "audio"]), Stance.OPT_IN)
OVER_DPA: Final = prevailing("terms", "dpa")
DPA_OVER: Final = prevailing("dpa", "terms")
IN_NOTICE: Final = replace(notice(14), document="notice")

VAGUE_BAN: Final = replace(
    bars(box("improve-services", "customer-content"), name="vague"),
    overrides=(Target(document="terms", clause="ban"),),
)

SUBJECTS: Final = (
    # 4.4: in some reading none that governs prevails over it.
    said(
        MET,
        vendor(replace(bars(TRAIN), overrides=DPA_NAMED), documents=(TOS, missing(May.LOOSEN))),
    ),
    said(
        UNCLEAR,
        vendor(
            replace(bars(TRAIN), overrides=DPA_NAMED),
            VAGUE_BAN,
            documents=(TOS, missing(May.LOOSEN)),
        ),
    ),
    said(
        MET,
        vendor(
            replace(bars(TRAIN), overrides=DPA_NAMED),
            replace(VAGUE_BAN, overrides=(*VAGUE_BAN.overrides, *DPA_NAMED)),
            documents=(TOS, missing(May.LOOSEN)),
        ),
    ),
    said(
        UNCLEAR,
        with_ranks(
            bars(TRAIN), missing(May.LOOSEN), about("chat", OVER_NOTICE), about("audio", OVER_DPA)
        ),
        CHAT_AND_AUDIO,
    ),
    said(
        MET,
        with_ranks(
            bars(TRAIN), missing(May.LOOSEN), about("chat", OVER_DPA), about("audio", OVER_DPA)
        ),
        CHAT_AND_AUDIO,
    ),
    said(
        UNCLEAR,
        with_ranks(
            allows(TRAIN), missing(May.TIGHTEN), about("chat", DPA_OVER), about("audio", DPA_OVER)
        ),
        CHAT_AND_AUDIO,
    ),
    said(
        VIOLATED,
        with_ranks(
            allows(TRAIN),
            missing(May.TIGHTEN),
            about("chat", DPA_OVER),
            about("audio", OVER_NOTICE),
        ),
        CHAT_AND_AUDIO,
    ),
    said(
        VIOLATED,
        with_ranks(
            allows(TRAIN),
            missing(May.TIGHTEN),
            about("audio", OVER_NOTICE),
            about("chat", DPA_OVER),
        ),
        CHAT_AND_AUDIO,
    ),
    # Several documents not at hand, each about its own data.
    said(
        UNCLEAR,
        permitting(
            not_at_hand("one", May.TIGHTEN, "chat"), not_at_hand("two", May.TIGHTEN, "audio")
        ),
        CHAT_AND_AUDIO,
    ),
    said(VIOLATED, permitting(not_at_hand("one", May.TIGHTEN, "chat")), CHAT_AND_AUDIO),
    # 10.12: of a fact, at points of fewer axes: sure only where it holds all over the others.
    said(
        MET,
        vendor(
            notice(30),
            IN_NOTICE,
            documents=(replace(TOS, precedence=(about("chat", OVER_NOTICE),)), NOTICE),
        ),
        OF_CHAT,
    ),
    said(
        UNCLEAR,
        vendor(
            notice(30),
            IN_NOTICE,
            documents=(
                replace(TOS, precedence=(about("chat", OVER_NOTICE, by="affiliate"),)),
                NOTICE,
            ),
        ),
        OF_CHAT,
    ),
    said(
        UNCLEAR,
        vendor(
            notice(30),
            IN_NOTICE,
            documents=(replace(TOS, precedence=(about("files", OVER_NOTICE),)), NOTICE),
        ),
        OF_CHAT,
    ),
    # 10.9, 10.8: one that replaces the terms does not where an answer says that it was not agreed.
    said(
        MET,
        with_addendum(
            bars(TRAIN),
            replace(bars(TRAIN, name="if-not"), applies=(NOT_DPA,)),
            DPA_BARS,
            addendum=replace(DPA, replaces=("terms",), applies=(FREE,)),
        ),
    ),
    said(
        UNCLEAR,
        with_addendum(
            bars(TRAIN),
            replace(bars(TRAIN, name="if-not"), applies=(NOT_DPA,)),
            addendum=replace(DPA, replaces=("terms",), applies=(FREE,)),
        ),
    ),
)

# --- what a choice and a reading reach (2.4, 4.7) ------------------------------------------------

OF_ANOTHER: Final = tuple(
    replace(each, vendor="other") for each in over("permission", "ban").readings
)

REACHING: Final = (
    # 2.4: a choice covers what its terms surely do.
    said(MET, OPT_OUT, CHAT, opted_out_of(box("train-ai", "chat"))),
    said(VIOLATED, OPT_OUT, CHAT, opted_out_of(box("improve-services", "chat"))),
    # 4.7: another vendor's reading is nothing to this one, wherever it stands.
    said(
        MET,
        BOTH_SAY,
        use=Situation(readings=(*OF_ANOTHER, *over("ban", "permission").readings)),
    ),
    said(UNCLEAR, BOTH_SAY, use=Situation(readings=OF_ANOTHER)),
    # 10.8: facts of a document that is assumed to be absent count under the answer yes.
    said(
        MET,
        with_addendum(replace(notice(30), applies=(NOT_DPA,)), replace(notice(60), document="dpa")),
        THIRTY,
    ),
    said(
        UNCLEAR,
        with_addendum(replace(notice(30), applies=(NOT_DPA,)), replace(notice(14), document="dpa")),
        THIRTY,
    ),
    # 10.9: of several that replace the terms, each does where its own conditions hold.
    said(
        SILENT,
        vendor(
            bars(TRAIN),
            documents=(
                TOS,
                replace(NOTICE, replaces=("terms",), applies=(FREE,)),
                replace(DPA, replaces=("terms",), applies=(EUROPE,)),
            ),
        ),
        use=told(plan=("free",), region=("us",)),
    ),
    said(
        MET,
        vendor(
            bars(TRAIN),
            documents=(
                TOS,
                replace(NOTICE, replaces=("terms",), applies=(FREE,)),
                replace(DPA, replaces=("terms",), applies=(EUROPE,)),
            ),
        ),
        use=told(plan=("pro",), region=("us",)),
    ),
)

# --- what asks nothing, and what is stated all the same (4.5, 4.7, 6.2, 10.10) -------------------


def denying(clause: str, **terms: str) -> Situation:
    """Counsel reads a clause as not covering a term on each of these axes."""
    read = (
        RecordedReading(
            vendor="vendor",
            document="terms",
            clause=clause,
            because="",
            by="counsel",
            on=START,
            axis=axis,
            term=term,
            covered=False,
        )
        for axis, term in terms.items()
    )
    return Situation(readings=tuple(read))


COVERS_TRAINING: Final = Situation(
    readings=tuple(
        replace(one, covered=True) for one in denying("only", action="train-ai").readings
    )
)
ANY_CONTENT: Final = on("content", "public", "private", "flagged")
STATED_BAN: Final = replace(bars(TRAIN), states=(LICENCE,))
UNREAD_DURATION: Final = Absence(facts=("licence.duration",))

ASKING: Final = (
    # 2.5: what is read of the listed uses leaves all others barred.
    said(MET, vendor(listing("yes")), R, denying("only", action="train-ai")),
    said(MET, vendor(listing("yes")), CHAT, denying("only", action="train-ai", data="chat")),
    # Whether a list is closed is not settled by what a use includes.
    said(SILENT, vendor(listing("perhaps")), R, COVERS_TRAINING),
    # 10.10: what the context says of opting out counts before what we chose.
    said(
        SILENT,
        IF_OPTED_OUT,
        BOTH,
        replace(opted_out_of(box("train-ai")), context=Context(opted_out=False)),
    ),
    # 10.8, 10.18: a clause that holds only if its own document was not agreed asks nothing.
    said(
        MET,
        with_addendum(DPA_BARS, replace(DPA_BARS, id="other", applies=(NOT_DPA,)), addendum=DPA),
    ),
    # 4.5: a list that the vocabulary closes has no other answer.
    said(MET, where(ANY_CONTENT)),
    said(UNCLEAR, where(on("content", "public", "private"))),
    # 10.8: a feature is no document, though it is called like one.
    said(
        MET,
        with_addendum(
            DPA_BARS, replace(bars(TRAIN), applies=(on("feature", "dpa"),)), addendum=DPA
        ),
    ),
    # 10.16, 6.2: that nobody found its quote does not excuse a vendor from what a clause states.
    said(SILENT, vendor(STATED_BAN), replace(if_stated(NO_TRAINING), evidence_required=True)),
    said(NOT_APPLICABLE, barring(), replace(if_stated(NO_TRAINING), evidence_required=True)),
    # 6.2: what is stated in a document of another kind is not.
    said(
        NOT_APPLICABLE,
        vendor(allows(TRAIN), FOR_EVER),
        if_stated(NO_TRAINING, narrowing=OF_NOTICES),
    ),
    said(VIOLATED, vendor(allows(TRAIN), FOR_EVER), if_stated(NO_TRAINING)),
    # A document not at hand may state a part of it.
    said(
        SILENT,
        vendor(documents=(TOS, missing(May.EITHER, about=UNREAD_DURATION))),
        if_stated(DURATION),
    ),
)

EXAMPLES: Final = (
    RECORDED
    + OF_A_WHOLE_CLAUSE
    + CONSENT
    + FACTS
    + NOT_AT_HAND
    + CLOSED
    + OPTED_OUT
    + CONDITIONS
    + GOVERNING
    + NARROWED
    + EMPTY
    + COVERING
    + ABSENT
    + DEFINED
    + SUBJECTS
    + REACHING
    + ASKING
)


def gives(terms: Vendor, asked: Requirement, use: Situation, ruling: Ruling) -> bool:
    """Whether the engine gives the verdict, in one word and in full."""
    judged = Terms(vendor=terms, vocabulary=VOCABULARY)
    using = Use(context=use.context, choices=use.choices, readings=use.readings)
    word = rule(asked, judged, using, DAY)
    return word is ruling and evaluate(asked, judged, using, DAY).ruling is ruling


@pytest.mark.parametrize(("terms", "asked", "use", "ruling"), EXAMPLES)
def test_the_naive_evaluator_gives_the_verdict(
    terms: Vendor, asked: Requirement, use: Situation, ruling: Ruling
) -> None:
    """Each comment above names the sentence."""
    assert oracle.rule(asked, terms, VOCABULARY, use, DAY) is ruling


@pytest.mark.parametrize(("terms", "asked", "use", "ruling"), EXAMPLES)
def test_the_engine_gives_the_verdict(
    terms: Vendor, asked: Requirement, use: Situation, ruling: Ruling
) -> None:
    """In one word, and in full."""
    assert gives(terms, asked, use, ruling)


# --- which version is in force (3.1, 10.8) -------------------------------------------------------

MARCH, JUNE, SEPTEMBER = date(2023, 3, 31), date(2023, 6, 1), date(2023, 9, 1)
TWO_VERSIONS: Final = replace(
    vendor(documents=(TOS, NOTICE)),
    versions=(
        Version(document="terms", effective=MARCH),
        Version(document="terms", effective=SEPTEMBER, withdrawn=DAY),
        Version(document="notice", effective=START),
    ),
)


@pytest.mark.parametrize(
    ("day", "effective"),
    [(date(2023, 3, 30), None), (MARCH, MARCH), (date(2023, 8, 31), MARCH), (SEPTEMBER, SEPTEMBER)],
)
def test_a_version_is_in_force_until_the_day_before_the_next(
    day: date, effective: date | None
) -> None:
    """Semantics 3.1: from its effective date on."""
    found = in_force(TWO_VERSIONS, TOS, day)

    assert (found and found.effective) == effective


@pytest.mark.parametrize(
    ("known", "day", "effective"),
    [
        (JUNE, date(2023, 5, 31), MARCH),
        (JUNE, JUNE, None),
        (JUNE, SEPTEMBER, SEPTEMBER),
        (MARCH, JUNE, MARCH),
    ],
)
def test_a_version_known_and_not_recorded_is_not_at_hand(
    known: date, day: date, effective: date | None
) -> None:
    """Semantics 3.1: from its date to the next recorded one; one that is recorded is at hand."""
    found = in_force(replace(TWO_VERSIONS, known_versions=(("terms", known),)), TOS, day)

    assert (found and found.effective) == effective


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (JUNE, {"terms": MARCH, "notice": START}),
        (DAY, {"terms": SEPTEMBER, "notice": START}),
        (date(2024, 1, 11), {"notice": START}),
        (date(2021, 1, 1), {"notice": START}),
    ],
)
def test_the_versions_on_a_day_are_those_in_force(day: date, found: dict[str, date]) -> None:
    """Semantics 10.8: `withdrawn` is the last day; after it the document is no part."""
    assert versions_on(TWO_VERSIONS, day) == found
