"""The record as SARIF 2.1.0, as GitHub code scanning accepts it and shows it well.

Each check is a run of its own with an identity of its own, so that one check never closes what
another has found. Findings only, unless all is asked for: code scanning knows no pass and would
show each as an alert.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from termsgate import __version__
from termsgate.core.explain import SAYING, days_left, headline, where
from termsgate.reporting.findings import (
    Index,
    cut,
    debts,
    decisive,
    identity,
    identity_of_debt,
    is_finding,
    is_web,
    plain,
    shortfalls,
    urgency,
    uri,
)
from termsgate.reporting.github import is_made
from termsgate.reporting.json import compact
from termsgate.reporting.markdown import prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termsgate.core.record import (
        ClauseEntry,
        DebtEntry,
        KeyEntry,
        PlaceEntry,
        Record,
        ReferenceEntry,
        RequirementEntry,
        ReviewEntry,
        VerdictEntry,
    )

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

MOST_RUNS: Final = 20
"""Of a file with more runs GitHub takes none; then all checks share one."""

MOST_RESULTS: Final = 25_000
"""GitHub takes no more results of one run."""

MOST_BYTES: Final = 10_000_000
"""GitHub takes no larger file, once it is packed with gzip."""

_MOST_TITLE: Final = 1000
_MOST_WORDS: Final = 400
_MOST_CLAUSES: Final = 5

_SECURITY: Final = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0"}
"""A number for each severity, in the middle of what GitHub shows under the same word."""

_LEVELS: Final = {"must": "error", "should": "warning", "may": "note"}
_OF_OUTCOME: Final = {"fail": "error", "warn": "warning"}
_KINDS: Final = {
    "met": "pass",
    "violated": "informational",
    "unclear": "review",
    "silent": "open",
    "not-applicable": "notApplicable",
}
"""What a verdict is that nobody must look at; a finding is of the kind `fail`."""

_PARTS: Final = {
    "meets": "meets the requirement",
    "fails": "falls short",
    "open": "can be read either way",
}


def sarif(record: Record, *, prefix: str = "", everything: bool = False) -> str:
    """The record as a file of SARIF; `prefix` leads from the repository to the project.

    With `everything` the verdicts that pass and do not apply are in it too, and what the baseline
    has that is fixed.
    """
    runs = _runs(record, str(PurePosixPath(prefix)), everything=everything)
    most = MOST_RESULTS * max(len(runs), 1)
    text = _text(runs)
    while not _fits(text) and any(run.results for run in runs):
        kept = sum(len(run.results) for run in runs)
        size = len(gzip.compress(text.encode(), mtime=0))
        most = min(kept - 1, kept * MOST_BYTES * 9 // (size * 10))
        runs = _cut(runs, most)
        text = _text(runs)
    return text


def _fits(text: str) -> bool:
    """Whether GitHub takes the file; one that is small unpacked need not be packed to know."""
    return len(text) * 4 <= MOST_BYTES or len(gzip.compress(text.encode(), mtime=0)) <= MOST_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One run: its frame, and its results with their urgency, the most important first."""

    frame: dict[str, Any]
    results: tuple[tuple[tuple[int, int, int], str], ...]
    found: int


def _text(runs: Sequence[_Run]) -> str:
    """One line for each result, so that two files compare well."""
    lines = ",\n".join(_run_text(run) for run in runs)
    head = f'"$schema": {compact(SCHEMA)},\n"version": "2.1.0",\n'
    return f'{{\n{head}"runs": [\n{lines}\n]\n}}\n'


def _run_text(run: _Run) -> str:
    frame = {**run.frame, "invocations": [_invocation(run)]}
    keys = ",\n".join(f"{compact(name)}: {compact(value)}" for name, value in frame.items())
    results = ",\n".join(text for _, text in run.results)
    return f'{{\n{keys},\n"results": [\n{results}\n]\n}}'


