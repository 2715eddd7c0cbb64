"""What the pages show of a run is what a run prints."""

from __future__ import annotations

from typing import Final

import pytest

from docs.generate_runs import BLOCK, ROOT, RUNS, pages, written

LONG: Final = "docs/gate.md"
"""It shows more runs than all others together: tried where there is time."""


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=pytest.mark.slow if page == LONG else ()) for page in pages()],
)
def test_a_page_shows_what_its_run_prints(page: str) -> None:
    """The page is up to date; if not: `python docs/generate_runs.py`."""
    assert (ROOT / page).read_text(encoding="utf-8") == written(page)


@pytest.mark.parametrize("page", pages())
def test_a_page_shows_each_of_its_runs_once(page: str) -> None:
    """No run is looked for in vain."""
    shown = [name for _, name, _ in BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))]

    assert shown == [run.name for run in RUNS if run.page == page]
