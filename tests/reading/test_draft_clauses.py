"""The clauses that are made of proposals: names, scopes, anchors and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from termsgate.core.evidence import QuoteStatus
from termsgate.core.model import Quote
from termsgate.reading.captured import Captured
from termsgate.reading.drafting.document import draft
from termsgate.reading.drafting.fixture import clauses
from termsgate.reading.drafting.rules import rules
from termsgate.reading.drafting.writing import as_yaml

if TYPE_CHECKING:
    from termsgate.reading.drafting.fixture import DraftClause


def made(text: str, language: str = "en") -> tuple[DraftClause, ...]:
    """The clauses of a text."""
    return clauses(draft(text, "acme", language=language), text, rules(language))


def only(text: str, language: str = "en") -> dict[str, Any]:
    """The one clause of a text."""
    (clause,) = made(text, language)
    return clause.keys


def test_notwithstanding_overrides_what_its_section_allows() -> None:
    """What prevails by its own words names what it prevails over (semantics 3.3 a)."""
    text = (
        "## 4. Use\n\nWe may use your files to train our models.\n\n"
        "Notwithstanding the above, we will not train our models on chats without your consent.\n"
    )

    first, second = made(text)

    assert second.keys["overrides"] == [first.keys["id"]]
    assert any("notwithstanding" in note for note in second.notes)


def test_notwithstanding_without_anything_before_it_is_noted() -> None:
    """Where nothing of its section is overridden, a person is asked."""
    (clause,) = made("Notwithstanding Section 9, we never train our models on your files.")

    assert "overrides" not in clause.keys
    assert clause.notes


def test_data_that_was_taken_from_around_is_noted() -> None:
    """The reader sees what the sentence itself does not say."""
    (clause,) = made("We engage service providers for hosting.")

    assert "the data is taken from the words around it" in clause.notes


def test_closed_list_is_told() -> None:
    """`Solely` closes the list of uses (semantics 2.5)."""
    assert only("We use your files solely to provide the service.")["closed"] is True


def test_effort_makes_a_promise_soft() -> None:
    """An effort is told as one, and so is a practice (semantics 2.2)."""
    assert only("We generally do not train our models on your files.")["firmness"] == "practice"
    assert only("We use reasonable efforts to delete your data within 30 days after termination.")[
        "states"
    ]["deletion-after-termination"] == {
        "value": "30 days",
        "of": {"data": "customer-content"},
        "firmness": "effort",
    }


def test_exception_of_the_law_is_told() -> None:
    """A deadline that the law may lengthen says so (semantics 5.3)."""
    stated = only("We keep your messages for 30 days, unless longer storage is required by law.")

    assert stated["states"]["retention"]["except"] == ["law"]


def test_region_is_a_condition() -> None:
    """What holds in one region alone holds there alone (semantics 3.2)."""
    text = "If you are in the European Economic Area, we never sell your personal data."

    assert only(text)["applies"] == {"region": "eu"}


def test_models_of_third_parties_are_used_by_them() -> None:
    """A ban for the models of others reaches the others."""
    text = "We never use your files to train our or third-party AI models."

    assert only(text)["bars"]["by"] == ["vendor", "third-party"]


def test_affiliates_are_named() -> None:
    """Who may use the data is told where the sentence names more than the vendor."""
    text = "Acme and its affiliates may use your files to train AI models."

    assert only(text)["allows"]["by"] == ["vendor", "affiliate"]


def test_state_of_the_data_is_told() -> None:
    """Data without identifiers is data in that state."""
    text = "We may use de-identified and aggregated usage data to develop new products."

    assert only(text)["allows"]["state"] == ["de-identified", "aggregated"]


def test_notice_comes_before_a_free_use() -> None:
    """Who is told first is told (semantics 2.1)."""
    text = "We may disclose your data where required by law; we will notify you before we do so."

    assert only(text)["with"] == "notice"


def test_open_setting_is_an_open_stance() -> None:
    """A switch of unknown default admits both stances (semantics 2.2)."""
    text = "Depending on your settings, we use your files to train our models."

    found = only(text)

    assert found["with"] == ["opt-out", "opt-in"]
    assert "a setting decides" in found["says"]


def test_ban_and_fact_of_one_sentence_are_two_clauses() -> None:
    """A fact is not stated of a scope that is barred."""
    text = "We never sell your personal data and keep it for 30 days."

    verbs = [set(each.keys) & {"bars", "states"} for each in made(text)]

    assert verbs == [{"bars"}, {"states"}]


def test_several_stances_are_several_clauses() -> None:
    """A closed ban with its exception allows what it excepts."""
    text = (
        "We will not disclose your personal data to third parties without your consent, except "
        "to the sub-processors listed in Annex 2."
    )

    assert len(made(text)) == 2


def test_same_words_twice_get_names_and_anchors_of_their_own() -> None:
    """Ids differ, and an anchor that stands twice is none."""
    text = "# A\n\nWe never sell your data.\n\n# B\n\nWe never sell your data.\n"

    first, second = made(text)

    assert first.keys["id"] != second.keys["id"]
    assert "quote" not in first.keys
    assert "add a quote" in first.notes[0]


def test_anchor_grows_until_it_stands_once() -> None:
    """A few words are taken where they do, more where they must."""
    text = (
        "We never ever sell your personal data to any data broker in the land of plenty.\n\n"
        "We never ever sell your personal data to any data broker in the land of rain.\n"
    )

    for clause in made(text):
        quote = clause.keys["quote"]
        exact = quote if isinstance(quote, str) else quote["exact"] + quote["suffix"]
        assert Captured(text).find(Quote(exact=exact))[0] is QuoteStatus.FOUND


def test_short_sentence_that_begins_another_is_found_by_its_end() -> None:
    """Words that stand twice are told apart by what follows them."""
    text = "We sell your data now.\n\nToday we sell your data.\n"

    for clause in made(text):
        assert clause.keys["quote"]


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("Our liability is limited to ten dollars.", "liability-cap", "10 USD"),
        ("Our liability is limited to dollars.", "", ""),
        ("These terms are governed by the laws of France.", "governing-law", "France"),
        ("These terms are governed by the laws of the land.", "", ""),
    ],
)
def test_sum_and_place(text: str, fact: str, value: str) -> None:
    """A sum has a number and a currency, a law has a place; without one nothing is stated."""
    stated = [each.keys["states"] for each in made(text)]

    assert stated == ([{fact: value}] if fact else [])


def test_retention_without_a_number_states_nothing() -> None:
    """`For a time` is no length of time."""
    assert "states" not in only("We keep your messages for some time.")


def test_deletion_after_the_end_without_its_own_number_is_unspecified() -> None:
    """The days to fetch data are no days until it is deleted."""
    text = (
        "For thirty days following termination you may retrieve your content, after which it "
        "will be deleted."
    )

    assert only(text)["states"]["retrieval-after-termination"]["value"] == "30 days"
    assert only(text)["states"]["deletion-after-termination"]["value"] == "unspecified"


def test_backups_have_a_time_of_their_own() -> None:
    """In a sentence with two lengths the last is that of the backups."""
    text = (
        "After termination we delete your data within 30 days, and backup copies are "
        "overwritten after 90 days."
    )

    stated = only(text)["states"]

    assert stated["deletion-after-termination"]["value"] == "30 days"
    assert stated["backup-retention"]["value"] == "90 days"


def test_targeted_advertising_is_not_told_twice() -> None:
    """The narrow action stands for the wide one that is told by the same words."""
    actions = only("We use your data to show you personalized ads.")["allows"]["action"]

    assert actions == "targeted-ads"


def test_draft_without_a_clause_is_still_a_file() -> None:
    """An empty list says that nothing was found."""
    assert as_yaml({"document": "terms"}, (), "x") == "# x\ndocument: terms\nclauses: []\n"


def test_long_sentence_splits_at_no_abbreviation() -> None:
    """`e.g.` and `Inc.` end no sentence."""
    text = "Acme Inc. Europe, e.g. A. Smith, never sells your data."

    assert len(draft(text, "acme", language="en").proposals) == 1
    assert only(text)["bars"]["action"] == "sell"
