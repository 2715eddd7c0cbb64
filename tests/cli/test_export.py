"""`termsgate export`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from termsgate.cli import Exit, main
from termsgate.reporting.github import commands
from termsgate.reporting.json import to_text
from termsgate.reporting.markdown import summary
from tests.recorded import everything, met, record, requirement, verdict

if TYPE_CHECKING:
    from pathlib import Path

FOUND = record(everything(), verdict(requirement="exit.x"), met(vendor="zoom", check="other"))
FOUND["checks"].append(FOUND["checks"][0] | {"check": "other"})
FOUND["requirements"].append(requirement(requirement="exit.x"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A record on disk."""
    path = tmp_path / "record.json"
    path.write_text(to_text(FOUND), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--to", "markdown"], summary(FOUND)),
        (["--to", "github"], commands(FOUND)),
        (["--to", "github", "--prefix", "legal"], commands(FOUND, prefix="legal")),
    ],
)
def test_a_record_is_told_in_the_format_asked_for(
    file: Path, capsys: pytest.CaptureFixture[str], options: list[str], expected: str
) -> None:
    """It judges nothing: a run that failed ends with 0 here."""
    code = main(["export", str(file), *options])

    assert (code, capsys.readouterr().out) == (Exit.NOTHING_TO_SAY, expected)


def test_a_file_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """66, and who writes it."""
    path = tmp_path / "record.json"

    code = main(["export", str(path), "--to", "markdown"])

    told = capsys.readouterr().err
    assert code == Exit.NOTHING_FOUND
    assert told == (
        f"termsgate: `{path}` cannot be read: no such file or directory\n"
        "  help: a run of the suite writes it where `--terms-json` says\n"
    )


def test_a_record_edited_by_hand_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """65, all problems at once, and nothing on standard output."""
    text = file.read_text("utf-8").replace('"given": 3', '"given": 4', 1)
    file.write_text(text.replace('"today": "2026', '"today": "26', 1), encoding="utf-8")

    code = main(["export", str(file), "--to", "github"])

    told = capsys.readouterr()
    assert (code, told.out) == (Exit.PROBLEMS, "")
    assert told.err.startswith(f'{file}:4:10: `today` is `"26-11-21"`')


@pytest.mark.parametrize("options", [[], ["--to", "pdf"]])
def test_a_format_must_be_one_there_is(
    file: Path, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    """Wrong usage, 64."""
    with pytest.raises(SystemExit) as ended:
        main(["export", str(file), *options])

    assert ended.value.code == Exit.USAGE
    assert "--to" in capsys.readouterr().err
