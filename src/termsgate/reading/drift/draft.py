"""The fixture of the next version, drafted from the one before: for a person to finish.

The file is edited and not written anew, so that its comments stay. What is sure is done; what is
not is marked `TODO drift` where it stands.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from termsgate.core.drift import Anchor, Fate
from termsgate.core.model import Quote
from termsgate.reading import yamltree
from termsgate.reading.drift.plain import plain
from termsgate.reading.drift.quotes import Quoted, Searched, quoted_in
from termsgate.reading.drift.words import bare_words, stretch
from termsgate.reading.yamltree import Items, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from termsgate.core.drift import Drift, PassageDrift, QuoteDrift
    from termsgate.core.model import Archive, Version
    from termsgate.reading.drift.sentences import Text
    from termsgate.reading.yamltree import Entry, Node

TODO: Final = "# TODO drift:"
_MOST_WORDS: Final = 12
"""More words than this are no anchor any more, but a copy: `version/long-quote`."""

_AROUND: Final = (2, 4, 8)
"""So many words are tried on either side of a quote that stands in several places."""

_SHOWN: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A drafted file: its text, and how many places of it a person has to see."""

    text: str
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """Lines of the old file, from `start` to before `end` (from 0), and what stands there now."""

    start: int
    end: int
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Drafting:
    """A version, its file, and the newly captured text that the next one is drafted from.

    `old` is the text that the version was read from; `archive` where the new one is recorded.
    """

    version: Version
    written: str
    drift: Drift
    new: Text
    old: Text | None
    effective: date
    today: date
    published: date | None = None
    archive: Archive | None = None

    def draft(self) -> Draft:
        """The next version's file."""
        tree, _ = yamltree.read(self.written.encode(), self.version.place.path)
        lines = self.written.split("\n")
        changes = sorted(self._changes(tree, lines), key=lambda one: one.start, reverse=True)
        for change in changes:
            lines[change.start : change.end] = change.lines
        text = "\n".join([*self._head(), *lines]).rstrip("\n") + "\n" + "\n".join(self._tail())
        return Draft(text=text.rstrip("\n") + "\n", open=text.count(TODO))

    def _head(self) -> Iterator[str]:
        old = f"{self.version.effective}.yaml"
        yield f"# Drafted by `termsgate drift` from {old} and `{_name(self.new)}`."
        yield "# Nobody has read it: look at each TODO, then at the rest, and then sign it."
        if self.written.lstrip().startswith("#"):
            yield f"{TODO} what stands below was said of {self.version.effective}"

    def _tail(self) -> Iterator[str]:
        """The new passages that no clause speaks of yet."""
        for each in self.drift.passages:
            if each.about and each.fate is not Fate.GONE and not each.clauses:
                yield _told(each)

    # --- the keys of the file ---------------------------------------------------------------------

    def _changes(self, tree: Node | None, lines: list[str]) -> Iterator[_Change]:
        # The file was read before, and is a table of keys.
        entries = cast("Table", tree).entries
        effective = entries["effective"]
        yield from self._replaced(effective, lines, [f"effective: {self.effective}", *self._new()])
        for key in ("published", "withdrawn", "source", "review"):
            if key in entries:
                yield from self._replaced(entries[key], lines, [])
        lost = {each.clause: each for each in self.drift.quotes}
        for owner, table in _quoting(entries):
            if owner in lost and "quote" in table.entries:
                yield from self._requoted(lost[owner], table.entries["quote"], lines)

    def _new(self) -> Iterator[str]:
        """What is known of the new version, in place of what was of the old."""
        if self.published is not None:
            yield f"published: {self.published}"
        source = self.version.source
        if source.url or self.archive:
            yield "source:"
        if source.url:
            yield f"  url: {json.dumps(source.url, ensure_ascii=False)}"
        if self.archive:
            yield "  archive:"
            yield f"    collection: {json.dumps(self.archive.collection, ensure_ascii=False)}"
            yield f"    path: {json.dumps(self.archive.path, ensure_ascii=False)}"
            yield f"    commit: {json.dumps(self.archive.commit)}"
        else:
            yield f"{TODO} say where the words are kept: `snapshot`, or `archive`"
        yield f"review: {{by: [termsgate drift], on: {self.today}, status: draft}}"

    def _replaced(self, entry: Entry, lines: list[str], by: list[str]) -> Iterator[_Change]:
        """A key at the top, with all that is indented below it, gives way."""
        start = entry.line - 1
        yield _Change(start=start, end=_end(lines, start, entry.column - 1), lines=tuple(by))

    # --- quotes -----------------------------------------------------------------------------------

    def _requoted(self, lost: QuoteDrift, entry: Entry, lines: list[str]) -> Iterator[_Change]:
        start, column = entry.line - 1, entry.column - 1
        before = lines[start][:column]
        indent = " " * column
        anchored = self._anchored(lost)
        told = [f"{indent}{TODO} {each}" for each in _why(lost, anchored)]
        if before.strip() not in ("", "-"):
            # The clause stands on one line: what is to be done is said above it.
            outer = " " * (len(before) - len(before.lstrip()))
            above = tuple(each.replace(indent, outer, 1) for each in told)
            yield _Change(start=start, end=start, lines=above)
            return
        if anchored is None:
            kept = lines[start : _end(lines, start, column)]
        else:
            kept = [f"{before}quote: {_written(anchored)}"]
        # Above the key, unless the key is the first of its clause: then below.
        made = (*kept, *told) if before.strip() else (*told, *kept)
        yield _Change(start=start, end=_end(lines, start, column), lines=made)

    def _anchored(self, lost: QuoteDrift) -> Quote | None:
        """The quote as it can be found in the new text, exactly once; none where it cannot."""
        searched = Searched(text=self.new)
        for quote in self._candidates(lost):
            named = Quoted(owner=lost.clause, section=lost.section, quote=quote)
            if searched.status(named)[0].is_verified:
                return quote
        return None

    def _candidates(self, lost: QuoteDrift) -> Iterator[Quote]:
        if lost.anchor is Anchor.LOST or not self._is_sure(lost):
            return
        if lost.anchor is Anchor.AMBIGUOUS:
            words, sentence = plain(lost.quote), self._home(lost)
        else:
            words, sentence = stretch(bare_words(plain(lost.quote)), lost.nearest)[1], lost.nearest
        words = " ".join(words.split()[:_MOST_WORDS])
        yield Quote(exact=words)
        before, _, after = sentence.partition(words)
        yield from _with_neighbours(before, words, after)

    def _is_sure(self, lost: QuoteDrift) -> bool:
        """Whether the nearest sentence is what the quoted one became, as far as can be known."""
        if self.old is None or lost.anchor is Anchor.AMBIGUOUS:
            return True
        return any(
            each.after == lost.nearest and lost.clause in each.clauses
            for each in self.drift.passages
        )

    def _home(self, lost: QuoteDrift) -> str:
        """The sentence of the old text that the quote stood in."""
        quotes = {each.owner: each for each in quoted_in(self.version)}
        held = Searched(text=self.old).holding(quotes[lost.clause]) if self.old else ()
        return "".join(self.old.sentences[at].text for at in [*held][:1]) if self.old else ""


