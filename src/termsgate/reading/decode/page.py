"""One file being decoded: what it takes from the tree, and what it reports instead of raising.

Decoders are total: they always give a value. Where the file is wrong they report a problem and
give a stand-in, and a project with a problem is never handed on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from termsgate.core.model import Place
from termsgate.core.problem import Problem, Weight
from termsgate.reading.decode import written
from termsgate.reading.yamltree import Entry, Items, Node, Scalar, Table, without_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from termsgate.core.vocabulary import Vocabulary

Word = TypeVar("Word", bound=Enum)
NO_DAY: Final = date.min
"""Stands in for a date that could not be read."""


class Spot(Protocol):
    """Anything that knows its line and column."""

    @property
    def line(self) -> int:
        """From 1."""

    @property
    def column(self) -> int:
        """From 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name in one file that another must define; lint looks it up when all files are read.

    `kind` says what it names; `of` is what it belongs to, where that matters (a vendor).
    """

    kind: str
    name: tuple[str, ...]
    place: Place
    of: str = ""


_START: Final = Scalar(None, "", 1, 1)


@dataclass(slots=True, kw_only=True)
class Page:
    """One file: its path, what kind it is, and what was found wrong with it.

    `heads` are the values at the top of the file, to be found again when it has been decoded.
    """

    path: str
    area: str
    vocabulary: Vocabulary
    problems: list[Problem] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    heads: Mapping[str, Spot] = field(default_factory=dict)

    def place(self, at: Spot) -> Place:
        """Where that stands."""
        return Place(path=self.path, line=at.line, column=at.column)

    def named_at(self, key: str) -> Spot:
        """Where a key at the top of the file has its value."""
        return self.heads.get(key, _START)

    @property
    def has_errors(self) -> bool:
        """Whether it cannot be handed on."""
        return any(problem.weight is Weight.ERROR for problem in self.problems)

    def is_faulty(self, at: Spot) -> bool:
        """Whether something is reported there already."""
        return any(problem.place == self.place(at) for problem in self.problems)

    def wrong(
        self, at: Spot, name: str, message: str, advice: str, weight: Weight = Weight.ERROR
    ) -> None:
        """Report a problem."""
        code = f"{self.area}/{name}"
        place = self.place(at)
        self.problems.append(
            Problem(place=place, message=message, code=code, help=advice, weight=weight)
        )

    def smell(self, at: Spot, name: str, message: str, advice: str) -> None:
        """Report what a run passes over."""
        self.wrong(at, name, message, advice, Weight.SMELL)

    def mention(self, kind: str, at: Spot, *name: str, of: str = "") -> None:
        """Remember a name that another file must define."""
        self.mentions.append(Mention(kind=kind, name=name, place=self.place(at), of=of))

    # --- scalars ---------------------------------------------------------------------------

    def text(self, node: Node) -> str:
        """The text of a scalar; numbers and truth values must be quoted to be text."""
        if isinstance(node, Scalar) and isinstance(node.value, str):
            if node.value.strip():
                return node.value
            self.wrong(node, "empty", "empty text", "write something, or leave the key out")
            return ""
        quoted = f'put it in quotation marks: "{node.text}"' if isinstance(node, Scalar) else ""
        self._not("text", node, quoted or "write text")
        return ""

    def compared(self, node: Node) -> str:
        """Text that is held against other text: what looks alike must be the same."""
        text = self.text(node)
        found = without_width(text)
        if found:
            message, advice = found
            self.wrong(node, "no-width", message, advice)
        return text

    def one_of(self, node: Node, words: type[Word]) -> Word | None:
        """The word of an enumeration."""
        by_word = _by_word(words)
        found = self.choice(node, tuple(by_word))
        return by_word.get(found)  # type: ignore[return-value] # one of these words

    def choice(self, node: Node, words: Sequence[str]) -> str:
        """One of these words, else empty."""
        if isinstance(node, Scalar) and node.text in words and isinstance(node.value, str):
            return node.text
        if not isinstance(node, Scalar) or node.value is None:
            self._not("a word", node, f"write {listed(words)}")
        else:
            message = f"`{node.text}` is none of the words this key takes"
            few = len(words) <= FEW // 2
            advice = f"write {listed(words)}" if few else nearest(node.text, words, "write")
            self.wrong(node, "bad-word", message, advice)
        return ""

    def day(self, node: Node) -> date:
        """A date of the calendar."""
        if not isinstance(node, Scalar) or node.value is None:
            self._not("a date", node, "write it as year, month, day: `2023-08-07`")
            return NO_DAY
        day = written.day(node.text)
        if day is None:
            message = f"`{node.text}` is not a date of the calendar"
            self.wrong(node, "bad-date", message, "write it as year, month, day: `2023-08-07`")
        return day or NO_DAY

    def truth(self, node: Node, *, default: bool = False) -> bool:
        """`true` or `false`."""
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        self._not("true or false", node, "write `true` or `false`, without quotation marks")
        return default

    def url(self, node: Node) -> str:
        """An address of the web; anything else could run as a script in a report."""
        text = self.text(node)
        if text and not written.is_url(text):
            advice = "write it whole: `https://www.example.org/terms`"
            self.wrong(node, "bad-url", f"`{text}` is not an address of the web", advice)
        return text

    def name(self, node: Node) -> str:
        """An id."""
        text = self.text(node)
        if text and not written.is_id(text):
            message = f"`{text}` is not an id"
            suggestion = written.as_id(text)
            advice = "ids are small letters, digits and hyphens, and start with a letter"
            self.wrong(
                node, "bad-id", message, advice + (f": `{suggestion}`" if suggestion else "")
            )
        return text

    # --- lists ------------------------------------------------------------------------------

    def several(self, node: Node) -> tuple[Node, ...]:
        """The members of a list, or the one value that stands in place of a list of one."""
        if isinstance(node, Items):
            if not node.items:
                self.wrong(node, "empty", "an empty list", "name at least one, or leave it out")
            return node.items
        return (node,)

    def listing(self, node: Node) -> tuple[Node, ...]:
        """The members of a list."""
        if isinstance(node, Items):
            return node.items
        self._not("a list", node, "start each member with `- `, or write `[one, two]`")
        return ()

    def words(self, node: Node, take: Callable[[Node], str]) -> tuple[str, ...]:
        """Each member as `take` reads it, one value standing for a list of one; unread ones go."""
        found: dict[str, None] = {}
        for member in self.several(node):
            word = take(member)
            if word and word in found:
                self.smell(member, "repeated", f"`{word}` stands here twice", "once is enough")
            if word:
                found[word] = None
        return tuple(found)

    # --- tables -----------------------------------------------------------------------------

    def table(self, node: Node, what: str) -> Table | None:
        """A value with keys of its own."""
        if isinstance(node, Table):
            return node
        self._not(f"{what} with its keys", node, "write `key: value` lines, indented")
        return None

    def fields(self, node: Node, what: str, keys: tuple[str, ...], needs: Iterable[str]) -> Fields:
        """The keys of a table: none unknown, none missing that it needs."""
        table = self.table(node, what)
        if table is None:
            return Fields(page=self, at=node, entries={})
        entries: Mapping[str, Entry] = table.entries
        for key in needs:
            if key not in entries:
                message = f"{what} without `{key}`"
                self.wrong(table, "missing-key", message, f"add `{key}`")
        if not entries.keys() <= _as_set(keys):
            self._unknown_keys(table, what, keys)
            entries = {key: entry for key, entry in entries.items() if key in keys}
        return Fields(page=self, at=table, entries=entries)

    def _unknown_keys(self, table: Table, what: str, known: Sequence[str]) -> None:
        for key, entry in table.entries.items():
            if key not in known:
                message = f"unknown key `{key}` in {what}"
                self.wrong(entry, "unknown-key", message, nearest(key, known, "it takes"))

    def _not(self, wanted: str, node: Node, advice: str) -> None:
        if isinstance(node, Scalar) and node.value is None:
            message, advice = f"nothing stands here, where {wanted} is wanted", "write a value"
        else:
            message = f"{described(node)} stands here, where {wanted} is wanted"
        self.wrong(node, "wrong-type", message, advice)


@cache
def _as_set(keys: tuple[str, ...]) -> frozenset[str]:
    """The keys that a kind of table knows: a few dozen kinds, and thousands of tables."""
    return frozenset(keys)


@cache
def _by_word(words: type[Enum]) -> Mapping[str, Enum]:
    return MappingProxyType({str(word.value): word for word in words})


# Not frozen, unlike the values: there are dozens in each file, and each lives for a moment.
@dataclass(slots=True, kw_only=True)
class Fields:
    """The keys of one table that its kind knows."""

    page: Page
    at: Spot
    entries: Mapping[str, Entry]

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def node(self, key: str) -> Node | None:
        """The value under a key."""
        entry = self.entries.get(key)
        return None if entry is None else entry.value

    def key(self, key: str) -> Spot:
        """Where the key stands, else the table."""
        return self.entries.get(key, self.at)

    def text(self, key: str) -> str:
        """Text, empty where left out."""
        entry = self.entries.get(key)
        return "" if entry is None else self.page.text(entry.value)

    def url(self, key: str) -> str:
        """An address, empty where left out."""
        node = self.node(key)
        return "" if node is None else self.page.url(node)

    def name(self, key: str) -> str:
        """An id, empty where left out."""
        node = self.node(key)
        return "" if node is None else self.page.name(node)

    def names(self, key: str) -> tuple[str, ...]:
        """Ids, one or a list."""
        node = self.node(key)
        return () if node is None else self.page.words(node, self.page.name)

    def choice(self, key: str, words: Sequence[str]) -> str:
        """One of these words, empty where left out."""
        node = self.node(key)
        return "" if node is None else self.page.choice(node, words)

    def one_of(self, key: str, words: type[Word]) -> Word | None:
        """The word of an enumeration."""
        node = self.node(key)
        return None if node is None else self.page.one_of(node, words)

    def day(self, key: str) -> date | None:
        """A date, or `None` where left out."""
        node = self.node(key)
        return None if node is None else self.page.day(node)

    def truth(self, key: str, *, default: bool = False) -> bool:
        """True or false."""
        node = self.node(key)
        return default if node is None else self.page.truth(node, default=default)

    def members(self, key: str) -> tuple[Node, ...]:
        """The members of a list, none where left out."""
        node = self.node(key)
        return () if node is None else self.page.listing(node)

    def exactly_one(self, keys: Sequence[str], what: str) -> str:
        """The one of these keys that stands here; none or several are a problem."""
        found = [key for key in keys if key in self.entries]
        if not found and not isinstance(self.at, Table):
            return ""  # that it has no keys at all is reported already
        if not found:
            message = f"{what} without {listed(keys)}"
            self.page.wrong(self.at, "missing-key", message, "add one of them")
            return ""
        for extra in found[1:]:
            message = f"`{extra}` stands beside `{found[0]}` in {what}"
            self.page.wrong(self.key(extra), "conflict", message, "keep one of them")
        return found[0]

    def only_with(self, keys: Iterable[str], companion: str, *, here: bool) -> None:
        """Report each of the keys that says nothing without its companion."""
        for key in keys if not here else ():
            if key in self.entries:
                message = f"`{key}` says nothing without {companion}"
                self.page.wrong(self.key(key), "conflict", message, "remove it")


def described(node: Node) -> str:
    """What stands there, in words a lawyer uses."""
    if isinstance(node, Items):
        return "a list"
    if isinstance(node, Table):
        return "a set of keys"
    if isinstance(node.value, int) and not isinstance(node.value, bool):
        return f"the number `{node.text}`"
    return f"`{node.text}`"


def listed(words: Iterable[str]) -> str:
    """The words as one would read them out."""
    quoted = [f"`{word}`" for word in words]
    return " or ".join((", ".join(quoted[:-1]), quoted[-1])) if len(quoted) > 1 else quoted[0]


def close(word: str, known: Iterable[str]) -> str:
    """The known word nearest to this one, if any is near."""
    # Only where something is wrong.
    from difflib import get_close_matches  # noqa: PLC0415

    found = get_close_matches(word.lower(), tuple(known), n=1, cutoff=0.6)
    return found[0] if found else ""


FEW: Final = 12


def nearest(word: str, known: Sequence[str], verb: str) -> str:
    """What to write instead."""
    if not known:
        return "there is none to choose"
    near = close(word, known)
    if near:
        return f"did you mean `{near}`?"
    if len(known) <= FEW:
        return f"{verb} {listed(known)}"
    return f"{verb} {len(known)} words, of which none is near; the documentation lists them"
