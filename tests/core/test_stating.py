"""The terms and policies as plain data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from termsgate.core.model import (
    Bound,
    CarveOut,
    Check,
    Every,
    Forbid,
    Part,
    Place,
    Policy,
    Project,
    Scope,
    Some,
    Stance,
    Target,
    WhenStated,
)
from termsgate.core.stating import terms_of
from termsgate.reading.store import builtin_vocabulary
from tests.making import (
    DAY,
    allows,
    bars,
    box,
    days,
    forbid,
    on,
    require,
    requirement,
    states,
    vendor,
)

if TYPE_CHECKING:
    from termsgate.core.model import Clause, Demand, Requirement
    from termsgate.core.stated import DemandEntry, StatedEntry, TermsEntry

TRAINING = box("train-ai", "audio")


def terms(*clauses: Clause, requirements: tuple[Requirement, ...] = ()) -> TermsEntry:
    """What is told of a project of one vendor and one policy."""
    project = Project(
        vocabulary=builtin_vocabulary(),
        policies=(Policy(id="policy", title="", requirements=requirements),),
        vendors=(vendor(*clauses),),
        checks=(Check(id="check", title=""),),
    )
    return terms_of(project, [DAY])


def only(clause: Clause) -> StatedEntry:
    """What is told of one clause."""
    (entry,) = terms(clause)["clauses"]
    return entry


def demanded(demand: Demand) -> DemandEntry:
    """What is told of a demand."""
    (entry,) = terms(requirements=(requirement(demand),))["demands"]
    return entry["demand"]


def test_a_clause_is_told_with_its_scope() -> None:
    """Words per axis; one that is left out is null."""
    entry = only(bars(TRAINING, perhaps=box(by="affiliate")))

    assert (entry["verb"], entry["stances"], entry["clause"]) == ("bars", ["barred"], "ban")
    assert entry["scope"] == [
        {
            "box": {"action": ["train-ai"], "data": ["audio"], "by": None, "state": None},
            "except": [],
            "perhaps": [{"action": None, "data": None, "by": ["affiliate"], "state": None}],
        }
    ]


def test_an_exception_is_told_with_its_conditions() -> None:
    """And whether it takes out only perhaps."""
    carved = CarveOut(box=box(data="chat"), applies=(on("plan", "pro"),), perhaps=True)
    scope = Scope(parts=(Part(box=TRAINING, excepting=(carved,)),))

    ((part,), *_) = (only(replace(bars(TRAINING), scope=scope))["scope"],)

    assert part["except"] == [
        {
            "box": {"action": None, "data": ["chat"], "by": None, "state": None},
            "applies": [{"key": "plan", "values": ["pro"], "negated": False}],
            "perhaps": True,
        }
    ]


def test_what_a_clause_overrides_is_told_as_one_writes_it() -> None:
    """A clause, a section, a document, or everything."""
    targets = (
        Target(document="terms", clause="licence"),
        Target(document="terms", section="10"),
        Target(document="blog"),
        Target(),
    )

    entry = only(replace(bars(TRAINING), overrides=targets, begins=date(2024, 1, 1)))

    assert entry["overrides"] == ["terms.licence", "terms.section 10", "blog", "all"]
    assert (entry["from"], entry["until"]) == ("2024-01-01", None)


def test_a_fact_is_told_with_its_value() -> None:
    """And of what, where it says so."""
    plain, of = (
        only(states("change-notice", days(30), of=scope))["states"][0]
        for scope in (None, box(data="audio"))
    )

    assert (plain["fact"], plain["value"], plain["of"]) == ("change-notice", "30 days", None)
    assert of["of"] is not None
    assert of["of"][0]["box"]["data"] == ["audio"]


def test_a_version_that_is_not_in_force_is_not_told() -> None:
    """Nor is what nobody has read."""
    assert terms_of(_project_on(bars(TRAINING)), [date(2019, 1, 1)])["clauses"] == []
    assert terms(replace(bars(TRAINING), supposed=True))["clauses"] == []


def _project_on(clause: Clause) -> Project:
    return Project(
        vocabulary=builtin_vocabulary(), policies=(), vendors=(vendor(clause),), checks=()
    )


def test_a_ban_is_demanded_with_its_need() -> None:
    """And where it holds only if a fact is stated, with the fact."""
    demand = forbid(TRAINING, Stance.OPT_IN).demand
    assert isinstance(demand, Forbid)

    entry = demanded(replace(demand, when_stated=WhenStated(fact="licence")))

    assert (entry["kind"], entry["need"], entry["when-stated"]) == ("forbid", "opt-in", "licence")
    assert entry["scope"][0]["box"]["action"] == ["train-ai"]


def test_a_bound_is_demanded_with_its_values() -> None:
    """As one says them."""
    entry = demanded(require("change-notice", Bound.AT_LEAST, days(30)).demand)

    assert (entry["kind"], entry["fact"], entry["bound"], entry["values"]) == (
        "require",
        "change-notice",
        "at-least",
        ["30 days"],
    )


def test_several_are_demanded_together() -> None:
    """All of them, or any."""
    one = forbid(TRAINING).demand
    entry = demanded(Every(parts=(one, Some(parts=(one, one)))))

    assert (entry["kind"], [each["kind"] for each in entry["parts"]]) == ("all", ["forbid", "any"])


def test_the_words_that_are_used_are_told_with_all_above_them() -> None:
    """And what is meant where nothing is said; with their terms in other vocabularies."""
    words = {(each["axis"], each["word"]): each for each in terms(allows(TRAINING))["words"]}

    assert {("action", "train-ai"), ("action", "any"), ("data", "audio")} <= set(words)
    assert {("by", "vendor"), ("state", "identifiable")} <= set(words)
    assert ("data", "chat") not in words
    assert words["action", "any"]["iris"] == ["https://w3id.org/dpv#Processing"]
    assert words["action", "any"]["match"] == "exact"


def test_a_demand_of_each_kind_is_told_with_every_key() -> None:
    """What a kind does not have is nothing."""
    use = forbid(TRAINING, Stance.OPT_IN, whose="user")
    fact = require("change-notice", Bound.AT_LEAST, days(30))
    both = requirement(Every(parts=(use.demand, fact.demand)))
    asked = tuple(replace(each, id=name) for name, each in (("a", use), ("b", fact), ("c", both)))

    found = [each["demand"] for each in terms(requirements=asked)["demands"]]

    scope = [
        {
            "box": {"action": ["train-ai"], "data": ["audio"], "by": None, "state": None},
            "except": [],
            "perhaps": [],
        }
    ]
    nothing: dict[str, object] = {
        "kind": "forbid",
        "scope": [],
        "need": None,
        "consent-from": [],
        "fact": None,
        "bound": None,
        "values": [],
        "when-stated": None,
        "parts": [],
    }
    forbidden = nothing | {"scope": scope, "need": "opt-in", "consent-from": ["user"]}
    required = nothing | {
        "kind": "require",
        "fact": "change-notice",
        "bound": "at-least",
        "values": ["30 days"],
    }
    assert found == [
        forbidden,
        required,
        nothing | {"kind": "all", "parts": [forbidden, required]},
    ]


def test_a_clause_is_told_with_its_place() -> None:
    """The file, the line and the column."""
    place = Place(path="fixtures/a/terms.yaml", line=7, column=3)

    found = only(replace(bars(TRAINING), place=place))

    assert (found["path"], found["line"], found["column"]) == ("fixtures/a/terms.yaml", 7, 3)
