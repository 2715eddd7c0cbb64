"""By which option the user left a verdict out (semantics 7.5)."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from _pytest.mark import KeywordMatcher, MarkMatcher
from _pytest.mark.expression import Expression

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from termsgate.core.docket import Key
    from termsgate.running.desk import Desk

ARGUMENTS: Final = "the arguments"
PLUGIN: Final = "a plugin"


class Leaving:
    """What the options of one run leave out."""

    def __init__(self, config: pytest.Config, desk: Desk) -> None:
        """Look up the options once."""
        self._config = config
        self._desk = desk
        self._prefixes = tuple(config.getoption("deselect", default=None) or ())
        self._keyword = str(config.getoption("keyword", default="") or "").strip()
        self._mark = str(config.getoption("markexpr", default="") or "").strip()
        self._again = self._which_again()
        vendors = desk.docket.asked_for(desk.project.vendors)
        self._vendors = {vendor.id for vendor in vendors}
        self._asked = [self._argument(argument) for argument in config.args]
        self._ignored = [
            self._path(each) for each in config.getoption("ignore", default=None) or ()
        ]
        self._globs = config.getoption("ignore_glob", default=None) or ()

    def said(self, option: str) -> str:
        """What the user said with an option, where it tells more than its name."""
        words = {
            "-k": self._keyword,
            "-m": self._mark,
            "--terms-shard": str(self._desk.settings.shard),
            "--terms-vendor": self._desk.settings.vendor,
        }
        return words.get(option, "")

    # --- collected and deselected ---------------------------------------------------------------

    def of_deselected(self, item: pytest.Item) -> str:
        """The option that a deselected test falls under; without any, a plugin did it."""
        if item.nodeid.startswith(self._prefixes):
            return "--deselect"
        if self._keyword and not _holds(self._keyword, KeywordMatcher.from_item(item)):
            return "-k"
        if self._mark and not _holds(self._mark, MarkMatcher.from_markers(item.iter_markers())):
            return "-m"
        return self._again or PLUGIN

    def _which_again(self) -> str:
        """The option that runs only what failed before, if it is there."""
        options = (("lf", "--lf"), ("stepwise", "--stepwise"))
        asked = (name for dest, name in options if self._config.getoption(dest, default=False))
        return next(asked, "")

    # --- not even collected ---------------------------------------------------------------------

    def of_uncollected(self, matter: Key) -> str | None:
        """The option that kept a verdict from being collected; none where nobody said so."""
        if not self._desk.docket.is_here(matter[1]):
            return "--terms-shard"
        if matter[1] not in self._vendors:
            return "--terms-vendor"
        home = self._desk.settings.root / self._desk.docket.home(matter)
        if not any(_lies(home, matter, *asked) for asked in self._asked):
            return ARGUMENTS
        if any(home.is_relative_to(each) for each in self._ignored):
            return "--ignore"
        if any(fnmatchcase(str(home), str(self._path(each))) for each in self._globs):
            return "--ignore-glob"
        return self._again or None

    def _argument(self, argument: str) -> tuple[Path, tuple[str, ...]]:
        path, *names = argument.split("::")
        return self._path(path), tuple(names)

    def _path(self, written: str) -> Path:
        return (self._config.invocation_params.dir / written).resolve()

    # --- not reached ----------------------------------------------------------------------------

    def stopper(self, failures: int) -> str | None:
        """The option that ended the run after so many failures, if one did."""
        most = self._config.getoption("maxfail", default=0)
        if most and failures >= most:
            return "-x" if most == 1 else "--maxfail"
        stepwise = self._config.getoption("stepwise", default=False)
        return "--stepwise" if failures and stepwise else None


def _holds(expression: str, matcher: KeywordMatcher | MarkMatcher) -> bool:
    return Expression.compile(expression).evaluate(matcher)


def _lies(home: Path, matter: Key, path: Path, names: tuple[str, ...]) -> bool:
    """Whether an argument asks for a verdict: its file, a folder above, or a test by its names."""
    return home.is_relative_to(path) and matter[1:][: len(names)] == names
