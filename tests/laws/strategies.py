"""Small terms and requirements that shrink well, for laws about few clauses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from termsgate.core.model import (
    Box,
    Clause,
    Document,
    DocumentKind,
    Firmness,
    Forbid,
    Part,
    Scope,
    Stance,
    Target,
    Vendor,
    Verb,
    Version,
)
from tests.laws.cases import VENDOR, VOCABULARIES, Case, vocabulary
from tests.making import START, requirement

if TYPE_CHECKING:
    from collections.abc import Callable

    from termsgate.core.vocabulary import Hierarchy, Vocabulary

ALONGSIDE_ALL: Final = (Target(),)
NEEDS: Final = tuple(stance for stance in Stance if stance is not Stance.FREE)


def some_terms(axis: Hierarchy) -> st.SearchStrategy[tuple[str, ...]]:
    """One or two terms of an axis."""
    terms = st.sampled_from([term.id for term in axis.terms])
    return st.lists(terms, min_size=1, max_size=2, unique=True).map(tuple)


def boxes(words: Vocabulary) -> st.SearchStrategy[Box]:
    """A box that names action and data, and perhaps the other axes."""
    return st.builds(
        Box,
        action=some_terms(words.action),
        data=some_terms(words.data),
        by=st.none() | some_terms(words.by),
        state=st.none() | some_terms(words.state),
    )


def scopes(words: Vocabulary, *, doubts: bool) -> st.SearchStrategy[Scope]:
    """One box, perhaps with a box it covers only perhaps."""
    loose = st.builds(Box, by=some_terms(words.by)) | st.builds(Box, data=some_terms(words.data))
    perhaps = st.just(()) | st.tuples(loose) if doubts else st.just(())
    return st.builds(Part, box=boxes(words), perhaps=perhaps).map(lambda part: Scope(parts=(part,)))


def bans(words: Vocabulary, *, doubts: bool = True) -> st.SearchStrategy[Clause]:
    """A firm ban."""
    return scopes(words, doubts=doubts).map(
        lambda scope: Clause(
            id="ban", document="tos", verb=Verb.BARS, scope=scope, stances=(Stance.BARRED,)
        )
    )


def permissions(
    words: Vocabulary, stances: tuple[Stance, ...] = tuple(Stance)[:-1]
) -> st.SearchStrategy[Clause]:
    """A permission with one of these stances."""
    return st.builds(
        lambda scope, stance, firmness: Clause(
            id="permission",
            document="tos",
            verb=Verb.ALLOWS,
            scope=scope,
            stances=(stance,),
            firmness=firmness,
        ),
        scopes(words, doubts=True),
        st.sampled_from(stances),
        st.sampled_from([Firmness.PROMISE, Firmness.PROMISE, Firmness.EFFORT]),
    )


def numbered(clauses: list[Clause]) -> tuple[Clause, ...]:
    """The same clauses, each with an id of its own."""
    return tuple(replace(clause, id=f"clause-{n}") for n, clause in enumerate(clauses))


def in_one_document(clauses: list[Clause] | tuple[Clause, ...]) -> Vendor:
    """A vendor whose one contract holds these clauses."""
    version = Version(document="tos", effective=START, clauses=numbered(list(clauses)))
    document = Document(id="tos", kind=DocumentKind.CONTRACT)
    return Vendor(id=VENDOR, documents=(document,), versions=(version,))


def words() -> st.SearchStrategy[Vocabulary]:
    """One of the small vocabularies."""
    return st.integers(0, VOCABULARIES - 1).map(vocabulary)


@st.composite
def cases_of(
    draw: st.DrawFn,
    clauses: Callable[[Vocabulary], st.SearchStrategy[Clause]],
    needs: tuple[Stance, ...] = NEEDS,
) -> Case:
    """A use requirement beside one contract of a few such clauses."""
    known = draw(words())
    chosen = draw(st.lists(clauses(known), max_size=4))
    scope = Scope(parts=(Part(box=draw(boxes(known))),))
    forbid = Forbid(scope=scope, need=draw(st.sampled_from(needs)))
    return Case(vocabulary=known, requirement=requirement(forbid), vendor=in_one_document(chosen))


def any_clause(known: Vocabulary) -> st.SearchStrategy[Clause]:
    """A ban or a permission."""
    return bans(known) | permissions(known)


def with_clauses(case: Case, clauses: tuple[Clause, ...]) -> Case:
    """The same case with other clauses."""
    return replace(case, vendor=in_one_document(clauses))


def clauses_of(case: Case) -> tuple[Clause, ...]:
    """The clauses of the one contract."""
    return case.vendor.versions[0].clauses
