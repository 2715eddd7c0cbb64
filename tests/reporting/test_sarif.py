"""The record as SARIF: what code scanning accepts, and what it would show."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from termsgate import __version__
from termsgate.reporting import sarif as module
from termsgate.reporting.sarif import sarif
from tests.official import SARIF, wrong_in
from tests.recorded import (
    check,
    clause,
    everything,
    met,
    record,
    requirement,
    used,
    vendor,
    verdict,
)
from tests.reporting.conftest import HOSTILE, RECORDS, hostile, whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from termsgate.core.record import Record, VerdictEntry


def runs(found: Record, **options: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - as sarif takes
    """The runs of the file."""
    told: dict[str, Any] = json.loads(sarif(found, **options))
    return list(told["runs"])


def results(found: Record, **options: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - likewise
    """The results of all runs that are about requirements."""
    return [each for run in runs(found, **options) for each in run["results"]]


def only(found: VerdictEntry, **said: Any) -> dict[str, Any]:  # noqa: ANN401 - keys of a record
    """The one result of a record with one verdict."""
    (result,) = results(record(found, **said))
    return result


def unversioned(text: str) -> str:
    """The file without our version, which a release changes."""
    return text.replace(f'"semanticVersion": "{__version__}"', '"semanticVersion": "0"')


# --- the file ---------------------------------------------------------------------------------


def test_a_run_is_told(golden: Callable[[str, str], str]) -> None:
    """The findings, their rules, and how the run went."""
    found = unversioned(sarif(whole(), prefix="legal/terms"))

    assert found == golden("findings.sarif", found)


def test_a_run_is_told_whole(golden: Callable[[str, str], str]) -> None:
    """With what passes, what does not apply, and what was fixed."""
    found = unversioned(sarif(whole(), everything=True))

    assert found == golden("everything.sarif", found)


@pytest.mark.parametrize("all_of_it", [False, True])
def test_every_file_fits_the_official_schema(
    shared: Path, any_record: Record, *, all_of_it: bool
) -> None:
    """Whatever is in the record."""
    wrong = wrong_in(shared, SARIF)

    assert wrong(sarif(any_record, everything=all_of_it)) == []


def test_code_scanning_finds_all_that_it_needs(any_record: Record) -> None:
    """The properties that GitHub wants filled, and their limits."""
    told = json.loads(sarif(any_record))

    assert told["$schema"]
    assert len(told["runs"]) <= 20
    categories = [run["automationDetails"]["id"] for run in told["runs"]]
    assert len(set(categories)) == len(categories)
    assert all(each.endswith("/") for each in categories)
    for run in told["runs"]:
        rules = run["tool"]["driver"]["rules"]
        for rule in rules:
            assert 0 < len(rule["shortDescription"]["text"]) <= 1024
            assert 0 < len(rule["fullDescription"]["text"]) <= 1024
            assert rule["help"]["text"]
            assert len(rule["name"]) <= 255
            assert len(set(rule["properties"]["tags"])) <= 10
        for each in run["results"]:
            assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
            assert each["message"]["text"]
            assert each["partialFingerprints"]["primaryLocationLineHash"]
            (place,) = each["locations"]
            region = place["physicalLocation"]["region"]
            assert region["endLine"] == region["startLine"]
            assert region["endColumn"] > region["startColumn"]


def test_no_path_is_absolute(any_record: Record) -> None:
    """A file is named from the root of the repository, in the letters of a URI."""
    uris = re.findall(r'"uri": "([^"]*)"', sarif(any_record, prefix="./legal/x y/."))

    assert all(re.fullmatch(r"legal/x%20y/[\w./%-]+", each) for each in uris)


def test_the_same_record_gives_the_same_bytes(any_record: Record) -> None:
    """A second run changes nothing."""
    assert sarif(any_record) == sarif(json.loads(json.dumps(any_record)))


# --- results ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"outcome": "fail"}, ("fail", "error")),
        ({"outcome": "warn"}, ("fail", "warning")),
        ({"outcome": "waived", "level": "must"}, ("fail", "error")),
        ({"outcome": "baseline", "level": "should"}, ("fail", "warning")),
        ({"outcome": "pass", "verdict": "met"}, ("pass", "none")),
        ({"outcome": "pass", "verdict": "silent"}, ("open", "none")),
        ({"outcome": "pass", "verdict": "unclear"}, ("review", "none")),
        ({"outcome": "pass", "verdict": "violated"}, ("informational", "none")),
        ({"outcome": "skip", "verdict": "not-applicable"}, ("notApplicable", "none")),
    ],
)
def test_the_gate_decides_what_a_result_is(said: dict[str, str], expected: tuple[str, str]) -> None:
    """A result that is no failure has no level."""
    (result,) = results(record(verdict(**said)), everything=True)

    assert (result["kind"], result["level"]) == expected


def test_code_scanning_is_sent_findings_only() -> None:
    """It would show a pass as an alert."""
    found = record(met(), verdict(vendor="a", outcome="pass"), verdict(vendor="b"))
    found["vendors"] = [vendor(vendor=name) for name in ("zoom", "a", "b")]

    assert [each["properties"]["vendor"] for each in results(found)] == ["b"]


def test_a_finding_stands_at_the_clause_that_falls_short() -> None:
    """The other clauses and the requirement are beside it."""
    found = only(verdict(because=[clause(part="meets", line=1), clause(line=2)]))

    (place,) = found["locations"]
    assert place["physicalLocation"]["region"]["startLine"] == 2
    assert [
        each["physicalLocation"]["region"]["startLine"] for each in found["relatedLocations"]
    ] == [1, 4]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "policies/ai-training.yaml:4"),
        ({"requirements": [requirement(path="termsgate:ai-training")]}, "checks/calls.yaml:1"),
        (
            {
                "requirements": [requirement(path="termsgate:ai-training")],
                "checks": [check(path="<made>")],
            },
            "fixtures/zoom/vendor.yaml:1",
        ),
    ],
)
def test_silence_stands_at_the_requirement(said: dict[str, Any], expected: str) -> None:
    """Or at what is there in its place: a file of the repository in any case."""
    found = only(verdict(verdict="silent", because=[]), **said)

    (place,) = found["locations"]
    physical = place["physicalLocation"]
    at = f"{physical['artifactLocation']['uri']}:{physical['region']['startLine']}"
    assert at == expected


def test_an_alert_survives_moved_lines_and_another_verdict() -> None:
    """It is about a check, a vendor and a requirement."""
    first = only(verdict(because=[clause(line=1)]))
    second = only(verdict(because=[clause(line=9, quote="other words")], verdict="unclear"))
    other = only(verdict(check="chats"), checks=[check(check="chats")])

    assert first["partialFingerprints"] == second["partialFingerprints"]
    assert first["partialFingerprints"] != other["partialFingerprints"]


def test_vendors_that_are_silent_on_one_requirement_are_alerts_of_their_own() -> None:
    """They share a line, of which code scanning would make one fingerprint."""
    names = ("zoom", "jitsi")
    found = record(
        *(verdict(vendor=name, verdict="silent", because=[]) for name in names),
        vendors=[vendor(vendor=name) for name in names],
    )

    first, second = results(found)
    assert first["locations"][0]["physicalLocation"] == second["locations"][0]["physicalLocation"]
    assert first["partialFingerprints"] != second["partialFingerprints"]


def test_a_waiver_that_covers_suppresses() -> None:
    """With its reason, who approved it, how long, and where it stands."""
    (suppression,) = only(verdict(outcome="waived", waiver=used("covers")))["suppressions"]

    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert "Accepted for the pilot. (approved by cfo@example.org" in suppression["justification"]
    assert suppression["location"]["physicalLocation"]["region"]["startLine"] == 7


@pytest.mark.parametrize("standing", ["expired", "changed", "not begun", "not needed"])
def test_a_waiver_that_does_not_cover_suppresses_nothing(standing: str) -> None:
    """There are tools that close whatever has a suppression, whatever its status."""
    found = only(verdict(waiver=used(standing)))

    assert found["suppressions"] == []
    assert f": {standing}." in found["message"]["text"]


def test_the_baseline_tells_what_is_new() -> None:
    """Each result says how it stands to it; what was fixed is in the full file only."""
    states = {each["ruleId"]: each.get("baselineState") for each in results(whole())}
    fixed = [
        each for each in results(whole(), everything=True) if each["ruleId"] == "ai-training.calls"
    ]

    assert states["ai-training.calls"] == "new"
    assert states["ai-training.chat"] == "updated"
    assert states["ai-training.voice"] == "unchanged"
    assert [each.get("baselineState") for each in fixed] == ["new", "updated", "absent"]


def test_without_a_baseline_nothing_is_said_of_it() -> None:
    """A result that calls itself new would be one more every day."""
    assert "baselineState" not in only(verdict())


# --- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_terms_are_words(words: str) -> None:
    """No link, no placeholder and no control character comes out of them."""
    texts = re.findall(r'"text": "((?:[^"\\]|\\.)*)"', sarif(hostile(words)))
    said = [json.loads(f'"{each}"') for each in texts]

    for text in said:
        assert not [n for n in re.findall(r"\]\(([^)]*)\)", text) if not n.isdigit()]
        assert not re.search(r"(?<!\{)(?:\{\{)*\{(?!\{)", text)
        assert all(char.isprintable() or char == "\n" for char in text)


def test_a_message_links_to_the_other_clauses() -> None:
    """By the number of the related location."""
    found = only(verdict(because=[clause(), clause(clause="ban", section="[2]", part="meets")]))

    assert "[terms-of-service \\[2\\] (ban)](1) meets" in found["message"]["text"]
    assert found["relatedLocations"][0]["id"] == 1


def test_a_help_link_leads_to_the_web_or_nowhere() -> None:
    """A browser would run what begins with another scheme."""
    text = sarif(whole())

    assert '"helpUri": "https://eur-lex.europa.eu/eli/reg/2016/679/oj"' in text
    assert "javascript" not in text


# --- runs -------------------------------------------------------------------------------------


def test_each_check_is_a_run_of_its_own() -> None:
    """Also one that found nothing: that closes its alerts. Reviews are apart."""
    found = [run["automationDetails"]["id"] for run in runs(whole(), prefix="legal")]

    assert found == [
        "termsgate/legal/calls/",
        "termsgate/legal/empty/",
        "termsgate/legal/reviews./",
    ]


def test_a_check_that_was_left_out_is_no_run() -> None:
    """An empty run would close alerts of which this run knows nothing."""
    found = record(met(), partial=True, checks=[check(), check(check="other")])

    assert [run["automationDetails"]["id"] for run in runs(found)] == ["termsgate/calls/"]


def test_more_checks_than_runs_share_one() -> None:
    """Of a file with more than twenty runs GitHub takes nothing."""
    names = [f"check-{each:02}" for each in range(21)]
    found = record(
        *(verdict(check=name) for name in names), checks=[check(check=name) for name in names]
    )

    (run,) = runs(found)
    assert run["automationDetails"]["id"] == "termsgate/"
    assert len(run["results"]) == 21


def test_a_run_that_is_not_whole_says_so() -> None:
    """It was not successful, and here is why."""
    (run,) = runs(RECORDS["broken"])

    (how,) = run["invocations"]
    assert how["executionSuccessful"] is False
    assert [each["message"]["text"] for each in how["toolExecutionNotifications"]] == [
        "the run was interrupted: 1 verdicts were given and 3 were expected",
        "the check `chats` (2 verdicts) of the baseline is not asked for any more",
        "this run judged only some of the project's verdicts",
    ]


def test_what_a_reader_must_know_of_a_run_is_told() -> None:
    """An audit leaves waivers and the baseline aside."""
    (run,) = runs(record(met(), audit=True))

    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert (told["level"], told["message"]["text"]) == (
        "note",
        "waivers and the baseline are left aside",
    )


def test_a_message_names_a_few_clauses_and_counts_the_rest() -> None:
    """All of them are related locations."""
    found = only(verdict(because=[clause(clause=f"clause-{each}") for each in range(9)]))

    assert "\n4 more clauses decided.\n" in found["message"]["text"]
    assert len(found["relatedLocations"]) == 9


# --- limits -----------------------------------------------------------------------------------


def many(amount: int) -> Record:
    """A record with so many findings; every tenth fails, the others warn."""
    names = [f"vendor-{each:05}" for each in range(amount)]
    return record(
        *(
            verdict(vendor=name, outcome="warn" if number % 10 else "fail", because=[])
            for number, name in enumerate(names)
        ),
        vendors=[vendor(vendor=name, name=name) for name in names],
    )


def test_more_results_than_a_run_may_have_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """The most important stay, and a notification says how many are left out."""
    monkeypatch.setattr(module, "MOST_RESULTS", 25)

    (run,) = runs(many(100))

    assert [each["level"] for each in run["results"]] == ["error"] * 10 + ["warning"] * 15
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"].startswith("75 of 100 results are left out:")


def test_a_file_larger_than_github_takes_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """By what it is packed, the most important of all runs first."""
    monkeypatch.setattr(module, "MOST_BYTES", 6000)

    text = sarif(many(300))

    (run,) = json.loads(text)["runs"]
    kept = [each["level"] for each in run["results"]]
    assert len(gzip.compress(text.encode(), mtime=0)) <= 6000
    assert 0 < len(kept) < 300
    assert kept == sorted(kept)
    assert f"{300 - len(kept)} of 300 results are left out" in text


def test_a_verdict_with_everything_in_it_is_told() -> None:
    """Questions with their answers, absent documents, and what to ask for."""
    text = only(everything())["message"]["text"]

    assert "Open: does improving include training? (yes: violated; no: silent)" in text
    assert "Not at hand, and could change the verdict: education-agreement." in text
    assert text.endswith("Ask the vendor: Add that calls are not used to train models.")
