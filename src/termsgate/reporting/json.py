"""The record as JSON text: keys in published order, one entry a line, the same bytes always."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from termsgate.core.record import Record


def to_text(record: Record) -> str:
    """The record as JSON, with one line for each entry of a list so that two records compare well.

    The last line is the seal: a hash over the text before it. It keeps nobody out who wants in; it
    tells a file that somebody edited from one that a run wrote. Whoever opens files writes it to a
    temporary file and renames that.
    """
    said = {name: value for name, value in record.items() if name != "seal"}
    lines = ",\n".join(f"{compact(name)}: {_value(value)}" for name, value in said.items())
    text = f"{{\n{lines},\n"
    return f'{text}"seal": "{hashlib.sha256(text.encode()).hexdigest()}"\n}}\n'


def _value(value: object) -> str:
    """A list with a line for each entry, also one among several of an object of lists."""
    if isinstance(value, dict) and all(isinstance(each, list) for each in value.values()):
        lists = ",\n".join(f"{compact(name)}: {_value(each)}" for name, each in value.items())
        return f"{{\n{lists}\n}}"
    if not isinstance(value, list) or not value:
        return compact(value)
    entries = ",\n".join(map(compact, value))
    return f"[\n{entries}\n]"


def answer(kind: str, said: Mapping[str, object]) -> str:
    """What a command answers a program, with the name of the format and its version before it.

    The form of each kind is published in `data/schemas`.
    """
    head = {"format": f"termsgate-{kind}", "version": 1}
    return json.dumps({**head, **said}, indent=2, ensure_ascii=False)


def laid_out(value: object, depth: int) -> str:
    """JSON text of another format: one line for each entry down to so many levels, then compact."""
    return f"{_laid_out(value, depth, '')}\n"


def _laid_out(value: object, depth: int, margin: str) -> str:
    if not depth or not value or not isinstance(value, dict | list):
        return compact(value)
    inner = f"{margin}  "
    if isinstance(value, dict):
        pairs = ((f"{compact(name)}: ", entry) for name, entry in value.items())
    else:
        pairs = (("", entry) for entry in value)
    lines = (f"{inner}{name}{_laid_out(entry, depth - 1, inner)}" for name, entry in pairs)
    first, last = "{}" if isinstance(value, dict) else "[]"
    return "\n".join([first, ",\n".join(lines), f"{margin}{last}"])


_encoder = json.JSONEncoder(ensure_ascii=False, check_circular=False)


def compact(value: object) -> str:
    """JSON text on one line, which can be written as UTF-8 whatever is in it."""
    # A lone surrogate cannot be written as UTF-8; the escape says the same.
    text = _encoder.encode(value)
    return text if text.isascii() else _without_surrogates(text)


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
