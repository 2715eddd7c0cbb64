"""For programs: open a project, judge it, read the verdicts. docs/api.md is the guide.

The names without an underscore are stable; `from termsgate import open_project` finds them too.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from termsgate.core.docket import Docket, Matter, verified_in, wants_evidence
from termsgate.core.explain import headline
from termsgate.core.gate import Standing
from termsgate.core.problem import Problem, Weight
from termsgate.core.verdict import Ruling
from termsgate.reading.evidence import check_quotes
from termsgate.reading.store import load
from termsgate.reporting.text import verdict_text

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from termsgate.core.docket import Verified
    from termsgate.core.model import Project as Model
    from termsgate.core.record import RequirementEntry, VerdictEntry

__all__ = [
    "Judgement",
    "Outcome",
    "Problem",
    "ProblemsError",
    "Project",
    "UnknownNameError",
    "Verdict",
    "Word",
    "open_project",
]

Word = Literal["met", "violated", "unclear", "silent", "not-applicable"]
"""What the terms say."""

Outcome = Literal["pass", "warn", "fail", "skip", "waived", "baseline"]
"""What the gate makes of a verdict."""


class ProblemsError(Exception):
    """Files of the project are wrong, and so nothing was judged: `problems` has all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep every problem; as text they are what `termsgate lint` prints."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[ProblemsError], tuple[tuple[Problem, ...]]]:
        """Let it cross a process border whole."""
        return type(self), (self.problems,)


class UnknownNameError(LookupError):
    """There is no check, vendor or requirement of this name, or no check that joins them."""


def open_project(root: str | os.PathLike[str] = ".") -> Project:
    """The project in a folder, read whole.

    Raises:
        ProblemsError: with every problem, if a file is wrong or the folder is no project.
    """
    folder = Path(root)
    loaded = load(folder)
    if loaded.project is None:
        wrong = (each for each in loaded.problems if each.weight is Weight.ERROR)
        raise ProblemsError(wrong)
    return Project(root=folder, smells=loaded.problems, _model=loaded.project)


@dataclass(frozen=True, kw_only=True)
class Project:
    """A project whose files are in order; `smells` are what `termsgate lint` would look at."""

    root: Path
    smells: tuple[Problem, ...]
    _model: Model = field(repr=False)

    @property
    def checks(self) -> tuple[str, ...]:
        """The ids of its checks."""
        return tuple(each.id for each in self._model.checks)

    @property
    def vendors(self) -> tuple[str, ...]:
        """The ids of its vendors."""
        return tuple(each.id for each in self._model.vendors)

    @property
    def requirements(self) -> tuple[str, ...]:
        """The ids of its requirements, `policy.requirement`, built-in packs in use among them."""
        return tuple(each.id for policy in self._model.policies for each in policy.requirements)

    def judge(
        self,
        *,
        as_of: date | None = None,
        today: date | None = None,
        vendor: str = "*",
        waivers: bool = True,
        archive: str | os.PathLike[str] | None = None,
    ) -> Judgement:
        """What the terms say, asked as a run of pytest asks it.

        Args:
            as_of: the day whose terms are judged; left out, the day of each check.
            today: the day on which waivers are counted; left out, today in UTC.
            vendor: a glob on vendors' ids, or several with commas between them.
            waivers: whether a waiver turns a failure into an accepted one, as in a run.
            archive: a folder of clones of public archives, to hold quotes against.
        """
        docket = self.docket(as_of=as_of, today=today, vendor=vendor, archive=archive)
        return Judgement(Matters(replace(docket, audit=not waivers)))

    def docket(
        self,
        *,
        as_of: date | None = None,
        today: date | None = None,
        vendor: str = "*",
        archive: str | os.PathLike[str] | None = None,
    ) -> Docket:
        """What `judge` judges; of the engine, and so without a promise that it stays as it is."""
        return Docket(
            project=self._model,
            today=today or datetime.now(UTC).date(),
            asked=as_of,
            vendor=vendor,
            verified=self._verified(None if archive is None else Path(archive)),
        )

    def _verified(self, archive: Path | None) -> Verified:
        """Captured texts are read only where a requirement counts nothing but found quotes."""
        if not wants_evidence(self._model):
            return {}
        return verified_in(check_quotes(self._model, self.root, archive=archive))


