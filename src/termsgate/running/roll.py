"""The vendors of a run: read, or known from an earlier run of the same files.

One that is known is there by its name alone: what is told of it comes from its head, and every
verdict about it is known. It cannot be judged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from termsgate.core.docket import wants_evidence
from termsgate.core.entries import problem_entry
from termsgate.core.model import InputFile, Place, Vendor
from termsgate.core.problem import Weight
from termsgate.core.stating import words_of, words_of_clauses, words_of_demands
from termsgate.reading import store
from termsgate.running.portion import CLAUSES, VENDORS, Bench, head_of
from termsgate.running.whole import problems_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from termsgate.core.model import Project
    from termsgate.core.problem import Problem
    from termsgate.core.record import Record
    from termsgate.core.stated import TermsEntry
    from termsgate.reading.store import Frame, ReadVendor
    from termsgate.running.kept import Kept
    from termsgate.running.portion import Head
    from termsgate.running.whole import Outline


@dataclass(frozen=True, kw_only=True)
class Roll:
    """The vendors by the names of their folders; `heads` are of all of them."""

    outline: Outline
    read: Mapping[str, ReadVendor]
    heads: Mapping[str, Head]
    kept: Kept | None = None

    @property
    def frame(self) -> Frame:
        """What the project has whoever its vendors are."""
        return self.outline.frame

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the files, in their order."""
        return problems_of(self.outline, list(self.heads.values()))

    @property
    def errors(self) -> list[Problem]:
        """What of it stops a run."""
        return [each for each in self.problems if each.weight is Weight.ERROR]

    @property
    def unread(self) -> list[str]:
        """The vendors that are there by their names alone."""
        return [name for name in self.heads if name not in self.read]

    @cached_property
    def project(self) -> Project:
        """The project, with nothing but a name of each vendor that is known."""
        inputs = [
            InputFile(path=path, sha256=sha256)
            for head in self.heads.values()
            for path, sha256 in head["inputs"]
        ]
        found = (*self.frame.inputs, *inputs)
        return replace(
            self.outline.project(tuple(map(self._vendor, self.heads))),
            inputs=tuple(sorted(found, key=lambda each: each.path)),
        )

    def _vendor(self, name: str) -> Vendor:
        read = self.read.get(name)
        if read is not None and read.vendor is not None:
            return read.vendor
        path, line, column = self.heads[name]["place"]
        return Vendor(id=name, place=Place(path=path, line=line, column=column))

    def completed(self) -> Roll:
        """The same with every vendor read."""
        return called(self.outline, None, all_read=True) if self.unread else self

    def told(self, record: Record) -> Record:
        """The record with what it tells of the vendors that are known."""
        if not self.unread:
            return record
        unread = set(self.unread)
        vendors = [each for each in record["vendors"] if each["vendor"] not in unread]
        vendors += self._entries(VENDORS)
        return {
            **record,
            "vendors": sorted(vendors, key=lambda each: each["vendor"]),
            "terms": self._terms(record["terms"]),
        }

    def _terms(self, terms: TermsEntry) -> TermsEntry:
        """The terms of all vendors, each clause in its place, and every word that they use."""
        used = {(axis, word) for name in self.unread for axis, word in self.heads[name]["used"]}
        own = words_of_clauses(terms["clauses"]) | words_of_demands(terms["demands"])
        clauses = [*terms["clauses"], *self._entries(CLAUSES)]
        return {
            "clauses": sorted(clauses, key=lambda each: each["vendor"]),
            "demands": terms["demands"],
            "words": words_of(own | used, self.frame.vocabulary),
        }

    def _entries(self, of: str) -> list[Any]:
        """The entries of one list of the record about the vendors that are known."""
        kept = self.kept
        return [each for name in self.unread for each in kept.entries(name, of)] if kept else []


def called(outline: Outline, kept: Kept | None, *, all_read: bool) -> Roll:
    """The vendors of a project: those that are not known are read, or all of them."""
    known = kept.heads(outline) if kept is not None else {}
    skipped = {} if all_read or _needs_all(outline) else known
    bench = Bench(frame=outline.frame, settings=outline.settings)
    names = [name for name in outline.frame.vendors if name not in skipped]
    names += [name for name in _spoken_of(outline.frame) if name in skipped]
    read = {name: store.read_vendor(outline.frame, name) for name in names}
    new = {name: _head(bench, name, each) for name, each in read.items()}
    for name, head in new.items():
        same = name not in known or _inputs(known[name]) == _inputs(head)
        if kept is not None and not same:
            kept.forget(name)  # it changed while the run began
    heads = {name: new.get(name) or known[name] for name in outline.frame.vendors}
    return Roll(outline=outline, read=read, heads=heads, kept=kept)


def _needs_all(outline: Outline) -> bool:
    """Whether a run asks more of each vendor than its verdicts.

    Without a check of their own vendors are judged in their own files; whose quotes count must be
    known of all; and a history is of every version.
    """
    docket = outline.docket
    faulty, history = outline.frame.is_faulty, outline.settings.history
    return bool(faulty or history or docket.default or wants_evidence(docket.project))


def _spoken_of(frame: Frame) -> set[str]:
    """The vendors that a check has readings or choices of: these are held against the terms."""
    readings = {each.vendor for check in frame.checks for each in check.readings}
    return readings | {each.vendor for check in frame.checks for each in check.choices}


def _inputs(head: Head) -> list[tuple[str, str]]:
    """The files of a vendor, whether its head was on a disk or not."""
    return [(path, sha256) for path, sha256 in head["inputs"]]


def _head(bench: Bench, name: str, read: ReadVendor) -> Head:
    head = head_of(read.vendor, name, [problem_entry(each) for each in bench.problems(read)])
    head["inputs"] = [(each.path, each.sha256) for each in read.inputs]
    return head
