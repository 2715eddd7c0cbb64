"""The section of a fixture is held against the text's own headings."""

from __future__ import annotations

import pytest

from termsgate.core.evidence import SectionStatus
from termsgate.reading.captured import Captured
from termsgate.reading.headings import Outline, number_of
from termsgate.reading.visible import visible

CONFIRMED, ELSEWHERE = SectionStatus.CONFIRMED, SectionStatus.ELSEWHERE
UNKNOWN = SectionStatus.UNKNOWN

PRINTED = """\
Effective today

1. **ACCOUNTS**

**1.1 Registration**. You register here.

4. **CONTENT**

**2.1** **Your content**. It is yours.

**2.2 Our licence**. We have a licence.

It goes on here.

9. **RECORDINGS**

We keep them.
"""
"""The archive numbers what lies between two items too: 4 is 2, and 9 is 3."""

LISTED = """\
1.  **Agreement**

It begins.

*   a bullet

2.  **Use.** You may use it.
    1.  **Beta.** A first thing.
    2.  **Limits.** A second thing.
3.  **End**

It ends.
"""

TITLED = """\
Privacy
=======

How do we use data?
-------------------

* **Product Research:** We learn from it.
* Smart Features: We suggest.

Who can see, share and process my data when I join?
---------------------------------------------------

**Hosts**

They see it.

* **Guests** see less.
"""

FRENCH = """\
Conditions g\u00e9n\u00e9rales

Article 9 \u2013 Objet

Le pr\u00e9sent contrat vous lie.

Article 10 : Donn\u00e9es

Nous n\u2019utilisons pas vos donn\u00e9es.

10.1 Exceptions

Sauf accord.

\u00a7 11 Fin

Il prend fin.
"""


@pytest.mark.parametrize(
    ("text", "section", "words", "status"),
    [
        (PRINTED, "2.2", "have a licence", CONFIRMED),
        (PRINTED, "Section 2.2", "goes on here", CONFIRMED),
        (PRINTED, "\u00a7 2", "have a licence", CONFIRMED),
        (PRINTED, "2.1", "have a licence", ELSEWHERE),
        (PRINTED, "1", "have a licence", ELSEWHERE),
        (PRINTED, "3", "keep them", CONFIRMED),
        (PRINTED, "9", "keep them", UNKNOWN),
        (PRINTED, "2.2(a)", "have a licence", UNKNOWN),
        (PRINTED, "2.2(a)", "It is yours", ELSEWHERE),
        (PRINTED, "8.1", "It is yours", UNKNOWN),
        (PRINTED, "preamble", "Effective", UNKNOWN),
        (PRINTED, "", "Effective", UNKNOWN),
        (PRINTED, "1", "Effective", ELSEWHERE),
        (LISTED, "1", "It begins", CONFIRMED),
        (LISTED, "1", "a bullet", CONFIRMED),
        (LISTED, "2", "first thing", CONFIRMED),
        (LISTED, "2.2", "second thing", CONFIRMED),
        (LISTED, "2(b)", "second thing", CONFIRMED),
        (LISTED, "2(ii)", "second thing", CONFIRMED),
        (LISTED, "2(a)", "second thing", ELSEWHERE),
        (LISTED, "3", "It ends", CONFIRMED),
        (LISTED, "Use", "may use it", CONFIRMED),
        (TITLED, "How do we use data?", "learn from it", CONFIRMED),
        (TITLED, "How do we use data?, Product research", "learn from it", CONFIRMED),
        (TITLED, "Privacy, How do we use data?", "We suggest", CONFIRMED),
        (TITLED, "How do we use data?, Smart Features", "We suggest", CONFIRMED),
        (TITLED, "How do we use data?, Smart Features", "learn from it", ELSEWHERE),
        (TITLED, "Who can see, share and process my data", "They see it", CONFIRMED),
        (TITLED, "Who can see, share and process my data", "We suggest", ELSEWHERE),
        (TITLED, "Hosts", "see less", CONFIRMED),
        (TITLED, "Retention", "see less", UNKNOWN),
        ("## 4 Use\n\nyours\n\n### 4.1 More\n\n## 5 End", "4", "yours", CONFIRMED),
        ("## 4 Use\n\nyours\n\n## 5 End", "5", "yours", ELSEWHERE),
        ("1. **7 Use** yours\n2. **8 End** mine", "1", "yours", UNKNOWN),
        ("1. **7 Use** yours\n2. **8 End** mine", "7", "yours", CONFIRMED),
        ("1. one\n2. two;\n3. three, as said.\n\nfour", "3", "four", UNKNOWN),
        (FRENCH, "Article 10", "utilisons pas", CONFIRMED),
        (FRENCH, "art. 10", "Sauf accord", CONFIRMED),
        (FRENCH, "10.1", "Sauf accord", CONFIRMED),
        (FRENCH, "Article 9", "utilisons pas", ELSEWHERE),
        (FRENCH, "11", "prend fin", CONFIRMED),
        ("A plain text of words.", "4", "plain text", UNKNOWN),
        ("Section 4 of this plain text " + "goes on " * 20, "4", "plain text", UNKNOWN),
    ],
)
def test_a_section_is_confirmed_or_stands_elsewhere(
    text: str, section: str, words: str, status: SectionStatus
) -> None:
    """By number or title; what the text does not show is unknown."""
    outline = Outline.of(Captured(text))

    found, remark = outline.standing(section, text.index(words))

    assert found is status
    assert bool(remark) == (status is ELSEWHERE)