class Matters:
    """What a docket holds, listed once: of the engine, like the docket."""

    def __init__(self, docket: Docket) -> None:
        """List what there is to judge."""
        self.docket = docket
        self.all = tuple(_matters(docket))
        self.vendors = tuple(dict.fromkeys(each.vendor.id for each in self.all))
        self._named: dict[tuple[str, str], list[Matter]] = {}
        for each in self.all:
            self._named.setdefault(each.key[1:], []).append(each)

    def of(self, vendor: str, requirement: str, check: str | None) -> list[Matter]:
        """Those of a vendor under a requirement, in one check or in all."""
        found = self._named.get((vendor, requirement), [])
        return [each for each in found if check in {None, each.check.id}]


def _matters(docket: Docket) -> Iterator[Matter]:
    for check in docket.project.checks:
        for vendor in docket.vendors_of(check):
            for requirement in docket.requirements_under(check):
                yield Matter(check=check, vendor=vendor, requirement=requirement)


class Judgement:
    """The verdicts of a project, each worked out when it is asked for."""

    def __init__(self, matters: Matters) -> None:
        """Judge what there is; `open_project(...).judge(...)` makes one."""
        self._matters = matters
        self._docket = matters.docket
        self.seen: list[Verdict] = []
        """The verdicts that were read so far, in the order they were asked for."""

    @property
    def today(self) -> date:
        """The day on which waivers are counted."""
        return self._docket.today

    @property
    def as_of(self) -> date | None:
        """The day asked about, if one was named for all checks."""
        return self._docket.asked

    @property
    def checks(self) -> tuple[str, ...]:
        """The ids of the checks, in the order of the files."""
        return tuple(each.id for each in self._docket.project.checks)

    @property
    def vendors(self) -> tuple[str, ...]:
        """The ids of the vendors that were asked for and that a check names."""
        return self._matters.vendors

    def __repr__(self) -> str:
        """Give the vendors and the day: what a failed test shows of its fixture."""
        day = self.as_of or f"the day of each check, run on {self.today}"
        return f"<terms of {', '.join(self.vendors) or 'nobody'} as of {day}>"

    def __len__(self) -> int:
        """How many verdicts there are."""
        return len(self._matters.all)

    def __iter__(self) -> Iterator[Verdict]:
        """Every verdict: check by check, vendor by vendor."""
        return self.verdicts()

    def verdicts(
        self, vendor: str = "*", requirement: str = "*", check: str = "*"
    ) -> Iterator[Verdict]:
        """The verdicts whose ids match the three globs."""
        globs = (check, vendor, requirement)
        for matter in self._matters.all:
            if all(map(fnmatchcase, matter.key, globs)):
                yield self._judged(matter)

    def verdict_of(self, vendor: str, requirement: str, check: str | None = None) -> Verdict:
        """The verdict on a vendor under a requirement.

        Where several checks ask for it and none is named, the worst of theirs: what holds for it
        holds for every use of ours.

        Raises:
            UnknownNameError: if no check asks for it, with the nearest name that is there.
        """
        found = self._matters.of(vendor, requirement, check)
        if not found:
            raise UnknownNameError(self._missing(vendor, requirement, check))
        return min(map(self._judged, found), key=lambda each: _SEVEREST.index(each.word))

    def has_left_out(self, vendor: str) -> bool:
        """Whether the vendor is there, and was not asked for."""
        known = {each.id for each in self._docket.project.vendors}
        return vendor in known and vendor not in self.vendors

    def _judged(self, matter: Matter) -> Verdict:
        entry = self._docket.judge(matter)
        verdict = Verdict(entry, self._docket.requirements[entry["requirement"]])
        self.seen.append(verdict)
        return verdict

    def _missing(self, vendor: str, requirement: str, check: str | None) -> str:
        keys = [matter.key for matter in self._matters.all]
        asked = (("check", check), ("vendor", vendor), ("requirement", requirement))
        for place, (what, name) in enumerate(asked):
            known = sorted({key[place] for key in keys})
            if name is not None and name not in known:
                return f"no {what} called `{name}` is judged: {_nearest(name, known)}"
        where = f"the check `{check}`" if check else "no check"
        asks = "does not ask" if check else "asks"
        return f"{where} {asks} for `{requirement}` of `{vendor}`"


