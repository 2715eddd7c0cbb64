"""The requirements of the plain project, as every engine is told them.

The hierarchy of the vocabulary is worked out here, once, as somebody would who writes the
requirements by hand in another tool; no engine pays for it while it is measured.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from benchmarks.peers.asked import STANCES, Asked, Bounded, Forbidden, Named
from benchmarks.peers.reading import days
from benchmarks.plain import requirements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def asked(number: int) -> Iterator[Asked]:
    """Each of so many requirements of the plain project."""
    page = _vocabulary()
    action, data = _Axis(page["action"]), _Axis(page["data"])
    for policy, each in requirements(number):
        name = f"{policy}.{each['id']}"
        if "require" in each:
            fact, (bound, value) = each["require"]["fact"], list(each["require"].items())[1]
            yield Bounded(id=name, fact=fact, bound=bound, value=days(value))
        else:
            box = each["forbid"]
            yield Forbidden(
                id=name,
                action=action.named(box["action"]),
                data=tuple(map(data.named, box["data"])),
                need=STANCES.index(each.get("without", "barred")),
            )


class _Axis:
    """One hierarchy of words."""

    def __init__(self, terms: Mapping[str, Mapping[str, Any] | None]) -> None:
        """Parents are what the vocabulary says they are."""
        self._parents = {word: (said or {}).get("in", []) for word, said in terms.items()}
        self._above = {word: frozenset(self._up(word)) for word in terms}

    def named(self, word: str) -> Named:
        """What covers a word whole, and what shares anything with it."""
        part = {each for above in self._above.values() if word in above for each in above}
        return Named(word=word, whole=_sorted(self._above[word]), part=_sorted(part))

    def _up(self, word: str) -> Iterator[str]:
        yield word
        for parent in self._parents[word]:
            yield from self._up(parent)


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words))


def _vocabulary() -> dict[str, Any]:
    """The built-in vocabulary, wherever the package lies; the package itself is not loaded."""
    found = find_spec("termsgate")
    if found is None or found.origin is None:
        raise SystemExit("termsgate is not installed")
    path = Path(found.origin).parent / "data" / "vocabulary.yaml"
    page: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return page
