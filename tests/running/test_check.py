"""`termsgate check`: the gate without pytest, to the same record."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from benchmarks.generate import write
from termsgate.cli import Exit, main
from termsgate.running.check import FILE
from tests.plugin.test_baseline import SAFE, add_vendor, change
from tests.plugin.test_coming import LICENCE, NEXT
from tests.plugin.test_reviews import BAN, asking, reviewed
from tests.plugin.test_waivers import CHOSEN, READ

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.plugin.conftest import Suite

RECORD: Final = "reports/record.json"
DAY: Final = "2026-06-05"
WAIVER: Final = """\
waivers:
  - vendor: {vendor}
    requirement: {requirement}
    reason: Accepted for the pilot.
    approved-by: cfo@example.org
    approved-on: 2026-06-01
    expires: 2026-06-30
"""


@pytest.fixture(autouse=True)
def _a_cache_of_its_own(
    suite: Suite, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No test finds what another one left."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.chdir(suite.path)


def check(*options: str, day: str = DAY) -> int:
    """Run the command here."""
    return main(["check", "--today", day, *options])


def written(suite: Suite) -> bytes:
    """The record as it lies there."""
    return (suite.path / RECORD).read_bytes()


# --- the same record ----------------------------------------------------------------------------


def as_it_is(_suite: Suite) -> None:
    """The project as every test begins: one breach in the past, none now."""


def waived(suite: Suite) -> None:
    """A breach that is accepted, by a glob, and a waiver that nothing needs."""
    suite.remove("fixtures/zoom/terms/2023-08-11.yaml")
    suite.remove("fixtures/zoom/terms/2023-08-11.md")
    suite.add("checks/calls.yaml", WAIVER.format(vendor="z*", requirement="ai-training.calls"))


def needless(suite: Suite) -> None:
    """A waiver that nothing needs."""
    suite.add("checks/calls.yaml", WAIVER.format(vendor="zoom", requirement="ai-training.calls"))


def read_and_chosen(suite: Suite) -> None:
    """A reading and two choices, one of which touches nothing."""
    add_vendor(suite, "acme", _IMPROVING)
    chosen = CHOSEN.format(action="train-ai")
    idle = CHOSEN.format(action="sell").partition("\n  opted-out:\n")[2]
    suite.add("checks/calls.yaml", READ.replace("2026-06-02", "2026-01-02") + chosen + idle)


_IMPROVING: Final = """\
  - {id: improving, section: '4', with: opt-out,
     allows: {action: improve-services, data: customer-content}}
"""


def coming(suite: Suite) -> None:
    """Terms that turn next week."""
    suite.write(
        NEXT.replace("2024-03-11", "2026-06-09"), LICENCE.replace("2024-03-11", DAY[:8] + "09")
    )


def owing(suite: Suite) -> None:
    """A review that has run out, and a draft."""
    asking(suite, "review-max-age: 1 year")
    reviewed(suite, "{by: counsel, on: 2020-01-02, status: draft}")


def quoted(suite: Suite) -> None:
    """A quote that the captured text has lost."""
    suite.write("fixtures/zoom/terms/2023-08-11.md", "Nothing of the kind.\n")


def wrong_example(suite: Suite) -> None:
    """A policy that does not mean what its author thinks."""
    change(suite, "policies/ai-training.yaml", "verdict: met", "verdict: violated")


def without_checks(suite: Suite) -> None:
    """Nobody wrote a check: everything is judged."""
    suite.remove("checks/calls.yaml")
    (suite.path / "checks").rmdir()


def two_checks(suite: Suite) -> None:
    """One vendor in both, and a built-in pack in one."""
    suite.write(
        "checks/also.yaml",
        "check: also\ntitle: Also\nvendors: [zoom]\npolicies: [exit, 'termsgate:privacy']\n",
    )


def smelly(suite: Suite) -> None:
    """Smells stop nothing: of a fixture, and of a check that knows too much."""
    suite.add("fixtures/zoom/terms/2023-08-11.yaml", "definitions: {Nobody: {data: audio}}\n")
    change(suite, "checks/calls.yaml", "{sector: finance}", "{sector: finance, feature: {x: true}}")


def many(suite: Suite) -> None:
    """More vendors than a matrix shows, with names that sort in two ways."""
    for name in ("a", "a-b", "a0", *(f"v{number}" for number in range(25))):
        add_vendor(suite, name, SAFE)


def with_words(suite: Suite) -> None:
    """A vocabulary of the project's own."""
    suite.write(
        "policies/vocabulary.yaml",
        "vocabulary: ours\ndata:\n  whiteboards: {in: [customer-content], is: a board}\n",
    )
    change(suite, BAN, "data: customer-content", "data: whiteboards")


