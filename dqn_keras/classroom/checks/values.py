"""What learners return, made comparable and readable."""

import collections.abc
import itertools
import numbers

import numpy as np

from dqn_keras.classroom.checks.messages import message
from dqn_keras.machinery.language import say

TOLERANCE = 1e-4  # float32 has 7 digits, and some go lost on the way
LONGEST_ITERATOR = 2_000
_SHOWN = 16  # numbers of an array (first and last ones), and characters of text times 8
_LAZY = (
    collections.abc.Iterator,
    collections.abc.MappingView,
    collections.deque,
    range,
)


def plain(value):
    """Tensors as arrays, iterators as lists; anything else as it is."""
    if callable(getattr(value, "numpy", None)):
        value = value.numpy()
        return value.tolist() if getattr(value, "dtype", np.dtype(float)).kind == "O" else value
    if isinstance(value, tuple):
        return tuple(plain(part) for part in value)
    if isinstance(value, list):
        return [plain(part) for part in value]
    if isinstance(value, _LAZY):
        return [plain(part) for part in itertools.islice(value, LONGEST_ITERATOR)]
    return value


def as_numbers(value) -> np.ndarray | None:
    """Real numbers as a float array; None if these are not any, or are ragged."""
    try:
        array = np.asarray(value)
        if array.dtype.kind == "O" and all(isinstance(v, numbers.Real) for v in array.flat):
            return array.astype(float)
        # "V" is what NumPy calls bfloat16.
        return array.astype(float) if array.dtype.kind in "biufV" else None
    except (TypeError, ValueError):
        return None


def same(came, expected) -> bool:
    """Is this the answer? Shapes have to agree, numbers nearly; (1,) will do for one number.

    Args:
        came: What the learner's function led to, after `plain`.
        expected: What is right: a number or array, a tuple or dict of such, or the probabilities
            of `Draws`.
    """
    if hasattr(came, "agrees_with"):
        return came.agrees_with(expected)
    if isinstance(expected, dict):
        return (
            isinstance(came, dict)
            and came.keys() == expected.keys()
            and all(same(came[key], expected[key]) for key in expected)
        )
    right = None if isinstance(expected, tuple) else as_numbers(expected)
    if right is None:
        if isinstance(expected, list | tuple):
            several = isinstance(came, list | tuple) or np.ndim(came) > 0
            return several and len(came) == len(expected) and all(map(same, came, expected))
        return type(came) is type(expected) and bool(came == expected)
    numbers_ = as_numbers(came)
    if numbers_ is None:
        return False
    if right.shape == () and numbers_.size == 1:
        numbers_ = numbers_.reshape(())
    return numbers_.shape == right.shape and np.allclose(
        numbers_, right, rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True
    )


def unchanged(after, before) -> bool:
    """Is it, bit for bit, what it was? Of arrays, lists and numbers; other objects may change."""
    if type(after) is not type(before):
        return False
    if isinstance(before, np.ndarray) and before.dtype.kind != "O":
        return after.dtype == before.dtype and np.array_equal(
            after, before, equal_nan=before.dtype.kind == "f"
        )
    if isinstance(before, list | tuple):
        return len(after) == len(before) and all(map(unchanged, after, before))
    if isinstance(before, dict):
        return after.keys() == before.keys() and all(unchanged(after[k], before[k]) for k in before)
    return not isinstance(before, int | float | str | np.generic) or bool(after == before)


def show(value, digits: int = 6) -> str:
    """A short text for a value: numbers rounded, long arrays and texts cut."""
    if hasattr(value, "show"):
        return value.show()
    if isinstance(value, dict) and all(isinstance(key, tuple) for key in value):
        return ", ".join(f"{say(*key)} {show(part, digits)}" for key, part in value.items())
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if isinstance(value, numbers.Real):
        return f"{float(value):.{digits}g}"
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return show(value.item(), digits)
    if isinstance(value, list | tuple | np.ndarray):
        ends = value if len(value) <= _SHOWN else [*value[: _SHOWN // 2], *value[-_SHOWN // 2 :]]
        parts = [show(part, digits) for part in ends]
        parts[_SHOWN // 2 : _SHOWN // 2] = ["…"] * (len(value) > _SHOWN)
        text = ", ".join(parts)
        if type(value) is tuple:
            return f"({text},)" if len(value) == 1 else f"({text})"
        return f"[{text}]"
    try:
        text = repr(value)
    except Exception:
        text = type(value).__name__
    text = " ".join(text.split())
    return text if len(text) <= 8 * _SHOWN else text[: 8 * _SHOWN] + "…"


def difference(came, expected) -> str:
    """Says how what came differs from what was expected, in one line."""
    if isinstance(expected, dict) and isinstance(came, dict) and came.keys() == expected.keys():
        for key in expected:
            if isinstance(key, tuple) and not same(came[key], expected[key]):
                rest = difference(came[key], expected[key])
                return message("part", part=say(*key), rest=rest)
    digits = 6 if show(came) != show(expected) else 12
    shown = [show(came, digits), show(expected, digits)]
    shapes = [
        None if (array := as_numbers(value)) is None else array.shape for value in (came, expected)
    ]
    if None not in shapes and shapes[0] != shapes[1]:
        shown = [
            message("of shape", value=value, shape=shape)
            for value, shape in zip(shown, shapes, strict=True)
        ]
    return message("compared", came=shown[0], expected=shown[1])