def _invocation(run: _Run) -> dict[str, Any]:
    """How the run went; what was left out for want of room is told here."""
    invocation: dict[str, Any] = run.frame["invocations"][0]
    left = run.found - len(run.results)
    if not left:
        return invocation
    told = (
        f"{left} of {run.found} results are left out: code scanning takes {MOST_RESULTS} of a run "
        f"and {MOST_BYTES} bytes of a file. The most important are here, and the record has all."
    )
    found = [_notification(told, "warning"), *invocation["toolExecutionNotifications"]]
    return {**invocation, "toolExecutionNotifications": found}


def _cut(runs: Sequence[_Run], most: int) -> list[_Run]:
    """As many results as allowed, the most important of all runs."""
    ranked = sorted(
        (weight, number, place)
        for number, run in enumerate(runs)
        for place, (weight, _) in enumerate(run.results)
    )
    kept = [0] * len(runs)
    for _, number, _ in ranked[:most]:
        kept[number] += 1
    return [
        replace(run, results=run.results[:amount]) for run, amount in zip(runs, kept, strict=True)
    ]


# --- runs -------------------------------------------------------------------------------------


def _runs(record: Record, prefix: str, *, everything: bool) -> list[_Run]:
    """A run for each check; of a part of the project only for those that gave a verdict.

    An empty run tells code scanning that a check has found nothing: nobody knows that of a check
    that was left out.
    """
    index = Index(record=record)
    groups: dict[str, list[VerdictEntry]] = {each["check"]: [] for each in record["checks"]}
    for verdict in record["verdicts"]:
        groups[verdict["check"]].append(verdict)
    if record["partial"] or record["missing"]:
        groups = {check: found for check, found in groups.items() if found}
    if len(groups) >= MOST_RUNS or not groups:
        groups = {"": record["verdicts"]}
    runs = [
        _Writer(index, prefix, check, found, everything=everything).run()
        for check, found in groups.items()
    ]
    return [*runs, *_of_reviews(record, prefix)]


def _of_reviews(record: Record, prefix: str) -> Iterator[_Run]:
    """A run of its own for what reviews are owed: it is about no requirement and no one check."""
    if not record["reviews"]:
        return
    found = [
        ((0 if debt["outcome"] == "fail" else 1, 0, 0), compact(_debt(review, debt, prefix)))
        for review, debt in debts(record)
    ]
    driver = {**_DRIVER, "rules": [_REVIEW]}
    yield _Run(
        frame={
            "tool": {"driver": driver},
            "automationDetails": {"id": _category(prefix, "reviews.")},
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": []}],
        },
        results=tuple(found[:MOST_RESULTS]),
        found=len(found),
    )


_DRIVER: Final = {
    "name": "termsgate",
    "semanticVersion": __version__,
    "shortDescription": {"text": "Judges what vendors' terms say against policies."},
}
_REVIEW: Final = {
    "id": "termsgate.review",
    "name": "TermsgateReview",
    "shortDescription": {"text": "What a version says was reviewed, and not too long ago"},
    "fullDescription": {"text": "A verdict rests on what somebody read in the terms."},
    "help": {
        "text": "Have the version read again and signed: termsgate sign",
        "markdown": "Have the version read again and signed: `termsgate sign`",
    },
    "defaultConfiguration": {"level": "warning"},
    "properties": {"tags": ["vendor-terms", "review"], "precision": "very-high"},
}


def _debt(review: ReviewEntry, debt: DebtEntry, prefix: str) -> dict[str, Any]:
    about = ("vendor", "document", "version", "status", "outcome")
    return {
        "ruleId": "termsgate.review",
        "ruleIndex": 0,
        "kind": "fail",
        "level": _OF_OUTCOME[debt["outcome"]],
        "message": {"text": _said(f"{review['vendor']}: {debt['text']}; {debt['help']}")},
        "locations": [{"physicalLocation": _physical(review, prefix)}],
        "partialFingerprints": _fingerprints(identity_of_debt(review, debt)),
        "properties": {name: review[name] for name in about},  # type: ignore[literal-required]
    }


def _category(prefix: str, name: str) -> str:
    """What tells a run from those of other checks and other projects of a repository."""
    steps = ["termsgate", *([uri(prefix)] if prefix != "." else []), *([name] if name else [])]
    return "/".join([*steps, ""])


