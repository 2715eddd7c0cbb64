"""`termsgate changed`: the vendors whose verdicts the changed files bear on."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from termsgate.cli.exits import Exit, Refusal
from termsgate.cli.project import FOLDERS
from termsgate.reporting.json import answer

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

EVERYONE: Final = "*"
_VENDOR: Final = re.compile(r"[a-z][a-z0-9-]*", re.ASCII)
_SETTINGS: Final = frozenset(
    {"pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg"}
)


def run(asked: argparse.Namespace) -> Exit:
    """Print what `--terms-vendor` is to be; nothing where no verdict can have changed."""
    root = asked.root
    if not any((root / folder).is_dir() for folder in FOLDERS):
        raise Refusal(
            Exit.NOTHING_FOUND,
            f"termsgate: `{root}` holds none of policies/, fixtures/ and checks/",
            "  help: run the command in the folder that does, or name it with `--root`",
        )
    vendors = concerned(asked.files, root)
    if asked.format == "json":
        print(_json(vendors))
    elif vendors:
        print(",".join(sorted(vendors)))
    return Exit.NOTHING_TO_SAY


def _json(vendors: set[str]) -> str:
    everyone = EVERYONE in vendors
    named = [] if everyone else sorted(vendors)
    said = {"everyone": everyone, "vendors": named, "terms-vendor": ",".join(sorted(vendors))}
    return answer("changed", said)


def concerned(files: Iterable[Path], root: Path) -> set[str]:
    """The vendors that the files are about, or everyone where one is about more than a vendor."""
    found = {vendor for file in files if (vendor := _vendor(file, root))}
    return {EVERYONE} if EVERYONE in found else found


def _vendor(file: Path, root: Path) -> str:
    """The vendor in whose folder a file lies.

    Everyone for a policy, a check, the settings of pytest, and a vendor that is there no more:
    what a file of ours bears on is never guessed to be less. No one for a file that is not ours.
    """
    parts = PurePath(os.path.relpath(_absolute(file), _absolute(root))).parts
    match parts:
        case ("fixtures", vendor, _, *_) if _is_here(root, vendor):
            return vendor
        case (folder, *_) if folder in FOLDERS:
            return EVERYONE
        case (name,) if name in _SETTINGS or name == "conftest.py":
            return EVERYONE
        case _:
            return ""


def _is_here(root: Path, vendor: str) -> bool:
    return (
        bool(_VENDOR.fullmatch(vendor)) and (root / "fixtures" / vendor / "vendor.yaml").is_file()
    )


def _absolute(path: Path) -> str:
    """The path without `..`; a file that was deleted has no other."""
    return os.path.abspath(path)  # noqa: PTH100 - `resolve` would follow a link out of the project
