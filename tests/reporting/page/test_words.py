"""The page's catalogues, and the engine's sentences in them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from termsgate.reporting.page.sentences import Sentences
from termsgate.reporting.page.words import LANGUAGES, Words, catalogue

if TYPE_CHECKING:
    from pathlib import Path

OTHERS = LANGUAGES[1:]


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_message(language: str) -> None:
    """And none that the first has not, in the same order: a translator compares them by lines."""
    assert list(catalogue(language)) == list(catalogue(LANGUAGES[0]))


@pytest.mark.parametrize("language", OTHERS)
def test_a_message_has_the_same_places_in_every_language(language: str) -> None:
    """A name that is not filled in would stand on the page."""
    slot = re.compile(r"\{[a-z]+\}")
    first, other = catalogue(LANGUAGES[0]), catalogue(language)

    assert [
        k for k in first if sorted(slot.findall(first[k])) != sorted(slot.findall(other[k]))
    ] == []


def test_what_is_counted_has_one_and_many() -> None:
    """Neither without the other."""
    keys = catalogue("en")
    ones = {key.removesuffix(".one") for key in keys if key.endswith(".one")}
    many = {key.removesuffix(".other") for key in keys if key.endswith(".other")}

    assert ones == many


def test_every_message_that_is_said_is_there(root: Path) -> None:
    """By templates, the script and the modules; and none is left that nobody says."""
    folder = root / "src/termsgate"
    files = [*folder.glob("data/page/page.*"), *folder.glob("data/page/*.jinja")]
    files += folder.glob("reporting/page/*.py")
    text = "\n".join(file.read_text("utf-8") for file in files)
    keys = catalogue("en")
    written = {key for key in keys if re.search(rf'["`\']{re.escape(key)}["`\']', text)}
    stems = set(re.findall(r'["`\'](?:f")?([a-z][a-z.-]*\.)(?:"|\'|\{|\$)', text))
    counted = set(re.findall(r'count\(f?["\']([a-z.-]+)["\']', text))
    said = {
        key
        for key in keys
        if key in written
        or any(key.startswith(stem) for stem in stems)
        or key.rsplit(".", 1)[0] in counted
        or key.rsplit(".", 1)[0]
        in {"fact.checks", "fact.vendors", "fact.policies", "fact.versions"}
    }
    named = set(re.findall(r'\bsay\("([a-z.-]+[a-z])"', text))

    assert named <= set(keys)
    assert set(keys) - said == set()


@pytest.mark.parametrize(
    ("language", "iso", "expected"),
    [
        ("en", "2023-08-01", "1 August 2023"),
        ("en", "2024-02-29", "29 February 2024"),
        ("fr", "2023-08-01", "1er août 2023"),
        ("fr", "2023-12-11", "11 décembre 2023"),
    ],
)
def test_a_day_is_written_out(language: str, iso: str, expected: str) -> None:
    """The first of a month is an ordinal in French."""
    assert Words(language).day(iso) == expected


@pytest.mark.parametrize(
    ("language", "n", "expected"),
    [
        ("en", 0, "0 vendors"),
        ("en", 1, "1 vendor"),
        ("en", 2, "2 vendors"),
        ("en", 100000, "100,000 vendors"),
        ("fr", 0, "0 fournisseur"),
        ("fr", 1, "1 fournisseur"),
        ("fr", 2, "2 fournisseurs"),
        ("fr", 100000, "100\u202f000 fournisseurs"),
    ],
)
def test_a_number_and_its_noun_agree(language: str, n: int, expected: str) -> None:
    """None of something is singular in French."""
    assert Words(language).count("fact.vendors", n) == expected


# --- what the engine says -------------------------------------------------------------------------

QUESTIONS = {
    "does section 10.2 of terms-of-service (service-data) cover audio and chat?": (
        "terms-of-service, 10.2 (service-data)\u00a0: cela couvre-t-il audio and chat\u00a0?"
    ),
    "which prevails: section 4 of terms (a) or privacy (b)?": (
        "qu\u2019est-ce qui l\u2019emporte\u00a0: terms, 4 (a) ou privacy (b)\u00a0?"
    ),
    "not at-least 30 days": "pas au moins 30 jours",
    "it may only tighten what the terms at hand say: a note.": (
        "il ne peut que resserrer ce que disent les conditions à disposition\u00a0: a note."
    ),
    "yes": "oui",
}


@pytest.mark.parametrize(("english", "french"), QUESTIONS.items())
def test_a_sentence_of_the_engine_is_said_in_french(english: str, french: str) -> None:
    """With its parts, and what comes from a file as it is."""
    assert Sentences("fr").say(english) == french


@pytest.mark.parametrize("text", ["Anything else.", "{0} {clause}", "x" * 5000, ""])
def test_what_is_no_sentence_of_the_engine_stays(text: str) -> None:
    """Nobody translates a vendor's words."""
    assert Sentences("fr").say(text) == text


def test_english_is_what_the_engine_speaks() -> None:
    """Nothing is done to it."""
    assert Sentences("en").say("yes") == "yes"


def test_every_question_the_engine_asks_has_its_form(root: Path) -> None:
    """A new kind of question fails here until every catalogue has it."""
    source = (root / "src/termsgate/core/questions.py").read_text("utf-8")
    asked = re.findall(r'(?:text=|return )f?"([a-z][^"]*\?)"', source)
    forms = json.loads((root / "src/termsgate/data/page/sentences.fr.json").read_text("utf-8"))
    known = {re.sub(r"\{[^}]*\}", "{}", english) for english, _ in forms}
    found = {re.sub(r"\{[^}]*\}", "{}", text) for text in asked}
    found = {text.replace("{}{}", "{}") for text in found}

    assert len(found) > 10
    assert found <= known
