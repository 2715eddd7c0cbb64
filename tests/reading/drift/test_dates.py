"""The date that a text prints."""

from __future__ import annotations

from datetime import date

import pytest

from termsgate.reading.drift.dates import Printed, printed
from termsgate.reading.drift.lexicon import lexicon
from termsgate.reading.drift.sentences import taken_apart

DAY = date(2025, 3, 4)


@pytest.mark.parametrize(
    ("language", "line", "found"),
    [
        ("en", "Last updated: March 4, 2025", Printed(updated=DAY)),
        ("en", "_Last updated:_ _4th of March 2025_", Printed(updated=DAY)),
        ("en", "Last revised on Mar. 4, 2025", Printed(updated=DAY)),
        ("en", "Effective as of 4 March 2025", Printed(effective=DAY)),
        ("en", "Effective Date: 2025-03-04", Printed(effective=DAY)),
        ("en", "Updated: 04/04/2025", Printed(updated=date(2025, 4, 4))),
        ("en", "Updated: 13/04/2025", Printed(updated=date(2025, 4, 13))),
        ("en", "Updated: 04/13/2025", Printed(updated=date(2025, 4, 13))),
        ("en", "Updated: 03/04/2025", Printed()),
        ("en", "Updated: 31 February 2025", Printed()),
        ("en", "Updated: 2025-02-31", Printed()),
        ("en", "We were founded on March 4, 2025.", Printed()),
        (
            "en",
            "Updated: March 4, 2025; Effective from April 4, 2025",
            Printed(updated=DAY, effective=date(2025, 4, 4)),
        ),
        ("fr", "Dernière mise à jour : 4 mars 2025", Printed(updated=DAY)),
        ("fr", "Dernière mise à jour le 04/03/2025", Printed(updated=DAY)),
        ("fr", "En vigueur depuis le 1er mars 2025", Printed(effective=date(2025, 3, 1))),
        ("fr", "Date d'effet : 4 août 2025", Printed(effective=date(2025, 8, 4))),
    ],
)
def test_a_date_is_read_after_the_words_that_say_what_it_is(
    language: str, line: str, found: Printed
) -> None:
    """And one that two readers would read in two ways is not guessed."""
    text = taken_apart(f"Terms\n\n{line}\n\nThese are the terms of the service.\n", "t.md")

    assert printed(text.sentences, lexicon(language)) == found


def test_the_words_and_the_date_may_stand_on_two_lines() -> None:
    """A page breaks lines where it likes."""
    text = taken_apart("Terms\n\nLast updated\n\nMarch 4, 2025\n\nWords.\n", "t.md")

    assert printed(text.sentences, lexicon("en")).latest == DAY
