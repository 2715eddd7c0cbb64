"""Values of the model become entries of the record, the plain data that reports read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from termsgate.core.bearing import Bearing
from termsgate.core.record import FORMAT, VERSION, key
from termsgate.core.stating import terms_of
from termsgate.core.upkeep import warnings_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from termsgate.core.coming import Turn
    from termsgate.core.gate import Change, Decision
    from termsgate.core.model import (
        Check,
        Choice,
        Clause,
        Document,
        Place,
        Policy,
        Project,
        RecordedReading,
        Requirement,
        Vendor,
        Version,
        Waiver,
    )
    from termsgate.core.problem import Problem
    from termsgate.core.record import (
        AbsentEntry,
        ChangeEntry,
        CheckEntry,
        ChoiceEntry,
        ClaimEntry,
        ClauseEntry,
        DocumentEntry,
        PlaceEntry,
        PolicyEntry,
        ProblemEntry,
        QuestionEntry,
        ReadingEntry,
        Record,
        RequirementEntry,
        ReviewEntry,
        ShardEntry,
        TurnEntry,
        VendorEntry,
        VerdictEntry,
        VersionEntry,
        WaiverEntry,
        WaiverUse,
        WitnessEntry,
    )
    from termsgate.core.shards import Shard
    from termsgate.core.verdict import AbsentDocument, Claim, Deciding, Question, Verdict, Witness


def record_of(  # noqa: PLR0913 - a record is as wide as it is, and every name is said
    project: Project,
    verdicts: Iterable[VerdictEntry],
    *,
    today: date,
    asked: date | None,
    expected: int,
    partial: bool,
    shard: ShardEntry | None = None,
    problems: Iterable[Problem] = (),
    reviews: Iterable[ReviewEntry] = (),
) -> Record:
    """The record of a run: sorted, whole, and the same bytes for the same input.

    `asked` is the day that overrides every check's own.
    """
    given = sorted(verdicts, key=key)
    record: Record = {
        "format": FORMAT,
        "version": VERSION,
        "today": today.isoformat(),
        "as-of": _shared_day(project, today, asked),
        "expected": expected,
        "given": len(given),
        "partial": partial,
        "left-out": [],
        "missing": [],
        "interrupted": False,
        "audit": False,
        "baseline": None,
        "inputs": [
            {"path": each.path, "sha256": each.sha256}
            for each in sorted(project.inputs, key=lambda each: each.path)
        ],
        "checks": [
            check_entry(each, today, asked) for each in sorted(project.checks, key=lambda c: c.id)
        ],
        "vendors": [vendor_entry(each) for each in sorted(project.vendors, key=lambda v: v.id)],
        "policies": [policy_entry(each) for each in sorted(project.policies, key=lambda p: p.id)],
        "requirements": [requirement_entry(each) for each in requirements_of(project)],
        "verdicts": given,
        "reviews": sorted(reviews, key=lambda each: (each["path"], each["line"])),
        "warnings": [],
        "problems": [
            problem_entry(each) for each in sorted(problems, key=lambda p: (p.place, p.code))
        ],
        "terms": terms_of(project, {day_of(each, today, asked) for each in project.checks}),
    }
    if shard is not None:
        record["shard"] = shard
    record["warnings"] = warnings_of(project, record)
    return record


def requirements_of(project: Project) -> list[Requirement]:
    """Every requirement of every policy, by id."""
    found = [each for policy in project.policies for each in policy.requirements]
    return sorted(found, key=lambda each: each.id)


def day_of(check: Check, today: date, asked: date | None) -> date:
    """The day a check asks about: the one of the run's options, its own, or the day of the run."""
    return asked or check.as_of or today


def _shared_day(project: Project, today: date, asked: date | None) -> str | None:
    days = {day_of(check, today, asked) for check in project.checks}
    return days.pop().isoformat() if len(days) == 1 else None


def shard_entry(shard: Shard | None, *, partial: bool) -> ShardEntry | None:
    """The part of a run, and whether it gives only some of the verdicts that fall to it."""
    if shard is None:
        return None
    return {"number": shard.number, "of": shard.of, "partial": partial}


_NOTHING: Final = Bearing()

Written: TypeAlias = "dict[int, tuple[Deciding, ClauseEntry]]"
"""What was written of deciding clauses, by identity; kept here, so that none is another."""

# --- verdicts ---------------------------------------------------------------------------------


