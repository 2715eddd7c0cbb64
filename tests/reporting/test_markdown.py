"""The record as Markdown: what is told, in what order, in how many bytes, and never as markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from termsgate.reporting.markdown import COMMENT_MARK, MOST_BYTES, code, comment, prose, summary
from termsgate.reporting.text import printable
from tests.recorded import (
    check,
    clause,
    everything,
    looking_ahead,
    met,
    record,
    requirement,
    review,
    used,
    verdict,
    waiver,
)
from tests.reporting.test_github import smell

if TYPE_CHECKING:
    from collections.abc import Callable

    from termsgate.core.record import ReviewEntry

HOSTILE = (
    "<script>alert(1)</script>",
    "</details><img src=x onerror=alert(1)>",
    "| cell | cell |",
    "[link](https://example.org) ![image](https://example.org/x.png)",
    "*bold* _italic_ ~~gone~~ `code` ``code``",
    "line\n\n# heading\n- item\r\n1. one\n\n```\nfence",
    "&lt;b&gt; &#60;",
    "@octocat #1 :bomb: $x$ www.example.org",
    "\\` \\| \\<b>",
    "\x1b[31mred\u202e",
)
MARKS = re.compile(r"(?<!\\)(?:\\\\)*[!#$&*+.:<=>@\[\]^_`{|}~-]")


def test_a_run_is_told(golden: Callable[[str, str], str]) -> None:
    """Counts, matrix, what fails, warnings, what was waived, needless waivers and smells."""
    names = ["calls", "chat", "files", "voice"]
    found = summary(
        record(
            everything() | {"outcome": "fail"},
            verdict(requirement="ai-training.chat", outcome="warn"),
            verdict(requirement="ai-training.files", outcome="waived", waiver=used("covers")),
            verdict(requirement="ai-training.voice", outcome="baseline"),
            met(vendor="jitsi"),
            requirements=[requirement(requirement=f"ai-training.{name}") for name in names],
            checks=[check(waivers=[waiver(vendor="nobody", line=99)])],
            problems=[smell()],
        )
    )

    assert found == golden("summary.md", found)


def owed(outcome: str) -> ReviewEntry:
    """A review with one finding."""
    entry = review()
    return {**entry, "outcome": outcome, "findings": [{**entry["findings"][0], "outcome": outcome}]}


LOST = {
    "path": "baseline.json",
    "today": "2026-11-20",
    "through": 0,
    "fixed": [],
    "gone": [{"kind": "vendor", "name": "teams", "verdicts": 1}],
    "updated": False,
}


def test_the_matrix_comes_first() -> None:
    """Above everything that is told of single verdicts."""
    text = summary(record(verdict(), met(vendor="jitsi")))

    assert text.index("| `ai-training.calls` | m | **V** |") < text.index("### Fails the run")


def test_a_run_of_a_part_says_so() -> None:
    """Nobody takes it for the whole."""
    left_out = [{"by": "--terms-vendor", "said": "*zoom", "verdicts": 2}]
    text = summary(record(met(), partial=True, **{"left-out": left_out}))

    assert (
        r"partial\: 1 of 3 verdicts were asked for; left out\: 2 by \-\-terms\-vendor \*zoom"
        in text
    )


def test_many_vendors_go_down_the_page() -> None:
    """A table of twenty columns of names is read by nobody."""
    names = [f"vendor-{each:02}" for each in range(20)]
    text = summary(record(*(met(vendor=name) for name in names)))

    assert "|  | `ai-training.calls` |" in text
    assert "| `vendor-07` | m |" in text


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ({}, "no verdict failed"),
        ({"expected": 4}, "verdicts are missing"),
        ({"verdicts": [], "given": 0, "expected": 0}, "no verdict was given"),
        ({"verdicts": [verdict()]}, "1 verdict failed"),
        ({"reviews": [owed("fail")]}, "1 review failed"),
        ({"verdicts": [verdict()], "reviews": [owed("fail")]}, "1 verdict and 1 review failed"),
        ({"reviews": [owed("warn")]}, "no verdict failed"),
        ({"baseline": LOST}, "something is gone from the baseline"),
        ({"baseline": {**LOST, "updated": True}}, "no verdict failed"),
    ],
)
def test_the_title_says_how_it_went(said: dict[str, object], title: str) -> None:
    """Nothing evaluated is not called well."""
    text = summary(record(met()) | said)  # type: ignore[arg-type]

    assert text.splitlines()[0] == f"## termsgate: {title}"


def test_the_account_of_a_run_is_told() -> None:
    """What is gone, missing, owed and coming, each word of it escaped."""
    half = [{"check": "calls", "vendor": "meet", "requirement": "exit.a"}]
    text = summary(looking_ahead() | {"baseline": LOST, "missing": half})  # type: ignore[arg-type]
    failing = summary(record(met(), reviews=[owed("fail")]))

    assert "### Gone from the baseline\n\n- the vendor \\`teams\\` (1 verdict)\n" in text
    assert "### Missing\n\n- calls meet exit\\.a\n" in text
    assert (
        "### Coming\n\n- calls zoom ai\\-training\\.calls: on 2023\\-08\\-11 this turns to" in text
    )
    assert "### Reviews that are owed\n\n- `fixtures/zoom/terms/2023-03-31.yaml:4`: \\<b" in text
    assert "### Reviews that fail the run\n\n- `fixtures/zoom/terms/2023-03-31.yaml:4`" in failing


class Rendered(HTMLParser):
    """A page as a reader of Markdown shows it: its tags, and its words."""

    def __init__(self, page: str) -> None:
        """Render it, with HTML passed on and tables, as code hosts do."""
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        self.feed(str(reader.render(page)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag, with what could make it do something; the side of a cell is no more than that."""
        self.tags.append(" ".join([tag, *(name for name, _ in attrs if name != "style")]))

    def handle_data(self, data: str) -> None:
        """Words."""
        self.words += data


