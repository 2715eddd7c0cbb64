"""The record as a statement of in-toto about the result of tests; unsigned.

It says of which files (the terms on record and the captured texts, by their digests), held against
which others (policies and checks), each verdict passed, warned or failed. Who signs it vouches for
the run: that is a step of its own, with a key that is not ours.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from termsgate.reporting.findings import repository_path, shortfalls
from termsgate.reporting.json import laid_out, to_text

if TYPE_CHECKING:
    from termsgate.core.record import InputEntry, KeyEntry, Record, VerdictEntry

STATEMENT: Final = "https://in-toto.io/Statement/v1"
PREDICATE: Final = "https://in-toto.io/attestation/test-result/v0.1"

_TERMS: Final = "fixtures/"
_DEPTH: Final = 4
_LISTS: Final = {
    "pass": "passedTests",
    "warn": "warnedTests",
    "waived": "warnedTests",
    "baseline": "warnedTests",
    "fail": "failedTests",
}
"""What was let through fell short all the same: whoever reads only what passed must not find it."""


def statement(record: Record, *, prefix: str = "") -> str:
    """The statement; `prefix` leads from the repository to the project."""
    terms = [each for each in record["inputs"] if each["path"].startswith(_TERMS)]
    others = [each for each in record["inputs"] if not each["path"].startswith(_TERMS)]
    itself = _record(record)
    predicate: dict[str, Any] = {
        "result": _result(record),
        "configuration": [*(_resource(each, prefix) for each in others), itself],
    }
    stated = {
        "_type": STATEMENT,
        "subject": [_resource(each, prefix) for each in terms] or [_bare(itself)],
        "predicateType": PREDICATE,
        "predicate": {**predicate, **_tests(record)},
    }
    return laid_out(stated, _DEPTH)


def _result(record: Record) -> str:
    """Failed also where a verdict is missing: what nobody judged has not passed."""
    outcomes = {each["outcome"] for each in (*record["verdicts"], *record["reviews"])}
    if "fail" in outcomes or shortfalls(record) or not record["given"]:
        return "FAILED"
    return "WARNED" if outcomes & {"warn", "waived", "baseline"} else "PASSED"


def _tests(record: Record) -> dict[str, list[str]]:
    """The verdicts by how they ended; those that do not apply are in no list."""
    found: dict[str, list[str]] = {name: [] for name in dict.fromkeys(_LISTS.values())}
    for verdict in record["verdicts"]:
        if verdict["outcome"] in _LISTS:
            found[_LISTS[verdict["outcome"]]].append(_name(verdict))
    for review in record["reviews"]:
        about = (review["vendor"], review["document"], review["version"])
        found[_LISTS[review["outcome"]]].append("::".join(("review", *about)))
    found["failedTests"] += map(_name, record["missing"])
    return found


def _name(about: VerdictEntry | KeyEntry) -> str:
    return f"{about['check']}::{about['vendor']}::{about['requirement']}"


def _resource(entry: InputEntry, prefix: str) -> dict[str, Any]:
    path = repository_path(entry["path"], prefix)
    return {"name": path, "digest": {"sha256": entry["sha256"]}}


def _record(record: Record) -> dict[str, Any]:
    """The record by the digest of its file, with what a reader must know of the run."""
    told = ("today", "as-of", "expected", "given", "partial", "audit", "interrupted")
    return {
        "name": "record.json",
        "digest": {"sha256": hashlib.sha256(to_text(record).encode()).hexdigest()},
        "mediaType": "application/json",
        "annotations": {name: record[name] for name in told},  # type: ignore[literal-required]
    }


def _bare(resource: dict[str, Any]) -> dict[str, Any]:
    return {name: resource[name] for name in ("name", "digest")}
