"""Where the output goes: colours and width for a person, plain text for everything else."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from termsgate.reporting.folding import NARROWEST
from termsgate.reporting.look import WIDTH, Look

if TYPE_CHECKING:
    from collections.abc import Iterator
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
    screen = max(NARROWEST, shutil.get_terminal_size().columns)
    return Look(width=min(screen, WIDTH), colours=colours, screen=screen)


def _has_colours(stream: TextIO) -> bool:
    """Whether colours are wanted: `NO_COLOR` says no, then `FORCE_COLOR` yes, then the terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Say what takes so long on standard error, after a second and only to a person."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    teller = threading.Thread(target=_tell, args=(what, done), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell(what: str, done: threading.Event) -> None:
    """One line that grows older, and that is gone when the work is done."""
    since = PATIENCE
    if done.wait(PATIENCE):
        return
    while True:
        sys.stderr.write(f"\r{what} ... {since:.0f} s")
        sys.stderr.flush()
        if done.wait(_AGAIN):
            break
        since += _AGAIN
    sys.stderr.write(f"\r{' ' * (len(what) + 16)}\r")
    sys.stderr.flush()
