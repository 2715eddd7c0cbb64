"""Files that are written for the user to go on from: all of them or none, and none over another."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from termsgate.cli.exits import Exit, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

TEMPLATES: Final = files("termsgate.data").joinpath("templates")
SCHEMAS: Final = files("termsgate.data").joinpath("schemas")
SCHEMA: Final = ".schema.json"
OUTPUTS: Final = "outputs"
"""The folder of the schemas of what commands print, beside those of files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file to be written: its path below the project, with `/`, and what it holds."""

    path: str
    data: bytes


def filled(text: str, words: Mapping[str, str]) -> str:
    """A template with each `@word@` replaced."""
    for word, meaning in words.items():
        text = text.replace(f"@{word}@", meaning)
    return text


def template(name: str) -> str:
    """The text of a template."""
    return TEMPLATES.joinpath(name).read_text("utf-8")


def schemas() -> dict[str, Traversable]:
    """Every published JSON Schema by its name: of files, and of what commands print."""
    found = (*SCHEMAS.iterdir(), *SCHEMAS.joinpath(OUTPUTS).iterdir())
    named = {each.name.removesuffix(SCHEMA): each for each in found if each.name.endswith(SCHEMA)}
    return dict(sorted(named.items()))


def schema_sheets(folder: str) -> Iterator[Sheet]:
    """The JSON Schemas of files, for the folder in which editors find them."""
    for each in sorted(SCHEMAS.iterdir(), key=lambda found: found.name):
        if each.name.endswith(SCHEMA):
            yield Sheet(path=f"{folder}/{each.name}", data=each.read_bytes())


def below(folder: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    """Every file of a folder of templates, by its path in it."""
    for each in sorted(folder.iterdir(), key=lambda found: found.name):
        if each.name == "__pycache__":
            continue
        if each.is_dir():
            yield from below(each, f"{path}{each.name}/")
        else:
            yield f"{path}{each.name}", each.read_bytes()


# --- what is in the way -------------------------------------------------------------------------


def in_the_way(root: Path, sheets: Iterable[Sheet]) -> Iterator[str]:
    """What is there already where a file is to go, each thing once."""
    seen = set()
    for sheet in sheets:
        found = _obstacle(root, sheet.path)
        if found is not None and found not in seen:
            seen.add(found)
            what = "is there already" if found == root / sheet.path else "is no folder"
            yield f"`{found}` {what}"


def _obstacle(root: Path, path: str) -> Path | None:
    """The file itself, or what stands where one of its folders must be."""
    file = root / path
    if os.path.lexists(file):
        return file
    folders = (each for each in reversed(file.parents) if os.path.lexists(each))
    return next((each for each in folders if not each.is_dir()), None)


def refuse(conflicts: Sequence[str], *advice: str) -> None:
    """Tell all that is in the way at once; nothing has been written."""
    if conflicts:
        lines = (f"  {each}" for each in conflicts)
        raise Refusal(Exit.FELL_SHORT, "termsgate: nothing was written", *lines, *advice)


# --- writing ------------------------------------------------------------------------------------


def write(root: Path, sheets: Iterable[Sheet]) -> list[Path]:
    """Every file is there, or none: what was made before one that fails is taken away again.

    What was made is returned, folders among it, in the order it was made.
    """
    made: list[Path] = []
    try:
        for sheet in sheets:
            _write(root / sheet.path, sheet.data, made)
    except OSError as error:
        take_back(made)
        what = error.filename or root
        raise Refusal(
            Exit.FELL_SHORT,
            "termsgate: nothing was written",
            f"  `{what}` cannot be written: {(error.strerror or 'the disk refuses').lower()}",
        ) from error
    except BaseException:
        take_back(made)
        raise
    return made


def _write(path: Path, data: bytes, made: list[Path]) -> None:
    """Write a file that was not there, and remember it and the folders made for it."""
    missing = [each for each in path.parents if not each.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    made.extend(reversed(missing))
    with path.open("xb") as file:
        made.append(path)
        file.write(data)


def take_back(made: Sequence[Path]) -> None:
    """It is as if they had never been written."""
    for path in reversed(made):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
