"""`termsgate export`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from termsgate.cli import FORMATS, Exit, main
from termsgate.reporting.csv import table
from termsgate.reporting.github import commands
from termsgate.reporting.gitlab import code_quality
from termsgate.reporting.intoto import statement
from termsgate.reporting.json import to_text
from termsgate.reporting.junit import junit
from termsgate.reporting.markdown import comment, summary
from termsgate.reporting.oscal import assessment_results
from termsgate.reporting.page.making import page
from termsgate.reporting.sarif import sarif
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
        (["--to", "comment"], comment(FOUND)),
        (["--to", "csv"], table(FOUND)),
        (["--to", "gitlab", "--prefix", "legal"], code_quality(FOUND, prefix="legal")),
        (["--to", "in-toto", "--prefix", "legal"], statement(FOUND, prefix="legal")),
        (["--to", "junit"], junit(FOUND)),
        (["--to", "oscal", "--prefix", "legal"], assessment_results(FOUND, prefix="legal")),
        (["--to", "sarif", "--prefix", "legal"], sarif(FOUND, prefix="legal")),
        (["--to", "sarif", "--all"], sarif(FOUND, everything=True)),
    ],
)
def test_a_record_is_told_in_the_format_asked_for(
    file: Path, capsys: pytest.CaptureFixture[str], options: list[str], expected: str
) -> None:
    """It judges nothing: a run that failed ends with 0 here."""
    code = main(["export", str(file), *options])

    assert (code, capsys.readouterr().out) == (Exit.NOTHING_TO_SAY, expected)


@pytest.mark.parametrize("name", sorted({*FORMATS} - {"odrl"}))
def test_a_second_run_prints_the_same_bytes(
    file: Path, capsysbinary: pytest.CaptureFixture[bytes], name: str
) -> None:
    """In UTF-8, whatever the terminal speaks, and with line ends as the format has them."""
    said = []
    for _ in range(2):
        main(["export", str(file), "--to", name])
        said.append(capsysbinary.readouterr().out)

    assert said[0] == said[1]
    assert said[0].decode("utf-8")
    assert (b"\r\n" in said[0]) is (name == "csv")


def test_a_record_without_the_terms_has_none_to_give(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """66: an earlier version wrote it."""
    code = main(["export", str(file), "--to", "odrl"])

    told = capsys.readouterr()
    assert (code, told.out) == (Exit.NOTHING_FOUND, "")
    assert told.err == (
        f"termsgate: `{file}` does not hold the terms themselves\n"
        "  help: it was written by an earlier version: run the suite again\n"
    )


def test_all_is_for_the_format_that_leaves_something_out(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With any other it is a mistake: 64."""
    code = main(["export", str(file), "--to", "csv", "--all"])

    told = capsys.readouterr()
    assert (code, told.out) == (Exit.USAGE, "")
    assert told.err == (
        "termsgate: `--all` says nothing with `--to csv`\n"
        "  help: leave it out: only `--to sarif` has findings alone without it\n"
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ":1:1: this is no JSON"),
        (b"\xff\xfe", ":1:1: the file is not written in UTF-8"),
        (b"\x00\x01", ":1:1: this is no JSON"),
        (b"[]", ":1:1: this is no record of a run"),
        (b'{"format": "termsgate-record", "version": 1', ":1:"),
    ],
)
def test_a_file_that_is_no_record_is_refused(
    file: Path, capsys: pytest.CaptureFixture[str], content: bytes, expected: str
) -> None:
    """65, and nothing on standard output."""
    file.write_bytes(content)

    code = main(["export", str(file), "--to", "sarif"])

    told = capsys.readouterr()
    assert (code, told.out) == (Exit.PROBLEMS, "")
    assert told.err.startswith(f"{file}{expected}")


def test_a_folder_is_no_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """66."""
    assert main(["export", str(tmp_path), "--to", "oscal"]) == Exit.NOTHING_FOUND
    assert "cannot be read: is a directory" in capsys.readouterr().err


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


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_record_is_told_as_the_reviewers_page(
    file: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    """In the language asked for."""
    code = main(["export", str(file), "--to", "html", "--lang", language])

    assert (code, capsys.readouterr().out) == (Exit.NOTHING_TO_SAY, page(FOUND, language))


def test_a_language_for_a_format_without_words_is_refused(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """64: whoever asks for French should not get English."""
    code = main(["export", str(file), "--to", "csv", "--lang", "fr"])

    assert code == Exit.USAGE
    assert "`--lang` says nothing with `--to csv`" in capsys.readouterr().err
