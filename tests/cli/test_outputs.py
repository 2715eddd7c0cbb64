"""Every answer in JSON is one object of a published form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from termsgate.cli import Exit, _parser, main
from termsgate.cli.scaffold import SCHEMA, SCHEMAS, schemas
from tests.docs.samples import ROOT
from tests.outputs import fitting

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

VERSION: Final = "fixtures/zoom/terms/2023-03-31.yaml"
TEXT: Final = """\
# Terms

Last updated: March 31, 2023

**10.4 Licence**. Zoom may use content for machine learning, artificial intelligence and more.

Zoom will not use your calls to train its models. We delete your content within thirty days.
"""
OF_FILES: Final = frozenset({"check", "policy", "vendor", "version", "vocabulary"})
NAMED: Final = ("--vendor", "zoom", "--document", "terms")

CASES: Final = {
    "changed": [["fixtures/zoom/vendor.yaml"], ["policies/a.yaml"], ["README.md"], []],
    "check": [["--no-cache"], ["--no-cache", "--vendor", "zoom", "--as-of", "2023-04-01"]],
    "diff": [
        ["zoom", "2023-04-01", "2023-09-01"],
        ["zoom", "2023-04-01", "2023-04-02"],
        ["zoom", "2023-04-01", "2023-09-01", "--check", "calls", "--document", "terms"],
        ["zoom", "2023-04-01", "edited.yaml"],
    ],
    "draft": [["terms.md", *NAMED], ["bare.md", *NAMED, "--effective", "2024-01-01"]],
    "drift": [
        ["zoom", "terms.md", "--as-of", "2023-04-01"],
        ["zoom", "bare.md", "--as-of", "2023-04-01"],
        ["zoom", "bare.md", "--as-of", "2023-04-01", "--whole"],
        ["zoom", "empty.md", "--as-of", "2023-04-01"],
    ],
    "explain": [
        ["calls", "zoom", "ai-training.calls", "--as-of", "2023-04-01"],
        ["calls", "zoom", "ai-training.calls", "--as-of", "2023-04-01", "--today", "2023-05-01"],
        ["calls", "zoom", "ai-training.calls", "--as-of", "2023-09-01"],
        ["calls", "zoom", "ai-training.calls", "--as-of", "2020-01-01"],
    ],
    "history": [["zoom"], ["zoom", "--today", "2023-05-01", "--check", "calls"]],
    "init": [["made"], ["made", "--pack", "exit"]],
    "lint": [[], ["wrong"]],
    "new vendor": [["acme"]],
    "new document": [["zoom", "dpa"]],
    "new version": [["zoom", "terms"], ["zoom", "terms", "--text", "bare.md"]],
    "new policy": [["house"]],
    "new check": [["pilot"]],
    "prompt": [["terms.md"], ["terms.md", "--words", "9", "--part", "2"]],
    "sign": [["zoom", "--by", "a@example.org"], [VERSION, "--by", "a", "--by", "b"]],
    "verify": [[], ["--texts", "texts", "--all"], [".", "wrong"], ["--vendor", "zoom", "--strict"]],
}


@pytest.fixture(autouse=True)
def texts(project: Path) -> Path:
    """The project has texts, one of them captured, and a copy in which something is wrong."""
    for name, text in {
        "terms.md": TEXT,
        "bare.md": "Read this.\n",
        "empty.md": "",
        VERSION.replace(".yaml", ".md"): TEXT,
        "texts/zoom--terms--2023-03-31.md": "Nothing of it.\n",
        "edited.yaml": (project / VERSION).read_text().replace("allows", "bars"),
        "wrong/policies/house.yaml": "policy: house\nrubbish: [1]\n",
        "wrong/fixtures/zoom/vendor.yaml": (project / "fixtures/zoom/vendor.yaml").read_text(),
    }.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text, encoding="utf-8")
    return project


@pytest.mark.parametrize(
    ("command", "words"), [(name, words) for name, cases in CASES.items() for words in cases]
)
def test_an_answer_fits_its_schema(
    command: str, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever was found; or nothing is printed and the reason stands on standard error."""
    code = main([*command.split(), *words, "--format", "json"])
    out, err = capsys.readouterr()

    if out:
        assert fitting(out)["version"] == 1
    else:
        assert (code, err[:3] != "") == (Exit.PROBLEMS, True)


