"""The vendors of a project in parts, so that several machines can share a run (semantics 7.5).

Which part a vendor falls to depends on its id alone: it stays there whoever else comes or goes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One part of several, counted from 1."""

    number: int
    of: int

    def holds(self, vendor: str) -> bool:
        """Whether a vendor falls to this part; it falls to just one."""
        digest = hashlib.sha256(vendor.encode()).digest()
        return int.from_bytes(digest[:8]) % self.of == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"
