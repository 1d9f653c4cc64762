"""Answers that students would write in lesson 07; WRONG: with a phrase of what they are told."""

import keras
import numpy as np
import tensorflow as tf


def loop(r, q, d, g):
    return [r[i] if d[i] else r[i] + g * np.amax(q[i]) for i in range(len(r))]


def slides_loop(rewards, next_q_values, terminated, discount_factor):
    targets = []
    for i in range(len(rewards)):
        if terminated[i]:
            targets.append(rewards[i])
        else:
            targets.append(rewards[i] + discount_factor * np.amax(next_q_values[i]))
    return np.array(targets)


def in_tensorflow(r, q, d, g):
    return r + g * (1 - tf.cast(d, tf.float32)) * tf.reduce_max(q, axis=1)


def by_index(r, q, d, g):
    targets = r + g * q.max(axis=1)
    targets[d] = r[d]
    return targets


def zeroed_in_place(r, q, d, g):
    q[d] = 0
    return r + g * q.max(axis=1)


def truncating(r, q, d, g):
    targets = np.zeros_like(r)
    for i in range(len(r)):
        targets[i] = r[i] + g * max(q[i]) * (not d[i])
    return targets


def taken(q, a):
    return tf.gather(q, a, batch_dims=1)


def error_in_a_loop(q, a, y):
    errors = []
    for row, action, target in zip(q, a, y, strict=True):
        errors.append(target - row[action])
    return errors


def error_of_the_first(q, a, y):
    for i in range(len(a)):
        return y[i] - q[i, a[i]]


def by_a_mask(q, a, y):
    mask = a[:, None] == tf.range(q.shape[1], dtype=a.dtype)
    return y - tf.boolean_mask(q, mask)


def error_in_numpy(q, a, y):
    q = np.array(q)
    return y - q[np.arange(len(a)), a]


WRONG = {
    "bellman_target": [
        (zeroed_in_place, "changes its argument next_q_values"),
        (truncating, "cut to whole numbers"),
        (lambda r, q, d, g: r + g * q.max(axis=0), "`terminated` is not used"),
        (lambda r, q, d, g: r + g * q.max(axis=0) * ~d, "axis=0"),
        (lambda r, q, d, g: r + g * q.max(axis=1) ** (1 - d), "left of the future"),
        (lambda r, q, d, g: r + 0.9 * q.max(axis=1) * ~d, "number of your own"),
        (lambda r, q, d, g: r + g * q.max(axis=1) * (d == 0).all(), "whole batch"),
        (lambda r, q, d, g: (r + g * q.max(axis=1))[~d], "left out"),
        (lambda r, q, d, g: r + g * np.median(q, axis=1) * ~d, "median"),
        (
            lambda r, q, d, g: np.where(d, 0, r + g * q.max(axis=1)),
            "reward of the last step is lost",
        ),
        (lambda r, q, d, g: np.where(~d, r, r + g * q.max(axis=1)), "wrong way round"),
        (lambda r, q, d, g: np.where(d, r, r + q.max(axis=1)), "where is the discount factor"),
        (lambda r, q, d, g: r + (1 - g) * q.max(axis=1) * ~d, "1 - discount_factor"),
        (lambda r, q, d, g: r + g * q.max(axis=1) * -d, "TypeError"),
        (lambda r, q, d, g: r + g * q[np.argmax(q)] * ~d, "its index picks a row"),
        (lambda r, q, d, g: sum(loop(r, q, d, g)), "the sum"),
        (lambda r, q, d, g: loop(r, q, d, g)[0], "first row"),
        (lambda r, q, d, g: (loop(r, q, d, g), d), "nothing else"),
        (lambda r, q, d, g: r + g * max(q) * ~d, "compares whole rows"),
        (lambda r, q, d, g: print(loop(r, q, d, g)), "returns nothing"),
        (lambda r, q, d, g: loop(r, q, d, g) if d.any() else None, "None"),
        (lambda r, q, d: r, "TypeError"),
        (lambda r, q, d, g: r + 0.99 * q.max(axis=1) * (1 - d), "number of your own"),
        (lambda r, q, d, g: (1 - g) * r + g * q.max(axis=1) * ~d, "counts in full"),
        (lambda r, q, d, g: r * g * q.max(axis=1) * ~d, "multiplied"),
        (lambda r, q, d, g: loop(r, q, d, g)[-1], "last row"),
        (lambda r, q, d, g: q.max(axis=1), "next state alone"),
        (lambda r, q, d, g: r + g + q.max(axis=1) * ~d, "added"),
    ],
    "td_error": [
        (error_of_the_first, "first row"),
        (error_in_numpy, "no gradient reaches"),
        (lambda q, a, y: y - tf.stop_gradient(taken(q, a)), "no gradient reaches"),
        (lambda q, a, y: np.float32(y - taken(q, a)), "no gradient reaches"),
        (lambda q, a, y: y - np.take_along_axis(q.numpy(), a.numpy()[:, None], 1)[:, 0], "no grad"),
        (lambda q, a, y: y - q[np.arange(len(a)), a], "does not work on it"),
        (lambda q, a, y: y - q[a], "does not work on it"),
        (lambda q, a, y: y - q[:, a], "does not work on it"),
        (lambda q, a, y: y - tf.gather(q, a), "picks rows"),
        (lambda q, a, y: y - tf.reduce_max(tf.gather(q, a), axis=1), "picks rows"),
        (lambda q, a, y: y - np.take(q, a), "along the whole table"),
        (lambda q, a, y: y - taken(q, tf.argmax(q, axis=1)), "largest Q-value"),
        (lambda q, a, y: (y - taken(q, a)) / 2, "half"),
        (lambda q, a, y: tf.reduce_sum(y - taken(q, a)), "the sum"),
        (lambda q, a, y: tf.reduce_sum(tf.square(y - taken(q, a))), "sum of the squares"),
        (lambda q, a, y: keras.losses.MeanSquaredError()(y, taken(q, a)), "that is the loss"),
        (lambda q, a, y: y - q[:, a[0]], "first row's action"),
        (lambda q, a, y: tf.clip_by_value(y - taken(q, a), -1, 1), "cut off"),
        (lambda q, a, y: y - tf.cast(tf.argmax(q, axis=1), q.dtype), "not what it is worth"),
        (lambda q, a, y: y - tf.gather(q, a, axis=1), "every action"),
        (lambda q, a, y: y - q * tf.one_hot(a, q.shape[1], dtype=q.dtype), "other actions"),
        (lambda q, a, y: y - tf.reduce_sum(q * tf.one_hot(a, 2, dtype=q.dtype), axis=1), ""),
        (lambda q, a, y: y * taken(q, a), "multiplied"),
        (lambda q, a, y: map(lambda t, r, i: t - r[i], y, q, a), "holds no errors yet"),
        (lambda q, a, y: (t - r[i] for t, r, i in zip(y, q, a, strict=True)), "generator"),
        (
            lambda q, a, y: np.subtract(y, error_in_numpy(q, a, 0 * y), out=y),
            "changes its argument",
        ),
    ],
}

