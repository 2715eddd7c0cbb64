"""`termsgate init`: a project that runs at once."""

from __future__ import annotations

import hashlib
import json
import shlex
import sys
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from termsgate import __version__
from termsgate.cli.exits import Exit, Refusal
from termsgate.cli.scaffold import (
    TEMPLATES,
    Sheet,
    below,
    filled,
    in_the_way,
    refuse,
    schema_sheets,
    write,
)
from termsgate.cli.terminal import told
from termsgate.reading.packs import builtin_packs
from termsgate.reporting.json import answer

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

_OURS: Final = ("policies", "fixtures", "checks")
_HIDDEN: Final = "dot-"
"""What the name of a template begins with whose file begins with a dot.

A `.gitignore` among the templates would be obeyed in our own repository.
"""
_SCHEMAS: Final = ".termsgate/schemas"

_OPEN: Final = "ai-training.derived-data"
"""A requirement whose verdict on the example has a question to it."""

_OWN: Final = "our-own.recordings-are-deleted"

_WHAT: Final = {
    "checks": "which vendors, for which use, under which policies; and a check in Python",
    "fixtures": "what a vendor's terms say, with the text they are quoted from",
    "policies": "what you require beyond the built-in packs",
    "tox.ini": "the settings of pytest and tox",
    ".github": "judges on every change and every day",
    ".gitignore": "what a run writes stays out of git",
    ".termsgate": "the JSON Schemas of the files, for editors",
    ".vscode": "binds them in VS Code",
}


def run(asked: argparse.Namespace) -> Exit:
    """Write a project into a folder, or nothing where anything is in the way."""
    folder: Path = asked.folder
    packs = _packs(asked.pack)
    sheets = tuple(_sheets(packs, _owner(asked.owner)))
    projects = [folder / name for name in _OURS if _holds_files(folder / name)]
    others = (each for each in sheets if not _lies_in(folder / each.path, projects))
    held = (f"`{each}` holds files of a project already" for each in projects)
    refuse([*held, *in_the_way(folder, others), *_rivals(folder)], _elsewhere(folder, projects))
    asks = asked.format == "text" and not asked.yes
    if asks and not _agreed(folder, len(sheets)):
        raise Refusal(Exit.FELL_SHORT, "termsgate: nothing was written")
    write(folder, sheets)
    print(
        _json(folder, sheets, packs)
        if asked.format == "json"
        else told(_told(folder, sheets, packs))
    )
    return Exit.NOTHING_TO_SAY


def _packs(asked: Sequence[str] | None) -> tuple[str, ...]:
    """The built-in packs asked for, each once; all that are not there are told at once."""
    known = builtin_packs()
    wanted = dict.fromkeys(each.removeprefix("termsgate:") for each in asked or ["ai-training"])
    lines = [line for each in wanted if each not in known for line in _unknown(each, known)]
    if lines:
        raise Refusal(Exit.NOTHING_FOUND, *lines)
    return tuple(wanted)


def _unknown(name: str, known: Sequence[str]) -> tuple[str, str]:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"the nearest is `{near[0]}`; " if near else ""
    return (
        f"termsgate: there is no built-in pack called `{name}`",
        f"  help: {hint}there are: {', '.join(known)}",
    )


def _owner(text: str) -> str:
    """Who owns the policy and the check, as YAML writes it."""
    if not text.strip() or not text.isprintable():
        raise Refusal(Exit.USAGE, "termsgate: `--owner` names nobody", "  help: give an address")
    return json.dumps(text.strip(), ensure_ascii=False)


def _sheets(packs: Sequence[str], owner: str) -> Iterator[Sheet]:
    """Every file of the project."""
    found = dict(below(TEMPLATES.joinpath("project")))
    words = {
        "owner": owner,
        "packs": "\n".join(f"  - termsgate:{each}" for each in packs),
        "version": __version__,
    }
    for path, data in found.items():
        text = PurePosixPath(path).with_suffix(".md").as_posix()
        digest = hashlib.sha256(found.get(text, b"")).hexdigest()
        made = filled(data.decode("utf-8"), {**words, "sha256": digest})
        yield Sheet(path=_named(path), data=made.encode("utf-8"))
    yield from schema_sheets(_SCHEMAS)


