"""A difference as plain data: conditions, notes, turns (policy language 11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from termsgate.core import cover, meaning
from termsgate.core.agreement import stand
from termsgate.core.diff import TwoTerms, difference_entry
from termsgate.core.model import (
    Absence,
    Context,
    Document,
    DocumentKind,
    Precedence,
    Project,
    Stance,
    Target,
    Vendor,
    Verb,
)
from termsgate.core.standing import Use
from termsgate.core.turning import OneSide, TwoSides
from termsgate.reading.store import builtin_vocabulary
from tests.making import allows, bars, box, on, scope, states, vendor
from tests.making import days as lasting

if TYPE_CHECKING:
    from termsgate.core.difference import DifferenceEntry
    from termsgate.core.model import Box, Clause, Condition

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


# --- what is told, and in which order (11.3) ------------------------------------------------------


def use(action: str, data: str | list[str], **more: str) -> Box:
    """A use by anyone, in any state, unless it is told otherwise."""
    return box(action, data, **{"by": "anyone", "state": "any", **more})


def granting(*clauses: Clause, documents: tuple[Document, ...] = ()) -> Vendor:
    """A vendor who may train with chat and files, and these clauses."""
    return vendor(WIDE, *clauses, documents=documents)


def uses_of(found: DifferenceEntry, key: str = "uses") -> list[tuple[object, ...]]:
    """Each difference: its action and data, what is said before and after, and the condition."""
    return [
        (
            *each["action"]["terms"],
            *each["data"]["terms"],
            *(" ".join(one["is"] for one in each[side]) for side in ("before", "after")),
            *(" ".join((where["key"], *where["values"])) for where in each["where"]),
        )
        for each in found[key]  # type: ignore[literal-required]
    ]


def actors(found: DifferenceEntry) -> list[list[tuple[str, str, str | None, list[str]]]]:
    """Of each difference in uses the clauses after: what they do, and who prevails over them."""
    return [
        [
            (each["clause"], each["part"], each["criterion"], each["defeated-by"])
            for each in one["clauses-after"]
        ]
        for one in found["uses"]
    ]


WIDE = allows(use("train-ai", ["chat", "files"]), Stance.FREE, name="licence")
FREE = on("plan", "free")
OVER = (Target(document="terms", clause="licence"),)
NO_CHAT = replace(bars(use("train-ai", "chat"), name="no-chat"), overrides=OVER)
NO_FILES = replace(bars(use("train-ai", "files"), name="no-files"), overrides=OVER)
NO_ADS = bars(use("targeted-ads", "image"), name="no-ads")


def test_in_short_the_settled_stands_first() -> None:
    """Silence is settled; then what depends on our use; within, by what was said."""
    image, code = use("train-ai", "image"), use("train-ai", "code")
    before = granting(
        bars(use("research", "files"), name="research"),
        allows(code, Stance.OPT_IN, name="code"),
    )
    after = granting(
        replace(NO_CHAT, applies=(FREE,)),
        allows(use("research", "files"), name="research"),
        bars(image, name="image"),
    )

    assert uses_of(entry(before, after), "uses-in-short") == [
        ("train-ai", "code", "opt-in", "silent"),
        ("research", "files", "barred", "free"),
        ("train-ai", "image", "silent", "barred"),
        ("train-ai", "chat", "free", "depends on our use"),
    ]


def test_of_differences_that_say_the_same_the_first_use_stands_first() -> None:
    """In the order of the vocabulary, whether or not it depends on anything."""
    found = entry(granting(), granting(NO_FILES, replace(NO_CHAT, applies=(FREE,))))

    assert uses_of(found) == [
        ("train-ai", "chat", "free", "barred", "plan free"),
        ("train-ai", "files", "free", "barred"),
    ]


@pytest.mark.parametrize("data", ["voice-recording", "chat"])
def test_a_condition_is_told_of_whatever_use(data: str) -> None:
    """Of the very first use of the vocabulary, too."""
    clause = bars(box("ai-feature", data, by="vendor", state="identifiable"))

    found = entry(vendor(), vendor(replace(clause, applies=(FREE,))))

    told = uses_of(found)
    assert told[0] == ("ai-feature", data, "silent", "barred", "plan free")
    assert {where for *_, where in told} == {"plan free"}


def test_uses_that_differ_in_the_same_way_are_told_together() -> None:
    """Whatever conditions make no difference in some of them."""
    other = replace(FREE, negated=True)
    by_plan = [replace(NO_CHAT, applies=(one,), id=f"{one.negated}") for one in (FREE, other)]

    found = entry(granting(), granting(NO_FILES, *by_plan))

    (one,) = found["uses"]
    assert (one["data"]["terms"], one["where"], found["fewest"]) == (["chat", "files"], [], True)


def test_a_condition_is_told_only_where_it_makes_a_difference() -> None:
    """Of two uses that it is about, one is barred without it."""
    both = replace(NO_CHAT, scope=WIDE.scope, applies=(FREE,))

    found = entry(granting(), granting(NO_FILES, both))

    assert {where for *_, where in uses_of(found)} == {"barred", "plan free"}


def test_whether_there_could_be_fewer_differences_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of uses and of facts: where the search for the fewest was given up."""
    notice, later = (states("change-notice", lasting(each)) for each in (30, 14))
    monkeypatch.setattr(cover, "MOST_STEPS", -1)

    found = [
        entry(before, after)["fewest"]
        for before, after in (
            (vendor(LICENCE), vendor(BAN)),
            (vendor(notice), vendor(later)),
            (vendor(LICENCE), vendor(LICENCE)),
        )
    ]

    assert found == [False, False, True]


