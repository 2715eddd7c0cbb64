"""The garbage collector: what a run makes is in no circles, so that there is little to look for."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_SELDOM: Final = (20_000, 20, 100)
"""Between two looks, in place of 700, 10 and 10."""


@contextmanager
def seldom_swept() -> Iterator[None]:
    """The garbage collector looks seldom."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
