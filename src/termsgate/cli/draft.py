"""`termsgate draft`: from a raw text to the draft of a fixture; rules propose, a person decides."""

from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from termsgate.cli.exits import Exit, Refusal
from termsgate.cli.terminal import say_aside, waiting
from termsgate.reading.drafting.document import draft
from termsgate.reading.drafting.fixture import clauses
from termsgate.reading.drafting.rules import rules
from termsgate.reading.drafting.writing import as_json, as_yaml

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from termsgate.reading.drafting.document import Draft
    from termsgate.reading.drafting.fixture import DraftClause

ENDINGS: Final = (".md", ".txt", ".html", ".htm")
_MOST_BYTES: Final = 3_000_000
_ID: Final = re.compile(r"[a-z][a-z0-9-]*")


def run(asked: argparse.Namespace) -> Exit:
    """Write the draft, and say on standard error what is to be done with it."""
    hold_to_ids(asked)
    _hold_to_new(asked.output)
    data, text = read(asked.text)
    with waiting("looking for clauses"):
        made = draft(text, asked.vendor, page=is_page(asked.text), language=asked.language or "")
        effective = _effective(asked, made)
        found = clauses(made, text, rules(made.language), page=is_page(asked.text))
    head = _head(asked, made, effective, sha256(data).hexdigest())
    if asked.format == "json":
        written = as_json(head, found)
    else:
        written = as_yaml(head, found, _comment(asked, found))
    _write(asked.output, written)
    say_aside(_told(asked, effective, found))
    return Exit.NOTHING_TO_SAY if found else Exit.NOTHING_FOUND


# --- the text -----------------------------------------------------------------------------------


def is_page(path: Path) -> bool:
    """Whether the text is HTML."""
    return path.suffix.lower() in {".html", ".htm"}


def read(path: Path) -> tuple[bytes, str]:
    """The bytes of a text and its letters, or why it cannot be read."""
    if path.is_dir():
        raise Refusal(
            Exit.NOTHING_FOUND,
            f"termsgate: `{path}` is a folder, and a draft is made from one text",
            "  help: name the file with the text: .md, .txt or .html",
        )
    if path.suffix.lower() not in ENDINGS:
        ending = f"`{path.suffix}`" if path.suffix else "no ending"
        raise Refusal(
            Exit.USAGE,
            f"termsgate: `{path}` has {ending}, and a text ends with .md, .txt or .html",
            "  help: save the words of the terms as one of these",
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        code = Exit.NOTHING_FOUND
        message = f"termsgate: `{path}` cannot be read: {error.strerror}"
        raise Refusal(code, message, "  help: name the file with the text") from error
    return data, _letters(path, data)


def _letters(path: Path, data: bytes) -> str:
    if len(data) > _MOST_BYTES:
        raise Refusal(
            Exit.PROBLEMS,
            f"termsgate: `{path}` has {len(data):,} bytes, where {_MOST_BYTES:,} are the most",
            "  help: keep the terms and leave out the rest of the page",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(
            Exit.PROBLEMS,
            f"termsgate: `{path}` is no UTF-8 text: byte {error.start + 1} does not fit",
            "  help: save it as UTF-8",
        ) from error
    if "\0" in text:
        raise Refusal(
            Exit.PROBLEMS,
            f"termsgate: `{path}` is no text: it holds a zero byte",
            "  help: save the words of the terms as UTF-8 text",
        )
    if not text.strip():
        raise Refusal(
            Exit.NOTHING_FOUND,
            f"termsgate: `{path}` is empty",
            "  help: put the words of the terms into it",
        )
    return text


# --- what was asked for -------------------------------------------------------------------------


def hold_to_ids(asked: argparse.Namespace) -> None:
    """Refuse a vendor or a document that no file could name."""
    for name in ("vendor", "document"):
        given = getattr(asked, name)
        if not _ID.fullmatch(given):
            raise Refusal(
                Exit.USAGE,
                f"termsgate: `--{name} {given}` is no id",
                f"  help: small letters, digits and hyphens: `{_nearest_id(given)}`",
            )


def _nearest_id(given: str) -> str:
    made = re.sub(r"[^a-z0-9]+", "-", given.lower()).strip("-0123456789")
    return made or "acme"


def _hold_to_new(output: Path | None) -> None:
    if output is not None and (output.exists() or output.is_symlink()):
        raise Refusal(
            Exit.USAGE,
            f"termsgate: `{output}` is there already, and a draft overwrites nothing",
            "  help: name another file, or leave `--output` out to see the draft",
        )


def _effective(asked: argparse.Namespace, made: Draft) -> date:
    found: date | None = asked.effective or made.effective or made.updated
    if found is None:
        raise Refusal(
            Exit.USAGE,
            f"termsgate: `{asked.text}` does not say since when it holds",
            "  help: give the day: `--effective 2024-01-31`",
        )
    return found


def _head(asked: argparse.Namespace, made: Draft, effective: date, digest: str) -> dict[str, Any]:
    head: dict[str, Any] = {"document": asked.document, "effective": effective.isoformat()}
    if made.updated is not None and made.updated != effective:
        head["published"] = made.updated.isoformat()
    head["language"] = made.language
    if asked.output is not None and asked.output.resolve().parent == asked.text.resolve().parent:
        head["source"] = {"snapshot": {"file": asked.text.name, "sha256": digest}}
    on = asked.on or datetime.now(UTC).date()
    head["review"] = {"by": ["termsgate draft"], "on": on.isoformat(), "status": "draft"}
    return head


# --- what is written ----------------------------------------------------------------------------

_COMMENT: Final = """\
A draft of {count}, made by rules from `{name}`. Nobody has read it yet.
Read the text beside it. Correct or strike each clause, add what is missing, say it in your own
words; then take away the comments and sign: `termsgate sign FILE --by you@example.org`.
The number is how sure the rule is, not the law."""


def _comment(asked: argparse.Namespace, found: tuple[DraftClause, ...]) -> str:
    name = asked.text.name if asked.text.name.isprintable() else "a text"
    return _COMMENT.format(count=_counted(found), name=name)


def _counted(found: tuple[DraftClause, ...]) -> str:
    return f"{len(found)} candidate clause{'' if len(found) == 1 else 's'}"


def _told(asked: argparse.Namespace, effective: date, found: tuple[DraftClause, ...]) -> str:
    if not found:
        return f"termsgate: no rule found anything in `{asked.text}`; read it yourself"
    place = f"fixtures/{asked.vendor}/{asked.document}/{effective}.yaml"
    least = min(each.confidence for each in found) / 100
    most = max(each.confidence for each in found) / 100
    said = (
        f"termsgate: {_counted(found)}, sure to {least:.2f} - {most:.2f}; rules propose, you decide"
    )
    if asked.output is None:
        return f"{said}\n  help: it belongs in `{place}`"
    return f"{said}\n  help: `termsgate lint` holds `{asked.output}` to the project"


def _write(output: Path | None, text: str) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with output.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        message = f"termsgate: `{output}` cannot be written: {error.strerror}"
        raise Refusal(Exit.FELL_SHORT, message) from error
