"""vendor.yaml: who they are and what makes up their agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termsgate.core.model import (
    AXES,
    Absence,
    Document,
    DocumentKind,
    May,
    Precedence,
    Scope,
    Vendor,
)
from termsgate.reading.decode import scopes
from termsgate.reading.decode.clauses import Setting, applies, document_id, documents
from termsgate.reading.decode.page import nearest
from termsgate.reading.yamltree import Items, Scalar, Table

if TYPE_CHECKING:
    from datetime import date

    from termsgate.reading.decode.page import Fields, Page
    from termsgate.reading.decode.scopes import Glossary
    from termsgate.reading.yamltree import Node

_KEYS: Final = ("vendor", "name", "url", "services", "plans", "documents", "known-versions")
_DOCUMENT: Final = (
    "id",
    "kind",
    "title",
    "url",
    "prevails-over",
    "incorporated-by",
    "replaces",
    "applies",
    "at-hand",
    "about",
    "may",
    "because",
    "assume",
)
_ABSENT: Final = ("about", "may", "because", "assume")
ABSENCE: Final = ("about", "may", "because")


def vendor(page: Page, node: Node) -> Vendor:
    """The vendor, its versions still to come."""
    fields = page.fields(node, "a vendor", _KEYS, ("vendor", "name", "documents"))
    listed = fields.members("documents")
    setting = Setting(document="", documents=ids_of(listed))
    return Vendor(
        id=fields.name("vendor"),
        name=fields.text("name"),
        url=fields.url("url"),
        services=fields.names("services") if "services" in fields else None,
        plans=fields.names("plans") if "plans" in fields else None,
        documents=document_list(page, listed, setting),
        known_versions=_known_versions(page, fields.node("known-versions"), setting),
        place=page.place(fields.at),
    )


def ids_of(nodes: tuple[Node, ...]) -> tuple[str, ...]:
    """The ids that tables of a list carry, as far as they can be read."""
    entries = (node.entries.get("id") for node in nodes if isinstance(node, Table))
    return tuple(entry.value.text for entry in entries if entry and isinstance(entry.value, Scalar))


def document_list(page: Page, nodes: tuple[Node, ...], setting: Setting) -> tuple[Document, ...]:
    """The documents, no id twice."""
    seen: set[str] = set()
    found = []
    for node in nodes:
        fields = page.fields(node, "a document", _DOCUMENT, ("id", "kind"))
        ident = unique_name(fields, seen, "a document")
        found.append(_document(page, fields, ident, setting))
    return tuple(found)


def unique_name(fields: Fields, seen: set[str], what: str) -> str:
    """The `id` of a table, which no other of its kind may have."""
    ident = fields.name("id")
    if ident and ident in seen:
        message = f"{what} with the id `{ident}` stands above already"
        fields.page.wrong(fields.key("id"), "duplicate-id", message, "give it an id of its own")
    seen.add(ident)
    return ident


def _document(page: Page, fields: Fields, ident: str, setting: Setting) -> Document:
    over = documents(page, fields, "prevails-over", setting)
    at_hand = fields.truth("at-hand", default=True)
    fields.only_with(_ABSENT, "`at-hand: false`", here=not at_hand)
    _refuse_itself(fields, ident)
    return Document(
        id=ident,
        kind=fields.one_of("kind", DocumentKind) or DocumentKind.CONTRACT,
        title=fields.text("title"),
        url=fields.url("url"),
        precedence=(
            (Precedence(document=ident, over=over, place=page.place(fields.key("prevails-over"))),)
            if over
            else ()
        ),
        incorporated_by=documents(page, fields, "incorporated-by", setting),
        replaces=documents(page, fields, "replaces", setting),
        applies=applies(page, fields),
        absence=None if at_hand else absence(page, scopes.Glossary(page=page), fields),
        assume_absent=fields.choice("assume", ("absent",)) == "absent",
        place=page.place(fields.at),
    )


def _refuse_itself(fields: Fields, ident: str) -> None:
    for key in ("prevails-over", "incorporated-by", "replaces"):
        node = fields.node(key)
        members = node.items if isinstance(node, Items) else (node,)
        if any(isinstance(one, Scalar) and one.text == ident for one in members):
            message = f"`{ident}` stands in its own `{key}`"
            fields.page.wrong(fields.key(key), "names-itself", message, "name other documents")


# --- what nobody has read -----------------------------------------------------------------------


def absence(page: Page, known: Glossary, fields: Fields) -> Absence:
    """What is not at hand is about, and what it may do (semantics 4.4)."""
    may = fields.one_of("may", May) or May.EITHER
    if may is not May.EITHER and "because" not in fields:
        message = f"`may: {may.value}` without `because`"
        page.wrong(fields.key("may"), "missing-key", message, "say why it can do nothing else")
    about, facts = _about(page, known, fields.node("about"))
    return Absence(
        about=about,
        facts=facts,
        may=may,
        because=fields.text("because"),
        place=page.place(fields.at),
    )


def _about(page: Page, known: Glossary, node: Node | None) -> tuple[Scope | None, tuple[str, ...]]:
    """A scope and facts by name; facts alone are about no use."""
    if node is None:
        return None, ()
    fields = page.fields(node, "`about`", (*AXES, "except", "facts"), ())
    facts = fields.node("facts")
    names = () if facts is None else page.words(facts, lambda member: fact_family(page, member))
    axes = {key: entry for key, entry in fields.entries.items() if key != "facts"}
    if not axes and facts is not None:
        return Scope(parts=()), names
    if not isinstance(node, Table):
        return None, names
    return scopes.scope_outside_clauses(known, Table(axes, node.line, node.column)), names


def fact_family(page: Page, node: Node) -> str:
    """The name of a fact, or of those below it (`licence` is `licence.*`)."""
    name = page.text(node)
    if name and not any(True for _ in page.vocabulary.facts_below(name)):
        known = tuple(page.vocabulary.facts)
        families = tuple(dict.fromkeys(fact.partition(".")[0] for fact in known))
        message = f"`{name}` is not a fact that the vocabulary knows"
        page.wrong(node, "unknown-fact", message, nearest(name, known + families, "take"))
    return name


def _known_versions(
    page: Page, node: Node | None, setting: Setting
) -> tuple[tuple[str, date], ...]:
    table = None if node is None else page.table(node, "documents with dates")
    found: list[tuple[str, date]] = []
    for name, entry in (table.entries if table else {}).items():
        key = Scalar(name, name, entry.line, entry.column)
        document_id(page, key, setting)
        found.extend((name, page.day(member)) for member in page.several(entry.value))
    return tuple(found)
