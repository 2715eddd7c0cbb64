"""A sign-off is written into the file of a version, and nothing else in it changes (7.7)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from termsgate.reading import yamltree
from termsgate.reading.yamltree import Table, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from termsgate.core.model import Review
    from termsgate.reading.yamltree import Extent

_BEFORE: Final = (
    "document",
    "effective",
    "published",
    "withdrawn",
    "language",
    "source",
    "unread",
)
"""Below the last of these keys a review goes that was not there."""

_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.@+-]*(?: [A-Za-z0-9_.@+-]+)*")
_NOT_TEXT: Final = ("true", "false", "null")


class UneditableError(Exception):
    """The file is written in a way that nothing can be put into without disturbing the rest."""


def signed(text: str, review: Review) -> str:
    """The text of a version with this review in it; comments and all else stay as they are."""
    whole = yamltree.extents(text)
    there = whole.entries.get("review")
    if there is None:
        edited = _added(text, whole, review)
    elif there.entries:
        edited = _updated(text, there, review)
    else:
        raise UneditableError
    _hold_to(text, edited, review)
    return edited


def _hold_to(before: str, after: str, review: Review) -> None:
    """INVARIANT: the file says what it said, and this review.

    YAML can be written in more ways than anybody knows; one that deceives us is not written to.
    """
    old, new = _said(before), _said(after)
    if {**old, "review": _values(review)} != new:
        raise UneditableError


def _said(text: str) -> dict[str, object]:
    """What a file says by its keys, nothing where it cannot be read any more.

    One name is a list of one, as it is to whoever decodes it.
    """
    tree, _ = yamltree.read(text.encode("utf-8"), "")
    entries = tree.entries if isinstance(tree, Table) else {}
    found = {key: plain(entry.value) for key, entry in entries.items()}
    review = found.get("review")
    if isinstance(review, dict) and isinstance(review.get("by"), str):
        review["by"] = [review["by"]]
    return found


def _values(review: Review) -> dict[str, object]:
    return {
        "by": list(review.by),
        "on": review.on.isoformat(),
        "status": review.status.value,
        "sha256": review.sha256,
    }


def _written(review: Review) -> dict[str, str]:
    """Each value as a file has it."""
    return {
        "by": f"[{', '.join(map(_scalar, review.by))}]",
        "on": review.on.isoformat(),
        "status": review.status.value,
        "sha256": review.sha256,
    }


def _scalar(text: str) -> str:
    """Text without quotation marks where it needs none."""
    if _PLAIN.fullmatch(text) and text not in _NOT_TEXT:
        return text
    return json.dumps(text, ensure_ascii=False)


# --- a review that was there ----------------------------------------------------------------------


def _updated(text: str, there: Extent, review: Review) -> str:
    """The values that are other ones now, each in its place, and the keys that were missing."""
    old = _said(text)["review"]
    values, written = _values(review), _written(review)
    kept = old if isinstance(old, dict) else {}
    edits = [
        (extent.start, extent.end, _in_place(text, extent, review, written[key]))
        for key, extent in there.entries.items()
        if kept.get(key) != values[key]
    ]
    missing = {key: value for key, value in written.items() if key not in there.entries}
    edits.append(_appended(text, there, missing))
    return _edited(text, edits)


def _in_place(text: str, extent: Extent, review: Review, written: str) -> str:
    """A value for where another stood; a list of lines stays one."""
    if re.match(r"-\s", text[extent.start : extent.start + 2]):
        return f"\n{' ' * extent.column}".join(f"- {_scalar(each)}" for each in review.by)
    return written


def _appended(text: str, there: Extent, missing: Mapping[str, str]) -> tuple[int, int, str]:
    """The keys that were missing, after the last one."""
    lines = [f"{key}: {value}" for key, value in missing.items()]
    last = max(extent.end for extent in there.entries.values())
    if there.flow:
        return last, last, "".join(f", {line}" for line in lines)
    return _below(text, last, there.column, lines)


# --- a review that was not there ------------------------------------------------------------------


def _added(text: str, whole: Extent, review: Review) -> str:
    """A review on a line of its own, above what the version says."""
    values = ", ".join(f"{key}: {value}" for key, value in _written(review).items())
    line = f"review: {{{values}}}"
    last = max(extent.end for key, extent in whole.entries.items() if key in _BEFORE)
    if whole.flow:
        return _edited(text, [(last, last, f", {line}")])
    return _edited(text, [_below(text, last, whole.column, [line])])


def _below(text: str, last: int, column: int, lines: Iterable[str]) -> tuple[int, int, str]:
    """Lines below the one that ends a value, and below comments that are indented like a part."""
    newline = "\r\n" if "\r\n" in text else "\n"
    at_start = last == 0 or text[last - 1] in "\r\n"
    rest = re.compile(r"[^\r\n]*(?:(?:\r\n|\r|\n)[ \t]+#[^\r\n]*)*").match(text, last)
    at = last if at_start or rest is None else rest.end()
    made = [f"{' ' * column}{line}" for line in lines]
    if at_start:
        return at, at, "".join(f"{line}{newline}" for line in made)
    return at, at, "".join(f"{newline}{line}" for line in made)


def _edited(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """The text with each stretch replaced, the last one first so that places hold."""
    for start, end, made in sorted(edits, reverse=True):
        text = text[:start] + made + text[end:]
    return text
