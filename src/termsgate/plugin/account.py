"""What a run of pytest was to give, gave and left out becomes its record (semantics 7.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from termsgate.core.baseline import compared
from termsgate.core.entries import record_of, shard_entry
from termsgate.core.history import history_of
from termsgate.core.ledger import Ledger, accounted
from termsgate.plugin.settings import reaches
from termsgate.running.closing import Reach

if TYPE_CHECKING:
    from termsgate.core.record import BaselineEntry, Record
    from termsgate.plugin.leaving import Leaving
    from termsgate.running.desk import Desk
    from termsgate.running.tally import Tally


@dataclass(frozen=True, kw_only=True)
class Account:
    """The account of a run that is over: what it gathered, and what its options left out."""

    desk: Desk
    tally: Tally
    leaving: Leaving

    def record(self, status: int) -> Record:
        """The record of the run, every verdict of the project accounted for."""
        self._account_for_the_rest()
        stopper = None if self.tally.dead else self.leaving.stopper(self.tally.failures)
        if stopper:
            self._excuse_the_unreached(stopper)
        interrupted = status == pytest.ExitCode.INTERRUPTED and not stopper
        docket, settings = self.desk.docket, self.desk.settings
        expected = len(self.tally.expected)
        plain = record_of(
            docket.project,
            self.tally.given.values(),
            today=settings.today,
            asked=settings.asked,
            expected=expected,
            partial=expected != docket.size,
            shard=shard_entry(docket.shard, partial=expected != docket.share),
            problems=self.desk.roll.problems,
            reviews=self.tally.reviews.values(),
        )
        told = self.desk.roll.told(plain)
        record = accounted(told, self._ledger(interrupted=interrupted))
        return {**record, "history": history_of(docket)} if settings.history else record

    def reach(self, config: pytest.Config) -> Reach:
        """What the run set out to do, and whether it looked at anything."""
        docket = self.desk.docket
        folder = "fixtures" if docket.default else "checks"
        return Reach(
            verdicts=reaches(config, self.desk.settings.root / folder, by_hand=False),
            selects=docket.selects,
            idle_globs=tuple(docket.idle_globs),
            judged=self.tally.judged,
            tested=self.tally.tested,
            crashed=len(self.tally.crashed),
            dead=tuple(self.tally.dead),
        )

    def _account_for_the_rest(self) -> None:
        """What no option left out and nobody collected is expected, and so is missed."""
        for matter in self.desk.docket.whole - self.tally.expected - self.tally.excused.keys():
            option = self.leaving.of_uncollected(matter)
            if option:
                self.tally.excuse(matter, option)
            else:
                self.tally.expect([matter])

    def _excuse_the_unreached(self, stopper: str) -> None:
        crashed = set(self.tally.crashed)
        for matter in self.tally.missing:
            if not crashed & {"::".join(matter), "::".join(matter[:2])}:
                self.tally.excuse(matter, stopper)

    def _ledger(self, *, interrupted: bool) -> Ledger:
        options = set(self.tally.excused.values())
        return Ledger(
            missing=self.tally.missing,
            excused=self.tally.excused,
            said={option: self.leaving.said(option) for option in options},
            interrupted=interrupted,
            audit=self.desk.settings.audit,
            baseline=self._compared(),
            quotes=self.tally.quotes,
        )

    def _compared(self) -> BaselineEntry | None:
        if self.desk.baseline is None:
            return None
        given = self.tally.given.values()
        updated = self.desk.settings.update
        return compared(self.desk.baseline, given, self.desk.docket.whole, updated=updated)
