"""Checks of arguments: one line that names the bad value and says what would be right."""

from __future__ import annotations

import math
import numbers

import lazy_loader
import numpy as np

tf = lazy_loader.load("tensorflow")  # most checks do without it

LARGEST_INT = 2**31 - 1  # of an int32, which counters are
LARGEST_FLOAT = float(np.finfo(np.float32).max)
MAX_ARRAY_BYTES = 2**29  # 512 MiB: more is a mistake, and may stop the machine
MAX_LAYERS = 100

Size = int | tuple[int, ...]  # of a state: a number of values, or a shape such as (10, 10, 4)


def printable(text: str) -> str:
    """The text with line ends, colour codes and all else that is not to be seen written out."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def short_repr(value) -> str:
    """A value as a message shows it: on one short line."""
    try:
        text = printable(" ".join(repr(value).split()))
    except ValueError:  # a whole number of more digits than Python prints
        text = f"{type(value).__name__} of very many digits"
    return text if len(text) <= 100 else f"{text[:100]}…"


def whole_number(name: str, value, minimum: int = 1, maximum: float = math.inf) -> int:
    """Returns `value` as an int, if it is a whole number (no bool) in [minimum, maximum]."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise TypeError(
            f"{name} must be a whole number of at least {minimum}, got {short_repr(value)}"
        )
    if value < minimum:
        raise ValueError(f"{name} must be at least {minimum}, got {short_repr(value)}")
    if value > maximum:
        raise ValueError(f"{name} must be at most {maximum}, got {short_repr(value)}")
    return int(value)


def real_number(
    name: str, value, minimum: float = -LARGEST_FLOAT, maximum: float = LARGEST_FLOAT
) -> float:
    """Returns `value` as a float, if it is a number in [minimum, maximum] that a float32 takes."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a number, got {short_repr(value)}")
    if not minimum <= value <= maximum:  # NaN is in no range
        raise ValueError(
            f"{name} must be a finite number in [{minimum:g}, {maximum:g}], got {short_repr(value)}"
        )
    return float(value)


def boolean(name: str, value) -> bool:
    """Returns `value` as a bool, if it is one; the text "False" would be true in Python."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False, got {short_repr(value)}")
    return bool(value)


def check_size(what: str, *sizes: int, bytes_each: int = 4) -> None:
    """Raises if an array of these sizes would be larger than any that the course needs."""
    room = MAX_ARRAY_BYTES // bytes_each
    if math.prod(sizes) > room:
        raise ValueError(
            f"{what} would hold {' times '.join(map(short_repr, sizes))} numbers, "
            f"there is room for at most {room}"
        )


def check_state_size(name: str, value) -> Size:
    """Returns the size of a state, a shape as a tuple; one of one dimension as its number."""
    if not isinstance(value, (tuple, list)):
        return whole_number(name, value)
    if not value:
        raise ValueError(f"{name} must have a dimension at least, got {short_repr(value)}")
    shape = layer_sizes(name, value)
    return shape if len(shape) > 1 else shape[0]


def state_shape(size: Size) -> list[int]:
    """The shape of a state of that size: `[4]` for 4, `[10, 10, 4]` for (10, 10, 4)."""
    return [size] if isinstance(size, int) else list(size)


def tensor(name: str, values, dtype: tf.DType, shape: list | None = None) -> tf.Tensor:
    """Returns `values` as a tensor of a type and a shape.

    Inside a graph types and shapes are compared as far as they are known, which costs nothing; a
    shape that is not is compared when the graph runs.

    Args:
        name: The argument's.
        values: Lists, arrays, tensors or variables of real numbers or bools.
        dtype: What they are cast to; 1.5 is no integer, and 2 is no bool.
        shape: Such as `["B", 4]`; a letter stands for any size. None takes every shape.
    """
    try:
        given = tf.convert_to_tensor(values)
    except (TypeError, ValueError, OverflowError, tf.errors.OpError):
        given = None
    if given is None or not (
        given.dtype.is_floating or given.dtype.is_integer or given.dtype.is_bool
    ):
        raise TypeError(f"{name} must be numbers, got {short_repr(values)}")
    sizes = _sizes(name, values, given.shape, shape)
    result = tf.cast(given, dtype)
    if (
        given.dtype != dtype
        and not dtype.is_floating
        and tf.executing_eagerly()
        and not tf.reduce_all(tf.cast(result, given.dtype) == given)
    ):
        raise ValueError(f"{name} must hold values of type {dtype.name}, got {short_repr(values)}")
    if sizes is not None and not result.shape.is_fully_defined():  # known only when it runs
        result = tf.ensure_shape(result, sizes)
    return result


