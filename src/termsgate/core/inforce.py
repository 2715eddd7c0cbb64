"""Which version of a document is in force on a day (semantics 3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from termsgate.core.model import (
        Context,
        Document,
        Vendor,
        Version,
    )


def in_force(vendor: Vendor, document: Document, on: date) -> Version | None:
    """The version of a document in force on a day; none where it is not at hand."""
    if document.absence is not None:
        return None
    recorded = [v for v in vendor.versions if v.document == document.id and v.effective <= on]
    latest = max(recorded, key=lambda version: version.effective, default=None)
    known = [day for name, day in vendor.known_versions if name == document.id and day <= on]
    if latest is not None and known and max(known) > latest.effective:
        return None
    return latest


def versions_on(vendor: Vendor, on: date) -> Mapping[str, date]:
    """The days on which the versions in force took effect, by document."""
    there = (each for each in vendor.documents if not is_withdrawn(vendor, each, on))
    found = {each.id: in_force(vendor, each, on) for each in there}
    return {name: version.effective for name, version in found.items() if version is not None}


def is_withdrawn(vendor: Vendor, document: Document, on: date) -> bool:
    """Whether the version in force ended without another (semantics 3.1, 10.8)."""
    version = in_force(vendor, document, on)
    return version is not None and version.withdrawn is not None and on > version.withdrawn


def belongs(vendor: Vendor, document: Document, context: Context, on: date) -> bool:
    """Whether a document may be part of the agreement (semantics 4.4, 10.8)."""
    agreed = dict(context.agreements).get(document.id)
    return agreed is not False and not is_withdrawn(vendor, document, on)


def is_assumed_absent(document: Document, context: Context) -> bool:
    """Whether a document is counted as absent because nobody said otherwise (semantics 4.4)."""
    return document.assume_absent and document.id not in dict(context.agreements)
