"""Texts are read out of a clone of a public archive, at the very commit that is named."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from termsgate.reading.archive import (
    TOO_MANY_BYTES,
    Archives,
    NotAtHand,
)
from termsgate.reading.decode.written import is_collection, is_commit
from tests.reading.gitarchive import GitArchive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = "Acme/Terms of Service.md"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> GitArchive:
    """An archive of one text in three versions, with a text of another service between them."""
    archive = GitArchive(tmp_path_factory.mktemp("template"))
    archive.record(TEXT, "first\n", day=1)
    archive.record("Other/Privacy Policy.md", "theirs\n", day=2)
    archive.record(TEXT, "second\n", day=3)
    archive.record(TEXT, "third, été\n", day=4)
    return archive


@pytest.fixture
def made(tmp_path: Path, template: GitArchive) -> GitArchive:
    """A copy of it, to do with as one likes."""
    return template.copy(tmp_path / "archives" / "OpenTerms" / "versions")


@pytest.fixture
def archives(tmp_path: Path, made: GitArchive) -> Iterator[Archives]:
    """The folder it lies in."""
    assert made.folder.is_dir()
    with Archives(tmp_path / "archives") as found:
        yield found


def _why(found: object) -> str:
    assert isinstance(found, NotAtHand)
    assert found.help
    return found.why


@pytest.mark.parametrize(("number", "text"), [(0, "first\n"), (2, "second\n"), (3, "third, été\n")])
def test_a_text_is_read_at_the_commit_that_is_named(
    made: GitArchive, archives: Archives, number: int, text: str
) -> None:
    """Whatever is checked out."""
    found = archives.read("OpenTerms/versions", TEXT, made.commits[number])

    assert found == text.encode()


def test_the_number_of_a_commit_may_be_short(made: GitArchive, archives: Archives) -> None:
    """As people write it."""
    assert archives.read("OpenTerms/versions", TEXT, made.commits[0][:10]) == b"first\n"


def test_a_commit_has_the_texts_that_it_did_not_change(
    made: GitArchive, archives: Archives
) -> None:
    """It is a state of the whole archive."""
    assert archives.read("OpenTerms/versions", TEXT, made.commits[1]) == b"first\n"


@pytest.mark.parametrize("place", ["OpenTerms/versions", "versions", "versions.git"])
def test_a_clone_lies_under_its_owner_or_alone(
    tmp_path: Path, made: GitArchive, place: str
) -> None:
    """As one would clone it, bare or not."""
    folder = tmp_path / "elsewhere" / place
    words = ["--bare"] if place.endswith(".git") else []
    folder.parent.mkdir(parents=True)
    subprocess.run(["git", "clone", "-q", *words, made.folder, folder], check=True)  # noqa: S603, S607

    with Archives(tmp_path / "elsewhere") as archives:
        assert archives.read("OpenTerms/versions", TEXT, made.commits[0]) == b"first\n"


@pytest.mark.parametrize(
    ("collection", "path", "commit", "why"),
    [
        ("OpenTerms/none", TEXT, None, "there is no clone of `OpenTerms/none`"),
        ("../versions", TEXT, None, "`../versions` is no name of a collection"),
        ("-c/x", TEXT, None, "`-c/x` is no name of a collection"),
        ("OpenTerms/versions", TEXT, "0" * 40, "the clone has no commit `000000000000`"),
        ("OpenTerms/versions", TEXT, "HEAD", "`HEAD` is no number of a commit"),
        ("OpenTerms/versions", "Acme/None.md", None, "commit `{commit}` has no `Acme/None.md`"),
        ("OpenTerms/versions", "Acme", None, "`Acme` is a folder in that commit"),
        ("OpenTerms/versions", "../x", None, "`../x` is no path in a commit"),
        ("OpenTerms/versions", "./x", None, "`./x` is no path in a commit"),
        ("OpenTerms/versions", "a\nb", None, "`a\nb` is no path in a commit"),
    ],
)
def test_what_is_not_there_is_said(
    made: GitArchive, archives: Archives, collection: str, path: str, commit: str | None, why: str
) -> None:
    """Each part of the reference by its name, and what to do; nothing is raised."""
    named = commit or made.commits[0]

    found = archives.read(collection, path, named)

    assert _why(found) == why.format(commit=made.commits[0][:12])


def test_after_something_that_is_not_there_reading_goes_on(
    made: GitArchive, archives: Archives
) -> None:
    """With the same process."""
    archives.read("OpenTerms/versions", "Acme/None 12.md", made.commits[0])

    assert archives.read("OpenTerms/versions", TEXT, made.commits[0]) == b"first\n"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    """As is one that is itself a clone."""
    with Archives(tmp_path / "none") as archives:
        found = archives.read("a/b", "c", "0" * 40)

    assert _why(found) == "there is no folder of archives"


def test_the_clone_itself_is_not_the_folder_of_clones(made: GitArchive) -> None:
    """The help says what to name instead."""
    with Archives(made.folder) as archives:
        found = archives.clone("OpenTerms/versions")

    assert isinstance(found, NotAtHand)
    assert found.help == "this folder is itself a clone: name the folder that holds it"


def test_a_folder_that_is_no_clone_is_said(tmp_path: Path) -> None:
    """Even where a repository lies around it: that one is not the archive."""
    around = GitArchive(tmp_path)
    around.record("archives/OpenTerms/versions/x.md", "x", day=1)

    with Archives(tmp_path / "archives") as archives:
        found = archives.read("OpenTerms/versions", "x.md", around.commits[0])

    assert "not a git repository" in _why(found)


def test_the_repository_of_a_hook_is_not_the_archive(
    made: GitArchive, archives: Archives, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git tells the programs it runs where they are; we look elsewhere."""
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "none"))

    assert archives.read("OpenTerms/versions", TEXT, made.commits[0]) == b"first\n"


