"""Tests of a requirement itself: terms made up for it, and the verdict they must get."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from termsgate.core.model import Choice, Context, Document, DocumentKind, Example, Vendor, Version
from termsgate.core.verdict import Ruling
from termsgate.reading.decode import clauses, scopes, use
from termsgate.reading.decode.clauses import Setting
from termsgate.reading.decode.vendor import document_list, ids_of, unique_name
from termsgate.reading.yamltree import Scalar, Table

if TYPE_CHECKING:
    from termsgate.core.model import Clause
    from termsgate.reading.decode.page import Fields, Page
    from termsgate.reading.decode.scopes import Glossary
    from termsgate.reading.yamltree import Node

VENDOR: Final = "example"
DOCUMENT: Final = "terms"
_KEYS: Final = (
    "name",
    "clauses",
    "verdict",
    "documents",
    "definitions",
    "services",
    "plans",
    "context",
    "choices",
)
_RULINGS: Final = tuple(ruling.word for ruling in Ruling)


def examples(page: Page, nodes: tuple[Node, ...]) -> tuple[Example, ...]:
    """The examples of a requirement, no name twice."""
    seen: set[str] = set()
    return tuple(_example(page, node, seen) for node in nodes)


def _example(page: Page, node: Node, seen: set[str]) -> Example:
    fields = page.fields(node, "an example", _KEYS, ("name", "clauses", "verdict"))
    name = fields.text("name")
    if name and name in seen:
        message = f"an example with the name `{name}` stands above already"
        page.wrong(fields.key("name"), "duplicate-id", message, "give it a name of its own")
    seen.add(name)
    _refuse_separator(fields, name)
    context, choices = fields.node("context"), fields.node("choices")
    return Example(
        name=name,
        vendor=_vendor(page, fields),
        verdict=fields.choice("verdict", _RULINGS),
        context=Context() if context is None else use.context(page, context),
        choices=() if choices is None else _choices(page, choices),
        place=page.place(fields.at),
    )


def _refuse_separator(fields: Fields, name: str) -> None:
    """A name becomes part of a test id, where `::` divides and a backslash breaks reports."""
    if "::" in name or "\\" in name or "\n" in name:
        message = f"`{name.strip()}` has `::`, a backslash or a line break in it"
        fields.page.wrong(fields.key("name"), "bad-name", message, "name it in plain words")


def _choices(page: Page, node: Node) -> tuple[Choice, ...]:
    return use.choices(page, node, vendor=VENDOR, on=date.min)


def _vendor(page: Page, fields: Fields) -> Vendor:
    documents = _documents(page, fields)
    known = scopes.glossary(page, fields.node("definitions"))
    found = _clauses(page, known, fields, documents)
    return Vendor(
        id=VENDOR,
        services=fields.names("services") if "services" in fields else None,
        plans=fields.names("plans") if "plans" in fields else None,
        documents=documents,
        versions=tuple(
            Version(
                document=document.id,
                effective=date.min,
                clauses=tuple(clause for clause in found if clause.document == document.id),
                place=page.place(fields.at),
            )
            for document in documents
            if document.absence is None
        ),
        place=page.place(fields.at),
    )


def _documents(page: Page, fields: Fields) -> tuple[Document, ...]:
    if "documents" not in fields:
        return (Document(id=DOCUMENT, kind=DocumentKind.CONTRACT, place=page.place(fields.at)),)
    members = fields.members("documents")
    return document_list(page, members, Setting(document="", documents=ids_of(members)))


def _clauses(
    page: Page, known: Glossary, fields: Fields, documents: tuple[Document, ...]
) -> tuple[Clause, ...]:
    """Clauses stand in the first document where they name none, and are numbered without an id."""
    ids = tuple(document.id for document in documents)
    members = fields.members("clauses")
    names = _names(members)
    seen: set[str] = set()
    found = []
    for node, name in zip(members, names, strict=True):
        inner = page.fields(node, "a clause", (*clauses.KEYS, "document"), ())
        where = inner.node("document")
        setting = Setting(
            document=ids[0] if ids else DOCUMENT, clauses=names, documents=ids, alone=True
        )
        if where is not None:
            owner = clauses.document_id(page, where, setting)
            setting = Setting(document=owner, clauses=names, documents=ids, alone=True)
        ident = unique_name(inner, seen, "a clause") if "id" in inner else name
        found.append(clauses.clause(page, known, inner, setting, ident))
    return tuple(found)


def _names(nodes: tuple[Node, ...]) -> tuple[str, ...]:
    found = []
    for number, node in enumerate(nodes, start=1):
        entry = node.entries.get("id") if isinstance(node, Table) else None
        given = entry.value.text if entry and isinstance(entry.value, Scalar) else ""
        found.append(given or f"clause-{number}")
    return tuple(found)