def commands(
    parser: argparse.ArgumentParser, name: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command, and those below it."""
    below = [each for each in parser._actions if isinstance(each.choices, dict)]  # noqa: SLF001
    if not below:
        yield name.strip(), parser
    for action in below:
        for word, inner in dict(action.choices or {}).items():
            yield from commands(inner, f"{name} {word}")


def test_every_command_with_something_to_tell_tells_it_in_json() -> None:
    """The others print or write a script, a schema or a record, which have forms of their own."""
    found = {name: parser.format_help() for name, parser in commands(_parser())}

    told = {name for name, text in found.items() if ",json" in text}
    assert told == set(CASES)
    assert set(found) - told == {"completion", "export", "merge", "schema"}


def test_every_answer_has_a_schema_and_every_schema_an_answer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """But that of a course, which needs an archive, and the forms of files."""
    said = set()
    for command, cases in CASES.items():
        for words in cases:
            main([*command.split(), *words, "--format", "json"])
            out = capsys.readouterr().out
            said |= {json.loads(out)["format"]} if out else set()

    outputs = set(schemas()) - OF_FILES - {"drift-course"}
    assert said == {f"termsgate-{name}" for name in outputs}


def test_the_fixture_of_a_draft_is_a_version(capsys: pytest.CaptureFixture[str]) -> None:
    """Its form is that of the files, and lint has nothing against it."""
    main(["draft", "terms.md", *NAMED, "--format", "json"])
    drafted = fitting(capsys.readouterr().out)["fixture"]
    Path("fixtures/zoom/terms/2024-01-01.yaml").write_text(
        json.dumps({**drafted, "effective": "2024-01-01"}), encoding="utf-8"
    )

    main(["lint", "--format", "json"])

    assert fitting(capsys.readouterr().out)["problems"] == []


def _objects(schema: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    """Every schema of an object in a schema."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for each in schema.values():
            yield from _objects(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from _objects(each)


OUTPUTS: Final = sorted(
    each.name.removesuffix(SCHEMA)
    for each in SCHEMAS.joinpath("outputs").iterdir()
    if each.name != f"draft{SCHEMA}"
)


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_schema_of_an_output_knows_every_key(name: str) -> None:
    """What nobody wrote down would pass unseen; only the fixture of a draft has its own schema."""
    found = json.loads(schemas()[name].read_text("utf-8"))

    assert all(each["additionalProperties"] is False for each in _objects(found))


def test_the_page_lists_every_schema_of_an_output() -> None:
    """Those that `termsgate schema` prints beside the forms of files."""
    page = (ROOT / "docs/options.md").read_text("utf-8")
    table = page.partition("### JSON")[2].partition("### On a terminal")[0]

    assert [name for name in schemas() if f"`{name}`" not in table] == sorted(OF_FILES)


# --- what the answers say -----------------------------------------------------------------------


def answered(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """What a command answers a program."""
    main([*words, "--format", "json"])
    return fitting(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("files", "everyone", "vendors", "option"),
    [
        (["fixtures/zoom/vendor.yaml"], False, ["zoom"], "zoom"),
        (["fixtures/zoom/vendor.yaml", "policies/a.yaml"], True, [], "*"),
        (["README.md"], False, [], ""),
    ],
)
def test_changed_names_vendors_and_what_an_option_takes(
    files: list[str],
    vendors: list[str],
    option: str,
    *,
    everyone: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The same as the line of text, and easier to read."""
    found = answered(capsys, "changed", *files)

    assert (found["everyone"], found["vendors"]) == (everyone, vendors)
    assert found["terms-vendor"] == option


def test_new_tells_what_it_wrote_and_what_is_left_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The quotes that were carried over to another text, and the next steps."""
    old = Path(VERSION)
    day = "2023-08-11"
    Path(f"fixtures/zoom/terms/{day}.yaml").write_text(old.read_text().replace("2023-03-31", day))

    found = answered(capsys, "new", "version", "zoom", "terms", "--text", "bare.md")
    vendor = answered(capsys, "new", "vendor", "acme")
    document = answered(capsys, "new", "document", "zoom", "dpa")

    assert [Path(each).suffix for each in found["written"]] == [".yaml", ".md"]
    assert found["quotes"] == {"quotes": 1, "lost": ["licence"]}
    assert [each["code"] for each in vendor["to-do"]] == ["vendor/no-version"]
    assert vendor["next"] == ["termsgate new version acme terms --text FILE"]
    assert (vendor["quotes"], document["edited"]) == (None, ["fixtures/zoom/vendor.yaml"])


def test_init_asks_a_program_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It writes beside what is there, and never over it."""
    Path("made").mkdir()
    Path("made/README.md").write_text("ours")
    monkeypatch.setattr("termsgate.cli.init._agreed", lambda *_: 1 / 0)

    found = answered(capsys, "init", "made")

    assert "tox.ini" in found["written"]
    assert found["next"][:2] == ["cd made", "pytest"]


def test_sign_tells_who_signs_and_who_had_signed(capsys: pytest.CaptureFixture[str]) -> None:
    """With the digest in full."""
    first, again = (
        answered(capsys, "sign", VERSION, "--by", who, "--on", "2024-01-02")["signed"][0]
        for who in ("a@example.org", "b@example.org")
    )

    assert (first["before"], again["before"]) == (None, first["review"])
    assert again["review"]["by"] == ["b@example.org"]
    assert (len(again["review"]["sha256"]), again["clauses"]) == (64, 1)


def test_what_was_signed_before_one_that_cannot_be_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing that was written goes untold."""
    written: list[Path] = []

    def once(path: Path, text: str) -> None:
        if written:
            raise OSError(28, "No space left on device")
        written.append(path)
        path.write_text(text)

    monkeypatch.setattr("termsgate.cli.sign.replace_text", once)

    code = main(["sign", "fixtures", "--by", "a@example.org", "--format", "json"])
    out, err = capsys.readouterr()

    assert (code, [each["path"] for each in fitting(out)["signed"]]) == (
        Exit.FELL_SHORT,
        [path.as_posix() for path in written],
    )
    assert "No space left" in err


def test_a_refusal_prints_nothing_for_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong stands on standard error, in words."""
    assert main(["sign", "nobody", "--by", "a", "--format", "json"]) == Exit.NOTHING_FOUND
    assert capsys.readouterr().out == ""
