"""A record is read back strictly, and what is wrong with it has a place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from termsgate.reading.record import decode
from termsgate.reporting.json import to_text
from tests.recorded import check, everything, met, record, requirement, verdict

if TYPE_CHECKING:
    from termsgate.core.record import HistoryEntry, HistoryRowEntry, Record

PATH = "reports/record.json"


def read(text: str | bytes) -> list[str]:
    """The first line of each problem of a text, without the path."""
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    found = decode(data, PATH).problems
    return [str(each).splitlines()[0].removeprefix(f"{PATH}:") for each in found]


def changed(**said: object) -> str:
    """A record's text with other values."""
    return to_text(record(everything()) | said)  # type: ignore[arg-type]


@pytest.mark.parametrize("found", [record(), record(met()), record(everything())])
def test_what_is_written_is_read(found: Record) -> None:
    """Every entry, whatever is in it."""
    read_back = decode(to_text(found).encode("utf-8"), PATH)

    assert (read_back.record, read_back.problems) == (found, ())


def many(amount: int, **last: object) -> Record:
    """A record of so many verdicts, the last of which says something else."""
    names = [f"check-{each:04}" for each in range(amount)]
    verdicts = [met(check=name) for name in names[:-1]]
    return record(
        *verdicts,
        met(**({"check": names[-1]} | last)),
        checks=[check(check=name) for name in names],
    )


