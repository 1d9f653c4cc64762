"""Checks of arguments: one line that names the bad value and says what would be right."""

import math
import numbers


def whole_number(name: str, value, minimum: int = 1) -> int:
    """Returns `value` as an int, or raises if it is not a whole number of at least `minimum`.

    Raises:
        TypeError: `value` is not an integer (a bool does not count as one).
        ValueError: `value` is smaller than `minimum`.
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be a whole number of at least {minimum}, got {value!r}")
    if value < minimum:
        raise ValueError(f"{name} must be at least {minimum}, got {value!r}")
    return int(value)


def real_number(name: str, value, minimum: float = -math.inf, maximum: float = math.inf) -> float:
    """Returns `value` as a float, or raises if it is no finite number within [minimum, maximum].

    Raises:
        TypeError: `value` is not a number.
        ValueError: `value` is NaN, infinite or out of range.
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a number, got {value!r}")
    if not math.isfinite(value) or not minimum <= value <= maximum:
        raise ValueError(f"{name} must be a finite number in [{minimum}, {maximum}], got {value!r}")
    return float(value)


def layer_sizes(name: str, values) -> tuple[int, ...]:
    """Returns `values` as a tuple of positive ints, or raises naming the one that is not.

    Raises:
        TypeError: `values` is no sequence, or holds something other than whole numbers.
        ValueError: a size is below 1.
    """
    if not isinstance(values, (tuple, list)):
        raise TypeError(f"{name} must be a tuple such as (24, 24), got {values!r}")
    return tuple(whole_number(f"{name}[{i}]", value) for i, value in enumerate(values))


def one_of(name: str, value, choices: tuple):
    """Returns `value`, or raises listing the choices if it is none of them.

    Raises:
        ValueError: `value` is not among `choices`.
    """
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, choices))}, got {value!r}")
    return value


def same_sizes(agent, environment) -> None:
    """Raises if the agent was built for an environment of another size.

    Raises:
        ValueError: Their state or action sizes differ.
    """
    needed = agent.state_size, agent.action_size
    offered = environment.state_size, environment.action_size
    if needed != offered:
        raise ValueError(
            f"the agent was built for {needed[0]} state values and {needed[1]} actions, "
            f"the environment has {offered[0]} and {offered[1]}"
        )
