"""The examples on the pages of docs/language: found, laid out as files, and judged.

An example is what somebody would write into the files of a project, gathered in one block:
docs/language/index.md says what is left out of it and what stands for that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import yaml

from termsgate.api import Matters, open_project
from termsgate.core.baseline import baseline_of
from termsgate.core.entries import record_of
from termsgate.core.evaluate import Use
from termsgate.core.history import history_of
from termsgate.core.review import audit
from termsgate.core.reviewed import review_entry
from termsgate.core.turning import OneSide, TwoSides
from termsgate.reading.store import load
from tests.docs.samples import ROOT
from tests.laws import oracle
from tests.making import only

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from termsgate.core.difference import (
        ActorEntry,
        ChangeEntry,
        DifferenceEntry,
        NamesEntry,
        SaidEntry,
    )
    from termsgate.core.docket import Docket, Matter
    from termsgate.core.record import HistoryEntry, Record, ReviewEntry, VerdictEntry
    from termsgate.core.vocabulary import Vocabulary

LANGUAGE: Final = ROOT / "docs" / "policy-language.md"
FOLDER: Final = ROOT / "docs" / "language"
INDEX: Final = FOLDER / "index.md"
PAGES: Final = sorted(set(FOLDER.glob("*.md")) - {INDEX})

NO_EXAMPLE: Final = "*No example:* "
SHOWN: Final = "*Shown in a run:* "


# --- the sentences ------------------------------------------------------------------------------

_SENTENCE: Final = re.compile(r"^\*\*\[(\d+(?:\.\d+)+)\]\(([^)]+)\)\*\* ", re.MULTILINE)
_SECTION: Final = re.compile(r"^## ", re.MULTILINE)


def plain(text: str) -> str:
    """The words of a paragraph in one line, without the marks of a list or a quotation."""
    return " ".join(re.sub(r"^(?:> ?|- )", "", text, flags=re.MULTILINE).split())


def sentences() -> dict[str, str]:
    """The numbered sentences that the policy language gives examples of, in its own words."""
    found = {}
    for section in _SECTION.split(LANGUAGE.read_text(encoding="utf-8")):
        _, *parts = _SENTENCE.split(section)
        for number, words in zip(parts[::3], parts[2::3], strict=True):
            found[number] = plain(words)
    return found


def links() -> dict[str, str]:
    """Where the number of each sentence leads."""
    text = LANGUAGE.read_text(encoding="utf-8")
    return {found[1]: found[2] for found in _SENTENCE.finditer(text)}


# --- the pages ----------------------------------------------------------------------------------

_QUOTED: Final = re.compile(r"^((?:>.*\n)+)", re.MULTILINE)
_BLOCK: Final = re.compile(r"^```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Words of a sentence, quoted, and what a page puts below them."""

    page: str
    number: str
    quoted: str
    below: str

    @property
    def blocks(self) -> tuple[str, ...]:
        """The examples of these words."""
        return tuple(_BLOCK.findall(self.below))

    @property
    def reason(self) -> str:
        """Why there is none, where the page says so."""
        return self.below.partition(NO_EXAMPLE)[2].partition("\n\n")[0].strip()

    @property
    def elsewhere(self) -> str:
        """The page and the heading where a run shows it, where the page says so."""
        return self.below.partition(SHOWN)[2].partition("](")[2].partition(")")[0]


def shown(page: Path) -> Iterator[Shown]:
    """What a page shows, in its order."""
    for section in _SECTION.split(page.read_text(encoding="utf-8"))[1:]:
        number = section.split(" ", 1)[0]
        _, *parts = _QUOTED.split(section)
        for quoted, below in zip(parts[::2], parts[1::2], strict=True):
            yield Shown(page=page.name, number=number, quoted=plain(quoted), below=below)


# --- an example as files ------------------------------------------------------------------------


class Loader(yaml.SafeLoader):
    """YAML as the tool reads it: `yes` and `no` are words."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, known) for tag, known in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


class Dumper(yaml.SafeDumper):
    """YAML as the tool wants it: what is said twice is written twice."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - of nothing
        """Write everything out."""
        return True


