"""What `termsgate export` prints is copied into docs/exports.md from a record; this copies anew."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from termsgate.core.docket import Docket, Matter
from termsgate.core.entries import record_of
from termsgate.reading.store import load
from termsgate.reporting.csv import MARK, table
from termsgate.reporting.github import commands
from termsgate.reporting.gitlab import code_quality
from termsgate.reporting.intoto import statement
from termsgate.reporting.junit import junit
from termsgate.reporting.markdown import comment
from termsgate.reporting.odrl import linked_data
from termsgate.reporting.oscal import assessment_results
from termsgate.reporting.sarif import sarif

if TYPE_CHECKING:
    from collections.abc import Callable

    from termsgate.core.record import Record

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "exports.md"
TODAY: Final = date(2026, 11, 21)
ASKED: Final = date(2023, 4, 1)
CHECK, VENDOR, WANTED = "video-calls", "zoom", "ai-training.calls-need-consent"
"""What the page shows: one vendor of the repository's own, as of a day."""

MOST: Final = 88
BLOCK: Final = re.compile(r"(<!-- export: ([a-z-]+) -->\n).*?(<!-- end of export -->)", re.DOTALL)


def made() -> Record:
    """The record of one vendor's verdicts in one check."""
    project = load(ROOT).project
    if project is None:
        raise SystemExit("the repository's own project has problems")
    docket = Docket(project=project, today=TODAY, asked=ASKED, vendor=VENDOR)
    (check,) = (each for each in project.checks if each.id == CHECK)
    matters = [
        Matter(check=check, vendor=vendor, requirement=requirement)
        for vendor in docket.vendors_of(check)
        for requirement in docket.requirements_under(check)
    ]
    verdicts = [docket.judge(each) for each in matters]
    size = len(matters)
    return record_of(project, verdicts, today=TODAY, asked=ASKED, expected=size, partial=True)


# --- one excerpt of each ------------------------------------------------------------------------


def _sarif(record: Record) -> Any:  # noqa: ANN401 - a piece of any JSON
    """The result of one verdict, and the rule it breaks."""
    run = next(each for each in json.loads(sarif(record))["runs"] if each["results"])
    result = next(each for each in run["results"] if each["ruleId"] == WANTED)
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    kept = ("id", "shortDescription", "defaultConfiguration", "properties")
    return {"rule": {name: rule[name] for name in kept}, "result": result}


def _gitlab(record: Record) -> Any:  # noqa: ANN401 - likewise
    found = json.loads(code_quality(record))
    return [each for each in found if each["check_name"] == WANTED]


def _oscal(record: Record) -> Any:  # noqa: ANN401 - likewise
    """The finding of one verdict and the risk it leaves."""
    results = json.loads(assessment_results(record))["assessment-results"]["results"]
    result = next(each for each in results if "findings" in each)
    finding = next(each for each in result["findings"] if each["target"]["target-id"] == WANTED)
    risk = next(
        each for each in result["risks"] if each["uuid"] == finding["related-risks"][0]["risk-uuid"]
    )
    return {"finding": finding, "risk": risk}


def _intoto(record: Record) -> Any:  # noqa: ANN401 - likewise
    """The head of the statement, and the first of each list."""
    found = json.loads(statement(record))
    predicate = found["predicate"]
    lists = {name: each[:1] for name, each in predicate.items() if isinstance(each, list)}
    return {**found, "subject": found["subject"][:1], "predicate": {**predicate, **lists}}


def _odrl(record: Record) -> Any:  # noqa: ANN401 - likewise
    """A rule of the terms, the requirement it breaks, and one of the words they share."""
    nodes = json.loads(linked_data(record) or "")["@graph"]
    named = {each["uid"]: each for each in nodes}
    terms = named["urn:termsgate:terms:zoom:terms-of-service:2023-03-31"]
    rule = next(each for each in terms["permission"] if "content-licence" in each["uid"])
    return [
        {
            **terms,
            "permission": [rule],
            "prohibition": terms.get("prohibition", [])[:1],
            "states": [],
        },
        named[f"urn:termsgate:requirement:{WANTED}"],
        named["urn:termsgate:word:action:train-ai"],
    ]


def _junit(record: Record) -> str:
    """One test that failed."""
    root = ET.fromstring(junit(record).encode())  # noqa: S314 - written by ourselves
    case = next(each for each in root.iter("testcase") if (each.get("name") or "")[5:] == WANTED)
    lines = ET.tostring(case, encoding="unicode").splitlines()
    return "\n".join([*lines[:9], "[...]", lines[-1]])


def _csv(record: Record) -> str:
    """The head and one row."""
    head, *rows = table(record).removeprefix(MARK).split("\r\n")
    return "\n".join([_short(head), _short(next(each for each in rows if WANTED in each))])


def _github(record: Record) -> str:
    """The first command."""
    return "\n".join(_short(each, 300) for each in commands(record).splitlines()[:2])


def _comment(record: Record) -> str:
    """The top, with the first rows of the matrix."""
    lines = comment(record).splitlines()
    end = next(number for number, line in enumerate(lines) if line.startswith("| ---")) + 6
    return "\n".join([*lines[:end], "[...]"])


EXPORTS: Final[dict[str, tuple[str, Callable[[Record], Any]]]] = {
    "sarif": ("json", _sarif),
    "junit": ("xml", _junit),
    "gitlab": ("json", _gitlab),
    "github": ("text", _github),
    "comment": ("markdown", _comment),
    "csv": ("text", _csv),
    "oscal": ("json", _oscal),
    "in-toto": ("json", _intoto),
    "odrl": ("json", _odrl),
}


# --- the page -----------------------------------------------------------------------------------


def written(page: str) -> str:
    """The page with what is printed now."""
    record = made()
    shown = {name: _block(*export, record) for name, export in EXPORTS.items()}
    return BLOCK.sub(lambda at: f"{at[1]}\n{shown[at[2]]}\n\n{at[3]}", page)


def _block(language: str, pick: Callable[[Record], Any], record: Record) -> str:
    found = pick(record)
    text = (
        found
        if isinstance(found, str)
        else json.dumps(_shortened(found), indent=1, ensure_ascii=False)
    )
    return f"```{language}\n{text}\n```"


def _shortened(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """The same with long words cut, so that a page can show it."""
    if isinstance(value, str):
        return _short(value)
    if isinstance(value, list):
        return [_shortened(each) for each in value]
    if isinstance(value, dict):
        return {name: _shortened(each) for name, each in value.items() if each != []}
    return value


def _short(text: str, most: int = MOST) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()} [...]"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"written: {PAGE.relative_to(ROOT)}")
