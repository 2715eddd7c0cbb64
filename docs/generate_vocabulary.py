"""docs/vocabulary.md is written from the built-in vocabulary; run this after every change of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import yaml

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "termsgate" / "data" / "vocabulary.yaml"
PAGE = ROOT / "docs" / "vocabulary.md"

Term: TypeAlias = Mapping[str, Any]
Terms: TypeAlias = Mapping[str, Term]

HEAD = """\
# The vocabulary

<!-- Written by docs/generate_vocabulary.py: edit src/termsgate/data/vocabulary.yaml instead. -->

The words policies and fixtures are written in, and what each of them means. Your own words go
into `policies/vocabulary.yaml`, in the form of the
[built-in file](../src/termsgate/data/vocabulary.yaml).

- A term stands below its parent, and the parent includes it
  ([policy language](policy-language.md) 1.2). A term with several parents stands below the first;
  the column *in* names them all.
- *may include* is what a careless reader would take the term to cover and a careful one could
  dispute (1.3).
- *DPV* is the nearest concept of the [W3C Data Privacy Vocabulary](https://w3id.org/dpv) and how
  near it is: exact, close, or broad (theirs is wider).
"""

TREES = {
    "action": ("Actions", "What is done."),
    "data": ("Data", "What it is done to."),
    "by": ("By", "Who uses it in the end."),
    "state": (
        "States",
        "In which state the data is used. The states are three; there is no other.",
    ),
    "region": ("Regions", "A condition whose answers lie inside one another (3.2)."),
    "exceptions": ("Exceptions", "What a stated fact can be subject to (5.3)."),
}

CONDITIONS = """\
What a clause or a document can depend on (3.2). Where values are named, the list is closed (4.5).
"""

FACTS = """\
What a clause can state about the agreement (5.1). *None* is what a denial counts as in a bound:
`zero` (no notice, no right), `never` (no deadline at all), `unlimited` (larger than every sum).
*Order* runs from the shortest word of a duration to the longest; a word with ∞ is longer than every
number; other words cannot be compared. *Usual* are the subjects that are the usual case where a
requirement names none (5.3). Every fact also takes `none` (the terms deny it) and `unspecified`
(promised without a value).
"""


def page(vocabulary: Mapping[str, Any]) -> str:
    """The whole page."""
    trees = (_section(*TREES[axis], _tree_table(vocabulary[axis])) for axis in TREES)
    conditions = _section("Conditions", CONDITIONS, _conditions_table(vocabulary["conditions"]))
    facts = _section("Facts", FACTS, _facts_table(vocabulary["facts"]))
    return "\n".join([HEAD, *trees, conditions, facts])


def _section(title: str, text: str, table: str) -> str:
    return f"## {title}\n\n{text.strip()}\n\n{table}"


def _tree_table(terms: Terms) -> str:
    rows = ([_indented(name, depth), *_tree_cells(terms[name])] for name, depth in _walk(terms))
    return _table(["term", "meaning", "also", "in", "may include", "DPV"], rows)


def _walk(terms: Terms, parent: str | None = None, depth: int = 0) -> Iterator[tuple[str, int]]:
    """Every term once, below its first parent, in the order of the file."""
    for name, term in terms.items():
        if next(iter(term.get("in", ())), None) == parent:
            yield name, depth
            yield from _walk(terms, name, depth + 1)


def _tree_cells(term: Term) -> list[str]:
    words = (_words(term.get(key, ())) for key in ("also", "in", "may-include"))
    return [term["is"], *words, _dpv(term)]


def _conditions_table(conditions: Terms) -> str:
    rows = (
        [f"`{name}`", it["is"], _words(it.get("values", ()))] for name, it in conditions.items()
    )
    return _table(["condition", "meaning", "values"], rows)


def _facts_table(facts: Terms) -> str:
    rows = ([f"`{name}`", *_fact_cells(fact)] for name, fact in facts.items())
    return _table(["fact", "meaning", "type", "none", "words", "order", "usual", "DPV"], rows)


def _fact_cells(fact: Term) -> list[str]:
    words = _words([*fact.get("values", ()), *fact.get("words", ())])
    none, usual = fact.get("none", ""), _words(fact.get("usual", ()))
    return [fact["is"], fact["type"], none, words, _order(fact), usual, _dpv(fact)]


def _order(fact: Term) -> str:
    endless = fact.get("endless", ())
    ordered = fact.get("order", endless)
    return " < ".join(f"`{word}`" + " ∞" * (word in endless) for word in ordered)


def _dpv(term: Term) -> str:
    if "dpv" not in term:
        return ""
    links = ", ".join(f"[{_concept(iri)}]({iri})" for iri in term["dpv"]["iri"])
    return f"{links} ({term['dpv']['match']})"


def _concept(iri: str) -> str:
    """The name of a concept, without the vocabulary it stands in."""
    return iri.rpartition("#")[2]


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _indented(name: str, depth: int) -> str:
    return "&emsp;" * depth + f"`{name}`"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(map(_cell, line)) + " |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def written() -> str:
    """The page as the vocabulary file has it now."""
    return page(yaml.safe_load(SOURCE.read_text(encoding="utf-8")))


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
    print(f"written: {PAGE.relative_to(ROOT)}")
