"""The stance of a clause at a point: as written, as we chose, for whose consent (2.2 to 2.6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from termsgate.core.model import ChoiceKind, Forbid, Stance
from termsgate.core.standing import Pull

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termsgate.core.model import Clause
    from termsgate.core.space import (
        Grid,
    )
    from termsgate.core.standing import Half, Standing

CONSENTS = frozenset({Stance.OPT_IN, Stance.EXPLICIT_OPT_IN})
ASKED_OR_TOLD = CONSENTS | {Stance.OPT_OUT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Which kinds of choice are recorded for a point."""

    opted_out: bool = False
    refused: bool = False
    consented: bool = False


NOTHING_RECORDED: Final = Recorded()


def _recorded(stance: Stance, chosen: Recorded) -> Stance:
    if stance is Stance.OPT_OUT and chosen.opted_out:
        return Stance.BARRED
    if stance in CONSENTS and chosen.refused:
        return Stance.BARRED
    return stance


def _whose(stance: Stance, clause: Clause, wanted: tuple[str, ...]) -> frozenset[Stance]:
    """Consent open only to others counts as notice (semantics 2.6, 10.6)."""
    if not wanted or stance not in ASKED_OR_TOLD:
        return frozenset({stance})
    given = clause.consent_from
    if not given:
        return frozenset({stance, Stance.NOTICE})
    if "everyone-affected" in given or set(given) & set(wanted):
        return frozenset({stance})
    return frozenset({Stance.NOTICE})


def _unrecorded(stance: Stance, need: Stance, chosen: Recorded) -> frozenset[Stance]:
    if stance in CONSENTS and stance < need and not chosen.consented:
        return frozenset({stance, Stance.BARRED})
    return frozenset({stance})


def stances_here(half: Half, demand: Forbid, chosen: Recorded) -> frozenset[Stance]:
    """The stances a clause may have at a point, our choices and whose consent considered."""
    found: set[Stance] = set()
    for written in half.stances:
        for stance in _whose(_recorded(written, chosen), half.clause, demand.consent_from):
            found |= _unrecorded(stance, demand.need, chosen)
    return frozenset(found)


def pull_of(half: Half, demand: Forbid, chosen: Recorded) -> Pull:
    """Which way a clause pulls at a point: what its words admit meets the need, fails it, or both.

    Where nothing is recorded it is remembered: the same half is before many requirements.
    """
    if chosen is not NOTHING_RECORDED:
        return _pull(half, demand, chosen)
    key = demand.need, demand.consent_from
    found = half.pulls.get(key)
    if found is None:
        found = half.pulls[key] = _pull(half, demand, chosen)
    return found


def _pull(half: Half, demand: Forbid, chosen: Recorded) -> Pull:
    stances = stances_here(half, demand, chosen)
    return Pull(
        meets=any(stance >= demand.need for stance in stances),
        fails=any(stance < demand.need for stance in stances),
    )


def _ways(stances: Iterable[Stance], need: Stance) -> frozenset[bool]:
    return frozenset(stance >= need for stance in stances)


def _each(
    half: Half, demand: Forbid, chosen: Recorded
) -> Iterator[tuple[Stance, frozenset[Stance]]]:
    """Each stance the words admit, with those that it may come to at a point."""
    for written in half.stances:
        yield written, stances_here(replace(half, stances=frozenset({written})), demand, chosen)


def stance_tells(half: Half, demand: Forbid, chosen: Recorded) -> bool:
    """Whether it matters which of the stances that its words admit a clause takes (2.2)."""
    return len({_ways(here, demand.need) for _, here in _each(half, demand, chosen)}) > 1


def consent_tells(half: Half, demand: Forbid, chosen: Recorded) -> bool:
    """Whether it matters if we consent: it is open, and nothing about it is recorded (2.4)."""
    return not chosen.refused and any(
        written in CONSENTS and Stance.BARRED in here
        for written, here in _each(half, demand, chosen)
    )


def whose_tells(half: Half, demand: Forbid, chosen: Recorded) -> bool:
    """Whether it matters whose consent or objection a clause means, which it does not say (2.6)."""
    if half.second or half.clause.consent_from or not demand.consent_from:
        return False
    if_others = _ways({Stance.NOTICE}, demand.need)
    left = {_recorded(stance, chosen) for stance in half.stances} & ASKED_OR_TOLD
    return any(
        _ways(_unrecorded(one, demand.need, chosen), demand.need) != if_others for one in left
    )


def choice_cells(standing: Standing, field: Grid) -> list[tuple[int, Recorded]]:
    """The grid, cut by what is recorded for each cell."""
    by_kind = dict.fromkeys(ChoiceKind, 0)
    for chosen in standing.chosen:
        by_kind[chosen.choice.kind] |= field.box(chosen.sure)
    parts = [(field.everything, NOTHING_RECORDED)]
    if any(by_kind.values()):
        parts = list(_cut(field.everything, by_kind))
    return parts


def _cut(everything: int, by_kind: dict[ChoiceKind, int]) -> Iterator[tuple[int, Recorded]]:
    out, refused, consented = (by_kind[kind] for kind in ChoiceKind)
    for a in (False, True):
        for b in (False, True):
            for c in (False, True):
                here = (out if a else everything & ~out) & (refused if b else everything & ~refused)
                here &= consented if c else everything & ~consented
                if here:
                    yield here, Recorded(opted_out=a, refused=b, consented=c)
