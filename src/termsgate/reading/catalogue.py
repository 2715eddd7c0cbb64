"""The names in a project, for whoever is typing one: read fast, and judged by nobody.

A file that is wrong names what it can, or nothing; `store` is where problems are told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termsgate.reading import yamltree
from termsgate.reading.folders import CHECKS, FIXTURES, POLICIES, VENDOR, VOCABULARY
from termsgate.reading.packs import PACK, pack_files
from termsgate.reading.yamltree import Items, Scalar, Table, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from termsgate.reading.yamltree import Node

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def vendors(root: Path) -> list[str]:
    """The ids of the vendors."""
    return sorted(each.parent.name for each in (root / FIXTURES).glob(f"*/{VENDOR}"))


def documents(root: Path, vendor: str) -> list[str]:
    """The ids of a vendor's documents."""
    return sorted(_ids(_value(root / FIXTURES / vendor / VENDOR, "documents")))


def days(root: Path, vendor: str) -> list[str]:
    """The days on which versions of a vendor's documents take effect."""
    files = (root / FIXTURES / vendor).glob("*/*.yaml") if vendor else ()
    return sorted({each.stem for each in files if _DAY.fullmatch(each.stem)})


def checks(root: Path) -> list[str]:
    """The ids of the checks."""
    return sorted(each.stem for each in (root / CHECKS).glob("*.yaml"))


def requirements(root: Path) -> list[str]:
    """The ids of the requirements, those of built-in packs that a check names among them."""
    own = [each for each in (root / POLICIES).glob("*.yaml") if each.name != VOCABULARY]
    return sorted(
        f"{file.stem}.{name}"
        for file in (*own, *_packs(root))
        for name in _ids(_value(file, "requirements"))
    )


def _packs(root: Path) -> Iterator[Path]:
    """The files of the built-in packs that checks name."""
    lists = (_value(file, "policies") for file in (root / CHECKS).glob("*.yaml"))
    named = {plain(each) for found in lists if isinstance(found, Items) for each in found.items}
    return (file for name, file in pack_files().items() if f"{PACK}{name}" in named)


def _value(file: Path, key: str) -> Node | None:
    """What stands under a key of a file; nothing where there is no such file, or it is none."""
    try:
        tree, _ = yamltree.read(file.read_bytes(), file.name)
    except OSError:
        return None
    entry = tree.entries.get(key) if isinstance(tree, Table) else None
    return entry.value if entry else None


def _ids(found: Node | None) -> Iterator[str]:
    """The ids of a list of things that have one."""
    for each in found.items if isinstance(found, Items) else ():
        named = each.entries.get("id") if isinstance(each, Table) else None
        if named and isinstance(named.value, Scalar):
            yield named.value.text
