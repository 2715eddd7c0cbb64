"""Quotes are held against the captured text: each must stand in it exactly once (semantics 3.7)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from termsgate.core.evidence import (
    Evidence,
    QuoteFinding,
    QuoteStatus,
    TextFinding,
    TextStatus,
    anchors,
)
from termsgate.reading.texts import Sources, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from termsgate.core.evidence import Anchor
    from termsgate.core.model import Project, Vendor, Version
    from termsgate.reading.captured import Captured, Passage
    from termsgate.reading.headings import Outline
    from termsgate.reading.texts import Text

# Most versions have no text at hand, and what looks for a quote in one takes a while to import.
# ruff: noqa: PLC0415


def check_quotes(
    project: Project, root: Path, texts: Path | None = None, archive: Path | None = None
) -> tuple[QuoteFinding, ...]:
    """What became of every quote of every clause, and of every rule of precedence."""
    return check_evidence(project, root, texts, archive).quotes


def check_evidence(
    project: Project,
    root: Path,
    texts: Path | None = None,
    archive: Path | None = None,
    *,
    told: Callable[[int, int], object] | None = None,
) -> Evidence:
    """What became of every captured text that is quoted, and of every quote.

    The text lies beside its version, or in a folder of texts where one is given, as
    `<vendor>--<document>--<date>` or `<vendor>/<document>/<date>`, or in a clone of the public
    archive that the version names, in the folder of archives. Who waits is told after each text
    how many are done, of how many.
    """
    made: list[tuple[TextFinding, tuple[QuoteFinding, ...]]] = []
    if archive is None:
        made = list(_checked(project, Sources(root=root, texts=texts), told))
    else:
        from termsgate.reading.archive import Archives

        with Archives(archive) as archives:
            sources = Sources(root=root, texts=texts, archives=archives)
            made = list(_checked(project, sources, told))
    return Evidence(
        texts=tuple(text for text, _ in made),
        quotes=tuple(quote for _, quotes in made for quote in quotes),
    )


def _checked(
    project: Project, sources: Sources, told: Callable[[int, int], object] | None
) -> Iterator[tuple[TextFinding, tuple[QuoteFinding, ...]]]:
    versions = [(vendor, version) for vendor in project.vendors for version in vendor.versions]
    for count, (vendor, version) in enumerate(versions, start=1):
        quoted = anchors(version)
        if quoted:
            text = text_of(vendor, version, sources)
            yield _text_finding(vendor, version, text), _findings(vendor, version, text, quoted)
        if told is not None:
            told(count, len(versions))


def _text_finding(vendor: Vendor, version: Version, text: Text) -> TextFinding:
    return TextFinding(
        vendor=vendor.id,
        document=version.document,
        effective=version.effective,
        status=text.status,
        text=text.name,
        sha256=text.sha256,
        text_sha256=text.text_sha256,
        code=text.code,
        note=text.note,
        help=text.help,
        warning=text.warning,
        place=version.place,
    )


def _findings(
    vendor: Vendor, version: Version, text: Text, quoted: tuple[Anchor, ...]
) -> tuple[QuoteFinding, ...]:
    outline = None
    if text.captured is not None:
        from termsgate.reading.headings import Outline

        outline = Outline.of(text.captured)
    return tuple(_finding(vendor, version, text, anchor, outline) for anchor in quoted)


def _finding(
    vendor: Vendor, version: Version, text: Text, anchor: Anchor, outline: Outline | None
) -> QuoteFinding:
    """What became of one quote. A text that is no evidence rejects it; without one, it is open."""
    rejected = text.status is TextStatus.REJECTED
    unsought = QuoteFinding(
        vendor=vendor.id,
        document=version.document,
        effective=version.effective,
        clause=anchor.name,
        status=QuoteStatus.REJECTED if rejected else QuoteStatus.UNCHECKED,
        note=text.note,
        help=text.help,
        place=anchor.place,
        words=anchor.quote.exact,
        text=text.name,
        section=anchor.section,
    )
    if text.captured is None or outline is None:
        return unsought
    passage = text.captured.passage(anchor.quote)
    sought = replace(unsought, status=passage.status, note=passage.note, help=passage.help)
    return _placed(sought, text.captured, passage, outline) if passage.found else sought


def _placed(
    finding: QuoteFinding, captured: Captured, passage: Passage, outline: Outline
) -> QuoteFinding:
    """The finding of a quote that was found, with what is to be said of its place."""
    standing, remark = outline.standing(finding.section, passage.start)
    return replace(
        finding,
        line=captured.line(passage.start),
        page=captured.page(passage.start),
        sentence=captured.sentence(passage.start, passage.stop),
        needed=passage.needed,
        standing=standing,
        remark=remark,
    )
