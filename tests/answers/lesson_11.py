"""Answers that students would write in lesson 11; WRONG: with a phrase of what they are told."""

import statistics

import keras
import numpy as np
import tensorflow as tf

from dqn_keras.experiments import interquartile_mean


def middle(rule):
    """A statistic by a rule of (sorted values, their quarter)."""
    return lambda values: rule(np.sort(values), len(values) // 4)


def tensorflow_middle(values):
    quarter = len(values) // 4
    return tf.reduce_mean(tf.sort(values)[quarter : len(values) - quarter])


def python_list(values):
    values, quarter = sorted(values), len(values) // 4
    half = values[quarter : 3 * quarter + len(values) % 4]
    return sum(half) / len(half)


def removing(values):
    values = list(values)
    for _ in range(len(values) // 4):
        values.remove(min(values))
        values.remove(max(values))
    return statistics.fmean(values)


def sorting_in_place(values):
    values.sort()
    return values[len(values) // 4 : -(len(values) // 4)].mean()


def iqm(values):
    return np.sort(values)[len(values) // 4 : -(len(values) // 4)].mean()


def with_choice(changed, original, rng):
    drawn = rng.choice(changed, len(changed)), rng.choice(original, len(original))
    return iqm(drawn[0]) - iqm(drawn[1])


def by_rows(changed, original, rng):
    rows = rng.integers(0, len(changed), size=len(changed))
    others = rng.integers(0, len(original), size=len(original))
    return interquartile_mean(changed[rows]) - interquartile_mean(original[others])


def one_by_one(changed, original, rng):
    means = []
    for runs in (changed, original):
        drawn = sorted(runs[int(rng.random() * len(runs))] for _ in runs)
        half = drawn[len(runs) // 4 : 3 * len(runs) // 4]
        means.append(sum(half) / len(half))
    return means[0] - means[1]


def in_tensorflow(changed, original, rng):
    middles = []
    for runs in (changed, original):
        rows = rng.integers(len(runs), size=len(runs))
        middles.append(tensorflow_middle(tf.gather(runs, rows)))
    return middles[0] - middles[1]


def without_replacement(changed, original, rng):
    drawn = rng.choice(changed, len(changed), replace=False), rng.permutation(original)
    return iqm(drawn[0]) - iqm(drawn[1])


def global_dice(changed, original, rng):
    drawn = np.random.choice(changed, len(changed)), np.random.choice(original, len(original))
    return iqm(drawn[0]) - iqm(drawn[1])


def shuffling(changed, original, rng):
    rng.shuffle(changed), rng.shuffle(original)
    return iqm(changed) - iqm(original)


def both(rule, draw=lambda runs, rng: rng.choice(runs, len(runs))):
    """A gap by a rule of the redrawn groups."""
    return lambda changed, original, rng: rule(draw(changed, rng), draw(original, rng))


WRONG = {
    "interquartile_mean": [
        (interquartile_mean, "the course's own"),
        (sorting_in_place, "changes its argument values"),
        (lambda v: v[len(v) // 4 : 3 * len(v) // 4].mean(), "sort first"),
        (middle(lambda v, q: v[q - 1 : -q + 1].mean()), "one value too many"),
        (middle(lambda v, q: v[q : 2 * q].mean()), "is the second quarter"),
        (middle(lambda v, q: v[2 : len(v) - 2].mean()), "eight runs only"),
        (middle(lambda v, q: v[25:75].mean()), "a hundred runs only"),
        (middle(lambda v, q: (v[q] + v[-q - 1]) / 2), "middle of the two ends"),
        (middle(lambda v, q: v[::-1][q : 3 * q + 1].mean()), "one value too many"),
        (middle(lambda v, q: sum(v[q:-q])), "sum of the middle half"),
        (middle(lambda v, q: round(v[q:-q].mean())), "the mean is rounded"),
        (middle(lambda v, q: int(v[q:-q].mean())), "point are cut off"),
        (middle(lambda v, q: v[q : len(v) / 2]), "TypeError"),
        (middle(lambda v, q: v[v.size // 4] / 2 + v[v.size * 3 // 4] / 2), "two ends"),
        (lambda v: np.sort(v)[: len(v) // 2].mean(), "lower half"),
        (lambda v: np.mean(v.sort()), ""),
        (lambda v: (sum(v) - min(v) - max(v)) / (len(v) - 2), "one run at each end"),
        (lambda v: np.mean([x for x in v if 0.25 * max(v) <= x <= 0.75 * max(v)]), "highest"),
        (lambda v: np.quantile(v, 0.5), "that is the median"),
        (middle(lambda v, q: v[q : 3 * q]), "return its mean"),
        (lambda v: np.percentile(v, [25, 75]), "these are the quartiles"),
    ],
    "redrawn_gap": [
        (without_replacement, "the same gap every time"),
        (shuffling, "changes its argument changed"),
        (global_dice, "the same seed"),
        (lambda c, o, rng: with_choice(c, o, np.random.default_rng()), "the same seed"),
        (lambda c, o, rng: with_choice(c, o, np.random.default_rng(0)), "generator of its own"),
        (lambda c, o, rng: with_choice(o, c, rng), "sign is turned"),
        (lambda c, o, rng: iqm(c) - interquartile_mean(o), "the same gap every time"),
        (lambda c, o, rng: iqm(rng.choice(c, len(c))) - iqm(o), "only `changed` is redrawn"),
        (lambda c, o, rng: iqm(c) - iqm(rng.choice(o, o.size)), "only `original` is redrawn"),
        (both(lambda c, o: np.mean(c) - np.mean(o)), "the mean of all"),
        (both(lambda c, o: np.median(c) - np.median(o)), "the median"),
        (both(lambda c, o: iqm(c) - iqm(o), lambda v, rng: rng.choice(v, 100)), "100 runs"),
        (both(lambda c, o: iqm(c - o)), "pairs the runs"),
        (both(lambda c, o: iqm(c) + iqm(o)), "adds the two"),
        (both(lambda c, o: [iqm(c), iqm(o)]), "two numbers"),
        (both(lambda c, o: (c, o)), "redrawn runs themselves"),
        (both(lambda c, o: iqm(c) > iqm(o)), "which is better"),
        (both(lambda c, o: abs(iqm(c) - iqm(o))), "drops the sign"),
        (both(lambda c, o: np.max(c) - np.max(o)), "best runs"),
        (both(lambda c, o: iqm(c) - iqm(o), lambda v, rng: v[: len(v) // 2]), "as the group has"),
        (both(lambda c, o: iqm(o)), "mean alone"),
        (lambda c, o, rng: [with_choice(c, o, rng)] * 2000, "many gaps"),
        (lambda c, o, rng: print(with_choice(c, o, rng)), "returns nothing"),
        (lambda c, o: iqm(c) - iqm(o), "TypeError"),
        (both(lambda c, o: iqm(c) - iqm(o), lambda v, g: g.choice(v, len(v) // 2)), "half as many"),
        (lambda c, o, g: iqm(g.choice(c, len(c))) - iqm(g.choice(o, len(c))), "len(original)"),
    ],
}

RIGHT = {
    "interquartile_mean": [
        tensorflow_middle,
        tf.function(tensorflow_middle),
        python_list,
        removing,
        middle(lambda v, q: v[q:-q].mean()),
        middle(lambda v, q: 2 / len(v) * sum(v[i - 1] for i in range(q + 1, 3 * q + 1))),
        middle(lambda v, q: np.split(v, [q, 3 * q])[1].mean()),
        middle(lambda v, q: v.reshape(4, q)[1:3].mean()),
        lambda v: np.partition(v, [len(v) // 4, 3 * len(v) // 4])[len(v) // 4 :][
            : len(v) // 2
        ].mean(),
        lambda v: keras.ops.mean(keras.ops.sort(v * 1.0)[len(v) // 4 : -(len(v) // 4)]),
        lambda v: [statistics.mean(map(float, sorted(v)[len(v) // 4 : 3 * len(v) // 4]))],
        lambda v: np.mean(v[np.argsort(v)[len(v) // 4 : -len(v) // 4]]),
    ],
    "redrawn_gap": [
        with_choice,
        by_rows,
        one_by_one,
        in_tensorflow,
        both(lambda c, o: iqm(c) - iqm(o)),
        both(lambda c, o: -(iqm(o) - iqm(c))),
        both(lambda c, o: np.array([iqm(c) - iqm(o)])),
        both(lambda c, o: python_list(c) - python_list(o)),
        both(lambda c, o: float(tensorflow_middle(c)) - removing(o)),
        both(lambda c, o: iqm(c) - iqm(o), lambda v, rng: rng.choice(v, size=v.shape)),
        both(lambda c, o: iqm(c) - iqm(o), lambda v, rng: [rng.choice(v) for _ in v]),
        both(lambda c, o: keras.ops.subtract(iqm(c), iqm(o))),
    ],
}

NEEDS = {
    "interquartile_mean": {"np.sort": "11", ".mean": "00", "x_{(i)}": "11"},
    "redrawn_gap": {
        "my_interquartile_mean": "11",
        ".choice": "11",
        "rng": "11",
        "\\Delta": "11",
    },
}
