"""The project that every engine can judge: what is left of the language if all are to state it.

    python -m benchmarks.plain FOLDER --vendors 1000 --requirements 20

One contract a vendor, with about a dozen clauses that allow or bar uses of data, with or without
consent, perhaps as a closed list, and that state numbers of days, a yes or no, or a word. No two
clauses speak of the same use, so that nothing has to prevail; nothing is possible only, absent
or open, so that there is nothing to ask. What is met, violated and silent is left.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

from benchmarks.generate import CHECK, written

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED: Final = "termsgate plain benchmark 1"
EFFECTIVE: Final = "2024-03-01"
DOCUMENT: Final = "terms-of-service"
BLOCK: Final = 10
"""Of so many vendors in a row, one falls short in each topic."""


class Short(StrEnum):
    """How a vendor falls short in a topic: it says the contrary, half of it, or nothing."""

    CONTRARY = "contrary"
    HALF = "half"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A use that a requirement forbids, once for each list of data."""

    policy: str
    id: str
    action: str
    about: tuple[str, ...]
    without: str = ""
    data: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A fact that a requirement bounds, once for each value, and what keeps and breaks it."""

    policy: str
    id: str
    fact: str
    bound: str
    values: tuple[str | bool, ...]
    kept: tuple[str | bool, ...]
    broken: tuple[str | bool, ...]


CONTENT: Final = ("customer-content",)
PEOPLE: Final = ("location", "likeness", "financial", "employment")
SERVICE: Final = ("service-data",)

_PARTS: Final = (
    ("customer-content",),
    ("chat", "files"),
    ("audio", "video"),
    ("code", "screen-share"),
    ("whiteboard", "post"),
)
_PEOPLE: Final = (
    ("location", "likeness"),
    ("financial",),
    ("payment-card", "employment"),
    ("likeness", "employment"),
    ("location",),
)
_SERVICE: Final = (
    ("telemetry", "usage-data"),
    ("diagnostics",),
    ("resource-metadata",),
    ("telemetry",),
    ("usage-data", "diagnostics"),
)


def _content(policy: str, id_: str, action: str, without: str = "") -> Use:
    return Use(policy=policy, id=id_, action=action, about=CONTENT, without=without, data=_PARTS)


def _people(id_: str, action: str, without: str = "") -> Use:
    return Use(policy="privacy", id=id_, action=action, about=PEOPLE, without=without, data=_PEOPLE)


def _days(policy: str, fact: str, bound: str, kept: str, values: str, broken: str) -> Bound:
    """A bound in days; where it is met and where it is not, every value of it agrees."""
    numbers = (tuple(f"{each} days" for each in one.split()) for one in (kept, values, broken))
    keeps, bounds, breaks = numbers
    return Bound(
        policy=policy, id=fact, fact=fact, bound=bound, values=bounds, kept=keeps, broken=breaks
    )


def _yes(policy: str, fact: str) -> Bound:
    return Bound(
        policy=policy, id=fact, fact=fact, bound="is", values=(True,), kept=(True,), broken=(False,)
    )


KINDS: Final[tuple[Use | Bound, ...]] = (
    _content("training", "content-needs-consent", "train-ai", "opt-in"),
    _days("contract", "change-notice", "at-least", "30 45 60", "30 28 25 21 30", "3 7 14"),
    _content("licence", "not-published", "publish"),
    _days("contract", "price-change-notice", "at-least", "30 60 90", "30 28 25 20 30", "5 7 10"),
    _content("licence", "not-sold", "sell"),
    _yes("security", "encryption-in-transit"),
    _content("security", "nobody-looks", "human-review", "opt-in"),
    _days("security", "breach-notice", "at-most", "1 2 3", "3 4 5 6 3", "10 14 30"),
    _content("licence", "not-sublicensed", "sublicense"),
    _days(
        "contract", "deletion-after-termination", "at-most", "30 60 90", "90 95 100 120 90", "180"
    ),
    _content("privacy", "no-marketing", "marketing", "opt-in"),
    _yes("security", "encryption-at-rest"),
    _people("no-profiles", "profiling"),
    _days("contract", "retrieval-after-termination", "at-least", "30 60", "30 28 25 21 30", "7 14"),
    _people("no-ads", "targeted-ads", "opt-in"),
    _days("privacy", "subprocessor-notice", "at-least", "14 30", "14 12 10 9 14", "3 5"),
    _people("no-automatic-decisions", "automated-decision", "opt-out"),
    _yes("contract", "export-right"),
    Use(
        policy="training",
        id="telemetry-opt-out",
        action="train-ai",
        about=SERVICE,
        without="opt-out",
        data=_SERVICE,
    ),
    Bound(
        policy="licence",
        id="licence-ends",
        fact="licence.duration",
        bound="is-not",
        values=("perpetual",),
        kept=("agreement-term", "while-stored"),
        broken=("perpetual",),
    ),
)
"""Twenty kinds of requirement: ten forbid a use, ten bound a fact."""


# --- what is required -----------------------------------------------------------------------------


def requirements(number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The policy of each requirement, and the requirement as it is written."""
    for place in range(number):
        turn, at = divmod(place, len(KINDS))
        kind = KINDS[at]
        yield (
            kind.policy,
            {
                "id": f"{kind.id}-{turn + 1}" if turn else kind.id,
                "title": f"What we require of {kind.id.replace('-', ' ')}",
                "level": "must",
                "severity": "high",
                **_required(kind, turn),
                "why": "What goes wrong here cannot be put right afterwards.",
                "ask": f"Change the terms on {kind.id.replace('-', ' ')} accordingly.",
            },
        )


