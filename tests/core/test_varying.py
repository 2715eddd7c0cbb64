"""A standing in which an answer is tried out is the one that stands once it is recorded (4.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core import varying
from termsgate.core.agreement import readings_holding, stand
from termsgate.core.evaluate import Terms, Use, evaluate
from termsgate.core.model import (
    Absence,
    ChoiceKind,
    Closed,
    May,
    RecordedReading,
    Stance,
    Version,
)
from termsgate.core.standing import Read, Suppose
from termsgate.core.varying import Tried, varied
from termsgate.core.verdict import QuestionKind
from tests.core.test_sentences import (
    ABOUT_CHAT,
    ASSUMED,
    BOTH_SAY,
    CHAT_AND_AUDIO,
    DPA,
    DPA_BARS,
    FREE,
    MET,
    NOT_DPA,
    NOTICE,
    OF_IMPROVING,
    OVER_NOTICE,
    SILENT,
    TOS,
    TRAIN,
    UNCLEAR,
    VIOLATED,
    VOCABULARY,
    R,
    barring,
    listing,
    missing,
    not_at_hand,
    notice,
)
from tests.making import DAY, START, allows, bars, box, forbid, having, on, prevailing, vendor

if TYPE_CHECKING:
    from termsgate.core.model import Clause, Requirement, Vendor
    from termsgate.core.standing import Standing
    from termsgate.core.verdict import Ruling

IF_OUT: Final = on("opted-out", "true")
OUT: Final = Tried(choices=having(ChoiceKind.OPTED_OUT, TRAIN).choices)
VAGUE: Final = bars(TRAIN, name="vague", perhaps=box(data="telemetry"))


def reading(clause: str, document: str = "terms", day: date = START) -> RecordedReading:
    """That a clause permits the use."""
    return RecordedReading(
        vendor="vendor",
        document=document,
        clause=clause,
        because="",
        by="",
        on=day,
        axis="action",
        term="train-ai",
        covered=True,
    )


def read(*clauses: str, document: str = "terms", day: date = START) -> Tried:
    """Readings of clauses, tried out."""
    return Tried(readings=tuple(reading(each, document, day) for each in clauses))


def supposing(clause: str, **said: object) -> Tried:
    """Something in a file, tried out."""
    suppose = Suppose(document="terms", clause=clause, **said)  # type: ignore[arg-type]
    return Tried(supposing=(suppose,))


def before(terms: Vendor, use: Use | None = None) -> Standing:
    """What stands before anybody answers."""
    return stand(terms, VOCABULARY, use or Use(), DAY)


def improving(name: str = "improving") -> Clause:
    """A clause of which a reading says what it covers."""
    return allows(box("improve-services", "customer-content"), name=name)


def in_addendum(*clauses: Clause) -> Vendor:
    """Terms, and an addendum that is assumed to be absent, with clauses."""
    added = (replace(each, document="dpa") for each in clauses)
    return vendor(bars(TRAIN), *added, documents=(TOS, ASSUMED))


OF_EVENTS: Final = replace(notice(30, of=box("improve-services")), id="events")
RANKING: Final = replace(DPA, precedence=(OVER_NOTICE,), applies=(IF_OUT,))
ANSWERS: Final = (
    (BOTH_SAY, read("ban")),
    (vendor(improving(), bars(TRAIN)), read("improving")),
    (OF_IMPROVING, read("n30")),
    # Several clauses, some of which come out as more than before.
    (vendor(listing("perhaps"), improving(), bars(TRAIN)), read("only", "improving")),
    (
        vendor(replace(listing("yes"), closed=Closed.NO), bars(TRAIN), improving()),
        Tried(
            supposing=(Suppose(document="terms", clause="only", closed=Closed.YES),),
            readings=(reading("improving"),),
        ),
    ),
    (vendor(listing("perhaps"), bars(TRAIN)), supposing("only", closed=Closed.NO)),
    (vendor(allows(TRAIN, Stance.OPT_IN)), supposing("permission", consent_from=("user",))),
    # Of a document that is assumed to be absent.
    (in_addendum(improving()), read("improving", document="dpa")),
    (in_addendum(OF_EVENTS), read("events", document="dpa")),
    (in_addendum(improving(), OF_EVENTS), read("improving", "events", document="dpa")),
    (in_addendum(improving(), OF_EVENTS), read("ban")),
    # Of no version that is in force.
    (BOTH_SAY, read("ban", day=date(2019, 1, 1))),
    # Clauses of one name.
    (vendor(improving(), improving()), read("improving")),
    # What we chose, where clauses or documents hold only for those who did.
    (BOTH_SAY, OUT),
    (barring(applies=(FREE,)), OUT),
    (barring(applies=(IF_OUT,)), OUT),
    (vendor(bars(TRAIN), documents=(replace(TOS, applies=(IF_OUT,)),)), OUT),
    (
        vendor(
            bars(TRAIN), replace(allows(TRAIN), document="notice"), documents=(RANKING, TOS, NOTICE)
        ),
        OUT,
    ),
    # What a document that nobody has may say.
    (barring(missing(May.EITHER)), Tried(supposing=(Suppose(document="dpa", read=Read.PERMITS),))),
    (barring(missing(May.EITHER)), Tried(supposing=(Suppose(document="dpa", read=Read.NOTHING),))),
)


def anew(standing: Standing) -> Standing:
    """The same, built from nothing."""
    return stand(standing.vendor, standing.vocabulary, standing.use, standing.on, standing.verified)


@pytest.mark.parametrize(("terms", "answer"), ANSWERS)
def test_what_an_answer_makes_is_what_it_makes_once_recorded(terms: Vendor, answer: Tried) -> None:
    """Every clause, fact, gap and rank is as it would be."""
    old = before(terms)
    found = varied(old, answer)

    assert found.use == Use(
        readings=answer.readings, choices=answer.choices, supposing=answer.supposing
    )
    assert found.origin is old
    assert replace(found, origin=None) == anew(found)
    assert (found.outlines, found.by_fact) == (anew(found).outlines, anew(found).by_fact)


@pytest.mark.parametrize(("terms", "answer"), ANSWERS)
def test_one_answer_may_be_tried_out_after_another(terms: Vendor, answer: Tried) -> None:
    """What a document that nobody has says, and then something else."""
    first = Tried(supposing=(Suppose(document="dpa", read=Read.FORBIDS),))
    beside = replace(terms, documents=(*terms.documents, replace(missing(May.EITHER), id="annex")))
    found = varied(varied(before(beside), first), answer)

    assert replace(found, origin=None) == anew(found)


@pytest.mark.parametrize("terms", [BOTH_SAY, barring(applies=(FREE,))])
def test_what_we_chose_leaves_the_clauses_as_they_are(terms: Vendor) -> None:
    """They are not made, nor looked through, once more."""
    old = before(terms)
    found = varied(old, OUT)

    assert found.halves is old.halves
    assert found.outlines is old.outlines
    assert found.by_fact is old.by_fact


def test_a_reading_leaves_the_other_clauses_as_they_are() -> None:
    """Only the clause that it is about is made anew."""
    old = before(vendor(bars(TRAIN), improving(), notice(30)))
    found = varied(old, read("improving"))

    assert [new is one for new, one in zip(found.halves, old.halves, strict=True)] == [True, False]
    assert found.statements is old.statements
    assert found.by_fact is old.by_fact


def test_an_answer_is_tried_out_once() -> None:
    """The standing is kept, and asked for again."""
    old = before(BOTH_SAY)

    assert varied(old, OUT) is varied(old, OUT)
    assert varied(old, read("ban")) is not varied(old, OUT)


def test_only_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are more, the first are forgotten."""
    monkeypatch.setattr(varying, "MOST_VARIED", 1)
    old = before(BOTH_SAY)

    first = varied(old, OUT)
    assert varied(old, OUT) is first
    varied(old, read("ban"))
    assert varied(old, OUT) is not first


