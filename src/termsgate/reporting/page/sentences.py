"""What the engine says in English is said in the reader's language, sentence by sentence.

A record holds its questions and notes as English sentences of a few forms. A catalogue pairs each
form with the same in another language; a sentence of no known form stays as it is.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Final

_SLOT: Final = re.compile(r"\\\{([a-z]+)\\\}")


class Sentences:
    """The engine's sentences in one language."""

    def __init__(self, language: str) -> None:
        """Read the forms; English has none, being what the engine speaks."""
        self._forms = _forms(language) if language != "en" else ()
        self._known: dict[str, str] = {}

    def say(self, text: str) -> str:
        """The sentence in the reader's language."""
        if not self._forms or len(text) > _LONGEST:
            return text
        if text not in self._known:
            self._known[text] = self._said(text)
        return self._known[text]

    def _said(self, text: str) -> str:
        for form, said in self._forms:
            found = form.fullmatch(text)
            if found is not None:
                parts = {name: self.say(part) for name, part in found.groupdict().items()}
                return said.format_map(parts)
        return text


_LONGEST: Final = 2000
"""No sentence of the engine is longer; what is comes from a file."""


@cache
def _forms(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    file = resources.files("termsgate").joinpath(f"data/page/sentences.{language}.json")
    pairs: list[list[str]] = json.loads(file.read_text(encoding="utf-8"))
    return tuple((_form(english), said) for english, said in pairs)


def _form(english: str) -> re.Pattern[str]:
    pattern = _SLOT.sub(lambda slot: f"(?P<{slot[1]}>.+?)", re.escape(english))
    return re.compile(pattern, re.DOTALL)
