"""Which recorded readings and choices count for a verdict (policy language 7.3.6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from termsgate.core.model import Choice, RecordedReading
from termsgate.core.once import once

if TYPE_CHECKING:
    from collections.abc import Callable

    from termsgate.core.standing import Use
    from termsgate.core.verdict import Verdict

T = TypeVar("T", Choice, RecordedReading)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant(Generic[T]):
    """A use without one thing on record, and with it alone of its kind."""

    about: T
    without: Use
    alone: Use


@dataclass(frozen=True, kw_only=True)
class Varied:
    """A use of ours with everything that is on record for it, and what it would be with less."""

    use: Use

    @once
    def without_readings(self) -> Use:
        """The use with no reading on record."""
        return replace(self.use, readings=())

    @once
    def without_choices(self) -> Use:
        """The use with no choice on record."""
        return replace(self.use, choices=())

    @once
    def readings(self) -> tuple[Variant[RecordedReading], ...]:
        """For each reading, the uses that show whether it counts."""
        return tuple(
            Variant(
                about=one,
                without=replace(self.use, readings=_less(self.use.readings, one)),
                alone=replace(self.use, readings=(one,)),
            )
            for one in self.use.readings
        )

    @once
    def choices(self) -> tuple[Variant[Choice], ...]:
        """For each choice, the uses that show whether it counts."""
        return tuple(
            Variant(
                about=one,
                without=replace(self.use, choices=_less(self.use.choices, one)),
                alone=replace(self.use, choices=(one,)),
            )
            for one in self.use.choices
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """The recorded readings and choices that count for one verdict."""

    readings: tuple[RecordedReading, ...] = ()
    choices: tuple[Choice, ...] = ()


NOTHING: Final = Bearing()


def bearing(varied: Varied, verdict: Verdict, judge: Callable[[Use], Verdict]) -> Bearing:
    """What of all that is on record counts for a verdict: without it, it would be another."""
    if not varied.use.readings and not varied.use.choices:
        return NOTHING
    return Bearing(
        readings=_counting(varied.readings, varied.without_readings, verdict, judge),
        choices=_counting(varied.choices, varied.without_choices, verdict, judge),
    )


def _counting(
    variants: tuple[Variant[T], ...],
    none: Use,
    verdict: Verdict,
    judge: Callable[[Use], Verdict],
) -> tuple[T, ...]:
    counting = [not _same(judge(each.without), verdict) for each in variants]
    if len(variants) > 1 and not all(counting):
        # Two that say the same both count: neither is missed, and each would be alone.
        bare = judge(none)
        counting = [
            known or not _same(judge(each.alone), bare)
            for known, each in zip(counting, variants, strict=True)
        ]
    return tuple(each.about for known, each in zip(counting, variants, strict=True) if known)


def _less(written: tuple[T, ...], one: T) -> tuple[T, ...]:
    return tuple(each for each in written if each is not one)


def _same(one: Verdict, other: Verdict) -> bool:
    """Whether two verdicts say the same, whatever is on record."""
    return replace(one, readings=(), notes=()) == replace(other, readings=(), notes=())