EFFECTIVE: Final = date(2024, 1, 1)
ASKED: Final = date(2024, 6, 1)
R: Final[Mapping[str, Any]] = {
    "forbid": {"action": "train-ai", "data": ["audio", "video", "chat"]},
    "without": "opt-in",
}
OF_VENDOR: Final = ("plans", "services", "known-versions")
OF_VERSION: Final = ("precedence", "definitions", "unread", "review")
OF_REQUIREMENT: Final = (
    *("forbid", "without", "consent-from", "require", "all", "any", "when-stated", "in"),
    *("stating", "evidence", "level", "when-silent", "when-unclear", "applies"),
)
OF_CHECK: Final = (
    *("context", "choices", "readings", "waivers", "as-of", "review-max-age", "when-unreviewed"),
)
LAID_OUT: Final = (
    *("vocabulary", "documents", "clauses", "versions", "text", "today", "before", "compared"),
    *(*OF_VENDOR, *OF_VERSION, *OF_REQUIREMENT, *OF_CHECK),
)
ACCEPTED: Final = {
    "requirement": "needs.r",
    "reason": "Accepted.",
    "approved-by": "cfo@example.org",
    "approved-on": date(2024, 2, 1),
    "expires": date(2024, 12, 31),
}
READ: Final = {"because": "So.", "by": "counsel@example.org", "on": date(2024, 2, 1)}

Example = dict[str, Any]


def read(block: str) -> Example:
    """What a block says."""
    said: Example = yaml.load(block, Loader)  # noqa: S506 - a safe loader with fewer words
    return said


def lay_out(example: Example, root: Path) -> None:
    """Write the example as the project it is a part of."""
    for path, content in files(example).items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else yaml.dump(content, Dumper=Dumper)
        file.write_text(text, encoding="utf-8")


def files(example: Example) -> dict[str, Any]:
    """Every file of the project, by its path."""
    documents = example.get("documents", [{"id": "terms", "kind": "contract"}])
    found: dict[str, Any] = {
        "fixtures/acme/vendor.yaml": {
            "vendor": "acme",
            "name": "Acme",
            "documents": documents,
            **picked(example, OF_VENDOR),
        },
        "policies/needs.yaml": {
            "policy": "needs",
            "title": "What we need",
            "requirements": [requirement(example)],
        },
        "checks/use.yaml": check(example),
    }
    for each in versions(example, documents):
        found[f"fixtures/acme/{each['document']}/{each['effective']}.yaml"] = each
    if "vocabulary" in example:
        found["policies/vocabulary.yaml"] = {"vocabulary": "ours", **example["vocabulary"]}
    if "text" in example:
        found[f"fixtures/acme/terms/{EFFECTIVE}.md"] = example["text"]
    return found


def requirement(example: Example) -> Example:
    """What is asked: R, where the example asks nothing of its own."""
    asked = picked(example, OF_REQUIREMENT)
    if not {"forbid", "require", "all", "any"} & asked.keys():
        asked = {**R, **asked}
    return {"id": "r", "title": "What we need", "level": "must", **asked}


def check(example: Example) -> Example:
    """Who asks, as of which day, and what is on record about our use."""
    made = picked(example, OF_CHECK)
    made["as-of"] = example.get("as-of") or example.get("today") or ASKED
    for kind, members in made.get("choices", {}).items():
        made["choices"] = {
            **made["choices"],
            kind: [{"vendor": "acme", "on": EFFECTIVE, **one} for one in members],
        }
    for key, rest in (("readings", READ), ("waivers", ACCEPTED)):
        if key in made:
            made[key] = [{"vendor": "acme", **rest, **one} for one in made[key]]
    return {"check": "use", "title": "Our use", **made}


def versions(example: Example, documents: list[Example]) -> Iterator[Example]:
    """The versions the example spells out; else one of each document that is at hand."""
    spelled = example.get("versions", [])
    yield from (version(each, each["document"], each["clauses"]) for each in spelled)
    first, told = documents[0]["id"], {each["document"] for each in spelled}
    for document in documents:
        name = document["id"]
        if document.get("at-hand", True) and name not in told:
            ours = [c for c in example.get("clauses", []) if c.get("document", first) == name]
            more = picked(example, OF_VERSION) if name == first else {}
            yield version({"effective": EFFECTIVE, **more}, name, ours)


def version(said: Example, document: str, clauses: list[Example]) -> Example:
    """One version; a clause without an id is numbered."""
    numbered = [
        {
            "id": f"clause-{place}",
            **{key: value for key, value in each.items() if key != "document"},
        }
        for place, each in enumerate(clauses, start=1)
    ]
    return {**said, "document": document, "clauses": numbered}


def picked(example: Example, keys: tuple[str, ...]) -> Example:
    """Those of the keys that the example has."""
    return {key: example[key] for key in keys if key in example}


def claimed(example: Example) -> Example:
    """What the example says that comes of it: its verdict, and problems only where it says so."""
    said = {key: value for key, value in example.items() if key not in LAID_OUT}
    return {"problems": [], **said}


