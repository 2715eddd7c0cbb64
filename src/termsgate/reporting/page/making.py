"""The record becomes a page: templates filled, data embedded, and nothing else let in.

Every word of a record may come from a vendor. The templates escape all of them, the data cannot
end the element they lie in, and the policy of the page runs no script and no style but its own.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import jinja2
from markupsafe import Markup, escape

from termsgate import __version__
from termsgate.reporting.page.book import Book
from termsgate.reporting.page.matrix import MOST_CELLS, MOST_LINES, counted, matrices
from termsgate.reporting.page.packed import embedded, packed
from termsgate.reporting.page.todo import todo
from termsgate.reporting.page.top import top
from termsgate.reporting.page.vendors import Part, parts, worst

if TYPE_CHECKING:
    from termsgate.core.record import Record

MOST_PARTS: Final = 60
"""So many vendors' parts stand in the page itself, the worst; others are drawn when asked for."""

LONGEST: Final = 3000
"""A text of more letters than this is cut: no sentence that a person wrote for a page is longer."""

_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def page(record: Record, language: str = "en") -> str:
    """The record as a page of HTML, in one of the languages there are words for."""
    book = Book(record, language)
    templates = _templates()
    data = packed(book)
    drawn, later = _parts(book, templates)
    data["parts"] = later
    data["words"] = _script_words(book)
    style, script = (Markup(_file(name)) for name in ("page.css", "page.js"))  # noqa: S704 - ours
    coding, text = embedded(data)
    lines = () if len(record["verdicts"]) <= MOST_CELLS else counted(book)
    return templates.get_template("page.html.jinja").render(
        book=book,
        words=book.words,
        say=book.words.say,
        top=top(book),
        matrices=matrices(book),
        counted=lines[:MOST_LINES],
        uncounted=max(0, len(lines) - MOST_LINES),
        todo=todo(book),
        parts=drawn,
        others=len(later),
        style=style,
        script=script,
        policy=_policy(style, script),
        coding=coding,
        data=Markup(text),  # noqa: S704 - holds no `<`
        released=__version__,
        total=len(record["verdicts"]),
    )


def _parts(book: Book, templates: jinja2.Environment) -> tuple[list[Part], dict[str, str]]:
    """The parts that stand in the page, and those that are drawn only when asked for."""
    shown_at_once = set(worst(book)[:MOST_PARTS])
    drawn: list[Part] = []
    later: dict[str, str] = {}
    said = {"say": book.words.say, "words": book.words}
    macros: Any = templates.get_template("vendor.html.jinja").make_module(said)
    for each in parts(book):
        if each.id in shown_at_once:
            drawn.append(each)
        else:
            later[each.id] = str(macros.body(each))
    return drawn, later


def _script_words(book: Book) -> dict[str, str]:
    """The messages that the script says."""
    wanted = (
        "verdict.",
        "outcome.",
        "level.",
        "severity.",
        "show.",
        "standing.",
        "kind.",
        "saying.",
    )
    return {key: text for key, text in book.words.catalogue.items() if key.startswith(wanted)}


# --- what may run -------------------------------------------------------------------------------


def _policy(style: str, script: str) -> str:
    """Nothing is loaded, nothing is sent, and only these two texts count as ours."""
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@cache
def _file(name: str) -> str:
    return resources.files("termsgate").joinpath(f"data/page/{name}").read_text("utf-8")


# --- what is written ----------------------------------------------------------------------------


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_file),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["whole"] = _whole
    return environment


def shown(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """Text as a page can hold it: no half character, nothing unseen, and not without end."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    plain = _plain(value)
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]} […]"


def _whole(value: str) -> Markup:
    """Text that is long and ours, such as a letter."""
    return escape(_plain(value))


def _plain(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub("\ufffd", text.encode("utf-8", "backslashreplace").decode("utf-8"))