_SEVEREST = tuple(each.word for each in Ruling)


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"the nearest is `{near[0]}`" if near else f"there are: {', '.join(known) or 'none'}"


@dataclass(frozen=True, slots=True, repr=False)
class Verdict:
    """What the terms say about one requirement, and what decided it.

    `entry` and `about` are the plain data of the record, for all that has no name here.
    """

    entry: VerdictEntry
    about: RequirementEntry

    @property
    def check(self) -> str:
        """The id of the check that asked."""
        return self.entry["check"]

    @property
    def vendor(self) -> str:
        """The id of the vendor."""
        return self.entry["vendor"]

    @property
    def requirement(self) -> str:
        """The id of the requirement, `policy.requirement`."""
        return self.entry["requirement"]

    @property
    def key(self) -> tuple[str, str, str]:
        """The check, the vendor and the requirement: what it is found by in a record."""
        return self.check, self.vendor, self.requirement

    @property
    def title(self) -> str:
        """What is required, in words."""
        return self.about["title"]

    @property
    def word(self) -> Word:
        """What the terms say: met, violated, unclear, silent or not-applicable."""
        return cast("Word", self.entry["verdict"])

    @property
    def outcome(self) -> Outcome:
        """What the gate makes of it: pass, warn, fail, skip, waived."""
        return cast("Outcome", self.entry["outcome"])

    @property
    def level(self) -> str:
        """The level of the requirement: must, should or may."""
        return self.entry["level"]

    @property
    def severity(self) -> str:
        """The severity of the requirement: critical, high, medium or low."""
        return self.entry["severity"]

    @property
    def as_of(self) -> date:
        """The day whose terms were judged."""
        return date.fromisoformat(self.entry["as-of"])

    @property
    def is_met(self) -> bool:
        """Whether the terms give what is required. Only this is a yes."""
        return self.word == "met"

    @property
    def is_violated(self) -> bool:
        """Whether the terms permit or state what the requirement rules out."""
        return self.word == "violated"

    @property
    def is_unclear(self) -> bool:
        """Whether it depends on a question that nobody has answered."""
        return self.word == "unclear"

    @property
    def is_silent(self) -> bool:
        """Whether the terms do not say, or not for all of it."""
        return self.word == "silent"

    @property
    def applies(self) -> bool:
        """Whether the requirement concerns this use at all."""
        return self.word != "not-applicable"

    @property
    def is_waived(self) -> bool:
        """Whether a waiver covers it on the day of the run, also where waivers are left aside."""
        waiver = self.entry["waiver"]
        return waiver is not None and waiver["standing"] == Standing.COVERS.value

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that decided, as `document.clause`."""
        because = self.entry["because"]
        return tuple(
            f"{each['document']}.{each['clause']}" for each in because if each["part"] != "defeated"
        )

    @property
    def questions(self) -> tuple[str, ...]:
        """What the terms leave open, in words."""
        return tuple(each["text"] for each in self.entry["questions"])

    @property
    def ask(self) -> str:
        """What to ask the vendor for."""
        return self.entry["ask"]

    @property
    def text(self) -> str:
        """All of it as `termsgate explain` prints it."""
        return verdict_text(self.entry, self.about)

    def __str__(self) -> str:
        """Give it in one line."""
        return f"{self.vendor} {self.requirement}: {headline(self.entry, self.about)}"

    def __repr__(self) -> str:
        """Give its names and its word: what a failed assertion shows."""
        return f"<{self.check} {self.vendor} {self.requirement}: {self.word}>"
