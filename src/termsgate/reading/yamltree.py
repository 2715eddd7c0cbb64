"""Strict YAML: text becomes a tree in which every key and value knows its line and column.

Built on libyaml's stream of events, for its own composer crashes the process on deep nesting and
accepts duplicate keys. Scalars keep their text; only `true`, `false`, `null` and whole numbers
mean more than their letters (YAML 1.2), and only unquoted.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml

from termsgate.core.model import Place
from termsgate.core.problem import Problem, Weight

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 50

_SPECIAL: Final[dict[str, bool | None]] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
}
_LONGEST_SPECIAL: Final = max(map(len, _SPECIAL))
# More than 15 digits is no number anybody meant; and `int` refuses over 4,300 of them.
_WHOLE: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_NUMERIC_START: Final = frozenset("-0123456789")
_UNSEEN: Final = "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_PLAIN: Final = bytes((*b"\t\n\r", *range(0x20, 0x7F)))
"""The bytes of a text in ASCII in which nothing is hidden: most files have no others."""
_TURNING: Final = "[\u202a-\u202e\u2066-\u2069]"
"""Characters that turn text around: what is shown is not what is read (CVE-2021-42574)."""
_NO_WIDTH: Final = (
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
    # Joiners belong into words of some scripts, and between the parts of an emoji.
    "|(?<![^\0-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\0-\x7f])"
)
"""Characters without width: two texts that look alike are not the same."""
_BOMS: Final = (
    (b"\xef\xbb\xbf", "a byte order mark"),
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


# Named tuples, not dataclasses: a fixture has hundreds of these, and they cost a third.
class Scalar(NamedTuple):
    """A value without parts: what it means and the text it was written as."""

    value: str | int | bool | None
    text: str
    line: int
    column: int


class Items(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


class Entry(NamedTuple):
    """A value under its key; line and column are the key's."""

    value: Node
    line: int
    column: int


class Table(NamedTuple):
    """Keys and their values, in the order of the file."""

    entries: dict[str, Entry]
    line: int
    column: int


Node = Scalar | Items | Table
_new: Final = tuple.__new__
"""What a named tuple's own constructor calls, at a third of the cost."""

# Names of this module: they are asked for at every event, and a lookup in `yaml` is one more.
_ALIAS: Final = yaml.AliasEvent
_SCALAR: Final = yaml.ScalarEvent
_LIST: Final = yaml.SequenceStartEvent
_LIST_END: Final = yaml.SequenceEndEvent
_TABLE_END: Final = yaml.MappingEndEvent


class _UnreadableError(Exception):
    """The text is not the YAML we read; nothing after this point can be trusted."""

    def __init__(self, line: int, column: int, code: str, message: str, advice: str) -> None:
        super().__init__(message)
        self.found = (line, column, code, message, advice)


def read(data: bytes, path: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree of a file, or `None` and why it has none; duplicate keys are all reported.

    Total: whatever the bytes are, it returns. A file with smells has a tree.
    """
    found: list[Problem] = []

    def report(
        line: int,
        column: int,
        code: str,
        message: str,
        advice: str,
        weight: Weight = Weight.ERROR,
    ) -> None:
        place = Place(path=path, line=line, column=column)
        found.append(
            Problem(place=place, message=message, code=f"yaml/{code}", help=advice, weight=weight)
        )

    try:
        text = _decoded(data)
        _report_unseen(text, report)
        tree = _Builder(text, report).document()
    except _UnreadableError as stop:
        report(*stop.found)
        return None, tuple(found)
    sound = all(each.weight is Weight.SMELL for each in found)
    return (tree if sound else None), tuple(found)


def plain(node: Node) -> object:
    """The same values without places, as a JSON Schema judges them."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return {key: plain(entry.value) for key, entry in node.entries.items()}


def heads(node: Node) -> dict[str, Scalar]:
    """Where each key at the top of a file has its value, and nothing of what it holds."""
    entries = node.entries if isinstance(node, Table) else {}
    return {
        key: Scalar(None, "", entry.value.line, entry.value.column)
        for key, entry in entries.items()
    }


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """Compiled when it is first wanted: a file in ASCII wants none of them."""
    return re.compile(text)


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data):,} bytes, where {MAX_BYTES:,} are the most"
        raise _UnreadableError(1, 1, "too-large", message, "split it into several files")
    if not data.translate(None, _PLAIN):
        return data.decode("ascii")
    for mark, name in _BOMS:
        if data.startswith(mark):
            raise _UnreadableError(1, 1, "encoding", _starts_with(name), _SAVE_AS)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _position(data[: error.start].decode("utf-8"))
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8"
        raise _UnreadableError(line, column, "encoding", message, _SAVE_AS) from None
    unseen = _pattern(_UNSEEN).search(text)
    if unseen:
        line, column = _position(text[: unseen.start()])
        raise _UnreadableError(line, column, "character", _unseen(unseen[0]), _REMOVE)
    return text


