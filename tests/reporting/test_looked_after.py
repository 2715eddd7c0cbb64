"""What somebody must look after stands in what GitHub and a pull request are told."""

from __future__ import annotations

from termsgate.reporting.github import commands
from termsgate.reporting.markdown import summary
from tests.recorded import record, verdict, warning


def test_a_warning_on_record_is_annotated_at_its_place() -> None:
    """A waiver that ends soon is seen where it is written (7.3.4)."""
    told = commands(record(verdict(), warnings=[warning()]))

    assert "::warning file=checks/calls.yaml,line=7" in told
    assert "expires in 21 days" in told


def test_a_warning_on_record_stands_in_the_summary() -> None:
    """With its place, and with what to do."""
    told = summary(record(verdict(), warnings=[warning()]))

    assert "checks/calls.yaml:7" in told
    assert "ask again" in told
