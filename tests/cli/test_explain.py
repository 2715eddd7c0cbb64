"""`termsgate explain`."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from termsgate.cli import Exit, main
from tests.reading.gitarchive import GitArchive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ABOUT = ("explain", "calls", "zoom", "ai-training.calls", "--today", "2024-01-01")

pytestmark = pytest.mark.usefixtures("project")


def test_a_breach_is_told_whole(
    capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], str]
) -> None:
    """Requirement, verdict, clauses, the expired waiver, why and what to ask; ends with 1."""
    code = main([*ABOUT, "--as-of", "2023-04-01"])

    found = capsys.readouterr().out
    assert (code, found) == (Exit.FELL_SHORT, golden("explain-violated.txt", found))


def test_a_verdict_that_is_met_names_what_was_defeated(
    capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], str]
) -> None:
    """With the criterion by which the other clause prevails; ends with 0."""
    code = main([*ABOUT, "--as-of", "2023-09-01"])

    found = capsys.readouterr().out
    assert (code, found) == (Exit.NOTHING_TO_SAY, golden("explain-met.txt", found))


def test_an_accepted_failure_ends_with_0() -> None:
    """The gate decides, as it does for a run."""
    assert main([*ABOUT[:4], "--today", "2023-05-01"]) == Exit.NOTHING_TO_SAY


def test_json_gives_the_entries_of_the_record(capsys: pytest.CaptureFixture[str]) -> None:
    """The verdict and the requirement, in a format with a version."""
    main([*ABOUT, "--as-of", "2023-04-01", "--format", "json"])

    said = json.loads(capsys.readouterr().out)
    assert (said["format"], said["version"]) == ("termsgate-explanation", 1)
    assert said["verdict"]["because"][0]["section"] == "10.4"
    assert said["requirement"]["title"] == "No AI training on calls without consent"


@pytest.mark.parametrize(
    ("names", "message", "help_"),
    [
        (
            ("cals", "zoom", "ai-training.calls"),
            "there is no check called `cals`",
            "the nearest is `calls`",
        ),
        (
            ("calls", "zom", "ai-training.calls"),
            "`calls` names no vendor called `zom`",
            "the nearest is `zoom`",
        ),
        (
            ("calls", "zoom", "ai-training"),
            "`calls` has no requirement called `ai-training`",
            "the nearest is `ai-training.calls`",
        ),
        (
            ("calls", "xyz", "ai-training.calls"),
            "`calls` names no vendor called `xyz`",
            "there are: zoom",
        ),
    ],
)
def test_a_name_that_is_none_gets_the_nearest(
    capsys: pytest.CaptureFixture[str], names: tuple[str, ...], message: str, help_: str
) -> None:
    """Nothing was found to examine: 66."""
    code = main(["explain", *names])

    assert (code, capsys.readouterr().err) == (
        Exit.NOTHING_FOUND,
        f"termsgate: {message}\n  help: {help_}\n",
    )


def test_files_with_problems_are_not_judged(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The problems are told on standard error: 65."""
    with (project / "policies/ai-training.yaml").open("a") as file:
        file.write("nonsense: 1\n")

    code = main(ABOUT)

    said = capsys.readouterr()
    assert (code, said.out) == (Exit.PROBLEMS, "")
    assert said.err.startswith("policies/ai-training.yaml:13:1: unknown key `nonsense`")


def test_a_folder_that_is_no_project_is_told(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is nothing to examine: 66."""
    empty = tmp_path_factory.mktemp("empty")

    code = main([*ABOUT, "--root", str(empty)])

    assert code == Exit.NOTHING_FOUND
    assert "holds none of policies/, fixtures/ and checks/" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["2023-13-01", "today", "20230101"])
def test_a_day_that_is_none_is_wrong_usage(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    """64, as all wrong usage."""
    with pytest.raises(SystemExit) as ended:
        main([*ABOUT, "--as-of", day])

    assert ended.value.code == Exit.USAGE
    assert f"`{day}` is not a day" in capsys.readouterr().err


def test_evidence_is_looked_for_where_it_is_required(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in a run of the suite."""
    policy = project / "policies/ai-training.yaml"
    policy.write_text(
        policy.read_text("utf-8").replace("    why:", "    evidence: required\n    why:")
    )

    main([*ABOUT, "--as-of", "2023-09-01"])

    assert "\n  met: " not in capsys.readouterr().out


def test_evidence_may_lie_in_an_archive(
    project: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same as `verify` and a run read."""
    archive = GitArchive(tmp_path_factory.mktemp("archives"))
    commit = archive.record("terms.md", "We do not train on calls.", day=1)
    policy = project / "policies/ai-training.yaml"
    policy.write_text(
        policy.read_text("utf-8").replace("    why:", "    evidence: required\n    why:")
    )
    terms = project / "fixtures/zoom/terms/2023-08-11.yaml"
    quoted = terms.read_text("utf-8").replace("    bars:", "    quote: do not train\n    bars:")
    named = f"{{collection: {archive.folder.name}, path: terms.md, commit: {commit}}}"
    terms.write_text(f"{quoted}source: {{archive: {named}}}\n", "utf-8")

    main([*ABOUT, "--as-of", "2023-09-01", "--archive", str(archive.folder.parent)])

    assert "\n  met: " in capsys.readouterr().out


def test_a_fault_of_ours_is_told_as_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a traceback, for whoever mends it: 70."""
    monkeypatch.setattr("termsgate.core.docket.evaluate", lambda *_: 1 / 0)

    code = main(ABOUT)

    said = capsys.readouterr()
    assert (code, said.out) == (Exit.OUR_BUG, "")
    assert said.err.startswith("termsgate: this is a bug of termsgate and not of your files\n")


def test_a_reader_who_leaves_is_no_error() -> None:
    """`termsgate explain ... | head -1` says nothing on standard error."""
    program = f"import sys; from termsgate.cli import main; sys.exit(main({list(ABOUT)}))"
    command = f"{sys.executable} -c {shlex.quote(program)} | true"

    done = subprocess.run(  # noqa: S602 - our own words
        command, shell=True, capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
