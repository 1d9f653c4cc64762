"""Answers that students would write in lesson 16; WRONG: with a phrase of what they are told."""

import math

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


def every_return(rewards, q, d, g):
    return discounted_returns(np.append(rewards, 0 if d else max(q)), g)[:-1]


def adding_the_value_in_the_loop(rewards, q, d, g):
    target, n = 0.0, len(rewards)
    for k in range(n):
        target += g**k * rewards[k]
        target += g**n * max(q) * (1 - d)
    return target


def discounting_the_value_in_the_loop(rewards, q, d, g):
    target = 0.0
    for k, reward in enumerate(rewards):
        target += g**k * (reward + g * max(q) * (1 - d))
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


def prioritised(d, alpha, beta, e):
    powers = (abs(d) + e) ** alpha
    probabilities = powers / powers.sum()
    weights = (len(d) * probabilities) ** -beta
    return probabilities, weights / weights.max()


def prioritised_one_by_one(td_errors, alpha, beta, small):
    powers = [math.pow(abs(d) + small, alpha) for d in td_errors]
    probabilities = [p / sum(powers) for p in powers]
    weights = [1 / (len(powers) * p) ** beta for p in probabilities]
    return probabilities, [w / max(weights) for w in weights]


def prioritised_in_tensorflow(td_errors, alpha, beta, small):
    powers = tf.pow(tf.abs(td_errors) + small, alpha)
    probabilities = powers / tf.reduce_sum(powers)
    return probabilities, tf.pow(tf.reduce_min(probabilities) / probabilities, beta)


def prioritised_in_keras(td_errors, alpha, beta, small):
    d = keras.ops.convert_to_tensor(td_errors, "float32")
    logs = alpha * keras.ops.log(keras.ops.abs(d) + small + 1e-12)
    probabilities = keras.ops.softmax(logs)
    weights = (keras.ops.cast(len(d), "float32") * probabilities) ** -beta
    return [probabilities, weights / keras.ops.max(weights)]


def prioritised_in_place(td_errors, alpha, beta, small):
    td_errors[:] = abs(td_errors)
    return prioritised(td_errors, alpha, beta, small)


def prioritised_by(bug):
    def my_prioritised(d, alpha, beta, e):
        p = np.abs(d) + e
        if bug == "no abs":
            p = d + e
        if bug == "no small":
            p = np.abs(d)
        if bug == "squares":
            p = np.square(d) + e
        powers = p**alpha
        if bug == "times alpha":
            powers = alpha * p
        if bug == "small after the power":
            powers = np.abs(d) ** alpha + e
        P = powers / np.sum(powers)
        if bug == "power last":
            P = (p / p.sum()) ** alpha
        if bug == "not divided":
            P = powers
        if bug == "softmax":
            P = np.exp(alpha * p) / np.exp(alpha * p).sum()
        if bug == "counts":
            P = P * len(d)
        weights = (len(d) * P) ** -beta
        if bug == "no minus":
            weights = (len(d) * P) ** beta
        if bug == "product":
            weights = 1 / (beta * len(d) * P)
        if bug == "of priorities":
            weights = p**-beta
        if bug == "of powers":
            weights = powers**-beta
        largest = weights.max()
        if bug == "largest P":
            largest = (len(d) * P.max()) ** -beta
        if bug == "not normalised":
            largest = 1
        if bug == "sum":
            largest = weights.sum()
        return P, weights / largest

    return my_prioritised


def clipped_by_cases(ratios, advantages, clip):
    objective = []
    for ratio, advantage in zip(ratios, advantages, strict=True):
        limit = min(ratio, 1 + clip) if advantage > 0 else max(ratio, 1 - clip)
        objective.append(limit * advantage)
    return objective


