"""A captured text is read as a reader does: headings, paragraphs, list items, sentences."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from termsgate.reading.plain import normalised

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence, where it stands, and what it leans on.

    `words` are as they are printed, without markup; `folded` are the same letters, one for one,
    in lower case and without accents. `lead` is what introduced the list it stands in; `listed`
    says that it is one of several.
    """

    words: str
    folded: str
    section: str
    heading: str
    label: str
    lead: str
    listed: bool
    paragraph: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """A stretch of the source that is one heading, paragraph or list item."""

    start: int
    end: int
    heading: int = 0
    item: bool = False
    number: str = ""
    label: str = ""
    lead: str = ""
    bold: str = ""


@dataclass(slots=True, kw_only=True)
class _Place:
    """Where in the document the reader is."""

    titles: list[tuple[int, str, str]] = field(default_factory=list)
    number: str = ""
    lead: str = ""

    def enter(self, level: int, title: str, number: str) -> None:
        """A heading closes those of its own level and below."""
        self.titles = [each for each in self.titles if each[0] < level]
        self.titles.append((level, title, number))
        self.number, self.lead = number, ""

    @property
    def heading(self) -> str:
        """The words of the nearest heading."""
        return self.titles[-1][1] if self.titles else ""

    def section(self, number: str, label: str) -> str:
        """The number where there is one, else the headings."""
        if number:
            self.number = number
        return self.number or ", ".join(part for part in (self.heading, label) if part)


def sentences(text: str, *, page: bool = False) -> tuple[Sentence, ...]:
    """Every sentence of a text, in its order; `page` says that the text is HTML."""
    blocks = _of_page(text) if page else _of_lines(text)
    place = _Place()
    found: list[Sentence] = []
    starts = [0, *(each.end() for each in re.finditer("\n", text))]
    for count, block in enumerate(blocks):
        words = _words(text[block.start : block.end])
        line = _line(starts, block.start)
        if block.heading:
            number, title = _numbered(words)
            place.enter(block.heading, title or words, number or block.number)
        elif words:
            bold = _bold(text[block.start : block.end])
            found += _of_block(words, replace(block, bold=bold), place, count, line)
    return tuple(found)


def title(text: str, *, page: bool = False) -> str:
    """What the text calls itself: its first words and its first heading."""
    blocks = _of_page(text) if page else _of_lines(text)
    read = [(each.heading, _words(text[each.start : each.end])) for each in blocks[:12]]
    first = next((words for _, words in read if words), "")
    heading = next((words for heading, words in read if heading and words), "")
    if not heading or len(first.split()) <= _MOST_LABEL_WORDS:
        return f"{first[:120]} . {heading}"
    return heading


def fold(words: str) -> str:
    """The same letters, one for one, in lower case and without accents."""
    return "".join(_plain_letter(letter) for letter in words)


def _plain_letter(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


def _line(starts: list[int], offset: int) -> int:
    low, high = 0, len(starts)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if starts[middle] <= offset else (low, middle)
    return low


def _words(source: str) -> str:
    """The words of a stretch of the source as they are printed, in the letters of the source."""
    made, origins = normalised(source)
    kept = [_printed(letter, source[at]) for letter, at in zip(made, origins, strict=True)]
    return "".join(kept).strip()


_CURLED: Final = {
    "'": "\u2018\u2019",
    '"': "\u201c\u201d\u00ab\u00bb",
    "-": "\u2010\u2011\u2013\u2014",
}


def _printed(letter: str, source: str) -> str:
    return source if source in _CURLED.get(letter, "") else letter


# --- one block ----------------------------------------------------------------------------------

_NUMBER: Final = re.compile(
    r"""(?:(?:section|article|art\.?|clause|§)\s*)?
        (?P<number>\d{1,3}(?:\.\d{1,3})*|[A-Z](?=[.)]))[.)]?(?=\s|$)
        (?!\s+(?:ans?|mois|jours?|days?|months?|years?|weeks?|hours?|heures?|semaines?)\b)
        [\s:.\u2013\u2014-]*""",
    re.VERBOSE | re.IGNORECASE,
)
_BOLD_LABEL: Final = re.compile(
    r"\s*(?:\d{1,3}(?:\\?[.)]|\s))?\s*\*\*(?P<label>[^*\n]{2,140}?)\*\*[.:]?\s+(?=[^\s*])"
)
_MOST_BOLD_WORDS: Final = 16
_LABEL: Final = re.compile(r"(?P<label>[^.:!?]{2,90}?)(?:\s*:\s+|\.\s+)(?=\S)")
_MOST_LABEL_WORDS: Final = 12
_MOST_ROW_WORDS: Final = 40
_END: Final = re.compile(
    r"[.!?][\"')\]\u201d\u2019\u00bb]*\s+(?=[\"'(\[\u201c\u2018\u00ab]*[A-Z0-9\u00c0-\u00de])"
)
_SHORT_FORMS: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|inc|ltd|no|art|cf|vs|mr|ms|dr|st|corp|co|u\.s|u\.s\.a|ex|n°)|\b[A-Z])$",
    re.IGNORECASE,
)


