"""docs/problems.md is written from the wrong example projects; run this after adding one."""

from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "tests" / "examples"
PAGE = ROOT / "docs" / "problems.md"

HEAD = """\
# Problems in files

<!-- Written by docs/generate_problems.py from tests/examples: add an example there instead. -->

A problem says that one of *your files* is wrong; it is never a verdict about a vendor. All problems
of a run are reported together, each with its place and what to do. An *error* stops the run; a
*smell* is what `termsgate lint` says and a run passes over. The part of a code before the stroke is
the kind of file, the part after it is what is wrong:
"""

AREAS = {
    "yaml": "Any file that is not the strict YAML we read.",
    "policy": "policies/<policy>.yaml",
    "vendor": "fixtures/<vendor>/vendor.yaml",
    "version": "fixtures/<vendor>/<document>/<effective-date>.yaml",
    "check": "checks/<check>.yaml",
    "vocabulary": "policies/vocabulary.yaml",
    "store": "Files and folders: what is missing, misplaced or cannot be read.",
}

MEANINGS: Mapping[str, str] = {
    "alias": "YAML aliases are not read: a value stands where it is meant.",
    "ambiguous-term": "A word that several axes have needs its axis named.",
    "anchor": "YAML anchors are not read: a value stands where it is meant.",
    "at-hand": "A document cannot be not at hand and recorded.",
    "bad-bound": "A bound must fit the type of its fact.",
    "bad-date": "A date must be one of the calendar, written year, month, day.",
    "bad-digest": "A digest must be a sha256.",
    "bad-duration": "A duration is a number and a unit, or a word the vocabulary gives the fact.",
    "bad-id": "An id must be one that every report can hold.",
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
    "conflict": "Two keys contradict each other, or one says nothing without another.",
    "covers-nothing": "A clause whose exceptions take out all that it covers is a slip.",
    "definition-cycle": "A defined term cannot be defined through itself.",
    "definition-shadows": "A defined term may not be spelled like a word of the vocabulary.",
    "directive": "YAML directives are not read.",
    "documents": "A file holds one document.",
    "duplicate-id": "Two things of a kind may not share an id.",
    "duplicate-key": "A key stands once; YAML itself would silently take the last.",
    "duplicate-spelling": "A spelling belongs to one term.",
    "duplicate-term": "A term of one's own may not redefine a built-in one.",
    "empty": "Something that says nothing must be filled or left out.",
    "empty-folder": "An empty folder would pass by omission.",
    "encoding": "A file is UTF-8 without a byte order mark.",
    "exception-in-exception": "What an exception of an exception takes out nobody could tell.",
    "key": "A key is one word.",
    "long-quote": "An anchor needs a few words; quote no more than it takes to find the place.",
    "merge": "YAML merge keys are not read.",
    "missing-folder": "A project has terms, and something to require of them.",
    "missing-key": "A key that is needed is missing.",
    "names-itself": "Nothing prevails over itself.",
    "names-nothing": "A name must be borne by something.",
    "no-more-states": "The states are three; there is no other (1.2).",
    "no-parent": "A term lies in another.",
    "no-project": "There must be something to read.",
    "no-vendor": "A vendor's folder says who the vendor is.",
    "no-version": "A document that is at hand has a version; until then it counts as not at hand.",
    "outside": "Nothing outside the project is read.",
    "precedence-circle": "What prevails over one another in a circle all governs (3.4).",
    "recorded": "A known version that is recorded is not one of those not recorded.",
    "repeated": "Once is enough.",
    "selects-nothing": "A check that selects nothing would pass by omission.",
    "stray-file": "A file that nothing reads may be one that somebody believes is read.",
    "stray-folder": "A folder that nothing reads may be one that somebody believes is read.",
    "syntax": "The text is not YAML.",
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
    "unknown-plan": "A plan must be one of the vendor's, where vendor.yaml lists them (4.5).",
    "unknown-policy": "A check must select policies that exist.",
    "unknown-region": "A region that no table has lies in nothing but itself (3.2).",
    "unknown-requirement": "A waiver must name a requirement that exists.",
    "unknown-service": "A service must be one of the vendor's, where vendor.yaml lists them (4.5).",
    "unknown-subject": "A subject the vocabulary does not have may be a slip (5.3).",
    "unknown-term": "A term must be a word of the vocabulary, or one that the document defines.",
    "unknown-vendor": "A vendor must be one that has a folder.",
    "unlisted-word": "A word that is ordered or usual must be one of the fact's words or subjects.",
    "unreadable": "A file that is there must be readable.",
    "unselected": "What no check selects would pass by omission.",
    "unused-definition": "A definition that nothing uses may be a slip.",
    "waiver-expired": "A waiver that has ended accepts nothing any more (7.3).",
    "wrong-axis": "A defined term belongs to the axis it is defined on.",
    "wrong-ending": "A file ends in `.yaml`; nobody would notice that another is not read.",
    "wrong-form": "A value must have the form its key takes.",
    "wrong-name": "A file and what it says it is must have the same name.",
    "wrong-type": "A value must be of the kind its key takes.",
}

WITHOUT_EXAMPLE = (
    "check/waiver-expired",
    "store/broken-link",
    "store/duplicate-id",
    "store/outside",
    "store/unreadable",
    "yaml/too-large",
)
"""What depends on the day or the disk; tests/reading has tests of these."""


def examples() -> dict[str, str]:
    """The first message of each code, with its help."""
    found: dict[str, str] = {}
    for file in sorted(EXAMPLES.glob("*/*/expected.txt")):
        for code, message in _messages(file.read_text(encoding="utf-8")):
            found.setdefault(code, message)
    return found


def _messages(text: str) -> Iterator[tuple[str, str]]:
    lines = text.splitlines()
    for first, second in zip(lines[::2], lines[1::2], strict=True):
        yield first.rpartition("[")[2].removesuffix("]"), f"{first}\n{second}"


def written() -> str:
    """The whole page."""
    shown = examples() | dict.fromkeys(WITHOUT_EXAMPLE, "")
    parts = [HEAD]
    for area, what in AREAS.items():
        parts.append(f"## {area}\n\n{what}\n")
        parts.extend(
            _section(code, shown[code]) for code in sorted(shown) if code.startswith(f"{area}/")
        )
    return "\n".join(parts)


def _section(code: str, example: str) -> str:
    meaning = MEANINGS[code.partition("/")[2]]
    block = f"\n```\n{example}\n```\n" if example else ""
    return f"### {code}\n\n{meaning}\n{block}"


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
