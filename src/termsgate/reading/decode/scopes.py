"""Scopes: boxes of terms with a document's own definitions in them, exceptions, conditions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING, Final

from termsgate.core.model import (
    AXES,
    CONDITION_KEYS,
    Box,
    CarveOut,
    Condition,
    Definition,
    Part,
    Scope,
)
from termsgate.reading.decode import anchors
from termsgate.reading.decode.page import Fields, nearest
from termsgate.reading.yamltree import Entry, Items, Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from termsgate.reading.decode.page import Page, Spot
    from termsgate.reading.yamltree import Node

DEFINABLE: Final = ("action", "data", "by")
NOUNS: Final = {
    "action": "an action",
    "data": "a kind of data",
    "by": "a party",
    "state": "a state",
}
_AXES: Final = frozenset(AXES)
_SCOPE_KEYS: Final = (*AXES, "except")
_EXCEPTION_KEYS: Final = (*AXES, *CONDITION_KEYS, "applies")
_DEFINITION_KEYS: Final = (*DEFINABLE, "except", "perhaps", "section", "quote", "says")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """Terms of one axis, with the exceptions and the `perhaps` a defined term brought along."""

    terms: tuple[str, ...]
    excepting: tuple[CarveOut, ...] = ()
    perhaps: tuple[Box, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it is nothing but its terms."""
        return not self.excepting and not self.perhaps


@dataclass(slots=True, kw_only=True)
class Glossary:
    """The document's own defined terms; resolved when first used, so that they can nest."""

    page: Page
    entries: dict[str, Entry] = field(default_factory=dict)
    axes: dict[str, str] = field(default_factory=dict)
    resolved: dict[str, tuple[Meaning, ...]] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    bare: dict[str, Definition] = field(default_factory=dict)
    within: dict[str, set[str]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    """The terms that the clause which is being read names itself."""

    def meanings(self, name: str, at: Spot) -> tuple[Meaning, ...]:
        """What the defined term means; a term that is defined through itself is a problem."""
        if name in self.open:
            chain = " -> ".join(f"`{one}`" for one in (*self.open[self.open.index(name) :], name))
            message = f"`{name}` is defined through itself: {chain}"
            self.page.wrong(at, "definition-cycle", message, "name terms of the vocabulary")
            return ()
        if name not in self.resolved:
            self.open.append(name)
            self.resolved[name] = self._resolve(name)
            self.open.pop()
        return self.resolved[name]

    def take_down(self, name: str) -> None:
        """A defined term is named: in a clause, or in the definition that is being resolved."""
        self.used.add(name)
        users = self.within.setdefault(self.open[-1], set()) if self.open else self.named
        users.add(name)

    def reached(self) -> frozenset[str]:
        """The terms that the clause names, and those that these are defined through."""
        found: set[str] = set()
        waiting = list(self.named)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self.within.get(name, ()))
        return frozenset(found)

    def definition(self, name: str, clauses: Iterable[str]) -> Definition:
        """A defined term as what it means, with the clauses that use it."""
        axis = self.axes[name]
        parts = tuple(
            Part(box=Box(**{axis: one.terms}), excepting=one.excepting, perhaps=one.perhaps)
            for one in self.resolved[name]
        )
        return replace(self.bare[name], scope=Scope(parts=parts), clauses=tuple(clauses))

    def _resolve(self, name: str) -> tuple[Meaning, ...]:
        fields = self._fields(name)
        axis = self.axes[name]
        node = fields.node(axis) if axis else None
        if node is None:
            return ()
        own_exceptions = tuple(
            replace(carve, of=axis) for carve in exceptions(self.page, self, fields.node("except"))
        )
        own_perhaps = perhaps(self.page, self, fields.node("perhaps"))
        return tuple(
            Meaning(
                terms=meaning.terms,
                excepting=meaning.excepting + own_exceptions,
                perhaps=meaning.perhaps + own_perhaps,
            )
            for meaning in meanings(self.page, self, axis, node)
        )

    def _fields(self, name: str) -> Fields:
        node = self.entries[name].value
        entries = node.entries if isinstance(node, Table) else {}
        return Fields(page=self.page, at=node, entries=entries)


