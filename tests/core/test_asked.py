"""Which questions a verdict asks (policy language 10.28), example by example."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.evaluate import Terms, Use, evaluate
from termsgate.core.model import (
    ChoiceKind,
    Document,
    DocumentKind,
    Every,
    Firmness,
    Precedence,
    Some,
    Stance,
)
from termsgate.core.verdict import QuestionKind, Ruling
from termsgate.reading.store import builtin_vocabulary
from tests.making import (
    DAY,
    Situation,
    allows,
    bars,
    box,
    forbid,
    having,
    on,
    requirement,
    scope,
    vendor,
)

if TYPE_CHECKING:
    from termsgate.core.model import Requirement, Vendor

NOBODY: Final = Situation()
CHAT: Final = forbid(box("train-ai", "chat"), Stance.OPT_IN)
FILES: Final = forbid(box("train-ai", "files"), Stance.OPT_IN)
BOTH: Final = forbid(box("train-ai", ["chat", "files"]), Stance.OPT_IN)
NO_IMPROVING: Final = bars(box("improve-services", "chat"), name="chat")
NOR_FILES: Final = bars(box("improve-services", "files"), name="files")
DPA: Final = Document(id="dpa", kind=DocumentKind.CONTRACT)
ABOUT_CHAT: Final = Precedence(document="dpa", over=("terms",), about=scope(box("train-ai")))
TERMS: Final = Document(id="terms", kind=DocumentKind.CONTRACT, precedence=(ABOUT_CHAT,))


def ranked(perhaps: str) -> Vendor:
    """A permission in the terms and a ban in the addendum, which prevails about something."""
    about = replace(ABOUT_CHAT, about=scope(box(perhaps)))
    documents = (replace(TERMS, precedence=(about,)), DPA)
    content = box("train-ai", "customer-content")
    return vendor(allows(content), replace(bars(content), document="dpa"), documents=documents)


def soft(*stances: Stance) -> Vendor:
    """A permission under these stances that is no more than an effort."""
    clause = allows(box("train-ai", "customer-content"), *stances)
    return vendor(replace(clause, firmness=Firmness.EFFORT))


REFUSED: Final = having(ChoiceKind.REFUSED, box("train-ai"))
OUT: Final = having(ChoiceKind.OPTED_OUT, box("train-ai"))
DE_IDENTIFIED: Final = forbid(box("train-ai", "chat", state="de-identified"), Stance.OPT_IN)
SWITCH: Final = allows(box("train-ai", "chat"), Stance.OPT_OUT, Stance.OPT_IN)
NEVER: Final = forbid(box("train-ai", "chat"))
IF_ASKED: Final = allows(box("train-ai", "chat"), Stance.OPT_IN)
FREE_ONLY: Final = replace(NO_IMPROVING, applies=(on("plan", "free"),))
NOT_FREE: Final = replace(NO_IMPROVING, applies=(on("plan", "free", negated=True),))


@pytest.mark.parametrize(
    ("terms", "asked", "use", "ruling", "kinds"),
    [
        # Silent: only what could make it met.
        (vendor(NO_IMPROVING), CHAT, NOBODY, "silent", ["coverage"]),
        (vendor(NO_IMPROVING), FILES, NOBODY, "silent", []),
        (vendor(NO_IMPROVING), BOTH, NOBODY, "silent", []),
        (vendor(NO_IMPROVING, NOR_FILES), BOTH, NOBODY, "silent", ["coverage"]),
        # A part of a compound that cannot be met keeps `all` silent, and `any` not.
        (
            vendor(NO_IMPROVING),
            requirement(Every(parts=(CHAT.demand, FILES.demand))),
            NOBODY,
            "silent",
            [],
        ),
        (
            vendor(NO_IMPROVING),
            requirement(Some(parts=(CHAT.demand, FILES.demand))),
            NOBODY,
            "silent",
            ["coverage"],
        ),
        (
            vendor(NO_IMPROVING, NOR_FILES),
            requirement(Every(parts=(CHAT.demand, FILES.demand))),
            NOBODY,
            "silent",
            ["coverage", "coverage"],
        ),
        # Under the answers that leave it open to be met, whichever come first.
        (vendor(FREE_ONLY), CHAT, NOBODY, "silent", ["coverage"]),
        (vendor(NOT_FREE), CHAT, NOBODY, "silent", ["coverage"]),
        # Which document prevails, only where it matters.
        (
            vendor(documents=(TERMS, DPA)),
            forbid(box("improve-services", "chat")),
            NOBODY,
            "silent",
            [],
        ),
        (ranked("improve-services"), CHAT, NOBODY, "unclear", ["conflict", "precedence"]),
        (ranked("marketing"), CHAT, NOBODY, "unclear", ["conflict"]),
        # A stance, and our consent, only where the answers differ, what is recorded considered.
        (vendor(SWITCH), DE_IDENTIFIED, OUT, "silent", ["coverage"]),
        (soft(Stance.EXPLICIT_OPT_IN), NEVER, REFUSED, "unclear", ["stance"]),
        (soft(Stance.OPT_OUT), CHAT, OUT, "unclear", ["stance"]),
        (vendor(IF_ASKED), NEVER, NOBODY, "unclear", ["consent"]),
    ],
)
def test_what_is_asked(
    terms: Vendor, asked: Requirement, use: Situation, ruling: str, kinds: list[str]
) -> None:
    """Each comment says of what."""
    using = Use(context=use.context, choices=use.choices, readings=use.readings)

    verdict = evaluate(asked, Terms(vendor=terms, vocabulary=builtin_vocabulary()), using, DAY)

    assert verdict.ruling is Ruling[ruling.upper()]
    assert [one.kind for one in verdict.questions] == [QuestionKind(kind) for kind in kinds]
