"""What the repository's own policies, fixtures and checks show, day by day."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from typing import TYPE_CHECKING, Final

import pytest

from termsgate.core.evaluate import Terms, Use, evaluate, rule
from termsgate.core.model import DocumentKind, RecordedReading, ReviewStatus
from termsgate.core.verdict import Criterion, Part, QuestionKind, Ruling
from termsgate.reading.store import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from termsgate.core.model import (
        Check,
        Clause,
        Precedence,
        Project,
        Quote,
        Requirement,
        Vendor,
        Version,
    )
    from termsgate.core.verdict import Verdict

LICENCE_TO_TRAIN: Final = date(2023, 4, 1)
"""The terms of 31 March 2023 are in force: a licence to train, and telemetry for any purpose."""

CONSENT_TO_TRAIN: Final = date(2023, 8, 8)
"""One sentence was added the day before: no training of our models without your consent."""

NO_TRAINING: Final = date(2023, 8, 12)
"""Section 10 was rewritten the day before: no training, of our models or of others'."""

LATEST: Final = date(2026, 11, 21)
"""The day on which the fixtures were last reviewed."""

DAYS: Final = (LICENCE_TO_TRAIN, CONSENT_TO_TRAIN, NO_TRAINING, LATEST)
CHECKS: Final = ("video-calls", "telehealth", "classroom")
CALLS: Final = "ai-training.calls-need-consent"
CALLS_OTHERS: Final = "ai-training.calls-need-consent-third-party"
LONGEST_QUOTE: Final = 12


@dataclass(frozen=True)
class History:
    """The repository's project, asked about any day."""

    project: Project

    @cached_property
    def terms(self) -> Mapping[str, Terms]:
        """The terms of each vendor, by its id."""
        vocabulary = self.project.vocabulary
        return {v.id: Terms(vendor=v, vocabulary=vocabulary) for v in self.project.vendors}

    @cached_property
    def requirements(self) -> Mapping[str, Requirement]:
        """Every requirement, by its id."""
        return {r.id: r for policy in self.project.policies for r in policy.requirements}

    @cached_property
    def checks(self) -> Mapping[str, Check]:
        """Every check, by its id."""
        return {check.id: check for check in self.project.checks}

    @cached_property
    def uses(self) -> Mapping[str, Use]:
        """What each check says of our use, by the check's id."""
        return {
            name: Use(context=check.context, choices=check.choices, readings=check.readings)
            for name, check in self.checks.items()
        }

    def on(self, day: date, vendor: str, requirement: str, check: str = "video-calls") -> Verdict:
        """The verdict of a day."""
        return evaluate(self.requirements[requirement], self.terms[vendor], self.uses[check], day)

    def word(self, day: date, vendor: str, requirement: str, check: str = "video-calls") -> Ruling:
        """The word of that verdict alone."""
        return rule(self.requirements[requirement], self.terms[vendor], self.uses[check], day)

    def read(self, day: date, requirement: str, *readings: RecordedReading) -> Verdict:
        """The verdict on Zoom once somebody has settled what the words leave open."""
        use = replace(self.uses["video-calls"], readings=readings)
        return evaluate(self.requirements[requirement], self.terms["zoom"], use, day)

    def asked(self, check: str) -> Iterator[str]:
        """The requirements that a check asks."""
        patterns = self.checks[check].policies
        for policy in self.project.policies:
            if any(fnmatchcase(policy.id, pattern) for pattern in patterns):
                yield from (r.id for r in policy.requirements)

    def vendor(self, name: str) -> Vendor:
        """A vendor, by its id."""
        return self.terms[name].vendor


@pytest.fixture(scope="module")
def history(root: Path) -> History:
    """The repository's own project, which loads without a problem."""
    loaded = load(root)
    assert loaded.project is not None, loaded.problems
    assert not loaded.problems
    return History(project=loaded.project)


def sections(verdict: Verdict, *parts: Part) -> set[tuple[str, str]]:
    """The document and section of each clause that did one of these for a verdict."""
    return {
        (decided.clause.document, decided.clause.section)
        for decided in verdict.because
        if decided.part in parts
    }


def clauses(verdict: Verdict, *parts: Part) -> set[str]:
    """The clauses, as `document.clause`, that did one of these for a verdict."""
    return {
        f"{decided.clause.document}.{decided.clause.id}"
        for decided in verdict.because
        if decided.part in parts
    }


def absent(verdict: Verdict) -> Mapping[str, str]:
    """Each document not at hand that a verdict names, and why it does or does not matter."""
    return {document.document: document.why for document in verdict.absent}


# --- Zoom, April 2023 ----------------------------------------------------------------------------


