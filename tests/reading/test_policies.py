"""Requirements, their examples, and checks (semantics 2.3, 5.2, 6, 7)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from termsgate.core.model import (
    Bound,
    Box,
    Choice,
    ChoiceKind,
    Context,
    DocumentKind,
    Every,
    Forbid,
    Narrowing,
    Reaction,
    Require,
    Severity,
    Some,
    Stance,
    WhenStated,
)
from termsgate.core.values import Denied, Duration, Listed, Money, Text, Unit, Value, Word, YesNo
from tests.reading.decoding import decoded_check, decoded_requirement

FIVE = Money(amount=Decimal(5), currency="USD")
BAN = "forbid: {action: train-ai, data: chat}"


@pytest.mark.parametrize(
    ("level", "reaction", "severity"),
    [
        ("must", Reaction.FAIL, Severity.HIGH),
        ("should", Reaction.WARN, Severity.MEDIUM),
        ("may", Reaction.PASS, Severity.LOW),
    ],
)
def test_what_silence_does_comes_from_the_level(
    level: str, reaction: Reaction, severity: Severity
) -> None:
    """Semantics 7.2."""
    made = decoded_requirement(f"level: {level}\n{BAN}")

    assert (made.when_silent, made.when_unclear, made.severity) == (reaction, reaction, severity)


def test_a_requirement_says_what_silence_does() -> None:
    """Each by itself."""
    made = decoded_requirement(f"{BAN}\nwhen-silent: pass\nwhen-unclear: warn\nevidence: required")

    assert (made.when_silent, made.when_unclear) == (Reaction.PASS, Reaction.WARN)
    assert made.evidence_required


@pytest.mark.parametrize(
    ("text", "need"), [("", Stance.BARRED), ("without: opt-in", Stance.OPT_IN)]
)
def test_a_ban_needs_a_stance(text: str, need: Stance) -> None:
    """Without a `without` it needs barred (semantics 2.3)."""
    demand = decoded_requirement(f"{BAN}\n{text}").demand

    assert isinstance(demand, Forbid)
    assert demand.need is need


@pytest.mark.parametrize(
    ("text", "bound", "values"),
    [
        (
            "change-notice, at-least: 30 days",
            Bound.AT_LEAST,
            (Duration(amount=30, unit=Unit.DAYS),),
        ),
        (
            "liability-cap, at-most: 5 USD",
            Bound.AT_MOST,
            (Money(amount=Decimal(5), currency="USD"),),
        ),
        ("licence.duration, is-not: perpetual", Bound.IS_NOT, (Word(word="perpetual"),)),
        ("audit-right, is: true", Bound.IS, (YesNo(yes=True),)),
        ("arbitration, is: none", Bound.IS, (Denied(),)),
        (
            "content-ownership, one-of: [customer, shared]",
            Bound.ONE_OF,
            (Word(word="customer"), Word(word="shared")),
        ),
        ("governing-law, none-of: Utah law", Bound.NONE_OF, (Text(text="Utah law"),)),
        ("opt-out.channel, includes: [email]", Bound.INCLUDES, (Word(word="email"),)),
        ("opt-out.channel, is: [email]", Bound.IS, (Listed(words=("email",)),)),
    ],
)
def test_a_requirement_bounds_a_fact(text: str, bound: Bound, values: tuple[Value]) -> None:
    """Semantics 5.2."""
    demand = decoded_requirement(f"require: {{fact: {text}}}").demand

    assert isinstance(demand, Require)
    assert (demand.bound, demand.values) == (bound, values)


def test_a_compound_keeps_its_parts_and_what_narrows_them() -> None:
    """Semantics 6."""
    demand = decoded_requirement(
        "when-stated: {fact: licence, in: contract, else: silent}\n"
        f"all:\n  - {BAN}\n    in: notice\n    stating: {{fact: licence}}\n"
        f"  - any: [{{{BAN}}}]\n"
    ).demand

    assert isinstance(demand, Every)
    assert demand.when_stated == WhenStated(
        fact="licence", narrowing=Narrowing(kind=DocumentKind.CONTRACT), otherwise_silent=True
    )
    assert demand.parts[0].narrowing == Narrowing(stating="licence", kind=DocumentKind.NOTICE)
    assert isinstance(demand.parts[1], Some)


def test_an_example_is_a_vendor_of_its_own() -> None:
    """One contract, one version in force on every day, clauses numbered where they have no id."""
    made = decoded_requirement(
        f"{BAN}\nexamples:\n  - name: x\n    clauses: [{{bars: {{action: use, data: chat}}}}]\n"
        "    verdict: met\n"
        "    context: {plan: free, feature: {a: true}}\n"
        "    choices: {refused: [{action: train-ai}]}\n"
    )
    (example,) = made.examples
    (version,) = example.vendor.versions

    assert (example.vendor.id, version.document, version.effective) == (
        "example",
        "terms",
        date.min,
    )
    assert [clause.id for clause in version.clauses] == ["clause-1"]
    assert example.context == Context(known=(("plan", ("free",)),), features=(("a", True),))
    assert [(one.vendor, one.on) for one in example.choices] == [("example", date.min)]


def test_clauses_of_an_example_stand_in_the_document_they_name() -> None:
    """Documents at hand have a version each, others none."""
    made = decoded_requirement(
        f"{BAN}\nexamples:\n  - name: x\n    verdict: met\n    documents:\n"
        "      - {id: terms, kind: contract}\n      - {id: privacy, kind: notice}\n"
        "      - {id: dpa, kind: contract, at-hand: false}\n"
        "    clauses:\n      - {id: a, bars: {action: use, data: chat}}\n"
        "      - {document: privacy, bars: {action: use, data: chat}}\n"
    )
    versions = made.examples[0].vendor.versions

    assert [(one.document, [clause.id for clause in one.clauses]) for one in versions] == [
        ("terms", ["a"]),
        ("privacy", ["clause-2"]),
    ]


# --- checks -----------------------------------------------------------------------------------


def test_a_check_says_what_we_know_of_our_use() -> None:
    """One value or those it may be; features and agreements are switches."""
    made = decoded_check(
        "context: {plan: [free, pro], region: ch, content: private, feature: {a: true},"
        " agreement: {b: false}, opted-out: true}"
    )

    assert made.context == Context(
        known=(("plan", ("free", "pro")), ("region", ("switzerland",)), ("content", ("private",))),
        features=(("a", True),),
        agreements=(("b", False),),
        opted_out=True,
    )


def test_a_check_says_what_we_chose() -> None:
    """Data left out is all of it (semantics 2.4)."""
    made = decoded_check(
        "choices: {opted-out: [{vendor: acme, action: train, on: 2024-01-01, proof: t}]}"
    )

    assert made.choices == (
        Choice(
            kind=ChoiceKind.OPTED_OUT,
            vendor="acme",
            box=Box(action=("train-ai",)),
            on=date(2024, 1, 1),
            proof="t",
            place=made.choices[0].place,
        ),
    )


def test_a_reading_settles_a_term_a_stance_or_a_conflict() -> None:
    """Semantics 4.7."""
    head = "{vendor: acme, clause: terms.licence, because: b, by: c, on: 2024-01-01, "
    made = decoded_check(
        f"readings:\n  - {head}term: train, covered: true}}\n"
        f"  - {head}term: any, axis: state, covered: false}}\n"
        f"  - {head}stance: barred}}\n  - {head}over: privacy.sharing}}\n"
    )

    assert [(one.axis, one.term, one.covered, one.stance, one.over) for one in made.readings] == [
        ("action", "train-ai", True, None, None),
        ("state", "any", False, None, None),
        (None, None, None, Stance.BARRED, None),
        (None, None, None, None, ("privacy", "sharing")),
    ]
