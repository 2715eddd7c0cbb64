"""What docs/comparison.md says of us and of others comes of running us and them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import jsonschema
import pytest

from docs.generate_runs import lay_out
from termsgate.api import open_project
from tests.docs.samples import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from termsgate.api import Verdict

PAGE: Final = (ROOT / "docs" / "comparison.md").read_text(encoding="utf-8")
VENDORS: Final = ("anvil", "birch", "clover")
Row = dict[str, str]


def table(heading: str) -> list[list[str]]:
    """The cells of the table that begins with this row."""
    lines = PAGE.partition(heading + "\n")[2].splitlines()[1:]
    kept = lines[: next(place for place, line in enumerate(lines) if not line.startswith("|"))]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in kept]


CLAUSES: Final = [
    dict(zip(("vendor", "document", "says", "action", "data"), row, strict=True))
    for row in table("| vendor | document | says | action | data |")
]
SAID: Final = {row[0]: tuple(row[1:]) for row in table("| judged by | anvil | birch | clover |")}
PROGRAMS: Final = dict(
    re.findall(r"<!-- program: (.+?) -->\n\n```\w+\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
)


# --- us -----------------------------------------------------------------------------------------


@pytest.fixture(name="verdicts", scope="module")
def verdicts_of_the_page(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    """What we say of the three vendors of the page."""
    root = tmp_path_factory.mktemp("comparison")
    lay_out(PAGE, root)
    return {each.vendor: each for each in open_project(root).judge()}


def test_we_say_what_the_page_says(verdicts: dict[str, Verdict]) -> None:
    """The first row of the table."""
    assert tuple(verdicts[each].word for each in VENDORS) == SAID["termsgate"]


def test_we_ask_what_the_page_says(verdicts: dict[str, Verdict]) -> None:
    """Each question stands below its vendor; where nothing is said, nothing is asked."""
    asked = {each: verdicts[each].questions for each in VENDORS}

    assert asked["clover"] == ()
    assert all(f"- {name}: {asked[name][0]}\n" in PAGE for name in ("anvil", "birch"))


def test_the_others_are_given_what_the_fixtures_say(tmp_path: Path) -> None:
    """The table that they get is not another case than ours."""
    lay_out(PAGE, tmp_path)
    project = open_project(tmp_path).docket().project

    assert [
        {
            "vendor": vendor.id,
            "document": clause.document,
            "says": clause.verb and clause.verb.value,
            "action": clause.scope and "".join(clause.scope.parts[0].box.action or ()),
            "data": clause.scope and "".join(clause.scope.parts[0].box.data or ()),
        }
        for vendor in project.vendors
        for version in vendor.versions
        for clause in version.clauses
    ] == CLAUSES


# --- the others ---------------------------------------------------------------------------------


def by_rego(program: str, _: str, clauses: list[Row]) -> str:
    """The value of the rule `verdict`."""
    regopy = pytest.importorskip("regopy")
    interpreter = regopy.Interpreter()
    interpreter.add_module("terms", program)
    interpreter.set_input({"clauses": clauses})
    (found,) = interpreter.query("data.terms.verdict").results[0].expressions
    return str(found)


def by_cedar(program: str, vendor: str, _: list[Row]) -> str:
    """Whether the vendor may train on chats."""
    cedarpy = pytest.importorskip("cedarpy")
    request = {
        "principal": f'Vendor::"{vendor}"',
        "action": 'Action::"train-ai"',
        "resource": 'Data::"chat"',
        "context": {},
    }
    result = cedarpy.is_authorized(request, program, [])
    assert not result.diagnostics.errors
    return "violated" if result.allowed else "met"


def by_schema(program: str, _: str, clauses: list[Row]) -> str:
    """Whether the clauses are valid."""
    validator = jsonschema.Draft202012Validator(json.loads(program))
    return "met" if validator.is_valid({"clauses": clauses}) else "violated"


def by_sheet(program: str, vendor: str, _: list[Row]) -> str:
    """What the formula gives over the whole sheet, for this vendor."""
    formulas = pytest.importorskip("formulas")
    formula = formulas.Parser().ast(program.strip().replace("anvil", vendor))[1].compile()
    columns = dict(zip("ABCDE", CLAUSES[0], strict=True))
    cells = [[[row[columns[name[0]]]] for row in CLAUSES] for name in formula.inputs]
    return str(formula(*cells))


JUDGES: Final[dict[str, Any]] = {
    "Rego, a ban decides": by_rego,
    "Rego, what is not barred is a breach": by_rego,
    "Cedar": by_cedar,
    "JSON Schema": by_schema,
    "spreadsheet": by_sheet,
    "Rego, with four verdicts": by_rego,
}


def test_every_row_of_the_table_is_judged_by_a_program_of_the_page() -> None:
    """No verdict of another is a claim."""
    assert set(SAID) - {"termsgate"} == set(PROGRAMS) == set(JUDGES)


@pytest.mark.parametrize("name", JUDGES)
def test_another_says_what_the_page_says(name: str) -> None:
    """Run where its engine is installed."""
    given = tuple(
        JUDGES[name](PROGRAMS[name], vendor, [row for row in CLAUSES if row["vendor"] == vendor])
        for vendor in VENDORS
    )

    assert given == SAID[name]


def test_the_clauses_of_the_cedar_program_are_those_of_the_table() -> None:
    """One policy a clause."""
    effects = {"bars": "forbid", "allows": "permit"}
    policies = [
        f'{effects[row["says"]]} (principal == Vendor::"{row["vendor"]}", '
        f'action == Action::"{row["action"]}", resource == Data::"{row["data"]}");'
        for row in CLAUSES
    ]

    assert PROGRAMS["Cedar"].splitlines() == policies


def test_the_naive_evaluator_is_about_as_long_as_the_page_says() -> None:
    """Within a tenth."""
    (said,) = re.findall(r"about ([\d,]+) lines of Python", PAGE)
    lines = (ROOT / "tests" / "laws" / "oracle.py").read_text(encoding="utf-8").count("\n")

    assert abs(lines - int(said.replace(",", ""))) < lines / 10