PROJECTS: Final = (
    as_it_is,
    waived,
    needless,
    read_and_chosen,
    coming,
    owing,
    quoted,
    wrong_example,
    without_checks,
    two_checks,
    smelly,
    many,
    with_words,
)

OPTIONS: Final = (
    ("history", "strict"),
    ("as-of=2023-04-01", "warnings-as-failures"),
    ("vendor=zoom,nobody",),
    ("shard=2/3",),
    ("audit",),
)


CASES: Final = tuple(
    (arrange, options)
    for number, arrange in enumerate(PROJECTS)
    for options in ((), OPTIONS[number % len(OPTIONS)])
)
"""Every project as it is, and under one of the options: the next one under the next."""


def in_words(part: object) -> str:
    """What a case is called."""
    return " ".join(part) if isinstance(part, tuple) else getattr(part, "__name__", "")


@pytest.mark.parametrize(("arrange", "options"), CASES, ids=in_words)
def test_its_record_is_the_one_that_pytest_writes(
    suite: Suite, arrange: Callable[[Suite], None], options: tuple[str, ...]
) -> None:
    """To the byte, and with the same exit code; and once more out of the cache."""
    arrange(suite)
    theirs = suite.run("--terms-today", DAY, *(f"--terms-{each}" for each in options))
    expected = written(suite)
    (suite.path / RECORD).unlink()

    code = check(*(f"--{each}" for each in options))
    first = written(suite)
    (suite.path / RECORD).unlink()
    again = check(*(f"--{each}" for each in options))

    assert (code, again) == (theirs.ret, theirs.ret)
    assert first == expected
    assert written(suite) == expected


@pytest.mark.parametrize("arrange", [as_it_is, waived, many], ids=lambda each: each.__name__)
def test_it_weighs_against_the_same_baseline(
    suite: Suite, arrange: Callable[[Suite], None]
) -> None:
    """What was there before is let through, what is gone is told, and it is rewritten alike."""
    suite.run("--terms-today", DAY, "--terms-as-of=2023-04-01", "--terms-json=base.json")
    arrange(suite)
    suite.run("--terms-today", DAY, "--terms-baseline=base.json", "--terms-as-of=2023-04-01")
    expected = written(suite)

    check("--baseline=base.json", "--as-of=2023-04-01")

    assert written(suite) == expected


def test_it_rewrites_a_baseline(suite: Suite) -> None:
    """With the record that it would write anyway."""
    code = check("--baseline=base.json", "--update-baseline", "--as-of=2023-04-01")

    base = (suite.path / "base.json").read_bytes()
    assert (code, base) == (1, written(suite))
    assert json.loads(base)["baseline"] is None


def test_the_other_reports_are_the_same(suite: Suite) -> None:
    """The page, the SARIF and the summary; the page only where it is asked for."""
    names = {"html": "r.html", "sarif": "r.sarif", "markdown": "r.md"}
    suite.run("--terms-today", DAY, *(f"--terms-{name}={file}" for name, file in names.items()))
    theirs = {file: (suite.path / file).read_bytes() for file in names.values()}

    check(*(f"--{name}={file}" for name, file in names.items()))

    assert {file: (suite.path / file).read_bytes() for file in names.values()} == theirs
    (suite.path / "reports/report.html").unlink(missing_ok=True)
    check("--no-cache")
    assert not (suite.path / "reports/report.html").exists()


def test_several_processes_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are."""
    write(tmp_path / "project", 12, 5)
    monkeypatch.chdir(tmp_path / "project")
    monkeypatch.setattr("termsgate.running.check._WORTH_A_PROCESS", 3)

    codes = [check("--no-cache", "--jobs", jobs, "--json", f"{jobs}.json") for jobs in ("1", "3")]

    assert codes[0] == codes[1]
    assert Path("1.json").read_bytes() == Path("3.json").read_bytes()


# --- what it says -------------------------------------------------------------------------------


def test_a_failure_is_told_whole(suite: Suite, capsys: pytest.CaptureFixture[str]) -> None:
    """Why, with the words of the terms; then the counts and where the record is."""
    code = check("--as-of=2023-04-01")

    said = capsys.readouterr().out
    assert code == 1
    assert "ai-training.calls: No AI training on calls without consent\n" in said
    assert "“machine learning, artificial intelligence”" in said
    assert "more: termsgate explain calls zoom ai-training.calls --as-of 2023-04-01\n" in said
    assert f"terms as of 2023-04-01, run on {DAY}\n" in said
    assert re.search(r"^at the gate: 1 fail, ", said, re.MULTILINE)
    assert said.endswith(f"record: {RECORD}\n")
    assert suite.path == Path.cwd()


def test_quietly_a_failure_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Its names, its word and its title."""
    check("--as-of=2023-04-01", "-q")

    first, *_ = capsys.readouterr().out.splitlines()
    assert first == (
        "fail: calls zoom ai-training.calls: violated: No AI training on calls without consent"
    )