@pytest.mark.parametrize(
    ("clauses", "differing"),
    [
        (
            (
                bars(use("train-ai", "chat", state="aggregated"), name="chat"),
                bars(use("train-ai", "files", state="identifiable"), name="files"),
            ),
            {("chat", "anyone", "aggregated"), ("files", "anyone", "identifiable")},
        ),
        (
            (
                bars(use("train-ai", "chat", by="authority"), name="chat"),
                bars(use("train-ai", "files", by="public"), name="files"),
            ),
            {("chat", "authority", "any"), ("files", "public", "any")},
        ),
        (
            (
                bars(use("train-ai", "chat", by="authority"), name="chat"),
                allows(use("train-ai", "files", by="authority"), name="own"),
                bars(use("train-ai", "files"), name="files"),
            ),
            {("chat", "authority", "any"), ("files", "anyone but authority", "any")},
        ),
    ],
)
def test_a_difference_names_no_use_that_is_as_it_was(
    clauses: tuple[Clause, ...], differing: set[tuple[str, ...]]
) -> None:
    """11.1: a use is told if and only if its stance differs, by whom and in whatever state."""
    found = entry(granting(), granting(*clauses))

    assert {
        tuple(
            " but ".join((*each[axis]["terms"], *each[axis]["but"]))
            for axis in ("data", "by", "state")
        )
        for each in found["uses"]
    } == differing


# --- who did it ----------------------------------------------------------------------------------


def test_each_difference_has_its_own_clauses() -> None:
    """Neither those of another use, nor what they prevail over there."""
    found = entry(
        vendor(WIDE, replace(NO_ADS, stances=(Stance.FREE,), verb=Verb.ALLOWS)),
        vendor(WIDE, NO_CHAT, replace(NO_FILES, applies=(FREE,)), NO_ADS),
    )

    assert uses_of(found) == [
        ("train-ai", "chat", "free", "barred"),
        ("train-ai", "files", "free", "barred", "plan free"),
        ("targeted-ads", "image", "free", "barred"),
    ]
    assert actors(found) == [
        [
            ("licence", "defeated", "says so", ["terms.no-chat"]),
            ("no-chat", "governs", None, []),
        ],
        [
            ("licence", "defeated", "says so", ["terms.no-files"]),
            ("no-files", "governs", None, []),
        ],
        [("no-ads", "governs", None, [])],
    ]