@pytest.mark.parametrize("word", HOSTILE)
def test_no_word_of_a_record_is_markup(word: str) -> None:
    """The page has the same tags as with a plain word, and shows the words as they are."""
    told, plain = (Rendered(_with(each)) for each in (word, "word"))

    assert told.tags == plain.tags
    assert told.words.count(_seen(word)) == plain.words.count("word")


def test_half_a_character_can_be_written() -> None:
    """It is no character, and nothing is lost without it."""
    assert _with("\ud800").encode("utf-8")


def _seen(word: str) -> str:
    """What of a word can be seen, on one line."""
    return printable(word).strip()


def _with(word: str) -> str:
    """A page with a word in every place that a file can fill."""
    return summary(
        record(
            verdict(because=[clause(quote=word, says=word, section=word)], ask=word, notes=[word]),
            verdict(vendor="jitsi", outcome="waived", waiver=used("covers", reason=word)),
            requirements=[requirement(title=word)],
            checks=[check(title=word, waivers=[waiver(vendor=word, line=99, path=word)])],
            problems=[smell(message=word)],
        )
    )


@pytest.mark.parametrize("word", HOSTILE)
def test_words_are_escaped_whole(word: str) -> None:
    """No mark is left that is not escaped, and all is on one line."""
    assert MARKS.search(prose(word)) is None
    assert "\n" not in prose(word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ai-training.calls", "`ai-training.calls`"),
        ("a`b", "<code>a\\`b</code>"),
        ("a|b", "<code>a\\|b</code>"),
        ("a\\", "<code>a\\\\</code>"),
        ("<b>", "`<b>`"),
        ("", ""),
    ],
)
def test_a_name_is_code_unless_it_would_end_it(text: str, expected: str) -> None:
    """In a cell of a table, too."""
    assert code(text) == expected


@pytest.mark.parametrize("most", [600, 1200, 3000, 10_000])
def test_no_more_bytes_are_written_than_there_is_room_for(most: int) -> None:
    """What was left out is named."""
    words = [verdict(check=f"c-{each:03}", notes=["日本語 " * 20]) for each in range(100)]
    checks = [check(check=each["check"]) for each in words]
    text = summary(record(*words, checks=checks), most=most)

    assert len(text.encode("utf-8")) <= most
    assert text.splitlines()[0] == "## termsgate: 100 verdicts failed"
    assert "There was no room for" in text.splitlines()[-1]


def test_a_summary_stays_below_what_github_takes() -> None:
    """A record of many long verdicts."""
    words = [verdict(check=f"c-{each:03}", notes=["word " * 2000]) for each in range(150)]
    checks = [check(check=each["check"]) for each in words]
    text = summary(record(*words, checks=checks))

    assert 900_000 < len(text.encode("utf-8")) <= MOST_BYTES
    assert re.search(r"no room for \d+ of 150 under Fails the run", text)


@pytest.mark.parametrize(
    ("expires", "left"),
    [("2026-11-21", "last day"), ("2026-11-22", "1 day left"), ("2026-12-21", "30 days left")],
)
def test_a_waived_verdict_shows_the_days_left(expires: str, left: str) -> None:
    """In its headline, which is seen without unfolding it."""
    text = summary(record(verdict(outcome="waived", waiver=used("covers", expires=expires))))

    (line,) = (each for each in text.splitlines() if "<summary>" in each)
    assert f"as of 2023-04-01, {left})" in line


# --- a comment --------------------------------------------------------------------------------


def test_a_comment_begins_with_a_mark() -> None:
    """By which a script finds the one that it wrote before."""
    found = record(verdict())

    assert comment(found) == f"{COMMENT_MARK}\n\n{summary(found)}"


def test_a_comment_is_no_longer_than_github_takes() -> None:
    """What is left out is counted at its end; the title is there in any case."""
    found = record(*(verdict(check="calls", notes=["long " * 200, str(n)]) for n in range(200)))

    text = comment(found)

    assert 50_000 < len(text) <= 65_536
    assert "200 verdicts failed" in text
    assert re.search(r"There was no room for \d+ of 200 under Fails the run;", text)
