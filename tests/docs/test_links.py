"""The links between the pages lead somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.docs.samples import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES: Final = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "policies" / "README.md"]
)
_FENCED: Final = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_LINK: Final = re.compile(r"\]\(([^)\s]+)\)")
_HEADING: Final = re.compile(r"^#+ (.+)$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_resolves(page: Path) -> None:
    """Each leads to a file of the repository and, where it names one, to a heading of it."""
    assert [link for link in _links(page) if not _resolves(page, link)] == []


def test_every_page_of_the_guide_can_be_reached_from_the_map() -> None:
    """docs/index.md leads to all pages, directly or through others."""
    start = ROOT / "docs" / "index.md"
    reached, ahead = {start}, [start]
    while ahead:
        page = ahead.pop()
        found = {_target(page, link) for link in _links(page)} - reached
        new = {each for each in found if each.suffix == ".md" and each.is_file()}
        reached |= new
        ahead += new

    assert {page for page in PAGES if page.is_relative_to(ROOT / "docs")} <= reached


def _links(page: Path) -> Iterator[str]:
    """The links of a page that lead to our own files."""
    text = _FENCED.sub("", page.read_text(encoding="utf-8"))
    for link in _LINK.findall(text):
        if not link.startswith(("http://", "https://", "mailto:")):
            yield link


def _target(page: Path, link: str) -> Path:
    path = link.partition("#")[0]
    return (page.parent / path).resolve() if path else page


def _resolves(page: Path, link: str) -> bool:
    target, anchor = _target(page, link), link.partition("#")[2]
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    return not anchor or anchor in _anchors(target)


def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    text = _FENCED.sub("", page.read_text(encoding="utf-8"))
    words = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(text))
    return {each.strip().replace(" ", "-") for each in words}