@pytest.mark.parametrize("other", ["files", "voice-recording"])
@pytest.mark.parametrize("ranked", [False, True])
def test_of_two_uses_each_has_who_prevails_there(ranked: bool, other: str) -> None:  # noqa: FBT001 - two examples
    """Whatever ranks about one of them alone."""

    def first(data: str | list[str]) -> Box:
        return use("ai-feature", data, by="vendor", state="identifiable")

    licence = allows(first(["chat", other]), name="licence")
    ban = replace(bars(first("chat"), name="ban"), overrides=OVER)
    ask = replace(allows(first(other), Stance.OPT_IN, name="ask"), overrides=OVER)
    there = replace(NO_ADS, document="dpa")
    rank = Precedence(document="terms", over=("dpa",), about=scope(box(None, "chat")))
    documents = (replace(TERMS, precedence=(rank,) if ranked else ()), DPA)

    found = entry(
        vendor(licence, there, documents=documents),
        vendor(licence, ban, ask, there, documents=documents),
    )

    told = {
        each["data"]["terms"][0]: {
            one["clause"]: one["defeated-by"] for one in each["clauses-after"]
        }
        for each in found["uses"]
        if each["action"]["terms"] == ["ai-feature"] and len(each["after"]) == 1
    }
    assert told == {
        "chat": {"licence": ["terms.ban"], "ban": []},
        other: {"licence": ["terms.ask"], "ask": []},
    }


def test_a_difference_under_one_answer_has_no_clause_of_another() -> None:
    """Although both say the same."""
    pro = replace(NO_CHAT, id="pro", scope=WIDE.scope, applies=(on("plan", "pro"),))
    found = entry(granting(), granting(replace(NO_CHAT, applies=(FREE,)), pro))

    by_answers = {
        tuple(each["where"][0]["values"]): {one["clause"] for one in each["clauses-after"]}
        for each in found["uses"]
    }

    assert by_answers[("pro",)] == {"licence", "pro"}


def test_a_clause_that_governs_under_one_answer_is_not_told_as_defeated() -> None:
    """Under another one, another prevails over it and says the same."""
    always = replace(bars(use("train-ai", "chat"), name="always"), overrides=OVER)
    target = (Target(document="terms", clause="always"),)
    free = replace(always, id="free", applies=(FREE,), overrides=(*OVER, *target))

    (found,) = actors(entry(granting(), granting(always, free)))

    assert ("always", "governs", None, []) in found


def test_only_who_prevails_over_a_clause_is_named() -> None:
    """Not who prevails over those, nor who does so under another answer."""
    first = replace(NO_CHAT, id="first", applies=(FREE,))
    over = (Target(document="terms", clause="first"),)
    second = replace(bars(use("train-ai", ["chat", "files"]), name="second"), overrides=over)
    other = replace(NO_CHAT, id="other", applies=(replace(FREE, negated=True),))

    (chat, _) = actors(entry(granting(), granting(first, second, other)))

    assert [each for each in chat if each[0] == "licence"] == [
        ("licence", "defeated", "says so", ["terms.first"])
    ]


def test_a_clause_that_is_no_longer_there_is_not_told_as_defeated() -> None:
    """It was made narrower, and nobody prevails over it here."""
    narrower = replace(WIDE, scope=scope(use("train-ai", "files")))

    (found,) = entry(granting(), vendor(narrower))["uses"]

    assert [each["clause"] for each in found["clauses-before"]] == ["licence"]
    assert found["clauses-after"] == []


@pytest.mark.parametrize("forward", [True, False])
def test_a_defeated_clause_is_told_if_its_like_governs_on_the_other_side(forward: bool) -> None:  # noqa: FBT001 - two examples
    """Whatever it is called there (11.4)."""
    renamed = replace(WIDE, id="grant", section="9")
    over = replace(NO_CHAT, overrides=(Target(document="terms", clause="grant"),))
    sides = (granting(), vendor(renamed, over))

    (found,) = entry(*sides if forward else sides[::-1])["uses"]

    there = found["clauses-after" if forward else "clauses-before"]
    assert [(each["clause"], each["part"]) for each in there] == [
        ("grant", "defeated"),
        ("no-chat", "governs"),
    ]


