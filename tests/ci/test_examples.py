"""The examples for GitLab and Jenkins: their shell steps run for real."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

import termsgate
from tests.ci.conftest import lay_out
from tests.ci.running import ROOT, bare, parsed, shell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

BREACH = "terms_as_of = 2023-04-01\n"
JENKINS = (ROOT / "docs/ci/Jenkinsfile").read_text("utf-8")
RELEASE = f"termsgate=={termsgate.__version__}"


@pytest.fixture
def breach(checkout: Path) -> Path:
    """The project, asked about a day on which a vendor is in breach."""
    _add(checkout, BREACH)
    return checkout


def _add(folder: Path, line: str) -> None:
    ini = folder / "pytest.ini"
    ini.write_text(ini.read_text("utf-8") + line, encoding="utf-8")


def _suites(folder: Path) -> list[ET.Element]:
    tree = ET.parse(folder / "reports" / "junit.xml")  # noqa: S314 - we wrote it
    return list(tree.getroot().iter("testcase"))


# --- GitLab -----------------------------------------------------------------------------------


def gitlab() -> dict[str, Any]:
    """The job of the example."""
    job: dict[str, Any] = parsed("docs/ci/gitlab-ci.yml")["terms"]
    return job


def ended(folder: Path, env: Mapping[str, str]) -> int:
    """Run the job as GitLab's runner does: both scripts in one shell, then what comes after."""
    said = parsed("docs/ci/gitlab-ci.yml")["variables"]
    job = gitlab()
    first = "\n".join([*job["before_script"], *job["script"]])
    done = shell(first, folder, {**env, **said})
    after = shell("\n".join(job["after_script"]), folder, {**env, **said})
    assert after.returncode == 0, after.stdout
    return done.returncode


def test_gitlab_fails_the_job_of_a_breach(breach: Path, machine: dict[str, str]) -> None:
    """With exit code 1, and everything that it is to keep is there."""
    code = ended(breach, machine)

    kept = {each.name for each in (breach / "reports").iterdir()}
    assert code == 1
    assert kept == {"junit.xml", "record.json", "summary.md", "pytest.html", "report.html"}
    assert gitlab()["artifacts"]["reports"]["junit"] == "reports/junit.xml"
    assert gitlab()["artifacts"]["paths"] == ["reports/"]
    assert gitlab()["artifacts"]["when"] == "always"
    summary = (breach / "reports/summary.md").read_text("utf-8")
    assert summary.startswith("## termsgate: 1 verdict failed")
    names = Counter((each.get("classname"), each.get("name")) for each in _suites(breach))
    failed = [each for each in _suites(breach) if each.find("failure") is not None]
    assert set(names.values()) == {1}, "GitLab keeps only the first of one suite and name"
    assert [each.get("name") for each in failed] == ["ai-training.calls"]


def test_gitlab_passes_a_sound_project(checkout: Path, machine: dict[str, str]) -> None:
    """With exit code 0."""
    _add(checkout, "terms_as_of = 2023-09-01\n")

    assert ended(checkout, machine) == 0


def test_gitlab_reads_no_report_of_an_earlier_run(checkout: Path, machine: dict[str, str]) -> None:
    """One that is found in the checkout is gone before the run."""
    old = checkout / "reports" / "record.json"
    old.parent.mkdir()
    old.write_text("{}", encoding="utf-8")
    (checkout / "checks/calls.yaml").write_text("check: [\n", encoding="utf-8")

    assert ended(checkout, machine) == 4
    assert not old.exists()


def test_gitlab_fails_where_nothing_was_evaluated(checkout: Path, machine: dict[str, str]) -> None:
    """Although other tests pass."""
    (checkout / "pytest.ini").write_text("[pytest]\ntestpaths = own\n", encoding="utf-8")
    own = checkout / "own" / "test_own.py"
    own.parent.mkdir()
    own.write_text("def test_own():\n    pass\n", encoding="utf-8")

    assert ended(checkout, machine) == 5


# --- Jenkins ----------------------------------------------------------------------------------


def jenkins() -> list[str]:
    """The scripts of the example, in their order."""
    return [textwrap.dedent(each) for each in re.findall(r"sh '''(.*?)'''", JENKINS, re.DOTALL)]


@pytest.fixture
def build(tmp_path: Path) -> Callable[[], list[int]]:
    """Run the scripts in a shell each, with the variables of the example; what each ended with."""
    env = bare(tmp_path) | dict(re.findall(r"^    ([A-Z]+) = '(.*)'$", JENKINS, re.MULTILINE))
    folder = tmp_path / "work"
    lay_out(folder)

    def run() -> list[int]:
        return [shell(script, folder, env, by=("sh",)).returncode for script in jenkins()]

    return run


def test_jenkins_fails_the_build_of_a_breach(
    build: Callable[[], list[int]], tmp_path: Path
) -> None:
    """The step of the run ends with 1; what is kept after it is there."""
    folder = tmp_path / "work"
    _add(folder, BREACH)

    assert build() == [0, 1, 0]
    assert (folder / "reports/summary.md").is_file()
    assert len(_suites(folder)) > 6


def test_the_jenkinsfile_is_closed_and_keeps_what_is_written() -> None:
    """Each brace has its other half; the paths are those that the scripts write."""
    bare_text = re.sub(r"'''.*?'''|'[^'\n]*'|//.*", "", JENKINS, flags=re.DOTALL | re.MULTILINE)
    bare_text = re.sub(r'"[^"\n]*"', "", bare_text)
    depth = 0
    for letter in re.findall(r"[{}]", bare_text):
        depth += {"{": 1, "}": -1}[letter]
        assert depth >= 0

    assert depth == 0
    assert "junit testResults: 'reports/junit.xml'" in JENKINS
    assert "--junitxml=reports/junit.xml" in jenkins()[1]
    assert "archiveArtifacts artifacts: 'reports/**'" in JENKINS


# --- both -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["gitlab-ci.yml", "Jenkinsfile"])
def test_the_examples_install_this_release(name: str) -> None:
    """A version is named: nobody's pipeline turns red by a release of ours."""
    text = (ROOT / "docs/ci" / name).read_text("utf-8")

    assert re.findall(r"termsgate==[\w.]+", text) == [RELEASE]
