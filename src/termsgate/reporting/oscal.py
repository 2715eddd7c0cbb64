"""The record as OSCAL assessment results, version 1.1.3.

Each check is a result: what was examined (an observation for each verdict, with the clauses as
evidence), what follows (a finding for each requirement and vendor), and what is left to somebody
(a risk where a finding is not satisfied). Every id is a hash of what it names, so that the same
record gives the same file.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5  # noqa: TID251 - version 5 is a hash: nothing in it is drawn

from termsgate.core.explain import SAYING, explain_failure, headline, where
from termsgate.reporting.findings import (
    Index,
    debts,
    decisive,
    hashed,
    is_finding,
    is_web,
    plain,
    shortfalls,
    uri,
)
from termsgate.reporting.json import laid_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termsgate.core.record import (
        CheckEntry,
        ClaimEntry,
        DebtEntry,
        Record,
        ReviewEntry,
        VendorEntry,
        VerdictEntry,
    )


VERSION: Final = "1.1.3"
NAMESPACE: Final = UUID("a4e90749-3296-5c6e-87e8-3126abec0662")
"""Ours, in which the names of things become their ids (of `urn:termsgate`). It may never change."""

_OURS: Final = "urn:termsgate:oscal"
_REASONS: Final = {"met": "pass", "violated": "fail", "unclear": "unclear", "silent": "silent"}
"""Why a finding is as it is; `pass` and `fail` are OSCAL's words, the others ours."""

_RISKS: Final = {"waived": "deviation-approved"}
"""How a risk stands; all but what somebody accepted is open."""

_DEPTH: Final = 5


def assessment_results(record: Record, *, prefix: str = "") -> str:
    """The file; `prefix` leads from the repository to the project."""
    return laid_out({"assessment-results": _Writer(record, prefix).document()}, _DEPTH)


def _id(*names: str) -> str:
    return str(uuid5(NAMESPACE, "\n".join(names).encode("utf-8", "backslashreplace").decode()))


def _found(record: Record) -> Iterator[str]:
    """What makes a run another run; not what a later version of the record says beside it."""
    yield from (record["today"], str(record["expected"]), str(record["given"]))
    for each in record["inputs"]:
        yield from (each["path"], each["sha256"])
    for verdict in record["verdicts"]:
        yield from (verdict["check"], verdict["vendor"], verdict["requirement"])
        yield from (verdict["as-of"], verdict["verdict"], verdict["outcome"])


