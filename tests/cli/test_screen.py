"""What a person sees of every command, at a real terminal that is narrow, usual or wide."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.cli import _parser, main
from termsgate.reporting.folding import NARROWEST, columns
from termsgate.reporting.json import to_text
from termsgate.reporting.look import WIDTH
from tests.cli.test_outputs import commands
from tests.recorded import met, record
from tests.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.terminal import Screen

WIDE: Final = "本服务条款规定、我们不会使用您的通话内容来训练任何模型、除非您事先明确同意。"
URL: Final = "https://example.org/" + "terms-of-service-and-privacy/" * 5
VERSION: Final = "fixtures/zoom/terms/2023-03-31"
TEXT: Final = f"""\
# Terms

**10.4 Licence**. Zoom may use content for machine learning, artificial intelligence and more, see
{URL} and what a customer in Lie\u0301ge says of it.

{WIDE}

Zoom will not use your calls to train its models. We delete your content within thirty days.
"""
SAYS: Final = f"Zoom may do with content what it likes: {WIDE} See {URL}, cafe\u0301 au lait."

COMMAND: Final = re.compile(r"(?:next: |more: |  )(?:pytest|termsgate) ")

PRINTING: Final = (
    ("verify", "--all"),
    ("verify", "--texts", "none"),
    ("diff", "zoom", "2023-04-01", "2023-09-01"),
    ("diff", "zoom", "2023-04-01", "2023-04-02"),
    ("explain", "calls", "zoom", "ai-training.calls", "--as-of", "2023-04-01"),
    ("lint", "."),
    ("lint", "wrong"),
    ("sign", "zoom", "--by", "counsel@example.org"),
    ("new", "version", "zoom", "terms", "--text", "new.md"),
    ("init", "made"),
    ("explain", "calls", "zoom", "ai-training.cals"),
    ("diff", "zoom", "2023-04-01"),
    ("verify", "--vendor", "nobody"),
)
"""Commands that say the same words at every width."""

AGAIN: Final = tuple(words for words in PRINTING if words[0] not in {"new", "init", "sign"})
"""Those that write nothing, and so find the same when they are run again."""

TELLING: Final = (
    ("drift", "zoom", "new.md", "--as-of", "2023-04-01"),
    ("drift", "zoom", "empty.md", "--as-of", "2023-04-01"),
    ("history", "zoom", "--today", "2023-05-01"),
    ("history", "zoom", "--all"),
    ("schema",),
    ("check", "--no-cache"),
    ("check", "--no-cache", "--as-of", "2023-04-01"),
    ("check", "--no-cache", "--as-of", "2023-04-01", "--quiet", "--audit"),
)
"""Commands that leave something out, or put it elsewhere, where there is less room."""

SILENT: Final = (
    ("draft", "new.md", "--vendor", "zoom", "--document", "terms"),
    ("prompt", "new.md"),
    ("export", "record.json", "--to", "markdown"),
    ("export", "record.json", "--to", "csv"),
    ("schema", "policy"),
    ("completion", "bash"),
    ("lint", "--format", "json"),
    ("changed", "fixtures/zoom/vendor.yaml"),
    ("diff", "zoom", "2023-04-01", "2023-09-01", "--format", "markdown"),
)
"""Commands that print a file, which is the same wherever it is printed."""


@pytest.fixture(autouse=True)
def texts(project: Path) -> Path:
    """A project with long words, wide letters and accents that stand alone."""
    version = project / f"{VERSION}.yaml"
    version.write_text(
        version.read_text().replace("Zoom may do with content what it likes.", f'"{SAYS}"'),
        encoding="utf-8",
    )
    wrong = project / "fixtures/zoom"
    for name, text in {
        f"{VERSION}.md": TEXT,
        "none/a.md": "",
        "new.md": TEXT.replace("Zoom will not use", "Zoom may use").replace("more, see", "see"),
        "empty.md": "",
        "record.json": to_text(record(met())),
        "wrong/policies/house.yaml": f"policy: house\nrubbish: [1]\ntitle: {WIDE}\n",
        "wrong/fixtures/zoom/vendor.yaml": (wrong / "vendor.yaml").read_text(),
    }.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text, encoding="utf-8")
    return project


@pytest.fixture
def see(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Screen]:
    """Run a command at a terminal."""

    def run(words: tuple[str, ...], width: int, **heard: str) -> Screen:
        with monkeypatch.context() as patch:
            return shown(words, width, patch, **heard)

    return run


def named(words: tuple[str, ...]) -> str:
    """The name of a case."""
    return "-".join(words)


@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("words", [*PRINTING, *TELLING], ids=named)
def test_no_line_is_wider_than_the_screen(
    words: tuple[str, ...], width: int, see: Callable[..., Screen]
) -> None:
    """But for a word that is longer than a line, and a command, which is copied in one piece."""
    most = max(width, NARROWEST) if words[0] == "history" else min(max(width, NARROWEST), WIDTH)

    lines = see(words, width).plain.splitlines()

    wide = [each for each in lines if columns(each) > most and len(each.split()) > 1]
    assert lines
    assert [each for each in wide if not COMMAND.match(each)] == []


@pytest.mark.parametrize("words", AGAIN, ids=named)
def test_a_screen_shows_the_words_that_a_file_gets(
    words: tuple[str, ...], see: Callable[..., Screen], capsys: pytest.CaptureFixture[str]
) -> None:
    """In other lines."""
    main(words)
    out, err = capsys.readouterr()

    assert unspaced(see(words, 40).plain) == unspaced(out + err)


def unspaced(text: str) -> str:
    """The letters of a text; between wide ones a line may end without a blank."""
    return "".join(text.split())


@pytest.mark.parametrize("words", [*PRINTING, *TELLING], ids=named)
@pytest.mark.parametrize(("said", "colours"), [("", True), ("1", False)], ids=["", "NO_COLOR"])
def test_colours_are_for_who_wants_them(
    words: tuple[str, ...], said: str, *, colours: bool, see: Callable[..., Screen]
) -> None:
    """On a terminal, unless somebody says no."""
    assert ("\x1b[" in see(words, 80, NO_COLOR=said).sent) is colours


@pytest.mark.parametrize(
    ("heard", "colours"),
    [
        ({}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_terminal_without_colours_is_heard_of(
    heard: dict[str, str], *, colours: bool, see: Callable[..., Screen]
) -> None:
    """And whoever wants them all the same."""
    assert ("\x1b[" in see(("verify", "--all"), 80, **heard).sent) is colours


def test_the_width_can_be_said(see: Callable[..., Screen]) -> None:
    """For a terminal that does not know its own."""
    assert see(PRINTING[0], 200, COLUMNS="50").sent == see(PRINTING[0], 50).sent


@pytest.mark.parametrize("words", SILENT, ids=named)
def test_a_file_is_the_same_at_a_terminal(
    words: tuple[str, ...], see: Callable[..., Screen], capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither folded nor coloured: it is to be copied."""
    main(words)
    out = capsys.readouterr().out.replace("\r", "")

    found = see(words, 40).sent.replace("\r", "")

    assert found.startswith(out)
    assert "\x1b[" not in found[: len(out)]