def glossary(page: Page, node: Node | None) -> Glossary:
    """The definitions of a document, each checked whether it is used or not."""
    found = Glossary(page=page)
    table = None if node is None else page.table(node, "definitions")
    for name, entry in (table.entries if table else {}).items():
        fields = page.fields(entry.value, "a definition", _DEFINITION_KEYS, ())
        if isinstance(entry.value, Table):
            found.entries[name] = entry
            found.axes[name] = fields.exactly_one(DEFINABLE, "a definition")
            found.bare[name] = Definition(
                name=name,
                axis=found.axes[name],
                scope=Scope(parts=()),
                section=anchors.section(fields),
                quote=anchors.quote(page, fields),
                says=fields.text("says"),
                place=page.place(entry),
            )
            _refuse_shadow(page, name, entry, found.axes[name])
    for name, entry in found.entries.items():
        found.meanings(name, entry)
    return found


def _refuse_shadow(page: Page, name: str, entry: Entry, axis: str) -> None:
    if axis and name in page.vocabulary.axis(axis).spellings:
        message = f"`{name}` is defined here and is {NOUNS[axis]} of the vocabulary already"
        page.wrong(entry, "definition-shadows", message, "spell it as the document does")


# --- terms --------------------------------------------------------------------------------------


def meanings(page: Page, known: Glossary, axis: str, node: Node) -> tuple[Meaning, ...]:
    """What the words of an axis mean: one meaning for plain terms, one more per defined term."""
    plain: dict[str, None] = {}
    special: list[Meaning] = []
    for member in page.several(node):
        if isinstance(member, Scalar) and member.text in known.entries:
            _take_defined(known, axis, member, plain, special)
        elif word := term(page, axis, member, known.entries):
            plain[word] = None
    return ((Meaning(terms=tuple(plain)),) if plain else ()) + tuple(special)


def _take_defined(
    known: Glossary, axis: str, node: Scalar, plain: dict[str, None], special: list[Meaning]
) -> None:
    """Take in what a defined term means."""
    known.take_down(node.text)
    defined = known.axes[node.text]
    if defined not in ("", axis):
        message = f"`{node.text}` is defined as {NOUNS[defined]}, not {NOUNS[axis]}"
        known.page.wrong(node, "wrong-axis", message, f"use it under `{defined}`")
        return
    for meaning in known.meanings(node.text, node):
        if meaning.is_plain:
            plain |= dict.fromkeys(meaning.terms)
        elif meaning not in special:
            special.append(meaning)


def term(page: Page, axis: str, node: Node, defined: Iterable[str] = ()) -> str:
    """The canonical id of a term of the vocabulary, else empty."""
    text = page.text(node)
    spellings = page.vocabulary.axis(axis).spellings
    if not text or text in spellings:
        return spellings.get(text, "")
    message = f"`{text}` is not {NOUNS[axis]} that the vocabulary knows"
    others = [other for other in AXES if text in page.vocabulary.axis(other).spellings]
    advice = (
        f"it is {NOUNS[others[0]]}: use it under `{others[0]}`"
        if others
        else nearest(text, (*spellings, *defined), "choose among")
    )
    page.wrong(node, "unknown-term", message, advice)
    return ""


def _flat(page: Page, known: Glossary, axis: str, node: Node) -> tuple[str, ...]:
    """Terms only, for a `perhaps`: what a defined term leaves out only adds to the possible."""
    found: dict[str, None] = {}
    for meaning in meanings(page, known, axis, node):
        found |= dict.fromkeys(meaning.terms)
        for box in meaning.perhaps:
            found |= dict.fromkeys(getattr(box, axis) or ())
    return tuple(found)


# --- boxes --------------------------------------------------------------------------------------


