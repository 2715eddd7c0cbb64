"""One clause: a verb with its scope and qualifiers, facts, or both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from termsgate.core.model import Clause, Closed, Firmness, Stance, Target, Verb
from termsgate.reading.decode import anchors, facts, scopes
from termsgate.reading.decode.page import NO_DAY, nearest
from termsgate.reading.yamltree import Scalar, Table

if TYPE_CHECKING:
    from termsgate.core.model import Condition, Scope
    from termsgate.reading.decode.page import Fields, Page
    from termsgate.reading.decode.scopes import Glossary
    from termsgate.reading.yamltree import Node

VERBS: Final = tuple(verb.value for verb in Verb)
QUALIFIERS: Final = ("with", "consent-from", "closed", "except-as-in")
"""What only `allows` takes."""
KEYS: Final = (
    "id",
    "section",
    "says",
    "quote",
    *VERBS,
    "states",
    *QUALIFIERS,
    "firmness",
    "except",
    "perhaps",
    "overrides",
    "alongside",
    "binds",
    "statement",
    "from",
    "until",
    "applies",
)
STANCES: Final = {stance.word: stance for stance in Stance if stance is not Stance.BARRED}
_STANCE_WORDS: Final = tuple(STANCES)
CONSENTERS: Final = ("account-admin", "user", "everyone-affected")
_NEEDED: Final = ("action", "data")


def clause(page: Page, known: Glossary, fields: Fields, setting: Setting, ident: str) -> Clause:
    """The clause those keys describe, in the document of the setting."""
    verb = _verb(fields)
    _check_company(fields, verb)
    firmness = fields.one_of("firmness", Firmness) or Firmness.PROMISE
    states = fields.node("states")
    # Most clauses have none of these, and there are a dozen in every file.
    more = {} if _SELDOM.isdisjoint(fields.entries) else _more(page, fields, setting)
    return Clause(
        id=ident,
        document=setting.document,
        place=page.place(fields.at),
        section=anchors.section(fields),
        says=fields.text("says"),
        quote=anchors.quote(page, fields),
        verb=verb,
        scope=_scope(page, known, fields, verb),
        stances=_stances(page, fields, verb),
        firmness=firmness,
        closed=_closed(page, fields.node("closed")),
        applies=applies(page, fields),
        states=() if states is None else facts.statements(page, known, states, firmness),
        **more,
    )


_SELDOM: Final = frozenset(
    {
        *("consent-from", "except-as-in", "overrides", "alongside", "binds", "statement"),
        *("from", "until"),
    }
)


def _more(page: Page, fields: Fields, setting: Setting) -> dict[str, Any]:
    """What only some clauses say, by the names of the clause's attributes."""
    begins, ends = fields.day("from"), fields.day("until")
    if begins and ends and ends < begins and NO_DAY not in (begins, ends):
        message = f"`until: {ends}` is before `from: {begins}`"
        page.wrong(fields.key("until"), "bad-order", message, "exchange them")
    return {
        "consent_from": consenters(fields),
        "except_as_in": documents(page, fields, "except-as-in", setting),
        "overrides": _targets(page, fields, "overrides", setting),
        "alongside": _targets(page, fields, "alongside", setting),
        "binds_customer": fields.choice("binds", ("customer",)) == "customer",
        "statement": fields.truth("statement"),
        "begins": begins,
        "ends": ends,
    }


def _verb(fields: Fields) -> Verb | None:
    if _VERBS.isdisjoint(fields.entries):
        if "states" not in fields.entries:
            fields.exactly_one((*VERBS, "states"), "a clause")
        return None
    return _VERB[fields.exactly_one(VERBS, "a clause")]


_VERB: Final = {verb.value: verb for verb in Verb}
_VERBS: Final = frozenset(_VERB)


def _check_company(fields: Fields, verb: Verb | None) -> None:
    fields.only_with(QUALIFIERS, "`allows`", here=verb is Verb.ALLOWS)
    fields.only_with(("except", "perhaps"), "`allows` or `bars`", here=verb is not None)
    if verb is Verb.ALLOWS:
        fields.only_with(("except-as-in",), "`closed`", here="closed" in fields)


