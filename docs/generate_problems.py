"""docs/problems.md is written from the example projects that are wrong, code by code."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from termsgate.core.docket import Docket, Matter
from termsgate.core.entries import record_of
from termsgate.core.problem import Problem, Weight
from termsgate.reading.baseline import read_baseline
from termsgate.reading.folders import Disk
from termsgate.reading.store import load
from termsgate.reading.yamltree import MAX_BYTES
from termsgate.reporting.json import to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from termsgate.core.model import Project
    from termsgate.core.record import LeftOutEntry, VerdictEntry

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "tests" / "examples"
PAGE = ROOT / "docs" / "problems.md"
MOST = 3
"""So many examples of a code are shown."""

HEAD = """\
# Problems

<!-- Written by docs/generate_problems.py from tests/examples. -->

A *problem* is something wrong with a file of yours. It is no verdict about a vendor. An error ends
the run with [exit code](exit-codes.md) 4 before anything is judged, the command with 65, and all
problems are told at once. A *smell* is something that a run passes over. The command
`termsgate lint` tells both, without judging anything.

Each problem is told in two lines: where it is, what is wrong and its code, then what to do.

```text
path:line:column: message [code]
  help: what to do
```

A code is an area and a name. Below is every code that a file can be told, with examples.
"""

AREAS = {
    "yaml": "The file cannot be read as YAML ([how YAML is read](files.md#how-yaml-is-read)).",
    "store": "Files and folders are not where they belong ([layout](files.md)).",
    "policy": "A policy does not fit ([a policy](files.md#a-policy)).",
    "vendor": "A `vendor.yaml` does not fit ([a vendor](files.md#a-vendor)).",
    "version": "A version does not fit ([a version](files.md#a-version-of-a-document)).",
    "check": "A check does not fit ([a check](files.md#a-check)).",
    "baseline": "The record is no baseline ([baseline](gate.md#baseline-and-nothing-lost)).",
    "record": "A file is not the record of a run, as the run wrote it.",
    "vocabulary": "Words of your own do not fit ([words of your own](files.md#words-of-your-own)).",
}

MEANINGS: Mapping[str, str] = {
    "alias": "YAML aliases are not read: a value stands where it is meant.",
    "ambiguous-term": "A word that several axes have needs its axis named.",
    "anchor": "YAML anchors are not read: a value stands where it is meant.",
    "at-hand": "A document cannot be not at hand and recorded.",
    "audit": "A record without waivers says nothing about what was accepted.",
    "bad-commit": "A commit is named by its number: a branch or a tag would move.",
    "bad-bound": "A bound must fit the type of its fact.",
    "bad-date": "A date must be one of the calendar, written year, month, day.",
    "bad-digest": "A digest must be a sha256.",
    "bad-duration": "A duration is a number and a unit, or a word the vocabulary gives the fact.",
    "bad-id": "An id must be one that every report can hold.",
    "bad-language": "A language is named by its two letters.",
    "bad-money": "A sum is a number and a currency, or a word the vocabulary gives the fact.",
    "bad-name": "A name must be one that can stand where it is used.",
    "bad-order": "The first day comes before the last.",
    "bad-time": "A time must be one of the calendar, with its zone.",
    "bad-url": "An address must be one of the web; anything else could run as a script.",
    "bad-value": "A value must fit the type of its fact.",
    "bad-word": "A key that takes a few words takes no other.",
    "broken-link": "A link must lead somewhere.",
    "character": "A character that nobody can see does not belong into a file.",
    "circle": "A term cannot lie in itself.",
    "conditional-exception": "Only exceptions of clauses and definitions carry conditions (10.2).",
    "conflict": "Two keys contradict each other, or one says nothing without another.",
    "covers-nothing": "A clause whose exceptions take out all that it covers is a slip.",
    "definition-cycle": "A defined term cannot be defined through itself.",
    "definition-shadows": "A defined term may not be spelled like a word of the vocabulary.",
    "direction": "Characters that turn text around show a reader other text than is judged.",
    "directive": "YAML directives are not read.",
    "documents": "A file holds one document.",
    "duplicate-id": "Two things of a kind may not share an id.",
    "duplicate-key": "A key stands once; most readers would silently take the last.",
    "duplicate-spelling": "A spelling belongs to one term.",
    "duplicate-term": "A term of one's own may not redefine a built-in one.",
    "edited": "A record is what a run wrote, or it is none.",
    "empty": "Something that says nothing must be filled or left out.",
    "empty-folder": "An empty folder would pass by omission.",
    "encoding": "A file is UTF-8 without a byte order mark.",
    "exception-in-exception": "What an exception of an exception takes out nobody could tell.",
    "key": "A key is one word.",
    "long-quote": "An anchor needs a few words; quote no more than it takes to find the place.",
    "merge": "YAML merge keys are not read.",
    "miscounted": "A record gives as many verdicts as it says.",
    "missing": "A file that is named must be there.",
    "missing-folder": "A project has terms, and something to require of them.",
    "missing-key": "A key that is needed is missing.",
    "names-itself": "Nothing prevails over itself.",
    "names-nothing": "A name must be borne by something.",
    "no-more-states": "The states are three; there is no other (1.2).",
    "no-parent": "A term lies in another.",
    "no-project": "There must be something to read.",
    "no-record": "What is read as a record must be one.",
    "no-vendor": "A vendor's folder says who the vendor is.",
    "no-version": "A document that is at hand has a version; until then it counts as not at hand.",
    "no-width": "A character without width makes two texts differ that look alike.",
    "not-one": "What is about one thing names it in full (7.3.1).",
    "not-whole": "A run that gave fewer verdicts than expected says nothing about the rest.",
    "outside": "Nothing outside the project is read.",
    "partial": "A run of a part says nothing about the rest.",
    "precedence-circle": "What prevails over one another in a circle all governs (3.4).",
    "recorded": "A known version that is recorded is not one of those not recorded.",
    "repeated": "Once is enough.",
    "selects-nothing": "A check that selects nothing would pass by omission.",
    "stray-file": "A file that nothing reads may be one that somebody believes is read.",
    "stray-folder": "A folder that nothing reads may be one that somebody believes is read.",
    "syntax": "The text is not YAML; or, of a record, not JSON.",
    "tag": "YAML tags are not read.",
    "text-alone": "A captured text goes with a version.",
    "too-deep": "Nothing anybody writes is nested so deep.",
    "too-large": "Nothing anybody writes is so large.",
    "unbreakable": "A requirement that nobody can break would pass whatever the terms say.",
    "unknown-agreement": "What we know of our use should be what some terms depend on.",
    "unknown-document": "A document must be one that vendor.yaml lists.",
    "unknown-exception": "An exception must be a word of the vocabulary.",
    "unknown-fact": "A fact must be one of the vocabulary.",
    "unknown-feature": "What we know of our use should be what some terms depend on.",
    "unknown-key": "A key must be one of its kind of file.",
    "unknown-name": "What a verdict is about stands in the record that gives it.",
    "unknown-plan": "A plan must be one of the vendor's, where vendor.yaml lists them (4.5).",
    "unknown-policy": "A check must select policies that exist.",
    "unknown-region": "A region that no table has lies in nothing but itself (3.2).",
    "unknown-requirement": "A waiver must name a requirement that exists.",
    "unknown-service": "A service must be one of the vendor's, where vendor.yaml lists them (4.5).",
    "unknown-subject": "A subject the vocabulary does not have may be a slip (5.3).",
    "unknown-term": "A term must be a word of the vocabulary, or one that the document defines.",
    "unknown-vendor": "A vendor must be one that has a folder.",
    "unknown-version": "A version must be one that is on record.",
    "unlisted-word": "A word that is ordered or usual must be one of the fact's words or subjects.",
    "unreadable": "A file that is there must be readable.",
    "unselected": "What no check selects would pass by omission.",
    "unused-definition": "A definition that nothing uses may be a slip.",
    "waiver-expired": "A waiver that has ended accepts nothing any more (7.3).",
    "wrong-axis": "A defined term belongs to the axis it is defined on.",
    "wrong-ending": "A file ends in `.yaml`; nobody would notice that another is not read.",
    "wrong-form": "A record has its published form.",
    "wrong-name": "A file and what it says it is must have the same name.",
    "wrong-type": "A value must be of the kind its key takes.",
    "wrong-version": "A record of another version cannot be read.",
}
"""What the name of a code says, whatever file it is told of."""

LINE = re.compile(
    r"^(?P<told>\S.* \[(?P<code>[a-z]+/[a-z-]+)\])\n(?P<help>  help: .*)$", re.MULTILINE
)

A_PROJECT = {
    "policies/exit.yaml": (
        "policy: exit\ntitle: Leaving\nrequirements:\n"
        "  - {id: export, title: We get our data back, level: must,\n"
        "     require: {fact: export-right, is: true}}\n"
    ),
    "fixtures/acme/vendor.yaml": (
        "vendor: acme\nname: Acme Inc.\ndocuments: [{id: terms, kind: contract}]\n"
    ),
    "fixtures/acme/terms/2024-01-01.yaml": "document: terms\neffective: 2024-01-01\nclauses: []\n",
    "checks/calls.yaml": (
        "check: calls\ntitle: Video calls\nwaivers:\n"
        "  - {vendor: acme, requirement: exit.export, reason: For the pilot.,\n"
        "     approved-by: cfo@example.org, approved-on: 2026-01-01, expires: 2026-06-30}\n"
    ),
}


class Told(NamedTuple):
    """A problem as a user sees it."""

    code: str
    smell: bool
    text: str


def told() -> list[Told]:
    """Every problem of every example, in the order of their names."""
    return [*_written("negative"), *_written("positive"), *_staged(), *_refused()]


def _written(folder: str) -> Iterator[Told]:
    """What the example projects must be told; those that are sound are told smells only."""
    for file in sorted((EXAMPLES / folder).glob("*/expected.txt")):
        for found in LINE.finditer(file.read_text(encoding="utf-8")):
            text = f"{found['told']}\n{found['help']}"
            yield Told(code=found["code"], smell=folder == "positive", text=text)


def _staged() -> Iterator[Told]:
    """What a folder of examples cannot well hold: links, huge files, packs, the day of the run."""
    with TemporaryDirectory() as folder:
        root = _laid_out(Path(folder) / "project")
        yield from _as_told(load(root, today=date(2026, 7, 1)).problems)
        with (root / "checks" / "calls.yaml").open("a", encoding="utf-8") as check:
            check.write('policies: [exit, "termsgate:exit"]\n')
        (root / "policies" / "away.yaml").symlink_to(root / "nowhere.yaml")
        (root / "policies" / "elsewhere.yaml").symlink_to(root.parent)
        (root / "policies" / "huge.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
        yield from _as_told(load(root).problems)
        disk = Disk(root=root)
        disk.bytes_of("policies/gone.yaml")
        yield from _as_told(disk.problems)


def _laid_out(root: Path) -> Path:
    for path, text in A_PROJECT.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def _refused() -> Iterator[Told]:
    """What a file is told that is no baseline."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for text in _no_baselines(load(_laid_out(root / "project")).project):
            file = root / "record.json"
            file.write_text(text, encoding="utf-8", errors="surrogateescape")
            yield from _as_told(read_baseline(file, "baseline.json").problems)
        for wrong in (root / "none.json", root):
            yield from _as_told(read_baseline(wrong, "baseline.json").problems)