# --- the rest of the entry -----------------------------------------------------------------------


def test_a_difference_has_the_words_of_the_clauses_it_names() -> None:
    """Side by side; what is new or gone bears on it, and other clauses do not."""
    other = bars(use("targeted-ads", "image"), name="other")
    found = entry(vendor(other, LICENCE), vendor(other, replace(BAN, says="They may not.")))

    assert [(each["side"], each["clause"], each["says"]) for each in found["texts"]] == [
        ("before", "licence", ""),
        ("after", "ban", "They may not."),
    ]
    assert [(each["clause"], each["change"], each["bears"]) for each in found["clauses"]] == [
        ("ban", "new", True),
        ("licence", "gone", True),
    ]


def test_a_document_that_nobody_has_read_is_no_difference() -> None:
    """On either side it is not at hand."""
    unread = Document(id="order", kind=DocumentKind.CONTRACT, absence=Absence())

    found = entry(granting(documents=(TERMS, unread)), granting(documents=(TERMS, unread)))

    assert found["documents"] == []


STATED = states("change-notice", lasting(30), name="notice")


@pytest.mark.parametrize(
    ("said", "key", "before", "after"),
    [
        ({"starting": "termination"}, "from", "", "termination"),
        ({"subjects": ("material",)}, "for", [], ["material"]),
        ({"excepting": ("law",)}, "except", [], ["law"]),
    ],
)
def test_a_difference_in_a_fact_is_told_with_its_name(
    said: dict[str, str], key: str, before: object, after: object
) -> None:
    """11.2: for whom, from when and but for what is part of what is stated."""
    (fact,) = STATED.states
    now = replace(STATED, states=(replace(fact, **said),))  # type: ignore[arg-type]

    (found,) = entry(vendor(STATED), vendor(now))["facts"]

    assert found["fact"] == "change-notice"
    assert [one[key] for one in (*found["before"], *found["after"])] == [before, after]  # type: ignore[literal-required]


def test_whose_consent_is_no_matter_where_none_is_asked_for() -> None:
    """What is barred or free needs no consent."""
    for clause in (BAN, LICENCE):
        found = entry(vendor(clause), vendor(replace(clause, consent_from=("user",))))

        assert found["uses"] == []


# --- what is compared (11.1) ---------------------------------------------------------------------

DPA = Document(id="dpa", kind=DocumentKind.CONTRACT)


def about(subject: str) -> Vendor:
    """A permission in the terms, and a ban in an addendum that prevails about some data."""
    rank = Precedence(document="dpa", over=("terms",), about=scope(box(None, subject)))
    return vendor(
        LICENCE,
        replace(BAN, document="dpa"),
        documents=(replace(TERMS, precedence=(rank,)), DPA),
    )


@pytest.mark.parametrize(("subject", "differs"), [("chat", False), ("files", True)])
def test_what_a_rank_is_about_is_compared(subject: str, differs: bool) -> None:  # noqa: FBT001 - two examples
    """The addendum prevails about chat, or about something else."""
    assert entry(about("chat"), about(subject))["differs"] is differs


def test_a_new_clause_and_a_new_rank_are_both_told() -> None:
    """One prevails from now on that did not before; another is new."""
    plain = replace(NO_CHAT, overrides=(), alongside=OVER)
    before, after = granting(plain), granting(NO_CHAT, NO_ADS)

    assert uses_of(entry(before, after), "uses-in-short") == [
        ("targeted-ads", "image", "silent", "barred"),
        ("train-ai", "chat", "unclear", "barred"),
    ]


