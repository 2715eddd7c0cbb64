"""The published schemas and the decoder are of one mind, and editors have something to show."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termsgate.core.problem import Weight
from termsgate.reading import schema, yamltree
from termsgate.reading.decode import check, policy, vendor, version, vocabulary
from termsgate.reading.decode.page import Page
from termsgate.reading.store import builtin_vocabulary
from termsgate.reading.yamltree import Entry, Items, Node, Scalar, Table
from tests.reading.projects import NEGATIVE, POSITIVE, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHAPE = {
    "bad-date",
    "bad-digest",
    "bad-id",
    "bad-name",
    "bad-time",
    "bad-url",
    "bad-word",
    "conflict",
    "empty",
    "missing-key",
    "outside",
    "unknown-key",
    "wrong-type",
}
"""What both can see: all but the vocabulary, and names and dates against one another."""


def _sound_files() -> Iterator[Path]:
    for folder in POSITIVE:
        yield from sorted(folder.rglob("*.yaml"))


def _wrong_files() -> Iterator[Path]:
    for folder in NEGATIVE:
        for file in sorted(folder.rglob("*.yaml")):
            if yamltree.read(file.read_bytes(), "x")[0] is not None:
                yield file


def _decoder_says(kind: str, tree: Node) -> set[str]:
    """The names of the errors the decoder finds."""
    page = Page(path="x.yaml", area=kind, vocabulary=builtin_vocabulary())
    if kind == "vocabulary":
        vocabulary.vocabulary(page, tree, builtin_vocabulary())
    elif kind == "version":
        version.version(page, tree, None)
    else:
        {"policy": policy.policy, "vendor": vendor.vendor, "check": check.check}[kind](page, tree)
    errors = (one for one in page.problems if one.weight is Weight.ERROR)
    return {one.code.partition("/")[2] for one in errors}


def _agree(kind: str, tree: Node) -> bool:
    """The decoder rejects what the schema rejects; the schema what it can see of the rest."""
    said = _decoder_says(kind, tree)
    rejected = bool(schema.faults(kind, tree, "x.yaml"))
    return bool(said) if rejected else not said & SHAPE


def _tree(file: Path) -> Node:
    tree, problems = yamltree.read(file.read_bytes(), file.name)
    assert tree is not None, problems
    return tree


@pytest.mark.parametrize("file", list(_sound_files()), ids=lambda file: "/".join(file.parts[-4:]))
def test_the_schema_accepts_what_the_decoder_accepts(file: Path) -> None:
    """No file of a positive example has a fault."""
    assert schema.faults(kind_of(file), _tree(file), file.name) == ()


@pytest.mark.parametrize("file", list(_wrong_files()), ids=lambda file: "/".join(file.parts[-4:]))
def test_schema_and_decoder_agree_on_wrong_files(file: Path) -> None:
    """In the negative examples each rejects what the other does, as far as it can see."""
    assert _agree(kind_of(file), _tree(file))


# --- mutations of sound files -----------------------------------------------------------------

_WORDS = ("", " ", "x", "Not An Id", "opt-in", "must", "train-ai", "2023-08-07", "2023-02-30")
_SCALARS = tuple(
    Scalar(value, str(value), 1, 1) for value in (*_WORDS, None, True, False, 0, 30, "none", "all")
)
_NODES = (*_SCALARS, Items((), 1, 1), Table({}, 1, 1), Items((_SCALARS[2],), 1, 1))


@cache
def _rich_files() -> tuple[tuple[str, Node], ...]:
    return tuple((kind_of(file), _tree(file)) for file in _sound_files())


def _paths(node: Node, path: tuple[int | str, ...] = ()) -> Iterator[tuple[int | str, ...]]:
    yield path
    if isinstance(node, Table):
        for key, entry in node.entries.items():
            yield from _paths(entry.value, (*path, key))
    elif isinstance(node, Items):
        for place, item in enumerate(node.items):
            yield from _paths(item, (*path, place))


def _changed(node: Node, path: tuple[int | str, ...], change: Any) -> Node:  # noqa: ANN401
    if not path:
        made: Node = change(node)
        return made
    step, *rest = path
    if isinstance(node, Table):
        entries = dict(node.entries)
        entry = entries[str(step)]
        value = _changed(entry.value, tuple(rest), change)
        entries[str(step)] = Entry(value, entry.line, entry.column)
        return Table(entries, node.line, node.column)
    assert isinstance(node, Items)
    items = list(node.items)
    items[int(step)] = _changed(items[int(step)], tuple(rest), change)
    return Items(tuple(items), node.line, node.column)


def _without(key: str) -> Any:  # noqa: ANN401
    def change(node: Node) -> Node:
        if not isinstance(node, Table):
            return node
        kept = {name: entry for name, entry in node.entries.items() if name != key}
        return Table(kept, node.line, node.column)

    return change


def _with(key: str, value: Node) -> Any:  # noqa: ANN401
    def change(node: Node) -> Node:
        if not isinstance(node, Table):
            return node
        return Table({**node.entries, key: Entry(value, 1, 1)}, node.line, node.column)

    return change


@given(data=st.data())
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_schema_and_decoder_agree_on_mutations(data: st.DataObject) -> None:
    """Change, drop or add one thing in a sound file: both still say the same."""
    kind, tree = data.draw(st.sampled_from(_rich_files()), label="file")
    path = data.draw(st.sampled_from(tuple(_paths(tree))), label="path")
    node = data.draw(st.sampled_from(_NODES), label="node")
    keys = sorted({str(step) for one in _paths(tree) for step in one if isinstance(step, str)})
    key = data.draw(st.sampled_from([*keys, "zzz"]), label="key")
    change = data.draw(
        st.sampled_from([lambda _: node, _without(key), _with(key, node)]), label="change"
    )

    mutant = _changed(tree, path, change)

    assert _agree(kind, mutant)


# --- what is published ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", schema.KINDS)
def test_a_schema_is_a_schema(kind: str) -> None:
    """It is valid under the draft it names, and has an id."""
    published = json.loads(schema.text(kind))

    jsonschema.Draft202012Validator.check_schema(published)

    assert published["$id"] == f"urn:termsgate:schema:{kind}:1"


@pytest.mark.parametrize("kind", schema.KINDS)
def test_every_key_has_something_to_show(kind: str) -> None:
    """Editors show a title and a description for every key."""
    bare = [
        name
        for part in _parts(json.loads(schema.text(kind)))
        if part.get("additionalProperties") is False
        for name, key in part["properties"].items()
        if not (key.get("title") and key.get("description"))
    ]

    assert bare == []


def test_definitions_of_one_name_are_the_same_everywhere() -> None:
    """A box is a box in every kind of file."""
    first: dict[str, object] = {}
    for kind in schema.KINDS:
        for name, part in json.loads(schema.text(kind))["$defs"].items():
            assert first.setdefault(name, part) == part, (kind, name)


def _parts(part: object) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
    if isinstance(part, (dict, list)):
        for child in part.values() if isinstance(part, dict) else part:
            yield from _parts(child)


# --- its own words ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "check: calls\ntitle: Calls\nvendrs: [a]\n",
            [
                (
                    "x.yaml:3:1: unknown key `vendrs` [check/unknown-key]\n"
                    "  help: did you mean `vendors`?"
                )
            ],
        ),
        (
            "check: calls\n",
            ["x.yaml:1:1: `title` is missing [check/missing-key]\n  help: add `title`"],
        ),
        (
            "check: calls\ntitle: Calls\nas-of: 2023-02-30\n",
            [
                (
                    "x.yaml:3:8: `2023-02-30` is not a date of the calendar [check/bad-date]\n"
                    "  help: write it as year, month, day: `2023-08-07`"
                )
            ],
        ),
        (
            "check: calls\ntitle: 7\n",
            [
                (
                    "x.yaml:2:8: the number `7` stands here, where text is wanted"
                    " [check/wrong-type]\n"
                    "  help: write text"
                )
            ],
        ),
        (
            "check: calls\ntitle: Calls\ncontext: {content: secret}\n",
            [
                (
                    "x.yaml:3:20: `secret` is none of the words this key takes [check/bad-word]\n"
                    "  help: write `public`, `private` or `flagged`"
                )
            ],
        ),
        (
            "check: Our Calls\ntitle: Calls\n",
            [
                (
                    "x.yaml:1:8: `check` does not have the form it needs [check/wrong-form]\n"
                    "  help: the documentation of this key shows its forms"
                )
            ],
        ),
        (
            "- a\n",
            [
                (
                    "x.yaml:1:1: a list stands here, where a set of keys is wanted"
                    " [check/wrong-type]\n"
                    "  help: write a set of keys"
                )
            ],
        ),
        (
            (
                "check: calls\ntitle: Calls\nreadings: [{vendor: a, clause: a.b, because: c, by: d,"
                " on: 2024-01-01}]\n"
            ),
            [
                (
                    "x.yaml:3:12: `readings` does not have the form it needs [check/wrong-form]\n"
                    "  help: the documentation of this key shows its forms"
                )
            ],
        ),
        (
            "check: calls\ntitle: Calls\nzzz: 1\n",
            [
                (
                    "x.yaml:3:1: unknown key `zzz` [check/unknown-key]\n  help: it takes `check`,"
                    " `title`, `owner`, `vendors`, `policies`, `as-of`, `context`, `choices`,"
                    " `waivers`, `readings`, `review-max-age` or `when-unreviewed`"
                )
            ],
        ),
    ],
)
def test_a_fault_is_said_in_our_words(text: str, said: list[str]) -> None:
    """The schema's faults look like the decoder's problems, at the same places."""
    tree, _ = yamltree.read(text.encode(), "x.yaml")
    assert tree is not None

    assert [str(fault) for fault in schema.faults("check", tree, "x.yaml")] == said
