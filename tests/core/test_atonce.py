"""What is plain is seen at once: no grid is laid out for it (semantics 4.1)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core import likewise, plainly
from termsgate.core.atonce import MOST_AT_ONCE
from termsgate.core.case import Case
from termsgate.core.evaluate import Terms, Use, in_full
from termsgate.core.likewise import whole
from termsgate.core.model import DocumentKind, May, Narrowing, Target
from termsgate.core.plainly import seen, word
from termsgate.core.telling import tell
from tests.core.test_sentences import (
    ABOUT_CHAT,
    ALL_OF,
    ANY_OF,
    AUDIO,
    BOTH_SAY,
    DURATION,
    FOR_EVER,
    FREE,
    GRANT,
    IN_CONTRACT,
    MET,
    NO_TRAINING,
    NOT_APPLICABLE,
    OF_CHAT,
    SILENT,
    THIRTY,
    TRAIN,
    UNCLEAR,
    USES_GRANT,
    VAGUE_BAN,
    VIOLATED,
    VOCABULARY,
    R,
    barring,
    if_stated,
    missing,
    notice,
    permitting,
)
from tests.making import DAY, allows, bars, box, requirement, vendor

if TYPE_CHECKING:
    from termsgate.core.model import Box, Requirement, Vendor
    from termsgate.core.standing import Standing
    from termsgate.core.verdict import Ruling

EVERYTHING: Final = (Target(),)
IN_CONTRACTS: Final = Narrowing(kind=DocumentKind.CONTRACT)


def standing(terms: Vendor) -> Standing:
    """What stands on the day, for a use of which nothing is known."""
    return Terms(vendor=terms, vocabulary=VOCABULARY).standing(Use(), DAY)


def many(count: int) -> Vendor:
    """So many bans."""
    return vendor(*(bars(TRAIN, name=f"ban-{number}") for number in range(count)))


def notices(count: int) -> Vendor:
    """A notice of thirty days, promised so many times."""
    return vendor(*(replace(notice(30), id=f"n{number}") for number in range(count)))


def elsewhere(what: Box) -> Vendor:
    """A ban, and a clause on another use that holds only on one plan."""
    return vendor(bars(TRAIN), replace(allows(what, name="other"), applies=(FREE,)))


PLAIN: Final = (
    (SILENT, vendor(), R),
    (MET, barring(), R),
    (VIOLATED, permitting(), R),
    (MET, vendor(bars(TRAIN), replace(VAGUE_BAN, overrides=())), R),
    (MET, vendor(replace(bars(TRAIN), overrides=EVERYTHING), allows(TRAIN)), R),
    # What is said of another use does not matter, whichever axis it differs on.
    (MET, elsewhere(box("provide-service", "customer-content")), R),
    (MET, elsewhere(box("train-ai", "chat")), AUDIO),
    (MET, elsewhere(box("train-ai", "customer-content", by="affiliate")), R),
    (MET, elsewhere(box("train-ai", "customer-content", state="aggregated")), R),
    (MET, barring(missing(May.LOOSEN, about=ABOUT_CHAT)), AUDIO),
    (MET, barring(replace(missing(May.LOOSEN), kind=DocumentKind.NOTICE)), IN_CONTRACT),
    # Up to twelve clauses, or facts, are not too many.
    (MET, many(MOST_AT_ONCE), R),
    (MET, notices(MOST_AT_ONCE), THIRTY),
    # Facts, of everything or of some data, and compounds.
    (SILENT, vendor(), THIRTY),
    (MET, vendor(notice(30)), THIRTY),
    (MET, vendor(notice(30)), OF_CHAT),
    (SILENT, vendor(bars(TRAIN)), requirement(ALL_OF)),
    (MET, vendor(bars(TRAIN)), requirement(ANY_OF)),
    # What waits for a fact.
    (NOT_APPLICABLE, barring(), if_stated(NO_TRAINING)),
    (VIOLATED, vendor(GRANT), if_stated(USES_GRANT)),
    (VIOLATED, vendor(FOR_EVER), if_stated(DURATION)),
    (SILENT, vendor(), if_stated(DURATION, otherwise_silent=True)),
    (VIOLATED, vendor(FOR_EVER, allows(TRAIN)), if_stated(NO_TRAINING)),
)

DISPUTED: Final = (
    (UNCLEAR, BOTH_SAY, R),
    (UNCLEAR, vendor(notice(30), notice(14)), THIRTY),
    # A circle does not matter among those that say the same.
    (
        MET,
        vendor(
            replace(bars(TRAIN), overrides=EVERYTHING),
            replace(bars(TRAIN, name="too"), overrides=EVERYTHING),
        ),
        R,
    ),
)


@pytest.mark.parametrize(("ruling", "terms", "asked"), [*PLAIN, *DISPUTED])
def test_what_is_plain_is_seen_at_once(ruling: Ruling, terms: Vendor, asked: Requirement) -> None:
    """The verdict, and what it rests on."""
    found = seen(asked, standing(terms))

    assert found is not None
    assert found.ruling is ruling


@pytest.mark.parametrize(("ruling", "terms", "asked"), PLAIN)
def test_it_is_told_at_once_too(
    ruling: Ruling, terms: Vendor, asked: Requirement, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the grid would tell it, which is not laid out."""
    expected = in_full(Case(requirement=asked, standing=standing(terms)))
    monkeypatch.delattr(plainly, "Case")
    monkeypatch.delattr(likewise, "in_full")

    assert word(asked, standing(terms)) is ruling
    assert whole(asked, standing(terms)) == expected


@pytest.mark.parametrize(("ruling", "terms", "asked"), DISPUTED)
def test_who_prevails_in_a_dispute_is_told_from_the_grid(
    ruling: Ruling, terms: Vendor, asked: Requirement
) -> None:
    """Somebody may be asked, or some prevail over one another in a circle."""
    found = seen(asked, standing(terms))

    assert found is not None
    assert tell(found) is None
    assert whole(asked, standing(terms)).ruling is ruling


@pytest.mark.parametrize(
    ("terms", "asked"),
    [
        (barring(applies=(FREE,)), R),
        (many(MOST_AT_ONCE + 1), R),
        (notices(MOST_AT_ONCE + 1), THIRTY),
        (barring(missing(May.LOOSEN)), R),
        (vendor(bars(TRAIN), replace(FOR_EVER, applies=(FREE,))), if_stated(NO_TRAINING)),
        (vendor(bars(TRAIN), FOR_EVER), if_stated(NO_TRAINING, narrowing=IN_CONTRACTS)),
        (barring(), replace(R, applies=(FREE,))),
        (barring(), replace(R, evidence_required=True)),
    ],
)
def test_what_is_open_is_left_to_the_grid(terms: Vendor, asked: Requirement) -> None:
    """Something is to be asked, or there is too much to look through."""
    assert seen(asked, standing(terms)) is None


def test_a_silence_that_asks_is_told_from_the_grid() -> None:
    """4.1: it asks what a clause covers, and the grid knows which uses to name."""
    asking = standing(vendor(bars(box("improve-services", "customer-content"))))
    found = seen(R, asking)

    assert found is not None
    assert found.ruling is SILENT
    assert tell(found) is None
