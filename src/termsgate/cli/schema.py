"""`termsgate schema`: the JSON Schemas that editors and other programs check our files with."""

from __future__ import annotations

from difflib import get_close_matches
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from termsgate.cli.exits import Exit, Refusal

if TYPE_CHECKING:
    import argparse

_SUFFIX: Final = ".schema.json"


def run(asked: argparse.Namespace) -> Exit:
    """Print the schema asked for, or the names there are."""
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


def _unknown(name: str, names: list[str]) -> Refusal:
    near = get_close_matches(name, names, n=1)
    hint = f"the nearest is `{near[0]}`" if near else f"there are: {', '.join(names)}"
    return Refusal(
        Exit.NOTHING_FOUND,
        f"termsgate: there is no schema called `{name}`",
        f"  help: {hint}",
    )
