"""What a reading settles, and what counts under an answer: other sentences of the language.

Each example is judged by the engine and by the naive evaluator.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.model import (
    Absence,
    CarveOut,
    May,
    Part,
    Scope,
    Stance,
)
from tests.core.test_sentences import (
    ALLOWED,
    ASSUMED,
    AUDIO,
    BUT_CHAT,
    CHAT,
    DPA,
    DURATION,
    FOR_EVER,
    IF_DPA,
    MET,
    NO_TRAINING,
    NOT_DPA,
    NOTICE,
    OF_CHAT,
    SILENT,
    TOS,
    TRAIN,
    UNCLEAR,
    UNREAD_LICENCE,
    VIOLATED,
    VOCABULARY,
    beside_gap,
    covering,
    excepting,
    gives,
    if_stated,
    missing,
    notice,
    said,
)
from tests.laws import oracle
from tests.making import DAY, allows, bars, box, forbid, on, prevailing, scope, vendor

if TYPE_CHECKING:
    from termsgate.core.model import Box, Requirement, Vendor
    from termsgate.core.verdict import Ruling
    from tests.making import Situation

FILES: Final = forbid(box("train-ai", "files"), Stance.OPT_IN)


def allowed(*perhaps: Box, what: Box, but: tuple[CarveOut, ...] = ()) -> Vendor:
    """A permission of a use with exceptions, and of more perhaps."""
    part = Part(box=what, excepting=but, perhaps=perhaps)
    return vendor(replace(allows(TRAIN), scope=Scope(parts=(part,))))


def by(who: str, data: str) -> Requirement:
    """No training on some data by somebody."""
    return forbid(box("train-ai", data, by=who), Stance.OPT_IN)


OF_AUDIO: Final = box("train-ai", "audio")
OR_CHAT: Final = allowed(box(data="chat"), what=OF_AUDIO)
OR_BOTH: Final = allowed(box(data=["chat", "files"]), what=OF_AUDIO)
NO_AFFILIATE: Final = allowed(
    box(data="chat"),
    what=box("train-ai", "audio", by=["vendor", "affiliate"]),
    but=(CarveOut(box=box(by="affiliate")),),
)
DEFINED: Final = (CarveOut(box=box(data="chat"), of="data"),)
BY_OTHERS: Final = allowed(box(by="third-party"), what=TRAIN, but=DEFINED)
READ_CHAT: Final = covering("permission", chat=True)

READINGS: Final = (
    # 4.7: a term that is read as covered is, and what else is possible stays so.
    said(VIOLATED, OR_BOTH, CHAT, READ_CHAT),
    said(UNCLEAR, OR_BOTH, FILES, READ_CHAT),
    said(SILENT, OR_BOTH, FILES, covering("permission", files=False)),
    # 10.26: only what is possible; a wider term settles no more than that.
    said(VIOLATED, OR_CHAT, CHAT, covering("permission", **{"customer-content": True})),
    said(SILENT, OR_CHAT, FILES, covering("permission", **{"customer-content": True})),
    # 10.26: what is sure stays, whatever a reading says, beside an exception, too.
    said(MET, vendor(excepting(bars(TRAIN), BUT_CHAT)), FILES, covering("ban", files=False)),
    said(SILENT, vendor(excepting(bars(TRAIN), BUT_CHAT)), CHAT, covering("ban", files=False)),
    # An exception stays one.
    said(VIOLATED, NO_AFFILIATE, CHAT, READ_CHAT),
    said(SILENT, NO_AFFILIATE, by("affiliate", "chat"), READ_CHAT),
    # 10.2: what a term's definition takes out stays out for a perhaps on another axis.
    said(UNCLEAR, BY_OTHERS, by("third-party", "audio")),
    said(SILENT, BY_OTHERS, by("third-party", "chat")),
)

EXCEPT_CHAT: Final = Absence(about=Scope(parts=(Part(box=TRAIN, excepting=BUT_CHAT),)))
ON_FREE: Final = (on("plan", "free"),)
LONG: Final = if_stated(DURATION)
NOTICE_LENGTH: Final = Absence(about=scope(box("marketing", "files")), facts=("change-notice",))
LICENCE_LENGTH: Final = Absence(about=scope(box("marketing")), facts=("licence.duration",))


def stated(*conditions: object, beside: object) -> Vendor:
    """A licence without end in the terms under a condition, beside another document."""
    (condition,) = conditions
    clause = replace(FOR_EVER, document="notice", applies=(condition,))  # type: ignore[arg-type]
    return vendor(clause, documents=(NOTICE, beside))  # type: ignore[arg-type]


ANSWERS: Final = (
    # 6.2: a document that nobody has read is about a fact if it is about more, or about less of it.
    said(
        SILENT,
        vendor(documents=(TOS, missing(May.EITHER, about=LICENCE_LENGTH))),
        if_stated(NO_TRAINING),
    ),
    # 5.5: one that is about a fact counts for it, whatever uses it is about.
    said(
        UNCLEAR,
        vendor(
            notice(30, of=box(data="chat")),
            documents=(TOS, missing(May.EITHER, about=NOTICE_LENGTH)),
        ),
        OF_CHAT,
    ),
    # 6.2, 4.5: a contract is at hand, or is not, as each answer says.
    said(VIOLATED, stated(NOT_DPA, beside=ASSUMED), LONG),
    said(UNCLEAR, stated(IF_DPA, beside=DPA), LONG),
    # ... and so is what nobody has read.
    said(
        VIOLATED,
        vendor(
            replace(FOR_EVER, applies=ON_FREE),
            documents=(TOS, replace(missing(May.EITHER, about=UNREAD_LICENCE), applies=ON_FREE)),
        ),
        LONG,
    ),
    said(
        UNCLEAR,
        vendor(
            replace(FOR_EVER, applies=(NOT_DPA,)),
            documents=(
                TOS,
                replace(missing(May.EITHER, about=UNREAD_LICENCE), assume_absent=True),
            ),
        ),
        LONG,
    ),
    # 4.4: what a document says of the rank of others does not count where it is assumed absent.
    said(
        UNCLEAR,
        vendor(
            bars(TRAIN),
            replace(bars(TRAIN, name="on-free"), applies=ON_FREE),
            ALLOWED,
            documents=(
                TOS,
                NOTICE,
                replace(ASSUMED, precedence=(prevailing("terms", "notice"),)),
            ),
        ),
    ),
    # 10.18: one that its exceptions leave nothing of this asks nothing.
    said(MET, beside_gap(missing(May.TIGHTEN, about=EXCEPT_CHAT)), CHAT),
    said(UNCLEAR, beside_gap(missing(May.TIGHTEN, about=EXCEPT_CHAT)), AUDIO),
)

EXAMPLES: Final = (*READINGS, *ANSWERS)


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
