"""What a newly captured text shows of a version, and the verdicts that rest on lost words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from termsgate.core.docket import Docket
from termsgate.core.drift import (
    Anchor,
    Course,
    Dates,
    Drift,
    Fate,
    PassageDrift,
    QuoteDrift,
    Recorded,
    Refused,
    Unfit,
    Unproven,
)
from termsgate.core.model import (
    Check,
    Choice,
    ChoiceKind,
    Context,
    Document,
    DocumentKind,
    Precedence,
    RecordedReading,
    Stance,
)
from termsgate.core.unproven import unproven
from tests.core.test_history import project
from tests.making import START, allows, bars, box, forbid, on
from tests.making import vendor as made

if TYPE_CHECKING:
    from termsgate.core.model import Clause, Requirement, Vendor

DAY, NEXT = date(2024, 1, 1), date(2024, 6, 1)
OLD_NEW: Final = Dates(before=DAY, now=NEXT)
SAME: Final = Dates(before=DAY, now=DAY)
QUOTE: Final = QuoteDrift(clause="ban", section="1", quote="words", anchor=Anchor.LOST)
NEW: Final = PassageDrift(fate=Fate.NEW, after="It is new.")
GONE: Final = PassageDrift(fate=Fate.GONE, before="It was.")
TOUCHED: Final = replace(NEW, about=("training",))
QUOTED: Final = replace(NEW, clauses=("ban",))
REFUSED: Final = Refused(why=Unfit.EMPTY, says="", help="")


def drift(**said: Any) -> Drift:  # noqa: ANN401 - any key
    """What a text shows of the terms."""
    return Drift(vendor="vendor", document="terms", effective=START, text="new.txt", **said)


def test_a_passage_is_told_as_it_stands_or_as_it_stood() -> None:
    """New words before old ones."""
    changed = replace(NEW, before="It was.", fate=Fate.CHANGED)

    assert [each.text for each in (NEW, GONE, changed)] == ["It is new.", "It was.", "It is new."]


@pytest.mark.parametrize(
    ("dates", "changed"),
    [(OLD_NEW, True), (SAME, False), (Dates(now=DAY), False), (Dates(before=DAY), False)],
)
def test_a_date_changed_where_both_are_known(dates: Dates, changed: bool) -> None:  # noqa: FBT001 - a table
    """And are not the same."""
    assert dates.changed is changed


@pytest.mark.parametrize(
    ("found", "drifted"),
    [
        (drift(), False),
        (drift(slight=3), False),
        (drift(quotes=(QUOTE,)), True),
        (drift(passages=(NEW,)), True),
        (drift(dates=OLD_NEW), True),
        (drift(later=True), True),
        (drift(later=True, refused=REFUSED), False),
    ],
)
def test_a_text_drifts_by_words_or_by_its_date(found: Drift, drifted: bool) -> None:  # noqa: FBT001 - a table
    """Capitals and punctuation alone are no drift, and what cannot be judged is none."""
    assert found.drifted is drifted


def test_passages_touch_a_subject_or_a_quote_or_neither() -> None:
    """Each is among one or the other."""
    both = replace(TOUCHED, clauses=("ban",))
    found = drift(passages=(NEW, TOUCHED, QUOTED, both))

    assert (found.touching, found.others) == ((TOUCHED, QUOTED, both), (NEW,))


@pytest.mark.parametrize(
    ("said", "words", "day"),
    [
        ({"dates": SAME, "passages": (NEW,)}, True, False),
        ({"dates": SAME}, False, False),
        ({"passages": (NEW,)}, False, False),
        ({"dates": OLD_NEW, "passages": (NEW,)}, False, False),
        ({"dates": OLD_NEW}, False, True),
        ({"dates": OLD_NEW, "quotes": (QUOTE,)}, False, False),
        ({"dates": OLD_NEW, "against": ""}, False, False),
        ({"dates": SAME, "quotes": (QUOTE,)}, False, False),
    ],
)
def test_words_change_without_the_date_or_the_date_without_words(
    said: dict[str, Any],
    words: bool,  # noqa: FBT001 - a table
    day: bool,  # noqa: FBT001
) -> None:
    """The second can be told only beside the old text."""
    found = drift(**{"against": "old.txt", **said})

    assert (found.words_without_date, found.date_without_words) == (words, day)
    assert found.compared is (said.get("against") != "")


def recorded(*found: Drift) -> Course:
    """Versions one after the other."""
    kept = (
        Recorded(commit=f"{place}", on=DAY, drift=each, fresh=True)
        for place, each in enumerate(found)
    )
    return Course(since="0", recorded=tuple(kept))


@pytest.mark.parametrize(
    ("course", "first", "latest"),
    [
        ((), None, None),
        ((drift(),), None, "0"),
        ((drift(), drift(later=True), drift(later=True)), "1", "2"),
        ((drift(later=True), drift(), drift(later=True)), "2", "2"),
        ((drift(later=True), drift(refused=REFUSED)), "0", "0"),
        ((drift(later=True), drift()), None, "1"),
        ((drift(refused=REFUSED), drift(refused=REFUSED)), None, "1"),
    ],
)
def test_drift_begins_where_it_lasts(
    course: tuple[Drift, ...], first: str | None, latest: str | None
) -> None:
    """A text that cannot be judged neither begins it nor ends it."""
    found = recorded(*course)

    assert found.first == next((each for each in found.recorded if each.commit == first), None)
    assert found.latest == next((each for each in found.recorded if each.commit == latest), None)


# --- verdicts that rest on lost words ------------------------------------------------------------

TRAIN: Final = box("train-ai", "chat")
ASKED: Final = forbid(TRAIN, Stance.OPT_IN)
CHECK: Final = Check(id="calls", title="", vendors=("vendor",))


def resting(
    terms: Vendor,
    found: Drift,
    check: Check = CHECK,
    asked: Requirement = ASKED,
    **more: Any,  # noqa: ANN401
) -> tuple[Unproven, ...]:
    """The verdicts of a check that rest on what drifted."""
    of = project()
    policy = replace(of.policies[0], requirements=(asked,))
    of = replace(of, vendors=(terms,), policies=(policy,), checks=(check,))
    return unproven(Docket(project=of, today=NEXT, **more), terms, terms.versions[0], found)


def telling(clauses: tuple[str, ...], ruling: str = "met", *, reread: bool = False) -> Unproven:
    """What is told of the one verdict."""
    return Unproven(
        check="calls",
        requirement="policy.requirement",
        ruling=ruling,
        outcome={"met": "pass"}.get(ruling, "fail"),
        clauses=clauses,
        reread=reread,
    )


@pytest.mark.parametrize(
    ("clause", "found", "expected"),
    [
        (bars(TRAIN), drift(quotes=(QUOTE,)), (telling(("ban",)),)),
        (bars(TRAIN), drift(passages=(QUOTED,)), (telling(("ban",), reread=True),)),
        (bars(TRAIN), drift(quotes=(QUOTE,), passages=(QUOTED,)), (telling(("ban",)),)),
        (bars(TRAIN), drift(passages=(TOUCHED,)), ()),
        (bars(TRAIN), drift(quotes=(replace(QUOTE, clause="other"),)), ()),
        (allows(TRAIN, name="ban"), drift(quotes=(QUOTE,)), (telling(("ban",), "violated"),)),
    ],
)
def test_a_verdict_rests_on_the_clauses_that_decided(
    clause: Clause, found: Drift, expected: tuple[Unproven, ...]
) -> None:
    """On their quotes, or on the sentences around them."""
    assert resting(made(clause), found) == expected


def test_what_is_lost_comes_before_what_is_to_be_read_again() -> None:
    """Whatever stands first in the files."""
    files = box("train-ai", "files")
    terms = made(bars(TRAIN, name="read"), bars(files))
    of = project()
    asked = tuple(
        replace(forbid(each, Stance.OPT_IN), id=name) for each, name in ((TRAIN, "a"), (files, "b"))
    )
    of = replace(
        of,
        vendors=(terms,),
        policies=(replace(of.policies[0], requirements=asked),),
        checks=(CHECK, replace(CHECK, id="others", vendors=("nobody",))),
    )
    found = drift(quotes=(QUOTE,), passages=(replace(QUOTED, clauses=("read", "ban")),))

    told = unproven(Docket(project=of, today=NEXT), terms, terms.versions[0], found)

    assert [(each.requirement, each.reread) for each in told] == [("b", False), ("a", True)]


def test_a_verdict_is_that_of_the_use_a_check_is_about() -> None:
    """Its context, its choices and its readings, and quotes that were found."""
    free = replace(bars(TRAIN), applies=(on("plan", "free"),))
    known = replace(CHECK, context=Context(known=(("plan", ("free",)),)))
    lost = drift(quotes=(QUOTE,))
    asking = replace(ASKED, evidence_required=True)
    seen = {"vendor": frozenset({("terms", START, "ban")})}
    open_ = replace(allows(TRAIN, Stance.OPT_IN, Stance.FREE), id="ban")
    read = RecordedReading(
        vendor="vendor",
        document="terms",
        clause="ban",
        because="",
        by="",
        on=START,
        stance=Stance.OPT_IN,
    )
    out = Choice(kind=ChoiceKind.OPTED_OUT, vendor="vendor", box=TRAIN, on=START)
    may = replace(allows(TRAIN, Stance.OPT_OUT), id="ban")

    rulings = [
        [each.ruling for each in found]
        for found in (
            resting(made(free), lost),
            resting(made(free), lost, known),
            resting(made(bars(TRAIN)), lost, asked=asking),
            resting(made(bars(TRAIN)), lost, asked=asking, verified=seen),
            resting(made(open_), lost),
            resting(made(open_), lost, replace(CHECK, readings=(read,))),
            resting(made(may), lost),
            resting(made(may), lost, replace(CHECK, choices=(out,))),
        )
    ]

    assert rulings == [
        ["unclear"],
        ["met"],
        [],
        ["met"],
        ["unclear"],
        ["met"],
        ["violated"],
        ["met"],
    ]


@pytest.mark.parametrize(
    ("over", "named", "clauses"),
    [
        ("notice", "precedence.1", ("precedence.1",)),
        ("notice", "precedence.2", ()),
        ("other", "precedence.1", ()),
    ],
)
def test_words_on_precedence_decide_where_a_document_gave_way(
    over: str, named: str, clauses: tuple[str, ...]
) -> None:
    """By the document, and one that the words are about."""
    contract = Document(id="terms", kind=DocumentKind.CONTRACT)
    notice = Document(id="notice", kind=DocumentKind.NOTICE)
    terms = made(
        bars(TRAIN), replace(allows(TRAIN), document="notice"), documents=(contract, notice)
    )
    ranks = (Precedence(document="terms", over=(over,)),)
    also = replace(contract, precedence=(Precedence(document="terms", over=("notice",)),))
    version = replace(terms.versions[0], precedence=ranks)
    terms = replace(terms, documents=(also, notice), versions=(version, *terms.versions[1:]))

    found = resting(terms, drift(quotes=(replace(QUOTE, clause=named),)))

    assert [each.clauses for each in found] == ([clauses] if clauses else [])
