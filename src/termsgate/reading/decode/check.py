"""Which vendors, for which use, under which policies: checks/<check>.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termsgate.core.model import (
    AXES,
    Check,
    Context,
    Reaction,
    RecordedReading,
    Stance,
    Waiver,
)
from termsgate.core.values import Unit
from termsgate.reading.decode import limits, use, written
from termsgate.reading.decode.page import NO_DAY, nearest

if TYPE_CHECKING:
    from termsgate.core.values import Duration
    from termsgate.reading.decode.page import Fields, Page
    from termsgate.reading.yamltree import Node

_KEYS: Final = (
    "check",
    "title",
    "owner",
    "vendors",
    "policies",
    "as-of",
    "context",
    "choices",
    "waivers",
    "readings",
    "review-max-age",
    "when-unreviewed",
)
_WAIVER: Final = (
    "vendor",
    "requirement",
    "reason",
    "approved-by",
    "approved-on",
    "expires",
    "ticket",
    "version",
    "decided",
)
_WAIVER_NEEDS: Final = _WAIVER[: _WAIVER.index("ticket")]
_REACTIONS: Final = (Reaction.FAIL.value, Reaction.WARN.value)
_NO_AGE: Final = (Unit.HOURS, Unit.BUSINESS_DAYS)
"""Units that no calendar of ours counts: a review has a day and no hour."""
_ANSWERS: Final = ("term", "stance", "over")
_READING: Final = ("vendor", "clause", *_ANSWERS, "axis", "covered", "because", "by", "on")


def check(page: Page, node: Node) -> Check:
    """The check; its globs are still as written."""
    fields = page.fields(node, "a check", _KEYS, ("check", "title"))
    context, choices = fields.node("context"), fields.node("choices")
    return Check(
        id=fields.name("check"),
        title=fields.text("title"),
        owner=fields.text("owner"),
        vendors=_selection(page, fields, "vendors", "vendor-glob"),
        policies=_selection(page, fields, "policies", "policy-glob"),
        as_of=fields.day("as-of"),
        context=Context() if context is None else use.context(page, context),
        choices=() if choices is None else use.choices(page, choices),
        waivers=tuple(_waiver(page, member) for member in fields.members("waivers")),
        readings=tuple(_reading(page, member) for member in fields.members("readings")),
        review_max_age=_age(page, fields),
        when_unreviewed=Reaction(fields.choice("when-unreviewed", _REACTIONS) or Reaction.FAIL),
        place=page.place(fields.at),
    )


def _age(page: Page, fields: Fields) -> Duration | None:
    """How old a review may be: days of the calendar, and at least one of them."""
    node = fields.node("review-max-age")
    text = "" if node is None else page.text(node)
    found = written.duration(text) if text else None
    if found is not None and found.amount and found.unit not in _NO_AGE:
        return found
    if node is not None and text:
        message = f"`{text}` is not an age that a review can have"
        advice = "write a number of days, weeks, months or years: `12 months`"
        page.wrong(node, "bad-duration", message, advice)
    return None


def _selection(page: Page, fields: Fields, key: str, kind: str) -> tuple[str, ...]:
    node = fields.node(key)
    if node is None:
        return ("*",)
    return page.words(node, lambda member: _mentioned(page, member, kind))


def _mentioned(page: Page, node: Node, kind: str) -> str:
    text = page.text(node)
    if text:
        page.mention(kind, node, text)
    return text


def _named(page: Page, fields: Fields, key: str, kind: str) -> str:
    node = fields.node(key)
    return "" if node is None else _mentioned(page, node, kind)


def _waiver(page: Page, node: Node) -> Waiver:
    fields = page.fields(node, "a waiver", _WAIVER, _WAIVER_NEEDS)
    first, last = fields.day("approved-on"), fields.day("expires")
    if first and last and last < first and NO_DAY not in (first, last):
        message = f"`expires: {last}` is before `approved-on: {first}`"
        page.wrong(fields.key("expires"), "bad-order", message, "give its last day")
    waiver = Waiver(
        vendor=_named(page, fields, "vendor", "vendor-glob"),
        requirement=_named(page, fields, "requirement", "requirement-glob"),
        reason=fields.text("reason"),
        approved_by=fields.text("approved-by"),
        approved_on=first or NO_DAY,
        expires=last or NO_DAY,
        ticket=fields.text("ticket"),
        place=page.place(fields.at),
    )
    return limits.limited(page, fields, waiver)


# --- readings -----------------------------------------------------------------------------------


def _reading(page: Page, node: Node) -> RecordedReading:
    """How a person settled a question, about a term, a stance or a conflict (semantics 4.7)."""
    needs = ("vendor", "clause", "because", "by", "on")
    fields = page.fields(node, "a reading", _READING, needs)
    answer = fields.exactly_one(_ANSWERS, "a reading")
    _check_term(fields, answer)
    vendor = _vendor(page, fields)
    document, clause = _clause(page, fields, "clause", vendor)
    axis, term = _term(page, fields) if answer == "term" else ("", "")
    return RecordedReading(
        vendor=vendor,
        document=document,
        clause=clause,
        because=fields.text("because"),
        by=fields.text("by"),
        on=fields.day("on") or NO_DAY,
        axis=axis or None,
        term=term or None,
        covered=fields.truth("covered") if answer == "term" else None,
        stance=_stance(fields) if answer == "stance" else None,
        over=_clause(page, fields, "over", vendor) if answer == "over" else None,
        place=page.place(fields.at),
    )


def _check_term(fields: Fields, answer: str) -> None:
    fields.only_with(("covered", "axis"), "`term`", here=answer == "term")
    if answer == "term" and "covered" not in fields:
        advice = "add `covered: true` or `covered: false`"
        fields.page.wrong(fields.at, "missing-key", "a reading of a term without `covered`", advice)


def _vendor(page: Page, fields: Fields) -> str:
    node = fields.node("vendor")
    name = "" if node is None else page.name(node)
    if node is not None and name:
        page.mention("vendor", node, name)
    return name


def _clause(page: Page, fields: Fields, key: str, vendor: str) -> tuple[str, str]:
    node = fields.node(key)
    text = "" if node is None else page.text(node)
    document, dot, clause = text.partition(".")
    if node is not None and text and not (document and dot and clause):
        message = f"`{text}` does not name a document and a clause"
        page.wrong(node, "bad-name", message, "write `document.clause`")
    elif node is not None and text:
        page.mention("clause", node, document, clause, of=vendor)
    return document, clause


def _stance(fields: Fields) -> Stance | None:
    words = {stance.word: stance for stance in Stance}
    return words.get(fields.choice("stance", tuple(words)))


def _term(page: Page, fields: Fields) -> tuple[str, str]:
    """The term and its axis; a word of several axes needs `axis` to say which."""
    node = fields.node("term")
    text = "" if node is None else page.text(node)
    given = fields.choice("axis", AXES)
    axes = [axis for axis in AXES if text in page.vocabulary.axis(axis).spellings]
    if not text or node is None:
        return given, ""
    if given and axes and given not in axes:
        message = f"`{text}` is no word of the axis `{given}`"
        page.wrong(node, "unknown-term", message, nearest("", axes, "it is one of"))
        return given, ""
    if not axes:
        known = [word for axis in page.vocabulary.axes for word in axis.spellings]
        message = f"`{text}` is not a term that the vocabulary knows"
        page.wrong(node, "unknown-term", message, nearest(text, known, "choose among"))
        return given, ""
    if len(axes) > 1 and not given:
        message = f"`{text}` is a word of several axes"
        page.wrong(node, "ambiguous-term", message, nearest("", axes, "add `axis`:"))
    axis = given or axes[0]
    return axis, page.vocabulary.axis(axis).spellings[text]
