"""The page a reviewer opens, sends and files: one file, from the record alone."""

from termsgate.reporting.page.making import page
from termsgate.reporting.page.words import LANGUAGES

__all__ = ["LANGUAGES", "page"]
