"""A project as a server checks it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.ci.running import bare
from tests.plugin.conftest import FILES

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE: Final = """\
document: terms
effective: 2023-03-31
clauses:
  - id: licence
    section: "::error title=pwned::10.4"
    says: "a first line\\n::add-mask::pwned\\n##[error]pwned"
    quote: "::error title=pwned::machine learning"
    allows: {action: [provide-service, train-ai], data: customer-content}
"""
"""Terms whose words a runner would obey."""


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of a machine with a fresh Python; one for the tests of a module."""
    return bare(tmp_path_factory.mktemp("machine"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The folder of the project, with a vendor in breach until August 2023."""
    folder = tmp_path / "work"
    lay_out(folder)
    return folder


def lay_out(folder: Path) -> None:
    """Write the files of the project."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    ini = folder / "pytest.ini"
    ini.write_text(f"{ini.read_text('utf-8')}testpaths = policies fixtures checks\n", "utf-8")