def test_an_addendum_assumed_to_be_absent_is_looked_at_under_every_answer() -> None:
    """10.8: what it says counts where somebody answers that it was agreed, whatever else is."""
    if_not = replace(bars(TRAIN, name="if-not"), applies=(NOT_DPA,))
    annex = replace(missing(May.LOOSEN), id="annex")
    terms = vendor(if_not, DPA_BARS, documents=(TOS, ASSUMED, annex))
    verdict = evaluate(R, Terms(vendor=terms, vocabulary=VOCABULARY), Use(), DAY)

    (asked,) = (one for one in verdict.questions if one.kind is QuestionKind.DOCUMENT)

    assert {one.text: one.ruling for one in asked.answers} == {
        "nothing": MET,
        "it permits it": UNCLEAR,
    }


# --- what a document that nobody has would make of the verdict (4.4, 4.6) -------------------------

OF_ALL: Final = box("train-ai", "customer-content", by=["vendor", "affiliate"], state="any")
CHAT_ALLOWED: Final = allows(box("train-ai", "chat"))
OVER_TERMS: Final = replace(DPA, precedence=(prevailing("dpa", "terms"),))


def read_in_part(terms: Vendor, gap: Absence) -> Vendor:
    """The same, with an addendum of which nobody read a part."""
    part = Version(document="dpa", effective=START, unread=(gap,))
    documents = (*terms.documents, OVER_TERMS)
    return replace(terms, documents=documents, versions=(*terms.versions, part))


