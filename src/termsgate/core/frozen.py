"""Frozen values: what `dataclass` makes with `frozen`, `slots` and `kw_only`, when it is wanted.

The standard decorator writes six methods for each kind of value and compiles them when its module
is imported. We have some two hundred kinds, and that was half of what a run took to start. Here a
method is compiled when it is first called, and those that nobody waits for need no code of their
own. `replace`, `fields` and `is_dataclass` of the standard library take these values for theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar, cast, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")


class _Made:
    """A default that is made anew for each value."""

    __slots__ = ("factory",)

    def __init__(self, factory: Callable[[], object]) -> None:
        self.factory = factory


def field(*, default_factory: Callable[[], T]) -> T:
    """An attribute whose default is made anew for each value."""
    return cast("T", _Made(default_factory))


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def frozen(kind: type[T]) -> type[T]:
    """The kind of values that a class describes by its annotations and defaults."""
    names = tuple(kind.__annotations__)
    body = {name: said for name, said in kind.__dict__.items() if name not in _OF_A_CLASS}
    defaults = {name: body.pop(name) for name in names if name in body}
    late = {name: _late(name, defaults) for name in _WRITERS}
    body = {**_METHODS, **late, **body, "__slots__": names}
    body["__dataclass_fields__"] = _Fields(defaults)
    # A class has its slots from the beginning or never: the standard decorator makes it anew too.
    like: Any = type(kind)
    return cast("type[T]", like(kind.__name__, kind.__bases__, body))


_OF_A_CLASS: Final = frozenset({"__dict__", "__weakref__"})


def _names_of(value: object) -> tuple[str, ...]:
    return cast("tuple[str, ...]", type(value).__slots__)  # type: ignore[attr-defined] # they have


# --- methods that are alike for all -------------------------------------------------------------


def _repr(self: object) -> str:
    said = ", ".join(f"{name}={getattr(self, name)!r}" for name in _names_of(self))
    return f"{type(self).__qualname__}({said})"


def _refuse(_: object, name: str, *_value: object) -> NoReturn:
    from dataclasses import FrozenInstanceError  # noqa: PLC0415 - `inspect` comes with it

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _state(self: object) -> list[object]:
    return [getattr(self, name) for name in _names_of(self)]


def _restore(self: object, state: list[object]) -> None:
    for name, value in zip(_names_of(self), state, strict=True):
        object.__setattr__(self, name, value)


_METHODS: Final = {
    "__repr__": _repr,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__getstate__": _state,
    "__setstate__": _restore,
    "__match_args__": (),
}


# --- methods that are written for each kind -----------------------------------------------------


def _late(name: str, defaults: Mapping[str, object]) -> Callable[..., Any]:
    """A method that is written when it is called, and takes its own place."""

    def method(self: object, *args: object, **given: object) -> object:
        kind: Any = type(self)
        known: dict[str, Any] = {}
        # Of the names of our own attributes and nothing else, as the standard decorator does it.
        exec(_WRITERS[name](kind, defaults, known), known)  # noqa: S102
        written = known[name]
        written.__qualname__ = f"{kind.__qualname__}.{name}"
        setattr(kind, name, written)
        return written(self, *args, **given)

    return method


_UNSAID: Final = object()


def _init(kind: Any, defaults: Mapping[str, Any], known: dict[str, Any]) -> str:  # noqa: ANN401
    """It takes each attribute by its name and sets its slot."""
    known["UNSAID"] = _UNSAID
    takes, sets = [], []
    for name in kind.__slots__:
        default, value = defaults.get(name, _UNSAID), name
        known[f"set_{name}"] = getattr(kind, name).__set__
        known[f"default_{name}"] = default
        if isinstance(default, _Made):
            known[f"default_{name}"] = _UNSAID
            known[f"made_{name}"] = default.factory
            value = f"made_{name}() if {name} is UNSAID else {name}"
        takes.append(name if default is _UNSAID else f"{name}=default_{name}")
        sets.append(f"set_{name}(self, {value})")
    head = f"def __init__(self{', *, ' if takes else ''}{', '.join(takes)}):"
    return "\n ".join([head, *sets, "return"])


def _eq(kind: Any, _: object, __: object) -> str:  # noqa: ANN401
    """Values are equal if they are of one kind and equal in everything."""
    same = f"{_tuple('self', kind)} == {_tuple('other', kind)}"
    test = "other.__class__ is self.__class__"
    return f"def __eq__(self, other):\n return {same} if {test} else NotImplemented"


def _hash(kind: Any, _: object, __: object) -> str:  # noqa: ANN401
    return f"def __hash__(self):\n return hash({_tuple('self', kind)})"


def _tuple(of: str, kind: Any) -> str:  # noqa: ANN401
    return f"({''.join(f'{of}.{name}, ' for name in kind.__slots__)})"


_WRITERS: Final[Mapping[str, Callable[[Any, Mapping[str, Any], dict[str, Any]], str]]] = {
    "__init__": _init,
    "__eq__": _eq,
    "__hash__": _hash,
}


# --- for the standard library -------------------------------------------------------------------


class _Fields:
    """The fields as the standard library has them, worked out when it asks for them."""

    def __init__(self, defaults: Mapping[str, object]) -> None:
        self.defaults = defaults

    def __get__(self, _: object, owner: Any) -> object:  # noqa: ANN401
        import dataclasses  # noqa: PLC0415 - `inspect` comes with it

        defaults = {
            name: dataclasses.field(default_factory=said.factory)
            if isinstance(said, _Made)
            else said
            for name, said in self.defaults.items()
        }
        told = {"__doc__": owner.__doc__, "__annotations__": owner.__annotations__}
        twin: Any = type(owner.__name__, (), {"__module__": owner.__module__, **told, **defaults})
        as_is = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=True)
        owner.__dataclass_fields__ = found = as_is(twin).__dataclass_fields__
        return found
