"""Settings defined once: a frozen dataclass whose fields carry their limits and their doc.

One class serves the constructor, the JSON beside the weights, the graph key and the command line.
"""

import dataclasses
import functools
import types
import typing
from typing import Annotated

from dqn_keras.machinery.arguments import (
    LARGEST_FLOAT,
    LARGEST_INT,
    boolean,
    layer_sizes,
    one_of,
    real_number,
    short_repr,
    whole_number,
)


@dataclasses.dataclass(frozen=True)
class Between:
    """The limits of a number, both included."""

    lowest: float
    highest: float


Count = Annotated[int, Between(1, LARGEST_INT)]
Fraction = Annotated[float, Between(0, 1)]
NotNegative = Annotated[float, Between(0, LARGEST_FLOAT)]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Settings:
    """Checks each field against its annotation; NumPy's numbers become Python's."""

    def __post_init__(self):
        for name, annotation in _annotations(type(self)).items():
            object.__setattr__(self, name, _validated(name, getattr(self, name), annotation))


@functools.cache
def _annotations(kind) -> dict:
    return typing.get_type_hints(kind, include_extras=True)


def _validated(name, value, annotation):
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (types.UnionType, typing.Union):  # such as Count | None
        return None if value is None else _validated(name, value, arguments[0])
    if origin is typing.Literal:
        return one_of(name, value, arguments)
    if origin is tuple:
        return layer_sizes(name, value)
    if annotation is bool:
        return boolean(name, value)
    if annotation is float:
        return real_number(name, value)
    if origin is Annotated:
        kind, limits = arguments
        check = whole_number if kind is int else real_number
        return check(name, value, limits.lowest, limits.highest)
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a name, got {short_repr(value)}")
    return value  # a name of Keras', which Keras looks up
