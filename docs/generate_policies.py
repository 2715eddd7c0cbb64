"""docs/policies is written from the policies: one page a requirement, and an index."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from termsgate.reading.store import load
from termsgate.reading.yamltree import Items, Table, plain, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termsgate.core.model import Example, Policy, Requirement

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "policies"
VOCABULARY = ROOT / "src" / "termsgate" / "data" / "vocabulary.yaml"

RULE = (
    "forbid",
    "require",
    "all",
    "any",
    "without",
    "consent-from",
    "when-stated",
    "in",
    "stating",
    "applies",
    "evidence",
)
"""The keys that say what is required, without what we do about it."""

SHOWN = ("met", "violated")
"""An example of each of these is shown whole; the others by name."""

NOTICE = "<!-- Written by docs/generate_policies.py: edit policies/{policy}.yaml instead. -->"

INDEX = """\
# What we require

<!-- Written by docs/generate_policies.py: edit the files in policies/ instead. -->

The requirements of this repository, one page each. They are also the packs that come with the
tool: another project uses one with `policies: [termsgate:ai-training]`. A breach of a `must` fails
the run, of a `should` warns, of a `may` informs ([verdicts](../verdicts.md)).
"""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A policy as it was read, with the lines it is written in."""

    policy: Policy
    lines: tuple[str, ...]
    tables: Mapping[str, Table]

    def excerpt(self, table: Table, keys: Sequence[str]) -> str:
        """The lines in which some keys of a table are written."""
        starts = sorted(entry.line for entry in table.entries.values())
        parts = [self._lines(table, key, starts) for key in keys if key in table.entries]
        return "".join(f"{part}\n" for part in parts)

    def _lines(self, table: Table, key: str, starts: Sequence[int]) -> str:
        """A key from its line to the line before the next key, as deep as the file has it."""
        entry = table.entries[key]
        following = [line for line in starts if line > entry.line]
        end = following[0] - 1 if following else _last_line(entry.value)
        first = " " * (entry.column - 1) + self.lines[entry.line - 1][entry.column - 1 :]
        return textwrap.dedent("\n".join([first, *self.lines[entry.line : end]])).rstrip()


def _last_line(node: object) -> int:
    """The last line that a value stands on."""
    match node:
        case Table(entries=entries):
            return max(_last_line(entry.value) for entry in entries.values())
        case Items(items=items):
            return max(map(_last_line, items))
        case _:
            return int(getattr(node, "line", 0))


def sources(root: Path = ROOT) -> Iterator[Source]:
    """Every policy of a project, in the order of the files."""
    loaded = load(root)
    if loaded.project is None:
        raise SystemExit("\n".join(map(str, loaded.problems)))
    for policy in loaded.project.policies:
        data = (root / policy.place.path).read_bytes()
        node, _ = read(data, policy.place.path)
        yield Source(
            policy=policy,
            lines=tuple(data.decode().splitlines()),
            tables=_by_id(node, policy.id),
        )


def _by_id(node: object, policy: str) -> dict[str, Table]:
    """The table of each requirement, by its whole id."""
    tables = {}
    if isinstance(node, Table):
        for each in _tables(node, "requirements"):
            tables[f"{policy}.{plain(each.entries['id'].value)}"] = each
    return tables


def _tables(table: Table, key: str) -> list[Table]:
    """The list of tables that stands at a key."""
    value = table.entries[key].value if key in table.entries else None
    items = value.items if isinstance(value, Items) else ()
    return [each for each in items if isinstance(each, Table)]


# --- a requirement ------------------------------------------------------------------------------


def page(source: Source, requirement: Requirement) -> str:
    """The page of a requirement."""
    table = source.tables[requirement.id]
    return "\n".join(
        [
            f"# {requirement.title}\n",
            f"{NOTICE.format(policy=requirement.policy)}\n",
            _gate(requirement),
            *_said("Why", requirement.why),
            f"## The rule\n\n{_yaml(source.excerpt(table, RULE))}",
            _glossary(table),
            *_said("What to ask the vendor for", requirement.ask),
            *_examples(source, table, requirement.examples),
            *_references(requirement),
            f"[All requirements](../index.md) · [the file](../../../{requirement.place.path})\n",
        ]
    )


def _gate(requirement: Requirement) -> str:
    """What a breach, silence and doubt weigh."""
    found = {
        "a breach": _BREACH[requirement.level],
        "silence": requirement.when_silent,
        "doubt": requirement.when_unclear,
    }
    weighed = (
        f"{said}: {', '.join(name for name, reaction in found.items() if reaction == word)}."
        for word, said in _SAID.items()
        if word in found.values()
    )
    return (
        f"`{requirement.id}` · {requirement.level} · severity {requirement.severity}\n\n"
        f"{' '.join(weighed)} ([How a level weighs](../../gate.md#levels-silence-and-doubt))\n"
    )