def _scope(page: Page, known: Glossary, fields: Fields, verb: Verb | None) -> Scope | None:
    node = fields.node(verb) if verb else None
    if node is None:
        return None
    return scopes.scope(
        known,
        node,
        needs=_NEEDED,
        excepting=scopes.exceptions(page, known, fields.node("except")),
        possible=scopes.perhaps(page, known, fields.node("perhaps")),
    )


def _stances(page: Page, fields: Fields, verb: Verb | None) -> tuple[Stance, ...]:
    if verb is None:
        return ()
    if verb is Verb.BARS:
        return (Stance.BARRED,)
    node = fields.node("with")
    if node is None:
        return (Stance.FREE,)
    words = page.words(node, lambda member: page.choice(member, _STANCE_WORDS))
    return tuple(sorted(STANCES[word] for word in words)) or (Stance.FREE,)


def consenters(fields: Fields) -> tuple[str, ...]:
    """Whose consent it is."""
    node = fields.node("consent-from")
    page = fields.page
    if node is None:
        return ()
    return page.words(node, lambda member: page.choice(member, CONSENTERS))


def _closed(page: Page, node: Node | None) -> Closed:
    if node is None:
        return Closed.NO
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return Closed.YES if node.value else Closed.NO
    if isinstance(node, Scalar) and node.value == "perhaps":
        return Closed.PERHAPS
    message = f"`{node.text}`" if isinstance(node, Scalar) else "a list or set of keys"
    page.wrong(
        node,
        "bad-word",
        f"{message} does not say whether the list is closed",
        nearest("", ("true", "false", "perhaps"), "write"),
    )
    return Closed.NO


def applies(page: Page, fields: Fields) -> tuple[Condition, ...]:
    """The conditions under `applies`."""
    node = fields.node("applies")
    return () if node is None else scopes.conditions(page, node)


# --- names of other documents and clauses -------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a file can name: its document, its clauses, and the vendor's documents where known.

    `alone` says that there are no other files: the clauses are all there are.
    """

    document: str
    clauses: tuple[str, ...] = ()
    documents: tuple[str, ...] | None = None
    alone: bool = False


def documents(page: Page, fields: Fields, key: str, setting: Setting) -> tuple[str, ...]:
    """Documents of the same vendor, by id."""
    node = fields.node(key)
    if node is None:
        return ()
    return page.words(node, lambda member: document_id(page, member, setting))


def document_id(page: Page, node: Node, setting: Setting) -> str:
    """The id of a document that vendor.yaml lists."""
    name = page.name(node)
    known = setting.documents
    if name and known is not None and name not in known:
        message = f"`{name}` is no document of this vendor"
        page.wrong(node, "unknown-document", message, nearest(name, known, "vendor.yaml lists"))
    return name


def _targets(page: Page, fields: Fields, key: str, setting: Setting) -> tuple[Target, ...]:
    node = fields.node(key)
    if node is None:
        return ()
    return tuple(
        target for member in page.several(node) if (target := _target(page, member, setting))
    )


def _target(page: Page, node: Node, setting: Setting) -> Target | None:
    """A section, everything, `document.clause`, a clause of this file, or a document."""
    if isinstance(node, Table):
        return _section_target(page, node, setting)
    text = page.text(node)
    if not text:
        return None
    if text == "all":
        return Target()
    if text in setting.clauses:
        return Target(document=setting.document, clause=text)
    owner, dot, name = text.partition(".")
    if not _exists(setting, owner, name):
        message = f"`{text}` names no clause here and no document of the vendor"
        known = (*setting.clauses, *(setting.documents or ()))
        page.wrong(node, "names-nothing", message, nearest(text, known, "take"))
    if not dot:
        return Target(document=owner)
    if not setting.alone:
        page.mention("clause", node, owner, name)
    return Target(document=owner, clause=name)


def _exists(setting: Setting, document: str, clause: str) -> bool:
    """Whether it can name something, as far as this file tells."""
    known = setting.documents is None or document in setting.documents
    return known and (not clause or not setting.alone or clause in setting.clauses)


def _section_target(page: Page, node: Table, setting: Setting) -> Target:
    fields = page.fields(node, "a target", ("section", "document"), ("section",))
    entry = fields.node("document")
    other = document_id(page, entry, setting) if entry is not None else ""
    found = Target(document=other or setting.document, section=anchors.section(fields) or None)
    if found.section and not setting.alone:
        page.mention("section", node, found.document or "", found.section)
    return found
