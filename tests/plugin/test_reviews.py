"""The review of a version: draft, disputed, too old, edited after it was signed (7.6, 7.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from termsgate.cli import main

if TYPE_CHECKING:
    from tests.plugin.conftest import Suite

BAN = "fixtures/jitsi/terms/2020-01-01.yaml"
ITEM = f"{BAN}::review"
DAY = ("--terms-today", "2024-03-01")


def reviewed(suite: Suite, review: str) -> None:
    """Let the terms of jitsi carry a review."""
    suite.add(BAN, f"review: {review}\n")


def asking(suite: Suite, *lines: str) -> None:
    """Let the check of calls, about jitsi alone, ask for reviews."""
    path = "checks/calls.yaml"
    text = (suite.path / path).read_text("utf-8").replace("[zoom, jitsi]", "[jitsi]")
    suite.write(path, "".join((text, *(f"{line}\n" for line in lines))))
    suite.write("checks/rest.yaml", 'check: rest\ntitle: Rest\nvendors: [zoom]\npolicies: ["*"]\n')


def review(suite: Suite) -> dict[str, Any]:
    """What the record says of the one review that was tested."""
    (found,) = suite.record()["reviews"]
    return dict(found)


def test_a_review_that_nobody_asks_about_passes(suite: Suite) -> None:
    """Without a `review-max-age` a review is as good as it was, however old."""
    reviewed(suite, "{by: counsel, on: 2020-01-02, status: reviewed}")

    result = suite.run(*DAY, ITEM)

    result.assert_outcomes(passed=1)
    assert (review(suite)["outcome"], review(suite)["signed"]) == ("pass", "no")


@pytest.mark.parametrize("status", ["draft", "disputed"])
def test_a_review_that_is_none_fails(suite: Suite, status: str) -> None:
    """Whether or not the check asks how old it is (7.6)."""
    reviewed(suite, f"{{by: counsel, on: 2024-02-01, status: {status}}}")

    result = suite.run(*DAY, ITEM)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        [f"{BAN}:7:9: its review is * and the check `calls` relies on it", "  help: *"]
    )


def test_a_check_may_say_warn(suite: Suite) -> None:
    """Then the test passes and the summary has the warning, once and in words."""
    asking(suite, "when-unreviewed: warn")
    reviewed(suite, "{by: counsel, on: 2024-02-01, status: draft}")

    result = suite.run(*DAY, ITEM)

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        ["reviews:", f"  {BAN}:7: its review is a draft, and the check `calls` relies on it"]
    )


@pytest.mark.parametrize(
    ("today", "outcome", "said"),
    [
        ("2024-02-29", "warn", "to the end of 2024-02-29: its last day"),
        ("2024-02-28", "warn", "to the end of 2024-02-29: 1 day left"),
        ("2024-01-31", "warn", "to the end of 2024-02-29: 29 days left"),
        ("2024-01-30", "pass", ""),
        ("2024-03-01", "fail", "to the end of 2024-02-29, 1 day ago"),
    ],
)
def test_a_review_runs_out_at_the_end_of_its_last_day(
    suite: Suite, today: str, outcome: str, said: str
) -> None:
    """Six months from the last of August are the last of February; announced 30 days ahead."""
    asking(suite, "review-max-age: 6 months")
    reviewed(suite, "{by: counsel, on: 2023-08-31, status: approved}")

    suite.run("--terms-today", today, ITEM)

    found = review(suite)
    assert (found["outcome"], [said in each["text"] for each in found["findings"]]) == (
        outcome,
        [True] if said else [],
    )


def test_a_version_that_nobody_reviewed_fails_a_check_that_asks(suite: Suite) -> None:
    """It has a test although it has no review."""
    asking(suite, "review-max-age: 12 months")

    result = suite.run(*DAY, "fixtures")

    result.assert_outcomes(passed=1, failed=1, skipped=1)
    result.stdout.fnmatch_lines(
        [f"{BAN}:1:1: nobody has reviewed it, and the check `calls` asks for a review"]
    )


def test_a_review_is_owed_only_by_what_a_check_relies_on(suite: Suite) -> None:
    """The version in force is tested, the one before it is not, and nor is a statement."""
    asking(suite, "review-max-age: 12 months")
    check = (suite.path / "checks/calls.yaml").read_text("utf-8").replace("[jitsi]", "[zoom]")
    suite.write("checks/calls.yaml", check)
    suite.write(
        "checks/rest.yaml", (suite.path / "checks/rest.yaml").read_text().replace("zoom", "jitsi")
    )
    suite.add("fixtures/zoom/vendor.yaml", "  - {id: blog, kind: statement}\n")
    suite.add(
        "fixtures/zoom/vendor.yaml",
        "  - {id: school, kind: contract, applies: {sector: education}}\n",
    )
    for name in ("blog", "school"):
        suite.write(
            f"fixtures/zoom/{name}/2023-08-07.yaml",
            f"document: {name}\neffective: 2023-08-07\nclauses: []\n",
        )

    suite.run(*DAY, "fixtures")

    assert [each["path"] for each in suite.record()["reviews"]] == [
        "fixtures/zoom/terms/2023-08-11.yaml"
    ]


def test_two_checks_are_told_apart(suite: Suite) -> None:
    """It fails if one of them says so, and each is named."""
    asking(suite, "when-unreviewed: warn")
    suite.write(
        "checks/strict.yaml", 'check: strict\ntitle: Strict\nvendors: [jitsi]\npolicies: ["*"]\n'
    )
    reviewed(suite, "{by: counsel, on: 2024-02-01, status: disputed}")

    suite.run(*DAY, ITEM)

    found = review(suite)
    told = [(each["check"], each["outcome"]) for each in found["findings"]]
    assert (found["outcome"], told) == ("fail", [("calls", "warn"), ("strict", "fail")])


# --- the sign-off -------------------------------------------------------------------------------


def signed(suite: Suite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let counsel sign, by the command."""
    monkeypatch.chdir(suite.path)
    assert main(["sign", BAN, "--by", "counsel@example.org", "--on", "2024-02-01"]) == 0