class _Writer:
    """Writes one run."""

    def __init__(
        self,
        index: Index,
        prefix: str,
        check: str,
        verdicts: list[VerdictEntry],
        *,
        everything: bool,
    ) -> None:
        """The verdicts of a check, or of all checks where there are too many."""
        self._index = index
        self._record = index.record
        self._prefix = prefix
        self._check = check
        self._verdicts = verdicts
        self._everything = everything
        names = sorted({each["requirement"] for each in verdicts})
        names += sorted({each["requirement"] for each in self._fixed()} - set(names))
        self._rules = {name: number for number, name in enumerate(names)}
        self._sources = self._listed_sources()

    def run(self) -> _Run:
        """The run, with no more results than a run may have."""
        found = self._results()
        return _Run(
            frame=self._frame(),
            results=tuple(found[:MOST_RESULTS]),
            found=len(found),
        )

    def _frame(self) -> dict[str, Any]:
        frame = {
            "tool": {"driver": self._driver()},
            "automationDetails": self._automation(),
            "columnKind": "unicodeCodePoints",
            "invocations": [self._how_it_went()],
            "properties": {
                "today": self._record["today"],
                "as-of": self._as_of(),
                "partial": self._record["partial"],
            },
        }
        return {**frame, "taxonomies": [self._taxonomy()]} if self._sources else frame

    def _as_of(self) -> str | None:
        check = self._index.checks.get(self._check)
        return check["as-of"] if check else self._record["as-of"]

    def _automation(self) -> dict[str, Any]:
        """What this run is of."""
        check = self._index.checks.get(self._check)
        title = plain(check["title"]) if check else "all checks"
        told = {"description": {"text": _said(title)}} if title else {}
        return {"id": _category(self._prefix, self._check), **told}

    # --- the tool and its rules ---------------------------------------------------------------

    def _driver(self) -> dict[str, Any]:
        return {
            **_DRIVER,
            "rules": [self._rule(self._index.requirements[name]) for name in self._rules],
        }

    def _rule(self, requirement: RequirementEntry) -> dict[str, Any]:
        title = cut(plain(requirement["title"]) or requirement["requirement"], _MOST_TITLE)
        why = cut(plain(requirement["why"]) or title, _MOST_TITLE)
        links = [each["url"] for each in requirement["references"] if is_web(each["url"])]
        return {
            "id": requirement["requirement"],
            "name": _camel(requirement["requirement"]),
            "shortDescription": {"text": _said(title)},
            "fullDescription": {"text": _said(why)},
            "help": {"text": _help(requirement), "markdown": _markdown(requirement)},
            **({"helpUri": links[0]} if links else {}),
            "defaultConfiguration": {"level": _LEVELS[requirement["level"]]},
            **self._relationships(requirement),
            "properties": {
                "tags": _tags(requirement),
                "precision": "high",
                "security-severity": _SECURITY[requirement["severity"]],
                "severity": requirement["severity"],
            },
        }

    def _listed_sources(self) -> dict[str, ReferenceEntry]:
        """The laws and standards that the requirements rest on, by their titles."""
        found = {
            plain(each["title"]): each
            for name in self._rules
            for each in self._index.requirements[name]["references"]
        }
        return {title: found[title] for title in sorted(found) if title}

    def _taxonomy(self) -> dict[str, Any]:
        return {
            "name": "sources",
            "shortDescription": {"text": "Laws and standards that requirements rest on"},
            "taxa": [
                {"id": title, **({"helpUri": each["url"]} if is_web(each["url"]) else {})}
                for title, each in self._sources.items()
            ],
        }

    def _relationships(self, requirement: RequirementEntry) -> dict[str, Any]:
        numbers = {title: number for number, title in enumerate(self._sources)}
        found = dict.fromkeys(plain(each["title"]) for each in requirement["references"])
        related = [
            {
                "target": {
                    "id": title,
                    "index": numbers[title],
                    "toolComponent": {"name": "sources", "index": 0},
                },
                "kinds": ["relevant"],
            }
            for title in found
            if title
        ]
        return {"relationships": related} if related else {}

    # --- how it went ----------------------------------------------------------------------------

    def _how_it_went(self) -> dict[str, Any]:
        record = self._record
        return {
            "executionSuccessful": not shortfalls(record),
            "toolExecutionNotifications": [
                _notification(text, level) for text, level in _remarks(record)
            ],
            "toolConfigurationNotifications": [
                {
                    **_notification(text, "warning"),
                    "locations": [{"physicalLocation": _physical(place, self._prefix)}],
                }
                for text, place in _to_be_looked_after(record)
            ],
        }

    # --- results --------------------------------------------------------------------------------

    def _results(self) -> list[tuple[tuple[int, int, int], str]]:
        chosen = [each for each in self._verdicts if self._everything or is_finding(each)]
        found = [(urgency(each), compact(self._result(each))) for each in chosen]
        found.sort(key=lambda each: each[0])
        gone = (len(_LEVELS), 0, 0)
        return [*found, *((gone, compact(self._absent(each))) for each in self._fixed())]

    def _result(self, verdict: VerdictEntry) -> dict[str, Any]:
        place = self._index.place(verdict)
        related = self._related(verdict, place)
        finding = is_finding(verdict)
        level = _OF_OUTCOME.get(verdict["outcome"], _LEVELS[verdict["level"]])
        return {
            "ruleId": verdict["requirement"],
            "ruleIndex": self._rules[verdict["requirement"]],
            "kind": "fail" if finding else _KINDS[verdict["verdict"]],
            "level": level if finding else "none",
            "message": {"text": self._message(verdict, place, related)},
            "locations": [self._location(verdict, place)],
            **({"relatedLocations": [each.entry for each in related]} if related else {}),
            "partialFingerprints": _fingerprints(identity(verdict)),
            **self._standing(verdict),
            "properties": _properties(verdict),
        }

    def _standing(self, verdict: VerdictEntry) -> dict[str, Any]:
        """Whether it was accepted, and how it stands to the baseline, where there is one.

        An empty list says that a result is not suppressed; none at all would say that nobody knows.
        """
        found = {"suppressions": self._suppressions(verdict)}
        if self._record["baseline"] is None:
            return found
        return {**found, "baselineState": _state(verdict)}

    def _suppressions(self, verdict: VerdictEntry) -> list[dict[str, Any]]:
        """The waiver, if it covers: there are tools that close whatever has a suppression."""
        waiver = verdict["waiver"]
        if verdict["outcome"] != "waived" or waiver is None:
            return []
        said = (
            f"{waiver['reason']} (approved by {waiver['approved-by']} on {waiver['approved-on']}, "
            f"until the end of {waiver['expires']} UTC)"
        )
        return [
            {
                "kind": "external",
                "status": "accepted",
                "justification": plain(said),
                "location": {"physicalLocation": _physical(waiver, self._prefix)},
            }
        ]

    def _fixed(self) -> list[KeyEntry]:
        """What the baseline knows as failed and is not any more; alerts of GitHub close alone."""
        baseline = self._record["baseline"]
        if baseline is None or not self._everything:
            return []
        fixed = baseline["fixed"]
        return [each for each in fixed if each["check"] == self._check or not self._check]

    def _absent(self, key: KeyEntry) -> dict[str, Any]:
        requirement = self._index.requirements[key["requirement"]]
        return {
            "ruleId": key["requirement"],
            "ruleIndex": self._rules[key["requirement"]],
            "kind": "fail",
            "level": _LEVELS[requirement["level"]],
            "message": {"text": _said(f"{key['vendor']}: fixed since the baseline")},
            "partialFingerprints": _fingerprints(identity(key)),
            "suppressions": [],
            "baselineState": "absent",
        }

    # --- places -------------------------------------------------------------------------------

    def _location(self, verdict: VerdictEntry, place: PlaceEntry) -> dict[str, Any]:
        steps = [verdict["vendor"]]
        clause = next((each for each in verdict["because"] if each is place), None)
        if clause is not None:
            steps += [clause["document"], clause["version"], clause["clause"]]
        name = "/".join(map(plain, steps))
        return {
            "physicalLocation": _physical(place, self._prefix),
            "logicalLocations": [{"fullyQualifiedName": name}],
        }

    def _related(self, verdict: VerdictEntry, place: PlaceEntry) -> list[_Related]:
        """The other clauses that decided, the requirement, and the waiver, each once."""
        found: list[tuple[str, PlaceEntry]] = [
            (f"{where(each)} ({each['clause']}): {_PARTS.get(each['part'], each['part'])}", each)
            for each in decisive(verdict)
        ]
        requirement = self._index.requirement(verdict)
        if not is_made(requirement):
            found.append(
                (f"required: {requirement['title'] or verdict['requirement']}", requirement)
            )
        if verdict["waiver"] is not None:
            found.append((f"waiver: {verdict['waiver']['standing']}", verdict["waiver"]))
        others = [(text, each) for text, each in found if each is not place]
        return [
            _Related(
                number=number,
                place=each,
                entry={
                    "id": number,
                    "physicalLocation": _physical(each, self._prefix),
                    "message": {"text": _said(cut(plain(text), _MOST_TITLE))},
                },
            )
            for number, (text, each) in enumerate(others, 1)
        ]

    # --- words --------------------------------------------------------------------------------

    def _message(
        self, verdict: VerdictEntry, place: PlaceEntry, related: Sequence[_Related]
    ) -> str:
        """What was found: the first sentence is the title of the alert."""
        requirement = self._index.requirement(verdict)
        title = f"{self._index.vendor_name(verdict)}: {headline(verdict, requirement)}"
        about = f"Of {verdict['check']}, as of {verdict['as-of']}: {SAYING[verdict['verdict']]}."
        first = _said(f"{title.rstrip('.')}. {about}")
        clauses = decisive(verdict)
        lines = [first, *(_clause(each, place, related) for each in clauses[:_MOST_CLAUSES])]
        if len(clauses) > _MOST_CLAUSES:
            lines.append(f"{len(clauses) - _MOST_CLAUSES} more clauses decided.")
        return "\n".join([*lines, *map(_said, _more(verdict))])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Related:
    """A place that a message can link to by its number."""

    number: int
    place: PlaceEntry
    entry: dict[str, Any]