def test_where_it_is_and_what_is_there_is_said() -> None:
    """By line."""
    found = Outline.of(Captured(PRINTED)).standing("2.1", PRINTED.index("have a licence"))

    assert found[1] == "section `2.1` is on line 9, and the quote stands under `2.2`"


def test_before_the_first_heading_it_is_said_too() -> None:
    """There is none that it stands under."""
    found = Outline.of(Captured(PRINTED)).standing("1", 0)

    assert found[1] == "section `1` is on line 5, and the quote stands before it"


def test_an_archive_that_numbers_anew_is_not_believed() -> None:
    """What is printed says otherwise."""
    text = PRINTED.replace("**1.1", "**7.1")

    found = Outline.of(Captured(text)).standing("3", text.index("keep them"))

    assert found[0] is UNKNOWN


def test_the_headings_of_a_page_count_too() -> None:
    """Its own elements say what they are."""
    page = visible("<h2>Article 9</h2><p>one</p><h2>Article 10</h2><p>two</p>")
    outline = Outline.of(page)

    assert outline.standing("10", page.text.index("two"))[0] is CONFIRMED
    assert outline.standing("10", page.text.index("one"))[0] is ELSEWHERE


def test_a_page_whose_paragraphs_are_numbered_has_sections() -> None:
    """Though it has no headings."""
    page = visible("<p>10.3 Use. We use it.</p><p>10.4 Licence. We have one.</p>")

    assert Outline.of(page).standing("10.4", page.text.index("have one"))[0] is CONFIRMED


@pytest.mark.parametrize(
    ("section", "number"),
    [
        ("10.4", ("10", "4")),
        ("Section 10.4", ("10", "4")),
        ("\u00a7 10", ("10",)),
        ("\u00a7\u00a7 10", ("10",)),
        ("Article 10", ("10",)),
        ("art. 10.2", ("10", "2")),
        ("23(d)", ("23", "d")),
        ("9(e)(ii)", ("9", "e", "ii")),
        ("10 (a)", ("10", "a")),
        ("10.", ("10",)),
        ("preamble", ()),
        ("2023 update", ()),
        ("Use, 4", ()),
    ],
)
def test_numbers_of_sections(section: str, number: tuple[str, ...]) -> None:
    """As people write them, in English and French; a title has none."""
    assert number_of(section) == number
