"""`termsgate diff`."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from termsgate.cli import Exit, main
from tests.outputs import fitting

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ABOUT = ("diff", "zoom", "2023-04-01", "2023-09-01", "--today", "2024-01-01")

pytestmark = pytest.mark.usefixtures("project")

BROAD = """\
document: terms
effective: 2023-08-11
clauses:
  - id: licence
    section: "10.4"
    allows: {action: any, data: customer-content}
"""


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """The difference as JSON."""
    main([*arguments, "--format", "json"])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_change_is_told_whole(
    capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], str]
) -> None:
    """Documents, verdicts, uses with the clauses that did it; ends with 0."""
    code = main(ABOUT)

    found = capsys.readouterr().out
    assert (code, found) == (Exit.NOTHING_TO_SAY, golden("difference.txt", found))


def test_it_is_told_for_a_pull_request(
    capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], str]
) -> None:
    """In Markdown."""
    main([*ABOUT, "--format", "markdown"])

    found = capsys.readouterr().out
    assert found == golden("difference.md", found)


def test_json_is_of_the_published_form(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`termsgate schema difference` prints it."""
    main(["schema", "difference"])
    schema = json.loads(capsys.readouterr().out)

    assert list(Draft202012Validator(schema).iter_errors(told(capsys, *ABOUT))) == []


def test_the_clause_that_did_it_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """What was free is barred, by the new clause, which the licence gives way to."""
    use = told(capsys, *ABOUT)["uses-in-short"][0]

    assert ([use["before"][0]["is"]], [use["after"][0]["is"]]) == (["free"], ["barred"])
    assert [
        (one["clause"], one["part"], one["standing"], one["defeated-by"])
        for one in use["clauses-after"]
    ] == [
        ("licence", "defeated", "same", ["terms.ban"]),
        ("ban", "governs", "new", []),
    ]


