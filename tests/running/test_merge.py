"""`--terms-shard` and `termsgate merge`: several machines share a run."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termsgate.cli import Exit, main
from termsgate.core.shards import Shard
from tests.plugin.test_baseline import change
from tests.running.test_check import (
    DAY,
    PROJECTS,
    RECORD,
    _a_cache_of_its_own,
    check,
    many,
    needless,
    waived,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.plugin.conftest import Suite

__all__ = ["_a_cache_of_its_own"]

PARTS: Final = 3
ALL: Final = tuple(f"{number}.json" for number in range(1, PARTS + 1))


def make_parts(*options: str, of: int = PARTS) -> None:
    """The records of all parts."""
    for number in range(1, of + 1):
        check(f"--shard={number}/{of}", f"--json={number}.json", "--no-cache", *options)


def merge(*options: str) -> int:
    """Put them together."""
    return main(["merge", *(ALL if not options or options[0].startswith("-") else ()), *options])


def edit(suite: Suite, name: str, change_it: Callable[[dict[str, Any]], None]) -> None:
    """Change what a record says, and lay it out otherwise."""
    record = json.loads((suite.path / name).read_text("utf-8"))
    change_it(record)
    (suite.path / name).write_text(json.dumps(record), encoding="utf-8")


# --- who falls where ----------------------------------------------------------------------------


@given(vendor=st.text(min_size=1), of=st.integers(1, 20))
def test_a_vendor_falls_to_one_part(vendor: str, of: int) -> None:
    """Never to none and never to two."""
    parts = [Shard(number=number, of=of) for number in range(1, of + 1)]

    assert sum(each.holds(vendor) for each in parts) == 1


def test_parts_are_about_as_large() -> None:
    """Of a thousand vendors none of eight parts has half as many as it should, or twice."""
    parts = [Shard(number=number, of=8) for number in range(1, 9)]
    sizes = Counter(
        each.number for number in range(1000) for each in parts if each.holds(f"vendor-{number}")
    )

    assert all(62 < size < 250 for size in sizes.values())


def test_where_a_vendor_falls_is_published() -> None:
    """Machines of different releases share a run: this must never change."""
    found = {
        vendor: next(n for n in range(1, 9) if Shard(number=n, of=8).holds(vendor))
        for vendor in ("zoom", "jitsi", "whereby")
    }

    assert found == PLACES
    assert str(Shard(number=2, of=8)) == "2/8"


PLACES: Final = {"zoom": 7, "jitsi": 3, "whereby": 3}


# --- the whole ----------------------------------------------------------------------------------


@pytest.mark.parametrize("arrange", PROJECTS, ids=lambda each: each.__name__)
def test_the_parts_make_up_the_whole(suite: Suite, arrange: Callable[[Suite], None]) -> None:
    """To the byte, and with the same exit code where the verdicts decide it."""
    arrange(suite)
    options = ("--history", "--as-of=2026-06-05")
    code = check(*options, "--no-cache")
    make_parts(*options)

    merged = merge("--json=all.json")

    assert (suite.path / "all.json").read_bytes() == written(suite)
    assert merged == code or arrange.__name__ in {"wrong_example", "quoted"}


def test_a_part_of_pytest_is_a_part_of_check(suite: Suite) -> None:
    """Each is the same whoever made it."""
    many(suite)
    for number in (1, 2):
        suite.run("--terms-today", DAY, f"--terms-shard={number}/2", "--terms-json=p.json")
        check(f"--shard={number}/2", "--json=c.json")

        assert (suite.path / "p.json").read_bytes() == (suite.path / "c.json").read_bytes()


def test_against_a_baseline_and_with_globs_the_parts_make_up_the_whole(suite: Suite) -> None:
    """What is through, fixed and gone is counted over all parts."""
    many(suite)
    check("--as-of=2023-04-01", "--json=base.json")
    change(suite, "fixtures/v7/terms/2020-01-01.yaml", "bars", "allows")
    options = ("--baseline=base.json", "--as-of=2023-08-12", "--vendor=z*,v*")
    check(*options, "--no-cache")
    make_parts(*options)

    merge("--json=all.json")

    assert (suite.path / "all.json").read_bytes() == written(suite)


def test_a_part_does_not_say_that_another_part_needs_no_waiver(suite: Suite) -> None:
    """One with a glob: only the whole can tell. One of a vendor: its part can."""
    many(suite)
    waived(suite)
    make_parts("--strict")

    assert [json.loads((suite.path / each).read_bytes())["warnings"] for each in ALL].count([]) == 2
    assert merge("--strict", "--json=all.json") == 0


def test_the_whole_says_that_a_waiver_is_not_needed(
    suite: Suite, capsys: pytest.CaptureFixture[str]
) -> None:
    """And fails a strict run for it."""
    many(suite)
    needless(suite)
    change(suite, "checks/calls.yaml", "vendor: zoom", "vendor: 'z?om'")
    make_parts()
    capsys.readouterr()

    assert (merge(), merge("--strict", "--json=all.json")) == (0, 1)
    assert "1 waiver not needed any more (--strict)" in capsys.readouterr().out


def test_the_whole_is_told_and_reported(suite: Suite, capsys: pytest.CaptureFixture[str]) -> None:
    """With the failures of every part, and the reports that are asked for."""
    many(suite)
    make_parts("--as-of=2023-04-01")
    capsys.readouterr()

    code = merge("--html=r.html", "--sarif=r.sarif", "--markdown=r.md", "--json=all.json")

    said = capsys.readouterr().out
    assert code == 1
    assert "more: termsgate explain calls zoom ai-training.calls --as-of 2023-04-01\n" in said
    assert "90 verdicts: " in said
    assert all((suite.path / f"r.{each}").stat().st_size for each in ("html", "sarif", "md"))
    ours = (suite.path / "r.sarif").read_bytes()
    check("--as-of=2023-04-01", "--sarif=w.sarif")
    assert ours == (suite.path / "w.sarif").read_bytes()


def test_a_part_that_is_empty_is_never_green(
    suite: Suite, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what to do; and the whole does not miss it."""
    codes = [check(f"--shard={each}/9", f"--json={each}.json") for each in range(1, 10)]

    assert (codes.count(0), codes.count(5)) == (2, 7)
    assert "no vendor of a check falls to the part 1/9: take fewer parts" in capsys.readouterr().out
    assert main(["merge", *(f"{each}.json" for each in range(1, 10))]) == 0
    assert json.loads(written(suite))["given"] == 6


