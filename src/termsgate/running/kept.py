"""Verdicts that an earlier run of pytest gave, for vendors of which nothing has changed since.

They lie on a shelf like the portions of `termsgate check`, under keys made of what this run has
read. A verdict that was given of the same files, on the same day and by the same release is the
verdict that would be given again; one that is not there is given anew.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING, Final, cast

from termsgate.core.record import key
from termsgate.reporting.json import compact, entries_in
from termsgate.running import fingerprint
from termsgate.running.portion import Portion, of_check
from termsgate.running.shelf import Shelf, opened, packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from termsgate.core.docket import Key
    from termsgate.core.model import Project
    from termsgate.core.record import VerdictEntry
    from termsgate.running.portion import Head
    from termsgate.running.settings import Settings

FILE: Final = "verdicts"
_FIXTURES: Final = "fixtures/"


class Kept:
    """The verdicts of earlier runs, in a folder; `baseline` is the hash of its bytes."""

    def __init__(
        self, folder: Path, project: Project, settings: Settings, baseline: str | None
    ) -> None:
        """Look what there is. Nothing of it is believed but what lies under its key."""
        self._folder = folder
        self._keys = _keys(project, settings, baseline)
        self._shelf = opened(folder / FILE)
        self._found: dict[tuple[str, str], Mapping[str, VerdictEntry]] = {}
        self._anew = 0

    def verdict(self, matter: Key) -> VerdictEntry | None:
        """The verdict on a matter, if it was given of just this."""
        check, vendor, requirement = matter
        if (check, vendor) not in self._found:
            self._found[check, vendor] = self._entries(check, vendor)
        found = self._found[check, vendor].get(requirement)
        self._anew += found is None
        return found

    def _entries(self, check: str, vendor: str) -> Mapping[str, VerdictEntry]:
        if self._shelf is None or self._shelf.told(vendor, self._keys.get(vendor, "")) is None:
            return {}
        lines = self._shelf.lines(vendor, of_check(check))
        return {each["requirement"]: each for each in entries_in(lines)}

    def keep(self, given: Iterable[VerdictEntry]) -> None:
        """Let the next run have these, which are all there are.

        Where there is no room, the next run does without.
        """
        if self._keys and (self._anew or not self._has_all()):
            with suppress(OSError):
                self._write(sorted(given, key=lambda each: (each["vendor"], key(each))))
        self.close()

    def _has_all(self) -> bool:
        """Whether each vendor lies there under its key of today."""
        shelf = self._shelf
        return shelf is not None and all(
            shelf.key(vendor) == found for vendor, found in self._keys.items()
        )

    def _write(self, given: list[VerdictEntry]) -> None:
        by_vendor = groupby(given, key=lambda each: each["vendor"])
        found = {vendor: list(entries) for vendor, entries in by_vendor}
        shelf = Shelf.new(self._folder)
        try:
            for vendor, name in self._keys.items():
                shelf.put(vendor, name, packed(_portion(found.get(vendor, []))))
            shelf.keep(self._folder / FILE)
        finally:
            shelf.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._shelf is not None:
            self._shelf.close()
            self._shelf = None


def _keys(project: Project, settings: Settings, baseline: str | None) -> dict[str, str]:
    """The key of each vendor, of the files as this run has read them."""
    shared = [each for each in project.inputs if not each.path.startswith(_FIXTURES)]
    run = fingerprint.of_run(shared, settings, baseline)
    if not run:
        return {}
    found = {vendor.id: hashlib.sha256(run.encode()) for vendor in project.vendors}
    for each in project.inputs:
        vendor = each.path.removeprefix(_FIXTURES).partition("/")[0]
        if each.path.startswith(_FIXTURES) and vendor in found:
            found[vendor].update(f"\0{each.path}\0{each.sha256}".encode())
    return {vendor: digest.hexdigest() for vendor, digest in found.items()}


def _portion(entries: list[VerdictEntry]) -> Portion:
    """The verdicts about one vendor; nothing else is told of it here."""
    lines = {
        of_check(check): ",\n".join(map(compact, found)).encode()
        for check, found in groupby(entries, key=lambda each: each["check"])
    }
    return Portion(head=cast("Head", {}), lines=lines)
