"""Where we can say what is confidential: a question over all vendors, which YAML cannot ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from termsgate import Judgement
    from termsgate.plugin.byhand import VerdictOf

NEEDED = (
    "ai-training.calls-need-consent",
    "ai-training.calls-need-consent-third-party",
    "security.incident-notice",
)


def test_a_confidential_call_has_somewhere_to_go(terms: Judgement, verdict_of: VerdictOf) -> None:
    """One vendor of the company's calls promises all that such a call needs, without a waiver."""
    if any(map(terms.has_left_out, ("zoom", "jitsi", "whereby"))):
        pytest.skip("this is about all vendors together (--terms-vendor)")

    fit = [
        vendor
        for vendor in terms.vendors
        if all(verdict_of(vendor, each, "video-calls").is_met for each in NEEDED)
    ]

    assert fit
