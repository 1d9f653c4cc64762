"""Answers that students would write in lesson 00; WRONG: with a phrase of what they are told."""

import collections
import functools
import itertools
import math
import statistics

import keras
import numpy as np
import tensorflow as tf

from dqn_keras import mean_of_last_above

in_a_graph = tf.function(tf.reduce_mean, reduce_retracing=True)


def in_a_loop(scores):
    total, count = 0.0, 0
    for score in reversed(scores):
        if count < 10:
            total, count = total + score, count + 1
    return total / count


def with_a_while(scores):
    total, i = 0, max(len(scores) - 10, 0)
    count = len(scores) - i
    while i < len(scores):
        total += scores[i]
        i += 1
    return total / count


def popping(scores):
    while len(scores) > 10:
        scores.pop(0)
    return sum(scores) / len(scores)


def returns_in_the_loop(scores):
    total = 0
    for score in scores[-10:]:
        total += score
        return total


def overwrites(scores):
    for score in scores[-10:]:
        total = score
    return total


def sorting(scores):
    scores.sort()
    return sum(scores[-10:]) / len(scores[-10:])


def in_steps(scores):
    if len(scores) < 10:
        return 0
    return int(sum(scores[-10:]) > 4900)


def by_counting(scores):
    good = 0
    for score in scores[-10:]:
        if score > 490:
            good += 1
    return good == 10


def returns_nothing_when_low(scores):
    if len(scores) < 10:
        return False
    if np.mean(scores[-10:]) > 490:
        return True


def consecutive(scores):
    run = 0
    for score in scores:
        run = run + 1 if score > 490 else 0
    return run >= 10


NEEDS = {
    "mean_of_last_ten": {"np.mean": "00", "scores[-10:]": "00", r"$\bar G$": "00"},
    "should_stop": {"my_mean_of_last_ten": "00", "490": "00", "True": "00", "False": "00"},
}

WRONG = {
    "mean_of_last_ten": [
        (popping, "changes its argument scores"),
        (sorting, "changes its argument scores"),
        (returns_in_the_loop, "expected"),
        (overwrites, "only one of the scores, the newest"),
        (lambda s: np.mean(s[-min(10, len(s)) : -1]), "newest score is left out"),
        (lambda s: np.mean(s[10:]), "[10:] is not"),
        (lambda s: np.mean(s[:-10]), "all but the last ten"),
        (lambda s: np.mean(s[-10]), "tenth from the end"),
        (lambda s: sum(s[-10:]) / len(s[:10]) - 1, "1 too small"),
        (lambda s: sum(s[-10:-1]) / 9, "newest score is left out"),
        (lambda s: statistics.median(s[-10:]), "median"),
        (lambda s: np.mean(s[0:10]), "the first ten scores"),
        (lambda s: np.average(s[-10:], weights=np.arange(len(s[-10:])) + 1), "all ten count alike"),
        (lambda s: np.convolve(s, np.ones(10) / 10, "valid")[-1], "expected"),
        (lambda s: s[-10:] / 10, "TypeError"),
        (lambda s: s.mean(), "AttributeError"),
        (lambda s: 1 / 0, "ZeroDivisionError"),
        (lambda s: mean(s[-10:]), "NameError"),  # noqa: F821
        (lambda s: sum(s[:-11:-1]) / 10, "still divides by 10"),
        (lambda s: f"{np.mean(s[-10:])}", "got '"),
        (lambda s: print(sum(s[-10:]) / len(s[-10:])), "returns nothing"),
        (lambda s: np.mean(np.sort(s)[-10:]), "the ten best scores"),
        (lambda s: statistics.mean(set(s[-10:])), "a set keeps equal scores"),
        (lambda s: int(np.mean(s[-10:])), "drops the decimals"),
        (lambda s: np.mean(s[-10:-0]), "this slice is empty"),
        (lambda s: np.mean(s[::-10]), "every tenth score"),
        (lambda s: sum(s[-10:]) / max(len(s), 10), "never less than 10"),
        (lambda s: sum(s[i] for i in range(-9, 0)) / 9, "range(-9, 0) begins at -9"),
        (lambda s: round(float(np.mean(s[-10:])), 1), "rounded"),
        (lambda s: str(np.mean(s[-10:])), "this is text"),
    ],
    "should_stop": [
        (mean_of_last_above(490), "the course's own"),
        (by_counting, "each of the ten above 490"),
        (consecutive, "expected"),
        (returns_nothing_when_low, "when the mean is not above 490 it returns nothing"),
        (lambda s: np.mean(s[-10:]) > 490, "one or two lucky"),
        (lambda s: np.mean(s[-min(10, len(s)) : -1]) > 490, "two mistakes of the lecture"),
        (lambda s: len(s) >= 10 and np.mean(s[10:]) > 490, "expected"),
        (lambda s: len(s) >= 10 and np.mean(s[-10:]) > 500, "never stops"),
        (lambda s: len(s) >= 10 and np.mean(s[-10:]) > 475, "the limit is 490"),
        (lambda s: len(s) >= 10 and np.mean(s[-10:]) >= 491, "490.3"),
        (lambda s: len(s) >= 10 and np.mean(s[-10:]) > 490.5, "expected"),
        (lambda s: len(s) >= 10 & (np.mean(s[-10:]) > 490), "expected"),
        (lambda s: len(s) >= 10 and s[-10] > 490, "the tenth from the end"),
        (lambda s: len(s) >= 10 and all(x > 490 for x in s), "every score so far"),
        (lambda s: len(s) >= 100 and np.mean(s[-10:]) > 490, "waits for a hundred"),
        (lambda s: len(s) % 10 == 0 and np.mean(s[-10:]) > 490, "every tenth episode"),
        (lambda s: len(s) >= 300 or (len(s) > 9 and np.mean(s[-10:]) > 490), "after 300 scores"),
        (lambda s: len(s) < 10 or np.mean(s[-10:]) > 490, "go on until there are ten"),
        (lambda s: sum(x > 490 for x in s) >= 10, "counts the scores above 490"),
        (lambda s: sum(s[-10:]) / 10 >= 490, "ask for len(scores), too"),
        (lambda s: False if np.mean(s[-10:]) > 490 else len(s) >= 10, "the wrong way round"),
        (lambda s: s >= 10 and np.mean(s[-10:]) > 490, "TypeError"),
        (lambda s: len(s) >= 10 and s[-10:] > 490, "TypeError"),
        (lambda s: len(s) >= 10 and np.array(s[-10:]) > 490, "for each of the ten scores"),
        (lambda s: "stop" if len(s) >= 10 and np.mean(s[-10:]) > 490 else "go on", "this is text"),
        (lambda s: "True" if len(s) >= 10 and np.mean(s[-10:]) > 490 else "False", "this is text"),
        (lambda s: max(s[-10:]) > 490, "expected"),
        (lambda s: print(len(s) >= 10 and np.mean(s[-10:]) > 490), "returns nothing"),
        (lambda s: (len(s) >= 10, np.mean(s[-10:]) > 490), "join them with `and`"),
    ],
}

