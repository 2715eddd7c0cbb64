"""What of a clause's stance is open, and matters (2.2, 2.4, 2.6)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.evaluate import Terms, Use
from termsgate.core.model import Closed, Forbid, Stance
from termsgate.core.stances import (
    NOTHING_RECORDED,
    Recorded,
    consent_tells,
    stance_tells,
    whose_tells,
)
from termsgate.reading.store import builtin_vocabulary
from tests.making import DAY, allows, box, forbid, vendor

if TYPE_CHECKING:
    from termsgate.core.model import Clause
    from termsgate.core.standing import Half

OUT, REFUSED = Recorded(opted_out=True), Recorded(refused=True)
CONSENTED: Final = Recorded(consented=True)
TRAIN: Final = box("train-ai", "chat")
ONLY: Final = replace(allows(TRAIN, Stance.OPT_IN), closed=Closed.YES)


def half(clause: Clause, *, second: bool = False) -> Half:
    """The clause as the engine sees it; of a closed list, what it allows or what it bars."""
    terms = Terms(vendor=vendor(clause), vocabulary=builtin_vocabulary())
    return next(one for one in terms.standing(Use(), DAY).halves if one.second is second)


def needing(need: Stance, *whose: str) -> Forbid:
    """What is asked for, and from whom consent must come."""
    demand = forbid(TRAIN, need, whose=list(whose)).demand
    assert isinstance(demand, Forbid)
    return demand


def under(*stances: Stance, consent_from: tuple[str, ...] = ()) -> Half:
    """A permission under these stances."""
    return half(replace(allows(TRAIN, *stances), consent_from=consent_from))


@pytest.mark.parametrize(
    ("one", "need", "chosen", "tells"),
    [
        (under(Stance.OPT_IN, Stance.FREE), Stance.OPT_IN, NOTHING_RECORDED, True),
        (under(Stance.OPT_IN, Stance.FREE), Stance.EXPLICIT_OPT_IN, CONSENTED, False),
        (under(Stance.OPT_IN), Stance.OPT_IN, NOTHING_RECORDED, False),
        (under(Stance.OPT_IN, Stance.OPT_OUT), Stance.OPT_IN, OUT, False),
        (under(Stance.OPT_IN, Stance.OPT_OUT), Stance.OPT_IN, NOTHING_RECORDED, True),
        (under(Stance.OPT_IN, Stance.OPT_OUT), Stance.BARRED, OUT, True),
    ],
)
def test_which_stance_a_clause_takes_matters_if_the_need_lies_between(
    one: Half,
    need: Stance,
    chosen: Recorded,
    tells: bool,  # noqa: FBT001 - a table
) -> None:
    """2.2: what we chose considered."""
    assert stance_tells(one, needing(need), chosen) is tells


@pytest.mark.parametrize(
    ("one", "need", "chosen", "tells"),
    [
        (under(Stance.OPT_IN), Stance.BARRED, NOTHING_RECORDED, True),
        (under(Stance.OPT_IN), Stance.BARRED, REFUSED, False),
        (under(Stance.OPT_IN), Stance.BARRED, CONSENTED, False),
        (under(Stance.OPT_IN), Stance.OPT_IN, NOTHING_RECORDED, False),
        (under(Stance.FREE), Stance.BARRED, NOTHING_RECORDED, False),
    ],
)
def test_whether_we_consent_matters_while_nothing_is_recorded(
    one: Half,
    need: Stance,
    chosen: Recorded,
    tells: bool,  # noqa: FBT001 - a table
) -> None:
    """2.4: and where asking us is not enough by itself."""
    assert consent_tells(one, needing(need), chosen) is tells


@pytest.mark.parametrize(
    ("one", "demand", "chosen", "tells"),
    [
        (under(Stance.OPT_IN), needing(Stance.OPT_IN, "user"), NOTHING_RECORDED, True),
        (under(Stance.OPT_IN), needing(Stance.OPT_IN), NOTHING_RECORDED, False),
        (
            under(Stance.OPT_IN, consent_from=("user",)),
            needing(Stance.OPT_IN, "user"),
            NOTHING_RECORDED,
            False,
        ),
        (half(ONLY), needing(Stance.OPT_IN, "user"), NOTHING_RECORDED, True),
        (half(ONLY, second=True), needing(Stance.OPT_IN, "user"), NOTHING_RECORDED, False),
        (under(Stance.FREE), needing(Stance.OPT_IN, "user"), NOTHING_RECORDED, False),
        # Who may refuse is as good as who is told, where no more is needed than that.
        (under(Stance.OPT_IN), needing(Stance.NOTICE, "user"), NOTHING_RECORDED, False),
        # An objection bars it; whose does not matter where none was raised and it is not enough.
        (under(Stance.OPT_OUT), needing(Stance.OPT_IN, "user"), NOTHING_RECORDED, False),
        (under(Stance.OPT_OUT), needing(Stance.OPT_IN, "user"), OUT, False),
        # Consent that falls short may still be refused.
        (under(Stance.OPT_IN), needing(Stance.BARRED, "user"), NOTHING_RECORDED, True),
        (under(Stance.OPT_IN), needing(Stance.BARRED, "user"), CONSENTED, False),
        (under(Stance.OPT_IN), needing(Stance.BARRED, "user"), REFUSED, False),
    ],
)
def test_whose_consent_a_clause_means_matters_if_it_does_not_say(
    one: Half,
    demand: Forbid,
    chosen: Recorded,
    tells: bool,  # noqa: FBT001 - a table
) -> None:
    """2.6: where the consent of one would do and that of another would not."""
    assert whose_tells(one, demand, chosen) is tells
