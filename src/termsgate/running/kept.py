"""What an earlier run of pytest found out about vendors of which nothing has changed since.

It lies on a shelf like the portions of `termsgate check`, under keys made of every byte in the
vendor's folder and of what all vendors share. A verdict that was given of the same files, on the
same day and by the same release is the verdict that would be given again; where one is missing,
all that is known of its vendor is found out anew.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from termsgate.core.record import key
from termsgate.core.stating import words_of_clauses
from termsgate.reporting.json import compact, entries_in
from termsgate.running import fingerprint
from termsgate.running.portion import CLAUSES, VENDORS, Portion, of_check
from termsgate.running.shelf import Shelf, opened, packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from termsgate.core.docket import Key
    from termsgate.core.record import Record, VerdictEntry
    from termsgate.core.stated import StatedEntry
    from termsgate.reading.store import Frame
    from termsgate.reporting.json import Lines
    from termsgate.running.portion import Head
    from termsgate.running.settings import Settings
    from termsgate.running.whole import Outline

FILE: Final = "verdicts"

_Entry = TypeVar("_Entry", "StatedEntry", "VerdictEntry")


class Kept:
    """What earlier runs know, in a folder; `baseline` is the hash of its bytes."""

    def __init__(
        self, folder: Path, frame: Frame, settings: Settings, baseline: str | None
    ) -> None:
        """Look what there is. Nothing of it is believed but what lies under its key."""
        self.folder = folder
        self._root = frame.root
        # A verdict does not depend on which others are asked for.
        alone = replace(settings, vendor="*", shard=None)
        self._run = fingerprint.of_run(frame.inputs, alone, baseline)
        self._keys = {name: self._key(name) for name in frame.vendors} if self._run else {}
        self._shelf = opened(folder / FILE)
        self._heads: dict[str, Head] = {}
        self._verdicts: dict[Key, VerdictEntry] = {}

    def _key(self, vendor: str) -> str:
        return fingerprint.of_vendor(self._run, self._root, vendor)

    # --- what is known ------------------------------------------------------------------------

    def heads(self, outline: Outline) -> Mapping[str, Head]:
        """What is told of each vendor about which every verdict that is asked for is known."""
        asked = _asked(outline)
        for vendor in self._keys:
            head = self._shelf.told(vendor, self._keys[vendor]) if self._shelf else None
            if head is not None and self._knows(vendor, asked.get(vendor, {})):
                self._heads[vendor] = head
        return self._heads

    def _knows(self, vendor: str, asked: Mapping[str, frozenset[str]]) -> bool:
        found = {check: self.entries(vendor, of_check(check)) for check in asked}
        for check, wanted in asked.items():
            if {each["requirement"] for each in found[check]} != wanted:
                return False
        self._verdicts.update((key(each), each) for given in found.values() for each in given)
        return True

    def verdict(self, matter: Key) -> VerdictEntry | None:
        """The verdict on a matter, if it was given of just this."""
        return self._verdicts.get(matter)

    def forget(self, vendor: str) -> None:
        """Take nothing of a vendor from an earlier run."""
        self._heads.pop(vendor, None)
        for matter in [each for each in self._verdicts if each[1] == vendor]:
            del self._verdicts[matter]

    def entries(self, vendor: str, of: str) -> list[Any]:
        """The entries of one list of the record that are about a vendor."""
        return entries_in(self._shelf.lines(vendor, of)) if self._shelf else []

    # --- what is to be known ------------------------------------------------------------------

    def keep(self, heads: Mapping[str, Head], record: Record) -> Lines | None:
        """Let the next run have this one, which gave all there is: its vendors and its record.

        The long lists of the record come back as lines. Where there is no room for them, the next
        run does without.
        """
        if not self._run:
            return None
        if self._shelf is None or not self._shelf.size == len(self._heads) == len(heads):
            with suppress(OSError):
                self._replace(heads, record)
        return self._lines(record) if self._shelf and self._shelf.size == len(heads) else None

    def _replace(self, heads: Mapping[str, Head], record: Record) -> None:
        shelf, before = Shelf.new(self.folder), self._shelf
        try:
            if before is not None:
                for vendor in self._heads:
                    shelf.put(vendor, self._keys[vendor], before.packed(vendor))
            new = {name: head for name, head in heads.items() if name not in self._heads}
            for vendor, portion in _portions(new, record):
                # What changed while it was read is not what the key says.
                same = self._key(vendor) == self._keys[vendor]
                shelf.put(vendor, self._keys[vendor] if same else "", packed(portion))
            shelf.keep(self.folder / FILE)
        except OSError:
            shelf.close()
            raise
        self.close()
        self._shelf = shelf

    def _lines(self, record: Record) -> Lines:
        """What lies on the shelf, in the order of the record."""
        vendors = [each["vendor"] for each in record["vendors"]]
        judged = dict.fromkeys((each["check"], each["vendor"]) for each in record["verdicts"])
        return {
            "verdicts": lambda: (self._of(vendor, of_check(check)) for check, vendor in judged),
            VENDORS: lambda: (self._of(vendor, VENDORS) for vendor in vendors),
            CLAUSES: lambda: (self._of(vendor, CLAUSES) for vendor in vendors),
        }

    def _of(self, vendor: str, of: str) -> bytes:
        return self._shelf.lines(vendor, of) if self._shelf else b""

    def close(self) -> None:
        """Let go of the file."""
        if self._shelf is not None:
            self._shelf.close()
            self._shelf = None


def _asked(outline: Outline) -> dict[str, dict[str, frozenset[str]]]:
    """By vendor and check, the requirements that are asked for, whatever a run selects."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    docket = outline.docket
    for check in docket.project.checks:
        wanted = frozenset(each.id for each in docket.requirements_under(check))
        for vendor in check.vendors:
            found.setdefault(vendor, {})[check.id] = wanted
    return found


def _portions(heads: Mapping[str, Head], record: Record) -> Iterator[tuple[str, Portion]]:
    """What a record tells about each of these vendors."""
    verdicts = _by_vendor(record["verdicts"], heads)
    clauses = _by_vendor(record["terms"]["clauses"], heads)
    entries = {each["vendor"]: each for each in record["vendors"]}
    for vendor, head in heads.items():
        stated, given = clauses.get(vendor, []), verdicts.get(vendor, [])
        told = cast("Head", {**head, "used": sorted(words_of_clauses(stated))})
        by_check = groupby(given, key=lambda each: each["check"])
        lines = {of_check(check): _joined(found) for check, found in by_check}
        lines |= {VENDORS: _joined([entries[vendor]]), CLAUSES: _joined(stated)}
        yield vendor, Portion(head=told, lines={of: text for of, text in lines.items() if text})


def _by_vendor(entries: Iterable[_Entry], heads: Mapping[str, Head]) -> dict[str, list[_Entry]]:
    found: dict[str, list[_Entry]] = {}
    for each in entries:
        if each["vendor"] in heads:
            found.setdefault(each["vendor"], []).append(each)
    return found


def _joined(entries: Iterable[object]) -> bytes:
    return ",\n".join(map(compact, entries)).encode()
