"""`termsgate lint`: problems and smells, without verdicts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from termsgate.cli.exits import Exit
from termsgate.cli.project import errors, read
from termsgate.cli.terminal import look
from termsgate.core.entries import problem_entry
from termsgate.reporting.github import problem_commands
from termsgate.reporting.json import answer
from termsgate.reporting.text import problem_text

if TYPE_CHECKING:
    import argparse

    from termsgate.core.problem import Problem
    from termsgate.reading.store import Loaded


def run(asked: argparse.Namespace) -> Exit:
    """Print what is wrong; 65 for problems, 1 for smells alone."""
    loaded = read(asked.root)
    problems = loaded.problems
    text = _written(problems, asked)
    if text:
        print(text)
    if asked.format == "text":
        sys.stdout.flush()
        style = "bad" if errors(problems) else "doubt" if problems else "good"
        sys.stderr.write(f"{look(sys.stderr).paint(_summed(loaded), style)}\n")
    if errors(problems):
        return Exit.PROBLEMS
    return Exit.FELL_SHORT if problems else Exit.NOTHING_TO_SAY


def _written(problems: tuple[Problem, ...], asked: argparse.Namespace) -> str:
    if asked.format == "json":
        return _json(problems)
    if asked.format == "github":
        return problem_commands(map(problem_entry, problems), prefix=asked.prefix).rstrip("\n")
    plain_or_not = look()
    return "\n".join(problem_text(problem_entry(each), plain_or_not) for each in problems)


def _summed(loaded: Loaded) -> str:
    """One line for a person, and so for standard error: no program reads it."""
    problems = loaded.problems
    wrong = len(errors(problems))
    counts = (_counted(wrong, "error"), _counted(len(problems) - wrong, "smell"))
    files = _counted(len({each.place.path for each in problems}), "file")
    found = " and ".join(filter(None, counts))
    if found:
        return f"{found} in {files}"
    read = _counted(len(loaded.project.inputs), "file") if loaded.project else "the files"
    return f"nothing wrong in {read}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if number else ""


def _json(problems: tuple[Problem, ...]) -> str:
    entries = [problem_entry(each) for each in problems]
    return answer("problems", {"problems": entries})
