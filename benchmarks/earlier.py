"""What an earlier run found is read again, so that a section can be measured by itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.contest import Contest, Figure, Measured, Size
from benchmarks.evaluation import Judged
from benchmarks.parts import Parts
from benchmarks.telling import Results

if TYPE_CHECKING:
    from pathlib import Path


def results(file: Path) -> Results:
    """What a run wrote with `--json`."""
    page: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return Results(
        machine=page["machine"],
        equal=tuple(map(_contest, page["equal"])),
        whole=tuple(map(_contest, page["whole"])),
        evaluation=tuple(map(_judged, page["evaluation"])),
        parts=tuple(Parts(**one | {"size": Size(**one["size"])}) for one in page["parts"]),
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
