"""`termsgate completion`: shells complete commands, options and the names of a project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from termsgate.cli import Exit, _parser, main
from tests.cli.test_outputs import commands


def words(capsys: pytest.CaptureFixture[str], *typed: str, shell: str = "bash") -> list[str]:
    """What fits in the place of the last word."""
    code = main(["completion", shell, "--", *typed])
    out, err = capsys.readouterr()
    assert (code, err) == (Exit.NOTHING_TO_SAY, "")
    return out.splitlines()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["exp"], ["explain", "export"]),
        (["explain", ""], ["calls"]),
        (["explain", "calls", "z"], ["zoom"]),
        (["explain", "calls", "zoom", "ai"], ["ai-training.calls"]),
        (["explain", "calls", "zoom", "ai-training.calls", ""], []),
        (["explain", "--fo"], ["--format"]),
        (["explain", "--format", ""], ["text", "json"]),
        (["lint", "--format=g"], ["github"]),
        (["lint", "--format", "=", "g"], ["github"]),
        (["lint", "--format=json", "--pre"], ["--prefix"]),
        (["explain", "--as-of", "2023-04-01", "c"], ["calls"]),
        (["explain", "--as-of", ""], []),
        (["new", "v"], ["vendor", "version"]),
        (["new", "version", "zoom", ""], ["terms"]),
        (["new", "version", "nobody", ""], []),
        (["new", "version", "zoom", "terms", "--text", ""], [":files"]),
        (["sign", "z"], ["zoom", ":files"]),
        (["sign", "zoom", "--yes", "z"], ["zoom", ":files"]),
        (["lint", ""], [":folders"]),
        (["verify", "--vendor", ""], ["zoom"]),
        (["verify", "--vendor", "zoom,"], []),
        (["verify", "--vendor", "acme,"], ["acme,zoom"]),
        (["draft", "a.md", "--vendor", "z"], ["zoom"]),
        (["draft", "a.md", "--vendor", "zoom", "--document", ""], ["terms"]),
        (["diff", "zoom", "--check", ""], ["calls"]),
        (["diff", "zoom", "--document=t"], ["terms"]),
        (["diff", "zoom", "2023-08"], ["2023-08-11", ":files"]),
        (["diff", "zoom", "2023-03-31", ""], ["2023-03-31", "2023-08-11", ":files"]),
        (["diff", "zoom", "--since", "2023-03"], ["2023-03-31"]),
        (["diff", "--since", "2023-03"], []),
        (["history", "zoom", "--today", ""], []),
        (["new", "vendor", ""], []),
        (["export", "--to", "od"], ["odrl"]),
        (["drift", "zoom", ""], [":files"]),
        (["drift", "zoom", "--texts", ""], [":folders"]),
        (["schema", "ver"], ["version"]),
        (["init", "--pack", "ai"], ["ai-training"]),
        (["init", "--yes", "--own"], ["--owner"]),
        (["completion", ""], ["bash", "fish", "zsh"]),
        (["nonsense", ""], []),
        (["new", "nonsense", "x", ""], []),
    ],
)
def test_what_fits_is_what_the_parser_takes(
    typed: list[str], expected: list[str], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Commands, options, choices, names and paths, each in its place."""
    assert project.is_dir()
    assert words(capsys, *typed) == expected


def test_every_command_is_offered(capsys: pytest.CaptureFixture[str]) -> None:
    """Those that there are."""
    found = {name.partition(" ")[0] for name, _ in commands(_parser())}

    assert set(words(capsys, "")) == found


FREE = {"DATE", "I/N", "N", "NAME", "TITLE", "URL", "WHO"}
"""What a user has to know: a day, a number, words of their own."""


