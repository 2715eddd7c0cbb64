"""For tests that people write in Python: the fixtures `terms` and `verdict_of`.

They are ordinary tests: no verdict of the record is theirs, no waiver and no baseline covers them.
Registered only in a project that has set `terms_root`, so that nobody else's names are taken.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest

from termsgate.plugin.settings import settings_of

if TYPE_CHECKING:
    from collections.abc import Generator

    from termsgate.api import Judgement, Matters, Verdict
    from termsgate.core.docket import Docket
    from termsgate.running.desk import Desk

# This module is there in every run of the project; what judges is imported by who asks for it.
# ruff: noqa: PLC0415

LOOKED: Final = "looked"
"""What the report of such a test carries: it looked at this many verdicts."""

MOST_TEXTS: Final = 3
"""So many verdicts are told whole below a failure; more would bury the assertion."""

_MATTERS: Final = pytest.StashKey["Matters"]()
_SEEN: Final = pytest.StashKey["Judgement"]()


class VerdictOf:
    """What the fixture `verdict_of` gives: a verdict for two names."""

    def __init__(self, terms: Judgement) -> None:
        """Look among these verdicts."""
        self._terms = terms

    def __call__(self, vendor: str, requirement: str, check: str | None = None) -> Verdict:
        """The verdict on a vendor under a requirement; where several checks ask, the worst.

        A vendor that `--terms-vendor` left out skips the test.
        """
        if self._terms.has_left_out(vendor):
            reason = f"`{vendor}` was not asked for (--terms-vendor), or no check names it"
            raise pytest.skip.Exception(reason, _use_item_location=True)
        return self._terms.verdict_of(vendor, requirement, check)

    def __repr__(self) -> str:
        """Give the name under which the test knows it."""
        return "verdict_of"


@pytest.fixture
def terms(request: pytest.FixtureRequest) -> Judgement:
    """The project judged as this run asks: its vendors, its day, waivers left aside.

    `verdict.is_waived` still tells whether a waiver covers a verdict.
    """
    from termsgate.api import Judgement

    found = Judgement(_matters(request.config))
    request.node.stash[_SEEN] = found
    return found


@pytest.fixture
def verdict_of(terms: Judgement) -> VerdictOf:
    """`verdict_of(vendor, requirement, check=None)`: one verdict; of several checks the worst."""
    return VerdictOf(terms)


def _matters(config: pytest.Config) -> Matters:
    """What is judged in this run, read once; waivers and the baseline left aside."""
    if _MATTERS not in config.stash:
        from termsgate.api import Matters
        from termsgate.plugin.items import DESK

        desk = config.stash.get(DESK, None)
        made = _opened(config) if desk is None else _whole(desk)
        config.stash[_MATTERS] = Matters(replace(made, audit=True, baseline=None))
    return config.stash[_MATTERS]


def _whole(desk: Desk) -> Docket:
    """What is judged in this run, with every vendor read."""
    whole = desk.completed()
    if whole.roll.errors:
        told = "\n".join(map(str, whole.roll.errors))
        pytest.fail(f"the files of the project have become wrong\n{told}", pytrace=False)
    return whole.docket


def _opened(config: pytest.Config) -> Docket:
    """The project, in a run whose arguments reach none of its folders."""
    from termsgate.api import ProblemsError, open_project

    settings = settings_of(config)
    if settings is None:
        raise pytest.UsageError("`terms_root` is not set")
    try:
        project = open_project(settings.root)
    except ProblemsError as error:
        pytest.fail(f"the files of the project are wrong\n{error}", pytrace=False)
    return project.docket(
        as_of=settings.asked,
        today=settings.today,
        vendor=settings.vendor,
        archive=settings.archive,
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, Any, Any]:
    """Let a failure tell the verdicts it looked at, and the run know that it looked."""
    report = yield
    judged = item.stash.get(_SEEN, None)
    if judged is None or call.when != "call":
        return report
    if not report.skipped:
        report.termsgate = LOOKED, len(judged.seen)
    if report.failed:
        report.sections.extend(_told(judged))
    return report


def _told(judged: Judgement) -> list[tuple[str, str]]:
    """The verdicts that are not met, the last one looked at first: there the test stopped."""
    from termsgate.reporting.text import failure_text

    seen = {each.key: each for each in reversed(judged.seen) if not each.is_met}
    texts = [
        (repr(each), failure_text(each.entry, each.about))
        for each in list(seen.values())[:MOST_TEXTS]
    ]
    left = len(seen) - len(texts)
    return [*texts, ("verdicts", f"and {left} more that are not met")] if left else texts