RIGHT = {
    "mean_of_last_ten": [
        in_a_loop,
        with_a_while,
        lambda s: np.mean(s[-10:]),
        lambda s: tf.reduce_mean(s[-10:]),
        lambda s: in_a_graph(tf.constant(s[-10:])),
        lambda s: keras.ops.mean(keras.ops.array(s[-10:])),
        lambda s: sum(s[-10:]) / min(10, len(s)),
        lambda s: np.array(s)[::-1][:10].mean(),
        lambda s: np.array(s, np.float32)[-10:].mean(keepdims=True),
        lambda s: [statistics.mean(s[-10:])],
        lambda s: statistics.fmean(collections.deque(s, maxlen=10)),
        lambda s: math.fsum(s[max(len(s) - 10, 0) :]) / len(s[-10:]),
        lambda s: functools.reduce(lambda a, b: a + b, s[-10:]) / len(s[-10:]),
        lambda s: np.mean(s[-10:]) if len(s) >= 10 else np.mean(s),
        lambda s: sum(s[-i] for i in range(1, min(10, len(s)) + 1)) / min(10, len(s)),
        lambda s: np.average(list(reversed(s))[:10]),
        lambda s: np.mean(list(itertools.islice(reversed(s), 10))),
        lambda s: np.convolve(s, np.ones(n := min(len(s), 10)) / n, "valid")[-1],
    ],
    "should_stop": [
        in_steps,
        lambda s: len(s) >= 10 and np.mean(s[-10:]) > 490,
        lambda s: len(s) > 9 and in_a_loop(s) > 490,
        lambda s: tf.logical_and(len(s) > 9, tf.reduce_mean(s[-10:]) > 490),
        lambda s: len(s) >= 10 and in_a_graph(tf.constant(s[-10:])) > 490,
        lambda s: not (len(s) < 10 or sum(s[-10:]) <= 4900),
        lambda s: np.array([len(s) >= 10 and np.mean(s[-10:]) > 490]),
        lambda s: np.logical_and(len(s) >= 10, np.mean(s[-10:]) > 490),
        lambda s: bool(len(s[-10:]) == 10 and statistics.mean(s[-10:]) > 490),
        lambda s: keras.ops.logical_and(len(s) >= 10, keras.ops.mean(s[-10:]) > 490),
        lambda s: False if len(s) < 10 else np.mean(s[-10:]) > 490,
        lambda s: len(s) >= 10 and sum(s[-1:-11:-1]) / 10 > 490,
    ],
}