def test_what_a_document_states_depends_on_whether_it_was_agreed() -> None:
    """10.8: of facts as of uses."""
    notice = states("change-notice", lasting(30), name="notice")
    asking = replace(notice, id="asking", applies=(on("agreement", "dpa"),))
    before = beside(asking)
    moved = tuple(
        replace(each, clauses=(asking,) if each.document == "terms" else ())
        for each in before.versions
    )
    of_dpa = replace(states("change-notice", lasting(60), name="longer"), document="dpa")
    more = tuple(
        each if each.document == "terms" else replace(each, clauses=(of_dpa,)) for each in moved
    )

    (found,) = entry(replace(before, versions=moved), replace(before, versions=more))["facts"]

    assert found["where"] == [
        {"key": "agreement", "name": "dpa", "values": ["true"], "negated": False}
    ]


IF_DPA = {"key": "agreement", "name": "dpa", "values": ["true"], "negated": False}


def test_a_document_that_may_not_be_agreed_is_asked_about_wherever_it_has_a_say() -> None:
    """10.8: alone, and after other questions; and where another clause asks for it."""
    image = bars(use("targeted-ads", "image"), name="ads")
    plan = replace(allows(use("support", "files"), name="support"), applies=(FREE,))
    listed = beside()
    before = replace(
        listed,
        versions=tuple(replace(each, clauses=()) for each in listed.versions),
    )
    made = beside(image)
    after = replace(
        made,
        versions=tuple(
            replace(each, clauses=(plan, *each.clauses)) if each.document == "terms" else each
            for each in made.versions
        ),
    )

    found = {
        tuple(each["action"]["terms"] + each["data"]["terms"]): each["where"]
        for each in entry(before, after)["uses"]
    }

    assert found["targeted-ads", "image"] == [IF_DPA]
    assert found["train-ai", "files"] == [IF_DPA]
    assert found["train-ai", "chat"] == []
    assert [each["key"] for each in found["support", "files"]] == ["plan"]


def test_what_can_be_compared_is_compared_beside_what_cannot(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And so many combinations are looked at as are allowed."""
    monkeypatch.setattr(meaning, "MOST_COMBINATIONS", 2)
    many = (FREE, on("feature", "notes"))
    before = granting()
    after = granting(replace(NO_CHAT, applies=many), replace(NO_FILES, applies=(FREE,)), NO_ADS)

    found = entry(before, after)

    assert uses_of(found) == [
        ("train-ai", "files", "free", "barred", "plan free"),
        ("targeted-ads", "image", "silent", "barred"),
    ]
    assert found["notes"] == [
        (
            "of uses something was not compared: more combinations of answers are open "
            "there than are tried; a check that says more of our use closes them"
        )
    ]


def test_what_depends_on_our_use_in_opposite_ways_is_one_word_in_short() -> None:
    """One use under one answer, one under the other."""
    other = replace(FREE, negated=True)
    ask_chat, ask_files = (
        replace(each, id=f"ask-{each.id}", verb=Verb.ALLOWS, stances=(Stance.OPT_IN,))
        for each in (NO_CHAT, NO_FILES)
    )
    after = granting(
        *(replace(each, applies=(FREE,)) for each in (NO_CHAT, ask_files)),
        *(replace(each, applies=(other,)) for each in (NO_FILES, ask_chat)),
    )

    (found,) = entry(granting(), after)["uses-in-short"]

    assert found["data"]["terms"] == ["chat", "files"]


@pytest.mark.parametrize("ranked", [False, True])
def test_where_too_much_is_open_is_a_difference(ranked: bool) -> None:  # noqa: FBT001 - two examples
    """10.15: thirteen vague clauses of which two prevail over each other say nothing."""
    vague = [
        replace(
            allows(use("improve-services", "chat"), name=f"v{number}"),
            overrides=tuple(Target(document="terms", clause=each) for each in over),
        )
        for number, over in enumerate([("v1",), ("v0",), *[()] * 11])
    ]
    rank = Precedence(document="terms", over=("dpa",), about=scope(box(None, "chat")))
    documents = (replace(TERMS, precedence=(rank,) if ranked else ()), DPA)
    there = replace(NO_ADS, document="dpa")

    found = entry(
        vendor(there, documents=documents), vendor(there, *vague, NO_ADS, documents=documents)
    )

    told = uses_of(found)
    assert ("train-ai", "chat", "silent", "too much is open to say") in told
