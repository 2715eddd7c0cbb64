"""`termsgate schema`: the JSON Schemas that editors and other programs check our files with."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING

from termsgate.cli.exits import Exit, Refusal
from termsgate.cli.scaffold import schema_sheets, schemas
from termsgate.cli.terminal import look
from termsgate.reporting.folding import folded

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path


def run(asked: argparse.Namespace) -> Exit:
    """Print the schema asked for, or the names there are; or write all of them into a folder."""
    if asked.into is not None:
        return _write(asked.into)
    found = schemas()
    if asked.name is None:
        print("\n".join(_listed(found)))
    elif asked.name in found:
        print(found[asked.name].read_text("utf-8").rstrip("\n"))
    else:
        raise _unknown(asked.name, list(found))
    return Exit.NOTHING_TO_SAY


def _listed(found: Mapping[str, Traversable]) -> Iterator[str]:
    """The names; to a person also what each is about."""
    wanted = look()
    if wanted.screen is None:
        yield from found
        return
    size = max(map(len, found))
    for name, file in found.items():
        about = json.loads(file.read_text("utf-8"))["description"]
        first, *rest = folded(about, wanted.width, " " * (size + 2), " " * (size + 2))
        yield f"{wanted.paint(name, 'strong')}{first[len(name) :]}"
        yield from rest


def _write(folder: Path) -> Exit:
    """The copies that editors read are those of this release: older ones are replaced."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for sheet in schema_sheets(""):
            (folder / sheet.path.lstrip("/")).write_bytes(sheet.data)
    except OSError as error:
        message = f"termsgate: `{error.filename or folder}` cannot be written: {error.strerror}"
        raise Refusal(Exit.FELL_SHORT, message) from error
    return Exit.NOTHING_TO_SAY


def _unknown(name: str, names: list[str]) -> Refusal:
    near = get_close_matches(name, names, n=1)
    hint = f"the nearest is `{near[0]}`" if near else f"there are: {', '.join(names)}"
    return Refusal(
        Exit.NOTHING_FOUND,
        f"termsgate: there is no schema called `{name}`",
        f"  help: {hint}",
    )
