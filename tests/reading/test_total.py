"""Reading is total: whatever stands in the files, there is a project or a problem."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from termsgate.core.problem import Weight
from termsgate.reading.store import load
from tests.reading.projects import EXAMPLES

RICH = EXAMPLES / "positive" / "every-key"
FILES = sorted(file.relative_to(RICH) for file in RICH.rglob("*.yaml"))
WORDS = (
    *("chat", "train-ai", "null", "true", "[]", "{}", "7", '"x"', "all", "terms.licence", '""'),
    *("2024-13-01", "none", "a: b", "- x", "{not: x}", "[[x]]", "*", "!x", "exit", "licence"),
    *("vendor", "any", "{section: 1}", "unspecified", "{unspecified: 7}", "termsgate:exit"),
)


@st.composite
def _edits(draw: st.DrawFn) -> tuple[Path, list[str]]:
    """One file with a line dropped, doubled, moved, or with another value."""
    file = draw(st.sampled_from(FILES))
    lines = (RICH / file).read_text(encoding="utf-8").split("\n")
    place = draw(st.integers(0, len(lines) - 1))
    match draw(st.sampled_from(["drop", "double", "value", "word"])):
        case "drop":
            del lines[place]
        case "double":
            lines.insert(draw(st.integers(0, len(lines))), lines[place])
        case "value":
            lines[place] = f"{lines[place].partition(':')[0]}: {draw(st.sampled_from(WORDS))}"
        case _:
            parts = lines[place].split(" ")
            parts[draw(st.integers(0, len(parts) - 1))] = draw(st.sampled_from(WORDS))
            lines[place] = " ".join(parts)
    return file, lines


@given(edits=st.lists(_edits(), min_size=1, max_size=3))
@settings(max_examples=80)
def test_no_project_raises(edits: list[tuple[Path, list[str]]]) -> None:
    """It loads, or it says what is wrong; each message is one line with its help."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        shutil.copytree(RICH, root)
        for file, lines in edits:
            (root / file).write_text("\n".join(lines), encoding="utf-8")

        loaded = load(root, today=date(2024, 1, 1))

    errors = [one for one in loaded.problems if one.weight is Weight.ERROR]
    assert (loaded.project is None) == bool(errors)
    assert all(one.message and one.help and "\n" not in one.message for one in loaded.problems)
