"""What our vendors' partners may do with what is said in a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from termsgate import Judgement


def test_no_vendor_lets_third_parties_train_on_calls(terms: Judgement) -> None:
    """In no check and for no vendor, waived or not.

    Terms that are silent let nobody train; the requirement itself sees to those.
    """
    verdicts = terms.verdicts(requirement="ai-training.calls-need-consent-third-party")

    assert [each for each in verdicts if each.is_violated] == []
