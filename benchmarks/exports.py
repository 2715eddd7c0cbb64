"""What each format for machines costs, of a record of a generated project.

Run it from the root: `PYTHONPATH=src python -m benchmarks.exports`. It prints the table of
docs/exports.md.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from benchmarks.generate import ON, write
from termsgate.core.docket import Docket, Matter
from termsgate.core.entries import record_of
from termsgate.reading.record import decode
from termsgate.reading.store import load
from termsgate.reporting.csv import table
from termsgate.reporting.github import commands
from termsgate.reporting.gitlab import code_quality
from termsgate.reporting.intoto import statement
from termsgate.reporting.json import to_text
from termsgate.reporting.junit import junit
from termsgate.reporting.markdown import comment, summary
from termsgate.reporting.odrl import linked_data
from termsgate.reporting.oscal import assessment_results
from termsgate.reporting.page.making import page
from termsgate.reporting.sarif import sarif

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from termsgate.core.record import Record

WRITERS: Final[dict[str, Callable[[Record], str | None]]] = {
    "sarif": sarif,
    "sarif --all": lambda record: sarif(record, everything=True),
    "junit": junit,
    "gitlab": code_quality,
    "github": commands,
    "markdown": summary,
    "comment": comment,
    "csv": table,
    "oscal": assessment_results,
    "in-toto": statement,
    "odrl": linked_data,
    "html": page,
}


def record(vendors: int, requirements: int) -> Record:
    """The record of a whole run over the generated project."""
    with TemporaryDirectory() as folder:
        write(Path(folder), vendors, requirements)
        project = load(Path(folder)).project
    if project is None:
        raise SystemExit("the generated project has problems")
    day = date.fromisoformat(ON)
    docket = Docket(project=project, today=day)
    verdicts = [
        docket.judge(Matter(check=check, vendor=vendor, requirement=requirement))
        for check in project.checks
        for vendor in docket.vendors_of(check)
        for requirement in docket.requirements_under(check)
    ]
    size = len(verdicts)
    return record_of(project, verdicts, today=day, asked=None, expected=size, partial=False)


def rows(data: bytes) -> Iterator[tuple[str, str, float]]:
    """What each step takes: to read the record, then to write each format."""
    start = time.process_time()
    read = decode(data, "record.json")
    yield "to read the record", _size(data), time.process_time() - start
    if read.record is None:
        raise SystemExit("\n".join(map(str, read.problems)))
    for name, writer in WRITERS.items():
        start = time.process_time()
        made = (writer(read.record) or "").encode()
        took = time.process_time() - start
        yield f"`{name}`", _size(made), took


def _size(data: bytes) -> str:
    packed = len(gzip.compress(data, compresslevel=6, mtime=0))
    return f"{len(data) / 1e6:.1f} MB, packed {packed / 1e6:.2f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="What each format for machines costs.")
    parser.add_argument("--vendors", type=int, default=1000)
    parser.add_argument("--requirements", type=int, default=20)
    asked = parser.parse_args()
    data = to_text(record(asked.vendors, asked.requirements)).encode()
    print("| what | size | seconds |\n|---|---|---|")
    for name, size, seconds in rows(data):
        print(f"| {name} | {size} | {seconds:.1f} |")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nThe process held {most:.0f} MB at most.")


if __name__ == "__main__":
    main()
