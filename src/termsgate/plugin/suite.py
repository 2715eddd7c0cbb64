"""One run of the suite: read, collect, judge, and account for every verdict (semantics 7.5)."""

from __future__ import annotations

import gc
import typing
from contextlib import contextmanager
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

import pytest

from termsgate.core.explain import headline
from termsgate.plugin.account import Account
from termsgate.plugin.folders import Folder
from termsgate.plugin.items import (
    DESK,
    MARKS,
    JudgingTest,
    Said,
    TermsFile,
    TermsTest,
    carried,
    has_crashed,
)
from termsgate.plugin.leaving import Leaving
from termsgate.plugin.marks import Marks
from termsgate.plugin.protocol import Protocol, needs_standard, nobody_else_watches
from termsgate.plugin.settings import TODAY, reaches
from termsgate.reading.baseline import Found, read_baseline
from termsgate.reading.store import read_frame
from termsgate.reporting.json import pieces
from termsgate.reporting.text import day_line, summary
from termsgate.running import trust
from termsgate.running.closing import Closing
from termsgate.running.desk import Desk
from termsgate.running.kept import Kept
from termsgate.running.remade import Remade
from termsgate.running.roll import called
from termsgate.running.settings import FOLDERS
from termsgate.running.tally import Tally
from termsgate.running.whole import Outline
from termsgate.running.writing import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from pathlib import Path

    from termsgate.core.docket import Docket
    from termsgate.core.problem import Problem
    from termsgate.core.record import Record, VerdictEntry
    from termsgate.reading.store import Frame
    from termsgate.running.roll import Roll
    from termsgate.running.settings import Settings

PAGE: Final = "termsgate-page"
TOLD: Final = "termsgate_expected"
EXCUSED: Final = "termsgate_excused"
_STATUS: Final = {"passed": ("passed", ".", "PASSED"), "failed": ("failed", "F", "FAILED")}
_COUNTS_ONLY: Final = -1


class Worker(typing.Protocol):
    """What pytest-xdist knows of a process that runs tests."""

    workerinput: dict[str, object]
    workeroutput: dict[str, list[list[str]]]


