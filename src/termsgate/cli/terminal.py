"""Where the output goes: colours and width for a person, plain text for everything else."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from termsgate.reporting.folding import NARROWEST
from termsgate.reporting.look import WIDTH, Look

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from threading import Event
    from typing import TextIO

PATIENCE: Final = 1.0
"""Seconds that nobody minds waiting without a word."""

_AGAIN: Final = 0.5


def look(stream: TextIO | None = None) -> Look:
    """How standard output wants its text: fit to the terminal, or a fixed width without one."""
    stream = stream or sys.stdout
    colours = _has_colours(stream)
    if not stream.isatty():
        return Look(colours=colours)
    screen = max(NARROWEST, _columns())
    return Look(width=min(screen, WIDTH), colours=colours, screen=screen)


def _columns() -> int:
    import shutil  # noqa: PLC0415 - it brings every way to pack a file, and a pipe has no columns

    return shutil.get_terminal_size().columns


def _has_colours(stream: TextIO) -> bool:
    """Whether colours are wanted: `NO_COLOR` says no, then `FORCE_COLOR` yes, then the terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def told(lines: Iterable[str]) -> str:
    """Lines on what was done, as standard output wants them; commands stay whole, to be copied."""
    wanted = look()
    said = (
        one
        for line in lines
        for one in ([line] if re.match(_COMMAND, line) else wanted.fit([line], 4))
    )
    return "\n".join(wanted.marked(list(said), (*_MARKS, *_DONE)))


_COMMAND: Final = r"(?:next\b[^:]*:|  ) ?(?:cd|pytest|termsgate) "


def refusal(lines: Sequence[str]) -> str:
    """Why there is nothing to do, as standard error wants it."""
    return _aside(lines, "bad")


def say_aside(text: str) -> None:
    """Tell a person what no program reads: on standard error, after what was printed."""
    sys.stdout.flush()
    sys.stderr.write(f"{_aside([text], 'strong')}\n")


def _aside(lines: Sequence[str], style: str) -> str:
    wanted = look(sys.stderr)
    said = (line for each in lines for line in each.split("\n"))
    return "\n".join(wanted.marked(wanted.fit(said, 4), (*_MARKS, (_OURS, style))))


_OURS: Final = r"(?m)^termsgate(?: [a-z]+)?:"
_MARKS: Final = (
    (r"(?m)^\S+(?:\.yaml|:\d+:\d+)(?=:\s)", "strong"),
    (r"(?m)\[[a-z-]+/[a-z-]+\]$", "bad"),
)
_DONE: Final = (
    (r"(?m)^(?:wrote|added to)\b", "good"),
    (r"(?m)^to do(?=:)", "doubt"),
    (r"(?m)^(?:next\b.*?|note)(?=:)", "strong"),
)


@contextmanager
def waiting(what: str) -> Iterator[Steps]:
    """Say what takes so long on standard error, after a second and only to a person.

    Who works may tell how far it got, step by step.
    """
    steps = Steps()
    if not sys.stderr.isatty():
        yield steps
        return
    import threading  # noqa: PLC0415 - nobody waits for what goes into a pipe

    done = threading.Event()
    teller = threading.Thread(target=_tell, args=(what, steps, done), daemon=True)
    teller.start()
    try:
        yield steps
    finally:
        # Also when somebody stops it: nothing is left behind on the line.
        done.set()
        teller.join()


class Steps:
    """How many steps of the work are done, and how many there are."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self.done = 0
        self.of = 0

    def __call__(self, done: int, of: int) -> None:
        """So many are done."""
        self.done, self.of = done, of

    def __str__(self) -> str:
        """Nothing where nobody counts."""
        return f"{self.done:,} of {self.of:,}, " if self.of else ""


def _tell(what: str, steps: Steps, done: Event) -> None:
    """One line that grows older, and that is gone when the work is done."""
    since = PATIENCE
    if done.wait(PATIENCE):
        return
    longest = 0
    while True:
        line = _cut(f"{what} ... {steps}{int(since)} s")
        sys.stderr.write(f"\r{line}{' ' * (longest - len(line))}")
        sys.stderr.flush()
        longest = max(longest, len(line))
        if done.wait(_AGAIN):
            break
        since += _AGAIN
    sys.stderr.write(f"\r{' ' * longest}\r")
    sys.stderr.flush()


def _cut(line: str) -> str:
    """No longer than the screen is wide: what runs on to a second line could not be taken back."""
    return line[: max(_columns() - 1, 1)]
