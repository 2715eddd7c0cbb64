"""Facts: what a clause states and what a requirement bounds (semantics 5.1, 5.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termsgate.core.model import Bound, FactStatement, Firmness
from termsgate.core.values import Denied, Listed, Text, Unspecified, Word, YesNo
from termsgate.core.vocabulary import FactType
from termsgate.reading.decode import written
from termsgate.reading.decode.page import described, listed, nearest
from termsgate.reading.decode.scopes import scope
from termsgate.reading.yamltree import Items, Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termsgate.core.values import Stated, Value
    from termsgate.core.vocabulary import FactDefinition
    from termsgate.reading.decode.page import Fields, Page
    from termsgate.reading.decode.scopes import Glossary
    from termsgate.reading.yamltree import Entry, Node

_LONG: Final = ("value", "of", "for", "except", "from", "firmness")
_LISTS: Final = (Bound.ONE_OF, Bound.NONE_OF, Bound.INCLUDES)
_LIMITS: Final = (Bound.AT_LEAST, Bound.AT_MOST)
_ORDERED: Final = (FactType.DURATION, FactType.MONEY)
BOUNDS: Final = tuple(bound.value for bound in Bound)


# --- values -------------------------------------------------------------------------------------


def value(page: Page, fact: FactDefinition, node: Node) -> Value:
    """What a clause states: a value of the fact's type, `none`, or `unspecified`."""
    if isinstance(node, Table):
        fields = page.fields(node, "a value", ("unspecified",), ("unspecified",))
        hint = fields.node("unspecified")
        return Unspecified(hint=None if hint is None else stated(page, fact, hint))
    if isinstance(node, Scalar) and node.value == "none":
        return Denied()
    if isinstance(node, Scalar) and node.value == "unspecified":
        return Unspecified()
    return stated(page, fact, node)


def stated(page: Page, fact: FactDefinition, node: Node) -> Stated:
    """A value of the fact's type."""
    if fact.type not in _ORDERED and not _fits(fact, node):
        message = f"{described(node)} is no value of `{fact.id}`, a {fact.type.value} fact"
        page.wrong(node, "bad-value", message, _HOW[fact.type])
        return Word(word="")
    if fact.type is FactType.YES_NO:
        return YesNo(yes=page.truth(node))
    if fact.type is FactType.LIST:
        return Listed(words=page.words(node, lambda member: _word(page, fact, member)))
    if fact.type is FactType.CHOICE:
        return Word(word=_word(page, fact, node))
    if fact.type is FactType.TEXT:
        return Text(text=page.compared(node))
    return _measured(page, fact, node)


_HOW: Final = {
    FactType.YES_NO: "write `true` or `false`, without quotation marks",
    FactType.CHOICE: "write one of its words; in quotation marks if it is a number",
    FactType.LIST: "write its words: `[one, two]`",
    FactType.TEXT: "write text; in quotation marks if it is a number",
}


def _fits(fact: FactDefinition, node: Node) -> bool:
    """Whether it has the form of such a value."""
    if isinstance(node, Items):
        return fact.type is FactType.LIST
    if fact.type is FactType.YES_NO:
        return isinstance(node, Scalar) and isinstance(node.value, bool)
    return isinstance(node, Scalar) and isinstance(node.value, str)


def _word(page: Page, fact: FactDefinition, node: Node) -> str:
    text = page.compared(node)
    if text and fact.values and text not in fact.values:
        message = f"`{text}` is no word of `{fact.id}`"
        page.wrong(node, "bad-value", message, nearest(text, fact.values, "write"))
    return text


def _measured(page: Page, fact: FactDefinition, node: Node) -> Stated:
    """A duration or a sum, or a word the vocabulary puts in its place."""
    text = node.text if isinstance(node, Scalar) else ""
    if text in fact.words:
        return Word(word=text)
    is_time = fact.type is FactType.DURATION
    found = written.duration(text) if is_time else written.money(text)
    if found is None:
        name, what, form = (
            ("bad-duration", "a duration", "write a number and a unit: `30 days`, `6 months`")
            if is_time
            else ("bad-money", "a sum of money", "write a number and a currency: `100 USD`")
        )
        words = f"; or {listed(fact.words)}" if fact.words else ""
        said = f"`{text}`" if text else "what stands here"
        page.wrong(node, name, f"{said} is not {what}", form + words)
    return found or Word(word="")


# --- statements ---------------------------------------------------------------------------------


def statements(
    page: Page, known: Glossary, node: Node, firmness: Firmness
) -> tuple[FactStatement, ...]:
    """The facts under `states`."""
    table = page.table(node, "facts")
    if table is None:
        return ()
    if not table.entries:
        page.wrong(table, "empty", "a clause that states nothing", "name a fact")
    return tuple(
        statement
        for name, entry in table.entries.items()
        if (fact := definition(page, name, entry))
        for statement in _statement(page, known, fact, entry, firmness)
    )


