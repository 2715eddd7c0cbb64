"""What the captured texts must report, what they do report, and how long it takes.

    python -m benchmarks.drift [--texts FOLDER] [--docs] [--speed]

The expectations are benchmarks/data/drift.yaml, written by hand. The captured texts are not part of
the repository: TERMSGATE_SHARED names the folder that holds them in `terms`.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, Any, Final

import yaml

from benchmarks.recorded import COLLECTION, PATH, Made, make
from termsgate.core.drift import Drift, Fate, PassageDrift
from termsgate.core.inforce import in_force
from termsgate.reading.archive import Archives
from termsgate.reading.drift import lexicon, sentences
from termsgate.reading.drift.course import course
from termsgate.reading.drift.examine import Standard, examine
from termsgate.reading.drift.sentences import taken_apart
from termsgate.reading.store import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from termsgate.core.model import Project, Vendor, Version

HERE: Final = Path(__file__).resolve().parent.parent
PAGE: Final = HERE / "docs" / "drift.md"
TABLE: Final = re.compile(r"(<!-- table: pairs -->\n).*?(<!-- end of table -->)", re.DOTALL)
EXPECTED: Final = HERE / "benchmarks" / "data" / "drift.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A pair of texts: what was expected of it, what was reported, and where the two differ."""

    pair: Mapping[str, Any]
    drift: Drift
    misses: tuple[str, ...]


def expectations() -> list[dict[str, Any]]:
    """The pairs, as they were written down."""
    said = yaml.safe_load(EXPECTED.read_text(encoding="utf-8"))
    return list(said["pairs"])


def texts_folder() -> Path:
    """Where the captured texts lie."""
    shared = os.environ.get("TERMSGATE_SHARED") or str(HERE.parent / "shared")
    return Path(shared) / "terms"


def compared(pair: Mapping[str, Any], project: Project, texts: Path) -> Compared:
    """What a pair reports, held against what it must."""
    drift = drift_of(pair, project, texts)
    return Compared(pair=pair, drift=drift, misses=tuple(_misses(pair, drift)))


def drift_of(pair: Mapping[str, Any], project: Project, texts: Path) -> Drift:
    """What a pair reports."""
    vendor, version = _version(pair["fixture"], project)
    old = (texts / pair["old"]).read_text(encoding="utf-8")
    new = (texts / pair["new"]).read_text(encoding="utf-8")
    start, end = pair.get("keep", (0.0, 1.0))
    new = new[int(start * len(new)) : int(end * len(new))]
    standard = Standard(
        vendor=vendor,
        version=version,
        old=taken_apart(old, pair["old"]),
        others=_others(project, vendor, version),
    )
    return examine(standard, taken_apart(new, pair["new"]))


def _version(named: str, project: Project) -> tuple[Vendor, Version]:
    vendor_id, document, day = named.split("/")
    vendor = next(each for each in project.vendors if each.id == vendor_id)
    effective = date.fromisoformat(day)
    version = next(
        each for each in vendor.versions if (each.document, each.effective) == (document, effective)
    )
    return vendor, version


def _others(project: Project, vendor: Vendor, version: Version) -> list[tuple[Vendor, Version]]:
    found = (
        (each, in_force(each, document, date.max))
        for each in project.vendors
        for document in each.documents
        if (each.id, document.id) != (vendor.id, version.document)
    )
    return [(each, other) for each, other in found if other is not None]


# --- where the two differ -----------------------------------------------------------------------


def _misses(pair: Mapping[str, Any], drift: Drift) -> Iterator[str]:
    refused = drift.refused.why.value if drift.refused else None
    if refused != pair.get("refused"):
        yield f"refused: expected {pair.get('refused')}, found {refused}"
    if refused or pair.get("refused"):
        return
    yield from _quotes(pair, drift)
    yield from _passages(pair, drift)
    before, now = pair["dates"]
    if (drift.dates.before, drift.dates.now) != (before, now):
        yield f"dates: expected {before}, {now}, found {drift.dates.before}, {drift.dates.now}"
    if drift.words_without_date != pair.get("without-date", False):
        yield f"words without a date: found {drift.words_without_date}"
    if "repeated" in pair:
        yield from _repeated(pair["repeated"], drift)


def _quotes(pair: Mapping[str, Any], drift: Drift) -> Iterator[str]:
    found = {each.clause: each for each in drift.quotes}
    for clause in sorted(pair["quotes"].keys() - found.keys()):
        yield f"quote of {clause}: not reported"
    for clause in sorted(found.keys() - pair["quotes"].keys()):
        yield f"quote of {clause}: reported, and it stands"
    for clause, words in pair["quotes"].items():
        if words and clause in found and words not in found[clause].nearest:
            yield f"quote of {clause}: the nearest passage is `{found[clause].nearest[:80]}`"


def _passages(pair: Mapping[str, Any], drift: Drift) -> Iterator[str]:
    for wanted in pair["passages"]:
        there = _holding(drift, wanted["words"])
        if not any(set(wanted["about"]) <= set(each.about) for each in there):
            yield f"passage `{wanted['words']}`: {_found(there)}"
    for words in pair.get("other", ()):
        there = _holding(drift, words)
        if not there or all(each.about for each in there):
            yield f"other passage `{words}`: {_found(there)}"
    for words in pair.get("quiet", ()):
        if _holding(drift, words):
            yield f"`{words}`: reported, and nothing happened to it"
    yield from _counts(pair, drift)


