"""What stands on the page: every word escaped, whatever a file says."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from termsgate.reporting.html import (
    COLUMNS,
    MOST_CELLS,
    cell,
    cells,
    empty_cells,
    explanation,
    heading_cells,
    overview,
)
from tests.recorded import (
    check,
    choice,
    clause,
    everything,
    looking_ahead,
    met,
    question,
    record,
    requirement,
    used,
    verdict,
    warning,
)

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</td></tr></table><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "{{7*7}} ${7*7}",
    "&lt;script&gt;",
    "\ud800",
    "E line\nE another",
)


class Read(HTMLParser):
    """The elements, attributes and words of some markup."""

    def __init__(self, markup: str) -> None:
        """Read it."""
        super().__init__(convert_charrefs=True)
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember what was opened."""
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Remember what was said."""
        self.words.append(data)


OURS = {"div", "h4", "ul", "li", "p", "table", "caption", "thead", "tbody", "tr", "th", "td"}
HARMLESS = {"class", "title", "scope"}


@pytest.mark.parametrize("word", HOSTILE)
def test_no_word_of_a_file_becomes_markup(word: str) -> None:
    """Whichever place it stands in, only our own elements and attributes are there."""
    entry = verdict(
        check=word,
        vendor=word,
        requirement=word,
        because=[clause(document=word, section=word, quote=word, says=word, clause=word)],
        witness={"action": word, "data": word, "by": word, "state": word},
        questions=[question(text=word, how=word, about=[word])],
        waiver=used(
            "changed",
            reason=word,
            ticket=word,
            changes=[{"document": word, "given": word, "now": word}],
        ),
        choices=[choice(action=[word], proof=word, because=word, **{"chosen-by": word})],
        decided=word,
        outcome="warn",
        notes=[word],
        ask=word,
    )
    said = requirement(requirement=word, title=word, why=word)
    whole = record(
        entry,
        checks=[check(check=word, title=word)],
        requirements=[said],
        warnings=[warning(text=word, help=word)],
    )

    page = Read("".join([explanation(entry, said), *cells(entry, said), overview(whole)]))

    assert page.elements <= OURS | {"style"}
    assert page.attributes <= HARMLESS


@pytest.mark.parametrize("word", HOSTILE[:4])
def test_what_is_shown_is_what_was_written(word: str) -> None:
    """Escaped once, not twice: a reader sees the words of the file."""
    assert Read(cell("vendor", word)).words == [word]


def test_a_row_stays_on_one_line() -> None:
    """pytest-html looks for sort keys line by line, and colours log lines that begin with E."""
    entry = everything()

    lines = [explanation(entry, requirement()), *cells(entry, requirement())]

    assert not any("\n" in line for line in lines)
    assert lines[0].startswith("<div")


def test_an_explanation_holds_quote_and_question(golden: Callable[[str, str], str]) -> None:
    """All that the terminal says stands in the row as well."""
    found = explanation(everything(), requirement()).replace("<h4>", "\n<h4>") + "\n"

    assert found == golden("explanation.html", found)


def test_there_is_a_cell_for_each_heading() -> None:
    """Of a verdict and of any other test."""
    row = cells(verdict(), requirement())

    assert len(row) == len(heading_cells()) == len(empty_cells()) == len(COLUMNS)


def test_the_sections_that_decided_stand_in_the_row_once() -> None:
    """What was defeated did not decide."""
    entry = verdict(
        because=[clause(), clause(clause="again"), clause(section="9", part="defeated")]
    )

    assert Read(cells(entry, requirement())[-1]).words == ["terms-of-service 10.4"]


@pytest.mark.parametrize(
    ("outcome", "shown"),
    [
        ("fail", "violated (fails the run)"),
        ("warn", "violated (a warning)"),
        ("waived", "violated (accepted for a while)"),
        ("pass", "violated"),
    ],
)
def test_the_verdict_column_says_what_the_gate_made_of_it(outcome: str, shown: str) -> None:
    """A breach that only warns is a passed test, and must not look like one that is met."""
    assert Read(cells(verdict(outcome=outcome), requirement())[2]).words == [shown]


def test_the_matrix_stands_on_top(golden: Callable[[str, str], str]) -> None:
    """Requirements down and vendors across, while there are few vendors."""
    found = overview(record(met(vendor="jitsi"), verdict())).replace("<tr>", "\n<tr>") + "\n"

    assert found == golden("overview.html", found)


def test_many_vendors_go_down_the_page() -> None:
    """With a letter in each cell and its meaning below."""
    page = Read(overview(record(*(met(vendor=f"v{n:02}") for n in range(30)))))

    assert page.words.count("m") == 30
    assert "m met  V violated  ? unclear  s silent  - not-applicable" in page.words


def test_a_matrix_that_is_no_picture_is_left_out() -> None:
    """The record has them all."""
    page = overview(record(*(met(vendor=f"v{n}") for n in range(MOST_CELLS + 1))))

    assert "<table" not in page
    assert "too many verdicts for a matrix" in page


# --- warnings -----------------------------------------------------------------------------------


def test_every_warning_stands_on_top() -> None:
    """In the table they are among the tests that passed; what to do stands below each."""
    warns = [verdict(outcome="warn", requirement=f"exit.{name}") for name in ("a", "b")]

    page = Read(overview(record(met(), *warns, warnings=[warning()])))

    assert page.words[page.words.index("warnings") + 1 :][:3] == [
        "calls zoom, violated: exit.a, exit.b",
        "expires in 21 days: the waiver of zoom ai-training.calls (checks/calls.yaml:7)",
        "ask again",
    ]


def test_where_nothing_warns_nothing_is_said() -> None:
    """No empty heading."""
    assert "warnings" not in Read(overview(record(met(), verdict()))).words


def test_the_top_of_the_page_says_what_is_to_come() -> None:
    """A verdict that turns for the worse, and a review that is owed; each word escaped."""
    page = overview(looking_ahead())

    assert "<h4>coming</h4><ul><li>calls zoom ai-training.calls: on 2023-08-11 this turns" in page
    assert "<h4>reviews</h4><ul><li>fixtures/zoom/terms/2023-03-31.yaml:4: &lt;b&gt;" in page
