"""What the rules propose of a sentence, and what they must not fall for."""

from __future__ import annotations

import re
from importlib import resources
from typing import Final

import pytest

from termsgate.reading import yamltree
from termsgate.reading.drafting.cues import compiled, families
from termsgate.reading.drafting.document import draft
from termsgate.reading.drafting.passages import sentences
from termsgate.reading.drafting.rules import LANGUAGES, rules
from termsgate.reading.drafting.values import durations
from termsgate.reading.drafting.writing import flow
from termsgate.reading.store import builtin_vocabulary
from termsgate.reading.yamltree import plain

EN: Final = "en"
FR: Final = "fr"


def uses(text: str, language: str = EN) -> dict[str, tuple[str, ...]]:
    """The actions that are proposed of a text, with their stances."""
    made = draft(text, "acme", language=language)
    return {use.action: use.stance for each in made.proposals for use in each.uses}


def facts(text: str, language: str = EN) -> dict[str, object]:
    """The facts that are proposed of a text."""
    made = draft(text, "acme", language=language)
    return {fact.fact: fact.value for each in made.proposals for fact in each.facts}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("We may use your content to train our models.", ("free",)),
        ("Acme will not use your content to train AI models.", ("barred",)),
        ("We never train our models on your files.", ("barred",)),
        ("Your prompts are no longer used for model training.", ("barred",)),
        ("Under no circumstances will we train a model on your data.", ("barred",)),
        ("Neither we nor our vendors train models on your content.", ("barred",)),
        ("Acme is prohibited from using Customer Data to train its models.", ("barred",)),
        ("We will not train our models on your content without your consent.", ("opt-in",)),
        ("We do not train models on your content unless you opt in.", ("opt-in",)),
        ("If you enable sharing, we may use your chats to train our models.", ("opt-in",)),
        ("With your explicit consent we train our models on your chats.", ("explicit-opt-in",)),
        ("We train our models on your chats unless you opt out.", ("opt-out",)),
        ("We may train models on your files; you may opt out in the settings.", ("opt-out",)),
        (
            (
                "Notwithstanding the above, Acme will not use audio to train its models without "
                "your consent."
            ),
            ("opt-in",),
        ),
        (
            "Depending on your settings, we may use your content to train our models.",
            ("opt-out", "opt-in"),
        ),
    ],
)
def test_stance_towards_training(text: str, stance: tuple[str, ...]) -> None:
    """Negation, consent and objection give the stance (semantics 2.1, 2.2)."""
    assert uses(text)["train-ai"] == stance


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Nous n'utilisons pas vos contenus pour entraîner nos modèles.", ("barred",)),
        ("Vos messages ne servent jamais à entraîner une intelligence artificielle.", ("barred",)),
        ("Nous pouvons utiliser vos notes pour entraîner nos algorithmes.", ("free",)),
        (
            "Acme n'utilise pas vos contenus pour entraîner ses modèles sans votre consentement.",
            ("opt-in",),
        ),
        (
            "Nous utilisons vos notes pour entraîner nos modèles, sauf si vous vous y opposez.",
            ("opt-out",),
        ),
    ],
)
def test_stance_towards_training_in_french(text: str, stance: tuple[str, ...]) -> None:
    """The same holds in French, with both halves of its negation."""
    assert uses(text, FR)["train-ai"] == stance


@pytest.mark.parametrize(
    "text",
    [
        "Our staff are trained in data protection.",
        "We train your employees in the use of the service.",
        "Onboarding training sessions for administrators are held each month.",
        "We do not reimburse train tickets.",
        "You may not use the output to train a competing model.",
        "Customer shall not use the service to train machine learning models.",
        "The API may not be used to train a model.",
        "You agree not to train any artificial intelligence on the services.",
    ],
)
def test_trap_is_no_training_by_the_vendor(text: str) -> None:
    """Training of people, travel, and what binds the customer are no use by the vendor."""
    assert "train-ai" not in uses(text)


@pytest.mark.parametrize(
    "text",
    [
        "Acme assure la formation des administrateurs.",
        "Acme peut entraîner ses équipes à l'utilisation du Service.",
        "L'Utilisateur s'interdit d'utiliser les résultats pour entraîner un modèle concurrent.",
    ],
)
def test_trap_is_no_training_in_french(text: str) -> None:
    """Nor are they in French."""
    assert "train-ai" not in uses(text, FR)