def _counts(pair: Mapping[str, Any], drift: Drift) -> Iterator[str]:
    for clause in pair.get("reread", ()):
        if not any(clause in each.clauses for each in drift.passages):
            yield f"sentence of {clause}: not reported"
    for name, number in pair.get("count", {}).items():
        found = sum(each.fate is Fate(name) for each in drift.passages)
        if found != number:
            yield f"{name}: expected {number} passages, found {found}"


def _holding(drift: Drift, words: str) -> list[PassageDrift]:
    return [each for each in drift.passages if words in _both(each)]


def _found(there: Sequence[PassageDrift]) -> str:
    return f"reported under {', '.join(there[0].about)}" if there else "not reported"


def _both(passage: PassageDrift) -> str:
    text = f"{passage.before}\n{passage.after}"
    return text.replace("\u2019", "'")


def _repeated(wanted: Mapping[str, Any], drift: Drift) -> Iterator[str]:
    for each in drift.repeated:
        changed = [edit.words for edit in each.edits]
        if changed == [wanted["change"]] and each.times == wanted["times"]:
            return
    yield f"repeated: `{wanted['change']}` is not reported {wanted['times']} times"


# --- the table ----------------------------------------------------------------------------------


def table(rows: Sequence[Compared]) -> str:
    """The rows as a table of Markdown."""
    lines = ["| texts | must report | does report | |", "|---|---|---|---|"]
    for row in rows:
        agrees = "agrees" if not row.misses else f"differs: {len(row.misses)}"
        lines.append(f"| {row.pair['pair']} | {must(row.pair)} | {does(row.drift)} | {agrees} |")
    return "\n".join(lines)


def must(pair: Mapping[str, Any]) -> str:
    """What a pair must report, in a few words."""
    if pair.get("refused"):
        return f"{pair['refused']}"
    quotes, named = len(pair["quotes"]), len(pair["passages"])
    said = [_count(quotes, "quote"), *([f"{named} named passages"] if named > 1 else [])]
    if named == 1:
        said.append("1 named passage")
    if "count" in pair:
        said.append(", ".join(f"{number} {name}" for name, number in pair["count"].items()))
    return "; ".join([*said, _date(*pair["dates"])])


def does(drift: Drift) -> str:
    """What a pair does report, in the same words."""
    if drift.refused:
        return drift.refused.why.value
    count = ", ".join(
        f"{sum(each.fate is fate for each in drift.passages)} {fate.value}" for fate in Fate
    )
    touching = f"{len([each for each in drift.passages if each.about])} under a subject"
    dates = _date(drift.dates.before, drift.dates.now)
    return "; ".join([_count(len(drift.quotes), "quote"), count, touching, dates])


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _date(before: date | None, now: date | None) -> str:
    return f"still dated {now}" if before == now else f"dated {before}, then {now}"


def page(text: str, rows: Sequence[Compared]) -> str:
    """The page of drift with this table."""
    return TABLE.sub(lambda at: f"{at[1]}\n{table(rows)}\n\n{at[2]}", text)


# --- speed --------------------------------------------------------------------------------------


def speed(versions: int) -> str:
    """What one text and an archive of so many versions take, in a sentence."""
    with TemporaryDirectory() as folder:
        made = make(Path(folder), versions)
        project = _loaded(made.project)
        vendor = project.vendors[0]
        version = vendor.versions[0]
        old, *_, new = _texts(made)
        one = min(_seconds(lambda: _examined(vendor, version, old, new)) for _ in range(3))
        _forget()
        with Archives(made.archives) as archives:
            all_of_them = _seconds(lambda: course(vendor, version, (), archives))
    quotes = len(version.clauses)
    return (
        f"a text of {len(new) // 1000} kB against {quotes} quotes and the old text "
        f"{one:.2f} seconds; {versions} recorded versions of it {all_of_them:.0f} seconds."
    )


def _loaded(root: Path) -> Project:
    loaded = load(root)
    if loaded.project is None:
        raise SystemExit("\n".join(map(str, loaded.problems)))
    return loaded.project


def _texts(made: Made) -> list[str]:
    with Archives(made.archives) as archives:
        ends = (made.commits[0], made.commits[-1])
        read = [archives.read(COLLECTION, PATH, commit) for commit in ends]
    return [each.decode() for each in read if isinstance(each, bytes)]


def _examined(vendor: Vendor, version: Version, old: str, new: str) -> Drift:
    _forget()
    standard = Standard(vendor=vendor, version=version, old=taken_apart(old, "old.md"))
    return examine(standard, taken_apart(new, "new.md"))


def _forget() -> None:
    """Let no measurement profit from the one before."""
    for kept in (sentences._said, sentences._parts, lexicon.lexicon, lexicon._about):  # noqa: SLF001
        kept.cache_clear()


def _seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def main() -> int:
    """Print the table; 1 where something differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, default=texts_folder())
    parser.add_argument("--docs", action="store_true", help="write the table into docs/drift.md")
    parser.add_argument("--speed", type=int, nargs="?", const=500, metavar="VERSIONS")
    asked = parser.parse_args()
    if asked.speed:
        print(speed(asked.speed))
        return 0
    project = _loaded(HERE)
    rows = [compared(pair, project, asked.texts) for pair in expectations()]
    print(table(rows))
    for row in rows:
        for miss in row.misses:
            print(f"{row.pair['pair']}: {miss}")
    if asked.docs:
        PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), rows), encoding="utf-8")
    return int(any(row.misses for row in rows))


if __name__ == "__main__":
    sys.exit(main())