@pytest.mark.parametrize("check", CHECKS)
def test_in_april_2023_the_licence_of_10_4_lets_zoom_train_on_calls(
    history: History, check: str
) -> None:
    """Zoom violates calls-need-consent by section 10.4 and by nothing else."""
    verdict = history.on(LICENCE_TO_TRAIN, "zoom", CALLS, check)

    assert verdict.ruling is Ruling.VIOLATED
    assert sections(verdict, Part.FAILS) == {("terms-of-service", "10.4")}
    assert verdict.witness is not None
    assert verdict.witness.action == "train-ai"


@pytest.mark.parametrize("day", [LICENCE_TO_TRAIN, CONSENT_TO_TRAIN])
def test_until_august_2023_section_10_2_lets_zoom_train_on_telemetry(
    history: History, day: date
) -> None:
    """Zoom violates the telemetry requirement by section 10.2, the new sentence or not."""
    verdict = history.on(day, "zoom", "ai-training.telemetry")

    assert verdict.ruling is Ruling.VIOLATED
    assert sections(verdict, Part.FAILS) == {("terms-of-service", "10.2")}


def test_every_failure_names_a_line_a_section_a_quote_and_what_to_ask_for(
    history: History,
) -> None:
    """Whoever reads a violation of April 2023 can look it up and knows what to ask."""
    violated = [
        name
        for name in history.asked("video-calls")
        if history.word(LICENCE_TO_TRAIN, "zoom", name) is Ruling.VIOLATED
    ]

    for name in violated:
        assert history.requirements[name].ask
        because = history.on(LICENCE_TO_TRAIN, "zoom", name).because
        assert because
        for decided in because:
            assert decided.clause.place.path.startswith("fixtures/zoom/")
            assert decided.clause.place.line > 1
            assert decided.clause.section
            assert decided.clause.quote is not None
    assert CALLS in violated


def test_before_march_2023_there_was_no_licence_to_limit(history: History) -> None:
    """The terms of February grant none, and say nothing of what others do with calls."""
    day = date(2023, 2, 15)

    sublicence = history.word(day, "zoom", "licence-and-ownership.no-sublicence")
    others = history.word(day, "zoom", CALLS_OTHERS)

    assert sublicence is Ruling.NOT_APPLICABLE
    assert others is Ruling.SILENT


def test_the_change_of_july_2023_left_training_as_it_was(history: History) -> None:
    """Section 10 was the same on both sides of 27 July 2023, whatever the press wrote."""
    for name in history.asked("telehealth"):
        if name.startswith("ai-training."):
            before = history.word(date(2023, 7, 26), "zoom", name)
            after = history.word(date(2023, 7, 27), "zoom", name)

            assert before is after, name


# --- Zoom, 8 August 2023 -------------------------------------------------------------------------


@pytest.mark.parametrize("check", CHECKS)
def test_on_8_august_2023_the_new_sentence_asks_one_thing_only(
    history: History, check: str
) -> None:
    """Whether "our" models take in another company's decides between met and violated."""
    verdict = history.on(CONSENT_TO_TRAIN, "zoom", CALLS, check)
    coverage = [q for q in verdict.questions if q.kind is QuestionKind.COVERAGE]

    assert verdict.ruling is Ruling.UNCLEAR
    assert verdict.witness is not None
    assert verdict.witness.action == "train-third-party-model"
    assert "terms-of-service.consent-to-train" in clauses(verdict, Part.MEETS, Part.OPEN)
    assert [question.about for question in coverage] == [("terms-of-service.consent-to-train",)]
    assert [answer.ruling for answer in coverage[0].answers] == [Ruling.MET, Ruling.VIOLATED]


OTHERS_MODELS_TOO: Final = RecordedReading(
    vendor="zoom",
    document="terms-of-service",
    clause="consent-to-train",
    axis="action",
    term="train-third-party-model",
    covered=True,
    because="The words are read so for the sake of the test.",
    by="somebody@example.org",
    on=CONSENT_TO_TRAIN,
)


@pytest.mark.parametrize(
    ("reading", "ruling"),
    [
        (OTHERS_MODELS_TOO, Ruling.MET),
        (replace(OTHERS_MODELS_TOO, covered=False), Ruling.VIOLATED),
    ],
)
def test_on_8_august_2023_nothing_but_others_models_is_open(
    history: History, reading: RecordedReading, ruling: Ruling
) -> None:
    """Once a person has read the sentence one way or the other, 10.4 decides alone."""
    verdict = history.read(CONSENT_TO_TRAIN, CALLS, reading)

    assert verdict.ruling is ruling
    assert sections(verdict, Part.MEETS, Part.FAILS) == {("terms-of-service", "10.4")}


