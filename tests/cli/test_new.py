"""`termsgate new`: files to go on from."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.cli import Exit, main
from termsgate.reading.store import load
from tests.cli.test_init import SCHEMAS, files

if TYPE_CHECKING:
    from pathlib import Path

TODAY: Final = datetime.now(UTC).date().isoformat()
OLD: Final = "fixtures/zoom/terms/2023-08-11.yaml"


def problems(folder: Path) -> list[str]:
    """What lint says, with the schemas as a second opinion."""
    return [f"{each.code} {each.weight}" for each in load(folder, schemas=True).problems]


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What was printed, also on standard error."""
    out, err = capsys.readouterr()
    return [*out.splitlines(), *err.splitlines()]


@pytest.mark.parametrize(
    ("words", "path", "smells"),
    [
        (["vendor", "acme"], "fixtures/acme/vendor.yaml", ["vendor/no-version smell"]),
        (["document", "zoom", "dpa"], f"fixtures/zoom/dpa/{TODAY}.yaml", []),
        (["version", "zoom", "terms"], f"fixtures/zoom/terms/{TODAY}.yaml", []),
        (["policy", "house"], "policies/house.yaml", []),
        (["check", "pilot"], "checks/pilot.yaml", []),
    ],
)
def test_what_is_written_loads(
    words: list[str],
    path: str,
    smells: list[str],
    project: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Without an error; a smell is what is still to do, and is told."""
    code = main(["new", *words])

    lines = said(capsys)
    assert (code, lines[0]) == (Exit.NOTHING_TO_SAY, f"wrote {path}")
    assert (project / path).is_file()
    assert problems(project) == smells
    assert len([line for line in lines if line.startswith("to do: ")]) == len(smells)


def test_what_no_check_selects_gets_a_check_of_its_own(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would pass by omission; what every check selects gets none."""
    main(["new", "vendor", "acme"])
    main(["new", "policy", "house"])

    assert [line for line in said(capsys) if line.startswith("wrote")] == [
        "wrote fixtures/acme/vendor.yaml",
        "wrote checks/acme.yaml",
        "wrote policies/house.yaml",
    ]
    found = load(project).project
    assert found is not None
    assert {each.id: each.vendors for each in found.checks} == {
        "acme": ("acme",),
        "calls": ("zoom",),
    }


def test_a_policy_that_no_check_selects_gets_one_too(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """For every vendor."""
    check = project / "checks/calls.yaml"
    check.write_text(check.read_text().replace('["*"]', "[ai-training]"))

    main(["new", "policy", "house"])

    assert said(capsys)[1] == "wrote checks/house.yaml"
    assert problems(project) == []


def test_with_no_check_at_all_none_is_made(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is one over everything already, and a file would take its place."""
    (project / "checks/calls.yaml").unlink()
    (project / "checks").rmdir()

    assert main(["new", "vendor", "acme"]) == Exit.NOTHING_TO_SAY
    assert [line for line in said(capsys) if "checks" in line] == []


def test_where_the_name_of_its_check_is_taken_nothing_is_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And the user is told how to select it."""
    before = files(project)

    assert main(["new", "vendor", "calls"]) == Exit.FELL_SHORT
    assert files(project) == before
    assert "`checks/calls.yaml` is there already" in "\n".join(said(capsys))


def test_a_project_can_be_made_from_an_empty_policies_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """File by file: what is not there yet is no reason to refuse."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policies").mkdir()

    for words in (["policy", "house"], ["vendor", "acme"], ["version", "acme", "terms"]):
        assert main(["new", *words]) == Exit.NOTHING_TO_SAY

    assert problems(tmp_path) == []


# --- versions -----------------------------------------------------------------------------------


FULL: Final = """\
# yaml-language-server: $schema=elsewhere.json
# Read whole by counsel.
document: terms
effective: 2023-08-11   # the day
published: 2023-08-01
source:
  url: https://example.org/terms
  # how it was taken
  captured: 2023-08-11
language: en
review: {by: [counsel@example.org], on: 2023-08-12, status: approved}

# What is said.
clauses:
  - id: ban
    section: "10.2"
    quote: does not use any of your audio, video, chat   # theirs
    bars: {action: train-ai, data: [audio, video, chat]}
  - id: licence
    section: "10.4"
    quote: to provide the service
    allows: {action: provide-service, data: customer-content}
"""


def test_a_version_starts_from_the_one_in_force(project: Path) -> None:
    """Clauses and comments are kept; what was true of the old one only is not, its review first."""
    (project / OLD).write_text(FULL)

    main(["new", "version", "zoom", "terms", "--effective", "2024-01-01"])

    made = (project / "fixtures/zoom/terms/2024-01-01.yaml").read_text()
    assert made == STARTED + FULL.partition("language: en\n")[2].partition("\n")[2]


STARTED: Final = f"""\
# Started from the version of 2023-08-11: its clauses are carried over, and nobody has held them
# against the new text yet. Look at each one; what the new text does not say any more, take out.
document: terms
effective: 2024-01-01   # the day
source:
  url: https://example.org/terms
review: {{by: [termsgate new], on: {TODAY}, status: draft}}
language: en
"""


def test_it_starts_from_the_one_in_force_on_its_day(project: Path) -> None:
    """Not from a later one."""
    main(["new", "version", "zoom", "terms", "--effective", "2023-05-01"])

    made = (project / "fixtures/zoom/terms/2023-05-01.yaml").read_text()
    assert made.startswith("# Started from the version of 2023-03-31:")


def test_before_the_first_there_is_nothing_to_start_from(project: Path) -> None:
    """A version of which nothing is read, and which says so."""
    main(["new", "version", "zoom", "terms", "--effective", "2020-05-01"])

    made = (project / "fixtures/zoom/terms/2020-05-01.yaml").read_text()
    assert "\nunread: {}" in made
    assert "\nclauses: []\n" in made
    assert problems(project) == []


def test_a_text_is_kept_beside_it_and_tells_which_quotes_are_gone(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Byte for byte, with its digest."""
    (project / OLD).write_text(FULL)
    text = b"10.4 We use content to provide the service.\r\n"
    (project / "new.md").write_bytes(text)

    main(["new", "version", "zoom", "terms", "--effective", "2024-01-01", "--text", "new.md"])

    assert (project / "fixtures/zoom/terms/2024-01-01.md").read_bytes() == text
    assert "1 of 2 quotes stand in the new text; look again at: ban" in said(capsys)
    assert problems(project) == []


def test_a_draft_fails_review_until_somebody_signs(project: Path) -> None:
    """What was made by nobody is no one's word."""
    main(["new", "version", "zoom", "terms"])

    found = load(project).project
    assert found is not None
    made = found.vendors[0].versions[-1]
    assert made.review is not None
    assert (made.review.status.value, made.review.by) == ("draft", ("termsgate new",))
    assert main(["sign", "zoom", "--by", "counsel@example.org"]) == Exit.NOTHING_TO_SAY
    assert problems(project) == []


def test_a_version_written_in_brackets_is_left_to_its_author(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written rather than something wrong."""
    (project / OLD).write_text("{document: terms, effective: 2023-08-11, clauses: []}\n")
    before = files(project)

    assert main(["new", "version", "zoom", "terms"]) == Exit.PROBLEMS
    assert files(project) == before
    assert "is written in a way that nothing can be put into" in said(capsys)[0]


@pytest.mark.parametrize(
    ("name", "data", "code", "message"),
    [
        ("new.md", None, Exit.NOTHING_FOUND, "`new.md` cannot be read: no such file or directory"),
        ("new.doc", b"x", Exit.USAGE, "`new.doc` is none of .md, .txt, .html, .pdf"),
        ("new.txt", b"caf\xe9", Exit.PROBLEMS, "`new.txt` is not UTF-8 at byte 3"),
        ("new.pdf", b"", Exit.PROBLEMS, "`new.pdf` is empty"),
        ("new.md", b" \n", Exit.PROBLEMS, "`new.md` is empty"),
        (".", None, Exit.USAGE, "`.` is none of .md, .txt, .html, .pdf"),
    ],
)
def test_a_text_that_is_none_is_told(
    name: str,
    data: bytes | None,
    code: Exit,
    message: str,
    project: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And nothing is written."""
    if data is not None:
        (project / name).write_bytes(data)
    before = files(project)

    assert main(["new", "version", "zoom", "terms", "--text", name]) == code
    assert (said(capsys)[0], files(project)) == (f"termsgate: {message}", before)


# --- documents ----------------------------------------------------------------------------------


def test_a_document_is_added_to_its_vendor(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After the last one; what else stands there stays, comments and line ends too."""
    path = project / "fixtures/zoom/vendor.yaml"
    old = path.read_text() + "# the end\nurl: https://example.org\n"
    old = old.replace("url: https://example.org/zoom\n", "").replace("\n", "\r\n")
    path.write_bytes(old.encode())

    words = ["--kind", "notice", "--title", "What: we do"]
    assert main(["new", "document", "zoom", "privacy", *words]) == Exit.NOTHING_TO_SAY

    line = '  - {id: privacy, kind: notice, title: "What: we do"}\r\n'
    assert path.read_bytes().decode() == old.replace("# the end", f"{line}# the end")
    assert "added to fixtures/zoom/vendor.yaml" in said(capsys)
    assert problems(project) == []


def test_a_list_in_brackets_is_left_to_its_author(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the line to write."""
    path = project / "fixtures/zoom/vendor.yaml"
    path.write_text(
        "vendor: zoom\nname: Zoom\ndocuments: [{id: terms, kind: contract, title: Terms}]\n"
    )
    before = files(project)

    assert main(["new", "document", "zoom", "dpa"]) == Exit.PROBLEMS
    assert files(project) == before
    assert said(capsys)[1] == ("  help: write it yourself: - {id: dpa, kind: contract, title: Dpa}")


def test_what_would_not_load_is_taken_back(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The vendor knows the version of that day, and says that it is not recorded."""
    path = project / "fixtures/zoom/vendor.yaml"
    path.write_text(path.read_text() + "known-versions: {terms: [2023-05-01]}\n")
    before = files(project)

    words = ["new", "version", "zoom", "terms", "--effective", "2023-05-01"]
    assert main(words) == Exit.PROBLEMS
    assert files(project) == before
    assert said(capsys)[-1] == "termsgate: nothing was written"


# --- what cannot be -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "lines"),
    [
        (["vendor", "Zoom Inc"], Exit.USAGE, ["`Zoom Inc` is no id for a vendor", "`zoom-inc`"]),
        (["policy", "9"], Exit.USAGE, ["`9` is no id for a policy", "small letters"]),
        (["vendor", "zoom"], Exit.FELL_SHORT, ["nothing was written", "is there already"]),
        (["check", "calls"], Exit.FELL_SHORT, ["nothing was written", "is there already"]),
        (["vendor", "a", "--url", "acme"], Exit.USAGE, ["`acme` is no address", "https://"]),
        (["document", "zoom", "terms"], Exit.FELL_SHORT, ["`zoom` has a document `terms`", "new"]),
        (
            ["version", "zom", "terms"],
            Exit.NOTHING_FOUND,
            ["there is no vendor called `zom`", "the nearest is `zoom`"],
        ),
        (
            ["version", "zoom", "privacy"],
            Exit.NOTHING_FOUND,
            ["`zoom` has no document called `privacy`", "`termsgate new document zoom privacy`"],
        ),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    words: list[str],
    code: Exit,
    lines: list[str],
    project: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With the nearest thing that can."""
    before = files(project)

    assert main(["new", *words]) == code
    found = said(capsys)
    assert files(project) == before
    assert all(part in line for part, line in zip(lines, found, strict=False)), found


def test_a_project_that_is_not_in_order_comes_first(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its problems are told."""
    (project / "checks/calls.yaml").write_text("check: calls\n")

    assert main(["new", "vendor", "acme"]) == Exit.PROBLEMS
    assert said(capsys)[-1] == "termsgate: nothing was written: put these in order first"


def test_in_no_project_it_says_how_to_start_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is found to add to."""
    assert main(["new", "vendor", "acme", "--root", str(tmp_path)]) == Exit.NOTHING_FOUND
    assert "`termsgate init` starts one" in said(capsys)[1]


def test_with_no_vendor_there_is_no_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The vendor comes first."""
    (tmp_path / "fixtures").mkdir()

    words = ["new", "version", "acme", "terms", "--root", str(tmp_path)]
    assert main(words) == Exit.NOTHING_FOUND
    assert said(capsys)[1] == "  help: `termsgate new vendor NAME`"


def test_each_file_names_its_schema_where_there_is_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a project that `termsgate init` has made."""
    monkeypatch.chdir(tmp_path)
    main(["init"])

    for words in (["vendor", "acme"], ["version", "acme", "terms"], ["policy", "p"]):
        main(["new", *words])

    made = ("fixtures/acme/vendor.yaml", f"fixtures/acme/terms/{TODAY}.yaml", "policies/p.yaml")
    for name in made:
        first = (tmp_path / name).read_text().partition("\n")[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert ((tmp_path / name).parent / schema).is_file()


def test_the_copies_of_the_schemas_can_be_renewed(project: Path) -> None:
    """Those of an earlier release are replaced."""
    folder = project / ".termsgate/schemas"
    folder.mkdir(parents=True)
    (folder / "check.schema.json").write_text("old")

    assert main(["schema", "--into", str(folder)]) == Exit.NOTHING_TO_SAY
    assert files(folder).keys() == {each.name for each in SCHEMAS.glob("*.json")}
    assert files(folder)["check.schema.json"] != b"old"
    assert main(["schema", "--into", str(folder / "check.schema.json")]) == Exit.FELL_SHORT


# --- what the comments teach --------------------------------------------------------------------


def uncommented(path: Path, start: str) -> None:
    """Take the comments of a file for what they show, from the line that starts so."""
    lines = path.read_text().splitlines()
    at = next(number for number, line in enumerate(lines) if line.lstrip("# ").startswith(start))
    shown = (re.sub(r"^(\s*)# ?", r"\1", line) for line in lines[at:])
    path.write_text("\n".join([*lines[:at], *shown]) + "\n")


def test_the_clauses_that_comments_show_can_be_written_so(project: Path) -> None:
    """In place of the brackets."""
    main(["new", "version", "zoom", "terms", "--effective", "2020-01-01"])
    path = project / "fixtures/zoom/terms/2020-01-01.yaml"
    text = path.read_text().replace("clauses: []\n", "")
    path.write_text(re.sub(r"(?m)^# In place of .*\n#\n", "# clauses:\n", text))

    uncommented(path, "clauses:")

    assert problems(project) == []
    found = load(project).project
    assert found is not None
    assert [each.id for each in found.vendors[0].versions[0].clauses] == [
        "licence",
        "training",
        "no-sale",
        "changes",
    ]


def test_the_documents_that_comments_show_can_be_written_so(project: Path) -> None:
    """One is a promise that nobody has read yet; the others are not at hand."""
    main(["new", "vendor", "acme"])

    uncommented(project / "fixtures/acme/vendor.yaml", "- {id: privacy-policy")

    assert problems(project) == ["vendor/no-version smell"] * 2


def test_the_requirement_that_comments_show_can_be_written_so(project: Path) -> None:
    """A bound on what terms state."""
    main(["new", "policy", "house"])

    uncommented(project / "policies/house.yaml", "- id: change-notice")

    assert problems(project) == []


def test_what_comments_of_a_check_show_can_be_written_so(project: Path) -> None:
    """What it says of a vendor that is not there apart."""
    main(["new", "check", "pilot"])
    path = project / "checks/pilot.yaml"
    path.write_text(
        path.read_text().replace("acme", "zoom").replace("exit.export", "ai-training.calls")
    )

    uncommented(path, "What you know of your use")
    path.write_text(re.sub(r"(?m)^(What|A waiver) .*$", "", path.read_text()))

    assert problems(project) == [
        "check/unknown-agreement smell",
        "check/unknown-feature smell",
    ]