def index(name: str, values, size: int, shape: list | None) -> tf.Tensor:
    """Returns `values` as int32, if they are whole numbers from 0 to below `size`.

    Inside a graph the values are not known yet, and are not compared.
    """
    indices = tensor(name, values, tf.int32, shape)
    if tf.executing_eagerly() and not tf.reduce_all((indices >= 0) & (indices < size)):
        raise ValueError(f"{name} must be from 0 to {size - 1}, got {short_repr(values)}")
    return indices


def fraction(name: str, value):
    """Returns `value` if it is a number in [0, 1], or a scalar tensor of one.

    Inside a graph a tensor's value is not known yet, and is not compared.
    """
    if isinstance(value, numbers.Number):
        return real_number(name, value, 0, 1)
    scalar = tensor(name, value, tf.float32, [])
    if tf.executing_eagerly():
        real_number(name, float(scalar), 0, 1)
    return scalar


def generator(name: str, value) -> None:
    """Raises if `value` does not draw numbers as a `tf.random.Generator` does."""
    if isinstance(value, np.random.Generator) or not callable(getattr(value, "uniform", None)):
        raise TypeError(f"{name} must be a tf.random.Generator, got {short_repr(value)}")


def array(name: str, values, shape: list | None = None, dtype: type | None = float) -> np.ndarray:
    """Returns `values` as an array of a shape and a type; None keeps theirs.

    Only float takes wider types.
    """
    try:
        result = np.asarray(values)
    except (TypeError, ValueError):  # rows of different lengths
        result = None
    if result is None or result.dtype.kind not in "fiub":
        raise TypeError(f"{name} must be numbers, got {short_repr(values)}")
    _sizes(name, values, tf.TensorShape(result.shape), shape)
    dtype = dtype or result.dtype
    if dtype is not float and not np.can_cast(result.dtype, dtype):
        raise ValueError(f"{name} must be of type {np.dtype(dtype)}, got {result.dtype}")
    return result.astype(dtype, copy=False)


def _sizes(name: str, values, given: tf.TensorShape, shape: list | None) -> list | None:
    """The sizes of a shape such as `["B", 4]`, None for a letter, if the given shape has them."""
    if shape is None:
        return None
    sizes = [None if isinstance(size, str) else size for size in shape]
    if not given.is_compatible_with(sizes):
        wanted = str(tuple(shape)).replace("'", "")
        raise ValueError(f"{name} must have shape {wanted}, got {given}: {short_repr(values)}")
    return sizes


def layer_sizes(name: str, values) -> tuple[int, ...]:
    """Returns `values` as a tuple of at most `MAX_LAYERS` positive ints."""
    if not isinstance(values, (tuple, list)):
        raise TypeError(f"{name} must be a tuple such as (24, 24), got {short_repr(values)}")
    whole_number(f"len({name})", len(values), minimum=0, maximum=MAX_LAYERS)
    return tuple(whole_number(f"{name}[{i}]", value) for i, value in enumerate(values))


def one_of(name: str, value, choices: tuple):
    """Returns `value`, if it is one of the choices."""
    if not isinstance(value, (str, type(None))) or value not in choices:
        raise ValueError(
            f"{name} must be one of {', '.join(map(repr, choices))}, got {short_repr(value)}"
        )
    return value


def check_sizes(agent, environment) -> None:
    """Raises if the agent was built for an environment of another size."""
    if isinstance(agent, type) or not hasattr(agent, "greedy_actions"):
        raise TypeError(f"agent must be an agent such as DQNAgent(4, 2), got {short_repr(agent)}")
    if isinstance(environment, type) or not hasattr(environment, "compilable"):
        raise TypeError(
            "environment must be one such as CartPole() or "
            f"GymnasiumEnvironment(gymnasium.make(...)), got {short_repr(environment)}"
        )
    needed = agent.state_size, agent.action_size
    offered = environment.state_size, environment.action_size
    if needed != offered:
        raise ValueError(
            f"the agent was built for {needed[0]} state values and {needed[1]} actions, "
            f"the environment has {offered[0]} and {offered[1]}"
        )