@pytest.mark.parametrize("words", [*AGAIN, *TELLING, *SILENT], ids=named)
def test_a_pipe_gets_the_same_whatever_the_shell_says_of_its_width(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who compares two runs finds no difference that is none."""
    printed = []
    for width in ("40", "200"):
        monkeypatch.setenv("COLUMNS", width)
        main(words)
        printed.append(capsys.readouterr())

    assert printed[0] == printed[1]
    assert "\x1b[" not in printed[0].out + printed[0].err


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("name", [name for name, _ in commands(_parser())])
def test_help_fits(name: str, width: int, see: Callable[..., Screen]) -> None:
    """Of each command; argparse does not divide its usage, nor what an option may be."""
    _, *told = see((*name.split(), "--help"), width).plain.split("\n\n")

    lines = [line for part in told for line in part.splitlines()]
    wide = [each for each in lines if columns(each) > min(width, WIDTH)]
    assert [each for each in wide if "{" not in each] == []


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_run_that_was_put_together_fits(width: int, see: Callable[..., Screen]) -> None:
    """As one in one part does."""
    main(["check", "--no-cache", "--shard", "1/1", "--json", "part.json"])

    screen = see(("merge", "part.json", "--json", "whole.json"), width)

    assert max(map(columns, screen.plain.splitlines())) <= width
    assert "\x1b[1m" in screen.sent


def test_every_command_is_looked_at() -> None:
    """One that is new is to be looked at too."""
    looked_at = {words[0] for words in (*PRINTING, *TELLING, *SILENT)} | {"merge"}

    (action,) = [
        each
        for each in _parser()._actions  # noqa: SLF001
        if isinstance(each, argparse._SubParsersAction)  # noqa: SLF001
    ]
    assert looked_at == set(action.choices)
