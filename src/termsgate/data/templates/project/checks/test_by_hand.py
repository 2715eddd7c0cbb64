"""Checks that YAML cannot say: over all vendors, or of several verdicts together.

Ordinary tests of pytest. `terms` are the verdicts of this run, `verdict_of` finds one; waivers are
left aside, and `verdict.is_waived` tells of them.
"""


def test_no_waiver_covers_a_breach(terms):
    """A waiver accepts what terms leave open; what they breach is for the vendor to mend."""
    assert [verdict for verdict in terms if verdict.is_violated and verdict.is_waived] == []
