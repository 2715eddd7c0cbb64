"""A question that can change nothing is not asked, and no other is kept back (4.1, 10.28)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from termsgate.core.model import AXES, Clause, Closed, RecordedReading
from termsgate.core.verdict import QuestionKind, Ruling
from tests.laws.cases import VENDOR, Case, case
from tests.laws.comparing import quickly, wholly
from tests.laws.effort import cases

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from termsgate.core.verdict import Question

ASKED: Final = range(cases(1_500, least=300))
ROUNDS: Final = 8
"""So often at most is everything answered that is asked: an answer may lead to a question."""


def reading(made: Case, clause: str, axis: str, term: str) -> RecordedReading:
    """That a clause (`document.id`) covers a term."""
    document, _, ident = clause.partition(".")
    return RecordedReading(
        vendor=VENDOR,
        document=document,
        clause=ident,
        because="",
        by="",
        on=made.on,
        axis=axis,
        term=term,
        covered=True,
    )


def read_as(made: Case, readings: Iterable[RecordedReading], closed: Collection[str]) -> Case:
    """The case with readings recorded, and with the lists of some clauses closed."""

    def shut(clause: Clause) -> Clause:
        meant = f"{clause.document}.{clause.id}" in closed and clause.closed is Closed.PERHAPS
        return replace(clause, closed=Closed.YES) if meant else clause

    versions = tuple(
        replace(one, clauses=tuple(map(shut, one.clauses))) for one in made.vendor.versions
    )
    use = replace(made.use, readings=(*made.use.readings, *readings))
    return replace(made, vendor=replace(made.vendor, versions=versions), use=use)


def told_to_record(made: Case, question: Question) -> Iterator[RecordedReading]:
    """The readings that a question says are to be recorded; a term may stand on several axes."""
    _, _, said = question.how.partition(", term ")
    terms, _, _ = said.rpartition(", covered")
    for term in terms.split(", "):
        for axis in AXES:
            if term in made.vocabulary.axis(axis).by_id:
                yield reading(made, question.about[0], axis, term)


def answered_yes(made: Case, questions: Iterable[Question]) -> Case:
    """The case in which clauses cover what is asked, and lists are closed."""
    listed = [one for one in questions if "closed" in one.how]
    covering = [one for one in questions if one not in listed]
    readings = [each for one in covering for each in told_to_record(made, one)]
    return read_as(made, readings, {one.about[0] for one in listed})


def covering_all(made: Case) -> Case:
    """The case in which every clause covers whatever it could, and every list is closed."""
    names = {f"{c.document}.{c.id}" for v in made.vendor.versions for c in v.clauses}
    roots = {axis: made.vocabulary.axis(axis).root for axis in AXES}
    readings = [reading(made, name, axis, roots[axis]) for name in sorted(names) for axis in AXES]
    return read_as(made, readings, names)


def silent() -> Iterator[tuple[Case, tuple[Question, ...]]]:
    """Cases whose verdict is silent, with what it asks."""
    for made in map(case, ASKED):
        verdict = wholly(made)
        if verdict.ruling is Ruling.SILENT:
            yield made, verdict.questions


def test_silence_that_asks_is_ended_by_answers() -> None:
    """It asks only whether clauses cover something; where they all do, it is silent no more."""
    asked = 0
    for made, questions in silent():
        assert {one.kind for one in questions} <= {QuestionKind.COVERAGE}, made.seed
        asked += bool(questions)
        left, answered = questions, made
        for _ in range(ROUNDS):
            if left:
                answered = answered_yes(answered, left)
                verdict = wholly(answered)
                left = verdict.questions if verdict.ruling is Ruling.SILENT else ()

        assert not questions or quickly(answered) is not Ruling.SILENT, made.seed
    assert asked >= cases(20, least=3)


def test_silence_that_asks_nothing_is_never_met() -> None:
    """Whatever its clauses are read to cover."""
    unasked = 0
    for made, questions in silent():
        if not questions:
            unasked += 1
            assert quickly(covering_all(made)) is not Ruling.MET, made.seed
    assert unasked >= cases(300, least=50)