def test_on_8_august_2023_developing_ai_features_gives_way_to_words_about_training(
    history: History,
) -> None:
    """The privacy statement of April and June is named among what was considered."""
    verdict = history.on(CONSENT_TO_TRAIN, "zoom", CALLS)
    considered = {f"{d.clause.document}.{d.clause.id}": d for d in verdict.because}
    features = considered["privacy-statement.intelligent-features"]

    assert features.part is Part.DEFEATED
    assert features.criterion is Criterion.PLAIN


def test_on_8_august_2023_what_others_train_is_open(history: History) -> None:
    """Whether a sublicence lets others train on calls is asked; if it does, 10.4 allows it."""
    others = replace(OTHERS_MODELS_TOO, clause="sublicence", axis="by", term="third-party")
    training = replace(OTHERS_MODELS_TOO, clause="sublicence", term="train-ai")

    verdict = history.on(CONSENT_TO_TRAIN, "zoom", CALLS_OTHERS)
    answered = history.read(CONSENT_TO_TRAIN, CALLS_OTHERS, others, training)

    assert verdict.ruling is Ruling.UNCLEAR
    assert ("terms-of-service.sublicence",) in {question.about for question in verdict.questions}
    assert answered.ruling is Ruling.VIOLATED
    assert clauses(answered, Part.FAILS) == {"terms-of-service.sublicence"}


@pytest.mark.parametrize(
    "requirement", ["ai-training.all-content-needs-consent", "ai-training.files-and-screens"]
)
def test_on_8_august_2023_other_content_stays_under_the_licence(
    history: History, requirement: str
) -> None:
    """The sentence speaks of audio, video and chat; files and screens are not that."""
    verdict = history.on(CONSENT_TO_TRAIN, "zoom", requirement)

    assert verdict.ruling is Ruling.VIOLATED
    assert ("terms-of-service", "10.4") in sections(verdict, Part.FAILS)


def test_a_consent_of_the_customer_is_none_of_those_on_the_call(history: History) -> None:
    """What an administrator agrees to is a notice to everybody else."""
    requirement = "ai-training.consent-from-those-affected"

    verdict = history.read(CONSENT_TO_TRAIN, requirement, OTHERS_MODELS_TOO)

    assert verdict.ruling is Ruling.VIOLATED
    assert clauses(verdict, Part.FAILS) == {"terms-of-service.consent-to-train"}


def test_the_vendors_blog_is_shown_and_never_decides(history: History) -> None:
    """What the blog of August 2023 claims stands beside what the agreement says."""
    verdict = history.on(CONSENT_TO_TRAIN, "zoom", CALLS)
    claimed = {claim.clause.document for claim in verdict.claims}

    assert claimed == {"blog"}
    assert "blog" not in {decided.clause.document for decided in verdict.because}


# --- Zoom, since 12 August 2023 ------------------------------------------------------------------


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("day", [NO_TRAINING, LATEST])
@pytest.mark.parametrize("requirement", [CALLS, CALLS_OTHERS])
def test_since_12_august_2023_zoom_trains_nobodys_models_on_calls(
    history: History, requirement: str, day: date, check: str
) -> None:
    """Section 10.2 meets it, for own and third-party models, and nothing is asked."""
    verdict = history.on(day, "zoom", requirement, check)

    assert verdict.ruling is Ruling.MET
    assert ("terms-of-service", "10.2") in sections(verdict, Part.MEETS)
    assert not verdict.questions


@pytest.mark.parametrize(
    ("check", "missing"),
    [
        ("video-calls", {"data-processing-addendum"}),
        (
            "telehealth",
            {"data-processing-addendum", "health-care-baa", "us-state-privacy-addendum"},
        ),
        (
            "classroom",
            {
                "data-processing-addendum",
                "education-agreement",
                "schools-privacy-statement",
                "us-state-privacy-addendum",
            },
        ),
    ],
)
def test_a_verdict_that_is_met_names_what_nobody_has_read(
    history: History, check: str, missing: set[str]
) -> None:
    """A document that may only tighten says why; one assumed absent says that it was."""
    named = absent(history.on(NO_TRAINING, "zoom", CALLS, check))
    tightening = {name for name, why in named.items() if why.startswith("it may only tighten")}
    assumed = {name for name, why in named.items() if why.startswith("assumed absent")}

    assert tightening == missing
    assert assumed == set(named) - missing
    assert {"beta-terms", "order-form"} <= assumed


