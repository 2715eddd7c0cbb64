"""What the formats for machines share: which verdicts are findings, where they are, in what order.

Every word of a record may come from a vendor; each format escapes it for its own readers.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from termsgate.core.once import once
from termsgate.core.record import review_failures, review_warnings
from termsgate.reporting.github import in_force, is_made
from termsgate.reporting.text import SEVEREST, gone_line, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from termsgate.core.record import (
        CheckEntry,
        ClauseEntry,
        DebtEntry,
        KeyEntry,
        PlaceEntry,
        Record,
        RequirementEntry,
        ReviewEntry,
        VendorEntry,
        VerdictEntry,
    )

FOUND: Final = frozenset({"fail", "warn", "waived", "baseline"})
"""The outcomes of what somebody must look at; the others pass or do not apply."""

_OUTCOMES: Final = ("fail", "warn", "baseline", "waived", "pass", "skip")
_WEIGHTS: Final = ("critical", "high", "medium", "low")
_WEB: Final = frozenset({"http", "https"})


def is_finding(verdict: VerdictEntry) -> bool:
    """Whether the verdict fails or warns, or would if nobody had let it through."""
    return verdict["outcome"] in FOUND


def urgency(verdict: VerdictEntry) -> tuple[int, int, int]:
    """The most important first: what fails, then the most severe, then the clearest."""
    return (
        _OUTCOMES.index(verdict["outcome"]),
        _WEIGHTS.index(verdict["severity"]),
        SEVEREST.index(verdict["verdict"]),
    )


def debts(record: Record) -> list[tuple[ReviewEntry, DebtEntry]]:
    """What reviews are owed that fails or warns, what fails first; it is about no requirement."""
    return [*review_failures(record), *review_warnings(record)]


def shortfalls(record: Record) -> list[str]:
    """Why a run fails whatever its verdicts are: it is not whole, or not what it was."""
    given, expected = record["given"], record["expected"]
    counts = f"{given} verdicts were given and {expected} were expected"
    found = []
    if record["interrupted"]:
        found.append(f"the run was interrupted: {counts}")
    elif given != expected:
        found.append(f"{counts}: the run is not whole")
    baseline = record["baseline"]
    gone = baseline["gone"] if baseline is not None and not baseline["updated"] else []
    return [
        *found,
        *(f"{gone_line(each)} of the baseline is not asked for any more" for each in gone),
    ]


def identity(about: VerdictEntry | KeyEntry) -> str:
    """A hash that a finding keeps while its lines move and its verdict changes."""
    return hashed(about["check"], about["vendor"], about["requirement"])


def identity_of_debt(review: ReviewEntry, debt: DebtEntry) -> str:
    """The same for what a review is owed."""
    about = (review["vendor"], review["document"], review["version"])
    return hashed("review", *about, debt["kind"], debt["check"] or "")


def hashed(*names: str) -> str:
    """A hash of names in their order."""
    return hashlib.sha256("\n".join(names).encode("utf-8", "backslashreplace")).hexdigest()


def repository_path(path: str, prefix: str) -> str:
    """A path of the record as seen from the root of the repository."""
    return str(PurePosixPath(prefix) / path)


def uri(path: str, prefix: str = "") -> str:
    """The same as a relative reference of RFC 3986, whatever letters are in it: a colon is none."""
    return quote(repository_path(path, prefix).encode("utf-8", "backslashreplace"))


def is_web(url: str) -> bool:
    """Whether a link leads to the web; what else a file may write there is nobody's to open."""
    try:
        return urlsplit(url).scheme in _WEB and url.isascii() and url.isprintable()
    except ValueError:
        return False


def decisive(verdict: VerdictEntry) -> list[ClauseEntry]:
    """The clauses that decided, those that fall short first; not those that were defeated."""
    found = [each for each in verdict["because"] if each["part"] != "defeated"]
    return sorted(found, key=lambda each: each["part"] != "fails")


def plain(text: str) -> str:
    """On one line, without control characters and halves of characters."""
    return printable(text).strip()


def cut(text: str, most: int) -> str:
    """As many letters as a reader of the format takes, with a mark where there were more."""
    return text if len(text) <= most else f"{text[: most - 6].rstrip()} [...]"


@dataclass(frozen=True, kw_only=True)
class Index:
    """What a record lists, by its names."""

    record: Record

    @once
    def requirements(self) -> Mapping[str, RequirementEntry]:
        """The requirements."""
        return {each["requirement"]: each for each in self.record["requirements"]}

    @once
    def vendors(self) -> Mapping[str, VendorEntry]:
        """The vendors."""
        return {each["vendor"]: each for each in self.record["vendors"]}

    @once
    def checks(self) -> Mapping[str, CheckEntry]:
        """The checks."""
        return {each["check"]: each for each in self.record["checks"]}

    def requirement(self, verdict: VerdictEntry) -> RequirementEntry:
        """The requirement that a verdict is about."""
        return self.requirements[verdict["requirement"]]

    def vendor_name(self, verdict: VerdictEntry) -> str:
        """What the vendor is called."""
        entry = self.vendors[verdict["vendor"]]
        return plain(entry["name"]) or entry["vendor"]

    def place(self, verdict: VerdictEntry) -> PlaceEntry:
        """Where a finding is shown: at the clause that decided, else at the requirement.

        A built-in requirement and a check that nobody wrote stand in no file; then it is the
        version in force, and at the last the file of the vendor.
        """
        return next(self._places(verdict))

    def _places(self, verdict: VerdictEntry) -> Iterator[PlaceEntry]:
        yield from decisive(verdict)
        for entry in (self.requirement(verdict), self.checks[verdict["check"]]):
            if not is_made(entry):
                yield entry
        yield from in_force(self.vendors[verdict["vendor"]], verdict["as-of"])
        yield {"path": f"fixtures/{verdict['vendor']}/vendor.yaml", "line": 1, "column": 1}
