"""What a run prints is copied into the pages from a run; this runs them again and copies anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import termsgate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(termsgate.__file__).resolve().parent.parent
"""Where this process found the package: that one is run."""

TODAY = "2026-11-21"
"""The day the runs are taken to happen on, so that the pages do not change with the calendar."""

FILE = re.compile(
    r"^```\w+\n(# (?P<path>pytest\.ini|(?:policies|fixtures|checks|captured)/\S+)\n.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
BLOCK = re.compile(r"(<!-- run: ([a-z0-9-]+) -->\n).*?(<!-- end of run -->)", re.DOTALL)
TELLING = ("PYTEST", "CI", "BUILD_NUMBER", "FORCE_COLOR", "PY_COLORS")
"""What pytest would print otherwise for."""

LEFT_OUT = "[...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run that a page shows: pieces of what it prints, one after the other.

    A piece goes from a line that matches its first pattern to before one that matches its second.

    `of_page` runs it in the project that the page itself shows, `project` in that of another page;
    else it is run in the repository, or in a `folder` that is empty or started by `termsgate init`.
    With `command` it is that command of `termsgate`. `first` are runs before it, and then `edits`
    are made: a file, what stands there, and what shall.
    """

    page: str
    name: str
    arguments: tuple[str, ...]
    pieces: tuple[tuple[str, str], ...]
    of_page: bool = False
    command: str = ""
    project: str = ""
    folder: str = ""
    first: tuple[tuple[str, ...], ...] = ()
    edits: tuple[tuple[str, str, str], ...] = ()


BASELINE = ("--terms-baseline", "baseline.json")
WRITTEN = ((*BASELINE, "--terms-update-baseline"),)
STARTED = "docs/getting-started.md"

