"""Every example project is read as its folder says; adding a folder adds a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from termsgate.core.problem import Weight
from termsgate.reading.store import load
from tests.reading.projects import NEGATIVE, POSITIVE, expected, laid_over_base

if TYPE_CHECKING:
    from pathlib import Path

ENOUGH = 60
"""Wrong files the issue asks for, each its own cause."""


def _said(problems: object) -> str:
    return "".join(f"{problem}\n" for problem in problems)  # type: ignore[attr-defined]


@pytest.mark.parametrize("folder", POSITIVE, ids=lambda folder: folder.name)
def test_a_sound_project_loads_with_its_smells_and_nothing_else(folder: Path) -> None:
    """A positive example gives a project, and exactly the smells it expects."""
    loaded = load(folder, schemas=True)

    assert (loaded.project is not None, _said(loaded.problems)) == (True, expected(folder))


@pytest.mark.parametrize("folder", NEGATIVE, ids=lambda folder: folder.name)
def test_a_wrong_project_says_exactly_what_is_wrong(folder: Path, tmp_path: Path) -> None:
    """A negative example gives no project, and exactly the problems it expects."""
    loaded = load(laid_over_base(folder, tmp_path / "project"))

    assert (loaded.project, _said(loaded.problems)) == (None, expected(folder))


@pytest.mark.parametrize("folder", NEGATIVE, ids=lambda folder: folder.name)
def test_a_wrong_project_is_named_after_its_error(folder: Path, tmp_path: Path) -> None:
    """The folder's name is the code it is about, and the code is among its errors."""
    area, name, *_ = folder.name.split(".")

    loaded = load(laid_over_base(folder, tmp_path / "project"))

    errors = {one.code for one in loaded.problems if one.weight is Weight.ERROR}
    assert f"{area}/{name}" in errors


def test_there_are_enough_wrong_projects_and_no_two_alike() -> None:
    """Each negative example is its own cause: no other gives the same words."""
    said = {expected(folder) for folder in NEGATIVE}

    assert len(said) == len(NEGATIVE) >= ENOUGH
