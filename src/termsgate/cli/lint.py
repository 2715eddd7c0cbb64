"""`termsgate lint`: problems and smells, without verdicts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from termsgate.cli.exits import Exit
from termsgate.cli.project import errors, read
from termsgate.core.entries import problem_entry
from termsgate.reporting.github import problem_commands

if TYPE_CHECKING:
    import argparse

    from termsgate.core.problem import Problem


def run(asked: argparse.Namespace) -> Exit:
    """Print what is wrong; 65 for problems, 1 for smells alone."""
    problems = read(asked.root).problems
    text = _written(problems, asked)
    if text:
        print(text)
    if errors(problems):
        return Exit.PROBLEMS
    return Exit.FELL_SHORT if problems else Exit.NOTHING_TO_SAY


def _written(problems: tuple[Problem, ...], asked: argparse.Namespace) -> str:
    if asked.format == "json":
        return _json(problems)
    if asked.format == "github":
        return problem_commands(map(problem_entry, problems), prefix=asked.prefix).rstrip("\n")
    return "\n".join(map(str, problems))


def _json(problems: tuple[Problem, ...]) -> str:
    entries = [problem_entry(each) for each in problems]
    said = {"format": "termsgate-problems", "version": 1, "problems": entries}
    return json.dumps(said, indent=2, ensure_ascii=False)
