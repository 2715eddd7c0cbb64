"""What is to be judged: each requirement of each check's policies, for each of its vendors.

Pure: what was read comes in as a project, and whose quotes were found as an argument.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from termsgate.core.bearing import Varied, bearing
from termsgate.core.coming import Turn, days_ahead, is_worse
from termsgate.core.decided import Known, decided
from termsgate.core.entries import day_of, requirement_entry, requirements_of, verdict_entry
from termsgate.core.evaluate import Terms, Use, briefly, evaluate, rule
from termsgate.core.gate import ACCEPTABLE, Case, Decision, Outcome, Standing, decide, reaction
from termsgate.core.inforce import versions_on
from termsgate.core.model import NOWHERE, Check, Policy, Vendor, Version
from termsgate.core.once import once
from termsgate.core.review import is_asked, relied_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from termsgate.core.baseline import Baseline
    from termsgate.core.entries import Written
    from termsgate.core.evidence import QuoteFinding
    from termsgate.core.model import Example, Project, Requirement
    from termsgate.core.record import RequirementEntry, VerdictEntry
    from termsgate.core.shards import Shard
    from termsgate.core.verdict import Ruling, Verdict

Key: TypeAlias = tuple[str, str, str]
"""A check, a vendor and a requirement: what a verdict is found by."""

_Named = TypeVar("_Named", Vendor, Policy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One verdict to be given: a vendor under one requirement, for one check."""

    check: Check
    vendor: Vendor
    requirement: Requirement

    @property
    def key(self) -> Key:
        """What the verdict is found by in the record."""
        return self.check.id, self.vendor.id, self.requirement.id


Verified: TypeAlias = "Mapping[str, frozenset[tuple[str, date, str]]]"
"""The clauses of each vendor whose quotes were found: document, effective date and id."""


