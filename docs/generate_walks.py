"""A walk is a page whose commands are run one after the other; this runs them, and copies anew.

What a block of a walk is, the comment before it says, which readers do not see:

- no comment, in a block of `console`: each line after `$` is run, and ends with 0; all that the
  last one prints is shown;
- `<!-- shown -->`, with lines of `from:` and `to:`: of what the last command prints, the pieces
  from a line that matches to before the next that does (`from: nothing` shows none); `ends: 1`
  is the code it ends with;
- `<!-- save: FILE -->`: the block is a file that the reader saves;
- `<!-- append: FILE -->`: the reader adds the block at the end of that file, after an empty line;
- `<!-- edit: FILE -->`: a difference that the reader makes in it, its places divided by `@@`;
- `<!-- in: FILE -->`, with `from:` and `to:`: what stands in a file that the walk has written, of
  a page what a reader sees;
- `<!-- of: FILE -->`: lines of a file of the repository;
- `<!-- not run: REASON -->`: what a test cannot do.

A page begins in an empty folder; with `<!-- start: init -->` in what `termsgate init` has written,
with `<!-- start: repository -->` in a copy of our policies, fixtures and checks.
"""

from __future__ import annotations

import html
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from docs.generate_runs import LEFT_OUT, PACKAGE, TELLING, TODAY, pieces, without_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent

