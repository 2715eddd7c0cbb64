"""An earlier record is read back whole and unedited, or refused with every problem."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from termsgate.core.record import key
from termsgate.reading.baseline import Found, read_baseline
from termsgate.reading.replacing import digest
from termsgate.reporting.json import to_text
from tests.recorded import everything, met, record, vendor, verdict

if TYPE_CHECKING:
    from pathlib import Path

    from termsgate.core.record import Record

PATH = "reports/record.json"
BOTH = [vendor(), vendor(vendor="jitsi")]


def read(folder: Path, text: str) -> Found:
    """What is found in a file of this text."""
    file = folder / "record.json"
    file.write_text(text, "utf-8")
    return read_baseline(file, PATH)


def refusal(found: Found) -> str:
    """The problems, as a user sees them."""
    assert found.baseline is None
    return "\n".join(map(str, found.problems))


def test_a_record_that_a_run_wrote_is_read_back(tmp_path: Path) -> None:
    """With every verdict, the day of its run and the hash of the file."""
    good = to_text(record(everything(), verdict(vendor="jitsi"), vendors=BOTH))
    found = read(tmp_path, good)

    assert found.problems == ()
    assert found.baseline is not None
    assert (found.baseline.path, found.baseline.today) == (PATH, "2026-11-21")
    assert found.baseline.past[key(met())] == everything()
    assert found.sha256 == hashlib.sha256(good.encode()).hexdigest()


def test_what_is_no_record_is_no_baseline(tmp_path: Path) -> None:
    """The reader of records says why."""
    edited = to_text(record(met())).replace("met", "violated", 1)

    assert "1:1: this is no JSON: expecting value [record/syntax]" in refusal(read(tmp_path, ""))
    assert "the record was edited after" in refusal(read(tmp_path, edited))


@pytest.mark.parametrize(
    ("half", "told"),
    [
        (
            record(met(), expected=2),
            "the run of this record gave 1 of 2 verdicts [baseline/not-whole]",
        ),
        (
            record(met(), interrupted=True),
            "the run of this record gave 1 of 1 verdicts [baseline/not-whole]",
        ),
        (
            record(
                met(), partial=True, **{"left-out": [{"by": "-k", "said": "zoom", "verdicts": 2}]}
            ),
            "the run of this record was asked for 1 of 3 verdicts [baseline/partial]",
        ),
        (
            record(met(), audit=True),
            "the run of this record left waivers and the baseline aside [baseline/audit]",
        ),
    ],
)
def test_the_record_of_half_a_run_is_refused(tmp_path: Path, half: Record, told: str) -> None:
    """It says what is missing, and what to do."""
    found = refusal(read(tmp_path, to_text(half)))

    assert found.startswith(f"{PATH}:1:1: {told}")
    assert found.partition("\n")[2].startswith("  help: ")


def test_all_that_is_against_a_record_is_told_at_once(tmp_path: Path) -> None:
    """Not one problem a run."""
    half = record(met(), expected=2, partial=True, audit=True)

    codes = [each.code for each in read(tmp_path, to_text(half)).problems]

    assert codes == ["baseline/not-whole", "baseline/partial", "baseline/audit"]


def test_a_file_that_is_not_there_is_refused_where_it_is_needed(tmp_path: Path) -> None:
    """A run that writes the first baseline does not need it."""
    file = tmp_path / "none.json"

    assert "there is no such file [baseline/missing]" in refusal(read_baseline(file, PATH))
    assert read_baseline(file, PATH, needed=False) == Found()


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """A folder is no file."""
    found = refusal(read_baseline(tmp_path, PATH, needed=False))

    assert "the baseline cannot be read: is a directory [baseline/unreadable]" in found
    assert digest(tmp_path) is None
