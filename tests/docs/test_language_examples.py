"""Every sentence of the policy language has an example, and every example gets its verdict."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import pytest

from tests.docs.language import (
    FOLDER,
    INDEX,
    LANGUAGE,
    PAGES,
    claimed,
    docket_of,
    every_block,
    judged,
    lay_out,
    links,
    matter_in,
    naively,
    read,
    sentences,
    shown,
)
from tests.laws import oracle
from tests.laws.test_mutants import MUTANTS, Mutant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from termsgate.core.docket import Docket

SHOWN: Final = [each for page in PAGES for each in shown(page)]
BLOCKS: Final = every_block()

WITHOUT: Final = frozenset({"3.5", "7.3.5", "7.4", "7.5", "8.5", "10.24", "11.1", "11.3"})
"""Numbers of sentences some words of which have no example; the pages give the reason."""


@pytest.mark.parametrize("block", [pytest.param(block, id=name) for name, block in BLOCKS])
def test_an_example_gets_what_it_says(block: str, tmp_path: Path) -> None:
    """All that a block claims of the verdict, and the word from the naive evaluator too."""
    example = read(block)

    given = judged(example, tmp_path)

    assert given.gives(claimed(example)) == claimed(example)
    assert given.naive == example.get("verdict", "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "met"},
        {"witness": "train-ai on audio by vendor, identifiable"},
        {"problems": ["version/bad-value"]},
        {"vredict": "violated"},
    ],
)
def test_a_wrong_example_is_noticed(wrong: Mapping[str, object], tmp_path: Path) -> None:
    """A wrong word, a wrong witness, a problem that is none, and a key that nobody reads."""
    right = read("clauses: [{allows: {action: train-ai, data: chat}}]\nverdict: violated\n")
    example = {**right, **wrong}

    assert judged(right, tmp_path / "right").gives(claimed(right)) == claimed(right)
    assert judged(example, tmp_path / "wrong").gives(claimed(example)) != claimed(example)


@cache
def judged_below(number: str) -> tuple[tuple[Docket, str], ...]:
    """The examples of a sentence that are no mistakes, and what the naive evaluator says."""
    found = []
    for each in SHOWN:
        for block in each.blocks if each.number == number else ():
            example = read(block)
            with TemporaryDirectory() as folder:
                if "verdict" in example:
                    lay_out(example, Path(folder))
                    found.append((docket_of(example, Path(folder)), example["verdict"]))
    return tuple(found)


@pytest.mark.parametrize("mutant", [pytest.param(each, id=each.name) for each in MUTANTS])
def test_an_example_shows_its_sentence(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the rule of a sentence is broken, an example below that sentence gets another word."""
    found = judged_below(mutant.name.split()[0].rstrip("abcd"))
    monkeypatch.setattr(oracle, mutant.patched, mutant.change)

    assert any(naively(docket, matter_in(docket)) != word for docket, word in found)


def test_the_pages_quote_the_language_to_the_last_word() -> None:
    """What stands quoted below each number is the whole sentence, in its words and order."""
    quoted: dict[str, list[str]] = {}
    for each in SHOWN:
        quoted.setdefault(each.number, []).append(each.quoted)

    assert {number: " ".join(parts) for number, parts in quoted.items()} == sentences()


def test_every_numbered_sentence_has_its_place_on_a_page() -> None:
    """None is numbered and not led from."""
    found = re.findall(r"^\W*(\d+\.\d[\d.]*)\W", LANGUAGE.read_text("utf-8"), re.MULTILINE)

    assert set(found) == sentences().keys()


def test_the_number_of_a_sentence_leads_to_its_examples() -> None:
    """Each number of the language is a link to the heading that begins with it."""
    pages = {each.number: each.page for each in SHOWN}

    led = {number: link.partition("#")[0] for number, link in links().items()}
    aside = [n for n, link in links().items() if not link.partition("#")[2].startswith(bare(n))]

    assert led == {number: f"language/{page}" for number, page in pages.items()}
    assert aside == []


def bare(number: str) -> str:
    """The number as it begins an anchor."""
    return number.replace(".", "") + "-"


def test_no_words_stand_without_an_example() -> None:
    """Or a run that shows it, or the reason why there is none."""
    lacking = [e for e in SHOWN if not (e.blocks or e.elsewhere or e.reason)]

    assert [f"{each.number}: {each.quoted}" for each in lacking] == []


def test_that_there_is_no_example_is_the_exception() -> None:
    """Who takes an example away must say so here as well."""
    without = [each.number for each in SHOWN if not each.blocks and not each.elsewhere]

    assert set(without) == WITHOUT


def test_a_run_that_is_referred_to_is_there() -> None:
    """The heading has the output of a run below it, which is kept true (generate_runs.py)."""
    named = {each.elsewhere for each in SHOWN if each.elsewhere}

    assert named
    assert [link for link in named if not has_a_run(link)] == []


def has_a_run(link: str) -> bool:
    """Whether what the heading of a link heads shows a run, or a console."""
    path, _, anchor = link.partition("#")
    page = (FOLDER / path).read_text(encoding="utf-8")
    for section in re.split(r"^(?=##+ )", page, flags=re.MULTILINE):
        heading = section.partition("\n")[0].lstrip("# ")
        if re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") == anchor:
            return "<!-- run: " in section or "```console" in section or "```text" in section
    return False


def test_the_example_that_explains_the_examples_is_one_of_them(tmp_path: Path) -> None:
    """The page on how to read them shows one, and says what R is as the others take it."""
    text = INDEX.read_text(encoding="utf-8")
    (block,) = re.findall(r"^```yaml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    example = read(block)
    spelled = {
        **example,
        **read("{forbid: {action: train-ai, data: [audio, video, chat]}, without: opt-in}"),
    }

    for each in (example, spelled):
        given = judged(each, tmp_path / str(len(each)))
        assert given.gives(claimed(example)) == claimed(example)