def test_list_under_a_duty_of_the_customer_binds_the_customer() -> None:
    """What introduces a list holds for its items (semantics 2.7)."""
    text = "You agree not to:\n\n* sell personal data collected through the service;\n"

    assert uses(text) == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("You are not allowed to train, copy or sublicense the content of others.", "train-ai"),
        ("You are not allowed to sublicense the content.", "licence.sublicensable"),
        (
            "You agree that you will not, directly or indirectly, sublicense the content.",
            "licence.sublicensable",
        ),
        ("We will tell you 30 days before our fees change.", "change-notice"),
        ("We may adjust fees; we will notify you of any such fee change.", "change-notice"),
        ("You may delete your account at any time.", "deletion-after-termination"),
        ("We may delete any content that breaks these terms.", "deletion-after-termination"),
        ("All personnel undergo security training.", "train-ai"),
        ("If you delete your copy, we keep none.", "delete"),
    ],
)
def test_trap_of_the_wide_rules(text: str, name: str) -> None:
    """What a wide rule could fall for is not proposed."""
    assert name not in {**uses(text), **facts(text)}


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("We use cookies to see which pages are popular and to fix what does not.", "analytics"),
        ("Acme may retain archival copies.", "store"),
        ("Acme may remove or refuse to display any submission.", "delete"),
        ("## How we use your data\n\n* Conduct analytics.\n", "analytics"),
        (
            "| Data | Why we collect it |\n|---|---|\n| Actions you take | To improve search |\n",
            "improve-services",
        ),
        ("We share usage data with partners. For example, to improve search.", "improve-services"),
    ],
)
def test_use_in_words_that_no_narrow_rule_knows(text: str, action: str) -> None:
    """A purpose is told by what introduces it as well: a heading, a column, the sentence before."""
    assert uses(text)[action] == ("free",)


@pytest.mark.parametrize(
    ("text", "action", "stance"),
    [
        (
            "While we do not read your files, we may use them to train our models.",
            "train-ai",
            ("free",),
        ),
        (
            "To the extent this law does not apply, we may train our models on your files.",
            "train-ai",
            ("free",),
        ),
        ("While we host your files, we never train our models on them.", "train-ai", ("barred",)),
        ("You can control how we use your files to train our models.", "train-ai", ()),
    ],
)
def test_clause_that_leads_up_denies_nothing(
    text: str, action: str, stance: tuple[str, ...]
) -> None:
    """A denial before the comma is not one of what follows it."""
    assert uses(text)[action] == (stance or ("opt-out", "opt-in"))


def test_vendor_goes_by_the_name_it_gives_itself() -> None:
    """What a company may do is told of it by name as well as by `we`."""
    text = 'These terms are between you and Roe Ltd ("Roe").\n\nRoe may remove any posts.\n'

    made = draft(text, "acme", language=EN)

    assert [use.action for each in made.proposals for use in each.uses] == ["delete"]


def test_heading_in_bold_letters_is_no_sentence() -> None:
    """What stands in bold letters before the words names them, and claims nothing."""
    read = sentences("**Whether your content is used for training.** We never sell data.\n")

    assert [(each.label, each.words) for each in read] == [
        ("Whether your content is used for training", "We never sell data.")
    ]


def test_sentence_in_bold_letters_is_one() -> None:
    """What speaks of us and you is no heading, however it is printed."""
    read = sentences("**We do not sell your data.** See below.\n")

    assert [each.words for each in read] == ["We do not sell your data.", "See below."]


def test_length_of_time_at_the_head_of_an_item_is_no_number() -> None:
    """`5 years after` starts with a length of time, not with the number of a section."""
    (item,) = sentences("* 5 years after your last visit\n")

    assert item.words == "5 years after your last visit"


def test_every_share_is_of_a_rule_that_there_is() -> None:
    """The numbers that a draft prints are those of its rules."""
    for language in LANGUAGES:
        known = rules(language)
        named = {each.name for each in known.actions} | {each.name for each in known.facts}
        named |= {f"licence-{fact}" for fact, _, _ in known.licence.facts} | {"right-to-object"}

        assert set(known.sure) <= named
        assert all(0 < share <= 100 for share in known.sure.values())


def test_licence_of_the_software_is_no_licence_to_content() -> None:
    """What the vendor grants the customer says nothing of the customer's content."""
    text = "Acme grants you a perpetual, irrevocable licence to use the software and its content."

    assert not any(name.startswith("licence") for name in facts(text))


