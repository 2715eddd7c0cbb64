"""`termsgate drift`: what a user sees of it, and the draft it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pytest

from termsgate.cli import Exit, main
from termsgate.reading import readable
from termsgate.reading.pdf import NoReader
from tests.outputs import fitting
from tests.reading.gitarchive import GitArchive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD: Final = """\
# Harbour Terms

Last updated: March 4, 2025

1. **Your content.** Harbour will not use your calls to train its models. You keep what you own.

2. **Licence.** You grant Harbour a licence to host your content solely to provide the services.

3. **Deletion.** Harbour deletes your content within thirty days after you close your account.

4. **Notice.** We tell you thirty days ahead of any material change of these terms.

5. **Law.** The laws of Ireland apply. The courts of Dublin decide. Both sides accept this.
"""
BAN: Final = "Harbour will not use your calls to train its models."
FILES: Final = {
    "policies/calls.yaml": """\
policy: calls
title: Calls
owner: privacy@example.org
requirements:
  - id: training
    title: No training on calls
    level: must
    severity: high
    forbid: {action: train-ai, data: audio}
    why: A call cannot be taken back out of a model.
    ask: Add that calls are not used to train models.
  - id: deletion
    title: Content is deleted after the end
    level: should
    severity: medium
    require: {fact: deletion-after-termination, at-most: 60 days}
    why: What is gone cannot leak.
    ask: Say when content is deleted.
""",
    "fixtures/harbour/vendor.yaml": """\
vendor: harbour
name: Harbour Calls Ltd.
documents:
  - {id: terms, kind: contract}
""",
    "fixtures/harbour/terms/2025-03-04.yaml": """\
# Read whole.
document: terms
effective: 2025-03-04
language: en
source:
  url: https://harbour.example/terms
  # where we took it from
  captured: 2025-03-05T09:00:00Z
review: {by: [counsel@example.org], on: 2025-03-06, status: reviewed}
clauses:
  # the sentence that matters
  - id: ban
    section: "1"
    says: No training on calls.
    quote: "not use your calls to train its models"
    bars: {action: train-ai, data: audio}
  - id: ownership
    section: "1"
    says: The customer keeps its content.
    quote: "You keep what you own"
    states: {content-ownership: customer}
  - id: deletion
    section: "3"
    says: Content goes thirty days after the end.
    quote: >-
      Harbour deletes your content
      within thirty days
    states: {deletion-after-termination: 30 days}
  - id: law
    section: "5"
    says: Irish law.
    quote: "The laws of Ireland apply"
    states: {governing-law: Ireland}
