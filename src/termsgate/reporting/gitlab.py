"""The record as a code quality report of GitLab: what fails, warns or was let through.

A merge request shows what is new against the target branch, by the fingerprint of each entry, so
that what was accepted stays in the report: left out it would come back as new when it expires.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from termsgate.core.explain import headline
from termsgate.reporting.findings import (
    Index,
    cut,
    debts,
    hashed,
    identity,
    identity_of_debt,
    is_finding,
    plain,
    repository_path,
    shortfalls,
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
    parts = (_shortfalls, _findings, _reviews)
    return laid_out([each for part in parts for each in part(record, prefix)], 1)


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


def _reviews(record: Record, prefix: str) -> Iterator[dict[str, Any]]:
    """What reviews are owed, at the versions they are of."""
    for review, debt in debts(record):
        yield _entry(
            plain(f"{review['vendor']}: {debt['text']}"),
            "termsgate.review",
            identity_of_debt(review, debt),
            "major" if debt["outcome"] == "fail" else "minor",
            review,
            prefix,
        )


def _shortfalls(record: Record, prefix: str) -> Iterator[dict[str, Any]]:
    """A run that is not whole: an empty report would look like one that found nothing."""
    path = next((each["path"] for each in record["inputs"]), "checks")
    for text in shortfalls(record):
        place: PlaceEntry = {"path": path, "line": 1, "column": 1}
        name = "termsgate.not-whole"
        yield _entry(plain(text), name, hashed(name, text), "blocker", place, prefix)


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
