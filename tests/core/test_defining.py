"""Which defined terms mean something else, and which clauses use them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.agreement import stand
from termsgate.core.defining import defined_otherwise
from termsgate.core.model import (
    Box,
    CarveOut,
    Definition,
    Document,
    DocumentKind,
    Part,
    Quote,
    Scope,
    Vendor,
    Version,
)
from termsgate.core.standing import Use
from termsgate.reading.store import builtin_vocabulary

if TYPE_CHECKING:
    from termsgate.core.difference import DefinitionChangeEntry

START: Final = date(2024, 1, 1)
TERM: Final = Definition(
    name="Content",
    axis="data",
    scope=Scope(parts=(Part(box=Box(data=("chat", "files"))),)),
    section="1",
    says="What you upload.",
    quote=Quote(exact="Content means"),
    clauses=("licence", "ban"),
)
WIDER: Final = replace(TERM, scope=Scope(parts=(Part(box=Box(data=("chat", "files", "audio"))),)))
LESS: Final = replace(
    TERM,
    scope=Scope(
        parts=(
            Part(
                box=Box(data=("chat", "files")),
                excepting=(CarveOut(box=Box(data=("files",)), of="data"),),
            ),
        )
    ),
)
PERHAPS: Final = replace(
    TERM,
    scope=Scope(parts=(Part(box=Box(data=("chat", "files")), perhaps=(Box(data=("derived",)),)),)),
)


def changes(
    before: tuple[Definition, ...],
    after: tuple[Definition, ...],
    bearing: set[tuple[str, str, str]] | None = None,
    document: str = "terms",
) -> list[DefinitionChangeEntry]:
    """What is told of the terms of one document."""
    first, last = (
        stand(
            Vendor(
                id="acme",
                documents=(Document(id=name, kind=DocumentKind.CONTRACT),),
                versions=(Version(document=name, effective=START, definitions=found),),
            ),
            builtin_vocabulary(),
            Use(),
            START,
        )
        for found, name in ((before, "terms"), (after, document))
    )
    return list(defined_otherwise(first, last, bearing or set()))


@pytest.mark.parametrize("other", [WIDER, LESS, PERHAPS, replace(TERM, axis="by")])
def test_a_term_that_means_something_else_is_changed(other: Definition) -> None:
    """In its words, in what it takes out, in what it is only perhaps, or on another axis."""
    (found,) = changes((TERM,), (replace(other, section="2"),))

    assert (found["term"], found["change"], found["section"]) == ("Content", "changed", "2")
    assert found["clauses"] == ["licence", "ban"]


def test_what_it_was_and_what_it_is_stand_side_by_side() -> None:
    """With its place and its words, in the vocabulary's."""
    (found,) = changes((TERM,), (WIDER,))

    before, after = found["before"], found["after"]
    assert before is not None
    assert after is not None
    assert (before["quote"], before["says"], before["axis"]) == (
        "Content means",
        "What you upload.",
        "data",
    )
    assert [part["box"]["data"] for part in after["means"]] == [["chat", "files", "audio"]]
    assert (before["path"], before["line"], before["section"]) == ("<made>", 1, "1")


@pytest.mark.parametrize(
    "other",
    [
        replace(TERM, section="9", says="Otherwise told.", clauses=("ban",)),
        replace(TERM, scope=Scope(parts=(Part(box=Box(data=("files", "chat"))),))),
        replace(TERM, name="Customer Content"),
    ],
)
def test_a_term_that_means_the_same_is_no_difference(other: Definition) -> None:
    """Wherever it stands, in whatever order, and whatever it is called."""
    assert changes((TERM,), (other,)) == []


def test_a_term_that_only_one_side_has_is_new_or_gone() -> None:
    """Also beside one of the same meaning that both have."""
    twin = replace(TERM, name="Your Content", clauses=())

    new, gone = changes((TERM,), (TERM, twin)), changes((TERM, twin), (TERM,))

    assert [(each["term"], each["change"], each["clauses"]) for each in (*new, *gone)] == [
        ("Your Content", "new", []),
        ("Your Content", "gone", []),
    ]
    assert [(each["before"] is None, each["after"] is None) for each in (*new, *gone)] == [
        (True, False),
        (False, True),
    ]


def test_what_comes_after_a_term_of_another_name_is_told() -> None:
    """One that means the same is passed over, and no more than that."""
    before, after = replace(TERM, name="A"), replace(TERM, name="B")
    wider = replace(WIDER, name="Z", quote=None)

    (found,) = changes((before, replace(TERM, name="Z")), (after, wider))

    assert (found["term"], found["after"] and found["after"]["quote"]) == ("Z", "")


def test_a_term_of_another_document_is_another_term() -> None:
    """The same words elsewhere are not the same words."""
    found = changes((TERM,), (TERM,), document="privacy")

    assert [(each["document"], each["change"]) for each in found] == [
        ("privacy", "new"),
        ("terms", "gone"),
    ]


@pytest.mark.parametrize(
    ("bearing", "bears"),
    [
        ({("terms", "ban", "clauses-before")}, True),
        ({("terms", "notes", "clauses-after")}, True),
        ({("terms", "ban", "clauses-after")}, False),
        ({("terms", "notes", "clauses-before")}, False),
        ({("privacy", "ban", "clauses-before")}, False),
        (set(), False),
    ],
)
def test_a_term_bears_if_a_clause_that_uses_it_does(
    bearing: set[tuple[str, str, str]], *, bears: bool
) -> None:
    """On the side on which it uses it."""
    before = replace(TERM, clauses=("ban",))
    (found,) = changes((before,), (replace(WIDER, clauses=("notes",)),), bearing)

    assert (found["bears"], found["clauses"]) == (bears, ["notes", "ban"])
