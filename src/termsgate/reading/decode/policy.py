"""What we require: policies/<policy>.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termsgate.core.model import (
    Bound,
    DocumentKind,
    Every,
    Forbid,
    Level,
    Narrowing,
    Policy,
    Reaction,
    Reference,
    Require,
    Requirement,
    Scope,
    Severity,
    Some,
    Stance,
    WhenStated,
)
from termsgate.reading.decode import facts, scopes
from termsgate.reading.decode.clauses import STANCES, applies, consenters
from termsgate.reading.decode.example import examples
from termsgate.reading.decode.page import Fields
from termsgate.reading.decode.tongues import first, several, tongues
from termsgate.reading.decode.vendor import fact_family, unique_name
from termsgate.reading.yamltree import Items

if TYPE_CHECKING:
    from termsgate.core.model import Demand
    from termsgate.reading.decode.page import Page
    from termsgate.reading.yamltree import Node

_KEYS: Final = ("policy", "title", "owner", "requirements")
DEMANDS: Final = ("forbid", "require", "all", "any")
_PART: Final = (*DEMANDS, "without", "consent-from", "when-stated", "in", "stating")
_REQUIREMENT: Final = (
    "id",
    "title",
    "level",
    "severity",
    *_PART,
    "when-silent",
    "when-unclear",
    "applies",
    "evidence",
    "why",
    "ask",
    "references",
    "examples",
)
_SEVERITY: Final = {
    Level.MUST: Severity.HIGH,
    Level.SHOULD: Severity.MEDIUM,
    Level.MAY: Severity.LOW,
}
_REACTION: Final = {
    Level.MUST: Reaction.FAIL,
    Level.SHOULD: Reaction.WARN,
    Level.MAY: Reaction.PASS,
}
"""What silent and unclear do where nothing else is said (semantics 7.2)."""
_GOVERNING: Final = (DocumentKind.CONTRACT.value, DocumentKind.NOTICE.value)


def policy(page: Page, node: Node) -> Policy:
    """The policy with its requirements, no id twice."""
    fields = page.fields(node, "a policy", _KEYS, ("policy", "title", "requirements"))
    ident = fields.name("policy")
    seen: set[str] = set()
    members = fields.members("requirements")
    if isinstance(fields.node("requirements"), Items) and not members:
        page.wrong(fields.key("requirements"), "empty", "a policy without requirements", "add one")
    titles = tongues(fields, "title")
    return Policy(
        id=ident,
        title=first(titles),
        titles=several(titles),
        owner=fields.text("owner"),
        requirements=tuple(_requirement(page, member, ident, seen) for member in members),
        place=page.place(fields.at),
    )


def _requirement(page: Page, node: Node, owner: str, seen: set[str]) -> Requirement:
    fields = page.fields(node, "a requirement", _REQUIREMENT, ("id", "title", "level"))
    level = fields.one_of("level", Level) or Level.MUST
    default = _REACTION[level]
    titles, asks = tongues(fields, "title"), tongues(fields, "ask")
    return Requirement(
        id=f"{owner}.{unique_name(fields, seen, 'a requirement')}",
        policy=owner,
        title=first(titles),
        titles=several(titles),
        level=level,
        severity=fields.one_of("severity", Severity) or _SEVERITY[level],
        demand=_demand(page, fields, "a requirement"),
        when_silent=fields.one_of("when-silent", Reaction) or default,
        when_unclear=fields.one_of("when-unclear", Reaction) or default,
        applies=applies(page, fields),
        evidence_required=fields.choice("evidence", ("required",)) == "required",
        why=fields.text("why"),
        ask=first(asks),
        asks=several(asks),
        references=tuple(_reference(page, one) for one in fields.members("references")),
        examples=examples(page, fields.members("examples")),
        place=page.place(fields.at),
    )


def _reference(page: Page, node: Node) -> Reference:
    fields = page.fields(node, "a reference", ("title", "url"), ("title",))
    return Reference(title=fields.text("title"), url=fields.url("url"))


# --- what is demanded ---------------------------------------------------------------------------


def _demand(page: Page, fields: Fields, what: str) -> Demand:
    """The one demand of a requirement, or of a part of a compound (semantics 6)."""
    key = fields.exactly_one(DEMANDS, what)
    fields.only_with(("without", "consent-from"), "`forbid`", here=key == "forbid")
    if key in ("all", "any"):
        return _compound(page, fields, key)
    if key == "require":
        return _require(page, fields)
    return _forbid(page, fields)


def _forbid(page: Page, fields: Fields) -> Forbid:
    node = fields.node("forbid")
    without = fields.choice("without", tuple(_NEEDS))
    empty = Scope(parts=())
    return Forbid(
        scope=(
            empty
            if node is None
            else scopes.scope_outside_clauses(
                scopes.Glossary(page=page), node, needs=("action", "data")
            )
        ),
        need=_NEEDS.get(without, Stance.BARRED),
        consent_from=consenters(fields),
        narrowing=_narrowing(page, fields),
        when_stated=_when_stated(page, fields),
        place=page.place(fields.key("forbid")),
    )


_NEEDS: Final = {word: stance for word, stance in STANCES.items() if stance is not Stance.FREE}


def _require(page: Page, fields: Fields) -> Require:
    keys = ("fact", *facts.BOUNDS, "of", "for", "except-ok")
    node = fields.node("require")
    inner = (
        page.fields(node, "a bound on a fact", keys, ("fact",))
        if node is not None
        else Fields(page=page, at=fields.at, entries={})
    )
    named, of = inner.node("fact"), inner.node("of")
    name = "" if named is None else page.text(named)
    fact = facts.definition(page, name, named) if named is not None and name else None
    bound, values = facts.bounded(page, fact, inner) if inner.entries else (Bound.IS, ())
    return Require(
        fact=name,
        bound=bound,
        values=values,
        of=None if of is None else scopes.scope_outside_clauses(scopes.Glossary(page=page), of),
        subjects=inner.names("for"),
        excused=facts.excuses(page, inner, "except-ok"),
        narrowing=_narrowing(page, fields),
        when_stated=_when_stated(page, fields),
        place=page.place(fields.key("require")),
    )


def _compound(page: Page, fields: Fields, key: str) -> Every | Some:
    members = fields.members(key)
    if isinstance(fields.node(key), Items) and not members:
        page.wrong(fields.key(key), "empty", f"`{key}` without parts", "add a part")
    kind = Every if key == "all" else Some
    return kind(
        parts=tuple(
            _demand(page, page.fields(member, "a part", _PART, ()), "a part") for member in members
        ),
        narrowing=_narrowing(page, fields),
        when_stated=_when_stated(page, fields),
        place=page.place(fields.key(key)),
    )


# --- which clauses count ------------------------------------------------------------------------


def _narrowing(page: Page, fields: Fields) -> Narrowing:
    """Only clauses in such a document, or that state the fact, count (semantics 6.3)."""
    kind = fields.choice("in", _GOVERNING)
    node = fields.node("stating")
    return Narrowing(
        stating=None if node is None else _stating(page, node),
        kind=DocumentKind(kind) if kind else None,
    )


def _stating(page: Page, node: Node) -> str | None:
    fields = page.fields(node, "`stating`", ("fact",), ("fact",))
    return _fact(page, fields) or None


def _fact(page: Page, fields: Fields) -> str:
    node = fields.node("fact")
    return "" if node is None else fact_family(page, node)


def _when_stated(page: Page, fields: Fields) -> WhenStated | None:
    """The requirement applies only where the fact is stated (semantics 6.2)."""
    node = fields.node("when-stated")
    if node is None:
        return None
    inner = page.fields(node, "`when-stated`", ("fact", "in", "stating", "else"), ("fact",))
    return WhenStated(
        fact=_fact(page, inner),
        narrowing=_narrowing(page, inner),
        otherwise_silent=inner.choice("else", ("silent",)) == "silent",
    )
