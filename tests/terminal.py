"""A real pseudo terminal of some width, in which a command is run without a process of its own."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import sys
import termios
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from termsgate.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pytest

COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")
HEARD: Final = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")
"""What changes how a command looks."""


class Screen:
    """What a terminal was sent."""

    def __init__(self, master: int) -> None:
        """Take down everything from now on; a terminal that nobody reads would fill up."""
        self._master = master
        self._data = b""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            if not data:
                return
            self._data += data

    def close(self) -> None:
        """Wait for the rest."""
        self._reader.join(timeout=10)
        os.close(self._master)

    @property
    def sent(self) -> str:
        """All of it, as the command wrote it."""
        return self._data.decode().replace("\r\n", "\n")

    @property
    def plain(self) -> str:
        """The same without colours."""
        return COLOUR.sub("", self.sent)


@contextmanager
def opened(columns: int, patch: pytest.MonkeyPatch) -> Iterator[Screen]:
    """All three streams are a terminal of that width."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    screen = Screen(master)
    with os.fdopen(slave, "w", encoding="utf-8", buffering=1) as stream:
        for name in ("stdin", "stdout", "__stdout__", "stderr"):
            patch.setattr(sys, name, stream)
        yield screen
        stream.flush()
        termios.tcdrain(stream.fileno())
    patch.undo()
    screen.close()


def shown(words: Sequence[str], columns: int, patch: pytest.MonkeyPatch, **heard: str) -> Screen:
    """What a person sees of a command at a terminal of that width."""
    for name in HEARD:
        patch.delenv(name, raising=False)
    patch.setenv("TERM", "xterm")
    for name, value in heard.items():
        patch.setenv(name, value)
    with opened(columns, patch) as screen, suppress(SystemExit):
        main(words)
    return screen