# --- what it gives ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What the engine says of an example, what the naive evaluator says, and what was wrong."""

    record: Record | None
    naive: str
    problems: tuple[str, ...]
    difference: DifferenceEntry | None = None
    history: HistoryEntry | None = None

    def gives(self, claims: Mapping[str, object]) -> dict[str, object]:
        """What is so of all that is claimed."""
        told = self.told()
        return {key: told.get(key) for key in claims}

    def told(self) -> dict[str, object]:
        """What a block may claim, each under the key it claims it by."""
        found: dict[str, object] = {"problems": list(self.problems)}
        if self.record is not None:
            (entry,) = self.record["verdicts"]
            found |= dict(of_verdict(entry))
            found["warnings"] = [each["kind"] for each in self.record["warnings"]]
            found["reviews"] = [
                f"{debt['kind']}: {debt['outcome']}"
                for review in self.record["reviews"]
                for debt in review["findings"]
            ]
        if self.difference is not None:
            found |= dict(of_difference(self.difference))
        if self.history is not None:
            found["history"] = dict(of_history(self.history))
        return found


def of_verdict(entry: VerdictEntry) -> Iterator[tuple[str, object]]:
    """What the record says of the verdict, under the keys of a block."""
    because, witness, waiver = entry["because"], entry["witness"], entry["waiver"]
    yield from ((key, entry[key]) for key in ("verdict", "outcome", "notes", "decided"))
    yield "witness", witness and "{action} on {data} by {by}, {state}".format(**witness)
    yield (
        "questions",
        {
            each["text"]: {answer["text"]: answer["verdict"] for answer in each["answers"]}
            for each in entry["questions"]
        },
    )
    yield "decided-by", [named(each) for each in because if each["part"] != "defeated"]
    yield "gave-way", {named(c): c["criterion"] for c in because if c["part"] == "defeated"}
    yield "not-at-hand", {each["document"]: each["why"] for each in entry["absent-documents"]}
    yield "claims", [named(each) for each in entry["claims"]]
    yield "readings-named", [f"{one['by']}, {one['on']}" for one in entry["readings"]]
    yield "choices-named", [f"{one['kind']}, {one['on']}" for one in entry["choices"]]
    yield "waiver", waiver and waiver["standing"]
    yield "days-left", waiver and waiver["days-left"]
    yield "changed", waiver and [each["document"] or "what decides" for each in waiver["changes"]]
    yield (
        "coming",
        {
            date.fromisoformat(each["on"]): f"{each['verdict']}, {each['outcome']}"
            for each in entry["coming"]
        },
    )


def of_difference(entry: DifferenceEntry) -> Iterator[tuple[str, object]]:
    """What the difference between two days says, under the keys of a block."""
    yield "differs", entry["differs"]
    yield "in-short", [changed(each) for each in entry["uses-in-short"]]
    yield "uses", [changed(each) for each in entry["uses"]]
    yield "facts", [changed(each) for each in entry["facts"]]
    yield "clauses-changed", {named(each): each["change"] for each in entry["clauses"]}
    yield (
        "definitions-changed",
        {
            f"{each['document']}.{each['term']}": " by ".join([each["change"], *each["clauses"]])
            for each in entry.get("definitions", ())
        },
    )
    yield "moved", {named(one): f"{one['before']} -> {one['after']}" for one in entry["moved"]}
    yield (
        "turned",
        [
            f"{each['before']['verdict']} -> {each['after']['verdict']}, {each['turn']}"
            for each in entry["verdicts"]
        ],
    )
    yield "because-before", [of_actors(each["clauses-before"]) for each in entry["uses"]]
    yield "because-after", [of_actors(each["clauses-after"]) for each in entry["uses"]]


def of_history(entry: HistoryEntry) -> Iterator[tuple[date, str]]:
    """The verdict on each day, and that the day is still to come."""
    (row,) = entry["verdicts"]
    for day, verdict in zip(entry["days"], row["verdicts"], strict=True):
        yield date.fromisoformat(day["day"]), verdict + ", coming" * day["coming"]


def changed(entry: ChangeEntry) -> str:
    """A box of uses, under which conditions, and what is said of it before and after."""
    axes = [named_words(entry[axis]) for axis in ("action", "data", "by", "state")]
    what = entry["fact"] or "{} on {} by {}, {}".format(*axes)
    asked = "".join(
        f", {each['key']}{' not' * each['negated']} {each['name'] or ' or '.join(each['values'])}"
        for each in entry["where"]
    )
    sides = (entry["before"], entry["after"])
    before, after = (" or ".join(map(in_words, side)) for side in sides)
    return f"{what}{asked}: {before} -> {after}"