def _numbered(words: str) -> tuple[str, str]:
    """The number at the head of a block, and the rest."""
    found = _NUMBER.match(words)
    return (found["number"], words[found.end() :]) if found else ("", words)


def _of_block(
    words: str, block: _Block, place: _Place, count: int, line: int
) -> Iterator[Sentence]:
    number, rest = _numbered(words) if _may_be_numbered(words, block) else ("", words)
    label, rest = (
        _run_in(rest, block.bold)
        if block.bold
        else _labelled(rest, item=block.item or bool(number))
    )
    label = label or block.label
    section = place.section(number or block.number, label if not number else "")
    lead = place.lead if block.item else block.lead or place.lead
    for words_of in _split(rest):
        yield Sentence(
            words=words_of,
            folded=fold(words_of),
            section=section,
            heading=place.heading,
            label=label,
            lead=lead,
            listed=block.item or bool(block.lead),
            paragraph=count,
            line=line,
        )
    if not block.item:
        place.lead = fold(rest[-600:]) if rest.endswith(":") else ""
    elif rest.endswith(":"):
        place.lead = f"{place.lead} {fold(rest)}"[-600:]


def _may_be_numbered(words: str, block: _Block) -> bool:
    """A paragraph that starts with a year or a sum has no number."""
    found = _NUMBER.match(words)
    return not block.number and found is not None and not found["number"].startswith(("19", "20"))


def _bold(source: str) -> str:
    """The words in bold letters that a block starts with, where others follow them."""
    found = _BOLD_LABEL.match(source)
    words = _numbered(_words(found["label"]))[1] if found else ""
    return words if len(words.split()) <= _MOST_BOLD_WORDS and not _speaks(words) else ""


def _speaks(words: str) -> bool:
    """Whether it is a sentence of somebody, and no heading."""
    said = set(fold(words).split())
    return bool(said & _VERBS) and bool(said & _SPEAKERS)


def _run_in(words: str, bold: str) -> tuple[str, str]:
    """The heading in bold letters, and what follows it."""
    head, found, rest = words.partition(bold)
    if not found or head.strip():
        return "", words
    return bold.rstrip(".: "), rest.lstrip(".: ")


def _labelled(words: str, *, item: bool) -> tuple[str, str]:
    """A short run-in heading, and what follows it."""
    found = _LABEL.match(words) if item else None
    if found is None or len(found["label"].split()) > _MOST_LABEL_WORDS:
        return "", words
    if found.group().rstrip().endswith(".") and not _reads_as_title(found["label"]):
        return "", words
    return found["label"].strip(), words[found.end() :]


_VERBS: Final = frozenset(
    {
        *("is", "are", "was", "were", "may", "can", "will", "shall", "must", "do", "does", "has"),
        *("have", "we", "you", "grants", "retains", "retain", "owns", "est", "sont", "peut"),
        *("peuvent", "doit", "doivent", "nous", "vous", "ne", "conserve", "accorde", "demeure"),
    }
)
"""Words that a sentence has and a heading lacks."""
_SPEAKERS: Final = frozenset({"we", "you", "us", "nous", "vous"})


def _reads_as_title(words: str) -> bool:
    return not _VERBS & set(fold(words).split())


