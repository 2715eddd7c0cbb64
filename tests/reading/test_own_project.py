"""The repository's own policies, fixtures and checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termsgate.reading.evidence import check_quotes
from termsgate.reading.store import load

if TYPE_CHECKING:
    from pathlib import Path


def test_our_own_files_have_no_problem(root: Path) -> None:
    """Neither errors nor smells, and the schemas agree."""
    assert [str(problem) for problem in load(root, schemas=True).problems] == []


def test_every_quote_stands_in_its_captured_text(root: Path, shared: Path) -> None:
    """Exactly once, in the folder of texts that is not in the repository."""
    project = load(root).project
    assert project is not None

    findings = check_quotes(project, root, shared / "terms")

    assert [str(one.place) for one in findings if not one.status.is_verified] == []
    assert [one.remark for one in findings if one.remark] == []
    assert findings