def in_words(said: SaidEntry) -> str:
    """A stance and whose consent it takes, or a value with what qualifies it."""
    added = (("of", said["consent-from"]), ("for", said["for"]), ("except", said["except"]))
    return said["is"] + "".join(f" {word} {' and '.join(names)}" for word, names in added if names)


def named_words(entry: NamesEntry) -> str:
    """Words of one axis, less some."""
    but = f" but {' and '.join(entry['but'])}" if entry["but"] else ""
    return " and ".join(entry["terms"]) + but


def of_actors(entries: list[ActorEntry]) -> dict[str, str]:
    """The clauses behind one side of a change: what they do, or why they give way."""
    return {named(each): each["criterion"] or each["part"] for each in entries}


def named(entry: Any) -> str:  # noqa: ANN401 - a clause or a claim of the record
    """The name of a clause."""
    return f"{entry['document']}.{entry['clause']}"


def judged(example: Example, root: Path) -> Judged:
    """Lay it out, load it with both decoder and schema, and judge it twice."""
    lay_out(example, root / "now")
    loaded = load(root / "now", schemas=True)
    problems = tuple(each.code for each in loaded.problems)
    if loaded.project is None:
        return Judged(record=None, naive="", problems=problems)
    docket = docket_of(example, root / "now")
    if "before" in example:
        docket = replace(docket, baseline=baseline_of(earlier(example, root), "baseline.json"))
    return Judged(
        record=record(docket),
        naive=naively(docket, matter_in(docket)),
        problems=problems,
        difference=difference(docket, example["compared"]) if "compared" in example else None,
        history=history_of(docket)[0] if "history" in example else None,
    )


def difference(docket: Docket, days: list[date]) -> DifferenceEntry:
    """What the terms of one day and those of another differ in, as the check sees them."""
    (vendor,), (check,) = docket.project.vendors, docket.project.checks
    first, last = (OneSide(vendor=vendor, on=day) for day in days)
    return TwoSides(
        project=docket.project,
        before=first,
        after=last,
        today=docket.today,
        check=check,
        verified=docket.verified,
    ).entry()


def docket_of(example: Example, root: Path) -> Docket:
    """What is judged, on the day of the run."""
    return open_project(root).docket(today=example.get("today") or ASKED)


def earlier(example: Example, root: Path) -> Record:
    """The record of the run before, which is all the same but for what the example says."""
    before = {**example, **example["before"]}
    lay_out(before, root / "before")
    return record(docket_of(before, root / "before"))


def record(docket: Docket) -> Record:
    """The record of a run over the one verdict."""
    return record_of(
        docket.project,
        [docket.judge(matter_in(docket))],
        today=docket.today,
        asked=None,
        expected=1,
        partial=False,
        reviews=reviews(docket),
    )


def reviews(docket: Docket) -> Iterator[ReviewEntry]:
    """What the tests of the fixtures say of their reviews."""
    for version in docket.project.vendors[0].versions:
        relying = docket.relied_on.get(version.place.path, ())
        found = audit("acme", version, relying, docket.today, strict=False)
        yield review_entry(found, docket.today)


def matter_in(docket: Docket) -> Matter:
    """The one verdict that the project asks for."""
    (matter,) = Matters(docket).all
    return matter


def naively(docket: Docket, matter: Matter) -> str:
    """What the naive evaluator says, in a vocabulary of the words that the example uses."""
    check, vendor, asked = matter.check, matter.vendor, matter.requirement
    use = Use(context=check.context, choices=check.choices, readings=check.readings)
    verified = docket.verified.get(vendor.id, frozenset())
    words = with_few_words(docket.project.vocabulary, repr((vendor, asked, use)))
    return oracle.rule(asked, vendor, words, use, check.as_of or docket.day, verified).word


def with_few_words(whole: Vocabulary, text: str) -> Vocabulary:
    """The vocabulary with those of its actions and data that the text names."""
    named = frozenset(re.findall(r"[a-z][a-z0-9-]*", text))
    return replace(
        whole,
        action=only(whole.action, named | {whole.action.root}),
        data=only(whole.data, named | {whole.data.root}),
    )


def every_block() -> list[tuple[str, str]]:
    """Each example with a name: its sentence, and its place below it."""
    found = []
    counted: dict[str, int] = {}
    for each in chain.from_iterable(map(shown, PAGES)):
        for block in each.blocks:
            counted[each.number] = counted.get(each.number, 0) + 1
            found.append((f"{each.number}-{counted[each.number]}", block))
    return found
