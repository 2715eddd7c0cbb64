"""What docs/api.md shows of Python is what Python does."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

import termsgate

# pytester forgets what a run imported, and libyaml's bindings cannot be imported twice.
import termsgate.plugin.page
import termsgate.plugin.suite
from termsgate import Judgement, Project, Verdict
from termsgate.cli import main
from tests.docs.samples import ROOT, samples
from tests.plugin.conftest import OUTSIDE

if TYPE_CHECKING:
    from pathlib import Path

PAGE = ROOT / "docs" / "api.md"
BLOCKS = [each for each in samples(PAGE) if each.language in {"python", "text"}]
SHOWN = [
    (script.text, output.text)
    for script, output in pairwise(BLOCKS)
    if (script.language, output.language) == ("python", "text")
]


@pytest.mark.parametrize(("script", "output"), SHOWN, ids=["five lines", "problems"])
def test_a_script_prints_what_the_page_says(
    script: str,
    output: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In a project that `termsgate init terms` has written."""
    monkeypatch.chdir(tmp_path)
    main(["init", "terms"])
    (tmp_path / "elsewhere").mkdir()
    capsys.readouterr()

    exec(compile(script, "docs/api.md", "exec"), {})  # noqa: S102 - the page's own lines

    assert capsys.readouterr().out == output


def test_the_check_of_the_page_is_green(pytester: pytest.Pytester) -> None:
    """In the project of `termsgate init`."""
    main(["init"])
    text = next(each.text for each in BLOCKS if each.text.startswith("# checks/"))
    (pytester.path / "checks/test_confidential.py").write_text(text, encoding="utf-8")

    result = pytester.runpytest_inprocess(*OUTSIDE, "checks/test_confidential.py")

    assert (result.ret, result.parseoutcomes()) == (0, {"passed": 1})


def test_every_public_name_is_on_the_page() -> None:
    """Of the package and of what it gives."""
    page = set(re.findall(r"\b[a-zA-Z_]+\b", PAGE.read_text(encoding="utf-8")))
    names = {*termsgate.__all__, *_public(Project), *_public(Judgement), *_public(Verdict), "seen"}

    assert names - page == {"Problem", "__version__", "docket"}


def _public(kind: type) -> set[str]:
    return {name for name in vars(kind) if not name.startswith("_")}
