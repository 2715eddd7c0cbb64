"""Whoever follows the tutorial or a how-to sees what the page shows."""

from __future__ import annotations

import re

import pytest

from docs.generate_walks import Astray, Block, Walker, blocks, walks, written
from tests.docs.samples import ROOT

KINDS = {"", "append", "edit", "in", "not run", "of", "save", "shown"}


def all_blocks(page: str) -> list[Block]:
    """The blocks of a page."""
    return list(blocks((ROOT / page).read_text(encoding="utf-8")))


AT_ONCE = "docs/tutorial.md"
"""The walk that is made each time; the others where there is time."""


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=() if page == AT_ONCE else pytest.mark.slow) for page in walks()],
)
def test_a_page_shows_what_its_commands_do(page: str) -> None:
    """One after the other, in a fresh project; if not: `python -m docs.generate_walks`."""
    assert (ROOT / page).read_text(encoding="utf-8") == written(page)


@pytest.mark.parametrize("page", walks())
def test_every_block_of_a_page_is_done(page: str) -> None:
    """None escapes for its form: it has commands, or a comment that says what it is."""
    found = all_blocks(page)
    text = (ROOT / page).read_text(encoding="utf-8")

    assert {block.kind for block in found} <= KINDS
    assert [block.body for block in found if not block.kind and not block.commands] == []
    assert text.count("\n$ ") == sum(len(block.commands) for block in found)
    assert text.count("\n```") == 2 * len(found)


def test_the_tutorial_goes_all_the_way() -> None:
    """From nothing to a vendor that is drafted, red, asked, answered, signed and green."""
    found = all_blocks("docs/tutorial.md")
    words = [" ".join(command.split()[:2]) for block in found for command in block.commands]
    codes = [code for block in found for code in block.said("ends")]

    assert words == [
        *("termsgate init", "cd terms", "termsgate new", "mkdir -p", "termsgate draft"),
        *("termsgate lint", "termsgate verify", "pytest --terms-vendor", "termsgate explain"),
        *("termsgate explain", "termsgate explain", "termsgate sign", "pytest"),
    ]
    assert codes == ["1", "1", "1"]


@pytest.mark.parametrize("page", ["read-the-report", "ask-the-vendor"])
def test_what_is_said_to_stand_on_the_report_does(page: str) -> None:
    """The words in italics are words of the page."""
    words = (ROOT / "src/termsgate/data/page/words.en.json").read_text(encoding="utf-8")
    text = (ROOT / f"docs/how-to/{page}.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?<!\*)\*([A-Za-z][\w ]+)\*(?!\*)", text))

    assert named
    assert {name for name in named if f'"{name}' not in words} == set()


PAGE = """\
<!-- save: words.txt -->

```text
one
two
```

<!-- edit: words.txt -->

```diff
-{old}
+three
```

<!-- shown
from: ^t
{ends}
-->

```console
$ cat words.txt; exit 3
```
"""


@pytest.mark.parametrize(
    ("old", "ends", "told"),
    [("four", "ends: 3", "stands 0 times"), ("two", "to: ^$", "ends with 3, not with 0")],
)
def test_a_step_that_does_not_hold_is_told(
    old: str, ends: str, told: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A place to edit that is not there, and a command that ends otherwise."""
    page = PAGE.format(old=old, ends=ends)
    walker = Walker(tmp_path_factory.mktemp("walk"), page)

    with pytest.raises(Astray, match=told):
        all(walker.walked(block) for block in blocks(page))


def test_what_is_printed_is_cut_as_the_comment_says(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """From the first line that matches, after the file was saved and edited."""
    page = PAGE.format(old="two", ends="ends: 3")
    walker = Walker(tmp_path_factory.mktemp("walk"), page)

    *_, shown = [walker.walked(block) for block in blocks(page)]

    assert shown == "$ cat words.txt; exit 3\nthree\n"
