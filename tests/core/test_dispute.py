"""What follows once somebody says which of two clauses prevails (semantics 4.6, 4.7)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.evaluate import Terms, Use, evaluate
from termsgate.core.model import Closed, Every, May, Stance, Target
from termsgate.core.retrial import Retrial
from termsgate.core.verdict import QuestionKind
from tests.core.test_sentences import (
    BOTH,
    BOTH_SAY,
    DPA,
    FREE,
    LICENCE,
    NOTICE,
    ON_CHAT,
    THIRTY,
    TOS,
    TRAIN,
    VOCABULARY,
    R,
    if_stated,
    missing,
    notice,
    ranked,
)
from tests.making import DAY, allows, bars, box, forbid, requirement, scope, vendor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termsgate.core.model import Clause, Document, Requirement, Vendor
    from termsgate.core.verdict import Question

BAN, PERMISSION = bars(TRAIN), allows(TRAIN)
GAP: Final = missing(May.LOOSEN)
OF_CHAT, OF_FILES = box("train-ai", "chat"), box("train-ai", "files")


def conflicts(terms: Vendor, asked: Requirement) -> Iterator[Question]:
    """The questions which clause prevails."""
    verdict = evaluate(asked, Terms(vendor=terms, vocabulary=VOCABULARY), Use(), DAY)
    return (one for one in verdict.questions if one.kind is QuestionKind.CONFLICT)


def saying(clause: Clause, *clauses: str) -> Clause:
    """The clause, with words over others."""
    return replace(
        clause, overrides=tuple(Target(document="terms", clause=name) for name in clauses)
    )


def example(answers: str, terms: Vendor, asked: Requirement = R) -> object:
    """The verdicts that the answers to each question lead to, the first clause's first."""
    return pytest.param(answers, terms, asked)


def in_notice(clause: Clause) -> Clause:
    """The clause in a notice, which neither prevails over the terms nor gives way."""
    return replace(clause, document="notice")


def of_both(*clauses: Clause, more: tuple[Document, ...] = ()) -> Vendor:
    """Clauses in the terms, and in the notice."""
    return vendor(*clauses, documents=(TOS, NOTICE, *more))


LISTED: Final = replace(
    allows(box("provide-service", ["chat", "files"]), Stance.OPT_IN, name="only"), closed=Closed.YES
)
USES: Final = forbid(box(["provide-service", "train-ai"], "files"), Stance.OPT_IN)
IF_FREE: Final = replace(saying(bars(TRAIN, name="free"), "permission"), applies=(FREE,))
GRANTED: Final = replace(PERMISSION, states=(LICENCE,))

EXAMPLES: Final = (
    # Elsewhere the verdict stays what it was: it is decided where both apply.
    example("met violated", BOTH_SAY),
    example("silent violated", of_both(bars(OF_CHAT), in_notice(allows(OF_CHAT))), BOTH),
    # Both halves of a closed list prevail, and the one above the other no less.
    example(
        "met violated",
        of_both(LISTED, in_notice(allows(box(["provide-service", "train-ai"], "files")))),
        USES,
    ),
    example(
        "met violated",
        of_both(
            LISTED,
            allows(box(["provide-service", "train-ai"], "files")),
            in_notice(bars(box("train-ai", "files"))),
        ),
        USES,
    ),
    # What is listed perhaps is decided, too.
    example(
        "unclear violated",
        of_both(
            replace(LISTED, scope=scope(box("provide-service", "chat"), perhaps=box(data="files"))),
            in_notice(allows(box("provide-service", ["chat", "files"]), Stance.NOTICE)),
            replace(bars(box("provide-service", "chat")), document="dpa"),
            more=(DPA,),
        ),
        forbid(box("provide-service", ["chat", "files"]), Stance.OPT_IN),
    ),
    # Whoever else prevails goes on prevailing.
    example(
        "met violated",
        of_both(
            in_notice(bars(OF_CHAT, perhaps=box(data="files"))),
            PERMISSION,
            saying(bars(OF_FILES, name="files"), "permission"),
        ),
        BOTH,
    ),
    # 4.4, 4.5, 6.2, 10.12: what else the verdict hangs on is looked at again.
    example("unclear violated", of_both(BAN, in_notice(PERMISSION), more=(GAP,))),
    example("met unclear", vendor(BAN, PERMISSION, IF_FREE)),
    example("not-applicable violated", vendor(BAN, GRANTED), if_stated(R.demand)),
    example("met violated", ranked(ON_CHAT)),
    # 5: facts, and each part of a compound.
    example("met violated", of_both(notice(30), in_notice(notice(14))), THIRTY),
    example("met violated", BOTH_SAY, requirement(Every(parts=(R.demand, forbid(OF_CHAT).demand)))),
)


def told(found: Iterator[Question]) -> str:
    """The verdicts of the answers."""
    return "; ".join(" ".join(one.ruling.word for one in each.answers) for each in found)


@pytest.mark.parametrize(("answers", "terms", "asked"), EXAMPLES)
def test_an_answer_leads_to_the_verdict_it_would_have_on_record(
    answers: str, terms: Vendor, asked: Requirement, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it is tried out on the fields that are there, or judged afresh from the clauses."""
    found = told(conflicts(terms, asked))
    for name in ("ruling", "decided"):
        monkeypatch.setattr(Retrial, name, lambda *_: None)

    assert found == told(conflicts(terms, asked)) == answers
