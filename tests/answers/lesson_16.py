"""Answers that students would write in lesson 16; WRONG: with a phrase of what they are told."""

import keras
import numpy as np
import tensorflow as tf

from dqn_keras import discounted_returns


def n_step_backwards(rewards, last_q_values, terminated, discount_factor):
    target = 0.0 if terminated else max(last_q_values)
    for reward in reversed(rewards):
        target = reward + discount_factor * target
    return target


def n_step_forwards(rewards, last_q_values, terminated, discount_factor):
    target, weight = 0.0, 1.0
    for reward in rewards:
        target += weight * reward
        weight *= discount_factor
    if not terminated:
        target += weight * np.amax(last_q_values)
    return target


def n_step_in_tensorflow(rewards, last_q_values, terminated, discount_factor):
    powers = discount_factor ** tf.range(len(rewards) + 1, dtype=tf.float32)
    best = tf.where(terminated, 0.0, tf.reduce_max(last_q_values))
    return tf.reduce_sum(powers * tf.concat([rewards, [best]], axis=0))


def n_step_recursive(r, q, d, g):
    if len(r) == 0:
        return 0 if d else max(q)
    return r[0] + g * n_step_recursive(r[1:], q, d, g)


def n_step(r, q, d, g):
    return np.dot(g ** np.arange(len(r)), r) + g ** len(r) * (1 - d) * np.max(q)


def returning_too_early(rewards, q, d, g):
    target = 0 if d else max(q)
    for reward in rewards[::-1]:
        target = reward + g * target
        return target


def adding_in_place(rewards, q, d, g):
    rewards[-1] += g * max(q) * (not d)
    return discounted_returns(rewards, g)[0]


def sorting(rewards, q, d, g):
    q.sort()
    return n_step(rewards, q, d, g)


def dueling(v, a):
    return v + a - a.mean(axis=1, keepdims=True)


def dueling_row_by_row(values, advantages):
    return [
        [value[0] + a - sum(row) / len(row) for a in row]
        for value, row in zip(values, advantages, strict=True)
    ]


def dueling_in_tensorflow(values, advantages):
    return values + advantages - tf.reduce_mean(advantages, axis=1, keepdims=True)


def dueling_in_place(values, advantages):
    advantages -= advantages.mean(axis=1, keepdims=True)
    return values + advantages


def dueling_with_indices(values, advantages):
    q_values = np.zeros_like(advantages)
    for b in range(q_values.shape[0]):
        for action in range(q_values.shape[1]):
            mean = np.mean(advantages[b])
            q_values[b, action] = values[b, 0] + advantages[b, action] - mean
    return q_values


def dueling_in_order(values, advantages):
    q_values = values + advantages
    for action in range(advantages.shape[1]):  # takes off the mean of what has changed already
        advantages = advantages.copy()
        advantages[:, action] -= advantages.mean(axis=1)
    return values + advantages if advantages.shape[1] > 1 else q_values


def clipped_by_cases(ratios, advantages, clip):
    objective = []
    for ratio, advantage in zip(ratios, advantages, strict=True):
        limit = min(ratio, 1 + clip) if advantage > 0 else max(ratio, 1 - clip)
        objective.append(limit * advantage)
    return objective


def clipped_in_tensorflow(ratios, advantages, clip):
    clipped = tf.clip_by_value(ratios, 1 - clip, 1 + clip)
    return tf.minimum(ratios * advantages, clipped * advantages)


def clipped_one_by_one(ratios, advantages, clip):
    for ratio, advantage in zip(ratios, advantages, strict=True):
        clipped = max(1 - clip, min(ratio, 1 + clip))
        yield min(ratio * advantage, clipped * advantage)


def clipped_in_place(ratios, advantages, clip):
    plain = ratios * advantages
    np.clip(ratios, 1 - clip, 1 + clip, out=ratios)
    return np.minimum(plain, ratios * advantages)


def clipped_too_early(ratios, advantages, clip):
    ratios = np.clip(ratios, 1 - clip, 1 + clip)
    return np.minimum(ratios * advantages, ratios * advantages)


def near_one(r, c):
    return np.clip(r, 1 - c, 1 + c)


