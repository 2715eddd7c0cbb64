"""The command that writes a sign-off (7.7)."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from termsgate.cli import Exit, main
from termsgate.core.signoff import version_digest
from termsgate.reading.store import load

if TYPE_CHECKING:
    from pathlib import Path

OLD = "fixtures/zoom/terms/2023-03-31.yaml"
NEW = "fixtures/zoom/terms/2023-08-11.yaml"
BY = ("--by", "counsel@example.org")


def text(project: Path, name: str) -> str:
    """What a file holds."""
    return (project / name).read_text("utf-8")


def test_a_file_is_signed_and_nothing_else_in_it_changes(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line comes in, with a digest that fits; and the command says what it did."""
    before = text(project, NEW)

    code = main(["sign", NEW, *BY, "--on", "2023-08-12"])

    read = load(project).project
    assert read is not None
    version = read.vendors[0].versions[1]
    digest = version_digest(version)
    line = (
        "review: {by: [counsel@example.org], on: 2023-08-12, status: approved, "
        f"sha256: {digest}}}\n"
    )
    assert text(project, NEW) == before.replace("clauses:\n", f"{line}clauses:\n")
    assert version.review is not None
    assert version.review.sha256 == digest
    assert (code, capsys.readouterr().out) == (
        Exit.NOTHING_TO_SAY,
        f"{NEW}: approved by counsel@example.org on 2023-08-12; 2 clauses, sha256 {digest[:12]}…\n",
    )


