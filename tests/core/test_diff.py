"""A difference as plain data: conditions, notes, turns (policy language 11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from termsgate.core import meaning
from termsgate.core.agreement import stand
from termsgate.core.diff import TwoTerms, difference_entry
from termsgate.core.model import (
    Context,
    Document,
    DocumentKind,
    Precedence,
    Project,
    Stance,
    Target,
    Vendor,
)
from termsgate.core.standing import Use
from termsgate.core.turning import OneSide, TwoSides
from termsgate.reading.store import builtin_vocabulary
from tests.making import allows, bars, box, on, states, vendor
from tests.making import days as lasting

if TYPE_CHECKING:
    from termsgate.core.difference import DifferenceEntry
    from termsgate.core.model import Clause, Condition

DAY = date(2024, 6, 1)
BAN = bars(box("train-ai", "chat", by="anyone", state="any"), name="ban")
LICENCE = allows(box("train-ai", "chat", by="anyone", state="any"), Stance.FREE, name="licence")


def terms(before: Vendor, after: Vendor, **known: str) -> TwoTerms:
    """Two sets of terms, seen from one use."""
    use = Use(context=Context(known=tuple((key, (value,)) for key, value in known.items())))
    first, last = (stand(each, builtin_vocabulary(), use, DAY) for each in (before, after))
    return TwoTerms(before=first, after=last)


def entry(before: Vendor, after: Vendor, **known: str) -> DifferenceEntry:
    """Their difference."""
    return difference_entry(
        terms(before, after, **known),
        before={"day": "2024-06-01", "file": None},
        after={"day": "2024-06-01", "file": None},
        verdicts=(),
    )


def under(clause: Clause, *conditions: Condition) -> Vendor:
    """A vendor whose one clause has these conditions."""
    return vendor(replace(clause, applies=conditions))


@pytest.mark.parametrize(
    ("condition", "values", "negated", "name"),
    [
        (on("plan", "free"), ["free"], False, ""),
        (on("plan", "free", negated=True), ["free"], True, ""),
        (on("region", "eu"), ["eu"], False, ""),
        (on("feature", "notes"), ["true"], False, "notes"),
        (on("feature", "notes", negated=True), ["true"], True, "notes"),
        (on("opted-out", "false"), ["true"], True, ""),
        (on("content", "public", "private"), ["public", "private"], False, ""),
    ],
)
def test_a_condition_is_told_with_the_difference(
    condition: Condition,
    values: list[str],
    negated: bool,  # noqa: FBT001 - a value of the example
    name: str,
) -> None:
    """In the fewest words: is one of these, or is none of those."""
    (use,) = entry(vendor(LICENCE), vendor(LICENCE, *under(BAN, condition).versions[0].clauses))[
        "uses"
    ]

    assert use["where"] == [
        {"key": condition.key, "name": name, "values": values, "negated": negated}
    ]


def test_a_condition_that_makes_no_difference_is_not_told() -> None:
    """The ban replaces the licence whatever the plan is."""
    free, other = on("plan", "free"), on("plan", "free", negated=True)
    bans = [*under(BAN, free).versions[0].clauses, *under(BAN, other).versions[0].clauses]

    (use,) = entry(vendor(LICENCE), vendor(bans[0], replace(bans[1], id="ban-2")))["uses"]

    assert use["where"] == []


def test_what_depends_on_our_use_is_one_word_in_short() -> None:
    """And the boxes of the exact form say on what."""
    found = entry(
        vendor(LICENCE), vendor(LICENCE, *under(BAN, on("plan", "free")).versions[0].clauses)
    )

    (short,) = found["uses-in-short"]
    assert ([one["is"] for one in short["before"]], [one["is"] for one in short["after"]]) == (
        ["free"],
        ["depends on our use"],
    )
    assert short["clauses-after"] == []


def test_what_could_not_be_compared_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of uses and of facts; such terms are not told to be the same."""
    monkeypatch.setattr(meaning, "MOST_COMBINATIONS", 1)
    notice = states("change-notice", lasting(30), name="notice")
    open_ = [on("plan", "free")]
    before = vendor(LICENCE, notice)
    after = vendor(
        LICENCE, *(replace(one, applies=tuple(open_)) for one in (BAN, replace(notice, id="n2")))
    )

    found = entry(before, after)

    assert (found["uses"], found["facts"], found["differs"]) == ([], [], True)
    assert [note.split()[1] for note in found["notes"]] == ["uses", "change-notice"]


def test_whose_consent_is_part_of_the_stance() -> None:
    """The administrator's is not the user's."""
    consent = allows(
        box("train-ai", "chat", by="anyone", state="any"), Stance.OPT_IN, name="consent"
    )
    before, after = (
        vendor(replace(consent, consent_from=(whose,))) for whose in ("account-admin", "user")
    )

    (use,) = entry(before, after)["uses"]

    assert (use["before"][0]["consent-from"], use["after"][0]["consent-from"]) == (
        ["account-admin"],
        ["user"],
    )