def test_nothing_replaces_a_commit(made: GitArchive, archives: Archives) -> None:
    """A clone may say that another object stands for this one; the number says otherwise."""
    made.git("replace", made.commits[0], made.commits[3])

    assert archives.read("OpenTerms/versions", TEXT, made.commits[0]) == b"first\n"


def test_a_clone_runs_nothing(made: GitArchive, archives: Archives, tmp_path: Path) -> None:
    """Whatever its configuration wants run."""
    trap, sprung = tmp_path / "trap.sh", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch {sprung}\n", encoding="utf-8")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "core.sshCommand", "gpg.program", "diff.external"):
        made.git("config", key, str(trap))
    made.git("config", "log.showSignature", "true")
    made.git("config", "alias.cat-file", f"!{trap}")

    clone = archives.clone("OpenTerms/versions")
    assert not isinstance(clone, NotAtHand)
    texts = [text for _, text in clone.texts_of(TEXT)]

    assert len(texts) == 3
    assert not sprung.exists()


def test_a_partial_clone_fetches_nothing(made: GitArchive, tmp_path: Path) -> None:
    """What it left out is not at hand, though it knows where it would come from."""
    made.git("config", "uploadpack.allowFilter", "true")
    folder = tmp_path / "partial" / "versions"
    words = ["--filter=blob:none", "--no-checkout", f"file://{made.folder}"]
    subprocess.run(["git", "clone", "-q", *words, folder], check=True)  # noqa: S603, S607

    with Archives(tmp_path / "partial") as archives:
        found = archives.read("OpenTerms/versions", TEXT, made.commits[0])

    assert isinstance(found, NotAtHand)
    assert "fetch the clone whole" in found.help or "git ended" in found.why


def test_a_link_in_a_commit_is_not_followed(made: GitArchive, archives: Archives) -> None:
    """It is a text that holds a path."""
    (made.folder / "Acme" / "link.md").symlink_to("/etc/passwd")
    made.commit("a link", day=5)

    assert archives.read("OpenTerms/versions", "Acme/link.md", made.commits[-1]) == b"/etc/passwd"


def test_of_a_text_that_is_too_large_the_beginning_is_read(
    made: GitArchive, archives: Archives
) -> None:
    """One byte more than fits, so that whoever reads it knows; and then reading goes on."""
    made.record("Acme/large.md", "x" * (TOO_MANY_BYTES + 100_000), day=5)

    found = archives.read("OpenTerms/versions", "Acme/large.md", made.commits[-1])

    assert isinstance(found, bytes)
    assert len(found) == TOO_MANY_BYTES
    assert archives.read("OpenTerms/versions", TEXT, made.commits[0]) == b"first\n"


# --- every version of a text ------------------------------------------------------------------


def test_the_versions_of_a_text_are_the_commits_that_changed_it(
    made: GitArchive, archives: Archives
) -> None:
    """The oldest first, each with its moment."""
    clone = archives.clone("OpenTerms/versions")
    assert not isinstance(clone, NotAtHand)

    found = clone.versions_of(TEXT)

    assert not isinstance(found, NotAtHand)
    assert [one.commit for one in found] == [made.commits[number] for number in (0, 2, 3)]
    assert found[0].at == datetime(2024, 1, 1, 12, tzinfo=UTC)


