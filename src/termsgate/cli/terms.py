"""What a command names: a vendor, a check, a day or the fixture of a version."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termsgate.cli.exits import Exit, Refusal
from termsgate.core.turning import OneSide, with_version
from termsgate.reading.loose import read_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termsgate.core.model import Check, Project, Vendor

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def today() -> date:
    """The day of the run, in UTC."""
    return datetime.now(UTC).date()


def vendor_called(project: Project, name: str) -> Vendor:
    """The vendor of that id."""
    vendors = {each.id: each for each in project.vendors}
    if name not in vendors:
        raise unknown("there is no vendor", name, vendors)
    return vendors[name]


def check_called(project: Project, name: str, vendor: Vendor) -> Check:
    """The check of that id, which names the vendor."""
    checks = {each.id: each for each in project.checks}
    if name not in checks:
        raise unknown("there is no check", name, checks)
    if vendor.id not in checks[name].vendors:
        raise unknown(f"`{name}` names no vendor", vendor.id, checks[name].vendors)
    return checks[name]


def unknown(what: str, name: str, known: Iterable[str]) -> Refusal:
    """The name that was not found, and the nearest that would be."""
    names = sorted(known)
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"the nearest is `{near[0]}`" if near else f"there are: {', '.join(names) or 'none'}"
    return Refusal(Exit.NOTHING_FOUND, f"termsgate: {what} called `{name}`", f"  help: {hint}")


def side_of(written: str, project: Project, vendor: Vendor) -> OneSide:
    """The terms in force on a day, or with one version read from a file in its place."""
    if _DAY.fullmatch(written):
        return OneSide(vendor=vendor, on=_day(written))
    return _of_file(written, project, vendor)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refusal(
            Exit.USAGE,
            f"termsgate: `{written}` is not a day of the calendar",
            "  help: write year, month and day: `2023-08-08`",
        ) from None


def _of_file(written: str, project: Project, vendor: Vendor) -> OneSide:
    path = Path(written)
    if not path.exists():
        raise Refusal(
            Exit.NOTHING_FOUND,
            f"termsgate: `{written}` is neither a day nor a file",
            "  help: write a day as `2023-08-08`, or name the fixture of a version",
        )
    found = read_version(path, project, vendor)
    if found.version is None:
        raise Refusal(Exit.PROBLEMS, *map(str, found.problems))
    for document in vendor.documents:
        if document.id == found.version.document and document.absence is not None:
            raise Refusal(
                Exit.PROBLEMS,
                f"{found.version.place}: `{vendor.place.path}` lists `{document.id}` as not at "
                "hand, so that no version of it counts",
                "  help: take `at-hand: false` out there, and compare again",
            )
    with_it = with_version(vendor, found.version)
    return OneSide(vendor=with_it, on=found.version.effective, file=written)
