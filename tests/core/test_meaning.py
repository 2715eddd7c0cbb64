"""Where two sets of terms say something else (policy language 11.1 to 11.3)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest

from termsgate.core import meaning
from termsgate.core.model import (
    CarveOut,
    Document,
    DocumentKind,
    FactStatement,
    Part,
    Precedence,
    Scope,
    Stance,
    Target,
)
from tests.core.test_diff import ADDENDUM, BAN, DELETION, LICENCE, TERMS, entry
from tests.making import allows, bars, box, on, scope, states, vendor
from tests.making import days as lasting

if TYPE_CHECKING:
    from termsgate.core.difference import DifferenceEntry
    from termsgate.core.model import Box, Clause, Vendor

ON_FREE: Final = (on("plan", "free"),)
NOT_FREE: Final = (on("plan", "free", negated=True),)
IF_DPA: Final = (on("agreement", "dpa"),)
WHERE_DPA: Final = [{"key": "agreement", "name": "dpa", "values": ["true"], "negated": False}]
NOTICE: Final = Document(id="notice", kind=DocumentKind.NOTICE)


def ban(data: str, **said: Any) -> Clause:  # noqa: ANN401 - any key of a clause
    """No training on some data, by anyone."""
    return replace(bars(box("train-ai", data, by="anyone", state="any"), name=f"no-{data}"), **said)


def licence(data: str, **said: Any) -> Clause:  # noqa: ANN401 - any key of a clause
    """Training on some data, by anyone."""
    what = box("train-ai", data, by="anyone", state="any")
    return replace(allows(what, Stance.FREE, name=f"use-{data}"), **said)


def of_data(found: DifferenceEntry, kind: str = "uses") -> list[tuple[str, ...]]:
    """The data of each difference."""
    uses = found["uses"] if kind == "uses" else found["uses-in-short"]
    return [tuple(each["data"]["terms"]) for each in uses]


def words(found: DifferenceEntry) -> list[tuple[list[str], list[str]]]:
    """What is said before and after, difference by difference."""
    return [
        ([one["is"] for one in each["before"]], [one["is"] for one in each["after"]])
        for each in found["uses"]
    ]


def keeping(**said: Any) -> Vendor:  # noqa: ANN401 - any key of a fact
    """Thirty days, for whom, and from when."""
    fact = FactStatement(fact="retention", value=lasting(30), **said)
    return vendor(replace(DELETION, states=(fact,)))


def ranking(data: str) -> Document:
    """Terms that prevail over a notice about some data."""
    rank = Precedence(document="terms", over=("notice",), about=scope(box(data=data)))
    return replace(TERMS, precedence=(rank,))


BOTH_SIDES: Final = tuple(
    each
    for data in ("chat", "files")
    for each in (licence(data), replace(ban(data), document="notice"))
)


@pytest.mark.parametrize(
    ("before", "after", "differs"),
    [
        # 5.3: for whom a fact holds, in whatever order they stand.
        (keeping(subjects=("material",)), keeping(subjects=("adverse",)), True),
        (keeping(subjects=("material",)), keeping(), True),
        (
            keeping(subjects=("material", "adverse")),
            keeping(subjects=("adverse", "material")),
            False,
        ),
        # 5.1: and from when it is counted.
        (keeping(starting="request"), keeping(starting="termination"), True),
        (keeping(starting="request"), keeping(), True),
        (keeping(starting="request"), keeping(starting="request"), False),
        # 2.6: whose consent is part of what asks for consent, and of nothing else.
        (vendor(BAN), vendor(replace(BAN, consent_from=("user",))), False),
        (vendor(LICENCE), vendor(replace(LICENCE, consent_from=("user",))), False),
        # 10.12: documents may rank alike about one subject, and not about another.
        *(
            (
                vendor(*BOTH_SIDES, documents=(ranking("chat"), NOTICE)),
                vendor(*BOTH_SIDES, documents=(ranking(other), NOTICE)),
                other != "chat",
            )
            for other in ("chat", "files")
        ),
    ],
)
def test_terms_differ_where_anything_that_counts_does(
    before: Vendor,
    after: Vendor,
    differs: bool,  # noqa: FBT001 - a table
) -> None:
    """11.1, 11.2: and in nothing else."""
    assert entry(before, after)["differs"] is differs


def test_every_use_that_is_ranked_otherwise_differs() -> None:
    """10.12: those of the old subject, and those of the new."""
    before, after = (
        vendor(*BOTH_SIDES, documents=(ranking(each), NOTICE)) for each in ("chat", "files")
    )

    found = entry(before, after)

    assert sorted(zip(of_data(found), words(found), strict=True)) == [
        (("chat",), (["free"], ["free", "barred"])),
        (("files",), (["free", "barred"], ["free"])),
    ]


def test_a_word_that_decides_between_two_counts_beside_what_is_new() -> None:
    """3.3: who prevails is compared where both clauses stand on both sides."""
    over = replace(ban("chat"), overrides=(Target(),))

    found = entry(vendor(licence("chat"), ban("chat")), vendor(licence("chat"), over, ban("files")))

    assert sorted(of_data(found)) == [("chat",), ("files",)]


def optional(*clauses: Clause) -> Vendor:
    """A licence, and an addendum of these clauses that nobody is known to have agreed on."""
    own = (replace(each, document="dpa") for each in clauses)
    return vendor(LICENCE, *own, documents=(TERMS, ADDENDUM))


def and_also(terms: Vendor, clause: Clause) -> Vendor:
    """The same with one clause more in the terms."""
    (first, *others) = terms.versions
    return replace(terms, versions=(replace(first, clauses=(*first.clauses, clause)), *others))


ASKING: Final = licence("files", applies=IF_DPA)


@pytest.mark.parametrize(
    ("before", "after", "data"),
    [
        # Where the addendum alone has a say,
        (and_also(optional(), ASKING), and_also(optional(ban("image")), ASKING), "image"),
        # ... where it is another clause that asks,
        (optional(BAN), and_also(optional(BAN), ASKING), "files"),
        # ... and where something else is asked, too.
        (
            and_also(and_also(optional(), ASKING), licence("image", applies=ON_FREE)),
            and_also(and_also(optional(BAN), ASKING), licence("image", applies=ON_FREE)),
            "chat",
        ),
    ],
)
def test_a_difference_is_there_where_a_document_was_agreed(
    before: Vendor, after: Vendor, data: str
) -> None:
    """10.8: wherever that matters."""
    uses = [each for each in entry(before, after)["uses"] if data in each["data"]["terms"]]

    assert [each["where"] for each in uses] == [WHERE_DPA]


def test_so_is_one_of_a_fact() -> None:
    """10.8: what the addendum states counts if it was agreed."""
    asking = replace(DELETION, applies=IF_DPA, id="asking")
    shorter = states("retention", lasting(14), name="shorter")

    (fact,) = entry(and_also(optional(), asking), and_also(optional(shorter), asking))["facts"]

    assert (fact["fact"], fact["where"]) == ("retention", WHERE_DPA)


def test_uses_that_turn_under_different_answers_are_told_together_in_short() -> None:
    """11.3: chat on one plan, files on the others: both depend on our use."""
    both = licence("chat"), licence("files")
    over = (Target(),)

    found = entry(
        vendor(*both),
        vendor(
            *both,
            ban("chat", applies=ON_FREE, overrides=over),
            ban("files", applies=NOT_FREE, overrides=over),
        ),
    )

    assert of_data(found, "uses-in-short") == [("chat", "files")]


def test_so_are_uses_about_which_one_clause_says_so() -> None:
    """11.3: whichever of them an answer takes out of it."""
    part = Part(
        box=box("train-ai", ["chat", "files"], by="anyone", state="any"),
        excepting=(
            CarveOut(box=box(data="files"), applies=ON_FREE),
            CarveOut(box=box(data="chat"), applies=NOT_FREE),
        ),
    )
    either = replace(ban("chat"), scope=Scope(parts=(part,)), overrides=(Target(),))
    both = licence("chat"), licence("files")

    found = entry(vendor(*both), vendor(*both, either))

    assert of_data(found, "uses-in-short") == [("chat", "files")]


def prevailing_over(found: DifferenceEntry, clause: str) -> dict[tuple[str, ...], list[str]]:
    """For each difference, who prevails over a clause afterwards."""
    return {
        tuple(use["data"]["terms"]): actor["defeated-by"]
        for use in found["uses"]
        for actor in use["clauses-after"]
        if actor["clause"] == clause
    }


@pytest.mark.parametrize(
    ("action", "first", "last"),
    [("train-ai", "chat", "files"), ("ai-feature", "voice-recording", "files")],
)
def test_who_prevails_is_told_where_it_does(action: str, first: str, last: str) -> None:
    """11.4: not those that prevail over the same clause elsewhere."""

    def of(*data: str) -> Box:
        return box(action, list(data), by="anyone", state="any")

    over = (Target(),)
    general = allows(of(first, last), name="general")
    one = replace(bars(of(first), name="one"), overrides=over)
    other = replace(allows(of(last), Stance.OPT_IN, name="other"), overrides=over)

    found = entry(vendor(general), vendor(general, one, other))

    assert prevailing_over(found, "general") == {(first,): ["terms.one"], (last,): ["terms.other"]}


def test_who_prevails_is_told_on_both_sides_of_a_subject() -> None:
    """10.12: what a rank is about does not hide who prevails in what it is not about."""
    documents = (ranking("chat"), NOTICE)
    general = allows(box("train-ai", ["chat", "files"], by="anyone", state="any"), name="general")
    before = replace(licence("files", stances=(Stance.OPT_OUT,)), overrides=(Target(),))
    after = replace(
        bars(box("train-ai", ["chat", "files"], by="anyone", state="any"), name="after"),
        overrides=(Target(),),
    )

    found = entry(
        vendor(general, before, documents=documents), vendor(general, after, documents=documents)
    )

    assert prevailing_over(found, "general") == {("chat",): ["terms.after"]}


def with_plans(data: str) -> Clause:
    """A ban that depends on a plan of its own."""
    return ban(data, applies=(on("plan", data),))


def test_where_just_so_many_answers_are_tried_nothing_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """11.2: two answers of two."""
    monkeypatch.setattr(meaning, "MOST_COMBINATIONS", 2)

    found = entry(vendor(LICENCE), vendor(LICENCE, with_plans("chat")))

    assert (of_data(found), found["notes"]) == ([("chat",)], [])


@pytest.mark.parametrize("untold", [("chat",), ("chat", "image")])
def test_what_could_be_compared_is_told_beside_what_could_not(
    monkeypatch: pytest.MonkeyPatch, untold: tuple[str, ...]
) -> None:
    """11.2: however much is left out."""
    monkeypatch.setattr(meaning, "MOST_COMBINATIONS", 1)

    found = entry(vendor(), vendor(*map(with_plans, untold), ban("files")))

    assert of_data(found) == [("files",)]
    assert len(found["notes"]) == 1


def circle(size: int) -> tuple[Clause, ...]:
    """So many clauses, open about training on chat and files, each overriding the next."""
    what = box("improve-services", ["chat", "files"], by="anyone", state="any")
    return tuple(
        replace(
            (bars if place % 2 else allows)(what, name=f"c{place}"),
            overrides=(Target(document="terms", clause=f"c{(place + 1) % size}"),),
        )
        for place in range(size)
    )


def test_where_too_much_is_open_it_is_said_of_every_use() -> None:
    """10.15: on both sides of a subject of precedence."""
    before, after = (
        vendor(*clauses, documents=(ranking("chat"), NOTICE)) for clauses in ((), circle(13))
    )

    found = entry(before, after)

    much = [
        tuple(each["data"]["terms"])
        for each in found["uses"]
        if "too much is open to say" in [one["is"] for one in each["after"]]
    ]
    assert much == [("chat", "files")]