class Suite:
    """What we do in one run of pytest. Registered only where there is something to do."""

    def __init__(self, config: pytest.Config, settings: Settings, *, reports: bool) -> None:
        """Join a run; `reports` says whether it judges anything at all."""
        self.config = config
        self.settings = settings
        self.reports = reports
        self.worker = hasattr(config, "workerinput")
        self.tally = Tally()
        self.closing: Closing | None = None
        self.standard = True
        self.record: Record | None = None
        self.kept: Kept | None = None

    # --- reading ------------------------------------------------------------------------------

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        """Read everything before anything else happens, and end the run if a file is wrong."""
        self.found = self._baseline()
        with kept():
            roll = self._roll()
        errors = [*roll.errors, *self.found.problems]
        if errors:
            raise pytest.UsageError(_told(errors))
        self.desk = Desk(roll=roll, settings=self.settings, baseline=self.found.baseline)
        self.docket = self.desk.docket
        leaving = Leaving(self.config, self.desk)
        self.account = Account(desk=self.desk, tally=self.tally, leaving=leaving)
        self.config.stash[DESK] = self.desk
        self.config.stash[MARKS] = Marks(self.config, roll.project)
        self.standard = needs_standard(self.config)

    def _roll(self) -> Roll:
        """The vendors: all of them are read where tests are of what they say themselves."""
        frame = read_frame(self.settings.root)
        several = self.worker or self.config.pluginmanager.hasplugin("dsession")
        fixtures = reaches(self.config, self.settings.root / "fixtures")
        outline = Outline(frame=frame, settings=self.settings)
        self.kept = self._kept(frame)
        return called(outline, self.kept, all_read=several or fixtures)

    def _kept(self, frame: Frame) -> Kept | None:
        """What earlier runs found, in the folder of pytest's cache, if it has one."""
        cache = getattr(self.config, "cache", None)
        if cache is None or not self.reports or self.config.getoption("terms_no_cache"):
            return None
        folder = trust.folder(cache.mkdir("termsgate"))
        return Kept(folder, frame, self.settings, self.found.sha256) if folder else None

    def _baseline(self) -> Found:
        """The earlier record to compare with, where there is one and it counts."""
        file = self.settings.baseline
        if file is None or self.settings.audit:
            return Found()
        path = shown(file.resolve(), self.settings.root)
        return read_baseline(file, path, needed=not self.settings.update)

    # --- collecting ---------------------------------------------------------------------------

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self) -> Generator[None, Any, Any]:
        """Collect without the garbage collector: nothing made here is garbage."""
        with kept():
            return (yield)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collect_directory(
        self, path: Path, parent: pytest.Collector
    ) -> pytest.Collector | None:
        """Collect the folder of fixtures from what was read."""
        if path.name != "fixtures" or self.desk.place(path) != "fixtures":
            return None
        return Folder.from_parent(parent, path=path)

    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> pytest.Collector | None:
        """Collect the policies and checks that were read."""
        if file_path.suffix != ".yaml" or file_path.parent.name not in FOLDERS:
            return None
        if self.desk.said_in(file_path) is None:
            return None
        return TermsFile.from_parent(parent, path=file_path)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Count what is to be judged before anybody deselects or drops anything."""
        judging = (item for item in items if isinstance(item, JudgingTest))
        self.tally.expect(key for item in judging for key in item.keys)

    def pytest_deselected(self, items: Iterable[pytest.Item]) -> None:
        """What the user chose to leave out is not expected any more."""
        for item in items:
            if isinstance(item, JudgingTest):
                option = self.account.leaving.of_deselected(item)
                for key in item.keys:
                    self.tally.excuse(key, option)

    # --- running ------------------------------------------------------------------------------

    @cached_property
    def protocol(self) -> Protocol:
        """The steps of our tests, for those who listen in this run."""
        page = self.config.pluginmanager.getplugin(PAGE)
        return page.protocol() if page else Protocol(self.config)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run the tests one after the other, ours without what pytest wraps around each.

        Where anything is out of the ordinary, pytest's own loop runs them.
        """
        ordinary = self.reports and not session.testsfailed and not self.standard
        spread = self.worker or self.config.pluginmanager.hasplugin("dsession")
        if spread or not ordinary or not nobody_else_watches(self.config):
            return None
        for item, nextitem in zip_longest(session.items, session.items[1:]):
            if not self.pytest_runtest_protocol(item, nextitem):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=nextitem)
            _stop_where_asked(session)
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> bool | None:
        """Run a test of ours without the ceremony that fixtures need."""
        if self.standard:
            return None
        if not isinstance(item, TermsTest):
            self.protocol.interrupt()
            return None
        self.protocol.run(item, nextitem)
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, Any, Any]:
        """Send the verdict along with the report; it is plain data and crosses process borders."""
        report = yield
        if call.when == "call" and isinstance(item, TermsTest):
            if has_crashed(call):
                item.finding = "crash", _name_of(item)
            if item.finding:
                report.termsgate = item.finding
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """Say at once what pytest would say of a verdict after asking around."""
        ordinary = report.when == "call" and not hasattr(report, "wasxfail")
        return _STATUS.get(report.outcome) if ordinary and carried(report)[0] else None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the verdict out of the report, once for each test."""
        if self.worker:
            return
        self.tally.failures += report.failed
        if report.when == "call":
            self._take(report)

    def _take(self, report: pytest.TestReport) -> None:
        kind, found = carried(report)
        match kind:
            case "verdict":
                self.tally.take(found)
                _restore(report, found, self.docket)
            case "verdicts":
                for entry in found:
                    self.tally.take(entry)
                _restore_all(report)
            case "quote":
                self.tally.take_quote(found)
            case "review":
                self.tally.reviews[found["path"]] = found
            case "example":
                self.tally.examples += 1
            case "looked":
                self.tally.looked += 1
            case "crash":
                self.tally.crashed.append(found)
            case _:
                pass

    # --- several processes ---------------------------------------------------------------------

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Worker) -> None:
        """Tell each worker the day of the run."""
        node.workerinput[TODAY] = self.settings.today.isoformat()

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Learn what is to be judged from the ids, even if the worker dies later."""
        for each in ids:
            self.tally.expect(self.desk.keys_of(each, self.config.rootpath))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Worker, error: object) -> None:
        """Learn from each worker what it counted before anybody could drop anything.

        One that died has counted nothing: what it should have given is missed.
        """
        output = getattr(node, "workeroutput", {})
        self.tally.expect((check, vendor, name) for check, vendor, name in output.get(TOLD, []))
        for check, vendor, name, option in output.get(EXCUSED, []):
            self.tally.excuse((check, vendor, name), option)
        if error:
            self.tally.dead.append(" ".join(str(error).split()))

    # --- ending -------------------------------------------------------------------------------

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, Any, Any]:
        """Account for every verdict before others write their reports; none may be missing.

        It stands right around those who write, inside of those who print.
        """
        if self.worker:
            self._tell()
        elif self.reports and hasattr(self, "desk"):
            self._close(session)
        self._lighten()
        if self.kept is not None:
            self.kept.close()
        try:
            return (yield)
        except OSError as error:
            if self.closing is None or self.record is None:
                raise
            self.closing.miss(error.filename or "a report", error)
            session.exitstatus = self._exit(self.closing, self.record)
            return None
        finally:
            gc.freeze()

    def _tell(self) -> None:
        """Tell the process that writes what was counted here."""
        output = self.config.workeroutput  # type: ignore[attr-defined]
        output[TOLD] = sorted(map(list, self.tally.expected))
        output[EXCUSED] = sorted([*name, option] for name, option in self.tally.excused.items())

    def _close(self, session: pytest.Session) -> None:
        self._status = int(session.exitstatus)
        remade = Remade(folder=self.kept.folder) if self.kept else None
        self.closing = Closing(self.settings, self.found.baseline, self.found.sha256, remade)
        with kept():
            record = self.account.record(self._status)
            text = self._text(record)
            self.record = self.closing.write(record, self.docket.size, text)
            self.closing.write_others(self.record)
        session.exitstatus = self._exit(self.closing, self.record)

    def _text(self, record: Record) -> Callable[[Record], Iterable[bytes]]:
        """The text of a record; what a run found that gave all is kept for the next one."""
        whole = len(self.tally.given) == self.docket.size
        lines = self.kept.keep(self.desk.roll.heads, record) if self.kept and whole else None
        return lambda told: pieces(told, lines or {})

    def _exit(self, closing: Closing, record: Record) -> int:
        return closing.exit(self._status, record, self.account.reach(self.config))

    def _lighten(self) -> None:
        """Drop what pytest would read again for each failure and has no use for.

        It looks for the output of tear-downs of every failed test in all reports that passed.
        """
        reporter = self.config.pluginmanager.getplugin("terminalreporter")
        if reporter is not None and "" in reporter.stats:
            reporter.stats[""] = [each for each in reporter.stats[""] if each.sections]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The matrix, the counts, the day asked about, and all that was let through."""
        verbosity = self.config.getoption("verbose", default=0)
        if self.record is None or verbosity < _COUNTS_ONLY:
            return
        terminalreporter.write_sep("=", day_line(self.record))
        width = terminalreporter._tw.fullwidth  # noqa: SLF001 - there is no other way to ask
        for line in summary(self.record, width, matrix=verbosity >= 0):
            terminalreporter.write_line(line)
        for line in (*self.tally.quote_lines(), *self._where()):
            terminalreporter.write_line(line)
        for fault in self.closing.faults if self.closing else ():
            terminalreporter.write_line(fault, red=True, bold=True)

    def _where(self) -> Iterator[str]:
        written = self.closing is not None and not self.closing.unwritten
        if self.closing and written and self.config.getoption("verbose", default=0) >= 0:
            yield from self.closing.where(self.config.invocation_params.dir)


@contextmanager
def kept() -> Iterator[None]:
    """Nothing made in between is garbage: the collector does not look, now or later."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