def scope(
    known: Glossary,
    node: Node,
    *,
    needs: tuple[str, ...] = (),
    excepting: tuple[CarveOut, ...] = (),
    possible: tuple[Box, ...] = (),
) -> Scope:
    """A box or a list of boxes as a union of parts; what is excepted from all stands in each."""
    page = known.page
    parts: list[Part] = []
    for member in page.several(node):
        fields = page.fields(member, "a scope", _SCOPE_KEYS, needs)
        own = exceptions(page, known, fields.node("except"))
        _refuse_empty(fields)
        parts.extend(_parts(page, known, fields, own + excepting, possible))
    return Scope(parts=tuple(parts))


def scope_outside_clauses(known: Glossary, node: Node, *, needs: tuple[str, ...] = ()) -> Scope:
    """A scope whose exceptions carry no conditions: only those of clauses do (semantics 10.2)."""
    found = scope(known, node, needs=needs)
    if any(carve.applies for part in found.parts for carve in part.excepting):
        message = "an exception under conditions stands outside of a clause"
        advice = "leave the conditions out; a requirement and a document have `applies`"
        known.page.wrong(node, "conditional-exception", message, advice)
    return found


def _refuse_empty(fields: Fields) -> None:
    if isinstance(fields.at, Table) and _AXES.isdisjoint(fields.entries):
        message = "a scope that names nothing"
        fields.page.wrong(fields.at, "empty", message, "name an `action`, `data`, `by` or `state`")


def _parts(
    page: Page,
    known: Glossary,
    fields: Fields,
    excepting: tuple[CarveOut, ...],
    possible: tuple[Box, ...],
) -> Iterator[Part]:
    """One part per combination of meanings, for a defined term's exceptions go with it alone."""
    axes = [axis for axis in AXES if axis in fields.entries]
    columns = [meanings(page, known, axis, fields.entries[axis].value) for axis in axes]
    for row in product(*columns):
        box = Box(**{axis: one.terms for axis, one in zip(axes, row, strict=True)})
        if all(one.is_plain for one in row):
            yield Part(box=box, excepting=excepting, perhaps=_together([possible]))
        else:
            yield Part(
                box=box,
                excepting=tuple(carve for one in row for carve in one.excepting) + excepting,
                perhaps=_together([one.perhaps for one in row] + [possible]),
            )


def _together(sources: list[tuple[Box, ...]]) -> tuple[Box, ...]:
    """Each box, and boxes of different sources at once where they name different axes."""
    found: dict[Box, None] = {}
    for source in filter(None, sources):
        joined = [merged for box in source for one in found if (merged := _merged(one, box))]
        found |= dict.fromkeys((*source, *joined))
    return tuple(found)


def _merged(one: Box, other: Box) -> Box | None:
    if any(getattr(one, axis) and getattr(other, axis) for axis in AXES):
        return None
    return Box(**{axis: getattr(one, axis) or getattr(other, axis) for axis in AXES})


def perhaps(page: Page, known: Glossary, node: Node | None) -> tuple[Box, ...]:
    """The boxes of a `perhaps`; an axis left out stays open for the clause's own."""
    found: list[Box] = []
    for member in page.several(node) if node is not None else ():
        fields = page.fields(member, "a `perhaps`", AXES, ())
        _refuse_empty(fields)
        found.append(_box(page, known, fields))
    return tuple(found)


def _box(page: Page, known: Glossary, fields: Fields) -> Box:
    return Box(
        **{
            axis: _flat(page, known, axis, fields.entries[axis].value)
            for axis in AXES
            if axis in fields
        }
    )


def simple_box(page: Page, fields: Fields) -> Box:
    """A box in the words of the vocabulary alone, as choices name it."""
    return _box(page, Glossary(page=page), fields)