def _no_baselines(project: Project | None) -> Iterator[str]:
    """A record, and everything that can be wrong with it."""
    assert project is not None  # noqa: S101 - it is our own
    today = date(2026, 7, 1)
    plain = record_of(project, (), today=today, asked=None, expected=0, partial=False)
    good = to_text(plain)
    yield from ("version: 1", "[" * 100_000, '{"runs": []}', '{"a": 1, "a": 2}', '{"a": "\udcff"}')
    yield good.replace("2026", "2027", 1)
    yield to_text({**plain, "version": 2})  # type: ignore[typeddict-item]
    yield to_text({**plain, "today": "yesterday"})
    yield to_text({**plain, "mood": "good"})  # type: ignore[typeddict-unknown-key]
    yield good.replace('"audit": false,\n', "")
    yield to_text({**plain, "given": 1})
    verdict = _verdict(project, today)
    yield to_text({**plain, "given": 2, "verdicts": [verdict, verdict], "vendors": []})
    yield to_text({**plain, "expected": 1})
    yield to_text({**plain, "audit": True})
    left_out: LeftOutEntry = {"by": "-k", "said": "acme", "verdicts": 1}
    yield to_text({**plain, "partial": True, "left-out": [left_out]})


def _verdict(project: Project, today: date) -> VerdictEntry:
    """The project's only one."""
    matter = Matter(
        check=project.checks[0],
        vendor=project.vendors[0],
        requirement=project.policies[0].requirements[0],
    )
    return Docket(project=project, today=today).judge(matter)


