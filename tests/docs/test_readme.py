"""What the README says of us is so."""

from __future__ import annotations

import ast
import re

import pytest

from docs.generate_images import FOLDER, SHOTS, TERMINAL, terminal
from termsgate.cli import main
from termsgate.reading.store import load
from tests.docs.samples import ROOT

PAGE = (ROOT / "README.md").read_text(encoding="utf-8")
SOURCE = ROOT / "src" / "termsgate"


def test_it_is_short() -> None:
    """Nobody reads a long one."""
    assert len(PAGE.splitlines()) < 200


def test_it_counts_the_requirements_and_names_the_vendors() -> None:
    """Those of this repository."""
    project = load(ROOT).project
    assert project is not None
    count = sum(len(policy.requirements) for policy in project.policies)
    said = re.search(r"which judges (.+) by (\d+) requirements", PAGE)

    assert said is not None
    assert int(said[2]) == count
    assert len(re.split(", | and ", said[1])) == len(project.vendors)


def test_the_terminal_is_drawn_from_a_run() -> None:
    """The picture is up to date; if not: `python -m docs.generate_images`."""
    assert TERMINAL.read_text(encoding="utf-8") == terminal()


@pytest.mark.parametrize("name", [TERMINAL.name, *(shot.name for shot in SHOTS)])
def test_a_picture_is_light(name: str) -> None:
    """A page with it opens on a train."""
    assert 0 < (FOLDER / name).stat().st_size < 100_000


def test_every_picture_says_in_words_what_is_on_it() -> None:
    """For those who cannot see it."""
    pictures = re.findall(r"!\[([^\]]*)\]\(", PAGE)

    assert len(pictures) == 2
    assert all(len(words.split()) > 10 for words in pictures)


def test_nothing_of_ours_can_open_a_connection() -> None:
    """No module imports what talks to a network."""
    talking = {"asyncio", "ftplib", "http", "requests", "smtplib", "socket", "ssl", "xmlrpc"}
    found = {
        (path.relative_to(SOURCE).as_posix(), name)
        for path in SOURCE.rglob("*.py")
        for name in _imported(path.read_text(encoding="utf-8"))
        if name.split(".")[0] in talking or name.startswith("urllib.request")
    }

    assert found == set()


def _imported(source: str) -> set[str]:
    """The modules that a file names in an import."""
    nodes = list(ast.walk(ast.parse(source)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    from_them = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return plain | from_them


def test_every_command_it_names_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    """Of `termsgate`."""
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = capsys.readouterr().out

    named = set(re.findall(r"termsgate ([a-z]+)(?: [A-Z]|`)", PAGE))
    assert named == {"check", "draft", "init", "verify"}
    assert all(re.search(rf"^    {name}\b", listed, re.MULTILINE) for name in named)
