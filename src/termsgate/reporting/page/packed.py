"""Every verdict as the page's script reads it: columns, and each clause and question only once.

A hundred thousand verdicts are to open in a second. So what many of them share stands once in a
list of its own, and beyond `PLAIN` bytes the whole is compressed.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from typing import TYPE_CHECKING, Any, Final

from termsgate.reporting.page.book import LEVELS, OUTCOMES, SEVERITIES
from termsgate.reporting.page.links import safe, to_archive, to_words
from termsgate.reporting.page.todo import sentence
from termsgate.reporting.text import LETTER

if TYPE_CHECKING:
    from collections.abc import Hashable

    from termsgate.core.record import (
        AbsentEntry,
        ClaimEntry,
        ClauseEntry,
        QuestionEntry,
        Record,
        VerdictEntry,
    )
    from termsgate.reporting.page.book import Book

PLAIN: Final = 1_000_000
"""Up to so many bytes the data stand in the page as they are, for whoever looks inside."""

OUTCOME_LETTER: Final = dict(zip(OUTCOMES, "fwabps", strict=True))
_LEVEL: Final = dict(zip(LEVELS, "msy", strict=True))
_SEVERITY: Final = dict(zip(SEVERITIES, "chml", strict=True))
_PARTS: Final = {"fails": 0, "open": 1, "meets": 2, "defeated": 3}


class Once:
    """A list in which nothing stands twice."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.entries: list[Any] = []
        self._places: dict[Hashable, int] = {}

    def find(self, name: Hashable) -> int | None:
        """Where something stands, if it does."""
        return self._places.get(name)

    def add(self, name: Hashable, entry: Any) -> int:  # noqa: ANN401 - any JSON
        """Put something at the end."""
        place = self._places[name] = len(self.entries)
        self.entries.append(entry)
        return place


class Packing:
    """The verdicts of a record being packed."""

    def __init__(self, book: Book) -> None:
        """Take the names of what they are about."""
        self.book = book
        self.sources = Once()
        self.clauses = Once()
        self.questions = Once()
        self.absent = Once()
        self.notes = Once()

    # --- what many verdicts share ---------------------------------------------------------------

    def clause(self, vendor: str, clause: ClaimEntry | ClauseEntry) -> int:
        """Where a clause stands, by its name and the place it is written in."""
        name = vendor, clause["path"], clause["line"], clause["column"], clause["clause"]
        found = self.clauses.find(name)
        return self.clauses.add(name, self._clause(vendor, clause)) if found is None else found

    def _clause(self, vendor: str, clause: ClaimEntry | ClauseEntry) -> list[object]:
        prefix, suffix = clause.get("prefix", ""), clause.get("suffix", "")
        place = self._source(vendor, clause["document"], clause["version"])
        source = self.sources.entries[place][2]
        link = to_words(source, clause["quote"], prefix, suffix) if source else ""
        return [
            place,
            clause["clause"],
            clause["section"],
            clause["quote"],
            *self.book.around(clause),
            clause["says"],
            f"{clause['path']}:{clause['line']}",
            link.removeprefix(source),
        ]

    def _source(self, vendor: str, document: str, effective: str) -> int:
        name = vendor, document, effective
        found = self.sources.find(name)
        if found is not None:
            return found
        version = self.book.version(vendor, document, effective)
        entry = self.book.documents.get((vendor, document))
        address = (version["url"] if version else "") or (entry["url"] if entry else "")
        since = "" if effective == _ALWAYS else effective
        archive = to_archive(version.get("archive")) if version else ""
        title = self.book.document(vendor, document)
        language = version.get("language", "") if version else ""
        return self.sources.add(name, [title, since, safe(address), archive, language])

    def question(self, question: QuestionEntry) -> int:
        """Where a question stands with its answers, in the reader's language."""
        answers = [(each["text"], LETTER[each["verdict"]]) for each in question["answers"]]
        name = question["text"], tuple(answers), question["how"]
        found = self.questions.find(name)
        if found is not None:
            return found
        say = self.book.sentences.say
        told = [[say(text), letter] for text, letter in answers]
        return self.questions.add(
            name, [sentence(say(question["text"])), told, say(question["how"])]
        )

    def absence(self, vendor: str, absent: AbsentEntry) -> int:
        """Where a document not at hand stands, with why it may matter."""
        flags = absent["matters"] * 4 + absent["unread"] * 2 + absent["assumed"]
        name = vendor, absent["document"], flags, absent["why"]
        found = self.absent.find(name)
        if found is not None:
            return found
        title = self.book.document(vendor, absent["document"])
        why = self.book.sentences.say(absent["why"])
        return self.absent.add(name, [title, flags, why])

    def text(self, kept: Once, text: str) -> int:
        """Where a text stands."""
        found = kept.find(text)
        return kept.add(text, text) if found is None else found

    # --- one verdict ----------------------------------------------------------------------------

    def detail(self, verdict: VerdictEntry) -> dict[str, object] | int:
        """What is known of a verdict beyond its row; 0 where there is nothing."""
        vendor = verdict["vendor"]
        witness = verdict["witness"]
        found: dict[str, object] = {
            "b": [self._because(vendor, each) for each in verdict["because"]],
            "q": list(map(self.question, verdict["questions"])),
            "a": [self.absence(vendor, each) for each in verdict["absent-documents"]],
            "c": [self.clause(vendor, each) for each in verdict["claims"]],
            "w": [witness["action"], witness["data"], witness["by"], witness["state"]]
            if witness
            else None,
            "n": [
                self.text(self.notes, self.book.sentences.say(each)) for each in verdict["notes"]
            ],
            "r": verdict["readings"],
            "h": verdict["choices"],
            "v": verdict["waiver"],
            "p": LETTER[verdict["before"]] if verdict["before"] else None,
            "d": verdict["decided"],
            "t": [
                [each["on"], LETTER[each["verdict"]], OUTCOME_LETTER[each["outcome"]]]
                for each in verdict["coming"]
            ],
        }
        return {name: value for name, value in found.items() if value} or 0

    def _because(self, vendor: str, clause: ClauseEntry) -> list[object] | int:
        """A clause with what it did; without more to say of it the list ends early."""
        entry: list[object] = [self.clause(vendor, clause), _PARTS[clause["part"]]]
        more = (
            clause["facts"],
            clause["criterion"],
            clause["defeated-by"],
            int(clause["second-half"]),
        )
        return [*entry, *more] if any(more) else entry