def _clause(clause: ClauseEntry, place: PlaceEntry, related: Iterable[_Related]) -> str:
    """A clause with a link to its place, if that is not the place of the result."""
    cited = _said(f"{where(clause)} ({clause['clause']})")
    number = next((each.number for each in related if each.place is clause), None)
    name = f"[{_in_link(cited)}]({number})" if number and clause is not place else cited
    words = f": “{clause['quote']}”" if clause["quote"] else f": {clause['says']}"
    part = _PARTS.get(clause["part"], clause["part"])
    said = _said(f" {part}{cut(words, _MOST_WORDS) if words != ': ' else ''}")
    return f"{name} {said}"


def _more(verdict: VerdictEntry) -> Iterator[str]:
    """What is open, what was accepted, and what to ask for."""
    for question in verdict["questions"]:
        answers = "; ".join(f"{each['text']}: {each['verdict']}" for each in question["answers"])
        text = question["text"].rstrip("?")
        yield cut(f"Open: {text}? {f'({answers})' if answers else ''}".rstrip(), _MOST_WORDS)
    for turn in verdict["coming"]:
        yield f"On {turn['on']} it turns to {turn['verdict']}."
    for document in verdict["absent-documents"]:
        if document["matters"]:
            yield f"Not at hand, and could change the verdict: {document['document']}."
    waiver = verdict["waiver"]
    if waiver is not None:
        left = f", {days_left(waiver)}" if waiver["standing"] == "covers" else ""
        until = f"Waiver of {waiver['approved-by']} until {waiver['expires']}"
        yield f"{until}: {waiver['standing']}{left}."
    if verdict["ask"] and verdict["verdict"] not in {"met", "not-applicable"}:
        yield f"Ask the vendor: {verdict['ask']}"