RUNS = (
    Run(
        page="docs/check.md",
        name="check-red",
        command="check",
        arguments=("--as-of", "2023-04-01", "--today", TODAY, "--no-cache", "--quiet"),
        pieces=(
            ("^fail: classroom zoom ai-training", "^fail: classroom zoom licence"),
            ("^terms as of", "^warnings:"),
        ),
    ),
    Run(
        page="docs/draft.md",
        name="draft",
        command="draft",
        arguments=(
            "fixtures/harbour/terms/2026-03-01.md",
            *("--vendor", "harbour", "--document", "terms", "--on", TODAY),
        ),
        pieces=(("^# A draft", "^  # 0.55 by fetching"), ("^termsgate:", "^$")),
        of_page=True,
    ),
    Run(
        page="docs/getting-started.md",
        name="own-project",
        arguments=(),
        pieces=(("^=+ test session", "^record:"), ("^=+ short test summary", "^$")),
        of_page=True,
    ),
    Run(
        page="docs/gate.md",
        name="levels",
        arguments=("--terms-vendor", "whereby", "-k", "exit"),
        pieces=(("^[0-9]+ verdicts:", "^partial:"), ("^warnings:", "^waivers:")),
    ),
    Run(
        page="docs/gate.md",
        name="waived",
        arguments=("checks/harbour.yaml",),
        pieces=(("^=+ terms as of", "^record:"),),
        of_page=True,
    ),
    Run(
        page="docs/gate.md",
        name="waiver-expired",
        arguments=("checks/harbour.yaml", "--terms-today", "2026-12-16"),
        pieces=(("^waiver:", "^to waive"), ("^at the gate:", "^waivers:")),
        of_page=True,
    ),
    Run(
        page="docs/gate.md",
        name="terms-changed",
        arguments=("checks/harbour.yaml", "--terms-today", "2027-01-15", "-k", "training"),
        pieces=(("^decided by:", "^more:"), ("^warnings:", "^record:")),
        of_page=True,
    ),
    Run(
        page="docs/gate.md",
        name="reading",
        arguments=("harbour", "harbour", "harbour-needs.no-training"),
        pieces=(("^verdict:", "^decided by"), ("^readings on record:", "^to waive")),
        of_page=True,
        command="explain",
    ),
    Run(
        page="docs/gate.md",
        name="choice",
        arguments=("harbour", "harbour", "harbour-needs.no-marketing"),
        pieces=(("^verdict:", "^$"),),
        of_page=True,
        command="explain",
    ),
    Run(
        page="docs/gate.md",
        name="baseline-known",
        project=STARTED,
        first=WRITTEN,
        arguments=BASELINE,
        pieces=(
            ("^2 verdicts:", "^warnings:"),
            ("^baseline:", "^quotes:"),
            ("^=+ .*xfailed", "^$"),
        ),
    ),
    Run(
        page="docs/gate.md",
        name="baseline-worse",
        project=STARTED,
        first=WRITTEN,
        edits=(("fixtures/acme/terms/2024-01-01.yaml", "improve-services]", "train-ai]"),),
        arguments=BASELINE,
        pieces=(("^_+ acme", "^decided by:"), ("^baseline:", "^quotes:")),
    ),
    Run(
        page="docs/gate.md",
        name="baseline-gone",
        project=STARTED,
        first=WRITTEN,
        edits=(("policies/our-data.yaml", "id: change-notice", "id: notice"),),
        arguments=BASELINE,
        pieces=(("^baseline:", "^quotes:"), ("of the baseline are|of the baseline is", "^=")),
    ),
    Run(
        page="docs/gate.md",
        name="baseline-edited",
        project=STARTED,
        first=WRITTEN,
        edits=(("baseline.json", '"outcome": "warn"', '"outcome": "fail"'),),
        arguments=BASELINE,
        pieces=(("^ERROR:", "^$"),),
    ),
    Run(
        page="docs/gate.md",
        name="partial",
        arguments=("-k", "calls-need-consent", "--terms-vendor", "zoom"),
        pieces=(("^[0-9]+ verdicts:", "^(warnings|waivers|quotes)"),),
    ),
    Run(
        page="docs/gate.md",
        name="nothing",
        project=STARTED,
        arguments=("-k", "broad"),
        pieces=(("^no verdict", "^=+"),),
    ),
    Run(
        page="docs/init.md",
        name="init",
        folder="empty",
        command="init",
        arguments=("terms",),
        pieces=(("^wrote", "^$"),),
    ),
    Run(
        page="docs/init.md",
        name="init-judged",
        folder="started",
        arguments=(),
        pieces=(("^collected", "^record:"), ("^=+ .*passed", "^$")),
    ),
    Run(
        page="docs/init.md",
        name="init-question",
        folder="started",
        command="explain",
        arguments=("everyday", "example-calls", "ai-training.derived-data"),
        pieces=(("^ai-training", "^to waive"),),
    ),
    Run(
        page="docs/init.md",
        name="init-before",
        folder="started",
        arguments=("--terms-as-of", "2024-06-01", "-k", "calls-need-consent and not party"),
        pieces=(
            ("^ai-training.calls-need-consent:", "^documents|^to waive"),
            ("^at the gate", "^warnings"),
        ),
    ),
    Run(
        page="docs/diff.md",
        name="consent",
        command="diff",
        arguments=("zoom", "2023-03-31", "2023-08-07", "--document", "terms-of-service"),
        pieces=(("^zoom", "^$"),),
    ),
    Run(
        page="docs/diff.md",
        name="rewrite",
        command="diff",
        arguments=(
            *("zoom", "2023-08-07", "2023-08-11", "--document", "terms-of-service"),
            *("--check", "video-calls"),
        ),
        pieces=(("^zoom", "^    ai-training.all-"), ("^uses whose", "^$")),
    ),
    Run(
        page="docs/diff.md",
        name="nothing",
        command="diff",
        arguments=("zoom", "2023-08-07", "2023-08-10"),
        pieces=(("^zoom", "^$"),),
    ),
    Run(
        page="docs/diff.md",
        name="history",
        command="history",
        arguments=("zoom", "--check", "video-calls"),
        pieces=(
            ("^zoom", "^  exit"),
            ("^m met", "^$"),
        ),
    ),
    Run(
        page="docs/evidence.md",
        name="verify",
        arguments=("--all",),
        pieces=(("^fixtures", "^$"),),
        of_page=True,
        command="verify",
    ),
    Run(
        page="docs/drift.md",
        name="drift",
        arguments=("lantern", "captured/june.md", "--as-of", "2025-06-02"),
        pieces=(
            ("^lantern", "^$"),
            ("^quotes", "^$"),
            ("^verdicts no", "^$"),
            ("^verdicts to", "^$"),
            ("^passages", "^$"),
        ),
        of_page=True,
        command="drift",
    ),
    Run(
        page="docs/drift.md",
        name="wall",
        arguments=("lantern", "captured/wall.md", "--as-of", "2025-06-02"),
        pieces=(("^lantern", "^$"),),
        of_page=True,
        command="drift",
    ),
)


def pages() -> list[str]:
    """The pages that show a run."""
    return sorted({run.page for run in RUNS})