# --- bad input ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["0/3", "4/3", "1", "1/", "a/b", "1/0", "1/2/3", "1/1001", "-1/3"])
def test_a_part_is_one_of_several(
    suite: Suite, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong usage, of the command and of pytest."""
    assert check(f"--shard={text}") == Exit.USAGE
    assert f"--shard: `{text}` is not a part of several" in capsys.readouterr().err
    result = suite.run(f"--terms-shard={text}")
    result.stderr.fnmatch_lines([f"ERROR: --terms-shard: `{text}` is not a part of several"])


def test_a_part_cannot_become_a_baseline(suite: Suite, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither by writing it nor by reading it."""
    many(suite)
    code = check("--shard=1/2", "--baseline=b.json", "--update-baseline")
    said = capsys.readouterr().err
    make_parts(of=2)
    refused = check("--baseline=1.json")

    assert (code, refused) == (Exit.USAGE, Exit.PROBLEMS)
    assert "put the records of all parts together" in said
    assert "[baseline/partial]" in capsys.readouterr().err
    assert not (suite.path / RECORD).exists()


def another_day(_suite: Suite) -> None:
    """A part that was made when the day had changed."""
    main(["check", "--today", "2026-06-06", f"--shard=2/{PARTS}", "--json=2.json"])


def another_state(suite: Suite) -> None:
    """A part of other terms."""
    change(suite, "fixtures/jitsi/vendor.yaml", "Jitsi", "Jitsi Meet")
    check(f"--shard=2/{PARTS}", "--json=2.json")


def another_division(_suite: Suite) -> None:
    """A part of another number of them."""
    check("--shard=2/5", "--json=2.json")


def the_same_twice(suite: Suite) -> None:
    """One that was copied over another."""
    (suite.path / "2.json").write_bytes((suite.path / "1.json").read_bytes())


def no_part(_suite: Suite) -> None:
    """A whole run."""
    check("--json=2.json")


def edited(suite: Suite) -> None:
    """By hand."""
    text = (suite.path / "2.json").read_text("utf-8")
    (suite.path / "2.json").write_text(text.replace('"today": "2026', '"today": "2027'))


def cut_off(suite: Suite) -> None:
    """A disk that was full."""
    data = (suite.path / "2.json").read_bytes()
    (suite.path / "2.json").write_bytes(data[: len(data) // 2])


def emptied(suite: Suite) -> None:
    """Nothing in it."""
    (suite.path / "2.json").write_bytes(b"")


def something_else(suite: Suite) -> None:
    """A text."""
    (suite.path / "2.json").write_bytes(b"\x00\xff hello")


def laid_out_otherwise(suite: Suite) -> None:
    """By a program that means well."""
    edit(suite, "2.json", lambda _record: None)


def of_another_version(suite: Suite) -> None:
    """Of a release to come."""
    text = (suite.path / "2.json").read_text("utf-8").replace('"version": 1,', '"version": 2,', 1)
    from hashlib import sha256  # noqa: PLC0415

    body, _, _ = text.rpartition('"seal": ')
    seal = f'"seal": "{sha256(body.encode()).hexdigest()}"\n}}\n'
    (suite.path / "2.json").write_text(body + seal, encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "code", "told"),
    [
        (another_day, "merge/unlike", "this was made on another day than `1.json`"),
        (another_state, "merge/unlike", "other files than `1.json`: `fixtures/jitsi/vendor.yaml`"),
        (another_division, "merge/other-parts", "this is part 2/5, and `1.json` is one of 3"),
        (the_same_twice, "merge/twice", "this is part 1/3, and so is `1.json`"),
        (no_part, "merge/no-part", "this is the record of no part of a run"),
        (edited, "record/edited", "the record was edited after a run wrote it"),
        (cut_off, "record/syntax", "the record is cut off"),
        (emptied, "record/no-record", "this is no record of a run"),
        (something_else, "record/no-record", "this is no record of a run"),
        (laid_out_otherwise, "record/no-record", "this is no record of a run"),
        (of_another_version, "record/wrong-version", "the record is of version `2`"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_what_is_no_whole_run_is_refused(
    suite: Suite,
    capsys: pytest.CaptureFixture[str],
    harm: Callable[[Suite], None],
    code: str,
    told: str,
) -> None:
    """With the reason, and nothing is written."""
    make_parts()
    harm(suite)
    capsys.readouterr()

    assert merge("--json=all.json") == Exit.PROBLEMS
    said = capsys.readouterr()
    assert (told in said.err, f"[{code}]" in said.err, "help: " in said.err) == (True, True, True)
    assert (said.out, (suite.path / "all.json").exists()) == ("", False)


def test_a_part_that_is_missing_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Lost, or not named; or there is no such file."""
    make_parts()
    capsys.readouterr()

    assert merge("1.json", "3.json") == Exit.PROBLEMS
    assert "part 2/3 of the run is missing [merge/missing]" in capsys.readouterr().err
    assert merge("1.json", str(tmp_path / "none.json")) == Exit.NOTHING_FOUND
    assert "cannot be read: no such file" in capsys.readouterr().err
    assert merge(*ALL, "--lang=de") == Exit.USAGE