WRONG = {
    "n_step_target": [
        (returning_too_early, "expected"),
        (adding_in_place, "rewards"),  # changes them; of whole numbers also the answer is wrong
        (sorting, "changes its argument last_q_values"),
        (lambda r, q, d, g: sum(r) + g ** len(r) * max(q) * (not d), "count in full"),
        (lambda r, q, d, g: n_step(r[::-1], q, d, g), "backwards"),
        (lambda r, q, d, g: n_step(r, q, d, g) * g, "once too often"),
        (lambda r, q, d, g: r[-1] + g * max(q) * (not d), "expected"),
        (lambda r, q, d, g: discounted_returns(r, g)[0], "value at the end is missing"),
        (lambda r, q, d, g: discounted_returns(np.append(r, max(q)), g)[0], "past the end"),
        (lambda r, q, d, g: discounted_returns(np.append(r, 0 if d else max(q)), g), "expected"),
        (lambda r, q, d, g: n_step(r, q, d, 1 - g), "expected"),
        (lambda r, q, d, g: n_step(r, q[1:], d, g), ""),
        (lambda r, q, d, g: n_step(r, q, r[-1] < 0, g), "expected"),
        (lambda r, q, d, g: -100 if d else n_step(r, q, d, g), "expected"),
        (lambda r, q, d, g: r[0] if d else n_step(r, q, d, g), "expected"),
        (lambda r, q, d, g: np.dot(g ** np.arange(3), r) + g**3 * max(q) * (not d), ""),
        (lambda r, q, d, g: n_step(r, q, d, g) - max(q), "expected"),
        (lambda r, q, d, g: int(n_step(r, q, d, g)), "expected"),
        (lambda r, q, d, g: [n_step(r, q, d, g)] * len(r), "expected"),
        (lambda r, q, d, g: (n_step(r, q, d, g), d), "expected"),
        (lambda r, q, d, g: n_step(r, q, d, g) if not d else None, "None"),
        (lambda r, q, d, g: r.sum() + g ^ len(r), "TypeError"),
        (lambda r, q, d: 0, "TypeError"),
    ],
    "dueling": [
        (dueling_in_place, "changes its argument advantages"),
        (dueling_in_order, "expected"),
        (lambda v, a: tf.reduce_mean(dueling(v, a), axis=1), "expected"),
        (lambda v, a: v + a - tf.reduce_mean(a), "over everything"),
        (lambda v, a: v + a - tf.reduce_mean(a, axis=1), "keepdims=True"),
        (lambda v, a: v + a - np.mean(a, axis=-2), "over the batch"),
        (lambda v, a: v + a - np.average(v + a, axis=1)[:, None], "value is missing"),
        (lambda v, a: v + a - a[:, :1], "expected"),
        (lambda v, a: v + a - a[:, -1:], "expected"),
        (lambda v, a: np.concatenate([v, a], axis=1), "expected"),
        (lambda v, a: (v + a) / 2, "expected"),
        (lambda v, a: v + np.exp(a) / np.exp(a).sum(axis=1, keepdims=True), "expected"),
        (lambda v, a: v + a - abs(a).mean(axis=1, keepdims=True), "expected"),
        (lambda v, a: v + np.maximum(a - a.mean(axis=1, keepdims=True), 0), "expected"),
        (lambda v, a: v.sum() + a - a.mean(axis=1, keepdims=True), "expected"),
        (lambda v, a: np.round(dueling(v, a)), "expected"),
        (lambda v, a: dueling(v, a).tolist()[:1], "expected"),
        (lambda v, a: dueling(v, a)[None], "expected"),
        (lambda v, a: (v, a - a.mean(axis=1, keepdims=True)), "expected"),
        (lambda v, a: v + a - a.mean(axis=2), "AxisError"),
        (lambda v, a: dueling(v), "TypeError"),
        (lambda v, a: print(dueling(v, a)), "returns nothing"),
    ],
    "clipped_objective": [
        (clipped_in_place, "changes its argument ratios"),
        (clipped_too_early, "always takes the clipped ratio"),
        (lambda r, a, c: min(clipped_by_cases(r, a, c)), "over the batch"),
        (lambda r, a, c: [min(r * a, near_one(r, c) * a)], "of shape"),
        (lambda r, a, c: np.minimum(r * a, np.clip(r, 1 + c, 1 - c) * a), "expected"),
        (lambda r, a, c: np.minimum(r * a, np.clip(r, c - 1, c + 1) * a), "upper side"),
        (lambda r, a, c: np.minimum(r * a, np.clip(r, 1 - c / 2, 1 + c / 2) * a), "expected"),
        (lambda r, a, c: np.minimum(r * a, np.clip(r, 1 / c, c) * a), "expected"),
        (lambda r, a, c: np.minimum(r * a, near_one(1 / r, c) * a), "expected"),
        (lambda r, a, c: np.minimum(r - a, near_one(r, c) - a), "expected"),
        (lambda r, a, c: np.minimum(r + a, near_one(r, c) + a), "expected"),
        (lambda r, a, c: np.where(abs(r - 1) < c, r * a, 0), "outside of the limits"),
        (lambda r, a, c: np.where(abs(r - 1) < c, r * a, c * a), "expected"),
        (lambda r, a, c: np.where(a < 0, near_one(r, c), r) * a, "expected"),
        (lambda r, a, c: np.where(a > 0, near_one(r, c), r) * a, "expected"),
        (lambda r, a, c: np.minimum(r * a, near_one(r, c) * a) ** 2, "expected"),
        (lambda r, a, c: np.maximum(np.minimum(r * a, near_one(r, c) * a), 0), "expected"),
        (lambda r, a, c: np.minimum(r * a, near_one(r, c) * a.mean()), "expected"),
        (lambda r, a, c: np.minimum(r * a, near_one(r, c) * a)[0], "expected"),
        (lambda r, a, c: (r * a, near_one(r, c) * a), "expected"),
        (lambda r, a, c: np.minimum(r * a, near_one(r, c) * a)[:, None], "of shape"),
        (lambda r, a, c: tf.minimum(r * a, tf.clip_by_value(r, 1 - c) * a), "TypeError"),
        (lambda r, a: r * a, "TypeError"),
    ],
}

