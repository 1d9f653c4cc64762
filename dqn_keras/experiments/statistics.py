"""Statistics over many runs: what a single seed cannot say.

Source: Agarwal et al., "Deep reinforcement learning at the edge of the statistical precipice",
NeurIPS 2021 (arXiv 2108.13264), for the interquartile mean and its bootstrap interval.
"""

import numpy as np

from dqn_keras.machinery.arguments import array, check_size, short_repr, whole_number


def interquartile_mean(values) -> float:
    """The mean of the middle half: as sturdy as the median, with more of the data in it.

    A run at the edge of the middle half counts with the fraction of it that lies inside, so that
    the number is defined for any count.
    """
    values = np.sort(_values(values).ravel())
    edges = np.linspace(0, 1, len(values) + 1)
    inside = np.minimum(edges[1:], 0.75) - np.maximum(edges[:-1], 0.25)
    return float(np.average(values, weights=np.maximum(inside, 0)))


def bootstrap_interval(values, statistic=np.mean, draws: int = 2000, seed: int = 0):
    """A 95% interval of a statistic: how much it would vary with other seeds.

    Runs are drawn with replacement, and the statistic computed, `draws` times.

    Args:
        values: [N] or [N, E], one row a run.
        statistic: A function of the drawn rows; the default averages them.
        draws: How many times.
        seed: Fixes the draws.

    Returns:
        Two floats, or two arrays [E]: the 2.5% and the 97.5% point.
    """
    values = _values(values)
    if not callable(statistic):
        raise TypeError(f"statistic must be a function, got {short_repr(statistic)}")
    check_size("the draws", whole_number("draws", draws, maximum=1_000_000), len(values))
    rng = np.random.default_rng(whole_number("seed", seed, minimum=0))
    rows = rng.integers(len(values), size=(draws, len(values)))
    if statistic is np.mean:
        taken = np.stack([values[row].mean(axis=0) for row in rows])
    else:
        taken = np.array([statistic(values[row]) for row in rows])
    return np.percentile(taken, 2.5, axis=0), np.percentile(taken, 97.5, axis=0)


def _values(values) -> np.ndarray:
    """One row a run, and at least one; what is not finite would spoil all others."""
    result = np.atleast_1d(array("values", values))
    if result.size == 0:
        raise ValueError(f"the statistics of no values are undefined, got {short_repr(values)}")
    if not np.isfinite(result).all():
        raise ValueError(f"values must be finite, got {short_repr(result[~np.isfinite(result)])}")
    return result
