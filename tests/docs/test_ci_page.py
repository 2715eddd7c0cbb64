"""The page on continuous integration in the docs."""

from __future__ import annotations

import re
from typing import Any

import yaml

from tests.docs.samples import ROOT, samples

PAGE = ROOT / "docs" / "ci.md"
TEXT = PAGE.read_text(encoding="utf-8")


def parsed(name: str) -> Any:  # noqa: ANN401 - what a file says is any YAML
    """A YAML file of the repository."""
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def test_the_page_shows_the_files_as_they_are() -> None:
    """Whoever copies from the page copies what the tests have run."""
    shown = [sample.text for sample in samples(PAGE) if sample.language == "yml"]
    files = [file.read_text("utf-8") for file in sorted((ROOT / "docs/ci").glob("*.y*ml"))]

    assert sorted(shown) == sorted(files)


def test_the_page_names_every_example() -> None:
    """Each file in the folder is linked."""
    names = {file.name for file in (ROOT / "docs" / "ci").iterdir()}

    assert set(re.findall(r"\(ci/([\w.-]+)\)", TEXT)) == names


def test_the_page_names_every_input_with_its_default() -> None:
    """And no other."""
    inputs = parsed("action.yml")["inputs"]
    rows = re.findall(r"^\| ((?:`[a-z-]+`(?:, )?)+) \| (.+?) \|", TEXT, re.MULTILINE)
    told = {name: said.strip("`") for names, said in rows for name in re.findall("`(.*?)`", names)}

    assert set(told) == set(inputs)
    assert all(told[name] == said["default"] for name, said in inputs.items() if _is_told(said))


def _is_told(said: dict[str, str]) -> bool:
    """Whether the default is a word; that of the others is what happens without one."""
    return said["default"] != ""


def test_the_page_names_every_output() -> None:
    """Each is told."""
    assert all(f"`{name}`" in TEXT for name in parsed("action.yml")["outputs"])


def test_the_matrix_is_one_that_was_written() -> None:
    """The summary of a real record begins with it."""
    golden = (ROOT / "tests" / "golden" / "summary.md").read_text("utf-8")
    table = re.search(r"^\|  \| `jitsi`.*?baseline\.$", TEXT, re.DOTALL | re.MULTILINE)

    assert table is not None
    assert table[0] in golden


def test_the_hooks_that_are_configured_are_there() -> None:
    """Each id is one of the manifest."""
    (repository,) = parsed("docs/ci/pre-commit-config.yaml")["repos"]
    there = {hook["id"] for hook in parsed(".pre-commit-hooks.yaml")}

    assert {hook["id"] for hook in repository["hooks"]} == there
