"""Records that every format for machines has to cope with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import pytest

from tests.recorded import (
    absent,
    check,
    choice,
    clause,
    everything,
    looking_ahead,
    met,
    record,
    requirement,
    review,
    turn,
    used,
    vendor,
    verdict,
    warning,
)

if TYPE_CHECKING:
    from termsgate.core.record import DebtEntry, Record, ReferenceEntry, VerdictEntry

HOSTILE: Final = (
    "::error::x",
    "quote\r\n::set-env name=PATH::/tmp\n##[add-mask]secret",
    "[click](https://evil.example) ![x](1) {0} {{1}}",
    '=HYPERLINK("https://evil.example")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "<script>alert(1)</script> ]]> &amp; \"quoted\" 'so'",
    "[[ATTACHMENT|/etc/passwd]]",
    "\x1b[31mred\u202e\x00\ufffe\ud800 and 日本 😀",
    "\u2028::warning::x\x85 a | b ` c",
    "+1\t-1",
    "long " * 8_000,
)
"""What a vendor's words could be, once each."""


def unsigned() -> DebtEntry:
    """What is amiss with a review whatever a check says."""
    debt = {"kind": "edited", "text": "edited", "help": "sign", "check": None, "outcome": "fail"}
    return cast("DebtEntry", debt)


def whole() -> Record:
    """A run with every verdict and every outcome, against a baseline."""
    names = ["calls", "chat", "files", "voice", "notice", "school"]
    return record(
        everything() | {"outcome": "fail", "coming": [turn()]},
        verdict(requirement="ai-training.chat", outcome="warn", before="unclear", level="should"),
        verdict(requirement="ai-training.files", outcome="waived", waiver=used("covers")),
        verdict(requirement="ai-training.voice", outcome="baseline", before="violated"),
        verdict(requirement="ai-training.notice", verdict="silent", because=[], outcome="pass"),
        met(requirement="ai-training.school", verdict="not-applicable", outcome="skip"),
        met(vendor="jitsi", before="violated"),
        checks=[check(), check(check="empty", title="")],
        vendors=[vendor(), vendor(vendor="jitsi", name="", url="javascript:alert(1)")],
        requirements=[
            requirement(requirement=f"ai-training.{name}", references=references)
            for name, references in zip(names, REFERENCES, strict=True)
        ],
        reviews=[review(), review(version="2023-08-07", findings=[unsigned()], outcome="fail")],
        warnings=[warning()],
        inputs=[
            {"path": "checks/calls.yaml", "sha256": "1" * 64},
            {"path": "fixtures/zoom/terms-of-service/2023-03-31.md", "sha256": "3" * 64},
            {"path": "fixtures/zoom/terms-of-service/2023-03-31.yaml", "sha256": "2" * 64},
            {"path": "policies/ai-training.yaml", "sha256": "4" * 64},
        ],
        baseline={
            "path": "baseline.json",
            "today": "2026-11-01",
            "through": 1,
            "fixed": [{"check": "calls", "vendor": "jitsi", "requirement": "ai-training.calls"}],
            "gone": [],
            "updated": False,
        },
    )


REFERENCES: Final[tuple[list[ReferenceEntry], ...]] = (
    [{"title": "GDPR Art. 6", "url": "https://eur-lex.europa.eu/eli/reg/2016/679/oj"}],
    [{"title": "GDPR Art. 6", "url": "https://eur-lex.europa.eu/eli/reg/2016/679/oj"}],
    [{"title": "A law", "url": "javascript:alert(1)"}],
    [],
    [],
    [],
)


def hostile(words: str) -> Record:
    """A run in which these words stand wherever a file may put words."""
    found = verdict(
        because=[clause(quote=words, says=words, section=words), clause(part="meets", line=99)],
        waiver=used("covers", reason=words, **{"approved-by": words}),
        outcome="waived",
        notes=[words],
        ask=words,
        choices=[choice(because=words)],
        questions=everything()["questions"],
        **{"absent-documents": [absent(document=words, matters=True)]},
    )
    doubted: VerdictEntry = {
        **found,
        "questions": [{**found["questions"][0], "text": words}],
    }
    return record(
        doubted,
        verdict(requirement="ai-training.chat", because=[clause(quote=words)], ask=words),
        verdict(requirement="ai-training.files", outcome="warn", because=[], ask=words),
        checks=[check(title=words)],
        vendors=[vendor(name=words, url=words)],
        requirements=[
            requirement(
                requirement=f"ai-training.{name}",
                title=words,
                why=words,
                ask=words,
                references=[{"title": words, "url": words}],
            )
            for name in ("calls", "chat", "files")
        ],
        warnings=[warning(text=words)],
        reviews=[review(findings=[{**review()["findings"][0], "text": words, "help": words}])],
        problems=[
            {
                "path": "fixtures/a b/vendor.yaml",
                "line": 3,
                "column": 1,
                "message": words,
                "code": "store/stray-file",
                "help": words,
                "weight": "smell",
            }
        ],
    )


def nothing() -> Record:
    """A run that gave no verdict at all."""
    return record(checks=[], vendors=[], requirements=[])


def broken() -> Record:
    """A run that is not whole, and lost what its baseline had."""
    return record(
        met(),
        expected=3,
        missing=[{"check": "calls", "vendor": "zoom", "requirement": "ai-training.chat"}],
        interrupted=True,
        partial=True,
        requirements=[requirement(), requirement(requirement="ai-training.chat")],
        baseline={
            "path": "baseline.json",
            "today": "2026-11-01",
            "through": 0,
            "fixed": [],
            "gone": [{"kind": "check", "name": "chats", "verdicts": 2}],
            "updated": False,
        },
    )


def ahead() -> Record:
    """A run in which something is to come."""
    found = looking_ahead()
    names = sorted({each["requirement"] for each in found["verdicts"]})
    return {**found, "requirements": [requirement(requirement=name) for name in names]}


RECORDS: Final = {
    "whole": whole(),
    "nothing": nothing(),
    "broken": broken(),
    "ahead": ahead(),
    **{f"hostile-{number}": hostile(words) for number, words in enumerate(HOSTILE)},
}


@pytest.fixture(params=RECORDS, ids=list(RECORDS))
def any_record(request: pytest.FixtureRequest) -> Record:
    """Each of them."""
    return RECORDS[request.param]
