"""The page of options in the docs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import pytest

from termsgate.cli import main
from termsgate.plugin.settings import add_options
from tests.docs.samples import ROOT

if TYPE_CHECKING:
    from pytest import Parser  # noqa: PT013 - a type only

PAGE = (ROOT / "docs" / "options.md").read_text(encoding="utf-8")


class Heard:
    """Takes down what a plugin tells pytest's parser."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.options: set[str] = set()
        self.keys: set[str] = set()

    def getgroup(self, *_: str) -> Heard:
        """The one group there is."""
        return self

    def addoption(self, name: str, **_: object) -> None:
        """An option."""
        self.options.add(name)

    def addini(self, name: str, *_: str, **__: object) -> None:
        """An ini key."""
        self.keys.add(name)


@pytest.fixture
def heard() -> Heard:
    """What the plugin tells pytest's parser."""
    told = Heard()
    add_options(cast("Parser", told))
    return told


def test_the_options_of_the_plugin_are_those_of_the_page(heard: Heard) -> None:
    """Each has its row, and no row is of an option that is not there."""
    rows = re.findall(r"^\| `(--terms-[a-z-]+)` \|", PAGE, re.MULTILINE)

    assert set(rows) == heard.options


def test_the_ini_keys_of_the_plugin_are_those_of_the_page(heard: Heard) -> None:
    """Each is named, and none that is not there."""
    assert set(re.findall(r"\bterms_[a-z_]+", PAGE)) == heard.keys


def test_no_page_names_an_option_that_is_not_there(heard: Heard) -> None:
    """A page other than the policy language speaks of what there is."""
    pages = {*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")} - {ROOT / "docs" / "policy-language.md"}
    text = "\n".join(page.read_text(encoding="utf-8") for page in sorted(pages))

    assert set(re.findall(r"--terms-[a-z]+(?:-[a-z]+)*", text)) <= heard.options


COMMANDS = [
    "changed",
    "completion",
    "diff",
    "drift",
    "explain",
    "export",
    "history",
    "init",
    "lint",
    "new",
    "schema",
    "sign",
    "verify",
]
KINDS = ["vendor", "document", "version", "policy", "check"]


@pytest.mark.parametrize("command", [*COMMANDS, *(f"new {kind}" for kind in KINDS)])
def test_the_options_of_each_command_are_those_of_the_page(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each has a row that names the command, and the other way round."""
    with pytest.raises(SystemExit):
        main([*command.split(), "--help"])
    first = command.partition(" ")[0]
    told = set(re.findall(r"(?<!\w)--(?!terms-)[a-z-]+", capsys.readouterr().out)) - {"--help"}
    rows = re.findall(r"^\| `(--[a-z-]+)` \| ([a-z, ]+) \|", PAGE, re.MULTILINE)

    named = {option for option, commands in rows if {command, first} & {*commands.split(", ")}}
    # `--root` is told of `new` once, and is an option of each kind.
    assert (named if command != "new" else set()) == told


def test_the_commands_are_those_of_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    """Each has its row."""
    with pytest.raises(SystemExit):
        main(["--help"])
    told = re.findall(r"^    ([a-z]+)(?: |$)", capsys.readouterr().out, re.MULTILINE)

    table = PAGE.partition("### JSON")[0]
    assert re.findall(r"^\| `termsgate ([a-z]+)", table, re.MULTILINE) == told
