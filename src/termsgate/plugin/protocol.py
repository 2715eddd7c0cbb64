"""How a test of ours is run: the steps that other plugins watch, without those only fixtures need.

pytest's own protocol makes three calls with a report each and sets fixtures up around them. Our
tests have none, so set-up and tear-down are reports without a call, made only where somebody
listens. The call and its report are pytest's own.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final, Literal

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_WANT_THE_STANDARD: Final = ("allure_pytest", "rerunfailures", "timeout", "flaky")
"""Plugins that act around set-up or tear-down, by the names they register under."""

_WATCHING: Final = ("usepdb", "trace", "setupshow", "setuponly", "setupplan")
"""Options that show or stop at each step."""

_DEAF: Final = ("terminalreporter", "session", "lfplugin", "logging-plugin", "termsgate-suite")
"""Plugins that make nothing of a set-up or tear-down in which all went well."""

_OF_OTHERS: Final = ("tmpdir", "unittest", "termsgate-by-hand")
"""Plugins that look at the reports of tests with fixtures, or of classes."""

_AROUND: Final = frozenset(
    {"assertion", "faulthandler", "runner", "termsgate-suite", "unittest", "warnings"}
)
"""What pytest itself wraps around a test: nothing that ours have a use for."""

_KEEP_AFTER: Final = 500

_ENDS_THE_RUN: Final = (KeyboardInterrupt, pytest.exit.Exception)


def needs_standard(config: pytest.Config) -> bool:
    """Whether somebody depends on the steps that are left out."""
    plugins = any(config.pluginmanager.hasplugin(name) for name in _WANT_THE_STANDARD)
    return plugins or any(config.getoption(option, default=False) for option in _WATCHING)


def nobody_else_watches(config: pytest.Config) -> bool:
    """Whether only pytest itself stands around each test, for what ours have no use for."""
    found = config.hook.pytest_runtest_protocol.get_hookimpls()
    return all(each.plugin_name in _AROUND for each in found)


class Protocol:
    """The steps of a test, with those who listen to each looked up once.

    `beside` are plugins that no report is sent to; `told` is called with all reports of each test
    that failed, on their behalf.
    """

    def __init__(
        self,
        config: pytest.Config,
        beside: Iterable[object] = (),
        told: Callable[[list[pytest.TestReport]], None] | None = None,
    ) -> None:
        """Look up who listens."""
        manager = config.pluginmanager
        deaf = [manager.getplugin(name) for name in _DEAF]
        self._log = manager.subset_hook_caller("pytest_runtest_logreport", beside)
        self._careful = manager.subset_hook_caller("pytest_runtest_logreport", [*beside, *deaf])
        self._heard = bool(self._careful.get_hookimpls())
        self._told = told
        others = [manager.getplugin(name) for name in _OF_OTHERS]
        self._report = manager.subset_hook_caller("pytest_runtest_makereport", others)
        shy = (
            [manager.getplugin("terminalreporter")]
            if config.getoption("verbose", default=0) <= 0
            else []
        )
        self._go_on = manager.subset_hook_caller("pytest_runtest_logstart", shy)
        self._path: Path | None = None
        self._since = 0

    def run(self, item: pytest.Item, nextitem: pytest.Item | None) -> None:
        """Run a test of ours and hand on its reports."""
        hook, nodeid, location = item.ihook, item.nodeid, item.location
        # The tests of a file share its path, so that this is no comparison of many parts.
        begin = self._go_on if item.path is self._path else hook.pytest_runtest_logstart
        begin(nodeid=nodeid, location=location)
        self._path = item.path
        if self._heard:
            self._careful(report=_quiet(item, "setup"))
        call = pytest.CallInfo.from_call(item.runtest, "call", reraise=_ENDS_THE_RUN)
        report: pytest.TestReport = self._report(item=item, call=call)
        self._log(report=report)
        after = self._torn_down(item, nextitem)
        hook.pytest_runtest_logfinish(nodeid=nodeid, location=location)
        if self._told is not None and report.failed:
            self._told([_quiet(item, "setup"), report, after or _quiet(item, "teardown")])
        self._keep()

    def interrupt(self) -> None:
        """Another test ran in between: the next one of ours starts a line of its own."""
        self._path = None

    def _torn_down(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> pytest.TestReport | None:
        """Tear down what a test before this one left standing, if any did."""
        state = item.session._setupstate  # noqa: SLF001 - pytest has no door to it
        if state.stack:
            report = _tear_down(item, nextitem, state.teardown_exact)
            self._log(report=report)
            return report
        if self._heard:
            self._careful(report=_quiet(item, "teardown"))
        return None

    def _keep(self) -> None:
        """Tell the garbage collector now and then that what was made is there to stay."""
        self._since += 1
        if self._since == _KEEP_AFTER:
            gc.freeze()
            self._since = 0


def _quiet(item: pytest.Item, when: Literal["setup", "teardown"]) -> pytest.TestReport:
    """The report of a step in which nothing was done."""
    return pytest.TestReport(item.nodeid, item.location, {}, "passed", None, when)


def _tear_down(
    item: pytest.Item,
    nextitem: pytest.Item | None,
    down_to: Callable[[pytest.Item | None], None],
) -> pytest.TestReport:
    ends = item.session.shouldfail or item.session.shouldstop
    call = pytest.CallInfo.from_call(
        lambda: down_to(None if ends else nextitem), "teardown", reraise=_ENDS_THE_RUN
    )
    report: pytest.TestReport = item.ihook.pytest_runtest_makereport(item=item, call=call)
    return report
