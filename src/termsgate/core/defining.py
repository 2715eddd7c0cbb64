"""Which defined terms of two sets of terms mean something else (policy language 11.4).

Clauses hold the meaning of the terms they use; here is told whose meaning it was that changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termsgate.core.space import scope_layers, whole_defaults
from termsgate.core.stating import part_entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from termsgate.core.difference import DefinitionChangeEntry, DefinitionEntry
    from termsgate.core.model import Definition
    from termsgate.core.standing import Standing

Bearing = set[tuple[str, str, str]]
"""Document, clause and side of the clauses that a difference names."""

_SIDES: Final = ("clauses-before", "clauses-after")


def defined_otherwise(
    before: Standing, after: Standing, bearing: Bearing
) -> Iterator[DefinitionChangeEntry]:
    """The terms that are new, gone or mean something else, by document and name.

    One that means the same under another name is no difference.
    """
    old, new = _defined(before), _defined(after)
    same = set(_unnamed(before, old, new)) & set(_unnamed(after, new, old))
    for key in sorted({*old, *new}):
        then, now = old.get(key), new.get(key)
        pair = [(then, before), (now, after)]
        meanings = [_meaning(key[0], one, side) for one, side in pair if one]
        if len(meanings) == 1 and meanings[0] in same:
            continue
        if len(set(meanings)) == len(meanings):
            yield _entry(key[0], then, now, bearing)


_Key = tuple[str, str]


def _defined(standing: Standing) -> dict[_Key, Definition]:
    """The terms of the versions in force, by document and name."""
    return {
        (document, each.name): each
        for document, version in standing.versions.items()
        for each in version.definitions
    }


def _unnamed(
    standing: Standing, own: Mapping[_Key, Definition], other: Mapping[_Key, Definition]
) -> Iterator[object]:
    """What the terms mean whose names the other side does not have."""
    found = ((key[0], each) for key, each in own.items() if key not in other)
    return (_meaning(document, each, standing) for document, each in found)


def _meaning(document: str, each: Definition, standing: Standing) -> object:
    vocabulary = standing.vocabulary
    layers = scope_layers(each.scope, vocabulary, whole_defaults(vocabulary))
    return document, each.axis, frozenset(layers)


def _entry(
    document: str, then: Definition | None, now: Definition | None, bearing: Bearing
) -> DefinitionChangeEntry:
    shown = now or then
    assert shown is not None  # noqa: S101 - INVARIANT: one of the two is there
    users = [(then.clauses if then else ()), (now.clauses if now else ())]
    return {
        "document": document,
        "term": shown.name,
        "section": shown.section,
        "change": "changed" if then and now else "new" if now else "gone",
        "before": _defined_as(then) if then else None,
        "after": _defined_as(now) if now else None,
        "clauses": list(dict.fromkeys([*users[1], *users[0]])),
        "bears": any(
            (document, name, side) in bearing
            for names, side in zip(users, _SIDES, strict=True)
            for name in names
        ),
    }


def _defined_as(each: Definition) -> DefinitionEntry:
    return {
        "path": each.place.path,
        "line": each.place.line,
        "column": each.place.column,
        "section": each.section,
        "quote": each.quote.exact if each.quote else "",
        "says": each.says,
        "axis": each.axis,
        "means": [part_entry(part) for part in each.scope.parts],
    }
