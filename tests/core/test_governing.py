"""Who governs where several clauses meet: the engine's grid beside the naive evaluator (3.3, 3.5).

Each verdict is given by both, by the engine on the grid, too, where every point has one verdict.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.case import Case
from termsgate.core.evaluate import Terms, Use, evaluate
from termsgate.core.model import (
    Absence,
    CarveOut,
    Closed,
    May,
    RecordedReading,
    Stance,
    Target,
)
from termsgate.core.values import Word
from tests.core.test_sentences import (
    BOTH,
    CHAT,
    DPA_NAMED,
    FOR_EVER,
    FREE,
    IN_NOTICE,
    LICENCE,
    MET,
    NO_TRAINING,
    NOT_APPLICABLE,
    NOTICE,
    NOTICE_OF,
    OF_CHAT,
    SILENT,
    TOS,
    TRAIN,
    UNCLEAR,
    VIOLATED,
    VOCABULARY,
    R,
    about,
    excepting,
    if_stated,
    missing,
    notice,
    said,
    told,
)
from tests.core.test_sentences import EXAMPLES as SENTENCES
from tests.laws import oracle
from tests.making import (
    DAY,
    START,
    Situation,
    allows,
    bars,
    box,
    forbid,
    prevailing,
    requirement,
    scope,
    states,
    vendor,
)

if TYPE_CHECKING:
    from termsgate.core.model import Box, Clause, Document, Requirement, Vendor
    from termsgate.core.verdict import Ruling

OF_CHATS, OF_FILES, OF_AUDIO = (box("train-ai", each) for each in ("chat", "files", "audio"))
OF_FILES_THIRTY: Final = requirement(replace(NOTICE_OF, of=scope(box(data="files"))))
FILES: Final = forbid(OF_FILES, Stance.OPT_IN)
AUDIO: Final = forbid(OF_AUDIO, Stance.OPT_IN)


def over(clause: Clause, *names: str, document: str = "terms") -> Clause:
    """The clause, which overrides others."""
    return replace(
        clause, overrides=tuple(Target(document=document, clause=name) for name in names)
    )


def in_notice(clause: Clause) -> Clause:
    """The clause in a notice, which neither prevails over the terms nor gives way."""
    return replace(clause, document="notice")


def both(*clauses: Clause, absent: tuple[Document, ...] = ()) -> Vendor:
    """Clauses in the terms and in the notice."""
    return vendor(*clauses, documents=(TOS, NOTICE, *absent))


def vague(count: int, data: str) -> tuple[Clause, ...]:
    """So many permissions that cover training perhaps, each in the notice."""
    return tuple(
        in_notice(allows(box("improve-services", data), Stance.NOTICE, name=f"vague-{number}"))
        for number in range(count)
    )


def banned(count: int, what: Box) -> tuple[Clause, ...]:
    """So many bans of a use."""
    return tuple(bars(what, name=f"ban-{number}") for number in range(count))


def circle(what: Box, *others: str) -> tuple[Clause, ...]:
    """Two bans that override each other, and both override some others."""
    return (
        over(bars(what, name="one"), "two", *others),
        over(bars(what, name="two"), "one", *others),
    )


def of_boxes(clause: Clause, *boxes: Box) -> Clause:
    """The clause, about each of these."""
    return replace(clause, scope=scope(*boxes))


def but(clause: Clause, *data: str) -> Clause:
    """A clause on training, but for some data."""
    return excepting(clause, tuple(CarveOut(box=box(data=each)) for each in data))


def read_over(document: str, clause: str) -> Situation:
    """Counsel reads the ban as prevailing over a clause."""
    reading = RecordedReading(
        vendor="vendor",
        document="terms",
        clause="ban",
        because="",
        by="",
        on=START,
        over=(document, clause),
    )
    return Situation(readings=(reading,))


PERMITTED: Final = over(allows(OF_CHATS, name="permitted"))
SPECIFIC: Final = (
    # 3.3 c: sure scopes are compared, whatever they may cover besides.
    said(
        MET,
        vendor(
            bars(OF_CHATS, perhaps=box(data="files")),
            allows(box("train-ai", ["chat", "audio"]), perhaps=box(data="files")),
        ),
        CHAT,
    ),
    # All the boxes of a scope, in whatever order they stand.
    said(
        MET,
        vendor(
            of_boxes(bars(TRAIN), OF_CHATS, OF_AUDIO),
            of_boxes(allows(TRAIN), OF_AUDIO, box("train-ai", ["chat", "files"])),
        ),
        CHAT,
    ),
    # Less what is excepted.
    said(VIOLATED, vendor(but(bars(TRAIN), "chat"), but(allows(TRAIN), "chat", "files")), AUDIO),
    said(UNCLEAR, vendor(but(bars(TRAIN), "chat"), but(allows(TRAIN), "chat")), AUDIO),
    # Of equal scopes with exceptions, the one with more conditions.
    said(
        MET,
        vendor(replace(but(bars(TRAIN), "chat"), applies=(FREE,)), but(allows(TRAIN), "chat")),
        AUDIO,
        told(plan=("free",)),
    ),
)

REACHING: Final = (
    # 4.7: a reading decides for a clause that reaches further than the other, too.
    said(MET, both(bars(TRAIN), in_notice(allows(OF_CHATS))), R, read_over("notice", "permission")),
    said(UNCLEAR, both(bars(TRAIN), in_notice(allows(OF_CHATS))), R),
    # 2.5: so does a document that a closed list names as an exception.
    said(
        VIOLATED,
        both(
            replace(
                allows(box("provide-service", "chat"), name="only"),
                closed=Closed.YES,
                except_as_in=("notice",),
            ),
            in_notice(allows(box("train-ai", ["chat", "files"]))),
            over(bars(OF_FILES), "permission", document="notice"),
        ),
        BOTH,
    ),
)

MANY: Final = (
    # 3.5: who surely applies is not open, however many they are.
    said(MET, vendor(*circle(TRAIN, "permission"), allows(TRAIN), *banned(7, TRAIN))),
    # Nor is who does not apply here.
    said(
        MET,
        vendor(*circle(OF_CHATS, "permission"), allows(OF_CHATS), *banned(12, OF_FILES)),
        BOTH,
    ),
    # 10.15: without a circle, more than twelve that are open are no matter.
    said(MET, both(bars(TRAIN), *vague(13, "customer-content")), CHAT),
    said(
        MET,
        both(
            *circle(OF_CHATS, "permission"),
            allows(OF_CHATS),
            bars(OF_FILES),
            *vague(13, "files"),
        ),
        BOTH,
    ),
)


def gap(may: May, data: str, *over_: str) -> Document:
    """A document that nobody has, about some data."""
    return missing(may, *over_, about=Absence(about=scope(box(data=data))))


def named(clause: Clause) -> Clause:
    """The clause, which overrides the document that nobody has."""
    return replace(clause, overrides=(*clause.overrides, *DPA_NAMED))


BEYOND: Final = (
    # 4.4: who does not apply here is no part of any reading.
    said(
        MET,
        both(
            named(bars(OF_CHATS)),
            *vague(13, "files"),
            bars(OF_FILES, name="files"),
            absent=(gap(May.LOOSEN, "chat"),),
        ),
        BOTH,
    ),
    # In one reading the clause below governs, which does not prevail over the document.
    said(
        UNCLEAR,
        vendor(
            bars(OF_CHATS),
            named(over(bars(box("improve-services", "chat"), name="vague"), "ban")),
            documents=(TOS, gap(May.LOOSEN, "chat")),
        ),
        CHAT,
    ),
    # Who prevails elsewhere only governs here with the other.
    said(
        MET,
        both(
            bars(TRAIN),
            in_notice(named(bars(OF_CHATS, perhaps=box(data="files")))),
            absent=(gap(May.LOOSEN, "chat"),),
        ),
        BOTH,
    ),
    # 5.5: of a fact it counts if it is named, whatever else the document is about.
    said(
        UNCLEAR,
        vendor(
            notice(30, of=box(data="files")),
            documents=(
                TOS,
                missing(
                    May.LOOSEN,
                    about=Absence(about=scope(box(data="chat")), facts=("change-notice",)),
                ),
            ),
        ),
        OF_FILES_THIRTY,
    ),
    # 10.12: of a fact a rank holds perhaps where it holds for some who use the data.
    said(
        UNCLEAR,
        vendor(
            notice(30),
            IN_NOTICE,
            documents=(
                replace(
                    TOS, precedence=(about("chat", prevailing("notice", "terms"), by="affiliate"),)
                ),
                NOTICE,
            ),
        ),
        OF_CHAT,
    ),
    # 6.2: what a clause states under a condition it states under that.
    said(
        UNCLEAR,
        vendor(allows(TRAIN), replace(FOR_EVER, applies=(FREE,))),
        if_stated(NO_TRAINING, otherwise_silent=True),
    ),
    # One that gives way states nothing, nor does one that is about other data.
    said(
        NOT_APPLICABLE,
        both(
            over(bars(TRAIN), "permission", document="notice"),
            in_notice(replace(allows(TRAIN), states=(LICENCE,))),
        ),
        if_stated(NO_TRAINING),
    ),
    said(
        NOT_APPLICABLE,
        vendor(
            allows(TRAIN),
            states("licence.duration", Word(word="perpetual"), of=box(data="files")),
        ),
        if_stated(CHAT.demand),
    ),
)


EXAMPLES: Final = SPECIFIC + REACHING + MANY + BEYOND


@pytest.mark.parametrize(("terms", "asked", "use", "ruling"), EXAMPLES)
def test_the_naive_evaluator_gives_the_verdict(
    terms: Vendor, asked: Requirement, use: Situation, ruling: Ruling
) -> None:
    """Each comment above names the sentence."""
    assert oracle.rule(asked, terms, VOCABULARY, use, DAY) is ruling


@pytest.mark.parametrize(("terms", "asked", "use", "ruling"), EXAMPLES)
def test_the_grid_gives_the_verdict(
    terms: Vendor, asked: Requirement, use: Situation, ruling: Ruling
) -> None:
    """As does the whole engine, which may see it at once."""
    using = Use(context=use.context, choices=use.choices, readings=use.readings)
    judged = Terms(vendor=terms, vocabulary=VOCABULARY)

    case = Case(requirement=asked, standing=judged.standing(using, DAY))
    assert case.ruling is ruling
    assert evaluate(asked, judged, using, DAY).ruling is ruling


@pytest.mark.parametrize(("terms", "asked", "use", "ruling"), [*EXAMPLES, *SENTENCES])
def test_every_point_has_one_verdict(
    terms: Vendor, asked: Requirement, use: Situation, ruling: Ruling
) -> None:
    """4.1: violated, unclear, silent and met share no point, and leave none out."""
    using = Use(context=use.context, choices=use.choices, readings=use.readings)
    standing = Terms(vendor=terms, vocabulary=VOCABULARY).standing(using, DAY)
    case = Case(requirement=asked, standing=standing)
    answers = [each for each, _ in case.by_answers]

    fields = [field for each in answers for one in case.outcomes(each) for field in one.fields]

    for field in fields:
        parts = (field.violated, field.unclear, field.silent, field.met)
        assert sum(map(int.bit_count, parts)) == field.scope.bit_count()
        assert field.violated | field.unclear | field.silent | field.met == field.scope
    assert fields or ruling in (NOT_APPLICABLE, SILENT)
