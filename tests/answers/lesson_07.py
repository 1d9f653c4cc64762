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
    return q[np.arange(len(a)), a]


def error_in_a_loop(q, a, y):
    errors = []
    for row, action, target in zip(q, a, y, strict=True):
        errors.append(target - row[action])
    return errors


def error_of_the_first(q, a, y):
    for i in range(len(a)):
        return y[i] - q[i, a[i]]


WRONG = {
    "bellman_target": [
        (zeroed_in_place, "changes its argument next_q_values"),
        (truncating, "expected"),
        (lambda r, q, d, g: r + g * q.max(axis=0), ""),
        (lambda r, q, d, g: r + g * q.max(axis=1) ** (1 - d), "expected"),
        (lambda r, q, d, g: r + 0.9 * q.max(axis=1) * ~d, "expected"),
        (lambda r, q, d, g: r + g * q.max(axis=1) * (d == 0).all(), "expected"),
        (lambda r, q, d, g: (r + g * q.max(axis=1))[~d], "expected"),
        (lambda r, q, d, g: r + g * np.median(q, axis=1) * ~d, "expected"),
        (
            lambda r, q, d, g: np.where(d, 0, r + g * q.max(axis=1)),
            "reward of the last step is lost",
        ),
        (lambda r, q, d, g: np.where(~d, r, r + g * q.max(axis=1)), "wrong way round"),
        (lambda r, q, d, g: np.where(d, r, r + q.max(axis=1)), "where is the discount factor"),
        (lambda r, q, d, g: r + (1 - g) * q.max(axis=1) * ~d, "expected"),
        (lambda r, q, d, g: r + g * q.max(axis=1) * -d, "TypeError"),
        (lambda r, q, d, g: r + g * q[np.argmax(q)] * ~d, ""),
        (lambda r, q, d, g: sum(loop(r, q, d, g)), "expected"),
        (lambda r, q, d, g: loop(r, q, d, g)[0], "expected"),
        (lambda r, q, d, g: (loop(r, q, d, g), d), "expected"),
        (lambda r, q, d, g: r + g * max(q) * ~d, ""),
        (lambda r, q, d, g: print(loop(r, q, d, g)), "returns nothing"),
        (lambda r, q, d, g: loop(r, q, d, g) if d.any() else None, "None"),
        (lambda r, q, d: r, "TypeError"),
    ],
    "td_error": [
        (error_of_the_first, "expected"),
        (lambda q, a, y: y - q[a], ""),
        (lambda q, a, y: y - np.take(q, a), "expected"),
        (lambda q, a, y: y - q[range(len(a)), q.argmax(axis=1)], "largest Q-value"),
        (lambda q, a, y: (y - taken(q, a)) / 2, "expected"),
        (lambda q, a, y: np.sum(y - taken(q, a)), "expected"),
        (lambda q, a, y: np.sum((y - taken(q, a)) ** 2), "expected"),
        (lambda q, a, y: np.sign(y - taken(q, a)), "expected"),
        (lambda q, a, y: np.clip(y - taken(q, a), -1, 1), "expected"),
        (lambda q, a, y: y - q.argmax(axis=1), "expected"),
        (lambda q, a, y: y - tf.gather(q, a, axis=1), "pairs every row"),
        (lambda q, a, y: y - np.diag(q), "expected"),
        (lambda q, a, y: y * taken(q, a), "expected"),
        (lambda q, a, y: "error", "got 'error'"),
        (lambda q, a, y: q.choose(a), "expected"),
        (lambda q, a, y: np.subtract(y, taken(q, a), out=y), "changes its argument targets"),
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
        lambda q, a, y: y - taken(q, a),
        lambda q, a, y: y - tf.gather(q, a, batch_dims=1),
        tf.function(lambda q, a, y: y - tf.gather(q, a, batch_dims=1)),
        lambda q, a, y: y - tf.reduce_sum(q * tf.one_hot(a, q.shape[1]), axis=1),
        lambda q, a, y: y - np.sum(q * np.eye(q.shape[1])[a], axis=1),
        lambda q, a, y: y - np.take_along_axis(q, a[:, None], axis=1)[:, 0],
        lambda q, a, y: y - np.diag(q[:, a]),
        lambda q, a, y: y - keras.ops.take_along_axis(q, a[:, None], axis=1)[:, 0],
        lambda q, a, y: [y[i] - q[i][a[i]] for i in range(len(a))],
        lambda q, a, y: (t - r[i] for t, r, i in zip(y, q, a, strict=True)),
        lambda q, a, y: map(lambda t, r, i: t - r[i], y, q, a),
        lambda q, a, y: (
            y - tf.gather_nd(q, tf.stack([tf.range(len(a)), a.astype("int32")], axis=1))
        ),
        lambda q, a, y: -(q[range(len(a)), a.tolist()] - y),
    ],
}