def definition(page: Page, name: str, at: Entry | Node) -> FactDefinition | None:
    """The fact of that name; an unknown one is a problem."""
    fact = page.vocabulary.facts.get(name)
    if fact is None:
        message = f"`{name}` is not a fact that the vocabulary knows"
        page.wrong(at, "unknown-fact", message, nearest(name, tuple(page.vocabulary.facts), "take"))
    return fact


def _statement(
    page: Page, known: Glossary, fact: FactDefinition, entry: Entry, firmness: Firmness
) -> Iterator[FactStatement]:
    node = entry.value
    if not isinstance(node, Table) or "unspecified" in node.entries:
        yield FactStatement(
            fact=fact.id,
            value=value(page, fact, node),
            firmness=firmness,
            place=page.place(entry),
        )
        return
    fields = page.fields(node, "a fact", _LONG, ("value",))
    value_node, of = fields.node("value"), fields.node("of")
    made = FactStatement(
        fact=fact.id,
        value=Denied() if value_node is None else value(page, fact, value_node),
        of=None if of is None else scope(known, of),
        subjects=_subjects(page, fact, fields),
        excepting=excuses(page, fields, "except"),
        starting=fields.text("from") or None,
        firmness=fields.one_of("firmness", Firmness) or firmness,
        place=page.place(entry),
    )
    yield made
    yield from _starting(page, fact, fields, made)


def _starting(
    page: Page, fact: FactDefinition, fields: Fields, made: FactStatement
) -> Iterator[FactStatement]:
    """`from` states the fact `<fact>.from` as well, where the vocabulary has it."""
    start = page.vocabulary.facts.get(f"{fact.id}.from")
    node = fields.node("from")
    if start is not None and node is not None:
        yield FactStatement(
            fact=start.id,
            value=stated(page, start, node),
            of=made.of,
            subjects=made.subjects,
            firmness=made.firmness,
            place=page.place(fields.key("from")),
        )


def _subjects(page: Page, fact: FactDefinition, fields: Fields) -> tuple[str, ...]:
    node = fields.node("for")
    return () if node is None else page.words(node, lambda member: _subject(page, fact, member))


def _subject(page: Page, fact: FactDefinition, node: Node) -> str:
    text = page.name(node)
    if text and fact.subjects and text not in fact.subjects:
        message = f"`{text}` is no known subject of `{fact.id}`"
        page.smell(node, "unknown-subject", message, nearest(text, fact.subjects, "known are"))
    return text


def excuses(page: Page, fields: Fields, key: str) -> tuple[str, ...]:
    """Exceptions of the vocabulary by name."""
    node = fields.node(key)
    return () if node is None else page.words(node, lambda member: _excuse(page, member))


def _excuse(page: Page, node: Node) -> str:
    text = page.text(node)
    spellings = page.vocabulary.exceptions.spellings
    if text and text not in spellings:
        message = f"`{text}` is not an exception that the vocabulary knows"
        page.wrong(node, "unknown-exception", message, nearest(text, tuple(spellings), "take"))
    return spellings.get(text, "")


# --- bounds -------------------------------------------------------------------------------------


def bounded(
    page: Page, fact: FactDefinition | None, fields: Fields
) -> tuple[Bound, tuple[Value, ...]]:
    """The one bound of a requirement on a fact, with its values."""
    key = fields.exactly_one(BOUNDS, "a bound on a fact")
    node = fields.node(key) if key else None
    if node is None or fact is None:
        return Bound.IS, ()
    bound = Bound(key)
    _refuse_bound(page, fact, fields, bound)
    members = page.several(node) if bound in _LISTS else (node,)
    return bound, tuple(_bound_value(page, fact, bound, member) for member in members)


def _bound_value(page: Page, fact: FactDefinition, bound: Bound, node: Node) -> Value:
    """`none` may be required or refused; several values for a list fact are words of it."""
    if bound not in _LIMITS and isinstance(node, Scalar) and node.value == "none":
        return Denied()
    if fact.type is FactType.LIST and bound in _LISTS:
        return Word(word=_word(page, fact, node))
    return stated(page, fact, node)


def _refuse_bound(page: Page, fact: FactDefinition, fields: Fields, bound: Bound) -> None:
    fits: Sequence[Bound] = tuple(Bound)
    if fact.type not in _ORDERED:
        fits = tuple(one for one in fits if one not in _LIMITS)
    if fact.type is not FactType.LIST:
        fits = tuple(one for one in fits if one is not Bound.INCLUDES)
    if bound not in fits:
        message = f"`{bound.value}` cannot bound `{fact.id}`, a {fact.type.value} fact"
        advice = f"write {listed(one.value for one in fits)}"
        page.wrong(fields.key(bound.value), "bad-bound", message, advice)
