"""What stands around the clauses of an agreement: its documents, and what we know of our use.

Two vendors have one setting where their documents are called alike, stand to each other alike,
are at hand alike, and are used by us alike. What is said of them in titles and addresses is not
in it, nor is any clause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from termsgate.core.inforce import belongs, in_force, is_assumed_absent
from termsgate.core.model import Absence, DocumentKind
from termsgate.core.tenor import covered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from termsgate.core.model import Clause, Document, Precedence, Vendor, Version
    from termsgate.core.standing import Use
    from termsgate.core.tenor import Said


class Sheet(NamedTuple):
    """A document of a vendor on a day: whether it counts, and whether it is assumed absent.

    The version is missing where it is not at hand.
    """

    document: Document
    version: Version | None
    counts: bool
    optional: bool


def sheets_of(vendor: Vendor, use: Use, on: date) -> tuple[Sheet, ...]:
    """The documents of a vendor on a day, in the order of its file (semantics 3.1, 4.4)."""
    return tuple(
        [
            Sheet(
                document,
                in_force(vendor, document, on),
                belongs(vendor, document, use.context, on),
                is_assumed_absent(document, use.context),
            )
            for document in vendor.documents
        ]
    )


def clauses_in(sheets: Iterable[Sheet], on: date) -> Iterator[tuple[Sheet, Clause]]:
    """The clauses that can govern: live, about the vendor, in a document that counts."""
    for sheet in sheets:
        if sheet.version is None or not sheet.counts or sheet.optional:
            continue
        if sheet.document.kind is not DocumentKind.STATEMENT:
            for clause in sheet.version.clauses:
                if not clause.binds_customer and not clause.statement and is_live(clause, on):
                    yield sheet, clause


def is_live(clause: Clause, on: date) -> bool:
    """Whether a clause holds on a day of its version."""
    return (clause.begins is None or clause.begins <= on) and (
        clause.ends is None or on <= clause.ends
    )


def is_plain(vendor: Vendor, use: Use, sheets: Iterable[Sheet]) -> bool:
    """Whether clauses and setting are all there is: nothing chosen, read or tried out beside them.

    Nor a version of a document that is assumed absent.
    """
    chosen = any(one.vendor == vendor.id for one in use.choices)
    read = any(one.vendor == vendor.id for one in use.readings)
    assumed = any(one.optional and one.version is not None for one in sheets)
    return not (chosen or read or use.supposing or assumed)


def setting_said(vendor: Vendor, use: Use, sheets: tuple[Sheet, ...]) -> Said:
    """All around the clauses that a verdict can depend on."""
    files = sorted([one.version.place.path, one.document.id] for one in sheets if one.version)
    return (
        use.context,
        vendor.services,
        vendor.plans,
        tuple([_document(one) for one in sheets]),
        tuple([name for _, name in files]),
    )


def _document(sheet: Sheet) -> Said:
    document, version = sheet.document, sheet.version
    return (
        document.id,
        document.kind,
        document.applies,
        document.incorporated_by,
        document.replaces,
        document.assume_absent,
        tuple(map(_precedence, document.precedence)),
        None if document.absence is None else _gap(document.absence),
        sheet.counts,
        sheet.optional,
        None if version is None else tuple(map(_precedence, version.precedence)),
        None if version is None else tuple(map(_gap, version.unread)),
    )


def _precedence(rule: Precedence) -> Said:
    return rule.document, rule.over, covered(rule.about)


def _gap(absence: Absence) -> Said:
    return covered(absence.about), absence.facts, absence.may, absence.because
