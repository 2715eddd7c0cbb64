"""Scopes: boxes, a document's own definitions, exceptions and conditions (semantics 1)."""

from __future__ import annotations

import pytest

from termsgate.core.model import Box, CarveOut, Condition, Part, Scope
from tests.reading.decoding import decoded_clause, decoded_version

CONTENT = ("customer-content",)
CHAT = ("chat",)


def _scope(text: str, definitions: str = "{}") -> Scope:
    scope = decoded_clause(text, definitions).scope
    assert scope is not None
    return scope


def test_an_axis_left_out_stays_open() -> None:
    """What left out means is for the engine to say (semantics 1.6)."""
    assert _scope("allows: {action: use, data: chat}") == Scope(
        parts=(Part(box=Box(action=("use",), data=CHAT)),)
    )


def test_a_list_of_boxes_is_a_union() -> None:
    """Each box is a part (semantics 1.4)."""
    scope = _scope("bars: [{action: sell, data: chat}, {action: use, data: files, by: anyone}]")

    assert [part.box for part in scope.parts] == [
        Box(action=("sell",), data=CHAT),
        Box(action=("use",), data=("files",), by=("anyone",)),
    ]


def test_other_spellings_become_the_term() -> None:
    """`content` is customer-content, `train` is train-ai, each once."""
    scope = _scope("bars: {action: [train, train-ai], data: content, by: any, state: anonymous}")

    assert scope.parts[0].box == Box(
        action=("train-ai",), data=CONTENT, by=("anyone",), state=("de-identified",)
    )


def test_plain_definitions_and_terms_share_a_part() -> None:
    """A defined term without exceptions is its terms."""
    definitions = "{We: {by: [vendor, affiliate]}, All Of Us: {by: [We, partner]}}"
    scope = _scope("allows: {action: use, data: chat, by: [All Of Us, public]}", definitions)

    assert [part.box.by for part in scope.parts] == [("vendor", "affiliate", "partner", "public")]


def test_a_definition_with_exceptions_has_a_part_of_its_own() -> None:
    """Its exception goes with it, not with the terms beside it (semantics 10.2)."""
    scope = _scope(
        "allows: {action: use, data: [Content, files]}",
        "{Content: {data: customer-content, except: {data: chat}}}",
    )

    assert scope.parts == (
        Part(box=Box(action=("use",), data=("files",))),
        Part(
            box=Box(action=("use",), data=CONTENT),
            excepting=(CarveOut(box=Box(data=CHAT), of="data"),),
        ),
    )


def test_parts_are_every_combination_of_meanings() -> None:
    """Two terms with exceptions on two axes give each pair once, with both exceptions."""
    scope = _scope(
        "allows: {action: [Serve, sell], data: [Content, files]}",
        "{Content: {data: customer-content, except: {data: chat}},"
        " Serve: {action: use, except: {action: bill}}}",
    )

    assert [(p.box.action, p.box.data, len(p.excepting)) for p in scope.parts] == [
        (("sell",), ("files",), 0),
        (("sell",), CONTENT, 1),
        (("use",), ("files",), 1),
        (("use",), CONTENT, 2),
    ]


def test_nested_definitions_keep_every_exception() -> None:
    """What the inner one leaves out, the outer one leaves out too."""
    scope = _scope(
        "allows: {action: use, data: Outer}",
        "{Outer: {data: Inner, except: {data: files}},"
        " Inner: {data: customer-content, except: {data: chat}}}",
    )

    assert [carve.box.data for carve in scope.parts[0].excepting] == [CHAT, ("files",)]


def test_an_exception_of_the_clause_belongs_to_every_part() -> None:
    """It is nobody's definition (`of` is not set), with conditions in the box or under applies."""
    clause = (
        "allows: {action: use, data: [Content, files]}\n"
        "except: [{data: image, plan: free}, {applies: {region: {not: eu}}}]"
    )
    scope = _scope(clause, "{Content: {data: customer-content, except: {data: chat}}}")

    for part in scope.parts:
        assert part.excepting[-2:] == (
            CarveOut(box=Box(data=("image",)), applies=(Condition(key="plan", values=("free",)),)),
            CarveOut(box=Box(), applies=(Condition(key="region", values=("eu",), negated=True),)),
        )


def test_an_exception_of_a_box_stays_with_the_box() -> None:
    """Other boxes of the list keep what it takes out."""
    scope = _scope(
        "allows: [{action: use, data: content, except: {data: chat}}, {action: sell, data: chat}]"
    )

    assert [len(part.excepting) for part in scope.parts] == [1, 0]


def test_perhaps_belongs_to_every_part() -> None:
    """An axis it does not name is the clause's own (semantics 1.5)."""
    scope = _scope("allows: {action: use, data: chat}\nperhaps: [{by: partner}, {data: files}]")

    assert scope.parts[0].perhaps == (Box(by=("partner",)), Box(data=("files",)))


