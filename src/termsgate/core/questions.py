"""What the terms leave open, in words, with what follows from each answer (semantics 4.6, 4.7).

Every answer is tried out: the requirement is judged again as if a person had recorded it. So the
answers listed are the verdicts that an answer gives, by construction.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from termsgate.core.account import value_in_words
from termsgate.core.case import Case, together
from termsgate.core.conditions import ANOTHER, YES_NO_KEYS
from termsgate.core.facts import Effect, effect, is_excused
from termsgate.core.field import about, holdings
from termsgate.core.model import (
    AXES,
    Box,
    Choice,
    ChoiceKind,
    Closed,
    Firmness,
    Forbid,
    May,
    RecordedReading,
    Require,
)
from termsgate.core.once import once
from termsgate.core.plainly import word
from termsgate.core.retrial import Retrial
from termsgate.core.space import cells
from termsgate.core.stances import choice_cells, consent_tells, stance_tells, whose_tells
from termsgate.core.standing import Half, Read, Statement, Suppose
from termsgate.core.tree import own_terms
from termsgate.core.values import Unspecified
from termsgate.core.varying import Tried, varied
from termsgate.core.verdict import Answer, Question, QuestionKind, Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termsgate.core.account import Account, View
    from termsgate.core.conditions import Dimension
    from termsgate.core.govern import Contender
    from termsgate.core.model import Clause
    from termsgate.core.space import Layer
    from termsgate.core.stances import Recorded
    from termsgate.core.vocabulary import Hierarchy

MOST_QUESTIONS: Final = 12
CONSENT_WORDS: Final = ("account-admin", "user", "everyone-affected")


def cite(clause: Clause) -> str:
    """A clause as a lawyer would point to it."""
    where = f"section {clause.section} of " if clause.section else ""
    return f"{where}{clause.document} ({clause.id})"


def key_of(clause: Clause) -> str:
    """Document and id, as files write them."""
    return f"{clause.document}.{clause.id}"


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """The questions of one account."""

    account: Account
    tried: dict[Tried, Ruling] = field(default_factory=dict, repr=False, compare=False)
    found: dict[Question, None] = field(default_factory=dict, repr=False, compare=False)

    @property
    def case(self) -> Case:
        """The case it is about."""
        return self.account.case

    @once
    def questions(self) -> tuple[Question, ...]:
        """The questions worth asking: those whose answers tell something apart, or else all."""
        ruling = self.case.ruling
        if ruling not in (Ruling.UNCLEAR, Ruling.SILENT):
            return ()
        found, telling = self.found, list[Question]()
        for one in self._all():
            if one not in found:
                found[one] = None
                if not one.answers or {answer.ruling for answer in one.answers} != {ruling}:
                    telling.append(one)
            if len(telling) == MOST_QUESTIONS:
                break
        return tuple((telling or list(found))[:MOST_QUESTIONS])

    def _all(self) -> Iterator[Question]:
        yield from self._conditions()
        for view in self.account.views:
            if view.outcome.ruling is Ruling.UNCLEAR:
                yield from self._of_view(view)
        for view in self.account.hopeful:
            yield from self._of_silence(view)

    def _of_silence(self, view: View) -> Iterator[Question]:
        """What would make it met: whether clauses reach so far; nothing else is open (10.28)."""
        for contender in self._present(view):
            yield from self._coverage(contender, view)

    def _of_view(self, view: View) -> Iterator[Question]:
        if view.field.bound & view.cell:
            yield _bound_reached()
        demand = view.outcome.leaf.demand
        for contender in self._present(view):
            rival = contender.rival
            if contender.vague() & view.cell:
                yield from self._coverage(contender, view)
            if isinstance(rival, Half) and isinstance(demand, Forbid):
                yield from self._of_stances(rival, demand, self._recorded(view))
            if isinstance(rival, Statement) and isinstance(demand, Require):
                yield from self._fact(rival, demand)
        yield from self._conflicts(view)
        yield from self._precedence(view)
        yield from self._documents(view)

    @staticmethod
    def _present(view: View) -> Iterator[Contender]:
        for contender, where in zip(view.field.contenders, view.field.where, strict=True):
            if where & view.cell:
                yield contender

    # -- trying answers ---------------------------------------------------------------------------

    def under(self, answer: Tried) -> Ruling:
        """The verdict had a person recorded an answer; each is tried once."""
        found = self.tried.get(answer)
        if found is None:
            found = self.retrial.ruling(answer)
            if found is None:
                found = word(self.case.requirement, varied(self.case.standing, answer))
            self.tried[answer] = found
        return found

    @once
    def retrial(self) -> Retrial:
        """The case, ready to be judged again."""
        return Retrial(case=self.case)

    def _with_reading(self, reading: RecordedReading) -> Ruling:
        return self.under(Tried(readings=(reading,)))

    def _with_readings(self, readings: Iterable[RecordedReading]) -> Ruling:
        return self.under(Tried(readings=tuple(readings)))

    def _supposing(self, case: Suppose) -> Ruling:
        return self.under(Tried(supposing=(case,)))

    def _reading(self, clause: Clause, **said: Any) -> RecordedReading:  # noqa: ANN401 - its keys
        """A reading of a clause that a person might record today."""
        standing = self.case.standing
        return RecordedReading(
            vendor=standing.vendor.id,
            document=clause.document,
            clause=clause.id,
            because="",
            by="",
            on=standing.on,
            **said,
        )

    # -- conditions (4.5) -------------------------------------------------------------------------

    def _conditions(self) -> Iterator[Question]:
        if self.case.too_many or self.case.applies is False:
            return
        for dimension, candidates in self.case.asked.items():
            answers = tuple(
                Answer(text=_in_words(dimension, value), ruling=self._answered(dimension, value))
                for value in candidates
            )
            told = {one.ruling for one in answers} - {Ruling.NOT_APPLICABLE}
            if len(told) > 1:
                yield Question(
                    kind=QuestionKind.CONDITION,
                    text=_condition_text(dimension),
                    answers=answers,
                    about=(":".join(part for part in dimension if part),),
                    how="write it in the check's `context`",
                )

    def _answered(self, dimension: Dimension, value: str) -> Ruling:
        return together(
            ruling for answers, ruling in self.case.by_answers if answers[dimension] == value
        )

    # -- coverage (1.5) ---------------------------------------------------------------------------

    def _coverage(self, contender: Contender, view: View) -> Iterator[Question]:
        rival = contender.rival
        clause = rival.clause
        if rival.second and clause.closed is Closed.PERHAPS:
            yield self._closed(clause)
            return
        for axis, terms in self._doubts(contender, view):
            yield Question(
                kind=QuestionKind.COVERAGE,
                text=f"does {cite(clause)} cover {' and '.join(terms)}?",
                answers=tuple(
                    Answer(
                        text=text,
                        ruling=self._with_readings(
                            self._reading(clause, axis=axis, term=term, covered=yes)
                            for term in terms
                        ),
                    )
                    for text, yes in (("yes", True), ("no", False))
                ),
                about=(key_of(clause),),
                how=(
                    "record a reading in the check: "
                    f"clause {key_of(clause)}, term {', '.join(terms)}, covered true or false"
                ),
            )

    def _closed(self, clause: Clause) -> Question:
        key = Suppose(document=clause.document, clause=clause.id)
        return Question(
            kind=QuestionKind.COVERAGE,
            text=f"are the uses listed in {cite(clause)} the only ones?",
            answers=(
                Answer(text="yes", ruling=self._supposing(replace(key, closed=Closed.YES))),
                Answer(text="no", ruling=self._supposing(replace(key, closed=Closed.NO))),
            ),
            about=(key_of(clause),),
            how="settle `closed` in the fixture",
        )

    def _doubts(self, contender: Contender, view: View) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The axes on which a clause covers what is shown only possibly, with terms for it."""
        axes = self.case.standing.vocabulary.axes
        own = own_terms(view.outcome.leaf.demand)
        found: dict[int, dict[str, None]] = {}
        for cell in cells(contender.vague() & view.shown):
            group = view.field.grid.cell(cell)
            point = [mask & -mask for mask in group]
            places = {p for layer in contender.rival.layers for p in _doubtful(layer, point)}
            for place in sorted(places):
                found.setdefault(place, {}).update(
                    (_term(axes[place], 1 << leaf, own[place], contender, place), None)
                    for leaf in cells(group[place])
                )
        for place, terms in sorted(found.items()):
            yield AXES[place], tuple(terms)

    # -- stances (2.2, 2.4, 2.6) ------------------------------------------------------------------

    def _recorded(self, view: View) -> Recorded:
        """What we chose about the use that is shown."""
        cut = choice_cells(self.case.standing, view.field.grid)
        return next(chosen for here, chosen in cut if here & view.cell)

    def _of_stances(self, half: Half, demand: Forbid, chosen: Recorded) -> Iterator[Question]:
        """What is open about the stance of a clause, our choices considered (10.28)."""
        if stance_tells(half, demand, chosen):
            yield self._stance(half)
        if whose_tells(half, demand, chosen):
            yield self._whose(half, demand)
        if consent_tells(half, demand, chosen):
            yield self._consent(half, demand)

    def _stance(self, half: Half) -> Question:
        clause = half.clause
        return Question(
            kind=QuestionKind.STANCE,
            text=_stance_text(clause),
            answers=tuple(
                Answer(
                    text=stance.word,
                    ruling=self._with_reading(self._reading(clause, stance=stance)),
                )
                for stance in sorted(half.stances)
            ),
            about=(key_of(clause),),
            how=f"record a reading in the check: clause {key_of(clause)}, stance",
        )

    def _whose(self, half: Half, demand: Forbid) -> Question:
        clause = half.clause
        others = [word for word in CONSENT_WORDS[:2] if word not in demand.consent_from]
        cases = [(" and ".join(demand.consent_from), demand.consent_from)]
        cases += [(f"{word} only", (word,)) for word in others]
        return Question(
            kind=QuestionKind.WHOSE_CONSENT,
            text=f"whose consent does {cite(clause)} mean?",
            answers=tuple(
                Answer(
                    text=text,
                    ruling=self._supposing(
                        Suppose(document=clause.document, clause=clause.id, consent_from=words)
                    ),
                )
                for text, words in cases
            ),
            about=(key_of(clause),),
            how="write `consent-from` on the clause, if the terms say it",
        )

    def _consent(self, half: Half, demand: Forbid) -> Question:
        return Question(
            kind=QuestionKind.CONSENT,
            text=f"do we consent to what {cite(half.clause)} asks us?",
            answers=(
                Answer(text="we refused", ruling=self._chosen(demand, ChoiceKind.REFUSED)),
                Answer(text="we consented", ruling=self._chosen(demand, ChoiceKind.CONSENTED)),
            ),
            about=(key_of(half.clause),),
            how="record it in the check's `choices`",
        )

    def _chosen(self, demand: Forbid, kind: ChoiceKind) -> Ruling:
        standing = self.case.standing
        choices = tuple(
            Choice(
                kind=kind,
                vendor=standing.vendor.id,
                box=Box(action=part.box.action, data=part.box.data),
                on=standing.on,
            )
            for part in demand.scope.parts
        )
        return self.under(Tried(choices=choices))

    # -- conflicts (3.3) --------------------------------------------------------------------------

    def _conflicts(self, view: View) -> Iterator[Question]:
        """Clauses that both govern, one meeting the need and one failing it, neither open.

        Where a criterion says which of the two prevails, that is not what is open.
        """
        here = list(self._present(view))
        for_it = [one for one in here if one.meets & ~one.fails & view.cell]
        against = [one for one in here if one.fails & ~one.meets & view.cell]
        for first in for_it:
            for second in against:
                if not _is_decided(view, first, second):
                    yield from self._which(first.rival.clause, second.rival.clause)

    def _which(self, first: Clause, second: Clause) -> Iterator[Question]:
        """Which of two prevails; not worded where it tells nothing and enough such are there."""
        rulings = self._over(first, second), self._over(second, first)
        if len(self.found) >= MOST_QUESTIONS and {*rulings} == {self.case.ruling}:
            return
        cited, names = (cite(first), cite(second)), (key_of(first), key_of(second))
        yield Question(
            kind=QuestionKind.CONFLICT,
            text=f"which prevails: {cited[0]} or {cited[1]}?",
            answers=tuple(map(_answer, cited, rulings)),
            about=names,
            how=f"record a reading in the check: clause {names[0]}, over {names[1]}",
        )

    def _over(self, upper: Clause, lower: Clause) -> Ruling:
        """The verdict where one clause prevails over another."""
        found = self.retrial.decided((upper.document, upper.id), (lower.document, lower.id))
        if found is not None:
            return found
        return self._with_reading(self._reading(upper, over=(lower.document, lower.id)))

    def _precedence(self, view: View) -> Iterator[Question]:
        scene = view.field.scene
        held = {held: self._who_governs(view, held) for held, _ in holdings(view.field, view.cell)}
        for place, _ in about(scene):
            if all(held.get(one ^ {place}, who) == who for one, who in held.items()):
                continue
            rule = scene.standing.precedence[place].rule
            yield Question(
                kind=QuestionKind.PRECEDENCE,
                text=f"does {rule.document} prevail over {', '.join(rule.over)} here?",
                answers=(
                    Answer(
                        text="yes", ruling=self._supposing(Suppose(precedence=place, holds=True))
                    ),
                    Answer(
                        text="no", ruling=self._supposing(Suppose(precedence=place, holds=False))
                    ),
                ),
                about=(rule.document, *rule.over),
                how="say in the fixture more exactly what the precedence is about",
            )

    @staticmethod
    def _who_governs(view: View, held: frozenset[int]) -> tuple[object, ...]:
        """Who possibly governs the use shown, and stands over what is missing, where these hold."""
        contest = view.field.contest(held)
        rules, found = contest.precedents, contest.governing(view.cell)
        over = [
            (
                rules.over_missing(one.rival, shadow.missing),
                rules.under_missing(one.rival, shadow.missing),
            )
            for shadow in view.field.shadows
            if shadow.turned & view.shown
            for one in view.field.contenders
        ]
        return *(bool(where & view.cell) for where in found.where), bool(found.bound), *over

    # -- documents (4.4) --------------------------------------------------------------------------

    def _documents(self, view: View) -> Iterator[Question]:
        for shadow in view.field.shadows:
            if not shadow.turned & view.shown:
                continue
            document = shadow.missing.document.id
            unread = "the unread part of " if shadow.missing.unread else ""
            yield Question(
                kind=QuestionKind.DOCUMENT,
                text=f"what does {unread}{document} say about this?",
                answers=tuple(self._document_answers(document, shadow.missing.absence.may)),
                about=(document,),
                how="record the document as a fixture, or say in vendor.yaml what it may do",
            )

    def _document_answers(self, document: str, may: May) -> Iterator[Answer]:
        said = [("nothing", Read.NOTHING)]
        if may is not May.TIGHTEN:
            said.append(("it permits it", Read.PERMITS))
        if may is not May.LOOSEN:
            said.append(("it forbids it", Read.FORBIDS))
        for text, read in said:
            ruling = self._supposing(Suppose(document=document, read=read))
            yield Answer(text=text, ruling=ruling)

    # -- facts (5) --------------------------------------------------------------------------------

    def _fact(self, stated: Statement, demand: Require) -> Iterator[Question]:
        standing = self.case.standing
        if effect(stated.fact, demand, standing.vocabulary) is not Effect.UNSURE:
            return
        key = Suppose(
            document=stated.clause.document, clause=stated.clause.id, fact=stated.fact.fact
        )
        bound = f"{demand.bound.value} {_bound_words(demand)}"
        yield Question(
            kind=self._kind(stated, demand),
            text=self._fact_text(stated, demand),
            answers=(
                Answer(text=bound, ruling=self._supposing(replace(key, meets=True))),
                Answer(text=f"not {bound}", ruling=self._supposing(replace(key, meets=False))),
            ),
            about=(key_of(stated.clause),),
            how="ask the vendor, or write in the requirement what is tolerated (`except-ok`)",
        )

    def _kind(self, stated: Statement, demand: Require) -> QuestionKind:
        table = self.case.standing.vocabulary.exceptions
        firm = stated.fact.firmness is Firmness.PROMISE
        excused = is_excused(stated.fact.excepting, demand.excused, table)
        if firm and not excused and not isinstance(stated.fact.value, Unspecified):
            return QuestionKind.EXCEPTION
        return QuestionKind.FACT

    def _fact_text(self, stated: Statement, demand: Require) -> str:
        if self._kind(stated, demand) is QuestionKind.EXCEPTION:
            words = ", ".join(stated.fact.excepting)
            return f"is the exception for {words} in {cite(stated.clause)} tolerable?"
        return f"what does {cite(stated.clause)} promise as `{stated.fact.fact}`?"


