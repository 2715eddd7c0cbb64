"""Sentences of the policy language that the worked examples do not reach, each with examples.

Like the table of semantics 9: the naive evaluator and the engine must both give the verdict.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from termsgate.core.evaluate import Terms, Use, evaluate, rule
from termsgate.core.inforce import in_force, versions_on
from termsgate.core.model import (
    Absence,
    ChoiceKind,
    Closed,
    Document,
    DocumentKind,
    May,
    Precedence,
    Stance,
    Target,
    Version,
)
from termsgate.core.verdict import Ruling
from termsgate.reading.store import builtin_vocabulary
from tests.laws import oracle
from tests.making import (
    DAY,
    START,
    Situation,
    allows,
    bars,
    box,
    forbid,
    having,
    on,
    prevailing,
    scope,
    vendor,
)

if TYPE_CHECKING:
    from termsgate.core.model import Box, Clause, Requirement, Vendor
    from termsgate.core.vocabulary import Vocabulary

VOCABULARY: Final[Vocabulary] = builtin_vocabulary()
TRAIN: Final = box("train-ai", "customer-content")
R: Final = forbid(TRAIN, Stance.OPT_IN)
TOS: Final = Document(id="terms", kind=DocumentKind.CONTRACT)
VIOLATED, UNCLEAR, SILENT, MET = (
    Ruling.VIOLATED,
    Ruling.UNCLEAR,
    Ruling.SILENT,
    Ruling.MET,
)


def missing(may: May, *over: str, about: Absence | None = None) -> Document:
    """An addendum that nobody has and that prevails over these documents."""
    return Document(
        id="dpa",
        kind=DocumentKind.CONTRACT,
        precedence=(Precedence(document="dpa", over=over),) if over else (),
        absence=replace(about or Absence(), may=may),
    )


def said(
    ruling: Ruling, terms: Vendor, asked: Requirement = R, use: Situation | None = None
) -> object:
    """One example."""
    return pytest.param(terms, asked, use or Situation(), ruling)


def permitting(*documents: Document, **said: Any) -> Vendor:  # noqa: ANN401 - any key of a clause
    """A vendor that permits the use, beside other documents."""
    return vendor(replace(allows(TRAIN), **said), documents=(TOS, *documents))


def barring(*documents: Document, **said: Any) -> Vendor:  # noqa: ANN401 - any key of a clause
    """A vendor that bars the use, beside other documents."""
    return vendor(replace(bars(TRAIN), **said), documents=(TOS, *documents))


DPA_NAMED: Final = (Target(document="dpa"),)
OTHER_NAMED: Final = (Target(document="other"),)
NOTICE: Final = Document(id="notice", kind=DocumentKind.NOTICE)
ABOUT_CHAT: Final = Absence(about=scope(box(data="chat")))
CHAT: Final = forbid(box("train-ai", "chat"), Stance.OPT_IN)
AUDIO: Final = forbid(box("train-ai", "audio"), Stance.OPT_IN)

NOT_AT_HAND: Final = (
    # 4.4: violated becomes unclear only if it may tighten and prevails over what decides.
    said(UNCLEAR, permitting(missing(May.TIGHTEN, "terms"))),
    said(UNCLEAR, permitting(missing(May.EITHER, "terms"))),
    said(VIOLATED, permitting(missing(May.LOOSEN, "terms"))),
    said(VIOLATED, permitting(missing(May.TIGHTEN))),
    said(VIOLATED, permitting(missing(May.TIGHTEN, "notice"), NOTICE)),
    # 10.17: over every clause that governs.
    said(
        VIOLATED,
        vendor(
            allows(TRAIN),
            replace(allows(TRAIN, name="too"), document="notice"),
            documents=(TOS, NOTICE, missing(May.TIGHTEN, "terms")),
        ),
    ),
    said(
        UNCLEAR,
        vendor(
            allows(TRAIN),
            replace(allows(TRAIN, name="too"), document="notice"),
            documents=(TOS, NOTICE, missing(May.TIGHTEN, "terms", "notice")),
        ),
    ),
    # 10.17: by (a), a clause that overrides it is not prevailed over by it.
    said(VIOLATED, permitting(missing(May.TIGHTEN, "terms"), overrides=DPA_NAMED)),
    said(VIOLATED, permitting(missing(May.TIGHTEN, "terms"), overrides=(Target(),))),
    said(UNCLEAR, permitting(missing(May.TIGHTEN, "terms"), overrides=OTHER_NAMED)),
    # 3.3 a: alongside, neither, whatever else would decide.
    said(VIOLATED, permitting(missing(May.TIGHTEN, "terms"), alongside=DPA_NAMED)),
    said(UNCLEAR, permitting(missing(May.TIGHTEN, "terms"), alongside=OTHER_NAMED)),
    # 4.4: met becomes unclear where it may loosen, unless something prevails over it.
    said(UNCLEAR, barring(missing(May.LOOSEN))),
    said(UNCLEAR, barring(missing(May.EITHER))),
    said(MET, barring(missing(May.TIGHTEN))),
    said(MET, barring(missing(May.LOOSEN), overrides=DPA_NAMED)),
    said(UNCLEAR, barring(missing(May.LOOSEN), overrides=OTHER_NAMED)),
    said(UNCLEAR, barring(missing(May.LOOSEN), overrides=DPA_NAMED, alongside=DPA_NAMED)),
    said(MET, barring(missing(May.LOOSEN), overrides=DPA_NAMED, alongside=OTHER_NAMED)),
    said(MET, barring(replace(missing(May.LOOSEN), precedence=(prevailing("terms", "dpa"),)))),
    # 4.4: what it is not about is not touched.
    said(UNCLEAR, barring(missing(May.LOOSEN, about=ABOUT_CHAT)), CHAT),
    said(MET, barring(missing(May.LOOSEN, about=ABOUT_CHAT)), AUDIO),
    said(UNCLEAR, permitting(missing(May.TIGHTEN, "terms", about=ABOUT_CHAT)), CHAT),
    said(VIOLATED, permitting(missing(May.TIGHTEN, "terms", about=ABOUT_CHAT)), AUDIO),
    # 4.4: silent stays silent.
    said(SILENT, vendor(documents=(TOS, missing(May.EITHER, "terms")))),
    # 10.9: not at hand, it prevails over what it replaces by (b).
    said(UNCLEAR, permitting(replace(missing(May.TIGHTEN), replaces=("terms",)))),
)


def listing(closed: str, *excepted: str) -> Clause:
    """Only providing the service is permitted."""
    only = allows(box("provide-service", "customer-content"), name="only")
    return replace(only, closed=Closed(closed), except_as_in=excepted)


CLOSED: Final = (
    # 10.7: `except-as-in` lets a document's clauses prevail over the second half.
    said(MET, vendor(listing("yes"))),
    said(SILENT, vendor(listing("perhaps"))),
    said(MET, vendor(listing("yes"), documents=(TOS, missing(May.TIGHTEN)))),
    said(UNCLEAR, vendor(listing("yes", "dpa"), documents=(TOS, missing(May.EITHER)))),
    said(
        VIOLATED,
        vendor(
            listing("yes", "notice"),
            replace(allows(TRAIN), document="notice"),
            documents=(TOS, NOTICE),
        ),
    ),
    said(
        UNCLEAR,
        vendor(listing("yes"), replace(allows(TRAIN), document="notice"), documents=(TOS, NOTICE)),
    ),
)


def opted_out_of(*boxes: Box) -> Situation:
    """We opted out of each of these."""
    made = [having(ChoiceKind.OPTED_OUT, each).choices[0] for each in boxes]
    return Situation(choices=tuple(made))


IF_OPTED_OUT: Final = vendor(
    replace(bars(box("train-ai", ["chat", "files"])), applies=(on("opted-out", "true"),))
)
BOTH: Final = forbid(box("train-ai", ["chat", "files"]), Stance.OPT_IN)
OPTED_OUT: Final = (
    # 10.10: true for a clause all of whose possible scope our recorded opt-outs cover.
    said(UNCLEAR, IF_OPTED_OUT, BOTH),
    said(MET, IF_OPTED_OUT, BOTH, opted_out_of(box("train-ai"))),
    said(MET, IF_OPTED_OUT, BOTH, opted_out_of(box("train-ai", "chat"), box("train-ai", "files"))),
    said(UNCLEAR, IF_OPTED_OUT, BOTH, opted_out_of(box("train-ai", "chat"))),
    said(UNCLEAR, IF_OPTED_OUT, BOTH, opted_out_of(box("train-ai", "files"))),
    said(UNCLEAR, IF_OPTED_OUT, BOTH, opted_out_of(box("marketing"))),
    said(
        UNCLEAR,
        IF_OPTED_OUT,
        BOTH,
        opted_out_of(box("train-ai", "files"), box("train-ai", "screen-share")),
    ),
)


@pytest.mark.parametrize(("terms", "asked", "use", "ruling"), NOT_AT_HAND + CLOSED + OPTED_OUT)
def test_the_naive_evaluator_gives_the_verdict(
    terms: Vendor, asked: Requirement, use: Situation, ruling: Ruling
) -> None:
    """Each comment above names the sentence."""
    assert oracle.rule(asked, terms, VOCABULARY, use, DAY) is ruling


@pytest.mark.parametrize(("terms", "asked", "use", "ruling"), NOT_AT_HAND + CLOSED + OPTED_OUT)
def test_the_engine_gives_the_verdict(
    terms: Vendor, asked: Requirement, use: Situation, ruling: Ruling
) -> None:
    """In one word, and in full."""
    judged = Terms(vendor=terms, vocabulary=VOCABULARY)
    using = Use(context=use.context, choices=use.choices, readings=use.readings)

    word = rule(asked, judged, using, DAY)

    assert (word, evaluate(asked, judged, using, DAY).ruling) == (ruling, ruling)


# --- which version is in force (3.1, 10.8) -------------------------------------------------------

MARCH, JUNE, SEPTEMBER = date(2023, 3, 31), date(2023, 6, 1), date(2023, 9, 1)
TWO_VERSIONS: Final = replace(
    vendor(documents=(TOS, NOTICE)),
    versions=(
        Version(document="terms", effective=MARCH),
        Version(document="terms", effective=SEPTEMBER, withdrawn=DAY),
        Version(document="notice", effective=START),
    ),
)


@pytest.mark.parametrize(
    ("day", "effective"),
    [(date(2023, 3, 30), None), (MARCH, MARCH), (date(2023, 8, 31), MARCH), (SEPTEMBER, SEPTEMBER)],
)
def test_a_version_is_in_force_until_the_day_before_the_next(
    day: date, effective: date | None
) -> None:
    """Semantics 3.1: from its effective date on."""
    found = in_force(TWO_VERSIONS, TOS, day)

    assert (found and found.effective) == effective


@pytest.mark.parametrize(
    ("known", "day", "effective"),
    [
        (JUNE, date(2023, 5, 31), MARCH),
        (JUNE, JUNE, None),
        (JUNE, SEPTEMBER, SEPTEMBER),
        (MARCH, JUNE, MARCH),
    ],
)
def test_a_version_known_and_not_recorded_is_not_at_hand(
    known: date, day: date, effective: date | None
) -> None:
    """Semantics 3.1: from its date to the next recorded one; one that is recorded is at hand."""
    found = in_force(replace(TWO_VERSIONS, known_versions=(("terms", known),)), TOS, day)

    assert (found and found.effective) == effective


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (JUNE, {"terms": MARCH, "notice": START}),
        (DAY, {"terms": SEPTEMBER, "notice": START}),
        (date(2024, 1, 11), {"notice": START}),
        (date(2021, 1, 1), {"notice": START}),
    ],
)
def test_the_versions_on_a_day_are_those_in_force(day: date, found: dict[str, date]) -> None:
    """Semantics 10.8: `withdrawn` is the last day; after it the document is no part."""
    assert versions_on(TWO_VERSIONS, day) == found
