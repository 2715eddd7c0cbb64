"""`termsgate lint`: problems and smells, without verdicts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from termsgate.cli.exits import Exit
from termsgate.cli.project import errors, read
from termsgate.core.entries import problem_entry

if TYPE_CHECKING:
    import argparse

    from termsgate.core.problem import Problem


def run(asked: argparse.Namespace) -> Exit:
    """Print what is wrong; 65 for problems, 1 for smells alone."""
    problems = read(asked.root).problems
    text = _json(problems) if asked.format == "json" else "\n".join(map(str, problems))
    if text:
        print(text)
    if errors(problems):
        return Exit.PROBLEMS
    return Exit.FELL_SHORT if problems else Exit.NOTHING_TO_SAY


def _json(problems: tuple[Problem, ...]) -> str:
    entries = [problem_entry(each) for each in problems]
    said = {"format": "termsgate-problems", "version": 1, "problems": entries}
    return json.dumps(said, indent=2, ensure_ascii=False)
