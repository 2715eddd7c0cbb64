"""What one version of one document says: fixtures/<vendor>/<document>/<effective-date>.yaml."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from termsgate.core.model import (
    Archive,
    Precedence,
    Review,
    ReviewStatus,
    Snapshot,
    Source,
    Version,
)
from termsgate.reading.decode import anchors, clauses, scopes, written
from termsgate.reading.decode.clauses import Setting, document_id, documents
from termsgate.reading.decode.page import NO_DAY
from termsgate.reading.decode.vendor import ABSENCE, absence, ids_of, unique_name
from termsgate.reading.yamltree import Items, Scalar

if TYPE_CHECKING:
    from datetime import date, datetime

    from termsgate.core.model import Absence, Clause, Definition
    from termsgate.reading.decode.page import Fields, Page
    from termsgate.reading.decode.scopes import Glossary
    from termsgate.reading.yamltree import Node

_KEYS: Final = (
    "document",
    "effective",
    "published",
    "withdrawn",
    "language",
    "source",
    "unread",
    "review",
    "precedence",
    "definitions",
    "clauses",
)
_NOON: Final = "write it with its zone: `2023-08-07T18:49:00Z`"


def version(page: Page, node: Node, documents_known: tuple[str, ...] | None) -> Version:
    """The version, its clauses with the document's own definitions resolved."""
    fields = page.fields(node, "a version", _KEYS, ("document", "effective", "clauses"))
    members = fields.members("clauses")
    document = fields.name("document")
    setting = Setting(document=document, clauses=ids_of(members), documents=documents_known)
    known = scopes.glossary(page, fields.node("definitions"))
    effective = fields.day("effective") or NO_DAY
    users: Users = {}
    found = Version(
        document=document,
        effective=effective,
        clauses=clause_list(page, known, members, setting, users),
        precedence=_precedences(page, known, fields, setting),
        unread=_unread(page, known, fields.node("unread")),
        published=fields.day("published"),
        withdrawn=_withdrawn(page, fields, effective),
        language=fields.text("language"),
        source=_source(page, fields.node("source")),
        review=_review(page, fields.node("review")),
        place=page.place(fields.at),
    )
    _smell_unused(page, known)
    return replace(found, definitions=_definitions(known, users)) if known.entries else found


def _definitions(known: Glossary, users: Users) -> tuple[Definition, ...]:
    """The defined terms; one that is wrong in itself has been reported, and has no axis."""
    named = (name for name in known.entries if known.axes[name])
    return tuple(known.definition(name, users.get(name, ())) for name in named)


Users: TypeAlias = dict[str, list[str]]
"""The clauses that use a defined term, by its name."""


def clause_list(
    page: Page,
    known: Glossary,
    nodes: tuple[Node, ...],
    setting: Setting,
    users: Users | None = None,
) -> tuple[Clause, ...]:
    """The clauses, no id twice; which defined terms each uses is taken down."""
    seen: set[str] = set()
    found = []
    for node in nodes:
        fields = page.fields(node, "a clause", clauses.KEYS, ("id",))
        ident = unique_name(fields, seen, "a clause")
        known.named.clear()
        found.append(clauses.clause(page, known, fields, setting, ident))
        if users is not None:
            for name in known.reached() if known.named else ():
                users.setdefault(name, []).append(ident)
    return tuple(found)


def _smell_unused(page: Page, known: Glossary) -> None:
    for name, entry in known.entries.items():
        if name not in known.used:
            advice = "remove it, or use it where the document does"
            page.smell(entry, "unused-definition", f"`{name}` is defined and never used", advice)


def _withdrawn(page: Page, fields: Fields, first: date) -> date | None:
    last = fields.day("withdrawn")
    if last and last < first and NO_DAY not in (first, last):
        message = f"`withdrawn: {last}` is before `effective: {first}`"
        page.wrong(fields.key("withdrawn"), "bad-order", message, "give its last day in force")
    return last


def _precedences(
    page: Page, known: Glossary, fields: Fields, setting: Setting
) -> tuple[Precedence, ...]:
    return tuple(
        _precedence(page, known, member, setting) for member in fields.members("precedence")
    )


def _precedence(page: Page, known: Glossary, node: Node, setting: Setting) -> Precedence:
    keys = ("document", "over", "about", "section", "quote")
    fields = page.fields(node, "a precedence", keys, ("over",))
    named, about = fields.node("document"), fields.node("about")
    over = documents(page, fields, "over", setting)
    document = document_id(page, named, setting) if named is not None else setting.document
    if document and document in over:
        message = f"`{document}` stands in its own `over`"
        page.wrong(fields.key("over"), "names-itself", message, "name other documents")
    return Precedence(
        document=document,
        over=over,
        about=None if about is None else scopes.scope_outside_clauses(known, about),
        section=anchors.section(fields),
        quote=anchors.quote(page, fields),
        place=page.place(fields.at),
    )


