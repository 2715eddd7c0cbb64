"""What we add to the page that pytest-html writes."""

from __future__ import annotations

import os
import typing
from contextlib import suppress
from html import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeGuard
from urllib.parse import quote

import pytest

from termsgate.plugin.items import carried
from termsgate.plugin.protocol import Protocol
from termsgate.reporting.html import (
    cell,
    cells,
    empty_cells,
    explanation,
    heading_cells,
    overview,
)

if TYPE_CHECKING:
    from termsgate.core.record import VerdictEntry
    from termsgate.plugin.suite import Suite

MOST_ROWS: Final = 1800
"""With more rows the page takes seconds to open: then only what did not pass is listed."""


class Titled(typing.Protocol):
    """The part of pytest-html's data that a title is set on."""

    title: str


class Writer(typing.Protocol):
    """The part of pytest-html that takes reports."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take one."""


class Page:
    """Our columns, rows and the matrix. Registered only where pytest-html writes a page."""

    def __init__(self, config: pytest.Config, suite: Suite) -> None:
        """Stand beside the suite whose record it shows."""
        self.config = config
        self.suite = suite
        self.crowded = False
        self.failures = 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        """Make the environment safe to show: a branch can be called `<script>` too."""
        with suppress(ImportError, KeyError):
            plugin = import_module("pytest_metadata.plugin")
            stash: Any = self.config.stash
            stash[plugin.metadata_key] = _escaped(stash[plugin.metadata_key])

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """See whether there are more tests than a page can hold."""
        self.crowded = len(session.items) > MOST_ROWS

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """The same, where the tests are collected elsewhere."""
        self.crowded = len(ids) > MOST_ROWS

    def pytest_html_report_title(self, report: Titled) -> None:
        """Call the page what it is."""
        report.title = "Vendors' terms"

    def pytest_html_results_table_header(self, cells: list[str]) -> None:
        """Put our columns after the result."""
        cells[1:1] = heading_cells()

    def pytest_html_results_table_row(self, report: pytest.TestReport, cells: list[str]) -> None:
        """Fill our columns, and escape the id that pytest-html leaves as it is."""
        if _is_idle(report) or (self.crowded and not self._has_room(report)):
            cells.clear()
            return
        step = "" if report.when == "call" else f"::{report.when}"
        cells[1] = cell("testId", f"{report.nodeid}{step}")
        cells[1:1] = self._columns(report)

    def pytest_html_results_table_html(self, report: pytest.TestReport, data: list[str]) -> None:
        """Explain the verdict below its row, whatever it is."""
        requirements = self.suite.docket.requirements
        entries = verdicts_in(report)
        if entries:
            told = (explanation(each, requirements[each["requirement"]]) for each in entries)
            data[:] = ["".join(told)]

    def pytest_html_results_summary(self, prefix: list[str]) -> None:
        """Put the matrix on top."""
        if self.suite.record is not None:
            prefix.append(overview(self.suite.record))
        whole = f'<a href="{escape(self._report())}">The report for reviewers</a>'
        if self.crowded:
            prefix.append(
                f"<p>A page of more than {MOST_ROWS} rows is slow to open: only failures are "
                f"listed, the first {MOST_ROWS} of them. {whole} has every verdict.</p>"
            )
        else:
            prefix.append(f"<p>{whole} says the same for those who read no code.</p>")

    def _report(self) -> str:
        """Where the reviewers' page lies, as seen from this one."""
        here = Path(os.path.expandvars(self.config.option.htmlpath)).expanduser()
        base = (self.config.invocation_params.dir / here).parent
        path = os.path.relpath(self.suite.settings.page or "", base)
        return quote(Path(path).as_posix())

    def _has_room(self, report: pytest.TestReport) -> bool:
        """Whether a crowded page lists a test: if it failed, and while there is room."""
        self.failures += report.failed
        return report.failed and self.failures <= MOST_ROWS

    def _columns(self, report: pytest.TestReport) -> list[str]:
        entry = verdict_in(report)
        if entry is None:
            return empty_cells()
        return cells(entry, self.suite.docket.requirements[entry["requirement"]])

    # --- many tests ---------------------------------------------------------------------------

    def protocol(self) -> Protocol:
        """The steps of our tests, past pytest-html unless it lists them.

        It spends more on a row than we on a verdict.
        """
        writer = self._writer() if self.crowded else None
        if writer is None:
            return Protocol(self.config)

        def told(reports: list[pytest.TestReport]) -> None:
            for report in reports:
                writer.pytest_runtest_logreport(report=report)

        return Protocol(self.config, beside=[writer], told=told)

    def _writer(self) -> Writer | None:
        """The object with which pytest-html takes reports."""
        plugins = self.config.pluginmanager.get_plugins()
        return next((each for each in plugins if _writes(each)), None)


def _is_idle(report: pytest.TestReport) -> bool:
    """Whether it is of a step that pytest-html would lay out and then not show."""
    return report.when != "call" and report.passed and not report.sections


def _writes(plugin: object) -> TypeGuard[Writer]:
    ours = type(plugin).__module__.startswith("pytest_html.")
    return ours and hasattr(plugin, "pytest_runtest_logreport")


def verdicts_in(report: pytest.TestReport) -> list[VerdictEntry]:
    """All verdicts that travel with a report."""
    kind, found = carried(report)
    return found if kind == "verdicts" else [found] if kind == "verdict" else []


def verdict_in(report: pytest.TestReport) -> VerdictEntry | None:
    """The verdict that travels with a report."""
    kind, found = carried(report)
    return found if kind == "verdict" else None


def _escaped(value: object) -> object:
    match value:
        case dict():
            return {_escaped(key): _escaped(each) for key, each in value.items()}
        case list() | tuple():
            return [_escaped(each) for each in value]
        case _:
            return escape(str(value))
