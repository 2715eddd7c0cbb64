"""Names that lead back to themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def circles(over: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """One circle per group of names that lead to one another, each starting at its first name."""
    found: list[tuple[str, ...]] = []
    covered: set[str] = set()
    for start in sorted(over):
        if start not in covered and (circle := way_back(over, start)):
            found.append(circle)
            covered.update(circle)
    return found


def way_back(over: Mapping[str, Iterable[str]], start: str) -> tuple[str, ...]:
    """The shortest way from a name to itself, or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in ways:
        for step in sorted(over.get(way[-1], ())):
            if step == start:
                return way
            if step not in seen:
                seen.add(step)
                ways.append((*way, step))
    return ()
