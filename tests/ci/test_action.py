"""The action for GitHub: its steps run one after the other, as a runner runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import termsgate
from termsgate.plugin.settings import add_options
from tests.ci.conftest import HOSTILE, lay_out
from tests.ci.running import Job, installed, obeyed, parsed, wheel
from tests.docs.test_options_page import Heard

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.ci.running import Obeyed

BREACH, SOUND = "2023-04-01", "2023-09-01"


INSTALL = "Install termsgate"
FIRST = {"version": termsgate.__version__, "python-version": ""}


@pytest.fixture(scope="module")
def ready(machine: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The machine after the step that installs, so that not every use waits for it."""
    folder = tmp_path_factory.mktemp("once") / "work"
    folder.mkdir()
    done = Job(folder=folder, env=machine, inputs=FIRST | {"root": "nowhere"}).run()
    assert (done.codes[INSTALL], done.code) == (0, 1)
    return machine


@pytest.fixture
def job(checkout: Path, ready: dict[str, str]) -> Callable[..., Job]:
    """A use of the action with these inputs; `_` stands for a hyphen in a name."""

    def run(**inputs: str) -> Job:
        named = {name.replace("_", "-"): value for name, value in inputs.items()}
        skipped = set() if "version" in inputs else {INSTALL}
        return Job(folder=checkout, env=ready, inputs=FIRST | named, skipped=skipped).run()

    return run


def told(job: Job, step: str) -> list[Obeyed]:
    """The commands of a step that the runner obeyed."""
    return list(obeyed(job.logs[step]))


# --- what it says of itself -----------------------------------------------------------------


def steps() -> list[dict[str, Any]]:
    """The steps of the action."""
    found: list[dict[str, Any]] = parsed("action.yml")["runs"]["steps"]
    return found


def test_no_input_is_written_into_a_script() -> None:
    """What a workflow passes on from a pull request comes as a variable, never as shell."""
    assert [step["name"] for step in steps() if "${{" in step.get("run", "")] == []


def test_every_input_is_used_and_no_other() -> None:
    """An input that does nothing would be believed."""
    text = json.dumps(parsed("action.yml")["runs"])

    assert set(re.findall(r"inputs\.([a-z-]+)", text)) == set(parsed("action.yml")["inputs"])


def test_every_variable_of_a_script_is_given_to_it() -> None:
    """By the step itself, or by the runner."""
    for step in steps():
        used = set(re.findall(r"\$\{?([A-Z_]+)", step.get("run", "")))
        given = set(step.get("env", {}))
        assert used - given <= {"GITHUB_ACTION_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"} | {
            "RUNNER_TEMP"
        }
        assert given <= used


@pytest.mark.parametrize("name", ["action.yml", "docs/ci/github-workflow.yml"])
def test_other_peoples_actions_are_pinned_to_a_commit(name: str) -> None:
    """A tag can be moved to something else."""
    text = json.dumps(parsed(name))
    used = re.findall(r'"uses": "(actions/[a-z-]+)@(\w+)', text)

    assert used
    assert all(re.fullmatch("[0-9a-f]{40}", commit) for _, commit in used)


def test_the_options_it_passes_are_there() -> None:
    """Those of the plugin."""
    heard = Heard()
    add_options(heard)  # type: ignore[arg-type]
    text = "\n".join(step.get("run", "") for step in steps())

    assert set(re.findall(r"--terms-[a-z-]+", text)) <= heard.options


def test_the_workflow_uses_what_the_action_has() -> None:
    """Its inputs and outputs."""
    action = parsed("action.yml")
    workflow = parsed("docs/ci/github-workflow.yml")
    used = workflow["jobs"]["judge"]["steps"]
    (step,) = (each for each in used if "termsgate" in each["uses"])

    assert set(step["with"]) <= set(action["inputs"])
    outputs = set(re.findall(rf"steps\.{step['id']}\.outputs\.([a-z-]+)", json.dumps(workflow)))
    assert outputs <= set(action["outputs"])


# --- what it does -----------------------------------------------------------------------------


def test_a_breach_fails_the_job_and_is_annotated(job: Callable[..., Job]) -> None:
    """Exit code 1, an error at the clause, a warning, and the summary with the matrix."""
    done = job(as_of=BREACH)

    assert done.code == 1
    found = told(done, "Report")
    assert [(each.name, each.said.get("line")) for each in found] == [
        ("error", "4"),
        ("warning", "1"),
    ]
    assert found[0].said["file"] == "fixtures/zoom/terms/2023-03-31.yaml"
    assert "| `ai-training.calls` | m | **V** |" in done.summary
    assert "pytest ended with 1" in told(done, "Result")[0].message


def test_a_sound_run_ends_well(job: Callable[..., Job]) -> None:
    """Exit code 0, no error, and the record is an output."""
    done = job(as_of=SOUND)

    assert (done.code, told(done, "Result")) == (0, [])
    assert done.summary.startswith("## termsgate: no verdict failed")
    assert json.loads(Path(done.outputs["judge"]["record"]).read_text("utf-8"))["given"] == 6


def test_words_of_terms_are_never_commands(job: Callable[..., Job], checkout: Path) -> None:
    """Neither in what pytest prints nor in the annotations, and they are no markup."""
    (checkout / "fixtures/zoom/terms/2023-03-31.yaml").write_text(HOSTILE, encoding="utf-8")

    done = job(as_of=BREACH)

    assert "pwned" in done.logs["Judge"]
    assert told(done, "Judge") == []
    assert [each.name for each in told(done, "Report")] == ["error", "warning"]
    assert "pwned" not in "".join(str(each.said) for each in told(done, "Report"))


