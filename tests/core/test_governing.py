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
    CarveOut,
    Closed,
    RecordedReading,
    Stance,
    Target,
)
from tests.core.test_sentences import (
    BOTH,
    CHAT,
    FREE,
    MET,
    NOTICE,
    TOS,
    TRAIN,
    UNCLEAR,
    VIOLATED,
    VOCABULARY,
    R,
    excepting,
    said,
    told,
)
from tests.laws import oracle
from tests.making import (
    DAY,
    START,
    Situation,
    allows,
    bars,
    box,
    forbid,
    scope,
    vendor,
)

if TYPE_CHECKING:
    from termsgate.core.model import Box, Clause, Document, Requirement, Vendor
    from termsgate.core.verdict import Ruling

OF_CHATS, OF_FILES, OF_AUDIO = (box("train-ai", each) for each in ("chat", "files", "audio"))
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


EXAMPLES: Final = SPECIFIC + REACHING + MANY


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

    assert Case(requirement=asked, standing=judged.standing(using, DAY)).ruling is ruling
    assert evaluate(asked, judged, using, DAY).ruling is ruling
