"""The project a command is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termsgate.cli.exits import Exit, Refusal
from termsgate.cli.terminal import waiting
from termsgate.core.problem import Weight
from termsgate.reading.store import load

if TYPE_CHECKING:
    from pathlib import Path

    from termsgate.core.model import Project
    from termsgate.core.problem import Problem
    from termsgate.reading.store import Loaded

FOLDERS = ("policies", "fixtures", "checks")


def read(root: Path) -> Loaded:
    """Everything under a folder, if it is a project at all."""
    if not any((root / folder).is_dir() for folder in FOLDERS):
        raise Refusal(
            Exit.NOTHING_FOUND,
            f"termsgate: `{root}` holds none of policies/, fixtures/ and checks/",
            "  help: run the command in the folder that does, or name it; "
            "`termsgate init` starts one",
        )
    return files_of(root)


def files_of(root: Path) -> Loaded:
    """Everything under a folder; who waits for many files is told so."""
    with waiting("reading the files"):
        return load(root)


def sound(root: Path) -> Project:
    """A project whose files are in order."""
    loaded = read(root)
    if loaded.project is None:
        raise Refusal(Exit.PROBLEMS, *map(str, errors(loaded.problems)))
    return loaded.project


def errors(problems: tuple[Problem, ...]) -> list[Problem]:
    """The problems that no run passes over."""
    return [each for each in problems if each.weight is Weight.ERROR]
