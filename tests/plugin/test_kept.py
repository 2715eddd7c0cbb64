"""What a run of pytest keeps for the next one: what it found, under what it was made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from termsgate.core.docket import Docket
from termsgate.reading import store
from termsgate.running import remade
from termsgate.running.kept import FILE
from tests.plugin.test_baseline import add_vendor, change
from tests.running.test_check import CASES, DAY, in_words, read_and_chosen, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from termsgate.reading.store import Frame, ReadVendor
    from tests.plugin.conftest import Suite

TODAY: Final = ("--terms-today", DAY)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """The matters that were judged, and not taken from what was kept."""
    found: list[tuple[str, str, str]] = []
    real = Docket.judge

    def noted(self: Docket, matter: Any) -> Any:  # noqa: ANN401 - whatever it takes and gives
        found.append(matter.key)
        return real(self, matter)

    monkeypatch.setattr(Docket, "judge", noted)
    return found


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The vendors that were read."""
    found: list[str] = []
    real = store.read_vendor

    def noted(frame: Frame, name: str) -> ReadVendor:
        found.append(name)
        return real(frame, name)

    monkeypatch.setattr(store, "read_vendor", noted)
    return found


def kept(suite: Suite) -> Path:
    """Where the verdicts lie."""
    return suite.path / ".pytest_cache/d/termsgate" / FILE


@pytest.mark.slow
@pytest.mark.parametrize(("arrange", "options"), CASES[::2], ids=in_words)
def test_the_record_is_the_same_with_it_and_without(
    suite: Suite,
    judged: list[tuple[str, str, str]],
    arrange: Callable[[Suite], None],
    options: tuple[str, ...],
) -> None:
    """To the byte; and the second run judges nothing."""
    arrange(suite)
    said = [*TODAY, *(f"--terms-{each}" for each in options)]
    without = suite.run(*said, "--terms-no-cache")
    expected = written(suite)
    assert not kept(suite).exists()
    suite.run(*said)
    judged.clear()

    warm = suite.run(*said)

    assert (warm.ret, written(suite), judged) == (without.ret, expected, [])


@pytest.mark.slow
@pytest.mark.parametrize(("arrange", "options"), CASES[1::2], ids=in_words)
def test_verdicts_alone_are_the_same_from_vendors_that_nobody_read(
    suite: Suite,
    judged: list[tuple[str, str, str]],
    opened: list[str],
    arrange: Callable[[Suite], None],
    options: tuple[str, ...],
) -> None:
    """To the byte, with the page and all that is said, and so after a run of the whole project."""
    arrange(suite)
    said = [*TODAY, *(f"--terms-{each}" for each in options), *_checks(suite)]
    without = suite.run(*said, "--terms-no-cache")
    expected = written(suite), _page(suite), _said(without)
    # What a run gave of some vendors alone is not kept, and what was kept of all serves it.
    suite.run(*(each for each in said if not each.startswith(_OF_SOME)))
    judged.clear()
    opened.clear()

    warm = suite.run(*said)

    assert (warm.ret, judged) == (without.ret, [])
    assert (written(suite), _page(suite), _said(warm)) == expected
    assert set(opened) <= {"acme"} or "--terms-history" in said or not _checks(suite)


_OF_SOME: Final = ("--terms-vendor", "--terms-shard")


def _checks(suite: Suite) -> list[str]:
    """The argument that asks for nothing but verdicts, where there is such a folder."""
    return ["checks"] if (suite.path / "checks").exists() else []


def _page(suite: Suite) -> bytes:
    return (suite.path / "reports/report.html").read_bytes()


def _said(result: pytest.RunResult) -> list[str]:
    """What a run said, but for how long it took and where it ran."""
    return [each for each in result.outlines if " in 0." not in each and " in 1." not in each]


@pytest.mark.parametrize(
    "options",
    [("-k", "zoom"), ("--terms-vendor", "zoom"), ("--terms-shard", "1/2"), ("-x",), ("--co",)],
    ids=" ".join,
)
def test_a_part_is_the_same_from_vendors_that_nobody_read(
    suite: Suite, opened: list[str], options: tuple[str, ...]
) -> None:
    """What is left out is counted, and the vendors are told, whoever was read."""
    read_and_chosen(suite)
    without = suite.run("checks", *TODAY, *options, "--terms-no-cache")
    expected = written(suite) if (suite.path / "reports").exists() else b""
    suite.run("checks", *TODAY)
    opened.clear()

    warm = suite.run("checks", *TODAY, *options)

    assert warm.ret == without.ret
    assert "--co" in options or written(suite) == expected
    assert "--co" in options or set(opened) == {"acme"}


def test_who_was_not_read_has_tests_of_its_files_all_the_same(suite: Suite) -> None:
    """A run that reaches the fixtures reads them, also one of a single file."""
    whole = suite.run(*TODAY).parseoutcomes()
    suite.run("checks", *TODAY)

    again = suite.run(*TODAY).parseoutcomes()
    alone = suite.run("fixtures/zoom/terms/2023-08-11.yaml", *TODAY).parseoutcomes()
    both = suite.run("checks", "fixtures/zoom/terms/2023-08-11.yaml", *TODAY)

    assert again == whole
    assert alone == {"passed": 1}
    both.assert_outcomes(passed=5, skipped=2)


def test_a_check_in_python_reads_what_it_asks_about(suite: Suite) -> None:
    """It may look at clauses, and a verdict is given of terms and not of a name."""
    suite.write(
        "checks/test_own.py",
        "def test_training(terms, verdict_of):\n"
        '    assert verdict_of("zoom", "ai-training.calls").is_met\n'
        '    assert verdict_of("jitsi", "ai-training.calls").is_met\n',
    )
    for _ in range(2):
        result = suite.run("checks", *TODAY)

    result.assert_outcomes(passed=5, skipped=2)