def test_each_line_of_args_is_one_argument(job: Callable[..., Job]) -> None:
    """Blanks in it divide nothing; blank lines are no arguments."""
    done = job(as_of=BREACH, args="-k\nzoom and marketing\n\n-q")

    record = json.loads(Path(done.outputs["judge"]["record"]).read_text("utf-8"))
    assert (record["given"], record["partial"], done.code) == (1, True, 0)


@pytest.mark.parametrize("names", [["args", "vendor", "as_of"], ["root"], ["version"]])
def test_an_input_is_never_shell(job: Callable[..., Job], checkout: Path, names: list[str]) -> None:
    """Whatever a workflow takes from a pull request."""
    done = job(**dict.fromkeys(names, "$(touch x) `touch x`; touch x #\" ' touch x"))

    assert done.code != 0
    assert not (checkout / "x").exists()


def test_a_part_of_the_vendors_is_judged(job: Callable[..., Job]) -> None:
    """And the summary says that it is a part."""
    done = job(as_of=BREACH, vendor="jitsi", args="-q\n-p\nno:html")

    assert done.code == 0
    assert "left out\\: " in done.summary
    assert "by \\-\\-terms\\-vendor jitsi" in done.summary


def test_strict_is_true_or_false(job: Callable[..., Job], checkout: Path) -> None:
    """`yes` is not taken for false."""
    done = job(strict="yes")

    assert (done.code, done.outputs["judge"]) == (64, {})
    assert "strict" in told(done, "Judge")[0].message
    assert not (checkout / "reports").exists()


def test_strict_fails_on_quotes_that_were_not_checked(job: Callable[..., Job]) -> None:
    """As `--terms-strict` does."""
    assert job(as_of=SOUND, strict="true").code == 1


def test_a_problem_in_a_file_fails_the_job_and_is_annotated(
    job: Callable[..., Job], checkout: Path
) -> None:
    """At its place; and nothing is told of a record that an earlier run left behind."""
    old = checkout / "reports" / "record.json"
    old.parent.mkdir()
    old.write_text("{}", encoding="utf-8")
    (checkout / "checks/calls.yaml").write_text("check: [\n", encoding="utf-8")

    done = job()

    assert (done.code, done.outputs["judge"], done.summary) == (4, {"code": "4"}, "")
    assert "Report" not in done.logs
    problem = told(done, "Judge")[0]
    assert (problem.name, problem.said["file"]) == ("error", "checks/calls.yaml")
    assert "pytest ended with 4" in told(done, "Result")[0].message


@pytest.mark.parametrize("ini", ["[pytest]\n", "[pytest]\nterms_root = .\ntestpaths = own\n"])
def test_nothing_evaluated_is_never_green(
    job: Callable[..., Job], checkout: Path, ini: str
) -> None:
    """A project that does not switch the plugin on, or whose tests do not reach it."""
    (checkout / "pytest.ini").write_text(ini, encoding="utf-8")
    own = checkout / "own" / "test_own.py"
    own.parent.mkdir()
    own.write_text("def test_own():\n    pass\n", encoding="utf-8")

    done = job(args="own")

    assert (done.code, done.outputs["judge"]) == (5, {"code": "5"})
    assert "nothing was evaluated" in told(done, "Judge")[0].message


def test_the_project_may_be_a_folder_of_the_repository(
    ready: Mapping[str, str], tmp_path: Path
) -> None:
    """The paths of annotations begin at the repository."""
    lay_out(tmp_path / "work" / "legal" / "terms")
    ini = tmp_path / "work" / "legal" / "pytest.ini"
    (tmp_path / "work" / "legal" / "terms" / "pytest.ini").unlink()
    ini.write_text("[pytest]\nterms_root = terms\n", encoding="utf-8")
    inputs = FIRST | {"root": "legal", "terms-root": "terms", "as-of": BREACH}

    done = Job(folder=tmp_path / "work", env=ready, inputs=inputs, skipped={INSTALL}).run()

    assert told(done, "Report")[0].said["file"] == (
        "legal/terms/fixtures/zoom/terms/2023-03-31.yaml"
    )


def test_annotations_and_summary_can_be_left_out(job: Callable[..., Job]) -> None:
    """The run ends as it ended."""
    done = job(as_of=BREACH, annotations="false", summary="false")

    assert (done.code, done.logs["Report"], done.summary) == (1, "", "")


def test_left_out_the_version_is_that_of_the_action(
    checkout: Path, machine: dict[str, str], tmp_path: Path
) -> None:
    """The checkout of the action is installed; a release that is not there is no matter."""
    release = wheel(tmp_path)
    env = machine | {"GITHUB_ACTION_PATH": str(release), "PIP_FIND_LINKS": ""}
    inputs = {"python-version": "", "as-of": SOUND}

    done = Job(folder=checkout, env=env, inputs=inputs).run()

    assert (done.codes[INSTALL], done.code) == (0, 0)
    assert installed(machine)


def test_a_release_that_is_not_there_fails_the_job(job: Callable[..., Job]) -> None:
    """At once."""
    done = job(version="99")

    assert list(done.codes) == [INSTALL]
    assert done.code == 1


def test_python_is_set_up_unless_it_is_there(job: Callable[..., Job]) -> None:
    """The version is the oldest that the tool is tested with."""
    assert "Set up Python" not in job(strict="?").logs
    assert "Set up Python" in job(python_version="3.11", strict="?").logs
    assert parsed("action.yml")["inputs"]["python-version"]["default"] == "3.11"
