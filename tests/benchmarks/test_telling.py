"""How what was measured is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from benchmarks import earlier
from benchmarks.contest import Contest, Figure, Measured, Size
from benchmarks.evaluation import Judged
from benchmarks.telling import BEGIN, END, Results, as_markdown, as_text, into, number
from benchmarks.ways import EQUAL, OURS, TUNED

if TYPE_CHECKING:
    from pathlib import Path


def measured(way: str, cpu: float) -> Measured:
    """A way that took so many seconds."""
    one = Figure(least=cpu, middle=cpu)
    return Measured(way=way, runs=3, cpu=one, wall=one, megabytes=one, ratio=one)


@pytest.fixture
def results() -> Results:
    """Two ways at two sizes, one of which was left out at the second."""
    small = Contest(
        size=Size(vendors=10, requirements=20),
        measured=(measured(OURS[0].name, 1.234), measured(TUNED.name, 0.5)),
        left_out={"regopy": "it is not there"},
    )
    large = Contest(
        size=Size(vendors=1000, requirements=20),
        measured=(measured(OURS[0].name, 12.34),),
        left_out={TUNED.name: "would take some 500 s"},
    )
    slow = Judged(
        name="hard",
        what="very hard",
        verdicts=20,
        word=Figure(least=1, middle=2),
        whole=None,
        word_ratio=2.0,
        whole_ratio=None,
        whole_at_least=7_500_000,
    )
    return Results(
        machine={"python": "3.11"}, equal=(small, large), whole=(large,), evaluation=(slow,)
    )


def test_a_way_that_was_left_out_says_why_in_its_row(results: Results) -> None:
    """In place of its numbers."""
    lines = as_markdown(results).splitlines()

    row = next(line for line in lines if line.startswith(f"| {TUNED.name} | {TUNED.what}"))

    assert "would take some 500 s" in row


def test_growth_has_a_column_for_each_size(results: Results) -> None:
    """And a dash where a way was not measured, with the reason below."""
    told = as_markdown(results)

    assert "| way | 10 x 20 | 1,000 x 20 |" in told
    assert f"| {OURS[0].name} | 1.23 | 12.3 |" in told
    assert f"| {TUNED.name} | 0.50 | - |" in told
    assert f"{TUNED.name} at 1,000 x 20: would take some 500 s" in told


def test_what_is_wanted_stands_beside_what_was_found(results: Results) -> None:
    """Whether it is met or not."""
    assert f"| {OURS[0].name}, 1,000 x 20 | 4.0 s | 12.3 s | no |" in as_markdown(results)


def test_verdicts_that_did_not_come_are_above_every_bound(results: Results) -> None:
    """More than so much is known, and no ratio."""
    told = as_markdown(results)

    assert "| hard | very hard | 2 | 2.00 | more than 7,500,000 | - |" in told
    assert "than 100 times an ordinary verdict; above it: hard." in told


def test_the_text_has_every_table_of_the_page(results: Results) -> None:
    """A terminal shows the same, without the words that explain a way."""
    told = as_text(results)

    titles = [line[4:] for line in as_markdown(results).splitlines() if line.startswith("### ")]

    assert all(title in told.splitlines() for title in titles)
    assert TUNED.what not in told


def test_json_has_every_figure(results: Results) -> None:
    """For programs."""
    read = json.loads(results.as_json())

    assert read["equal"][0]["measured"][0]["cpu"] == {"least": 1.234, "middle": 1.234}


def test_what_was_written_is_read_again(results: Results, tmp_path: Path) -> None:
    """So that a section can be measured by itself and told with the others."""
    file = tmp_path / "results.json"
    file.write_text(results.as_json(), encoding="utf-8")

    assert earlier.results(file) == results


def test_what_is_measured_anew_takes_the_place_of_what_was(results: Results) -> None:
    """At its size; what is not, and every other size, stays."""
    small, large = results.equal
    anew = Contest(
        size=small.size, measured=(measured("regopy", 3.0), measured(TUNED.name, 0.4)), left_out={}
    )

    found = earlier.joined((small, large), (anew,), EQUAL)

    assert [each.way for each in found[0].measured] == [OURS[0].name, TUNED.name, "regopy"]
    assert found[0].of(TUNED.name) == measured(TUNED.name, 0.4)
    assert found[0].left_out == {}
    assert found[1] == large


def test_a_page_keeps_what_stands_around_the_marks() -> None:
    """What was measured before goes."""
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"

    assert into(page, "new\n") == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"


def test_a_page_without_marks_is_refused() -> None:
    """Nothing is written anywhere else."""
    with pytest.raises(SystemExit, match="the page has no"):
        into("page", "new")


@pytest.mark.parametrize(
    ("value", "told"), [(0.0512, "0.051"), (9.994, "9.99"), (12.34, "12.3"), (1234.5, "1,234")]
)
def test_a_number_has_no_more_digits_than_it_is_worth(value: float, told: str) -> None:
    """The noise is larger."""
    assert number(value) == told


def test_every_way_has_a_name_of_its_own() -> None:
    """Rows are found by them."""
    names = [way.name for way in EQUAL]

    assert len(set(names)) == len(names)