@pytest.mark.parametrize(
    ("arrange", "options", "told"),
    [
        (
            wrong_example,
            (),
            "policies/ai-training.yaml:*: ai-training.calls, example `a plain ban`",
        ),
        (quoted, (), "the quote of `ban` is lost"),
        (owing, (), "its review is a draft, and the check `calls` relies on it"),
        (needless, ("--strict",), "waived, and the waiver is not needed any more"),
    ],
    ids=["example", "quote", "review", "waiver"],
)
def test_whatever_fails_is_told(
    suite: Suite,
    capsys: pytest.CaptureFixture[str],
    arrange: Callable[[Suite], None],
    options: tuple[str, ...],
    told: str,
) -> None:
    """Also where every verdict passes."""
    arrange(suite)

    code = check(*options)

    said = capsys.readouterr().out
    assert code == 1
    assert any(part in said for part in told.split("*") if part)
    assert all(part in said for part in told.split("*"))


def test_as_json_it_prints_the_record(suite: Suite, capsys: pytest.CaptureFixture[str]) -> None:
    """For a dashboard."""
    code = check("--format", "json")

    assert capsys.readouterr().out.encode() == written(suite)
    assert code == 0


def test_for_github_it_prints_annotations(capsys: pytest.CaptureFixture[str]) -> None:
    """At the line of the clause, with the place of the project in the repository before it."""
    check("--as-of=2023-04-01", "--format", "github", "--prefix", "terms")

    assert "::error file=terms/fixtures/zoom/terms/2023-03-31.yaml,line=" in capsys.readouterr().out


# --- bad input ----------------------------------------------------------------------------------


