"""`termsgate init`: a project that runs at once."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

# pytester forgets what a run imported, and libyaml's bindings cannot be imported twice.
import termsgate.plugin.page
import termsgate.plugin.suite
from termsgate.cli import Exit, main
from termsgate.reading.evidence import check_quotes
from termsgate.reading.packs import builtin_packs
from termsgate.reading.store import load
from tests.ci.running import ROOT, parsed
from tests.plugin.conftest import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Iterable


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and the user stands in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    """What lies in a folder."""
    found = (each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in found}


def test_pytest_is_green_at_once_and_has_something_to_say(
    pytester: pytest.Pytester, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing fails; a breach, a question and a check in Python are among what it shows."""
    assert main(["init"]) == Exit.NOTHING_TO_SAY
    capsys.readouterr()

    result = pytester.runpytest_inprocess(*OUTSIDE)

    assert (result.ret, result.parseoutcomes().get("failed")) == (0, None)
    result.stdout.fnmatch_lines(
        [
            "checks/test_by_hand.py .*",
            "*violated: ai-training.consent-from-those-affected",
            "*unclear: *ai-training.derived-data*",
            "quotes: 20 found",
        ]
    )


def test_its_earlier_terms_are_red(pytester: pytest.Pytester) -> None:
    """What the last lines of the command promise."""
    main(["init"])

    result = pytester.runpytest_inprocess(*OUTSIDE, "--terms-as-of", "2024-06-01")

    assert result.ret == 1
    result.stdout.fnmatch_lines(["FAILED checks/everyday.yaml::*ai-training.calls-need-consent*"])