@dataclass(frozen=True, kw_only=True)
class Docket:
    """A project and what a run asks of it.

    `asked` is the day that overrides every check's own; `vendor` a glob on the vendors' ids, or
    several with commas between them; of a `shard` only the vendors that fall to it. A `baseline`
    lets through what it knows; an `audit` leaves it and the waivers aside.
    """

    project: Project
    today: date
    asked: date | None = None
    vendor: str = "*"
    verified: Verified = field(default_factory=dict)
    baseline: Baseline | None = None
    audit: bool = False
    shard: Shard | None = None
    _terms: dict[str, Terms] = field(default_factory=dict)
    _uses: dict[tuple[str, str], Varied] = field(default_factory=dict)
    _under: dict[str, list[Requirement]] = field(default_factory=dict)
    _told: Known = field(default_factory=dict)
    _written: Written = field(default_factory=dict)
    _waived: dict[tuple[str, str], bool] = field(default_factory=dict)
    _ahead: dict[tuple[str, date], tuple[date, ...]] = field(default_factory=dict)

    # --- what there is ------------------------------------------------------------------------

    @once
    def default(self) -> Check | None:
        """The check that is there because nobody wrote one."""
        return next((each for each in self.project.checks if each.place == NOWHERE), None)

    @once
    def _by_path(self) -> Mapping[str, Check | Policy | Version | Vendor]:
        project = self.project
        found: list[Check | Policy | Version | Vendor] = [*project.checks, *project.policies]
        for vendor in project.vendors:
            found += [vendor, *vendor.versions]
        return {each.place.path: each for each in found}

    def said_in(self, path: str) -> Check | Policy | Version | Vendor | None:
        """What a file says, by its path relative to the project."""
        return self._by_path.get(path)

    @once
    def requirements(self) -> Mapping[str, RequirementEntry]:
        """What the record says of each requirement."""
        return {each.id: requirement_entry(each) for each in requirements_of(self.project)}

    # --- what is selected -----------------------------------------------------------------------

    @once
    def whole(self) -> frozenset[Key]:
        """Every verdict that the project asks for, whatever a run selects."""
        return frozenset(
            (check.id, vendor.id, requirement.id)
            for check in self.project.checks
            for vendor in _selected(self.project.vendors, check.vendors)
            for requirement in self.requirements_under(check)
        )

    @property
    def size(self) -> int:
        """How many verdicts the whole project asks for, whatever a run selects."""
        return len(self.whole)

    @property
    def share(self) -> int:
        """How many of them fall to the shard."""
        return sum(self.is_here(vendor) for _, vendor, _ in self.whole)

    def is_here(self, vendor: str) -> bool:
        """Whether a vendor falls to the shard of this run, if it has one."""
        return self.shard is None or self.shard.holds(vendor)

    @once
    def _homes(self) -> Mapping[str, str]:
        """The file that each check, or each vendor of the check nobody wrote, is judged in."""
        of = self.project.vendors if self.default else self.project.checks
        return {each.id: each.place.path for each in of}

    def home(self, matter: Key) -> str:
        """The file whose tests give a verdict, relative to the project."""
        check, vendor, _ = matter
        return self._homes[vendor if self.default else check]

    @property
    def selects(self) -> bool:
        """Whether any verdict is left after `--terms-vendor`."""
        checks = self.project.checks
        return any(self.vendors_of(each) and self.requirements_under(each) for each in checks)

    def vendors_of(self, check: Check) -> list[Vendor]:
        """The vendors a check names, of those the run asks for."""
        return self.asked_for(_selected(self.project.vendors, check.vendors))

    def asked_for(self, vendors: Iterable[Vendor]) -> list[Vendor]:
        """Those that `--terms-vendor` and `--terms-shard` let through."""
        return [each for each in _selected(vendors, self._globs) if self.is_here(each.id)]

    @property
    def _globs(self) -> list[str]:
        return [glob.strip() for glob in self.vendor.split(",")]

    @property
    def idle_globs(self) -> list[str]:
        """Those of `--terms-vendor` that no vendor of a check matches."""
        named = [
            vendor
            for check in self.project.checks
            for vendor in _selected(self.project.vendors, check.vendors)
        ]
        return [glob for glob in self._globs if not _selected(named, [glob])]

    def requirements_under(self, check: Check) -> list[Requirement]:
        """The requirements of the policies a check names, in the order of the files."""
        if check.id not in self._under:
            policies = _selected(self.project.policies, check.policies)
            self._under[check.id] = [each for policy in policies for each in policy.requirements]
        return self._under[check.id]

    def keys_of(self, path: str, names: Sequence[str]) -> list[Key]:
        """Which verdicts are meant by a file and the names below it: one, or all of a vendor."""
        said = self.said_in(path)
        check = self.default if isinstance(said, Vendor) else said
        if not isinstance(check, Check) or not 0 < len(names) <= len(("vendor", "requirement")):
            return []
        vendor, *one = names
        wanted = one or [each.id for each in self.requirements_under(check)]
        return [(check.id, vendor, requirement) for requirement in wanted]

    # --- reviews ------------------------------------------------------------------------------

    @once
    def relied_on(self) -> Mapping[str, tuple[Check, ...]]:
        """The checks that ask for a review of each version, by the path of its file (7.6)."""
        found: dict[str, dict[str, Check]] = {}
        for check, vendor, on in self._asking():
            for version in relied_on(check, vendor, self.project.vocabulary, on):
                found.setdefault(version.place.path, {})[check.id] = check
        return {path: tuple(checks.values()) for path, checks in found.items()}

    def _asking(self) -> Iterator[tuple[Check, Vendor, date]]:
        for check in self.project.checks:
            on = day_of(check, self.today, self.asked)
            for vendor in self.vendors_of(check):
                if is_asked(check, vendor):
                    yield check, vendor, on

    def owes_review(self, version: Version) -> bool:
        """Whether there is anything to test of a version's review."""
        return version.review is not None or version.place.path in self.relied_on

    # --- judging ------------------------------------------------------------------------------

    @property
    def day(self) -> date:
        """The day asked about where no check has one of its own."""
        return self.asked or self.today

    def judge(self, matter: Matter) -> VerdictEntry:
        """The verdict on one matter, and what the gate makes of it."""
        check, vendor, requirement = matter.check, matter.vendor, matter.requirement
        on = day_of(check, self.today, self.asked)
        varied, terms = self._use_of(check, vendor), self._terms_of(vendor)
        verdict = evaluate(requirement, terms, varied.use, on)
        what, decision = self._gated(matter, verdict, on)
        entry = verdict_entry(
            verdict,
            decision,
            requirement,
            check=check.id,
            vendor=vendor.id,
            on=on,
            bears=bearing(varied, verdict, lambda use: evaluate(requirement, terms, use, on)),
            decided=what,
            coming=self._coming(matter, verdict.ruling, on, covered=_covered(decision)),
            written=limited(self._written),
        )
        return entry if self.audit or not self.baseline else self.baseline.weighed(entry)

    def word(self, matter: Matter, on: date) -> Ruling:
        """The word of the verdict on a day, whatever day its check asks about."""
        varied, terms = self._use_of(matter.check, matter.vendor), self._terms_of(matter.vendor)
        return rule(matter.requirement, terms, varied.use, on)

    def in_brief(self, matter: Matter) -> VerdictEntry:
        """The verdict and what the gate makes of it, without its questions."""
        check = matter.check
        if any(each.decided for each in check.waivers):
            # What such a waiver was given for is told by the questions too (7.3.2).
            return self.judge(matter)
        on = day_of(check, self.today, self.asked)
        use, terms = self._use_of(check, matter.vendor).use, self._terms_of(matter.vendor)
        verdict = briefly(matter.requirement, terms, use, on)
        decision = decide(self._case(matter, verdict, on), check.waivers, self.today)
        return verdict_entry(
            verdict,
            decision,
            matter.requirement,
            check=check.id,
            vendor=matter.vendor.id,
            on=on,
        )

    def _gated(self, matter: Matter, verdict: Verdict, on: date) -> tuple[str, Decision]:
        """What decided a verdict, if it could be waived, and what the gate makes of it."""
        check = matter.check
        if self._is_waived_anything(check, matter.vendor):
            case = self._case(matter, verdict, on)
            return case.decided, self._decision(case, check, self.today)
        outcome = reaction(verdict.ruling, matter.requirement)
        return self._what_decided(verdict, outcome), _UNWAIVED[outcome]

    def _is_waived_anything(self, check: Check, vendor: Vendor) -> bool:
        """Whether a waiver of a check names a vendor."""
        if not check.waivers:
            return False
        place = check.id, vendor.id
        if place not in self._waived:
            self._waived[place] = any(fnmatchcase(vendor.id, one.vendor) for one in check.waivers)
        return self._waived[place]

    def _what_decided(self, verdict: Verdict, outcome: Outcome) -> str:
        """The hash of what decided a verdict that could be waived."""
        return decided(verdict, limited(self._told)) if outcome in ACCEPTABLE else ""

    def _decision(self, case: Case, check: Check, today: date) -> Decision:
        """What the gate makes of a case; an audit leaves waivers aside."""
        decision = decide(case, check.waivers, today)
        if not self.audit:
            return decision
        return replace(decision, outcome=reaction(case.ruling, case.requirement))

    def _case(self, matter: Matter, verdict: Verdict, on: date) -> Case:
        """A verdict ready for the gate; what decided it is told where it could be waived."""
        check, requirement = matter.check, matter.requirement
        outcome = reaction(verdict.ruling, requirement)
        by_version = outcome in ACCEPTABLE and any(each.versions for each in check.waivers)
        return Case(
            vendor=matter.vendor.id,
            requirement=requirement,
            ruling=verdict.ruling,
            on=on,
            decided=self._what_decided(verdict, outcome),
            versions=versions_on(matter.vendor, on) if by_version else {},
        )

    def _coming(self, matter: Matter, now: Ruling, on: date, *, covered: bool) -> Iterator[Turn]:
        """What the verdict turns to, day after day; a check on the past has nothing to come (7.8).

        Waivers are counted on the day itself: one that has run out by then accepts nothing.
        """
        check, vendor, requirement = matter.check, matter.vendor, matter.requirement
        terms, use = self._terms_of(vendor), self._use_of(check, vendor).use
        for day in self._days_ahead(vendor, on) if on >= self.today else ():
            found = rule(requirement, terms, use, day)
            if found is now and not covered:
                continue
            verdict = evaluate(requirement, terms, use, day)
            decision = self._decision(self._case(matter, verdict, day), check, day)
            uncovered = covered and decision.standing is Standing.CHANGED
            if found is not now or uncovered:
                yield Turn(
                    on=day,
                    verdict=verdict,
                    outcome=decision.outcome,
                    worse=is_worse(found, now),
                    uncovered=uncovered,
                )
            now, covered = found, _covered(decision)

    def _days_ahead(self, vendor: Vendor, on: date) -> tuple[date, ...]:
        if (vendor.id, on) not in self._ahead:
            self._ahead[vendor.id, on] = days_ahead(vendor, on)
        return self._ahead[vendor.id, on]

    def judge_example(self, requirement: Requirement, example: Example) -> Verdict:
        """The verdict that a requirement gives of terms made up for it."""
        terms = Terms(vendor=example.vendor, vocabulary=self.project.vocabulary)
        use = Use(context=example.context, choices=example.choices)
        return evaluate(requirement, terms, use, self.day)

    def _terms_of(self, vendor: Vendor) -> Terms:
        if vendor.id not in self._terms:
            if len(self._terms) >= MOST_STANDING:
                self._terms.clear()
            verified = self.verified.get(vendor.id, frozenset())
            vocabulary = self.project.vocabulary
            self._terms[vendor.id] = Terms(vendor=vendor, vocabulary=vocabulary, verified=verified)
        return self._terms[vendor.id]

    def _use_of(self, check: Check, vendor: Vendor) -> Varied:
        place = check.id, vendor.id
        if place not in self._uses:
            use = Use(
                context=check.context,
                choices=tuple(each for each in check.choices if each.vendor == vendor.id),
                readings=tuple(each for each in check.readings if each.vendor == vendor.id),
            )
            self._uses[place] = Varied(use=use)
        return self._uses[place]