def _named(path: str) -> str:
    first, slash, rest = path.partition("/")
    return f"{first.replace(_HIDDEN, '.', 1) if first.startswith(_HIDDEN) else first}{slash}{rest}"


# --- what is in the way -------------------------------------------------------------------------


def _holds_files(folder: Path) -> bool:
    """What lies there would be judged together with ours."""
    return folder.is_dir() and any(folder.iterdir())


def _lies_in(file: Path, folders: Sequence[Path]) -> bool:
    return any(each in file.parents for each in folders)


def _rivals(folder: Path) -> Iterator[str]:
    """Settings that pytest reads before ours, so that the project would not run."""
    for name in ("pytest.ini", ".pytest.ini", "pyproject.toml"):
        if _sets_pytest(folder / name):
            yield f"`{folder / name}` sets pytest, which would not look into `tox.ini`"


def _sets_pytest(path: Path) -> bool:
    if path.name != "pyproject.toml":
        return path.is_file()
    try:
        return "[tool.pytest" in path.read_text("utf-8", errors="replace")
    except OSError:
        return False


def _elsewhere(folder: Path, projects: Sequence[Path]) -> str:
    there = next(each for each in (folder, *folder.parents, Path()) if each.is_dir())
    own = f"start in a folder of its own: `termsgate init {shlex.quote(str(there / 'terms'))}`"
    more = "; to add to what is there: `termsgate new`" if projects else ""
    return f"  help: {own}{more}"


def _agreed(folder: Path, number: int) -> bool:
    """Ask only a person, and only where there is something beside which it would lie."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return True
    if not folder.is_dir() or not any(each.name != ".git" for each in folder.iterdir()):
        return True
    question = f"`{folder}` is not empty. Write {number} files beside what is there? [Y/n] "
    try:
        return input(question).strip().lower() in {"", "y", "yes"}
    except EOFError:
        return False


# --- what is told -------------------------------------------------------------------------------


def _json(folder: Path, sheets: Sequence[Sheet], packs: Sequence[str]) -> str:
    said = {
        "written": [each.path for each in sheets],
        "edited": [],
        "to-do": [],
        "quotes": None,
        "next": [command for command, _ in _next(folder, packs)],
    }
    return answer("written", said)


def _told(folder: Path, sheets: Sequence[Sheet], packs: Sequence[str]) -> Iterator[str]:
    where = "here" if folder == Path() else f"into `{folder}`"
    yield f"wrote {len(sheets)} files {where}:"
    found = {each.path.partition("/")[0] for each in sheets}
    tops = sorted(found, key=lambda name: (name.startswith("."), name))
    for name in tops:
        folds = "/" if any(each.path.startswith(f"{name}/") for each in sheets) else ""
        yield f"  {name + folds:<14}{_WHAT[name]}"
    noun = "pack" if len(packs) == 1 else "packs"
    yield f"judged by the built-in {noun} {', '.join(packs)}, and by your own policy"
    yield "next:"
    yield from (f"  {command:<39}{what}".rstrip() for command, what in _next(folder, packs))
    yield from _moved(folder)


def _next(folder: Path, packs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The commands to go on with, and what each does."""
    if folder != Path():
        yield f"cd {shlex.quote(str(folder))}", ""
    yield "pytest", "judge, then open reports/report.html"
    yield "pytest --terms-as-of 2024-06-01", "the example's earlier terms: red, and why"
    asked = _OPEN if _OPEN.partition(".")[0] in packs else _OWN
    yield f"termsgate explain everyday example-calls {asked}", ""
    yield "termsgate new vendor NAME", "a vendor of your own"


def _moved(folder: Path) -> Iterator[str]:
    """GitHub looks for workflows at the root of a repository only."""
    here = folder.resolve()
    root = next((each for each in (here, *here.parents) if (each / ".git").exists()), here)
    if root != here:
        inside = here.relative_to(root).as_posix()
        yield "note: GitHub reads workflows at the root of a repository only:"
        yield f"  move `.github/workflows/terms.yml` to `{root}`, and set `ROOT: {inside}` in it"
