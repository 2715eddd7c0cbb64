"""The built-in packs: the repository's own policies, which the wheel ships."""

from __future__ import annotations

from pathlib import Path
from typing import Final

PACK: Final = "termsgate:"
"""What the name of a built-in pack starts with."""


def builtin_packs() -> tuple[str, ...]:
    """The names of the policies that come with the package."""
    return tuple(sorted(pack_files()))


def pack_files() -> dict[str, Path]:
    """Their files: in the wheel beside the data, in a checkout the repository's own policies."""
    data = data_folder()
    shipped, own = data / "packs", data.parents[2] / "policies"
    folder = shipped if shipped.is_dir() else own
    found = sorted(folder.glob("*.yaml"))
    return {file.stem: file for file in found if file.stem != "vocabulary"}


def data_folder() -> Path:
    """Where the package keeps what is no code."""
    return Path(__file__).parents[1] / "data"