def _required(kind: Use | Bound, turn: int) -> dict[str, Any]:
    if isinstance(kind, Bound):
        value = kind.values[turn % len(kind.values)]
        return {"require": {"fact": kind.fact, kind.bound: value}}
    box = {"action": kind.action, "data": list(kind.data[turn % len(kind.data)])}
    return {"forbid": box} | ({"without": kind.without} if kind.without else {})


def policies(number: int) -> dict[str, dict[str, Any]]:
    """The policies that hold so many requirements, by name, as they are written."""
    made: dict[str, dict[str, Any]] = {}
    for policy, one in requirements(number):
        page = {"policy": policy, "title": f"What we require: {policy}"}
        held = page | {"owner": "procurement@example.org", "requirements": []}
        made.setdefault(policy, held)["requirements"].append(one)
    return made


# --- what a vendor says ---------------------------------------------------------------------------


def vendor_id(number: int) -> str:
    """The vendor's id; folders sort as vendors do."""
    return f"vendor-{number:05d}"


def vendor(number: int) -> dict[str, Any]:
    """What vendor.yaml says."""
    return {
        "vendor": vendor_id(number),
        "name": f"Vendor {number}, Inc.",
        "url": f"https://vendor-{number}.example",
        "documents": [{"id": DOCUMENT, "kind": "contract"}],
    }


def version(number: int) -> dict[str, Any]:
    """The one version of the one document there is."""
    random = Random(f"{SEED}: vendor {number}")
    short = dict(_short(number, random))
    clauses = [*_content_clauses(short, random), *_other_uses(short, random)]
    clauses += _facts(short, random)
    return {
        "document": DOCUMENT,
        "effective": EFFECTIVE,
        "language": "en",
        "source": {"url": f"https://vendor-{number}.example/{DOCUMENT}"},
        "review": {"by": ["reviewer@example.org"], "on": "2024-03-08", "status": "reviewed"},
        "clauses": [_clause(number, place, each) for place, each in enumerate(clauses)],
    }


def _clause(number: int, place: int, said: dict[str, Any]) -> dict[str, Any]:
    about = said["id"].replace("-", " ")
    return {
        "id": said["id"],
        "section": f"{2 + place // 3}.{1 + place % 3}",
        "says": f"What {vendor_id(number)} says about {about}, in our own words: who may do it, to "
        "which data, on what condition, and what follows if it does not keep to it.",
        "quote": f"vendor {number} and you agree on {about}",
    } | said


def _short(number: int, random: Random) -> Iterator[tuple[str, Short]]:
    """In what this vendor falls short, and how."""
    block, place = divmod(number, BLOCK)
    for kind in KINDS:
        how = random.choice(list(Short))
        if Random(f"{SEED}: {kind.id} in block {block}").randrange(BLOCK) == place:
            yield kind.id, how


