"""The vendors of a project in parts, so that several machines can share a run (semantics 7.5)."""

from __future__ import annotations

from typing import Final

from termsgate.core.shards import Shard

PARTS: Final = tuple(Shard(number=number, of=3) for number in (1, 2, 3))


def test_each_vendor_falls_to_just_one_part() -> None:
    """And no part of a large portfolio is empty."""
    names = [f"vendor-{number}" for number in range(60)]

    assert [sum(part.holds(name) for part in PARTS) for name in names] == [1] * 60
    assert all(any(part.holds(name) for name in names) for part in PARTS)


def test_where_a_vendor_falls_never_changes() -> None:
    """Parts that different machines and versions gave are merged."""
    names = ("zoom", "jitsi", "acme", "slack", "teams", "webex")

    found = {str(part): [name for name in names if part.holds(name)] for part in PARTS}

    assert found == {
        "1/3": ["jitsi", "acme", "teams"],
        "2/3": ["zoom"],
        "3/3": ["slack", "webex"],
    }
