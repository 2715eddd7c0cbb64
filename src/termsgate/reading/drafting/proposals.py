"""What the rules propose: uses with a stance, and facts, each with its sentence and its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from termsgate.reading.drafting.cues import Span
    from termsgate.reading.drafting.passages import Sentence

BARRED = "barred"
FREE = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedUse:
    """An action, the stance the words take to it, and the cue that told."""

    action: str
    stance: tuple[str, ...]
    confidence: int
    rule: str
    cue: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedFact:
    """A fact with its value, as a fixture writes it."""

    fact: str
    value: Any
    confidence: int
    rule: str
    cue: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the sentence is about beside the action; `inherited` from the words around it."""

    data: tuple[str, ...]
    by: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    inherited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Everything that is proposed of one sentence."""

    sentence: Sentence
    uses: tuple[ProposedUse, ...]
    facts: tuple[ProposedFact, ...]
    scope: Scope
    closed: bool = False
    firmness: str = ""
    region: str = ""
    overrides: bool = False
