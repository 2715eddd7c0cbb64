"""One generated project is read, compiled and judged once, in a process of its own.

    python -m benchmarks.measure FOLDER

What took how long is printed as JSON, once when the words of the verdicts are there and again at
the end; a process measures once, so that nothing is remembered.
"""

from __future__ import annotations

import json
import resource
import sys
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import yaml

from termsgate.core.evaluate import Terms, Use, evaluate, rule
from termsgate.reading.store import builtin_vocabulary, load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from termsgate.core.model import Project, Requirement


@dataclass(slots=True, kw_only=True)
class Seconds:
    """CPU seconds by what was done, for the whole project; memory in megabytes."""

    vocabulary: float = 0
    yaml: float = 0
    reading: float = 0
    compiling: float = 0
    ruling: float = 0
    evaluating: float = 0
    memory_read: float = 0
    memory: float = 0


def measured(folder: Path) -> Seconds:
    """What it costs to read a project and to give its verdicts, as words and whole."""
    spent = Seconds()
    with _timed(spent, "vocabulary"):
        builtin_vocabulary()
    with _timed(spent, "yaml"):
        for path in folder.rglob("*.yaml"):
            yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    with _timed(spent, "reading"):
        loaded = load(folder)
    if loaded.project is None:
        raise SystemExit("\n".join(map(str, loaded.problems)))
    spent.memory_read = _peak()
    _judge(loaded.project, spent)
    spent.memory = _peak()
    return spent


def _judge(project: Project, spent: Seconds) -> None:
    """Compile and rule as a first run does; evaluate on terms that nothing was asked of yet."""
    day, use = _asked(project)
    requirements = [one for policy in project.policies for one in policy.requirements]
    fresh = _terms(project)
    with _timed(spent, "compiling"):
        for terms in fresh:
            terms.standing(use, day)
    with _timed(spent, "ruling"):
        for terms in fresh:
            for requirement in requirements:
                rule(requirement, terms, use, day)
    _tell(spent)
    again = _terms(project)
    for terms in again:
        terms.standing(use, day)
    with _timed(spent, "evaluating"):
        _evaluate(requirements, again, use, day)


def _tell(spent: Seconds) -> None:
    print(json.dumps(asdict(spent)), flush=True)


def _evaluate(requirements: list[Requirement], judged: list[Terms], use: Use, day: date) -> None:
    for terms in judged:
        for requirement in requirements:
            evaluate(requirement, terms, use, day)


def _asked(project: Project) -> tuple[date, Use]:
    """The day and the use of the one check there is."""
    (check,) = project.checks
    if check.as_of is None:
        raise SystemExit("the generated check names no day")
    return check.as_of, Use(context=check.context)


def _terms(project: Project) -> list[Terms]:
    return [Terms(vendor=vendor, vocabulary=project.vocabulary) for vendor in project.vendors]


@contextmanager
def _timed(spent: Seconds, what: str) -> Iterator[None]:
    start = process_time()
    yield
    setattr(spent, what, process_time() - start)


def _peak() -> float:
    """The most memory this process has held, in megabytes (Linux counts in kilobytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    _tell(measured(Path(sys.argv[1])))