def _answer(text: str, ruling: Ruling) -> Answer:
    return Answer(text=text, ruling=ruling)


def _is_decided(view: View, first: Contender, second: Contender) -> bool:
    """Whether they are one clause, or whatever holds, one of two is said to prevail."""
    if first.rival.key == second.rival.key:
        return True
    for held in view.field.held:
        relation = view.field.contest(held).precedents.relation(first.rival, second.rival)
        if (relation.first is None) == (relation.second is None):
            return False
    return True


def _bound_reached() -> Question:
    return Question(
        kind=QuestionKind.BOUND_REACHED,
        text="more than twelve clauses are open in a circle of precedence: which of them prevail?",
        answers=(),
        how="record readings in the check (`over`) until the circle is broken",
    )


def _bound_words(demand: Require) -> str:
    return ", ".join(value_in_words(value) for value in demand.values)


def _stance_text(clause: Clause) -> str:
    if clause.firmness is Firmness.PROMISE:
        return f"what does {cite(clause)} leave us?"
    return f"is {cite(clause)} a promise, or only {clause.firmness.value}?"


def _condition_text(dimension: Dimension) -> str:
    key, name = dimension
    if key == "feature":
        return f"is the feature {name} on?"
    if key == "agreement":
        return f"is the agreement {name} signed?"
    if key == "opted-out":
        return "have we opted out?"
    return f"which {key}?"


def _in_words(dimension: Dimension, value: str) -> str:
    key, _ = dimension
    if key in YES_NO_KEYS or key == "opted-out":
        return "yes" if value == "true" else "no"
    return "another" if value == ANOTHER else value


def _doubtful(layer: Layer, point: list[int]) -> Iterator[int]:
    """The axes on which a layer covers a point only possibly, its exceptions included."""
    if not all(leaf & mask for leaf, mask in zip(point, layer.possible, strict=True)):
        return
    for place, leaf in enumerate(point):
        if not leaf & layer.sure[place]:
            yield place
    for carve in layer.carved:
        if all(leaf & mask for leaf, mask in zip(point, carve.possible, strict=True)):
            yield from (place for place, leaf in enumerate(point) if not leaf & carve.sure[place])


def _term(axis: Hierarchy, leaf: int, own: Iterable[str], contender: Contender, place: int) -> str:
    """The requirement's own term where all of it is in doubt, else the finest one."""
    sure = 0
    for layer in contender.rival.layers:
        if not layer.perhaps:
            sure |= layer.sure[place]
    for term in own:
        if axis.sure[term] & leaf and not axis.sure[term] & sure:
            return term
    return axis.leaves[leaf.bit_length() - 1].term
