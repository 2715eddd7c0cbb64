"""What a person at a terminal sees, and what a file and a pipe get."""

from __future__ import annotations

import io
import os
import pty
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from termsgate.cli import Exit, main, terminal
from tests.terminal import COLOUR, Screen, shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ASKED = ("explain", "calls", "zoom", "ai-training.calls", "--as-of", "2023-04-01")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What a person sees of a command, at a terminal 60 columns wide."""

    def run(*words: str, **heard: str) -> str:
        return shown(words, 60, monkeypatch, **heard).sent

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
def test_colours_can_be_left_out(name: str, value: str, seen: Callable[..., str]) -> None:
    """By who says so, and where a terminal has none."""
    assert "\x1b" not in seen(*ASKED, **{name: value})


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
    """An error red, a smell yellow; a place stays whole, for editors to open."""
    with (project / "policies/ai-training.yaml").open("a") as file:
        file.write("nonsense: 1\n")
    with (project / "fixtures/zoom/terms/2023-08-11.yaml").open("a") as file:
        file.write("definitions: {Nobody: {data: audio}}\n")

    found = seen("lint")

    assert "\x1b[33m[version/unused-definition]\x1b[0m" in found
    assert "\x1b[1;31m[policy/unknown-key]\x1b[0m" in found
    lines = COLOUR.sub("", found).splitlines()
    assert max(map(len, lines)) <= 60


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


def waited(patch: pytest.MonkeyPatch, columns: int = 80, until: int = 3) -> list[str]:
    """What a person sees of work that counts to ten, until it was said so many times."""
    screen = Terminal()
    patch.setattr(sys, "stderr", screen)
    patch.setattr(terminal, "PATIENCE", 0.01)
    patch.setattr(terminal, "_AGAIN", 0.01)
    patch.setenv("COLUMNS", str(columns))
    deadline = time.monotonic() + 10
    with terminal.waiting("reading every recorded version") as steps:
        while screen.getvalue().count("\r") < until and time.monotonic() < deadline:
            steps(min(steps.done + 1, 1234), 1234)
            time.sleep(0.01)
    return screen.getvalue().split("\r")


def test_what_can_be_counted_says_how_far_it_got(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of how many."""
    said = waited(monkeypatch)

    assert said[1].endswith(" of 1,234, 0 s")
    assert said[1].startswith("reading every recorded version ... ")


def test_what_is_said_of_work_stays_on_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that ran on to the next could not be taken away."""
    *said, blank, last = waited(monkeypatch, columns=20)

    assert max(map(len, [*said, blank])) == 19
    assert (blank.strip(), last) == ("", "")


def test_stopped_work_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is taken away before anything else is said."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(terminal, "PATIENCE", 0.0)

    with pytest.raises(KeyboardInterrupt), terminal.waiting("judging"):  # noqa: PT012
        while "judging" not in screen.getvalue():
            time.sleep(0.01)
        raise KeyboardInterrupt

    assert screen.getvalue().endswith("\r")
    assert screen.getvalue().split("\r")[-2].strip() == ""


SLOW = """\
import sys, time
from termsgate.cli import main, project
from termsgate.cli.terminal import waiting

def forever(root):
    with waiting("reading the files"):
        time.sleep(60)

project.load = forever
sys.exit(main(["lint"]))
"""


@pytest.mark.usefixtures("project")
def test_ctrl_c_ends_with_its_own_code_and_a_clean_line() -> None:
    """At a real terminal, in a process of its own: no trace of Python."""
    master, slave = pty.openpty()
    screen = Screen(master)
    done = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", SLOW],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
    )
    os.close(slave)
    deadline = time.monotonic() + 30
    while "reading the files ... " not in screen.sent and time.monotonic() < deadline:
        time.sleep(0.05)

    done.send_signal(signal.SIGINT)
    code = done.wait(timeout=30)
    screen.close()

    assert code == Exit.STOPPED
    before, after = screen.plain.rsplit("\r", 1)
    assert before.split("\r")[-1].strip() == ""
    assert after == "\ntermsgate: stopped\n"


def test_a_pipe_is_told_nothing_of_a_stop(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The code says it."""

    def stopped(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("termsgate.cli.schema.run", stopped)

    assert main(["schema"]) == Exit.STOPPED
    assert capsys.readouterr() == ("", "")
