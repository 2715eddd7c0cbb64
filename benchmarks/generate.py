"""A whole project is written: vendors x requirements, a tenth of the verdicts violated.

    python -m benchmarks.generate FOLDER --vendors 100 --requirements 20

The same numbers give the same bytes. Every vendor has about twelve clauses in two or three
documents; which of its verdicts are violated is settled by `benchmarks.vendors.style` alone.
"""

from __future__ import annotations

import argparse
import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.demands import policies, topics
from benchmarks.vendors import style, vendor, versions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ON: Final = "2024-06-01"
"""The day the generated check asks about."""

_PLAIN: Final = re.compile(r"[A-Za-z][\w ./-]*|\d+ [a-z]+|\d{4}-\d{2}-\d{2}", re.ASCII)


def files(vendors: int, requirements: int, *, texts: bool = False) -> Iterator[tuple[str, str]]:
    """Every file of the project: its path and its text.

    With `texts`, each version has a captured text beside it that holds its quotes.
    """
    yield "pytest.ini", "[pytest]\nterms_root = .\ntestpaths = policies fixtures checks\n"
    for name, policy in policies(requirements).items():
        yield f"policies/{name}.yaml", written(policy)
    yield "checks/everything.yaml", written(CHECK)
    for number in range(vendors):
        how = style(number)
        folder = f"fixtures/{how.id}"
        yield f"{folder}/vendor.yaml", written(vendor(how))
        for version in versions(how):
            path = f"{folder}/{version['document']}/{version['effective']}"
            if texts:
                text = captured(version)
                digest = sha256(text.encode()).hexdigest()
                snapshot = {"file": f"{version['effective']}.md", "sha256": digest}
                version["source"] = version["source"] | {"snapshot": snapshot}
                yield f"{path}.md", text
            yield f"{path}.yaml", written(version)


CHECK: Final[dict[str, Any]] = {
    "check": "everything",
    "title": "Every vendor, every policy",
    "owner": "procurement@example.org",
    "vendors": ["*"],
    "policies": ["*"],
    "as-of": ON,
    "context": {"plan": "business"},
}


def violated(vendors: int, requirements: int) -> frozenset[tuple[str, str]]:
    """The verdicts that are meant to be violated, by vendor and `policy.requirement`."""
    broken = topics(requirements).items()
    styles = (style(number) for number in range(vendors))
    return frozenset(
        (how.id, name) for how in styles for name, topic in broken if topic in how.fails
    )


def write(folder: Path, vendors: int, requirements: int, *, texts: bool = False) -> None:
    """Write the project into a folder."""
    for path, text in files(vendors, requirements, texts=texts):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def captured(version: Mapping[str, Any]) -> str:
    """A text that a version could have been read from: one paragraph a clause."""
    head = f"# {version['document']}\n\n"
    filler = "The words around a clause are many, and few of them settle anything. " * 12
    return head + "\n\n".join(
        f"{clause['section']} {filler.strip()} As to this, {clause['quote']}. {filler.strip()}"
        for clause in version["clauses"]
    )


# --- YAML as people write it: keys in lines, what they hold in one line ---------------------------


def written(page: Mapping[str, Any]) -> str:
    """A file's text: a line for every key, and for every key of the things it lists."""
    return "".join(f"{line}\n" for key, value in page.items() for line in _lines(key, value))


def _lines(key: str, value: object) -> Iterator[str]:
    if not (isinstance(value, list) and value and isinstance(value[0], dict)):
        yield f"{key}: {_flow(value)}"
        return
    yield f"{key}:"
    for each in value:
        lead = "  - "
        for name, held in each.items():
            yield f"{lead}{name}: {_flow(held)}"
            lead = "    "


def _flow(value: object) -> str:
    """A value in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return text if _PLAIN.fullmatch(text) else f'"{text}"'


def main() -> None:
    """Write a project where the command line says."""
    parser = argparse.ArgumentParser(description="write a project of generated vendors")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--vendors", type=int, default=100)
    parser.add_argument("--requirements", type=int, default=20)
    parser.add_argument("--texts", action="store_true", help="write captured texts too")
    asked = parser.parse_args()
    write(asked.folder, asked.vendors, asked.requirements, texts=asked.texts)


if __name__ == "__main__":
    main()
