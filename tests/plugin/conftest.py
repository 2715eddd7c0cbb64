"""A small project, and real runs of pytest in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

# pytester forgets what a run imported, and libyaml's bindings cannot be imported twice.
import termsgate.plugin.page
import termsgate.plugin.suite  # noqa: F401 - imported to stay

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES: Final = {
    "pytest.ini": """\
[pytest]
terms_root = .
""",
    "policies/ai-training.yaml": """\
policy: ai-training
title: AI training on our data
owner: privacy@example.org
requirements:
  - id: calls
    title: No AI training on calls without consent
    level: must
    severity: critical
    forbid: {action: train-ai, data: [audio, video, chat]}
    without: opt-in
    why: A call cannot be taken back out of a model.
    ask: Add that calls are not used to train models.
    examples:
      - name: a plain ban
        clauses: [{bars: {action: train-ai, data: [audio, video, chat]}}]
        verdict: met
      - name: a broad licence
        clauses: [{allows: {action: any, data: customer-content}}]
        verdict: violated
""",
    "policies/exit.yaml": """\
policy: exit
title: Leaving
owner: privacy@example.org
requirements:
  - id: marketing
    title: No marketing with our content
    level: should
    severity: low
    forbid: {action: marketing, data: customer-content}
  - id: school
    title: No training on what pupils say
    level: must
    severity: high
    forbid: {action: train-ai, data: customer-content}
    applies: {sector: education}
""",
    "fixtures/zoom/vendor.yaml": """\
vendor: zoom
name: Zoom
url: https://example.org/zoom
documents:
  - {id: terms, kind: contract}
""",
    "fixtures/zoom/terms/2023-03-31.yaml": """\
document: terms
effective: 2023-03-31
clauses:
  - id: licence
    section: "10.4"
    says: Zoom may train models on content.
    quote: machine learning, artificial intelligence
    allows: {action: [provide-service, train-ai], data: customer-content}
""",
    "fixtures/zoom/terms/2023-08-11.yaml": """\
document: terms
effective: 2023-08-11
clauses:
  - id: ban
    section: "10.2"
    quote: does not use any of your audio, video, chat
    bars: {action: train-ai, data: [audio, video, chat]}
""",
    "fixtures/zoom/terms/2023-08-11.md": "It does not use any of your audio, video, chat, ever.\n",
    "fixtures/jitsi/vendor.yaml": """\
vendor: jitsi
name: Jitsi
url: https://example.org/jitsi
documents:
  - {id: terms, kind: contract}
""",
    "fixtures/jitsi/terms/2020-01-01.yaml": """\
document: terms
effective: 2020-01-01
clauses:
  - id: ban
    section: "3"
    bars: {action: any, data: customer-content}
""",
    "checks/calls.yaml": """\
check: calls
title: Calls across the company
owner: procurement@example.org
vendors: [zoom, jitsi]
policies: ["*"]
context: {sector: finance}
""",
}

BREACH: Final = "checks/calls.yaml::zoom::ai-training.calls"


class Suite:
    """A project in a folder of its own."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        """Write its files."""
        self.pytester = pytester
        self.path: Path = pytester.path
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        """Put a file where it belongs, or another in its place."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def add(self, name: str, text: str) -> None:
        """Write on at the end of a file."""
        path = self.path / name
        path.write_text(path.read_text("utf-8") + text, encoding="utf-8")

    def remove(self, name: str) -> None:
        """Take a file away."""
        (self.path / name).unlink()

    def run(self, *options: str) -> pytest.RunResult:
        """Run pytest here, in this process."""
        return self.pytester.runpytest_inprocess(*OUTSIDE, *options)

    def record(self) -> dict[str, Any]:
        """The record that the run wrote."""
        found: dict[str, Any] = json.loads((self.path / "reports/record.json").read_text("utf-8"))
        return found

    def verdicts(self) -> dict[tuple[str, str], dict[str, Any]]:
        """The verdicts of the record, by vendor and requirement."""
        return {(each["vendor"], each["requirement"]): each for each in self.record()["verdicts"]}


OUTSIDE: Final = (
    "-p",
    "no:hypothesispytest",
    "-p",
    "no:randomly",
    "-p",
    "no:rerunfailures",
    "-p",
    "no:timeout",
)
"""Plugins of the machine that a project of its own need not have."""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> Suite:
    """The project."""
    return Suite(pytester)


@pytest.fixture
def nodes() -> Callable[[pytest.RunResult], list[str]]:
    """The ids that a run with --collect-only and -q printed."""

    def read(result: pytest.RunResult) -> list[str]:
        return [line for line in result.outlines if "::" in line]

    return read
