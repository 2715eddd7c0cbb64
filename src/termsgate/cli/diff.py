"""`termsgate diff`: how two sets of terms of one vendor differ in meaning."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from termsgate.cli.exits import Exit, Refusal
from termsgate.cli.project import sound
from termsgate.cli.terminal import look, waiting
from termsgate.cli.terms import check_called, side_of, today, unknown, vendor_called
from termsgate.core.docket import verified_in, wants_evidence
from termsgate.core.turning import OneSide, TwoSides, at_hand, with_others_as_of
from termsgate.reading.evidence import check_quotes
from termsgate.reporting.difference import to_json, to_markdown, to_text

if TYPE_CHECKING:
    import argparse

    from termsgate.core.difference import DifferenceEntry
    from termsgate.core.docket import Verified
    from termsgate.core.model import Project, Vendor


def run(asked: argparse.Namespace) -> Exit:
    """Print the difference; with `--exit-code`, 1 where there is one."""
    project = sound(asked.root)
    vendor = vendor_called(project, asked.vendor)
    with waiting("comparing"):
        entry = _compared(asked, project, vendor)
    sys.stdout.write(_written(entry, asked.format, full=asked.full))
    differs = asked.exit_code and entry["differs"]
    return Exit.FELL_SHORT if differs else Exit.NOTHING_TO_SAY


def _written(entry: DifferenceEntry, form: str, *, full: bool) -> str:
    if form == "json":
        return to_json(entry) + "\n"
    if form == "markdown":
        return to_markdown(entry, full=full)
    return to_text(entry, look(), full=full) + "\n"


def _compared(asked: argparse.Namespace, project: Project, vendor: Vendor) -> DifferenceEntry:
    before, after = _sides(asked, project, vendor)
    if asked.document is not None:
        before, after = _alone(asked.document, before, after)
    if not at_hand((before, after)):
        raise Refusal(
            Exit.NOTHING_FOUND,
            f"termsgate: no document of `{vendor.id}` is at hand on {before.on} or {after.on}",
            f"  help: `{vendor.place.path}` lists its documents; record a version of one",
        )
    return TwoSides(
        project=project,
        before=before,
        after=after,
        today=asked.today or today(),
        check=check_called(project, asked.check, vendor) if asked.check else None,
        document=asked.document,
        verified=_verified(project, asked, (before, after)),
    ).entry()


def _sides(asked: argparse.Namespace, project: Project, vendor: Vendor) -> tuple[OneSide, OneSide]:
    """The two sides that were named, or a day and the terms of today."""
    named = asked.sides
    if asked.since is not None:
        if named:
            raise _usage("`--since` says what to compare with today; name no OLD and NEW beside it")
        last = asked.as_of or today()
        return OneSide(vendor=vendor, on=asked.since), OneSide(vendor=vendor, on=last)
    if asked.as_of is not None:
        raise _usage("`--as-of` goes with `--since`")
    if len(named) != len(("OLD", "NEW")):
        raise _usage("two sides are wanted: OLD and NEW, or `--since DATE`")
    return side_of(named[0], project, vendor), side_of(named[1], project, vendor)


def _usage(message: str) -> Refusal:
    return Refusal(
        Exit.USAGE,
        f"termsgate: {message}",
        "  help: `termsgate diff zoom 2023-03-31 2023-08-11`, or `--since 2023-03-31`",
    )


def _alone(document: str, before: OneSide, after: OneSide) -> tuple[OneSide, OneSide]:
    """Both sides with every other document as it was on the first day."""
    listed = [each.id for each in before.vendor.documents]
    if document not in listed:
        raise unknown(f"`{before.vendor.id}` has no document", document, listed)
    others = with_others_as_of(before.vendor, document, before.on)
    own = tuple(one for one in after.vendor.versions if one.document == document)
    rest = tuple(one for one in others.versions if one.document != document)
    late = replace(
        others,
        versions=tuple(sorted([*own, *rest], key=lambda one: (one.document, one.effective))),
    )
    return replace(before, vendor=others), replace(after, vendor=late)


def _verified(
    project: Project, asked: argparse.Namespace, sides: tuple[OneSide, OneSide]
) -> Verified:
    """The quotes that were found; of a version from a file none was looked for."""
    if not wants_evidence(project):
        return {}
    found = dict(verified_in(check_quotes(project, asked.root, archive=asked.archive)))
    read = {side.on for side in sides if side.file is not None}
    name = sides[0].vendor.id
    if read and name in found:
        recorded = next(each for each in project.vendors if each.id == name)
        fresh = {
            (one.document, one.effective)
            for side in sides
            for one in side.vendor.versions
            if one not in recorded.versions
        }
        found[name] = frozenset(one for one in found[name] if one[:2] not in fresh)
    return found