def exceptions(page: Page, known: Glossary, node: Node | None) -> tuple[CarveOut, ...]:
    """The boxes of an `except`, each perhaps under conditions (a condition alone excepts all)."""
    found: list[CarveOut] = []
    for member in page.several(node) if node is not None else ():
        fields = page.fields(member, "an exception", _EXCEPTION_KEYS, ())
        if not fields.entries:
            _refuse_nothing(page, member)
            continue
        direct = tuple(_conditions_of(page, fields.entries))
        inner = fields.node("applies")
        under = conditions(page, inner) if inner is not None else ()
        found.extend(_carved(page, known, fields, direct + under))
    return tuple(found)


def _refuse_nothing(page: Page, node: Node) -> None:
    """An empty exception would except everything; one of another form is reported already."""
    if isinstance(node, Table) and not node.entries:
        advice = "name an axis or a condition"
        page.wrong(node, "empty", "an exception that names nothing", advice)


def _carved(
    page: Page, known: Glossary, fields: Fields, applies: tuple[Condition, ...]
) -> Iterator[CarveOut]:
    """What an exception takes out, and what the `perhaps` of its defined terms adds perhaps.

    A defined term with exceptions cannot stand here: leaving these out would take out too much.
    """
    for part in _parts(page, known, fields, (), ()):
        if part.excepting:
            message = "a defined term with exceptions of its own stands in an exception"
            advice = "write the terms of the vocabulary that are meant"
            page.wrong(fields.at, "exception-in-exception", message, advice)
        yield CarveOut(box=part.box, applies=applies)
        for box in part.perhaps:
            yield CarveOut(box=_over(part.box, box), applies=applies, perhaps=True)


def _over(below: Box, above: Box) -> Box:
    """The box below, with the axes that the one above names replaced."""
    return Box(**{axis: getattr(above, axis) or getattr(below, axis) for axis in AXES})


# --- conditions ---------------------------------------------------------------------------------


def conditions(page: Page, node: Node) -> tuple[Condition, ...]:
    """What a clause, document or requirement depends on (semantics 3.2)."""
    fields = page.fields(node, "`applies`", CONDITION_KEYS, ())
    if isinstance(node, Table) and not node.entries:
        page.wrong(node, "empty", "`applies` without a condition", "name one, or leave it out")
    return tuple(_conditions_of(page, fields.entries))


def _conditions_of(page: Page, entries: Mapping[str, Entry]) -> Iterator[Condition]:
    for key in CONDITION_KEYS:
        if key in entries:
            given = entries[key].value
            negated = isinstance(given, Table)
            value = _negated(page, given) if isinstance(given, Table) else given
            values = () if value is None else answers(page, key, value)
            yield Condition(key=key, values=values, negated=negated)


def _negated(page: Page, node: Table) -> Node | None:
    return page.fields(node, "a condition", ("not",), ("not",)).node("not")


def answers(page: Page, key: str, node: Node) -> tuple[str, ...]:
    """The values of a condition, one or a list."""
    if key == "opted-out":
        if isinstance(node, Items):
            message = "a list stands here, where true or false is wanted"
            page.wrong(node, "wrong-type", message, _YES)
            return ()
        return (str(page.truth(node)).lower(),)
    return page.words(node, lambda member: _answer(page, key, member))


def check_name(page: Page, name: str, entry: Entry) -> None:
    """Report a key that should be an id and is not."""
    page.name(Scalar(name, name, entry.line, entry.column))


_YES: Final = "write `true` or `false`, without quotation marks"


def _answer(page: Page, key: str, node: Node) -> str:
    if key == "region":
        return _region(page, node)
    if key in page.vocabulary.answers:
        return page.choice(node, page.vocabulary.answers[key])
    return page.name(node)


def _region(page: Page, node: Node) -> str:
    text = page.compared(node)
    spellings = page.vocabulary.region.spellings
    if text and text not in spellings:
        message = f"`{text}` is in no table of regions and lies in nothing but itself"
        page.smell(node, "unknown-region", message, nearest(text, tuple(spellings), "known are"))
    return spellings.get(text, text)
