"""The example projects, and how a wrong one is laid over the sound base."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

EXAMPLES: Final = Path(__file__).parent.parent / "examples"
BASE: Final = EXAMPLES / "base"
POSITIVE: Final = sorted(folder for folder in (EXAMPLES / "positive").iterdir())
NEGATIVE: Final = sorted(folder for folder in (EXAMPLES / "negative").iterdir())
_NOTES: Final = ("expected.txt", "removed.txt")


def expected(folder: Path) -> str:
    """Every problem the project must give, word for word."""
    file = folder / "expected.txt"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def laid_over_base(folder: Path, to: Path) -> Path:
    """The base with the files of the folder added, and those it names taken away."""
    shutil.copytree(BASE, to)
    shutil.copytree(folder, to, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_NOTES))
    removed = folder / "removed.txt"
    for name in removed.read_text(encoding="utf-8").split() if removed.exists() else ():
        (to / name).unlink()
    _drop_empty_folders(to)
    return to


def _drop_empty_folders(root: Path) -> None:
    for folder in sorted((path for path in root.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def kind_of(file: Path) -> str:
    """Which schema a file of a project is judged by."""
    if file.name in {"vendor.yaml", "vocabulary.yaml"}:
        return file.stem
    return {"policies": "policy", "checks": "check"}.get(file.parent.name, "version")
