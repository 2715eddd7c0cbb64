"""What was found of quotes and texts, as a terminal shows it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from termsgate.reporting.json import answer
from termsgate.reporting.look import PLAIN, Look
from termsgate.reporting.text import placed, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termsgate.core.record import QuoteEntry, TextEntry

VERIFIED: Final = ("found", "found-normalised")
_STATUSES: Final = ("found", "found-normalised", "lost", "ambiguous", "rejected", "unchecked")


def quote_text(quote: QuoteEntry) -> str:
    """A quote that is not verified: where, why, what to do, and the words."""
    said = f"{_place(quote)}: the quote of `{quote['clause']}` is {quote['status']}"
    note = f": {quote['note']}" if quote["note"] else ""
    lines = [f"{said}{printable(note)} [quote/{quote['status']}]"]
    lines += [f"  help: {printable(quote['help'])}"] if quote["help"] else []
    return "\n".join([*lines, f"  “{printable(quote['quote'])}”"])


def verified_text(
    texts: Sequence[TextEntry],
    quotes: Sequence[QuoteEntry],
    look: Look = PLAIN,
    *,
    everything: bool = False,
) -> str:
    """What fell short, what was only found evened out, and the counts; else all of it."""
    lines = [line for text in _helped_once(texts) for line in _of_text(text)]
    for quote in quotes:
        lines.extend(_of_quote(quote, everything=everything))
    below = [part for line in lines for part in _fit(line, look)]
    counts = look.marked(look.fit(_counts(texts, quotes), 4), _HEADINGS)
    return "\n".join([*below, *counts])


def _helped_once(texts: Sequence[TextEntry]) -> Iterator[TextEntry]:
    """The same help is told below the last of those that need it, and not for each of them."""
    for text, following in zip_longest(texts, texts[1:]):
        same = following is not None and _advice(text) == _advice(following)
        yield {**text, "help": ""} if same and not text["warning"] else text


def _advice(text: TextEntry) -> tuple[str, str]:
    return text["code"], text["help"]


# --- how it looks -------------------------------------------------------------------------------

_HEADINGS: Final = ((re.compile(r"^(?:quotes|texts|sections):", re.MULTILINE), "strong"),)
_GOOD: Final = ("[quote/found]", "[quote/found-normalised]")
_DOUBT: Final = ("[text/not-at-hand]", "[text/not-in-archive]", "[text/no-pdf-reader]")


def _fit(line: str, look: Look) -> list[str]:
    if not line.startswith("  "):
        return placed(line, look, _style(line))
    style = "quote" if line.startswith("  “") else None
    return [look.paint(part, style) for part in look.fit([line], 4)]


def _style(line: str) -> str:
    """The style of the code at the end of a line."""
    if line.endswith(_GOOD):
        return "good"
    return "doubt" if line.endswith(_DOUBT) or ": warning: " in line else "bad"


def verified_json(
    project: str, texts: Sequence[TextEntry], quotes: Sequence[QuoteEntry]
) -> dict[str, object]:
    """All of it, for a program."""
    counted = Counter(each["status"] for each in quotes)
    return {
        "project": project,
        "counts": {status: counted[status] for status in _STATUSES},
        "texts": list(texts),
        "quotes": list(quotes),
    }


def as_json(projects: Iterable[dict[str, object]], normaliser: int) -> str:
    """What was found in each project, and the version of what evened words out."""
    return answer("evidence", {"normaliser": normaliser, "projects": list(projects)})


# --- a text -------------------------------------------------------------------------------------


def _of_text(text: TextEntry) -> Iterator[str]:
    name = f" `{printable(text['text'])}`" if text["text"] else ""
    if text["code"]:
        note = printable(text["note"])
        yield f"{text['path']}:1:1: {note}{f':{name}' if name else ''} [{text['code']}]"
        if text["help"]:
            yield f"  help: {printable(text['help'])}"
    if text["warning"]:
        yield f"{text['path']}:1:1: warning:{name}: {printable(text['warning'])} [text/digest]"


# --- a quote ------------------------------------------------------------------------------------


def _of_quote(quote: QuoteEntry, *, everything: bool) -> Iterator[str]:
    """A text that is missing or rejected was spoken of already, once for all its quotes."""
    if quote["status"] in ("lost", "ambiguous"):
        yield quote_text(quote)
    elif quote["status"] == "found-normalised" or (everything and quote["status"] == "found"):
        yield f"{_place(quote)}: `{quote['clause']}` {_where(quote)} [quote/{quote['status']}]"
        yield f"  “{printable(quote['sentence'])}”"
    if quote["section-status"] == "elsewhere":
        note = f"warning: `{quote['clause']}`: {printable(quote['section-note'])}"
        yield f"{_place(quote)}: {note} [section/elsewhere]"


def _where(quote: QuoteEntry) -> str:
    page = f"page {quote['text-page']}, " if quote["text-page"] else ""
    aside = f", leaving aside {_listed(quote['normalised'])}" if quote["normalised"] else ""
    where = f"{page}line {quote['text-line']} of `{printable(_near(quote))}`"
    return f"is on {where}{aside}"


def _near(quote: QuoteEntry) -> str:
    """The text, by its name alone where it lies beside the version."""
    folder = quote["path"].rpartition("/")[0]
    return quote["text"].removeprefix(f"{folder}/")


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _place(quote: QuoteEntry) -> str:
    return f"{quote['path']}:{quote['line']}:{quote['column']}"


# --- the counts ---------------------------------------------------------------------------------


def _counts(texts: Sequence[TextEntry], quotes: Sequence[QuoteEntry]) -> Iterator[str]:
    counted = Counter(each["status"] for each in quotes)
    found = ", ".join(f"{counted[status]} {status}" for status in _STATUSES if counted[status])
    yield f"quotes: {found or 'none'}"
    read = Counter(each["status"] for each in texts)
    listed = ", ".join(f"{read[status]} {status}" for status in sorted(read))
    yield f"texts: {listed or 'none'}"
    sections = Counter(each["section-status"] for each in quotes if each["status"] in VERIFIED)
    if sections:
        yield "sections: " + ", ".join(f"{sections[each]} {each}" for each in sorted(sections))
