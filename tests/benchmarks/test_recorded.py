"""The archive that the benchmark of drift walks."""

from __future__ import annotations

import pytest

from benchmarks.drift import speed
from benchmarks.recorded import SIZE, make
from termsgate.reading.archive import Archives
from termsgate.reading.drift.course import Walked, course
from termsgate.reading.store import load


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """What twenty-two recorded versions show."""
    made = make(tmp_path_factory.mktemp("recorded"), versions=22)
    project = load(made.project).project
    assert project is not None
    vendor = project.vendors[0]
    with Archives(made.archives) as archives:
        found = course(vendor, vendor.versions[0], (), archives)
    assert isinstance(found, Walked)
    return found


def test_every_tenth_version_changes_words(walked: Walked) -> None:
    """And between them only links and numbers do, which is noise."""
    fresh = [at for at, each in enumerate(walked.course.recorded, 1) if each.fresh]

    assert fresh == [10, 20]


def test_drift_begins_with_the_tenth(walked: Walked) -> None:
    """And lasts."""
    first = walked.course.first

    assert first is walked.course.recorded[9]
    assert [each.about for each in first.drift.passages if each.fate == "new"] == [
        ("ai", "training")
    ]


def test_a_text_is_as_large_as_is_said(walked: Walked) -> None:
    """The numbers of the page are about such texts."""
    assert len(walked.newest.raw) > SIZE
    assert "against 40 quotes" in speed(2)
