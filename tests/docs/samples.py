"""The samples in the pages of the docs: fenced blocks, and the files that they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[2]
_BLOCK: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_NAMED: Final = re.compile(r"# (pytest\.ini|(?:policies|fixtures|checks)/\S+\.yaml)\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A fenced block of a page; `path` is the file that its first line says it is."""

    page: str
    language: str
    text: str

    @property
    def path(self) -> str:
        """The file it is, if it says so."""
        named = _NAMED.match(self.text)
        return named[1] if named else ""


def pages() -> list[Path]:
    """Every page a reader can come across, apart from those that only copy our own files."""
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/decisions/*.md")])


def samples(page: Path) -> Iterator[Sample]:
    """The fenced blocks of a page."""
    name = page.relative_to(ROOT).as_posix()
    for language, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        yield Sample(page=name, language=language, text=text)
