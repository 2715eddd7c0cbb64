"""What was found of the quotes in the captured texts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from termsgate.core.model import NOWHERE, Place

if TYPE_CHECKING:
    from datetime import date


class QuoteStatus(StrEnum):
    """Whether the words are there; found once, as they stand or but for typography, is verified."""

    FOUND = "found"
    FOUND_NORMALISED = "found-normalised"
    LOST = "lost"
    AMBIGUOUS = "ambiguous"
    UNCHECKED = "unchecked"

    @property
    def is_verified(self) -> bool:
        """Whether the clause may count where evidence is required (semantics 3.7)."""
        return self in (QuoteStatus.FOUND, QuoteStatus.FOUND_NORMALISED)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteFinding:
    """What became of one quote: `line` is where it stands in the text, `note` says why it does not.

    `place` is the clause's.
    """

    vendor: str
    document: str
    effective: date
    clause: str
    status: QuoteStatus
    line: int | None = None
    note: str = ""
    place: Place = NOWHERE
