"""A standing in which one answer is tried out: what the answer does not touch is taken over.

`agreement.restand` says what a standing is for another use. Most answers are about one clause, and
many requirements ask the same of it: its halves alone are made anew, once for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import repeat
from typing import TYPE_CHECKING, Final, TypeVar, cast

from termsgate.core.agreement import chosen_by, maker_of, readings_holding, restand
from termsgate.core.halves import Maker
from termsgate.core.standing import Half, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from termsgate.core.model import Choice, Clause, Document, RecordedReading, Version
    from termsgate.core.standing import ClauseKey, Standing, Suppose, Use

Rival = TypeVar("Rival", Half, Statement)

MOST_VARIED: Final = 256
"""So many answers are kept for one standing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """An answer that a person might record: readings, choices, or something in a file."""

    readings: tuple[RecordedReading, ...] = ()
    choices: tuple[Choice, ...] = ()
    supposing: tuple[Suppose, ...] = ()

    @property
    def touched(self) -> frozenset[ClauseKey]:
        """The clauses it is about."""
        read = ((one.document, one.clause) for one in self.readings)
        return frozenset((*read, *((one.document, one.clause) for one in self.supposing)))


def varied(standing: Standing, answer: Tried) -> Standing:
    """A standing as it would be had a person recorded an answer (semantics 4.6, 4.7)."""
    kept: dict[Tried, Standing] = standing.memory.setdefault(Tried, {})  # type: ignore[assignment]
    found = kept.get(answer)
    if found is None:
        if len(kept) >= MOST_VARIED:
            kept.clear()
        found = kept[answer] = _varied(standing, answer)
    return found


def _varied(old: Standing, answer: Tried) -> Standing:
    use = _use_under(old, answer)
    reads = {one.document for one in answer.supposing if one.read is not None}
    if reads:
        return restand(old, use, frozenset(key for key in old.clauses if key[0] in reads))
    if answer.choices:
        return _chosen(old, use)
    return _about_clauses(old, use, answer.touched)


def _use_under(old: Standing, answer: Tried) -> Use:
    """Our use with an answer on record."""
    return replace(
        old.use,
        readings=(*old.use.readings, *answer.readings),
        choices=(*old.use.choices, *answer.choices),
        supposing=(*old.use.supposing, *answer.supposing),
    )


# --- choices --------------------------------------------------------------------------------------


def _chosen(old: Standing, use: Use) -> Standing:
    """What we chose changes no clause, unless one holds only for those who did not (10.10)."""
    if _hangs_on_opting_out(old):
        return restand(old, use, frozenset(old.clauses))
    chosen = chosen_by(old.vendor, use, old.vocabulary, old.on)
    return _handed_over(old, replace(old, use=use, chosen=chosen, origin=old))


def _hangs_on_opting_out(standing: Standing) -> bool:
    """Whether a condition of a document, or of a clause, is that we have opted out."""
    vendor = standing.vendor
    clauses = (clause for version in vendor.versions for clause in version.clauses)
    conditions = (
        *(document.applies for document in vendor.documents),
        *(clause.applies for clause in clauses),
    )
    return any(one.key == "opted-out" for applies in conditions for one in applies)


# --- some clauses made anew -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Remade:
    """What an answer makes of the clauses it is about."""

    touched: frozenset[ClauseKey]
    halves: tuple[Half, ...]
    statements: tuple[Statement, ...]
    supposing: tuple[Suppose, ...]


def remade(standing: Standing, answer: Tried) -> Remade | None:
    """The clauses that an answer is about, and nothing else, made anew; nothing where it is more.

    Many requirements ask the same of a clause, so it is made once for all of them.
    """
    if not _is_about_clauses(standing, answer):
        return None
    kept = cast("dict[Tried, Remade]", standing.memory.setdefault(Remade, {}))
    found = kept.get(answer)
    if found is None:
        if len(kept) >= MOST_VARIED:
            kept.clear()
        found = kept[answer] = _remake(standing, answer)
    return found


def _is_about_clauses(standing: Standing, answer: Tried) -> bool:
    """Whether an answer changes what some clauses say, and nothing around them."""
    return not (
        answer.choices
        or any(one.over is not None for one in answer.readings)
        or any(one.read is not None or one.precedence >= 0 for one in answer.supposing)
        or _has_no_runs(standing)
        or not all(map(_is_at_hand, repeat(standing), answer.touched))
    )


