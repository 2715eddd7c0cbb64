"""Which clause of one set of terms is which of another (policy language 11.4).

A clause is told by what it means and not by where it stands: a renumbered clause is the same, and
so is one that we call by another id.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from termsgate.core.govern import names
from termsgate.core.model import DocumentKind
from termsgate.core.once import once
from termsgate.core.space import clause_defaults, scope_layers, whole_defaults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from termsgate.core.model import Clause, FactStatement, Target
    from termsgate.core.standing import ClauseKey, Standing


class Change(StrEnum):
    """How a clause stands to the other side."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """A clause before and after; one of them is missing where it is new or gone."""

    before: Clause | None
    after: Clause | None
    change: Change
    what: tuple[str, ...] = ()

    @property
    def shown(self) -> Clause:
        """The clause as it is now, or as it was."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - INVARIANT: one of the two is there
        return found


@dataclass(frozen=True, kw_only=True)
class Text:
    """The clauses that one side has, whether they bind the vendor or us."""

    standing: Standing

    @once
    def clauses(self) -> tuple[Clause, ...]:
        """Those of the versions in force, in the order of the documents."""
        on = self.standing.on
        kinds = {each.id: each.kind for each in self.standing.vendor.documents}
        return tuple(
            clause
            for document, version in self.standing.versions.items()
            if kinds[document] is not DocumentKind.STATEMENT
            for clause in version.clauses
            if (clause.begins is None or clause.begins <= on)
            and (clause.ends is None or on <= clause.ends)
        )

    @once
    def meanings(self) -> Mapping[ClauseKey, Mapping[str, object]]:
        """What each clause means, aspect by aspect."""
        return {(one.document, one.id): self._meaning(one) for one in self.clauses}

    @once
    def _plainly(self) -> Mapping[ClauseKey, object]:
        return {(one.document, one.id): _frozen(dict(self._aspects(one))) for one in self.clauses}

    def _meaning(self, clause: Clause) -> Mapping[str, object]:
        return {
            **dict(self._aspects(clause)),
            "what it prevails over": self._meant(clause.overrides),
            "what it stands beside": self._meant(clause.alongside),
        }

    def _meant(self, targets: Iterable[Target]) -> frozenset[object]:
        """What overrides name: whole documents by name, clauses by what they mean."""
        return frozenset(each for target in targets for each in self._named(target))

    def _named(self, target: Target) -> Iterator[object]:
        if target.clause is None and target.section is None:
            yield target.document
        else:
            found = [one for one in self.clauses if names(target, one)]
            yield from (self._plainly[one.document, one.id] for one in found)

    def _aspects(self, clause: Clause) -> Iterator[tuple[str, object]]:
        """What a clause means by itself."""
        vocabulary = self.standing.vocabulary
        scope = clause.scope
        defaults = clause_defaults(vocabulary)
        layers = frozenset(scope_layers(scope, vocabulary, defaults)) if scope else None
        yield "document", clause.document
        yield "scope", layers
        yield "stance", frozenset(clause.stances)
        yield "firmness", clause.firmness
        yield "whose consent", frozenset(clause.consent_from)
        yield "closed list", (clause.closed, frozenset(clause.except_as_in))
        yield "conditions", frozenset(clause.applies)
        yield "whom it binds", (clause.binds_customer, clause.statement)
        yield "facts", frozenset(map(self._stated, clause.states))

    def _stated(self, fact: FactStatement) -> object:
        vocabulary = self.standing.vocabulary
        of = fact.of
        return (
            fact.fact,
            fact.value,
            None
            if of is None
            else frozenset(scope_layers(of, vocabulary, whole_defaults(vocabulary))),
            frozenset(fact.subjects),
            frozenset(fact.excepting),
            fact.starting,
            fact.firmness,
        )


def _frozen(meaning: Mapping[str, object]) -> object:
    return tuple(meaning.items())


# --- pairing -------------------------------------------------------------------------------------

_BY_MEANING: Final = (
    lambda clause: (clause.id, clause.section),
    lambda clause: clause.id,
    lambda clause: clause.section,
    lambda _: None,
)
"""Of several clauses that mean the same, the one that is called the same is the same, and so on."""


def paired(before: Text, after: Text) -> tuple[Paired, ...]:
    """Every clause of either side, with its like on the other where it has one."""
    old, new = list(before.clauses), list(after.clauses)
    found: list[Paired] = []
    for also in _BY_MEANING:
        _take(old, new, found, _by_meaning(before, also), _by_meaning(after, also), _of_alike)
    by_name = _by_name
    what = _Compared(before, after)
    _take(old, new, found, by_name, by_name, what.of)
    found.extend(Paired(before=one, after=None, change=Change.GONE) for one in old)
    found.extend(Paired(before=None, after=one, change=Change.NEW) for one in new)
    return tuple(found)


def _by_meaning(text: Text, also: Callable[[Clause], object]) -> Callable[[Clause], object]:
    return lambda clause: (
        _frozen(text.meanings[clause.document, clause.id]),
        also(clause),
    )


def _by_name(clause: Clause) -> object:
    return clause.document, clause.id


def _take(
    old: list[Clause],
    new: list[Clause],
    found: list[Paired],
    tell_old: Callable[[Clause], object],
    tell_new: Callable[[Clause], object],
    make: Callable[[Clause, Clause], Paired],
) -> None:
    """Take out of both lists the clauses that are told alike."""
    waiting: dict[object, list[Clause]] = {}
    for clause in old:
        waiting.setdefault(tell_old(clause), []).append(clause)
    for clause in list(new):
        like = waiting.get(tell_new(clause))
        if like:
            first = like.pop(0)
            old.remove(first)
            new.remove(clause)
            found.append(make(first, clause))


def _of_alike(before: Clause, after: Clause) -> Paired:
    moved = before.section != after.section
    return Paired(before=before, after=after, change=Change.MOVED if moved else Change.SAME)


@dataclass(frozen=True, slots=True)
class _Compared:
    before: Text
    after: Text

    def of(self, before: Clause, after: Clause) -> Paired:
        """Two clauses of one name, and in what they differ."""
        then = self.before.meanings[before.document, before.id]
        now = self.after.meanings[after.document, after.id]
        what = tuple(aspect for aspect in then if then[aspect] != now[aspect])
        return Paired(before=before, after=after, change=Change.CHANGED, what=what)
