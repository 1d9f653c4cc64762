"""When a run has learned enough: functions of the scores so far."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from dqn_keras.machinery.arguments import real_number, whole_number


def mean_of_last_above(limit: float, episodes: int = 10) -> Callable[[Sequence[float]], bool]:
    """The slides' stop rule: the mean of the last 10 scores is above 490.

    The slides average `scores[-min(10, len):-1]`: nine scores without the newest, and after few
    episodes one or two lucky ones. Here it never holds before `episodes` scores are there.
    """
    real_number("limit", limit)
    whole_number("episodes", episodes)
    return lambda scores: len(scores) >= episodes and float(np.mean(scores[-episodes:])) > limit


def running_mean_above(limit: float, keep: float = 0.99) -> Callable[[Sequence[float]], bool]:
    """Document 003's stop rule: an exponential running mean, started at 0, is above 200.

    Each new score leaves `keep` in [0, 1) of the mean before it.
    """
    real_number("limit", limit)
    real_number("keep", keep, 0, math.nextafter(1, 0))

    def stop(scores):
        ages = np.arange(len(scores))[::-1]
        return float(np.sum((1 - keep) * keep**ages * np.asarray(scores))) > limit

    return stop
