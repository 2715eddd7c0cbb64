"""`termsgate sign`: a person puts a name to what a version says (7.7)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from termsgate.cli.exits import Exit, Refusal
from termsgate.cli.project import sound
from termsgate.cli.terminal import told
from termsgate.core.inforce import in_force
from termsgate.core.model import Review, ReviewStatus
from termsgate.core.signoff import version_digest
from termsgate.reading.replacing import replace_text
from termsgate.reading.signing import UneditableError, signed
from termsgate.reporting.json import answer

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from termsgate.core.model import Project, Vendor, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """One file as it is and as it will be, and what is said of it: in a line, and to a program."""

    path: Path
    before: str
    after: str
    told: str
    entry: dict[str, object]


def run(asked: argparse.Namespace) -> Exit:
    """Sign every version that was named, or none where one of them cannot be."""
    by, on, status = _who(asked.by), _when(asked.on), ReviewStatus(asked.status)
    project = sound(asked.root)
    review = Review(by=by, on=on, status=status)
    read_as = {each.path: each.sha256 for each in project.inputs}
    signings = [
        _signing(asked.root, version, review, read_as[version.place.path])
        for version in _named(project, asked.root, asked.what, on)
    ]
    _carry_out(signings, asked.format)
    return Exit.NOTHING_TO_SAY


def _carry_out(signings: Iterable[Signing], form: str) -> None:
    """Write one after the other; what was written before one that cannot be stays, and is told."""
    done: list[dict[str, object]] = []
    try:
        for each in signings:
            _write(each)
            done.append(each.entry)
            if form == "text":
                print(told([each.told]))
    finally:
        if form == "json":
            print(answer("signatures", {"signed": done}))


def _who(names: Iterable[str]) -> tuple[str, ...]:
    """Whoever signs, each once."""
    found = tuple(dict.fromkeys(names))
    if not all(name.strip() and name.isprintable() for name in found):
        raise Refusal(Exit.USAGE, "termsgate: `--by` names nobody", "  help: write who signs")
    return found


def _when(asked: date | None) -> date:
    """The day of the review: not one that is still to come, which would put the next one off."""
    today = datetime.now(UTC).date()
    if asked is not None and asked > today:
        message = f"termsgate: `--on {asked}` is still to come: today is {today} (UTC)"
        raise Refusal(Exit.USAGE, message, "  help: leave it out, or write the day of the review")
    return asked or today


# --- which versions -----------------------------------------------------------------------------


def _named(project: Project, root: Path, words: Iterable[str], on: date) -> list[Version]:
    """The versions of every word, each once and in the order of the words."""
    found = {each.place.path: each for word in words for each in _of_word(project, root, word, on)}
    return list(found.values())


def _of_word(project: Project, root: Path, word: str, on: date) -> list[Version]:
    """A vendor's versions in force and to come, or what is recorded at a path."""
    vendors = {vendor.id: vendor for vendor in project.vendors}
    if word in vendors:
        found = list(_current(vendors[word], on))
        if not found:
            raise Refusal(
                Exit.NOTHING_FOUND, f"termsgate: no version of `{word}` is in force on {on}"
            )
        return found
    path = Path(word).resolve()
    versions = (each for vendor in project.vendors for each in vendor.versions)
    found = [each for each in versions if _lies_at((root / each.place.path).resolve(), path)]
    if not found:
        raise _nothing(word, vendors)
    return found


def _lies_at(file: Path, path: Path) -> bool:
    return file == path or path in file.parents


def _current(vendor: Vendor, on: date) -> Iterator[Version]:
    """What one who reviews a vendor today reads; earlier versions keep who signed them."""
    for document in vendor.documents:
        now = in_force(vendor, document, on)
        for version in vendor.versions:
            later = version.document == document.id and version.effective > on
            if version is now or later:
                yield version


def _nothing(word: str, vendors: Iterable[str]) -> Refusal:
    names = sorted(vendors)
    near = get_close_matches(word, names, n=1, cutoff=0.5)
    hint = f"the nearest is `{near[0]}`" if near else f"there are: {', '.join(names) or 'none'}"
    return Refusal(
        Exit.NOTHING_FOUND,
        f"termsgate: `{word}` is no vendor and no version of a document",
        f"  help: name a vendor or a file such as `fixtures/acme/terms/2026-01-01.yaml`; {hint}",
    )


# --- one file -----------------------------------------------------------------------------------


def _signing(root: Path, version: Version, review: Review, sha256: str) -> Signing:
    """What is to be written into one file, provided that it is still the one that was read."""
    place, path = version.place.path, root / version.place.path
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Refusal(Exit.PROBLEMS, f"{place}: it changed while it was read", "  help: try again")
    before = data.decode("utf-8")
    given = replace(review, sha256=version_digest(version))
    try:
        after = signed(before, given)
    except UneditableError:
        message = f"{place}: its review cannot be written without disturbing the rest"
        advice = "write `review: {by, on, status}` on lines of its own, then sign it"
        raise Refusal(Exit.PROBLEMS, message, f"  help: {advice}") from None
    line = f"{place}: {_told(version, given)}"
    entry = _entry(version, given)
    return Signing(path=path, before=before, after=after, told=line, entry=entry)


def _entry(version: Version, given: Review) -> dict[str, object]:
    place, old = version.place, version.review
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "document": version.document,
        "version": version.effective.isoformat(),
        "clauses": len(version.clauses),
        "review": _review(given),
        "before": _review(old) if old else None,
    }


def _review(review: Review) -> dict[str, object]:
    return {
        "by": list(review.by),
        "on": review.on.isoformat(),
        "status": review.status.value,
        "sha256": review.sha256,
    }


def _told(version: Version, given: Review) -> str:
    old = version.review
    clauses = f"{len(version.clauses)} clause{'' if len(version.clauses) == 1 else 's'}"
    said = f"{_signature(given)}; {clauses}, sha256 {given.sha256[:12]}…"
    if old is None:
        return said
    if replace(old, place=given.place) == given:
        return f"{said}; signed so already"
    return f"{said}; it was {_signature(old)}"


def _signature(review: Review) -> str:
    return f"{review.status} by {' and '.join(review.by)} on {review.on}"


def _write(signing: Signing) -> None:
    """Write what is not so already."""
    if signing.after != signing.before:
        try:
            replace_text(signing.path, signing.after)
        except OSError as error:
            message = f"termsgate: `{signing.path}` cannot be written: {error.strerror}"
            raise Refusal(Exit.FELL_SHORT, message) from error
