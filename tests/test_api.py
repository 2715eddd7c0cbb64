"""The door for programs."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

import termsgate
from termsgate import ProblemsError, UnknownNameError, open_project
from termsgate.cli import main
from tests.cli.conftest import FILES

if TYPE_CHECKING:
    from pathlib import Path

THEN = date(2023, 4, 1)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_five_lines_judge_a_project(project: Path) -> None:
    """Open, judge, read."""
    found = [
        (each.check, each.vendor, each.requirement, each.word, each.outcome)
        for each in open_project(project).judge(as_of=THEN, today=THEN)
    ]

    assert found == [("calls", "zoom", "ai-training.calls", "violated", "waived")]


def test_waivers_are_left_aside_where_that_is_asked(project: Path) -> None:
    """The verdict stays the same, and tells that it is waived."""
    verdict = next(open_project(project).judge(as_of=THEN, today=THEN, waivers=False).verdicts())

    assert (verdict.word, verdict.outcome, verdict.is_waived) == ("violated", "fail", True)


def test_a_verdict_says_what_decided_it(project: Path) -> None:
    """Clauses, what to ask, and the whole text that `explain` prints."""
    verdict = open_project(project).judge(as_of=THEN).verdict_of("zoom", "ai-training.calls")

    assert (verdict.clauses, verdict.level, verdict.as_of) == (("terms.licence",), "must", THEN)
    assert verdict.ask == "Add that calls are not used to train models."
    assert "“machine learning, artificial intelligence”" in verdict.text
    assert str(verdict).startswith("zoom ai-training.calls: violated: No AI training on calls")


def test_the_text_is_that_of_explain(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Word for word."""
    day = "2023-04-01"
    asked = ["calls", "zoom", "ai-training.calls", "--as-of", day, "--today", day]
    main(["explain", *asked, "--root", str(project)])

    verdict = (
        open_project(project).judge(as_of=THEN, today=THEN).verdict_of("zoom", "ai-training.calls")
    )

    assert capsys.readouterr().out == f"{verdict.text}\n"


def test_all_problems_come_in_one_exception(project: Path) -> None:
    """Each with its place, its code and its help; and it survives a process border."""
    (project / "checks/calls.yaml").write_text("check: calls\nvendor: [zoom]\nowner: 3\n")

    with pytest.raises(ProblemsError) as caught:
        open_project(project)

    problems = caught.value.problems
    assert len(problems) > 1
    assert str(problems[0].place).startswith("checks/calls.yaml:")
    assert str(caught.value) == "\n".join(map(str, problems))
    assert pickle.loads(pickle.dumps(caught.value)).problems == problems  # noqa: S301 - our own


def test_a_folder_that_is_no_project_is_a_problem_too(tmp_path: Path) -> None:
    """One kind of exception for all that is wrong with files."""
    with pytest.raises(ProblemsError) as caught:
        open_project(tmp_path)

    assert [each.code for each in caught.value.problems] == ["store/no-project"]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("zom", "ai-training.calls"), "no vendor called `zom` is judged: the nearest is `zoom`"),
        (("zoom", "x"), "no requirement called `x` is judged: there are: ai-training.calls"),
        (
            ("zoom", "ai-training.calls", "cals"),
            "no check called `cals` is judged: the nearest is `calls`",
        ),
    ],
)
def test_a_name_that_is_not_there_is_told_with_the_nearest(
    project: Path, names: tuple[str, str], message: str
) -> None:
    """It is a LookupError, and never a verdict of nothing."""
    with pytest.raises(UnknownNameError) as caught:
        open_project(project).judge().verdict_of(*names)

    assert str(caught.value) == message


def test_what_there_is_can_be_listed(project: Path) -> None:
    """Ids of checks, vendors and requirements; a glob on vendors reaches what is judged."""
    found = open_project(project)

    assert (found.checks, found.vendors, found.requirements) == (
        ("calls",),
        ("zoom",),
        ("ai-training.calls",),
    )
    assert (len(found.judge()), len(found.judge(vendor="jit*"))) == (1, 0)


def test_importing_the_package_imports_nothing_of_the_engine() -> None:
    """The names are there all the same."""
    script = (
        "import sys, termsgate; heavy = {'termsgate.api', 'yaml', 'jsonschema', 'pytest'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules);"
        "assert set(termsgate.__all__) <= set(dir(termsgate));"
        "termsgate.open_project; assert 'termsgate.api' in sys.modules"
    )

    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)  # noqa: S603 - this Python


def test_a_name_that_is_not_there_is_no_name_of_the_package() -> None:
    """As of any module."""
    with pytest.raises(AttributeError, match="`termsgate` has no attribute `open_projekt`"):
        _ = termsgate.open_projekt  # type: ignore[attr-defined]


@pytest.mark.parametrize(("captured", "word"), [(True, "met"), (False, "silent")])
def test_a_promise_counts_where_its_quote_is_found(
    *, captured: bool, word: str, project: Path
) -> None:
    """As in a run: a requirement may ask that the words were found in the captured text."""
    _require_evidence(project)
    version = project / "fixtures/zoom/terms/2023-08-11.yaml"
    version.write_text(
        "document: terms\neffective: 2023-08-11\nclauses:\n  - id: ban\n    section: '10.2'\n"
        "    quote: We train on no call\n    bars: {action: train-ai, data: [audio, video, chat]}\n"
    )
    if captured:
        version.with_suffix(".md").write_text("We train on no call.\n")

    assert _word(project, date(2024, 1, 1)) == word


def _require_evidence(project: Path) -> None:
    policy = project / "policies/ai-training.yaml"
    policy.write_text(policy.read_text().replace("    why:", "    evidence: required\n    why:"))


def _word(project: Path, day: date) -> str:
    return open_project(project).judge(as_of=day).verdict_of("zoom", "ai-training.calls").word
