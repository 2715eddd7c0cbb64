"""What is looked up again and again while a page is made of a record."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from termsgate.reporting.page.sentences import Sentences
from termsgate.reporting.page.words import Words

if TYPE_CHECKING:
    from termsgate.core.record import (
        CheckEntry,
        ClaimEntry,
        DocumentEntry,
        PolicyEntry,
        Record,
        RequirementEntry,
        VendorEntry,
        VerdictEntry,
        VersionEntry,
    )

LEVELS: Final = ("must", "should", "may")
SEVERITIES: Final = ("critical", "high", "medium", "low")
WORDS: Final = ("violated", "unclear", "silent", "met", "not-applicable")
OUTCOMES: Final = ("fail", "warn", "waived", "baseline", "pass", "skip")


class Book:
    """A record by its names, and the words of the page's language."""

    def __init__(self, record: Record, language: str) -> None:
        """Open it."""
        self.record = record
        self.words = Words(language)
        self.sentences = Sentences(language)
        self.language = language

    @cached_property
    def requirements(self) -> dict[str, RequirementEntry]:
        """Every requirement by its id."""
        return {each["requirement"]: each for each in self.record["requirements"]}

    @cached_property
    def vendors(self) -> dict[str, VendorEntry]:
        """Every vendor by its id."""
        return {each["vendor"]: each for each in self.record["vendors"]}

    @cached_property
    def checks(self) -> dict[str, CheckEntry]:
        """Every check by its id."""
        return {each["check"]: each for each in self.record["checks"]}

    @cached_property
    def policies(self) -> dict[str, PolicyEntry]:
        """Every policy by its id; a record of an earlier release has none."""
        return {each["policy"]: each for each in self.record.get("policies", [])}

    @cached_property
    def documents(self) -> dict[tuple[str, str], DocumentEntry]:
        """Every document by its vendor and id."""
        return {
            (vendor["vendor"], each["document"]): each
            for vendor in self.record["vendors"]
            for each in vendor["documents"]
        }

    @cached_property
    def sentences_around(self) -> dict[tuple[str, int, int], str]:
        """The sentence a quote stands in, by the place of its clause, where a text was at hand."""
        return {
            (each["path"], each["line"], each["column"]): each["sentence"]
            for each in self.record.get("quotes", [])
            if each["sentence"]
        }

    def around(self, clause: ClaimEntry) -> tuple[str, str]:
        """The words before and after a quote: of its sentence, else those the fixture gives."""
        given = clause.get("prefix", ""), clause.get("suffix", "")
        place = clause["path"], clause["line"], clause["column"]
        found = self.sentences_around.get(place, "") if clause["quote"] else ""
        before, quote, after = found.partition(clause["quote"]) if found else ("", "", "")
        return (before, after) if quote else given

    @cached_property
    def by_vendor(self) -> dict[str, list[VerdictEntry]]:
        """The verdicts of each vendor that has any, vendors by id."""
        found: dict[str, list[VerdictEntry]] = {}
        for each in sorted(self.record["verdicts"], key=lambda verdict: verdict["vendor"]):
            found.setdefault(each["vendor"], []).append(each)
        return found

    def title(self, requirement: str) -> str:
        """What a requirement is called, in the reader's language where the policy has it."""
        entry = self.requirements[requirement]
        return entry.get("titles", {}).get(self.language) or entry["title"] or requirement

    def ask(self, verdict: VerdictEntry) -> str:
        """What to ask the vendor for, in the reader's language where the policy has it."""
        asks = self.requirements[verdict["requirement"]].get("asks", {})
        return asks.get(self.language) or verdict["ask"]

    def policy(self, policy: str) -> str:
        """What a policy is called."""
        entry = self.policies.get(policy)
        if entry is None:
            return policy
        return entry.get("titles", {}).get(self.language) or entry["title"] or policy

    def vendor(self, vendor: str) -> str:
        """What a vendor is called."""
        return self.vendors[vendor]["name"] or vendor

    def check(self, check: str) -> str:
        """What a check is called."""
        return self.checks[check]["title"] or check

    def document(self, vendor: str, document: str) -> str:
        """What a document is called."""
        entry = self.documents.get((vendor, document))
        return (entry["title"] if entry else "") or document

    def version(self, vendor: str, document: str, effective: str) -> VersionEntry | None:
        """A version of a document, if it is on record."""
        entry = self.documents.get((vendor, document))
        versions = entry["versions"] if entry else []
        return next((each for each in versions if each["effective"] == effective), None)


def in_force(document: DocumentEntry, day: str) -> VersionEntry | None:
    """The version of a document that governs on a day (semantics 3.1)."""
    begun = [each for each in document["versions"] if each["effective"] <= day]
    if not begun:
        return None
    last = max(begun, key=lambda each: each["effective"])
    return None if last["withdrawn"] is not None and last["withdrawn"] < day else last


def urgency(verdict: VerdictEntry) -> tuple[int, int, int, int]:
    """What fails before what warns; violated musts first, and of those the most severe."""
    return (
        OUTCOMES.index(verdict["outcome"]),
        WORDS.index(verdict["verdict"]),
        LEVELS.index(verdict["level"]),
        SEVERITIES.index(verdict["severity"]),
    )
