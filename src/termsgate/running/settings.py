"""What a run is asked to do, by its options and the ini file, whoever starts it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from termsgate.core.shards import Shard

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOLDERS: Final = ("policies", "fixtures", "checks")
LANGUAGES: Final = ("en", "fr")
"""The languages of the reviewers' page; a test holds them to its words."""

ITEMS: Final = ("verdict", "vendor")
"""What a test of pytest can be one of."""

VALUES: Final = (
    ("as-of", "DATE", "judge the terms in force on this day, whatever the checks say"),
    (
        "today",
        "DATE",
        "the day of the run: waivers and reviews are counted on it (default: today, UTC)",
    ),
    ("vendor", "GLOBS", "judge only the vendors whose id matches; several: with commas"),
    ("shard", "I/N", "judge only this part of the vendors: `2/8` is the second of eight"),
    ("json", "FILE", "write the record of the run here (default: reports/record.json)"),
    ("html", "FILE", "write the reviewers' page here (default: reports/report.html)"),
    ("lang", "LANGUAGE", "the language of the reviewers' page: en or fr (default: en)"),
    ("sarif", "FILE", "write what was found as SARIF here, for code scanning"),
    ("markdown", "FILE", "write the summary of the run as Markdown here"),
    ("archive", "DIR", "hold quotes against the clones of public archives in this folder"),
    ("baseline", "FILE", "fail only on what is new or worse than in this earlier record"),
)
"""The options with a value, and so the keys of the ini file: what each takes, what it does."""

SWITCHES: Final = (
    (
        "strict",
        "fail on waivers not needed any more, quotes not checked and reviews without a sha256",
    ),
    ("warnings-as-failures", "end with exit code 10 where nothing failed and something warns"),
    ("history", "put every verdict over every version of the terms into the record"),
)
"""The options without a value that the ini file knows, too."""

ONCE: Final = (
    ("update-baseline", "write the record of this run in place of the baseline"),
    ("audit", "show everything, as if there were no waivers and no baseline"),
)
"""Those that it does not: nobody should have these on by habit."""


class WrongUsageError(Exception):
    """The options contradict each other, or one of them says nothing that could be meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run is asked to do. Paths are absolute. Without a `page` none is written."""

    root: Path
    today: date
    asked: date | None = None
    vendor: str = "*"
    shard: Shard | None = None
    record: Path
    page: Path | None = None
    language: str = "en"
    sarif: Path | None = None
    markdown: Path | None = None
    strict: bool = False
    baseline: Path | None = None
    archive: Path | None = None
    update: bool = False
    audit: bool = False
    warnings_fail: bool = False
    history: bool = False
    together: bool = False
    """One test of pytest for all verdicts about a vendor in a check, in place of one for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What was said, by the names of the options: words, files and folders, and switches.

    An option that was not given is not there. `before` is what stands before each name where it
    is said.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    switches: frozenset[str] = frozenset()
    before: str = "--terms-"


def settled(root: Path, wishes: Wishes, today: date) -> Settings:
    """What a run is to do, if that is possible; `today` is the day where none was named.

    Raises:
        WrongUsageError: with what was said and what to say instead.
    """
    files, switches = wishes.files, wishes.switches
    _agree(wishes)
    record = files.get("json") or root / "reports" / "record.json"
    _keep_apart({"json": record, **files}, wishes)
    return Settings(
        root=root,
        today=_day(wishes, "today") or today,
        asked=_day(wishes, "as-of"),
        vendor=wishes.words.get("vendor") or "*",
        shard=_shard(wishes),
        record=record,
        page=files.get("html"),
        language=_language(wishes),
        sarif=files.get("sarif"),
        markdown=files.get("markdown"),
        strict="strict" in switches,
        baseline=files.get("baseline"),
        archive=files.get("archive"),
        update="update-baseline" in switches,
        audit="audit" in switches,
        warnings_fail="warnings-as-failures" in switches,
        history="history" in switches,
        together=_items(wishes) == ITEMS[1],
    )


def _agree(wishes: Wishes) -> None:
    """An update needs something to write and a run that is weighed as the gate does."""
    if "update-baseline" not in wishes.switches:
        return
    name = f"{wishes.before}update-baseline"
    if "baseline" not in wishes.files:
        raise WrongUsageError(
            f"{name}: there is no baseline to write\n"
            f"  help: say where it lies: `{wishes.before}baseline FILE`"
        )
    if wishes.words.get("shard"):
        raise WrongUsageError(
            f"{name}: {wishes.before}shard gives a part of the verdicts\n"
            "  help: put the records of all parts together with `termsgate merge`"
        )
    if "audit" in wishes.switches:
        raise WrongUsageError(
            f"{name}: {wishes.before}audit leaves the baseline aside\n"
            "  help: leave one of the two out"
        )


def _keep_apart(files: Mapping[str, Path], wishes: Wishes) -> None:
    """No two reports go into one file, and none but the record into the baseline."""
    baseline = files.get("baseline")
    taken = {} if baseline is None else {baseline.resolve(): "baseline"}
    for name in ("json", "html", "sarif", "markdown"):
        path = files.get(name)
        if path is None or (name == "json" and path.resolve() in taken):
            continue
        other = taken.setdefault(path.resolve(), name)
        if other != name and not _is_device(path):
            raise WrongUsageError(
                f"{wishes.before}{name}: `{path.name}` is the file of {wishes.before}{other} too\n"
                "  help: give each a file of its own"
            )


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file()


def _language(wishes: Wishes) -> str:
    """The language of the page; a word that is none is wrong usage."""
    said = wishes.words.get("lang") or LANGUAGES[0]
    if said not in LANGUAGES:
        raise WrongUsageError(
            f"{wishes.before}lang: there are no words in `{said}`\n"
            f"  help: write {' or '.join(f'`{each}`' for each in LANGUAGES)}"
        )
    return said


def _items(wishes: Wishes) -> str:
    """What one test is."""
    said = wishes.words.get("items") or ITEMS[0]
    if said not in ITEMS:
        raise WrongUsageError(
            f"{wishes.before}items: no test is made of `{said}`\n"
            f"  help: write {' or '.join(f'`{each}`' for each in ITEMS)}"
        )
    return said


def _day(wishes: Wishes, option: str) -> date | None:
    """The day an option names."""
    text = wishes.words.get(option)
    if not text:
        return None
    try:
        return _exact_day(text)
    except ValueError:
        raise WrongUsageError(
            f"{wishes.before}{option}: `{text}` is not a day of the calendar\n"
            "  help: write year, month and day: `2023-08-08`"
        ) from None


_MOST_SHARDS: Final = 1000


def _shard(wishes: Wishes) -> Shard | None:
    """The part of the vendors that an option names."""
    text = wishes.words.get("shard")
    if not text:
        return None
    said = re.fullmatch(r"([1-9]\d{0,3})/([1-9]\d{0,3})", text, re.ASCII)
    number, of = map(int, said.groups()) if said else (0, 0)
    if not 0 < number <= of <= _MOST_SHARDS:
        raise WrongUsageError(
            f"{wishes.before}shard: `{text}` is not a part of several\n"
            f"  help: write which and of how many: `2/8`; there may be {_MOST_SHARDS}"
        )
    return Shard(number=number, of=of)


def _exact_day(text: str) -> date:
    """The day in the one spelling that files use too."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError(text)
    return date.fromisoformat(text)
