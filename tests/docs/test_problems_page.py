"""The page of problems in the docs."""

import re

from docs.generate_problems import AREAS, EXAMPLES, MEANINGS, PAGE, WITHOUT_EXAMPLE, written


def test_the_page_is_what_the_examples_say() -> None:
    """docs/problems.md is up to date; if not: `python docs/generate_problems.py`."""
    assert PAGE.read_text(encoding="utf-8") == written()


def test_every_code_has_a_meaning_and_no_meaning_is_left_over() -> None:
    """What the examples give, what depends on day or disk, and the schema's last word."""
    shown = {
        code
        for file in EXAMPLES.glob("*/*/expected.txt")
        for code in re.findall(r"\[(\w+/[a-z-]+)\]$", file.read_text("utf-8"), re.MULTILINE)
    }
    names = {code.partition("/")[2] for code in (*shown, *WITHOUT_EXAMPLE)}

    assert names | {"wrong-form"} == set(MEANINGS)


def test_every_area_has_a_section() -> None:
    """And no other area is in any example."""
    text = PAGE.read_text(encoding="utf-8")

    assert re.findall(r"^## (\w+)$", text, re.MULTILINE) == list(AREAS)
