"""The values a fact can take, as the terms state them (semantics 5.1, 5.4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


class Unit(StrEnum):
    """A unit of time as a user writes it, in the plural."""

    HOURS = "hours"
    DAYS = "days"
    BUSINESS_DAYS = "business days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A length of time: a whole number of one unit."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """A sum in one currency (three capital letters of ISO 4217)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word the vocabulary gives a fact: of a choice, or in place of a number (`perpetual`)."""

    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list of words, in the order the user wrote them."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Free text (`California law`)."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo:
    """Yes or no."""

    yes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """The terms deny it (`none`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unspecified:
    """Promised without a value (`unspecified`); it keeps its number where the terms hint at one."""

    hint: Duration | Money | Word | Listed | Text | YesNo | None = None


Stated = Duration | Money | Word | Listed | Text | YesNo
Value = Stated | Denied | Unspecified