def test_what_was_signed_passes_and_an_edit_voids_it(
    suite: Suite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word of a clause is enough, and the failure says what to do."""
    asking(suite, "when-unreviewed: warn")
    signed(suite, monkeypatch)
    before = suite.run(*DAY, ITEM)
    text = (suite.path / BAN).read_text("utf-8")
    suite.write(BAN, text.replace("customer-content", "[audio, video]"))

    after = suite.run(*DAY, ITEM)

    before.assert_outcomes(passed=1)
    after.assert_outcomes(failed=1)
    after.stdout.fnmatch_lines(
        [
            f"{BAN}:3:9: it was edited after counsel@example.org signed it on 2024-02-01: *",
            f"  help: see what changed, * sign it again: `termsgate sign {BAN} --by WHO`",
        ]
    )
    assert review(suite)["signed"] == "void"


def test_an_edit_of_the_form_alone_voids_nothing(
    suite: Suite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Comments, the order of keys and the way a value is written are no content."""
    signed(suite, monkeypatch)
    text = (suite.path / BAN).read_text("utf-8")
    edited = text.replace('    section: "3"\n', "").replace(
        "    bars: {action: any, data: customer-content}",
        "    bars:  # all of it\n      data: [customer-content]\n      action: any\n"
        "    section: '3'",
    )
    assert edited != text
    suite.write(BAN, edited)

    result = suite.run(*DAY, ITEM)

    result.assert_outcomes(passed=1)


def test_the_hash_of_a_version_that_no_check_relies_on_is_tested_too(
    suite: Suite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An old version proves what was read then."""
    monkeypatch.chdir(suite.path)
    old = "fixtures/zoom/terms/2023-03-31.yaml"
    main(["sign", old, "--by", "counsel"])
    suite.write(old, (suite.path / old).read_text("utf-8").replace("10.4", "10.5"))

    result = suite.run(*DAY, f"{old}::review")

    result.assert_outcomes(failed=1)


def test_a_review_without_a_hash_fails_a_strict_run_alone(suite: Suite) -> None:
    """Older reviews have none (7.7)."""
    reviewed(suite, "{by: counsel, on: 2024-02-01, status: reviewed}")
    plain = suite.run(*DAY, ITEM)

    strict = suite.run(*DAY, "--terms-strict", ITEM)

    plain.assert_outcomes(passed=1)
    strict.assert_outcomes(failed=1)
    strict.stdout.fnmatch_lines([f"{BAN}:7:9: counsel signed it on 2024-02-01 without a sha256: *"])


def test_workers_tell_of_reviews_too(suite: Suite) -> None:
    """pytest-xdist: what was found travels with the report."""
    pytest.importorskip("xdist")
    asking(suite, "review-max-age: 12 months")
    suite.run(*DAY, "--terms-json", "one.json")

    suite.run(*DAY, "--terms-json", "two.json", "-n", "2")

    assert (suite.path / "one.json").read_bytes() == (suite.path / "two.json").read_bytes()