def test_problems_in_files_are_all_told_and_nothing_is_written(
    suite: Suite, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those that lint tells, of vendors and of what they share."""
    suite.add("policies/exit.yaml", "nonsense: 1\n")
    suite.add("fixtures/zoom/vendor.yaml", "nonsense: 1\n")
    suite.add("checks/calls.yaml", WAIVER.format(vendor="nobody", requirement="x"))

    code = check()

    said = capsys.readouterr()
    main(["lint"])
    linted = capsys.readouterr().out.splitlines()
    assert (code, said.out) == (Exit.PROBLEMS, "")
    assert said.err.splitlines()[1:] == linted
    assert said.err.startswith("4 problems in your files\n")
    assert not (suite.path / RECORD).exists()


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (("--as-of", "2023-02-30"), Exit.USAGE, "--as-of: `2023-02-30` is not a day"),
        (("--update-baseline",), Exit.USAGE, "--update-baseline: there is no baseline to write"),
        (("--html=x", "--sarif=x"), Exit.USAGE, "--sarif: `x` is the file of --html too"),
        (("--lang", "de"), Exit.USAGE, "--lang: there are no words in `de`"),
        (("--root", "/"), Exit.NOTHING_FOUND, "holds none of policies/, fixtures/"),
        (("--baseline", "missing.json"), Exit.PROBLEMS, "[baseline/missing]"),
    ],
)
def test_wrong_usage_is_told_with_its_help(
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
    code: Exit,
    told: str,
) -> None:
    """What was said, and what to say instead."""
    found = check(*options)

    said = capsys.readouterr().err
    assert (found, told in said, "help: " in said) == (code, True, True)


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "99999"])
def test_a_number_of_processes_is_a_number(jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    """At least one."""
    with pytest.raises(SystemExit) as ended:
        check(f"--jobs={jobs}")

    assert ended.value.code == Exit.USAGE
    assert "no number of processes" in capsys.readouterr().err


def test_a_vendor_that_nobody_has_gives_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is never green."""
    code = check("--vendor", "nobody")

    assert code == 5
    assert "no verdict was given: `nobody` matches no vendor" in capsys.readouterr().out


def test_a_record_that_cannot_be_written_is_an_exit_code_of_its_own(
    suite: Suite, capsys: pytest.CaptureFixture[str]
) -> None:
    """The verdicts are told all the same."""
    (suite.path / "reports").write_text("a file, and no folder")

    code = check()

    assert code == 12
    assert "`" in capsys.readouterr().out


def test_a_full_disk_leaves_the_old_record(suite: Suite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole, as it was."""
    check()
    before = written(suite)

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    code = check("--as-of=2023-04-01", "--no-cache")

    assert (code, written(suite)) == (12, before)
    assert [each.name for each in (suite.path / "reports").iterdir()] == ["record.json"]


# --- the ini file -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pytest.ini", "[pytest]\nterms_root = .\nterms_json = r.json\nterms_strict = true\n"),
        (
            "pyproject.toml",
            "[tool.pytest.ini_options]\nterms_root = '.'\nterms_json='r.json'\nterms_strict=true\n",
        ),
        ("tox.ini", "[pytest]\nterms_root=.\nterms_json = r.json\nterms_strict = yes\n"),
        ("setup.cfg", "[tool:pytest]\nterms_root=.\nterms_json = r.json\nterms_strict = on\n"),
    ],
)
def test_it_asks_what_the_ini_file_asks(suite: Suite, name: str, text: str) -> None:
    """Also from a folder below; an option says otherwise."""
    suite.remove("pytest.ini")
    suite.write(name, text)
    needless(suite)

    assert check() == 1
    assert (suite.path / "r.json").is_file()
    assert check("--root", "checks", "--json", "other.json") == 1
    assert Path("other.json").read_bytes() == (suite.path / "r.json").read_bytes()


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("pytest.ini", "[pytest]\nterms_root = .\nterms_strict = perhaps\n", "neither on nor off"),
        ("pytest.ini", "terms_root = .\n", "cannot be read"),
        ("pytest.toml", "terms_root = \n", "cannot be read"),
    ],
)
def test_an_ini_file_that_is_wrong_is_named(
    suite: Suite, capsys: pytest.CaptureFixture[str], name: str, text: str, told: str
) -> None:
    """Wrong usage."""
    suite.write(name, text)

    assert check() == Exit.USAGE
    assert told in capsys.readouterr().err


def test_without_an_ini_file_the_folder_is_the_project(suite: Suite) -> None:
    """And nothing is asked for but a record."""
    suite.remove("pytest.ini")

    assert check() == 0
    assert (suite.path / RECORD).is_file()


# --- the cache ----------------------------------------------------------------------------------


def cache(suite: Suite) -> Path:
    """A cache that the test can reach."""
    return suite.path / ".cache"


@pytest.fixture
def judged(suite: Suite, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The vendors that were worked out, and not taken from the cache."""
    from termsgate.running.portion import Bench, Portion  # noqa: PLC0415

    found: list[str] = []
    real = Bench.portion

    def noted(self: Bench, name: str) -> Portion:
        found.append(name)
        return real(self, name)

    monkeypatch.setattr(Bench, "portion", noted)
    many(suite)
    check("--cache=.cache")
    found.clear()
    return found


def test_what_has_not_changed_is_not_judged_again(suite: Suite, judged: list[str]) -> None:
    """And gives the same record, also where it has to be written anew."""
    before = written(suite)
    (suite.path / RECORD).unlink()

    check("--cache=.cache")

    assert (judged, written(suite)) == ([], before)


def test_only_the_vendor_that_changed_is_judged_again(suite: Suite, judged: list[str]) -> None:
    """To the record that a run without a cache writes."""
    change(suite, "fixtures/v3/terms/2020-01-01.yaml", "bars", "allows")

    assert check("--cache=.cache") == 1
    assert judged == ["v3"]
    warm = written(suite)
    check("--no-cache")
    assert warm == written(suite)


@pytest.mark.parametrize(
    "edit",
    [
        lambda suite: change(suite, "policies/exit.yaml", "level: should", "level: must"),
        lambda suite: suite.add("checks/calls.yaml", "owner-note: x\n"),
        with_words,
        lambda suite: change(suite, "checks/calls.yaml", "Calls across", "Calls all across"),
    ],
    ids=["policy", "broken check", "vocabulary", "check"],
)
def test_what_all_share_makes_all_anew(
    suite: Suite, judged: list[str], edit: Callable[[Suite], None]
) -> None:
    """A policy, a check or the vocabulary."""
    edit(suite)

    check("--cache=.cache")

    assert len(judged) == 30


@pytest.mark.parametrize("options", [("--strict",), ("--history",), ("--audit",)])
def test_another_question_is_another_answer(
    suite: Suite, judged: list[str], options: tuple[str, ...]
) -> None:
    """So is another day."""
    check("--cache=.cache", *options)
    check("--cache=.cache", *options, day="2026-06-06")

    assert len(judged) == 60
    assert json.loads(written(suite))["today"] == "2026-06-06"


def _flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    middle = data.index(b'"met"')
    data[middle : middle + 5] = b'"mat"'
    path.write_bytes(data)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _others(path: Path) -> None:
    path.chmod(0o666)


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _misled(path: Path) -> None:
    """An index that leads beyond the end of the file."""
    data = path.read_bytes()
    path.write_bytes(data[:-20] + b"9" * 20)


@pytest.mark.parametrize(
    "harm", [_flipped, _cut, _emptied, _others, _misled], ids=lambda each: each.__name__
)
def test_a_damaged_or_foreign_cache_is_as_good_as_none(
    suite: Suite, judged: list[str], harm: Callable[[Path], None]
) -> None:
    """It is never trusted, and never an error."""
    before = written(suite)
    harm(cache(suite) / FILE)
    (suite.path / RECORD).unlink()

    code = check("--cache=.cache")

    assert (code, written(suite)) == (0, before)
    assert judged


def test_a_cache_that_cannot_be_written_is_no_error(suite: Suite, judged: list[str]) -> None:
    """The run does without."""
    _a_folder(cache(suite) / FILE)
    (cache(suite) / "last-run").unlink()

    assert check("--cache=.cache") == 0
    assert check("--cache=checks/calls.yaml") == 0
    assert len(judged) == 60


@pytest.mark.parametrize("what", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_half_a_shelf_does_not_stay(
    suite: Suite,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    what: BaseException,
) -> None:
    """A full disk is told, with 12 and no record; whatever ends the run, no file is left over."""
    from termsgate.running.shelf import Shelf  # noqa: PLC0415

    def full(*_args: object) -> None:
        raise what

    monkeypatch.setattr(Shelf, "put", full)

    assert check("--cache=.cache") in {12, 130}
    assert list(cache(suite).iterdir()) == []
    assert not (suite.path / RECORD).exists()
    if isinstance(what, OSError):
        assert "cannot be kept: No space left on device" in capsys.readouterr().err


def test_a_record_for_a_device_is_made_each_time(judged: list[str]) -> None:
    """It cannot be read back."""
    codes = [check("--cache=.cache", "--json=/dev/null") for _ in range(2)]

    assert (codes, judged) == ([0, 0], [])


def test_a_record_that_was_edited_is_written_again(suite: Suite, judged: list[str]) -> None:
    """What a run wrote is known by its hash."""
    before = written(suite)
    (suite.path / RECORD).write_bytes(before.replace(b'"met"', b'"mat"'))

    check("--cache=.cache")

    assert (judged, written(suite)) == ([], before)


def test_a_run_that_was_made_already_says_the_same(
    judged: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without reading or judging anything."""
    check("--cache=.cache", "--as-of=2023-04-01")
    first = capsys.readouterr().out

    def never(*_args: object) -> None:
        raise AssertionError

    monkeypatch.setattr("termsgate.running.check.read_frame", never)
    judged.clear()
    code = check("--cache=.cache", "--as-of=2023-04-01")

    assert (code, judged, capsys.readouterr().out) == (1, [], first)


def test_a_link_is_never_taken_from_the_cache(suite: Suite, judged: list[str]) -> None:
    """It can lead elsewhere tomorrow."""
    folder = suite.path / "fixtures/v4/terms"
    (folder / "2020-01-01.yaml").rename(folder / "hidden")
    (folder / "2020-01-01.yaml").symlink_to("hidden")

    check("--cache=.cache")
    check("--cache=.cache")

    assert judged == ["v4", "v4"]


def test_files_of_vendors_that_are_gone_leave_the_cache(suite: Suite, judged: list[str]) -> None:
    """And the record."""
    for name in ("vendor.yaml", "terms/2020-01-01.yaml"):
        suite.remove(f"fixtures/v5/{name}")
    (suite.path / "fixtures/v5/terms").rmdir()
    (suite.path / "fixtures/v5").rmdir()
    change(suite, "checks/calls.yaml", "v5,", "")

    assert check("--cache=.cache") == 0
    assert "v5" not in {each["vendor"] for each in json.loads(written(suite))["vendors"]}
    assert judged