def test_a_definition_brings_its_perhaps_and_both_may_hold_at_once() -> None:
    """What the term and the clause each cover only perhaps, they perhaps cover together."""
    scope = _scope(
        "allows: {action: use, data: Content}\nperhaps: {by: partner}",
        "{Content: {data: customer-content, perhaps: {data: feedback}}}",
    )

    assert scope.parts[0].perhaps == (
        Box(data=("feedback",)),
        Box(by=("partner",)),
        Box(data=("feedback",), by=("partner",)),
    )


def test_boxes_of_perhaps_that_name_the_same_axis_stay_apart() -> None:
    """The clause's own box for the data takes the place of the term's."""
    scope = _scope(
        "allows: {action: use, data: Content}\nperhaps: {data: files}",
        "{Content: {data: customer-content, perhaps: {data: feedback}}}",
    )

    assert scope.parts[0].perhaps == (Box(data=("feedback",)), Box(data=("files",)))


def test_a_defined_term_in_a_perhaps_is_all_it_could_be() -> None:
    """There it can only add to the possible."""
    scope = _scope(
        "allows: {action: use, data: image}\nperhaps: {data: [Content, post]}",
        "{Content: {data: chat, perhaps: [{data: feedback}, {by: partner}]}}",
    )

    assert scope.parts[0].perhaps == (Box(data=("post", "chat", "feedback")),)


def test_a_defined_term_in_an_exception_takes_its_perhaps_out_perhaps() -> None:
    """What the term surely means is surely out; what it perhaps means, perhaps."""
    scope = _scope(
        "allows: {action: marketing, data: personal-data}\n"
        "except: {action: targeted-ads, data: Content}",
        "{Content: {data: chat, perhaps: {data: files}}}",
    )

    assert scope.parts[0].excepting == (
        CarveOut(box=Box(action=("targeted-ads",), data=CHAT)),
        CarveOut(box=Box(action=("targeted-ads",), data=("files",)), perhaps=True),
    )


@pytest.mark.parametrize(
    ("written", "condition"),
    [
        ("{service: calls}", Condition(key="service", values=("calls",))),
        ("{plan: [free, pro]}", Condition(key="plan", values=("free", "pro"))),
        ("{plan: {not: [free, pro]}}", Condition(key="plan", values=("free", "pro"), negated=True)),
        ("{region: ch}", Condition(key="region", values=("switzerland",))),
        ("{region: [NO]}", Condition(key="region", values=("NO",))),
        ("{opted-out: true}", Condition(key="opted-out", values=("true",))),
        ("{opted-out: {not: true}}", Condition(key="opted-out", values=("true",), negated=True)),
        ("{content: flagged}", Condition(key="content", values=("flagged",))),
        ("{feature: summary}", Condition(key="feature", values=("summary",))),
    ],
)
def test_a_condition_is_one_value_a_list_or_what_it_is_not(
    written: str, condition: Condition
) -> None:
    """All forms of `applies` (semantics 3.2)."""
    assert decoded_clause(f"states: {{audit-right: true}}\napplies: {written}").applies == (
        condition,
    )


def test_conditions_stand_in_the_order_they_are_asked() -> None:
    """Whatever the order of the file is."""
    clause = decoded_clause("states: {audit-right: true}\napplies: {region: eu, service: calls}")

    assert [condition.key for condition in clause.applies] == ["service", "region"]


def test_a_defined_term_named_twice_is_one_part() -> None:
    """Saying it again adds nothing."""
    scope = _scope(
        "allows: {action: use, data: [Content, Content]}",
        "{Content: {data: customer-content, except: {data: chat}}}",
    )

    assert len(scope.parts) == 1


DEFINING = """\
definitions:
  Content: {data: [Recordings, chat], section: "1", quote: what you upload, says: All of it.}
  Recordings: {data: audio, perhaps: {data: derived}}
  Us: {by: vendor}
  Idle: {data: files}
precedence:
  - {over: privacy, about: {data: Idle}}
clauses:
  - {id: ban, bars: {action: sell, data: chat, by: Us}}
  - {id: licence, allows: {action: use, data: any, except: {data: Content}}}
  - {id: notes, allows: {action: use, data: Recordings}}
"""


def test_a_version_keeps_its_defined_terms_with_the_clauses_that_use_them() -> None:
    """Also through another term, and in an exception; what only a precedence names has none."""
    found = {each.name: each for each in decoded_version(DEFINING).definitions}

    assert {name: each.clauses for name, each in found.items()} == {
        "Content": ("licence",),
        "Recordings": ("licence", "notes"),
        "Us": ("ban",),
        "Idle": (),
    }


def test_a_defined_term_is_kept_as_what_it_means() -> None:
    """In words of the vocabulary, with its own words and its place."""
    found = {each.name: each for each in decoded_version(DEFINING).definitions}
    content = found["Content"]

    assert (content.axis, content.section, content.says) == ("data", "1", "All of it.")
    assert content.quote is not None
    assert (content.quote.exact, content.place.line) == ("what you upload", 4)
    assert content.scope == Scope(
        parts=(
            Part(box=Box(data=CHAT)),
            Part(box=Box(data=("audio",)), perhaps=(Box(data=("derived",)),)),
        )
    )
    assert found["Us"].scope == Scope(parts=(Part(box=Box(by=("vendor",))),))
