"""`termsgate history`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from termsgate.cli import Exit, main
from tests.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("project")

LATER = "2024-01-01"
BETWEEN = "2023-05-01"


def test_every_verdict_over_every_version(
    capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], str]
) -> None:
    """Days across, requirements down; ends with 0 whatever the verdicts are."""
    code = main(["history", "zoom", "--today", LATER])

    found = capsys.readouterr().out
    assert (code, found) == (Exit.NOTHING_TO_SAY, golden("history.txt", found))


def test_a_version_that_is_announced_is_shown_as_coming(
    capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], str]
) -> None:
    """Its day says so, and its column is marked."""
    main(["history", "zoom", "--today", BETWEEN, "--format", "markdown"])

    found = capsys.readouterr().out
    assert found == golden("history.md", found)
    assert "coming" in MarkdownIt("commonmark").enable("table").render(found)


def test_json_gives_the_days_and_a_row_for_each_verdict(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As the record has them."""
    main(["history", "zoom", "--today", BETWEEN, "--format", "json"])

    said = json.loads(capsys.readouterr().out)
    assert (said["format"], said["version"], said["vendor"]) == ("termsgate-history", 1, "zoom")
    assert [(day["day"], day["coming"]) for day in said["days"]] == [
        ("2023-03-31", False),
        ("2023-08-11", True),
    ]
    assert said["verdicts"] == [
        {"check": "calls", "requirement": "ai-training.calls", "verdicts": ["violated", "met"]}
    ]


def test_a_verdict_that_never_turned_is_counted_or_shown(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is shown with `--all`."""
    (project / "fixtures/zoom/terms/2023-08-11.yaml").unlink()

    main(["history", "zoom"])
    short = capsys.readouterr().out
    main(["history", "zoom", "--all"])
    whole = capsys.readouterr().out

    assert "1 verdict never turned (--all shows them)" in short
    assert "ai-training" not in short
    assert "  ai-training\n    calls  V" in whole


def test_in_a_narrow_terminal_the_days_go_down_in_blocks(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line is wider than the terminal, and every day has its column."""
    text = (project / "fixtures/zoom/terms/2023-03-31.yaml").read_text()
    for month in range(1, 13):
        day = f"2024-{month:02}-01"
        path = project / f"fixtures/zoom/terms/{day}.yaml"
        path.write_text(text.replace("2023-03-31", day))

    screen = shown(["history", "zoom", "--today", LATER], 44, monkeypatch)

    table = screen.plain.split("\n\n", 1)[1].splitlines()
    assert all(len(line) <= 44 for line in table)
    numbers = [word for line in table if line.startswith("calls") for word in line.split()[1:]]
    assert numbers == [str(n) for n in range(1, 15)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("zom",), "there is no vendor called `zom`\n  help: the nearest is `zoom`"),
        (("zoom", "--check", "cals"), "there is no check called `cals`"),
    ],
)
def test_a_name_that_is_none_gets_the_nearest(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    """Nothing was found to examine: 66."""
    code = main(["history", *arguments])

    said = capsys.readouterr()
    assert (code, said.out) == (Exit.NOTHING_FOUND, "")
    assert message in said.err


def test_a_vendor_without_a_version_has_no_history(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """66, and where to record one."""
    for path in (project / "fixtures/zoom/terms").iterdir():
        path.unlink()
    (project / "fixtures/zoom/terms").rmdir()

    code = main(["history", "zoom"])

    assert (code, "no version of a document of `zoom` is on record" in capsys.readouterr().err) == (
        Exit.NOTHING_FOUND,
        True,
    )


def test_a_name_that_is_too_long_stands_above_its_letters(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not cut: several names may begin alike."""
    name = "no-training-on-calls-without-consent"
    policy = project / "policies/ai-training.yaml"
    policy.write_text(policy.read_text().replace("id: calls", f"id: {name}"))
    check = project / "checks/calls.yaml"
    check.write_text(check.read_text().replace("ai-training.calls", f"ai-training.{name}"))

    lines = shown(["history", "zoom"], 40, monkeypatch).plain.splitlines()

    at = lines.index(f"    {name}")
    assert lines[at + 1].split() == ["V", "m"]