BLOCK = re.compile(
    r"(?P<head>(?:^<!-- (?P<told>[^>]*?)\s*-->\n\n?)?^```(?P<language>\w+)\n)(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
_TAG = re.compile(r"<(style|script)\b.*?</\1>|<[^>]+>", re.DOTALL)
_START = re.compile(r"^<!-- start: (\w+) -->$", re.MULTILINE)
_TODAY = {"explain": "--today", "diff": "--today", "history": "--today"} | {
    "draft": "--on",
    "sign": "--on",
    "prompt": "--on",
}
"""The commands that would else look at the calendar."""

_TERMSGATE = f"""\
import sys
from termsgate.cli import main
words = sys.argv[1:]
option = {_TODAY}.get(words[0] if words else "")
sys.exit(main([*words, option, "{TODAY}"] if option and option not in words else words))
"""
_PYTEST = (
    *("--no-header", "--color=no", "--terms-today", TODAY),
    *("-p", "no:html", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:randomly"),
)


class Astray(Exception):  # noqa: N818 - what is raised when a walk does not lead where it says
    """A step of a walk does not do what the page says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block of a page, with what the comment before it tells of it."""

    told: tuple[tuple[str, str], ...]
    language: str
    body: str

    @property
    def kind(self) -> str:
        """What the first word of the comment says it is."""
        return self.told[0][0] if self.told else ""

    @property
    def about(self) -> str:
        """What stands after that word."""
        return self.told[0][1] if self.told else ""

    def said(self, key: str) -> tuple[str, ...]:
        """What the comment says under a key, each time."""
        return tuple(value for name, value in self.told if name == key)

    @property
    def commands(self) -> tuple[str, ...]:
        """What is run: the lines after `$`, with those that go on after a backslash."""
        found = re.findall(r"^\$ ((?:.*\\\n)*.*)$", self.body, re.MULTILINE)
        return tuple(found) if self.language == "console" else ()


def walks() -> list[str]:
    """The pages that are walks."""
    pages = [ROOT / "docs/tutorial.md", *sorted((ROOT / "docs/how-to").glob("*.md"))]
    return [page.relative_to(ROOT).as_posix() for page in pages]


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page, from the first to the last."""
    return map(_block, BLOCK.finditer(page))


def _block(found: re.Match[str]) -> Block:
    return Block(
        told=tuple(_keyed(line) for line in (found["told"] or "").splitlines()),
        language=found["language"],
        body=found["body"],
    )


def _keyed(line: str) -> tuple[str, str]:
    key, _, value = line.partition(":")
    return key.strip(), value.strip()


# --- the walk -----------------------------------------------------------------------------------


def written(page: str) -> str:
    """A page with what its commands print now; whatever else does not hold is raised."""
    text = (ROOT / page).read_text(encoding="utf-8")
    with TemporaryDirectory() as folder:
        walker = Walker(Path(folder), text)
        return BLOCK.sub(lambda at: f"{at['head']}{walker.walked(_block(at))}```", text)


class Walker:
    """Whoever follows a page: where they stand, and what they typed."""

    def __init__(self, folder: Path, page: str) -> None:
        """Start where the page does."""
        self.home = folder
        self.where = folder / "home"
        self.where.mkdir()
        self.path = _tools(folder / "bin")
        start = _START.search(page)
        _STARTS[start[1] if start else "nothing"](self)

    def walked(self, block: Block) -> str:
        """Do what a block says, and give what it then reads."""
        match block.kind:
            case "save":
                self._file(block).parent.mkdir(parents=True, exist_ok=True)
                self._file(block).write_text(block.body, encoding="utf-8")
            case "append":
                with self._file(block).open("a", encoding="utf-8") as file:
                    file.write(f"\n{block.body}")
            case "edit":
                self._edit(block)
            case "in":
                return _excerpt(self._read(block), block)
            case "of":
                _compare(block)
            case "not run":
                return block.body
            case _:
                return self._typed(block) if block.commands else block.body
        return block.body

    def _file(self, block: Block) -> Path:
        return self.where / block.about

    def _read(self, block: Block) -> str:
        text = self._file(block).read_text(encoding="utf-8")
        return html.unescape(_TAG.sub("", text)) if block.about.endswith(".html") else text

    def _edit(self, block: Block) -> None:
        """Make a difference, each place of which stands in the file once."""
        text = self._read(block)
        for place in block.body.split("@@\n"):
            lines = place.splitlines(keepends=True)
            old = "".join(line[1:] for line in lines if line[0] in " -")
            new = "".join(line[1:] for line in lines if line[0] in " +")
            if text.count(old) != 1:
                raise Astray(f"stands {text.count(old)} times in {block.about}:\n{old}\n{text}")
            text = text.replace(old, new)
        self._file(block).write_text(text, encoding="utf-8")

    def _typed(self, block: Block) -> str:
        """Run the commands of a block, and give them with what the last one prints."""
        *before, last = block.commands
        for command in before:
            self._expect(command, 0)
        printed = self._expect(last, int((*block.said("ends"), "0")[0]))
        return "".join([*(f"$ {each}\n" for each in block.commands), _excerpt(printed, block)])

    def _expect(self, command: str, code: int) -> str:
        found, printed = self.run(command)
        if found != code:
            raise Astray(f"$ {command}\n{printed}\nends with {found}, not with {code}")
        return printed

    def run(self, command: str) -> tuple[int, str]:
        """The code a command ends with, and what it prints."""
        if command.startswith("cd "):
            self.where = (self.where / command.removeprefix("cd ")).resolve(strict=True)
            return 0, ""
        done = subprocess.run(  # noqa: S603 - our own words only
            ["bash", "-c", command],  # noqa: S607 - the bash of whoever reads the page
            cwd=self.where,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, without_time(done.stdout)

    def _environment(self) -> Mapping[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(TELLING)}
        return kept | {
            "COLUMNS": "80",
            "GIT_CONFIG_GLOBAL": os.devnull,
            **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "Reader"),
            **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "reader@example.org"),
            "PATH": f"{self.path}{os.pathsep}{os.environ['PATH']}",
            "PYTHONIOENCODING": "utf-8",
            "PYTHONPATH": str(PACKAGE),
            "PYTHONUNBUFFERED": "1",
        }

    def initialise(self) -> None:
        """Stand in what `termsgate init` writes."""
        self._expect("termsgate init --yes", 0)

    def copy(self) -> None:
        """Stand in a copy of our policies, fixtures and checks."""
        for name in ("policies", "fixtures", "checks"):
            shutil.copytree(ROOT / name, self.where / name, ignore=_WITHOUT)
        (self.where / "pytest.ini").write_text("[pytest]\nterms_root = .\n", encoding="utf-8")


_WITHOUT = shutil.ignore_patterns("__pycache__", "*.py")
_STARTS = {"nothing": lambda _: None, "init": Walker.initialise, "repository": Walker.copy}


def _tools(folder: Path) -> Path:
    """A folder with the two commands, as they are after an installation."""
    folder.mkdir()
    (folder / "of_today.py").write_text(_TERMSGATE, encoding="utf-8")
    for name, words in {
        "termsgate": [str(folder / "of_today.py")],
        "pytest": ["-m", "pytest", *_PYTEST],
        "python": [],
    }.items():
        line = shlex.join([sys.executable, *words])
        (folder / name).write_text(f'#!/bin/sh\nexec {line} "$@"\n', encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


def _excerpt(printed: str, block: Block) -> str:
    """The pieces that the comment asks for; all of it, if it asks for none."""
    wanted = list(zip(block.said("from"), (*block.said("to"), "^$"), strict=False))
    if not wanted:
        return printed
    if wanted[0][0] == "nothing":
        return ""
    lines = [*printed.splitlines(), ""]
    return f"\n{LEFT_OUT}\n".join(pieces(lines, wanted)).rstrip("\n") + "\n"


def _compare(block: Block) -> None:
    """Hold a block against the file of the repository that it shows."""
    file = (ROOT / block.about).read_text(encoding="utf-8")
    there = textwrap.dedent(file)
    for part in block.body.split(f"{LEFT_OUT}\n"):
        if part not in there and textwrap.indent(part, "  ") not in there:
            raise Astray(f"does not stand in {block.about}:\n{part}")


def _write(pages: Sequence[str]) -> None:
    for page in pages:
        (ROOT / page).write_text(written(page), encoding="utf-8")
        print(f"written: {page}")


if __name__ == "__main__":
    _write(sys.argv[1:] or walks())