_BREACH = {"must": "fail", "should": "warn", "may": "pass"}
_SAID = {"fail": "Fails the run", "warn": "Warns", "pass": "Is reported only"}


# --- the words of a rule ------------------------------------------------------------------------


_VOCABULARY = yaml.safe_load(VOCABULARY.read_text(encoding="utf-8"))
_KEYS = {"except-ok": "exceptions", "fact": "facts"} | {
    axis: axis for axis in ("action", "data", "by", "state")
}
"""What a key of a rule takes words of."""


def _glossary(table: Table) -> str:
    """What the words of a rule mean, in the order in which they stand in it."""
    rule = {key: plain(table.entries[key].value) for key in RULE if key in table.entries}
    lines = (f"- `{word}`: {_meaning(kind, word)}\n" for kind, word in dict.fromkeys(_words(rule)))
    return f"In words of the [vocabulary](../../vocabulary.md):\n\n{''.join(lines)}"


def _words(node: object, kind: str = "") -> Iterator[tuple[str, str]]:
    """The words in a part of a rule, each with the part of the vocabulary that it is from."""
    match node:
        case dict():
            for key, value in node.items():
                yield from _words(value, _KEYS.get(key, ""))
        case list():
            for each in node:
                yield from _words(each, kind)
        case str() if kind:
            yield kind, node


def _meaning(kind: str, word: str) -> str:
    """What the vocabulary says a word means, also under another spelling; or the group it names."""
    terms = _VOCABULARY[kind]
    found = (term["is"] for name, term in terms.items() if word in (name, *term.get("also", ())))
    group = any(name.startswith(f"{word}.") for name in terms)
    return str(next(found, f"any of the facts `{word}.…`" if group else None) or _unknown(word))


def _unknown(word: str) -> str:
    raise SystemExit(f"`{word}` is no word of {VOCABULARY.relative_to(ROOT)}")


def _said(heading: str, text: str) -> Iterator[str]:
    if text:
        yield f"## {heading}\n\n{text}\n"


def _yaml(text: str) -> str:
    return f"```yaml\n{text}```\n"


def _examples(source: Source, table: Table, examples: Sequence[Example]) -> Iterator[str]:
    """The first example of each kind that is shown whole, then the names of the others."""
    if not examples:
        return
    yield "## Examples\n"
    tables = dict(zip(examples, _tables(table, "examples"), strict=True))
    shown = [one for word in SHOWN if (one := _first(examples, word)) is not None]
    for example in shown:
        keys = [key for key in tables[example].entries if key not in ("name", "verdict")]
        yield f"**{example.verdict}**: {example.name}\n"
        yield _yaml(source.excerpt(tables[example], keys))
    rest = [example for example in examples if example not in shown]
    yield "".join(f"- {example.verdict}: {example.name}\n" for example in rest)


def _first(examples: Iterable[Example], verdict: str) -> Example | None:
    return next((each for each in examples if each.verdict == verdict), None)


def _references(requirement: Requirement) -> Iterator[str]:
    if requirement.references:
        lines = (
            f"- [{each.title}]({each.url})\n" if each.url else f"- {each.title}\n"
            for each in requirement.references
        )
        yield f"## References\n\n{''.join(lines)}"


# --- the index ----------------------------------------------------------------------------------


def index(policies: Iterable[Policy]) -> str:
    """The page that names every requirement."""
    return "\n".join([INDEX, *map(_section, policies)])


def _section(policy: Policy) -> str:
    rows = "".join(
        f"| [{one.id.partition('.')[2]}]({path_of(one)}) | {_cell(one.title)} | {one.level} | "
        f"{one.severity} |\n"
        for one in policy.requirements
    )
    head = "| requirement | what it requires | level | severity |\n| --- | --- | --- | --- |\n"
    return f"## {policy.title} (`{policy.id}`)\n\n{head}{rows}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def path_of(requirement: Requirement) -> str:
    """Where the page of a requirement lies below the folder of pages: its id as a path."""
    return f"{requirement.id.replace('.', '/', 1)}.md"


def written(root: Path = ROOT) -> dict[str, str]:
    """Every page as the policies have it now, by its path below the folder of pages."""
    found = list(sources(root))
    pages = {path_of(one): page(each, one) for each in found for one in each.policy.requirements}
    return {"index.md": index(each.policy for each in found), **pages}


def _write(pages: Mapping[str, str]) -> None:
    for old in FOLDER.rglob("*.md"):
        if old.relative_to(FOLDER).as_posix() not in pages:
            old.unlink()
    for path, text in pages.items():
        (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _write(written())
    print(f"written: {FOLDER.relative_to(ROOT)}")
