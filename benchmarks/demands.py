"""The requirements of the generated project: what is required, and which failing breaks it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


class Topic(StrEnum):
    """What a vendor's terms can fall short in, independently of everything else."""

    TRAINING = "training"
    PARTNERS = "partners"
    LICENCE = "licence"
    PRODUCTS = "products"
    PUBLICITY = "publicity"
    SALE = "sale"
    ADS = "ads"
    PROFILING = "profiling"
    TELEMETRY = "telemetry"
    RETENTION = "retention"
    CHANGES = "changes"
    PRICES = "prices"
    SUBPROCESSORS = "subprocessors"
    DELETION = "deletion"
    RETRIEVAL = "retrieval"
    EXPORT = "export"
    BREACH = "breach"
    TRANSIT = "transit"
    SECURITY = "security"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A requirement in four variants: the same failing breaks each, and nothing else does.

    `variants` are what differs, in the order of the rounds in which they are drawn.
    """

    policy: str
    id: str
    title: str
    topic: Topic
    severity: str
    variants: tuple[dict[str, Any], ...]


CONTENT: Final = (
    ["customer-content"],
    ["audio", "video", "chat"],
    ["transcript", "summary", "files"],
    ["whiteboard", "screen-share", "code"],
)
TRAINED: Final = (
    ["audio", "video", "chat"],
    ["transcript", "summary", "files"],
    ["whiteboard", "screen-share", "code"],
    ["post", "prompt", "ai-output"],
)
PERSONAL: Final = (
    ["personal-data"],
    ["location", "likeness"],
    ["contact-data", "financial"],
    ["employment", "child-data"],
)
SERVICE: Final = (
    ["telemetry", "usage-data"],
    ["diagnostics", "resource-metadata"],
    ["telemetry"],
    ["usage-data", "diagnostics"],
)


def _uses(
    action: str | list[str],
    data: tuple[list[str], ...],
    without: str = "",
    by: list[str] | None = None,
) -> tuple[dict[str, Any], ...]:
    """A use forbidden of one kind of data after the other."""
    return tuple(
        {"forbid": {"action": action, "data": each} | ({"by": by} if by else {})}
        | ({"without": without} if without else {})
        for each in data
    )


def _bounds(fact: str, bound: str, *values: str, **more: object) -> tuple[dict[str, Any], ...]:
    """A fact bounded by one value after the other."""
    return tuple({"require": {"fact": fact, bound: each} | more} for each in values)


def _is_true(fact: str, *of: list[str]) -> tuple[dict[str, Any], ...]:
    """A fact required of one kind of data after the other."""
    return tuple({"require": {"fact": fact, "is": True, "of": {"data": each}}} for each in of)


KINDS: Final = (
    Kind(
        policy="ai-training",
        id="calls-need-consent",
        title="No AI training on our content without consent",
        topic=Topic.TRAINING,
        severity="critical",
        variants=_uses("train-ai", TRAINED, "opt-in"),
    ),
    Kind(
        policy="ai-training",
        id="nobody-else-trains",
        title="Nobody else trains AI on our content without consent",
        topic=Topic.PARTNERS,
        severity="critical",
        variants=_uses("train-ai", CONTENT, "opt-in", ["third-party"]),
    ),
    Kind(
        policy="ai-training",
        id="telemetry-opt-out",
        title="We can opt out of training on service data",
        topic=Topic.TELEMETRY,
        severity="medium",
        variants=_uses("train-ai", SERVICE, "opt-out"),
    ),
    Kind(
        policy="licence",
        id="limited-licence",
        title="A licence to our content ends with the service and is not passed on",
        topic=Topic.LICENCE,
        severity="high",
        variants=tuple(
            {
                "when-stated": {"fact": "licence"},
                "all": [
                    {"require": {"fact": "licence.duration", "is-not": "perpetual"}},
                    {"forbid": {"action": "sublicense", "data": data}, "in": "contract"},
                ],
            }
            for data in CONTENT
        ),
    ),
    Kind(
        policy="licence",
        id="licence-duration",
        title="A licence to our content lasts no longer than the agreement",
        topic=Topic.LICENCE,
        severity="high",
        variants=tuple(
            {"require": {"fact": "licence.duration"} | bound}
            for bound in (
                {"one-of": ["agreement-term", "while-stored"]},
                {"is-not": "perpetual"},
                {"none-of": ["perpetual", "ip-term"]},
                {"one-of": ["agreement-term", "while-stored", "as-long-as-needed"]},
            )
        ),
    ),
    Kind(
        policy="licence",
        id="no-new-products",
        title="Our content is not used to develop other products without consent",
        topic=Topic.PRODUCTS,
        severity="high",
        variants=_uses("develop-products", CONTENT, "opt-in"),
    ),
    Kind(
        policy="licence",
        id="not-published",
        title="Our content is not published",
        topic=Topic.PUBLICITY,
        severity="high",
        variants=_uses("publish", CONTENT),
    ),
    Kind(
        policy="privacy",
        id="not-sold",
        title="Personal data is not sold",
        topic=Topic.SALE,
        severity="critical",
        variants=_uses("sell", PERSONAL, by=["vendor", "affiliate"]),
    ),
    Kind(
        policy="privacy",
        id="no-ads",
        title="No targeted advertising on personal data without consent",
        topic=Topic.ADS,
        severity="high",
        variants=_uses("targeted-ads", PERSONAL, "opt-in"),
    ),
    Kind(
        policy="privacy",
        id="no-profiles",
        title="No profiles are made of our people",
        topic=Topic.PROFILING,
        severity="medium",
        variants=_uses(["profiling", "automated-decision"], PERSONAL),
    ),
    Kind(
        policy="privacy",
        id="service-data-retention",
        title="Service data is kept two years at most",
        topic=Topic.RETENTION,
        severity="low",
        variants=tuple(
            {"require": {"fact": "retention", "at-most": "2 years", "of": {"data": data}}}
            for data in SERVICE
        ),
    ),
    Kind(
        policy="contract",
        id="change-notice",
        title="Notice before a material change of terms",
        topic=Topic.CHANGES,
        severity="medium",
        variants=_bounds(
            "change-notice",
            "at-least",
            *("30 days", "28 days", "3 weeks", "20 days"),
            **{"except-ok": ["law", "security"]},
        ),
    ),
    Kind(
        policy="contract",
        id="price-notice",
        title="Notice before a price goes up",
        topic=Topic.PRICES,
        severity="low",
        variants=_bounds(
            "price-change-notice", "at-least", "30 days", "4 weeks", "25 days", "20 days"
        ),
    ),
    Kind(
        policy="privacy",
        id="subprocessor-notice",
        title="Notice before a new subprocessor sees data",
        topic=Topic.SUBPROCESSORS,
        severity="medium",
        variants=_bounds(
            "subprocessor-notice", "at-least", "14 days", "2 weeks", "12 days", "10 days"
        ),
    ),
    Kind(
        policy="contract",
        id="deletion",
        title="Our content is deleted soon after the end",
        topic=Topic.DELETION,
        severity="high",
        variants=tuple(
            {
                "require": {
                    "fact": "deletion-after-termination",
                    "at-most": "90 days",
                    "of": {"data": data},
                    "except-ok": ["law", "backup"],
                }
            }
            for data in CONTENT
        ),
    ),
    Kind(
        policy="contract",
        id="retrieval",
        title="Time to fetch our content after the end",
        topic=Topic.RETRIEVAL,
        severity="high",
        variants=_bounds(
            "retrieval-after-termination", "at-least", "30 days", "4 weeks", "3 weeks", "20 days"
        ),
    ),
    Kind(
        policy="contract",
        id="a-way-out",
        title="Our content can be taken out while the agreement runs, or for long after it",
        topic=Topic.EXPORT,
        severity="medium",
        variants=tuple(
            {
                "any": [
                    {"require": {"fact": "export-right", "is": True, "of": {"data": data}}},
                    {"require": {"fact": "retrieval-after-termination", "at-least": "180 days"}},
                ]
            }
            for data in CONTENT
        ),
    ),
    Kind(
        policy="security",
        id="breach-notice",
        title="We are told of a breach in time",
        topic=Topic.BREACH,
        severity="critical",
        variants=_bounds("breach-notice", "at-most", "72 hours", "3 days", "4 days", "100 hours"),
    ),
    Kind(
        policy="security",
        id="encrypted-in-transit",
        title="Our content is encrypted on its way",
        topic=Topic.TRANSIT,
        severity="high",
        variants=_is_true("encryption-in-transit", *CONTENT),
    ),
    Kind(
        policy="security",
        id="closed-to-eyes",
        title="Our content is encrypted at rest, and nobody looks at it without consent",
        topic=Topic.SECURITY,
        severity="high",
        variants=tuple(
            {
                "all": [
                    {"require": {"fact": "encryption-at-rest", "is": True}},
                    {"require": {"fact": "staff-confidentiality", "is": True}},
                    {
                        "forbid": {"action": "human-review", "data": data},
                        "without": "opt-in",
                    },
                ]
            }
            for data in CONTENT
        ),
    ),
)
"""Twenty kinds of requirement: ten about uses, seven bounds on facts, three compounds."""


def policies(requirements: int) -> dict[str, dict[str, Any]]:
    """The policies that hold so many requirements, by name, as they are written."""
    made: dict[str, dict[str, Any]] = {}
    for kind, written in _written(requirements):
        pack = made.setdefault(
            kind.policy,
            {
                "policy": kind.policy,
                "title": f"What we require: {kind.policy}",
                "owner": "procurement@example.org",
                "requirements": [],
            },
        )
        pack["requirements"].append(written)
    return made


def topics(requirements: int) -> dict[str, Topic]:
    """The one failing that breaks each requirement, by `policy.requirement`."""
    return {f"{kind.policy}.{each['id']}": kind.topic for kind, each in _written(requirements)}


def _written(requirements: int) -> Iterator[tuple[Kind, dict[str, Any]]]:
    """Each requirement with its kind; every kind once before any comes a second time."""
    for number in range(requirements):
        turn, place = divmod(number, len(KINDS))
        kind = KINDS[place]
        yield (
            kind,
            {
                "id": f"{kind.id}-{turn + 1}" if turn else kind.id,
                "title": kind.title,
                "level": "must",
                "severity": kind.severity,
                **kind.variants[turn % len(kind.variants)],
                "why": f"What goes wrong in {kind.topic} cannot be put right afterwards.",
                "ask": f"Change the terms on {kind.topic} accordingly.",
            },
        )
