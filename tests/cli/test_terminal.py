"""What a person at a terminal sees, and what a file and a pipe get."""

from __future__ import annotations

import io
import os
import re
import sys
import time
from typing import TYPE_CHECKING

import pytest

from termsgate.cli import main, terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ASKED = ("explain", "calls", "zoom", "ai-training.calls", "--as-of", "2023-04-01")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What a person sees of a command, at a terminal 60 columns wide."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(
        "termsgate.cli.terminal.shutil.get_terminal_size", lambda: os.terminal_size((60, 24))
    )

    def run(*words: str) -> str:
        screen = Terminal()
        monkeypatch.setattr(sys, "stdout", screen)
        main(words)
        return screen.getvalue()

    return run


def piped(capsys: pytest.CaptureFixture[str]) -> str:
    """What standard output got."""
    return capsys.readouterr().out


@pytest.mark.usefixtures("project")
def test_a_pipe_gets_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    """The same bytes wherever it is run."""
    main(ASKED)

    assert "\x1b" not in piped(capsys)


@pytest.mark.usefixtures("project")
def test_a_person_gets_colours_and_lines_that_fit(
    seen: Callable[..., str],
) -> None:
    """And the same words."""
    found = seen(*ASKED)
    plain = COLOUR.sub("", found)

    assert "\x1b[1;31mviolated\x1b[0m" in found
    lines = [line for line in plain.splitlines() if "sha256:" not in line]
    assert max(map(len, lines)) <= 60
    assert "decided by:" in plain


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")], ids=["NO_COLOR", "dumb"]
)
def test_colours_can_be_left_out(
    name: str, value: str, seen: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By who says so, and where a terminal has none."""
    monkeypatch.setenv(name, value)

    assert "\x1b" not in seen(*ASKED)


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(("no", "colours"), [("", True), ("1", False)])
def test_colours_can_be_asked_for(
    no: str, *, colours: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """For a log that shows them; NO_COLOR has the last word."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", no)

    main(ASKED)

    assert ("\x1b[1m" in piped(capsys)) is colours


def test_lint_is_coloured_by_weight_and_its_help_fits(
    project: Path, seen: Callable[..., str]
) -> None:
    """An error red, a smell yellow; the line with the place stays whole, for editors to open."""
    with (project / "policies/ai-training.yaml").open("a") as file:
        file.write("nonsense: 1\n")
    with (project / "fixtures/zoom/terms/2023-08-11.yaml").open("a") as file:
        file.write("definitions: {Nobody: {data: audio}}\n")

    found = seen("lint")

    assert "\x1b[33m[version/unused-definition]\x1b[0m" in found
    assert "\x1b[1;31m[policy/unknown-key]\x1b[0m" in found
    helps = [line for line in found.splitlines() if line.startswith("  ")]
    assert max(map(len, helps)) <= 60


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ("", "nothing wrong in 5 files\n"),
        ("nonsense: 1\nrubbish: 2\n", "2 errors in 1 file\n"),
    ],
)
def test_lint_sums_up_on_standard_error(
    more: str, line: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that who runs it by hand sees that it looked; formats for programs stay as they are."""
    with (project / "policies/ai-training.yaml").open("a") as file:
        file.write(more)

    main(["lint"])
    told = capsys.readouterr().err
    main(["lint", "--format", "json"])

    assert (told, capsys.readouterr().err) == (line, "")


def test_what_takes_long_says_so_and_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On standard error, and only while it lasts."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(terminal, "PATIENCE", 0.01)
    monkeypatch.setattr(terminal, "_AGAIN", 0.01)

    with terminal.waiting("reading the files"):
        deadline = time.monotonic() + 10
        while screen.getvalue().count("\r") < 2 and time.monotonic() < deadline:
            time.sleep(0.01)

    lines = screen.getvalue().split("\r")
    assert lines[1] == "reading the files ... 0 s"
    assert lines[-1] == ""
    assert lines[-2].strip() == ""
    assert len(lines[-2]) >= len(lines[1])


@pytest.mark.parametrize("person", [True, False])
def test_what_is_soon_done_says_nothing(*, person: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does anything to a log."""
    screen = Terminal() if person else io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    if not person:
        monkeypatch.setattr(terminal, "PATIENCE", 0.0)

    with terminal.waiting("reading the files"):
        pass

    assert screen.getvalue() == ""
