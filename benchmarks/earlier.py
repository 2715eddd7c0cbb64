"""What an earlier run found is read again, so that a section can be measured by itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.contest import Contest, Figure, Measured, Size
from benchmarks.evaluation import Judged
from benchmarks.parts import Parts
from benchmarks.telling import Results

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.ways import Way


def results(file: Path) -> Results:
    """What a run wrote with `--json`."""
    page: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return Results(
        machine=page["machine"],
        equal=tuple(map(_contest, page["equal"])),
        whole=tuple(map(_contest, page["whole"])),
        texts=tuple(map(_contest, page["texts"])),
        evaluation=tuple(map(_judged, page["evaluation"])),
        parts=tuple(Parts(**one | {"size": Size(**one["size"])}) for one in page["parts"]),
    )


def joined(
    before: Sequence[Contest], now: Sequence[Contest], ways: Sequence[Way]
) -> tuple[Contest, ...]:
    """What was measured now, and of before what was not; every ratio is to its own yardstick."""
    found = {each.size: each for each in before}
    for each in now:
        found[each.size] = _joined(found[each.size], each, ways) if each.size in found else each
    return tuple(found[size] for size in sorted(found, key=lambda size: size.verdicts))


def _joined(before: Contest, now: Contest, ways: Sequence[Way]) -> Contest:
    measured = {each.way: each for each in (*before.measured, *now.measured)}
    left_out = {**before.left_out, **now.left_out}
    for each in now.left_out:
        measured.pop(each, None)
    return Contest(
        size=now.size,
        measured=tuple(measured[way.name] for way in ways if way.name in measured),
        left_out={name: why for name, why in left_out.items() if name not in measured},
    )


def _contest(one: dict[str, Any]) -> Contest:
    return Contest(
        size=Size(**one["size"]),
        measured=tuple(map(_measured, one["measured"])),
        left_out=one["left_out"],
    )


def _measured(one: dict[str, Any]) -> Measured:
    figures = {name: Figure(**one[name]) for name in ("cpu", "wall", "megabytes", "ratio")}
    return Measured(way=one["way"], runs=one["runs"], **figures)


def _judged(one: dict[str, Any]) -> Judged:
    figures = {name: one[name] and Figure(**one[name]) for name in ("word", "whole")}
    return Judged(**one | figures)
