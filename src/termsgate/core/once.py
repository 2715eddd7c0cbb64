"""A value that is worked out once for an object and then kept on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - it stands where a decorator stands
    """`functools.cached_property` without its lock, which on 3.11 costs more than our values do.

    Two threads may work out the same value twice; values here are equal and frozen, so that is
    all that can happen.
    """

    def __init__(self, make: Callable[..., T]) -> None:
        """Remember how the value is made."""
        self.make = make
        self.name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, instance: None, owner: type | None = None) -> once[T]: ...
    @overload
    def __get__(self, instance: object, owner: type | None = None) -> T: ...
    def __get__(self, instance: object | None, owner: type | None = None) -> once[T] | T:
        """Make the value and put it where the object is looked at first from now on."""
        if instance is None:
            return self
        value = self.make(instance)
        instance.__dict__[self.name] = value
        return value
