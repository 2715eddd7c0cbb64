"""`termsgate history`: every verdict over every version of a vendor's terms."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from termsgate.cli.exits import Exit, Refusal
from termsgate.cli.project import sound
from termsgate.cli.terminal import look, waiting
from termsgate.cli.terms import check_called, today, vendor_called
from termsgate.core.docket import Docket, verified_in, wants_evidence
from termsgate.core.history import history_entry
from termsgate.reading.evidence import check_quotes
from termsgate.reporting.history import to_json, to_markdown, to_text

if TYPE_CHECKING:
    import argparse

    from termsgate.core.model import Check, Project, Vendor
    from termsgate.core.record import HistoryEntry


def run(asked: argparse.Namespace) -> Exit:
    """Print the history; what the verdicts are does not change how it ends."""
    project = sound(asked.root)
    vendor = vendor_called(project, asked.vendor)
    with waiting("judging every version"):
        entry = _history(asked, project, vendor)
    if not entry["days"]:
        raise Refusal(
            Exit.NOTHING_FOUND,
            f"termsgate: no version of a document of `{vendor.id}` is on record",
            f"  help: record one in `fixtures/{vendor.id}/<document>/<effective-date>.yaml`",
        )
    sys.stdout.write(_written(entry, asked.format, turned=not asked.all))
    return Exit.NOTHING_TO_SAY


def _history(asked: argparse.Namespace, project: Project, vendor: Vendor) -> HistoryEntry:
    wanted = wants_evidence(project)
    found = check_quotes(project, asked.root, archive=asked.archive) if wanted else ()
    docket = Docket(
        project=project,
        today=asked.today or today(),
        verified=verified_in(found),
    )
    return history_entry(docket, vendor, _checks(asked, project, vendor))


def _checks(asked: argparse.Namespace, project: Project, vendor: Vendor) -> list[Check]:
    if asked.check:
        return [check_called(project, asked.check, vendor)]
    named = [each for each in project.checks if vendor.id in each.vendors]
    return sorted(named, key=lambda each: each.id)


def _written(entry: HistoryEntry, form: str, *, turned: bool) -> str:
    if form == "json":
        return to_json(entry) + "\n"
    if form == "markdown":
        return to_markdown(entry, turned=turned)
    return to_text(entry, look(), turned=turned) + "\n"
