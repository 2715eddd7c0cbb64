"""The sentences about a verdict."""

from __future__ import annotations

import pytest

from termsgate.core.explain import ahead, explain, explain_failure, headline, turned
from tests.recorded import (
    DECIDED,
    absent,
    choice,
    clause,
    everything,
    looking_ahead,
    met,
    question,
    requirement,
    turn,
    used,
    verdict,
)


def headings(passages: tuple[object, ...]) -> list[str]:
    """What each passage is about."""
    return [str(getattr(each, "heading", "")) for each in passages]


def said(passage: str, **of: object) -> tuple[str, ...]:
    """Everything under one heading."""
    found = explain(verdict(**of), requirement())
    points = [point for each in found if each.heading == passage for point in each.points]
    return tuple(line for point in points for line in (point.text, *point.more))


def test_a_whole_explanation_has_every_passage() -> None:
    """In the order of interest."""
    assert headings(explain(everything(), requirement())) == [
        "verdict",
        "decided by",
        "open questions",
        "documents not at hand",
        "said elsewhere, without binding",
        "readings on record",
        "choices on record",
        "to be noted",
        "did not decide",
        "waiver",
        "to waive no more than this",
        "why it matters",
        "ask the vendor",
    ]


def test_a_failure_leaves_out_what_did_not_decide() -> None:
    """And why it matters: the reader meets it among many."""
    left_out = set(headings(explain(everything(), requirement()))) - set(
        headings(explain_failure(everything()))
    )

    assert left_out == {"did not decide", "why it matters"}


def test_what_there_is_nothing_of_is_not_spoken_of() -> None:
    """No empty heading."""
    assert headings(explain(met(), requirement(why=""))) == ["verdict"]


@pytest.mark.parametrize("word", ["met", "not-applicable"])
def test_nothing_is_asked_for_where_nothing_is_amiss(word: str) -> None:
    """A vendor who gives what is required is not written to."""
    assert "ask the vendor" not in headings(explain_failure(met(verdict=word)))


@pytest.mark.parametrize("word", ["violated", "unclear", "silent"])
def test_something_is_asked_for_else(word: str) -> None:
    """Silence and doubt are answered by a clause too."""
    assert said("ask the vendor", verdict=word) == ("Add that calls are not used to train models.",)


@pytest.mark.parametrize(
    ("word", "how", "sentence"),
    [
        ("silent", "", "the verdict is silent without it; who reads it may find more"),
        ("unclear", "", "the verdict is unclear without it; who reads it may find more"),
        ("unclear", "matters", "it could change the verdict"),
        ("silent", "assumed", "the verdict is silent without it"),
        ("met", "", "it changes nothing here"),
        ("violated", "", "it changes nothing here"),
    ],
)
def test_a_document_not_at_hand_is_not_told_away(word: str, how: str, sentence: str) -> None:
    """Semantics 4.4: silence stays silence without it, and that says nothing of what it holds."""
    lacking = absent(assumed=how == "assumed", matters=how == "matters")

    found = said("documents not at hand", verdict=word, **{"absent-documents": [lacking]})

    assert found[-1] == sentence


def test_the_headline_is_the_verdict_and_what_was_required() -> None:
    """Or the name of the requirement where it has no title."""
    titled = headline(verdict(), requirement())

    assert titled == "violated: No AI training on calls without consent"
    assert headline(verdict(), requirement(title="")) == "violated: ai-training.calls"


@pytest.mark.parametrize(
    ("defeaters", "criterion", "sentence"),
    [
        (["a.b"], "says so", "prevails over it (says so): a.b"),
        (["a.b", "c.d"], "says so", "prevail over it (says so): a.b, c.d"),
        ([], None, "prevails over it: another clause"),
    ],
)
def test_a_defeated_clause_names_who_prevails_and_why(
    defeaters: list[str], criterion: str | None, sentence: str
) -> None:
    """By the criterion of semantics 3.3."""
    defeated = clause(part="defeated", criterion=criterion, **{"defeated-by": defeaters})

    assert said("did not decide", because=[defeated])[-1] == sentence


def test_a_clause_of_an_example_has_no_first_day() -> None:
    """It was made up for every day."""
    made_up = clause(version="0001-01-01", path="policies/a.yaml", section="", quote="", says="")

    assert said("decided by", because=[made_up])[0] == (
        "policies/a.yaml:12: terms-of-service (content-licence)"
    )


@pytest.mark.parametrize(
    ("settles", "sentence"),
    [
        ({"term": "train-ai", "covered": True}, "covers train-ai"),
        ({"term": "train-ai", "covered": False}, "does not cover train-ai"),
        ({"stance": "opt-in"}, "is opt-in"),
        ({"over": "blog.x"}, "prevails over blog.x"),
    ],
)
def test_a_reading_says_how_the_words_were_read(settles: dict[str, object], sentence: str) -> None:
    """And why, by whom and when."""
    nothing = {"term": None, "covered": None, "stance": None, "over": None}
    reading = everything()["readings"][0] | nothing | settles

    found = said("readings on record", readings=[reading])

    assert found == (
        f"checks/calls.yaml:20: terms-of-service.content-licence {sentence}",
        "Counsel reads it so. (counsel@example.org, 2026-08-09)",
    )