class _Writer:
    """Writes one file."""

    def __init__(self, record: Record, prefix: str) -> None:
        """The file is known by what was judged, on which day, and how it came out."""
        self._record = record
        self._prefix = prefix
        self._index = Index(record=record)
        self._hash = hashed(*_found(record))
        self._start = f"{record['today']}T00:00:00Z"

    def document(self) -> dict[str, Any]:
        """The whole of it."""
        record = self._record
        return {
            "uuid": _id("assessment-results", self._hash),
            "metadata": {
                "title": "What vendors' terms give of what is required",
                "last-modified": self._start,
                "version": record["today"],
                "oscal-version": VERSION,
                **_listed("parties", map(_party, record["vendors"])),
            },
            "import-ap": {"href": f"#{_id('plan', self._hash)}"},
            "results": self._results(),
            "back-matter": {"resources": [self._plan(), *self._inputs()]},
        }

    # --- what was judged, and by what -------------------------------------------------------------

    def _plan(self) -> dict[str, Any]:
        """There is no assessment plan of OSCAL: the policies and checks stand for it."""
        return {
            "uuid": _id("plan", self._hash),
            "title": "The policies and checks of the project",
            "description": "What was required, of whom and for which use; the files follow.",
        }

    def _inputs(self) -> Iterable[dict[str, Any]]:
        for each in self._record["inputs"]:
            digest = {"algorithm": "SHA-256", "value": each["sha256"]}
            yield {
                "uuid": _id("input", each["path"], each["sha256"]),
                "title": _words(each["path"]),
                "rlinks": [{"href": uri(each["path"], self._prefix), "hashes": [digest]}],
            }

    # --- results ------------------------------------------------------------------------------

    def _results(self) -> list[dict[str, Any]]:
        """A result for each check; a run without any still has one, which reviewed nothing."""
        groups: dict[str, list[VerdictEntry]] = {
            each["check"]: [] for each in self._record["checks"]
        }
        for verdict in self._record["verdicts"]:
            groups[verdict["check"]].append(verdict)
        if not groups:
            return [self._result(None, [])]
        return [self._result(self._index.checks[name], found) for name, found in groups.items()]

    def _result(self, check: CheckEntry | None, verdicts: list[VerdictEntry]) -> dict[str, Any]:
        applied = [each for each in verdicts if each["verdict"] != "not-applicable"]
        name = check["check"] if check else ""
        title = _words(check["title"] or name) if check else "no check"
        day = (check["as-of"] if check else self._record["as-of"]) or self._record["today"]
        owed = [each for each in debts(self._record) if each[1]["check"] in {None, name}]
        reviews = [self._review(*each, name) for each in owed]
        return {
            "uuid": _id("result", self._hash, name),
            "title": title,
            "description": f"The terms in force on {day}. {self._extent()}",
            "start": self._start,
            "props": [_prop("check", name or "none"), _prop("as-of", day)],
            "reviewed-controls": {"control-selections": [_selection(applied)]},
            **_listed("observations", [*map(self._observation, applied), *reviews]),
            **_listed("risks", map(self._risk, filter(_is_risk, applied))),
            **_listed("findings", map(self._finding, applied)),
        }

    def _extent(self) -> str:
        lacking = shortfalls(self._record)
        if lacking:
            return _words(f"The run failed: {'; '.join(lacking)}.")
        if self._record["partial"]:
            return "The run judged only some of the project's verdicts."
        return "The run judged all verdicts of the project."

    def _observation(self, verdict: VerdictEntry) -> dict[str, Any]:
        claims = [*decisive(verdict), *verdict["claims"]]
        return {
            "uuid": self._own("observation", verdict),
            "title": self._title(verdict),
            "description": _explained(verdict),
            "methods": ["EXAMINE"],
            "subjects": [
                {
                    "subject-uuid": _id("vendor", verdict["vendor"]),
                    "type": "party",
                    "title": _words(self._index.vendor_name(verdict)),
                }
            ],
            **_listed("relevant-evidence", (_evidence(each, self._prefix) for each in claims)),
            "collected": self._start,
        }

    def _review(self, review: ReviewEntry, debt: DebtEntry, check: str) -> dict[str, Any]:
        """What a review is owed: the terms were read by nobody who may say so, or too long ago.

        What is amiss whatever a check says is observed in the result of each.
        """
        about = (review["vendor"], review["document"], review["version"])
        return {
            "uuid": _id("review", self._hash, *about, debt["kind"], check),
            "title": _words(f"{' '.join(about)}: review {debt['kind']}"),
            "description": _words(f"{debt['text']}; {debt['help']}"),
            "props": [_prop("outcome", debt["outcome"])],
            "methods": ["EXAMINE"],
            "relevant-evidence": [
                {
                    "href": f"{uri(review['path'], self._prefix)}#L{review['line']}",
                    "description": "The version whose review it is.",
                }
            ],
            "collected": self._start,
        }

    def _finding(self, verdict: VerdictEntry) -> dict[str, Any]:
        met = verdict["verdict"] == "met"
        risk = {"risk-uuid": self._own("risk", verdict)}
        return {
            "uuid": self._own("finding", verdict),
            "title": self._title(verdict),
            "description": _words(f"{SAYING[verdict['verdict']]}."),
            "props": [
                _prop("vendor", verdict["vendor"]),
                _prop("verdict", verdict["verdict"]),
                _prop("outcome", verdict["outcome"]),
                _prop("level", verdict["level"]),
                _prop("severity", verdict["severity"]),
            ],
            "target": {
                "type": "objective-id",
                "target-id": verdict["requirement"],
                "status": {
                    "state": "satisfied" if met else "not-satisfied",
                    "reason": _REASONS[verdict["verdict"]],
                },
            },
            "related-observations": [{"observation-uuid": self._own("observation", verdict)}],
            **({"related-risks": [risk]} if _is_risk(verdict) else {}),
        }

    def _risk(self, verdict: VerdictEntry) -> dict[str, Any]:
        requirement = self._index.requirement(verdict)
        waiver = verdict["waiver"]
        accepted = verdict["outcome"] == "waived" and waiver is not None
        return {
            "uuid": self._own("risk", verdict),
            "title": self._title(verdict),
            "description": _words(f"{SAYING[verdict['verdict']]}."),
            "statement": _words(requirement["why"] or requirement["title"])
            or _words(verdict["requirement"]),
            "props": [_prop("severity", verdict["severity"])],
            "status": _RISKS.get(verdict["outcome"], "open"),
            **({"deadline": f"{waiver['expires']}T23:59:59Z"} if accepted and waiver else {}),
            **_listed("remediations", self._remediations(verdict)),
        }

    def _remediations(self, verdict: VerdictEntry) -> Iterable[dict[str, Any]]:
        """What to ask for; and what was accepted, by whom and why."""
        if verdict["ask"]:
            yield {
                "uuid": self._own("ask", verdict),
                "lifecycle": "recommendation",
                "title": "Ask the vendor",
                "description": _words(verdict["ask"]),
            }
        waiver = verdict["waiver"]
        if verdict["outcome"] == "waived" and waiver is not None:
            yield {
                "uuid": self._own("waiver", verdict),
                "lifecycle": "completed",
                "title": f"Accepted until the end of {waiver['expires']}",
                "description": _words(
                    f"{waiver['reason']} ({waiver['approved-by']}, {waiver['approved-on']})"
                ),
            }

    def _own(self, kind: str, verdict: VerdictEntry) -> str:
        about = (verdict["check"], verdict["vendor"], verdict["requirement"])
        return _id(kind, self._hash, *about)

    def _title(self, verdict: VerdictEntry) -> str:
        name = self._index.vendor_name(verdict)
        return _words(f"{name}: {headline(verdict, self._index.requirement(verdict))}")


