"""What the checks share: calling the learner's function, comparing, answering kindly."""

import numpy as np

from dqn_keras.classroom.checks.harness import Hint, NotDoneYet
from dqn_keras.classroom.checks.messages import message


def call(function, *arguments):
    """The learner's answer.

    Args:
        function: What the learner wrote.
        *arguments: What it is called with.

    Returns:
        What it returns, tensors as NumPy arrays.

    Raises:
        NotDoneYet: It is not written yet.
        Hint: It raises an error; the message says which.
    """
    name = getattr(function, "__name__", repr(function))
    if not callable(function):
        raise Hint(f"hand in the function itself, without calling it; this is {function!r}")
    try:
        result = function(*arguments)
    except NotImplementedError:
        message = f"{name} is not done yet: replace the line with NotImplementedError"
        raise NotDoneYet(message) from None
    except Exception as error:
        lines = str(error).splitlines() or [""]
        raise Hint(f"{name} stops with {type(error).__name__}: {lines[0][:200]}") from error
    if result is None:
        raise NotDoneYet(f"{name} returns nothing yet: does it end with return?")
    return result.numpy() if hasattr(result, "numpy") else result


def same(result, answer, tolerance: float = 1e-4) -> bool:
    """Is this the answer? The shape has to be the same, the numbers nearly."""
    try:
        result = np.asarray(result, float)
    except (TypeError, ValueError):
        return False
    answer = np.asarray(answer, float)
    return result.shape == answer.shape and np.allclose(
        result, answer, rtol=tolerance, atol=tolerance, equal_nan=True
    )


def compare(name: str, result, answer, mistakes: dict[str, object]) -> None:
    """Accepts the answer, else looks for the mistake that explains it.

    Args:
        name: The learner's function, for the message.
        result: What it returned.
        answer: What is right.
        mistakes: Hint to what a function with that mistake would have returned.

    Raises:
        Hint: The result is not the answer.
    """
    if same(result, answer):
        return
    for hint, wrong in mistakes.items():
        if same(result, wrong):
            raise Hint(f"{name}: {hint}")
    try:
        shape = np.asarray(result, float).shape
    except (TypeError, ValueError):
        raise Hint(f"{name}: expected numbers, got {type(result).__name__}") from None
    if shape != np.shape(answer):
        raise Hint(f"{name}: the result has shape {shape}, it should have {np.shape(answer)}")
    raise Hint(f"{name}: not yet right; go through the example by hand, one number at a time")


def done(name: str) -> None:
    """Says that a check has passed."""
    print(message("right", name=name))
