"""How long evidence takes: quotes in a text of 100 kB, and 500 versions out of a git archive.

    python benchmarks/evidence.py

The text and the archive are made here: words of a small vocabulary in numbered sections, with
links, bold letters and typographic signs, and a commit for each version.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from termsgate.core.model import Quote
from termsgate.reading.archive import Archives, NotAtHand
from termsgate.reading.captured import Captured
from termsgate.reading.headings import Outline

_SENTENCE: Final = (
    "we may use your customer content and service data to provide improve train models under this "
    "agreement unless you object in writing within thirty days of notice by section"
)
WORDS: Final = _SENTENCE.split()
LENGTH: Final = 100_000
QUOTES: Final = 40
VERSIONS: Final = 500
ROUNDS: Final = 7
PATH: Final = "Vendor/Terms of Service.md"


def text(seed: int, length: int = LENGTH) -> str:
    """Terms of about that length; each seed gives other words."""
    dice = random.Random(seed)
    paragraphs: list[str] = []
    size = 0
    while size < length:
        words = dice.choices(WORDS, k=80)
        words[3], words[20] = f"**{words[3]}**", f"[{words[20]}](https://example.org/{size})"
        words[40], words[60] = f"\u201c{words[40]}\u201d", f"{words[60]} \u2014"
        number = len(paragraphs) + 1
        paragraphs.append(f"**{number}.1 Title**. {' '.join(words)} number {number}.")
        size += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)


def quotes_of(terms: str) -> list[Quote]:
    """Forty quotes, half of them only found when the dress is left aside."""
    paragraphs = terms.split("\n\n")
    step = len(paragraphs) // QUOTES
    chosen = [" ".join(each.split()[6:20]) for each in paragraphs[:: max(step, 1)]][:QUOTES]
    return [
        Quote(exact=words.replace(" ", "  ") if at % 2 else words)
        for at, words in enumerate(chosen)
    ]


def held(terms: str, quotes: list[Quote]) -> float:
    """The seconds that it takes to look for the quotes, with line, sentence and section."""
    begun = time.perf_counter()
    captured = Captured(terms)
    outline = Outline.of(captured)
    for quote in quotes:
        found = captured.passage(quote)
        if not found.found:
            raise SystemExit(f"not found: {quote}: {found}")
        captured.line(found.start)
        captured.sentence(found.start, found.stop)
        outline.standing("4.1", found.start)
    return time.perf_counter() - begun


def archive(folder: Path) -> None:
    """A collection of one document in so many versions, and as many commits of other services."""
    stream = []
    for number in range(2 * VERSIONS):
        name = PATH if number % 2 else f"Other {number % 40}/Terms of Service.md"
        data = text(number, LENGTH if number % 2 else 2_000).encode()
        stream.append(
            f"commit refs/heads/main\ncommitter R <r@example.org> {1_600_000_000 + number} +0000\n"
            f'data 1\nx\nM 100644 inline "{name}"\ndata {len(data)}\n'.encode()
            + data
            + b"\n"
        )
    folder.mkdir(parents=True)
    git = ["git", "-C", str(folder)]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)  # noqa: S603
    subprocess.run([*git, "fast-import", "--quiet"], input=b"".join(stream), check=True)  # noqa: S603


def main() -> int:
    """Print both times."""
    terms = text(0)
    quotes = quotes_of(terms)
    seconds = median(held(terms, quotes) for _ in range(ROUNDS))
    print(f"{len(quotes)} quotes in {len(terms):,} letters: {seconds:.3f} s")
    with TemporaryDirectory() as root:
        archive(Path(root) / "owner" / "name")
        begun = time.perf_counter()
        with Archives(Path(root)) as archives:
            clone = archives.clone("owner/name")
            if isinstance(clone, NotAtHand):
                raise SystemExit(clone.why)
            count = sum(isinstance(data, bytes) for _, data in clone.texts_of(PATH))
        print(f"{count} versions of one document read: {time.perf_counter() - begun:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
