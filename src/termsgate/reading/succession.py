"""A version starts from the one before it, and a document is added to its vendor's list.

The files are people's: comments and all else in them stay as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termsgate.reading import yamltree
from termsgate.reading.signing import UneditableError
from termsgate.reading.yamltree import Table, plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_OF_ITS_OWN: Final = ("published", "withdrawn", "source", "review")
"""What is true of one version only."""


def succeeding(text: str, effective: date, lines: Mapping[str, str]) -> str:
    """The text of a version that takes effect on a day and says what this one says.

    What is true of the old one only is left out, the comments above its first key among it. `lines`
    are put in its place, by key, below `effective`.
    """
    said = _said(text)
    edited = _without(text, [key for key in _OF_ITS_OWN if key in said])
    place = yamltree.extents(edited).entries["effective"]
    added = "".join(f"\n{line}" for line in lines.values())
    rest = edited[place.end :]
    line, newline, below = rest.partition("\n")
    head = edited[: place.start]
    made = f"{head}{effective.isoformat()}{line.rstrip()}{added}{newline}{below}"
    _hold_to(made, {**_kept(said), "effective": effective.isoformat()}, lines)
    return made


def _kept(said: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in said.items() if key not in _OF_ITS_OWN}


def _hold_to(text: str, wanted: Mapping[str, object], lines: Mapping[str, str]) -> None:
    """INVARIANT: it says what the old one said, but for the day and what is put in.

    YAML can be written in more ways than anybody knows; one that deceives us is not written.
    """
    found = _said(text)
    if {key: value for key, value in found.items() if key not in lines} != wanted:
        raise UneditableError


def _without(text: str, keys: list[str]) -> str:
    """The text without these keys, and without the comments above the first key."""
    tree, _ = yamltree.read(text.encode("utf-8"), "")
    whole = yamltree.extents(text)
    if not isinstance(tree, Table) or whole.flow:
        raise UneditableError
    starts = _line_starts(text)
    cuts = [(0, starts[min(entry.line for entry in tree.entries.values()) - 1])]
    for key in keys:
        end = text.find("\n", max(whole.entries[key].end - 1, 0))
        cuts.append((starts[tree.entries[key].line - 1], len(text) if end < 0 else end + 1))
    for start, end in sorted(cuts, reverse=True):
        text = text[:start] + text[end:]
    return text


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _said(text: str) -> dict[str, object]:
    """What a file says by its keys, nothing where it cannot be read any more."""
    tree, _ = yamltree.read(text.encode("utf-8"), "")
    entries = tree.entries if isinstance(tree, Table) else {}
    return {key: plain(entry.value) for key, entry in entries.items()}


# --- a vendor's documents -------------------------------------------------------------------------


def with_document(text: str, line: str, entry: Mapping[str, object]) -> str:
    """The text of `vendor.yaml` with one more document, after the last one."""
    there = yamltree.extents(text).entries["documents"]
    if there.flow:
        raise UneditableError
    newline = "\r\n" if "\r\n" in text else "\n"
    end = text.find("\n", there.end - 1)
    above = text[: end + 1] if end >= 0 else f"{text}{newline}"
    below = text[end + 1 :] if end >= 0 else ""
    made = f"{above}{' ' * there.column}- {line}{newline}{below}"
    before, after = _said(text), _said(made)
    documents = before["documents"]
    if not isinstance(documents, list) or {**before, "documents": [*documents, entry]} != after:
        raise UneditableError
    return made
