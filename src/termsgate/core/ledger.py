"""The account in a record: what was expected, given, left out and by whom (semantics 7.5)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termsgate.core.docket import Key
    from termsgate.core.record import BaselineEntry, KeyEntry, LeftOutEntry, QuoteEntry, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """How a run went, apart from its verdicts.

    `excused` names for each verdict left out the option that did it, `said` what was said with it.
    """

    missing: Sequence[Key] = ()
    excused: Mapping[Key, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    interrupted: bool = False
    audit: bool = False
    baseline: BaselineEntry | None = None
    quotes: Sequence[QuoteEntry] = ()


def accounted(record: Record, ledger: Ledger) -> Record:
    """The record with the account of its run."""
    told: Record = {
        **record,
        "left-out": _left_out(ledger),
        "missing": [key_entry(each) for each in sorted(ledger.missing)],
        "interrupted": ledger.interrupted,
        "audit": ledger.audit,
        "baseline": ledger.baseline,
    }
    if ledger.quotes:
        told["quotes"] = list(ledger.quotes)
    return told


def _left_out(ledger: Ledger) -> list[LeftOutEntry]:
    counted = Counter(ledger.excused.values())
    return [
        {"by": by, "said": ledger.said.get(by, ""), "verdicts": verdicts}
        for by, verdicts in sorted(counted.items())
    ]


def key_entry(name: Key) -> KeyEntry:
    """The three names of a verdict, as the record has them."""
    check, vendor, requirement = name
    return {"check": check, "vendor": vendor, "requirement": requirement}
