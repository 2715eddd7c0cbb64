"""An answer tried out where it matters gives what judging everything again gives (4.6, 4.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.account import Account
from termsgate.core.case import Case
from termsgate.core.model import RecordedReading
from termsgate.core.plainly import word
from termsgate.core.questions import Inquiry
from termsgate.core.retrial import Often, Retrial, Voice, Voices
from termsgate.core.varying import Tried, remade, varied
from tests.core.test_ranking import standing_of
from tests.laws.cases import case
from tests.laws.effort import FEW, chosen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termsgate.core.standing import ClauseKey
    from termsgate.core.verdict import Ruling

CHUNK: Final = 50
SEEDS: Final = (*chosen(), *range(100)) if FEW else tuple(range(1000))


class Noting(Retrial):
    """Notes what is tried, and what came of it."""

    def ruling(self, answer: Tried) -> Ruling | None:
        """The verdict, noted."""
        found = super().ruling(answer)
        NOTED.append((self.case, answer, found))
        return found

    def decided(self, upper: ClauseKey, lower: ClauseKey) -> Ruling | None:
        """The verdict, noted as that of a reading."""
        found = super().decided(upper, lower)
        NOTED.append((self.case, Tried(readings=(_over(self.case, upper, lower),)), found))
        return found


NOTED: list[tuple[Case, Tried, Ruling | None]] = []


def _over(judged: Case, upper: ClauseKey, lower: ClauseKey) -> RecordedReading:
    """The reading that puts one clause over another, as of that day."""
    standing = judged.standing
    return RecordedReading(
        vendor=standing.vendor.id,
        document=upper[0],
        clause=upper[1],
        over=lower,
        because="",
        by="",
        on=standing.on,
    )


def tried(seeds: Iterable[int]) -> Iterator[tuple[Case, Tried, Ruling | None]]:
    """Every answer that the questions of some random cases try."""
    for seed in seeds:
        judged = Case(requirement=case(seed).requirement, standing=standing_of(seed))
        inquiry = Inquiry(account=Account(case=judged))
        inquiry.__dict__["retrial"] = Noting(case=judged)
        NOTED.clear()
        assert inquiry.questions is not None
        yield from NOTED


@pytest.mark.parametrize("start", range(0, len(SEEDS), CHUNK))
def test_tried_where_it_matters_is_judged_again_from_the_clauses(start: int) -> None:
    """Nothing else may come out."""
    for judged, answer, found in tried(SEEDS[start : start + CHUNK]):
        if found is not None:
            assert found is word(judged.requirement, varied(judged.standing, answer)), answer


def test_what_an_answer_makes_of_a_clause_is_what_stands_under_it() -> None:
    """The same halves and facts as in the standing that is built with it; most are tried so."""
    count, in_place = 0, 0
    for judged, answer, found in tried(range(250)):
        in_place += found is not None
        new = remade(judged.standing, answer)
        if new is None:
            continue
        under = varied(judged.standing, answer)
        halves = [half for half in under.halves if half.key in new.touched]
        stated = [one for one in under.statements if one.key in new.touched]
        assert sorted(map(repr, new.halves)) == sorted(map(repr, halves))
        assert sorted(map(repr, new.statements)) == sorted(map(repr, stated))
        assert new.supposing == under.use.supposing
        count += 1
    assert count > 10
    assert in_place > 15


def test_cells_are_counted_once_and_more_often() -> None:
    """So that one of many sets can be taken out, and another put in."""
    often = Often.of([0b0011, 0b0110, 0b0010])

    assert often == (0b0111, 0b0010)
    assert often.changed(0b0011, 0) == 0b0110
    assert often.changed(0b0011, 0b1000) == 0b1110
    assert often.changed(0, 0) == 0b0111


def test_voices_are_heard_inside_the_scope() -> None:
    """What is done beyond it is nobody's voice; whoever applies is counted all the same."""
    (judged,) = {id(c): c for c, _, _ in tried(range(120))}.popitem()[1:]
    contenders = next(f.contenders for one in judged.settled for f in one.fields if f.contenders)
    places = [one.present for one in contenders]
    voices = Voices.of(contenders, places, 1)

    assert voices.meets == Often.of(one.meets & one.present & 1 for one in contenders)
    assert voices.fails == Often.of(one.fails & one.present & 1 for one in contenders)
    assert voices.unsure == Often.of(one.unsure & one.present & 1 for one in contenders)
    assert voices.present == Often.of(places)
    assert voices.always == Often.of(one.always for one in contenders)
    without = voices.changed(Voice.of(contenders[0], -1), Voice(meets=4))
    assert without.meets & 4
