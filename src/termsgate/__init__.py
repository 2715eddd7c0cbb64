"""termsgate judges what a vendor's terms say against what we require.

`from termsgate import open_project` is the door for programs; docs/api.md is the guide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from termsgate.api import (
        Judgement,
        Problem,
        ProblemsError,
        Project,
        UnknownNameError,
        Verdict,
        open_project,
    )

__version__ = "0.1.0"
__all__ = [
    "Judgement",
    "Problem",
    "ProblemsError",
    "Project",
    "UnknownNameError",
    "Verdict",
    "__version__",
    "open_project",
]


if not TYPE_CHECKING:  # else a checker of types believes in every name

    def __getattr__(name: str) -> object:
        """The names of `termsgate.api`, read when first asked for: the engine takes its time."""
        if name in __all__:
            from termsgate import api  # noqa: PLC0415 - `import termsgate` stays cheap

            return getattr(api, name)
        raise AttributeError(f"module `termsgate` has no attribute `{name}`")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
