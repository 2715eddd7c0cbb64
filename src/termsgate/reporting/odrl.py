"""The terms and policies of a record as ODRL 2.2, in JSON-LD, with their words in DPV.

Each version of a document is a set of rules (what it permits and prohibits), each requirement one
too (what must not be done, and what must be promised). A word of ours stays ours: how it lies to a
term of the W3C Data Privacy Vocabulary is said beside it, so that nobody takes a broad match for
the same thing. What ODRL has no term for is told in a vocabulary of our own, and not left out.
The context is in the file: nothing is fetched to read it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from termsgate.reporting.findings import Index, is_web, plain, uri
from termsgate.reporting.json import laid_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termsgate.core.record import Record
    from termsgate.core.stated import (
        BoxEntry,
        ConditionEntry,
        DemandedEntry,
        DemandEntry,
        ExceptionEntry,
        FactEntry,
        PartEntry,
        StatedEntry,
        WordEntry,
    )

OURS: Final = "urn:termsgate:"
CONTEXT: Final[dict[str, Any]] = {
    "@version": 1.1,
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "dpv": "https://w3id.org/dpv#",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "tg": f"{OURS}ns#",
    "uid": "@id",
    "type": "@type",
    **{
        name: {"@id": f"odrl:{name}", "@type": "@id", "@container": "@set"}
        for name in ("permission", "prohibition", "obligation", "duty", "constraint")
    },
    **{
        name: {"@id": f"odrl:{name}", "@type": "@id"}
        for name in ("action", "target", "assigner", "assignee", "leftOperand", "operator")
    },
    "profile": {"@id": "odrl:profile", "@type": "@id"},
    "rightOperand": {"@id": "odrl:rightOperand"},
    **{name: {"@id": f"dct:{name}"} for name in ("title", "description", "identifier")},
    "publisher": {"@id": "dct:publisher", "@type": "@id"},
    "source": {"@id": "dct:source", "@type": "@id"},
    "prefLabel": {"@id": "skos:prefLabel"},
    "definition": {"@id": "skos:definition"},
    **{
        name: {"@id": f"skos:{name}", "@type": "@id"}
        for name in ("broader", "exactMatch", "closeMatch", "broadMatch")
    },
    **{
        name: {"@id": f"tg:{name}", "@type": "xsd:date"}
        for name in ("effective", "validFrom", "validUntil")
    },
    **{
        name: {"@id": f"tg:{name}"}
        for name in (
            *("section", "quote", "stance", "firmness", "closed", "level", "severity", "ask"),
            *("value", "statement", "bindsCustomer", "countsFrom", "subject", "consentFrom"),
            *("document", "kind", "path", "overrides", "excepting"),
        )
    },
    **{
        name: {"@id": f"tg:{name}", "@type": "@id"}
        for name in ("except", "perhaps", "states", "fact", "all", "any", "whenStated", "of")
    },
    **{
        name: {"@id": f"tg:{name}", "@type": "@id"}
        for name in ("onAction", "onData", "byParty", "inState")
    },
}
"""Every name that is used, and what it stands for."""

_DEPTH: Final = 4
_AXES: Final = {
    "action": ("onAction", "odrl:Action"),
    "data": ("onData", "odrl:Asset"),
    "by": ("byParty", "odrl:Party"),
    "state": ("inState", "skos:Concept"),
}
_MATCHES: Final = {"exact": "exactMatch", "close": "closeMatch", "broad": "broadMatch"}
_BOUNDS: Final = {
    "at-least": "odrl:gteq",
    "at-most": "odrl:lteq",
    "is": "odrl:eq",
    "is-not": "odrl:neq",
    "one-of": "odrl:isAnyOf",
    "none-of": "odrl:isNoneOf",
    "includes": "odrl:hasPart",
}
_DUTIES: Final = {
    "notice": "odrl:inform",
    "opt-out": "tg:offerOptOut",
    "opt-in": "odrl:obtainConsent",
    "explicit-opt-in": "odrl:obtainConsent",
}
"""What is owed for a use under a stance, where the words admit one stance only."""


def linked_data(record: Record, *, prefix: str = "") -> str | None:
    """The graph; nothing of a record that does not hold the terms. `prefix` as for other paths."""
    if "terms" not in record:
        return None
    nodes = _Graph(record, prefix).nodes()
    return laid_out({"@context": CONTEXT, "@graph": list(nodes)}, _DEPTH)


def _urn(*steps: str) -> str:
    return OURS + ":".join(map(_step, steps))


def _step(name: str) -> str:
    return quote(name.encode("utf-8", "backslashreplace"), safe="")


def _word(axis: str, name: str) -> str:
    return _urn("word", axis, name)


class _Graph:
    """Writes the nodes of one record."""

    def __init__(self, record: Record, prefix: str) -> None:
        """Take the terms out of a record that has them."""
        self._record = record
        self._index = Index(record=record)
        self._terms = record["terms"]
        self._prefix = prefix
        self._kinds = {
            (vendor["vendor"], document["document"]): document["kind"]
            for vendor in record["vendors"]
            for document in vendor["documents"]
        }

    def nodes(self) -> Iterator[dict[str, Any]]:
        """Vendors, the versions of their terms, our policies, and the words."""
        yield from self._vendors()
        for about, found in groupby(self._terms["clauses"], key=_about):
            yield self._version(about, list(found))
        yield from (self._policy(each) for each in self._terms["demands"])
        yield from map(_concept, self._terms["words"])

    def _vendors(self) -> Iterator[dict[str, Any]]:
        for vendor in self._record["vendors"]:
            link = {"source": vendor["url"]} if is_web(vendor["url"]) else {}
            name = plain(vendor["name"]) or vendor["vendor"]
            yield {
                "uid": _urn("vendor", vendor["vendor"]),
                "type": "odrl:Party",
                "identifier": vendor["vendor"],
                "title": name,
                **link,
            }

    # --- terms --------------------------------------------------------------------------------

    def _version(self, about: tuple[str, str, str], clauses: list[StatedEntry]) -> dict[str, Any]:
        """A version; a set of rules where it has a rule, which ODRL asks of every set."""
        vendor, document, effective = about
        uid = _urn("terms", *about)
        rules = {
            **_listed("permission", self._rules(clauses, "allows", uid)),
            **_listed("prohibition", self._rules(clauses, "bars", uid)),
        }
        states = [each for clause in clauses for each in self._facts(clause, uid)]
        return {
            "uid": uid,
            "type": ["odrl:Set", "tg:Version"] if rules else "tg:Version",
            "profile": f"{OURS}odrl",
            "title": f"{vendor} {document}, {effective}",
            "publisher": _urn("vendor", vendor),
            "document": document,
            "kind": self._kinds[vendor, document],
            "effective": effective,
            "path": uri(clauses[0]["path"], self._prefix),
            **rules,
            **_listed("states", states),
        }

    def _rules(
        self, clauses: Iterable[StatedEntry], verb: str, uid: str
    ) -> Iterator[dict[str, Any]]:
        """A rule for each box of the scope of each clause that does this."""
        found = [each for each in clauses if each["verb"] == verb]
        for clause, (number, part) in _numbered(found):
            box = _with_defaults(part["box"])
            yield {
                "uid": f"{uid}:{_step(clause['clause'])}:{number}",
                "type": _KINDS[verb],
                **_covered(box),
                **_listed("constraint", [*_states(box), *_constraints(clause["applies"])]),
                **_stances(clause),
                **_doubts(part),
                **_said(clause),
            }

    def _facts(self, clause: StatedEntry, uid: str) -> Iterator[dict[str, Any]]:
        for number, fact in enumerate(clause["states"], 1):
            yield {
                "uid": f"{uid}:{_step(clause['clause'])}:fact:{number}",
                "type": "tg:Statement",
                **_stated(fact),
                **_listed("constraint", _constraints(clause["applies"])),
                **_said(clause),
            }

    # --- policies -----------------------------------------------------------------------------

    def _policy(self, entry: DemandedEntry) -> dict[str, Any]:
        """A requirement as a set of rules that all hold; of several that may do, as those."""
        requirement = self._index.requirements[entry["requirement"]]
        uid = _urn("requirement", entry["requirement"])
        applies = _constraints(entry["applies"])
        demand = _demand(entry["demand"], uid, applies)
        is_set = "prohibition" in demand or "obligation" in demand
        links = [each["url"] for each in requirement["references"] if is_web(each["url"])]
        return {
            "uid": uid,
            "type": ["odrl:Set", "tg:Requirement"] if is_set else "tg:Requirement",
            "profile": f"{OURS}odrl",
            "identifier": entry["requirement"],
            "title": plain(requirement["title"]) or entry["requirement"],
            **({"description": plain(requirement["why"])} if requirement["why"] else {}),
            "level": requirement["level"],
            "severity": requirement["severity"],
            **({"ask": plain(requirement["ask"])} if requirement["ask"] else {}),
            **_listed("source", links),
            **demand,
        }


_KINDS: Final = {"allows": "odrl:Permission", "bars": "odrl:Prohibition"}


def _numbered(
    clauses: Iterable[StatedEntry],
) -> Iterator[tuple[StatedEntry, tuple[int, PartEntry]]]:
    """The parts of each clause, counted from 1."""
    return ((clause, pair) for clause in clauses for pair in enumerate(clause["scope"], 1))


def _about(clause: StatedEntry) -> tuple[str, str, str]:
    return clause["vendor"], clause["document"], clause["version"]


def _demand(demand: DemandEntry, uid: str, applies: list[dict[str, Any]]) -> dict[str, Any]:
    """Its rules; what holds only where a fact is stated says so."""
    stated = demand["when-stated"]
    when = {"whenStated": _urn("fact", stated)} if stated else {}
    kind = demand["kind"]
    if kind == "forbid":
        return {**when, "prohibition": list(_forbidden(demand, uid, applies))}
    if kind == "require":
        return {**when, "obligation": [_required(demand, uid, applies)]}
    names = [f"{uid}:part:{number}" for number in range(1, len(demand["parts"]) + 1)]
    parts = [
        {"uid": name, "type": "tg:Part", **_demand(part, name, applies)}
        for name, part in zip(names, demand["parts"], strict=True)
    ]
    return {**when, kind: parts}


def _forbidden(
    demand: DemandEntry, uid: str, applies: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """A prohibition for each box; below a stance, where one would do."""
    need = demand["need"]
    below = [_operand("tg:stance", "odrl:lt", [need])] if need and need != "barred" else []
    for number, part in enumerate(demand["scope"], 1):
        box = _with_defaults(part["box"])
        yield {
            "uid": f"{uid}:rule:{number}",
            "type": "odrl:Prohibition",
            **_covered(box),
            **_listed("constraint", [*_states(box), *below, *applies]),
            **_listed("consentFrom", demand["consent-from"]),
            **_doubts(part),
        }


def _required(demand: DemandEntry, uid: str, applies: list[dict[str, Any]]) -> dict[str, Any]:
    """That a fact be promised within its bound."""
    fact = demand["fact"] or ""
    operator = _BOUNDS.get(demand["bound"] or "", "odrl:eq")
    bound = _operand(_urn("fact", fact), operator, demand["values"])
    return {
        "uid": f"{uid}:rule:1",
        "type": "odrl:Duty",
        "action": "tg:promise",
        "constraint": [bound, *applies],
        **_listed("of", [_covering(each["box"]) for each in demand["scope"]]),
    }


# --- parts of a rule ----------------------------------------------------------------------------


def _with_defaults(box: BoxEntry) -> BoxEntry:
    """Left out, the party is the vendor and the state identifiable (policy language 1.6)."""
    return {**box, "by": box["by"] or ["vendor"], "state": box["state"] or ["identifiable"]}


def _covered(box: BoxEntry) -> dict[str, Any]:
    """The action, the data and whoever acts; the state of the data is a constraint."""
    names = (("action", "action"), ("target", "data"), ("assignee", "by"))
    found = {name: box[axis] for name, axis in names}  # type: ignore[literal-required]
    axes = dict(names)
    return {
        name: [_word(axes[name], word) for word in words] for name, words in found.items() if words
    }


def _states(box: BoxEntry) -> list[dict[str, Any]]:
    named = [{"@id": _word("state", word)} for word in box["state"] or ()]
    return [_operand("tg:state", "odrl:isAnyOf", named)] if named else []


def _constraints(conditions: Iterable[ConditionEntry]) -> list[dict[str, Any]]:
    """What of our use must hold."""
    return [
        _operand(
            f"tg:{_step(each['key'])}",
            "odrl:isNoneOf" if each["negated"] else "odrl:isAnyOf",
            each["values"],
        )
        for each in conditions
    ]


def _operand(left: str, operator: str, right: list[Any]) -> dict[str, Any]:
    return {
        "type": "odrl:Constraint",
        "leftOperand": left,
        "operator": operator,
        "rightOperand": right[0] if len(right) == 1 else right,
    }


def _stances(clause: StatedEntry) -> dict[str, Any]:
    """Under which stance, and what is owed for it; where the words leave it open, all of them."""
    if clause["verb"] != "allows":
        return {}
    duty = _DUTIES.get(clause["stances"][0]) if len(clause["stances"]) == 1 else None
    owed = [{"type": "odrl:Duty", "action": duty}] if duty else []
    return {
        "stance": clause["stances"],
        **_listed("duty", owed),
        **_listed("consentFrom", clause["consent-from"]),
    }


def _doubts(part: PartEntry) -> dict[str, Any]:
    """What is taken out, and what is covered only perhaps."""
    return {
        **_listed("except", map(_excepted, part["except"])),
        **_listed("perhaps", map(_covering, part["perhaps"])),
    }


def _excepted(entry: ExceptionEntry) -> dict[str, Any]:
    kind = "tg:PossibleException" if entry["perhaps"] else "tg:Exception"
    constraints = _constraints(entry["applies"])
    return {**_covering(entry["box"]), "type": kind, **_listed("constraint", constraints)}


def _covering(box: BoxEntry) -> dict[str, Any]:
    """A box as it is written: an axis left out is told by nothing."""
    found: dict[str, Any] = {"type": "tg:Box"}
    for axis, (name, _) in _AXES.items():
        words: list[str] | None = box[axis]  # type: ignore[literal-required]
        if words:
            found[name] = [_word(axis, word) for word in words]
    return found


def _stated(fact: FactEntry) -> dict[str, Any]:
    start = fact["from"]
    return {
        "fact": _urn("fact", fact["fact"]),
        "value": plain(fact["value"]),
        **_listed("of", [_covering(each["box"]) for each in fact["of"] or ()]),
        **_listed("subject", fact["for"]),
        **_listed("excepting", fact["except"]),
        **({"countsFrom": start} if start else {}),
        **({"firmness": fact["firmness"]} if fact["firmness"] != "promise" else {}),
    }


def _said(clause: StatedEntry) -> dict[str, Any]:
    """Where it stands, in whose words, and what bears on it; nothing that is as usual."""
    found: dict[str, Any] = {
        "identifier": f"{clause['document']}.{clause['clause']}",
        "section": plain(clause["section"]),
        "description": plain(clause["says"]),
        "quote": plain(clause["quote"]),
        "firmness": clause["firmness"] if clause["firmness"] != "promise" else "",
        "closed": clause["closed"] if clause["closed"] != "no" else "",
        "overrides": [plain(each) for each in clause["overrides"]],
        "bindsCustomer": clause["binds-customer"],
        "statement": clause["statement"],
        "validFrom": clause["from"],
        "validUntil": clause["until"],
    }
    return {name: value for name, value in found.items() if value}


def _concept(entry: WordEntry) -> dict[str, Any]:
    """A word, what it means, what it lies in, and how it lies to terms of others."""
    match = _MATCHES.get(entry["match"] or "")
    iris = [each for each in entry["iris"] if is_web(each)]
    return {
        "uid": _word(entry["axis"], entry["word"]),
        "type": list(dict.fromkeys(["skos:Concept", _AXES[entry["axis"]][1]])),
        "prefLabel": entry["word"],
        **({"definition": plain(entry["means"])} if entry["means"] else {}),
        **_listed("broader", [_word(entry["axis"], each) for each in entry["parents"]]),
        **(_listed(match, iris) if match else {}),
    }


def _listed(name: str, entries: Iterable[Any]) -> dict[str, list[Any]]:
    """A list under its name, or nothing."""
    found = list(entries)
    return {name: found} if found else {}