def test_since_12_august_2023_the_purposes_of_telemetry_are_gone_and_not_excluded(
    history: History,
) -> None:
    """No clause lets Zoom train on telemetry any more, and none rules it out."""
    verdict = history.on(NO_TRAINING, "zoom", "ai-training.telemetry")

    assert verdict.ruling is Ruling.UNCLEAR
    assert not clauses(verdict, Part.MEETS, Part.FAILS)


@pytest.mark.parametrize("day", DAYS)
def test_zooms_licence_has_stayed_perpetual(history: History, day: date) -> None:
    """Its purposes were narrowed in August 2023; that it never ends was not changed."""
    section = "10.4" if day < NO_TRAINING else "10.2"

    for requirement in ("licence-and-ownership.limited-licence", "exit.licence-ends"):
        verdict = history.on(day, "zoom", requirement)

        assert verdict.ruling is Ruling.VIOLATED
        assert ("terms-of-service", section) in sections(verdict, Part.MEETS, Part.FAILS, Part.OPEN)


@pytest.mark.parametrize(
    ("requirement", "ruling", "section"),
    [
        ("change-of-terms.change-notice", Ruling.VIOLATED, "15.1"),
        ("change-of-terms.direct-notice", Ruling.VIOLATED, "15.1"),
        ("change-of-terms.no-change-by-use", Ruling.VIOLATED, "15.1"),
        ("change-of-terms.price-notice", Ruling.MET, "12.3"),
        ("change-of-terms.data-terms-prevail", Ruling.UNCLEAR, "31.3"),
        ("exit.retrieval", Ruling.MET, "14.5"),
        ("exit.deletion", Ruling.UNCLEAR, "14.5"),
        ("security.no-liability-disclaimer", Ruling.VIOLATED, "26"),
    ],
)
@pytest.mark.parametrize("day", DAYS)
def test_what_the_terms_say_outside_section_10_has_not_changed_since_march_2023(
    history: History, day: date, requirement: str, ruling: Ruling, section: str
) -> None:
    """Changes, the end and liability stand as they stood, in the sections they stood in."""
    verdict = history.on(day, "zoom", requirement)

    assert verdict.ruling is ruling
    assert sections(verdict, Part.MEETS, Part.FAILS, Part.OPEN) == {("terms-of-service", section)}


@pytest.mark.parametrize("day", DAYS)
def test_a_pupils_record_is_not_said_to_be_marketed_with(history: History, day: date) -> None:
    """It reaches Zoom in content if at all, and the statement for schools is not at hand."""
    verdict = history.on(day, "zoom", "privacy.education-records", "classroom")

    assert verdict.ruling is Ruling.UNCLEAR
    assert "schools-privacy-statement" in absent(verdict)


# --- meet.jit.si ---------------------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS)
def test_the_licence_of_meet_jit_si_serves_the_service_and_nothing_else(
    history: History, day: date
) -> None:
    """The licence requirement is met by the closed list of section 4."""
    verdict = history.on(day, "jitsi", "licence-and-ownership.limited-licence")

    assert verdict.ruling is Ruling.MET
    assert sections(verdict, Part.MEETS) == {("terms-of-service", "4")}


@pytest.mark.parametrize("day", [CONSENT_TO_TRAIN, LATEST])
def test_whether_improving_meet_jit_si_includes_training_is_asked(
    history: History, day: date
) -> None:
    """The supplement's "improve" against the licence's "for no other purposes": no is met."""
    verdict = history.on(day, "jitsi", CALLS)
    improving = [
        question
        for question in verdict.questions
        if question.about == ("privacy-supplement.deliver-and-improve",)
        and "train-ai" in question.text
    ]

    assert verdict.ruling is Ruling.UNCLEAR
    assert clauses(verdict, Part.MEETS) == {"terms-of-service.content-licence"}
    assert [answer.ruling for answer in improving[0].answers] == [Ruling.UNCLEAR, Ruling.MET]


def test_the_supplement_of_2020_is_not_judged_by_the_one_of_2023(history: History) -> None:
    """Before a text is recorded, the document is not at hand and is named as such."""
    verdict = history.on(LICENCE_TO_TRAIN, "jitsi", CALLS)

    assert verdict.ruling is Ruling.UNCLEAR
    assert "privacy-supplement" in absent(verdict)


# --- Whereby -------------------------------------------------------------------------------------


@pytest.mark.parametrize("check", ["video-calls", "telehealth"])
@pytest.mark.parametrize("day", DAYS)
def test_of_whereby_nothing_is_asserted(history: History, day: date, check: str) -> None:
    """No verdict on Whereby is met or violated: there is silence, or a question."""
    rulings = {history.word(day, "whereby", name, check) for name in history.asked(check)}

    assert rulings <= {Ruling.SILENT, Ruling.UNCLEAR, Ruling.NOT_APPLICABLE}
    assert Ruling.SILENT in rulings