def verdict_entry(  # noqa: PLR0913 - as wide as what is known of a verdict, and every name is said
    verdict: Verdict,
    decision: Decision,
    requirement: Requirement,
    *,
    check: str,
    vendor: str,
    on: date,
    bears: Bearing = _NOTHING,
    decided: str = "",
    coming: Iterable[Turn] = (),
    written: Written | None = None,
) -> VerdictEntry:
    """One verdict with everything that decided it, and what the gate made of it.

    With `written`, a clause that decides several verdicts is written out once, for all of them.
    """
    # `str` gives the word of a member as `value` does, which is a property and takes four times
    # as long on Python 3.11.
    known: Written = {} if written is None else written
    return {
        "check": check,
        "vendor": vendor,
        "requirement": requirement.id,
        "verdict": verdict.ruling.word,
        "outcome": str(decision.outcome),
        "before": None,
        "level": str(requirement.level),
        "severity": str(requirement.severity),
        "as-of": on.isoformat(),
        "because": [
            known[id(each)][1] if id(each) in known else _write(each, known)
            for each in verdict.because
        ],
        "witness": _witness(verdict.witness),
        "questions": [_question(each) for each in verdict.questions],
        "waiver": _use(decision),
        "absent-documents": [_absent(each) for each in verdict.absent],
        "claims": [_claim(each) for each in verdict.claims],
        "readings": [_reading(each) for each in bears.readings],
        "choices": [_choice(each) for each in bears.choices],
        "decided": decided or None,
        "notes": list(verdict.notes),
        "ask": requirement.ask,
        "coming": [_turn(each) for each in coming],
    }


def _turn(turn: Turn) -> TurnEntry:
    return {
        "on": turn.on.isoformat(),
        "verdict": turn.verdict.ruling.word,
        "outcome": turn.outcome.value,
        "worse": turn.worse,
        "uncovered": turn.uncovered,
        "because": [_clause(each) for each in turn.verdict.because],
    }


def quoted_entry(clause: Clause, effective: date) -> ClaimEntry:
    """A clause with its place and its words."""
    place = clause.place
    entry: ClaimEntry = {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "document": clause.document,
        "version": effective.isoformat(),
        "clause": clause.id,
        "section": clause.section,
        "quote": clause.quote.exact if clause.quote else "",
        "says": clause.says,
    }
    if clause.quote and clause.quote.prefix:
        entry["prefix"] = clause.quote.prefix
    if clause.quote and clause.quote.suffix:
        entry["suffix"] = clause.quote.suffix
    return entry


def _write(deciding: Deciding, written: Written) -> ClauseEntry:
    entry = _clause(deciding)
    written[id(deciding)] = deciding, entry
    return entry


def _clause(deciding: Deciding) -> ClauseEntry:
    return {
        **quoted_entry(deciding.clause, deciding.effective),
        "part": str(deciding.part),
        "criterion": str(deciding.criterion) if deciding.criterion else None,
        "defeated-by": list(deciding.defeated_by),
        "facts": list(deciding.facts),
        "second-half": deciding.second_half,
    }


def _claim(claim: Claim) -> ClaimEntry:
    return quoted_entry(claim.clause, claim.effective)


def _witness(witness: Witness | None) -> WitnessEntry | None:
    if witness is None:
        return None
    return {
        "action": witness.action,
        "data": witness.data,
        "by": witness.by,
        "state": witness.state,
    }


def _question(question: Question) -> QuestionEntry:
    return {
        "kind": question.kind.value,
        "text": question.text,
        "answers": [{"text": each.text, "verdict": each.ruling.word} for each in question.answers],
        "about": list(question.about),
        "how": question.how,
    }


def _absent(document: AbsentDocument) -> AbsentEntry:
    return {
        "document": document.document,
        "matters": document.matters,
        "unread": document.unread,
        "assumed": document.assumed,
        "why": document.why,
    }


def _reading(reading: RecordedReading) -> ReadingEntry:
    return {
        **_place(reading.place),
        "document": reading.document,
        "clause": reading.clause,
        "term": reading.term,
        "covered": reading.covered,
        "stance": reading.stance.word if reading.stance is not None else None,
        "over": ".".join(reading.over) if reading.over else None,
        "because": reading.because,
        "by": reading.by,
        "on": reading.on.isoformat(),
    }


def _choice(choice: Choice) -> ChoiceEntry:
    box = choice.box
    return {
        **_place(choice.place),
        "kind": choice.kind.value,
        "action": _words(box.action),
        "data": _words(box.data),
        "by": _words(box.by),
        "state": _words(box.state),
        "on": choice.on.isoformat(),
        "proof": choice.proof,
        "chosen-by": choice.chosen_by,
        "because": choice.because,
    }


