"""What the page on the gate shows of reviews is what the commands print."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from docs.generate_runs import PACKAGE, TELLING, lay_out, without_time
from tests.docs.samples import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEADING: Final = "## Review duty and what is coming\n"
LEFT_OUT: Final = "[...]"
PYTEST: Final = (sys.executable, "-m", "pytest", "--no-header", "--color=no")
WITHOUT: Final = ("-p", "no:html", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:randomly")
COMMANDS: Final = {
    "pytest": (*PYTEST, *WITHOUT),
    "termsgate": (sys.executable, "-c", "from termsgate.cli import main; raise SystemExit(main())"),
}


def section() -> str:
    """The section of the page."""
    page = (ROOT / "docs" / "gate.md").read_text(encoding="utf-8")
    return re.split(r"^## ", page.partition(HEADING)[2], maxsplit=1, flags=re.MULTILINE)[0]


def steps(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command, with the pieces of output that the page shows below it."""
    for block in re.findall(r"^```console\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            pieces = output.split(f"{LEFT_OUT}\n")
            yield command, [piece for piece in pieces if piece]


def printed(command: str, where: Path) -> str:
    """What a command prints, without what differs from one run to the next."""
    first, *rest = command.split()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(TELLING)}
    done = subprocess.run(  # noqa: S603 - our own words only
        [*COMMANDS.get(first, (first,)), *rest],
        cwd=where,
        env={**kept, "COLUMNS": "80", "PYTHONPATH": str(PACKAGE), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return without_time(done.stdout + done.stderr)


def test_the_section_shows_what_its_commands_print(tmp_path: Path) -> None:
    """One after the other, in the project that the section shows."""
    text = section()
    lay_out(text, tmp_path)

    wrong = []
    for command, pieces in steps(text):
        output = printed(command, tmp_path)
        at = 0
        for piece in pieces:
            found = output.find(piece, at)
            if found < 0:
                wrong.append(f"$ {command}\n{output}\nlacks\n{piece}")
                break
            at = found + len(piece)

    assert "\n".join(wrong) == ""


def test_the_section_has_commands() -> None:
    """None of them is skipped for the way it is written."""
    commands = [command for command, _ in steps(section())]

    assert len(commands) == section().count("\n$ ")
    assert {command.split()[0] for command in commands} >= {"pytest", "termsgate", "sed"}