def test_a_file_that_went_wrong_since_is_told(suite: Suite) -> None:
    """Whoever was known is read again when a byte of theirs changes; and so is a new file."""
    suite.run("checks", *TODAY)
    suite.write("fixtures/zoom/terms/2024-01-01.yaml", "document: nothing\n")

    result = suite.run("checks", *TODAY)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "fixtures/zoom/terms/2024-01-01.yaml:1:" in str(result.stderr)


def test_quotes_that_must_be_found_are_looked_for_each_time(
    suite: Suite, opened: list[str]
) -> None:
    """Where a requirement counts only clauses whose quotes were found."""
    change(suite, "policies/exit.yaml", "level: should", "level: should\n    evidence: required")
    for _ in range(2):
        opened.clear()
        suite.run("checks", *TODAY)

    assert set(opened) == {"jitsi", "zoom"}


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(path.read_bytes().replace(b"Zoom", b"Doom")),
        lambda path: path.write_bytes(b"nonsense"),
        lambda path: path.chmod(0o622),
    ],
    ids=["edited", "something else", "open to others"],
)
def test_a_page_that_somebody_else_may_have_written_is_made_again(
    suite: Suite, harm: Callable[[Path], object]
) -> None:
    """What lies in the cache is believed where it is ours and whole."""
    suite.run("checks", *TODAY)
    expected = _page(suite)
    harm(kept(suite).with_name(remade.FILE))

    suite.run("checks", *TODAY)

    assert _page(suite) == expected


def test_a_page_in_another_language_is_made_of_the_same_record(suite: Suite) -> None:
    """And the first one is not forgotten to be another."""
    suite.run("checks", *TODAY)
    english = _page(suite)

    suite.run("checks", *TODAY, "--terms-lang=fr")
    french = _page(suite)
    suite.run("checks", *TODAY)

    assert (english == french, _page(suite)) == (False, english)


def test_only_the_vendor_that_changed_is_judged_again(
    suite: Suite, judged: list[tuple[str, str, str]], opened: list[str]
) -> None:
    """And read, where nothing but verdicts is asked for; a policy makes all anew."""
    add_vendor(suite, "acme")
    suite.run(*TODAY)
    judged.clear()
    opened.clear()
    change(suite, "fixtures/acme/terms/2020-01-01.yaml", "bars", "allows")

    suite.run("checks", *TODAY)
    first, read = {vendor for _, vendor, _ in judged}, set(opened)
    change(suite, "policies/exit.yaml", "level: should", "level: must")
    suite.run(*TODAY)

    assert first == read == {"acme"}
    assert {vendor for _, vendor, _ in judged} == {"acme", "jitsi", "zoom"}


def test_another_day_and_another_question_are_judged_again(
    suite: Suite, judged: list[tuple[str, str, str]]
) -> None:
    """Waivers are counted on the day of the run."""
    suite.run(*TODAY)
    judged.clear()

    suite.run("--terms-today", "2026-06-06")
    suite.run("--terms-today", "2026-06-06", "--terms-as-of=2023-04-01")

    assert len(judged) == 12


def test_a_run_of_a_part_takes_and_does_not_keep(
    suite: Suite, judged: list[tuple[str, str, str]]
) -> None:
    """A run that gave all verdicts is not forgotten for one that gave some."""
    suite.run(*TODAY)
    before = kept(suite).read_bytes()
    judged.clear()

    suite.run(*TODAY, "-k", "zoom")

    assert (judged, kept(suite).read_bytes()) == ([], before)


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(path.read_bytes().replace(b'"met"', b'"mat"')),
        lambda path: path.write_bytes(path.read_bytes()[:-7]),
        lambda path: path.write_bytes(b"nonsense"),
        lambda path: path.chmod(0o622),
    ],
    ids=["edited", "cut off", "something else", "open to others"],
)
def test_what_is_damaged_or_foreign_is_judged_again(
    suite: Suite, judged: list[tuple[str, str, str]], harm: Callable[[Path], object]
) -> None:
    """And replaced."""
    suite.run(*TODAY)
    expected = written(suite)
    harm(kept(suite))
    judged.clear()

    suite.run(*TODAY)
    again = len(judged)
    suite.run(*TODAY)

    assert written(suite) == expected
    assert 0 < again == len(judged)


def test_processes_take_and_the_first_one_keeps(
    suite: Suite, judged: list[tuple[str, str, str]]
) -> None:
    """With pytest-xdist."""
    pytest.importorskip("xdist")
    suite.run(*TODAY, "-n", "2")
    expected = written(suite)

    suite.run(*TODAY)

    assert (judged, written(suite)) == ([], expected)


@pytest.mark.parametrize("option", ["--terms-no-cache", "-p no:cacheprovider"])
def test_whoever_wants_none_has_none(suite: Suite, option: str) -> None:
    """By our option, or by pytest's."""
    result = suite.run(*TODAY, *option.split())

    assert result.ret == 0
    assert not kept(suite).exists()


def test_quotes_from_archives_are_looked_for_each_time(
    suite: Suite, judged: list[tuple[str, str, str]]
) -> None:
    """What a clone holds may have changed."""
    (suite.path / "archives").mkdir()

    for _ in range(2):
        suite.run(*TODAY, "--terms-archive=archives")

    assert len(judged) == 12


def test_a_cache_that_cannot_be_written_is_no_error(suite: Suite) -> None:
    """The run does without."""
    suite.run(*TODAY)
    kept(suite).unlink()
    kept(suite).mkdir()

    assert suite.run(*TODAY).ret == 0