def _as_told(problems: Iterable[Problem]) -> Iterator[Told]:
    for one in problems:
        yield Told(code=one.code, smell=one.weight is Weight.SMELL, text=str(one))


# --- the page -----------------------------------------------------------------------------------


def written() -> str:
    """The page as the examples have it now."""
    codes = by_code(told())
    sections = (_area(area, codes) for area in AREAS)
    return "\n".join([HEAD, *sections])


def by_code(found: Iterable[Told]) -> dict[str, list[Told]]:
    """The problems of each code, each told once."""
    codes: dict[str, list[Told]] = {}
    for one in dict.fromkeys(found):
        codes.setdefault(one.code, []).append(one)
    return codes


def _area(area: str, codes: Mapping[str, list[Told]]) -> str:
    mine = {code: codes[code] for code in sorted(codes) if code.startswith(f"{area}/")}
    return "\n".join([f"## {area}\n\n{AREAS[area]}\n", *map(_code, mine, mine.values())])


def _code(code: str, found: list[Told]) -> str:
    smells = {one.smell for one in found}
    smell = {(True,): " A smell.", (False, True): " Sometimes a smell."}
    told_as = smell.get(tuple(sorted(smells)), "")
    shown = "\n".join(one.text for one in _different(found)[:MOST])
    meaning = MEANINGS[code.partition("/")[2]]
    return f"### {code}\n\n{meaning}{told_as}\n\n```text\n{shown}\n```\n"


def _different(found: Iterable[Told]) -> list[Told]:
    """The first of each advice: what differs only in names says little more."""
    first = {one.text.partition("\n")[2]: one for one in reversed(list(found))}
    return list(reversed(first.values()))


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
    print(f"written: {PAGE.relative_to(ROOT)}")