def _content_clauses(short: dict[str, Short], random: Random) -> Iterator[dict[str, Any]]:
    """What is said of content: either a closed list, or a licence and what it leaves out."""
    uses = [each for each in KINDS if isinstance(each, Use) and each.about == CONTENT]
    granted = ["provide-service", "support", "store"]
    if random.random() < 1 / 2:
        granted += [each.action for each in uses if each.id in short]
        yield {"id": "permitted-uses", "allows": _box(granted, CONTENT), "closed": True}
        return
    granted += [each.action for each in uses if short.get(each.id) is Short.CONTRARY]
    yield {"id": "content-licence", "allows": _box(granted, CONTENT)}
    kept = [each for each in uses if each.id not in short]
    asks = [each.action for each in kept if each.without and random.random() < 1 / 2]
    if asks:
        yield {"id": "with-your-consent", "allows": _box(asks, CONTENT), "with": "opt-in"}
    barred = [each.action for each in kept if each.action not in asks]
    if barred:
        yield {"id": "uses-we-rule-out", "bars": _box(barred, CONTENT)}
    for each in uses:
        if short.get(each.id) is Short.HALF:
            yield {"id": f"{each.id}-in-part", "bars": _box([each.action], ("chat", "files"))}


def _other_uses(short: dict[str, Short], random: Random) -> Iterator[dict[str, Any]]:
    """What is said of the data of people, and of what the service makes."""
    for each in KINDS:
        if not isinstance(each, Use) or each.about == CONTENT:
            continue
        how = short.get(each.id)
        if how is Short.CONTRARY:
            yield {"id": each.id, "allows": _box([each.action], each.about)}
        elif how is Short.HALF:
            yield {"id": each.id, "bars": _box([each.action], each.about[1:] or ("telemetry",))}
        elif how is None and each.without and random.random() < 1 / 2:
            box = _box([each.action], each.about)
            yield {"id": each.id, "allows": box, "with": each.without}
        elif how is None:
            yield {"id": each.id, "bars": _box([each.action], each.about)}


def _box(actions: list[str], data: tuple[str, ...]) -> dict[str, Any]:
    return {"action": actions, "data": list(data)}


_TOGETHER: Final = {
    "changes": ("change-notice", "price-change-notice", "subprocessor-notice"),
    "the-end": ("deletion-after-termination", "retrieval-after-termination", "export-right"),
    "safeguards": ("breach-notice", "encryption-in-transit", "encryption-at-rest"),
    "the-licence": ("licence-ends",),
}
"""Which facts one clause states."""


def _facts(short: dict[str, Short], random: Random) -> Iterator[dict[str, Any]]:
    bounds = {each.id: each for each in KINDS if isinstance(each, Bound)}
    for name, ids in _TOGETHER.items():
        stated = {
            bounds[id_].fact: random.choice(
                bounds[id_].broken if id_ in short else bounds[id_].kept
            )
            for id_ in ids
            if short.get(id_) is not Short.NOTHING
        }
        if stated:
            yield {"id": name, "states": stated}
    yield {
        "id": "law",
        "states": {"governing-law": "the law of the place where we are established"},
    }
    yield {"id": "liability", "states": {"liability-cap": "fees-paid"}}


# --- the project ----------------------------------------------------------------------------------


def files(vendors: int, number: int) -> Iterator[tuple[str, str]]:
    """Every file of the project: its path and its text."""
    yield "pytest.ini", "[pytest]\nterms_root = .\ntestpaths = policies fixtures checks\n"
    for name, policy in policies(number).items():
        yield f"policies/{name}.yaml", written(policy)
    yield "checks/everything.yaml", written({k: v for k, v in CHECK.items() if k != "context"})
    for each in range(vendors):
        folder = f"fixtures/{vendor_id(each)}"
        yield f"{folder}/vendor.yaml", written(vendor(each))
        yield f"{folder}/{DOCUMENT}/{EFFECTIVE}.yaml", written(version(each))


def write(folder: Path, vendors: int, number: int) -> None:
    """Write the project into a folder."""
    for path, text in files(vendors, number):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Write a project where the command line says."""
    parser = argparse.ArgumentParser(description="write a project that every engine can judge")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--vendors", type=int, default=100)
    parser.add_argument("--requirements", type=int, default=20)
    asked = parser.parse_args()
    write(asked.folder, asked.vendors, asked.requirements)


if __name__ == "__main__":
    main()