def _report_unseen(text: str, report: Callable[..., None]) -> None:
    """Report what makes a text look other than it is, once a line, comments included."""
    if text.isascii():
        return
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        for found in (_pattern(_TURNING).search(line), _pattern(_NO_WIDTH).search(line)):
            if found:
                report(number, found.start() + 1, *_look(found[0], _REMOVED))


def without_width(text: str) -> tuple[str, str] | None:
    """What is wrong with text that has a character without width, and what to do."""
    found = None if text.isascii() else _pattern(_NO_WIDTH).search(text)
    return None if found is None else _look(found[0], _REMOVED)[1:3]


_REMOVED: Final = "remove it; a quote is found without it"


def _look(character: str, advice: str) -> tuple[str, str, str, Weight]:
    """The code, the message, what to do, and whether a run may pass over it."""
    stands = f"the character U+{ord(character):04X} stands here"
    if _pattern(_TURNING).match(character):
        message = f"{stands}, which turns text around: what is seen is not what is judged"
        return "direction", message, advice, Weight.ERROR
    message = f"{stands}, which has no width: what looks alike is not the same"
    return "no-width", message, advice, Weight.SMELL


_SAVE_AS: Final = "save the file as UTF-8 without a byte order mark"
_REMOVE: Final = "remove it; an editor may show it as nothing at all"


def _starts_with(name: str) -> str:
    if name.startswith("UTF"):
        return f"the file is {name}, where UTF-8 is wanted"
    return f"the file starts with {name}"


def _unseen(character: str) -> str:
    if character == "\0":
        return "a NUL character stands here"
    return f"the character U+{ord(character):04X} stands here, which nobody can see"


def _position(before: str) -> tuple[int, int]:
    lines = re.split(r"\r\n|\r|\n", before)
    return len(lines), len(lines[-1]) + 1


def _parser(text: str) -> Any:  # noqa: ANN401 - the C class and the pure one share no type
    if yaml.__with_libyaml__:
        return yaml.cyaml.CParser(text)  # type: ignore[attr-defined] # the stubs leave it out
    return _PureParser(text)


