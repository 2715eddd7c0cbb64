"""The tables of docs/files.md are written from the JSON Schemas; run this after every change."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "src" / "termsgate" / "data" / "schemas"
PAGE = ROOT / "docs" / "files.md"
KINDS = ("policy", "vendor", "version", "check", "vocabulary")
PARTS = "parts"
"""The block of what several kinds of files share."""

Schema: TypeAlias = Mapping[str, Any]

BLOCK = re.compile(r"(<!-- keys: ([a-z]+) -->\n).*?(<!-- end of keys -->)", re.DOTALL)


def schemas() -> dict[str, Schema]:
    """The published schema of each kind of file."""
    return {
        kind: json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
        for kind in KINDS
    }


def written(page: str) -> str:
    """The page with every table as the schemas have it now."""
    blocks = tables(schemas())
    return BLOCK.sub(lambda found: f"{found[1]}\n{blocks[found[2]]}\n{found[3]}", page)


def tables(found: Mapping[str, Schema]) -> dict[str, str]:
    """The tables of each block, by its name."""
    owners = _owners(found)
    definitions = dict(chain.from_iterable(schema["$defs"].items() for schema in found.values()))
    made = {kind: [_keys(schema)] for kind, schema in found.items()}
    made[PARTS] = [_values(definitions)]
    for name, definition in sorted(definitions.items()):
        if _has_keys(definition):
            owner = owners[name] if len(owners[name]) == 1 else [PARTS]
            made[owner[0]].append(_part(name, definition))
    return {kind: "\n".join(texts) for kind, texts in made.items()}


def _owners(found: Mapping[str, Schema]) -> dict[str, list[str]]:
    """Which kinds of files use each definition."""
    owners: dict[str, list[str]] = {}
    for kind, schema in found.items():
        for name in schema["$defs"]:
            owners.setdefault(name, []).append(kind)
    return owners


# --- tables -------------------------------------------------------------------------------------


def _keys(schema: Schema) -> str:
    return _table(["key", "what it says", "takes", "needed"], _rows(schema))


def _part(name: str, definition: Schema) -> str:
    return f"#### {name}\n\n{definition['description']}\n\n{_keys(definition)}"


def _values(definitions: Mapping[str, Schema]) -> str:
    """Definitions without keys of their own: one row each."""
    plain = {name: one for name, one in definitions.items() if not _has_keys(one)}
    rows = ([name, one["description"], _takes(one)] for name, one in sorted(plain.items()))
    return f"#### values\n\n{_table(['value', 'what it is', 'takes'], rows)}"


def _rows(schema: Schema, above: str = "") -> Iterator[list[str]]:
    """A row for each key, and below it one for each key inside it that has no name elsewhere.

    Where keys beside one another hold the same, only the first is told in full.
    """
    needed = _needed(schema)
    told: list[tuple[str, Schema]] = []
    for key, value in _properties(schema).items():
        inner = _properties(value)
        like = next((name for name, same in told if inner and same == inner), "")
        takes = f"the same keys as `{above}{like}`" if like else _takes(value)
        yield [f"`{above}{key}`", value.get("description", ""), takes, needed.get(key, "")]
        if not like and set(inner) != {"not"}:
            told.append((key, inner))
            yield from _rows(value, f"{above}{key}.")


def _needed(schema: Schema) -> dict[str, str]:
    """What is said of each key that cannot simply be left out."""
    said = {}
    for part in _objects(schema):
        if "additionalProperties" in part:
            said.update(dict.fromkeys(part.get("required", ()), "yes"))
            said.update(_one_of(part))
            for key, others in part.get("dependentRequired", {}).items():
                said.update({other: f"with `{key}`" for other in others if other not in said})
    return said


def _one_of(part: Schema) -> dict[str, str]:
    """Keys of which a file has exactly one, or at least one."""
    said = {}
    for word, text in (("oneOf", "one of these"), ("anyOf", "one or more of these")):
        branches = part.get(word, ())
        keys = [key for branch in branches for key in branch.get("required", ())]
        if all(set(branch) <= {"required"} for branch in branches):
            said.update(dict.fromkeys(keys, text))
    return said


def _properties(schema: Schema) -> dict[str, Schema]:
    """The keys of all forms; one that a form only rules out is told where another allows it."""
    pairs = chain.from_iterable(part["properties"].items() for part in _objects(schema))
    return {key: value for key, value in pairs if isinstance(value, dict)}


def _objects(schema: Schema) -> Iterator[Schema]:
    """The sets of keys written out in a schema, in all its forms."""
    if "properties" in schema:
        yield schema
    forms = [*schema.get("anyOf", ()), *(schema[word] for word in _INSIDE if word in schema)]
    for form in forms:
        if isinstance(form, dict) and form.get("type", "object") in ("object", "array"):
            yield from _objects(form)


_INSIDE = ("items", "additionalProperties", "then", "else")


def _has_keys(definition: Schema) -> bool:
    return any(True for _ in _objects(definition))


# --- what a key takes ---------------------------------------------------------------------------


def _takes(schema: Schema) -> str:
    """In words, what may stand at a key; names of parts and values are links."""
    if "$ref" in schema:
        return _link(schema["$ref"].rpartition("/")[2])
    if "enum" in schema or "const" in schema:
        return _listed(schema.get("enum") or [schema["const"]])
    if branches := _choices(schema):
        return _one_or_list(branches) or " or ".join(dict.fromkeys(map(_takes, branches)))
    return _typed(schema)


def _link(name: str) -> str:
    return f"[{name}](#{name if name in _WITH_KEYS else 'values'})"


def _choices(schema: Schema) -> Sequence[Schema]:
    """The forms to choose from, where they are more than rules about keys."""
    branches = schema.get("anyOf", ())
    return [each for each in branches if set(each) - {"required", "format"}]


def _one_or_list(branches: Sequence[Schema]) -> str:
    """`X or a list of X`, said once; `not` takes what stands before it."""
    *one, last = [each for each in branches if set(_properties(each)) != {"not"}]
    if last.get("type") != "array":
        return ""
    text = " or ".join(dict.fromkeys(map(_takes, one)))
    negated = ", or `{not: ...}`" if len(one) + 1 < len(branches) else ""
    return f"{text}; one or a list{negated}"


def _typed(schema: Schema) -> str:
    match schema.get("type"):
        case "array":
            return f"list of {_takes(schema['items'])}"
        case "boolean":
            return _listed([True, False])
        case "object":
            return _keyed(schema)
        case "integer":
            return "a whole number"
        case ["string", "number"]:
            return "text or a number"
        case _:
            return "text"


def _keyed(schema: Schema) -> str:
    if set(_properties(schema)) == {"not"}:
        return "`{not: ...}`"
    inner = schema.get("additionalProperties")
    if not isinstance(inner, dict):
        return "these keys"
    if "else" in inner:
        return f"names, each with {_takes(inner['else'])} or these keys"
    return f"names, each with {_takes(inner)}"


def _listed(words: Iterable[object]) -> str:
    return ", ".join(f"`{str(word).lower() if isinstance(word, bool) else word}`" for word in words)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(map(_cell, line)) + " |\n" for line in lines)


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("|", "\\|").replace("<", "&lt;"))


_WITH_KEYS = frozenset(
    name
    for schema in schemas().values()
    for name, definition in schema["$defs"].items()
    if _has_keys(definition)
)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"written: {PAGE.relative_to(ROOT)}")