def limited_above(ratios, advantages, clip):
    limit = 1 + clip
    return (
        np.where(advantages > 0, np.minimum(ratios, limit), np.maximum(ratios, limit)) * advantages
    )


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
        (returning_too_early, "only the last reward"),
        (adding_in_place, "rewards"),  # changes them; of whole numbers also the answer is wrong
        (sorting, "changes its argument last_q_values"),
        (lambda r, q, d, g: sum(r) + g ** len(r) * max(q) * (not d), "count in full"),
        (lambda r, q, d, g: n_step(r[::-1], q, d, g), "backwards"),
        (lambda r, q, d, g: n_step(r, q, d, g) * g, "once too often"),
        (lambda r, q, d, g: r[-1] + g * max(q) * (not d), "only the last reward"),
        (lambda r, q, d, g: discounted_returns(r, g)[0], "value at the end is missing"),
        (lambda r, q, d, g: discounted_returns(np.append(r, max(q)), g)[0], "past the end"),
        (every_return, "one number for each step"),
        (lambda r, q, d, g: n_step(r, q * 0 + max(q.max(), 0), d, g), "negative it takes 0"),
        (lambda r, q, d, g: -100 if d else n_step(r, q, d, g), "gives -100"),
        (lambda r, q, d, g: r[0] if d else n_step(r, q, d, g), "only the first reward is left"),
        (adding_the_value_in_the_loop, "added n times"),
        (discounting_the_value_in_the_loop, "added at each step"),
        (lambda r, q, d, g: int(n_step(r, q, d, g)), "whole number"),
        (lambda r, q, d, g: n_step(r, [q[0]], d, g), "always takes action 0"),
        (lambda r, q, d, g: n_step(r, q, True, g) + g**3 * max(q) * (not d), "always discounted 3"),
        (lambda r, q, d, g: n_step(r, q, True, g) + g ** len(q) * max(q) * (1 - d), "each action"),
        (lambda r, q, d, g: n_step(r, q, True, g) * (1 - d) + g ** len(r) * max(q), "cuts the"),
        (lambda r, q, d, g: 0 if d else n_step(r, q, d, g), "an end cuts only the future"),
        (lambda r, q, d, g: sum(g * x for x in r) + g ** len(r) * max(q) * (1 - d), "once"),
        (lambda r, q, d, g: n_step(r, q, d, g) if not d else None, "None"),
        (lambda r, q, d, g: r.sum() + g ^ len(r), "TypeError"),
        (lambda r, q, d: 0, "TypeError"),
    ],
    "dueling": [
        (dueling_in_place, "changes its argument advantages"),
        (lambda v, a: v + a - np.median(a, axis=1, keepdims=True), "the median"),
        (lambda v, a: tf.reduce_max(dueling(v, a), axis=1), "one number a state"),
        (lambda v, a: v + a - tf.reduce_mean(a), "over everything"),
        (lambda v, a: v + a - tf.reduce_mean(a, axis=1), "keepdims=True"),
        (lambda v, a: v + a - np.mean(a, axis=-2), "over the batch"),
        (lambda v, a: v + a - np.average(v + a, axis=1)[:, None], "value is missing"),
        (lambda v, a: v + a - a[:, :1], "first action's advantage"),
        (lambda v, a: v + a - a[:, -1:], "last action's advantage"),
        (lambda v, a: np.hstack([v, a]), "side by side"),
        (lambda v, a: (v + a) / 2, "mean of value and advantage"),
        (lambda v, a: v + tf.nn.softmax(a), "softmax"),
        (lambda v, a: v + a - abs(a).mean(axis=1, keepdims=True), "absolute values"),
        (lambda v, a: v + tf.nn.relu(a - a.mean(axis=1, keepdims=True)), "cut to 0"),
        (lambda v, a: v.sum() + a - a.mean(axis=1, keepdims=True), "of all states are added up"),
        (lambda v, a: v + a - np.sum(a, axis=1, keepdims=True) / a.size, "all entries"),
        (lambda v, a: dueling(v, a).tolist()[0], "only the first state"),
        (lambda v, a: (v + a) - (v + a).mean(), "mean of all Q-values"),
        (lambda v, a: (v, a - a.mean(axis=1, keepdims=True)), "still two arrays"),
        (lambda v, a: v + a - a.mean(axis=2), "AxisError"),
        (lambda v, a: dueling(v), "TypeError"),
        (lambda v, a: print(dueling(v, a)), "returns nothing"),
    ],
    "prioritised": [
        (prioritised_in_place, "changes its argument td_errors"),
        (prioritised_by("no abs"), "absolute value"),
        (prioritised_by("no small"), "never be drawn"),
        (prioritised_by("squares"), "squared"),
        (prioritised_by("times alpha"), "alpha times p"),
        (prioritised_by("small after the power"), "comes after the power"),
        (prioritised_by("power last"), "power comes after the division"),
        (prioritised_by("not divided"), "do not add up to 1"),
        (prioritised_by("softmax"), "softmax"),
        (prioritised_by("counts"), "N times too large"),
        (prioritised_by("no minus"), "lacks its minus"),
        (prioritised_by("product"), "beta is multiplied"),
        (prioritised_by("of priorities"), "made of the priorities"),
        (prioritised_by("largest P"), "the smallest: divide by the largest"),
        (prioritised_by("not normalised"), "not divided by the largest"),
        (prioritised_by("sum"), "by their sum"),
        (lambda d, a, b, e: prioritised(d, a, b, e)[0], "probabilities alone"),
        (lambda d, a, b, e: prioritised(d, a, b, e)[::-1], "changed places"),
        (lambda d, a, b, e: prioritised(d, b, a, e), "alpha and beta"),
        (lambda d, a, b, e: prioritised(d, 0.6, b, e), "always 0.6"),
        (lambda d, a, b, e: prioritised(d, a, 0.4, e), "always 0.4"),
        (lambda d, a, b, e: prioritised(d, a, b, 0.01), "always 0.01"),
        (lambda d, a, b, e: prioritised(np.maximum(d, 0), a, b, e), "bad surprise"),
        (lambda d, a, b, e: np.array(prioritised(d, a, b, e)).T, "return a pair"),
        (lambda d, a, b, e: prioritised(d, a, b), "TypeError"),
    ],
    "clipped_objective": [
        (clipped_in_place, "changes its argument ratios"),
        (clipped_too_early, "always takes the clipped ratio"),
        (lambda r, a, c: min(clipped_by_cases(r, a, c)), "over the batch"),
        (lambda r, a, c: min(r * a, near_one(r, c) * a), "ValueError"),
        (lambda r, a, c: np.minimum(r * a, np.clip(r, 1 + c, 1 - c) * a), "lower limit first"),
        (lambda r, a, c: np.minimum(r * a, np.clip(r, c - 1, c + 1) * a), "upper side"),
        (lambda r, a, c: np.minimum(r, 1 + c) * a, "comes too early"),
        (lambda r, a, c: np.minimum(r * a, np.clip(r, c, 1 + c) * a), "only the upper side"),
        (lambda r, a, c: np.minimum(a / r, near_one(1 / r, c) * a), "upside down"),
        (lambda r, a, c: np.minimum(r - a, near_one(r, c) - a), "taken off the ratio"),
        (lambda r, a, c: np.minimum(r + a, near_one(r, c) + a), "are added"),
        (lambda r, a, c: np.where(abs(r - 1) < c, r * a, 0), "outside of the limits"),
        (limited_above, "if the advantage is negative"),
        (lambda r, a, c: np.where(a < 0, near_one(r, c), r) * a, "advantage is negative"),
        (lambda r, a, c: np.where(a > 0, near_one(r, c), r) * a, "advantage is positive"),
        (lambda r, a, c: -tf.reduce_mean(np.minimum(r * a, near_one(r, c) * a)), "minus the mean"),
        (lambda r, a, c: np.maximum(np.minimum(r * a, near_one(r, c) * a), 0), "cut to 0"),
        (lambda r, a, c: np.minimum(r * a, near_one(r, c) * a.mean()), "mean advantage"),
        (lambda r, a, c: np.minimum(a / r, a / near_one(r, c)), "divided by the ratio"),
        (lambda r, a, c: (r * a, near_one(r, c) * a), "both products"),
        (lambda r, a, c: np.minimum(r * a, near_one(r, c) * a)[:, None], "a column"),
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
    "prioritised": [
        prioritised,
        prioritised_one_by_one,
        prioritised_in_tensorflow,
        prioritised_in_keras,
        prioritised_by("of powers"),  # what all have in common goes with the largest
        tf.function(prioritised_in_tensorflow),
        lambda d, a, b, e: np.array(prioritised(d, a, b, e)),
        lambda d, a, b, e: (np.float32(part) for part in prioritised(d, a, b, e)),
        lambda d, a, b, e: map(list, prioritised(d, a, b, e)),
        lambda d, a, b, e: list(map(tf.constant, prioritised(np.float64(d), a, b, e))),
        lambda d, a, b, e: (
            (abs(d) + e) ** a / np.sum((abs(d) + e) ** a),
            ((min(abs(d)) + e) / (abs(d) + e)) ** (a * b),
        ),
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

NEEDS = {
    "n_step_target": {
        "np.max": "16",
        "np.sum": "16",
        "np.arange": "16",
        "terminated": "16",
        "\\gamma": "16",
        "Q(s_n, b)": "16",
    },
    "dueling": {"np.mean": "16", "keepdims=True": "16", "axis": "16", "V(s) + A(s, a)": "16"},
    "prioritised": {
        "np.abs": "16",
        "np.sum": "16",
        "np.max": "16",
        "p_i^\\alpha": "16",
        "(N P_i)^{-\\beta}": "16",
        "TD": "02",
    },
    "clipped_objective": {
        "np.clip": "16",
        "np.minimum": "16",
        "\\rho": "16",
        "\\mathrm{clip}": "16",
    },
}
