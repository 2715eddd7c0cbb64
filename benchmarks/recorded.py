"""A made-up archive: many recorded versions of one document, 100 kB, 40 quotes, noise and edits."""

from __future__ import annotations

import os
import random
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

COLLECTION: Final = "example/recorded-versions"
PATH: Final = "Harbour/Terms of Service.md"
SIZE: Final = 100_000
QUOTES: Final = 40

_WHO: Final = ("Harbour", "The customer", "Each end user", "An affiliate of Harbour", "The host")
_MAY: Final = ("may", "will", "shall not", "agrees to", "is entitled to", "undertakes to")
_DO: Final = (
    "store", "disclose", "delete", "review", "publish", "assign", "retain", "transmit", "export",
    "suspend", "inspect", "restore", "translate", "record", "aggregate",
)  # fmt: skip
_WHAT: Final = (
    "the recordings of a call", "account details", "the content of a room", "diagnostic data",
    "payment records", "messages between participants", "transcripts", "support tickets",
)  # fmt: skip
_WHEN: Final = (
    "within thirty days of a written request", "where the law so requires",
    "for as long as the subscription lasts", "unless the customer objects in writing",
    "in the course of providing the services", "after notice by electronic mail",
    "to the extent that the order form allows it", "in the region that was chosen",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A project with one fixture, and the folder of archives that holds its text."""

    project: Path
    archives: Path
    commits: tuple[str, ...]


def make(folder: Path, versions: int, seed: int = 4711) -> Made:
    """Make the project and record so many versions after the fixture's."""
    draw = random.Random(seed)
    sentences = _sentences(draw)
    texts = [_page(sentences, 0)]
    for number in range(1, versions + 1):
        sentences = _edited(sentences, number, draw)
        texts.append(_page(sentences, number))
    archives = folder / "archives"
    commits = _record(archives / "recorded-versions", texts)
    project = folder / "project"
    _write_project(project, _quotes(_sentences(random.Random(seed))), commits[0])
    return Made(project=project, archives=archives, commits=commits)


def _sentences(draw: random.Random) -> list[str]:
    found: list[str] = []
    seen: set[str] = set()
    size = 0
    while size < SIZE:
        parts = (draw.choice(_WHO), draw.choice(_MAY), draw.choice(_DO), draw.choice(_WHAT))
        made = f"{' '.join(parts)} {draw.choice(_WHEN)}, as section {draw.randint(1, 400)} says."
        if made not in seen:
            seen.add(made)
            found.append(made)
            size += len(made) + 1
    return found


def _edited(sentences: list[str], number: int, draw: random.Random) -> list[str]:
    """Every tenth version changes words; between them only what is around them changes."""
    if number % 10:
        return sentences
    made = list(sentences)
    at = draw.randrange(len(made))
    made[at] = made[at].replace(" may ", " will ").replace(" will ", " may at any time ")
    made.insert(draw.randrange(len(made)), f"Harbour may train its models on release {number}.")
    return made


def _page(sentences: list[str], number: int) -> str:
    """The text with its menu, its numbers, and links whose tracking ids are of this version."""
    lines = [f"* [Home](/?id={number})", "* [English](/en) [Français](/fr)", "", "# Terms", ""]
    for at in range(0, len(sentences), 4):
        words = " ".join(sentences[at : at + 4])
        lines += [
            f"{at // 4 + 1 + number % 3}. {words} [More](https://example.org/?t={number})",
            "",
        ]
    return "\n".join(lines)


def _quotes(sentences: list[str]) -> list[str]:
    step = len(sentences) // QUOTES
    return [" ".join(sentences[at * step].split()[-11:]).rstrip(".") for at in range(QUOTES)]


def _write_project(root: Path, quotes: list[str], commit: str) -> None:
    policy = """\
policy: calls
title: Calls
requirements:
  - id: training
    title: No training on calls
    level: must
    severity: high
    forbid: {action: train-ai, data: audio}
    why: A call cannot be taken back out of a model.
    ask: Add that calls are not used to train models.
"""
    vendor = "vendor: harbour\nname: Harbour\ndocuments:\n  - {id: terms, kind: contract}\n"
    clauses = "".join(
        f'  - id: clause-{at}\n    says: Something.\n    quote: "{quote}"\n'
        "    allows: {action: store, data: audio}\n"
        for at, quote in enumerate(quotes)
    )
    version = (
        "document: terms\neffective: 2020-01-01\nlanguage: en\nsource:\n"
        f"  archive: {{collection: {COLLECTION}, path: {PATH}, commit: {commit}}}\nclauses:\n"
        + clauses
    )
    for name, text in (
        ("policies/calls.yaml", policy),
        ("fixtures/harbour/vendor.yaml", vendor),
        ("fixtures/harbour/terms/2020-01-01.yaml", version),
    ):
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _record(clone: Path, texts: list[str]) -> tuple[str, ...]:
    """Record the texts, a day each, by one process of git."""
    clone.mkdir(parents=True)
    _git(clone, "init", "-q", "-b", "main", "--template=")
    stream = []
    for number, text in enumerate(texts):
        data = text.encode()
        when = 1_577_880_000 + number * 86_400
        stream.append(
            b"commit refs/heads/main\n"
            b"committer Recorder <recorder@example.org> %d +0000\n"
            b"data 6\nrecord\nM 100644 inline %s\ndata %d\n%s\n"
            % (when, f'"{PATH}"'.encode(), len(data), data)
        )
    _git(clone, "fast-import", "--quiet", stdin=b"".join(stream))
    _git(clone, "reset", "-q", "--hard")
    listed = _git(clone, "rev-list", "--reverse", "HEAD")
    return tuple(listed.decode().split())


def _git(clone: Path, *words: str, stdin: bytes = b"") -> bytes:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(  # noqa: S603 - our own words
        ["git", *words],  # noqa: S607 - whichever git there is
        cwd=clone,
        input=stdin,
        env={**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull},
        capture_output=True,
        check=True,
    )
    return done.stdout
