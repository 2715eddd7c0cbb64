"""The record as JUnit XML: the verdicts of a run and nothing else.

What pytest writes with `--junit-xml` has the examples of policies and the quotes of fixtures too.
Both keep to what the schema of Jenkins' xUnit plugin allows (no properties in a test, no file and
line), and to what GitLab needs: no two tests of one name, where it would keep the first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from termsgate.core.explain import headline
from termsgate.reporting.findings import Index, cut, plain
from termsgate.reporting.text import failure_text, verdict_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termsgate.core.record import KeyEntry, Record, ReviewEntry, VerdictEntry

MOST: Final = 20_000
"""More letters of a failure nobody reads; GitLab takes 30 MB of one file."""

_TOLD: Final = {
    "waived": "accepted for a while",
    "baseline": "there before",
    "skip": "the requirement does not concern this use",
}
_NOT_XML: Final = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(record: Record) -> str:
    """A suite of tests for each check, a test for each verdict, given or missing."""
    index = Index(record=record)
    groups: dict[str, list[tuple[str, str]]] = {each["check"]: [] for each in record["checks"]}
    for verdict in record["verdicts"]:
        groups[verdict["check"]].append(_case(verdict, *_ending(verdict, index)))
    for lost in record["missing"]:
        groups.setdefault(lost["check"], []).append(_case(lost, "error", _LOST))
    groups[_REVIEWS] = [_review(each) for each in record["reviews"]]
    body = "".join(_suite(check, cases) for check, cases in groups.items() if cases)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n{body}</testsuites>\n'


def _suite(check: str, cases: Sequence[tuple[str, str]]) -> str:
    ended = [kind for kind, _ in cases]
    attributes = {
        "name": f"termsgate.{check}",
        "tests": str(len(cases)),
        "failures": str(ended.count("failure")),
        "errors": str(ended.count("error")),
        "skipped": str(ended.count("skipped")),
        "time": "0",
    }
    inside = "".join(text for _, text in cases)
    return f"<testsuite{_attributes(attributes)}>\n{inside}</testsuite>\n"


def _case(about: VerdictEntry | KeyEntry, kind: str, inside: str) -> tuple[str, str]:
    """A test, and how it ended."""
    name = f"{about['vendor']} {about['requirement']}"
    attributes = {"classname": f"termsgate.{about['check']}", "name": name, "time": "0"}
    return kind, f"<testcase{_attributes(attributes)}>{inside}</testcase>\n"


def _review(review: ReviewEntry) -> tuple[str, str]:
    """The test of a version's review, with what it is owed."""
    name = f"{review['vendor']} {review['document']} {review['version']}"
    attributes = {"classname": f"termsgate.{_REVIEWS}", "name": name, "time": "0"}
    told = "\n".join(f"{each['text']}\nhelp: {each['help']}" for each in review["findings"])
    kind, inside = "passed", ""
    if review["outcome"] == "fail":
        short = {"message": "; ".join(each["text"] for each in review["findings"])}
        kind, inside = "failure", f"<failure{_attributes(short)}>{_text(told)}</failure>"
    elif told:
        kind, inside = "warning", f"<system-out>{_text(told)}</system-out>"
    return kind, f"<testcase{_attributes(attributes)}>{inside}</testcase>\n"


_REVIEWS: Final = "the reviews"
"""No check has a blank in its name."""

_LOST: Final = '<error message="no verdict was given, and one was expected"></error>'


def _ending(verdict: VerdictEntry, index: Index) -> tuple[str, str]:
    """How the test of a verdict ended, and what is told of it."""
    requirement = index.requirement(verdict)
    short = headline(verdict, requirement)
    outcome = verdict["outcome"]
    if outcome == "fail":
        text = _text(failure_text(verdict, requirement))
        return "failure", f"<failure{_attributes({'message': short})}>{text}</failure>"
    if outcome == "warn":
        text = _text(verdict_text(verdict, requirement))
        return "warning", f"<system-out>{text}</system-out>"
    if outcome in _TOLD:
        told = {"message": f"{short}: {_TOLD[outcome]}"}
        return "skipped", f"<skipped{_attributes(told)}></skipped>"
    return "passed", ""


def _attributes(said: dict[str, str]) -> str:
    """Attributes of an element, each on one line."""
    return "".join(f" {name}={quoteattr(_words(text))}" for name, text in said.items())


def _text(text: str) -> str:
    """The text of an element, with its lines."""
    return escape(cut("\n".join(map(_words, text.split("\n"))), MOST))


def _words(text: str) -> str:
    """A line without what XML cannot write, and without what GitLab opens as an attachment.

    That is what stands as `[[ATTACHMENT|path]]` in the output of a test.
    """
    blank = len(text) - len(text.lstrip(" "))
    return _NOT_XML.sub(" ", f"{text[:blank]}{plain(text)}").replace("[[", "[ [")
