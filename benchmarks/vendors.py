"""The vendors of the generated project: how each of them writes what it promises."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, Final

from benchmarks.demands import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED: Final = "termsgate benchmark 1"
EFFECTIVE: Final = "2024-03-01"
BLOCK: Final = 10
"""Of so many vendors in a row, one falls short in each topic."""

TERMS: Final = "terms-of-service"
PRIVACY: Final = "privacy-statement"
ADDENDUM: Final = "data-processing-addendum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a vendor writes its terms, and what it falls short in."""

    number: int
    fails: frozenset[Topic]
    closed: bool
    consents: bool
    sublicence: bool
    addendum: bool
    feature: bool
    plan: bool
    master: bool
    generous: bool
    """Whether it promises more than anybody asks for."""

    @property
    def id(self) -> str:
        """The vendor's id; folders sort as vendors do."""
        return f"vendor-{self.number:05d}"


def style(number: int) -> Style:
    """How vendor `number` writes, whatever the others do."""
    random = Random(f"{SEED}: vendor {number}")
    return Style(
        number=number,
        fails=frozenset(topic for topic in Topic if _fails(number, topic)),
        closed=random.random() < 1 / 2,
        consents=random.random() < 1 / 2,
        sublicence=random.random() < 1 / 3,
        addendum=random.random() < 1 / 3,
        feature=random.random() < 1 / 8,
        plan=random.random() < 1 / 4,
        master=random.random() < 1 / 4,
        generous=random.random() < 1 / 2,
    )


def _fails(number: int, topic: Topic) -> bool:
    block, place = divmod(number, BLOCK)
    return Random(f"{SEED}: {topic} in block {block}").randrange(BLOCK) == place


# --- vendor.yaml and the frame of a version -----------------------------------------------------


def vendor(of: Style) -> dict[str, Any]:
    """What vendor.yaml says."""
    documents: list[dict[str, Any]] = [
        {"id": TERMS, "kind": "contract"},
        {"id": PRIVACY, "kind": "notice", "incorporated-by": [TERMS]},
    ]
    if of.addendum:
        documents.append({"id": ADDENDUM, "kind": "contract", "prevails-over": [TERMS]})
    if of.master:
        documents.append(
            {
                "id": "master-agreement",
                "kind": "contract",
                "prevails-over": [TERMS],
                "at-hand": False,
                "assume": "absent",
            }
        )
    return {
        "vendor": of.id,
        "name": f"Vendor {of.number}, Inc.",
        "url": f"https://vendor-{of.number}.example",
        "plans": ["free", "business", "enterprise"],
        "documents": documents,
    }


def versions(of: Style) -> Iterator[dict[str, Any]]:
    """What the version of each document says."""
    promises = [*_providers(of), *_security(of)]
    contract = [*_content(of), *_training(of), *_contract(of)]
    yield _version(TERMS, of, contract if of.addendum else contract + promises, _DEFINITIONS)
    yield _version(PRIVACY, of, list(_personal(of)), {})
    if of.addendum:
        yield _version(ADDENDUM, of, [_instructions(), *promises], _DEFINITIONS)


_DEFINITIONS: Final[dict[str, Any]] = {
    "Customer Content": {"data": "customer-content", "section": "1.1"},
}


def _version(
    document: str, of: Style, clauses: list[dict[str, Any]], definitions: dict[str, Any]
) -> dict[str, Any]:
    """A version as it is written; sections are numbered as the clauses stand."""
    made: dict[str, Any] = {
        "document": document,
        "effective": EFFECTIVE,
        "language": "en",
        "source": {"url": f"https://vendor-{of.number}.example/{document}"},
        "review": {"by": ["reviewer@example.org"], "on": "2024-03-08", "status": "reviewed"},
    }
    if definitions:
        made["definitions"] = definitions
    made["clauses"] = [
        {
            "id": clause["id"],
            "section": f"{2 + place // 3}.{1 + place % 3}",
            "says": f"What {of.id} says about {clause['id'].replace('-', ' ')} in its {document}.",
            "quote": f"vendor {of.number} and you agree on {clause['id'].replace('-', ' ')}",
        }
        | clause
        for place, clause in enumerate(clauses)
    ]
    return made


# --- what is done with content ------------------------------------------------------------------


def _content(of: Style) -> Iterator[dict[str, Any]]:
    """The licence, and what bounds it: a list of permitted uses, or a list of bans."""
    barred = {
        Topic.PRODUCTS: "develop-products",
        Topic.PUBLICITY: "publish",
        Topic.SECURITY: "human-review",
    }
    actions = ["provide-service", "support", "store"]
    actions += [action for topic, action in barred.items() if topic in of.fails]
    if Topic.TRAINING in of.fails or of.consents:
        actions.append("train-ai")
    yield {
        "id": "content-licence",
        "allows": {"action": actions, "data": "Customer Content"},
        **({"perhaps": {"by": "third-party"}} if of.sublicence else {}),
        "states": {
            "licence.granted": True,
            "licence.duration": "perpetual"
            if Topic.LICENCE in of.fails
            else ("while-stored" if of.generous else "agreement-term"),
            "licence.exclusive": False,
            "licence.transferable": of.sublicence,
        },
    }
    if of.closed:
        permitted = ["provide-service", "secure", "comply-with-law", "store"]
        yield {
            "id": "permitted-uses",
            "allows": {"action": permitted, "data": "Customer Content"},
            "closed": True,
        }
    else:
        banned = [action for topic, action in barred.items() if topic not in of.fails]
        yield {
            "id": "uses-we-rule-out",
            "bars": {"action": [*banned, "sublicense", "sell"], "data": "Customer Content"},
        }


