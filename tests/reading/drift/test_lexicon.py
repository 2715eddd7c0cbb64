"""What a passage is about, and the phrases in which the same words mean something else."""

from __future__ import annotations

import pytest

from termsgate.reading.drift.lexicon import LANGUAGES, language_of, lexicon, titles

ABOUT = [
    ("en", "training", "We may train our models on your content."),
    ("en", "training", "Customer data is used for training, testing and improvement."),
    ("en", "training", "Your files help to fine-tune the assistant."),
    ("en", "training", "We train our models and our staff on recorded calls."),
    ("en", "ai", "AI features are on."),
    ("en", "ai", "Machine learning is applied to messages."),
    ("en", "licence", "You grant us a worldwide, royalty-free right to use your content."),
    ("en", "licence", "We may sublicense the content."),
    ("en", "ownership", "All feedback is owned by us."),
    ("en", "consent", "We do so with your consent."),
    ("en", "opt-out", "You may opt out of the sharing of your data."),
    ("en", "opt-out", "You have the right to object."),
    ("en", "retention", "We retain recordings for two years."),
    ("en", "deletion", "Content is erased after thirty days."),
    ("en", "sharing", "We share personal data with third parties."),
    ("en", "sale", "We do not sell your personal information."),
    ("en", "subprocessors", "A list of our sub-processors is on this page."),
    ("en", "telemetry", "We collect diagnostic data and telemetry."),
    ("en", "deidentified", "We may use de-identified and aggregated data."),
    ("en", "change-notice", "We may modify these terms at any time by posting a new version."),
    ("en", "change-notice", "We will notify you of changes to this policy."),
    ("en", "transfer", "Data may be transferred to the United States."),
    ("en", "biometrics", "We create a voiceprint of each speaker."),
    ("en", "advertising", "We use it for targeted advertising."),
    ("en", "children", "The service is not for children under thirteen."),
    ("en", "breach", "We notify you of a security incident."),
    ("fr", "training", "Vos messages servent à entraîner nos modèles."),
    ("fr", "ai", "Nous avons recours à l'intelligence artificielle."),
    ("fr", "ai", "L'IA répond aux appels."),
    ("fr", "consent", "Nous le faisons avec votre consentement."),
    ("fr", "opt-out", "Vous pouvez vous opposer à ce traitement."),
    ("fr", "retention", "Les données sont conservées trois ans."),
    ("fr", "deletion", "Vos données sont effacées sous trente jours."),
    ("fr", "sharing", "Nous partageons vos données avec des tiers."),
    ("fr", "sale", "Nous ne vendons pas vos données."),
    ("fr", "subprocessors", "Nos sous-traitants sont listés ici."),
    ("fr", "licence", "Vous nous accordez une licence mondiale."),
    ("fr", "change-notice", "Nous pouvons modifier les présentes conditions."),
    ("fr", "deidentified", "Nous utilisons des données agrégées."),
]

NOT_ABOUT = [
    ("en", "training", "Our staff are trained to recognise fraud."),
    ("en", "training", "Training of our employees takes place twice a year."),
    ("en", "training", "All personnel receive appropriate privacy training."),
    ("en", "training", "We offer training courses and training materials for administrators."),
    ("en", "opt-out", "You may opt out of arbitration within thirty days."),
    ("en", "opt-out", "To opt out of this binding arbitration agreement, write to us."),
    ("en", "change-notice", "We give thirty days' notice before a price increase."),
    ("en", "change-notice", "We may change our fees with a notice of sixty days."),
    ("en", "change-notice", "You may update your billing information at any time."),
    ("en", "consent", "You consent to the exclusive jurisdiction of the courts of Dublin."),
    ("en", "licence", "A driver's license is needed."),
    ("en", "sharing", "Screen sharing is available on all plans."),
    ("en", "sale", "Contact our sales team."),
    ("en", "deidentified", "Our aggregate liability is limited to one hundred dollars."),
    ("en", "children", "We make minor changes without further ado."),
    ("en", "ownership", "Each participant uses it at their own risk."),
    ("en", "ai", "He said so again, in vain, on the main aisle."),
    ("fr", "training", "La formation de nos salariés est renouvelée chaque année."),
    ("fr", "training", "Tout retard peut entraîner la résiliation du contrat."),
    ("fr", "opt-out", "Vous pouvez refuser l'arbitrage sous trente jours."),
    ("fr", "change-notice", "Les tarifs sont révisés avec un préavis de trente jours."),
    ("fr", "sale", "Les conditions générales de vente s'appliquent."),
    ("fr", "ai", "J'ai lu les conditions."),
]


@pytest.mark.parametrize(("language", "subject", "sentence"), ABOUT)
def test_a_sentence_is_about_its_subject(language: str, subject: str, sentence: str) -> None:
    """The words of each subject are found in the sentences that terms use."""
    assert subject in lexicon(language).about(sentence)


@pytest.mark.parametrize(("language", "subject", "sentence"), NOT_ABOUT)
def test_a_trap_is_no_subject(language: str, subject: str, sentence: str) -> None:
    """The same words mean something else there."""
    assert subject not in lexicon(language).about(sentence)


def test_both_languages_have_the_same_subjects() -> None:
    """A subject looked for in one language is looked for in the other."""
    assert titles("en") == titles("fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pattern_is_empty(language: str) -> None:
    """A pattern that matches nothing at all would match everywhere."""
    known = lexicon(language)
    patterns = [known.labels, known.banners, known.cut, *known.walls.values()]
    patterns += [each.words for each in known.subjects]

    assert not [each for each in patterns if each.search("x y z")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "we will not use the content of your calls for any of the things that you do not ",
        ),
        ("fr", "nous ne vendons pas vos données et nous les traitons pour les finalités qui sont "),
        ("de", "wir verarbeiten die daten der kunden nur soweit dies für die erfüllung nötig ist "),
        ("", "lorem ipsum "),
    ],
)
def test_a_text_tells_its_language(language: str, text: str) -> None:
    """By its small words; and a few words tell none."""
    assert language_of((3 * text).split()) == language