def test_licence_to_content_is_told_with_what_is_said_of_it() -> None:
    """Each property of the licence is a fact of its own."""
    text = (
        "You grant us a perpetual, irrevocable, non-exclusive, royalty-free, sublicensable and "
        "transferable licence to use your content."
    )

    assert facts(text) == {
        "licence.granted": True,
        "licence.duration": "perpetual",
        "licence.exclusive": False,
        "licence.royalty-free": True,
        "licence.sublicensable": True,
        "licence.transferable": True,
        "licence.revocable": False,
    }


def test_licence_to_feedback_is_told_apart() -> None:
    """A licence to suggestions is none to content."""
    text = "If you send us feedback, you grant us a perpetual licence to use it for any purpose."

    assert facts(text) == {"feedback-licence.duration": "perpetual"}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "We will notify you thirty (30) days before a material change of these terms.",
            {"change-notice": "30 days"},
        ),
        ("Changes to these terms take effect upon posting.", {"change-notice": "none"}),
        (
            "We will give you 60 days' notice before we raise our fees.",
            {"price-change-notice": "60 days"},
        ),
        (
            "You may opt out of arbitration within 30 days of signing up.",
            {"arbitration-opt-out": "30 days"},
        ),
        ("We retain your messages for 12 months.", {"retention": "12 months"}),
        (
            "We keep personal data for as long as it is needed.",
            {"retention": "as-long-as-needed"},
        ),
        (
            "After termination we will delete your content within ninety days.",
            {"deletion-after-termination": "90 days"},
        ),
        (
            "We will notify you of a data breach within 72 hours.",
            {"breach-notice": "72 hours", "breach-notice.given": True},
        ),
        (
            "We will inform you of any new subprocessor 14 days in advance.",
            {"subprocessor-notice": "14 days"},
        ),
        ("You retain ownership of your content.", {"content-ownership": "customer"}),
        (
            "Your continued use of the service after a change means that you accept it.",
            {"change-by-continued-use": True},
        ),
    ],
)
def test_fact_with_its_number_and_unit(text: str, stated: dict[str, object]) -> None:
    """A number is read with its unit, and notice of one thing is no notice of another."""
    found = facts(text)

    assert {name: value for name, value in found.items() if "channel" not in name} == stated


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            (
                "Nous vous informons de toute modification des présentes conditions trente (30) "
                "jours à l'avance."
            ),
            {"change-notice": "30 days"},
        ),
        ("Vos données sont conservées pendant douze mois.", {"retention": "12 months"}),
        (
            "Toute hausse de prix est notifiée avec un préavis de deux mois.",
            {"price-change-notice": "2 months"},
        ),
    ],
)
def test_fact_in_french(text: str, stated: dict[str, object]) -> None:
    """Numbers and units are read in French too, in words and in figures."""
    assert facts(text, FR) == stated


def test_objection_in_the_next_sentence_is_of_what_was_said_before() -> None:
    """`You may object to this` speaks of the use in the sentence before it."""
    text = "We may use posts to train our models. You may object to this at any time."

    made = draft(text, "acme", language=EN)

    assert [use.stance for each in made.proposals for use in each.uses] == [("free",), ("opt-out",)]


def test_data_is_what_the_words_name() -> None:
    """The narrow words are taken, and not the wide one that they stand in."""
    made = draft("We never train models on your audio, video or chat content.", "acme")

    assert made.proposals[0].scope.data == ("audio", "video", "chat")


def test_language_is_told_by_its_commonest_words() -> None:
    """Nobody needs to say in which language a text is written."""
    french = draft("Vos données sont conservées aussi longtemps que votre compte est actif.", "x")
    english = draft("We keep the data for as long as you have an account with us.", "x")

    assert (french.language, english.language) == (FR, EN)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Effective Date: August 7, 2023", "2023-08-07"),
        ("Effective: 1 July 2024", "2024-07-01"),
        ("#### Effective: September 29, 2025\n\n#### Last Updated: August 29, 2025", "2025-09-29"),
        ("Updated: October 26, 2020; Effective from October 19, 2020", "2020-10-19"),
        ("Date d'entrée en vigueur : 12 mai 2024", "2024-05-12"),
        ("En vigueur au 1er octobre 2024", "2024-10-01"),
        ("Effective date: 2023-11-01", "2023-11-01"),
        ("Effective date: 2023-02-31", "None"),
    ],
)
def test_day_is_the_texts_own(head: str, day: str) -> None:
    """The text says itself since when it holds; a day that there is not is none."""
    language = FR if "vigueur" in head else EN

    assert str(draft(f"{head}\n\nHello.\n", "acme", language=language).effective) == day


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("# T\n\n## 4. Content\n\nWe never sell data.\n", "4"),
        ("**10.4 Licence**. We never sell data.\n", "10.4"),
        (
            "**How do we share?**\n\n* **Partners:** We never sell data.\n",
            "How do we share?, Partners",
        ),
        ("4. CONTENT\n\n4.2 We never sell data.\n", "4.2"),
        ("<h2>Sharing</h2><p>We never sell data.</p>", "Sharing"),
        ("Article 4. Contenus\n\nWe never sell data.\n", "4"),
    ],
)
def test_section_is_the_number_or_the_heading(text: str, section: str) -> None:
    """A sentence is found again by the number that is printed there, else by its headings."""
    read = sentences(text, page=text.startswith("<"))

    assert read[-1].section == section
    assert read[-1].words == "We never sell data."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("thirty (30) calendar days", "30 days"),
        ("30 (thirty) days", "30 days"),
        ("ten (10) business days", "10 business days"),
        ("a month", "1 month"),
        ("twenty-four hours", "24 hours"),
        ("section 30 days", "30 days"),
        ("2,000 days", ""),
        ("the next day", ""),
    ],
)
def test_length_of_time(words: str, found: str) -> None:
    """A number and its unit are one length of time, however often the number is printed."""
    assert [each[2] for each in durations(rules(EN), words)] == ([found] if found else [])


