"""What every test of ours needs at hand: the docket, the settings and the captured texts."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from termsgate.core.docket import Docket, verified_in, wants_evidence
from termsgate.reading.evidence import check_quotes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from termsgate.core.baseline import Baseline
    from termsgate.core.docket import Key, Matter
    from termsgate.core.evidence import QuoteFinding
    from termsgate.core.model import Check, Policy, Project, Vendor, Version
    from termsgate.core.record import VerdictEntry
    from termsgate.running.roll import Roll
    from termsgate.running.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A project on the desk of one run."""

    roll: Roll
    settings: Settings
    baseline: Baseline | None = None
    _places: dict[str, str] = field(default_factory=dict)

    @property
    def project(self) -> Project:
        """What was read; of a vendor that is known from an earlier run nothing but its name."""
        return self.roll.project

    @cached_property
    def docket(self) -> Docket:
        """What is to be judged. Captured texts are read only where a requirement asks for it."""
        project = self.project
        wanted = wants_evidence(project)
        return Docket(
            project=project,
            today=self.settings.today,
            asked=self.settings.asked,
            vendor=self.settings.vendor,
            verified=verified_in(self.findings.values()) if wanted else {},
            baseline=self.baseline,
            audit=self.settings.audit,
            shard=self.settings.shard,
        )

    def judge(self, matter: Matter) -> VerdictEntry:
        """The verdict on one matter: as an earlier run gave it of the same files, or given now."""
        kept = self.roll.kept
        found = kept.verdict(matter.key) if kept is not None else None
        if found is None and matter.vendor.id not in self.roll.read:
            raise LookupError(matter.key)  # nobody is judged by their name alone
        return found or self.docket.judge(matter)

    def completed(self) -> Desk:
        """The same with every vendor read, for those who ask more than the verdicts of the run."""
        return replace(self, roll=self.roll.completed(), _places={}) if self.roll.unread else self

    @cached_property
    def findings(self) -> Mapping[tuple[str, str, date, str], QuoteFinding]:
        """What was found of each quote in the captured text; read once, when first asked for."""
        found = check_quotes(self.project, self.settings.root, archive=self.settings.archive)
        return {(each.vendor, each.document, each.effective, each.clause): each for each in found}

    def said_in(self, path: Path) -> Check | Policy | Version | Vendor | None:
        """What a file says, by whatever links it was reached."""
        return self.docket.said_in(self.place(path))

    def keys_of(self, nodeid: str, base: Path) -> list[Key]:
        """Which verdicts a test gives, from its id alone."""
        path, *names = nodeid.split("::")
        if path not in self._places:
            self._places[path] = self.place(base / path)
        return self.docket.keys_of(self._places[path], names)

    def place(self, path: Path) -> str:
        """The path as places write it: relative to the project."""
        relative = os.path.relpath(os.path.realpath(path), self.settings.root)
        return relative.replace(os.sep, "/")
