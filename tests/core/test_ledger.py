"""The account in a record (semantics 7.5)."""

from __future__ import annotations

from termsgate.core.ledger import Ledger, accounted
from tests.recorded import record, verdict

ONE = ("calls", "zoom", "ai.calls")
TWO = ("calls", "jitsi", "ai.calls")
THREE = ("calls", "meet", "ai.calls")


def test_what_was_left_out_is_counted_by_option() -> None:
    """With what was said, where it tells more than the option."""
    ledger = Ledger(excused={ONE: "-k", TWO: "--lf", THREE: "-k"}, said={"-k": "zoom"})

    found = accounted(record(), ledger)

    assert found["left-out"] == [
        {"by": "--lf", "said": "", "verdicts": 1},
        {"by": "-k", "said": "zoom", "verdicts": 2},
    ]


def test_what_is_missing_is_named_in_order() -> None:
    """Whoever looks for it need not compare lists."""
    found = accounted(record(), Ledger(missing=[ONE, TWO]))

    assert found["missing"] == [
        {"check": "calls", "vendor": "jitsi", "requirement": "ai.calls"},
        {"check": "calls", "vendor": "zoom", "requirement": "ai.calls"},
    ]


def test_nothing_else_of_a_record_changes() -> None:
    """The account is the run's; the verdicts are the terms'."""
    plain = record(verdict())

    assert accounted(plain, Ledger()) == plain