def _is_at_hand(standing: Standing, key: ClauseKey) -> bool:
    """Whether a clause applies to some use, or states some fact."""
    return any(key in runs for runs in _places(standing))


def _remake(standing: Standing, answer: Tried) -> Remade:
    use = _use_under(standing, answer)
    maker = _maker_under(standing, use)
    halves, statements = _places(standing)
    touched = answer.touched
    return Remade(
        touched=touched,
        halves=tuple(_made(standing.halves, halves, touched, maker.halves)),
        statements=tuple(_made(standing.statements, statements, touched, maker.statements)),
        supposing=use.supposing,
    )


def _made(
    rivals: tuple[Rival, ...],
    runs: Runs,
    touched: Iterable[ClauseKey],
    make: Callable[[Clause, Version, Document], Iterator[Rival]],
) -> Iterator[Rival]:
    for key in touched:
        if key in runs:
            one = rivals[runs[key][0]]
            yield from make(one.clause, one.version, one.document)


# --- a few clauses --------------------------------------------------------------------------------


def _about_clauses(old: Standing, use: Use, touched: frozenset[ClauseKey]) -> Standing:
    """What a reading, or a word of a file, makes of the clauses it is about; the rest stays."""
    if _has_no_runs(old):
        return restand(old, use, touched)
    maker = _maker_under(old, use)
    optional = old.optional
    halves, statements = _places(old)
    new = replace(
        old,
        use=use,
        halves=_remade(old.halves, halves, touched, maker.halves),
        statements=_remade(old.statements, statements, touched, maker.statements),
        optional=replace(
            optional,
            halves=_remade(optional.halves, _runs(optional.halves), touched, maker.halves),
            statements=_remade(
                optional.statements, _runs(optional.statements), touched, maker.statements
            ),
        )
        if optional.halves or optional.statements
        else optional,
        readings=maker.readings,
        idle_readings=maker.idle,
        origin=old,
    )
    return _handed_over(old, new)


def _has_no_runs(standing: Standing) -> bool:
    """Whether something is tried out already, or a name stands for two clauses."""
    return bool(standing.use.supposing) or standing.is_ambiguous


def _maker_under(standing: Standing, use: Use) -> Maker:
    """What makes the clauses of a standing under a use with more on record."""
    maker = _maker(standing)
    more = use.readings[len(standing.use.readings) :]
    holding, idle = readings_holding(standing.vendor, more, standing.on)
    readings, waiting = (*maker.readings, *holding), (*maker.idle, *idle)
    return replace(maker, use=use, readings=readings, idle=waiting)


def _maker(standing: Standing) -> Maker:
    """What made a standing."""
    found = standing.memory.get(Maker)
    if not isinstance(found, Maker):
        one = standing
        found = maker_of(one.vendor, one.vocabulary, one.use, one.on, one.verified)
        standing.memory[Maker] = found
    return found


Runs = dict["ClauseKey", "tuple[int, int]"]
"""Where what was made of each clause begins and ends."""


def _places(standing: Standing) -> tuple[Runs, Runs]:
    """Where the halves of each clause stand, and its facts."""
    kept = standing.memory.get(_places)
    if kept is None:
        kept = standing.memory[_places] = _runs(standing.halves), _runs(standing.statements)
    return kept  # type: ignore[return-value]


def _runs(rivals: tuple[Rival, ...]) -> Runs:
    found: Runs = {}
    for place, rival in enumerate(rivals):
        first, _ = found.get(rival.key, (place, place))
        found[rival.key] = first, place + 1
    return found


def _remade(
    rivals: tuple[Rival, ...],
    runs: Runs,
    touched: Iterable[ClauseKey],
    make: Callable[[Clause, Version, Document], Iterator[Rival]],
) -> tuple[Rival, ...]:
    """The halves, or facts, with those of some clauses made anew."""
    for first, last in sorted((runs[key] for key in touched if key in runs), reverse=True):
        one = rivals[first]
        made = tuple(make(one.clause, one.version, one.document))
        rivals = rivals[:first] + made + rivals[last:]
    return rivals


def _handed_over(old: Standing, new: Standing) -> Standing:
    """A new standing with the outlines of the halves that are those of the old one."""
    if new.halves is old.halves:
        new.__dict__["outlines"] = old.outlines
    if new.statements is old.statements:
        new.__dict__["by_fact"] = old.by_fact
    return new
