"""The hooks for pre-commit: their entries run as it runs them, with the files that changed."""

from __future__ import annotations

import re
import shlex
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

import termsgate
from tests.ci.running import parsed, shell

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ZOOM, JITSI = "fixtures/zoom/terms/2023-03-31.yaml", "fixtures/jitsi/terms/2020-01-01.yaml"
BREACH = "[pytest]\nterms_root = .\nterms_as_of = 2023-04-01\n"


def hooks() -> dict[str, dict[str, Any]]:
    """The hooks by their ids."""
    return {each["id"]: each for each in parsed(".pre-commit-hooks.yaml")}


@pytest.fixture(scope="module")
def env(machine: dict[str, str]) -> dict[str, str]:
    """The environment of a hook: pre-commit has installed the repository into it."""
    python = machine["PATH"].partition(":")[0] + "/python"
    wanted = f"termsgate=={termsgate.__version__}"
    subprocess.run(  # noqa: S603 - our own files
        [python, "-m", "pip", "install", "-q", wanted], env=machine, check=True, timeout=300
    )
    return machine


@pytest.fixture
def run(checkout: Path, env: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the entry of a hook on the files of those that it wants to see."""
    (checkout / "pytest.ini").write_text(BREACH, encoding="utf-8")

    def run(name: str, *files: str, args: tuple[str, ...] = ()) -> Any:  # noqa: ANN401
        hook = hooks()[name]
        wanted = [each for each in files if re.search(hook["files"], each)]
        if not wanted:
            return None
        named = wanted if hook.get("pass_filenames", True) else []
        command = [*shlex.split(hook["entry"]), *args, *named]
        return shell(shlex.join(command), checkout, env)

    return run


def test_each_hook_is_one_that_pre_commit_can_install() -> None:
    """Its keys are those of a manifest, and what a suite writes it writes alone."""
    keys = {
        "id",
        "name",
        "description",
        "entry",
        "language",
        "files",
        "pass_filenames",
        "require_serial",
    }

    assert set(hooks()) == {"termsgate-lint", "termsgate-suite"}
    assert all(set(each) <= keys for each in hooks().values())
    assert {each["language"] for each in hooks().values()} == {"python"}
    assert hooks()["termsgate-suite"]["require_serial"] is True


# --- lint ---------------------------------------------------------------------------------------


def test_lint_passes_files_that_are_in_order(
    run: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    """And names none of them itself: a file is wrong or right together with the others."""
    done = run("termsgate-lint", ZOOM, JITSI)

    assert (done.returncode, done.stdout) == (0, "nothing wrong in 9 files\n")


def test_lint_says_what_is_wrong(
    run: Callable[..., subprocess.CompletedProcess[str]], checkout: Path
) -> None:
    """With the place."""
    (checkout / "checks/calls.yaml").write_text("check: [\n", encoding="utf-8")

    done = run("termsgate-lint", "checks/calls.yaml")

    assert done.returncode == 65
    assert done.stdout.startswith("checks/calls.yaml:")


def test_lint_takes_the_folder_of_the_project(
    run: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    """As `args` of the hook."""
    assert run("termsgate-lint", ZOOM, args=("nowhere",)).returncode == 66


# --- suite --------------------------------------------------------------------------------------


def test_a_vendor_that_changed_is_judged(
    run: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    """One in breach stops the commit."""
    done = run("termsgate-suite", ZOOM)

    assert done.returncode == 1
    assert "3 verdicts: " in done.stdout
    assert "zoom ai-training.calls" in done.stdout


def test_a_vendor_that_did_not_change_stops_nobody(
    run: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    """The whole is judged elsewhere."""
    done = run("termsgate-suite", JITSI)

    assert done.returncode == 0
    assert "3 verdicts: " in done.stdout


@pytest.mark.parametrize(
    "files", [("policies/exit.yaml",), ("checks/calls.yaml",), ("pytest.ini",), (ZOOM, JITSI)]
)
def test_all_vendors_are_judged_where_all_may_have_changed(
    run: Callable[..., subprocess.CompletedProcess[str]], files: tuple[str, ...]
) -> None:
    """A policy, a check or a setting is about everyone."""
    done = run("termsgate-suite", *files)

    assert done.returncode == 1
    assert "6 verdicts: " in done.stdout


def test_files_that_are_not_ours_run_nothing(
    run: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    """Pre-commit shows the hook none of them."""
    assert run("termsgate-suite", "README.md", "src/checks.py") is None


def test_a_commit_finds_the_folder_as_it_left_it(
    run: Callable[..., subprocess.CompletedProcess[str]], checkout: Path
) -> None:
    """The record of a part does not take the place of that of the whole."""
    before = sorted(checkout.rglob("*"))

    run("termsgate-suite", ZOOM)

    assert sorted(each for each in checkout.rglob("*") if "__pycache__" not in str(each)) == before


def test_a_run_that_evaluates_nothing_stops_the_commit(
    run: Callable[..., subprocess.CompletedProcess[str]], checkout: Path
) -> None:
    """Other tests that pass are no verdicts."""
    (checkout / "pytest.ini").write_text("[pytest]\ntestpaths = own\n", encoding="utf-8")
    own = checkout / "own" / "test_own.py"
    own.parent.mkdir()
    own.write_text("def test_own():\n    pass\n", encoding="utf-8")

    done = run("termsgate-suite", ZOOM)

    assert done.returncode == 5
    assert "nothing was evaluated" in done.stdout


def test_a_problem_in_a_file_stops_the_commit(
    run: Callable[..., subprocess.CompletedProcess[str]], checkout: Path
) -> None:
    """With the code of problems, and no verdict."""
    (checkout / ZOOM).write_text("document: [\n", encoding="utf-8")

    assert run("termsgate-suite", ZOOM).returncode == 4


def test_names_with_blanks_stay_whole(
    run: Callable[..., subprocess.CompletedProcess[str]], checkout: Path
) -> None:
    """And nothing in a name is shell."""
    done = run("termsgate-suite", "fixtures/zoom/terms/$(touch x) a.txt")

    assert done.returncode == 1
    assert "3 verdicts: " in done.stdout
    assert not (checkout / "x").exists()
