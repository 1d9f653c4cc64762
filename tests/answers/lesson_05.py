"""Answers that students would write in lesson 05; WRONG: with a phrase of what they are told."""

import math
import random

import keras
import numpy as np
import tensorflow as tf

everywhere = np.random.default_rng(0)


def seeded_anew(q, e, rng):
    rng = np.random.default_rng(0)
    return rng.integers(len(q)) if rng.random() < e else np.argmax(q)


def by_its_probabilities(q, e, rng):
    shares = np.full(len(q), e / len(q))
    shares[np.argmax(q)] += 1 - e
    return rng.choice(len(q), p=shares)


def both_drawn_first(q, e, rng):
    action, coin = int(rng.random() * len(q)), rng.random()
    return action if coin < e else max(range(len(q)), key=lambda a: q[a])


def with_a_loop(q, e, rng):
    best = 0
    for action in range(len(q)):
        if q[action] > q[best]:
            best = action
    return int(rng.integers(0, len(q))) if rng.uniform(0, 1) < e else best


def sorting_in_place(q, e, rng):
    best = np.argmax(q)
    q.sort()
    return rng.integers(len(q)) if rng.random() < e else best


def in_a_loop_from_1(n, e, d, low):
    for _ in range(1, n):
        e = max(e * d, low)
    return e


def in_a_loop_too_long(n, e, d, low):
    for _ in range(n + 1):
        e = max(e * d, low)
    return e


@tf.function
def in_a_graph(q, explores, action):
    return tf.where(explores, action, tf.argmax(q))


NEEDS = {
    "epsilon_greedy": {
        "np.argmax": "05",
        ".random": "05",
        ".integers": "05",
        "len(q_values)": "05",
        "$\\varepsilon$": "05",
    },
    "epsilon_schedule": {
        "np.maximum": "05",
        "epsilon_decay**count": "05",
        "$\\delta^n$": "05",
        "$\\varepsilon_{\\min}": "05",
    },
}

WRONG = {
    "epsilon_greedy": [
        (seeded_anew, "a generator of its own"),
        (sorting_in_place, "changes its argument q_values"),
        (lambda q, e, rng: everywhere.integers(len(q)), "same seed"),
        (lambda q, e, rng: rng.integers(len(q)) if np.random.random() < e else q.argmax(), "seed"),
        (lambda q, e, rng: random.randrange(len(q)) if rng.random() < e else q.argmax(), "seed"),
        (
            lambda q, e, rng: int(rng.random()) * len(q) if rng.random() < e else q.argmax(),
            "random action is always 0",
        ),
        (
            lambda q, e, rng: rng.integers(len(q)) if rng.random() < e**2 else q.argmax(),
            "epsilon times epsilon",
        ),
        (
            lambda q, e, rng: q.argmax() if rng.random() < e else rng.integers(len(q)),
            "not of greedy",
        ),
        (lambda q, e, rng: rng.integers(len(q)) if rng.random() < 0.1 else q.argmax(), "outside"),
        (lambda q, e, rng: rng.integers(len(q)), "no difference"),
        (lambda q, e, rng: np.argmax(q), "never explores"),
        (
            lambda q, e, rng: (
                int(rng.random() * (len(q) - 1)) if rng.random() < e else np.argmax(q)
            ),
            "last action is never drawn",
        ),
        (lambda q, e, rng: rng.integers(len(q)) if e else np.argmax(q), "`if epsilon` is true"),
        (lambda q, e, rng: rng.integers(len(q)) if rng.random() < not_there else 0, "NameError"),  # noqa: F821
        (
            lambda q, e, rng: rng.integers(len(q)) if rng.random() < e else np.argsort(q)[0],
            "smallest Q-value",
        ),
        (
            lambda q, e, rng: rng.choice(len(q), len(q)) if rng.random() < e else q.argmax(),
            "a whole array",
        ),
        (lambda q, e, rng: rng.integers(len(q)) if rng.random() < e else max(q), "not max"),
        (
            lambda q, e, rng: (
                rng.integers(len(q)) if rng.random() < e else list(q).index(max(q)) + 1
            ),
            "actions are counted from 0",
        ),
        (lambda q, e, rng: rng.random(), "that is the coin"),
        (lambda q, e, rng: rng.integers(len(q) - 1) if rng.random() < e else q.argmax(), "last"),
        (lambda q, e, rng: rng.integers(1, len(q)) if rng.random() < e else q.argmax(), "action 0"),
        (lambda q, e, rng: q[rng.integers(len(q))] if rng.random() < e else max(q), "Q-values"),
        (
            lambda q, e, rng: rng.integers(len(q)) if e > 0.03 and rng.random() < e else q.argmax(),
            "with a small epsilon",
        ),
        (
            lambda q, e, rng: (
                rng.integers(len(q)) if rng.random() < e else int(len(q) > 1 and q[1] > q[0])
            ),
            "first two actions",
        ),
        (lambda q, e, rng: np.argmax(q + e * rng.normal(size=len(q))), "noise"),
        (lambda q, e, rng: rng(), "TypeError"),
    ],
    "epsilon_schedule": [
        (in_a_loop_from_1, "one count behind"),
        (in_a_loop_too_long, "one count ahead"),
        (lambda n, e, d, low: np.clip(e * d**n, 0, low), "min and max"),
        (lambda n, e, d, low: max(e - n * (e - low) / 100, low), "a straight line"),
        (lambda n, e, d, low: max(e * (1 - d * n), low), "a straight line"),
        (lambda n, e, d, low: low + (e - low) * math.exp(-d * n), "another curve"),
        (lambda n, e, d, low: e * d**n if e > low else low, "falls below the floor"),
        (lambda n, e, d, low: round(max(e * d**n, low), 2), "rounded"),
        (lambda n, e, d, low: [e * d**n, low], "both numbers"),
        (lambda n, e, d, low: max(e * d ^ n, low), "TypeError"),
        (lambda n, e, d, low: max(e * pow(n, d), low), "changed places"),
        (lambda n, e, d, low: max(e * d**n, low) if n else None, "returns nothing"),
        (lambda n, e, d: e, "TypeError"),
        (lambda n, e, d, low: max(e, low) * d**n, "falls below the floor"),
        (lambda n, e, d, low: max(e * d, low) ** n, "raised to the power"),
        (lambda n, e, d, low: max(e ** (d * n), low), "in the exponent"),
        (lambda n, e, d, low: max(e, low), "never changes"),
        (lambda n, e, d, low: max(e * low**n, low), "by epsilon_min again and again"),
        (lambda n, e, d, low: max(e / (1 + d * n), low), "another curve"),
        (lambda n, e, d, low: max(e - d**n, low), "is subtracted"),
        (lambda n, e, d, low: max(e * d**n, low) if n > 1 else e, "has not begun yet"),
    ],
}