def _training(of: Style) -> Iterator[dict[str, Any]]:
    """Whether models are trained on content: by the vendor, and by others."""
    training = {"action": "train-ai", "data": "Customer Content"}
    if Topic.TRAINING in of.fails:
        if of.generous:
            yield {
                "id": "training-switch",
                "allows": training,
                "with": "opt-out",
                "overrides": ["content-licence"],
            }
    elif of.consents:
        yield {
            "id": "consent-to-train",
            "allows": training,
            "with": "opt-in",
            "consent-from": ["account-admin"],
            "overrides": ["content-licence"],
        }
    else:
        yield {"id": "no-training", "bars": training | {"by": ["vendor", "affiliate"]}}
    if Topic.PARTNERS in of.fails:
        yield {"id": "partners-train", "allows": training | {"by": "third-party"}}
    else:
        yield {
            "id": "no-training-by-others",
            "bars": training | {"by": ["third-party", "subprocessor"]},
        }
    if of.feature:
        yield {
            "id": "training-by-summaries",
            "allows": training | {"data": ["audio", "transcript"]},
            "with": "opt-in",
            "overrides": ["content-licence"],
            "applies": {"feature": "meeting-summary"},
        }
    if of.plan:
        yield {
            "id": "no-training-for-enterprises",
            "bars": training,
            "overrides": ["content-licence"],
            "applies": {"plan": "enterprise"},
        }


# --- what is done with personal and service data ------------------------------------------------


def _personal(of: Style) -> Iterator[dict[str, Any]]:
    """The privacy statement."""
    barred = {
        Topic.SALE: ["sell"],
        Topic.ADS: ["targeted-ads"],
        Topic.PROFILING: ["profiling", "automated-decision"],
    }
    who = {"data": "personal-data", "by": ["vendor", "affiliate"]}
    if of.closed:
        purposes = ["provide-service", "secure", "bill", "comply-with-law"]
        yield {"id": "purposes", "allows": {"action": purposes} | who, "closed": True}
    else:
        banned = [one for topic, each in barred.items() if topic not in of.fails for one in each]
        yield {"id": "uses-we-rule-out", "bars": {"action": [*banned, "export"]} | who}
    for topic, actions in barred.items():
        if topic in of.fails:
            switch = {"with": "opt-out"} if topic is Topic.ADS and of.generous else {}
            yield {"id": f"{topic}-of-data", "allows": {"action": actions} | who, **switch}
    service = {"data": "service-data"}
    yield {
        "id": "service-data",
        "allows": {"action": ["secure", "analytics", "improve-services", "train-ai"]} | service,
        **({} if Topic.TELEMETRY in of.fails else {"with": "opt-out"}),
        "states": {
            "retention": {
                "value": "5 years"
                if Topic.RETENTION in of.fails
                else ("12 months" if of.generous else "180 days"),
                "of": service,
            }
        },
    }


def _instructions() -> dict[str, Any]:
    """What makes a data-processing addendum one."""
    return {
        "id": "instructions",
        "allows": {
            "action": ["provide-service", "comply-with-law"],
            "data": ["voice-recording", "voicemail", "email-content"],
            "by": ["vendor", "subprocessor"],
        },
        "closed": True,
        "states": {"instructions-only": True},
    }


# --- what is promised ---------------------------------------------------------------------------


def _contract(of: Style) -> Iterator[dict[str, Any]]:
    """How the agreement changes and ends, and what binds the customer."""
    notice = "14 days" if Topic.CHANGES in of.fails else ("60 days" if of.generous else "30 days")
    yield {
        "id": "changes",
        "states": {
            "change-notice": {
                "value": notice,
                "for": ["material"],
                "from": "posting",
                "except": ["security"],
            },
            "change-notice.channel": ["email", "posting"],
            "price-change-notice": "7 days"
            if Topic.PRICES in of.fails
            else ("90 days" if of.generous else "30 days"),
        },
    }
    deletion = "1 year" if Topic.DELETION in of.fails else ("30 days" if of.generous else "90 days")
    yield {
        "id": "the-end",
        "states": {
            "deletion-after-termination": {
                "value": deletion,
                "of": {"data": "Customer Content"},
                "except": ["backup"],
            },
            "retrieval-after-termination": "7 days"
            if Topic.RETRIEVAL in of.fails
            else ("60 days" if of.generous else "30 days"),
            "export-right": Topic.EXPORT not in of.fails,
        },
    }
    yield {
        "id": "no-competing-model",
        "binds": "customer",
        "bars": {"action": "train-ai", "data": "customer-content", "by": "customer"},
    }
    yield {
        "id": "law-and-courts",
        "states": {
            "governing-law": "the law of the place where the vendor is established",
            "arbitration": not of.generous,
            "liability-cap": "fees-paid",
        },
    }


def _providers(of: Style) -> Iterator[dict[str, Any]]:
    """Who else gets to see content."""
    yield {
        "id": "providers",
        "allows": {"action": "share-with-providers", "data": "Customer Content"},
        "states": {
            "subprocessor-notice": "3 days"
            if Topic.SUBPROCESSORS in of.fails
            else ("30 days" if of.generous else "14 days"),
        },
    }


def _security(of: Style) -> Iterator[dict[str, Any]]:
    """How data is kept safe."""
    yield {
        "id": "safeguards",
        "states": {
            "breach-notice": "10 days"
            if Topic.BREACH in of.fails
            else ("24 hours" if of.generous else "72 hours"),
            "encryption-in-transit": Topic.TRANSIT not in of.fails,
            "encryption-at-rest": Topic.SECURITY not in of.fails,
            "staff-confidentiality": True,
        },
    }
