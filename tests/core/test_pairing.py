"""Which clause of one set of terms is which of another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from termsgate.core.agreement import stand
from termsgate.core.model import (
    Clause,
    Closed,
    Document,
    DocumentKind,
    Firmness,
    Stance,
    Target,
    Vendor,
    Version,
)
from termsgate.core.pairing import Change, Paired, Text, paired
from termsgate.core.standing import Use
from termsgate.reading.store import builtin_vocabulary
from tests.making import allows, bars, box, days, on, states

START = date(2024, 1, 1)
A_DAY = timedelta(days=1)
LICENCE = allows(box("train-ai", "customer-content"), Stance.FREE, name="licence")
BAN = bars(box("train-ai", "chat"), name="ban")


def text(*clauses: Clause, kind: str = "contract") -> Text:
    """One document of these clauses."""
    own = tuple(replace(each, document="terms") for each in clauses)
    vendor = Vendor(
        id="acme",
        documents=(Document(id="terms", kind=DocumentKind(kind)),),
        versions=(Version(document="terms", effective=START, clauses=own),),
    )
    return Text(standing=stand(vendor, builtin_vocabulary(), Use(), START))


def told(found: tuple[Paired, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Each pair by the clause as it is shown."""
    return [(each.shown.id, each.change.value, each.what) for each in found]


def test_a_clause_that_means_the_same_is_the_same() -> None:
    """Wherever it stands, and whatever we call it or say of it."""
    moved = replace(BAN, id="no-training", section="12", says="Otherwise told.")

    found = paired(text(LICENCE, BAN), text(moved, LICENCE))

    assert told(found) == [("licence", "same", ()), ("no-training", "moved", ())]


def test_a_clause_of_the_same_name_that_means_something_else_is_changed() -> None:
    """With what is otherwise in it."""
    other = replace(BAN, scope=LICENCE.scope, consent_from=("user",))

    found = paired(text(BAN), text(other))

    assert told(found) == [("ban", "changed", ("scope", "whose consent"))]


def test_what_has_no_like_is_new_or_gone() -> None:
    """On the one side or the other."""
    found = paired(text(BAN), text(LICENCE))

    assert told(found) == [("ban", "gone", ()), ("licence", "new", ())]


def test_an_override_means_what_it_names() -> None:
    """A renamed clause is still what is overridden; another one is not."""
    over = replace(BAN, overrides=(Target(document="terms", clause="licence"),))
    renamed = replace(LICENCE, id="grant")
    after = replace(BAN, overrides=(Target(document="terms", clause="grant"),))
    none = replace(BAN, overrides=(Target(document="terms"),))

    same = paired(text(LICENCE, over), text(renamed, after))
    changed = paired(text(LICENCE, over), text(LICENCE, none))

    assert {each.change for each in same} == {Change.SAME}
    assert told(changed)[-1] == ("ban", "changed", ("what it prevails over",))


def test_of_clauses_that_mean_the_same_the_one_of_the_same_name_is_the_same() -> None:
    """So that nothing seems moved that stayed."""
    twin = replace(BAN, id="twin", section="2")

    found = paired(text(BAN, twin), text(twin, BAN))

    assert {each.change for each in found} == {Change.SAME}


def test_facts_are_part_of_the_meaning() -> None:
    """Their order is not."""
    first, last = (states("change-notice", days(n), name="notice") for n in (30, 14))

    found = paired(text(first), text(last))

    assert told(found) == [("notice", "changed", ("facts",))]


def test_a_blog_has_no_clauses_here() -> None:
    """A statement governs nothing (3.6)."""
    assert text(BAN, kind="statement").clauses == ()


@pytest.mark.parametrize(
    ("begins", "ends", "live"),
    [
        (START, None, True),
        (START + A_DAY, None, False),
        (None, START, True),
        (None, START - A_DAY, False),
        (START, START, True),
        (START + A_DAY, START + A_DAY, False),
        (START - A_DAY, START - A_DAY, False),
    ],
)
def test_a_clause_counts_from_its_first_day_to_its_last(
    begins: date | None,
    ends: date | None,
    live: bool,  # noqa: FBT001 - a table
) -> None:
    """Both are days of it (10.8)."""
    assert bool(text(replace(BAN, begins=begins, ends=ends)).clauses) is live


def test_what_a_fact_is_about_is_part_of_its_meaning() -> None:
    """A promise of less data is another promise."""
    of_all, of_chat, of_files = (
        states("retention", days(30), of=of, name="retention")
        for of in (None, box(data="chat"), box(data="files"))
    )

    found = [
        told(paired(text(one), text(other)))
        for one, other in ((of_chat, of_chat), (of_chat, of_files), (of_all, of_chat))
    ]

    assert found == [
        [("retention", "same", ())],
        [("retention", "changed", ("facts",))],
        [("retention", "changed", ("facts",))],
    ]


PERMISSION = allows(box("train-ai", "files"), Stance.FREE, name="files")
THE_LICENCE = (Target(document="terms", clause="licence"),)
THE_FILES = (Target(document="terms", clause="files"),)
EVERYTHING, THE_TERMS = (Target(),), (Target(document="terms"),)


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"scope": LICENCE.scope}, "scope"),
        ({"stances": (Stance.FREE,)}, "stance"),
        ({"firmness": Firmness.EFFORT}, "firmness"),
        ({"consent_from": ("user",)}, "whose consent"),
        ({"closed": Closed.YES}, "closed list"),
        ({"except_as_in": ("dpa",)}, "closed list"),
        ({"applies": (on("plan", "free"),)}, "conditions"),
        ({"binds_customer": True}, "whom it binds"),
        ({"statement": True}, "whom it binds"),
        ({"states": states("retention", days(1)).states}, "facts"),
        ({"overrides": THE_LICENCE}, "what it prevails over"),
        ({"overrides": EVERYTHING}, "what it prevails over"),
        ({"alongside": THE_LICENCE}, "what it stands beside"),
    ],
)
def test_what_is_changed_is_named(said: dict[str, Any], what: str) -> None:
    """One aspect by one."""
    found = paired(text(LICENCE, PERMISSION, BAN), text(LICENCE, PERMISSION, replace(BAN, **said)))

    assert told(found)[-1] == ("ban", "changed", (what,))


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        (THE_LICENCE, THE_LICENCE, False),
        (THE_LICENCE, (Target(document="terms", section="10"),), False),
        (THE_LICENCE, (Target(clause="licence"),), False),
        (THE_LICENCE, THE_FILES, True),
        (EVERYTHING, THE_TERMS, True),
        (THE_TERMS, (Target(document="dpa"),), True),
        (THE_TERMS, THE_TERMS, False),
    ],
)
def test_what_is_prevailed_over_is_what_is_meant(
    before: tuple[Target, ...],
    after: tuple[Target, ...],
    changed: bool,  # noqa: FBT001 - a table
) -> None:
    """Clauses by what they mean, whole documents by name."""
    others = replace(LICENCE, section="10"), replace(PERMISSION, section="11")

    found = paired(
        text(*others, replace(BAN, overrides=before)), text(*others, replace(BAN, overrides=after))
    )

    kind, what = ("changed", ("what it prevails over",)) if changed else ("same", ())
    assert told(found)[-1] == ("ban", kind, what)