def test_of_whereby_each_use_names_the_documents_to_read(history: History) -> None:
    """Silence about a use says which documents would have to be read, and why it is one."""
    named = absent(history.on(LATEST, "whereby", CALLS))

    assert set(named) == {"terms-of-service", "privacy-policy", "data-processing-agreement"}
    assert all(named.values())


def test_of_whereby_no_clause_is_recorded(history: History) -> None:
    """What Whereby said is not known, so nothing is put in its mouth."""
    assert not history.vendor("whereby").versions


# --- the fixtures themselves ---------------------------------------------------------------------


def quotes(version: Version) -> Iterator[tuple[str, Quote]]:
    """Every quote of a version, with the place of what it anchors."""
    anchored: tuple[Clause | Precedence, ...] = (*version.clauses, *version.precedence)
    for quoted in anchored:
        if quoted.quote is not None:
            yield str(quoted.place), quoted.quote


def versions(history: History) -> Iterator[Version]:
    """Every version of every document of every vendor."""
    for vendor in history.project.vendors:
        yield from vendor.versions


def plain(text: str) -> str:
    """A text without the marks of bold print, its white space made single blanks."""
    return " ".join(text.replace("**", "").split())


def captured(shared: Path) -> Mapping[str, Path]:
    """The captured text behind each commit of the public archive, as the facts list them."""
    table = (shared / "facts" / "zoom-and-alternatives.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\S+\.md) \| \S+ \| ([0-9a-f]{40}) \|", table, re.MULTILINE)
    return {commit: shared / "terms" / name for name, commit in rows}


def test_every_captured_text_is_recorded_and_every_record_has_its_text(
    history: History, shared: Path
) -> None:
    """Fixtures and texts match one to one, by the commit of the archive that holds the words."""
    commits = Counter(
        version.source.archive.commit
        for version in versions(history)
        if version.source.archive is not None
    )

    assert commits == Counter(captured(shared).keys())


def test_every_quote_is_found_exactly_once_in_the_text_it_is_taken_from(
    history: History, shared: Path
) -> None:
    """No anchor is lost, and none is ambiguous."""
    texts = {
        commit: plain(file.read_text(encoding="utf-8")) for commit, file in captured(shared).items()
    }
    archived = [version for version in versions(history) if version.source.archive is not None]
    found = {
        place: texts[version.source.archive.commit].count(
            plain(quote.prefix + quote.exact + quote.suffix)
        )
        for version in archived
        if version.source.archive is not None
        for place, quote in quotes(version)
    }

    assert {place: times for place, times in found.items() if times != 1} == {}
    assert len(found) > 100


def test_no_quote_is_longer_than_a_dozen_words(history: History) -> None:
    """An anchor is a locator and not a copy."""
    lengths = {
        place: len(quote.exact.split())
        for version in versions(history)
        for place, quote in quotes(version)
    }

    assert {place: n for place, n in lengths.items() if n > LONGEST_QUOTE} == {}


def test_every_clause_of_an_agreement_has_a_section_and_a_quote(history: History) -> None:
    """Only statements, which never govern, may stand without: their page was not captured."""
    bare = [
        str(clause.place)
        for vendor in history.project.vendors
        for version in vendor.versions
        for clause in version.clauses
        if kind(vendor, version.document) is not DocumentKind.STATEMENT
        and (clause.quote is None or not clause.section or not clause.says)
    ]

    assert bare == []


def kind(vendor: Vendor, document: str) -> DocumentKind:
    """What kind of document it is."""
    return next(d.kind for d in vendor.documents if d.id == document)


def test_no_fixture_claims_an_approval_that_did_not_happen(history: History) -> None:
    """The maintainers reviewed every version; nobody's counsel approved or signed one."""
    reviews: Iterable[tuple[object, ...]] = {
        (version.review.by, version.review.status, version.review.sha256)
        for version in versions(history)
        if version.review is not None
    }

    assert set(reviews) == {(("maintainers",), ReviewStatus.REVIEWED, "")}
    assert all(version.review is not None for version in versions(history))


def test_the_versions_that_are_known_and_not_recorded_are_not_at_hand(history: History) -> None:
    """Between 5 and 8 September 2023 the privacy statement is named as one nobody has read."""
    between = absent(history.on(date(2023, 9, 6), "zoom", CALLS))
    after = absent(history.on(date(2023, 9, 8), "zoom", CALLS))

    assert "privacy-statement" in between
    assert "privacy-statement" not in after