RIGHT = {
    "bellman_target": [
        loop,
        slides_loop,
        in_tensorflow,
        tf.function(in_tensorflow),
        by_index,
        lambda r, q, d, g: np.where(d, r, r + g * np.max(q, axis=1)),
        lambda r, q, d, g: r + g * q.max(1) * (1 - d),
        lambda r, q, d, g: r + g * q.max(axis=-1) * ~d,
        lambda r, q, d, g: r + g * np.sort(q)[:, -1] * np.logical_not(d),
        lambda r, q, d, g: tf.where(d, r, r + tf.cast(g * tf.reduce_max(q, axis=1), r.dtype)),
        lambda r, q, d, g: keras.ops.where(d, r, r + g * keras.ops.max(q, axis=1)),
        lambda r, q, d, g: (a if e else a + g * max(b) for a, b, e in zip(r, q, d, strict=True)),
        lambda r, q, d, g: map(lambda a, b, e: a + g * max(b) * (not e), r, q, d),
        lambda r, q, d, g: tuple(
            a + (0 if e else g * max(b)) for a, b, e in zip(r, q, d, strict=True)
        ),
        lambda r, q, d, g: r + g * (q * (1 - d)[:, None]).max(axis=1),
        lambda r, q, d, g: [tf.constant(x) for x in loop(r, q, d, g)],
        lambda r, q, d, g: r + g * q[np.arange(len(q)), q.argmax(1)] * (d == False),  # noqa: E712
        lambda r, q, d, g: np.float32(slides_loop(r, q, d, g)),
    ],
    "td_error": [
        error_in_a_loop,
        by_a_mask,
        lambda q, a, y: y - taken(q, a),
        tf.function(lambda q, a, y: y - tf.gather(q, a, batch_dims=1)),
        lambda q, a, y: y - tf.reduce_sum(q * tf.one_hot(a, q.shape[1]), axis=1),
        lambda q, a, y: y - tf.einsum("ij,ij->i", q, tf.one_hot(a, q.shape[1], dtype=q.dtype)),
        lambda q, a, y: y - keras.ops.take_along_axis(q, a[:, None], axis=1)[:, 0],
        lambda q, a, y: [y[i] - q[i][a[i]] for i in range(len(a))],
        lambda q, a, y: tf.stack([y[i] - q[i, a[i]] for i in range(len(a))]),
        lambda q, a, y: tuple(t - r[i] for t, r, i in zip(y, q, a, strict=True)),
        lambda q, a, y: (
            y - tf.gather_nd(q, tf.stack([tf.range(len(a)), tf.cast(a, tf.int32)], axis=1))
        ),
        lambda q, a, y: tf.constant(y) - tf.reduce_sum(q * np.eye(q.shape[1], dtype=y.dtype)[a], 1),
        lambda q, a, y: tf.subtract(y, tf.linalg.diag_part(tf.gather(q, a, axis=1))),
        lambda q, a, y: -(taken(q, a) - y),
    ],
}

NEEDS = {
    "bellman_target": {
        "np.max": "07",
        "axis=1": "07",
        "terminated": "01",
        "1 - terminated": "07",
        "$\\gamma$": "01",
        "\\max_{a'}": "07",
        "`next_q_values`": "07",
        "`[B]`": "07",
    },
    "td_error": {
        "tf.gather": "07",
        "batch_dims=1": "07",
        "GradientTape": "03",
        "y - Q(s, a)": "07",
        "`actions`": "07",
    },
}
