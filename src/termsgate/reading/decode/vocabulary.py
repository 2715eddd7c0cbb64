"""The words files are written in: the built-in vocabulary, and a project's own terms on top."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from termsgate.core.model import CONDITION_KEYS
from termsgate.core.vocabulary import (
    Denial,
    Equivalent,
    FactDefinition,
    FactType,
    Hierarchy,
    Match,
    Term,
    Vocabulary,
)
from termsgate.reading.circles import way_back
from termsgate.reading.decode.page import Fields, listed, nearest
from termsgate.reading.yamltree import Entry, Node, Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from termsgate.reading.decode.page import Page

HIERARCHIES: Final = ("action", "data", "by", "state", "region", "exceptions")
_KEYS: Final = ("vocabulary", "version", *HIERARCHIES, "conditions", "facts")
_TERM: Final = ("in", "may-include", "also", "is", "dpv")
_FACT: Final = (
    "type",
    "none",
    "values",
    "words",
    "order",
    "endless",
    "usual",
    "subjects",
    "is",
    "dpv",
)
_MEASURED: Final = (FactType.DURATION, FactType.MONEY)
_WORDED: Final = (FactType.CHOICE, FactType.LIST)


def nothing() -> Vocabulary:
    """The vocabulary without a word, which the built-in one is added to."""
    return _made({name: Hierarchy(name=name, terms=()) for name in HIERARCHIES}, {}, {})


def _made(
    hierarchies: Mapping[str, Hierarchy],
    facts: Mapping[str, FactDefinition],
    answers: Mapping[str, tuple[str, ...]],
) -> Vocabulary:
    return Vocabulary(
        action=hierarchies["action"],
        data=hierarchies["data"],
        by=hierarchies["by"],
        state=replace(hierarchies["state"], closed=True),
        region=hierarchies["region"],
        exceptions=hierarchies["exceptions"],
        facts=MappingProxyType(dict(facts)),
        answers=MappingProxyType(dict(answers)),
    )


def vocabulary(page: Page, node: Node, base: Vocabulary) -> Vocabulary:
    """The base with the terms, facts and closed lists of answers of this file added."""
    fields = page.fields(node, "a vocabulary", _KEYS, ("vocabulary",))
    fields.name("vocabulary")
    _check_version(page, fields)
    _refuse_states(page, fields, base)
    hierarchies = {
        name: _hierarchy(page, fields.node(name), getattr(base, name)) for name in HIERARCHIES
    }
    return _made(
        hierarchies,
        _facts(page, fields.node("facts"), base.facts),
        _answers(page, fields.node("conditions"), base.answers),
    )


def _check_version(page: Page, fields: Fields) -> None:
    node = fields.node("version")
    if node is not None and not (isinstance(node, Scalar) and type(node.value) is int):
        page.wrong(node, "wrong-type", "`version` is not a whole number", "write `version: 1`")


def _refuse_states(page: Page, fields: Fields, base: Vocabulary) -> None:
    """The states are three; there is no other (semantics 1.2)."""
    if base.state.terms and "state" in fields:
        message = "a vocabulary of one's own with states"
        page.wrong(
            fields.key("state"), "no-more-states", message, "the states are three; remove them"
        )


# --- terms --------------------------------------------------------------------------------------


def _hierarchy(page: Page, node: Node | None, base: Hierarchy) -> Hierarchy:
    table = None if node is None else page.table(node, "terms")
    if table is None:
        return base
    known = {term.id for term in base.terms}
    added = tuple(_term(page, name, entry) for name, entry in table.entries.items())
    merged = Hierarchy(name=base.name, terms=base.terms + added, closed=base.closed)
    for name, entry in table.entries.items():
        if name in known:
            message = f"`{name}` is a term of the built-in vocabulary already"
            page.wrong(entry, "duplicate-term", message, "give yours another name")
    _check_spellings(page, merged, table)
    return merged if _check_parents(page, merged, table) else base


def _term(page: Page, name: str, entry: Entry) -> Term:
    page.name(Scalar(name, name, entry.line, entry.column))
    fields = page.fields(entry.value, "a term", _TERM, ())
    return Term(
        id=name,
        meaning=fields.text("is"),
        parents=fields.names("in"),
        may_include=fields.names("may-include"),
        also=fields.names("also"),
        equivalent=_equivalent(page, fields.node("dpv")),
    )


def _equivalent(page: Page, node: Node | None) -> Equivalent | None:
    if node is None:
        return None
    fields = page.fields(node, "`dpv`", ("iri", "match"), ("iri", "match"))
    iris = fields.node("iri")
    return Equivalent(
        iris=() if iris is None else page.words(iris, page.text),
        match=fields.one_of("match", Match) or Match.BROAD,
    )


def _check_spellings(page: Page, merged: Hierarchy, table: Table) -> None:
    """No word may mean two terms of one axis."""
    owner: dict[str, str] = {}
    for term in merged.terms:
        for word in (term.id, *term.also):
            first = owner.setdefault(word, term.id)
            if first != term.id and (entry := table.entries.get(term.id)):
                message = f"`{word}` is a spelling of `{first}` already"
                page.wrong(entry, "duplicate-spelling", message, "give it to one of them only")


def _check_parents(page: Page, merged: Hierarchy, table: Table) -> bool:
    """Whether every term lies in one that exists, under one root and in no circle."""
    before = len(page.problems)
    known = tuple(merged.by_id)
    for name, entry in table.entries.items():
        term = merged.by_id[name]
        for word in (*term.parents, *term.may_include):
            if word not in merged.by_id:
                message = f"`{name}` names `{word}`, which is no term here"
                page.wrong(entry, "unknown-term", message, nearest(word, known, "take"))
    roots = [term.id for term in merged.terms if not term.parents]
    for name in roots[1:]:
        message = f"`{name}` lies in nothing"
        page.wrong(table.entries[name], "no-parent", message, f"add `in: [{roots[0]}]`")
    if len(page.problems) == before:
        _refuse_circle(page, merged, table)
    return len(page.problems) == before


def _refuse_circle(page: Page, merged: Hierarchy, table: Table) -> None:
    parents = {term.id: term.parents for term in merged.terms}
    for name, entry in table.entries.items():
        if circle := way_back(parents, name):
            way = f", by way of {listed(circle[1:])}" if circle[1:] else ""
            page.wrong(entry, "circle", f"`{name}` lies in itself{way}", "take one `in` away")
            return


# --- facts and answers --------------------------------------------------------------------------


def _facts(
    page: Page, node: Node | None, base: Mapping[str, FactDefinition]
) -> dict[str, FactDefinition]:
    table = None if node is None else page.table(node, "facts")
    found = dict(base)
    for name, entry in (table.entries if table else {}).items():
        if name in base:
            message = f"`{name}` is a fact of the built-in vocabulary already"
            page.wrong(entry, "duplicate-term", message, "give yours another name")
        for part in name.split("."):
            page.name(Scalar(part, part, entry.line, entry.column))
        found[name] = _fact(page, name, entry)
    return found


def _fact(page: Page, name: str, entry: Entry) -> FactDefinition:
    fields = page.fields(entry.value, "a fact", _FACT, ("type",))
    kind = fields.one_of("type", FactType) or FactType.TEXT
    fields.only_with(("values",), "`type: choice` or `list`", here=kind in _WORDED)
    fields.only_with(("words", "none"), "`type: duration` or `money`", here=kind in _MEASURED)
    words = fields.names("words")
    for key in ("order", "endless"):
        _check_among(page, fields, key, words)
    subjects = fields.names("subjects")
    _check_among(page, fields, "usual", subjects)
    if kind is FactType.CHOICE and "values" not in fields and "type" in fields:
        page.wrong(fields.at, "missing-key", "a choice without `values`", "list its words")
    return FactDefinition(
        id=name,
        type=kind,
        meaning=fields.text("is"),
        denial=fields.one_of("none", Denial) or Denial.ZERO,
        values=fields.names("values"),
        words=words,
        order=fields.names("order"),
        endless=fields.names("endless"),
        usual=fields.names("usual"),
        subjects=subjects,
        equivalent=_equivalent(page, fields.node("dpv")),
    )


def _check_among(page: Page, fields: Fields, key: str, known: tuple[str, ...]) -> None:
    for word in _texts(fields.node(key)):
        if word not in known:
            source = "subjects" if key == "usual" else "words"
            message = f"`{word}` stands in `{key}` and not in `{source}`"
            page.wrong(fields.key(key), "unlisted-word", message, f"add it to `{source}`")


def _texts(node: Node | None) -> Iterator[str]:
    members = () if node is None else (node,) if isinstance(node, Scalar) else _members(node)
    return (one.text for one in members if isinstance(one, Scalar))


def _members(node: Node) -> tuple[Node, ...]:
    return () if isinstance(node, (Table, Scalar)) else node.items


def _answers(
    page: Page, node: Node | None, base: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """The closed lists of answers (semantics 4.5); a list that is closed stays as it is."""
    found = dict(base)
    if node is None:
        return found
    fields = page.fields(node, "conditions", CONDITION_KEYS, ())
    for key, entry in fields.entries.items():
        inner = page.fields(entry.value, "a condition", ("values", "is"), ())
        inner.text("is")
        values = inner.names("values")
        if values and key in base:
            message = f"the answers to `{key}` are a closed list of the built-in vocabulary"
            page.wrong(inner.key("values"), "duplicate-term", message, "remove it")
        if values:
            found[key] = values
    return found