def _words(terms: tuple[str, ...] | None) -> list[str] | None:
    return None if terms is None else list(terms)


def waiver_entry(waiver: Waiver) -> WaiverEntry:
    """A waiver as its file writes it."""
    return {
        **_place(waiver.place),
        "vendor": waiver.vendor,
        "requirement": waiver.requirement,
        "reason": waiver.reason,
        "approved-by": waiver.approved_by,
        "approved-on": waiver.approved_on.isoformat(),
        "expires": waiver.expires.isoformat(),
        "ticket": waiver.ticket,
        "versions": [
            {"document": document, "version": day.isoformat()} for document, day in waiver.versions
        ],
        "decided": waiver.decided,
    }


def _use(decision: Decision) -> WaiverUse | None:
    if decision.waiver is None or decision.standing is None:
        return None
    return {
        "standing": decision.standing.value,
        "days-left": decision.days_left,
        "changes": [_change(each) for each in decision.changes],
        **waiver_entry(decision.waiver),
    }


def _change(change: Change) -> ChangeEntry:
    return {"document": change.document, "given": change.given, "now": change.now}


# --- what the verdicts are about ---------------------------------------------------------------


def check_entry(check: Check, today: date, asked: date | None) -> CheckEntry:
    """A check, with the day it asks about and the waivers it grants."""
    return {
        "check": check.id,
        "title": check.title,
        "owner": check.owner,
        "as-of": day_of(check, today, asked).isoformat(),
        "waivers": [waiver_entry(each) for each in sorted(check.waivers, key=lambda w: w.place)],
        **_place(check.place),
    }


def policy_entry(policy: Policy) -> PolicyEntry:
    """A policy by its title, for those who group by it."""
    entry: PolicyEntry = {
        "policy": policy.id,
        "title": policy.title,
        "owner": policy.owner,
        "path": policy.place.path,
        "line": policy.place.line,
        "column": policy.place.column,
    }
    if policy.titles:
        entry["titles"] = dict(policy.titles)
    return entry


def requirement_entry(requirement: Requirement) -> RequirementEntry:
    """A requirement without its machinery: what it is called, why it is there, what to ask for."""
    entry: RequirementEntry = {
        "requirement": requirement.id,
        "policy": requirement.policy,
        "title": requirement.title,
        "level": requirement.level.value,
        "severity": requirement.severity.value,
        "why": requirement.why,
        "ask": requirement.ask,
        "references": [{"title": each.title, "url": each.url} for each in requirement.references],
        "path": requirement.place.path,
        "line": requirement.place.line,
        "column": requirement.place.column,
    }
    if requirement.titles:
        entry["titles"] = dict(requirement.titles)
    if requirement.asks:
        entry["asks"] = dict(requirement.asks)
    return entry


def vendor_entry(vendor: Vendor) -> VendorEntry:
    """A vendor, its documents in the order of its file, and each version on record."""
    return {
        "vendor": vendor.id,
        "name": vendor.name,
        "url": vendor.url,
        "documents": [_document(each, vendor) for each in vendor.documents],
    }


def _document(document: Document, vendor: Vendor) -> DocumentEntry:
    versions = [each for each in vendor.versions if each.document == document.id]
    return {
        "document": document.id,
        "kind": document.kind.value,
        "title": document.title,
        "url": document.url,
        "at-hand": document.absence is None,
        "versions": [_version(each) for each in sorted(versions, key=lambda v: v.effective)],
    }


def _version(version: Version) -> VersionEntry:
    source = version.source
    entry: VersionEntry = {
        "effective": version.effective.isoformat(),
        "withdrawn": version.withdrawn.isoformat() if version.withdrawn else None,
        "url": source.url,
        "review": version.review.status.value if version.review else None,
        "path": version.place.path,
        "line": version.place.line,
        "column": version.place.column,
    }
    if version.language:
        entry["language"] = version.language
    if source.captured is not None:
        entry["captured"] = source.captured.date().isoformat()
    if source.archive is not None:
        kept = source.archive
        entry["archive"] = {
            "collection": kept.collection,
            "path": kept.path,
            "commit": kept.commit,
        }
    return entry


def problem_entry(problem: Problem) -> ProblemEntry:
    """A problem in a file, as the record and `lint --format json` give it."""
    return {
        **_place(problem.place),
        "message": problem.message,
        "code": problem.code,
        "help": problem.help,
        "weight": problem.weight.value,
    }


def _place(place: Place) -> PlaceEntry:
    return {"path": place.path, "line": place.line, "column": place.column}