def written(page: str) -> str:
    """A page with what its runs print now."""
    text = (ROOT / page).read_text(encoding="utf-8")
    shown = {run.name: excerpt(run, text) for run in RUNS if run.page == page}
    return BLOCK.sub(lambda at: f"{at[1]}\n```text\n{shown[at[2]]}\n```\n\n{at[3]}", text)


def excerpt(run: Run, page: str) -> str:
    """The pieces of what a run prints, with a mark where something was left out between them."""
    with TemporaryDirectory() as folder:
        project = Path(folder)
        where = _staged(run, page, project)
        command = _command(run) if run.command else _pytest(run.arguments, project)
        printed = _printed(command, where)
    lines = without_time(printed).splitlines()
    return f"\n{LEFT_OUT}\n".join(pieces([*lines, ""], run.pieces))


_TOOK = re.compile(r"^=*( ?)(.*) in \d+\.\d+s(?: \([\d:]+\))?( ?)=*$", re.MULTILINE)


def without_time(printed: str) -> str:
    """What is printed, without how long it took."""
    return _TOOK.sub(_at_once, printed)


def _at_once(line: re.Match[str]) -> str:
    """The last line as if it had taken no time: the slower, the shorter its rule would be."""
    if not line[1]:
        return line[2]
    ruled = f"{line[2]} in 0.00s"
    half = "=" * ((80 - len(ruled) - 2) // 2)
    odd = "=" * ((80 - len(ruled)) % 2)
    return f"{half} {line[2]} {half}{odd}"


def _staged(run: Run, page: str, folder: Path) -> Path:
    """Where it is run, with everything done that comes before."""
    if run.folder == "started":
        _printed(_termsgate("init", str(folder)), folder)
    if run.folder:
        return folder
    if not run.of_page and not run.project:
        return ROOT
    shown = _around(run, page) if run.of_page else (ROOT / run.project).read_text(encoding="utf-8")
    lay_out(shown, folder)
    for arguments in run.first:
        _printed(_pytest(arguments, folder), folder)
    for name, old, new in run.edits:
        file = folder / name
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    return folder


def _around(run: Run, page: str) -> str:
    """Where its project is shown: its section, if that has one of its own, or the page."""
    sections = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    (own,) = (each for each in sections if f"<!-- run: {run.name} -->" in each)
    return own if "# pytest.ini\n" in own else page


def lay_out(page: str, root: Path) -> None:
    """Write the files that a page shows, as the project they form."""
    for found in FILE.finditer(page):
        file = root / found["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(found[1], encoding="utf-8")


def _printed(command: Sequence[str], where: Path) -> str:
    """What a command prints, without what differs from one machine to the next."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(TELLING)}
    environment = {**kept, "COLUMNS": "80", "PYTHONPATH": str(PACKAGE)}
    done = subprocess.run(  # noqa: S603 - our own words only
        command, cwd=where, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def _command(run: Run) -> list[str]:
    today = ["--today", TODAY] if run.command in _DATED else []
    return _termsgate(run.command, *today, *run.arguments)


def _termsgate(*words: str) -> list[str]:
    script = "import sys; from termsgate.cli import main; sys.exit(main())"
    return [sys.executable, "-c", script, *words]


_DATED = ("explain", "diff", "history")
"""The commands that would else look at the calendar."""


def _pytest(arguments: Sequence[str], aside: Path) -> list[str]:
    plugins = ("no:html", "no:cacheprovider", "no:xdist", "no:randomly")
    return [
        *(sys.executable, "-m", "pytest", "--no-header", "--color=no"),
        *(word for plugin in plugins for word in ("-p", plugin)),
        *("--terms-today", TODAY, "--terms-json", str(aside / "reports" / "record.json")),
        *arguments,
    ]


def pieces(lines: Sequence[str], wanted: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Each piece, looked for where the last one ended."""
    at = 0
    for start, stop in wanted:
        first = _next(lines, start, at)
        at = _next(lines, stop, first + 1)
        yield "\n".join(lines[first:at])


def _next(lines: Sequence[str], pattern: str, at: int) -> int:
    """The number of the next line that matches."""
    found = (number for number in range(at, len(lines)) if re.search(pattern, lines[number]))
    number = next(found, None)
    if number is None:
        raise SystemExit("\n".join([*lines, f"after line {at}, none matches `{pattern}`"]))
    return number


if __name__ == "__main__":
    for path in sys.argv[1:] or pages():
        (ROOT / path).write_text(written(path), encoding="utf-8")
        print(f"written: {path}")
