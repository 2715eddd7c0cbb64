"""Text that a reader may want in his own language: `title` and `ask` of what we require."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termsgate.reading.yamltree import Table

if TYPE_CHECKING:
    from termsgate.core.model import Tongues
    from termsgate.reading.decode.page import Fields

_CODE: Final = re.compile(r"[a-z]{2}")


def tongues(fields: Fields, key: str) -> Tongues:
    """The text of a key by language, in the order of the file; by none where it is plain text."""
    node = fields.node(key)
    if not isinstance(node, Table):
        return ((_PLAIN, fields.text(key)),)
    page = fields.page
    if not node.entries:
        page.wrong(node, "empty", f"`{key}` without a language", "write one: `en: ...`")
    for code, entry in node.entries.items():
        if not _CODE.fullmatch(code):
            message = f"`{code}` is not the code of a language"
            page.wrong(entry, "bad-language", message, "write its two letters: `en`, `fr`")
    return tuple((code, page.text(entry.value)) for code, entry in node.entries.items())


_PLAIN: Final = ""


def first(texts: Tongues) -> str:
    """The text it was thought in: the one that stands first."""
    return texts[0][1] if texts else ""


def several(texts: Tongues) -> Tongues:
    """The text by language; nothing where no language is named."""
    return tuple(each for each in texts if each[0] != _PLAIN)
