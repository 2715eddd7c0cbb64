"""The built-in vocabulary, as a file of data."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

TREES = ("action", "data", "by", "state", "region", "exceptions")
SECTIONS = (*TREES, "conditions", "facts")


@pytest.fixture(scope="session", name="vocabulary")
def built_in(root: Path) -> dict[str, Any]:
    """The file as it stands."""
    return load(root / "src/termsgate/data/vocabulary.yaml")


@pytest.fixture(scope="session", name="start")
def start_words(shared: Path) -> dict[str, Any]:
    """The words that were tried on the terms of 28 vendors."""
    return load(shared / "facts/vocabulary-start.yaml")


def load(path: Path) -> dict[str, Any]:
    """The file's mapping."""
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def ancestors(terms: dict[str, Any], name: str, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Every term above this one; a cycle fails."""
    assert name not in path, f"{name} lies inside itself"
    for parent in terms[name].get("in", ()):
        yield parent
        yield from ancestors(terms, parent, (*path, name))


@pytest.mark.parametrize("section", SECTIONS)
def test_every_word_has_a_meaning_of_one_line(vocabulary: dict[str, Any], section: str) -> None:
    """Nobody has to guess what a word means."""
    missing = [n for n, t in vocabulary[section].items() if len(t.get("is", "").splitlines()) != 1]

    assert missing == []


@pytest.mark.parametrize("section", TREES)
def test_a_tree_has_one_root_above_every_term(vocabulary: dict[str, Any], section: str) -> None:
    """Every term but the first lies inside the first, by parents that exist, without a cycle."""
    terms = vocabulary[section]
    top = next(iter(terms))

    outside = [name for name in terms if name != top and top not in ancestors(terms, name)]

    assert outside == []
    assert "in" not in terms[top]


@pytest.mark.parametrize("section", TREES)
def test_what_a_term_may_include_exists(vocabulary: dict[str, Any], section: str) -> None:
    """`may-include` names terms of the same tree."""
    terms = vocabulary[section]

    unknown = [m for t in terms.values() for m in t.get("may-include", ()) if m not in terms]

    assert unknown == []


@pytest.mark.parametrize("section", TREES)
def test_a_spelling_means_one_term(vocabulary: dict[str, Any], section: str) -> None:
    """No spelling is used twice within a tree, as a name or otherwise."""
    terms = vocabulary[section]
    spellings = Counter(
        [*terms, *(word for term in terms.values() for word in term.get("also", ()))]
    )

    assert [word for word, count in spellings.items() if count > 1] == []


def test_a_facts_words_are_its_own(vocabulary: dict[str, Any]) -> None:
    """`order` and `endless` arrange the fact's words, and `usual` its subjects."""
    stray = [
        (name, word)
        for name, fact in vocabulary["facts"].items()
        for part, whole in (("order", "words"), ("endless", "words"), ("usual", "subjects"))
        for word in fact.get(part, ())
        if word not in fact.get(whole, ())
    ]

    assert stray == []


def test_the_kind_of_match_is_named_wherever_there_is_an_iri(vocabulary: dict[str, Any]) -> None:
    """A neighbour in the Data Privacy Vocabulary is exact, close or broad, and has an address."""
    neighbours = [t["dpv"] for s in SECTIONS for t in vocabulary[s].values() if "dpv" in t]

    assert {it["match"] for it in neighbours} == {"exact", "close", "broad"}
    assert all(iri.startswith("https://w3id.org/dpv") for it in neighbours for iri in it["iri"])


def test_every_word_of_the_start_is_known(
    vocabulary: dict[str, Any],
    start: dict[str, Any],
) -> None:
    """Words, spellings, parents and inclusions that were tried on real terms are kept."""
    kept = ("in", "also", "may-include", "type", "values", "words")
    lost = [
        (section, name, key)
        for section in (*TREES[:5], "conditions", "facts")
        for name, term in start[section].items()
        for key in kept
        if not set(_listed(term, key)) <= set(_listed(vocabulary[section].get(name, {}), key))
        or name not in vocabulary[section]
    ]

    assert lost == []


def _listed(term: dict[str, Any], key: str) -> list[str]:
    value = term.get(key, [])
    return value if isinstance(value, list) else [value]
