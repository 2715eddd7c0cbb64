"""One requirement against one vendor on one day, whole and in brief."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.evaluate import Terms, Use, briefly, evaluate
from termsgate.core.model import Bound, ChoiceKind, Place, Stance, Target, Vendor
from termsgate.reading.store import builtin_vocabulary
from tests.making import (
    DAY,
    allows,
    bars,
    box,
    days,
    forbid,
    having,
    on,
    require,
    states,
    vendor,
)

if TYPE_CHECKING:
    from termsgate.core.model import Requirement

CALLS: Final = box("train-ai", ["audio", "video", "chat"])
CHAT: Final = box("train-ai", "chat")
ASKED: Final = forbid(CALLS, Stance.OPT_IN)
NOTICE: Final = require("change-notice", Bound.AT_LEAST, days(30))
OVER: Final = (Target(document="terms"),)


def of(vendor_: Vendor) -> Terms:
    """The terms of a vendor."""
    return Terms(vendor=vendor_, vocabulary=builtin_vocabulary())


@pytest.mark.parametrize(
    ("terms", "asked"),
    [
        (vendor(), ASKED),
        (vendor(bars(CALLS)), ASKED),
        (vendor(allows(CALLS)), ASKED),
        (vendor(bars(CALLS), allows(CALLS)), ASKED),
        (vendor(bars(CALLS), allows(CHAT)), ASKED),
        (vendor(bars(CALLS), replace(allows(CHAT), overrides=OVER)), ASKED),
        (vendor(bars(CHAT)), ASKED),
        (vendor(replace(bars(CALLS), applies=(on("plan", "free"),))), ASKED),
        (vendor(allows(box("improve-services", "chat"))), ASKED),
        (vendor(states("change-notice", days(14))), NOTICE),
        (vendor(states("change-notice", days(30)), states("change-notice", days(14))), NOTICE),
    ],
)
def test_in_brief_a_verdict_says_what_decided_it(terms: Vendor, asked: Requirement) -> None:
    """As the whole one does, where its requirement stands, without what follows from answers."""
    placed = replace(asked, place=Place(path="policies/ai.yaml", line=4, column=5))

    brief, whole = (say(placed, of(terms), Use(), DAY) for say in (briefly, evaluate))

    assert (brief.ruling, brief.because, brief.place) == (whole.ruling, whole.because, placed.place)
    assert brief.questions == ()


def test_what_stands_for_a_use_is_worked_out_once() -> None:
    """For each use and day by itself, and not for one that only looks the same."""
    terms, use = of(vendor(bars(CALLS))), Use()
    other = Use(choices=having(ChoiceKind.OPTED_OUT, CALLS).choices)
    later: date = DAY + timedelta(days=1)

    for found in (terms.standing, terms.roll):
        first = found(use, DAY)
        assert first is not None
        assert found(use, DAY) is first
        assert all(each is not first for each in (found(use, later), found(other, DAY)))
        assert found(use, DAY) is first
