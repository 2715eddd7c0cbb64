"""How a run ends: its account, its record, the next baseline and its exit code (semantics 7.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.baseline import compared
from termsgate.core.entries import record_of
from termsgate.core.gate import Outcome
from termsgate.core.history import history_of
from termsgate.core.ledger import Ledger, accounted
from termsgate.core.record import coming_warnings, idle_waivers, review_warnings
from termsgate.plugin.exits import RunExit
from termsgate.plugin.settings import reaches
from termsgate.plugin.writing import in_repository, replace_file, shown
from termsgate.reading.baseline import digest
from termsgate.reporting.json import to_text
from termsgate.reporting.markdown import summary
from termsgate.reporting.page.making import page
from termsgate.reporting.sarif import sarif

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from termsgate.core.problem import Problem
    from termsgate.core.record import BaselineEntry, GoneEntry, Record
    from termsgate.plugin.desk import Desk
    from termsgate.plugin.leaving import Leaving
    from termsgate.plugin.tally import Tally

_OURS: Final = frozenset({pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED})
"""The codes of pytest that we may have something to add to."""


class Closing:
    """The end of one run. `faults` is what is told in red; `code` grows graver, never lighter."""

    def __init__(self, desk: Desk, tally: Tally, leaving: Leaving, sha256: str | None) -> None:
        """Take over what the run has gathered; the hash is of the baseline as it was read."""
        self.desk = desk
        self.settings = desk.settings
        self.docket = desk.docket
        self.tally = tally
        self.leaving = leaving
        self.faults: list[str] = []
        self.unwritten: list[str] = []
        self._read_as = sha256
        self._target = self.settings.record

    # --- the account ----------------------------------------------------------------------------

    def record(self, status: int, problems: Iterable[Problem]) -> Record:
        """The record of the run, every verdict of the project accounted for."""
        self._account_for_the_rest()
        stopper = None if self.tally.dead else self.leaving.stopper(self.tally.failures)
        if stopper:
            self._excuse_the_unreached(stopper)
        interrupted = status == pytest.ExitCode.INTERRUPTED and not stopper
        expected = len(self.tally.expected)
        plain = record_of(
            self.docket.project,
            self.tally.given.values(),
            today=self.settings.today,
            asked=self.settings.asked,
            expected=expected,
            partial=expected != self.docket.size,
            problems=problems,
            reviews=self.tally.reviews.values(),
        )
        record = accounted(plain, self._ledger(interrupted=interrupted))
        return {**record, "history": history_of(self.docket)} if self.settings.history else record

    def _account_for_the_rest(self) -> None:
        """What no option left out and nobody collected is expected, and so is missed."""
        for matter in self.docket.whole - self.tally.expected - self.tally.excused.keys():
            option = self.leaving.of_uncollected(matter)
            if option:
                self.tally.excuse(matter, option)
            else:
                self.tally.expect([matter])

    def _excuse_the_unreached(self, stopper: str) -> None:
        crashed = set(self.tally.crashed)
        for matter in self.tally.missing:
            if "::".join(matter) not in crashed:
                self.tally.excuse(matter, stopper)

    def _ledger(self, *, interrupted: bool) -> Ledger:
        options = set(self.tally.excused.values())
        return Ledger(
            missing=self.tally.missing,
            excused=self.tally.excused,
            said={option: self.leaving.said(option) for option in options},
            interrupted=interrupted,
            audit=self.settings.audit,
            baseline=self._compared(),
            quotes=self.tally.quotes,
        )

    def _compared(self) -> BaselineEntry | None:
        if self.desk.baseline is None:
            return None
        given = self.tally.given.values()
        updated = self.settings.update
        return compared(self.desk.baseline, given, self.docket.whole, updated=updated)

    # --- writing --------------------------------------------------------------------------------

    def write(self, record: Record) -> Record:
        """Write the record, and in place of the baseline where that is asked for.

        A run never writes over its baseline unless told to: it would know tomorrow what it found
        today. What is written is returned.
        """
        reason = self._against_update(record) if self.settings.update else ""
        if reason:
            self.unwritten.append(f"the baseline was not rewritten: {reason}")
            record = _not_updated(record)
        updates = self.settings.update and not reason
        text = to_text(record)
        if updates and self.settings.baseline is not None:
            self._replace(self.settings.baseline, text)
        if not updates and self._is_baseline(self._target):
            self._target = self._target.with_name(f"{self._target.stem}.now{self._target.suffix}")
        if not (updates and self._is_baseline(self._target)):
            self._replace(self._target, text)
        self._write_others(record)
        return record

    def _write_others(self, record: Record) -> None:
        """The reports beside the record, each made from it alone."""
        self._replace(self.settings.page, page(record, self.settings.language))
        if self.settings.sarif is not None:
            prefix = in_repository(self.settings.root)
            self._replace(self.settings.sarif, sarif(record, prefix=prefix))
        if self.settings.markdown is not None:
            self._replace(self.settings.markdown, summary(record))

    def _is_baseline(self, path: Path) -> bool:
        baseline = self.settings.baseline
        return baseline is not None and path.resolve() == baseline.resolve()

    def _against_update(self, record: Record) -> str:
        """Why this run may not become the baseline; nothing if it may."""
        baseline = self.settings.baseline
        given, expected = record["given"], record["expected"]
        if record["interrupted"] or given != expected:
            return f"{given} of {expected} verdicts were given"
        if record["partial"]:
            return f"this run was asked for {expected} of {self.docket.size} verdicts"
        if baseline is not None and digest(baseline) != self._read_as:
            return "somebody else wrote it during this run"
        return ""

    def _replace(self, path: Path, text: str) -> None:
        try:
            replace_file(path, text)
        except OSError as error:
            self.miss(path, error)
        except KeyboardInterrupt:
            # The run ends here anyway, and it can still say what it owes.
            self.unwritten.append(f"`{path}` was not written: interrupted")

    def miss(self, path: Path | str, error: OSError) -> None:
        """A report is missing, and this is why."""
        self.unwritten.append(f"`{path}` cannot be written: {error.strerror or error}")

    def where(self, base: Path) -> Iterator[str]:
        """Where the reports lie, as seen from where the user stands."""
        others = {
            "report": self.settings.page,
            "sarif": self.settings.sarif,
            "markdown": self.settings.markdown,
        }
        for name, path in {"record": self._target, **others}.items():
            if path is not None:
                yield f"{name}: {shown(path, base)}"

    # --- the exit code --------------------------------------------------------------------------

    def exit(self, status: int, record: Record, config: pytest.Config) -> int:
        """The code of the run, the gravest thing first; pytest's own stay as they are."""
        self.faults = [*self._told(record), *self._idle_globs(config)]
        if status not in _OURS:
            return status
        if self.tally.crashed:
            return pytest.ExitCode.INTERNAL_ERROR
        if self.unwritten:
            return RunExit.UNWRITTEN
        if record["missing"]:
            return RunExit.NOT_WHOLE
        if status == pytest.ExitCode.TESTS_FAILED or self.faults:
            return pytest.ExitCode.TESTS_FAILED
        return self._of_a_green_run(record, config)

    def _of_a_green_run(self, record: Record, config: pytest.Config) -> int:
        """Nothing failed; whether anything was looked at, and whether it warned."""
        nothing = self._nothing(record, config)
        if nothing:
            self.faults.append(nothing)
            return pytest.ExitCode.NO_TESTS_COLLECTED
        warned = list(self._warned(record)) if self.settings.warnings_fail else []
        if warned:
            self.faults.append(f"{', '.join(warned)} (--terms-warnings-as-failures)")
            return RunExit.WARNED
        return pytest.ExitCode.OK

    def _told(self, record: Record) -> Iterator[str]:
        yield from self._losses(record)
        yield from self.unwritten
        lost = sum(each["verdicts"] for each in self._gone(record))
        if lost:
            noun = "verdict" if lost == 1 else "verdicts"
            verb = "is" if lost == 1 else "are"
            yield (
                f"{lost} {noun} of the baseline {verb} not asked for any more: if that is meant, "
                "--terms-update-baseline"
            )
        idle = len(idle_waivers(record)) if self.settings.strict else 0
        if idle:
            yield f"{idle} waiver{'' if idle == 1 else 's'} not needed any more (--terms-strict)"

    def _idle_globs(self, config: pytest.Config) -> Iterator[str]:
        """A name that was mistyped beside one that matches would pass unnoticed."""
        if self._reaches_verdicts(config) and self.docket.selects:
            for glob in self.docket.idle_globs:
                yield f"--terms-vendor: `{glob}` matches no vendor of a check"

    def _losses(self, record: Record) -> Iterator[str]:
        given, expected = record["given"], record["expected"]
        if record["interrupted"]:
            yield f"the run was interrupted: {given} of {expected} verdicts were given"
        elif given != expected:
            yield f"{given} verdicts were given and {expected} were expected"
        crashed = len(self.tally.crashed)
        if crashed:
            noun = "test" if crashed == 1 else "tests"
            yield f"{crashed} {noun} ended in an error: a bug of termsgate and not of your files"
        yield from (f"a worker died: {each}" for each in self.tally.dead)

    def _gone(self, record: Record) -> list[GoneEntry]:
        baseline = record["baseline"]
        return [] if baseline is None or baseline["updated"] else baseline["gone"]

    def _warned(self, record: Record) -> Iterator[str]:
        """What warns, counted by what it is about; of verdicts only what is new or worse."""
        known = self.desk.baseline
        verdicts = [each for each in record["verdicts"] if each["outcome"] == Outcome.WARN.value]
        turns = coming_warnings(record)
        yield from _counted(
            sum(known is None or not known.has_warned(each) for each in verdicts), "verdict warns"
        )
        yield from _counted(
            sum(known is None or not known.has_announced(*each) for each in turns), "verdict turns"
        )
        yield from _counted(len(review_warnings(record)), "review is owed")
        yield from _counted(len(record["warnings"]), "entry of a check is to be looked after")

    def _nothing(self, record: Record, config: pytest.Config) -> str:
        """Why this run says nothing; nothing if it says something."""
        if self._reaches_verdicts(config):
            if self.tally.judged:
                return ""
            if not self.docket.selects:
                return (
                    f"no verdict was given: `{self.settings.vendor}` matches no vendor of a check"
                )
            if record["verdicts"]:
                return "no verdict was given: no requirement applies"
            return "no verdict was given: all were left out"
        return "" if self.tally.tested else "nothing was examined: every test was skipped"

    def _reaches_verdicts(self, config: pytest.Config) -> bool:
        """Whether the arguments reach what gives verdicts."""
        folder = "fixtures" if self.docket.default else "checks"
        return reaches(config, self.settings.root / folder)


_MANY: Final = {
    "verdict warns": "verdicts warn",
    "verdict turns": "verdicts turn",
    "review is owed": "reviews are owed",
    "entry of a check is to be looked after": "entries of checks are to be looked after",
}


def _counted(number: int, one: str) -> Iterator[str]:
    if number:
        yield f"{number} {one if number == 1 else _MANY[one]}"


def _not_updated(record: Record) -> Record:
    baseline = record["baseline"]
    return record if baseline is None else {**record, "baseline": {**baseline, "updated": False}}