def test_a_record_as_a_run_wrote_it_is_not_weighed_entry_by_entry(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the seal holds, the beginning of each list shows the form of all."""
    weighed = []

    def misfits(_: str, value: Record) -> list[object]:
        weighed.append(len(value["verdicts"]))
        return []

    monkeypatch.setattr("termsgate.reading.record.misfits", misfits)

    read_back = decode(to_text(many(300)).encode(), PATH)

    assert read_back.record is not None
    assert weighed == [100]


def test_an_edit_is_found_wherever_it_stands() -> None:
    """Of a record whose seal is broken every entry is weighed."""
    text = to_text(many(300)).replace('"check-0299", "vendor": "zoom"', '"check-0299", "vendor": 5')

    (first, *_) = read(text)

    assert "`verdicts[299].vendor` is `5`, where text is wanted" in first


def test_a_seal_helps_no_record_of_another_form() -> None:
    """What its beginning shows is told like any other misfit."""
    (found,) = read(to_text(record(*many(300)["verdicts"], checks=[])))[:1]

    assert "the record lists no check" in found


def test_half_a_character_comes_back() -> None:
    """A lone surrogate, which a quote may hold, is written as its number."""
    found = record(verdict(notes=["\ud800"]))

    assert decode(to_text(found).encode("utf-8"), PATH).record == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1:1: this is no JSON: expecting value [record/syntax]"),
        ('{"a": 1', "1:8: this is no JSON: expecting ',' delimiter [record/syntax]"),
        ('{"a": NaN}', "1:1: this is no JSON: `NaN` is no number [record/syntax]"),
        ('{"a": 1' + "0" * 5000 + "}", "1:1: a number has more digits than any place"),
        ('{"a": 1, "a": 2}', '1:1: `"a"` is written twice in one entry [record/duplicate-key]'),
        ("[" * 100_000, "1:1: lists lie inside lists without end [record/too-deep]"),
        ("[]", "1:1: this is no record of a run [record/no-record]"),
        ('{"format": "junit"}', "1:1: this is no record of a run [record/no-record]"),
    ],
)
def test_what_is_no_record_is_refused(text: str, expected: str) -> None:
    """Whatever stands in the file, it ends with one problem."""
    (found,) = read(text)

    assert found.startswith(expected)


def test_a_file_in_another_encoding_is_refused() -> None:
    """The place is where it stops to be UTF-8."""
    assert read(b'{"a":\n "z\xffoom"}') == [
        "2:4: the file is not written in UTF-8 [record/encoding]"
    ]


@pytest.mark.parametrize("version", [2, "1", True, None])
def test_a_record_of_another_version_is_refused(version: object) -> None:
    """It says which it is, and nothing about the keys that version has."""
    (found,) = read(changed(version=version))

    assert found == (
        f"1:1: the record is of version `{json.dumps(version)}`, and version 1 is read here "
        "[record/wrong-version]"
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            {"partial": "no"},
            '8:12: `partial` is `"no"`, where true or false is wanted [record/wrong-form]',
        ),
        (
            {"today": "2026-02-30"},
            '4:10: `today` is `"2026-02-30"`, which is no date of the calendar',
        ),
        (
            {"as-of": 5},
            "5:10: `as-of` is `5`, where text is wanted [record/wrong-form]",
        ),
        ({"mood": "\x1b[31m"}, '30:9: the file has an unknown key `"mood"` [record/unknown-key]'),
        (
            {"verdicts": [verdict(outcome="failed")]},
            '25:108: `verdicts[0].outcome` is `"failed"`, where `pass`, `warn`, `fail`, ',
        ),
        (
            {"verdicts": [met(), verdict(witness={"action": "train-ai"})], "given": 2},
            "in `verdicts[1].witness` `data` is missing [record/missing-key]",
        ),
        ({"given": 3}, "7:10: 3 verdicts are said to be given, and 1 are [record/miscounted]"),
        (
            {"verdicts": [met(), met()], "given": 2},
            '26:1: a second verdict of `"calls zoom ai-training.calls"` [record/repeated]',
        ),
        (
            {"requirements": [requirement(requirement="exit.x\n")]},
            'the record lists no requirement `"ai-training.calls"`, which this verdict is about',
        ),
    ],
)
def test_a_record_edited_by_hand_is_refused(said: dict[str, object], expected: str) -> None:
    """Each fault has its line, its column, and the way to it."""
    assert expected in read(changed(**said))[0]


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Not one problem a run."""
    found = read(changed(partial="no", given=-1, verdicts=[verdict(level="shall")]))

    assert [each.rpartition("[")[2] for each in found] == ["record/wrong-form]"] * 3


def test_a_changed_word_breaks_the_seal() -> None:
    """Where nothing else is wrong: a verdict was made a better one, or a blank was put in."""
    text = to_text(record(everything()))
    edits = [
        text.replace("violated", "met", 1),
        text.replace("{", "{ ", 1),
        f"{text} ",
        json.dumps(json.loads(text)),
        json.dumps(record(everything())),
    ]

    assert [read(each) for each in edits] == [
        ["1:1: the record was edited after a run wrote it [record/edited]"]
    ] * len(edits)


def test_line_ends_that_git_made_are_no_edit() -> None:
    """A checkout on Windows is the same record."""
    assert read(to_text(record(met())).replace("\n", "\r\n")) == []


def test_a_text_laid_out_anew_is_read_alike() -> None:
    """The place does not rest on one entry a line."""
    text = json.dumps(record(met(), met()), indent=2)
    (found,) = read(text)

    line = int(found.partition(":")[0])
    assert [each.strip() for each in text.splitlines()[line - 1 : line + 1]] == [
        "{",
        '"check": "calls",',
    ]


HISTORY: HistoryEntry = {
    "vendor": "zoom",
    "days": [
        {
            "day": "2023-03-31",
            "coming": False,
            "events": [{"event": "takes-effect", "subject": "terms"}],
            "documents": [
                {"document": "terms", "version": "2023-03-31", "withdrawn": False, "new": True}
            ],
        }
    ],
    "verdicts": [{"check": "calls", "requirement": "a.b", "verdicts": ["violated"]}],
}


def test_a_record_with_a_history_is_read() -> None:
    """As it was written."""
    found: Record = {**record(everything()), "history": [HISTORY]}

    assert decode(to_text(found).encode("utf-8"), PATH).record == found


def test_a_history_has_a_verdict_for_each_day() -> None:
    """A row with more or fewer was edited."""
    row: HistoryRowEntry = {"check": "calls", "requirement": "a.b", "verdicts": ["met", "met"]}

    (found,) = read(changed(history=[{**HISTORY, "verdicts": [row]}]))

    assert found.endswith("2 verdicts are given for 1 days of a history [record/miscounted]")
