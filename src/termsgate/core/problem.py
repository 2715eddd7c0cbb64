"""A problem: one of the user's files is wrong. It shares nothing with a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from termsgate.core.model import Place


class Weight(StrEnum):
    """An error stops a run; a smell is what `lint` says and a run passes over."""

    ERROR = "error"
    SMELL = "smell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong, where, and the nearest right thing.

    `code` is `area/name` and is the name of its section in the documentation.
    """

    place: Place
    message: str
    code: str
    help: str
    weight: Weight = Weight.ERROR

    def __str__(self) -> str:
        """Give the two lines a user sees."""
        return f"{self.place}: {self.message} [{self.code}]\n  help: {self.help}"
