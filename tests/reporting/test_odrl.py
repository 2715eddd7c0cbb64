"""The terms and policies of a record as linked data."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from termsgate.core.entries import record_of
from termsgate.core.stating import terms_of
from termsgate.reading.store import load
from termsgate.reporting.odrl import CONTEXT, linked_data
from tests.recorded import record
from tests.reporting.conftest import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from termsgate.core.record import Record

DAY = date(2024, 6, 1)
PROJECTS = ("tests/examples/positive/every-key", "tests/examples/positive/own-words", ".")


def of_project(folder: Path) -> Record:
    """The record of a run that gave no verdict: the terms are in it all the same."""
    project = load(folder).project
    assert project is not None
    return record_of(project, (), today=DAY, asked=DAY, expected=0, partial=False)


@pytest.fixture(scope="module", params=PROJECTS)
def found(request: pytest.FixtureRequest, root: Path) -> Record:
    """The record of each project."""
    return of_project(root / request.param)


@pytest.fixture(scope="module")
def rich(root: Path) -> Record:
    """The record of the project that has every key there is."""
    return of_project(root / PROJECTS[0])


def text_of(given: Record) -> str:
    """The graph."""
    text = linked_data(given, prefix="legal")
    assert text is not None
    return text


def graph(given: Record) -> dict[str, dict[str, Any]]:
    """The nodes at the top, by their names."""
    return {each["uid"]: each for each in json.loads(text_of(given))["@graph"]}


def offline(url: str, *_: object) -> NoReturn:
    """Nothing is fetched."""
    raise AssertionError(url)


def keys(value: object) -> Iterator[str]:
    """Every name in a value, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def test_the_terms_are_told(rich: Record, golden: Callable[[str, str], str]) -> None:
    """Vendors, versions, requirements and words."""
    assert text_of(rich) == golden("terms.jsonld", text_of(rich))


def test_every_graph_is_json_ld(found: Record) -> None:
    """It is read without the network, and no value of it is lost."""
    jsonld = pytest.importorskip("pyld.jsonld", reason="pyld is not installed")

    expanded = jsonld.expand(json.loads(text_of(found)), {"documentLoader": offline})

    terms = {name for name in keys(expanded) if not name.startswith("@")}
    assert all(":" in name for name in terms)
    assert len(expanded) == len(graph(found))
    # What the context does not know would be dropped without a word.
    used = set(keys(json.loads(text_of(found))["@graph"])) - {"@id"}
    assert used <= set(CONTEXT)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_every_graph_is_rdf(found: Record) -> None:
    """Another reader finds the same sets of rules in it."""
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")

    read = rdflib.Graph().parse(data=text_of(found), format="json-ld")

    odrl = rdflib.Namespace("http://www.w3.org/ns/odrl/2/")
    sets = {str(each) for each in read.subjects(rdflib.RDF.type, odrl.Set)}
    assert sets == {name for name, node in graph(found).items() if "odrl:Set" in node["type"]}
    for rule in (odrl.permission, odrl.prohibition):
        for _, target in read.subject_objects(rule):
            assert (target, odrl.action, None) in read
            assert (target, odrl.target, None) in read


def test_every_set_has_a_rule_and_every_rule_a_name(found: Record) -> None:
    """ODRL asks for one of the two, and a name that comes twice would merge two rules."""
    names = []
    for node in graph(found).values():
        kinds = ("permission", "prohibition", "obligation")
        rules = [each for kind in kinds for each in node.get(kind, ())]
        names += [node["uid"], *(each["uid"] for each in rules)]
        assert bool(rules) is ("odrl:Set" in node["type"])

    assert len(set(names)) == len(names)


def test_every_word_is_explained(found: Record) -> None:
    """Whatever a rule names stands in the graph, with what it lies in."""
    named = re.findall(r'"(urn:termsgate:word:[^"]*)"', text_of(found))

    assert set(named) <= set(graph(found))


def test_a_match_is_not_taken_for_the_same(found: Record) -> None:
    """A broad match is told as one."""
    words = {each["word"]: each for each in found["terms"]["words"]}
    broad = [each for each in words.values() if each["match"] == "broad"]
    nodes = graph(found)

    assert broad
    for each in broad:
        node = nodes[f"urn:termsgate:word:{each['axis']}:{each['word']}"]
        assert node["broadMatch"] == each["iris"]
        assert not {"exactMatch", "closeMatch"} & set(node)


@pytest.mark.parametrize("name", ["permission", "prohibition", "states"])
def test_clauses_are_told_with_their_section_and_quote(rich: Record, name: str) -> None:
    """Each rule and each fact says where it stands."""
    told = [each for node in graph(rich).values() for each in node.get(name, ())]
    clauses = [each for each in told if ":terms:" in each["uid"]]

    assert clauses
    assert all(each["identifier"] for each in clauses)


def test_only_the_terms_that_were_asked_about_are_told(root: Path) -> None:
    """A version that is not in force on the day is no part of what was judged."""
    project = load(root).project
    assert project is not None
    days = {
        (each["vendor"], each["document"]): each["version"]
        for each in terms_of(project, [date(2023, 8, 8)])["clauses"]
    }

    assert days["zoom", "terms-of-service"] == "2023-08-07"


def test_a_record_without_the_terms_gives_none() -> None:
    """One that an earlier version wrote."""
    assert linked_data(record()) is None


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_terms_are_text(rich: Record, words: str) -> None:
    """They are values, never names: no link comes out of them."""
    given: Record = json.loads(json.dumps(rich))
    for clause in given["terms"]["clauses"]:
        clause["says"] = clause["quote"] = clause["section"] = words
        for fact in clause["states"]:
            fact["value"] = words
    for vendor in given["vendors"]:
        vendor["url"] = vendor["name"] = words
    for requirement in given["requirements"]:
        requirement["title"] = requirement["why"] = requirement["ask"] = words

    text = text_of(given)

    assert text.encode("utf-8").decode("utf-8") == text
    assert set(keys(json.loads(text)["@graph"])) <= set(CONTEXT) | {"@id"}
    assert "javascript:" not in text


def test_the_same_record_gives_the_same_bytes(found: Record) -> None:
    """A second run changes nothing."""
    assert text_of(found) == text_of(json.loads(json.dumps(found)))