def test_cue_notation() -> None:
    """A cue says what may stand between its words."""
    named = families({"we": ["we", "our staff"]})
    cues = compiled(["<we> ... sell*", "(by court order|by law) only"], named)

    assert cues.stand_in("our staff would never ever sells")
    assert cues.stand_in("by court order, only")
    assert not cues.stand_in("powe sell")
    assert not cues.stand_in("by court only")


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_use_the_words_of_the_vocabulary(language: str) -> None:
    """A draft cannot hold a word that the vocabulary lacks."""
    vocabulary, known = builtin_vocabulary(), rules(language)

    assert {each.action for each in known.actions} <= set(vocabulary.action.by_id)
    assert {data for data, _ in known.data} <= set(vocabulary.data.by_id)
    assert {each.fact for each in known.facts} <= set(vocabulary.facts)


def test_both_languages_have_the_same_signs() -> None:
    """The reader of sentences asks for the same signs in every language."""
    assert set(rules(FR).signs) == set(rules(EN).signs)


def test_cues_learned_from_a_vendor_can_be_left_out() -> None:
    """A vendor is measured without the cues that its own texts taught."""
    whole, rest = rules(EN), rules(EN, "zoom")

    assert len(rest.actions) < len(whole.actions)
    assert len(rules(EN, "nobody").actions) == len(whole.actions)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        "!" * 20_000,
        "<" * 5_000,
        "(" * 5_000 + ")" * 5_000,
        "* " * 5_000,
        "we may use " * 3_000,
        "not " * 5_000,
        "train " * 2_000 + "model",
        "[a](b" * 2_000,
        "<p>" * 3_000 + "We never sell your data.",
        "\u202e\u0000\ufeff We never sell your data.",
        "1.1.1.1.1.1 " * 1_000,
    ],
)
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    """Whatever the text is, the rules come to an end and raise nothing."""
    draft(text, "acme", page=text.startswith("<"))


@pytest.mark.parametrize(
    "value",
    ["plain", "true", "null", "12", "30 days", "a: b", "# no", "{x}", "é", 'say "it"', "- x", ""],
)
def test_written_value_is_read_as_it_was(value: str) -> None:
    """No text turns into another value by being written into a fixture."""
    tree, problems = yamltree.read(f"key: [{flow(value)}, x]\n".encode(), "x.yaml")

    assert tree is not None, problems
    assert plain(tree) == {"key": [value, "x"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_gap_stands_in_parentheses(language: str) -> None:
    """There it would be a word that no text holds, and the cue would never be found."""
    file = resources.files("termsgate.data").joinpath(f"drafting/{language}.yaml")

    assert re.findall(r"\([^()\n]*\.\.[^()\n]*\)", file.read_text(encoding="utf-8")) == []


# --- the widest rules, heard last ---


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Our servers record your IP address each time you visit.", "store"),
        ("We calculate the proportion of users who open our emails from your data.", "analytics"),
        ("We reserve the right (but not the obligation) to remove any User Content.", "delete"),
        ("You are responsible for your content: but we may remove that content.", "delete"),
        ("We may release aggregated information about our visitors.", "share"),
    ],
)
def test_wide_rule_finds_what_is_told_in_other_words(text: str, action: str) -> None:
    """A word for the purpose beside the vendor or its data is enough, and is proposed last."""
    assert uses(text)[action] == ("free",)