def _with_neighbours(before: str, words: str, after: str) -> Iterator[Quote]:
    for count in _AROUND:
        head = " ".join(before.split()[-count:])
        tail = " ".join(after.split()[:count])
        prefix = f"{head} " if head and before.endswith(" ") else head
        suffix = f" {tail}" if tail and after.startswith(" ") else tail
        yield Quote(exact=words, prefix=prefix)
        yield Quote(exact=words, suffix=suffix)
        yield Quote(exact=words, prefix=prefix, suffix=suffix)


def _quoting(entries: Mapping[str, Entry]) -> Iterator[tuple[str, Table]]:
    """Each clause and each entry on precedence, under the name that drift has for it."""
    for member in _members(entries, "clauses"):
        yield str(getattr(member.entries["id"].value, "text", "")), member
    for at, member in enumerate(_members(entries, "precedence"), 1):
        yield f"precedence.{at}", member


def _members(entries: Mapping[str, Entry], key: str) -> list[Table]:
    value = entries[key].value if key in entries else None
    members = value.items if isinstance(value, Items) else ()
    return [each for each in members if isinstance(each, Table)]


def _end(lines: list[str], start: int, column: int) -> int:
    """Where a value ends that starts with its key on a line: before what is indented no deeper."""
    end = start + 1
    while end < len(lines):
        line = lines[end]
        inner = len(line) - len(line.lstrip())
        if not line.strip() or inner <= column:
            break
        end += 1
    return end


def _why(lost: QuoteDrift, anchored: Quote | None) -> Iterator[str]:
    """What a person has to do about a quote."""
    old = _line(lost.quote)
    if lost.anchor is Anchor.AMBIGUOUS:
        yield f"`{old}` stands in the new text more than once" + (
            "; the place was taken where its old sentence stands" if anchored else ""
        )
    elif anchored is not None:
        yield f"the words were `{old}`: read the clause again, it may say something else now"
    else:
        yield f"lost: `{old}` does not stand there; quote what does, or take the clause out"
        if lost.nearest:
            yield f"nearest, line {lost.line}: {_line(lost.nearest)}"


def _told(passage: PassageDrift) -> str:
    where = f"{passage.fate.value} passage, line {passage.line}, {', '.join(passage.about)}"
    return f"  {TODO} {where}: {_line(passage.after)}"


def _line(text: str) -> str:
    """Words of a stranger's on one line of a comment."""
    made = "".join(char if char.isprintable() else " " for char in text)
    return made if len(made) <= _SHOWN else f"{made[: _SHOWN - 3]}..."


def _written(quote: Quote) -> str:
    exact = json.dumps(quote.exact, ensure_ascii=False)
    around = [
        f"{name}: {json.dumps(value, ensure_ascii=False)}"
        for name, value in (("prefix", quote.prefix), ("suffix", quote.suffix))
        if value
    ]
    return f"{{{', '.join([f'exact: {exact}', *around])}}}" if around else exact


def _name(text: Text) -> str:
    return _line(text.name.rsplit("/", 1)[-1])
