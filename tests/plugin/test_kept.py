"""What a run of pytest keeps for the next one: verdicts, under what they were made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from termsgate.core.docket import Docket
from termsgate.running.kept import FILE
from tests.plugin.test_baseline import add_vendor, change
from tests.running.test_check import CASES, DAY, in_words, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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


def kept(suite: Suite) -> Path:
    """Where the verdicts lie."""
    return suite.path / ".pytest_cache/d/termsgate" / FILE


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


def test_only_the_vendor_that_changed_is_judged_again(
    suite: Suite, judged: list[tuple[str, str, str]]
) -> None:
    """By its files; a policy makes all anew."""
    add_vendor(suite, "acme")
    suite.run(*TODAY)
    judged.clear()
    change(suite, "fixtures/acme/terms/2020-01-01.yaml", "bars", "allows")

    suite.run(*TODAY)
    first = {vendor for _, vendor, _ in judged}
    change(suite, "policies/exit.yaml", "level: should", "level: must")
    suite.run(*TODAY)

    assert first == {"acme"}
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