RIGHT = {
    "n_step_target": [
        n_step_backwards,
        n_step_forwards,
        n_step_in_tensorflow,
        n_step_recursive,
        n_step,
        tf.function(n_step_in_tensorflow),
        lambda r, q, d, g: sum(g**k * x for k, x in enumerate([*r, 0 if d else max(q)])),
        lambda r, q, d, g: np.polyval([0 if d else max(q), *r[::-1]], g),
        lambda r, q, d, g: discounted_returns(np.append(r, max(q) * (not d)), g)[0],
        lambda r, q, d, g: [n_step(r, q, d, g)],
        lambda r, q, d, g: np.array([[n_step(r, q, d, g)]]),
        lambda r, q, d, g: (
            keras.ops.sum(keras.ops.cast(r * g ** np.arange(len(r)), "float32"))
            + (0.0 if d else g ** len(r) * keras.ops.cast(keras.ops.max(q), "float32"))
        ),
        lambda r, q, d, g: np.float32(n_step_backwards(list(r), q.tolist(), d, g)),
        lambda r, q, d, g: n_step(r, np.sort(q)[-1:], d, g),
        lambda r, q, d, g: np.cumprod([1, *[g] * len(r)]) @ [*r, 0 if d else max(q)],
    ],
    "dueling": [
        dueling,
        dueling_row_by_row,
        dueling_in_tensorflow,
        dueling_with_indices,
        tf.function(dueling_in_tensorflow),
        lambda v, a: v + (a - np.mean(a, 1)[:, None]),
        lambda v, a: v + a - np.sum(a, axis=1, keepdims=True) / a.shape[1],
        lambda v, a: keras.ops.add(v, a) - keras.ops.mean(a, axis=-1, keepdims=True),
        lambda v, a: (v.T + a.T - a.mean(axis=1)).T,
        lambda v, a: (x[0] + y - y.mean() for x, y in zip(v, a, strict=True)),
        lambda v, a: map(lambda x, y: x + y - np.mean(y), v, a),
        lambda v, a: v + a @ (np.eye(a.shape[1]) - 1 / a.shape[1]),
        lambda v, a: np.float32(dueling_row_by_row(v, a)),
        lambda v, a: tf.constant(v) + keras.ops.subtract(a, a.mean(axis=1)[:, np.newaxis]),
        lambda v, a: keras.layers.Add()([v, a - a.mean(axis=1, keepdims=True)]),
    ],
    "clipped_objective": [
        clipped_by_cases,
        clipped_in_tensorflow,
        clipped_one_by_one,
        tf.function(clipped_in_tensorflow),
        lambda r, a, c: np.minimum(r * a, near_one(r, c) * a),
        lambda r, a, c: np.where(a > 0, np.minimum(r, 1 + c), np.maximum(r, 1 - c)) * a,
        lambda r, a, c: np.minimum(r * a, np.where(a >= 0, (1 + c) * a, (1 - c) * a)),
        lambda r, a, c: np.min([r * a, near_one(r, c) * a], axis=0),
        lambda r, a, c: -np.maximum(-r * a, -near_one(r, c) * a),
        lambda r, a, c: keras.ops.minimum(r * a, keras.ops.clip(r, 1 - c, 1 + c) * a),
        lambda r, a, c: map(lambda x, y: min(x * y, min(max(x, 1 - c), 1 + c) * y), r, a),
        lambda r, a, c: tuple(clipped_by_cases(r.tolist(), a.tolist(), c)),
        lambda r, a, c: tf.reduce_min(tf.stack([r * a, near_one(r, c) * a]), axis=0),
        lambda r, a, c: np.fmin(r * a, np.maximum(np.minimum(r, 1 + c), 1 - c) * a),
        lambda r, a, c: [tf.minimum(x * y, near_one(x, c) * y) for x, y in zip(r, a, strict=True)],
    ],
}
