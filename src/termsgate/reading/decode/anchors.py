"""Where words stand in a text: sections and quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termsgate.core.model import Quote
from termsgate.reading.yamltree import Scalar, Table

if TYPE_CHECKING:
    from termsgate.reading.decode.page import Fields, Page
    from termsgate.reading.yamltree import Node

LONG_QUOTE: Final = 12
"""Words; the anchor is to be found by, not to be read instead of the terms."""


def section(fields: Fields, key: str = "section") -> str:
    """A section as it is written; a bare number is one too (`10.10` stays apart from `10.1`)."""
    node = fields.node(key)
    if isinstance(node, Scalar) and type(node.value) is int:
        return node.text
    return fields.text(key)


def quote(page: Page, fields: Fields) -> Quote | None:
    """The anchor: a few words of theirs, perhaps with what stands before and after."""
    node = fields.node("quote")
    if node is None:
        return None
    found = _quote(page, node)
    count = len(found.exact.split())
    if count > LONG_QUOTE:
        message = f"a quote of {count} words"
        advice = f"an anchor needs a few, {LONG_QUOTE} at most; say the rest in `says`"
        page.smell(node, "long-quote", message, advice)
    return found


def _quote(page: Page, node: Node) -> Quote:
    if not isinstance(node, Table):
        return Quote(exact=page.text(node))
    fields = page.fields(node, "a quote", ("exact", "prefix", "suffix"), ("exact",))
    return Quote(
        exact=fields.text("exact"), prefix=fields.text("prefix"), suffix=fields.text("suffix")
    )
