"""What the options of pytest and its ini file ask for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.running.settings import (
    FOLDERS,
    ONCE,
    SWITCHES,
    VALUES,
    Wishes,
    WrongUsageError,
    settled,
)

if TYPE_CHECKING:
    from termsgate.running.settings import Settings

TODAY: Final = "termsgate_today"
"""The key under which a worker is told the day of the run, so that midnight cannot divide it."""

_OURS: Final = (
    *VALUES,
    (
        "items",
        "WHAT",
        "one test for each verdict, or for each vendor of a check (default: verdict)",
    ),
)
"""With what only pytest can be asked for."""

_FILES: Final = frozenset(name for name, what, _ in VALUES if what in {"FILE", "DIR"})


def add_options(parser: pytest.Parser) -> None:
    """Every option, and the ini key of the same name."""
    group = parser.getgroup("termsgate", "vendors' terms (termsgate)")
    parser.addini("terms_root", "folder that holds policies, fixtures and checks; switches us on")
    for option, metavar, text in _OURS:
        dest = _dest(option)
        group.addoption(f"--terms-{option}", dest=dest, metavar=metavar, default=None, help=text)
        parser.addini(dest, f"the same as --terms-{option}")
    for option, text in SWITCHES:
        dest, name = _dest(option), f"--terms-{option}"
        group.addoption(name, dest=dest, action="store_true", default=None, help=text)
        parser.addini(dest, f"the same as {name}", type="bool", default=False)
    text = "judge everything anew, and keep nothing for the next run"
    group.addoption("--terms-no-cache", action="store_true", default=False, help=text)
    for option, text in ONCE:
        group.addoption(f"--terms-{option}", action="store_true", default=False, help=text)


def _dest(option: str) -> str:
    return f"terms_{option.replace('-', '_')}"


def settings_of(config: pytest.Config) -> Settings | None:
    """What the run asks for; nothing in a project that has not set `terms_root`."""
    written = config.getini("terms_root")
    if not written:
        return None
    root = (_base(config) / written).resolve()
    if not root.is_dir():
        raise pytest.UsageError(
            f"terms_root: `{written}` is no folder\n"
            "  help: name the one that holds policies, fixtures and checks, seen from the ini file"
        )
    try:
        return settled(root, _wishes(config, root), _today(config))
    except WrongUsageError as error:
        raise pytest.UsageError(str(error)) from None


def _wishes(config: pytest.Config, root: Path) -> Wishes:
    """What was said; the reviewers' page is written also where nobody said where."""
    files = {name: _file(config, _dest(name)) for name in _FILES}
    files["html"] = files["html"] or root / "reports" / "report.html"
    switches = {name for name, _ in SWITCHES if _switched(config, _dest(name))}
    switches |= {name for name, _ in ONCE if config.getoption(_dest(name))}
    return Wishes(
        words={name: _said(config, _dest(name)) for name, _, _ in _OURS if name not in _FILES},
        files={name: path for name, path in files.items() if path is not None},
        switches=frozenset(switches),
    )


def concerns(config: pytest.Config, settings: Settings) -> bool:
    """Whether the arguments of the run reach one of our folders."""
    return any(reaches(config, settings.root / folder) for folder in FOLDERS)


def reaches(config: pytest.Config, folder: Path, *, by_hand: bool = True) -> bool:
    """Whether an argument of the run is the folder, lies in it or holds it.

    A test in Python that lies in it gives no verdict of ours, and counts only with `by_hand`.
    """
    found = (_argument(config, argument) for argument in config.args)
    asked = [each for each in found if by_hand or each.suffix != ".py"]
    return any(each == folder or each in folder.parents or folder in each.parents for each in asked)


def _argument(config: pytest.Config, argument: str) -> Path:
    return (config.invocation_params.dir / argument.partition("::")[0]).resolve()


def _base(config: pytest.Config) -> Path:
    """Where paths in the ini file start: beside that file."""
    return config.inipath.parent if config.inipath else config.rootpath


def _said(config: pytest.Config, name: str) -> str:
    """What the command line says, else the ini file."""
    return str(config.getoption(name) or config.getini(name))


def _switched(config: pytest.Config, name: str) -> bool:
    return bool(config.getoption(name) or config.getini(name))


def _file(config: pytest.Config, name: str) -> Path | None:
    """The file or folder that an option names, or its ini key."""
    if option := config.getoption(name):
        return Path(config.invocation_params.dir / option)
    written = config.getini(name)
    return _base(config) / written if written else None


def _today(config: pytest.Config) -> date:
    """The day of the run; a process that was told it does not look at the clock."""
    told = getattr(config, "workerinput", {}).get(TODAY)
    return datetime.now(UTC).date() if told is None else date.fromisoformat(told)