# --- waivers and choices ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"document": "terms", "given": "2023-03-31", "now": "2023-08-07"},
            "given for terms of 2023-03-31; the version of 2023-08-07 is in force",
        ),
        (
            {"document": "terms", "given": "2023-03-31", "now": ""},
            "given for terms of 2023-03-31; none is in force",
        ),
        (
            {"document": None, "given": "sha256:0", "now": "sha256:1"},
            "what decides is not what decided when it was given: sha256:0",
        ),
    ],
)
def test_a_waiver_for_other_terms_says_what_changed(
    change: dict[str, object], sentence: str
) -> None:
    """It covers no more (7.3.1)."""
    found = said("waiver", waiver=used("changed", changes=[change]))

    assert found[:2] == ("not covered: the waiver was given for other terms", sentence)


@pytest.mark.parametrize(
    ("expires", "left"),
    [("2026-12-12", "21 days left"), ("2026-11-22", "1 day left"), ("2026-11-21", "last day")],
)
def test_an_accepted_verdict_says_how_long(expires: str, left: str) -> None:
    """The last day is one of them, in UTC."""
    found = said("waiver", waiver=used("covers", expires=expires))

    assert found[0] == f"accepted until the end of {expires} (UTC), {left}"


@pytest.mark.parametrize(("ticket", "said_with_it"), [("4711", " (4711)"), ("", "")])
def test_a_waiver_is_told_with_its_ticket(ticket: str, said_with_it: str) -> None:
    """Where there is one, and where the waiver is written."""
    found = said("waiver", waiver=used("covers", ticket=ticket))

    assert found[1:] == (
        f"waived by cfo@example.org on 2026-06-30{said_with_it}: Accepted for the pilot.",
        "checks/calls.yaml:7",
    )


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "chosen by it@example.org (4711): nobody asked us"),
        ({"proof": "", "because": ""}, "chosen by it@example.org"),
        ({"chosen-by": "", "because": ""}, "nobody says who chose it (4711)"),
    ],
)
def test_a_choice_says_who_and_why(told: dict[str, str], sentence: str) -> None:
    """As far as it is on record, below what was chosen and when."""
    found = said("choices on record", choices=[choice(**told)])

    assert found == (
        "checks/calls.yaml:25: opted-out: train-ai; audio, from 2026-08-09 on",
        sentence,
    )


def test_what_a_waiver_can_be_limited_to_is_written_as_in_its_file() -> None:
    """To be copied; where nothing can be waived there is nothing to copy."""
    assert said("to waive no more than this") == (f"decided: {DECIDED}",)
    assert said("to waive no more than this", decided=None) == ()


def test_a_choice_names_all_it_is_of() -> None:
    """Terms of one axis together, then those of the next."""
    of = choice(action=["train-ai", "marketing"], data=["audio", "video"], by=["partner"])

    assert said("choices on record", choices=[of])[0] == (
        "checks/calls.yaml:25: opted-out: train-ai, marketing; audio, video; partner, "
        "from 2026-08-09 on"
    )


# --- what is open, and what is to come ----------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "how", "more"),
    [
        (["terms.a"], "record it", ("about terms.a", "to answer it: record it")),
        (["terms.a", "dpa.b"], "", ("about terms.a, dpa.b",)),
        ([], "record it", ("to answer it: record it",)),
        ([], "", ()),
    ],
)
def test_a_question_says_what_follows_and_how_to_answer_it(
    about: list[str], how: str, more: tuple[str, ...]
) -> None:
    """Semantics 4.6: each answer with its verdict, then what it is about."""
    found = said("open questions", questions=[question(about=about, how=how)])

    assert found == (
        "does improving include training?",
        "yes: violated",
        "no: silent",
        *more,
    )


def test_what_is_to_come_is_told_with_the_clauses_that_will_decide() -> None:
    """Semantics 7.8: those that will be defeated decide nothing."""
    beaten = clause(clause="old-ban", part="defeated", criterion="says so")
    deciding = clause(says="", quote="")

    found = said("coming", coming=[turn(because=[beaten, deciding])])

    assert found == (
        "on 2023-08-11 this turns to violated: it will fail the run",
        (
            "fixtures/zoom/terms-of-service/2023-03-31.yaml:12: terms-of-service 10.4 "
            "(content-licence), in force since 2023-03-31"
        ),
    )


@pytest.mark.parametrize(
    ("uncovered", "worse", "text"),
    [
        (False, True, "on 2023-08-11 this turns to violated: it will fail the run"),
        (True, True, "on 2023-08-11 this turns to violated: it will fail the run"),
        (
            True,
            False,
            (
                "on 2023-08-11 this is violated, and the waiver was given for other terms: "
                "it will fail the run"
            ),
        ),
    ],
)
def test_what_is_coming_is_told_in_one_sentence(uncovered: bool, worse: bool, text: str) -> None:  # noqa: FBT001 - a table
    """7.8: a verdict that stays, and that nothing covers any more, turns to nothing."""
    assert turned(turn(uncovered=uncovered, worse=worse)) == text


def test_what_is_to_come_and_what_is_owed_is_warned_of() -> None:
    """For the worse only, each with what helps."""
    told = [
        (passage.heading, [(point.text.partition(": ")[2], point.more) for point in passage.points])
        for passage in ahead(looking_ahead())
    ]

    assert [heading for heading, _ in told] == ["coming", "reviews"]
    assert [text for text, _ in told[0][1]] == [
        "on 2023-08-11 this turns to violated: it will fail the run",
        "on 2023-08-11 this turns to violated: it will fail the run",
        "on 2023-08-11 this turns to silent: it will be a warning",
        "on 2023-09-01 this turns to unclear: it will fail the run",
    ]
    assert told[1][1] == [("<b>due", ("sign it",))]
