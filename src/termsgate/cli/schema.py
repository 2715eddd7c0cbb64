"""`termsgate schema`: the JSON Schemas that editors and other programs check our files with."""

from __future__ import annotations

from difflib import get_close_matches
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from termsgate.cli.exits import Exit, Refusal
from termsgate.cli.scaffold import schema_sheets

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

_SUFFIX: Final = ".schema.json"


def run(asked: argparse.Namespace) -> Exit:
    """Print the schema asked for, or the names there are; or write all of them into a folder."""
    if asked.into is not None:
        return _write(asked.into)
    folder = files("termsgate.data").joinpath("schemas")
    found = (each.name for each in folder.iterdir())
    names = sorted(name.removesuffix(_SUFFIX) for name in found if name.endswith(_SUFFIX))
    if asked.name is None:
        print("\n".join(names))
    elif asked.name in names:
        print(folder.joinpath(f"{asked.name}{_SUFFIX}").read_text("utf-8").rstrip("\n"))
    else:
        raise _unknown(asked.name, names)
    return Exit.NOTHING_TO_SAY


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