@pytest.mark.parametrize(
    ("terms", "asked", "answers"),
    [
        # What it is about, and no more.
        (
            vendor(CHAT_ALLOWED, documents=(TOS, not_at_hand("dpa", May.TIGHTEN, "chat"))),
            CHAT_AND_AUDIO,
            {"nothing": VIOLATED, "it forbids it": SILENT},
        ),
        (
            read_in_part(vendor(CHAT_ALLOWED), replace(ABOUT_CHAT, may=May.TIGHTEN)),
            CHAT_AND_AUDIO,
            {"nothing": VIOLATED, "it forbids it": SILENT},
        ),
        # Else whoever uses the data, and in whatever state.
        (
            vendor(allows(OF_ALL), documents=(TOS, missing(May.TIGHTEN, "terms"))),
            forbid(OF_ALL, Stance.OPT_IN),
            {"nothing": VIOLATED, "it forbids it": MET},
        ),
        # And nothing of what another one says.
        (
            barring(missing(May.LOOSEN), replace(missing(May.LOOSEN), id="annex")),
            R,
            {"nothing": UNCLEAR, "it permits it": UNCLEAR},
        ),
    ],
)
def test_an_answer_says_what_one_document_says(
    terms: Vendor, asked: Requirement, answers: dict[str, Ruling]
) -> None:
    """Of what it is about."""
    verdict = evaluate(asked, Terms(vendor=terms, vocabulary=VOCABULARY), Use(), DAY)

    told = next(one for one in verdict.questions if one.about == ("dpa",))

    assert {one.text: one.ruling for one in told.answers} == answers


def test_which_quotes_were_found_is_known_under_every_answer() -> None:
    """3.7: a promise that was found counts, whatever else is answered."""
    verified = frozenset({("terms", START, "ban")})
    old = stand(barring(missing(May.EITHER)), VOCABULARY, Use(), DAY, verified)

    found = varied(old, Tried(supposing=(Suppose(document="dpa", read=Read.NOTHING),)))

    assert old.verified == found.verified == verified
    assert [half.verified for half in found.halves] == [True]


@pytest.mark.parametrize(
    ("day", "document", "holds"),
    [(START, "terms", True), (date(2024, 1, 9), "terms", False), (START, "else", False)],
)
def test_a_reading_holds_for_a_version_in_force_on_its_day(
    day: date,
    document: str,
    holds: bool,  # noqa: FBT001 - a table
) -> None:
    """4.7, 10.8: not after the last day of a document, nor of one that nobody recorded."""
    terms = barring()
    last = replace(terms, versions=(replace(terms.versions[0], withdrawn=date(2024, 1, 8)),))
    recorded = reading("ban", document, day)

    holding, idle = readings_holding(last, (recorded,), date(2024, 1, 7))

    assert (holding, idle) == (((recorded,), ()) if holds else ((), (recorded,)))
