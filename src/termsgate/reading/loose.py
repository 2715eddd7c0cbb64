"""One version read from anywhere: from a pull request, a draft, another branch's checkout."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from termsgate.core.model import Place
from termsgate.core.problem import Problem, Weight
from termsgate.core.turning import with_version
from termsgate.reading import lint, yamltree
from termsgate.reading.decode import version as versions
from termsgate.reading.decode.page import NO_DAY, Page
from termsgate.reading.folders import legible
from termsgate.reading.packs import builtin_packs

if TYPE_CHECKING:
    from pathlib import Path

    from termsgate.core.model import Project, Vendor, Version

MOST_BYTES: Final = 10_000_000
"""A fixture is written by people; whatever is longer is something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadVersion:
    """A version free of errors, or none, and every problem of its file."""

    version: Version | None
    problems: tuple[Problem, ...] = ()


def read_version(path: Path, project: Project, vendor: Vendor) -> ReadVersion:
    """A fixture of one version, held against the project as if it lay in it."""
    name = legible(str(path))
    try:
        # A pipe would wait for somebody to write.
        data = path.read_bytes() if path.is_file() else None
        too_long = data is not None and len(data) > MOST_BYTES
    except OSError as error:
        return _refused(name, f"this cannot be read: {(error.strerror or '').lower()}")
    if data is None:
        return _refused(name, _no_file(path))
    if too_long:
        return _refused(name, f"this has {len(data):,} bytes, more than any fixture")
    return _decoded(name, data, project, vendor)


def _no_file(path: Path) -> str:
    if path.is_dir():
        return "this is a folder, where a fixture was wanted"
    return "this is no file" if path.exists() else "there is no such file"


def _refused(name: str, message: str) -> ReadVersion:
    place = Place(path=name, line=1, column=1)
    advice = "name a day (`2023-08-07`) or the fixture of a version"
    problem = Problem(place=place, message=message, code="store/unreadable", help=advice)
    return ReadVersion(version=None, problems=(problem,))


def _decoded(name: str, data: bytes, project: Project, vendor: Vendor) -> ReadVersion:
    page = Page(path=name, area="version", vocabulary=project.vocabulary)
    tree, problems = yamltree.read(data, name)
    page.problems.extend(problems)
    found = None
    if tree is not None:
        found = versions.version(page, tree, tuple(one.id for one in vendor.documents))
        page.heads = yamltree.heads(tree)
        _check_document(page, found, vendor)
    if found is not None and not page.has_errors and found.effective != NO_DAY:
        page.problems.extend(_across(page, found, project, vendor))
    wrong = (one for one in page.problems if one.weight is Weight.ERROR)
    errors = tuple(sorted(wrong, key=lambda one: (one.place, one.code)))
    return ReadVersion(version=None if errors else found, problems=errors)


def _check_document(page: Page, found: Version, vendor: Vendor) -> None:
    listed = [one.id for one in vendor.documents]
    if found.document and found.document not in listed:
        message = f"`{found.document}` is no document that `{vendor.place.path}` lists"
        advice = f"it lists: {', '.join(listed)}"
        page.wrong(page.named_at("document"), "unknown-document", message, advice)


def _across(page: Page, found: Version, project: Project, vendor: Vendor) -> list[Problem]:
    """What is wrong with the file beside the rest of the project."""
    with_it = with_version(vendor, found)
    vendors = tuple(with_it if one.id == vendor.id else one for one in project.vendors)
    all_ = lint.across(
        replace(project, vendors=vendors), tuple(page.mentions), builtin_packs(), None
    )
    return [one for one in all_ if one.place.path == page.path]
