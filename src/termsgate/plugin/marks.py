"""The marks people select by: level, severity, policy, vendor and check, never the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.model import Level, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from termsgate.core.model import Check, Project, Requirement, Vendor

RESERVED: Final = frozenset(
    {
        "filterwarnings",
        "flaky",
        "parametrize",
        "skip",
        "skipif",
        "timeout",
        "usefixtures",
        "xfail",
    }
)
"""Marks that make pytest or a plugin act: a vendor called `skip` must not be skipped for it."""


WEIGHTS: Final = {
    **{each.value: "the level of a requirement" for each in Level},
    **{each.value: "the severity of a requirement" for each in Severity},
}


def register(config: pytest.Config, words: Mapping[str, str]) -> None:
    """Let pytest know these marks, so that a run with --strict-markers does."""
    for word, text in words.items():
        config.addinivalue_line("markers", f"{word}: {text}")


class Marks:
    """One mark for each word, shared by all tests that carry it."""

    def __init__(self, config: pytest.Config, project: Project) -> None:
        """Register what only the files could tell; the weights are known already."""
        named = {
            **{each.id: "a policy" for each in project.policies},
            **{each.id: "a vendor" for each in project.vendors},
            **{each.id: "a check" for each in project.checks},
        }
        own = {word: text for word, text in named.items() if word not in {*RESERVED, *WEIGHTS}}
        register(config, own)
        self._marks = {word: getattr(pytest.mark, word).mark for word in (*WEIGHTS, *own)}

    def of_requirement(self, requirement: Requirement) -> list[pytest.Mark]:
        """The marks of everything that judges a requirement."""
        return self._of((requirement.level.value, requirement.severity.value, requirement.policy))

    def of_vendor(self, check: Check, vendor: Vendor) -> list[pytest.Mark]:
        """The marks of every verdict about a vendor in a check."""
        return self._of((vendor.id, check.id))

    def _of(self, words: Iterable[str]) -> list[pytest.Mark]:
        return [self._marks[word] for word in words if word in self._marks]
