"""Knows how pytest runs us; inert in a project that has not set `terms_root`.

This module only decides whether there is anything to do; the rest is imported when there is.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from termsgate.plugin.settings import add_options, concerns, settings_of

if TYPE_CHECKING:
    from termsgate.running.settings import Settings

_WITHOUT_A_RUN = ("collectonly", "showfixtures", "show_fixtures_per_test", "cacheshow")
"""Options with which pytest judges nothing, so that there is nothing to report."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Our options, in a group of their own."""
    add_options(parser)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Join the run if it is about our folders; before pytest-html looks where to write."""
    if config.option.help or config.option.version:
        return
    settings = settings_of(config)
    if settings is None:
        return
    # Read only where they are used: the model and the engine take longer to import than most runs.
    from termsgate.plugin.marks import WEIGHTS, register  # noqa: PLC0415

    register(config, WEIGHTS)
    _offer_fixtures(config)
    if not concerns(config, settings):
        return
    from termsgate.plugin.suite import Suite  # noqa: PLC0415 - likewise

    reports = not any(config.getoption(option, default=False) for option in _WITHOUT_A_RUN)
    config.pluginmanager.register(Suite(config, settings, reports=reports), "termsgate-suite")
    if reports:
        _ask_for_html(config, settings)


def _offer_fixtures(config: pytest.Config) -> None:
    """Give tests in Python `terms` and `verdict_of`, wherever in the project they are."""
    from termsgate.plugin import byhand  # noqa: PLC0415 - likewise

    config.pluginmanager.register(byhand, "termsgate-by-hand")


def _ask_for_html(config: pytest.Config, settings: Settings) -> None:
    """Have pytest-html write beside the record, unless the user said where or has left it out."""
    if not config.pluginmanager.hasplugin("html") or hasattr(config, "workerinput"):
        return
    from termsgate.plugin.page import Page  # noqa: PLC0415 - likewise

    suite = config.pluginmanager.getplugin("termsgate-suite")
    config.pluginmanager.register(Page(config, suite), "termsgate-page")
    if config.option.htmlpath is None:
        config.option.htmlpath = str(settings.root / "reports" / "pytest.html")
        config.option.self_contained_html = True
    _insist_on(config.option.htmlpath, config.invocation_params.dir)


def _insist_on(page: str, here: Path) -> None:
    """End a run whose page cannot be written: pytest-html would break at its end."""
    from termsgate.running.writing import refused, shown  # noqa: PLC0415 - likewise

    path = here / Path(os.path.expandvars(page)).expanduser()
    refusal = refused(path)
    if refusal:
        raise pytest.UsageError(
            f"`{shown(path, here)}` cannot be written: {refusal}\n"
            "  help: make room for it, name another place with `--html`, or leave it out with "
            "`-p no:html`"
        )