def _help(requirement: RequirementEntry) -> str:
    """Why it is required and what to ask for, as plain text."""
    parts = [
        plain(requirement["title"]) or requirement["requirement"],
        plain(requirement["why"]),
        f"Ask the vendor: {plain(requirement['ask'])}" if requirement["ask"] else "",
        *map(_cited, requirement["references"]),
    ]
    return _said("\n".join(filter(None, parts)), lines=True)


def _markdown(requirement: RequirementEntry) -> str:
    """The same as Markdown, which code scanning shows instead."""
    weight = f"{prose(requirement['level'])}, {prose(requirement['severity'])}"
    parts = [
        f"**{prose(requirement['title'] or requirement['requirement'])}**",
        prose(requirement["why"]),
        f"**Ask the vendor:** {prose(requirement['ask'])}" if requirement["ask"] else "",
        "\n".join(_reference(each) for each in requirement["references"]),
        f"{weight}, policy {prose(requirement['policy'])}",
    ]
    return "\n\n".join(filter(None, parts)).replace("{", "{{").replace("}", "}}")


def _cited(reference: ReferenceEntry) -> str:
    link = f" {reference['url']}" if is_web(reference["url"]) else ""
    return f"{plain(reference['title'])}{link}"


def _reference(reference: ReferenceEntry) -> str:
    title = prose(reference["title"]) or prose(reference["url"])
    if not is_web(reference["url"]):
        return f"- {title}"
    return f"- [{title}](<{reference['url'].replace('<', '%3C').replace('>', '%3E')}>)"


