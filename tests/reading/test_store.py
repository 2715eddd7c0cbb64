"""A project on disk: what is read, what must not be there, and what was read."""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from termsgate.core.problem import Weight
from termsgate.core.vocabulary import Vocabulary
from termsgate.reading import folders, packs, schema, yamltree
from termsgate.reading.packs import builtin_packs
from termsgate.reading.store import builtin_vocabulary, load
from tests.reading.projects import BASE, EXAMPLES

VERSION = "fixtures/acme/terms/2024-01-01.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A sound project of three files."""
    shutil.copytree(BASE, tmp_path / "project")
    return tmp_path / "project"


def _said(root: Path) -> list[str]:
    return [str(problem).partition("\n")[0] for problem in load(root).problems]


def test_every_input_is_recorded_with_its_digest(project: Path) -> None:
    """The sha256 of the bytes, by path."""
    loaded = load(project)

    assert loaded.project is not None
    assert [(one.path, one.sha256) for one in loaded.project.inputs] == [
        (path, hashlib.sha256((project / path).read_bytes()).hexdigest())
        for path in (VERSION, "fixtures/acme/vendor.yaml", "policies/ai-training.yaml")
    ]


def test_a_captured_text_is_an_input(project: Path) -> None:
    """Each once, by the name of its version or as its snapshot; what nobody names is none."""
    folder = project / "fixtures/acme/terms"
    text = (project / VERSION).read_text("utf-8")
    for day in ("2024-01-01", "2024-02-01"):
        said = text.replace("2024-01-01", day) + "source: {snapshot: {file: both.txt}}\n"
        (folder / f"{day}.yaml").write_text(said, encoding="utf-8")
    for name in ("2024-01-01.md", "both.txt", "alone.txt"):
        (folder / name).write_bytes(name.encode())

    loaded = load(project)

    assert loaded.project is not None
    found = {one.path: one.sha256 for one in loaded.project.inputs}
    assert len(found) == len(loaded.project.inputs)
    assert {path.rpartition("/")[2] for path in found if not path.endswith(".yaml")} == {
        "2024-01-01.md",
        "both.txt",
    }
    assert found["fixtures/acme/terms/both.txt"] == hashlib.sha256(b"both.txt").hexdigest()


def test_with_no_check_there_is_one_over_everything(project: Path) -> None:
    """Every vendor, every policy."""
    loaded = load(project)

    assert loaded.project is not None
    assert [(one.id, one.vendors, one.policies) for one in loaded.project.checks] == [
        ("default", ("acme",), ("ai-training",))
    ]


def test_globs_become_ids() -> None:
    """What a check selects is known when it is loaded."""
    loaded = load(EXAMPLES / "positive" / "every-key")

    assert loaded.project is not None
    assert [(one.vendors, one.policies) for one in loaded.project.checks] == [
        (("acme",), ("exit",))
    ]


def test_a_star_never_selects_a_built_in_pack(project: Path) -> None:
    """A pack that one check names is not in another's `*`."""
    checks = project / "checks"
    checks.mkdir()
    (checks / "one.yaml").write_text('check: one\ntitle: One\npolicies: ["termsgate:exit"]\n')
    (checks / "two.yaml").write_text("check: two\ntitle: Two\n")

    loaded = load(project)

    assert loaded.project is not None
    assert [one.policies for one in loaded.project.checks] == [("exit",), ("ai-training",)]
    assert [one.id for one in loaded.project.policies] == ["ai-training", "exit"]


def test_a_pack_and_a_policy_of_the_same_name_collide(project: Path) -> None:
    """Nobody could tell which of them a verdict is about."""
    (project / "checks").mkdir()
    (project / "checks/one.yaml").write_text(
        'check: one\ntitle: One\npolicies: ["*", "termsgate:ai-training"]\n'
    )

    assert _said(project) == [
        (
            "policies/ai-training.yaml:1:1: `termsgate:ai-training` is named, and there is a policy"
            " `ai-training` here too [store/duplicate-id]"
        )
    ]


