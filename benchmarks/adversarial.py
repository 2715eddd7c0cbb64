"""Projects that are hard to judge, each in one way; what they say is drawn with a fixed seed.

    python -m benchmarks.adversarial FOLDER CASE [--vendors 3] [--requirements 20]

Nobody writes such terms. A verdict on them should still come, and not cost the more the worse
they are: docs/benchmarks.md says what each costs beside a verdict on ordinary terms.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

from benchmarks.demands import policies
from benchmarks.generate import CHECK, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEED: Final = "termsgate adversarial benchmark 1"
EFFECTIVE: Final = "2024-03-01"

Said = dict[str, Any]

CONTENT: Final = (
    *("audio", "video", "chat", "transcript", "summary", "files", "whiteboard", "screen-share"),
    *("code", "post", "prompt", "ai-output", "image", "poll-result", "reaction"),
)
PEOPLE: Final = ("location", "likeness", "contact-data", "financial", "employment", "child-data")
SERVICE: Final = ("telemetry", "usage-data", "diagnostics", "resource-metadata")
DATA: Final = (*CONTENT, *PEOPLE, *SERVICE)
ACTIONS: Final = (
    *("train-ai", "develop-products", "publish", "sell", "targeted-ads", "profiling"),
    *("automated-decision", "human-review", "sublicense", "improve-services", "analytics"),
    *("research", "support", "marketing", "share", "store", "export", "evaluate-ai"),
)
STANCES: Final = ("notice", "opt-out", "opt-in", "explicit-opt-in")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What one vendor's agreement consists of: its documents, and the clauses of each."""

    documents: tuple[Said, ...]
    clauses: dict[str, list[Said]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One way of being hard."""

    name: str
    what: str
    agreement: Callable[[Random], Agreement]
    data: tuple[str, ...] = ()
    """Words of its own that the project adds to the vocabulary, as data."""
    vendors: int = 3
    knows: bool = True
    """Whether the check says on which plan we are."""


# --- what is said ---------------------------------------------------------------------------------


def _one(clauses: list[Said]) -> Agreement:
    """An agreement of one document."""
    return Agreement(documents=({"id": "terms", "kind": "contract"},), clauses={"terms": clauses})


def _box(random: Random, most: int = 3, data: tuple[str, ...] = DATA) -> Said:
    return {
        "action": random.sample(ACTIONS, random.randint(1, min(most, len(ACTIONS)))),
        "data": random.sample(data, random.randint(1, most)),
    }


def _use(random: Random, most: int = 3, data: tuple[str, ...] = DATA) -> Said:
    """A clause that bars a use or allows it on some condition."""
    verb = random.choice(("allows", "bars"))
    said: Said = {verb: _box(random, most, data)}
    if verb == "allows" and random.random() < 1 / 2:
        said["with"] = random.choice(STANCES)
    return said


def _many(random: Random, number: int) -> Agreement:
    return _one([_use(random) for _ in range(number)])


def _deep(random: Random, number: int) -> Agreement:
    """Every document prevails over the one before; in each, a clause overrides the one before."""
    documents: list[Said] = []
    clauses: dict[str, list[Said]] = {}
    for place in range(number):
        name = f"amendment-{place}"
        documents.append({"id": name, "kind": "contract"})
        if place:
            documents[-1]["prevails-over"] = [f"amendment-{place - 1}"]
        clauses[name] = []
        for each in range(10):
            said = _use(random, 6, CONTENT)
            if each:
                said["overrides"] = [f"clause-{each - 1}"]
            clauses[name].append(said)
    return Agreement(documents=tuple(documents), clauses=clauses)


def _perhaps(random: Random, number: int) -> Agreement:
    """Clauses that may reach further than they say, with stances that may be others."""
    clauses = []
    for _ in range(number):
        said = _use(random)
        if "allows" in said:
            said["with"] = random.sample(STANCES, 2)
        said["perhaps"] = {"data": random.sample(DATA, 3)}
        if random.random() < 1 / 4:
            said["firmness"] = random.choice(("practice", "effort", "discretion"))
        clauses.append(said)
    return _one(clauses)


def _closed(random: Random, number: int) -> Agreement:
    """Closed lists and exceptions that take something out of everything."""
    clauses = []
    for _ in range(number):
        said: Said = {"allows": _box(random), "closed": random.choice((True, "perhaps"))}
        said["except"] = [{"data": random.choice(DATA), "action": random.choice(ACTIONS)}]
        clauses.append(said)
    return _one(clauses)


def _conditions(random: Random, number: int) -> Agreement:
    """Each clause holds only if some feature is on, and we do not know whether it is."""
    features = [f"feature-{each}" for each in range(number)]
    clauses = [
        _use(random) | {"applies": {"feature": each, "plan": random.choice(_PLANS)}}
        for each in features
        for _ in range(3)
    ]
    return _one(clauses)


_PLANS: Final = ("free", "business", "enterprise")

_FACTS: Final = {
    "retention": ("30 days", "6 months", "5 years", "20 business days"),
    "deletion-after-termination": ("30 days", "90 days", "1 year"),
    "change-notice": ("7 days", "30 days", "60 days"),
    "encryption-at-rest": (True, False),
    "licence.duration": ("perpetual", "agreement-term", "while-stored"),
}


def _facts(random: Random, number: int) -> Agreement:
    """The same facts stated again and again, each time of other data."""
    clauses = []
    for _ in range(number):
        fact = random.choice(list(_FACTS))
        value = random.choice(_FACTS[fact])
        of = {"data": random.sample(DATA, 2)}
        clauses.append({"states": {fact: {"value": value, "of": of}}})
    return _one(clauses)


_WIDE: Final = tuple(f"kind-{number}" for number in range(500))


def _wide(random: Random, number: int) -> Agreement:
    """Clauses that each name dozens of five hundred words."""
    return _one([_use(random, 60, (*DATA, *_WIDE)) for _ in range(number)])


def _box_of_all(random: Random, number: int) -> Agreement:
    """Wide clauses that lie across one another, none inside another."""
    clauses = []
    for _ in range(number):
        data = random.sample(DATA, len(DATA) // 2)
        said = _use(random) | {}
        verb = "allows" if "allows" in said else "bars"
        said[verb] = {"action": random.sample(ACTIONS, len(ACTIONS) // 2), "data": data}
        said[verb]["by"] = random.sample(("vendor", "affiliate", "subprocessor", "third-party"), 2)
        clauses.append(said)
    return _one(clauses)


CASES: Final = tuple(
    Case(**each)  # type: ignore[arg-type]
    for each in (
        {
            "name": "deep precedence",
            "what": "40 documents, each over the one before, 10 clauses in each that override",
            "agreement": partial(_deep, number=40),
        },
        {
            "name": "many possible clauses",
            "what": "60 clauses that may reach further, with open stances",
            "agreement": partial(_perhaps, number=60),
        },
        {
            "name": "more possible clauses",
            "what": "300 of them: more than twelve open at a point",
            "agreement": partial(_perhaps, number=300),
        },
        {
            "name": "wide vocabulary",
            "what": "500 words more, 40 clauses that name up to 60 each",
            "agreement": partial(_wide, number=40),
            "data": _WIDE,
        },
        {
            "name": "2,000 clauses",
            "what": "one document of 2,000 clauses that bar and allow",
            "agreement": partial(_many, number=2_000),
            "vendors": 1,
        },
        {
            "name": "clauses across one another",
            "what": "60 clauses over half of everything each",
            "agreement": partial(_box_of_all, number=60),
        },
        {
            "name": "closed lists",
            "what": "60 closed lists with exceptions",
            "agreement": partial(_closed, number=60),
        },
        {
            "name": "open conditions",
            "what": "36 clauses that hang on 12 features and a plan nobody told",
            "agreement": partial(_conditions, number=12),
            "knows": False,
        },
        {
            "name": "facts that differ",
            "what": "500 facts stated of other data each time",
            "agreement": partial(_facts, number=500),
        },
    )
)


# --- the project ----------------------------------------------------------------------------------


def files(case: Case, vendors: int, requirements: int) -> Iterator[tuple[str, str]]:
    """Every file of the project: its path and its text."""
    yield "pytest.ini", "[pytest]\nterms_root = .\ntestpaths = policies fixtures checks\n"
    for name, policy in policies(requirements).items():
        yield f"policies/{name}.yaml", written(policy)
    if case.data:
        words = {word: {"in": ["customer-content"], "is": "one more"} for word in case.data}
        page = {"vocabulary": "wide", "version": 1, "data": words}
        yield "policies/vocabulary.yaml", written(page)
    check = {key: value for key, value in CHECK.items() if case.knows or key != "context"}
    yield "checks/everything.yaml", written(check)
    for number in range(vendors):
        agreement = case.agreement(Random(f"{SEED}: {case.name} {number}"))
        yield from _vendor(f"vendor-{number:05d}", agreement)


def _vendor(name: str, agreement: Agreement) -> Iterator[tuple[str, str]]:
    page = {
        "vendor": name,
        "name": name.title(),
        "url": f"https://{name}.example",
        "plans": list(_PLANS),
        "documents": list(agreement.documents),
    }
    yield f"fixtures/{name}/vendor.yaml", written(page)
    for document, clauses in agreement.clauses.items():
        yield f"fixtures/{name}/{document}/{EFFECTIVE}.yaml", written(_version(document, clauses))


def _version(document: str, clauses: list[Said]) -> dict[str, Any]:
    return {
        "document": document,
        "effective": EFFECTIVE,
        "language": "en",
        "source": {"url": f"https://example.com/{document}"},
        "review": {"by": ["reviewer@example.org"], "on": "2024-03-08", "status": "reviewed"},
        "clauses": [
            {
                "id": f"clause-{place}",
                "section": f"{1 + place // 10}.{1 + place % 10}",
                "says": f"What {document} says in its clause {place}.",
                "quote": f"we agree on clause {place}",
            }
            | said
            for place, said in enumerate(clauses)
        ],
    }


def write(folder: Path, case: Case, vendors: int, requirements: int) -> None:
    """Write the project into a folder."""
    for path, text in files(case, vendors, requirements):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Write a project where the command line says."""
    parser = argparse.ArgumentParser(description="write a project that is hard to judge")
    parser.add_argument("folder", type=Path)
    parser.add_argument("case", choices=[each.name for each in CASES])
    parser.add_argument("--vendors", type=int, default=3)
    parser.add_argument("--requirements", type=int, default=20)
    asked = parser.parse_args()
    (case,) = (each for each in CASES if each.name == asked.case)
    write(asked.folder, case, asked.vendors, asked.requirements)


if __name__ == "__main__":
    main()
