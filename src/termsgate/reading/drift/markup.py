"""An HTML page as blocks: what a reader sees of it, and what of that is only around the text."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from termsgate.reading.drift.blocks import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNSEEN: Final = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "canvas"}
)
_AROUND: Final = frozenset({"nav", "select", "button", "menu", "datalist", "option"})
"""What a reader chooses from and nobody agrees to."""

_MARGINS: Final = frozenset({"footer", "dialog", "aside"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "title", "summary", "legend"})
_ITEMS: Final = frozenset({"li", "dd", "dt", "td", "th"})
_INLINE: Final = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
_VOID: Final = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_ROLES: Final = frozenset({"navigation", "menu", "menubar", "search", "toolbar"})
_MARGIN_ROLES: Final = frozenset({"contentinfo", "dialog", "alertdialog", "complementary"})
_CHOOSER: Final = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|lang(?:uage)?s?-?(?:picker|switch(?:er)?|select(?:or)?)"
    r"|locale-?\w*|toc|skip-?link)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MANAGER: Final = re.compile(r"onetrust|didomi|usercentrics|truste|cookiebot", re.IGNORECASE)
"""Those who ask for consent to cookies on behalf of a page."""

_BANNER: Final = re.compile(
    r"cookie|consent-?(?:banner|manager|popup|bar)|gdpr|newsletter|site-?footer", re.IGNORECASE
)
MOST_WORDS: Final = 120
"""An element of more words than this is no banner, whatever it is called: a policy on cookies."""

_LABEL: Final = 8
"""What is called a menu and says more than this is none."""


def page_blocks(text: str) -> list[Block]:
    """The blocks of a page, in its order."""
    reader = _Page()
    reader.feed(text)
    reader.close()
    reader.end_block()
    return [block if kind is None else block._replace(kind=kind) for block, kind in reader.kinds()]


class _Page(HTMLParser):
    """Collects text until an element ends the block; remembers which elements it stands in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._banners: list[int | None] = []
        self._sizes: Counter[int] = Counter()
        self._count = 0
        self._open: list[tuple[str, str, int]] = []
        self._words: list[str] = []
        self._linked = 0
        self._start = 1
        self._kind = Kind.PARAGRAPH

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that is no part of a line ends the block before it."""
        if tag not in _INLINE:
            self.end_block()
        if tag == "br":
            self._words.append("\n")
        if tag in _VOID:
            return
        self._count += 1
        self._open.append((tag, _zone(tag, dict(attrs)), self._count))
        if tag in _HEADINGS:
            self._kind = Kind.HEADING
        elif tag in _ITEMS:
            self._kind = Kind.ITEM

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and with it those inside it that nobody ended."""
        if tag not in _INLINE and tag not in _VOID:
            self.end_block()
        names = [name for name, *_ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        """Words of the block, unless nobody sees them."""
        zones = {zone for _, zone, _ in self._open}
        if "unseen" in zones:
            return
        if not self._words:
            self._start = self.getpos()[0]
        self._words.append(data)
        if any(name == "a" for name, *_ in self._open):
            self._linked += len("".join(data.split()))

    def end_block(self) -> None:
        """What was collected is a block."""
        text = "".join(self._words)
        whole = len("".join(text.split()))
        if whole:
            zones = {zone for _, zone, _ in self._open}
            count = len(text.split())
            banner = next((at for _, zone, at in self._open if zone == "banner"), None)
            if banner is not None:
                self._sizes[banner] += count
            self._banners.append(banner)
            label = count <= _LABEL and text.rstrip()[-1] not in ".;:"
            kind = self._kind_in(zones, whole, label=label)
            self.found.append(Block(kind, text.strip(), self._start))
        self._words, self._linked, self._kind = [], 0, Kind.PARAGRAPH

    def kinds(self) -> Iterator[tuple[Block, Kind | None]]:
        """Each block, and that it is on the margin, where it stands in a banner."""
        for block, banner in zip(self.found, self._banners, strict=True):
            small = banner is not None and self._sizes[banner] <= MOST_WORDS
            yield block, Kind.MARGIN if small and block.kind is not Kind.LINKS else None

    def _kind_in(self, zones: set[str], whole: int, *, label: bool) -> Kind:
        menu = "chooser" in zones and label
        if "around" in zones or menu or self._linked >= whole - 2 > 0:
            return Kind.LINKS
        return Kind.MARGIN if "margin" in zones else self._kind


def _zone(tag: str, attributes: dict[str, str | None]) -> str:
    """What an element makes of the words in it, unless one around it already did."""
    role = (attributes.get("role") or "").lower()
    named = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    if tag in _UNSEEN or "hidden" in attributes:
        return "unseen"
    if tag in _AROUND or role in _ROLES:
        return "around"
    if tag in _MARGINS or role in _MARGIN_ROLES or _MANAGER.search(named):
        return "margin"
    # A name alone is a guess, which what stands in the element may show to be wrong.
    if _CHOOSER.search(named):
        return "chooser"
    return "banner" if _BANNER.search(named) else ""
