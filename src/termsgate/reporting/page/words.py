"""The page's own words in the language of its reader: catalogues, plurals, dates and numbers."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Final

LANGUAGES: Final = ("en", "fr")
"""The languages there are catalogues for; the first is the one taken where nothing is said."""

_SLOT: Final = re.compile(r"\{([a-z]+)\}")


class Words:
    """The catalogue of one language."""

    def __init__(self, language: str) -> None:
        """Read it."""
        self.language = language
        self.catalogue = catalogue(language)

    def say(self, key: str, **values: object) -> str:
        """The sentence under a key with its places filled, numbers as the language writes them."""
        said = {name: self._shown(value) for name, value in values.items()}
        return _SLOT.sub(lambda slot: said[slot[1]], self.catalogue[key])

    def count(self, key: str, n: int, **values: object) -> str:
        """The sentence for so many of something."""
        one = n == 1 or (n == 0 and self.language == "fr")
        return self.say(f"{key}.{'one' if one else 'other'}", n=n, **values)

    def day(self, iso: str) -> str:
        """A day as it is written out; one at the beginning of time is said to be so."""
        year, month, day = iso.split("-")
        number = self.say("day.first") if day == "01" else day.lstrip("0")
        return self.say("day", day=number, month=self.say(f"month.{month}"), year=year)

    def number(self, n: int) -> str:
        """A number with its thousands apart."""
        return f"{n:,}".replace(",", self.catalogue["thousands"])

    def _shown(self, value: object) -> str:
        return self.number(value) if isinstance(value, int) else str(value)


@cache
def catalogue(language: str) -> dict[str, str]:
    """Every message of a language by its key."""
    file = resources.files("termsgate").joinpath(f"data/page/words.{language}.json")
    found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return found
