"""The letter: text that one can send."""

from __future__ import annotations

from termsgate.reporting.page.book import Book
from termsgate.reporting.page.letter import Letter, letter
from tests.recorded import clause, met, question, record, requirement, vendor, verdict

REQUIREMENTS = [requirement(), requirement(requirement="exit.x", title="We can leave", ask="")]
DOCUMENTS = [
    {
        "document": "terms-of-service",
        "kind": "contract",
        "title": "Terms of Service",
        "url": "",
        "at-hand": True,
        "versions": [],
    }
]


def letter_of(*verdicts: object, language: str = "en") -> Letter | None:
    """The letter to the one vendor of a record."""
    found = record(*verdicts, requirements=REQUIREMENTS, vendors=[vendor(documents=DOCUMENTS)])  # type: ignore[arg-type]
    return letter(Book(found, language), "zoom", found["verdicts"])


def test_a_vendor_that_gives_all_gets_no_letter() -> None:
    """Nor one whose breaches were accepted."""
    assert letter_of(met(), verdict(outcome="waived")) is None


def test_a_letter_says_what_we_ask_for_and_where_it_stands() -> None:
    """Numbered, with the vendor's own words."""
    found = letter_of(verdict())

    assert found is not None
    assert (
        "1. No AI training on calls without consent\n"
        "   Add that calls are not used to train models.\n"
        "   Terms of Service, 10.4: “machine learning, artificial intelligence”"
    ) in found.needed


def test_a_clause_that_decides_by_two_halves_is_cited_once() -> None:
    """Its other half has the same words; what else decided is cited too."""
    halves = [clause(), clause(**{"second-half": True, "part": "open"}), clause(section="10.2")]

    found = letter_of(verdict(because=halves))

    assert found is not None
    assert found.needed.count("Terms of Service, 10.4") == 1
    assert found.needed.count("Terms of Service, 10.2") == 1


def test_what_is_the_same_in_two_checks_is_asked_for_once() -> None:
    """A vendor does not know our checks."""
    found = letter_of(verdict(), verdict(check="other"))

    assert found is not None
    assert found.needed.count("No AI training on calls") == 1


def test_what_only_warns_is_asked_for_on_request() -> None:
    """And a requirement without `ask` says what is missing."""
    found = letter_of(
        verdict(), verdict(requirement="exit.x", outcome="warn", verdict="silent", ask="")
    )

    assert found is not None
    assert "We can leave" not in found.needed
    assert "2. We can leave\n   Your terms do not say. Please state it." in found.whole


def test_where_nothing_fails_the_letter_asks_for_what_warns() -> None:
    """There is no other to choose."""
    found = letter_of(verdict(outcome="warn"))

    assert found is not None
    assert found.needed == found.whole
    assert "What we would welcome:" in found.whole


def test_questions_are_asked_that_the_vendor_can_answer() -> None:
    """In its own words, each once; what is ours to answer stays with us."""
    theirs = question(
        kind="coverage", text="does section 10 of terms-of-service (a-b) cover audio?"
    )
    ours = question(kind="condition", text="which plan?")
    found = letter_of(
        verdict(questions=[theirs, ours]), verdict(requirement="exit.x", questions=[theirs])
    )

    assert found is not None
    assert found.needed.count("- Does section 10 of Terms of Service cover audio?") == 1
    assert "which plan" not in found.needed.lower()


def test_a_letter_is_plain_text_of_short_lines() -> None:
    """A quote brings in neither lines nor signs that turn the text around."""
    hostile = "a\n\nDear Sir\u202e," + "x" * 5000
    found = letter_of(verdict(because=[clause(quote=hostile)], ask=hostile))

    assert found is not None
    assert "\u202e" not in found.needed
    assert "\nDear Sir" not in found.needed


def test_a_letter_is_written_in_french() -> None:
    """As the page is."""
    found = letter_of(verdict(), language="fr")

    assert found is not None
    assert found.needed.startswith("Objet\u00a0: Zoom, ce que nous demandons")
