"""How a test of ours is run: the steps that other plugins watch, without those only fixtures need.

pytest's own protocol makes three calls with a report each and sets fixtures up around them. Our
tests have none, so set-up and tear-down are reports without a call. The call and its report are
pytest's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

_WANT_THE_STANDARD: Final = ("allure_pytest", "rerunfailures", "timeout", "flaky")
"""Plugins that act around set-up or tear-down, by the names they register under."""

_WATCHING: Final = ("usepdb", "trace", "setupshow", "setuponly", "setupplan")
"""Options that show or stop at each step."""


def needs_standard(config: pytest.Config) -> bool:
    """Whether somebody depends on the steps that are left out."""
    plugins = any(config.pluginmanager.hasplugin(name) for name in _WANT_THE_STANDARD)
    return plugins or any(config.getoption(option, default=False) for option in _WATCHING)


def run(item: pytest.Item, nextitem: pytest.Item | None, log: Callable[..., object]) -> None:
    """Run a test of ours and hand its three reports to `log`."""
    hook = item.ihook
    hook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    log(report=_silent(item, "setup"))
    call = pytest.CallInfo.from_call(item.runtest, "call", reraise=_ENDS_THE_RUN)
    log(report=hook.pytest_runtest_makereport(item=item, call=call))
    log(report=_torn_down(item, nextitem))
    hook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)


_ENDS_THE_RUN: Final = (KeyboardInterrupt, pytest.exit.Exception)


def _silent(item: pytest.Item, when: str) -> pytest.TestReport:
    """The report of a step in which nothing was done."""
    return pytest.TestReport(
        item.nodeid,
        item.location,
        {},
        "passed",
        None,
        when,  # type: ignore[arg-type]
    )


def _torn_down(item: pytest.Item, nextitem: pytest.Item | None) -> pytest.TestReport:
    """Tear down what a test before this one left standing, if any did."""
    state = item.session._setupstate  # noqa: SLF001 - pytest's runner keeps it there for its plugins
    if not state.stack:
        return _silent(item, "teardown")
    if item.session.shouldfail or item.session.shouldstop:
        nextitem = None
    call = pytest.CallInfo.from_call(
        lambda: state.teardown_exact(nextitem), "teardown", reraise=_ENDS_THE_RUN
    )
    report: pytest.TestReport = item.ihook.pytest_runtest_makereport(item=item, call=call)
    return report
