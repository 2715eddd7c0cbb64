"""What the options and the ini file ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pytest

from termsgate.reporting.page.words import LANGUAGES

FOLDERS: Final = ("policies", "fixtures", "checks")
TODAY: Final = "termsgate_today"
"""The key under which a worker is told the day of the run, so that midnight cannot divide it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run is asked to do. Paths are absolute."""

    root: Path
    today: date
    asked: date | None = None
    vendor: str = "*"
    record: Path
    page: Path
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


def add_options(parser: pytest.Parser) -> None:
    """Every option, and the ini key of the same name."""
    group = parser.getgroup("termsgate", "vendors' terms (termsgate)")
    parser.addini("terms_root", "folder that holds policies, fixtures and checks; switches us on")
    for option, metavar, text in (
        ("as-of", "DATE", "judge the terms in force on this day, whatever the checks say"),
        (
            "today",
            "DATE",
            "the day of the run: waivers and reviews are counted on it (default: today, UTC)",
        ),
        ("vendor", "GLOBS", "judge only the vendors whose id matches; several: with commas"),
        ("json", "FILE", "write the record of the run here (default: reports/record.json)"),
        ("html", "FILE", "write the reviewers' page here (default: reports/report.html)"),
        ("lang", "LANGUAGE", "the language of the reviewers' page: en or fr (default: en)"),
        ("sarif", "FILE", "write what was found as SARIF here, for code scanning"),
        ("markdown", "FILE", "write the summary of the run as Markdown here"),
        ("archive", "DIR", "hold quotes against the clones of public archives in this folder"),
        ("baseline", "FILE", "fail only on what is new or worse than in this earlier record"),
    ):
        dest = f"terms_{option.replace('-', '_')}"
        group.addoption(f"--terms-{option}", dest=dest, metavar=metavar, default=None, help=text)
        parser.addini(dest, f"the same as --terms-{option}")
    for option, text in (
        (
            "strict",
            "fail on waivers not needed any more, quotes not checked and reviews without a sha256",
        ),
        ("warnings-as-failures", "end with exit code 10 where nothing failed and something warns"),
        ("history", "put every verdict over every version of the terms into the record"),
    ):
        dest = f"terms_{option.replace('-', '_')}"
        name = f"--terms-{option}"
        group.addoption(name, dest=dest, action="store_true", default=None, help=text)
        parser.addini(dest, f"the same as {name}", type="bool", default=False)
    # Not in the ini file: nobody should have these two on by habit.
    for option, text in (
        ("update-baseline", "write the record of this run in place of the baseline"),
        ("audit", "show everything, as if there were no waivers and no baseline"),
    ):
        group.addoption(f"--terms-{option}", action="store_true", default=False, help=text)


def settings_of(config: pytest.Config) -> Settings | None:
    """What the run asks for; nothing in a project that has not set `terms_root`."""
    written = config.getini("terms_root")
    if not written:
        return None
    root = (_base(config) / written).resolve()
    if not root.is_dir():
        raise pytest.UsageError(
            f"terms_root: `{written}` is no folder\n"
            "  help: name the one that holds policies, fixtures and checks, seen from the ini file"
        )
    baseline = _file(config, "terms_baseline")
    update, audit = _flag(config, "terms_update_baseline"), _flag(config, "terms_audit")
    _agree(baseline, update=update, audit=audit)
    record = _file(config, "terms_json") or root / "reports" / "record.json"
    sarif, markdown = _file(config, "terms_sarif"), _file(config, "terms_markdown")
    page = _file(config, "terms_html") or root / "reports" / "report.html"
    reports = {"json": record, "html": page, "sarif": sarif, "markdown": markdown}
    _keep_apart(reports, baseline)
    return Settings(
        root=root,
        today=_today(config),
        asked=_day(config, "as-of"),
        vendor=_said(config, "terms_vendor") or "*",
        record=record,
        page=page,
        language=_language(config),
        sarif=sarif,
        markdown=markdown,
        strict=_switched(config, "terms_strict"),
        baseline=baseline,
        archive=_file(config, "terms_archive"),
        update=update,
        audit=audit,
        warnings_fail=_switched(config, "terms_warnings_as_failures"),
        history=_switched(config, "terms_history"),
    )


def concerns(config: pytest.Config, settings: Settings) -> bool:
    """Whether the arguments of the run reach one of our folders."""
    return any(reaches(config, settings.root / folder) for folder in FOLDERS)


def reaches(config: pytest.Config, folder: Path) -> bool:
    """Whether an argument of the run is the folder, lies in it or holds it."""
    asked = (_argument(config, argument) for argument in config.args)
    return any(each == folder or each in folder.parents or folder in each.parents for each in asked)


def _argument(config: pytest.Config, argument: str) -> Path:
    return (config.invocation_params.dir / argument.partition("::")[0]).resolve()


def _base(config: pytest.Config) -> Path:
    """Where paths in the ini file start: beside that file."""
    return config.inipath.parent if config.inipath else config.rootpath


def _said(config: pytest.Config, name: str) -> str:
    """What the command line says, else the ini file."""
    return str(config.getoption(name) or config.getini(name))


def _flag(config: pytest.Config, name: str) -> bool:
    return bool(config.getoption(name))


def _switched(config: pytest.Config, name: str) -> bool:
    return bool(config.getoption(name) or config.getini(name))


def _file(config: pytest.Config, name: str) -> Path | None:
    """The file or folder that an option names, or its ini key."""
    if option := config.getoption(name):
        return Path(config.invocation_params.dir / option)
    written = config.getini(name)
    return _base(config) / written if written else None


def _agree(baseline: Path | None, *, update: bool, audit: bool) -> None:
    """An update needs something to write and a run that is weighed as the gate does."""
    if update and baseline is None:
        raise pytest.UsageError(
            "--terms-update-baseline: there is no baseline to write\n"
            "  help: say where it lies: `--terms-baseline FILE`"
        )
    if update and audit:
        raise pytest.UsageError(
            "--terms-update-baseline: --terms-audit leaves the baseline aside\n"
            "  help: leave one of the two out"
        )


def _keep_apart(reports: dict[str, Path | None], baseline: Path | None) -> None:
    """No two reports go into one file, and none but the record into the baseline."""
    taken = {} if baseline is None else {baseline.resolve(): "baseline"}
    for name, path in reports.items():
        if path is None or (name == "json" and path.resolve() in taken):
            continue
        other = taken.setdefault(path.resolve(), name)
        if other != name and not _is_device(path):
            raise pytest.UsageError(
                f"--terms-{name}: `{path.name}` is the file of --terms-{other} too\n"
                "  help: give each a file of its own"
            )


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file()


def _language(config: pytest.Config) -> str:
    """The language of the page; a word that is none is wrong usage."""
    said = _said(config, "terms_lang") or LANGUAGES[0]
    if said not in LANGUAGES:
        raise pytest.UsageError(
            f"--terms-lang: there are no words in `{said}`\n"
            f"  help: write {' or '.join(f'`{each}`' for each in LANGUAGES)}"
        )
    return said


def _today(config: pytest.Config) -> date:
    told = getattr(config, "workerinput", {}).get(TODAY)
    if told is not None:
        return date.fromisoformat(told)
    return _day(config, "today") or datetime.now(UTC).date()


def _day(config: pytest.Config, option: str) -> date | None:
    """The day an option names."""
    text = _said(config, f"terms_{option.replace('-', '_')}")
    if not text:
        return None
    try:
        return _exact_day(text)
    except ValueError:
        raise pytest.UsageError(
            f"--terms-{option}: `{text}` is not a day of the calendar\n"
            "  help: write year, month and day: `2023-08-08`"
        ) from None


def _exact_day(text: str) -> date:
    """The day in the one spelling that files use too."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError(text)
    return date.fromisoformat(text)