@pytest.mark.parametrize("command", [name for name, _ in commands(_parser())])
def test_every_option_of_every_command_is_offered_and_its_values_are(
    command: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """But for those that only the user knows."""
    assert project.is_dir()
    parser = dict(commands(_parser()))[command]
    options = [each for each in parser._actions if each.option_strings]  # noqa: SLF001

    assert words(capsys, *command.split(), "-") == [
        max(each.option_strings, key=len) for each in options
    ]
    named = ["--vendor", "zoom"] if command in {"draft", "prompt"} else ["zoom"]
    for option in (each for each in options if each.nargs is None):
        typed = (*command.split(), *named, option.option_strings[-1], "")
        known = words(capsys, *typed) != [] or str(option.metavar) in FREE
        assert known, option.option_strings


def test_built_in_packs_are_known_where_a_check_names_them(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Their requirements are named as ours are."""
    check = project / "checks/calls.yaml"
    check.write_text(check.read_text().replace('["*"]', '["*", "termsgate:exit"]'))

    assert "exit.deletion" in words(capsys, "explain", "calls", "zoom", "exit.d")


def test_another_project_can_be_named(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With `--root`, typed before the name."""
    monkeypatch.chdir(project.parent)

    assert words(capsys, "explain", "--root", str(project), "") == ["calls"]
    assert words(capsys, "explain", "") == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("policies/ai-training.yaml", "requirements: [\n"),
        ("policies/ai-training.yaml", "requirements: 3\n"),
        ("policies/ai-training.yaml", "- a\n"),
        ("policies/ai-training.yaml", "requirements: [a, {title: b}, {id: [c]}]\n"),
        ("checks/calls.yaml", "policies: ai-training\n"),
    ],
)
def test_files_that_are_wrong_are_silent(
    name: str, text: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody is helped by an error in the middle of typing."""
    (project / name).write_text(text)

    found = words(capsys, "explain", "calls", "zoom", "")

    assert found == ([] if name.startswith("policies") else ["ai-training.calls"])


def test_what_breaks_is_silent(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where it is our fault."""
    monkeypatch.setattr("termsgate.reading.catalogue.vendors", lambda _: 1 / 0)

    assert project.is_dir()
    assert words(capsys, "sign", "") == []


# --- the shells ---------------------------------------------------------------------------------


def ask(shell: str, script: str, folder: Path) -> list[str]:
    """What a real shell prints after it has read our script."""
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"there is no {shell} here")
    beside = str(Path(sys.executable).parent)
    bare = {"fish": ["--no-config"], "zsh": ["-f"], "bash": ["--norc"]}[shell]
    done = subprocess.run(  # noqa: S603 - our own script
        [program, *bare, "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": f"{beside}:{os.environ['PATH']}", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


BASH = """\
eval "$(termsgate completion bash)"
COMP_WORDS=({words}); COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
_termsgate termsgate "${{COMP_WORDS[COMP_CWORD]}}" ""
printf '%s\\n' "${{COMPREPLY[@]}}"
complete -p termsgate
"""


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("termsgate explain calls zo", ["zoom"]),
        ("termsgate exp", ["explain", "export"]),
        ("termsgate lint pol", ["policies"]),
        ("termsgate export checks/c", ["checks/calls.yaml"]),
        ("termsgate export --to = od", ["odrl"]),
        ("termsgate nonsense ''", [""]),
    ],
)
def test_bash_completes(typed: str, expected: list[str], project: Path) -> None:
    """Words of ours, and paths."""
    found = ask("bash", BASH.format(words=typed), project)

    assert found == [*expected, "complete -F _termsgate termsgate"]


ZSH = """\
compdef() {{ print -r -- "compdef $*" }}
_files() {{ print -r -- "_files $*" }}
_describe() {{ print -rl -- "${{(@P)2}}" }}
eval "$(termsgate completion zsh)"
compset() {{ print -r -- "compset $*" }}
words=({words}); CURRENT=$#words; PREFIX=$words[CURRENT]
_termsgate
"""


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("termsgate explain calls zo", ["zoom"]),
        (
            "termsgate exp",
            ["explain:why a verdict is what it is", "export:a record in another format"],
        ),
        ("termsgate explain calls ''", ["zoom"]),
        ("termsgate lint ''", ["_files -/"]),
        ("termsgate sign zo", ["_files ", "zoom"]),
        ("termsgate export --to=od", ["compset -P *=", "odrl"]),
        ("termsgate new version zoom terms --text=fi", ["compset -P *=", "_files "]),
    ],
)
def test_zsh_completes(typed: str, expected: list[str], project: Path) -> None:
    """With what each command does."""
    found = ask("zsh", ZSH.format(words=typed), project)

    assert found == ["compdef _termsgate termsgate", *expected]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("termsgate explain calls zo", ["zoom"]),
        (
            "termsgate exp",
            ["explain\twhy a verdict is what it is", "export\ta record in another format"],
        ),
        ("termsgate explain calls ", ["zoom"]),
        ("termsgate lint po", ["policies/"]),
        ("termsgate export checks/c", ["checks/calls.yaml"]),
        ("termsgate export --to=od", ["--to=odrl"]),
        ("termsgate new version zoom terms --text=fi", ["--text=fixtures/"]),
        ("termsgate draft --output checks", ["checks/"]),
    ],
)
def test_fish_completes(typed: str, expected: list[str], project: Path) -> None:
    """As it would at the keyboard."""
    script = f"termsgate completion fish | source; complete -C '{typed}'"

    found = ask("fish", script, project)

    assert [line.removesuffix("\tDirectory") for line in found] == expected
