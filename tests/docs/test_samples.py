"""The YAML in the pages is what the tool reads."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from docs.generate_runs import lay_out
from termsgate.core.evaluate import Terms, Use, evaluate
from termsgate.core.verdict import Ruling
from termsgate.reading.store import load
from tests.docs.samples import ROOT, pages, samples

if TYPE_CHECKING:
    from pathlib import Path

WITH_FILES = [page for page in pages() if any(sample.path for sample in samples(page))]


@pytest.mark.parametrize("page", WITH_FILES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_files_of_a_page_load(page: Path, tmp_path: Path) -> None:
    """The files that a page shows form a project with no problem in it."""
    lay_out(page.read_text(encoding="utf-8"), tmp_path)

    assert [str(problem) for problem in load(tmp_path, schemas=True).problems] == []


def test_there_are_pages_with_files() -> None:
    """The pages whose samples are loaded are those that teach by them."""
    names = {page.relative_to(ROOT).as_posix() for page in WITH_FILES}

    assert names >= {"docs/files.md", "docs/getting-started.md", "docs/verdicts.md"}


def test_the_first_vendor_gets_the_verdict_that_the_readme_names(tmp_path: Path) -> None:
    """The sample of README.md is unclear: does improving include training?"""
    lay_out((ROOT / "README.md").read_text(encoding="utf-8"), tmp_path)
    project = load(tmp_path).project
    assert project is not None
    (requirement,), (vendor,) = project.policies[0].requirements, project.vendors
    terms = Terms(vendor=vendor, vocabulary=project.vocabulary)

    verdict = evaluate(requirement, terms, Use(), date(2024, 1, 2))

    assert verdict.ruling is Ruling.UNCLEAR
    assert "train-ai" in verdict.questions[0].text


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_yaml_sample_is_a_whole_file(page: Path) -> None:
    """A block of YAML names its file in the first line, so that none escapes the reader."""
    yaml = [sample for sample in samples(page) if sample.language == "yaml"]

    assert [sample.text for sample in yaml if not sample.path] == []
