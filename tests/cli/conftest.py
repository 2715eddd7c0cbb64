"""A small project for the command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from pathlib import Path

FILES: Final = {
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
    says: Zoom may do with content what it likes.
    quote: machine learning, artificial intelligence
    allows: {action: any, data: customer-content}
""",
    "fixtures/zoom/terms/2023-08-11.yaml": """\
document: terms
effective: 2023-08-11
clauses:
  - id: licence
    section: "10.4"
    allows: {action: any, data: customer-content}
  - id: ban
    section: "10.2"
    bars: {action: train-ai, data: [audio, video, chat]}
""",
    "checks/calls.yaml": """\
check: calls
title: Calls across the company
owner: procurement@example.org
vendors: [zoom]
policies: ["*"]
waivers:
  - vendor: zoom
    requirement: ai-training.calls
    reason: Accepted for the pilot.
    approved-by: cfo@example.org
    approved-on: 2023-01-01
    expires: 2023-06-30
""",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project, and the user stands in it."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path