# --- single values ----------------------------------------------------------------------------


def _physical(place: PlaceEntry, prefix: str) -> dict[str, Any]:
    """A line of a file of the repository.

    The record knows where a thing begins. Code scanning wants an end as well, and shows an alert in
    a pull request only where all its lines are in the diff: so it is one letter of one line.
    """
    line, column = place["line"], place["column"]
    return {
        "artifactLocation": {"uri": uri(place["path"], prefix), "uriBaseId": "%SRCROOT%"},
        "region": {
            "startLine": line,
            "startColumn": column,
            "endLine": line,
            "endColumn": column + 1,
        },
    }


def _to_be_looked_after(record: Record) -> Iterator[tuple[str, PlaceEntry]]:
    """What is on record beside the verdicts: waivers that end, and smells of files."""
    for warning in record["warnings"]:
        yield f"{warning['text']}; {warning['help']}", warning
    for problem in record["problems"]:
        yield f"{problem['message']}; {problem['help']}", problem


def _said(text: str, *, lines: bool = False) -> str:
    """Words in a message: a brace would be a placeholder, and `](` the middle of a link."""
    flat = text if lines else plain(text)
    return flat.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _in_link(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _camel(name: str) -> str:
    """A name as rules have them: `ai-training.calls` is AiTrainingCalls."""
    words = name.replace(".", "-").replace("_", "-").split("-")
    return "".join(word[:1].upper() + word[1:] for word in words)[:255]


def _tags(requirement: RequirementEntry) -> list[str]:
    """Code scanning takes the severity of what is tagged `security`; a policy may be named so."""
    tags = ("security", "vendor-terms", requirement["policy"], requirement["level"])
    return list(dict.fromkeys(tags))


def _fingerprints(hashed: str) -> dict[str, str]:
    """What stays as it is while lines move; the first is the one that code scanning goes by.

    It would make one of the line, on which several vendors can be silent: they would be one alert.
    """
    return {"primaryLocationLineHash": f"{hashed[:16]}:1", "termsgate/v1": hashed}


def _state(verdict: VerdictEntry) -> str:
    """How a verdict stands to the baseline."""
    if verdict["before"] is None:
        return "new"
    return "unchanged" if verdict["before"] == verdict["verdict"] else "updated"


def _properties(verdict: VerdictEntry) -> dict[str, Any]:
    keys = ("check", "vendor", "verdict", "outcome", "level", "severity", "as-of")
    found: dict[str, Any] = {name: verdict[name] for name in keys}  # type: ignore[literal-required]
    return {**found, "witness": verdict["witness"]} if verdict["witness"] else found


def _notification(text: str, level: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": _said(text)}}


def _remarks(record: Record) -> Iterator[tuple[str, str]]:
    """Why the run is not whole, and what a reader must know of it."""
    yield from ((text, "error") for text in shortfalls(record))
    if record["partial"]:
        yield "this run judged only some of the project's verdicts", "note"
    if record["audit"]:
        yield "waivers and the baseline are left aside", "note"
