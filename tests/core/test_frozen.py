"""Values are what the standard decorator would make of the same class, and are made when wanted."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, fields, is_dataclass, replace
from dataclasses import field as standard_field

import pytest

from termsgate.core.frozen import field, frozen


@frozen
class Spot:
    """Where something is."""

    path: str
    line: int
    column: int = 1
    seen: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Say it."""
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """The same."""

    path: str
    line: int
    column: int = 1
    seen: list[str] = standard_field(default_factory=list)

    def __str__(self) -> str:
        """Say it."""
        return f"{self.path}:{self.line}"


@frozen
class Nothing:
    """Nothing is said of it."""


@frozen
class Other:
    """Another kind with the same attributes."""

    path: str
    line: int
    column: int = 1


def test_a_value_says_what_it_is_made_of() -> None:
    """In the words of the standard decorator, and with methods of its own."""
    made, standard = Spot(path="a", line=2), Standard(path="a", line=2)

    assert repr(made) == repr(standard).replace("Standard", "Spot")
    assert str(made) == str(standard)
    assert (made.path, made.line, made.column, made.seen) == ("a", 2, 1, [])


def test_a_default_that_is_made_is_made_for_each() -> None:
    """Nobody shares a list with somebody else."""
    assert Spot(path="a", line=1).seen is not Spot(path="a", line=1).seen
    assert Spot(path="a", line=1, seen=["x"]).seen == ["x"]


def test_values_are_equal_that_say_the_same() -> None:
    """And only those of one kind."""
    one, same, another = (Other(path="a", line=line) for line in (1, 1, 2))

    assert one == same
    assert hash(one) == hash(same)
    assert one != another
    assert one != Spot(path="a", line=1)  # type: ignore[comparison-overlap]
    assert {one, same, another} == {one, another}
    assert Nothing() == Nothing()
    assert repr(Nothing()) == "Nothing()"


def test_nothing_of_a_value_can_be_changed() -> None:
    """Neither set nor deleted nor added."""
    made = Spot(path="a", line=1)

    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'line'"):
        made.line = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del made.line
    with pytest.raises(FrozenInstanceError):
        made.row = 2  # type: ignore[attr-defined]
    assert not hasattr(made, "__dict__")


@pytest.mark.parametrize("given", [{}, {"path": "a"}, {"path": "a", "line": 1, "row": 2}])
def test_what_is_wanted_is_asked_for_by_name(given: dict[str, object]) -> None:
    """In the words of the standard decorator."""
    with pytest.raises(TypeError) as wanted:
        Standard(**given)  # type: ignore[arg-type]
    with pytest.raises(TypeError) as found:
        Spot(**given)  # type: ignore[arg-type]

    assert str(found.value) == str(wanted.value).replace("Standard", "Spot")


def test_the_order_says_nothing() -> None:
    """Attributes are given by name."""
    with pytest.raises(TypeError, match="positional"):
        Spot("a", 1)  # type: ignore[call-arg]


def test_the_standard_library_takes_it_for_its_own() -> None:
    """What asks for fields finds them, and a value can be made from another."""
    made = Spot(path="a", line=1)
    told = [(each.name, each.type, each.default, each.kw_only) for each in fields(Spot)]

    assert told == [(each.name, each.type, each.default, each.kw_only) for each in fields(Standard)]
    assert fields(Spot)[-1].default_factory is list
    assert replace(made, line=2) == Spot(path="a", line=2)
    assert is_dataclass(Spot)


def test_a_value_can_be_copied_and_sent() -> None:
    """To another process, say."""
    made = Spot(path="a", line=1)

    assert copy.deepcopy(made) == made
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own
