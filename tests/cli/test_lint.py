"""`termsgate lint`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from termsgate.cli import Exit, main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def break_it(project: Path) -> None:
    """A key that there is not."""
    with (project / "policies/ai-training.yaml").open("a") as file:
        file.write("nonsense: 1\n")


def make_it_smell(project: Path) -> None:
    """A definition that nothing uses."""
    with (project / "fixtures/zoom/terms/2023-08-11.yaml").open("a") as file:
        file.write("definitions: {Nobody: {data: audio}}\n")


def test_files_in_order_are_not_spoken_of(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing to say: 0."""
    code = main(["lint", str(project)])

    assert (code, capsys.readouterr().out) == (Exit.NOTHING_TO_SAY, "")


def test_a_problem_is_told_with_its_help(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Place, message, code and help: 65."""
    break_it(project)

    code = main(["lint"])

    first, help_ = capsys.readouterr().out.splitlines()
    assert code == Exit.PROBLEMS
    assert first.startswith("policies/ai-training.yaml:13:1: unknown key `nonsense`")
    assert help_.startswith("  help: ")


def test_smells_alone_fall_short(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They stop no run, and are worth a look: 1."""
    make_it_smell(project)

    code = main(["lint"])

    assert code == Exit.FELL_SHORT
    assert "Nobody" in capsys.readouterr().out


def test_github_is_told_the_place_in_the_repository(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A problem is an error, a smell a warning; the code is that of the text."""
    break_it(project)
    make_it_smell(project)

    code = main(["lint", "--format", "github", "--prefix", "legal"])

    first, second = capsys.readouterr().out.splitlines()
    assert code == Exit.PROBLEMS
    assert first.startswith("::error file=legal/policies/ai-training.yaml,line=13,col=1,")
    assert second.startswith("::warning file=legal/fixtures/zoom/terms/2023-08-11.yaml,")


def test_json_gives_every_problem(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a format with a version."""
    break_it(project)
    make_it_smell(project)

    code = main(["lint", "--format", "json"])

    said = json.loads(capsys.readouterr().out)
    assert (code, said["format"], said["version"]) == (Exit.PROBLEMS, "termsgate-problems", 1)
    assert {"error"} <= {each["weight"] for each in said["problems"]}
    assert set(said["problems"][0]) == {
        "path",
        "line",
        "column",
        "message",
        "code",
        "help",
        "weight",
    }


def test_a_folder_that_is_no_project_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing was found to examine: 66."""
    code = main(["lint", str(tmp_path)])

    assert code == Exit.NOTHING_FOUND
    assert "holds none of" in capsys.readouterr().err