@pytest.mark.parametrize(
    "text",
    [
        "Account owners can see information about who answered their polls.",
        "In no event is Acme liable for what our logs of your content keep.",
        "Recipients may store and share your messages.",
    ],
)
def test_wide_rule_is_silent_of_what_others_do(text: str) -> None:
    """Nor does it hear of liability, duties and what somebody else may do."""
    assert uses(text) == {}
    assert facts(text) == {}


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("# How long we keep data\n\n* **Leads:** for 3 years from collection.\n", "3 years"),
        ("# How long we keep data\n\n* **Cookies:** until you close it.\n", "as-long-as-needed"),
        ("# Retention\n\n| Data | Retention period |\n|---|---|\n| Logs | 90 days |\n", "90 days"),
    ],
)
def test_bare_period_is_a_retention_under_its_heading(text: str, length: str) -> None:
    """A period that stands alone is told by the words around it."""
    assert facts(text)["retention"] == length


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("We dispose of your information once it is no longer required.", "retention", None),
        ("Uploaded data older than 13 months is discarded.", "retention", "13 months"),
        ("Your data is kept temporarily.", "retention", "unspecified"),
        ("We delete your prompts as soon as processing ends.", "retention", "unspecified"),
        ("If you leave, your posts will be taken down.", "deletion-after-termination", None),
        ("Your posts can be deleted by you at any time.", "self-service-deletion", True),
        ("You can ask us to get rid of your data.", "deletion-on-request", None),
        ("We may change these Terms at any time without telling you.", "change-notice", "none"),
    ],
)
def test_end_of_data_and_changes_are_told_in_many_words(
    text: str, fact: str, value: object
) -> None:
    """Deleting, leaving and changing go by more names than the plain ones."""
    told = facts(text)

    assert fact in told
    assert value is None or told[fact] == value


@pytest.mark.parametrize(
    ("title", "fact"), [("Privacy Policy", "policy-change-notice"), ("Terms", "change-notice")]
)
def test_change_in_force_when_posted_is_of_the_document_that_says_so(title: str, fact: str) -> None:
    """A notice on data that holds from its posting says nothing of the terms."""
    text = f"# {title} of Acme\n\nWe are Acme.\n\nChanges take effect once posted on this page.\n"

    assert {name for name, value in facts(text).items() if value == "none"} == {fact}


def test_lead_that_says_where_to_look_binds_nobody() -> None:
    """`You will find below` is no duty of the customer (semantics 2.7)."""
    text = "You will find our retention periods below:\n\n* Leads: for 3 years from collection.\n"

    assert facts(text)["retention"] == "3 years"


def test_name_of_the_vendor_is_no_model() -> None:
    """Who makes the products of `Acme AI` better trains no model by that."""
    text = 'Acme AI, Inc. ("Acme AI", "we") uses your data to improve the Acme AI products.'

    assert set(uses(text)) == {"improve-services"}


def test_what_is_defined_as_content_is_no_name_of_the_vendor() -> None:
    """A term in quotation marks is the vendor only beside `we` or the form of a firm."""
    text = (
        'Acme Labs, Inc. ("Acme", "we") is here for you and your friends and for nobody else at '
        'all. You post photos and films in public ("User Content") for everybody who likes them.'
    )

    assert uses(text + " User Content may be measured.") == {}


def test_relative_clause_denies_too() -> None:
    """`Which does not store` denies (semantics 2.2)."""
    assert uses("We use a model which does not store your inputs.")["store"] == ("barred",)


def test_licence_in_a_paragraph_of_its_own_is_the_customers() -> None:
    """What a sentence ending in a colon introduces need not be a list."""
    text = (
        "You grant Acme the following licence to your content:\n\n"
        "A transferable right to host and use your content without any compensation to you.\n"
    )

    assert facts(text)["licence.transferable"] is True
    assert facts(text)["licence.royalty-free"] is True


def test_wide_rule_is_less_sure_than_the_others() -> None:
    """The number that a draft prints says that a wide rule proposed it."""
    for language in LANGUAGES:
        known = rules(language)
        wide = {each.name for each in known.actions if each.wide}
        wide |= {each.name for each in known.facts if each.wide}

        assert wide
        assert all(known.share(name) <= 70 for name in wide)


def test_a_wide_rule_waits_for_the_others() -> None:
    """Of a matter that a trusted rule has told a wide one says nothing."""
    told = facts("You may ask us at any time to delete your account and data.")

    assert "deletion-on-request" in told
    assert "self-service-deletion" not in told