def _stop_where_asked(session: pytest.Session) -> None:
    """End the run as pytest's own loop does."""
    if session.shouldfail:
        raise session.Failed(session.shouldfail)
    if session.shouldstop:
        raise session.Interrupted(session.shouldstop)


def _told(errors: list[Problem]) -> str:
    """All problems at once, each with its place at the start of a line."""
    noun = "problem" if len(errors) == 1 else "problems"
    return "\n".join([f"{len(errors)} {noun} in your files", *map(str, errors)])


def _name_of(item: TermsTest) -> str:
    """What a crash is told by: the beginning of the names of all verdicts that it took along."""
    if not isinstance(item, JudgingTest):
        return item.nodeid
    check, vendor, requirement = item.keys[0]
    return "::".join([check, vendor, requirement] if len(item.keys) == 1 else [check, vendor])


def _restore(report: pytest.TestReport, entry: VerdictEntry, docket: Docket) -> None:
    """Give a failure that came from another process its line for the short summary back."""
    if report.failed and isinstance(report.longrepr, str):
        short = headline(entry, docket.requirements[entry["requirement"]])
        report.longrepr = Said(short, report.longrepr, report.location[0], 1)


def _restore_all(report: pytest.TestReport) -> None:
    """The same for the failure of several: its first line says it in short."""
    if report.failed and isinstance(report.longrepr, str):
        short = report.longrepr.partition("\n")[0]
        report.longrepr = Said(short, report.longrepr, report.location[0], 1)