_UNWAIVED: Final = {outcome: Decision(outcome=outcome) for outcome in Outcome}
"""The decisions that no waiver bears on."""

MOST_STANDING: Final = 64
"""So many vendors' terms are kept at hand: those of one are asked about one after the other."""

MOST_REMEMBERED: Final = 4096
"""So much is remembered of each kind; a docket may be of a whole portfolio."""

_Remembered = TypeVar("_Remembered", bound="dict[Any, Any]")


def limited(remembered: _Remembered) -> _Remembered:
    """What is remembered, forgotten where it is too much."""
    if len(remembered) > MOST_REMEMBERED:
        remembered.clear()
    return remembered


def _covered(decision: Decision) -> bool:
    return decision.standing is Standing.COVERS


def wants_evidence(project: Project) -> bool:
    """Whether a requirement counts only clauses whose quotes were found (semantics 3.7)."""
    return any(each.evidence_required for each in requirements_of(project))


def verified_in(findings: Iterable[QuoteFinding]) -> Verified:
    """The clauses of each vendor whose quotes stand in the captured text."""
    found: dict[str, set[tuple[str, date, str]]] = {}
    for each in findings:
        if each.status.is_verified:
            found.setdefault(each.vendor, set()).add((each.document, each.effective, each.clause))
    return {vendor: frozenset(clauses) for vendor, clauses in found.items()}


def _selected(named: Iterable[_Named], globs: Iterable[str]) -> list[_Named]:
    """Those whose id is among the globs or matches one."""
    words = set(globs)
    patterns = [word for word in words if any(mark in word for mark in "*?[")]
    return [
        each
        for each in named
        if each.id in words or any(fnmatchcase(each.id, pattern) for pattern in patterns)
    ]
