"""What is asked where several clauses, terms, cells or documents are open at once (10.28)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.evaluate import Terms, Use, evaluate
from termsgate.core.model import (
    Bound,
    CarveOut,
    ChoiceKind,
    Clause,
    Closed,
    Every,
    Firmness,
    May,
    Part,
    Require,
    Scope,
    Stance,
    Target,
)
from termsgate.core.values import Duration, Unit, Unspecified, Word
from termsgate.reading.store import builtin_vocabulary
from tests.core.test_questions import notice_but_for
from tests.core.test_sentences import (
    ALLOWED,
    BOTH,
    CHAT,
    NOTICE,
    NOTICE_OF,
    ON_CHAT,
    ON_EVENTS,
    THIRTY,
    TOS,
    TRAIN,
    VOCABULARY,
    R,
    barring,
    covering,
    excepting,
    listing,
    missing,
    notice,
    ranked,
    with_consent_of,
)
from tests.making import (
    DAY,
    Situation,
    allows,
    bars,
    box,
    forbid,
    having,
    on,
    prevailing,
    requirement,
    scope,
    states,
    vendor,
)

if TYPE_CHECKING:
    from termsgate.core.model import Requirement, Vendor
    from termsgate.core.verdict import Question
    from termsgate.core.vocabulary import Vocabulary

WHOLE: Final = builtin_vocabulary()
NOBODY: Final = Situation()


def questions(
    terms: Vendor,
    asked: Requirement = R,
    use: Situation = NOBODY,
    vocabulary: Vocabulary = VOCABULARY,
) -> tuple[Question, ...]:
    """The questions of a verdict."""
    of_use = Use(context=use.context, choices=use.choices, readings=use.readings)
    return evaluate(asked, Terms(vendor=terms, vocabulary=vocabulary), of_use, DAY).questions


def told(found: tuple[Question, ...]) -> list[tuple[str, str]]:
    """Each question in words, and what follows from each answer."""
    return [
        (each.text, "; ".join(f"{one.text}: {one.ruling.word}" for one in each.answers))
        for each in found
    ]


def circle(size: int) -> Vendor:
    """So many clauses that perhaps cover the use, each of which overrides the next."""
    what = box("improve-services", "customer-content")
    clauses = (
        replace(
            (bars if place % 2 else allows)(what, name=f"c{place}"),
            overrides=(Target(document="terms", clause=f"c{(place + 1) % size}"),),
        )
        for place in range(size)
    )
    return vendor(*clauses)


def parts(clause: Clause, *each: Part) -> Clause:
    """The clause with a scope of several parts."""
    return replace(clause, scope=Scope(parts=each))


def beside(*clauses: Clause) -> tuple[Clause, ...]:
    """Clauses that say they stand beside everything else."""
    return tuple(replace(each, alongside=(Target(),)) for each in clauses)


BANS: Final = tuple(bars(TRAIN, name=name) for name in ("ban-a", "ban-b"))
PERMISSIONS: Final = tuple(allows(TRAIN, name=name) for name in ("permission-a", "permission-b"))
PRACTICES: Final = tuple(replace(each, firmness=Firmness.PRACTICE) for each in BANS)
ONE_BY_ONE: Final = [
    ("is terms (ban-a) a promise, or only practice?", "free: unclear; barred: unclear"),
    ("is terms (ban-b) a promise, or only practice?", "free: unclear; barred: unclear"),
]
BY_AFFILIATES: Final = box("train-ai", "chat", by="affiliate")
ON_IMPROVING: Final = scope(box("improve-services"))
OVER_DPA: Final = replace(prevailing("terms", "dpa"), about=ON_IMPROVING)


def test_more_than_twelve_in_a_circle_are_asked_for_as_one() -> None:
    """3.5, 10.15: no answer is tried; it says what would help."""
    (found,) = questions(circle(13))

    assert found.kind.value == "bound-reached"
    assert found.text == (
        "more than twelve clauses are open in a circle of precedence: which of them prevail?"
    )
    assert (found.answers, found.about) == ((), ())
    assert found.how == "record readings in the check (`over`) until the circle is broken"


def test_at_most_twelve_questions_are_asked() -> None:
    """10.28: however many there are to ask, and though each tells something apart."""
    sounds = (allows(box("improve-services", "customer-content"), name=f"c{n}") for n in range(14))

    found = questions(vendor(*sounds))

    assert told(found) == [
        (f"does terms (c{place}) cover train-ai?", "yes: violated; no: unclear")
        for place in range(12)
    ]


def disputed(*each: Part) -> Vendor:
    """Two permissions of these parts, and two bans: no single answer tells anything apart."""
    return vendor(*beside(*BANS), *(parts(one, *each) for one in PERMISSIONS))


def does_each_cover(term: str) -> list[tuple[str, str]]:
    """What is asked of each of the two."""
    return [
        (f"does terms (permission-{one}) cover {term}?", "yes: unclear; no: unclear")
        for one in "ab"
    ]


CONFLICT: Final = "which prevails: terms (ban) or terms (permission)?"
BAN_OR_PERMISSION: Final = (CONFLICT, "terms (ban): met; terms (permission): violated")
VAGUE_BAN: Final = bars(box("improve-services", "customer-content"), name="vague-ban")
MARKETING: Final = box("marketing", "customer-content")
NOT_ABOUT_THIS: Final = replace(missing(May.TIGHTEN), id="annex")
ON_FREE: Final = (on("plan", "free"),)
INCORPORATED: Final = replace(NOTICE, incorporated_by=("terms",))
FOUR_CONFLICTS: Final = [
    (
        f"which prevails: terms (ban-{ban}) or terms (permission-{other})?",
        f"terms (ban-{ban}): unclear; terms (permission-{other}): unclear",
    )
    for ban in "ab"
    for other in "ab"
]
IMPROVING: Final = box("improve-services", "customer-content")
PERHAPS_TRAINING: Final = allows(IMPROVING, name="only")
OPT_OUT_IN_NOTICE: Final = replace(allows(TRAIN, Stance.OPT_OUT), document="notice")
SAYS_TWICE: Final = replace(notice(30), states=(*notice(30).states, *notice(14).states))


@pytest.mark.parametrize(
    ("terms", "asked", "use", "asks"),
    [
        # 10.28: those whose answers tell nothing apart are left out, if any other does.
        (vendor(bars(TRAIN), allows(TRAIN), VAGUE_BAN), R, NOBODY, [BAN_OR_PERMISSION]),
        # 10.28: where no single answer tells anything apart, all that is open is asked.
        (vendor(*PRACTICES), R, NOBODY, ONE_BY_ONE),
        # 4.5: of a condition no question, where every answer leads to the same.
        (
            vendor(*PRACTICES, replace(PRACTICES[0], id="ban-c", applies=ON_FREE)),
            R,
            NOBODY,
            [("is terms (ban-c) a promise, or only practice?", "free: unclear; barred: unclear")],
        ),
        # 3.3: a conflict is of one that meets the need with one that fails it.
        (
            vendor(*BANS, *PERMISSIONS),
            R,
            NOBODY,
            FOUR_CONFLICTS,
        ),
        # ... and not with one that is itself open.
        (
            vendor(BANS[0], PRACTICES[1]),
            R,
            NOBODY,
            [("is terms (ban-b) a promise, or only practice?", "free: unclear; barred: met")],
        ),
        # ... nor of two facts of one clause, which no reading can put over each other.
        (vendor(SAYS_TWICE), THIRTY, NOBODY, []),
        # 2.6: our consent is to what is asked about, not to whatever else a clause asks.
        (
            vendor(allows(box(["train-ai", "marketing"], "customer-content"), Stance.OPT_IN)),
            requirement(Every(parts=(forbid(TRAIN).demand, forbid(MARKETING).demand))),
            NOBODY,
            [
                (
                    "do we consent to what terms (permission) asks us?",
                    "we refused: unclear; we consented: violated",
                )
            ],
        ),
        (
            vendor(allows(TRAIN, Stance.OPT_IN)),
            requirement(
                Every(
                    parts=(
                        forbid(box("train-ai", "chat")).demand,
                        forbid(box("train-ai", "files")).demand,
                    )
                )
            ),
            NOBODY,
            [
                (
                    "do we consent to what terms (permission) asks us?",
                    "we refused: unclear; we consented: violated",
                )
            ],
        ),
        # ... and asked for where nothing is recorded: what we chose elsewhere says nothing here.
        *(
            (
                vendor(allows(TRAIN, Stance.OPT_IN)),
                forbid(box("train-ai", ["chat", "files"])),
                having(ChoiceKind.REFUSED, box("train-ai", chosen)),
                [
                    (
                        "do we consent to what terms (permission) asks us?",
                        "we refused: met; we consented: violated",
                    )
                ],
            )
            for chosen in ("chat", "files")
        ),
        # ... and what we chose for one use says nothing of another.
        (
            vendor(replace(allows(TRAIN, Stance.EXPLICIT_OPT_IN), firmness=Firmness.EFFORT)),
            forbid(box("train-ai", ["chat", "files"])),
            having(ChoiceKind.REFUSED, box("train-ai", "chat")),
            [
                (
                    "is terms (permission) a promise, or only effort?",
                    "free: violated; explicit-opt-in: unclear",
                )
            ],
        ),
        # 2.6: all whose consent is needed are named together.
        (
            with_consent_of(),
            forbid(TRAIN, Stance.OPT_IN, whose=["user", "account-admin"]),
            NOBODY,
            [
                (
                    "whose consent does terms (permission) mean?",
                    "user and account-admin: met",
                )
            ],
        ),
        # 2.5: of what a list is about it is asked what that covers, not whether the list is closed.
        *(
            (
                vendor(replace(PERHAPS_TRAINING, closed=closed)),
                R,
                NOBODY,
                [("does terms (only) cover train-ai?", f"yes: violated; no: {otherwise}")],
            )
            for closed, otherwise in ((Closed.PERHAPS, "silent"), (Closed.YES, "met"))
        ),
        # ... and where it is not closed, what else is said decides.
        (
            vendor(listing("perhaps"), OPT_OUT_IN_NOTICE, documents=(TOS, NOTICE)),
            R,
            NOBODY,
            [
                (
                    "are the uses listed in terms (only) the only ones?",
                    "yes: unclear; no: violated",
                ),
                (
                    "which prevails: terms (only) or notice (permission)?",
                    "terms (only): unclear; notice (permission): violated",
                ),
            ],
        ),
        # 1.5: what a clause covers for sure in one of its parts is not asked because of another.
        (
            vendor(
                parts(
                    bars(TRAIN),
                    Part(box=box("train-ai", "chat")),
                    Part(box=box("train-ai", "audio"), perhaps=(box(data=["chat", "files"]),)),
                )
            ),
            BOTH,
            NOBODY,
            [("does terms (ban) cover files?", "yes: met; no: silent")],
        ),
        # ... and only what shows the verdict: what is first in the vocabulary.
        (
            vendor(
                *beside(*BANS),
                *(
                    replace(allows(box("train-ai", "chat"), perhaps=box(data="files")), id=each.id)
                    for each in PERMISSIONS
                ),
            ),
            BOTH,
            NOBODY,
            FOUR_CONFLICTS,
        ),
        # ... of what is in doubt there, nothing that another of its parts surely covers.
        (
            disputed(
                Part(box=box("train-ai", "files")),
                Part(box=box("train-ai", "audio"), perhaps=(box(data=["chat", "files"]),)),
            ),
            BOTH,
            NOBODY,
            [*does_each_cover("chat"), *FOUR_CONFLICTS],
        ),
        # ... nor because of a part, or an exception, that is about something else.
        (
            disputed(Part(box=box("marketing", "audio")), Part(box=IMPROVING)),
            CHAT,
            NOBODY,
            [*does_each_cover("train-ai"), *FOUR_CONFLICTS],
        ),
        (
            disputed(
                Part(box=IMPROVING, excepting=(CarveOut(box=box(data="audio"), perhaps=True),))
            ),
            CHAT,
            NOBODY,
            [*does_each_cover("train-ai"), *FOUR_CONFLICTS],
        ),
        # 10.2: a perhaps of data that a term's definition leaves out is in doubt there.
        *(
            (
                vendor(
                    parts(
                        allows(TRAIN),
                        Part(
                            box=box("train-ai", data),
                            excepting=(CarveOut(box=box(data="chat"), of="data"),),
                            perhaps=(box(data=["chat", "audio"]),),
                        ),
                    )
                ),
                forbid(box("train-ai", term), Stance.OPT_IN),
                NOBODY,
                [(f"does terms (permission) cover {term}?", "yes: violated; no: silent")],
            )
            for data, term in (
                ("files", "audio"),
                ("files", "chat"),
                ("customer-content", "chat"),
            )
        ),
        # 4.7: of what counsel read nobody asks again, though on another axis it is in doubt.
        (
            vendor(
                *beside(*(replace(each, scope=scope(BY_AFFILIATES)) for each in BANS)),
                *(
                    allows(
                        box("train-ai", "audio"),
                        perhaps=box(data="chat", by="affiliate"),
                        name=each.id,
                    )
                    for each in PERMISSIONS
                ),
            ),
            forbid(BY_AFFILIATES, Stance.OPT_IN),
            covering("permission-a", chat=True),
            [
                (f"does terms (permission-{one}) cover {term}?", "yes: unclear; no: unclear")
                for one, term in (("a", "affiliate"), ("b", "chat"), ("b", "affiliate"))
            ]
            + FOUR_CONFLICTS,
        ),
        # An exception that takes out something else on one axis only possibly: of that axis.
        (
            vendor(excepting(allows(TRAIN), (CarveOut(box=box("improve-services", "chat")),))),
            CHAT,
            NOBODY,
            [("does terms (permission) cover train-ai?", "yes: violated; no: silent")],
        ),
        # 4.4: no document is asked for that could turn nothing, wherever it is listed.
        (
            barring(NOT_ABOUT_THIS, missing(May.LOOSEN), replace(missing(May.LOOSEN), id="order")),
            R,
            NOBODY,
            [
                (
                    f"what does {name} say about this?",
                    "nothing: unclear; it permits it: unclear",
                )
                for name in ("dpa", "order")
            ],
        ),
        # 10.12: whether a document prevails is not asked where it surely does,
        (
            vendor(*PRACTICES, ALLOWED, documents=(replace(TOS, precedence=(ON_CHAT,)), NOTICE)),
            CHAT,
            NOBODY,
            ONE_BY_ONE,
        ),
        # ... nor where it makes no difference who does, in whatever order that is said,
        (
            ranked(OVER_DPA, ON_EVENTS),
            R,
            NOBODY,
            [
                (
                    "which prevails: terms (ban) or notice (permission)?",
                    "terms (ban): met; notice (permission): violated",
                ),
                ("does terms prevail over notice here?", "yes: met; no: unclear"),
            ],
        ),
        # ... nor over a document not at hand that could turn nothing.
        (
            vendor(
                *PRACTICES,
                documents=(replace(TOS, precedence=(OVER_DPA,)), missing(May.TIGHTEN)),
            ),
            R,
            NOBODY,
            ONE_BY_ONE,
        ),
        # ... and where it does not, the specific prevails over the general.
        (
            vendor(
                bars(TRAIN),
                replace(allows(box("train-ai", "chat")), document="notice"),
                documents=(replace(TOS, precedence=(ON_EVENTS,)), INCORPORATED),
            ),
            CHAT,
            NOBODY,
            [("does terms prevail over notice here?", "yes: met; no: violated")],
        ),
    ],
)
def test_what_is_asked(
    terms: Vendor, asked: Requirement, use: Situation, asks: list[tuple[str, str]]
) -> None:
    """Each question with each answer and the verdict it leads to, and no other."""
    assert told(questions(terms, asked, use)) == asks


AUDIO: Final = forbid(box("train-ai", "audio"), Stance.OPT_IN)


@pytest.mark.parametrize(
    ("clause", "asked", "vocabulary", "terms"),
    [
        # The requirement's own terms, where all of each is in doubt.
        (
            allows(box("train-ai", "audio"), perhaps=box(data=["chat", "files"])),
            BOTH,
            VOCABULARY,
            ("chat", "files"),
        ),
        (bars(box("train-ai", "telemetry"), perhaps=box(data="audio")), AUDIO, WHOLE, ("audio",)),
        # Else the finest: of what is surely covered nobody asks.
        (
            parts(
                bars(TRAIN),
                Part(box=box("train-ai", "voicemail"), perhaps=(box(data="audio"),)),
                Part(box=box("train-ai", "telemetry")),
            ),
            AUDIO,
            WHOLE,
            ("voice-recording", "live-call-content", "voiceprint", "audio"),
        ),
        (
            parts(
                bars(TRAIN),
                Part(box=box("train-ai", "voicemail")),
                Part(box=box("train-ai", "communications-like")),
            ),
            AUDIO,
            WHOLE,
            ("voice-recording", "live-call-content", "voiceprint", "audio"),
        ),
    ],
)
def test_several_terms_are_asked_as_one(
    clause: Clause, asked: Requirement, vocabulary: Vocabulary, terms: tuple[str, ...]
) -> None:
    """1.5: in words, and in what to record."""
    (found,) = questions(vendor(clause), asked, vocabulary=vocabulary)

    how = f"clause terms.{clause.id}, term {', '.join(terms)}, covered true or false"
    assert found.text == f"does terms ({clause.id}) cover {' and '.join(terms)}?"
    assert found.how == f"record a reading in the check: {how}"


def business_days(*excepting_: str) -> Clause:
    """A notice of days that may be fewer than thirty, with exceptions."""
    clause = notice_but_for(*excepting_)
    value = Duration(amount=25, unit=Unit.BUSINESS_DAYS)
    return replace(clause, states=(replace(clause.states[0], value=value),))


def by_effort(*excepting_: str) -> Clause:
    """A notice that the vendor tries to give."""
    clause = notice_but_for(*excepting_)
    return replace(clause, states=(replace(clause.states[0], firmness=Firmness.EFFORT),))


@pytest.mark.parametrize(
    ("clause", "excused", "kind"),
    [
        (business_days("law"), (), "exception"),
        (business_days("law"), ("law",), "fact"),
        (business_days(), (), "fact"),
        (by_effort("law"), (), "fact"),
        (by_effort(), (), "fact"),
    ],
)
def test_an_exception_is_asked_about_where_the_promise_is_firm(
    clause: Clause, excused: tuple[str, ...], kind: str
) -> None:
    """5.3: and nobody said that it is tolerable; else what is promised is asked."""
    asked = requirement(replace(NOTICE_OF, excused=excused))

    (found,) = questions(vendor(clause), asked)

    assert found.kind.value == kind
    assert told((found,)) == [
        (
            "is the exception for law in terms (n30) tolerable?"
            if kind == "exception"
            else "what does terms (n30) promise as `change-notice`?",
            "at-least 30 days: met; not at-least 30 days: violated",
        )
    ]


def test_each_word_of_a_bound_is_in_its_answers() -> None:
    """5.2: one of several."""
    words = (Word(word="perpetual"), Word(word="ip-term"))
    asked = requirement(Require(fact="licence.duration", bound=Bound.ONE_OF, values=words))

    found = questions(vendor(states("licence.duration", Unspecified())), asked)

    assert told(found) == [
        (
            "what does terms (statement) promise as `licence.duration`?",
            "one-of perpetual, ip-term: met; not one-of perpetual, ip-term: violated",
        )
    ]


def test_of_too_many_conditions_none_is_asked() -> None:
    """4.5: what follows from an answer is not worked out where there are more than 4,096."""
    features = (
        replace(allows(TRAIN, name=f"c{place}"), applies=(on("feature", f"f{place}"),))
        for place in range(13)
    )

    assert questions(vendor(*features)) == ()