@pytest.mark.parametrize("pack", [*builtin_packs(), "all"])
def test_every_pack_can_be_chosen(
    pack: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With each the files are in order and no verdict fails."""
    packs = builtin_packs() if pack == "all" else (pack,)
    main(["init", *(word for each in packs for word in ("--pack", each))])
    capsys.readouterr()

    judged = list(termsgate.open_project(here).judge())

    assert [str(each) for each in load(here, schemas=True).problems] == []
    assert {each.requirement.partition(".")[0] for each in judged} == {*packs, "our-own"}
    assert [repr(each) for each in judged if each.outcome == "fail"] == []


def test_lint_has_nothing_to_say(here: Path) -> None:
    """Not even a smell."""
    main(["init", str(here / "terms")])

    assert main(["lint", "terms"]) == Exit.NOTHING_TO_SAY


def test_every_quote_stands_in_the_text_once(here: Path) -> None:
    """Word for word, in English and in French; the texts are those that were hashed."""
    main(["init"])
    project = load(here).project
    assert project is not None

    found = {each.status.value for each in check_quotes(project, here)}

    languages = {each.language for vendor in project.vendors for each in vendor.versions}
    assert (found, languages) == ({"found"}, {"en", "fr"})


def test_it_asks_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not of who is no terminal; with --yes of nobody."""
    monkeypatch.setattr("builtins.input", lambda _: pytest.fail("it asked"))
    (here / "notes.txt").write_text("mine")

    assert main(["init", "one"]) == main(["init", "two", "--yes"]) == Exit.NOTHING_TO_SAY


@pytest.mark.parametrize(("answer", "code"), [("", 0), ("y", 0), ("n", 1), ("what?", 1)])
def test_at_a_terminal_it_asks_before_it_writes_beside_other_files(
    answer: str, code: int, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The default is yes."""
    (here / "notes.txt").write_text("mine")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: answer)

    try:
        ended = main(["init"])
    finally:
        monkeypatch.undo()

    assert (ended, (here / "tox.ini").exists()) == (code, not code)


def test_nothing_is_overwritten_and_all_that_is_in_the_way_is_told(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And nothing is written."""
    (here / "tox.ini").write_text("mine")
    (here / ".vscode").write_text("a file")
    (here / ".gitignore").symlink_to("nowhere")
    (here / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    (here / "checks").mkdir()
    (here / "checks/mine.yaml").write_text("check: mine\n")
    before = files(here)

    code = main(["init"])

    assert (code, files(here)) == (Exit.FELL_SHORT, before)
    assert capsys.readouterr().err.splitlines() == [
        "termsgate: nothing was written",
        "  `checks` holds files of a project already",
        "  `.gitignore` is there already",
        "  `.vscode` is no folder",
        "  `tox.ini` is there already",
        "  `pyproject.toml` sets pytest, which would not look into `tox.ini`",
        (
            "  help: start in a folder of its own: `termsgate init terms`; "
            "to add to what is there: `termsgate new`"
        ),
    ]


def test_a_second_init_changes_nothing(here: Path) -> None:
    """It falls short, and every byte is as it was."""
    main(["init"])
    before = files(here)

    assert main(["init"]) == Exit.FELL_SHORT
    assert files(here) == before


def test_a_disk_that_refuses_leaves_nothing_half_written(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was written before is taken away again, folders and all."""
    opened = Path.open

    def refuse(self: Path, mode: str = "r", **more: Any) -> Any:  # noqa: ANN401 - as pathlib has it
        if mode == "xb" and self.name == "tox.ini":
            raise OSError(28, "No space left on device", str(self))
        return opened(self, mode, **more)

    monkeypatch.setattr(Path, "open", refuse)

    code = main(["init", "terms"])

    assert (code, list(here.iterdir())) == (Exit.FELL_SHORT, [])
    assert "`terms/tox.ini` cannot be written: no space left on device" in capsys.readouterr().err


def test_a_file_is_no_folder_to_write_into(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named once."""
    (here / "notes.txt").write_text("mine")

    assert main(["init", "notes.txt"]) == Exit.FELL_SHORT
    assert capsys.readouterr().err.splitlines() == [
        "termsgate: nothing was written",
        "  `notes.txt` is no folder",
        "  help: start in a folder of its own: `termsgate init terms`",
    ]


@pytest.mark.parametrize("pack", ["ai-training", "exit"])
def test_what_it_tells_to_do_next_can_be_done(
    pack: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever pack was chosen, and whatever the folder is called."""
    main(["init", "my terms", "--pack", pack])
    lines = capsys.readouterr().out.splitlines()
    (asked,) = (line.split() for line in lines if line.startswith("  termsgate explain"))

    assert "  cd 'my terms'" in lines
    assert main([*asked[1:], "--root", str(here / "my terms")]) == Exit.NOTHING_TO_SAY


def test_a_pack_that_is_not_there_is_told_with_the_nearest(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of them at once; its name may be written as a check writes it."""
    code = main(["init", "--pack", "ai-trainign", "--pack", "termsgate:exit", "--pack", "zzz"])

    said = capsys.readouterr().err.splitlines()
    assert (code, list(here.iterdir()), len(said)) == (Exit.NOTHING_FOUND, [], 4)
    assert said[0] == "termsgate: there is no built-in pack called `ai-trainign`"
    assert said[1].startswith("  help: the nearest is `ai-training`; there are: ai-training,")


@pytest.mark.parametrize("owner", ["", "   ", "a\nb: c"])
def test_an_owner_is_somebody(owner: str, here: Path) -> None:
    """On one line, so that nothing else is written into the file with it."""
    assert main(["init", "--owner", owner]) == Exit.USAGE
    assert list(here.iterdir()) == []


def test_the_owner_stands_in_the_policy_and_the_check(here: Path) -> None:
    """As it was given, whatever YAML would make of it."""
    main(["init", "--owner", 'Anna "A" #1: legal'])

    project = load(here).project

    assert project is not None
    owners = {project.checks[0].owner, project.policies[0].owner}
    assert owners == {'Anna "A" #1: legal'}


def test_each_file_names_its_schema_and_the_schema_is_there(here: Path) -> None:
    """By a way that leads from the file to the copy of what we publish."""
    main(["init"])
    found = list(_named_schemas(here))

    published = {each.name: each.read_bytes() for each in SCHEMAS.glob("*.json")}
    assert len(found) == 6
    assert all(each.read_bytes() == published[each.name] for each in found)


SCHEMAS = ROOT / "src/termsgate/data/schemas"


def _named_schemas(folder: Path) -> Iterable[Path]:
    for name, data in files(folder).items():
        if name.endswith(".yaml"):
            named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", data.decode())
            assert named, name
            yield (folder / name).parent / named[1]


def test_the_settings_of_the_editor_name_schemas_that_are_there(here: Path) -> None:
    """One for each kind of file."""
    main(["init"])

    bound = json.loads((here / ".vscode/settings.json").read_text())["yaml.schemas"]

    assert all((here / each).is_file() for each in bound)
    assert {glob.partition("/")[0] for glob in bound.values()} == {"policies", "fixtures", "checks"}


def test_the_workflow_pins_what_the_action_pins(here: Path) -> None:
    """The same commits of the same actions, and the release that wrote it."""
    main(["init"])
    workflow = (here / ".github/workflows/terms.yml").read_text()

    ours = {*_uses(ROOT / "action.yml"), *_uses(ROOT / "docs/ci/github-workflow.yml")}

    assert set(_uses(here / ".github/workflows/terms.yml")) <= ours
    assert f"termsgate=={termsgate.__version__}" in workflow
    assert f"termsgate=={termsgate.__version__}" in (here / "tox.ini").read_text()


def _uses(path: Path) -> list[str]:
    return re.findall(r"uses: (actions/\S+@[0-9a-f]{40} # \S+)", path.read_text())


@pytest.mark.parametrize(
    ("ending", "code"), [("", 0), ("[tool.pytest.ini_options]", 5), ("breach", 1)]
)
def test_the_step_of_the_workflow_ends_as_the_run_does(
    ending: str, code: int, here: Path, machine_here: dict[str, str]
) -> None:
    """Green, red, and never green where nothing was evaluated."""
    main(["init"])
    if ending.startswith("["):
        (here / "pytest.ini").write_text("[pytest]\ntestpaths = checks/test_plain.py\n")
        (here / "checks/test_plain.py").write_text("def test_plain(): pass\n")
    elif ending:
        text = (here / "tox.ini").read_text()
        ini = text.replace("terms_root = .\n", "terms_root = .\nterms_as_of = 2024-06-01\n")
        (here / "tox.ini").write_text(ini)
    steps = parsed(str(here / ".github/workflows/terms.yml"))["jobs"]["judge"]["steps"]
    script = next(each["run"] for each in steps if each.get("name") == "Judge")

    done = subprocess.run(  # noqa: S603 - our own file
        ["/bin/bash", "-e", "-c", script],
        cwd=here,
        env={**machine_here, "ROOT": "."},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == code, done.stdout + done.stderr
    summary = Path(machine_here["GITHUB_STEP_SUMMARY"])
    assert summary.exists() == (code != 5)


@pytest.fixture
def machine_here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of a runner, with what is installed where the tests run."""
    import os  # noqa: PLC0415 - this test alone looks at the machine
    import sys  # noqa: PLC0415 - likewise

    folder = tmp_path_factory.mktemp("runner")
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "RUNNER_TEMP": str(folder),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        "PYTEST_ADDOPTS": "-p no:hypothesispytest -p no:html -p no:cacheprovider",
    }


def test_in_a_repository_it_says_where_the_workflow_belongs(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """GitHub would not find it below; at the root nothing is said."""
    (here / ".git").mkdir()
    main(["init", "legal/terms"])
    below = capsys.readouterr().out
    main(["init"])

    assert f"to `{here}`, and set `ROOT: legal/terms` in it" in below
    assert "note:" not in capsys.readouterr().out


def test_the_templates_hash_to_what_is_written(here: Path) -> None:
    """The digest is of the bytes that lie beside it."""
    main(["init"])
    written = files(here)

    for name, data in written.items():
        for named, digest in re.findall(r"file: (\S+), sha256: ([0-9a-f]{64})", data.decode()):
            text = written[f"{name.rpartition('/')[0]}/{named}"]
            assert hashlib.sha256(text).hexdigest() == digest
