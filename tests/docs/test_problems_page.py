"""The page of problems in the docs."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from docs.generate_problems import AREAS, MEANINGS, PAGE, by_code, told, written
from tests.docs.samples import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

READING: Final = ROOT / "src" / "termsgate" / "reading"
NAME_AT: Final = {
    "wrong": 1,
    "smell": 1,
    "error": 1,
    "_stop": 1,
    "_report": 2,
    "_UnreadableError": 2,
    "_Refused": 0,
}
"""Where in a call that reports a problem its name or whole code stands."""


def test_the_page_is_what_the_examples_say() -> None:
    """docs/problems.md is up to date; if not: `python docs/generate_problems.py`."""
    assert PAGE.read_text(encoding="utf-8") == written()


def test_every_code_in_the_sources_is_told() -> None:
    """Whatever the reader can report has a section with an example."""
    codes = set(by_code(told()))
    names = {code.partition("/")[2] for code in codes}

    missing = [code for code in _reported() if code not in (codes if "/" in code else names)]

    assert missing == []


def test_every_code_has_a_meaning_and_no_meaning_is_left_over() -> None:
    """The sentence that says what a code means is there, and is of a code that there is."""
    codes = [code.partition("/") for code in by_code(told())]

    assert {name for _, _, name in codes} == set(MEANINGS)
    assert {area for area, _, _ in codes} == set(AREAS)


def test_the_sources_report_problems_where_they_are_looked_for() -> None:
    """The calls that report problems are found, or the test above would say nothing."""
    found = set(_reported())

    assert found >= {"bad-bound", "duplicate-key", "policy/unbreakable", "long-quote", "tag"}


def _reported() -> Iterator[str]:
    """The name or code of each call that reports a problem."""
    for file in sorted(READING.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _name_in(node)


def _name_in(call: ast.Call) -> Iterator[str]:
    function = call.func
    known = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    at = NAME_AT.get(known)
    for argument in call.args[at : at + 1] if at is not None else ():
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value