RIGHT = {
    "epsilon_greedy": [
        by_its_probabilities,
        both_drawn_first,
        with_a_loop,
        lambda q, e, rng: tf.argmax(q) if rng.uniform() >= e else tf.constant(rng.choice(len(q))),
        lambda q, e, rng: [rng.integers(len(q)) if rng.random() < e else np.argmax(q)],
        lambda q, e, rng: (
            np.array([rng.choice(np.arange(len(q)))]) if rng.random() < e else q.argmax()
        ),
        lambda q, e, rng: in_a_graph(q, rng.random() < e, rng.integers(len(q))),
        lambda q, e, rng: rng.integers(len(q)) if rng.random() < e else keras.ops.argmax(q),
        lambda q, e, rng: rng.integers(q.size) if rng.binomial(1, e) else int(q.argmax()),
        lambda q, e, rng: float(
            rng.integers(q.shape[0]) if e > rng.random() else np.argsort(q)[-1]
        ),
        lambda q, e, rng: (
            list(q).index(max(q)) if 1 - rng.random() > e else rng.permutation(len(q))[0]
        ),
        lambda q, e, rng: (rng.random() < e and [rng.integers(len(q))] or [np.argmax(q)])[0],
        lambda q, e, rng: np.where(rng.random() < e, rng.integers(len(q)), np.argmax(q)),
    ],
    "epsilon_schedule": [
        lambda n, e, d, low: max(e * d**n, low),
        lambda n, e, d, low: tf.maximum(e * tf.pow(d, float(n)), low),
        lambda n, e, d, low: keras.ops.maximum(e * d**n, low),
        lambda n, e, d, low: np.clip(e * np.power(d, n), low, None),
        lambda n, e, d, low: e * d**n if e * d**n > low else low,
        lambda n, e, d, low: [max(e * math.pow(d, n), low)],
        lambda n, e, d, low: np.array([e * math.exp(n * math.log(d))]).clip(low),
        lambda n, e, d, low: np.float32(max(e * np.prod([d] * n), low)),
        lambda n, e, d, low: sorted([e * d**n, low])[1],
        lambda n, e, d, low: max(low, e * np.cumprod(np.full(n + 1, d))[n] / d),
        lambda n, e, d, low: tf.reduce_max([e * d**n, low]),
        tf.function(lambda n, e, d, low: tf.maximum(tf.cast(e, tf.float32) * d ** float(n), low)),
    ],
}
