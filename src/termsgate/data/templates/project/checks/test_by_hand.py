"""Checks that YAML cannot say: over all vendors, or of several verdicts together.

Ordinary tests of pytest. `terms` are the verdicts of this run, `verdict_of` finds one; waivers are
left aside, and `verdict.is_waived` tells of them.
"""


def test_somebody_promises_to_delete_recordings(terms):
    """There is a vendor to record with, whatever the others do."""
    found = terms.verdicts(requirement="our-own.recordings-are-deleted")

    assert any(verdict.is_met for verdict in found)