def _is_risk(verdict: VerdictEntry) -> bool:
    """Whether somebody is left with it: also an expected silence, if it fails or warns."""
    return is_finding(verdict) and verdict["verdict"] != "met"


def _party(vendor: VendorEntry) -> dict[str, Any]:
    links = [{"href": vendor["url"], "rel": "homepage"}] if is_web(vendor["url"]) else []
    return {
        "uuid": _id("vendor", vendor["vendor"]),
        "type": "organization",
        "name": plain(vendor["name"]) or vendor["vendor"],
        "short-name": vendor["vendor"],
        **_listed("links", links),
    }


def _selection(verdicts: list[VerdictEntry]) -> dict[str, Any]:
    """The requirements that were reviewed, in their order."""
    names = dict.fromkeys(sorted(each["requirement"] for each in verdicts))
    if not names:
        return {"description": "No requirement was reviewed."}
    return {"include-controls": [{"control-id": name} for name in names]}


def _evidence(clause: ClaimEntry, prefix: str) -> dict[str, Any]:
    """A clause where it is on record, with its words."""
    words = f"“{clause['quote']}”" if clause["quote"] else clause["says"]
    cited = f"{where(clause)} ({clause['clause']}), in force since {clause['version']}"
    return {
        "href": f"{uri(clause['path'], prefix)}#L{clause['line']}",
        "description": _words(f"{cited}: {words}" if words else cited),
    }


def _explained(verdict: VerdictEntry) -> str:
    """Why the verdict is what it is, as Markdown."""
    lines = []
    for passage in explain_failure(verdict):
        lines.append(f"- **{_words(passage.heading)}**")
        for point in passage.points:
            lines.append(f"  - {_words(point.text)}")
            lines += [f"    - {_words(each)}" for each in point.more]
    return "\n".join(lines)


@lru_cache(maxsize=4096)
def _words(text: str) -> str:
    """Words of a file as OSCAL's Markdown shows them, with no more marks than that takes.

    The same clauses decide many verdicts: their words are looked through once.
    """
    return _MARK.sub(r"\1\\", plain(text))


_MARK: Final = re.compile(r"^(\d*)(?=[-#>+=.):|])|(?=[\\`*_\[\]<&~^$!])")


def _prop(name: str, value: str) -> dict[str, str]:
    return {"name": name, "ns": _OURS, "value": value}


def _listed(name: str, entries: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """A list under its name, or nothing: no list of OSCAL may be empty."""
    found = list(entries)
    return {name: found} if found else {}