def _split(words: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(words):
        if not _SHORT_FORMS.search(words, max(start, end.start() - 12), end.start()):
            yield words[start : end.end()].strip()
            start = end.end()
    if words[start:].strip():
        yield words[start:].strip()


# --- the blocks of a text -----------------------------------------------------------------------

_ITEM: Final = re.compile(
    r"(?P<indent>\s*)(?:[*+\u2022\u25cf\u25aa-]|\(?[a-z]{1,4}\)|\d{1,3}[.)])\s+"
)
_BULLET: Final = re.compile(r"\s*(?:[*+\u2022\u25cf\u25aa-]|\(?[a-z]{1,4}\))\s+(?:[*+]\s+)*")
_ATX: Final = re.compile(r"\s{0,3}(?P<marks>\#{1,6})\s+\S")
_RULE: Final = re.compile(r"\s*(?P<mark>[=-])(?P=mark){2,}\s*$")
_BOLD_LINE: Final = re.compile(r"\s*(?:\d{1,3}\.\s+)?\*{2,4}[^*]+\*{2,4}[.:]?\s*$")
_ROW: Final = re.compile(r"\s*\|.*\|\s*$")
_CELL_END: Final = re.compile(r"\||<br\s*/?>|\n", re.IGNORECASE)
_SHORT_LINE: Final = 70
_MOST_TITLE_WORDS: Final = 8


def _of_lines(text: str) -> list[_Block]:
    lines = _lines(text)
    found: list[_Block] = []
    at = 0
    while at < len(lines):
        at = _next_block(text, lines, at, found)
    return found


def _lines(text: str) -> list[tuple[int, int]]:
    ends = [each.end() for each in re.finditer("\n", text)]
    return list(zip([0, *ends], [*ends, len(text)], strict=True))


def _next_block(text: str, lines: list[tuple[int, int]], at: int, found: list[_Block]) -> int:
    """Add the block that starts on a line; gives the line after it."""
    start, end = lines[at]
    line = text[start:end]
    if not line.strip() or _RULE.match(line):
        return at + 1
    level = _heading_level(text, lines, at)
    if level:
        found.append(_Block(start=start, end=end, heading=level, item=False))
        return at + 1
    if _ROW.match(line):
        found += _cells(text, lines, at)
        return at + 1
    after = at + 1
    while after < len(lines) and not _breaks(text, lines, after):
        after += 1
    inside = _BULLET.match(line)
    begin = start + (inside.end() if inside else 0)
    found.append(_Block(start=begin, end=lines[after - 1][1], item=_ITEM.match(line) is not None))
    return after


def _cells(text: str, lines: list[tuple[int, int]], at: int) -> Iterator[_Block]:
    """The cells of a row of a table, each a paragraph.

    A short first one names the others; the head of its column leads up to each.
    """
    heads = _heads(text, lines, at)
    label = ""
    for column, start, end in _parts(text, *lines[at]):
        words = _words(text[start:end])
        lead = heads.get(column, "") if label else ""
        yield _Block(start=start, end=end, label=label, lead=lead)
        short = len(words.split()) <= _MOST_ROW_WORDS
        label = label or (words if short else "")


def _heads(text: str, lines: list[tuple[int, int]], at: int) -> dict[int, str]:
    """What stands in the first row of the table above the line, by column."""
    top = at
    while top and _ROW.match(text[slice(*lines[top - 1])]):
        top -= 1
    while top < at and not any(letter.isalnum() for letter in text[slice(*lines[top])]):
        top += 1
    heads = {column: _words(text[start:end]) for column, start, end in _parts(text, *lines[top])}
    if top == at or any(len(each.split()) > _MOST_TITLE_WORDS for each in heads.values()):
        return {}
    return {column: fold(each) for column, each in heads.items()}


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The column, beginning and end of what stands between the borders of a row."""
    column = 0
    for border in _CELL_END.finditer(text, start, end):
        bullet = _BULLET.match(text, start, border.start())
        begin = bullet.end() if bullet else start
        if any(letter.isalnum() for letter in text[begin : border.start()]):
            yield column, begin, border.start()
        column += border.group() == "|"
        start = border.end()


def _heading_level(text: str, lines: list[tuple[int, int]], at: int) -> int:
    """How deep a heading the line is; 0 where it is none."""
    line = text[slice(*lines[at])]
    if _ROW.match(line):
        return 0
    marks = _ATX.match(line)
    if marks:
        return len(marks["marks"])
    after = text[slice(*lines[at + 1])] if at + 1 < len(lines) else ""
    under = _RULE.match(after)
    if under:
        return 1 if under["mark"] == "=" else 2
    if _BOLD_LINE.match(line) and not line.rstrip(" *\n").endswith((".", ";", ",")):
        return 3
    if _is_plain_heading(line.strip()):
        return 3
    return 4 if _stands_alone(text, lines, at) and _is_bare_title(line.strip()) else 0


def _stands_alone(text: str, lines: list[tuple[int, int]], at: int) -> bool:
    """Whether nothing stands on the lines around it."""
    around = [each for each in (at - 1, at + 1) if 0 <= each < len(lines)]
    return all(not text[slice(*lines[each])].strip() for each in around) and at + 1 < len(lines)


_ASKS: Final = re.compile(
    r"(?:how|what|why|when|where|which|who|your|our|comment|pourquoi|quel\w*|qui|combien|vos|nos)\b"
)
"""What a heading begins with that speaks of somebody."""


def _is_bare_title(line: str) -> bool:
    """A few words that are no sentence, no item and no address."""
    words = line.split()
    begins_and_ends = line[:1].isupper() and line[-1:].isalpha()
    if len(words) <= _MOST_LABEL_WORDS and begins_and_ends and _ASKS.match(fold(line)):
        return True
    return (
        len(words) <= _MOST_TITLE_WORDS
        and line[:1].isupper()
        and line[-1:].isalpha()
        and not _VERBS & set(fold(line).split())
        and not any(letter.isdigit() for letter in line)
    )


def _is_plain_heading(line: str) -> bool:
    """A short line of capitals, or a short numbered one that is no sentence."""
    words = line.split()
    if not words or len(line) > _SHORT_LINE or line.endswith((".", ";", ",", ":")):
        return False
    if line.isupper() and len(words) > 1:
        return True
    number, rest = _numbered(line)
    return bool(number and rest) and "." not in number and not _VERBS & set(fold(rest).split())


def _breaks(text: str, lines: list[tuple[int, int]], at: int) -> bool:
    line = text[slice(*lines[at])]
    blank = not line.strip()
    return (
        blank
        or _ITEM.match(line) is not None
        or _ROW.match(line) is not None
        or re.match(r"\s*\d{1,3}(?:\.\d{1,3})+\.?\s", line) is not None
        or _heading_level(text, lines, at) > 0
    )


# --- the blocks of a page -----------------------------------------------------------------------

_HIDDEN: Final = re.compile(
    r"<![^<>]*>|<(?P<tag>script|style|head|nav|template|noscript|svg)\b[^<>]*>.*?</(?P=tag)\s*>",
    re.IGNORECASE | re.DOTALL,
)
_PART: Final = re.compile(
    r"<(?P<close>/?)(?P<tag>address|article|aside|blockquote|br|body|dd|div|dl|dt|footer|form|"
    r"h[1-6]|header|hr|html|li|main|ol|p|pre|section|table|tbody|td|th|thead|tr|ul)\b[^<>]*>",
    re.IGNORECASE,
)


def _of_page(text: str) -> list[_Block]:
    shown = _HIDDEN.sub(lambda found: " " * len(found.group()), text)
    found: list[_Block] = []
    start, tag, item = 0, "", False
    for part in _PART.finditer(shown):
        if shown[start : part.start()].strip():
            found.append(_page_block(start, part.start(), tag, item=item))
        name = part["tag"].lower()
        tag = "" if part["close"] else name
        item = (not part["close"]) if name == "li" else item and name not in {"ul", "ol"}
        start = part.end()
    if shown[start:].strip():
        found.append(_page_block(start, len(text), tag, item=item))
    return found


def _page_block(start: int, end: int, tag: str, *, item: bool) -> _Block:
    level = int(tag[1]) if tag[:1] == "h" and tag[1:].isdigit() else 0
    return _Block(start=start, end=end, heading=level, item=item)