""",
    "fixtures/harbour/terms/2025-03-04.md": OLD,
}
CHANGED: Final = (
    OLD.replace("March 4, 2025", "June 1, 2025")
    .replace(BAN, "Harbour may use your calls to train its models unless you object.")
    .replace("The laws of Ireland apply.", "English law applies.")
)


GERMAN: Final = (
    "Die Bedingungen gelten für die Nutzung der Dienste von Harbour. Wir verwenden die Gespräche "
    "nicht, um unsere Modelle zu trainieren. Sie behalten, was Ihnen gehört. Die Gerichte in "
    "Dublin entscheiden, und das Recht von Irland ist anzuwenden."
)
MEADOW: Final = (
    "Terms of Meadow. Meadow Labs provides notes and an editor for them. You may export your notes "
    "at any time. We answer your questions by post. Prices are on our page, and they do not "
    "include taxes. The law of the Netherlands governs."
)
Drift: TypeAlias = "Callable[..., tuple[int, str, str]]"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one fixture and the text it was read from; the user stands in it."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def drift(project: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command on a text; its exit code, and what it prints."""

    def run(
        text: str | bytes | None, *arguments: str, name: str = "new.md"
    ) -> tuple[int, str, str]:
        words = []
        if text is not None:
            data = text.encode() if isinstance(text, str) else text
            (project / name).write_bytes(data)
            words = [name]
        try:
            code = main(["drift", "harbour", *words, *arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def _json(out: str) -> dict[str, Any]:
    return fitting(out)


# --- what is reported ---------------------------------------------------------------------------


def test_the_same_text_is_no_drift(drift: Drift) -> None:
    """The same words end with 0."""
    code, out, _ = drift(OLD)

    assert (code, out.splitlines()[1]) == (Exit.NOTHING_TO_SAY, "no drift: 4 of 4 quotes stand")


def test_noise_is_no_drift(drift: Drift) -> None:
    """Other numbers, a menu and other white space end with 0."""
    noisy = "* [Home](/)\n* [AI](/ai)\n\n" + OLD.replace("1. **", "12. **").replace(
        " you ", "  you "
    )
    code, _, _ = drift(noisy)

    assert code == Exit.NOTHING_TO_SAY


def test_drift_is_told_with_the_words_and_the_verdicts(drift: Drift) -> None:
    """A changed promise: its diff, the sentence, and the verdict that rested on it."""
    code, out, _ = drift(CHANGED)

    assert code == Exit.FELL_SHORT
    assert "drift: 2 of 4 quotes stand; passages: 1 new, 1 changed, 1 gone" in out
    assert "printed date: 2025-03-04 -> 2025-06-01" in out
    assert "[-not-] {+may+} use your calls to train its models" in out
    assert "calls.training: was met (default)" in out
    assert "calls.deletion" not in out


def test_json_holds_everything(drift: Drift) -> None:
    """What a program needs: quotes, passages, dates, verdicts."""
    code, out, _ = drift(CHANGED, "--format", "json")
    said = _json(out)

    assert (code, said["format"], said["version"]) == (Exit.FELL_SHORT, "termsgate-drift", 1)
    assert [each["clause"] for each in said["quotes"]] == ["ban", "law"]
    assert [each["requirement"] for each in said["unproven"]] == ["calls.training"]
    assert said["dates"]["now"] == "2025-06-01"
    assert {"ai", "training", "opt-out"} & {
        subject for each in said["passages"] for subject in each["about"]
    }


def test_markdown_shows_the_words_and_lets_none_of_them_through(drift: Drift) -> None:
    """A vendor's text is a stranger's: it makes no mark of ours."""
    text = OLD.replace(BAN, "Harbour <img src=x> may train @everyone's models on your *calls*.")
    _, out, _ = drift(text, "--format", "markdown")

    assert "| calls.training | met (default) | `ban` |" in out
    assert "@everyone" not in out
    assert "<img" not in out


def test_words_that_changed_without_a_date_are_told(drift: Drift) -> None:
    """The founding case."""
    _, out, _ = drift(OLD.replace("courts of Dublin", "courts of London"))

    assert "words changed and the printed date did not: 2025-03-04" in out


def test_a_date_that_changed_without_words_is_told(drift: Drift) -> None:
    """Somebody touched the page, and nothing shows."""
    code, out, _ = drift(OLD.replace("March 4", "March 9"))

    assert code == Exit.FELL_SHORT
    assert "the printed date changed and no word did: 2025-03-04 -> 2025-03-09" in out


def test_a_change_of_the_sentence_around_a_quote_is_told(drift: Drift) -> None:
    """The quoted words stand, and the verdict on them is to be read again."""
    code, out, _ = drift(OLD.replace("after you close", "after you ask us to close"))

    assert code == Exit.FELL_SHORT
    assert "drift: 4 of 4 quotes stand; passages: 1 changed" in out
    assert "verdicts to read again" in out
    assert "quoted for deletion" in out


def test_the_same_name_changed_in_several_places_is_told_once(drift: Drift) -> None:
    """Four places, one change."""
    _, out, _ = drift(OLD.replace("Harbour ", "Haven "))

    assert "[-Harbour-] {+Haven+}: 3 times" in out


def test_a_moved_clause_is_no_change(drift: Drift) -> None:
    """Order and numbers are not words."""
    parts = OLD.split("\n\n")
    parts[2], parts[5] = parts[5], parts[2]
    code, _, _ = drift("\n\n".join(parts))

    assert code == Exit.NOTHING_TO_SAY


def test_capitals_and_commas_alone_are_counted_and_no_drift(drift: Drift) -> None:
    """They are said, for a lawyer may care."""
    code, out, _ = drift(OLD.replace("Both sides accept this.", "Both Sides accept, this."))

    assert code == Exit.NOTHING_TO_SAY
    assert "1 passage differs in capitals or punctuation alone" in out


def test_without_the_old_text_quotes_and_the_date_are_what_can_be_told(
    drift: Drift, project: Path
) -> None:
    """It says what it cannot tell."""
    (project / "fixtures/harbour/terms/2025-03-04.md").unlink()
    code, out, _ = drift(CHANGED)

    assert code == Exit.FELL_SHORT
    assert "the text is dated 2025-06-01, after the fixture" in out
    assert "note: the text that the fixture was read from is not at hand" in out


def test_the_old_text_may_lie_in_a_folder(drift: Drift, project: Path) -> None:
    """As `vendor--document--date`."""
    beside = project / "fixtures/harbour/terms/2025-03-04.md"
    (project / "texts").mkdir()
    beside.rename(project / "texts/harbour--terms--2025-03-04.md")
    code, out, _ = drift(OLD, "--texts", "texts", "--format", "json")

    assert (code, _json(out)["against"]) == (0, "harbour--terms--2025-03-04.md")


# --- what is not judged -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("\n \n", "empty"),
        ("Too few words.", "empty"),
        ("404 - Page not found\n\nThe page you are looking for has moved.", "error page"),
        (
            "Just a moment...\n\nChecking your browser before accessing harbour.example.",
            "error page",
        ),
        ("Please enable JavaScript to view this page.", "error page"),
        ("Sign in to continue\n\nEmail\n\nPassword\n\nForgot password?", "login page"),
        ("Page introuvable\n\nLa page demandée n\u2019existe plus.", "error page"),
        (OLD[: len(OLD) // 2], "truncated"),
        (OLD[len(OLD) // 2 :], "truncated"),
        (GERMAN, "another language"),
        (MEADOW, "another vendor"),
    ],
)
def test_what_is_not_the_document_is_one_finding(drift: Drift, text: str, why: str) -> None:
    """One sentence and what to do, not as many lost quotes."""
    code, out, _ = drift(text, "--format", "json")
    said = _json(out)

    assert (code, said["refused"]["why"], said["quotes"]) == (Exit.PROBLEMS, why, [])


def test_a_text_said_to_be_whole_is_judged(drift: Drift) -> None:
    """Where the vendor itself took half of it away."""
    code, out, _ = drift(OLD[: len(OLD) // 2], "--whole")

    assert code == Exit.FELL_SHORT
    assert "quotes lost or changed (2)" in out


def test_a_text_cut_off_is_seen_without_the_old_one(drift: Drift, project: Path) -> None:
    """It ends in the middle of a sentence, and what came later is lost."""
    (project / "fixtures/harbour/terms/2025-03-04.md").unlink()
    code, out, _ = drift(OLD[: OLD.index("3. **Del") - 12])

    assert (code, "not judged, truncated" in out) == (Exit.PROBLEMS, True)


# --- bad input ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["harbour"], Exit.USAGE, "name a text, or an archive"),
        (["harbour", "no.md"], Exit.NOTHING_FOUND, "`no.md` cannot be read"),
        (["harbour", "policies"], Exit.NOTHING_FOUND, "`policies` is a folder"),
        (["harbor", "no.md"], Exit.NOTHING_FOUND, "the nearest is `harbour`"),
        (["harbour", "no.md", "--document", "term"], Exit.NOTHING_FOUND, "nearest is `terms`"),
        (["harbour", "no.md", "--as-of", "2020-01-01"], Exit.NOTHING_FOUND, "no fixture of"),
        (["harbour", "no.md", "--effective", "2026-01-01"], Exit.USAGE, "add `--write`"),
        (["harbour", "no.md", "--from-archive", "x"], Exit.USAGE, "and not both"),
        (["harbour", "policies/calls.yaml"], Exit.PROBLEMS, "[text/wrong-ending]"),
        (["harbour", "--from-archive", "x"], Exit.NOTHING_FOUND, "names no archive"),
        (["harbour", "no.md", "--root", "nowhere"], Exit.NOTHING_FOUND, "holds none of"),
    ],
)
@pytest.mark.usefixtures("project")
def test_bad_input_is_one_clear_message(
    arguments: list[str], code: Exit, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each with help, and its exit code."""
    assert main(["drift", *arguments]) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert message in printed.err
    assert "help:" in printed.err


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x00\x01binary", "[text/binary]"),
        ("Terms".encode("utf-16"), "[text/encoding]"),
        ("d\u00e9j\u00e0".encode("latin-1"), "[text/encoding]"),
        (b"x" * 10_000_001, "[text/too-large]"),
    ],
)
def test_what_is_no_text_is_a_problem(drift: Drift, data: bytes, message: str) -> None:
    """With the nearest right thing."""
    code, out, err = drift(data)

    assert (code, out, message in err) == (Exit.PROBLEMS, "", True)


def test_several_documents_ask_for_one(drift: Drift, project: Path) -> None:
    """None is guessed."""
    vendor = project / "fixtures/harbour/vendor.yaml"
    vendor.write_text(vendor.read_text() + "  - {id: notice, kind: notice}\n")
    other = project / "fixtures/harbour/notice"
    other.mkdir()
    (other / "2025-01-01.yaml").write_text(
        "document: notice\neffective: 2025-01-01\nclauses: []\n", encoding="utf-8"
    )
    code, _, err = drift(OLD)

    assert (code, "`notice`, `terms`" in err, "--document" in err) == (Exit.USAGE, True, True)


def test_a_folder_of_texts_that_is_not_there_is_said(drift: Drift) -> None:
    """It was asked for."""
    code, _, err = drift(OLD, "--texts", "nowhere")

    assert (code, "there is no folder `nowhere`" in err) == (Exit.NOTHING_FOUND, True)


def test_an_old_text_that_proves_nothing_is_a_problem(drift: Drift, project: Path) -> None:
    """As `termsgate verify` says."""
    (project / "fixtures/harbour/terms/2025-03-04.md").write_bytes(b"\x00\x01")
    code, _, err = drift(OLD)

    assert (code, "[text/binary]" in err) == (Exit.PROBLEMS, True)


def test_a_pdf_that_nothing_reads_is_said(drift: Drift, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""

    def missing(_: bytes) -> list[str]:
        raise NoReader

    monkeypatch.setattr(readable, "pages_of", missing)
    code, _, err = drift(b"%PDF-1.7", name="new.pdf")

    assert (code, "termsgate[pdf]" in err) == (Exit.NOTHING_FOUND, True)


def test_a_pdf_is_read_page_by_page(drift: Drift, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a page ends says nothing."""
    at = OLD.index("your content within")
    monkeypatch.setattr(readable, "pages_of", lambda _: (OLD[:at], OLD[at:]))
    code, out, _ = drift(b"%PDF-1.7", name="new.pdf")

    assert (code, "no drift: 4 of 4" in out) == (Exit.NOTHING_TO_SAY, True)


# --- the draft ----------------------------------------------------------------------------------


def test_the_draft_keeps_what_stands_and_marks_what_does_not(drift: Drift, project: Path) -> None:
    """Comments stay, quotes are anchored anew where they can be, and the rest is marked."""
    code, _, err = drift(CHANGED, "--write")
    draft = (project / "fixtures/harbour/terms/2025-06-01.yaml").read_text(encoding="utf-8")

    assert code == Exit.FELL_SHORT
    assert "was drafted" in err
    assert "  # the sentence that matters\n  - id: ban" in draft
    assert "effective: 2025-06-01" in draft
    assert "status: draft" in draft
    assert "captured:" not in draft
    assert '    quote: "may use your calls to train its models"' in draft
    assert "# TODO drift: the words were `not use your calls to train its models`" in draft
    assert "# TODO drift: lost: `The laws of Ireland apply` does not stand there" in draft
    assert "    quote: >-\n      Harbour deletes your content\n      within thirty days\n" in draft


def test_the_draft_is_in_order(drift: Drift, capsys: pytest.CaptureFixture[str]) -> None:
    """`termsgate lint` has nothing against it."""
    drift(CHANGED, "--write")

    assert (main(["lint"]), capsys.readouterr().out) == (Exit.NOTHING_TO_SAY, "")


def test_a_draft_drifts_no_more_where_its_quotes_were_found(drift: Drift) -> None:
    """What was anchored anew stands exactly once."""
    drift(CHANGED, "--write")
    _, out, _ = drift(CHANGED, "--as-of", "2025-06-02", "--format", "json")

    assert [each["clause"] for each in _json(out)["quotes"]] == ["law"]


def test_a_quote_that_stands_twice_now_gets_its_neighbours(drift: Drift, project: Path) -> None:
    """The place is the one where its old sentence still stands."""
    twice = "So you keep what you own. You keep what you own, as said above. The courts of Dublin"
    text = OLD.replace("The courts of Dublin", twice).replace("March 4", "March 9")
    drift(text, "--write")
    draft = (project / "fixtures/harbour/terms/2025-03-09.yaml").read_text(encoding="utf-8")

    assert "stands in the new text more than once" in draft


def test_a_draft_is_never_written_over_a_file(drift: Drift, project: Path) -> None:
    """What is there stays as it is."""
    drift(CHANGED, "--write")
    file = project / "fixtures/harbour/terms/2025-06-01.yaml"
    file.write_text(file.read_text().replace("# TODO", "# Done"), encoding="utf-8")
    before = file.read_bytes()
    code, _, err = drift(CHANGED, "--write", "--as-of", "2025-05-01")

    assert (code, "is there already" in err, file.read_bytes()) == (Exit.PROBLEMS, True, before)


def test_a_draft_needs_a_day(drift: Drift) -> None:
    """Words changed under the old date: the person says from when they count."""
    silent = CHANGED.replace("June 1, 2025", "March 4, 2025")
    code, _, err = drift(silent, "--write")
    assert (code, "--effective" in err) == (Exit.USAGE, True)

    code, _, err = drift(silent, "--write", "--effective", "2025-08-01")
    assert (code, "2025-08-01.yaml` was drafted" in err) == (Exit.FELL_SHORT, True)


def test_nothing_is_drafted_where_nothing_drifted(drift: Drift) -> None:
    """And that is said."""
    code, _, err = drift(OLD, "--write")

    assert (code, "nothing was written" in err) == (Exit.NOTHING_TO_SAY, True)


def _with(project: Path, old: str, new: str) -> None:
    """Edit the fixture."""
    file = project / "fixtures/harbour/terms/2025-03-04.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


ONE_LINE: Final = (
    '  - {id: ban, section: "1", says: No., quote: "not use your calls to train its models",'
    " bars: {action: train-ai, data: audio}}\n"
)
BLOCK: Final = """\
  - id: ban
    section: "1"
    says: No training on calls.
    quote: "not use your calls to train its models"
    bars: {action: train-ai, data: audio}
"""


def test_a_clause_on_one_line_gets_its_mark_above(drift: Drift, project: Path) -> None:
    """Its quote is left to the person."""
    _with(project, BLOCK, ONE_LINE)
    drift(CHANGED, "--write")
    draft = (project / "fixtures/harbour/terms/2025-06-01.yaml").read_text(encoding="utf-8")

    assert "\n  # TODO drift: the words were `not use your calls" in draft
    assert ONE_LINE in draft


def test_a_quote_that_is_the_first_key_gets_its_mark_below(drift: Drift, project: Path) -> None:
    """So that the list stays a list."""
    quote = '  - quote: "not use your calls to train its models"\n    id: ban\n'
    rest = BLOCK.replace("  - id: ban\n", "").replace(
        '    quote: "not use your calls to train its models"\n', ""
    )
    _with(project, BLOCK, quote + rest)
    drift(CHANGED, "--write")
    draft = (project / "fixtures/harbour/terms/2025-06-01.yaml").read_text(encoding="utf-8")

    assert '  - quote: "may use your calls to train its models"\n    # TODO drift:' in draft
    assert main(["lint"]) == Exit.NOTHING_TO_SAY


def test_a_draft_of_a_dated_fixture_keeps_both_days(drift: Drift, project: Path) -> None:
    """When it was published, and from when it is in force."""
    _with(project, "effective: 2025-03-04\n", "effective: 2025-03-04\npublished: 2025-03-01\n")
    text = CHANGED.replace(
        "Last updated: June 1, 2025", "Updated May 20, 2025. Effective June 1, 2025"
    )
    drift(text, "--write")
    draft = (project / "fixtures/harbour/terms/2025-06-01.yaml").read_text(encoding="utf-8")

    assert "effective: 2025-06-01\npublished: 2025-05-20\n" in draft
    assert "2025-03-01" not in draft


def test_a_draft_of_a_fixture_without_a_source_or_a_comment(drift: Drift, project: Path) -> None:
    """There is less to take over."""
    _with(project, "# Read whole.\n", "")
    _with(project, "  url: https://harbour.example/terms\n", "")
    drift(CHANGED, "--write")
    draft = (project / "fixtures/harbour/terms/2025-06-01.yaml").read_text(encoding="utf-8")

    assert "what stands below was said" not in draft
    assert "source:" not in draft


def test_a_draft_lists_the_new_passages_that_no_clause_speaks_of(
    drift: Drift, project: Path
) -> None:
    """A person has to write a clause for them, or not."""
    sold = "We sell transcripts of your calls to data brokers."
    text = CHANGED.replace("Both sides accept this.", f"Both sides accept this. {sold}").replace(
        "You keep what you own.", "What you made belongs to you."
    )
    drift(text, "--write")
    draft = (project / "fixtures/harbour/terms/2025-06-01.yaml").read_text(encoding="utf-8")

    assert f"  # TODO drift: new passage, line 13, sale: {sold}" in draft
    assert main(["lint"]) == Exit.NOTHING_TO_SAY


def test_a_draft_without_the_old_text_anchors_what_it_can(drift: Drift, project: Path) -> None:
    """What is nearest is taken, and marked."""
    (project / "fixtures/harbour/terms/2025-03-04.md").unlink()
    twice = CHANGED + "\nYou keep what you own, always. "
    drift(twice, "--write")
    draft = (project / "fixtures/harbour/terms/2025-06-01.yaml").read_text(encoding="utf-8")

    assert "TODO drift: `You keep what you own` stands in the new text more than once\n" in draft
    assert 'quote: "may use your calls to train its models"' in draft


def test_a_draft_of_a_file_that_ends_with_its_quote(drift: Drift, project: Path) -> None:
    """And without the end of a line."""
    file = project / "fixtures/harbour/terms/2025-03-04.yaml"
    kept, law = file.read_text(encoding="utf-8").split("  - id: law\n")
    quote = '    quote: "The laws of Ireland apply"'
    rest = law.replace(quote + "\n", "")
    file.write_text(f"{kept}  - id: law\n{rest.rstrip()}\n{quote}", encoding="utf-8")
    drift(CHANGED, "--write")
    draft = (project / "fixtures/harbour/terms/2025-06-01.yaml").read_text(encoding="utf-8")

    assert "# TODO drift: lost: `The laws of Ireland apply`" in draft
    assert draft.endswith(f"{quote}\n")


def test_words_on_precedence_are_quotes_too(drift: Drift, project: Path) -> None:
    """A verdict rests on them where a document prevails because of them."""
    vendor = project / "fixtures/harbour/vendor.yaml"
    vendor.write_text(vendor.read_text() + "  - {id: addendum, kind: contract}\n")
    other = project / "fixtures/harbour/addendum"
    other.mkdir()
    (other / "2025-01-01.yaml").write_text(
        "document: addendum\neffective: 2025-01-01\nclauses:\n"
        "  - {id: leave, allows: {action: train-ai, data: audio}}\n",
        encoding="utf-8",
    )
    rule = '  - {over: [addendum], section: "5", quote: "The courts of Dublin decide"}\n'
    _with(project, "clauses:\n", f"precedence:\n{rule}clauses:\n")
    text = OLD.replace("The courts of Dublin decide.", "Nothing is decided by any court.")
    code, out, _ = drift(text, "--document", "terms", "--write", "--effective", "2025-07-01")

    assert code == Exit.FELL_SHORT
    assert "precedence.1 (5): lost" in out
    assert "calls.training: was met (default)\n    rests on precedence.1" in out


def test_another_vendors_verdicts_are_left_alone(drift: Drift, project: Path) -> None:
    """A check that does not name the vendor has no verdict on it."""
    (project / "checks").mkdir()
    other = project / "fixtures/meadow"
    other.mkdir()
    (other / "vendor.yaml").write_text(
        "vendor: meadow\nname: Meadow\ndocuments:\n  - {id: terms, kind: contract}\n"
    )
    for name, vendors in (("one", "[harbour]"), ("two", "[meadow]")):
        (project / f"checks/{name}.yaml").write_text(
            f'check: {name}\ntitle: T\nowner: o@example.org\nvendors: {vendors}\npolicies: ["*"]\n'
        )
    _, out, err = drift(CHANGED)

    assert "calls.training: was met (one)" in out, err


def test_a_quote_that_never_stood_is_no_drift(drift: Drift, project: Path) -> None:
    """It is said, and it is the fixture's own."""
    _with(project, "The laws of Ireland apply", "The laws of Mars apply")
    code, out, _ = drift(OLD)

    assert code == Exit.NOTHING_TO_SAY
    assert "`law`: its quote does not stand once in the old text either (lost)" in out


def test_a_rewritten_document_is_judged_and_called_so(drift: Drift) -> None:
    """The same vendor, all other words."""
    text = (
        "# Harbour Terms\n\nLast updated: June 1, 2025\n\n"
        "Harbour Calls runs rooms, and Harbour may do so through others. Whoever enters a room of "
        "ours accepts these rules. What is said there may be stored by Harbour for a year. Courts "
        "of England are to hear every claim. Fees are due on the first of each month in advance. "
        "You keep what you own."
    )
    code, out, _ = drift(text)

    assert code == Exit.FELL_SHORT
    assert "percent of the old text is left: the document was rewritten" in out


def test_many_other_passages_are_counted(drift: Drift) -> None:
    """Five are shown."""
    more = "".join(f"\n{at}. Lamp number {at} is lit at dusk by the porter.\n" for at in range(9))
    _, out, _ = drift(OLD + more)
    assert "other passages (9):" in out
    assert "  and 4 more" in out

    _, out, _ = drift(OLD + more, "--format", "markdown")
    assert "<summary>Other passages (9)</summary>" in out


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_every_form_says_that_a_text_is_not_judged(drift: Drift, form: str) -> None:
    """And what to do about it."""
    code, out, _ = drift("Access denied. Ray ID 77.", "--format", form)

    assert (code, "ot judged, error page" in out, "elp: capture" in out) == (65, True, True)


# --- from an archive ----------------------------------------------------------------------------


@pytest.fixture
def archive(project: Path) -> GitArchive:
    """The old text, noise, a page of errors, the changed text, and the old one back with noise."""
    made = GitArchive(project / "archives/example/versions")
    path = "Harbour/Terms of Service.md"
    noisy = OLD.replace("1. **", "7. **")
    for day, text in enumerate((OLD, noisy, "Access denied.", CHANGED, CHANGED + "\n"), 1):
        made.record(path, text, day=day)
    version = project / "fixtures/harbour/terms/2025-03-04.yaml"
    where = f"{{collection: example/versions, path: {path}, commit: {made.commits[0]}}}"
    version.write_text(
        version.read_text().replace("  captured:", f"  archive: {where}\n  captured:"),
        encoding="utf-8",
    )
    return made


def test_an_archive_tells_with_which_version_drift_begins(
    drift: Drift, archive: GitArchive
) -> None:
    """Noise does not begin it, and neither does a page that is no text."""
    code, out, _ = drift(None, "--from-archive", "archives")

    assert code == Exit.FELL_SHORT
    assert f"drift begins with the version of 2024-01-04 ({archive.commits[3][:12]})" in out
    assert "4 versions recorded since" in out
    assert "2024-01-03" in out
    assert "2024-01-02" not in out


def test_an_archive_as_json(drift: Drift, archive: GitArchive) -> None:
    """Every recorded version, and the newest whole."""
    code, out, _ = drift(None, "--from-archive", "archives", "--format", "json")
    said = _json(out)

    assert (code, said["begins"]) == (Exit.FELL_SHORT, archive.commits[3])
    assert [each["fresh"] for each in said["recorded"]] == [False, True, True, False]
    assert [each["clause"] for each in said["newest"]["quotes"]] == ["ban", "law"]
    assert said["newest"]["unproven"]


def test_a_draft_from_an_archive_names_the_commit(
    drift: Drift, project: Path, archive: GitArchive
) -> None:
    """Where the words of the new version are kept is known."""
    drift(None, "--from-archive", "archives", "--write")
    draft = (project / "fixtures/harbour/terms/2025-06-01.yaml").read_text(encoding="utf-8")

    assert f'    commit: "{archive.commits[-1]}"' in draft


def test_a_text_against_the_one_in_an_archive(
    drift: Drift, project: Path, archive: GitArchive
) -> None:
    """The old text is read at the very commit."""
    (project / "fixtures/harbour/terms/2025-03-04.md").unlink()
    code, out, _ = drift(CHANGED, "--archive", "archives", "--format", "json")

    name = f"Harbour/Terms of Service.md@{archive.commits[0][:12]}"
    assert (code, _json(out)["against"]) == (Exit.FELL_SHORT, f"example/versions:{name}")


def test_an_archive_that_is_not_there_is_said(drift: Drift, archive: GitArchive) -> None:
    """Once, with what to do."""
    assert archive.commits
    code, _, err = drift(None, "--from-archive", "nowhere")

    assert (code, "no folder of archives" in err) == (Exit.NOTHING_FOUND, True)


def test_an_archive_in_markdown(drift: Drift, archive: GitArchive) -> None:
    """A table of what is new in each, and then the newest."""
    code, out, _ = drift(None, "--from-archive", "archives", "--format", "markdown")

    assert code == Exit.FELL_SHORT
    assert f"It begins with the version of **2024-01-04** (`{archive.commits[3][:12]}`)." in out
    assert "| 2024-01-03 |" in out


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_an_archive_with_nothing_newer(drift: Drift, project: Path, form: str) -> None:
    """Nothing is recorded after the fixture's commit."""
    made = GitArchive(project / "archives/example/versions")
    commit = made.record("T.md", OLD, day=1)
    where = f"{{collection: example/versions, path: T.md, commit: {commit}}}"
    _with(project, "  captured:", f"  archive: {where}\n  captured:")
    code, out, _ = drift(None, "--from-archive", "archives", "--format", form)

    assert code == Exit.NOTHING_TO_SAY
    assert ("null" if form == "json" else "o drift") in out


def test_a_commit_that_did_not_touch_the_text_stands_for_the_one_before(
    drift: Drift, project: Path
) -> None:
    """A person may name the commit that was checked out."""
    made = GitArchive(project / "archives/example/versions")
    made.record("T.md", "Other words, which were there long before.\n", day=1)
    made.record("T.md", OLD, day=2)
    commit = made.record("Other.md", "Something else.", day=3)
    made.record("T.md", CHANGED, day=4)
    made.record("T.md", b"\xff\xfe not a text", day=5)
    made.git("rm", "-q", "T.md", day=6)
    made.commit("gone", day=6)
    where = f"{{collection: example/versions, path: T.md, commit: {commit}}}"
    _with(project, "  captured:", f"  archive: {where}\n  captured:")
    code, out, _ = drift(None, "--from-archive", "archives", "--format", "json")

    assert code == Exit.FELL_SHORT
    assert [each["recorded"] for each in _json(out)["recorded"]] == ["2024-01-04"]


def test_a_commit_that_the_archive_has_not_is_said(drift: Drift, archive: GitArchive) -> None:
    """And how to fetch it."""
    _with(archive.folder.parents[2], archive.commits[0], "a" * 40)
    code, _, err = drift(None, "--from-archive", "archives")

    assert (code, "has no commit `aaaaaaaaaaaa`" in err) == (Exit.NOTHING_FOUND, True)


def test_what_was_changed_back_is_no_drift(drift: Drift, archive: GitArchive) -> None:
    """Each version is held against the fixture's own text."""
    archive.record("Harbour/Terms of Service.md", OLD, day=9)
    code, out, _ = drift(None, "--from-archive", "archives")

    assert (code, "no drift" in out) == (Exit.NOTHING_TO_SAY, True)


def test_an_archive_whose_branch_never_had_the_text_is_said(drift: Drift, project: Path) -> None:
    """The commit is there, and nothing that is checked out follows it."""
    made = GitArchive(project / "archives/example/versions")
    commit = made.record("T.md", OLD, day=1)
    made.git("checkout", "-q", "--orphan", "other")
    made.git("rm", "-q", "-f", "T.md")
    made.record("Other.md", "Something else.", day=2)
    where = f"{{collection: example/versions, path: T.md, commit: {commit}}}"
    _with(project, "  captured:", f"  archive: {where}\n  captured:")
    code, _, err = drift(None, "--from-archive", "archives")

    assert (code, "no commit has `T.md`" in err) == (Exit.NOTHING_FOUND, True)


def test_markdown_says_what_cannot_be_told(drift: Drift, project: Path) -> None:
    """As the other formats do."""
    (project / "fixtures/harbour/terms/2025-03-04.md").unlink()
    _, out, _ = drift(CHANGED, "--format", "markdown")

    assert "\nNote: the text that the fixture was read from is not at hand" in out


def test_of_a_long_sentence_the_change_is_shown(drift: Drift, project: Path) -> None:
    """With a few words on either side."""
    long = " ".join(f"word{at}" for at in range(60))
    file = project / "fixtures/harbour/terms/2025-03-04.md"
    file.write_text(f"{OLD}\n6. Then {long} ends.\n", encoding="utf-8")
    new = long.replace("word10 ", "other10 ").replace("word50 ", "other50 ")
    _, out, _ = drift(f"{OLD}\n6. Then {new} ends.\n", "--format", "markdown")

    assert "~~word10~~ **other10** word11" in out
    assert "word18 ... word42" in out
    assert "word30" not in out