_ALWAYS: Final = "0001-01-01"


def packed(book: Book) -> dict[str, Any]:
    """Everything that the script shows, as JSON has it."""
    packing = Packing(book)
    record = book.record
    checks, vendors, requirements, policies = (_places(record, each) for each in _LISTS)
    verdicts = record["verdicts"]
    rows = {
        "c": [checks[each["check"]] for each in verdicts],
        "v": [vendors[each["vendor"]] for each in verdicts],
        "r": [requirements[each["requirement"]] for each in verdicts],
        "w": "".join(LETTER[each["verdict"]] for each in verdicts),
        "o": "".join(OUTCOME_LETTER[each["outcome"]] for each in verdicts),
        "l": "".join(_LEVEL[each["level"]] for each in verdicts),
        "s": "".join(_SEVERITY[each["severity"]] for each in verdicts),
        "d": [packing.detail(each) for each in verdicts],
    }
    return {
        "language": book.language,
        "today": record["today"],
        "checks": [[each, book.check(each), book.checks[each]["as-of"]] for each in checks],
        "vendors": [[each, book.vendor(each)] for each in vendors],
        "policies": [[each, book.policy(each)] for each in policies],
        "requirements": [_requirement(book, each, policies) for each in requirements],
        "rows": rows,
        "sources": packing.sources.entries,
        "clauses": packing.clauses.entries,
        "questions": packing.questions.entries,
        "absent": packing.absent.entries,
        "notes": packing.notes.entries,
    }


_LISTS: Final = ("check", "vendor", "requirement", "policy")


def _places(record: Record, kind: str) -> dict[str, int]:
    """The ids that verdicts are about, each with its place in their order."""
    if kind == "policy":
        of = {each["requirement"]: each["policy"] for each in record["requirements"]}
        names = {of[each["requirement"]] for each in record["verdicts"]}
    else:
        names = {str(each[kind]) for each in record["verdicts"]}  # type: ignore[literal-required]
    return {name: place for place, name in enumerate(sorted(names))}


def _requirement(book: Book, name: str, policies: dict[str, int]) -> list[object]:
    entry = book.requirements[name]
    ask = entry.get("asks", {}).get(book.language) or entry["ask"]
    references = [[each["title"], safe(each["url"])] for each in entry["references"]]
    place = f"{entry['path']}:{entry['line']}"
    policy = policies[entry["policy"]]
    return [name, policy, book.title(name), entry["why"], ask, references, place]


# --- in the page --------------------------------------------------------------------------------


def embedded(value: object) -> tuple[str, str]:
    """How the data are coded, and their text, which ends no element and opens none."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), check_circular=False)
    if len(text) <= PLAIN:
        return "json", text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return "deflate", b64encode(zlib.compress(text.encode("ascii"), 6)).decode("ascii")
