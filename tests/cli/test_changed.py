"""`termsgate changed`: whose verdicts files bear on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from termsgate.cli import Exit, main

if TYPE_CHECKING:
    from pathlib import Path

TERMS = "fixtures/zoom/terms/2023-03-31.yaml"


@pytest.fixture
def said(project: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The project, with a second vendor; and nothing said yet."""
    other = project / "fixtures" / "jitsi" / "vendor.yaml"
    other.parent.mkdir()
    other.write_text("vendor: jitsi\nname: Jitsi\n", encoding="utf-8")
    capsys.readouterr()
    return project


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([TERMS], "zoom"),
        (["./fixtures/zoom/vendor.yaml"], "zoom"),
        (["fixtures/zoom/terms/deleted.yaml"], "zoom"),
        (["policies/../fixtures/zoom/vendor.yaml"], "zoom"),
        ([TERMS, "fixtures/jitsi/vendor.yaml", TERMS], "jitsi,zoom"),
        (["policies/ai-training.yaml"], "*"),
        (["policies/deleted.yaml", TERMS], "*"),
        (["checks/calls.yaml"], "*"),
        (["checks/test_own.py"], "*"),
        (["fixtures/gone/terms/2023-03-31.yaml"], "*"),
        (["fixtures/zo*m/terms/2023-03-31.yaml"], "*"),
        (["fixtures/README.md"], "*"),
        (["pytest.ini"], "*"),
        (["pyproject.toml"], "*"),
        (["conftest.py"], "*"),
        (["README.md", "src/policies/x.yaml", "../policies/x.yaml"], ""),
        ([], ""),
    ],
)
def test_files_are_of_the_vendors_in_whose_folders_they_lie(
    said: Path, capsys: pytest.CaptureFixture[str], files: list[str], expected: str
) -> None:
    """What a file of the project bears on is never guessed to be less."""
    assert said.is_dir()

    code = main(["changed", *files])

    assert (code, capsys.readouterr().out.strip()) == (Exit.NOTHING_TO_SAY, expected)


def test_the_project_may_be_a_folder_of_the_repository(
    said: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are named from where the user stands, as git and pre-commit name them."""
    monkeypatch.chdir(said.parent)

    main(["changed", "--root", said.name, f"{said.name}/{TERMS}", TERMS, "pytest.ini"])

    assert capsys.readouterr().out == "zoom\n"


def test_a_link_is_followed_to_no_other_project(
    said: Path, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A captured text kept elsewhere is the vendor's where the link lies."""
    text = tmp_path_factory.mktemp("elsewhere") / "text.md"
    text.write_text("words", encoding="utf-8")
    (said / "fixtures/zoom/terms/2023-03-31.md").symlink_to(text)

    main(["changed", "fixtures/zoom/terms/2023-03-31.md"])

    assert capsys.readouterr().out == "zoom\n"


def test_a_folder_that_is_no_project_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Or every file would be none of ours, and nothing would be judged."""
    code = main(["changed", "--root", str(tmp_path), TERMS])

    told = capsys.readouterr().err
    assert code == Exit.NOTHING_FOUND
    assert told == (
        f"termsgate: `{tmp_path}` holds none of policies/, fixtures/ and checks/\n"
        "  help: run the command in the folder that does, or name it with `--root`\n"
    )
