"""`termsgate verify`: quotes and digests, held against the captured texts."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from termsgate.cli.exits import Exit, Refusal
from termsgate.cli.project import sound
from termsgate.cli.terminal import look, waiting
from termsgate.core.evidence import Evidence, QuoteStatus, TextStatus
from termsgate.core.quotes import quote_entry, text_entry
from termsgate.reading.evidence import check_evidence
from termsgate.reading.plain import NORMALISER
from termsgate.reporting.quotes import as_json, verified_json, verified_text

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from termsgate.core.model import Project
    from termsgate.reporting.look import Look


def run(asked: argparse.Namespace) -> Exit:
    """Look for every quote of every project; 1 if one is not verified, 66 if none could be."""
    found = [(str(root), _evidence(root, asked)) for root in asked.projects]
    if asked.format == "json":
        print(_json(found))
    else:
        print(_text(found, look(), everything=asked.all))
    everything = [evidence for _, evidence in found]
    if any(_fell_short(each, strict=asked.strict) for each in everything):
        return Exit.FELL_SHORT
    if all(each.status is QuoteStatus.UNCHECKED for one in everything for each in one.quotes):
        return Exit.NOTHING_FOUND
    return Exit.NOTHING_TO_SAY


def _evidence(root: Path, asked: argparse.Namespace) -> Evidence:
    for folder in (asked.texts, asked.archive):
        if folder is not None and folder.exists() and not folder.is_dir():
            raise Refusal(
                Exit.USAGE,
                f"termsgate: `{folder}` is a file, where a folder is wanted",
                "  help: name the folder that it lies in",
            )
    if asked.texts is not None and not asked.texts.is_dir():
        raise Refusal(
            Exit.NOTHING_FOUND,
            f"termsgate: there is no folder `{asked.texts}`",
            "  help: name the folder that holds the captured texts",
        )
    project = sound(root)
    wanted = _only(project, asked.vendor)
    with waiting("looking up the quotes") as steps:
        return check_evidence(wanted, root, asked.texts, asked.archive, told=steps)


def _only(project: Project, globs: str | None) -> Project:
    """The project with only the vendors asked for."""
    if globs is None:
        return project
    wanted = [glob.strip() for glob in globs.split(",")]
    known = [each.id for each in project.vendors]
    for glob in wanted:
        if not any(fnmatchcase(each, glob) for each in known):
            raise Refusal(
                Exit.NOTHING_FOUND,
                f"termsgate: `{glob}` matches no vendor",
                f"  help: there are: {', '.join(known) or 'none'}",
            )
    kept = (each for each in project.vendors if any(fnmatchcase(each.id, glob) for glob in wanted))
    return replace(project, vendors=tuple(kept))


def _fell_short(evidence: Evidence, *, strict: bool) -> bool:
    """Whether a quote is not verified; one that could not be checked counts in a strict run."""
    if any(text.status is TextStatus.REJECTED for text in evidence.texts):
        return True
    put_up_with = () if strict else (QuoteStatus.UNCHECKED,)
    return any(
        not each.status.is_verified and each.status not in put_up_with for each in evidence.quotes
    )


def _text(found: list[tuple[str, Evidence]], look: Look, *, everything: bool) -> str:
    several = len(found) > 1
    said = []
    for root, evidence in found:
        texts = [text_entry(each) for each in evidence.texts]
        quotes = [quote_entry(each) for each in evidence.quotes]
        head = f"{look.paint(root, 'strong')}\n" if several else ""
        said.append(head + verified_text(texts, quotes, look, everything=everything))
    return "\n\n".join(said)


def _json(found: list[tuple[str, Evidence]]) -> str:
    projects = (
        verified_json(root, list(map(text_entry, one.texts)), list(map(quote_entry, one.quotes)))
        for root, one in found
    )
    return as_json(projects, NORMALISER)