def test_every_version_comes_with_its_text(made: GitArchive, archives: Archives) -> None:
    """One that took the text away says that it is not there."""
    made.git("rm", "-q", TEXT)
    made.commit("gone", day=6)
    clone = archives.clone("OpenTerms/versions")
    assert not isinstance(clone, NotAtHand)

    texts = [text for _, text in clone.texts_of(TEXT)]

    assert texts[:3] == [b"first\n", b"second\n", "third, été\n".encode()]
    assert _why(texts[3]) == f"commit `{made.commits[-1][:12]}` has no `{TEXT}`"


@pytest.mark.parametrize("path", ["Acme/None.md", ":(glob)**", "../x"])
def test_a_text_without_versions_is_said(archives: Archives, path: str) -> None:
    """A path is a path, and never a pattern."""
    clone = archives.clone("OpenTerms/versions")
    assert not isinstance(clone, NotAtHand)

    assert _why(clone.versions_of(path))
    assert not list(clone.texts_of(path))


def test_a_clone_without_a_commit_is_said(tmp_path: Path) -> None:
    """There is no version, and no error of ours."""
    GitArchive(tmp_path / "versions")
    with Archives(tmp_path) as archives:
        clone = archives.clone("versions")
        assert not isinstance(clone, NotAtHand)

        assert "HEAD" in _why(clone.versions_of("x.md"))


# --- without git --------------------------------------------------------------------------------


def test_without_git_nothing_is_at_hand(
    archives: Archives, made: GitArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says so."""
    monkeypatch.setattr("shutil.which", lambda _: None)

    assert _why(archives.read("OpenTerms/versions", TEXT, made.commits[0])) == (
        "git is not installed"
    )


def test_a_git_that_ends_at_once_is_said(
    made: GitArchive, archives: Archives, tmp_path: Path
) -> None:
    """And is asked again for the next text."""
    broken = tmp_path / "git"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    clone = archives.clone("OpenTerms/versions")
    assert not isinstance(clone, NotAtHand)
    clone.git, real = str(broken), clone.git

    assert "git ended while it read" in _why(clone.read(made.commits[0], TEXT))
    clone.git = real
    assert clone.read(made.commits[0], TEXT) == b"first\n"


def _fake(folder: Path, script: str) -> str:
    """A program that stands where git should."""
    program = folder / "git"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def test_a_clone_that_belongs_to_somebody_else_is_said(
    made: GitArchive, archives: Archives, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git does not read it until one says that it is safe."""
    fake = _fake(tmp_path, "echo 'fatal: detected dubious ownership in it' >&2; exit 128")
    monkeypatch.setattr("shutil.which", lambda _: fake)

    found = archives.read("OpenTerms/versions", TEXT, made.commits[0])

    assert _why(found) == (
        "git does not read the clone of `OpenTerms/versions`: detected dubious ownership in it"
    )
    assert isinstance(found, NotAtHand)
    assert "safe.directory" in found.help


def test_a_git_that_says_nothing_is_said(
    archives: Archives, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: GitArchive
) -> None:
    """There is a reason even then."""
    monkeypatch.setattr("shutil.which", lambda _: _fake(tmp_path, "exit 3"))

    assert "it says nothing" in _why(archives.read("OpenTerms/versions", TEXT, made.commits[0]))


def test_an_answer_that_is_cut_off_is_said(
    made: GitArchive, archives: Archives, tmp_path: Path
) -> None:
    """Of a small text and of a large one: what there is of it is no text."""
    clone = archives.clone("OpenTerms/versions")
    assert not isinstance(clone, NotAtHand)
    for size in (10, 2 * TOO_MANY_BYTES):
        clone.git = _fake(tmp_path, f"read line; echo 0123 blob {size}; printf abc")
        assert "its answer is cut off" in _why(clone.read(made.commits[0], TEXT))


def test_a_git_that_cannot_be_run_is_said(
    made: GitArchive, archives: Archives, tmp_path: Path
) -> None:
    """For a text and for its versions."""
    clone = archives.clone("OpenTerms/versions")
    assert not isinstance(clone, NotAtHand)
    clone.git = str(tmp_path / "none")

    assert _why(clone.read(made.commits[0], TEXT)) == "git cannot be run"
    assert "git did not end well" in _why(clone.versions_of(TEXT))


@pytest.mark.parametrize(
    ("name", "right"),
    [("a/b", True), ("a", True), ("a/b/c", False), ("/a", False), ("a/..", False), ("", False)],
)
def test_a_collection_has_an_owner_and_a_name(name: str, right: bool) -> None:  # noqa: FBT001
    """Or a name alone."""
    assert is_collection(name) is right


@pytest.mark.parametrize(
    ("name", "right"), [("0123abc", True), ("main", False), ("012", False), ("0" * 65, False)]
)
def test_a_commit_is_a_number(name: str, right: bool) -> None:  # noqa: FBT001
    """In the digits that git uses."""
    assert is_commit(name) is right
