"""The record as a code quality report of GitLab: what fails, warns or was let through.

A merge request shows what is new against the target branch, by the fingerprint of each entry, so
that what was accepted stays in the report: left out it would come back as new when it expires.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from termsgate.core.explain import headline
from termsgate.reporting.findings import (
    Index,
    cut,
    identity,
    is_finding,
    plain,
    repository_path,
    urgency,
)
from termsgate.reporting.json import laid_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.record import PlaceEntry, Record, VerdictEntry

SEVERITIES: Final = {
    "fail": {"critical": "blocker", "high": "critical", "medium": "major", "low": "minor"},
    "warn": {"critical": "major", "high": "major", "medium": "minor", "low": "info"},
}
"""What GitLab calls a finding, by its outcome and severity; what was let through is `info`."""

_MOST: Final = 1000


def code_quality(record: Record, *, prefix: str = "") -> str:
    """The report; `prefix` leads from the repository to the project."""
    return laid_out([*_missing(record, prefix), *_findings(record, prefix)], 1)


def _findings(record: Record, prefix: str) -> Iterator[dict[str, Any]]:
    index = Index(record=record)
    for verdict in sorted(filter(is_finding, record["verdicts"]), key=urgency):
        title = f"{index.vendor_name(verdict)}: {headline(verdict, index.requirement(verdict))}"
        yield _entry(
            f"{plain(title)} ({verdict['check']}, as of {verdict['as-of']}{_accepted(verdict)})",
            verdict["requirement"],
            identity(verdict),
            SEVERITIES.get(verdict["outcome"], {}).get(verdict["severity"], "info"),
            index.place(verdict),
            prefix,
        )


def _accepted(verdict: VerdictEntry) -> str:
    """Why a finding fails nothing."""
    if verdict["outcome"] == "waived" and verdict["waiver"] is not None:
        return f", waived until {verdict['waiver']['expires']}"
    return ", in the baseline" if verdict["outcome"] == "baseline" else ""


def _missing(record: Record, prefix: str) -> Iterator[dict[str, Any]]:
    """A run that is not whole: an empty report would look like one that found nothing."""
    given, expected = record["given"], record["expected"]
    if given == expected:
        return
    path = next((each["path"] for each in record["inputs"]), "checks")
    yield _entry(
        f"{given} verdicts were given and {expected} were expected: the run is not whole",
        "termsgate.not-whole",
        hashlib.sha256(b"termsgate.not-whole").hexdigest(),
        "blocker",
        {"path": path, "line": 1, "column": 1},
        prefix,
    )


def _entry(
    description: str, name: str, fingerprint: str, severity: str, place: PlaceEntry, prefix: str
) -> dict[str, Any]:
    return {
        "description": cut(description, _MOST),
        "check_name": name,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {
            "path": repository_path(place["path"], prefix),
            "lines": {"begin": place["line"]},
        },
    }
