"""An earlier record is read back whole and unedited, or refused with one problem."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from termsgate.core.record import key
from termsgate.reading.baseline import Found, digest, read_baseline
from termsgate.reporting.json import to_text
from tests.recorded import everything, met, record, verdict

if TYPE_CHECKING:
    from pathlib import Path

PATH = "reports/record.json"


def sealed(text: str) -> str:
    """A text with a seal that fits, as somebody would write it who means to deceive."""
    body = text.rpartition('"seal": "')[0]
    return f'{body}"seal": "{hashlib.sha256(body.encode()).hexdigest()}"\n}}\n'


def read(folder: Path, text: str | bytes) -> Found:
    """What is found in a file of this text."""
    file = folder / "record.json"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_baseline(file, PATH)


def refusal(found: Found) -> str:
    """The problem, as a user sees it."""
    assert found.baseline is None
    return str(found.problem)


GOOD = to_text(record(met(), everything(), verdict(vendor="jitsi")))


def test_a_record_that_a_run_wrote_is_read_back(tmp_path: Path) -> None:
    """With every verdict, the day of its run and the hash of the file."""
    found = read(tmp_path, GOOD)

    assert found.problem is None
    assert found.baseline is not None
    assert (found.baseline.path, found.baseline.today) == (PATH, "2026-11-21")
    assert found.baseline.past[key(met())] == everything()
    assert found.sha256 == hashlib.sha256(GOOD.encode()).hexdigest()


def test_line_ends_that_git_made_are_no_edit(tmp_path: Path) -> None:
    """A checkout on Windows is the same record."""
    assert read(tmp_path, GOOD.replace("\n", "\r\n")).problem is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"\xff\xfe", "1:1: the file is no JSON [baseline/no-json]"),
        ("{\n  nonsense", "2:3: the file is no JSON: expecting property name"),
        ("[" * 100_000, "1:1: the file is no JSON [baseline/no-json]"),
        ("[]", "1:1: the file does not say that it is a `termsgate-record` [baseline/foreign]"),
        ('{"format": "sarif"}', "1:1: the file does not say that it is a `termsgate-record`"),
        (
            sealed(GOOD.replace('"version": 1,', '"version": 0,', 1)),
            "1:1: the record is of version `0`, where version 1 is read [baseline/other-version]",
        ),
        ('{"format": "termsgate-record", "version": 1}', "1:1: the record has no seal: an older"),
        (GOOD.replace("violated", "met", 1), "1:1: the record was edited after a run wrote it"),
        (GOOD.replace("{", "{ ", 1), "1:1: the record was edited after a run wrote it"),
        (f"{GOOD} ", "1:1: the record was edited after a run wrote it [baseline/edited]"),
        (json.dumps(json.loads(GOOD)), "1:1: the record was edited after a run wrote it"),
        (
            sealed(GOOD.replace('"outcome": "fail"', '"outcome": "fine"', 1)),
            "1:1: the record does not have its published form: `verdicts[1].outcome` is not what",
        ),
        (
            sealed(GOOD.replace('"audit": false,\n', "", 1)),
            "1:1: the record does not have its published form: `the record` is not what it should",
        ),
        (
            to_text(record(met(), expected=2)),
            "1:1: the run of this record gave 1 of 2 verdicts [baseline/not-whole]",
        ),
        (
            to_text(record(met(), interrupted=True)),
            "1:1: the run of this record gave 1 of 1 verdicts [baseline/not-whole]",
        ),
        (
            to_text(
                record(
                    met(),
                    partial=True,
                    **{"left-out": [{"by": "-k", "said": "zoom", "verdicts": 2}]},
                )
            ),
            "1:1: the run of this record was asked for 1 of 3 verdicts [baseline/partial]",
        ),
        (
            to_text(record(met(), audit=True)),
            "1:1: the run of this record left waivers and the baseline aside [baseline/audit]",
        ),
    ],
)
def test_anything_else_is_refused_with_one_problem(
    tmp_path: Path, text: str | bytes, told: str
) -> None:
    """It says what explains the rest, and what to do."""
    found = refusal(read(tmp_path, text))

    assert found.startswith(f"{PATH}:{told}")
    assert found.partition("\n")[2].startswith("  help: ")


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