def test_a_verdict_that_turned_says_whether_it_was_waived(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With level and severity."""
    (turn,) = told(capsys, *ABOUT[:4], "--today", "2023-05-01")["verdicts"]

    assert (turn["turn"], turn["before"]["outcome"], turn["after"]["verdict"]) == (
        "better",
        "waived",
        "met",
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (ABOUT, Exit.NOTHING_TO_SAY),
        ((*ABOUT, "--exit-code"), Exit.FELL_SHORT),
        (("diff", "zoom", "2023-09-01", "2023-10-01", "--exit-code"), Exit.NOTHING_TO_SAY),
    ],
)
def test_the_exit_code_is_that_of_git_diff(arguments: tuple[str, ...], code: Exit) -> None:
    """0, and 1 for a difference where it is asked for."""
    assert main(arguments) == code


def test_since_a_day_is_up_to_today_or_to_another_day(capsys: pytest.CaptureFixture[str]) -> None:
    """Two ways to say the same."""
    since = told(capsys, "diff", "zoom", "--since", "2023-04-01", "--as-of", "2023-09-01")

    assert since["uses"] == told(capsys, *ABOUT[:4])["uses"]


def test_the_other_way_round_it_is_mirrored(capsys: pytest.CaptureFixture[str]) -> None:
    """OLD may be the later one."""
    forth = told(capsys, *ABOUT)["uses"]
    back = told(capsys, "diff", "zoom", "2023-09-01", "2023-04-01")["uses"]

    assert [(one["before"], one["after"]) for one in back] == [
        (one["after"], one["before"]) for one in forth
    ]


def test_a_verdict_that_does_not_apply_any_more_is_neither_better_nor_worse(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And what is worse the one way is better the other (11.5)."""
    policy = project / "policies/ai-training.yaml"
    policy.write_text(policy.read_text() + "    when-stated: {fact: licence.granted}\n")
    version = project / "fixtures/zoom/terms/2023-03-31.yaml"
    version.write_text(version.read_text() + "    states: {licence.granted: true}\n")

    (gone,) = told(capsys, *ABOUT)["verdicts"]
    policy.write_text(policy.read_text().replace("    when-stated: {fact: licence.granted}\n", ""))
    (worse,) = told(capsys, "diff", "zoom", "2023-09-01", "2023-04-01")["verdicts"]

    assert [(each["turn"], each["after"]["verdict"]) for each in (gone, worse)] == [
        ("other", "not-applicable"),
        ("worse", "violated"),
    ]


def test_evidence_counts_as_in_a_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A ban that nobody can find in the text is none; a file from elsewhere has no text."""
    policy = project / "policies/ai-training.yaml"
    policy.write_text(policy.read_text() + "    evidence: required\n")
    version = project / "fixtures/zoom/terms/2023-08-11.yaml"
    version.write_text(version.read_text() + "    quote: we never train on your calls\n")

    unread = told(capsys, *ABOUT)["verdicts"]
    version.with_suffix(".md").write_text("It says: we never train on your calls.\n")
    (read,) = told(capsys, *ABOUT)["verdicts"]
    (project / "new.yaml").write_text(version.read_text() + "    says: Never.\n")
    of_a_file = told(capsys, "diff", "zoom", "2023-04-01", "new.yaml")["verdicts"]

    assert (unread, read["after"]["verdict"], of_a_file) == ([], "met", [])


def test_every_box_is_listed_where_it_is_asked_for(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the conditions it depends on."""
    version = project / "fixtures/zoom/terms/2023-08-11.yaml"
    version.write_text(version.read_text() + "    applies: {plan: business, feature: notes}\n")

    main([*ABOUT, "--full"])

    said = capsys.readouterr().out
    assert "uses whose stance changed, in " in said
    assert (
        "  train-ai on audio, video, chat where plan is business and feature notes is on: "
        "free -> barred (10.2)"
    ) in " ".join(said.split("\n      ")).replace("  train", "  train")


# --- a file as a side ----------------------------------------------------------------------------


def test_a_fixture_stands_in_place_of_the_recorded_version(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that a pull request's fixture can be held against the one it replaces."""
    (project / "before.yaml").write_text(BROAD)
    now = "fixtures/zoom/terms/2023-08-11.yaml"

    found = told(capsys, "diff", "zoom", "before.yaml", now)

    assert found["before"] == {"day": "2023-08-11", "file": "before.yaml"}
    assert [(one["clause"], one["change"]) for one in found["clauses"]] == [("ban", "new")]
    assert found["differs"]


def test_a_moved_and_renamed_clause_is_no_difference(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is noted as moved."""
    recorded = (project / "fixtures/zoom/terms/2023-08-11.yaml").read_text()
    moved = recorded.replace('"10.2"', '"12"').replace("id: ban", "id: no-training")
    (project / "moved.yaml").write_text(moved)

    code = main(["diff", "zoom", "2023-09-01", "moved.yaml", "--exit-code"])

    said = capsys.readouterr().out
    assert code == Exit.NOTHING_TO_SAY
    assert "terms: no-training 10.2 -> 12\n" in said
    assert said.endswith("no difference in meaning\n")


def test_one_document_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every other is as on the first day."""
    vendor = project / "fixtures/zoom/vendor.yaml"
    vendor.write_text(vendor.read_text() + "  - {id: policy, kind: notice}\n")
    for day, verb in (("2023-01-01", "allows"), ("2023-07-01", "bars")):
        path = project / f"fixtures/zoom/policy/{day}.yaml"
        path.parent.mkdir(exist_ok=True)
        clause = f"clauses: [{{id: one, {verb}: {{action: sell, data: feedback}}}}]"
        path.write_text(f"document: policy\neffective: {day}\n{clause}\n")

    both = told(capsys, *ABOUT)
    terms = told(capsys, *ABOUT, "--document", "terms")
    policy = told(capsys, *ABOUT, "--document", "policy")

    actions = [
        {tuple(use["action"]["terms"]) for use in one["uses"]} for one in (both, terms, policy)
    ]
    assert actions == [{("train-ai",), ("sell",)}, {("train-ai",)}, {("sell",)}]
    assert [one["document"] for one in policy["documents"]] == ["policy"]


def test_a_check_knows_more_of_our_use(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without one a condition is told; with one it is settled."""
    version = project / "fixtures/zoom/terms/2023-08-11.yaml"
    version.write_text(version.read_text() + "    applies: {plan: business}\n")
    check = project / "checks/calls.yaml"
    check.write_text(check.read_text() + "context: {plan: business}\n")

    open_ = told(capsys, *ABOUT)["uses"][0]
    settled = told(capsys, *ABOUT, "--check", "calls")["uses"][0]

    where = {"key": "plan", "name": "", "values": ["business"], "negated": False}
    assert (open_["where"], settled["where"]) == ([where], [])


# --- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("zom", "2023-04-01", "2023-09-01"), Exit.NOTHING_FOUND, "there is no vendor called"),
        (("zoom", "2023-04-01", "nothing.yaml"), Exit.NOTHING_FOUND, "is neither a day nor a file"),
        (("zoom", "2023-02-30", "2023-09-01"), Exit.USAGE, "is not a day of the calendar"),
        (("zoom", "2023-04-01"), Exit.USAGE, "two sides are wanted"),
        (("zoom", "a", "b", "c"), Exit.USAGE, "two sides are wanted"),
        (("zoom", "a", "b", "--since", "2023-04-01"), Exit.USAGE, "name no OLD and NEW"),
        (("zoom", "a", "b", "--as-of", "2023-04-01"), Exit.USAGE, "goes with `--since`"),
        (("zoom", "2019-01-01", "2019-01-02"), Exit.NOTHING_FOUND, "is at hand on 2019-01-01 or"),
        (("zoom", "2023-04-01", "fixtures"), Exit.PROBLEMS, "this is a folder"),
        (("zoom", "2023-04-01", "2023-09-01", "--check", "cals"), Exit.NOTHING_FOUND, "no check"),
        (
            ("zoom", "2023-04-01", "2023-09-01", "--document", "term"),
            Exit.NOTHING_FOUND,
            "has no document called `term`\n  help: the nearest is `terms`",
        ),
    ],
)
def test_what_cannot_be_compared_is_told(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: Exit, message: str
) -> None:
    """One message, with help, and nothing on standard output."""
    found = main(["diff", *arguments])

    said = capsys.readouterr()
    assert (found, said.out) == (code, "")
    assert message in said.err
    assert "\n  help: " in said.err


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "yaml/"),
        (b"\x00\x01\x7fELF", "yaml/"),
        ("document: terms\n".encode("utf-16"), "yaml/encoding"),
        (b"[" * 20_000, "yaml/"),
        (b"document: terms\n", "a version without `effective`"),
        (BROAD.replace("terms", "terns").encode(), "is no document"),
        (BROAD.replace("any,", "anny,").encode(), "`anny`"),
        (b"#" * 10_000_001, "more than any fixture"),
    ],
)
def test_a_file_that_is_no_fixture_is_told(
    project: Path, capsys: pytest.CaptureFixture[str], data: bytes, message: str
) -> None:
    """With its place; never a traceback."""
    (project / "new.yaml").write_bytes(data)

    code = main(["diff", "zoom", "2023-04-01", "new.yaml"])

    said = capsys.readouterr()
    assert (code, said.out) == (Exit.PROBLEMS, "")
    assert said.err.startswith("new.yaml:")
    assert message in said.err


def test_a_version_that_would_not_count_is_no_side(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a document that vendor.yaml lists as not at hand: it would differ in nothing."""
    vendor = project / "fixtures/zoom/vendor.yaml"
    vendor.write_text(vendor.read_text() + "  - {id: dpa, kind: contract, at-hand: false}\n")
    (project / "new.yaml").write_text(BROAD.replace("terms", "dpa"))

    code = main(["diff", "zoom", "2023-09-01", "new.yaml"])

    said = capsys.readouterr()
    assert (code, said.out) == (Exit.PROBLEMS, "")
    assert "lists `dpa` as not at hand, so that no version of it counts" in said.err


def test_a_file_that_the_disk_refuses_is_told(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the reason of the system."""
    (project / "new.yaml").write_text(BROAD)
    read = type(project).read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "new.yaml":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(type(project), "read_bytes", refused)

    code = main(["diff", "zoom", "2023-04-01", "new.yaml"])

    assert (code, "cannot be read: permission denied" in capsys.readouterr().err) == (
        Exit.PROBLEMS,
        True,
    )


def test_nobody_waits_for_a_pipe(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It would wait for somebody to write."""
    os.mkfifo(project / "pipe")

    code = main(["diff", "zoom", "2023-04-01", "pipe"])

    assert (code, "this is no file" in capsys.readouterr().err) == (Exit.PROBLEMS, True)


# --- what a stranger writes ----------------------------------------------------------------------

HOSTILE = """\
document: terms
effective: 2023-08-11
clauses:
  - id: licence
    section: "|1 <b>"
    says: "<script>alert(1)</script> | ![x](http://evil.example/x) @everyone"
    allows: {action: any, data: customer-content}
    states: {governing-law: "</details><img src=x onerror=alert(1)> | `a` [l](http://evil) #1"}
"""


def test_a_fixture_writes_only_its_words_into_a_comment(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No mark of it is a mark of ours, and no tag of it a tag."""
    (project / "<new>.yaml").write_text(HOSTILE)

    main(["diff", "zoom", "2023-09-01", "<new>.yaml", "--format", "markdown", "--full"])

    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(capsys.readouterr().out)
    assert "alert(1)" in html
    for bad in ("<script", "<img", "<a ", "<b>", "<new>"):
        assert bad not in html


def test_a_fixture_rewrites_no_terminal(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What nobody can see is refused with its place, before anything is shown."""
    (project / "new.yaml").write_text(HOSTILE.replace("</details>", "\\e[2J"))

    code = main(["diff", "zoom", "2023-09-01", "new.yaml"])

    said = capsys.readouterr()
    assert (code, said.out) == (Exit.PROBLEMS, "")
    assert "yaml/character" in said.err


DEFINED = """\
document: terms
effective: {day}
definitions:
  Content: {content}
  Visitors: {{by: affiliate}}
{more}clauses:
  - {{id: licence, section: "10.4", allows: {{action: train-ai, data: Content}}}}
  - {{id: hosting, bars: {{action: sell, data: feedback, by: Visitors}}}}
"""
NARROW = '{data: [chat, files], section: "1.2", except: {data: files, plan: free}}'
WIDE = '{data: [chat, audio], section: "1.3", perhaps: {data: derived, state: any}}'


@pytest.fixture
def defined(project: Path) -> Path:
    """A term is defined otherwise in the later version; no clause is written otherwise."""
    folder = project / "fixtures/zoom/terms"
    for day, content, more in (
        ("2023-03-31", NARROW, ""),
        ("2023-08-11", WIDE, "  Guests: {by: subprocessor}\n"),
    ):
        (folder / f"{day}.yaml").write_text(DEFINED.format(day=day, content=content, more=more))
    return project


def test_a_defined_term_that_changed_is_named(
    defined: Path, capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], str]
) -> None:
    """With what it meant, what it means, and the clauses that use it."""
    assert defined.is_dir()
    main(ABOUT)

    found = capsys.readouterr().out
    assert found == golden("difference-defined.txt", found)


def test_a_defined_term_that_changed_is_named_for_a_program_and_a_pull_request(
    defined: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the published form, and in Markdown."""
    assert defined.is_dir()
    main([*ABOUT, "--format", "json"])
    found = fitting(capsys.readouterr().out)["definitions"]
    main([*ABOUT, "--format", "markdown"])

    assert [(each["term"], each["change"], each["bears"]) for each in found] == [
        ("Content", "changed", True),
        ("Guests", "new", False),
    ]
    shown = capsys.readouterr().out.replace("\\", "")
    assert "- changed in terms: Content (1.3), used by 10.4 licence\n" in shown
