"""`termsgate verify`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from termsgate.cli import Exit, main
from tests.reading.gitarchive import GitArchive

if TYPE_CHECKING:
    from pathlib import Path

VERSION = "fixtures/zoom/terms/2023-03-31"
HELD = "Zoom may use it for machine learning, artificial intelligence and more.\n"


@pytest.fixture
def text(project: Path) -> Path:
    """The captured text of the one version that is quoted."""
    file = project / f"{VERSION}.md"
    file.write_text(f"**10.4 Licence**. {HELD}", encoding="utf-8")
    return file


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """What was printed."""
    return capsys.readouterr().out


def test_a_quote_that_stands_there_is_counted(
    text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is nothing else to say: 0."""
    assert text.exists()

    code = main(["verify"])

    assert code == Exit.NOTHING_TO_SAY
    assert said(capsys).splitlines() == [
        "quotes: 1 found",
        "texts: 1 read",
        "sections: 1 confirmed",
    ]


def test_with_all_every_quote_is_told_with_its_sentence(
    text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where it stands, and what stands around it."""
    assert text.exists()

    main(["verify", "--all"])

    assert said(capsys).splitlines()[:2] == [
        f"{VERSION}.yaml:4:5: `licence` is on line 1 of `2023-03-31.md` [quote/found]",
        f"  “{HELD.strip()}”",
    ]


def test_what_normalising_was_needed_is_told(
    text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is right, and noted: 0."""
    text.write_text(HELD.replace("artificial ", "**artificial**\n"), encoding="utf-8")

    code = main(["verify"])

    assert code == Exit.NOTHING_TO_SAY
    assert said(capsys).splitlines()[0] == (
        f"{VERSION}.yaml:4:5: `licence` is on line 1 of `2023-03-31.md`, "
        "leaving aside white space and markup [quote/found-normalised]"
    )


@pytest.mark.parametrize(
    ("words", "code", "help_text"),
    [
        ("nothing of it", "quote/lost", "quote it anew"),
        (HELD * 2, "quote/ambiguous", "add a `prefix` or `suffix`"),
    ],
)
def test_a_quote_that_does_not_stand_there_once_falls_short(
    text: Path, capsys: pytest.CaptureFixture[str], words: str, code: str, help_text: str
) -> None:
    """With its place, its words and what to do: 1."""
    text.write_text(words, encoding="utf-8")

    assert main(["verify"]) == Exit.FELL_SHORT
    out = said(capsys)
    assert f"{VERSION}.yaml:4:5: the quote of `licence` is" in out
    assert f"[{code}]\n  help: {help_text}" in out
    assert "“machine learning, artificial intelligence”" in out


def test_a_text_that_is_no_evidence_falls_short(
    text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told once, not for each of its quotes: 1."""
    text.write_bytes(HELD.encode("utf-16"))
    note = "the text is in UTF-16, where UTF-8 is wanted"

    assert main(["verify"]) == Exit.FELL_SHORT
    assert said(capsys).splitlines() == [
        f"{VERSION}.yaml:1:1: {note}: `{VERSION}.md` [text/encoding]",
        "  help: convert it to UTF-8 and capture it anew, digest and all",
        "quotes: 1 rejected",
        "texts: 1 rejected",
    ]


def test_a_text_whose_words_alone_are_the_same_is_a_warning(
    text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its digests are told apart: 0."""
    main(["verify", "--format", "json"])
    found: Any = json.loads(said(capsys))["projects"][0]["texts"][0]
    digests = f"sha256: {'0' * 64}, text-sha256: {found['text-sha256']}, normaliser: 2"
    version = text.with_suffix(".yaml")
    source = f"source: {{snapshot: {{file: {text.name}, {digests}}}}}\n"
    version.write_text(f"{version.read_text('utf-8')}{source}", encoding="utf-8")

    assert main(["verify"]) == Exit.NOTHING_TO_SAY
    assert said(capsys).splitlines()[0] == (
        f"{VERSION}.yaml:1:1: warning: `{VERSION}.md`: "
        "its bytes are not those captured, and its words are [text/digest]"
    )


def test_a_section_that_stands_elsewhere_is_a_warning(
    text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An archive may number anew: 0."""
    words = f"**10.3 Use**. {HELD}\n**10.4 Licence**. There is one.\n"
    text.write_text(words, encoding="utf-8")

    assert main(["verify"]) == Exit.NOTHING_TO_SAY
    assert said(capsys).splitlines()[0] == (
        f"{VERSION}.yaml:4:5: warning: `licence`: section `10.4` is on line 3, "
        "and the quote stands under `10.3` [section/elsewhere]"
    )


@pytest.mark.parametrize(("options", "code"), [((), 66), (("--strict",), 1)])
def test_where_nothing_is_at_hand_nothing_was_verified(
    project: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], code: int
) -> None:
    """That is no pass; a strict run falls short."""
    assert main(["verify", *options, str(project)]) == code
    assert said(capsys).splitlines() == [
        f"{VERSION}.yaml:1:1: no captured text is at hand [text/not-at-hand]",
        "  help: put the text beside the version, as `.md`, `.txt`, `.html` or `.pdf`",
        "quotes: 1 unchecked",
        "texts: 1 missing",
    ]


def test_a_project_without_a_quote_has_nothing_to_verify(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """66."""
    file = project / f"{VERSION}.yaml"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(each for each in lines if "quote:" not in each), encoding="utf-8")

    assert main(["verify"]) == Exit.NOTHING_FOUND
    assert said(capsys).splitlines() == ["quotes: none", "texts: none"]


def test_json_has_everything(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Digests too, as a snapshot has them."""
    assert text.exists()

    main(["verify", "--format", "json"])
    found: Any = json.loads(said(capsys))

    assert (found["format"], found["version"], found["normaliser"]) == ("termsgate-evidence", 1, 2)
    (one,) = found["projects"]
    assert one["counts"]["found"] == 1
    assert len(one["texts"][0]["sha256"]) == len(one["texts"][0]["text-sha256"]) == 64
    quote = one["quotes"][0]
    assert (quote["clause"], quote["status"], quote["text-line"]) == ("licence", "found", 1)
    assert quote["sentence"] == HELD.strip()
    assert quote["section-status"] == "confirmed"


def test_several_projects_are_told_apart(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each under its name."""
    root = str(text.parents[3])

    assert main(["verify", root, root]) == Exit.NOTHING_TO_SAY
    assert said(capsys).count(f"{root}\nquotes: 1 found") == 2


def test_a_folder_of_texts_is_searched(
    text: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the texts may not lie in the repository."""
    texts = tmp_path_factory.mktemp("texts")
    text.rename(texts / "zoom--terms--2023-03-31.md")

    assert main(["verify", "--texts", str(texts)]) == Exit.NOTHING_TO_SAY
    assert "quotes: 1 found" in said(capsys)


# --- an archive -------------------------------------------------------------------------------


def archived(project: Path, folder: Path) -> None:
    """The version names a commit of a clone in that folder."""
    archive = GitArchive(folder / "owner" / "name")
    commit = archive.record("Zoom/Terms of Service.md", HELD, day=1)
    archive.record("Zoom/Terms of Service.md", "rewritten", day=2)
    named = f"{{collection: owner/name, path: Zoom/Terms of Service.md, commit: {commit}}}"
    file = project / f"{VERSION}.yaml"
    file.write_text(f"{file.read_text('utf-8')}source: {{archive: {named}}}\n", encoding="utf-8")


def test_an_archive_is_read_at_the_commit_that_is_named(
    project: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it holds today does not matter."""
    folder = tmp_path_factory.mktemp("archives")
    archived(project, folder)

    assert main(["verify", "--archive", str(folder), "--all"]) == Exit.NOTHING_TO_SAY
    assert "is on line 1 of `owner/name:Zoom/Terms of Service.md@" in said(capsys)


@pytest.mark.parametrize(("options", "code"), [((), 66), (("--strict",), 1)])
def test_an_archive_that_is_not_there_is_said(
    project: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
    code: int,
) -> None:
    """It says nothing about the quote."""
    folder = tmp_path_factory.mktemp("archives")
    archived(project, folder)

    assert main(["verify", "--archive", str(folder / "none"), *options]) == code
    assert "there is no folder of archives" in said(capsys)


# --- bad input --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nowhere"], 66, "holds none of policies/, fixtures/ and checks/"),
        (["--texts", "nowhere"], 66, "there is no folder `nowhere`"),
        (["--texts", f"{VERSION}.yaml"], 64, "is a file, where a folder is wanted"),
        (["--archive", f"{VERSION}.yaml"], 64, "is a file, where a folder is wanted"),
        (["--vendor", "zooom"], 66, "`zooom` matches no vendor"),
    ],
)
def test_what_is_not_there_is_refused(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    """With help, and without a traceback."""
    assert project.is_dir()

    assert main(["verify", *arguments]) == code
    error = capsys.readouterr().err
    assert message in error
    assert "  help: " in error


def test_a_project_with_problems_is_not_verified(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They come first: 65."""
    file = project / f"{VERSION}.yaml"
    file.write_text(f"{file.read_text('utf-8')}nonsense: 1\n", encoding="utf-8")

    assert main(["verify"]) == Exit.PROBLEMS
    assert "[version/unknown-key]" in capsys.readouterr().err


@pytest.mark.parametrize("globs", ["zoom", "z*", "zoom,zoom"])
def test_vendors_are_chosen(text: Path, capsys: pytest.CaptureFixture[str], globs: str) -> None:
    """By id or glob."""
    assert text.exists()

    assert main(["verify", "--vendor", globs]) == Exit.NOTHING_TO_SAY
    assert "quotes: 1 found" in said(capsys)