class _PureParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """The same events where libyaml is missing, fifteen times slower."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


class _Builder:
    """One document, built from its events."""

    def __init__(self, text: str, report: Callable[..., None]) -> None:
        self._text = text
        self._report = report
        self._next = _parser(text).get_event

    def document(self) -> Node:
        """The one document of the file."""
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            raise self._syntax(error) from None
        except (yaml.YAMLError, ValueError, OverflowError):
            # The pure parser's reader, and its arithmetic on escapes such as "\Uffffffff".
            raise _UnreadableError(1, 1, "syntax", "the file is not YAML", _CHECK_QUOTES) from None

    def _document(self) -> Node:
        self._next()  # the start of the stream
        start = self._next()
        if isinstance(start, yaml.StreamEndEvent):
            raise _UnreadableError(1, 1, "empty", "the file is empty", "write its first key")
        self._refuse_directives(start)
        tree = self._node(self._next(), 0)
        self._next()  # the end of the document
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._stop(
                after, "documents", "a second document starts here", "put it into a file of its own"
            )
        return tree

    def _syntax(self, error: yaml.MarkedYAMLError) -> _UnreadableError:
        opened = any(part in str(error.problem) for part in _OPENED)
        mark = (error.context_mark if opened else None) or error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        lines = self._text.splitlines()
        rest = lines[line - 1][column - 1 :] if line <= len(lines) else ""
        return _UnreadableError(line, column, "syntax", *_explained(str(error.problem), rest))

    def _refuse_directives(self, start: yaml.DocumentStartEvent) -> None:
        if start.version or start.tags:
            raise self._stop(start, "directive", "a `%` directive stands here", "remove the line")

    def _node(self, event: Any, depth: int) -> Node:  # noqa: ANN401
        kind = type(event)
        if kind is _ALIAS or event.anchor is not None or event.tag is not None:
            raise self._refused(event)
        if kind is _SCALAR:
            return self._scalar(event)
        if depth == MAX_DEPTH:
            raise self._stop(
                event, "too-deep", f"more than {MAX_DEPTH} levels of nesting", "write it flatter"
            )
        return self._items(event, depth + 1) if kind is _LIST else self._table(event, depth + 1)

    def _refused(self, event: Any) -> _UnreadableError:  # noqa: ANN401
        if isinstance(event, yaml.AliasEvent):
            message, advice = f"`*{event.anchor}` is an alias", "write the value out"
            return self._stop(event, "alias", message, advice)
        if event.anchor is not None:
            message, advice = f"`&{event.anchor}` is an anchor", "write each value out"
            return self._stop(event, "anchor", message, advice)
        message = f"`{_short(event.tag)}` is a tag"
        return self._stop(event, "tag", message, "remove it; quote text")

    def _scalar(self, event: Any) -> Scalar:  # noqa: ANN401
        mark, text, style = event.start_mark, event.value, event.style
        value: str | int | bool | None = text
        # `style` of an unquoted scalar is empty in libyaml and None in the pure parser.
        if not style:
            if len(text) <= _LONGEST_SPECIAL and text in _SPECIAL:
                value = _SPECIAL[text]
            elif text[0] in _NUMERIC_START and _WHOLE.fullmatch(text):
                value = int(text)
        elif style == '"' and not (text.isascii() and text.isprintable()):
            self._check_escapes(event, text)
        return _new(Scalar, (value, text, mark.line + 1, mark.column + 1))

    def _check_escapes(self, event: Any, text: str) -> None:  # noqa: ANN401
        """Refuse what nobody can see, and report what makes a text look other than it is."""
        if unseen := _pattern(_UNSEEN).search(text):
            raise self._stop(event, "character", _unseen(unseen[0]), "remove the escape")
        if not text.isascii():
            self._report_escapes(text, event.start_mark, event.end_mark)

    def _report_escapes(self, text: str, mark: Any, end: Any) -> None:  # noqa: ANN401
        """Report what an escape stands for; what stands there itself is reported already."""
        written = self._text[mark.index : end.index]
        for found in (_pattern(_TURNING).search(text), _pattern(_NO_WIDTH).search(text)):
            if found and found[0] not in written:
                self._report(mark.line + 1, mark.column + 1, *_look(found[0], "remove the escape"))

    def _items(self, start: Any, depth: int) -> Items:  # noqa: ANN401
        following, node = self._next, self._node
        items: list[Node] = []
        while type(event := following()) is not _LIST_END:
            items.append(node(event, depth))
        mark = start.start_mark
        return _new(Items, (tuple(items), mark.line + 1, mark.column + 1))

    def _table(self, start: Any, depth: int) -> Table:  # noqa: ANN401
        following, node, key_of = self._next, self._node, self._key
        entries: dict[str, Entry] = {}
        while type(event := following()) is not _TABLE_END:
            key = key_of(event)
            value = node(following(), depth)
            mark = event.start_mark
            if key in entries:
                self._duplicate(key, event, entries[key])
            else:
                entries[key] = _new(Entry, (value, mark.line + 1, mark.column + 1))
        mark = start.start_mark
        return _new(Table, (entries, mark.line + 1, mark.column + 1))

    def _key(self, event: Any) -> str:  # noqa: ANN401
        kind = type(event)
        if kind is _ALIAS or event.anchor is not None or event.tag is not None:
            raise self._refused(event)
        if kind is not _SCALAR:
            raise self._stop(event, "key", "a key is a list or has keys", "a key is one word")
        key: str = event.value
        if event.style:
            return self._scalar(event).text
        if key == "<<":
            raise self._stop(event, "merge", "`<<` merges keys", "write the keys out")
        return key

    def _duplicate(self, key: str, event: Any, first: Entry) -> None:  # noqa: ANN401
        mark = event.start_mark
        message = f"the key `{key}` stands here a second time"
        advice = f"it stands on line {first.line} already; keep one"
        self._report(mark.line + 1, mark.column + 1, "duplicate-key", message, advice)

    def _stop(self, event: Any, code: str, message: str, advice: str) -> _UnreadableError:  # noqa: ANN401
        mark = event.start_mark
        return _UnreadableError(mark.line + 1, mark.column + 1, code, message, advice)


_OPENED: Final = ("unexpected end of stream", "expected ',' or")
"""Where this is the fault, the place that matters is where the quotation or bracket opens."""
_CHECK_QUOTES: Final = "check quotation marks, brackets and indentation near here"
_EXPLAINED: Final = (
    ("mapping values are not allowed", "a colon stands inside text that is not quoted"),
    ("could not find expected ':'", "a key without a colon"),
    ("unexpected end of stream", "a quotation that is not closed"),
    ("expected ',' or", "a list or set of keys in brackets is not closed"),
    ("did not find expected key", "this line fits neither the lines before it nor their level"),
    ("did not find expected '-'", "this line fits neither the lines before it nor their level"),
    ("expected <block end>", "this line fits neither the lines before it nor their level"),
    ("unknown escape character", "an escape with `\\` that does not exist"),
)


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


def _explained(problem: str, rest: str) -> tuple[str, str]:
    if rest.startswith("\t"):
        return "a tab stands where spaces are wanted", "indent with spaces"
    if "cannot start any token" in problem and rest:
        return f"unquoted text cannot start with `{rest[0]}`", "put the text in quotation marks"
    for part, meaning in _EXPLAINED:
        if part in problem:
            return meaning, _CHECK_QUOTES
    return f"this is not YAML: {problem}", _CHECK_QUOTES


# --- where values end -----------------------------------------------------------------------------


class Extent(NamedTuple):
    """From which character of a text to which a value goes; a table knows those of its values.

    `flow` says that it is written in brackets, and `column`, from 0, where it starts.
    """

    start: int
    end: int
    column: int
    flow: bool
    entries: dict[str, Extent]


def extents(text: str) -> Extent:
    """Where the values of a file stand in its text, for whoever writes into it.

    Only for text that `read` has read without a problem.
    """
    events = _parser(text).get_event
    events()  # the start of the stream
    events()  # the start of the document
    return _extent(events(), events)


_ENDS: Final = (_LIST_END, _TABLE_END)


def _extent(event: Any, events: Callable[[], Any]) -> Extent:  # noqa: ANN401
    """The extent of a value. A block ends where the last value in it does: comments may follow."""
    mark = event.start_mark
    end, flow = event.end_mark.index, bool(getattr(event, "flow_style", False))
    entries: dict[str, Extent] = {}
    while type(event) is not yaml.ScalarEvent and type(inner := events()) not in _ENDS:
        if type(event) is yaml.MappingStartEvent:
            value = _extent(events(), events)
            entries[inner.value] = value
        else:
            value = _extent(inner, events)
        end = value.end
    if flow:
        end = inner.end_mark.index
    return Extent(mark.index, end, mark.column, flow, entries)
