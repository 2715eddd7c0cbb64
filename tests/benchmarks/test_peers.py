"""The engines that we are measured against give the verdicts that we give."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from benchmarks.contest import Contest, Field, Size, UnequalError, contest
from benchmarks.prepare import equal, whole
from benchmarks.process import TooLongError, run
from benchmarks.ways import EQUAL, TUNED, WHOLE, Need, Told, Way, Whose

if TYPE_CHECKING:
    from pathlib import Path

SIZE = Size(vendors=10, requirements=20)
"""Small, and yet each kind of requirement is met, violated and silent."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project that every engine can judge."""
    folder = tmp_path_factory.mktemp("plain")
    equal(folder, SIZE.vendors, SIZE.requirements)
    return folder


@pytest.fixture(scope="module")
def everybody(plain: Path) -> Contest:
    """One round of every way there is; a verdict that differs would have ended it."""
    return held(plain, *EQUAL)


def held(folder: Path, *ways: Way) -> Contest:
    """One round of some ways."""
    return contest(Field(size=SIZE, project=folder, yardstick=folder), ways, 1)


@pytest.mark.parametrize("way", EQUAL, ids=lambda each: each.name)
def test_everybody_gives_the_same_verdicts(everybody: Contest, way: Way) -> None:
    """Every verdict was compared: by what could not be measured here, none was given."""
    if reason := everybody.left_out.get(way.name):
        pytest.skip(reason)

    found = everybody.of(way.name)

    assert found is not None
    assert found.runs >= 1


def test_a_verdict_that_differs_ends_the_run(plain: Path) -> None:
    """And the message names it, so that nobody reads numbers of unequal work."""
    lies = "from pathlib import Path; told = Path('first.txt').read_text().splitlines(); "
    lies += "told[7] = told[7].rsplit(' ', 1)[0] + ' unclear'; "
    lies += "Path('verdicts.txt').write_text('\\n'.join(told))"
    liar = Way(name="a liar", what="", arguments=("-c", lies), told=Told.LINES)

    with pytest.raises(UnequalError, match="a liar gives 1 verdicts that are not those of"):
        held(plain, TUNED, liar)


def test_a_verdict_that_is_missing_ends_the_run(plain: Path) -> None:
    """Whoever does less is not faster."""
    idle = Way(
        name="idle",
        what="",
        arguments=("-c", "open('verdicts.txt', 'w').close()"),
        told=Told.LINES,
    )

    with pytest.raises(UnequalError, match="idle gave 0 verdicts where 200 are due"):
        held(plain, idle)


def test_what_was_written_into_the_terms_is_found_in_the_whole_language(tmp_path: Path) -> None:
    """Our own ways are compared with what the generator meant."""
    folder, beside = tmp_path / "whole", tmp_path / "plain"
    whole(folder, SIZE.vendors, SIZE.requirements)
    equal(beside, SIZE.vendors, SIZE.requirements)
    field = Field(size=SIZE, project=folder, yardstick=beside, expected=folder / "expected.txt")

    found = contest(field, WHOLE[:1], 1)

    assert found.of(WHOLE[0].name) is not None


def test_a_peer_that_is_not_installed_is_left_out_with_the_reason(plain: Path) -> None:
    """The table says so in its row."""
    absent = Way(name="absent", what="", arguments=(), needs=(Need(name="no_such"),))

    found = held(plain, TUNED, absent)

    assert found.left_out == {"absent": "`no_such` is not installed: pip install --group benchmark"}
    assert found.of("absent") is None


def test_what_grows_too_long_is_not_tried_at_the_next_size(plain: Path) -> None:
    """What it took at the size before says how long it would take."""
    slow = Way(name="slow", what="", arguments=("-c", ""), told=Told.NOWHERE)
    small = held(plain, slow)
    field = Field(size=Size(vendors=10_000_000, requirements=20), project=plain, yardstick=plain)

    found = contest(field, [slow], 0, small)

    assert found.left_out["slow"].startswith("would take some ")


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    """And what it had printed is kept: it says how far it came."""
    with pytest.raises(TooLongError, match="so far"):
        run(["-c", "print('so far', flush=True)\nwhile True: pass"], tmp_path, seconds=1)


def test_what_a_process_held_is_its_own(tmp_path: Path) -> None:
    """Linux counts what the parent held into it; the parent is a small one of ours."""
    held_here = bytearray(100_000_000)

    cost = run(["-c", "pass"], tmp_path)

    assert cost.megabytes < len(held_here) / 1e6


def test_every_peer_is_beside_ours() -> None:
    """The issue names them: a suite by hand, plain and tuned, and three engines."""
    peers = [each.name for each in EQUAL if each.whose is Whose.PEER]

    assert peers == [
        *("pytest by hand, tuned", "pytest by hand, plain"),
        *("jsonschema-rs", "cedarpy", "regopy"),
    ]


def test_the_peers_that_are_here_are_found() -> None:
    """What the table would say of each agrees with what can be imported."""
    for way in EQUAL:
        for need in way.needs:
            if not need.program:
                there = find_spec(need.name) is not None
                assert bool(need.missing(None)) is not there  # type: ignore[arg-type]