def _unread(page: Page, known: Glossary, node: Node | None) -> tuple[Absence, ...]:
    if node is None:
        return ()
    members = node.items if isinstance(node, Items) else (node,)
    return tuple(
        absence(page, known, page.fields(member, "an unread part", ABSENCE, ()))
        for member in members
    )


# --- where the words were taken from ------------------------------------------------------------


def _source(page: Page, node: Node | None) -> Source:
    if node is None:
        return Source()
    fields = page.fields(node, "a source", ("url", "captured", "archive", "snapshot"), ())
    return Source(
        url=fields.url("url"),
        captured=_captured(page, fields.node("captured")),
        archive=_archive(page, fields.node("archive")),
        snapshot=_snapshot(page, fields.node("snapshot")),
    )


def _captured(page: Page, node: Node | None) -> datetime | None:
    text = "" if node is None else page.text(node)
    found = written.moment(text) if text else None
    if text and node is not None and found is None:
        page.wrong(node, "bad-time", f"`{text}` is not a time of the calendar", _NOON)
    return found


def _archive(page: Page, node: Node | None) -> Archive | None:
    if node is None:
        return None
    keys = ("collection", "path", "commit")
    fields = page.fields(node, "an archive", keys, keys)
    return Archive(
        collection=_collection(page, fields),
        path=_archived_path(page, fields),
        commit=_commit(page, fields),
    )


def _collection(page: Page, fields: Fields) -> str:
    """The name of a collection, which is the name of the folder that its clone lies in."""
    name = fields.text("collection")
    if name and not written.is_collection(name):
        message = f"`{name}` is no name of a collection"
        advice = "write it as `owner/name`"
        page.wrong(fields.entries["collection"].value, "bad-name", message, advice)
        return ""
    return name


def _commit(page: Page, fields: Fields) -> str:
    """The number of a commit: what a branch or a tag names today may be another text tomorrow."""
    commit = fields.text("commit")
    if commit and not written.is_commit(commit):
        message = f"`{commit}` is no number of a commit"
        advice = "it has 40 digits from 0 to f, as `git log` prints them"
        page.wrong(fields.entries["commit"].value, "bad-commit", message, advice)
    return commit


def _archived_path(page: Page, fields: Fields) -> str:
    """A path inside the archive, for a clone of it may lie anywhere on a disk."""
    path = fields.text("path")
    if path.startswith("/") or "\\" in path or ".." in path.split("/"):
        message = f"`{path}` leads out of the archive"
        advice = "write the path from the root of the archive"
        page.wrong(fields.entries["path"].value, "outside", message, advice)
        return ""
    return path


def _snapshot(page: Page, node: Node | None) -> Snapshot | None:
    if node is None:
        return None
    keys = ("file", "sha256", "text-sha256", "normaliser")
    fields = page.fields(node, "a snapshot", keys, ("file",))
    words = digest(page, fields, "text-sha256")
    fields.only_with(("normaliser",), "`text-sha256`", here="text-sha256" in fields)
    return Snapshot(
        file=_file_name(page, fields),
        sha256=digest(page, fields),
        text_sha256=words,
        normaliser=_normaliser(page, fields, needed=bool(words)),
        place=page.place(fields.at),
    )


def _normaliser(page: Page, fields: Fields, *, needed: bool) -> int:
    """The version of what made the words plain; a digest of them says nothing without it."""
    node = fields.node("normaliser")
    if node is None:
        if needed:
            message = "`text-sha256` says nothing without `normaliser`"
            advice = "add its version, as `termsgate verify --format json` prints it"
            page.wrong(fields.key("text-sha256"), "conflict", message, advice)
        return 0
    if isinstance(node, Scalar) and type(node.value) is int and node.value > 0:
        return node.value
    advice = "write its version: `normaliser: 2`"
    page.wrong(node, "wrong-type", "`normaliser` is not a whole number from 1", advice)
    return 0


def _file_name(page: Page, fields: Fields) -> str:
    """The name of a file beside this one; a path could lead out of the project."""
    name = fields.text("file")
    if name and ("/" in name or "\\" in name or name.startswith(".")):
        message = f"`{name}` is not the name of a file beside this one"
        page.wrong(fields.entries["file"].value, "outside", message, "put the text beside the file")
        return ""
    return name


def digest(page: Page, fields: Fields, key: str = "sha256") -> str:
    """A sha256, empty where left out."""
    text = fields.text(key)
    if text and not written.is_sha256(text):
        message = f"`{text}` is not a sha256"
        advice = "it has 64 digits from 0 to f, as `sha256sum` prints them"
        page.wrong(fields.entries[key].value, "bad-digest", message, advice)
    return text


def _review(page: Page, node: Node | None) -> Review | None:
    if node is None:
        return None
    keys = ("by", "on", "status", "sha256")
    fields = page.fields(node, "a review", keys, ("by", "on", "status"))
    by = fields.node("by")
    return Review(
        by=() if by is None else page.words(by, page.text),
        on=fields.day("on") or NO_DAY,
        status=fields.one_of("status", ReviewStatus) or ReviewStatus.DRAFT,
        sha256=digest(page, fields),
        place=page.place(fields.at),
    )
