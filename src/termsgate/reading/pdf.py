"""A PDF is read page by page, where pypdf is installed: `pip install termsgate[pdf]`."""

from __future__ import annotations

import logging
import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdf import PageObject

MOST_PAGES: Final = 500
"""No terms are so long."""
_QUIET: Final = "pypdf"


class NoReader(Exception):  # noqa: N818 - nothing is wrong with the file
    """Nothing that reads a PDF is installed."""


class Unreadable(Exception):  # noqa: N818 - nothing is wrong with us
    """The PDF cannot be read, and this is why."""


def pages_of(data: bytes) -> tuple[str, ...]:
    """The words of each page."""
    try:
        from pypdf import PdfReader  # noqa: PLC0415 - an extra, and half a second to import
    except ImportError as error:
        raise NoReader from error
    # It warns of every slip of the program that made the file; what counts is what it reads.
    logging.getLogger(_QUIET).setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return tuple(page.extract_text() for page in _few(PdfReader(BytesIO(data)).pages))
        except Unreadable:
            raise
        # A broken file makes it raise almost anything, its own errors and Python's.
        except Exception as error:
            raise Unreadable(f"{type(error).__name__}: {error}".splitlines()[0]) from error


def _few(pages: Sequence[PageObject]) -> Sequence[PageObject]:
    if len(pages) > MOST_PAGES:
        raise Unreadable(f"it has {len(pages)} pages, and {MOST_PAGES} are read")
    return pages
