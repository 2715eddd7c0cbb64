"""`termsgate prompt`: what a language model of the user's own needs to draft a fixture."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from termsgate.cli.draft import hold_to_ids, is_page, read
from termsgate.cli.exits import Exit, Refusal
from termsgate.cli.project import FOLDERS, files_of
from termsgate.cli.terminal import say_aside
from termsgate.reading.drafting.document import head
from termsgate.reading.drafting.prompting import Asked, parts, prompt, shown
from termsgate.reading.store import builtin_vocabulary
from termsgate.reporting.json import answer

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from termsgate.core.vocabulary import Vocabulary


def run(asked: argparse.Namespace) -> Exit:
    """Print the prompt; how many parts there are is said on standard error."""
    hold_to_ids(asked)
    _, text = read(asked.text)
    made = head(text, page=is_page(asked.text))
    words = shown(text, page=is_page(asked.text))
    number, cut = _part(asked, words)
    what = Asked(
        document=asked.document,
        effective=asked.effective or made.effective or made.updated,
        language=made.language,
        on=asked.on or datetime.now(UTC).date(),
    )
    written = prompt(cut[number - 1], what, _vocabulary(asked.root), (number, len(cut)))
    if asked.format == "json":
        said = {"part": number, "parts": len(cut), "prompt": written}
        written = answer("prompt", said) + "\n"
    sys.stdout.write(written)
    _tell(asked, words, number, len(cut))
    return Exit.NOTHING_TO_SAY


def _part(asked: argparse.Namespace, text: str) -> tuple[int, tuple[str, ...]]:
    """Which part was asked for, and all of them; without `--part` the text is one."""
    if asked.part is None:
        return 1, (text,)
    found = re.fullmatch(r"([1-9]\d{0,2})(?:/([1-9]\d{0,2}))?", asked.part, re.ASCII)
    if found is None:
        message = f"termsgate: `--part {asked.part}` is no part"
        raise Refusal(Exit.USAGE, message, "  help: write `2`, or `2/5` for the second of five")
    words = asked.words
    if found[2]:
        words = -(-len(text.split()) // int(found[2]))
    if words < 1:
        message = f"termsgate: `--words {words}` leaves no word for a part"
        raise Refusal(Exit.USAGE, message, "  help: some thousands are usual")
    cut = parts(text, words)
    if int(found[1]) > len(cut):
        message = f"termsgate: there is no part {found[1]}: the text has {len(cut)}"
        raise Refusal(Exit.USAGE, message, f"  help: write `--part 1` to `--part {len(cut)}`")
    return int(found[1]), cut


def _vocabulary(root: Path) -> Vocabulary:
    """The words of the project where there is one, else those of the package."""
    if any((root / folder).is_dir() for folder in FOLDERS):
        project = files_of(root).project
        if project is not None:
            return project.vocabulary
    return builtin_vocabulary()


def _tell(asked: argparse.Namespace, text: str, number: int, count: int) -> None:
    words = len(text.split())
    if asked.part is None and words > asked.words:
        many = len(parts(text, asked.words))
        say_aside(
            f"termsgate: the text has {words:,} words, which is much for one answer\n"
            f"  help: ask for it in parts: `--part 1` to `--part {many}`"
        )
    elif count > 1:
        say_aside(f"termsgate: part {number} of {count}")