def test_packs_are_shipped_in_the_wheel_and_else_are_our_own_policies(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In a wheel they lie beside the data; with neither there is none."""
    data = tmp_path / "src" / "termsgate" / "data"
    (data / "packs").mkdir(parents=True)
    (data / "packs" / "exit.yaml").touch()
    (data / "packs" / "README.md").touch()
    monkeypatch.setattr(packs, "data_folder", lambda: data)
    shipped = builtin_packs()
    shutil.rmtree(data / "packs")

    assert (shipped, builtin_packs()) == (("exit",), ())


def test_the_built_in_packs_are_sound(project: Path) -> None:
    """Each is read without a problem when a check names it."""
    (project / "policies/ai-training.yaml").unlink()
    (project / "policies").rmdir()
    (project / "checks").mkdir()
    names = ", ".join(f'"termsgate:{name}"' for name in builtin_packs())
    (project / "checks/all.yaml").write_text(f"check: all\ntitle: All\npolicies: [{names}]\n")

    loaded = load(project, schemas=True)

    assert loaded.problems == ()
    assert loaded.project is not None
    assert [policy.id for policy in loaded.project.policies] == list(builtin_packs())
    assert "ai-training" in builtin_packs()


def test_the_built_in_vocabulary_is_whole() -> None:
    """All four axes, and read once."""
    words = builtin_vocabulary()

    assert isinstance(words, Vocabulary)
    assert words is builtin_vocabulary()
    assert (words.action.root, words.data.root, words.by.root) == ("any", "all-data", "anyone")
    assert words.state.closed


def test_the_built_in_vocabulary_fits_its_schema() -> None:
    """What it is published under."""
    path = Path(str(folders.__file__)).parents[1] / "data" / "vocabulary.yaml"
    tree, _ = yamltree.read(path.read_bytes(), "vocabulary.yaml")

    assert tree is not None
    assert schema.faults("vocabulary", tree, "vocabulary.yaml") == ()


def test_files_that_tools_leave_are_passed_over(project: Path) -> None:
    """Hidden files, Python files of checks, caches and READMEs."""
    (project / "checks" / "__pycache__").mkdir(parents=True)
    for name in ("checks/test_more.py", "checks/conftest.py", "policies/README.md", "fixtures/.x"):
        (project / name).touch()

    assert _said(project) == []


def test_an_empty_checks_folder_is_a_problem(project: Path) -> None:
    """Somebody meant to put a check there."""
    (project / "checks").mkdir()

    assert _said(project) == ["checks:1:1: the folder holds no `.yaml` file [store/empty-folder]"]


def test_a_check_written_in_python_alone_leaves_the_default(project: Path) -> None:
    """The folder is not empty then."""
    (project / "checks").mkdir()
    (project / "checks/test_more.py").touch()

    assert _said(project) == []


# --- links and what cannot be read ------------------------------------------------------------


def test_a_link_that_leaves_the_project_is_not_followed(project: Path, tmp_path: Path) -> None:
    """What it leads to is not read."""
    outside = tmp_path / "secret.yaml"
    outside.write_text("policy: secret\n")
    (project / "policies/secret.yaml").symlink_to(outside)

    assert _said(project) == [
        "policies/secret.yaml:1:1: a link that leads out of the project [store/outside]"
    ]


@pytest.mark.parametrize("target", ["nowhere.yaml", "loop.yaml"])
def test_a_link_that_leads_nowhere_is_a_problem(project: Path, target: str) -> None:
    """Nor does one that leads to itself lead anywhere."""
    (project / "policies/loop.yaml").symlink_to(project / "policies" / target)

    assert _said(project) == [
        "policies/loop.yaml:1:1: a link that leads nowhere [store/broken-link]"
    ]


def test_a_link_inside_the_project_is_followed(project: Path) -> None:
    """One captured text may serve two versions."""
    (project / "fixtures/acme/terms/2024-01-01.md").symlink_to(project / VERSION)

    assert _said(project) == []


def _locked(project: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make one path unreadable, even for an administrator."""
    there = project / name
    scan = os.scandir

    def opened(path: str, mode: str, buffering: int) -> object:
        if Path(path) == there:
            raise PermissionError(13, "Permission denied")
        return Path(path).open(mode, buffering)

    def scandir(path: str) -> object:
        if Path(path) == there:
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(folders, "open", opened, raising=False)
    monkeypatch.setattr(os, "scandir", scandir)


@pytest.mark.parametrize(
    "name",
    [
        "policies/ai-training.yaml",
        "fixtures/acme/vendor.yaml",
        VERSION,
        "policies",
        "fixtures",
        "fixtures/acme",
        "fixtures/acme/terms",
    ],
)
def test_what_cannot_be_read_is_one_problem(
    project: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that names it is blamed for it."""
    _locked(project, name, monkeypatch)
    errors = [one for one in load(project).problems if one.weight is Weight.ERROR]

    assert [str(one).partition("\n")[0] for one in errors] == [
        f"{name}:1:1: this cannot be read: permission denied [store/unreadable]"
    ]


def test_a_file_that_is_a_folder_cannot_be_read(project: Path) -> None:
    """A folder named like a policy is a stray folder."""
    (project / "policies/exit.yaml").mkdir()

    assert _said(project) == [
        (
            "policies/exit.yaml:1:1: a folder inside `policies`, where files are wanted"
            " [store/stray-folder]"
        )
    ]


def test_a_name_that_is_not_text_is_shown_all_the_same(project: Path) -> None:
    """Every report can hold it."""
    name = os.fsencode(project / "policies") + b"/caf\xe9.yml"
    try:
        Path(os.fsdecode(name)).touch()
    except OSError:
        pytest.skip("this disk takes names in UTF-8 only")

    assert _said(project) == [
        "policies/caf\\xe9.yml:1:1: the file ends in `.yml` [store/wrong-ending]"
    ]


def test_names_do_not_blame_a_file_that_is_not_yaml(project: Path) -> None:
    """A check may name what stands in a file that could not be read."""
    (project / "checks").mkdir()
    (project / "checks/c.yaml").write_text(
        "check: c\ntitle: C\nvendors: [acme]\npolicies: [ai-training]\nwaivers:\n"
        "  - {vendor: acme, requirement: ai-training.x, reason: r, approved-by: b,"
        " approved-on: 2024-01-01, expires: 2024-01-02}\n"
        "readings:\n  - {vendor: acme, clause: terms.x, stance: opt-in, because: b, by: c,"
        " on: 2024-01-01}\n"
    )
    for name in ("policies/ai-training.yaml", VERSION):
        (project / name).write_text("a: *b\n")

    assert [problem.code for problem in load(project).problems] == ["yaml/alias", "yaml/alias"]


def test_a_faulty_vocabulary_does_not_stop_the_rest(project: Path) -> None:
    """The built-in words stay known."""
    (project / "policies/vocabulary.yaml").write_text("a: *b\n")

    assert [problem.code for problem in load(project).problems] == ["yaml/alias"]


def test_a_snapshot_may_have_a_name_of_its_own(project: Path) -> None:
    """Then it is no text that lies there alone."""
    with (project / VERSION).open("a") as file:
        file.write("source: {snapshot: {file: captured.html}}\n")
    (project / "fixtures/acme/terms/captured.html").touch()

    assert _said(project) == []


# --- what depends on the day ------------------------------------------------------------------


@pytest.mark.parametrize(("today", "count"), [(date(2024, 6, 30), 0), (date(2024, 7, 1), 1)])
def test_an_expired_waiver_smells(today: date, count: int) -> None:
    """From the day after its last one; without a day nothing is said."""
    found = load(EXAMPLES / "positive" / "every-key", today=today).problems

    assert [str(one) for one in found] == [
        (
            "checks/calls.yaml:13:5: the waiver of `exit.*` for `acme` expired on 2024-06-30"
            " [check/waiver-expired]\n  help: `cfo` approved it; ask again, or remove it"
        )
    ] * count


def test_schemas_are_a_second_opinion(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the decoder let something through, the schema says so."""
    monkeypatch.setattr("termsgate.reading.decode.page.Page._unknown_keys", lambda *_: None)
    with (project / VERSION).open("a") as file:
        file.write("zzz: 1\n")

    assert [problem.code for problem in load(project, schemas=True).problems] == [
        "version/unknown-key"
    ]
    assert load(project).problems == ()


@pytest.mark.parametrize("path", ["policies/pipe.yaml", "fixtures/acme/terms/2024-02-01.yaml"])
def test_nobody_waits_at_a_pipe(project: Path, path: str) -> None:
    """It is neither a file nor a folder, and never ends."""
    os.mkfifo(project / path)

    assert _said(project) == [
        f"{path}:1:1: this is neither a file nor a folder [store/unreadable]",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1:1: the file is empty [yaml/empty]"),
        ("check: one\ntitle: [a\n", "2:8: a list or set of keys in brackets is not closed"),
        ("check: one\ntitle: One\nvendors: 7\n", "3:10: the number `7` stands here"),
    ],
)
def test_a_faulty_check_forgets_nothing(project: Path, text: str, message: str) -> None:
    """One fault is told once: no vendor is blamed that the check may have named."""
    (project / "checks").mkdir()
    (project / "checks/one.yaml").write_text(text)

    (said,) = _said(project)

    assert said.startswith(f"checks/one.yaml:{message}")


def test_a_built_in_pack_goes_by_its_whole_name(project: Path) -> None:
    """By its bare name it would be selected by nobody, and not be missed."""
    (project / "checks").mkdir()
    (project / "checks/one.yaml").write_text("check: one\ntitle: One\npolicies: [termsgate:exit]\n")
    (project / "checks/two.yaml").write_text('check: two\ntitle: Two\npolicies: ["*", exit]\n')

    (problem,) = load(project).problems

    assert str(problem) == (
        "checks/two.yaml:3:17: `exit` names no policy [check/unknown-policy]\n"
        "  help: did you mean `termsgate:exit`?"
    )