def test_signing_again_replaces_who_and_when(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The old signature is told; the digest stays where the text did."""
    main(["sign", NEW, *BY, "--on", "2023-08-12"])
    first = text(project, NEW)
    capsys.readouterr()

    main(["sign", NEW, "--by", "dpo", "--by", "cfo", "--on", "2024-08-12", "--status", "reviewed"])

    assert text(project, NEW) == (
        first.replace("[counsel@example.org]", "[dpo, cfo]")
        .replace("2023-08-12", "2024-08-12")
        .replace("approved", "reviewed")
    )
    assert "; it was approved by counsel@example.org on 2023-08-12" in capsys.readouterr().out


def test_signing_the_same_twice_writes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says so."""
    main(["sign", NEW, *BY, "--on", "2023-08-12"])
    before = (project / NEW).stat().st_mtime_ns

    main(["sign", NEW, *BY, "--on", "2023-08-12"])

    assert (project / NEW).stat().st_mtime_ns == before
    assert capsys.readouterr().out.endswith("; signed so already\n")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["zoom", "--on", "2023-08-12"], [NEW]),
        (["zoom", "--on", "2023-08-01"], [OLD, NEW]),
        (["fixtures/zoom"], [OLD, NEW]),
        ([f"./{OLD}", OLD], [OLD]),
        ([NEW, OLD], [NEW, OLD]),
    ],
)
def test_what_is_signed(
    project: Path, capsys: pytest.CaptureFixture[str], words: list[str], names: list[str]
) -> None:
    """A vendor is its versions in force and to come; a folder is what lies in it."""
    main(["sign", *words, *BY])

    told = [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert told == names
    assert all("review:" in text(project, name) for name in names)


def test_a_project_elsewhere_can_be_signed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--root."""
    monkeypatch.chdir(project.parent)

    code = main(["sign", "zoom", *BY, "--root", str(project)])

    assert (code, "review:" in text(project, NEW)) == (Exit.NOTHING_TO_SAY, True)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["zomo", *BY], Exit.NOTHING_FOUND, "the nearest is `zoom`"),
        (["fixtures/gone.yaml", *BY], Exit.NOTHING_FOUND, "is no vendor and no version"),
        (["zoom", *BY, "--on", "2020-01-01"], Exit.NOTHING_TO_SAY, ""),
        (["zoom", "--by", " "], Exit.USAGE, "names nobody"),
        (["zoom", "--by", "a\nb"], Exit.USAGE, "names nobody"),
        (["zoom", *BY, "--on", "9999-01-01"], Exit.USAGE, "still to come"),
    ],
)
def test_what_cannot_be_signed_is_refused(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: Exit,
    said: str,
) -> None:
    """With its own exit code, and what would do."""
    assert project.is_dir()

    found = main(["sign", *arguments])

    assert (found, said in capsys.readouterr().err) == (code, True)


def test_a_vendor_without_terms_cannot_be_signed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is nothing that anybody could have read."""
    for name in (OLD, NEW):
        (project / name).unlink()
    (project / OLD).parent.rmdir()

    code = main(["sign", "zoom", *BY, "--on", "2023-08-12"])

    assert code == Exit.NOTHING_FOUND
    assert "no version of `zoom` is in force on 2023-08-12" in capsys.readouterr().err


@pytest.mark.parametrize("missing", [("zoom",), ("--by", "x")])
def test_who_and_what_are_needed(missing: tuple[str, ...]) -> None:
    """Nobody signs by default."""
    with pytest.raises(SystemExit) as stopped:
        main(["sign", *missing])

    assert stopped.value.code == Exit.USAGE


def test_what_does_not_load_is_not_signed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All problems are told, and no file is touched, also none that is in order."""
    wrong = project / OLD
    wrong.write_text(wrong.read_text("utf-8") + "nonsense: 1\n", encoding="utf-8")
    before = text(project, NEW)

    code = main(["sign", "zoom", *BY])

    assert (code, text(project, NEW)) == (Exit.PROBLEMS, before)
    assert "[version/unknown-key]" in capsys.readouterr().err


def test_a_file_that_cannot_be_edited_in_place_is_refused_with_all_others(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """YAML has ways of writing that nothing can be put into; it is not tried."""
    odd = project / NEW
    folded = "review:\n  by: me\n  on: 2023-08-12\n  status: >-\n    draft\n"
    odd.write_text(odd.read_text("utf-8").replace("clauses:\n", f"{folded}clauses:\n"))
    before = text(project, OLD), text(project, NEW)

    code = main(["sign", OLD, NEW, *BY])

    assert (code, (text(project, OLD), text(project, NEW))) == (Exit.PROBLEMS, before)
    assert f"{NEW}: its review cannot be written" in capsys.readouterr().err


def test_a_file_that_changes_meanwhile_is_not_written_over(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody saves in an editor between our reading and our writing."""

    def meanwhile(*_: object) -> str:
        (project / NEW).write_text("document: terms\n", encoding="utf-8")
        return "0" * 64

    monkeypatch.setattr("termsgate.cli.sign.in_force", lambda *_: meanwhile() and None)

    code = main(["sign", "zoom", *BY, "--on", "2023-08-01"])

    assert (code, text(project, NEW)) == (Exit.PROBLEMS, "document: terms\n")
    assert "it changed while it was read" in capsys.readouterr().err


def test_who_may_read_a_file_stays_the_same(project: Path) -> None:
    """And a link to it stays a link."""
    (project / NEW).chmod(0o640)
    (project / OLD).rename(project / "kept.yaml")
    (project / OLD).symlink_to(project / "kept.yaml")

    main(["sign", OLD, NEW, *BY])

    assert (project / NEW).stat().st_mode & 0o777 == 0o640
    assert (project / OLD).is_symlink()
    assert "review:" in text(project, "kept.yaml")


def test_a_disk_that_takes_nothing_more_leaves_the_file_whole(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing half-written beside it."""

    def full(_: int) -> None:
        raise OSError(28, os.strerror(28))

    before = text(project, NEW), sorted((project / NEW).parent.iterdir())
    monkeypatch.setattr("termsgate.reading.replacing.os.fsync", full)

    code = main(["sign", NEW, *BY])

    assert (code, (text(project, NEW), sorted((project / NEW).parent.iterdir()))) == (
        Exit.FELL_SHORT,
        before,
    )
    assert "cannot be written: No space left on device" in capsys.readouterr().err


def test_left_out_the_day_is_today(project: Path) -> None:
    """In UTC, like every day of ours."""
    main(["sign", NEW, *BY])

    read = load(project).project
    assert read is not None
    review = read.vendors[0].versions[1].review
    assert review is not None
    assert abs((review.on - datetime.now(UTC).date()).days) <= 1
