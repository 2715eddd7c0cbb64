"""How small things are written: ids, dates, durations and sums of money."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final

from termsgate.core.values import Duration, Money, Unit

ID: Final = r"[a-z][a-z0-9-]*"
_ID: Final = re.compile(ID)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})"
)
_DURATION: Final = re.compile(r"([0-9]{1,6}) (hour|business day|day|week|month|year)s?")
_MONEY: Final = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,2})?) ([A-Z]{3})")
_URL: Final = re.compile(r"https?://\S+")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_COLLECTION: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)?")
_COMMIT: Final = re.compile(r"[0-9a-f]{7,64}")


def is_id(text: str) -> bool:
    """Whether it is an id that every report format accepts."""
    return _ID.fullmatch(text) is not None


def as_id(text: str) -> str:
    """The id that comes nearest, or nothing."""
    made = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return made if is_id(made) else ""


def is_url(text: str) -> bool:
    """Whether it is an address of the web."""
    return _URL.fullmatch(text) is not None


def is_sha256(text: str) -> bool:
    """Whether it is a digest as `sha256sum` prints it."""
    return _SHA256.fullmatch(text) is not None


def is_collection(text: str) -> bool:
    """Whether it can name an archive: `owner/name` or `name`, and nothing that leads elsewhere."""
    return _COLLECTION.fullmatch(text) is not None and ".." not in text


def is_commit(text: str) -> bool:
    """Whether it names one commit for ever: a branch or a tag would move."""
    return _COMMIT.fullmatch(text) is not None


# The values of files are few and come again and again; a value is frozen and can be shared.
_remembered: Final = lru_cache(maxsize=1024)


@_remembered
def day(text: str) -> date | None:
    """A date of the calendar, written year, month, day."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def moment(text: str) -> datetime | None:
    """A time with its zone, in UTC; a date alone is its first moment."""
    alone = day(text)
    if alone:
        return datetime(alone.year, alone.month, alone.day, tzinfo=UTC)
    if not _MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


@_remembered
def duration(text: str) -> Duration | None:
    """A number and a unit: `30 days`, `1 year`, `10 business days`."""
    found = _DURATION.fullmatch(text)
    return Duration(amount=int(found[1]), unit=Unit(f"{found[2]}s")) if found else None


@_remembered
def money(text: str) -> Money | None:
    """A sum and a currency: `100 USD`."""
    found = _MONEY.fullmatch(text)
    return Money(amount=Decimal(found[1]), currency=found[2]) if found else None