def sides(before: Vendor, after: Vendor) -> TwoSides:
    """Both in a project without a check."""
    project = Project(vocabulary=builtin_vocabulary(), policies=(), vendors=(before,), checks=())
    return TwoSides(
        project=project,
        before=OneSide(vendor=before, on=DAY),
        after=OneSide(vendor=after, on=DAY),
        today=DAY,
        verified={},
    )


def test_without_a_check_nothing_turns() -> None:
    """Uses differ all the same."""
    found = sides(vendor(LICENCE), vendor(BAN)).entry()

    assert (found["verdicts"], len(found["uses"])) == ([], 1)


def test_a_document_that_has_ended_is_not_at_hand() -> None:
    """It is among the documents that are otherwise."""
    before = vendor(LICENCE)
    (version,) = before.versions
    after = replace(before, versions=(replace(version, withdrawn=version.effective),))

    (document,) = entry(before, after)["documents"]

    assert (document["before"], document["after"]) == (version.effective.isoformat(), None)


DELETION = states("retention", lasting(30))


def but_for(*exceptions: str) -> Clause:
    """The same with exceptions."""
    return replace(DELETION, states=(replace(DELETION.states[0], excepting=exceptions),))


@pytest.mark.parametrize(
    ("before", "after", "differs"),
    [
        (vendor(LICENCE), vendor(LICENCE), False),
        (vendor(LICENCE), vendor(), True),
        (vendor(LICENCE), vendor(LICENCE, states("retention", lasting(30))), True),
        (
            vendor(states("retention", lasting(30))),
            vendor(states("retention", lasting(60))),
            True,
        ),
        (vendor(LICENCE), vendor(replace(LICENCE, section="2")), False),
        (vendor(DELETION), vendor(DELETION), False),
        (vendor(DELETION), vendor(but_for("law")), True),
        (vendor(but_for("law", "security")), vendor(but_for("security", "law")), False),
    ],
)
def test_terms_differ_where_a_use_or_a_fact_does(
    before: Vendor,
    after: Vendor,
    differs: bool,  # noqa: FBT001 - a table
) -> None:
    """11.1: either is enough; where a clause stands is no difference (11.4)."""
    assert entry(before, after)["differs"] is differs


def test_clauses_of_other_uses_are_not_told_with_a_difference() -> None:
    """Whichever stands first."""
    other = bars(box("train-ai", "files", by="anyone", state="any"), name="other")
    found = entry(vendor(other, LICENCE), vendor(other, LICENCE, BAN))

    (use,) = found["uses"]
    assert [
        [each["clause"] for each in use[side]] for side in ("clauses-before", "clauses-after")
    ] == [
        ["licence"],
        ["licence", "ban"],
    ]


TERMS = Document(id="terms", kind=DocumentKind.CONTRACT)
ADDENDUM = Document(id="dpa", kind=DocumentKind.CONTRACT, assume_absent=True)


def beside(*clauses: Clause, precedence: tuple[Precedence, ...] = ()) -> Vendor:
    """A licence, a clause about files that asks for the addendum, and the addendum's clauses."""
    files = box("train-ai", "files", by="anyone", state="any")
    asking = replace(allows(files, name="files"), applies=(on("agreement", "dpa"),))
    own = (replace(each, document="dpa", overrides=(Target(),)) for each in clauses)
    addendum = replace(ADDENDUM, precedence=precedence)
    return vendor(LICENCE, asking, *own, documents=(TERMS, addendum))


def test_a_difference_depends_on_whether_a_document_was_agreed() -> None:
    """10.8: wherever it has a say, though the condition that asks stands elsewhere."""
    (use,) = entry(beside(), beside(BAN))["uses"]

    assert use["where"] == [
        {"key": "agreement", "name": "dpa", "values": ["true"], "negated": False}
    ]


def test_a_rank_that_a_document_states_depends_on_it_too() -> None:
    """10.8, 10.12."""
    rank = Precedence(document="notice", over=("terms",))
    notice = Document(id="notice", kind=DocumentKind.NOTICE)
    ban = replace(BAN, document="notice")

    def with_notice(*ranks: Precedence) -> Vendor:
        made = beside(precedence=ranks)
        version = replace(made.versions[0], document="notice", clauses=(ban,))
        return replace(
            made, documents=(*made.documents, notice), versions=(*made.versions, version)
        )

    (use,) = entry(with_notice(), with_notice(rank))["uses"]

    assert use["where"] == [
        {"key": "agreement", "name": "dpa", "values": ["true"], "negated": False}
    ]
    assert [each["is"] for each in use["after"]] == ["barred"]
