"""What a language model of the user's own is told, so that its answer can be held to the text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from termsgate.reading import schema
from termsgate.reading.drafting.passages import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from termsgate.core.vocabulary import FactDefinition, Hierarchy, Vocabulary
    from termsgate.reading.drafting.passages import Sentence

_SHOWN: Final = ("title", "description", "examples", "$id", "$schema")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the answer is to be about."""

    document: str
    effective: date | None
    language: str
    on: date


def prompt(text: str, asked: Asked, vocabulary: Vocabulary, part: tuple[int, int]) -> str:
    """The whole prompt for one part of a text; the marker stands nowhere in it."""
    template = resources.files("termsgate.data").joinpath("drafting/prompt.md")
    number, parts = part
    return template.read_text(encoding="utf-8").format(
        marker=_marker(text),
        document=asked.document,
        effective=asked.effective or "the day from which the text says that it holds",
        language=asked.language,
        on=asked.on,
        vocabulary=_vocabulary(vocabulary),
        schema=_schema(),
        part="" if parts == 1 else _PART.format(number=number, parts=parts),
        text=text.strip("\n"),
    )


_PART: Final = (
    "This is part {number} of {parts}. Describe this part only. Of every part but the first give "
    "only the entries\nunder `clauses`; their ids must differ from those of the other parts.\n\n"
)


def _marker(text: str) -> str:
    """A line that no text can hold unless it knows its own digest."""
    digest = sha256(text.encode()).hexdigest()
    return f"==== terms {digest[:16]} ===="


def _schema() -> str:
    """The published schema without what it tells people, on one line."""
    said: Any = json.loads(schema.text("version"))
    return json.dumps(_bare(said), ensure_ascii=False, separators=(",", ":"))


def _bare(said: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(said, list):
        return [_bare(each) for each in said]
    if not isinstance(said, dict):
        return said
    named = {key: each for key, each in said.items() if not _is_shown(key, each)}
    return {key: _bare(each) for key, each in named.items()}


def _is_shown(key: str, value: object) -> bool:
    """A title is text; a property that is called `title` has a schema."""
    return key in _SHOWN and not isinstance(value, dict)


# --- the vocabulary -----------------------------------------------------------------------------


def _vocabulary(vocabulary: Vocabulary) -> str:
    """One line a word: what it lies in, what it may include, what it means."""
    lines = []
    for axis in vocabulary.axes:
        lines += [f"## {axis.name}", *_terms(axis), ""]
    lines += ["## regions", ", ".join(term.id for term in vocabulary.region.terms), ""]
    lines += ["## exceptions of facts", ", ".join(t.id for t in vocabulary.exceptions.terms), ""]
    lines += ["## facts", *(_fact(each) for each in vocabulary.facts.values())]
    return "\n".join(lines)


def _terms(axis: Hierarchy) -> Iterator[str]:
    for term in axis.terms:
        within = f" in {', '.join(term.parents)}" if term.parents else ""
        perhaps = f"; may include {', '.join(term.may_include)}" if term.may_include else ""
        meaning = f": {term.meaning}" if term.meaning else ""
        yield f"- {term.id}{within}{perhaps}{meaning}"


def _fact(fact: FactDefinition) -> str:
    values = [*getattr(fact, "values", ()), *getattr(fact, "words", ())]
    choice = f" ({', '.join(map(str, values))})" if values else ""
    meaning = f": {fact.meaning}" if fact.meaning else ""
    return f"- {fact.id}, {fact.type.value}{choice}{meaning}"


# --- long texts ---------------------------------------------------------------------------------


def shown(text: str, *, page: bool) -> str:
    """The text as a model is to read it: of a page, the words without the markup."""
    if not page:
        return text
    lines: list[str] = []
    last: Sentence | None = None
    for each in sentences(text, page=True):
        if last is None or each.heading != last.heading:
            lines += ["", f"## {each.heading}"] if each.heading else []
        if last is None or each.paragraph != last.paragraph:
            number = f"{each.section} " if each.section[:1].isdigit() else ""
            label = f"{each.label}. " if each.label else ""
            lines += ["", f"{number}{label}{each.words}"]
        else:
            lines[-1] += f" {each.words}"
        last = each
    return "\n".join(lines).strip("\n") + "\n"


def parts(text: str, words: int) -> tuple[str, ...]:
    """The text in parts of about so many words, cut at headings and else between paragraphs."""
    heads = _cuts(text)
    made, current, counted = [], "", 0
    for at, (stretch, opens) in enumerate(heads):
        count = len(stretch.split())
        if at and current and (counted + count > words or (opens and counted > words * 0.8)):
            made.append(current)
            current, counted = "", 0
        current += stretch
        counted += count
    return (*made, current) if current else tuple(made)


def _cuts(text: str) -> list[tuple[str, bool]]:
    """The paragraphs of a text, and whether a heading opens there."""
    opening = {each.line for each in _first_of_sections(text)}
    found: list[tuple[str, bool]] = []
    stretch, start = "", 1
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if stretch and not stretch.splitlines()[-1].strip() and line.strip():
            found.append((stretch, start in opening))
            stretch, start = "", number
        stretch += line
    return [*found, (stretch, start in opening)] if stretch else found


def _first_of_sections(text: str) -> Iterator[Sentence]:
    last = None
    for each in sentences(text):
        if each.heading != last:
            yield each
            last = each.heading
